//! The page's second module: every task, for when something else than a first deployment is asked for.
//!
//! It gives the page one function, `connectedRegistryEngine(fragment, problems, what)`: the script of a link, or the slots of the tab that is named,
//! as an array of strings. See [`Script`] and [`Slot::into_strings`].

use connected_registry::html::{Script, Slot, Tab, panel};
use connected_registry::{Planned, link};
use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    console_error_panic_hook::set_once();
    let made: Closure<dyn Fn(String, Array, String) -> Array> = Closure::new(made);
    let _never_fails = Reflect::set(&js_sys::global(), &JsValue::from_str("connectedRegistryEngine"), &made.into_js_value());
}

fn made(fragment: String, problems: Array, what: String) -> Array {
    let problems = problems.iter().filter_map(|problem| problem.as_string());
    let planned = Planned::with_problems(&link::parse(&fragment).choices, problems);
    let strings = match Tab::from_id(&what) {
        Some(tab) => Slot::into_strings(panel(tab, &planned)),
        None => Script::of(&planned).into_strings(),
    };
    strings.into_iter().map(|text| JsValue::from(JsString::from(text))).collect()
}
