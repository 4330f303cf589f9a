//! Words become tokens of one shell. Only here is anything quoted.

pub mod bash;
mod document;
mod frame;
pub mod powershell;

pub use document::{Block, CheckBlocks, Document, Kind, StepBlocks, Token};

use crate::choices::Shell;
use crate::plan::{Command, Plan};

/// Renders a plan for a shell.
pub fn render(plan: &Plan, shell: Shell) -> Document {
    // The compiler leaves out what the page leaves to its second module.
    match crate::Outcome::PAGE_SHELL.unwrap_or(shell) {
        Shell::Bash => bash::render(plan),
        Shell::PowerShell => powershell::render(plan),
    }
}

/// A command on one line, complete when it stands alone, as a pipeline wants it. What only a run of the script knows stands as a variable.
pub fn one_line(plan: &Plan, command: &Command, shell: Shell) -> String {
    match shell {
        Shell::Bash => bash::one_line(plan, command),
        Shell::PowerShell => powershell::one_line(plan, command),
    }
    .text()
}
