//! What is rendered for bash, judged by the real bash: as a script, as blocks, and pasted into an interactive shell.
//!
//! `az`, `kubectl`, `crictl` and `openssl` are stubs that note their calls; what they answer is in `support/stub.sh`.

#![cfg(unix)]
#![allow(clippy::expect_used)]

#[path = "support/dialect.rs"]
mod dialect;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/pem.rs"]
mod pem;
mod support;
#[path = "support/world.rs"]
mod world;

use connected_registry::Outcome;
use connected_registry::plan::{Act, Action, Condition, Look, Must, OnlyIf, Place, Plan, Probe, Var, Word, flatten};
use connected_registry::shell::{Document, bash};
use hostile::Hostile;
use pem::{Pem, is_openssl_there};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use support::{COMPLETE, EVERYTHING, GOLDEN, Pasteable, Role, SCENARIOS, argv, blocks, outcome, run_by};
use world::{PROMPT, Pasting, Run, World, keys, paste};

const ENDPOINT_QUESTION: &str = "Enable it? [y/N] ";
const PASSWORD_QUESTION: &str = "Generate it? [y/N] ";

/// What the stubs answer where a password of a client token is generated.
const CLIENT_PASSWORD: &str = "client-secret";

/// A call that the script makes where nothing is done yet, and what it says where the call fails.
struct Expected {
    argv: Vec<String>,
    title: String,
    may_fail: bool,
    /// Whether its failure is for the user to see.
    shown: bool,
}

/// Every call of a first run, in order: first all checks, then all actions.
fn first_run(plan: &Plan) -> Vec<Expected> {
    let checks = plan.steps.iter().flat_map(|step| &step.checks).filter_map(|check| match &check.probe {
        Probe::Look(look) => Some(Expected { argv: argv(&look.command, plan), title: check.title.to_string(), may_fail: look.may_fail, shown: false }),
        Probe::Tool(_) | Probe::Known(_) => None,
    });
    let actions = plan.steps.iter().filter(|step| step.place == Place::Workstation).flat_map(|step| {
        step.actions.iter().filter_map(|action| {
            let title = match &action.act {
                Act::Confirm(check) => &check.title,
                _ => &step.title,
            };
            let shown = matches!(action.act, Act::Show(_));
            Some(Expected { argv: argv(run_by(&action.act)?, plan), title: title.to_string(), may_fail: shown, shown })
        })
    });
    checks.chain(actions).collect()
}

fn argvs(expected: &[Expected]) -> Vec<Vec<String>> {
    expected.iter().map(|expected| expected.argv.clone()).collect()
}

/// The words of a call before its first option: what it does.
fn words(call: &[String]) -> Vec<&str> {
    call.iter().map(String::as_str).take_while(|word| !word.starts_with('-')).collect()
}

/// Whether a call changes anything.
fn changes(call: &[String]) -> bool {
    const VERBS: [&str; 12] = ["add", "apply", "create", "deactivate", "delete", "generate", "get-settings", "import", "login", "register", "req", "update"];
    words(call).iter().any(|word| VERBS.contains(word))
}

/// Everything that is run: the scenarios, and the two links of which the other tests know.
fn scenarios() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("complete", COMPLETE), ("everything", EVERYTHING)].into_iter().chain(SCENARIOS.iter().copied())
}

fn scenario(name: &str) -> &'static str {
    scenarios().find(|(other, _)| *other == name).expect("a scenario of this name").1
}

/// The value of a variable of the plan; none where the plan has no such variable.
fn value_of(plan: &Plan, variable: &'static str) -> Option<String> {
    flatten(plan.variable(Var(variable))?.words.first()?, plan)
}

/// A script, the plan behind it, and a world in which all checks pass and nothing of it is done yet.
struct Trial {
    world: World,
    plan: Plan,
    script: String,
    /// What lay in the folder before.
    before: Vec<String>,
}

