//! Steps on the cluster's side: the protected settings, the extension, and whether it works.

use super::checks::*;
use super::names::*;
use super::{
    Act, Action, Ask, Capture, Check, Command, Condition, Encoding, File, Must, Origin, Part,
    Remedy, Step, Text, Word,
};
use crate::azure::{self, sources};
use crate::choices::{SelectField, TextField, Trust};
use crate::scenario::{Certificate, Install, Password, Transport, Upgrade};
use crate::text::explain::Meaning;
use crate::text::{explain, steps as text};

/// The name that the documentation uses too.
/// The file of the protected settings, in the folder where the commands run.
pub const SETTINGS_FILE: &str = "protected-settings-extension.json";

/// When the protected settings are written, and what is asked before.
pub(super) enum Occasion {
    /// The extension is not there yet.
    First,
    /// The connected registry was deployed before; always asked.
    Again(&'static str),
}

/// Fetches the connection string and writes the whole protected settings: it is not certain that
/// the service keeps what is left out.
#[inline(never)]
pub(super) fn settings(
    commands: &Commands,
    transport: &Transport,
    password: Password,
    occasion: &Occasion,
) -> Step {
    let number = password.number();
    let get = commands
        .connected_registry(&["acr", "connected-registry", "get-settings"])
        .with("--parent-protocol", "https", explain::PARENT_PROTOCOL)
        .with_from(
            Origin::Field(SelectField::Slot.into()),
            "--generate-password",
            number,
            explain::GENERATE_PASSWORD,
        )
        .with("--query", "ACR_REGISTRY_CONNECTION_STRING", explain::QUERY_CONNECTION)
        .with("--output", "tsv", explain::TSV)
        .flag("--yes", explain::YES_PASSWORD);
    let mut entries = vec![("connectionString", Word(vec![Part::Captured(CONNECTION_STRING)]))];
    if let Transport::Https { certificate, .. } = transport {
        match certificate {
            Certificate::InstalledCertManager | Certificate::OwnCertManager => {}
            Certificate::Secret { .. } => entries.push(("tls.secret", TLS_SECRET.into())),
            Certificate::Files(_) => {
                let contents =
                    |path| Word(vec![Part::Contents { path, encoding: Encoding::Base64 }]);
                entries.extend([
                    ("tls.crt", contents(TLS_CERTIFICATE)),
                    ("tls.key", contents(TLS_KEY)),
                    ("tls.cacrt", contents(TLS_CA)),
                ]);
            }
        }
    }
    let flat = entries.len() > 1;
    let capture = Capture {
        into: CONNECTION_STRING,
        command: get,
        begins_with: "ConnectedRegistryName=",
        without: &['"', '\\', '<'],
        otherwise: text::SETTINGS_BAD.into(),
    };
    let file =
        File { path: SETTINGS_FILE.into(), private: true, lines: protected_settings(&entries) };
    let mut notes = vec![note(text::SETTINGS_NOTE, sources::QUICKSTART)];
    if flat {
        notes.push(note(text::FLAT_KEYS_NOTE, sources::TUTORIAL));
    }
    let (checks, only_if, asks): (_, _, Vec<Ask>) = match occasion {
        Occasion::First => (
            extensions(commands),
            only_if(extension_absent(), text::EXTENSION_ONLY_IF, text::SETTINGS_OTHERWISE),
            vec![
                ask_about_others(),
                Ask {
                    condition: Some(Condition::All(vec![
                        extension_absent(),
                        connected_registry_present(),
                    ])),
                    question: text::password_ask(number).into(),
                },
            ],
        ),
        Occasion::Again(question) => (Vec::new(), None, vec![ask(None, question)]),
    };
    step("protected-settings", text::SETTINGS_TITLE, text::SETTINGS_WHY)
        .checking(checks)
        .only_if(only_if)
        .asking(asks)
        .doing(vec![Act::Capture(capture).into(), Act::Write(file).into()])
        .expects(text::SETTINGS_EXPECT)
        .takes(text::SETTINGS_TAKES)
        .warning(vec![text::password_warning(number).into(), text::SETTINGS_REPLACES.into()])
        .noting(notes)
}

/// The lines of the protected-settings file: one flat object of strings, whose keys have dots in
/// them.
///
/// A nested object does not arrive under such keys, and anything that is not JSON is refused
/// (experiments with azure-cli 2.91.0 and k8s-extension 1.6 to 1.9). The values need no escape:
/// captured text was checked, names and base64 have no special character.
#[inline(never)]
fn protected_settings(entries: &[(&'static str, Word)]) -> Vec<Word> {
    let mut lines = vec![Word::literal("{")];
    for (index, (key, value)) in entries.iter().enumerate() {
        let mut line = Word::literal(format!("  \"{key}\": \""));
        line.0.extend(value.0.iter().cloned());
        lines.push(line.then(Part::Literal(if index + 1 < entries.len() {
            "\",".into()
        } else {
            "\"".into()
        })));
    }
    lines.push(Word::literal("}"));
    lines
}

/// The configuration settings that a transport needs, with where each comes from and what it does.
#[inline(never)]
fn transport_settings(transport: &Transport) -> Vec<(SelectField, &'static str, &'static Meaning)> {
    let (tls, trusts) = (SelectField::Tls, SelectField::Trust);
    match transport {
        Transport::Http => vec![
            (tls, "httpEnabled=true", explain::HTTP_ENABLED),
            (tls, "trustDistribution.enabled=false", explain::NO_TRUST),
            (tls, "cert-manager.enabled=false", explain::CERT_MANAGER_DISABLED),
            (tls, "cert-manager.install=false", explain::CERT_MANAGER_NOT_INSTALLED),
        ],
        Transport::Https { certificate, trust } => {
            let mut settings = match trust {
                Trust::Nodes => vec![(trusts, "trustDistribution.enabled=true", explain::TRUST)],
                Trust::LabelledNodes => vec![
                    (trusts, "trustDistribution.enabled=true", explain::TRUST_SOME),
                    (trusts, "trustDistribution.useNodeSelector=true", explain::NODE_SELECTOR),
                ],
                Trust::Own => vec![(trusts, "trustDistribution.enabled=false", explain::NO_TRUST)],
            };
            settings.extend(match certificate {
                Certificate::InstalledCertManager => [
                    (tls, "cert-manager.enabled=true", explain::CERT_MANAGER_ENABLED),
                    (tls, "cert-manager.install=true", explain::CERT_MANAGER_INSTALL),
                ],
                Certificate::OwnCertManager => [
                    (tls, "cert-manager.enabled=true", explain::CERT_MANAGER_ENABLED),
                    (tls, "cert-manager.install=false", explain::CERT_MANAGER_NOT_INSTALLED),
                ],
                Certificate::Secret { .. } | Certificate::Files(_) => [
                    (tls, "cert-manager.enabled=false", explain::CERT_MANAGER_DISABLED),
                    (tls, "cert-manager.install=false", explain::CERT_MANAGER_NOT_INSTALLED),
                ],
            });
            settings
        }
    }
}

#[inline(never)]
fn kept_up_to_date(command: Command, upgrade: &Upgrade) -> Command {
    let origin = Origin::Field(SelectField::Upgrade.into());
    let (command, train) = match upgrade {
        Upgrade::Automatic { train } => (
            command.with_from(
                origin,
                "--auto-upgrade-minor-version",
                "true",
                explain::AUTO_UPGRADE,
            ),
            train,
        ),
        Upgrade::Pinned { train, .. } => (
            command
                .with_from(
                    origin,
                    "--auto-upgrade-minor-version",
                    "false",
                    explain::NO_AUTO_UPGRADE,
                )
                .with_from(TextField::Version, "--version", EXTENSION_VERSION, explain::VERSION),
            train,
        ),
    };
    match train {
        Some(_) => {
            command.with_from(TextField::Train, "--release-train", RELEASE_TRAIN, explain::TRAIN)
        }
        None => command,
    }
}

#[inline(never)]
pub(super) fn install(commands: &Commands, install: &Install) -> Step {
    let mut command = commands
        .extension(&["k8s-extension", "create"])
        .with("--extension-type", azure::EXTENSION_TYPE, explain::EXTENSION_TYPE)
        .with_from(
            TextField::Ip,
            "--config",
            prefixed("service.clusterIP=", SERVICE_IP),
            explain::CLUSTER_IP,
        );
    if install.storage_class.is_some() {
        command = command.with_from(
            TextField::StorageClass,
            "--config",
            prefixed("pvc.storageClassName=", STORAGE_CLASS),
            explain::STORAGE_CLASS,
        );
    }
    if install.storage_request.is_some() {
        command = command.with_from(
            TextField::StorageRequest,
            "--config",
            prefixed("pvc.storageRequest=", STORAGE_REQUEST),
            explain::STORAGE_REQUEST,
        );
    }
    let settings = transport_settings(&install.transport);
    if install.keys_of_2024 {
        for setting in azure::keys_of_2024(settings.iter().map(|(_, setting, _)| *setting)) {
            command = command.with_from(
                Origin::Field(SelectField::Keys.into()),
                "--config",
                setting,
                explain::KEYS_OF_2024,
            );
        }
    }
    for (field, setting, explanation) in settings {
        command = command.with_from(Origin::Field(field.into()), "--config", setting, explanation);
    }
    command = kept_up_to_date(
        command.with("--config-protected-file", SETTINGS_FILE, explain::PROTECTED_FILE),
        &install.upgrade,
    );

    let mut warnings: Vec<Text> = Vec::new();
    let mut notes = vec![
        note(text::UPGRADE_NOTE, sources::K8S_EXTENSION),
        note(text::COMMAND_NOTE, sources::QUICKSTART),
    ];
    let mut asks = Vec::new();
    match &install.transport {
        Transport::Http => {
            warnings.push(text::HTTP_WARNING.into());
            notes.push(note(text::HTTP_NOTE, sources::HTTP));
            asks.push(ask(Some(extension_absent()), text::HTTP_ASK));
        }
        Transport::Https { certificate, trust } => {
            match certificate {
                Certificate::InstalledCertManager => {
                    warnings.push(text::CERT_MANAGER_WARNING.into())
                }
                Certificate::OwnCertManager => {
                    notes.push(note(text::OWN_CERT_MANAGER_NOTE, sources::TUTORIAL))
                }
                Certificate::Secret { .. } | Certificate::Files(_) => {}
            }
            warnings.push(match trust {
                Trust::Nodes | Trust::LabelledNodes => text::TRUST_WARNING.into(),
                Trust::Own => text::OWN_TRUST_WARNING.into(),
            });
            notes.push(match (certificate, trust) {
                (Certificate::InstalledCertManager, Trust::Nodes) => {
                    note(text::WRITTEN_OUT_NOTE, sources::QUICKSTART)
                }
                (_, Trust::Own) => note(text::OWN_TRUST_NOTE, sources::QUICKSTART),
                _ => note(text::NODE_SELECTOR_NOTE, sources::QUICKSTART),
            });
        }
    }
    if install.storage_request.is_none() {
        warnings.push(text::STORAGE_WARNING.into());
    }
    if install.keys_of_2024 {
        warnings.push(text::KEYS_OF_2024_WARNING.into());
    }
    step("extension", text::EXTENSION_TITLE, text::EXTENSION_WHY)
        .only_if(only_if(extension_absent(), text::EXTENSION_ONLY_IF, text::EXTENSION_OTHERWISE))
        .asking(asks)
        .doing(vec![Act::Run(command).into()])
        .expects(text::EXTENSION_EXPECT)
        .takes(text::EXTENSION_TAKES)
        .undone_by(delete_command(commands), text::EXTENSION_UNDO_WARNING)
        .warning(warnings)
        .noting(notes)
}

#[inline(never)]
pub(super) fn update_settings(commands: &Commands) -> Step {
    let update = commands
        .extension(&["k8s-extension", "update"])
        .with("--config-protected-file", SETTINGS_FILE, explain::PROTECTED_FILE)
        .flag("--yes", explain::YES_UPDATE);
    step("update-extension", text::UPDATE_SETTINGS_TITLE, text::UPDATE_SETTINGS_WHY)
        .doing(vec![Act::Run(update).into()])
        .expects(text::EXTENSION_EXPECT)
        .takes(text::UPDATE_TAKES)
        .noting(vec![note(text::WHOLE_FILE_NOTE, sources::TROUBLESHOOTING)])
}

/// Lists the versions that exist.
#[inline(never)]
pub(super) fn versions(commands: &Commands, train: bool) -> Command {
    let command = commands
        .on_extensions(&["k8s-extension", "extension-types", "list-versions-by-cluster"])
        .with("--extension-type", azure::EXTENSION_TYPE, explain::EXTENSION_TYPE);
    let command = match train {
        true => {
            command.with_from(TextField::Train, "--release-train", RELEASE_TRAIN, explain::TRAIN)
        }
        false => command,
    };
    command.with("--output", "table", explain::TABLE)
}

#[inline(never)]
pub(super) fn upgrade(commands: &Commands, upgrade: &Upgrade) -> Step {
    let show = |into, query, title: &'static str| {
        check(
            title,
            look(into, only(commands.extension(&["k8s-extension", "show"]), query)),
            Must::Answer,
            text::EXTENSION_UNREADABLE,
        )
    };
    let mut checks = vec![
        extension_exists(commands),
        show(AUTO_UPGRADE, "autoUpgradeMinorVersion", text::AUTO_UPGRADE_LOOK),
    ];
    let is = |answer, value| Condition::Is { answer, value };
    let (mut same, title, why, question, mut notes, train) = match upgrade {
        Upgrade::Automatic { train } => (
            vec![is(AUTO_UPGRADE, "true".into())],
            text::AUTO_UPGRADE_TITLE,
            text::AUTO_UPGRADE_WHY,
            text::AUTO_UPGRADE_ASK,
            vec![note(text::AUTO_UPGRADE_NOTE, sources::UPGRADE_TUTORIAL)],
            train,
        ),
        Upgrade::Pinned { train, .. } => {
            // What is installed, not what was asked for: that differs where an upgrade failed.
            checks.push(show(INSTALLED_VERSION, "currentVersion", text::VERSION_LOOK));
            checks.push(shown(text::VERSIONS_TITLE, versions(commands, train.is_some())));
            let told = match commands.scenario.rolls_back {
                true => vec![
                    note(text::PIN_NOTE, sources::UPGRADE_TUTORIAL),
                    note(text::ROLLBACK_NOTE, sources::UPGRADE_TUTORIAL),
                ],
                false => vec![note(text::MANUAL_NOTE, sources::UPGRADE_TUTORIAL)],
            };
            (
                vec![
                    is(AUTO_UPGRADE, "false".into()),
                    is(INSTALLED_VERSION, EXTENSION_VERSION.into()),
                ],
                text::pin_title(commands.scenario.rolls_back),
                text::PIN_WHY,
                text::PIN_ASK,
                told,
                train,
            )
        }
    };
    if train.is_some() {
        checks.push(show(CURRENT_TRAIN, "releaseTrain", text::TRAIN_LOOK));
        same.push(is(CURRENT_TRAIN, RELEASE_TRAIN.into()));
    }
    notes.push(note(text::BROKEN_NOTE, sources::QUICKSTART));
    if matches!(upgrade, Upgrade::Pinned { .. }) {
        notes.push(note(text::VERSIONS_NOTE, sources::UPGRADE_TUTORIAL));
    }
    let changes = Condition::Not(Box::new(Condition::All(same)));
    let command = kept_up_to_date(commands.extension(&["k8s-extension", "update"]), upgrade)
        .flag("--yes", explain::YES_UPGRADE);
    step("upgrade", title, why)
        .checking(checks)
        .asking(vec![ask(Some(changes.clone()), question)])
        .only_if(only_if(changes, text::UPGRADE_ONLY_IF, text::UPGRADE_OTHERWISE))
        .doing(vec![Act::Run(command).into()])
        .expects(text::EXTENSION_EXPECT)
        .takes(text::UPDATE_TAKES)
        .noting(notes)
}

/// Removes the protected settings; `written` says when there are any.
#[inline(never)]
pub(super) fn remove_settings(written: Option<Condition>) -> Step {
    step("remove-settings", text::REMOVE_TITLE, text::REMOVE_WHY)
        .only_if(
            written
                .and_then(|written| only_if(written, text::REMOVE_ONLY_IF, text::REMOVE_OTHERWISE)),
        )
        .doing(vec![Act::Remove(SETTINGS_FILE.into()).into()])
        .expects(text::NO_OUTPUT)
}

#[inline(never)]
fn delete_command(commands: &Commands) -> Command {
    commands.extension(&["k8s-extension", "delete"]).flag("--yes", explain::DELETE_YES)
}

/// For a redeployment, where the cluster's extensions were listed before.
#[inline(never)]
pub(super) fn delete(commands: &Commands) -> Step {
    step("delete-extension", text::DELETE_EXTENSION_TITLE, text::DELETE_EXTENSION_WHY)
        .only_if(only_if(
            extension_present(),
            text::DELETE_EXTENSION_ONLY_IF,
            text::DELETE_EXTENSION_OTHERWISE,
        ))
        .doing(vec![Act::Run(delete_command(commands)).into()])
        .expects(text::NO_OUTPUT)
        .takes(text::UPDATE_TAKES)
        .warning(vec![text::DELETE_EXTENSION_WARNING.into()])
        .noting(vec![note(text::DELETE_EXTENSION_NOTE, sources::QUICKSTART)])
}

/// The extension is there, and the cluster is connected, so that it can be removed.
pub(super) fn within_reach() -> Condition {
    Condition::All(vec![
        extension_present(),
        Condition::Is { answer: CONNECTIVITY, value: "Connected".into() },
    ])
}

/// The same to clean up, where it may be that the cluster does not answer, or that another
/// extension is meant.
#[inline(never)]
pub(super) fn delete_for_good(commands: &Commands) -> Step {
    let is_called_otherwise = Condition::All(vec![
        connected_registry_present(),
        extension_absent(),
        Condition::IsNot { answer: EXTENSIONS, value: "".into() },
    ]);
    let is_out_of_reach = Condition::All(vec![
        connected_registry_present(),
        extension_present(),
        Condition::IsNot { answer: CONNECTIVITY, value: "Connected".into() },
    ]);
    let list = mended_by(connected_extensions_shown(commands), super::registry::delete(commands));
    let step = delete(commands);
    let note = note(text::FORCE_NOTE, sources::K8S_EXTENSION);
    Step { notes: [step.notes.as_slice(), &[note]].concat(), ..step }
        .checking(vec![Check {
            otherwise: Remedy { message: text::EXTENSIONS_LOST.into(), ..list.otherwise },
            ..list
        }])
        .asking(vec![
            ask(Some(is_called_otherwise), text::CALLED_OTHERWISE_ASK),
            ask(Some(is_out_of_reach), text::OUT_OF_REACH_ASK),
        ])
        .only_if(only_if(within_reach(), text::CLEAN_UP_ONLY_IF, text::CLEAN_UP_OTHERWISE))
}

/// That the extension is installed; `failed` says what to do where that failed.
#[inline(never)]
fn installed(commands: &Commands, failed: &'static str) -> Check {
    Check {
        title: text::VERIFY_STATE.into(),
        probe: look(
            STATE,
            only(commands.extension(&["k8s-extension", "show"]), "provisioningState"),
        ),
        must: Must::Be("Succeeded".into()),
        otherwise: Remedy {
            message: [text::VERIFY_STATE_BAD, failed, text::VERIFY_MESSAGES].concat().into(),
            command: Some(commands.extension(&["k8s-extension", "show"])),
        },
    }
}

/// What is known of kubectl.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kubectl {
    /// Earlier checks made sure that it points at the cluster.
    Sure,
    /// It was looked at.
    LookedAt,
    /// Nothing.
    Unknown,
}

/// Looks at what came of it; at the pods only if kubectl is ready. `failed` says what to do where
/// the extension could not be installed.
#[inline(never)]
pub(super) fn verify(commands: &Commands, kubectl: Kubectl, failed: &'static str) -> Step {
    let mut checks = Vec::new();
    let mut actions = vec![Act::Confirm(installed(commands, failed)).into()];
    if commands.scenario.needs_registry() {
        let show = commands.connected_registry(&["acr", "connected-registry", "show"]).with(
            "--output",
            "table",
            explain::TABLE,
        );
        actions.push(Act::Run(show).into());
    }
    if kubectl == Kubectl::Unknown {
        checks.push(look_if_possible(
            text::KUBECTL_TITLE.into(),
            KUBECTL_CLUSTER,
            arc_name_in_cluster(commands),
        ));
    }
    actions.push(Action {
        only_if: (kubectl != Kubectl::Sure).then(|| kubectl_points(commands)),
        act: Act::Show(commands.in_namespace(&["get", "pods"])),
    });
    let mut notes = vec![note(text::VERIFY_HELP, sources::TROUBLESHOOTING)];
    let (why, expect) = match commands.scenario.needs_registry() {
        true => {
            notes.push(note(text::VERIFY_NOTE, sources::QUICKSTART));
            (text::VERIFY_WHY, text::VERIFY_EXPECT)
        }
        false => (text::VERIFY_UPGRADE_WHY, text::VERIFY_UPGRADE_EXPECT),
    };
    step("verify", text::VERIFY_TITLE, why)
        .checking(checks)
        .doing(actions)
        .expects(expect)
        .noting(notes)
}
