//! A script, the plan behind it and a world to run it in; what a run must do.

pub(crate) use crate::hostile::Hostile;
pub(crate) use crate::pem::{Pem, is_openssl_there};
pub(crate) use crate::support::{
    COMPLETE, EVERYTHING, GOLDEN, Pasteable, SCENARIOS, argv, blocks, outcome, run_by,
};
pub(crate) use crate::world::{
    PROMPT, Pasting, Run, Session, Turn, UTF_8, World, bash as bash_program, keys, paste,
};
pub(crate) use configurator_core::choices::Shell;
pub(crate) use configurator_core::plan::{
    Action, ArgValue, Condition, Expectation, Operation, Part, Place, Plan, Probe, Program, Query,
    Var, Word, flatten,
};
pub(crate) use configurator_render::Outcome;
pub(crate) use configurator_render::shell::{self, bash};
pub(crate) use proptest::prelude::*;
pub(crate) use proptest::strategy::ValueTree;
pub(crate) use proptest::test_runner::TestRunner;
pub(crate) use std::collections::{BTreeMap, BTreeSet};
pub(crate) use std::process::Command;

pub(crate) const ENDPOINT_QUESTION: &str = "Enable it? [y/N] ";
pub(crate) const PASSWORD_QUESTION: &str = "Generate it? [y/N] ";

/// What the stubs answer where a password of a client token is generated.
pub(crate) const CLIENT_PASSWORD: &str = "client-secret";

/// A call that the script makes where nothing is done yet, and what it says where the call fails.
pub(crate) struct Expected {
    pub(crate) argv: Vec<String>,
    pub(crate) title: String,
    pub(crate) may_fail: bool,
    /// Whether its failure is for the user to see.
    pub(crate) shown: bool,
}

/// Every call of a first run, in order: first all checks, then all actions.
pub(crate) fn first_run(plan: &Plan) -> Vec<Expected> {
    let checks =
        plan.steps.iter().flat_map(|step| &step.checks).filter_map(|check| match &check.probe {
            Probe::Query(query_into) => Some(Expected {
                argv: argv(&query_into.command, plan),
                title: check.title.to_string(),
                may_fail: query_into.may_fail,
                shown: false,
            }),
            Probe::Show(command) => Some(Expected {
                argv: argv(command, plan),
                title: check.title.to_string(),
                may_fail: true,
                shown: true,
            }),
            Probe::Tool(_) | Probe::Known(_) => None,
        });
    let actions =
        plan.steps.iter().filter(|step| step.place == Place::Workstation).flat_map(|step| {
            step.actions.iter().filter_map(|action| {
                let title = match &action.operation {
                    Operation::Confirm(check) => &check.title,
                    _ => &step.title,
                };
                let shown = matches!(action.operation, Operation::Show(_));
                Some(Expected {
                    argv: argv(run_by(&action.operation)?, plan),
                    title: title.to_string(),
                    may_fail: shown,
                    shown,
                })
            })
        });
    checks.chain(actions).collect()
}

pub(crate) fn argvs(expected: &[Expected]) -> Vec<Vec<String>> {
    expected.iter().map(|expected| expected.argv.clone()).collect()
}

/// Every call of the lines, in order, and whether its failure is part of the answer.
pub(crate) fn in_lines(plan: &Plan) -> Vec<(Vec<String>, bool)> {
    let here = plan.steps.iter().filter(|step| step.place == Place::Workstation);
    here.flat_map(|step| {
        let checks = step.checks.iter().filter_map(|check| {
            let may_fail = check.query_into().is_none_or(|query_into| query_into.may_fail);
            Some((argv(check.command()?, plan), may_fail))
        });
        let actions = step.actions.iter().filter_map(|action| {
            let may_fail = match &action.operation {
                Operation::Show(_) => true,
                Operation::Confirm(check) => {
                    check.query_into().is_none_or(|query_into| query_into.may_fail)
                }
                _ => false,
            };
            Some((argv(action.operation.command()?, plan), may_fail))
        });
        checks.chain(actions).collect::<Vec<_>>()
    })
    .collect()
}

