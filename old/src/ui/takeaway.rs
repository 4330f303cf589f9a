//! Taking away: the script copied, and files saved.

use super::engine::Engine;
use super::state::State;
use super::{copy, document, frame, window};
use crate::html::Tab;
use crate::text::page as text;
use configurator_core::choices::Shell;
use configurator_render::artifacts::OutputFile;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// What can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Take {
    /// The script, copied.
    Copy,
    /// The commands, one a line, copied.
    CopyLines,
    /// The runbook, copied.
    CopyRunbook,
    /// The script.
    Script,
    /// The protected settings with placeholders.
    Settings,
    /// The runbook.
    Runbook,
    /// Everything, in an archive.
    Bundle,
}

impl Take {
    /// What a button takes.
    pub(super) fn of(id: &str) -> Option<Self> {
        match id {
            "copy-script" => Some(Self::Copy),
            "download-script" => Some(Self::Script),
            "download-settings" => Some(Self::Settings),
            "download-runbook" => Some(Self::Runbook),
            "download-bundle" => Some(Self::Bundle),
            _ => None,
        }
    }

    /// What the engine is asked for.
    const fn ask(self) -> &'static str {
        match self {
            Self::Copy => "paste",
            Self::Script => "script",
            Self::CopyLines => "lines",
            Self::Settings => "settings",
            Self::Runbook | Self::CopyRunbook => "runbook",
            Self::Bundle => "bundle",
        }
    }
}

/// Takes it; as soon as the engine is there, where it is not.
pub(super) fn take(state: &State, what: Take) {
    // Where the clipboard refuses, the script must be there to be selected.
    if what == Take::Copy && !window().is_secure_context() {
        state.change(|model| model.tab = Tab::Script);
    }
    let fragment = state.fragment();
    let (call, is_open) = state.with(|model| {
        (
            model.engine.call(model, &fragment, what.ask()),
            model.tab == Tab::Script || what == Take::CopyLines,
        )
    });
    let Some(call) = call else {
        if state.with(|model| matches!(model.engine, Engine::Failed)) {
            return copy::say(text::NOTHING_TO_COPY);
        }
        copy::say(text::ENGINE_LOADING);
        state.change(|model| model.takes_soon = Some(what));
        return state.load_engine();
    };
    let files = call.files();
    let (has_placeholders, is_blocked) = how_far(state, &files);
    if files.is_empty() {
        return copy::say(text::NOTHING_TO_COPY);
    }
    if !may_take(state, has_placeholders, is_blocked) {
        return;
    }
    match (what, files.as_slice()) {
        (Take::Copy | Take::CopyLines | Take::CopyRunbook, [file, ..]) => {
            let done = match (has_placeholders, is_blocked) {
                (true, _) => text::COPIED_WITH_HOLES,
                (false, false) => text::COPIED,
                (false, true) => text::COPIED_BUT_BLOCKED,
            };
            let shown = match what {
                Take::CopyRunbook => document().get_element_by_id("markdown"),
                _ if is_open => document().get_element_by_id("whole"),
                _ => None,
            };
            copy::copy(&file.text, done, shown);
        }
        (Take::Bundle, _) => bundle(files, has_placeholders, is_blocked),
        (_, [file, ..]) => {
            let said = said(&file.name, has_placeholders, is_blocked);
            let text = Array::of1(&JsValue::from_str(&file.saved()));
            match save(&file.name, &text, "text/plain;charset=utf-8") {
                Ok(()) => copy::say(&said),
                Err(_) => copy::say(text::SAVE_FAILED),
            }
        }
        (_, []) => {}
    }
}

/// Whether placeholders or errors are in what is taken. Of an archive the script for the chosen
/// shell says so: what keeps the other one from starting is not listed anywhere.
fn how_far(state: &State, files: &[OutputFile]) -> (bool, bool) {
    let other = match state.with(|model| model.choices.select.shell) {
        Shell::Bash => ".ps1",
        Shell::PowerShell => ".sh",
    };
    let of_this = || files.iter().filter(|file| files.len() == 1 || !file.name.ends_with(other));
    (of_this().any(|file| file.has_placeholders), of_this().any(|file| file.is_blocked))
}

