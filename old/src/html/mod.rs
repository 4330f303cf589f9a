//! The outputs as HTML: pure functions, the same for the page and for anything else that shows
//! them.
//!
//! HTML is made in two layers. A *frame* is what changes seldom: headings, reasons, empty code
//! blocks with an id. A *slot* is what goes into one of those. The page replaces a frame only when
//! it differs, so that what the reader has folded open, selected or scrolled stays as it is while a
//! name is typed.

mod dialogs;
mod explained;
mod findings;
mod form;
mod marks;
mod output;
mod picture;
mod rule;
mod runbook;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
mod steps;
mod timeline;
mod view;

pub use configurator_render::artifacts::{OutputFile, fill};
pub use dialogs::saved_list;
pub use explained::explained;
pub use form::{
    control_id, field_of_messages, form, has_guide, has_scenarios, hint_id, messages_id,
    of_no_scenario, of_task, preset_id, radio_id, task_hint, why_not, why_not_id, wrapper_id,
};
pub use marks::{Gone, Marks, count, light, mark};
pub use output::{Tab, compare_id, output, panel};
pub use rule::rule;
#[cfg(not(target_arch = "wasm32"))]
pub use site::About;
pub use timeline::Clock;
#[cfg(not(target_arch = "wasm32"))]
pub use view::whole;
pub use view::{View, slots};

use crate::text::page as text;
#[cfg(not(target_arch = "wasm32"))]
use configurator_core::choices::Choices;
use configurator_core::choices::Shell;
use configurator_render::shell::{Block, Kind, Token};
use maud::{Markup, html};
use std::borrow::Cow;

/// Everything below the banner: the form with the choices in it, the empty frame of the output, and
/// the foot.
#[cfg(not(target_arch = "wasm32"))]
fn page(choices: &Choices, about: &About) -> Markup {
    html! {
        main id="main" data-output="ready" {
            button.button.skip id="skip" type="button" { (text::SKIP) }
            div.form { (form(choices)) }
            div.output { (output(choices)) }
            // What explains a piece of the output, beside it.
            div.explained-piece id="explained" role="group" aria-label=(text::EXPLAIN_PIECE) hidden {}
        }
        (dialogs::share())
        (dialogs::saved())
        (dialogs::embed())
        dialog.rule-page id="rule" aria-labelledby="rule-title" {
            div id="rule-content" {}
            div.buttons { button.button id="rule-close" type="button" { (text::CLOSE) } }
        }
        (site::footer(about))
        // Filled by the module `files`, and emptied by it.
        dialog id="fill" aria-labelledby="fill-title" { div id="fill-content" {} }
        // Filled by the module `reader`.
        dialog id="reader" aria-labelledby="reader-title" { div id="reader-content" {} }
    }
}

/// What goes into the element with an id.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// The id of the element.
    pub id: String,
    /// What goes into it.
    pub content: Content,
    /// How deep it stands: within the nearest slot before it that is less deep, which empties it
    /// when it is replaced.
    pub depth: usize,
}

/// What goes into an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// HTML.
    Html(String),
    /// A text to copy.
    Code(Code),
}

/// A text to copy, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The text.
    pub block: Block,
    /// The shell that it is for.
    pub shell: Shell,
    /// What is marked in it.
    pub marks: Marks,
}

impl Slot {
    fn html(id: impl Into<String>, html: impl Into<String>, depth: usize) -> Self {
        Self { id: id.into(), content: Content::Html(html.into()), depth }
    }

    fn code(id: impl Into<String>, block: Block, shell: Shell, depth: usize) -> Self {
        Self {
            id: id.into(),
            content: Content::Code(Code { block, shell, marks: Marks::default() }),
            depth,
        }
    }

    /// The inner HTML of its element.
    pub fn inner_html(&self) -> Cow<'_, str> {
        match &self.content {
            Content::Html(html) => html.into(),
            Content::Code(code) => tokens(&code.block, &code.marks).into_string().into(),
        }
    }

    /// The text to copy that goes into it.
    pub fn as_code(&self) -> Option<&Code> {
        match &self.content {
            Content::Code(code) => Some(code),
            Content::Html(_) => None,
        }
    }
}

const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "",
        Kind::Program => "t-program",
        Kind::Option => "t-option",
        Kind::Value => "t-value",
        Kind::Placeholder => "t-hole",
        Kind::Comment => "t-comment",
    }
}

/// Text, escaped. As maud does it, but what needs no escape, as nearly all, goes in at once: it is
/// made anew with each letter that is typed.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl maud::Render for Escaped<'_> {
    fn render_to(&self, buffer: &mut String) {
        if self.0.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'&' | b'"')) {
            self.0.render_to(buffer);
        } else {
            buffer.push_str(self.0);
        }
    }
}

/// The colored text of a block: a `span` for each piece that can be explained, in their order. What
/// is gone stands in attributes, so that it is in nothing that is copied.
pub fn tokens(block: &Block, marks: &Marks) -> Markup {
    html! {
        @for (index, piece) in block.pieces().enumerate() {
            @let mark = marks.of(index);
            @if let Some(gone) = mark.map(|mark| &mark.gone).filter(|gone| !gone.is_empty()) { del data-gone=(gone) {} }
            @if piece.iter().all(Token::is_layout) {
                @for token in piece { (Escaped(&token.text)) }
            } @else {
                span class=(classes(piece, mark)) { @for token in piece { (Escaped(&token.text)) } }
            }
        }
        @if let Some(gone) = marks.at_end(block).filter(|gone| !gone.is_empty()) { del data-gone=(gone) {} }
    }
}

