//! Rules about repositories.

use super::{Hit, Rule, Severity, parse_errors};
use crate::azure::sources;
use crate::choices::{Choices, Mode, TextField};
use crate::scenario::{
    ParseError, RegistryName, Repositories, Repository, Scenario, Task, is_invisible, pieces,
};

fn parse(text: &str) -> Result<Repositories, ParseError> {
    Repositories::parse(text, Repository::parse)
}

/// The fields of repositories that the task uses.
fn fields(scenario: &Scenario) -> &'static [TextField] {
    match scenario.task {
        Task::Deploy(_) => &[TextField::Repositories],
        Task::Repositories { .. } => &[TextField::Repositories, TextField::RemoveRepositories],
        _ => &[],
    }
}

/// A path without the login server of a registry in Azure, which is never a part of it. Another
/// host may be meant as a part of the path.
fn without_login_server(path: &str) -> &str {
    match path.split_once('/') {
        Some((host, path)) if RegistryName::from_login_server(host).is_some() => path,
        _ => path,
    }
}

/// The list without login servers, tags and digests, where that makes every entry right.
fn only_paths(choices: &Choices, field: TextField) -> Option<String> {
    let mut unique: Vec<&str> = Vec::new();
    for piece in pieces(choices.text(field)) {
        let repository = without_login_server(piece.split(['@', ':']).next().unwrap_or(piece));
        Repository::parse(repository).ok()?;
        if !unique.contains(&repository) {
            unique.push(repository);
        }
    }
    Some(unique.join(", "))
}

pub(super) static REPOSITORY_NAME: Rule = Rule {
    id: "repository-name",
    severity: Severity::Error,
    why: "Whole repositories are synchronized, with all their tags. The CLI does not check the \
          names; probably nothing would be synchronized.",
    source: sources::OCI,
    violating: "#repos=hello-world:latest,app/api",
    clean: "#repos=hello-world,app/api",
    in_output: false,
    check: |choices, scenario| {
        let check = |field: &TextField| {
            let hits = parse_errors(choices, *field, parse, |part| repository_name(part).into());
            match only_paths(choices, *field) {
                Some(fixed) => {
                    hits.into_iter().map(|hit| hit.with_fix(*field, fixed.clone())).collect()
                }
                None => hits,
            }
        };
        fields(scenario).iter().flat_map(check).collect()
    },
};

pub(super) static REPOSITORY_WITH_HOST: Rule = Rule {
    id: "repository-with-host",
    severity: Severity::Warning,
    why: "Repositories are named within the registry. The CLI does not check the names; probably \
          nothing would be synchronized.",
    source: sources::OCI,
    violating: "#repos=contoso.azurecr.io/app/api",
    clean: "#repos=app/api.v1",
    in_output: true,
    check: |choices, scenario| {
        let has_host = |repository: &&Repository| {
            repository.as_str().split_once('/').is_some_and(|(first, _)| first.contains('.'))
        };
        let check = |field: &TextField| {
            let repositories = parse(choices.text(*field)).ok()?;
            let found = repositories.iter().find(has_host)?;
            let hit = Hit::at(*field, repository_with_host(found.as_str()));
            let are_login_servers = repositories
                .iter()
                .filter(has_host)
                .all(|repository| without_login_server(repository.as_str()) != repository.as_str());
            Some(match only_paths(choices, *field) {
                Some(fixed) if are_login_servers => hit.with_fix(*field, fixed),
                _ => hit,
            })
        };
        fields(scenario).iter().filter_map(check).collect()
    },
};

pub(super) static REPOSITORY_REPEATED: Rule = Rule {
    id: "repository-repeated",
    severity: Severity::Warning,
    why: "Naming it twice changes nothing.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#repos=hello-world,hello-world",
    clean: "#repos=hello-world,app/api",
    in_output: true,
    check: |choices, scenario| {
        let check = |field: &TextField| {
            let typed = choices.text(*field);
            let repositories = parse(typed)
                .ok()
                .filter(|repositories| repositories.iter().count() < pieces(typed).count())?;
            let unique: Vec<&str> = repositories.iter().map(Repository::as_str).collect();
            Some(
                Hit::at(*field, "A repository is named twice; it is used once.")
                    .with_fix(*field, unique.join(", ")),
            )
        };
        fields(scenario).iter().filter_map(check).collect()
    },
};

