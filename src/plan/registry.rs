//! Steps on the registry's side: data endpoint, import, the connected registry, its schedule and
//! repositories.

use super::checks::*;
use super::names::*;
use super::{Act, Ask, Command, Condition, Must, Note, Origin, Probe, Step, Var, Word};
use crate::azure::sources;
use crate::choices::{LogLevel, Mode, SelectField, TextField};
use crate::scenario::{Deploy, Garbage, Slot, Synchronization};
use crate::schedule::{Iso8601Duration, MessageTtl, SyncWindow};
use crate::text::{explain, steps as text};

#[inline(never)]
pub(super) fn data_endpoint(commands: &Commands) -> Step {
    let off = Condition::IsNot { answer: DATA_ENDPOINT, value: "true".into() };
    let set = |value: &'static str| {
        commands.registry(&["acr", "update"]).with(
            "--data-endpoint-enabled",
            value,
            explain::DATA_ENDPOINT,
        )
    };
    let show = only(commands.registry(&["acr", "show"]), "dataEndpointEnabled");
    step("data-endpoint", text::ENDPOINT_TITLE, text::ENDPOINT_WHY)
        .checking(vec![check(
            text::ENDPOINT_LOOK,
            look(DATA_ENDPOINT, show),
            Must::BeGiven,
            text::ENDPOINT_UNKNOWN,
        )])
        .only_if(only_if(off.clone(), text::ENDPOINT_ONLY_IF, text::ENDPOINT_OTHERWISE))
        .asking(vec![ask(Some(off), text::ENDPOINT_ASK)])
        .doing(vec![Act::Run(set("true")).into()])
        .expects(text::ENDPOINT_EXPECT)
        .takes(text::ENDPOINT_TAKES)
        .undone_by(set("false"), text::ENDPOINT_UNDO_WARNING)
        .warning(vec![text::ENDPOINT_WARNING.into()])
        .noting(vec![
            note_with(
                text::ENDPOINT_FIREWALL,
                sources::DATA_ENDPOINT,
                commands.registry(&["acr", "show-endpoints"]),
            ),
            note(text::ENDPOINT_NOTE, sources::QUICKSTART),
        ])
}

