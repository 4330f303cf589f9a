//! Problems that the tables of azure-cli don't show: errors in shell syntax, other programs,
//! configuration settings, and files.

use super::actions::{self, ActionKind, FieldValue, ParsedAction, after};
use super::az::Az;
use super::call::{Arg, Call, Calls, Certainty, Written, is_placeholder};
use super::settings::{self, Settings};
use super::suggest::closest_match;
use super::{Desk, Snippet};
use crate::lexer::{self, Edit, FaultKind, Lexed, Span};
use crate::read::settings::key_misspelt;
use crate::rules::{self as rules, CommandRule};
use configurator_core::azure::{CLUSTER_TYPE, EXTENSION_TYPE, PROTECTED_SETTINGS, SETTINGS};
use configurator_core::choices::field_text::{self, placeholder};
use configurator_core::choices::{Shell, TextField as T};
use configurator_core::plan::SETTINGS_FILE;
use configurator_core::scenario::RegistryName;
use std::collections::HashMap;

const A_PASSWORD: &str = "A password";
const A_CONNECTION_STRING: &str = "A connection string with its password";
const A_PRIVATE_KEY: &str = "A private key";

/// The rule of a fault.
const fn rule_of(kind: FaultKind) -> &'static CommandRule {
    match kind {
        FaultKind::BlankAfterContinuation => &rules::BLANK_AFTER_CONTINUATION,
        FaultKind::MissingContinuation => &rules::MISSING_CONTINUATION,
        FaultKind::StrayContinuation => &rules::STRAY_CONTINUATION,
        FaultKind::ContinuationInLine => &rules::CONTINUATION_IN_LINE,
        FaultKind::OtherContinuation => &rules::OTHER_CONTINUATION,
        FaultKind::Typographic => &rules::TYPOGRAPHIC,
        FaultKind::Placeholder => &rules::UNQUOTED_PLACEHOLDER,
        FaultKind::UnendedHereDocument => &rules::HERE_DOCUMENT_UNENDED,
        FaultKind::UnendedQuote => &rules::QUOTE_UNENDED,
        FaultKind::UnendedGroup => &rules::GROUP_UNENDED,
        FaultKind::OutputInHereDocument => &rules::COMMAND_IN_HERE_DOCUMENT,
        FaultKind::ByteOrderMark => &rules::BYTE_ORDER_MARK,
        FaultKind::CarriageReturn => &rules::CARRIAGE_RETURN,
        FaultKind::Prompt => &rules::PROMPT_COPIED,
    }
}

/// What is wrong with the text as one of a shell.
pub(super) fn faults(
    lexed: &Lexed,
    calls: &Calls,
    snippet: &Snippet,
    shell: Shell,
    desk: &mut Desk,
) {
    // Where a placeholder is to be the file of the protected settings, its name is known.
    let mut of_files: HashMap<Span, &Arg> = HashMap::new();
    for call in &calls.calls {
        for pair in call.args.windows(2) {
            if let [option, value] = pair
                && option.text.starts_with("--config-protected")
                && option.text.ends_with("file")
                && value.known == Certainty::Placeholder
            {
                of_files.insert(value.span, value);
            }
        }
    }
    // A password that is kept in a variable stands in the text all the same.
    for arg in calls
        .names
        .iter()
        .flat_map(|(_, args)| args)
        .filter(|arg| arg.known == Certainty::Yes && holds_password(&arg.text))
    {
        desk.add(
            &rules::SECRET_IN_COMMAND,
            snippet,
            arg.value,
            secret_in_command(A_CONNECTION_STRING),
            Vec::new(),
        );
    }
    for fault in &lexed.faults {
        if desk.is_full() {
            continue;
        }
        let said = fault.span.of(&snippet.text);
        let edits = match fault.kind {
            FaultKind::Placeholder if of_files.contains_key(&fault.span) => {
                vec![Edit::replace(fault.span, SETTINGS_FILE)]
            }
            _ => fault.edits.clone(),
        };
        desk.add(
            rule_of(fault.kind),
            snippet,
            fault.span,
            fault_text(fault.kind, said, shell),
            edits,
        );
    }
}

/// What to put where a command lacks an option: what the rest of the text says, or a placeholder.
pub(super) fn value_for(
    command: &str,
    option: &str,
    known: &HashMap<T, String>,
    shell: Shell,
) -> String {
    let quoted = |text: &str| {
        let is_plain = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._/-".contains(&b));
        match (is_plain, shell) {
            (true, _) => text.to_owned(),
            (false, Shell::Bash) => ["'", &text.replace('\'', "'\\''"), "'"].concat(),
            (false, Shell::PowerShell) => ["'", &text.replace('\'', "''"), "'"].concat(),
        }
    };
    match option {
        "--cluster-type" => return CLUSTER_TYPE.to_owned(),
        "--extension-type" => return EXTENSION_TYPE.to_owned(),
        "--parent-protocol" => return "https".to_owned(),
        _ => {}
    }
    let field = actions::field_of_option(command, option);
    let from_text = field.and_then(|field| match field {
        T::ClusterResourceGroup => known.get(&field).or_else(|| known.get(&T::ResourceGroup)),
        T::Extension => known.get(&field).or_else(|| known.get(&T::Name)),
        _ => known.get(&field),
    });
    match (from_text, field) {
        (Some(value), _) => quoted(value),
        (None, Some(field)) => quoted(&placeholder(field)),
        (None, None) => quoted(&["<value of ", option.trim_start_matches('-'), ">"].concat()),
    }
}

