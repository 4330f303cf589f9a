//! The sentences of the page itself.

use crate::choices::Field;
use crate::text::{fields, selects};

pub(crate) const RECOMMENDED: &str = "Recommended";
pub(crate) const RECOMMENDED_WHY: &str = "Why: it is encrypted, needs nothing prepared, and leaves you no work on the nodes.";
pub(crate) fn no_scenario(started_from: Option<&str>) -> String {
    match started_from {
        Some(title) => format!("Your own: {title}, with changes of yours. The commands follow what is chosen."),
        None => "Your own: none of these as documented. The commands follow what is chosen.".to_owned(),
    }
}
pub(crate) const OPEN_GUIDE: &str = "Not sure? Three questions";
pub(crate) const GUIDE: &str = "Three questions";
pub(crate) const GUIDE_CERTIFICATE: &str = "Do you have a TLS certificate for the connected registry?";
pub(crate) const GUIDE_CERTIFICATE_WHY: &str = "It must name the service IP of the connected registry.";
pub(crate) const GUIDE_CERTIFICATES: [(&str, &str); 3] = [("no", "No"), ("files", "Yes, as PEM files"), ("secret", "Yes, as a Kubernetes secret")];
pub(crate) const GUIDE_CERT_MANAGER: &str = "Do you run cert-manager in the cluster already?";
pub(crate) const GUIDE_CERT_MANAGER_WHY: &str =
    "A second one collides with it. Where it runs, kubectl get customresourcedefinitions lists certificates.cert-manager.io.";
pub(crate) const NO_OR_YES: [(&str, &str); 2] = [("no", "No"), ("yes", "Yes")];
pub(crate) const GUIDE_NODES: &str = "May the extension change how the nodes trust registries?";
pub(crate) const GUIDE_NODES_WHY: &str =
    "It adds the certificate on every node, which must be Debian-based Linux with containerd (by the preview documentation).";
pub(crate) const GUIDE_NODES_ANSWERS: [(&str, &str); 2] = [("yes", "Yes"), ("no", "No, I take care of the nodes")];
pub(crate) const GUIDE_TAKE: &str = "Use this scenario";
pub(crate) const SKIP: &str = "Skip to the commands";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const RULE_WHAT: &str = "What it says";
pub(crate) const RULE_WHY: &str = "Why";
pub(crate) const RULE_FOUND_IN: &str = "Found in";
pub(crate) const RULE_NOT_FOUND_IN: &str = "Not found in";
pub(crate) const RULE_SOURCE: &str = "Source";
pub(crate) fn checked_on(date: &str) -> String {
    format!("(checked on {date})")
}
pub(crate) fn rule(id: &str) -> String {
    format!("The rule {id}")
}
pub(crate) const DOCS: &str = "Docs";
pub(crate) const NO_TRUST_WITHOUT_TLS: &str = "Not with plain HTTP: there is no certificate to trust. Choose a certificate above first.";
pub(crate) const SCENARIO: &str = "What do you want to do?";
pub(crate) const SCENARIOS: &str = "Documented scenarios";
pub(crate) const NOT_SECURE: &str = "Not secure";
pub(crate) const CERTIFICATE: &str = "Certificate and trust";
pub(crate) const CERTIFICATE_LEAD: &str = "How clients in the cluster know that they talk to the connected registry.";
pub(crate) const SYNCHRONIZATION: &str = "Synchronization";
pub(crate) const SYNCHRONIZATION_LEAD: &str = "When the connected registry connects to its parent. Times are UTC.";
pub(crate) const UPGRADES: &str = "Upgrades";
pub(crate) const UPGRADES_LEAD: &str = "How the extension is kept up to date.";
pub(crate) const NAMES: &str = "Names";
pub(crate) const NAMES_LEAD: &str = "As they are, or will be, in Azure.";
pub(crate) const APART: &str = "Names that differ";
pub(crate) const APART_LEAD: &str = "When registry and cluster live in other groups or subscriptions, or the current kubectl context is another cluster's.";
pub(crate) const CONTENT: &str = "Content and hierarchy";
pub(crate) const CONTENT_LEAD: &str = "When clients push, there is no image yet, events are to be sent, or connected registries are nested.";
pub(crate) const STORAGE: &str = "Storage and logs";
pub(crate) const STORAGE_LEAD: &str = "When the cluster's default storage class will not do, space is short, or you look for a fault.";
pub(crate) const EXISTING: &str = "Passwords and older versions";
pub(crate) const EXISTING_LEAD: &str = "When a password of the sync token is in use already, or the extension is of 2024.";
pub(crate) const OPTIONAL: &str = "(optional)";
pub(crate) const STATUS: &str = "State of the output";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const TAB_STEPS: &str = "Steps";
pub(crate) const TAB_SCRIPT: &str = "Script";
pub(crate) const TAB_SETTINGS: &str = "Protected settings";
pub(crate) const SCRIPT_LEAD: &str = "All steps in one: it checks first, asks second, and changes last. Run it with bash, or paste it into one.";
pub(crate) const SETTINGS_LEAD: &str = "What the script writes into protected-settings-extension.json. The connection string and the contents of files are read on your machine and never shown here.";
pub(crate) const NO_SETTINGS: &str = "Nothing here needs a protected-settings file.";
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPY_SCRIPT: &str = "Copy script";
pub(crate) const COPIED: &str = "Copied.";
pub(crate) const COPIED_WITH_HOLES: &str = "Copied, with placeholders in it: fill in the missing names first.";
pub(crate) const COPIED_BUT_BLOCKED: &str = "Copied, but it refuses to start: mend what is listed under To fix first.";
pub(crate) const COPY_SELECTED: &str = "Your browser does not allow copying here. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
pub(crate) const COPY_FAILED: &str = "Your browser does not allow copying here. Open the Script tab and select the text.";
pub(crate) const ERRORS: &str = "To fix";
pub(crate) const WARNINGS: &str = "Look at these again";
pub(crate) const MISSING: &str = "Still missing:";
pub(crate) const LINK_PROBLEMS: &str = "Not everything in the link was understood";
pub(crate) const ACCEPT_LINK: &str = "Go on with what was understood";
pub(crate) const A_COMMAND: &str = "Runs the program.";
pub(crate) const A_NAME: &str = "A name as it is chosen or filled in.";
pub(crate) const IF_NOT: &str = "If not:";
pub(crate) const EXPECT: &str = "Expect:";
pub(crate) const EXPLAIN: &str = "What each part means";
pub(crate) const NOTES: &str = "Good to know";
pub(crate) const ON_A_NODE: &str = " (on a node)";
pub(crate) const SHOW: &str = "Show";
pub(crate) const ASKS: &str = "What the script asks first, where it applies";
pub(crate) const UNDO: &str = "How to undo it";

