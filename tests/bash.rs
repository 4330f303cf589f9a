//! What is rendered for bash, judged by the real bash: as a script, as blocks, and pasted into an interactive shell.
//!
//! `az`, `kubectl`, `crictl`, `sudo` and `openssl` are stubs that note their calls; what they answer is in `support/stub.sh`.

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
use connected_registry::plan::{Act, Action, Condition, Look, Must, Part, Place, Plan, Probe, Program, Value, Var, Word, flatten};
use connected_registry::shell::{Document, bash};
use hostile::Hostile;
use pem::{Pem, is_openssl_there};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use support::{COMPLETE, EVERYTHING, GOLDEN, Pasteable, Role, SCENARIOS, argv, blocks, outcome, run_by};
use world::{PROMPT, Pasting, Run, Turn, World, keys, paste};

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
        Probe::Show(command) => Some(Expected { argv: argv(command, plan), title: check.title.to_string(), may_fail: true, shown: true }),
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

/// Group and name of the cluster, as its agents keep them.
fn arc_name(plan: &Plan) -> String {
    let group = value_of(plan, "cluster_resource_group").or_else(|| value_of(plan, "resource_group")).unwrap_or_default();
    format!("{group}/{}", value_of(plan, "cluster").unwrap_or_default())
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
        let world = World::new(&arc_name(&plan));
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
            let condition = step.only_if.as_ref().map(|only_if| &only_if.condition);
            let all = match condition {
                Some(Condition::All(all)) => all.as_slice(),
                one => one.map(std::slice::from_ref).unwrap_or_default(),
            };
            for condition in all {
                if let Condition::Present { from, name } = condition {
                    add(*from, name);
                }
            }
        }
        if !names["extensions"].is_empty() || names.contains_key("secrets") {
            names.insert("namespaces", ["default", "connected-registry"].map(str::to_owned).into());
        }
        if let Some(extension) = value_of(&self.plan, "extension").filter(|_| self.plan.steps.iter().any(|step| step.id == "extension-status")) {
            names.insert("extensions", vec![extension]);
        }
        if self.plan.steps.iter().any(|step| step.id == "registry-status") {
            names.insert("registries", vec![value_of(&self.plan, "connected_registry").expect("a name")]);
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

/// The questions of a run in which nothing is done yet, by their ends, in the order of the steps.
fn questions(plan: &Plan) -> Vec<String> {
    let has = |id: &str| plan.steps.iter().any(|step| step.id == id);
    let name = |variable| value_of(plan, variable).unwrap_or_default();
    let version = value_of(plan, "extension_version");
    let questions = [
        (has("data-endpoint"), "Enable it?".to_owned()),
        (has("removal"), "Have you compared it with the settings above, and is it right?".to_owned()),
        (has("update-extension"), "Compare it with the settings above: is the extension deployed that way?".to_owned()),
        (has("removal") || has("update-extension") || has("delete-connected-registry"), "Go on?".to_owned()),
        (has("insecure-registry"), format!("Deploy {} all the same?", name("extension"))),
        (has("upgrade") && version.is_none(), "Go on?".to_owned()),
        (has("upgrade") && version.is_some(), format!("Bring it to {}, which must be in the list above?", name("extension_version"))),
        (value_of(plan, "removed_repositories").is_some(), "Go on?".to_owned()),
        (has("pull-secret"), format!("Is that the cluster of {}?", name("connected_registry"))),
        (has("log-level"), "Go on?".to_owned()),
    ];
    questions.into_iter().filter_map(|(is_asked, question)| is_asked.then_some(question)).collect()
}

/// The last sentences of the questions that `--yes` answered.
fn answered(run: &Run) -> Vec<&str> {
    let questions = run.said.lines().filter_map(|line| line.strip_suffix(" yes (--yes)"));
    let start = |line: &str| [". ", "? ", "; "].iter().filter_map(|end| line.rfind(end)).max().map_or(0, |end| end + 2);
    questions.map(|line| &line[start(line)..]).collect()
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

/// What a second run does once more, and what it asks: nothing; but these act again by nature.
fn again(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match name {
        // Each time a password, each time a removal; and both ask each time.
        "rotate" | "redeploy" | "redeploy-secret" => None,
        // What is added and removed, and the level of the log, are set once more, which changes nothing.
        "repositories" => Some((&["az acr connected-registry permissions update"], &["Go on?"])),
        "diagnose" => Some((&["az acr connected-registry update"], &["Go on?"])),
        // The pod is made anew, or nothing would be pulled.
        "pull-image" => Some((&["kubectl delete pod connected-registry-pull", "kubectl apply"], &["Is that the cluster of store17?", "Go on?"])),
        _ => Some((&[], &[])),
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
    ("az extension list *k8s-extension*", 0, "1.6.0", "k8s-extension is missing, or older than"),
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
    // Only what creates needs the newest.
    for (name, oldest, too_old) in [("clean-up", "2.51.0", "2.50.9"), ("auto-upgrade", "2.51.0", "2.50.9"), ("diagnose", "", "")] {
        for (version, goes_on) in [(oldest, true), (too_old, name == "diagnose")] {
            let trial = Trial::of(scenario(name));
            trial.world.answer("az version *", 0, version);
            let run = trial.run(&["--yes"]);
            assert_eq!(run.status == Some(0), goes_on, "{name}, {version}: {}", run.said);
        }
    }
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
    for (file, text) in [("registries", "other\nEDGE01\n"), ("extensions", "Edge01\nother\n"), ("endpoint", "True\n"), ("cluster", "RG1/ARC1\n")] {
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
        assert!(failing.shown || !run.said.contains("as the test wants it"), "{command}: nobody needs to hear of it:\n{}", run.said);
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

/// What a call was, by its first words.
fn said_words(calls: &[Vec<String>]) -> Vec<String> {
    calls.iter().map(|call| words(call).join(" ")).collect()
}

/// How often the script waited for the namespace, and for how long.
fn waits(trial: &Trial) -> Vec<String> {
    trial.calls().iter().filter(|call| call[1] == "wait").map(|call| call.last().expect("a word").clone()).collect()
}

/// The namespace may be gone at once, go slowly, or stay; what was in it is made anew where it is gone, and only there.
#[test]
fn a_redeployment_waits_for_the_removal() {
    const NAMESPACE: &str = "kubectl create namespace connected-registry";
    const SECRET: &str = "kubectl create secret generic";
    for (removal, waited, made) in [
        ("0", &["2m"][..], &[NAMESPACE, SECRET][..]),
        ("1", &["2m", "15m"], &[NAMESPACE, SECRET]),
        ("stays", &["2m"], &[SECRET]),
        ("stays with its secret", &["2m"], &[]),
    ] {
        let trial = Trial::of(scenario("redeploy-secret"));
        let (removal, secret) = removal.split_once(" with").map_or((removal, ""), |(removal, _)| (removal, "connected-registry/clinic8-tls\n"));
        trial.world.keep("removal", &format!("{removal}\n"));
        trial.world.keep("secrets", secret);
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{removal}: {}", run.said);
        assert_eq!(waits(&trial), waited, "{removal}: {}", run.said);
        let before = ["az k8s-extension delete", "az acr connected-registry deactivate"];
        let after = ["az acr connected-registry get-settings", "az k8s-extension create"];
        assert_eq!(said_words(&trial.changes()), [&before, made, &after].concat(), "{removal}: {}", run.said);
        assert_eq!(trial.world.kept("secrets").as_deref(), Some("connected-registry/clinic8-tls\n"), "{removal}");
        assert_eq!((trial.settings(), trial.left()), (expected_settings(&trial), Vec::new()), "{removal}");
    }
}

/// Where the namespace does not go, nothing more is changed, and no password is generated; later it can be taken up.
#[test]
fn a_redeployment_ends_where_the_namespace_does_not_go() {
    for name in ["redeploy", "redeploy-secret"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("removal", "99\n");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(1), "{name}: {}", run.said);
        assert!(
            run.said
                .contains("Stopped at: The state of the namespace connected-registry is not Terminating\nReason: The namespace connected-registry is still"),
            "{}",
            run.said
        );
        assert_eq!(waits(&trial), ["2m", "15m"], "{name}");
        assert_eq!(said_words(&trial.changes()), ["az k8s-extension delete", "az acr connected-registry deactivate"], "{name}");
        assert_eq!(trial.left(), [""; 0]);

        // It still goes when it is run again; there is no extension any more.
        trial.world.forget_calls();
        trial.world.keep("going", "1\n");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{name}: {}", run.said);
        assert_eq!(waits(&trial), ["15m"], "{name}");
        assert_eq!(said_words(&trial.changes())[0], "az acr connected-registry deactivate", "{name}");
        assert_eq!((trial.settings(), trial.left()), (expected_settings(&trial), Vec::new()), "{name}");
    }
}

/// A secret that must be there may go with the namespace. Then there is no password, and it says what to do.
#[test]
fn a_redeployment_looks_again_for_a_secret_that_must_exist() {
    const LINK: &str = "#task=redeploy&tls=secret&secret-exists=yes&registry=contosocare&name=clinic8&rg=rg-care&cluster=clinic8-arc&ip=10.96.0.80\
        &secret=clinic8-tls";
    let trial = Trial::of(LINK);
    let compared = keys("and is it right? [y/N] ", "y\n");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![compared, keys("Do you have its certificate and key elsewhere? [y/N] ", "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");

    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    assert!(run.said.contains("Stopped at: The secret is in the namespace connected-registry\nReason: The TLS secret went with"), "{}", run.said);
    assert_eq!(said_words(&trial.changes()), ["az k8s-extension delete", "az acr connected-registry deactivate"]);

    // Run again as it is, it stops at once; and goes on when the secret was made.
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "has no secret of this name");
    trial.world.keep("namespaces", "connected-registry\n");
    trial.world.keep("secrets", "connected-registry/clinic8-tls\n");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, trial.settings()), (Some(0), expected_settings(&trial)), "{}", run.said);
    assert_eq!(waits(&trial), [""; 0], "nothing was removed this time");

    // And where the namespace stays, so does the secret.
    let trial = Trial::of(LINK);
    trial.world.keep("removal", "stays\n");
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, trial.settings()), (Some(0), expected_settings(&trial)), "{}", run.said);
}

