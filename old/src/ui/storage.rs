//! What is kept in this browser: saved configurations and what is done already. Nothing in it is
//! trusted, and a browser that keeps nothing costs nothing else.

use super::window;
use web_sys::Storage;

/// What the keys of this page begin with: others may live at the same address.
const PREFIX: &str = "connected-registry.";

fn storage() -> Option<Storage> {
    // Reading it throws where it is switched off, in a sandbox for instance.
    window().local_storage().ok().flatten()
}

pub(super) fn get(key: &str) -> Option<String> {
    storage()?.get_item(&[PREFIX, key].concat()).ok().flatten()
}

/// Keeps a text; whether that worked.
pub(super) fn set(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&[PREFIX, key].concat(), text).is_ok())
}

pub(super) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _never_fails = storage.remove_item(&[PREFIX, key].concat());
    }
}

/// What follows the beginning in every key that has it, in the order of an alphabet.
pub(super) fn keys(beginning: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let beginning = [PREFIX, beginning].concat();
    let keys =
        (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let names: js_sys::Array = keys
        .filter_map(|key| Some(wasm_bindgen::JsValue::from_str(key.strip_prefix(&beginning)?)))
        .collect();
    // The browser has a sort already.
    names.sort().iter().filter_map(|name| name.as_string()).collect()
}
