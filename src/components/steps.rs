//! The steps: why, commands, expected results.

use crate::components::code_block::CodeBlock;
use crate::components::field::source_link;
use crate::model::Model;
use crate::output::BlockKey;
use crate::view::{dynamic, effect, list, maybe, memo};
use configurator_core::azure::Source;
use configurator_core::plan::{Place, Step, spoken};
use configurator_render::embed::{self, View, main_step};
use configurator_render::runbook::{self, EXPECT, IF_NOT, UNDO, only_if_text, takes_text};
use configurator_render::shell::StepBlocks;
use leptos::prelude::*;
use std::borrow::Cow;
use std::sync::Arc;

const AT_WORKSTATION: &str = "On your workstation";
const AT_NODE: &str = "On a node of the cluster, not on your workstation";
const ASKS: &str = "What the script asks first, where it applies";
const NOTES: &str = "Good to know";

/// The step that is often done already.
const PREREQUISITES: &str = "prerequisites";

/// Everything that a step shows besides the texts of its blocks and questions, which have names in
/// them. It is built again only if it is different.
#[derive(Clone, Debug, PartialEq)]
struct Frame {
    title: Cow<'static, str>,
    place: Place,
    why: String,
    only_if: Option<String>,
    warnings: Vec<String>,
    checks: Vec<Check>,
    prompts: usize,
    has_actions: bool,
    expect: Option<String>,
    undo: Option<String>,
    notes: Vec<Note>,
}

#[derive(Clone, Debug, PartialEq)]
struct Check {
    title: String,
    expectation: Option<String>,
    has_probe: bool,
    otherwise: String,
    has_remedy: bool,
}

#[derive(Clone, Debug, PartialEq)]
struct Note {
    text: String,
    source: Source,
    has_command: bool,
}

impl Frame {
    fn of(step: &Step, blocks: &StepBlocks) -> Self {
        let takes = step.takes.as_ref().map(|takes| takes_text(takes));
        let checks = step.checks.iter().zip(&blocks.checks).map(|(check, blocks)| Check {
            title: check.title.to_string(),
            expectation: check
                .command()
                .and(runbook::expectation(&check.expectation))
                .map(|text| text.to_string()),
            has_probe: !blocks.probe.tokens.is_empty(),
            otherwise: check.otherwise.message.to_string(),
            has_remedy: blocks.remedy.is_some(),
        });
        let notes = step.notes.iter().zip(&blocks.notes).map(|(note, block)| Note {
            text: note.text.to_string(),
            source: note.source,
            has_command: block.is_some(),
        });
        Self {
            title: step.title.clone(),
            place: step.place,
            why: match takes {
                Some(takes) => format!("{} {takes}", step.why),
                None => step.why.to_string(),
            },
            only_if: step.only_if.as_ref().map(|only_if| only_if_text(&only_if.words)),
            warnings: step.warnings.iter().map(|warning| warning.to_string()).collect(),
            checks: checks.collect(),
            prompts: step.prompts.len(),
            has_actions: blocks.actions.is_some(),
            expect: step.expect.as_ref().map(|expect| expect.to_string()),
            undo: step.undo.as_ref().map(|undo| undo.warning.to_string()),
            notes: notes.collect(),
        }
    }
}

/// The list of steps.
#[component]
pub fn Steps() -> impl IntoView {
    let model = Model::get();
    // All frames at once: each needs to know which blocks there are.
    let frames = memo(move || {
        let (planned, blocks) = (model.planned.read(), model.steps.read());
        let frames = planned.plan.steps.iter().zip(blocks.iter());
        Arc::new(
            frames.map(|(step, blocks)| (step.id, Frame::of(step, blocks))).collect::<Vec<_>>(),
        )
    });
    let shown = shown_step(model, frames);
    let ids = memo(move || frames.read().iter().map(|(id, _)| *id).collect::<Vec<_>>());
    view! {
        <ol class="steps" id="list">
            <For each=move || ids.get() key=|id| *id let:id>
                {
                    let frame = memo(move || {
                        let frames = frames.read();
                        frames.iter().find(|(other, _)| *other == id).map(|(_, frame)| frame.clone())
                    });
                    let content = dynamic(move || maybe(frame.get(), |frame| step(id, frame)));
                    let is_shown = move || (shown.get() == Some(id)).then_some("");
                    view! {
                        <li class="step" id=format!("step-{id}") data-shown=is_shown>
                            {content}
                        </li>
                    }
                    .into_any()
                }
            </For>
        </ol>
    }
    .into_any()
}

