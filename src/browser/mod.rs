//! The browser: the only module, besides the worker, that uses gloo, web-sys and js-sys.
//!
//! Nothing here is called while the page is written natively.

pub mod address;
pub mod clipboard;
pub mod clock;
pub mod dialog;
pub mod download;
pub mod embed;
pub mod events;
pub mod focus;
pub mod page;
pub mod popover;
pub mod storage;
pub mod takeover;
pub mod text_area;
pub mod worker;

pub use js_sys::{Function, JsString, Promise};
pub use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::{
    Blob, Element, Event, File, FileList, HtmlDetailsElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTextAreaElement,
};

use web_sys::{Document, Window};

/// Returns the window. A page always has one.
#[allow(clippy::expect_used)]
pub(crate) fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// Returns the document. A page always has one.
#[allow(clippy::expect_used)]
pub(crate) fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Whether the page is in a frame of another page.
pub fn is_framed() -> bool {
    !window().parent().is_ok_and(|parent| parent.is_some_and(|parent| parent == window()))
}

/// A timer that ends when it is dropped.
pub type Timer = gloo::timers::callback::Timeout;

/// Runs an action after a time, in milliseconds, unless the timer is dropped before.
pub fn timer(milliseconds: u32, action: impl FnOnce() + 'static) -> Timer {
    Timer::new(milliseconds, action)
}

/// Runs an action after a time, in milliseconds.
pub fn after(milliseconds: u32, action: impl FnOnce() + 'static) {
    gloo::timers::callback::Timeout::new(milliseconds, action).forget();
}

/// Whether text is selected.
pub fn has_selection() -> bool {
    let selection = window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Opens the dialog for printing.
pub fn print() {
    // A sandboxed frame refuses.
    let _refused = window().print();
}

/// The element that an event came from.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target().and_then(|target| target.dyn_into().ok())
}

/// Calls `listener` for each event of this kind on the window, for as long as the page lives.
pub fn on_window(kind: &'static str, listener: impl FnMut(&Event) + 'static) {
    gloo::events::EventListener::new(&window(), kind, listener).forget();
}

/// Calls `listener` for each event of this kind anywhere in the document, also for kinds that do
/// not bubble, for as long as the page lives.
pub fn on_document(kind: &'static str, listener: impl FnMut(&Event) + 'static) {
    let options = gloo::events::EventListenerOptions::run_in_capture_phase();
    gloo::events::EventListener::new_with_options(&document(), kind, options, listener).forget();
}
