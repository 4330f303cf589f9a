//! The steps of the tasks after a deployment, as blocks and as scripts.

use configurator_core::link;
use configurator_core::plan::{Expectation, Operation, Plan, Step, Var};
use configurator_render::Outcome;

const NAMES: &str =
    "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";
const FILES: &str = "crt=certs/tls.crt&key=certs/tls.key&ca=certs/ca.crt";

fn outcome(choices: &str) -> Outcome {
    let outcome = Outcome::of_link(&link::parse(&format!("#{NAMES}&{FILES}&{choices}")));
    assert_eq!(outcome.plan.blockers, Vec::<String>::new(), "{choices}");
    outcome
}

fn place(plan: &Plan, id: &str) -> usize {
    plan.steps.iter().position(|step| step.id == id).unwrap_or_else(|| panic!("no step {id}"))
}

fn in_this_order(plan: &Plan, ids: &[&str]) {
    assert!(
        ids.windows(2).all(|pair| place(plan, pair[0]) < place(plan, pair[1])),
        "{ids:?} in {:?}",
        plan.steps.iter().map(|step| step.id).collect::<Vec<_>>()
    );
}

fn comes_before(text: &str, first: &str, second: &str) {
    let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("no {part} in\n{text}"));
    assert!(place(first) < place(second), "{first} comes after {second} in\n{text}");
}

#[test]
fn what_a_removal_takes_with_it_is_made_after_it() {
    let Outcome { plan, .. } = outcome("task=redeploy&tls=secret&secret=k8s");
    in_this_order(
        &plan,
        &[
            "certificate",
            "delete-extension",
            "deactivate",
            "removal",
            "namespace",
            "secret",
            "protected-settings",
            "extension",
        ],
    );
    let Outcome { plan, .. } = outcome("task=redeploy&tls=secret&secret=k8s&secret-exists=yes");
    in_this_order(&plan, &["secret", "delete-extension", "removal", "protected-settings"]);
    let last = plan.steps[place(&plan, "removal")].actions.last().map(|action| &action.operation);
    assert!(
        matches!(last, Some(Operation::Confirm(check)) if matches!(check.expectation, Expectation::Include(_))),
        "the secret is looked for again: {last:?}"
    );
}

#[test]
fn a_certificate_is_checked_before_anything_is_changed() {
    for choices in [
        "tls=byoc",
        "tls=byoc&self-signed=yes",
        "tls=secret&secret=k8s",
        "task=redeploy&tls=byoc",
        "task=rotate&tls=byoc",
    ] {
        let Outcome { plan, .. } = outcome(choices);
        assert_eq!(place(&plan, "certificate"), 1, "{choices}");
        let checks = plan.steps[1]
            .all_checks()
            .filter_map(|check| check.query_into())
            .map(|query_into| query_into.into);
        let looks: Vec<Var> = checks.collect();
        assert!(
            looks.contains(&Var("ca_expiry")) && looks.contains(&Var("subject_alternative_name")),
            "{choices}: {looks:?}"
        );
    }
    let Outcome { plan, .. } = outcome("task=rotate&tls=byoc&self-signed=yes");
    assert!(
        plan.steps[1].actions.is_empty(),
        "no certificate is made for an extension that is there"
    );
}

#[test]
fn files_are_read_before_a_password_is_generated() {
    for (shell, read) in [("bash", "base64 <"), ("powershell", "ToBase64String(")] {
        let Outcome { plan, document, .. } =
            outcome(&format!("task=rotate&tls=byoc&shell={shell}"));
        comes_before(&document.script.text(), read, "get-settings");
        let block = document.steps[place(&plan, "protected-settings")]
            .actions
            .as_ref()
            .map(|block| block.text())
            .unwrap_or_default();
        comes_before(&block, read, "get-settings");
    }
}

