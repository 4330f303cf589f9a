//! Choices in a browser become commands that deploy the Azure connected registry Arc extension.
//!
//! A one-way street, and every stop is plain data:
//!
//! ```text
//! Choices ──resolve──▶ Scenario + Findings ──plan──▶ Plan ──render──▶ Document ──▶ screen, clipboard, file
//!    ▲
//!    ├── link: URL fragment ⇄ Choices
//!    └── read: pasted commands ──▶ Choices + Findings
//! ```
//!
//! | room | what is in it |
//! | --- | --- |
//! | [`text`] | every sentence the user reads |
//! | [`azure`] | facts as data: commands, configuration keys, limits, each with its source |
//! | [`choices`] | what the user asks for, as typed; the documented scenarios as presets |
//! | [`portable`] | which texts reach a program unchanged from PowerShell |
//! | [`scenario`] | what is in force: parsed, typed, impossible states unwritable |
//! | [`schedule`] | cron and durations: parse, say in words, next runs |
//! | [`rules`] | findings: the table of rules |
//! | [`link`] | choices ⇄ URL fragment |
//! | [`plan`] | steps, commands and files as data |
//! | [`shell`] | words become tokens of one shell; the only place that quotes |
//! | [`explain`] | what a piece of an output does, which choice made it, and where that can be looked up |
//! | [`runbook`], [`html`] | the outputs as text and as HTML |
//! | [`embed`] | the page within other people's pages: what is fixed there, and the HTML that puts it there |
//! | `read` | the way back: pasted commands become choices and findings (feature `reader`) |
//! | `reader` | what pasted commands come to, as HTML, and its dialog at work |
//! | `files` | several files as one, and the protected settings filled in by hand (feature `inspect`) |
//! | `ui` | the page (feature `page`); everything above builds without a web crate |
//!
//! Imports follow the street: a room knows those before it, never those after it; `text` and
//! `azure` know of the others only what they have words or facts for: the fields, and what text of
//! a shell is for.

pub mod azure;
pub mod choices;
pub mod embed;
pub mod explain;
#[cfg(feature = "inspect")]
pub mod files;
pub mod html;
pub mod link;
pub mod plan;
pub mod portable;
#[cfg(feature = "reader")]
pub mod read;
#[cfg(feature = "reader")]
pub mod reader;
pub mod rules;
pub mod runbook;
pub mod scenario;
pub mod schedule;
pub mod shell;
pub mod text;

#[cfg(feature = "page")]
pub mod ui;

use choices::Choices;
use rules::Finding;

/// Everything that follows from one set of choices: what the page shows and the native command
/// prints.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What is wrong, doubtful or missing, most severe first.
    pub findings: Vec<Finding>,
    /// What is to be done, as data.
    pub plan: plan::Plan,
    /// The plan as text of the chosen shell.
    pub document: shell::Document,
}

impl Outcome {
    /// Walks the whole street. Never fails: what is wrong is in [`Outcome::findings`].
    pub fn of(choices: &Choices) -> Self {
        Self::with_problems(choices, [])
    }

    /// The same for a link: what of it was not understood keeps the script from starting, for it
    /// may have meant something else.
    pub fn of_link(parsed: &link::Parsed) -> Self {
        Self::with_problems(
            &parsed.choices,
            parsed.problems.iter().map(|problem| problem.message.clone()),
        )
    }

    /// The same, with the messages about what of a link was not understood.
    pub fn with_problems(choices: &Choices, problems: impl IntoIterator<Item = String>) -> Self {
        let Planned { findings, plan, shell, .. } = Planned::with_problems(choices, problems);
        let document = shell::render(&plan, shell);
        Self { findings, plan, document }
    }
}

/// An [`Outcome`] whose text is still to be made: the page shows a part of it at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What is in force.
    pub scenario: scenario::Scenario,
    /// What is wrong, doubtful or missing, most severe first.
    pub findings: Vec<Finding>,
    /// What is to be done, as data.
    pub plan: plan::Plan,
    /// The shell that its text is to be for.
    pub shell: choices::Shell,
}

impl Planned {
    /// Walks the street up to the plan, with the messages about what of a link was not understood.
    /// Never fails.
    pub fn with_problems(choices: &Choices, problems: impl IntoIterator<Item = String>) -> Self {
        let scenario = scenario::resolve(choices);
        let findings = rules::check(choices, &scenario);
        let mut plan = plan::plan(&scenario, &findings);
        plan.blockers.extend(problems);
        Self { scenario, findings, plan, shell: choices.select.shell }
    }
}
