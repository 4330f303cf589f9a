//! The actions of the commands in a text: their names, the choices that they set, and what the form
//! has no field for.

use super::az::Az;
use super::call::{Arg, Call, Certainty};
use super::settings::Settings;
use super::{Skipped, Snippet};
use crate::lexer::Span;
use configurator_core::azure::{self, EXTENSION_TYPE};
use configurator_core::choices::{SelectField as S, Shell, TextField as T};
use configurator_core::plan::field_of;

/// Why something is not taken over.
const LEFT_OTHER_COMMAND: &str = "a command that the form does not make";
const LEFT_OPTION: &str = "an option without a place in the form";
const LEFT_SECRET: &str = "a secret: the form never holds any";
const LEFT_UNKNOWN: &str = "its value is not in the text";
pub(crate) const LEFT_VALUE: &str = "a value that the form does not have";

/// The kind of a thing that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ActionKind {
    /// The connected registry is created.
    Create,
    /// The extension is installed.
    Install,
    /// Its version changes, or how it is kept up to date.
    Upgrade,
    /// It gets new protected settings.
    Protect,
    /// The connected registry synchronizes at other times.
    Schedule,
    /// It logs otherwise.
    LogLevel,
    /// A client token may use it.
    Link,
    /// It synchronizes other repositories.
    Permissions,
    /// It is deactivated.
    Deactivate,
    /// The connected registry is removed.
    Remove,
    /// The extension is removed, and its volume.
    Uninstall,
    /// Its connection string is fetched.
    Connect,
    /// Protected settings are written.
    Settings,
    /// A certificate or a secret is made of files.
    Certificate,
    /// An image is imported.
    Import,
    /// A client token is made, or its password.
    Token,
    /// An image is pulled.
    Pull,
    /// Something is looked at, or prepared.
    Query,
}

/// A value of a text field.
#[derive(Clone, Debug)]
pub(super) struct FieldValue {
    pub(super) field: T,
    pub(super) text: String,
    /// Where it stands in the whole text.
    pub(super) span: Span,
    pub(super) known: Certainty,
    /// Whether its variable is called like that of another field: then that one is meant.
    pub(super) hinted: bool,
}

/// One thing that is done.
#[derive(Clone, Debug)]
pub(super) struct ParsedAction {
    pub(super) kind: ActionKind,
    /// Where, in the whole text.
    pub(super) span: Span,
    /// The shell that it is written for; `None` where it is none.
    pub(super) shell: Option<Shell>,
    pub(super) said: Vec<FieldValue>,
    /// Choices of closed lists, and where they stand.
    pub(super) chosen: Vec<(S, &'static str, Span)>,
    /// Configuration settings: key, value, place.
    pub(super) config: Vec<(String, String, Span)>,
    /// Keys of protected settings that are given, and where.
    pub(super) protected: Vec<(String, Span)>,
    /// Where it gives both spellings of its settings, those of today and those of 2024.
    pub(super) of_2024: Option<Span>,
    pub(super) skipped: Vec<Skipped>,
    /// Whether it makes what it names.
    pub(super) makes: bool,
}

impl ParsedAction {
    fn new(kind: ActionKind, span: Span) -> Self {
        Self {
            kind,
            span,
            shell: None,
            said: Vec::new(),
            chosen: Vec::new(),
            config: Vec::new(),
            protected: Vec::new(),
            of_2024: None,
            skipped: Vec::new(),
            makes: false,
        }
    }

    fn leave(&mut self, snippet: &Snippet, span: Span, why: &'static str) {
        self.skipped.push(Skipped::new(snippet.place(span), span.of(&snippet.text), why));
    }

