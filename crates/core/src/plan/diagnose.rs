//! Steps that find the cause of a problem. Each shows one thing, with its possible values and what
//! to do about them.
//!
//! They do not stop at a command that fails, because a failure is a symptom, too.

use super::checks::*;
use super::names::*;
use super::{Command, Note, Operation, Part, Step, Word};
use crate::azure::{self, Source, sources};
use crate::choices::TextField;
use crate::plan::extension::UNAUTHORIZED;
use crate::plan::meanings;
use crate::plan::tasks::ALREADY_ACTIVATED;

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
        .doing(commands.into_iter().map(|command| Operation::Show(command).into()).collect())
        .noting(symptoms.into_iter().map(|note| Note { in_script: true, ..note }).collect())
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
        "kubectl is there and points at this cluster.",
        "kubectl is missing, points at another cluster, or cannot ask it: nothing to show. Choose \
         the context with kubectl config use-context, or give it in the configurator.",
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
    Word(vec![Part::Placeholder(field)])
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
            meanings::NAMESPACE,
        ))
    };
    let account = commands.on_registry(Commands::az(&["account", "show"], sources::ACCOUNT));
    let extensions = Commands::az(&["extension", "list"], sources::EXTENSION).with(
        "--query",
        "[].[name, version]",
        meanings::QUERY,
    );
    let registry = commands.registry(&["acr", "show"]).with(
        "--query",
        "{sku: sku.name, dataEndpoint: dataEndpointEnabled}",
        meanings::QUERY,
    );
    let cluster = commands.arc_cluster().with(
        "--query",
        "{connectivity: connectivityStatus, agents: agentVersion}",
        meanings::QUERY,
    );
    let table = |command: Command| command.with("--output", "table", meanings::TABLE);
    show(
        "azure-status",
        "The Azure CLI, the registry and the cluster",
        "What everything else needs: a login, the SKU Premium, the data endpoint, a connected \
         cluster.",
        vec![
            Commands::az(&["version"], sources::CLI),
            table(extensions),
            table(account),
            table(registry),
            table(cluster),
            only(provider(&["provider", "show"]), "registrationState"),
        ],
        vec![
            mended(
                "\"Please run az login\", an expired login, or a subscription that is not found: \
                 log in again.",
                Commands::az(&["login"], sources::CLI),
            ),
            mended(
                "Sku is not Premium: connected registries need it. This moves the registry, and \
                 costs more:",
                commands.registry(&["acr", "update"]).with("--sku", azure::SKU, meanings::SKU),
            ),
            note_with(
                "DataEndpoint is not true: creating a connected registry fails until it is on. \
                 Turning it on changes how every client of the registry fetches layers:",
                sources::ISSUE_DATA_ENDPOINT,
                commands.registry(&["acr", "update"]).with(
                    "--data-endpoint-enabled",
                    "true",
                    meanings::DATA_ENDPOINT,
                ),
            ),
            note_with(
                "Connectivity is not Connected, or the cluster is not found: its Arc agents do not \
                 run or cannot reach Azure, or it was never connected. A support page names agents \
                 older than 1.5.3 as too old. Look at the agents:",
                sources::ISSUE_ONBOARDING,
                commands.kubectl(&["get", "pods"]).with(
                    "--namespace",
                    "azure-arc",
                    meanings::KUBE_NAMESPACE,
                ),
            ),
            mended(
                "The last line is not Registered: Microsoft.KubernetesConfiguration is missing, \
                 and deployments fail without a message:",
                provider(&["provider", "register"]).flag("--wait", meanings::WAIT),
            ),
            note(
                "AuthorizationFailed: by the documentation you need the role \"Container Registry \
                 Contributor and Data Access Configuration Administrator\" on the registry and \
                 \"Kubernetes Extension Contributor\" on the cluster, or Owner or Contributor on \
                 both resource groups.",
                sources::ROLES,
            ),
        ],
    )
}

