//! The element that embeds the page, for its preview: the script `embed.js` defines it.

use super::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

/// The name of the element.
pub const ELEMENT: &str = "connected-registry";

/// The event by which the element reports its height.
pub const SIZE: &str = "connected-registry-size";

/// The narrowest preview whose height is a measure for a column of text, in CSS pixels.
const COLUMN: i32 = 560;

/// Shows the element with these attributes, in place of the previous one.
pub fn show(place: &Element, attributes: &[(String, String)]) {
    let Ok(element) = document().create_element(ELEMENT) else { return };
    for (name, value) in attributes {
        let _never_fails = element.set_attribute(name, value);
    }
    place.replace_children_with_node_1(&element);
}

/// Loads the script that defines the element. Once is enough.
pub fn load_script(address: &str) {
    let Some(body) = document().body() else { return };
    if let Ok(script) = document().create_element("script") {
        let _never_fails = script.set_attribute("src", address);
        let _never_fails = body.append_child(&script);
    }
}

/// Returns the height that the element in a preview reports, in CSS pixels. Returns `None` if the
/// preview is too narrow for that height to mean anything.
pub fn height(preview: &HtmlElement, event: &Event) -> Option<u32> {
    if preview.client_width() < COLUMN {
        return None;
    }
    let detail = js_sys::Reflect::get(event.unchecked_ref(), &JsValue::from_str("detail")).ok()?;
    let height = js_sys::Reflect::get(&detail, &JsValue::from_str("height")).ok()?;
    height.as_f64().map(|height| height as u32)
}
