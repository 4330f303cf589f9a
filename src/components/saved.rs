//! The dialog with the configurations that are kept on this device, by name. Each is a link, and is
//! trusted as little as a link when it is opened.

use crate::browser::{focus, storage};
use crate::components::dialog::{Dialog, close_button, while_open};
use crate::model::{Dialogs, Model, say_in};
use crate::view::{dynamic, list, on};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

const TITLE: &str = "Saved on this device";
const LEAD: &str = "Kept in this browser only: what is chosen and typed, as in a link; no field \
                    asks for a secret. Whoever uses this browser can read it.";
const LABEL: &str = "A name for what is chosen now";
const SAVE: &str = "Save";
const NONE: &str = "Nothing is saved yet.";
const NAMELESS: &str = "Give it a name first.";
const REFUSED: &str = "This browser keeps nothing for this page: its storage is full, or switched \
                       off. Share a link instead.";
const REPLACED: &str = "Saved; what had this name before is replaced.";
const NEW: &str = "Saved.";
const OPEN: &str = "Open";
const DELETE: &str = "Delete";
const DELETED: &str = "Deleted.";
const OPENED: &str = "Opened.";

/// The longest name of a saved configuration, in characters.
const NAME_LIMIT: &str = "60";

/// How the keys of saved configurations begin.
const PREFIX: &str = "saved.";

fn key(name: &str) -> String {
    [PREFIX, name].concat()
}

/// The dialog.
#[component]
pub fn Saved() -> impl IntoView {
    let open = Dialogs::get().saved;
    view! {
        <Dialog id="saved" title=TITLE open>
            {while_open(open, move || content(SavedList::new(open, storage::keys(PREFIX))))}
        </Dialog>
    }
    .into_any()
}

/// The state of the open dialog.
#[derive(Clone, Copy)]
struct SavedList {
    model: Model,
    open: RwSignal<bool>,
    names: RwSignal<Vec<String>>,
    said: RwSignal<String>,
    /// The name that is typed.
    name: RwSignal<String>,
    input: NodeRef<html::Input>,
}

impl SavedList {
    fn new(open: RwSignal<bool>, names: Vec<String>) -> Self {
        Self {
            model: Model::get(),
            open,
            names: RwSignal::new(names),
            said: RwSignal::new(String::new()),
            name: RwSignal::new(String::new()),
            input: NodeRef::new(),
        }
    }

    fn refresh(self) {
        self.names.set(storage::keys(PREFIX));
    }

    fn focus_input(self) {
        if let Some(input) = self.input.get_untracked() {
            focus::focus(&input);
        }
    }

    /// Saves the choices under the name that was typed.
    fn save(self) {
        let name = self.name.with_untracked(|name| name.trim().to_owned());
        if name.is_empty() {
            say_in(self.said, NAMELESS);
            return self.focus_input();
        }
        let is_there = storage::get(&key(&name)).is_some();
        if !storage::set(&key(&name), &self.model.fragment()) {
            return say_in(self.said, REFUSED);
        }
        self.name.set(String::new());
        self.refresh();
        say_in(self.said, if is_there { REPLACED } else { NEW });
    }

    fn open(self, name: &str) {
        // Another window of the page may have deleted it.
        let Some(fragment) = storage::get(&key(name)) else { return self.refresh() };
        self.open.set(false);
        self.model.open_link(&fragment);
        self.model.say(OPENED);
    }

    fn delete(self, name: &str) {
        storage::remove(&key(name));
        self.refresh();
        say_in(self.said, DELETED);
        // The button that had the focus is gone.
        self.focus_input();
    }
}

fn content(saved: SavedList) -> AnyView {
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            saved.save();
        }
    };
    let entries = dynamic(move || match saved.names.get() {
        names if names.is_empty() => view! { <p class="small">{NONE}</p> }.into_any(),
        names => {
            let items = list(names, |name| entry(saved, name));
            view! { <ul class="saved-list">{items}</ul> }.into_any()
        }
    });
    view! {
        <p>{LEAD}</p>
        <label for="save-name">{LABEL}</label>
        <div class="row">
            <input
                id="save-name"
                type="text"
                maxlength=NAME_LIMIT
                autocomplete="off"
                spellcheck="false"
                prop:value=saved.name
                node_ref=saved.input
                on:input:target=move |event| saved.name.set(event.target().value())
                on:keydown=on_key
            />
            <button
                class="button primary"
                id="save"
                type="button"
                on:click=on(move |_| saved.save())
            >
                {SAVE}
            </button>
        </div>
        <p class="said" id="saved-said" role="status">{saved.said}</p>
        <div id="saved-list">{entries}</div>
        <div class="buttons">{close_button(saved.open)}</div>
    }
    .into_any()
}

fn entry(saved: SavedList, name: String) -> AnyView {
    let labels = [OPEN, DELETE].map(|label| format!("{label} {name}"));
    let [open_label, delete_label] = labels;
    let (opened, deleted) = (name.clone(), name.clone());
    view! {
        <li>
            <span class="name">{name}</span>
            <button
                class="button"
                type="button"
                aria-label=open_label
                on:click=on(move |_| saved.open(&opened))
            >
                {OPEN}
            </button>
            <button
                class="button"
                type="button"
                aria-label=delete_label
                on:click=on(move |_| saved.delete(&deleted))
            >
                {DELETE}
            </button>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    fn saved(names: &[&str]) -> String {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        html(&Default::default(), || content(SavedList::new(Dialogs::get().saved, names)))
    }

    #[test]
    fn saved_names_are_text_with_labeled_buttons() {
        let html = saved(&["Edge <b>& \"co\"</b>", "two"]);
        let name = "Edge &lt;b&gt;&amp; \"co\"&lt;/b&gt;";
        assert!(html.contains(&format!(r#"<span class="name">{name}</span>"#)), "{html}");
        assert!(html.contains(r#"aria-label="Open two""#), "{html}");
        assert!(html.contains(r#"aria-label="Delete two""#), "{html}");
        assert!(!html.contains("<b>") && !html.contains(NONE), "{html}");
        assert_eq!(html.matches("<li>").count(), 2, "{html}");
    }

    #[test]
    fn empty_list_is_reported() {
        let html = saved(&[]);
        assert!(html.contains(NONE) && !html.contains("<ul"), "{html}");
    }

    #[test]
    fn closed_dialog_reads_no_storage() {
        let html = html(&Default::default(), || view! { <Saved/> }.into_any());
        assert!(html.contains(TITLE) && !html.contains("<input"), "{html}");
    }
}
