//! The steps: why, commands, what to expect, what each part means.

use super::{Escaped, Slot, code};
use crate::text::page as text;
use configurator_core::choices::Shell;
use configurator_core::plan::{Place, Plan, Step, spoken};
use configurator_render::runbook::{self, EXPECT, IF_NOT, UNDO, only_if_text, takes_text};
use configurator_render::shell::{Block, StepBlocks};
use maud::{Markup, html};

/// The id of the element of a step.
fn item(step: &Step) -> String {
    format!("step-{}", step.id)
}

/// The blocks of a step, each with the shell that it is for: in the order in which they stand in
/// it.
pub(super) fn blocks(step: &Step, blocks: StepBlocks, shell: Shell) -> Vec<(Block, Shell)> {
    let StepBlocks { checks, actions, undo, notes } = blocks;
    // A node of the cluster has a POSIX shell.
    let shell = if step.place == Place::Node { Shell::Bash } else { shell };
    let of_checks = checks
        .into_iter()
        .flat_map(|check| {
            [Some(check.probe).filter(|probe| !probe.tokens.is_empty()), check.remedy]
        })
        .flatten();
    of_checks
        .chain(actions)
        .chain(undo)
        .chain(notes.into_iter().flatten())
        .map(|block| (block, shell))
        .collect()
}

/// The list of steps as slots: the list goes into `id`, each step into its item, each block into
/// its place in the step.
pub(super) fn steps(
    id: &str,
    depth: usize,
    plan: &Plan,
    all: Vec<StepBlocks>,
    shell: Shell,
) -> Vec<Slot> {
    let list = html! { @for step in &plan.steps { li.step id=(item(step)) {} } };
    let mut slots = vec![Slot::html(id, list, depth)];
    for (step, step_blocks) in plan.steps.iter().zip(all) {
        let item = item(step);
        slots.push(Slot::html(item.clone(), frame(&item, step, &step_blocks), depth + 1));
        for (index, (block, shell)) in blocks(step, step_blocks, shell).into_iter().enumerate() {
            slots.push(Slot::code(format!("{item}-{index}"), block, shell, depth + 2));
        }
        for (index, prompt) in step.prompts.iter().enumerate() {
            // There are names in them.
            slots.push(Slot::html(
                ask_id(&item, index),
                html! { (spoken(&prompt.question, plan)) },
                depth + 2,
            ));
        }
    }
    slots
}

/// A step without the text of its blocks, which have their ids by the order of [`blocks`].
fn frame(item: &str, step: &Step, blocks: &StepBlocks) -> Markup {
    let mut ids = (0..).map(|index| format!("{item}-{index}"));
    let mut place = || ids.next().unwrap_or_default();
    if step.id == PREREQUISITES {
        // Many have them already: they can be folded away, and stay so on this device once they are
        // done.
        return html! {
            details.once open data-once=(item) {
                summary { h3 { (Escaped(&step.title)) } } (place_of(step))
                (within(item, step, blocks, &mut place))
                label.done { input type="checkbox" data-done=(item) autocomplete="off"; " " (text::DONE_ONCE) }
            }
        };
    }
    html! {
        h3 { (Escaped(&step.title)) } (place_of(step))
        (within(item, step, blocks, &mut place))
    }
}

/// Where it is done.
fn place_of(step: &Step) -> Markup {
    html! {
        p.place {
            @match step.place {
                Place::Workstation => (text::AT_WORKSTATION),
                Place::Node => strong { (text::AT_NODE) },
            }
        }
    }
}

/// The step that many have behind them already.
const PREREQUISITES: &str = "prerequisites";

fn within(
    item: &str,
    step: &Step,
    blocks: &StepBlocks,
    place: &mut impl FnMut() -> String,
) -> Markup {
    html! {
        p.lead { (Escaped(&step.why)) @if let Some(takes) = &step.takes { " " (takes_text(takes)) } }
        @if let Some(only_if) = &step.only_if { p.only-if { (only_if_text(&only_if.words)) } }
        @for warning in &step.warnings { p.note.warning { (Escaped(warning)) } }
        @if !step.checks.is_empty() {
            details.fold {
                summary { (text::checks(step.checks.len())) }
                ol.checks {
                    @for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
                        li {
                            @let expectation = check.command().and(runbook::expectation(&check.expectation));
                            p { (Escaped(&check.title)) "." @if let Some(expectation) = expectation { " " span.small { (expectation) } } }
                            @if !blocks.probe.tokens.is_empty() { (code(&place(), &check.title)) }
                            @if !check.otherwise.message.is_empty() { p.small { (IF_NOT) " " (Escaped(&check.otherwise.message)) } }
                            @if blocks.remedy.is_some() { (code(&place(), &text::remedy_of(&check.title))) }
                        }
                    }
                }
            }
        }
        @if !step.prompts.is_empty() {
            details.fold {
                summary { (text::ASKS) }
                ul { @for index in 0..step.prompts.len() { li id=(ask_id(item, index)) {} } }
            }
        }
        @if blocks.actions.is_some() { (code(&place(), &step.title)) }
        @if let Some(expect) = &step.expect { p.expect { strong { (EXPECT) } " " (Escaped(expect)) } }
        @if let Some(undo) = &step.undo {
            details.fold {
                summary { (UNDO) }
                p.note.warning { (Escaped(&undo.warning)) }
                (code(&place(), &text::undo_of(&step.title)))
            }
        }
        @if !step.notes.is_empty() {
            details.fold {
                summary { (text::NOTES) }
                @for (note, command) in step.notes.iter().zip(&blocks.notes) {
                    p.note {
                        (Escaped(&note.text))
                        @if let Some(url) = note.source.url { " " a href=(url) target="_blank" rel="noreferrer" { (note.source.name) } }
                    }
                    @if command.is_some() { (code(&place(), &note.text)) }
                }
            }
        }
    }
}

fn ask_id(item: &str, index: usize) -> String {
    format!("{item}-ask-{index}")
}
