//! The folder that is deployed, made of the modules: the page at its address and at that of each
//! scenario, what keeps it without a network, what puts it into other pages, and the whole of it as
//! one file.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use configurator_core::choices::{Choices, Preset, Shell, preset_text};
use old_page::html;
use old_page::html::About;
use old_page::text::site as text;

use crate::dist;
use crate::licenses::{self, Shipped};
use crate::page::{Built, files_below, text_of, write};
use crate::run::{program, root, run};
use crate::tools::PageTools;

/// The folder with the page's own scripts and its template.
const SOURCES: &str = "web";

/// The folder with what is deployed as it is, and with scripts that no page has in it.
const PUBLIC: &str = "public";

/// The folder, below that of the page, with the files whose names change with their content:
/// browsers may keep them for ever.
const ASSETS: &str = "assets";

/// The page as one file.
pub(crate) const SINGLE: &str = "connected-registry-configurator.html";

/// The script for other people's pages.
pub(crate) const EMBED: &str = "embed.js";

/// What is deployed as it is.
const AS_THEY_ARE: [&str; 4] = ["manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png"];

/// What hosts show, which look for a page of this name, where a file is missing.
const MISSING: &str = "404.html";

/// What hosts read that take their configuration from the folder.
const OF_HOSTS: [&str; 3] = ["_headers", "staticwebapp.config.json", ".htaccess"];

/// The style sheet, in this order.
const STYLES: [&str; 9] =
    ["tokens", "page", "controls", "output", "steps", "pictures", "files", "reader", "embed"];

/// What is compressed beside: the rest is compressed already.
const COMPRESSED: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

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

