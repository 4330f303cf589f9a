//! The actions to take, as data: steps with checks, conditions, questions, commands and files.
//!
//! A plan knows no shell: nothing in it is quoted or needs to be. The crate `configurator-render`
//! turns its words into text.

mod certificate;
mod checks;
mod command;
mod diagnose;
mod extension;
pub mod meanings;
mod names;
mod pull;
mod registry;
pub mod task_titles;
mod tasks;

pub use command::{
    Arg, ArgValue, Command, Encoding, Origin, Part, Program, Var, Word, flatten, spoken,
};
pub use extension::SETTINGS_FILE;
pub use names::{HEADING, field_of};

use crate::azure::Source;
use crate::choices::{Field, TextField};
use crate::rules::{Finding, Severity};
use crate::scenario::Scenario;
use serde::Serialize;
use std::borrow::Cow;

/// A sentence for the user.
pub type Text = Cow<'static, str>;

/// An ordered list of steps, and the names they share.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// What it does, in one line.
    pub title: Text,
    /// What it comes to, in a few sentences.
    pub summary: Vec<Text>,
    /// What a second run does.
    pub again: Text,
    /// What is said at the end.
    pub done: Text,
    /// What it acts on, a line each; a script says it before it asks.
    pub subject: Vec<Word>,
    /// The names that the commands use; a script sets them at its top.
    pub variables: Vec<Variable>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Errors that no name at the top of a script can mend: the script refuses to start.
    pub blockers: Vec<String>,
}

impl Plan {
    /// The value of a variable; `None` where the plan has no such variable.
    pub fn variable(&self, name: Var) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The fields whose placeholders stand in the plan.
    pub fn placeholders(&self) -> Vec<TextField> {
        let mut placeholders = Vec::new();
        for hole in
            self.variables.iter().flat_map(|variable| &variable.words).flat_map(Word::placeholders)
        {
            if !placeholders.contains(&hole) {
                placeholders.push(hole);
            }
        }
        placeholders
    }

    /// Every command, in order: of the checks, their remedies, the actions, and what undoes them.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.steps.iter().flat_map(Step::commands)
    }

    /// Whether it changes anything where the CLI is: one that only shows things needs nobody's
    /// consent.
    pub fn changes(&self) -> bool {
        let actions = self
            .steps
            .iter()
            .filter(|step| step.place == Place::Workstation)
            .flat_map(|step| &step.actions);
        actions
            .into_iter()
            .any(|action| !matches!(action.operation, Operation::Show(_) | Operation::Confirm(_)))
    }

    /// Leaves out the variables that nothing uses.
    fn keep_used_variables(&mut self) {
        let used = self.used_variables();
        self.variables.retain(|variable| used.contains(&variable.name));
    }

    fn used_variables(&self) -> Vec<Var> {
        let mut used = Vec::new();
        let of_word = |used: &mut Vec<Var>, word: &Word| {
            used.extend(word.0.iter().filter_map(|part| match part {
                Part::Variable(variable) | Part::Contents { path: variable, .. } => Some(*variable),
                _ => None,
            }));
        };
        for value in self.commands().flat_map(|command| &command.args).flat_map(|arg| &arg.values) {
            match value {
                ArgValue::Word(word) => of_word(&mut used, word),
                ArgValue::Each { each } => used.push(*each),
            }
        }
        for step in &self.steps {
            let files = step.actions.iter().filter_map(|action| match &action.operation {
                Operation::Write(file) => Some(file),
                _ => None,
            });
            for line in files.flat_map(|file| &file.lines) {
                of_word(&mut used, line);
            }
            for check in step.all_checks() {
                if let Expectation::Be(word) | Expectation::Include(word) = &check.expectation {
                    of_word(&mut used, word);
                }
            }
            for word in step
                .conditions()
                .flat_map(Condition::words)
                .chain(step.prompts.iter().map(|prompt| &prompt.question))
            {
                of_word(&mut used, word);
            }
        }
        for word in &self.subject {
            of_word(&mut used, word);
        }
        used
    }
}

impl Step {
    /// Every command of the step: of the checks, their remedies, the actions, what undoes them, and
    /// the notes.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        let checks = self
            .checks
            .iter()
            .flat_map(|check| check.command().into_iter().chain(&check.otherwise.command));
        let actions = self.actions.iter().filter_map(|action| action.operation.command());
        let remedies = self.actions.iter().filter_map(|action| match &action.operation {
            Operation::Confirm(check) => check.otherwise.command.as_ref(),
            _ => None,
        });
        let notes = self.notes.iter().filter_map(|note| note.command.as_ref());
        checks
            .chain(actions)
            .chain(remedies)
            .chain(self.undo.iter().map(|undo| &undo.command))
            .chain(notes)
    }
}

