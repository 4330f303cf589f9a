//! The page within another one: what that fixes and hides, and what the two say to each other
//! (`web/frame.js` passes it on).

use super::state::State;
use super::{copy, document, window};
use crate::html::{self, Tab};
use crate::text::embed as text;
use configurator_core::choices::{Choices, Field, Preset, sections};
use configurator_core::link;
use configurator_render::embed::{Frame, Hidden, View, main_step};
use js_sys::{Function, Reflect};
use std::cell::{Cell, OnceCell};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// What the page around says; none where there is none.
    static FRAME: OnceCell<Option<Frame>> = const { OnceCell::new() };
    /// Whether it was said that a step is not there.
    static HAS_SAID: Cell<bool> = const { Cell::new(false) };
}

/// Looks at what the page around says, where there is one.
fn with<T>(look: impl FnOnce(&Frame) -> T) -> Option<T> {
    let read =
        || is_framed().then(|| Frame::parse(&window().location().search().unwrap_or_default()));
    FRAME.with(|frame| frame.get_or_init(read).as_ref().map(look))
}

/// Whether the page stands in another one. It cannot be told otherwise by what is in its address.
pub(super) fn is_framed() -> bool {
    !window().parent().is_ok_and(|parent| parent.is_some_and(|parent| parent == window()))
}

/// What of the page around was not understood.
pub(super) fn problems() -> Vec<String> {
    with(|frame| frame.problems.clone()).unwrap_or_default()
}

/// The part of the output that is shown first.
pub(super) fn tab() -> Tab {
    if with(|frame| frame.view) == Some(View::Script) { Tab::Script } else { Tab::default() }
}

/// Whether readers may not change a field.
pub(super) fn locks(field: Field, choices: &Choices) -> bool {
    with(|frame| frame.locks(field, choices)).unwrap_or_default()
}

/// Whether readers may not go over to a scenario.
pub(super) fn locks_scenario(preset: Preset, choices: &Choices) -> bool {
    with(|frame| frame.locks_scenario(preset, choices)).unwrap_or_default()
}

/// Puts back what readers may not change.
pub(super) fn restore(before: &Choices, after: &mut Choices) {
    with(|frame| frame.restore(before, after));
}

/// Whether a field is not shown here.
pub(super) fn hides(field: Field, choices: &Choices) -> bool {
    with(|frame| frame.hides(field, choices)).unwrap_or_default()
}

/// Whether a section has nothing to show here.
pub(super) fn hides_section(section: &str, choices: &Choices) -> bool {
    is_framed()
        && sections::fields_of(section)
            .iter()
            .all(|field| hides(*field, choices) || !sections::is_used(choices, *field))
}

/// Says of a field that it is not shown, where that is so.
pub(super) fn is_out_of_reach(field: Field, choices: &Choices) -> bool {
    let is_hidden = with(|frame| frame.view == View::Command || frame.hides(field, choices))
        .unwrap_or_default();
    if is_hidden {
        copy::say(text::HIDDEN);
    }
    is_hidden
}

/// Hides what the page around hides, says of what is fixed that it is, and begins to listen.
pub(super) fn begin(state: &State) {
    if !is_framed() {
        return;
    }
    // What are no fields.
    for (part, selector) in [
        (Hidden::Form, ".form"),
        (Hidden::Picture, "#picture"),
        (Hidden::Scenario, "section[aria-labelledby=scenario]"),
    ] {
        if with(|frame| frame.hide.contains(&part)).unwrap_or_default() {
            hide(selector);
        }
    }
    let state = state.clone();
    let set: Closure<dyn Fn(String)> = Closure::new(move |link: String| {
        let link::Parsed { choices, problems } =
            state.with(|model| link::merge(Some(&model.choices), &link));
        state.be_told(choices, problems.into_iter().map(|problem| problem.message).collect());
    });
    let _never_fails =
        Reflect::set(&js_sys::global(), &"connectedRegistrySet".into(), &set.into_js_value());
}

/// Hides all elements that a selector finds, whatever the choices.
fn hide(selector: &str) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    for index in 0..found.length() {
        if let Some(element) =
            found.get(index).and_then(|element| element.dyn_into::<web_sys::Element>().ok())
        {
            let _never_fails = element.set_attribute("data-hidden", "");
        }
    }
}

/// Tells the page around of the choices, and the link that opens them in a window of their own.
pub(super) fn tell(address: &str) {
    if let Some(link) = document().get_element_by_id("alone") {
        let _never_fails = link.set_attribute("href", address);
    }
    if let Some(changed) = Reflect::get(&js_sys::global(), &"connectedRegistryChanged".into())
        .ok()
        .and_then(|changed| changed.dyn_into::<Function>().ok())
    {
        let _nothing = changed.call0(&JsValue::NULL);
    }
}

/// In the view of one block, shows the step that it is in.
pub(super) fn on_painted(choices: &Choices) {
    let Some(Some(step)) = with(|frame| {
        (frame.view == View::Command).then(|| frame.step(choices.select.task).to_owned())
    }) else {
        return;
    };
    let find = |step: &str| {
        document().query_selector(&format!("#step-{step}:has(> .code)")).ok().flatten()
    };
    let found = find(&step).or_else(|| {
        if !HAS_SAID.replace(true) {
            copy::say(&text::no_step(&step));
        }
        find(main_step(choices.select.task))
    });
    if let Some(item) = found.filter(|item| !item.has_attribute("data-shown")) {
        if let Ok(Some(before)) = document().query_selector(".step[data-shown]") {
            let _never_fails = before.remove_attribute("data-shown");
        }
        let _never_fails = item.set_attribute("data-shown", "");
    }
}

/// The text that says why a field cannot be changed.
pub(super) fn show_lock(field: Field, is_locked: bool) {
    let Some(around) = document().get_element_by_id(&html::wrapper_id(field)) else { return };
    let _never_fails = around.toggle_attribute_with_force("data-locked", is_locked);
    let id = format!("locked-{}", field.key());
    match (is_locked, document().get_element_by_id(&id)) {
        (true, None) => {
            if let Ok(why) = document().create_element("p") {
                why.set_id(&id);
                why.set_class_name("why-not");
                why.set_text_content(Some(text::LOCKED));
                let _never_fails = around.append_child(&why);
            }
        }
        (false, Some(why)) => why.remove(),
        _ => {}
    }
}
