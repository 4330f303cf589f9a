//! First, second and failing runs: what is called, in which order, and what stops them.

use crate::trial::*;
use std::process::Stdio;

#[test]
fn a_first_run_does_exactly_what_the_plan_says_and_a_second_nothing() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let run = trial.run(&["--yes"]);
        judge_first_run(name, &trial, &run);
        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        judge_second_run(name, &trial, &run);
    }
}

fn judge_second_run(name: &str, trial: &Trial, run: &Run) {
    let Some((again, asked)) = again(name) else { return judge_first_run(name, trial, run) };
    assert_eq!(run.status, Some(0), "{name}: {}", run.said);
    let changes: Vec<String> = trial.changes().iter().map(|call| words(call).join(" ")).collect();
    assert_eq!(changes, again, "{name}: {}", run.said);
    assert_eq!(answered(run), asked, "{name}: nothing that is settled is asked:\n{}", run.said);
    assert_eq!(trial.left(), [""; 0], "{name}");
}

fn judge_first_run(name: &str, trial: &Trial, run: &Run) {
    assert_eq!(run.status, Some(0), "{name}: {}", run.said);
    assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)), "{name}");
    assert_eq!(answered(run), questions(&trial.plan), "{name}: {}", run.said);
    assert_eq!(trial.left(), [""; 0], "{name}: the protected settings are gone");
    assert_eq!(trial.settings(), expected_settings(trial), "{name}");
    for secret in ["SyncTokenPassword", CLIENT_PASSWORD] {
        assert!(!run.said.contains(secret), "{name}: a secret was printed:\n{}", run.said);
    }
}

#[test]
fn duration_edited_in_the_script_is_set() {
    let mut trial = Trial::of(scenario("sync-daily"));
    assert_eq!(trial.run(&["--yes"]).status, Some(0));
    for (variable, text, edited) in [("sync_window", "PT4H", "PT6H"), ("message_ttl", "P2D", "P3D")]
    {
        let line = format!("  {variable}='{text}'\n");
        assert!(trial.script.contains(&line), "{line} is not in the script");
        trial.script = trial.script.replace(&line, &format!("  {variable}='{edited}'\n"));
        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{}", run.said);
        let changes = trial.changes();
        assert_eq!(changes.len(), 1, "{}", run.said);
        assert!(changes[0].iter().any(|word| word == edited), "{changes:?}");
    }
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
    let changes: Vec<String> =
        trial.changes().iter().map(|call| call[..call.len().min(4)].join(" ")).collect();
    assert_eq!(
        changes,
        ["az acr connected-registry get-settings", "az k8s-extension create --cluster-name"]
    );
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_changed() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let run = trial.run(&[]);
        trial.stops_before_any_change(&run, "run this in a terminal, or with --yes");
        let checks = trial
            .plan
            .steps
            .iter()
            .flat_map(|step| &step.checks)
            .filter(|check| check.command().is_some())
            .count();
        assert_eq!(
            trial.calls(),
            argvs(&first_run(&trial.plan)[..checks]),
            "{name}: but everything is checked"
        );
    }
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
    trial.stops_before_any_change(&run, "still missing: <resource group> <connected registry> <repositories to synchronize> <service ip> <arc cluster>");
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
    let trial = Trial::of(
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.1.0.10&repos=hello-world&cidr=10.0.0.0/16",
    );
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(
        &run,
        "10.1.0.10 is not an address that a service in 10.0.0.0/16 can have.",
    );
    assert_eq!(trial.world.calls(), Vec::<Vec<String>>::new());
}

