//! The form at work: what is typed and chosen goes into the choices, what is found comes back beside the fields.

use super::state::State;
use crate::choices::{Field, SelectField, TextField};
use crate::html::{self, Slot};
use crate::rules::{Finding, Severity};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

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
        let about_it = |finding: &Finding| finding.field == Some(field.into()) && !finding.is_missing();
        let is_right = state.outcome.with_untracked(|outcome| !outcome.findings.iter().any(about_it));
        state.view.update(|view| view.quiet = is_right.then_some(field));
    }
}

pub(super) fn on_leave(state: State, event: &Event) {
    if let Some((Field::Text(_), _)) = control(event) {
        // What appears beside the field would move what is being clicked: then it waits for the button to be released.
        if !state.is_pressed.get_value() {
            state.view.update(|view| view.quiet = None);
        }
        state.commit();
    }
}

/// The button of the mouse is up again: once the click has done its work, a field that was left is no longer filled in.
pub(super) fn on_release(state: State) {
    state.is_pressed.set_value(false);
    let settle = move || {
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        let was_left = |field: TextField| html::control_id(field.into()) != focused;
        if state.view.with_untracked(|view| view.quiet.is_some_and(was_left)) {
            state.view.update(|view| view.quiet = None);
        }
    };
    set_timeout(settle, std::time::Duration::ZERO);
}

/// Puts the choices into the controls, where they say something else: after Back, a fix, a link.
pub(super) fn show_choices(choices: &crate::choices::Choices) {
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
        set_checked(&html::radio_id(*field, choices.select.word(*field)), true);
    }
}

fn set_checked(id: &str, checked: bool) {
    if let Some(radio) = document().get_element_by_id(id).and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok()) {
        radio.set_checked(checked);
    }
}

/// What stands beside each field.
pub(super) fn slots(findings: &[&Finding]) -> Vec<Slot> {
    let slot = |field: &TextField| Slot { id: html::messages_id(*field), html: html::messages((*field).into(), findings).into_string(), depth: 0 };
    TextField::ALL.iter().map(slot).collect()
}

/// The attributes that say so to who does not see it.
pub(super) fn describe(findings: &[&Finding]) {
    for field in TextField::ALL {
        let Some(control) = document().get_element_by_id(&html::control_id((*field).into())) else { continue };
        let mut here = findings.iter().filter(|finding| finding.field == Some((*field).into()) && !finding.is_missing()).peekable();
        let hint = html::hint_id(*field);
        let described_by = if here.peek().is_some() { format!("{hint} {}", html::messages_id(*field)) } else { hint };
        let is_wrong = here.any(|finding| finding.severity == Severity::Error);
        let _never_fails = control.set_attribute("aria-describedby", &described_by);
        let _never_fails = control.set_attribute("aria-invalid", if is_wrong { "true" } else { "false" });
    }
}
