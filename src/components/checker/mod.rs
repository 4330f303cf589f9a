//! "Check commands you have": pasted text, its findings, its corrected version, and the choices that
//! it deploys.
//!
//! The worker checks the text, so that a large one never blocks typing. The dialog keeps the text
//! when it is closed. Pasted text can be hostile: it is only ever shown as text, and the rest of the
//! page gets none of it but the choices that the user imports.

mod corrected;
mod findings;
mod imports;

use super::dialog::{CLOSE, contain_events, follow, on_change};
use super::findings::words;
use crate::browser::worker::{Answer, Worker, WorkerError};
use crate::browser::{self, File, FileList, JsCast, JsString, JsValue, text_area};
use crate::messages::{CheckReport, Import, Request, Response, TextFinding, TextFormat};
use crate::model::{Dialogs, Model};
use crate::view::{dynamic, flag, maybe, memo, on, text};
use configurator_core::link;
use configurator_core::rules::Severity;
use leptos::ev::{DragEvent, Event};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// How long after the last letter the text is checked, in milliseconds.
const CHECK_AFTER: u32 = 250;
/// How long a check of an older text may go on before it is given up, in milliseconds.
const GIVE_UP_AFTER: u32 = 500;
/// How long a check takes before the dialog says that it is going on, in milliseconds.
const SLOW_AFTER: u32 = 700;
/// The most entries of a list that are shown at first.
const FIRST: usize = 100;

const TITLE: &str = "Check commands you have";
const LEAD: &str = "Paste commands, a script, a Markdown page with code blocks, or a \
                    protected-settings file. What is wrong is shown with line and column, next to \
                    a corrected version.";
const PROMISE: &str = "The text stays in this page's memory: it is never run, sent or stored. Only \
                       choices, which hold no secrets, can be taken into the form.";
const LABEL: &str = "Your text";
const FORMAT: &str = "What it is";
const RECOGNIZE: &str = "Recognize it";
const FILE: &str = "Or a file";
const DROP: &str = "Or drop a file, or text, anywhere here.";
const CLEAR: &str = "Clear";
const BACK: &str = "Back to the text before";
const CHECKING: &str = "Checking …";
const NOTHING_WRONG: &str = "Nothing wrong was found.";
const COPIED: &str = "Copied.";
const NOT_COPIED: &str = "Your browser does not allow copying here. Choose \"Use the corrected \
                          text\", and copy it from the field.";
const USED: &str = "The corrected text stands in the field.";
const BROUGHT_BACK: &str = "The text before stands in the field again.";
const CLEARED: &str = "Cleared.";
const IMPORTED: &str = "Taken into the form. Back in your browser undoes it.";
const BROKEN: &str = "This text could not be read; that is a mistake of this page. The text is \
                      kept: try a part of it, and please report the problem.";
const UNAVAILABLE: &str = "That part of the page could not be loaded. Is the network there?";
const ONE_FILE: &str = "One file at a time: drop only one.";
const NO_TEXT: &str = "There is no text in what was dropped. Paste it instead.";

/// The name of a format in the list.
const fn format_name(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Bash => "bash",
        TextFormat::PowerShell => "PowerShell",
        TextFormat::Markdown => "Markdown page",
        TextFormat::Settings => "Protected settings (JSON)",
    }
}

/// The format that a text was read as, recognized or chosen.
const fn read_as(format: TextFormat) -> &'static str {
    match format {
        TextFormat::Bash => "Read as bash.",
        TextFormat::PowerShell => "Read as PowerShell.",
        TextFormat::Markdown => "Read as a Markdown page: its code blocks.",
        TextFormat::Settings => "Read as protected settings.",
    }
}

