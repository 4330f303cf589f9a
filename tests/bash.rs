//! What is rendered for bash, judged by the real bash: as a script, as blocks, and pasted into an interactive shell.
//!
//! `az` and `kubectl` are stubs that note their calls; what they answer is in `support/stub.sh`.

#![cfg(unix)]
#![allow(clippy::expect_used)]

#[path = "support/dialect.rs"]
mod dialect;
#[path = "support/hostile.rs"]
mod hostile;
mod support;
#[path = "support/world.rs"]
mod world;

use connected_registry::Outcome;
use connected_registry::plan::{Act, Place, Plan, Probe};
use connected_registry::shell::bash;
use hostile::Hostile;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use std::process::Command;
use support::{COMPLETE, EVERYTHING, GOLDEN, argv, blocks, outcome, run_by};
use world::{PROMPT, Pasting, Run, World, keys, paste};

const ENDPOINT_QUESTION: &str = "Enable it? [y/N] ";
const PASSWORD_QUESTION: &str = "Generate it? [y/N] ";

/// A call that the script makes where nothing is done yet, and what it says where the call fails.
struct Expected {
    argv: Vec<String>,
    title: String,
    may_fail: bool,
}

/// Every call of a first run, in order: first all checks, then all actions.
fn first_run(plan: &Plan) -> Vec<Expected> {
    let checks = plan.steps.iter().flat_map(|step| &step.checks).filter_map(|check| match &check.probe {
        Probe::Look(look) => Some(Expected { argv: argv(&look.command, plan), title: check.title.to_string(), may_fail: look.may_fail }),
        Probe::Tool(_) => None,
    });
    let actions = plan.steps.iter().flat_map(|step| {
        step.actions.iter().filter_map(|action| {
            let title = match &action.act {
                Act::Confirm(check) => &check.title,
                _ => &step.title,
            };
            let may_fail = matches!(action.act, Act::Show(_));
            Some(Expected { argv: argv(run_by(&action.act)?, plan), title: title.to_string(), may_fail })
        })
    });
    checks.chain(actions).collect()
}

fn argvs(expected: &[Expected]) -> Vec<Vec<String>> {
    expected.iter().map(|expected| expected.argv.clone()).collect()
}

/// Whether a call changes anything, by the words before its first option.
fn changes(call: &[String]) -> bool {
    const VERBS: [&str; 7] = ["add", "create", "delete", "get-settings", "login", "register", "update"];
    call.iter().take_while(|word| !word.starts_with('-')).any(|word| VERBS.contains(&word.as_str()))
}

/// A script, the plan behind it, and a world in which nothing is done yet.
struct Trial {
    world: World,
    plan: Plan,
    script: String,
}

impl Trial {
    fn of(link: &str) -> Self {
        let Outcome { plan, document, .. } = outcome(link);
        let cluster = plan.variable(connected_registry::plan::Var("cluster")).expect("every plan has a cluster");
        let world = World::new(&connected_registry::plan::flatten(&cluster.words[0], &plan).expect("its name"));
        Self { world, plan, script: document.script.text() }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.world.run(&self.script, arguments)
    }

    /// Fails unless the script stopped for this reason before it changed anything.
    fn stops_before_any_change(&self, run: &Run, reason: &str) {
        assert_eq!(run.status, Some(1), "{}", run.said);
        assert!(run.said.contains(reason), "{}", run.said);
        assert_eq!(self.changes(), Vec::<Vec<String>>::new(), "{}", run.said);
        assert_eq!(self.world.files(), [""; 0]);
    }

    fn changes(&self) -> Vec<Vec<String>> {
        self.world.calls().into_iter().filter(|call| changes(call)).collect()
    }
}

