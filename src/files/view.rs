//! The dialog as HTML. Nothing secret is ever in it: what was typed or pasted is in the controls
//! alone, and the JSON is not shown.

use super::{Form, Slot};
use crate::rules::Severity;
use crate::text::{files as text, page};
use maud::{Markup, html};

/// The id of the control of a slot.
pub fn control_id(slot: Slot) -> String {
    format!("fill-{}", slot.word())
}

/// The id of the text area of a slot for a file.
pub fn paste_id(slot: Slot) -> String {
    format!("fill-paste-{}", slot.word())
}

/// The id of the element that says what was taken for a slot.
pub fn taken_id(slot: Slot) -> String {
    format!("fill-taken-{}", slot.word())
}

/// The id of the element that holds the remarks about a slot.
pub fn messages_id(slot: Slot) -> String {
    format!("fill-messages-{}", slot.word())
}

/// The id of the line that says what is missing.
pub const STATUS: &str = "fill-status";
/// The id of the line that says what was done.
pub const SAID: &str = "fill-said";

/// The whole dialog, with nothing filled in. What its buttons do is in `data-fill`; to which slot
/// something belongs in `data-slot`.
pub fn dialog(form: &Form) -> Markup {
    html! {
        h2 id="fill-title" { (text::TITLE) }
        p.lead { (text::lead(form.file())) }
        p.lead { (text::PROMISE) }
        @for slot in form.slots() {
            @if slot == Slot::Connection { (connection()) } @else { (file(slot)) }
        }
        p.fill-status id=(STATUS) role="status" {}
        div.buttons {
            button.button.primary type="button" data-fill="download" { (text::download(form.file())) }
            button.button type="button" data-fill="copy" { (text::COPY) }
            button.button type="button" data-fill="close" { (text::CLOSE) }
        }
        p.small id=(SAID) role="status" {}
    }
}

fn describedby(slot: Slot) -> String {
    format!("fill-hint-{} {}", slot.word(), messages_id(slot))
}

fn hint(slot: Slot) -> Markup {
    html! { p.hint id={ "fill-hint-" (slot.word()) } { (text::hint(slot)) } }
}

fn connection() -> Markup {
    const SLOT: Slot = Slot::Connection;
    let id = control_id(SLOT);
    html! {
        div.fill-slot data-slot=(SLOT.word()) {
            label.fill-label for=(id) { (text::heading(SLOT)) }
            (hint(SLOT))
            div.fill-row {
                // What browsers keep of a session is not for this.
                input id=(id) type="password" autocomplete="off" spellcheck="false" autocapitalize="off" aria-describedby=(describedby(SLOT));
                button.button type="button" data-fill="show" aria-pressed="false" aria-controls=(id) {
                    (text::SHOW) span.visually-hidden { " " (text::label(SLOT)) }
                }
            }
            div id=(messages_id(SLOT)) {}
        }
    }
}

fn file(slot: Slot) -> Markup {
    let (id, paste) = (control_id(slot), paste_id(slot));
    html! {
        div.fill-slot data-slot=(slot.word()) {
            label.fill-label for=(id) {
                (text::heading(slot))
                @if slot == Slot::Authority { " " span.optional { (text::OPTIONAL) } }
            }
            (hint(slot))
            div.fill-drop {
                input id=(id) type="file" aria-describedby=(describedby(slot));
                span.hint { (text::DROP) }
            }
            details {
                summary { (text::PASTE) span.visually-hidden { ": " (text::label(slot)) } }
                textarea id=(paste) rows="3" autocomplete="off" spellcheck="false" autocapitalize="off" aria-label=(text::pasted(slot)) {}
            }
            div id=(taken_id(slot)) {}
            div id=(messages_id(slot)) {}
        }
    }
}

/// What was taken for a slot, and the button that takes it out again; nothing where it is empty.
pub fn taken(form: &Form, slot: Slot) -> Markup {
    html! {
        @if let Some(recognized) = form.recognized(slot) {
            div.fill-taken {
                strong { (recognized) }
                button.link type="button" data-fill="remove" { (text::REMOVE) span.visually-hidden { ": " (text::label(slot)) } }
            }
            @let facts = form.facts(slot);
            @if !facts.is_empty() {
                dl.fill-facts { @for (name, value) in facts { dt { (name) } dd { (value) } } }
            }
        }
    }
}

/// The remarks about a slot; `now` in seconds since 1970.
pub fn messages(form: &Form, slot: Slot, now: u64) -> Markup {
    html! {
        @for remark in form.remarks(slot, now) {
            @let (class, words) = words(remark.severity);
            p class={ "message " (class) } {
                span.visually-hidden { (words) ": " }
                (remark.message)
                @if !remark.hint.is_empty() { " " span.why { (remark.hint) } }
            }
        }
    }
}

/// What is missing and what is wrong, in a sentence.
pub fn status(form: &Form, now: u64) -> Markup {
    html! { (form.status(now)) }
}

const fn words(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", page::ERROR),
        Severity::Warning => ("warning", page::WARNING),
        Severity::Info => ("info", page::INFO),
    }
}
