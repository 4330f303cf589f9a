//! The summary of what is wrong and what is missing, which leads to the fields.

use super::field::control_id;
use super::state::State;
use crate::choices::Field;
use crate::rules::{Finding, Severity};
use crate::text::page as text;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The class of a severity.
pub(super) const fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// Moves the focus to the control of a field, opening what it is folded into.
pub(super) fn focus(field: Field) {
    let Some(element) = document().get_element_by_id(&control_id(field)) else { return };
    if let Ok(Some(details)) = element.closest("details") {
        let _kept_closed = details.set_attribute("open", "");
    }
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _not_focusable = element.focus();
    }
}

/// Everything found, by severity.
#[component]
pub(super) fn Summary() -> impl IntoView {
    let state = expect_context::<State>();
    let findings = Memo::new(move |_| state.shown_findings());
    let list = move |severity: Severity, is_missing: bool| {
        findings.with(|findings| {
            let wanted = |finding: &&Finding| finding.severity == severity && (finding.rule == "missing") == is_missing;
            findings.iter().filter(wanted).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        {move || group(text::LINK_PROBLEMS, Severity::Warning, state.problems.get())}
        {move || group(text::ERRORS, Severity::Error, list(Severity::Error, false))}
        {move || group(text::WARNINGS, Severity::Warning, list(Severity::Warning, false))}
        {move || {
            let missing = list(Severity::Info, true);
            (!missing.is_empty()).then(|| view! {
                <p class="missing">
                    <strong>{text::MISSING}</strong>
                    {missing.into_iter().filter_map(|finding| finding.field).map(|field| view! {
                        " " <button type="button" class="link" on:click=move |_| focus(field)>{text::field_label(field)}</button>
                    }).collect_view()}
                </p>
            })
        }}
    }
}

fn group(title: &'static str, severity: Severity, findings: Vec<Finding>) -> Option<impl IntoView> {
    (!findings.is_empty()).then(|| {
        view! {
            <div class=format!("summary {}", class(severity))>
                <h3>{title}</h3>
                <ul>
                    {findings.into_iter().map(|finding| match finding.field {
                        Some(field) => view! {
                            <li><button type="button" class="link" on:click=move |_| focus(field)>{text::field_label(field)}</button>": "{finding.message}</li>
                        }.into_any(),
                        None => view! { <li>{finding.message}</li> }.into_any(),
                    }).collect_view()}
                </ul>
            </div>
        }
    })
}
