//! The page of the Connected Registry Configurator: a Leptos application.
//!
//! One way: an event changes [`model::Model::choices`], memos derive the output from them, and
//! each component shows its part.
//!
//! | module | contents |
//! | --- | --- |
//! | [`app`] | the whole page: provides the model, lays out the components |
//! | [`model`] | the signals: the choices, and everything that follows from them |
//! | [`output`] | the open tab of the output as data: blocks of text and their marks |
//! | [`components`] | one file per component: markup, handlers, sentences, tests |
//! | [`browser`] | the only place that uses the browser: clipboard, files, storage, history |
//! | [`view`] | helpers that keep the number of view types small |
//!
//! Natively (feature `ssr`, the default) the same components write HTML.

pub mod app;
pub mod browser;
pub mod components;
pub mod model;
pub mod output;
#[cfg(test)]
mod testing;
pub mod view;

/// Mounts the page in place of the prerendered one.
#[cfg(feature = "csr")]
pub fn mount() {
    leptos::mount::mount_to_body(|| {
        leptos::prelude::view! { <app::App start=model::Start::default()/> }
    });
}