/// Commands of bash that PowerShell under Windows does not have.
const OF_BASH: [&str; 6] = ["tr", "export", "umask", "sed", "awk", "grep"];

/// What is wrong with a command of another program than az, or with any.
pub(super) fn tools(call: &Call, snippet: &Snippet, shell: Shell, desk: &mut Desk) {
    secrets(call, snippet, desk);
    let program = call.program();
    if shell == Shell::PowerShell {
        if OF_BASH.contains(&program) {
            let span = call.args.first().map(|arg| arg.span).unwrap_or_default();
            desk.add(
                &rules::BASH_IN_POWERSHELL,
                snippet,
                span,
                bash_in_powershell(program),
                Vec::new(),
            );
        }
        encoding(call, snippet, desk);
    }
    match program {
        "crictl" if call.arguments().first().is_some_and(|word| word.text == "pull") => {
            crictl(call, snippet, desk)
        }
        "openssl" => {
            let names: Vec<&Arg> = call
                .args
                .windows(2)
                .filter(|pair| {
                    pair[0].text == "-addext" && pair[1].text.starts_with("subjectAltName=")
                })
                .map(|pair| &pair[1])
                .collect();
            if let [first, second, ..] = names.as_slice() {
                let option = call
                    .args
                    .iter()
                    .find(|arg| arg.text == "-addext" && arg.span.start > first.span.end)
                    .map_or(second.span, |arg| arg.span);
                let more = second.text.trim_start_matches("subjectAltName=");
                let between = snippet.text.get(first.span.end..option.start).unwrap_or_default();
                let edits = if first.is_changeable()
                    && second.is_changeable()
                    && names.len() == 2
                    && !more.contains(['\'', '"', ' '])
                    && first.span == first.value
                {
                    vec![
                        Edit::insert(first.span.end, [",", more].concat()),
                        Edit::delete(Span::new(
                            first.span.end + between.trim_end_matches([' ', '\t']).len(),
                            second.span.end,
                        )),
                    ]
                } else {
                    Vec::new()
                };
                desk.add(
                    &rules::SAN_REPEATED,
                    snippet,
                    option,
                    "subjectAltName is added twice. Give all names in one, with commas.".to_owned(),
                    edits,
                );
            }
        }
        _ => {}
    }
}

fn crictl(call: &Call, snippet: &Snippet, desk: &mut Desk) {
    const WITH_VALUE: [&str; 4] = ["--creds", "--auth", "--pod-config", "--pull-timeout"];
    let mut images: Vec<&Arg> = Vec::new();
    let mut args = call.arguments().iter().skip(1);
    while let Some(arg) = args.next() {
        if WITH_VALUE.contains(&arg.text.as_str()) {
            args.next();
        } else if !arg.text.starts_with('-') {
            images.push(arg);
        }
    }
    let hole = |field: T| ["'", &placeholder(field), "'"].concat();
    match images.first() {
        None => {
            let span = Span::new(
                call.command.span.start,
                call.args.get(1).map_or(call.command.span.end, |arg| arg.span.end),
            );
            let edit = Edit::insert(
                call.command.span.end,
                [" ", &hole(T::Ip), "/", &hole(T::Image)].concat(),
            );
            desk.add(
                &rules::CRICTL_IMAGE,
                snippet,
                span,
                "No image is given. Add ADDRESS/REPOSITORY:TAG, with the service IP as the address.".to_owned(),
                vec![edit],
            );
        }
        // A name without a slash may be an image of a public registry; an address, or what no image
        // can be called, is none.
        Some(image)
            if image.known().is_some_and(|text| {
                !text.contains('/')
                    && (text.parse::<std::net::IpAddr>().is_ok()
                        || text.contains('_')
                        || text.bytes().any(|b| b.is_ascii_uppercase()))
            }) =>
        {
            let edits = if image.is_changeable() {
                vec![Edit::insert(image.span.end, ["/", &hole(T::Image)].concat())]
            } else {
                Vec::new()
            };
            desk.add(
                &rules::CRICTL_IMAGE,
                snippet,
                image.span,
                crictl_no_repository(&image.text),
                edits,
            );
        }
        Some(_) => {}
    }
}

