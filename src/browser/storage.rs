//! Values kept in this browser. None of them is trusted, and a browser that keeps nothing only
//! loses them.

use super::window;
use web_sys::Storage;

/// The beginning of each key: other pages may share this origin.
const PREFIX: &str = "connected-registry.";

fn storage() -> Option<Storage> {
    // Reading it throws if it is switched off, for example in a sandbox.
    window().local_storage().ok().flatten()
}

/// Returns the value of a key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(&[PREFIX, key].concat()).ok().flatten()
}

/// Keeps a value, and returns whether that worked.
pub fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&[PREFIX, key].concat(), value).is_ok())
}

/// Removes a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _never_fails = storage.remove_item(&[PREFIX, key].concat());
    }
}

/// Returns the rest of each key that begins like this, sorted.
pub fn keys(beginning: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let beginning = [PREFIX, beginning].concat();
    let keys =
        (0..storage.length().unwrap_or(0)).filter_map(|index| storage.key(index).ok().flatten());
    let mut names: Vec<String> =
        keys.filter_map(|key| key.strip_prefix(&beginning).map(str::to_owned)).collect();
    names.sort_unstable();
    names
}
