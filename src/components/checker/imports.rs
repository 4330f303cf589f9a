//! The choices that pasted text deploys.

use super::{Checker, FIRST, show_all_button};
use crate::messages::{CheckReport, Import};
use crate::model::{Dialogs, Model};
use crate::view::{dynamic, list, maybe, on};
use configurator_core::choices::{Choices, Shell, TextField, field_text, preset_text};
use configurator_core::link;
use leptos::prelude::*;

const TITLE: &str = "What it amounts to";
const NOTHING: &str = "Nothing in it can be taken into the form. That needs az commands which \
                       deploy, change or remove a connected registry or its extension.";
const IMPORT: &str = "Take into the form";
const NO_NAMES: &str = "No names in it.";
const SKIPPED: &str = "Not taken over";

/// The lines that choices come from.
fn lines(import: &Import) -> String {
    let Import { first_line: first, last_line: last, .. } = import;
    if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
}

const fn shell_name(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => "bash",
        Shell::PowerShell => "PowerShell",
    }
}

/// The choices, each with a button that imports it, and the parts that are skipped.
pub(super) fn view(checker: Checker) -> AnyView {
    let content = dynamic(move || match checker.report.read().as_ref() {
        Some(report) => imports(checker, report),
        None => ().into_any(),
    });
    view! { <div id="reader-amounts">{content}</div> }.into_any()
}

fn imports(checker: Checker, report: &CheckReport) -> AnyView {
    let shown = if checker.shows_all.get() { usize::MAX } else { FIRST };
    let all_button =
        |count: usize| maybe((count > shown).then_some(()), |()| show_all_button(checker, count));
    let imports = if report.imports.is_empty() {
        view! { <p class="small">{NOTHING}</p> }.into_any()
    } else {
        let entries =
            list(report.imports.iter().take(shown), |import| entry(checker, import.clone()));
        view! { <ul class="reader-list">{entries}</ul> {all_button(report.imports.len())} }
            .into_any()
    };
    let skipped = maybe((!report.skipped.is_empty()).then_some(()), |()| {
        let entries = list(report.skipped.iter().take(shown), |skipped| {
            let (text, why) = (skipped.text.clone(), skipped.why.clone());
            view! {
                <li>
                    {format!("Line {}: ", skipped.line)} <code>{text}</code> " "
                    <span class="small">{why}</span>
                </li>
            }
            .into_any()
        });
        view! {
            <h4>{SKIPPED}</h4>
            <ul class="reader-skipped">{entries}</ul>
            {all_button(report.skipped.len())}
        }
        .into_any()
    });
    view! { <h3>{TITLE}</h3> {imports} {skipped} }.into_any()
}

fn entry(checker: Checker, import: Import) -> AnyView {
    let (model, dialogs) = (Model::get(), Dialogs::get());
    let choices = link::parse(&import.fragment).choices;
    let title = preset_text::title_of(&choices).to_string();
    let lines = lines(&import);
    let shell = shell_name(choices.select.shell);
    view! {
        <li class="reader-imported">
            <p>
                <strong>{title.clone()}</strong>
                " "
                <span class="hint">{format!("{lines}, {shell}")}</span>
            </p>
            {names(&choices)}
            <button
                class="button"
                type="button"
                on:click=on(move |_| checker.import(&import, model, dialogs))
            >
                {IMPORT}
                <span class="visually-hidden">{format!(": {title}, {lines}")}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The names in choices.
fn names(choices: &Choices) -> AnyView {
    let given: Vec<&TextField> =
        TextField::ALL.iter().filter(|field| !choices.text(**field).is_empty()).collect();
    if given.is_empty() {
        return view! { <p class="small">{NO_NAMES}</p> }.into_any();
    }
    let names = list(given, |field| {
        let value = choices.text(*field).to_owned();
        view! {
            <div>
                <dt>{field_text::label(*field)}</dt>
                <dd><code>{value}</code></dd>
            </div>
        }
        .into_any()
    });
    view! { <dl class="reader-names">{names}</dl> }.into_any()
}
