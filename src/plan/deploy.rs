//! The first deployment: prerequisites, data endpoint, connected registry, protected settings, extension, verification.

use super::{
    Act, Action, Ask, Capture, Check, Command, Condition, File, Look, Must, Note, OnlyIf, Origin, Part, Place, Plan, Probe, Program, Remedy, Step, Text, Undo,
    Var, Variable, Word,
};
use crate::azure::{self, Source, sources};
use crate::choices::{Mode, SelectField, TextField};
use crate::scenario::{Certificate, Deploy, Scenario, Slot, Transport, Trust, Upgrade};
use crate::text::{explain, steps as text};

const REGISTRY: Var = Var("registry");
const RESOURCE_GROUP: Var = Var("resource_group");
const SUBSCRIPTION: Var = Var("subscription");
const CONNECTED_REGISTRY: Var = Var("connected_registry");
const CLUSTER: Var = Var("cluster");
const CLUSTER_RESOURCE_GROUP: Var = Var("cluster_resource_group");
const CLUSTER_SUBSCRIPTION: Var = Var("cluster_subscription");
const EXTENSION: Var = Var("extension");
const SERVICE_IP: Var = Var("service_ip");
const REPOSITORIES: Var = Var("repositories");
const KUBECTL_CONTEXT: Var = Var("kubectl_context");

const AZ_VERSION: Var = Var("azure_cli_version");
const K8S_EXTENSION_VERSION: Var = Var("k8s_extension_version");
const CONNECTEDK8S_VERSION: Var = Var("connectedk8s_version");
const ACCOUNT: Var = Var("account");
const CLUSTER_ACCOUNT: Var = Var("cluster_account");
const REGISTRY_ID: Var = Var("registry_id");
const SKU: Var = Var("sku");
const CONNECTIVITY: Var = Var("connectivity");
const DATA_ENDPOINT: Var = Var("data_endpoint");
const CONNECTED_REGISTRIES: Var = Var("connected_registries");
const TOKENS: Var = Var("tokens");
const SCOPE_MAPS: Var = Var("scope_maps");
const EXTENSIONS: Var = Var("extensions");
const KUBECTL_CLUSTER: Var = Var("kubectl_cluster");
const CONNECTION_STRING: Var = Var("connection_string");
const STATE: Var = Var("state");

/// Where the registration state of each resource provider is kept.
const REGISTRATIONS: [Var; 3] = [Var("kubernetes"), Var("kubernetes_configuration"), Var("extended_location")];

/// The name that the documentation uses too.
const SETTINGS_FILE: &str = "protected-settings-extension.json";

pub(super) fn plan(scenario: &Scenario, deploy: &Deploy) -> Plan {
    let commands = Commands { scenario };
    Plan {
        title: text::DEPLOY_TITLE.into(),
        summary: text::deploy_summary(),
        variables: variables(scenario, deploy),
        steps: vec![
            prerequisites(&commands),
            providers(&commands),
            data_endpoint(&commands),
            create(&commands, deploy),
            settings(&commands, deploy),
            extension(&commands, deploy),
            remove_settings(),
            verify(&commands),
        ],
        blockers: Vec::new(),
    }
}

fn variable<T>(name: Var, slot: &Slot<T>, show: impl Fn(&T) -> String) -> Variable {
    let part = match &slot.value {
        Some(value) => Part::Literal(show(value).into()),
        None => Part::Hole(slot.field),
    };
    Variable { name, words: vec![Word(vec![part])], list: false, origin: slot.field.into() }
}

