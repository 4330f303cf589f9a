//! The dialog as HTML. Nothing secret is ever in it: what was typed or pasted is in the controls
//! alone, and the JSON is not shown.

use crate::text::page;
use configurator_certificates::{Form, SecretField};
use configurator_core::rules::Severity;
use maud::{Markup, html};

/// The id of the control of a slot.
pub fn control_id(slot: SecretField) -> String {
    format!("fill-{}", slot.word())
}

/// The id of the text area of a slot for a file.
pub fn paste_id(slot: SecretField) -> String {
    format!("fill-paste-{}", slot.word())
}

/// The id of the element that says what was taken for a slot.
pub fn taken_id(slot: SecretField) -> String {
    format!("fill-taken-{}", slot.word())
}

/// The id of the element that holds the remarks about a slot.
pub fn messages_id(slot: SecretField) -> String {
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
        h2 id="fill-title" { ("Fill in the protected settings") }
        p.lead { (lead(form.file())) }
        p.lead { ("What you enter stays in this page's memory. It is sent nowhere, is not kept and \
                   is not in the link, and the page forgets it when you close this or leave. A \
                   private key is best kept where it is.") }
        @for slot in form.fields() {
            @if slot == SecretField::Connection { (connection()) } @else { (file(slot)) }
        }
        p.fill-status id=(STATUS) role="status" {}
        div.buttons {
            button.button.primary type="button" data-fill="download" { (download_text(form.file())) }
            button.button type="button" data-fill="copy" { ("Copy JSON") }
            button.button type="button" data-fill="close" { ("Forget and close") }
        }
        p.small id=(SAID) role="status" {}
    }
}

fn describedby(slot: SecretField) -> String {
    format!("fill-hint-{} {}", slot.word(), messages_id(slot))
}

fn hint(slot: SecretField) -> Markup {
    html! { p.hint id={ "fill-hint-" (slot.word()) } { (hint_text(slot)) } }
}

fn connection() -> Markup {
    const SLOT: SecretField = SecretField::Connection;
    let id = control_id(SLOT);
    html! {
        div.fill-slot data-slot=(SLOT.word()) {
            label.fill-label for=(id) { (heading(SLOT)) }
            (hint(SLOT))
            div.fill-row {
                // What browsers keep of a session is not for this.
                input id=(id) type="password" autocomplete="off" spellcheck="false" autocapitalize="off" aria-describedby=(describedby(SLOT));
                button.button type="button" data-fill="show" aria-pressed="false" aria-controls=(id) {
                    ("Show") span.visually-hidden { " " (configurator_certificates::label(SLOT)) }
                }
            }
            div id=(messages_id(SLOT)) {}
        }
    }
}

fn file(slot: SecretField) -> Markup {
    let (id, paste) = (control_id(slot), paste_id(slot));
    html! {
        div.fill-slot data-slot=(slot.word()) {
            label.fill-label for=(id) {
                (heading(slot))
                @if slot == SecretField::Authority { " " span.optional { ("(optional)") } }
            }
            (hint(slot))
            div.fill-drop {
                input id=(id) type="file" aria-describedby=(describedby(slot));
                span.hint { ("or drop the file here") }
            }
            details {
                summary { ("Or paste it") span.visually-hidden { ": " (configurator_certificates::label(slot)) } }
                textarea id=(paste) rows="3" autocomplete="off" spellcheck="false" autocapitalize="off" aria-label=(pasted(slot)) {}
            }
            div id=(taken_id(slot)) {}
            div id=(messages_id(slot)) {}
        }
    }
}

/// What was taken for a slot, and the button that takes it out again; nothing where it is empty.
pub fn taken(form: &Form, slot: SecretField) -> Markup {
    html! {
        @if let Some(recognized) = form.recognized(slot) {
            div.fill-taken {
                strong { (recognized) }
                button.link type="button" data-fill="remove" { ("Remove") span.visually-hidden { ": " (configurator_certificates::label(slot)) } }
            }
            @let facts = form.facts(slot);
            @if !facts.is_empty() {
                dl.fill-facts { @for (name, value) in facts { dt { (name) } dd { (value) } } }
            }
        }
    }
}

/// The remarks about a slot; `now` in seconds since 1970.
pub fn messages(form: &Form, slot: SecretField, now: u64) -> Markup {
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

fn lead(file: &str) -> String {
    format!(
        "By default you do not need this: the script makes {file} on your machine. Use it where \
         you deploy without the script."
    )
}

pub(crate) fn pasted(slot: SecretField) -> String {
    format!("Text of the {}", configurator_certificates::label(slot))
}

fn heading(slot: SecretField) -> &'static str {
    match slot {
        SecretField::Connection => "Connection string",
        SecretField::Certificate => "Certificate",
        SecretField::Key => "Private key",
        SecretField::Authority => "CA certificate",
    }
}

fn hint_text(slot: SecretField) -> &'static str {
    match slot {
        SecretField::Connection => {
            "What az acr connected-registry get-settings --generate-password 1 prints as \
             ACR_REGISTRY_CONNECTION_STRING. A new password replaces the old one of that number."
        }
        SecretField::Certificate => {
            "The file of the connected registry's certificate, as PEM or DER. Others that lead to \
             its CA may follow in it."
        }
        SecretField::Key => "The file of its private key, as PEM or DER, without a passphrase.",
        SecretField::Authority => {
            "The certificate of the authority that signed it. Leave it empty for a self-signed \
             certificate: then the certificate itself is used, as documented."
        }
    }
}

pub(super) fn download_text(file: &str) -> String {
    format!("Download {file}")
}
