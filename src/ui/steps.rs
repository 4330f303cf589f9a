//! The steps: why, commands, what to expect, what each part means.

use super::code::Code;
use super::state::State;
use crate::plan::{Command, Step};
use crate::shell::{Block, StepBlocks};
use crate::text::{page as text, runbook};
use leptos::prelude::*;

#[component]
pub(super) fn Steps() -> impl IntoView {
    let state = expect_context::<State>();
    let ids = Memo::new(move |_| state.outcome.with(|outcome| outcome.plan.steps.iter().map(|step| step.id).collect::<Vec<_>>()));
    view! {
        <ol class="steps">
            <For each=move || ids.get() key=|id| *id let:id>
                <StepItem id />
            </For>
        </ol>
    }
}

#[component]
fn StepItem(id: &'static str) -> impl IntoView {
    let state = expect_context::<State>();
    // A step is drawn anew only when something in it has changed.
    let step = Memo::new(move |_| {
        state.outcome.with(|outcome| {
            let at = outcome.plan.steps.iter().position(|step| step.id == id)?;
            Some((outcome.plan.steps.get(at)?.clone(), outcome.document.steps.get(at)?.clone()))
        })
    });
    view! { <li class="step" id=format!("step-{id}")>{move || step.get().map(|(step, blocks)| draw(step, blocks))}</li> }
}

fn code(block: Block, name: String) -> impl IntoView {
    view! { <Code block=Signal::stored(block) name /> }
}

fn draw(step: Step, blocks: StepBlocks) -> impl IntoView {
    let title = step.title.to_string();
    let explained = explanations(&step);
    let StepBlocks { checks: check_blocks, actions, undo } = blocks;
    let is_check_only = actions.is_none();
    let checks: Vec<_> = step
        .checks
        .iter()
        .zip(check_blocks)
        .map(|(check, blocks)| {
            let name = check.title.to_string();
            let remedy = blocks.remedy.map(|remedy| view! { <p class="small">{text::IF_NOT}</p> {code(remedy, text::remedy_of(&name))} });
            view! {
                <li>
                    <p>{name.clone()}{text::AFTER_CHECK}" "<span class="small">{runbook::must(&check.must)}</span></p>
                    {code(blocks.probe, name)}
                    {remedy}
                </li>
            }
        })
        .collect();
    let checks = (!checks.is_empty()).then(|| {
        let count = checks.len();
        view! {
            <details class="fold" open=is_check_only>
                <summary>{text::checks(count)}</summary>
                <ol class="checks">{checks}</ol>
            </details>
        }
    });
    view! {
        <h3>{title.clone()}</h3>
        <p class="lead">{step.why}" "{step.takes.map(text::takes)}</p>
        {step.only_if.map(|only_if| view! { <p class="only-if">{text::only_if(&only_if.words)}</p> })}
        {step.warnings.into_iter().map(|warning| view! { <p class="note warning">{warning}</p> }).collect_view()}
        {checks}
        {actions.map(|actions| code(actions, title.clone()))}
        {step.expect.map(|expect| view! { <p class="expect"><strong>{text::EXPECT}</strong>" "{expect}</p> })}
        {(!explained.is_empty()).then(|| view! {
            <details class="fold">
                <summary>{text::EXPLAIN}</summary>
                <dl class="explained">
                    {explained.into_iter().map(|(option, explanation)| view! { <dt>{option}</dt><dd>{explanation}</dd> }).collect_view()}
                </dl>
            </details>
        })}
        {undo.map(|undo| view! {
            <details class="fold">
                <summary>{text::UNDO}</summary>
                {code(undo, text::undo_of(&title))}
            </details>
        })}
        {step.notes.into_iter().map(|note| view! {
            <p class="note">
                {note.text}" "
                {note.source.url.map(|url| view! { <a href=url target="_blank" rel="noreferrer">{note.source.name}</a> })}
            </p>
        }).collect_view()}
    }
}

/// What each part of the step's commands means, once each.
fn explanations(step: &Step) -> Vec<(String, &'static str)> {
    let mut explained: Vec<(String, &'static str)> = Vec::new();
    for arg in step.commands().flat_map(|command: &Command| &command.args) {
        let entry = (arg.label(), arg.explanation);
        if !explained.contains(&entry) {
            explained.push(entry);
        }
    }
    explained
}