/// An address that a folder can have: https (or http, for a try), without query or fragment; ends
/// in `/` afterwards.
pub(crate) fn base_url(text: &str) -> Result<String, String> {
    let is_address = ["https://", "http://"].iter().any(|scheme| {
        text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    });
    if !is_address
        || text.contains(|c: char| {
            c.is_whitespace() || matches!(c, '?' | '#' | '"' | '<' | '>' | '&' | '\'')
        })
    {
        return Err("an address like https://example.com/configurator/, without ? and #".to_owned());
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
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
    let shipped = licenses::collect()?;
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
    write(&into.join(EMBED), shorten(parts, &root().join(PUBLIC).join(EMBED), &[])?)?;
    for name in AS_THEY_ARE.into_iter().chain([MISSING]) {
        fs::copy(root().join(PUBLIC).join(name), into.join(name))
            .with_context(|| format!("cannot copy {name}"))?;
    }
    for name in OF_HOSTS {
        let from = root().join("hosting").join(name);
        fs::copy(&from, into.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    if let Some(base) = parts.base_url {
        let addresses: String = pages
            .iter()
            .map(|page| format!("<url><loc>{base}{}</loc></url>\n", page.path))
            .collect();
        let sitemap = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{addresses}</urlset>\n"
        );
        write(&into.join("sitemap.xml"), sitemap)?;
    }
    write(&into.join("sw.js"), service_worker(parts, into, &assets)?)?;

    for path in files_below(into)? {
        let kind = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if COMPRESSED.contains(&kind) {
            let bytes =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            write(&path.with_extension(format!("{kind}.br")), dist::brotli(&bytes)?)?;
            write(&path.with_extension(format!("{kind}.gz")), dist::gzip(&bytes)?)?;
        }
    }
    Ok(())
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
    let script = shorten(parts, &parts.workshop.join(format!("{}.js", module.name)), &[])?;
    let named = |bytes: &[u8], ending: &str| {
        format!("{ASSETS}/{}-{}.{ending}", module.name, short_hash(bytes))
    };
    let names = [named(script.as_bytes(), "js"), named(&module.wasm, "wasm")];
    write(&into.join(&names[0]), script)?;
    write(&into.join(&names[1]), &module.wasm)?;
    Ok(names)
}

/// Sixteen hexadecimal digits for what is in a file.
fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
        style: shorten(parts, &workshop.join("style.css"), &[])?,
        dark: shorten(parts, &root().join("style").join("dark.css"), &[])?,
        early: shorten(parts, &root().join(SOURCES).join("early.js"), &[])?,
        fetched: shorten(parts, &workshop.join("fetched.js"), &["--format=esm"])?,
        // What the modules' scripts would be fetched by is not used.
        packed: shorten(
            parts,
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

/// A script or style sheet without what only people need.
fn shorten(parts: &Parts, from: &Path, more: &[&str]) -> Result<String> {
    let short = parts.workshop.join("short").join(from.file_name().unwrap_or_default());
    run(program(&parts.tools.esbuild)
        .arg(from)
        .args([
            "--minify",
            "--charset=utf8",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        .args(more)
        .arg(format!("--outfile={}", short.display())))?;
    Ok(text_of(&short)?.trim_end().to_owned())
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

/// What the page may do: run and be styled by what is in it, known by its hash, and by its own
/// files; nothing else. Where it stands alone in one file, it may fetch nothing at all.
fn policy(html: &str, is_packed: bool) -> Result<String> {
    let styles = hashes(html, "style")?;
    let scripts = hashes(html, "script")?;
    Ok(if is_packed {
        format!(
            "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
        )
    } else {
        format!(
            "default-src 'none'; script-src 'self' {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src 'self' data:; connect-src 'self'; \
             manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'"
        )
    })
}

/// The hashes of all elements of a name whose text is run or applied, as a policy names them.
fn hashes(html: &str, element: &str) -> Result<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}>"));
    let mut hashes: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some((_, from)) = rest.split_once(&open) {
        let (tag, from) = from.split_once('>').context("a tag without an end")?;
        let (text, after) =
            from.split_once(&close).with_context(|| format!("a {open}> without an end"))?;
        if !tag.contains("octet-stream") {
            hashes.push(format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes()))));
        }
        rest = after;
    }
    ensure!(!hashes.is_empty(), "no {open}> in the page");
    Ok(hashes.join(" "))
}

/// The service worker, with the names of what it keeps.
fn service_worker(parts: &Parts, into: &Path, assets: &[[String; 2]]) -> Result<String> {
    let source = text_of(&root().join(PUBLIC).join("sw.js"))?;
    let assets: Vec<&str> = assets.iter().flatten().map(String::as_str).collect();
    // What people see offline as well.
    let kept: Vec<&str> =
        assets.iter().copied().chain(AS_THEY_ARE).chain(["licenses.txt", EMBED]).collect();
    let mut whole = source.clone().into_bytes();
    for name in kept.iter().copied().chain(["index.html"]) {
        whole.extend(name.bytes());
        whole.extend(fs::read(into.join(name)).with_context(|| format!("cannot read {name}"))?);
    }
    let version = short_hash(&whole);
    let names = |names: &[&str]| {
        names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",")
    };
    let script = format!(
        "const VERSION=\"{version}\",PARTS=[{}],FILES=[{}];\n{source}",
        names(&assets),
        names(&kept)
    );
    write(&parts.workshop.join("sw.js"), script)?;
    shorten(parts, &parts.workshop.join("sw.js"), &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_folders() {
        for (text, address) in [
            ("https://example.com", "https://example.com/"),
            ("https://example.com/a/", "https://example.com/a/"),
            ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x/"),
        ] {
            assert_eq!(base_url(text).as_deref(), Ok(address));
        }
        for text in [
            "",
            "example.com",
            "https://",
            "https:///a",
            "https://example.com/?a",
            "https://example.com/#a",
            "https://a b/",
            "javascript:alert(1)",
            "https://a/\"><script>",
        ] {
            assert!(base_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_put_in_is_no_mark() -> Result<()> {
        assert_eq!(filled("a{x}b{y}c", &[("{y}", "{x}"), ("{x}", "1{y}")])?, "a1{y}b{x}c");
        assert!(filled("a{x}{x}", &[("{x}", "")]).is_err());
        assert!(filled("a", &[("{x}", "")]).is_err());
        Ok(())
    }

    #[test]
    fn the_policy_names_what_is_there_and_nothing_else() -> Result<()> {
        let html = "<style>a{}</style><script>x</script><script type=\"application/octet-stream\">y</script><script type=\"module\">x()</script>";
        let policy = policy(html, false)?;
        // `printf x | openssl dgst -sha256 -binary | base64`
        assert!(
            policy.contains(
                "script-src 'self' 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=' "
            ),
            "{policy}"
        );
        assert_eq!(policy.matches("'sha256-").count(), 3);
        assert!(
            !policy.contains("unsafe-inline")
                && !policy.contains("'unsafe-eval'")
                && policy.starts_with("default-src 'none'")
        );
        Ok(())
    }
}
