//! What the build knows about this copy of the page, as data.

use crate::browser::{address, page};
use leptos::prelude::*;
use std::sync::Arc;

/// What the build knows about this copy of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The address of the folder that the page is in, ending in `/`. In HTML it is relative
    /// (`../../`), in the browser absolute. Of the single file on a disk, it is the file's address.
    pub root: String,
    /// The software in the page: each with its version and its licenses, `leptos 0.8.23, MIT`.
    pub licenses: Vec<String>,
    /// The texts of the licenses, if the page is the single file. Otherwise they are in a file next
    /// to the page.
    pub license_texts: Option<String>,
}

impl About {
    /// Reads the data from the prerendered copy of the page. Call it before that is removed.
    pub fn read() -> Self {
        Self {
            root: address::root(),
            licenses: page::texts("footer .licenses > li"),
            license_texts: page::texts("footer .texts").pop(),
        }
    }

    /// Provides the data to the components.
    pub fn provide(self) {
        provide_context(Arc::new(self));
    }

    /// The data of this page.
    pub fn get() -> Arc<Self> {
        use_context().unwrap_or_default()
    }

    /// Whether the page is one file, with nothing next to it.
    pub const fn is_single_file(&self) -> bool {
        self.license_texts.is_some()
    }
}
