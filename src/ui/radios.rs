//! A choice from a closed list: native radios in a fieldset.

use super::field::control_id;
use super::state::State;
use crate::choices::SelectField;
use crate::text::selects;
use leptos::prelude::*;

#[component]
pub(super) fn Radios(field: SelectField) -> impl IntoView {
    let state = expect_context::<State>();
    let words = selects::of(field);
    let name = control_id(field.into());
    let options = field.words().iter().copied().map(|word| {
        let option = selects::option(field, word);
        let is_chosen = move || state.choices.with(|choices| choices.select.word(field) == word);
        let choose = move |_| state.choose(|choices| _ = choices.select.set_word(field, word));
        let id = format!("{name}-{word}");
        let hint_id = format!("{id}-hint");
        view! {
            <div class="radio">
                <input type="radio" id=id.clone() name=name.clone() value=word prop:checked=is_chosen aria-describedby=hint_id.clone() on:change=choose />
                <label for=id>{option.label}</label>
                <span class="hint" id=hint_id>{option.hint}</span>
            </div>
        }
    });
    view! {
        <fieldset class="radios">
            <legend>{words.label}</legend>
            {options.collect_view()}
        </fieldset>
    }
}
