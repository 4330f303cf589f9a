//! The page at work: one signal of choices, one memo of everything after it; what follows is painted by [`crate::html`].
//!
//! The structure is put into the page once, as HTML. After that, events go into the choices and only what differs comes back: so nothing that the
//! reader has typed, folded open or selected is touched by a change elsewhere, and the page stays small.

// The component macro makes public what is only visible here.
#![allow(unreachable_pub)]

mod copy;
mod form;
mod output;
mod paint;
mod state;

use crate::choices::Field;
use crate::html;
use crate::rules::Finding;
use crate::text::page as text;
use gloo_events::{EventListener, EventListenerOptions};
use leptos::html::Main;
use leptos::prelude::*;
use paint::Painted;
use state::State;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// Everything below the banner.
#[component]
pub fn App() -> impl IntoView {
    let state = State::from_address();
    state.follow_history();
    let main = NodeRef::<Main>::new();
    main.on_load(move |main| listen(state, &main));
    Effect::new(move |painted: Option<(Painted, Painted)>| {
        let (mut form, mut output) = painted.unwrap_or_default();
        state.outcome.with(|outcome| {
            state.view.with(|view| {
                let findings = state::shown_findings(&outcome.findings, view);
                if form.paint(form::slots(&findings)) {
                    form::describe(&findings);
                }
                if output.paint(state.problems.with(|problems| output::slots(outcome, view, problems, &findings))) {
                    output::show_tab(view.tab);
                }
            });
        });
        (form, output)
    });
    let structure = state.choices.with_untracked(html::page).into_string();
    view! {
        <main node_ref=main inner_html=structure></main>
        <footer>
            <p>{crate::text::page::checked()}</p>
        </footer>
    }
}

/// One listener a kind of event for the whole page: what comes and goes in it needs none of its own.
fn listen(state: State, main: &web_sys::Element) {
    for kind in ["input", "change", "focusin", "focusout", "keydown", "pointerdown", "click"] {
        // As long as the page. Not passive: the arrow keys of the tabs must not scroll.
        EventListener::new_with_options(main, kind, EventListenerOptions::enable_prevent_default(), move |event| match kind {
            "input" => form::on_input(state, event),
            "change" => form::on_change(state, event),
            "focusin" => form::on_focus(state, event),
            "focusout" => form::on_leave(state, event),
            "pointerdown" => state.is_pressed.set_value(true),
            "keydown" => output::on_key(state, event.unchecked_ref::<KeyboardEvent>()),
            _ => on_click(state, event),
        })
        .forget();
    }
    // Anywhere: a press may end outside of where it began.
    for kind in ["pointerup", "pointercancel"] {
        EventListener::new(&window(), kind, move |_| form::on_release(state)).forget();
    }
}

/// The button that was clicked says by its attributes what it does.
fn on_click(state: State, event: &Event) {
    let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    if let Some(field) = button.get_attribute("data-focus").and_then(|key| Field::from_key(&key)) {
        focus(&html::control_id(field));
    } else if let Some(rule) = button.get_attribute("data-fix") {
        fix(state, &rule, button.get_attribute("data-field").as_deref());
    } else if let Some(code) = button.get_attribute("data-copy").and_then(|id| document().get_element_by_id(&id)) {
        let has_holes = code.query_selector(".t-hole").is_ok_and(|hole| hole.is_some());
        let done = if has_holes { text::COPIED_WITH_HOLES } else { text::COPIED };
        copy::copy(state, &code.text_content().unwrap_or_default(), done, Some(code));
    } else {
        output::on_click(state, &button.id());
    }
}

fn fix(state: State, rule: &str, field: Option<&str>) {
    let wanted = |finding: &&Finding| finding.rule == rule && finding.field.map(Field::key) == field;
    let fix = state.outcome.with_untracked(|outcome| outcome.findings.iter().find(wanted)?.fix.clone());
    if let Some(fix) = fix {
        state.choose(|choices| choices.set_text(fix.field, fix.value));
        focus(&html::control_id(fix.field.into()));
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
