//! The prerequisites: tools, login, registry, cluster. They change nothing except that they
//! register resource providers.

use super::names::*;
use super::{
    Action, Check, Command, Condition, Expectation, Note, OnlyIf, Operation, Place, Probe, Program,
    Prompt, Query, Remedy, Step, Text, Undo, Var, Word,
};
use crate::azure::{self, OLDEST_CONNECTEDK8S, OLDEST_K8S_EXTENSION, Source, sources};
use crate::choices::TextField;
use crate::plan::extension::KUBECTL_TITLE;
use crate::plan::meanings;
use crate::scenario::{Scenario, Task};

const PREREQUISITES_TITLE: &str = "Check the prerequisites";
const PREREQUISITES_WHY: &str =
    "Nothing is changed. A check that stops the script says what to do.";
const AZ_TITLE: &str = "The Azure CLI is installed";
const AZ_MISSING: &str = "The Azure CLI (az) was not found. Install it: \
                          https://learn.microsoft.com/cli/azure/install-azure-cli";
const LOGIN_TITLE: &str = "You are logged in and can use the subscription";
const LOGIN_MISSING: &str = "You are not logged in to Azure, or the subscription is not one of \
                             yours. See your subscriptions with: az account list --output table";
const EXTENSION_UNKNOWN: &str = "The extensions of the cluster could not be listed.";
pub(crate) const NAMESPACE_STAYS: &str =
    "The state of the namespace connected-registry is not Terminating";
pub(crate) const REMOVAL_TAKES_LONG: &str = "The namespace connected-registry is still being \
                                             removed, or kubectl could not ask. Wait, then run \
                                             this again.";

#[inline(never)]
pub(super) fn query_into(into: Var, command: Command) -> Probe {
    Probe::Query(Query { into, command, may_fail: false })
}

pub(super) fn check(
    title: impl Into<Text>,
    probe: Probe,
    expectation: Expectation,
    message: impl Into<Text>,
) -> Check {
    checked(title.into(), probe, expectation, message.into())
}

#[inline(never)]
fn checked(title: Text, probe: Probe, expectation: Expectation, message: Text) -> Check {
    Check { title, probe, expectation, otherwise: Remedy { message, command: None } }
}

/// A look that may fail: the answer is then empty.
#[inline(never)]
pub(super) fn query_if_possible(title: Text, into: Var, command: Command) -> Check {
    Check {
        title,
        probe: Probe::Query(Query { into, command, may_fail: true }),
        expectation: Expectation::Answer,
        otherwise: Remedy::default(),
    }
}

#[inline(never)]
pub(super) fn mended_by(check: Check, command: Command) -> Check {
    Check { otherwise: Remedy { command: Some(command), ..check.otherwise }, ..check }
}

#[inline(never)]
pub(super) fn step(id: &'static str, title: &'static str, why: &'static str) -> Step {
    Step {
        id,
        title: title.into(),
        why: why.into(),
        place: Place::Workstation,
        checks: Vec::new(),
        only_if: None,
        prompts: Vec::new(),
        actions: Vec::new(),
        expect: None,
        takes: None,
        undo: None,
        warnings: Vec::new(),
        notes: Vec::new(),
    }
}

#[inline(never)]
pub(super) fn note(text: &'static str, source: Source) -> Note {
    Note { text: text.into(), source, command: None, in_script: false }
}

/// A note with a command that belongs to it.
#[inline(never)]
pub(super) fn note_with(text: &'static str, source: Source, command: Command) -> Note {
    Note { command: Some(command), ..note(text, source) }
}

/// A question; `{name}` in it is a variable, `{=name}` what a check kept.
#[inline(never)]
pub(super) fn prompt(condition: Option<Condition>, question: &'static str) -> Prompt {
    Prompt { condition, question: Word::sentence(question) }
}

/// A check that shows what a command says, whatever that is.
#[inline(never)]
pub(super) fn shown(title: &'static str, command: Command) -> Check {
    check(title, Probe::Show(command), Expectation::Answer, "")
}

#[inline(never)]
pub(super) fn only_if(
    condition: Condition,
    words: &'static str,
    otherwise: &'static str,
) -> Option<OnlyIf> {
    Some(OnlyIf { condition, words: words.into(), otherwise: otherwise.into() })
}

