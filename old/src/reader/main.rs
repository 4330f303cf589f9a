//! The page's fourth module, its reader: commands that somebody has, checked, corrected, and taken
//! into the form. Fetched once somebody asks for it.
//!
//! It gives the page one function, `connectedRegistryReader()`, which opens the dialog.

use js_sys::Reflect;
use old_page::reader::dialog::Dialog;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

// No hook for panics: their messages may hold what was pasted. Rust's own hook has nowhere to write
// to here.
fn main() {
    let dialog = Dialog::default();
    let open: Closure<dyn Fn()> = Closure::new(move || dialog.open());
    let _never_fails = Reflect::set(
        &js_sys::global(),
        &JsValue::from_str("connectedRegistryReader"),
        &open.into_js_value(),
    );
}
