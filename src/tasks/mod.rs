//! The tasks of the worker: the functions that answer its requests.
//!
//! They are plain functions of plain data, so that they can be tested natively. Only the worker
//! links them: the page knows them by their [`crate::messages`].

pub mod archive;
pub mod check;
mod difference;
pub mod settings;
