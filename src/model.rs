//! The signals of the page: the choices, how they are shown, and everything that follows from them.

use crate::browser::{self, address};
use crate::output::{BlockKey, Blocks, Code, Rendering, Tab, blocks_of_steps, render};
use crate::view::{effect, flag, memo, text};
use configurator_core::choices::{Choices, Field, Preset, SelectField, TextField, sections};
use configurator_core::plan::Step;
use configurator_core::rules::{Finding, Severity};
use configurator_core::{Planned, link};
use configurator_render::embed::{Frame, Hidden, View};
use configurator_render::shell::{self, StepBlocks};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// How soon the address follows what is typed, in milliseconds. Browsers refuse an address that
/// changes too often: Chromium after 200 times in ten seconds.
const WRITE_AFTER: u32 = 200;

/// How soon a message is set after the region was emptied, in milliseconds. Screen readers report
/// a repeated message only if the region was empty in between.
const SAY_AFTER: u32 = 30;

/// The state that the page begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The choices that the prerendered page was written for.
    pub given: Choices,
    /// The current choices.
    pub choices: Choices,
    /// The fragment of the address.
    pub fragment: String,
    /// Messages about parts of the link that were not understood.
    pub problems: Vec<String>,
    /// The instructions of an embedding page, if the page is in a frame.
    pub frame: Option<Frame>,
}

/// The signals of the page. A handle: copying it copies no data.
#[derive(Clone, Copy)]
pub struct Model {
    /// The choices: the only state of the page that matters to the output.
    pub choices: ReadSignal<Choices>,
    /// The choices without the texts. Everything that does not depend on a text reads this one, so
    /// that typing a letter does not wake it.
    pub shape: ReadSignal<Choices>,
    /// Messages about parts of the link that were not understood; cleared by the first change.
    pub problems: ReadSignal<Vec<String>>,
    /// The text field that is being edited: errors about an unfinished text are not shown.
    pub editing: RwSignal<Option<TextField>>,
    /// The field whose pieces of the output are highlighted.
    pub highlighted: RwSignal<Option<Field>>,
    /// The scenario that the output is compared with, instead of the output before the last change.
    pub baseline: RwSignal<Option<Preset>>,
    /// The open tab of the output.
    pub tab: RwSignal<Tab>,
    /// The choices before the reset, until the next change.
    pub before_reset: RwSignal<Option<Choices>>,
    /// The message in the live region next to the output.
    pub said: RwSignal<String>,
    /// The field that is to be focused, as a request to its component.
    pub focus_request: RwSignal<Option<Field>>,
    /// The scenario that is to be focused, as a request to its component.
    pub scenario_focus_request: RwSignal<Option<Preset>>,
    /// The piece of the output that is to be focused and explained, as a request to its block.
    pub piece_request: RwSignal<Option<(BlockKey, usize)>>,
    /// The element with the only block of a tab.
    pub whole: NodeRef<html::Code>,
    /// A request to focus the button that copies the script.
    pub focus_copy: RwSignal<bool>,
    /// A request to focus the open tab.
    pub focus_tabs: RwSignal<bool>,
    /// The resolved choices, findings and plan.
    pub planned: ReadSignal<Arc<Planned>>,
    /// The findings that are shown.
    pub findings: Memo<Arc<Vec<Finding>>>,
    /// The blocks of the open tab.
    pub rendering: Memo<Arc<Rendering>>,
    /// The blocks of the steps.
    pub steps: Memo<Arc<Vec<StepBlocks>>>,
    /// The blocks that are shown.
    codes: StoredValue<Vec<(BlockKey, RwSignal<Option<Code>>)>>,
    /// All findings; set only if they are different.
    all_findings: ReadSignal<Vec<Finding>>,
    /// The text of each field; set only if it is different.
    texts: StoredValue<Vec<(TextField, RwSignal<String>)>>,
    setters: Setters,
    baseline_output: Memo<Option<Arc<(Planned, Blocks)>>>,
    inner: StoredValue<Inner>,
}

/// What is set with each change.
#[derive(Clone, Copy)]
struct Setters {
    choices: WriteSignal<Choices>,
    shape: WriteSignal<Choices>,
    problems: WriteSignal<Vec<String>>,
    planned: WriteSignal<Arc<Planned>>,
    findings: WriteSignal<Vec<Finding>>,
}

/// State that no component shows.
struct Inner {
    given: Choices,
    frame: Option<Frame>,
    /// The fragment of the current history entry, as it was before the change that is going on.
    committed: String,
    is_pressed: bool,
    is_writing: bool,
    /// Whether the user was warned about placeholders, and about errors, in an exported text.
    warned: [bool; 2],
}

