//! The documented scenarios in words.

use crate::choices::{Choices, Preset};

/// What is said about a scenario.
pub struct PresetText {
    /// Its title.
    pub title: &'static str,
    /// What it means, in a sentence or two.
    pub description: &'static str,
}

const fn text(title: &'static str, description: &'static str) -> PresetText {
    PresetText { title, description }
}

/// The text of a scenario.
pub const fn of(preset: Preset) -> PresetText {
    match preset {
        Preset::SecureDefault => text(
            "Secure by default",
            "HTTPS; the extension installs cert-manager and makes the nodes (Debian-based Linux) \
             trust the certificate. Clients pull only.",
        ),
        Preset::OwnCertManager => text(
            "Own cert-manager",
            "HTTPS with the cert-manager that already runs in the cluster.",
        ),
        Preset::KubernetesSecret => text(
            "Kubernetes secret",
            "HTTPS with a TLS secret that you manage: made from files, or one that exists.",
        ),
        Preset::Byoc => text(
            "Own certificate",
            "HTTPS with certificate and key files of your own (BYOC), or a self-signed pair made \
             on your machine.",
        ),
        Preset::OwnTrust => text(
            "Own trust distribution",
            "HTTPS with your own certificate; the nodes trust it already, or you make them.",
        ),
        Preset::Http => text(
            "HTTP",
            "No encryption. For development only; each node needs an exception. Not verified on \
             the Arc extension.",
        ),
        Preset::AutoUpgrade => text(
            "Automatic upgrades",
            "An existing extension is switched to automatic minor upgrades.",
        ),
        Preset::ManualUpgrade => text(
            "Upgrade to a version",
            "An existing extension is brought to a version and stays there.",
        ),
        Preset::PinVersion => text(
            "Roll back to a version",
            "An existing extension goes back to an earlier version and stays there.",
        ),
        Preset::SyncDaily => text(
            "Once a day",
            "Synchronizes every day at midnight UTC for four hours, or at any other time.",
        ),
        Preset::SyncContinuous => text("Continuously", "Synchronizes every minute."),
        Preset::PullImage => {
            text("Pull an image", "A client token, and a pull with a pod and with crictl.")
        }
        Preset::CleanUp => text(
            "Clean up",
            "Removes the extension and the connected registry, with its token and scope map.",
        ),
    }
}

/// What it is to compare with a scenario.
pub fn compared_with(preset: Preset) -> String {
    format!("Compared with: {}", of(preset).title)
}

/// What choices amount to, in a few words: the documented scenario, or else the task.
pub fn title_of(choices: &Choices) -> &'static str {
    use crate::choices::SelectField;
    match choices.recognized() {
        Some(preset) => of(preset).title,
        None => {
            super::select_text::option(SelectField::Task, choices.select.word(SelectField::Task))
                .label
        }
    }
}
