//! Rules about the extension: version, release train, storage, and the names in its settings.

use super::{Hit, Rule, Severity, parse_errors};
use crate::azure::sources;
use crate::choices::{Choices, SelectField, TextField};
use crate::rules::names::{CONNECTED_REGISTRY_NAME_TEXT, CONNECTED_REGISTRY_NAME_WHY};
use crate::rules::synchronization::shown;
use crate::rules::transport::{KUBERNETES_NAME, KUBERNETES_NAME_WHY};
use crate::scenario::{
    ConnectedRegistryName, Image, ImportSource, Install, KubernetesName, List, Notification,
    ParseError, ReleaseTrain, Repositories, Repository, Scenario, StorageRequest, Task, TokenName,
    Upgrade, Version,
};

const IMPORT_NOT_SYNCHRONIZED_WHY: &str =
    "Only the repositories listed reach the connected registry.";

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

fn tokens(text: &str) -> Result<List<TokenName>, ParseError> {
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
    why: "A version that does not exist fails with \"failed in download the Chart path not found\".",
    source: sources::K8S_EXTENSION,
    violating: "#task=upgrade&upgrade=pin&version=0.6",
    clean: "#task=upgrade&upgrade=pin&version=0.11.0",
    in_output: false,
    check: |choices, scenario| match upgrade(scenario) {
        Some(Upgrade::Pinned { .. }) => {
            parse_errors(choices, TextField::Version, Version::parse, |_| {
                "Give a version of three numbers, as the list of versions shows it; 0.11.0 is only an \
             example."
                .into()
            })
        }
        _ => Vec::new(),
    },
};