fn variables(scenario: &Scenario, deploy: &Deploy) -> Vec<Variable> {
    let Scenario { registry, cluster, .. } = scenario;
    let mut variables = vec![
        variable(REGISTRY, &registry.name, |name| name.as_str().to_owned()),
        variable(RESOURCE_GROUP, &registry.resource_group, |name| name.as_str().to_owned()),
    ];
    if let Some(subscription) = &registry.subscription {
        variables.push(variable(SUBSCRIPTION, subscription, |name| name.as_str().to_owned()));
    }
    variables.push(variable(CONNECTED_REGISTRY, &scenario.name, |name| name.as_str().to_owned()));
    variables.push(Variable {
        name: REPOSITORIES,
        words: match &deploy.repositories.value {
            Some(repositories) => repositories.iter().map(|repository| Word::literal(repository.as_str().to_owned())).collect(),
            None => vec![Word(vec![Part::Hole(deploy.repositories.field)])],
        },
        list: true,
        origin: deploy.repositories.field.into(),
    });
    variables.push(variable(CLUSTER, &cluster.name, |name| name.as_str().to_owned()));
    if cluster.resource_group.field == TextField::ClusterResourceGroup {
        variables.push(variable(CLUSTER_RESOURCE_GROUP, &cluster.resource_group, |name| name.as_str().to_owned()));
    }
    if let Some(subscription) = cluster.subscription.as_ref().filter(|slot| slot.field == TextField::ClusterSubscription) {
        variables.push(variable(CLUSTER_SUBSCRIPTION, subscription, |name| name.as_str().to_owned()));
    }
    if let Some(context) = &cluster.context {
        variables.push(variable(KUBECTL_CONTEXT, context, |name| name.as_str().to_owned()));
    }
    variables.push(variable(EXTENSION, &scenario.extension, |name| name.as_str().to_owned()));
    variables.push(variable(SERVICE_IP, &deploy.ip, |ip| ip.as_str().to_owned()));
    variables
}

/// The beginnings that the commands of this scenario share.
struct Commands<'a> {
    scenario: &'a Scenario,
}

impl Commands<'_> {
    fn az(subcommand: &'static [&'static str], source: Source) -> Command {
        Command::new(Program::Az, subcommand, source)
    }

    /// In the registry's subscription.
    fn on_registry(&self, command: Command) -> Command {
        match &self.scenario.registry.subscription {
            Some(slot) => command.with_from(slot.field, "--subscription", SUBSCRIPTION, explain::SUBSCRIPTION),
            None => command,
        }
    }

    /// In the cluster's subscription.
    fn on_cluster(&self, command: Command) -> Command {
        match &self.scenario.cluster.subscription {
            Some(slot) if slot.field == TextField::ClusterSubscription => {
                command.with_from(slot.field, "--subscription", CLUSTER_SUBSCRIPTION, explain::SUBSCRIPTION)
            }
            Some(slot) => command.with_from(slot.field, "--subscription", SUBSCRIPTION, explain::SUBSCRIPTION),
            None => command,
        }
    }

    /// `az acr …` that names the registry by `--name`.
    fn registry(&self, subcommand: &'static [&'static str]) -> Command {
        self.on_registry(Self::az(subcommand, sources::ACR).with_from(TextField::Registry, "--name", REGISTRY, explain::REGISTRY).with_from(
            TextField::ResourceGroup,
            "--resource-group",
            RESOURCE_GROUP,
            explain::REGISTRY_GROUP,
        ))
    }

    /// `az acr connected-registry …`.
    fn connected_registry(&self, subcommand: &'static [&'static str]) -> Command {
        self.on_registry(
            Self::az(subcommand, sources::CONNECTED_REGISTRY)
                .with_from(TextField::Registry, "--registry", REGISTRY, explain::REGISTRY)
                .with_from(TextField::Name, "--name", CONNECTED_REGISTRY, explain::CONNECTED_REGISTRY)
                .with_from(TextField::ResourceGroup, "--resource-group", RESOURCE_GROUP, explain::REGISTRY_GROUP),
        )
    }

    /// The cluster's resource group: a variable of its own only where it is another one.
    fn cluster_group(&self) -> (TextField, Var) {
        match self.scenario.cluster.resource_group.field {
            TextField::ClusterResourceGroup => (TextField::ClusterResourceGroup, CLUSTER_RESOURCE_GROUP),
            field => (field, RESOURCE_GROUP),
        }
    }

    /// `az k8s-extension …` on the cluster.
    fn on_extensions(&self, subcommand: &'static [&'static str]) -> Command {
        let (field, group) = self.cluster_group();
        self.on_cluster(
            Self::az(subcommand, sources::K8S_EXTENSION)
                .with_from(TextField::Cluster, "--cluster-name", CLUSTER, explain::CLUSTER)
                .with("--cluster-type", azure::CLUSTER_TYPE, explain::CLUSTER_TYPE)
                .with_from(field, "--resource-group", group, explain::CLUSTER_GROUP),
        )
    }

    /// `az k8s-extension …` on this extension.
    fn extension(&self, subcommand: &'static [&'static str]) -> Command {
        self.on_extensions(subcommand).with_from(TextField::Extension, "--name", EXTENSION, explain::EXTENSION_NAME)
    }

    /// `kubectl …` on the cluster.
    fn kubectl(&self, subcommand: &'static [&'static str]) -> Command {
        let command = Command::new(Program::Kubectl, subcommand, sources::KUBECTL);
        match &self.scenario.cluster.context {
            Some(slot) => command.with_from(slot.field, "--context", KUBECTL_CONTEXT, explain::KUBE_CONTEXT),
            None => command,
        }
    }
}

