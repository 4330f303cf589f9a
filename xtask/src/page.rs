//! Building the page: four wasm modules and their scripts; [`crate::site`] makes the folder of
//! them.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use crate::run::{cargo, program, root, run, say, target};
use crate::site::{self, Parts};
use crate::tools::{self, PageTools, WASM_TARGET};

/// The folder that the page is built into.
pub(crate) const FOLDER: &str = "dist";

/// Folders at the root that are no part of the page.
const OTHER_FOLDERS: [&str; 6] = [".git", ".ci", FOLDER, "docs", "target", "tests"];

/// A wasm module of the page.
pub(crate) struct Module {
    /// What `loader.js` calls it; the names of its files begin so.
    pub(crate) name: &'static str,
    /// The program that it is compiled from.
    pub(crate) binary: &'static str,
    /// The features that it is compiled with.
    pub(crate) features: &'static str,
}

/// The page, what it fetches at the first sign of use, and what it fetches once somebody asks for
/// it.
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

/// What rustc's wasm uses, which wasm-opt must be told; and passes that together make it smallest.
pub(crate) const WASM_OPT: [&str; 10] = [
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

/// What cargo itself puts between the flags of CARGO_ENCODED_RUSTFLAGS.
pub(crate) const BETWEEN_FLAGS: &str = "\u{1f}";

/// What a build can be told.
#[derive(Args, Clone, Default)]
pub(crate) struct Options {
    /// The address that the folder will have, such as `https://example.com/configurator/`: for
    /// canonical links and a sitemap.
    #[arg(long, value_name = "URL", value_parser = site::base_url)]
    pub(crate) base_url: Option<String>,
}

/// Builds the release page, unless the one in `dist/` was built from the very same files, and
/// returns its folder.
pub(crate) fn build(options: &Options) -> Result<PathBuf> {
    build_with(&tools::for_page()?, options)
}

/// [`build`], for those who want to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools, options: &Options) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let note = target().join("xtask").join("page-was-built-from");
    let state = || -> Result<String> {
        Ok(format!("{} {}", made_from(tools, options)?, hash_of(&[], &files_below(&folder)?)?))
    };
    if fs::read_to_string(&note).is_ok_and(|text| state().is_ok_and(|now| now == text)) {
        say(format!("The page in {FOLDER}/ is up to date"));
        return Ok(folder);
    }
    // Should the build fail, the old note must not vouch for what it leaves behind.
    fs::remove_file(&note).ok();

    say("Fetching the crates that Cargo.lock lists and this machine does not have yet");
    run(cargo().args(["fetch", "--quiet", "--target", WASM_TARGET]))?;

    // Before the build, so that what is edited meanwhile is built next time.
    let made_from = made_from(tools, options)?;
    bundle(tools, options, &folder)?;

    write(&note, format!("{made_from} {}", hash_of(&[], &files_below(&folder)?)?))?;
    Ok(folder)
}

/// Builds everything next to the folder, and then puts it in its place.
fn bundle(tools: &PageTools, options: &Options, folder: &Path) -> Result<()> {
    let workshop = target().join("xtask").join("page");
    fs::remove_dir_all(workshop.join("new")).ok();
    let new = workshop.join("new");
    fs::create_dir_all(&new).with_context(|| format!("cannot create {}", new.display()))?;

    let modules = MODULES
        .iter()
        .map(|module| build_module(tools, module, &workshop))
        .collect::<Result<Vec<_>>>()?;
    say("Making the folder: its pages, the same as one file, and everything compressed beside it");
    site::make(
        &Parts {
            tools,
            workshop: &workshop,
            modules: &modules,
            base_url: options.base_url.as_deref(),
        },
        &new,
    )?;

    fs::remove_dir_all(folder).ok();
    fs::rename(&new, folder)
        .with_context(|| format!("cannot move {} to {}", new.display(), folder.display()))
}

/// A module that is built, in the workshop: `NAME.js`, which is not shortened yet, and its wasm.
pub(crate) struct Built {
    /// See [`Module::name`].
    pub(crate) name: &'static str,
    /// The wasm.
    pub(crate) wasm: Vec<u8>,
}

/// Builds a module. What wasm-opt made of the very same wasm before is taken as it is.
fn build_module(tools: &PageTools, module: &Module, workshop: &Path) -> Result<Built> {
    say(format!(
        "Building the module {} for release: rustc optimises all crates as one, then wasm-opt goes over the result",
        module.name
    ));
    run(cargo()
        .args([
            "build",
            "--quiet",
            "--locked",
            "--profile",
            "page",
            "--target",
            WASM_TARGET,
            "--no-default-features",
        ])
        .args(["--package", "old-page", "--features", module.features, "--bin", module.binary])
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine().join(BETWEEN_FLAGS)))?;
    let compiled = target().join(WASM_TARGET).join("page").join(format!("{}.wasm", module.binary));
    run(program(&tools.wasm_bindgen)
        .args(["--target", "web", "--no-typescript", "--out-name", module.name, "--out-dir"])
        .arg(workshop)
        .arg(compiled))?;
    let bound = workshop.join(format!("{}_bg.wasm", module.name));
    let small = workshop.join(format!("{}.wasm", module.name));
    let note = workshop.join(format!("{}.from", module.name));
    let from = hash_of(&[&tools.wasm_opt], std::slice::from_ref(&bound))?;
    if !small.is_file() || fs::read_to_string(&note).ok().as_ref() != Some(&from) {
        fs::remove_file(&note).ok();
        run(program(&tools.wasm_opt).args(WASM_OPT).arg(&bound).arg("--output").arg(&small))?;
        write(&note, from)?;
    }
    Ok(Built {
        name: module.name,
        wasm: fs::read(&small).with_context(|| format!("cannot read {}", small.display()))?,
    })
}

/// The text of a file.
pub(crate) fn text_of(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file, and the folders around it.
pub(crate) fn write(path: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(path, contents).with_context(|| format!("cannot write {}", path.display()))
}

/// Compiler flags that take the folders of this machine out of the page: panic messages hold the
/// paths of source files.
pub(crate) fn without_paths_of_this_machine() -> Vec<String> {
    let crates = cargo_home()
        .and_then(|home| read(&home.join("registry").join("src")).ok())
        .unwrap_or_default();
    crates
        .iter()
        .chain([&root()])
        .map(|folder| format!("--remap-path-prefix={}=.", folder.display()))
        .collect()
}

/// Where cargo keeps the sources of crates.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// A number for what the page is made from, so that a change shows.
///
/// cargo knows whether the code changed, but wasm-opt would run all the same.
fn made_from(tools: &PageTools, options: &Options) -> Result<String> {
    let mut files = Vec::new();
    for entry in read(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !OTHER_FOLDERS.contains(&name.as_str()) {
            files.extend(files_below(&entry)?);
        }
    }
    // The tools' folders are called after their versions.
    let names = [
        tools.wasm_bindgen.as_path(),
        &tools.wasm_opt,
        &tools.esbuild,
        Path::new(options.base_url.as_deref().unwrap_or_default()),
    ];
    hash_of(&names, &files)
}

/// A number for names, and for the names and texts of files.
fn hash_of(names: &[&Path], files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    names.hash(&mut hasher);
    for file in files {
        file.hash(&mut hasher);
        fs::read(file)
            .with_context(|| format!("cannot read {}", file.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// The path itself if it is a file, else all files below, in the order of their names.
///
/// Folders that cargo builds into carry a mark, and are left out.
pub(crate) fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
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
    let mut entries = fs::read_dir(folder)
        .with_context(cannot)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(cannot)?;
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
