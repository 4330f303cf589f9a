//! Copying, with what is left where the clipboard refuses.

use super::state::State;
use crate::text::page as text;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Copies a text and says so. Where the browser refuses, the text is selected where it stands, so that a key press copies it.
pub(super) fn copy(state: State, content: &str, has_holes: bool, shown: Option<web_sys::Element>) {
    let done = if has_holes { text::COPIED_WITH_HOLES } else { text::COPIED };
    // Not there outside a secure context; and calling it then would throw.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard")).ok().filter(|clipboard| clipboard.is_object());
    let Some(clipboard) = clipboard.and_then(|clipboard| clipboard.dyn_into::<web_sys::Clipboard>().ok()) else {
        return fall_back(state, shown, done);
    };
    let promise = clipboard.write_text(content);
    leptos::task::spawn_local(async move {
        match wasm_bindgen_futures::JsFuture::from(promise).await {
            Ok(_) => say(state, done),
            Err(_) => fall_back(state, shown, done),
        }
    });
}

fn fall_back(state: State, shown: Option<web_sys::Element>, done: &'static str) {
    let selected = shown.is_some_and(|element| select(&element));
    let copied = selected && document().dyn_into::<web_sys::HtmlDocument>().is_ok_and(|document| document.exec_command("copy").unwrap_or(false));
    say(
        state,
        match (copied, selected) {
            (true, _) => done,
            (false, true) => text::COPY_SELECTED,
            (false, false) => text::COPY_FAILED,
        },
    );
}

/// Selects the text of an element.
fn select(element: &web_sys::Element) -> bool {
    let Ok(Some(selection)) = window().get_selection() else { return false };
    selection.select_all_children(element).is_ok()
}

/// Says it in the live region, also when the same was said before.
fn say(state: State, message: &'static str) {
    state.view.update(|view| view.said = "");
    set_timeout(move || state.view.update(|view| view.said = message), std::time::Duration::from_millis(30));
}