/// Whether a value is there, and not only the place of one.
fn is_given(text: &str) -> bool {
    !text.is_empty() && !is_placeholder(text) && !text.contains(['$', '\u{2026}'])
}

/// Whether a text is a connection string with its password.
fn holds_password(text: &str) -> bool {
    text.split_once("SyncTokenPassword=")
        .is_some_and(|(_, rest)| is_given(rest.split([';', '"', '\'']).next().unwrap_or_default()))
}

/// Secrets that stand in a command.
fn secrets(call: &Call, snippet: &Snippet, desk: &mut Desk) {
    let mut say = |span: Span, what: &str| {
        desk.add(&rules::SECRET_IN_COMMAND, snippet, span, secret_in_command(what), Vec::new())
    };
    let password_of = |arg: &Arg| arg.known == Certainty::Yes && is_given(&arg.text);
    for arg in call.args.iter().filter(|arg| arg.known == Certainty::Yes) {
        if holds_password(&arg.text) {
            say(arg.value, A_CONNECTION_STRING);
        } else if arg.text.contains("PRIVATE KEY-----")
            || (call.program() == "az" && arg.text.strip_prefix("tls.key=").is_some_and(is_given))
        {
            say(arg.value, A_PRIVATE_KEY);
        } else if arg.text.strip_prefix("--docker-password=").is_some_and(is_given) {
            say(arg.value, A_PASSWORD);
        }
    }
    match call.program() {
        "crictl" => {
            if let Some(creds) =
                after(call, "--creds").filter(|creds| creds.known == Certainty::Yes)
                && creds.text.split_once(':').is_some_and(|(_, password)| is_given(password))
            {
                say(creds.value, A_PASSWORD);
            }
        }
        "kubectl" => {
            if let Some(password) = after(call, "--docker-password").filter(|arg| password_of(arg))
            {
                say(password.value, A_PASSWORD);
            }
        }
        "az" | "docker" => {
            for option in ["--password", "-p"] {
                let logs_in = call.args.get(1).is_some_and(|word| word.text == "login")
                    || call.args.get(2).is_some_and(|word| word.text == "login");
                if let Some(password) =
                    after(call, option).filter(|arg| logs_in && password_of(arg))
                {
                    say(password.value, A_PASSWORD);
                }
            }
        }
        _ => {}
    }
}

/// Files that Windows PowerShell writes as az does not read them.
fn encoding(call: &Call, snippet: &Snippet, desk: &mut Desk) {
    let is_json = |arg: &&Arg| arg.text.to_ascii_lowercase().ends_with(".json");
    if let Some(file) = call.writes.iter().find(is_json) {
        desk.add(&rules::FILE_ENCODING, snippet, file.span, file_encoding(&file.text), Vec::new());
        return;
    }
    let program = call.program().to_ascii_lowercase();
    if !matches!(program.as_str(), "out-file" | "set-content" | "add-content") {
        return;
    }
    let encoding = call
        .args
        .windows(2)
        .find(|pair| pair[0].text.eq_ignore_ascii_case("-encoding"))
        .map(|pair| pair[1].text.to_ascii_lowercase());
    let is_wrong = match encoding.as_deref() {
        Some("ascii" | "utf8nobom" | "oem" | "default") => false,
        Some(_) => true,
        // Set-Content writes ANSI where nothing is said.
        None => program == "out-file",
    };
    if let Some(file) = call.arguments().iter().find(is_json).filter(|_| is_wrong) {
        let edits = if encoding.is_none() {
            vec![Edit::insert(call.command.span.end, " -Encoding ascii")]
        } else {
            Vec::new()
        };
        desk.add(&rules::FILE_ENCODING, snippet, file.span, file_encoding(&file.text), edits);
    }
}

