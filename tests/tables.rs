//! Every command of every combination of choices against what the programs take.

#![allow(clippy::expect_used)]

#[path = "support/powershell_chain.rs"]
#[allow(dead_code, reason = "only the grammar is needed here")]
mod powershell_chain;
#[path = "support/powershell_tree.rs"]
#[allow(dead_code, reason = "only the grammar is needed here")]
mod powershell_tree;
mod support;
#[path = "support/walk.rs"]
mod walk;

use configurator_core::azure::tables::Tables;
use configurator_core::azure::{self, CHECKED, PROTECTED_SETTINGS, SETTINGS};
use configurator_core::choices::field_text;
use configurator_core::choices::{Choices, TextField};
use configurator_core::plan::{Part, Plan, Program, Var, Variable, Word};
use configurator_core::rules::{self, Severity};
use configurator_core::schedule::Iso8601Duration;
use configurator_render::shell::bash;
use configurator_render::{Outcome, runbook};
use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use support::{COMPLETE, outcome};
use walk::{Walk, all_of, is_known_hole, objections_to_settings, unknown_settings};

/// One walk for all tests: it takes half a minute.
static WALK: LazyLock<Walk> = LazyLock::new(Walk::take);

#[test]
fn whatever_is_chosen_and_typed_there_is_a_plan() {
    assert!(WALK.count > 20_000, "only {} combinations", WALK.count);
    assert_eq!(WALK.objections, BTreeSet::new());
}

/// Everything that is said or run can be looked up: a name, and where it is a page, its address.
#[test]
fn everything_has_a_source() {
    let of_rules = rules::TABLE.iter().map(|rule| rule.source);
    let of_settings = SETTINGS.into_iter().chain(PROTECTED_SETTINGS).map(|(_, source)| source);
    let mut sources: BTreeSet<_> =
        of_rules.chain(of_settings).map(|source| (source.name, source.url)).collect();
    sources.extend(&WALK.sources);
    assert!(sources.len() >= 20, "{sources:?}");
    for (name, url) in sources {
        assert!(!name.trim().is_empty() && name.trim() == name, "{name:?} {url:?}");
        // The link is of this project: no page says how it is written.
        assert_eq!(url.is_none(), name == azure::sources::LINK.name, "{name}");
        if let Some(url) = url {
            let page = url.strip_prefix("https://").unwrap_or_default();
            let (host, path) = page.split_once('/').unwrap_or_default();
            assert!(
                host.contains('.')
                    && !path.is_empty()
                    && url.bytes().all(|byte| matches!(byte, b'!'..=b'~')),
                "{name}: {url}"
            );
            // Pages of Microsoft without a language lead to that of the reader.
            assert!(!url.contains("/en-us/"), "{name}: {url}");
        }
    }
}

/// Script and runbook say what the facts were checked against, and when.
#[test]
fn what_it_was_checked_against_is_said_everywhere() {
    let says = |text: &str| {
        // A comment is wrapped.
        let text = text.replace("\n# ", " ");
        [CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date]
            .iter()
            .all(|fact| text.contains(fact))
            && text.contains("Never tried on a live subscription")
    };
    for shell in ["bash", "powershell"] {
        let outcome = outcome(&format!("{COMPLETE}&shell={shell}"));
        assert!(says(&outcome.document.script.text()), "{shell}");
        assert!(says(&runbook::plan(&outcome.plan, &outcome.document)), "{shell}");
    }
}