/// One value, or one a line, without quotes.
fn only(command: Command, query: &'static str) -> Command {
    command.with("--query", query, explain::QUERY).with("--output", "tsv", explain::TSV)
}

fn look(into: Var, command: Command) -> Probe {
    Probe::Look(Look { into, command, may_fail: false })
}

fn step(id: &'static str, title: &'static str, why: &'static str) -> Step {
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

fn note(text: impl Into<Text>, source: Source) -> Note {
    Note { text: text.into(), source }
}

fn prerequisites(commands: &Commands) -> Step {
    let cli_extension = |into: Var, name: &'static str, query: &'static str, oldest: &'static str, title: String, missing: &'static str| Check {
        title: title.into(),
        probe: look(into, only(Commands::az(&["extension", "list"], sources::EXTENSION), query)),
        must: Must::BeAtLeast(oldest),
        otherwise: Remedy {
            message: missing.into(),
            command: Some(Commands::az(&["extension", "add"], sources::EXTENSION).flag("--upgrade", explain::UPGRADE).flag("--yes", explain::YES_ADD).with(
                "--name",
                name,
                explain::ADD_NAME,
            )),
        },
    };
    let mut checks = vec![
        Check {
            title: text::AZ_TITLE.into(),
            probe: Probe::Tool(Program::Az),
            must: Must::Answer,
            otherwise: Remedy { message: text::AZ_MISSING.into(), command: None },
        },
        Check {
            title: text::az_version_title().into(),
            // The name "azure-cli" would need double quotes in JMESPath, which not every shell can pass on; of the versions listed,
            // that of the CLI is the greatest (the others are those of its core, the same, and of its telemetry, 1.x).
            probe: look(AZ_VERSION, only(Commands::az(&["version"], sources::CLI), "max(values(@)[?type(@) == 'string'])")),
            must: Must::BeAtLeast(azure::OLDEST_AZURE_CLI),
            otherwise: Remedy { message: text::az_too_old().into(), command: None },
        },
        cli_extension(
            K8S_EXTENSION_VERSION,
            "k8s-extension",
            "[?name=='k8s-extension'].version",
            azure::OLDEST_K8S_EXTENSION,
            text::k8s_extension_title(),
            text::K8S_EXTENSION_MISSING,
        ),
        cli_extension(
            CONNECTEDK8S_VERSION,
            "connectedk8s",
            "[?name=='connectedk8s'].version",
            azure::OLDEST_CONNECTEDK8S,
            text::connectedk8s_title(),
            text::CONNECTEDK8S_MISSING,
        ),
        Check {
            title: text::LOGIN_TITLE.into(),
            probe: look(ACCOUNT, only(commands.on_registry(Commands::az(&["account", "show"], sources::ACCOUNT)), "id")),
            must: Must::BeGiven,
            otherwise: Remedy { message: text::LOGIN_MISSING.into(), command: Some(Commands::az(&["login"], sources::CLI)) },
        },
    ];
    if commands.scenario.cluster.subscription.as_ref().is_some_and(|slot| slot.field == TextField::ClusterSubscription) {
        checks.push(Check {
            title: text::CLUSTER_SUBSCRIPTION_TITLE.into(),
            probe: look(CLUSTER_ACCOUNT, only(commands.on_cluster(Commands::az(&["account", "show"], sources::ACCOUNT)), "id")),
            must: Must::BeGiven,
            otherwise: Remedy { message: text::LOGIN_MISSING.into(), command: Some(Commands::az(&["login"], sources::CLI)) },
        });
    }
    let (group_field, group) = commands.cluster_group();
    checks.extend([
        Check {
            title: text::REGISTRY_TITLE.into(),
            probe: look(REGISTRY_ID, only(commands.registry(&["acr", "show"]), "id")),
            must: Must::BeGiven,
            otherwise: Remedy { message: text::REGISTRY_MISSING.into(), command: None },
        },
        Check {
            title: text::sku_title().into(),
            probe: look(SKU, only(commands.registry(&["acr", "show"]), "sku.name")),
            must: Must::Be(azure::SKU.into()),
            otherwise: Remedy {
                message: text::sku_wrong().into(),
                command: Some(commands.registry(&["acr", "update"]).with("--sku", azure::SKU, explain::SKU)),
            },
        },
        Check {
            title: text::CONNECTED_TITLE.into(),
            probe: look(
                CONNECTIVITY,
                only(
                    commands.on_cluster(
                        Commands::az(&["connectedk8s", "show"], sources::CONNECTEDK8S)
                            .with_from(TextField::Cluster, "--name", CLUSTER, explain::CLUSTER)
                            .with_from(group_field, "--resource-group", group, explain::CLUSTER_GROUP),
                    ),
                    "connectivityStatus",
                ),
            ),
            must: Must::Be("Connected".into()),
            otherwise: Remedy { message: text::NOT_CONNECTED.into(), command: None },
        },
    ]);
    Step { checks, notes: vec![note(text::RIGHTS, sources::ROLES)], ..step("prerequisites", text::PREREQUISITES_TITLE, text::PREREQUISITES_WHY) }
}

fn providers(commands: &Commands) -> Step {
    let providers = || azure::PROVIDERS.into_iter().zip(REGISTRATIONS);
    let provider = |subcommand: &'static [&'static str], namespace: &'static str| {
        commands.on_cluster(Commands::az(subcommand, sources::PROVIDER).with("--namespace", namespace, explain::NAMESPACE))
    };
    Step {
        checks: providers()
            .map(|(namespace, state)| Check {
                title: text::provider_title(namespace).into(),
                // Not everybody may read it, and az itself only warns.
                probe: Probe::Look(Look { into: state, command: only(provider(&["provider", "show"], namespace), "registrationState"), may_fail: true }),
                must: Must::Answer,
                otherwise: Remedy::default(),
            })
            .collect(),
        actions: providers()
            .map(|(namespace, state)| Action {
                only_if: Some(Condition::All(vec![
                    Condition::IsNot { answer: state, value: "".into() },
                    Condition::IsNot { answer: state, value: "Registered".into() },
                ])),
                act: Act::Run(provider(&["provider", "register"], namespace).flag("--wait", explain::WAIT)),
            })
            .collect(),
        expect: Some(text::PROVIDERS_EXPECT.into()),
        takes: Some(text::PROVIDERS_TAKE.into()),
        ..step("providers", text::PROVIDERS_TITLE, text::PROVIDERS_WHY)
    }
}

