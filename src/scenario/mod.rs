//! What is in force: every name parsed into a type that proves it is right, and combinations as enums in which impossible ones cannot be written.
//!
//! Text that does not parse never gets further than this room: its [`Slot`] is empty, and a visible placeholder stands in the output instead.

mod names;

pub use names::{
    ClusterIp, ClusterName, ConnectedRegistryName, ExtensionName, KubeContext, RegistryName, Repositories, Repository, ResourceGroupName, ServiceCidr,
    Subscription, Unfit, is_invisible,
};

use crate::choices::{self, Choices, TextField};

/// A value that was given and parsed, or the place of one that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot<T> {
    /// Where the value came from, or has to come from.
    pub field: TextField,
    /// The value; `None` where nothing was given, or what was given does not parse.
    pub value: Option<T>,
}

impl<T> Slot<T> {
    fn parse(choices: &Choices, field: TextField, parse: impl Fn(&str) -> Result<T, Unfit>) -> Self {
        Self { field, value: parse(choices.text(field).trim()).ok() }
    }

    /// Like [`Slot::parse`], but `None` where nothing was typed: the field is optional.
    fn parse_optional(choices: &Choices, field: TextField, parse: impl Fn(&str) -> Result<T, Unfit>) -> Option<Self> {
        (!choices.text(field).trim().is_empty()).then(|| Self::parse(choices, field, parse))
    }
}

/// What is in force for one set of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The cloud registry.
    pub registry: Registry,
    /// The connected registry's name.
    pub name: Slot<ConnectedRegistryName>,
    /// The Arc-enabled cluster.
    pub cluster: Cluster,
    /// The extension instance's name.
    pub extension: Slot<ExtensionName>,
    /// What is to be done with them.
    pub task: Task,
}

/// The cloud registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Its name, without suffix.
    pub name: Slot<RegistryName>,
    /// Its resource group.
    pub resource_group: Slot<ResourceGroupName>,
    /// Its subscription, where another than the current one was given.
    pub subscription: Option<Slot<Subscription>>,
}

/// The Arc-enabled Kubernetes cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name as an Arc resource.
    pub name: Slot<ClusterName>,
    /// Its resource group; the registry's where no other was given.
    pub resource_group: Slot<ResourceGroupName>,
    /// Its subscription; the registry's where no other was given.
    pub subscription: Option<Slot<Subscription>>,
    /// The kubectl context that points at it, where one was given.
    pub context: Option<Slot<KubeContext>>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Create the connected registry and deploy the extension.
    Deploy(Deploy),
}

/// A first deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deploy {
    /// What is synchronized.
    pub repositories: Slot<Repositories>,
    /// What clients may do.
    pub mode: choices::Mode,
    /// How clients in the cluster talk to it.
    pub transport: Transport,
    /// Its service IP.
    pub ip: Slot<ClusterIp>,
    /// How the extension is kept up to date.
    pub upgrade: Upgrade,
    /// Which of the sync token's two passwords is generated.
    pub password: choices::Slot,
}

/// How clients in the cluster talk to the connected registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TLS. Trust distribution exists only here.
    Https {
        /// Where the certificate comes from.
        certificate: Certificate,
        /// Who makes the nodes trust it.
        trust: Trust,
    },
}

/// Where the TLS certificate comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// A cert-manager that the extension installs.
    InstalledCertManager,
}

/// Who makes the nodes trust the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// The extension, on every node.
    EveryNode,
}

/// How the extension is kept up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// Minor versions automatically.
    Automatic,
}

/// Finds out what the choices amount to. Never fails: what does not parse is an empty [`Slot`], and [`crate::rules`] says why.
pub fn resolve(choices: &Choices) -> Scenario {
    let registry = Registry {
        name: Slot::parse(choices, TextField::Registry, RegistryName::parse),
        resource_group: Slot::parse(choices, TextField::ResourceGroup, ResourceGroupName::parse),
        subscription: Slot::parse_optional(choices, TextField::Subscription, Subscription::parse),
    };
    let name = Slot::parse(choices, TextField::Name, ConnectedRegistryName::parse);
    let cluster = Cluster {
        name: Slot::parse(choices, TextField::Cluster, ClusterName::parse),
        resource_group: Slot::parse_optional(choices, TextField::ClusterResourceGroup, ResourceGroupName::parse)
            .unwrap_or_else(|| registry.resource_group.clone()),
        subscription: Slot::parse_optional(choices, TextField::ClusterSubscription, Subscription::parse).or_else(|| registry.subscription.clone()),
        context: Slot::parse_optional(choices, TextField::Context, KubeContext::parse),
    };
    let extension = Slot::parse_optional(choices, TextField::Extension, ExtensionName::parse)
        .unwrap_or_else(|| Slot { field: TextField::Extension, value: name.value.as_ref().map(ExtensionName::of) });
    let task = match choices.select.task {
        choices::Task::Deploy => Task::Deploy(Deploy {
            repositories: Slot::parse(choices, TextField::Repositories, Repositories::parse),
            mode: choices.select.mode,
            transport: match choices.select.tls {
                choices::Tls::CertManager => Transport::Https {
                    certificate: Certificate::InstalledCertManager,
                    trust: match choices.select.trust {
                        choices::Trust::Nodes => Trust::EveryNode,
                    },
                },
            },
            ip: Slot::parse(choices, TextField::Ip, ClusterIp::parse),
            upgrade: match choices.select.upgrade {
                choices::Upgrade::Auto => Upgrade::Automatic,
            },
            password: choices.select.slot,
        }),
    };
    Scenario { registry, name, cluster, extension, task }
}

impl Scenario {
    /// The required fields that hold no usable value, in the order of the form.
    pub fn open(&self) -> Vec<TextField> {
        let mut open = Vec::new();
        let mut look = |field: TextField, missing: bool| {
            if missing && !open.contains(&field) {
                open.push(field);
            }
        };
        look(self.registry.name.field, self.registry.name.value.is_none());
        look(self.name.field, self.name.value.is_none());
        look(self.registry.resource_group.field, self.registry.resource_group.value.is_none());
        look(self.cluster.name.field, self.cluster.name.value.is_none());
        match &self.task {
            Task::Deploy(deploy) => {
                look(deploy.ip.field, deploy.ip.value.is_none());
                look(deploy.repositories.field, deploy.repositories.value.is_none());
            }
        }
        open
    }
}
