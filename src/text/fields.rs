//! Labels, hints, examples and placeholders of the fields.

use crate::choices::TextField;

/// What stands at a text field.
pub struct FieldText {
    /// The label.
    pub label: &'static str,
    /// The hint under it.
    pub hint: &'static str,
    /// A value as an example.
    pub example: &'static str,
    /// The words of its placeholder in an output, without the angle brackets. At least one blank in them:
    /// so no shell can read `'<arc cluster>'` as anything but text.
    pub placeholder: &'static str,
}

/// The text of a field.
pub const fn of(field: TextField) -> FieldText {
    match field {
        TextField::Registry => FieldText {
            label: "Container registry",
            hint: "The cloud registry, of the Premium SKU. Its name or its login server.",
            example: "contoso",
            placeholder: "container registry",
        },
        TextField::Name => FieldText {
            label: "Connected registry",
            hint: "A new name: 5 to 40 letters and digits, a letter first.",
            example: "edge01",
            placeholder: "connected registry",
        },
        TextField::ResourceGroup => {
            FieldText { label: "Resource group", hint: "Of the container registry.", example: "rg-edge", placeholder: "resource group" }
        }
        TextField::Cluster => {
            FieldText { label: "Arc cluster", hint: "As az connectedk8s list shows it.", example: "arc-cluster-01", placeholder: "arc cluster" }
        }
        TextField::Ip => {
            FieldText { label: "Service IP", hint: "A free address of the cluster's service CIDR.", example: "10.0.0.200", placeholder: "service ip" }
        }
        TextField::Repositories => FieldText {
            label: "Repositories",
            hint: "What to synchronize, separated by commas, blanks or lines.",
            example: "hello-world, app/api",
            placeholder: "repositories to synchronize",
        },
        TextField::Cidr => FieldText { label: "Service CIDR", hint: "Only to check the service IP.", example: "10.0.0.0/16", placeholder: "service cidr" },
        TextField::ClusterResourceGroup => FieldText {
            label: "Resource group of the cluster",
            hint: "Where it is not that of the registry.",
            example: "rg-clusters",
            placeholder: "resource group of the cluster",
        },
        TextField::Subscription => FieldText {
            label: "Subscription",
            hint: "Of the registry, by id or name, where it is not the current one of az.",
            example: "Edge Production",
            placeholder: "subscription of the registry",
        },
        TextField::ClusterSubscription => FieldText {
            label: "Subscription of the cluster",
            hint: "Where it is not that of the registry.",
            example: "Edge Clusters",
            placeholder: "subscription of the cluster",
        },
        TextField::Extension => FieldText {
            label: "Extension name",
            hint: "Of the extension instance; by default the connected registry's name in lower case.",
            example: "edge01",
            placeholder: "extension name",
        },
        TextField::Context => FieldText {
            label: "kubectl context",
            hint: "That points at the cluster, where it is not the current one.",
            example: "edge-admin",
            placeholder: "kubectl context",
        },
    }
}

/// The label of a field.
pub const fn label(field: TextField) -> &'static str {
    of(field).label
}

/// The placeholder of a field as it stands in an output, without quotes: `<arc cluster>`.
pub fn placeholder(field: TextField) -> String {
    format!("<{}>", of(field).placeholder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_has_a_blank_and_nothing_a_shell_expands() {
        for field in TextField::ALL {
            let words = of(*field).placeholder;
            assert!(words.contains(' '), "{words}");
            assert!(words.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{words}");
        }
    }
}