impl Trial {
    fn of(link: &str) -> Self {
        let Outcome { plan, document, .. } = outcome(link);
        let world = World::new(&value_of(&plan, "cluster").unwrap_or_default());
        let mut trial = Self { world, plan, script: document.script.text(), before: Vec::new() };
        trial.fulfil_checks();
        trial.be_otherwise();
        if trial.plan.variable(Var("tls_certificate")).is_some() && !trial.makes_certificate() {
            let address = value_of(&trial.plan, "service_ip").unwrap_or_else(|| "10.0.0.1".to_owned());
            trial.put_certificate(&Pem::of(&address, 30, 30));
        }
        trial.before = trial.world.files();
        trial
    }

    /// Puts there what must be there, and what is removed.
    fn fulfil_checks(&self) {
        let mut names: BTreeMap<&str, Vec<String>> = [("registries", Vec::new()), ("extensions", Vec::new())].into();
        let mut add = |from: Var, name: &Word| {
            let name = flatten(name, &self.plan).expect("a name");
            let (file, name) = match from.0 {
                "connected_registries" => ("registries", name),
                "extensions" | "tokens" => (from.0, name),
                "cert_manager" => ("definitions", name),
                "secrets" => ("secrets", name.replace("secret/", "connected-registry/")),
                other => unreachable!("{other} has no place in this world"),
            };
            let names = names.entry(file).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        };
        for step in &self.plan.steps {
            for check in &step.checks {
                if let (Probe::Look(Look { into: from, .. }) | Probe::Known(from), Must::Include(name)) = (&check.probe, &check.must) {
                    add(*from, name);
                }
            }
            if let Some(OnlyIf { condition: Condition::Present { from, name }, .. }) = &step.only_if {
                add(*from, name);
            }
        }
        if !names["extensions"].is_empty() || names.contains_key("secrets") {
            names.insert("namespaces", ["default", "connected-registry"].map(str::to_owned).into());
        }
        if let Some(extension) = value_of(&self.plan, "extension").filter(|_| self.plan.steps.iter().any(|step| step.id == "extension-status")) {
            names.insert("extensions", vec![extension]);
        }
        names.insert("active", names["extensions"].clone());
        for (file, names) in names {
            self.world.keep(file, &names.iter().map(|name| format!("{name}\n")).collect::<String>());
        }
    }

    /// Everything that is set to something is otherwise now.
    fn be_otherwise(&self) {
        let has = |id: &str| self.plan.steps.iter().any(|step| step.id == id);
        if has("upgrade") && value_of(&self.plan, "extension_version").is_none() {
            self.world.keep("auto-upgrade", "false\n");
        }
        if has("schedule") && value_of(&self.plan, "sync_schedule").is_none() {
            self.world.keep("schedule", "0 12 * * *\n");
        }
    }

    /// Puts the files of a certificate where the plan looks for them, if it does.
    fn put_certificate(&self, pem: &Pem) {
        for (variable, text) in [("tls_ca", &pem.authority), ("tls_certificate", &pem.certificate), ("tls_key", &pem.key)] {
            if let Some(path) = value_of(&self.plan, variable) {
                self.world.put(&path, text);
            }
        }
    }

    fn makes_certificate(&self) -> bool {
        self.plan.commands().any(|command| command.subcommand == ["req"])
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.world.run(&self.script, arguments)
    }

    /// Every call so far, a password that was captured as in [`argv`].
    fn calls(&self) -> Vec<Vec<String>> {
        let mut calls = self.world.calls();
        calls.iter_mut().flatten().filter(|word| *word == CLIENT_PASSWORD).for_each(|word| "CAPTURED".clone_into(word));
        calls
    }

    fn changes(&self) -> Vec<Vec<String>> {
        self.world.calls().into_iter().filter(|call| changes(call)).collect()
    }

    /// What lies in the folder and did not before; but for a certificate that was made.
    fn left(&self) -> Vec<String> {
        let made = ["tls_certificate", "tls_key"].map(|variable| value_of(&self.plan, variable).unwrap_or_default());
        self.world.files().into_iter().filter(|file| !(self.before.contains(file) || self.makes_certificate() && made.contains(file))).collect()
    }