/// What is deployed is shown, and whether it is right is asked, before anything is replaced.
#[test]
fn what_is_deployed_is_shown_before_it_is_replaced() {
    for name in ["redeploy", "rotate"] {
        let trial = Trial::of(scenario(name));
        let question = format!("{} [y/N] ", questions(&trial.plan)[0]);
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("\"httpEnabled\": \"false\"", ""), keys(&question, "n\n")]);
        trial.stops_before_any_change(&run, "Nothing was changed.");
    }
    // Where there is nothing to compare, nobody is asked to.
    let trial = Trial::of(scenario("redeploy"));
    trial.world.keep("extensions", "");
    trial.world.keep("active", "");
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, answered(&run)), (Some(0), vec!["Go on?"]), "{}", run.said);
    assert!(!trial.calls().iter().any(|call| call[1..3] == ["k8s-extension", "delete"]), "{}", run.said);
}

/// An extension of the name that was given may be anything.
#[test]
fn an_extension_of_another_type_is_left_alone() {
    for name in ["complete", "redeploy", "rotate", "manual-upgrade"] {
        let trial = Trial::of(scenario(name));
        let extension = value_of(&trial.plan, "extension").expect("a name");
        trial.world.keep("extensions", &format!("{extension}\n"));
        trial.world.keep("foreign", &format!("{extension}\n"));
        let run = trial.run(&["--yes"]);
        let reason = if matches!(name, "complete" | "redeploy") {
            "of this name that is no connected registry"
        } else {
            "has no connected registry extension of this name"
        };
        trial.stops_before_any_change(&run, reason);
    }
    // To clean up, it is no obstacle.
    let trial = Trial::of(scenario("clean-up"));
    trial.world.keep("foreign", "store17\n");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(said_words(&trial.changes()), ["az acr connected-registry deactivate", "az acr connected-registry delete"]);
    assert_eq!(trial.world.kept("extensions").as_deref(), Some("store17\n"));
}

