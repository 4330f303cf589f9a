//! Steps about the certificate: its source, its checks, and trust in it.

use super::checks::*;
use super::names::*;
use super::{
    Action, Check, Command, Condition, Expectation, File, Note, Operation, Origin, Part, Place,
    Probe, Program, Step, Var, Word,
};
use crate::azure::{self, sources};
use crate::choices::field_text::placeholder;
use crate::choices::{SelectField, TextField, Trust};
use crate::plan::checks::{NAMESPACE_STAYS, REMOVAL_TAKES_LONG};
use crate::plan::extension::UPDATE_TAKES;
use crate::plan::meanings;
use crate::scenario::{Certificate, CertificateFiles, ClusterIp, Install, Task, Transport, Value};

pub(crate) const KUBECTL_FAILED: &str = "kubectl could not ask the cluster.";
const SECRET_WHY: &str = "The connected registry serves the certificate that is in it.";
const SECRETS_LOOK: &str = "Which secrets the namespace has";
const SECRET_EXISTS_TITLE: &str = "The secret is in the namespace connected-registry";
const SECRET_NOTE: &str = "It must hold ca.crt, tls.crt and tls.key and be of type \
                           kubernetes.io/tls; kubectl create secret tls cannot put ca.crt into it. \
                           The 2024 documents show a fragment that is not JSON where its name \
                           belongs; it is tls.secret in the protected settings. A newer one puts \
                           type under metadata, where it is ignored, and leaves out the namespace.";

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
pub(super) fn query_cert_manager(commands: &Commands, transport: &Transport, before: &mut Step) {
    if !matches!(transport, Transport::Https { certificate: Certificate::InstalledCertManager, .. })
    {
        return;
    }
    let look_for =
        definitions(commands).with("--request-timeout", "10s", meanings::REQUEST_TIMEOUT);
    before.checks.push(query_if_possible(
        "Whether the cluster has a cert-manager (if kubectl points at it)".into(),
        CERT_MANAGER,
        look_for,
    ));
    let is_there = Condition::Present { from: CERT_MANAGER, name: CERT_MANAGER_DEFINITION.into() };
    before.prompts.push(prompt(
        Some(Condition::All(vec![extension_absent(), kubectl_points(commands), is_there])),
        "cert-manager is in the cluster already, perhaps left by an earlier deployment. The one \
         that the extension installs collides with it. If it is to stay, answer no and choose \
         \"Own cert-manager\". Go on all the same?",
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
            meanings::WAIT_GONE,
        );
        Operation::Show(command.with("--timeout", timeout, meanings::WAIT_TIMEOUT))
    };
    let phase = |title: &'static str, expectation| {
        Operation::Confirm(check(
            title,
            query_into(NAMESPACE_PHASE, namespace_phase(commands)),
            expectation,
            REMOVAL_TAKES_LONG,
        ))
        .into()
    };
    let mut actions = vec![
        // It may begin a little later than az says.
        Action { only_if: Some(extension_present()), operation: wait("2m") },
        phase("The state of the namespace connected-registry", Expectation::Answer),
        Action { only_if: Some(is_terminating()), operation: wait("15m") },
        phase(NAMESPACE_STAYS, Expectation::Hold(Condition::Not(Box::new(is_terminating())))),
    ];
    if let Transport::Https { certificate: Certificate::Secret { files, .. }, .. } = transport {
        let check = match files {
            Some(_) => check(SECRETS_LOOK, secrets(commands), Expectation::Answer, KUBECTL_FAILED),
            None => check(
                SECRET_EXISTS_TITLE,
                secrets(commands),
                Expectation::Include(prefixed("secret/", TLS_SECRET)),
                "The TLS secret went with the old deployment. Create the namespace and the secret \
                 again, then run this again.",
            ),
        };
        actions.push(Operation::Confirm(check).into());
    }
    step(
        "removal",
        "Wait until the old deployment is gone",
        "Until then nothing can be made in the namespace connected-registry.",
    )
    .doing(actions)
    .expects(
        "namespace/connected-registry condition met. Where the namespace stays, the first \
                  wait ends with a timeout, which does no harm, and its state is Active. As long \
                  as that is Terminating, do not go on.",
    )
    .takes(UPDATE_TAKES)
    .noting(vec![note(
        "That the namespace goes with the extension follows from the message \
                           \"because it is being terminated\" in the documentation; it was not \
                           tried.",
        sources::TROUBLESHOOTING,
    )])
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
        meanings::KUBE_OUTPUT,
    )
}

