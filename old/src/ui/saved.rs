//! Configurations kept on this device, by name: links, and as little trusted when they are read
//! again.

use super::state::State;
use super::{copy, dialog, document, storage};
use crate::html::saved_list;
use crate::text::page as text;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const SAVED: &str = "saved.";

fn key(name: &str) -> String {
    [SAVED, name].concat()
}

pub(super) fn open() {
    list();
    copy::say_in("saved-said", "");
    dialog::open("saved");
}

fn list() {
    if let Some(list) = document().get_element_by_id("saved-list") {
        list.set_inner_html(&saved_list(&storage::keys(SAVED)).into_string());
    }
}

/// Saves what is chosen under the name that was typed.
pub(super) fn save(state: &State) {
    let input = document()
        .get_element_by_id("save-name")
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let name = input.as_ref().map(|input| input.value().trim().to_owned()).unwrap_or_default();
    if name.is_empty() {
        copy::say_in("saved-said", text::SAVE_NAMELESS);
        return super::focus("save-name");
    }
    let said = match (storage::get(&key(&name)), storage::set(&key(&name), &state.fragment())) {
        (_, false) => text::SAVE_REFUSED,
        (Some(_), true) => text::SAVED_REPLACED,
        (None, true) => text::SAVED_NEW,
    };
    if let (Some(input), true) = (input, said != text::SAVE_REFUSED) {
        input.set_value("");
    }
    list();
    copy::say_in("saved-said", said);
}

pub(super) fn take(state: &State, name: &str) {
    let Some(fragment) = storage::get(&key(name)) else { return list() };
    dialog::close("saved");
    state.open_link(&fragment);
    copy::say(text::OPENED);
}

pub(super) fn delete(name: &str) {
    storage::remove(&key(name));
    list();
    copy::say_in("saved-said", text::DELETED);
    // The button that had the focus is gone.
    super::focus("save-name");
}
