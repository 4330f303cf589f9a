//! Steps about the certificate: where it comes from, whether it is right, and who trusts it.

use super::checks::*;
use super::names::*;
use super::{
    Act, Action, Check, Command, Condition, File, Must, Note, Origin, Part, Place, Probe, Program,
    Step, Var, Word,
};
use crate::azure::{self, sources};
use crate::choices::{SelectField, TextField, Trust};
use crate::scenario::{Certificate, CertificateFiles, ClusterIp, Install, Slot, Task, Transport};
use crate::text::fields::placeholder;
use crate::text::{explain, steps as text};

/// The programs that a transport needs on the workstation.
#[inline(never)]
pub(super) fn tools(transport: &Transport) -> Vec<Program> {
    match transport {
        Transport::Http => Vec::new(),
        Transport::Https { certificate, trust } => {
            let kubectl = *trust == Trust::LabelledNodes
                || matches!(certificate, Certificate::OwnCertManager | Certificate::Secret { .. });
            let openssl = matches!(
                certificate,
                Certificate::Files(_) | Certificate::Secret { files: Some(_), .. }
            );
            let mut tools = Vec::new();
            tools.extend(kubectl.then_some(Program::Kubectl));
            tools.extend(openssl.then_some(Program::Openssl));
            tools
        }
    }
}

/// The files of a transport whose certificate comes from files.
#[inline(never)]
fn files(transport: &Transport) -> Option<&CertificateFiles> {
    match transport {
        Transport::Https {
            certificate: Certificate::Files(files) | Certificate::Secret { files: Some(files), .. },
            ..
        } => Some(files),
        _ => None,
    }
}

/// The files are made, if that was chosen, and checked: before anything else is changed.
#[inline(never)]
pub(super) fn files_first(transport: &Transport, task: &Task) -> Option<Step> {
    files(transport).map(|files| files_step(files, task))
}

/// What must be in the cluster before the extension, for the certificate.
#[inline(never)]
pub(super) fn before_extension(commands: &Commands, transport: &Transport) -> Vec<Step> {
    let Transport::Https { certificate, trust } = transport else { return Vec::new() };
    let mut steps = match certificate {
        Certificate::InstalledCertManager | Certificate::Files(_) => Vec::new(),
        Certificate::OwnCertManager => vec![cert_manager(commands)],
        Certificate::Secret { files: None, .. } => vec![secret_exists(commands)],
        Certificate::Secret { files: Some(_), .. } => vec![namespace(commands), secret(commands)],
    };
    if *trust == Trust::LabelledNodes {
        steps.push(labels(commands));
    }
    steps
}

/// The secret of a transport that has one is there; for an extension that is there.
#[inline(never)]
pub(super) fn secret_of(commands: &Commands, transport: &Transport) -> Option<Step> {
    matches!(transport, Transport::Https { certificate: Certificate::Secret { .. }, .. })
        .then(|| secret_exists(commands))
}

/// Where the extension brings a cert-manager, and the cluster has one.
#[inline(never)]
pub(super) fn look_for_cert_manager(commands: &Commands, transport: &Transport, before: &mut Step) {
    if !matches!(transport, Transport::Https { certificate: Certificate::InstalledCertManager, .. })
    {
        return;
    }
    let look_for = definitions(commands).with("--request-timeout", "10s", explain::REQUEST_TIMEOUT);
    before.checks.push(look_if_possible(text::CERT_MANAGER_LOOK.into(), CERT_MANAGER, look_for));
    let is_there = Condition::Present { from: CERT_MANAGER, name: CERT_MANAGER_DEFINITION.into() };
    before.asks.push(ask(
        Some(Condition::All(vec![extension_absent(), kubectl_points(commands), is_there])),
        text::CERT_MANAGER_ASK,
    ));
}

