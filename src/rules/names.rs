//! Rules about names.

use super::{Hit, Rule, Severity, transport, unfit};
use crate::azure::sources;
use crate::choices::{Choices, Shell, TextField};
use crate::portable;
use crate::scenario::{
    ClusterName, ConnectedRegistryName, ExtensionName, FREE, KubeContext, RegistryName,
    ResourceGroupName, ResourceId, Subscription,
};
use crate::text::rules as text;

pub(super) static REGISTRY_NAME: Rule = Rule {
    id: "registry-name",
    severity: Severity::Error,
    why: text::REGISTRY_NAME_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#registry=con-toso",
    clean: "#registry=contoso",
    in_output: false,
    check: |choices, _| {
        unfit(choices, TextField::Registry, RegistryName::parse, |_| text::REGISTRY_NAME.into())
    },
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
                vec![
                    Hit::at(TextField::Registry, text::registry_login_server(name.as_str()))
                        .with_fix(TextField::Registry, name.as_str()),
                ]
            }
            _ => Vec::new(),
        }
    },
};

pub(super) static RESOURCE_ID: Rule = Rule {
    id: "resource-id",
    severity: Severity::Info,
    why: text::RESOURCE_ID_WHY,
    source: sources::RESOURCE_NAMES,
    violating: "#registry=/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-edge/providers/Microsoft.ContainerRegistry/registries/contoso",
    clean: "#registry=contoso&rg=rg-edge",
    in_output: true,
    check: |choices, scenario| {
        let registry = scenario.registry.name.value.as_ref().map(|name| name.as_str());
        let cluster = scenario.cluster.name.value.as_ref().map(|name| name.as_str());
        let mut hits = in_id(
            choices,
            TextField::Registry,
            registry,
            TextField::ResourceGroup,
            TextField::Subscription,
        );
        if scenario.needs_cluster() {
            let (group, subscription) =
                (TextField::ClusterResourceGroup, TextField::ClusterSubscription);
            hits.extend(in_id(choices, TextField::Cluster, cluster, group, subscription));
        }
        hits
    },
};

/// What is to be said of an id in the field of a name. What else it says is offered for the fields
/// that say nothing yet; the id itself may go once they do.
fn in_id(
    choices: &Choices,
    field: TextField,
    name: Option<&str>,
    group: TextField,
    subscription: TextField,
) -> Vec<Hit> {
    let (Some(name), Some(id)) = (name, ResourceId::parse(choices.text(field).trim())) else {
        return Vec::new();
    };
    // The cluster's are those of the registry unless they are given.
    let of_registry = |other| {
        if other == TextField::ClusterSubscription {
            TextField::Subscription
        } else {
            TextField::ResourceGroup
        }
    };
    let missing = |other: TextField, said: &str| {
        let given = [other, of_registry(other)]
            .map(|field| choices.text(field).trim())
            .into_iter()
            .find(|given| !given.is_empty());
        !given.is_some_and(|given| {
            given.eq_ignore_ascii_case(said) || ResourceId::parse(given).is_some()
        })
    };
    let also = [(group, id.group), (subscription, Some(id.subscription))];
    let open: Vec<(TextField, &str)> = also
        .into_iter()
        .filter_map(|(field, said)| Some((field, said?)))
        .filter(|(field, said)| missing(*field, said))
        .collect();
    let about_name = Hit::at(field, text::resource_id(name));
    let mut hits =
        vec![if open.is_empty() { about_name.with_fix(field, name) } else { about_name }];
    hits.extend(
        open.into_iter().map(|(other, said)| {
            Hit::at(other, text::resource_id_also(said)).with_fix(other, said)
        }),
    );
    hits
}

pub(super) static CONNECTED_REGISTRY_NAME: Rule = Rule {
    id: "connected-registry-name",
    severity: Severity::Error,
    why: text::CONNECTED_REGISTRY_NAME_WHY,
    source: sources::INTRODUCTION,
    violating: "#name=edge-01",
    clean: "#name=edge01",
    in_output: false,
    check: |choices, _| {
        unfit(choices, TextField::Name, ConnectedRegistryName::parse, |_| {
            text::CONNECTED_REGISTRY_NAME.into()
        })
    },
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
            vec![Hit::at(
                TextField::Name,
                text::connected_registry_upper_case(&name.as_str().to_ascii_lowercase()),
            )]
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
        let check = |field| {
            unfit(choices, field, ResourceGroupName::parse, |_| text::RESOURCE_GROUP_NAME.into())
        };
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
    check: |choices, _| {
        unfit(choices, TextField::Cluster, ClusterName::parse, |_| text::CLUSTER_NAME.into())
    },
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
        Some(name) if !name.is_usual() => {
            vec![Hit::at(TextField::Cluster, text::CLUSTER_NAME_UNUSUAL)]
        }
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
        let check =
            |field| unfit(choices, field, Subscription::parse, |_| text::SUBSCRIPTION.into());
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
    check: |choices, _| {
        unfit(choices, TextField::Extension, ExtensionName::parse, |_| text::EXTENSION_NAME.into())
    },
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
        Some(name) if !name.is_usual() => {
            vec![Hit::at(TextField::Extension, text::EXTENSION_NAME_UNUSUAL)]
        }
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
    check: |choices, _| {
        unfit(choices, TextField::Context, KubeContext::parse, |_| text::KUBE_CONTEXT.into())
    },
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
            TextField::Certificate | TextField::PrivateKey | TextField::CaCertificate => {
                transport::files(scenario).is_some()
            }
            _ => true,
        };
        let hit = |field| {
            let typed = choices.text(field).trim();
            let is_subscription =
                matches!(field, TextField::Subscription | TextField::ClusterSubscription);
            portable::altered(typed)
                .filter(|_| !typed.is_empty())
                .map(|why| Hit::at(field, text::altered_by_powershell(why, is_subscription)))
        };
        let by_powershell = choices.select.shell == Shell::PowerShell;
        FREE.into_iter().filter(|field| by_powershell && needs(field)).filter_map(hit).collect()
    },
};
