//! The documented scenarios in words.

use crate::choices::Preset;

/// What is said about a scenario.
pub struct PresetText {
    /// Its title.
    pub title: &'static str,
    /// What it means, in a sentence or two.
    pub description: &'static str,
}

/// The text of a scenario.
pub const fn of(preset: Preset) -> PresetText {
    match preset {
        Preset::SecureDefault => PresetText {
            title: "Secure by default",
            description: "HTTPS; the extension installs cert-manager and makes every node trust the certificate. Clients pull only.",
        },
    }
}
