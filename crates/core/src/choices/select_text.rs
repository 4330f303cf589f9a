//! Labels and hints of the fields with a closed list.

use crate::choices::SelectField;

/// A label and its hint.
pub struct SelectText {
    /// The label.
    pub label: &'static str,
    /// What it means.
    pub hint: &'static str,
}

const fn text(label: &'static str, hint: &'static str) -> SelectText {
    SelectText { label, hint }
}

/// The text of a field as a whole.
pub const fn of(field: SelectField) -> SelectText {
    match field {
        SelectField::Task => text("Task", "What is to be done."),
        SelectField::Mode => text("Mode", "It cannot be changed later."),
        SelectField::Tls => text("Certificate", "Where the TLS certificate comes from."),
        SelectField::Trust => text("Trust", "Who makes the nodes trust the certificate."),
        SelectField::SecretExists => text("The secret", "Whether it exists already."),
        SelectField::SelfSigned => text("The files", "Whether they exist already."),
        SelectField::Sync => {
            text("Synchronization", "When the connected registry connects to its parent.")
        }
        SelectField::Gc => text("Garbage collection", "What happens to untagged content."),
        SelectField::Upgrade => text("Upgrades", "How the extension is kept up to date."),
        SelectField::PasswordSlot => {
            text("Password of the sync token", "It has two; one is generated.")
        }
        SelectField::LogLevel => text("Log level", "How much the connected registry logs."),
        SelectField::Keys => text("Configuration keys", "Which spellings are emitted."),
        SelectField::Shell => text("Shell", "Which shell the commands are written for."),
    }
}

/// The text of one value of a field.
pub fn option(field: SelectField, word: &str) -> SelectText {
    match (field, word) {
        (SelectField::Task, "deploy") => {
            text("Deploy", "Create the connected registry and deploy the extension.")
        }
        (SelectField::Task, "upgrade") => {
            text("Upgrade", "Change how the extension is kept up to date, or its version.")
        }
        (SelectField::Task, "schedule") => text("Synchronize", "Change when it synchronizes."),
        (SelectField::Task, "repositories") => text("Repositories", "Change what it synchronizes."),
        (SelectField::Task, "pull") => text("Pull", "Pull an image from it."),
        (SelectField::Task, "rotate") => text("Rotate", "Give the extension a new sync password."),
        (SelectField::Task, "redeploy") => {
            text("Redeploy", "Deploy again what was activated before.")
        }
        (SelectField::Task, "diagnose") => text("Diagnose", "Find out what is wrong."),
        (SelectField::Task, "clean-up") => text("Remove", "Remove everything."),
        (SelectField::Mode, "read-only") => {
            text("ReadOnly", "Clients pull. The default since azure-cli 2.60.")
        }
        (SelectField::Mode, "read-write") => text(
            "ReadWrite",
            "Clients also push; what they push is synchronized to the cloud registry.",
        ),
        (SelectField::Tls, "cert-manager") => {
            text("cert-manager, installed", "The extension installs it. Recommended.")
        }
        (SelectField::Tls, "own-cert-manager") => {
            text("cert-manager, your own", "One already runs in the cluster.")
        }
        (SelectField::Tls, "secret") => {
            text("Kubernetes secret", "A TLS secret in the namespace connected-registry.")
        }
        (SelectField::Tls, "byoc") => text("Files", "Certificate and key of your own (BYOC)."),
        (SelectField::Tls, "http") => text(
            "None: HTTP",
            "Not secure, not verified on the Arc extension. For development only.",
        ),
        (SelectField::Trust, "nodes") => text(
            "The extension, on every node",
            "By the preview documentation: Debian-based Linux nodes with containerd.",
        ),
        (SelectField::Trust, "labelled-nodes") => text(
            "The extension, on labelled nodes",
            "Those with containerd-configured-by=connected-registry.",
        ),
        (SelectField::Trust, "own") => text("You", "The extension leaves the nodes alone."),
        (SelectField::SecretExists, "no") => text("Make it from files", "Where it does not exist."),
        (SelectField::SecretExists, "yes") => {
            text("It exists", "With ca.crt, tls.crt and tls.key.")
        }
        (SelectField::SelfSigned, "no") => text("They exist", "The script checks them."),
        (SelectField::SelfSigned, "yes") => text(
            "Make a self-signed pair",
            "On your machine, for the service IP, where they do not exist.",
        ),
        (SelectField::Sync, "continuous") => text("Continuously", "Every minute."),
        (SelectField::Sync, "scheduled") => {
            text("On a schedule", "Connects only in a window; good for thin or metered links.")
        }
        (SelectField::Gc, "on") => {
            text("Remove untagged content", "Every day at midnight, or on the schedule below.")
        }
        (SelectField::Gc, "off") => text("Keep it", "The volume grows."),
        (SelectField::Upgrade, "auto") => text("Automatically", "Minor versions, by Azure."),
        (SelectField::Upgrade, "pin") => text("Stay at a version", "Automatic upgrades off."),
        (SelectField::PasswordSlot, "usual") => {
            text("The usual one", "The first when deploying, the second when rotating.")
        }
        (SelectField::PasswordSlot, "1") => text("Password 1", "Where password 2 is in use."),
        (SelectField::PasswordSlot, "2") => text("Password 2", "Where password 1 is in use."),
        (SelectField::LogLevel, "information") => text("Information", "The default."),
        (SelectField::LogLevel, "debug") => text("Debug", "Everything; while looking for a fault."),
        (SelectField::LogLevel, "warning") => text("Warning", "What may be wrong."),
        (SelectField::LogLevel, "error") => text("Error", "What is wrong."),
        (SelectField::LogLevel, "none") => text("None", "Nothing."),
        (SelectField::Keys, "current") => text("Current", "As the documentation has them today."),
        (SelectField::Keys, "2024") => {
            text("Those of 2024 as well", "For extensions of that time.")
        }
        (SelectField::Shell, "bash") => {
            text("Bash", "3.2 or newer: Linux, macOS, Git Bash, Cloud Shell.")
        }
        (SelectField::Shell, "powershell") => {
            text("PowerShell", "Windows PowerShell 5.1, and 7 everywhere.")
        }
        _ => text("", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_words() {
        for field in SelectField::ALL {
            for word in field.words() {
                let words = option(*field, word);
                assert!(
                    !words.label.is_empty() && !words.hint.is_empty(),
                    "{} {word}",
                    field.key()
                );
            }
        }
    }
}
