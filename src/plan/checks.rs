//! The prerequisites: tools, login, registry, cluster. Nothing here changes anything but the registration of resource providers.

use super::names::*;
use super::{Act, Action, Check, Command, Condition, Look, Must, Note, OnlyIf, Place, Probe, Program, Remedy, Step, Text, Undo, Var, Word};
use crate::azure::{self, Source, sources};
use crate::choices::TextField;
use crate::text::{explain, steps as text};

#[inline(never)]
pub(super) fn look(into: Var, command: Command) -> Probe {
    Probe::Look(Look { into, command, may_fail: false })
}

pub(super) fn check(title: impl Into<Text>, probe: Probe, must: Must, message: impl Into<Text>) -> Check {
    checked(title.into(), probe, must, message.into())
}

#[inline(never)]
fn checked(title: Text, probe: Probe, must: Must, message: Text) -> Check {
    Check { title, probe, must, otherwise: Remedy { message, command: None } }
}

/// A look that may fail: the answer is then empty.
#[inline(never)]
pub(super) fn look_if_possible(title: Text, into: Var, command: Command) -> Check {
    Check { title, probe: Probe::Look(Look { into, command, may_fail: true }), must: Must::Answer, otherwise: Remedy::default() }
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
    Note { text: text.into(), source }
}

#[inline(never)]
pub(super) fn only_if(condition: Condition, words: &'static str, otherwise: &'static str) -> Option<OnlyIf> {
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
    pub(super) fn asking(mut self, asks: Vec<super::Ask>) -> Self {
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
    let cli_extension = |into: Var, name: &'static str, query: &'static str, oldest: &'static str, title: String, missing: &'static str| {
        mended_by(
            check(title, look(into, only(Commands::az(&["extension", "list"], sources::EXTENSION), query)), Must::BeAtLeast(oldest), missing),
            Commands::az(&["extension", "add"], sources::EXTENSION).flag("--upgrade", explain::UPGRADE).flag("--yes", explain::YES_ADD).with(
                "--name",
                name,
                explain::ADD_NAME,
            ),
        )
    };
    let mut checks = vec![
        check(text::AZ_TITLE, Probe::Tool(Program::Az), Must::Answer, text::AZ_MISSING),
        check(
            text::az_version_title(),
            // The name "azure-cli" would need double quotes in JMESPath, which not every shell can pass on; of the versions listed,
            // that of the CLI is the greatest (the others are those of its core, the same, and of its telemetry, 1.x).
            look(AZ_VERSION, only(Commands::az(&["version"], sources::CLI), "max(values(@)[?type(@) == 'string'])")),
            Must::BeAtLeast(azure::OLDEST_AZURE_CLI),
            text::az_too_old(),
        ),
    ];
    for tool in tools {
        let (title, missing) = match tool {
            Program::Kubectl => (text::KUBECTL_TOOL, text::KUBECTL_MISSING),
            Program::Openssl => (text::OPENSSL_TOOL, text::OPENSSL_MISSING),
            Program::Az | Program::Crictl => continue,
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
        mended_by(check(title, look(into, only(command, "id")), Must::BeGiven, text::LOGIN_MISSING), Commands::az(&["login"], sources::CLI))
    };
    let show_account = || Commands::az(&["account", "show"], sources::ACCOUNT);
    let cluster_has_its_own = scenario.cluster.subscription.as_ref().is_some_and(|slot| slot.field == TextField::ClusterSubscription);
    if scenario.needs_registry() {
        checks.push(account(ACCOUNT, text::LOGIN_TITLE, commands.on_registry(show_account())));
    } else {
        checks.push(account(ACCOUNT, text::LOGIN_TITLE, commands.on_cluster(show_account())));
    }
    if scenario.needs_registry() && scenario.needs_cluster() && cluster_has_its_own {
        checks.push(account(CLUSTER_ACCOUNT, text::CLUSTER_SUBSCRIPTION_TITLE, commands.on_cluster(show_account())));
    }
    if scenario.needs_registry() {
        let id = only(commands.registry(&["acr", "show"]), "id");
        checks.push(check(text::REGISTRY_TITLE, look(REGISTRY_ID, id), Must::BeGiven, text::REGISTRY_MISSING));
        checks.push(mended_by(
            check(text::sku_title(), look(SKU, only(commands.registry(&["acr", "show"]), "sku.name")), Must::Be(azure::SKU.into()), text::sku_wrong()),
            commands.registry(&["acr", "update"]).with("--sku", azure::SKU, explain::SKU),
        ));
    }
    if scenario.needs_cluster() {
        let (field, group) = commands.cluster_group();
        let show = Commands::az(&["connectedk8s", "show"], sources::CONNECTEDK8S).with_from(TextField::Cluster, "--name", CLUSTER, explain::CLUSTER).with_from(
            field,
            "--resource-group",
            group,
            explain::CLUSTER_GROUP,
        );
        checks.push(check(
            text::CONNECTED_TITLE,
            look(CONNECTIVITY, only(commands.on_cluster(show), "connectivityStatus")),
            Must::Be("Connected".into()),
            text::NOT_CONNECTED,
        ));
    }
    if tools.contains(&Program::Kubectl) && scenario.needs_cluster() {
        checks.push(check(text::KUBECTL_POINTS_TITLE, look(KUBECTL_CLUSTER, arc_name_in_cluster(commands)), Must::Be(CLUSTER.into()), text::KUBECTL_ELSEWHERE));
    }
    let rights = match (scenario.needs_registry(), scenario.needs_cluster()) {
        (true, true) => text::RIGHTS,
        (true, false) => text::REGISTRY_RIGHTS,
        (false, _) => text::CLUSTER_RIGHTS,
    };
    step("prerequisites", text::PREREQUISITES_TITLE, text::PREREQUISITES_WHY).checking(checks).noting(vec![note(rights, sources::ROLES)])
}

/// What the cluster that kubectl points at is called in Azure Arc; its agents keep it there (connectedk8s reads it too).
pub(super) fn arc_name_in_cluster(commands: &Commands) -> Command {
    commands
        .kubectl(&["get", "configmap", "azure-clusterconfig"])
        .with("--namespace", "azure-arc", explain::KUBE_NAMESPACE)
        .with("--request-timeout", "10s", explain::REQUEST_TIMEOUT)
        .with("--output", "jsonpath={.data.AZURE_RESOURCE_NAME}", explain::KUBE_OUTPUT)
}

pub(super) fn providers(commands: &Commands) -> Step {
    let providers = || azure::PROVIDERS.into_iter().zip(REGISTRATIONS);
    let provider = |subcommand: &'static [&'static str], namespace: &'static str| {
        commands.on_cluster(Commands::az(subcommand, sources::PROVIDER).with("--namespace", namespace, explain::NAMESPACE))
    };
    step("providers", text::PROVIDERS_TITLE, text::PROVIDERS_WHY)
        .checking(
            providers()
                .map(|(namespace, state)| {
                    // Not everybody may read it, and az itself only warns.
                    let command = only(provider(&["provider", "show"], namespace), "registrationState");
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
                    act: Act::Run(provider(&["provider", "register"], namespace).flag("--wait", explain::WAIT)),
                })
                .collect(),
        )
        .expects(text::PROVIDERS_EXPECT)
        .takes(text::PROVIDERS_TAKE)
}

