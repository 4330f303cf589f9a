//! Steps on the cluster: the protected settings, the extension, and its verification.

use super::checks::*;
use super::names::*;
use super::{
    Action, Capture, Check, Command, Condition, Encoding, Expectation, File, Operation, Origin,
    Part, Prompt, Remedy, Step, Text, Word,
};
use crate::azure::{self, sources};
use crate::choices::{SelectField, TextField, Trust};
use crate::plan::meanings::{self, Meaning};
use crate::plan::registry::{BROKEN_NOTE, NO_OUTPUT};
use crate::plan::task_titles::{AUTO_UPGRADE_TITLE, pin_title};
use crate::scenario::{Certificate, Install, Password, Transport, Upgrade};

pub(crate) const KUBECTL_TITLE: &str =
    "Whether kubectl points at this cluster (to look inside; nothing depends on it)";
const EXTENSION_ONLY_IF: &str = "the cluster has no extension of this name.";
const EXTENSION_EXPECT: &str = "\"provisioningState\": \"Succeeded\" in the output.";
pub(crate) const UPDATE_TAKES: &str = "some minutes.";
pub(crate) const UNAUTHORIZED: &str = "UNAUTHORIZED Incorrect Password: the password was generated \
                                       anew, or the connection string is damaged, for instance by \
                                       a carriage return that az prints under Windows. The task \
                                       \"Rotate\" gives the extension a new one.";

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
        .with("--parent-protocol", "https", meanings::PARENT_PROTOCOL)
        .with_from(
            Origin::Field(SelectField::PasswordSlot.into()),
            "--generate-password",
            number,
            meanings::GENERATE_PASSWORD,
        )
        .with("--query", "ACR_REGISTRY_CONNECTION_STRING", meanings::QUERY_CONNECTION)
        .with("--output", "tsv", meanings::TSV)
        .flag("--yes", meanings::YES_PASSWORD);
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
        otherwise: "az did not print a connection string; no file was written.".into(),
    };
    let file =
        File { path: SETTINGS_FILE.into(), private: true, lines: protected_settings(&entries) };
    let mut notes = vec![note(
        "The 2024 quickstart takes the connection string inside a here-document: where az fails, \
         bash goes on and writes an empty connection string, and the file is readable by every \
         user of the machine. Copied with its indentation, the here-document never ends.",
        sources::QUICKSTART,
    )];
    if flat {
        notes.push(note(
            "The keys have dots and the values are text. Nested objects, as the 2024 \
                         documents suggest, do not arrive as tls.secret or tls.crt. The examples \
                         of the 2024 documents are not JSON and leave out connectionString, \
                         without which the login is lost.",
            sources::TUTORIAL,
        ));
    }
    let (checks, only_if, prompts): (_, _, Vec<Prompt>) = match occasion {
        Occasion::First => (
            extensions(commands),
            only_if(
                extension_absent(),
                EXTENSION_ONLY_IF,
                "The extension exists already: no password is generated, no file is written.",
            ),
            vec![
                prompt_about_others(),
                Prompt {
                    condition: Some(Condition::All(vec![
                        extension_absent(),
                        connected_registry_present(),
                    ])),
                    question: password_prompt(number).into(),
                },
            ],
        ),
        Occasion::Again(question) => (Vec::new(), None, vec![prompt(None, question)]),
    };
    step(
        "protected-settings",
        "Write the protected settings",
        "The connection string goes straight into a file that only you can read.",
    )
    .checking(checks)
    .only_if(only_if)
    .prompting(prompts)
    .doing(vec![Operation::Capture(capture).into(), Operation::Write(file).into()])
    .expects(
        "No output. The file protected-settings-extension.json holds the connection \
                  string; do not share it.",
    )
    .takes("some seconds.")
    .warning(vec![
        password_warning(number).into(),
        "A file protected-settings-extension.json \
                                                        in the current folder is replaced, and \
                                                        removed at the end."
            .into(),
    ])
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
            (tls, "httpEnabled=true", meanings::HTTP_ENABLED),
            (tls, "trustDistribution.enabled=false", meanings::NO_TRUST),
            (tls, "cert-manager.enabled=false", meanings::CERT_MANAGER_DISABLED),
            (tls, "cert-manager.install=false", meanings::CERT_MANAGER_NOT_INSTALLED),
        ],
        Transport::Https { certificate, trust } => {
            let mut settings = match trust {
                Trust::Nodes => vec![(trusts, "trustDistribution.enabled=true", meanings::TRUST)],
                Trust::LabelledNodes => vec![
                    (trusts, "trustDistribution.enabled=true", meanings::TRUST_SOME),
                    (trusts, "trustDistribution.useNodeSelector=true", meanings::NODE_SELECTOR),
                ],
                Trust::Own => vec![(trusts, "trustDistribution.enabled=false", meanings::NO_TRUST)],
            };
            settings.extend(match certificate {
                Certificate::InstalledCertManager => [
                    (tls, "cert-manager.enabled=true", meanings::CERT_MANAGER_ENABLED),
                    (tls, "cert-manager.install=true", meanings::CERT_MANAGER_INSTALL),
                ],
                Certificate::OwnCertManager => [
                    (tls, "cert-manager.enabled=true", meanings::CERT_MANAGER_ENABLED),
                    (tls, "cert-manager.install=false", meanings::CERT_MANAGER_NOT_INSTALLED),
                ],
                Certificate::Secret { .. } | Certificate::Files(_) => [
                    (tls, "cert-manager.enabled=false", meanings::CERT_MANAGER_DISABLED),
                    (tls, "cert-manager.install=false", meanings::CERT_MANAGER_NOT_INSTALLED),
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
                meanings::AUTO_UPGRADE,
            ),
            train,
        ),
        Upgrade::Pinned { train, .. } => (
            command
                .with_from(
                    origin,
                    "--auto-upgrade-minor-version",
                    "false",
                    meanings::NO_AUTO_UPGRADE,
                )
                .with_from(TextField::Version, "--version", EXTENSION_VERSION, meanings::VERSION),
            train,
        ),
    };
    match train {
        Some(_) => {
            command.with_from(TextField::Train, "--release-train", RELEASE_TRAIN, meanings::TRAIN)
        }
        None => command,
    }
}

