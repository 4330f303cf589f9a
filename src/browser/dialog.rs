//! Dialogs.

use super::{document, is_framed};
use web_sys::HtmlDialogElement;

/// Opens a dialog as a modal one.
pub fn show(dialog: &HtmlDialogElement) {
    // A frame can be as high as its content, and its middle far away: open the dialog where it was
    // asked for.
    if is_framed() {
        let top = document()
            .active_element()
            .map_or(0.0, |focused| focused.get_bounding_client_rect().top());
        let _never_fails =
            dialog.style().set_property("--at", &format!("{}px", top.max(0.0) as i32));
    }
    let _not_in_the_page = dialog.show_modal();
}