/// What is wrong with the configuration settings of a command.
pub(super) fn config(az: &Az, call: &Call, snippet: &Snippet, desk: &mut Desk) {
    // What is not known may be options.
    let may_hold_more = call.args.iter().any(|arg| arg.known == Certainty::No);
    if !matches!(az.name.as_str(), "k8s-extension create" | "k8s-extension update") {
        return;
    }
    let is_ours = az.value("--extension-type").is_none_or(|value| {
        value.known != Certainty::Yes || value.text.eq_ignore_ascii_case(EXTENSION_TYPE)
    });
    let all: Vec<&Arg> = az
        .values("--configuration-settings")
        .filter(|value| value.known != Certainty::No || value.text.contains('='))
        .collect();
    for value in all.iter().copied().chain(az.values("--config-protected-settings")) {
        if let Some((key, rest)) = value.text.split_once('=')
            && rest.starts_with('=')
        {
            let span = value.part(key.len() + 1, key.len() + 2);
            let edits = if value.is_changeable() && span.of(&snippet.text) == "=" {
                vec![Edit::delete(span)]
            } else {
                Vec::new()
            };
            desk.add(
                &rules::DOUBLE_EQUALS,
                snippet,
                span,
                "Two = signs: the second becomes the beginning of the value. Write one.".to_owned(),
                edits,
            );
        }
    }
    if !is_ours {
        return;
    }
    for value in all.iter().filter(|value| value.known != Certainty::No) {
        let comma = value.text.match_indices(',').map(|(at, _)| at).find(|at| {
            let next =
                value.text.get(at + 1..).unwrap_or_default().split('=').next().unwrap_or_default();
            SETTINGS.iter().any(|(known, _)| *known == next)
        });
        if let Some(at) = comma {
            let span = value.part(at, at + 1);
            let edits = if value.is_changeable()
                && span.of(&snippet.text) == ","
                && value.span == value.value
            {
                vec![Edit::replace(span, " ")]
            } else {
                Vec::new()
            };
            desk.add(
                &rules::SETTINGS_COMMA,
                snippet,
                span,
                "Settings are put apart by blanks, not by commas. Write a blank.".to_owned(),
                edits,
            );
        }
    }
    let is_explicit = az
        .get("--extension-type")
        .is_some_and(|given| given.values.iter().any(|value| value.known == Certainty::Yes));
    if az.name == "k8s-extension create" && is_explicit && !may_hold_more {
        let start = Span::new(
            az.span.start,
            az.given.first().map_or(az.span.end, |given| given.span.start.saturating_sub(1)),
        );
        let has = |options: [&str; 2]| options.iter().any(|option| az.get(option).is_some());
        if az.get("--config-settings-file").is_none()
            && !all.iter().any(|value| {
                value.known == Certainty::No
                    || value.text.contains("service.clusterIP=")
                    || likely_key(value.text.split('=').next().unwrap_or_default())
                        == Some("service.clusterIP")
            })
        {
            desk.add(
                &rules::SETTING_REQUIRED,
                snippet,
                start,
                setting_required("service.clusterIP"),
                Vec::new(),
            );
        }
        if !has(["--config-protected-settings", "--config-protected-settings-file"]) {
            desk.add(
                &rules::SETTING_REQUIRED,
                snippet,
                start,
                setting_required("a connection string, with --config-protected-file"),
                Vec::new(),
            );
        }
    }
    let keys: Vec<(&str, &str, &Arg)> = all
        .iter()
        .filter_map(|value| {
            value
                .text
                .split_once('=')
                .map(|(key, text)| (key.trim_start(), text.trim_start_matches('='), *value))
        })
        .collect();
    let is = |key: &str, wanted: &str| {
        keys.iter()
            .find(|(other, value, _)| *other == key && value.eq_ignore_ascii_case(wanted))
            .map(|(.., arg)| *arg)
    };
    let has = |key: &str| keys.iter().any(|(other, ..)| *other == key);
    for (key, value, arg) in &keys {
        let span = arg.part(
            arg.text.len() - arg.text.trim_start().len(),
            arg.text.len() - arg.text.trim_start().len() + key.len(),
        );
        let replaced = |with: &str| {
            if arg.is_changeable() && span.of(&snippet.text) == *key {
                vec![Edit::replace(span, with)]
            } else {
                Vec::new()
            }
        };
        let whole = |with: &str| {
            if arg.is_changeable() { vec![Edit::replace(arg.span, with)] } else { Vec::new() }
        };
        if PROTECTED_SETTINGS.iter().any(|(known, _)| known == key) {
            desk.add(&rules::KEY_PROTECTED, snippet, span, key_protected(key), Vec::new());
        } else if key.eq_ignore_ascii_case("HttpsEnabled") {
            if actions::means_2024(az).is_none() {
                let (instead, edits) = if value.eq_ignore_ascii_case("false") {
                    (Some("httpEnabled=true"), whole("httpEnabled=true"))
                } else {
                    (None, removal(az, arg, snippet))
                };
                desk.add(&rules::KEY_OBSOLETE, snippet, span, key_obsolete(key, instead), edits);
            }
        } else if *key == "trustDistribution.skipNodeSelector" {
            let is_off = is("trustDistribution.enabled", "false").is_some();
            if actions::means_2024(az).is_none() {
                let (instead, edits) = if value.eq_ignore_ascii_case("false")
                    && !is_off
                    && !has("trustDistribution.useNodeSelector")
                {
                    (
                        Some("trustDistribution.useNodeSelector=true"),
                        whole("trustDistribution.useNodeSelector=true"),
                    )
                } else {
                    (None, removal(az, arg, snippet))
                };
                desk.add(&rules::KEY_OBSOLETE, snippet, span, key_obsolete(key, instead), edits);
            }
        } else if !SETTINGS.iter().any(|(known, _)| known == key)
            && !matches!(*key, "registryLoginServer" | "service.type")
        {
            match likely_key(key) {
                Some(likely) => desk.add(
                    &rules::KEY_MISSPELT,
                    snippet,
                    span,
                    key_misspelt(key, likely),
                    replaced(likely),
                ),
                // Of an update that gives no key of ours it is not known which extension it is
                // about.
                None if az.get("--extension-type").is_none()
                    && !keys
                        .iter()
                        .any(|(key, ..)| SETTINGS.iter().any(|(known, _)| known == key)) => {}
                None => desk.add(&rules::KEY_UNKNOWN, snippet, span, key_unknown(key), Vec::new()),
            }
        } else if matches!(
            *key,
            "cert-manager.enabled"
                | "cert-manager.install"
                | "trustDistribution.enabled"
                | "trustDistribution.useNodeSelector"
                | "httpEnabled"
        ) && arg.known == Certainty::Yes
            && !value.contains(',')
            && !value.eq_ignore_ascii_case("true")
            && !value.eq_ignore_ascii_case("false")
            && !is_placeholder(value)
        {
            let at = arg.part(arg.text.len() - value.len(), arg.text.len());
            desk.add(&rules::KEY_VALUE, snippet, at, key_value(key, value), Vec::new());
        }
    }
    // Combinations that the documentation excludes.
    let set = |arg: &Arg, key: &str| {
        if arg.is_changeable() {
            vec![Edit::replace(arg.span, [key, "=false"].concat())]
        } else {
            Vec::new()
        }
    };
    let http = is("httpEnabled", "true").or_else(|| {
        keys.iter()
            .find(|(key, value, _)| {
                key.eq_ignore_ascii_case("HttpsEnabled") && value.eq_ignore_ascii_case("false")
            })
            .map(|(.., arg)| *arg)
    });
    let mut contradict = |arg: &Arg, key: &str, message: &str| {
        desk.add(&rules::SETTINGS_CONTRADICT, snippet, arg.span, message.to_owned(), set(arg, key))
    };
    if let (Some(_), Some(arg)) =
        (is("cert-manager.enabled", "false"), is("cert-manager.install", "true"))
    {
        contradict(
            arg,
            "cert-manager.install",
            "cert-manager.install=true with cert-manager.enabled=false: the chart rejects it. Set \
             both to false.",
        );
    }
    if http.is_some() {
        if let Some(arg) = is("trustDistribution.enabled", "true") {
            contradict(
                arg,
                "trustDistribution.enabled",
                "Trust is distributed for a certificate, and plain HTTP has none. Set \
                 trustDistribution.enabled=false.",
            );
        }
        if let Some(arg) = is("cert-manager.enabled", "true") {
            contradict(
                arg,
                "cert-manager.enabled",
                "cert-manager makes a certificate, and plain HTTP has none. Set both of its keys \
                 to false.",
            );
        }
    }
    let tls = az.values("--config-protected-settings").find(|value| value.text.starts_with("tls."));
    if let (Some(_), Some(arg)) = (tls, is("cert-manager.enabled", "true")) {
        contradict(
            arg,
            "cert-manager.enabled",
            "A certificate is given, and cert-manager is to make one. Set both of its keys to \
             false.",
        );
    }
}

