//! Helpers that give dynamic parts one type each: fewer types compile faster and weigh less.

use leptos::prelude::*;

/// A part that is built again when a signal that it reads changes.
pub fn dynamic(build: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let build: Box<dyn FnMut() -> AnyView + Send> = Box::new(build);
    build.into_any()
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
    let of: Box<dyn Fn() -> String + Send + Sync> = Box::new(of);
    Memo::new(move |_| of()).into()
}

/// A flag that changes.
pub fn flag(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    let is: Box<dyn Fn() -> bool + Send + Sync> = Box::new(is);
    Memo::new(move |_| is()).into()
}

/// Runs an action now, and again when a signal that it reads changes; only in the browser.
pub fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_| run());
}

/// A button. It calls `action` when it is clicked.
pub fn button(
    class: &'static str,
    label: impl Into<String>,
    action: impl FnMut() + 'static,
) -> AnyView {
    let mut action: Box<dyn FnMut()> = Box::new(action);
    let label: String = label.into();
    view! { <button class=class type="button" on:click=move |_| action()>{label}</button> }
        .into_any()
}

/// A link to another site, in a window of its own.
pub fn external_link(url: &'static str, name: &'static str) -> AnyView {
    view! { <a href=url target="_blank" rel="noreferrer">{name}</a> }.into_any()
}
