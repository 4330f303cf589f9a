//! Steps on the registry: data endpoint, import, the connected registry, its schedule and
//! repositories.

use super::checks::*;
use super::names::*;
use super::{
    Command, Condition, Expectation, Note, Operation, Origin, Probe, Prompt, Step, Var, Word,
};
use crate::azure::sources;
use crate::choices::{LogLevel, Mode, SelectField, TextField};
use crate::plan::meanings;
use crate::plan::pull::CREATE_EXPECT;
use crate::plan::task_titles::{CONTINUOUS_TITLE, REPOSITORIES_TITLE, SCHEDULE_TITLE};
use crate::scenario::{Deploy, Garbage, Synchronization, Value};
use crate::schedule::{Iso8601Duration, MessageTtl, SyncWindow};

pub(crate) const NO_OUTPUT: &str = "No output.";
const ENDPOINT_TAKES: &str = "some seconds.";
pub(crate) const BROKEN_NOTE: &str = "As the 2024 documents print this command it does not run: a \
                                      blank after the backslash ends it early.";
const DEACTIVATE_ONLY_IF: &str = "the registry has a connected registry of this name.";
const DEACTIVATE_OTHERWISE: &str = "There is no connected registry of this name; nothing to do.";
pub(crate) const TOKENS_LOOK: &str = "Which tokens the registry has";

#[inline(never)]
pub(super) fn data_endpoint(commands: &Commands) -> Step {
    let off = Condition::IsNot { answer: DATA_ENDPOINT, value: "true".into() };
    let set = |value: &'static str| {
        commands.registry(&["acr", "update"]).with(
            "--data-endpoint-enabled",
            value,
            meanings::DATA_ENDPOINT,
        )
    };
    let show = only(commands.registry(&["acr", "show"]), "dataEndpointEnabled");
    step(
        "data-endpoint",
        "Enable the dedicated data endpoint",
        "The connected registry fetches image layers from it.",
    )
    .checking(vec![check(
        "Whether the data endpoint is on",
        query_into(DATA_ENDPOINT, show),
        Expectation::BeGiven,
        "Azure did not say whether the data endpoint is on.",
    )])
    .only_if(only_if(
        off.clone(),
        "it is off.",
        "The data endpoint is on already; nothing to \
                                                     do.",
    ))
    .prompting(vec![prompt(
        Some(off),
        "The dedicated data endpoint of {registry} is off. Enabling it \
                                     changes how every client of that registry fetches layers: \
                                     firewalls must let them reach \
                                     {registry}.REGION.data.azurecr.io. Enable it?",
    )])
    .doing(vec![Operation::Run(set("true")).into()])
    .expects("\"dataEndpointEnabled\": true in the output.")
    .takes(ENDPOINT_TAKES)
    .undone_by(
        set("false"),
        "Every connected registry of this registry needs the data \
                                  endpoint.",
    )
    .warning(vec![
        "It changes how every client of that registry fetches layers: firewalls must \
                       let them reach REGISTRY.REGION.data.azurecr.io on port 443."
            .into(),
    ])
    .noting(vec![
        note_with(
            "Connected registries, and clients that pull from the cloud registry, must reach \
                 it and its data endpoint, both on port 443. Their names:",
            sources::DATA_ENDPOINT,
            commands.registry(&["acr", "show-endpoints"]),
        ),
        note(
            "The 2024 quickstart says that creating the connected registry provides a command \
                  to enable the endpoint. It asks and enables it itself, and with --yes really \
                  does so only since azure-cli 2.75; a step of its own works everywhere.",
            sources::QUICKSTART,
        ),
    ])
}

