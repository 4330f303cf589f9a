//! What the HTML of the page says, and which browser shows it.

use super::{document, window};

/// Returns the texts of the elements that a selector finds, in their order.
pub fn texts(selector: &str) -> Vec<String> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.text_content()).collect()
}

/// Returns the content of the `meta` element with this name; empty if there is none.
pub fn meta(name: &str) -> String {
    let selector = ["meta[name=", name, "]"].concat();
    let meta = document().query_selector(&selector).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Returns the name and version that the browser gives itself.
pub fn user_agent() -> String {
    window().navigator().user_agent().unwrap_or_default()
}
