//! Steps that find out what is wrong: each shows one place, and says what it may show and what to
//! do then.
//!
//! Nothing here stops at what it is to find: a command that fails says something, too.

use super::checks::*;
use super::names::*;
use super::{Act, Command, Note, Part, Step, Word};
use crate::azure::{self, Source, sources};
use crate::choices::TextField;
use crate::text::{explain, steps as text};

/// A place, what to look at, and what that may mean; a script says the notes, too.
#[inline(never)]
fn show(
    id: &'static str,
    title: &'static str,
    why: &'static str,
    commands: Vec<Command>,
    symptoms: Vec<Note>,
) -> Step {
    step(id, title, why)
        .doing(commands.into_iter().map(|command| Act::Show(command).into()).collect())
        .noting(symptoms.into_iter().map(|note| Note { told: true, ..note }).collect())
}

/// A place that only kubectl can look at.
#[inline(never)]
fn show_in_cluster(
    commands: &Commands,
    id: &'static str,
    title: &'static str,
    why: &'static str,
    looks: Vec<Command>,
    symptoms: Vec<Note>,
) -> Step {
    show(id, title, why, looks, symptoms).only_if(only_if(
        kubectl_points(commands),
        text::DIAGNOSE_ONLY_IF,
        text::DIAGNOSE_OTHERWISE,
    ))
}

fn symptom(text: &'static str) -> Note {
    note(text, sources::TROUBLESHOOTING)
}

fn mended(text: &'static str, command: Command) -> Note {
    note_with(text, sources::TROUBLESHOOTING, command)
}

/// A known issue.
fn issue(text: &'static str, source: Source) -> Note {
    note(text, source)
}

fn hole(field: TextField) -> Word {
    Word(vec![Part::Hole(field)])
}

#[inline(never)]
pub(super) fn steps(commands: &Commands) -> Vec<Step> {
    vec![
        azure_side(commands),
        extension(commands),
        registry(commands),
        pods(commands),
        events(commands),
        storage(commands),
        services(commands),
        logs(commands),
    ]
}

#[inline(never)]
fn azure_side(commands: &Commands) -> Step {
    let provider = |subcommand| {
        commands.on_cluster(Commands::az(subcommand, sources::PROVIDER).with(
            "--namespace",
            azure::PROVIDERS[1],
            explain::NAMESPACE,
        ))
    };
    let account = commands.on_registry(Commands::az(&["account", "show"], sources::ACCOUNT));
    let extensions = Commands::az(&["extension", "list"], sources::EXTENSION).with(
        "--query",
        "[].[name, version]",
        explain::QUERY,
    );
    let registry = commands.registry(&["acr", "show"]).with(
        "--query",
        "{sku: sku.name, dataEndpoint: dataEndpointEnabled}",
        explain::QUERY,
    );
    let cluster = commands.arc_cluster().with(
        "--query",
        "{connectivity: connectivityStatus, agents: agentVersion}",
        explain::QUERY,
    );
    let table = |command: Command| command.with("--output", "table", explain::TABLE);
    show(
        "azure-status",
        text::DIAGNOSE_AZURE,
        text::DIAGNOSE_AZURE_WHY,
        vec![
            Commands::az(&["version"], sources::CLI),
            table(extensions),
            table(account),
            table(registry),
            table(cluster),
            only(provider(&["provider", "show"]), "registrationState"),
        ],
        vec![
            mended(text::LOGIN_SYMPTOM, Commands::az(&["login"], sources::CLI)),
            mended(
                text::SKU_SYMPTOM,
                commands.registry(&["acr", "update"]).with("--sku", azure::SKU, explain::SKU),
            ),
            note_with(
                text::ENDPOINT_SYMPTOM,
                sources::ISSUE_DATA_ENDPOINT,
                commands.registry(&["acr", "update"]).with(
                    "--data-endpoint-enabled",
                    "true",
                    explain::DATA_ENDPOINT,
                ),
            ),
            note_with(
                text::AGENTS_SYMPTOM,
                sources::ISSUE_ONBOARDING,
                commands.kubectl(&["get", "pods"]).with(
                    "--namespace",
                    "azure-arc",
                    explain::KUBE_NAMESPACE,
                ),
            ),
            mended(
                text::PROVIDER_SYMPTOM,
                provider(&["provider", "register"]).flag("--wait", explain::WAIT),
            ),
            note(text::RIGHTS_SYMPTOM, sources::ROLES),
        ],
    )
}

#[inline(never)]
fn extension(commands: &Commands) -> Step {
    let troubleshoot = Commands::az(&["k8s-extension", "troubleshoot"], sources::K8S_EXTENSION)
        .with_from(TextField::Extension, "--name", EXTENSION, explain::EXTENSION_NAME)
        .with("--namespace-list", azure::NAMESPACE, explain::NAMESPACE_LIST);
    show(
        "extension-status",
        text::DIAGNOSE_EXTENSION,
        text::DIAGNOSE_EXTENSION_WHY,
        vec![commands.extension(&["k8s-extension", "show"])],
        vec![
            mended(
                text::NAME_IN_USE,
                commands.on_extensions(&["k8s-extension", "list"]).with(
                    "--output",
                    "table",
                    explain::TABLE,
                ),
            ),
            mended(text::TERMINATING, commands.kubectl(&["get", "namespace", azure::NAMESPACE])),
            mended(text::NO_SUCH_VERSION, super::extension::versions(commands, false)),
            symptom(text::NO_MESSAGE),
            mended(
                text::UNPROCESSABLE,
                commands
                    .kubectl(&["get", "services"])
                    .flag("--all-namespaces", explain::ALL_NAMESPACES),
            ),
            symptom(text::CERT_MANAGER_TWICE),
            mended(text::TROUBLESHOOT, troubleshoot),
        ],
    )
}