fn data_endpoint(commands: &Commands) -> Step {
    let off = Condition::IsNot { answer: DATA_ENDPOINT, value: "true".into() };
    let set = |value: &'static str| commands.registry(&["acr", "update"]).with("--data-endpoint-enabled", value, explain::DATA_ENDPOINT);
    Step {
        checks: vec![Check {
            title: text::ENDPOINT_LOOK.into(),
            probe: look(DATA_ENDPOINT, only(commands.registry(&["acr", "show"]), "dataEndpointEnabled")),
            must: Must::BeGiven,
            otherwise: Remedy { message: text::ENDPOINT_UNKNOWN.into(), command: None },
        }],
        only_if: Some(OnlyIf { condition: off.clone(), words: text::ENDPOINT_ONLY_IF.into(), otherwise: text::ENDPOINT_OTHERWISE.into() }),
        asks: vec![Ask { condition: off, question: text::ENDPOINT_ASK.into() }],
        actions: vec![Act::Run(set("true")).into()],
        expect: Some(text::ENDPOINT_EXPECT.into()),
        takes: Some(text::ENDPOINT_TAKES.into()),
        undo: Some(Undo { command: set("false"), warning: text::ENDPOINT_UNDO_WARNING.into() }),
        warnings: vec![text::ENDPOINT_WARNING.into()],
        notes: vec![note(text::ENDPOINT_FIREWALL, sources::DATA_ENDPOINT), note(text::ENDPOINT_NOTE, sources::QUICKSTART)],
        ..step("data-endpoint", text::ENDPOINT_TITLE, text::ENDPOINT_WHY)
    }
}

