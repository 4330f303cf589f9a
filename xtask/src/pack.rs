//! Finishes what Trunk built: the folder that is deployed.
//!
//! Trunk compiles, binds, optimizes and copies. This module does the rest, and nothing else does:
//! it fills the pages with HTML that the page's components wrote natively, makes scripts and style
//! sheets smaller, names files after their content, writes the policy, the service worker, the
//! licenses and the sitemap, puts everything into a single file, and compresses.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use configurator_core::choices::Preset;
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, doc_comments, element, rewrite_str};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::dist;
use crate::files::{files_below, text_of, write};
use crate::licenses::{self, Shipped};
use crate::run::{cargo, output_of, program, root, run};
use crate::short_names;

/// The folder, below that of the page, with the files whose names change with their content:
/// browsers may keep them forever.
pub(crate) const ASSETS: &str = "assets";

/// The page as a single file.
pub(crate) const SINGLE: &str = "connected-registry-configurator.html";

/// The script for other people's pages.
pub(crate) const EMBED: &str = "embed.js";

/// The attributes of the script that starts the page, with the addresses of the application and its
/// worker: of the script, and of the wasm.
const ADDRESSES: [&str; 4] = ["data-app", "data-app-wasm", "data-worker", "data-worker-wasm"];

/// What is deployed as it is.
pub(crate) const AS_THEY_ARE: [&str; 4] =
    ["manifest.webmanifest", "icon.svg", "icon-192.png", "icon-512.png"];

/// The page that hosts show where a file is missing.
pub(crate) const MISSING: &str = "404.html";

/// The configuration of hosts that read it from the folder.
pub(crate) const OF_HOSTS: [&str; 3] = ["_headers", "staticwebapp.config.json", ".htaccess"];

/// The wasm that `worker-start.js` loads, as Trunk names it.
const WORKER_WASM: &str = "worker_bg.wasm";

/// What the page shows where there are no scripts.
const SCRIPTLESS_STYLE: &str = "style/scriptless.css";

/// The files that are compressed; the others already are.
const COMPRESSED: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// What the folder is made of.
pub(crate) struct Parts<'a> {
    /// esbuild.
    pub(crate) esbuild: &'a Path,
    /// wasm-opt.
    pub(crate) wasm_opt: &'a Path,
    /// A folder for intermediate files.
    pub(crate) workshop: &'a Path,
    /// What Trunk built.
    pub(crate) built: &'a Path,
    /// The address that the folder will have, ending in `/`.
    pub(crate) base_url: Option<&'a str>,
}

/// A page as `src/prerender.rs` writes it.
#[derive(Deserialize)]
struct Page {
    /// Its path in the folder; none for the single file.
    path: Option<String>,
    /// The path from the page to the folder: `./`, or `../../`.
    root: String,
    /// The id of the scenario that it shows.
    scenario: String,
    /// Its title.
    title: String,
    /// The summary that search engines show.
    description: String,
    /// The sentence below its heading.
    lead: String,
    /// HTML before the application.
    above: String,
    /// The application's HTML.
    app: String,
    /// HTML after the application.
    below: String,
}

/// The final scripts, style sheets and modules of the page.
struct Assets {
    app: Module,
    worker: Module,
    /// The script that starts the page.
    boot: String,
    /// The script of the single file: the application's, which hands itself over.
    single: String,
    style: String,
    dark: String,
    scriptless: String,
}

/// A script and its wasm.
struct Module {
    script: String,
    wasm: Vec<u8>,
    /// The paths of both in the folder.
    names: [String; 2],
}

