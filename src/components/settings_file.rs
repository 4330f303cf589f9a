//! "Fill in the protected settings": the dialog in which the user can fill in the protected-settings
//! file by hand.
//!
//! Secrets are in the inputs of this dialog and in its worker, and nowhere else: what is typed, pasted
//! or chosen goes to the worker as a value of the browser, and the finished file comes back as a blob,
//! so that the memory of the page never has them. Closing the dialog empties the inputs and ends the
//! worker.

use super::dialog::{contain_events, follow, on_change};
use super::findings::{class, words};
use crate::browser::download::ObjectUrl;
use crate::browser::worker::{Answer, Worker, WorkerError};
use crate::browser::{
    self, Blob, FileList, Function, JsCast, JsValue, Promise, clipboard, download, text_area,
};
use crate::messages::{
    FieldRemark, FieldState, Request, Response, SecretField, SettingsFile, SettingsState,
};
use crate::model::{Dialogs, Model};
use crate::view::{dynamic, effect, list, maybe, memo, on, text};
use configurator_core::Planned;
use configurator_render::artifacts::{SettingsTemplate, settings_template};
use leptos::ev::DragEvent;
use leptos::html;
use leptos::prelude::*;

const TITLE: &str = "Fill in the protected settings";
const PROMISE: &str = "What you enter stays in this page's memory. It is sent nowhere, is not kept \
                       and is not in the link, and the page forgets it when you close this or \
                       leave. A private key is best kept where it is.";
const COPY: &str = "Copy JSON";
const CLOSE: &str = "Forget and close";
const SHOW: &str = "Show";
const REMOVE: &str = "Remove";
const OPTIONAL: &str = "(optional)";
const OR_DROP: &str = "or drop the file here";
const OR_PASTE: &str = "Or paste it";
const NOTHING_YET: &str = "Nothing was made yet.";
const COPIED: &str = "Copied. It has secrets in it: copy something else once you have pasted it, \
                      and delete the file after the deployment.";
const NOT_DOWNLOADED: &str = "Your browser does not allow the download. Try Copy JSON.";
const NAME_FIRST: &str = "Give the name of the Kubernetes secret first: it is part of this file.";
const UNAVAILABLE: &str = "That part of the page could not be loaded. Is the network there? The \
                           script makes the file without it.";

fn lead(file: &str) -> String {
    format!(
        "By default you do not need this: the script makes {file} on your machine. Use it where \
         you deploy without the script."
    )
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

const fn heading(field: SecretField) -> &'static str {
    match field {
        SecretField::Connection => "Connection string",
        SecretField::Certificate => "Certificate",
        SecretField::Key => "Private key",
        SecretField::Authority => "CA certificate",
    }
}

/// The name of a field in a sentence.
const fn name(field: SecretField) -> &'static str {
    match field {
        SecretField::Connection => "connection string",
        SecretField::Certificate => "certificate",
        SecretField::Key => "private key",
        SecretField::Authority => "CA certificate",
    }
}

const fn hint(field: SecretField) -> &'static str {
    match field {
        SecretField::Connection => {
            "What az acr connected-registry get-settings --generate-password 1 prints as \
             ACR_REGISTRY_CONNECTION_STRING. A new password replaces the old one of that number."
        }
        SecretField::Certificate => {
            "The file of the connected registry's certificate, as PEM or DER. Others that lead to \
             its CA may follow in it."
        }
        SecretField::Key => "The file of its private key, as PEM or DER, without a passphrase.",
        SecretField::Authority => {
            "The certificate of the authority that signed it. Leave it empty for a self-signed \
             certificate: then the certificate itself is used, as documented."
        }
    }
}

fn control_id(field: SecretField) -> String {
    format!("fill-{}", field.word())
}

fn hint_id(field: SecretField) -> String {
    format!("fill-hint-{}", field.word())
}

fn messages_id(field: SecretField) -> String {
    format!("fill-messages-{}", field.word())
}

/// The file to fill in; `None` if the task writes none.
fn file_of(planned: &Planned) -> Option<SettingsFile> {
    let SettingsTemplate { name, registry, service_ip, settings } = settings_template(planned)?;
    Some(SettingsFile { name, registry, service_ip, settings })
}

/// Opens the dialog, or says which name is missing in the file.
pub fn open(model: Model, dialogs: Dialogs) {
    // The embedding page could mislead you about where your secrets go.
    if model.is_framed() {
        return;
    }
    let can_be_filled_in =
        file_of(&model.planned.read_untracked()).is_some_and(|file| file.can_be_filled_in());
    model.say(if can_be_filled_in { "" } else { NAME_FIRST });
    dialogs.settings_file.set(can_be_filled_in);
}

