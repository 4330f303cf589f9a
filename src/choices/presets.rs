//! The documented scenarios: starting points that fix some choices.

use super::fields::{SelectField, Selects};
use serde::{Deserialize, Serialize};

/// A documented scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Preset {
    /// HTTPS, ReadOnly, trust distribution, cert-manager installed by the extension: what nothing chosen means.
    #[default]
    SecureDefault,
}

impl Preset {
    /// Every one, the recommended one first.
    pub const ALL: &'static [Self] = &[Self::SecureDefault];

    /// Its id: the value of `scenario` in the link.
    pub const fn id(self) -> &'static str {
        match self {
            Self::SecureDefault => "secure-default",
        }
    }

    /// The preset of an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|preset| preset.id() == id)
    }

    /// The choices it fixes, as in a link. Every other choice has its default.
    pub const fn fixes(self) -> &'static [(SelectField, &'static str)] {
        match self {
            Self::SecureDefault => &[
                (SelectField::Task, "deploy"),
                (SelectField::Tls, "cert-manager"),
                (SelectField::Trust, "nodes"),
                (SelectField::Mode, "read-only"),
                (SelectField::Upgrade, "auto"),
                (SelectField::Sync, "continuous"),
            ],
        }
    }

    /// Its starting point.
    pub fn selects(self) -> Selects {
        let mut selects = Selects::default();
        for (field, word) in self.fixes() {
            selects.set_word(*field, word);
        }
        selects
    }

    /// Whether these choices still are this scenario.
    pub fn fits(self, selects: &Selects) -> bool {
        self.fixes().iter().all(|(field, word)| selects.word(*field) == *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_fits_its_own_starting_point() {
        for preset in Preset::ALL {
            for (field, word) in preset.fixes() {
                assert!(field.words().contains(word), "{}: {} cannot be {word}", preset.id(), field.key());
            }
            assert!(preset.fits(&preset.selects()), "{}", preset.id());
            assert_eq!(Preset::from_id(preset.id()), Some(*preset));
        }
    }
}
