//! Dialogs: sharing what is chosen, and keeping it on this device.

use crate::text::page as text;
use maud::{Markup, html};

/// The longest name of a saved configuration, in characters.
const NAME_LIMIT: usize = 60;

/// The link to what is chosen, and what is in it.
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
