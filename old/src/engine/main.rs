//! The page's second module, its engine: what follows from the choices, painted into the page.
//! Fetched at the first sign that somebody is about to use the page, so that the page itself is
//! there at once.
//!
//! It gives the page one function, `connectedRegistryEngine(fragment, problems, view, what)`: the
//! choices as a link, what of a link was not understood, how it is shown (see [`Shown`]), and what
//! is asked for. `adopt`: these choices are what the page shows already (`adopt:changed`: and what
//! comes next is a change of them). The id of a tab: paints all that follows, with that tab open,
//! and answers with the ids of the elements that it filled anew. `script`, `lines`, `settings`,
//! `runbook`, `bundle`: answers with files, see [`OutputFile`]. `embed:` and lines: answers with
//! two texts, see [`embed`]. `fill`: with what of the protected settings is to be filled in, see
//! [`fill`]. `rule:` and the id of a rule: answers with its page, as HTML. `explain:`, the id of a
//! block, a colon and the number of a piece: answers with what explains it, as HTML. `warm-up`:
//! does the work and shows nothing.

mod paint;

use configurator_core::choices::{Choices, Field, Preset};
use configurator_core::schedule::UtcDateTime;
use configurator_core::{Planned, link};
use configurator_render::artifacts::OutputFile;
use configurator_render::embed::{Locks, Snippet, View, commands};
use js_sys::{Array, Date, JsString, Reflect};
use old_page::html::{self, Clock, Tab, fill, rule, slots};
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
    let answer = move |fragment: String, problems: Array, view: Array, what: String| {
        let choices = link::parse(&fragment).choices;
        let problems = texts(&problems);
        let planned = || Planned::with_problems(&choices, problems.clone());
        let files =
            |files: Vec<OutputFile>| files.into_iter().flat_map(OutputFile::into_strings).collect();
        let (prompt, about) = what.split_once(':').unwrap_or((&what, ""));
        let answer: Vec<String> = match (Tab::from_id(prompt), prompt) {
            (Some(tab), _) => {
                let shown = Shown::from(texts(&view));
                painted.borrow_mut().paint(&fragment, &choices, &shown.view(&problems, tab))
            }
            (None, "rule") => vec![rule(about).into_string()],
            (None, "explain") => {
                let (id, span) = about.split_once(':').unwrap_or((about, ""));
                span.parse().map(|span| painted.borrow().explained(id, span)).into_iter().collect()
            }
            // Made and thrown away: browsers translate well only what has run some times.
            (None, "warm-up") => {
                black_box(slots(&choices, &html::View::default(), &[]));
                Vec::new()
            }
            (None, "embed") => embed(&planned(), &choices, about),
            (None, "script") => files(vec![OutputFile::script(&planned(), &choices)]),
            (None, "paste") => files(vec![OutputFile::script_to_paste(&planned(), &choices)]),
            (None, "lines") => files(vec![OutputFile::lines(&planned(), &choices)]),
            (None, "settings") => files(OutputFile::settings(&planned()).into_iter().collect()),
            (None, "runbook") => files(vec![OutputFile::runbook(&planned(), &choices)]),
            (None, "bundle") => files(OutputFile::bundle(&choices, &problems)),
            (None, "fill") => fill(&planned()),
            (None, _) => {
                painted.borrow_mut().adopt(&fragment, about == "changed");
                Vec::new()
            }
        };
        answer.into_iter().map(|text| JsValue::from(JsString::from(text))).collect()
    };
    let answer: Closure<dyn Fn(String, Array, Array, String) -> Array> = Closure::new(answer);
    let _never_fails = Reflect::set(
        &js_sys::global(),
        &JsValue::from_str("connectedRegistryEngine"),
        &answer.into_js_value(),
    );
}

/// The element that puts the page into another one, and all that is pasted there. Asked for by
/// lines: the view, the locks, `yes` where what is locked is hidden, the theme, the height, the
/// address of the folder.
fn embed(planned: &Planned, choices: &Choices, asked: &str) -> Vec<String> {
    let mut asked = asked.split('\n');
    let mut next = || asked.next().unwrap_or_default();
    let view = View::from_word(next()).unwrap_or_default();
    let (locks, hides, theme) =
        (Locks::from_word(next()).unwrap_or_default(), next() == "yes", next());
    let (height, base) = (next().parse().ok(), next());
    let commands = commands(planned, choices, view);
    let snippet = Snippet { base, view, theme, locks, hides, height, commands: &commands };
    vec![snippet.element(choices), snippet.html(choices)]
}

fn texts(array: &Array) -> Vec<String> {
    array.iter().filter_map(|text| text.as_string()).collect()
}

/// How the page is shown, as it says so: the key of the field that is being filled in, that of the
/// field whose pieces are to be seen, the id of the scenario to compare with (each empty where
/// there is none), and then the ids of the blocks whose list of parts is open.
struct Shown {
    quiet: String,
    lit: String,
    compared: String,
    open: Vec<String>,
}

impl From<Vec<String>> for Shown {
    fn from(texts: Vec<String>) -> Self {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        Self { quiet: next(), lit: next(), compared: next(), open: texts.collect() }
    }
}

impl Shown {
    fn view<'a>(&'a self, problems: &'a [String], tab: Tab) -> html::View<'a> {
        let quiet = match Field::from_key(&self.quiet) {
            Some(Field::Text(field)) => Some(field),
            _ => None,
        };
        let (lit, compared) = (Field::from_key(&self.lit), Preset::from_id(&self.compared));
        html::View { problems, quiet, lit, compared, open: &self.open, tab, clock: Some(clock()) }
    }
}

/// The user's clock. Needs nothing of the browser but its `Date`.
fn clock() -> Clock {
    Clock {
        now: UtcDateTime::from_unix_seconds((Date::now() / 1000.0) as i64),
        minutes_east: |moment| {
            -(Date::new(&JsValue::from_f64(moment.unix_seconds() as f64 * 1000.0))
                .get_timezone_offset() as i32)
        },
    }
}
