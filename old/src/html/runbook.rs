//! The runbook: every step with boxes to tick, to be printed.

use super::tokens;
use configurator_core::plan::{Place, Plan, Step, spoken};
use configurator_render::runbook::{
    self, BY, DATE, DECIDE, DO, EXPECT, IF_NOT, REMEDY, RESULT, UNDO, only_if_text, takes_text,
};
use configurator_render::shell::{BLOCKERS, Block, ON_A_NODE_TEXT, StepBlocks};
use maud::{Markup, html};

/// The runbook as it is printed.
pub(super) fn paper(plan: &Plan, blocks: &[StepBlocks]) -> Markup {
    html! {
        div.paper {
            h3 { (plan.title) }
            @for sentence in &plan.summary { p { (sentence) } }
            @for blocker in &plan.blockers { p.note.warning { strong { (BLOCKERS) } " " (blocker) } }
            p.signed { (DATE) span.line {} (BY) span.line {} }
            ol {
                @for (step, blocks) in plan.steps.iter().zip(blocks) { li { (entry(plan, step, blocks)) } }
            }
            p.signed { (RESULT) span.line {} }
        }
    }
}

fn entry(plan: &Plan, step: &Step, blocks: &StepBlocks) -> Markup {
    let text_of = |block: &Block| html! { pre { code { (tokens(block, &Default::default())) } } };
    html! {
        h4 { (step.title) @if step.place == Place::Node { (ON_A_NODE_TEXT) } }
        p { (step.why) @if let Some(takes) = &step.takes { " " (takes_text(takes)) } }
        @if let Some(only_if) = &step.only_if { p { (only_if_text(&only_if.words)) } }
        @for warning in &step.warnings { p.note.warning { (warning) } }
        @for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
            p.tick {
                (check.title) "."
                @if let Some(expectation) = check.command().and(runbook::expectation(&check.expectation)) { " " (expectation) }
                @if !check.otherwise.message.is_empty() { " " (IF_NOT) " " (check.otherwise.message) }
            }
            @if !blocks.probe.tokens.is_empty() { (text_of(&blocks.probe)) }
            @if let Some(remedy) = &blocks.remedy { p { (REMEDY) } (text_of(remedy)) }
        }
        @for prompt in &step.prompts { p.tick { (DECIDE) " " (spoken(&prompt.question, plan)) } }
        @if let Some(actions) = &blocks.actions { p.tick { (DO) } (text_of(actions)) }
        @if let Some(expect) = &step.expect { p.tick { (EXPECT) " " (expect) } }
        @if let (Some(block), Some(undo)) = (&blocks.undo, &step.undo) { p { (UNDO) ". " (undo.warning) } (text_of(block)) }
        @for (note, block) in step.notes.iter().zip(&blocks.notes) {
            p.note { (note.text) }
            @if let Some(block) = block { (text_of(block)) }
        }
    }
}
