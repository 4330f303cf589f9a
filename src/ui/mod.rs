//! The page at work: one state, the choices; everything after them is the engine's.
//!
//! The structure comes with the page, made at build time by the same functions. Events go into the choices, the engine makes what follows from them,
//! and only what differs is painted: nothing that the reader has typed, folded open or selected is touched by a change elsewhere.

mod copy;
mod dialog;
mod engine;
mod form;
mod guide;
mod output;
mod state;

use crate::choices::Field;
use crate::html;
use crate::text::page as text;
use gloo_events::{EventListener, EventListenerOptions};
use state::State;
use wasm_bindgen::JsCast;
use web_sys::{Document, Event, KeyboardEvent, Window};

/// Puts the page below the banner, and keeps it going.
pub fn start() {
    let state = State::from_address();
    state.with(|model| form::show_choices(&model.choices));
    state.paint();
    state.follow_history();
    if let Some(body) = document().body() {
        listen(&state, &body);
    }
}

/// There is always one: the page runs in no worker.
#[allow(clippy::expect_used)]
fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

#[allow(clippy::expect_used)]
fn document() -> Document {
    window().document().expect("a page has a document")
}

/// One listener a kind of event for the whole page: what comes and goes in it needs none of its own.
fn listen(state: &State, body: &web_sys::Element) {
    for kind in ["input", "change", "focusin", "focusout", "keydown", "pointerdown", "click"] {
        // As long as the page. Not passive: the arrow keys of the tabs must not scroll.
        let state = state.clone();
        EventListener::new_with_options(body, kind, EventListenerOptions::enable_prevent_default(), move |event| match kind {
            "input" => form::on_input(&state, event),
            "change" => form::on_change(&state, event),
            "focusin" => form::on_focus(&state, event),
            "focusout" => form::on_leave(&state, event),
            "pointerdown" => state.set_pressed(true),
            "keydown" => output::on_key(&state, event.unchecked_ref::<KeyboardEvent>()),
            _ => on_click(&state, event),
        })
        .forget();
    }
    // Anywhere: a press may end outside of where it began.
    for kind in ["pointerup", "pointercancel"] {
        let state = state.clone();
        EventListener::new(&window(), kind, move |_| form::on_release(&state)).forget();
    }
}

/// The button that was clicked says by its attributes what it does.
fn on_click(state: &State, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    // What is clicked may stand within the button.
    let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) else { return };
    if let Some(field) = button.get_attribute("data-focus").and_then(|key| Field::from_key(&key)) {
        focus(&html::control_id(field));
    } else if let (Some(key), Some(value)) = (button.get_attribute("data-fix"), button.get_attribute("data-value")) {
        fix(state, &key, value);
    } else if let Some(rule) = button.get_attribute("data-rule") {
        output::show_rule(state, &rule);
    } else if let Some(code) = button.get_attribute("data-copy").and_then(|id| document().get_element_by_id(&id)) {
        let has_holes = code.query_selector(".t-hole").is_ok_and(|hole| hole.is_some());
        let done = if has_holes { text::COPIED_WITH_HOLES } else { text::COPIED };
        copy::copy(&code.text_content().unwrap_or_default(), done, Some(code));
    } else {
        output::on_click(state, &button.id());
    }
}

fn fix(state: &State, key: &str, value: String) {
    if let Some(Field::Text(field)) = Field::from_key(key) {
        state.choose(|choices| choices.set_text(field, value));
        focus(&html::control_id(field.into()));
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
