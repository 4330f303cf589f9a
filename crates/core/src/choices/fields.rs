//! The fields: one table of what can be typed, one of what can be chosen.
//!
//! The keys are those of the link. They are never renamed or reused; new ones may come.

use serde::{Deserialize, Serialize, Serializer};

macro_rules! texts {
    ($($(#[$doc:meta])* $Name:ident = $key:literal,)+) => {
        /// A field of free text.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum TextField { $($(#[$doc])* $Name),+ }

        impl TextField {
            /// Every one, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// Its key in the link.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$Name => $key),+ }
            }
        }
    };
}

impl TextField {
    /// Whether the text may have several lines.
    pub const fn is_multiline(self) -> bool {
        matches!(self, Self::Repositories | Self::RemoveRepositories)
    }
}

texts! {
    /// The cloud registry (Azure Container Registry), by name.
    Registry = "registry",
    /// The connected registry.
    Name = "name",
    /// Resource group of the cloud registry.
    ResourceGroup = "rg",
    /// The Arc-enabled Kubernetes cluster.
    Cluster = "cluster",
    /// Service IP of the connected registry in the cluster.
    Ip = "ip",
    /// Repositories to synchronize, separated by commas, blanks or lines.
    Repositories = "repos",
    /// The cluster's service CIDR, only to check the service IP.
    Cidr = "cidr",
    /// Resource group of the cluster; empty means that of the registry.
    ClusterResourceGroup = "cluster-rg",
    /// Subscription of the registry, by id or name; empty means the one that `az account show`
    /// says.
    Subscription = "subscription",
    /// Subscription of the cluster; empty means that of the registry.
    ClusterSubscription = "cluster-subscription",
    /// Name of the extension instance; empty means the lower-cased name of the connected registry.
    Extension = "extension",
    /// The kubectl context; empty means the current one.
    Context = "context",
    /// Name of the Kubernetes TLS secret.
    Secret = "secret",
    /// Path of the certificate, a PEM file on the user's machine.
    Certificate = "crt",
    /// Path of its private key, a PEM file on the user's machine.
    PrivateKey = "key",
    /// Path of the CA certificate, a PEM file on the user's machine; empty means the certificate
    /// itself.
    CaCertificate = "ca",
    /// When to synchronize: five cron fields, UTC.
    Schedule = "schedule",
    /// For how long, from each scheduled time on: an ISO 8601 duration.
    Window = "window",
    /// How long messages to the parent are kept: an ISO 8601 duration; empty means two days.
    MessageTtl = "ttl",
    /// A parent connected registry; empty means the cloud registry.
    Parent = "parent",
    /// Client tokens, by name, separated like repositories.
    Tokens = "tokens",
    /// Notification patterns, separated like repositories.
    Notifications = "notify",
    /// When garbage is collected: five cron fields; empty means every day at midnight.
    GcSchedule = "gc-schedule",
    /// Storage class of the persistent volume claim; empty means the cluster's default.
    StorageClass = "storage-class",
    /// Size of the persistent volume claim; empty means the extension's default.
    StorageRequest = "storage",
    /// Version of the extension.
    Version = "version",
    /// Release train of the extension; empty means the service's default.
    Train = "train",
    /// The image to pull: `repository:tag`.
    Image = "image",
    /// An image to import into the cloud registry first: `registry/repository:tag`.
    Import = "import",
    /// Repositories to synchronize no longer.
    RemoveRepositories = "remove-repos",
}

macro_rules! selects {
    ($($(#[$doc:meta])* $field:ident: $Name:ident = $key:literal { $($(#[$value_doc:meta])* $Value:ident = $word:literal,)+ })+) => {
        $(
            $(#[$doc])*
            ///
            /// The first value is the default.
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
            pub enum $Name { $($(#[$value_doc])* $Value),+ }

            impl $Name {
                /// Every value, the default first.
                pub const ALL: &'static [Self] = &[$(Self::$Value),+];

                /// The word of the link.
                pub const fn word(self) -> &'static str {
                    match self { $(Self::$Value => $word),+ }
                }

                /// The value of a word of the link.
                pub fn from_word(word: &str) -> Option<Self> {
                    match word { $($word => Some(Self::$Value),)+ _ => None }
                }
            }
        )+

        /// A field with a closed list of values.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum SelectField { $($(#[$doc])* $Name),+ }

        impl SelectField {
            /// Every one, in the order of the link.
            pub const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// Its key in the link.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$Name => $key),+ }
            }

            /// The words it can take, the default first.
            pub const fn words(self) -> &'static [&'static str] {
                match self { $(Self::$Name => &[$($word),+]),+ }
            }
        }

        /// The value of every field with a closed list.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Selects { $($(#[$doc])* pub $field: $Name),+ }

        impl Selects {
            /// The word of one field.
            pub const fn word(&self, field: SelectField) -> &'static str {
                match field { $(SelectField::$Name => self.$field.word()),+ }
            }

            /// Sets one field by a word of the link; `false`, and nothing changed, where it is not
            /// one of [`SelectField::words`].
            pub fn set_word(&mut self, field: SelectField, word: &str) -> bool {
                match field { $(SelectField::$Name => $Name::from_word(word).map(|value| self.$field = value).is_some()),+ }
            }
        }
    };
}

selects! {
    /// What is to be done.
    task: Task = "task" {
        /// Create the connected registry and deploy the extension.
        #[default] Deploy = "deploy",
        /// Change how the extension is kept up to date, or its version.
        Upgrade = "upgrade",
        /// Change when the connected registry synchronizes.
        Schedule = "schedule",
        /// Change what it synchronizes.
        Repositories = "repositories",
        /// Pull an image from it.
        Pull = "pull",
        /// Give the extension a new sync password.
        Rotate = "rotate",
        /// Deploy the extension again for a connected registry that was activated before.
        Redeploy = "redeploy",
        /// Find out what is wrong.
        Diagnose = "diagnose",
        /// Remove everything.
        CleanUp = "clean-up",
    }
    /// What clients may do with the connected registry.
    mode: Mode = "mode" {
        /// Clients pull.
        #[default] ReadOnly = "read-only",
        /// Clients pull and push; what is pushed is synchronized to the cloud registry.
        ReadWrite = "read-write",
    }
    /// Where the TLS certificate of the connected registry comes from.
    tls: Tls = "tls" {
        /// From a cert-manager that the extension installs.
        #[default] CertManager = "cert-manager",
        /// From a cert-manager that is in the cluster already.
        OwnCertManager = "own-cert-manager",
        /// From a Kubernetes TLS secret.
        Secret = "secret",
        /// From files: bring your own certificate.
        Byoc = "byoc",
        /// None: plain HTTP.
        Http = "http",
    }
    /// Who makes the nodes trust that certificate.
    trust: Trust = "trust" {
        /// The extension, on every node.
        #[default] Nodes = "nodes",
        /// The extension, on the nodes with a label.
        LabelledNodes = "labelled-nodes",
        /// The user.
        Own = "own",
    }
    /// Whether the Kubernetes TLS secret exists already.
    secret_exists: SecretExists = "secret-exists" {
        /// It is made from files.
        #[default] No = "no",
        /// It exists.
        Yes = "yes",
    }
    /// Whether a self-signed certificate is made on the user's machine.
    self_signed: SelfSigned = "self-signed" {
        /// The files exist.
        #[default] No = "no",
        /// They are made.
        Yes = "yes",
    }
    /// When the connected registry synchronizes.
    sync: Sync = "sync" {
        /// Every minute.
        #[default] Continuous = "continuous",
        /// On a schedule, for a while.
        Scheduled = "scheduled",
    }
    /// Whether untagged content is removed from the connected registry.
    gc: Gc = "gc" {
        /// It is.
        #[default] On = "on",
        /// It stays.
        Off = "off",
    }
    /// How the extension is kept up to date.
    upgrade: Upgrade = "upgrade" {
        /// Minor versions automatically.
        #[default] Auto = "auto",
        /// It stays at one version.
        Pin = "pin",
    }
    /// Which of the sync token's two passwords is generated.
    slot: PasswordSlot = "slot" {
        /// The first when deploying, the second when rotating.
        #[default] Usual = "usual",
        /// The first.
        One = "1",
        /// The second.
        Two = "2",
    }
    /// How much the connected registry logs.
    log_level: LogLevel = "log-level" {
        /// What happens.
        #[default] Information = "information",
        /// Everything.
        Debug = "debug",
        /// What may be wrong.
        Warning = "warning",
        /// What is wrong.
        Error = "error",
        /// Nothing.
        None = "none",
    }
    /// Which spellings of the configuration keys are emitted.
    keys: Keys = "keys" {
        /// Those of the current documentation.
        #[default] Current = "current",
        /// Those of the 2024 documents as well.
        Of2024 = "2024",
    }
    /// Which shell the commands are written for.
    shell: Shell = "shell" {
        /// bash 3.2 or newer.
        #[default] Bash = "bash",
        /// Windows PowerShell 5.1, and PowerShell 7 everywhere.
        PowerShell = "powershell",
    }
}

/// Any field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A field of free text.
    Text(TextField),
    /// A field with a closed list of values.
    Select(SelectField),
}

impl Field {
    /// Its key in the link.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Text(field) => field.key(),
            Self::Select(field) => field.key(),
        }
    }

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        TextField::ALL
            .iter()
            .copied()
            .map(Self::Text)
            .chain(SelectField::ALL.iter().copied().map(Self::Select))
    }

    /// The field of a key of the link.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|field| field.key() == key)
    }
}

impl From<TextField> for Field {
    fn from(field: TextField) -> Self {
        Self::Text(field)
    }
}

impl From<SelectField> for Field {
    fn from(field: SelectField) -> Self {
        Self::Select(field)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}
