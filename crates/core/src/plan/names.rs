//! The variables of a script, and the beginnings of commands that use them.

use super::{Command, Part, Program, Var, Variable, Word};
use crate::azure::{self, Source, sources};
use crate::choices::TextField;
use crate::plan::meanings;
use crate::scenario::{
    Certificate, CertificateFiles, ClusterIp, Deploy, Garbage, Image, Install, List, Scenario,
    Synchronization, Task, Transport, Upgrade, Value,
};

macro_rules! vars {
    ($($NAME:ident = $name:literal;)+) => { $(pub(super) const $NAME: Var = Var($name);)+ };
}

vars! {
    REGISTRY = "registry";
    RESOURCE_GROUP = "resource_group";
    SUBSCRIPTION = "subscription";
    CONNECTED_REGISTRY = "connected_registry";
    PARENT = "parent";
    REPOSITORIES = "repositories";
    REMOVED_REPOSITORIES = "removed_repositories";
    CLIENT_TOKENS = "client_tokens";
    NOTIFICATIONS = "notifications";
    SYNC_SCHEDULE = "sync_schedule";
    SYNC_WINDOW = "sync_window";
    MESSAGE_TTL = "message_ttl";
    GC_SCHEDULE = "gc_schedule";
    IMPORT_SOURCE = "import_source";
    IMPORT_IMAGE = "import_image";
    IMPORT_REPOSITORY = "import_repository";
    IMPORT_TAG = "import_tag";
    CLUSTER = "cluster";
    CLUSTER_RESOURCE_GROUP = "cluster_resource_group";
    CLUSTER_SUBSCRIPTION = "cluster_subscription";
    KUBECTL_CONTEXT = "kubectl_context";
    EXTENSION = "extension";
    EXTENSION_VERSION = "extension_version";
    RELEASE_TRAIN = "release_train";
    SERVICE_IP = "service_ip";
    STORAGE_CLASS = "storage_class";
    STORAGE_REQUEST = "storage_request";
    TLS_SECRET = "tls_secret";
    TLS_CERTIFICATE = "tls_certificate";
    TLS_KEY = "tls_key";
    TLS_CA = "tls_ca";
    CLIENT_TOKEN = "client_token";
    IMAGE = "image";
    IMAGE_REPOSITORY = "image_repository";

    AZ_VERSION = "azure_cli_version";
    K8S_EXTENSION_VERSION = "k8s_extension_version";
    CONNECTEDK8S_VERSION = "connectedk8s_version";
    ACCOUNT = "account";
    CLUSTER_ACCOUNT = "cluster_account";
    SIGNED_IN = "signed_in";
    SUBSCRIPTION_ID = "subscription_id";
    CLUSTER_SUBSCRIPTION_ID = "cluster_subscription_id";
    REGISTRY_ID = "registry_id";
    SKU = "sku";
    CONNECTIVITY = "connectivity";
    DATA_ENDPOINT = "data_endpoint";
    IMPORTED_TAGS = "imported_tags";
    CHILDREN = "children";
    PARENT_MODE = "parent_mode";
    CONNECTED_REGISTRIES = "connected_registries";
    EXTENSIONS = "extensions";
    KUBECTL_CLUSTER = "kubectl_cluster";
    CONNECTION_STRING = "connection_string";
    STATE = "state";
    CERT_MANAGER = "cert_manager";
    CONNECTED_EXTENSIONS = "connected_extensions";
    NAMESPACE_PHASE = "namespace_phase";
    SECRETS = "secrets";
    SECRET_TYPE = "secret_type";
    SECRET_CA = "secret_ca";
    VERIFIED = "verified";
    EXPIRY = "expiry";
    CA_EXPIRY = "ca_expiry";
    CERTIFICATE_PUBLIC_KEY = "certificate_public_key";
    KEY_PUBLIC_KEY = "key_public_key";
    SAN = "subject_alternative_name";
    TOKENS = "tokens";
    SCOPE_MAPS = "scope_maps";
    LINKED_TOKENS = "linked_tokens";
    PULL_SECRETS = "pull_secrets";
    CLIENT_PASSWORD = "client_password";
    CURRENT_CONTEXT = "current_context";
    INSTALLED_VERSION = "installed_version";
    AUTO_UPGRADE = "auto_upgrade";
    CURRENT_TRAIN = "current_train";
    CURRENT_SCHEDULE = "current_schedule";
    CURRENT_WINDOW = "current_window";
    CURRENT_TTL = "current_ttl";
}