/// Two connected registries in one cluster would share a namespace.
#[test]
fn another_connected_registry_in_the_cluster_is_asked_for() {
    const QUESTION: &str = "has a connected registry extension of another name, which stays.";
    for name in ["complete", "redeploy"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("endpoint", "true\n");
        trial.world.keep("extensions", "other\n");
        trial.world.keep("active", "");
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(QUESTION, "n\n")]);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        // What is no connected registry does not count.
        trial.world.keep("foreign", "other\n");
        let run = trial.run(&["--yes"]);
        assert!(run.status == Some(0) && !run.said.contains(QUESTION), "{name}: {}", run.said);
    }
}

/// An earlier deployment that is not quite gone would make the next one fail.
#[test]
fn a_namespace_that_is_going_stops_a_deployment() {
    for (name, reason) in [("complete", "is being removed: an earlier deployment is not quite gone"), ("kubernetes-secret", "is still being removed")] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("namespaces", "connected-registry\n");
        trial.world.keep("going", "99\n");
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, reason);
    }
    // That of another cluster does not matter.
    let trial = Trial::of(COMPLETE);
    trial.world.keep("cluster", "another\n");
    trial.world.answer("kubectl get namespace *", 0, "Terminating");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
}

/// Where the extension would bring a second cert-manager.
#[test]
fn a_cert_manager_that_is_there_is_asked_for() {
    const QUESTION: &str = "cert-manager is in the cluster already";
    let with_cert_manager = |name: &str| {
        let trial = Trial::of(scenario(name));
        trial.world.keep("definitions", "customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io\n");
        trial
    };
    let trial = with_cert_manager("secure-default");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(QUESTION, ""), keys("all the same? [y/N] ", "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.run(&["--yes"]);
    assert!(run.status == Some(0) && run.said.contains(QUESTION), "{}", run.said);
    let run = trial.run(&["--yes"]);
    assert!(run.status == Some(0) && !run.said.contains(QUESTION), "nothing is deployed, so nothing is asked: {}", run.said);
    for name in ["own-cert-manager", "byoc", "http"] {
        let run = with_cert_manager(name).run(&["--yes"]);
        assert!(run.status == Some(0) && !run.said.contains(QUESTION), "{name} brings none: {}", run.said);
    }
    let trial = with_cert_manager("secure-default");
    trial.world.keep("cluster", "another\n");
    let run = trial.run(&["--yes"]);
    assert!(run.status == Some(0) && !run.said.contains(QUESTION), "that of another cluster does not matter: {}", run.said);
}

/// The secret that is there may be of the wrong type, or without the authority.
#[test]
fn a_secret_that_is_not_as_documented_is_asked_for() {
    for (file, text) in [("secret-type", "Opaque\n"), ("secret-ca", "")] {
        let trial = Trial::of(scenario("own-trust"));
        trial.world.keep("endpoint", "true\n");
        trial.world.keep(file, text);
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("The TLS secret is not as documented", "n\n")]);
        trial.stops_before_any_change(&run, "Nothing was changed.");
    }
}

