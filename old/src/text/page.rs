//! The sentences of the page itself.

use configurator_core::choices::{Field, field_text, select_text};

pub(crate) const RECOMMENDED: &str = "Recommended";
pub(crate) const RECOMMENDED_WHY: &str =
    "Why: it is encrypted, needs nothing prepared, and leaves you no work on the nodes.";
pub(crate) fn no_scenario(started_from: Option<&str>) -> String {
    match started_from {
        Some(title) => {
            format!("Your own: {title}, with changes of yours. The commands follow what is chosen.")
        }
        None => {
            "Your own: none of these as documented. The commands follow what is chosen.".to_owned()
        }
    }
}
pub(crate) const OPEN_GUIDE: &str = "Not sure? Three questions";
pub(crate) const OPEN_READER: &str = "Have commands already? Check them";
pub(crate) const READER_FAILED: &str =
    "That part of the page could not be loaded. Is the network there?";
pub(crate) const GUIDE: &str = "Three questions";
pub(crate) const GUIDE_CERTIFICATE: &str =
    "Do you have a TLS certificate for the connected registry?";
pub(crate) const GUIDE_CERTIFICATE_WHY: &str =
    "It must name the service IP of the connected registry.";
pub(crate) const GUIDE_CERTIFICATES: [(&str, &str); 3] =
    [("no", "No"), ("files", "Yes, as PEM files"), ("secret", "Yes, as a Kubernetes secret")];
pub(crate) const GUIDE_CERT_MANAGER: &str = "Do you run cert-manager in the cluster already?";
pub(crate) const GUIDE_CERT_MANAGER_WHY: &str = "A second one collides with it. Where it runs, \
                                                 kubectl get customresourcedefinitions lists \
                                                 certificates.cert-manager.io.";
pub(crate) const NO_OR_YES: [(&str, &str); 2] = [("no", "No"), ("yes", "Yes")];
pub(crate) const GUIDE_NODES: &str = "May the extension change how the nodes trust registries?";
pub(crate) const GUIDE_NODES_WHY: &str = "It adds the certificate on every node, which must be \
                                          Debian-based Linux with containerd (by the preview \
                                          documentation).";
pub(crate) const GUIDE_NODES_ANSWERS: [(&str, &str); 2] =
    [("yes", "Yes"), ("no", "No, I take care of the nodes")];
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
pub(crate) const NO_TRUST_WITHOUT_TLS: &str =
    "Not with plain HTTP: there is no certificate to trust. Choose a certificate above first.";
pub(crate) const SCENARIO: &str = "What do you want to do?";
pub(crate) const SCENARIOS: &str = "Documented scenarios";
pub(crate) const NOT_SECURE: &str = "Not secure";
pub(crate) const CERTIFICATE: &str = "Certificate and trust";
pub(crate) const OPTIONAL: &str = "(optional)";
pub(crate) const STATUS: &str = "State of the output";
pub(crate) const OUTPUT: &str = "Output";
pub(crate) const TAB_STEPS: &str = "Steps";
pub(crate) const TAB_SCRIPT: &str = "Script";
pub(crate) const TAB_LINES: &str = "One line each";
pub(crate) const TAB_SETTINGS: &str = "Protected settings";
pub(crate) const TAB_RUNBOOK: &str = "Runbook";
pub(crate) const SCRIPT_LEAD: &str = "All steps in one: it checks first, asks second, and changes \
                                      last. Download and run it, or copy it and paste it at a \
                                      prompt. What is copied for Bash also runs in zsh.";
pub(crate) const SETTINGS_LEAD: &str = "What the script writes into \
                                        protected-settings-extension.json. The connection string \
                                        and the contents of files are read on your machine; the \
                                        script never shows them.";
pub(crate) const LINES_LEAD: &str = "The commands of the checks and changes, one per line, for \
                                     pipelines and YAML; a block where an answer must stay hidden \
                                     or a file is written. They stop at the first command that \
                                     fails. Copy hands out a form without comments to paste into \
                                     bash, zsh or PowerShell: a failure leaves your terminal open. \
                                     These commands check no answers, ask nothing, and change what \
                                     already exists. The script does those checks.";
pub(crate) const RUNBOOK_LEAD: &str =
    "Every step with boxes to tick, for who works by a protocol or from paper.";
