//! The HTML that puts the page into another one, made as it is chosen, and how that looks: the very
//! element that the other page gets.

use super::state::State;
use super::{copy, dialog, document, share, window};
use crate::text::embed as text;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

thread_local! {
    /// The height of the preview.
    static HEIGHT: Cell<Option<u32>> = const { Cell::new(None) };
    /// What is in the preview.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

fn find<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn chosen(name: &str) -> String {
    let selector = ["input[name=", name, "]:checked"].concat();
    let input = document()
        .query_selector(&selector)
        .ok()
        .flatten()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

/// Whether a control is one of the dialog's.
pub(super) fn is_control(element: &Element) -> bool {
    element.closest("#embed").is_ok_and(|dialog| dialog.is_some())
}

pub(super) fn open(state: &State) {
    if let Some(base) = find::<HtmlInputElement>("embed-base")
        .filter(|base| base.value().is_empty() && is_on_server())
    {
        base.set_value(&share::root());
    }
    copy::say_in("embed-said", "");
    show(state);
    dialog::open("embed");
}

fn is_on_server() -> bool {
    window().location().protocol().is_ok_and(|protocol| protocol.starts_with("http"))
}

/// Makes the HTML anew, and the preview where it is another; as soon as the engine is there, where
/// it is not.
pub(super) fn show(state: &State) {
    let (Some(base), Some(area)) =
        (find::<HtmlInputElement>("embed-base"), find::<HtmlTextAreaElement>("embed-snippet"))
    else {
        return;
    };
    let base = base.value();
    let base = base.trim().trim_end_matches('/');
    let hides = find::<HtmlInputElement>("embed-hide").is_some_and(|hide| hide.checked());
    let (view, locks, theme) = (chosen("embed-view"), chosen("embed-lock"), chosen("embed-theme"));
    let ask = |height: Option<u32>| {
        let height = height.map(|height| height.to_string()).unwrap_or_default();
        let slash = if base.is_empty() { "" } else { "/" };
        let ask = [
            "embed:",
            &view,
            "\n",
            &locks,
            "\n",
            if hides { "yes" } else { "" },
            "\n",
            &theme,
            "\n",
            &height,
            "\n",
            base,
            slash,
        ]
        .concat();
        let fragment = state.fragment();
        state.with(|model| model.engine.call(model, &fragment, &ask)).and_then(|call| call.make())
    };
    let Some(made) = ask(None) else { return state.load_engine() };
    let element = made.get(0).as_string().unwrap_or_default();
    let is_new = SHOWN.with_borrow(|shown| *shown != element);
    if is_new {
        HEIGHT.set(None);
        preview(&element);
        SHOWN.set(element);
    }
    let made = HEIGHT.get().and_then(|height| ask(Some(height))).unwrap_or(made);
    area.set_value(&made.get(1).as_string().unwrap_or_default());
}

/// The same, where the dialog is open.
pub(super) fn show_if_open(state: &State) {
    if find::<web_sys::HtmlDialogElement>("embed").is_some_and(|dialog| dialog.open()) {
        show(state);
    }
}

fn preview(element: &str) {
    let Some(place) = find::<Element>("embed-preview") else { return };
    if !is_on_server() {
        return place.set_text_content(Some(text::NO_PREVIEW));
    }
    place.set_inner_html(element);
    if find::<Element>("embed-script").is_none()
        && let (Ok(script), Some(body)) = (document().create_element("script"), document().body())
    {
        script.set_id("embed-script");
        let _never_fails = script.set_attribute("src", &[&share::root(), "embed.js"].concat());
        let _never_fails = body.append_child(&script);
    }
}

/// The narrowest preview whose height says something about a column of text, in CSS pixels.
const COLUMN: i32 = 560;

/// The preview has a height of its own now: that is what is kept free for it.
pub(super) fn on_size(state: &State, detail: &JsValue) {
    if find::<Element>("embed-preview").is_none_or(|preview| preview.client_width() < COLUMN) {
        return;
    }
    let height = js_sys::Reflect::get(detail, &"height".into())
        .ok()
        .and_then(|height| height.as_f64())
        .map(|height| height as u32);
    if height != HEIGHT.replace(height) {
        show(state);
    }
}

/// The dialog is closed: nothing is left of the preview.
pub(super) fn on_close() {
    if let Some(place) = find::<Element>("embed-preview") {
        place.set_inner_html("");
    }
    SHOWN.set(String::new());
}

pub(super) fn copy_snippet() {
    if let Some(area) = find::<HtmlTextAreaElement>("embed-snippet") {
        copy::copy_to("embed-said", &area.value(), text::COPIED.to_owned(), Some(area.into()));
    }
}
