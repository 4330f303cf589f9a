//! Puts the HTML of the outputs into the page, as little of it as has changed.

use crate::html::Slot;
use leptos::prelude::*;

/// What is in the page.
#[derive(Default)]
pub(super) struct Painted(Vec<Slot>);

impl Painted {
    /// Replaces what differs, and what stands within something that was replaced.
    pub(super) fn paint(&mut self, slots: Vec<Slot>) {
        // For each depth down to the current one: whether the slot there was replaced.
        let mut replaced: Vec<bool> = Vec::new();
        for slot in &slots {
            replaced.truncate(slot.depth);
            let is_same = self.0.iter().any(|painted| painted == slot);
            let paint = !is_same || replaced.last() == Some(&true);
            replaced.push(paint);
            if let (true, Some(element)) = (paint, document().get_element_by_id(&slot.id)) {
                element.set_inner_html(&slot.html);
            }
        }
        self.0 = slots;
    }
}