/// The deployment may be called otherwise; then it stays, and that is asked for.
#[test]
fn cleaning_up_leaves_an_extension_of_another_name() {
    const QUESTION: &str = "has no extension of this name, but others that are connected registries: they are listed above.";
    let trial = Trial::of(scenario("clean-up"));
    trial.world.keep("extensions", "till-registry\nflux\n");
    trial.world.keep("foreign", "flux\n");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("till-registry", ""), keys("Go on? [y/N] ", "y\n"), keys(QUESTION, "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    assert!(!run.said.contains("flux"), "what is no connected registry is not listed: {}", run.said);
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(said_words(&trial.changes()), ["az acr connected-registry deactivate", "az acr connected-registry delete"]);
    // Nothing is left that this could remove.
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, answered(&run), trial.changes()), (Some(0), Vec::new(), Vec::new()), "{}", run.said);
}

/// A cluster that is out of reach keeps its extension, which can be removed later.
#[test]
fn cleaning_up_does_what_it_can_while_the_cluster_is_offline() {
    const QUESTION: &str = "so the extension cannot be removed from it and stays. Delete the connected registry in the cloud only? [y/N] ";
    for (status, state) in [(0, "Offline"), (3, "")] {
        let trial = Trial::of(scenario("clean-up"));
        trial.world.answer("az connectedk8s show *", status, state);
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("Go on? [y/N] ", "y\n"), keys(QUESTION, "n\n")]);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert!(run.said.contains("In that case run this again once it is."), "{}", run.said);
        assert_eq!(said_words(&trial.changes()), ["az acr connected-registry deactivate", "az acr connected-registry delete"]);

        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, answered(&run), trial.changes()), (Some(0), Vec::new(), Vec::new()), "nothing can be done now: {}", run.said);

        trial.world.keep("answers", "");
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, answered(&run)), (Some(0), vec!["Go on?"]), "{}", run.said);
        assert_eq!(said_words(&trial.changes()), ["az k8s-extension delete"], "now it can");
    }
}

/// A cluster that is gone from Azure Arc: what is left to do is shown, and not done.
#[test]
fn cleaning_up_stops_where_the_extensions_cannot_be_listed() {
    let trial = Trial::of(scenario("clean-up"));
    trial.world.answer("az connectedk8s show *", 3, "");
    trial.world.answer("az k8s-extension list *", 3, "");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "delete the connected registry in the cloud only, with the command below");
    let remedy = "  az acr connected-registry delete --registry contosoretail --resource-group rg-retail --name store17 --cleanup --yes";
    assert!(run.said.lines().any(|line| line == remedy), "{}", run.said);
}

/// What needs no condition and leaves nothing behind is pasted as the commands that it is.
#[test]
fn most_blocks_of_a_deployment_are_plain_commands() {
    let Outcome { plan, document, .. } = outcome(COMPLETE);
    for pasteable in blocks(&plan, &document) {
        let text = pasteable.block.text().replace(" \\\n", "");
        let is_plain = text.lines().all(|line| ["az ", "kubectl ", "command -v ", "rm -f -- "].iter().any(|start| line.starts_with(start)));
        assert_eq!(is_plain, pasteable.name != "protected-settings actions", "{}:\n{text}", pasteable.name);
    }
}

