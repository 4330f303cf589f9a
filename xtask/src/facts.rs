//! Compares the option tables of the project with those of an installed azure-cli: what a new
//! release changes is read as a diff.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run::{program, root, say, show};
use crate::tools;

/// The project's tables.
const TABLES: &str = "crates/core/src/azure/az-tables.json";

/// The groups that our scripts use: every azure-cli has them, even the part of it that is installed
/// for the tests. Others are compared where they are there.
const CORE: [&str; 7] = ["account", "acr", "extension", "login", "provider", "role", "version"];

/// The tables, as far as they are compared.
#[derive(Deserialize)]
struct Tables {
    versions: Versions,
    global: Vec<Argument>,
    commands: BTreeMap<String, Command>,
}

/// What was asked.
#[derive(Deserialize)]
struct Versions {
    #[serde(rename = "azure-cli")]
    azure_cli: String,
    extensions: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Command {
    source: String,
    arguments: Vec<Argument>,
}

/// An option, or a positional argument, which has no spelling.
#[derive(Clone, Debug, Default, Deserialize)]
struct Argument {
    #[serde(default)]
    options: Vec<String>,
    /// Spellings that will go.
    #[serde(default)]
    deprecated_options: Vec<String>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    choices: Option<Vec<serde_json::Value>>,
    #[serde(default)]
    nargs: Option<serde_json::Value>,
    #[serde(default)]
    action: Option<String>,
}

/// The answer about one command.
#[derive(Deserialize)]
struct Answer {
    command: String,
    arguments: Option<Vec<Argument>>,
}

impl Argument {
    fn spellings(&self) -> impl Iterator<Item = &String> {
        self.options.iter().chain(&self.deprecated_options)
    }

    fn is_same_as(&self, other: &Self) -> bool {
        let is_positional = |argument: &Self| argument.spellings().next().is_none();
        (is_positional(self) && is_positional(other))
            || self.spellings().any(|spelling| other.spellings().any(|other| other == spelling))
    }

    fn name(&self) -> &str {
        self.spellings().next().map_or("the positional argument", String::as_str)
    }

    /// How many values it takes, as argparse writes it.
    fn values(&self) -> String {
        match (&self.nargs, self.action.as_deref()) {
            (Some(serde_json::Value::String(nargs)), _) => nargs.clone(),
            (Some(nargs), _) => nargs.to_string(),
            (None, Some("store_true" | "store_false" | "help")) => "0".to_owned(),
            (None, _) => "1".to_owned(),
        }
    }

