//! Steps about the certificate: where it comes from, whether it is right, and who trusts it.

use super::checks::*;
use super::names::*;
use super::{Act, Action, Check, Command, Condition, File, Must, Origin, Part, Place, Probe, Program, Step, Var, Word};
use crate::azure::{self, sources};
use crate::choices::{SelectField, TextField, Trust};
use crate::scenario::{Certificate, CertificateFiles, Transport};
use crate::text::{explain, steps as text};

/// The programs that a transport needs on the workstation.
#[inline(never)]
pub(super) fn tools(transport: &Transport) -> Vec<Program> {
    match transport {
        Transport::Http => Vec::new(),
        Transport::Https { certificate, trust } => {
            let kubectl = *trust == Trust::LabelledNodes || matches!(certificate, Certificate::OwnCertManager | Certificate::Secret { .. });
            let openssl = matches!(certificate, Certificate::Files(_) | Certificate::Secret { files: Some(_), .. });
            let mut tools = Vec::new();
            tools.extend(kubectl.then_some(Program::Kubectl));
            tools.extend(openssl.then_some(Program::Openssl));
            tools
        }
    }
}

/// The files of a certificate, where there are any.
#[inline(never)]
fn files(transport: &Transport) -> Option<&CertificateFiles> {
    match transport {
        Transport::Https { certificate: Certificate::Files(files) | Certificate::Secret { files: Some(files), .. }, .. } => Some(files),
        _ => None,
    }
}

/// The step about the certificate's files. It comes before anything in Azure is changed: a pair that is made is looked at only then.
#[inline(never)]
pub(super) fn certificate(transport: &Transport) -> Option<Step> {
    files(transport).map(files_step)
}

/// What comes before the extension, in the cluster.
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

/// What is left to do on the nodes, after the extension.
#[inline(never)]
pub(super) fn on_nodes(transport: &Transport) -> Vec<Step> {
    match transport {
        Transport::Http => vec![insecure_registry()],
        Transport::Https { trust: Trust::Own, .. } => vec![own_trust()],
        Transport::Https { .. } => Vec::new(),
    }
}