#[test]
fn a_first_run_does_exactly_what_the_plan_says() {
    for link in [COMPLETE, EVERYTHING] {
        let trial = Trial::of(link);
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)));
        assert!(run.said.contains("Enable it? yes (--yes)"), "{}", run.said);
        assert!(!run.said.contains("Generate it?"), "{}", run.said);

        let listed = trial.world.kept("settings.listed").expect("the extension was created");
        assert!(listed.starts_with("-rw-------"), "others can read the protected settings: {listed}");
        let settings = trial.world.kept("settings.json").expect("the extension was created");
        let settings: BTreeMap<String, String> = serde_json::from_str(&settings).expect("a flat object of strings");
        let connection = "ConnectedRegistryName=edge01;SyncTokenName=edge01;SyncTokenPassword=abc;\
            ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https";
        assert_eq!(settings, [("connectionString".to_owned(), connection.to_owned())].into());
        assert_eq!(trial.world.files(), [""; 0], "the protected settings are gone");
        assert!(!run.said.contains("SyncTokenPassword"), "the secret was printed:\n{}", run.said);
    }
}

#[test]
fn a_second_run_changes_nothing() {
    let trial = Trial::of(COMPLETE);
    trial.run(&["--yes"]);
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(trial.changes(), Vec::<Vec<String>>::new(), "{}", run.said);
    assert!(!run.said.contains("(--yes)"), "nothing is left to ask:\n{}", run.said);
}

#[test]
fn a_run_that_was_broken_off_can_be_taken_up() {
    let trial = Trial::of(COMPLETE);
    trial.world.answer("az k8s-extension create *", 1, "");
    assert_eq!(trial.run(&["--yes"]).status, Some(1));
    trial.world.keep("answers", "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    let changes: Vec<String> = trial.changes().iter().map(|call| call[..call.len().min(4)].join(" ")).collect();
    assert_eq!(changes, ["az acr connected-registry get-settings", "az k8s-extension create --cluster-name"]);
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_changed() {
    let trial = Trial::of(COMPLETE);
    let run = trial.run(&[]);
    trial.stops_before_any_change(&run, "run this in a terminal, or with --yes");
    let checks = trial.plan.steps.iter().flat_map(|step| &step.checks).filter(|check| check.command().is_some()).count();
    assert_eq!(trial.world.calls().len(), checks, "but everything is checked");
}

#[test]
fn it_takes_no_other_argument() {
    let trial = Trial::of(COMPLETE);
    let run = trial.run(&["--dry-run"]);
    trial.stops_before_any_change(&run, "the only argument is --yes, not --dry-run");
    assert_eq!(trial.world.calls(), Vec::<Vec<String>>::new());
}

#[test]
fn it_does_not_start_while_names_are_missing() {
    let trial = Trial::of("#registry=contoso");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "still missing: <resource group> <connected registry> <repositories to synchronize> <arc cluster>");
    assert_eq!(trial.world.calls(), Vec::<Vec<String>>::new());
}

/// The names at the top are there to be filled in.
#[test]
fn it_starts_once_the_names_are_filled_in() {
    let mut script = Trial::of("").script;
    let complete = Trial::of(COMPLETE);
    for (placeholder, value) in [
        ("'<container registry>'", "contoso"),
        ("'<resource group>'", "rg1"),
        ("'<connected registry>'", "edge01"),
        ("'<repositories to synchronize>'", "hello-world app/api"),
        ("'<arc cluster>'", "arc1"),
        ("'<extension name>'", "edge01"),
        ("'<service ip>'", "10.0.0.200"),
    ] {
        assert!(script.contains(placeholder), "{placeholder}");
        script = script.replacen(placeholder, value, 1);
    }
    let run = complete.world.run(&script, &["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(complete.world.calls(), argvs(&first_run(&complete.plan)));
}

#[test]
fn it_does_not_start_while_an_error_stands() {
    let trial = Trial::of("#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.1.0.10&repos=hello-world&cidr=10.0.0.0/16");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "10.1.0.10 is not an address that a service in 10.0.0.0/16 can have.");
    assert_eq!(trial.world.calls(), Vec::<Vec<String>>::new());
}

/// What may be wrong in the world: a pattern of calls, their exit status and answer, and what the script says then.
const TROUBLES: [(&str, u8, &str, &str); 12] = [
    ("az version *", 0, "2.74.9", "The Azure CLI must be 2.75.0 or newer"),
    ("az extension list *k8s-extension*", 0, "", "k8s-extension is missing or too old"),
    ("az extension list *connectedk8s*", 0, "1.1.9", "connectedk8s is missing or too old"),
    ("az account show *", 1, "", "You are not logged in"),
    ("az acr show * sku.name *", 0, "Basic", "The SKU of the registry is not Premium"),
    ("az acr show * id *", 3, "", "The registry was not found."),
    ("az connectedk8s show *", 0, "Offline", "is not connected to Azure Arc"),
    ("az acr show * dataEndpointEnabled *", 0, "", "did not say whether the data endpoint is on"),
    ("az acr connected-registry list *", 3, "edge01", "The connected registries could not be listed."),
    ("az acr token list *", 1, "", "Tokens and scope maps could not be listed."),
    ("az acr scope-map list *", 1, "", "Tokens and scope maps could not be listed."),
    ("az k8s-extension list *", 1, "", "The extensions of the cluster could not be listed."),
];

#[test]
fn every_check_stops_it_before_any_change() {
    for (pattern, status, answer, reason) in TROUBLES {
        let trial = Trial::of(COMPLETE);
        trial.world.answer(pattern, status, answer);
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, reason);
    }
    let trial = Trial::of(COMPLETE);
    let without_az = Trial { world: trial.world.without("az"), ..trial };
    let run = without_az.run(&["--yes"]);
    without_az.stops_before_any_change(&run, "The Azure CLI (az) was not found.");
}

/// Of a connected registry's own making are a token and a scope map of its name; and an extension of its name may belong to another one.
#[test]
fn what_would_be_overwritten_or_mixed_up_is_asked_for() {
    for (what, question) in [("tokens", "has a token"), ("scope-maps", "has a scope map"), ("extensions", "belongs to another one")] {
        let trial = Trial::of(COMPLETE);
        trial.world.keep("endpoint", "true\n");
        trial.world.keep(what, "other\nedge01\n");
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(question, "n\n")]);
        assert_eq!(run.status, Some(1), "{what}: {}", run.said);
        assert_eq!(trial.changes(), Vec::<Vec<String>>::new(), "{what}: {}", run.said);
    }
}

