//! A block of text to copy: one element for each piece, with its marks, and the meaning of each.

use crate::browser::clipboard::{self, Copied};
use crate::browser::{self, Element};
use crate::components::explanation::{ExplainedBlock, Parts};
use crate::model::{Model, Unfinished};
use crate::output::{BlockKey, Code, Marks, Tab, text_of};
use crate::view::{effect, list, on};
use configurator_render::shell::{Block, Kind, Token};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

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

/// A piece of a block as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Piece {
    class: String,
    removed_before: Option<String>,
    removed: Option<String>,
    text: String,
}

/// The pieces of a block as they are shown, each with its number.
fn numbered(block: &Block, marks: &Marks) -> Vec<(usize, Arc<Piece>)> {
    let removed = |index: usize| {
        let removed = marks.get(index).map(|mark| &mark.removed);
        removed.filter(|removed| !removed.is_empty()).cloned()
    };
    let numbered = |(index, piece): (usize, &[Token])| {
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
        let piece = Piece {
            class,
            // In an attribute, a removed text is in nothing that is copied. At the piece before,
            // which mostly is a space, it is not marked as new.
            removed_before: if index == 0 { removed(0) } else { None },
            removed: removed(index + 1),
            text: text_of(piece),
        };
        (index, Arc::new(piece))
    };
    block.pieces().enumerate().map(numbered).collect()
}

/// The pieces of a block that does not change.
pub fn pieces(block: &Block, marks: &Marks) -> AnyView {
    list(numbered(block, marks), |(_, piece)| element(&piece))
}

/// The pieces of a block. A piece that is the same at the same place is left alone.
fn changing_pieces(code: ReadSignal<Option<Code>>) -> AnyView {
    let pieces = move || {
        code.read().as_ref().map(|code| numbered(&code.block, &code.marks)).unwrap_or_default()
    };
    view! { <For each=pieces key=Clone::clone let:piece>{element(&piece.1)}</For> }.into_any()
}

fn element(piece: &Piece) -> AnyView {
    let Piece { class, removed_before, removed, text } = piece.clone();
    html::span()
        .class(class)
        .attr("data-removed-before", removed_before)
        .attr("data-removed", removed)
        .child(text)
        .into_any()
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
    let text = if key == BlockKey::Whole { model.whole } else { NodeRef::new() };
    let content = changing_pieces(code);
    let copy = move |_| copy_block(model, key, code, text);
    let explained = ExplainedBlock::new(code, text);
    effect(move || {
        if let Some((block, number)) = model.piece_request.get()
            && block == key
            && text.get().is_some()
        {
            model.piece_request.set(None);
            // After the pieces that are highlighted now were replaced.
            browser::after(0, move || explained.go_to(number));
        }
    });
    view! {
        <div class="code">
            // Long lines scroll: so it can be reached by keyboard, and has a name.
            <pre
                tabindex="0"
                role="region"
                aria-label=name.clone()
                on:pointerover=on(move |event| explained.on_pointer_over(&event))
                on:focusin=on(move |event| explained.on_focus(&event))
                on:click=on(move |event| explained.on_click(&event))
                on:keydown=on(move |event| explained.on_key(&event))
            >
                <code id=id(key) node_ref=text>{content}</code>
            </pre>
            <button class="button copy" type="button" aria-label=copy_label on:click=copy>
                {COPY}
            </button>
        </div>
        <Parts code id=format!("{}-parts", id(key)) name/>
    }
    .into_any()
}

fn copy_block(
    model: Model,
    key: BlockKey,
    code: ReadSignal<Option<Code>>,
    displayed: NodeRef<html::Code>,
) {
    let tab = model.tab.get_untracked();
    if let (BlockKey::Whole, Some(export)) = (key, super::output::Export::of_tab(tab)) {
        return super::output::copy(model, export, move || element_of(displayed));
    }
    let Some(Code { block, .. }) = code.get_untracked() else { return };
    let has_placeholders = block.has_placeholders();
    // The protected settings are a template: placeholders belong in it.
    let is_template = tab == Tab::Settings;
    if !may_export(model, has_placeholders && !is_template, false) {
        return;
    }
    let done = copied(has_placeholders, false);
    copy_to(model.said, block.text(), done, move || element_of(displayed));
}

/// The element with the text of a block, if it is displayed.
pub fn element_of(code: NodeRef<html::Code>) -> Option<Element> {
    code.get_untracked().map(as_element)
}

