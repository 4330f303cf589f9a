//! What the user asks for, as typed: the only state.
//!
//! Text is kept exactly as it was entered, valid or not; [`crate::scenario`] parses it. No field
//! can hold a secret, so a secret can't get into a link or into storage.

pub mod field_text;
mod fields;
mod guide;
pub mod preset_text;
mod presets;
pub mod sections;
pub mod select_text;

pub use fields::{Field, SelectField, Selects, TextField};
pub use fields::{
    Gc, Keys, LogLevel, Mode, PasswordSlot, SecretExists, SelfSigned, Shell, Sync, Task, Tls,
    Trust, Upgrade,
};
pub use guide::{Answers, Certificate, Recommendation};
pub use presets::Preset;

use serde::{Deserialize, Serialize};

/// The longest text one field keeps, in characters. More is cut by [`crate::link::parse`], which
/// says so.
pub const TEXT_LIMIT: usize = 1_000;

/// What the user asks for. [`Choices::default`] is the secure default with nothing filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The documented scenario the user started from; a link holds the differences from it.
    pub preset: Preset,
    /// The options with a closed list of values.
    pub select: Selects,
    texts: Vec<String>,
}

impl Default for Choices {
    fn default() -> Self {
        Self::from(Preset::default())
    }
}

impl From<Preset> for Choices {
    fn from(preset: Preset) -> Self {
        let mut choices = Self {
            preset,
            select: preset.selects(),
            texts: vec![String::new(); TextField::ALL.len()],
        };
        for (field, text) in preset.texts() {
            choices.set_text(*field, *text);
        }
        choices
    }
}

impl Choices {
    /// The text of a field exactly as typed; empty where nothing was.
    pub fn text(&self, field: TextField) -> &str {
        self.texts.get(field as usize).map_or("", String::as_str)
    }

    /// Replaces the text of a field. Line breaks are removed from the text of a single-line field,
    /// as browsers do.
    pub fn set_text(&mut self, field: TextField, text: impl Into<String>) {
        let mut text = text.into();
        if !field.is_multiline() && text.contains(['\n', '\r']) {
            text.retain(|c| !matches!(c, '\n' | '\r'));
        }
        if let Some(kept) = self.texts.get_mut(field as usize) {
            *kept = text;
        }
    }

    /// The same choices with one text replaced; for tests and examples.
    pub fn with(mut self, field: TextField, text: &str) -> Self {
        self.set_text(field, text);
        self
    }

    /// Returns the same choices without the texts.
    pub fn without_texts(&self) -> Self {
        Self { preset: self.preset, select: self.select, texts: Vec::new() }
    }

    /// Starts from another scenario: what it fixes is chosen, what it begins with is filled in
    /// where nothing was typed; everything else stays.
    pub fn start_from(&mut self, preset: Preset) {
        self.preset = preset;
        for (field, word) in preset.fixes() {
            self.select.set_word(*field, word);
        }
        for (field, text) in preset.texts() {
            if self.text(*field).is_empty() {
                self.set_text(*field, *text);
            }
        }
    }

    /// The same names in another scenario as it is documented: to compare with.
    pub fn in_scenario(&self, preset: Preset) -> Self {
        let mut other = Self {
            select: Selects { shell: self.select.shell, ..Selects::default() },
            ..self.clone()
        };
        other.start_from(preset);
        other
    }

    /// The documented scenario that these choices amount to: the one started from while it fits,
    /// else the first that does.
    pub fn recognized(&self) -> Option<Preset> {
        std::iter::once(self.preset)
            .chain(Preset::ALL.iter().copied())
            .find(|preset| preset.fits(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_stays_recognized_until_a_choice_it_fixes_changes() {
        let mut choices = Choices::default().with(TextField::Registry, "contoso");
        assert_eq!(choices.recognized(), Some(Preset::SecureDefault));
        choices.select.slot = PasswordSlot::Two;
        assert_eq!(
            choices.recognized(),
            Some(Preset::SecureDefault),
            "the slot is not part of the scenario"
        );
        choices.select.mode = Mode::ReadWrite;
        assert_eq!(choices.recognized(), None);
    }
}