impl Step {
    /// Its checks, and those that its actions make.
    pub fn all_checks(&self) -> impl Iterator<Item = &Check> {
        let confirmed = self.actions.iter().filter_map(|action| match &action.operation {
            Operation::Confirm(check) => Some(check),
            _ => None,
        });
        self.checks.iter().chain(confirmed)
    }

    /// Its conditions: its own, those of its checks, of its questions and of its actions.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let checks = self.all_checks().filter_map(|check| match &check.expectation {
            Expectation::Hold(condition) => Some(condition),
            _ => None,
        });
        let own = self.only_if.iter().map(|only_if| &only_if.condition);
        let prompts = self.prompts.iter().filter_map(|prompt| prompt.condition.as_ref());
        let actions = self.actions.iter().filter_map(|action| action.only_if.as_ref());
        own.chain(checks).chain(prompts).chain(actions)
    }
}

impl Step {
    /// The condition of one of its actions in a block that is pasted alone: where it is about
    /// files, or about what the block itself finds out. What else is to be known says the text
    /// beside the block.
    pub fn guard<'a>(&self, action: &'a Action) -> Option<&'a Condition> {
        action
            .only_if
            .as_ref()
            .filter(|condition| condition.answers().into_iter().all(|answer| self.finds(answer)))
    }

    /// The conditions of its actions in a block that is pasted alone.
    pub fn guards(&self) -> impl Iterator<Item = &Condition> {
        self.actions.iter().filter_map(|action| self.guard(action))
    }

    /// Whether one of its actions finds this answer.
    fn finds(&self, answer: Var) -> bool {
        self.actions.iter().any(|action| matches!(&action.operation, Operation::Confirm(check) if check.query_into().is_some_and(|query_into| query_into.into == answer)))
    }
}

impl Condition {
    /// The answers that it looks at.
    pub fn answers(&self) -> Vec<Var> {
        match self {
            Self::Absent { from: answer, .. }
            | Self::Present { from: answer, .. }
            | Self::Is { answer, .. }
            | Self::IsNot { answer, .. } => vec![*answer],
            Self::FileAbsent(_) => Vec::new(),
            Self::All(all) => all.iter().flat_map(Self::answers).collect(),
            Self::Not(condition) => condition.answers(),
        }
    }

    /// The words it compares with.
    fn words(&self) -> Vec<&Word> {
        match self {
            Self::Absent { name: word, .. } | Self::Present { name: word, .. } => vec![word],
            Self::Is { value: word, .. }
            | Self::IsNot { value: word, .. }
            | Self::FileAbsent(word) => vec![word],
            Self::All(all) => all.iter().flat_map(Self::words).collect(),
            Self::Not(condition) => condition.words(),
        }
    }
}

impl Check {
    /// The read-only command; `None` where only a program is looked for.
    pub fn command(&self) -> Option<&Command> {
        match &self.probe {
            Probe::Tool(_) | Probe::Known(_) => None,
            Probe::Query(Query { command, .. }) | Probe::Show(command) => Some(command),
        }
    }

    /// The look that it makes; `None` where it makes none.
    pub fn query_into(&self) -> Option<&Query> {
        match &self.probe {
            Probe::Tool(_) | Probe::Known(_) | Probe::Show(_) => None,
            Probe::Query(query_into) => Some(query_into),
        }
    }
}

/// A name that several commands use.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Variable {
    /// The name of the variable.
    pub name: Var,
    /// Its value; several words for a list.
    pub words: Vec<Word>,
    /// Whether it is a list.
    pub list: bool,
    /// Where the value comes from.
    pub origin: Origin,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// A short name, unique within the plan.
    pub id: &'static str,
    /// What it does.
    pub title: Text,
    /// Why it is there.
    pub why: Text,
    /// Where it is done.
    pub place: Place,
    /// Read-only commands, and what they must say.
    pub checks: Vec<Check>,
    /// The condition under which it acts at all.
    pub only_if: Option<OnlyIf>,
    /// Questions that must be answered before the first change of the whole script.
    #[serde(rename = "asks")]
    pub prompts: Vec<Prompt>,
    /// What it does.
    pub actions: Vec<Action>,
    /// What to expect afterwards.
    pub expect: Option<Text>,
    /// How long it takes.
    pub takes: Option<Text>,
    /// What undoes it.
    pub undo: Option<Undo>,
    /// What can go wrong or be lost.
    pub warnings: Vec<Text>,
    /// Where this differs from what the reader may know, and why.
    pub notes: Vec<Note>,
}