/// What may be wrong in the world: a pattern of calls, their exit status and answer, and what the
/// script says then.
const TROUBLES: [(&str, u8, &str, &str); 12] = [
    ("az version *", 0, "2.74.9", "The Azure CLI must be 2.75.0 or newer"),
    ("az extension list *k8s-extension*", 0, "1.6.0", "k8s-extension is missing, or older than"),
    ("az extension list *connectedk8s*", 0, "1.1.9", "connectedk8s is missing or too old"),
    ("az account show *", 1, "", "You are not logged in"),
    ("az acr show * sku.name *", 0, "Basic", "The SKU of the registry is not Premium"),
    ("az acr show * id *", 3, "", "The registry was not found."),
    ("az connectedk8s show *", 0, "Offline", "is not connected to Azure Arc"),
    ("az acr show * dataEndpointEnabled *", 0, "", "did not say whether the data endpoint is on"),
    (
        "az acr connected-registry list *",
        3,
        "edge01",
        "The connected registries could not be listed.",
    ),
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

/// Of a connected registry's own making are a token and a scope map of its name; and an extension
/// of its name may belong to another one.
#[test]
fn what_would_be_overwritten_or_mixed_up_is_asked_for() {
    for (what, question) in [
        ("tokens", "has a token"),
        ("scope-maps", "has a scope map"),
        ("extensions", "belongs to another one"),
    ] {
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
    assert!(
        !trial.changes().iter().any(|call| call.iter().any(|word| word == "get-settings")),
        "{}",
        run.said
    );
    assert!(in_the_way.exists(), "what is the user's own stays");
}

/// Not everybody may read the providers, and whoever may not read them may not register them.
#[test]
fn a_provider_that_cannot_be_read_is_left_alone() {
    let trial = Trial::of(COMPLETE);
    trial.world.answer("az provider show *", 1, "");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert!(
        !trial.changes().iter().any(|call| call.iter().any(|word| word == "register")),
        "{}",
        run.said
    );
}

/// An error that leaves no placeholder, and a link that was not understood: it may have meant
/// something else.
#[test]
fn no_error_is_passed_over() {
    for more in [
        "&cidr=10.0.0.0/33",
        "&cidr=10.1.0.0/16",
        "&mode=readwrite",
        "&colour=red",
        "&v=2",
        "&subscription=%E2%80%AE1",
    ] {
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
    // Only what creates needs the newest.
    for (name, oldest, too_old) in [
        ("clean-up", "2.51.0", "2.50.9"),
        ("auto-upgrade", "2.51.0", "2.50.9"),
        ("diagnose", "", ""),
    ] {
        for (version, goes_on) in [(oldest, true), (too_old, name == "diagnose")] {
            let trial = Trial::of(scenario(name));
            trial.world.answer("az version *", 0, version);
            let run = trial.run(&["--yes"]);
            assert_eq!(run.status == Some(0), goes_on, "{name}, {version}: {}", run.said);
        }
    }
    for new in [
        "2.75.0", "2.75", "2.75.0.1", "2.75.1", "2.100.0", "3.0.0", "10.0.0", "2.75.0b1", "2.091.0",
    ] {
        assert!(checks(new), "{new} is new enough");
    }
    for old in ["2.74.99", "2.9.0", "1.99.99", "2", "0.2.75", "", "x", "-3.0.0", "ERROR: 99"] {
        assert!(!checks(old), "{old:?} is too old");
    }
}

/// Azure keeps the case of a name and does not tell names apart by it; a part of a name is another
/// name.
#[test]
fn names_are_compared_whole_and_in_any_case() {
    let trial = Trial::of(COMPLETE);
    trial.run(&["--yes"]);
    for (file, text) in [
        ("registries", "other\nEDGE01\n"),
        ("extensions", "Edge01\nother\n"),
        ("endpoint", "True\n"),
        ("cluster", "RG1/ARC1\n"),
    ] {
        trial.world.keep(file, text);
    }
    trial.world.answer("az provider show *", 0, "registered");
    trial.world.answer("az k8s-extension show *", 0, "succeeded");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, trial.changes()), (Some(0), Vec::new()), "{}", run.said);
    assert_eq!(
        trial.world.calls().last().map(|call| call[..3].join(" ")).as_deref(),
        Some("kubectl get pods")
    );

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
        assert!(
            trial.world.calls().iter().all(|call| call[..3].join(" ") != "kubectl get pods"),
            "{}",
            run.said
        );
    }
}

