//! Errors that azure-cli reports for a command, and options that do something unexpected, by the
//! tables of its own parser.

use super::call::{Arg, Call, Certainty};
use super::suggest::closest_match;
use super::{Desk, Snippet};
use crate::lexer::{Edit, Span};
use crate::rules;
use configurator_core::azure::tables::{Argument, Command, IDS, Tables};
use configurator_core::azure::{CLUSTER_TYPE, EXTENSION_TYPE, prompts};
use configurator_core::scenario::is_invisible;

/// An option as it is given.
#[derive(Clone, Debug)]
pub(super) struct Given<'a> {
    /// The option in its long form, without which way it was written.
    pub(super) option: &'a str,
    /// Where it is written, without its values.
    pub(super) span: Span,
    /// Its values.
    pub(super) values: Vec<Arg>,
}

/// A command of the CLI.
#[derive(Clone, Debug)]
pub(super) struct Az<'a> {
    /// Its name, `acr connected-registry create`.
    pub(super) name: String,
    /// Its options, in order.
    pub(super) given: Vec<Given<'a>>,
    /// From its first word to its last.
    pub(super) span: Span,
}

impl<'a> Az<'a> {
    /// An option, by its long form, where it is given.
    pub(super) fn get(&self, option: &str) -> Option<&Given<'a>> {
        self.given.iter().find(|given| given.option == option)
    }

    /// The value of an option.
    pub(super) fn value(&self, option: &str) -> Option<&Arg> {
        self.get(option)?.values.first()
    }

    /// Every value of an option, however often it is given.
    pub(super) fn values(&self, option: &str) -> impl Iterator<Item = &Arg> {
        self.given
            .iter()
            .filter(move |given| given.option == option)
            .flat_map(|given| &given.values)
    }

    /// Whether an option says that something is not to be.
    fn is_off(&self, option: &str) -> bool {
        let value = self.value(option).and_then(Arg::known);
        value.is_some_and(|value| {
            ["false", "NotApplicable"].iter().any(|off| value.eq_ignore_ascii_case(off))
        })
    }

    /// Whether a three-valued option or a flag is on; `None` where it is not given or not known.
    pub(super) fn is_on(&self, option: &str) -> Option<bool> {
        let given = self.get(option)?;
        match given.values.first() {
            None => Some(true),
            Some(value) => value.known().map(|value| value.eq_ignore_ascii_case("true")),
        }
    }
}

/// Groups of commands of which every one is known: another one is a mistake.
const WHOLE_GROUPS: [&str; 6] = [
    "acr connected-registry permissions",
    "acr connected-registry",
    "acr token credential",
    "acr token",
    "connectedk8s",
    "k8s-extension",
];

/// Commands and the options of which they take exactly one; of some, at least one.
const ONE_OF: [(&str, &[&str], bool); 6] = [
    ("acr connected-registry create", &["--repository", "--sync-token"], true),
    ("acr token create", &["--scope-map", "--repository", "--gateway"], false),
    ("acr connected-registry permissions update", &["--add", "--remove"], false),
    ("k8s-extension create", &["--configuration-settings", "--config-settings-file"], true),
    (
        "k8s-extension create",
        &["--config-protected-settings", "--config-protected-settings-file"],
        true,
    ),
    ("extension add", &["--name", "--source"], true),
];

/// Of the commands above, those that take none of them as well.
fn takes_none(options: &[&str], az: &Az) -> bool {
    options.contains(&"--configuration-settings")
        || options.contains(&"--config-protected-settings")
        || az
            .value("--auth-type")
            .is_some_and(|value| value.text.eq_ignore_ascii_case("ManagedIdentity"))
}

/// Options that a command does not have, and whose removal loses nothing: what they say cannot be
/// otherwise.
const REDUNDANT: [(&str, &str); 1] = [("k8s-extension update", "--extension-type")];