/// The field that a name at the top of a script has its value from; `None` where it has it from
/// elsewhere.
pub fn field_of(name: &str) -> Option<TextField> {
    use TextField as T;
    const NAMES: [(Var, TextField); 30] = [
        (REGISTRY, T::Registry),
        (RESOURCE_GROUP, T::ResourceGroup),
        (SUBSCRIPTION, T::Subscription),
        (CONNECTED_REGISTRY, T::Name),
        (PARENT, T::Parent),
        (REPOSITORIES, T::Repositories),
        (REMOVED_REPOSITORIES, T::RemoveRepositories),
        (CLIENT_TOKENS, T::Tokens),
        (CLIENT_TOKEN, T::Tokens),
        (NOTIFICATIONS, T::Notifications),
        (SYNC_SCHEDULE, T::Schedule),
        (SYNC_WINDOW, T::Window),
        (MESSAGE_TTL, T::MessageTtl),
        (GC_SCHEDULE, T::GcSchedule),
        (IMPORT_SOURCE, T::Import),
        (CLUSTER, T::Cluster),
        (CLUSTER_RESOURCE_GROUP, T::ClusterResourceGroup),
        (CLUSTER_SUBSCRIPTION, T::ClusterSubscription),
        (KUBECTL_CONTEXT, T::Context),
        (EXTENSION, T::Extension),
        (EXTENSION_VERSION, T::Version),
        (RELEASE_TRAIN, T::Train),
        (SERVICE_IP, T::Ip),
        (STORAGE_CLASS, T::StorageClass),
        (STORAGE_REQUEST, T::StorageRequest),
        (TLS_SECRET, T::Secret),
        (TLS_CERTIFICATE, T::Certificate),
        (TLS_KEY, T::PrivateKey),
        (TLS_CA, T::CaCertificate),
        (IMAGE, T::Image),
    ];
    NAMES.iter().find(|(variable, _)| variable.0 == name).map(|(_, field)| *field)
}

/// The registration state of each of [`azure::PROVIDERS`].
pub(super) const REGISTRATIONS: [Var; 3] =
    [Var("kubernetes"), Var("kubernetes_configuration"), Var("extended_location")];

fn one<T>(name: Var, slot: &Value<T>, show: impl Fn(&T) -> &str) -> Variable {
    let part = match &slot.value {
        Some(value) => Part::Literal(show(value).to_owned().into()),
        None => Part::Placeholder(slot.field),
    };
    Variable { name, words: vec![Word(vec![part])], list: false, origin: slot.field.into() }
}

fn many<T: PartialEq>(name: Var, slot: &Value<List<T>>, show: impl Fn(&T) -> &str) -> Variable {
    let words = match &slot.value {
        Some(values) => values.iter().map(|value| Word::literal(show(value).to_owned())).collect(),
        None => vec![Word(vec![Part::Placeholder(slot.field)])],
    };
    Variable { name, words, list: true, origin: slot.field.into() }
}