/// az prints `\r\n` where it runs under Windows, in Git Bash for instance.
#[test]
fn line_ends_of_windows_do_no_harm() {
    for name in [
        "complete",
        "own-cert-manager",
        "manual-upgrade",
        "sync-daily",
        "pull-image",
        "redeploy-secret",
        "clean-up",
    ] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("crlf", "");
        let run = trial.run(&["--yes"]);
        judge_first_run(name, &trial, &run);
        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        judge_second_run(name, &trial, &run);
    }
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

/// Each call fails once; what several scenarios have in common, in the first of them.
#[test]
fn wherever_a_call_fails_the_script_stops_there() {
    let mut judged = BTreeSet::new();
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let checks = trial
            .plan
            .steps
            .iter()
            .flat_map(|step| &step.checks)
            .filter(|check| check.command().is_some())
            .count();
        for (index, failing) in first_run(&trial.plan).iter().enumerate() {
            if judged.insert((
                failing.title.clone(),
                failing
                    .argv
                    .iter()
                    .take_while(|word| !word.starts_with("--"))
                    .cloned()
                    .collect::<Vec<_>>(),
            )) {
                judge_failure(name, link, index, checks);
            }
        }
    }
    assert!(judged.len() > 80, "only {} calls failed", judged.len());
}

fn judge_failure(name: &str, link: &str, index: usize, checks: usize) {
    let trial = Trial::of(link);
    let expected = first_run(&trial.plan);
    let failing = &expected[index];
    trial.world.fail(index + 1);
    let run = trial.run(&["--yes"]);
    let command = format!("{name}: {}", failing.argv.join(" "));
    // What is no secret may stay, to be looked at.
    let open_files: Vec<String> =
        trial.plan.steps.iter().flat_map(|step| &step.actions).filter_map(open_file).collect();
    let left: Vec<String> =
        trial.left().into_iter().filter(|file| !open_files.contains(file)).collect();
    assert_eq!(left, [""; 0], "{command}: the protected settings are left behind");
    if failing.may_fail {
        assert_eq!(run.status, Some(0), "{command}: {}", run.said);
        // What is shown may say why it cannot be.
        assert!(
            failing.shown || !run.said.contains("as the test wants it"),
            "{command}: nobody needs to hear of it:\n{}",
            run.said
        );
        return;
    }
    assert_eq!(run.status, Some(1), "{command}: {}", run.said);
    assert_eq!(trial.calls(), argvs(&expected[..=index]), "{command}: {}", run.said);
    if index < checks {
        assert_eq!(trial.changes(), Vec::<Vec<String>>::new(), "{command}");
    }
    let stopped: Vec<&str> =
        run.said.lines().filter(|line| line.starts_with("Stopped at: ")).collect();
    let told = stopped.iter().any(|line| {
        *line == format!("Stopped at: {}", failing.title)
            || *line == format!("Stopped at: {} (1)", failing.title)
    });
    assert!(told && stopped.len() == 1, "{command}: not {} but {stopped:?}", failing.title);
}

/// The file that an action writes for anybody to read.
fn open_file(action: &Action) -> Option<String> {
    match &action.operation {
        Operation::Write(file) if !file.private => Some(file.path.to_string()),
        _ => None,
    }
}

/// A call without an answer fails, which a script may ignore: every command of every plan has one.
#[test]
fn the_stand_in_answers_every_command() {
    let mut asked = BTreeSet::new();
    let mut unanswered = BTreeSet::new();
    for (_, link) in scenarios() {
        let Trial { plan, world, .. } = Trial::of(link);
        let calls = plan.commands().map(|command| argv(command, &plan));
        for call in calls.filter(|call| ["az", "kubectl"].contains(&call[0].as_str())) {
            // The last word may be the format of the output. Other values do not matter here.
            if !asked.insert((words(&call).join(" "), call.last().cloned())) {
                continue;
            }
            let mut program = Command::new(world.program(&call[0]));
            program.args(&call[1..]).current_dir(world.folder());
            program.envs(world.environment("C")).stdin(Stdio::null());
            let output = program.output().expect("the stand-in runs");
            let error = String::from_utf8_lossy(&output.stderr);
            let gaps = error.lines().filter(|line| line.contains("the stand-in "));
            unanswered.extend(gaps.map(str::to_owned));
        }
    }
    assert_eq!(unanswered, BTreeSet::new());
}