/// Makes the folder.
pub(crate) fn pack(parts: &Parts, into: &Path) -> Result<()> {
    let index = text_of(&parts.built.join("index.html"))?;
    ensure!(
        !parts.built.join("snippets").exists(),
        "a crate brings JavaScript of its own, which this build does not pack"
    );
    let shipped = licenses::collect()?;
    let texts = licenses::texts(&shipped);
    let pages = prerender(parts, &shipped, &texts)?;
    let assets = Assets::read(parts, &index)?;
    for module in [&assets.app, &assets.worker] {
        write(&into.join(&module.names[0]), &module.script)?;
        write(&into.join(&module.names[1]), &module.wasm)?;
    }
    for page in &pages {
        let to = match &page.path {
            Some(path) => into.join(path).join("index.html"),
            None => into.join(SINGLE),
        };
        let html = page_html(&index, page, &assets, parts.base_url)
            .with_context(|| format!("cannot write {}", to.display()))?;
        write(&to, html)?;
    }
    ensure!(pages.iter().any(|page| page.path.is_none()), "no page for the single file");

    write(&into.join("licenses.txt"), texts)?;
    let embed = shorten(parts.esbuild, parts.workshop, &parts.built.join(EMBED), &[])?;
    write(&into.join(EMBED), embed)?;
    copy_as_they_are(parts.built, into)?;
    if let Some(base) = parts.base_url {
        let paths = pages.iter().filter_map(|page| page.path.as_deref());
        write(&into.join("sitemap.xml"), sitemap(base, paths))?;
    }
    let names: Vec<&str> = [&assets.app, &assets.worker]
        .iter()
        .flat_map(|module| &module.names)
        .map(String::as_str)
        .collect();
    let script = service_worker(&text_of(&parts.built.join("sw.js"))?, into, &names)?;
    let from = parts.workshop.join("sw.js");
    write(&from, script)?;
    write(&into.join("sw.js"), shorten(parts.esbuild, parts.workshop, &from, &[])?)?;
    compress(into)
}

/// Compiles and runs `src/prerender.rs`, which knows the pages and their HTML.
fn prerender(parts: &Parts, shipped: &[Shipped], texts: &str) -> Result<Vec<Page>> {
    let list = parts.workshop.join("licenses.json");
    let text = parts.workshop.join("licenses.txt");
    write(&list, serde_json::to_vec(shipped)?)?;
    write(&text, texts)?;
    let program = ["--quiet", "--locked", "--package", "connected-registry", "--bin", "prerender"];
    run(cargo().arg("build").args(program))?;
    let pages = output_of(cargo().arg("run").args(program).arg("--").arg(&list).arg(&text))?;
    serde_json::from_str(&pages).context("cannot read the prerendered pages")
}

impl Assets {
    /// Reads what Trunk built, and gives everything its final content and name.
    fn read(parts: &Parts, index: &str) -> Result<Self> {
        let Parts { esbuild, wasm_opt, workshop, built, .. } = *parts;
        // Writes the script into the workshop; returns the wasm.
        let renamed = |name: &str| {
            let script = format!("{name}.js");
            let (wasm, into) = (format!("{name}_bg.wasm"), workshop.join(format!("{name}.wasm")));
            let text =
                short_names::shorten(wasm_opt, &built.join(&script), &built.join(wasm), &into)?;
            write(&workshop.join(script), text)?;
            fs::read(&into).with_context(|| format!("cannot read {}", into.display()))
        };
        let short = |from: &Path, more: &[&str]| shorten(esbuild, workshop, from, more);

        let [all, dark] = style_sheets(index, built)?;
        write(&workshop.join("style.css"), all)?;
        write(&workshop.join("dark.css"), dark)?;

        let wasm = renamed("app")?;
        let app = Module::new("app", short(&workshop.join("app.js"), &[])?, wasm);
        let wasm = renamed("worker")?;
        let script = workshop.join("worker.js");
        let start = text_of(&built.join("worker-start.js"))?;
        ensure!(start.matches(WORKER_WASM).count() == 1, "worker-start.js must name its wasm once");
        let start = start.replace(WORKER_WASM, &named("worker", &wasm, "wasm"));
        write(&script, text_of(&script)? + &start)?;
        let worker = Module::new("worker", short(&script, &[])?, wasm);

        let single = workshop.join("single.js");
        write(
            &single,
            "import detail from \"./app.js\";\ndocument.dispatchEvent(new CustomEvent(\"configurator-module\", { detail }));\n",
        )?;
        Ok(Self {
            boot: short(&built.join("boot.js"), &[])?,
            // What the application's wasm would be fetched by is not used.
            single: short(
                &single,
                &[
                    "--bundle",
                    "--format=esm",
                    "--define:import.meta.url=\"\"",
                    "--log-override:empty-import-meta=silent",
                ],
            )?,
            style: short(&workshop.join("style.css"), &[])?,
            dark: short(&workshop.join("dark.css"), &[])?,
            scriptless: short(&root().join(SCRIPTLESS_STYLE), &[])?,
            app,
            worker,
        })
    }
}

