//! The state of the page, and the address bar as its mirror.
//!
//! One way only: an event changes the choices or the view, everything after them is made anew, and what differs is painted.

use super::engine::{self, Engine};
use super::{form, output, paint::Painted, window};
use crate::Planned;
use crate::choices::{Choices, Field, TextField};
use crate::html::Tab;
use crate::link;
use crate::rules::{Finding, Severity};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// How soon the address follows what is typed, in milliseconds. Browsers refuse one that changes too often: Chromium after 200 times in ten seconds.
const WRITE_AFTER: u32 = 200;

/// What the page shows beside what follows from the choices. It is in no link and is not stored.
#[derive(Debug, Default)]
pub(super) struct View {
    /// The field that is being filled in: nobody wants to read that a name is too short while typing it.
    pub(super) quiet: Option<TextField>,
    /// What was last said about copying.
    pub(super) said: &'static str,
    /// The part of the output that is shown.
    pub(super) tab: Tab,
}

/// What is painted.
pub(super) struct Model {
    /// The only state there is.
    pub(super) choices: Choices,
    /// What of the link was not understood; gone with the first change.
    pub(super) problems: Vec<Finding>,
    /// Everything that follows from these two.
    pub(super) planned: Planned,
    /// What makes the rest of it.
    pub(super) engine: Engine,
    /// How it is shown.
    pub(super) view: View,
}

/// What every part of the page shares. Cloning it copies a handle, not data.
#[derive(Clone)]
pub(super) struct State(Rc<Shared>);

struct Shared {
    model: RefCell<Model>,
    painted: RefCell<(Painted, Painted)>,
    /// Whether something is to be painted.
    is_stale: Cell<bool>,
    is_painting: Cell<bool>,
    /// Whether a button of the mouse, or a finger, is down.
    is_pressed: Cell<bool>,
    /// Whether the address will soon follow what is typed.
    is_writing: Cell<bool>,
    /// The fragment of the current history entry, as it was before the change that is going on.
    committed: RefCell<String>,
}

impl State {
    /// What the address says.
    pub(super) fn from_address() -> Self {
        let hash = hash();
        let mut parsed = link::parse(&hash);
        if let (true, Some(shell)) = (hash.is_empty(), Planned::PAGE_SHELL) {
            // Nobody said which shell: the module that was loaded is the one for this system.
            parsed.choices.select.shell = shell;
        }
        let planned = planned(&parsed.choices, &parsed.problems);
        Self(Rc::new(Shared {
            model: RefCell::new(Model { choices: parsed.choices, problems: parsed.problems, planned, engine: Engine::default(), view: View::default() }),
            painted: RefCell::default(),
            is_stale: Cell::new(true),
            is_painting: Cell::new(false),
            is_pressed: Cell::new(false),
            is_writing: Cell::new(false),
            committed: RefCell::new(hash),
        }))
    }