/// The message below the buttons.
#[derive(Clone, Debug, Default, PartialEq)]
enum Message {
    #[default]
    None,
    /// What was done.
    Done(&'static str),
    /// What could not be done.
    Refused(String),
}

/// The signals of the dialog. A handle: copying it copies no data.
#[derive(Clone, Copy)]
struct Checker {
    report: RwSignal<Option<Arc<CheckReport>>>,
    message: RwSignal<Message>,
    /// Whether a check takes long.
    is_slow: RwSignal<bool>,
    /// Whether there is a text before the current one.
    has_before: RwSignal<bool>,
    /// Whether all entries of the lists are shown.
    shows_all: RwSignal<bool>,
    /// Whether the notes are unfolded.
    shows_notes: RwSignal<bool>,
    /// The format that the user chose; `None` to recognize it.
    format: RwSignal<Option<TextFormat>>,
    /// Whether something is dragged over the dialog.
    is_dragged: RwSignal<bool>,
    area: NodeRef<html::Textarea>,
    file: NodeRef<html::Input>,
    inner: StoredValue<Inner, LocalStorage>,
}

/// State that the dialog does not show.
#[derive(Default)]
struct Inner {
    worker: Option<Worker>,
    /// The text, with the line ends of its file.
    text: JsValue,
    /// The text before it was replaced.
    before: Option<JsValue>,
    /// The format that the name of the file implies.
    implied: Option<TextFormat>,
    /// Whether the next text in the text area is pasted or dropped.
    is_pasted: bool,
    /// Whether the report is about another text.
    is_outdated: bool,
    /// The check that waits until the user stops typing.
    soon: Option<crate::browser::Timer>,
    /// The request that the worker is checking a text for.
    running: Option<u32>,
    /// The request whose report will be shown; `None` if the text changed since.
    expected: Option<u32>,
    /// The check of a newer text that waits for the running one; when time is up, that one ends.
    next: Option<crate::browser::Timer>,
    /// The request that the worker is reading a file for.
    reading: Option<u32>,
}

impl Inner {
    /// Forgets what the worker was doing, and ends it.
    fn stop(&mut self) {
        *self = Self {
            text: std::mem::take(&mut self.text),
            before: self.before.take(),
            implied: self.implied,
            is_pasted: self.is_pasted,
            is_outdated: self.is_outdated,
            ..Self::default()
        };
    }

    fn source(&self) -> JsString {
        self.text.dyn_ref::<JsString>().cloned().unwrap_or_else(text_area::empty)
    }
}

impl Checker {
    fn new() -> Self {
        Self {
            report: RwSignal::new(None),
            message: RwSignal::new(Message::None),
            is_slow: RwSignal::new(false),
            has_before: RwSignal::new(false),
            shows_all: RwSignal::new(false),
            shows_notes: RwSignal::new(false),
            format: RwSignal::new(None),
            is_dragged: RwSignal::new(false),
            area: NodeRef::new(),
            file: NodeRef::new(),
            inner: StoredValue::new_local(Inner::default()),
        }
    }

    fn update<T>(self, change: impl FnOnce(&mut Inner) -> T) -> Option<T> {
        self.inner.try_update_value(change)
    }

    fn say(self, message: &'static str) {
        self.message.set(Message::Done(message));
    }

    fn refuse(self, message: impl Into<String>) {
        self.message.set(Message::Refused(message.into()));
    }

    /// Refuses a file. It can be chosen again then: browsers do not report the choice of a file that
    /// is chosen already.
    fn refuse_file(self, message: String) {
        self.forget_file();
        self.refuse(message);
    }

    fn forget_file(self) {
        if let Some(input) = self.file.get_untracked() {
            text_area::forget_file(&input);
        }
    }

    // --- Opening and closing ---

    /// Starts the worker, and checks the text if that did not finish before.
    fn open(self) {
        self.send(|_| None);
        if self.update(|inner| inner.is_outdated) == Some(true) {
            self.check();
        }
    }

    /// Ends the worker. The text stays.
    fn close(self) {
        self.update(Inner::stop);
        self.is_slow.set(false);
    }