/// Waits until what was deployed before is gone. The end of the removal takes the namespace with
/// it, by what the troubleshooting page says; then the TLS secret is gone as well.
#[inline(never)]
pub(super) fn wait_for_removal(commands: &Commands, transport: &Transport) -> Step {
    let wait = |timeout: &'static str| {
        let command = commands.kubectl(&["wait", "namespace/connected-registry"]).with(
            "--for",
            "delete",
            explain::WAIT_GONE,
        );
        Act::Show(command.with("--timeout", timeout, explain::WAIT_TIMEOUT))
    };
    let phase = |title: &'static str, must| {
        Act::Confirm(check(
            title,
            look(NAMESPACE_PHASE, namespace_phase(commands)),
            must,
            text::REMOVAL_TAKES_LONG,
        ))
        .into()
    };
    let mut actions = vec![
        // It may begin a little later than az says.
        Action { only_if: Some(extension_present()), act: wait("2m") },
        phase(text::NAMESPACE_LOOK, Must::Answer),
        Action { only_if: Some(is_terminating()), act: wait("15m") },
        phase(text::NAMESPACE_STAYS, Must::Hold(Condition::Not(Box::new(is_terminating())))),
    ];
    if let Transport::Https { certificate: Certificate::Secret { files, .. }, .. } = transport {
        let check = match files {
            Some(_) => {
                check(text::SECRETS_LOOK, secrets(commands), Must::Answer, text::KUBECTL_FAILED)
            }
            None => check(
                text::SECRET_EXISTS_TITLE,
                secrets(commands),
                Must::Include(prefixed("secret/", TLS_SECRET)),
                text::SECRET_IS_GONE,
            ),
        };
        actions.push(Act::Confirm(check).into());
    }
    step("removal", text::REMOVAL_TITLE, text::REMOVAL_WHY)
        .doing(actions)
        .expects(text::REMOVAL_EXPECT)
        .takes(text::UPDATE_TAKES)
        .noting(vec![note(text::REMOVAL_NOTE, sources::TROUBLESHOOTING)])
}

/// What is left to do on the nodes, after the extension.
#[inline(never)]
pub(super) fn on_nodes(commands: &Commands, install: &Install) -> Vec<Step> {
    match &install.transport {
        Transport::Http => vec![insecure_registry(&install.ip)],
        Transport::Https { certificate, trust: Trust::Own } => {
            vec![own_trust(commands, &install.ip, certificate)]
        }
        Transport::Https { .. } => Vec::new(),
    }
}

/// A cert-manager of any distribution brings this definition.
const CERT_MANAGER_DEFINITION: &str =
    "customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io";

#[inline(never)]
fn definitions(commands: &Commands) -> Command {
    commands.kubectl(&["get", "customresourcedefinitions"]).with(
        "--output",
        "name",
        explain::KUBE_OUTPUT,
    )
}

#[inline(never)]
fn cert_manager(commands: &Commands) -> Step {
    let is_there = check(
        text::CERT_MANAGER_TITLE,
        look(CERT_MANAGER, definitions(commands)),
        Must::Include(CERT_MANAGER_DEFINITION.into()),
        text::CERT_MANAGER_MISSING,
    );
    let of_microsoft = commands
        .on_extensions(&["k8s-extension", "create"])
        .with("--name", "azure-cert-management", explain::EXTENSION_NAME)
        .with("--extension-type", "microsoft.certmanagement", explain::CERT_MANAGER_TYPE);
    step("cert-manager", text::CERT_MANAGER_STEP, text::CERT_MANAGER_WHY)
        .checking(vec![mended_by(is_there, of_microsoft)])
        .noting(vec![note(text::CERT_MANAGER_NOTE, sources::MANAGED_IDENTITY)])
}

#[inline(never)]
fn x509() -> Command {
    openssl(&["x509"])
        .with_from(TextField::Certificate, "-in", TLS_CERTIFICATE, explain::CERTIFICATE_FILE)
        .flag("-noout", explain::NOOUT)
}

