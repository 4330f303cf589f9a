//! Files that the browser saves.

use super::{after, document};
pub use gloo::file::ObjectUrl;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement};

/// How long the address of a file lives, in milliseconds: some browsers read it late.
const LIFETIME: u32 = 60_000;

/// Saves a text as a file.
///
/// # Errors
///
/// If the browser refuses, for example in a sandbox.
pub fn save_text(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("text/plain;charset=utf-8");
    let parts = Array::of1(&JsValue::from_str(text));
    save(name, &Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

/// Saves a blob as a file.
///
/// # Errors
///
/// If the browser refuses, for example in a sandbox.
pub fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = offer(name, blob)?;
    after(LIFETIME, move || drop(address));
    Ok(())
}

/// Saves a blob as a file, and returns its address. Dropping that revokes it.
///
/// # Errors
///
/// If the browser refuses, for example in a sandbox.
pub fn offer(name: &str, blob: &Blob) -> Result<ObjectUrl, JsValue> {
    let address = ObjectUrl::from(blob.clone());
    let document = document();
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    // Some browsers follow only a link that is in the page.
    document.document_element().ok_or(JsValue::NULL)?.append_child(&link)?;
    link.click();
    link.remove();
    Ok(address)
}
