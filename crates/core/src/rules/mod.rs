//! Findings: errors, doubts and missing values in the choices.
//!
//! A rule is a value: its id, severity, reason, source, examples and check are together in one
//! place. A message with parameters is a function at the end of the same file. The tests run the
//! examples of every rule; the reference of rules is generated from the table.

mod addresses;
mod extension;
mod names;
mod repositories;
mod scenario;
mod synchronization;
mod transport;

use crate::azure::Source;
use crate::choices::{Choices, Field, TextField};
use crate::scenario::{ParseError, Scenario};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was given is wrong; the script refuses to start.
    Error,
    /// It will run, and may not be what you want.
    Warning,
    /// Good to know; and a name not yet given.
    Info,
}

/// A change that is certainly right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The field that changes.
    #[serde(serialize_with = "as_field")]
    pub field: TextField,
    /// Its new text.
    pub value: String,
}

fn as_field<S: serde::Serializer>(field: &TextField, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(field.key())
}

impl Fix {
    /// The choices with the fix applied.
    pub fn apply(&self, choices: &Choices) -> Choices {
        choices.clone().with(self.field, &self.value)
    }
}

/// One thing to be said about the choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The field it is about; `None` where it is about a link as a whole.
    pub field: Option<Field>,
    /// The line in pasted text, counted from 1; `None` for choices.
    pub line: Option<usize>,
    /// The column in pasted text, counted from 1; `None` for choices.
    pub column: Option<usize>,
    /// What it is, and what to do about it.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// The change that mends it, where one certainly does.
    pub fix: Option<Fix>,
    /// Where that is written.
    pub source: Source,
    /// Whether the value stands in the output all the same: well-formed, but wrong.
    #[serde(skip)]
    pub in_output: bool,
}

impl Finding {
    /// Whether it only says that a needed field is still empty: told once, in the summary; beside
    /// the field it would nag.
    pub fn is_missing(&self) -> bool {
        self.rule == scenario::MISSING.id
    }
}

/// What a check found; the rest of a [`Finding`] is the same for the whole rule.
#[derive(Debug)]
pub struct Hit {
    field: Field,
    message: Cow<'static, str>,
    fix: Option<Fix>,
}

impl Hit {
    fn at(field: impl Into<Field>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), message: message.into(), fix: None }
    }

    fn with_fix(mut self, field: TextField, value: impl Into<String>) -> Self {
        self.fix = Some(Fix { field, value: value.into() });
        self
    }
}

/// One rule about choices.
pub struct Rule {
    /// Its id, in kebab case; never reused.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it matters; the same for every finding of the rule.
    pub why: &'static str,
    /// Where that is written.
    pub source: Source,
    /// A link that violates it.
    pub violating: &'static str,
    /// A link much like it that does not.
    pub clean: &'static str,
    /// Whether the value it objects to stands in the output all the same.
    pub in_output: bool,
    /// Finds its violations.
    pub check: fn(&Choices, &Scenario) -> Vec<Hit>,
}

impl Rule {
    /// The rule of an id.
    pub fn of(id: &str) -> Option<&'static Self> {
        TABLE.iter().copied().find(|rule| rule.id == id)
    }
}

/// Every rule, in the order of the form.
pub static TABLE: &[&Rule] = &[
    &names::REGISTRY_NAME,
    &names::REGISTRY_LOGIN_SERVER,
    &names::RESOURCE_ID,
    &names::CONNECTED_REGISTRY_NAME,
    &names::CONNECTED_REGISTRY_UPPER_CASE,
    &names::RESOURCE_GROUP_NAME,
    &names::CLUSTER_NAME,
    &names::CLUSTER_NAME_UNUSUAL,
    &addresses::SERVICE_IP,
    &addresses::SERVICE_IP_OUTSIDE_CIDR,
    &addresses::SERVICE_IP_RESERVED,
    &addresses::SERVICE_IP_PUBLIC,
    &addresses::SERVICE_IP_V6,
    &repositories::REPOSITORY_NAME,
    &repositories::REPOSITORY_WITH_HOST,
    &repositories::REPOSITORY_REPEATED,
    &repositories::REPOSITORY_ADDED_AND_REMOVED,
    &repositories::REPOSITORIES_MANY,
    &addresses::SERVICE_CIDR,
    &extension::TOKEN_NAME,
    &extension::TOKEN_IS_SYNC_TOKEN,
    &extension::TOKEN_TOO_LONG,
    &extension::IMAGE,
    &extension::IMAGE_NOT_SYNCHRONIZED,
    &transport::SECRET_NAME,
    &transport::FILE_PATH,
    &transport::NO_CA,
    &transport::CERTIFICATE_NEEDS_IP,
    &transport::TRUST_REJECTED_WITH_CERT_MANAGER,
    &transport::LABELLED_NODES,
    &transport::HTTP,
    &transport::TRUST_WITHOUT_TLS,
    &synchronization::SYNC_SCHEDULE,
    &synchronization::SYNC_WINDOW,
    &synchronization::MESSAGE_TTL,
    &synchronization::WINDOW_SHORT,
    &synchronization::WINDOWS_OVERLAP,
    &synchronization::SCHEDULE_IN_WORDS,
    &synchronization::WINDOW_IGNORED,
    &extension::VERSION,
    &extension::VERSION_IGNORED,
    &extension::PINNED,
    &extension::RELEASE_TRAIN,
    &extension::RELEASE_TRAIN_UNUSUAL,
    &extension::STORAGE_CLASS,
    &extension::STORAGE_REQUEST,
    &extension::STORAGE_REQUEST_SMALL,
    &extension::PARENT,
    &extension::PARENT_IS_ITSELF,
    &repositories::NESTED_NEEDS_ITS_IMAGE,
    &repositories::PARENT_MODE,
    &extension::NOTIFICATION,
    &extension::IMPORT,
    &extension::IMPORT_NOT_SYNCHRONIZED,
    &synchronization::GC_SCHEDULE,
    &extension::KEYS_OF_2024,
    &extension::KEYS_OF_2024_NEWEST,
    &names::SUBSCRIPTION,
    &names::EXTENSION_NAME,
    &names::EXTENSION_NAME_UNUSUAL,
    &names::KUBE_CONTEXT,
    &scenario::DELETES_VOLUME,
    &scenario::NOT_CHANGED,
    &scenario::FIREWALL,
    &scenario::LIMITS,
    &names::ALTERED_BY_POWERSHELL,
    &scenario::MISSING,
];

