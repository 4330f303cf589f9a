//! The form at work: what is typed and chosen goes into the choices, what is found comes back beside the fields.

use super::paint::Painted;
use super::state::State;
use crate::choices::{Field, SelectField, TextField};
use crate::html::{self, Slot};
use crate::rules::Severity;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

/// Puts the choices, and what is found in them, into the form.
pub(super) fn follow_choices(state: State) {
    Effect::new(move || state.choices.with(show_choices));
    Effect::new(move |painted: Option<Painted>| {
        let mut painted = painted.unwrap_or_default();
        painted.paint(messages(state));
        painted
    });
}

/// The field of the control that an event came from, and its value.
fn control(event: &Event) -> Option<(Field, String)> {
    let target = event.target()?;
    let (name, value) = match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => (input.name(), input.value()),
        None => target.dyn_ref::<HtmlTextAreaElement>().map(|area| (area.name(), area.value()))?,
    };
    Some((Field::from_key(&name)?, value))
}

pub(super) fn on_input(state: State, event: &Event) {
    if let Some((Field::Text(field), text)) = control(event) {
        state.type_text(field, text);
    }
}

pub(super) fn on_change(state: State, event: &Event) {
    if let Some((Field::Select(field), word)) = control(event) {
        state.choose(|choices| _ = choices.select.set_word(field, &word));
    }
}

/// A field that is right so far may be filled in undisturbed.
pub(super) fn on_focus(state: State, event: &Event) {
    if let Some((Field::Text(field), _)) = control(event) {
        let is_right = state.outcome.with_untracked(|outcome| html::messages(field.into(), &outcome.findings).into_string().is_empty());
        state.quiet.set(is_right.then_some(field));
    }
}

pub(super) fn on_leave(state: State, event: &Event) {
    if let Some((Field::Text(_), _)) = control(event) {
        state.quiet.set(None);
        state.commit();
    }
}

/// Puts the choices into the controls, where they say something else: after Back, a fix, a link.
fn show_choices(choices: &crate::choices::Choices) {
    for field in TextField::ALL {
        let Some(element) = document().get_element_by_id(&html::control_id((*field).into())) else { continue };
        let text = choices.text(*field);
        // Setting the same value again would move the cursor.
        match element.dyn_ref::<HtmlInputElement>() {
            Some(input) if input.value() != text => input.set_value(text),
            Some(_) => {}
            // A text area has its line breaks normalized by the browser.
            None => match element.dyn_ref::<HtmlTextAreaElement>() {
                Some(area) if area.value() != text => area.set_value(text),
                _ => {}
            },
        }
    }
    for field in SelectField::ALL {
        let radio = document().get_element_by_id(&html::radio_id(*field, choices.select.word(*field)));
        if let Some(radio) = radio.and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok()) {
            radio.set_checked(true);
        }
    }
}

/// What stands beside each field; and the attributes that say so to who does not see it.
fn messages(state: State) -> Vec<Slot> {
    let findings = state.shown_findings();
    TextField::ALL
        .iter()
        .map(|field| {
            let html = html::messages((*field).into(), &findings).into_string();
            let id = html::messages_id(*field);
            if let Some(control) = document().get_element_by_id(&html::control_id((*field).into())) {
                let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error && finding.field == Some((*field).into()));
                let hint = html::hint_id(*field);
                let described_by = if html.is_empty() { hint } else { format!("{hint} {id}") };
                let _never_fails = control.set_attribute("aria-describedby", &described_by);
                let _never_fails = control.set_attribute("aria-invalid", if is_wrong { "true" } else { "false" });
            }
            Slot { id, html, depth: 0 }
        })
        .collect()
}
