//! Dialogs.

use super::{document, is_framed};
use gloo::events::EventListener;
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

/// Keeps the events of a dialog from the page around it, which has no use for what is typed or pasted
/// there. For as long as the page lives.
pub fn contain_events(dialog: &HtmlDialogElement) {
    const KINDS: [&str; 13] = [
        "input",
        "change",
        "paste",
        "click",
        "dragenter",
        "dragover",
        "dragleave",
        "drop",
        "focusin",
        "focusout",
        "keydown",
        "keyup",
        "pointerover",
    ];
    for kind in KINDS {
        EventListener::new(dialog, kind, |event| event.stop_propagation()).forget();
    }
}
