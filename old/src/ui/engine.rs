//! The page's second module, which makes all that follows from the choices: see
//! `src/engine/main.rs`.

use super::state::Model;
use configurator_render::artifacts::OutputFile;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How far the second module is.
pub(super) enum Engine {
    /// Not asked for yet.
    Absent,
    /// On its way.
    Loading,
    /// It could not be fetched, did not start, or broke.
    Failed,
    /// Its one function.
    Ready(Function),
}

/// What the engine is to do.
pub(super) struct Call {
    function: Function,
    arguments: Array,
}

impl Engine {
    /// A call about the model, which is this fragment; `None` where there is no engine.
    pub(super) fn call(&self, model: &Model, fragment: &str, what: &str) -> Option<Call> {
        let Self::Ready(function) = self else { return None };
        let problems: Array =
            model.problems.iter().map(|problem| JsValue::from_str(problem)).collect();
        let view = [
            model.quiet.map(|field| field.key()),
            model.lit.map(|field| field.key()),
            model.compared.map(|preset| preset.id()),
        ];
        let view: Array = view
            .iter()
            .map(|word| word.unwrap_or_default())
            .chain(model.open.iter().map(String::as_str))
            .map(JsValue::from_str)
            .collect();
        Some(Call {
            function: function.clone(),
            arguments: Array::of4(&fragment.into(), &problems, &view, &what.into()),
        })
    }
}

impl Call {
    /// Makes it; `None` where the engine broke.
    pub(super) fn make(&self) -> Option<Array> {
        self.function.apply(&JsValue::NULL, &self.arguments).ok()?.dyn_into().ok()
    }

    /// Makes it, for files; none where the engine broke.
    pub(super) fn files(&self) -> Vec<OutputFile> {
        self.make()
            .map(|strings| {
                OutputFile::from_strings(
                    strings.iter().map(|string| string.as_string().unwrap_or_default()),
                )
            })
            .unwrap_or_default()
    }
}

/// Fetches and starts the second module, by the function that index.html has for it, and tells it
/// what the page shows. Fails where it cannot be had.
pub(super) async fn load(given: &str, is_changed_next: bool) -> Result<Function, JsValue> {
    let load: Function = Reflect::get(&js_sys::global(), &"loadEngine".into())?.dyn_into()?;
    let started: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    wasm_bindgen_futures::JsFuture::from(started).await?;
    let engine: Function =
        Reflect::get(&js_sys::global(), &"connectedRegistryEngine".into())?.dyn_into()?;
    engine.apply(
        &JsValue::NULL,
        &Array::of4(
            &given.into(),
            &Array::new(),
            &Array::new(),
            &if is_changed_next { "adopt:changed" } else { "adopt" }.into(),
        ),
    )?;
    Ok(engine)
}

/// Says that the engine broke, which it cannot recover from, with the link that brings everything
/// back.
pub(super) fn say_broken() {
    if let Some(say) = Reflect::get(&js_sys::global(), &"sayBroken".into())
        .ok()
        .and_then(|say| say.dyn_into::<Function>().ok())
    {
        let _nothing = say.call0(&JsValue::NULL);
    }
}
