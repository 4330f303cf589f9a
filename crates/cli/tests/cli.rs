//! The native command, as its users meet it.

#![allow(clippy::expect_used)]

#[path = "../../../tests/support/mod.rs"]
mod support;

use configurator_core::choices::{Preset, Shell, TextField};
use configurator_core::link;
#[cfg(unix)]
use configurator_core::plan::{Check, Operation};
use expect_test::expect;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use support::{COMPLETE, EVERYTHING, GOLDEN, SCENARIOS};

/// How the command ended, and what it printed.
#[derive(Debug, PartialEq)]
struct Run {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_connected-registry"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } =
        command(arguments).output().expect("the command starts");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Run { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// The answer in JSON.
fn run_json(arguments: &[&str]) -> Value {
    let run = run(arguments);
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {run:?}"))
}

fn golden_path(file: &str) -> String {
    format!("{}/../../tests/golden/{file}", env!("CARGO_MANIFEST_DIR"))
}

fn golden(file: &str) -> String {
    std::fs::read_to_string(golden_path(file)).expect("the golden file is there")
}

#[test]
fn help_says_what_there_is() {
    let help = run(&["--help"]);
    assert_eq!((help.status, help.stderr.as_str()), (Some(0), ""));
    expect![[r#"
        Commands that deploy the Azure connected registry Arc extension, from a link of choices

        Usage: connected-registry <COMMAND>

        Commands:
          scenarios  List the documented scenarios, with their links
          script     Print the complete script; findings go to standard error
          plan       Print the steps, with every command
          settings   Print the protected-settings JSON, with placeholders
          check      Print the findings
          lint       Read commands, a script, a Markdown page or protected settings back, and print what is wrong with them
          embed      Print the HTML that puts the configurator into a page, with these choices
          link       Make a link
          help       Print this message or the help of the given subcommand(s)

        Options:
          -h, --help     Print help
          -V, --version  Print version

        LINK is a fragment (#registry=contoso&name=edge01) or a whole URL; none means the secure default.
        Exit status: 0; 1 where an error stands; 2 for wrong usage.
    "#]]
    .assert_eq(&help.stdout);
}

/// Byte for byte, whether or not an error stands.
#[test]
fn it_prints_what_the_page_shows() {
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
        let errors = golden(&format!("{name}.findings.json")).contains(r#""severity": "error""#);
        let status = Some(i32::from(errors));
        // A task that writes none has no such file.
        let settings = std::fs::read_to_string(golden_path(&format!("{name}.settings.json")))
            .unwrap_or_default();
        let printed = run(&["settings", link]);
        assert_eq!((printed.status, printed.stdout), (status, settings), "{link}");
        for (arguments, file) in [
            (&["script", link][..], format!("{name}.sh")),
            (&["script", link, "--shell", "bash"], format!("{name}.sh")),
            (&["plan", link], format!("{name}.plan.txt")),
            (&["check", link, "--format", "json"], format!("{name}.findings.json")),
        ] {
            let run = run(arguments);
            assert_eq!((run.status, run.stdout), (status, golden(&file)), "{arguments:?}");
        }
    }
    for (name, link) in SCENARIOS {
        assert_eq!(
            run(&["script", link, "--shell", "powershell"]).stdout,
            golden(&format!("{name}.ps1")),
            "{link}"
        );
    }
    assert_eq!(run(&["plan", COMPLETE, "--format", "json"]).stdout, golden("complete.plan.json"));
}

#[test]
fn a_task_without_protected_settings_says_so() {
    let sentence = "This task writes no protected settings.";
    for (link, status) in [
        ("#scenario=sync-continuous&registry=contoso&name=edge01&rg=rg1", 0),
        ("#task=clean-up&v=2", 1),
    ] {
        let run = run(&["settings", link]);
        assert_eq!((run.status, run.stdout.as_str()), (Some(status), ""), "{link}");
        assert!(run.stderr.lines().any(|line| line == sentence), "{link}: {}", run.stderr);
    }
}

#[test]
fn an_error_is_exit_status_1_and_goes_to_standard_error() {
    for (link, error) in [
        (
            "#rg=x;%20echo%20INJECTED",
            "error[resource-group-name]: rg: A resource group has 1 to 90 letters",
        ),
        (
            "#colour=red",
            "error[link-unknown-key]: The link has a key \"colour\" that does not exist here",
        ),
        ("#mode=mirror", "error[link-unknown-value]: mode: The link's mode cannot be \"mirror\""),
        ("#v=2", "error[link-version]: The link is of version \"2\""),
    ] {
        for call in ["script", "plan", "settings"] {
            let run = run(&[call, link]);
            assert_eq!(run.status, Some(1), "{call} {link}");
            assert!(
                run.stderr.lines().any(|line| line.starts_with(error)),
                "{call} {link}: {}",
                run.stderr
            );
            assert!(!run.stdout.is_empty(), "the output is printed all the same");
        }
        let check = run(&["check", link]);
        assert_eq!((check.status, check.stderr.as_str()), (Some(1), ""), "check {link}");
        assert!(
            check.stdout.lines().any(|line| line.starts_with(error)),
            "check {link}: {}",
            check.stdout
        );
    }
}

/// Only errors fail a pipeline: names that are missing are none, nor are doubts.
#[test]
fn warnings_and_missing_names_are_exit_status_0() {
    for link in ["", "#cluster=arc.cluster", "#ip=192.100.100.1"] {
        for call in ["script", "plan", "settings", "check"] {
            assert_eq!(run(&[call, link]).status, Some(0), "{call} {link}");
        }
    }
    assert_eq!(run(&["script"]), run(&["script", ""]));
    assert!(
        run(&["check", COMPLETE])
            .stdout
            .lines()
            .all(|line| line.starts_with("info[") || line.starts_with(' ')),
        "good to know, and nothing else"
    );
    assert_eq!(
        run(&["check", &format!("{COMPLETE}&task=diagnose")]).stdout,
        "Nothing to find fault with.\n"
    );
}

#[test]
fn wrong_usage_is_exit_status_2_and_prints_nothing_to_standard_output() {
    for (arguments, reason) in [
        (&[][..], "Usage:"),
        (&["deploy"], "unrecognized subcommand"),
        (&["script", "#name=edge01", "#name=edge02"], "unexpected argument"),
        (&["script", "--shell", "fish"], "it can be: bash"),
        (&["check", "--format", "yaml"], "possible values: text, json"),
        (&["link"], "required arguments"),
        (&["link", "registry"], "a choice is KEY=VALUE"),
        (&["link", "colour=red"], "there is no key \"colour\""),
        (&["link", "mode=mirror"], "mode cannot be \"mirror\""),
        (&["link", "scenario=none"], "scenario cannot be \"none\""),
    ] {
        let run = run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    }
}

/// Programs read them, so what does not apply is there all the same, and null.
#[test]
fn findings_in_json_have_every_key() {
    let findings = run_json(&[
        "check",
        "#colour=red&repos=hello-world:latest&name=Edge01&registry=contoso.azurecr.io",
        "--format",
        "json",
    ]);
    let findings = findings.as_array().expect("a list");
    for finding in findings {
        let keys: Vec<&String> = finding.as_object().expect("an object").keys().collect();
        let mut expected =
            ["rule", "severity", "field", "line", "column", "message", "why", "fix", "source"];
        expected.sort_unstable();
        assert_eq!(keys, expected, "{finding}");
        assert!(
            ["error", "warning", "info"].iter().any(|severity| finding["severity"] == *severity),
            "{finding}"
        );
        assert!(
            finding["message"].as_str().is_some_and(|text| !text.is_empty())
                && finding["why"].as_str().is_some_and(|text| !text.is_empty()),
            "{finding}"
        );
        assert!(
            finding["source"]["name"].is_string() && finding["source"].get("url").is_some(),
            "{finding}"
        );
        assert_eq!(
            (&finding["line"], &finding["column"]),
            (&Value::Null, &Value::Null),
            "{finding}"
        );
    }
    let of = |rule: &str| {
        findings
            .iter()
            .find(|finding| finding["rule"] == rule)
            .unwrap_or_else(|| panic!("{rule} is found"))
    };
    assert_eq!(
        (&of("link-unknown-key")["field"], &of("link-unknown-key")["fix"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(of("repository-name")["field"], "repos");
    assert_eq!(of("repository-name")["fix"], json!({ "field": "repos", "value": "hello-world" }));
    assert_eq!(of("connected-registry-upper-case")["severity"], "warning");
    assert_eq!(of("registry-login-server")["severity"], "info");
}

#[test]
fn plans_in_json_hold_the_words_of_every_command() {
    let plan = run_json(&["plan", EVERYTHING, "--format", "json"]);
    let steps: Vec<&str> = plan["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter_map(|step| step["id"].as_str())
        .collect();
    assert_eq!(
        steps,
        [
            "prerequisites",
            "providers",
            "data-endpoint",
            "create",
            "protected-settings",
            "extension",
            "remove-settings",
            "verify"
        ]
    );
    let create = &plan["steps"][3]["actions"][0]["act"]["run"]["words"];
    assert_eq!(
        create.as_array().and_then(|words| words.get(..4)),
        Some(&[json!("az"), json!("acr"), json!("connected-registry"), json!("create")][..])
    );
    assert!(
        create.as_array().is_some_and(|words| words.contains(&json!({ "each": "repositories" }))),
        "{create}"
    );
}

/// One command a line, for pipelines: bash hands over the very words of the plan. What is kept or
/// written stands in blocks, which other tests run.
#[cfg(unix)]
#[test]
fn commands_come_one_a_line() {
    for link in [COMPLETE, EVERYTHING] {
        let lines = run(&["plan", link, "--format", "lines"]).stdout;
        let outcome = support::outcome(link);
        let is_kept = |check: &Check| {
            check
                .query_into()
                .is_some_and(|query_into| lines.contains(&format!("{}=$(", query_into.into.0)))
        };
        let of_plan = outcome.plan.steps.iter().flat_map(|step| {
            let checks = step
                .checks
                .iter()
                .filter(|check| !is_kept(check))
                .filter_map(|check| check.command());
            let acts = step
                .actions
                .iter()
                .filter(|action| !matches!(action.operation, Operation::Capture(_)));
            checks.chain(acts.filter_map(|action| action.operation.command())).collect::<Vec<_>>()
        });
        let expected: Vec<Vec<String>> =
            of_plan.map(|command| support::argv(command, &outcome.plan)).collect();
        let mut got = Vec::new();
        let lines_of_commands = lines
            .lines()
            .map(|line| line.trim_start_matches("MSYS2_ARG_CONV_EXCL=/subscriptions/ "));
        for line in
            lines_of_commands.filter(|line| line.starts_with("az ") || line.starts_with("kubectl "))
        {
            let printed = Command::new("bash")
                .args(["-c", &format!("printf '%s\\0' {line}")])
                .envs(support::ANSWERS)
                .output()
                .expect("there is a bash");
            got.push(
                String::from_utf8(printed.stdout)
                    .expect("UTF-8")
                    .split_terminator('\0')
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            );
        }
        assert_eq!(got, expected);
        assert!(
            lines.lines().filter(|line| line.starts_with('#')).count() >= outcome.plan.steps.len(),
            "steps are told apart"
        );
    }
    let powershell =
        run(&["plan", &format!("{COMPLETE}&shell=powershell"), "--format", "lines"]).stdout;
    assert!(
        powershell.contains(
            "\naz acr connected-registry create --registry contoso \
                             --resource-group rg1 --name edge01 --repository hello-world 'app/api' "
        ),
        "{powershell}"
    );
}

/// The form that the page copies.
#[test]
fn the_form_to_paste_is_printed() {
    let outcome = support::outcome(COMPLETE);
    let script = outcome.document.script.text();
    assert_eq!(
        run(&["script", COMPLETE, "--paste"]).stdout,
        format!("bash /dev/fd/3 3<<'END_OF_SCRIPT'\n{script}END_OF_SCRIPT\n")
    );
    assert!(!script.lines().any(|line| line == "END_OF_SCRIPT"));
    let lines = run(&["plan", COMPLETE, "--format", "paste"]).stdout;
    assert_eq!(
        lines,
        configurator_render::shell::lines_to_paste(&outcome.plan, Shell::Bash).text()
    );
    assert!(
        !lines.lines().any(|line| line.starts_with('#')),
        "zsh runs a comment as a command: {lines}"
    );
    let powershell = ["script", COMPLETE, "--shell", "powershell"];
    assert_eq!(
        run(&[&powershell[..], &["--paste"]].concat()).stdout,
        run(&powershell).stdout,
        "it is one statement as it is"
    );
}

#[test]
fn scenarios_are_listed_with_links_that_work() {
    let scenarios = run_json(&["scenarios", "--format", "json"]);
    let scenarios = scenarios.as_array().expect("a list");
    assert_eq!(scenarios.len(), Preset::ALL.len());
    let text = run(&["scenarios"]).stdout;
    for scenario in scenarios {
        let keys: Vec<&String> = scenario.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["description", "id", "link", "title"]);
        let link = scenario["link"].as_str().expect("a text");
        assert!(text.lines().any(|line| line == link), "{text}");
        assert_eq!(run(&["check", link]).status, Some(0), "{link}");
    }
}

#[test]
fn a_link_made_here_means_what_was_said() {
    let pairs = [
        "registry=contoso",
        "name=edge01",
        "rg=rg1",
        "cluster=arc1",
        "ip=10.0.0.200",
        "repos=hello-world,app/api",
    ];
    let made = run(&[&["link"], &pairs[..]].concat());
    assert_eq!(
        made,
        Run {
            status: Some(0),
            stdout: format!("{COMPLETE}&shell=bash&v=1\n"),
            stderr: String::new()
        }
    );
    let link = made.stdout.trim_end();
    assert_eq!(run(&["check", link]), run(&["check", COMPLETE]));
    assert_eq!(run(&["script", link]).stdout, golden("complete.sh"));
}

/// Values are free text here, not yet part of a link.
#[test]
fn what_means_something_in_a_link_survives_link() {
    let text = " 100% &=+#;'\"\\ ä\n?v=1 ";
    for field in TextField::ALL {
        let made = run(&["link", &format!("{}={text}", field.key())]);
        assert_eq!(made.status, Some(0), "{made:?}");
        let link = made.stdout.strip_suffix('\n').expect("one line");
        assert!(!link.contains(['\n', ' ', '"', '\'']), "{link}");
        let parsed = link::parse(link);
        // A field of one line cannot hold a line break, in a browser neither.
        let kept = if field.is_multiline() { text.to_owned() } else { text.replace('\n', "") };
        assert_eq!(
            (parsed.choices.text(*field), parsed.problems.len()),
            (kept.as_str(), 0),
            "{link}"
        );
    }
}

#[test]
fn a_whole_url_is_a_link() {
    for url in [
        format!("https://example.org/page/{COMPLETE}"),
        format!("https://example.org/?registry=other{COMPLETE}"),
        COMPLETE[1..].to_owned(),
    ] {
        let run = run(&["script", &url]);
        assert_eq!((run.status, run.stdout), (Some(0), golden("complete.sh")), "{url}");
    }
    let run = run(&["script", "https://example.org/page"]);
    assert_eq!(
        (run.status, run.stdout),
        (Some(0), golden("default.sh")),
        "a URL without a fragment says nothing: {}",
        run.stderr
    );
}

/// What `lint` says of a text that it gets on standard input.
fn lint(arguments: &[&str], text: &str) -> Run {
    let mut child = command(&["lint"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("it reads").write_all(text.as_bytes()).expect("it reads all");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Run { status: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

const BROKEN: &str = "az acr connected-registry create --registry contoso \\ \n  --name edge01 \
                      --resource-group rg1\n  --repository hello-world --repository app/api\n";

#[test]
fn lint_tells_what_is_wrong_where_and_what_mends_it() {
    let run = lint(&[], BROKEN);
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""));
    expect![[r#"
        info[az-may-prompt]: az acr connected-registry create asks where the registry's data endpoint is off. Add --yes where nobody can answer: it then turns the endpoint on.
          --> standard input:1:1
           |
         1 | az acr connected-registry create --registry contoso \ 
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = The data endpoint changes how every client of the registry connects, so it is better turned on first, by a command of its own.
           = fix: at 3:48 put in:  \↵  --yes

        info[firewall]: registry: The cluster must reach contoso.azurecr.io and contoso.REGION.data.azurecr.io, both on port 443.
          --> standard input:1:45
           |
         1 | az acr connected-registry create --registry contoso \ 
           |                                             ^^^^^^^
           = The connected registry fetches from there. A registry with a domain name label has longer names: az acr show-endpoints

        error[blank-after-continuation]: A blank stands behind the \ at the end of the line, so the command ends here. Remove the blank.
          --> standard input:1:53
           |
         1 | az acr connected-registry create --registry contoso \ 
           |                                                     ^^
           = Only as the very last character does it continue the line. Otherwise the command ends there, and the next line is an error of its own.
           = fix: remove what is marked at 1:54

        info[limits]: name: A connected registry costs 10 USD a month (since August 2025). A registry has at most 50 of them, each with 50 clients.
          --> standard input:2:10
           |
         2 |   --name edge01 --resource-group rg1
           |          ^^^^^^
           = By the documentation, which also names what is missing: image locking, resource logs, and following a geo-replication.

        error[missing-continuation]: The command ends here, but the next line belongs to it. Put \ at the end of this line.
          --> standard input:2:37
           |
         2 |   --name edge01 --resource-group rg1
           |                                     ^
           = The shell takes the line for the whole command, without these options; the next one is an error of its own.
           = fix: at 2:37 put in:  \

        error[az-list-repeated]: --repository is given more than once; az keeps the last only. Put all values behind one --repository.
          --> standard input:3:28
           |
         3 |   --repository hello-world --repository app/api
           |                            ^^^^^^^^^^^^
           = There is no error: what was given first is silently left out. (For az acr token create and scope maps it is the other way round.)
           = fix: remove what is marked at 3:28

        As choices, from lines 1 to 3 (Secure by default):
          #registry=contoso&name=edge01&rg=rg1&repos=hello-world,app/api&shell=bash&v=1
        3 errors, 0 warnings, 3 notes
    "#]].assert_eq(&run.stdout);
    // A dash is standard input, too; and what is right ends with 0.
    assert_eq!(lint(&["-"], BROKEN), run);
    let run = lint(&[], "echo hello\n");
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), "0 errors, 0 warnings, 0 notes\n"));
}

#[test]
fn lint_as_json_is_an_array_of_findings() {
    let run = lint(&["--format", "json"], BROKEN);
    assert_eq!((run.status, run.stderr.as_str()), (Some(1), ""));
    let findings: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let errors: Vec<Value> = findings
        .as_array()
        .expect("an array")
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .cloned()
        .collect();
    expect![[r#"
        [
          {
            "column": 53,
            "field": null,
            "fix": [
              {
                "column": 54,
                "endColumn": 55,
                "endLine": 1,
                "line": 1,
                "text": ""
              }
            ],
            "line": 1,
            "message": "A blank stands behind the \\ at the end of the line, so the command ends here. Remove the blank.",
            "rule": "blank-after-continuation",
            "severity": "error",
            "source": {
              "name": "Bash reference manual",
              "url": "https://www.gnu.org/software/bash/manual/bash.html"
            },
            "why": "Only as the very last character does it continue the line. Otherwise the command ends there, and the next line is an error of its own."
          },
          {
            "column": 37,
            "field": null,
            "fix": [
              {
                "column": 37,
                "endColumn": 37,
                "endLine": 2,
                "line": 2,
                "text": " \\"
              }
            ],
            "line": 2,
            "message": "The command ends here, but the next line belongs to it. Put \\ at the end of this line.",
            "rule": "missing-continuation",
            "severity": "error",
            "source": {
              "name": "Bash reference manual",
              "url": "https://www.gnu.org/software/bash/manual/bash.html"
            },
            "why": "The shell takes the line for the whole command, without these options; the next one is an error of its own."
          }
        ]
    "#]]
    .assert_eq(&(serde_json::to_string_pretty(&errors[..2]).expect("it is JSON") + "\n"));
    for finding in findings.as_array().expect("an array") {
        let keys: Vec<&String> = finding.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            ["column", "field", "fix", "line", "message", "rule", "severity", "source", "why"]
        );
    }
    assert_eq!(lint(&["--format", "json"], "echo hello\n").stdout, "[]\n");
}

#[test]
fn lint_knows_files_by_their_names_and_mends_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it can be written");
        path.to_str().expect("a path").to_owned()
    };
    // Of a page only the code is read; the same text as commands is something else.
    let page = file("page.md", &format!("# Deploy\n\n```azurecli\n{BROKEN}```\n"));
    let of_page = run(&["lint", &page]);
    assert!(of_page.stdout.contains("page.md:4:53") && of_page.status == Some(1), "{of_page:?}");
    let corrected = run(&["lint", "--corrected", &page]);
    assert_eq!(corrected.status, Some(1), "what is printed is about the text that was given");
    expect![[r#"
        # Deploy

        ```azurecli
        az acr connected-registry create --registry contoso \
          --name edge01 --resource-group rg1 \
          --repository hello-world app/api \
          --yes
        ```
    "#]]
    .assert_eq(&corrected.stdout);
    let again = file("again.md", &corrected.stdout);
    assert_eq!(run(&["lint", &again]).status, Some(0));
    let settings = file("settings.json", "{\"tls.secret\": \"edge-tls\"}");
    assert!(run(&["lint", &settings]).stdout.contains("settings-no-connection-string"));
    let as_markdown = run(&["lint", "--as", "markdown", &settings]);
    assert_eq!(
        (as_markdown.status, as_markdown.stdout.as_str()),
        (Some(0), "0 errors, 0 warnings, 0 notes\n")
    );
    // Our own scripts, of both shells.
    for name in ["complete.sh", "byoc.ps1"] {
        let run = run(&["lint", &golden_path(name)]);
        assert_eq!(run.status, Some(0), "{}", run.stdout);
        assert!(!run.stdout.contains("Not taken over"), "{}", run.stdout);
    }
}

#[test]
fn lint_says_what_it_cannot_read() {
    let run = run(&["lint", "/no/such/file.sh"]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert!(run.stderr.starts_with("error: cannot read /no/such/file.sh: "), "{}", run.stderr);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text.sh");
    std::fs::write(&path, b"echo \xff\xfe\n").expect("it can be written");
    let path = path.to_str().expect("a path").to_owned();
    assert_eq!(
        self::run(&["lint", &path]).status,
        Some(0),
        "bytes that are no text stand for themselves"
    );
    std::fs::write(&path, "az acr list\n".repeat(100_000)).expect("it can be written");
    let run = self::run(&["lint", &path]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.contains("text-too-long"), "{}", run.stdout);
}

/// `connected-registry script | head -1`.
#[test]
fn a_closed_pipe_is_no_failure() {
    for arguments in [
        &["script"][..],
        &["plan", "--format", "json"],
        &["check"],
        &["scenarios"],
        &["link", "name=edge01"],
        &["settings"],
        &["lint"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let run = command(arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .output()
            .expect("the command starts");
        let stderr = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}
