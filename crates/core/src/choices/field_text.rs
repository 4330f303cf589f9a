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
    /// The words of its placeholder in an output, without the angle brackets. At least one blank in
    /// them: so no shell can read `'<arc cluster>'` as anything but text.
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
        TextField::ResourceGroup => FieldText {
            label: "Resource group",
            hint: "Of the container registry.",
            example: "rg-edge",
            placeholder: "resource group",
        },
        TextField::Cluster => FieldText {
            label: "Arc cluster",
            hint: "As az connectedk8s list shows it.",
            example: "arc-cluster-01",
            placeholder: "arc cluster",
        },
        TextField::Ip => FieldText {
            label: "Service IP",
            hint: "A free address of the cluster's service CIDR.",
            example: "10.0.0.200",
            placeholder: "service ip",
        },
        TextField::Repositories => FieldText {
            label: "Repositories",
            hint: "What to synchronize, separated by commas, blanks or lines.",
            example: "hello-world, app/api",
            placeholder: "repositories to synchronize",
        },
        TextField::Cidr => FieldText {
            label: "Service CIDR",
            hint: "Only to check the service IP.",
            example: "10.0.0.0/16",
            placeholder: "service cidr",
        },
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
            hint: "Of the extension instance; by default the connected registry's name in lower \
                   case.",
            example: "edge01",
            placeholder: "extension name",
        },
        TextField::Context => FieldText {
            label: "kubectl context",
            hint: "That points at the cluster, where it is not the current one.",
            example: "edge-admin",
            placeholder: "kubectl context",
        },
        TextField::Secret => FieldText {
            label: "Kubernetes secret",
            hint: "Its name in the namespace connected-registry.",
            example: "edge-tls",
            placeholder: "kubernetes secret",
        },
        TextField::Certificate => FieldText {
            label: "Certificate file",
            hint: "PEM, on your machine: a path, in full or from the folder you run the commands \
                   in.",
            example: "tls.crt",
            placeholder: "certificate file",
        },
        TextField::PrivateKey => FieldText {
            label: "Private key file",
            hint: "PEM, without a passphrase.",
            example: "tls.key",
            placeholder: "private key file",
        },
        TextField::CaCertificate => FieldText {
            label: "CA certificate file",
            hint: "PEM, of the authority that signed; leave it empty for a self-signed certificate.",
            example: "ca.crt",
            placeholder: "ca certificate file",
        },
        TextField::Schedule => FieldText {
            label: "Schedule",
            hint: "Cron, in UTC: minute hour day month weekday.",
            example: "0 0 * * *",
            placeholder: "sync schedule",
        },
        TextField::Window => FieldText {
            label: "Window",
            hint: "For how long each time, as an ISO 8601 duration: 1 hour to 7 days.",
            example: "PT4H",
            placeholder: "sync window",
        },
        TextField::MessageTtl => FieldText {
            label: "Message lifetime",
            hint: "How long messages wait, as an ISO 8601 duration: 1 to 90 days; 2 days unless \
                   given.",
            example: "P2D",
            placeholder: "message lifetime",
        },
        TextField::Parent => FieldText {
            label: "Parent connected registry",
            hint: "For a nested one; leave it empty for the cloud registry.",
            example: "factory01",
            placeholder: "parent connected registry",
        },
        TextField::Tokens => FieldText {
            label: "Client tokens",
            hint: "Names of tokens, separated by commas, blanks or lines.",
            example: "edge-clients",
            placeholder: "client token",
        },
        TextField::Notifications => FieldText {
            label: "Notifications",
            hint: "Patterns such as hello-world:*:push, separated by commas, blanks or lines.",
            example: "*:*",
            placeholder: "notification patterns",
        },
        TextField::GcSchedule => FieldText {
            label: "Garbage collection schedule",
            hint: "Cron; every day at midnight unless given.",
            example: "0 3 * * *",
            placeholder: "garbage collection schedule",
        },
        TextField::StorageClass => FieldText {
            label: "Storage class",
            hint: "As kubectl get storageclasses shows it; the cluster’s default unless given.",
            example: "standard",
            placeholder: "storage class",
        },
        TextField::StorageRequest => FieldText {
            label: "Storage size",
            hint: "A Kubernetes quantity; 500Gi unless given.",
            example: "250Gi",
            placeholder: "storage size",
        },
        TextField::Version => FieldText {
            label: "Version",
            hint: "Three numbers. The example is only one: take a version from the list that the \
                   commands show.",
            example: "0.11.0",
            placeholder: "extension version",
        },
        TextField::Train => FieldText {
            label: "Release train",
            hint: "stable or preview; the service’s default unless given.",
            example: "stable",
            placeholder: "release train",
        },
        TextField::Image => FieldText {
            label: "Image",
            hint: "Repository and tag.",
            example: "hello-world:latest",
            placeholder: "image to pull",
        },
        TextField::Import => FieldText {
            label: "Import an image first",
            hint: "Registry, repository and tag; it is copied into the container registry.",
            example: "mcr.microsoft.com/hello-world:latest",
            placeholder: "image to import",
        },
        TextField::RemoveRepositories => FieldText {
            label: "Repositories to remove",
            hint: "What to synchronize no longer.",
            example: "old/app",
            placeholder: "repositories to remove",
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

/// What a key of the protected settings holds, what older documents say of it, and the field that
/// it follows.
pub fn protected_setting(key: &str) -> (&'static str, Option<&'static str>, Option<TextField>) {
    const NOT_JSON: Option<&str> = Some(
        "The 2024 documents show a fragment here that is not JSON, and leave out connectionString: \
         the login would be lost.",
    );
    match key {
        "tls.secret" => (
            "The Kubernetes secret that holds the certificate, by its name.",
            NOT_JSON,
            Some(TextField::Secret),
        ),
        "tls.crt" => (
            "The certificate: base64 of the PEM file, on one line.",
            NOT_JSON,
            Some(TextField::Certificate),
        ),
        "tls.key" => (
            "The private key: base64 of the PEM file, on one line.",
            NOT_JSON,
            Some(TextField::PrivateKey),
        ),
        "tls.cacrt" => (
            "The certificate of the authority; of a self-signed certificate, itself: base64 of the \
             PEM file, on one line.",
            Some("The 2024 documents do not have it."),
            Some(TextField::CaCertificate),
        ),
        _ => (
            "What the extension logs in with. It holds a password, so the script fetches it on \
             your machine.",
            Some("The 2024 quickstart writes an empty one where fetching it fails."),
            None,
        ),
    }
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
