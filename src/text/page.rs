//! The sentences of the page itself.

use crate::azure::CHECKED;
use crate::choices::Field;
use crate::text::{fields, selects};

pub(crate) const RECOMMENDED: &str = "Recommended";
pub(crate) const NAMES: &str = "Names";
pub(crate) const NAMES_LEAD: &str = "As they are, or will be, in Azure. Everything else has a sound default.";
pub(crate) const RARE: &str = "More options";
pub(crate) const RARE_LEAD: &str = "When registry and cluster live apart, a name is taken, or clients push.";
pub(crate) const OPTIONAL: &str = "(optional)";
pub(crate) const STATUS: &str = "State of the output";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const TAB_STEPS: &str = "Steps";
pub(crate) const TAB_SCRIPT: &str = "Script";
pub(crate) const TAB_SETTINGS: &str = "Protected settings";
pub(crate) const SCRIPT_LEAD: &str = "All steps in one: it checks first, asks second, and changes last. Run it with bash, or paste it into one.";
pub(crate) const SETTINGS_LEAD: &str =
    "What the script writes into protected-settings-extension.json. The connection string is fetched on your machine and never shown here.";
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
pub(crate) const IF_NOT: &str = "If not:";
pub(crate) const EXPECT: &str = "Expect:";
pub(crate) const EXPLAIN: &str = "What each part means";
pub(crate) const NOTES: &str = "Good to know";
pub(crate) const SHOW: &str = "Show";
pub(crate) const UNDO: &str = "How to undo it";

pub(crate) const ERROR: &str = "Error";
pub(crate) const WARNING: &str = "Warning";
pub(crate) const INFO: &str = "Note";

pub(crate) fn fix(value: &str) -> String {
    format!("Change it to {value}")
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
    format!(
        "Checked against the parser of azure-cli {} and the source of k8s-extension {} on {}; never tried on a live subscription. Everything happens in your browser: no server, no account, no tracking.",
        CHECKED.azure_cli, CHECKED.k8s_extension, CHECKED.date
    )
}