/// The words of a call before its first option: what it does.
pub(crate) fn words(call: &[String]) -> Vec<&str> {
    call.iter().map(String::as_str).take_while(|word| !word.starts_with('-')).collect()
}

/// Whether a call changes anything.
pub(crate) fn changes(call: &[String]) -> bool {
    const VERBS: [&str; 12] = [
        "add",
        "apply",
        "create",
        "deactivate",
        "delete",
        "generate",
        "get-settings",
        "import",
        "login",
        "register",
        "req",
        "update",
    ];
    words(call).iter().any(|word| VERBS.contains(word))
}

/// Everything that is run: the scenarios, and the two links of which the other tests know.
pub(crate) fn scenarios() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("complete", COMPLETE), ("everything", EVERYTHING)]
        .into_iter()
        .chain(SCENARIOS.iter().copied())
}

/// A diagnosis without a change of the log level.
pub(crate) const ONLY_SHOWS: &str =
    "#task=diagnose&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc";

pub(crate) fn scenario(name: &str) -> &'static str {
    scenarios().find(|(other, _)| *other == name).expect("a scenario of this name").1
}

/// The value of a variable of the plan; none where the plan has no such variable.
pub(crate) fn value_of(plan: &Plan, variable: &'static str) -> Option<String> {
    flatten(plan.variable(Var(variable))?.words.first()?, plan)
}

/// Group and name of the cluster, as its agents keep them.
pub(crate) fn arc_name(plan: &Plan) -> String {
    let group = value_of(plan, "cluster_resource_group")
        .or_else(|| value_of(plan, "resource_group"))
        .unwrap_or_default();
    format!("{group}/{}", value_of(plan, "cluster").unwrap_or_default())
}

/// A script, the plan behind it, and a world in which all checks pass and nothing of it is done
/// yet.
pub(crate) struct Trial {
    pub(crate) world: World,
    pub(crate) plan: Plan,
    pub(crate) script: String,
    /// What lay in the folder before.
    pub(crate) before: Vec<String>,
}

impl Trial {
    pub(crate) fn of(link: &str) -> Self {
        let Outcome { plan, document, .. } = outcome(link);
        let world = World::new(&arc_name(&plan));
        let mut trial = Self { world, plan, script: document.script.text(), before: Vec::new() };
        if let Some(context) = value_of(&trial.plan, "kubectl_context") {
            trial.world.keep("contexts", &format!("{context}\n"));
        }
        trial.fulfil_checks();
        trial.be_otherwise();
        if trial.plan.variable(Var("tls_certificate")).is_some() && !trial.makes_certificate() {
            let address =
                value_of(&trial.plan, "service_ip").unwrap_or_else(|| "10.0.0.1".to_owned());
            trial.put_certificate(&Pem::of(&address, 30, 30));
        }
        trial.create_certificate_folders();
        trial.before = trial.world.files();
        trial
    }

