//! Writes components as HTML, for their tests.

use crate::about::About;
use crate::components::provide;
use crate::model::{Model, Start};
use configurator_core::choices::Choices;
use configurator_core::link;
use leptos::prelude::*;
use std::sync::Arc;

/// The state that a link leads to.
pub(crate) fn start(link: &str) -> Start {
    Start { choices: link::parse(link).choices, ..Start::default() }
}

/// Runs a test in the context of a page.
pub(crate) fn in_page<T>(start: Start, run: impl FnOnce(Model) -> T) -> T {
    // An executor must be there, though nothing runs on it.
    let _already_there = any_spawner::Executor::init_futures_executor();
    let context = Arc::new(hydration_context::SsrSharedContext::new());
    Owner::new_root(Some(context)).with(|| run(provide(start, About::default())))
}

/// Returns the HTML of a part of a page in this state, without the comments that separate its parts.
pub(crate) fn to_html(start: Start, view: impl FnOnce() -> AnyView) -> String {
    html_of(start, About::default(), view)
}

/// The same for a page with these choices.
pub(crate) fn html(choices: &Choices, view: impl FnOnce() -> AnyView) -> String {
    to_html(Start { choices: choices.clone(), ..Start::default() }, view)
}

/// The same for a page in this state, of this copy.
pub(crate) fn html_of(start: Start, about: About, view: impl FnOnce() -> AnyView) -> String {
    in_page(start, |_| {
        about.provide();
        without_comments(&view().to_html())
    })
}

fn without_comments(html: &str) -> String {
    let mut parts = html.split("<!");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let end = if part.starts_with("--") { "-->" } else { ">" };
        text + part.split_once(end).map_or("", |(_, rest)| rest)
    })
}