#[inline(never)]
fn cert_manager(commands: &Commands) -> Step {
    let is_there = check(
        "cert-manager is in the cluster",
        query_into(CERT_MANAGER, definitions(commands)),
        Expectation::Include(CERT_MANAGER_DEFINITION.into()),
        "cert-manager was not found in the cluster (no certificates.cert-manager.io). Without it \
         the pod stays Pending. Install it, for instance with the command below, or choose \
         \"Secure by default\", where the extension brings one.",
    );
    let of_microsoft = commands
        .on_extensions(&["k8s-extension", "create"])
        .with("--name", "azure-cert-management", meanings::EXTENSION_NAME)
        .with("--extension-type", "microsoft.certmanagement", meanings::CERT_MANAGER_TYPE);
    step(
        "cert-manager",
        "Check that cert-manager is there",
        "The extension asks it for the certificate. Nothing is changed.",
    )
    .checking(vec![mended_by(is_there, of_microsoft)])
    .noting(vec![note(
        "For new deployments Microsoft recommends its own Arc extension, \
                           microsoft.certmanagement; by the documentation of the preview, not \
                           tried.",
        sources::MANAGED_IDENTITY,
    )])
}

#[inline(never)]
fn x509() -> Command {
    openssl(&["x509"])
        .with_from(TextField::Certificate, "-in", TLS_CERTIFICATE, meanings::CERTIFICATE_FILE)
        .flag("-noout", meanings::NOOUT)
}

/// That the certificate is right: not expired, of the key, for the service IP; and that the
/// authority's can be read.
#[inline(never)]
fn certificate_checks(files: &CertificateFiles) -> Vec<Check> {
    let key = openssl(&["pkey"])
        .with_from(TextField::PrivateKey, "-in", TLS_KEY, meanings::KEY_FILE)
        // Without it openssl would ask for the passphrase, and the extension could not.
        .with("-passin", "pass:", meanings::PASSIN)
        .flag("-pubout", meanings::PUBOUT);
    let matches = Word(vec![
        Part::Literal("IP ".into()),
        Part::Variable(SERVICE_IP),
        Part::Literal(" does match certificate".into()),
    ]);
    let mut checks = vec![
        check(
            "The certificate can be read, and does not expire within a day",
            query_into(EXPIRY, x509().with("-checkend", "86400", meanings::CHECKEND)),
            Expectation::Answer,
            "The certificate cannot be read as PEM, or it expires within a day.",
        ),
        check(
            "The certificate has a public key",
            query_into(CERTIFICATE_PUBLIC_KEY, x509().flag("-pubkey", meanings::PUBKEY)),
            Expectation::BeGiven,
            "The certificate cannot be read.",
        ),
        check(
            "The private key belongs to the certificate",
            query_into(KEY_PUBLIC_KEY, key),
            Expectation::BeSameAs(CERTIFICATE_PUBLIC_KEY),
            "The private key does not belong to the certificate, has a passphrase, or cannot be \
             read as PEM.",
        ),
        check(
            "The certificate holds for the service IP",
            query_into(
                SAN,
                x509().with_from(TextField::Ip, "-checkip", SERVICE_IP, meanings::CHECKIP),
            ),
            Expectation::Be(matches),
            "The certificate does not name the service IP: its subjectAltName must hold it as \
             IP:ADDRESS, or clients refuse it. (Where openssl does not know -checkip, as LibreSSL \
             may not: use OpenSSL.)",
        ),
    ];
    if files.ca.is_some() {
        let ca = openssl(&["x509"])
            .with_from(TextField::CaCertificate, "-in", TLS_CA, meanings::CA_FILE)
            .flag("-noout", meanings::NOOUT)
            .with("-checkend", "86400", meanings::CHECKEND);
        checks.push(check(
            "The authority's certificate can be read, and does not expire within a day",
            query_into(CA_EXPIRY, ca),
            Expectation::Answer,
            "The authority's certificate cannot be read as PEM, or it expires within a day.",
        ));
    }
    checks
}

