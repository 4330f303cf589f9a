//! The address bar: the fragment mirrors the choices.

use super::{document, window};
use wasm_bindgen::JsValue;

/// Returns the fragment with its `#`; empty if there is none.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Returns the query with its `?`; empty if there is none.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// Whether the page comes from a web server, rather than from a file.
pub fn is_on_server() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"))
}

/// Returns the address of the folder that the page is in. A page of a scenario is in a folder below
/// that, which its `data-root` leads out of. For a single file, returns the address of that file.
pub fn root() -> String {
    let root = attribute("data-root").unwrap_or_default();
    let base = window().location().href().unwrap_or_default();
    if base.starts_with("file:") {
        return base.split(['#', '?']).next().unwrap_or_default().to_owned();
    }
    web_sys::Url::new_with_base(&root, &base).map(|url| url.href()).unwrap_or_default()
}

/// Returns an attribute of the root element, which the build or the boot script sets.
pub fn attribute(name: &str) -> Option<String> {
    document().document_element().and_then(|root| root.get_attribute(name))
}

/// Writes the fragment into the address, as a new entry in the history or in place of the current
/// one. If the browser refuses (too often, or in a sandbox), only the link is not up to date.
pub fn write(fragment: &str, is_new_entry: bool) {
    let url = if fragment.is_empty() {
        let location = window().location();
        [location.pathname().unwrap_or_default(), query()].concat()
    } else {
        fragment.to_owned()
    };
    let Ok(history) = window().history() else { return };
    let _refused = if is_new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}
