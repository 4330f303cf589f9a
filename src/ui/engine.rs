//! The page's second module: fetched when something else than what is recommended is first asked for.

use super::state::Model;
use crate::html::{self, Script, Slot};
use crate::{Planned, link};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How far the second module is.
#[derive(Debug, Default)]
pub(super) enum Engine {
    /// Not asked for yet.
    #[default]
    Absent,
    /// On its way.
    Loading,
    /// It could not be fetched, or did not start.
    Failed,
    /// Its one function; see `src/engine.rs`.
    Ready(Function),
}

impl Engine {
    /// What the panel shows: made here where this module can, else by the second; where that cannot, it says so.
    pub(super) fn panel(&self, model: &Model) -> Vec<Slot> {
        let tab = model.view.tab;
        match self {
            _ if Planned::is_built_in(&model.choices) => html::panel(tab, &model.planned),
            Self::Absent | Self::Loading => html::awaited(false),
            Self::Failed => html::awaited(true),
            Self::Ready(function) => call(function, model, tab.id()).and_then(Slot::from_strings).unwrap_or_else(|| html::awaited(true)),
        }
    }

    /// The whole script; `None` where the second module is needed and not there.
    pub(super) fn script(&self, model: &Model) -> Option<Script> {
        match self {
            _ if Planned::is_built_in(&model.choices) => Some(Script::of(&model.planned)),
            Self::Ready(function) => call(function, model, "script").and_then(Script::from_strings),
            _ => None,
        }
    }
}

fn call(function: &Function, model: &Model, what: &str) -> Option<Vec<String>> {
    let problems: Array = model.problems.iter().map(|problem| JsValue::from_str(&problem.message)).collect();
    let strings = function.call3(&JsValue::NULL, &link::fragment(&model.choices).into(), &problems, &what.into()).ok()?;
    Some(strings.dyn_into::<Array>().ok()?.iter().map(|string| string.as_string().unwrap_or_default()).collect())
}

/// Fetches and starts the second module, by the function that index.html has for it. Fails where it cannot be had.
pub(super) async fn load() -> Result<Function, JsValue> {
    let load: Function = Reflect::get(&js_sys::global(), &"loadEngine".into())?.dyn_into()?;
    let started: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    wasm_bindgen_futures::JsFuture::from(started).await?;
    Reflect::get(&js_sys::global(), &"connectedRegistryEngine".into())?.dyn_into()
}
