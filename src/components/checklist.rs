//! Steps that are done once: folded away on this device after you say so.
//!
//! They are kept by a hash of their checks, so that those of another cluster do not count as done,
//! and so that no name is stored.

use crate::browser::{focus, storage};
use crate::model::Model;
use crate::output::BlockKey;
use crate::view::effect;
use leptos::html;
use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

const DONE_ONCE: &str = "Done already: fold this away";

/// The beginning of each key in the storage.
const PREFIX: &str = "done.";

/// The steps that are done. A handle: copying it copies no data.
#[derive(Clone, Copy)]
pub struct Checklist {
    /// The keys that the browser refuses to store: kept as long as the page is open.
    for_now: StoredValue<Vec<String>>,
}

impl Checklist {
    /// Creates the handle.
    pub fn new() -> Self {
        Self { for_now: StoredValue::new(Vec::new()) }
    }

    /// The checklist of this page.
    pub fn get() -> Self {
        expect_context()
    }

    fn is_done(self, key: &str) -> bool {
        storage::get(key).is_some()
            || self.for_now.with_value(|kept| kept.iter().any(|other| other == key))
    }

    fn set_done(self, key: &str, is_done: bool) {
        self.for_now.update_value(|kept| kept.retain(|other| other != key));
        if !is_done {
            storage::remove(key);
        } else if !storage::set(key, "1") {
            self.for_now.update_value(|kept| kept.push(key.to_owned()));
        }
    }
}

impl Default for Checklist {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns the key of a step by the texts of its checks.
fn key(texts: &[String]) -> String {
    let mut hasher = DefaultHasher::new();
    for text in texts {
        // As an option: keys that are stored already were made of those.
        Some(text).hash(&mut hasher);
    }
    format!("{PREFIX}{:016x}", hasher.finish())
}

/// A step that can be folded away. Its first `checks` blocks are those of its checks.
pub fn foldable(
    id: &'static str,
    checks: usize,
    title: AnyView,
    place: AnyView,
    content: AnyView,
) -> AnyView {
    let (model, checklist) = (Model::get(), Checklist::get());
    let texts = Memo::new(move |before: Option<&Vec<String>>| {
        let rendering = model.rendering.read();
        let block = |index| rendering.block(BlockKey::Step(id, index)).map(|block| block.text());
        // While another tab opens, the blocks are those of that one.
        (0..checks).map(block).collect::<Option<_>>().or(before.cloned()).unwrap_or_default()
    });
    let (is_done, is_open) = (RwSignal::new(false), RwSignal::new(true));
    let show = move |done: bool| {
        is_done.set(done);
        is_open.set(!done);
    };
    // Only in the browser: the prerendered page is for every device.
    effect(move || {
        let done = checklist.is_done(&key(&texts.read()));
        if is_done.get_untracked() != done {
            show(done);
        }
    });
    let summary = NodeRef::<html::Summary>::new();
    let on_change = move |done: bool| {
        checklist.set_done(&key(&texts.read_untracked()), done);
        show(done);
        // The focused checkbox is folded away.
        if let Some(summary) = summary.get_untracked().filter(|_| done) {
            focus::focus_in_place(&summary);
        }
    };
    view! {
        <details class="once" open=is_open>
            <summary node_ref=summary>{title}</summary>
            {place}
            {content}
            <label class="done">
                <input
                    type="checkbox"
                    autocomplete="off"
                    prop:checked=is_done
                    on:change:target=move |event| on_change(event.target().checked())
                />
                " "
                {DONE_ONCE}
            </label>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_depends_on_every_text_and_names_none() {
        let of =
            |texts: &[&str]| key(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let contoso = of(&["az version", "az acr show --name contoso"]);
        assert_eq!(contoso, of(&["az version", "az acr show --name contoso"]));
        assert_ne!(contoso, of(&["az version", "az acr show --name fabrikam"]));
        assert_ne!(contoso, of(&["az version"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        let digits = contoso.strip_prefix("done.").unwrap_or_default();
        assert_eq!(digits.len(), 16);
        assert!(digits.bytes().all(|digit| digit.is_ascii_hexdigit()), "{contoso}");
    }
}
