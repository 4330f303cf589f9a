//! The resolved configuration. Every value has a type that only holds valid text, and invalid
//! combinations are unrepresentable.
//!
//! Text that does not parse goes no further: its [`Value`] is empty, and the output has a visible
//! placeholder instead.

mod names;

pub use names::{
    ClusterIp, ClusterName, ConnectedRegistryName, ExtensionName, FilePath, Image, ImportSource,
    KubeContext, KubernetesName, List, Notification, ParseError, RegistryName, ReleaseTrain,
    Repositories, Repository, ResourceGroupName, ResourceId, ServiceCidr, StorageRequest,
    Subscription, TokenName, Version, is_invisible, pieces,
};

use crate::choices::{self, Choices, TextField};
use crate::powershell_args;
use crate::schedule::{CronSchedule, MessageTtl, SyncWindow};

/// A value that was given and parsed, or the place of one that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// Where the value came from, or has to come from.
    pub field: TextField,
    /// The value; `None` where nothing was given, or what was given does not parse.
    pub value: Option<T>,
}

impl<T> Value<T> {
    fn parse<E>(choices: &Choices, field: TextField, parse: impl Fn(&str) -> Result<T, E>) -> Self {
        Self { field, value: parse(choices.text(field).trim()).ok() }
    }

    /// Like [`Value::parse`], but `None` where nothing was typed: the field is optional.
    fn parse_optional<E>(
        choices: &Choices,
        field: TextField,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<Self> {
        (!choices.text(field).trim().is_empty()).then(|| Self::parse(choices, field, parse))
    }
}

/// The fields of a name or a path that may hold characters that mean something to cmd.exe.
pub const FREE_TEXT_FIELDS: [TextField; 7] = [
    TextField::ResourceGroup,
    TextField::ClusterResourceGroup,
    TextField::Subscription,
    TextField::ClusterSubscription,
    TextField::Certificate,
    TextField::PrivateKey,
    TextField::CaCertificate,
];

/// Like `parse`, for a field of [`FREE_TEXT_FIELDS`]; but for PowerShell text that it could not
/// pass on unchanged does not parse: under Windows cmd.exe might run it.
fn shell_safe<T>(
    choices: &Choices,
    parse: fn(&str) -> Result<T, ParseError>,
) -> impl Fn(&str) -> Result<T, ParseError> + use<T> {
    let by_powershell = choices.select.shell == choices::Shell::PowerShell;
    move |text| match powershell_args::unsafe_reason(text) {
        Some(_) if by_powershell => Err(ParseError { part: text.to_owned() }),
        _ => parse(text),
    }
}

/// The resolved configuration of one set of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The cloud registry.
    pub registry: Registry,
    /// The connected registry's name.
    pub name: Value<ConnectedRegistryName>,
    /// The Arc-enabled cluster.
    pub cluster: Cluster,
    /// The extension instance's name.
    pub extension: Value<ExtensionName>,
    /// What is to be done with them.
    pub task: Task,
    /// Whether the change of the version is told as a roll-back.
    pub rolls_back: bool,
}

/// The cloud registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Its name, without suffix.
    pub name: Value<RegistryName>,
    /// Its resource group.
    pub resource_group: Value<ResourceGroupName>,
    /// Its subscription, where another than the current one was given.
    pub subscription: Option<Value<Subscription>>,
}

/// The Arc-enabled Kubernetes cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name as an Arc resource.
    pub name: Value<ClusterName>,
    /// Its resource group; the registry's where no other was given.
    pub resource_group: Value<ResourceGroupName>,
    /// Its subscription; the registry's where no other was given.
    pub subscription: Option<Value<Subscription>>,
    /// The kubectl context that points at it, where one was given.
    pub context: Option<Value<KubeContext>>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one of them at a time")]
pub enum Task {
    /// Create the connected registry and deploy the extension.
    Deploy(Box<Deploy>),
    /// Deploy the extension again, for a connected registry that was activated before.
    Redeploy(Install),
    /// Change how the extension is kept up to date, or its version.
    Upgrade(Upgrade),
    /// Change when the connected registry synchronizes.
    Schedule(Synchronization),
    /// Change what it synchronizes.
    Repositories {
        /// What is synchronized as well.
        add: Option<Value<Repositories>>,
        /// What is synchronized no longer.
        remove: Option<Value<Repositories>>,
    },
    /// Pull an image from it.
    Pull(Pull),
    /// Give the extension a new sync password, with the whole of its protected settings.
    Rotate {
        /// What the protected settings hold beside the connection string.
        transport: Transport,
        /// The password to generate.
        password: Password,
        /// The address that a certificate from files must hold for.
        ip: Option<Value<ClusterIp>>,
    },
    /// Find out what is wrong.
    Diagnose {
        /// The log level to set first; `None` leaves it.
        log_level: Option<choices::LogLevel>,
    },
    /// Remove everything.
    CleanUp,
}