#[inline(never)]
pub(super) fn install(commands: &Commands, install: &Install) -> Step {
    let mut command = commands
        .extension(&["k8s-extension", "create"])
        .with("--extension-type", azure::EXTENSION_TYPE, meanings::EXTENSION_TYPE)
        .with_from(
            TextField::Ip,
            "--config",
            prefixed("service.clusterIP=", SERVICE_IP),
            meanings::CLUSTER_IP,
        );
    if install.storage_class.is_some() {
        command = command.with_from(
            TextField::StorageClass,
            "--config",
            prefixed("pvc.storageClassName=", STORAGE_CLASS),
            meanings::STORAGE_CLASS,
        );
    }
    if install.storage_request.is_some() {
        command = command.with_from(
            TextField::StorageRequest,
            "--config",
            prefixed("pvc.storageRequest=", STORAGE_REQUEST),
            meanings::STORAGE_REQUEST,
        );
    }
    let settings = transport_settings(&install.transport);
    if install.keys_of_2024 {
        for setting in azure::keys_of_2024(settings.iter().map(|(_, setting, _)| *setting)) {
            command = command.with_from(
                Origin::Field(SelectField::Keys.into()),
                "--config",
                setting,
                meanings::KEYS_OF_2024,
            );
        }
    }
    for (field, setting, explanation) in settings {
        command = command.with_from(Origin::Field(field.into()), "--config", setting, explanation);
    }
    command = kept_up_to_date(
        command.with("--config-protected-file", SETTINGS_FILE, meanings::PROTECTED_FILE),
        &install.upgrade,
    );

    let mut warnings: Vec<Text> = Vec::new();
    let mut notes = vec![
        note(
            "The 2024 quickstart leaves out --auto-upgrade-minor-version, and the sources disagree \
             on its default; so it is always given.",
            sources::K8S_EXTENSION,
        ),
        note(
            "As the 2024 documents print it, no command of this kind runs: a blank after the \
             backslash or a missing backslash ends it early, service.clusterIP== puts an = before \
             the address, and <JSON file path> without quotes is a redirection. In a newer \
             quickstart a backslash is missing before --auto-upgrade-minor-version.",
            sources::QUICKSTART,
        ),
    ];
    let mut prompts = Vec::new();
    match &install.transport {
        Transport::Http => {
            warnings.push(
                "Not secure: images and passwords cross the cluster's network \
                           unencrypted, and anyone on it can alter them. For development only."
                    .into(),
            );
            notes.push(note(
                "httpEnabled=true is from the documentation of the chart; the current \
                             documents of the extension no longer mention HTTP. The 2024 documents \
                             write HttpsEnabled=false, which the later ones do not have, with \
                             trustDistribution.enabled=true, and say that it can be further \
                             secured; it is not secure.",
                sources::HTTP,
            ));
            prompts.push(prompt(
                Some(extension_absent()),
                "Plain HTTP: images and passwords cross the \
                                                     network of {cluster} unencrypted, and it is \
                                                     NOT VERIFIED on the Arc extension. For \
                                                     development only. Deploy {extension} all the \
                                                     same?",
            ));
        }
        Transport::Https { certificate, trust } => {
            match certificate {
                Certificate::InstalledCertManager => warnings.push(
                    "The extension installs cert-manager. Where the cluster already \
                                   runs one, the two collide."
                        .into(),
                ),
                Certificate::OwnCertManager => notes.push(note(
                    "The 2024 quickstart asks for cert-manager.install=false in \
                                     its text and leaves it out of its command: a second \
                                     cert-manager would be installed.",
                    sources::TUTORIAL,
                )),
                Certificate::Secret { .. } | Certificate::Files(_) => {}
            }
            warnings.push(match trust {
                Trust::Nodes | Trust::LabelledNodes => {
                    "By the documentation of the preview chart, \
                                                        trust is distributed only to Debian-based \
                                                        Linux nodes with containerd; Windows nodes \
                                                        and others need the certificate by hand."
                        .into()
                }
                Trust::Own => "The extension does not touch the nodes: until each of them trusts \
                               the authority, pulls fail with \"x509: certificate signed by \
                               unknown authority\"."
                    .into(),
            });
            notes.push(match (certificate, trust) {
                (Certificate::InstalledCertManager, Trust::Nodes) => note(
                    "The 2024 quickstart sets only service.clusterIP here. The other settings \
                          are written out because the sources disagree on the default of \
                          trustDistribution.enabled.",
                    sources::QUICKSTART,
                ),
                (_, Trust::Own) => note(
                    "The 2024 documents also set \
                                         trustDistribution.skipNodeSelector=false, a name that \
                                         later ones dropped; trustDistribution.enabled=false alone \
                                         says it.",
                    sources::QUICKSTART,
                ),
                _ => note(
                    "The 2024 documents also set trustDistribution.skipNodeSelector=true, a \
                           name that later ones dropped.",
                    sources::QUICKSTART,
                ),
            });
        }
    }
    if install.storage_request.is_none() {
        warnings.push(
            "It claims 500 GiB of the cluster's default storage class, as the \
                       documentation says; without such a class, or without room, the pod stays \
                       Pending."
                .into(),
        );
    }
    if install.keys_of_2024 {
        warnings.push(
            "It also sets names of the 2024 documents, for extensions of that time. The \
                       later documents no longer have them."
                .into(),
        );
    }
    step("extension", "Deploy the extension", "Azure Arc installs the connected registry in the \
                                               cluster.")
        .only_if(only_if(extension_absent(), EXTENSION_ONLY_IF, "The extension exists; nothing chosen here is applied to it. Use the tasks Upgrade and Redeploy."))
        .prompting(prompts)
        .doing(vec![Operation::Run(command).into()])
        .expects(EXTENSION_EXPECT)
        .takes("some minutes.")
        .undone_by(delete_command(commands), "The volume with the synchronized content and the \
                                              certificates goes with it; so does what clients \
                                              pushed and was not synchronized yet.")
        .warning(warnings)
        .noting(notes)
}

