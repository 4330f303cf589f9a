//! Every command of every combination of choices against what the programs take.

#![allow(clippy::expect_used)]

mod support;

use connected_registry::Outcome;
use connected_registry::azure::tables::Tables;
use connected_registry::choices::{Choices, SelectField, TextField};
use connected_registry::plan::{Act, Check, Part, Plan, Probe, Program, Step, Var, Variable, Word};
use connected_registry::rules::{Finding, Severity};
use connected_registry::shell::bash;
use connected_registry::{html, link, text};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};
use support::{COMPLETE, EVERY_FIELD, EVERYTHING, argv, outcome};

/// Every combination of the closed choices that the page can reach, with nothing typed, with all that is needed, and with all there is.
///
/// What the task makes no use of is left alone, and of a long list of values that only go into the command the first and the last stand for all.
fn combinations(links: &[&str]) -> Vec<Choices> {
    let mut combinations: Vec<Choices> = links.iter().map(|link| link::parse(link).choices).collect();
    for field in SelectField::ALL.iter().copied().filter(|field| *field != SelectField::Shell) {
        let words = field.words();
        let words = if field == SelectField::LogLevel { vec![words[0], words[words.len() - 1]] } else { words.to_vec() };
        combinations = combinations
            .iter()
            .flat_map(|choices| {
                let words = if html::is_used(choices, field.into()) { words.clone() } else { vec![choices.select.word(field)] };
                words.into_iter().map(|word| {
                    let mut choices = choices.clone();
                    assert!(choices.select.set_word(field, word), "{} takes {word}", field.key());
                    choices
                })
            })
            .collect();
    }
    combinations
}

/// Every distinct argv of a program in the plans that follow from these choices.
fn argvs(program: Program, choices: impl IntoIterator<Item = Choices>) -> BTreeSet<Vec<String>> {
    let plans = choices.into_iter().map(|choices| Outcome::of(&choices).plan);
    plans.flat_map(|plan| all_of(program, &plan)).collect()
}

fn all_of(program: Program, plan: &Plan) -> Vec<Vec<String>> {
    // Remedies of what an action looks at are shown too.
    let remedies = plan.steps.iter().flat_map(|step| &step.actions).filter_map(|action| match &action.act {
        Act::Confirm(check) => check.otherwise.command.as_ref(),
        _ => None,
    });
    let commands = plan.commands().chain(remedies).filter(|command| command.program == program);
    commands.map(|command| argv(command, plan).split_off(1)).collect()
}

#[test]
fn every_az_command_fits_the_tables_of_the_cli() {
    let tables = Tables::load().expect("the tables are JSON");
    let argvs = argvs(Program::Az, combinations(&["", COMPLETE, EVERYTHING, EVERY_FIELD]));
    assert!(argvs.len() >= 60, "only {} different commands", argvs.len());
    let objections: Vec<String> = argvs.iter().flat_map(|argv| tables.objections(argv).into_iter().map(|why| format!("{why}: {}", argv.join(" ")))).collect();
    assert_eq!(objections, Vec::<String>::new());
}

/// The forms of kubectl that the plans know, and their options. Each was tried with a kubectl, with `--dry-run=client` where it changes something.
#[test]
fn every_kubectl_command_is_one_of_the_known_forms() {
    const FORMS: [(&str, &[&str]); 9] = [
        ("get", &["--namespace", "--output", "--selector", "--sort-by", "--all-namespaces"]),
        ("describe pods", &["--namespace"]),
        ("logs", &["--namespace", "--selector", "--all-containers", "--prefix", "--tail"]),
        ("create namespace connected-registry", &[]),
        ("create secret generic", &["--namespace", "--type", "--from-file"]),
        ("create secret docker-registry connected-registry-pull", &["--docker-server", "--docker-username", "--docker-password"]),
        ("delete secret", &["--namespace"]),
        ("delete pod connected-registry-pull", &[]),
        ("apply", &["--filename"]),
    ];
    let argvs = argvs(Program::Kubectl, combinations(&["", COMPLETE, EVERYTHING, EVERY_FIELD]));
    assert!(argvs.len() >= 20);
    for argv in argvs {
        let words = argv.join(" ");
        let form = FORMS.iter().find(|(form, _)| words.starts_with(form));
        let (_, options) = form.unwrap_or_else(|| panic!("no known form: {words}"));
        for option in argv.iter().filter(|word| word.starts_with('-')) {
            assert!(*option == "--context" || options.contains(&option.as_str()), "{option} in {words}");
        }
    }
}

/// The one option that takes several values is given once: given twice, the CLI keeps the last without a word.
#[test]
fn all_repositories_follow_one_option() {
    let create = |argv: &Vec<String>| argv.get(..3).is_some_and(|name| name == ["acr", "connected-registry", "create"]);
    for argv in argvs(Program::Az, combinations(&[COMPLETE, EVERYTHING, EVERY_FIELD])).into_iter().filter(create) {
        let options: Vec<usize> = (0..argv.len()).filter(|at| argv[*at] == "--repository").collect();
        assert_eq!(options.len(), 1, "{argv:?}");
        assert_eq!(argv[options[0] + 1..options[0] + 3], ["hello-world", "app/api"]);
    }
}