#[inline(never)]
fn files_step(files: &CertificateFiles, task: &Task) -> Step {
    // An extension that is there has its certificate: nothing is made for it.
    if !files.self_signed || matches!(task, Task::Rotate { .. }) {
        let mut checks = certificate_checks(files);
        let mut prompts = Vec::new();
        if files.ca.is_some() {
            let verify = openssl(&["verify"])
                .with_from(TextField::CaCertificate, "-trusted", TLS_CA, meanings::TRUSTED)
                .flag("-partial_chain", meanings::PARTIAL_CHAIN)
                .with_from(
                    TextField::Certificate,
                    "-untrusted",
                    TLS_CERTIFICATE,
                    meanings::UNTRUSTED,
                )
                .positional_from(
                    TextField::Certificate,
                    TLS_CERTIFICATE,
                    meanings::CERTIFICATE_FILE,
                );
            checks.push(query_if_possible(
                "Whether that authority signed the certificate".into(),
                VERIFIED,
                verify,
            ));
            let mut conditions = vec![Condition::IsNot {
                answer: VERIFIED,
                value: Word(vec![Part::Variable(TLS_CERTIFICATE), Part::Literal(": OK".into())]),
            }];
            if matches!(task, Task::Deploy(_)) {
                conditions.push(extension_absent());
            }
            prompts.push(prompt(Some(Condition::All(conditions)), "openssl could not confirm that the authority signed the certificate. If it did not, no client trusts it. Go on all the same?"));
        }
        return step(
            "certificate",
            "Check the certificate",
            "A wrong certificate is found before anything is deployed with it. Nothing is changed.",
        )
        .checking(checks)
        .prompting(prompts)
        .noting(vec![note(
            "tls.cacrt is the certificate of the authority that signed. Where \
                               none is given, the certificate itself stands there, which is right \
                               only if it is self-signed.",
            sources::TUTORIAL,
        )]);
    }
    let make = openssl(&["req"])
        .flag("-x509", meanings::X509)
        .with("-newkey", "rsa:4096", meanings::NEWKEY)
        .flag("-nodes", meanings::NODES)
        .flag("-sha256", meanings::SHA256)
        .with("-days", "365", meanings::DAYS)
        .with("-subj", "/CN=connected-registry", meanings::SUBJ)
        .with_from(
            TextField::Ip,
            "-addext",
            prefixed("subjectAltName=IP:", SERVICE_IP),
            meanings::ADDEXT,
        )
        .with_from(TextField::PrivateKey, "-keyout", TLS_KEY, meanings::KEY_FILE)
        .with_from(TextField::Certificate, "-out", TLS_CERTIFICATE, meanings::CERTIFICATE_FILE);
    // Made only where neither is there: the one must not be made anew for the other.
    let neither = Condition::All(vec![
        Condition::FileAbsent(TLS_CERTIFICATE.into()),
        Condition::FileAbsent(TLS_KEY.into()),
    ]);
    let mut actions =
        vec![Action { only_if: Some(neither), operation: Operation::Run(make.privately()) }];
    actions.extend(
        certificate_checks(files).into_iter().map(|check| Operation::Confirm(check).into()),
    );
    step(
        "certificate",
        "Make a self-signed certificate",
        "On this machine, for the service IP, \
                                                           valid for a year; only where neither \
                                                           file exists, in folders that exist. It \
                                                           is then checked like any other.",
    )
    .doing(actions)
    .expects(
        "Two files, the certificate and its private key. The last line says that the IP \
                  does match.",
    )
    .warning(vec![
        "Keep the private key, and keep it private: renewing the certificate is up \
                       to you."
            .into(),
    ])
    .noting(vec![note(
        "Two -addext subjectAltName, as one document has them, fail with \
                           \"Duplicate extension\"; one with commas is right.",
        sources::OPENSSL,
    )])
}

