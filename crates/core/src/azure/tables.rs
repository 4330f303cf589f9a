//! The option tables that azure-cli's own parser prints, and lookups in them.
//!
//! `az-tables.json`, next to this file, is reviewed data with one command per entry, so a new
//! release of azure-cli is a diff of it.

use serde::Deserialize;
use std::collections::BTreeMap;

const TABLES: &str = include_str!("az-tables.json");

/// The option with which some commands take whole IDs, in place of names and groups.
pub const IDS: &str = "--ids";

/// The tables of all commands.
#[derive(Debug, Default, Deserialize)]
pub struct Tables {
    /// Options that every command takes.
    global: Vec<Argument>,
    commands: BTreeMap<String, Command>,
}

/// One command of the CLI.
#[derive(Debug, Deserialize)]
pub struct Command {
    /// `core`, or the CLI extension that brings the command.
    pub source: String,
    /// Its options and positional arguments.
    pub arguments: Vec<Argument>,
}

/// One option.
#[derive(Debug, Default, Deserialize)]
pub struct Argument {
    /// Its spellings; none for a positional argument.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether the command needs it.
    #[serde(default)]
    pub required: bool,
    /// What it may be, in any case of letters.
    #[serde(default)]
    pub choices: Option<Vec<String>>,
    /// How many values it takes, as argparse writes it; none written means one.
    #[serde(default)]
    pub nargs: Nargs,
    /// What the parser does with it, where it does not just store the value.
    #[serde(default)]
    pub action: Option<String>,
    /// Spellings that still work, with a warning.
    #[serde(default)]
    deprecated_options: Vec<String>,
    /// Whether the option as a whole is on its way out.
    #[serde(default)]
    deprecated: bool,
}

/// How many values an option takes, as argparse writes it: `+`, `*`, `?`, or a number.
#[derive(Debug, Default)]
pub enum Nargs {
    /// The number is not written: one.
    #[default]
    One,
    /// This many.
    Exactly(usize),
    /// A sign that stands for a range.
    Range(Option<char>),
}

impl<'de> Deserialize<'de> for Nargs {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        // As a `serde_json::Value`, it would bring along the whole of that into the page.
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Nargs;
            fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
                formatter.write_str("nargs")
            }
            fn visit_str<E>(self, text: &str) -> Result<Nargs, E> {
                Ok(Nargs::Range(text.chars().next()))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Nargs, E> {
                usize::try_from(number).map(Nargs::Exactly).map_err(E::custom)
            }
        }
        from.deserialize_any(Visitor)
    }
}

impl Argument {
    /// An optional option with one spelling, which takes one value.
    pub fn named(option: &str) -> Self {
        Self { options: vec![option.to_owned()], ..Self::default() }
    }

    /// Whether this is one of its spellings.
    pub fn is_spelled(&self, option: &str) -> bool {
        self.options.iter().any(|spelling| spelling == option)
    }

    /// Its first spelling; nothing for a positional argument.
    pub fn long(&self) -> &str {
        self.options.first().map_or("", String::as_str)
    }

    /// What to write instead, where this is a spelling of it that is on its way out.
    pub fn deprecated_spelling(&self, option: &str) -> Option<&str> {
        self.deprecated_options.iter().any(|spelling| spelling == option).then(|| self.long())
    }

    /// Whether the option as a whole is on its way out.
    pub const fn is_deprecated(&self) -> bool {
        self.deprecated
    }

    /// Whether its values are settings, `key=value`.
    pub fn is_key_value(&self) -> bool {
        self.action.as_deref() == Some("append_key_value")
    }

    /// Whether it may be given more than once, and all of it counts.
    pub fn repeats(&self) -> bool {
        self.action.as_deref().is_some_and(|action| action.starts_with("append"))
    }

    /// What it may be, as text; nothing where everything goes.
    pub fn choices(&self) -> Vec<String> {
        self.choices.iter().flatten().cloned().collect()
    }

