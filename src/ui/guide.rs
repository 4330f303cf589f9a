//! The three questions at work.

use super::document;
use super::state::State;
use crate::choices::{Answers, Certificate, Recommendation};
use crate::text::{page as text, presets};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlInputElement};

/// What is answered so far.
fn answers() -> Answers {
    let is = |id: &str| document().get_element_by_id(id).and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok()).is_some_and(|radio| radio.checked());
    Answers {
        has_cert_manager: is("guide-cert-manager-yes"),
        certificate: match (is("guide-certificate-files"), is("guide-certificate-secret")) {
            (true, _) => Certificate::Files,
            (_, true) => Certificate::Secret,
            _ => Certificate::None,
        },
        may_touch_nodes: !is("guide-nodes-no"),
    }
}

/// Says what the answers amount to.
pub(super) fn on_change() {
    if let Some(result) = document().get_element_by_id("guide-result") {
        let recommended = Recommendation::of(answers());
        result.set_text_content(Some(&text::recommended(presets::of(recommended.preset).title)));
    }
}

/// Chooses what the answers amount to.
pub(super) fn take(state: &State) {
    let recommended = Recommendation::of(answers());
    close("guide");
    state.choose(|choices| recommended.apply(choices));
    super::focus(&crate::html::preset_id(recommended.preset));
}

/// Opens a dialog; the browser keeps the focus in it until it is closed.
pub(super) fn open(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        let _not_in_the_page = dialog.show_modal();
    }
}

/// Closes a dialog; the browser puts the focus back where it was.
pub(super) fn close(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
