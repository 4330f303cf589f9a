//! What each task consists of.

use super::checks::{connected_registries, connected_registry_absent, connected_registry_exists, extension_absent, extensions, prerequisites, providers};
use super::extension::Occasion;
use super::names::{Commands, variables};
use super::{Ask, Condition, Plan, Program, Step, certificate, diagnose, extension, pull, registry};
use crate::scenario::{Certificate, Deploy, Install, Scenario, Synchronization, Task, Transport, Upgrade};
use crate::text::steps as text;

#[inline(never)]
pub(super) fn plan(scenario: &Scenario) -> Plan {
    let commands = &Commands { scenario };
    let (title, summary, steps) = match &scenario.task {
        // The page leaves all but a first deployment to its second module: the compiler leaves out the rest of this there.
        task if cfg!(feature = "page") && !matches!(task, Task::Deploy(_)) => ("", "", Vec::new()),
        Task::Deploy(deploy) => (text::DEPLOY_TITLE, transport_summary(&deploy.install.transport), deploy_steps(commands, deploy)),
        Task::Redeploy(install) => (text::REDEPLOY_TITLE, text::REDEPLOY_SUMMARY, redeploy_steps(commands, install)),
        Task::Upgrade(upgrade) => {
            let title = match upgrade {
                Upgrade::Automatic { .. } => text::AUTO_UPGRADE_TITLE,
                Upgrade::Pinned { .. } => text::PIN_TITLE,
            };
            (title, text::UPGRADE_SUMMARY, upgrade_steps(commands, upgrade))
        }
        Task::Schedule(synchronization) => {
            let title = match synchronization {
                Synchronization::Continuous { .. } => text::CONTINUOUS_TITLE,
                Synchronization::Scheduled { .. } => text::SCHEDULE_TITLE,
            };
            (title, text::SCHEDULE_SUMMARY, vec![prerequisites(commands, &[]), registry::schedule(commands, synchronization)])
        }
        Task::Repositories { add, remove } => (
            text::REPOSITORIES_TITLE,
            text::REPOSITORIES_SUMMARY,
            vec![prerequisites(commands, &[]), registry::repositories(commands, add.is_some(), remove.is_some())],
        ),
        Task::Pull(pulling) => (
            text::PULL_TITLE,
            text::PULL_SUMMARY,
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
        Task::Rotate { transport, password } => (text::ROTATE_TITLE, text::ROTATE_SUMMARY, {
            let certificate = certificate::certificate_again(transport);
            let mut before = prerequisites(commands, if certificate.is_some() { &[Program::Openssl] } else { &[] });
            before.checks.push(connected_registry_exists(commands));
            before.checks.push(super::checks::extension_exists(commands));
            let mut steps = vec![before];
            steps.extend(certificate);
            steps.extend([
                extension::settings(commands, transport, *password, &Occasion::Again(text::ROTATE_ASK)),
                extension::update_settings(commands),
                extension::remove_settings(),
                extension::verify(commands, None),
            ]);
            steps
        }),
        Task::Diagnose { log_level } => (text::DIAGNOSE_TITLE, text::DIAGNOSE_SUMMARY, {
            let mut before = prerequisites(commands, &[]);
            before.checks.push(diagnose::kubectl_cluster(commands));
            let mut steps = vec![before];
            steps.extend(log_level.map(|level| registry::set_log_level(commands, level)));
            steps.extend(diagnose::steps(commands));
            steps
        }),
        Task::CleanUp => (text::CLEAN_UP_TITLE, text::CLEAN_UP_SUMMARY, {
            let mut before = prerequisites(commands, &[]);
            before.checks.push(connected_registries(commands));
            let nothing_left = Condition::All(vec![connected_registry_absent(), extension_absent()]);
            before.asks.push(Ask { condition: Some(Condition::Not(Box::new(nothing_left))), question: text::CLEAN_UP_ASK.into() });
            vec![before, registry::deactivate(commands), extension::delete(commands), registry::delete_connected_registry(commands)]
        }),
    };
    Plan { title: title.into(), summary: vec![summary.into(), text::checked().into()], variables: variables(scenario), steps, blockers: Vec::new() }
}

#[inline(never)]
fn transport_summary(transport: &Transport) -> &'static str {
    match transport {
        Transport::Http => text::HTTP_SUMMARY,
        Transport::Https { certificate, .. } => match certificate {
            Certificate::InstalledCertManager => text::SECURE_SUMMARY,
            Certificate::OwnCertManager => text::OWN_CERT_MANAGER_SUMMARY,
            Certificate::Secret { .. } => text::SECRET_SUMMARY,
            Certificate::Files(_) => text::FILES_SUMMARY,
        },
    }
}

#[inline(never)]
fn deploy_steps(commands: &Commands, deploy: &Deploy) -> Vec<Step> {
    let Install { transport, password, .. } = &deploy.install;
    let mut steps = vec![prerequisites(commands, &certificate::tools(transport))];
    steps.extend(certificate::certificate(transport));
    steps.extend([providers(commands), registry::data_endpoint(commands)]);
    steps.extend(deploy.import.is_some().then(|| registry::import(commands)));
    steps.extend(certificate::before_extension(commands, transport));
    steps.push(registry::create(commands, deploy));
    steps.push(extension::settings(commands, transport, *password, &Occasion::First));
    steps.extend(installation(commands, &deploy.install));
    steps
}

#[inline(never)]
fn installation(commands: &Commands, install: &Install) -> Vec<Step> {
    let mut steps = vec![extension::install(commands, install), extension::remove_settings(), extension::verify(commands, Some(&install.transport))];
    steps.extend(certificate::on_nodes(&install.transport));
    steps
}

#[inline(never)]
fn redeploy_steps(commands: &Commands, install: &Install) -> Vec<Step> {
    let mut before = prerequisites(commands, &certificate::tools(&install.transport));
    before.checks.push(connected_registry_exists(commands));
    before.checks.push(extensions(commands));
    let mut steps = vec![before];
    steps.extend(certificate::certificate(&install.transport));
    let before_extension = certificate::before_extension(commands, &install.transport);
    let (in_namespace, elsewhere): (Vec<Step>, Vec<Step>) = before_extension.into_iter().partition(|step| matches!(step.id, "namespace" | "secret"));
    // A secret that is to be there already is looked for before anything is removed, and once more after that.
    steps.extend(in_namespace.iter().filter(|step| step.actions.is_empty()).cloned());
    steps.extend(elsewhere);
    steps.push(extension::delete_before_redeploy(commands));
    steps.push(registry::deactivate(commands));
    steps.extend(in_namespace.into_iter().map(certificate::after_removal));
    steps.push(extension::settings(commands, &install.transport, install.password, &Occasion::Again(text::REDEPLOY_ASK)));
    steps.extend(installation(commands, install).into_iter().map(|step| match step.id {
        // The old one was deleted before.
        "extension" => step.only_if(None),
        _ => step,
    }));
    steps
}

#[inline(never)]
fn upgrade_steps(commands: &Commands, upgrade: &Upgrade) -> Vec<Step> {
    let mut steps = vec![prerequisites(commands, &[])];
    if matches!(upgrade, Upgrade::Pinned { .. }) {
        steps.push(extension::versions(commands, upgrade));
    }
    steps.push(extension::upgrade(commands, upgrade));
    steps.push(extension::verify(commands, None));
    steps
}
