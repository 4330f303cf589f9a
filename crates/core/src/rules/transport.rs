//! Rules about the certificate, trust, and HTTP.

use super::{Hit, Rule, Severity, parse_errors};
use crate::azure::sources;
use crate::choices::{SelectField, TextField, Trust};
use crate::scenario::{
    Certificate, CertificateFiles, FilePath, KubernetesName, Scenario, Transport,
};

pub(crate) const KUBERNETES_NAME: &str =
    "Give a name of lower-case letters, digits, - and ., with a letter or digit at both ends.";
pub(crate) const KUBERNETES_NAME_WHY: &str = "Kubernetes knows no other names.";
const HTTP_TEXT: &str = "Not secure: for development only. Every node needs an exception for the \
                         address, and the mode is not verified on the Arc extension.";

fn certificate(scenario: &Scenario) -> Option<&Certificate> {
    match scenario.transport() {
        Some(Transport::Https { certificate, .. }) => Some(certificate),
        _ => None,
    }
}

pub(super) fn files(scenario: &Scenario) -> Option<&CertificateFiles> {
    match certificate(scenario)? {
        Certificate::Files(files) | Certificate::Secret { files: Some(files), .. } => Some(files),
        _ => None,
    }
}

pub(super) static SECRET_NAME: Rule = Rule {
    id: "secret-name",
    severity: Severity::Error,
    why: KUBERNETES_NAME_WHY,
    source: sources::KUBERNETES_NAMES,
    violating: "#tls=secret&secret=Edge_TLS",
    clean: "#tls=secret&secret=edge-tls",
    in_output: false,
    check: |choices, scenario| match certificate(scenario) {
        Some(Certificate::Secret { .. }) => {
            parse_errors(choices, TextField::Secret, KubernetesName::parse, |_| {
                KUBERNETES_NAME.into()
            })
        }
        _ => Vec::new(),
    },
};

pub(super) static FILE_PATH: Rule = Rule {
    id: "file-path",
    severity: Severity::Error,
    why: "The path stands quoted in the commands, where no shell expands ~ or variables; kubectl \
          reads = and , in its own way.",
    source: sources::TUTORIAL,
    violating: "#tls=byoc&crt=~/tls.crt",
    clean: "#tls=byoc&crt=certs/tls.crt",
    in_output: false,
    check: |choices, scenario| {
        let fields: &[TextField] = match files(scenario) {
            Some(_) => &[TextField::Certificate, TextField::PrivateKey, TextField::CaCertificate],
            None => &[],
        };
        fields
            .iter()
            .flat_map(|field| parse_errors(choices, *field, FilePath::parse, |_| "Give the path of a file in full, or from the folder you run the commands in; without ~, quotes, $, commas, = and wildcards.".into()))
            .collect()
    },
};

pub(super) static NO_CA: Rule = Rule {
    id: "no-ca-certificate",
    severity: Severity::Info,
    why: "The nodes are made to trust what stands there.",
    source: sources::TUTORIAL,
    violating: "#tls=byoc&crt=tls.crt&key=tls.key",
    clean: "#tls=byoc&crt=tls.crt&key=tls.key&ca=ca.crt",
    in_output: true,
    check: |_, scenario| match files(scenario) {
        Some(files)
            if files.ca.is_none() && !files.self_signed && files.certificate.value.is_some() =>
        {
            vec![Hit::at(
                TextField::CaCertificate,
                "Without a CA certificate the certificate itself stands in its place. That is \
                 right only if it is self-signed.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static CERTIFICATE_NEEDS_IP: Rule = Rule {
    id: "certificate-needs-ip",
    severity: Severity::Info,
    why: "Clients pull from that address and refuse a certificate that does not name it.",
    source: sources::TUTORIAL,
    violating: "#tls=byoc",
    clean: "#tls=byoc&self-signed=yes",
    in_output: true,
    check: |_, scenario| match (files(scenario), certificate(scenario)) {
        (Some(files), _) if !files.self_signed => {
            vec![Hit::at(
                TextField::Certificate,
                "Its subjectAltName must hold the service IP, as IP:ADDRESS. The script checks \
                 that, its date and its key before it changes anything.",
            )]
        }
        (None, Some(Certificate::Secret { .. })) => {
            vec![Hit::at(
                TextField::Secret,
                "The subjectAltName of its certificate must hold the service IP, as IP:ADDRESS. \
                 The script does not look into the secret for that.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static TRUST_REJECTED_WITH_CERT_MANAGER: Rule = Rule {
    id: "trust-rejected-with-cert-manager",
    severity: Severity::Warning,
    why: "Pulls fail with an unknown authority until the nodes trust it.",
    source: sources::TUTORIAL,
    violating: "#trust=own",
    clean: "#tls=secret&trust=own",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Https {
            certificate: Certificate::InstalledCertManager | Certificate::OwnCertManager,
            trust: Trust::Own,
        }) => {
            vec![Hit::at(
                SelectField::Trust,
                "Nobody makes the nodes trust the certificate that cert-manager makes: distribute \
                 its authority yourself, or let the extension do it.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static LABELLED_NODES: Rule = Rule {
    id: "labelled-nodes",
    severity: Severity::Info,
    why: "Nodes without the label are left alone, and pulls on them fail.",
    source: sources::GLOSSARY,
    violating: "#trust=labelled-nodes",
    clean: "#trust=nodes",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Https { trust: Trust::LabelledNodes, .. }) => {
            vec![Hit::at(
                SelectField::Trust,
                "Label the nodes: kubectl label node/NAME \
                 containerd-configured-by=connected-registry",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static HTTP: Rule = Rule {
    id: "http",
    severity: Severity::Warning,
    why: "Images and passwords cross the network unencrypted. The newest documentation no longer \
          mentions HTTP.",
    source: sources::HTTP,
    violating: "#tls=http",
    clean: "#tls=byoc",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Http) => vec![Hit::at(SelectField::Tls, HTTP_TEXT)],
        _ => Vec::new(),
    },
};

pub(super) static TRUST_WITHOUT_TLS: Rule = Rule {
    id: "trust-without-tls",
    severity: Severity::Info,
    why: "Trust distribution is off under HTTP.",
    source: sources::HTTP,
    violating: "#tls=http&trust=own",
    clean: "#tls=http",
    in_output: true,
    check: |choices, scenario| match scenario.transport() {
        Some(Transport::Http) if choices.select.trust != Trust::Nodes => {
            vec![Hit::at(
                SelectField::Trust,
                "Without TLS there is no certificate to trust; this choice has no effect.",
            )]
        }
        _ => Vec::new(),
    },
};