/// A password that was generated and got nowhere would cut off a running deployment for nothing.
#[test]
fn no_password_is_generated_for_a_file_that_cannot_be_written() {
    let trial = Trial::of(COMPLETE);
    let in_the_way = trial.world.folder().join("protected-settings-extension.json");
    std::fs::create_dir(&in_the_way).expect("the folder is there");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    assert!(run.said.contains("Stopped at: Write the protected settings"), "{}", run.said);
    assert!(!trial.changes().iter().any(|call| call.iter().any(|word| word == "get-settings")), "{}", run.said);
    assert!(in_the_way.exists(), "what is the user's own stays");
}

/// Not everybody may read the providers, and whoever may not read them may not register them.
#[test]
fn a_provider_that_cannot_be_read_is_left_alone() {
    let trial = Trial::of(COMPLETE);
    trial.world.answer("az provider show *", 1, "");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert!(!trial.changes().iter().any(|call| call.iter().any(|word| word == "register")), "{}", run.said);
}

/// An error that leaves no placeholder, and a link that was not understood: it may have meant something else.
#[test]
fn no_error_is_passed_over() {
    for more in ["&cidr=10.0.0.0/33", "&cidr=10.1.0.0/16", "&mode=readwrite", "&colour=red", "&v=2", "&subscription=%E2%80%AE1"] {
        let trial = Trial::of(&format!("{COMPLETE}{more}"));
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(1), "{more}: {}", run.said);
        assert_eq!(trial.world.calls(), Vec::<Vec<String>>::new(), "{more}: {}", run.said);
    }
}

/// The remedy is for the user to decide on: moving a registry to Premium costs money.
#[test]
fn a_remedy_is_shown_and_not_run() {
    let trial = Trial::of(EVERYTHING);
    trial.world.answer("az acr show * sku.name *", 0, "Basic");
    let run = trial.run(&["--yes"]);
    let remedy = r"  az acr update --name contoso --resource-group rg-edge --subscription Edge\ Production --sku Premium";
    assert!(run.said.lines().any(|line| line == remedy), "{}", run.said);
    assert_eq!(trial.changes(), Vec::<Vec<String>>::new());
}

