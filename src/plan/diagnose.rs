//! Steps that find out what is wrong: each shows one place, and says what it may show and what to do then.

use super::checks::*;
use super::names::*;
use super::{Act, Check, Command, Condition, Step};
use crate::azure::sources;
use crate::text::{explain, steps as text};

#[inline(never)]
fn show(id: &'static str, title: &'static str, why: &'static str, commands: impl IntoIterator<Item = Command>, symptoms: &[&'static str]) -> Step {
    step(id, title, why)
        .doing(commands.into_iter().map(|command| Act::Show(command).into()).collect())
        .noting(symptoms.iter().map(|symptom| note(symptom, sources::TROUBLESHOOTING)).collect())
}

/// The same for what kubectl shows: of another cluster it would only mislead.
#[inline(never)]
fn show_in_cluster(id: &'static str, title: &'static str, why: &'static str, commands: impl IntoIterator<Item = Command>, symptoms: &[&'static str]) -> Step {
    let points_here = Condition::Is { answer: KUBECTL_CLUSTER, value: CLUSTER.into() };
    show(id, title, why, commands, symptoms).only_if(only_if(points_here, text::DIAGNOSE_ONLY_IF, text::DIAGNOSE_OTHERWISE))
}

/// What [`steps`] depend on.
#[inline(never)]
pub(super) fn kubectl_cluster(commands: &Commands) -> Check {
    look_if_possible(text::DIAGNOSE_KUBECTL.into(), KUBECTL_CLUSTER, arc_name_in_cluster(commands))
}

#[inline(never)]
pub(super) fn steps(commands: &Commands) -> Vec<Step> {
    vec![
        show(
            "extension-status",
            text::DIAGNOSE_EXTENSION,
            text::DIAGNOSE_EXTENSION_WHY,
            [commands.extension(&["k8s-extension", "show"])],
            text::EXTENSION_SYMPTOMS,
        ),
        show(
            "registry-status",
            text::DIAGNOSE_REGISTRY,
            text::DIAGNOSE_REGISTRY_WHY,
            [
                commands.connected_registry(&["acr", "connected-registry", "show"]).with("--output", "table", explain::TABLE),
                commands.connected_registry(&["acr", "connected-registry", "show"]).with("--query", "statusDetails", explain::QUERY),
                commands.connected_registry(&["acr", "connected-registry", "permissions", "show"]),
                commands.connected_registry(&["acr", "connected-registry", "list-client-tokens"]).with("--query", "[].name", explain::QUERY).with(
                    "--output",
                    "tsv",
                    explain::TSV,
                ),
            ],
            text::REGISTRY_SYMPTOMS,
        ),
        show_in_cluster(
            "pods",
            text::DIAGNOSE_PODS,
            text::DIAGNOSE_PODS_WHY,
            [commands.in_namespace(&["get", "pods"]).with("--output", "wide", explain::KUBE_WIDE), commands.in_namespace(&["describe", "pods"])],
            text::POD_SYMPTOMS,
        ),
        show_in_cluster(
            "events",
            text::DIAGNOSE_EVENTS,
            text::DIAGNOSE_EVENTS_WHY,
            [commands.in_namespace(&["get", "events"]).with("--sort-by", ".lastTimestamp", explain::SORT_BY)],
            text::EVENT_SYMPTOMS,
        ),
        show_in_cluster(
            "storage",
            text::DIAGNOSE_STORAGE,
            text::DIAGNOSE_STORAGE_WHY,
            [commands.in_namespace(&["get", "persistentvolumeclaims"]), commands.kubectl(&["get", "storageclasses"])],
            text::STORAGE_SYMPTOMS,
        ),
        show_in_cluster(
            "services",
            text::DIAGNOSE_SERVICES,
            text::DIAGNOSE_SERVICES_WHY,
            [commands.kubectl(&["get", "services"]).flag("--all-namespaces", explain::ALL_NAMESPACES)],
            text::SERVICE_SYMPTOMS,
        ),
        show_in_cluster(
            "logs",
            text::DIAGNOSE_LOGS,
            text::DIAGNOSE_LOGS_WHY,
            [commands
                .in_namespace(&["logs"])
                // Its own labels are not documented; this one is on every pod of a Deployment.
                .with("--selector", "pod-template-hash", explain::LOG_SELECTOR)
                .flag("--all-containers", explain::ALL_CONTAINERS)
                .flag("--prefix", explain::PREFIX)
                .with("--tail", "200", explain::TAIL)],
            text::LOG_SYMPTOMS,
        ),
    ]
}