#[inline(never)]
fn extension(commands: &Commands) -> Step {
    let troubleshoot = Commands::az(&["k8s-extension", "troubleshoot"], sources::K8S_EXTENSION)
        .with_from(TextField::Extension, "--name", EXTENSION, meanings::EXTENSION_NAME)
        .with("--namespace-list", azure::NAMESPACE, meanings::NAMESPACE_LIST);
    show(
        "extension-status",
        "The extension",
        "Whether Azure Arc could install it; errors probably stand under errorInfo and statuses.",
        vec![commands.extension(&["k8s-extension", "show"])],
        vec![
            mended(
                "\"can't reuse a name that is still in use\": an extension or Helm release of this \
                 name is there already. Choose another name, or delete that one; its volume goes \
                 with it. See them:",
                commands.on_extensions(&["k8s-extension", "list"]).with(
                    "--output",
                    "table",
                    meanings::TABLE,
                ),
            ),
            mended(
                "\"unable to create new content in namespace connected-registry because it is \
                 being terminated\": the last removal is still going on. Deploy again when this \
                 finds no such namespace:",
                commands.kubectl(&["get", "namespace", azure::NAMESPACE]),
            ),
            mended(
                "\"failed in download the Chart path not found\": the version does not exist. \
                 Those that exist:",
                super::extension::versions(commands, false),
            ),
            symptom(
                "It fails without a message: Microsoft.KubernetesConfiguration is probably not \
                 registered, see above.",
            ),
            mended(
                "422 Unprocessable Entity: the service IP is outside the service CIDR, or taken. \
                 The task \"Redeploy\" takes another one, and deletes the volume. Those that are \
                 taken:",
                commands
                    .kubectl(&["get", "services"])
                    .flag("--all-namespaces", meanings::ALL_NAMESPACES),
            ),
            symptom(
                "cert-manager \"already exists\": the cluster has one of its own. Use the task \
                 \"Redeploy\" with the certificate \"cert-manager, your own\"; it deletes the \
                 volume.",
            ),
            mended("The CLI has a look of its own at extensions; not tried:", troubleshoot),
        ],
    )
}

#[inline(never)]
fn registry(commands: &Commands) -> Step {
    let show_it = || commands.connected_registry(&["acr", "connected-registry", "show"]);
    let scope_map =
        Word(vec![Part::Placeholder(TextField::Tokens), Part::Literal("-scope-map".into())]);
    let scopes = vec![hole(TextField::Repositories), "content/read".into(), "metadata/read".into()];
    let add_scopes = commands
        .in_registry(&["acr", "scope-map", "update"], sources::ACR)
        .with("--name", scope_map, meanings::SCOPE_MAP)
        .with_words(sources::ACR, "--add-repository", scopes, meanings::TOKEN_REPOSITORY);
    let add = commands
        .connected_registry(&["acr", "connected-registry", "permissions", "update"])
        .with("--add", hole(TextField::Repositories), meanings::ADD_REPOSITORIES);
    show(
        "registry-status",
        "The connected registry in the cloud",
        "Its connection state, when it last synchronized, what it synchronizes, and which clients \
         it knows.",
        vec![
            show_it().with("--output", "table", meanings::TABLE),
            show_it().with("--query", "statusDetails", meanings::QUERY),
            commands.connected_registry(&["acr", "connected-registry", "permissions", "show"]),
            only(
                commands.connected_registry(&["acr", "connected-registry", "list-client-tokens"]),
                "[].name",
            ),
        ],
        vec![
            mended(
                "CONNECTION STATE Offline, long after the deployment: the pod does not run, or a \
                 firewall is in between. With a schedule, look again inside the window. It needs \
                 port 443 to these:",
                commands.registry(&["acr", "show-endpoints"]),
            ),
            mended(
                "\"manifest unknown\" or image not found: the repository is not synchronized, or \
                 not yet. This adds it:",
                add,
            ),
            mended(
                "\"insufficient scopes\" on a pull: the scope map of the client token lacks the \
                 repository. If it is the one made with the token:",
                add_scopes,
            ),
            mended(
                "A push is denied: this prints ReadOnly, which cannot be changed; or the scope map \
                 of the client token lacks content/write and metadata/write.",
                only(show_it(), "mode"),
            ),
            issue(
                "What SYNC STATE means exactly is not documented; others asked, too: issue 591 of \
                 Azure/acr.",
                sources::ISSUE_SYNC_STATE,
            ),
            issue(
                "\"Connected registry name must use only lowercase\" on creating: a misleading \
                 message of old CLIs (2.35); update the Azure CLI.",
                sources::ISSUE_LOWER_CASE,
            ),
            issue(
                "The portal shows an error about the region: known as issue 711 of Azure/acr.",
                sources::ISSUE_REGION,
            ),
        ],
    )
}

