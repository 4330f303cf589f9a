//! The folder that is deployed, made of the modules: the page at its address and at that of each
//! scenario, what keeps it without a network, what puts it into other pages, and the whole of it as
//! one file.

use std::path::Path;

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use configurator_core::choices::{Choices, Preset, Shell, preset_text};
use old_page::html;
use old_page::html::About;
use old_page::text::site as text;

use crate::dist;
use crate::files::{text_of, write};
use crate::licenses::{self, Shipped};
use crate::pack::{
    self, ASSETS, EMBED, PUBLIC, SINGLE, compress, copy_as_they_are, policy, service_worker,
    shorten, sitemap,
};
use crate::page::Built;
use crate::run::root;
use crate::tools::PageTools;

/// The folder with the page's own scripts and its template.
const SOURCES: &str = "web";

/// The style sheet, in this order.
const STYLES: [&str; 9] =
    ["tokens", "page", "controls", "output", "steps", "pictures", "files", "reader", "embed"];

/// What the folder is made of.
pub(crate) struct Parts<'a> {
    /// The programs.
    pub(crate) tools: &'a PageTools,
    /// Where the modules' scripts are.
    pub(crate) workshop: &'a Path,
    /// The modules.
    pub(crate) modules: &'a [Built],
    /// The address that the folder will have, ending in `/`.
    pub(crate) base_url: Option<&'a str>,
}

/// A page of the folder.
struct Page {
    /// What leads from it to the folder: `./`, or `../../`.
    root: &'static str,
    /// What it comes with.
    preset: Preset,
    /// Its path in the folder.
    path: String,
    /// Its title.
    title: String,
    /// What search engines show of it.
    description: String,
    /// What stands below its heading.
    lead: &'static str,
}

/// The texts that all pages have in common, shortened.
struct Texts {
    template: String,
    style: String,
    dark: String,
    early: String,
    /// The loader for the folder.
    fetched: String,
    /// The loader for the one file, with the modules' scripts in it.
    packed: String,
}

/// Makes the folder.
pub(crate) fn make(parts: &Parts, into: &Path) -> Result<()> {
    let esbuild = parts.tools.esbuild.as_path();
    let shipped = licenses::collect(&licenses::OLD)?;
    let assets = parts
        .modules
        .iter()
        .map(|module| assets(parts, module, into))
        .collect::<Result<Vec<[String; 2]>>>()?;
    let texts = texts(parts, &assets)?;

    let index = Page {
        root: "./",
        preset: Preset::default(),
        path: String::new(),
        title: text::TITLE.to_owned(),
        description: text::DESCRIPTION.to_owned(),
        lead: text::LEAD,
    };
    let pages: Vec<Page> = std::iter::once(index)
        .chain(Preset::ALL.iter().map(|preset| of_scenario(*preset)))
        .collect();
    for page in &pages {
        write(
            &into.join(&page.path).join("index.html"),
            html_of(page, &texts, &shipped, parts, None)?,
        )?;
    }
    if let Some(first) = pages.first() {
        write(
            &into.join(SINGLE),
            html_of(first, &texts, &shipped, parts, Some(&licenses::texts(&shipped)))?,
        )?;
    }

    write(&into.join("licenses.txt"), licenses::texts(&shipped))?;
    let embed = shorten(esbuild, parts.workshop, &root().join(PUBLIC).join(EMBED), &[])?;
    write(&into.join(EMBED), embed)?;
    copy_as_they_are(&root().join(PUBLIC), into)?;
    if let Some(base) = parts.base_url {
        let paths = pages.iter().map(|page| page.path.as_str());
        write(&into.join("sitemap.xml"), sitemap(base, paths))?;
    }
    let names: Vec<&str> = assets.iter().flatten().map(String::as_str).collect();
    let script = service_worker(&text_of(&root().join(PUBLIC).join("sw.js"))?, into, &names)?;
    write(&parts.workshop.join("sw.js"), script)?;
    let script = shorten(esbuild, parts.workshop, &parts.workshop.join("sw.js"), &[])?;
    write(&into.join("sw.js"), script)?;
    compress(into)
}

fn of_scenario(preset: Preset) -> Page {
    let words = preset_text::of(preset);
    Page {
        root: "../../",
        preset,
        path: format!("scenarios/{}/", preset.id()),
        title: text::title(preset),
        description: text::description(preset),
        lead: words.description,
    }
}

/// Writes the two files of a module, and returns their paths in the folder: they change with their
/// content.
fn assets(parts: &Parts, module: &Built, into: &Path) -> Result<[String; 2]> {
    let script = shorten(
        parts.tools.esbuild.as_path(),
        parts.workshop,
        &parts.workshop.join(format!("{}.js", module.name)),
        &[],
    )?;
    let named = |bytes: &[u8], ending: &str| {
        format!("{ASSETS}/{}", pack::named(module.name, bytes, ending))
    };
    let names = [named(script.as_bytes(), "js"), named(&module.wasm, "wasm")];
    write(&into.join(&names[0]), script)?;
    write(&into.join(&names[1]), &module.wasm)?;
    Ok(names)
}

