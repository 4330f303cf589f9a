//! The scripts with the real kubectl in front of a small API server, compared with the stand-in
//! that answers in its place.

use crate::effect::{copy, effect};
use crate::trial::*;

/// What `describe` shows where an image was pulled. The rest of it is not compared.
const PULLED: &str = "Successfully pulled image";

/// The same choices in two equal worlds.
struct Pair {
    name: String,
    stand_in: Trial,
    real: Trial,
}

impl Pair {
    fn of(name: &str, link: &str) -> Self {
        let kubectl = std::env::var("KUBECTL").expect("KUBECTL is the path of kubectl");
        let stand_in = Trial::of(link);
        let real = Trial::of(link);
        // The same certificate.
        copy(&stand_in.world.folder(), &real.world.folder());
        Self {
            name: name.to_owned(),
            stand_in: Trial { world: stand_in.world.with_kubectl(None), ..stand_in },
            real: Trial { world: real.world.with_kubectl(Some(&kubectl)), ..real },
        }
    }

    fn each(&self, operation: impl Fn(&World)) {
        operation(&self.stand_in.world);
        operation(&self.real.world);
    }

    /// Runs a text in both worlds and compares status, calls, state, files and output.
    fn compare(&self, what: &str, text: &str, arguments: &[&str]) -> Run {
        self.each(World::forget_calls);
        let [by_stand_in, by_kubectl] =
            [&self.stand_in, &self.real].map(|trial| trial.world.run(text, arguments));
        let certificate = self.real.makes_certificate();
        let expected = effect(&self.stand_in, &by_stand_in, certificate);
        let mut got = effect(&self.real, &by_kubectl, certificate);
        // The stand-in keeps the manifest of the pod only.
        got.state.retain(|file, _| !file.starts_with("objects/pods/"));
        let name = &self.name;
        let said = format!(
            "{name}, {what}\n--- the stand-in said\n{}\n--- kubectl said\n{}",
            by_stand_in.said, by_kubectl.said
        );
        assert_eq!(got.status, expected.status, "the exit status: {said}");
        assert_eq!(got.calls, expected.calls, "the calls: {said}");
        assert_eq!(got.state, expected.state, "the state of the cloud: {said}");
        assert_eq!(got.files, expected.files, "the files: {said}");
        let [expected, got] = [(&self.stand_in, &by_stand_in), (&self.real, &by_kubectl)]
            .map(|(trial, run)| comparable(trial, run));
        let differs = got.iter().zip(&expected).find(|(got, expected)| got != expected);
        assert!(got == expected, "the output, {differs:?}: {said}");
        by_kubectl
    }

    fn script(&self, what: &str) -> Run {
        self.compare(what, &self.real.script, &["--yes"])
    }

    /// What kubectl asked the server, as METHOD PATH; without repetitions.
    fn requests(&self) -> BTreeSet<String> {
        let requests = self.real.world.kept("requests").unwrap_or_default();
        let path = |line: &str| line.split('?').next().unwrap_or_default().to_owned();
        requests.lines().map(path).collect()
    }
}

/// The lines of a run that both must print.
///
/// What `kubectl describe` prints is left out but for its outcome, and so are the notes of its
/// client library, which begin with the time, words that only newer versions print, keys, and the
/// dots that openssl prints while it makes one.
fn comparable(trial: &Trial, run: &Run) -> Vec<String> {
    let root = trial.world.root.path().display().to_string();
    let mut lines = Vec::new();
    let (mut is_description, mut is_key) = (false, false);
    for line in run.said.lines() {
        is_key = line.contains("-----BEGIN ") || is_key && !line.contains("-----END ");
        // A letter, and the day as four digits.
        let is_note = line.starts_with(['I', 'W', 'E'])
            && line.get(1..6).is_some_and(|day| {
                day.ends_with(' ') && day.trim_end().chars().all(|c| c.is_ascii_digit())
            });
        let is_progress = !line.is_empty() && line.chars().all(|c| ".+*-".contains(c));
        is_description |= line.starts_with("Name:  ");
        if line.contains(PULLED) && (is_description || line == PULLED) {
            is_description = false;
            lines.push(PULLED.to_owned());
        } else if !is_description && !is_key && !is_note && !is_progress {
            let line = line.replace(&root, "WORLD");
            let line = match line.split_once(" deleted from ") {
                Some((what, _)) => format!("{what} deleted"),
                None => line,
            };
            lines.push(line);
        }
    }
    lines
}

