//! What the page shows of an outcome, as plain text: so that it can come from the page's second module as well.

use super::{Slot, Tab, panel};
use crate::Outcome;

/// What is in the panel, and what the button needs that copies the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What is in the panel.
    pub slots: Vec<Slot>,
    /// The whole script.
    pub script: String,
    /// Whether a placeholder is in the script.
    pub has_holes: bool,
    /// Whether an error keeps the script from starting.
    pub is_blocked: bool,
}

const YES: &str = "yes";

impl Made {
    /// What there is to show, on this tab.
    pub fn of(outcome: &Outcome, tab: Tab) -> Self {
        let script = &outcome.document.script;
        Self { slots: panel(tab, outcome), script: script.text(), has_holes: script.has_holes(), is_blocked: !outcome.plan.blockers.is_empty() }
    }

    /// As strings: the script, the two answers, and three strings a slot.
    pub fn into_strings(self) -> Vec<String> {
        let word = |is: bool| if is { YES.to_owned() } else { String::new() };
        let mut strings = vec![self.script, word(self.has_holes), word(self.is_blocked)];
        for slot in self.slots {
            strings.extend([slot.id, slot.depth.to_string(), slot.html]);
        }
        strings
    }

    /// The other way; `None` where they are no such strings.
    pub fn from_strings(strings: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut strings = strings.into_iter();
        let mut made = Self { script: strings.next()?, has_holes: strings.next()? == YES, is_blocked: strings.next()? == YES, slots: Vec::new() };
        while let Some(id) = strings.next() {
            made.slots.push(Slot { id, depth: strings.next()?.parse().ok()?, html: strings.next()? });
        }
        Some(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    #[test]
    fn strings_say_everything() {
        for tab in Tab::ALL {
            for link in ["", "#cidr=10.0.0.0/33&registry=contoso"] {
                let made = Made::of(&Outcome::of_link(&link::parse(link)), tab);
                let strings = made.clone().into_strings();
                assert_eq!(Made::from_strings(strings.clone()), Some(made));
                assert_eq!(Made::from_strings(strings[..strings.len() - 1].to_vec()), None);
            }
        }
    }
}