#[test]
fn versions_are_compared_as_numbers() {
    let trial = Trial::of(COMPLETE);
    let checks = |version: &str| {
        trial.world.keep("answers", "");
        trial.world.answer("az version *", 0, version);
        // Where the version will do, the script gets as far as the login.
        trial.world.answer("az account show *", 1, "");
        trial.run(&["--yes"]).said.contains("You are not logged in")
    };
    for new in ["2.75.0", "2.75", "2.75.0.1", "2.75.1", "2.100.0", "3.0.0", "10.0.0", "2.75.0b1", "2.091.0"] {
        assert!(checks(new), "{new} is new enough");
    }
    for old in ["2.74.99", "2.9.0", "1.99.99", "2", "0.2.75", "", "x", "-3.0.0", "ERROR: 99"] {
        assert!(!checks(old), "{old:?} is too old");
    }
}

/// Azure keeps the case of a name and does not tell names apart by it; a part of a name is another name.
#[test]
fn names_are_compared_whole_and_in_any_case() {
    let trial = Trial::of(COMPLETE);
    trial.run(&["--yes"]);
    for (file, text) in [("registries", "other\nEDGE01\n"), ("extensions", "Edge01\nother\n"), ("endpoint", "True\n"), ("cluster", "ARC1\n")] {
        trial.world.keep(file, text);
    }
    trial.world.answer("az provider show *", 0, "registered");
    trial.world.answer("az k8s-extension show *", 0, "succeeded");
    trial.world.answer("az acr connected-registry show *", 0, "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, trial.changes()), (Some(0), Vec::new()), "{}", run.said);
    assert_eq!(trial.world.calls().last().map(|call| call[..3].join(" ")).as_deref(), Some("kubectl get pods"));

    let trial = Trial::of(COMPLETE);
    trial.world.keep("registries", "edge011\nxedge01\nedge\n");
    trial.world.keep("extensions", "edge011\nedge\nedge?1\n");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)));
}

/// kubectl is not needed, and may point anywhere.
#[test]
fn without_kubectl_only_the_pods_are_left_out() {
    let elsewhere = Trial::of(COMPLETE);
    elsewhere.world.keep("cluster", "another\n");
    let missing = Trial::of(COMPLETE);
    // The real kubectl of this machine, if there is one, has no cluster.
    let missing = Trial { world: missing.world.without("kubectl"), ..missing };
    for trial in [elsewhere, missing] {
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert!(trial.world.calls().iter().all(|call| call[..3].join(" ") != "kubectl get pods"), "{}", run.said);
    }
}

/// az prints `\r\n` where it runs under Windows, in Git Bash for instance.
#[test]
fn line_ends_of_windows_do_no_harm() {
    let trial = Trial::of(COMPLETE);
    trial.world.keep("crlf", "");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)));
    assert!(!trial.world.kept("settings.json").expect("the extension was created").contains('\r'));
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, trial.changes()), (Some(0), Vec::new()), "{}", run.said);
}

#[test]
fn what_is_no_connection_string_reaches_no_file() {
    for wrong in [
        "ConnectedRegistryName=edge01;SyncTokenName=edge01;SyncTokenPassword=<use --generate-password to update the value>",
        "",
        r#"ConnectedRegistryName=edge01;SyncTokenPassword=a"b"#,
        r"ConnectedRegistryName=edge01;SyncTokenPassword=a\b",
        "ConnectedRegistryName=edge01;SyncTokenPassword=abc\nConnectedRegistryName=edge02;SyncTokenPassword=def",
        "\nConnectedRegistryName=edge01;SyncTokenPassword=abc",
        "WARNING: this command is in preview",
        "None",
    ] {
        let trial = Trial::of(COMPLETE);
        trial.world.answer("az acr connected-registry get-settings *", "keeps", "settings");
        trial.world.keep("kept/settings", wrong);
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(1), "{wrong}: {}", run.said);
        assert!(run.said.contains("Stopped at: Write the protected settings\nReason: az did not print a connection string"), "{wrong}: {}", run.said);
        assert_eq!(trial.world.files(), [""; 0], "{wrong}");
        let last = trial.world.calls().pop().expect("there were calls");
        assert_eq!(last[3], "get-settings", "nothing came after it");
    }
}