pub(super) static REPOSITORY_ADDED_AND_REMOVED: Rule = Rule {
    id: "repository-added-and-removed",
    severity: Severity::Error,
    why: "The CLI refuses the command.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#task=repositories&repos=app/api&remove-repos=app/api",
    clean: "#task=repositories&repos=app/api&remove-repos=app/old",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Repositories { add: Some(add), remove: Some(remove) } => {
            match (&add.value, &remove.value) {
                (Some(add), Some(remove)) => {
                    let both = add
                        .iter()
                        .find(|repository| remove.iter().any(|other| other == *repository));
                    both.map(|repository| {
                        Hit::at(
                            TextField::RemoveRepositories,
                            added_and_removed(repository.as_str()),
                        )
                    })
                    .into_iter()
                    .collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    },
};

pub(super) static NESTED_NEEDS_ITS_IMAGE: Rule = Rule {
    id: "nested-needs-its-image",
    severity: Severity::Warning,
    why: "A connected registry below another one gets its own image from there.",
    source: sources::INTRODUCTION,
    violating: "#parent=factory01",
    clean: "#name=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(deploy)
            if deploy.parent.as_ref().is_some_and(|parent| parent.value.is_some()) =>
        {
            vec![Hit::at(
                TextField::Parent,
                "The parent must be of mode ReadWrite, or of the same mode as this one, and must \
                 synchronize the repository acr/connected-registry.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static PARENT_MODE: Rule = Rule {
    id: "parent-must-be-read-write",
    severity: Severity::Warning,
    why: "The CLI refuses any other. The mode cannot be changed later.",
    source: sources::INTRODUCTION,
    violating: "#parent=factory01&mode=read-write",
    clean: "#parent=factory01",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(deploy) if deploy.mode == Mode::ReadWrite && deploy.parent.is_some() => {
            vec![Hit::at(
                TextField::Parent,
                "Only a parent of mode ReadWrite can have a child that takes pushes; the script \
                 checks it.",
            )]
        }
        _ => Vec::new(),
    },
};

/// How many permissions a scope map can hold.
const PERMISSIONS: usize = 500;

pub(super) static REPOSITORIES_MANY: Rule = Rule {
    id: "repositories-many",
    severity: Severity::Warning,
    why: "Each repository is counted here once for each thing the sync token may do with it.",
    source: sources::INTRODUCTION,
    violating: concat!(
        "#mode=read-write&repos=a0,a1,a2,a3,a4,a5,a6,a7,a8,a9,b0,b1,b2,b3,b4,b5,b6,b7,b8,b9,c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,d0,d1,d2,d3,d4,d5,d6,d7,d8,d9,e0,e1,",
        "e2,e3,e4,e5,e6,e7,e8,e9,f0,f1,f2,f3,f4,f5,f6,f7,f8,f9,g0,g1,g2,g3,g4,g5,g6,g7,g8,g9,h0,h1,h2,h3,h4,h5,h6,h7,h8,h9,i0,i1,i2,i3,i4,i5,i6,i7,i8,i9,j0,j1,j2,j3,j4,j5,j6,j7,j8,j9,k0"
    ),
    clean: "#mode=read-write&repos=hello-world,app/api",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(deploy) => {
            // What the CLI grants the sync token in each mode.
            let each = if deploy.mode == Mode::ReadWrite { 5 } else { 2 };
            let count = deploy
                .repositories
                .value
                .as_ref()
                .map_or(0, |repositories| repositories.iter().count());
            if count * each > PERMISSIONS {
                vec![Hit::at(
                    TextField::Repositories,
                    "That is probably more than 500 permissions, the most that a scope map holds. \
                     Give fewer repositories.",
                )]
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    },
};

fn repository_name(part: &str) -> String {
    let part: String = part.chars().filter(|c| !is_invisible(*c)).take(60).collect();
    format!(
        "\"{part}\" is not a repository. Give paths in lower case, such as app/api, without host \
         and without tag."
    )
}

fn repository_with_host(part: &str) -> String {
    format!(
        "\"{part}\" looks as if a registry's host stood before the repository. Leave the host out, \
         unless the path really begins so."
    )
}

fn added_and_removed(repository: &str) -> String {
    format!("{repository} is to be added and removed. Decide for one.")
}
