//! The steps of each task.

use super::checks::*;
use super::extension::{self, Kubectl, Occasion};
use super::names::{Commands, variables};
use super::{Condition, Plan, Program, Prompt, Step, Word, certificate, diagnose, pull, registry};
use crate::azure::checked;
use crate::choices::TextField;
use crate::plan::checks::rights_text;
use crate::plan::task_titles::{
    AUTO_UPGRADE_TITLE, CLEAN_UP_TITLE, CONTINUOUS_TITLE, DEPLOY_TITLE, PULL_TITLE, REDEPLOY_TITLE,
    REPOSITORIES_TITLE, SCHEDULE_TITLE, pin_title,
};
use crate::scenario::{
    Certificate, Deploy, Install, Password, Scenario, Synchronization, Task, Transport, Upgrade,
};

const DONE: &str = "Done.";
const DONE_ONLINE: &str = "Done. It may take some minutes until CONNECTION STATE says Online; with \
                           a schedule perhaps until the next window, the sources do not say.";
pub(crate) const ALREADY_ACTIVATED: &str = "ALREADY_ACTIVATED: the connected registry is tied to \
                                            an earlier deployment. The task \"Redeploy\" \
                                            deactivates it first, and deletes the volume.";

#[inline(never)]
pub(super) fn plan(scenario: &Scenario) -> Plan {
    let commands = &Commands { scenario };
    let (title, summary, steps) = match &scenario.task {
        Task::Deploy(deploy) => (
            DEPLOY_TITLE,
            transport_summary(&deploy.install.transport),
            deploy_steps(commands, deploy),
        ),
        Task::Redeploy(install) => (
            REDEPLOY_TITLE,
            "For a connected registry that was activated before (ALREADY_ACTIVATED): the old \
             deployment is removed and deactivated first.",
            redeploy_steps(commands, install),
        ),
        Task::Upgrade(upgrade) => {
            let title = match upgrade {
                Upgrade::Automatic { .. } => AUTO_UPGRADE_TITLE,
                Upgrade::Pinned { .. } => pin_title(scenario.rolls_back),
            };
            (
                title,
                "Changes how the extension is kept up to date, and nothing else of its \
                 configuration.",
                upgrade_steps(commands, upgrade),
            )
        }
        Task::Schedule(synchronization) => {
            let title = match synchronization {
                Synchronization::Continuous { .. } => CONTINUOUS_TITLE,
                Synchronization::Scheduled { .. } => SCHEDULE_TITLE,
            };
            (
                title,
                "Changes when the connected registry connects to its parent. Times are UTC.",
                vec![prerequisites(commands, &[]), registry::schedule(commands, synchronization)],
            )
        }
        Task::Repositories { add, remove } => (
            REPOSITORIES_TITLE,
            "Changes which repositories the connected registry synchronizes.",
            vec![
                prerequisites(commands, &[]),
                registry::repositories(commands, add.is_some(), remove.is_some()),
            ],
        ),
        Task::Pull(pulling) => (
            PULL_TITLE,
            "Makes a client token, lets it use the connected registry, and pulls: with a pod, and \
             with crictl on a node.",
            vec![
                prerequisites(commands, &[Program::Kubectl]),
                pull::token(commands),
                pull::link(commands),
                pull::synchronized(commands),
                pull::pull_secret(commands, pulling),
                pull::pod(commands, pulling),
                pull::crictl(pulling),
            ],
        ),
        Task::Rotate { transport, password, .. } => (
            crate::plan::task_titles::ROTATE_TITLE,
            "Generates a new password of the sync token and gives it to the extension, with the \
             whole of its protected settings.",
            rotate_steps(commands, transport, *password),
        ),
        Task::Diagnose { log_level } => (
            crate::plan::task_titles::DIAGNOSE_TITLE,
            "Shows one place after the other, and what to do about what it shows.",
            {
                let mut steps = vec![diagnosis_prerequisites(commands)];
                steps.extend(diagnose::steps(commands));
                steps.extend(log_level.map(|level| registry::set_log_level(commands, level)));
                steps
            },
        ),
        Task::CleanUp => (
            CLEAN_UP_TITLE,
            "Deactivates it, deletes the extension, and deletes it in the cloud, with its sync \
             token and scope map.",
            {
                let mut before = prerequisites(commands, &[]);
                before.checks.push(connected_registries(commands));
                let nothing_to_do = Condition::All(vec![
                    connected_registry_absent(),
                    Condition::Not(Box::new(extension::within_reach())),
                ]);
                before
                .prompts
                .push(prompt(Some(Condition::Not(Box::new(nothing_to_do))), "This removes the connected registry from the cluster and from the cloud. Its volume is lost, with what clients pushed and was not synchronized yet, and probably the namespace connected-registry with every secret in it. Go on?"));
                vec![
                    with_children(commands, before),
                    registry::deactivate(commands),
                    extension::delete_for_good(commands),
                    registry::delete_connected_registry(commands),
                ]
            },
        ),
    };
    let (again, done) = ends(&scenario.task);
    Plan {
        title: title.into(),
        summary: vec![
            summary.into(),
            rights_text(scenario.needs_registry(), scenario.needs_cluster()).into(),
            checked().into(),
        ],
        again: again.into(),
        done: done.into(),
        subject: subject(scenario),
        variables: variables(scenario),
        steps,
        blockers: Vec::new(),
    }
}