pub(super) static VERSION_IGNORED: Rule = Rule {
    id: "extension-version-ignored",
    severity: Severity::Info,
    why: "A version can be given only while automatic upgrades are off.",
    source: sources::K8S_EXTENSION,
    violating: "#version=0.11.0",
    clean: "#upgrade=pin&version=0.11.0",
    in_output: true,
    check: |choices, scenario| match upgrade(scenario) {
        Some(Upgrade::Automatic { .. }) if !choices.text(TextField::Version).trim().is_empty() => {
            vec![Hit::at(
                SelectField::Upgrade,
                "A version is given but not used: it belongs to \"Stay at a version\".",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static PINNED: Rule = Rule {
    id: "pinned",
    severity: Severity::Info,
    why: "A pinned version and automatic upgrades exclude each other.",
    source: sources::UPGRADE_TUTORIAL,
    violating: "#scenario=pin-version&version=0.11.0",
    clean: "#scenario=auto-upgrade",
    in_output: true,
    check: |_, scenario| match upgrade(scenario) {
        Some(Upgrade::Pinned { .. }) => vec![Hit::at(
            SelectField::Upgrade,
            "It stays at this version and gets no updates, not even security updates, until you \
             bring it to another one. Automatic roll-back of a failed upgrade works only while \
             automatic upgrades are on.",
        )],
        _ => Vec::new(),
    },
};

pub(super) static RELEASE_TRAIN: Rule = Rule {
    id: "release-train",
    severity: Severity::Error,
    why: "What does not look like a name is left out of the commands.",
    source: sources::K8S_EXTENSION,
    violating: "#train=my%20train",
    clean: "#train=preview",
    in_output: false,
    check: |choices, scenario| match upgrade(scenario) {
        Some(_) => parse_errors(choices, TextField::Train, ReleaseTrain::parse, |_| {
            "Give the name of a release train: stable or preview.".into()
        }),
        None => Vec::new(),
    },
};

pub(super) static RELEASE_TRAIN_UNUSUAL: Rule = Rule {
    id: "release-train-unusual",
    severity: Severity::Warning,
    why: "An unknown train has no versions.",
    source: sources::K8S_EXTENSION,
    violating: "#train=dev",
    clean: "#train=stable",
    in_output: true,
    check: |_, scenario| match upgrade(scenario) {
        Some(
            Upgrade::Automatic { train: Some(train) } | Upgrade::Pinned { train: Some(train), .. },
        ) if train.value.as_ref().is_some_and(|train| !train.is_usual()) => {
            vec![Hit::at(TextField::Train, "The release trains known here are stable and preview.")]
        }
        _ => Vec::new(),
    },
};

pub(super) static STORAGE_CLASS: Rule = Rule {
    id: "storage-class",
    severity: Severity::Error,
    why: KUBERNETES_NAME_WHY,
    source: sources::KUBERNETES_NAMES,
    violating: "#storage-class=Premium_LRS",
    clean: "#storage-class=azurefile",
    in_output: false,
    check: |choices, scenario| match install(scenario) {
        Some(_) => parse_errors(choices, TextField::StorageClass, KubernetesName::parse, |_| {
            KUBERNETES_NAME.into()
        }),
        None => Vec::new(),
    },
};

pub(super) static STORAGE_REQUEST: Rule = Rule {
    id: "storage-request",
    severity: Severity::Error,
    why: "Kubernetes refuses the volume claim otherwise, and the pod stays Pending.",
    source: sources::QUANTITY,
    violating: "#storage=250GB",
    clean: "#storage=250Gi",
    in_output: false,
    check: |choices, scenario| match install(scenario) {
        Some(_) => parse_errors(choices, TextField::StorageRequest, StorageRequest::parse, |_| {
            "Give a Kubernetes quantity, such as 250Gi.".into()
        }),
        None => Vec::new(),
    },
};

pub(super) static STORAGE_REQUEST_SMALL: Rule = Rule {
    id: "storage-request-small",
    severity: Severity::Warning,
    why: "A full volume probably stops the synchronization.",
    source: sources::GLOSSARY,
    violating: "#storage=1Gi",
    clean: "#storage=10Gi",
    in_output: true,
    check: |_, scenario| match install(scenario)
        .and_then(|install| install.storage_request.as_ref()?.value.as_ref())
    {
        // Ten gibibytes: a handful of images.
        Some(size) if size.bytes() < 10 << 30 => {
            vec![Hit::at(
                TextField::StorageRequest,
                "That is little: every synchronized image is stored there. The default is 500Gi.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static KEYS_OF_2024: Rule = Rule {
    id: "keys-of-2024",
    severity: Severity::Warning,
    why: "The later documents no longer have them; whether an extension reads HttpsEnabled is not \
          known.",
    source: sources::GLOSSARY,
    violating: "#keys=2024",
    clean: "#keys=current",
    in_output: true,
    check: |_, scenario| match install(scenario) {
        Some(install) if install.keys_of_2024 => {
            vec![Hit::at(
                SelectField::Keys,
                "Names of the 2024 documents are emitted as well. Use them only for an extension \
                 of that time.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static PARENT: Rule = Rule {
    id: "parent-name",
    severity: Severity::Error,
    why: CONNECTED_REGISTRY_NAME_WHY,
    source: sources::INTRODUCTION,
    violating: "#parent=factory-01",
    clean: "#parent=factory01",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => {
            parse_errors(choices, TextField::Parent, ConnectedRegistryName::parse, |_| {
                CONNECTED_REGISTRY_NAME_TEXT.into()
            })
        }
        _ => Vec::new(),
    },
};

pub(super) static PARENT_IS_ITSELF: Rule = Rule {
    id: "parent-is-itself",
    severity: Severity::Error,
    why: "The parent must exist before its child.",
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
                vec![Hit::at(
                    TextField::Parent,
                    "A connected registry cannot be its own parent. Give another one, or leave it \
                     empty for the cloud registry.",
                )]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static TOKEN_NAME: Rule = Rule {
    id: "token-name",
    severity: Severity::Error,
    why: "The registry knows no other names for tokens.",
    source: sources::TOKEN,
    violating: "#scenario=pull-image&tokens=my_token",
    clean: "#scenario=pull-image&tokens=my-token",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => {
            parse_errors(choices, TextField::Tokens, tokens, |part| token_name(part).into())
        }
        Task::Pull(_) => parse_errors(choices, TextField::Tokens, TokenName::parse, |part| {
            token_name(part).into()
        }),
        _ => Vec::new(),
    },
};

pub(super) static TOKEN_IS_SYNC_TOKEN: Rule = Rule {
    id: "token-is-sync-token",
    severity: Severity::Error,
    why: "Creating a connected registry makes a token of its name, and overwrites one that exists.",
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
            vec![Hit::at(
                TextField::Tokens,
                "The connected registry's own sync token has this name. Give clients another one.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static NOTIFICATION: Rule = Rule {
    id: "notification",
    severity: Severity::Error,
    why: "The CLI does not check patterns; a wrong one probably reports nothing.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#notify=hello-world:pull",
    clean: "#notify=hello-world:*:push",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => parse_errors(
            choices,
            TextField::Notifications,
            |text| List::parse(text, Notification::parse),
            |part| notification(part).into(),
        ),
        _ => Vec::new(),
    },
};

pub(super) static IMAGE: Rule = Rule {
    id: "image",
    severity: Severity::Error,
    why: "The address of the connected registry is put before it.",
    source: sources::OCI,
    violating: "#scenario=pull-image&image=hello-world",
    clean: "#scenario=pull-image&image=hello-world:latest",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Pull(_) => parse_errors(choices, TextField::Image, Image::parse, |_| {
            "Give repository and tag, such as hello-world:latest, without a registry.".into()
        }),
        _ => Vec::new(),
    },
};

pub(super) static IMPORT: Rule = Rule {
    id: "import-source",
    severity: Severity::Error,
    why: "The image is copied from there into the container registry.",
    source: sources::ACR,
    violating: "#import=hello-world:latest",
    clean: "#import=mcr.microsoft.com/hello-world:latest",
    in_output: false,
    check: |choices, scenario| match scenario.task {
        Task::Deploy(_) => parse_errors(choices, TextField::Import, ImportSource::parse, |_| {
            "Give registry, repository and tag, such as mcr.microsoft.com/hello-world:latest."
                .into()
        }),
        _ => Vec::new(),
    },
};

pub(super) static IMPORT_NOT_SYNCHRONIZED: Rule = Rule {
    id: "import-not-synchronized",
    severity: Severity::Warning,
    why: IMPORT_NOT_SYNCHRONIZED_WHY,
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
                    import_not_synchronized(import.image.repository.as_str()),
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
    why: "A scope map's name has at most 50 characters.",
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
            vec![Hit::at(
                TextField::Tokens,
                "Give the token at most 40 characters: the scope map that is made for it has \
                 -scope-map after its name.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static IMAGE_NOT_SYNCHRONIZED: Rule = Rule {
    id: "image-not-synchronized",
    severity: Severity::Warning,
    why: IMPORT_NOT_SYNCHRONIZED_WHY,
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
                vec![Hit::at(TextField::Image, image_not_synchronized(image.repository.as_str()))]
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static KEYS_OF_2024_NEWEST: Rule = Rule {
    id: "keys-of-2024-newest-version",
    severity: Severity::Warning,
    why: "The names of 2024 are meant for extensions of that time.",
    source: sources::K8S_EXTENSION,
    violating: "#keys=2024",
    clean: "#keys=2024&upgrade=pin&version=0.11.0",
    in_output: true,
    check: |_, scenario| match install(scenario) {
        Some(Install { keys_of_2024: true, upgrade: Upgrade::Automatic { .. }, .. }) => {
            vec![Hit::at(
                SelectField::Keys,
                "With automatic upgrades the newest version is installed, not one of 2024. Choose \
                 a version, or current keys.",
            )]
        }
        _ => Vec::new(),
    },
};

fn token_name(part: &str) -> String {
    format!("\"{}\" is not a token. Tokens have 5 to 50 letters, digits and dashes.", shown(part))
}

fn notification(part: &str) -> String {
    format!(
        "\"{}\" is not a pattern. Write repository:tag:action, such as hello-world:*:push; the \
         action is push, delete or *.",
        shown(part)
    )
}

fn import_not_synchronized(repository: &str) -> String {
    format!(
        "{repository} is imported but not among the repositories to synchronize. Add it there if \
         the edge is to have it."
    )
}

fn image_not_synchronized(repository: &str) -> String {
    format!(
        "{repository} is not among the repositories given. Add it with the task Repositories, or \
         the pull finds nothing."
    )
}
