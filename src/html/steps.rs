//! The steps: why, commands, what to expect, what each part means.

use super::{Slot, code, tokens};
use crate::plan::{Place, Plan, Step, spoken};
use crate::runbook;
use crate::shell::{Block, StepBlocks};
use crate::text::page as text;
use maud::{Markup, html};

/// The list of steps as slots: the list goes into `id`, each step into its item, each block into its place in the step.
pub(super) fn steps(id: &str, depth: usize, plan: &Plan, blocks: &[StepBlocks]) -> Vec<Slot> {
    let item = |step: &Step| format!("step-{}", step.id);
    let list = html! { @for step in &plan.steps { li.step id=(item(step)) {} } };
    let mut slots = vec![Slot { id: id.to_owned(), html: list.into_string(), depth }];
    for (step, blocks) in plan.steps.iter().zip(blocks) {
        let item = item(step);
        let mut inner = Vec::new();
        let mut place = |block: &Block| {
            let id = format!("{item}-{}", inner.len());
            inner.push(Slot { id: id.clone(), html: tokens(block).into_string(), depth: depth + 2 });
            id
        };
        let frame = frame(&item, step, blocks, &mut place).into_string();
        for (index, ask) in step.asks.iter().enumerate() {
            // There are names in them.
            let html = html! { (spoken(&ask.question, plan)) };
            inner.push(Slot { id: ask_id(&item, index), html: html.into_string(), depth: depth + 2 });
        }
        slots.push(Slot { id: item.clone(), html: frame, depth: depth + 1 });
        slots.append(&mut inner);
    }
    slots
}

/// A step without the text of its blocks; `place` gives each of them an id.
fn frame(item: &str, step: &Step, blocks: &StepBlocks, place: &mut impl FnMut(&Block) -> String) -> Markup {
    let explained = explanations(step);
    html! {
        h3 { (step.title) @if step.place == Place::Node { (text::ON_A_NODE) } }
        p.lead { (step.why) @if let Some(takes) = &step.takes { " " (text::takes(takes)) } }
        @if let Some(only_if) = &step.only_if { p.only-if { (text::only_if(&only_if.words)) } }
        @for warning in &step.warnings { p.note.warning { (warning) } }
        @if !step.checks.is_empty() {
            details.fold {
                summary { (text::checks(step.checks.len())) }
                ol.checks {
                    @for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
                        li {
                            @let must = check.command().and(runbook::must(&check.must));
                            p { (check.title) "." @if let Some(must) = must { " " span.small { (must) } } }
                            @if !blocks.probe.tokens.is_empty() { (code(&place(&blocks.probe), &check.title)) }
                            @if !check.otherwise.message.is_empty() { p.small { (text::IF_NOT) " " (check.otherwise.message) } }
                            @if let Some(remedy) = &blocks.remedy { (code(&place(remedy), &text::remedy_of(&check.title))) }
                        }
                    }
                }
            }
        }
        @if !step.asks.is_empty() {
            details.fold {
                summary { (text::ASKS) }
                ul { @for index in 0..step.asks.len() { li id=(ask_id(item, index)) {} } }
            }
        }
        @if let Some(actions) = &blocks.actions { (code(&place(actions), &step.title)) }
        @if let Some(expect) = &step.expect { p.expect { strong { (text::EXPECT) } " " (expect) } }
        @if !explained.is_empty() {
            details.fold {
                summary { (text::EXPLAIN) }
                dl.explained { @for (option, explanation) in explained { dt { (option) } dd { (explanation) } } }
            }
        }
        @if let (Some(block), Some(undo)) = (&blocks.undo, &step.undo) {
            details.fold {
                summary { (text::UNDO) }
                p.note.warning { (undo.warning) }
                (code(&place(block), &text::undo_of(&step.title)))
            }
        }
        @if !step.notes.is_empty() {
            details.fold {
                summary { (text::NOTES) }
                @for (note, command) in step.notes.iter().zip(&blocks.notes) {
                    p.note {
                        (note.text)
                        @if let Some(url) = note.source.url { " " a href=(url) target="_blank" rel="noreferrer" { (note.source.name) } }
                    }
                    @if let Some(command) = command { (code(&place(command), &note.text)) }
                }
            }
        }
    }
}

fn ask_id(item: &str, index: usize) -> String {
    format!("{item}-ask-{index}")
}

/// What each part of the step's commands means, once each.
fn explanations(step: &Step) -> Vec<(String, &'static str)> {
    let mut explained: Vec<(String, &'static str)> = Vec::new();
    for arg in step.commands().flat_map(|command| &command.args) {
        let entry = (arg.label(), arg.explanation.what);
        if !explained.contains(&entry) {
            explained.push(entry);
        }
    }
    explained
}