/// An element, whatever its type.
pub fn as_element(element: impl AsRef<Element>) -> Element {
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

/// Copies a text, and says so in a live region: that next to the output is hidden while a dialog is
/// open. `displayed` is called after the page has followed its signals; its element is selected if
/// the browser refuses.
pub fn copy_to(
    region: RwSignal<String>,
    text: String,
    done: &'static str,
    displayed: impl FnOnce() -> Option<Element> + 'static,
) {
    let displayed: Box<dyn FnOnce() -> Option<Element>> = Box::new(displayed);
    leptos::task::spawn_local(async move {
        let message = match clipboard::copy(&text, displayed()).await {
            Copied::Copied => done,
            Copied::Selected => COPY_SELECTED,
            Copied::Refused => COPY_FAILED,
        };
        crate::model::say_in(region, message);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Removed, Rendering, render};
    use crate::testing::{start, to_html};
    use configurator_core::choices::{Choices, TextField};
    use configurator_core::link;
    use configurator_render::shell::{About, Purpose};
    use std::borrow::Cow;

    const NAMED: &str =
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";

    fn html(block: &Block, marks: &Marks) -> String {
        to_html(start(""), || pieces(block, marks))
    }

    fn block(tokens: &[(Kind, &'static str)]) -> Block {
        let token = |(kind, text): &(Kind, &'static str)| Token {
            text: Cow::Borrowed(text),
            kind: *kind,
            about: About::Shell(Purpose::Writing),
        };
        let mut block = Block::default();
        block.tokens.extend(tokens.iter().map(token));
        block
    }

    /// The marks of a block after a change, where `key` is the block.
    fn changed(before: &Choices, after: &Choices, key: BlockKey) -> Option<Code> {
        let blocks = |choices: &Choices| {
            let planned = configurator_core::Planned::of(choices);
            render(&planned.plan, planned.shell, Tab::Script)
        };
        let first = Rendering::new(before, blocks(before), Tab::Script, None);
        Rendering::new(after, blocks(after), Tab::Script, Some(&first)).code(key, None, None)
    }

    #[test]
    fn text_is_escaped() {
        let block = block(&[(Kind::Plain, "a <b>&\n"), (Kind::Value, "'\"<script>'")]);
        assert_eq!(
            html(&block, &Marks::default()),
            "<span class=\"\">a &lt;b&gt;&amp;\n</span>\
             <span class=\"t-value\">'\"&lt;script&gt;'</span>"
        );
    }

    #[test]
    fn each_piece_is_one_element_also_if_it_only_separates_others() {
        let block = block(&[(Kind::Program, "az"), (Kind::Plain, " "), (Kind::Option, "--yes")]);
        assert_eq!(
            html(&block, &Marks::default()),
            "<span class=\"t-program\">az</span><span class=\"t-layout\"> </span>\
             <span class=\"t-option\">--yes</span>"
        );
    }

    #[test]
    fn removed_text_is_shown_at_the_place_where_it_was() {
        let before = block(&[(Kind::Program, "az"), (Kind::Plain, " "), (Kind::Value, "b")]);
        let without = |tokens| {
            let after = block(tokens);
            html(&after, &Marks::of(&after, Some(&before), Removed::WithoutReplacement))
        };
        assert_eq!(
            without(&[(Kind::Value, "b")]),
            "<span data-removed-before=\"az\" class=\"t-value\">b</span>"
        );
        assert_eq!(
            without(&[(Kind::Program, "az")]),
            "<span data-removed=\"b\" class=\"t-program\">az</span>"
        );
    }

    #[test]
    fn pieces_that_the_last_change_altered_are_marked() {
        let before = link::parse(NAMED).choices;
        let after = before.clone().with(TextField::Registry, "fabrikam");
        let code = changed(&before, &after, BlockKey::Whole);
        let html = code.map(|code| html(&code.block, &code.marks)).unwrap_or_default();
        assert!(html.contains("changed\">'fabrikam'</span>"), "{html}");
        assert!(!html.contains("data-removed"), "it was replaced");
    }

    #[test]
    fn removed_text_is_in_an_attribute_so_that_it_is_not_copied() {
        let before = link::parse(&format!("{NAMED}&storage=20Gi")).choices;
        let after = before.clone().with(TextField::StorageRequest, "");
        let code = changed(&before, &after, BlockKey::Whole);
        let html = code.map(|code| html(&code.block, &code.marks)).unwrap_or_default();
        let removed: Vec<&str> = html
            .split("data-removed=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0))
            .collect();
        assert!(removed.iter().any(|text| text.contains("pvc.storageRequest")), "{removed:?}");
        let texts: String =
            html.split('<').filter_map(|tag| Some(tag.split_once('>')?.1)).collect();
        assert!(!texts.contains("pvc.storageRequest"), "{texts}");
    }
}
