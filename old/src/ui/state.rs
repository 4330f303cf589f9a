//! The state of the page, and the address bar as its mirror.
//!
//! One way only: an event changes the choices or the view, everything after them is made anew, and
//! what differs is painted.

use super::engine::{self, Engine};
use super::takeaway::{self, Take};
use super::{document, done, embed, explain, form, frame, output, share, window};
use crate::html::{self, Tab};
use configurator_core::choices::{Choices, Field, Preset, Shell, TextField};
use configurator_core::link;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// How soon the address follows what is typed, in milliseconds. Browsers refuse one that changes
/// too often: Chromium after 200 times in ten seconds.
const WRITE_AFTER: u32 = 200;

/// Everything that the page shows something of.
pub(super) struct Model {
    /// The only state there is.
    pub(super) choices: Choices,
    /// What of the link was not understood; gone with the first change.
    pub(super) problems: Vec<String>,
    /// The field that is being filled in. As the part that is shown, in no link and not stored.
    pub(super) quiet: Option<TextField>,
    /// The field whose pieces of the output are to be seen.
    pub(super) lit: Option<Field>,
    /// The scenario that the output is compared with.
    pub(super) compared: Option<Preset>,
    /// The ids of the blocks whose list of parts is open.
    pub(super) open: Vec<String>,
    /// The part of the output that is shown.
    pub(super) tab: Tab,
    /// What was there before everything was reset; gone with the next change.
    pub(super) before_reset: Option<Choices>,
    /// What makes all that follows from these.
    pub(super) engine: Engine,
    /// What is to be taken away as soon as it is there.
    pub(super) takes_soon: Option<Take>,
    /// The field whose pieces are to be gone to as soon as they are there.
    pub(super) uses_soon: Option<Field>,
    /// What the page showed at first: it came with it.
    given: Choices,
}

impl Model {
    /// Whether the page still shows what came with it, rightly.
    fn is_as_given(&self) -> bool {
        // What is lit is not worth waiting for.
        let is_plain =
            self.compared.is_none() && self.open.is_empty() && self.tab == Tab::default();
        self.choices == self.given && self.problems.is_empty() && is_plain
    }
}

/// What every part of the page shares. Cloning it copies a handle, not data.
#[derive(Clone)]
pub(super) struct State(Rc<Shared>);

struct Shared {
    model: RefCell<Model>,
    /// Whether something is to be painted.
    is_stale: Cell<bool>,
    is_painting: Cell<bool>,
    /// The tab that is open, and what is said of the output.
    shown: Cell<Option<(Tab, &'static str)>>,
    /// Whether a button of the mouse, or a finger, is down.
    is_pressed: Cell<bool>,
    /// Whether the address will soon follow what is typed.
    is_writing: Cell<bool>,
    /// Whether the page was opened without a link: then what it came with is what is changed first.
    is_fresh: bool,
    /// Whether it was said that placeholders, or errors, are in what is taken away.
    told: RefCell<[bool; 2]>,
    /// Whether the page stands in another one.
    is_framed: bool,
    /// What the page around was told last.
    told_around: RefCell<String>,
    /// The fragment of the current history entry, as it was before the change that is going on.
    committed: RefCell<String>,
}

impl State {
    /// What the address says.
    pub(super) fn from_address() -> Self {
        let hash = hash();
        let parsed = link::parse(&hash);
        // What the page came with is its own scenario.
        let attribute =
            |name| document().document_element().and_then(|root| root.get_attribute(name));
        let mut given = Choices::from(
            attribute("data-scenario").and_then(|id| Preset::from_id(&id)).unwrap_or_default(),
        );
        // The script that fetched this module looked at the system.
        given.select.shell =
            attribute("data-shell").as_deref().and_then(Shell::from_word).unwrap_or_default();
        // Nobody said which shell.
        let choices =
            if hash.is_empty() { form::typed_already(given.clone()) } else { parsed.choices };
        let problems = parsed
            .problems
            .into_iter()
            .map(|problem| problem.message)
            .chain(frame::problems())
            .collect();
        Self(Rc::new(Shared {
            model: RefCell::new(Model {
                choices,
                problems,
                quiet: None,
                lit: None,
                compared: None,
                open: Vec::new(),
                tab: frame::tab(),
                before_reset: None,
                engine: Engine::Absent,
                takes_soon: None,
                uses_soon: None,
                given,
            }),
            is_stale: Cell::new(true),
            is_painting: Cell::new(false),
            shown: Cell::new(None),
            is_pressed: Cell::new(false),
            is_writing: Cell::new(false),
            is_fresh: hash.is_empty(),
            told: RefCell::default(),
            is_framed: frame::is_framed(),
            told_around: RefCell::default(),
            committed: RefCell::new(hash),
        }))
    }

