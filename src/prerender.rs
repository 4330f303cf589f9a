//! Writes the pages as HTML, natively: `prerender LICENSES TEXTS` prints them as JSON.
//!
//! LICENSES is a JSON array of `{"name", "version", "license"}`, the software that is part of the
//! page; TEXTS is a text file with their licenses. The build puts the HTML into `index.html`, as
//! it is at the root of the project: `above`, `app` and `below` before, into and after
//! `[data-app-root]`. The last page is the single file.

use std::env;
use std::error::Error;
use std::fs;
use std::process::ExitCode;
use std::sync::Arc;

use configurator_core::choices::{Choices, Preset, preset_text};
use connected_registry::about::About;
use connected_registry::app::App;
use connected_registry::components::provide;
use connected_registry::components::scriptless::{
    ScriptlessCommands, ScriptlessCommandsProps, ScriptlessNote, ScriptlessNoteProps,
};
use connected_registry::model::Start;
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
    #[serde(flatten)]
    head: Head,
    above: String,
    app: String,
    below: String,
}

/// The texts that describe a page.
#[derive(Serialize)]
struct Head {
    title: String,
    /// The summary that search engines show.
    description: String,
    /// The sentence below the heading.
    lead: &'static str,
}

/// Software that is part of the page.
#[derive(Deserialize)]
struct Software {
    name: String,
    version: String,
    /// Its licenses, as an SPDX expression.
    license: String,
}

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
fn pages(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let [licenses, texts] = arguments else { return Err("usage: prerender LICENSES TEXTS".into()) };
    let software: Vec<Software> = serde_json::from_str(&fs::read_to_string(licenses)?)?;
    let texts = fs::read_to_string(texts)?;
    // Leptos asks for an executor, though nothing runs on it here.
    any_spawner::Executor::init_futures_executor()?;

    let licenses: Vec<String> = software
        .iter()
        .map(|Software { name, version, license }| format!("{name} {version}, {license}"))
        .collect();
    let about = |root: &str| About {
        root: root.to_owned(),
        licenses: licenses.clone(),
        license_texts: None,
    };
    let mut pages = vec![page(Some(String::new()), "./", Preset::default(), first(), about("./"))];
    for preset in Preset::ALL {
        let path = format!("scenarios/{}/", preset.id());
        let root = "../../";
        pages.push(page(Some(path), root, *preset, of_scenario(*preset), about(root)));
    }
    let single_file = About { license_texts: Some(texts), ..about("./") };
    pages.push(page(None, "./", Preset::default(), first(), single_file));
    Ok(serde_json::to_string(&pages)?)
}

/// The head of the first page.
fn first() -> Head {
    Head {
        title: "Connected Registry Configurator".to_owned(),
        description: "Choices in your browser become commands that deploy the Azure connected \
                      registry Arc extension. Nothing leaves the page."
            .to_owned(),
        lead: "Commands that run, for the Azure Arc extension. Nothing leaves this page.",
    }
}

/// The head of the page of a scenario.
fn of_scenario(preset: Preset) -> Head {
    let words = preset_text::of(preset);
    Head {
        title: format!("{}: commands for the Azure connected registry", words.title),
        description: format!(
            "{} Commands for bash and PowerShell that run when pasted, with your names filled in.",
            words.description
        ),
        lead: words.description,
    }
}

fn page(
    path: Option<String>,
    root: &'static str,
    preset: Preset,
    head: Head,
    about: About,
) -> Page {
    let choices = || Choices::from(preset);
    let html = |view: &dyn Fn() -> AnyView| html(choices(), about.clone(), view);
    Page {
        path,
        root,
        scenario: preset.id(),
        head,
        above: html(&|| ScriptlessNote(ScriptlessNoteProps { choices: choices() }).into_any()),
        app: html(&|| App().into_any()),
        below: html(&|| {
            ScriptlessCommands(ScriptlessCommandsProps { choices: choices() }).into_any()
        }),
    }
}

/// The HTML of a view of these choices, without the comments for hydration, which the page does not
/// use.
fn html(choices: Choices, about: About, view: &dyn Fn() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(|| {
        let given = choices.clone();
        provide(Start { given, choices, ..Start::default() }, about);
        view().to_html()
    });
    // Leptos writes an empty text as a space, which is not `:empty`.
    html.replace("<!>", "").replace("<!--<() />-->", "").replace("> </p>", "></p>")
}
