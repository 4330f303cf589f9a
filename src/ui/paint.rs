//! Puts the HTML of the outputs into the page, as little of it as has changed.

use super::document;
use crate::html::Slot;

/// What is in the page.
#[derive(Default)]
pub(super) struct Painted(Vec<Slot>);

impl Painted {
    /// Replaces what differs, and what stands within something that was replaced; says whether there was anything.
    pub(super) fn paint(&mut self, slots: Vec<Slot>) -> bool {
        // For each depth down to the current one: whether the slot there was replaced.
        let mut replaced: Vec<bool> = Vec::new();
        let mut any = false;
        for (place, slot) in slots.iter().enumerate() {
            replaced.truncate(slot.depth);
            // Nearly always at the same place as before.
            let is_same = self.0.get(place) == Some(slot) || self.0.iter().any(|painted| painted == slot);
            let paint = !is_same || replaced.last() == Some(&true);
            replaced.push(paint);
            any |= paint;
            if let (true, Some(element)) = (paint, document().get_element_by_id(&slot.id)) {
                element.set_inner_html(&slot.html);
            }
        }
        self.0 = slots;
        any
    }
}