/// The only spelling that every version of the CLI extension takes, although newer ones call it
/// deprecated.
const STILL_RIGHT: &str = "--auto-upgrade-minor-version";

/// Reads a command of the CLI and says what is wrong with it. `None` where it is one that is not
/// known here, and may well exist.
pub(super) fn read<'a>(
    tables: &'a Tables,
    call: &Call,
    snippet: &Snippet,
    desk: &mut Desk,
    values: &dyn Fn(&str, &str) -> Option<String>,
) -> Option<Az<'a>> {
    let args = call.arguments();
    let words: Vec<&Arg> = args.iter().take_while(|arg| !arg.text.starts_with('-')).collect();
    if words.iter().any(|word| word.known == Certainty::No)
        && words.first().is_none_or(|word| word.known == Certainty::No)
    {
        return None;
    }
    let named = (1..=words.len().min(5)).rev().find_map(|length| {
        let name = words
            .get(..length)?
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let (name, command) = tables.get(&name)?;
        Some((name, command, length))
    });
    let Some((name, command, length)) = named else {
        unknown_command(tables, &words, snippet, desk);
        return None;
    };
    let mut reader = Reader {
        tables,
        name,
        command,
        snippet,
        call,
        desk,
        az: Az { name: name.to_owned(), given: Vec::new(), span: call.command.span },
        may_hold_more: false,
    };
    reader.options(args.get(length..).unwrap_or_default());
    reader.missing(values);
    reader.whole();
    Some(reader.az)
}

fn unknown_command(tables: &Tables, words: &[&Arg], snippet: &Snippet, desk: &mut Desk) {
    let said = |length: usize| {
        words.iter().take(length).map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    let Some(first) = words.first() else { return };
    // Of a group that is known as a whole?
    for group in WHOLE_GROUPS {
        let length = group.split(' ').count();
        if said(length) != group {
            continue;
        }
        let Some(word) = words.get(length).filter(|word| word.known == Certainty::Yes) else {
            return;
        };
        let known: Vec<&str> = tables.in_group(group).collect();
        let likely = closest_match(&word.text, known.iter().copied());
        let edits = likely
            .filter(|_| word.is_changeable())
            .map(|likely| vec![Edit::replace(word.span, likely)])
            .unwrap_or_default();
        let message = unknown_command_text(
            &said(length + 1),
            likely.map(|likely| [group, " ", likely].concat()).as_deref(),
            &known,
        );
        desk.add(&rules::UNKNOWN_COMMAND, snippet, word.span, message, edits);
        return;
    }
    // The name of such a group, misspelt?
    for (group, at) in
        [("k8s-extension", 0), ("connectedk8s", 0), ("connected-registry", 1), ("scope-map", 1)]
    {
        let is_there = if at == 1 { first.text == "acr" } else { true };
        let Some(word) = words
            .get(at)
            .filter(|word| is_there && word.known == Certainty::Yes && word.text != group)
        else {
            continue;
        };
        if closest_match(&word.text, [group].into_iter()).is_some()
            && !tables.is_group(&said(at + 1))
        {
            let whole = if at == 1 { ["acr ", group].concat() } else { group.to_owned() };
            let edits = if word.is_changeable() {
                vec![Edit::replace(word.span, group)]
            } else {
                Vec::new()
            };
            desk.add(
                &rules::UNKNOWN_COMMAND,
                snippet,
                word.span,
                unknown_command_text(&said(at + 1), Some(&whole), &[]),
                edits,
            );
            return;
        }
    }
}

struct Reader<'a, 'b, 'c> {
    tables: &'a Tables,
    name: &'a str,
    command: &'a Command,
    snippet: &'b Snippet,
    call: &'b Call<'b>,
    desk: &'b mut Desk<'c>,
    az: Az<'a>,
    /// Whether it has words that are not known, and may be options.
    may_hold_more: bool,
}

