//! What each task consists of.

use super::checks::*;
use super::extension::{Kubectl, Occasion};
use super::names::{Commands, variables};
use super::{
    Ask, Condition, Plan, Program, Step, Word, certificate, diagnose, extension, pull, registry,
};
use crate::choices::TextField;
use crate::scenario::{
    Certificate, Deploy, Install, Password, Scenario, Synchronization, Task, Transport, Upgrade,
};
use crate::text::steps as text;

#[inline(never)]
pub(super) fn plan(scenario: &Scenario) -> Plan {
    let commands = &Commands { scenario };
    let (title, summary, steps) = match &scenario.task {
        Task::Deploy(deploy) => (
            text::DEPLOY_TITLE,
            transport_summary(&deploy.install.transport),
            deploy_steps(commands, deploy),
        ),
        Task::Redeploy(install) => {
            (text::REDEPLOY_TITLE, text::REDEPLOY_SUMMARY, redeploy_steps(commands, install))
        }
        Task::Upgrade(upgrade) => {
            let title = match upgrade {
                Upgrade::Automatic { .. } => text::AUTO_UPGRADE_TITLE,
                Upgrade::Pinned { .. } => text::pin_title(scenario.rolls_back),
            };
            (title, text::UPGRADE_SUMMARY, upgrade_steps(commands, upgrade))
        }
        Task::Schedule(synchronization) => {
            let title = match synchronization {
                Synchronization::Continuous { .. } => text::CONTINUOUS_TITLE,
                Synchronization::Scheduled { .. } => text::SCHEDULE_TITLE,
            };
            (
                title,
                text::SCHEDULE_SUMMARY,
                vec![prerequisites(commands, &[]), registry::schedule(commands, synchronization)],
            )
        }
        Task::Repositories { add, remove } => (
            text::REPOSITORIES_TITLE,
            text::REPOSITORIES_SUMMARY,
            vec![
                prerequisites(commands, &[]),
                registry::repositories(commands, add.is_some(), remove.is_some()),
            ],
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
        Task::Rotate { transport, password, .. } => {
            (text::ROTATE_TITLE, text::ROTATE_SUMMARY, rotate_steps(commands, transport, *password))
        }
        Task::Diagnose { log_level } => (text::DIAGNOSE_TITLE, text::DIAGNOSE_SUMMARY, {
            let mut steps = vec![diagnosis_prerequisites(commands)];
            steps.extend(diagnose::steps(commands));
            steps.extend(log_level.map(|level| registry::set_log_level(commands, level)));
            steps
        }),
        Task::CleanUp => (text::CLEAN_UP_TITLE, text::CLEAN_UP_SUMMARY, {
            let mut before = prerequisites(commands, &[]);
            before.checks.push(connected_registries(commands));
            let nothing_to_do = Condition::All(vec![
                connected_registry_absent(),
                Condition::Not(Box::new(extension::within_reach())),
            ]);
            before
                .asks
                .push(ask(Some(Condition::Not(Box::new(nothing_to_do))), text::CLEAN_UP_ASK));
            vec![
                with_children(commands, before),
                registry::deactivate(commands),
                extension::delete_for_good(commands),
                registry::delete_connected_registry(commands),
            ]
        }),
    };
    let (again, done) = ends(&scenario.task);
    Plan {
        title: title.into(),
        summary: vec![
            summary.into(),
            text::rights(scenario.needs_registry(), scenario.needs_cluster()).into(),
            text::checked().into(),
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
        Task::Deploy(_) => (text::AGAIN_LEFT, text::DONE_ONLINE),
        Task::Upgrade(_) | Task::Schedule(_) => (text::AGAIN_SAME, text::DONE),
        Task::Repositories { .. } => (text::AGAIN_REPOSITORIES, text::DONE),
        Task::Pull(_) => (text::AGAIN_PULL, text::DONE),
        Task::Rotate { .. } => (text::AGAIN_ROTATE, text::DONE_ONLINE),
        Task::Redeploy(_) => (text::AGAIN_REDEPLOY, text::DONE_ONLINE),
        Task::Diagnose { log_level: None } => (text::AGAIN_SHOWN, text::DONE),
        Task::Diagnose { log_level: Some(_) } => (text::AGAIN_LOG_LEVEL, text::DONE),
        Task::CleanUp => (text::AGAIN_CLEAN_UP, text::DONE),
    }
}

/// The names it acts on: a question about them is answered by somebody who may have pasted the
/// wrong script.
#[inline(never)]
fn subject(scenario: &Scenario) -> Vec<Word> {
    let mut lines = Vec::new();
    if scenario.needs_registry() {
        lines.push(text::SUBJECT_REGISTRY);
    }
    if scenario.needs_cluster() {
        lines.push(match scenario.cluster.resource_group.field {
            TextField::ClusterResourceGroup => text::SUBJECT_CLUSTER_ELSEWHERE,
            _ => text::SUBJECT_CLUSTER,
        });
    }
    lines.push(text::SUBJECT_SUBSCRIPTION);
    // A diagnosis does not ask for the account of the cluster's subscription.
    if scenario.has_two_subscriptions() && !matches!(scenario.task, Task::Diagnose { .. }) {
        lines.push(text::SUBJECT_CLUSTER_SUBSCRIPTION);
    }
    lines.into_iter().map(Word::sentence).collect()
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
    let tools = certificate::tools(transport);
    let kubectl = if tools.contains(&Program::Kubectl) { Kubectl::Sure } else { Kubectl::LookedAt };
    let mut before = prerequisites(commands, &tools);
    before.checks.extend(inside_cluster(commands, kubectl == Kubectl::Sure));
    certificate::look_for_cert_manager(commands, transport, &mut before);
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
    let verify = extension::verify(commands, kubectl, text::DEPLOY_FAILED);
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
    let if_present = |question: &'static str| ask(Some(extension_present()), question);
    before.asks.extend([if_present(text::COMPARE_ASK), ask_about_others()]);
    if matches!(
        transport,
        Transport::Https { certificate: Certificate::Secret { files: None, .. }, .. }
    ) {
        before.asks.push(if_present(text::SECRET_GOES_ASK));
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
        &Occasion::Again(text::REDEPLOY_ASK),
    ));
    steps.extend(installation(commands, install, Kubectl::Sure).into_iter().map(
        |step| match step.id {
            // The old one was deleted before.
            "extension" => {
                let asks =
                    step.asks.iter().map(|ask| Ask { condition: None, ..ask.clone() }).collect();
                step.only_if(None).asking(asks)
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
    steps.push(extension::verify(commands, Kubectl::Unknown, text::UPGRADE_FAILED));
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
    before.asks.push(ask(None, text::SAME_TLS_ASK));
    let mut settings =
        extension::settings(commands, transport, password, &Occasion::Again(text::ROTATE_ASK));
    settings.warnings.push(text::ROTATE_TURNS.into());
    let mut steps = vec![before];
    steps.extend(match tools.contains(&Program::Openssl) {
        true => certificate::files_first(transport, &commands.scenario.task),
        false => certificate::secret_of(commands, transport),
    });
    steps.extend([
        settings,
        extension::update_settings(commands),
        extension::remove_settings(None),
        extension::verify(commands, kubectl, text::ROTATE_FAILED),
    ]);
    steps
}

#[cfg(test)]
mod tests {
    use crate::plan::{Act, Must, Plan, Step, Var};
    use crate::{Outcome, link};

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
        let last = plan.steps[place(&plan, "removal")].actions.last().map(|action| &action.act);
        assert!(
            matches!(last, Some(Act::Confirm(check)) if matches!(check.must, Must::Include(_))),
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
            let checks =
                plan.steps[1].all_checks().filter_map(|check| check.look()).map(|look| look.into);
            let looks: Vec<Var> = checks.collect();
            assert!(
                looks.contains(&Var("ca_expiry"))
                    && looks.contains(&Var("subject_alternative_name")),
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
            of_user
                .lines()
                .all(|line| !line.contains("MSYS") || line.contains("=/subscriptions/ az ")),
            "a path of the user is one"
        );
    }

    #[test]
    fn a_cluster_that_is_lost_can_be_cleaned_up() {
        let Outcome { plan, .. } = outcome("task=clean-up");
        let is_stop = |step: &Step| {
            step.all_checks().any(|check| {
                check.must == Must::Be("Connected".into())
                    || check.look().is_some_and(|look| look.into == Var("sku"))
            })
        };
        assert!(!plan.steps.iter().any(is_stop));
        assert!(outcome("task=redeploy").plan.steps.iter().any(is_stop));
    }
}
