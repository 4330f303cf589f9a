//! What the page copies, as plain strings: its engine is another module, and only those pass between the two.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link;

    #[test]
    fn strings_say_everything() {
        for link in ["", "#cidr=10.0.0.0/33&registry=contoso"] {
            let planned = Planned::with_problems(&link::parse(link).choices, []);
            let script = Script::of(&planned);
            assert_eq!(Script::from_strings(script.clone().into_strings()), Some(script.clone()));
            assert_eq!(Script::from_strings([script.text]), None);
        }
    }
}