    /// Whether IDs of resources say it as well: with [`IDS`], it is not required.
    pub fn is_in_ids(&self) -> bool {
        matches!(self.long(), "--name" | "--resource-group")
    }

    /// The fewest and the most values.
    pub fn values(&self) -> (usize, usize) {
        if matches!(self.action.as_deref(), Some("store_true" | "store_false" | "help")) {
            return (0, 0);
        }
        match self.nargs {
            Nargs::Range(Some('+')) => (1, usize::MAX),
            Nargs::Range(Some('*')) => (0, usize::MAX),
            Nargs::Range(Some('?')) => (0, 1),
            Nargs::Exactly(number) => (number, number),
            Nargs::One | Nargs::Range(_) => (1, 1),
        }
    }
}

impl Tables {
    /// Reads the tables. The error can only be that of a broken file, which a test excludes.
    pub fn load() -> Result<Self, serde_json::Error> {
        serde_json::from_str(TABLES)
    }

    /// A command by its name, with the name as it is kept here.
    pub fn get(&self, name: &str) -> Option<(&str, &Command)> {
        self.commands.get_key_value(name).map(|(name, command)| (name.as_str(), command))
    }

    /// The options that every command takes.
    pub fn global(&self) -> impl Iterator<Item = &Argument> {
        self.global.iter()
    }

    /// The words that can follow the name of a group.
    pub fn in_group(&self, group: &str) -> impl Iterator<Item = &str> {
        let mut last = "";
        self.commands
            .keys()
            .filter_map(move |name| name.strip_prefix(group)?.strip_prefix(' ')?.split(' ').next())
            .filter(move |word| std::mem::replace(&mut last, word) != *word)
    }