#[inline(never)]
pub(super) fn import(commands: &Commands) -> Step {
    let command = commands
        .registry(&["acr", "import"])
        .with_from(TextField::Import, "--source", IMPORT_SOURCE, explain::IMPORT_SOURCE)
        .with_from(TextField::Import, "--image", IMPORT_IMAGE, explain::IMPORT_IMAGE);
    let tags = commands.registry(&["acr", "repository", "show-tags"]).with_from(
        TextField::Import,
        "--repository",
        IMPORT_REPOSITORY,
        explain::IMPORT_IMAGE,
    );
    let tags = tags.with("--output", "tsv", explain::TSV);
    step("import", text::IMPORT_TITLE, text::IMPORT_WHY)
        .checking(vec![look_if_possible(text::IMPORT_LOOK.into(), IMPORTED_TAGS, tags)])
        .only_if(only_if(
            Condition::Absent { from: IMPORTED_TAGS, name: IMPORT_TAG.into() },
            text::IMPORT_ONLY_IF,
            text::IMPORT_OTHERWISE,
        ))
        .doing(vec![Act::Run(command).into()])
        .expects(text::NO_OUTPUT)
        .takes(text::ENDPOINT_TAKES)
        .noting(vec![
            note(text::IMPORT_NOTE, sources::ACR),
            note(text::IMPORT_RIGHTS, sources::ROLES),
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
            look(into, only(commands.in_registry(list, source), "[].name")),
            Must::Answer,
            text::NAMES_UNKNOWN,
        )
    };
    let mut checks = vec![
        connected_registries(commands),
        list(TOKENS, &["acr", "token", "list"], sources::TOKEN, text::TOKENS_LOOK),
        list(SCOPE_MAPS, &["acr", "scope-map", "list"], sources::ACR, text::SCOPE_MAPS_LOOK),
    ];
    let ask_if = |condition, question: &'static str| Ask {
        condition: Some(Condition::All(vec![connected_registry_absent(), condition])),
        question: Word::sentence(question),
    };
    let is_there = |from, name: Var| Condition::Present { from, name: name.into() };
    let asks = vec![
        ask_if(is_there(EXTENSIONS, EXTENSION), text::FOREIGN_EXTENSION_ASK),
        ask_if(is_there(TOKENS, CONNECTED_REGISTRY), text::TOKEN_ASK),
        ask_if(is_there(SCOPE_MAPS, CONNECTED_REGISTRY), text::SCOPE_MAP_ASK),
    ];
    let mut command = commands
        .connected_registry(&["acr", "connected-registry", "create"])
        .with_each(TextField::Repositories, "--repository", REPOSITORIES, explain::REPOSITORY)
        .with_from(Origin::Field(SelectField::Mode.into()), "--mode", mode, explain::MODE);
    let mut warnings = vec![text::CREATE_WARNING.into()];
    if deploy.parent.is_some() {
        checks.push(check(
            text::PARENT_TITLE,
            Probe::Known(CONNECTED_REGISTRIES),
            Must::Include(PARENT.into()),
            text::PARENT_MISSING,
        ));
        if deploy.mode == Mode::ReadWrite {
            let show = commands
                .in_registry(&["acr", "connected-registry", "show"], sources::CONNECTED_REGISTRY);
            let show =
                only(show.with_from(TextField::Parent, "--name", PARENT, explain::PARENT), "mode");
            checks.push(check(
                text::PARENT_MODE_TITLE,
                look(PARENT_MODE, show),
                Must::Be("ReadWrite".into()),
                text::PARENT_MODE_WRONG,
            ));
        }
        command = command.with_from(TextField::Parent, "--parent", PARENT, explain::PARENT);
        warnings.push(text::PARENT_WARNING.into());
    }
    if let Some(tokens) = &deploy.tokens {
        for name in tokens.value.iter().flat_map(|tokens| tokens.iter()) {
            let must = Must::Include(name.as_str().to_owned().into());
            checks.push(check(
                text::token_title(name.as_str()),
                Probe::Known(TOKENS),
                must,
                text::TOKEN_MISSING,
            ));
        }
        command = command.with_each(
            TextField::Tokens,
            "--client-tokens",
            CLIENT_TOKENS,
            explain::CLIENT_TOKENS,
        );
    }
    command = synchronized(command, &deploy.synchronization, false);
    if deploy.notifications.is_some() {
        command = command.with_each(
            TextField::Notifications,
            "--notifications",
            NOTIFICATIONS,
            explain::NOTIFICATIONS,
        );
    }
    if deploy.log_level != LogLevel::Information {
        command = command.with_from(
            Origin::Field(SelectField::LogLevel.into()),
            "--log-level",
            log_level(deploy.log_level),
            explain::LOG_LEVEL,
        );
    }
    match &deploy.garbage {
        Garbage::Kept => {
            command = command.with_from(
                Origin::Field(SelectField::Gc.into()),
                "--gc-enabled",
                "false",
                explain::GC_ENABLED,
            );
        }
        Garbage::Collected(Some(_)) => {
            command = command.with_from(
                TextField::GcSchedule,
                "--gc-schedule",
                GC_SCHEDULE,
                explain::GC_SCHEDULE,
            );
        }
        Garbage::Collected(None) => {}
    }
    step("create", text::CREATE_TITLE, text::CREATE_WHY)
        .checking(checks)
        .only_if(only_if(connected_registry_absent(), text::CREATE_ONLY_IF, text::CREATE_OTHERWISE))
        .asking(asks)
        .doing(vec![Act::Run(command.flag("--yes", explain::YES_CREATE)).into()])
        .expects(text::CREATE_EXPECT)
        .undone_by(delete(commands), text::CREATE_UNDO_WARNING)
        .warning(warnings)
        .noting(vec![note(text::CREATE_NOTE, sources::QUICKSTART)])
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
    let with_ttl = |command: Command, ttl: &Option<Slot<_>>| match ttl {
        Some(_) => command.with_from(
            TextField::MessageTtl,
            "--sync-message-ttl",
            MESSAGE_TTL,
            explain::MESSAGE_TTL,
        ),
        None => command,
    };
    match synchronization {
        Synchronization::Continuous { ttl } if always => with_ttl(
            command.with_from(
                Origin::Field(SelectField::Sync.into()),
                "--sync-schedule",
                "* * * * *",
                explain::SYNC_SCHEDULE,
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
                    explain::SYNC_SCHEDULE,
                )
                .with_from(TextField::Window, "--sync-window", SYNC_WINDOW, explain::SYNC_WINDOW),
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
        check(title, look(into, command), Must::Answer, text::SHOW_UNKNOWN)
    };
    let is = |answer, value| Condition::Is { answer, value };
    let mut checks = vec![
        connected_registry_exists(commands),
        show(CURRENT_SCHEDULE, "parent.syncProperties.schedule", text::SCHEDULE_LOOK),
    ];
    let (mut same, title, why, mut notes) = match synchronization {
        Synchronization::Continuous { .. } => (
            vec![is(CURRENT_SCHEDULE, "* * * * *".into())],
            text::CONTINUOUS_TITLE,
            text::CONTINUOUS_WHY,
            vec![note(text::WINDOW_STAYS, sources::GLOSSARY)],
        ),
        Synchronization::Scheduled { window, .. } => {
            checks.push(show(
                CURRENT_WINDOW,
                "parent.syncProperties.syncWindow",
                text::WINDOW_LOOK,
            ));
            let mut same = vec![is(CURRENT_SCHEDULE, SYNC_SCHEDULE.into())];
            let window = window.value.as_ref().map(SyncWindow::duration);
            same.extend(is_duration(CURRENT_WINDOW, SYNC_WINDOW, window));
            (
                same,
                text::SCHEDULE_TITLE,
                text::SCHEDULE_WHY,
                vec![
                    note(text::NOON_NOTE, sources::SYNC_TUTORIAL),
                    note(text::WINDOW_FORMAT_NOTE, sources::CONNECTED_REGISTRY),
                ],
            )
        }
    };
    let ttl = match synchronization {
        Synchronization::Continuous { ttl } | Synchronization::Scheduled { ttl, .. } => ttl,
    };
    if let Some(ttl) = ttl {
        checks.push(show(CURRENT_TTL, "parent.syncProperties.messageTtl", text::TTL_LOOK));
        let ttl = ttl.value.as_ref().map(MessageTtl::duration);
        same.extend(is_duration(CURRENT_TTL, MESSAGE_TTL, ttl));
    }
    notes.push(note(text::BROKEN_NOTE, sources::QUICKSTART));
    let update = commands.connected_registry(&["acr", "connected-registry", "update"]);
    step("schedule", title, why)
        .checking(checks)
        .only_if(only_if(
            Condition::Not(Box::new(Condition::All(same))),
            text::SCHEDULE_ONLY_IF,
            text::SCHEDULE_OTHERWISE,
        ))
        .doing(vec![Act::Run(synchronized(update, synchronization, true)).into()])
        .expects(text::SCHEDULE_EXPECT)
        .takes(text::ENDPOINT_TAKES)
        .noting(notes)
}

