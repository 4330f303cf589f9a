//! The task, and the documented scenarios of it.

use crate::browser::focus;
use crate::components::checker::ImportMessage;
use crate::components::field::Radios;
use crate::model::{Dialogs, Model};
use crate::view::{effect, list, maybe, on};
use configurator_core::choices::{Choices, Preset, SelectField, Task, preset_text, select_text};
use leptos::html;
use leptos::prelude::*;

const TITLE: &str = "What do you want to do?";
const SCENARIOS: &str = "Documented scenarios";
const RECOMMENDED: &str = "Recommended";
const RECOMMENDED_WHY: &str =
    "Why: it is encrypted, needs nothing prepared, and leaves you no work on the nodes.";
const NOT_SECURE: &str = "Not secure";
const OPEN_GUIDE: &str = "Not sure? Three questions";
const OPEN_CHECKER: &str = "Have commands already? Check them";

/// The scenarios in the order shown: from those for most users to those for few, with similar ones
/// next to each other.
const SHOWN: &[Preset] = &[
    Preset::SecureDefault,
    Preset::OwnCertManager,
    Preset::KubernetesSecret,
    Preset::Byoc,
    Preset::OwnTrust,
    Preset::Http,
    Preset::AutoUpgrade,
    Preset::ManualUpgrade,
    Preset::PinVersion,
    Preset::SyncDaily,
    Preset::SyncContinuous,
    Preset::PullImage,
    Preset::CleanUp,
];

/// Whether the chosen task has documented scenarios.
fn has_scenarios(choices: &Choices) -> bool {
    Preset::ALL.iter().any(|preset| preset.is_for(choices.select.task))
}

/// Says that the choices are not a documented scenario.
fn no_scenario(choices: &Choices) -> String {
    if choices.recognized().is_some() || !has_scenarios(choices) {
        return String::new();
    }
    if choices.preset.is_for(choices.select.task) {
        let title = preset_text::of(choices.preset).title;
        format!("Your own: {title}, with changes of yours. The commands follow what is chosen.")
    } else {
        "Your own: none of these as documented. The commands follow what is chosen.".to_owned()
    }
}

/// Whether the embedding page keeps its readers from choosing a scenario.
fn is_locked(model: Model, preset: Preset, choices: &Choices) -> bool {
    model.in_frame(|frame| frame.locks_scenario(preset, choices)).unwrap_or_default()
}

/// The task and its scenarios.
#[component]
pub fn ScenarioPicker() -> impl IntoView {
    let (model, dialogs) = (Model::get(), Dialogs::get());
    let hint = model.label(|choices| {
        let task = choices.select.word(SelectField::Task);
        select_text::option(SelectField::Task, task).hint.to_owned()
    });
    let no_scenario = model.label(no_scenario);
    let has_guide = move |choices: &Choices| {
        choices.select.task == Task::Deploy
            && !Preset::ALL.iter().any(|preset| is_locked(model, *preset, choices))
    };
    let cards = list(SHOWN, |preset| view! { <Card preset=*preset/> }.into_any());
    view! {
        <section aria-labelledby="scenario">
            <h2 id="scenario">{TITLE}</h2>
            <p class="prompt check">
                <button
                    class="link"
                    id="open-reader"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=on(move |_| dialogs.checker.set(true))
                >
                    {OPEN_CHECKER}
                </button>
                <ImportMessage/>
            </p>
            <Radios field=SelectField::Task/>
            <p class="hint" id="task-hint" aria-hidden="true">{hint}</p>
            <fieldset
                class="radios cards"
                id="scenarios"
                hidden=model.flag(|choices| !has_scenarios(choices))
            >
                <legend>{SCENARIOS}</legend>
                {cards}
            </fieldset>
            <p class="lead" id="no-scenario" role="status">{no_scenario}</p>
            <p class="prompt" id="ask" hidden=model.flag(move |choices| !has_guide(choices))>
                <button
                    class="link"
                    id="open-guide"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=on(move |_| dialogs.guide.set(true))
                >
                    {OPEN_GUIDE}
                </button>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn Card(preset: Preset) -> impl IntoView {
    let model = Model::get();
    let words = preset_text::of(preset);
    let id = format!("scenario-{}", preset.id());
    let (around_id, hint_id) = (format!("around-{id}"), format!("{id}-hint"));
    let is_default = preset == Preset::default();
    let checked = model.flag(move |choices| choices.recognized() == Some(preset));
    let radio = NodeRef::<html::Input>::new();
    effect(move || {
        if model.scenario_focus_request.get() == Some(preset)
            && let Some(radio) = radio.get_untracked()
        {
            focus::focus(&radio);
        }
    });
    view! {
        <div
            class="radio"
            class:wide=is_default
            id=around_id
            hidden=model.flag(move |choices| !preset.is_for(choices.select.task))
        >
            <input
                type="radio"
                id=id.clone()
                name="scenario"
                value=preset.id()
                checked=checked.get_untracked()
                prop:checked=checked
                disabled=model.flag(move |choices| is_locked(model, preset, choices))
                aria-describedby=hint_id.clone()
                node_ref=radio
                on:change=on(move |_| model.choose(|choices| choices.start_from(preset)))
            />
            <label for=id>
                {words.title}
                {tag(is_default, "tag", RECOMMENDED)}
                {tag(preset == Preset::Http, "tag warning", NOT_SECURE)}
            </label>
            <span class="hint" id=hint_id>
                {words.description}
                {tag(is_default, "why", RECOMMENDED_WHY)}
            </span>
        </div>
    }
    .into_any()
}

fn tag(is_shown: bool, class: &'static str, text: &'static str) -> AnyView {
    maybe(is_shown.then_some(text), |text| view! { " " <span class=class>{text}</span> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scenario_is_shown_once() {
        assert_eq!(SHOWN.len(), Preset::ALL.len());
        assert!(Preset::ALL.iter().all(|preset| SHOWN.contains(preset)));
    }
}