/// In Git Bash only what the plan itself begins with a slash is kept from becoming a path.
#[test]
fn git_bash_is_told_of_words_that_begin_with_a_slash_and_of_nothing_else() {
    let begins_with_slash = |command: &connected_registry::plan::Command| {
        // A node is no Windows.
        let is_here = !matches!(command.program, Program::Sudo | Program::Crictl);
        is_here
            && command.args.iter().flat_map(|arg| &arg.values).any(|value| match value {
                Value::Word(word) => matches!(word.0.first(), Some(Part::Literal(text)) if text.starts_with('/')),
                Value::Each { .. } => false,
            })
    };
    let paths = "crt=/c/certs/tls.crt&key=/c/certs/tls.key";
    let own = [("byoc", ""), ("byoc", "&self-signed=yes"), ("rotate", "")].map(|(name, more)| match name {
        "rotate" => format!("#task=rotate&tls=byoc&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&{paths}{more}"),
        _ => format!("{COMPLETE}&tls=byoc&{paths}{more}"),
    });
    let mut told = 0;
    for link in scenarios().map(|(_, link)| link).chain(own.iter().map(String::as_str)) {
        let Outcome { plan, document, .. } = outcome(link);
        for pasteable in blocks(&plan, &document) {
            let expected = pasteable.commands.iter().filter(|command| begins_with_slash(command)).count();
            assert_eq!(pasteable.block.text().matches("MSYS").count(), expected, "{link}, {}", pasteable.name);
            told += expected;
        }
        let expected = plan.commands().filter(|command| begins_with_slash(command)).count();
        assert_eq!(document.script.text().matches("MSYS").count(), expected, "{link}");
    }
    assert_eq!(told, 2, "for the self-signed certificates");
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
            assert!(trial.world.calls().last().is_some_and(|call| call[0] == "openssl"), "{name}, {what}: nothing came after it");
        };
        let good = |address: &str| Pem::of(address, 30, 30);
        judge("expired", &|address| Pem::of(address, 1, 30), "The certificate cannot be read as PEM, or it expires within a day.");
        judge("no PEM", &|address| Pem { certificate: "DER".to_owned(), ..good(address) }, "The certificate cannot be read as PEM");
        judge(
            "the key of another",
            &|address| Pem { key: Pem::of("10.9.9.9", 30, 30).key, ..good(address) },
            "The private key does not belong to the certificate",
        );
        judge("a passphrase", &|address| good(address).with_passphrase(), "does not belong to the certificate, has a passphrase, or cannot be read");
        judge("another address", &|_| Pem::of("10.9.9.9", 30, 30), "The certificate does not name the service IP");
        let authority = "The authority's certificate cannot be read as PEM, or it expires within a day.";
        judge("an authority that expired", &|address| Pem::of(address, 30, 1), authority);
        judge("no authority", &|address| Pem { authority: String::new(), ..good(address) }, authority);
        judge("an authority that is no PEM", &|address| Pem { authority: "DER".to_owned(), ..good(address) }, authority);
    }
}

/// Who signed it, openssl may not find out, so it is only asked for.
#[test]
fn an_authority_that_did_not_sign_is_asked_for() {
    if !is_openssl_there() {
        return;
    }
    const QUESTION: &str = "openssl could not confirm that the authority signed the certificate.";
    for name in ["byoc", "kubernetes-secret", "redeploy-secret", "rotate"] {
        let trial = Trial::of(scenario(name));
        let address = value_of(&trial.plan, "service_ip").expect("an address");
        trial.put_certificate(&Pem { authority: Pem::of("10.9.9.9", 30, 30).authority, ..Pem::of(&address, 30, 30) });
        // What is asked first is whether this is what is deployed, where something is.
        let compares = questions(&trial.plan).remove(0);
        let mut talk = vec![keys(QUESTION, ""), keys("Go on all the same? [y/N] ", "n\n")];
        if compares.contains("settings above") {
            talk.insert(0, keys(&format!("{compares} [y/N] "), "y\n"));
        }
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, trial.settings().is_some()), (Some(0), true), "{name}: {}", run.said);
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
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("has a passphrase, or cannot be read", "")]);
    assert!(!run.said.contains("Enter pass"), "{}", run.said);
    trial.stops_before_any_change(&run, "has a passphrase");
}

