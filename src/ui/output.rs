//! The output: what is missing, copy all, and the tabs.

use super::copy;
use super::paint::Painted;
use super::state::State;
use crate::html::{self, Slot};
use crate::rules::Severity;
use crate::text::page as text;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A part of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    /// The steps, one after the other.
    #[default]
    Steps,
    /// The whole script.
    Script,
    /// The protected-settings JSON.
    Settings,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Steps, Self::Script, Self::Settings];

    const fn id(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Script => "script",
            Self::Settings => "settings",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Steps => text::TAB_STEPS,
            Self::Script => text::TAB_SCRIPT,
            Self::Settings => text::TAB_SETTINGS,
        }
    }
}

/// What is in the panel, for the tab that is open.
fn slots(state: State) -> Vec<Slot> {
    let outer = |html: maud::Markup| Slot { id: "panel".to_owned(), html: html.into_string(), depth: 0 };
    let block = |lead: &str, name: &str, block: &crate::shell::Block| {
        let frame = maud::html! { p.lead.padded { (lead) } (html::code("whole", name)) };
        vec![outer(frame), Slot { id: "whole".to_owned(), html: html::tokens(block).into_string(), depth: 1 }]
    };
    state.outcome.with(|outcome| match state.tab.get() {
        Tab::Steps => {
            let mut slots = vec![outer(maud::html! { ol.steps id="list" {} })];
            slots.extend(html::steps("list", 1, &outcome.plan, &outcome.document));
            slots
        }
        Tab::Script => block(text::SCRIPT_LEAD, text::TAB_SCRIPT, &outcome.document.script),
        Tab::Settings => block(text::SETTINGS_LEAD, text::TAB_SETTINGS, &outcome.document.settings.clone().unwrap_or_default()),
    })
}

#[component]
pub(super) fn Output() -> impl IntoView {
    let state = expect_context::<State>();
    Effect::new(move |painted: Option<Painted>| {
        let mut painted = painted.unwrap_or_default();
        painted.paint(slots(state));
        painted
    });
    let click = move |event: MouseEvent| {
        let Some(button) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        if let Some(code) = button.get_attribute("data-copy").and_then(|id| document().get_element_by_id(&id)) {
            let has_holes = code.query_selector(".t-hole").is_ok_and(|hole| hole.is_some());
            copy::copy(state, &code.text_content().unwrap_or_default(), has_holes, Some(code));
        }
    };
    view! {
        <div class="output">
            <Status />
            <section class="panel" aria-label=text::OUTPUT on:click=click>
                <Tabs />
                <div role="tabpanel" id="panel" aria-labelledby=move || format!("tab-{}", state.tab.get().id())></div>
            </section>
        </div>
    }
}

/// How far it is, and the button that matters most.
#[component]
fn Status() -> impl IntoView {
    let state = expect_context::<State>();
    let counts = Memo::new(move |_| {
        let findings = state.shown_findings();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let missing = findings.iter().filter(|finding| finding.rule == "missing").count();
        text::status(errors, missing)
    });
    let summary = Memo::new(move |_| state.problems.with(|problems| html::summary(problems, &state.shown_findings()).into_string()));
    let copy_all = move |_| {
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
    };
    view! {
        <section class="status" aria-label=text::STATUS on:click=move |event| super::follow(state, &event)>
            <div class="status-line">
                <p class="counts" role="status">{counts}</p>
                <button type="button" class="button primary" on:click=copy_all>{text::COPY_SCRIPT}</button>
            </div>
            <p class="said" role="status">{state.said}</p>
            <div inner_html=summary></div>
        </section>
    }
}

/// Tabs by the pattern of ARIA's authoring practices: arrow keys move and choose.
#[component]
fn Tabs() -> impl IntoView {
    let state = expect_context::<State>();
    let go = move |tab: Tab| {
        state.tab.set(tab);
        super::focus(&format!("tab-{}", tab.id()));
    };
    let on_key = move |event: KeyboardEvent| {
        let at = Tab::ALL.iter().position(|tab| *tab == state.tab.get_untracked()).unwrap_or_default();
        let last = Tab::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % (last + 1),
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        if let Some(tab) = Tab::ALL.get(to) {
            go(*tab);
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=text::OUTPUT on:keydown=on_key>
            {Tab::ALL.map(|tab| {
                let chosen = move || state.tab.get() == tab;
                view! {
                    <button type="button" role="tab" id=format!("tab-{}", tab.id()) aria-controls="panel"
                        aria-selected=move || chosen().to_string() tabindex=move || if chosen() { "0" } else { "-1" }
                        on:click=move |_| go(tab)>{tab.label()}</button>
                }
            })}
        </div>
    }
}
