//! What is done already on this device: the prerequisites, folded away once somebody said so. Kept
//! by what the checks are, so that those of another cluster are not taken for done; and of that
//! only a hash.

use super::{document, storage};
use std::cell::{Cell, RefCell};
use std::hash::{DefaultHasher, Hash, Hasher};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlInputElement};

const DONE: &str = "done.";

/// What the checks within an element are.
fn key(item: &Element) -> Option<String> {
    let blocks = item.query_selector_all(".checks code[id]").ok()?;
    let mut hasher = DefaultHasher::new();
    for index in 0..blocks.length() {
        blocks.get(index)?.text_content().hash(&mut hasher);
    }
    Some(format!("{DONE}{:016x}", hasher.finish()))
}

thread_local! {
    /// What is done where the browser keeps nothing: for as long as the page is open.
    static FOR_NOW: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Whether anything is done. Most have nothing of the kind: then nothing is looked at, with
    /// each letter that is typed.
    static IS_ANY: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Shows of each step that can be done once whether it is.
pub(super) fn show() {
    let is_any = IS_ANY.get().unwrap_or_else(|| !storage::keys(DONE).is_empty());
    IS_ANY.set(Some(is_any));
    if !is_any {
        return;
    }
    let Ok(boxes) = document().query_selector_all("[data-done]") else { return };
    for index in 0..boxes.length() {
        let Some(tick) = boxes.get(index).and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok())
        else {
            continue;
        };
        let item = tick.get_attribute("data-done").and_then(|id| document().get_element_by_id(&id));
        let is_done = item.as_ref().and_then(key).is_some_and(|key| is_kept(&key));
        if tick.checked() != is_done {
            tick.set_checked(is_done);
            fold(item.as_ref(), is_done);
        }
    }
}

fn is_kept(key: &str) -> bool {
    storage::get(key).is_some() || FOR_NOW.with_borrow(|kept| kept.iter().any(|other| other == key))
}

fn fold(item: Option<&Element>, is_done: bool) {
    let details = item
        .and_then(|item| item.query_selector("[data-once]").ok().flatten())
        .and_then(|details| details.dyn_into::<HtmlDetailsElement>().ok());
    if let Some(details) = details {
        details.set_open(!is_done);
    }
}

/// The box was ticked, or unticked.
pub(super) fn on_change(tick: &HtmlInputElement) {
    let Some(item) =
        tick.get_attribute("data-done").and_then(|id| document().get_element_by_id(&id))
    else {
        return;
    };
    let Some(key) = key(&item) else { return };
    // What is ticked is to be looked at; what is not any more, as well.
    IS_ANY.set(Some(true));
    FOR_NOW.with_borrow_mut(|kept| kept.retain(|other| *other != key));
    if !tick.checked() {
        storage::remove(&key);
    } else if !storage::set(&key, "1") {
        FOR_NOW.with_borrow_mut(|kept| kept.push(key));
    }
    fold(Some(&item), tick.checked());
    if tick.checked() {
        // What had the focus is folded away.
        if let Ok(Some(summary)) = item.query_selector("summary") {
            let _not_focusable =
                summary.dyn_into::<web_sys::HtmlElement>().map(|summary| summary.focus());
        }
    }
}