pub(crate) const PRINT: &str = "Print";
pub(crate) const COPY_MARKDOWN: &str = "Copy as Markdown";
pub(crate) const DOWNLOAD_MARKDOWN: &str = "Download as Markdown";
pub(crate) const DOWNLOAD_SETTINGS: &str = "Download with placeholders";
pub(crate) const OPEN_FILL: &str = "Fill it in here …";
pub(crate) const FILL_LEAD: &str = "Filling it in is not needed: the script makes this file on \
                                    your machine. It is for who cannot run the script where the \
                                    files are.";
pub(crate) const DOWNLOAD_SCRIPT: &str = "Download";
pub(crate) const DOWNLOAD_BUNDLE: &str = "All files (.zip)";
pub(crate) const OPEN_SHARE: &str = "Share …";
pub(crate) const OPEN_SAVED: &str = "Saved …";
pub(crate) const RESET: &str = "Reset";
pub(crate) const UNDO_RESET: &str = "Undo the reset";
pub(crate) const COMPARE: &str = "Marked:";
pub(crate) const LAST_CHANGE: &str = "What the last change altered";
pub(crate) fn compared(differences: usize, only_there: &[&str]) -> String {
    let here = match differences {
        0 => "Nothing here differs.".to_owned(),
        1 => "1 part differs.".to_owned(),
        count => format!("{count} parts differ."),
    };
    if only_there.is_empty() {
        here
    } else {
        format!("{here} Only there: {}.", only_there.join("; "))
    }
}
pub(crate) const DONE_ONCE: &str = "Done already: fold this away";
pub(crate) const CHOICE: &str = "From your choice:";
pub(crate) const NO_CHOICE: &str = "Wherever this stands, it is so.";
pub(crate) const FORMERLY: &str = "Other documents:";
pub(crate) const NO_SETTINGS: &str = "Nothing here needs a protected-settings file.";
pub(crate) const COPY: &str = "Copy";
pub(crate) const COPY_SCRIPT: &str = "Copy script";
pub(crate) const COPIED: &str = "Copied.";
pub(crate) const COPIED_WITH_HOLES: &str =
    "Copied, with placeholders in it: fill them in before you use it.";
pub(crate) const COPIED_BUT_BLOCKED: &str =
    "Copied, with errors in it: mend what is listed under To fix first.";
pub(crate) const COPY_SELECTED: &str =
    "Your browser does not allow copying here. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
pub(crate) const COPY_FAILED: &str =
    "Your browser does not allow copying here. Open the Script tab and select the text.";
pub(crate) const ERRORS: &str = "To fix";
pub(crate) const WARNINGS: &str = "Look at these again";
pub(crate) const MISSING: &str = "Still missing:";
pub(crate) const LINK_PROBLEMS: &str = "Not everything in the link was understood";
pub(crate) const ACCEPT_LINK: &str = "Go on with what was understood";
pub(crate) const EXPLAIN: &str = "What each part means";
pub(crate) const NOTES: &str = "Good to know";
/// Where a step is done.
pub(crate) const AT_WORKSTATION: &str = "On your workstation";
pub(crate) const AT_NODE: &str = "On a node of the cluster, not on your workstation";
pub(crate) const SHOW: &str = "Show";
pub(crate) const ASKS: &str = "What the script asks first, where it applies";

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
        Field::Text(field) => field_text::label(field),
        Field::Select(field) => select_text::of(field).label,
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
    if count == 1 {
        "1 check, nothing is changed".to_owned()
    } else {
        format!("{count} checks, nothing is changed")
    }
}

pub(crate) fn remedy_of(check: &str) -> String {
    format!("what mends it: {check}")
}

pub(crate) fn undo_of(step: &str) -> String {
    format!("what undoes it: {step}")
}

pub(crate) fn checked() -> String {
    format!(
        "{} Everything happens in your browser: no server, no account, no tracking.",
        configurator_core::azure::checked()
    )
}

// While what follows from the choices is not there.
pub(crate) const ENGINE_LOADING: &str = "Loading the commands …";
pub(crate) const ENGINE_FAILED: &str =
    "The commands could not be loaded. Is the network there? What you chose and typed is kept.";
pub(crate) const LOAD_AGAIN: &str = "Try again";
pub(crate) const NOTHING_TO_COPY: &str = "That did not work: the commands could not be loaded.";