/// A command that undoes a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Undo {
    /// The command.
    pub command: Command,
    /// What it takes with it.
    pub warning: Text,
}

/// Where a step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Where the CLI is.
    Workstation,
    /// On a node of the cluster: a script only says it.
    Node,
}

/// A remark with its source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// The remark.
    pub text: Text,
    /// Where it can be looked up.
    pub source: Source,
    /// A command that belongs to it; shown, never run.
    pub command: Option<Command>,
    /// Whether a script says it too, after the actions of the step.
    #[serde(rename = "told")]
    pub in_script: bool,
}

/// A read-only check, and its expected result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What is checked.
    pub title: Text,
    /// How.
    pub probe: Probe,
    /// What the answer must be.
    #[serde(rename = "must")]
    pub expectation: Expectation,
    /// What to do where it is not.
    pub otherwise: Remedy,
}

/// How something is looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Probe {
    /// Whether a program is there.
    Tool(Program),
    /// What a command answers.
    #[serde(rename = "look")]
    Query(Query),
    /// A read-only command whose answer is for the user; its failure is part of the answer.
    Show(Command),
    /// An answer that an earlier check kept.
    Known(Var),
}

/// A read-only command whose answer is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Query {
    /// The variable that keeps the answer.
    pub into: Var,
    /// The command. It prints one value, or one a line.
    pub command: Command,
    /// Whether it may fail; the answer is then empty.
    pub may_fail: bool,
}

/// What an answer must be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// The program is there, or the command succeeds.
    Answer,
    /// Exactly this word, in any case of letters.
    Be(Word),
    /// The same as an answer that was kept before.
    BeSameAs(Var),
    /// The name is one of the lines.
    Include(Word),
    /// Something other than nothing.
    BeGiven,
    /// A version, this or newer: numbers with dots.
    BeAtLeast(&'static str),
    /// Anything; the user gets to see it.
    BeShown,
    /// Anything; but this must be so.
    Hold(Condition),
}

/// What to do where a check fails.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Remedy {
    /// What is wrong, and what to do.
    pub message: Text,
    /// The command that mends it; shown, never run.
    pub command: Option<Command>,
}

/// A condition over what the checks found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// The name is none of the lines found.
    Absent {
        /// Where the lines are.
        from: Var,
        /// The name.
        name: Word,
    },
    /// The name is one of the lines found.
    Present {
        /// Where the lines are.
        from: Var,
        /// The name.
        name: Word,
    },
    /// The answer is this, in any case of letters.
    Is {
        /// Where the answer is.
        answer: Var,
        /// What it must be.
        value: Word,
    },
    /// The answer is anything else.
    IsNot {
        /// Where the answer is.
        answer: Var,
        /// What it must not be.
        value: Word,
    },
    /// There is no file at the path.
    FileAbsent(Word),
    /// All of these.
    All(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
}

/// The condition of a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OnlyIf {
    /// When the step acts.
    pub condition: Condition,
    /// The same in words, after "Only if".
    pub words: Text,
    /// What to say where it does not act.
    pub otherwise: Text,
}

/// A question. The answer no ends the script before any change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prompt {
    /// When it is asked; always where there is none.
    pub condition: Option<Condition>,
    /// The question, with the names that it is about.
    pub question: Word,
}

/// One action of a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Action {
    /// When it is done, where not always.
    pub only_if: Option<Condition>,
    /// What is done.
    #[serde(rename = "act")]
    pub operation: Operation,
}

impl From<Operation> for Action {
    fn from(operation: Operation) -> Self {
        Self { only_if: None, operation }
    }
}

/// What an action does.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// Runs a command.
    Run(Command),
    /// Runs a read-only command, whose failure is part of the answer.
    Show(Command),
    /// Runs a command and keeps what it prints, unseen.
    Capture(Capture),
    /// Writes a file.
    Write(File),
    /// Removes a file, where it exists.
    Remove(Text),
    /// Looks at the result, which must be right.
    Confirm(Check),
}

impl Operation {
    /// The command that it runs; `None` where it runs none.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Self::Run(command) | Self::Show(command) | Self::Capture(Capture { command, .. }) => {
                Some(command)
            }
            Self::Confirm(check) => check.command(),
            Self::Write(_) | Self::Remove(_) => None,
        }
    }
}