    /// Puts there what must be there, and what is removed.
    pub(crate) fn fulfil_checks(&self) {
        let mut names: BTreeMap<&str, Vec<String>> =
            [("registries", Vec::new()), ("extensions", Vec::new())].into();
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
                if let (
                    Probe::Query(Query { into: from, .. }) | Probe::Known(from),
                    Expectation::Include(name),
                ) = (&check.probe, &check.expectation)
                {
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
        if let Some(extension) = value_of(&self.plan, "extension")
            .filter(|_| self.plan.steps.iter().any(|step| step.id == "extension-status"))
        {
            names.insert("extensions", vec![extension]);
        }
        if self.plan.steps.iter().any(|step| step.id == "registry-status") {
            names.insert(
                "registries",
                vec![value_of(&self.plan, "connected_registry").expect("a name")],
            );
        }
        names.insert("active", names["extensions"].clone());
        for (file, names) in names {
            self.world
                .keep(file, &names.iter().map(|name| format!("{name}\n")).collect::<String>());
        }
    }

    /// Everything that is set to something is otherwise now.
    pub(crate) fn be_otherwise(&self) {
        let has = |id: &str| self.plan.steps.iter().any(|step| step.id == id);
        if has("upgrade") && value_of(&self.plan, "extension_version").is_none() {
            self.world.keep("auto-upgrade", "false\n");
        }
        if has("schedule") && value_of(&self.plan, "sync_schedule").is_none() {
            self.world.keep("schedule", "0 12 * * *\n");
        }
    }

    /// Puts the files of a certificate where the plan looks for them, if it does.
    pub(crate) fn put_certificate(&self, pem: &Pem) {
        for (variable, text) in [
            ("tls_ca", &pem.authority),
            ("tls_certificate", &pem.certificate),
            ("tls_key", &pem.key),
        ] {
            if let Some(path) = value_of(&self.plan, variable) {
                self.world.put(&path, text);
            }
        }
    }

    /// Creates the folders that the script writes a certificate into: openssl creates none.
    fn create_certificate_folders(&self) {
        for variable in ["tls_ca", "tls_certificate", "tls_key"] {
            if let Some(path) = value_of(&self.plan, variable).filter(|path| !path.starts_with('/'))
            {
                self.world.create_folder_of(&path);
            }
        }
    }

    pub(crate) fn makes_certificate(&self) -> bool {
        self.plan.commands().any(|command| command.subcommand == ["req"])
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.world.run(&self.script, arguments)
    }

    /// Every call so far, a password that was captured as in [`argv`].
    pub(crate) fn calls(&self) -> Vec<Vec<String>> {
        let mut calls = self.world.calls();
        calls
            .iter_mut()
            .flatten()
            .filter(|word| *word == CLIENT_PASSWORD)
            .for_each(|word| "CAPTURED".clone_into(word));
        calls
    }

    pub(crate) fn changes(&self) -> Vec<Vec<String>> {
        self.world.calls().into_iter().filter(|call| changes(call)).collect()
    }

    /// What lies in the folder and did not before; but for a certificate that was made.
    pub(crate) fn left(&self) -> Vec<String> {
        let made = ["tls_certificate", "tls_key"]
            .map(|variable| value_of(&self.plan, variable).unwrap_or_default());
        self.world
            .files()
            .into_iter()
            .filter(|file| {
                !(self.before.contains(file) || self.makes_certificate() && made.contains(file))
            })
            .collect()
    }

    /// Fails unless the script stopped for this reason before it changed anything.
    pub(crate) fn stops_before_any_change(&self, run: &Run, reason: &str) {
        assert_eq!(run.status, Some(1), "{}", run.said);
        assert!(run.said.contains(reason), "{}", run.said);
        assert_eq!(self.changes(), Vec::<Vec<String>>::new(), "{}", run.said);
        assert_eq!(self.world.files(), self.before);
    }

    /// The protected settings as az saw them, after it was made sure that nobody else could; none
    /// where az never did.
    pub(crate) fn settings(&self) -> Option<BTreeMap<String, String>> {
        let listed = self.world.kept("settings.listed")?;
        assert!(
            listed.starts_with("-rw-------"),
            "others can read the protected settings: {listed}"
        );
        Some(
            serde_json::from_str(&self.world.kept("settings.json")?)
                .expect("a flat object of strings"),
        )
    }
}

/// The questions of a run in which nothing is done yet, by their ends, in the order of the steps.
pub(crate) fn questions(plan: &Plan) -> Vec<String> {
    let has = |id: &str| plan.steps.iter().any(|step| step.id == id);
    let name = |variable| value_of(plan, variable).unwrap_or_default();
    let version = value_of(plan, "extension_version");
    let questions = [
        (has("data-endpoint"), "Enable it?".to_owned()),
        (
            has("removal"),
            "Have you compared it with the settings above, and is it right?".to_owned(),
        ),
        (
            has("update-extension"),
            "Compare it with the settings above: is the extension deployed that way?".to_owned(),
        ),
        (
            has("removal") || has("update-extension") || has("delete-connected-registry"),
            "Go on?".to_owned(),
        ),
        (has("insecure-registry"), format!("Deploy {} all the same?", name("extension"))),
        (has("upgrade") && version.is_none(), "Go on?".to_owned()),
        (
            has("upgrade") && version.is_some(),
            format!("Bring it to {}, which must be in the list above?", name("extension_version")),
        ),
        (value_of(plan, "removed_repositories").is_some(), "Go on?".to_owned()),
        (has("pull-secret"), format!("Is that the cluster of {}?", name("connected_registry"))),
        (has("log-level"), "Go on?".to_owned()),
    ];
    questions.into_iter().filter_map(|(is_asked, question)| is_asked.then_some(question)).collect()
}

/// The last sentences of the questions that `--yes` answered.
pub(crate) fn answered(run: &Run) -> Vec<&str> {
    let questions = run.said.lines().filter_map(|line| line.strip_suffix(" yes (--yes)"));
    let start = |line: &str| {
        [". ", "? ", "; "].iter().filter_map(|end| line.rfind(end)).max().map_or(0, |end| end + 2)
    };
    questions.map(|line| &line[start(line)..]).collect()
}

/// Base64 on one line, by hand: the programs that scripts use are not to judge themselves.
pub(crate) fn base64_of(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let quartet = |chunk: &[u8]| {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        [18, 12, 6, 0]
            .iter()
            .enumerate()
            .map(|(place, shift)| {
                if place > chunk.len() {
                    '='
                } else {
                    char::from(DIGITS[(bits >> shift & 63) as usize])
                }
            })
            .collect::<String>()
    };
    bytes.chunks(3).map(quartet).collect()
}

/// What the protected settings of a plan must hold, byte for byte.
pub(crate) fn expected_settings(trial: &Trial) -> Option<BTreeMap<String, String>> {
    trial.plan.steps.iter().find(|step| step.id == "protected-settings")?;
    let connected_registry = value_of(&trial.plan, "connected_registry").expect("a name");
    let connection = format!(
        "ConnectedRegistryName={connected_registry};SyncTokenName={connected_registry};SyncTokenPassword=abc;\
         ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
    );
    let mut expected: BTreeMap<String, String> =
        [("connectionString".to_owned(), connection)].into();
    if let Some(secret) = value_of(&trial.plan, "tls_secret") {
        expected.insert("tls.secret".to_owned(), secret);
    } else if trial.plan.variable(Var("tls_certificate")).is_some() {
        for (key, variable) in
            [("tls.crt", "tls_certificate"), ("tls.key", "tls_key"), ("tls.cacrt", "tls_ca")]
        {
            let path = trial.world.folder().join(value_of(&trial.plan, variable).expect("a path"));
            expected.insert(
                key.to_owned(),
                base64_of(&std::fs::read(path).expect("the file is there")),
            );
        }
    }
    Some(expected)
}

/// What a second run does once more, and what it asks: nothing; but these act again by nature.
pub(crate) fn again(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match name {
        // Each time a password, each time a removal; and both ask each time.
        "rotate" | "redeploy" | "redeploy-secret" => None,
        // What is added and removed, and the level of the log, are set once more, which changes
        // nothing.
        "repositories" => Some((&["az acr connected-registry permissions update"], &["Go on?"])),
        "diagnose" => Some((&["az acr connected-registry update"], &["Go on?"])),
        // The pod is made anew, or nothing would be pulled.
        "pull-image" => Some((
            &["kubectl delete pod connected-registry-pull", "kubectl apply"],
            &["Is that the cluster of store17?", "Go on?"],
        )),
        _ => Some((&[], &[])),
    }
}

pub(crate) const PASTINGS: [Pasting; 2] = [Pasting::AsLines, Pasting::AsAWhole];

/// Answers the questions of a run in which nothing is done yet: all with yes, but for the last.
pub(crate) fn talk(plan: &Plan, last: &str) -> Vec<Turn> {
    let mut questions = questions(plan);
    let at_last = questions.pop().map(|question| keys(&format!("{question} [y/N] "), last));
    questions
        .into_iter()
        .map(|question| keys(&format!("{question} [y/N] "), "y\n"))
        .chain(at_last)
        .collect()
}

/// What a call was, by its first words.
pub(crate) fn said_words(calls: &[Vec<String>]) -> Vec<String> {
    calls.iter().map(|call| words(call).join(" ")).collect()
}