// Not inlined: the plans call these some hundred times, and a step is large.
impl Step {
    #[inline(never)]
    pub(super) fn on(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    #[inline(never)]
    pub(super) fn checking(mut self, checks: Vec<Check>) -> Self {
        self.checks = checks;
        self
    }

    #[inline(never)]
    pub(super) fn only_if(mut self, only_if: Option<OnlyIf>) -> Self {
        self.only_if = only_if;
        self
    }

    #[inline(never)]
    pub(super) fn prompting(mut self, prompts: Vec<Prompt>) -> Self {
        self.prompts = prompts;
        self
    }

    #[inline(never)]
    pub(super) fn doing(mut self, actions: Vec<Action>) -> Self {
        self.actions = actions;
        self
    }

    #[inline(never)]
    pub(super) fn expects(mut self, what: &'static str) -> Self {
        self.expect = Some(what.into());
        self
    }

    #[inline(never)]
    pub(super) fn takes(mut self, how_long: &'static str) -> Self {
        self.takes = Some(how_long.into());
        self
    }

    #[inline(never)]
    pub(super) fn undone_by(mut self, command: Command, warning: &'static str) -> Self {
        self.undo = Some(Undo { command, warning: warning.into() });
        self
    }

    #[inline(never)]
    pub(super) fn warning(mut self, warnings: Vec<Text>) -> Self {
        self.warnings = warnings;
        self
    }

    #[inline(never)]
    pub(super) fn noting(mut self, notes: Vec<Note>) -> Self {
        self.notes = notes;
        self
    }
}

/// Tools, login, registry, cluster: whatever of these the task needs.
pub(super) fn prerequisites(commands: &Commands, tools: &[Program]) -> Step {
    let scenario = commands.scenario;
    let cli_extension = |into: Var,
                         name: &'static str,
                         query: &'static str,
                         oldest: &'static str,
                         title: String,
                         missing: &'static str| {
        mended_by(
            check(
                title,
                query_into(
                    into,
                    only(Commands::az(&["extension", "list"], sources::EXTENSION), query),
                ),
                Expectation::BeAtLeast(oldest),
                missing,
            ),
            Commands::az(&["extension", "add"], sources::EXTENSION)
                .flag("--upgrade", meanings::UPGRADE)
                .flag("--yes", meanings::YES_ADD)
                .with("--name", name, meanings::ADD_NAME),
        )
    };
    let oldest = oldest_azure_cli(scenario);
    let mut checks = vec![
        check(AZ_TITLE, Probe::Tool(Program::Az), Expectation::Answer, AZ_MISSING),
        check(
            version_title(oldest),
            // The name "azure-cli" would need double quotes in JMESPath, which not every shell can
            // pass on; of the versions listed, that of the CLI is the greatest (the others are
            // those of its core, the same, and of its telemetry, 1.x).
            query_into(
                AZ_VERSION,
                only(
                    Commands::az(&["version"], sources::CLI),
                    "max(values(@)[?type(@) == 'string'])",
                ),
            ),
            Expectation::BeAtLeast(oldest),
            az_too_old(oldest),
        ),
    ];
    for tool in tools {
        let (title, missing) = match tool {
            Program::Kubectl => (
                "kubectl is installed",
                "kubectl was not found; this scenario needs it. Install it: \
                 https://kubernetes.io/docs/tasks/tools/",
            ),
            Program::Openssl => (
                "OpenSSL is installed",
                "openssl was not found; it checks the certificate before it is used. Git for \
                 Windows brings one.",
            ),
            Program::Az | Program::Crictl | Program::Sudo => continue,
        };
        checks.push(check(title, Probe::Tool(*tool), Expectation::Answer, missing));
    }
    if scenario.needs_cluster() {
        checks.push(cli_extension(
            K8S_EXTENSION_VERSION,
            "k8s-extension",
            "[?name=='k8s-extension'].version",
            azure::OLDEST_K8S_EXTENSION,
            k8s_extension_title(),
            "The CLI extension k8s-extension is missing, or older than the oldest that these \
             commands were tried with. Install or update it with the command below.",
        ));
        checks.push(cli_extension(
            CONNECTEDK8S_VERSION,
            "connectedk8s",
            "[?name=='connectedk8s'].version",
            azure::OLDEST_CONNECTEDK8S,
            connectedk8s_title(),
            "The CLI extension connectedk8s is missing or too old. Install or update it with the \
             command below.",
        ));
    }
    let account = |into: Var, title: &'static str, command: Command| {
        mended_by(
            check(
                title,
                query_into(into, only(command, "join(' ', [name, id])")),
                Expectation::BeGiven,
                LOGIN_MISSING,
            ),
            Commands::az(&["login"], sources::CLI),
        )
    };
    let is_clean_up = matches!(scenario.task, Task::CleanUp);
    let show_account = || Commands::az(&["account", "show"], sources::ACCOUNT);
    if scenario.needs_registry() {
        checks.push(account(ACCOUNT, LOGIN_TITLE, commands.on_registry(show_account())));
    } else {
        checks.push(account(ACCOUNT, LOGIN_TITLE, commands.on_cluster(show_account())));
    }
    if scenario.has_two_subscriptions() {
        checks.push(account(
            CLUSTER_ACCOUNT,
            "You can use the cluster's subscription",
            commands.on_cluster(show_account()),
        ));
    }
    if scenario.needs_registry() {
        let id = only(commands.registry(&["acr", "show"]), "id");
        checks.push(check(
            "The registry exists",
            query_into(REGISTRY_ID, id),
            Expectation::BeGiven,
            "The registry was not found. Check its name, its resource group and the subscription, \
             and that you may read it. Or your login has expired: az login",
        ));
    }
    if scenario.needs_registry() && !is_clean_up {
        checks.push(mended_by(
            check(
                sku_title(),
                query_into(SKU, only(commands.registry(&["acr", "show"]), "sku.name")),
                Expectation::Be(azure::SKU.into()),
                sku_wrong(),
            ),
            commands.registry(&["acr", "update"]).with("--sku", azure::SKU, meanings::SKU),
        ));
    }
    if scenario.needs_cluster() {
        let show = only(commands.arc_cluster(), "connectivityStatus");
        checks.push(match is_clean_up {
            // A cluster that is lost is a reason to clean up.
            true => query_if_possible(
                "Whether the cluster is connected to Azure Arc".into(),
                CONNECTIVITY,
                show,
            ),
            false => check(
                "The cluster is connected to Azure Arc",
                query_into(CONNECTIVITY, show),
                Expectation::Be("Connected".into()),
                "The cluster was not found, or is not connected to Azure Arc. Check its name, its \
                 group and its agents: \
                 https://learn.microsoft.com/azure/azure-arc/kubernetes/quickstart-connect-cluster",
            ),
        });
    }
    if tools.contains(&Program::Kubectl) && scenario.needs_cluster() {
        checks.push(mended_by(
            check(
                "kubectl points at this cluster",
                query_into(KUBECTL_CLUSTER, arc_name_in_cluster(commands)),
                Expectation::Be(commands.arc_name()),
                "kubectl points at another cluster, or at one without Azure Arc agents, or may not \
                 read what they are called; the command below shows their group and name. Choose \
                 the context with kubectl config use-context, or give it in the configurator.",
            ),
            arc_name_in_cluster(commands),
        ));
    }
    checks.extend(roles(commands));
    let rights = rights_text(scenario.needs_registry(), scenario.needs_cluster());
    step("prerequisites", PREREQUISITES_TITLE, PREREQUISITES_WHY)
        .checking(checks)
        .noting(vec![note(rights, sources::ROLES)])
}

