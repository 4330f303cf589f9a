//! Rules about the choices as a whole.

use super::{Hit, Rule, Severity};
use crate::azure::sources;
use crate::choices::field_text::label;
use crate::choices::{Field, Gc, LogLevel, SelectField, TextField};
use crate::scenario::Task;

pub(super) static MISSING: Rule = Rule {
    id: "missing",
    severity: Severity::Info,
    why: "Until it is given, a placeholder stands in the commands, and the script refuses to start.",
    source: sources::LINK,
    violating: "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200",
    clean: "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world",
    in_output: false,
    check: |choices, scenario| {
        let missing =
            scenario.open().into_iter().filter(|field| choices.text(*field).trim().is_empty());
        missing
            .map(|field| Hit::at(field, crate::rules::synchronization::missing(label(field))))
            .collect()
    },
};

pub(super) static DELETES_VOLUME: Rule = Rule {
    id: "deletes-volume",
    severity: Severity::Warning,
    why: "Deleting the extension deletes its persistent volume claim.",
    source: sources::TROUBLESHOOTING,
    violating: "#task=redeploy",
    clean: "#task=rotate",
    in_output: true,
    check: |_, scenario| match scenario.task {
        Task::Redeploy(_) | Task::CleanUp => vec![Hit::at(
            SelectField::Task,
            "The volume goes with the extension: synchronized content, certificates, and pushes \
             that were not synchronized yet.",
        )],
        _ => Vec::new(),
    },
};

pub(super) static NOT_CHANGED: Rule = Rule {
    id: "not-changed-by-schedule",
    severity: Severity::Info,
    why: "az acr connected-registry update can change it; see its help.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#scenario=sync-continuous&gc=off",
    clean: "#scenario=sync-continuous&ttl=P2D",
    in_output: true,
    check: |choices, scenario| {
        if !matches!(scenario.task, Task::Schedule(_)) {
            return Vec::new();
        }
        let texts =
            [TextField::Tokens, TextField::Notifications, TextField::GcSchedule].into_iter();
        let texts = texts.filter(|field| !choices.text(*field).trim().is_empty()).map(Field::Text);
        let gc = (choices.select.gc != Gc::On).then_some(Field::Select(SelectField::Gc));
        let log_level = (choices.select.log_level != LogLevel::Information)
            .then_some(Field::Select(SelectField::LogLevel));
        texts
            .chain(gc)
            .chain(log_level)
            .map(|field| Hit::at(field, "This task does not change it."))
            .collect()
    },
};

pub(super) static FIREWALL: Rule = Rule {
    id: "firewall",
    severity: Severity::Info,
    why: "The connected registry fetches from there. A registry with a domain name label has \
          longer names: az acr show-endpoints",
    source: sources::DATA_ENDPOINT,
    violating: "#registry=contoso",
    clean: "#scenario=sync-continuous&registry=contoso",
    in_output: true,
    check: |_, scenario| match (&scenario.task, &scenario.registry.name.value) {
        (Task::Deploy(_), Some(name)) => {
            vec![Hit::at(TextField::Registry, firewall(name.as_str()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static LIMITS: Rule = Rule {
    id: "limits",
    severity: Severity::Info,
    why: "By the documentation, which also names what is missing: image locking, resource logs, \
          and following a geo-replication.",
    source: sources::INTRODUCTION,
    violating: "#name=edge01",
    clean: "#scenario=sync-continuous&name=edge01",
    in_output: true,
    check: |_, scenario| match &scenario.task {
        Task::Deploy(_) if scenario.name.value.is_some() => {
            vec![Hit::at(
                TextField::Name,
                "A connected registry costs 10 USD a month (since August 2025). A registry has at \
                 most 50 of them, each with 50 clients.",
            )]
        }
        _ => Vec::new(),
    },
};

fn firewall(registry: &str) -> String {
    format!(
        "The cluster must reach {registry}.azurecr.io and {registry}.REGION.data.azurecr.io, both \
         on port 443."
    )
}
