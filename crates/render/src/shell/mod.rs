//! Turns the words of a plan into tokens of one shell. All output is quoted here: for bash in
//! `bash.rs`, for PowerShell in `powershell.rs`.

pub mod bash;
mod document;
mod frame;
mod lines;
pub mod powershell;
pub(crate) mod sentences;

pub use document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks, Token};
pub use lines::{lines, lines_to_paste};
pub use sentences::{BLOCKERS, ON_A_NODE_TEXT};

use configurator_core::choices::Shell;
use configurator_core::plan::{Plan, Step};
use std::borrow::Cow;

/// Renders a plan for a shell.
pub fn render(plan: &Plan, shell: Shell) -> Document {
    Document { steps: steps(plan, shell), script: script(plan, shell), settings: settings(plan) }
}

/// The blocks of every step.
pub fn steps(plan: &Plan, shell: Shell) -> Vec<StepBlocks> {
    plan.steps.iter().map(|step| step_blocks(plan, step, shell)).collect()
}

fn step_blocks(plan: &Plan, step: &Step, shell: Shell) -> StepBlocks {
    match shell {
        Shell::Bash => bash::step_blocks(plan, step),
        Shell::PowerShell => powershell::step_blocks(plan, step),
    }
}

/// The whole as one script.
pub fn script(plan: &Plan, shell: Shell) -> Block {
    match shell {
        Shell::Bash => bash::script(plan),
        Shell::PowerShell => powershell::script(plan),
    }
}

/// The protected settings as JSON, with placeholders for what only the user's machine knows; `None`
/// where the plan writes none.
pub fn settings(plan: &Plan) -> Option<Block> {
    frame::settings(plan)
}

/// The text of a script in the form to paste at a prompt.
///
/// An interactive zsh runs comments as commands and expands `#!` as an event, so bash gets its
/// script as a file, and keeps the terminal as its input. PowerShell's script is one statement and
/// needs no other form.
pub fn script_to_paste(script: &str, shell: Shell) -> Cow<'_, str> {
    match shell {
        Shell::Bash => bash::to_paste(script).into(),
        Shell::PowerShell => script.into(),
    }
}
