//! The sentences of a plan, in its script.

use configurator_core::link;
use configurator_render::Outcome;

const BASE: &str =
    "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";

fn outcome(of: &str) -> Outcome {
    let parsed = link::parse(&format!("#{of}&{BASE}"));
    assert!(parsed.problems.is_empty(), "{of}: {:?}", parsed.problems);
    Outcome::of_link(&parsed)
}

/// A link for every task, with what asks the most.
const LINKS: &[&str] = &[
    "scenario=secure-default&parent=parent01&mode=read-write&import=mcr.microsoft.com/hello-world:latest&cluster-rg=rg2&cluster-subscription=other",
    "scenario=http",
    "scenario=own-trust&secret=k8&crt=tls.crt&key=tls.key",
    "scenario=auto-upgrade&train=preview",
    "scenario=manual-upgrade&version=0.11.0",
    "scenario=pin-version&version=0.11.0",
    "scenario=sync-daily",
    "scenario=pull-image&image=hello-world:latest&tokens=puller",
    "scenario=pull-image&image=hello-world:latest&tokens=puller&context=edge",
    "scenario=clean-up",
    "task=repositories&remove-repos=old/app",
    "task=rotate",
    "task=redeploy",
    "task=diagnose&log-level=debug",
];

#[test]
fn what_only_shows_needs_nobody_and_says_what_it_may_mean() {
    let diagnosis = outcome("task=diagnose");
    assert!(!diagnosis.plan.changes());
    let script = diagnosis.document.script.text();
    assert!(!script.contains("[ -t 0 ]") && !script.contains("--- Questions"), "{script}");
    for note in
        diagnosis.plan.steps.iter().flat_map(|step| &step.notes).filter(|note| note.in_script)
    {
        assert!(
            script.contains(
                note.text.split(['\'', '"']).max_by_key(|piece| piece.len()).unwrap_or_default()
            ),
            "{}",
            note.text
        );
    }
    assert!(outcome("task=diagnose&log-level=debug").plan.changes());
    assert!(
        !diagnosis.document.script.has_placeholders(),
        "what is only said is not to be filled in"
    );
}

#[test]
fn warnings_stand_at_the_command() {
    for (link, shell) in LINKS.iter().flat_map(|link| [(link, "bash"), (link, "powershell")]) {
        let outcome = outcome(&format!("{link}&shell={shell}"));
        let script = outcome
            .document
            .script
            .text()
            .replace("# ", "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for warning in outcome
            .plan
            .steps
            .iter()
            .filter(|step| !step.actions.is_empty())
            .flat_map(|step| &step.warnings)
        {
            let warning = warning.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(script.contains(&warning), "{link}: {warning}");
        }
    }
}
