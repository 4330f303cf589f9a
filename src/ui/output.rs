//! The output: what is missing, copy all, and the tabs.

use super::code::Code;
use super::copy;
use super::findings::Summary;
use super::state::State;
use super::steps::Steps;
use crate::rules::Severity;
use crate::shell::Block;
use crate::text::page as text;
use leptos::ev::KeyboardEvent;
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

#[component]
pub(super) fn Output() -> impl IntoView {
    let state = expect_context::<State>();
    let script = Memo::new(move |_| state.outcome.with(|outcome| outcome.document.script.clone()));
    let settings = Memo::new(move |_| state.outcome.with(|outcome| outcome.document.settings.clone().unwrap_or_default()));
    view! {
        <div class="output">
            <Status script />
            <section class="panel" aria-label=text::OUTPUT>
                <Tabs />
                <div role="tabpanel" id="panel" aria-labelledby=move || format!("tab-{}", state.tab.get().id())>
                    {move || match state.tab.get() {
                        Tab::Steps => view! { <Steps /> }.into_any(),
                        Tab::Script => view! { <p class="lead padded">{text::SCRIPT_LEAD}</p><Code block=script name=text::TAB_SCRIPT /> }.into_any(),
                        Tab::Settings => view! { <p class="lead padded">{text::SETTINGS_LEAD}</p><Code block=settings name=text::TAB_SETTINGS /> }.into_any(),
                    }}
                </div>
            </section>
        </div>
    }
}

/// How far it is, and the button that matters most.
#[component]
fn Status(script: Memo<Block>) -> impl IntoView {
    let state = expect_context::<State>();
    let counts = Memo::new(move |_| {
        let findings = state.shown_findings();
        let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        let missing = findings.iter().filter(|finding| finding.rule == "missing").count();
        text::status(errors, missing)
    });
    let copy_all = move |_| {
        let copy = move || {
            let shown = document().query_selector("#panel pre").ok().flatten();
            let shown = if state.tab.get_untracked() == Tab::Script { shown } else { None };
            script.with_untracked(|block| copy::copy(state, block.text(), block.has_holes(), shown));
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
        <section class="status" aria-label=text::STATUS>
            <div class="status-line">
                <p class="counts" role="status">{counts}</p>
                <button type="button" class="button primary" on:click=copy_all>{text::COPY_SCRIPT}</button>
            </div>
            <p class="said" role="status">{state.said}</p>
            <Summary />
        </section>
    }
}

/// Tabs by the pattern of ARIA's authoring practices: arrow keys move and choose.
#[component]
fn Tabs() -> impl IntoView {
    let state = expect_context::<State>();
    let go = move |tab: Tab| {
        state.tab.set(tab);
        let button = document().get_element_by_id(&format!("tab-{}", tab.id())).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(button) = button {
            let _not_focusable = button.focus();
        }
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
