//! Rules about names.

use super::{Hit, Rule, Severity, transport, unfit};
use crate::azure::sources;
use crate::choices::{Shell, TextField};
use crate::portable;
use crate::scenario::{ClusterName, ConnectedRegistryName, ExtensionName, FREE, KubeContext, RegistryName, ResourceGroupName, Subscription};
use crate::text::rules as text;

pub(super) static REGISTRY_NAME: Rule = Rule {
    id: "registry-name",
    severity: Severity::Error,
    why: text::REGISTRY_NAME_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#registry=con-toso",
    clean: "#registry=contoso",
    in_output: false,
    check: |choices, _| unfit(choices, TextField::Registry, RegistryName::parse, |_| text::REGISTRY_NAME.into()),
};

pub(super) static REGISTRY_LOGIN_SERVER: Rule = Rule {
    id: "registry-login-server",
    severity: Severity::Info,
    why: text::REGISTRY_LOGIN_SERVER_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#registry=contoso.azurecr.io",
    clean: "#registry=contoso",
    in_output: true,
    check: |choices, scenario| {
        let typed = choices.text(TextField::Registry).trim();
        match &scenario.registry.name.value {
            Some(name) if RegistryName::from_login_server(typed).is_some() => {
                vec![Hit::at(TextField::Registry, text::registry_login_server(name.as_str())).with_fix(TextField::Registry, name.as_str())]
            }
            _ => Vec::new(),
        }
    },
};

pub(super) static CONNECTED_REGISTRY_NAME: Rule = Rule {
    id: "connected-registry-name",
    severity: Severity::Error,
    why: text::CONNECTED_REGISTRY_NAME_WHY,
    source: sources::INTRODUCTION,
    violating: "#name=edge-01",
    clean: "#name=edge01",
    in_output: false,
    check: |choices, _| unfit(choices, TextField::Name, ConnectedRegistryName::parse, |_| text::CONNECTED_REGISTRY_NAME.into()),
};

pub(super) static CONNECTED_REGISTRY_UPPER_CASE: Rule = Rule {
    id: "connected-registry-upper-case",
    severity: Severity::Warning,
    why: text::CONNECTED_REGISTRY_UPPER_CASE_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#name=Edge01",
    clean: "#name=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.name.value {
        Some(name) if name.as_str().contains(|c: char| c.is_ascii_uppercase()) => {
            vec![Hit::at(TextField::Name, text::connected_registry_upper_case(&name.as_str().to_ascii_lowercase()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static RESOURCE_GROUP_NAME: Rule = Rule {
    id: "resource-group-name",
    severity: Severity::Error,
    why: text::RESOURCE_GROUP_NAME_WHY,
    source: sources::RESOURCE_NAMES,
    violating: "#rg=x;%20echo%20INJECTED",
    clean: "#rg=rg-edge_(1)",
    in_output: false,
    check: |choices, _| {
        let check = |field| unfit(choices, field, ResourceGroupName::parse, |_| text::RESOURCE_GROUP_NAME.into());
        let mut hits = check(TextField::ResourceGroup);
        hits.extend(check(TextField::ClusterResourceGroup));
        hits
    },
};

pub(super) static CLUSTER_NAME: Rule = Rule {
    id: "cluster-name",
    severity: Severity::Error,
    why: text::CLUSTER_NAME_WHY,
    source: sources::CONNECTEDK8S,
    violating: "#cluster=my%20cluster",
    clean: "#cluster=arc-cluster_01",
    in_output: false,
    check: |choices, _| unfit(choices, TextField::Cluster, ClusterName::parse, |_| text::CLUSTER_NAME.into()),
};

pub(super) static CLUSTER_NAME_UNUSUAL: Rule = Rule {
    id: "cluster-name-unusual",
    severity: Severity::Warning,
    why: text::CLUSTER_NAME_UNUSUAL_WHY,
    source: sources::CONNECTEDK8S,
    violating: "#cluster=arc.cluster",
    clean: "#cluster=arc-cluster",
    in_output: true,
    check: |_, scenario| match &scenario.cluster.name.value {
        Some(name) if !name.is_usual() => vec![Hit::at(TextField::Cluster, text::CLUSTER_NAME_UNUSUAL)],
        _ => Vec::new(),
    },
};

pub(super) static SUBSCRIPTION: Rule = Rule {
    id: "subscription",
    severity: Severity::Error,
    why: text::SUBSCRIPTION_WHY,
    source: sources::ACCOUNT,
    violating: "#subscription=-x",
    clean: "#subscription=Edge%20Production",
    in_output: false,
    check: |choices, _| {
        let check = |field| unfit(choices, field, Subscription::parse, |_| text::SUBSCRIPTION.into());
        let mut hits = check(TextField::Subscription);
        hits.extend(check(TextField::ClusterSubscription));
        hits
    },
};

pub(super) static EXTENSION_NAME: Rule = Rule {
    id: "extension-name",
    severity: Severity::Error,
    why: text::EXTENSION_NAME_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#extension=edge_01",
    clean: "#extension=edge-01",
    in_output: false,
    check: |choices, _| unfit(choices, TextField::Extension, ExtensionName::parse, |_| text::EXTENSION_NAME.into()),
};

pub(super) static EXTENSION_NAME_UNUSUAL: Rule = Rule {
    id: "extension-name-unusual",
    severity: Severity::Warning,
    why: text::EXTENSION_NAME_UNUSUAL_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#extension=Edge01",
    clean: "#extension=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.extension.value {
        Some(name) if !name.is_usual() => vec![Hit::at(TextField::Extension, text::EXTENSION_NAME_UNUSUAL)],
        _ => Vec::new(),
    },
};

pub(super) static KUBE_CONTEXT: Rule = Rule {
    id: "kubectl-context",
    severity: Severity::Error,
    why: text::KUBE_CONTEXT_WHY,
    source: sources::KUBECTL,
    violating: "#context=my%20context",
    clean: "#context=arn:aws:eks:eu-west-1:1:cluster/edge",
    in_output: false,
    check: |choices, _| unfit(choices, TextField::Context, KubeContext::parse, |_| text::KUBE_CONTEXT.into()),
};

pub(super) static ALTERED_BY_POWERSHELL: Rule = Rule {
    id: "altered-by-powershell",
    severity: Severity::Error,
    why: text::ALTERED_BY_POWERSHELL_WHY,
    source: sources::POWERSHELL,
    violating: "#rg=rg-edge(1)&shell=powershell",
    clean: "#rg=rg-edge-1&shell=powershell",
    in_output: false,
    check: |choices, scenario| {
        let needs = |field: &TextField| match field {
            TextField::Certificate | TextField::PrivateKey | TextField::CaCertificate => transport::files(scenario).is_some(),
            _ => true,
        };
        let hit = |field| {
            let typed = choices.text(field).trim();
            let is_subscription = matches!(field, TextField::Subscription | TextField::ClusterSubscription);
            portable::altered(typed).filter(|_| !typed.is_empty()).map(|why| Hit::at(field, text::altered_by_powershell(why, is_subscription)))
        };
        let by_powershell = choices.select.shell == Shell::PowerShell;
        FREE.into_iter().filter(|field| by_powershell && needs(field)).filter_map(hit).collect()
    },
};