/// Takes a setting out, with its option where it is the only one there.
fn removal(az: &Az, arg: &Arg, snippet: &Snippet) -> Vec<Edit> {
    if !arg.is_changeable() {
        return Vec::new();
    }
    let given =
        az.given.iter().find(|given| given.values.iter().any(|value| value.span == arg.span));
    let start = match given {
        Some(given) if given.values.len() == 1 => given.span.start,
        _ => arg.span.start,
    };
    let before = snippet.text.get(..start).unwrap_or_default();
    let trimmed = before.trim_end_matches([' ', '\t']);
    // Alone on its line, it takes the line with it.
    let after = snippet.text.get(arg.span.end..).unwrap_or_default();
    let rest = after.trim_start_matches([' ', '\t', '\\', '`']);
    if trimmed.ends_with('\n') && rest.starts_with('\n') {
        return vec![Edit::delete(Span::new(
            trimmed.len(),
            arg.span.end + (after.len() - rest.len()) + 1,
        ))];
    }
    vec![Edit::delete(Span::new(trimmed.len(), arg.span.end))]
}

/// The key that one is nearly: the same letters with other signs between them, or nearly the same.
fn likely_key(key: &str) -> Option<&'static str> {
    let known = || {
        SETTINGS.iter().map(|(known, _)| *known).filter(|known| {
            *known != "HttpsEnabled" && *known != "trustDistribution.skipNodeSelector"
        })
    };
    let plain = |key: &str| {
        key.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect::<String>()
    };
    known().find(|known| plain(known) == plain(key)).or_else(|| closest_match(key, known()))
}

/// The files that a text writes and gives to az.
#[derive(Default)]
pub(super) struct Files {
    written: Vec<String>,
    read: Vec<(String, Span)>,
}

