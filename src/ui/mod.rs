//! The page: one signal of choices, one memo of everything after it, and thin components, one a file.

// The component macro makes public what is only visible here.
#![allow(unreachable_pub)]

mod copy;
mod form;
mod output;
mod paint;
mod state;

use crate::choices::Field;
use crate::html;
use crate::text::page as text;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use state::State;
use wasm_bindgen::JsCast;

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

/// Moves the focus to an element, opening what it is folded into.
fn focus(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    if let Ok(Some(details)) = element.closest("details") {
        let _kept_closed = details.set_attribute("open", "");
    }
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _not_focusable = element.focus();
    }
}

/// A click on a button that a finding made: to its field, or its fix.
fn follow(state: State, event: &MouseEvent) {
    let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    if let Some(field) = button.get_attribute("data-focus").and_then(|key| Field::from_key(&key)) {
        focus(&html::control_id(field));
    }
    if let Some(rule) = button.get_attribute("data-fix") {
        let fix = state.outcome.with_untracked(|outcome| outcome.findings.iter().find(|finding| finding.rule == rule)?.fix.clone());
        if let Some(fix) = fix {
            state.choose(|choices| choices.set_text(fix.field, fix.value));
            focus(&html::control_id(fix.field.into()));
        }
    }
}