/// Where it is about files, or about what the block itself finds out; what else is to be known
/// says the text beside the block.
#[test]
fn the_condition_of_an_action_holds_in_a_block() {
    let blocks = |choices: &str| {
        let Outcome { plan, document, .. } = outcome(choices);
        move |id: &str| {
            document.steps[place(&plan, id)]
                .actions
                .as_ref()
                .map(|block| block.text())
                .unwrap_or_default()
        }
    };
    for (shell, absent, phase, is_going) in [
        (
            "bash",
            "if [ ! -e certs/tls.crt ] && [ ! -e certs/tls.key ]; then",
            "namespace_phase=$(kubectl",
            "if [[ $namespace_phase == Terminating ]]; then",
        ),
        (
            "powershell",
            "-not [System.IO.File]::Exists(",
            "$namespace_phase = @(kubectl",
            "if ($namespace_phase -eq 'Terminating')",
        ),
    ] {
        let block = blocks(&format!("tls=byoc&self-signed=yes&shell={shell}"));
        comes_before(&block("certificate"), absent, "openssl req");
        assert!(
            !block("providers").contains("Registered"),
            "no answer, no condition:\n{}",
            block("providers")
        );
        assert!(
            !block("verify").contains("configmap"),
            "what only shows something needs no look before"
        );

        let removal = blocks(&format!("task=redeploy&shell={shell}"))("removal");
        comes_before(&removal, "2m", phase);
        comes_before(&removal, phase, is_going);
        comes_before(&removal, is_going, "15m");
        assert!(
            !removal.contains("listed") && !removal.contains("$extensions"),
            "what an earlier step found is not known here:\n{removal}"
        );
        assert_eq!(
            removal.matches(phase).count(),
            1,
            "nobody asks for the last answer, so it is shown:\n{removal}"
        );
    }
}

#[test]
fn a_block_without_conditions_is_its_commands() {
    let Outcome { plan, document, .. } = outcome("");
    let providers = document.steps[place(&plan, "providers")]
        .actions
        .as_ref()
        .map(|block| block.text())
        .unwrap_or_default();
    assert_eq!(
        providers,
        "az provider register --namespace Microsoft.Kubernetes --wait\n\
         az provider register --namespace Microsoft.KubernetesConfiguration --wait\n\
         az provider register --namespace Microsoft.ExtendedLocation --wait\n"
    );
}

#[test]
fn git_bash_makes_no_path_of_a_subject() {
    let document = |choices: &str| {
        Outcome::of_link(&link::parse(&format!(
            "#{NAMES}&tls=byoc&crt=/c/tls.crt&key=/c/tls.key{choices}"
        )))
        .document
    };
    let makes = document("&self-signed=yes");
    let texts = makes
        .steps
        .iter()
        .filter_map(|step| step.actions.as_ref())
        .chain([&makes.script])
        .map(|block| block.text());
    let lines: Vec<String> =
        texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let lines: Vec<&String> =
        lines.iter().filter(|line| line.contains("MSYS") && line.contains("openssl")).collect();
    assert_eq!(lines.len(), 2, "in the block and in the script: {lines:?}");
    for line in lines {
        assert_eq!(
            line.trim(),
            "(umask 077 && MSYS2_ARG_CONV_EXCL=/CN= openssl req \\",
            "of the subject only: a path of the user is one"
        );
    }
    let of_user = document("").script.text();
    assert!(
        of_user.lines().all(|line| !line.contains("MSYS") || line.contains("=/subscriptions/ az ")),
        "a path of the user is one"
    );
}

#[test]
fn a_cluster_that_is_lost_can_be_cleaned_up() {
    let Outcome { plan, .. } = outcome("task=clean-up");
    let is_stop = |step: &Step| {
        step.all_checks().any(|check| {
            check.expectation == Expectation::Be("Connected".into())
                || check.query_into().is_some_and(|query_into| query_into.into == Var("sku"))
        })
    };
    assert!(!plan.steps.iter().any(is_stop));
    assert!(outcome("task=redeploy").plan.steps.iter().any(is_stop));
}