    /// Fails unless the script stopped for this reason before it changed anything.
    fn stops_before_any_change(&self, run: &Run, reason: &str) {
        assert_eq!(run.status, Some(1), "{}", run.said);
        assert!(run.said.contains(reason), "{}", run.said);
        assert_eq!(self.changes(), Vec::<Vec<String>>::new(), "{}", run.said);
        assert_eq!(self.world.files(), self.before);
    }

    /// The protected settings as az saw them, after it was made sure that nobody else could; none where az never did.
    fn settings(&self) -> Option<BTreeMap<String, String>> {
        let listed = self.world.kept("settings.listed")?;
        assert!(listed.starts_with("-rw-------"), "others can read the protected settings: {listed}");
        Some(serde_json::from_str(&self.world.kept("settings.json")?).expect("a flat object of strings"))
    }
}

/// The questions of a run in which nothing is done yet, by their ends.
fn questions(plan: &Plan) -> Vec<&'static str> {
    let has = |id: &str| plan.steps.iter().any(|step| step.id == id);
    let endpoint = has("data-endpoint").then_some("Enable it?");
    let removal = (has("delete-extension") || has("update-extension")).then_some("Go on?");
    endpoint.into_iter().chain(removal).collect()
}

fn answered(run: &Run) -> Vec<&str> {
    run.said
        .lines()
        .filter_map(|line| line.strip_suffix(" yes (--yes)"))
        .map(|line| &line[line[..line.len() - 1].rfind(['.', '?', ':']).map_or(0, |end| end + 2)..])
        .collect()
}

/// Base64 on one line, by hand: the programs that scripts use are not to judge themselves.
fn base64_of(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quartet = |chunk: &[u8]| {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        [18, 12, 6, 0]
            .iter()
            .enumerate()
            .map(|(place, shift)| if place > chunk.len() { '=' } else { char::from(DIGITS[(bits >> shift & 63) as usize]) })
            .collect::<String>()
    };
    bytes.chunks(3).map(quartet).collect()
}

/// What the protected settings of a plan must hold, byte for byte.
fn expected_settings(trial: &Trial) -> Option<BTreeMap<String, String>> {
    trial.plan.steps.iter().find(|step| step.id == "protected-settings")?;
    let connected_registry = value_of(&trial.plan, "connected_registry").expect("a name");
    let connection = format!(
        "ConnectedRegistryName={connected_registry};SyncTokenName={connected_registry};SyncTokenPassword=abc;\
         ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
    );
    let mut expected: BTreeMap<String, String> = [("connectionString".to_owned(), connection)].into();
    if let Some(secret) = value_of(&trial.plan, "tls_secret") {
        expected.insert("tls.secret".to_owned(), secret);
    } else if trial.plan.variable(Var("tls_certificate")).is_some() {
        for (key, variable) in [("tls.crt", "tls_certificate"), ("tls.key", "tls_key"), ("tls.cacrt", "tls_ca")] {
            let path = trial.world.folder().join(value_of(&trial.plan, variable).expect("a path"));
            expected.insert(key.to_owned(), base64_of(&std::fs::read(path).expect("the file is there")));
        }
    }
    Some(expected)
}

