//! A field of the form: a text to type, or a choice from a closed list.

use crate::browser::{Element, focus};
use crate::components::findings::Messages;
use crate::model::Model;
use crate::view::{effect, external_link, flag, list, maybe, on, text};
use configurator_core::azure;
use configurator_core::choices::{
    Choices, Field, SelectField, TextField, Tls, field_text, select_text,
};
use leptos::html;
use leptos::prelude::*;

use TextField as T;

const OPTIONAL: &str = "(optional)";
const DOCS: &str = "Docs";
const USES: &str = "Show";
const LOCKED: &str = "Set by the page that shows this one.";
const NO_TRUST_WITHOUT_TLS: &str =
    "Not with plain HTTP: there is no certificate to trust. Choose a certificate above first.";

/// The label of a field.
pub fn label(field: Field) -> &'static str {
    match field {
        Field::Text(field) => field_text::label(field),
        Field::Select(field) => select_text::of(field).label,
    }
}

/// The id of the control of a field; of a closed list, that of its first radio.
pub fn control_id(field: Field) -> String {
    match field {
        Field::Text(field) => format!("field-{}", field.key()),
        Field::Select(field) => radio_id(field, field.words().first().copied().unwrap_or_default()),
    }
}

/// The id of a radio.
pub fn radio_id(field: SelectField, word: &str) -> String {
    format!("field-{}-{word}", field.key())
}

/// The id of the element around a field.
fn wrapper_id(field: Field) -> String {
    format!("around-{}", field.key())
}

/// The id of the messages of a field.
pub fn messages_id(field: Field) -> String {
    format!("messages-{}", field.key())
}

/// Whether the field must be filled in, for its label.
const fn is_required(field: TextField) -> bool {
    matches!(
        field,
        T::Registry
            | T::Name
            | T::ResourceGroup
            | T::Cluster
            | T::Ip
            | T::Repositories
            | T::Secret
            | T::Certificate
            | T::PrivateKey
            | T::Schedule
            | T::Window
            | T::Version
            | T::Image
    )
}

/// Returns why a list has nothing to choose from. It is shown anyway, so that users can find it.
fn why_not(choices: &Choices, field: SelectField) -> Option<&'static str> {
    (field == SelectField::Trust && choices.select.tls == Tls::Http).then_some(NO_TRUST_WITHOUT_TLS)
}

/// Leads from a field to the pieces of the output that come from it, and to its documentation.
fn ways(field: Field) -> AnyView {
    let model = Model::get();
    let source = azure::documented(field);
    let documented = maybe(source.url, |url| {
        let name = format!("{DOCS}: {} ({})", label(field), source.name);
        view! {
            <a
                class="docs"
                href=url
                target="_blank"
                rel="noreferrer"
                title=source.name
                aria-label=name
            >
                {DOCS}
            </a>
        }
        .into_any()
    });
    view! {
        <span class="ways">
            <button
                class="docs"
                type="button"
                aria-label=format!("Show in the output: {}", label(field))
                on:click=on(move |_| model.show_uses(field))
            >
                {USES}
            </button>
            " "
            {documented}
        </span>
    }
    .into_any()
}

/// Says that the embedding page locks the field.
fn locked(field: Field, is_locked: Signal<bool>) -> AnyView {
    crate::view::dynamic(move || {
        maybe(is_locked.get().then_some(()), |()| {
            let id = format!("locked-{}", field.key());
            view! { <p class="why-not" id=id>{LOCKED}</p> }.into_any()
        })
    })
}

/// Focuses an element when the model asks for it.
fn focus_on_request(field: Field, control: impl Fn() -> Option<Element> + 'static) {
    let model = Model::get();
    effect(move || {
        if model.focus_request.get() == Some(field)
            && let Some(control) = control()
        {
            focus::focus(&control);
        }
    });
}

/// The ids of the hint and of the messages, if there are any, for `aria-describedby`.
fn described_by(hint: Option<String>, field: Field, has_messages: Signal<bool>) -> Signal<String> {
    text(move || {
        let messages = has_messages.get().then(|| messages_id(field));
        hint.iter().cloned().chain(messages).collect::<Vec<_>>().join(" ")
    })
}