/// Every name that a plan for the scenario may use, in the order of a script's top.
#[inline(never)]
pub(super) fn variables(scenario: &Scenario) -> Vec<Variable> {
    let Scenario { registry, cluster, .. } = scenario;
    let mut all = vec![
        one(REGISTRY, &registry.name, |name| name.as_str()),
        one(RESOURCE_GROUP, &registry.resource_group, |name| name.as_str()),
    ];
    all.extend(
        registry.subscription.as_ref().map(|slot| one(SUBSCRIPTION, slot, |name| name.as_str())),
    );
    all.push(one(CONNECTED_REGISTRY, &scenario.name, |name| name.as_str()));
    match &scenario.task {
        Task::Deploy(deploy) => of_deploy(&mut all, deploy),
        Task::Redeploy(install) => of_install(&mut all, install),
        Task::Upgrade(upgrade) => of_upgrade(&mut all, upgrade),
        Task::Schedule(synchronization) => of_synchronization(&mut all, synchronization),
        Task::Repositories { add, remove } => {
            all.extend(add.as_ref().map(|slot| many(REPOSITORIES, slot, |name| name.as_str())));
            all.extend(
                remove.as_ref().map(|slot| many(REMOVED_REPOSITORIES, slot, |name| name.as_str())),
            );
        }
        Task::Pull(pull) => {
            all.push(one(CLIENT_TOKEN, &pull.token, |name| name.as_str()));
            let image = |name: Var, show: fn(&Image) -> String| {
                let part = pull
                    .image
                    .value
                    .as_ref()
                    .map_or(Part::Placeholder(pull.image.field), |image| {
                        Part::Literal(show(image).into())
                    });
                Variable {
                    name,
                    words: vec![Word(vec![part])],
                    list: false,
                    origin: pull.image.field.into(),
                }
            };
            all.push(image(IMAGE, |image| image.name()));
            all.push(image(IMAGE_REPOSITORY, |image| image.repository.as_str().to_owned()));
            all.push(one(SERVICE_IP, &pull.ip, |ip| ip.as_str()));
        }
        Task::Rotate { transport, ip, .. } => {
            all.extend(ip.as_ref().map(|slot| one(SERVICE_IP, slot, |ip| ip.as_str())));
            of_transport(&mut all, transport);
        }
        Task::Diagnose { .. } | Task::CleanUp => {}
    }
    all.push(one(CLUSTER, &cluster.name, |name| name.as_str()));
    if cluster.resource_group.field == TextField::ClusterResourceGroup {
        all.push(one(CLUSTER_RESOURCE_GROUP, &cluster.resource_group, |name| name.as_str()));
    }
    if let Some(subscription) =
        cluster.subscription.as_ref().filter(|slot| slot.field == TextField::ClusterSubscription)
    {
        all.push(one(CLUSTER_SUBSCRIPTION, subscription, |name| name.as_str()));
    }
    all.extend(
        cluster.context.as_ref().map(|slot| one(KUBECTL_CONTEXT, slot, |name| name.as_str())),
    );
    all.push(one(EXTENSION, &scenario.extension, |name| name.as_str()));
    all
}

fn of_deploy(all: &mut Vec<Variable>, deploy: &Deploy) {
    all.push(many(REPOSITORIES, &deploy.repositories, |name| name.as_str()));
    all.extend(deploy.parent.as_ref().map(|slot| one(PARENT, slot, |name| name.as_str())));
    all.extend(deploy.tokens.as_ref().map(|slot| many(CLIENT_TOKENS, slot, |name| name.as_str())));
    all.extend(
        deploy
            .notifications
            .as_ref()
            .map(|slot| many(NOTIFICATIONS, slot, |pattern| pattern.as_str())),
    );
    of_synchronization(all, &deploy.synchronization);
    if let Garbage::Collected(Some(schedule)) = &deploy.garbage {
        all.push(one(GC_SCHEDULE, schedule, |schedule| schedule.as_str()));
    }
    if let Some(import) = &deploy.import {
        all.push(one(IMPORT_SOURCE, import, |source| source.as_str()));
        all.push(one(IMPORT_REPOSITORY, import, |source| source.image.repository.as_str()));
        all.push(one(IMPORT_TAG, import, |source| source.image.tag.as_str()));
        let image = Word(vec![
            Part::Variable(IMPORT_REPOSITORY),
            Part::Literal(":".into()),
            Part::Variable(IMPORT_TAG),
        ]);
        all.push(Variable {
            name: IMPORT_IMAGE,
            words: vec![image],
            list: false,
            origin: import.field.into(),
        });
    }
    of_install(all, &deploy.install);
}

fn of_install(all: &mut Vec<Variable>, install: &Install) {
    all.push(one(SERVICE_IP, &install.ip, |ip| ip.as_str()));
    of_transport(all, &install.transport);
    all.extend(
        install.storage_class.as_ref().map(|slot| one(STORAGE_CLASS, slot, |name| name.as_str())),
    );
    all.extend(
        install
            .storage_request
            .as_ref()
            .map(|slot| one(STORAGE_REQUEST, slot, |size| size.as_str())),
    );
    of_upgrade(all, &install.upgrade);
}

fn of_transport(all: &mut Vec<Variable>, transport: &Transport) {
    let Transport::Https { certificate, .. } = transport else { return };
    let files = match certificate {
        Certificate::InstalledCertManager | Certificate::OwnCertManager => None,
        Certificate::Secret { name, files } => {
            all.push(one(TLS_SECRET, name, |name| name.as_str()));
            files.as_ref()
        }
        Certificate::Files(files) => Some(files),
    };
    if let Some(CertificateFiles { certificate, key, ca, .. }) = files {
        all.push(one(TLS_CERTIFICATE, certificate, |path| path.as_str()));
        all.push(one(TLS_KEY, key, |path| path.as_str()));
        // Without a CA of its own, the certificate vouches for itself.
        all.push(one(TLS_CA, ca.as_ref().unwrap_or(certificate), |path| path.as_str()));
    }
}

