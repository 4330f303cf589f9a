//! The page: one signal of choices, one memo of everything after it, and thin components, one a file.

// The component macro makes public what is only visible here.
#![allow(unreachable_pub)]

mod code;
mod copy;
mod field;
mod findings;
mod form;
mod output;
mod radios;
mod state;
mod steps;

use crate::text::page as text;
use leptos::prelude::*;
use state::State;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let state = State::from_address();
    state.follow_history();
    provide_context(state);
    view! {
        <header class="banner">
            <h1>
                <svg class="logo" width="26" height="26" viewBox="0 0 26 26" aria-hidden="true">
                    <rect x="3" y="3" width="13" height="9" rx="2.5" />
                    <rect class="logo-edge" x="10" y="14" width="13" height="9" rx="2.5" />
                    <path d="M9.5 12v4.5a2 2 0 0 0 2 2" />
                </svg>
                {text::TITLE}
            </h1>
            <p>{text::TAGLINE}</p>
        </header>
        <main>
            <form::Form />
            <output::Output />
        </main>
        <footer>
            <p>{text::checked()}</p>
        </footer>
    }
}
