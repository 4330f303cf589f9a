//! A call of `az`, parsed by the option tables as argparse would.

use crate::Refusal;
use crate::tables::{Argument, IDS, Tables};

/// The option that every command takes. The tables of the CLI extensions leave it out.
const SUBSCRIPTION: &str = "--subscription";

/// A command, and what its options are set to.
#[derive(Debug)]
pub(crate) struct Call {
    /// The words that name the command.
    pub(crate) command: String,
    /// The spellings of an option, and its values.
    given: Vec<(Vec<String>, Vec<String>)>,
}

/// The name of an option in the messages of argparse.
fn title(argument: &Argument) -> String {
    argument.options.join("/")
}

/// Whether argparse takes a word for an option.
fn is_option(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.contains(' ') && word.parse::<f64>().is_err()
}

/// The message of `az` about words that name no command.
fn no_command(tables: &Tables, words: &[String]) -> Refusal {
    let named = words.iter().take_while(|word| !word.starts_with('-')).count();
    // Behind the name of a group, the next word is taken for a command, whichever it belongs to.
    let wrong = match (1..=named).find(|length| !tables.is_group(&words[..*length].join(" "))) {
        Some(length) => words.get(length - 1),
        None => words.iter().skip(named).find(|word| !is_option(word)),
    };
    Refusal::usage(match wrong {
        Some(word) => format!("'{word}' is misspelled or not recognized by the system."),
        None => "the following arguments are required: _subcommand".to_owned(),
    })
}

impl Call {
    /// Parses the words after `az`, or returns the refusal of `az`. Abbreviated options, which `az`
    /// accepts, are unknown here: no output may depend on them.
    pub(crate) fn parse(words: &[String]) -> Result<Self, Refusal> {
        let tables = Tables::load().map_err(|error| Refusal::new(error.to_string()))?;
        let Some((table, rest)) = tables.command(words) else {
            return Err(no_command(&tables, words));
        };
        let subscription = Argument::named(SUBSCRIPTION);
        let mut arguments: Vec<&Argument> = table.arguments.iter().chain(tables.global()).collect();
        if !arguments.iter().any(|argument| argument.is_spelled(SUBSCRIPTION)) {
            arguments.push(&subscription);
        }
        let command = words[..words.len() - rest.len()].join(" ");
        let mut call = Self { command, given: Vec::new() };
        let mut strange = Vec::new();
        let mut rest = rest.iter().peekable();
        while let Some(word) = rest.next() {
            let (option, attached) = match word.split_once('=') {
                Some((option, value)) if option.starts_with("--") => {
                    (option, Some(value.to_owned()))
                }
                _ => (word.as_str(), None),
            };
            let Some(argument) = arguments.iter().find(|argument| argument.is_spelled(option))
            else {
                strange.push(word.clone());
                continue;
            };
            let (fewest, most) = argument.values();
            if let (0, Some(value)) = (most, &attached) {
                return Err(Refusal::usage(format!(
                    "argument {}: ignored explicit argument '{value}'",
                    title(argument)
                )));
            }
            // An attached value is the only one.
            let most = if attached.is_some() { 1 } else { most };
            let mut values: Vec<String> = attached.into_iter().collect();
            while values.len() < most
                && let Some(value) = rest.next_if(|value| !is_option(value))
            {
                values.push(value.clone());
            }
            if values.len() < fewest {
                let wanted = if most > 1 { "at least one argument" } else { "one argument" };
                return Err(Refusal::usage(format!(
                    "argument {}: expected {wanted}",
                    title(argument)
                )));
            }
            if let Some(choices) = &argument.choices
                && let Some(wrong) = values
                    .iter()
                    .find(|value| !choices.iter().any(|choice| choice.eq_ignore_ascii_case(value)))
            {
                return Err(Refusal::usage(format!(
                    "az {}: '{wrong}' is not a valid value for '{option}'. Allowed values: {}.",
                    call.command,
                    choices.join(", ")
                )));
            }
            if !argument.repeats() {
                call.given.retain(|(others, _)| *others != argument.options);
            }
            call.given.push((argument.options.clone(), values));
        }
        let has_ids = call.has(IDS);
        let missing: Vec<String> = arguments
            .iter()
            .filter(|argument| {
                let is_in_ids = has_ids && argument.is_in_ids();
                let is_given = argument.long().is_empty() || call.has(argument.long());
                argument.required && !is_in_ids && !is_given
            })
            .map(|argument| title(argument))
            .collect();
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
    fn ids_replace_name_and_resource_group() {
        let refusal = parse("connectedk8s delete --yes").expect_err("nothing says which");
        assert!(refusal.reason.contains("--name"), "{refusal:?}");
        assert!(parse("connectedk8s delete --ids /subscriptions/0/a --yes").is_ok());
    }

    /// Every reason is the message of azure-cli 2.91.0.
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
                "acr connected-registry --registry contoso",
                "'contoso' is misspelled or not recognized by the system.",
            ),
            (
                "acr connected-registry --output",
                "the following arguments are required: _subcommand",
            ),
            (
                "acr connected-registry create --registry r --name n --repository --yes",
                "argument --repository: expected at least one argument",
            ),
            (
                "acr connected-registry delete --registry r --name n --yes now",
                "unrecognized arguments: now",
            ),
            (
                "acr connected-registry delete --registry r --name n --yes=now",
                "argument --yes/-y: ignored explicit argument 'now'",
            ),
            (
                "acr show --name c --output xml",
                "az acr show: 'xml' is not a valid value for '--output'. Allowed values: json, jsonc, yaml, yamlc, table, tsv, none.",
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
