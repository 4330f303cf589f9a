//! What the tests share: the named links, and the blocks and commands that follow from one.

#![allow(dead_code, reason = "every test program uses a part of it")]

use configurator_core::link;
use configurator_core::plan::{
    ArgValue, Capture, Command, Operation, Part, Plan, Probe, Word, flatten,
};
use configurator_render::Outcome;
use configurator_render::shell::{Block, Document};

/// Everything that must be given, and nothing else.
pub(crate) const COMPLETE: &str =
    "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";

/// Everything that can be given.
pub(crate) const EVERYTHING: &str = "#registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.96.0.200&repos=hello-world,app/api&cidr=10.96.0.0/16\
    &cluster-rg=rg-clusters&subscription=Edge%20Production&cluster-subscription=Edge%20Clusters&extension=edge-registry&context=edge-admin\
    &mode=read-write&slot=2";

/// What the other tasks and ways of TLS need beside, and everything that can be given for them.
pub(crate) const EVERY_FIELD: &str = "#registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.96.0.200&repos=hello-world,app/api\
    &remove-repos=app/old&secret=edge-tls&crt=certs/tls.crt&key=certs/tls.key&ca=certs/ca.crt&schedule=0%200%20*%20*%20*&window=PT4H&ttl=P3D&parent=factory01\
    &tokens=edge-clients&notify=hello-world:*:push&gc-schedule=0%203%20*%20*%20*&storage-class=azurefile&storage=250Gi&version=0.11.0&train=stable\
    &image=hello-world:latest&import=mcr.microsoft.com/hello-world:latest";

/// The links whose outputs are kept as golden files, by the names of those files.
pub(crate) const GOLDEN: [(&str, &str); 5] = [
    ("default", ""),
    ("complete", COMPLETE),
    ("everything", EVERYTHING),
    (
        "ip-outside-cidr",
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.1.0.10&repos=hello-world&cidr=10.0.0.0/16",
    ),
    ("injection", "#rg=x;%20echo%20INJECTED"),
];

