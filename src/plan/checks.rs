//! The prerequisites: tools, login, registry, cluster. Nothing here changes anything but the
//! registration of resource providers.

use super::names::*;
use super::{
    Act, Action, Ask, Check, Command, Condition, Look, Must, Note, OnlyIf, Place, Probe, Program,
    Remedy, Step, Text, Undo, Var, Word,
};
use crate::azure::{self, Source, sources};
use crate::choices::TextField;
use crate::scenario::{Scenario, Task};
use crate::text::{explain, steps as text};

#[inline(never)]
pub(super) fn look(into: Var, command: Command) -> Probe {
    Probe::Look(Look { into, command, may_fail: false })
}

pub(super) fn check(
    title: impl Into<Text>,
    probe: Probe,
    must: Must,
    message: impl Into<Text>,
) -> Check {
    checked(title.into(), probe, must, message.into())
}

#[inline(never)]
fn checked(title: Text, probe: Probe, must: Must, message: Text) -> Check {
    Check { title, probe, must, otherwise: Remedy { message, command: None } }
}

/// A look that may fail: the answer is then empty.
#[inline(never)]
pub(super) fn look_if_possible(title: Text, into: Var, command: Command) -> Check {
    Check {
        title,
        probe: Probe::Look(Look { into, command, may_fail: true }),
        must: Must::Answer,
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
        asks: Vec::new(),
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
    Note { text: text.into(), source, command: None, told: false }
}

/// A note with a command that belongs to it.
#[inline(never)]
pub(super) fn note_with(text: &'static str, source: Source, command: Command) -> Note {
    Note { command: Some(command), ..note(text, source) }
}

/// A question; `{name}` in it is a variable, `{=name}` what a check kept.
#[inline(never)]
pub(super) fn ask(condition: Option<Condition>, question: &'static str) -> Ask {
    Ask { condition, question: Word::sentence(question) }
}

/// A check that shows what a command says, whatever that is.
#[inline(never)]
pub(super) fn shown(title: &'static str, command: Command) -> Check {
    check(title, Probe::Show(command), Must::Answer, "")
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
    pub(super) fn asking(mut self, asks: Vec<Ask>) -> Self {
        self.asks = asks;
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
                look(into, only(Commands::az(&["extension", "list"], sources::EXTENSION), query)),
                Must::BeAtLeast(oldest),
                missing,
            ),
            Commands::az(&["extension", "add"], sources::EXTENSION)
                .flag("--upgrade", explain::UPGRADE)
                .flag("--yes", explain::YES_ADD)
                .with("--name", name, explain::ADD_NAME),
        )
    };
    let oldest = oldest_azure_cli(scenario);
    let mut checks = vec![
        check(text::AZ_TITLE, Probe::Tool(Program::Az), Must::Answer, text::AZ_MISSING),
        check(
            text::version_title(oldest),
            // The name "azure-cli" would need double quotes in JMESPath, which not every shell can
            // pass on; of the versions listed, that of the CLI is the greatest (the others are
            // those of its core, the same, and of its telemetry, 1.x).
            look(
                AZ_VERSION,
                only(
                    Commands::az(&["version"], sources::CLI),
                    "max(values(@)[?type(@) == 'string'])",
                ),
            ),
            Must::BeAtLeast(oldest),
            text::az_too_old(oldest),
        ),
    ];
    for tool in tools {
        let (title, missing) = match tool {
            Program::Kubectl => (text::KUBECTL_TOOL, text::KUBECTL_MISSING),
            Program::Openssl => (text::OPENSSL_TOOL, text::OPENSSL_MISSING),
            Program::Az | Program::Crictl | Program::Sudo => continue,
        };
        checks.push(check(title, Probe::Tool(*tool), Must::Answer, missing));
    }
    if scenario.needs_cluster() {
        checks.push(cli_extension(
            K8S_EXTENSION_VERSION,
            "k8s-extension",
            "[?name=='k8s-extension'].version",
            azure::OLDEST_K8S_EXTENSION,
            text::k8s_extension_title(),
            text::K8S_EXTENSION_MISSING,
        ));
        checks.push(cli_extension(
            CONNECTEDK8S_VERSION,
            "connectedk8s",
            "[?name=='connectedk8s'].version",
            azure::OLDEST_CONNECTEDK8S,
            text::connectedk8s_title(),
            text::CONNECTEDK8S_MISSING,
        ));
    }
    let account = |into: Var, title: &'static str, command: Command| {
        mended_by(
            check(
                title,
                look(into, only(command, "join(' ', [name, id])")),
                Must::BeGiven,
                text::LOGIN_MISSING,
            ),
            Commands::az(&["login"], sources::CLI),
        )
    };
    let is_clean_up = matches!(scenario.task, Task::CleanUp);
    let show_account = || Commands::az(&["account", "show"], sources::ACCOUNT);
    if scenario.needs_registry() {
        checks.push(account(ACCOUNT, text::LOGIN_TITLE, commands.on_registry(show_account())));
    } else {
        checks.push(account(ACCOUNT, text::LOGIN_TITLE, commands.on_cluster(show_account())));
    }
    if scenario.has_two_subscriptions() {
        checks.push(account(
            CLUSTER_ACCOUNT,
            text::CLUSTER_SUBSCRIPTION_TITLE,
            commands.on_cluster(show_account()),
        ));
    }
    if scenario.needs_registry() {
        let id = only(commands.registry(&["acr", "show"]), "id");
        checks.push(check(
            text::REGISTRY_TITLE,
            look(REGISTRY_ID, id),
            Must::BeGiven,
            text::REGISTRY_MISSING,
        ));
    }
    if scenario.needs_registry() && !is_clean_up {
        checks.push(mended_by(
            check(
                text::sku_title(),
                look(SKU, only(commands.registry(&["acr", "show"]), "sku.name")),
                Must::Be(azure::SKU.into()),
                text::sku_wrong(),
            ),
            commands.registry(&["acr", "update"]).with("--sku", azure::SKU, explain::SKU),
        ));
    }
    if scenario.needs_cluster() {
        let show = only(commands.arc_cluster(), "connectivityStatus");
        checks.push(match is_clean_up {
            // A cluster that is lost is a reason to clean up.
            true => look_if_possible(text::CONNECTED_LOOK.into(), CONNECTIVITY, show),
            false => check(
                text::CONNECTED_TITLE,
                look(CONNECTIVITY, show),
                Must::Be("Connected".into()),
                text::NOT_CONNECTED,
            ),
        });
    }
    if tools.contains(&Program::Kubectl) && scenario.needs_cluster() {
        checks.push(mended_by(
            check(
                text::KUBECTL_POINTS_TITLE,
                look(KUBECTL_CLUSTER, arc_name_in_cluster(commands)),
                Must::Be(commands.arc_name()),
                text::KUBECTL_ELSEWHERE,
            ),
            arc_name_in_cluster(commands),
        ));
    }
    checks.extend(roles(commands));
    let rights = text::rights(scenario.needs_registry(), scenario.needs_cluster());
    step("prerequisites", text::PREREQUISITES_TITLE, text::PREREQUISITES_WHY)
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
            text::SIGNED_IN_TITLE,
            look(SIGNED_IN, only(mine(), "user.name")),
            Must::BeGiven,
            text::LOGIN_MISSING,
        ),
        check(
            text::SUBSCRIPTION_ID_TITLE,
            look(SUBSCRIPTION_ID, only(mine(), "id")),
            Must::BeGiven,
            text::LOGIN_MISSING,
        ),
    ];
    if scenario.needs_registry() {
        let scope = scope(
            SUBSCRIPTION_ID,
            RESOURCE_GROUP,
            "/providers/Microsoft.ContainerRegistry/registries/",
            REGISTRY,
        );
        checks.push(shown(text::REGISTRY_ROLES_TITLE, roles_on(scope)));
    }
    if scenario.needs_cluster() {
        let mut subscription = SUBSCRIPTION_ID;
        if scenario.has_two_subscriptions() {
            subscription = CLUSTER_SUBSCRIPTION_ID;
            let other = commands.on_cluster(Commands::az(&["account", "show"], sources::ACCOUNT));
            checks.push(check(
                text::CLUSTER_SUBSCRIPTION_ID_TITLE,
                look(subscription, only(other, "id")),
                Must::BeGiven,
                text::LOGIN_MISSING,
            ));
        }
        let scope = scope(
            subscription,
            commands.cluster_group().1,
            "/providers/Microsoft.Kubernetes/connectedClusters/",
            CLUSTER,
        );
        checks.push(shown(text::CLUSTER_ROLES_TITLE, roles_on(scope)));
    }
    checks
}