/// The roles of who is signed in, for the user to see: which ones serve, custom ones among them,
/// only the service knows.
#[inline(never)]
fn roles(commands: &Commands) -> Vec<Check> {
    let scenario = commands.scenario;
    let mine = || {
        let account = Commands::az(&["account", "show"], sources::ACCOUNT);
        if scenario.needs_registry() {
            commands.on_registry(account)
        } else {
            commands.on_cluster(account)
        }
    };
    let mut checks = vec![
        // With no name, az would list the roles of everybody.
        check(
            "Who is signed in",
            query_into(SIGNED_IN, only(mine(), "user.name")),
            Expectation::BeGiven,
            LOGIN_MISSING,
        ),
        check(
            "The id of the subscription",
            query_into(SUBSCRIPTION_ID, only(mine(), "id")),
            Expectation::BeGiven,
            LOGIN_MISSING,
        ),
    ];
    if scenario.needs_registry() {
        let scope = scope(
            SUBSCRIPTION_ID,
            RESOURCE_GROUP,
            "/providers/Microsoft.ContainerRegistry/registries/",
            REGISTRY,
        );
        checks.push(shown(
            "Your roles on the registry (needed: Container Registry Contributor and \
                           Data Access Configuration Administrator, or Contributor, or Owner)",
            roles_on(scope),
        ));
    }
    if scenario.needs_cluster() {
        let mut subscription = SUBSCRIPTION_ID;
        if scenario.has_two_subscriptions() {
            subscription = CLUSTER_SUBSCRIPTION_ID;
            let other = commands.on_cluster(Commands::az(&["account", "show"], sources::ACCOUNT));
            checks.push(check(
                "The id of the cluster's subscription",
                query_into(subscription, only(other, "id")),
                Expectation::BeGiven,
                LOGIN_MISSING,
            ));
        }
        let scope = scope(
            subscription,
            commands.cluster_group().1,
            "/providers/Microsoft.Kubernetes/connectedClusters/",
            CLUSTER,
        );
        checks.push(shown(
            "Your roles on the cluster (needed: Kubernetes Extension Contributor, or \
                           Contributor, or Owner)",
            roles_on(scope),
        ));
    }
    checks
}

