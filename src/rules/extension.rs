//! Rules about the extension: version, train, storage, and what it is given beside.

use super::{Hit, Rule, Severity, unfit};
use crate::azure::sources;
use crate::choices::{Choices, SelectField, TextField};
use crate::scenario::{
    ConnectedRegistryName, Image, ImportSource, Install, KubernetesName, List, Notification,
    ReleaseTrain, Repositories, Repository, Scenario, StorageRequest, Task, TokenName, Unfit,
    Upgrade, Version,
};
use crate::text::rules as text;

fn install(scenario: &Scenario) -> Option<&Install> {
    match &scenario.task {
        Task::Deploy(deploy) => Some(&deploy.install),
        Task::Redeploy(install) => Some(install),
        _ => None,
    }
}

fn upgrade(scenario: &Scenario) -> Option<&Upgrade> {
    match &scenario.task {
        Task::Upgrade(upgrade) => Some(upgrade),
        _ => install(scenario).map(|install| &install.upgrade),
    }
}

fn tokens(text: &str) -> Result<List<TokenName>, Unfit> {
    List::parse(text, TokenName::parse)
}

/// The names of the client tokens, where the task has some.
fn token_names(choices: &Choices, scenario: &Scenario) -> Vec<String> {
    match scenario.task {
        Task::Deploy(_) | Task::Pull(_) => match tokens(choices.text(TextField::Tokens)) {
            Ok(tokens) => tokens.iter().map(|token| token.as_str().to_owned()).collect(),
            Err(_) => Vec::new(),
        },
        _ => Vec::new(),
    }
}

pub(super) static VERSION: Rule = Rule {
    id: "extension-version",
    severity: Severity::Error,
    why: text::VERSION_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#task=upgrade&upgrade=pin&version=0.6",
    clean: "#task=upgrade&upgrade=pin&version=0.11.0",
    in_output: false,
    check: |choices, scenario| match upgrade(scenario) {
        Some(Upgrade::Pinned { .. }) => {
            unfit(choices, TextField::Version, Version::parse, |_| text::VERSION.into())
        }
        _ => Vec::new(),
    },
};

pub(super) static VERSION_IGNORED: Rule = Rule {
    id: "extension-version-ignored",
    severity: Severity::Info,
    why: text::VERSION_IGNORED_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#version=0.11.0",
    clean: "#upgrade=pin&version=0.11.0",
    in_output: true,
    check: |choices, scenario| match upgrade(scenario) {
        Some(Upgrade::Automatic { .. }) if !choices.text(TextField::Version).trim().is_empty() => {
            vec![Hit::at(SelectField::Upgrade, text::VERSION_IGNORED)]
        }
        _ => Vec::new(),
    },
};

pub(super) static PINNED: Rule = Rule {
    id: "pinned",
    severity: Severity::Info,
    why: text::PINNED_WHY,
    source: sources::UPGRADE_TUTORIAL,
    violating: "#scenario=pin-version&version=0.11.0",
    clean: "#scenario=auto-upgrade",
    in_output: true,
    check: |_, scenario| match upgrade(scenario) {
        Some(Upgrade::Pinned { .. }) => vec![Hit::at(SelectField::Upgrade, text::PINNED)],
        _ => Vec::new(),
    },
};

pub(super) static RELEASE_TRAIN: Rule = Rule {
    id: "release-train",
    severity: Severity::Error,
    why: text::TRAIN_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#train=my%20train",
    clean: "#train=preview",
    in_output: false,
    check: |choices, scenario| match upgrade(scenario) {
        Some(_) => unfit(choices, TextField::Train, ReleaseTrain::parse, |_| text::TRAIN.into()),
        None => Vec::new(),
    },
};

pub(super) static RELEASE_TRAIN_UNUSUAL: Rule = Rule {
    id: "release-train-unusual",
    severity: Severity::Warning,
    why: text::TRAIN_UNUSUAL_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#train=dev",
    clean: "#train=stable",
    in_output: true,
    check: |_, scenario| match upgrade(scenario) {
        Some(
            Upgrade::Automatic { train: Some(train) } | Upgrade::Pinned { train: Some(train), .. },
        ) if train.value.as_ref().is_some_and(|train| !train.is_usual()) => {
            vec![Hit::at(TextField::Train, text::TRAIN_UNUSUAL)]
        }
        _ => Vec::new(),
    },
};

