//! The output at work.

use super::copy;
use super::paint::Painted;
use super::state::State;
use crate::html::{self, Slot, Tab};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// Paints what follows from the choices, and what is said about it.
pub(super) fn follow_outcome(state: State) {
    Effect::new(move |painted: Option<Painted>| {
        let mut painted = painted.unwrap_or_default();
        painted.paint(state.outcome.with(|outcome| html::panel(state.tab.get(), outcome)));
        painted
    });
    Effect::new(move |painted: Option<Painted>| {
        let findings = state.shown_findings();
        let slot = |id: &str, html: String| Slot { id: id.to_owned(), html, depth: 0 };
        let mut painted = painted.unwrap_or_default();
        painted.paint(vec![
            slot("counts", html::counts(&findings)),
            slot("said", state.said.get()),
            slot("summary", state.problems.with(|problems| html::summary(problems, &findings)).into_string()),
        ]);
        painted
    });
    Effect::new(move || {
        let open = state.tab.get();
        for tab in Tab::ALL {
            if let Some(button) = document().get_element_by_id(tab.id()) {
                let _never_fails = button.set_attribute("aria-selected", if tab == open { "true" } else { "false" });
                let _never_fails = button.set_attribute("tabindex", if tab == open { "0" } else { "-1" });
            }
        }
        if let Some(panel) = document().get_element_by_id("panel") {
            let _never_fails = panel.set_attribute("aria-labelledby", open.id());
        }
    });
}

/// A click on a tab, or on the button that matters most.
pub(super) fn on_click(state: State, id: &str) {
    if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.id() == id) {
        state.tab.set(tab);
    } else if id == "copy-script" {
        copy_script(state);
    } else if id == "show-output" {
        super::focus("summary");
    }
}

fn copy_script(state: State) {
    let copy = move || {
        let shown = if state.tab.get_untracked() == Tab::Script { document().get_element_by_id("whole") } else { None };
        state.outcome.with_untracked(|outcome| {
            let script = &outcome.document.script;
            copy::copy(state, &script.text(), script.has_holes(), shown);
        });
    };
    // Where the clipboard refuses, the script must be there to be selected.
    if window().is_secure_context() {
        copy();
    } else {
        state.tab.set(Tab::Script);
        request_animation_frame(copy);
    }
}

/// Tabs by the pattern of ARIA's authoring practices: arrow keys move and choose.
pub(super) fn on_key(state: State, event: &KeyboardEvent) {
    let focused = document().active_element().map(|element| element.id()).unwrap_or_default();
    let Some(at) = Tab::ALL.iter().position(|tab| tab.id() == focused) else { return };
    let last = Tab::ALL.len() - 1;
    let to = match event.key().as_str() {
        "ArrowRight" if at == last => 0,
        "ArrowRight" => at + 1,
        "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return,
    };
    event.prevent_default();
    if let Some(tab) = Tab::ALL.get(to) {
        state.tab.set(*tab);
        super::focus(tab.id());
    }
}