#[inline(never)]
pub(super) fn update_settings(commands: &Commands) -> Step {
    let update = commands
        .extension(&["k8s-extension", "update"])
        .with("--config-protected-file", SETTINGS_FILE, meanings::PROTECTED_FILE)
        .flag("--yes", meanings::YES_UPDATE);
    step(
        "update-extension",
        "Give the extension the new settings",
        "The connected registry logs in with the new password from then on.",
    )
    .doing(vec![Operation::Run(update).into()])
    .expects(EXTENSION_EXPECT)
    .takes(UPDATE_TAKES)
    .noting(vec![note(
        "The file holds all protected settings of this way of TLS: it is not \
                           certain that the service keeps those that are left out.",
        sources::TROUBLESHOOTING,
    )])
}

/// Lists the versions that exist.
#[inline(never)]
pub(super) fn versions(commands: &Commands, train: bool) -> Command {
    let command = commands
        .on_extensions(&["k8s-extension", "extension-types", "list-versions-by-cluster"])
        .with("--extension-type", azure::EXTENSION_TYPE, meanings::EXTENSION_TYPE);
    let command = match train {
        true => {
            command.with_from(TextField::Train, "--release-train", RELEASE_TRAIN, meanings::TRAIN)
        }
        false => command,
    };
    command.with("--output", "table", meanings::TABLE)
}