/// A command whose output is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capture {
    /// The variable that keeps it.
    pub into: Var,
    /// The command.
    pub command: Command,
    /// What the output must begin with; nothing where it only must not be empty.
    pub begins_with: &'static str,
    /// Characters that must not be in it; a line break never may.
    pub without: &'static [char],
    /// What to say where the output is something else.
    pub otherwise: Text,
}

/// A text file, written anew.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct File {
    /// Its name, in the current folder; on a node, its path.
    pub path: Text,
    /// Whether only this user may read it.
    pub private: bool,
    /// Its lines.
    pub lines: Vec<Word>,
}

/// Makes the plan. Never fails.
#[inline(never)]
pub fn plan(scenario: &Scenario, findings: &[Finding]) -> Plan {
    let mut plan = tasks::plan(scenario);
    plan.keep_used_variables();
    let placeholders = plan.placeholders();
    // A placeholder stops the script by itself, until the name is filled in by hand.
    let is_placeholder = |finding: &&Finding| {
        matches!(finding.field, Some(Field::Text(field)) if placeholders.contains(&field))
            && !finding.in_output
    };
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    plan.blockers = errors
        .filter(|finding| !is_placeholder(finding))
        .map(|finding| finding.message.clone())
        .collect();
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Planned, link};

    const BASE: &str =
        "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";

    fn outcome(of: &str) -> Planned {
        let parsed = link::parse(&format!("#{of}&{BASE}"));
        assert!(parsed.problems.is_empty(), "{of}: {:?}", parsed.problems);
        Planned::of_link(&parsed)
    }

    /// A link for every task, with what asks the most.
    const LINKS: &[&str] = &[
        "scenario=secure-default&parent=parent01&mode=read-write&import=mcr.microsoft.com/hello-world:latest&cluster-rg=rg2&cluster-subscription=other",
        "scenario=http",
        "scenario=own-trust&secret=k8&crt=tls.crt&key=tls.key",
        "scenario=auto-upgrade&train=preview",
        "scenario=manual-upgrade&version=0.11.0",
        "scenario=pin-version&version=0.11.0",
        "scenario=sync-daily",
        "scenario=pull-image&image=hello-world:latest&tokens=puller",
        "scenario=pull-image&image=hello-world:latest&tokens=puller&context=edge",
        "scenario=clean-up",
        "task=repositories&remove-repos=old/app",
        "task=rotate",
        "task=redeploy",
        "task=diagnose&log-level=debug",
    ];

    #[test]
    fn a_sentence_has_names_in_it() {
        assert_eq!(Word::sentence("plain"), Word::literal("plain"));
        let parts =
            vec![Part::Variable(Var("a")), Part::Literal(" of ".into()), Part::Captured(Var("b"))];
        assert_eq!(Word::sentence("{a} of {=b}"), Word(parts));
    }

    #[test]
    fn every_name_in_a_question_is_known_when_it_is_asked() {
        for link in LINKS {
            let plan = outcome(link).plan;
            let kept = |name: Var| {
                let mut checks = plan.steps.iter().flat_map(|step| &step.checks);
                checks.any(|check| matches!(&check.probe, Probe::Query(query_into) if query_into.into == name))
            };
            let questions =
                plan.steps.iter().flat_map(|step| &step.prompts).map(|prompt| &prompt.question);
            for part in plan.subject.iter().chain(questions).flat_map(|word| &word.0) {
                match part {
                    Part::Variable(name) => {
                        assert!(plan.variable(*name).is_some(), "{link}: {}", name.0)
                    }
                    Part::Captured(name) => assert!(kept(*name), "{link}: {}", name.0),
                    other => assert!(matches!(other, Part::Literal(_)), "{link}: {other:?}"),
                }
            }
        }
    }

    #[test]
    fn a_plan_says_what_it_is_called() {
        let titles = ["manual-upgrade", "pin-version"]
            .map(|scenario| outcome(&format!("scenario={scenario}&version=0.11.0")).plan.title);
        assert_ne!(titles[0], titles[1]);
    }

    #[test]
    fn an_address_of_ipv6_stands_in_brackets() {
        let parsed =
            link::parse("#scenario=pull-image&image=hello-world:latest&tokens=puller&ip=fd00::10");
        let plan = Planned::of_link(&parsed).plan;
        let words: Vec<String> = plan
            .commands()
            .flat_map(|command| command.words(&plan))
            .filter_map(|word| flatten(&word, &plan))
            .collect();
        assert!(words.contains(&"[fd00::10]/hello-world:latest".to_owned()), "{words:?}");
    }
}
