//! Facts about Azure as data, each with its source.
//!
//! Nothing here was answered by a live subscription: the tables are from the CLI's own parser, the
//! rest from its source and the documentation. Where sources leave something open, the outputs say
//! so.
//!
//! What of az's answers the plans ask for by name, and where the names are from: `sku.name`,
//! `dataEndpointEnabled`, `mode`, `statusDetails`, `parent.syncProperties.schedule`, `.syncWindow`
//! and `.messageTtl`, `scopeMapId` from the models of azure-mgmt-containerregistry;
//! `provisioningState`, `autoUpgradeMinorVersion`, `currentVersion`, `releaseTrain`, `errorInfo`
//! from the API of Microsoft.KubernetesConfiguration/extensions (2023-05-01); `connectivityStatus`
//! and `agentVersion` from printed answers of `az connectedk8s`. A duration that was sent as `PT4H`
//! is answered as `4:00:00` (azure-cli 2.91.0, by its own models and conversion to JSON). That the
//! cluster's own agents keep its group and name in the config map `azure-clusterconfig` is from the
//! source of connectedk8s, which compares the two as well.

pub mod tables;

use crate::choices::{Field, SelectField, TextField};
use serde::Serialize;

/// What the facts hold for, and when they were checked.
pub struct Checked {
    /// azure-cli.
    pub azure_cli: &'static str,
    /// Its extension `k8s-extension`.
    pub k8s_extension: &'static str,
    /// ISO 8601.
    pub date: &'static str,
}

/// The versions that the facts of this crate hold for: the only place that says so.
/// `cargo xtask facts` finds out what a newer one changes.
pub const CHECKED: Checked =
    Checked { azure_cli: "2.91.0", k8s_extension: "1.9.3", date: "2026-11-21" };

/// The oldest azure-cli for which all commands emitted here are known to do what they say
/// (azure-cli release notes, 2.75.0).
pub const OLDEST_AZURE_CLI: &str = "2.75.0";
/// The oldest azure-cli that k8s-extension 1.9 runs in (its release notes): for tasks that create
/// nothing.
pub const OLDEST_AZURE_CLI_AT_ALL: &str = "2.51.0";
/// The oldest `k8s-extension` that these commands were tried with.
pub const OLDEST_K8S_EXTENSION: &str = "1.6.1";
/// The oldest `connectedk8s` that the service's own documentation names (quickstart).
pub const OLDEST_CONNECTEDK8S: &str = "1.2.0";

/// The extension type to deploy (quickstart). The CLI sends it in lower case (source of
/// k8s-extension).
pub const EXTENSION_TYPE: &str = "Microsoft.ContainerRegistry.ConnectedRegistry";
/// The cluster type of the extension commands for an Arc-enabled cluster (`az k8s-extension`).
pub const CLUSTER_TYPE: &str = "connectedClusters";
/// The namespace that the extension installs into (quickstart, tutorial).
pub const NAMESPACE: &str = "connected-registry";
/// The SKU that connected registries need ("What is a connected registry?").
pub const SKU: &str = "Premium";

/// The resource providers of the cluster's subscription that the Arc documentation registers; its
/// newer pages add the last one.
pub const PROVIDERS: [&str; 3] =
    ["Microsoft.Kubernetes", "Microsoft.KubernetesConfiguration", "Microsoft.ExtendedLocation"];

/// Names of the 2024 documents (glossary, quickstart and tutorial of that year), beside the
/// settings of today that they stood for. The last that applies wins.
const KEYS_OF_2024: &[(&str, &str)] = &[
    ("trustDistribution.enabled=true", "trustDistribution.skipNodeSelector=true"),
    ("trustDistribution.useNodeSelector=true", "trustDistribution.skipNodeSelector=false"),
    ("trustDistribution.enabled=false", "trustDistribution.skipNodeSelector=false"),
    ("httpEnabled=true", "HttpsEnabled=false"),
];

/// The settings of the 2024 documents that go with these of today, each name once.
pub fn keys_of_2024<'a>(settings: impl Iterator<Item = &'a str>) -> Vec<&'static str> {
    let mut old: Vec<&'static str> = Vec::new();
    let name = |setting: &str| setting.split('=').next().unwrap_or_default().to_owned();
    for setting in settings {
        if let Some((_, of_2024)) = KEYS_OF_2024.iter().find(|(today, _)| *today == setting) {
            old.retain(|other| name(other) != name(of_2024));
            old.push(of_2024);
        }
    }
    old
}

