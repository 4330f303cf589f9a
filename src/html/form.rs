//! The form: what is deployed, the names, and what is rarely needed. What is wrong with a field goes into its place later.

use crate::choices::{Choices, Field, Preset, SelectField, TextField};
use crate::text::{fields, page as text, presets, selects};
use maud::{Markup, html};

/// The id of the control of a field; of a field with a closed list, of its first radio.
pub fn control_id(field: Field) -> String {
    match field {
        Field::Text(field) => format!("field-{}", field.key()),
        Field::Select(field) => radio_id(field, field.words().first().copied().unwrap_or_default()),
    }
}

/// The id of the element that holds what is wrong with a field.
pub fn messages_id(field: TextField) -> String {
    format!("messages-{}", field.key())
}

/// The id of the hint of a field.
pub fn hint_id(field: TextField) -> String {
    format!("hint-{}", field.key())
}

/// The id of one radio.
pub fn radio_id(field: SelectField, word: &str) -> String {
    format!("field-{}-{word}", field.key())
}

const REQUIRED: [TextField; 4] = [TextField::Registry, TextField::Name, TextField::ResourceGroup, TextField::Cluster];
const RARE: [TextField; 5] =
    [TextField::ClusterResourceGroup, TextField::Subscription, TextField::ClusterSubscription, TextField::Extension, TextField::Context];

/// The whole form, with the choices in it.
pub fn form(choices: &Choices) -> Markup {
    let preset = presets::of(Preset::SecureDefault);
    html! {
        section aria-labelledby="scenario" {
            h2 id="scenario" { (preset.title) " " span.tag { (text::RECOMMENDED) } }
            p.lead { (preset.description) }
        }
        section aria-labelledby="names" {
            h2 id="names" { (text::NAMES) }
            p.lead { (text::NAMES_LEAD) }
            div.fields {
                @for field in REQUIRED { (text_input(choices, field, true)) }
                (text_input(choices, TextField::Ip, true))
                (text_input(choices, TextField::Cidr, false))
                (text_input(choices, TextField::Repositories, true))
            }
        }
        section aria-labelledby="rare" {
            details.rare open[RARE.iter().any(|field| !choices.text(*field).is_empty())] {
                summary { h2 id="rare" { (text::RARE) } span.lead { (text::RARE_LEAD) } }
                div.fields { @for field in RARE { (text_input(choices, field, false)) } }
                (radios(choices, SelectField::Mode))
                (radios(choices, SelectField::Slot))
            }
        }
    }
}

/// A text field: label, hint, example, and the place for what is wrong with it.
fn text_input(choices: &Choices, field: TextField, required: bool) -> Markup {
    let words = fields::of(field);
    let is_list = field == TextField::Repositories;
    let id = control_id(field.into());
    html! {
        div.field.wide[is_list] {
            label for=(id) { (words.label) @if !required { " " span.optional { (text::OPTIONAL) } } }
            span.hint id=(hint_id(field)) { (words.hint) }
            @if is_list {
                textarea id=(id) name=(field.key()) rows="2" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=(words.example)
                    required[required] aria-describedby=(hint_id(field)) { (choices.text(field)) }
            } @else {
                input id=(id) name=(field.key()) type="text" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=(words.example)
                    required[required] aria-describedby=(hint_id(field)) value=(choices.text(field));
            }
            div id=(messages_id(field)) {}
        }
    }
}

/// A choice from a closed list: native radios in a fieldset.
fn radios(choices: &Choices, field: SelectField) -> Markup {
    html! {
        fieldset.radios {
            legend { (selects::of(field).label) }
            @for word in field.words() {
                @let option = selects::option(field, word);
                @let id = radio_id(field, word);
                div.radio {
                    input type="radio" id=(id) name=(field.key()) value=(word) checked[choices.select.word(field) == *word] aria-describedby={ (id) "-hint" };
                    label for=(id) { (option.label) }
                    span.hint id={ (id) "-hint" } { (option.hint) }
                }
            }
        }
    }
}
