//! A dialog: the browser keeps the focus in it until it is closed, and puts it back afterwards.

use crate::browser;
use crate::view::{dynamic, maybe};
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
    Effect::new(move || {
        let is_open = open.get();
        let Some(dialog) = dialog.get().filter(|dialog| dialog.open() != is_open) else { return };
        if !is_open {
            return dialog.close();
        }
        browser::dialog::show(&dialog);
        if let Some(first) = first.and_then(|first| first.get_untracked()) {
            browser::focus::focus(&first);
        }
    });
    view! {
        <dialog
            id=id
            class=class
            aria-labelledby=format!("{id}-title")
            node_ref=dialog
            on:close=move |_| close()
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// The content of a dialog that is built when the dialog opens, and removed when it closes.
pub fn while_open(open: RwSignal<bool>, build: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    dynamic(move || maybe(open.get().then_some(()), |()| build()))
}

/// The button that closes a dialog.
pub fn close_button(open: RwSignal<bool>) -> AnyView {
    crate::view::button("button", CLOSE, move || open.set(false))
}