#[inline(never)]
fn cert_manager(commands: &Commands) -> Step {
    // A cert-manager of any distribution brings this definition.
    let look_for = commands.kubectl(&["get", "customresourcedefinitions"]).with("--output", "name", explain::KUBE_OUTPUT);
    step("cert-manager", text::CERT_MANAGER_STEP, text::CERT_MANAGER_WHY)
        .checking(vec![check(
            text::CERT_MANAGER_TITLE,
            look(CERT_MANAGER, look_for),
            Must::Include("customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io".into()),
            text::CERT_MANAGER_MISSING,
        )])
        .noting(vec![note(text::CERT_MANAGER_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn x509() -> Command {
    openssl(&["x509"]).with_from(TextField::Certificate, "-in", TLS_CERTIFICATE, explain::CERTIFICATE_FILE).flag("-noout", explain::NOOUT)
}

/// That the files can be read, are not about to expire, and belong together. Azure would take them as they are.
#[inline(never)]
fn file_checks(files: &CertificateFiles) -> Vec<Check> {
    let key = openssl(&["pkey"])
        .with_from(TextField::PrivateKey, "-in", TLS_KEY, explain::KEY_FILE)
        // Otherwise it would ask, and wait for an answer.
        .with("-passin", "pass:", explain::PASSIN)
        .flag("-pubout", explain::PUBOUT);
    let expiry = |command: Command| command.with("-checkend", "86400", explain::CHECKEND);
    let mut checks = vec![
        check(text::EXPIRY_TITLE, look(EXPIRY, expiry(x509())), Must::Answer, text::EXPIRED),
        check(text::PUBLIC_KEY_TITLE, look(CERTIFICATE_PUBLIC_KEY, x509().flag("-pubkey", explain::PUBKEY)), Must::BeGiven, text::CERTIFICATE_UNREADABLE),
        check(text::KEY_TITLE, look(KEY_PUBLIC_KEY, key), Must::BeSameAs(CERTIFICATE_PUBLIC_KEY), text::KEY_OTHER),
    ];
    if files.ca.is_some() {
        let ca = openssl(&["x509"]).with_from(TextField::CaCertificate, "-in", TLS_CA, explain::CA_FILE).flag("-noout", explain::NOOUT);
        checks.push(check(text::CA_TITLE, look(CA_EXPIRY, expiry(ca)), Must::Answer, text::CA_EXPIRED));
    }
    checks
}

/// The same, and that the certificate holds for the service IP.
#[inline(never)]
fn certificate_checks(files: &CertificateFiles) -> Vec<Check> {
    let matches = Word(vec![Part::Literal("IP ".into()), Part::Variable(SERVICE_IP), Part::Literal(" does match certificate".into())]);
    let mut checks = file_checks(files);
    checks.push(check(
        text::SAN_TITLE,
        look(SAN, x509().with_from(TextField::Ip, "-checkip", SERVICE_IP, explain::CHECKIP)),
        Must::Be(matches),
        text::SAN_MISSING,
    ));
    checks
}

/// The step about files that go into the protected settings again: they must be there before a password is generated for them.
#[inline(never)]
pub(super) fn certificate_again(transport: &Transport) -> Option<Step> {
    let Transport::Https { certificate: Certificate::Files(files), .. } = transport else { return None };
    Some(
        step("certificate", text::CERTIFICATE_TITLE, text::CERTIFICATE_WHY)
            .checking(file_checks(files))
            .noting(vec![note(text::CERTIFICATE_AGAIN_NOTE, sources::TROUBLESHOOTING)]),
    )
}

#[inline(never)]
fn files_step(files: &CertificateFiles) -> Step {
    if !files.self_signed {
        return step("certificate", text::CERTIFICATE_TITLE, text::CERTIFICATE_WHY)
            .checking(certificate_checks(files))
            .noting(vec![note(text::CA_NOTE, sources::TUTORIAL)]);
    }
    let make = openssl(&["req"])
        .flag("-x509", explain::X509)
        .with("-newkey", "rsa:4096", explain::NEWKEY)
        .flag("-nodes", explain::NODES)
        .flag("-sha256", explain::SHA256)
        .with("-days", "365", explain::DAYS)
        .with("-subj", "/CN=connected-registry", explain::SUBJ)
        .with_from(TextField::Ip, "-addext", prefixed("subjectAltName=IP:", SERVICE_IP), explain::ADDEXT)
        .with_from(TextField::PrivateKey, "-keyout", TLS_KEY, explain::KEY_FILE)
        .with_from(TextField::Certificate, "-out", TLS_CERTIFICATE, explain::CERTIFICATE_FILE);
    // Made only where neither is there: the one must not be made anew for the other.
    let neither = || Condition::All(vec![Condition::FileAbsent(TLS_CERTIFICATE.into()), Condition::FileAbsent(TLS_KEY.into())]);
    let mut actions = vec![Action { only_if: Some(neither()), act: Act::Run(make) }];
    actions.extend(certificate_checks(files).into_iter().map(|check| Act::Confirm(check).into()));
    step("certificate", text::SELF_SIGNED_TITLE, text::SELF_SIGNED_WHY)
        .doing(actions)
        .expects(text::SELF_SIGNED_EXPECT)
        .warning(vec![text::SELF_SIGNED_WARNING.into()])
        .noting(vec![note(text::SELF_SIGNED_NOTE, sources::OPENSSL)])
}

#[inline(never)]
fn namespace(commands: &Commands) -> Step {
    let list = commands.kubectl(&["get", "namespaces"]).with("--output", "name", explain::KUBE_OUTPUT);
    step("namespace", text::NAMESPACE_TITLE, text::NAMESPACE_WHY)
        .checking(vec![check(text::NAMESPACE_LOOK, look(NAMESPACES, list), Must::Answer, text::KUBECTL_FAILED)])
        .only_if(only_if(
            Condition::Absent { from: NAMESPACES, name: "namespace/connected-registry".into() },
            text::NAMESPACE_ONLY_IF,
            text::NAMESPACE_OTHERWISE,
        ))
        .doing(vec![Act::Run(commands.kubectl(&["create", "namespace", azure::NAMESPACE])).into()])
        .expects(text::NAMESPACE_EXPECT)
}

#[inline(never)]
fn secrets(commands: &Commands) -> Probe {
    look(SECRETS, commands.in_namespace(&["get", "secrets"]).with("--output", "name", explain::KUBE_OUTPUT))
}

#[inline(never)]
fn secret_exists(commands: &Commands) -> Step {
    step("secret", text::SECRET_CHECK_TITLE, text::SECRET_WHY)
        .checking(vec![check(text::SECRET_EXISTS_TITLE, secrets(commands), Must::Include(prefixed("secret/", TLS_SECRET)), text::SECRET_DOES_NOT_EXIST)])
        .noting(vec![note(text::SECRET_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn secret(commands: &Commands) -> Step {
    let file = |key: &'static str, path: Var| Word(vec![Part::Literal(key.into()), Part::Variable(path)]);
    let create = commands
        .in_namespace(&["create", "secret", "generic"])
        .positional_from(TextField::Secret, TLS_SECRET, explain::SECRET_NAME)
        .with("--type", "kubernetes.io/tls", explain::SECRET_TYPE)
        .with_from(TextField::CaCertificate, "--from-file", file("ca.crt=", TLS_CA), explain::FROM_FILE)
        .with_from(TextField::Certificate, "--from-file", file("tls.crt=", TLS_CERTIFICATE), explain::FROM_FILE)
        .with_from(TextField::PrivateKey, "--from-file", file("tls.key=", TLS_KEY), explain::FROM_FILE);
    step("secret", text::SECRET_TITLE, text::SECRET_WHY)
        .checking(vec![check(text::SECRETS_LOOK, secrets(commands), Must::Answer, text::KUBECTL_FAILED)])
        .only_if(only_if(Condition::Absent { from: SECRETS, name: prefixed("secret/", TLS_SECRET) }, text::SECRET_ONLY_IF, text::SECRET_OTHERWISE))
        .doing(vec![Act::Run(create).into()])
        .expects(text::SECRET_EXPECT)
        .undone_by(commands.in_namespace(&["delete", "secret"]).positional_from(TextField::Secret, TLS_SECRET, explain::SECRET_NAME), text::SECRET_UNDO_WARNING)
        .noting(vec![note(text::SECRET_NOTE, sources::TUTORIAL)])
}

/// The same step after the extension was removed: its namespace may have gone with it, and the secret in there, so the step looks only then.
#[inline(never)]
pub(super) fn after_removal(mut step: Step) -> Step {
    let condition = step.only_if.take().map(|only_if| only_if.condition);
    let looks: Vec<Action> = step.checks.drain(..).map(|check| Act::Confirm(check).into()).collect();
    if step.actions.is_empty() {
        step.id = "secret-again";
    }
    let acts = step.actions.drain(..).map(|action| Action { only_if: condition.clone(), ..action });
    step.actions = looks.into_iter().chain(acts).collect();
    step.notes.push(note(text::AFTER_REMOVAL_NOTE, sources::TROUBLESHOOTING));
    step
}

#[inline(never)]
fn labels(commands: &Commands) -> Step {
    let origin = Origin::Field(SelectField::Trust.into());
    let show = commands.kubectl(&["get", "nodes"]).with_from(origin, "--selector", "containerd-configured-by=connected-registry", explain::SELECTOR);
    step("labels", text::LABELS_TITLE, text::LABELS_WHY)
        .doing(vec![Act::Show(show).into()])
        .expects(text::LABELS_EXPECT)
        .noting(vec![note(text::LABELS_NOTE, sources::GLOSSARY)])
}

/// The file in which containerd reads how to talk to a registry. `folder` is its name there, `lines` what it says.
#[inline(never)]
fn containerd(id: &'static str, title: &'static str, why: &'static str, host: Word, scheme: &'static str, extra: Option<&'static str>) -> Step {
    let with = |before: &'static str, after: &'static str| {
        let mut word = Word::literal(before);
        word.0.extend(host.0.iter().cloned());
        word.then(Part::Literal(after.into()))
    };
    let server = match scheme {
        "http" => (with("server = \"http://", "\""), with("[host.\"http://", "\"]")),
        _ => (with("server = \"https://", "\""), with("[host.\"https://", "\"]")),
    };
    let mut lines = vec![server.0, Word::default(), server.1, Word::literal("  capabilities = [\"pull\", \"resolve\"]")];
    lines.extend(extra.map(Word::literal));
    step(id, title, why)
        .on(Place::Node)
        .doing(vec![Act::Write(File { path: "hosts.toml".into(), private: false, lines }).into()])
        .expects(text::CONTAINERD_EXPECT)
        .noting(vec![note(text::CONTAINERD_NOTE, sources::CONTAINERD)])
}

#[inline(never)]
fn own_trust() -> Step {
    containerd(
        "own-trust",
        text::OWN_TRUST_TITLE,
        text::OWN_TRUST_WHY,
        SERVICE_IP.into(),
        "https",
        Some("  ca = \"/etc/containerd/connected-registry-ca.crt\""),
    )
}

#[inline(never)]
fn insecure_registry() -> Step {
    let host = Word(vec![Part::Variable(SERVICE_IP), Part::Literal(":80".into())]);
    containerd("insecure-registry", text::INSECURE_TITLE, text::INSECURE_WHY, host, "http", None)
}