pub(super) static STORAGE_CLASS: Rule = Rule {
    id: "storage-class",
    severity: Severity::Error,
    why: text::KUBERNETES_NAME_WHY,
    source: sources::KUBERNETES_NAMES,
    violating: "#storage-class=Premium_LRS",
    clean: "#storage-class=azurefile",
    in_output: false,
    check: |choices, scenario| match install(scenario) {
        Some(_) => unfit(choices, TextField::StorageClass, KubernetesName::parse, |_| {
            text::KUBERNETES_NAME.into()
        }),
        None => Vec::new(),
    },
};

pub(super) static STORAGE_REQUEST: Rule = Rule {
    id: "storage-request",
    severity: Severity::Error,
    why: text::STORAGE_REQUEST_WHY,
    source: sources::QUANTITY,
    violating: "#storage=250GB",
    clean: "#storage=250Gi",
    in_output: false,
    check: |choices, scenario| match install(scenario) {
        Some(_) => unfit(choices, TextField::StorageRequest, StorageRequest::parse, |_| {
            text::STORAGE_REQUEST.into()
        }),
        None => Vec::new(),
    },
};

pub(super) static STORAGE_REQUEST_SMALL: Rule = Rule {
    id: "storage-request-small",
    severity: Severity::Warning,
    why: text::STORAGE_SMALL_WHY,
    source: sources::GLOSSARY,
    violating: "#storage=1Gi",
    clean: "#storage=10Gi",
    in_output: true,
    check: |_, scenario| match install(scenario)
        .and_then(|install| install.storage_request.as_ref()?.value.as_ref())
    {
        // Ten gibibytes: a handful of images.
        Some(size) if size.bytes() < 10 << 30 => {
            vec![Hit::at(TextField::StorageRequest, text::STORAGE_SMALL)]
        }
        _ => Vec::new(),
    },
};

pub(super) static KEYS_OF_2024: Rule = Rule {
    id: "keys-of-2024",
    severity: Severity::Warning,
    why: text::KEYS_OF_2024_WHY,
    source: sources::GLOSSARY,
    violating: "#keys=2024",
    clean: "#keys=current",
    in_output: true,
    check: |_, scenario| match install(scenario) {
        Some(install) if install.keys_of_2024 => {
            vec![Hit::at(SelectField::Keys, text::KEYS_OF_2024)]
        }
        _ => Vec::new(),
    },
};

pub(super) static PARENT: Rule = Rule {
    id: "parent-name",
    severity: Severity::Error,
    why: text::CONNECTED_REGISTRY_NAME_WHY,
    source: sources::INTRODUCTION,
    violating: "#parent=factory-01",
    clean: "#parent=factory01",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => unfit(choices, TextField::Parent, ConnectedRegistryName::parse, |_| {
            text::CONNECTED_REGISTRY_NAME.into()
        }),
        _ => Vec::new(),
    },
};

pub(super) static PARENT_IS_ITSELF: Rule = Rule {
    id: "parent-is-itself",
    severity: Severity::Error,
    why: text::PARENT_IS_ITSELF_WHY,
    source: sources::INTRODUCTION,
    violating: "#name=edge01&parent=edge01",
    clean: "#name=edge01&parent=factory01",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(deploy) => match (
            &scenario.name.value,
            deploy.parent.as_ref().and_then(|parent| parent.value.as_ref()),
        ) {
            (Some(name), Some(parent)) if name.as_str().eq_ignore_ascii_case(parent.as_str()) => {
                vec![Hit::at(TextField::Parent, text::PARENT_IS_ITSELF)]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static TOKEN_NAME: Rule = Rule {
    id: "token-name",
    severity: Severity::Error,
    why: text::TOKEN_NAME_WHY,
    source: sources::TOKEN,
    violating: "#scenario=pull-image&tokens=my_token",
    clean: "#scenario=pull-image&tokens=my-token",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => {
            unfit(choices, TextField::Tokens, tokens, |part| text::token_name(part).into())
        }
        Task::Pull(_) => unfit(choices, TextField::Tokens, TokenName::parse, |part| {
            text::token_name(part).into()
        }),
        _ => Vec::new(),
    },
};

pub(super) static TOKEN_IS_SYNC_TOKEN: Rule = Rule {
    id: "token-is-sync-token",
    severity: Severity::Error,
    why: text::TOKEN_IS_SYNC_TOKEN_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#scenario=pull-image&name=edge01&tokens=edge01",
    clean: "#scenario=pull-image&name=edge01&tokens=edge01-clients",
    in_output: true,
    check: |choices, scenario| match &scenario.name.value {
        Some(name)
            if token_names(choices, scenario)
                .iter()
                .any(|token| token.eq_ignore_ascii_case(name.as_str())) =>
        {
            vec![Hit::at(TextField::Tokens, text::TOKEN_IS_SYNC_TOKEN)]
        }
        _ => Vec::new(),
    },
};

pub(super) static NOTIFICATION: Rule = Rule {
    id: "notification",
    severity: Severity::Error,
    why: text::NOTIFICATION_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#notify=hello-world:pull",
    clean: "#notify=hello-world:*:push",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => unfit(
            choices,
            TextField::Notifications,
            |text| List::parse(text, Notification::parse),
            |part| text::notification(part).into(),
        ),
        _ => Vec::new(),
    },
};

pub(super) static IMAGE: Rule = Rule {
    id: "image",
    severity: Severity::Error,
    why: text::IMAGE_WHY,
    source: sources::OCI,
    violating: "#scenario=pull-image&image=hello-world",
    clean: "#scenario=pull-image&image=hello-world:latest",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Pull(_) => unfit(choices, TextField::Image, Image::parse, |_| text::IMAGE.into()),
        _ => Vec::new(),
    },
};

