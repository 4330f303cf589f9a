//! The dialog with the HTML that embeds the page, and a preview: the element that the other page
//! gets.

use crate::about::About;
use crate::browser::{Event, address, embed};
use crate::components::code_block::{as_element, copy_to};
use crate::components::dialog::{Dialog, close_button, while_open};
use crate::components::field::question;
use crate::model::{Dialogs, Model};
use crate::view::{effect, memo, text};
use configurator_render::embed::{Locks, Snippet, View, commands};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

const TITLE: &str = "Embed this in a page of yours";
const LEAD: &str = "Readers of your page get this configurator with what is chosen here, fill in \
                    their own names and copy. It comes from here, in a frame; your page is told of \
                    no secret, and nor is this one.";
const VIEW: &str = "What is shown";
const VIEWS: &[(&str, &str)] = &[
    ("steps", "Form and steps"),
    ("script", "Form and script"),
    ("command", "One block of commands"),
];
const LOCK: &str = "What readers may change";
const LOCKS: &[(&str, &str)] = &[
    ("nothing", "Everything"),
    ("scenario", "Everything but the scenario"),
    ("given", "Only what is not chosen or filled in here"),
];
const THEME: &str = "Colors";
const THEMES: &[(&str, &str)] =
    &[("auto", "As the page around"), ("light", "Light"), ("dark", "Dark")];
const HIDE: &str = "Hide what they may not change";
const BASE: &str = "Address of the configurator";
const BASE_HINT: &str = "The folder that it is in, with / at its end.";
const SNIPPET: &str = "HTML for your page";
const COPY: &str = "Copy the HTML";
const COPIED: &str = "The HTML is copied.";
const PREVIEW: &str = "Preview";
const NO_PREVIEW: &str = "There is no preview here: this copy of the page is on no web server. Say \
                          above where the configurator is.";

/// The script that defines the element, in the folder of the page.
const SCRIPT: &str = "embed.js";

/// The options of the dialog.
#[derive(Clone, Copy)]
struct Options {
    view: RwSignal<&'static str>,
    locks: RwSignal<&'static str>,
    theme: RwSignal<&'static str>,
    hides: RwSignal<bool>,
    /// The address of the configurator, as typed.
    base: RwSignal<String>,
    /// The height of the preview, in CSS pixels.
    height: RwSignal<Option<u32>>,
    /// Whether the script that defines the element is loaded.
    has_script: StoredValue<bool>,
}

impl Options {
    fn new() -> Self {
        Self {
            view: RwSignal::new("steps"),
            locks: RwSignal::new("nothing"),
            theme: RwSignal::new("auto"),
            hides: RwSignal::new(false),
            base: RwSignal::new(String::new()),
            height: RwSignal::new(None),
            has_script: StoredValue::new(false),
        }
    }

    fn view(self) -> View {
        View::from_word(self.view.get()).unwrap_or_default()
    }

    /// The options without the address, the height and the commands.
    fn snippet(self) -> Snippet<'static> {
        Snippet {
            view: self.view(),
            theme: self.theme.get(),
            locks: Locks::from_word(self.locks.get()).unwrap_or_default(),
            hides: self.hides.get(),
            ..Snippet::default()
        }
    }

    /// The HTML for another page.
    fn html(self, model: Model) -> String {
        let choices = model.choices.read();
        let commands = commands(&model.planned.read(), &choices, self.view());
        let base = self.base.read();
        let base = match base.trim().trim_end_matches('/') {
            "" => String::new(),
            base => format!("{base}/"),
        };
        let (height, commands, base) = (self.height.get(), commands.as_str(), base.as_str());
        Snippet { base, height, commands, ..self.snippet() }.html(&choices)
    }
}

/// The dialog. The options stay when it is closed.
#[component]
pub fn EmbedDialog() -> impl IntoView {
    let (open, options) = (Dialogs::get().embed, Options::new());
    let build = move || {
        let is_on_server = address::is_on_server();
        if is_on_server && options.base.read_untracked().is_empty() {
            options.base.set(About::get().root.clone());
        }
        content(open, options, is_on_server)
    };
    view! { <Dialog id="embed" class="wide" title=TITLE open>{while_open(open, build)}</Dialog> }
        .into_any()
}

