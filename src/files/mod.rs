//! What the page hands out as files: several texts as one, and the protected settings with what
//! only the user has.
//!
//! ```text
//! bytes of a file, or what was pasted ──recognize──▶ certificates, key ──inspect──▶ remarks
//!                                                            │
//!                                         Form ──settings──▶ JSON
//! ```
//!
//! Only `fill` knows a browser (feature `files`). What is secret is in a [`Secret`] from where it
//! comes in to where it goes out; the module `files` of the page is the only one that has any in
//! its memory.

mod asn1;
mod bundle;
mod certificate;
mod connection;
#[cfg(feature = "files")]
pub mod fill;
mod form;
mod key;
mod pem;
mod recognize;
mod secret;
mod settings;
#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;
pub mod view;

pub use bundle::{BadName, bundle};
pub use form::{Form, Slot};
pub use recognize::{LARGEST, Recognized, recognize};
pub use secret::Secret;

use crate::rules::Severity;

/// What is to be said about what was put into a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// An error keeps the file from being made; a note also says what was not checked.
    pub severity: Severity,
    /// What it is, and why it matters.
    pub message: String,
    /// What to do about it; empty where nothing is to be done.
    pub hint: String,
}

impl Remark {
    fn new(severity: Severity, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity, message: message.into(), hint: hint.into() }
    }

    fn error((message, hint): (impl Into<String>, impl Into<String>)) -> Self {
        Self::new(Severity::Error, message, hint)
    }

    fn warning((message, hint): (impl Into<String>, impl Into<String>)) -> Self {
        Self::new(Severity::Warning, message, hint)
    }

    fn note(message: impl Into<String>) -> Self {
        Self::new(Severity::Info, message, "")
    }

    /// Whether it keeps the file from being made.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
