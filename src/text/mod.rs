//! Every sentence the user reads, in one place; another language would be a sibling of what is
//! here.

pub mod cli;
pub mod commands;
// Some of it is said in what is made at build time only.
#[cfg_attr(any(not(feature = "page"), target_arch = "wasm32"), allow(dead_code))]
pub mod embed;
pub mod explain;
pub mod fields;
#[cfg(feature = "inspect")]
#[cfg_attr(not(feature = "files"), allow(dead_code))]
pub mod files;
pub mod link;
#[cfg_attr(any(not(feature = "page"), target_arch = "wasm32"), allow(dead_code))]
pub mod page;
pub mod pictures;
pub mod presets;
pub mod purposes;
#[cfg(feature = "reader")]
pub mod read;
// What is said of what was done is said in the page only.
#[cfg(feature = "reader")]
#[cfg_attr(not(feature = "paste"), allow(dead_code))]
pub mod reader;
pub mod rules;
pub mod runbook;
pub mod script;
pub mod selects;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod steps;

pub(crate) use presets::compared_with;