/// Without the files there is nothing to check, and nothing is changed.
#[test]
fn files_that_are_missing_or_empty_stop_it_before_any_change() {
    const FILES: [&str; 3] = ["tls_certificate", "tls_key", "tls_ca"];
    for (name, variable) in FILES.iter().flat_map(|variable| ["byoc", "rotate", "kubernetes-secret"].map(|name| (name, variable))) {
        for is_empty in [false, true] {
            let mut trial = Trial::of(scenario(name));
            let path = trial.world.folder().join(value_of(&trial.plan, variable).expect("a path"));
            if is_empty { std::fs::write(path, "") } else { std::fs::remove_file(path) }.expect("it is there");
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
                let run = trial.world.run(&writes.block.text(), &[]);
                assert!(run.said.contains("this file cannot be read, or is empty: "), "{name} {variable}: {}", run.said);
                assert_eq!((trial.world.calls(), trial.left()), (Vec::<Vec<String>>::new(), Vec::new()), "{name} {variable}");
            }
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

    // The block makes none either.
    let Outcome { plan, document, .. } = outcome(scenario("byoc-self-signed"));
    let makes = blocks(&plan, &document).into_iter().find(|block| block.name == "certificate actions").expect("a step makes it");
    trial.world.run(&makes.block.text(), &[]);
    assert!(!trial.world.calls().iter().any(made) && pair() == first);

    // Pasted where there is none, it makes one; and keeps that when it is pasted again.
    let trial = Trial::of(scenario("byoc-self-signed"));
    let pair = || ["bench1.crt", "bench1.key"].map(|file| std::fs::read(trial.world.folder().join(file)).ok());
    let paste_it = || {
        trial.world.forget_calls();
        let run = trial.world.interactive(Pasting::AsLines, vec![paste(PROMPT, &makes.block.text())]);
        assert!(run.said.contains("does match certificate"), "{}", run.said);
        (pair(), trial.world.calls().iter().filter(|call| made(call)).count())
    };
    let (first, calls) = paste_it();
    assert!(first.iter().all(Option::is_some) && calls == 1, "it is made");
    assert_eq!(paste_it(), (first, 0), "it is kept");
    // Of half a pair it makes no whole one.
    std::fs::remove_file(trial.world.folder().join("bench1.crt")).expect("it was made");
    trial.world.forget_calls();
    let run = trial.world.run(&makes.block.text(), &[]);
    assert!(run.status != Some(0) && !trial.world.calls().iter().any(made), "{}", run.said);
    assert_eq!(pair()[0], None);
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
        let talk = vec![keys("Is that the cluster of store17? [y/N] ", "y\n"), keys("its password 1 anew", ""), keys(PASSWORD_QUESTION, answer)];
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        if goes_on {
            assert_eq!(run.status, Some(0), "{}", run.said);
            let changes: Vec<String> = trial.changes().iter().map(|call| words(call).join(" ")).collect();
            let secret = "kubectl create secret docker-registry connected-registry-pull";
            let pod = ["kubectl delete pod connected-registry-pull", "kubectl apply"];
            assert_eq!(changes, [&["az acr connected-registry update", "az acr token credential generate", secret][..], &pod].concat());
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

/// An image is imported where its tag is not there; where that could not be read, az itself replaces none.
#[test]
fn an_image_is_imported_where_its_tag_is_not_there() {
    const IMAGE: &str = "acr/connected-registry:0.11.0\n";
    let imports = |trial: &Trial| trial.changes().iter().filter(|call| call[2] == "import").count();
    for (imported, expected) in [
        ("", 1),
        ("acr/connected-registry:0.10.0\nother:0.11.0\nacr/connected-registry:0.11.0-rc1\n", 1),
        ("acr/connected-registry:0.10.0\nacr/connected-registry:0.11.0\n", 0),
    ] {
        let trial = Trial::of(scenario("nested"));
        trial.world.keep("imported", imported);
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, imports(&trial)), (Some(0), expected), "{imported}: {}", run.said);
        assert_eq!(run.said.contains("The image is there already; it is not replaced."), expected == 0, "{}", run.said);
        assert!(trial.world.kept("imported").is_some_and(|now| now.contains(IMAGE)));
    }
    for (imported, goes_on) in [("", true), (IMAGE, false)] {
        let trial = Trial::of(scenario("nested"));
        trial.world.keep("imported", imported);
        trial.world.answer("az acr repository show-tags *", 1, "");
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status == Some(0), imports(&trial)), (goes_on, 1), "{}", run.said);
        assert!(goes_on || run.said.contains("Stopped at: Import an image (1)"), "{}", run.said);
        assert_eq!(trial.world.kept("imported").as_deref(), Some(IMAGE));
    }
}

/// Where nobody may log in to the registry itself, az asks for a name and a password; nobody is there to answer.
#[test]
fn a_look_waits_for_no_answer() {
    let trial = Trial::of(scenario("nested"));
    trial.world.answer("az acr repository show-tags *", "asks", "Username: ");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, "n\n")]);
    assert!(!run.said.contains("Username"), "{}", run.said);
    trial.stops_before_any_change(&run, "Nothing was changed.");
}

/// A diagnosis without a change of the log level.
const ONLY_SHOWS: &str = "#task=diagnose&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc";

/// What only shows things needs neither a terminal nor `--yes`, and ends well whatever is wrong: that is what it is for.
#[test]
fn a_diagnosis_makes_every_look_whatever_is_wrong() {
    let trial = Trial::of(ONLY_SHOWS);
    let everything = argvs(&first_run(&trial.plan));
    let notes = trial.plan.steps.iter().flat_map(|step| &step.notes).filter(|note| note.told).count();
    let run = trial.run(&[]);
    assert_eq!((run.status, trial.calls()), (Some(0), everything.clone()), "{}", run.said);
    assert_eq!(run.said.lines().filter(|line| line.starts_with("* ")).count(), notes, "what it may mean is said:\n{}", run.said);
    assert_eq!((answered(&run), trial.changes(), trial.left()), (Vec::new(), Vec::new(), Vec::new()));

    // Everything fails but the look that says where kubectl points.
    let trial = Trial::of(ONLY_SHOWS);
    trial.world.answer("kubectl get configmap *", 0, &arc_name(&trial.plan));
    trial.world.answer("*", 3, "");
    let run = trial.run(&[]);
    assert_eq!((run.status, trial.calls()), (Some(0), everything.clone()), "{}", run.said);
    assert!(run.said.ends_with("\nDone.\n"), "{}", run.said);

    // kubectl points elsewhere, fails, or is missing: what the CLI shows is shown.
    let by_az: Vec<Vec<String>> = everything.iter().filter(|call| call[0] == "az" || call[2] == "configmap").cloned().collect();
    let in_cluster = trial.plan.steps.iter().filter(|step| step.only_if.is_some()).count();
    assert!(in_cluster > 3);
    for (pattern, status, answer) in [("kubectl get configmap *", 0, "rg-retail/another"), ("kubectl get configmap *", 0, "another/store17-arc"), ("*", 1, "")]
    {
        let trial = Trial::of(ONLY_SHOWS);
        trial.world.answer(pattern, status, answer);
        let run = trial.run(&[]);
        assert_eq!((run.status, trial.calls()), (Some(0), by_az.clone()), "{pattern}: {}", run.said);
        assert_eq!(run.said.matches("kubectl is missing, points at another cluster, or cannot ask it").count(), in_cluster, "{}", run.said);
    }

    // To change the log level it asks like any other.
    let trial = Trial::of(scenario("diagnose"));
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("This sets the log level of store17. Go on? [y/N] ", "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    // Without az there is nothing to show.
    let trial = Trial::of(ONLY_SHOWS);
    let without_az = Trial { world: trial.world.without("az"), ..trial };
    assert!(without_az.run(&[]).said.contains("The Azure CLI (az) was not found."));
}

/// A diagnosis pasted runs like one that was saved, and takes nothing of what is typed next.
#[test]
fn pasted_a_diagnosis_asks_nothing() {
    for pasting in PASTINGS {
        let trial = Trial::of(ONLY_SHOWS);
        let run = trial.world.interactive(pasting, vec![paste(PROMPT, &trial.script), keys("\nDone.", "")]);
        assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)), "{pasting:?}: {}", run.said);
    }
}