    /// Starts the worker if there is none, and sends it a request.
    fn send(self, request: impl FnOnce(&mut Inner) -> Option<(Request, JsValue)>) -> Option<u32> {
        self.update(|inner| {
            let request = request(inner);
            let worker = inner
                .worker
                .get_or_insert_with(|| Worker::start(move |event| self.on_event(event)));
            request.map(|(request, attachment)| worker.send(&request, &attachment))
        })
        .flatten()
    }

    fn on_event(self, event: Result<Answer, WorkerError>) {
        match event {
            Ok(Answer { id, response: Response::TextChecked(report), .. }) => {
                self.on_report(id, report);
            }
            Ok(Answer { id, response, attachment }) => self.on_file(id, response, attachment),
            Err(error) => self.on_error(error),
        }
    }

    // --- Checking ---

    /// The user typed, pasted or dropped something into the text area.
    fn on_input(self) {
        let Some(area) = self.area.get_untracked() else { return };
        let text = text_area::value(&area);
        let is_empty = text.length() == 0;
        let is_pasted = self.update(|inner| {
            inner.text = text.into();
            inner.is_outdated = true;
            // The file that is being read would replace the text.
            inner.reading = None;
            let is_pasted = std::mem::take(&mut inner.is_pasted);
            if is_pasted || is_empty {
                inner.implied = None;
            }
            inner.soon = None;
            is_pasted
        });
        self.message.set(Message::None);
        if is_pasted == Some(true) || is_empty {
            self.check();
        } else {
            self.update(|inner| {
                inner.soon = Some(crate::browser::Timer::new(CHECK_AFTER, move || self.check()));
            });
        }
    }

    /// Checks the text. If the worker is still checking an older one, gives it some time to finish.
    fn check(self) {
        self.shows_all.set(false);
        let (is_blank, is_running, is_waiting) = self
            .update(|inner| {
                inner.soon = None;
                inner.expected = None;
                inner.is_outdated = true;
                let is_blank = text_area::is_blank(&inner.source());
                (is_blank, inner.running.is_some(), inner.next.is_some())
            })
            .unwrap_or_default();
        match (is_blank, is_running, is_waiting) {
            (true, ..) => {
                self.update(|inner| inner.next = None);
                self.show(None);
            }
            (false, true, true) => {}
            (false, true, false) => {
                let give_up = move || {
                    self.update(Inner::stop);
                    self.send_text();
                };
                self.update(|inner| {
                    inner.next = Some(crate::browser::Timer::new(GIVE_UP_AFTER, give_up))
                });
            }
            (false, false, _) => self.send_text(),
        }
    }

    fn send_text(self) {
        let chosen = self.format.get_untracked();
        let id = self.send(|inner| {
            let request = Request::CheckText { format: chosen.or(inner.implied) };
            Some((request, inner.text.clone()))
        });
        self.update(|inner| {
            inner.running = id;
            inner.expected = id;
            inner.next = None;
        });
        let is_running = move || self.update(|inner| inner.running == id) == Some(true);
        browser::after(SLOW_AFTER, move || {
            if id.is_some() && is_running() {
                self.is_slow.set(true);
            }
        });
    }

    fn on_report(self, id: u32, report: CheckReport) {
        let (is_awaited, is_expected) = self
            .update(|inner| {
                if inner.running == Some(id) {
                    inner.running = None;
                }
                (inner.next.is_some(), inner.expected == Some(id) && inner.soon.is_none())
            })
            .unwrap_or_default();
        if is_awaited {
            self.send_text();
        } else if is_expected {
            self.show(Some(report));
        }
    }

    fn show(self, report: Option<CheckReport>) {
        self.update(|inner| inner.is_outdated = false);
        self.is_slow.set(false);
        self.report.set(report.map(Arc::new));
    }

