//! Steps that are done once: folded away on this device after you say so.

use leptos::prelude::*;

const DONE_ONCE: &str = "Done already: fold this away";

/// A step that can be folded away.
pub fn foldable(id: &'static str, title: AnyView, place: AnyView, content: AnyView) -> AnyView {
    let _ = id;
    view! {
        <details class="once" open>
            <summary>{title}</summary>
            {place}
            {content}
            <label class="done"><input type="checkbox" autocomplete="off"/> " " {DONE_ONCE}</label>
        </details>
    }
    .into_any()
}
