//! Every command of a plan on a line of its own: to print for pipelines, and to paste at a prompt.

use super::document::{Block, Kind, Purpose};
use super::{bash, frame, powershell};
use crate::shell::sentences::{BLOCKERS, LINES_ABOUT, ON_A_NODE_TEXT};
use configurator_core::choices::Shell;
use configurator_core::plan::{Action, Check, Command, Operation, Place, Plan, Step};

/// Where the lines are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// In a file of a pipeline, which ends with the exit code of the command that failed.
    File,
    /// At a prompt, which stays open where a command fails.
    Prompt,
}

/// Every command on a line of its own, for pipelines: checks and actions in their order, what
/// undoes a step and what is done on a node as comments. Without the conditions and questions of
/// the script, which only the script has. Where an answer must be kept unseen or a file written,
/// the block of the step stands as it is. Run as a file, it ends at the first command that fails,
/// with its exit code.
pub fn lines(plan: &Plan, shell: Shell) -> Block {
    Lines::new(plan, shell, Target::File).write()
}

/// The same commands to paste at a prompt of bash, zsh or PowerShell: one statement without
/// comments, which an interactive zsh would run as commands. It ends at the first command that
/// fails, leaves the session open and sets nothing in it. While an error stands it refuses to
/// start.
pub fn lines_to_paste(plan: &Plan, shell: Shell) -> Block {
    Lines::new(plan, shell, Target::Prompt).write()
}

/// Writes the lines of one plan.
struct Lines<'a> {
    plan: &'a Plan,
    shell: Shell,
    target: Target,
    /// Removes private files in the end, where that is not said before.
    removal: String,
    out: Block,
}

impl<'a> Lines<'a> {
    fn new(plan: &'a Plan, shell: Shell, target: Target) -> Self {
        Self { plan, shell, target, removal: String::new(), out: Block::default() }
    }

    fn write(mut self) -> Block {
        self.comment(LINES_ABOUT);
        for blocker in &self.plan.blockers {
            self.comment(&[BLOCKERS, " ", blocker].concat());
        }
        let (start, end) = match self.shell {
            Shell::Bash => bash::LINES,
            Shell::PowerShell => powershell::lines(self.target),
        };
        self.on(Purpose::Strictness, start);
        if self.target == Target::Prompt && !self.plan.blockers.is_empty() {
            let reasons =
                [&[BLOCKERS.to_owned()], self.plan.blockers.as_slice()].concat().join(" ");
            let refusal = match self.shell {
                Shell::Bash => bash::refusal(&reasons),
                Shell::PowerShell => powershell::refusal(&reasons),
            };
            self.on(Purpose::Start, &refusal);
        }
        for step in &self.plan.steps {
            self.step(step);
        }
        let removal = std::mem::take(&mut self.removal);
        self.on(Purpose::Removal, &removal);
        self.on(Purpose::Strictness, end);
        self.out
    }

