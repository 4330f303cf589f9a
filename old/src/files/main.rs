//! The page's third module, its files: several files as one, and the protected settings filled in
//! by hand. Fetched once somebody asks for either.
//!
//! It gives the page one function, `connectedRegistryFiles(what, arguments)`, see
//! [`old_page::files::fill::answer`].

use js_sys::{Array, Reflect};
use old_page::files::fill;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

// No hook for panics: their messages may hold what was being looked at, and that may be a secret.
// Rust's own hook has nowhere to write to here.
fn main() {
    let dialog = fill::Dialog::default();
    let answer = move |what: String, arguments: Array| fill::answer(&dialog, &what, &arguments);
    let answer: Closure<dyn Fn(String, Array) -> Result<JsValue, JsValue>> = Closure::new(answer);
    let _never_fails = Reflect::set(
        &js_sys::global(),
        &JsValue::from_str("connectedRegistryFiles"),
        &answer.into_js_value(),
    );
}