impl Files {
    /// What a command writes by its name.
    pub(super) fn see(&mut self, call: &Call, snippet: &Snippet) {
        if snippet.is_powershell()
            && matches!(call.program().to_ascii_lowercase().as_str(), "out-file" | "set-content")
        {
            self.written.extend(
                call.arguments()
                    .iter()
                    .filter(|arg| arg.known == Certainty::Yes && arg.text.ends_with(".json"))
                    .map(|arg| arg.text.clone()),
            );
        }
    }

    /// What a command of az reads.
    pub(super) fn see_az(&mut self, az: &Az, snippet: &Snippet) {
        for file in az
            .values("--config-protected-settings-file")
            .filter(|file| file.known == Certainty::Yes)
        {
            self.read.push((file.text.clone(), snippet.place(file.value)));
        }
    }

    /// Says where one file is written and another read.
    pub(super) fn check(&self, desk: &mut Desk) {
        let name = |path: &str| path.trim_start_matches("./").to_owned();
        let mut names = self.written.iter().map(|path| name(path));
        if let Some(written) = names.next()
            && names.all(|name| name == written)
        {
            let written = &written;
            for (read, span) in self.read.iter().filter(|(read, _)| name(read) != *written) {
                desk.put(
                    &rules::SETTINGS_FILE,
                    *span,
                    settings_file_text(read, written),
                    Vec::new(),
                );
            }
        }
    }
}

/// What a command puts into a file, where that is protected settings.
pub(super) fn written(
    written: &Written,
    snippet: &Snippet,
    desk: &mut Desk,
    files: &mut Files,
) -> Option<ParsedAction> {
    let shown = written.text.trim_start();
    if !shown.starts_with('{') || !(shown.contains("connectionString") || shown.contains("tls")) {
        return None;
    }
    files.written.extend(written.file.iter().filter(|file| file.ends_with(".json")).cloned());
    let settings = settings::parse(&written.text);
    let place = snippet.place(written.span);
    if written.is_plain {
        settings::check_at(&settings, &written.text, snippet, written.span.start, desk);
    } else {
        settings::check_written(&settings, &written.text, written.span, snippet, desk);
    }
    if settings.get("connectionString").is_some_and(|entry| holds_password(&entry.value)) {
        desk.add(
            &rules::SECRET_IN_COMMAND,
            snippet,
            written.span,
            secret_in_command(A_CONNECTION_STRING),
            Vec::new(),
        );
    }
    let paths = settings::files(&settings, &written.contents);
    let path = |key: &str| {
        paths(key).map(|path| (path.text.clone(), snippet.place(path.value), path.known))
    };
    Some(actions::of_settings(&settings, place, |_| place, path))
}

/// A file of protected settings, or a block of a page that shows one.
pub(super) fn settings_file(
    settings: &Settings,
    snippet: &Snippet,
    is_file: bool,
    desk: &mut Desk,
) {
    if snippet.text.starts_with('\u{feff}') {
        let mark = Span::new(0, '\u{feff}'.len_utf8());
        desk.add(
            &rules::BYTE_ORDER_MARK,
            snippet,
            mark,
            fault_text(FaultKind::ByteOrderMark, "", Shell::Bash),
            vec![Edit::delete(mark)],
        );
    }
    settings::check(settings, &snippet.text, snippet, desk);
    if !is_file {
        // In a page, everybody reads it.
        for (key, what) in [("connectionString", A_CONNECTION_STRING), ("tls.key", A_PRIVATE_KEY)] {
            let is_secret = |entry: &&settings::Entry| {
                entry.is_known()
                    && (key == "tls.key" && entry.value.len() > 100
                        || entry
                            .value
                            .split_once("SyncTokenPassword=")
                            .is_some_and(|(_, rest)| !rest.is_empty()))
            };
            if let Some(entry) = settings.get(key).filter(is_secret) {
                desk.add(
                    &rules::SECRET_IN_COMMAND,
                    snippet,
                    entry.value_span,
                    secret_in_command(what),
                    Vec::new(),
                );
            }
        }
    }
}

/// What our own scripts say in comments is to be done on a node.
pub(super) fn commented(lexed: &Lexed, snippet: &Snippet) -> Vec<ParsedAction> {
    let mut actions = Vec::new();
    let mut comments = lexed.comments.iter().peekable();
    while let Some(comment) = comments.next() {
        let said = comment.of(&snippet.text).trim();
        if !said.starts_with("crictl pull") {
            continue;
        }
        let mut whole = said.to_owned();
        while whole.ends_with('\\') {
            let Some(next) = comments.next() else { break };
            whole.pop();
            whole.push_str(next.of(&snippet.text).trim());
        }
        let inner = lexer::lex(&whole, Shell::Bash);
        let mut names = super::call::Names::default();
        let calls = super::call::calls(snippet, &inner, &mut names);
        for mut action in calls.calls.iter().filter_map(|call| actions::of_other(call, snippet)) {
            let place = snippet.place(*comment);
            action.span = place;
            action.skipped.clear();
            action.said.iter_mut().for_each(|said| said.span = place);
            action.chosen.iter_mut().for_each(|(.., span)| *span = place);
            actions.push(action);
        }
    }
    actions
}

