//! A block of shell text with a Copy button.

use super::copy;
use super::state::State;
use crate::shell::{Block, Kind};
use crate::text::page as text;
use leptos::html::Pre;
use leptos::prelude::*;

const fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Plain => None,
        Kind::Program => Some("t-program"),
        Kind::Option => Some("t-option"),
        Kind::Value => Some("t-value"),
        Kind::Hole => Some("t-hole"),
        Kind::Comment => Some("t-comment"),
    }
}

/// The block, and a button that copies it. `name` says what it is, for who does not see it beside the button.
#[component]
pub(super) fn Code(#[prop(into)] block: Signal<Block>, #[prop(into)] name: String) -> impl IntoView {
    let state = expect_context::<State>();
    let pre = NodeRef::<Pre>::new();
    let label = format!("{} {name}", text::COPY);
    let copy = move |_| {
        block.with_untracked(|block| copy::copy(state, block.text(), block.has_holes(), pre.get_untracked().map(Into::into)));
    };
    view! {
        <div class="code">
            // Long lines scroll: so it must be reachable by keyboard, and say what it is.
            <pre node_ref=pre tabindex="0" role="region" aria-label=name>
                <code>{move || block.with(tokens)}</code>
            </pre>
            <button type="button" class="button copy" aria-label=label on:click=copy>{text::COPY}</button>
        </div>
    }
}

fn tokens(block: &Block) -> Vec<AnyView> {
    block
        .tokens
        .iter()
        .map(|token| match class(token.kind) {
            None => token.text.clone().into_any(),
            Some(class) => view! { <span class=class>{token.text.clone()}</span> }.into_any(),
        })
        .collect()
}
