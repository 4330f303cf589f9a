//! Findings: the messages about a field, and the summary that leads to the fields.

use crate::components::field::{label, messages_id};
use crate::model::{Dialogs, Model};
use crate::view::{button, dynamic, list, maybe, memo, on};
use configurator_core::choices::Field;
use configurator_core::rules::{Finding, Fix, Severity};
use leptos::html;
use leptos::prelude::*;

const ERROR: &str = "Error";
const WARNING: &str = "Warning";
const INFO: &str = "Note";
const ERRORS: &str = "To fix";
const WARNINGS: &str = "Look at these again";
const MISSING: &str = "Still missing:";
const LINK_PROBLEMS: &str = "Not everything in the link was understood";
const ACCEPT_LINK: &str = "Go on with what was understood";
const FIELD_IS_HIDDEN: &str = "The page around this one does not show that field. Open this in a \
                               window of its own to fill it in.";

/// The class of a severity.
pub const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// The word for a severity.
pub const fn words(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => INFO,
    }
}

/// The messages about a field.
#[component]
pub fn Messages(
    /// The field.
    field: Field,
) -> impl IntoView {
    let findings = Model::get().findings_of(field);
    let messages = dynamic(move || list(findings.get(), message));
    view! { <div id=messages_id(field)>{messages}</div> }.into_any()
}

fn message(finding: Finding) -> AnyView {
    let Finding { severity, message, why, rule, fix, .. } = finding;
    // An information must not push the form apart.
    let why = maybe((severity != Severity::Info).then_some(why), |why| {
        view! { " " <span class="why">{why}</span> }.into_any()
    });
    let fix = maybe(fix, |fix| view! { " " {fix_button(fix)} }.into_any());
    view! {
        <p class=format!("message {}", class(severity))>
            <span class="visually-hidden">{words(severity)} ": "</span>
            {message}
            {why}
            " "
            {rule_button(rule)}
            {fix}
        </p>
    }
    .into_any()
}

fn fix_button(fix: Fix) -> AnyView {
    let model = Model::get();
    button("link", format!("Change it to {}", fix.value), move || {
        model.choose(|choices| choices.set_text(fix.field, fix.value.clone()));
        model.focus(fix.field.into());
    })
}

/// The button that opens the page of a rule.
pub fn rule_button(rule: &'static str) -> AnyView {
    let dialogs = Dialogs::get();
    view! {
        <button
            class="link rule-id"
            type="button"
            aria-haspopup="dialog"
            aria-label=format!("The rule {rule}")
            on:click=on(move |_| dialogs.rule.set(Some(rule)))
        >
            {rule}
        </button>
    }
    .into_any()
}

/// A button that leads to a field. If the embedding page hides the field, it says so instead.
pub fn field_button(field: Field, content: AnyView) -> AnyView {
    let model = Model::get();
    let go = move |_| {
        let is_hidden = model
            .in_frame(|frame| {
                frame.view == configurator_render::embed::View::Command
                    || frame.hides(field, &model.choices.read_untracked())
            })
            .unwrap_or_default();
        if is_hidden {
            model.say(FIELD_IS_HIDDEN);
        } else {
            model.focus(field);
        }
    };
    view! { <button class="link" type="button" on:click=go>{content}</button> }.into_any()
}

/// What in the link was not understood, errors, warnings, and the names that are missing.
#[component]
pub fn Summary(
    /// The element of the summary.
    node: NodeRef<html::Div>,
) -> impl IntoView {
    let model = Model::get();
    let problems = dynamic(move || {
        maybe(Some(model.problems.get()).filter(|problems| !problems.is_empty()), |problems| {
            let items = list(problems, |problem| view! { <li>{problem}</li> }.into_any());
            // Until then the script refuses to start: the link may have meant something else.
            let accept = button("button", ACCEPT_LINK, move || {
                model.accept_link();
                model.focus_copy.set(true);
            });
            view! {
                <div class="summary error"><h3>{LINK_PROBLEMS}</h3><ul>{items}</ul></div>
                <p>{accept}</p>
            }
            .into_any()
        })
    });
    let group = move |title: &'static str, severity: Severity| {
        let findings = memo(move || {
            let is_of = |finding: &&Finding| finding.severity == severity && !finding.is_missing();
            model.findings.read().iter().filter(is_of).cloned().collect::<Vec<_>>()
        });
        dynamic(move || {
            maybe(Some(findings.get()).filter(|findings| !findings.is_empty()), |findings| {
                let items = list(findings, item);
                view! {
                    <div class=format!("summary {}", class(severity))>
                        <h3>{title}</h3>
                        <ul>{items}</ul>
                    </div>
                }
                .into_any()
            })
        })
    };
    let missing = memo(move || {
        let findings = model.findings.read();
        let missing = findings.iter().filter(|finding| finding.is_missing());
        missing.filter_map(|finding| finding.field).collect::<Vec<_>>()
    });
    let missing = dynamic(move || {
        maybe(Some(missing.get()).filter(|fields| !fields.is_empty()), |fields| {
            let fields = list(fields, |field| {
                view! { " " {field_button(field, label(field).into_any())} }.into_any()
            });
            view! { <p class="missing"><strong>{MISSING}</strong> {fields}</p> }.into_any()
        })
    });
    view! {
        <div id="summary" tabindex="-1" node_ref=node>
            {problems}
            {group(ERRORS, Severity::Error)}
            {group(WARNINGS, Severity::Warning)}
            {missing}
        </div>
    }
    .into_any()
}

fn item(finding: Finding) -> AnyView {
    let message = finding.message;
    let content = match finding.field {
        Some(field) => {
            let content = view! { <strong>{label(field)} ":"</strong> " " {message} }.into_any();
            field_button(field, content)
        }
        None => message.into_any(),
    };
    view! { <li>{content}</li> }.into_any()
}