    /// Looks at the model. What is done to the page meanwhile must not call back here: a change of focus, for instance, is an event.
    pub(super) fn with<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.0.model.borrow())
    }

    /// Changes how it is shown.
    pub(super) fn show(&self, change: impl FnOnce(&mut View)) {
        change(&mut self.0.model.borrow_mut().view);
        self.paint();
    }

    /// Changes what is wanted, and everything that follows from it.
    fn change(&self, change: impl FnOnce(&mut Choices, &mut Vec<Finding>)) {
        let mut model = self.0.model.borrow_mut();
        let Model { choices, problems, planned: followed, .. } = &mut *model;
        change(choices, problems);
        *followed = planned(choices, problems);
        drop(model);
        self.paint();
    }

    /// Paints what differs.
    pub(super) fn paint(&self) {
        self.0.is_stale.set(true);
        // Painting may move the focus, which is an event: what that changes is painted after this.
        if self.0.is_painting.replace(true) {
            return;
        }
        self.load_engine_where_needed();
        let mut painted = self.0.painted.borrow_mut();
        while self.0.is_stale.replace(false) {
            let (form, output, tab) = self.with(|model| {
                let findings = model.shown_findings();
                (form::slots(&findings), output::slots(model, &findings), model.view.tab)
            });
            if painted.0.paint(form) {
                self.with(|model| form::describe(&model.shown_findings()));
            }
            if painted.1.paint(output) {
                output::show_tab(tab);
            }
        }
        self.0.is_painting.set(false);
    }

    fn load_engine_where_needed(&self) {
        let is_needed = self.with(|model| matches!(model.engine, Engine::Absent) && !Planned::is_built_in(&model.choices));
        if is_needed {
            self.load_engine();
        }
    }

    /// Fetches the page's second module, and paints what it makes.
    pub(super) fn load_engine(&self) {
        self.0.model.borrow_mut().engine = Engine::Loading;
        let state = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let engine = engine::load().await.map_or(Engine::Failed, Engine::Ready);
            state.0.model.borrow_mut().engine = engine;
            state.paint();
        });
    }

    /// Back, Forward and an edited address change the choices.
    pub(super) fn follow_history(&self) {
        let state = self.clone();
        let listener = gloo_events::EventListener::new(&window(), "popstate", move |_| {
            let hash = hash();
            if hash != state.fragment() {
                let parsed = link::parse(&hash);
                state.0.model.borrow_mut().view.quiet = None;
                state.change(|choices, problems| (*choices, *problems) = (parsed.choices, parsed.problems));
                state.with(|model| form::show_choices(&model.choices));
            }
            state.0.committed.replace(hash);
        });
        // As long as the page.
        listener.forget();
    }

    /// Text is being typed: the address follows, without a history entry, once the output has.
    pub(super) fn type_text(&self, field: TextField, text: String) {
        self.choose_only(|choices| choices.set_text(field, text));
        if self.0.is_writing.replace(true) {
            return;
        }
        let state = self.clone();
        let write = move || {
            state.0.is_writing.set(false);
            write_address(&state.fragment(), false);
        };
        Timeout::new(WRITE_AFTER, write).forget();
    }

    /// A choice was made: a history entry of its own.
    pub(super) fn choose(&self, change: impl FnOnce(&mut Choices)) {
        self.choose_only(change);
        self.with(|model| form::show_choices(&model.choices));
        self.commit();
    }

    fn choose_only(&self, change: impl FnOnce(&mut Choices)) {
        self.change(|choices, problems| {
            change(choices);
            problems.clear();
        });
    }

    /// What was not understood of the link is done without: the address says from now on what is meant.
    pub(super) fn accept_link(&self) {
        self.change(|_, problems| problems.clear());
        let fragment = self.fragment();
        write_address(&fragment, false);
        self.0.committed.replace(fragment);
    }

    /// A field was left: what was typed becomes a history entry, and the entry before it says again what it said.
    pub(super) fn commit(&self) {
        let now = self.fragment();
        let before = self.0.committed.borrow().clone();
        if self.with(|model| link::parse(&before).choices == model.choices) {
            return;
        }
        write_address(&before, false);
        write_address(&now, true);
        self.0.committed.replace(now);
    }

    /// Says whether a button of the mouse, or a finger, is down.
    pub(super) fn set_pressed(&self, is_pressed: bool) {
        self.0.is_pressed.set(is_pressed);
    }

    /// Whether a button of the mouse, or a finger, is down.
    pub(super) fn is_pressed(&self) -> bool {
        self.0.is_pressed.get()
    }

    fn fragment(&self) -> String {
        self.with(|model| link::fragment(&model.choices))
    }
}

impl Model {
    /// The findings to show, the worst first: without what is wrong in the field that is being filled in.
    fn shown_findings(&self) -> Vec<&Finding> {
        let quiet = self.view.quiet.map(Field::Text);
        let is_shown = |finding: &&Finding| finding.severity == Severity::Info || finding.field.is_none() || finding.field != quiet;
        self.planned.findings.iter().filter(is_shown).collect()
    }
}

fn planned(choices: &Choices, problems: &[Finding]) -> Planned {
    Planned::with_problems(choices, problems.iter().map(|problem| problem.message.clone()))
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