pub(crate) const ERROR: &str = "Error";
pub(crate) const WARNING: &str = "Warning";
pub(crate) const INFO: &str = "Note";

pub(crate) fn fix(value: &str) -> String {
    format!("Change it to {value}")
}

pub(crate) fn recommended(scenario: &str) -> String {
    format!("Your scenario: {scenario}.")
}

pub(crate) fn documented(field: Field, page: &str) -> String {
    format!("{DOCS}: {} ({page})", field_label(field))
}

pub(crate) fn field_label(field: Field) -> &'static str {
    match field {
        Field::Text(field) => fields::label(field),
        Field::Select(field) => selects::of(field).label,
    }
}

pub(crate) fn status(errors: usize, missing: usize) -> String {
    let missing = match missing {
        0 => None,
        1 => Some("1 name missing".to_owned()),
        count => Some(format!("{count} names missing")),
    };
    let errors = (errors > 0).then(|| format!("{errors} to fix"));
    match (errors, missing) {
        (None, None) => "Ready to copy".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(errors), Some(missing)) => format!("{errors}, {missing}"),
    }
}

pub(crate) fn announced(title: &str, steps: usize) -> String {
    format!("{title}: {steps} steps.")
}

pub(crate) fn checks(count: usize) -> String {
    if count == 1 { "1 check, nothing is changed".to_owned() } else { format!("{count} checks, nothing is changed") }
}

pub(crate) fn remedy_of(check: &str) -> String {
    format!("what mends it: {check}")
}

pub(crate) fn undo_of(step: &str) -> String {
    format!("what undoes it: {step}")
}

pub(crate) fn only_if(words: &str) -> String {
    format!("Only if {words}")
}

pub(crate) fn takes(words: &str) -> String {
    format!("Takes: {words}")
}

pub(crate) fn checked() -> String {
    format!("{} Everything happens in your browser: no server, no account, no tracking.", super::steps::checked())
}

// While what follows from the choices is not there.
pub(crate) const ENGINE_LOADING: &str = "Loading the commands …";
pub(crate) const ENGINE_FAILED: &str = "The commands could not be loaded. Is the network there? What you chose and typed is kept.";
pub(crate) const LOAD_AGAIN: &str = "Try again";
pub(crate) const NOTHING_TO_COPY: &str = "Nothing was copied: the commands could not be loaded.";
