//! The focus, and what is in sight.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the focus to an element, and opens the `details` around it.
pub fn focus(element: &Element) {
    open_around(element);
    focus_in_place(element);
}

/// Moves the focus to an element that is in sight.
pub fn focus_in_place(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _not_focusable = element.focus();
    }
}

/// Moves the focus to an element that the Tab key passes over.
pub fn focus_untabbable(element: &Element) {
    let _never_fails = element.set_attribute("tabindex", "-1");
    focus_in_place(element);
}

/// Moves the focus to the first button or link in an element, and returns whether there is one.
pub fn focus_first(element: &Element) -> bool {
    let first = element.query_selector("button, a").ok().flatten();
    if let Some(first) = &first {
        focus_in_place(first);
    }
    first.is_some()
}

/// Opens the `details` around an element that the Tab key passes over, scrolls to it, and moves the
/// focus to it.
pub fn go_to(element: &Element) {
    open_around(element);
    element.scroll_into_view();
    focus_untabbable(element);
}

/// Opens the `details` around an element.
fn open_around(element: &Element) {
    let mut around = element.closest("details").ok().flatten();
    while let Some(details) = around {
        let _never_fails = details.set_attribute("open", "");
        around =
            details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
}

/// Whether an element has the focus.
pub fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Whether an element or something in it has the focus.
pub fn has_focus_within(element: &Element) -> bool {
    document().active_element().is_some_and(|focused| element.contains(Some(&focused)))
}

/// Whether the focused control has this name.
pub fn is_focused_by_name(name: &str) -> bool {
    document().active_element().and_then(|element| element.get_attribute("name")).as_deref()
        == Some(name)
}
