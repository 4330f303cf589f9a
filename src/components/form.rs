//! The form: the scenario, and the sections with their fields.

use crate::components::field::{Radios, TextInput};
use crate::components::scenario_picker::ScenarioPicker;
use crate::components::timeline::Timeline;
use crate::model::Model;
use crate::view::{list, maybe};
use configurator_core::choices::Field;
use configurator_core::choices::sections::{SECTIONS, Section, is_used};
use configurator_render::embed::Hidden;
use leptos::prelude::*;

/// The form.
#[component]
pub fn Form() -> impl IntoView {
    let hides_scenario = Model::get().hides(Hidden::Scenario);
    let sections = list(SECTIONS, |section| view! { <FormSection section/> }.into_any());
    view! {
        {maybe((!hides_scenario).then_some(()), |()| view! { <ScenarioPicker/> }.into_any())}
        {sections}
    }
    .into_any()
}

#[component]
fn FormSection(section: &'static Section) -> impl IntoView {
    let model = Model::get();
    let hidden = model.flag(move |choices| {
        section.fields.iter().all(|field| {
            !is_used(choices, *field)
                || model.in_frame(|frame| frame.hides(*field, choices)).unwrap_or_default()
        })
    });
    let fields = list(section.fields, |field| match *field {
        Field::Text(field) => view! { <TextInput field/> }.into_any(),
        Field::Select(field) => view! { <Radios field/> }.into_any(),
    });
    let timeline = maybe((section.id == "synchronization").then_some(()), |()| {
        view! { <Timeline/> }.into_any()
    });
    let fields = view! { <div class="fields">{fields}</div> {timeline} }.into_any();
    let content = if section.folded {
        let is_filled = section.fields.iter().any(|field| {
            let choices = model.choices.read_untracked();
            matches!(field, Field::Text(field) if !choices.text(*field).is_empty())
        });
        view! {
            <details class="rare" open=is_filled>
                <summary id=format!("open-{}", section.id)>
                    <h2 id=section.id>{section.title}</h2>
                    <span class="lead">{section.lead}</span>
                </summary>
                {fields}
            </details>
        }
        .into_any()
    } else {
        view! {
            <h2 id=section.id>{section.title}</h2>
            <p class="lead">{section.lead}</p>
            {fields}
        }
        .into_any()
    };
    view! {
        <section id=format!("section-{}", section.id) aria-labelledby=section.id hidden=hidden>
            {content}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::choices::{Choices, SelectField as S, Sync, Task, Tls, Upgrade};
    use configurator_core::plan::Origin;
    use configurator_render::Outcome;

    #[test]
    fn every_field_is_in_one_section() {
        for field in Field::all() {
            let is_elsewhere = matches!(field, Field::Select(S::Task | S::Shell));
            let places = SECTIONS
                .iter()
                .flat_map(|section| section.fields)
                .filter(|other| **other == field)
                .count();
            assert_eq!(places, usize::from(!is_elsewhere), "{}", field.key());
        }
    }

    #[test]
    fn every_field_of_a_plan_is_shown() {
        for task in Task::ALL {
            for tls in Tls::ALL {
                for sync in Sync::ALL {
                    for upgrade in Upgrade::ALL {
                        let mut choices = Choices::default();
                        (
                            choices.select.task,
                            choices.select.tls,
                            choices.select.sync,
                            choices.select.upgrade,
                        ) = (*task, *tls, *sync, *upgrade);
                        let outcome = Outcome::of(&choices);
                        for variable in &outcome.plan.variables {
                            let Origin::Field(field) = variable.origin else { continue };
                            assert!(is_used(&choices, field), "{task:?} {tls:?}: {}", field.key());
                        }
                        for finding in &outcome.findings {
                            assert!(
                                finding.field.is_none_or(|field| is_used(&choices, field)),
                                "{task:?} {tls:?}: {}",
                                finding.rule
                            );
                        }
                    }
                }
            }
        }
    }
}
