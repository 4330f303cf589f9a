//! Copying, with what is left where the clipboard refuses.

use super::{document, window};
use crate::text::page as text;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};

/// Copies a text and says so. Where the browser refuses, the text is selected where it stands, so
/// that a key press copies it.
pub(super) fn copy(content: &str, done: &str, shown: Option<web_sys::Element>) {
    copy_to("said", content, done.to_owned(), shown);
}

/// The same, where it is said in another live region: what stands outside of a dialog is not there
/// while one is open.
pub(super) fn copy_to(
    place: &'static str,
    content: &str,
    done: String,
    shown: Option<web_sys::Element>,
) {
    // Not there outside a secure context; and calling it then would throw.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
        .ok()
        .filter(|clipboard| clipboard.is_object());
    let Some(clipboard) =
        clipboard.and_then(|clipboard| clipboard.dyn_into::<web_sys::Clipboard>().ok())
    else {
        return fall_back(place, content, shown, done);
    };
    let promise = clipboard.write_text(content);
    let content = content.to_owned();
    wasm_bindgen_futures::spawn_local(async move {
        match wasm_bindgen_futures::JsFuture::from(promise).await {
            Ok(_) => say_in(place, &done),
            Err(_) => fall_back(place, &content, shown, done),
        }
    });
}

fn fall_back(place: &'static str, content: &str, shown: Option<web_sys::Element>, done: String) {
    // In a dialog nothing outside of it can have the focus; but what is to be copied stands in a
    // text area there.
    let by_itself =
        shown.as_ref().is_some_and(|shown| shown.has_type::<web_sys::HtmlTextAreaElement>());
    let copied = if by_itself {
        shown.as_ref().is_some_and(select) && exec_copy().unwrap_or(false)
    } else {
        copy_by_selection(content).unwrap_or(false)
    };
    if copied {
        say_in(place, &done);
    } else if shown.is_some_and(|element| select(&element)) {
        say_in(place, text::COPY_SELECTED);
    } else {
        say_in(place, text::COPY_FAILED);
    }
}

/// The way of older browsers: from a text area that is there for a moment only.
fn copy_by_selection(content: &str) -> Result<bool, JsValue> {
    let document = document();
    let body = document.body().ok_or(JsValue::NULL)?;
    let focused = document.active_element();
    let area: web_sys::HtmlTextAreaElement = document.create_element("textarea")?.unchecked_into();
    area.set_class_name("visually-hidden");
    area.set_value(content);
    body.append_child(&area)?;
    area.select();
    let copied = exec_copy();
    area.remove();
    if let Some(focused) =
        focused.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        focused.focus()?;
    }
    copied
}

fn exec_copy() -> Result<bool, JsValue> {
    document().unchecked_into::<web_sys::HtmlDocument>().exec_command("copy")
}

/// Selects the text of an element.
fn select(element: &web_sys::Element) -> bool {
    if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.select();
        return area.focus().is_ok();
    }
    let Ok(Some(selection)) = window().get_selection() else { return false };
    selection.select_all_children(element).is_ok()
}

/// Says it in the live region, also when the same was said before.
pub(super) fn say(message: &str) {
    say_in("said", message);
}

/// Says it in the live region with an id.
pub(super) fn say_in(place: &'static str, message: &str) {
    put(place, "");
    let message = message.to_owned();
    Timeout::new(30, move || put(place, &message)).forget();
}

/// Puts it there at once.
pub(super) fn put(place: &str, message: &str) {
    if let Some(said) = document().get_element_by_id(place) {
        said.set_text_content(Some(message));
    }
}
