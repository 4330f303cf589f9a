//! The files of the page: several texts as one archive, and the dialog that fills in the protected
//! settings.
//!
//! Only `fill` knows a browser (feature `files`). What is secret is in a [`Secret`] from where it
//! comes in to where it goes out; the module `files` of the page is the only one that has any in
//! its memory.
//!
//! [`Secret`]: configurator_certificates::Secret

mod bundle;
#[cfg(feature = "files")]
pub mod fill;
pub mod view;

pub use bundle::{BadName, bundle};