    fn on_error(self, error: WorkerError) {
        let was_working = self.update(|inner| {
            let was_working = (inner.running.is_some(), inner.next.is_some());
            inner.stop();
            was_working
        });
        match (error, was_working) {
            // It was an older text.
            (WorkerError::Stopped, Some((_, true))) => self.send_text(),
            (WorkerError::Stopped, _) => {
                self.show(None);
                self.refuse(BROKEN);
            }
            (WorkerError::Unavailable, was_working) => {
                if was_working.is_some_and(|(is_running, _)| is_running) {
                    self.show(None);
                    // The next time that the dialog is opened.
                    self.update(|inner| inner.is_outdated = true);
                }
                self.refuse(UNAVAILABLE);
            }
        }
    }

    // --- Replacing the text ---

    /// Replaces the text, and checks it. If `is_kept`, the text before can be brought back.
    fn replace(self, text: JsString, implied: Option<TextFormat>, is_kept: bool) {
        let Some(area) = self.area.get_untracked() else { return };
        let before = self.update(|inner| inner.source()).unwrap_or_else(text_area::empty);
        let is_kept = is_kept && before.length() > 0 && before != text;
        self.has_before.set(is_kept);
        text_area::replace(&area, &text);
        self.update(|inner| {
            inner.text = text.into();
            inner.before = is_kept.then(|| before.into());
            inner.implied = implied;
            inner.reading = None;
        });
        self.check();
    }

    fn use_corrected(self) {
        let corrected = self.report.with_untracked(|report| {
            report.as_ref()?.corrected.as_ref().map(|corrected| corrected.text.as_str().into())
        });
        if let Some(corrected) = corrected {
            let implied = self.update(|inner| inner.implied).flatten();
            self.replace(corrected, implied, true);
            self.say(USED);
        }
    }

    fn clear(self) {
        self.forget_file();
        self.replace(text_area::empty(), None, true);
        self.say(CLEARED);
    }

    fn go_back(self) {
        let before = self.update(|inner| {
            let before = inner.before.take()?.dyn_into().ok()?;
            Some((before, inner.implied))
        });
        if let Some((before, implied)) = before.flatten() {
            self.replace(before, implied, false);
            self.say(BROUGHT_BACK);
        }
    }

    fn copy(self) {
        let corrected = self.report.with_untracked(|report| {
            report.as_ref()?.corrected.as_ref().map(|corrected| corrected.text.clone())
        });
        let Some(corrected) = corrected else { return };
        leptos::task::spawn_local(async move {
            match browser::clipboard::copy(&corrected, None).await {
                browser::clipboard::Copied::Copied => self.say(COPIED),
                _ => self.say(NOT_COPIED),
            }
        });
    }

    // --- Files ---

    fn on_file_choice(self) {
        let input = self.file.get_untracked();
        if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
            self.read_file(file);
        }
    }

    /// Has the worker read a file. A check of the text that the file will replace is not needed.
    fn read_file(self, file: File) {
        self.update(|inner| {
            if inner.running.is_some() {
                inner.stop();
            }
        });
        let id = self.send(|_| Some((Request::ReadTextFile, file.into())));
        self.update(|inner| inner.reading = id);
    }

    /// The worker has read a file. It replaces the text unless that was changed meanwhile.
    fn on_file(self, id: u32, response: Response, attachment: JsValue) {
        if self.update(|inner| inner.reading == Some(id)) != Some(true) {
            return;
        }
        match response {
            Response::TextFileRead { format } => {
                self.message.set(Message::None);
                if let Ok(text) = attachment.dyn_into() {
                    self.replace(text, format, true);
                }
            }
            Response::TextFileRefused { message } => self.refuse_file(message),
            _ => self.refuse(BROKEN),
        }
    }