impl Model {
    /// Creates the signals.
    pub fn new(start: Start) -> Self {
        let Start { given, choices, fragment, problems, frame } = start;
        let tab = if frame.as_ref().is_some_and(|frame| frame.view == View::Script) {
            Tab::Script
        } else {
            Tab::default()
        };
        let outcome = Arc::new(Planned::with_problems(&choices, problems.clone()));
        let texts = TextField::ALL
            .iter()
            .map(|field| (*field, RwSignal::new(choices.text(*field).to_owned())));
        let texts = StoredValue::new(texts.collect());
        let (shape, set_shape) = signal(choices.without_texts());
        let (choices, set_choices) = signal(choices);
        let (problems, set_problems) = signal(problems);
        let (all_findings, set_findings) = signal(outcome.findings.clone());
        let (planned, set_planned) = signal(outcome);
        let (editing, highlighted) = (RwSignal::new(None), RwSignal::new(None));
        let (baseline, tab) = (RwSignal::new(None::<Preset>), RwSignal::new(tab));
        let findings = memo(move || {
            let editing = editing.get().map(Field::Text);
            let is_shown = |finding: &&Finding| {
                finding.severity == Severity::Info
                    || finding.field.is_none()
                    || finding.field != editing
            };
            Arc::new(all_findings.read().iter().filter(is_shown).cloned().collect::<Vec<_>>())
        });
        // These run only after a change: comparing the results as well would cost more.
        let steps = Memo::new_with_compare(
            move |_| {
                let planned = planned.read();
                Arc::new(shell::steps(&planned.plan, planned.shell))
            },
            |_, _| true,
        );
        let rendering = Memo::new_with_compare(
            move |previous: Option<&Arc<Rendering>>| {
                let (tab, planned) = (tab.get(), planned.read());
                let Planned { plan, shell, .. } = planned.as_ref();
                let blocks = match tab {
                    Tab::Steps => blocks_of_steps(plan, steps.read().to_vec(), *shell),
                    _ => render(plan, *shell, tab),
                };
                let previous = previous.map(Arc::as_ref);
                Arc::new(Rendering::new(&choices.read(), blocks, tab, previous))
            },
            |_, _| true,
        );
        let baseline_output = Memo::new_with_compare(
            move |_| {
                let preset = baseline.get()?;
                let planned = Planned::of(&choices.read().in_scenario(preset));
                let blocks = render(&planned.plan, planned.shell, tab.get());
                Some(Arc::new((planned, blocks)))
            },
            // Without a scenario, it stays what it is.
            |before, after| !matches!((before, after), (Some(None) | None, Some(None))),
        );
        let codes = StoredValue::new(Vec::<(BlockKey, RwSignal<Option<Code>>)>::new());
        Self {
            choices,
            shape,
            problems,
            editing,
            highlighted,
            baseline,
            tab,
            before_reset: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            focus_request: RwSignal::new(None),
            scenario_focus_request: RwSignal::new(None),
            piece_request: RwSignal::new(None),
            whole: NodeRef::new(),
            focus_copy: RwSignal::new(false),
            focus_tabs: RwSignal::new(false),
            planned,
            findings,
            rendering,
            steps,
            codes,
            all_findings,
            texts,
            setters: Setters {
                choices: set_choices,
                shape: set_shape,
                problems: set_problems,
                planned: set_planned,
                findings: set_findings,
            },
            baseline_output,
            inner: StoredValue::new(Inner {
                given,
                frame,
                committed: fragment,
                is_pressed: false,
                is_writing: false,
                warned: [false; 2],
            }),
        }
    }

    /// The model of this page.
    pub fn get() -> Self {
        expect_context()
    }

    // --- What follows from the choices ---

    /// A flag that depends on the choices without the texts.
    pub fn flag(self, is: impl Fn(&Choices) -> bool + Send + Sync + 'static) -> Signal<bool> {
        flag(move || is(&self.shape.read()))
    }

    /// A text that depends on the choices without the texts.
    pub fn label(self, of: impl Fn(&Choices) -> String + Send + Sync + 'static) -> Signal<String> {
        text(move || of(&self.shape.read()))
    }

    /// The text of a field.
    pub fn text(self, field: TextField) -> Signal<String> {
        let texts = self.texts.read_value();
        let text = texts.iter().find(|(other, _)| *other == field).map(|(_, text)| *text);
        text.map(Signal::from).unwrap_or_default()
    }