    /// From here on the end removes the private files that a step wrote, wherever it comes.
    fn remove_at_the_end(&mut self, step: &Step) {
        let files: Vec<&str> =
            frame::private_files(&step.actions).map(|file| file.path.as_ref()).collect();
        if files.is_empty() {
            return;
        }
        match self.shell {
            Shell::Bash => self.on(Purpose::Removal, &bash::removal(&files)),
            Shell::PowerShell => {
                let (start, end) = powershell::removal(&files);
                self.on(Purpose::Removal, &start);
                self.removal.insert_str(0, &end);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        let is_on_node = step.place == Place::Node;
        self.comment(&[step.title.as_ref(), if is_on_node { ON_A_NODE_TEXT } else { "" }].concat());
        for command in self.commands(step) {
            if is_on_node {
                command.text().lines().for_each(|line| self.comment(line));
            } else {
                self.out.tokens.extend(command.tokens);
                self.end_line();
            }
        }
        if !is_on_node {
            self.remove_at_the_end(step);
        }
        if let Some(undo) = &step.undo {
            self.comment(&one_line(self.plan, &undo.command, self.shell_of(step)).text());
        }
    }

    /// A node of the cluster has a POSIX shell.
    fn shell_of(&self, step: &Step) -> Shell {
        if step.place == Place::Node { Shell::Bash } else { self.shell }
    }

    fn commands(&self, step: &Step) -> Vec<Block> {
        let shell = self.shell_of(step);
        let mut commands: Vec<Block> =
            step.checks.iter().filter_map(|check| self.check(check, shell)).collect();
        let is_plain = |action: &Action| {
            action.operation.command().is_some()
                && !matches!(action.operation, Operation::Capture(_))
        };
        if step.actions.iter().all(is_plain) && step.guards().next().is_none() {
            let line = |operation: &Operation| {
                Some(self.ending(
                    matches!(operation, Operation::Show(_)),
                    one_line(self.plan, operation.command()?, shell),
                    shell,
                ))
            };
            commands.extend(step.actions.iter().filter_map(|action| line(&action.operation)));
        } else {
            commands.extend(match (step.place, shell) {
                // A comment for whoever is on the node.
                (Place::Node, _) => bash::step_blocks(self.plan, step).actions,
                (Place::Workstation, Shell::Bash) => bash::actions_in_lines(self.plan, step),
                (Place::Workstation, Shell::PowerShell) => {
                    powershell::actions_in_lines(self.plan, step, self.target)
                }
            });
        }
        commands
    }

    /// The command of a check; where another command is made of its answer, kept under its name.
    fn check(&self, check: &Check, shell: Shell) -> Option<Block> {
        let command = one_line(self.plan, check.command()?, shell);
        let may_fail = check.query_into().is_none_or(|query_into| query_into.may_fail);
        let Some(query_into) =
            check.query_into().filter(|query_into| frame::is_used(self.plan, query_into.into))
        else {
            return Some(self.ending(may_fail, command, shell));
        };
        Some(match shell {
            Shell::Bash => bash::kept(query_into.into, command),
            Shell::PowerShell => {
                self.ending(false, powershell::kept(query_into.into, command), shell)
            }
        })
    }

    /// A command with what its failure means: none where that is part of the answer, else the end.
    fn ending(&self, may_fail: bool, command: Block, shell: Shell) -> Block {
        let (before, after) = match (may_fail, shell) {
            (true, Shell::Bash) => ("", " || :"),
            // Otherwise a pipeline would take the exit code of this command for that of all.
            (true, Shell::PowerShell) => {
                ("try { ", " } catch { Write-Host $_ }; $global:LASTEXITCODE = 0")
            }
            (false, Shell::Bash) => return command,
            (false, Shell::PowerShell) => {
                let mut block = command;
                push_on(
                    &mut block,
                    Purpose::Strictness,
                    &["\n", powershell::end_on_failure(self.target)].concat(),
                );
                return block;
            }
        };
        let mut block = Block { purpose: Purpose::Lenience, ..Block::default() };
        if !before.is_empty() {
            block.plain(before);
        }
        block.tokens.extend(command.tokens);
        block.plain(after);
        block
    }

    /// A comment on one line, whatever was typed; PowerShell's text is ASCII. What is pasted has
    /// none.
    fn comment(&mut self, text: &str) {
        if self.target == Target::Prompt {
            return;
        }
        let fits = |c: char| {
            if self.shell == Shell::Bash { !c.is_control() } else { matches!(c, ' '..='~') }
        };
        let other = if self.shell == Shell::Bash { " " } else { "?" };
        self.out.push(Kind::Comment, ["# ", &text.replace(|c| !fits(c), other)].concat());
        self.out.plain("\n");
    }

    fn on(&mut self, purpose: Purpose, text: &str) {
        push_on(&mut self.out, purpose, text);
    }

    fn end_line(&mut self) {
        if self.out.tokens.last().is_some_and(|token| !token.text.ends_with('\n')) {
            self.out.plain("\n");
        }
    }
}

/// Appends text that has a purpose of its own.
fn push_on(block: &mut Block, purpose: Purpose, text: &str) {
    if text.is_empty() {
        return;
    }
    let before = std::mem::replace(&mut block.purpose, purpose);
    block.plain(text.to_owned());
    block.purpose = before;
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
    use crate::Outcome;
    use configurator_core::Planned;
    use configurator_core::choices::Choices;

    fn blocked() -> Plan {
        Planned::with_problems(
            &Choices::default(),
            ["one\ntouch stray\r`touch stray`\u{2028}\u{e4}".to_owned()],
        )
        .plan
    }

    /// What keeps a script from starting may have text of a link in it.
    #[test]
    fn what_is_said_above_the_lines_stays_a_comment() {
        for shell in Shell::ALL {
            let text = lines(&blocked(), *shell).text();
            let said: Vec<&str> = text.lines().filter(|line| line.contains("stray")).collect();
            assert!(
                matches!(said.as_slice(), [line] if line.starts_with("# Not ready")),
                "{said:?}"
            );
            assert!(*shell == Shell::Bash || text.is_ascii());
        }
    }

    #[test]
    fn lines_to_paste_refuse_to_start_while_an_error_stands() {
        let bash = lines_to_paste(&blocked(), Shell::Bash).text();
        assert!(
            bash.starts_with(
                "(\nset -euo pipefail\necho $'Not ready: mend this first. one\\ntouch stray"
            ),
            "{bash}"
        );
        assert_eq!(bash.lines().nth(3), Some("exit 1"), "{bash}");
        let powershell = lines_to_paste(&blocked(), Shell::PowerShell).text();
        assert!(
            powershell.is_ascii()
                && powershell
                    .lines()
                    .nth(3)
                    .is_some_and(|line| line.starts_with("throw \"Not ready")),
            "{powershell}"
        );
    }

    #[test]
    fn lines_to_paste_have_no_comment() {
        for shell in Shell::ALL {
            let block = lines_to_paste(&Outcome::of(&Choices::default()).plan, *shell);
            assert!(block.tokens.iter().all(|token| token.kind != Kind::Comment));
        }
    }
}
