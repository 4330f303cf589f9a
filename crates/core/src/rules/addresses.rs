//! Rules about the service IP and the service CIDR.

use super::{Hit, Rule, Severity, parse_errors};
use crate::azure::sources;
use crate::choices::{Choices, TextField};
use crate::scenario::{ClusterIp, Scenario, ServiceCidr};

fn ip(scenario: &Scenario) -> Option<&ClusterIp> {
    scenario.ip().and_then(|slot| slot.value.as_ref())
}

fn cidr(choices: &Choices) -> Option<ServiceCidr> {
    ServiceCidr::parse(choices.text(TextField::Cidr).trim()).ok()
}

pub(super) static SERVICE_IP: Rule = Rule {
    id: "service-ip",
    severity: Severity::Error,
    why: "The extension makes a Kubernetes service with this address; clients pull from it.",
    source: sources::GLOSSARY,
    violating: "#ip=10.0.0.256",
    clean: "#ip=10.0.0.200",
    in_output: false,
    check: |choices, scenario| match scenario.ip() {
        Some(_) => parse_errors(choices, TextField::Ip, ClusterIp::parse, |_| {
            "That is not an IP address a service can have. Give one, without a prefix length, such \
             as 10.0.0.200."
                .into()
        }),
        None => Vec::new(),
    },
};

pub(super) static SERVICE_CIDR: Rule = Rule {
    id: "service-cidr",
    severity: Severity::Error,
    why: "It is only used here, to check the service IP.",
    source: sources::SERVICE_IP,
    violating: "#cidr=10.0.0.0/33",
    clean: "#cidr=10.0.0.0/16",
    in_output: false,
    check: |choices, _| {
        parse_errors(choices, TextField::Cidr, ServiceCidr::parse, |_| {
            "That is not an IP range. Give an address and a prefix length, such as 10.0.0.0/16."
                .into()
        })
    },
};

pub(super) static SERVICE_IP_OUTSIDE_CIDR: Rule = Rule {
    id: "service-ip-outside-cidr",
    severity: Severity::Error,
    why: "Kubernetes refuses the service and the deployment ends with error 422.",
    source: sources::SERVICE_IP,
    violating: "#ip=10.1.0.10&cidr=10.0.0.0/16",
    clean: "#ip=10.0.0.200&cidr=10.0.0.0/16",
    in_output: true,
    check: |choices, scenario| match (ip(scenario), cidr(choices)) {
        (Some(ip), Some(cidr)) if !cidr.can_assign(ip) => {
            vec![Hit::at(TextField::Ip, service_ip_outside_cidr(ip.as_str(), cidr.as_str()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_RESERVED: Rule = Rule {
    id: "service-ip-reserved",
    severity: Severity::Warning,
    why: "Two services cannot have the same address; the deployment would fail.",
    source: sources::SERVICE_IP,
    violating: "#ip=10.0.0.10&cidr=10.0.0.0/16",
    clean: "#ip=10.0.0.200&cidr=10.0.0.0/16",
    in_output: true,
    check: |choices, scenario| match (ip(scenario), cidr(choices)) {
        (Some(ip), Some(cidr)) => match cidr.offset(ip) {
            Some(1) => vec![Hit::at(TextField::Ip, service_ip_of_kubernetes(ip.as_str()))],
            Some(10) => vec![Hit::at(TextField::Ip, service_ip_of_dns(ip.as_str()))],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_PUBLIC: Rule = Rule {
    id: "service-ip-public",
    severity: Severity::Warning,
    why: "The documentation's 192.100.100.1 is only a placeholder: service ranges are private in \
          nearly every cluster.",
    source: sources::QUICKSTART,
    violating: "#ip=192.100.100.1",
    clean: "#ip=192.168.100.1",
    in_output: true,
    check: |choices, scenario| match ip(scenario) {
        Some(ip) if !ip.is_private() && cidr(choices).is_none() => {
            vec![Hit::at(TextField::Ip, service_ip_public(ip.as_str()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_V6: Rule = Rule {
    id: "service-ip-v6",
    severity: Severity::Warning,
    why: "The documentation allows IPv6 for the service, and shows pulls by IPv4 only.",
    source: sources::GLOSSARY,
    violating: "#ip=fd00::10",
    clean: "#ip=10.0.0.200",
    in_output: true,
    check: |_, scenario| match ip(scenario) {
        Some(ip) if ip.address().is_ipv6() => vec![Hit::at(
            TextField::Ip,
            "Pulls from an IPv6 address were not verified: it stands in brackets, which not every \
             tool takes.",
        )],
        _ => Vec::new(),
    },
};

fn service_ip_outside_cidr(ip: &str, cidr: &str) -> String {
    format!(
        "{ip} is not an address that a service in {cidr} can have. Take a free address inside that \
         range, or correct the range."
    )
}

fn service_ip_of_kubernetes(ip: &str) -> String {
    format!(
        "{ip} is usually the address of the Kubernetes API service. Take another one that is free."
    )
}

fn service_ip_of_dns(ip: &str) -> String {
    format!(
        "{ip} is usually the address of the cluster's DNS service. Take another one, or make sure \
         with kubectl get svc -A that it is free."
    )
}

fn service_ip_public(ip: &str) -> String {
    format!(
        "{ip} is not of a private range. Take a free one of the cluster's service CIDR, and give \
         the range below to have it checked."
    )
}