#[inline(never)]
pub(super) fn upgrade(commands: &Commands, upgrade: &Upgrade) -> Step {
    let show = |into, query, title: &'static str| {
        check(
            title,
            query_into(into, only(commands.extension(&["k8s-extension", "show"]), query)),
            Expectation::Answer,
            "The extension could not be read.",
        )
    };
    let mut checks = vec![
        extension_exists(commands),
        show(AUTO_UPGRADE, "autoUpgradeMinorVersion", "Whether it is upgraded automatically"),
    ];
    let is = |answer, value| Condition::Is { answer, value };
    let (mut same, title, why, question, mut notes, train) = match upgrade {
        Upgrade::Automatic { train } => (
            vec![is(AUTO_UPGRADE, "true".into())],
            AUTO_UPGRADE_TITLE,
            "Azure installs new minor versions of the extension by itself.",
            "From now on Azure upgrades {extension} on {cluster} by itself, perhaps at once; the \
             connected registry may restart. Go on?",
            vec![note(
                "The 2024 quickstart repeats the settings of its HTTP example here, which would \
                 switch TLS off. By the CLI's source, not tried: an update changes only what is \
                 named, so nothing else is.",
                sources::UPGRADE_TUTORIAL,
            )],
            train,
        ),
        Upgrade::Pinned { train, .. } => {
            // What is installed, not what was asked for: that differs where an upgrade failed.
            checks.push(show(INSTALLED_VERSION, "currentVersion", "Its version"));
            checks.push(shown("The versions that exist", versions(commands, train.is_some())));
            let told = match commands.scenario.rolls_back {
                true => vec![
                    note(
                        "The 2024 quickstart calls this an automatic roll-back. It gives \
                         --extension-type, which update does not know, leaves out \
                         --auto-upgrade-minor-version false, and repeats its HTTP settings; a \
                         newer page gives --auto-upgrade-minor-version true.",
                        sources::UPGRADE_TUTORIAL,
                    ),
                    note(
                        "A failed upgrade is rolled back automatically only while automatic \
                         upgrades are on; pinning turns that off. What going back may break is not \
                         documented.",
                        sources::UPGRADE_TUTORIAL,
                    ),
                ],
                false => vec![note(
                    "The 2024 quickstart leaves out --auto-upgrade-minor-version false; whether \
                     the service takes a version while automatic upgrades are on is not known.",
                    sources::UPGRADE_TUTORIAL,
                )],
            };
            (
                vec![
                    is(AUTO_UPGRADE, "false".into()),
                    is(INSTALLED_VERSION, EXTENSION_VERSION.into()),
                ],
                pin_title(commands.scenario.rolls_back),
                "Installs this version, newer or older, and stays there: automatic upgrades are \
                 turned off.",
                "{extension} on {cluster} is at version {=installed_version}. The connected \
                 registry may restart, and what a step back may break is not documented. Bring it \
                 to {extension_version}, which must be in the list above?",
                told,
                train,
            )
        }
    };
    if train.is_some() {
        checks.push(show(CURRENT_TRAIN, "releaseTrain", "Its release train"));
        same.push(is(CURRENT_TRAIN, RELEASE_TRAIN.into()));
    }
    notes.push(note(BROKEN_NOTE, sources::QUICKSTART));
    if matches!(upgrade, Upgrade::Pinned { .. }) {
        notes.push(note(
            "Take a version from the list. The 2024 documents name 0.6.0 and 0.6.1, a \
                         sample output 0.11.0; whether these still exist is not known.",
            sources::UPGRADE_TUTORIAL,
        ));
    }
    let changes = Condition::Not(Box::new(Condition::All(same)));
    let command = kept_up_to_date(commands.extension(&["k8s-extension", "update"]), upgrade)
        .flag("--yes", meanings::YES_UPGRADE);
    step("upgrade", title, why)
        .checking(checks)
        .prompting(vec![prompt(Some(changes.clone()), question)])
        .only_if(only_if(changes, "that is not so already.", "That is so already; nothing to do."))
        .doing(vec![Operation::Run(command).into()])
        .expects(EXTENSION_EXPECT)
        .takes(UPDATE_TAKES)
        .noting(notes)
}