fn roles_on(scope: Word) -> Command {
    let list = Commands::az(&["role", "assignment", "list"], sources::ROLES)
        .with("--assignee", Word(vec![super::Part::Captured(SIGNED_IN)]), explain::ASSIGNEE)
        .with("--scope", scope, explain::SCOPE)
        .flag("--include-inherited", explain::INCLUDE_INHERITED)
        .flag("--include-groups", explain::INCLUDE_GROUPS)
        .with("--fill-principal-name", "false", explain::NO_PRINCIPAL_NAMES);
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
    step("prerequisites", text::PREREQUISITES_TITLE, text::PREREQUISITES_WHY).checking(vec![
        check(text::AZ_TITLE, Probe::Tool(Program::Az), Must::Answer, text::AZ_MISSING),
        look_if_possible(
            text::LOGIN_TITLE.into(),
            ACCOUNT,
            only(
                commands.on_registry(Commands::az(&["account", "show"], sources::ACCOUNT)),
                "join(' ', [name, id])",
            ),
        ),
        look_if_possible(
            text::KUBECTL_TITLE_DIAGNOSE.into(),
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
        .with("--namespace", "azure-arc", explain::KUBE_NAMESPACE)
        .with("--request-timeout", "10s", explain::REQUEST_TIMEOUT)
        .with(
            "--output",
            "jsonpath={.data.AZURE_RESOURCE_GROUP}/{.data.AZURE_RESOURCE_NAME}",
            explain::KUBE_OUTPUT,
        )
}

pub(super) fn providers(commands: &Commands) -> Step {
    let providers = || azure::PROVIDERS.into_iter().zip(REGISTRATIONS);
    let provider = |subcommand: &'static [&'static str], namespace: &'static str| {
        commands.on_cluster(Commands::az(subcommand, sources::PROVIDER).with(
            "--namespace",
            namespace,
            explain::NAMESPACE,
        ))
    };
    step("providers", text::PROVIDERS_TITLE, text::PROVIDERS_WHY)
        .checking(
            providers()
                .map(|(namespace, state)| {
                    // Not everybody may read it, and az itself only warns.
                    let command =
                        only(provider(&["provider", "show"], namespace), "registrationState");
                    look_if_possible(text::provider_title(namespace).into(), state, command)
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
                    act: Act::Run(
                        provider(&["provider", "register"], namespace)
                            .flag("--wait", explain::WAIT),
                    ),
                })
                .collect(),
        )
        .asking(vec![ask(
            Some(Condition::Is { answer: REGISTRATIONS[1], value: "".into() }),
            text::PROVIDER_ASK,
        )])
        .expects(text::PROVIDERS_EXPECT)
        .takes(text::PROVIDERS_TAKE)
        .noting(vec![note(text::PROVIDERS_NOTE, sources::PROVIDER)])
}

/// The lines of `az … list` that name what exists.
pub(super) fn connected_registries(commands: &Commands) -> Check {
    let list =
        commands.in_registry(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY);
    check(
        text::CREATE_LOOK,
        look(CONNECTED_REGISTRIES, only(list, "[].name")),
        Must::Answer,
        text::CREATE_UNKNOWN,
    )
}

/// The connected registry must be there.
pub(super) fn connected_registry_exists(commands: &Commands) -> Check {
    let list = connected_registries(commands);
    Check {
        title: text::EXISTS_TITLE.into(),
        must: Must::Include(CONNECTED_REGISTRY.into()),
        otherwise: Remedy {
            message: text::DOES_NOT_EXIST.into(),
            command: Some(
                commands
                    .in_registry(
                        &["acr", "connected-registry", "list"],
                        sources::CONNECTED_REGISTRY,
                    )
                    .with("--output", "table", explain::TABLE),
            ),
        },
        ..list
    }
}

/// The same step, asking about the connected registries below this one, which lose their parent.
pub(super) fn with_children(commands: &Commands, mut step: Step) -> Step {
    let list =
        commands.in_registry(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY);
    let list = list.with_from(TextField::Name, "--parent", CONNECTED_REGISTRY, explain::BELOW);
    // az fails where the parent itself is not there.
    step.checks.push(look_if_possible(text::CHILDREN_LOOK.into(), CHILDREN, only(list, "[].name")));
    step.asks.push(ask(
        Some(Condition::IsNot { answer: CHILDREN, value: "".into() }),
        text::CHILDREN_ASK,
    ));
    step
}

/// The extensions of the cluster that are connected registries. JMESPath tells upper from lower
/// case; the CLI sends lower case.
#[inline(never)]
fn connected_extensions(commands: &Commands) -> Command {
    const OF_TYPE: &str = "[?extensionType=='microsoft.containerregistry.connectedregistry' || extensionType=='Microsoft.ContainerRegistry.ConnectedRegistry'].name";
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
        check(text::EXTENSION_LOOK, look(EXTENSIONS, list), Must::Answer, text::EXTENSION_UNKNOWN),
        check(
            text::EXTENSION_TYPE_LOOK,
            look(CONNECTED_EXTENSIONS, connected_extensions(commands)),
            Must::Hold(Condition::Not(Box::new(is_another))),
            text::EXTENSION_OF_ANOTHER_TYPE,
        ),
    ]
}

