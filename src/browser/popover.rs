//! A popover next to an element.

use super::{document, window};
use wasm_bindgen::JsValue;
use web_sys::{Element, HtmlElement};

/// The distance to the element, in pixels.
const GAP: f64 = 6.0;

/// The distance to the edge of the window, in pixels.
const MARGIN: f64 = 8.0;

/// Places a popover below an element, or above it if there is no room below. On a narrow screen the
/// style sheet has a place for it.
pub fn place(popover: &HtmlElement, element: &Element) {
    // An element that wraps has a rectangle for each line: take the first one.
    let first = element.get_client_rects().get(0);
    let around = first.unwrap_or_else(|| element.get_bounding_client_rect());
    let number = |value: Result<JsValue, JsValue>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or_default()
    };
    let (width, height) = (number(window().inner_width()), number(window().inner_height()));
    let room = width - f64::from(popover.offset_width()) - MARGIN;
    let left = around.left().min(room).max(MARGIN);
    let needed = f64::from(popover.offset_height()) + GAP;
    let top = if around.bottom() + needed <= height {
        around.bottom() + GAP
    } else {
        (around.top() - needed).max(MARGIN)
    };
    let style = popover.style();
    // Whole pixels: to write fractions, 6 kB of code would be needed.
    let _never_fails = style.set_property("left", &format!("{}px", left as i32));
    let _never_fails = style.set_property("top", &format!("{}px", top as i32));
}

/// Whether the beginning of an element can be seen. Its popover does not cover it.
pub fn is_in_sight(element: &Element, popover: &Element) -> bool {
    let rectangle = element.get_bounding_client_rect();
    let x = rectangle.left() + rectangle.width().min(MARGIN) / 2.0;
    let y = rectangle.top() + rectangle.height() / 2.0;
    let found = document().element_from_point(x as f32, y as f32);
    found.is_some_and(|found| element.contains(Some(&found)) || popover.contains(Some(&found)))
}

/// Returns the number of elements before an element in its parent.
pub fn position_among_siblings(element: &Element) -> usize {
    let before = element.previous_element_sibling();
    std::iter::successors(before, Element::previous_element_sibling).count()
}
