//! "Check commands you have": pasted text, what was found in it, its corrected version, and the
//! choices that it amounts to.
//!
//! The HTML is made by plain functions of the text and its [`configurator_lint::read::Reading`];
//! the events are in `dialog` (feature `paste`). Pasted text is hostile: it is escaped wherever it
//! is shown, and nothing of it goes to the page but the choices that somebody takes over, as a
//! link.

pub mod difference;
pub mod file;
pub mod view;

#[cfg(feature = "paste")]
pub mod dialog;