fn of_upgrade(all: &mut Vec<Variable>, upgrade: &Upgrade) {
    let train = match upgrade {
        Upgrade::Automatic { train } => train,
        Upgrade::Pinned { version, train } => {
            all.push(one(EXTENSION_VERSION, version, |version| version.as_str()));
            train
        }
    };
    all.extend(train.as_ref().map(|slot| one(RELEASE_TRAIN, slot, |train| train.as_str())));
}

fn of_synchronization(all: &mut Vec<Variable>, synchronization: &Synchronization) {
    let ttl = match synchronization {
        Synchronization::Continuous { ttl } => ttl,
        Synchronization::Scheduled { schedule, window, ttl } => {
            all.push(one(SYNC_SCHEDULE, schedule, |schedule| schedule.as_str()));
            all.push(one(SYNC_WINDOW, window, |window| window.duration().as_str()));
            ttl
        }
    };
    all.extend(ttl.as_ref().map(|slot| one(MESSAGE_TTL, slot, |ttl| ttl.duration().as_str())));
}

/// The heading of the names at the top of a script, by which a script is recognized.
pub const HEADING: &str = "Names";

/// The beginnings that the commands of a scenario share.
pub(super) struct Commands<'a> {
    /// The resolved choices.
    pub(super) scenario: &'a Scenario,
}