/// One of the two passwords of the sync token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Password {
    /// `--generate-password 1`.
    One,
    /// `--generate-password 2`.
    Two,
}

impl Password {
    /// The value of `--generate-password`.
    pub const fn number(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Two => "2",
        }
    }
}

/// A first deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deploy {
    /// What is synchronized.
    pub repositories: Value<Repositories>,
    /// What clients may do.
    pub mode: choices::Mode,
    /// The parent connected registry; `None` means the cloud registry.
    pub parent: Option<Value<ConnectedRegistryName>>,
    /// Client tokens, which exist already.
    pub tokens: Option<Value<List<TokenName>>>,
    /// Notification patterns.
    pub notifications: Option<Value<List<Notification>>>,
    /// When it synchronizes.
    pub synchronization: Synchronization,
    /// Whether and when garbage is collected.
    pub garbage: Garbage,
    /// How much it logs.
    pub log_level: choices::LogLevel,
    /// An image to import into the cloud registry first.
    pub import: Option<Value<ImportSource>>,
    /// The extension.
    pub install: Install,
}

/// An installation of the extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Install {
    /// How clients in the cluster talk to the connected registry.
    pub transport: Transport,
    /// Its service IP.
    pub ip: Value<ClusterIp>,
    /// The storage class of its volume; `None` means the cluster's default.
    pub storage_class: Option<Value<KubernetesName>>,
    /// The size of its volume; `None` means the extension's default.
    pub storage_request: Option<Value<StorageRequest>>,
    /// How it is kept up to date.
    pub upgrade: Upgrade,
    /// Which of the sync token's two passwords is generated.
    pub password: Password,
    /// Whether the spellings of the 2024 documents are emitted as well.
    pub keys_of_2024: bool,
}

/// How clients in the cluster talk to the connected registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TLS. Trust distribution exists only here.
    Https {
        /// Where the certificate comes from.
        certificate: Certificate,
        /// Who makes the nodes trust it.
        trust: choices::Trust,
    },
    /// Nothing is encrypted, nothing is trusted.
    Http,
}

/// Where the TLS certificate comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// A cert-manager that the extension installs.
    InstalledCertManager,
    /// A cert-manager that is in the cluster.
    OwnCertManager,
    /// A Kubernetes TLS secret.
    Secret {
        /// Its name.
        name: Value<KubernetesName>,
        /// The files it is made from; `None` where it exists.
        files: Option<CertificateFiles>,
    },
    /// Files, whose contents go into the protected settings.
    Files(CertificateFiles),
}

/// PEM files on the user's machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The certificate.
    pub certificate: Value<FilePath>,
    /// Its private key.
    pub key: Value<FilePath>,
    /// The CA certificate; `None` means the certificate itself.
    pub ca: Option<Value<FilePath>>,
    /// Whether certificate and key are made, self-signed, where they do not exist.
    pub self_signed: bool,
}

/// When the connected registry synchronizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Synchronization {
    /// Every minute.
    Continuous {
        /// How long messages are kept; `None` leaves the default.
        ttl: Option<Value<MessageTtl>>,
    },
    /// On a schedule, for a while.
    Scheduled {
        /// When.
        schedule: Value<CronSchedule>,
        /// For how long.
        window: Value<SyncWindow>,
        /// How long messages are kept; `None` leaves the default.
        ttl: Option<Value<MessageTtl>>,
    },
}

/// Whether and when untagged content is removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Garbage {
    /// It is, at the times given; `None` means every day at midnight.
    Collected(Option<Value<CronSchedule>>),
    /// It stays.
    Kept,
}

/// How the extension is kept up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// Minor versions automatically.
    Automatic {
        /// The release train; `None` means the service's default.
        train: Option<Value<ReleaseTrain>>,
    },
    /// It stays at one version.
    Pinned {
        /// The version.
        version: Value<Version>,
        /// The release train; `None` means the service's default.
        train: Option<Value<ReleaseTrain>>,
    },
}