/// Every scenario and task, with nothing there and then with everything there.
fn two_runs(is_run: impl Fn(usize) -> bool) {
    let mut asked = BTreeSet::new();
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_run(*at)) {
        let pair = Pair::of(name, link);
        let run = pair.script("first run");
        assert_eq!(run.status, Some(0), "{name}: {}", run.said);
        let calls = pair.real.calls();
        assert_eq!(calls, argvs(&first_run(&pair.real.plan)), "{name}: {}", run.said);
        pair.script("second run");
        let prompts = |call: &Vec<String>| call[0] == "kubectl" && call[1] != "config";
        let requests = pair.requests();
        assert_eq!(calls.iter().any(prompts), !requests.is_empty(), "{name}: {requests:?}");
        asked.extend(requests);
    }
    let configmap = "GET /api/v1/namespaces/azure-arc/configmaps/azure-clusterconfig";
    assert!(asked.contains(configmap), "{asked:?}");
}

#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_does_what_the_stand_in_does() {
    two_runs(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_does_what_the_stand_in_does_in_the_other_scenarios() {
    two_runs(|at| at % 2 == 1);
}

/// A change of the world before a run, by a name.
type Change = (&'static str, fn(&World));

const UNREACHABLE: Change =
    ("the cluster cannot be reached", |world| world.keep("unreachable", ""));
const ELSEWHERE: Change = ("another cluster", |world| world.keep("cluster", "rg/other\n"));
const NO_AGENTS: Change = ("a cluster without agents", |world| world.keep("cluster", ""));
const NO_CONTEXT: Change = ("no current context", |world| world.keep("context", ""));
const OTHER_CONTEXTS: Change = ("the context is missing", |world| world.keep("contexts", ""));
const NOTHING: Change = ("nothing of the deployment is there", |world| {
    world.keep("namespaces", "default\n");
    world.keep("secrets", "");
    world.keep("extensions", "");
    world.keep("definitions", "");
});
const NO_SECRET: Change = ("the secret is missing", |world| world.keep("secrets", ""));
const OTHER_TYPE: Change =
    ("a secret of another type", |world| world.keep("secret-type", "Opaque\n"));
const NO_AUTHORITY: Change =
    ("a secret without an authority", |world| world.keep("secret-ca", "\n"));
const SECRETS: Change = ("the secrets are there", |world| {
    world.keep("namespaces", "default\nconnected-registry\n");
    world.keep("secrets", "connected-registry/clinic8-tls\ndefault/connected-registry-pull\n");
});
const POD: Change = ("the pod is there", |world| world.keep("pods", "connected-registry-pull\n"));
const DEFINITIONS: Change = ("cert-manager is there", |world| {
    world.keep(
        "definitions",
        "customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io\n",
    );
});
const LABELLED: Change = ("a labeled node", |world| {
    world.keep("node-labels", "containerd-configured-by=connected-registry\n");
});
const GONE: Change = ("the namespace is gone at once", |world| world.keep("removal", "0\n"));
const STAYS: Change = ("the namespace stays", |world| world.keep("removal", "stays\n"));
const GOING: Change = ("the namespace does not go", |world| world.keep("removal", "99\n"));

/// What may be wrong or different in the cluster.
fn changed_clusters(is_run: impl Fn(usize) -> bool) {
    let cases: &[(&str, &[Change])] = &[
        ("complete", &[UNREACHABLE, ELSEWHERE, NO_AGENTS]),
        ("everything", &[OTHER_CONTEXTS, UNREACHABLE]),
        ("secure-default", &[DEFINITIONS, UNREACHABLE]),
        ("own-cert-manager", &[NOTHING, OTHER_CONTEXTS, LABELLED, UNREACHABLE]),
        ("own-trust", &[NOTHING, NO_SECRET, OTHER_TYPE, NO_AUTHORITY, UNREACHABLE, ELSEWHERE]),
        ("kubernetes-secret", &[SECRETS, UNREACHABLE, NO_AGENTS]),
        ("keys-of-2024", &[LABELLED, DEFINITIONS]),
        ("manual-upgrade", &[OTHER_CONTEXTS]),
        ("pull-image", &[SECRETS, POD, NO_CONTEXT, UNREACHABLE]),
        ("redeploy", &[GONE, STAYS, GOING, UNREACHABLE]),
        ("redeploy-secret", &[GONE, STAYS, SECRETS, GOING, ELSEWHERE]),
        ("diagnose", &[NOTHING, ELSEWHERE, UNREACHABLE]),
    ];
    let cases = cases
        .iter()
        .flat_map(|(name, changes)| changes.iter().map(move |(what, change)| (name, what, change)));
    for (_, (name, what, change)) in cases.enumerate().filter(|(at, _)| is_run(*at)) {
        let pair = Pair::of(name, scenario(name));
        pair.each(change);
        pair.script(what);
    }
}

#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_says_no_as_the_stand_in_does() {
    changed_clusters(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_says_no_as_the_stand_in_does_in_the_other_cases() {
    changed_clusters(|at| at % 2 == 1);
}

/// A password and the files of a certificate reach the cluster as they are.
#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_creates_the_secrets_and_the_pod() {
    let created = |trial: &Trial, file: &str| -> serde_json::Value {
        let text = trial.world.kept(&format!("objects/{file}.json")).expect("it was created");
        serde_json::from_str(&text).expect("JSON")
    };
    let pair = Pair::of("kubernetes-secret", scenario("kubernetes-secret"));
    pair.script("first run");
    let secret = created(&pair.real, "secrets/connected-registry/clinic8-tls");
    assert_eq!(secret["type"], "kubernetes.io/tls");
    for (key, variable) in
        [("tls.crt", "tls_certificate"), ("tls.key", "tls_key"), ("ca.crt", "tls_ca")]
    {
        let path = value_of(&pair.real.plan, variable).expect("a path");
        let bytes = std::fs::read(pair.real.world.folder().join(path)).expect("it is there");
        assert_eq!(secret["data"][key], base64_of(&bytes), "{key}");
    }

    let pair = Pair::of("pull-image", scenario("pull-image"));
    pair.script("first run");
    let secret = created(&pair.real, "secrets/default/connected-registry-pull");
    let auth = base64_of(format!("store17-tills:{CLIENT_PASSWORD}").as_bytes());
    let config = format!(
        r#"{{"auths":{{"10.43.0.50":{{"username":"store17-tills","password":"{CLIENT_PASSWORD}","auth":"{auth}"}}}}}}"#
    );
    assert_eq!(secret["data"][".dockerconfigjson"], base64_of(config.as_bytes()));
    let pod = created(&pair.real, "pods/default/connected-registry-pull");
    assert_eq!(pod["spec"]["containers"][0]["image"], "10.43.0.50/pos/checkout:2.4");
    assert_eq!(pod["spec"]["imagePullSecrets"][0]["name"], "connected-registry-pull");
}

/// The pod gets its image where its secret is there, and `wait` notices.
#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_waits_for_the_pod() {
    let pair = Pair::of("pull-image", scenario("pull-image"));
    let run = pair.script("first run");
    assert!(run.said.contains("pod/connected-registry-pull condition met"), "{}", run.said);
    let watch = "GET /api/v1/namespaces/default/pods?";
    let requests = pair.real.world.kept("requests").unwrap_or_default();
    assert!(
        requests.lines().any(|line| line.starts_with(watch) && line.contains("watch=true")),
        "{requests}"
    );
    // Without its secret the pod never pulls: the script says what happened and ends.
    pair.real.world.keep("secrets", "");
    pair.real.world.answer("kubectl create secret *", 0, "");
    let run = pair.real.run(&["--yes"]);
    assert!(run.said.contains("timed out waiting for the condition"), "{}", run.said);
    assert!(run.said.contains("Failed to pull image"), "{}", run.said);
}

/// What is waited for may also end while `wait` watches it.
#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_notices_that_the_namespace_is_gone() {
    const SCRIPT: &str = "kubectl wait namespace/connected-registry --for delete --timeout 50s &
        until grep -q watch=true \"$WORLD/requests\"; do sleep 0.1; done 2>/dev/null
        printf '%s\\n' default >\"$WORLD/namespaces\"
        wait $!";
    let Pair { real, .. } = Pair::of("redeploy", scenario("redeploy"));
    let start = std::time::Instant::now();
    let run = real.world.run(SCRIPT, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert!(run.said.contains("namespace/connected-registry condition met"), "{}", run.said);
    assert!(start.elapsed().as_secs() < 50, "{}", run.said);
}

/// The lines run each command as it is written, also those that the script runs in other words.
#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_does_in_the_lines_what_the_stand_in_does() {
    for (name, link) in scenarios() {
        let pair = Pair::of(name, link);
        let lines = shell::lines(&pair.real.plan, Shell::Bash).text();
        pair.compare("lines", &lines, &[]);
    }
}