/// Where another extension of the cluster is a connected registry.
#[inline(never)]
pub(super) fn ask_about_others() -> Ask {
    let others = Condition::All(vec![
        Condition::Absent { from: CONNECTED_EXTENSIONS, name: EXTENSION.into() },
        Condition::IsNot { answer: CONNECTED_EXTENSIONS, value: "".into() },
    ]);
    ask(Some(others), text::OTHER_EXTENSION_ASK)
}

/// The connected registries among the extensions, for the user to see.
#[inline(never)]
pub(super) fn connected_extensions_shown(commands: &Commands) -> Check {
    check(
        text::CONNECTED_EXTENSIONS_LOOK,
        look(EXTENSIONS, connected_extensions(commands)),
        Must::BeShown,
        text::EXTENSION_UNKNOWN,
    )
}

/// The extension must be there, and be a connected registry.
pub(super) fn extension_exists(commands: &Commands) -> Check {
    let exists = Must::Include(EXTENSION.into());
    mended_by(
        check(
            text::EXTENSION_EXISTS_TITLE,
            look(EXTENSIONS, connected_extensions(commands)),
            exists,
            text::EXTENSION_DOES_NOT_EXIST,
        ),
        commands.on_extensions(&["k8s-extension", "list"]).with(
            "--output",
            "table",
            explain::TABLE,
        ),
    )
}