#[inline(never)]
pub(super) fn import(commands: &Commands) -> Step {
    let command = commands
        .registry(&["acr", "import"])
        .with_from(TextField::Import, "--source", IMPORT_SOURCE, meanings::IMPORT_SOURCE)
        .with_from(TextField::Import, "--image", IMPORT_IMAGE, meanings::IMPORT_IMAGE);
    let tags = commands.registry(&["acr", "repository", "show-tags"]).with_from(
        TextField::Import,
        "--repository",
        IMPORT_REPOSITORY,
        meanings::IMPORT_IMAGE,
    );
    let tags = tags.with("--output", "tsv", meanings::TSV);
    step(
        "import",
        "Import an image",
        "Copies it into the cloud registry under the name after \
                                       --image, from where it is synchronized.",
    )
    .checking(vec![query_if_possible(
        "Which tags the repository has (nothing where it does not \
                                         exist, or may not be read)"
            .into(),
        IMPORTED_TAGS,
        tags,
    )])
    .only_if(only_if(
        Condition::Absent { from: IMPORTED_TAGS, name: IMPORT_TAG.into() },
        "the tag is not there yet.",
        "The image is there already; it is not replaced.",
    ))
    .doing(vec![Operation::Run(command).into()])
    .expects(NO_OUTPUT)
    .takes(ENDPOINT_TAKES)
    .noting(vec![
        note(
            "Without --force: where the tags could not be read and the image is there, az \
                  refuses and nothing is replaced.",
            sources::ACR,
        ),
        note(
            "It needs the role \"Container Registry Data Importer and Data Reader\", by the \
                  documentation of the roles.",
            sources::ROLES,
        ),
    ])
}

#[inline(never)]
pub(super) fn create(commands: &Commands, deploy: &Deploy) -> Step {
    let mode = match deploy.mode {
        Mode::ReadOnly => "ReadOnly",
        Mode::ReadWrite => "ReadWrite",
    };
    // Creating overwrites a token and a scope map of its name.
    let list = |into, list: &'static [&'static str], source, title| {
        check(
            title,
            query_into(into, only(commands.in_registry(list, source), "[].name")),
            Expectation::Answer,
            "Tokens and scope maps could not be listed. Creating a connected registry overwrites \
             those of its name.",
        )
    };
    let mut checks = vec![
        connected_registries(commands),
        list(TOKENS, &["acr", "token", "list"], sources::TOKEN, TOKENS_LOOK),
        list(
            SCOPE_MAPS,
            &["acr", "scope-map", "list"],
            sources::ACR,
            "Which scope maps the registry has",
        ),
    ];
    let ask_if = |condition, question: &'static str| Prompt {
        condition: Some(Condition::All(vec![connected_registry_absent(), condition])),
        question: Word::sentence(question),
    };
    let is_there = |from, name: Var| Condition::Present { from, name: name.into() };
    let prompts = vec![
        ask_if(
            is_there(EXTENSIONS, EXTENSION),
            "The cluster has an extension {extension}, but the registry has no connected registry \
             {connected_registry}: the extension belongs to another one, is not altered, and will \
             not use the new one. Create the connected registry all the same?",
        ),
        ask_if(
            is_there(TOKENS, CONNECTED_REGISTRY),
            "The registry has a token {connected_registry}, as the new connected registry is \
             called. Creating it overwrites that token: who uses it may lose access. Go on?",
        ),
        ask_if(
            is_there(SCOPE_MAPS, CONNECTED_REGISTRY),
            "The registry has a scope map {connected_registry}, as the new connected registry is \
             called. Creating it overwrites that scope map, and the rights of the tokens that use \
             it. Go on?",
        ),
    ];
    let mut command = commands
        .connected_registry(&["acr", "connected-registry", "create"])
        .with_each(TextField::Repositories, "--repository", REPOSITORIES, meanings::REPOSITORY)
        .with_from(Origin::Field(SelectField::Mode.into()), "--mode", mode, meanings::MODE);
    let mut warnings = vec![
        "It also makes a sync token and a scope map of the same name, and \
                             overwrites existing ones."
            .into(),
    ];
    if deploy.parent.is_some() {
        checks.push(check(
            "The parent connected registry exists",
            Probe::Known(CONNECTED_REGISTRIES),
            Expectation::Include(PARENT.into()),
            "The registry has no connected registry with the parent's name.",
        ));
        if deploy.mode == Mode::ReadWrite {
            let show = commands
                .in_registry(&["acr", "connected-registry", "show"], sources::CONNECTED_REGISTRY);
            let show =
                only(show.with_from(TextField::Parent, "--name", PARENT, meanings::PARENT), "mode");
            checks.push(check(
                "The parent is of mode ReadWrite",
                query_into(PARENT_MODE, show),
                Expectation::Be("ReadWrite".into()),
                "The parent is not of mode ReadWrite, as that of a connected registry that takes \
                 pushes must be.",
            ));
        }
        command = command.with_from(TextField::Parent, "--parent", PARENT, meanings::PARENT);
        warnings.push(
            "The parent must be of mode ReadWrite, or of the same mode, and must \
                       synchronize the repository acr/connected-registry. The child must trust the \
                       authority of its certificate. A parent that serves plain HTTP needs \
                       --parent-protocol http, which this script does not give."
                .into(),
        );
    }
    if let Some(tokens) = &deploy.tokens {
        for name in tokens.value.iter().flat_map(|tokens| tokens.iter()) {
            let expectation = Expectation::Include(name.as_str().to_owned().into());
            checks.push(check(
                token_title(name.as_str()),
                Probe::Known(TOKENS),
                expectation,
                "The registry has no such token. Client tokens must exist before they are given to \
                 a connected registry; the task \"Pull an image\" makes one.",
            ));
        }
        command = command.with_each(
            TextField::Tokens,
            "--client-tokens",
            CLIENT_TOKENS,
            meanings::CLIENT_TOKENS,
        );
    }
    command = synchronized(command, &deploy.synchronization, false);
    if deploy.notifications.is_some() {
        command = command.with_each(
            TextField::Notifications,
            "--notifications",
            NOTIFICATIONS,
            meanings::NOTIFICATIONS,
        );
    }
    if deploy.log_level != LogLevel::Information {
        command = command.with_from(
            Origin::Field(SelectField::LogLevel.into()),
            "--log-level",
            log_level(deploy.log_level),
            meanings::LOG_LEVEL,
        );
    }
    match &deploy.garbage {
        Garbage::Kept => {
            command = command.with_from(
                Origin::Field(SelectField::Gc.into()),
                "--gc-enabled",
                "false",
                meanings::GC_ENABLED,
            );
        }
        Garbage::Collected(Some(_)) => {
            command = command.with_from(
                TextField::GcSchedule,
                "--gc-schedule",
                GC_SCHEDULE,
                meanings::GC_SCHEDULE,
            );
        }
        Garbage::Collected(None) => {}
    }
    step("create", "Create the connected registry", "It is made in the cloud registry, with the \
                                                     repositories that it synchronizes. By the \
                                                     documentation a registry has at most 50 \
                                                     connected registries, with 50 clients each; \
                                                     each connected registry costs 10 USD a month \
                                                     since August 2025.")
        .checking(checks)
        .only_if(only_if(connected_registry_absent(), "the registry has no connected registry of \
                                                       this name.", "The connected registry exists; nothing chosen here is applied to it. Use the tasks Synchronize and Repositories."))
        .prompting(prompts)
        .doing(vec![Operation::Run(command.flag("--yes", meanings::YES_CREATE)).into()])
        .expects(CREATE_EXPECT)
        .undone_by(delete(commands), "It deletes the connected registry with its sync token and \
                                      scope map; a deployment of it is cut off.")
        .warning(warnings)
        .noting(vec![note("The 2024 quickstart breaks this command with a blank after the \
                           backslash; az then reports missing arguments.", sources::QUICKSTART)])
}

