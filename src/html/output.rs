//! The output beside the form: how far it is, copy all, and the tabs.

use super::form::radios;
use super::{Slot, code, steps, tokens};
use crate::choices::{Choices, SelectField};
use crate::rules::{Finding, Severity};
use crate::text::page as text;
use crate::{Planned, shell};
use maud::{Markup, html};

/// A part of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The steps, one after the other.
    #[default]
    Steps,
    /// The whole script.
    Script,
    /// The protected-settings JSON.
    Settings,
}

impl Tab {
    /// Every one, in the order shown.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Script, Self::Settings];

    /// The id of its button.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Steps => "tab-steps",
            Self::Script => "tab-script",
            Self::Settings => "tab-settings",
        }
    }

    /// The tab whose button has an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.id() == id)
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Steps => text::TAB_STEPS,
            Self::Script => text::TAB_SCRIPT,
            Self::Settings => text::TAB_SETTINGS,
        }
    }
}

/// The frame of the output: `counts`, `said` and `summary` tell its state, `panel` holds the tab that is open.
pub fn output(choices: &Choices) -> Markup {
    html! {
        section.status aria-label=(text::STATUS) {
            div.status-line {
                p.counts id="counts" role="status" {}
                button.link.narrow id="show-output" type="button" { (text::SHOW) }
                button.button.primary id="copy-script" type="button" { (text::COPY_SCRIPT) }
            }
            div.shell { (radios(choices, SelectField::Shell)) }
            p.said id="said" role="status" {}
            div id="summary" tabindex="-1" {}
        }
        // The part that scrolls, where there is room for it beside the form.
        div.follows {
            section.made id="picture" aria-label=(crate::text::pictures::AFTERWARDS) {}
            section.panel aria-label=(text::OUTPUT) {
                div.tabs role="tablist" aria-label=(text::OUTPUT) {
                    @for tab in Tab::ALL {
                        @let chosen = tab == Tab::default();
                        button type="button" role="tab" id=(tab.id()) aria-controls="panel" aria-selected=(chosen) tabindex=(if chosen { "0" } else { "-1" }) { (tab.label()) }
                    }
                }
                div role="tabpanel" id="panel" aria-labelledby=(Tab::default().id()) {}
                // Instead of the panel, while what follows from the choices is not there yet, or cannot be had.
                div.padded id="loading" { p { (text::ENGINE_LOADING) } }
                div.padded id="failed" role="alert" {
                    p { (text::ENGINE_FAILED) }
                    button.button id="load-again" type="button" { (text::LOAD_AGAIN) }
                }
            }
        }
    }
}

/// How far it is, in a few words. What of a link was not understood counts as an error; an error that is not shown, because its field is being
/// filled in, as missing.
pub(super) fn counts(problems: usize, all: &[Finding], shown: &[&Finding]) -> String {
    let errors = shown.iter().filter(|finding| finding.severity == Severity::Error).count();
    let every_error = all.iter().filter(|finding| finding.severity == Severity::Error).count();
    let missing = all.iter().filter(|finding| finding.is_missing()).count();
    text::status(problems + errors, missing + every_error - errors)
}

/// What is in the panel.
pub fn panel(tab: Tab, planned: &Planned) -> Vec<Slot> {
    let Planned { plan, shell, .. } = planned;
    let outer = |html: Markup| Slot { id: "panel".to_owned(), html: html.into_string(), depth: 0 };
    let whole = |lead: &str, block: &crate::shell::Block| {
        let frame = html! { p.lead.padded { (lead) } (code("whole", tab.label())) };
        vec![outer(frame), Slot { id: "whole".to_owned(), html: tokens(block).into_string(), depth: 1 }]
    };
    match tab {
        Tab::Steps => {
            let mut slots = vec![outer(html! { ol.steps id="list" {} })];
            slots.extend(steps::steps("list", 1, plan, &shell::steps(plan, *shell)));
            slots
        }
        Tab::Script => whole(text::SCRIPT_LEAD, &shell::script(plan, *shell)),
        Tab::Settings => match &shell::settings(plan) {
            Some(settings) => whole(text::SETTINGS_LEAD, settings),
            None => vec![outer(html! { p.lead.padded { (text::NO_SETTINGS) } })],
        },
    }
}
