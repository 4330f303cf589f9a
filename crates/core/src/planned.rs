//! The pipeline from choices to a plan.

use crate::choices::{self, Choices};
use crate::rules::{self, Finding};
use crate::{link, plan, scenario};

/// Everything that follows from one set of choices, short of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The resolved choices.
    pub scenario: scenario::Scenario,
    /// What is wrong, doubtful or missing, most severe first.
    pub findings: Vec<Finding>,
    /// What is to be done, as data.
    pub plan: plan::Plan,
    /// The shell that its text is to be for.
    pub shell: choices::Shell,
}

impl Planned {
    /// Runs the pipeline up to the plan. Never fails: errors are in [`Planned::findings`].
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

    /// Runs the pipeline up to the plan, with the messages about what of a link was not understood.
    /// Never fails.
    pub fn with_problems(choices: &Choices, problems: impl IntoIterator<Item = String>) -> Self {
        let scenario = scenario::resolve(choices);
        let findings = rules::check(choices, &scenario);
        let mut plan = plan::plan(&scenario, &findings);
        plan.blockers.extend(problems);
        Self { scenario, findings, plan, shell: choices.select.shell }
    }
}