    /// Something is dragged over the dialog, or dropped on it. A file would replace the page.
    fn on_drag(self, event: &DragEvent) {
        let kind = event.type_();
        self.is_dragged.set(kind == "dragenter" || kind == "dragover");
        let has_files = text_area::has_files(event);
        let area = self.area.get_untracked();
        let is_in_area = browser::target::<browser::HtmlTextAreaElement>(event) == area;
        if !has_files && is_in_area {
            // The browser inserts text there.
            self.update(|inner| inner.is_pasted |= kind == "drop");
            return;
        }
        event.prevent_default();
        let Some(transfer) = event.data_transfer() else { return };
        transfer.set_drop_effect("copy");
        if kind != "drop" {
            return;
        }
        match transfer.files().filter(|_| has_files) {
            Some(files) => self.drop_files(&files),
            None => {
                let text = text_area::dropped_text(&transfer);
                if text.length() == 0 {
                    self.refuse(NO_TEXT);
                } else {
                    self.replace(text, None, true);
                }
            }
        }
    }

    fn drop_files(self, files: &FileList) {
        match files.get(0).filter(|_| files.length() == 1) {
            Some(file) => {
                if let Some(input) = self.file.get_untracked() {
                    // So that the input shows its name.
                    input.set_files(Some(files));
                }
                self.read_file(file);
            }
            None => self.refuse(if files.length() == 0 { NO_TEXT } else { ONE_FILE }),
        }
    }

    // --- Findings and choices ---

    /// Selects the place of a finding in the text.
    fn go_to(self, finding: &TextFinding) {
        if let Some(area) = self.area.get_untracked() {
            text_area::select(&area, finding.start, finding.end, finding.line, finding.column);
        }
    }

    /// Shows all entries. The focus goes to the first new one, see [`findings`], or to the text.
    fn show_all(self) {
        if let Some(area) = self.area.get_untracked() {
            browser::focus::focus(&area);
        }
        self.shows_all.set(true);
    }

    /// Imports choices into the form, as a link would.
    fn import(self, import: &Import, model: Model, dialogs: Dialogs) {
        let mut choices = link::parse(&import.fragment).choices;
        if !import.has_shell {
            choices.select.shell = model.choices.read_untracked().select.shell;
        }
        dialogs.checker.set(false);
        model.open_link(&link::fragment(&choices));
        dialogs.imported.set(Some(model.choices.get_untracked()));
    }
}

