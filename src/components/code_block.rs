//! A block of text to copy: one element for each piece, with its marks, and the meaning of each.

use crate::browser::clipboard::{self, Copied};
use crate::model::{Model, Unfinished};
use crate::output::{BlockKey, Code, Marks, Tab, text_of};
use crate::view::dynamic;
use configurator_render::shell::{Block, Kind, Token};
use leptos::html;
use leptos::prelude::*;

/// The label of a button that copies.
pub const COPY: &str = "Copy";
const COPIED: &str = "Copied.";
const COPIED_WITH_PLACEHOLDERS: &str =
    "Copied, with placeholders in it: fill them in before you use it.";
const COPIED_WITH_ERRORS: &str =
    "Copied, with errors in it: mend what is listed under To fix first.";
const COPY_SELECTED: &str =
    "Your browser does not allow copying here. The text is selected: press Ctrl+C, or ⌘C on a Mac.";
const COPY_FAILED: &str =
    "Your browser does not allow copying here. Open the Script tab and select the text.";
const FIRST_FILL_IN: &str = "Not yet: there are placeholders in it, where names or secrets belong. \
                             Press again to take it all the same.";
const FIRST_FIX: &str = "Not yet: there are errors in it, which are listed under To fix. Press \
                         again to take it all the same.";

/// The class of a piece that only separates others.
const LAYOUT: &str = "t-layout";

/// The class of a piece.
pub const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "",
        Kind::Program => "t-program",
        Kind::Option => "t-option",
        Kind::Value => "t-value",
        Kind::Placeholder => "t-hole",
        Kind::Comment => "t-comment",
    }
}

/// The id of the element with the text of a block.
pub fn id(key: BlockKey) -> String {
    match key {
        BlockKey::Whole => "whole".to_owned(),
        BlockKey::Step(step, index) => format!("step-{step}-{index}"),
    }
}

/// The pieces of a block. All are elements of one type, also those that only separate others:
/// Leptos then compares them by position and changes only what is different.
pub fn pieces(block: &Block, marks: &Marks) -> AnyView {
    let mut pieces: Vec<_> = block
        .pieces()
        .enumerate()
        .map(|(index, piece)| {
            let mark = marks.get(index);
            let mut class = match piece.first() {
                Some(token) if !piece.iter().all(Token::is_layout) => class(token.kind),
                _ => LAYOUT,
            }
            .to_owned();
            if mark.is_some_and(|mark| mark.is_new) {
                class.push_str(" changed");
            }
            if mark.is_some_and(|mark| mark.is_highlighted) {
                class.push_str(" lit");
            }
            let removed = mark.map(|mark| &mark.removed).filter(|removed| !removed.is_empty());
            span(class, text_of(piece), removed.cloned())
        })
        .collect();
    let at_end = marks.get(pieces.len()).map(|mark| mark.removed.clone());
    if let Some(removed) = at_end.filter(|removed| !removed.is_empty()) {
        pieces.push(span(LAYOUT.to_owned(), String::new(), Some(removed)));
    }
    pieces.into_any()
}

/// A removed text is in an attribute, so that it is in nothing that is copied.
fn span(class: String, text: String, removed: Option<String>) -> impl IntoView {
    html::span().class(class).attr("data-removed", removed).child(text)
}

/// A block of the open tab, with a button that copies it. `name` says what it is.
#[component]
pub fn CodeBlock(
    /// The block.
    key: BlockKey,
    /// What the block is, for users who do not see its place.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    let model = Model::get();
    let code = model.code(key);
    let copy_label = format!("{COPY} {name}");
    let text = NodeRef::<html::Code>::new();
    let content = dynamic(move || match code.read().as_ref() {
        Some(Code { block, marks, .. }) => pieces(block, marks),
        None => ().into_any(),
    });
    let copy = move |_| copy_block(model, key, code, text);
    view! {
        <div class="code">
            // Long lines scroll: so it can be reached by keyboard, and has a name.
            <pre tabindex="0" role="region" aria-label=name>
                <code id=id(key) node_ref=text>{content}</code>
            </pre>
            <button class="button copy" type="button" aria-label=copy_label on:click=copy>
                {COPY}
            </button>
        </div>
    }
    .into_any()
}

fn copy_block(
    model: Model,
    key: BlockKey,
    code: Memo<Option<Code>>,
    displayed: NodeRef<html::Code>,
) {
    let tab = model.tab.get_untracked();
    if let (BlockKey::Whole, Some(export)) = (key, super::output::Export::of_tab(tab)) {
        let element = displayed.get_untracked().map(as_element);
        return super::output::copy(model, export, element);
    }
    let Some(Code { block, .. }) = code.get_untracked() else { return };
    let has_placeholders = block.has_placeholders();
    // The protected settings are a template: placeholders belong in it.
    let is_template = tab == Tab::Settings;
    if !may_export(model, has_placeholders && !is_template, false) {
        return;
    }
    let displayed = displayed.get_untracked().map(as_element);
    copy(model, block.text(), copied(has_placeholders, false), displayed);
}

/// An element, whatever its type.
pub fn as_element(element: impl AsRef<web_sys::Element>) -> web_sys::Element {
    element.as_ref().clone()
}

/// Whether a text may be exported. If not yet, says why.
pub fn may_export(model: Model, has_placeholders: bool, is_blocked: bool) -> bool {
    match model.may_export(has_placeholders, is_blocked) {
        Ok(()) => true,
        Err(Unfinished::HasPlaceholders) => {
            model.say(FIRST_FILL_IN);
            false
        }
        Err(Unfinished::HasErrors) => {
            model.say(FIRST_FIX);
            false
        }
    }
}

/// The message after copying a text.
pub const fn copied(has_placeholders: bool, is_blocked: bool) -> &'static str {
    match (has_placeholders, is_blocked) {
        (true, _) => COPIED_WITH_PLACEHOLDERS,
        (false, false) => COPIED,
        (false, true) => COPIED_WITH_ERRORS,
    }
}

/// Copies a text, and says so next to the output.
pub fn copy(model: Model, text: String, done: &'static str, displayed: Option<web_sys::Element>) {
    copy_to(model.said, text, done, displayed);
}

/// Copies a text, and says so in a live region: that next to the output is hidden while a dialog is
/// open.
pub fn copy_to(
    region: RwSignal<String>,
    text: String,
    done: &'static str,
    displayed: Option<web_sys::Element>,
) {
    leptos::task::spawn_local(async move {
        let message = match clipboard::copy(&text, displayed).await {
            Copied::Copied => done,
            Copied::Selected => COPY_SELECTED,
            Copied::Refused => COPY_FAILED,
        };
        crate::model::say_in(region, message);
    });
}