/// Pulls with tokens that a text about a whole deployment never links.
fn tokens(actions: &[ParsedAction], desk: &mut Desk) {
    if !actions.iter().any(|action| action.kind == ActionKind::Create) {
        return;
    }
    let said = |pulls: bool| {
        actions
            .iter()
            .filter(move |action| (action.kind == ActionKind::Pull) == pulls)
            .flat_map(|action| &action.said)
            .filter(|said| said.field == T::Tokens)
    };
    let linked: std::collections::HashSet<&str> =
        said(false).flat_map(|said| said.text.split(',')).collect();
    for pull in said(true)
        .filter(|pull| pull.known == Certainty::Yes && !linked.contains(pull.text.as_str()))
    {
        desk.put(&rules::TOKEN_NOT_LINKED, pull.span, token_not_linked(&pull.text), Vec::new());
    }
}

/// A name as Azure compares it: without the case of its letters; of a registry, without the suffix
/// of its login server.
pub(super) fn name_of(field: T, text: &str) -> String {
    let name = if field == T::Registry {
        RegistryName::from_login_server(text).unwrap_or(text)
    } else {
        text
    };
    name.to_ascii_lowercase()
}

/// Names that differ where one thing is meant: what a text does not make itself, and calls
/// otherwise than elsewhere.
pub(super) fn names(actions: &[ParsedAction], desk: &mut Desk) {
    tokens(actions, desk);
    let parents: Vec<&str> = actions
        .iter()
        .flat_map(|action| &action.said)
        .filter(|said| said.field == T::Parent)
        .map(|said| said.text.as_str())
        .take(50)
        .collect();
    for field in [T::Registry, T::Name, T::Cluster, T::Extension] {
        let said: Vec<(&FieldValue, bool)> = actions
            .iter()
            .flat_map(|action| {
                action.said.iter().map(move |said| {
                    (
                        said,
                        action.makes
                            && (matches!(field, T::Name | T::Extension)
                                || (field == T::Cluster && action.kind == ActionKind::Install)),
                        action.kind,
                    )
                })
            })
            .filter(|(said, _, kind)| {
                said.field == field && said.known == Certainty::Yes && *kind != ActionKind::Settings
            })
            // A parent is another connected registry.
            .filter(|(said, ..)| field != T::Name || !parents.contains(&said.text.as_str()))
            .map(|(said, makes, _)| (said, makes))
            .collect();
        // How often each is said, and whether it is made; the first of the most frequent is what
        // the text is about.
        let mut counts: Vec<(String, usize, bool, Span)> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        for (said, makes) in &said {
            let key = name_of(field, &said.text);
            match index.get(&key).copied() {
                Some(at) => {
                    counts[at].1 += 1;
                    counts[at].2 |= makes;
                }
                None => {
                    index.insert(key.clone(), counts.len());
                    counts.push((key, 1, *makes, said.span));
                }
            }
        }
        let Some((usual, _, _, first)) =
            counts.iter().rev().max_by_key(|(_, count, made, _)| (*made, *count)).cloned()
        else {
            continue;
        };
        let (line, _) = desk.lines.position(first.start);
        let usual_text = said
            .iter()
            .find(|(said, _)| name_of(field, &said.text) == usual)
            .map_or("", |(said, _)| said.text.as_str())
            .to_owned();
        for (said, _) in &said {
            let key = name_of(field, &said.text);
            let made =
                index.get(&key).and_then(|at| counts.get(*at)).is_some_and(|(_, _, made, _)| *made);
            if key != usual && !made {
                desk.put(
                    &rules::NAMES_DIFFER,
                    said.span,
                    names_differ(field, &said.text, &usual_text, line),
                    Vec::new(),
                );
            }
        }
    }
}

