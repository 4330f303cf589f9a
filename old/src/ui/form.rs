//! The form at work: what is typed and chosen goes into the choices, what is found comes back
//! beside the fields.

use super::state::State;
use super::{document, frame, guide};
use crate::html;
use configurator_core::choices::{Choices, Field, Preset, SelectField, TextField, sections};
use gloo_timers::callback::Timeout;
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

/// The scenario whose radio was chosen.
fn preset(event: &Event) -> Option<Preset> {
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    (input.name() == "scenario").then(|| Preset::from_id(&input.value()))?
}

pub(super) fn on_input(state: &State, event: &Event) {
    if let Some((Field::Text(field), text)) = control(event) {
        state.type_text(field, text);
    }
}

pub(super) fn on_change(state: &State, event: &Event) {
    if let Some(preset) = preset(event) {
        state.choose(|choices| choices.start_from(preset));
    } else if let Some((Field::Select(field), word)) = control(event) {
        state.choose(|choices| _ = choices.select.set_word(field, &word));
    } else {
        guide::on_change();
    }
}

/// A field that is right so far may be filled in undisturbed.
pub(super) fn on_focus(state: &State, event: &Event) {
    let Some((field, _)) = control(event) else { return };
    let quiet = match field {
        Field::Text(text) if !is_there(&format!("#{} .error", html::messages_id(field))) => {
            Some(text)
        }
        _ => None,
    };
    // What comes from it is to be seen.
    state.change(|model| (model.quiet, model.lit) = (quiet, Some(field)));
}

fn is_there(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|found| found.is_some())
}

/// The choices with what was typed before this module was there.
pub(super) fn typed_already(mut choices: Choices) -> Choices {
    for field in TextField::ALL {
        let control = document().get_element_by_id(&html::control_id((*field).into()));
        let text = control.and_then(|control| match control.dyn_ref::<HtmlInputElement>() {
            Some(input) => Some(input.value()),
            None => control.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value),
        });
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            choices.set_text(*field, text);
        }
    }
    choices
}

pub(super) fn on_leave(state: &State, event: &Event) {
    if let Some((Field::Text(_), _)) = control(event) {
        // What appears beside the field would move what is being clicked: then it waits for the
        // button to be released.
        if !state.is_pressed() {
            state.change(|model| model.quiet = None);
        }
        state.commit();
    }
}

/// The button of the mouse is up again: once the click has done its work, a field that was left is
/// no longer filled in.
pub(super) fn on_release(state: &State) {
    state.set_pressed(false);
    let state = state.clone();
    let settle = move || {
        let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
        let was_left = |field: TextField| html::control_id(field.into()) != focused;
        if state.with(|model| model.quiet.is_some_and(was_left)) {
            state.change(|model| model.quiet = None);
        }
    };
    Timeout::new(0, settle).forget();
}

/// Puts the choices into the controls, where they say something else: after Back, a fix, a link.
pub(super) fn show_choices(choices: &Choices) {
    for field in TextField::ALL {
        let Some(element) = document().get_element_by_id(&html::control_id((*field).into())) else {
            continue;
        };
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
    let recognized = choices.recognized();
    for preset in Preset::ALL {
        let id = html::preset_id(*preset);
        set_checked(&id, recognized == Some(*preset));
        set_disabled(&id, frame::locks_scenario(*preset, choices));
        set_hidden(&format!("around-{id}"), !html::of_task(*preset, choices));
    }
    set_hidden("scenarios", !html::has_scenarios(choices));
    for (id, text) in [
        ("no-scenario", html::of_no_scenario(choices).as_str()),
        ("task-hint", html::task_hint(choices)),
    ] {
        if let Some(element) = document().get_element_by_id(id) {
            element.set_text_content(Some(text));
        }
    }
    for preset in Preset::ALL {
        let is_alike = html::of_task(*preset, choices);
        if let Some(option) = document().get_element_by_id(&html::compare_id(*preset)) {
            let _never_fails = option.toggle_attribute_with_force("hidden", !is_alike);
            // Some browsers show what is hidden.
            let _never_fails = option.toggle_attribute_with_force("disabled", !is_alike);
        }
    }
    let is_fixed = Preset::ALL.iter().any(|preset| frame::locks_scenario(*preset, choices));
    set_hidden("ask", !html::has_guide(choices) || is_fixed);
    for field in SelectField::ALL {
        let why_not = html::why_not(choices, *field);
        if let Some(reason) = document().get_element_by_id(&html::why_not_id(*field)) {
            reason.set_text_content(why_not);
        }
        set_disabled(
            &html::wrapper_id((*field).into()),
            why_not.is_some() || frame::locks((*field).into(), choices),
        );
    }
    for field in Field::all() {
        set_hidden(
            &html::wrapper_id(field),
            !sections::is_used(choices, field) || frame::hides(field, choices),
        );
    }
    for (id, is_used) in sections::sections(choices) {
        set_hidden(&format!("section-{id}"), !is_used || frame::hides_section(id, choices));
    }
    if frame::is_framed() {
        show_locks(choices);
    }
}

/// Says of each field whether the page around fixes it.
fn show_locks(choices: &Choices) {
    for field in Field::all() {
        let is_locked = frame::locks(field, choices);
        frame::show_lock(field, is_locked);
        if let (Field::Text(_), Some(control)) =
            (field, document().get_element_by_id(&html::control_id(field)))
        {
            let _never_fails = control.toggle_attribute_with_force("readonly", is_locked);
        }
    }
}

fn set_disabled(id: &str, disabled: bool) {
    if let Some(element) = document().get_element_by_id(id) {
        let _never_fails = element.toggle_attribute_with_force("disabled", disabled);
    }
}

fn set_checked(id: &str, checked: bool) {
    if let Some(radio) =
        document().get_element_by_id(id).and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok())
    {
        radio.set_checked(checked);
    }
}

fn set_hidden(id: &str, hidden: bool) {
    if let Some(element) = document().get_element_by_id(id) {
        let _never_fails = element.toggle_attribute_with_force("hidden", hidden);
    }
}

/// Says to who does not see it that what stands beside some fields is another thing now; by the ids
/// of all elements that changed.
pub(super) fn describe(changed: impl Iterator<Item = String>) {
    for field in changed.filter_map(|id| html::field_of_messages(&id)) {
        let (described, hint) = match field {
            Field::Text(text) => (html::control_id(field), Some(html::hint_id(text))),
            // The group of radios: each of them has its own hint.
            Field::Select(_) => (html::wrapper_id(field), None),
        };
        let messages = html::messages_id(field);
        let (Some(element), Some(beside)) =
            (document().get_element_by_id(&described), document().get_element_by_id(&messages))
        else {
            continue;
        };
        let messages = beside.first_element_child().map(|_| messages);
        let described_by: Vec<String> = hint.into_iter().chain(messages).collect();
        let _never_fails = element.set_attribute("aria-describedby", &described_by.join(" "));
        if matches!(field, Field::Text(_)) {
            let is_wrong = beside.query_selector(".error").is_ok_and(|error| error.is_some());
            let _never_fails =
                element.set_attribute("aria-invalid", if is_wrong { "true" } else { "false" });
        }
    }
}
