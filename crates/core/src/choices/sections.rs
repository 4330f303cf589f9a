//! The sections of the form, and which fields the task makes use of.

use super::{
    Choices, Field, Gc, SecretExists, SelectField as S, Sync, Task, TextField as T, Tls, Upgrade,
};

/// The sections of the form, each with its fields: first what is typed, then what is chosen.
pub static SECTIONS: &[Section] = &[
    Section {
        id: "names",
        title: "Names",
        lead: "As they are, or will be, in Azure.",
        folded: false,
        fields: &[
            Field::Text(T::Registry),
            Field::Text(T::Name),
            Field::Text(T::ResourceGroup),
            Field::Text(T::Cluster),
            Field::Text(T::Ip),
            Field::Text(T::Cidr),
            Field::Text(T::Repositories),
            Field::Text(T::RemoveRepositories),
            Field::Text(T::Tokens),
            Field::Text(T::Image),
        ],
    },
    Section {
        id: "certificate",
        title: "Certificate and trust",
        lead: "How clients in the cluster know that they talk to the connected registry.",
        folded: false,
        fields: &[
            Field::Select(S::Tls),
            Field::Select(S::SecretExists),
            Field::Select(S::SelfSigned),
            Field::Text(T::Secret),
            Field::Text(T::Certificate),
            Field::Text(T::PrivateKey),
            Field::Text(T::CaCertificate),
            Field::Select(S::Trust),
        ],
    },
    Section {
        id: "synchronization",
        title: "Synchronization",
        lead: "When the connected registry connects to its parent. Times are UTC.",
        folded: false,
        fields: &[
            Field::Select(S::Sync),
            Field::Text(T::Schedule),
            Field::Text(T::Window),
            Field::Text(T::MessageTtl),
        ],
    },
    Section {
        id: "upgrades",
        title: "Upgrades",
        lead: "How the extension is kept up to date.",
        folded: false,
        fields: &[Field::Select(S::Upgrade), Field::Text(T::Version), Field::Text(T::Train)],
    },
    Section {
        id: "apart",
        title: "Names that differ",
        lead: "When registry and cluster live in other groups or subscriptions, or the current \
               kubectl context is another cluster's.",
        folded: true,
        fields: &[
            Field::Text(T::ClusterResourceGroup),
            Field::Text(T::Subscription),
            Field::Text(T::ClusterSubscription),
            Field::Text(T::Extension),
            Field::Text(T::Context),
        ],
    },
    Section {
        id: "content",
        title: "Content and hierarchy",
        lead: "When clients push, there is no image yet, events are to be sent, or connected \
               registries are nested.",
        folded: true,
        fields: &[
            Field::Select(S::Mode),
            Field::Text(T::Import),
            Field::Text(T::Notifications),
            Field::Text(T::Parent),
        ],
    },
    Section {
        id: "storage",
        title: "Storage and logs",
        lead: "When the cluster's default storage class will not do, space is short, or you look \
               for a fault.",
        folded: true,
        fields: &[
            Field::Text(T::StorageClass),
            Field::Text(T::StorageRequest),
            Field::Select(S::Gc),
            Field::Text(T::GcSchedule),
            Field::Select(S::LogLevel),
        ],
    },
    Section {
        id: "existing",
        title: "Passwords and older versions",
        lead: "When a password of the sync token is in use already, or the extension is of 2024.",
        folded: true,
        fields: &[Field::Select(S::PasswordSlot), Field::Select(S::Keys)],
    },
];

/// A section of the form.
pub struct Section {
    /// Its id: the word that embeds hide it by.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it is about.
    pub lead: &'static str,
    /// Whether it is closed at first.
    pub folded: bool,
    /// Its fields.
    pub fields: &'static [Field],
}

/// Whether the task, and what was chosen for it, makes use of a field. What is not used keeps what
/// was typed.
pub fn is_used(choices: &Choices, field: Field) -> bool {
    let select = &choices.select;
    let deploys = matches!(select.task, Task::Deploy);
    let installs = deploys || matches!(select.task, Task::Redeploy);
    let encrypts = installs || matches!(select.task, Task::Rotate);
    let upgrades = matches!(select.task, Task::Upgrade);
    let schedules = deploys || matches!(select.task, Task::Schedule);
    let on_registry = !upgrades;
    let on_cluster = !matches!(select.task, Task::Schedule | Task::Repositories | Task::Pull);
    let from_files = encrypts
        && (select.tls == Tls::Byoc
            || (select.tls == Tls::Secret && select.secret_exists == SecretExists::No));
    match field {
        Field::Text(field) => match field {
            T::Registry | T::Subscription => on_registry,
            T::Name | T::ResourceGroup => true,
            T::Cluster | T::ClusterResourceGroup | T::ClusterSubscription | T::Extension => {
                on_cluster
            }
            T::Context => !matches!(select.task, Task::Schedule | Task::Repositories),
            T::Ip => {
                installs
                    || matches!(select.task, Task::Pull)
                    || (encrypts && select.tls == Tls::Byoc)
            }
            T::Cidr => installs,
            T::Repositories => deploys || matches!(select.task, Task::Repositories),
            T::RemoveRepositories => matches!(select.task, Task::Repositories),
            T::Tokens => deploys || matches!(select.task, Task::Pull),
            T::Image => matches!(select.task, Task::Pull),
            T::Secret => encrypts && select.tls == Tls::Secret,
            T::Certificate | T::PrivateKey | T::CaCertificate => from_files,
            T::Schedule | T::Window => schedules && select.sync == Sync::Scheduled,
            T::MessageTtl => schedules,
            T::Version => (installs || upgrades) && select.upgrade == Upgrade::Pin,
            T::Train => installs || upgrades,
            T::StorageClass | T::StorageRequest => installs,
            T::Import | T::Parent | T::Notifications => deploys,
            T::GcSchedule => deploys && select.gc == Gc::On,
        },
        Field::Select(field) => match field {
            S::Task | S::Shell => true,
            S::Mode | S::Gc => deploys,
            S::Tls => encrypts || matches!(select.task, Task::Pull),
            S::Trust => encrypts && !matches!(select.task, Task::Rotate),
            S::SecretExists => encrypts && select.tls == Tls::Secret,
            S::SelfSigned => from_files,
            S::Sync => schedules,
            S::Upgrade => installs || upgrades,
            S::PasswordSlot => encrypts,
            S::LogLevel => deploys || matches!(select.task, Task::Diagnose),
            S::Keys => installs,
        },
    }
}

/// The sections, and whether any of their fields is used.
pub fn sections(choices: &Choices) -> impl Iterator<Item = (&'static str, bool)> {
    SECTIONS
        .iter()
        .map(|section| (section.id, section.fields.iter().any(|field| is_used(choices, *field))))
}

/// The ids of the sections.
pub fn section_ids() -> impl Iterator<Item = &'static str> {
    SECTIONS.iter().map(|section| section.id)
}

/// The fields of a section.
pub fn fields_of(section: &str) -> &'static [Field] {
    SECTIONS.iter().find(|other| other.id == section).map_or(&[], |section| section.fields)
}
