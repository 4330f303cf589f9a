//! Sharing: the link with what is in it explained, and a report of what is wrong here.

use super::state::State;
use super::{copy, dialog, document, window};
use crate::text::page as text;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, Url};

/// The address of the page where everything begins, which has no name of its own in the folder: the
/// page may be that of a scenario, or in a frame.
pub(super) fn root() -> String {
    let root = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-root"))
        .unwrap_or_default();
    let base = window().location().href().unwrap_or_default();
    // As one file it is only what it is.
    if base.starts_with("file:") {
        return base.split(['#', '?']).next().unwrap_or_default().to_owned();
    }
    Url::new_with_base(&root, &base).map(|url| url.href()).unwrap_or_default()
}

/// The whole address with the choices in it.
pub(super) fn address(state: &State) -> String {
    [root(), state.fragment()].concat()
}

pub(super) fn open(state: &State) {
    if let Some(area) = area() {
        area.set_value(&address(state));
    }
    copy::say_in("share-said", "");
    dialog::open("share");
}

pub(super) fn copy_link(state: &State) {
    copy::copy_to(
        "share-said",
        &address(state),
        text::COPIED_LINK.to_owned(),
        area().map(Into::into),
    );
}

fn area() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("share-link")?.dyn_into().ok()
}

/// The link that reports a problem is right from the beginning, and says what opening it does.
pub(super) fn begin(state: &State) {
    point_report(state);
    if reports_to().starts_with("https://")
        && let Some(hint) = document().get_element_by_id("report-hint")
    {
        hint.set_text_content(Some(text::REPORT_SENDS));
    }
}

/// Where reports go.
fn reports_to() -> String {
    let meta = document().query_selector("meta[name=report-problems-to]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Gives the link that reports a problem its text, with the choices of this moment. Who deploys the
/// page says in its `meta` where reports go: an address to make an issue at, or to mail to; else it
/// is a mail without a receiver.
pub(super) fn point_report(state: &State) {
    let Some(link) = document().get_element_by_id("report") else { return };
    let to = reports_to();
    let browser = window().navigator().user_agent().unwrap_or_default();
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (title, body) =
        (encode(text::REPORT_TITLE), encode(&text::report(&address(state), &browser)));
    let href = if to.starts_with("https://") {
        format!("{to}{}title={title}&body={body}", if to.contains('?') { '&' } else { '?' })
    } else {
        format!(
            "mailto:{}?subject={title}&body={body}",
            to.strip_prefix("mailto:").unwrap_or_default()
        )
    };
    let _never_fails = link.set_attribute("href", &href);
}