/// The inputs of a field.
#[derive(Clone, Copy, Default)]
struct Controls {
    /// The input for the connection string, or for the file.
    control: NodeRef<html::Input>,
    /// The text area to paste a file into.
    paste: NodeRef<html::Textarea>,
}

/// The signals of the dialog. A handle: copying it copies no data.
#[derive(Clone, Copy)]
struct Filler {
    /// The file that is being filled in, while the dialog is open.
    file: RwSignal<Option<SettingsFile>>,
    state: RwSignal<SettingsState>,
    said: RwSignal<String>,
    /// The field that a file is dragged over.
    dragged: RwSignal<Option<SecretField>>,
    /// Whether the connection string is readable.
    is_readable: RwSignal<bool>,
    controls: [Controls; 4],
    inner: StoredValue<Inner, LocalStorage>,
}

/// State that the dialog does not show. Nothing in it is secret.
#[derive(Default)]
struct Inner {
    worker: Option<Worker>,
    /// The last request that set a field from its text area.
    pasted: [Option<u32>; 4],
    /// What the finished file is for.
    purpose: Option<Purpose>,
    /// The address of the finished file, by which the browser gets it.
    address: Option<ObjectUrl>,
}

/// What a finished file is for.
enum Purpose {
    Download,
    /// To copy it: a promise waits for it.
    Copy {
        resolve: Function,
        reject: Function,
    },
}

impl Filler {
    fn new() -> Self {
        Self {
            file: RwSignal::new(None),
            state: RwSignal::new(SettingsState::default()),
            said: RwSignal::new(String::new()),
            dragged: RwSignal::new(None),
            is_readable: RwSignal::new(false),
            controls: std::array::from_fn(|_| Controls::default()),
            inner: StoredValue::new_local(Inner::default()),
        }
    }

    fn controls(self, field: SecretField) -> Controls {
        self.controls[field as usize]
    }

    fn update<T>(self, change: impl FnOnce(&mut Inner) -> T) -> Option<T> {
        self.inner.try_update_value(change)
    }

    /// Shows the empty fields of a file, and starts the worker.
    fn open(self, file: SettingsFile) {
        self.forget();
        self.file.set(Some(file));
        self.start();
    }

    /// Ends the worker and empties the inputs: wherever secrets are, they are gone.
    fn forget(self) {
        if let Some(inner) = self.update(std::mem::take)
            && let Some(Purpose::Copy { reject, .. }) = inner.purpose
        {
            let _never_fails = reject.call0(&JsValue::UNDEFINED);
        }
        for Controls { control, paste } in self.controls {
            if let Some(input) = control.get_untracked() {
                input.set_value("");
            }
            if let Some(area) = paste.get_untracked() {
                area.set_value("");
            }
        }
        self.file.set(None);
        self.state.set(SettingsState::default());
        self.said.set(String::new());
        self.dragged.set(None);
        self.is_readable.set(false);
    }

    // --- The worker ---

    /// Starts the worker if there is none. If there was one before, the new one gets what is in the
    /// inputs.
    fn start(self) {
        let Some(file) = self.file.get_untracked() else { return };
        let fields = file.fields();
        let is_started = self.update(|inner| {
            if inner.worker.is_some() {
                return false;
            }
            let worker = Worker::start(move |event| self.on_event(event));
            worker.send(&Request::OpenSettings(file), &JsValue::UNDEFINED);
            inner.worker = Some(worker);
            true
        });
        if is_started == Some(true) {
            for field in fields {
                self.send_inputs(field);
            }
        }
    }

    /// Sends what is in the inputs of a field.
    fn send_inputs(self, field: SecretField) {
        let Controls { control, paste } = self.controls(field);
        if let Some(input) = control.get_untracked() {
            let file = input.files().and_then(|files| files.get(0));
            let text = text_area::value(&input);
            match file {
                Some(file) => _ = self.send(&Request::SetSecret { field }, &file),
                None if field == SecretField::Connection && text.length() > 0 => {
                    self.send(&Request::SetSecret { field }, &text);
                }
                None => {}
            }
        }
        if let Some(area) = paste.get_untracked()
            && !text_area::is_blank(&text_area::value(&area))
        {
            self.on_paste(field);
        }
    }