/// What a second run does, and what is said at the end.
#[inline(never)]
fn ends(task: &Task) -> (&'static str, &'static str) {
    match task {
        Task::Deploy(_) => ("It can be run again: what exists is left alone.", DONE_ONLINE),
        Task::Upgrade(_) | Task::Schedule(_) => {
            ("It can be run again: what is so already is left alone.", DONE)
        }
        Task::Repositories { .. } => (
            "It can be run again: it adds and removes the same once more, which changes nothing.",
            DONE,
        ),
        Task::Pull(_) => (
            "It can be run again: token, link and pull secret are left alone, the pod is made anew \
             and pulls again.",
            DONE,
        ),
        Task::Rotate { .. } => ("Each run generates the password anew.", DONE_ONLINE),
        Task::Redeploy(_) => {
            ("Each run removes the deployment, with its volume, and makes it anew.", DONE_ONLINE)
        }
        Task::Diagnose { log_level: None } => ("It changes nothing.", DONE),
        Task::Diagnose { log_level: Some(_) } => ("It changes nothing but the log level.", DONE),
        Task::CleanUp => ("It can be run again: it removes what is still there.", DONE),
    }
}

/// The names it acts on: a question about them is answered by somebody who may have pasted the
/// wrong script.
#[inline(never)]
fn subject(scenario: &Scenario) -> Vec<Word> {
    let mut lines = Vec::new();
    if scenario.needs_registry() {
        lines.push(
            "Registry {registry} (resource group {resource_group}), connected registry \
                    {connected_registry}",
        );
    }
    if scenario.needs_cluster() {
        lines.push(match scenario.cluster.resource_group.field {
            TextField::ClusterResourceGroup => {
                "Cluster {cluster} (resource group {cluster_resource_group}), extension {extension}"
            }
            _ => "Cluster {cluster} (resource group {resource_group}), extension {extension}",
        });
    }
    lines.push("Subscription {=account}");
    // A diagnosis does not ask for the account of the cluster's subscription.
    if scenario.has_two_subscriptions() && !matches!(scenario.task, Task::Diagnose { .. }) {
        lines.push("The cluster's subscription {=cluster_account}");
    }
    lines.into_iter().map(Word::sentence).collect()
}

#[inline(never)]
fn transport_summary(transport: &Transport) -> &'static str {
    match transport {
        Transport::Http => {
            "Plain HTTP: nothing is encrypted. For development only. NOT VERIFIED on the Arc \
             extension."
        }
        Transport::Https { certificate, .. } => match certificate {
            Certificate::InstalledCertManager => {
                "HTTPS with a certificate from cert-manager, which the extension installs."
            }
            Certificate::OwnCertManager => {
                "HTTPS with a certificate from the cert-manager that the cluster has."
            }
            Certificate::Secret { .. } => {
                "HTTPS with a certificate from a Kubernetes secret in the namespace \
                 connected-registry."
            }
            Certificate::Files(_) => "HTTPS with your own certificate, from files on this machine.",
        },
    }
}

#[inline(never)]
fn deploy_steps(commands: &Commands, deploy: &Deploy) -> Vec<Step> {
    let Install { transport, password, .. } = &deploy.install;
    let tools = certificate::tools(transport);
    let kubectl = if tools.contains(&Program::Kubectl) { Kubectl::Sure } else { Kubectl::LookedAt };
    let mut before = prerequisites(commands, &tools);
    before.checks.extend(inside_cluster(commands, kubectl == Kubectl::Sure));
    certificate::query_cert_manager(commands, transport, &mut before);
    let mut steps = vec![before];
    steps.extend(certificate::files_first(transport, &commands.scenario.task));
    steps.extend([providers(commands), registry::data_endpoint(commands)]);
    steps.extend(deploy.import.is_some().then(|| registry::import(commands)));
    steps.extend(certificate::before_extension(commands, transport));
    steps.push(registry::create(commands, deploy));
    steps.push(extension::settings(commands, transport, *password, &Occasion::First));
    steps.extend(installation(commands, &deploy.install, kubectl));
    steps
}

#[inline(never)]
fn installation(commands: &Commands, install: &Install, kubectl: Kubectl) -> Vec<Step> {
    let verify = extension::verify(
        commands,
        kubectl,
        "the task Diagnose helps. The task Redeploy deploys it anew, and deletes its volume.",
    );
    let mut steps = vec![
        extension::install(commands, install),
        extension::remove_settings(Some(extension_absent())),
        verify,
    ];
    steps.extend(certificate::on_nodes(commands, install));
    steps
}