pub(super) static IMPORT: Rule = Rule {
    id: "import-source",
    severity: Severity::Error,
    why: text::IMPORT_WHY,
    source: sources::ACR,
    violating: "#import=hello-world:latest",
    clean: "#import=mcr.microsoft.com/hello-world:latest",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => {
            unfit(choices, TextField::Import, ImportSource::parse, |_| text::IMPORT.into())
        }
        _ => Vec::new(),
    },
};

pub(super) static IMPORT_NOT_SYNCHRONIZED: Rule = Rule {
    id: "import-not-synchronized",
    severity: Severity::Warning,
    why: text::IMPORT_NOT_SYNCHRONIZED_WHY,
    source: sources::INTRODUCTION,
    violating: "#repos=app/api&import=mcr.microsoft.com/hello-world:latest",
    clean: "#repos=hello-world&import=mcr.microsoft.com/hello-world:latest",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(deploy) => match (
            deploy.import.as_ref().and_then(|import| import.value.as_ref()),
            &deploy.repositories.value,
        ) {
            (Some(import), Some(repositories))
                if !repositories
                    .iter()
                    .any(|repository| *repository == import.image.repository) =>
            {
                vec![Hit::at(
                    TextField::Import,
                    text::import_not_synchronized(import.image.repository.as_str()),
                )]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

/// What is appended to the name of a token that brings a scope map of its own.
const SCOPE_MAP_SUFFIX: &str = "-scope-map";

pub(super) static TOKEN_TOO_LONG: Rule = Rule {
    id: "token-name-too-long-for-scope-map",
    severity: Severity::Error,
    why: text::TOKEN_TOO_LONG_WHY,
    source: sources::TOKEN,
    violating: "#scenario=pull-image&tokens=edge-clients-of-the-factory-in-the-far-north",
    clean: "#scenario=pull-image&tokens=edge-clients",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Pull(pull)
            if pull
                .token
                .value
                .as_ref()
                .is_some_and(|token| token.as_str().len() + SCOPE_MAP_SUFFIX.len() > 50) =>
        {
            vec![Hit::at(TextField::Tokens, text::TOKEN_TOO_LONG)]
        }
        _ => Vec::new(),
    },
};

pub(super) static IMAGE_NOT_SYNCHRONIZED: Rule = Rule {
    id: "image-not-synchronized",
    severity: Severity::Warning,
    why: text::IMPORT_NOT_SYNCHRONIZED_WHY,
    source: sources::INTRODUCTION,
    violating: "#scenario=pull-image&repos=hello-world&image=app/api:v1",
    clean: "#scenario=pull-image&repos=hello-world&image=hello-world:latest",
    in_output: true,
    check: |choices, scenario| match &scenario.task {
        Task::Pull(pull) => match (
            &pull.image.value,
            Repositories::parse(choices.text(TextField::Repositories), Repository::parse),
        ) {
            (Some(image), Ok(repositories))
                if !repositories.iter().any(|repository| *repository == image.repository) =>
            {
                vec![Hit::at(
                    TextField::Image,
                    text::image_not_synchronized(image.repository.as_str()),
                )]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static KEYS_OF_2024_NEWEST: Rule = Rule {
    id: "keys-of-2024-newest-version",
    severity: Severity::Warning,
    why: text::KEYS_OF_2024_NEWEST_WHY,
    source: sources::K8S_EXTENSION,
    violating: "#keys=2024",
    clean: "#keys=2024&upgrade=pin&version=0.11.0",
    in_output: true,
    check: |_, scenario| match install(scenario) {
        Some(Install { keys_of_2024: true, upgrade: Upgrade::Automatic { .. }, .. }) => {
            vec![Hit::at(SelectField::Keys, text::KEYS_OF_2024_NEWEST)]
        }
        _ => Vec::new(),
    },
};
