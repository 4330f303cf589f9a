//! The whole pipeline, from choices to text.

use crate::shell;
use configurator_core::choices::Choices;
use configurator_core::rules::Finding;
use configurator_core::{Planned, link, plan};

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
    /// Runs the pipeline. Never fails: errors are in [`Outcome::findings`].
    pub fn of(choices: &Choices) -> Self {
        Self::from(Planned::of(choices))
    }

    /// The same for a link; see [`Planned::of_link`].
    pub fn of_link(parsed: &link::Parsed) -> Self {
        Self::from(Planned::of_link(parsed))
    }
}

impl From<Planned> for Outcome {
    fn from(Planned { findings, plan, shell, .. }: Planned) -> Self {
        let document = shell::render(&plan, shell);
        Self { findings, plan, document }
    }
}