impl Commands<'_> {
    #[inline(never)]
    pub(super) fn az(subcommand: &'static [&'static str], source: Source) -> Command {
        Command::new(Program::Az, subcommand, source)
    }

    /// In the registry's subscription.
    #[inline(never)]
    pub(super) fn on_registry(&self, command: Command) -> Command {
        match &self.scenario.registry.subscription {
            Some(slot) => command.with_from(
                slot.field,
                "--subscription",
                SUBSCRIPTION,
                meanings::SUBSCRIPTION,
            ),
            None => command,
        }
    }

    /// In the cluster's subscription.
    #[inline(never)]
    pub(super) fn on_cluster(&self, command: Command) -> Command {
        match &self.scenario.cluster.subscription {
            Some(slot) if slot.field == TextField::ClusterSubscription => command.with_from(
                slot.field,
                "--subscription",
                CLUSTER_SUBSCRIPTION,
                meanings::SUBSCRIPTION,
            ),
            Some(slot) => command.with_from(
                slot.field,
                "--subscription",
                SUBSCRIPTION,
                meanings::SUBSCRIPTION,
            ),
            None => command,
        }
    }

    /// `az acr …` that names the registry by `--name`.
    #[inline(never)]
    pub(super) fn registry(&self, subcommand: &'static [&'static str]) -> Command {
        self.on_registry(
            Self::az(subcommand, sources::ACR)
                .with_from(TextField::Registry, "--name", REGISTRY, meanings::REGISTRY)
                .with_from(
                    TextField::ResourceGroup,
                    "--resource-group",
                    RESOURCE_GROUP,
                    meanings::REGISTRY_GROUP,
                ),
        )
    }

    /// `az acr …` that names the registry by `--registry`.
    #[inline(never)]
    pub(super) fn in_registry(
        &self,
        subcommand: &'static [&'static str],
        source: Source,
    ) -> Command {
        let meaning = if source == sources::CONNECTED_REGISTRY {
            meanings::REGISTRY_OF_CONNECTED
        } else {
            meanings::REGISTRY
        };
        self.on_registry(
            Self::az(subcommand, source)
                .with_from(TextField::Registry, "--registry", REGISTRY, meaning)
                .with_from(
                    TextField::ResourceGroup,
                    "--resource-group",
                    RESOURCE_GROUP,
                    meanings::REGISTRY_GROUP,
                ),
        )
    }

    /// `az acr connected-registry …` on this connected registry.
    #[inline(never)]
    pub(super) fn connected_registry(&self, subcommand: &'static [&'static str]) -> Command {
        self.in_registry(subcommand, sources::CONNECTED_REGISTRY).with_from(
            TextField::Name,
            "--name",
            CONNECTED_REGISTRY,
            meanings::CONNECTED_REGISTRY,
        )
    }

    /// `az acr token …` on the client token.
    #[inline(never)]
    pub(super) fn client_token(&self, subcommand: &'static [&'static str]) -> Command {
        self.in_registry(subcommand, sources::TOKEN).with_from(
            TextField::Tokens,
            "--name",
            CLIENT_TOKEN,
            meanings::CLIENT_TOKEN,
        )
    }

    /// The cluster's resource group: a variable of its own only where it is another one.
    #[inline(never)]
    pub(super) fn cluster_group(&self) -> (TextField, Var) {
        match self.scenario.cluster.resource_group.field {
            TextField::ClusterResourceGroup => {
                (TextField::ClusterResourceGroup, CLUSTER_RESOURCE_GROUP)
            }
            field => (field, RESOURCE_GROUP),
        }
    }

    /// `az connectedk8s show` of the cluster.
    #[inline(never)]
    pub(super) fn arc_cluster(&self) -> Command {
        let (field, group) = self.cluster_group();
        let show = Self::az(&["connectedk8s", "show"], sources::CONNECTEDK8S).with_from(
            TextField::Cluster,
            "--name",
            CLUSTER,
            meanings::CLUSTER,
        );
        self.on_cluster(show.with_from(field, "--resource-group", group, meanings::CLUSTER_GROUP))
    }

    /// The cluster as its own agents name it: group and name.
    #[inline(never)]
    pub(super) fn arc_name(&self) -> Word {
        Word(vec![
            Part::Variable(self.cluster_group().1),
            Part::Literal("/".into()),
            Part::Variable(CLUSTER),
        ])
    }

    /// `az k8s-extension …` on the cluster.
    #[inline(never)]
    pub(super) fn on_extensions(&self, subcommand: &'static [&'static str]) -> Command {
        let (field, group) = self.cluster_group();
        self.on_cluster(
            Self::az(subcommand, sources::K8S_EXTENSION)
                .with_from(TextField::Cluster, "--cluster-name", CLUSTER, meanings::CLUSTER)
                .with("--cluster-type", azure::CLUSTER_TYPE, meanings::CLUSTER_TYPE)
                .with_from(field, "--resource-group", group, meanings::CLUSTER_GROUP),
        )
    }

    /// `az k8s-extension …` on this extension.
    #[inline(never)]
    pub(super) fn extension(&self, subcommand: &'static [&'static str]) -> Command {
        self.on_extensions(subcommand).with_from(
            TextField::Extension,
            "--name",
            EXTENSION,
            meanings::EXTENSION_NAME,
        )
    }

    /// `kubectl …` on the cluster.
    #[inline(never)]
    pub(super) fn kubectl(&self, subcommand: &'static [&'static str]) -> Command {
        let command = Command::new(Program::Kubectl, subcommand, sources::KUBECTL);
        match &self.scenario.cluster.context {
            Some(slot) => {
                command.with_from(slot.field, "--context", KUBECTL_CONTEXT, meanings::KUBE_CONTEXT)
            }
            None => command,
        }
    }

    /// `kubectl …` in the namespace of the extension.
    #[inline(never)]
    pub(super) fn in_namespace(&self, subcommand: &'static [&'static str]) -> Command {
        self.kubectl(subcommand).with("--namespace", azure::NAMESPACE, meanings::KUBE_NAMESPACE)
    }
}

/// Where clients find the connected registry: in brackets where the address is one of IPv6.
#[inline(never)]
pub(super) fn host(ip: &Value<ClusterIp>, port: Option<&'static str>) -> Word {
    let mut parts = match &ip.value {
        Some(ip) if ip.address().is_ipv6() => {
            vec![Part::Literal("[".into()), Part::Variable(SERVICE_IP), Part::Literal("]".into())]
        }
        _ => vec![Part::Variable(SERVICE_IP)],
    };
    parts.extend(port.map(|port| Part::Literal(port.into())));
    Word(parts)
}

/// `openssl …`.
#[inline(never)]
pub(super) fn openssl(subcommand: &'static [&'static str]) -> Command {
    Command::new(Program::Openssl, subcommand, sources::OPENSSL)
}

/// The same command, printing one value, or one a line, without quotes.
#[inline(never)]
pub(super) fn only(command: Command, query: &'static str) -> Command {
    command.with("--query", query, meanings::QUERY).with("--output", "tsv", meanings::TSV)
}
