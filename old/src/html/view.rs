//! What follows from the choices, as slots of the page.

use super::{Clock, Content, Slot, Tab, explained, findings, form, output, picture, timeline};
use configurator_core::choices::{Choices, Field, Preset, TextField};
use configurator_core::rules::{Finding, Severity};
use configurator_core::{Planned, link};
use maud::html;

/// How it is shown. It is in no link and is not stored.
#[derive(Clone, Copy, Debug, Default)]
pub struct View<'a> {
    /// What of the link was not understood.
    pub problems: &'a [String],
    /// The field that is being filled in: nobody wants to read that a name is too short while
    /// typing it.
    pub quiet: Option<TextField>,
    /// The field whose pieces of the output are to be seen.
    pub lit: Option<Field>,
    /// The scenario whose differences are marked, instead of what the last change altered.
    pub compared: Option<Preset>,
    /// The ids of the blocks whose list of what each part means is open.
    pub open: &'a [String],
    /// The part of the output that is shown.
    pub tab: Tab,
    /// The user's clock; there is none while the page is built.
    pub clock: Option<Clock>,
}

/// Everything on the page that follows from the choices. `before` are those before the last change,
/// in the same view: what differs is marked. Where another scenario is compared with, they are not
/// looked at.
pub fn slots(choices: &Choices, view: &View, before: &[Slot]) -> Vec<Slot> {
    let planned = Planned::with_problems(choices, view.problems.iter().cloned());
    let quiet = view.quiet.map(Field::Text);
    let is_shown = |finding: &&Finding| {
        finding.severity == Severity::Info || finding.field.is_none() || finding.field != quiet
    };
    let shown: Vec<&Finding> = planned.findings.iter().filter(is_shown).collect();
    let slot = |id: &str, html: String| Slot::html(id, html, 0);
    let mut panel = output::panel(view.tab, &planned, &link::fragment(choices));
    let compared = match view.compared {
        Some(preset) => compare(choices, &planned, preset, &mut panel, view.tab),
        None => {
            if !before.is_empty() {
                super::mark(&mut panel, before, super::Gone::Dropped);
            }
            String::new()
        }
    };
    if let Some(field) = view.lit {
        super::light(&mut panel, field);
    }
    let mut slots: Vec<Slot> = Field::all()
        .map(|field| {
            slot(&form::messages_id(field), findings::messages(field, &shown).into_string())
        })
        .collect();
    slots.push(slot("counts", output::counts(view.problems.len(), &planned.findings, &shown)));
    slots.push(slot("announced", output::announced(&planned.plan)));
    slots.push(slot("compared", compared));
    slots.push(slot("summary", findings::summary(view.problems, &shown).into_string()));
    slots.push(slot(
        "timeline",
        view.clock
            .map(|clock| timeline::timeline(&planned.scenario, &clock).into_string())
            .unwrap_or_default(),
    ));
    slots.extend(picture::picture(&planned.scenario));
    for slot in panel {
        let list = match &slot.content {
            Content::Code(code) if view.open.contains(&slot.id) => Some(Slot::html(
                explained::list_id(&slot.id),
                explained::list(code, choices),
                slot.depth,
            )),
            _ => None,
        };
        slots.push(slot);
        slots.extend(list);
    }
    slots
}

/// Marks what differs from another scenario with the same names, and says how much.
fn compare(
    choices: &Choices,
    planned: &Planned,
    preset: Preset,
    panel: &mut [Slot],
    tab: Tab,
) -> String {
    let other = choices.in_scenario(preset);
    let other_planned = Planned::with_problems(&other, []);
    super::mark(
        panel,
        &output::panel(tab, &other_planned, &link::fragment(&other)),
        super::Gone::All,
    );
    let only_there = other_planned
        .plan
        .steps
        .iter()
        .filter(|step| planned.plan.steps.iter().all(|here| here.id != step.id));
    let only_there: Vec<&str> = only_there.map(|step| step.title.as_ref()).collect();
    html! { (crate::text::page::compared(super::count(panel), &only_there)) }.into_string()
}

/// The whole of the page below the banner with its slots filled in, for who sees it before or
/// without any script.
#[cfg(not(target_arch = "wasm32"))]
pub fn whole(choices: &Choices, about: &super::About) -> String {
    let mut page = super::page(choices, about).into_string();
    super::site::fill(&mut page, choices);
    page
}
