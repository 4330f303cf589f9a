//! The focus, and what is in sight.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Moves the focus to an element, and opens the `details` around it.
pub fn focus(element: &Element) {
    let mut around = element.closest("details").ok().flatten();
    while let Some(details) = around {
        let _never_fails = details.set_attribute("open", "");
        around =
            details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _not_focusable = element.focus();
    }
}

/// Whether an element has the focus.
pub fn has_focus(element: &Element) -> bool {
    document().active_element().as_ref() == Some(element)
}

/// Whether the focused control has this name.
pub fn is_focused_by_name(name: &str) -> bool {
    document().active_element().and_then(|element| element.get_attribute("name")).as_deref()
        == Some(name)
}