/// Remedies are only shown in a script, so they are run here: every call of kubectl in a plan.
#[test]
#[ignore = "needs kubectl: cargo xtask test"]
fn judge_kubectl_understands_every_call_of_every_plan() {
    // What may be said of a call that kubectl understood. Some begin with a capital.
    const ANSWERS: [&str; 4] = [
        "error: the path \"connected-registry-pull.yaml\" does not exist",
        "rror from server (NotFound): ",
        "rror from server (AlreadyExists): ",
        "error: timed out waiting for the condition",
    ];
    let mut calls = BTreeSet::new();
    for (name, link) in scenarios() {
        let Pair { real, .. } = Pair::of(name, link);
        for command in real.plan.commands().filter(|command| command.program == Program::Kubectl) {
            let call = argv(command, &real.plan);
            if !calls.insert(call.clone()) {
                continue;
            }
            let quoted = call.iter().map(|word| format!("'{}' ", word.replace('\'', r"'\''")));
            let run = real.world.run(&quoted.collect::<String>(), &[]);
            assert!(
                run.status == Some(0) || ANSWERS.iter().any(|answer| run.said.contains(answer)),
                "{name}, {call:?}: {}",
                run.said
            );
        }
    }
    assert!(calls.len() > 30, "only {} calls", calls.len());
}