    /// Whether a known command begins with these words.
    pub fn is_group(&self, words: &str) -> bool {
        self.commands.keys().any(|name| {
            name == words || name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// Another command of the same group that has an option.
    pub fn other_with(&self, name: &str, option: &str) -> Option<&str> {
        let (group, _) = name.rsplit_once(' ')?;
        let in_group = |other: &&String| {
            other.strip_prefix(group).is_some_and(|rest| rest.starts_with(' '))
                && other.as_str() != name
        };
        self.commands
            .keys()
            .filter(in_group)
            .find(|other| {
                self.commands.get(*other).is_some_and(|command| {
                    command.arguments.iter().any(|argument| argument.is_spelled(option))
                })
            })
            .map(String::as_str)
    }

    /// The command that an argv (without `az`) begins with, and how many of its words name it.
    pub fn command<'a>(&self, argv: &'a [String]) -> Option<(&Command, &'a [String])> {
        let words = argv.iter().take_while(|word| !word.starts_with('-')).count();
        (1..=words).rev().find_map(|length| {
            let (name, rest) = argv.split_at(length);
            Some((self.commands.get(&name.join(" "))?, rest))
        })
    }

    /// What the CLI's parser would refuse in an argv (without `az`), in words; empty where it takes
    /// it.
    pub fn objections(&self, argv: &[String]) -> Vec<String> {
        let Some((command, rest)) = self.command(argv) else {
            return vec![format!("no command: {}", argv.join(" "))];
        };
        let mut objections = Vec::new();
        let mut seen: Vec<&Argument> = Vec::new();
        let mut rest = rest.iter().peekable();
        while let Some(word) = rest.next() {
            let known = command
                .arguments
                .iter()
                .chain(&self.global)
                .find(|argument| argument.is_spelled(word));
            // Every command takes --subscription; the tables of the CLI extensions leave it out.
            if known.is_none()
                && word == "--subscription"
                && rest.next_if(|value| !value.starts_with('-')).is_some()
            {
                continue;
            }
            let Some(argument) = known else {
                objections.push(format!("no such option or a stray value: {word}"));
                continue;
            };
            let mut values = Vec::new();
            while let Some(value) = rest.next_if(|value| !value.starts_with('-')) {
                values.push(value);
            }
            let (fewest, most) = argument.values();
            if values.len() < fewest || values.len() > most {
                objections.push(format!("{word} has {} values", values.len()));
            }
            if let Some(choices) = &argument.choices {
                let is_choice =
                    |value: &str| choices.iter().any(|choice| choice.eq_ignore_ascii_case(value));
                objections.extend(
                    values
                        .iter()
                        .filter(|value| !is_choice(value))
                        .map(|value| format!("{word} cannot be {value}")),
                );
            }
            let repeats =
                argument.action.as_deref().is_some_and(|action| action.starts_with("append"));
            if !repeats && seen.iter().any(|other| std::ptr::eq(*other, argument)) {
                objections.push(format!("{word} is given twice: the parser keeps the last only"));
            }
            seen.push(argument);
        }
        let has_ids = seen.iter().any(|argument| argument.is_spelled(IDS));
        for argument in command
            .arguments
            .iter()
            .filter(|argument| argument.required && !(has_ids && argument.is_in_ids()))
        {
            if !seen.iter().any(|other| std::ptr::eq(*other, argument)) {
                objections.push(format!(
                    "{} is required",
                    argument.options.first().map_or("a positional argument", String::as_str)
                ));
            }
        }
        objections
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objections(command: &str) -> Vec<String> {
        let argv: Vec<String> = command.split(' ').map(str::to_owned).collect();
        match Tables::load() {
            Ok(tables) => tables.objections(&argv),
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn a_number_of_values_is_that_number() {
        for (nargs, values) in [
            ("0", (0, 0)),
            ("1", (1, 1)),
            ("2", (2, 2)),
            ("\"?\"", (0, 1)),
            ("\"+\"", (1, usize::MAX)),
        ] {
            let argument: Argument =
                serde_json::from_str(&format!("{{\"options\": [\"--x\"], \"nargs\": {nargs}}}"))
                    .unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(argument.values(), values, "{nargs}");
        }
    }

    #[test]
    fn right_commands_pass() {
        for right in [
            "acr connected-registry create --registry contoso --name edge01 --repository \
             hello-world app/api --mode ReadOnly --yes",
            "acr update --name contoso --data-endpoint-enabled true --subscription other",
            "k8s-extension create --name e --cluster-name c --cluster-type connectedClusters \
             --extension-type t --resource-group g --config a=1 --config b=2",
            "connectedk8s show --name c --resource-group g --subscription s --query \
             connectivityStatus --output tsv",
            "connectedk8s delete --ids /subscriptions/0/a /subscriptions/0/b --force \
             --skip-ssl-verification --yes --no-wait",
            "connectedk8s update --name c --resource-group g --disable-proxy \
             --skip-ssl-verification --disable-wi --yes",
        ] {
            assert_eq!(objections(right), Vec::<String>::new(), "{right}");
        }
    }

    #[test]
    fn wrong_commands_are_refused() {
        for (wrong, why) in [
            (
                "acr connected-registry make --registry contoso",
                "no command: acr connected-registry make --registry contoso",
            ),
            ("acr connected-registry show --name edge01", "--registry is required"),
            (
                "acr connected-registry show --name edge01 --reg contoso",
                "no such option or a stray value: --reg",
            ),
            ("acr connected-registry show --registry contoso --name", "--name has 0 values"),
            (
                "acr connected-registry create --registry r --name n --mode Mirror",
                "--mode cannot be Mirror",
            ),
            (
                "acr connected-registry create --registry r --name n --repository a --repository b",
                "--repository is given twice: the parser keeps the last only",
            ),
            ("acr connected-registry delete --registry r --name n --yes now", "--yes has 1 values"),
            ("connectedk8s delete --name c", "--resource-group is required"),
            ("connectedk8s enable-features --ids /subscriptions/0/a", "--features is required"),
            (
                "connectedk8s connect --name c --resource-group g --ids /subscriptions/0/a",
                "no such option or a stray value: --ids",
            ),
        ] {
            assert!(
                objections(wrong).iter().any(|objection| objection == why),
                "{wrong}: {:?}",
                objections(wrong)
            );
        }
    }
}
