//! Building the page: four wasm modules, their scripts, and the HTML that is there before them.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use connected_registry::choices::{Choices, Shell};
use connected_registry::html;

use crate::run::{cargo, program, root, run, say, target};
use crate::tools::{self, PageTools, WASM_TARGET};

/// The folder that the page is built into.
pub(crate) const FOLDER: &str = "dist";

/// Folders at the root that are no part of the page.
const OTHER_FOLDERS: [&str; 7] = [".git", ".ci", FOLDER, "docs", "target", "tests", "xtask"];

/// A wasm module of the page.
pub(crate) struct Module {
    /// What `loader.js` calls it; the names of its files begin so.
    pub(crate) name: &'static str,
    /// The program that it is compiled from.
    pub(crate) binary: &'static str,
    /// The features that it is compiled with.
    pub(crate) features: &'static str,
}

/// The page, what it fetches at the first sign of use, and what it fetches once somebody asks for it.
pub(crate) const MODULES: [Module; 4] = [
    Module { name: "page", binary: "page", features: "page" },
    Module { name: LATER, binary: "engine", features: "engine" },
    Module { name: FILES, binary: "files", features: "files" },
    Module { name: READER, binary: "reader", features: "paste" },
];

/// The module of which no file is fetched before somebody is about to use the page.
pub(crate) const LATER: &str = "engine";

/// The modules of which no file is fetched before somebody asks for what they do.
pub(crate) const FILES: &str = "files";
/// See [`FILES`].
pub(crate) const READER: &str = "reader";

/// The style sheet, in this order.
const STYLES: [&str; 8] = ["tokens", "page", "controls", "output", "steps", "pictures", "files", "reader"];

/// What rustc's wasm uses, which wasm-opt must be told; and passes that together make it smallest.
const WASM_OPT: [&str; 10] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
];

/// Builds the release page, unless the one in `dist/` was built from the very same files, and returns its folder.
pub(crate) fn build() -> Result<PathBuf> {
    build_with(&tools::for_page()?)
}

/// [`build`], for those who want to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let note = target().join("xtask").join("page-was-built-from");
    let state = || -> Result<String> { Ok(format!("{} {}", made_from(tools)?, hash_of(&[], &files_below(&folder)?)?)) };
    if fs::read_to_string(&note).is_ok_and(|text| state().is_ok_and(|now| now == text)) {
        say(format!("The page in {FOLDER}/ is up to date"));
        return Ok(folder);
    }
    // Should the build fail, the old note must not vouch for what it leaves behind.
    fs::remove_file(&note).ok();

    say("Fetching the crates that Cargo.lock lists and this machine does not have yet");
    run(cargo().args(["fetch", "--quiet", "--target", WASM_TARGET]))?;

    // Before the build, so that what is edited meanwhile is built next time.
    let made_from = made_from(tools)?;
    bundle(tools, &folder)?;

    write(&note, format!("{made_from} {}", hash_of(&[], &files_below(&folder)?)?))?;
    Ok(folder)
}

/// Builds everything next to the folder, and then puts it in its place.
fn bundle(tools: &PageTools, folder: &Path) -> Result<()> {
    let workshop = target().join("xtask").join("page");
    fs::remove_dir_all(&workshop).ok();
    let new = workshop.join("new");
    fs::create_dir_all(&new).with_context(|| format!("cannot create {}", new.display()))?;

    let mut files = Vec::new();
    for module in &MODULES {
        say(format!("Building the module {} for release: rustc optimises all crates as one, then wasm-opt goes over the result", module.name));
        let [script, wasm] = build_module(tools, module, &workshop, &new)?;
        files.push(format!("{}:[\"./{script}\",\"./{wasm}\"]", module.name));
    }

    let mut style = String::new();
    for name in STYLES {
        style.push_str(&text_of(&root().join("style").join(format!("{name}.css")))?);
    }
    write(&workshop.join("style.css"), style)?;
    write(&workshop.join("loader.js"), format!("const FILES = {{{}}};\n{}", files.join(","), text_of(&root().join("loader.js"))?))?;
    let html = text_of(&root().join("index.html"))?;
    let html = filled(&html, "<style>", &shortened(tools, &workshop, "style.css")?)?;
    let html = filled(&html, "<script type=\"module\">", &shortened(tools, &workshop, "loader.js")?)?;
    let html = replaced(&html, "<!-- PAGE -->", &whole(Shell::Bash))?;
    let html = replaced(&html, "<!-- POWERSHELL -->", &panel_of(&whole(Shell::PowerShell))?)?;
    write(&new.join("index.html"), html)?;

    fs::remove_dir_all(folder).ok();
    fs::rename(&new, folder).with_context(|| format!("cannot move {} to {}", new.display(), folder.display()))
}

