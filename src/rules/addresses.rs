//! Rules about the service IP and the service CIDR.

use super::{Hit, Rule, Severity, unfit};
use crate::azure::sources;
use crate::choices::{Choices, TextField};
use crate::scenario::{ClusterIp, Scenario, ServiceCidr};
use crate::text::rules as text;

fn ip(scenario: &Scenario) -> Option<&ClusterIp> {
    scenario.ip().and_then(|slot| slot.value.as_ref())
}

fn cidr(choices: &Choices) -> Option<ServiceCidr> {
    ServiceCidr::parse(choices.text(TextField::Cidr).trim()).ok()
}

pub(super) static SERVICE_IP: Rule = Rule {
    id: "service-ip",
    severity: Severity::Error,
    why: text::SERVICE_IP_WHY,
    source: sources::GLOSSARY,
    violating: "#ip=10.0.0.256",
    clean: "#ip=10.0.0.200",
    in_output: false,
    check: |choices, scenario| match scenario.ip() {
        Some(_) => unfit(choices, TextField::Ip, ClusterIp::parse, |_| text::SERVICE_IP.into()),
        None => Vec::new(),
    },
};

pub(super) static SERVICE_CIDR: Rule = Rule {
    id: "service-cidr",
    severity: Severity::Error,
    why: text::SERVICE_CIDR_WHY,
    source: sources::SERVICE_IP,
    violating: "#cidr=10.0.0.0/33",
    clean: "#cidr=10.0.0.0/16",
    in_output: false,
    check: |choices, _| {
        unfit(choices, TextField::Cidr, ServiceCidr::parse, |_| text::SERVICE_CIDR.into())
    },
};

pub(super) static SERVICE_IP_OUTSIDE_CIDR: Rule = Rule {
    id: "service-ip-outside-cidr",
    severity: Severity::Error,
    why: text::SERVICE_IP_OUTSIDE_CIDR_WHY,
    source: sources::SERVICE_IP,
    violating: "#ip=10.1.0.10&cidr=10.0.0.0/16",
    clean: "#ip=10.0.0.200&cidr=10.0.0.0/16",
    in_output: true,
    check: |choices, scenario| match (ip(scenario), cidr(choices)) {
        (Some(ip), Some(cidr)) if !cidr.has_room_for(ip) => {
            vec![Hit::at(TextField::Ip, text::service_ip_outside_cidr(ip.as_str(), cidr.as_str()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_RESERVED: Rule = Rule {
    id: "service-ip-reserved",
    severity: Severity::Warning,
    why: text::SERVICE_IP_RESERVED_WHY,
    source: sources::SERVICE_IP,
    violating: "#ip=10.0.0.10&cidr=10.0.0.0/16",
    clean: "#ip=10.0.0.200&cidr=10.0.0.0/16",
    in_output: true,
    check: |choices, scenario| match (ip(scenario), cidr(choices)) {
        (Some(ip), Some(cidr)) => match cidr.offset(ip) {
            Some(1) => vec![Hit::at(TextField::Ip, text::service_ip_of_kubernetes(ip.as_str()))],
            Some(10) => vec![Hit::at(TextField::Ip, text::service_ip_of_dns(ip.as_str()))],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_PUBLIC: Rule = Rule {
    id: "service-ip-public",
    severity: Severity::Warning,
    why: text::SERVICE_IP_PUBLIC_WHY,
    source: sources::QUICKSTART,
    violating: "#ip=192.100.100.1",
    clean: "#ip=192.168.100.1",
    in_output: true,
    check: |choices, scenario| match ip(scenario) {
        Some(ip) if !ip.is_private() && cidr(choices).is_none() => {
            vec![Hit::at(TextField::Ip, text::service_ip_public(ip.as_str()))]
        }
        _ => Vec::new(),
    },
};

pub(super) static SERVICE_IP_V6: Rule = Rule {
    id: "service-ip-v6",
    severity: Severity::Warning,
    why: text::SERVICE_IP_V6_WHY,
    source: sources::GLOSSARY,
    violating: "#ip=fd00::10",
    clean: "#ip=10.0.0.200",
    in_output: true,
    check: |_, scenario| match ip(scenario) {
        Some(ip) if ip.address().is_ipv6() => vec![Hit::at(TextField::Ip, text::SERVICE_IP_V6)],
        _ => Vec::new(),
    },
};