/// A complete, realistic link for every preset (by its id), every other task (by its name), and
/// what else a deployment can be.
///
/// Their outputs are golden files too, in every shell; and their scripts are run.
pub(crate) const SCENARIOS: &[(&str, &str)] = &[
    (
        "secure-default",
        "#scenario=secure-default&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc&ip=10.43.0.50&cidr=10.43.0.0/16\
         &repos=pos/checkout,pos/printer",
    ),
    (
        "own-cert-manager",
        "#scenario=own-cert-manager&registry=contosofactory&name=line3&rg=rg-factory&cluster=line3-arc&cluster-rg=rg-plants&ip=10.96.17.4\
         &cidr=10.96.0.0/12&repos=vision/inspect&trust=labelled-nodes&context=line3&storage-class=longhorn&storage=250Gi&upgrade=pin&version=0.11.0&train=stable",
    ),
    (
        "own-trust",
        "#scenario=own-trust&registry=contosobank&name=branch42&rg=rg-bank&cluster=branch42-arc&ip=10.0.12.34&repos=teller/app\
         &secret=branch42-tls&secret-exists=yes",
    ),
    (
        "kubernetes-secret",
        "#scenario=kubernetes-secret&registry=contosocare&name=clinic8&rg=rg-care&cluster=clinic8-arc&ip=10.96.0.80&repos=imaging/viewer,imaging/store\
         &mode=read-write&secret=clinic8-tls&crt=certs/clinic8.crt&key=certs/clinic8.key&ca=certs/care-ca.crt",
    ),
    (
        "byoc",
        "#scenario=byoc&registry=contosoport&name=quay5&rg=rg-port&cluster=quay5-arc&ip=10.96.40.10&repos=crane/control&subscription=Port%20Operations\
         &cluster-subscription=Port%20Clusters&crt=certs/quay5.crt&key=certs/quay5.key&ca=certs/port-ca.crt",
    ),
    (
        "byoc-self-signed",
        "#scenario=byoc&registry=contosolab&name=bench1&rg=rg-lab&cluster=bench1-arc&ip=10.96.0.77&repos=probe/reader&self-signed=yes&crt=bench1.crt&key=bench1.key",
    ),
    (
        "http",
        "#scenario=http&registry=contosodev&name=sandbox&rg=rg-dev&cluster=sandbox-arc&ip=10.43.200.1&repos=hello-world",
    ),
    (
        "keys-of-2024",
        "#registry=contosofarm&name=barn2&rg=rg-farm&cluster=barn2-arc&ip=10.43.0.22&repos=feed/meter&trust=labelled-nodes&keys=2024",
    ),
    (
        "nested",
        "#registry=contosofactory&name=cell12&rg=rg-factory&cluster=cell12-arc&ip=10.96.18.4&repos=vision/inspect,acr/connected-registry&parent=line3\
         &tokens=cell12-robots,cell12-screens&notify=vision/inspect:*:push&sync=scheduled&schedule=30%202%20*%20*%20*&window=PT3H&ttl=P3D&gc-schedule=0%205%20*%20*%206\
         &log-level=warning&import=mcr.microsoft.com/acr/connected-registry:0.11.0",
    ),
    (
        "auto-upgrade",
        "#scenario=auto-upgrade&name=store17&rg=rg-retail&cluster=store17-arc&train=stable",
    ),
    (
        "manual-upgrade",
        "#scenario=manual-upgrade&name=line3&rg=rg-plants&cluster=line3-arc&version=0.11.0&context=line3",
    ),
    (
        "pin-version",
        "#scenario=pin-version&name=line3&rg=rg-plants&cluster=line3-arc&extension=line3-registry&version=0.6.1&train=stable",
    ),
    ("sync-daily", "#scenario=sync-daily&registry=contosoretail&name=store17&rg=rg-retail&ttl=P2D"),
    (
        "sync-continuous",
        "#scenario=sync-continuous&registry=contosoretail&name=store17&rg=rg-retail",
    ),
    (
        "repositories",
        "#task=repositories&registry=contosoretail&name=store17&rg=rg-retail&subscription=Retail&repos=pos/scanner,pos/scale&remove-repos=pos/printer",
    ),
    (
        "pull-image",
        "#scenario=pull-image&registry=contosoretail&name=store17&rg=rg-retail&ip=10.43.0.50&tokens=store17-tills&image=pos/checkout:2.4",
    ),
    (
        "rotate",
        "#task=rotate&tls=byoc&registry=contosoport&name=quay5&rg=rg-port&cluster=quay5-arc&ip=10.96.40.10&crt=certs/quay5.crt\
         &key=certs/quay5.key&ca=certs/port-ca.crt",
    ),
    (
        "redeploy",
        "#task=redeploy&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc&ip=10.43.0.50",
    ),
    (
        "redeploy-secret",
        "#task=redeploy&tls=secret&registry=contosocare&name=clinic8&rg=rg-care&cluster=clinic8-arc&ip=10.96.0.80&secret=clinic8-tls\
         &crt=certs/clinic8.crt&key=certs/clinic8.key&ca=certs/care-ca.crt",
    ),
    (
        "diagnose",
        "#task=diagnose&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc&log-level=debug",
    ),
    (
        "clean-up",
        "#scenario=clean-up&registry=contosoretail&name=store17&rg=rg-retail&cluster=store17-arc",
    ),
];

/// What follows from a link.
pub(crate) fn outcome(link: &str) -> Outcome {
    Outcome::of_link(&link::parse(link))
}

/// What the stubs answer to who asks for it, by the variable that keeps it.
pub(crate) const ANSWERS: [(&str, &str); 3] = [
    ("signed_in", "user@example.com"),
    ("subscription_id", "00000000-0000-0000-0000-000000000000"),
    ("cluster_subscription_id", "00000000-0000-0000-0000-000000000000"),
];

/// The words that a program must get, program first. What only the user's machine knows is as the
/// stubs answer it, or else `CAPTURED`.
pub(crate) fn argv(command: &Command, plan: &Plan) -> Vec<String> {
    let known = |part: &Part| match part {
        Part::Captured(variable) => match ANSWERS.iter().find(|(name, _)| *name == variable.0) {
            Some((_, answer)) => Part::Literal((*answer).into()),
            None => part.clone(),
        },
        _ => part.clone(),
    };
    let word = |word: &Word| {
        flatten(&Word(word.0.iter().map(known).collect()), plan)
            .unwrap_or_else(|| "CAPTURED".to_owned())
    };
    command.words(plan).iter().map(word).collect()
}