    /// Looks at the model. What is done to the page meanwhile must not call back here: a change of
    /// focus, for instance, is an event.
    pub(super) fn with<T>(&self, look: impl FnOnce(&Model) -> T) -> T {
        look(&self.0.model.borrow())
    }

    /// Changes what is wanted or how it is shown, and paints all that follows from it.
    pub(super) fn change(&self, change: impl FnOnce(&mut Model)) {
        let dropped = {
            let mut model = self.0.model.borrow_mut();
            change(&mut model);
            // To compare with a scenario of another task says nothing.
            let is_other =
                model.compared.is_some_and(|preset| !html::of_task(preset, &model.choices));
            if is_other {
                model.compared = None;
            }
            is_other
        };
        if dropped {
            output::show_comparison("");
        }
        self.paint();
    }

    /// Paints what differs.
    pub(super) fn paint(&self) {
        self.0.is_stale.set(true);
        // Painting may move the focus, which is an event: what that changes is painted after this.
        if self.0.is_painting.replace(true) {
            return;
        }
        while self.0.is_stale.replace(false) {
            let shown = self.follow();
            let shown = (self.with(|model| model.tab), shown);
            if self.0.shown.replace(Some(shown)) != Some(shown) {
                output::show(shown.0, shown.1);
            }
        }
        self.0.is_painting.set(false);
    }

    /// Has everything made that follows from the model; says what is shown instead, where it cannot
    /// be.
    fn follow(&self) -> &'static str {
        let fragment = self.fragment();
        // For what is said where this module breaks.
        let _never_fails = js_sys::Reflect::set(
            &js_sys::global(),
            &"connectedRegistryLink".into(),
            &fragment.as_str().into(),
        );
        if self.0.is_framed && *self.0.told_around.borrow() != fragment {
            frame::tell(&share::address(self));
            self.0.told_around.replace(fragment.clone());
        }
        // Nothing is borrowed while the engine paints, see `with`.
        let (is_as_given, call) = self.with(|model| {
            (model.is_as_given(), model.engine.call(model, &fragment, model.tab.id()))
        });
        match call {
            Some(call) => match call.make() {
                Some(filled) => {
                    let filled: Vec<String> =
                        filled.iter().filter_map(|id| id.as_string()).collect();
                    explain::on_painted(&filled);
                    form::describe(filled.into_iter());
                    done::show();
                    self.with(|model| frame::on_painted(&model.choices));
                    "ready"
                }
                None => {
                    self.0.model.borrow_mut().engine = Engine::Failed;
                    engine::say_broken();
                    "failed"
                }
            },
            None if is_as_given => {
                done::show();
                self.with(|model| frame::on_painted(&model.choices));
                "ready"
            }
            None if self.with(|model| matches!(model.engine, Engine::Failed)) => "failed",
            None => {
                self.load_engine();
                "loading"
            }
        }
    }

