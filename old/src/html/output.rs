//! The output beside the form: how far it is, copy all, and the tabs.

use super::form::{self, radios};
use super::{Slot, code, runbook as paper, steps};
use crate::text::embed::OPEN;
use crate::text::page as text;
use crate::text::pictures::AFTERWARDS;
use configurator_core::Planned;
use configurator_core::choices::preset_text::compared_with;
use configurator_core::choices::{Choices, Preset, SelectField};
use configurator_core::plan::Plan;
use configurator_core::rules::{Finding, Severity};
use configurator_render::{runbook, shell};
use maud::{Markup, html};

/// How its text is called where it stands.
const MARKDOWN: &str = "The runbook as Markdown";

/// A part of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The steps, one after the other.
    #[default]
    Steps,
    /// The whole script.
    Script,
    /// Every command on a line of its own.
    Lines,
    /// The protected-settings JSON.
    Settings,
    /// The steps with boxes to tick.
    Runbook,
}

impl Tab {
    /// Every one, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Steps, Self::Script, Self::Lines, Self::Settings, Self::Runbook];

    /// The id of its button.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Steps => "tab-steps",
            Self::Script => "tab-script",
            Self::Lines => "tab-lines",
            Self::Settings => "tab-settings",
            Self::Runbook => "tab-runbook",
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
            Self::Lines => text::TAB_LINES,
            Self::Settings => text::TAB_SETTINGS,
            Self::Runbook => text::TAB_RUNBOOK,
        }
    }
}

/// The frame of the output: `counts`, `said` and `summary` tell its state, `panel` holds the tab
/// that is open.
pub fn output(choices: &Choices) -> Markup {
    html! {
        section.status aria-label=(text::STATUS) {
            div.status-line {
                p.counts id="counts" role="status" {}
                button.link.narrow id="show-output" type="button" { (text::SHOW) }
                button.button.primary id="copy-script" type="button" { (text::COPY_SCRIPT) }
            }
            div.tools {
                button.link id="download-script" type="button" { (text::DOWNLOAD_SCRIPT) }
                button.link id="download-bundle" type="button" { (text::DOWNLOAD_BUNDLE) }
                button.link id="open-share" type="button" aria-haspopup="dialog" { (text::OPEN_SHARE) }
                button.link id="open-embed" type="button" aria-haspopup="dialog" { (OPEN) }
                button.link id="open-saved" type="button" aria-haspopup="dialog" { (text::OPEN_SAVED) }
                button.link id="reset" type="button" { (text::RESET) }
            }
            div.shell { (radios(choices, SelectField::Shell)) }
            p.said id="said" role="status" {}
            p.undo id="undo-line" hidden { button.link id="undo-reset" type="button" { (text::UNDO_RESET) } }
            // For who does not see that the commands are others now.
            p.visually-hidden id="announced" role="status" {}
            div id="summary" tabindex="-1" {}
        }
        // The part that scrolls, where there is room for it beside the form.
        div.follows {
            section.made id="picture" aria-label=(AFTERWARDS) {}
            section.panel aria-label=(text::OUTPUT) {
                h2.visually-hidden { (text::OUTPUT) }
                div.tabs role="tablist" aria-label=(text::OUTPUT) {
                    @for tab in Tab::ALL {
                        @let chosen = tab == Tab::default();
                        button type="button" role="tab" id=(tab.id()) aria-controls="panel" aria-selected=(chosen) tabindex=(if chosen { "0" } else { "-1" }) { (tab.label()) }
                    }
                }
                div.compare {
                    label for="compare" { (text::COMPARE) }
                    select id="compare" autocomplete="off" {
                        option value="" { (text::LAST_CHANGE) }
                        @for preset in Preset::ALL {
                            option id=(compare_id(*preset)) value=(preset.id()) hidden[!form::of_task(*preset, choices)] disabled[!form::of_task(*preset, choices)] {
                                (compared_with(*preset))
                            }
                        }
                    }
                    p id="compared" role="status" {}
                }
                div role="tabpanel" id="panel" aria-labelledby=(Tab::default().id()) {}
                // Instead of the panel, while what follows from the choices is not there yet, or
                // cannot be had.
                div.padded id="loading" { p { (text::ENGINE_LOADING) } }
                div.padded id="failed" role="alert" {
                    p { (text::ENGINE_FAILED) }
                    button.button id="load-again" type="button" { (text::LOAD_AGAIN) }
                }
            }
        }
    }
}

/// The id of the choice to compare with a scenario.
pub fn compare_id(preset: Preset) -> String {
    format!("compare-{}", preset.id())
}

/// How far it is, in a few words. What of a link was not understood counts as an error; an error
/// that is not shown, because its field is being filled in, as missing.
pub(super) fn counts(problems: usize, all: &[Finding], shown: &[&Finding]) -> String {
    let errors = shown.iter().filter(|finding| finding.severity == Severity::Error).count();
    let every_error = all.iter().filter(|finding| finding.severity == Severity::Error).count();
    let missing = all.iter().filter(|finding| finding.is_missing()).count();
    text::status(problems + errors, missing + every_error - errors)
}

/// What the commands do and how many steps that takes: it changes with what is chosen, not with
/// each letter that is typed.
pub(super) fn announced(plan: &Plan) -> String {
    html! { (text::announced(&plan.title, plan.steps.len())) }.into_string()
}

/// What is in the panel, without marks.
pub fn panel(tab: Tab, planned: &Planned, fragment: &str) -> Vec<Slot> {
    let Planned { plan, shell, .. } = planned;
    let outer = |html: Markup| Slot::html("panel", html, 0);
    let whole = |lead: &str, block: shell::Block, more: Markup| {
        let frame = html! { p.lead.padded { (lead) } (code("whole", tab.label())) (more) };
        vec![outer(frame), Slot::code("whole", block, *shell, 1)]
    };
    match tab {
        Tab::Steps => {
            let mut slots = vec![outer(html! { ol.steps id="list" {} })];
            slots.extend(steps::steps("list", 1, plan, shell::steps(plan, *shell), *shell));
            slots
        }
        Tab::Script => whole(text::SCRIPT_LEAD, shell::script(plan, *shell), html! {}),
        Tab::Lines => whole(text::LINES_LEAD, shell::lines(plan, *shell), html! {}),
        Tab::Settings => match shell::settings(plan) {
            Some(settings) => whole(
                text::SETTINGS_LEAD,
                settings,
                html! {
                    div.buttons.padded {
                        button.button id="download-settings" type="button" { (text::DOWNLOAD_SETTINGS) }
                        button.button id="open-fill" type="button" aria-haspopup="dialog" { (text::OPEN_FILL) }
                    }
                    p.padded.small { (text::FILL_LEAD) }
                },
            ),
            None => vec![outer(html! { p.lead.padded { (text::NO_SETTINGS) } })],
        },
        Tab::Runbook => {
            let blocks = shell::steps(plan, *shell);
            let markdown = runbook::markdown(plan, &blocks, *shell, fragment);
            let frame = html! {
                p.lead.padded { (text::RUNBOOK_LEAD) }
                div.buttons.padded {
                    button.button id="print" type="button" { (text::PRINT) }
                    button.button type="button" data-copy="markdown" { (text::COPY_MARKDOWN) }
                    button.button id="download-runbook" type="button" { (text::DOWNLOAD_MARKDOWN) }
                }
                (paper::paper(plan, &blocks))
                details.fold.padded {
                    summary { (MARKDOWN) }
                    div.code { pre tabindex="0" role="region" aria-label=(MARKDOWN) { code id="markdown" { (markdown) } } }
                }
            };
            vec![outer(frame)]
        }
    }
}
