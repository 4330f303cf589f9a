//! The clipboard, and two other ways for browsers that refuse it.

use super::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Clipboard, Element, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// The result of copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The text is in the clipboard.
    Copied,
    /// The browser refused, but the displayed text is selected: the user can press a key.
    Selected,
    /// The browser refused.
    Refused,
}

/// Whether the page may use the clipboard without falling back.
pub fn is_available() -> bool {
    window().is_secure_context()
}

/// Copies a text. If the browser refuses, selects the element that displays it.
pub async fn copy(text: &str, displayed: Option<Element>) -> Copied {
    // Absent outside a secure context; then a call would throw.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
        .ok()
        .filter(JsValue::is_object)
        .and_then(|clipboard| clipboard.dyn_into::<Clipboard>().ok());
    if let Some(clipboard) = clipboard
        && JsFuture::from(clipboard.write_text(text)).await.is_ok()
    {
        return Copied::Copied;
    }
    // Within a dialog nothing outside it can be focused, but its text area can.
    let area = displayed.as_ref().filter(|element| element.has_type::<HtmlTextAreaElement>());
    let is_copied = match area {
        Some(area) => select(area) && exec_copy().unwrap_or(false),
        None => copy_from_text_area(text).unwrap_or(false),
    };
    if is_copied {
        Copied::Copied
    } else if displayed.as_ref().is_some_and(select) {
        Copied::Selected
    } else {
        Copied::Refused
    }
}

/// The way of older browsers: from a text area that exists only for a moment.
fn copy_from_text_area(text: &str) -> Result<bool, JsValue> {
    let document = document();
    let body = document.body().ok_or(JsValue::NULL)?;
    let focused = document.active_element();
    let area: HtmlTextAreaElement = document.create_element("textarea")?.unchecked_into();
    area.set_class_name("visually-hidden");
    area.set_value(text);
    body.append_child(&area)?;
    area.select();
    let copied = exec_copy();
    area.remove();
    if let Some(focused) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focused.focus()?;
    }
    copied
}

fn exec_copy() -> Result<bool, JsValue> {
    document().unchecked_into::<HtmlDocument>().exec_command("copy")
}

/// Selects the text of an element.
fn select(element: &Element) -> bool {
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        area.select();
        return area.focus().is_ok();
    }
    let Ok(Some(selection)) = window().get_selection() else { return false };
    selection.select_all_children(element).is_ok()
}
