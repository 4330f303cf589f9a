//! Dialogs: sharing what is chosen, and keeping it on this device.

#[cfg(not(target_arch = "wasm32"))]
use super::form::question;
#[cfg(not(target_arch = "wasm32"))]
use crate::text::embed;
use crate::text::page as text;
use maud::{Markup, html};

/// The longest name of a saved configuration, in characters.
#[cfg(not(target_arch = "wasm32"))]
const NAME_LIMIT: usize = 60;

/// The link to what is chosen, and what is in it.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn share() -> Markup {
    html! {
        dialog id="share" aria-labelledby="share-title" {
            h2 id="share-title" { (text::SHARE) }
            p { (text::SHARE_LEAD) }
            p { (text::SHARE_SAFE) }
            label for="share-link" { (text::SHARE_LABEL) }
            textarea id="share-link" readonly rows="4" spellcheck="false" autocomplete="off" {}
            p.said id="share-said" role="status" {}
            div.buttons {
                button.button.primary id="copy-link" type="button" { (text::COPY_LINK) }
                button.button type="button" data-close="share" { (text::CLOSE) }
            }
        }
    }
}

/// What is kept on this device, and a place to keep more.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn saved() -> Markup {
    html! {
        dialog id="saved" aria-labelledby="saved-title" {
            h2 id="saved-title" { (text::SAVED) }
            p { (text::SAVED_LEAD) }
            label for="save-name" { (text::SAVE_LABEL) }
            div.row {
                input id="save-name" type="text" maxlength=(NAME_LIMIT) autocomplete="off" spellcheck="false";
                button.button.primary id="save" type="button" { (text::SAVE) }
            }
            p.said id="saved-said" role="status" {}
            div id="saved-list" {}
            div.buttons { button.button type="button" data-close="saved" { (text::CLOSE) } }
        }
    }
}

/// The HTML that puts the page into another one, and how that looks.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn embed() -> Markup {
    html! {
        dialog.wide id="embed" aria-labelledby="embed-title" {
            h2 id="embed-title" { (embed::EMBED) }
            p { (embed::LEAD) }
            div.columns {
                (question("embed-view", embed::VIEW, None, &embed::VIEWS))
                (question("embed-lock", embed::LOCK, None, &embed::LOCKS))
                (question("embed-theme", embed::THEME, None, &embed::THEMES))
            }
            label.check { input id="embed-hide" type="checkbox" autocomplete="off"; " " (embed::HIDE) }
            label for="embed-base" { (embed::BASE) }
            p.hint id="embed-base-hint" { (embed::BASE_HINT) }
            div.row { input id="embed-base" type="url" autocomplete="off" spellcheck="false" aria-describedby="embed-base-hint"; }
            label for="embed-snippet" { (embed::SNIPPET) }
            textarea id="embed-snippet" readonly rows="6" spellcheck="false" autocomplete="off" {}
            p.said id="embed-said" role="status" {}
            div.buttons {
                button.button.primary id="copy-snippet" type="button" { (embed::COPY) }
                button.button type="button" data-close="embed" { (text::CLOSE) }
            }
            h3 { (embed::PREVIEW) }
            div id="embed-preview" {}
        }
    }
}

/// The saved configurations, by their names.
pub fn saved_list(names: &[String]) -> Markup {
    html! {
        @if names.is_empty() {
            p.small { (text::SAVED_NONE) }
        } @else {
            ul.saved-list {
                @for name in names {
                    li {
                        span.name { (name) }
                        button.button type="button" data-open=(name) aria-label={ (text::OPEN) " " (name) } { (text::OPEN) }
                        button.button type="button" data-delete=(name) aria-label={ (text::DELETE) " " (name) } { (text::DELETE) }
                    }
                }
            }
        }
    }
}