/// Runs every rule: errors first, then warnings, then the rest, each in the order of [`TABLE`].
#[inline(never)]
pub fn check(choices: &Choices, scenario: &Scenario) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Severity by severity instead of a sort, which is 4 KiB of wasm.
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        for rule in TABLE.iter().filter(|rule| rule.severity == severity) {
            findings.extend((rule.check)(choices, scenario).into_iter().map(|hit| Finding {
                rule: rule.id,
                severity,
                field: Some(hit.field),
                line: None,
                column: None,
                message: hit.message.into_owned(),
                why: rule.why,
                fix: hit.fix,
                source: rule.source,
                in_output: rule.in_output,
            }));
        }
    }
    findings
}

/// The usual check of a text field: something was typed, and it does not parse.
fn parse_errors<T>(
    choices: &Choices,
    field: TextField,
    parse: impl Fn(&str) -> Result<T, ParseError>,
    message: impl Fn(&str) -> Cow<'static, str>,
) -> Vec<Hit> {
    let text = choices.text(field).trim();
    match parse(text) {
        Err(parse_errors) if !text.is_empty() => vec![Hit::at(field, message(&parse_errors.part))],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{link, scenario};

    fn findings(link: &str) -> Vec<Finding> {
        let parsed = link::parse(link);
        assert!(parsed.problems.is_empty(), "{link}: {:?}", parsed.problems);
        check(&parsed.choices, &scenario::resolve(&parsed.choices))
    }

    #[test]
    fn every_rule_finds_its_violating_example_and_passes_its_clean_one() {
        for rule in TABLE {
            let hit = |link: &str| findings(link).iter().any(|finding| finding.rule == rule.id);
            assert!(hit(rule.violating), "{} does not find {}", rule.id, rule.violating);
            assert!(!hit(rule.clean), "{} objects to {}", rule.id, rule.clean);
        }
    }

    #[test]
    fn the_clean_example_of_an_error_has_no_error_at_all() {
        for rule in TABLE.iter().filter(|rule| rule.severity == Severity::Error) {
            let errors: Vec<_> = findings(rule.clean)
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error)
                .collect();
            assert_eq!(errors, [], "{}", rule.id);
        }
    }

    #[test]
    fn a_fix_removes_its_finding_and_adds_none() {
        let mut fixes = 0;
        for rule in TABLE {
            let choices = link::parse(rule.violating).choices;
            let before = check(&choices, &scenario::resolve(&choices));
            for finding in before.iter().filter(|finding| finding.rule == rule.id) {
                let Some(fix) = &finding.fix else { continue };
                fixes += 1;
                let fixed = fix.apply(&choices);
                let after = check(&fixed, &scenario::resolve(&fixed));
                assert!(!after.contains(finding), "{}: the fix leaves the finding", rule.id);
                for left in after {
                    assert!(
                        before.iter().any(|other| other.rule == left.rule),
                        "{}: the fix adds {}",
                        rule.id,
                        left.rule
                    );
                }
            }
        }
        assert!(fixes >= 3, "the examples show the fixes");
    }

    #[test]
    fn ids_are_unique_and_in_kebab_case() {
        for (index, rule) in TABLE.iter().enumerate() {
            assert!(
                rule.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                rule.id
            );
            assert!(TABLE.iter().skip(index + 1).all(|other| other.id != rule.id), "{}", rule.id);
        }
    }
}