    fn send(self, request: &Request, secret: &JsValue) -> Option<u32> {
        self.said.set(String::new());
        self.start();
        self.update(|inner| inner.worker.as_ref().map(|worker| worker.send(request, secret)))
            .flatten()
    }

    fn on_event(self, event: Result<Answer, WorkerError>) {
        let Ok(Answer { id, response, attachment }) = event else {
            self.update(|inner| {
                inner.worker = None;
                inner.pasted = [None; 4];
            });
            self.finish(Err(()));
            return self.said.set(UNAVAILABLE.to_owned());
        };
        match response {
            Response::SettingsChanged { state, is_accepted } => {
                if is_accepted {
                    self.clear_pasted(id);
                }
                self.state.set(state);
            }
            Response::SettingsCreated(state) => {
                self.state.set(state);
                self.finish(attachment.dyn_into().map_err(|_| ()));
            }
            Response::SettingsIncomplete { state, field } => {
                self.state.set(state);
                self.said.set(NOTHING_YET.to_owned());
                self.finish(Err(()));
                if let Some(input) = self.controls(field).control.get_untracked() {
                    browser::focus::focus(&input);
                }
            }
            _ => self.said.set(UNAVAILABLE.to_owned()),
        }
    }

    // --- The fields ---

    /// The connection string changed.
    fn on_connection(self) {
        let field = SecretField::Connection;
        if let Some(input) = self.controls(field).control.get_untracked() {
            self.send(&Request::SetSecret { field }, &text_area::value(&input));
        }
    }

    /// A file was chosen.
    fn on_file(self, field: SecretField) {
        let input = self.controls(field).control.get_untracked();
        if let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) {
            self.send(&Request::SetSecret { field }, &file);
        }
    }

    /// The text area changed.
    fn on_paste(self, field: SecretField) {
        if let Some(area) = self.controls(field).paste.get_untracked() {
            let id = self.send(&Request::SetSecret { field }, &text_area::value(&area));
            self.update(|inner| inner.pasted[field as usize] = id);
        }
    }

    /// Empties the text area whose text was accepted: it need not be in sight any longer.
    fn clear_pasted(self, id: u32) {
        for field in SecretField::ALL {
            let is_last = self.update(|inner| inner.pasted[field as usize] == Some(id));
            if is_last == Some(true)
                && let Some(area) = self.controls(field).paste.get_untracked()
            {
                area.set_value("");
            }
        }
    }

    fn remove(self, field: SecretField) {
        let Controls { control, paste } = self.controls(field);
        if let Some(area) = paste.get_untracked() {
            area.set_value("");
        }
        if let Some(input) = control.get_untracked() {
            input.set_value("");
            browser::focus::focus(&input);
        }
        self.send(&Request::RemoveSecret { field }, &JsValue::UNDEFINED);
    }

    /// Something is dragged over a field for a file, or dropped on it.
    fn on_drag(self, field: SecretField, event: &DragEvent) {
        let has_files = text_area::has_files(event);
        // Text can be dropped where text goes.
        if !has_files && browser::target::<browser::HtmlTextAreaElement>(event).is_some() {
            return event.stop_propagation();
        }
        event.prevent_default();
        event.stop_propagation();
        let transfer = event.data_transfer();
        if let Some(transfer) = &transfer {
            transfer.set_drop_effect("copy");
        }
        let kind = event.type_();
        self.dragged.set((kind == "dragenter" || kind == "dragover").then_some(field));
        if kind == "drop" {
            self.drop_files(field, transfer.and_then(|transfer| transfer.files()));
        }
    }

    /// Something is dragged over another part of the dialog. A file that is dropped there would
    /// replace the page.
    fn on_drag_elsewhere(self, event: &DragEvent) {
        let connection = self.controls(SecretField::Connection).control.get_untracked();
        let is_in_connection = browser::target::<browser::HtmlInputElement>(event) == connection;
        if is_in_connection && !text_area::has_files(event) {
            return;
        }
        event.prevent_default();
        if let Some(transfer) = event.data_transfer() {
            transfer.set_drop_effect("none");
        }
        self.dragged.set(None);
    }

    fn drop_files(self, field: SecretField, files: Option<FileList>) {
        let count = files.as_ref().map_or(0, FileList::length);
        match files.as_ref().and_then(|files| files.get(0)).filter(|_| count == 1) {
            Some(file) => {
                if let Some(input) = self.controls(field).control.get_untracked() {
                    // So that the input shows its name.
                    input.set_files(files.as_ref());
                }
                self.send(&Request::SetSecret { field }, &file);
            }
            None => _ = self.send(&Request::RefuseFiles { field, count }, &JsValue::UNDEFINED),
        }
    }

    // --- The finished file ---

    fn create(self, purpose: Purpose) {
        self.update(|inner| inner.purpose = Some(purpose));
        self.send(&Request::CreateSettings, &JsValue::UNDEFINED);
    }

    fn copy(self) {
        let created = Promise::new(&mut |resolve, reject| {
            self.create(Purpose::Copy { resolve, reject });
        });
        let file = self.file_name();
        leptos::task::spawn_local(async move {
            let is_copied = clipboard::copy_promised(created).await;
            // If the file was not created, that was said.
            if self.said.get_untracked().is_empty() && self.file.get_untracked().is_some() {
                self.said.set(if is_copied { COPIED.to_owned() } else { not_copied(&file) });
            }
        });
    }

    /// The finished file is there, or there is none.
    fn finish(self, created: Result<Blob, ()>) {
        match (self.update(|inner| inner.purpose.take()).flatten(), created) {
            (Some(Purpose::Download), Ok(blob)) => {
                let file = self.file_name();
                self.said.set(match download::offer(&file, &blob) {
                    Ok(address) => {
                        self.update(|inner| inner.address = Some(address));
                        downloaded(&file)
                    }
                    Err(_) => NOT_DOWNLOADED.to_owned(),
                });
            }
            (Some(Purpose::Copy { resolve, .. }), Ok(blob)) => {
                let size = blob.size();
                let text = blob.slice_with_f64_and_f64_and_content_type(0.0, size, "text/plain");
                let text = text.unwrap_or(blob);
                let _never_fails = resolve.call1(&JsValue::UNDEFINED, &text);
            }
            (Some(Purpose::Copy { reject, .. }), Err(())) => {
                let _never_fails = reject.call0(&JsValue::UNDEFINED);
            }
            (Some(Purpose::Download), Err(())) | (None, _) => {}
        }
    }

    fn file_name(self) -> String {
        self.file
            .with_untracked(|file| file.as_ref().map(|file| file.name.clone()))
            .unwrap_or_default()
    }
}

