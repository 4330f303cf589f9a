//! The sentences of the page.

// Some of it is said in the page only.
#[cfg_attr(any(not(feature = "page"), target_arch = "wasm32"), allow(dead_code))]
pub mod embed;
// Some of it is said in what is made at build time only.
#[cfg_attr(any(not(feature = "page"), target_arch = "wasm32"), allow(dead_code))]
pub mod page;
pub mod pictures;
// What is said of what was done is said in the page only.
#[cfg_attr(not(feature = "paste"), allow(dead_code))]
pub mod reader;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