const fn log_level(level: LogLevel) -> &'static str {
    match level {
        LogLevel::Information => "Information",
        LogLevel::Debug => "Debug",
        LogLevel::Warning => "Warning",
        LogLevel::Error => "Error",
        LogLevel::None => "None",
    }
}

/// The same command with when to synchronize. Creating, the default is continuous and need not be
/// said.
#[inline(never)]
fn synchronized(command: Command, synchronization: &Synchronization, always: bool) -> Command {
    let with_ttl = |command: Command, ttl: &Option<Value<_>>| match ttl {
        Some(_) => command.with_from(
            TextField::MessageTtl,
            "--sync-message-ttl",
            MESSAGE_TTL,
            meanings::MESSAGE_TTL,
        ),
        None => command,
    };
    match synchronization {
        Synchronization::Continuous { ttl } if always => with_ttl(
            command.with_from(
                Origin::Field(SelectField::Sync.into()),
                "--sync-schedule",
                "* * * * *",
                meanings::SYNC_SCHEDULE,
            ),
            ttl,
        ),
        Synchronization::Continuous { ttl } => with_ttl(command, ttl),
        Synchronization::Scheduled { ttl, .. } => with_ttl(
            command
                .with_from(
                    TextField::Schedule,
                    "--sync-schedule",
                    SYNC_SCHEDULE,
                    meanings::SYNC_SCHEDULE,
                )
                .with_from(TextField::Window, "--sync-window", SYNC_WINDOW, meanings::SYNC_WINDOW),
            ttl,
        ),
    }
}