/// What an option that is written some way stands for.
struct Meant<'a> {
    option: &'a str,
    argument: Option<&'a Argument>,
    /// A value that is written with it: `--name=edge01`, `-nedge01`.
    attached: Option<usize>,
}

impl<'a> Reader<'a, '_, '_> {
    fn say(
        &mut self,
        rule: &'static rules::CommandRule,
        span: Span,
        message: String,
        edits: Vec<Edit>,
    ) {
        self.desk.add(rule, self.snippet, span, message, edits);
    }

    fn arguments(&self) -> impl Iterator<Item = &'a Argument> + use<'a> {
        self.command.arguments.iter().chain(self.tables.global())
    }

    fn options(&mut self, args: &[Arg]) {
        let mut at = 0;
        let takes_words = self.command.arguments.iter().any(|argument| argument.options.is_empty());
        while let Some(arg) = args.get(at) {
            at += 1;
            let is_one =
                is_option(&arg.text) && (arg.known != Certainty::No || arg.text.starts_with("--"));
            if !is_one {
                // What is not known may be options: an array of a shell that is not set here.
                self.may_hold_more |= arg.known == Certainty::No;
                if takes_words || arg.known == Certainty::No {
                    continue;
                }
                self.say(
                    &rules::STRAY_WORD,
                    arg.span,
                    stray_word(&arg.text, self.name),
                    Vec::new(),
                );
                continue;
            }
            let mut values: Vec<Arg> = Vec::new();
            let meant = self.meant(arg);
            if let Some(length) = meant.as_ref().and_then(|meant| meant.attached) {
                values.push(attached(arg, length));
            }
            let is_attached = !values.is_empty();
            while let Some(value) =
                args.get(at).filter(|value| !is_attached && !is_option(&value.text))
            {
                values.push(value.clone());
                at += 1;
            }
            match meant {
                Some(Meant { option, argument, .. }) => self.given(arg, option, argument, values),
                None => self.unknown_option(arg, values),
            }
        }
    }

