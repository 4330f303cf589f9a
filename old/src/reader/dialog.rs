//! The dialog at work. It has its own listeners, and no event of it goes on to the page: of what is
//! pasted, the page learns only the choices that somebody takes over, as it learns those of a link.

use super::{file, view};
use crate::text::reader as text;
use configurator_core::choices::Shell;
use configurator_core::link;
use configurator_lint::read::{Form, Reading, read};
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use js_sys::{Date, Function, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Clipboard, Document, DragEvent, Element, Event, File, FileList, HtmlDetailsElement,
    HtmlDialogElement, HtmlDocument, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, Window,
};

/// How long after the last letter the text is checked, in milliseconds; more where checking it
/// takes long.
const CHECK_AFTER: u32 = 250;

/// The longest text that is put in as if it were typed, so that the browser can undo it; with
/// longer ones that takes browsers seconds.
const LONGEST_TYPED: usize = 20_000;

/// There is always one: the page runs in no worker.
#[allow(clippy::expect_used)]
fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

#[allow(clippy::expect_used)]
fn document() -> Document {
    window().document().expect("a page has a document")
}

fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn element() -> Option<HtmlDialogElement> {
    by_id("reader")
}

fn area() -> Option<HtmlTextAreaElement> {
    by_id(view::AREA)
}

