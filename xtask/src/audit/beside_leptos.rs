//! The page beside one that is nothing but Leptos: one input, a memo, `Show`, `For` and
//! `serde_json` (see xtask/bare-leptos).
//!
//! It is built with the same compiler, profile and tools, and measured in the same run. A page of
//! ours does far more in its time: rules, plan, two shells' scripts and their explanations.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use super::chromium::Chromium;
use super::{brotli, bytes_of, emptied, kilo, median, settle, table, workshop};
use crate::run::{cargo, program, root, run as start, say, show};
use crate::serve::{self, Folder, Server, Site};
use crate::tools::{self, PageTools, WASM_TARGET};
use crate::{dist, page};

/// Where the sources of the other page are: a workspace of their own, so that its crates are not
/// among ours.
const SOURCES: &str = "xtask/bare-leptos";

/// How often a letter is typed, and how often before that, because browsers translate well only
/// what has run some times.
const TIMES: usize = 60;
/// See [`TIMES`].
const BEFORE: usize = 20;

/// How many times slower the processor is made.
const SPEEDS: [u32; 2] = [1, 4];

/// What was measured of a page.
struct Measured {
    name: &'static str,
    /// Bytes of all that it asks for at first, with Brotli.
    first_load: usize,
    /// Milliseconds from input to DOM, at each of [`SPEEDS`].
    latency: [f64; 2],
}

/// Builds both pages and prints what was measured.
pub(super) fn run() -> Result<()> {
    let tools = tools::for_page()?;
    let browser = tools::chromium()?;
    let ours = page::build_with(&tools, &dist::Options::default())?;
    let bare = bare(&tools)?;
    let chromium = Chromium::start(&browser)?;
    settle();
    let measured = [
        measure(&chromium, "this page", &ours, "input[name=registry]")?,
        measure(&chromium, "a bare Leptos page", &bare, "#name")?,
    ];
    let mut rows = vec![
        [String::new()]
            .into_iter()
            .chain(measured.iter().map(|page| page.name.to_owned()))
            .collect::<Vec<_>>(),
    ];
    rows.push(
        [String::from("first load with Brotli, kB")]
            .into_iter()
            .chain(measured.iter().map(|page| kilo(page.first_load)))
            .collect(),
    );
    for (at, speed) in SPEEDS.iter().enumerate() {
        let title = if *speed == 1 {
            "input to DOM, ms".to_owned()
        } else {
            format!("the same, slowed {speed}x, ms")
        };
        let cells = measured
            .iter()
            .filter_map(|page| page.latency.get(at))
            .map(|latency| format!("{latency:.2}"));
        rows.push([title].into_iter().chain(cells).collect());
    }
    table(&rows);
    show(format!(
        "Medians of {TIMES}. The bare page joins a few words; this page judges the choices, plans, and writes and explains the whole output."
    ));
    Ok(())
}

