//! The three questions at work.

use super::state::State;
use super::{dialog, document};
use crate::html::preset_id;
use crate::text::page as text;
use configurator_core::choices::{Answers, Certificate, Recommendation, preset_text};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// What is answered so far.
fn answers() -> Answers {
    let is = |id: &str| {
        document()
            .get_element_by_id(id)
            .and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok())
            .is_some_and(|radio| radio.checked())
    };
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
        result
            .set_text_content(Some(&text::recommended(preset_text::of(recommended.preset).title)));
    }
}

/// Chooses what the answers amount to.
pub(super) fn take(state: &State) {
    let recommended = Recommendation::of(answers());
    dialog::close("guide");
    state.choose(|choices| recommended.apply(choices));
    super::focus(&preset_id(recommended.preset));
}
