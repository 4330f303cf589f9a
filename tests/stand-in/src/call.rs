//! A call of `az`, parsed by the option tables as argparse would.

use crate::Refusal;
use serde_json::Value;

const TABLES: &str = include_str!("../../../src/azure/az-tables.json");

/// A command, and what its options are set to.
#[derive(Debug)]
pub(crate) struct Call {
    /// The words that name the command.
    pub(crate) command: String,
    /// The spellings of an option, and its values.
    given: Vec<(Vec<String>, Vec<String>)>,
}

/// One option of the tables.
struct Argument<'a>(&'a Value);

impl Argument<'_> {
    fn spellings(&self) -> Vec<&str> {
        self.0["options"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn is_required(&self) -> bool {
        self.0["required"] == true
    }

    /// What argparse calls it.
    fn title(&self) -> String {
        self.spellings().join("/")
    }

    /// Whether more than one value is taken.
    fn takes_many(&self) -> bool {
        self.0["nargs"] == "+" || self.0["nargs"] == "*"
    }

    /// The fewest values.
    fn fewest(&self) -> usize {
        usize::from(!(self.0["nargs"] == "?" || self.0["nargs"] == "*" || self.takes_none()))
    }

    fn takes_none(&self) -> bool {
        self.0["nargs"] == 0
            || matches!(self.0["action"].as_str(), Some("store_true" | "store_false" | "help"))
    }

    fn repeats(&self) -> bool {
        self.0["action"].as_str().is_some_and(|action| action.starts_with("append"))
    }
}

/// Whether argparse takes a word for an option.
fn is_option(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.contains(' ') && word.parse::<f64>().is_err()
}

impl Call {
    /// Parses the words after `az`, or says what is wrong with them as `az` does.
    pub(crate) fn parse(words: &[String]) -> Result<Self, Refusal> {
        let tables: Value =
            serde_json::from_str(TABLES).map_err(|error| Refusal::new(error.to_string()))?;
        let named = words.iter().take_while(|word| !word.starts_with('-')).count();
        let found = (1..=named).rev().find_map(|length| {
            let name = words[..length].join(" ");
            Some((length, tables["commands"].get(&name)?, name))
        });
        let Some((length, table, command)) = found else {
            // The first word that leads nowhere.
            let is_group = |length: &usize| {
                let group = format!("{} ", words[..*length].join(" "));
                tables["commands"]
                    .as_object()
                    .is_some_and(|commands| commands.keys().any(|name| name.starts_with(&group)))
            };
            let wrong = (1..=named)
                .find(|length| !is_group(length))
                .and_then(|length| words.get(length - 1));
            let wrong = wrong.map_or_else(|| words.join(" "), Clone::clone);
            return Err(Refusal::usage(format!(
                "'{wrong}' is misspelled or not recognized by the system."
            )));
        };
        let mut arguments: Vec<Argument> = table["arguments"]
            .as_array()
            .into_iter()
            .flatten()
            .chain(tables["global"].as_array().into_iter().flatten())
            .map(Argument)
            .collect();
        // Every command takes it; the tables of the CLI extensions leave it out.
        let subscription = serde_json::json!({ "options": ["--subscription"] });
        if !arguments.iter().any(|argument| argument.spellings().contains(&"--subscription")) {
            arguments.push(Argument(&subscription));
        }
        let mut call = Self { command, given: Vec::new() };
        let mut strange = Vec::new();
        let mut rest = words[length..].iter().peekable();
        while let Some(word) = rest.next() {
            let (option, attached) = match word.split_once('=') {
                Some((option, value)) if option.starts_with("--") => {
                    (option, Some(value.to_owned()))
                }
                _ => (word.as_str(), None),
            };
            let Some(argument) =
                arguments.iter().find(|argument| argument.spellings().contains(&option))
            else {
                strange.push(word.clone());
                continue;
            };
            let mut values: Vec<String> = attached.into_iter().collect();
            let most = if argument.takes_none() || !values.is_empty() {
                values.len()
            } else if argument.takes_many() {
                usize::MAX
            } else {
                1
            };
            while values.len() < most {
                match rest.next_if(|value| !is_option(value)) {
                    Some(value) => values.push(value.clone()),
                    None => break,
                }
            }
            if values.len() < argument.fewest() {
                let wanted =
                    if argument.takes_many() { "at least one argument" } else { "one argument" };
                return Err(Refusal::usage(format!(
                    "argument {}: expected {wanted}",
                    argument.title()
                )));
            }
            if let Some(choices) = argument.0["choices"].as_array() {
                let choices: Vec<&str> = choices.iter().filter_map(Value::as_str).collect();
                if let Some(wrong) = values
                    .iter()
                    .find(|value| !choices.iter().any(|choice| choice.eq_ignore_ascii_case(value)))
                {
                    let reason = format!(
                        "'{wrong}' is not a valid value for '{option}'. Allowed values: {}.",
                        choices.join(", ")
                    );
                    return Err(Refusal::usage(format!("az {}: {reason}", call.command)));
                }
            }
            let spellings: Vec<String> =
                argument.spellings().into_iter().map(str::to_owned).collect();
            if !argument.repeats() {
                call.given.retain(|(others, _)| *others != spellings);
            }
            call.given.push((spellings, values));
        }
        let is_missing = |argument: &&Argument| {
            argument.is_required()
                && !argument.spellings().is_empty()
                && !call.has(argument.spellings()[0])
        };
        let missing: Vec<String> =
            arguments.iter().filter(is_missing).map(Argument::title).collect();
        if !missing.is_empty() {
            return Err(Refusal::usage(format!(
                "the following arguments are required: {}",
                missing.join(", ")
            )));
        }
        if !strange.is_empty() {
            return Err(Refusal::usage(format!("unrecognized arguments: {}", strange.join(" "))));
        }
        Ok(call)
    }

    /// Whether an option is given, by any of its spellings.
    pub(crate) fn has(&self, option: &str) -> bool {
        self.given.iter().any(|(spellings, _)| spellings.iter().any(|spelling| spelling == option))
    }

    /// All values of an option.
    pub(crate) fn values(&self, option: &str) -> Vec<&str> {
        self.given
            .iter()
            .filter(|(spellings, _)| spellings.iter().any(|spelling| spelling == option))
            .flat_map(|(_, values)| values)
            .map(String::as_str)
            .collect()
    }

    /// The first value of an option; nothing where it is not given.
    pub(crate) fn value(&self, option: &str) -> &str {
        self.values(option).first().copied().unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn parse(words: &str) -> Result<Call, Refusal> {
        Call::parse(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_told_by_any_spelling() {
        let call = parse("acr connected-registry show -n edge01 --registry=contoso -o tsv")
            .expect("it is right");
        assert_eq!(
            (call.command.as_str(), call.value("--name"), call.value("--registry")),
            ("acr connected-registry show", "edge01", "contoso")
        );
        assert_eq!(call.value("--output"), "tsv");
    }

    #[test]
    fn what_az_refuses_is_refused() {
        for (words, reason) in [
            (
                "acr connected-registry show --name edge01 --registry contoso --foo",
                "unrecognized arguments: --foo",
            ),
            (
                "acr connected-registry show --name edge01 --registry contoso --foo bar",
                "unrecognized arguments: --foo bar",
            ),
            (
                "acr connected-registry show --registry contoso",
                "the following arguments are required: --name/-n",
            ),
            (
                "acr connected-registry show --registry contoso --name --output tsv",
                "argument --name/-n: expected one argument",
            ),
            (
                "acr connected-registry make --registry contoso",
                "'make' is misspelled or not recognized by the system.",
            ),
            (
                "acr connected-registry create --registry r --name n --mode Mirror",
                "az acr connected-registry create: 'Mirror' is not a valid value for '--mode'. Allowed values: ReadOnly, ReadWrite.",
            ),
        ] {
            assert_eq!(parse(words).expect_err(words), Refusal::usage(reason));
        }
    }
}
