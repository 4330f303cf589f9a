//! The page's second module, its engine: what follows from the choices, painted into the page. Fetched at the first sign that somebody is about to use
//! the page, so that the page itself is there at once.
//!
//! It gives the page one function, `connectedRegistryEngine(fragment, problems, quiet, what)`: the choices as a link, what of a link was not understood,
//! the key of the field that is being filled in, and what is asked for. `adopt`: these choices are what the page shows already. The id of a tab: paints
//! all that follows, with that tab open, and answers with the ids of the elements that it filled anew. `script`: answers with the script, see [`Script`].
//! `rule:` and the id of a rule: answers with its page, as HTML. `warm-up`: does the work and shows nothing.

mod paint;

use connected_registry::choices::{Field, TextField};
use connected_registry::html::{Clock, Script, Tab, View, rule, slots};
use connected_registry::schedule::Moment;
use connected_registry::{Planned, link};
use js_sys::{Array, Date, JsString, Reflect};
use paint::Painted;
use std::cell::RefCell;
use std::hint::black_box;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    console_error_panic_hook::set_once();
    let painted = RefCell::new(Painted::default());
    let answer = move |fragment: String, problems: Array, quiet: String, what: String| {
        let choices = link::parse(&fragment).choices;
        let problems: Vec<String> = problems.iter().filter_map(|problem| problem.as_string()).collect();
        let answer = match Tab::from_id(&what) {
            Some(tab) => painted.borrow_mut().paint(slots(&choices, &View { problems: &problems, quiet: text_field(&quiet), tab, clock: Some(clock()) })),
            None if what.starts_with("rule:") => what.split(':').nth(1).map(|id| rule(id).into_string()).into_iter().collect(),
            // Made and thrown away: browsers translate well only what has run some times.
            None if what == "warm-up" => {
                black_box(slots(&choices, &View::default()));
                Vec::new()
            }
            None if what == "script" => Script::of(&Planned::with_problems(&choices, problems)).into_strings(),
            None => painted.borrow_mut().adopt(slots(&choices, &View::default())),
        };
        answer.into_iter().map(|text| JsValue::from(JsString::from(text))).collect()
    };
    let answer: Closure<dyn Fn(String, Array, String, String) -> Array> = Closure::new(answer);
    let _never_fails = Reflect::set(&js_sys::global(), &JsValue::from_str("connectedRegistryEngine"), &answer.into_js_value());
}

fn text_field(key: &str) -> Option<TextField> {
    match Field::from_key(key)? {
        Field::Text(field) => Some(field),
        Field::Select(_) => None,
    }
}

/// The user's clock. Needs nothing of the browser but its `Date`.
fn clock() -> Clock {
    Clock {
        now: Moment::from_unix_seconds((Date::now() / 1000.0) as i64),
        minutes_east: |moment| -(Date::new(&JsValue::from_f64(moment.unix_seconds() as f64 * 1000.0)).get_timezone_offset() as i32),
    }
}
