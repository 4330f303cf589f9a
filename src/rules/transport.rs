//! Rules about the certificate, trust, and HTTP.

use super::{Hit, Rule, Severity, unfit};
use crate::azure::sources;
use crate::choices::{SelectField, TextField, Trust};
use crate::scenario::{
    Certificate, CertificateFiles, FilePath, KubernetesName, Scenario, Transport,
};
use crate::text::rules as text;

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
    why: text::KUBERNETES_NAME_WHY,
    source: sources::KUBERNETES_NAMES,
    violating: "#tls=secret&secret=Edge_TLS",
    clean: "#tls=secret&secret=edge-tls",
    in_output: false,
    check: |choices, scenario| match certificate(scenario) {
        Some(Certificate::Secret { .. }) => {
            unfit(choices, TextField::Secret, KubernetesName::parse, |_| {
                text::KUBERNETES_NAME.into()
            })
        }
        _ => Vec::new(),
    },
};

pub(super) static FILE_PATH: Rule = Rule {
    id: "file-path",
    severity: Severity::Error,
    why: text::FILE_PATH_WHY,
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
            .flat_map(|field| unfit(choices, *field, FilePath::parse, |_| text::FILE_PATH.into()))
            .collect()
    },
};

pub(super) static NO_CA: Rule = Rule {
    id: "no-ca-certificate",
    severity: Severity::Info,
    why: text::NO_CA_WHY,
    source: sources::TUTORIAL,
    violating: "#tls=byoc&crt=tls.crt&key=tls.key",
    clean: "#tls=byoc&crt=tls.crt&key=tls.key&ca=ca.crt",
    in_output: true,
    check: |_, scenario| match files(scenario) {
        Some(files)
            if files.ca.is_none() && !files.self_signed && files.certificate.value.is_some() =>
        {
            vec![Hit::at(TextField::CaCertificate, text::NO_CA)]
        }
        _ => Vec::new(),
    },
};

pub(super) static CERTIFICATE_NEEDS_IP: Rule = Rule {
    id: "certificate-needs-ip",
    severity: Severity::Info,
    why: text::CERTIFICATE_NEEDS_IP_WHY,
    source: sources::TUTORIAL,
    violating: "#tls=byoc",
    clean: "#tls=byoc&self-signed=yes",
    in_output: true,
    check: |_, scenario| match (files(scenario), certificate(scenario)) {
        (Some(files), _) if !files.self_signed => {
            vec![Hit::at(TextField::Certificate, text::CERTIFICATE_NEEDS_IP)]
        }
        (None, Some(Certificate::Secret { .. })) => {
            vec![Hit::at(TextField::Secret, text::SECRET_NEEDS_IP)]
        }
        _ => Vec::new(),
    },
};

pub(super) static TRUST_REJECTED_WITH_CERT_MANAGER: Rule = Rule {
    id: "trust-rejected-with-cert-manager",
    severity: Severity::Warning,
    why: text::TRUST_REJECTED_WHY,
    source: sources::TUTORIAL,
    violating: "#trust=own",
    clean: "#tls=secret&trust=own",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Https {
            certificate: Certificate::InstalledCertManager | Certificate::OwnCertManager,
            trust: Trust::Own,
        }) => {
            vec![Hit::at(SelectField::Trust, text::TRUST_REJECTED)]
        }
        _ => Vec::new(),
    },
};

pub(super) static LABELLED_NODES: Rule = Rule {
    id: "labelled-nodes",
    severity: Severity::Info,
    why: text::LABELLED_NODES_WHY,
    source: sources::GLOSSARY,
    violating: "#trust=labelled-nodes",
    clean: "#trust=nodes",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Https { trust: Trust::LabelledNodes, .. }) => {
            vec![Hit::at(SelectField::Trust, text::LABELLED_NODES)]
        }
        _ => Vec::new(),
    },
};

pub(super) static HTTP: Rule = Rule {
    id: "http",
    severity: Severity::Warning,
    why: text::HTTP_WHY,
    source: sources::HTTP,
    violating: "#tls=http",
    clean: "#tls=byoc",
    in_output: true,
    check: |_, scenario| match scenario.transport() {
        Some(Transport::Http) => vec![Hit::at(SelectField::Tls, text::HTTP)],
        _ => Vec::new(),
    },
};

pub(super) static TRUST_WITHOUT_TLS: Rule = Rule {
    id: "trust-without-tls",
    severity: Severity::Info,
    why: text::TRUST_WITHOUT_TLS_WHY,
    source: sources::HTTP,
    violating: "#tls=http&trust=own",
    clean: "#tls=http",
    in_output: true,
    check: |choices, scenario| match scenario.transport() {
        Some(Transport::Http) if choices.select.trust != Trust::Nodes => {
            vec![Hit::at(SelectField::Trust, text::TRUST_WITHOUT_TLS)]
        }
        _ => Vec::new(),
    },
};