fn roles_on(scope: Word) -> Command {
    let list = Commands::az(&["role", "assignment", "list"], sources::ROLES)
        .with("--assignee", Word(vec![super::Part::Captured(SIGNED_IN)]), meanings::ASSIGNEE)
        .with("--scope", scope, meanings::SCOPE)
        .flag("--include-inherited", meanings::INCLUDE_INHERITED)
        .flag("--include-groups", meanings::INCLUDE_GROUPS)
        .with("--fill-principal-name", "false", meanings::NO_PRINCIPAL_NAMES);
    only(list, "[].roleDefinitionName")
}

/// The resource id of something. It begins with its literal text, by which the renderer knows that
/// it is no path of the machine.
fn scope(subscription: Var, group: Var, kind: &'static str, name: Var) -> Word {
    use super::Part::{Captured, Literal, Variable};
    Word(vec![
        Literal("/subscriptions/".into()),
        Captured(subscription),
        Literal("/resourceGroups/".into()),
        Variable(group),
        Literal(kind.into()),
        Variable(name),
    ])
}

/// What nothing can be shown without; everything else that may be wrong is what it is to find.
pub(super) fn diagnosis_prerequisites(commands: &Commands) -> Step {
    step("prerequisites", PREREQUISITES_TITLE, PREREQUISITES_WHY).checking(vec![
        check(AZ_TITLE, Probe::Tool(Program::Az), Expectation::Answer, AZ_MISSING),
        query_if_possible(
            LOGIN_TITLE.into(),
            ACCOUNT,
            only(
                commands.on_registry(Commands::az(&["account", "show"], sources::ACCOUNT)),
                "join(' ', [name, id])",
            ),
        ),
        query_if_possible(
            "Whether kubectl points at this cluster".into(),
            KUBECTL_CLUSTER,
            arc_name_in_cluster(commands),
        ),
    ])
}

/// Only what creates needs the newest: an old CLI must not keep anybody from finding out what is
/// wrong, or from removing.
const fn oldest_azure_cli(scenario: &Scenario) -> &'static str {
    match scenario.task {
        Task::CleanUp | Task::Upgrade(_) => azure::OLDEST_AZURE_CLI_AT_ALL,
        _ => azure::OLDEST_AZURE_CLI,
    }
}

/// kubectl points at the cluster, as far as an earlier look that may fail could say.
pub(super) fn kubectl_points(commands: &Commands) -> Condition {
    Condition::Is { answer: KUBECTL_CLUSTER, value: commands.arc_name() }
}

