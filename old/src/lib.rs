//! The page of the Connected Registry Configurator: choices in a browser become commands.
//!
//! The crates in `crates` hold everything that a browser isn't needed for; the page shows it:
//!
//! | module | contents |
//! | --- | --- |
//! | [`text`] | the sentences of the page |
//! | [`html`] | the page and the outputs as HTML |
//! | [`reader`] | the dialog that checks pasted commands |
//! | [`files`] | the archive of all files, and the dialog that fills in the protected settings |
//! | `ui` | the page at work (feature `page`) |
//!
//! # Examples
//!
//! ```
//! use configurator_core::choices::Choices;
//! use old_page::html;
//!
//! let form = html::form(&Choices::default()).into_string();
//! assert!(form.contains("Container registry"));
//! ```

pub mod files;
pub mod html;
pub mod reader;
pub mod text;

#[cfg(feature = "page")]
pub mod ui;
