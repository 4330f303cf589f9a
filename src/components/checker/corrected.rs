//! The corrected text, with the differences from the pasted one.

use super::Checker;
use crate::messages::{CheckReport, CorrectedText, Piece};
use crate::view::{dynamic, list, on};
use configurator_core::rules::Severity;
use leptos::prelude::*;

const TITLE: &str = "Corrected";
pub(super) const EMPTY: &str = "The corrected text will stand here.";
const NOTHING: &str = "There is nothing to correct.";
const NONE: &str =
    "Nothing in it can be corrected for certain. What to do stands with each finding.";
const HINT: &str = "Underlined is put in; struck through or boxed (␣ is a blank) is taken out, and \
                    is not in what is copied.";
const LINE_ENDS: &str = "The line ends of Windows become plain ones; that is not marked.";
const REST: &str = "What has no certain correction is as it was.";
const COPY: &str = "Copy corrected";
const USE: &str = "Use the corrected text";

fn unchanged(lines: usize) -> String {
    format!("… {lines} lines as they were …")
}

fn omitted(lines: usize) -> String {
    format!("… {lines} more lines, which are in what is copied …")
}

/// The corrected text with its buttons, or why there is none.
pub(super) fn view(checker: Checker) -> AnyView {
    let content = dynamic(move || {
        let report = checker.report.read();
        let nothing = |why: &'static str| view! { <p class="reader-nothing">{why}</p> }.into_any();
        match report.as_ref().map(|report| (report, &report.corrected)) {
            Some((report, Some(corrected))) => text(checker, report, corrected),
            Some((report, None)) if report.findings.is_empty() => nothing(NOTHING),
            Some(_) => nothing(NONE),
            None => nothing(EMPTY),
        }
    });
    view! {
        <div id="reader-corrected">
            <h3>{TITLE}</h3>
            {content}
        </div>
    }
    .into_any()
}

fn text(checker: Checker, report: &CheckReport, corrected: &CorrectedText) -> AnyView {
    let has_rest = report
        .findings
        .iter()
        .any(|finding| finding.changes.is_empty() && finding.severity != Severity::Info);
    let hints = [(true, HINT), (corrected.has_plain_line_ends, LINE_ENDS), (has_rest, REST)];
    let hints: Vec<&str> = hints.into_iter().filter(|(is, _)| *is).map(|(_, hint)| hint).collect();
    view! {
        <div class="code reader-code">
            <pre tabindex="0" role="region" aria-label=TITLE>
                <code id="reader-code">{marked(corrected)}</code>
            </pre>
        </div>
        <div class="buttons">
            <button
                class="button primary"
                type="button"
                on:click=on(move |_| checker.copy())
            >
                {COPY}
            </button>
            <button
                class="button"
                type="button"
                on:click=on(move |_| checker.use_corrected())
            >
                {USE}
            </button>
        </div>
        <p class="hint">{hints.join(" ")}</p>
    }
    .into_any()
}

/// The text with its marks. Removed text is in attributes, so that selecting and copying skips it.
fn marked(corrected: &CorrectedText) -> AnyView {
    let mut at = 0;
    let mut next = move |length: usize, text: &str| {
        let piece = text.get(at..at + length).unwrap_or_default().to_owned();
        at += length;
        piece
    };
    list(&corrected.pieces, |piece| match piece {
        Piece::Same(length) => next(*length, &corrected.text).into_any(),
        Piece::Added(length) => view! { <ins>{next(*length, &corrected.text)}</ins> }.into_any(),
        Piece::Folded(length, lines) => {
            next(*length, &corrected.text);
            between(format!("{}\n", unchanged(*lines)))
        }
        Piece::Omitted(_, lines) => between(omitted(*lines)),
        Piece::Removed(text, is_blank) => {
            view! { <del class:blank=*is_blank data-gone=text.clone()></del> }.into_any()
        }
    })
}

fn between(lines: String) -> AnyView {
    view! { <span class="reader-between">{lines}</span> }.into_any()
}