#[inline(never)]
fn namespace(commands: &Commands) -> Step {
    step("namespace", "Create the namespace", "The secret must be there before the extension is.")
        .only_if(only_if(
            Condition::Is { answer: NAMESPACE_PHASE, value: "".into() },
            "the cluster has no namespace connected-registry.",
            "The namespace exists.",
        ))
        .doing(vec![
            Operation::Run(commands.kubectl(&["create", "namespace", azure::NAMESPACE])).into(),
        ])
        .expects("namespace/connected-registry created")
}

#[inline(never)]
fn secrets(commands: &Commands) -> Probe {
    query_into(
        SECRETS,
        commands.in_namespace(&["get", "secrets"]).with("--output", "name", meanings::KUBE_OUTPUT),
    )
}

#[inline(never)]
fn secret_exists(commands: &Commands) -> Step {
    let show = |output: &'static str| {
        let get = commands.in_namespace(&["get", "secret"]).positional_from(
            TextField::Secret,
            TLS_SECRET,
            meanings::SECRET_NAME,
        );
        get.with("--output", output, meanings::KUBE_OUTPUT)
    };
    let is_right = Condition::All(vec![
        Condition::Is { answer: SECRET_TYPE, value: "kubernetes.io/tls".into() },
        Condition::IsNot { answer: SECRET_CA, value: "".into() },
    ]);
    step("secret", "Check that the TLS secret is there", SECRET_WHY)
        .checking(vec![
            check(
                SECRET_EXISTS_TITLE,
                secrets(commands),
                Expectation::Include(prefixed("secret/", TLS_SECRET)),
                "The namespace connected-registry has no secret of this name.",
            ),
            query_if_possible("Its type".into(), SECRET_TYPE, show("jsonpath={.type}")),
            query_if_possible(
                "Its ca.crt".into(),
                SECRET_CA,
                show("jsonpath={.data.ca\\.crt}"),
            ),
        ])
        .prompting(vec![prompt(Some(Condition::Not(Box::new(is_right))), "The TLS secret is not as documented: of type kubernetes.io/tls, with a ca.crt. Go on all the same?")])
        .noting(vec![note(SECRET_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn secret(commands: &Commands) -> Step {
    let file =
        |key: &'static str, path: Var| Word(vec![Part::Literal(key.into()), Part::Variable(path)]);
    let create = commands
        .in_namespace(&["create", "secret", "generic"])
        .positional_from(TextField::Secret, TLS_SECRET, meanings::SECRET_NAME)
        .with("--type", "kubernetes.io/tls", meanings::SECRET_TYPE)
        .with_from(
            TextField::CaCertificate,
            "--from-file",
            file("ca.crt=", TLS_CA),
            meanings::FROM_FILE,
        )
        .with_from(
            TextField::Certificate,
            "--from-file",
            file("tls.crt=", TLS_CERTIFICATE),
            meanings::FROM_FILE,
        )
        .with_from(
            TextField::PrivateKey,
            "--from-file",
            file("tls.key=", TLS_KEY),
            meanings::FROM_FILE,
        );
    let name = || prefixed("secret/", TLS_SECRET);
    let mut secret = step("secret", "Create the TLS secret", SECRET_WHY);
    // What is there before a redeployment goes with it; it is looked at again then.
    if matches!(commands.scenario.task, Task::Deploy(_)) {
        let is_kept = Condition::All(vec![
            extension_absent(),
            Condition::Present { from: SECRETS, name: name() },
        ]);
        secret = secret
            .checking(vec![check(
                SECRETS_LOOK,
                secrets(commands),
                Expectation::Answer,
                KUBECTL_FAILED,
            )])
            .prompting(vec![prompt(
                Some(is_kept),
                "The TLS secret exists and is kept; the files given \
                                             here are not put into it. Go on?",
            )]);
    }
    secret
        .only_if(only_if(
            Condition::Absent { from: SECRETS, name: name() },
            "the namespace has no secret of this name.",
            "The secret exists; it is not altered, and the files given here are not put into it.",
        ))
        .doing(vec![Operation::Run(create).into()])
        .expects("secret/NAME created")
        .undone_by(
            commands.in_namespace(&["delete", "secret"]).positional_from(
                TextField::Secret,
                TLS_SECRET,
                meanings::SECRET_NAME,
            ),
            "An extension that uses the secret cannot serve HTTPS without it once it restarts.",
        )
        .noting(vec![note(SECRET_NOTE, sources::TUTORIAL)])
}

#[inline(never)]
fn labels(commands: &Commands) -> Step {
    let origin = Origin::Field(SelectField::Trust.into());
    let show = commands.kubectl(&["get", "nodes"]).with_from(
        origin,
        "--selector",
        "containerd-configured-by=connected-registry",
        meanings::SELECTOR,
    );
    step(
        "labels",
        "See which nodes have the label",
        "Only nodes with the label \
                                                      containerd-configured-by=connected-registry \
                                                      are made to trust the connected registry. \
                                                      Labelling them is up to you.",
    )
    .doing(vec![Operation::Show(show).into()])
    .expects(
        "The nodes with the label. Label one with: kubectl label node/NAME \
                  containerd-configured-by=connected-registry",
    )
    .noting(vec![note(
        "The 2024 documents have trustDistribution.skipNodeSelector, with the \
                           opposite meaning; the later ones useNodeSelector.",
        sources::GLOSSARY,
    )])
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
            Operation::Run(
                sudo(&["cp"])
                    .positional("ca.crt", meanings::NODE_FILE)
                    .positional(NODE_CA, meanings::NODE_PLACE),
            )
            .into(),
        );
    }
    let folder = |after| around(["/etc/containerd/certs.d/", ""], after);
    actions.extend([
        Operation::Write(File { path: HOSTS.into(), private: false, lines }).into(),
        Operation::Run(sudo(&["mkdir", "-p"]).positional(folder(""), meanings::NODE_FOLDER)).into(),
        Operation::Run(
            sudo(&["cp"])
                .positional(HOSTS, meanings::NODE_FILE)
                .positional(folder("/hosts.toml"), meanings::NODE_PLACE),
        )
        .into(),
        Operation::Remove(HOSTS.into()).into(),
    ]);
    step(id, title, why)
        .on(Place::Node)
        .doing(actions)
        .expects(
            "The next pull uses it. Where config_path had to be set first, containerd must be \
                  restarted.",
        )
        .noting(vec![note(
            "containerd must be told to look there: config_path = \
                           \"/etc/containerd/certs.d\" in the registry part of its configuration; \
                           k3s and others have a place of their own. This is from containerd's \
                           documentation and was not tried with the connected registry.",
            sources::CONTAINERD,
        )])
}

#[inline(never)]
fn own_trust(commands: &Commands, ip: &Value<ClusterIp>, certificate: &Certificate) -> Step {
    let mut step = containerd(
        "own-trust",
        "Make each node trust the certificate",
        "On every node, by hand or by your own tools; with containerd like this. It needs the \
         authority's certificate there as ca.crt, in the current folder.",
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
            Note { text: own_authority(&path).into(), ..note("", sources::TUTORIAL) }
        }
        Certificate::Secret { files: None, .. } => {
            let get = commands.in_namespace(&["get", "secret"]).positional_from(
                TextField::Secret,
                TLS_SECRET,
                meanings::SECRET_NAME,
            );
            note_with(
                "The authority's certificate is in the TLS secret, as base64; decode it with \
                 base64 -d and copy it to the node as ca.crt:",
                sources::TUTORIAL,
                get.with("--output", "jsonpath={.data.ca\\.crt}", meanings::KUBE_OUTPUT),
            )
        }
        Certificate::InstalledCertManager | Certificate::OwnCertManager => note(
            "Where the authority's certificate is to be found that cert-manager uses for \
                  this, no document says.",
            sources::TUTORIAL,
        ),
    });
    step
}

#[inline(never)]
fn insecure_registry(ip: &Value<ClusterIp>) -> Step {
    containerd(
        "insecure-registry",
        "Allow plain HTTP on each node",
        "On every node; otherwise pulls fail with \"server gave HTTP response to HTTPS client\". \
         With containerd like this.",
        &host(ip, Some(":80")),
        "http://",
        false,
    )
}

fn own_authority(path: &str) -> String {
    format!("The authority's certificate is {path} on this machine. Copy it to the node as ca.crt.")
}