#[inline(never)]
fn pods(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "pods",
        "The pods",
        "Whether they run, and if not, why.",
        vec![
            commands.in_namespace(&["get", "pods"]).with("--output", "wide", meanings::KUBE_WIDE),
            commands.in_namespace(&["describe", "pods"]),
        ],
        vec![
            symptom("Pending, because of a persistent volume claim: see the storage below."),
            mended(
                "Pending or 0/1, with an empty TLS secret: no cert-manager is in the cluster. \
                 Install one, or use the task \"Redeploy\" with the certificate \"cert-manager, \
                 installed\", which deletes the volume. The secrets:",
                commands.in_namespace(&["get", "secrets"]),
            ),
        ],
    )
}

#[inline(never)]
fn events(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "events",
        "The events",
        "What Kubernetes did and could not do, the latest last.",
        vec![commands.in_namespace(&["get", "events"]).with(
            "--sort-by",
            ".lastTimestamp",
            meanings::SORT_BY,
        )],
        vec![symptom(
            "FailedScheduling, FailedMount and Failed say in their message what is missing.",
        )],
    )
}

#[inline(never)]
fn storage(commands: &Commands) -> Step {
    let claim = commands
        .in_namespace(&["get", "persistentvolumeclaims", "connected-registry-pvc"])
        .with("--output", "yaml", meanings::KUBE_YAML);
    let setting =
        |key: &'static str, field| Word(vec![Part::Literal(key.into()), Part::Placeholder(field)]);
    let update = commands
        .extension(&["k8s-extension", "update"])
        .with(
            "--config",
            setting("pvc.storageClassName=", TextField::StorageClass),
            meanings::STORAGE_CLASS,
        )
        .with(
            "--config",
            setting("pvc.storageRequest=", TextField::StorageRequest),
            meanings::STORAGE_REQUEST,
        )
        .flag("--yes", meanings::YES_UPDATE);
    show_in_cluster(
        commands,
        "storage",
        "The storage",
        "Whether the claim is bound, and which classes there are.",
        vec![
            commands.in_namespace(&["get", "persistentvolumeclaims"]),
            commands.kubectl(&["get", "storageclasses"]),
        ],
        vec![
            mended(
                "The claim stays Pending: there is no default class, or no room for its size. The \
                 task \"Redeploy\" takes another class and size, and deletes the volume. What the \
                 claim asks for:",
                claim,
            ),
            mended(
                "Changing them in place, as the troubleshooting page has it; not verified, and \
                 Kubernetes may refuse to change a claim:",
                update,
            ),
        ],
    )
}

#[inline(never)]
fn services(commands: &Commands) -> Step {
    show_in_cluster(
        commands,
        "services",
        "The services and their addresses",
        "Which addresses are taken, and whether the connected registry has its own.",
        vec![
            commands
                .kubectl(&["get", "services"])
                .flag("--all-namespaces", meanings::ALL_NAMESPACES),
        ],
        vec![symptom(
            "The service IP belongs to another service: use the task \"Redeploy\" with one that is \
             free; it deletes the volume.",
        )],
    )
}

#[inline(never)]
fn logs(commands: &Commands) -> Step {
    let one = commands
        .in_namespace(&["logs"])
        .positional("POD", meanings::POD)
        .flag("--all-containers", meanings::ALL_CONTAINERS);
    show_in_cluster(
        commands,
        "logs",
        "The logs",
        "What the connected registry says itself. The label is that of every pod of a Deployment; \
         its own are not documented.",
        vec![
            commands
                .in_namespace(&["logs"])
                // Its own labels are not documented; this one is on every pod of a Deployment.
                .with("--selector", "pod-template-hash", meanings::LOG_SELECTOR)
                .flag("--all-containers", meanings::ALL_CONTAINERS)
                .flag("--prefix", meanings::PREFIX)
                .with("--tail", "200", meanings::TAIL),
        ],
        vec![
            mended(
                "\"No resources found\": its pods have other labels. For one of those listed above:",
                one,
            ),
            symptom(UNAUTHORIZED),
            symptom(ALREADY_ACTIVATED),
            symptom(
                "\"server gave HTTP response to HTTPS client\" on a node: plain HTTP needs an \
                 exception on each node; the last step of the scenario \"HTTP\" makes it.",
            ),
            issue(
                "A nested registry does not trust its parent's certificate: the authority of the \
                 parent's certificate is unknown to it. Known as issue 620 of Azure/acr.",
                sources::ISSUE_NESTED,
            ),
            issue(
                "413 RequestEntityTooLarge on activation, with k3s: open at the time of writing, \
                 https://github.com/Azure/acr/issues/725",
                sources::ISSUE_TOO_LARGE,
            ),
        ],
    )
}