fn texts(parts: &Parts, assets: &[[String; 2]]) -> Result<Texts> {
    let workshop = parts.workshop;
    let source = |name: &str| text_of(&root().join(SOURCES).join(name));
    let mut style = String::new();
    for name in STYLES {
        style.push_str(&text_of(&root().join("style").join(format!("{name}.css")))?);
    }
    write(&workshop.join("style.css"), style)?;

    let files: Vec<String> = parts
        .modules
        .iter()
        .zip(assets)
        .map(|(module, [script, wasm])| format!("{}:[\"{script}\",\"{wasm}\"]", module.name))
        .collect();
    let after = format!("{}{}", source("frame.js")?, source("loader.js")?);
    write(
        &workshop.join("fetched.js"),
        format!("const FILES = {{{}}};\n{}{after}", files.join(","), source("fetched.js")?),
    )?;
    write(&workshop.join("packed.js"), format!("{}{after}", source("packed.js")?))?;
    Ok(Texts {
        template: source("index.html")?,
        style: shorten(
            parts.tools.esbuild.as_path(),
            parts.workshop,
            &workshop.join("style.css"),
            &[],
        )?,
        dark: shorten(
            parts.tools.esbuild.as_path(),
            parts.workshop,
            &root().join("style").join("dark.css"),
            &[],
        )?,
        early: shorten(
            parts.tools.esbuild.as_path(),
            parts.workshop,
            &root().join(SOURCES).join("early.js"),
            &[],
        )?,
        fetched: shorten(
            parts.tools.esbuild.as_path(),
            parts.workshop,
            &workshop.join("fetched.js"),
            &["--format=esm"],
        )?,
        // What the modules' scripts would be fetched by is not used.
        packed: shorten(
            parts.tools.esbuild.as_path(),
            workshop,
            &workshop.join("packed.js"),
            &[
                "--bundle",
                "--format=esm",
                "--define:import.meta.url=\"\"",
                "--log-override:empty-import-meta=silent",
            ],
        )?,
    })
}

/// The HTML of a page; with the licenses' texts, of the one file.
fn html_of(
    page: &Page,
    texts: &Texts,
    shipped: &[Shipped],
    parts: &Parts,
    packed: Option<&str>,
) -> Result<String> {
    let of = |shell: Shell| {
        let mut choices = Choices::from(page.preset);
        choices.select.shell = shell;
        choices
    };
    let about = About { root: page.root, licenses: &licenses::list(shipped), texts: packed };
    let [above, below] = html::site::scriptless(&of(Shell::PowerShell), &about);
    let mut head = String::new();
    if packed.is_none() {
        head.push_str(&format!(
            "<link rel=\"manifest\" href=\"{}manifest.webmanifest\">",
            page.root
        ));
        if let Some(base) = parts.base_url {
            head.push_str(&format!("\n<link rel=\"canonical\" href=\"{base}{}\">", page.path));
        }
    }
    let mut bytes = String::new();
    if packed.is_some() {
        for module in parts.modules {
            let base64 = BASE64.encode(dist::gzip(&module.wasm)?);
            bytes.push_str(&format!(
                "<script type=\"application/octet-stream\" id=\"wasm-{}\">{base64}</script>\n",
                module.name
            ));
        }
    }
    for text in [&texts.style, &texts.dark, &texts.early, &texts.fetched, &texts.packed] {
        ensure!(
            !text.contains("</") && !text.contains("<!--"),
            "a script or a style would end its element"
        );
    }
    let marks = [
        ("{root}", page.root),
        ("{scenario}", page.preset.id()),
        ("{description}", &page.description),
        ("{title}", &page.title),
        ("{lead}", page.lead),
        ("<!-- HEAD -->", &head),
        ("{style}", &texts.style),
        ("{dark}", &texts.dark),
        ("{scriptless}", html::site::SCRIPTLESS_STYLE),
        ("{early}", &texts.early),
        ("{loader}", if packed.is_some() { &texts.packed } else { &texts.fetched }),
        ("<!-- SCRIPTLESS -->", &above),
        ("<!-- PAGE -->", &html::whole(&of(Shell::Bash), &about)),
        ("<!-- SCRIPTLESS-POWERSHELL -->", &below),
        ("<!-- PACKED -->", bytes.trim_end()),
    ];
    let html = filled(&texts.template, &marks)?;
    let policy = policy(&html, packed.is_some())?;
    filled(&html, &[("{policy}", &policy)])
}

/// A text with each mark, which stands in it once, replaced. What is put in may look like a mark
/// and is left as it is.
fn filled(template: &str, marks: &[(&str, &str)]) -> Result<String> {
    let mut places = Vec::new();
    for (mark, text) in marks {
        ensure!(template.matches(mark).count() == 1, "the template must have one {mark}");
        places.push((template.find(mark).unwrap_or_default(), mark, text));
    }
    places.sort_unstable_by_key(|(at, ..)| *at);
    let (mut html, mut from) = (String::new(), 0);
    for (at, mark, text) in places {
        html.push_str(template.get(from..at).unwrap_or_default());
        html.push_str(text);
        from = at + mark.len();
    }
    html.push_str(template.get(from..).unwrap_or_default());
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_no_mark() -> Result<()> {
        assert_eq!(filled("a{x}b{y}c", &[("{y}", "{x}"), ("{x}", "1{y}")])?, "a1{y}b{x}c");
        assert!(filled("a{x}{x}", &[("{x}", "")]).is_err());
        assert!(filled("a", &[("{x}", "")]).is_err());
        Ok(())
    }
}
