//! The dialog with the link to the choices.

use crate::about::About;
use crate::components::code_block::{as_element, copy_to};
use crate::components::dialog::{Dialog, close_button, while_open};
use crate::model::{Dialogs, Model};
use crate::view::text;
use configurator_core::link;
use leptos::html;
use leptos::prelude::*;

const TITLE: &str = "Share these choices";
const LEAD: &str = "This link opens the page with what is chosen and typed here: the scenario, the \
                    options, and the names as they stand in the form.";
const SAFE: &str = "No field of the form asks for a secret, so none is in it: no password, no \
                    connection string, no key. What stands after # is not sent to any server; \
                    whoever has the link can read the names in it.";
const LABEL: &str = "The link";
const COPY: &str = "Copy the link";
const COPIED: &str = "The link is copied.";

/// The whole address with the choices in it.
pub fn address(model: Model) -> Signal<String> {
    let about = About::get();
    text(move || [about.root.as_str(), &link::fragment(&model.choices.read())].concat())
}

/// The dialog.
#[component]
pub fn Share() -> impl IntoView {
    let open = Dialogs::get().share;
    view! {
        <Dialog id="share" title=TITLE open>
            {while_open(open, move || content(open))}
        </Dialog>
    }
    .into_any()
}

fn content(open: RwSignal<bool>) -> AnyView {
    let link = address(Model::get());
    let said = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let copy = move |_| {
        copy_to(said, link.get_untracked(), COPIED, move || area.get_untracked().map(as_element));
    };
    view! {
        <p>{LEAD}</p>
        <p>{SAFE}</p>
        <label for="share-link">{LABEL}</label>
        <textarea
            id="share-link"
            readonly
            rows="4"
            spellcheck="false"
            autocomplete="off"
            prop:value=link
            node_ref=area
        >
            {link.get_untracked()}
        </textarea>
        <p class="said" id="share-said" role="status">{said}</p>
        <div class="buttons">
            <button class="button primary" id="copy-link" type="button" on:click=copy>
                {COPY}
            </button>
            {close_button(open)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::testing::html_of;

    fn share(is_open: bool) -> String {
        let choices = link::parse("#registry=contoso&name=<edge>&tls=byoc").choices;
        let about = About { root: "https://example.com/crc/".to_owned(), ..About::default() };
        html_of(Start { choices, ..Start::default() }, about, move || {
            Dialogs::get().share.set(is_open);
            view! { <Share/> }.into_any()
        })
    }

    #[test]
    fn open_dialog_has_the_whole_link() {
        let html = share(true);
        let link =
            "https://example.com/crc/#registry=contoso&name=%3Cedge%3E&tls=byoc&shell=bash&v=1";
        assert!(html.contains(&format!(">{link}</textarea>")), "{html}");
        assert!(html.contains(r#"<label for="share-link">The link</label>"#), "{html}");
    }

    #[test]
    fn closed_dialog_has_only_its_heading() {
        let html = share(false);
        assert!(html.contains(r#"aria-labelledby="share-title""#), "{html}");
        assert!(html.contains(r#"<h2 id="share-title">Share these choices</h2>"#), "{html}");
        assert!(!html.contains("textarea") && !html.contains("contoso"), "{html}");
    }
}
