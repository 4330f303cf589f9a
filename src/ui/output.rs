//! The output at work.

use super::state::State;
use super::{copy, dialog, guide};
use super::{document, window};
use crate::html::Tab;
use crate::text::page as text;
use web_sys::KeyboardEvent;

/// Which tab is open, and whether there is something in it: `ready`, `loading` or `failed`.
pub(super) fn show(open: Tab, shown: &str) {
    if let Some(main) = document().get_element_by_id("main") {
        let _never_fails = main.set_attribute("data-output", shown);
    }
    for tab in Tab::ALL {
        if let Some(button) = document().get_element_by_id(tab.id()) {
            let _never_fails = button.set_attribute("aria-selected", if tab == open { "true" } else { "false" });
            let _never_fails = button.set_attribute("tabindex", if tab == open { "0" } else { "-1" });
        }
    }
    if let Some(panel) = document().get_element_by_id("panel") {
        let _never_fails = panel.set_attribute("aria-labelledby", open.id());
    }
}

/// A click on a tab, or on the button that matters most.
pub(super) fn on_click(state: &State, id: &str) {
    if let Some(tab) = Tab::ALL.into_iter().find(|tab| tab.id() == id) {
        state.change(|model| model.tab = tab);
    } else if id == "copy-script" {
        copy_script(state);
    } else if id == "load-again" {
        state.load_engine();
        state.paint();
        super::focus("tab-steps");
    } else if id == "accept-link" {
        state.accept_link();
        super::focus("copy-script");
    } else if id == "skip" {
        super::focus(Tab::default().id());
    } else if id == "open-guide" {
        dialog::open("guide");
    } else if id == "guide-take" {
        guide::take(state);
    } else if id == "guide-close" {
        dialog::close("guide");
    } else if id == "rule-close" {
        dialog::close("rule");
    } else if id == "show-output" {
        super::focus("summary");
    }
}

/// Shows the page of a rule.
pub(super) fn show_rule(state: &State, id: &str) {
    let call = state.with(|model| model.engine.call(model, "", &format!("rule:{id}")));
    let page = call.and_then(|call| call.make()).and_then(|strings| strings.get(0).as_string());
    if let (Some(page), Some(content)) = (page, document().get_element_by_id("rule-content")) {
        content.set_inner_html(&page);
        dialog::open("rule");
    }
}

/// Copies the whole script; as soon as the engine is there, where it is not.
pub(super) fn copy_script(state: &State) {
    // Where the clipboard refuses, the script must be there to be selected.
    if !window().is_secure_context() {
        state.change(|model| model.tab = Tab::Script);
    }
    let fragment = state.fragment();
    let (call, is_open) = state.with(|model| (model.engine.call(model, &fragment, "script"), model.tab == Tab::Script));
    let Some(call) = call else {
        if state.with(|model| matches!(model.engine, super::engine::Engine::Failed)) {
            return copy::say(text::NOTHING_TO_COPY);
        }
        copy::say(text::ENGINE_LOADING);
        state.change(|model| model.copies_soon = true);
        return state.load_engine();
    };
    let Some(script) = call.script() else { return copy::say(text::NOTHING_TO_COPY) };
    let done = match (script.has_holes, script.is_blocked) {
        (true, _) => text::COPIED_WITH_HOLES,
        (false, false) => text::COPIED,
        (false, true) => text::COPIED_BUT_BLOCKED,
    };
    let shown = if is_open { document().get_element_by_id("whole") } else { None };
    copy::copy(&script.text, done, shown);
}

/// Tabs by the pattern of ARIA's authoring practices: arrow keys move and choose.
pub(super) fn on_key(state: &State, event: &KeyboardEvent) {
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
        state.change(|model| model.tab = *tab);
        super::focus(tab.id());
    }
}
