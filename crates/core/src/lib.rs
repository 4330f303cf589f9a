//! Choices, the scenario that they resolve to, its findings, and the plan, all as plain data.
//!
//! ```text
//! Choices ──resolve──▶ Scenario ──rules──▶ Findings ──plan──▶ Plan
//!    ▲
//!    └── link: URL fragment ⇄ Choices
//! ```
//!
//! In: [`choices::Choices`], as typed, or a URL fragment that [`link::parse`] reads. Nothing here
//! fails: text that does not parse becomes a finding, and a placeholder in the plan.
//! Out: [`Planned`], with the findings and a [`plan::Plan`] of steps, commands and files. A plan
//! knows no shell; `configurator-render` turns it into text.
//!
//! | module | contents |
//! | --- | --- |
//! | [`azure`] | facts as data: option tables, limits, configuration keys, sources |
//! | [`choices`] | fields with their labels, sections of the form, documented scenarios |
//! | [`powershell_args`] | the texts that PowerShell can't pass to a program unchanged |
//! | [`schedule`] | cron expressions, durations, next runs |
//! | [`scenario`] | the resolved choices; every value has a type that only holds valid text |
//! | [`rules`] | the table of rules, and the findings |
//! | [`link`] | choices ⇄ URL fragment |
//! | [`plan`] | steps, checks, commands and files |
//!
//! # Examples
//!
//! ```
//! use configurator_core::{Planned, link};
//!
//! let planned = Planned::of_link(&link::parse("#registry=con-toso&name=edge01"));
//! assert_eq!(planned.findings[0].rule, "registry-name");
//! assert!(planned.plan.steps.iter().any(|step| step.id == "data-endpoint"));
//! ```

pub mod azure;
pub mod choices;
pub mod link;
pub mod plan;
pub mod powershell_args;
pub mod rules;
pub mod scenario;
pub mod schedule;

mod planned;

pub use planned::Planned;
