//! The state of the page, and the address bar as its mirror.

use crate::Outcome;
use crate::choices::{Choices, Field, TextField};
use crate::html::Tab;
use crate::link;
use crate::rules::{Finding, Severity};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsValue;

/// How soon the address follows what is typed. Browsers refuse one that changes too often: Chromium after 200 times in ten seconds.
const WRITE_AFTER: Duration = Duration::from_millis(200);

/// What the page shows beside what follows from the choices. It is in no link and is not stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct View {
    /// The field that is being filled in: nobody wants to read that a name is too short while typing it.
    pub(super) quiet: Option<TextField>,
    /// What was last said about copying.
    pub(super) said: &'static str,
    /// The part of the output that is shown.
    pub(super) tab: Tab,
}

/// What every part of the page shares. Copying it copies handles, not data.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// The only state there is.
    pub(super) choices: RwSignal<Choices>,
    /// What of the link was not understood; gone with the first change.
    pub(super) problems: RwSignal<Vec<Finding>>,
    /// Everything that follows from these two.
    pub(super) outcome: Memo<Outcome>,
    /// How it is shown.
    pub(super) view: RwSignal<View>,
    /// Whether a button of the mouse, or a finger, is down.
    pub(super) is_pressed: StoredValue<bool>,
    /// Whether the address will soon follow what is typed.
    is_writing: StoredValue<bool>,
    /// The fragment of the current history entry, as it was before the change that is going on.
    committed: StoredValue<String>,
}

impl State {
    /// What the address says.
    pub(super) fn from_address() -> Self {
        let hash = hash();
        let parsed = link::parse(&hash);
        let choices = RwSignal::new(parsed.choices);
        let problems = RwSignal::new(parsed.problems);
        Self {
            choices,
            // Every change of the choices is one: comparing the outcomes would cost more than it saves.
            outcome: Memo::new_with_compare(move |_| choices.with(|choices| problems.with(|problems| Outcome::with_problems(choices, problems))), |_, _| true),
            problems,
            view: RwSignal::new(View::default()),
            is_pressed: StoredValue::new(false),
            is_writing: StoredValue::new(false),
            committed: StoredValue::new(hash),
        }
    }

    /// Back, Forward and an edited address change the choices.
    pub(super) fn follow_history(self) {
        let listener = gloo_events::EventListener::new(&window(), "popstate", move |_| {
            let hash = hash();
            if hash != link::fragment(&self.choices.get_untracked()) {
                let parsed = link::parse(&hash);
                self.view.update(|view| view.quiet = None);
                self.problems.set(parsed.problems);
                self.choices.set(parsed.choices);
                self.choices.with_untracked(super::form::show_choices);
            }
            self.committed.set_value(hash);
        });
        // As long as the page.
        listener.forget();
    }

    /// Text is being typed: the address follows, without a history entry, once the output has.
    pub(super) fn type_text(self, field: TextField, text: String) {
        self.change(|choices| choices.set_text(field, text));
        if self.is_writing.get_value() {
            return;
        }
        self.is_writing.set_value(true);
        let write = move || {
            self.is_writing.set_value(false);
            write_address(&link::fragment(&self.choices.get_untracked()), false);
        };
        set_timeout(write, WRITE_AFTER);
    }

    /// A choice was made: a history entry of its own.
    pub(super) fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.change(change);
        self.choices.with_untracked(super::form::show_choices);
        self.commit();
    }

    fn change(self, change: impl FnOnce(&mut Choices)) {
        self.choices.update(change);
        if self.problems.with_untracked(|problems| !problems.is_empty()) {
            self.problems.update(Vec::clear);
        }
    }

    /// What was not understood of the link is done without: the address says from now on what is meant.
    pub(super) fn accept_link(self) {
        let fragment = link::fragment(&self.choices.get_untracked());
        self.problems.set(Vec::new());
        write_address(&fragment, false);
        self.committed.set_value(fragment);
    }

    /// A field was left: what was typed becomes a history entry, and the entry before it says again what it said.
    pub(super) fn commit(self) {
        let now = link::fragment(&self.choices.get_untracked());
        let before = self.committed.get_value();
        if link::parse(&before).choices == self.choices.get_untracked() {
            return;
        }
        write_address(&before, false);
        write_address(&now, true);
        self.committed.set_value(now);
    }
}

/// The findings to show, the worst first: without what is wrong in the field that is being filled in.
pub(super) fn shown_findings<'a>(findings: &'a [Finding], view: &View) -> Vec<&'a Finding> {
    let quiet = view.quiet.map(Field::Text);
    findings.iter().filter(|finding| finding.severity == Severity::Info || finding.field.is_none() || finding.field != quiet).collect()
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes the fragment into the address. A browser that refuses (too often, or in a sandbox) costs the link, nothing else.
fn write_address(fragment: &str, new_entry: bool) {
    let location = window().location();
    let url =
        if fragment.is_empty() { format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default()) } else { fragment.to_owned() };
    let Ok(history) = window().history() else { return };
    let _refused =
        if new_entry { history.push_state_with_url(&JsValue::NULL, "", Some(&url)) } else { history.replace_state_with_url(&JsValue::NULL, "", Some(&url)) };
}