/// The dialog that fills in the protected settings.
#[component]
pub fn SettingsFileDialog(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let model = Model::get();
    let filler = Filler::new();
    let dialog = NodeRef::new();
    // Its content is there before it is shown: the first input gets the focus.
    let is_shown = on_change(open, move |is_open| {
        if !is_open {
            return filler.forget();
        }
        let file = file_of(&model.planned.read_untracked());
        if let Some(file) = file.filter(SettingsFile::can_be_filled_in) {
            filler.open(file);
        }
    });
    follow(dialog, is_shown);
    contain_events(dialog);
    effect(move || {
        // The browser may keep the page, and show it again.
        browser::on_window("pagehide", move |_| {
            filler.forget();
            open.set(false);
        });
    });
    let drag = move |event: DragEvent| filler.on_drag_elsewhere(&event);
    let content = dynamic(move || maybe(filler.file.get(), |file| content(filler, &file, open)));
    view! {
        <dialog
            id="fill"
            aria-labelledby="fill-title"
            node_ref=dialog
            on:close=on(move |_| open.set(false))
            on:dragenter=drag
            on:dragover=drag
            on:dragleave=drag
            on:drop=drag
        >
            <div id="fill-content">{content}</div>
        </dialog>
    }
    .into_any()
}

fn content(filler: Filler, file: &SettingsFile, open: RwSignal<bool>) -> AnyView {
    let fields = list(file.fields(), |field| match field {
        SecretField::Connection => connection_view(filler),
        _ => file_view(filler, field),
    });
    let close = move |_| {
        filler.forget();
        open.set(false);
    };
    view! {
        <h2 id="fill-title">{TITLE}</h2>
        <p class="lead">{lead(&file.name)}</p>
        <p class="lead">{PROMISE}</p>
        {fields}
        <p class="fill-status" id="fill-status" role="status">
            {text(move || filler.state.read().status.clone())}
        </p>
        <div class="buttons">
            <button
                class="button primary"
                type="button"
                on:click=on(move |_| filler.create(Purpose::Download))
            >
                {format!("Download {}", file.name)}
            </button>
            <button class="button" type="button" on:click=on(move |_| filler.copy())>
                {COPY}
            </button>
            <button class="button" type="button" on:click=close>{CLOSE}</button>
        </div>
        <p class="small" id="fill-said" role="status">{filler.said}</p>
    }
    .into_any()
}