/// A pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// The client token, made where it does not exist.
    pub token: Value<TokenName>,
    /// The image.
    pub image: Value<Image>,
    /// The address of the connected registry.
    pub ip: Value<ClusterIp>,
    /// Whether the connected registry serves plain HTTP, on port 80.
    pub http: bool,
}

/// Finds out what the choices amount to. Never fails: what does not parse is an empty [`Value`],
/// and
/// [`crate::rules`] says why.
#[inline(never)]
pub fn resolve(choices: &Choices) -> Scenario {
    let registry = Registry {
        name: Value::parse(choices, TextField::Registry, RegistryName::parse),
        resource_group: Value::parse(
            choices,
            TextField::ResourceGroup,
            shell_safe(choices, ResourceGroupName::parse),
        ),
        subscription: Value::parse_optional(
            choices,
            TextField::Subscription,
            shell_safe(choices, Subscription::parse),
        ),
    };
    let name = Value::parse(choices, TextField::Name, ConnectedRegistryName::parse);
    let cluster = Cluster {
        name: Value::parse(choices, TextField::Cluster, ClusterName::parse),
        resource_group: Value::parse_optional(
            choices,
            TextField::ClusterResourceGroup,
            shell_safe(choices, ResourceGroupName::parse),
        )
        .unwrap_or_else(|| registry.resource_group.clone()),
        subscription: Value::parse_optional(
            choices,
            TextField::ClusterSubscription,
            shell_safe(choices, Subscription::parse),
        )
        .or_else(|| registry.subscription.clone()),
        context: Value::parse_optional(choices, TextField::Context, KubeContext::parse),
    };
    let extension = Value::parse_optional(choices, TextField::Extension, ExtensionName::parse)
        .unwrap_or_else(|| Value {
            field: TextField::Extension,
            value: name.value.as_ref().map(ExtensionName::of),
        });
    let task = match choices.select.task {
        choices::Task::Deploy => Task::Deploy(Box::new(deploy(choices))),
        choices::Task::Redeploy => Task::Redeploy(install(choices, Password::One)),
        choices::Task::Upgrade => Task::Upgrade(upgrade(choices)),
        choices::Task::Schedule => Task::Schedule(synchronization(choices)),
        choices::Task::Repositories => {
            let add = optional_list(choices, TextField::Repositories, Repository::parse);
            let remove = optional_list(choices, TextField::RemoveRepositories, Repository::parse);
            // At least one: with neither, the place of the first is open.
            let add = add.or_else(|| {
                remove.is_none().then(|| list(choices, TextField::Repositories, Repository::parse))
            });
            Task::Repositories { add, remove }
        }
        choices::Task::Pull => Task::Pull(Pull {
            token: Value::parse(choices, TextField::Tokens, TokenName::parse),
            image: Value::parse(choices, TextField::Image, Image::parse),
            ip: Value::parse(choices, TextField::Ip, ClusterIp::parse),
            http: choices.select.tls == choices::Tls::Http,
        }),
        choices::Task::Rotate => Task::Rotate {
            transport: transport(choices),
            password: password(choices, Password::Two),
            ip: (choices.select.tls == choices::Tls::Byoc)
                .then(|| Value::parse(choices, TextField::Ip, ClusterIp::parse)),
        },
        choices::Task::Diagnose => {
            let log_level = choices.select.log_level;
            Task::Diagnose {
                log_level: (log_level != choices::LogLevel::Information).then_some(log_level),
            }
        }
        choices::Task::CleanUp => Task::CleanUp,
    };
    let rolls_back = choices.recognized() == Some(choices::Preset::PinVersion);
    Scenario { registry, name, cluster, extension, task, rolls_back }
}

fn list<T: PartialEq>(
    choices: &Choices,
    field: TextField,
    parse: fn(&str) -> Result<T, ParseError>,
) -> Value<List<T>> {
    Value::parse(choices, field, |text| List::parse(text, parse))
}

fn optional_list<T: PartialEq>(
    choices: &Choices,
    field: TextField,
    parse: fn(&str) -> Result<T, ParseError>,
) -> Option<Value<List<T>>> {
    Value::parse_optional(choices, field, |text| List::parse(text, parse))
}