/// Group and name in Azure Arc of the cluster that kubectl points at, as its agents keep them.
/// connectedk8s compares these two as well.
pub(super) fn arc_name_in_cluster(commands: &Commands) -> Command {
    commands
        .kubectl(&["get", "configmap", "azure-clusterconfig"])
        .with("--namespace", "azure-arc", meanings::KUBE_NAMESPACE)
        .with("--request-timeout", "10s", meanings::REQUEST_TIMEOUT)
        .with(
            "--output",
            "jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}",
            meanings::KUBE_OUTPUT,
        )
}

pub(super) fn providers(commands: &Commands) -> Step {
    let providers = || azure::PROVIDERS.into_iter().zip(REGISTRATIONS);
    let provider = |subcommand: &'static [&'static str], namespace: &'static str| {
        commands.on_cluster(Commands::az(subcommand, sources::PROVIDER).with(
            "--namespace",
            namespace,
            meanings::NAMESPACE,
        ))
    };
    step(
        "providers",
        "Register the resource providers",
        "Those that extensions on Arc clusters \
                                                          use, by the Arc documentation; only its \
                                                          newer pages name \
                                                          Microsoft.ExtendedLocation. Without \
                                                          Microsoft.KubernetesConfiguration the \
                                                          deployment fails without a message. \
                                                          Registering needs rights on the \
                                                          subscription.",
    )
    .checking(
        providers()
            .map(|(namespace, state)| {
                // Not everybody may read it, and az itself only warns.
                let command = only(provider(&["provider", "show"], namespace), "registrationState");
                query_if_possible(provider_title(namespace).into(), state, command)
            })
            .collect(),
    )
    .doing(
        providers()
            .map(|(namespace, state)| Action {
                only_if: Some(Condition::All(vec![
                    Condition::IsNot { answer: state, value: "".into() },
                    Condition::IsNot { answer: state, value: "Registered".into() },
                ])),
                operation: Operation::Run(
                    provider(&["provider", "register"], namespace).flag("--wait", meanings::WAIT),
                ),
            })
            .collect(),
    )
    .prompting(vec![prompt(
        Some(Condition::Is { answer: REGISTRATIONS[1], value: "".into() }),
        "Whether Microsoft.KubernetesConfiguration is registered could not be read. If it is \
             not, the deployment fails without a message. Go on?",
    )])
    .expects("No output. az provider show then says Registered.")
    .takes("some minutes where one is not registered yet.")
    .noting(vec![note(
        "Microsoft.ContainerRegistry is not looked at: the registry exists. The \
                           2024 documents leave out Microsoft.ExtendedLocation, and the CLI \
                           extension connectedk8s.",
        sources::PROVIDER,
    )])
}

/// The lines of `az … list` that name what exists.
pub(super) fn connected_registries(commands: &Commands) -> Check {
    let list =
        commands.in_registry(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY);
    check(
        "Which connected registries the registry has",
        query_into(CONNECTED_REGISTRIES, only(list, "[].name")),
        Expectation::Answer,
        "The connected registries could not be listed.",
    )
}

/// The connected registry must be there.
pub(super) fn connected_registry_exists(commands: &Commands) -> Check {
    let list = connected_registries(commands);
    Check {
        title: "The connected registry exists".into(),
        expectation: Expectation::Include(CONNECTED_REGISTRY.into()),
        otherwise: Remedy {
            message: "The registry has no connected registry of this name, or they could not be \
                      listed; then az said why above."
                .into(),
            command: Some(
                commands
                    .in_registry(
                        &["acr", "connected-registry", "list"],
                        sources::CONNECTED_REGISTRY,
                    )
                    .with("--output", "table", meanings::TABLE),
            ),
        },
        ..list
    }
}

/// The same step, asking about the connected registries below this one, which lose their parent.
pub(super) fn with_children(commands: &Commands, mut step: Step) -> Step {
    let list =
        commands.in_registry(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY);
    let list = list.with_from(TextField::Name, "--parent", CONNECTED_REGISTRY, meanings::BELOW);
    // az fails where the parent itself is not there.
    step.checks.push(query_if_possible(
        "Which connected registries are below it".into(),
        CHILDREN,
        only(list, "[].name"),
    ));
    step.prompts.push(prompt(
        Some(Condition::IsNot { answer: CHILDREN, value: "".into() }),
        "Below {connected_registry} are other connected registries, which synchronize through it: \
         {=children}. Go on?",
    ));
    step
}