/// What a second run does once more: nothing; but these act again by nature.
fn again(name: &str) -> Option<&'static [&'static str]> {
    match name {
        // Each time a password, each time a removal; and both ask each time.
        "rotate" | "redeploy" | "redeploy-secret" => None,
        // What is added and removed, and the level of the log, are set once more, which changes nothing.
        "repositories" => Some(&["az acr connected-registry permissions update"]),
        "diagnose" => Some(&["az acr connected-registry update"]),
        // kubectl itself finds that there is nothing to change.
        "pull-image" => Some(&["kubectl apply"]),
        _ => Some(&[]),
    }
}

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
    let Some(again) = again(name) else { return judge_first_run(name, trial, run) };
    assert_eq!(run.status, Some(0), "{name}: {}", run.said);
    let changes: Vec<String> = trial.changes().iter().map(|call| words(call).join(" ")).collect();
    assert_eq!(changes, again, "{name}: {}", run.said);
    assert_eq!(answered(run), [""; 0], "{name}: nothing is left to ask:\n{}", run.said);
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
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let run = trial.run(&[]);
        trial.stops_before_any_change(&run, "run this in a terminal, or with --yes");
        let checks = trial.plan.steps.iter().flat_map(|step| &step.checks).filter(|check| check.command().is_some()).count();
        assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)[..checks]), "{name}: but everything is checked");
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
    for name in ["complete", "own-cert-manager", "manual-upgrade", "sync-daily", "pull-image", "redeploy-secret", "clean-up"] {
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
        let checks = trial.plan.steps.iter().flat_map(|step| &step.checks).filter(|check| check.command().is_some()).count();
        for (index, failing) in first_run(&trial.plan).iter().enumerate() {
            if judged.insert((failing.title.clone(), failing.argv.iter().take_while(|word| !word.starts_with("--")).cloned().collect::<Vec<_>>())) {
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
    let open_files: Vec<String> = trial.plan.steps.iter().flat_map(|step| &step.actions).filter_map(open_file).collect();
    let left: Vec<String> = trial.left().into_iter().filter(|file| !open_files.contains(file)).collect();
    assert_eq!(left, [""; 0], "{command}: the protected settings are left behind");
    if failing.may_fail {
        assert_eq!(run.status, Some(0), "{command}: {}", run.said);
        // What is shown may say why it cannot be.
        assert!(failing.shown || !run.said.contains("ERROR"), "{command}: nobody needs to hear of it:\n{}", run.said);
        return;
    }
    assert_eq!(run.status, Some(1), "{command}: {}", run.said);
    assert_eq!(trial.calls(), argvs(&expected[..=index]), "{command}: {}", run.said);
    if index < checks {
        assert_eq!(trial.changes(), Vec::<Vec<String>>::new(), "{command}");
    }
    let stopped: Vec<&str> = run.said.lines().filter(|line| line.starts_with("Stopped at: ")).collect();
    let told = stopped.iter().any(|line| *line == format!("Stopped at: {}", failing.title) || *line == format!("Stopped at: {} (1)", failing.title));
    assert!(told && stopped.len() == 1, "{command}: not {} but {stopped:?}", failing.title);
}

/// The file that an action writes for anybody to read.
fn open_file(action: &Action) -> Option<String> {
    match &action.act {
        Act::Write(file) if !file.private => Some(file.path.to_string()),
        _ => None,
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

/// What may be wrong with the files of a certificate, and what the script says then.
#[test]
fn a_wrong_certificate_stops_it_before_any_change() {
    if !is_openssl_there() {
        return;
    }
    for name in ["byoc", "kubernetes-secret", "redeploy-secret", "rotate"] {
        let judge = |what: &str, pem: &dyn Fn(&str) -> Pem, reason: &str| {
            let trial = Trial::of(scenario(name));
            let address = value_of(&trial.plan, "service_ip").unwrap_or_else(|| "10.0.0.1".to_owned());
            trial.put_certificate(&pem(&address));
            let run = trial.run(&["--yes"]);
            assert!(run.said.contains(reason), "{name}, {what}: {}", run.said);
            trial.stops_before_any_change(&run, reason);
        };
        let good = |address: &str| Pem::of(address, 30, 30);
        judge("expired", &|address| Pem::of(address, 1, 30), "The certificate cannot be read as PEM, or it expires within a day.");
        judge("no PEM", &|address| Pem { certificate: "DER".to_owned(), ..good(address) }, "The certificate cannot be read as PEM");
        judge(
            "the key of another",
            &|address| Pem { key: Pem::of("10.9.9.9", 30, 30).key, ..good(address) },
            "The private key does not belong to the certificate",
        );
        judge("a passphrase", &|address| good(address).with_passphrase(), "cannot be read as PEM without a passphrase");
        judge(
            "an authority that expired",
            &|address| Pem::of(address, 30, 1),
            "The certificate of the authority cannot be read as PEM, or it expires within a day.",
        );
        judge("no authority", &|address| Pem { authority: String::new(), ..good(address) }, "The certificate of the authority cannot be read");
        // Which address a certificate is to hold for, the task to rotate does not know.
        if name != "rotate" {
            judge("another address", &|_| Pem::of("10.9.9.9", 30, 30), "The certificate does not name the service IP");
        }
    }
}

/// On a terminal openssl would ask for a passphrase, and wait.
#[test]
fn nobody_is_asked_for_a_passphrase() {
    if !is_openssl_there() {
        return;
    }
    let trial = Trial::of(scenario("byoc"));
    trial.put_certificate(&Pem::of("10.96.40.10", 30, 30).with_passphrase());
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("cannot be read as PEM without a passphrase", "")]);
    assert!(!run.said.contains("Enter pass"), "{}", run.said);
    trial.stops_before_any_change(&run, "without a passphrase");
}

/// Without the files there is nothing to check, and nothing is changed.
#[test]
fn files_that_are_missing_stop_it_before_any_change() {
    for (name, variable) in [("byoc", "tls_certificate"), ("byoc", "tls_key"), ("byoc", "tls_ca"), ("rotate", "tls_key"), ("kubernetes-secret", "tls_ca")] {
        let mut trial = Trial::of(scenario(name));
        let path = trial.world.folder().join(value_of(&trial.plan, variable).expect("a path"));
        std::fs::remove_file(path).expect("it is there");
        trial.before = trial.world.files();
        if is_openssl_there() {
            let run = trial.run(&["--yes"]);
            trial.stops_before_any_change(&run, "cannot be read");
        }
        // The block that writes the settings, pasted alone, generates no password for a file that is missing.
        let Outcome { plan, document, .. } = outcome(scenario(name));
        let Some(writes) = blocks(&plan, &document).into_iter().find(|block| block.name == "protected-settings actions") else { continue };
        if plan.variable(Var("tls_secret")).is_none() {
            trial.world.forget_calls();
            trial.world.run(&writes.block.text(), &[]);
            assert_eq!((trial.world.calls(), trial.left()), (Vec::<Vec<String>>::new(), Vec::new()), "{name} {variable}");
        }
    }
}

/// A pair is made where neither file is there; it is right, private, and not made again.
#[test]
fn a_self_signed_certificate_is_made_once() {
    if !is_openssl_there() {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let made = |call: &Vec<String>| words(call) == ["openssl", "req"];
    let trial = Trial::of(scenario("byoc-self-signed"));
    assert!(trial.run(&["--yes"]).said.contains("\nDone."));
    assert_eq!(trial.changes().first().map(made), Some(true), "before anything in Azure");
    let key = trial.world.folder().join("bench1.key");
    let pair = || ["bench1.crt", "bench1.key"].map(|file| std::fs::read(trial.world.folder().join(file)).expect("it was made"));
    assert_eq!(std::fs::metadata(&key).expect("it was made").permissions().mode() & 0o77, 0, "others can read the key");

    // Somebody deletes the extension, and deploys once more.
    let first = pair();
    trial.world.keep("extensions", "");
    trial.world.keep("active", "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert!(!trial.world.calls().iter().any(made) && pair() == first, "{}", run.said);
    assert_eq!(trial.settings(), expected_settings(&trial));

    // The block does neither.
    let Outcome { plan, document, .. } = outcome(scenario("byoc-self-signed"));
    let makes = blocks(&plan, &document).into_iter().find(|block| block.name == "certificate actions").expect("a step makes it");
    trial.world.run(&makes.block.text(), &[]);
    assert!(!trial.world.calls().iter().any(made) && pair() == first);
}

/// Of files that are there already, none is made anew; where they are wrong, it ends before anything in Azure is changed.
#[test]
fn what_is_there_is_not_replaced_by_a_self_signed_certificate() {
    if !is_openssl_there() {
        return;
    }
    let other = Pem::of("10.9.9.9", 30, 30);
    for (files, reason) in [
        (vec![("bench1.key", &other.key)], "The certificate cannot be read"),
        (vec![("bench1.crt", &other.certificate)], "The private key does not belong"),
        (vec![("bench1.crt", &other.certificate), ("bench1.key", &other.key)], "The certificate does not name the service IP"),
    ] {
        let mut trial = Trial::of(scenario("byoc-self-signed"));
        files.iter().for_each(|(file, text)| trial.world.put(file, text));
        trial.before = trial.world.files();
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, reason);
        assert!(files.iter().all(|(file, text)| std::fs::read_to_string(trial.world.folder().join(file)).is_ok_and(|now| now == **text)));
    }
}

/// A client token that exists may be in use elsewhere, with its password.
#[test]
fn the_client_password_question_decides() {
    for (answer, goes_on) in [("n\n", false), ("y\n", true)] {
        let trial = Trial::of(scenario("pull-image"));
        trial.world.keep("tokens", "store17-tills\n");
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("its password 1 anew", ""), keys(PASSWORD_QUESTION, answer)]);
        if goes_on {
            assert_eq!(run.status, Some(0), "{}", run.said);
            let changes: Vec<String> = trial.changes().iter().map(|call| words(call).join(" ")).collect();
            let secret = "kubectl create secret docker-registry connected-registry-pull";
            assert_eq!(changes, ["az acr connected-registry update", "az acr token credential generate", secret, "kubectl apply"]);
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}

/// What is to be pulled, at which address, and with which secret.
#[test]
fn the_pod_pulls_from_the_connected_registry() {
    for (more, image) in [("", "10.43.0.50/pos/checkout:2.4"), ("&tls=http", "10.43.0.50:80/pos/checkout:2.4")] {
        let trial = Trial::of(&format!("{}{more}", scenario("pull-image")));
        let run = trial.run(&["--yes"]);
        let manifest = trial.world.kept("manifest").unwrap_or_else(|| panic!("{}", run.said));
        assert!(manifest.contains(&format!("\n      image: \"{image}\"\n")) && manifest.ends_with("\n    - name: connected-registry-pull\n"), "{manifest}");
        let secret = trial.calls().into_iter().find(|call| words(call).contains(&"docker-registry")).expect("the secret is made");
        let server = image.split('/').next().expect("an address");
        assert!(secret.windows(2).any(|pair| pair == ["--docker-server", server]), "{secret:?}");
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
    for (name, pasting, question) in [
        ("everything", Pasting::AsLines, Some(ENDPOINT_QUESTION)),
        ("everything", Pasting::AsAWhole, Some(ENDPOINT_QUESTION)),
        ("byoc", Pasting::AsLines, Some(ENDPOINT_QUESTION)),
        ("pull-image", Pasting::AsLines, None),
        ("redeploy-secret", Pasting::AsAWhole, Some("Go on? [y/N] ")),
    ] {
        let trial = Trial::of(scenario(name));
        let mut talk = vec![paste(PROMPT, &trial.script)];
        talk.extend(question.map(|question| keys(question, "y\n")));
        talk.push(keys("\nDone.", ""));
        let run = trial.world.interactive(pasting, talk);
        assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)), "{name}, {pasting:?}: {}", run.said);
        assert_eq!(trial.left(), [""; 0], "{name}");
    }
}

#[test]
fn pasted_and_declined_it_changes_nothing() {
    for (name, question) in [("complete", ENDPOINT_QUESTION), ("clean-up", "Go on? [y/N] "), ("rotate", "Go on? [y/N] ")] {
        let trial = Trial::of(scenario(name));
        trial.world.interactive(Pasting::AsLines, vec![paste(PROMPT, &trial.script), keys(question, "n\n"), keys("Nothing was changed.", "")]);
        assert_eq!((trial.changes(), trial.left()), (Vec::new(), Vec::new()), "{name}");
    }
}

/// Notes what a session has: names of variables and functions, options, traps, and the values that matter most.
fn snapshot(file: &str) -> String {
    format!("{{ compgen -v; compgen -A function; set +o; shopt -p; trap; umask; pwd; declare -p IFS PATH PS1; }} >\"$WORLD/{file}\"\n")
}

/// The blocks in the order of somebody who does it all, then tries the remedies, and undoes it at last.
fn walk<'a>(plan: &'a Plan, document: &'a Document) -> Vec<Pasteable<'a>> {
    let (mut walk, aside): (Vec<_>, Vec<_>) = blocks(plan, document).into_iter().partition(|block| matches!(block.role, Role::Check | Role::Actions));
    let (remedies, undo): (Vec<_>, Vec<_>) = aside.into_iter().partition(|block| block.role == Role::Remedy);
    walk.extend(remedies);
    walk.extend(undo.into_iter().rev());
    walk
}

/// What the blocks run where nothing is done yet, and what they leave in the folder: what is not theirs to remove.
fn judge_blocks(name: &str, trial: &Trial, blocks: &[Pasteable], run: &Run) {
    let expected: Vec<Vec<String>> = blocks.iter().flat_map(|block| &block.commands).map(|command| argv(command, &trial.plan)).collect();
    assert_eq!(trial.calls(), expected, "{name}: {}", run.said);
    assert!(trial.world.kept("before").is_some_and(|before| before.lines().count() > 50), "{name}: {}", run.said);
    assert_eq!(trial.world.kept("before"), trial.world.kept("after"), "{name}: the session is as it was");
    let on_node = trial.plan.steps.iter().filter(|step| step.place == Place::Node).flat_map(|step| &step.actions);
    assert_eq!(trial.left(), on_node.filter_map(open_file).collect::<Vec<_>>(), "{name}: the protected settings are gone");
    let writes = trial.plan.steps.iter().any(|step| step.id == "protected-settings");
    assert_eq!(trial.settings().is_some(), writes, "{name}: {}", run.said);
    for secret in ["SyncTokenPassword", CLIENT_PASSWORD] {
        assert!(!run.said.contains(secret), "{name}: a secret was printed:\n{}", run.said);
    }
}

/// Each block is complete by itself, and leaves nothing behind in the session.
#[test]
fn the_blocks_of_every_scenario_run_the_commands_of_the_plan() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let Outcome { plan, document, .. } = outcome(link);
        let blocks = walk(&plan, &document);
        let texts: String = blocks.iter().map(|block| block.block.text()).collect();
        let run = trial.world.run(&format!("{0}{0}{texts}{1}exit 7\n", snapshot("before"), snapshot("after")), &[]);
        assert_eq!(run.status, Some(7), "{name}: {}", run.said);
        judge_blocks(name, &trial, &blocks, &run);
    }
}

#[test]
fn blocks_run_wherever_they_are_pasted() {
    for (name, pasting) in
        [("complete", Pasting::AsLines), ("complete", Pasting::AsAWhole), ("byoc-self-signed", Pasting::AsLines), ("pull-image", Pasting::AsAWhole)]
    {
        let trial = Trial::of(scenario(name));
        let Outcome { plan, document, .. } = outcome(scenario(name));
        let blocks = walk(&plan, &document);
        // The first snapshot makes bash set what it only sets on its first command.
        let mut talk = vec![paste(PROMPT, &snapshot("before")), paste("", &snapshot("before"))];
        talk.extend(blocks.iter().map(|block| paste("", &block.block.text())));
        talk.push(paste("", &snapshot("after")));
        let run = trial.world.interactive(pasting, talk);
        judge_blocks(name, &trial, &blocks, &run);
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
    let golden = GOLDEN.iter().chain(SCENARIOS).map(|(name, link)| {
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
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
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