#[inline(never)]
pub(super) fn repositories(commands: &Commands, adds: bool, removes: bool) -> Step {
    let mut command =
        commands.connected_registry(&["acr", "connected-registry", "permissions", "update"]);
    let mut warnings = Vec::new();
    let mut asks = Vec::new();
    if adds {
        command = command.with_each(
            TextField::Repositories,
            "--add",
            REPOSITORIES,
            explain::ADD_REPOSITORIES,
        );
    }
    if removes {
        command = command.with_each(
            TextField::RemoveRepositories,
            "--remove",
            REMOVED_REPOSITORIES,
            explain::REMOVE_REPOSITORIES,
        );
        warnings.push(text::REMOVE_REPOSITORIES_WARNING.into());
        asks.push(ask(None, text::REMOVE_REPOSITORIES_ASK));
    }
    step("repositories", text::REPOSITORIES_TITLE, text::REPOSITORIES_WHY)
        .checking(vec![connected_registry_exists(commands)])
        .asking(asks)
        .doing(vec![
            Act::Run(command).into(),
            Act::Run(commands.connected_registry(&[
                "acr",
                "connected-registry",
                "permissions",
                "show",
            ]))
            .into(),
        ])
        .expects(text::REPOSITORIES_EXPECT)
        .takes(text::ENDPOINT_TAKES)
        .warning(warnings)
        .noting(vec![note(text::REPOSITORIES_NOTE, sources::CONNECTED_REGISTRY)])
}

