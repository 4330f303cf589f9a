//! The form: what is deployed, the names, and what is rarely needed. What is wrong with a field
//! goes into its place later.

use crate::text::page as text;
use configurator_core::azure;
use configurator_core::choices::{
    Choices, Field, Preset, SelectField, Task, TextField, Tls, field_text, preset_text, select_text,
};
use maud::{Markup, html};

use SelectField as S;
use TextField as T;
use configurator_core::choices::sections::{SECTIONS, Section, is_used};

/// The id of the control of a field; of a field with a closed list, of its first radio.
pub fn control_id(field: Field) -> String {
    match field {
        Field::Text(field) => format!("field-{}", field.key()),
        Field::Select(field) => radio_id(field, field.words().first().copied().unwrap_or_default()),
    }
}

/// The id of the element that holds what is wrong with a field.
pub fn messages_id(field: Field) -> String {
    format!("messages-{}", field.key())
}

/// The field of such an id.
pub fn field_of_messages(id: &str) -> Option<Field> {
    Field::from_key(id.strip_prefix("messages-")?)
}

/// The id of the hint of a field.
pub fn hint_id(field: TextField) -> String {
    format!("hint-{}", field.key())
}

/// The id of one radio.
pub fn radio_id(field: SelectField, word: &str) -> String {
    format!("field-{}-{word}", field.key())
}

/// The scenarios in the order shown: what is alike beside each other, and from what most want to
/// what few should.
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

/// Why the field can be chosen by nobody as things are: it is shown all the same, so that who looks
/// for it finds it.
pub fn why_not(choices: &Choices, field: SelectField) -> Option<&'static str> {
    (field == S::Trust && choices.select.tls == Tls::Http).then_some(text::NO_TRUST_WITHOUT_TLS)
}

/// The id of the sentence that says so.
pub fn why_not_id(field: SelectField) -> String {
    format!("why-not-{}", field.key())
}

/// Whether the field must be filled in, for its mark.
fn is_required(field: T) -> bool {
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

/// The id of the element around a field, or around a whole section.
pub fn wrapper_id(field: Field) -> String {
    format!("around-{}", field.key())
}

/// The whole form, with the choices in it.
pub fn form(choices: &Choices) -> Markup {
    html! {
        section aria-labelledby="scenario" {
            h2 id="scenario" { (text::SCENARIO) }
            p.prompt.check {
                button.link id="open-reader" type="button" aria-haspopup="dialog" { (text::OPEN_READER) }
                span.said id="check-said" role="status" {}
            }
            (radios(choices, S::Task))
            p.hint id="task-hint" aria-hidden="true" { (task_hint(choices)) }
            fieldset.radios.cards id="scenarios" hidden[!has_scenarios(choices)] {
                legend { (text::SCENARIOS) }
                @for preset in SHOWN {
                    @let words = preset_text::of(*preset);
                    @let id = preset_id(*preset);
                    div.radio.wide[*preset == Preset::default()] id={ "around-" (id) } hidden[!of_task(*preset, choices)] {
                        input type="radio" id=(id) name="scenario" value=(preset.id()) checked[choices.recognized() == Some(*preset)] aria-describedby={ (id) "-hint" };
                        label for=(id) {
                            (words.title)
                            @if *preset == Preset::default() { " " span.tag { (text::RECOMMENDED) } }
                            @if *preset == Preset::Http { " " span.tag.warning { (text::NOT_SECURE) } }
                        }
                        span.hint id={ (id) "-hint" } {
                            (words.description)
                            @if *preset == Preset::default() { " " span.why { (text::RECOMMENDED_WHY) } }
                        }
                    }
                }
            }
            p.lead id="no-scenario" role="status" { (of_no_scenario(choices)) }
            p.prompt id="ask" hidden[!has_guide(choices)] { button.link id="open-guide" type="button" aria-haspopup="dialog" { (text::OPEN_GUIDE) } }
            (guide())
        }
        @for section in SECTIONS { (draw(choices, section)) }
    }
}

/// What the chosen task does; each radio has the same for who does not see where it stands.
pub fn task_hint(choices: &Choices) -> &'static str {
    select_text::option(S::Task, choices.select.word(S::Task)).hint
}

/// What is said where the choices are no documented scenario; else nothing.
pub fn of_no_scenario(choices: &Choices) -> String {
    match choices.recognized() {
        None if has_scenarios(choices) => text::no_scenario(
            of_task(choices.preset, choices).then(|| preset_text::of(choices.preset).title),
        ),
        _ => String::new(),
    }
}

/// Whether the three questions lead to something here: to how it is deployed.
pub fn has_guide(choices: &Choices) -> bool {
    choices.select.task == Task::Deploy
}

/// A question with some answers, each a value and its words, of which the first is given.
pub(super) fn question(
    name: &str,
    question: &str,
    why: Option<&str>,
    answers: &[(&str, &str)],
) -> Markup {
    html! {
        fieldset.radios {
            legend { (question) }
            @if let Some(why) = why { p.hint { (why) } }
            @for (index, (value, label)) in answers.iter().enumerate() {
                @let id = format!("{name}-{value}");
                div.radio {
                    input type="radio" id=(id) name=(name) value=(value) checked[index == 0];
                    label for=(id) { (label) }
                }
            }
        }
    }
}

