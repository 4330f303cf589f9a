//! The stand-in for `az` against the real azure-cli: its documents, its tables, its refusals.

#![allow(clippy::expect_used)]

#[path = "support/world.rs"]
#[allow(dead_code, reason = "only calls are made here")]
mod world;

use serde::Deserialize;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use world::World;

/// The answer to one line: whether azure-cli agrees, and its message.
#[derive(Debug, Deserialize)]
struct Verdict {
    ok: Option<bool>,
    #[serde(default)]
    error: String,
}

/// Runs a program of `tests/judges` over lines of JSON.
fn verdicts(program: &str, lines: &[Value]) -> Vec<Verdict> {
    let python =
        std::env::var_os("AZURE_CLI_PYTHON").expect("AZURE_CLI_PYTHON is a Python with azure-cli");
    let program =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges").join(program);
    let mut child = Command::new(python)
        .arg(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("Python ends");
    writer.join().expect("the writer ends").expect("Python reads every line");
    let answers: Vec<Verdict> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect();
    assert_eq!(answers.len(), lines.len(), "one answer for each line");
    answers
}

/// Calls the stand-in.
fn az(world: &World, words: &[&str]) -> Output {
    let mut az = Command::new(world.program("az"));
    az.args(words).current_dir(world.folder()).envs(world.environment("C")).stdin(Stdio::null());
    az.output().expect("the stand-in runs")
}

/// What the stand-in prints in a format.
fn printed(world: &World, command: &str, format: &str) -> String {
    let words: Vec<&str> = command.split(' ').chain(["--output", format]).collect();
    let output = az(world, &words);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "needs azure-cli: cargo xtask test"]
fn judge_azure_cli_prints_the_documents_and_tables_of_the_stand_in() {
    let world = World::new("rg1/arc1");
    for (file, text) in [
        ("registries", "other\nParent\nchild\n"),
        ("children", "child\n"),
        ("tokens", "client\n"),
        ("linked", "client\n"),
        ("scope-maps", "client-scope-map\n"),
        ("endpoint", "true\n"),
        ("window", "PT3H\n"),
        ("active", "edge\n"),
    ] {
        world.keep(file, text);
    }
    let mut lines = Vec::new();
    for (model, command, has_table) in [
        (None, "account show", true),
        (Some("Registry"), "acr show --name contoso", false),
        (Some("ConnectedRegistry"), "acr connected-registry list --registry contoso", true),
        (
            Some("ConnectedRegistry"),
            "acr connected-registry show --registry contoso --name parent",
            true,
        ),
        (
            Some("ConnectedRegistry"),
            "acr connected-registry show --registry contoso --name child",
            true,
        ),
        (Some("Token"), "acr token list --registry contoso", false),
        (
            Some("Token"),
            "acr connected-registry list-client-tokens --registry contoso --name parent",
            false,
        ),
        (Some("ScopeMap"), "acr scope-map list --registry contoso", false),
        (
            Some("ScopeMap"),
            "acr connected-registry permissions show --registry contoso --name parent",
            false,
        ),
        (
            Some("GenerateCredentialsResult"),
            "acr token credential generate --registry contoso --name client",
            false,
        ),
    ] {
        let mut line = json!({ "json": printed(&world, command, "json") });
        if let Some(model) = model {
            line["model"] = model.into();
        }
        if has_table {
            line["command"] = command.split(" --").next().into();
            line["table"] = printed(&world, command, "table").into();
        }
        lines.push(line);
    }
    // The comparison can fail: at a missing key, an unknown one, and another table.
    for (wrong, document, table) in [
        ("Token.credentials is missing", json!({ "name": "a" }), None),
        ("Token.colour is unknown", json!({ "name": "a", "colour": "red" }), None),
        ("the table is", json!({ "name": "a" }), Some("NAME\n")),
    ] {
        let mut line = json!({ "model": "Token", "json": document.to_string() });
        if let Some(table) = table {
            line["command"] = "acr token show".into();
            line["table"] = table.into();
        }
        let verdict = verdicts("azure_documents.py", &[line]).remove(0);
        assert!(verdict.ok == Some(false) && verdict.error.contains(wrong), "{verdict:?}");
    }
    for (verdict, line) in verdicts("azure_documents.py", &lines).iter().zip(&lines) {
        assert_eq!(verdict.ok, Some(true), "{}\n{line:#}", verdict.error);
    }
}

#[test]
#[ignore = "needs the azure-cli parser: cargo xtask test"]
fn judge_azure_cli_refuses_in_the_words_of_the_stand_in() {
    const REFUSED: [&str; 11] = [
        "acr connected-registry show --registry contoso --name edge01 --foo bar",
        "acr connected-registry show --registry contoso",
        "acr connected-registry show --registry contoso --name --output tsv",
        "acr connected-registry",
        "acr connected-registry create --registry contoso --name edge01 --mode Mirror",
        "acr connected-registry create --registry contoso --name edge01 --repository --yes",
        "acr connected-registry delete --registry contoso --name edge01 --yes now",
        "acr connected-registry delete --registry contoso --name edge01 --yes=now",
        "acr update --name contoso --data-endpoint-enabled maybe",
        "acr show --name contoso stray",
        "acr show --name contoso --output xml",
    ];
    let world = World::new("rg1/arc1");
    let lines: Vec<Value> = REFUSED.iter().map(|command| command.split(' ').collect()).collect();
    for (verdict, command) in verdicts("azure_cli.py", &lines).iter().zip(REFUSED) {
        assert_eq!(verdict.ok, Some(false), "azure-cli accepts {command}");
        let output = az(&world, &command.split(' ').collect::<Vec<_>>());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command}: {said}");
        // For a wrong choice, the parser of `azure_cli.py` has the message of argparse.
        if !verdict.error.contains("invalid choice: ") {
            assert_eq!(said.trim_end(), format!("ERROR: {}", verdict.error), "{command}");
        }
    }
}