#[test]
fn wherever_a_call_fails_the_script_stops_there() {
    let expected = first_run(&Trial::of(COMPLETE).plan);
    for (index, failing) in expected.iter().enumerate() {
        let trial = Trial::of(COMPLETE);
        trial.world.fail(index + 1);
        let run = trial.run(&["--yes"]);
        let command = failing.argv.join(" ");
        assert_eq!(trial.world.files(), [""; 0], "{command}: the protected settings are left behind");
        if failing.may_fail {
            assert_eq!(run.status, Some(0), "{command}: {}", run.said);
            // What is shown at the end may say why it cannot be.
            assert!(failing.argv[..3] == ["kubectl", "get", "pods"] || !run.said.contains("ERROR"), "nobody needs to hear of it:\n{}", run.said);
            continue;
        }
        assert_eq!(run.status, Some(1), "{command}: {}", run.said);
        assert_eq!(trial.world.calls(), argvs(&expected[..=index]), "{command}: {}", run.said);
        let stopped: Vec<&str> = run.said.lines().filter(|line| line.starts_with("Stopped at: ")).collect();
        let told = stopped.iter().any(|line| *line == format!("Stopped at: {}", failing.title) || *line == format!("Stopped at: {} (1)", failing.title));
        assert!(told && stopped.len() == 1, "{command}: not {} but {stopped:?}", failing.title);
    }
}

/// The checks pass, and the data endpoint is off.
#[test]
fn the_endpoint_question_decides() {
    for (answer, goes_on) in [("n\n", false), ("\n", false), ("maybe\n", false), ("\u{4}", false), ("y\n", true), ("YES\n", true)] {
        let trial = Trial::of(COMPLETE);
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, answer)]);
        if goes_on {
            assert_eq!(run.status, Some(0), "{answer:?}: {}", run.said);
            assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)), "{answer:?}");
            assert!(!run.said.contains("Generate it?"), "one question is enough:\n{}", run.said);
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}

/// The connected registry exists, the extension does not: a deployment elsewhere may use the password.
#[test]
fn the_password_question_decides() {
    for (answer, goes_on) in [("n\n", false), ("y\n", true)] {
        let trial = Trial::of("#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world&slot=2");
        trial.world.keep("endpoint", "true\n");
        trial.world.keep("registries", "edge01\n");
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(PASSWORD_QUESTION, answer)]);
        assert!(run.said.contains("generates password 2 of its sync token anew"), "{}", run.said);
        if goes_on {
            assert_eq!(run.status, Some(0), "{}", run.said);
            let generated = trial.changes().into_iter().find(|call| call[3] == "get-settings").expect("the password is generated");
            assert!(generated.windows(2).any(|pair| pair == ["--generate-password", "2"]), "{generated:?}");
            assert!(trial.changes().iter().all(|call| call[3] != "create"), "the connected registry is left alone");
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}

/// Every question is asked before the first change, and each of them can still end it.
#[test]
fn all_questions_come_before_the_first_change() {
    let trial = Trial::of(COMPLETE);
    trial.world.keep("registries", "edge01\n");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, "y\n"), keys(PASSWORD_QUESTION, "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
}

#[test]
fn interrupted_it_leaves_no_protected_settings_behind() {
    let trial = Trial::of(COMPLETE);
    trial.world.answer("az k8s-extension create *", "hangs", "hanging");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, "y\n"), keys("hanging", "\u{3}")]);
    assert_ne!(run.status, Some(0), "{}", run.said);
    assert_eq!(trial.world.calls().last().map(|call| call[2].clone()).as_deref(), Some("create"), "nothing came after it");
    assert!(run.said.contains("Stopped at: Deploy the extension"), "{}", run.said);
    assert_eq!(trial.world.files(), [""; 0]);
}

const PASTINGS: [Pasting; 2] = [Pasting::AsLines, Pasting::AsAWhole];

/// The shell in which it is pasted outlives it: [`World::interactive`] makes sure.
#[test]
fn pasted_a_failure_ends_the_script_and_nothing_else() {
    for pasting in PASTINGS {
        let trial = Trial::of(COMPLETE);
        trial.world.fail(1);
        trial.world.interactive(pasting, vec![paste(PROMPT, &trial.script), keys("Stopped at: Its version is 2.75.0 or newer", "")]);
        assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)[..1]), "{pasting:?}");
        assert_eq!(trial.world.files(), [""; 0]);
    }
}

