//! The connection string, as `az acr connected-registry get-settings` prints it.

use super::{Remark, Secret};
use crate::text::files as text;

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
        Some(text::CONNECTION_MISSING)
    } else if !string.starts_with(NAME) {
        Some(text::CONNECTION_OTHER)
    } else if value(PASSWORD).is_some_and(|password| password.starts_with('<')) {
        Some(text::CONNECTION_WITHOUT_PASSWORD)
    } else if string.contains('<') {
        Some(text::CONNECTION_PLACEHOLDER)
    } else if string.contains(|letter: char| !letter.is_ascii_graphic() || "\"'\\".contains(letter))
    {
        Some(text::CONNECTION_CHARACTER)
    } else if [NAME, TOKEN, PASSWORD].iter().any(|key| value(key).is_none_or(str::is_empty)) {
        Some(text::CONNECTION_PART)
    } else {
        None
    };
    let mut remarks: Vec<Remark> = error.map(Remark::error).into_iter().collect();
    if string.len() < typed.text().len() && !string.is_empty() {
        remarks.push(Remark::note(text::CONNECTION_TRIMMED));
    }
    if let Some(name) = value(NAME).filter(|name| {
        error.is_none() && !registry.is_empty() && !name.eq_ignore_ascii_case(registry)
    }) {
        remarks.push(Remark::warning((
            text::connection_of_another(name, registry),
            text::CONNECTION_OF_ANOTHER_HINT,
        )));
    }
    remarks
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
            assert_eq!(said(&typed, "edge01"), [text::CONNECTION_TRIMMED], "{around}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let without_password =
            RIGHT.replace("aB3+/x==", "<use --generate-password to generate a new password>");
        for (typed, error) in [
            ("", text::CONNECTION_MISSING),
            ("  \"\" ", text::CONNECTION_MISSING),
            ("DefaultEndpointsProtocol=https;AccountName=x", text::CONNECTION_OTHER),
            ("connectedregistryname=x", text::CONNECTION_OTHER),
            (&without_password, text::CONNECTION_WITHOUT_PASSWORD),
            (
                &RIGHT.replace("contoso.eastus.data.azurecr.io", "<parent gateway endpoint>"),
                text::CONNECTION_PLACEHOLDER,
            ),
            (&RIGHT.replace(';', ";\n"), text::CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a\"B3"), text::CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a B3"), text::CONNECTION_CHARACTER),
            (&RIGHT.replace("aB3", "a“B3"), text::CONNECTION_CHARACTER),
            (
                "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTo",
                text::CONNECTION_PART,
            ),
            (
                "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword=",
                text::CONNECTION_PART,
            ),
            (
                "ConnectedRegistryName=;SyncTokenName=edge01-sync;SyncTokenPassword=x",
                text::CONNECTION_PART,
            ),
        ] {
            let remarks = inspect(&Secret::new(typed.into()), "edge01");
            assert_eq!(remarks.first(), Some(&Remark::error(error)), "{typed}");
        }
        assert_eq!(said(RIGHT, "edge02"), [text::connection_of_another("edge01", "edge02")]);
    }
}