/// The extensions of the cluster that are connected registries. JMESPath tells upper from lower
/// case; the CLI sends lower case.
#[inline(never)]
fn connected_extensions(commands: &Commands) -> Command {
    const OF_TYPE: &str = "[?extensionType=='microsoft.containerregistry.connectedregistry' || \
                           extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name";
    only(commands.on_extensions(&["k8s-extension", "list"]), OF_TYPE)
}

/// The extensions of the cluster, and those of them that are connected registries: an extension of
/// this name must be one.
#[inline(never)]
pub(super) fn extensions(commands: &Commands) -> Vec<Check> {
    let list = only(commands.on_extensions(&["k8s-extension", "list"]), "[].name");
    let is_another = Condition::All(vec![
        extension_present(),
        Condition::Absent { from: CONNECTED_EXTENSIONS, name: EXTENSION.into() },
    ]);
    vec![
        check(
            "Which extensions the cluster has",
            query_into(EXTENSIONS, list),
            Expectation::Answer,
            EXTENSION_UNKNOWN,
        ),
        check(
            "An extension of this name, if there is one, is a connected registry",
            query_into(CONNECTED_EXTENSIONS, connected_extensions(commands)),
            Expectation::Hold(Condition::Not(Box::new(is_another))),
            "The cluster has an extension of this name that is no connected registry, or its type \
             could not be read. It is left alone: give the extension another name.",
        ),
    ]
}

/// Where another extension of the cluster is a connected registry.
#[inline(never)]
pub(super) fn prompt_about_others() -> Prompt {
    let others = Condition::All(vec![
        Condition::Absent { from: CONNECTED_EXTENSIONS, name: EXTENSION.into() },
        Condition::IsNot { answer: CONNECTED_EXTENSIONS, value: "".into() },
    ]);
    prompt(
        Some(others),
        "The cluster has a connected registry extension of another name, which stays. Both would \
         use the namespace connected-registry; whether that works is not documented. Go on all the \
         same?",
    )
}

/// The connected registries among the extensions, for the user to see.
#[inline(never)]
pub(super) fn connected_extensions_shown(commands: &Commands) -> Check {
    check(
        "The connected registry extensions of the cluster",
        query_into(EXTENSIONS, connected_extensions(commands)),
        Expectation::BeShown,
        EXTENSION_UNKNOWN,
    )
}

/// The extension must be there, and be a connected registry.
pub(super) fn extension_exists(commands: &Commands) -> Check {
    let exists = Expectation::Include(EXTENSION.into());
    mended_by(
        check(
            "The extension exists",
            query_into(EXTENSIONS, connected_extensions(commands)),
            exists,
            "The cluster has no connected registry extension of this name, or they could not be \
             listed; then az said why above.",
        ),
        commands.on_extensions(&["k8s-extension", "list"]).with(
            "--output",
            "table",
            meanings::TABLE,
        ),
    )
}

/// How the extension is deployed, for the user to see. az shows the keys of the protected settings
/// without their values.
#[inline(never)]
pub(super) fn deployed(commands: &Commands) -> Check {
    let show = commands
        .extension(&["k8s-extension", "show"])
        .with("--query", "[version,autoUpgradeMinorVersion,configurationSettings,configurationProtectedSettings]", meanings::QUERY)
        .with("--output", "json", meanings::JSON);
    shown(
        "How it is deployed now: version, automatic upgrades, settings, keys of the protected \
         settings",
        show,
    )
}

/// The phase of the namespace; nothing where it does not exist.
#[inline(never)]
pub(super) fn namespace_phase(commands: &Commands) -> Command {
    commands
        .kubectl(&["get", "namespace", azure::NAMESPACE])
        .flag("--ignore-not-found", meanings::IGNORE_NOT_FOUND)
        .with("--request-timeout", "10s", meanings::REQUEST_TIMEOUT)
        .with("--output", "jsonpath={.status.phase}", meanings::KUBE_OUTPUT)
}

/// The namespace is about to go.
pub(super) fn is_terminating() -> Condition {
    Condition::Is { answer: NAMESPACE_PHASE, value: "Terminating".into() }
}

