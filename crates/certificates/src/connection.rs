//! The connection string, as `az acr connected-registry get-settings` prints it.

use super::{Remark, Secret};
use crate::remark::Pair;

pub(crate) const CONNECTION_MISSING: Pair =
    ("The connection string is missing; the extension cannot log in without it.", "Paste it here.");
const CONNECTION_OTHER: Pair = (
    "This is not a connection string of a connected registry: those begin with \
     ConnectedRegistryName=.",
    "Copy the value of ACR_REGISTRY_CONNECTION_STRING, without its key.",
);
const CONNECTION_WITHOUT_PASSWORD: Pair = (
    "There is no password in it: the command writes a placeholder unless it is told to make a \
     password.",
    "Run az acr connected-registry get-settings again with --generate-password 1.",
);
const CONNECTION_PLACEHOLDER: Pair = (
    "There is a placeholder in < > in it, so something is still missing.",
    "Copy what the command prints, not what a document shows.",
);
const CONNECTION_CHARACTER: Pair = (
    "There is a blank, a quote or another character in it that no connection string has, so it is \
     not whole or not alone.",
    "Copy just the value, from ConnectedRegistryName= to the end.",
);
const CONNECTION_PART: Pair = (
    "A part is missing: it needs ConnectedRegistryName=, SyncTokenName= and SyncTokenPassword=, \
     each with a value.",
    "Copy all of it; it may have been cut off.",
);
const CONNECTION_TRIMMED: &str = "Blanks and quotes around it are left out.";

const NAME: &str = "ConnectedRegistryName=";
const TOKEN: &str = "SyncTokenName=";
const PASSWORD: &str = "SyncTokenPassword=";

/// Blanks around it, and one pair of quotes, are no part of it.
pub(super) fn trimmed(typed: &str) -> &str {
    let text = typed.trim();
    let unquoted =
        ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    unquoted.unwrap_or(text).trim()
}

/// What is wrong with it. `registry` is the name that was chosen, empty where there is none.
pub(super) fn inspect(typed: &Secret, registry: &str) -> Vec<Remark> {
    let string = trimmed(typed.text());
    let value = |key: &str| string.split(';').find_map(|part| part.strip_prefix(key));
    let error = if string.is_empty() {
        Some(CONNECTION_MISSING)
    } else if !string.starts_with(NAME) {
        Some(CONNECTION_OTHER)
    } else if value(PASSWORD).is_some_and(|password| password.starts_with('<')) {
        Some(CONNECTION_WITHOUT_PASSWORD)
    } else if string.contains('<') {
        Some(CONNECTION_PLACEHOLDER)
    } else if string.contains(|letter: char| !letter.is_ascii_graphic() || "\"'\\".contains(letter))
    {
        Some(CONNECTION_CHARACTER)
    } else if [NAME, TOKEN, PASSWORD].iter().any(|key| value(key).is_none_or(str::is_empty)) {
        Some(CONNECTION_PART)
    } else {
        None
    };
    let mut remarks: Vec<Remark> = error.map(Remark::error).into_iter().collect();
    if string.len() < typed.text().len() && !string.is_empty() {
        remarks.push(Remark::note(CONNECTION_TRIMMED));
    }
    if let Some(name) = value(NAME).filter(|name| {
        error.is_none() && !registry.is_empty() && !name.eq_ignore_ascii_case(registry)
    }) {
        remarks.push(Remark::warning((
            connection_of_another(name, registry),
            "Take the one of the connected registry that you deploy, or change the name in the \
             form.",
        )));
    }
    remarks
}

fn connection_of_another(name: &str, chosen: &str) -> String {
    format!("It is for the connected registry {name}, and the form says {chosen}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword=aB3+/x==;\
                         ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https";

    fn said(typed: &str, registry: &str) -> Vec<String> {
        inspect(&Secret::new(typed.into()), registry)
            .into_iter()
            .map(|remark| remark.message)
            .collect()
    }

    #[test]
    fn what_the_command_prints_is_right() {
        for registry in ["", "edge01", "EDGE01"] {
            assert!(said(RIGHT, registry).is_empty());
        }
        for around in ["  X  ", "\"X\"", " 'X'\n", "\" X \""] {
            let typed = around.replace('X', RIGHT);
            assert_eq!(trimmed(&typed), RIGHT);
            assert_eq!(said(&typed, "edge01"), [CONNECTION_TRIMMED], "{around}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let without_password =
            RIGHT.replace("aB3+/x==", "<use --generate-password to generate a new password>");
        for (typed, error) in [
            ("", CONNECTION_MISSING),
            ("  \"\" ", CONNECTION_MISSING),
            ("DefaultEndpointsProtocol=https;AccountName=x", CONNECTION_OTHER),
            ("connectedregistryname=x", CONNECTION_OTHER),
            (&without_password, CONNECTION_WITHOUT_PASSWORD),
            (
                &RIGHT.replace("contoso.eastus.data.azurecr.io", "<parent gateway endpoint>"),
                CONNECTION_PLACEHOLDER,
            ),
            (&RIGHT.replace(';', ";\n"), CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a\"B3"), CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a B3"), CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a“B3"), CONNECTION_CHARACTER),
            ("ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTo", CONNECTION_PART),
            (
                "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword=",
                CONNECTION_PART,
            ),
            (
                "ConnectedRegistryName=;SyncTokenName=edge01-sync;SyncTokenPassword=x",
                CONNECTION_PART,
            ),
        ] {
            let remarks = inspect(&Secret::new(typed.into()), "edge01");
            assert_eq!(remarks.first(), Some(&Remark::error(error)), "{typed}");
        }
        assert_eq!(said(RIGHT, "edge02"), [connection_of_another("edge01", "edge02")]);
    }
}
