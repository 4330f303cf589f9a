//! The worker of the page: answers its requests, see `connected_registry::messages`.
//!
//! There is no hook for panics: their messages could contain secrets or pasted text.

use configurator_certificates::Secret;
use connected_registry::messages::{self, Request, Response, SecretField};
use connected_registry::tasks::archive::{self, Timestamp};
use connected_registry::tasks::check;
use connected_registry::tasks::settings::Settings;
use gloo::events::EventListener;
use js_sys::{Array, Date, JsString, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent,
};

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let settings = RefCell::new(None);
    let listener = EventListener::new(&scope.clone(), "message", {
        let scope = scope.clone();
        move |event| {
            let message: Array = event.unchecked_ref::<MessageEvent>().data().unchecked_into();
            let request = Uint8Array::new(&message.get(1)).to_vec();
            let (response, attachment) = messages::from_bytes(&request)
                .and_then(|request| {
                    answer(&mut settings.borrow_mut(), request, message.get(2)).ok()
                })
                .unwrap_or((Response::Failed, JsValue::UNDEFINED));
            post(&scope, &message.get(0), &response, &attachment);
        }
    });
    listener.forget();
    post(&scope, &0.into(), &Response::Started, &JsValue::UNDEFINED);
}

fn post(
    scope: &DedicatedWorkerGlobalScope,
    id: &JsValue,
    response: &Response,
    attachment: &JsValue,
) {
    let bytes = Uint8Array::from(messages::to_bytes(response).as_slice());
    // Everything that is sent can be cloned.
    let _never_fails = scope.post_message(&Array::of3(id, &bytes, attachment));
}

/// The answer to a request, with its attachment.
///
/// # Errors
///
/// If the browser refuses something, or the request makes no sense.
fn answer(
    settings: &mut Option<Settings>,
    request: Request,
    attachment: JsValue,
) -> Result<(Response, JsValue), JsValue> {
    let only = |response: Response| Ok((response, JsValue::UNDEFINED));
    match request {
        Request::CheckText { format } => {
            let text = attachment.as_string().unwrap_or_default();
            only(Response::TextChecked(check::check(&text, format)))
        }
        Request::ReadTextFile => match read_text(&attachment.dyn_into()?) {
            Ok((name, text)) => {
                let format = check::format_of_name(&name);
                Ok((Response::TextFileRead { format }, text.into()))
            }
            Err(message) => only(Response::TextFileRefused { message }),
        },
        Request::CreateArchive { folder, files } => {
            let archive = archive::create(&folder, &files, timestamp())
                .map_err(|error| JsValue::from(error.to_string()))?;
            let blob = blob(&Uint8Array::from(archive.as_slice()), "application/zip")?;
            Ok((Response::ArchiveCreated, blob.into()))
        }
        Request::OpenSettings(file) => {
            let settings = settings.insert(Settings::open(&file).ok_or(JsValue::NULL)?);
            only(Response::SettingsChanged { state: settings.state(now()), is_accepted: false })
        }
        Request::SetSecret { .. }
        | Request::RefuseFiles { .. }
        | Request::RemoveSecret { .. }
        | Request::CreateSettings => {
            change_settings(settings.as_mut().ok_or(JsValue::NULL)?, request, &attachment)
        }
    }
}

fn change_settings(
    settings: &mut Settings,
    request: Request,
    attachment: &JsValue,
) -> Result<(Response, JsValue), JsValue> {
    let mut is_accepted = false;
    match request {
        Request::SetSecret { field } => is_accepted = set_secret(settings, field, attachment),
        Request::RefuseFiles { field, count } => settings.refuse_files(field, count),
        Request::RemoveSecret { field } => settings.remove(field),
        _ => {
            let (response, blob) = match settings.create(now()) {
                Ok(json) => {
                    let bytes = Uint8Array::from(json.bytes());
                    let blob = blob(&bytes, "application/json");
                    // The copy of the browser would stay until it is collected.
                    bytes.fill(0, 0, bytes.length());
                    (Response::SettingsCreated(settings.state(now())), blob?.into())
                }
                Err(field) => {
                    let state = settings.state(now());
                    (Response::SettingsIncomplete { state, field }, JsValue::UNDEFINED)
                }
            };
            return Ok((response, blob));
        }
    }
    let state = settings.state(now());
    Ok((Response::SettingsChanged { state, is_accepted }, JsValue::UNDEFINED))
}

/// Sets a field to what was typed, pasted or chosen. Returns whether it was accepted.
fn set_secret(settings: &mut Settings, field: SecretField, attachment: &JsValue) -> bool {
    let Some(file) = attachment.dyn_ref::<File>() else {
        let text = attachment.as_string().unwrap_or_default();
        return settings.set_text(field, Secret::new(text.into_bytes()));
    };
    if settings.refuse_size(field, file.size()) {
        return false;
    }
    match read(file) {
        Ok(bytes) => {
            let secret = Secret::new(bytes.to_vec());
            // The copy of the browser would stay until it is collected.
            bytes.fill(0, 0, bytes.length());
            settings.set_file(field, &secret)
        }
        Err(_) => {
            settings.refuse_unreadable(field);
            false
        }
    }
}

/// The name and the text of a file, or the reason why it has none.
fn read_text(file: &File) -> Result<(String, JsString), String> {
    let name = file.name();
    if let Some(refusal) = check::refuse_size(&name, file.size()) {
        return Err(refusal);
    }
    let bytes = read(file).map_err(|_| check::refuse_unreadable(&name))?;
    let text = check::decode(&name, bytes.to_vec())?;
    Ok((name, text.into()))
}

/// Reads a file. Meanwhile the worker waits, so that requests are answered in their order.
fn read(file: &File) -> Result<Uint8Array, JsValue> {
    let buffer = FileReaderSync::new()?.read_as_array_buffer(file)?;
    Ok(Uint8Array::new(&buffer))
}

fn blob(bytes: &Uint8Array, kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)
}

/// Seconds since 1970.
fn now() -> u64 {
    (Date::now() / 1000.0) as u64
}

fn timestamp() -> Timestamp {
    let date = Date::new_0();
    let local = [
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds(),
    ];
    Timestamp {
        seconds: u32::try_from(now()).unwrap_or(u32::MAX),
        local: local.map(|part| u16::try_from(part).unwrap_or_default()),
    }
}