/// The lines of `az … list` that name what exists.
pub(super) fn connected_registries(commands: &Commands) -> Check {
    let list = commands.in_registry(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY);
    check(text::CREATE_LOOK, look(CONNECTED_REGISTRIES, only(list, "[].name")), Must::Answer, text::CREATE_UNKNOWN)
}

/// The connected registry must be there.
pub(super) fn connected_registry_exists(commands: &Commands) -> Check {
    let list = connected_registries(commands);
    Check {
        title: text::EXISTS_TITLE.into(),
        must: Must::Include(CONNECTED_REGISTRY.into()),
        otherwise: Remedy { message: text::DOES_NOT_EXIST.into(), command: None },
        ..list
    }
}

/// The extensions of the cluster.
pub(super) fn extensions(commands: &Commands) -> Check {
    let list = only(commands.on_extensions(&["k8s-extension", "list"]), "[].name");
    check(text::EXTENSION_LOOK, look(EXTENSIONS, list), Must::Answer, text::EXTENSION_UNKNOWN)
}

/// The extension must be there.
pub(super) fn extension_exists(commands: &Commands) -> Check {
    Check {
        title: text::EXTENSION_EXISTS_TITLE.into(),
        must: Must::Include(EXTENSION.into()),
        otherwise: Remedy { message: text::EXTENSION_DOES_NOT_EXIST.into(), command: None },
        ..extensions(commands)
    }
}

/// No extension of this name is in the cluster.
pub(super) fn extension_absent() -> Condition {
    Condition::Absent { from: EXTENSIONS, name: EXTENSION.into() }
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
