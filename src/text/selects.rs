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
        SelectField::Sync => text("Synchronization", "When the connected registry synchronizes."),
        SelectField::Upgrade => text("Upgrades", "How the extension is kept up to date."),
        SelectField::Slot => text("Password of the sync token", "It has two; one is generated."),
        SelectField::Keys => text("Configuration keys", "Which spellings are emitted."),
        SelectField::Shell => text("Shell", "Which shell the commands are written for."),
    }
}

/// The text of one value of a field.
pub fn option(field: SelectField, word: &str) -> SelectText {
    match (field, word) {
        (SelectField::Mode, "read-only") => text("ReadOnly", "Clients pull. The default since azure-cli 2.60."),
        (SelectField::Mode, "read-write") => text("ReadWrite", "Clients also push; what they push is synchronized to the cloud registry."),
        (SelectField::Slot, "1") => text("Password 1", "For a first deployment."),
        (SelectField::Slot, "2") => text("Password 2", "Where password 1 is in use."),
        _ => text("", ""),
    }
}
