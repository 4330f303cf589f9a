//! Building the page: four wasm modules and their scripts; [`crate::site`] makes the folder of
//! them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::dist::Options;
use anyhow::{Context, Result};

use crate::files::{self, hash_of, read, write};
use crate::run::{cargo, program, root, run, say, target};
use crate::site::{self, Parts};
use crate::tools::{self, PageTools, WASM_TARGET};

/// The folder that the page is built into.
pub(crate) const FOLDER: &str = "dist";

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
pub(crate) const WASM_OPT: [&str; 4] = ["--flatten", "--rereloop", "-Oz", "-Oz"];

/// What rustc uses of wasm: wasm-opt must be told.
pub(crate) const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// What cargo itself puts between the flags of CARGO_ENCODED_RUSTFLAGS.
pub(crate) const BETWEEN_FLAGS: &str = "\u{1f}";

/// Builds the release page, unless the one in `dist/` was built from the very same files, and
/// returns its folder.
pub(crate) fn build(options: &Options) -> Result<PathBuf> {
    build_with(&tools::for_page()?, options)
}

/// [`build`], for those who want to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools, options: &Options) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let made_from = || {
        // The tools' folders are called after their versions.
        files::made_from(&[
            tools.wasm_bindgen.as_path(),
            &tools.wasm_opt,
            &tools.esbuild,
            Path::new(options.base_url.as_deref().unwrap_or_default()),
        ])
    };
    files::unless_up_to_date(&folder, "page-was-built-from", made_from, || {
        fetch_crates()?;
        bundle(tools, options, &folder)
    })?;
    Ok(folder)
}

/// Fetches all crates that the build for the browser needs.
pub(crate) fn fetch_crates() -> Result<()> {
    say("Fetching the crates that Cargo.lock lists and this machine does not have yet");
    run(cargo().args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET]))
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
        run(program(&tools.wasm_opt)
            .args(WASM_FEATURES)
            .args(WASM_OPT)
            .arg(&bound)
            .arg("--output")
            .arg(&small))?;
        write(&note, from)?;
    }
    Ok(Built {
        name: module.name,
        wasm: fs::read(&small).with_context(|| format!("cannot read {}", small.display()))?,
    })
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
