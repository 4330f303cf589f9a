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
mod remark;
mod secret;
mod settings;
#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests;

pub use form::{Form, SecretField, label};
pub use recognize::{LARGEST, Recognized, recognize};
pub use remark::Remark;
pub use secret::Secret;