/// What a fault of the shell is, and what to do.
fn fault_text(kind: FaultKind, said: &str, shell: Shell) -> String {
    let sign = if shell == Shell::Bash { "\\" } else { "`" };
    match kind {
        FaultKind::BlankAfterContinuation => format!(
            "A blank stands behind the {sign} at the end \
                                                      of the line, so the command ends here. \
                                                      Remove the blank."
        ),
        FaultKind::MissingContinuation if said.trim_start().starts_with('#') => {
            "A comment cannot stand within a command: the command ends here. Move the comment \
             above it."
                .to_owned()
        }
        FaultKind::MissingContinuation => format!(
            "The command ends here, but the next line \
                                                   belongs to it. Put {sign} at the end of this \
                                                   line."
        ),
        FaultKind::StrayContinuation => format!(
            "The {sign} makes the next line, another command, \
                                                 a part of this one. Remove it."
        ),
        FaultKind::ContinuationInLine => format!(
            "The {sign} within the line makes the blank \
                                                  behind it a part of the next word. Remove it."
        ),
        FaultKind::OtherContinuation => {
            let name = if shell == Shell::Bash { "bash" } else { "PowerShell" };
            format!("In {name}, {} does not continue a line. Put {sign} there.", said.trim())
        }
        FaultKind::Typographic => {
            if shell == Shell::Bash {
                "A typographic quote, dash or blank of a word processor: bash takes it for a \
                 letter. Type it anew."
                    .to_owned()
            } else {
                "A typographic dash or blank of a word processor: az may get it as it is. Type it \
                 anew."
                    .to_owned()
            }
        }
        FaultKind::Placeholder => format!(
            "The shell takes the angle brackets of {} for \
                                           redirections. Put the value there, or quotes around it.",
            crate::read::az::shown(said)
        ),
        FaultKind::UnendedHereDocument => {
            if said.starts_with("<<") || said.starts_with('@') {
                "The text that begins here never ends: no line consists of the closing word alone. \
                 Add that line."
                    .to_owned()
            } else {
                "The closing word must stand alone at the beginning of its line, without blanks. \
                 Remove them."
                    .to_owned()
            }
        }
        FaultKind::UnendedQuote => {
            "This quote is not closed before the next command. Close it, or \
                                    remove it."
                .to_owned()
        }
        FaultKind::UnendedGroup => {
            "What is opened here is never closed. Add what closes it.".to_owned()
        }
        FaultKind::OutputInHereDocument => {
            "Where this command fails, nobody sees it: the file is written all the same, with \
             nothing in its place. Keep its output in a variable first."
                .to_owned()
        }
        FaultKind::ByteOrderMark => "The file begins with a byte order mark. Save it as UTF-8 \
                                     without one."
            .to_owned(),
        FaultKind::CarriageReturn => "The line ends are those of Windows. Save the file with LF \
                                      line ends."
            .to_owned(),
        FaultKind::Prompt => "The prompt was copied with the command. Remove it.".to_owned(),
    }
}

fn secret_in_command(what: &str) -> String {
    format!(
        "{what} stands in the text. Put a variable or a placeholder there, and change it if others \
         have seen this text."
    )
}

fn file_encoding(file: &str) -> String {
    format!(
        "Windows PowerShell 5.1 writes {} as UTF-16, or with a byte order mark. Write -Encoding \
         ascii.",
        crate::read::az::shown(file)
    )
}

fn bash_in_powershell(program: &str) -> String {
    format!(
        "{program} is not a command of PowerShell, and Windows has no such program. On Windows, \
         write it in PowerShell."
    )
}

fn crictl_no_repository(image: &str) -> String {
    format!("{} names no repository. Write ADDRESS/REPOSITORY:TAG.", crate::read::az::shown(image))
}

fn key_unknown(key: &str) -> String {
    format!(
        "No documentation of the extension knows the key {}. Compare it with the glossary.",
        crate::read::az::shown(key)
    )
}

fn key_obsolete(key: &str, instead: Option<&str>) -> String {
    match instead {
        Some(instead) => {
            format!(
                "{} is of the documents of 2024. Today it is {instead}.",
                crate::read::az::shown(key)
            )
        }
        None => format!(
            "{} is of the documents of 2024, and nothing takes its place here. Leave it out.",
            crate::read::az::shown(key)
        ),
    }
}

fn key_protected(key: &str) -> String {
    format!(
        "{key} belongs into the protected settings. Move it to --config-protected-file or \
         --config-protected."
    )
}

fn key_value(key: &str, value: &str) -> String {
    format!("{key} is true or false, not {}.", crate::read::az::shown(value))
}

fn setting_required(what: &str) -> String {
    format!("The extension needs {what}, and none is given. Add it.")
}

fn settings_file_text(read: &str, written: &str) -> String {
    format!(
        "The text writes {} and gives {} to az. Use one name.",
        crate::read::az::shown(written),
        crate::read::az::shown(read)
    )
}

fn token_not_linked(token: &str) -> String {
    format!(
        "This text neither makes the client token {} nor links it to the connected registry. Where \
         that is not done elsewhere: az acr token create, then az acr connected-registry update \
         --add-client-tokens.",
        crate::read::az::shown(token)
    )
}

fn names_differ(field: T, here: &str, elsewhere: &str, line: usize) -> String {
    format!(
        "{} is {} here, and {} in line {line}. If both mean the same, write the same.",
        field_text::of(field).label,
        crate::read::az::shown(here),
        crate::read::az::shown(elsewhere)
    )
}