/// Those below it synchronize through it.
#[test]
fn the_children_of_a_connected_registry_are_asked_about() {
    const QUESTION: &str = "Below store17 are other connected registries, which synchronize through it: till1";
    for name in ["redeploy", "clean-up"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("children", "till1\n");
        let mut talk = talk(&trial.plan, "y\n");
        // In a redeployment the last question comes after it.
        talk.truncate(1);
        talk.extend([keys(QUESTION, ""), keys("Go on? [y/N] ", "n\n")]);
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        trial.world.keep("children", "till1\r\ntill2\r\n");
        let run = trial.run(&["--yes"]);
        assert!(run.status == Some(0) && run.said.contains(&format!("{QUESTION}\ntill2. Go on? yes")), "{name}: {}", run.said);

        // Where it could not be found out, it goes on; and where the connected registry is gone, nobody is asked.
        let trial = Trial::of(scenario(name));
        trial.world.keep("children", "till1\n");
        trial.world.answer("az acr connected-registry list * --parent *", 1, "");
        let run = trial.run(&["--yes"]);
        assert!(run.status == Some(0) && !run.said.contains("Below store17"), "{name}: {}", run.said);
    }
}

/// The secret that is there may hold another token or another address.
#[test]
fn an_existing_pull_secret_is_asked_about_and_kept() {
    const QUESTION: &str = "The secret connected-registry-pull exists and is kept";
    let trial = Trial::of(scenario("pull-image"));
    trial.world.keep("secrets", "default/connected-registry-pull\n");
    let talk = |last| vec![keys("Is that the cluster of store17? [y/N] ", "y\n"), keys(QUESTION, ""), keys("Go on? [y/N] ", last)];
    let run = trial.world.run_on_a_terminal(&trial.script, talk("n\n"));
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.world.run_on_a_terminal(&trial.script, talk("y\n"));
    assert_eq!(run.status, Some(0), "{}", run.said);
    let made = ["az acr token create", "az acr connected-registry update"];
    assert_eq!(said_words(&trial.changes()), [&made[..], &["kubectl delete pod connected-registry-pull", "kubectl apply"]].concat());
    // That of another namespace is another one.
    let trial = Trial::of(scenario("pull-image"));
    trial.world.keep("secrets", "other/connected-registry-pull\ndefault/connected-registry-pull2\n");
    let run = trial.run(&["--yes"]);
    assert!(run.status == Some(0) && !run.said.contains(QUESTION) && said_words(&trial.changes()).len() == 6, "{}", run.said);
}

/// A pod that is there would be left as it is, and nothing be pulled.
#[test]
fn a_second_pull_pulls() {
    let trial = Trial::of(scenario("pull-image"));
    trial.run(&["--yes"]);
    let pulled = |image: &str| trial.world.kept("manifest").is_some_and(|manifest| manifest.contains(image));
    assert!(pulled("pos/checkout:2.4"));
    let second = outcome(&scenario("pull-image").replace("checkout:2.4", "checkout:2.5")).document.script.text();
    let run = trial.world.run(&second, &["--yes"]);
    assert!(run.status == Some(0) && pulled("pos/checkout:2.5"), "{}", run.said);
    assert_eq!(trial.left(), [""; 0]);
}