#[test]
fn pasted_it_runs_like_a_script() {
    for pasting in PASTINGS {
        let trial = Trial::of(EVERYTHING);
        let run = trial.world.interactive(pasting, vec![paste(PROMPT, &trial.script), keys(ENDPOINT_QUESTION, "y\n"), keys("\nDone.", "")]);
        assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)), "{pasting:?}: {}", run.said);
        assert_eq!(trial.world.files(), [""; 0]);
    }
}

#[test]
fn pasted_and_declined_it_changes_nothing() {
    let trial = Trial::of(COMPLETE);
    trial.world.interactive(Pasting::AsLines, vec![paste(PROMPT, &trial.script), keys(ENDPOINT_QUESTION, "n\n"), keys("Nothing was changed.", "")]);
    assert_eq!(trial.changes(), Vec::<Vec<String>>::new());
}

/// Notes what a session has: names of variables and functions, options, traps, and the values that matter most.
fn snapshot(file: &str) -> String {
    format!("{{ compgen -v; compgen -A function; set +o; shopt -p; trap; umask; pwd; declare -p IFS PATH PS1; }} >\"$WORLD/{file}\"\n")
}

/// Each block is complete by itself, and leaves nothing behind in the session.
#[test]
fn blocks_run_the_commands_of_the_plan_wherever_they_are_pasted() {
    for pasting in PASTINGS {
        let trial = Trial::of(COMPLETE);
        let Outcome { plan, document, .. } = outcome(COMPLETE);
        let blocks = blocks(&plan, &document);
        // The first snapshot makes bash set what it only sets on its first command.
        let mut talk = vec![paste(PROMPT, &snapshot("before")), paste("", &snapshot("before"))];
        talk.extend(blocks.iter().map(|pasteable| paste("", &pasteable.block.text())));
        talk.push(paste("", &snapshot("after")));
        let run = trial.world.interactive(pasting, talk);
        let expected: Vec<Vec<String>> = blocks.iter().flat_map(|pasteable| &pasteable.commands).map(|command| argv(command, &plan)).collect();
        assert_eq!(trial.world.calls(), expected, "{pasting:?}: {}", run.said);
        assert_eq!(trial.world.kept("before"), trial.world.kept("after"), "the session is as it was");
        assert!(trial.world.kept("settings.listed").is_some_and(|listed| listed.starts_with("-rw-------")));
        assert_eq!(trial.world.files(), [""; 0], "the block after the extension removes the protected settings");
    }
}

/// The block that writes the protected settings: where the answer is wrong, the session lives on and there is no file.
#[test]
fn a_block_that_fails_leaves_the_session_alive_and_no_file() {
    let Outcome { plan, document, .. } = outcome(COMPLETE);
    let writes = blocks(&plan, &document).into_iter().find(|pasteable| pasteable.name == "protected-settings actions").expect("a step writes them");
    for answer in [("az acr connected-registry get-settings *", 1, ""), ("az acr connected-registry get-settings *", 0, "SyncTokenPassword=<none>")] {
        let world = World::new("arc1");
        world.answer(answer.0, answer.1, answer.2);
        world.interactive(Pasting::AsLines, vec![paste(PROMPT, &writes.block.text())]);
        assert_eq!(world.calls().len(), 1);
        assert_eq!(world.files(), [""; 0]);
    }
}