/// The configuration settings of the extension that are emitted here.
pub const SETTINGS: [(&str, Source); 10] = [
    ("service.clusterIP", sources::QUICKSTART),
    ("pvc.storageClassName", sources::GLOSSARY),
    ("pvc.storageRequest", sources::GLOSSARY),
    ("cert-manager.enabled", sources::TUTORIAL),
    ("cert-manager.install", sources::TUTORIAL),
    ("trustDistribution.enabled", sources::TUTORIAL),
    ("trustDistribution.useNodeSelector", sources::GLOSSARY),
    ("httpEnabled", sources::HTTP),
    // Of the documents of 2024, whose pages have other names today.
    ("trustDistribution.skipNodeSelector", sources::GLOSSARY),
    ("HttpsEnabled", sources::TUTORIAL),
];

/// Those of its protected settings: one flat object of strings.
pub const PROTECTED_SETTINGS: [(&str, Source); 5] = [
    ("connectionString", sources::QUICKSTART),
    ("tls.secret", sources::TUTORIAL),
    ("tls.crt", sources::TUTORIAL),
    ("tls.key", sources::TUTORIAL),
    ("tls.cacrt", sources::TUTORIAL),
];

/// Commands that ask before they act, unless they get `--yes`, and the options with which they do,
/// if these are not turned off; none means always. From the source of the CLI.
const PROMPTS: [(&str, &[&str]); 12] = [
    ("acr connected-registry create", &[]),
    ("acr connected-registry deactivate", &[]),
    ("acr connected-registry delete", &[]),
    ("acr connected-registry get-settings", &["--generate-password"]),
    ("acr scope-map delete", &[]),
    ("acr token delete", &[]),
    ("connectedk8s connect", &["--enable-private-link", "--azure-hybrid-benefit"]),
    ("connectedk8s delete", &[]),
    ("connectedk8s disable-features", &[]),
    ("connectedk8s update", &["--azure-hybrid-benefit"]),
    ("k8s-extension delete", &[]),
    (
        "k8s-extension update",
        &[
            "--configuration-settings",
            "--config-settings-file",
            "--config-protected-settings",
            "--config-protected-settings-file",
        ],
    ),
];

/// With which of its options a command asks before it acts; none of them means always. `None` where
/// it does not ask.
pub fn prompts(command: &str) -> Option<&'static [&'static str]> {
    PROMPTS.iter().find(|(name, _)| *name == command).map(|(_, options)| *options)
}

/// The page that says most about a field.
pub const fn documented(field: Field) -> Source {
    use SelectField as S;
    use TextField as T;
    match field {
        Field::Text(T::Registry | T::ResourceGroup | T::Import) => sources::ACR,
        Field::Text(T::Cluster | T::ClusterResourceGroup) => sources::CONNECTEDK8S,
        Field::Text(T::Name) => sources::INTRODUCTION,
        Field::Text(
            T::Repositories | T::RemoveRepositories | T::Notifications | T::Parent | T::GcSchedule,
        ) => sources::CONNECTED_REGISTRY,
        Field::Text(T::Tokens) => sources::TOKEN,
        Field::Text(T::Ip | T::Cidr) => sources::SERVICE_IP,
        Field::Text(T::Subscription | T::ClusterSubscription) => sources::ACCOUNT,
        Field::Text(T::Extension) => sources::K8S_EXTENSION,
        Field::Text(T::Context) => sources::KUBECTL,
        Field::Text(T::Secret | T::Certificate | T::PrivateKey | T::CaCertificate) => {
            sources::TUTORIAL
        }
        Field::Text(T::Schedule | T::Window | T::MessageTtl) => sources::SYNC_TUTORIAL,
        Field::Text(T::StorageClass) => sources::GLOSSARY,
        Field::Text(T::StorageRequest) => sources::QUANTITY,
        Field::Text(T::Version | T::Train) | Field::Select(S::Upgrade) => sources::UPGRADE_TUTORIAL,
        Field::Text(T::Image) => sources::CRICTL,
        Field::Select(S::Task | S::Shell) => sources::QUICKSTART,
        Field::Select(S::Mode | S::PasswordSlot | S::Gc | S::LogLevel) => {
            sources::CONNECTED_REGISTRY
        }
        Field::Select(S::Tls | S::Trust | S::SecretExists) => sources::TUTORIAL,
        Field::Select(S::SelfSigned) => sources::OPENSSL,
        Field::Select(S::Sync) => sources::SYNC_TUTORIAL,
        Field::Select(S::Keys) => sources::GLOSSARY,
    }
}

