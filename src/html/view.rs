//! What follows from the choices, as slots of the page.

use super::{Clock, Slot, Tab, findings, form, output, picture, timeline};
use crate::Planned;
use crate::choices::{Choices, Field, TextField};
use crate::rules::{Finding, Severity};

/// How it is shown. It is in no link and is not stored.
#[derive(Clone, Copy, Debug, Default)]
pub struct View<'a> {
    /// What of the link was not understood.
    pub problems: &'a [String],
    /// The field that is being filled in: nobody wants to read that a name is too short while typing it.
    pub quiet: Option<TextField>,
    /// The part of the output that is shown.
    pub tab: Tab,
    /// The user's clock; there is none while the page is built.
    pub clock: Option<Clock>,
}

/// Everything on the page that follows from the choices.
pub fn slots(choices: &Choices, view: &View) -> Vec<Slot> {
    let planned = Planned::with_problems(choices, view.problems.iter().cloned());
    let quiet = view.quiet.map(Field::Text);
    let is_shown = |finding: &&Finding| finding.severity == Severity::Info || finding.field.is_none() || finding.field != quiet;
    let shown: Vec<&Finding> = planned.findings.iter().filter(is_shown).collect();
    let slot = |id: &str, html: String| Slot { id: id.to_owned(), html, depth: 0 };
    let mut slots: Vec<Slot> = Field::all().map(|field| slot(&form::messages_id(field), findings::messages(field, &shown).into_string())).collect();
    slots.push(slot("counts", output::counts(view.problems.len(), &planned.findings, &shown)));
    slots.push(slot("announced", output::announced(&planned.plan)));
    slots.push(slot("summary", findings::summary(view.problems, &shown).into_string()));
    slots.push(slot("timeline", view.clock.map(|clock| timeline::timeline(&planned.scenario, &clock).into_string()).unwrap_or_default()));
    slots.extend(picture::picture(&planned.scenario));
    slots.extend(output::panel(view.tab, &planned));
    slots
}

/// The whole of the page below the banner with its slots filled in, for who sees it before or without any script.
#[cfg(not(target_arch = "wasm32"))]
pub fn whole(choices: &Choices) -> String {
    let mut page = super::page(choices).into_string();
    for slot in slots(choices, &View::default()) {
        let id = format!(" id=\"{}\"", slot.id);
        let within = page.find(&id).and_then(|start| Some(start + page.get(start..)?.find('>')? + 1));
        if let Some(within) = within {
            page.insert_str(within, &slot.html);
        }
    }
    page
}