#[inline(never)]
fn registry(commands: &Commands) -> Step {
    let show_it = || commands.connected_registry(&["acr", "connected-registry", "show"]);
    let scope_map = Word(vec![Part::Hole(TextField::Tokens), Part::Literal("-scope-map".into())]);
    let scopes = vec![hole(TextField::Repositories), "content/read".into(), "metadata/read".into()];
    let add_scopes = commands
        .in_registry(&["acr", "scope-map", "update"], sources::ACR)
        .with("--name", scope_map, explain::SCOPE_MAP)
        .with_words(sources::ACR, "--add-repository", scopes, explain::TOKEN_REPOSITORY);
    let add = commands
        .connected_registry(&["acr", "connected-registry", "permissions", "update"])
        .with("--add", hole(TextField::Repositories), explain::ADD_REPOSITORIES);
    show(
        "registry-status",
        text::DIAGNOSE_REGISTRY,
        text::DIAGNOSE_REGISTRY_WHY,
        vec![
            show_it().with("--output", "table", explain::TABLE),
            show_it().with("--query", "statusDetails", explain::QUERY),
            commands.connected_registry(&["acr", "connected-registry", "permissions", "show"]),
            only(
                commands.connected_registry(&["acr", "connected-registry", "list-client-tokens"]),
                "[].name",
            ),
        ],
        vec![
            mended(text::OFFLINE, commands.registry(&["acr", "show-endpoints"])),
            mended(text::MANIFEST_UNKNOWN, add),
            mended(text::INSUFFICIENT_SCOPES, add_scopes),
            mended(text::PUSH_DENIED, only(show_it(), "mode")),
            issue(text::SYNC_STATE, sources::ISSUE_SYNC_STATE),
            issue(text::LOWER_CASE, sources::ISSUE_LOWER_CASE),
            issue(text::REGION_ERROR, sources::ISSUE_REGION),
        ],
    )
}

#[inline(never)]
fn pods(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "pods",
        text::DIAGNOSE_PODS,
        text::DIAGNOSE_PODS_WHY,
        vec![
            commands.in_namespace(&["get", "pods"]).with("--output", "wide", explain::KUBE_WIDE),
            commands.in_namespace(&["describe", "pods"]),
        ],
        vec![
            symptom(text::PENDING_CLAIM),
            mended(text::PENDING_SECRET, commands.in_namespace(&["get", "secrets"])),
        ],
    )
}

#[inline(never)]
fn events(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "events",
        text::DIAGNOSE_EVENTS,
        text::DIAGNOSE_EVENTS_WHY,
        vec![commands.in_namespace(&["get", "events"]).with(
            "--sort-by",
            ".lastTimestamp",
            explain::SORT_BY,
        )],
        vec![symptom(text::EVENT_SYMPTOM)],
    )
}

#[inline(never)]
fn storage(commands: &Commands) -> Step {
    let claim = commands
        .in_namespace(&["get", "persistentvolumeclaims", "connected-registry-pvc"])
        .with("--output", "yaml", explain::KUBE_YAML);
    let setting =
        |key: &'static str, field| Word(vec![Part::Literal(key.into()), Part::Hole(field)]);
    let update = commands
        .extension(&["k8s-extension", "update"])
        .with(
            "--config",
            setting("pvc.storageClassName=", TextField::StorageClass),
            explain::STORAGE_CLASS,
        )
        .with(
            "--config",
            setting("pvc.storageRequest=", TextField::StorageRequest),
            explain::STORAGE_REQUEST,
        )
        .flag("--yes", explain::YES_UPDATE);
    show_in_cluster(
        commands,
        "storage",
        text::DIAGNOSE_STORAGE,
        text::DIAGNOSE_STORAGE_WHY,
        vec![
            commands.in_namespace(&["get", "persistentvolumeclaims"]),
            commands.kubectl(&["get", "storageclasses"]),
        ],
        vec![mended(text::CLAIM_PENDING, claim), mended(text::CLAIM_UPDATE, update)],
    )
}

#[inline(never)]
fn services(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "services",
        text::DIAGNOSE_SERVICES,
        text::DIAGNOSE_SERVICES_WHY,
        vec![
            commands
                .kubectl(&["get", "services"])
                .flag("--all-namespaces", explain::ALL_NAMESPACES),
        ],
        vec![symptom(text::ADDRESS_TAKEN)],
    )
}

#[inline(never)]
fn logs(commands: &Commands) -> Step {
    let one = commands
        .in_namespace(&["logs"])
        .positional("POD", explain::POD)
        .flag("--all-containers", explain::ALL_CONTAINERS);
    show_in_cluster(
        commands,
        "logs",
        text::DIAGNOSE_LOGS,
        text::DIAGNOSE_LOGS_WHY,
        vec![
            commands
                .in_namespace(&["logs"])
                // Its own labels are not documented; this one is on every pod of a Deployment.
                .with("--selector", "pod-template-hash", explain::LOG_SELECTOR)
                .flag("--all-containers", explain::ALL_CONTAINERS)
                .flag("--prefix", explain::PREFIX)
                .with("--tail", "200", explain::TAIL),
        ],
        vec![
            mended(text::NOTHING_LOGGED, one),
            symptom(text::UNAUTHORIZED),
            symptom(text::ALREADY_ACTIVATED),
            symptom(text::HTTP_RESPONSE),
            issue(text::PARENT_NOT_TRUSTED, sources::ISSUE_NESTED),
            issue(text::TOO_LARGE, sources::ISSUE_TOO_LARGE),
        ],
    )
}
