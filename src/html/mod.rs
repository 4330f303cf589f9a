//! The outputs as HTML: pure functions, the same for the page and for anything else that shows them.
//!
//! HTML is made in two layers. A *frame* is what changes seldom: headings, reasons, empty code blocks with an id. A *slot* is what goes into one of
//! those. The page replaces a frame only when it differs, so that what the reader has folded open, selected or scrolled stays as it is while a name
//! is typed.

mod findings;
mod form;
mod made;
mod output;
mod picture;
mod rule;
mod steps;
mod timeline;
mod view;

pub use form::{
    control_id, field_of_messages, form, has_guide, has_scenarios, hint_id, is_used, messages_id, of_no_scenario, of_task, preset_id, radio_id, sections,
    task_hint, why_not, why_not_id, wrapper_id,
};
pub use made::Script;
pub use output::{Tab, output, panel};
pub use rule::rule;
pub use timeline::Clock;
#[cfg(not(target_arch = "wasm32"))]
pub use view::whole;
pub use view::{View, slots};

use crate::choices::Choices;
use crate::shell::{Block, Kind};
use maud::{Markup, html};

/// Everything below the banner: the form with the choices in it, and the empty frame of the output.
pub fn page(choices: &Choices) -> Markup {
    html! {
        main id="main" data-output="ready" {
            button.button.skip id="skip" type="button" { (crate::text::page::SKIP) }
            div.form { (form(choices)) }
            div.output { (output(choices)) }
        }
        dialog.rule-page id="rule" aria-labelledby="rule-title" {
            div id="rule-content" {}
            div.buttons { button.button id="rule-close" type="button" autofocus { (crate::text::page::CLOSE) } }
        }
        // Filled by the module `files`, and emptied by it.
        dialog id="fill" aria-labelledby="fill-title" { div id="fill-content" {} }
        footer { p { (crate::text::page::checked()) } }
    }
}

/// HTML that goes into the element with an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The id of the element.
    pub id: String,
    /// Its inner HTML.
    pub html: String,
    /// How deep it stands: within the nearest slot before it that is less deep, which empties it when it is replaced.
    pub depth: usize,
}

const fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "",
        Kind::Program => "t-program",
        Kind::Option => "t-option",
        Kind::Value => "t-value",
        Kind::Hole => "t-hole",
        Kind::Comment => "t-comment",
    }
}

/// The colored text of a block.
pub fn tokens(block: &Block) -> Markup {
    html! {
        @for token in &block.tokens {
            @if token.kind == Kind::Plain { (token.text) } @else { span class=(class(token.kind)) { (token.text) } }
        }
    }
}

/// The empty frame of a block: its text goes into the element with the id. `name` says what it is, for who does not see where it stands.
pub fn code(id: &str, name: &str) -> Markup {
    html! {
        div.code {
            // Long lines scroll: so it must be reachable by keyboard, and say what it is.
            pre tabindex="0" role="region" aria-label=(name) { code id=(id) {} }
            button.button.copy type="button" data-copy=(id) aria-label={ (crate::text::page::COPY) " " (name) } { (crate::text::page::COPY) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::Token;
    use expect_test::expect;

    #[test]
    fn text_is_escaped() {
        let mut block = Block::default();
        for (kind, text) in [(Kind::Plain, "a <b>&\n"), (Kind::Value, "'\"<script>'")] {
            block.tokens.push(Token { text: text.into(), kind, origin: None });
        }
        expect![[r#"
            a &lt;b&gt;&amp;
            <span class="t-value">'&quot;&lt;script&gt;'</span>"#]]
        .assert_eq(&tokens(&block).into_string());
    }
}