/// Builds a module, and returns the names of its files: they change with their content, so a server may let browsers keep them for ever.
fn build_module(tools: &PageTools, module: &Module, workshop: &Path, into: &Path) -> Result<[String; 2]> {
    run(cargo()
        .args(["build", "--quiet", "--locked", "--profile", "page", "--target", WASM_TARGET, "--no-default-features"])
        .args(["--features", module.features, "--bin", module.binary])
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine()))?;
    let compiled = target().join(WASM_TARGET).join("page").join(format!("{}.wasm", module.binary));
    run(program(&tools.wasm_bindgen).args(["--target", "web", "--no-typescript", "--out-name", module.name, "--out-dir"]).arg(workshop).arg(compiled))?;
    let bound = workshop.join(format!("{}_bg.wasm", module.name));
    let small = workshop.join(format!("{}.wasm", module.name));
    run(program(&tools.wasm_opt).args(WASM_OPT).arg(&bound).arg("--output").arg(&small))?;

    let wasm = fs::read(&small).with_context(|| format!("cannot read {}", small.display()))?;
    let script = shortened(tools, workshop, &format!("{}.js", module.name))?;
    let names = [named(module.name, script.as_bytes(), "js"), named(module.name, &wasm, "wasm")];
    write(&into.join(&names[0]), script)?;
    write(&into.join(&names[1]), wasm)?;
    Ok(names)
}

/// A script or style sheet without what only people need.
fn shortened(tools: &PageTools, workshop: &Path, name: &str) -> Result<String> {
    let short = workshop.join("short").join(name);
    run(program(&tools.esbuild)
        .arg(workshop.join(name))
        .args(["--minify", "--charset=utf8", "--target=es2022", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--outfile={}", short.display())))?;
    Ok(text_of(&short)?.trim_end().to_owned())
}

/// HTML with a text put behind the one tag that is called so.
fn filled(html: &str, tag: &str, text: &str) -> Result<String> {
    ensure!(html.matches(tag).count() == 1, "index.html must have one {tag}");
    ensure!(!text.contains("</"), "what goes into {tag} would end it");
    Ok(html.replacen(tag, &format!("{tag}{text}"), 1))
}

/// HTML with something else in the place of a mark.
fn replaced(html: &str, mark: &str, text: &str) -> Result<String> {
    ensure!(html.matches(mark).count() == 1, "index.html must have one {mark}");
    Ok(html.replacen(mark, text, 1))
}

/// The page as it is before anything is chosen.
fn whole(shell: Shell) -> String {
    let mut choices = Choices::default();
    choices.select.shell = shell;
    html::whole(&choices)
}

/// What is in the panel of the output.
fn panel_of(page: &str) -> Result<String> {
    let (_, from_panel) = page.split_once("id=\"panel\"").context("the page has a panel")?;
    let (_, panel) = from_panel.split_once('>').context("the page has a panel")?;
    let (panel, _) = panel.split_once("</div><div class=\"padded\" id=\"loading\"").context("the panel is followed by what is shown instead")?;
    Ok(panel.to_owned())
}

/// The name of a file with a number for what is in it.
fn named(name: &str, bytes: &[u8], ending: &str) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("{name}-{:016x}.{ending}", hasher.finish())
}

fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, contents).with_context(|| format!("cannot write {}", path.display()))
}

/// Compiler flags that take the folders of this machine out of the page: panic messages hold the paths of source files.
fn without_paths_of_this_machine() -> String {
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let crates = cargo_home.and_then(|home| read(&home.join("registry").join("src")).ok()).unwrap_or_default();
    let flags: Vec<String> = crates.iter().chain([&root()]).map(|folder| format!("--remap-path-prefix={}=.", folder.display())).collect();
    // What cargo itself puts between flags.
    flags.join("\u{1f}")
}

/// A number for what the page is made from, so that a change shows.
///
/// cargo knows whether the code changed, but wasm-opt would run all the same.
fn made_from(tools: &PageTools) -> Result<String> {
    let mut files = Vec::new();
    for entry in read(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !OTHER_FOLDERS.contains(&name.as_str()) {
            files.extend(files_below(&entry)?);
        }
    }
    // The tools' folders are called after their versions.
    let tools = [tools.wasm_bindgen.as_path(), &tools.wasm_opt, &tools.esbuild];
    hash_of(&tools, &files)
}

/// A number for names, and for the names and texts of files.
fn hash_of(names: &[&Path], files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    names.hash(&mut hasher);
    for file in files {
        file.hash(&mut hasher);
        fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The path itself if it is a file, else all files below, in the order of their names.
///
/// Folders that cargo builds into carry a mark, and are left out.
fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() && !path.join("CACHEDIR.TAG").exists() {
        for entry in read(path)? {
            files.extend(files_below(&entry)?);
        }
    }
    Ok(files)
}

/// What is in a folder, in the order of the names.
fn read(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read {}", folder.display());
    let mut entries =
        fs::read_dir(folder).with_context(cannot)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().with_context(cannot)?;
    entries.sort();
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_shows() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let file = |name: &str| folder.path().join(name);
        let state = || hash_of(&[], &files_below(folder.path())?);
        let mut seen = vec![state()?];
        let mut differs = || -> Result<bool> {
            let now = state()?;
            let new = !seen.contains(&now);
            seen.push(now);
            Ok(new)
        };
        fs::create_dir(file("src"))?;
        fs::write(file("src/a.rs"), "ab")?;
        assert!(differs()?);
        fs::write(file("src/a.rs"), "a")?;
        assert!(differs()?);
        fs::write(file("src/b.rs"), "b")?;
        assert!(differs()?);
        fs::rename(file("src/b.rs"), file("src/c.rs"))?;
        assert!(differs()?);
        assert!(!differs()?);
        // What cargo builds is not looked at.
        fs::create_dir(file("out"))?;
        fs::write(file("out/CACHEDIR.TAG"), "")?;
        fs::write(file("out/x"), "x")?;
        assert!(!differs()?);
        Ok(())
    }
}