    /// Whether a field is hidden: the task does not use it, or the embedding page hides it.
    pub fn is_hidden(self, field: Field) -> Signal<bool> {
        self.flag(move |choices| {
            !sections::is_used(choices, field)
                || self.in_frame(|frame| frame.hides(field, choices)).unwrap_or_default()
        })
    }

    /// Whether the embedding page hides a part that is not a field.
    pub fn hides(self, part: Hidden) -> bool {
        self.in_frame(|frame| frame.hide.contains(&part)).unwrap_or_default()
    }

    /// Whether the embedding page locks a field.
    pub fn is_locked(self, field: Field) -> Signal<bool> {
        if !self.is_framed() {
            return Signal::stored(false);
        }
        self.flag(move |choices| {
            self.in_frame(|frame| frame.locks(field, choices)).unwrap_or_default()
        })
    }

    /// The findings about a field, without those that only say that it is empty.
    pub fn findings_of(self, field: Field) -> Signal<Vec<Finding>> {
        let is_of = move |finding: &&Finding| finding.field == Some(field) && !finding.is_missing();
        memo(move || self.findings.read().iter().filter(is_of).cloned().collect::<Vec<_>>()).into()
    }

    /// A block of the open tab, with its marks. It is set only if it is different: a change wakes
    /// only the blocks that it alters.
    pub fn code(self, key: BlockKey) -> ReadSignal<Option<Code>> {
        let baseline = self.baseline_output.get_untracked();
        let rendering = self.rendering.get_untracked();
        let highlighted = self.highlighted.get_untracked();
        let baseline = baseline.as_ref().map(|baseline| &baseline.1);
        let code = RwSignal::new(rendering.code(key, baseline, highlighted));
        self.codes.update_value(|codes| codes.push((key, code)));
        on_cleanup(move || {
            // The page may be gone already.
            let _ = self.codes.try_update_value(|codes| codes.retain(|(_, other)| *other != code));
        });
        code.read_only()
    }

    /// Keeps the blocks of [`Model::code`] as the output is.
    pub fn follow_output(self) {
        effect(move || {
            let (baseline, highlighted) = (self.baseline_output.get(), self.highlighted.get());
            let baseline = baseline.as_ref().map(|baseline| &baseline.1);
            let rendering = self.rendering.read();
            for (key, code) in self.codes.get_value() {
                let new = rendering.code(key, baseline, highlighted);
                if code.try_with_untracked(|code| *code != new) == Some(true) {
                    code.set(new);
                }
            }
        });
    }

    /// The number of differences from the scenario that the output is compared with, and the titles
    /// of the steps that only that one has.
    pub fn differences(self) -> Option<(usize, Vec<String>)> {
        let baseline = self.baseline_output.get()?;
        let (other, blocks) = baseline.as_ref();
        let here = &self.planned.read().plan.steps;
        let is_only_there = |step: &&Step| here.iter().all(|here| here.id != step.id);
        let only_there = other.plan.steps.iter().filter(is_only_there);
        let titles = only_there.map(|step| step.title.to_string()).collect();
        Some((self.rendering.read().count_differences(blocks), titles))
    }

    /// The link of the current choices: a fragment with its `#`.
    pub fn fragment(self) -> String {
        self.choices.with_untracked(link::fragment)
    }

    // --- Changes ---

    /// Changes a text while it is typed. The address follows without a history entry.
    pub fn type_text(self, field: TextField, text: String) {
        self.change(|choices| choices.set_text(field, text));
        let was_writing =
            self.inner.try_update_value(|inner| std::mem::replace(&mut inner.is_writing, true));
        if was_writing == Some(false) {
            browser::after(WRITE_AFTER, move || {
                self.inner.update_value(|inner| inner.is_writing = false);
                address::write(&self.fragment(), false);
            });
        }
    }

    /// Changes the choices, with a history entry.
    pub fn choose(self, change: impl FnOnce(&mut Choices)) {
        self.change(change);
        self.commit();
    }

    /// Chooses a value of a closed list.
    pub fn select(self, field: SelectField, word: &str) {
        self.choose(|choices| _ = choices.select.set_word(field, word));
    }

    fn change(self, change: impl FnOnce(&mut Choices)) {
        let before = self.choices.get_untracked();
        let mut choices = before.clone();
        change(&mut choices);
        self.in_frame(|frame| frame.restore(&before, &mut choices));
        self.set(choices, Vec::new());
        self.before_reset.set(None);
        self.check_baseline();
    }