    fn say(&mut self, field: T, args: &[&Arg], snippet: &Snippet) {
        let Some(first) = args.first() else { return };
        let known =
            args.iter().map(|arg| arg.known).fold(Certainty::Yes, |all, one| match (all, one) {
                (Certainty::No, _) | (_, Certainty::No) => Certainty::No,
                (Certainty::Placeholder, _) | (_, Certainty::Placeholder) => Certainty::Placeholder,
                _ => Certainty::Yes,
            });
        let hint = first.variable.as_deref().and_then(field_of);
        let pair = |one: T, other: T| hint == Some(other) && field == one;
        let (field, hinted) = match hint {
            Some(hint)
                if pair(T::ClusterResourceGroup, T::ResourceGroup)
                    || pair(T::ClusterSubscription, T::Subscription)
                    || pair(T::ResourceGroup, T::ClusterResourceGroup) =>
            {
                (hint, true)
            }
            Some(hint) => (field, hint == field),
            None => (field, false),
        };
        let text = args.iter().map(|arg| arg.text.as_str()).collect::<Vec<_>>().join(",");
        self.said.push(FieldValue { field, text, span: snippet.place(first.value), known, hinted });
    }
}

/// The fields that the options of a command say, and whether they are lists.
fn fields(name: &str, option: &str) -> Option<T> {
    let of_registry = |option: &str| match option {
        "--registry" => Some(T::Registry),
        "--resource-group" => Some(T::ResourceGroup),
        "--subscription" => Some(T::Subscription),
        _ => None,
    };
    let of_cluster = |option: &str| match option {
        "--cluster-name" => Some(T::Cluster),
        "--resource-group" => Some(T::ClusterResourceGroup),
        "--subscription" => Some(T::ClusterSubscription),
        _ => None,
    };
    if let Some(rest) = name.strip_prefix("acr connected-registry ") {
        return match (rest, option) {
            ("list", "--name" | "--parent") => None,
            (_, "--name") => Some(T::Name),
            ("create", "--repository") | ("permissions update", "--add") => Some(T::Repositories),
            ("permissions update", "--remove") => Some(T::RemoveRepositories),
            ("create", "--client-tokens") | ("update", "--add-client-tokens") => Some(T::Tokens),
            ("create", "--parent") => Some(T::Parent),
            ("create", "--notifications") => Some(T::Notifications),
            ("create", "--gc-schedule") => Some(T::GcSchedule),
            ("create" | "update", "--sync-schedule") => Some(T::Schedule),
            ("create" | "update", "--sync-window") => Some(T::Window),
            ("create" | "update", "--sync-message-ttl") => Some(T::MessageTtl),
            _ => of_registry(option),
        };
    }
    if let Some(rest) = name.strip_prefix("k8s-extension ") {
        return match (rest, option) {
            (rest, "--name") if !rest.starts_with("extension-types") && rest != "list" => {
                Some(T::Extension)
            }
            ("create" | "update", "--version") => Some(T::Version),
            ("create" | "update", "--release-train") => Some(T::Train),
            _ => of_cluster(option),
        };
    }
    match (name, option) {
        ("acr token create" | "acr token show" | "acr token credential generate", "--name") => {
            Some(T::Tokens)
        }
        (
            "acr token create"
            | "acr token show"
            | "acr token list"
            | "acr token credential generate"
            | "acr scope-map list"
            | "acr scope-map show"
            | "acr repository list"
            | "acr repository show-tags",
            _,
        ) => of_registry(option),
        (
            "acr show" | "acr update" | "acr show-endpoints" | "acr import" | "acr check-health"
            | "acr list",
            "--name",
        ) => Some(T::Registry),
        ("acr import", "--source") => Some(T::Import),
        (
            "acr show" | "acr update" | "acr show-endpoints" | "acr import" | "acr check-health",
            _,
        ) => of_registry(option).filter(|_| option != "--registry"),
        ("connectedk8s show", "--name") => Some(T::Cluster),
        ("connectedk8s show", _) => of_cluster(option),
        ("provider register" | "provider show", "--subscription") => Some(T::ClusterSubscription),
        _ => None,
    }
}

/// The field that an option of a command says.
pub(super) fn field_of_option(name: &str, option: &str) -> Option<T> {
    fields(name, option)
}

/// Options that only say how a command runs or what it prints, or that the form answers by itself.
const SILENT: [&str; 12] = [
    "--yes",
    "--output",
    "--query",
    "--only-show-errors",
    "--verbose",
    "--debug",
    "--no-wait",
    "--wait",
    "--help",
    "--subscription",
    "--resource-group",
    "--cluster-type",
];

/// Of what a command is given besides, what every plan says by itself.
fn is_implied(az: &Az, option: &str) -> bool {
    matches!(
        (az.name.as_str(), option),
        ("k8s-extension create", "--extension-type")
            | (
                "k8s-extension create" | "k8s-extension update",
                "--config-protected-settings-file"
                    | "--configuration-settings"
                    | "--config-protected-settings"
                    | "--auto-upgrade-minor-version"
            )
            | ("acr connected-registry get-settings", "--parent-protocol" | "--generate-password")
            | ("acr connected-registry delete", "--cleanup")
            | ("acr connected-registry create", "--mode" | "--log-level" | "--gc-enabled")
            | ("acr connected-registry update", "--log-level")
            | ("acr token create", "--repository" | "--no-passwords")
            | ("acr token credential generate", "--password1")
            | ("acr import", "--image")
            | ("acr update", "--data-endpoint-enabled")
    ) || SILENT.contains(&option)
}

/// Commands that look at something, or prepare what every plan prepares by itself.
const LOOKS: [&str; 26] = [
    "version",
    "login",
    "account show",
    "account set",
    "account list",
    "acr show",
    "acr show-endpoints",
    "acr check-health",
    "acr list",
    "acr repository list",
    "acr repository show-tags",
    "acr connected-registry list",
    "acr connected-registry show",
    "acr connected-registry list-client-tokens",
    "acr connected-registry permissions show",
    "acr token show",
    "acr token list",
    "acr scope-map list",
    "acr scope-map show",
    "connectedk8s show",
    "connectedk8s list",
    "provider show",
    "provider register",
    "extension add",
    "extension list",
    "extension show",
];

/// What a command of the CLI does.
pub(super) fn of_az(az: &Az, snippet: &Snippet) -> ParsedAction {
    let name = az.name.as_str();
    let has = |option: &str| az.get(option).is_some();
    let is_ours = az.value("--extension-type").is_none_or(|value| {
        value.known != Certainty::Yes || value.text.eq_ignore_ascii_case(EXTENSION_TYPE)
    });
    let kind = match name {
        "acr connected-registry create" => Some(ActionKind::Create),
        "acr connected-registry update"
            if has("--sync-schedule") || has("--sync-window") || has("--sync-message-ttl") =>
        {
            Some(ActionKind::Schedule)
        }
        "acr connected-registry update" if has("--add-client-tokens") => Some(ActionKind::Link),
        "acr connected-registry update" if has("--log-level") => Some(ActionKind::LogLevel),
        "acr connected-registry permissions update" => Some(ActionKind::Permissions),
        "acr connected-registry get-settings" => Some(ActionKind::Connect),
        "acr connected-registry deactivate" => Some(ActionKind::Deactivate),
        "acr connected-registry delete" => Some(ActionKind::Remove),
        "k8s-extension delete" => Some(ActionKind::Uninstall),
        "acr import" => Some(ActionKind::Import),
        "acr token create" | "acr token credential generate" => Some(ActionKind::Token),
        "k8s-extension create" if is_ours => Some(ActionKind::Install),
        "k8s-extension update"
            if has("--version")
                || has("--auto-upgrade-minor-version")
                || has("--auto-upgrade-mode")
                || has("--release-train") =>
        {
            Some(ActionKind::Upgrade)
        }
        "k8s-extension update"
            if has("--config-protected-settings-file") || has("--config-protected-settings") =>
        {
            Some(ActionKind::Protect)
        }
        "acr update" if has("--data-endpoint-enabled") => Some(ActionKind::Query),
        "role assignment list" => Some(ActionKind::Query),
        _ if LOOKS.contains(&name)
            || name.starts_with("k8s-extension ")
                && !matches!(name, "k8s-extension create" | "k8s-extension update") =>
        {
            Some(ActionKind::Query)
        }
        _ => None,
    };
    let mut action = ParsedAction::new(kind.unwrap_or(ActionKind::Query), snippet.place(az.span));
    action.makes = matches!(name, "acr connected-registry create" | "k8s-extension create");
    if kind.is_none() {
        action.leave(snippet, az.span, LEFT_OTHER_COMMAND);
        return action;
    }
    let is_look = action.kind == ActionKind::Query && name != "acr update";
    for given in &az.given {
        let values: Vec<&Arg> = given.values.iter().collect();
        if let Some(field) = fields(name, given.option) {
            if values.iter().any(|value| value.known == Certainty::No) && !is_look {
                action.leave(snippet, given.span, LEFT_UNKNOWN);
            }
            // What a list is given more than once was meant as one, even where az keeps the last
            // only.
            let is_list = matches!(
                field,
                T::Repositories | T::RemoveRepositories | T::Tokens | T::Notifications
            );
            if is_list && action.said.iter().any(|said| said.field == field) {
                continue;
            }
            let all: Vec<&Arg> = if is_list {
                az.values(given.option).collect()
            } else {
                values.into_iter().take(1).collect()
            };
            action.say(field, &all, snippet);
        } else if !is_implied(az, given.option) && !is_look {
            action.leave(
                snippet,
                Span::new(
                    given.span.start,
                    values.last().map_or(given.span.end, |value| value.span.end),
                ),
                LEFT_OPTION,
            );
        }
    }
    chosen(az, snippet, &mut action);
    config(az, snippet, &mut action);
    action
}

/// What a command says of the closed lists.
fn chosen(az: &Az, snippet: &Snippet, action: &mut ParsedAction) {
    let choose =
        |option: &str, field: S, words: &[(&str, &'static str)], action: &mut ParsedAction| {
            let Some(given) = az.get(option) else { return };
            let Some(value) = given.values.first() else { return };
            match words.iter().find(|(theirs, _)| {
                value.known().is_some_and(|value| value.eq_ignore_ascii_case(theirs))
            }) {
                Some((_, ours)) => action.chosen.push((field, ours, snippet.place(value.value))),
                None => action.leave(snippet, value.span, LEFT_VALUE),
            }
        };
    match az.name.as_str() {
        "acr connected-registry create" | "acr connected-registry update" => {
            choose(
                "--mode",
                S::Mode,
                &[("ReadOnly", "read-only"), ("ReadWrite", "read-write")],
                action,
            );
            choose(
                "--log-level",
                S::LogLevel,
                &[
                    ("Information", "information"),
                    ("Debug", "debug"),
                    ("Warning", "warning"),
                    ("Error", "error"),
                    ("None", "none"),
                ],
                action,
            );
            if az.is_on("--gc-enabled") == Some(false)
                && let Some(given) = az.get("--gc-enabled")
            {
                action.chosen.push((S::Gc, "off", snippet.place(given.span)));
            }
            if let Some(schedule) = az.value("--sync-schedule") {
                let is_continuous = schedule
                    .known()
                    .is_some_and(|schedule| schedule.split_whitespace().eq(["*"; 5]));
                action.chosen.push((
                    S::Sync,
                    if is_continuous { "continuous" } else { "scheduled" },
                    snippet.place(schedule.value),
                ));
                if is_continuous {
                    action.said.retain(|said| said.field != T::Schedule);
                }
            } else if let Some(window) = az.value("--sync-window") {
                action.chosen.push((S::Sync, "scheduled", snippet.place(window.value)));
            }
        }
        "acr connected-registry get-settings" => {
            choose("--generate-password", S::PasswordSlot, &[("1", "1"), ("2", "2")], action)
        }
        "acr update" if az.is_on("--data-endpoint-enabled") == Some(false) => {
            action.leave(snippet, az.span, LEFT_VALUE)
        }
        "k8s-extension create" | "k8s-extension update" => {
            let auto =
                az.get("--auto-upgrade-minor-version").map(|given| snippet.place(given.span));
            let version = az.get("--version").map(|given| snippet.place(given.span));
            let is_on = az.is_on("--auto-upgrade-minor-version");
            match (is_on, version, auto) {
                (Some(false), _, Some(span)) | (_, Some(span), _) => {
                    action.chosen.push((S::Upgrade, "pin", span))
                }
                (Some(true), None, Some(span)) => action.chosen.push((S::Upgrade, "auto", span)),
                _ => {}
            }
            choose(
                "--auto-upgrade-mode",
                S::Upgrade,
                &[("none", "pin"), ("compatible", "auto")],
                action,
            );
        }
        _ => {}
    }
}

/// The first key of 2024 of a command, where it gives both spellings of everything on purpose, as
/// our own outputs for an extension of that time do.
///
/// The documents of 2024 themselves give `skipNodeSelector` beside a key of today, but all settings
/// behind one option; there it is just old.
pub(super) fn means_2024(az: &Az) -> Option<Span> {
    let settings: Vec<&Arg> = az.values("--configuration-settings").collect();
    let one_each = az
        .given
        .iter()
        .filter(|given| given.option == "--configuration-settings")
        .all(|given| given.values.len() == 1);
    let both = azure::keys_of_2024(settings.iter().map(|arg| arg.text.as_str()));
    let old = settings.iter().find(|arg| both.contains(&arg.text.as_str()))?;
    let all = both.iter().all(|key| settings.iter().any(|arg| arg.text == *key));
    (one_each && all).then_some(old.value)
}

/// What a command says of the extension's configuration.
fn config(az: &Az, snippet: &Snippet, action: &mut ParsedAction) {
    if !matches!(az.name.as_str(), "k8s-extension create" | "k8s-extension update") {
        return;
    }
    action.of_2024 = means_2024(az).map(|span| snippet.place(span));
    for value in az.values("--configuration-settings") {
        let Some((key, text)) = value.text.split_once('=') else { continue };
        let key = key.trim_start();
        let text = text.trim_start_matches('=');
        let span = snippet.place(value.value);
        let field = match key {
            "service.clusterIP" => Some(T::Ip),
            "pvc.storageClassName" => Some(T::StorageClass),
            "pvc.storageRequest" => Some(T::StorageRequest),
            _ => None,
        };
        match field {
            Some(field) => {
                let known = if super::call::is_placeholder(text) && value.known != Certainty::No {
                    Certainty::Placeholder
                } else {
                    value.known
                };
                if known == Certainty::No {
                    action.leave(snippet, value.span, LEFT_UNKNOWN);
                }
                let inside = value.part(value.text.len() - text.len(), value.text.len());
                action.said.push(FieldValue {
                    field,
                    text: text.to_owned(),
                    span: snippet.place(inside),
                    known,
                    hinted: false,
                });
            }
            None if azure::SETTINGS.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) => {
                action.config.push((key.to_owned(), text.to_ascii_lowercase(), span))
            }
            None if azure::PROTECTED_SETTINGS.iter().any(|(known, _)| *known == key) => {
                action.protected.push((key.to_owned(), span))
            }
            None => action.leave(
                snippet,
                value.span,
                "a configuration setting without a place in the form",
            ),
        }
    }
    for value in az.values("--config-protected-settings") {
        let Some((key, text)) = value.text.split_once('=') else { continue };
        let span = snippet.place(value.value);
        match key {
            "tls.secret" => action.said.push(FieldValue {
                field: T::Secret,
                text: text.to_owned(),
                span,
                known: value.known,
                hinted: false,
            }),
            "connectionString" | "tls.crt" | "tls.key" | "tls.cacrt"
                if value.known == Certainty::Yes =>
            {
                action.leave(
                    snippet,
                    Span::new(value.span.start, value.span.start + key.len()),
                    LEFT_SECRET,
                )
            }
            _ => {}
        }
        action.protected.push((key.to_owned(), span));
    }
    if az.name == "k8s-extension update" && action.kind == ActionKind::Upgrade {
        // That task changes nothing else.
        let spans: Vec<Span> =
            az.values("--configuration-settings").map(|value| value.span).collect();
        for span in spans {
            action.leave(snippet, span, LEFT_OPTION);
        }
        action.config.clear();
        action
            .said
            .retain(|said| !matches!(said.field, T::Ip | T::StorageClass | T::StorageRequest));
    }
}

/// What a command of another program does; `None` where it is of no interest.
pub(super) fn of_other(call: &Call, snippet: &Snippet) -> Option<ParsedAction> {
    let span = call.command.span;
    let place = snippet.place(span);
    let words: Vec<&str> = call.arguments().iter().map(|arg| arg.text.as_str()).collect();
    match call.program() {
        "kubectl" => {
            let mut action = of_kubectl(call, &words, snippet)?;
            if let Some(context) = after(call, "--context") {
                action.say(T::Context, &[context], snippet);
            }
            Some(action)
        }
        "crictl" => {
            let mut action = ParsedAction::new(ActionKind::Pull, place);
            if words.first() != Some(&"pull") {
                action.kind = ActionKind::Query;
                return Some(action);
            }
            let creds = after(call, "--creds");
            if let Some(creds) = creds {
                let (token, _) = creds.text.split_once(':').unwrap_or((&creds.text, ""));
                let token = Arg {
                    text: token.to_owned(),
                    known: if super::call::is_placeholder(token) {
                        Certainty::Placeholder
                    } else {
                        Certainty::Yes
                    },
                    ..creds.clone()
                };
                action.say(T::Tokens, &[&token], snippet);
            }
            let image = call.arguments().iter().skip(1).find(|arg| {
                !arg.text.starts_with('-') && creds.is_none_or(|creds| creds.span != arg.span)
            })?;
            of_image(image, snippet, &mut action);
            Some(action)
        }
        "openssl" if words.first() == Some(&"req") && words.contains(&"-x509") => {
            let mut action = ParsedAction::new(ActionKind::Certificate, place);
            action.chosen.push((S::SelfSigned, "yes", place));
            for (option, field) in [("-out", T::Certificate), ("-keyout", T::PrivateKey)] {
                if let Some(path) = after(call, option) {
                    action.say(field, &[path], snippet);
                }
            }
            Some(action)
        }
        "openssl" => {
            let mut action = ParsedAction::new(ActionKind::Query, place);
            if let Some(address) = after(call, "-checkip") {
                action.say(T::Ip, &[address], snippet);
            }
            Some(action)
        }
        "helm" | "docker" | "curl" => {
            let mut action = ParsedAction::new(ActionKind::Query, place);
            action.leave(snippet, span, LEFT_OTHER_COMMAND);
            Some(action)
        }
        _ => None,
    }
}

/// The word behind an option, or written with it.
pub(super) fn after<'a>(call: &'a Call, option: &str) -> Option<&'a Arg> {
    let at = call.args.iter().position(|arg| arg.text == option)?;
    call.args.get(at + 1)
}