/// The number of findings, and how many of them can be corrected, in a sentence.
fn status(report: &CheckReport) -> String {
    let of = |severity: Severity| {
        report.findings.iter().filter(|finding| finding.severity == severity).count()
    };
    let counts: Vec<String> = [
        counted(of(Severity::Error), "error"),
        counted(of(Severity::Warning), "warning"),
        counted(of(Severity::Info), "note"),
        (report.more > 0).then(|| format!("{} more", report.more)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if counts.is_empty() {
        return NOTHING_WRONG.to_owned();
    }
    let all = report.findings.len() + report.more;
    let can_be_corrected =
        report.findings.iter().filter(|finding| !finding.changes.is_empty()).count();
    let corrections = match can_be_corrected {
        0 => "None can be corrected for certain.".to_owned(),
        count if count == all && all == 1 => "It can be corrected.".to_owned(),
        count if count == all => "All can be corrected.".to_owned(),
        count => format!("{count} can be corrected."),
    };
    format!("{}. {corrections}", counts.join(", "))
}

/// A number of things; `None` if there are none.
fn counted(count: usize, thing: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {thing}")),
        count => Some(format!("{count} {thing}s")),
    }
}

/// The button that shows all entries of a list.
fn show_all_button(checker: Checker, count: usize) -> AnyView {
    view! {
        <p>
            <button
                class="link"
                type="button"
                on:click=on(move |_| checker.show_all())
            >
                {format!("Show all {count}")}
            </button>
        </p>
    }
    .into_any()
}

/// The message next to the button that opens the checker: whether the choices are those that were
/// imported.
#[component]
pub fn ImportMessage() -> impl IntoView {
    let (model, dialogs) = (Model::get(), Dialogs::get());
    let message = text(move || {
        let imported = dialogs.imported.read();
        let is_current =
            imported.as_ref().is_some_and(|imported| *imported == *model.choices.read());
        if is_current { IMPORTED.to_owned() } else { String::new() }
    });
    view! { <span class="said" id="check-said" role="status">{message}</span> }.into_any()
}

/// The dialog that checks pasted commands.
#[component]
pub fn CheckerDialog(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let checker = Checker::new();
    let dialog = NodeRef::new();
    // The content is built when the dialog is opened for the first time, and before it is shown: its
    // text area gets the focus.
    let is_built = RwSignal::new(false);
    let is_shown = on_change(open, move |is_open| {
        if is_open {
            is_built.set(true);
            checker.open();
        } else {
            checker.close();
        }
    });
    follow(dialog, is_shown);
    contain_events(dialog);
    let is_built = memo(move || is_built.get());
    let content = dynamic(move || maybe(is_built.get().then_some(()), |()| content(checker, open)));
    let drag = move |event: DragEvent| checker.on_drag(&event);
    view! {
        <dialog
            id="reader"
            aria-labelledby="reader-title"
            data-over=flag_attribute(checker.is_dragged)
            node_ref=dialog
            on:close=on(move |_| open.set(false))
            on:dragenter=drag
            on:dragover=drag
            on:dragleave=drag
            on:drop=drag
        >
            <div id="reader-content">{content}</div>
        </dialog>
    }
    .into_any()
}

fn content(checker: Checker, open: RwSignal<bool>) -> AnyView {
    let close = move || {
        let close = move |_| open.set(false);
        view! {
            <button class="button" type="button" on:click=close>{CLOSE}</button>
        }
        .into_any()
    };
    view! {
        <div class="reader-top">
            <h2 id="reader-title">{TITLE}</h2>
            {close()}
        </div>
        <p class="lead">{LEAD}</p>
        <p class="lead">{PROMISE}</p>
        <div class="reader-columns">
            <div class="reader-column">{input(checker)} {findings::view(checker)}</div>
            <div class="reader-column">{corrected::view(checker)} {imports::view(checker)}</div>
        </div>
        // Again at the end, where a phone shows it.
        <div class="buttons">{close()}</div>
    }
    .into_any()
}

/// An attribute without a value, while a flag is set.
fn flag_attribute(is: RwSignal<bool>) -> Signal<Option<&'static str>> {
    memo(move || is.get().then_some("")).into()
}