/// Where a fact can be looked up.
///
/// A number of one byte: every argument of every command and every piece of its text names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source(u8);

/// What a [`Source`] stands for.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// What it is, in a few words.
    pub name: &'static str,
    /// The page, where there is a public one.
    pub url: Option<&'static str>,
}

impl std::ops::Deref for Source {
    type Target = Page;

    fn deref(&self) -> &Page {
        &sources::PAGES[usize::from(self.0)]
    }
}

impl Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Page::serialize(self, serializer)
    }
}

macro_rules! sources {
    ($($(#[$doc:meta])* $NAME:ident = $name:literal, $url:expr;)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($NAME),+ }
        $($(#[$doc])* pub const $NAME: Source = Source(Number::$NAME as u8);)+
        pub(super) static PAGES: &[Page] = &[$(Page { name: $name, url: $url }),+];
    };
}

/// The sources, by what they answer.
pub mod sources {
    use super::{Page, Source};

    sources! {
        /// Options and behavior of `az acr connected-registry`.
        CONNECTED_REGISTRY = "az acr connected-registry", Some("https://learn.microsoft.com/cli/azure/acr/connected-registry");
        /// Options and behavior of `az acr`.
        ACR = "az acr", Some("https://learn.microsoft.com/cli/azure/acr");
        /// Options and behavior of `az k8s-extension`.
        K8S_EXTENSION = "az k8s-extension", Some("https://learn.microsoft.com/cli/azure/k8s-extension");
        /// Options of `az connectedk8s`.
        CONNECTEDK8S = "az connectedk8s", Some("https://learn.microsoft.com/cli/azure/connectedk8s");
        /// Options of `az extension`.
        EXTENSION = "az extension", Some("https://learn.microsoft.com/cli/azure/extension");
        /// Options of `az provider`.
        PROVIDER = "az provider", Some("https://learn.microsoft.com/cli/azure/provider");
        /// Options of `az account`.
        ACCOUNT = "az account", Some("https://learn.microsoft.com/cli/azure/account");
        /// Options of `az` itself.
        CLI = "Azure CLI", Some("https://learn.microsoft.com/cli/azure/reference-index");
        /// The quickstart for the Arc extension.
        QUICKSTART = "Quickstart: deploy the connected registry Arc extension", Some("https://learn.microsoft.com/azure/container-registry/quickstart-connected-registry-arc-cli");
        /// The tutorial on TLS and trust.
        TUTORIAL = "Tutorial: deploy the connected registry Arc extension", Some("https://learn.microsoft.com/azure/container-registry/tutorial-connected-registry-arc");
        /// What connected registries are, their limits and names.
        INTRODUCTION = "What is a connected registry?", Some("https://learn.microsoft.com/azure/container-registry/intro-connected-registry");
        /// The configuration keys.
        GLOSSARY = "Connected registry glossary", Some("https://learn.microsoft.com/azure/container-registry/connected-registry-glossary");
        /// Symptoms and remedies.
        TROUBLESHOOTING = "Troubleshoot the connected registry extension", Some("https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc");
        /// The dedicated data endpoint.
        DATA_ENDPOINT = "Dedicated data endpoints", Some("https://learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints");
        /// Names of Azure resources.
        RESOURCE_NAMES = "Azure resource name rules", Some("https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules");
        /// Names of repositories.
        OCI = "OCI distribution specification", Some("https://github.com/opencontainers/distribution-spec/blob/main/spec.md");
        /// kubectl.
        KUBECTL = "kubectl reference", Some("https://kubernetes.io/docs/reference/kubectl/");
        /// Kubernetes services and their addresses.
        SERVICE_IP = "Kubernetes service ClusterIP allocation", Some("https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/");
        /// Roles of Azure Container Registry.
        ROLES = "Azure Container Registry roles", Some("https://learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview");
        /// Options of `az acr token`.
        TOKEN = "az acr token", Some("https://learn.microsoft.com/cli/azure/acr/token");
        /// The tutorial on upgrades.
        UPGRADE_TUTORIAL = "Tutorial: upgrade the connected registry extension", Some("https://learn.microsoft.com/azure/container-registry/tutorial-connected-registry-upgrade");
        /// The tutorial on schedules.
        SYNC_TUTORIAL = "Tutorial: synchronize on a schedule", Some("https://learn.microsoft.com/azure/container-registry/tutorial-connected-registry-sync");
        /// Plain HTTP, by the documentation of the chart.
        HTTP = "Deploy the connected registry with Helm (preview)", Some("https://github.com/Azure/acr/blob/main/docs/preview/connected-registry/quickstart-deploy-connected-registry-kubernetes.md");
        /// cert-manager as an Arc extension.
        MANAGED_IDENTITY = "Connected registry with a managed identity (preview)", Some("https://github.com/Azure/acr/blob/main/docs/preview/connected-registry/managed-identity-connected-registry.md");
        /// Certificates.
        OPENSSL = "OpenSSL manual", Some("https://docs.openssl.org/3.0/man1/openssl-req/");
        /// How containerd finds registries.
        CONTAINERD = "containerd: registry configuration", Some("https://github.com/containerd/containerd/blob/main/docs/hosts.md");
        /// crictl.
        CRICTL = "crictl", Some("https://github.com/kubernetes-sigs/cri-tools/blob/master/docs/crictl.md");
        /// Sizes in Kubernetes.
        QUANTITY = "Kubernetes quantities", Some("https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/");
        /// Names in Kubernetes.
        KUBERNETES_NAMES = "Kubernetes object names", Some("https://kubernetes.io/docs/concepts/overview/working-with-objects/names/");
        /// Creating fails while the data endpoint is off.
        ISSUE_DATA_ENDPOINT = "Azure/acr issue 543", Some("https://github.com/Azure/acr/issues/543");
        /// What the sync state means.
        ISSUE_SYNC_STATE = "Azure/acr issue 591", Some("https://github.com/Azure/acr/issues/591");
        /// The certificate of a parent.
        ISSUE_NESTED = "Azure/acr issue 620", Some("https://github.com/Azure/acr/issues/620");
        /// Regions in the portal.
        ISSUE_REGION = "Azure/acr issue 711", Some("https://github.com/Azure/acr/issues/711");
        /// Activation with k3s.
        ISSUE_TOO_LARGE = "Azure/acr issue 725", Some("https://github.com/Azure/acr/issues/725");
        /// Upper-case letters in names.
        ISSUE_LOWER_CASE = "Azure/azure-cli issue 22812", Some("https://github.com/Azure/azure-cli/issues/22812");
        /// Arc onboarding.
        ISSUE_ONBOARDING = "Azure/azure-cli issue 30943", Some("https://github.com/Azure/azure-cli/issues/30943");
        /// What PowerShell passes to programs.
        POWERSHELL = "PowerShell: about_Parsing", Some("https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing");
        /// bash.
        BASH = "Bash reference manual", Some("https://www.gnu.org/software/bash/manual/bash.html");
        /// PowerShell.
        POWERSHELL_LANGUAGE = "PowerShell: the language", Some("https://learn.microsoft.com/powershell/scripting/lang-spec/chapter-01");
        /// Markdown.
        COMMONMARK = "CommonMark", Some("https://spec.commonmark.org/0.31.2/#fenced-code-blocks");
        /// How the link of this page is written.
        LINK = "The link of this configurator", None;
    }
}

/// The sentence that says what the commands were checked against.
pub fn checked() -> String {
    format!(
        "Checked against the parser of azure-cli {} and the sources of k8s-extension \
         {OLDEST_K8S_EXTENSION} and {} on {}; the other tools by their documentation. Never tried \
         on a live subscription.",
        CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is told to the user is what the tables were made from.
    #[test]
    fn the_tables_are_of_the_versions_that_the_user_is_told() {
        let tables: serde_json::Value = serde_json::from_str(include_str!("az-tables.json"))
            .unwrap_or_else(|error| panic!("{error}"));
        let Checked { azure_cli, k8s_extension, date } = CHECKED;
        assert_eq!(tables["versions"]["azure-cli"], azure_cli);
        assert_eq!(tables["versions"]["extensions"]["k8s-extension"], k8s_extension);
        assert_eq!(tables["generated"], date);
        assert!(
            date.len() == 10
                && date.split('-').all(|part| part.bytes().all(|byte| byte.is_ascii_digit())),
            "{date}"
        );
    }
}