/// Removes the protected settings; `written` says when there are any.
#[inline(never)]
pub(super) fn remove_settings(written: Option<Condition>) -> Step {
    step(
        "remove-settings",
        "Remove the protected settings file",
        "The extension has it; what stays on the disk can only leak.",
    )
    .only_if(written.and_then(|written| only_if(written, "one was written.", "None was written.")))
    .doing(vec![Operation::Remove(SETTINGS_FILE.into()).into()])
    .expects(NO_OUTPUT)
}

#[inline(never)]
fn delete_command(commands: &Commands) -> Command {
    commands.extension(&["k8s-extension", "delete"]).flag("--yes", meanings::DELETE_YES)
}

/// For a redeployment, where the cluster's extensions were listed before.
#[inline(never)]
pub(super) fn delete(commands: &Commands) -> Step {
    step(
        "delete-extension",
        "Delete the extension",
        "Removes the connected registry from the \
                                                      cluster.",
    )
    .only_if(only_if(
        extension_present(),
        "the cluster has an extension of this name.",
        "There is no extension of this name; nothing to do.",
    ))
    .doing(vec![Operation::Run(delete_command(commands)).into()])
    .expects(NO_OUTPUT)
    .takes(UPDATE_TAKES)
    .warning(vec![
        "The volume with the synchronized content and the certificates is removed \
                       with it; what clients pushed and was not synchronized yet is lost. The \
                       namespace connected-registry probably goes too, with every secret in it \
                       (not tried). Whether a cert-manager that the extension installed goes as \
                       well, which others may use, is not documented."
            .into(),
    ])
    .noting(vec![note(
        "The 2024 documents give another cluster's name here (myarcakscluster), \
                           and no --yes: az then asks.",
        sources::QUICKSTART,
    )])
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
    let note = note(
        "For a cluster that never comes back, az k8s-extension delete has --force; what it leaves \
         behind was not tried.",
        sources::K8S_EXTENSION,
    );
    Step { notes: [step.notes.as_slice(), &[note]].concat(), ..step }
        .checking(vec![Check {
            otherwise: Remedy {
                message: "The extensions of the cluster could not be listed. If \
                                          the cluster is gone from Azure Arc, delete the connected \
                                          registry in the cloud only, with the command below."
                    .into(),
                ..list.otherwise
            },
            ..list
        }])
        .prompting(vec![
            prompt(
                Some(is_called_otherwise),
                "The cluster has no extension of this name, but others \
                                            that are connected registries: they are listed above. \
                                            If one of them is the deployment of this connected \
                                            registry, it stays and is cut off. Delete the \
                                            connected registry in the cloud all the same?",
            ),
            prompt(
                Some(is_out_of_reach),
                "The cluster does not seem to be connected to Azure Arc, so \
                                        the extension cannot be removed from it and stays. Delete \
                                        the connected registry in the cloud only?",
            ),
        ])
        .only_if(only_if(
            within_reach(),
            "the cluster has an extension of this name and is \
                                          connected.",
            "No extension is removed: there is none of \
                                                        this name, or the cluster is not \
                                                        connected. In that case run this again \
                                                        once it is.",
        ))
}

