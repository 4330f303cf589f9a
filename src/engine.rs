//! The page's second module: every task, for when something else than a first deployment is asked for.
//!
//! It gives the page one function, `connectedRegistryEngine(fragment, problems, tab)`: what the link's outcome is, as an array of strings. See
//! [`connected_registry::html::Made`].

use connected_registry::html::{Made, Tab};
use connected_registry::{Outcome, link};
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

fn made(fragment: String, problems: Array, tab: String) -> Array {
    let problems = problems.iter().filter_map(|problem| problem.as_string());
    let outcome = Outcome::with_problems(&link::parse(&fragment).choices, problems);
    Made::of(&outcome, Tab::from_id(&tab).unwrap_or_default()).into_strings().into_iter().map(|text| JsValue::from(JsString::from(text))).collect()
}
