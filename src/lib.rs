//! The page of the Connected Registry Configurator, as Leptos components.