    /// What an option is, in the way the CLI's parser finds out.
    fn meant(&mut self, arg: &Arg) -> Option<Meant<'a>> {
        let (spelled, attached) = match arg.text.split_once('=') {
            Some((option, _)) => (option, Some(option.len() + 1)),
            None => (arg.text.as_str(), None),
        };
        if let Some(argument) = self.arguments().find(|argument| argument.is_spelled(spelled)) {
            return Some(Meant { option: argument.long(), argument: Some(argument), attached });
        }
        // Every command takes it; the tables of the CLI extensions leave it out.
        if spelled == "--subscription" {
            return Some(Meant { option: "--subscription", argument: None, attached });
        }
        if let Some((argument, instead)) = self
            .arguments()
            .find_map(|argument| Some((argument, argument.deprecated_spelling(spelled)?)))
        {
            let span = arg.part(0, spelled.len());
            let edits =
                if arg.is_changeable() { vec![Edit::replace(span, instead)] } else { Vec::new() };
            self.say(&rules::DEPRECATED, span, deprecated(spelled, Some(instead)), edits);
            return Some(Meant { option: argument.long(), argument: Some(argument), attached });
        }
        if spelled.starts_with("--") {
            let begin = |argument: &&Argument| {
                argument.options.iter().any(|option| option.starts_with(spelled))
            };
            let mut candidates = self.arguments().filter(begin);
            if let (Some(argument), None, true) =
                (candidates.next(), candidates.next(), spelled.len() > 3)
            {
                let whole = argument
                    .options
                    .iter()
                    .find(|option| option.starts_with(spelled))
                    .map_or("", String::as_str);
                let span = arg.part(0, spelled.len());
                let edits =
                    if arg.is_changeable() { vec![Edit::replace(span, whole)] } else { Vec::new() };
                self.say(
                    &rules::ABBREVIATED_OPTION,
                    span,
                    abbreviated_option(spelled, whole),
                    edits,
                );
                return Some(Meant { option: argument.long(), argument: Some(argument), attached });
            }
        } else if let Some(short) = arg.text.get(..2).filter(|_| arg.text.len() > 2) {
            // `-grg1`: the value right behind.
            if let Some(argument) = self.arguments().find(|argument| argument.is_spelled(short)) {
                return Some(Meant {
                    option: argument.long(),
                    argument: Some(argument),
                    attached: Some(2),
                });
            }
        }
        None
    }

    fn unknown_option(&mut self, arg: &Arg, values: Vec<Arg>) {
        let spelled = arg.text.split('=').next().unwrap_or_default();
        let span = arg.part(0, spelled.len());
        let known: Vec<&'a str> = self
            .arguments()
            .flat_map(|argument| &argument.options)
            .map(String::as_str)
            .filter(|option| option.starts_with("--"))
            .collect();
        if let Some(likely) = closest_match(spelled, known.into_iter()) {
            let edits =
                if arg.is_changeable() { vec![Edit::replace(span, likely)] } else { Vec::new() };
            self.say(
                &rules::UNKNOWN_OPTION,
                span,
                unknown_option_text(spelled, self.name, Some(likely)),
                edits,
            );
            // What follows is read as it was meant.
            let argument = self.arguments().find(|argument| argument.is_spelled(likely));
            if let Some(argument) = argument {
                self.az.given.push(Given { option: argument.long(), span, values });
            }
            return;
        }
        let end = values.last().map_or(arg.span.end, |value| value.span.end);
        let edits = if REDUNDANT.contains(&(self.name, spelled)) {
            vec![self.removal(Span::new(arg.span.start, end))]
        } else {
            Vec::new()
        };
        match self.tables.other_with(self.name, spelled) {
            Some(other) => self.say(
                &rules::OPTION_OF_ANOTHER,
                span,
                option_of_another(spelled, self.name, other),
                edits,
            ),
            None => self.say(
                &rules::UNKNOWN_OPTION,
                span,
                unknown_option_text(spelled, self.name, None),
                edits,
            ),
        }
    }

    /// Takes words out, and their line with them where they are all of it.
    fn removal(&self, span: Span) -> Edit {
        let text = &self.snippet.text;
        let before = text.get(..span.start).unwrap_or_default();
        let start = before.trim_end_matches([' ', '\t']).len();
        let after = text.get(span.end..).unwrap_or_default();
        let rest = after.trim_start_matches([' ', '\t', '\\', '`']);
        if before.get(..start).is_some_and(|before| before.ends_with('\n'))
            && rest.starts_with('\n')
        {
            return Edit::delete(Span::new(start, span.end + (after.len() - rest.len()) + 1));
        }
        Edit::delete(Span::new(start, span.end))
    }

    fn given(
        &mut self,
        arg: &Arg,
        option: &'a str,
        argument: Option<&'a Argument>,
        mut values: Vec<Arg>,
    ) {
        if matches!(option, "--sync-schedule" | "--gc-schedule") && values.len() == 5 {
            values = self.unquoted_schedule(values);
        }
        let spelled = arg.text.split('=').next().unwrap_or_default().to_owned();
        if let Some(argument) = argument {
            let (fewest, most) = argument.values();
            let is_known = values.iter().all(|value| value.known != Certainty::No);
            self.may_hold_more |= !is_known && values.len() > most;
            if values.len() < fewest && is_known {
                self.say(&rules::OPTION_VALUES, arg.span, no_value(&spelled), Vec::new());
            }
            if let Some(extra) = values.get(most.min(values.len())).filter(|_| is_known) {
                let (span, word) = (extra.span, extra.text.clone());
                self.say(
                    &rules::OPTION_VALUES,
                    span,
                    too_many_values(&spelled, most, &word),
                    Vec::new(),
                );
            }
            self.choices(&spelled, argument, &values);
            if argument.is_key_value() {
                for value in values
                    .iter()
                    .filter(|value| value.known != Certainty::No && !value.text.contains('='))
                {
                    self.say(
                        &rules::SETTING_WITHOUT_VALUE,
                        value.span,
                        setting_without_value(&value.text),
                        Vec::new(),
                    );
                }
            }
            if argument.is_deprecated()
                && option != STILL_RIGHT
                && !argument.options.iter().any(|option| option == "--resource-group")
            {
                let end = values.last().map_or(arg.span.end, |value| value.span.end);
                let removal = self.removal(Span::new(arg.span.start, end));
                self.say(&rules::DEPRECATED, arg.span, deprecated(&spelled, None), vec![removal]);
            }
            if !argument.repeats()
                && let Some(earlier) = self.az.given.iter().find(|given| given.option == option)
            {
                if most > 1 {
                    let last =
                        earlier.values.last().map_or(earlier.span.end, |value| value.span.end);
                    // Without the second name of the option the values follow the others, if
                    // nothing is in between.
                    let between = self.snippet.text.get(last..arg.span.start).unwrap_or("x");
                    let edits = match values.first() {
                        Some(first)
                            if between
                                .chars()
                                .all(|c| c.is_whitespace() || matches!(c, '\\' | '`')) =>
                        {
                            vec![Edit::delete(Span::new(arg.span.start, first.span.start))]
                        }
                        _ => Vec::new(),
                    };
                    self.say(&rules::LIST_REPEATED, arg.span, list_repeated(&spelled), edits);
                } else {
                    self.say(
                        &rules::OPTION_REPEATED,
                        arg.span,
                        option_repeated(&spelled),
                        Vec::new(),
                    );
                }
            }
        }
        self.az.given.push(Given { option, span: arg.span, values });
    }

    /// A schedule whose five fields stand there without quotes, as it was meant.
    fn unquoted_schedule(&mut self, values: Vec<Arg>) -> Vec<Arg> {
        let (Some(first), Some(last)) = (values.first(), values.last()) else { return values };
        let span = Span::new(first.span.start, last.span.end);
        let schedule = values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join(" ");
        let whole =
            Arg { text: schedule.clone(), span, value: span, is_plain: false, ..first.clone() };
        let edits = if values.iter().all(Arg::is_changeable) {
            vec![Edit::replace(span, ["'", &schedule, "'"].concat())]
        } else {
            Vec::new()
        };
        self.say(&rules::OPTION_VALUES, span, unquoted_schedule_text(&schedule), edits);
        vec![whole]
    }

    fn choices(&mut self, spelled: &str, argument: &Argument, values: &[Arg]) {
        let choices = argument.choices();
        if choices.is_empty() {
            return;
        }
        let wrong: Vec<Arg> = values
            .iter()
            .filter(|value| {
                value.known().is_some_and(|value| {
                    !choices.iter().any(|choice| choice.eq_ignore_ascii_case(value))
                })
            })
            .cloned()
            .collect();
        for value in wrong {
            let likely =
                closest_match(&value.text, choices.iter().map(String::as_str)).map(str::to_owned);
            let edits = match &likely {
                Some(likely) if value.is_changeable() => {
                    vec![Edit::replace(value.value, likely.clone())]
                }
                _ => Vec::new(),
            };
            self.say(
                &rules::OPTION_VALUE,
                value.value,
                option_value(spelled, &value.text, &choices, likely.as_deref()),
                edits,
            );
        }
    }

    /// Where more options can be put: behind the last word, in the way of the command.
    fn addition(&self, words: &str) -> Vec<Edit> {
        if self.call.is_open {
            return Vec::new();
        }
        let span = self.call.command.span;
        let text = span.of(&self.snippet.text);
        let Some(line) = text.rfind('\n') else {
            return vec![Edit::insert(span.end, [" ", words].concat())];
        };
        let last = text.get(line + 1..).unwrap_or_default();
        let indentation: String = last.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        let sign = if self.snippet.is_powershell() { " `\n" } else { " \\\n" };
        vec![Edit::insert(span.end, [sign, &indentation, words].concat())]
    }

    fn missing(&mut self, values: &dyn Fn(&str, &str) -> Option<String>) {
        if self.may_hold_more {
            return;
        }
        let has_ids = self.az.get(IDS).is_some();
        for argument in self
            .command
            .arguments
            .iter()
            .filter(|argument| argument.required && !(has_ids && argument.is_in_ids()))
        {
            if self.az.given.iter().any(|given| given.option == argument.long())
                || argument.options.is_empty()
            {
                continue;
            }
            let option = argument.long();
            if self.desk.has_defaults && matches!(option, "--registry" | "--resource-group") {
                continue;
            }
            let edits = match values(self.name, option) {
                Some(value) => self.addition(&format!("{option} {value}")),
                None => Vec::new(),
            };
            let end = self
                .call
                .args
                .get(self.name.split(' ').count())
                .map_or(self.az.span.end, |word| word.span.end);
            self.say(
                &rules::OPTION_MISSING,
                Span::new(self.az.span.start, end),
                option_missing(option, self.name),
                edits,
            );
        }
        let name = self.name;
        for (_, options, exactly) in ONE_OF.iter().filter(move |(of, ..)| *of == name) {
            let given: Vec<Span> = options
                .iter()
                .filter_map(|option| self.az.get(option))
                .map(|given| given.span)
                .collect();
            if given.is_empty() && !takes_none(options, &self.az) {
                self.say(&rules::ONE_OF, self.az.span, one_of(options, self.name, 0), Vec::new());
            } else if given.len() > 1 && *exactly {
                let last = given.into_iter().max().unwrap_or_default();
                self.say(&rules::ONE_OF, last, one_of(options, self.name, 2), Vec::new());
            }
        }
    }

    /// What is to be said of the command as a whole.
    fn whole(&mut self) {
        if let Some(instead) = self.tables_deprecated() {
            let end = self
                .call
                .args
                .get(self.name.split(' ').count())
                .map_or(self.az.span.end, |word| word.span.end);
            self.say(
                &rules::DEPRECATED,
                Span::new(self.az.span.start, end),
                deprecated(&["az ", self.name].concat(), Some(instead)),
                Vec::new(),
            );
        }
        self.versions();
        let answers = |az: &Az| az.get("--yes").is_some();
        if let Some(when) = prompts(self.name)
            && !answers(&self.az)
        {
            let asks = when.is_empty()
                || when
                    .iter()
                    .any(|option| self.az.get(option).is_some() && !self.az.is_off(option));
            let end = self
                .call
                .args
                .get(self.name.split(' ').count())
                .map_or(self.az.span.end, |word| word.span.end);
            let span = Span::new(self.az.span.start, end);
            if self.name == "acr connected-registry create" {
                self.say(&rules::MAY_PROMPT, span, may_prompt(self.name), self.addition("--yes"));
            } else if asks {
                self.say(&rules::PROMPTS, span, prompts_text(self.name), self.addition("--yes"));
            }
        }
        if self.name == "acr connected-registry delete" && self.az.get("--cleanup").is_none() {
            let end = self.call.args.get(3).map_or(self.az.span.end, |word| word.span.end);
            self.say(
                &rules::DELETE_LEAVES,
                Span::new(self.az.span.start, end),
                "Without --cleanup the sync token and its scope map stay. Add it, if they are to \
                 go."
                .to_owned(),
                Vec::new(),
            );
        }
        if let (Some(schedule), None) =
            (self.az.value("--sync-schedule").cloned(), self.az.get("--sync-window"))
            && schedule
                .known()
                .is_some_and(|schedule| schedule.split_whitespace().any(|field| field != "*"))
        {
            self.say(
                &rules::SCHEDULE_WITHOUT_WINDOW,
                schedule.value,
                "A schedule needs a window, and none is given. Add --sync-window, PT4H for \
                 instance."
                    .to_owned(),
                Vec::new(),
            );
        }
        let is_ours = self
            .az
            .value("--extension-type")
            .is_some_and(|value| value.text.eq_ignore_ascii_case(EXTENSION_TYPE));
        if is_ours
            && let Some(value) = self.az.value("--cluster-type").cloned()
            && value.known().is_some_and(|value| {
                ["managedClusters", "appliances", "provisionedClusters"]
                    .iter()
                    .any(|other| other.eq_ignore_ascii_case(value))
            })
        {
            let edits = if value.is_changeable() {
                vec![Edit::replace(value.value, CLUSTER_TYPE)]
            } else {
                Vec::new()
            };
            self.say(
                &rules::CLUSTER_TYPE,
                value.value,
                "The connected registry extension runs on \
                                                         Arc-enabled clusters. Write \
                                                         connectedClusters."
                    .to_owned(),
                edits,
            );
        }
    }

    fn tables_deprecated(&self) -> Option<&'static str> {
        match self.name {
            "acr connected-registry repo" => Some("az acr connected-registry permissions update"),
            "acr connected-registry install info" => {
                Some("az acr connected-registry get-settings --parent-protocol https")
            }
            "acr connected-registry install renew-credentials" => Some(
                "az acr connected-registry get-settings --parent-protocol https \
                 --generate-password 1",
            ),
            _ => None,
        }
    }

    fn versions(&mut self) {
        let creates = self.name == "k8s-extension create";
        if !creates && self.name != "k8s-extension update" {
            return;
        }
        let Some(version) = self.az.get("--version").map(|given| given.span) else { return };
        if self.az.get("--auto-upgrade-mode").is_some() {
            return;
        }
        match self.az.get(STILL_RIGHT).cloned() {
            None => {
                let end = self
                    .az
                    .get("--version")
                    .and_then(|given| given.values.last())
                    .map_or(version.end, |value| value.span.end);
                let edit = Edit::insert(end, [" ", STILL_RIGHT, " false"].concat());
                self.say(&rules::VERSION_ALONE, version, version_alone(creates), vec![edit]);
            }
            Some(given) if self.az.is_on(STILL_RIGHT) == Some(true) => {
                let edits = match given.values.first() {
                    Some(value) if value.is_changeable() => {
                        vec![Edit::replace(value.value, "false")]
                    }
                    Some(_) => Vec::new(),
                    None => vec![Edit::insert(given.span.end, " false")],
                };
                let span = given.values.first().map_or(given.span, |value| value.span);
                self.say(
                    &rules::VERSION_WITH_AUTO_UPGRADE,
                    span,
                    "A version is pinned, and minor versions are upgraded automatically: both \
                     together are refused. Give --auto-upgrade-minor-version false with --version."
                        .to_owned(),
                    edits,
                );
            }
            Some(_) => {}
        }
    }
}

