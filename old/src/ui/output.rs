//! The output at work.

use super::engine::Engine;
use super::state::State;
use super::takeaway::{self, Take};
use super::{copy, dialog, document, embed, explain, guide, saved, share, window};
use crate::html::Tab;
use crate::text::page as text;
use configurator_core::choices::{Field, Preset};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Which tab is open, and whether there is something in it: `ready`, `loading` or `failed`.
pub(super) fn show(open: Tab, shown: &str) {
    if let Some(main) = document().get_element_by_id("main") {
        let _never_fails = main.set_attribute("data-output", shown);
        let _never_fails = if shown == "loading" {
            main.set_attribute("aria-busy", "true")
        } else {
            main.remove_attribute("aria-busy")
        };
    }
    for tab in Tab::ALL {
        if let Some(button) = document().get_element_by_id(tab.id()) {
            let _never_fails =
                button.set_attribute("aria-selected", if tab == open { "true" } else { "false" });
            let _never_fails =
                button.set_attribute("tabindex", if tab == open { "0" } else { "-1" });
        }
    }
    if let Some(panel) = document().get_element_by_id("panel") {
        let _never_fails = panel.set_attribute("aria-labelledby", open.id());
    }
}

/// A click on a tab, or on the button that matters most.
pub(super) fn on_click(state: &State, id: &str) {
    if let Some(tab) = Tab::from_id(id) {
        open_tab(state, tab);
    } else if let Some(what) = Take::of(id) {
        takeaway::take(state, what);
    } else if id == "open-fill" {
        takeaway::fill(state);
    } else if id == "open-reader" {
        takeaway::check();
    } else if id == "print" {
        let _never_fails = window().print();
    } else if id == "open-share" {
        share::open(state);
    } else if id == "copy-link" {
        share::copy_link(state);
    } else if id == "open-embed" {
        embed::open(state);
    } else if id == "copy-snippet" {
        embed::copy_snippet();
    } else if id == "open-saved" {
        saved::open();
    } else if id == "save" {
        saved::save(state);
    } else if id == "reset" {
        state.reset();
        copy::say(text::RESET_DONE);
    } else if id == "undo-reset" {
        state.undo_reset();
        copy::say(text::RESET_UNDONE);
        super::focus("reset");
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
        // Not the first link of the rule.
        super::focus("rule-close");
    }
}

/// Whether the reset can be undone.
pub(super) fn show_undo(can_be: bool) {
    if let Some(line) = document().get_element_by_id("undo-line") {
        let _never_fails = line.toggle_attribute_with_force("hidden", !can_be);
    }
}

/// Compares with the scenario of an id; with what was before the last change where there is none.
pub(super) fn compare(state: &State, id: &str) {
    state.change(|model| model.compared = Preset::from_id(id));
}

/// Opens a part of the output. The list of parts of another one's whole is another list.
fn open_tab(state: &State, tab: Tab) {
    state.change(|model| {
        model.tab = tab;
        model.open.retain(|id| id != "whole");
    });
}

/// Shows which scenario is compared with.
pub(super) fn show_comparison(id: &str) {
    if let Some(select) = document()
        .get_element_by_id("compare")
        .and_then(|select| select.dyn_into::<web_sys::HtmlSelectElement>().ok())
    {
        select.set_value(id);
    }
}

/// Goes from a field to what comes from it; as soon as the engine is there, where it is not.
pub(super) fn show_uses(state: &State, field: Field) {
    if state.with(|model| model.tab == Tab::Runbook) {
        // That is one text: nothing in it can be gone to.
        open_tab(state, Tab::Steps);
    }
    state.change(|model| model.lit = Some(field));
    if state.with(|model| matches!(model.engine, Engine::Absent | Engine::Loading)) {
        state.change(|model| model.uses_soon = Some(field));
        return state.load_engine();
    }
    if !explain::go_to_lit(state) {
        copy::say(text::NO_USES);
    }
}

/// The list of what each part of a block means was opened or closed.
pub(super) fn on_toggle(state: &State, id: &str, is_open: bool) {
    if state.with(|model| model.open.iter().any(|open| open == id)) == is_open {
        return;
    }
    state.change(|model| {
        model.open.retain(|open| open != id);
        if is_open {
            model.open.push(id.to_owned());
        }
    });
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
        open_tab(state, *tab);
        super::focus(tab.id());
    }
}
