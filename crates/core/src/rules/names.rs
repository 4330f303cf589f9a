//! Rules about names.

use super::{Hit, Rule, Severity, parse_errors, transport};
use crate::azure::sources;
use crate::choices::{Choices, Shell, TextField};
use crate::powershell_args;
use crate::powershell_args::UnsafeArg;
use crate::scenario::{
    ClusterName, ConnectedRegistryName, ExtensionName, FREE_TEXT_FIELDS, KubeContext, RegistryName,
    ResourceGroupName, ResourceId, Subscription,
};

pub(crate) const CONNECTED_REGISTRY_NAME_TEXT: &str = "A connected registry has 5 to 40 letters \
                                                       and digits, and begins with a letter. Leave \
                                                       out dashes and underscores.";
pub(crate) const CONNECTED_REGISTRY_NAME_WHY: &str = "The sync token and its scope map get the \
                                                      same name. The CLI's help also allows _ and \
                                                      -, but the registry's API does not.";

pub(super) static REGISTRY_NAME: Rule = Rule {
    id: "registry-name",
    severity: Severity::Error,
    why: "The CLI refuses any other name before it asks Azure.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#registry=con-toso",
    clean: "#registry=contoso",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Registry, RegistryName::parse, |_| {
            "A container registry has 5 to 50 letters and digits, no dashes. Give the name as az \
             acr list shows it, or its login server."
                .into()
        })
    },
};