#[inline(never)]
pub(super) fn set_log_level(commands: &Commands, level: LogLevel) -> Step {
    let set = |level| {
        let update = commands.connected_registry(&["acr", "connected-registry", "update"]);
        update.with_from(
            Origin::Field(SelectField::LogLevel.into()),
            "--log-level",
            log_level(level),
            explain::LOG_LEVEL,
        )
    };
    let back = commands.connected_registry(&["acr", "connected-registry", "update"]);
    let back = back.with("--log-level", log_level(LogLevel::Information), explain::LOG_LEVEL);
    let back = note_with(text::LOG_LEVEL_BACK, sources::TROUBLESHOOTING, back);
    step("log-level", text::LOG_LEVEL_TITLE, text::LOG_LEVEL_WHY)
        .asking(vec![ask(None, text::LOG_LEVEL_ASK)])
        .doing(vec![Act::Run(set(level)).into()])
        .expects(text::LOG_LEVEL_EXPECT)
        .noting(vec![Note { told: true, ..back }])
}

#[inline(never)]
pub(super) fn deactivate(commands: &Commands) -> Step {
    step("deactivate", text::DEACTIVATE_TITLE, text::DEACTIVATE_WHY)
        .only_if(only_if(
            connected_registry_present(),
            text::DEACTIVATE_ONLY_IF,
            text::DEACTIVATE_OTHERWISE,
        ))
        .doing(vec![
            Act::Run(
                commands
                    .connected_registry(&["acr", "connected-registry", "deactivate"])
                    .flag("--yes", explain::DEACTIVATE_YES),
            )
            .into(),
        ])
        .expects(text::NO_OUTPUT)
        .takes(text::ENDPOINT_TAKES)
        .noting(vec![note(text::DEACTIVATE_NOTE, sources::TROUBLESHOOTING)])
}

#[inline(never)]
pub(super) fn delete(commands: &Commands) -> Command {
    commands
        .connected_registry(&["acr", "connected-registry", "delete"])
        .flag("--cleanup", explain::CLEANUP)
        .flag("--yes", explain::DELETE_YES)
}

#[inline(never)]
pub(super) fn delete_connected_registry(commands: &Commands) -> Step {
    step("delete-connected-registry", text::DELETE_TITLE, text::DELETE_WHY)
        .only_if(only_if(
            connected_registry_present(),
            text::DEACTIVATE_ONLY_IF,
            text::DEACTIVATE_OTHERWISE,
        ))
        .doing(vec![Act::Run(delete(commands)).into()])
        .expects(text::NO_OUTPUT)
        .takes(text::ENDPOINT_TAKES)
        .warning(vec![text::DELETE_WARNING.into()])
        .noting(vec![note(text::DELETE_NOTE, sources::QUICKSTART)])
}