fn content(open: RwSignal<bool>, options: Options, is_on_server: bool) -> AnyView {
    let model = Model::get();
    let snippet = text(move || options.html(model));
    let said = RwSignal::new(String::new());
    let area = NodeRef::<html::Textarea>::new();
    let copy = move |_| {
        copy_to(said, snippet.get_untracked(), COPIED, move || {
            area.get_untracked().map(as_element)
        });
    };
    let preview = if is_on_server {
        preview(model, options)
    } else {
        view! { <div id="embed-preview">{NO_PREVIEW}</div> }.into_any()
    };
    view! {
        <p>{LEAD}</p>
        <div class="columns">
            {question("embed-view", VIEW, None, VIEWS, options.view)}
            {question("embed-lock", LOCK, None, LOCKS, options.locks)}
            {question("embed-theme", THEME, None, THEMES, options.theme)}
        </div>
        <label class="check">
            <input
                id="embed-hide"
                type="checkbox"
                autocomplete="off"
                prop:checked=options.hides
                on:change:target=move |event| options.hides.set(event.target().checked())
            />
            " "
            {HIDE}
        </label>
        <label for="embed-base">{BASE}</label>
        <p class="hint" id="embed-base-hint">{BASE_HINT}</p>
        <div class="row">
            <input
                id="embed-base"
                type="url"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="embed-base-hint"
                prop:value=options.base
                on:input:target=move |event| options.base.set(event.target().value())
            />
        </div>
        <label for="embed-snippet">{SNIPPET}</label>
        <textarea
            id="embed-snippet"
            readonly
            rows="6"
            spellcheck="false"
            autocomplete="off"
            prop:value=snippet
            node_ref=area
        >
            {snippet.get_untracked()}
        </textarea>
        <p class="said" id="embed-said" role="status">{said}</p>
        <div class="buttons">
            <button class="button primary" id="copy-snippet" type="button" on:click=copy>
                {COPY}
            </button>
            {close_button(open)}
        </div>
        <h3>{PREVIEW}</h3>
        {preview}
    }
    .into_any()
}

/// The element that the other page gets. It reports its height.
fn preview(model: Model, options: Options) -> AnyView {
    let attributes = memo(move || options.snippet().attributes(&model.choices.read()));
    let place = NodeRef::<html::Div>::new();
    let root = About::get().root.clone();
    effect(move || {
        let attributes = attributes.get();
        let Some(place) = place.get() else { return };
        options.height.set(None);
        embed::show(&place, &attributes);
        if !options.has_script.get_value() {
            options.has_script.set_value(true);
            embed::load_script(&[root.as_str(), SCRIPT].concat());
        }
    });
    let on_size = move |event: Event| {
        let height = place.get_untracked().and_then(|place| embed::height(&place, &event));
        if height.is_some() {
            options.height.set(height);
        }
    };
    html::div()
        .id("embed-preview")
        .node_ref(place)
        .on(ev::Custom::<Event>::new(embed::SIZE), on_size)
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Start;
    use crate::testing::html_of;
    use configurator_core::link;

    /// The HTML of the dialog with some options, and the HTML for another page.
    fn embed(is_on_server: bool, set: impl FnOnce(Options)) -> [String; 2] {
        let choices = link::parse("#scenario=byoc&registry=contoso").choices;
        let mut snippet = String::new();
        let html = html_of(Start { choices, ..Start::default() }, About::default(), || {
            let options = Options::new();
            set(options);
            snippet = untrack(|| options.html(Model::get()));
            content(Dialogs::get().embed, options, is_on_server)
        });
        [html, snippet]
    }

    #[test]
    fn options_are_in_the_html_for_the_page() {
        let [_, snippet] = embed(true, |_| {});
        let element = "<connected-registry data-scenario=\"byoc\" data-registry=\"contoso\" \
                       data-shell=\"bash\" data-view=\"steps\">";
        assert!(snippet.contains(element), "{snippet}");
        let [_, snippet] = embed(true, |options| {
            options.view.set("command");
            options.locks.set("given");
            options.theme.set("dark");
            options.hides.set(true);
            options.height.set(Some(640));
            options.base.set(" https://example.com/crc ".to_owned());
        });
        let options = "data-lock=\"scenario,registry\" data-hide=\"scenario,registry\" \
                       data-view=\"command\" data-theme=\"dark\" data-height=\"640\">";
        assert!(snippet.contains(options), "{snippet}");
        assert!(snippet.contains("<script src=\"https://example.com/crc/embed.js\""), "{snippet}");
        assert!(snippet.contains("<pre><code>az k8s-extension create"), "{snippet}");
    }

    #[test]
    fn dialog_shows_the_html_and_the_options() {
        let [html, snippet] = embed(true, |options| options.theme.set("dark"));
        assert!(html.contains(&format!(">{snippet}</textarea>")), "{html}");
        assert!(html.contains("value=\"dark\" checked"), "{html}");
        assert!(html.contains("<div id=\"embed-preview\"></div>"), "{html}");
    }

    #[test]
    fn copy_on_no_server_has_no_preview() {
        let [html, _] = embed(false, |_| {});
        assert!(html.contains(&format!("<div id=\"embed-preview\">{NO_PREVIEW}</div>")), "{html}");
    }

    #[test]
    fn every_answer_is_an_option_of_the_snippet() {
        assert!(VIEWS.iter().all(|(word, _)| View::from_word(word).is_some()));
        assert!(LOCKS.iter().all(|(word, _)| Locks::from_word(word).is_some()));
    }
}
