//! What is reported about a certificate, a key or a connection string.

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
    pub(super) fn new(
        severity: Severity,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self { severity, message: message.into(), hint: hint.into() }
    }

    /// What keeps the file from being made, and what to do about it.
    pub fn error((message, hint): (impl Into<String>, impl Into<String>)) -> Self {
        Self::new(Severity::Error, message, hint)
    }

    pub(super) fn warning((message, hint): (impl Into<String>, impl Into<String>)) -> Self {
        Self::new(Severity::Warning, message, hint)
    }

    pub(super) fn note(message: impl Into<String>) -> Self {
        Self::new(Severity::Info, message, "")
    }

    /// Whether it keeps the file from being made.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// What is wrong, and what to do.
pub(crate) type Pair = (&'static str, &'static str);