impl Module {
    fn new(name: &str, script: String, wasm: Vec<u8>) -> Self {
        let names = [named(name, script.as_bytes(), "js"), named(name, &wasm, "wasm")]
            .map(|name| format!("{ASSETS}/{name}"));
        Self { script, wasm, names }
    }
}

/// The style sheets that the page of Trunk's links to, in their order: those that always apply, and
/// those for dark colors, which have a `media` attribute.
fn style_sheets(index: &str, built: &Path) -> Result<[String; 2]> {
    let names = RefCell::new(Vec::new());
    edit(
        index,
        vec![(
            "link[rel=stylesheet]",
            Box::new(|link| {
                names.borrow_mut().push((link.get_attribute("href"), link.has_attribute("media")));
                Ok(())
            }),
        )],
    )?;
    let mut sheets = [String::new(), String::new()];
    for (name, is_dark) in names.into_inner() {
        let text = text_of(&built.join(name.context("a style sheet without an address")?))?;
        sheets[usize::from(is_dark)].push_str(&text);
    }
    Ok(sheets)
}

/// A change to each element that a selector finds.
type Edit<'a> = (&'static str, Box<dyn Fn(&mut Element) -> Result<()> + 'a>);

/// Changes a page, and removes its comments. Each selector must find something.
fn edit(html: &str, edits: Vec<Edit>) -> Result<String> {
    let found: Vec<Cell<bool>> = edits.iter().map(|_| Cell::new(false)).collect();
    let mut settings =
        RewriteStrSettings::new().append_document_content_handler(doc_comments!(|comment| {
            comment.remove();
            Ok(())
        }));
    for ((selector, change), found) in edits.iter().zip(&found) {
        settings = settings.append_element_content_handler(element!(*selector, move |element| {
            found.set(true);
            change(element).map_err(|error| format!("{error:#}").into())
        }));
    }
    let html =
        rewrite_str(html, settings).map_err(|error| anyhow!("cannot edit the page: {error}"))?;
    for ((selector, _), found) in edits.iter().zip(&found) {
        ensure!(found.get(), "the page has no {selector}");
    }
    Ok(html)
}

