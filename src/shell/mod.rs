//! Words become tokens of one shell. Only here is anything quoted.

pub mod bash;
mod document;
mod frame;
pub mod powershell;

pub use document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks, Token};

use crate::choices::Shell;
use crate::plan::{Check, Command, Place, Plan};
use crate::text;

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

/// Every command on a line of its own, for pipelines: checks and actions in their order, what undoes a step and what is done on a node as comments.
/// Without the conditions, questions and files of the script, which only the script has; what only a run of the script knows stands as a variable.
pub fn lines(plan: &Plan, shell: Shell) -> Block {
    let mut out = Block::default();
    for step in &plan.steps {
        let on_node = step.place == Place::Node;
        out.push(Kind::Comment, format!("# {}{}", step.title, if on_node { text::page::ON_A_NODE } else { "" }));
        out.plain("\n");
        let checks = step.checks.iter().filter_map(Check::command);
        for command in checks.chain(step.actions.iter().filter_map(|action| action.act.command())) {
            if on_node {
                out.push(Kind::Comment, format!("# {}", one_line(plan, command, Shell::Bash).text()));
            } else {
                out.tokens.extend(one_line(plan, command, shell).tokens);
            }
            out.plain("\n");
        }
        if let Some(undo) = &step.undo {
            out.push(Kind::Comment, format!("# {}", one_line(plan, &undo.command, if on_node { Shell::Bash } else { shell }).text()));
            out.plain("\n");
        }
    }
    out
}

/// A command without line breaks, complete when it stands alone.
fn one_line(plan: &Plan, command: &Command, shell: Shell) -> Block {
    match shell {
        Shell::Bash => bash::one_line(plan, command),
        Shell::PowerShell => powershell::one_line(plan, command),
    }
}
