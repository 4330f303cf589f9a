//! Words become tokens of one shell. Only here is anything quoted.

pub mod bash;
mod document;
mod frame;
pub mod powershell;

pub use document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks, Token};

use crate::choices::Shell;
use crate::plan::{Command, Plan};

/// Renders a plan for a shell.
pub fn render(plan: &Plan, shell: Shell) -> Document {
    Document { steps: steps(plan, shell), script: script(plan, shell), settings: settings(plan) }
}

/// The blocks of every step.
pub fn steps(plan: &Plan, shell: Shell) -> Vec<StepBlocks> {
    let step_blocks = match shell {
        Shell::Bash => bash::step_blocks,
        Shell::PowerShell => powershell::step_blocks,
    };
    plan.steps.iter().map(|step| step_blocks(plan, step)).collect()
}

/// The whole as one script.
pub fn script(plan: &Plan, shell: Shell) -> Block {
    match shell {
        Shell::Bash => bash::script(plan),
        Shell::PowerShell => powershell::script(plan),
    }
}

/// The protected settings as JSON, with placeholders for what only the user's machine knows; `None` where the plan writes none.
pub fn settings(plan: &Plan) -> Option<Block> {
    frame::settings(plan)
}

/// A command on one line, complete when it stands alone, as a pipeline wants it. What only a run of the script knows stands as a variable.
pub fn one_line(plan: &Plan, command: &Command, shell: Shell) -> String {
    match shell {
        Shell::Bash => bash::one_line(plan, command),
        Shell::PowerShell => powershell::one_line(plan, command),
    }
    .text()
}