/// The conditions under which az already has a duration. az prints `PT4H` as `4:00:00`, so its
/// answer is compared with that; and since the variable can be edited in the script, it must also
/// still hold the duration that the printed form was derived from.
fn is_duration(answer: Var, variable: Var, duration: Option<&Iso8601Duration>) -> Vec<Condition> {
    match duration {
        Some(duration) => vec![
            Condition::Is { answer: variable, value: duration.as_str().to_owned().into() },
            Condition::Is { answer, value: duration.as_az_prints().into() },
        ],
        None => vec![Condition::Is { answer, value: variable.into() }],
    }
}

#[inline(never)]
pub(super) fn schedule(commands: &Commands, synchronization: &Synchronization) -> Step {
    let show = |into, query, title: &'static str| {
        let command =
            only(commands.connected_registry(&["acr", "connected-registry", "show"]), query);
        check(
            title,
            query_into(into, command),
            Expectation::Answer,
            "The connected registry could not be read.",
        )
    };
    let is = |answer, value| Condition::Is { answer, value };
    let mut checks = vec![
        connected_registry_exists(commands),
        show(CURRENT_SCHEDULE, "parent.syncProperties.schedule", "When it synchronizes now"),
    ];
    let (mut same, title, why, mut notes) = match synchronization {
        Synchronization::Continuous { .. } => (
            vec![is(CURRENT_SCHEDULE, "* * * * *".into())],
            CONTINUOUS_TITLE,
            "The connected registry stays in touch with its parent: it synchronizes every minute.",
            vec![note(
                "A window that was set before stays set: the CLI has no option to clear it. By the \
                 glossary it is ignored with a run every minute.",
                sources::GLOSSARY,
            )],
        ),
        Synchronization::Scheduled { window, .. } => {
            checks.push(show(CURRENT_WINDOW, "parent.syncProperties.syncWindow", "For how long"));
            let mut same = vec![is(CURRENT_SCHEDULE, SYNC_SCHEDULE.into())];
            let window = window.value.as_ref().map(SyncWindow::duration);
            same.extend(is_duration(CURRENT_WINDOW, SYNC_WINDOW, window));
            (
                same,
                SCHEDULE_TITLE,
                "The connected registry connects to its parent at these times only.",
                vec![
                    note(
                        "The 2024 documents write 0 12 * * * for midnight; that is noon. Midnight \
                         is 0 0 * * *.",
                        sources::SYNC_TUTORIAL,
                    ),
                    note(
                        "az prints durations in another form, PT4H as 4:00:00. The script compares \
                         them in that form. If you edit a duration in the script, it is always set.",
                        sources::CONNECTED_REGISTRY,
                    ),
                ],
            )
        }
    };
    let ttl = match synchronization {
        Synchronization::Continuous { ttl } | Synchronization::Scheduled { ttl, .. } => ttl,
    };
    if let Some(ttl) = ttl {
        checks.push(show(
            CURRENT_TTL,
            "parent.syncProperties.messageTtl",
            "How long messages are kept",
        ));
        let ttl = ttl.value.as_ref().map(MessageTtl::duration);
        same.extend(is_duration(CURRENT_TTL, MESSAGE_TTL, ttl));
    }
    notes.push(note(BROKEN_NOTE, sources::QUICKSTART));
    let update = commands.connected_registry(&["acr", "connected-registry", "update"]);
    step("schedule", title, why)
        .checking(checks)
        .only_if(only_if(
            Condition::Not(Box::new(Condition::All(same))),
            "that is not so already.",
            "That is so already; nothing to do.",
        ))
        .doing(vec![Operation::Run(synchronized(update, synchronization, true)).into()])
        .expects("The new schedule under parent.syncProperties in the output.")
        .takes(ENDPOINT_TAKES)
        .noting(notes)
}