/// How the extension is deployed, for the user to see. az shows the keys of the protected settings
/// without their values.
#[inline(never)]
pub(super) fn deployed(commands: &Commands) -> Check {
    let show = commands
        .extension(&["k8s-extension", "show"])
        .with("--query", "[version,autoUpgradeMinorVersion,configurationSettings,configurationProtectedSettings]", explain::QUERY)
        .with("--output", "json", explain::JSON);
    shown(text::DEPLOYED_LOOK, show)
}

/// The phase of the namespace; nothing where it does not exist.
#[inline(never)]
pub(super) fn namespace_phase(commands: &Commands) -> Command {
    commands
        .kubectl(&["get", "namespace", azure::NAMESPACE])
        .flag("--ignore-not-found", explain::IGNORE_NOT_FOUND)
        .with("--request-timeout", "10s", explain::REQUEST_TIMEOUT)
        .with("--output", "jsonpath={.status.phase}", explain::KUBE_OUTPUT)
}

/// The namespace is about to go.
pub(super) fn is_terminating() -> Condition {
    Condition::Is { answer: NAMESPACE_PHASE, value: "Terminating".into() }
}

/// Looks into the cluster before a first deployment; where nothing needs kubectl, only if it is
/// ready.
#[inline(never)]
pub(super) fn inside_cluster(commands: &Commands, kubectl_is_sure: bool) -> Vec<Check> {
    let phase = Probe::Look(Look {
        into: NAMESPACE_PHASE,
        command: namespace_phase(commands),
        may_fail: !kubectl_is_sure,
    });
    let is_going = Condition::All(vec![kubectl_points(commands), is_terminating()]);
    let mut checks = Vec::new();
    if !kubectl_is_sure {
        checks.push(look_if_possible(
            text::KUBECTL_TITLE.into(),
            KUBECTL_CLUSTER,
            arc_name_in_cluster(commands),
        ));
    }
    let message =
        if kubectl_is_sure { text::REMOVAL_TAKES_LONG } else { text::NAMESPACE_TERMINATING };
    checks.push(check(
        text::NAMESPACE_STAYS,
        phase,
        Must::Hold(Condition::Not(Box::new(is_going))),
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
