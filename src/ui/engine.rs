//! The page's second module: fetched when something else than a first deployment is first asked for.

use crate::Outcome;
use crate::choices::Choices;
use crate::html::{Made, Tab};
use crate::link;
use crate::rules::Finding;
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

/// What there is to show, or why there is nothing yet.
pub(super) enum Output {
    /// There it is.
    Made(Made),
    /// The second module is on its way.
    Loading,
    /// The second module cannot be had.
    Failed,
}

impl Engine {
    /// Makes what is shown: here where this module can, else by the second.
    pub(super) fn output(&self, choices: &Choices, problems: &[Finding], outcome: &Outcome, tab: Tab) -> Output {
        match self {
            _ if Outcome::is_built_in(choices) => Output::Made(Made::of(outcome, tab)),
            Self::Absent | Self::Loading => Output::Loading,
            Self::Failed => Output::Failed,
            Self::Ready(function) => call(function, choices, problems, tab).map_or(Output::Failed, Output::Made),
        }
    }
}

fn call(function: &Function, choices: &Choices, problems: &[Finding], tab: Tab) -> Option<Made> {
    let problems: Array = problems.iter().map(|problem| JsValue::from_str(&problem.message)).collect();
    let strings = function.call3(&JsValue::NULL, &link::fragment(choices).into(), &problems, &tab.id().into()).ok()?;
    Made::from_strings(strings.dyn_into::<Array>().ok()?.iter().map(|string| string.as_string().unwrap_or_default()))
}

/// Fetches and starts the second module, by the function that index.html has for it. Fails where it cannot be had.
pub(super) async fn load() -> Result<Function, JsValue> {
    let load: Function = Reflect::get(&js_sys::global(), &"loadEngine".into())?.dyn_into()?;
    let started: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    wasm_bindgen_futures::JsFuture::from(started).await?;
    Reflect::get(&js_sys::global(), &"connectedRegistryEngine".into())?.dyn_into()
}
