//! Words become tokens of one shell. Only here is anything quoted.

pub mod bash;
mod document;
mod frame;
#[cfg(feature = "reader")]
pub mod lexer;
pub mod powershell;

pub use document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks, Token};

use crate::choices::Shell;
use crate::plan::{Act, Action, Check, Command, Place, Plan, Step};
use crate::text;

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

/// The protected settings as JSON, with placeholders for what only the user's machine knows; `None` where the plan writes none.
pub fn settings(plan: &Plan) -> Option<Block> {
    frame::settings(plan)
}

/// Every command on a line of its own, for pipelines: checks and actions in their order, what undoes a step and what is done on a node as comments.
/// Without the conditions and questions of the script, which only the script has. Where an answer must be kept unseen or a file written, the block of
/// the step stands as it is.
pub fn lines(plan: &Plan, shell: Shell) -> Block {
    let mut out = Block::default();
    let comment = |out: &mut Block, text: String| {
        // What somebody typed may be in it: it stays one line. And PowerShell's text is ASCII.
        let fits = |c: char| if shell == Shell::Bash { !c.is_control() } else { matches!(c, ' '..='~') };
        out.push(Kind::Comment, ["# ", &text.replace(|c| !fits(c), if shell == Shell::Bash { " " } else { "?" })].concat());
        out.plain("\n");
    };
    comment(&mut out, text::script::LINES_ABOUT.to_owned());
    for blocker in &plan.blockers {
        comment(&mut out, [text::page::BLOCKERS, " ", blocker].concat());
    }
    for step in &plan.steps {
        let (place, shell) = if step.place == Place::Node { (text::page::ON_A_NODE, Shell::Bash) } else { ("", shell) };
        comment(&mut out, [&step.title, place].concat());
        let mut commands: Vec<Block> = step.checks.iter().filter_map(|check| look_on_a_line(plan, check, shell)).collect();
        let is_plain = |action: &Action| action.act.command().is_some() && !matches!(action.act, Act::Capture(_));
        if step.actions.iter().all(is_plain) && step.guards().next().is_none() {
            let line = |act: &Act| Some(leniently(matches!(act, Act::Show(_)), one_line(plan, act.command()?, shell), shell));
            commands.extend(step.actions.iter().filter_map(|action| line(&action.act)));
        } else {
            commands.extend(step_blocks(plan, step, shell).actions);
        }
        for mut command in commands {
            if step.place == Place::Node {
                command.text().lines().for_each(|line| comment(&mut out, line.to_owned()));
                continue;
            }
            let ends = command.tokens.last().is_some_and(|token| token.text.ends_with('\n'));
            out.tokens.append(&mut command.tokens);
            if !ends {
                out.plain("\n");
            }
        }
        if let Some(undo) = &step.undo {
            comment(&mut out, one_line(plan, &undo.command, shell).text());
        }
    }
    out
}

/// The command of a check; where another command is made of its answer, kept under its name.
fn look_on_a_line(plan: &Plan, check: &Check, shell: Shell) -> Option<Block> {
    let command = one_line(plan, check.command()?, shell);
    let may_fail = check.look().is_none_or(|look| look.may_fail);
    let Some(look) = check.look().filter(|look| frame::is_used(plan, look.into)) else { return Some(leniently(may_fail, command, shell)) };
    Some(match shell {
        Shell::Bash => bash::kept(look.into, command),
        Shell::PowerShell => powershell::kept(look.into, command),
    })
}

/// A command whose failure is part of the answer must not end a pipeline that stops at the first one.
fn leniently(may_fail: bool, command: Block, shell: Shell) -> Block {
    if !may_fail {
        return command;
    }
    let (before, after) = match shell {
        Shell::Bash => ("", " || :"),
        Shell::PowerShell => ("try { ", " } catch { Write-Host $_ }"),
    };
    let mut block = Block { purpose: Purpose::Lenience, ..Block::default() };
    if !before.is_empty() {
        block.plain(before);
    }
    block.tokens.extend(command.tokens);
    block.plain(after);
    block
}

/// A command without line breaks, complete when it stands alone.
fn one_line(plan: &Plan, command: &Command, shell: Shell) -> Block {
    match shell {
        Shell::Bash => bash::one_line(plan, command),
        Shell::PowerShell => powershell::one_line(plan, command),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Outcome, choices::Choices};

    /// What keeps a script from starting may have text of a link in it.
    #[test]
    fn what_is_said_above_the_lines_stays_a_comment() {
        for shell in Shell::ALL {
            let plan = Outcome::with_problems(&Choices::default(), ["one\ntouch stray\r`touch stray`\u{2028}ä".to_owned()]).plan;
            let text = lines(&plan, *shell).text();
            let said: Vec<&str> = text.lines().filter(|line| line.contains("stray")).collect();
            assert!(matches!(said.as_slice(), [line] if line.starts_with("# Not ready")), "{said:?}");
            assert!(*shell == Shell::Bash || text.is_ascii());
        }
    }
}