/// Says before the first time that something is missing or wrong in what is taken; who asks again
/// gets it.
pub(super) fn may_take(state: &State, has_placeholders: bool, is_blocked: bool) -> bool {
    if !has_placeholders && !is_blocked {
        return true;
    }
    if std::mem::replace(&mut state.told().borrow_mut()[usize::from(!has_placeholders)], true) {
        return true;
    }
    copy::say(if has_placeholders { text::FIRST_FILL_IN } else { text::FIRST_MEND });
    false
}

fn said(name: &str, has_placeholders: bool, is_blocked: bool) -> String {
    match (has_placeholders, is_blocked) {
        (true, _) => text::saved_with_holes(name),
        (false, false) => text::saved_as(name),
        (false, true) => text::saved_but_blocked(name),
    }
}

/// Has the browser save a file.
fn save(name: &str, parts: &Array, kind: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(parts, &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = document();
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    // Some browsers follow only a link that is in the page; and beside the body, whose listener is
    // at work just now, nothing hears of the click.
    document.document_element().ok_or(JsValue::NULL)?.append_child(&link)?;
    link.click();
    link.remove();
    // Some browsers read it only after this has returned.
    gloo_timers::callback::Timeout::new(60_000, move || _ = Url::revoke_object_url(&address))
        .forget();
    Ok(())
}

/// Has the third module put the files into an archive, and the browser save that.
fn bundle(files: Vec<OutputFile>, has_placeholders: bool, is_blocked: bool) {
    wasm_bindgen_futures::spawn_local(async move {
        let folder = files
            .first()
            .and_then(|file| file.name.split('.').next())
            .unwrap_or_default()
            .to_owned();
        let name = [&folder, ".zip"].concat();
        let arguments =
            Array::of2(&folder.as_str().into(), &(js_sys::Date::now() / 1000.0).floor().into());
        for file in &files {
            arguments.push(&file.name.as_str().into());
            arguments.push(&file.saved().as_ref().into());
        }
        let made = async {
            let archive: Uint8Array = call("Files", "bundle", &arguments).await?.dyn_into()?;
            save(&name, &Array::of1(&archive), "application/zip")
        };
        match made.await {
            Ok(()) => copy::say(&said(&name, has_placeholders, is_blocked)),
            Err(_) => copy::say(text::BUNDLE_FAILED),
        }
    });
}

/// Opens the dialog in which the protected settings are filled in: the third module's, for the
/// secrets are to be in none of the others.
pub(super) fn fill(state: &State) {
    // The page around could make people believe anything about where their secrets go.
    if frame::is_framed() {
        return;
    }
    let fragment = state.fragment();
    let Some(asked) = state
        .with(|model| model.engine.call(model, &fragment, "fill"))
        .and_then(|call| call.make())
    else {
        return;
    };
    copy::say(text::FILL_LOADING);
    wasm_bindgen_futures::spawn_local(async move {
        match call("Files", "fill", &asked).await {
            Ok(opened) if opened.is_truthy() => copy::say(""),
            // The name of a secret is missing: nothing else of it is given by the form.
            Ok(_) => copy::say(text::FILL_NAME_FIRST),
            Err(_) => copy::say(text::FILL_FAILED),
        }
    });
}

/// Opens the dialog in which commands are checked that somebody has: the fourth module's, so that
/// what is pasted is in none of the others. What is taken over of it comes as a link does.
pub(super) fn check() {
    copy::put("check-said", text::FILL_LOADING);
    wasm_bindgen_futures::spawn_local(async {
        let opened = call("Reader", "", &Array::new()).await;
        copy::put("check-said", if opened.is_ok() { "" } else { text::READER_FAILED });
    });
}

/// Fetches one of the modules that are asked for, once, and calls its one function.
async fn call(module: &str, what: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    let load: Function =
        Reflect::get(&js_sys::global(), &["load", module].concat().into())?.dyn_into()?;
    let started: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    wasm_bindgen_futures::JsFuture::from(started).await?;
    let function: Function =
        Reflect::get(&js_sys::global(), &["connectedRegistry", module].concat().into())?
            .dyn_into()?;
    function.call2(&JsValue::NULL, &what.into(), arguments)
}