/// Whether a word is an option to the parser: a dash, and no number.
fn is_option(word: &str) -> bool {
    word.len() > 1 && word.strip_prefix('-').is_some_and(|rest| !is_number(rest))
}

/// The value that is written with an option.
fn attached(arg: &Arg, length: usize) -> Arg {
    let mut value = arg.clone();
    value.value = arg.part(length, arg.text.len());
    value.text = arg.text.get(length..).unwrap_or_default().to_owned();
    value
}

/// Digits, or some after a dot, as argparse tells a negative number from an option. Parsed as a
/// number, it would bring along 14 kB (Brotli) into the page.
fn is_number(text: &str) -> bool {
    let are_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, end) = text.rsplit_once('.').unwrap_or(("", text));
    are_digits(whole) && are_digits(end) && !end.is_empty()
}

fn unknown_command_text(said: &str, likely: Option<&str>, known: &[&str]) -> String {
    match likely {
        Some(likely) => {
            format!("az has no command \"{}\". Did you mean \"{likely}\"?", shown(said))
        }
        None => format!("az has no command \"{}\". There are: {}.", shown(said), known.join(", ")),
    }
}

fn unknown_option_text(option: &str, command: &str, likely: Option<&str>) -> String {
    match likely {
        Some(likely) => {
            format!("az {command} has no option {}. Did you mean {likely}?", shown(option))
        }
        None => format!(
            "az {command} has no option {}. Remove it, or look at az {command} --help.",
            shown(option)
        ),
    }
}