    /// Fetches the engine, unless it is on its way, and paints what it makes.
    pub(super) fn load_engine(&self) {
        if self.with(|model| matches!(model.engine, Engine::Loading | Engine::Ready(_))) {
            return;
        }
        self.0.model.borrow_mut().engine = Engine::Loading;
        let state = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let given = state.with(|model| link::fragment(&model.given));
            let engine =
                engine::load(&given, state.0.is_fresh).await.map_or(Engine::Failed, Engine::Ready);
            state.change(|model| model.engine = engine);
            let taken = state.0.model.borrow_mut().takes_soon.take();
            if let Some(what) = taken {
                takeaway::take(&state, what);
            }
            let field = state.0.model.borrow_mut().uses_soon.take();
            if let Some(field) = field {
                output::show_uses(&state, field);
            }
            embed::show_if_open(&state);
        });
    }

    /// Back, Forward and an edited address change the choices.
    pub(super) fn follow_history(&self) {
        let state = self.clone();
        let listener = gloo_events::EventListener::new(&window(), "popstate", move |_| {
            let hash = hash();
            if hash != state.fragment() {
                let (choices, problems) = state.said_by(&hash);
                state.change(|model| {
                    model.quiet = None;
                    model.choices = choices;
                    model.problems = problems;
                    model.before_reset = None;
                });
                output::show_undo(false);
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
        self.change(|model| {
            let before = self.0.is_framed.then(|| model.choices.clone());
            change(&mut model.choices);
            if let Some(before) = before {
                frame::restore(&before, &mut model.choices);
            }
            model.problems.clear();
            model.before_reset = None;
        });
        output::show_undo(false);
    }

    /// Everything is as it was at first, except for the shell; until the next change that can be
    /// undone.
    pub(super) fn reset(&self) {
        let before = self.with(|model| model.choices.clone());
        let mut blank = Choices::default();
        blank.select.shell = before.select.shell;
        if before == blank {
            return;
        }
        self.choose(|choices| *choices = blank);
        self.0.model.borrow_mut().before_reset = Some(before);
        output::show_undo(true);
    }

    /// Everything is as it was before that.
    pub(super) fn undo_reset(&self) {
        let before = self.0.model.borrow_mut().before_reset.take();
        if let Some(before) = before {
            self.choose(|choices| *choices = before);
        }
    }

    /// What a link says is chosen, as a history entry of its own.
    pub(super) fn open_link(&self, fragment: &str) {
        let (choices, problems) = self.said_by(fragment);
        self.choose(|chosen| *chosen = choices);
        self.change(|model| model.problems = problems);
    }

    /// The page around says what is chosen: also what readers may not change. It is no entry in a
    /// history.
    pub(super) fn be_told(&self, choices: Choices, problems: Vec<String>) {
        self.change(|model| {
            model.choices = choices;
            model.problems = problems;
            model.before_reset = None;
        });
        self.with(|model| form::show_choices(&model.choices));
        self.commit();
    }

    /// Whether it was said that placeholders, or errors, are in what is taken away.
    pub(super) fn told(&self) -> &RefCell<[bool; 2]> {
        &self.0.told
    }

    /// What was not understood of the link is done without: the address says from now on what is
    /// meant.
    pub(super) fn accept_link(&self) {
        self.change(|model| model.problems.clear());
        let fragment = self.fragment();
        write_address(&fragment, false);
        self.0.committed.replace(fragment);
    }

    /// What a fragment says, and what of it was not understood; nothing says what the page came
    /// with.
    fn said_by(&self, fragment: &str) -> (Choices, Vec<String>) {
        if fragment.is_empty() {
            return (self.with(|model| model.given.clone()), Vec::new());
        }
        let link::Parsed { choices, problems } = link::parse(fragment);
        (choices, problems.into_iter().map(|problem| problem.message).collect())
    }

    /// A field was left: what was typed becomes a history entry, and the entry before it says again
    /// what it said.
    pub(super) fn commit(&self) {
        let now = self.fragment();
        let before = self.0.committed.borrow().clone();
        if self.said_by(&before).0 == self.with(|model| model.choices.clone()) {
            return;
        }
        // Within another page, Back is that page's.
        if self.0.is_framed {
            write_address(&now, false);
        } else {
            write_address(&before, false);
            write_address(&now, true);
        }
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

    pub(super) fn fragment(&self) -> String {
        self.with(|model| link::fragment(&model.choices))
    }
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}

/// Writes the fragment into the address. A browser that refuses (too often, or in a sandbox) costs
/// the link, nothing else.
fn write_address(fragment: &str, new_entry: bool) {
    let location = window().location();
    let url = if fragment.is_empty() {
        format!(
            "{}{}",
            location.pathname().unwrap_or_default(),
            location.search().unwrap_or_default()
        )
    } else {
        fragment.to_owned()
    };
    let Ok(history) = window().history() else { return };
    let _refused = if new_entry {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}
