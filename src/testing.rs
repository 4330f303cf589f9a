//! What the tests of components share.

use crate::components::checklist::Checklist;
use crate::components::explanation::Explanations;
use crate::model::{Dialogs, Model, Start};
use configurator_core::link;
use leptos::prelude::*;
use std::sync::Arc;

/// The state that a link leads to.
pub(crate) fn start(link: &str) -> Start {
    Start { choices: link::parse(link).choices, ..Start::default() }
}

/// Returns the HTML of a part of the page, without the comments that Leptos writes between texts
/// and in empty places. It writes the class after other attributes.
pub(crate) fn to_html(start: Start, build: impl FnOnce() -> AnyView) -> String {
    let html = in_page(start, |_| build().to_html()).replace("<!>", "");
    let mut parts = html.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |html, part| html + part.split_once("-->").map_or(part, |(_, rest)| rest))
}

/// Runs a test in the context of a page.
pub(crate) fn in_page<T>(start: Start, run: impl FnOnce(Model) -> T) -> T {
    let _already_there = any_spawner::Executor::init_futures_executor();
    let context = Arc::new(hydration_context::SsrSharedContext::new());
    Owner::new_root(Some(context)).with(|| {
        let model = Model::new(start);
        provide_context(model);
        provide_context(Dialogs::new());
        provide_context(Explanations::new());
        provide_context(Checklist::new());
        run(model)
    })
}
