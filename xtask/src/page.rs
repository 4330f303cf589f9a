//! The page: Trunk builds it, and [`crate::pack`] makes the folder of that.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::dist::Options;
use crate::files::{self, read};
use crate::pack::{self, Parts};
use crate::run::{cargo, program, root, run, say, target};
use crate::tools::{self, PageTools, WASM_TARGET};

/// The folder that the page is built into.
pub(crate) const FOLDER: &str = "dist";

/// What Trunk writes, below [`workshop`].
pub(crate) const BUILT: &str = "trunk";

/// The modules of the page, by the names of their programs, each with its features.
pub(crate) const MODULES: [(&str, &str); 2] = [("app", "csr"), ("worker", "worker")];

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
const BETWEEN_FLAGS: &str = "\u{1f}";

/// The folder for what is built on the way.
pub(crate) fn workshop() -> PathBuf {
    target().join("xtask").join("page")
}

/// Builds the release page, unless the one in the folder was built from the same files, and returns
/// the folder.
pub(crate) fn build(options: &Options) -> Result<PathBuf> {
    build_with(&tools::for_page()?, options)
}

/// [`build`], to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools, options: &Options) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let made_from = || {
        // The tools' folders are named after their versions.
        files::made_from(&[
            tools.trunk.as_path(),
            &tools.wasm_bindgen,
            &tools.wasm_opt,
            &tools.esbuild,
            Path::new(options.base_url.as_deref().unwrap_or_default()),
        ])
    };
    files::unless_up_to_date(&folder, "page-was-built-from", made_from, || {
        fetch_crates()?;
        let workshop = workshop();
        let [built, new] = [BUILT, "new"].map(|name| workshop.join(name));
        fs::remove_dir_all(&workshop).ok();
        fs::create_dir_all(&workshop)
            .with_context(|| format!("cannot create {}", workshop.display()))?;

        say(
            "Building the page with Trunk: rustc optimizes all crates as one, then wasm-opt the result",
        );
        run(trunk_command(tools, "build")?
            .args(["--release", "--locked", "--dist"])
            .arg(&built)
            .env("CARGO_ENCODED_RUSTFLAGS", flags()))?;
        say("Making the folder: its pages, the single file, and everything compressed");
        let base_url = options.base_url.as_deref();
        let (esbuild, wasm_opt) = (&tools.esbuild, &tools.wasm_opt);
        pack::pack(
            &Parts { esbuild, wasm_opt, workshop: &workshop, built: &built, base_url },
            &new,
        )?;

        fs::remove_dir_all(&folder).ok();
        fs::rename(&new, &folder)
            .with_context(|| format!("cannot move {} to {}", new.display(), folder.display()))
    })?;
    Ok(folder)
}

/// Serves the page for development: builds it without optimization, again at each change, and
/// reloads it in the browser. Nothing is prerendered, and there is no policy.
pub(crate) fn serve(port: Option<u16>) -> Result<()> {
    let tools = tools::for_page()?;
    fetch_crates()?;
    let mut command = trunk_command(&tools, "serve")?;
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    run(&mut command)
}

/// Fetches all crates that the build for the browser needs.
fn fetch_crates() -> Result<()> {
    say("Fetching the crates that Cargo.lock lists and this machine does not have yet");
    run(cargo().args(["fetch", "--quiet", "--locked", "--target", WASM_TARGET]))
}

/// The compiler flags of the release page, as CARGO_ENCODED_RUSTFLAGS has them. What they save is
/// counted with Brotli, of 390 kB.
pub(crate) fn flags() -> String {
    // Panic messages hold the paths of source files: folders of this machine are taken out.
    let crates = cargo_home()
        .and_then(|home| read(&home.join("registry").join("src")).ok())
        .unwrap_or_default();
    let mut flags: Vec<String> = crates
        .iter()
        .chain([&root()])
        .map(|folder| format!("--remap-path-prefix={}=.", folder.display()))
        .collect();
    // One type for all views, rather than one for each: 43 kB less.
    flags.extend(["--cfg", "erase_components"].map(str::to_owned));
    // Called code is not copied into its callers, but for what is called once: 3 kB less.
    flags.push("-Cllvm-args=-inline-threshold=0".to_owned());
    flags.join(BETWEEN_FLAGS)
}

/// Where cargo keeps the sources of crates.
pub(crate) fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

/// A call of Trunk, which finds the tools that we have on its PATH, and downloads nothing.
fn trunk_command(tools: &PageTools, action: &str) -> Result<Command> {
    let mut command = program(&tools.trunk);
    command
        .args([action, "--offline"])
        .env("PATH", path_with([&tools.wasm_bindgen, &tools.wasm_opt])?)
        .env("TRUNK_SKIP_VERSION_CHECK", "true")
        // Trunk takes the variable for an option that must be true or false.
        .env_remove("NO_COLOR");
    Ok(command)
}

/// PATH, with the folders of these programs first.
fn path_with(programs: [&Path; 2]) -> Result<OsString> {
    let first = programs.iter().filter_map(|program| program.parent()).map(Path::to_path_buf);
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(first.chain(env::split_paths(&path)))
        .context("a folder of tools cannot be on PATH")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::text_of;

    #[test]
    fn tools_come_before_those_on_path() -> Result<()> {
        let path = path_with([Path::new("/a/one"), Path::new("/b/two")])?;
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        assert_eq!(folders[..2], [PathBuf::from("/a"), PathBuf::from("/b")]);
        assert!(folders.len() > 2);
        Ok(())
    }

    /// What comes after Trunk must read the wasm by the same features.
    #[test]
    fn trunk_gives_wasm_opt_the_known_features() -> Result<()> {
        let index = text_of(&root().join("index.html"))?;
        let features = WASM_FEATURES.join(" ");
        assert_eq!(index.matches(&format!("data-wasm-opt-params=\"{features} ")).count(), 2);
        Ok(())
    }
}
