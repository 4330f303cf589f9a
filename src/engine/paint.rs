//! Puts the HTML of the outputs into the page, as little of it as has changed.

use connected_registry::html::Slot;

/// What is in the page.
#[derive(Default)]
pub(super) struct Painted(Vec<Slot>);

impl Painted {
    /// Takes it as given that these are in the page; nothing is replaced.
    pub(super) fn adopt(&mut self, slots: Vec<Slot>) -> Vec<String> {
        self.0 = slots;
        Vec::new()
    }

    /// Replaces what differs, and what stands within something that was replaced. Answers with the ids of what was replaced.
    pub(super) fn paint(&mut self, slots: Vec<Slot>) -> Vec<String> {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return Vec::new() };
        let mut ids = Vec::new();
        // For each depth down to the current one: whether the slot there was replaced.
        let mut replaced: Vec<bool> = Vec::new();
        for (place, slot) in slots.iter().enumerate() {
            replaced.truncate(slot.depth);
            // Nearly always at the same place as before.
            let is_same = self.0.get(place) == Some(slot) || self.0.iter().any(|painted| painted == slot);
            let paint = !is_same || replaced.last() == Some(&true);
            replaced.push(paint);
            if let (true, Some(element)) = (paint, document.get_element_by_id(&slot.id)) {
                element.set_inner_html(&slot.html);
                ids.push(slot.id.clone());
            }
        }
        self.0 = slots;
        ids
    }
}
