//! One file per component: its markup, handlers, sentences and tests.

pub mod checker;
pub mod checklist;
pub mod code_block;
pub mod dialog;
pub mod field;
pub mod findings;
pub mod form;
pub mod output;
pub mod runbook;
pub mod scenario_picker;
pub mod steps;