fn deploy(choices: &Choices) -> Deploy {
    Deploy {
        repositories: list(choices, TextField::Repositories, Repository::parse),
        mode: choices.select.mode,
        parent: Value::parse_optional(choices, TextField::Parent, ConnectedRegistryName::parse),
        tokens: optional_list(choices, TextField::Tokens, TokenName::parse),
        notifications: optional_list(choices, TextField::Notifications, Notification::parse),
        synchronization: synchronization(choices),
        garbage: match choices.select.gc {
            choices::Gc::On => Garbage::Collected(Value::parse_optional(
                choices,
                TextField::GcSchedule,
                CronSchedule::parse,
            )),
            choices::Gc::Off => Garbage::Kept,
        },
        log_level: choices.select.log_level,
        import: Value::parse_optional(choices, TextField::Import, ImportSource::parse),
        install: install(choices, Password::One),
    }
}

fn install(choices: &Choices, usual_password: Password) -> Install {
    Install {
        transport: transport(choices),
        ip: Value::parse(choices, TextField::Ip, ClusterIp::parse),
        storage_class: Value::parse_optional(
            choices,
            TextField::StorageClass,
            KubernetesName::parse,
        ),
        storage_request: Value::parse_optional(
            choices,
            TextField::StorageRequest,
            StorageRequest::parse,
        ),
        upgrade: upgrade(choices),
        password: password(choices, usual_password),
        keys_of_2024: choices.select.keys == choices::Keys::Of2024,
    }
}

fn password(choices: &Choices, usual: Password) -> Password {
    match choices.select.slot {
        choices::PasswordSlot::Usual => usual,
        choices::PasswordSlot::One => Password::One,
        choices::PasswordSlot::Two => Password::Two,
    }
}

fn transport(choices: &Choices) -> Transport {
    let files = || CertificateFiles {
        certificate: Value::parse(
            choices,
            TextField::Certificate,
            shell_safe(choices, FilePath::parse),
        ),
        key: Value::parse(choices, TextField::PrivateKey, shell_safe(choices, FilePath::parse)),
        ca: Value::parse_optional(
            choices,
            TextField::CaCertificate,
            shell_safe(choices, FilePath::parse),
        ),
        self_signed: choices.select.self_signed == choices::SelfSigned::Yes,
    };
    let certificate = match choices.select.tls {
        choices::Tls::Http => return Transport::Http,
        choices::Tls::CertManager => Certificate::InstalledCertManager,
        choices::Tls::OwnCertManager => Certificate::OwnCertManager,
        choices::Tls::Secret => Certificate::Secret {
            name: Value::parse(choices, TextField::Secret, KubernetesName::parse),
            files: (choices.select.secret_exists == choices::SecretExists::No).then(files),
        },
        choices::Tls::Byoc => Certificate::Files(files()),
    };
    Transport::Https { certificate, trust: choices.select.trust }
}

fn synchronization(choices: &Choices) -> Synchronization {
    let ttl = Value::parse_optional(choices, TextField::MessageTtl, MessageTtl::parse);
    match choices.select.sync {
        choices::Sync::Continuous => Synchronization::Continuous { ttl },
        choices::Sync::Scheduled => Synchronization::Scheduled {
            schedule: Value::parse(choices, TextField::Schedule, CronSchedule::parse),
            window: Value::parse(choices, TextField::Window, SyncWindow::parse),
            ttl,
        },
    }
}

fn upgrade(choices: &Choices) -> Upgrade {
    let train = Value::parse_optional(choices, TextField::Train, ReleaseTrain::parse);
    match choices.select.upgrade {
        choices::Upgrade::Auto => Upgrade::Automatic { train },
        choices::Upgrade::Pin => Upgrade::Pinned {
            version: Value::parse(choices, TextField::Version, Version::parse),
            train,
        },
    }
}

/// Collects the fields that hold no usable value, each once.
#[derive(Default)]
struct MissingFields(Vec<TextField>);

impl MissingFields {
    fn look<T>(&mut self, slot: &Value<T>) {
        if slot.value.is_none() && !self.0.contains(&slot.field) {
            self.0.push(slot.field);
        }
    }

    fn look_if_given<T>(&mut self, slot: &Option<Value<T>>) {
        if let Some(slot) = slot {
            self.look(slot);
        }
    }

    fn transport(&mut self, transport: &Transport) {
        let Transport::Https { certificate, .. } = transport else { return };
        let files = match certificate {
            Certificate::InstalledCertManager | Certificate::OwnCertManager => return,
            Certificate::Secret { name, files } => {
                self.look(name);
                files.as_ref()
            }
            Certificate::Files(files) => Some(files),
        };
        if let Some(files) = files {
            self.look(&files.certificate);
            self.look(&files.key);
            self.look_if_given(&files.ca);
        }
    }

