//! Text areas, and files and texts that are dropped. Texts stay values of the browser: they can be
//! large or secret, and need not be in the memory of the page.

use super::{document, window};
use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DataTransfer, DragEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

/// The longest text, in UTF-16 code units, that is inserted as if it were typed, so that the browser
/// can undo it. With longer ones that takes browsers seconds.
const LONGEST_TYPED: u32 = 20_000;

/// The text of a text area or an input.
pub fn value(control: &HtmlElement) -> JsString {
    let value = Reflect::get(control, &JsValue::from_str("value"));
    value.ok().and_then(|value| value.dyn_into().ok()).unwrap_or_else(empty)
}

/// The empty text.
pub fn empty() -> JsString {
    JsString::from("")
}

/// Whether a text has nothing but whitespace.
pub fn is_blank(text: &JsString) -> bool {
    text.trim().length() == 0
}

/// Replaces the text of a text area. If the browser can, it does so as if the text were typed, so
/// that its own undo brings back the text before; that fires an input event.
pub fn replace(area: &HtmlTextAreaElement, text: &JsString) {
    let _not_focusable = area.focus();
    area.select();
    let is_typed = text.length() <= LONGEST_TYPED && insert(text).unwrap_or(false);
    let plain = text.replace_all("\r\n", "\n");
    if !is_typed || value(area) != plain {
        let _never_fails = Reflect::set(area, &JsValue::from_str("value"), text);
    }
    let _never_fails = area.set_selection_range(0, 0);
    area.set_scroll_top(0);
}

/// Inserts a text at the selection.
fn insert(text: &JsString) -> Result<bool, JsValue> {
    let document = document();
    let command = if text.length() == 0 { "delete" } else { "insertText" };
    let exec: Function = Reflect::get(&document, &JsValue::from_str("execCommand"))?.dyn_into()?;
    Ok(exec.call3(&document, &command.into(), &false.into(), text)?.is_truthy())
}

/// Selects a part of a text area whose lines do not wrap, and scrolls to it; `line` and `column` are
/// counted from 1.
pub fn select(area: &HtmlTextAreaElement, start: u32, end: u32, line: usize, column: usize) {
    let _not_focusable = area.focus();
    let _never_fails = area.set_selection_range(start, end);
    let style = window().get_computed_style(area).ok().flatten();
    let size = |name: &str| {
        style
            .as_ref()
            .and_then(|style| Some(js_sys::parse_float(&style.get_property_value(name).ok()?)))
            .filter(|size| size.is_finite())
            .unwrap_or(20.0)
    };
    let above = line.saturating_sub(1) as f64 * size("line-height");
    area.set_scroll_top((above - f64::from(area.client_height()) / 3.0).max(0.0) as i32);
    // The width of a character in most fonts of fixed width.
    let before = column.saturating_sub(1) as f64 * size("font-size") * 0.6;
    let width = f64::from(area.client_width());
    area.set_scroll_left(if before < width * 0.7 { 0 } else { (before - width / 3.0) as i32 });
    area.scroll_into_view_with_bool(true);
}

/// Whether files are dragged, rather than text.
pub fn has_files(event: &DragEvent) -> bool {
    let transfer = event.data_transfer();
    transfer.is_some_and(|transfer| transfer.types().includes(&JsValue::from_str("Files"), 0))
}

/// The text that was dropped.
pub fn dropped_text(transfer: &DataTransfer) -> JsString {
    // A string of the browser's own, which does not pass through the memory of the page.
    let get: Result<Function, JsValue> =
        Reflect::get(transfer, &JsValue::from_str("getData")).and_then(JsValue::dyn_into);
    get.and_then(|get| get.call1(transfer, &JsValue::from_str("text/plain")))
        .and_then(JsValue::dyn_into)
        .unwrap_or_else(|_| empty())
}

/// Empties a file input, so that the same file can be chosen again.
pub fn forget_file(input: &HtmlInputElement) {
    input.set_value("");
}
