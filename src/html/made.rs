//! What the page shows and copies, as plain text: so that it can come from the page's second module as well.

use super::Slot;
use crate::{Planned, shell};

/// The whole script, and what the button that copies it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The script.
    pub text: String,
    /// Whether a placeholder is in it.
    pub has_holes: bool,
    /// Whether an error keeps it from starting.
    pub is_blocked: bool,
}

const YES: &str = "yes";

impl Script {
    /// The script of a plan.
    pub fn of(planned: &Planned) -> Self {
        let script = shell::script(&planned.plan, planned.shell);
        Self { text: script.text(), has_holes: script.has_holes(), is_blocked: !planned.plan.blockers.is_empty() }
    }

    /// As strings.
    pub fn into_strings(self) -> Vec<String> {
        let word = |is: bool| if is { YES.to_owned() } else { String::new() };
        vec![self.text, word(self.has_holes), word(self.is_blocked)]
    }

    /// The other way; `None` where they are no such strings.
    pub fn from_strings(strings: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut strings = strings.into_iter();
        Some(Self { text: strings.next()?, has_holes: strings.next()? == YES, is_blocked: strings.next()? == YES })
    }
}

impl Slot {
    /// Slots as strings, three each.
    pub fn into_strings(slots: Vec<Self>) -> Vec<String> {
        slots.into_iter().flat_map(|slot| [slot.id, slot.depth.to_string(), slot.html]).collect()
    }

    /// The other way; `None` where they are no such strings.
    pub fn from_strings(strings: impl IntoIterator<Item = String>) -> Option<Vec<Self>> {
        let mut strings = strings.into_iter();
        let mut slots = Vec::new();
        while let Some(id) = strings.next() {
            slots.push(Self { id, depth: strings.next()?.parse().ok()?, html: strings.next()? });
        }
        Some(slots)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::{Tab, panel};
    use crate::link;

    #[test]
    fn strings_say_everything() {
        for link in ["", "#cidr=10.0.0.0/33&registry=contoso"] {
            let planned = Planned::with_problems(&link::parse(link).choices, []);
            let script = Script::of(&planned);
            assert_eq!(Script::from_strings(script.clone().into_strings()), Some(script.clone()));
            assert_eq!(Script::from_strings([script.text]), None);
            for tab in Tab::ALL {
                let slots = panel(tab, &planned);
                let strings = Slot::into_strings(slots.clone());
                assert_eq!(Slot::from_strings(strings.clone()), Some(slots));
                assert_eq!(Slot::from_strings(strings[..strings.len() - 1].to_vec()), None);
            }
        }
    }
}