/// The frames of the steps, by the ids of the steps.
type Frames = Arc<Vec<(&'static str, Frame)>>;

/// The only step that is shown, if the embedding page asks for one block: the step it names, or the
/// main step of the task.
fn shown_step(model: Model, frames: Memo<Frames>) -> Memo<Option<&'static str>> {
    let has_block = move |step: &str| {
        let frames = frames.read();
        let found = frames.iter().find(|(id, frame)| *id == step && frame.has_actions);
        found.map(|(id, _)| *id)
    };
    let asked = memo(move || {
        let task = model.shape.read().select.task;
        let ask = |frame: &embed::Frame| {
            (frame.view == View::Command).then(|| frame.step(task).to_owned())
        };
        model.in_frame(ask).flatten()
    });
    let mut was_said = false;
    effect(move || {
        if let Some(step) = asked.get().filter(|step| has_block(step).is_none())
            && !was_said
        {
            was_said = true;
            model.say(format!(
                "The page around this one asks for the step {step}, which is not here; this is the \
                 one that matters most."
            ));
        }
    });
    memo(move || {
        let step = asked.get()?;
        has_block(&step).or_else(|| has_block(main_step(model.shape.read().select.task)))
    })
}

fn step(id: &'static str, frame: Frame) -> AnyView {
    let title = view! { <h3>{frame.title.clone()}</h3> }.into_any();
    let place = place(frame.place);
    let blocks_of = |check: &Check| usize::from(check.has_probe) + usize::from(check.has_remedy);
    let checks = frame.checks.iter().map(blocks_of).sum();
    let content = within(id, frame);
    if id == PREREQUISITES {
        return super::checklist::foldable(id, checks, title, place, content);
    }
    view! { {title} {place} {content} }.into_any()
}

fn place(place: Place) -> AnyView {
    let place = match place {
        Place::Workstation => AT_WORKSTATION.into_any(),
        Place::Node => view! { <strong>{AT_NODE}</strong> }.into_any(),
    };
    view! { <p class="place">{place}</p> }.into_any()
}

fn within(id: &'static str, frame: Frame) -> AnyView {
    let mut next = 0;
    let mut block = |name: String| {
        let key = BlockKey::Step(id, next);
        next += 1;
        view! { <CodeBlock key name/> }.into_any()
    };
    let Frame {
        title,
        why,
        only_if,
        warnings,
        checks,
        prompts,
        has_actions,
        expect,
        undo,
        notes,
        ..
    } = frame;
    let checks = maybe(Some(checks).filter(|checks| !checks.is_empty()), |checks| {
        let summary = match checks.len() {
            1 => "1 check, nothing is changed".to_owned(),
            count => format!("{count} checks, nothing is changed"),
        };
        let items = list(checks, |check| {
            let expectation = maybe(check.expectation, |expectation| {
                view! { " " <span class="small">{expectation}</span> }.into_any()
            });
            let probe = maybe(check.has_probe.then_some(()), |()| block(check.title.clone()));
            let otherwise = maybe(
                Some(check.otherwise).filter(|otherwise| !otherwise.is_empty()),
                |otherwise| paragraph("small", format!("{IF_NOT} {otherwise}")),
            );
            let remedy = maybe(check.has_remedy.then_some(()), |()| {
                block(format!("what mends it: {}", check.title))
            });
            view! { <li><p>{check.title} "." {expectation}</p>{probe} {otherwise} {remedy}</li> }
                .into_any()
        });
        fold(summary, view! { <ol class="checks">{items}</ol> }.into_any())
    });
    let prompts = maybe((prompts > 0).then_some(prompts), |prompts| {
        let items = list(0..prompts, |index| {
            let question = question(id, index);
            view! { <li>{question}</li> }.into_any()
        });
        fold(ASKS.to_owned(), view! { <ul>{items}</ul> }.into_any())
    });
    let actions = maybe(has_actions.then_some(()), |()| block(title.to_string()));
    let undo = maybe(undo, |warning| {
        let block = block(format!("what undoes it: {title}"));
        let warning = paragraph("note warning", warning);
        fold(UNDO.to_owned(), view! { {warning} {block} }.into_any())
    });
    let notes = maybe(Some(notes).filter(|notes| !notes.is_empty()), |notes| {
        let items = list(notes, |note| {
            let command = maybe(note.has_command.then_some(()), |()| block(note.text.clone()));
            let source =
                maybe(note.source.url, |_| view! { " " {source_link(&note.source)} }.into_any());
            view! { <p class="note">{note.text} {source}</p> {command} }.into_any()
        });
        fold(NOTES.to_owned(), items)
    });
    let only_if = maybe(only_if, |only_if| paragraph("only-if", only_if));
    let warnings = list(warnings, |warning| paragraph("note warning", warning));
    let expect = maybe(expect, |expect| {
        view! { <p class="expect"><strong>{EXPECT}</strong> " " {expect}</p> }.into_any()
    });
    vec![paragraph("lead", why), only_if, warnings, checks, prompts, actions, expect, undo, notes]
        .into_any()
}

