//! The runbook: every step with boxes to tick, to be printed.

use crate::components::code_block::{self, pieces};
use crate::components::output::{self, Export};
use crate::model::Model;
use crate::view::{button, dynamic, list, maybe};
use configurator_core::link;
use configurator_core::plan::{Place, Plan, Step, spoken};
use configurator_render::runbook::{
    self, BY, DATE, DECIDE, DO, EXPECT, IF_NOT, REMEDY, RESULT, UNDO, only_if_text, takes_text,
};
use configurator_render::shell::{BLOCKERS, Block, ON_A_NODE_TEXT, StepBlocks};
use leptos::html;
use leptos::prelude::*;

const LEAD: &str = "Every step with boxes to tick, for who works by a protocol or from paper.";
const PRINT: &str = "Print";
const COPY_MARKDOWN: &str = "Copy as Markdown";
const DOWNLOAD_MARKDOWN: &str = "Download as Markdown";
const MARKDOWN: &str = "The runbook as Markdown";

/// The runbook, and the same as Markdown.
#[component]
pub fn Runbook() -> impl IntoView {
    let model = Model::get();
    let markdown = crate::view::text(move || {
        let (planned, blocks) = (model.planned.read(), model.steps.read());
        let fragment = link::fragment(&model.choices.read());
        runbook::markdown(&planned.plan, &blocks, planned.shell, &fragment)
    });
    let paper = dynamic(move || paper(&model.planned.read().plan, &model.steps.read()));
    let displayed = NodeRef::<html::Code>::new();
    let copy = move || {
        output::copy(model, Export::CopyRunbook, move || code_block::element_of(displayed));
    };
    view! {
        <p class="lead padded">{LEAD}</p>
        <div class="buttons padded">
            {button("button", PRINT, crate::browser::print)}
            {button("button", COPY_MARKDOWN, copy)}
            {button("button", DOWNLOAD_MARKDOWN, move || output::export(model, Export::Runbook))}
        </div>
        {paper}
        <details class="fold padded">
            <summary>{MARKDOWN}</summary>
            <div class="code">
                <pre tabindex="0" role="region" aria-label=MARKDOWN>
                    <code id="markdown" node_ref=displayed>{markdown}</code>
                </pre>
            </div>
        </details>
    }
    .into_any()
}

fn paper(plan: &Plan, blocks: &[StepBlocks]) -> AnyView {
    let summary = list(&plan.summary, |sentence| text("", sentence.to_string()));
    let blockers = list(&plan.blockers, |blocker| {
        view! { <p class="note warning"><strong>{BLOCKERS}</strong> " " {blocker.to_string()}</p> }
            .into_any()
    });
    let entries = list(plan.steps.iter().zip(blocks), |(step, blocks)| {
        view! { <li>{entry(plan, step, blocks)}</li> }.into_any()
    });
    view! {
        <div class="paper">
            <h3>{plan.title.to_string()}</h3>
            {summary}
            {blockers}
            <p class="signed">{DATE} <span class="line"></span> {BY} <span class="line"></span></p>
            <ol>{entries}</ol>
            <p class="signed">{RESULT} <span class="line"></span></p>
        </div>
    }
    .into_any()
}

fn text(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

fn block(block: &Block) -> AnyView {
    view! { <pre><code>{pieces(block, &Default::default())}</code></pre> }.into_any()
}

fn entry(plan: &Plan, step: &Step, blocks: &StepBlocks) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    let on_node = maybe((step.place == Place::Node).then_some(()), |()| ON_A_NODE_TEXT.into_any());
    parts.push(view! { <h4>{step.title.to_string()} {on_node}</h4> }.into_any());
    let takes = step.takes.as_ref().map(|takes| format!(" {}", takes_text(takes)));
    parts.push(text("", format!("{}{}", step.why, takes.unwrap_or_default())));
    if let Some(only_if) = &step.only_if {
        parts.push(text("", only_if_text(&only_if.words)));
    }
    parts.extend(step.warnings.iter().map(|warning| text("note warning", warning.to_string())));
    for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
        let mut words = format!("{}.", check.title);
        if let Some(expectation) = check.command().and(runbook::expectation(&check.expectation)) {
            words.push_str(&format!(" {expectation}"));
        }
        if !check.otherwise.message.is_empty() {
            words.push_str(&format!(" {IF_NOT} {}", check.otherwise.message));
        }
        parts.push(text("tick", words));
        if !blocks.probe.tokens.is_empty() {
            parts.push(block(&blocks.probe));
        }
        if let Some(remedy) = &blocks.remedy {
            parts.push(text("", REMEDY.to_owned()));
            parts.push(block(remedy));
        }
    }
    for prompt in &step.prompts {
        parts.push(text("tick", format!("{DECIDE} {}", spoken(&prompt.question, plan))));
    }
    if let Some(actions) = &blocks.actions {
        parts.push(text("tick", DO.to_owned()));
        parts.push(block(actions));
    }
    if let Some(expect) = &step.expect {
        parts.push(text("tick", format!("{EXPECT} {expect}")));
    }
    if let (Some(commands), Some(undo)) = (&blocks.undo, &step.undo) {
        parts.push(text("", format!("{UNDO}. {}", undo.warning)));
        parts.push(block(commands));
    }
    for (note, command) in step.notes.iter().zip(&blocks.notes) {
        parts.push(text("note", note.text.to_string()));
        parts.extend(command.as_ref().map(block));
    }
    parts.into_any()
}