/// The text area with its status, the format, the file, and the message.
fn input(checker: Checker) -> AnyView {
    let status = text(move || match (checker.is_slow.get(), &*checker.report.read()) {
        (true, _) => CHECKING.to_owned(),
        (false, Some(report)) => status(report),
        (false, None) => String::new(),
    });
    let read_as = text(move || {
        checker
            .report
            .read()
            .as_ref()
            .map(|report| read_as(report.format))
            .unwrap_or_default()
            .to_owned()
    });
    let options = crate::view::list(TextFormat::ALL, |format| {
        view! { <option value=format.word()>{format_name(format)}</option> }.into_any()
    });
    let choose_format = move |event: Event| {
        let select = browser::target::<browser::HtmlSelectElement>(&event);
        let word = select.map(|select| select.value()).unwrap_or_default();
        checker.format.set(TextFormat::from_word(&word));
        checker.check();
    };
    let message = dynamic(move || match checker.message.get() {
        Message::None => ().into_any(),
        Message::Done(message) => view! { <p class="said">{message}</p> }.into_any(),
        Message::Refused(message) => view! {
            <p class="message error">
                <span class="visually-hidden">{words(Severity::Error)} ": "</span>
                {message}
            </p>
        }
        .into_any(),
    });
    // The macro does not know this attribute.
    let autocorrect_off = leptos::attr::custom::custom_attribute("autocorrect", "off");
    view! {
        <label for="reader-text">{LABEL}</label>
        <textarea
            id="reader-text"
            rows="12"
            wrap="off"
            autocomplete="off"
            {..autocorrect_off}
            autocapitalize="off"
            spellcheck="false"
            aria-describedby="reader-status"
            autofocus
            node_ref=checker.area
            on:paste=on(move |_| _ = checker.update(|inner| inner.is_pasted = true))
            on:input=on(move |_| checker.on_input())
        ></textarea>
        <p class="reader-status" id="reader-status" role="status">{status}</p>
        <div class="reader-row">
            <div>
                <label for="reader-form">{FORMAT}</label>
                <select
                    id="reader-form"
                    autocomplete="off"
                    aria-describedby="reader-taken-for"
                    on:change=choose_format
                >
                    <option value="">{RECOGNIZE}</option>
                    {options}
                </select>
            </div>
            <div class="reader-file">
                <label for="reader-file">{FILE}</label>
                <input
                    id="reader-file"
                    type="file"
                    accept=".sh,.bash,.ps1,.psm1,.md,.markdown,.mdx,.json,.txt,text/*"
                    aria-describedby="reader-drop"
                    node_ref=checker.file
                    on:change=on(move |_| checker.on_file_choice())
                />
            </div>
        </div>
        <p class="hint">
            <span id="reader-taken-for">{read_as}</span>
            " "
            <span id="reader-drop">{DROP}</span>
        </p>
        <div class="buttons">
            <button
                class="button"
                type="button"
                on:click=on(move |_| checker.clear())
            >
                {CLEAR}
            </button>
            <button
                class="button"
                id="reader-back"
                type="button"
                hidden=flag(move || !checker.has_before.get())
                on:click=on(move |_| checker.go_back())
            >
                {BACK}
            </button>
        </div>
        <div id="reader-said" role="status">{message}</div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::tasks::check::check;
    use crate::testing::to_html;

    const BROKEN: &str = "az acr connected-registry create --registry contoso --name edge01 \\ \n  \
                          --repository hello-world\n";

    /// The content of the dialog after a text was checked.
    fn checked(text: &str, format: Option<TextFormat>, shows_all: bool) -> String {
        to_html(Start::default(), || {
            let checker = Checker::new();
            checker.show(Some(check(text, format)));
            checker.shows_all.set(shows_all);
            content(checker, RwSignal::new(true))
        })
    }

    fn shown(message: Message) -> String {
        to_html(Start::default(), || {
            let checker = Checker::new();
            checker.message.set(message);
            content(checker, RwSignal::new(true))
        })
    }

    #[track_caller]
    fn assert_parts(html: &str, parts: &[&str]) {
        for part in parts {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn dialog_has_no_content_until_it_is_opened() {
        let html = to_html(Start::default(), || {
            view! { <CheckerDialog open=RwSignal::new(false)/> }.into_any()
        });
        assert_parts(&html, &["<dialog id=\"reader\" aria-labelledby=\"reader-title\""]);
        assert!(!html.contains("<textarea") && !html.contains("data-over"), "{html}");
    }

    #[test]
    fn empty_dialog_has_controls_and_no_findings() {
        let html = to_html(Start::default(), || content(Checker::new(), RwSignal::new(true)));
        assert_parts(
            &html,
            &[
                "<label for=\"reader-text\">Your text</label>",
                "autocorrect=\"off\"",
                "<p id=\"reader-status\" role=\"status\" class=\"reader-status\"> </p>",
                "<option value=\"\">Recognize it</option><option value=\"bash\">bash</option>",
                "<button id=\"reader-back\" type=\"button\" hidden",
                "<div id=\"reader-findings\"></div>",
                corrected::EMPTY,
                "<div id=\"reader-amounts\"></div>",
            ],
        );
    }

    #[test]
    fn finding_has_position_rule_correction_and_reason() {
        assert_parts(
            &checked(BROKEN, None, false),
            &[
                "1 error, ",
                "Read as bash.",
                "aria-label=\"1:67, go to line 1, column 67\" class=\"link\">1:67</button>",
                "<code class=\"rule-id\">blank-after-continuation</code>",
                "Correction: remove <del class=\"blank\"><code>␣</code></del>",
                "Source: ",
                "<details id=\"reader-notes\"><summary>3 notes</summary>",
                "<del data-gone=\"␣\" class=\"blank\"></del>",
                "<ins> \\\n  --yes</ins>",
                ">Copy corrected</button>",
            ],
        );
    }

    #[test]
    fn imports_have_lines_shell_and_names() {
        assert_parts(
            &checked(BROKEN, None, false),
            &[
                "lines 1 to 2, bash",
                "<dd><code>contoso</code></dd>",
                "<dd><code>edge01</code></dd>",
                "Take into the form",
            ],
        );
        assert_parts(
            &checked("hello", None, false),
            &["Nothing in it can be taken into the form."],
        );
    }

    #[test]
    fn pasted_text_is_never_html() {
        for hostile in [
            "<img src=x onerror=alert(1)>",
            "</textarea><script>alert(1)</script>",
            "\"><b onclick='x'>&lt;i>",
        ] {
            for format in [
                None,
                Some(TextFormat::PowerShell),
                Some(TextFormat::Markdown),
                Some(TextFormat::Settings),
            ] {
                for text in [
                    hostile.to_owned(),
                    format!(
                        "az acr connected-registry create --registry {hostile} --name '{hostile}' \
                         \\ \n --repository \"{hostile}\" --{hostile} x\n"
                    ),
                    format!(
                        "az acr {hostile}\naz k8s-extension create --config '{hostile}={hostile}' \
                         --config service.clusterIP={hostile}"
                    ),
                    format!(
                        "```bash\naz acr connected-registry create --name '{hostile}' --nmae \
                         {hostile}\n"
                    ),
                    format!("{{\"connectionString\": '{hostile}', \"{hostile}\": {hostile}}}"),
                ] {
                    let html = checked(&text, format, true).replacen("</textarea>", "", 1);
                    for part in ["<img", "<script", "</textarea", "<b ", "<i>"] {
                        assert!(!html.contains(part), "{part} of {text} is in {html}");
                    }
                }
            }
        }
    }

    #[test]
    fn long_lists_are_shown_in_part() {
        let text = "az acr connected-registry list --registry contoso --naem x\n".repeat(300);
        let count = |html: &str| html.matches("class=\"reader-finding ").count();
        let (some, all) = (checked(&text, None, false), checked(&text, None, true));
        assert_eq!((count(&some), count(&all)), (FIRST, 300));
        assert_parts(&some, &[">Show all 300</button>"]);
        assert!(!all.contains("Show all"));
        // The reason is the same for all.
        assert_eq!(all.matches("Source: ").count(), 1);
        let long = format!("{0}{BROKEN}{0}", "echo\n".repeat(2_000));
        let html = checked(&long, None, false);
        assert_parts(
            &html,
            &["<span class=\"reader-between\">… 1993 lines as they were …\n</span>"],
        );
        assert!(html.matches("echo").count() < 20);
    }

    #[test]
    fn messages_are_told_apart() {
        assert_parts(&shown(Message::Done(COPIED)), &["<p class=\"said\">Copied.</p>"]);
        let html = shown(Message::Refused("<x> is not text.".to_owned()));
        assert_parts(&html, &["<p class=\"message error\">", "Error: ", "&lt;x&gt; is not text."]);
    }

    #[test]
    fn status_counts_findings_and_corrections() {
        let status_of = |text: &str| status(&check(text, None));
        assert_eq!(status_of("echo hello\n"), NOTHING_WRONG);
        let error = "az acr connected-registry list --registry contoso --naem x\n";
        assert!(status_of(error).starts_with("1 error"), "{}", status_of(error));
        let many = status_of(&error.repeat(600));
        assert!(many.starts_with("500 errors, 100 more."), "{many}");
    }
}
