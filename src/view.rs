//! Helpers that give dynamic parts one type each: fewer types compile faster and weigh less.

use leptos::prelude::*;
use leptos::reactive::graph::{Observer, Subscriber};

/// Makes the running memo or effect unsubscribe from its sources when its owner is disposed.
///
/// Leptos only drops it. A signal that outlives it would keep each subscriber that is gone, and go
/// through all of them at each change.
fn unsubscribe_on_cleanup() {
    if let Some(subscriber) = Observer::get() {
        on_cleanup(move || subscriber.clear_sources(&subscriber));
    }
}

/// A part that is built again when a signal that it reads changes.
pub fn dynamic(build: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    fn of_one_type(mut build: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
        let build: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || {
            unsubscribe_on_cleanup();
            build()
        });
        build.into_any()
    }
    of_one_type(Box::new(build))
}

/// A value that is derived from signals. Unlike with `Memo::new`, no signal keeps it after its
/// owner is disposed.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    of: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    fn of_one_type<T: PartialEq + Send + Sync + 'static>(
        of: Box<dyn Fn() -> T + Send + Sync>,
    ) -> Memo<T> {
        Memo::new(move |_| {
            unsubscribe_on_cleanup();
            of()
        })
    }
    of_one_type(Box::new(of))
}

/// A list, compared by position.
pub fn list<T>(items: impl IntoIterator<Item = T>, build: impl FnMut(T) -> AnyView) -> AnyView {
    items.into_iter().map(build).collect::<Vec<AnyView>>().into_any()
}

/// The view of a value, or nothing.
pub fn maybe<T>(value: Option<T>, build: impl FnOnce(T) -> AnyView) -> AnyView {
    value.map(build).unwrap_or_else(|| ().into_any())
}

/// A text that changes.
pub fn text(of: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    memo(of).into()
}

/// A flag that changes.
pub fn flag(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    memo(is).into()
}

/// Runs an action now, and again when a signal that it reads changes; only in the browser.
pub fn effect(run: impl FnMut() + 'static) {
    fn of_one_type(mut run: Box<dyn FnMut()>) {
        Effect::new(move |_| {
            unsubscribe_on_cleanup();
            run();
        });
    }
    of_one_type(Box::new(run));
}

/// A handler of an event, as one type for all handlers of that event.
pub fn on<E: 'static>(handle: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handle)
}

/// A button. It calls `action` when it is clicked.
pub fn button(
    class: &'static str,
    label: impl Into<String>,
    mut action: impl FnMut() + 'static,
) -> AnyView {
    let label: String = label.into();
    view! { <button class=class type="button" on:click=on(move |_| action())>{label}</button> }
        .into_any()
}

/// A link to another site, in a window of its own.
pub fn external_link(url: &'static str, name: &'static str) -> AnyView {
    view! { <a href=url target="_blank" rel="noreferrer">{name}</a> }.into_any()
}
