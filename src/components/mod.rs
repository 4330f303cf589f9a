//! One file per component: its markup, handlers, sentences and tests.

pub mod archive;
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
pub mod settings_file;
pub mod steps;

/// The HTML of a component, with a model of the default choices.
#[cfg(test)]
pub(crate) fn html_of(build: impl FnOnce() -> leptos::prelude::AnyView) -> String {
    use crate::model::{Dialogs, Model, Start};
    use leptos::prelude::*;
    // An executor must be there, though nothing runs on it.
    let _already_there = any_spawner::Executor::init_futures_executor();
    let context = std::sync::Arc::new(hydration_context::SsrSharedContext::new());
    let html = Owner::new_root(Some(context)).with(|| {
        provide_context(Model::new(Start::default()));
        provide_context(Dialogs::new());
        build().to_html()
    });
    html.replace("<!>", "").replace("<!--<() />-->", "")
}