/// The description of a control: its hint and its remarks.
fn described_by(field: SecretField) -> String {
    format!("{} {}", hint_id(field), messages_id(field))
}

fn has_error(filler: Filler, field: SecretField) -> Signal<Option<&'static str>> {
    memo(move || {
        let state = filler.state.read();
        state.field(field).is_some_and(FieldState::has_error).then_some("true")
    })
    .into()
}

fn connection_view(filler: Filler) -> AnyView {
    const FIELD: SecretField = SecretField::Connection;
    let is_readable = filler.is_readable;
    let kind = text(move || if is_readable.get() { "text" } else { "password" }.to_owned());
    let is_pressed = text(move || is_readable.get().to_string());
    view! {
        <div class="fill-slot">
            <label class="fill-label" for=control_id(FIELD)>{heading(FIELD)}</label>
            <p class="hint" id=hint_id(FIELD)>{hint(FIELD)}</p>
            <div class="fill-row">
                // Browsers keep the inputs of a session; this one must not be kept.
                <input
                    id=control_id(FIELD)
                    type=kind
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-describedby=described_by(FIELD)
                    aria-invalid=has_error(filler, FIELD)
                    node_ref=filler.controls(FIELD).control
                    on:input=on(move |_| filler.on_connection())
                />
                <button
                    class="button"
                    type="button"
                    aria-pressed=is_pressed
                    aria-controls=control_id(FIELD)
                    on:click=on(move |_| is_readable.update(|is| *is = !*is))
                >
                    {SHOW}
                    <span class="visually-hidden">{format!(" {}", name(FIELD))}</span>
                </button>
            </div>
            {messages(filler, FIELD)}
        </div>
    }
    .into_any()
}

fn file_view(filler: Filler, field: SecretField) -> AnyView {
    let optional = maybe((field == SecretField::Authority).then_some(()), |()| {
        view! { " " <span class="optional">{OPTIONAL}</span> }.into_any()
    });
    let is_dragged = memo(move || (filler.dragged.get() == Some(field)).then_some(""));
    let drag = move |event: DragEvent| filler.on_drag(field, &event);
    let accepted = dynamic(move || {
        let state = filler.state.read();
        let recognized = |state: &FieldState| {
            let recognized = state.recognized.clone()?;
            Some((recognized, state.facts.clone()))
        };
        maybe(state.field(field).and_then(recognized), |(recognized, facts)| {
            accepted_view(filler, field, recognized, facts)
        })
    });
    view! {
        <div
            class="fill-slot"
            data-over=is_dragged
            on:dragenter=drag
            on:dragover=drag
            on:dragleave=drag
            on:drop=drag
        >
            <label class="fill-label" for=control_id(field)>{heading(field)} {optional}</label>
            <p class="hint" id=hint_id(field)>{hint(field)}</p>
            <div class="fill-drop">
                <input
                    id=control_id(field)
                    type="file"
                    aria-describedby=described_by(field)
                    aria-invalid=has_error(filler, field)
                    node_ref=filler.controls(field).control
                    on:change=on(move |_| filler.on_file(field))
                />
                <span class="hint">{OR_DROP}</span>
            </div>
            <details>
                <summary>
                    {OR_PASTE}
                    <span class="visually-hidden">{format!(": {}", name(field))}</span>
                </summary>
                <textarea
                    id=format!("fill-paste-{}", field.word())
                    rows="3"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-label=format!("Text of the {}", name(field))
                    node_ref=filler.controls(field).paste
                    on:input=on(move |_| filler.on_paste(field))
                ></textarea>
            </details>
            <div id=format!("fill-taken-{}", field.word())>{accepted}</div>
            {messages(filler, field)}
        </div>
    }
    .into_any()
}

/// What was accepted for a field, and the button that removes it.
fn accepted_view(
    filler: Filler,
    field: SecretField,
    recognized: String,
    facts: Vec<(String, String)>,
) -> AnyView {
    let facts = maybe((!facts.is_empty()).then_some(facts), |facts| {
        let facts =
            list(facts, |(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> }.into_any());
        view! { <dl class="fill-facts">{facts}</dl> }.into_any()
    });
    view! {
        <div class="fill-taken">
            <strong>{recognized}</strong>
            <button
                class="link"
                type="button"
                on:click=on(move |_| filler.remove(field))
            >
                {REMOVE}
                <span class="visually-hidden">{format!(": {}", name(field))}</span>
            </button>
        </div>
        {facts}
    }
    .into_any()
}