/// A page: what Trunk wrote, with its content, styles, script and policy.
fn page_html(index: &str, page: &Page, assets: &Assets, base_url: Option<&str>) -> Result<String> {
    for text in [&assets.style, &assets.dark, &assets.scriptless, &assets.boot, &assets.single] {
        ensure!(
            !text.contains("</") && !text.contains("<!--"),
            "a script or a style would end its element"
        );
    }
    let is_single = page.path.is_none();
    let mut head = String::new();
    if let Some(path) = &page.path {
        head.push_str(&format!(
            "<link rel=\"manifest\" href=\"{}manifest.webmanifest\">\n",
            page.root
        ));
        if let Some(base) = base_url {
            head.push_str(&format!("<link rel=\"canonical\" href=\"{base}{path}\">\n"));
        }
    }
    let is_first_style = Cell::new(true);
    let text_is = |text: String| {
        move |element: &mut Element| {
            element.set_inner_content(&text, ContentType::Text);
            Ok(())
        }
    };
    let set = |name: &'static str, value: String| {
        move |element: &mut Element| element.set_attribute(name, &value).map_err(Into::into)
    };
    let packed = if is_single { packed(assets)? } else { String::new() };
    let edits: Vec<Edit> = vec![
        ("html", Box::new(set("data-root", page.root.clone()))),
        ("html", Box::new(set("data-scenario", page.scenario.clone()))),
        (
            "meta[charset]",
            Box::new(|meta| {
                let policy = "\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">";
                meta.after(policy, ContentType::Html);
                Ok(())
            }),
        ),
        ("meta[name=description]", Box::new(set("content", page.description.clone()))),
        ("title", Box::new(text_is(page.title.clone()))),
        (
            "link[rel=icon]",
            Box::new(|icon| {
                icon.before(&head, ContentType::Html);
                Ok(())
            }),
        ),
        (
            "link[rel=stylesheet]:not([media])",
            Box::new(|link| {
                if is_first_style.take() {
                    link.replace(&format!("<style>{}</style>", assets.style), ContentType::Html);
                } else {
                    link.remove();
                }
                Ok(())
            }),
        ),
        (
            "link[rel=stylesheet][media]",
            Box::new(|link| {
                let style = format!(
                    "<style id=\"dark\" media=\"(prefers-color-scheme: dark)\">{}</style>\n<noscript><style>{}</style></noscript>",
                    assets.dark, assets.scriptless
                );
                link.replace(&style, ContentType::Html);
                Ok(())
            }),
        ),
        (
            "script[data-app]",
            Box::new(|script| {
                for name in ADDRESSES.into_iter().chain(["src"]) {
                    script.remove_attribute(name);
                }
                if !is_single {
                    let paths = assets.app.names.iter().chain(&assets.worker.names);
                    for (name, path) in ADDRESSES.into_iter().zip(paths) {
                        script.set_attribute(name, path)?;
                    }
                }
                script.set_inner_content(&assets.boot, ContentType::Html);
                Ok(())
            }),
        ),
        (".banner p", Box::new(text_is(page.lead.clone()))),
        (
            "[data-app-root]",
            Box::new(|element| {
                element.before(&page.above, ContentType::Html);
                element.set_inner_content(&page.app, ContentType::Html);
                element.after(&format!("{}{packed}", page.below), ContentType::Html);
                Ok(())
            }),
        ),
    ];
    let html = edit(index, edits)?;
    has_nothing_inline(&html)?;
    let policy = policy(&html, is_single)?;
    ensure!(html.matches("{policy}").count() == 1, "the page must have one place for the policy");
    Ok(html.replace("{policy}", &policy))
}

/// Fails where an element has a style or a script in an attribute: the policy refuses both.
fn has_nothing_inline(html: &str) -> Result<()> {
    let check = |element: &mut Element| {
        let inline = element
            .attributes()
            .iter()
            .map(lol_html::html_content::Attribute::name)
            .find(|name| name == "style" || name.starts_with("on"));
        match inline {
            Some(name) => Err(anyhow!("<{}> has an attribute {name}", element.tag_name())),
            None => Ok(()),
        }
    };
    edit(html, vec![("*", Box::new(check))]).map(|_| ())
}

/// The data of the single file: both modules, in elements that no browser runs.
fn packed(assets: &Assets) -> Result<String> {
    let data = |name: &str, text: &str| {
        format!(
            "<script type=\"application/octet-stream\" data-packed=\"{name}\">{text}</script>\n"
        )
    };
    // As JSON, whose strings can do without "</".
    let worker = serde_json::to_string(&assets.worker.script)?.replace('<', "\\u003c");
    Ok([
        data("app-wasm", &BASE64.encode(dist::gzip(&assets.app.wasm)?)),
        data("worker", &worker),
        data("worker-wasm", &BASE64.encode(dist::gzip(&assets.worker.wasm)?)),
        format!("<script type=\"module\">{}</script>\n", assets.single),
    ]
    .concat())
}

