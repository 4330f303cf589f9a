//! Rules about repositories.

use super::{Hit, Rule, Severity, unfit};
use crate::azure::sources;
use crate::choices::{Choices, TextField};
use crate::scenario::{Repositories, Repository};
use crate::text::rules as text;

/// The list without tags and digests, where that makes every entry right.
fn without_tags(choices: &Choices) -> Option<String> {
    let bare: Vec<&str> = Repositories::pieces(choices.text(TextField::Repositories)).map(|piece| piece.split(['@', ':']).next().unwrap_or(piece)).collect();
    let mut unique: Vec<&str> = Vec::new();
    for repository in bare {
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
    why: text::REPOSITORY_NAME_WHY,
    source: sources::OCI,
    violating: "#repos=hello-world:latest,app/api",
    clean: "#repos=hello-world,app/api",
    in_output: false,
    check: |choices, _| {
        let hits = unfit(choices, TextField::Repositories, Repositories::parse, |part| text::repository_name(part).into());
        match without_tags(choices) {
            Some(fixed) => hits.into_iter().map(|hit| hit.with_fix(TextField::Repositories, fixed.clone())).collect(),
            None => hits,
        }
    },
};

pub(super) static REPOSITORY_WITH_HOST: Rule = Rule {
    id: "repository-with-host",
    severity: Severity::Warning,
    why: text::REPOSITORY_WITH_HOST_WHY,
    source: sources::OCI,
    violating: "#repos=contoso.azurecr.io/app/api",
    clean: "#repos=app/api.v1",
    in_output: true,
    check: |choices, _| {
        let has_host = |repository: &&Repository| repository.as_str().split_once('/').is_some_and(|(first, _)| first.contains('.'));
        match Repositories::parse(choices.text(TextField::Repositories)) {
            Ok(repositories) => repositories
                .iter()
                .find(has_host)
                .map(|found| Hit::at(TextField::Repositories, text::repository_with_host(found.as_str())))
                .into_iter()
                .collect(),
            Err(_) => Vec::new(),
        }
    },
};

pub(super) static REPOSITORY_REPEATED: Rule = Rule {
    id: "repository-repeated",
    severity: Severity::Warning,
    why: text::REPOSITORY_REPEATED_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#repos=hello-world,hello-world",
    clean: "#repos=hello-world,app/api",
    in_output: true,
    check: |choices, _| {
        let typed = choices.text(TextField::Repositories);
        match Repositories::parse(typed) {
            Ok(repositories) if repositories.iter().count() < Repositories::pieces(typed).count() => {
                let unique: Vec<&str> = repositories.iter().map(Repository::as_str).collect();
                vec![Hit::at(TextField::Repositories, text::REPOSITORY_REPEATED).with_fix(TextField::Repositories, unique.join(", "))]
            }
            _ => Vec::new(),
        }
    },
};