/// The command of a check, after those whose answers it is made of.
fn with_what_it_needs<'a>(plan: &'a Plan, command: &'a Command) -> Vec<&'a Command> {
    let words = command
        .args
        .iter()
        .flat_map(|arg| &arg.values)
        .filter_map(|value| if let ArgValue::Word(word) = value { Some(word) } else { None });
    let kept = words
        .flat_map(|word| &word.0)
        .filter_map(|part| if let Part::Captured(variable) = part { Some(variable) } else { None });
    let looks: Vec<_> = plan
        .steps
        .iter()
        .flat_map(|step| &step.checks)
        .filter_map(|check| check.query_into())
        .collect();
    let mut commands: Vec<&Command> = kept
        .filter_map(|variable| looks.iter().find(|query_into| query_into.into == *variable))
        .map(|query_into| &query_into.command)
        .collect();
    commands.push(command);
    commands
}

/// What a text to paste is to a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Role {
    Check,
    Remedy,
    Actions,
    Undo,
}

/// A text to paste, and what it must run.
pub(crate) struct Pasteable<'a> {
    /// What it is.
    pub(crate) role: Role,
    /// The step and the part of it, for messages.
    pub(crate) name: String,
    /// The text.
    pub(crate) block: &'a Block,
    /// The commands, in order.
    pub(crate) commands: Vec<&'a Command>,
}

/// Every block of every step: checks, their remedies, actions, what undoes them.
pub(crate) fn blocks<'a>(plan: &'a Plan, document: &'a Document) -> Vec<Pasteable<'a>> {
    let mut all = Vec::new();
    assert_eq!(plan.steps.len(), document.steps.len(), "every step has its blocks");
    for (step, texts) in plan.steps.iter().zip(&document.steps) {
        assert_eq!(
            (texts.undo.is_some(), texts.actions.is_some()),
            (step.undo.is_some(), !step.actions.is_empty()),
            "{} has its blocks",
            step.id
        );
        assert_eq!(texts.checks.len(), step.checks.len(), "{} has its blocks", step.id);
        let mut add = |role, part: &str, block, commands| {
            all.push(Pasteable { role, name: format!("{} {part}", step.id), block, commands })
        };
        for (check, texts) in step.checks.iter().zip(&texts.checks) {
            // What an earlier check kept needs no command.
            assert_eq!(
                texts.probe.tokens.is_empty(),
                matches!(check.probe, Probe::Known(_)),
                "{:?} has its block",
                check.title
            );
            if !texts.probe.tokens.is_empty() {
                add(
                    Role::Check,
                    &format!("check {:?}", check.title),
                    &texts.probe,
                    check
                        .command()
                        .map(|command| with_what_it_needs(plan, command))
                        .unwrap_or_default(),
                );
            }
            assert_eq!(
                texts.remedy.is_some(),
                check.otherwise.command.is_some(),
                "{} has its remedies",
                step.id
            );
            if let Some(remedy) = &texts.remedy {
                add(
                    Role::Remedy,
                    &format!("remedy of {:?}", check.title),
                    remedy,
                    Vec::from_iter(&check.otherwise.command),
                );
            }
        }
        if let Some(actions) = &texts.actions {
            add(
                Role::Actions,
                "actions",
                actions,
                step.actions.iter().filter_map(|action| run_by(&action.operation)).collect(),
            );
        }
        if let Some(undo) = &texts.undo {
            add(
                Role::Undo,
                "undo",
                undo,
                Vec::from_iter(step.undo.iter().map(|undo| &undo.command)),
            );
        }
    }
    all
}

/// The blocks in the order of the plan, then the remedies, and at last what undoes the steps, from
/// the last one back.
pub(crate) fn in_order<'a>(plan: &'a Plan, document: &'a Document) -> Vec<Pasteable<'a>> {
    let (mut all, aside): (Vec<_>, Vec<_>) = blocks(plan, document)
        .into_iter()
        .partition(|block| matches!(block.role, Role::Check | Role::Actions));
    let (remedies, undo): (Vec<_>, Vec<_>) =
        aside.into_iter().partition(|block| block.role == Role::Remedy);
    all.extend(remedies);
    all.extend(undo.into_iter().rev());
    all
}

/// The command that an action runs.
pub(crate) fn run_by(operation: &Operation) -> Option<&Command> {
    match operation {
        Operation::Run(command)
        | Operation::Show(command)
        | Operation::Capture(Capture { command, .. }) => Some(command),
        Operation::Confirm(check) => check.command(),
        Operation::Write(_) | Operation::Remove(_) => None,
    }
}
