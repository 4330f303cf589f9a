//! Writes components as HTML, for their tests.

use crate::about::About;
use crate::model::{Dialogs, Model, Start};
use configurator_core::choices::Choices;
use leptos::prelude::*;
use std::sync::Arc;

/// Returns the HTML of a view on a page with these choices.
pub(crate) fn html(choices: &Choices, view: impl FnOnce() -> AnyView) -> String {
    html_of(Start { choices: choices.clone(), ..Start::default() }, About::default(), view)
}

/// Returns the HTML of a view on a page in this state, without the comments that separate its parts.
pub(crate) fn html_of(start: Start, about: About, view: impl FnOnce() -> AnyView) -> String {
    // An executor must be there, though nothing runs on it.
    let _already_there = any_spawner::Executor::init_futures_executor();
    let context = Arc::new(hydration_context::SsrSharedContext::new());
    let html = Owner::new_root(Some(context)).with(|| {
        provide_context(Model::new(start));
        provide_context(Dialogs::new());
        about.provide();
        view().to_html()
    });
    without_comments(&html)
}

fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let end = if part.starts_with("--") { "-->" } else { ">" };
        text + part.split_once(end).map_or("", |(_, rest)| rest)
    })
}
