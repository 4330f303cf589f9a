//! The page of the Connected Registry Configurator, as Leptos components.

pub mod browser;
pub mod messages;
#[cfg(any(test, feature = "worker"))]
pub mod tasks;
