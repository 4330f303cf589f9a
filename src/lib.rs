//! Choices in a browser become commands that deploy the Azure connected registry Arc extension.
//!
//! A one-way street, and every stop is plain data:
//!
//! ```text
//! Choices ──resolve──▶ Scenario + Findings ──plan──▶ Plan ──render──▶ Document ──▶ screen, clipboard, file
//!    ▲
//!    └── link: URL fragment ⇄ Choices
//! ```
//!
//! | room | what is in it |
//! | --- | --- |
//! | [`choices`] | what the user asks for, as typed; the documented scenarios as presets |
//! | [`scenario`] | what is in force: parsed, typed, impossible states unwritable |
//! | [`schedule`] | cron and durations: parse, say in words, next runs |
//! | [`rules`] | findings: the table of rules |
//! | [`plan`] | steps, commands and files as data |
//! | [`shell`] | words become tokens of one shell; the only place that quotes |
//! | [`html`] | the outputs as HTML |
//! | [`portable`] | which texts reach a program unchanged from every shell |
//! | [`azure`] | facts as data: commands, configuration keys, limits, each with its source |
//! | [`link`] | choices ⇄ URL fragment |
//! | [`text`] | every sentence the user reads |
//! | `ui` | the page (feature `page`); everything above builds without a web crate |
//!
//! Imports follow the street: a room knows those before it, never those after it.

pub mod azure;
pub mod choices;
pub mod html;
pub mod link;
pub mod plan;
pub mod portable;
pub mod rules;
pub mod scenario;
pub mod schedule;
pub mod shell;
pub mod text;

#[cfg(feature = "page")]
pub mod ui;

use choices::Choices;
use rules::Finding;

/// Everything that follows from one set of choices: what the page shows and the native command prints.
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
        let scenario = scenario::resolve(choices);
        let findings = rules::check(choices, &scenario);
        let plan = plan::plan(&scenario, &findings);
        let document = shell::render(&plan, choices.select.shell);
        Self { findings, plan, document }
    }

    /// Whether a finding of severity error stands: the script then refuses to start.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == rules::Severity::Error)
    }
}
