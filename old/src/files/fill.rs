//! The dialog at work. It has its own listeners, and no event of it goes on to the page: the page
//! never sees what is typed here.

use super::{bundle, view};
use configurator_certificates::{Form, Remark, Secret, SecretField};
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Date, Reflect, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Clipboard, Document, DragEvent, Element, Event, File, FileList,
    HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Url,
    Window,
};

const READ_FAILED: (&str, &str) = (
    "The file cannot be read: it was moved or changed, or your browser may not read it.",
    "Choose it again, or paste its text.",
);
const ONE_FILE: (&str, &str) = ("That is more than one file.", "Drop one at a time.");
const NO_FILE: (&str, &str) = ("That is no file.", "Drop a file, or paste its text below.");

/// What the page asks for.
///
/// `bundle`, with the name of a folder, a time in seconds since 1970 or null, and then a name and a
/// text for each file: answers with the bytes of a zip.
///
/// `fill`, with the name of the file to make, the name of the connected registry and its service IP
/// (each may be empty), and then a key and a value for each setting, the value empty where it is to
/// be filled in: opens the dialog, and answers whether it did.
///
/// # Errors
///
/// Anything else; and a name that is not fit for a file.
pub fn answer(dialog: &Dialog, what: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let texts: Vec<String> =
        arguments.iter().map(|argument| argument.as_string().unwrap_or_default()).collect();
    let pairs = |from: usize| {
        texts
            .get(from..)
            .unwrap_or_default()
            .chunks_exact(2)
            .map(|pair| (pair[0].as_str(), pair[1].as_str()))
    };
    match (what, texts.as_slice()) {
        ("bundle", [folder, _, ..]) => {
            let files: Vec<(&str, &str)> = pairs(2).collect();
            let time = arguments.get(1).as_f64().map(|seconds| seconds as u64);
            match bundle(folder, &files, time) {
                Ok(bytes) => Ok(Uint8Array::from(bytes.as_slice()).into()),
                Err(name) => Err(js_sys::Error::new(&bad_name(&name.0)).into()),
            }
        }
        ("fill", [file, registry, service_ip, ..]) => {
            Ok(dialog.open(Form::new(file, registry, service_ip, pairs(3))).into())
        }
        _ => Err(js_sys::Error::new(what).into()),
    }
}

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
    by_id("fill")
}

fn content() -> Option<Element> {
    by_id("fill-content")
}

fn focus(id: &str) {
    if let Some(element) = by_id::<HtmlElement>(id) {
        let _not_focusable = element.focus();
    }
}

fn now() -> u64 {
    (Date::now() / 1000.0) as u64
}

/// The dialog; the same one for whoever has it.
#[derive(Clone, Default)]
pub struct Dialog(Rc<RefCell<State>>);

#[derive(Default)]
struct State {
    /// What is filled in, while the dialog is open.
    form: Option<Form>,
    is_listening: bool,
    /// What is in the page, by the ids of the elements.
    painted: Vec<(String, String)>,
    /// How often each slot was filled, emptied or forgotten: what was read for an earlier time
    /// comes too late.
    turns: [u32; SecretField::ALL.len()],
    /// The address of the file that was made, by which the browser gets it.
    url: Option<String>,
}

impl State {
    /// Begins anew with a slot, and answers with the number of this time.
    fn turn(&mut self, slot: SecretField) -> u32 {
        let turn = &mut self.turns[slot as usize];
        *turn = turn.wrapping_add(1);
        *turn
    }

    fn revoke(&mut self) {
        if let Some(url) = self.url.take() {
            let _was_revoked = Url::revoke_object_url(&url);
        }
    }
}

impl Dialog {
    fn open(&self, form: Option<Form>) -> bool {
        let (Some(form), Some(dialog), Some(content)) = (form, element(), content()) else {
            return false;
        };
        self.forget();
        content.set_inner_html(&view::dialog(&form).into_string());
        self.0.borrow_mut().form = Some(form);
        self.listen(&dialog);
        self.paint();
        dialog.open() || dialog.show_modal().is_ok()
    }