/// The dialog; the same one for whoever has it.
#[derive(Clone, Default)]
pub struct Dialog(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// The text: as in the field, but with the line ends of the file that it is from.
    text: String,
    /// What was read of it; `None` where it is empty.
    reading: Option<Reading>,
    /// What the file's name says that it is.
    named: Option<Form>,
    /// The text before it was replaced as a whole.
    before: Option<String>,
    /// Whether everything that was found is shown.
    is_all: bool,
    /// What is to be checked soon; gone where it is dropped.
    soon: Option<Timeout>,
    /// Whether what comes next into the field was pasted or dropped.
    is_pasted: bool,
    /// How long the last check took, in milliseconds.
    took: u32,
    /// How often a file was begun to be read: what was read for an earlier time comes too late.
    turn: u32,
    /// What was taken into the form last, as a link.
    imported: String,
    /// Reads the text, see [`Dialog::reader`].
    reader: Option<Function>,
    /// What is in the page, by the ids of the elements.
    painted: Vec<(&'static str, String)>,
}

impl Dialog {
    /// Opens it, as it was when it was closed.
    pub fn open(&self) {
        let Some(dialog) = element() else { return };
        if by_id::<Element>(view::AREA).is_none() {
            if let Some(content) = by_id::<Element>("reader-content") {
                content.set_inner_html(&view::dialog().into_string());
            }
            self.listen(&dialog);
            self.paint();
        }
        if !dialog.open() {
            let _not_in_the_page = dialog.show_modal();
        }
    }

    /// Once: the element stays.
    fn listen(&self, element: &HtmlDialogElement) {
        for kind in [
            "input",
            "change",
            "paste",
            "click",
            "dragenter",
            "dragover",
            "dragleave",
            "drop",
            "focusin",
            "focusout",
            "keydown",
            "keyup",
            "pointerover",
        ] {
            let dialog = self.clone();
            EventListener::new_with_options(
                element,
                kind,
                EventListenerOptions::enable_prevent_default(),
                move |event| {
                    event.stop_propagation();
                    dialog.on(kind, event);
                },
            )
            .forget();
        }
        let dialog = self.clone();
        // What is said to have been taken is not there any more, or again.
        EventListener::new(&window(), "popstate", move |_| {
            let imported = dialog.0.borrow().imported.clone();
            say_in_page(
                if !imported.is_empty()
                    && window().location().hash().is_ok_and(|hash| hash == imported)
                {
                    text::TAKEN
                } else {
                    ""
                },
            );
        })
        .forget();
    }

    fn on(&self, kind: &str, event: &Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        match kind {
            "paste" => self.0.borrow_mut().is_pasted = true,
            "input" if target.id() == view::AREA => self.on_input(),
            "change" => self.on_change(&target),
            "click" => self.on_click(&target),
            "dragenter" | "dragover" | "dragleave" | "drop" => {
                self.on_drag(kind, &target, event.unchecked_ref())
            }
            _ => {}
        }
    }

    fn on_input(&self) {
        let Some(area) = area() else { return };
        let mut state = self.0.borrow_mut();
        state.text = area.value();
        // What was read for a file would replace it.
        state.turn = state.turn.wrapping_add(1);
        if state.text.is_empty() {
            state.named = None;
        }
        let is_pasted = std::mem::take(&mut state.is_pasted);
        if is_pasted {
            // It may be something else than what the file was.
            state.named = None;
        }
        let at_once = is_pasted || state.text.is_empty();
        let after = CHECK_AFTER.max(state.took.saturating_mul(2));
        state.soon = None;
        if !at_once {
            let dialog = self.clone();
            state.soon = Some(Timeout::new(after, move || dialog.check()));
        }
        drop(state);
        say("");
        if at_once {
            self.check();
        }
    }

    /// Reads the text, and shows what was found.
    fn check(&self) {
        let began = Date::now();
        let reader = {
            let mut state = self.0.borrow_mut();
            state.soon = None;
            state.is_all = false;
            state.reading = None;
            state.reader.get_or_insert_with(|| self.reader()).clone()
        };
        let is_broken = reader.call0(&JsValue::NULL).is_err();
        self.paint();
        if is_broken {
            refuse(text::BROKEN);
        }
        self.0.borrow_mut().took = (Date::now() - began) as u32;
    }

    /// Reads the text. By way of JavaScript: should a text ever be too much for it, that is an
    /// exception there, and the dialog goes on with the text in it.
    fn reader(&self) -> Function {
        let dialog = self.clone();
        let reader: Closure<dyn Fn()> = Closure::new(move || {
            let form = by_id::<HtmlSelectElement>(view::FORM)
                .and_then(|select| view::form_of(&select.value()));
            let (text, form) = {
                let state = dialog.0.borrow();
                (state.text.clone(), form.or(state.named))
            };
            // Nothing is borrowed meanwhile.
            let reading = (!text.trim().is_empty()).then(|| read(&text, form));
            dialog.0.borrow_mut().reading = reading;
        });
        reader.into_js_value().unchecked_into()
    }

    /// Puts into the page what differs.
    fn paint(&self) {
        let mut state = self.0.borrow_mut();
        let State { text, reading, painted, is_all, before, .. } = &mut *state;
        let reading = reading.as_ref();
        let is_open = by_id::<HtmlDetailsElement>(view::NOTES).is_some_and(|notes| notes.open());
        let html = |make: &dyn Fn(&Reading) -> maud::Markup| {
            reading.map(|reading| make(reading).into_string()).unwrap_or_default()
        };
        let slots = [
            (view::TAKEN_FOR, html(&view::taken_for)),
            (view::STATUS, html(&view::status)),
            (view::FINDINGS, html(&|reading| view::findings(text, reading, *is_all, is_open))),
            (view::CORRECTED, view::corrected(text, reading).into_string()),
            (view::AMOUNTS, html(&|reading| view::amounts(text, reading, *is_all))),
        ];
        for (id, html) in slots {
            let same = painted.iter_mut().find(|(painted, _)| *painted == id);
            if same.as_ref().is_some_and(|(_, painted)| *painted == html) {
                continue;
            }
            if let Some(element) = by_id::<Element>(id) {
                element.set_inner_html(&html);
            }
            match same {
                Some((_, painted)) => *painted = html,
                None => painted.push((id, html)),
            }
        }
        if let Some(back) = by_id::<Element>(view::BACK) {
            let _never_fails = back.toggle_attribute_with_force("hidden", before.is_none());
        }
    }

    fn on_change(&self, target: &Element) {
        if target.id() == view::FORM {
            self.check();
        } else if let Some(file) = target
            .dyn_ref::<HtmlInputElement>()
            .and_then(HtmlInputElement::files)
            .and_then(|files| files.get(0))
        {
            self.read_file(&file);
        }
    }

    fn on_click(&self, target: &Element) {
        let Ok(Some(button)) = target.closest("[data-read]") else { return };
        let index = button
            .get_attribute("data-index")
            .and_then(|index| index.parse().ok())
            .unwrap_or_default();
        match button.get_attribute("data-read").unwrap_or_default().as_str() {
            "go" => self.go_to(index),
            "all" => self.show_all(&button),
            "copy" => self.copy(),
            "use" => {
                let corrected =
                    self.0.borrow().reading.as_ref().map(|reading| reading.corrected.clone());
                if let Some(corrected) = corrected {
                    self.replace(corrected, true);
                    say(text::USED);
                }
            }
            "take" => self.import(index),
            "clear" => {
                self.0.borrow_mut().named = None;
                if let Some(input) = by_id::<HtmlInputElement>(view::FILE) {
                    input.set_value("");
                }
                self.replace(String::new(), true);
                say(text::CLEARED);
            }
            "back" => {
                let before = self.0.borrow_mut().before.take();
                if let Some(before) = before {
                    self.replace(before, false);
                    say(text::BROUGHT_BACK);
                }
            }
            "close" => {
                if let Some(dialog) = element() {
                    dialog.close();
                }
            }
            _ => {}
        }
    }

    /// Selects what a finding is about.
    fn go_to(&self, index: usize) {
        let state = self.0.borrow();
        let Some(remark) = state.reading.as_ref().and_then(|reading| reading.remarks.get(index))
        else {
            return;
        };
        let (start, end) = view::selection(&state.text, remark.span);
        let (line, column) = (remark.finding.line.unwrap_or(1), remark.finding.column.unwrap_or(1));
        drop(state);
        if let Some(area) = area() {
            let _not_focusable = area.focus();
            let _never_fails = area.set_selection_range(start, end);
            bring_into_view(&area, line, column);
        }
    }

    fn show_all(&self, button: &Element) {
        let list =
            button.closest("[id]").ok().flatten().map(|around| around.id()).unwrap_or_default();
        self.0.borrow_mut().is_all = true;
        self.paint();
        // The button that had the focus is gone: on with the first entry that was not there.
        let next = document()
            .query_selector(&format!("#{list} li:nth-child({}) button", view::FIRST + 1))
            .ok()
            .flatten();
        if let Some(next) = next
            .and_then(|next| next.dyn_into::<HtmlElement>().ok())
            .or_else(|| area().map(Into::into))
        {
            let _not_focusable = next.focus();
        }
    }

    /// Puts another text into the field, and checks it; `is_kept` says whether the one before can
    /// be brought back.
    fn replace(&self, new: String, is_kept: bool) {
        let Some(area) = area() else { return };
        {
            let mut state = self.0.borrow_mut();
            let old = std::mem::take(&mut state.text);
            state.before = Some(old).filter(|old| is_kept && !old.is_empty() && *old != new);
            state.turn = state.turn.wrapping_add(1);
        }
        let _not_focusable = area.focus();
        area.select();
        // As if it were typed, for then the browser's own undo brings back what was there. It says
        // so by an event, which changes nothing here that lasts.
        let typed = new.len() <= LONGEST_TYPED
            && document()
                .unchecked_into::<HtmlDocument>()
                .exec_command_with_show_ui_and_value(
                    if new.is_empty() { "delete" } else { "insertText" },
                    false,
                    &new,
                )
                .unwrap_or(false);
        if !typed || area.value() != new.replace("\r\n", "\n") {
            area.set_value(&new);
        }
        let _never_fails = area.set_selection_range(0, 0);
        area.set_scroll_top(0);
        self.0.borrow_mut().text = new;
        self.check();
    }

    fn copy(&self) {
        let Some(corrected) =
            self.0.borrow().reading.as_ref().map(|reading| reading.corrected.clone())
        else {
            return;
        };
        // Not there outside a secure context; and calling it then would throw.
        let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
            .ok()
            .filter(JsValue::is_object);
        let Some(clipboard) =
            clipboard.and_then(|clipboard| clipboard.dyn_into::<Clipboard>().ok())
        else {
            return say(text::NOT_COPIED);
        };
        let written = clipboard.write_text(&corrected);
        spawn_local(async move {
            say(if JsFuture::from(written).await.is_ok() {
                text::COPIED
            } else {
                text::NOT_COPIED
            });
        });
    }

    /// Takes choices into the form, as a link would bring them: one entry in the history.
    fn import(&self, index: usize) {
        let fragment = {
            let state = self.0.borrow();
            let Some(imported) =
                state.reading.as_ref().and_then(|reading| reading.imported.get(index))
            else {
                return;
            };
            let mut choices = imported.choices.clone();
            choices.select.shell = imported.shell.unwrap_or_else(shell_of_page);
            link::fragment(&choices)
        };
        self.0.borrow_mut().imported.clone_from(&fragment);
        if let Some(dialog) = element() {
            dialog.close();
        }
        let _refused = window().location().set_hash(&fragment);
        say_in_page(text::TAKEN);
    }

    /// A file that is dropped anywhere would replace the page; text that is dropped into the field
    /// is the browser's business.
    fn on_drag(&self, kind: &str, target: &Element, event: &DragEvent) {
        let transfer = event.data_transfer();
        let has_files = transfer
            .as_ref()
            .is_some_and(|transfer| transfer.types().includes(&JsValue::from_str("Files"), 0));
        let is_over = kind == "dragenter" || kind == "dragover";
        if let Some(dialog) = element() {
            let _never_fails = dialog.toggle_attribute_with_force("data-over", is_over);
        }
        if !has_files && target.id() == view::AREA {
            self.0.borrow_mut().is_pasted |= kind == "drop";
            return;
        }
        event.prevent_default();
        let Some(transfer) = transfer else { return };
        transfer.set_drop_effect("copy");
        if kind != "drop" {
            return;
        }
        match transfer.files().filter(|_| has_files) {
            Some(files) => self.drop_files(&files),
            None => match transfer.get_data("text/plain") {
                Ok(dropped) if !dropped.is_empty() => {
                    self.0.borrow_mut().named = None;
                    self.replace(dropped, true);
                }
                _ => refuse(text::NO_TEXT),
            },
        }
    }

    fn drop_files(&self, files: &FileList) {
        match files.get(0).filter(|_| files.length() == 1) {
            Some(file) => {
                if let Some(input) = by_id::<HtmlInputElement>(view::FILE) {
                    // So that it is called by its name there.
                    input.set_files(Some(files));
                }
                self.read_file(&file);
            }
            None => refuse(if files.length() == 0 { text::NO_TEXT } else { text::ONE_FILE }),
        }
    }

    /// Reads a file, and puts it into the field unless something else was given meanwhile.
    fn read_file(&self, file: &File) {
        let name = file.name();
        let turn = {
            let mut state = self.0.borrow_mut();
            state.turn = state.turn.wrapping_add(1);
            state.turn
        };
        if let Some(message) = file::too_large(&name, file.size()) {
            return refuse_file(&message);
        }
        let (dialog, buffer) = (self.clone(), file.array_buffer());
        spawn_local(async move {
            let read = JsFuture::from(buffer).await.map_err(|_| text::unreadable(&name));
            let read =
                read.and_then(|buffer| file::decode(&name, Uint8Array::new(&buffer).to_vec()));
            if dialog.0.borrow().turn != turn {
                return;
            }
            match read {
                Ok(content) => {
                    dialog.0.borrow_mut().named = Form::of_name(&name);
                    say("");
                    dialog.replace(content, true);
                }
                Err(message) => refuse_file(&message),
            }
        });
    }
}

/// The shell that is chosen in the form.
fn shell_of_page() -> Shell {
    let chosen = document()
        .query_selector("input[name=shell]:checked")
        .ok()
        .flatten()
        .and_then(|radio| radio.dyn_into::<HtmlInputElement>().ok());
    chosen.and_then(|radio| Shell::from_word(&radio.value())).unwrap_or_default()
}

/// Scrolls a field whose lines do not wrap to a place in it, and the dialog to the field.
fn bring_into_view(area: &HtmlTextAreaElement, line: usize, column: usize) {
    let style = window().get_computed_style(area).ok().flatten();
    let size = |name: &str| {
        style
            .as_ref()
            .and_then(|style| Some(js_sys::parse_float(&style.get_property_value(name).ok()?)))
            .filter(|size| size.is_finite())
            .unwrap_or(20.0)
    };
    let top = (line.saturating_sub(1)) as f64 * size("line-height")
        - f64::from(area.client_height()) / 3.0;
    // Of most fonts of this kind a sign is that wide.
    let skipped = (column.saturating_sub(1)) as f64 * size("font-size") * 0.6;
    let skipped = if skipped < f64::from(area.client_width()) * 0.7 {
        0.0
    } else {
        skipped - f64::from(area.client_width()) / 3.0
    };
    area.set_scroll_top(top.max(0.0) as i32);
    area.set_scroll_left(skipped as i32);
    area.scroll_into_view_with_bool(true);
}

/// Says it beside the button that opens the dialog.
fn say_in_page(message: &str) {
    if let Some(said) = by_id::<Element>("check-said") {
        said.set_text_content(Some(message));
    }
}

fn say(message: &str) {
    put(&view::done(message).into_string());
}

fn refuse(message: &str) {
    put(&view::refused(message).into_string());
}

/// The same of a file, which can then be chosen again: of one that is chosen already, browsers do
/// not tell.
fn refuse_file(message: &str) {
    if let Some(input) = by_id::<HtmlInputElement>(view::FILE) {
        input.set_value("");
    }
    refuse(message);
}

fn put(html: &str) {
    if let Some(said) = by_id::<Element>(view::SAID) {
        said.set_inner_html(html);
    }
}
