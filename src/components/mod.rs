//! One file per component: its markup, handlers, sentences and tests.

pub mod archive;
pub mod checker;
pub mod checklist;
pub mod code_block;
pub mod diagram;
pub mod dialog;
pub mod embed_dialog;
pub mod explanation;
pub mod field;
pub mod findings;
pub mod footer;
pub mod form;
pub mod guide;
pub mod output;
pub mod rule_page;
pub mod runbook;
pub mod saved;
pub mod scenario_picker;
#[cfg(feature = "ssr")]
pub mod scriptless;
pub mod settings_file;
pub mod share;
pub mod steps;
pub mod timeline;

use crate::about::About;
use crate::model::{Dialogs, Model, Start};
use checklist::Checklist;
use explanation::Explanations;
use leptos::prelude::*;

/// Provides the contexts that the components need, and returns the model.
pub fn provide(start: Start, about: About) -> Model {
    let model = Model::new(start);
    provide_context(model);
    provide_context(Dialogs::new());
    provide_context(Explanations::new());
    provide_context(Checklist::new());
    about.provide();
    model
}