    /// Wipes what was filled in, wherever it is.
    fn forget(&self) {
        let mut state = self.0.borrow_mut();
        state.form = None;
        state.painted.clear();
        state.revoke();
        for slot in SecretField::ALL {
            state.turn(slot);
        }
        drop(state);
        let Some(content) = content() else { return };
        if let Ok(controls) = content.query_selector_all("input, textarea") {
            for control in (0..controls.length()).filter_map(|place| controls.item(place)) {
                set_value(&control, "");
            }
        }
        content.set_inner_html("");
    }

    fn close(&self) {
        self.forget();
        if let Some(dialog) = element() {
            dialog.close();
        }
    }

    /// Once: the element stays, whatever is in it.
    fn listen(&self, element: &HtmlDialogElement) {
        if std::mem::replace(&mut self.0.borrow_mut().is_listening, true) {
            return;
        }
        for kind in [
            "input",
            "change",
            "click",
            "dragenter",
            "dragover",
            "dragleave",
            "drop",
            "close",
            "focusin",
            "focusout",
            "keydown",
            "keyup",
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
        // Also where the page is kept for who comes back.
        EventListener::new(&window(), "pagehide", move |_| dialog.close()).forget();
    }

    fn on(&self, kind: &str, event: &Event) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        match kind {
            "input" => self.on_input(&target),
            "change" => self.on_change(&target),
            "click" => self.on_click(&target),
            "dragenter" | "dragover" | "dragleave" | "drop" => {
                self.on_drag(kind, &target, event.unchecked_ref())
            }
            // It comes a little later than what closed it; meanwhile it may have been opened again.
            "close" if element().is_some_and(|dialog| !dialog.open()) => self.forget(),
            _ => {}
        }
    }

