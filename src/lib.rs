//! The page of the Connected Registry Configurator: a Leptos application.
//!
//! One way: an event changes [`model::Model::choices`], memos derive the output from them, and
//! each component shows its part.
//!
//! | module | contents |
//! | --- | --- |
//! | [`app`] | the whole page: provides the model, lays out the components |
//! | [`about`] | what the build knows about this copy of the page |
//! | [`model`] | the signals: the choices, and everything that follows from them |
//! | [`output`] | the open tab of the output as data: blocks of text and their marks |
//! | [`components`] | one file per component: markup, handlers, sentences, tests |
//! | [`mount`] | takes over from the prerendered copy |
//! | [`messages`] | the messages between the page and its worker |
//! | `tasks` | the functions that answer the requests; only the worker links them |
//! | [`browser`] | the only place that uses the browser: clipboard, files, storage, history |
//! | [`view`] | helpers that keep the number of view types small |
//!
//! Natively (feature `ssr`, the default) the same components write HTML.

pub mod about;
pub mod app;
pub mod browser;
pub mod components;
pub mod messages;
pub mod model;
pub mod mount;
pub mod output;
#[cfg(any(test, feature = "worker"))]
pub mod tasks;
#[cfg(all(test, feature = "ssr"))]
mod testing;
pub mod view;