pub(super) static REGISTRY_LOGIN_SERVER: Rule = Rule {
    id: "registry-login-server",
    severity: Severity::Info,
    why: "The CLI wants the name, and drops the suffix with a warning.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#registry=contoso.azurecr.io",
    clean: "#registry=contoso",
    in_output: true,
    check: |choices, scenario| {
        let typed = choices.text(TextField::Registry).trim();
        match &scenario.registry.name.value {
            Some(name) if RegistryName::from_login_server(typed).is_some() => {
                vec![
                    Hit::at(TextField::Registry, registry_login_server(name.as_str()))
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
    why: "The CLI takes name, resource group and subscription one by one.",
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
    let about_name = Hit::at(field, resource_id(name));
    let mut hits =
        vec![if open.is_empty() { about_name.with_fix(field, name) } else { about_name }];
    hits.extend(
        open.into_iter()
            .map(|(other, said)| Hit::at(other, resource_id_also(said)).with_fix(other, said)),
    );
    hits
}

pub(super) static CONNECTED_REGISTRY_NAME: Rule = Rule {
    id: "connected-registry-name",
    severity: Severity::Error,
    why: CONNECTED_REGISTRY_NAME_WHY,
    source: sources::INTRODUCTION,
    violating: "#name=edge-01",
    clean: "#name=edge01",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Name, ConnectedRegistryName::parse, |_| {
            CONNECTED_REGISTRY_NAME_TEXT.into()
        })
    },
};

pub(super) static CONNECTED_REGISTRY_UPPER_CASE: Rule = Rule {
    id: "connected-registry-upper-case",
    severity: Severity::Warning,
    why: "Some versions of the CLI and of the extension refused or mishandled upper-case letters.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#name=Edge01",
    clean: "#name=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.name.value {
        Some(name) if name.as_str().contains(|c: char| c.is_ascii_uppercase()) => {
            vec![Hit::at(
                TextField::Name,
                connected_registry_upper_case(&name.as_str().to_ascii_lowercase()),
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static RESOURCE_GROUP_NAME: Rule = Rule {
    id: "resource-group-name",
    severity: Severity::Error,
    why: "Azure knows no other names; what does not fit is left out of the commands.",
    source: sources::RESOURCE_NAMES,
    violating: "#rg=x;%20echo%20INJECTED",
    clean: "#rg=rg-edge_(1)",
    in_output: false,
    check: |choices, _| {
        let check = |field| {
            parse_errors(choices, field, ResourceGroupName::parse, |_| {
                "A resource group has 1 to 90 letters, digits and - _ . ( ), does not begin with - \
                 and does not end in a period. Give the name only, as az group list shows it."
                    .into()
            })
        };
        let mut hits = check(TextField::ResourceGroup);
        hits.extend(check(TextField::ClusterResourceGroup));
        hits
    },
};

pub(super) static CLUSTER_NAME: Rule = Rule {
    id: "cluster-name",
    severity: Severity::Error,
    why: "What does not look like a name is left out of the commands.",
    source: sources::CONNECTEDK8S,
    violating: "#cluster=my%20cluster",
    clean: "#cluster=arc-cluster_01",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Cluster, ClusterName::parse, |_| {
            "An Arc cluster's name has letters, digits and - _ . and begins with a letter or \
             digit. Give the name only, as az connectedk8s list shows it."
                .into()
        })
    },
};

pub(super) static CLUSTER_NAME_UNUSUAL: Rule = Rule {
    id: "cluster-name-unusual",
    severity: Severity::Warning,
    why: "Arc documents no rule. AKS allows up to 63 letters, digits, - and _, with a letter or \
          digit at both ends.",
    source: sources::CONNECTEDK8S,
    violating: "#cluster=arc.cluster",
    clean: "#cluster=arc-cluster",
    in_output: true,
    check: |_, scenario| match &scenario.cluster.name.value {
        Some(name) if !name.is_usual() => {
            vec![Hit::at(
                TextField::Cluster,
                "An unusual name for a cluster: compare it with az connectedk8s list.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static SUBSCRIPTION: Rule = Rule {
    id: "subscription",
    severity: Severity::Error,
    why: "What does not look like an id or a name is left out of the commands.",
    source: sources::ACCOUNT,
    violating: "#subscription=-x",
    clean: "#subscription=Edge%20Production",
    in_output: false,
    check: |choices, _| {
        let check = |field| {
            parse_errors(choices, field, Subscription::parse, |_| {
                "Give the subscription's id, or its name as az account list shows it, without \
                 quotes."
                    .into()
            })
        };
        let mut hits = check(TextField::Subscription);
        hits.extend(check(TextField::ClusterSubscription));
        hits
    },
};

pub(super) static EXTENSION_NAME: Rule = Rule {
    id: "extension-name",
    severity: Severity::Error,
    why: "What does not look like a name is left out of the commands.",
    source: sources::K8S_EXTENSION,
    violating: "#extension=edge_01",
    clean: "#extension=edge-01",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Extension, ExtensionName::parse, |_| {
            "An extension's name has letters, digits, dashes and periods, and begins with a letter \
             or digit."
                .into()
        })
    },
};

pub(super) static EXTENSION_NAME_UNUSUAL: Rule = Rule {
    id: "extension-name-unusual",
    severity: Severity::Warning,
    why: "The name seems to become that of the Helm release and of a service account, which allow \
          no others. The CLI checks nothing.",
    source: sources::K8S_EXTENSION,
    violating: "#extension=Edge01",
    clean: "#extension=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.extension.value {
        Some(name) if !name.is_usual() => {
            vec![Hit::at(
                TextField::Extension,
                "Better at most 53 lower-case letters, digits and dashes, unless it exists already \
                 in this spelling.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static KUBE_CONTEXT: Rule = Rule {
    id: "kubectl-context",
    severity: Severity::Error,
    why: "What does not look like a context is left out of the commands.",
    source: sources::KUBECTL,
    violating: "#context=my%20context",
    clean: "#context=arn:aws:eks:eu-west-1:1:cluster/edge",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Context, KubeContext::parse, |_| {
            "Give a context as kubectl config get-contexts shows it.".into()
        })
    },
};

pub(super) static ALTERED_BY_POWERSHELL: Rule = Rule {
    id: "altered-by-powershell",
    severity: Severity::Error,
    why: "Under Windows az is a batch file: cmd.exe reads its arguments again and acts on such \
          characters, even if they are quoted. So they are left out of the commands.",
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
            powershell_args::unsafe_reason(typed)
                .filter(|_| !typed.is_empty())
                .map(|why| Hit::at(field, altered_by_powershell(why, is_subscription)))
        };
        let by_powershell = choices.select.shell == Shell::PowerShell;
        FREE_TEXT_FIELDS
            .into_iter()
            .filter(|field| by_powershell && needs(field))
            .filter_map(hit)
            .collect()
    },
};

fn registry_login_server(name: &str) -> String {
    format!("That is the login server; the commands use the registry's name, {name}.")
}

fn resource_id(name: &str) -> String {
    format!("That is a resource id; the commands use the name in it, {name}.")
}

fn resource_id_also(value: &str) -> String {
    format!("The resource id that you gave says {value}.")
}

fn connected_registry_upper_case(lower: &str) -> String {
    format!("Better lower case, {lower}, unless it exists already in this spelling.")
}

fn altered_by_powershell(why: UnsafeArg, is_subscription: bool) -> String {
    let what = match why {
        UnsafeArg::Percent => "a percent sign".to_owned(),
        UnsafeArg::Operator(c) => format!("\"{c}\" without a blank beside it"),
        _ => "this".to_owned(),
    };
    let instead = if is_subscription {
        "Give the subscription's id instead."
    } else {
        "Give another one, or choose Bash."
    };
    format!("PowerShell cannot pass {what} on as it is. {instead}")
}