    fn choices(&self) -> Option<Vec<String>> {
        let texts = |choice: &serde_json::Value| {
            choice.as_str().map_or_else(|| choice.to_string(), str::to_owned)
        };
        self.choices.as_ref().map(|choices| {
            let mut choices: Vec<String> = choices.iter().map(texts).collect();
            choices.sort_unstable();
            choices
        })
    }
}

/// What differs between what is known of a command and what its parser says. `global` is known of
/// every command.
fn differences(global: &[Argument], known: &[Argument], found: &[Argument]) -> Vec<String> {
    let mut differences = Vec::new();
    for now in found {
        let Some(was) = known.iter().chain(global).find(|known| known.is_same_as(now)) else {
            differences.push(format!(
                "+ {}{}",
                now.name(),
                if now.required { " (required)" } else { "" }
            ));
            continue;
        };
        for (sign, from, to) in [("+", now, was), ("-", was, now)] {
            let missing =
                from.spellings().filter(|spelling| to.spellings().all(|other| other != *spelling));
            differences
                .extend(missing.map(|spelling| format!("{sign} {spelling} of {}", to.name())));
        }
        if now.required != was.required {
            differences.push(format!(
                "{} is {}",
                was.name(),
                if now.required { "required now" } else { "no longer required" }
            ));
        }
        if now.choices() != was.choices() {
            let list = |choices: Option<Vec<String>>| {
                choices.map_or_else(|| "anything".to_owned(), |choices| choices.join(", "))
            };
            differences.push(format!(
                "{} may be {}, was {}",
                was.name(),
                list(now.choices()),
                list(was.choices())
            ));
        }
        if now.values() != was.values() {
            differences.push(format!(
                "{} takes {} values, was {}",
                was.name(),
                now.values(),
                was.values()
            ));
        }
    }
    // Options that every command takes may be missing here or there.
    let gone = known.iter().filter(|was| !found.iter().any(|now| was.is_same_as(now)));
    differences.extend(gone.map(|was| format!("- {}", was.name())));
    differences
}

/// Compares, and answers whether nothing differs.
pub(crate) fn run() -> Result<bool> {
    let text =
        fs::read_to_string(root().join(TABLES)).with_context(|| format!("cannot read {TABLES}"))?;
    let tables: Tables = serde_json::from_str(&text)
        .with_context(|| format!("{TABLES} is not what it should be"))?;
    let python = tools::azure_cli_python()?;
    say(format!("Asking the parser of azure-cli about {} commands", tables.commands.len()));
    let (versions, answers) = ask(&python, tables.commands.keys())?;

    let mut differ = false;
    if versions.azure_cli != tables.versions.azure_cli {
        show(format!(
            "azure-cli is {}; the tables are of {}",
            versions.azure_cli, tables.versions.azure_cli
        ));
    }
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut compared = 0;
    for answer in &answers {
        let name = answer.command.as_str();
        let Some(known) = tables.commands.get(name) else {
            bail!("an answer about `{name}`, which was not asked for")
        };
        let group = name.split(' ').next().unwrap_or_default();
        let must_be_there =
            CORE.contains(&group) || versions.extensions.contains_key(&known.source);
        if answer.arguments.is_none() && !must_be_there {
            let of = if known.source == "core" { group } else { known.source.as_str() };
            *left_out.entry(of).or_default() += 1;
            continue;
        }
        compared += 1;
        let found = match &answer.arguments {
            Some(found) => differences(&tables.global, &known.arguments, found),
            None => vec!["- the command".to_owned()],
        };
        differ |= !found.is_empty();
        for difference in found {
            show(format!("az {name}: {difference}"));
        }
    }
    for (name, version) in &tables.versions.extensions {
        match versions.extensions.get(name) {
            Some(installed) if installed != version => show(format!(
                "the CLI extension {name} is {installed}; the tables are of {version}"
            )),
            Some(_) => {}
            None => show(format!(
                "the CLI extension {name} is not installed, and no package registry has it: its commands were not compared"
            )),
        }
    }
    for (group, count) in
        left_out.iter().filter(|(group, _)| !tables.versions.extensions.contains_key(**group))
    {
        show(format!(
            "az {group}: {count} commands are not in this azure-cli, and were not compared"
        ));
    }
    say(format!(
        "{compared} of {} commands compared: {}",
        answers.len(),
        if differ { "they differ" } else { "no difference" }
    ));
    if differ {
        show(format!(
            "What is right goes into {TABLES}, with its versions and its date, and these into CHECKED in crates/core/src/azure/mod.rs."
        ));
    }
    Ok(!differ)
}

/// The versions, and an answer about each command.
fn ask<'a>(
    python: &std::path::Path,
    commands: impl Iterator<Item = &'a String>,
) -> Result<(Versions, Vec<Answer>)> {
    let mut questions = String::new();
    for command in commands {
        questions.push_str(&serde_json::to_string(&command.split(' ').collect::<Vec<_>>())?);
        questions.push('\n');
    }
    let mut child = program(python)
        .arg("-B")
        .arg(root().join("xtask/src/facts.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", python.display()))?;
    let mut stdin = child.stdin.take().context("no way to ask")?;
    // Questions and answers together fit no pipe for certain.
    let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("the parser of azure-cli could not be asked ({})", output.status);
    }
    if !matches!(asking.join(), Ok(Ok(()))) {
        bail!("not every question was read");
    }
    let text = String::from_utf8(output.stdout).context("the answers are no text")?;
    let mut lines = text.lines();
    let versions = serde_json::from_str(lines.next().unwrap_or_default()).context("no versions")?;
    let answers = lines
        .map(|line| serde_json::from_str(line).with_context(|| line.to_owned()))
        .collect::<Result<_>>()?;
    Ok((versions, answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(json: &str) -> Vec<Argument> {
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    const KNOWN: &str = r#"[{"options": ["--name", "-n"], "required": true}, {"options": ["--mode"], "choices": ["a", "b"]}, {"options": ["--yes"], "action": "store_true"},
        {"options": ["--repository"], "nargs": "+"}, {"options": [], "nargs": "*"}]"#;

    #[test]
    fn what_is_the_same_differs_in_nothing() {
        let found = r#"[{"options": ["-h", "--help"], "nargs": "0"}, {"options": ["-n", "--name"], "required": true}, {"options": ["--mode"], "choices": ["b", "a"]},
            {"options": ["--yes"], "nargs": "0"}, {"options": ["--repository"], "nargs": "+"}, {"options": [], "nargs": "*"}]"#;
        let global = arguments(
            r#"[{"options": ["--help", "-h"], "action": "help"}, {"options": ["--debug"], "action": "store_true"}]"#,
        );
        assert_eq!(differences(&global, &arguments(KNOWN), &arguments(found)), [""; 0]);
    }

    #[test]
    fn every_difference_is_told() {
        let found = r#"[{"options": ["--name"]}, {"options": ["--mode", "-m"], "choices": ["a"], "required": true}, {"options": ["--yes"]},
            {"options": ["--new"], "required": true}, {"options": [], "nargs": "*"}]"#;
        assert_eq!(
            differences(&[], &arguments(KNOWN), &arguments(found)),
            [
                "- -n of --name",
                "--name is no longer required",
                "+ -m of --mode",
                "--mode is required now",
                "--mode may be a, was a, b",
                "--yes takes 1 values, was 0",
                "+ --new (required)",
                "- --repository",
            ]
        );
    }
}
