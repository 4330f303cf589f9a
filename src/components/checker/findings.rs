//! The findings in pasted text.

use super::{Checker, FIRST, counted, show_all_button};
use crate::components::findings::{class, words};
use crate::messages::{Change, CheckReport, TextFinding};
use crate::view::{dynamic, effect, list, maybe, on};
use configurator_core::rules::Severity;
use leptos::html;
use leptos::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

const TITLE: &str = "What was found";
const SOURCE: &str = "Source:";
const CORRECTION: &str = "Correction:";
const REMOVE: &str = "remove";
const INSERT: &str = "put in";
const BECOMES: &str = "becomes";

fn more(count: usize) -> String {
    format!("{count} more findings are not listed. Correct these first.")
}

fn go_to(line: usize, column: usize) -> String {
    // The visible text comes first, for speech input.
    format!("{line}:{column}, go to line {line}, column {column}")
}

fn more_places(count: usize) -> String {
    if count == 1 {
        "and in 1 more place".to_owned()
    } else {
        format!("and in {count} more places")
    }
}

/// The findings in the order of the text. Notes are folded, unless there is nothing else or the user
/// unfolded them.
pub(super) fn view(checker: Checker) -> AnyView {
    let findings = dynamic(move || match checker.report.get() {
        Some(report) => findings(checker, &report),
        None => ().into_any(),
    });
    view! { <div id="reader-findings">{findings}</div> }.into_any()
}

fn findings(checker: Checker, report: &Arc<CheckReport>) -> AnyView {
    let (notes, others): (Vec<usize>, Vec<usize>) = (0..report.findings.len())
        .partition(|index| report.findings[*index].severity == Severity::Info);
    let has_findings = !report.findings.is_empty();
    let is_open = checker.shows_notes.get_untracked() || others.is_empty();
    let heading = maybe(has_findings.then_some(()), |()| view! { <h3>{TITLE}</h3> }.into_any());
    let others = maybe((!others.is_empty()).then_some(()), |()| entries(checker, report, others));
    let notes = maybe(counted(notes.len(), "note"), |count| {
        let toggle = move |event: leptos::ev::Event| {
            let details = crate::browser::target::<crate::browser::HtmlDetailsElement>(&event);
            checker.shows_notes.set(details.is_some_and(|details| details.open()));
        };
        view! {
            <details id="reader-notes" open=is_open on:toggle=toggle>
                <summary>{count}</summary>
                {entries(checker, report, notes)}
            </details>
        }
        .into_any()
    });
    let more = maybe(Some(report.more).filter(|more| *more > 0), |count| {
        view! { <p class="small">{more(count)}</p> }.into_any()
    });
    view! { {heading} {others} {notes} {more} }.into_any()
}

/// A list of findings; the first ones until the user wants all.
fn entries(checker: Checker, report: &Arc<CheckReport>, indices: Vec<usize>) -> AnyView {
    let report = report.clone();
    dynamic(move || {
        let shows_all = checker.shows_all.get();
        let shown = if shows_all { indices.len() } else { FIRST };
        // The reason is the same for every finding of a rule: only the first one has it.
        let mut rules = HashSet::new();
        let entries = list(indices.iter().take(shown).enumerate(), |(place, index)| {
            let says_why = rules.insert(report.findings[*index].rule.clone());
            finding(checker, report.clone(), *index, says_why, place == FIRST)
        });
        let button = maybe((indices.len() > shown).then_some(()), |()| {
            show_all_button(checker, indices.len())
        });
        view! { <ul class="reader-list">{entries}</ul> {button} }.into_any()
    })
}

/// A finding. If it `takes_focus`, it is the first of those that were not shown before.
fn finding(
    checker: Checker,
    report: Arc<CheckReport>,
    index: usize,
    says_why: bool,
    takes_focus: bool,
) -> AnyView {
    let finding = &report.findings[index];
    let TextFinding { line, column, severity, .. } = *finding;
    let button = NodeRef::<html::Button>::new();
    if takes_focus {
        effect(move || {
            if let Some(button) = button.get() {
                crate::browser::focus::focus(&button);
            }
        });
    }
    let changes = maybe((!finding.changes.is_empty()).then_some(finding), |finding| {
        let changes = changes(finding);
        view! { <p class="reader-change">{CORRECTION} " " {changes}</p> }.into_any()
    });
    let why = maybe(says_why.then_some(finding), why);
    let (rule, message) = (finding.rule.clone(), finding.message.clone());
    view! {
        <li class=format!("reader-finding {}", class(severity))>
            <div class="reader-head">
                <span class=format!("tag {}", class(severity))>{words(severity)}</span>
                <button
                    class="link"
                    type="button"
                    aria-label=go_to(line, column)
                    node_ref=button
                    on:click=on(move |_| checker.go_to(&report.findings[index]))
                >
                    {format!("{line}:{column}")}
                </button>
                <code class="rule-id">{rule}</code>
            </div>
            <p>{message}</p>
            {changes}
            {why}
        </li>
    }
    .into_any()
}

fn why(finding: &TextFinding) -> AnyView {
    let name = finding.source_name.clone();
    let source = match finding.source_url.clone() {
        Some(url) => view! { <a href=url target="_blank" rel="noreferrer">{name}</a> }.into_any(),
        None => name.into_any(),
    };
    view! { <p class="small">{finding.why.clone()} " " {SOURCE} " " {source}</p> }.into_any()
}

/// The changes that fix a finding, in words.
fn changes(finding: &TextFinding) -> AnyView {
    let changes = list(finding.changes.iter().enumerate(), |(index, change)| {
        let separator = maybe((index > 0).then_some("; "), IntoAny::into_any);
        view! { {separator} {change_view(change)} }.into_any()
    });
    let more = maybe(Some(finding.more_changes).filter(|more| *more > 0), |count| {
        format!(" {}", more_places(count)).into_any()
    });
    view! { {changes} {more} }.into_any()
}

fn change_view(change: &Change) -> AnyView {
    let Change { old, new, is_blank } = change.clone();
    match (old.is_empty(), new.is_empty()) {
        (false, true) => {
            view! { {REMOVE} " " <del class:blank=is_blank><code>{old}</code></del> }.into_any()
        }
        (true, _) => view! { {INSERT} " " <ins><code>{new}</code></ins> }.into_any(),
        (false, false) => view! {
            <del><code>{old}</code></del>
            " "
            {BECOMES}
            " "
            <ins><code>{new}</code></ins>
        }
        .into_any(),
    }
}