#[test]
fn every_placeholder_is_a_known_one() {
    assert!(WALK.placeholders.len() >= 20, "{:?}", WALK.placeholders);
    let unknown: Vec<&String> =
        WALK.placeholders.iter().filter(|hole| !is_known_hole(hole)).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[test]
fn the_protected_settings_are_a_flat_object_of_known_keys() {
    assert!(WALK.settings.len() >= 3, "{:?}", WALK.settings);
    let objections: Vec<String> =
        WALK.settings.iter().flat_map(|settings| objections_to_settings(settings)).collect();
    assert_eq!(objections, Vec::<String>::new());
    for wrong in [
        "{",
        "[]",
        r#"{"tls.crt": "x"}"#,
        r#"{"connectionString": {"x": "y"}}"#,
        r#"{"connectionString": "x", "tls.pem": "y"}"#,
        r#"{"connectionString": "x", "connectionString": "y"}"#,
    ] {
        assert_ne!(objections_to_settings(wrong), Vec::<String>::new(), "{wrong}");
    }
}

#[test]
fn every_configuration_setting_is_a_known_one() {
    let argvs = WALK.all(Program::Az);
    let with_settings: Vec<&Vec<String>> =
        argvs.iter().filter(|argv| argv.iter().any(|word| word == "--config")).collect();
    assert!(with_settings.len() >= 50);
    for argv in with_settings {
        assert_eq!(unknown_settings(argv), Vec::<&str>::new(), "{argv:?}");
    }
    assert_eq!(
        unknown_settings(
            &["--config", "service.ip=1", "httpEnabled=true", "--version", "1"].map(str::to_owned)
        ),
        ["service.ip"]
    );
}

/// Pieces of scripts and blocks, each once, in few processes.
#[test]
fn every_script_is_grammatical_to_bash() {
    assert!(WALK.bash.len() >= 100, "{} pieces", WALK.bash.len());
    assert_eq!(objections_of_bash(WALK.bash.iter().map(String::as_str)), Vec::<String>::new());
    let wrong = ["if true; then\n", "echo 'a\n", "fi\n", "echo a)\n", "for x in; do\n"];
    assert_eq!(objections_of_bash(wrong.into_iter()).len(), wrong.len());
}

fn objections_of_bash<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let texts: Vec<&str> = texts.collect();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(folder.path().join(number.to_string()), text).expect("a file");
    }
    let judge = r#"for ((i = 0; i < $1; i++)); do "$BASH" -n "$i" 2>/dev/null || echo "$i"; done"#;
    let output = Command::new("bash")
        .args(["-c", judge, "judge", &texts.len().to_string()])
        .current_dir(folder.path())
        .output()
        .expect("bash runs");
    assert!(output.status.success());
    // What ends with a backslash is complete alone, but not with what follows.
    let open = texts
        .iter()
        .filter(|text| text.trim_end_matches('\n').ends_with('\\'))
        .map(|text| (*text).to_owned());
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|number| texts[number.parse::<usize>().expect("a number")].to_owned())
        .chain(open)
        .collect()
}

#[test]
fn every_script_is_grammatical_to_powershell() {
    assert!(WALK.powershell.len() >= 100, "{} pieces", WALK.powershell.len());
    assert_eq!(WALK.powershell_problems(), Vec::<String>::new());
}

#[test]
fn every_az_command_fits_the_tables_of_the_cli() {
    let tables = Tables::load().expect("the tables are JSON");
    let argvs = WALK.all(Program::Az);
    assert!(argvs.len() >= 60, "only {} different commands", argvs.len());
    let objections: Vec<String> = argvs
        .iter()
        .flat_map(|argv| {
            tables.objections(argv).into_iter().map(|why| format!("{why}: {}", argv.join(" ")))
        })
        .collect();
    assert_eq!(objections, Vec::<String>::new());
}

/// The forms of kubectl that the plans know, and their options. Each was tried with a kubectl, with
/// `--dry-run=client` where it changes something.
#[test]
fn every_kubectl_command_is_one_of_the_known_forms() {
    const FORMS: [(&str, &[&str]); 12] = [
        (
            "get",
            &[
                "--namespace",
                "--output",
                "--selector",
                "--sort-by",
                "--all-namespaces",
                "--ignore-not-found",
                "--request-timeout",
            ],
        ),
        ("wait", &["--for", "--timeout"]),
        ("config current-context", &[]),
        ("describe pods", &["--namespace"]),
        ("describe pod connected-registry-pull", &[]),
        ("logs", &["--namespace", "--selector", "--all-containers", "--prefix", "--tail"]),
        ("create namespace connected-registry", &[]),
        ("create secret generic", &["--namespace", "--type", "--from-file"]),
        (
            "create secret docker-registry connected-registry-pull",
            &["--docker-server", "--docker-username", "--docker-password"],
        ),
        ("delete secret", &["--namespace"]),
        ("delete pod connected-registry-pull", &["--ignore-not-found"]),
        ("apply", &["--filename"]),
    ];
    let argvs = WALK.all(Program::Kubectl);
    assert!(argvs.len() >= 20);
    for argv in argvs {
        let words = argv.join(" ");
        let form = FORMS.iter().find(|(form, _)| words.starts_with(form));
        let (_, options) = form.unwrap_or_else(|| panic!("no known form: {words}"));
        for option in argv.iter().filter(|word| word.starts_with('-')) {
            assert!(
                option == "--context" || options.contains(&option.as_str()),
                "{option} in {words}"
            );
        }
    }
}