/// A question that the script asks first.
fn question(id: &'static str, index: usize) -> Signal<String> {
    let model = Model::get();
    crate::view::text(move || {
        let planned = model.planned.read();
        let step = planned.plan.steps.iter().find(|step| step.id == id);
        let prompt = step.and_then(|step| step.prompts.get(index));
        prompt.map(|prompt| spoken(&prompt.question, &planned.plan)).unwrap_or_default()
    })
}

fn paragraph(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

fn fold(summary: String, content: AnyView) -> AnyView {
    view! { <details class="fold"><summary>{summary}</summary>{content}</details> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{in_page, start, to_html};
    use configurator_core::Planned;
    use configurator_core::choices::{Choices, SelectField, TextField};
    use configurator_core::link;
    use configurator_render::shell;

    const NAMED: &str =
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";

    fn frames(choices: &Choices) -> Vec<(&'static str, Frame)> {
        let Planned { plan, shell, .. } = Planned::of(choices);
        let blocks = shell::steps(&plan, shell);
        let frames = plan.steps.iter().zip(&blocks);
        frames.map(|(step, blocks)| (step.id, Frame::of(step, blocks))).collect()
    }

    #[test]
    fn frames_are_kept_while_a_name_is_typed() {
        let before = link::parse(NAMED).choices;
        let typed = before.clone().with(TextField::Name, "edge02");
        assert_eq!(frames(&typed), frames(&before));
        let mut chosen = before.clone();
        chosen.select.set_word(SelectField::Tls, "http");
        assert_ne!(frames(&chosen), frames(&before));
    }

    /// Every block of the steps is shown once, in the order of its number.
    #[test]
    fn every_block_has_a_place() {
        let ids = in_page(start(NAMED), |model| {
            let rendering = model.rendering.get_untracked();
            let planned = model.planned.get_untracked();
            let steps = planned.plan.steps.iter().map(|step| step.id);
            let keys =
                steps.flat_map(|step| (0..).map(move |index| BlockKey::Step(step, index)).take(99));
            let keys = keys.filter(|key| rendering.block(*key).is_some());
            keys.map(super::super::code_block::id).collect::<Vec<_>>()
        });
        let html = to_html(start(NAMED), || view! { <Steps/> }.into_any());
        let shown: Vec<&str> = html
            .split("<code id=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0))
            .collect();
        assert_eq!(shown, ids);
        assert!(ids.len() > 20, "{ids:?}");
    }

    #[test]
    fn prerequisites_can_be_folded_away() {
        let html = to_html(start(NAMED), || view! { <Steps/> }.into_any());
        assert_eq!(html.matches("<details open class=\"once\">").count(), 1, "{html}");
        let label = "<input type=\"checkbox\" autocomplete=\"off\"> Done already: fold this away";
        assert!(html.contains(label), "{html}");
    }
}
