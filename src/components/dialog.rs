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
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    Effect::new(move || {
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
    view! {
        <dialog
            id=id
            class=class
            aria-labelledby=labelled_by
            node_ref=dialog
            on:close=move |_| open.set(false)
        >
            <h2 id=title_id>{title}</h2>
            {children()}
        </dialog>
    }
    .into_any()
}

/// The button that closes a dialog.
pub fn close_button(open: RwSignal<bool>) -> AnyView {
    crate::view::button("button", CLOSE, move || open.set(false))
}

/// The content of a dialog that is built when the dialog opens, and removed when it closes.
pub fn while_open(open: RwSignal<bool>, build: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    dynamic(move || maybe(open.get().then_some(()), |()| build()))
}