/// What the registry has that creating a connected registry would overwrite.
fn names_taken(commands: &Commands, into: Var, list: &'static [&'static str], title: &'static str) -> Check {
    let list = Commands::az(list, sources::ACR).with_from(TextField::Registry, "--registry", REGISTRY, explain::REGISTRY).with_from(
        TextField::ResourceGroup,
        "--resource-group",
        RESOURCE_GROUP,
        explain::REGISTRY_GROUP,
    );
    Check {
        title: title.into(),
        probe: look(into, only(commands.on_registry(list), "[].name")),
        must: Must::Answer,
        otherwise: Remedy { message: text::NAMES_UNKNOWN.into(), command: None },
    }
}

fn create(commands: &Commands, deploy: &Deploy) -> Step {
    let mode = match deploy.mode {
        Mode::ReadOnly => "ReadOnly",
        Mode::ReadWrite => "ReadWrite",
    };
    Step {
        checks: vec![
            Check {
                title: text::CREATE_LOOK.into(),
                probe: look(
                    CONNECTED_REGISTRIES,
                    only(
                        commands.on_registry(
                            Commands::az(&["acr", "connected-registry", "list"], sources::CONNECTED_REGISTRY)
                                .with_from(TextField::Registry, "--registry", REGISTRY, explain::REGISTRY)
                                .with_from(TextField::ResourceGroup, "--resource-group", RESOURCE_GROUP, explain::REGISTRY_GROUP),
                        ),
                        "[].name",
                    ),
                ),
                must: Must::Answer,
                otherwise: Remedy { message: text::CREATE_UNKNOWN.into(), command: None },
            },
            names_taken(commands, TOKENS, &["acr", "token", "list"], text::TOKENS_LOOK),
            names_taken(commands, SCOPE_MAPS, &["acr", "scope-map", "list"], text::SCOPE_MAPS_LOOK),
        ],
        asks: vec![
            Ask {
                condition: Condition::All(vec![connected_registry_absent(), Condition::Present { from: EXTENSIONS, name: EXTENSION.into() }]),
                question: text::FOREIGN_EXTENSION_ASK.into(),
            },
            Ask {
                condition: Condition::All(vec![connected_registry_absent(), Condition::Present { from: TOKENS, name: CONNECTED_REGISTRY.into() }]),
                question: text::TOKEN_ASK.into(),
            },
            Ask {
                condition: Condition::All(vec![connected_registry_absent(), Condition::Present { from: SCOPE_MAPS, name: CONNECTED_REGISTRY.into() }]),
                question: text::SCOPE_MAP_ASK.into(),
            },
        ],
        only_if: Some(OnlyIf { condition: connected_registry_absent(), words: text::CREATE_ONLY_IF.into(), otherwise: text::CREATE_OTHERWISE.into() }),
        actions: vec![
            Act::Run(
                commands
                    .connected_registry(&["acr", "connected-registry", "create"])
                    .with_each(TextField::Repositories, "--repository", REPOSITORIES, explain::REPOSITORY)
                    .with_from(Origin::Field(SelectField::Mode.into()), "--mode", mode, explain::MODE)
                    .flag("--yes", explain::YES_CREATE),
            )
            .into(),
        ],
        expect: Some(text::CREATE_EXPECT.into()),
        undo: Some(Undo {
            command: commands
                .connected_registry(&["acr", "connected-registry", "delete"])
                .flag("--cleanup", explain::CLEANUP)
                .flag("--yes", explain::DELETE_YES),
            warning: text::CREATE_UNDO_WARNING.into(),
        }),
        warnings: vec![text::CREATE_WARNING.into()],
        notes: vec![note(text::CREATE_NOTE, sources::QUICKSTART)],
        ..step("create", text::CREATE_TITLE, text::CREATE_WHY)
    }
}