/// The permissions of a page: to run and to apply what is in it, known by its hash, and its own
/// files. The single file may not fetch anything, and has its worker in it.
pub(crate) fn policy(html: &str, is_single: bool) -> Result<String> {
    let styles = hashes(html, "style")?;
    let scripts = hashes(html, "script")?;
    Ok(if is_single {
        format!(
            "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data:; worker-src blob:; base-uri 'none'; \
             form-action 'none'"
        )
    } else {
        format!(
            "default-src 'none'; script-src 'self' {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src 'self' data:; connect-src 'self'; \
             manifest-src 'self'; worker-src 'self' blob:; frame-src 'self'; base-uri 'none'; form-action 'none'"
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

/// A file's name, with sixteen hexadecimal digits that depend on its content.
pub(crate) fn named(name: &str, bytes: &[u8], ending: &str) -> String {
    format!("{name}-{}.{ending}", short_hash(bytes))
}

/// Sixteen hexadecimal digits that depend on the content of a file.
fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// A script or style sheet without what only people need.
pub(crate) fn shorten(
    esbuild: &Path,
    workshop: &Path,
    from: &Path,
    more: &[&str],
) -> Result<String> {
    let short = workshop.join("short").join(from.file_name().unwrap_or_default());
    run(program(esbuild)
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

/// Copies the files that are deployed as they are from a folder, and those for hosts.
pub(crate) fn copy_as_they_are(from: &Path, into: &Path) -> Result<()> {
    let public = AS_THEY_ARE.into_iter().chain([MISSING]).map(|name| (from.join(name), name));
    let hosting = root().join("hosting");
    let of_hosts = OF_HOSTS.into_iter().map(|name| (hosting.join(name), name));
    for (from, name) in public.chain(of_hosts) {
        fs::copy(&from, into.join(name))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(())
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

/// The list of all pages for search engines.
pub(crate) fn sitemap<'a>(base: &str, paths: impl Iterator<Item = &'a str>) -> String {
    let addresses: String =
        paths.map(|path| format!("<url><loc>{base}{path}</loc></url>\n")).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{addresses}</urlset>\n"
    )
}

/// The service worker, with the names of the files that it keeps: these assets, and what people
/// need offline as well. Its version depends on the content of all of them.
pub(crate) fn service_worker(source: &str, into: &Path, assets: &[&str]) -> Result<String> {
    let kept: Vec<&str> =
        assets.iter().copied().chain(AS_THEY_ARE).chain(["licenses.txt", EMBED]).collect();
    let mut whole = source.as_bytes().to_vec();
    for name in kept.iter().copied().chain(["index.html"]) {
        whole.extend(name.bytes());
        whole.extend(fs::read(into.join(name)).with_context(|| format!("cannot read {name}"))?);
    }
    let version = short_hash(&whole);
    let names = |names: &[&str]| {
        names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",")
    };
    Ok(format!(
        "const VERSION=\"{version}\",PARTS=[{}],FILES=[{}];\n{source}",
        names(assets),
        names(&kept)
    ))
}

/// Writes each file a second and a third time, compressed, next to it.
pub(crate) fn compress(folder: &Path) -> Result<()> {
    for path in files_below(folder)? {
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

/// Fails where a folder is not complete: a page is missing, or a page or the service worker names a
/// file that is not there, or a file is compressed only half.
pub(crate) fn check(folder: &Path) -> Result<()> {
    let scenarios =
        Preset::ALL.iter().map(|preset| format!("scenarios/{}/index.html", preset.id()));
    let mut wanted: Vec<String> = scenarios.chain(["index.html".to_owned()]).collect();
    let pages = wanted.clone();
    wanted.extend(
        AS_THEY_ARE
            .iter()
            .chain(&OF_HOSTS)
            .chain(&[SINGLE, EMBED, MISSING, "sw.js", "licenses.txt"])
            .map(|name| (*name).to_owned()),
    );
    for page in &pages {
        let html = text_of(&folder.join(page))?;
        let assets = addresses(&html)?;
        ensure!(assets.len() == 4, "{page} names {assets:?}");
        let worker = text_of(&folder.join("sw.js"))?;
        for asset in assets {
            ensure!(asset.starts_with(ASSETS), "{page} names {asset}");
            ensure!(worker.contains(&asset), "the service worker does not keep {asset}");
            wanted.push(asset);
        }
    }
    for name in &wanted {
        let path = folder.join(name);
        let is_there = |path: &Path| fs::metadata(path).is_ok_and(|file| file.len() > 0);
        ensure!(is_there(&path), "{name} is missing");
        let kind = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if COMPRESSED.contains(&kind) && !OF_HOSTS.contains(&name.as_str()) {
            for ending in ["br", "gz"] {
                let path = path.with_extension(format!("{kind}.{ending}"));
                ensure!(is_there(&path), "{} is missing", path.display());
            }
        }
    }
    let assets = files_below(&folder.join(ASSETS))?;
    // Each is there three times: as it is, and compressed twice.
    ensure!(assets.len() == 12, "{} holds {} files", ASSETS, assets.len());
    Ok(())
}

/// The addresses of the application and its worker in a page.
fn addresses(html: &str) -> Result<Vec<String>> {
    let found = RefCell::new(Vec::new());
    let read = |script: &mut Element| {
        found.borrow_mut().extend(ADDRESSES.iter().filter_map(|name| script.get_attribute(name)));
        Ok(())
    };
    edit(html, vec![("script[data-app]", Box::new(read))])?;
    Ok(found.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Trunk writes, as far as it is edited.
    const INDEX: &str = "<!doctype html><html data-root=\"./\" data-scenario=\"x\"><head><meta charset=\"utf-8\">\
        <meta name=\"description\" content=\"\"><!-- A comment --><title>x</title><link rel=\"icon\" href=\"data:,\">\
        <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"stylesheet\" href=\"./b.css\"/>\
        <link rel=\"stylesheet\" href=\"./dark.css\" id=\"dark\" media=\"&#x28;prefers&#x2D;\"/>\
        <script src=\"./boot.js\" data-app=\"app.js\" data-app-wasm=\"app_bg.wasm\" data-worker=\"worker-start.js\" data-worker-wasm=\"w\"></script>\
        </head><body><header class=\"banner\"><p>x</p></header><div data-app-root></div></body></html>";

    fn assets() -> Assets {
        Assets {
            app: Module::new("app", "let a=1;export{a as default}".to_owned(), b"app".to_vec()),
            worker: Module::new("worker", "let w=\"</script>\"".to_owned(), b"worker".to_vec()),
            boot: "boot()".to_owned(),
            single: "let a=1;hand(a)".to_owned(),
            style: "a{}".to_owned(),
            dark: "b{}".to_owned(),
            scriptless: "c{}".to_owned(),
        }
    }

    fn page(path: Option<&str>, root: &str) -> Page {
        Page {
            path: path.map(str::to_owned),
            root: root.to_owned(),
            scenario: "byoc".to_owned(),
            title: "Own & certificates".to_owned(),
            description: "Says \"what\"".to_owned(),
            lead: "A <lead>".to_owned(),
            above: "<noscript>above</noscript>".to_owned(),
            app: "<main>the page</main>".to_owned(),
            below: "<noscript>below</noscript>".to_owned(),
        }
    }

    #[test]
    fn page_has_its_content_names_and_policy() -> Result<()> {
        let assets = assets();
        let page = page(Some("scenarios/byoc/"), "../../");
        let html = page_html(INDEX, &page, &assets, Some("https://example.com/"))?;
        let [app, app_wasm] = &assets.app.names;
        let [worker, worker_wasm] = &assets.worker.names;
        for part in [
            "<html data-root=\"../../\" data-scenario=\"byoc\">",
            "<title>Own &amp; certificates</title>",
            "content=\"Says &quot;what&quot;\"",
            "<p>A &lt;lead&gt;</p>",
            "<link rel=\"manifest\" href=\"../../manifest.webmanifest\">",
            "<link rel=\"canonical\" href=\"https://example.com/scenarios/byoc/\">",
            "<style>a{}</style>",
            "<style id=\"dark\" media=\"(prefers-color-scheme: dark)\">b{}</style>",
            "<noscript><style>c{}</style></noscript>",
            "<noscript>above</noscript><div data-app-root><main>the page</main></div><noscript>below</noscript>",
            &format!(
                "<script data-app=\"{app}\" data-app-wasm=\"{app_wasm}\" data-worker=\"{worker}\" data-worker-wasm=\"{worker_wasm}\">boot()</script>"
            ),
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        for gone in ["stylesheet", "boot.js", "{policy}", "<!-- ", "unsafe-inline", "'unsafe-eval'"]
        {
            assert!(!html.contains(gone), "{gone} in {html}");
        }
        assert!(html.contains("worker-src 'self' blob:;"), "{html}");
        assert_eq!(html.matches("'sha256-").count(), 4, "{html}");
        Ok(())
    }

    #[test]
    fn single_file_holds_everything_and_fetches_nothing() -> Result<()> {
        let html = page_html(INDEX, &page(None, "./"), &assets(), Some("https://example.com/"))?;
        for gone in ["connect-src", "'self'", "manifest", "canonical", "data-app=", "assets/"] {
            assert!(!html.contains(gone), "{gone} in {html}");
        }
        assert!(html.contains("worker-src blob:;"), "{html}");
        // Three styles, the script that starts the page, and the application's.
        assert_eq!(html.matches("'sha256-").count(), 5, "{html}");
        // The worker's script would end its element otherwise.
        assert!(html.contains("\"let w=\\\"\\u003c/script>\\\"\""), "{html}");
        for name in ["app-wasm", "worker", "worker-wasm"] {
            assert_eq!(html.matches(&format!(" data-packed=\"{name}\">")).count(), 1, "{name}");
        }
        Ok(())
    }

    #[test]
    fn page_without_a_place_or_with_an_inline_style_is_refused() {
        let missing = INDEX.replace(" data-app-root", "");
        let page = page(Some(""), "./");
        assert!(page_html(&missing, &page, &assets(), None).is_err());
        for inline in ["<p style=\"color:red\">", "<p onclick=\"x()\">"] {
            let page = Page { app: inline.to_owned(), ..self::page(Some(""), "./") };
            let refused = page_html(INDEX, &page, &assets(), None);
            assert!(refused.is_err_and(|error| format!("{error:#}").contains("has an attribute")));
        }
        assert!(page_html(INDEX, &page, &assets(), None).is_ok());
    }

    #[test]
    fn style_sheets_keep_their_order() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for (name, text) in [("a.css", "1"), ("b.css", "2"), ("dark.css", "3")] {
            fs::write(folder.path().join(name), text)?;
        }
        assert_eq!(style_sheets(INDEX, folder.path())?, ["12", "3"]);
        Ok(())
    }

    #[test]
    fn names_depend_on_the_content_only() {
        assert_eq!(named("app", b"x", "js"), named("app", b"x", "js"));
        assert_ne!(named("app", b"x", "js"), named("app", b"y", "js"));
        // printf x | sha256sum
        assert_eq!(named("app", b"x", "js"), "app-2d711642b726b044.js");
    }

    #[test]
    fn service_worker_changes_with_every_file() -> Result<()> {
        let folder = tempfile::tempdir()?;
        for name in AS_THEY_ARE.into_iter().chain(["licenses.txt", EMBED, "index.html", "a.js"]) {
            fs::write(folder.path().join(name), name)?;
        }
        let write = || service_worker("source", folder.path(), &["a.js"]);
        let first = write()?;
        assert!(
            first.contains("PARTS=[\"a.js\"],FILES=[\"a.js\",\"manifest.webmanifest\""),
            "{first}"
        );
        assert_eq!(write()?, first);
        for name in ["index.html", "a.js", "licenses.txt"] {
            fs::write(folder.path().join(name), "other")?;
            assert_ne!(write()?, first, "{name}");
            fs::write(folder.path().join(name), name)?;
        }
        fs::remove_file(folder.path().join("a.js"))?;
        assert!(write().is_err());
        Ok(())
    }

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
