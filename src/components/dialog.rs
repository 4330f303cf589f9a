//! A dialog: the browser keeps the focus in it until it is closed, and puts it back afterwards.

use crate::browser;
use crate::view::{dynamic, effect, maybe, on};
use leptos::html;
use leptos::prelude::*;

/// The label of the button that closes a dialog.
pub const CLOSE: &str = "Close";

/// A modal dialog.
#[component]
pub fn Dialog(
    /// The id of the dialog, for its style; the heading has the id `ID-title`.
    id: &'static str,
    /// The heading.
    #[prop(into)]
    title: String,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The class of the dialog.
    #[prop(optional)]
    class: &'static str,
    /// The content below the heading.
    children: Children,
) -> impl IntoView {
    let heading = view! { <h2 id=format!("{id}-title")>{title}</h2> }.into_any();
    let content = view! { {heading} {children()} }.into_any();
    modal(id, class, open.into(), move || open.set(false), None, content)
}

/// A modal dialog whose content includes its heading, which has the id `ID-title`. `close` is called
/// when the user closes it. `first` is focused at first, instead of the first control.
pub fn modal(
    id: &'static str,
    class: &'static str,
    open: Signal<bool>,
    close: impl Fn() + 'static,
    first: Option<NodeRef<html::Button>>,
    content: AnyView,
) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    follow(dialog, open);
    effect(move || {
        if open.get()
            && let Some(first) = first.and_then(|first| first.get())
        {
            browser::focus::focus(&first);
        }
    });
    view! {
        <dialog
            id=id
            class=class
            aria-labelledby=format!("{id}-title")
            node_ref=dialog
            on:close=on(move |_| close())
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// Opens and closes a dialog as its signal says.
pub fn follow(dialog: NodeRef<html::Dialog>, open: impl Into<Signal<bool>>) {
    let open = open.into();
    effect(move || {
        let is_open = open.get();
        if let Some(dialog) = dialog.get()
            && dialog.open() != is_open
        {
            if is_open {
                browser::dialog::show(&dialog);
            } else {
                dialog.close();
            }
        }
    });
}

/// Calls `change` when a dialog was opened or closed. Returns whether it is to be shown: after that.
pub fn on_change(open: RwSignal<bool>, mut change: impl FnMut(bool) + 'static) -> RwSignal<bool> {
    let is_shown = RwSignal::new(false);
    effect(move || {
        let is_open = open.get();
        if is_open != is_shown.get_untracked() {
            change(is_open);
        }
        is_shown.set(is_open);
    });
    is_shown
}

/// Keeps the events of a dialog from the page around it.
pub fn contain_events(dialog: NodeRef<html::Dialog>) {
    effect(move || {
        if let Some(dialog) = dialog.get() {
            browser::dialog::contain_events(&dialog);
        }
    });
}

/// The content of a dialog that is built when the dialog opens, and removed when it closes.
pub fn while_open(open: RwSignal<bool>, build: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    dynamic(move || maybe(open.get().then_some(()), |()| build()))
}

/// The button that closes a dialog.
pub fn close_button(open: RwSignal<bool>) -> AnyView {
    crate::view::button("button", CLOSE, move || open.set(false))
}