    fn synchronization(&mut self, synchronization: &Synchronization) {
        match synchronization {
            Synchronization::Continuous { ttl } => self.look_if_given(ttl),
            Synchronization::Scheduled { schedule, window, ttl } => {
                self.look(schedule);
                self.look(window);
                self.look_if_given(ttl);
            }
        }
    }

    fn upgrade(&mut self, upgrade: &Upgrade) {
        match upgrade {
            Upgrade::Automatic { train } => self.look_if_given(train),
            Upgrade::Pinned { version, train } => {
                self.look(version);
                self.look_if_given(train);
            }
        }
    }

    fn install(&mut self, install: &Install) {
        self.look(&install.ip);
        self.transport(&install.transport);
        self.look_if_given(&install.storage_class);
        self.look_if_given(&install.storage_request);
        self.upgrade(&install.upgrade);
    }
}

impl Scenario {
    /// Whether the task touches the registry; switching how the extension is upgraded does not.
    pub fn needs_registry(&self) -> bool {
        !matches!(self.task, Task::Upgrade(_))
    }

    /// Whether the task touches the cluster by way of Azure.
    pub fn needs_cluster(&self) -> bool {
        !matches!(self.task, Task::Schedule(_) | Task::Repositories { .. } | Task::Pull(_))
    }

    /// Whether the task touches a registry and a cluster of two subscriptions.
    pub fn has_two_subscriptions(&self) -> bool {
        let of_cluster = self
            .cluster
            .subscription
            .as_ref()
            .is_some_and(|slot| slot.field == TextField::ClusterSubscription);
        of_cluster && self.needs_registry() && self.needs_cluster()
    }

    /// The fields that the task needs and that hold no usable value, and the optional ones whose
    /// text does not parse.
    pub fn open(&self) -> Vec<TextField> {
        let mut open = MissingFields::default();
        if self.needs_registry() {
            open.look(&self.registry.name);
            open.look(&self.name);
            open.look(&self.registry.resource_group);
            open.look_if_given(&self.registry.subscription);
        } else if self.extension.value.is_none() {
            // The extension is called like the connected registry, unless it has a name of its own.
            open.look(&self.name);
        }
        if self.needs_cluster() {
            open.look(&self.cluster.name);
            open.look(&self.cluster.resource_group);
            open.look_if_given(&self.cluster.subscription);
        }
        match &self.task {
            Task::Deploy(deploy) => {
                open.install(&deploy.install);
                open.look(&deploy.repositories);
                open.synchronization(&deploy.synchronization);
                open.look_if_given(&deploy.parent);
                open.look_if_given(&deploy.tokens);
                open.look_if_given(&deploy.notifications);
                open.look_if_given(&deploy.import);
                if let Garbage::Collected(schedule) = &deploy.garbage {
                    open.look_if_given(schedule);
                }
            }
            Task::Redeploy(install) => open.install(install),
            Task::Upgrade(upgrade) => open.upgrade(upgrade),
            Task::Schedule(synchronization) => open.synchronization(synchronization),
            Task::Repositories { add, remove } => {
                open.look_if_given(add);
                open.look_if_given(remove);
            }
            Task::Pull(pull) => {
                open.look(&pull.token);
                open.look(&pull.image);
                open.look(&pull.ip);
            }
            Task::Rotate { transport, ip, .. } => {
                open.transport(transport);
                open.look_if_given(ip);
            }
            Task::Diagnose { .. } | Task::CleanUp => {}
        }
        open.0
    }

    /// The service IP, where the task has one.
    pub fn ip(&self) -> Option<&Value<ClusterIp>> {
        match &self.task {
            Task::Deploy(deploy) => Some(&deploy.install.ip),
            Task::Redeploy(install) => Some(&install.ip),
            Task::Pull(pull) => Some(&pull.ip),
            Task::Rotate { ip, .. } => ip.as_ref(),
            _ => None,
        }
    }

    /// How clients talk to the connected registry, where the task says so.
    pub fn transport(&self) -> Option<&Transport> {
        match &self.task {
            Task::Deploy(deploy) => Some(&deploy.install.transport),
            Task::Redeploy(install) => Some(&install.transport),
            Task::Rotate { transport, .. } => Some(transport),
            _ => None,
        }
    }

    /// When it synchronizes, where the task says so.
    pub fn synchronization(&self) -> Option<&Synchronization> {
        match &self.task {
            Task::Deploy(deploy) => Some(&deploy.synchronization),
            Task::Schedule(synchronization) => Some(synchronization),
            _ => None,
        }
    }
}