fn option_of_another(option: &str, command: &str, other: &str) -> String {
    format!("{} is an option of az {other}, not of az {command}. Remove it.", shown(option))
}

fn abbreviated_option(option: &str, whole: &str) -> String {
    format!("az takes {} for {whole}. Spell it out.", shown(option))
}

fn no_value(option: &str) -> String {
    format!("{} needs a value, and none follows. Add it.", shown(option))
}

fn too_many_values(option: &str, most: usize, word: &str) -> String {
    if most == 0 {
        format!(
            "{} takes no value; {} belongs to nothing. Remove it, or put quotes around what \
             belongs together.",
            shown(option),
            shown(word)
        )
    } else {
        format!(
            "{} takes one value; {} belongs to nothing. Remove it, or put quotes around what \
             belongs together.",
            shown(option),
            shown(word)
        )
    }
}

fn unquoted_schedule_text(schedule: &str) -> String {
    format!(
        "Put quotes around {}: without them the shell puts names of files in the place of each *.",
        shown(schedule)
    )
}

fn stray_word(word: &str, command: &str) -> String {
    format!(
        "az {command} takes options only; {} belongs to none. Remove it, or name its option.",
        shown(word)
    )
}

fn option_value(option: &str, value: &str, choices: &[String], likely: Option<&str>) -> String {
    match likely {
        Some(likely) => {
            format!("{} cannot be {}. Did you mean {likely}?", shown(option), shown(value))
        }
        None => format!(
            "{} cannot be {}. It can be: {}.",
            shown(option),
            shown(value),
            choices.join(", ")
        ),
    }
}