    /// Sets the choices, and what follows from them. What is as it was is not set: nothing that only
    /// depends on that is woken.
    pub(crate) fn set(self, choices: Choices, problems: Vec<String>) {
        let Setters { shape, choices: set_choices, problems: set_problems, planned, findings } =
            self.setters;
        let outcome = Planned::with_problems(&choices, problems.clone());
        let new_shape = choices.without_texts();
        if *self.shape.read_untracked() != new_shape {
            shape.set(new_shape);
        }
        if *self.problems.read_untracked() != problems {
            set_problems.set(problems);
        }
        if *self.all_findings.read_untracked() != outcome.findings {
            findings.set(outcome.findings.clone());
        }
        for (field, text) in self.texts.read_value().iter() {
            if *text.read_untracked() != choices.text(*field) {
                text.set(choices.text(*field).to_owned());
            }
        }
        set_choices.set(choices);
        planned.set(Arc::new(outcome));
    }

    /// Replaces the choices without regard to locks and without marking them as a change of the
    /// user's: from the history, or by the embedding page.
    fn replace(self, choices: Choices, problems: Vec<String>) {
        self.editing.set(None);
        self.set(choices, problems);
        self.before_reset.set(None);
        self.check_baseline();
    }

    fn clear_problems(self) {
        if !self.problems.read_untracked().is_empty() {
            self.set(self.choices.get_untracked(), Vec::new());
        }
    }

    /// Ends a comparison with a scenario of another task, which means nothing.
    fn check_baseline(self) {
        let is_other = |preset: Preset| !preset.is_for(self.choices.read_untracked().select.task);
        if self.baseline.get_untracked().is_some_and(is_other) {
            self.baseline.set(None);
        }
    }

    /// Resets everything but the shell. Until the next change that can be undone.
    pub fn reset(self) {
        let before = self.choices.get_untracked();
        let mut blank = Choices::default();
        blank.select.shell = before.select.shell;
        if before != blank {
            self.choose(|choices| *choices = blank);
            self.before_reset.set(Some(before));
        }
    }

    /// Undoes the reset.
    pub fn undo_reset(self) {
        if let Some(before) = self.before_reset.get_untracked() {
            self.choose(|choices| *choices = before);
        }
    }

    /// Chooses what a link says, with a history entry.
    pub fn open_link(self, fragment: &str) {
        let (choices, problems) = self.parse(fragment);
        self.choose(|chosen| *chosen = choices);
        self.set(self.choices.get_untracked(), problems);
    }

    /// Takes over choices from the embedding page: a link with some of the fields. It may change
    /// locked fields too.
    pub fn follow_embedder(self, some: &str) {
        let link::Parsed { choices, problems } =
            link::merge(Some(&self.choices.get_untracked()), some);
        self.replace(choices, problems.into_iter().map(|problem| problem.message).collect());
        self.commit();
    }

    /// Follows Back, Forward and an edited address.
    pub fn follow_history(self) {
        let fragment = address::fragment();
        if fragment != self.fragment() {
            let (choices, problems) = self.parse(&fragment);
            self.replace(choices, problems);
        }
        self.inner.update_value(|inner| inner.committed = fragment);
    }

    /// Accepts the parts of the link that were understood.
    pub fn accept_link(self) {
        self.clear_problems();
        let fragment = self.fragment();
        address::write(&fragment, false);
        self.inner.update_value(|inner| inner.committed = fragment);
    }

    /// Returns the choices of a fragment and messages about what was not understood. An empty
    /// fragment means what the page came with.
    fn parse(self, fragment: &str) -> (Choices, Vec<String>) {
        if fragment.is_empty() {
            return (self.inner.with_value(|inner| inner.given.clone()), Vec::new());
        }
        let link::Parsed { choices, problems } = link::parse(fragment);
        (choices, problems.into_iter().map(|problem| problem.message).collect())
    }

    /// Makes the change since the last history entry an entry of its own.
    pub fn commit(self) {
        let now = self.fragment();
        let before = self.inner.with_value(|inner| inner.committed.clone());
        if self.parse(&before).0 == *self.choices.read_untracked() {
            return;
        }
        // In a frame, Back belongs to the embedding page.
        if self.is_framed() {
            address::write(&now, false);
        } else {
            address::write(&before, false);
            address::write(&now, true);
        }
        self.inner.update_value(|inner| inner.committed = now);
    }

    // --- Editing ---

