//! Writes the pages as HTML, natively: `prerender LICENSES TEXTS` prints them as JSON.
//!
//! LICENSES is a JSON array of `{"name", "version", "license"}`, the software that is part of the
//! page; TEXTS is a text file with their licenses. The build puts the HTML into `index.html`, as
//! it is at the root of the project: `above`, `app` and `below` before, into and after
//! `[data-app-root]`. The last page is the single file.

use std::env;
use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use configurator_core::choices::{Choices, Preset, Shell, preset_text};
use connected_registry::app::App;
use connected_registry::components::output::Panel;
use connected_registry::model::{Dialogs, Model, Start};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A page. xtask reads it.
#[derive(Serialize)]
struct Page {
    /// Its path in the folder that is deployed; none for the single file.
    path: Option<String>,
    /// The path from the page to that folder.
    root: &'static str,
    scenario: &'static str,
    title: String,
    description: String,
    lead: &'static str,
    above: String,
    app: String,
    below: String,
}

/// Software that is part of the page.
#[derive(Deserialize)]
struct Software {
    name: String,
    version: String,
    /// Its licenses, as an SPDX expression.
    license: String,
}

/// What a page says about itself, below the application: it does not depend on choices.
struct About {
    /// See [`Page::root`].
    root: &'static str,
    software: Arc<[Software]>,
    /// The texts of the licenses, in the single file, which has no other file to link to.
    texts: Option<String>,
}

/// The title of the first page.
const TITLE: &str = "Connected Registry Configurator";
/// The summary of the first page that search engines show.
const DESCRIPTION: &str = "Choices in your browser become commands that deploy the Azure \
                           connected registry Arc extension. Nothing leaves the page.";
/// The sentence below the heading of the first page.
const LEAD: &str = "Commands that run, for the Azure Arc extension. Nothing leaves this page.";

/// The heading of the links to all scenarios.
const SCENARIOS: &str = "The documented scenarios, each at an address of its own";