/// Looks into the cluster before a first deployment; where nothing needs kubectl, only if it is
/// ready.
#[inline(never)]
pub(super) fn inside_cluster(commands: &Commands, kubectl_is_sure: bool) -> Vec<Check> {
    let phase = Probe::Query(Query {
        into: NAMESPACE_PHASE,
        command: namespace_phase(commands),
        may_fail: !kubectl_is_sure,
    });
    let is_going = Condition::All(vec![kubectl_points(commands), is_terminating()]);
    let mut checks = Vec::new();
    if !kubectl_is_sure {
        checks.push(query_if_possible(
            KUBECTL_TITLE.into(),
            KUBECTL_CLUSTER,
            arc_name_in_cluster(commands),
        ));
    }
    let message = if kubectl_is_sure {
        REMOVAL_TAKES_LONG
    } else {
        "The namespace connected-registry is being removed: an earlier deployment is not quite \
         gone. Wait, then run this again."
    };
    checks.push(check(
        NAMESPACE_STAYS,
        phase,
        Expectation::Hold(Condition::Not(Box::new(is_going))),
        message,
    ));
    checks
}

/// No extension of this name is in the cluster.
pub(super) fn extension_absent() -> Condition {
    Condition::Absent { from: EXTENSIONS, name: EXTENSION.into() }
}

/// An extension of this name is in the cluster.
pub(super) fn extension_present() -> Condition {
    Condition::Present { from: EXTENSIONS, name: EXTENSION.into() }
}

/// The registry has no connected registry of this name.
pub(super) fn connected_registry_absent() -> Condition {
    Condition::Absent { from: CONNECTED_REGISTRIES, name: CONNECTED_REGISTRY.into() }
}

/// The connected registry was there at the start.
pub(super) fn connected_registry_present() -> Condition {
    Condition::Present { from: CONNECTED_REGISTRIES, name: CONNECTED_REGISTRY.into() }
}

/// A word of literal text with a variable after it.
#[inline(never)]
pub(super) fn prefixed(prefix: &'static str, variable: Var) -> Word {
    Word(vec![super::Part::Literal(prefix.into()), super::Part::Variable(variable)])
}

pub(crate) const fn rights_text(registry: bool, cluster: bool) -> &'static str {
    match (registry, cluster) {
        (true, true) => {
            "You need, by the documentation of the roles: on the registry \"Container Registry \
             Contributor and Data Access Configuration Administrator\", on the cluster \
             \"Kubernetes Extension Contributor\"; or Owner or Contributor on both resource \
             groups. Where az says AuthorizationFailed, one of them is missing. The checks show \
             the roles that az finds; other roles may serve as well, so the script goes on."
        }
        (true, false) => {
            "You need, by the documentation of the roles, \"Container Registry Contributor and \
             Data Access Configuration Administrator\" on the registry; or Owner or Contributor on \
             its resource group. Where az says AuthorizationFailed, it is missing. A check shows \
             the roles that az finds; others may serve as well, so the script goes on."
        }
        _ => {
            "You need, by the documentation of the roles, \"Kubernetes Extension Contributor\" on \
             the cluster; or Owner or Contributor on its resource group. Where az says \
             AuthorizationFailed, it is missing. A check shows the roles that az finds; others may \
             serve as well, so the script goes on."
        }
    }
}

fn version_title(oldest: &str) -> String {
    format!("Its version is {oldest} or newer")
}

fn az_too_old(oldest: &str) -> String {
    format!(
        "The Azure CLI must be {oldest} or newer: older ones do less, or other things. Update it: \
         https://learn.microsoft.com/cli/azure/update-azure-cli"
    )
}

fn k8s_extension_title() -> String {
    format!("The CLI extension k8s-extension is installed, {OLDEST_K8S_EXTENSION} or newer")
}

fn connectedk8s_title() -> String {
    format!("The CLI extension connectedk8s is installed, {OLDEST_CONNECTEDK8S} or newer")
}

fn sku_title() -> String {
    format!("Its SKU is {}", azure::SKU)
}

fn sku_wrong() -> String {
    format!(
        "The SKU of the registry is not {sku}, which connected registries need. The command below \
         moves it to {sku}, which costs more; so this script does not run it.",
        sku = azure::SKU
    )
}

fn provider_title(namespace: &str) -> String {
    format!("Registration state of {namespace}")
}