    /// A field was focused. Unless an error is shown for it, it can be edited undisturbed.
    pub fn start_editing(self, field: Field) {
        let has_error = self.findings.with_untracked(|findings| {
            findings
                .iter()
                .any(|finding| finding.field == Some(field) && finding.severity == Severity::Error)
        });
        self.editing.set(match field {
            Field::Text(text) if !has_error => Some(text),
            _ => None,
        });
        self.highlighted.set(Some(field));
    }

    /// A text field was left.
    pub fn stop_editing(self) {
        // A message that appears next to the field would move what is being clicked: then it waits
        // until the button is released.
        if !self.inner.with_value(|inner| inner.is_pressed) {
            self.editing.set(None);
        }
        self.commit();
    }

    /// The button of the mouse is up again. If the field is not focused any more, it is not being
    /// edited any more.
    pub fn stop_editing_elsewhere(self) {
        let is_left = |field: TextField| !browser::focus::is_focused_by_name(field.key());
        if self.editing.get_untracked().is_some_and(is_left) {
            self.editing.set(None);
        }
    }

    /// A button of the mouse, or a finger, is down, or up again.
    pub fn set_pressed(self, is_pressed: bool) {
        self.inner.update_value(|inner| inner.is_pressed = is_pressed);
    }

    // --- Embedding ---

    /// Whether the page is in a frame of another page.
    pub fn is_framed(self) -> bool {
        self.inner.with_value(|inner| inner.frame.is_some())
    }

    /// Asks the instructions of the embedding page; `None` if there is none.
    pub fn in_frame<T>(self, ask: impl FnOnce(&Frame) -> T) -> Option<T> {
        self.inner.with_value(|inner| inner.frame.as_ref().map(ask))
    }

    // --- Messages ---

    /// Says something in the live region next to the output.
    pub fn say(self, message: impl Into<String>) {
        say_in(self.said, message);
    }

    /// Asks a field's component to take the focus.
    pub fn focus(self, field: Field) {
        self.focus_request.set(None);
        self.focus_request.set(Some(field));
    }

    /// Asks a scenario's component to take the focus.
    pub fn focus_scenario(self, preset: Preset) {
        self.scenario_focus_request.set(Some(preset));
    }

    /// Whether a text may be exported.
    ///
    /// # Errors
    ///
    /// The first time that a text has placeholders, and the first time that one has errors: warn
    /// the user, who may ask again.
    pub fn may_export(self, has_placeholders: bool, is_blocked: bool) -> Result<(), Unfinished> {
        let unfinished = match (has_placeholders, is_blocked) {
            (false, false) => return Ok(()),
            (true, _) => Unfinished::HasPlaceholders,
            (false, true) => Unfinished::HasErrors,
        };
        let index = usize::from(unfinished == Unfinished::HasErrors);
        let was_warned =
            self.inner.try_update_value(|inner| std::mem::replace(&mut inner.warned[index], true));
        if was_warned == Some(true) { Ok(()) } else { Err(unfinished) }
    }
}

/// Why a text is not exported at the first request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It has placeholders.
    HasPlaceholders,
    /// An error keeps it from starting.
    HasErrors,
}

/// Says something in a live region, even if it said the same before.
pub fn say_in(region: RwSignal<String>, message: impl Into<String>) {
    let message = message.into();
    region.set(String::new());
    browser::after(SAY_AFTER, move || _ = region.try_set(message));
}

/// The dialogs: which of them are open.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// The three questions.
    pub guide: RwSignal<bool>,
    /// The page of a rule, by its id.
    pub rule: RwSignal<Option<&'static str>>,
    /// The link to the choices.
    pub share: RwSignal<bool>,
    /// The HTML that embeds the page.
    pub embed: RwSignal<bool>,
    /// The configurations kept on this device.
    pub saved: RwSignal<bool>,
    /// The checker of pasted commands.
    pub checker: RwSignal<bool>,
    /// The choices that were imported from pasted commands last.
    pub imported: RwSignal<Option<Choices>>,
    /// The protected-settings file.
    pub settings_file: RwSignal<bool>,
}

impl Dialogs {
    /// Creates the signals: every dialog is closed.
    pub fn new() -> Self {
        let closed = || RwSignal::new(false);
        Self {
            guide: closed(),
            rule: RwSignal::new(None),
            share: closed(),
            embed: closed(),
            saved: closed(),
            checker: closed(),
            imported: RwSignal::new(None),
            settings_file: closed(),
        }
    }

    /// The dialogs of this page.
    pub fn get() -> Self {
        expect_context()
    }
}

impl Default for Dialogs {
    fn default() -> Self {
        Self::new()
    }
}