fn main() -> ExitCode {
    match pages(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(pages) => {
            println!("{pages}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// All pages, as JSON.
fn pages(arguments: &[String]) -> Result<String, Box<dyn std::error::Error>> {
    let [licenses, texts] = arguments else { return Err("usage: prerender LICENSES TEXTS".into()) };
    let software: Arc<[Software]> = serde_json::from_str(&fs::read_to_string(licenses)?)?;
    let texts = fs::read_to_string(texts)?;
    // Leptos asks for an executor, though nothing runs on it here.
    any_spawner::Executor::init_futures_executor()?;

    let about = |root| About { root, software: Arc::clone(&software), texts: None };
    let first = |path: Option<String>, about: &About| {
        let first = (TITLE.to_owned(), DESCRIPTION.to_owned(), LEAD);
        page(path, Preset::default(), first, about)
    };
    let mut pages = vec![first(Some(String::new()), &about("./"))];
    for preset in Preset::ALL {
        let words = preset_text::of(*preset);
        let title = format!("{}: commands for the Azure connected registry", words.title);
        let description = format!(
            "{} Commands for bash and PowerShell that run when pasted, with your names filled in.",
            words.description
        );
        let path = format!("scenarios/{}/", preset.id());
        let texts = (title, description, words.description);
        pages.push(page(Some(path), *preset, texts, &about("../../")));
    }
    pages.push(first(None, &About { texts: Some(texts), ..about("./") }));
    Ok(serde_json::to_string(&pages)?)
}

fn page(
    path: Option<String>,
    preset: Preset,
    (title, description, lead): (String, String, &'static str),
    about: &About,
) -> Page {
    let choices = |shell| {
        let mut choices = Choices::from(preset);
        choices.select.shell = shell;
        choices
    };
    let app = html(choices(Shell::Bash), || App().into_any());
    let [above, below] = scriptless(preset, choices(Shell::PowerShell), about);
    let below = html(choices(Shell::Bash), || footer(about)) + &below;
    let (root, scenario) = (about.root, preset.id());
    Page { path, root, scenario, title, description, lead, above, app, below }
}

/// The HTML of a view of these choices.
fn html(choices: Choices, view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(|| {
        let given = choices.clone();
        provide_context(Model::new(Start {
            given,
            choices,
            is_prerendered: true,
            ..Start::default()
        }));
        provide_context(Dialogs::new());
        view().to_html()
    });
    // Without the marks for hydration, which the page does not use.
    html.replace("<!>", "")
}

/// The parts of the page that are visible without scripts: an explanation above the commands, and
/// below them the commands for the other shell, whose choices these are, and all scenarios.
///
/// With scripts, `public/boot.js` may show the commands for the other shell instead of the first.
fn scriptless(preset: Preset, choices: Choices, about: &About) -> [String; 2] {
    let scenario = preset_text::of(preset).title;
    let text = format!(
        "Filling in names needs JavaScript and WebAssembly. Without them this page shows the commands of the scenario “{scenario}”, for bash and below for \
         PowerShell. Replace the words in angle brackets, quotes included, by your own before you run them. The native command connected-registry makes all of them."
    );
    let above = view! { <noscript><p class="padded">{text}</p></noscript> };
    let above = html(choices.clone(), || above.into_any());
    // The application has the same ids already.
    let panel = html(choices.clone(), || Panel().into_any()).replace(" id=\"", " data-id=\"");
    let below = html(choices, || {
        view! {
            <noscript data-powershell="">
                <section class="panel scriptless" aria-labelledby="scriptless-powershell">
                    <h2 class="padded" id="scriptless-powershell">"The same for PowerShell"</h2>
                    <div inner_html=panel></div>
                </section>
            </noscript>
            <noscript>{scenarios(about)}</noscript>
        }
        .into_any()
    });
    [above, below]
}

/// Links to the pages of all scenarios; in the single file, to the scenarios themselves.
fn scenarios(about: &About) -> AnyView {
    let is_single = about.texts.is_some();
    let root = about.root;
    let links = Preset::ALL.iter().map(|preset| {
        let address = if is_single {
            configurator_core::link::fragment(&Choices::from(*preset))
        } else {
            format!("{root}scenarios/{}/", preset.id())
        };
        view! { <li><a href=address>{preset_text::of(*preset).title}</a></li> }
    });
    view! {
        <nav aria-label=SCENARIOS>
            <ul>{links.collect::<Vec<_>>()}</ul>
        </nav>
    }
    .into_any()
}

/// The foot of the page: how to use it without a network, the scenarios, and the licenses.
fn footer(about: &About) -> AnyView {
    let (root, is_single) = (about.root, about.texts.is_some());
    let offline = (!is_single).then(|| {
        let address = format!("{root}connected-registry-configurator.html");
        view! {
            <p>
                "Without a network: " <a href=address download="">"the whole page as one file"</a>
                ", which runs from a disk or a USB stick. Or open this page once: browsers that keep \
                 pages show it again without a network."
            </p>
        }
    });
    let software = about.software.iter().map(|Software { name, version, license }| {
        view! { <li>{format!("{name} {version}, {license}")}</li> }
    });
    const TEXTS: &str = "The texts of these licenses";
    let texts = match about.texts.clone() {
        None => view! { <p><a href=format!("{root}licenses.txt")>{TEXTS}</a></p> }.into_any(),
        Some(texts) => view! {
            <details class="fold">
                <summary>{TEXTS}</summary>
                <pre class="texts" tabindex="0" role="region" aria-label=TEXTS>{texts}</pre>
            </details>
        }
        .into_any(),
    };
    view! {
        <footer>
            <div class="about">
                {offline}
                <details class="fold"><summary>{SCENARIOS}</summary>{scenarios(about)}</details>
                <details class="fold">
                    <summary>"Licenses of what is in this page"</summary>
                    <p>
                        "The configurator is MIT licensed. In it are, each under the license beside it \
                         (where there are several to choose from, under MIT):"
                    </p>
                    <ul class="licenses">{software.collect::<Vec<_>>()}</ul>
                    {texts}
                </details>
            </div>
        </footer>
    }
    .into_any()
}