/// What a hostile plan must run, in a script and block by block, and what must lie in the folder then.
fn judge_hostile(hostile: &Hostile, locales: [&str; 2], run: impl Fn(&World, &str, &str)) -> Result<(), TestCaseError> {
    let document = bash::render(&hostile.plan);
    let all_blocks = blocks(&hostile.plan, &document);
    let all_blocks_text: String = all_blocks.iter().map(|pasteable| pasteable.block.text()).collect();
    let by_blocks: Vec<Vec<String>> = all_blocks.iter().flat_map(|pasteable| &pasteable.commands).map(|command| hostile.argv(command)).collect();
    for (text, expected, locale) in [(document.script.text(), hostile.script_calls(), locales[0]), (all_blocks_text, by_blocks, locales[1])] {
        prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "a terminal would see a control character: {:?}", text);
        let world = World::new("");
        for (key, answer) in &hostile.answers {
            world.keep(&format!("kept/{key}"), answer);
        }
        run(&world, &text, locale);
        prop_assert_eq!(world.calls(), expected, "{}", text);
        prop_assert_eq!(world.kept("kept/saved"), Some(hostile.private_text.clone()), "{}", text);
        prop_assert_eq!(world.files(), vec![hostile.file.clone()], "{}", text);
        let file = std::fs::read_to_string(world.folder().join(&hostile.file));
        prop_assert_eq!(file.ok(), Some(hostile.text.clone()), "{}", text);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the words: each arrives as it is, and nothing else happens.
    #[test]
    fn hostile_words_arrive_as_they_are(texts in hostile::texts(60), swapped in any::<bool>()) {
        let locales = if swapped { ["C", "C.UTF-8"] } else { ["C.UTF-8", "C"] };
        judge_hostile(&Hostile::of(texts), locales, |world, text, locale| {
            let run = world.run_in(locale, text, &["--yes"]);
            assert_eq!(run.status, Some(0), "{}", run.said);
        })?;
    }
}

/// An interactive bash also completes, edits and looks into its history; the terminal reads control characters.
#[test]
fn hostile_words_arrive_as_they_are_in_an_interactive_bash() {
    let mut runner = TestRunner::deterministic();
    for pasting in PASTINGS {
        let texts = hostile::texts(300).new_tree(&mut runner).expect("texts").current();
        let texts = hostile::FRAGMENTS.iter().map(|fragment| (*fragment).to_owned()).chain(texts).collect();
        let judged = judge_hostile(&Hostile::of(texts), ["", ""], |world, text, _| {
            world.interactive(pasting, vec![keys(PROMPT, "set -- --yes\n"), paste(PROMPT, text)]);
        });
        judged.unwrap_or_else(|error| panic!("{pasting:?}: {error}"));
    }
}

/// A plan of every hostile fragment.
fn all_fragments() -> Hostile {
    Hostile::of(hostile::FRAGMENTS.iter().map(|fragment| (*fragment).to_owned()).collect())
}