// From a field to what comes from it, and back.
pub(crate) const USES: &str = "Show";
pub(crate) fn uses(field: Field) -> String {
    format!("Show in the output: {}", field_label(field))
}
pub(crate) const NO_USES: &str = "Nothing that is shown here comes from it as things are.";
pub(crate) const EXPLAIN_PIECE: &str = "What this part means";

// Taking away.
pub(crate) const FIRST_FILL_IN: &str = "Not yet: there are placeholders in it, where names or \
                                        secrets belong. Press again to take it all the same.";
pub(crate) const FIRST_MEND: &str = "Not yet: there are errors in it, which are listed under To \
                                     fix. Press again to take it all the same.";
pub(crate) fn saved_as(name: &str) -> String {
    format!("Your browser has {name}, to save it where it keeps downloads.")
}
pub(crate) fn saved_with_holes(name: &str) -> String {
    format!("Your browser has {name}, with placeholders in it: fill them in before you use it.")
}
pub(crate) fn saved_but_blocked(name: &str) -> String {
    format!("Your browser has {name}, with errors in it: mend what is listed under To fix first.")
}
pub(crate) const SAVE_FAILED: &str =
    "Your browser does not let this page save files. Copy the text instead.";
pub(crate) const FILL_NAME_FIRST: &str =
    "Give the name of the Kubernetes secret first: it is part of this file.";
pub(crate) const FILL_LOADING: &str = "Loading …";
pub(crate) const FILL_FAILED: &str = "That part of the page could not be loaded. Is the network \
                                      there? The script makes the file without it.";
pub(crate) const BUNDLE_FAILED: &str =
    "The archive could not be made: is the network there? Download the files one by one instead.";

// Sharing.
pub(crate) const SHARE: &str = "Share these choices";
pub(crate) const SHARE_LEAD: &str = "This link opens the page with what is chosen and typed here: \
                                     the scenario, the options, and the names as they stand in the \
                                     form.";
pub(crate) const SHARE_SAFE: &str = "No field of the form asks for a secret, so none is in it: no \
                                     password, no connection string, no key. What stands after # \
                                     is not sent to any server; whoever has the link can read the \
                                     names in it.";
pub(crate) const SHARE_LABEL: &str = "The link";
pub(crate) const COPY_LINK: &str = "Copy the link";
pub(crate) const COPIED_LINK: &str = "The link is copied.";
pub(crate) const ALONE: &str = "Open this in a window of its own";
pub(crate) const REPORT: &str = "Report a problem";
pub(crate) const REPORT_HINT: &str = "What it opens holds your choices, with the names in them, \
                                      for you to look over before you send it.";
pub(crate) const REPORT_SENDS: &str = "Opening it sends your choices, with the names in them, to \
                                       the site where problems are reported.";
pub(crate) const REPORT_TITLE: &str = "Connected Registry Configurator: ";
pub(crate) fn report(link: &str, browser: &str) -> String {
    format!(
        "What happened, and what should have happened?\n\n\nThe choices (take out names that are \
         nobody's business):\n{link}\n\nThe browser:\n{browser}\n"
    )
}

// Configurations kept on this device.
pub(crate) const SAVED: &str = "Saved on this device";
pub(crate) const SAVED_LEAD: &str = "Kept in this browser only: what is chosen and typed, as in a \
                                     link; no field asks for a secret. Whoever uses this browser \
                                     can read it.";
pub(crate) const SAVE_LABEL: &str = "A name for what is chosen now";
pub(crate) const SAVE: &str = "Save";
pub(crate) const SAVED_NONE: &str = "Nothing is saved yet.";
pub(crate) const SAVE_NAMELESS: &str = "Give it a name first.";
pub(crate) const SAVE_REFUSED: &str = "This browser keeps nothing for this page: its storage is \
                                       full, or switched off. Share a link instead.";
pub(crate) const SAVED_REPLACED: &str = "Saved; what had this name before is replaced.";
pub(crate) const SAVED_NEW: &str = "Saved.";
pub(crate) const OPEN: &str = "Open";
pub(crate) const DELETE: &str = "Delete";
pub(crate) const DELETED: &str = "Deleted.";
pub(crate) const OPENED: &str = "Opened.";
pub(crate) const RESET_DONE: &str = "Choices and names are as they were at first, except for the \
                                     shell. Saved configurations are still there.";
pub(crate) const RESET_UNDONE: &str = "Everything is back.";