fn setting_without_value(word: &str) -> String {
    format!("A setting is KEY=VALUE; {} has no =. Write key and value as one word.", shown(word))
}

fn option_missing(option: &str, command: &str) -> String {
    format!("az {command} needs {option}, and it is not given. Add it.")
}

fn one_of(options: &[&str], command: &str, given: usize) -> String {
    let options = options.join(" or ");
    if given == 0 {
        format!("az {command} needs {options}. Add one of them.")
    } else {
        format!("az {command} takes {options}, not more than one of them. Remove the others.")
    }
}

fn list_repeated(option: &str) -> String {
    format!(
        "{option} is given more than once; az keeps the last only. Put all values behind one \
         {option}."
    )
}

fn option_repeated(option: &str) -> String {
    format!("{option} is given more than once; az keeps the last only. Remove the others.")
}

fn deprecated(what: &str, instead: Option<&str>) -> String {
    match instead {
        Some(instead) => format!("{what} is deprecated. Write {instead}."),
        None => format!("{what} is deprecated and hidden. Leave it out."),
    }
}

fn prompts_text(command: &str) -> String {
    format!("az {command} asks before it acts. Add --yes where nobody can answer.")
}

fn may_prompt(command: &str) -> String {
    format!(
        "az {command} asks where the registry's data endpoint is off. Add --yes where nobody can \
         answer: it then turns the endpoint on."
    )
}

fn version_alone(creates: bool) -> String {
    if creates {
        "A version alone is refused by k8s-extension 1.9 (1.6 sent it). Add \
         --auto-upgrade-minor-version false."
            .to_owned()
    } else {
        "A version alone says nothing about automatic upgrades, of whose default the sources \
         disagree. Add --auto-upgrade-minor-version false."
            .to_owned()
    }
}

/// A text of somebody's, for a message: short, and on one line.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text
        .chars()
        .map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c })
        .take(LONGEST)
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
