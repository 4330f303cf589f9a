//! Inspects certificates and keys, and creates the protected settings.
//!
//! ```text
//! bytes of a file or pasted text ──recognize──▶ certificates, key ──▶ remarks
//!                                                    │
//!                                   Form ──json──▶ protected settings
//! ```
//!
//! In: the bytes of files that a user chooses, and a connection string. Out: [`Remark`]s about
//! them, and the JSON of the protected settings. All secrets are in a [`Secret`], which is wiped
//! when it is dropped and can't be printed, copied or serialized.
//!
//! # Examples
//!
//! ```
//! use configurator_certificates::{Recognized, recognize};
//!
//! let refused = recognize(b"not a certificate").map(|_: Recognized| ());
//! assert!(refused.is_err_and(|remark| remark.is_error()));
//! ```

mod asn1;
mod certificate;
mod connection;
mod form;
mod key;
mod pem;
mod recognize;
mod secret;
mod settings;
#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;

pub use form::{Form, SecretField, label};
pub use recognize::{LARGEST, Recognized, recognize};
pub use secret::Secret;

use configurator_core::rules::Severity;

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

    /// What keeps the file from being made, and what to do about it.
    pub fn error((message, hint): (impl Into<String>, impl Into<String>)) -> Self {
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

/// What is wrong, and what to do.
pub(crate) type Pair = (&'static str, &'static str);