/// The registry has no connected registry of this name.
fn connected_registry_absent() -> Condition {
    Condition::Absent { from: CONNECTED_REGISTRIES, name: CONNECTED_REGISTRY.into() }
}

/// No extension of this name is in the cluster.
fn extension_absent() -> Condition {
    Condition::Absent { from: EXTENSIONS, name: EXTENSION.into() }
}

fn settings(commands: &Commands, deploy: &Deploy) -> Step {
    let password = deploy.password.word();
    Step {
        checks: vec![Check {
            title: text::EXTENSION_LOOK.into(),
            probe: look(EXTENSIONS, only(commands.on_extensions(&["k8s-extension", "list"]), "[].name")),
            must: Must::Answer,
            otherwise: Remedy { message: text::EXTENSION_UNKNOWN.into(), command: None },
        }],
        only_if: Some(OnlyIf { condition: extension_absent(), words: text::EXTENSION_ONLY_IF.into(), otherwise: text::SETTINGS_OTHERWISE.into() }),
        asks: vec![Ask {
            condition: Condition::All(vec![extension_absent(), Condition::Present { from: CONNECTED_REGISTRIES, name: CONNECTED_REGISTRY.into() }]),
            question: text::password_ask(password).into(),
        }],
        actions: vec![
            Act::Capture(Capture {
                into: CONNECTION_STRING,
                command: commands
                    .connected_registry(&["acr", "connected-registry", "get-settings"])
                    .with("--parent-protocol", "https", explain::PARENT_PROTOCOL)
                    .with_from(Origin::Field(SelectField::Slot.into()), "--generate-password", password, explain::GENERATE_PASSWORD)
                    .with("--query", "ACR_REGISTRY_CONNECTION_STRING", explain::QUERY_CONNECTION)
                    .with("--output", "tsv", explain::TSV)
                    .flag("--yes", explain::YES_PASSWORD),
                begins_with: "ConnectedRegistryName=",
                without: &['"', '\\', '<'],
                otherwise: text::SETTINGS_BAD.into(),
            })
            .into(),
            Act::Write(File {
                path: SETTINGS_FILE.into(),
                private: true,
                lines: protected_settings(&[("connectionString", Word(vec![Part::Captured(CONNECTION_STRING)]))]),
            })
            .into(),
        ],
        expect: Some(text::SETTINGS_EXPECT.into()),
        takes: Some(text::SETTINGS_TAKES.into()),
        warnings: vec![text::password_warning(password).into(), text::SETTINGS_REPLACES.into()],
        notes: vec![note(text::SETTINGS_NOTE, sources::QUICKSTART)],
        ..step("protected-settings", text::SETTINGS_TITLE, text::SETTINGS_WHY)
    }
}