#[test]
fn sentences_are_printed_as_they_are() {
    let mut hostile = all_fragments();
    let world = World::new("");
    for (key, answer) in &hostile.answers {
        world.keep(&format!("kept/{key}"), answer);
    }
    let run = world.run_in("C.UTF-8", &bash::render(&hostile.plan).script.text(), &["--yes"]);
    for step in hostile.plan.steps.iter().filter(|step| step.place == Place::Workstation && !step.actions.is_empty()) {
        assert!(run.said.contains(&format!("\n== {}\n", step.title)), "{:?}", step.title);
    }
    for question in hostile.plan.steps.iter().flat_map(|step| &step.asks) {
        assert!(run.said.contains(&format!("\n{} yes (--yes)\n", question.question)), "{:?}", question.question);
    }

    world.forget_calls();
    hostile.plan.blockers = vec![hostile::FRAGMENTS.concat()];
    let run = world.run_in("C.UTF-8", &bash::render(&hostile.plan).script.text(), &["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    assert!(run.said.ends_with(&format!("Reason: {}\n", hostile::FRAGMENTS.concat())), "{}", run.said);
    assert_eq!(world.calls(), Vec::<Vec<String>>::new());
}

/// The remedy comes as a line to paste.
#[test]
fn a_remedy_that_was_shown_runs_as_it_is() {
    let hostile = all_fragments();
    let world = World::new("");
    world.keep("kept/answer", "something else");
    let run = world.run_in("C.UTF-8", &bash::render(&hostile.plan).script.text(), &["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    let (_, remedy) = run.said.split_once("Try:\n").expect("a remedy is shown");
    world.forget_calls();
    world.run_in("C.UTF-8", remedy, &[]);
    let check = &hostile.plan.steps[0].checks[1];
    assert_eq!(world.calls(), [hostile.argv(check.otherwise.command.as_ref().expect("every look has a remedy"))]);
}

/// Every script and every block of the golden links, and of a plan of hostile text, by a name.
fn all_texts() -> Vec<(String, String)> {
    let golden = GOLDEN.iter().map(|(name, link)| {
        let Outcome { plan, document, .. } = outcome(link);
        (*name, plan, document)
    });
    let hostile = all_fragments();
    let document = bash::render(&hostile.plan);
    let mut all = Vec::new();
    for (name, plan, document) in golden.chain([("hostile", hostile.plan, document)]) {
        all.push((format!("{name}, script"), document.script.text()));
        all.extend(blocks(&plan, &document).into_iter().map(|pasteable| (format!("{name}, {}", pasteable.name), pasteable.block.text())));
    }
    all
}

#[test]
fn everything_is_known_to_bash_3_2() {
    for (name, text) in all_texts().into_iter().filter(|(name, _)| !name.starts_with("hostile")) {
        assert_eq!(dialect::newer_than_3_2(&text), Vec::<String>::new(), "{name}:\n{text}");
    }
    for newer in [
        "mapfile -t lines",
        "echo \"${x^^}\"",
        "${x,}",
        "${x@Q}",
        "${x[@]@Q}",
        "${x: -1:-2}",
        "${x[-1]}",
        "local -n x=y",
        "if [[ -v x ]]",
        "cat &>>file",
        "a |& b",
        "(umask 077 && true)",
        "printf '%(%F)T' -1",
        "$'\\u00e4'",
    ] {
        assert_ne!(dialect::newer_than_3_2(newer), Vec::<String>::new(), "{newer} passes");
    }
    for old in ["${x:-0}", "${x%%.*}", "${#x}", "${x[@]}", "${x//$'\\r'/}", "${x:0:1}", "# mapfile", "(umask 077) || exit 1"] {
        assert_eq!(dialect::newer_than_3_2(old), Vec::<String>::new(), "{old}");
    }
}

#[test]
fn nothing_looks_into_the_history_of_an_interactive_bash() {
    for (name, text) in all_texts() {
        assert_eq!(dialect::looks_into_history(&text), [""; 0], "{name}:\n{text}");
    }
    for hazard in ["echo !!", "echo \"hi!\"", "echo \"'!x'\"", "^a^b^", "echo \\\"'!x'", "echo $'\\'!x' '!y'", "a!b"] {
        assert_eq!(dialect::looks_into_history(hazard), [hazard], "{hazard} passes");
    }
    for harmless in ["[[ a != b ]]", "if ! true; then", "echo '!!'", "echo \\'\\!", "true # !!", "#!/usr/bin/env bash", "!(a)", "echo !"] {
        assert_eq!(dialect::looks_into_history(harmless), [""; 0], "{harmless}");
    }
}

/// What ShellCheck is not to say of a script.
fn disabled(outcome: &Outcome) -> &'static str {
    if !outcome.plan.blockers.is_empty() {
        // An error stands, so the script stops at its start on purpose; what follows is never reached.
        "SC2329,SC2317"
    } else {
        // `finish` is called by the trap, which ShellCheck does not see inside of a function that is a subshell.
        "SC2329"
    }
}

#[test]
#[ignore = "needs ShellCheck: cargo xtask test"]
fn judge_shellcheck_finds_nothing() {
    const SHEBANG: &str = "#!/usr/bin/env bash\n";
    let shellcheck = std::env::var_os("SHELLCHECK").expect("SHELLCHECK is the path of ShellCheck");
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let mut files = Vec::new();
    for (name, link) in GOLDEN {
        let outcome = outcome(link);
        let script = outcome.document.script.text();
        let script = script.strip_prefix(SHEBANG).expect("a script has a shebang");
        let mut texts = vec![format!("{SHEBANG}# {name}, script\n# shellcheck disable={}\n{script}", disabled(&outcome))];
        let blocks = blocks(&outcome.plan, &outcome.document);
        texts.extend(blocks.into_iter().map(|pasteable| format!("{SHEBANG}# {name}, {}\n{}", pasteable.name, pasteable.block.text())));
        for text in texts {
            let file = folder.path().join(format!("{}.sh", files.len()));
            std::fs::write(&file, text).expect("the file can be written");
            files.push(file);
        }
    }
    let judged = Command::new(shellcheck).args(["--shell=bash", "--severity=style", "--norc"]).args(&files).output().expect("ShellCheck runs");
    let said = String::from_utf8_lossy(&[judged.stdout, judged.stderr].concat()).into_owned();
    assert!(judged.status.success(), "the line below each shebang names the text:\n{said}");
}