/// A `span` of a block that shows something else than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// Which one of the block's, from nought.
    pub span: u32,
    /// Its class.
    pub class: Cow<'static, str>,
    /// Its text, where that is another.
    pub text: Option<String>,
}

/// What differs between two states of a block, span by span; `None` where it is to be made anew.
/// Patched, the rest of it stays as it is: what the reader selected, and which piece has the focus.
pub fn patches(before: &Code, after: &Code) -> Option<Vec<Patch>> {
    if before.marks.has_gone() || after.marks.has_gone() {
        return None;
    }
    let mut patches = Vec::new();
    let (mut old, mut new) = (before.block.pieces(), after.block.pieces());
    let mut span = 0;
    for index in 0.. {
        let (old, new) = match (old.next(), new.next()) {
            (None, None) => break,
            (Some(old), Some(new)) => (old, new),
            _ => return None,
        };
        let texts =
            |piece: &[Token]| piece.iter().map(|token| token.text.as_ref()).collect::<String>();
        let is_same = old.iter().map(|token| &token.text).eq(new.iter().map(|token| &token.text));
        match (old.iter().all(Token::is_layout), new.iter().all(Token::is_layout)) {
            (true, true) if is_same => continue,
            (false, false) => {}
            _ => return None,
        }
        let class = classes(new, after.marks.of(index));
        if !is_same || class != classes(old, before.marks.of(index)) {
            patches.push(Patch { span, class, text: (!is_same).then(|| texts(new)) });
        }
        span += 1;
    }
    Some(patches)
}

fn classes(piece: &[Token], mark: Option<&marks::Mark>) -> Cow<'static, str> {
    let class = piece.first().map_or("", |token| class(token.kind));
    match mark {
        Some(mark) if mark.is_new || mark.is_lit => [
            class,
            if mark.is_new { " changed" } else { "" },
            if mark.is_lit { " lit" } else { "" },
        ]
        .concat()
        .into(),
        _ => class.into(),
    }
}

/// The empty frame of a block: its text goes into the element with the id, and when it is asked
/// for, what each part of it means into that beside it. `name` says what it is, for who does not
/// see where it stands.
pub fn code(id: &str, name: &str) -> Markup {
    html! {
        div.code {
            // Long lines scroll: so it must be reachable by keyboard, and say what it is. The arrow
            // keys go from piece to piece.
            pre tabindex="0" role="region" aria-label=(Escaped(name)) { code id=(Escaped(id)) {} }
            button.button.copy type="button" data-copy=(Escaped(id)) aria-label={ (text::COPY) " " (Escaped(name)) } { (text::COPY) }
        }
        details.fold.parts data-parts=(Escaped(id)) {
            summary { (text::EXPLAIN) span.visually-hidden { ": " (Escaped(name)) } }
            div id=(Escaped(&explained::list_id(id))) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::choices::TextField;
    use configurator_render::shell::{About, Purpose, Token};
    use expect_test::expect;

    #[test]
    fn text_is_escaped() {
        let mut block = Block::default();
        for (kind, text) in [(Kind::Plain, "a <b>&\n"), (Kind::Value, "'\"<script>'")] {
            block.tokens.push(Token {
                text: text.into(),
                kind,
                about: About::Shell(Purpose::Writing),
            });
        }
        expect![[r#"
            <span class="">a &lt;b&gt;&amp;
            </span><span class="t-value">'&quot;&lt;script&gt;'</span>"#]]
        .assert_eq(&tokens(&block, &Marks::default()).into_string());
    }

    /// Patching comes to the same as making it anew.
    #[test]
    fn a_patched_block_shows_what_a_new_one_would() {
        let link = "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";
        let choices = configurator_core::link::parse(link).choices;
        let spans = |html: &str| -> Vec<String> {
            html.split("<span")
                .skip(1)
                .map(|span| span.split("</span>").next().unwrap_or_default().to_owned())
                .collect()
        };
        let (mut patched, mut anew) = (0, 0);
        for (field, text) in [
            (TextField::Name, "edge<2>"),
            (TextField::Name, "edge02"),
            (TextField::Registry, ""),
            (TextField::Repositories, "one"),
            (TextField::Ip, "10.0.0.7"),
        ] {
            for tab in [Tab::Steps, Tab::Script, Tab::Lines] {
                let before =
                    slots(&choices, &View { tab, lit: Some(field.into()), ..View::default() }, &[]);
                let after = slots(
                    &choices.clone().with(field, text),
                    &View { tab, ..View::default() },
                    &before,
                );
                for (old, new) in before.iter().zip(&after).filter(|(old, new)| old.id == new.id) {
                    let (Some(old_code), Some(new_code)) = (old.as_code(), new.as_code()) else {
                        continue;
                    };
                    let Some(patches) = patches(old_code, new_code) else {
                        anew += 1;
                        continue;
                    };
                    let mut shown = spans(&old.inner_html());
                    for patch in patches {
                        let span = &mut shown[patch.span as usize];
                        let text = patch.text.map(|text| html! { (text) }.into_string());
                        let text = text.unwrap_or_else(|| {
                            span.split_once('>')
                                .map(|(_, text)| text.to_owned())
                                .unwrap_or_default()
                        });
                        *span = format!(" class=\"{}\">{text}", patch.class);
                        patched += 1;
                    }
                    assert_eq!(shown, spans(&new.inner_html()), "{}", new.id);
                }
            }
        }
        assert!(patched > 100 && anew > 3, "{patched} {anew}");
    }
}