/// That the extension is installed; `failed` says what to do where that failed.
#[inline(never)]
fn installed(commands: &Commands, failed: &'static str) -> Check {
    Check {
        title: "The extension is installed".into(),
        probe: query_into(
            STATE,
            only(commands.extension(&["k8s-extension", "show"]), "provisioningState"),
        ),
        expectation: Expectation::Be("Succeeded".into()),
        otherwise: Remedy {
            message: ["The extension's provisioning state is not Succeeded. If it is Creating or \
                       Updating, wait, and look again with the command below. If it is Failed, \
                       that command says why; ", failed, " The messages are explained at \
                                                          https://learn.microsoft.com/azure/container-registry/troubleshoot-connected-registry-arc"].concat().into(),
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
    let mut actions = vec![Operation::Confirm(installed(commands, failed)).into()];
    if commands.scenario.needs_registry() {
        let show = commands.connected_registry(&["acr", "connected-registry", "show"]).with(
            "--output",
            "table",
            meanings::TABLE,
        );
        actions.push(Operation::Run(show).into());
    }
    if kubectl == Kubectl::Unknown {
        checks.push(query_if_possible(
            KUBECTL_TITLE.into(),
            KUBECTL_CLUSTER,
            arc_name_in_cluster(commands),
        ));
    }
    actions.push(Action {
        only_if: (kubectl != Kubectl::Sure).then(|| kubectl_points(commands)),
        operation: Operation::Show(commands.in_namespace(&["get", "pods"])),
    });
    let mut notes = vec![note(
        "Where the pod stays Pending, look at its persistent volume claim first; where its log \
         says UNAUTHORIZED, at the password.",
        sources::TROUBLESHOOTING,
    )];
    let (why, expect) = match commands.scenario.needs_registry() {
        true => {
            notes.push(note(
                "The sample output of the 2024 quickstart is misleading: it shows \
                             ReadWrite, but the default mode is ReadOnly; the cloud registry's \
                             name and login server under PARENT and LOGIN SERVER, where nothing or \
                             the connected registry's own stands; another connected registry than \
                             it asks for; and 00:00:00-23:59:59 as SYNC WINDOW, which is a \
                             duration or empty.",
                sources::QUICKSTART,
            ));
            (
                "The extension must be installed, and the connected registry comes online when it \
                 first synchronizes.",
                "Succeeded, and CONNECTION STATE Online; the latter can take some minutes: run the \
                 command again. With a schedule it may say Offline outside the window; the sources \
                 do not say. The pods are Running.",
            )
        }
        false => (
            "The extension must be installed, and its pods must run.",
            "Succeeded. The pods are Running.",
        ),
    };
    step("verify", "Verify the deployment", why)
        .checking(checks)
        .doing(actions)
        .expects(expect)
        .noting(notes)
}

fn password_prompt(slot: &str) -> String {
    format!(
        "The connected registry exists already. Going on generates password {slot} of its sync \
         token anew: a deployment that uses this password is cut off until it gets the new \
         connection string. If it was deployed before, here or elsewhere, the new deployment ends \
         with ALREADY_ACTIVATED: answer no, and use the task Redeploy. Generate it?"
    )
}

fn password_warning(slot: &str) -> String {
    format!(
        "It generates password {slot} of the sync token: a deployment that uses this password is \
         cut off until it gets the new connection string. On a first deployment nobody uses it yet."
    )
}