#[inline(never)]
fn redeploy_steps(commands: &Commands, install: &Install) -> Vec<Step> {
    let transport = &install.transport;
    let mut tools = certificate::tools(transport);
    if !tools.contains(&Program::Kubectl) {
        tools.push(Program::Kubectl);
    }
    let mut before = prerequisites(commands, &tools);
    before.checks.push(connected_registry_exists(commands));
    before.checks.extend(extensions(commands));
    before.checks.push(deployed(commands));
    let if_present = |question: &'static str| prompt(Some(extension_present()), question);
    before.prompts.extend([
        if_present(
            "What was chosen here replaces what is deployed; nothing is \
                                    taken over. Have you compared it with the settings above, and \
                                    is it right?",
        ),
        prompt_about_others(),
    ]);
    if matches!(
        transport,
        Transport::Https { certificate: Certificate::Secret { files: None, .. }, .. }
    ) {
        before.prompts.push(if_present(
            "Deleting the extension probably removes the namespace \
                                     connected-registry with every secret in it, the TLS secret \
                                     too. Do you have its certificate and key elsewhere?",
        ));
    }
    let mut steps = vec![with_children(commands, before)];
    steps.extend(certificate::files_first(transport, &commands.scenario.task));
    // A secret must be made once the namespace is there again; what must be in the cluster in any
    // case is looked for before anything is deleted.
    let in_cluster = certificate::before_extension(commands, transport);
    let (changes, checks): (Vec<Step>, Vec<Step>) =
        in_cluster.into_iter().partition(|step| !step.actions.is_empty());
    steps.extend(checks);
    steps.push(extension::delete(commands));
    steps.push(registry::deactivate(commands));
    steps.push(certificate::wait_for_removal(commands, transport));
    steps.extend(changes);
    steps.push(extension::settings(
        commands,
        transport,
        install.password,
        &Occasion::Again(
            "This removes the extension where it exists, with its volume, deactivates \
                          the connected registry and generates its password anew. What clients \
                          pushed and was not synchronized yet is lost. Go on?",
        ),
    ));
    steps.extend(installation(commands, install, Kubectl::Sure).into_iter().map(
        |step| match step.id {
            // The old one was deleted before.
            "extension" => {
                let prompts = step
                    .prompts
                    .iter()
                    .map(|prompt| Prompt { condition: None, ..prompt.clone() })
                    .collect();
                step.only_if(None).prompting(prompts)
            }
            "remove-settings" => step.only_if(None),
            _ => step,
        },
    ));
    steps
}

#[inline(never)]
fn upgrade_steps(commands: &Commands, upgrade: &Upgrade) -> Vec<Step> {
    let mut steps = vec![prerequisites(commands, &[])];
    steps.push(extension::upgrade(commands, upgrade));
    steps.push(extension::verify(
        commands,
        Kubectl::Unknown,
        "bring it back to the version before, with the task Upgrade.",
    ));
    steps
}

#[inline(never)]
fn rotate_steps(commands: &Commands, transport: &Transport, password: Password) -> Vec<Step> {
    let tools: Vec<Program> = match transport {
        Transport::Https { certificate: Certificate::Files(_), .. } => vec![Program::Openssl],
        Transport::Https { certificate: Certificate::Secret { .. }, .. } => vec![Program::Kubectl],
        _ => Vec::new(),
    };
    let kubectl = if tools.contains(&Program::Kubectl) { Kubectl::Sure } else { Kubectl::Unknown };
    let mut before = prerequisites(commands, &tools);
    before.checks.extend([
        connected_registry_exists(commands),
        extension_exists(commands),
        deployed(commands),
    ]);
    before.prompts.push(prompt(
        None,
        "The protected settings are written for the way of TLS that was \
                                chosen here. Compare it with the settings above: is the extension \
                                deployed that way?",
    ));
    let mut settings = extension::settings(
        commands,
        transport,
        password,
        &Occasion::Again(
            "This generates the password anew. Until the extension has it, a deployment that uses \
             it is cut off. Go on?",
        ),
    );
    settings.warnings.push(
        "The two passwords take turns: where the first rotation used password \
                            2, the next one needs password 1 (slot=1). If you do not know which \
                            one is in use, expect an outage until the extension has the new one."
            .into(),
    );
    let mut steps = vec![before];
    steps.extend(match tools.contains(&Program::Openssl) {
        true => certificate::files_first(transport, &commands.scenario.task),
        false => certificate::secret_of(commands, transport),
    });
    steps.extend([
        settings,
        extension::update_settings(commands),
        extension::remove_settings(None),
        extension::verify(
            commands,
            kubectl,
            "the task Diagnose helps. Rotate again when it is mended.",
        ),
    ]);
    steps
}