    fn on_input(&self, target: &Element) {
        let Some(slot) = slot_of(target) else { return };
        if target.id() == view::control_id(SecretField::Connection) {
            let typed = target
                .dyn_ref::<HtmlInputElement>()
                .map(HtmlInputElement::value)
                .unwrap_or_default();
            self.change(|form| form.set_connection(Secret::new(typed.into_bytes())));
        } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
            let pasted = Secret::new(area.value().into_bytes());
            self.0.borrow_mut().turn(slot);
            let is_empty = pasted.bytes().trim_ascii().is_empty();
            self.change(|form| match is_empty {
                // What was taken stays; what was refused is gone.
                true if !form.is_filled(slot) => form.remove(slot),
                true => {}
                // It need not be seen any longer.
                false if form.put(slot, &pasted) => area.set_value(""),
                false => {}
            });
        }
    }

    fn on_change(&self, target: &Element) {
        let Some((slot, input)) = slot_of(target).zip(target.dyn_ref::<HtmlInputElement>()) else {
            return;
        };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            self.read(slot, &file);
        }
    }

    fn on_click(&self, target: &Element) {
        let Ok(Some(button)) = target.closest("[data-fill]") else { return };
        match button.get_attribute("data-fill").unwrap_or_default().as_str() {
            "show" => {
                let Some(input) =
                    by_id::<HtmlInputElement>(&view::control_id(SecretField::Connection))
                else {
                    return;
                };
                let is_shown = input.type_() == "text";
                input.set_type(if is_shown { "password" } else { "text" });
                let _never_fails =
                    button.set_attribute("aria-pressed", if is_shown { "false" } else { "true" });
            }
            "remove" => {
                let Some(slot) = slot_of(&button) else { return };
                self.0.borrow_mut().turn(slot);
                for id in [view::control_id(slot), view::paste_id(slot)] {
                    if let Some(control) = document().get_element_by_id(&id) {
                        set_value(&control, "");
                    }
                }
                self.change(|form| form.remove(slot));
                focus(&view::control_id(slot));
            }
            "download" => self.download(),
            "copy" => self.copy(),
            "close" => self.close(),
            _ => {}
        }
    }

    /// A file that is dropped anywhere else would replace the page.
    fn on_drag(&self, kind: &str, target: &Element, event: &DragEvent) {
        let transfer = event.data_transfer();
        let has_files = transfer
            .as_ref()
            .is_some_and(|transfer| transfer.types().includes(&JsValue::from_str("Files"), 0));
        let is_text_into_text = !has_files && target.dyn_ref::<HtmlTextAreaElement>().is_some();
        if is_text_into_text
            || target.id() == view::control_id(SecretField::Connection) && !has_files
        {
            return;
        }
        event.prevent_default();
        let slot = slot_of(target).filter(|slot| *slot != SecretField::Connection);
        if let Some(transfer) = &transfer {
            transfer.set_drop_effect(if slot.is_some() { "copy" } else { "none" });
        }
        mark(slot.filter(|_| kind == "dragenter" || kind == "dragover"));
        if let ("drop", Some(slot)) = (kind, slot) {
            self.drop_files(slot, transfer.and_then(|transfer| transfer.files()));
        }
    }

    fn drop_files(&self, slot: SecretField, files: Option<FileList>) {
        let count = files.as_ref().map_or(0, FileList::length);
        match files.as_ref().and_then(|files| files.get(0)).filter(|_| count == 1) {
            Some(file) => {
                if let Some(input) = by_id::<HtmlInputElement>(&view::control_id(slot)) {
                    // So that it is called by its name there.
                    input.set_files(files.as_ref());
                }
                self.read(slot, &file);
            }
            None => {
                self.0.borrow_mut().turn(slot);
                self.change(|form| {
                    form.refuse(slot, Remark::error(if count == 0 { NO_FILE } else { ONE_FILE }))
                });
            }
        }
    }

    /// Reads a file, and takes what is in it unless something else was given meanwhile.
    fn read(&self, slot: SecretField, file: &File) {
        let turn = self.0.borrow_mut().turn(slot);
        let mut is_too_large = false;
        self.change(|form| is_too_large = form.put_too_large(slot, file.size()));
        if is_too_large {
            return;
        }
        let (dialog, buffer) = (self.clone(), file.array_buffer());
        spawn_local(async move {
            let read = JsFuture::from(buffer).await.map(|buffer| {
                let bytes = Uint8Array::new(&buffer);
                let secret = Secret::new(bytes.to_vec());
                // The browser's own copy would lie about until it is collected.
                bytes.fill(0, 0, bytes.length());
                secret
            });
            if dialog.0.borrow().turns[slot as usize] != turn {
                return;
            }
            dialog.change(|form| match &read {
                Ok(bytes) => _ = form.put(slot, bytes),
                Err(_) => form.refuse(slot, Remark::error(READ_FAILED)),
            });
        });
    }

    /// Changes what is filled in, and shows what follows.
    fn change(&self, change: impl FnOnce(&mut Form)) {
        if let Some(form) = &mut self.0.borrow_mut().form {
            change(form);
        }
        say("");
        self.paint();
    }

    /// Puts into the page what differs.
    fn paint(&self) {
        let mut state = self.0.borrow_mut();
        let State { form: Some(form), painted, .. } = &mut *state else { return };
        let now = now();
        let mut put = |id: String, html: String| {
            let same = painted.iter_mut().find(|(painted, _)| *painted == id);
            if same.as_ref().is_some_and(|(_, painted)| *painted == html) {
                return;
            }
            if let Some(element) = document().get_element_by_id(&id) {
                element.set_inner_html(&html);
            }
            match same {
                Some((_, painted)) => *painted = html,
                None => painted.push((id, html)),
            }
        };
        for slot in form.fields() {
            put(view::messages_id(slot), view::messages(form, slot, now).into_string());
            put(view::taken_id(slot), view::taken(form, slot).into_string());
            let control = document().get_element_by_id(&view::control_id(slot));
            let _never_fails =
                control.map(|control| match form.remarks(slot, now).iter().any(Remark::is_error) {
                    true => control.set_attribute("aria-invalid", "true"),
                    false => control.remove_attribute("aria-invalid"),
                });
        }
        put(view::STATUS.to_owned(), view::status(form, now).into_string());
    }

    /// The JSON; where something is missing or wrong, that is said, and gets the focus.
    fn json(&self) -> Option<(Secret, String)> {
        let made = {
            let mut state = self.0.borrow_mut();
            let form = state.form.as_mut()?;
            form.json(now()).map(|json| (json, form.file().to_owned()))
        };
        self.paint();
        match made {
            Ok(made) => Some(made),
            Err(slot) => {
                say("Nothing was made yet.");
                focus(&view::control_id(slot));
                None
            }
        }
    }

    fn download(&self) {
        let Some((json, file)) = self.json() else { return };
        match self.hand_out(&json, &file) {
            Ok(()) => say(&downloaded(&file)),
            Err(_) => say("Your browser does not allow the download. Try Copy JSON."),
        }
    }

    /// Hands a file to the browser by an address that only this page knows, and only until the
    /// dialog is closed.
    fn hand_out(&self, json: &Secret, file: &str) -> Result<(), JsValue> {
        let bytes = Uint8Array::from(json.bytes());
        let options = BlobPropertyBag::new();
        options.set_type("application/json");
        let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &options);
        bytes.fill(0, 0, bytes.length());
        let url = Url::create_object_url_with_blob(&blob?)?;
        let mut state = self.0.borrow_mut();
        state.revoke();
        state.url = Some(url.clone());
        drop(state);
        let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
        link.set_href(&url);
        link.set_download(file);
        link.click();
        Ok(())
    }

    fn copy(&self) {
        let Some((json, file)) = self.json() else { return };
        // Not there outside a secure context; and calling it then would throw.
        let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"))
            .ok()
            .filter(JsValue::is_object);
        let Some(clipboard) =
            clipboard.and_then(|clipboard| clipboard.dyn_into::<Clipboard>().ok())
        else {
            return say(&not_copied(&file));
        };
        let written = clipboard.write_text(json.text());
        spawn_local(async move {
            match JsFuture::from(written).await {
                Ok(_) => say(
                    "Copied. It has secrets in it: copy something else once you have pasted it, \
                     and delete the file after the deployment.",
                ),
                Err(_) => say(&not_copied(&file)),
            }
        });
    }
}

/// The slot in whose part of the dialog an element stands.
fn slot_of(element: &Element) -> Option<SecretField> {
    SecretField::from_word(&element.closest("[data-slot]").ok()??.get_attribute("data-slot")?)
}

/// Shows over which slot a file is held.
fn mark(slot: Option<SecretField>) {
    for other in SecretField::ALL {
        let around =
            document().query_selector(&format!("#fill-content [data-slot={}]", other.word()));
        if let Ok(Some(around)) = around {
            let _never_fails = around.toggle_attribute_with_force("data-over", slot == Some(other));
        }
    }
}

fn set_value(control: &JsValue, value: &str) {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    }
}

fn say(message: &str) {
    if let Some(said) = by_id::<Element>(view::SAID) {
        said.set_text_content(Some(message));
    }
}

fn downloaded(file: &str) -> String {
    format!(
        "{file} was handed to your browser. Keep it private (chmod 600 {file}), and delete it \
         after the deployment."
    )
}

fn not_copied(file: &str) -> String {
    format!("Your browser does not allow copying here. Try to download {file} instead.")
}

fn bad_name(name: &str) -> String {
    format!("The name {name} is not fit for a file.")
}
