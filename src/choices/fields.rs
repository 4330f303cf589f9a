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
    /// Subscription of the registry, by id or name; empty means the one that `az account show` says.
    Subscription = "subscription",
    /// Subscription of the cluster; empty means that of the registry.
    ClusterSubscription = "cluster-subscription",
    /// Name of the extension instance; empty means the lower-cased name of the connected registry.
    Extension = "extension",
    /// The kubectl context; empty means the current one.
    Context = "context",
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

            /// Sets one field by a word of the link; `false`, and nothing changed, where it is not one of [`SelectField::words`].
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
    }
    /// Who makes the nodes trust that certificate.
    trust: Trust = "trust" {
        /// The extension, on every node.
        #[default] Nodes = "nodes",
    }
    /// When the connected registry synchronizes.
    sync: Sync = "sync" {
        /// Every minute.
        #[default] Continuous = "continuous",
    }
    /// How the extension is kept up to date.
    upgrade: Upgrade = "upgrade" {
        /// Minor versions automatically.
        #[default] Auto = "auto",
    }
    /// Which of the sync token's two passwords is generated.
    slot: Slot = "slot" {
        /// The first.
        #[default] One = "1",
        /// The second.
        Two = "2",
    }
    /// Which spellings of the configuration keys are emitted.
    keys: Keys = "keys" {
        /// Those of the current documentation.
        #[default] Current = "current",
    }
    /// Which shell the commands are written for.
    shell: Shell = "shell" {
        /// bash 3.2 or newer.
        #[default] Bash = "bash",
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

    /// The field of a key of the link.
    pub fn from_key(key: &str) -> Option<Self> {
        let text = TextField::ALL.iter().copied().map(Self::Text);
        let select = SelectField::ALL.iter().copied().map(Self::Select);
        text.chain(select).find(|field| field.key() == key)
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