/// The one option that takes several values is given once: given twice, the CLI keeps the last
/// without a word.
#[test]
fn all_repositories_follow_one_option() {
    let create = |argv: &Vec<String>| {
        argv.get(..3).is_some_and(|name| name == ["acr", "connected-registry", "create"])
    };
    for argv in WALK.complete(Program::Az).into_iter().filter(create) {
        let options: Vec<usize> =
            (0..argv.len()).filter(|at| argv[*at] == "--repository").collect();
        assert_eq!(options.len(), 1, "{argv:?}");
        assert_eq!(argv[options[0] + 1..options[0] + 3], ["hello-world", "app/api"]);
    }
}

/// The names that a script gives values to.
fn assigned(script: &str) -> BTreeSet<&str> {
    let words =
        script.lines().map(str::trim_start).filter(|line| !line.starts_with('#')).map(|line| {
            let assigned = line.strip_prefix("for ").unwrap_or(line);
            assigned.split(['=', ' ']).next().unwrap_or_default()
        });
    words
        .filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// What a plan keeps under a name, the script's own workings must not overwrite.
#[test]
fn a_script_uses_no_name_twice() {
    let hole = Word(vec![Part::Placeholder(TextField::Registry)]);
    let variable = Variable {
        name: Var("hole"),
        words: vec![hole],
        list: false,
        origin: TextField::Registry.into(),
    };
    let empty = Plan {
        title: "".into(),
        summary: Vec::new(),
        again: "".into(),
        done: "".into(),
        subject: Vec::new(),
        variables: vec![variable],
        steps: Vec::new(),
        blockers: Vec::new(),
    };
    let script = bash::render(&empty).script.text();
    let own = assigned(&script);
    assert!(
        ["step", "told", "private", "yes", "argument", "missing", "value"]
            .iter()
            .all(|name| own.contains(name)),
        "{own:?}"
    );
    for name in &WALK.names {
        assert!(!own.contains(name), "{name}");
    }
}

/// The examples beside the fields are what a user will imitate.
#[test]
fn the_examples_of_the_fields_are_right() {
    let examples = TextField::ALL.iter().fold(Choices::default(), |choices, field| {
        choices.with(*field, field_text::of(*field).example)
    });
    let findings = Outcome::of(&examples).findings;
    // A parent, whichever it is, must have the image of the connected registry.
    let doubts: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity != Severity::Info)
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(doubts, ["nested-needs-its-image"]);
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
    let argvs: Vec<Vec<String>> = WALK.complete(Program::Az).into_iter().collect();
    let python =
        std::env::var_os("AZURE_CLI_PYTHON").expect("AZURE_CLI_PYTHON is a Python with azure-cli");
    let mut judge = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/azure_cli.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge starts");
    let lines: String = argvs
        .iter()
        .map(|argv| serde_json::to_string(argv).expect("words become JSON") + "\n")
        .collect();
    // The answers of all commands together fit no pipe for certain, so they are read meanwhile.
    let mut stdin = judge.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = judge.wait_with_output().expect("the judge ends");
    writer.join().expect("the writer ends").expect("the judge reads every command");
    assert!(output.status.success(), "the judge failed");

    let verdicts: Vec<Verdict> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect();
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
    for argv in all_of(&outcome(COMPLETE).plan)
        .into_iter()
        .filter(|(program, _)| *program == "az")
        .map(|(_, argv)| argv)
    {
        let mut misspelled = argv.clone();
        misspelled.push("--colour".to_owned());
        assert!(!tables.objections(&misspelled).is_empty(), "{misspelled:?}");
        assert!(!tables.objections(&argv[1..]).is_empty(), "{:?}", &argv[1..]);
    }
}

#[test]
#[ignore = "needs azure-cli: cargo xtask test"]
fn judge_azure_cli_prints_durations_as_the_plan_expects() {
    let texts = [
        "PT4H", "PT24H", "P1DT2H", "P2D", "P7D", "P90D", "PT90M", "PT1M", "PT59S", "PT0S", "P1DT1S",
    ];
    let python =
        std::env::var_os("AZURE_CLI_PYTHON").expect("AZURE_CLI_PYTHON is a Python with azure-cli");
    let mut azure_cli = Command::new(python)
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges/az_durations.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("azure-cli starts");
    let mut stdin = azure_cli.stdin.take().expect("a pipe");
    stdin.write_all(texts.join("\n").as_bytes()).expect("azure-cli reads every duration");
    drop(stdin);
    let output = azure_cli.wait_with_output().expect("azure-cli ends");
    assert!(output.status.success(), "azure-cli failed");
    let printed = String::from_utf8_lossy(&output.stdout);
    let expected: Vec<String> = texts
        .iter()
        .map(|text| Iso8601Duration::parse(text).expect("a duration").as_az_prints())
        .collect();
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}