/// `ADDRESS/REPOSITORY:TAG`, where the address is that of a connected registry.
fn of_image(image: &Arg, snippet: &Snippet, action: &mut ParsedAction) {
    let Some((address, rest)) = image.text.split_once('/') else { return };
    let (address, is_http) = match address.strip_suffix(":80") {
        Some(address) => (address, true),
        None => (address, false),
    };
    let address = address.trim_matches(['[', ']']);
    if address.parse::<std::net::IpAddr>().is_err() && !super::call::is_placeholder(address) {
        action.leave(snippet, image.span, LEFT_VALUE);
        return;
    }
    let part = |text: &str| Arg {
        text: text.to_owned(),
        known: if super::call::is_placeholder(text) {
            Certainty::Placeholder
        } else {
            Certainty::Yes
        },
        ..image.clone()
    };
    action.say(T::Ip, &[&part(address)], snippet);
    action.say(T::Image, &[&part(rest)], snippet);
    if is_http {
        action.chosen.push((S::Tls, "http", snippet.place(image.value)));
    }
}

fn of_kubectl(call: &Call, words: &[&str], snippet: &Snippet) -> Option<ParsedAction> {
    let place = snippet.place(call.command.span);
    const WITH_VALUE: [&str; 5] = ["--context", "--namespace", "-n", "--kubeconfig", "--cluster"];
    let is_verb = |(at, word): &(usize, &&str)| {
        !word.starts_with('-')
            && !at
                .checked_sub(1)
                .and_then(|at| words.get(at))
                .is_some_and(|before| WITH_VALUE.contains(before))
    };
    let verbs: Vec<&str> =
        words.iter().enumerate().filter(is_verb).map(|(_, word)| *word).take(3).collect();
    match verbs.as_slice() {
        ["create", "secret", "docker-registry", ..] => {
            let mut action = ParsedAction::new(ActionKind::Token, place);
            let server = after(call, "--docker-server")
                .or_else(|| call.args.iter().find(|arg| arg.text.starts_with("--docker-server=")));
            if let Some(server) = server {
                let text = server.text.strip_prefix("--docker-server=").unwrap_or(&server.text);
                let (address, is_http) =
                    text.strip_suffix(":80").map_or((text, false), |address| (address, true));
                let address =
                    Arg { text: address.trim_matches(['[', ']']).to_owned(), ..server.clone() };
                action.say(T::Ip, &[&address], snippet);
                if is_http {
                    action.chosen.push((S::Tls, "http", snippet.place(server.span)));
                }
            }
            if let Some(token) = after(call, "--docker-username") {
                action.say(T::Tokens, &[token], snippet);
            }
            Some(action)
        }
        ["create", "secret", "generic" | "tls", ..] => {
            let mut action = ParsedAction::new(ActionKind::Certificate, place);
            let is_tls = verbs.get(2) == Some(&"tls")
                || words.iter().any(|word| word.contains("kubernetes.io/tls"));
            if !is_tls {
                action.leave(snippet, call.command.span, LEFT_OTHER_COMMAND);
                return Some(action);
            }
            action.chosen.push((S::SecretExists, "no", place));
            let namespace =
                after(call, "--namespace").or_else(|| after(call, "-n")).map(|arg| arg.span);
            let mut previous = "";
            for arg in call.arguments() {
                let is_value_of = |option: &str| previous == option;
                if !arg.text.starts_with('-')
                    && !["create", "secret", "generic", "tls"].contains(&arg.text.as_str())
                    && Some(arg.span) != namespace
                    && ![
                        "--type",
                        "--from-file",
                        "--cert",
                        "--key",
                        "--context",
                        "--kubeconfig",
                        "--dry-run",
                    ]
                    .iter()
                    .any(|option| is_value_of(option))
                {
                    action.say(T::Secret, &[arg], snippet);
                }
                let file = arg.text.strip_prefix("--from-file=").unwrap_or(&arg.text);
                for (begin, field) in [
                    ("ca.crt=", T::CaCertificate),
                    ("tls.crt=", T::Certificate),
                    ("tls.key=", T::PrivateKey),
                    ("--cert=", T::Certificate),
                    ("--key=", T::PrivateKey),
                ] {
                    if let Some(path) = file.strip_prefix(begin) {
                        let path = Arg { text: path.to_owned(), ..arg.clone() };
                        action.say(field, &[&path], snippet);
                    }
                }
                for (option, field) in [("--cert", T::Certificate), ("--key", T::PrivateKey)] {
                    if is_value_of(option) {
                        action.say(field, &[arg], snippet);
                    }
                }
                previous = &arg.text;
            }
            Some(action)
        }
        _ => Some(ParsedAction::new(ActionKind::Query, place)),
    }
}

