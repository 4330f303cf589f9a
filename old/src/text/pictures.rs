//! The words in and under the pictures.

use configurator_core::choices::{Mode, Trust};
use configurator_core::scenario::{Certificate, Transport};
use configurator_core::schedule::UtcDateTime;

pub(crate) const AFTERWARDS: &str = "What will exist afterwards";
pub(crate) const AZURE: &str = "Azure";
pub(crate) const UPPER_LAYER: &str = "Upper layer";
pub(crate) const CLUSTER: &str = "Arc cluster";
pub(crate) const CLOUD_REGISTRY: &str = "Container registry, Premium";
pub(crate) const DATA_ENDPOINT: &str = "data endpoint on";
pub(crate) const PARENT: &str = "Parent connected registry";
pub(crate) const NODES: &str = "Nodes";
pub(crate) const PODS: &str = "and their pods";
pub(crate) const CERTIFICATE: &str = "Certificate";
pub(crate) const HTTPS: &str = "HTTPS";
pub(crate) const HTTP: &str = "HTTP";
pub(crate) const NOT_ENCRYPTED: &str = "HTTP, not encrypted";
pub(crate) const REMOVED: &str = "Nothing of the connected registry is left in the cluster.";
pub(crate) const STAYS: &str = "The container registry and its images stay as they are.";

/// A connected registry, and its mode where that is known.
pub(crate) const fn mode(mode: Option<Mode>) -> &'static str {
    match mode {
        None => "Connected registry",
        Some(Mode::ReadOnly) => "Connected registry, ReadOnly",
        Some(Mode::ReadWrite) => "Connected registry, ReadWrite",
    }
}

/// Where the certificate comes from, in a few words.
pub(crate) const fn certificate(certificate: &Certificate) -> &'static str {
    match certificate {
        Certificate::InstalledCertManager => "cert-manager, installed",
        Certificate::OwnCertManager => "your cert-manager",
        Certificate::Secret { .. } => "a Kubernetes secret",
        Certificate::Files(_) => "your own files",
    }
}

/// Who makes the nodes trust it, in a few words.
pub(crate) const fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Nodes => "trust by the extension",
        Trust::LabelledNodes => "trust on labelled nodes",
        Trust::Own => "trust is up to you",
    }
}

pub(crate) fn above(name: &str, is_nested: bool) -> String {
    if is_nested {
        format!("Above it: the parent connected registry {name}, which it synchronizes with.")
    } else {
        format!(
            "In Azure: the container registry {name}, of the Premium SKU, with its dedicated data \
             endpoint on."
        )
    }
}

pub(crate) fn in_cluster(cluster: &str, name: &str, ip: &str, mode: Option<Mode>) -> String {
    let may = match mode {
        None => "",
        Some(Mode::ReadOnly) => "; clients pull from it",
        Some(Mode::ReadWrite) => "; clients pull from it and push to it",
    };
    format!("In the Arc cluster {cluster}: the connected registry {name} at {ip}{may}.")
}

pub(crate) fn upwards(when: &str) -> String {
    format!("Between them: HTTPS, always encrypted; {when}.")
}

pub(crate) fn clients(transport: &Transport) -> String {
    match transport {
        Transport::Http => "From the nodes and pods: plain HTTP. Nothing is encrypted, and each \
                            node must be told to accept that."
            .to_owned(),
        Transport::Https { certificate: from, trust } => {
            let who = match trust {
                Trust::Nodes => "the extension makes the nodes trust it",
                Trust::LabelledNodes => {
                    "the extension makes the nodes trust it that have the label"
                }
                Trust::Own => "you make the nodes trust it",
            };
            format!(
                "From the nodes and pods: HTTPS, encrypted, with a certificate from {}; {who}.",
                certificate(from)
            )
        }
    }
}

pub(crate) const CONTINUOUSLY: &str = "every minute";
pub(crate) const ON_A_SCHEDULE: &str = "on a schedule";
pub(crate) const TIMELINE: &str = "The coming seven days";
pub(crate) const NEXT: &str = "Next:";
pub(crate) const UTC: &str = "UTC";

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Sun 22 Nov`.
pub(crate) fn day(moment: UtcDateTime) -> String {
    let civil = moment.civil();
    let name =
        |names: &[&'static str], at: u8| names.get(usize::from(at)).copied().unwrap_or_default();
    format!(
        "{} {} {}",
        name(&DAYS, civil.weekday),
        civil.day,
        name(&MONTHS, civil.month.saturating_sub(1))
    )
}

/// `00:00`.
pub(crate) fn time(moment: UtcDateTime) -> String {
    moment.iso().split(' ').nth(1).unwrap_or_default().to_owned()
}

/// `UTC+1`, `UTC-3:30`.
pub(crate) fn zone(minutes_east: i32) -> String {
    let (sign, minutes) = if minutes_east < 0 { ('-', -minutes_east) } else { ('+', minutes_east) };
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}

/// A run in UTC, and by the user's clock, which is so far east of it.
pub(crate) fn run(utc: UtcDateTime, local: UtcDateTime, minutes_east: i32) -> String {
    let utc_words = format!("{}, {} UTC", day(utc), time(utc));
    match minutes_east {
        0 => utc_words,
        _ => format!(
            "{utc_words} ({}, {} in your time, {})",
            day(local),
            time(local),
            zone(minutes_east)
        ),
    }
}

pub(crate) fn local(minutes_east: i32) -> String {
    format!("your time ({})", zone(minutes_east))
}

/// How much of the time it is connected, in thousandths.
pub(crate) fn share(windows: usize, thousandths: u64) -> String {
    let windows = if windows == 1 { "1 window".to_owned() } else { format!("{windows} windows") };
    format!("{windows}, connected {}.{} % of the time.", thousandths / 10, thousandths % 10)
}