#[inline(never)]
pub(super) fn repositories(commands: &Commands, adds: bool, removes: bool) -> Step {
    let mut command =
        commands.connected_registry(&["acr", "connected-registry", "permissions", "update"]);
    let mut warnings = Vec::new();
    let mut prompts = Vec::new();
    if adds {
        command = command.with_each(
            TextField::Repositories,
            "--add",
            REPOSITORIES,
            meanings::ADD_REPOSITORIES,
        );
    }
    if removes {
        command = command.with_each(
            TextField::RemoveRepositories,
            "--remove",
            REMOVED_REPOSITORIES,
            meanings::REMOVE_REPOSITORIES,
        );
        warnings.push(
            "What is removed here is removed from all connected registries below this one as well."
                .into(),
        );
        prompts.push(prompt(
            None,
            "{connected_registry} of {registry}, and every connected registry \
                             below it, stops synchronizing {removed_repositories}. Go on?",
        ));
    }
    step(
        "repositories",
        REPOSITORIES_TITLE,
        "The sync scope map of the connected registry says what it may fetch.",
    )
    .checking(vec![connected_registry_exists(commands)])
    .prompting(prompts)
    .doing(vec![
        Operation::Run(command).into(),
        Operation::Run(commands.connected_registry(&[
            "acr",
            "connected-registry",
            "permissions",
            "show",
        ]))
        .into(),
    ])
    .expects("The list of repositories as it is now.")
    .takes(ENDPOINT_TAKES)
    .warning(warnings)
    .noting(vec![note(
        "What is added is added to all parents as well. A repository is probably \
                           synchronized at the next connection.",
        sources::CONNECTED_REGISTRY,
    )])
}

#[inline(never)]
pub(super) fn set_log_level(commands: &Commands, level: LogLevel) -> Step {
    let set = |level| {
        let update = commands.connected_registry(&["acr", "connected-registry", "update"]);
        update.with_from(
            Origin::Field(SelectField::LogLevel.into()),
            "--log-level",
            log_level(level),
            meanings::LOG_LEVEL,
        )
    };
    let back = commands.connected_registry(&["acr", "connected-registry", "update"]);
    let back = back.with("--log-level", log_level(LogLevel::Information), meanings::LOG_LEVEL);
    let back = note_with("Set it back when you are done:", sources::TROUBLESHOOTING, back);
    step(
        "log-level",
        "Set the log level",
        "It is a setting of the connected registry, not of the \
                                            extension; it probably takes effect when it next \
                                            synchronizes.",
    )
    .prompting(vec![prompt(None, "This sets the log level of {connected_registry}. Go on?")])
    .doing(vec![Operation::Run(set(level)).into()])
    .expects("The new level under logging in the output.")
    .noting(vec![Note { in_script: true, ..back }])
}

#[inline(never)]
pub(super) fn deactivate(commands: &Commands) -> Step {
    step(
        "deactivate",
        "Deactivate the connected registry",
        "Cuts the deployment off from the cloud: it no longer synchronizes.",
    )
    .only_if(only_if(connected_registry_present(), DEACTIVATE_ONLY_IF, DEACTIVATE_OTHERWISE))
    .doing(vec![
        Operation::Run(
            commands
                .connected_registry(&["acr", "connected-registry", "deactivate"])
                .flag("--yes", meanings::DEACTIVATE_YES),
        )
        .into(),
    ])
    .expects(NO_OUTPUT)
    .takes(ENDPOINT_TAKES)
    .noting(vec![note(
        "Without it, a new deployment ends with ALREADY_ACTIVATED. The 2024 \
                           documents leave it out.",
        sources::TROUBLESHOOTING,
    )])
}

#[inline(never)]
pub(super) fn delete(commands: &Commands) -> Command {
    commands
        .connected_registry(&["acr", "connected-registry", "delete"])
        .flag("--cleanup", meanings::CLEANUP)
        .flag("--yes", meanings::DELETE_YES)
}

#[inline(never)]
pub(super) fn delete_connected_registry(commands: &Commands) -> Step {
    step(
        "delete-connected-registry",
        "Delete the connected registry",
        "Deletes it in the cloud registry, with its sync token and scope map.",
    )
    .only_if(only_if(connected_registry_present(), DEACTIVATE_ONLY_IF, DEACTIVATE_OTHERWISE))
    .doing(vec![Operation::Run(delete(commands)).into()])
    .expects(NO_OUTPUT)
    .takes(ENDPOINT_TAKES)
    .warning(vec![
        "What stays: the images in the cloud registry, client tokens with their \
                       scope maps, the data endpoint, pull secrets and pods, what the nodes trust, \
                       and files on this machine."
            .into(),
    ])
    .noting(vec![note(
        "The 2024 documents give the cluster's name here and leave out \
                           --registry, --cleanup and --yes: the command fails, and would leave the \
                           token and the scope map behind.",
        sources::QUICKSTART,
    )])
}

fn token_title(name: &str) -> String {
    format!("The client token {name} exists")
}