/// That the certificate is right: not expired, of the key, for the service IP; and that the
/// authority's can be read.
#[inline(never)]
fn certificate_checks(files: &CertificateFiles) -> Vec<Check> {
    let key = openssl(&["pkey"])
        .with_from(TextField::PrivateKey, "-in", TLS_KEY, explain::KEY_FILE)
        // Without it openssl would ask for the passphrase, and the extension could not.
        .with("-passin", "pass:", explain::PASSIN)
        .flag("-pubout", explain::PUBOUT);
    let matches = Word(vec![
        Part::Literal("IP ".into()),
        Part::Variable(SERVICE_IP),
        Part::Literal(" does match certificate".into()),
    ]);
    let mut checks = vec![
        check(
            text::EXPIRY_TITLE,
            look(EXPIRY, x509().with("-checkend", "86400", explain::CHECKEND)),
            Must::Answer,
            text::EXPIRED,
        ),
        check(
            text::PUBLIC_KEY_TITLE,
            look(CERTIFICATE_PUBLIC_KEY, x509().flag("-pubkey", explain::PUBKEY)),
            Must::BeGiven,
            text::CERTIFICATE_UNREADABLE,
        ),
        check(
            text::KEY_TITLE,
            look(KEY_PUBLIC_KEY, key),
            Must::BeSameAs(CERTIFICATE_PUBLIC_KEY),
            text::KEY_OTHER,
        ),
        check(
            text::SAN_TITLE,
            look(SAN, x509().with_from(TextField::Ip, "-checkip", SERVICE_IP, explain::CHECKIP)),
            Must::Be(matches),
            text::SAN_MISSING,
        ),
    ];
    if files.ca.is_some() {
        let ca = openssl(&["x509"])
            .with_from(TextField::CaCertificate, "-in", TLS_CA, explain::CA_FILE)
            .flag("-noout", explain::NOOUT)
            .with("-checkend", "86400", explain::CHECKEND);
        checks.push(check(text::CA_TITLE, look(CA_EXPIRY, ca), Must::Answer, text::CA_EXPIRED));
    }
    checks
}

#[inline(never)]
fn files_step(files: &CertificateFiles, task: &Task) -> Step {
    // An extension that is there has its certificate: nothing is made for it.
    if !files.self_signed || matches!(task, Task::Rotate { .. }) {
        let mut checks = certificate_checks(files);
        let mut asks = Vec::new();
        if files.ca.is_some() {
            let verify = openssl(&["verify"])
                .with_from(TextField::CaCertificate, "-trusted", TLS_CA, explain::TRUSTED)
                .flag("-partial_chain", explain::PARTIAL_CHAIN)
                .with_from(
                    TextField::Certificate,
                    "-untrusted",
                    TLS_CERTIFICATE,
                    explain::UNTRUSTED,
                )
                .positional_from(
                    TextField::Certificate,
                    TLS_CERTIFICATE,
                    explain::CERTIFICATE_FILE,
                );
            checks.push(look_if_possible(text::VERIFIED_LOOK.into(), VERIFIED, verify));
            let mut conditions = vec![Condition::IsNot {
                answer: VERIFIED,
                value: Word(vec![Part::Variable(TLS_CERTIFICATE), Part::Literal(": OK".into())]),
            }];
            if matches!(task, Task::Deploy(_)) {
                conditions.push(extension_absent());
            }
            asks.push(ask(Some(Condition::All(conditions)), text::NOT_VERIFIED_ASK));
        }
        return step("certificate", text::CERTIFICATE_TITLE, text::CERTIFICATE_WHY)
            .checking(checks)
            .asking(asks)
            .noting(vec![note(text::CA_NOTE, sources::TUTORIAL)]);
    }
    let make = openssl(&["req"])
        .flag("-x509", explain::X509)
        .with("-newkey", "rsa:4096", explain::NEWKEY)
        .flag("-nodes", explain::NODES)
        .flag("-sha256", explain::SHA256)
        .with("-days", "365", explain::DAYS)
        .with("-subj", "/CN=connected-registry", explain::SUBJ)
        .with_from(
            TextField::Ip,
            "-addext",
            prefixed("subjectAltName=IP:", SERVICE_IP),
            explain::ADDEXT,
        )
        .with_from(TextField::PrivateKey, "-keyout", TLS_KEY, explain::KEY_FILE)
        .with_from(TextField::Certificate, "-out", TLS_CERTIFICATE, explain::CERTIFICATE_FILE);
    // Made only where neither is there: the one must not be made anew for the other.
    let neither = Condition::All(vec![
        Condition::FileAbsent(TLS_CERTIFICATE.into()),
        Condition::FileAbsent(TLS_KEY.into()),
    ]);
    let mut actions = vec![Action { only_if: Some(neither), act: Act::Run(make.privately()) }];
    actions.extend(certificate_checks(files).into_iter().map(|check| Act::Confirm(check).into()));
    step("certificate", text::SELF_SIGNED_TITLE, text::SELF_SIGNED_WHY)
        .doing(actions)
        .expects(text::SELF_SIGNED_EXPECT)
        .warning(vec![text::SELF_SIGNED_WARNING.into()])
        .noting(vec![note(text::SELF_SIGNED_NOTE, sources::OPENSSL)])
}

