//! The browser: the only module that uses gloo and web-sys for more than the type of an event.

pub mod worker;

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