/// The lines of the protected-settings file: one flat object of strings, whose keys have dots in them.
///
/// The CLI sends a nested object as text that the extension cannot read, and refuses anything that is not JSON (tried with azure-cli 2.91.0).
/// A value is captured text that was checked to need no escape.
fn protected_settings(entries: &[(&'static str, Word)]) -> Vec<Word> {
    let mut lines = vec![Word::literal("{")];
    for (index, (key, value)) in entries.iter().enumerate() {
        let mut line = Word::literal(format!("  \"{key}\": \""));
        line.0.extend(value.0.iter().cloned());
        lines.push(line.then(Part::Literal(if index + 1 < entries.len() { "\",".into() } else { "\"".into() })));
    }
    lines.push(Word::literal("}"));
    lines
}

fn extension(commands: &Commands, deploy: &Deploy) -> Step {
    let mut command = commands.extension(&["k8s-extension", "create"]).with("--extension-type", azure::EXTENSION_TYPE, explain::EXTENSION_TYPE).with_from(
        TextField::Ip,
        "--config",
        Word(vec![Part::Literal("service.clusterIP=".into()), Part::Variable(SERVICE_IP)]),
        explain::CLUSTER_IP,
    );
    let Transport::Https { certificate, trust } = deploy.transport;
    let from_tls = Origin::Field(SelectField::Tls.into());
    command = match trust {
        Trust::EveryNode => command.with_from(Origin::Field(SelectField::Trust.into()), "--config", "trustDistribution.enabled=true", explain::TRUST),
    };
    command = match certificate {
        Certificate::InstalledCertManager => command.with_from(from_tls, "--config", "cert-manager.enabled=true", explain::CERT_MANAGER_ENABLED).with_from(
            from_tls,
            "--config",
            "cert-manager.install=true",
            explain::CERT_MANAGER_INSTALL,
        ),
    };
    command = command.with("--config-protected-file", SETTINGS_FILE, explain::PROTECTED_FILE);
    command = match deploy.upgrade {
        Upgrade::Automatic => command.with_from(Origin::Field(SelectField::Upgrade.into()), "--auto-upgrade-minor-version", "true", explain::AUTO_UPGRADE),
    };
    Step {
        only_if: Some(OnlyIf { condition: extension_absent(), words: text::EXTENSION_ONLY_IF.into(), otherwise: text::EXTENSION_OTHERWISE.into() }),
        actions: vec![Act::Run(command).into()],
        expect: Some(text::EXTENSION_EXPECT.into()),
        takes: Some(text::EXTENSION_TAKES.into()),
        undo: Some(Undo {
            command: commands.extension(&["k8s-extension", "delete"]).flag("--yes", explain::DELETE_YES),
            warning: text::EXTENSION_UNDO_WARNING.into(),
        }),
        warnings: vec![text::CERT_MANAGER_WARNING.into(), text::TRUST_WARNING.into(), text::STORAGE_WARNING.into()],
        notes: vec![note(text::EXTENSION_NOTE, sources::QUICKSTART), note(text::UPGRADE_NOTE, sources::K8S_EXTENSION)],
        ..step("extension", text::EXTENSION_TITLE, text::EXTENSION_WHY)
    }
}

fn remove_settings() -> Step {
    Step {
        actions: vec![Act::Remove(SETTINGS_FILE.into()).into()],
        expect: Some(text::REMOVE_EXPECT.into()),
        ..step("remove-settings", text::REMOVE_TITLE, text::REMOVE_WHY)
    }
}

fn verify(commands: &Commands) -> Step {
    let kubectl_is_ready = Condition::Is { answer: KUBECTL_CLUSTER, value: CLUSTER.into() };
    Step {
        checks: vec![Check {
            title: text::KUBECTL_TITLE.into(),
            probe: Probe::Look(Look {
                into: KUBECTL_CLUSTER,
                command: commands
                    .kubectl(&["get", "configmap", "azure-clusterconfig"])
                    .with("--namespace", "azure-arc", explain::KUBE_NAMESPACE)
                    .with("--request-timeout", "10s", explain::REQUEST_TIMEOUT)
                    .with("--output", "jsonpath={.data.AZURE_RESOURCE_NAME}", explain::KUBE_OUTPUT),
                may_fail: true,
            }),
            must: Must::Answer,
            otherwise: Remedy::default(),
        }],
        actions: vec![
            Act::Confirm(Check {
                title: text::VERIFY_STATE.into(),
                probe: look(STATE, only(commands.extension(&["k8s-extension", "show"]), "provisioningState")),
                must: Must::Be("Succeeded".into()),
                otherwise: Remedy { message: text::VERIFY_STATE_BAD.into(), command: Some(commands.extension(&["k8s-extension", "show"])) },
            })
            .into(),
            Act::Run(commands.connected_registry(&["acr", "connected-registry", "show"]).with("--output", "table", explain::TABLE)).into(),
            Action {
                only_if: Some(kubectl_is_ready),
                act: Act::Show(commands.kubectl(&["get", "pods"]).with("--namespace", azure::NAMESPACE, explain::KUBE_NAMESPACE)),
            },
        ],
        expect: Some(text::VERIFY_EXPECT.into()),
        notes: vec![note(text::VERIFY_HELP, sources::TROUBLESHOOTING), note(text::VERIFY_NOTE, sources::QUICKSTART)],
        ..step("verify", text::VERIFY_TITLE, text::VERIFY_WHY)
    }
}
