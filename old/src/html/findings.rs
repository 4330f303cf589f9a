//! Findings: beside their field, and in the summary that leads to the fields.

use crate::text::page as text;
use configurator_core::choices::Field;
use configurator_core::rules::{Finding, Severity};
use maud::{Markup, html};

pub(super) const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

pub(super) const fn words(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => text::ERROR,
        Severity::Warning => text::WARNING,
        Severity::Info => text::INFO,
    }
}

/// What stands beside a field. A fix is a button with the field that it changes in `data-fix` and
/// the new text in `data-value`.
pub(super) fn messages(field: Field, findings: &[&Finding]) -> Markup {
    html! {
        @for finding in findings.iter().filter(|finding| finding.field == Some(field) && !finding.is_missing()) {
            p class={ "message " (class(finding.severity)) } {
                span.visually-hidden { (words(finding.severity)) ": " }
                (finding.message)
                // What is merely good to know must not push the form apart.
                @if finding.severity != Severity::Info { " " span.why { (finding.why) } }
                " " (to_rule(finding.rule))
                @if let Some(fix) = &finding.fix { " " button.link type="button" data-fix=(fix.field.key()) data-value=(fix.value) { (text::fix(&fix.value)) } }
            }
        }
    }
}

/// The summary: what in the link was not understood, errors, warnings, and the names that are
/// missing. Each leads to its field by `data-focus`.
pub(super) fn summary(problems: &[String], findings: &[&Finding]) -> Markup {
    let of = |severity: Severity| {
        findings
            .iter()
            .copied()
            .filter(move |finding| finding.severity == severity && !finding.is_missing())
            .collect()
    };
    let missing: Vec<Field> = findings
        .iter()
        .filter(|finding| finding.is_missing())
        .filter_map(|finding| finding.field)
        .collect();
    html! {
        @if !problems.is_empty() {
            div.summary.error {
                h3 { (text::LINK_PROBLEMS) }
                ul { @for problem in problems { li { (problem) } } }
            }
            // Until then the script refuses to start: the link may have meant something else.
            p { button.button id="accept-link" type="button" { (text::ACCEPT_LINK) } }
        }
        (group(text::ERRORS, Severity::Error, of(Severity::Error)))
        (group(text::WARNINGS, Severity::Warning, of(Severity::Warning)))
        @if !missing.is_empty() {
            p.missing {
                strong { (text::MISSING) }
                @for field in missing { " " (to_field(field)) }
            }
        }
    }
}

/// Opens the page of the rule, by `data-rule`.
fn to_rule(id: &str) -> Markup {
    html! { button.link.rule-id type="button" data-rule=(id) aria-haspopup="dialog" aria-label=(text::rule(id)) { (id) } }
}

fn to_field(field: Field) -> Markup {
    html! { button.link type="button" data-focus=(field.key()) { (text::field_label(field)) } }
}

fn group(title: &str, severity: Severity, findings: Vec<&Finding>) -> Markup {
    html! {
        @if !findings.is_empty() {
            div class={ "summary " (class(severity)) } {
                h3 { (title) }
                ul {
                    @for finding in findings {
                        li {
                            @match finding.field {
                                // The message leads to the field; whose message it is, says the
                                // field's name.
                                Some(field) => {
                                    button.link type="button" data-focus=(field.key()) { strong { (text::field_label(field)) ":" } " " (finding.message) }
                                },
                                None => (finding.message),
                            }
                        }
                    }
                }
            }
        }
    }
}