/// What protected settings say that are written in a text or are all of it.
pub(super) fn of_settings(
    settings: &Settings,
    span: Span,
    place: impl Fn(Span) -> Span,
    files: impl Fn(&str) -> Option<(String, Span, Certainty)>,
) -> ParsedAction {
    let mut action = ParsedAction::new(ActionKind::Settings, span);
    for entry in &settings.entries {
        action.protected.push((entry.key.clone(), place(entry.span)));
        match entry.key.as_str() {
            "tls.secret" => {
                let known = if super::call::is_placeholder(&entry.value) {
                    Certainty::Placeholder
                } else if entry.value.contains('$') {
                    Certainty::No
                } else {
                    Certainty::Yes
                };
                action.said.push(FieldValue {
                    field: T::Secret,
                    text: entry.value.clone(),
                    span: place(entry.value_span),
                    known,
                    hinted: false,
                });
            }
            "connectionString" if entry.is_known() => {
                for part in entry.value.split(';') {
                    let said = match part.split_once('=') {
                        Some(("ConnectedRegistryName", name)) => Some((T::Name, name)),
                        Some(("ParentGatewayEndpoint", host)) => host
                            .split_once('.')
                            .filter(|(_, rest)| rest.contains(".data."))
                            .map(|(registry, _)| (T::Registry, registry)),
                        _ => None,
                    };
                    if let Some((field, text)) = said {
                        action.said.push(FieldValue {
                            field,
                            text: text.to_owned(),
                            span: place(entry.value_span),
                            known: Certainty::Yes,
                            hinted: false,
                        });
                    }
                }
                action.skipped.push(Skipped::new(place(entry.span), &entry.key, LEFT_SECRET));
            }
            "tls.crt" | "tls.key" | "tls.cacrt" => {
                let field = match entry.key.as_str() {
                    "tls.crt" => T::Certificate,
                    "tls.key" => T::PrivateKey,
                    _ => T::CaCertificate,
                };
                match files(&entry.key) {
                    Some((path, span, known)) => action.said.push(FieldValue {
                        field,
                        text: path,
                        span,
                        known,
                        hinted: false,
                    }),
                    None if entry.is_known() => action.skipped.push(Skipped::new(
                        place(entry.span),
                        &entry.key,
                        LEFT_SECRET,
                    )),
                    None => {}
                }
            }
            _ => {}
        }
    }
    action
}
