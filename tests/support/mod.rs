//! What the tests share: the named links, and the blocks and commands that follow from one.

#![allow(dead_code, reason = "every test program uses a part of it")]

use connected_registry::plan::{Act, Capture, Command, Plan, flatten};
use connected_registry::shell::{Block, Document};
use connected_registry::{Outcome, link};

/// Everything that must be given, and nothing else.
pub(crate) const COMPLETE: &str = "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";

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
    ("ip-outside-cidr", "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.1.0.10&repos=hello-world&cidr=10.0.0.0/16"),
    ("injection", "#rg=x;%20echo%20INJECTED"),
];

/// What follows from a link.
pub(crate) fn outcome(link: &str) -> Outcome {
    Outcome::of(&link::parse(link).choices)
}

/// The words that a program must get, program first. What only the user's machine knows is `CAPTURED`.
pub(crate) fn argv(command: &Command, plan: &Plan) -> Vec<String> {
    command.words(plan).iter().map(|word| flatten(word, plan).unwrap_or_else(|| "CAPTURED".to_owned())).collect()
}

/// A text to paste, and what it must run.
pub(crate) struct Pasteable<'a> {
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
        assert_eq!((texts.undo.is_some(), texts.actions.is_some()), (step.undo.is_some(), !step.actions.is_empty()), "{} has its blocks", step.id);
        assert_eq!(texts.checks.len(), step.checks.len(), "{} has its blocks", step.id);
        let mut add = |part: &str, block, commands| all.push(Pasteable { name: format!("{} {part}", step.id), block, commands });
        for (check, texts) in step.checks.iter().zip(&texts.checks) {
            add(&format!("check {:?}", check.title), &texts.probe, Vec::from_iter(check.command()));
            assert_eq!(texts.remedy.is_some(), check.otherwise.command.is_some(), "{} has its remedies", step.id);
            if let Some(remedy) = &texts.remedy {
                add(&format!("remedy of {:?}", check.title), remedy, Vec::from_iter(&check.otherwise.command));
            }
        }
        if let Some(actions) = &texts.actions {
            add("actions", actions, step.actions.iter().filter_map(|action| run_by(&action.act)).collect());
        }
        if let Some(undo) = &texts.undo {
            add("undo", undo, Vec::from_iter(&step.undo));
        }
    }
    all
}

/// The command that an action runs.
pub(crate) fn run_by(act: &Act) -> Option<&Command> {
    match act {
        Act::Run(command) | Act::Show(command) | Act::Capture(Capture { command, .. }) => Some(command),
        Act::Confirm(check) => check.command(),
        Act::Write(_) | Act::Remove(_) => None,
    }
}
