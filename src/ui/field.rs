//! A text field: label, hint, example, and what is wrong with it.

use super::state::State;
use crate::choices::{Field, TextField};
use crate::rules::{Finding, Severity};
use crate::text::{fields, page as text};
use leptos::ev::{Event, FocusEvent};
use leptos::prelude::*;

/// The id of the control of a field.
pub(super) fn control_id(field: Field) -> String {
    format!("field-{}", field.key())
}

#[component]
pub(super) fn TextInput(field: TextField, #[prop(optional)] required: bool, #[prop(optional)] wide: bool) -> impl IntoView {
    let state = expect_context::<State>();
    let words = fields::of(field);
    let id = control_id(field.into());
    let hint_id = format!("{id}-hint");
    let message_id = format!("{id}-message");

    // Missing is said in the summary; beside the field it would only nag.
    let findings = Memo::new(move |_| {
        let about_this = |finding: &Finding| finding.field == Some(field.into()) && finding.rule != "missing";
        state.shown_findings().into_iter().filter(about_this).collect::<Vec<_>>()
    });
    let is_wrong = Memo::new(move |_| findings.with(|findings| findings.iter().any(|finding| finding.severity == Severity::Error)));
    let described_by = {
        let (hint_id, message_id) = (hint_id.clone(), message_id.clone());
        move || if findings.with(Vec::is_empty) { hint_id.clone() } else { format!("{hint_id} {message_id}") }
    };

    let value = move || state.choices.with(|choices| choices.text(field).to_owned());
    let typed = move |event: Event| state.type_text(field, event_target_value(&event));
    let entered = move |_: FocusEvent| {
        if findings.with_untracked(Vec::is_empty) {
            state.quiet.set(Some(field));
        }
    };
    let left = move |_: FocusEvent| {
        state.quiet.set(None);
        state.commit();
    };

    view! {
        <div class="field" class:wide=wide class:wrong=is_wrong>
            <label for=id.clone()>{words.label} {(!required).then(|| view! { <span class="optional">{text::OPTIONAL}</span> })}</label>
            <span class="hint" id=hint_id>{words.hint}</span>
            {if wide {
                view! {
                    <textarea id=id rows="2" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=words.example
                        required=required aria-describedby=described_by aria-invalid=move || is_wrong.get().to_string()
                        prop:value=value on:input=typed on:focus=entered on:blur=left></textarea>
                }.into_any()
            } else {
                view! {
                    <input id=id type="text" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=words.example
                        required=required aria-describedby=described_by aria-invalid=move || is_wrong.get().to_string()
                        prop:value=value on:input=typed on:focus=entered on:blur=left />
                }.into_any()
            }}
            <div class="messages" id=message_id>
                {move || findings.get().into_iter().map(|finding| view! { <Message finding /> }).collect_view()}
            </div>
        </div>
    }
}

/// One finding beside its field.
#[component]
fn Message(finding: Finding) -> impl IntoView {
    let state = expect_context::<State>();
    let fix = finding.fix.map(|fix| {
        let label = text::fix(&fix.value);
        let apply = move |_| state.choose(|choices| choices.set_text(fix.field, fix.value.clone()));
        view! { <button type="button" class="link" on:click=apply>{label}</button> }
    });
    view! {
        <p class=format!("message {}", super::findings::class(finding.severity))>
            <span class="visually-hidden">{text::severity(finding.severity)}": "</span>
            {finding.message} " " <span class="why">{finding.why}</span> " " {fix}
        </p>
    }
}