#[inline(never)]
fn namespace(commands: &Commands) -> Step {
    step("namespace", text::NAMESPACE_TITLE, text::NAMESPACE_WHY)
        .only_if(only_if(
            Condition::Is { answer: NAMESPACE_PHASE, value: "".into() },
            text::NAMESPACE_ONLY_IF,
            text::NAMESPACE_OTHERWISE,
        ))
        .doing(vec![Act::Run(commands.kubectl(&["create", "namespace", azure::NAMESPACE])).into()])
        .expects(text::NAMESPACE_EXPECT)
}

#[inline(never)]
fn secrets(commands: &Commands) -> Probe {
    look(
        SECRETS,
        commands.in_namespace(&["get", "secrets"]).with("--output", "name", explain::KUBE_OUTPUT),
    )
}

#[inline(never)]
fn secret_exists(commands: &Commands) -> Step {
    let show = |output: &'static str| {
        let get = commands.in_namespace(&["get", "secret"]).positional_from(
            TextField::Secret,
            TLS_SECRET,
            explain::SECRET_NAME,
        );
        get.with("--output", output, explain::KUBE_OUTPUT)
    };
    let is_right = Condition::All(vec![
        Condition::Is { answer: SECRET_TYPE, value: "kubernetes.io/tls".into() },
        Condition::IsNot { answer: SECRET_CA, value: "".into() },
    ]);
    step("secret", text::SECRET_CHECK_TITLE, text::SECRET_WHY)
        .checking(vec![
            check(
                text::SECRET_EXISTS_TITLE,
                secrets(commands),
                Must::Include(prefixed("secret/", TLS_SECRET)),
                text::SECRET_DOES_NOT_EXIST,
            ),
            look_if_possible(text::SECRET_TYPE_LOOK.into(), SECRET_TYPE, show("jsonpath={.type}")),
            look_if_possible(
                text::SECRET_CA_LOOK.into(),
                SECRET_CA,
                show("jsonpath={.data.ca\\.crt}"),
            ),
        ])
        .asking(vec![ask(Some(Condition::Not(Box::new(is_right))), text::SECRET_WRONG_ASK)])
        .noting(vec![note(text::SECRET_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn secret(commands: &Commands) -> Step {
    let file =
        |key: &'static str, path: Var| Word(vec![Part::Literal(key.into()), Part::Variable(path)]);
    let create = commands
        .in_namespace(&["create", "secret", "generic"])
        .positional_from(TextField::Secret, TLS_SECRET, explain::SECRET_NAME)
        .with("--type", "kubernetes.io/tls", explain::SECRET_TYPE)
        .with_from(
            TextField::CaCertificate,
            "--from-file",
            file("ca.crt=", TLS_CA),
            explain::FROM_FILE,
        )
        .with_from(
            TextField::Certificate,
            "--from-file",
            file("tls.crt=", TLS_CERTIFICATE),
            explain::FROM_FILE,
        )
        .with_from(
            TextField::PrivateKey,
            "--from-file",
            file("tls.key=", TLS_KEY),
            explain::FROM_FILE,
        );
    let name = || prefixed("secret/", TLS_SECRET);
    let mut secret = step("secret", text::SECRET_TITLE, text::SECRET_WHY);
    // What is there before a redeployment goes with it; it is looked at again then.
    if matches!(commands.scenario.task, Task::Deploy(_)) {
        let is_kept = Condition::All(vec![
            extension_absent(),
            Condition::Present { from: SECRETS, name: name() },
        ]);
        secret = secret
            .checking(vec![check(
                text::SECRETS_LOOK,
                secrets(commands),
                Must::Answer,
                text::KUBECTL_FAILED,
            )])
            .asking(vec![ask(Some(is_kept), text::SECRET_KEPT_ASK)]);
    }
    secret
        .only_if(only_if(
            Condition::Absent { from: SECRETS, name: name() },
            text::SECRET_ONLY_IF,
            text::SECRET_OTHERWISE,
        ))
        .doing(vec![Act::Run(create).into()])
        .expects(text::SECRET_EXPECT)
        .undone_by(
            commands.in_namespace(&["delete", "secret"]).positional_from(
                TextField::Secret,
                TLS_SECRET,
                explain::SECRET_NAME,
            ),
            text::SECRET_UNDO_WARNING,
        )
        .noting(vec![note(text::SECRET_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn labels(commands: &Commands) -> Step {
    let origin = Origin::Field(SelectField::Trust.into());
    let show = commands.kubectl(&["get", "nodes"]).with_from(
        origin,
        "--selector",
        "containerd-configured-by=connected-registry",
        explain::SELECTOR,
    );
    step("labels", text::LABELS_TITLE, text::LABELS_WHY)
        .doing(vec![Act::Show(show).into()])
        .expects(text::LABELS_EXPECT)
        .noting(vec![note(text::LABELS_NOTE, sources::GLOSSARY)])
}

/// The name of the file until it is in its place; nobody else's.
const HOSTS: &str = "connected-registry-hosts.toml";
const NODE_CA: &str = "/etc/containerd/connected-registry-ca.crt";

fn sudo(subcommand: &'static [&'static str]) -> Command {
    Command::new(Program::Sudo, subcommand, sources::CONTAINERD)
}

/// Tells containerd how to talk to a registry: `scheme` with its colon and slashes.
#[inline(never)]
fn containerd(
    id: &'static str,
    title: &'static str,
    why: &'static str,
    host: &Word,
    scheme: &'static str,
    ca: bool,
) -> Step {
    let around = |before: [&'static str; 2], after: &'static str| {
        let mut word = Word(before.map(|text| Part::Literal(text.into())).into());
        word.0.extend(host.0.iter().cloned());
        word.then(Part::Literal(after.into()))
    };
    let mut lines = vec![
        around(["server = \"", scheme], "\""),
        Word::default(),
        around(["[host.\"", scheme], "\"]"),
        Word::literal("  capabilities = [\"pull\", \"resolve\"]"),
    ];
    let mut actions = Vec::new();
    if ca {
        lines.push(Word::literal(format!("  ca = \"{NODE_CA}\"")));
        actions.push(
            Act::Run(
                sudo(&["cp"])
                    .positional("ca.crt", explain::NODE_FILE)
                    .positional(NODE_CA, explain::NODE_PLACE),
            )
            .into(),
        );
    }
    let folder = |after| around(["/etc/containerd/certs.d/", ""], after);
    actions.extend([
        Act::Write(File { path: HOSTS.into(), private: false, lines }).into(),
        Act::Run(sudo(&["mkdir", "-p"]).positional(folder(""), explain::NODE_FOLDER)).into(),
        Act::Run(
            sudo(&["cp"])
                .positional(HOSTS, explain::NODE_FILE)
                .positional(folder("/hosts.toml"), explain::NODE_PLACE),
        )
        .into(),
        Act::Remove(HOSTS.into()).into(),
    ]);
    step(id, title, why)
        .on(Place::Node)
        .doing(actions)
        .expects(text::CONTAINERD_EXPECT)
        .noting(vec![note(text::CONTAINERD_NOTE, sources::CONTAINERD)])
}

#[inline(never)]
fn own_trust(commands: &Commands, ip: &Slot<ClusterIp>, certificate: &Certificate) -> Step {
    let mut step = containerd(
        "own-trust",
        text::OWN_TRUST_TITLE,
        text::OWN_TRUST_WHY,
        &host(ip, None),
        "https://",
        true,
    );
    step.notes.push(match certificate {
        Certificate::Files(files) | Certificate::Secret { files: Some(files), .. } => {
            let ca = files.ca.as_ref().unwrap_or(&files.certificate);
            let path = ca
                .value
                .as_ref()
                .map_or_else(|| placeholder(ca.field), |path| path.as_str().to_owned());
            Note { text: text::own_authority(&path).into(), ..note("", sources::TUTORIAL) }
        }
        Certificate::Secret { files: None, .. } => {
            let get = commands.in_namespace(&["get", "secret"]).positional_from(
                TextField::Secret,
                TLS_SECRET,
                explain::SECRET_NAME,
            );
            note_with(
                text::AUTHORITY_IN_SECRET,
                sources::TUTORIAL,
                get.with("--output", "jsonpath={.data.ca\\.crt}", explain::KUBE_OUTPUT),
            )
        }
        Certificate::InstalledCertManager | Certificate::OwnCertManager => {
            note(text::AUTHORITY_UNKNOWN, sources::TUTORIAL)
        }
    });
    step
}

#[inline(never)]
fn insecure_registry(ip: &Slot<ClusterIp>) -> Step {
    containerd(
        "insecure-registry",
        text::INSECURE_TITLE,
        text::INSECURE_WHY,
        &host(ip, Some(":80")),
        "http://",
        false,
    )
}