/// Builds the page that is nothing but Leptos, as ours is built, and returns its folder.
fn bare(tools: &PageTools) -> Result<PathBuf> {
    say("Building the bare Leptos page; a minute or two the first time");
    let (sources, folder) = (root().join(SOURCES), workshop("bare-leptos"));
    let out = folder.join("target");
    start(
        cargo()
            .args(["build", "--quiet", "--locked", "--profile", "page", "--target", WASM_TARGET])
            .arg("--manifest-path")
            .arg(sources.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", &out)
            .env("CARGO_ENCODED_RUSTFLAGS", page::flags()),
    )?;
    let compiled = out.join(WASM_TARGET).join("page").join("bare-leptos.wasm");
    start(
        program(&tools.wasm_bindgen)
            .args(["--target", "web", "--no-typescript", "--out-name", "bare", "--out-dir"])
            .args([&folder, &compiled]),
    )?;
    let [script, wasm] = ["bare.js", "bare.wasm"].map(|name| folder.join(name));
    start(
        program(&tools.wasm_opt)
            .args(page::WASM_FEATURES)
            .args(["--flatten", "--rereloop", "-Oz", "-Oz", "--output"])
            .args([&wasm, &folder.join("bare_bg.wasm")]),
    )?;

    let site = folder.join("dist");
    emptied(&site)?;
    start(
        program(&tools.esbuild)
            .arg(script)
            .args([
                "--minify",
                "--charset=utf8",
                "--target=es2022",
                "--legal-comments=none",
                "--log-level=warning",
            ])
            .arg(format!("--outfile={}", site.join("bare.js").display())),
    )?;
    for (from, to) in [(wasm, "bare_bg.wasm"), (sources.join("index.html"), "index.html")] {
        fs::copy(&from, site.join(to))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    Ok(site)
}

/// Where the page and its files are asked for, once all has come that it fetches by itself.
const FETCHED: &str = "const done = arguments[arguments.length - 1];
setTimeout(() => done([location.href, ...performance.getEntriesByType('resource').map((entry) => entry.name)]), 2000);";

/// Types into an input and notes when the page has changed for the last time before the next frame.
const TYPED: &str = "const [selector, before, times, done] = arguments;
let input;
const sleep = (time) => new Promise((then) => setTimeout(then, time));
const frame = () => new Promise((then) => requestAnimationFrame(() => setTimeout(then)));
let changed;
new MutationObserver(() => (changed = performance.now())).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
(async () => {
  // The application has replaced what was prerendered by then.
  await sleep(5000);
  input = document.querySelector(selector);
  input.focus();
  const found = [];
  for (let time = 0; time < before + times; time++) {
    await frame();
    changed = undefined;
    input.value = `contoso${time}`;
    const begin = performance.now();
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await frame();
    if (time >= before) found.push(changed === undefined ? null : changed - begin);
  }
  done(found);
})();";

/// With these, browsers tell the time to 5 microseconds; without, to 100.
const ISOLATION: [(&str, &str); 2] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
];

/// Measures a page: what it asks for at first, and how long it takes to follow its input.
fn measure(
    chromium: &Chromium,
    name: &'static str,
    folder: &Path,
    input: &str,
) -> Result<Measured> {
    say(format!("Measuring {name}"));
    let folders = vec![Folder { at: "/".to_owned(), path: folder.to_path_buf(), is_page: false }];
    let headers =
        ISOLATION.map(|(name, value)| ("/".to_owned(), name.to_owned(), value.to_owned())).to_vec();
    let server =
        Server::start_site(serve::listen(0)?, Site { folders, headers, ..Site::default() })?;
    chromium.slow_down(1)?;
    chromium.open(&server.address())?;
    let mut first_load = 0;
    for address in chromium.run::<Vec<String>>(FETCHED, json!([]))? {
        let Some(file) = address.strip_prefix(&server.address()) else { continue };
        let file = if file.is_empty() { "index.html" } else { file };
        first_load += brotli(&bytes_of(&folder.join(file))?)?;
    }
    let mut latency = [0.0; 2];
    for (speed, latency) in SPEEDS.into_iter().zip(&mut latency) {
        // A page that nobody has used yet, each time.
        chromium.slow_down(1)?;
        chromium.open("about:blank")?;
        chromium.open(&server.address())?;
        chromium.slow_down(speed)?;
        let times: Vec<Option<f64>> = chromium.run(TYPED, json!([input, BEFORE, TIMES]))?;
        let times = times
            .into_iter()
            .collect::<Option<Vec<f64>>>()
            .with_context(|| format!("{name} does not follow its input"))?;
        *latency = median(times).context("nothing was typed")?;
    }
    Ok(Measured { name, first_load, latency })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::text_of;

    /// The lines of a profile.
    fn profile<'a>(manifest: &'a str, name: &str) -> Option<Vec<&'a str>> {
        let (_, lines) = manifest.split_once(&format!("[profile.{name}]\n"))?;
        Some(lines.lines().take_while(|line| line.contains('=')).collect())
    }

    #[test]
    fn both_are_built_alike() -> Result<()> {
        let [ours, bare] =
            ["Cargo.toml", "xtask/bare-leptos/Cargo.toml"].map(|file| text_of(&root().join(file)));
        let (ours, bare) = (ours?, bare?);
        for name in ["release", "page"] {
            let profile_of_ours = profile(&ours, name).context("ours has the profile")?;
            assert!(!profile_of_ours.is_empty());
            assert_eq!(Some(profile_of_ours), profile(&bare, name));
        }
        // The one tool that must have the version of its crate.
        let lock = text_of(&root().join("xtask/bare-leptos/Cargo.lock"))?;
        let pinned = ours
            .lines()
            .find_map(|line| line.strip_prefix("wasm-bindgen = \"="))
            .and_then(|rest| rest.split('"').next());
        let pinned = pinned.context("ours pins wasm-bindgen")?;
        assert!(lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{pinned}\"\n")));
        Ok(())
    }
}