/// The names that a script gives values to.
fn assigned(script: &str) -> BTreeSet<&str> {
    let words = script.lines().map(str::trim_start).filter(|line| !line.starts_with('#')).flat_map(|line| {
        let line = line.strip_prefix("for ").map_or(line, |line| line.split_once(' ').map_or(line, |(name, _)| name));
        [line.split_once('=').map_or(line, |(name, _)| name)]
    });
    words.filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect()
}

/// What a plan keeps under a name, the script's own workings must not overwrite.
#[test]
fn a_script_uses_no_name_twice() {
    let hole = Word(vec![Part::Hole(TextField::Registry)]);
    let variable = Variable { name: Var("hole"), words: vec![hole], list: false, origin: TextField::Registry.into() };
    let empty = Plan { title: "".into(), summary: Vec::new(), variables: vec![variable], steps: Vec::new(), blockers: Vec::new() };
    let script = bash::render(&empty).script.text();
    let own = assigned(&script);
    assert!(["step", "told", "private", "yes", "argument", "missing", "value"].iter().all(|name| own.contains(name)), "{own:?}");
    for plan in combinations(&["", COMPLETE, EVERYTHING, EVERY_FIELD]).iter().map(|choices| Outcome::of(choices).plan) {
        let kept = plan.variables.iter().map(|variable| variable.name).chain(plan.steps.iter().flat_map(kept_by));
        for name in kept {
            assert!(!own.contains(name.0), "{}", name.0);
            assert!(plan.variable(name).is_none() || !plan.steps.iter().flat_map(kept_by).any(|kept| kept == name), "{}", name.0);
        }
    }
}

/// The names under which a step keeps what it finds.
fn kept_by(step: &Step) -> Vec<Var> {
    let looks = step.checks.iter().filter_map(|check| match &check.probe {
        Probe::Look(look) => Some(look.into),
        Probe::Tool(_) | Probe::Known(_) => None,
    });
    let actions = step.actions.iter().filter_map(|action| match &action.act {
        Act::Capture(capture) => Some(capture.into),
        Act::Confirm(Check { probe: Probe::Look(look), .. }) => Some(look.into),
        _ => None,
    });
    looks.chain(actions).collect()
}

/// The examples beside the fields are what a user will imitate.
#[test]
fn the_examples_of_the_fields_are_right() {
    let examples = TextField::ALL.iter().fold(Choices::default(), |choices, field| choices.with(*field, text::fields::of(*field).example));
    let findings = Outcome::of(&examples).findings;
    let doubts: Vec<_> = findings.iter().filter(|finding| finding.severity != Severity::Info).collect();
    assert_eq!(doubts, Vec::<&Finding>::new());
}

/// The judge prints one object per line: `ok`, and what speaks against the command.
#[derive(serde::Deserialize)]
struct Verdict {
    ok: Option<bool>,
    #[serde(default)]
    error: String,
}

#[test]
#[ignore = "needs the azure-cli parser: cargo xtask test"]
fn judge_azure_cli_accepts_every_core_command() {
    // Placeholders are no names that the parser's validators take, so the links without them.
    let argvs: Vec<Vec<String>> = argvs(Program::Az, combinations(&[COMPLETE, EVERYTHING, EVERY_FIELD])).into_iter().collect();
    let python = std::env::var_os("AZURE_CLI_PYTHON").expect("AZURE_CLI_PYTHON is a Python with azure-cli");
    let mut judge = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/azure_cli.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge starts");
    let lines: String = argvs.iter().map(|argv| serde_json::to_string(argv).expect("words become JSON") + "\n").collect();
    // The answers of all commands together fit no pipe for certain, so they are read meanwhile.
    let mut stdin = judge.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = judge.wait_with_output().expect("the judge ends");
    writer.join().expect("the writer ends").expect("the judge reads every command");
    assert!(output.status.success(), "the judge failed");

    let verdicts: Vec<Verdict> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"))).collect();
    assert_eq!(verdicts.len(), argvs.len(), "one verdict for each command");
    let mut judged = 0;
    for (argv, Verdict { ok, error }) in argvs.iter().zip(verdicts) {
        match ok {
            Some(true) => judged += 1,
            None if matches!(argv[0].as_str(), "k8s-extension" | "connectedk8s") => {}
            _ => panic!("az {}: {error}", argv.join(" ")),
        }
    }
    assert!(judged >= 15, "only {judged} commands were judged");
}

/// The judge of the commands, judged: what is wrong must not pass.
#[test]
fn the_tables_object_to_a_misspelled_command() {
    let tables = Tables::load().expect("the tables are JSON");
    for argv in all_of(Program::Az, &outcome(COMPLETE).plan) {
        let mut misspelled = argv.clone();
        misspelled.push("--colour".to_owned());
        assert!(!tables.objections(&misspelled).is_empty(), "{misspelled:?}");
        assert!(!tables.objections(&argv[1..]).is_empty(), "{:?}", &argv[1..]);
    }
}