/// It is said where kubectl points; where it points nowhere, nothing is made.
#[test]
fn a_pull_says_where_kubectl_points() {
    let trial = Trial::of(scenario("pull-image"));
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys("kubectl's context edge-context points", ""), keys("store17? [y/N] ", "n\n")]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    for (status, answer) in [(1, ""), (0, "")] {
        trial.world.keep("answers", "");
        trial.world.answer("kubectl config current-context *", status, answer);
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, "kubectl has no current context.");
    }
    let trial = Trial::of(&format!("{}&context=edge-admin", scenario("pull-image")));
    let run = trial.run(&["--yes"]);
    assert!(run.said.contains("kubectl's context edge-admin points"), "{}", run.said);
    assert!(trial.calls().iter().filter(|call| call[0] == "kubectl").all(|call| call.windows(2).any(|pair| pair == ["--context", "edge-admin"])));
}

/// What is taken away is missed; what is added is not.
#[test]
fn removing_repositories_is_asked_about() {
    let trial = Trial::of(scenario("repositories"));
    trial.world.keep("repositories", "pos/checkout\npos/printer\n");
    let question = keys("stops synchronizing pos/printer. Go on? [y/N] ", "n\n");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![question]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(trial.world.kept("repositories").as_deref(), Some("pos/checkout\npos/scanner\npos/scale\n"));
    let trial = Trial::of("#task=repositories&registry=contosoretail&name=store17&rg=rg-retail&repos=pos/scanner");
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, answered(&run)), (Some(0), Vec::new()), "{}", run.said);
}

/// Where the version is right and the way of upgrades is, the train may still be another.
#[test]
fn an_extension_of_another_train_is_brought_to_the_right_one() {
    for name in ["auto-upgrade", "pin-version"] {
        let trial = Trial::of(scenario(name));
        trial.run(&["--yes"]);
        trial.world.keep("train", "preview\n");
        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, said_words(&trial.changes())), (Some(0), vec!["az k8s-extension update".to_owned()]), "{name}: {}", run.said);
        assert_eq!(trial.world.kept("train").as_deref(), Some("stable\n"));
    }
}

/// A registry below one that takes no pushes can take none.
#[test]
fn a_parent_must_take_pushes_where_the_child_does() {
    let trial = Trial::of(&format!("{}&mode=read-write", scenario("nested")));
    trial.world.keep("mode", "ReadOnly\n");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "Stopped at: ");
    let trial = Trial::of(scenario("nested"));
    trial.world.keep("mode", "ReadOnly\n");
    assert_eq!(trial.run(&["--yes"]).status, Some(0));
    trial.world.keep("registries", "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "Stopped at: The parent connected registry exists");
}

/// Whoever answers must know on what it acts, and in which subscription.
#[test]
fn it_says_what_it_acts_on_before_it_asks() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        if questions(&trial.plan).is_empty() {
            continue;
        }
        let before = trial.run(&[]).said;
        assert!(before.contains("ubscription Edge 00000000-0000-0000-0000-000000000000\n"), "{name}: {before}");
        for variable in ["registry", "connected_registry", "cluster", "extension"] {
            if let Some(value) = value_of(&trial.plan, variable) {
                assert!(before.contains(&value), "{name}: {value} in {before}");
            }
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

/// Answers the questions of a run in which nothing is done yet: all with yes, but for the last.
fn talk(plan: &Plan, last: &str) -> Vec<Turn> {
    let mut questions = questions(plan);
    let at_last = questions.pop().map(|question| keys(&format!("{question} [y/N] "), last));
    questions.into_iter().map(|question| keys(&format!("{question} [y/N] "), "y\n")).chain(at_last).collect()
}

#[test]
fn pasted_it_runs_like_a_script() {
    for (name, pasting) in [
        ("everything", Pasting::AsLines),
        ("everything", Pasting::AsAWhole),
        ("byoc", Pasting::AsLines),
        ("pull-image", Pasting::AsLines),
        ("redeploy-secret", Pasting::AsAWhole),
    ] {
        let trial = Trial::of(scenario(name));
        let talk = [vec![paste(PROMPT, &trial.script)], talk(&trial.plan, "y\n"), vec![keys("\nDone.", "")]].concat();
        let run = trial.world.interactive(pasting, talk);
        assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)), "{name}, {pasting:?}: {}", run.said);
        assert_eq!(trial.left(), [""; 0], "{name}");
    }
}

#[test]
fn pasted_and_declined_it_changes_nothing() {
    for name in ["complete", "clean-up", "rotate", "redeploy"] {
        let trial = Trial::of(scenario(name));
        let talk = [vec![paste(PROMPT, &trial.script)], talk(&trial.plan, "n\n"), vec![keys("Nothing was changed.", "")]].concat();
        trial.world.interactive(Pasting::AsLines, talk);
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
    assert_eq!(trial.left(), [""; 0], "{name}: the protected settings are gone, and so is what was written for elsewhere");
    let configures_node = ["own-trust", "insecure-registry"].iter().any(|id| trial.plan.steps.iter().any(|step| step.id == *id));
    assert_eq!(trial.world.kept("on-node").is_some_and(|hosts| hosts.starts_with("server = \"http")), configures_node, "{name}: {}", run.said);
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
        let question = hostile.text(&question.question);
        assert!(run.said.contains(&format!("\n{question} yes (--yes)\n")), "{question:?}");
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