/// The remarks about a field.
fn messages(filler: Filler, field: SecretField) -> AnyView {
    let remarks = dynamic(move || {
        let state = filler.state.read();
        let remarks = state.field(field).map(|state| state.remarks.clone()).unwrap_or_default();
        list(remarks, remark_view)
    });
    view! { <div id=messages_id(field)>{remarks}</div> }.into_any()
}

fn remark_view(remark: FieldRemark) -> AnyView {
    let FieldRemark { severity, message, hint } = remark;
    let hint = maybe(Some(hint).filter(|hint| !hint.is_empty()), |hint| {
        view! { " " <span class="why">{hint}</span> }.into_any()
    });
    view! {
        <p class=format!("message {}", class(severity))>
            <span class="visually-hidden">{words(severity)} ": "</span>
            {message}
            {hint}
        </p>
    }
    .into_any()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::tasks::settings::Settings;
    use crate::testing::to_html;
    use configurator_certificates as certificates;
    use configurator_core::link;

    const NAMED: &str = "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=a";

    fn file(link: &str) -> Option<SettingsFile> {
        file_of(&Planned::of(&link::parse(link).choices))
    }

    fn shown(file: &SettingsFile, state: SettingsState) -> String {
        to_html(Start::default(), || {
            let filler = Filler::new();
            filler.state.set(state);
            content(filler, file, RwSignal::new(true))
        })
    }

    #[test]
    fn file_is_that_of_the_plan() {
        let file_with_certificates = file(&format!("#{NAMED}&tls=byoc")).expect("a file");
        assert_eq!(file_with_certificates.fields(), SecretField::ALL);
        assert_eq!(file_with_certificates.registry, "edge01");
        assert_eq!(file_with_certificates.service_ip, "10.0.0.200");
        // With a Kubernetes secret, only the connection string is missing; but the name must be known.
        let with_secret = file(&format!("#{NAMED}&tls=secret&secret=k8secret")).expect("a file");
        assert_eq!(with_secret.fields(), [SecretField::Connection]);
        assert!(with_secret.can_be_filled_in());
        assert!(!file(&format!("#{NAMED}&tls=secret")).expect("a file").can_be_filled_in());
        assert_eq!(file("#task=clean-up"), None);
    }

    #[test]
    fn empty_dialog_has_a_control_for_each_field_and_no_value() {
        let file = file(&format!("#{NAMED}&tls=byoc")).expect("a file");
        let html = shown(&file, SettingsState::default());
        for field in SecretField::ALL {
            let label = format!("<label for=\"fill-{}\" class=\"fill-label\">", field.word());
            assert!(html.contains(&label), "{label} is not in {html}");
            assert!(html.contains(&format!("id=\"fill-messages-{}\"></div>", field.word())));
        }
        assert!(html.contains("type=\"password\"") && html.contains("(optional)"));
        assert!(html.contains("Download protected-settings-extension.json"));
        assert!(!html.contains(" value") && !html.contains("aria-invalid"), "{html}");
    }

    #[test]
    fn state_of_each_field_is_shown() {
        let file = file(&format!("#{NAMED}&tls=byoc")).expect("a file");
        let mut settings = Settings::open(&file).expect("fields for all settings");
        assert!(settings.create(0).is_err());
        let html = shown(&file, settings.state(0));
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 3, "{html}");
        assert!(html.contains("<p class=\"message error\">"));
        assert!(html.contains("The certificate is missing. <span class=\"why\">Choose, drop"));
        let mut state = settings.state(0);
        state.fields[1].recognized = Some("Certificate".to_owned());
        state.fields[1].facts = vec![("Subject".to_owned(), "CN=<edge01>".to_owned())];
        let html = shown(&file, state);
        assert!(html.contains("<strong>Certificate</strong>"), "{html}");
        assert!(html.contains("<dt>Subject</dt><dd>CN=&lt;edge01&gt;</dd>"), "{html}");
        assert_eq!(html.matches(">Remove<").count(), 1);
    }

    #[test]
    fn fields_have_the_names_that_remarks_use() {
        for (field, own) in SecretField::ALL.into_iter().zip(certificates::SecretField::ALL) {
            assert_eq!(name(field), certificates::label(own));
        }
    }

    #[test]
    fn closed_dialog_has_no_content() {
        let html = to_html(Start::default(), || {
            view! { <SettingsFileDialog open=RwSignal::new(false)/> }.into_any()
        });
        assert!(html.contains("<div id=\"fill-content\"></div>"), "{html}");
    }
}
