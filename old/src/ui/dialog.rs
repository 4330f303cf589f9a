//! Dialogs: the three questions, and the pages of the rules.

use super::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// Opens a dialog; the browser keeps the focus in it until it is closed.
pub(super) fn open(id: &str) {
    if let Some(dialog) = dialog(id).filter(|dialog| !dialog.open()) {
        // In a frame that is as high as what is in it, its middle is elsewhere: a dialog opens
        // where it was asked for.
        if super::frame::is_framed() {
            let at = super::document()
                .active_element()
                .map_or(0.0, |focused| focused.get_bounding_client_rect().top());
            let _never_fails =
                dialog.style().set_property("--at", &format!("{}px", at.max(0.0) as i32));
        }
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
