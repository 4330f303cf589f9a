//! Words become tokens of one shell. Only here is anything quoted.

pub mod bash;
mod document;
mod frame;
pub mod powershell;

pub use document::{Block, CheckBlocks, Document, Kind, StepBlocks, Token};

use crate::choices::Shell;
use crate::plan::Plan;

/// Renders a plan for a shell.
pub fn render(plan: &Plan, shell: Shell) -> Document {
    // The compiler leaves out what the page leaves to its second module.
    match crate::Outcome::PAGE_SHELL.unwrap_or(shell) {
        Shell::Bash => bash::render(plan),
        Shell::PowerShell => powershell::render(plan),
    }
}
