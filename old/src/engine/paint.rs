//! Puts the HTML of the outputs into the page, as little of it as has changed.

use configurator_core::choices::Choices;
use configurator_core::link;
use old_page::html::{Patch, Slot, Tab, View, explained, patches, slots};

/// What is in the page.
#[derive(Default)]
pub(super) struct Painted {
    slots: Vec<Slot>,
    /// The choices that it follows from, as a link.
    fragment: String,
    tab: Tab,
    has_painted: bool,
    /// What there was in the same view before the last change; nothing where nothing was changed
    /// yet.
    before: Vec<Slot>,
    /// The choices that that followed from.
    fragment_before: Option<String>,
}

impl Painted {
    /// Takes it as given that this is in the page; nothing is replaced. Whether what comes next is
    /// a change of it, and not what a link says.
    pub(super) fn adopt(&mut self, fragment: &str, is_changed_next: bool) {
        let slots = slots(&link::parse(fragment).choices, &View::default(), &[]);
        *self = Self {
            slots,
            fragment: fragment.to_owned(),
            has_painted: is_changed_next,
            ..Self::default()
        };
    }

    /// Replaces what differs, and what stands within something that was replaced. Answers with the
    /// ids of what was replaced.
    pub(super) fn paint(&mut self, fragment: &str, choices: &Choices, view: &View) -> Vec<String> {
        // What a link says is no change.
        let changed = fragment != self.fragment && self.has_painted;
        let fragment_before = std::mem::replace(&mut self.fragment, fragment.to_owned());
        if changed {
            self.fragment_before = Some(fragment_before);
        }
        let same_tab = std::mem::replace(&mut self.tab, view.tab) == view.tab;
        if !same_tab {
            let before =
                self.fragment_before.as_ref().map(|fragment| link::parse(fragment).choices);
            self.before = before
                .map(|choices| slots(&choices, &View { tab: view.tab, ..View::default() }, &[]))
                .unwrap_or_default();
        }
        // What there was before the change is still in the page.
        let is_here = changed && same_tab;
        let slots = slots(choices, view, if is_here { &self.slots } else { &self.before });
        let ids = self.put(&slots);
        let painted = std::mem::replace(&mut self.slots, slots);
        if is_here {
            self.before = painted;
        }
        self.has_painted = true;
        ids
    }

    fn put(&self, slots: &[Slot]) -> Vec<String> {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else {
            return Vec::new();
        };
        let mut ids = Vec::new();
        // For each depth down to the current one: whether the slot there was replaced.
        let mut replaced: Vec<bool> = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            replaced.truncate(slot.depth);
            // Nearly always at the same place as before.
            let is_same = self.slots.get(place) == Some(slot)
                || self.slots.iter().any(|painted| painted == slot);
            let paint = !is_same || replaced.last() == Some(&true);
            replaced.push(paint);
            if let (true, Some(element)) = (paint, document.get_element_by_id(&slot.id)) {
                // What stands in it is as it was painted, unless something around it was just
                // replaced.
                let is_there = replaced.iter().rev().skip(1).all(|outer| !outer);
                let before = self
                    .slots
                    .get(place)
                    .filter(|before| is_there && before.id == slot.id)
                    .and_then(Slot::as_code);
                match before.zip(slot.as_code()).and_then(|(before, code)| patches(before, code)) {
                    Some(patches) => patch(&element, patches),
                    None => element.set_inner_html(&slot.inner_html()),
                }
                ids.push(slot.id.clone());
            }
        }
        ids
    }

    /// What explains a piece of a block that is in the page; nothing where there is none.
    pub(super) fn explained(&self, id: &str, span: usize) -> String {
        let code = self.slots.iter().find(|slot| slot.id == id).and_then(Slot::as_code);
        let choices = link::parse(&self.fragment).choices;
        code.map(|code| explained(code, span, &choices).into_string()).unwrap_or_default()
    }
}

/// Changes some spans of a block.
fn patch(code: &web_sys::Element, patches: Vec<Patch>) {
    let spans = code.children();
    for Patch { span, class, text } in patches {
        let Some(span) = spans.item(span) else { continue };
        span.set_class_name(&class);
        if let Some(text) = text {
            span.set_text_content(Some(&text));
        }
    }
}