/// Three questions for who does not know which scenario is theirs. `data-answer` says which
/// question a radio belongs to.
fn guide() -> Markup {
    html! {
        dialog.guide id="guide" aria-labelledby="guide-title" {
            h2 id="guide-title" { (text::GUIDE) }
            (question("guide-certificate", text::GUIDE_CERTIFICATE, Some(text::GUIDE_CERTIFICATE_WHY), &text::GUIDE_CERTIFICATES))
            (question("guide-cert-manager", text::GUIDE_CERT_MANAGER, Some(text::GUIDE_CERT_MANAGER_WHY), &text::NO_OR_YES))
            (question("guide-nodes", text::GUIDE_NODES, Some(text::GUIDE_NODES_WHY), &text::GUIDE_NODES_ANSWERS))
            p.result id="guide-result" role="status" { (text::recommended(preset_text::of(Preset::default()).title)) }
            div.buttons {
                button.button.primary id="guide-take" type="button" { (text::GUIDE_TAKE) }
                button.button id="guide-close" type="button" { (text::CLOSE) }
            }
        }
    }
}

/// The id of the radio of a scenario.
pub fn preset_id(preset: Preset) -> String {
    format!("scenario-{}", preset.id())
}

/// Whether a scenario belongs to the chosen task.
pub fn of_task(preset: Preset, choices: &Choices) -> bool {
    preset
        .fixes()
        .iter()
        .any(|(field, word)| *field == S::Task && *word == choices.select.word(S::Task))
}

/// Whether the chosen task has documented scenarios.
pub fn has_scenarios(choices: &Choices) -> bool {
    Preset::ALL.iter().any(|preset| of_task(*preset, choices))
}

fn draw(choices: &Choices, section: &Section) -> Markup {
    let fields = html! {
        div.fields {
            @for field in section.fields {
                @match field {
                    Field::Text(field) => (text_input(choices, *field, is_required(*field))),
                    Field::Select(field) => (radios(choices, *field)),
                }
            }
        }
        @if section.id == "synchronization" { div id="timeline" {} }
    };
    let is_shown = section.fields.iter().any(|field| is_used(choices, *field));
    let was_given = section
        .fields
        .iter()
        .any(|field| matches!(field, Field::Text(field) if !choices.text(*field).is_empty()));
    html! {
        section id={ "section-" (section.id) } aria-labelledby=(section.id) hidden[!is_shown] {
            @if section.folded {
                details.rare open[was_given] {
                    summary id={ "open-" (section.id) } { h2 id=(section.id) { (section.title) } span.lead { (section.lead) } }
                    (fields)
                }
            } @else {
                h2 id=(section.id) { (section.title) }
                p.lead { (section.lead) }
                (fields)
            }
        }
    }
}

/// A text field: label, hint, example, and the place for what is wrong with it.
fn text_input(choices: &Choices, field: TextField, required: bool) -> Markup {
    let words = field_text::of(field);
    let is_list = matches!(field, T::Repositories | T::RemoveRepositories);
    let id = control_id(field.into());
    html! {
        div.field.wide[is_list] id=(wrapper_id(field.into())) hidden[!is_used(choices, field.into())] {
            div.label {
                label for=(id) { (words.label) @if !required { " " span.optional { (text::OPTIONAL) } } }
                span.ways { (uses(field.into())) " " (documented(field.into())) }
            }
            span.hint id=(hint_id(field)) { (words.hint) }
            @if is_list {
                textarea id=(id) name=(field.key()) rows="2" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=(words.example)
                    required[required] aria-describedby=(hint_id(field)) { (choices.text(field)) }
            } @else {
                input id=(id) name=(field.key()) type="text" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=(words.example)
                    required[required] aria-describedby=(hint_id(field)) value=(choices.text(field));
            }
            div id=(messages_id(field.into())) {}
        }
    }
}

/// What leads from a field to what comes from it.
fn uses(field: Field) -> Markup {
    html! { button.docs type="button" data-uses=(field.key()) aria-label=(text::uses(field)) { (text::USES) } }
}

/// The page that says most about a field.
fn documented(field: Field) -> Markup {
    let source = azure::documented(field);
    html! {
        @if let Some(url) = source.url {
            a.docs href=(url) target="_blank" rel="noreferrer" title=(source.name) aria-label=(text::documented(field, source.name)) { (text::DOCS) }
        }
    }
}

/// A choice from a closed list: native radios in a fieldset.
pub(super) fn radios(choices: &Choices, field: SelectField) -> Markup {
    let why_not = why_not(choices, field);
    html! {
        fieldset.radios id=(wrapper_id(field.into())) hidden[!is_used(choices, field.into())] disabled[why_not.is_some()] {
            legend { (select_text::of(field).label) @if !matches!(field, S::Task | S::Shell) { " " span.ways { (uses(field.into())) " " (documented(field.into())) } } }
            @if field == S::Trust { p.why-not id=(why_not_id(field)) { (why_not.unwrap_or_default()) } }
            @for word in field.words() {
                @let option = select_text::option(field, word);
                @let id = radio_id(field, word);
                div.radio {
                    input type="radio" id=(id) name=(field.key()) value=(word) checked[choices.select.word(field) == *word] aria-describedby={ (id) "-hint" };
                    label for=(id) { (option.label) }
                    span.hint id={ (id) "-hint" } { (option.hint) }
                }
            }
            div id=(messages_id(field.into())) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::choices::{Sync, Upgrade};
    use configurator_core::plan::Origin;
    use configurator_render::Outcome;

    #[test]
    fn every_field_is_somewhere_in_the_form() {
        for field in Field::all() {
            let elsewhere = matches!(field, Field::Select(S::Task | S::Shell));
            let places = SECTIONS
                .iter()
                .flat_map(|section| section.fields)
                .filter(|other| **other == field)
                .count();
            assert_eq!(places, usize::from(!elsewhere), "{}", field.key());
        }
    }

    #[test]
    fn every_scenario_is_shown_once() {
        assert_eq!(SHOWN.len(), Preset::ALL.len());
        assert!(Preset::ALL.iter().all(|preset| SHOWN.contains(preset)));
    }

    #[test]
    fn what_a_plan_uses_can_be_filled_in() {
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