/// A text field: label, hint, example, and the messages about it.
#[component]
pub fn TextInput(
    /// The field.
    field: TextField,
) -> impl IntoView {
    let model = Model::get();
    let words = field_text::of(field);
    let is_list = field.is_multiline();
    let required = is_required(field);
    let (id, hint_id) = (control_id(field.into()), format!("hint-{}", field.key()));
    let findings = model.findings_of(field.into());
    let is_locked = model.is_locked(field.into());
    let is_invalid = text(move || {
        let is_error = |finding: &configurator_core::rules::Finding| {
            finding.severity == configurator_core::rules::Severity::Error
        };
        findings.read().iter().any(is_error).to_string()
    });
    let has_messages = flag(move || !findings.read().is_empty());
    let described = described_by(Some(hint_id.clone()), field.into(), has_messages);
    let value = model.text(field);
    let control = if is_list {
        let area = NodeRef::<html::Textarea>::new();
        focus_on_request(field.into(), move || area.get_untracked().map(Into::into));
        view! {
            <textarea
                id=id.clone()
                name=field.key()
                rows="2"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                placeholder=words.example
                required=required
                readonly=is_locked
                aria-describedby=described
                aria-invalid=is_invalid
                prop:value=value
                node_ref=area
                on:input:target=move |event| model.type_text(field, event.target().value())
                on:focus=on(move |_| model.start_editing(field.into()))
                on:blur=on(move |_| model.stop_editing())
            >
                {value.get_untracked()}
            </textarea>
        }
        .into_any()
    } else {
        let input = NodeRef::<html::Input>::new();
        focus_on_request(field.into(), move || input.get_untracked().map(Into::into));
        view! {
            <input
                id=id.clone()
                name=field.key()
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                placeholder=words.example
                required=required
                readonly=is_locked
                aria-describedby=described
                aria-invalid=is_invalid
                value=value.get_untracked()
                prop:value=value
                node_ref=input
                on:input:target=move |event| model.type_text(field, event.target().value())
                on:focus=on(move |_| model.start_editing(field.into()))
                on:blur=on(move |_| model.stop_editing())
            />
        }
        .into_any()
    };
    let optional = maybe((!required).then_some(OPTIONAL), |optional| {
        view! { " " <span class="optional">{optional}</span> }.into_any()
    });
    view! {
        <div
            class="field"
            class:wide=is_list
            id=wrapper_id(field.into())
            hidden=model.is_hidden(field.into())
            data-locked=move || is_locked.get().then_some("")
        >
            <div class="label">
                <label for=id>{words.label} {optional}</label>
                {ways(field.into())}
            </div>
            <span class="hint" id=hint_id>{words.hint}</span>
            {control}
            <Messages field=field.into()/>
            {locked(field.into(), is_locked)}
        </div>
    }
    .into_any()
}

/// A choice from a closed list: native radios in a fieldset.
#[component]
pub fn Radios(
    /// The field.
    field: SelectField,
) -> impl IntoView {
    let model = Model::get();
    let is_locked = model.is_locked(field.into());
    let reason = model.label(move |choices| why_not(choices, field).unwrap_or_default().to_owned());
    let disabled = flag(move || is_locked.get() || !reason.read().is_empty());
    let findings = model.findings_of(field.into());
    let has_messages = flag(move || !findings.read().is_empty());
    let described = described_by(None, field.into(), has_messages);
    let first = NodeRef::<html::Input>::new();
    focus_on_request(field.into(), move || first.get_untracked().map(Into::into));
    let ways =
        maybe((!matches!(field, SelectField::Task | SelectField::Shell)).then_some(()), |()| {
            view! { " " {ways(field.into())} }.into_any()
        });
    let reason = maybe((field == SelectField::Trust).then_some(reason), |reason| {
        view! { <p class="why-not" id=format!("why-not-{}", field.key())>{reason}</p> }.into_any()
    });
    let radios = list(field.words().iter().enumerate(), |(index, word)| {
        let option = select_text::option(field, word);
        let id = radio_id(field, word);
        let hint_id = format!("{id}-hint");
        let checked = model.flag(move |choices| choices.select.word(field) == *word);
        let reference = if index == 0 { first } else { NodeRef::new() };
        view! {
            <div class="radio">
                <input
                    type="radio"
                    id=id.clone()
                    name=field.key()
                    value=*word
                    checked=checked.get_untracked()
                    prop:checked=checked
                    aria-describedby=hint_id.clone()
                    node_ref=reference
                    on:change=on(move |_| model.select(field, word))
                    on:focus=on(move |_| model.start_editing(field.into()))
                />
                <label for=id>{option.label}</label>
                <span class="hint" id=hint_id>{option.hint}</span>
            </div>
        }
        .into_any()
    });
    view! {
        <fieldset
            class="radios"
            id=wrapper_id(field.into())
            hidden=model.is_hidden(field.into())
            disabled=disabled
            aria-describedby=described
            data-locked=move || is_locked.get().then_some("")
        >
            <legend>{select_text::of(field).label} {ways}</legend>
            {reason}
            {radios}
            <Messages field=field.into()/>
            {locked(field.into(), is_locked)}
        </fieldset>
    }
    .into_any()
}

/// A question with some answers, each a value and its label. The first one is chosen at first.
pub fn question(
    name: &'static str,
    question: &'static str,
    why: Option<&'static str>,
    answers: &'static [(&'static str, &'static str)],
    answer: RwSignal<&'static str>,
) -> AnyView {
    let radios = list(answers, |(value, label)| {
        let id = format!("{name}-{value}");
        let checked = flag(move || answer.get() == *value);
        view! {
            <div class="radio">
                <input
                    type="radio"
                    id=id.clone()
                    name=name
                    value=*value
                    checked=checked.get_untracked()
                    prop:checked=checked
                    on:change=on(move |_| answer.set(value))
                />
                <label for=id>{*label}</label>
            </div>
        }
        .into_any()
    });
    let why = maybe(why, |why| view! { <p class="hint">{why}</p> }.into_any());
    view! { <fieldset class="radios"><legend>{question}</legend>{why} {radios}</fieldset> }
        .into_any()
}

/// A link to the documentation behind a claim.
pub fn source_link(source: &azure::Source) -> AnyView {
    match source.url {
        Some(url) => external_link(url, source.name),
        None => source.name.into_any(),
    }
}
