//! The Leptos application: Trunk builds it, and [`crate::pack`] makes the folder of that.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::dist::Options;
use crate::files;
use crate::pack::{self, Parts};
use crate::page::{BETWEEN_FLAGS, fetch_crates, without_paths_of_this_machine};
use crate::run::{program, root, run, say, target};
use crate::tools::{self, PageTools};

/// The folder that the application is built into, until it is the page.
pub(crate) const FOLDER: &str = "dist-next";

/// Builds the release page, unless the one in the folder was built from the same files, and returns
/// the folder.
pub(crate) fn build(options: &Options) -> Result<PathBuf> {
    build_with(&tools::for_page()?, &tools::trunk()?, options)
}

/// [`build`], to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools, trunk: &Path, options: &Options) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let made_from = || {
        // The tools' folders are named after their versions.
        files::made_from(&[
            trunk,
            tools.wasm_bindgen.as_path(),
            &tools.wasm_opt,
            &tools.esbuild,
            Path::new(options.base_url.as_deref().unwrap_or_default()),
        ])
    };
    files::unless_up_to_date(&folder, "next-was-built-from", made_from, || {
        fetch_crates()?;
        let workshop = target().join("xtask").join("next");
        let [built, new] = ["trunk", "new"].map(|name| workshop.join(name));
        fs::remove_dir_all(&workshop).ok();
        fs::create_dir_all(&workshop)
            .with_context(|| format!("cannot create {}", workshop.display()))?;

        say(
            "Building the page with Trunk: rustc optimizes all crates as one, then wasm-opt the result",
        );
        run(trunk_command(trunk, tools, "build")?
            .args(["--release", "--locked", "--dist"])
            .arg(&built)
            .env("CARGO_ENCODED_RUSTFLAGS", flags().join(BETWEEN_FLAGS)))?;
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
    let (tools, trunk) = (tools::for_page()?, tools::trunk()?);
    fetch_crates()?;
    let mut command = trunk_command(&trunk, &tools, "serve")?;
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    run(&mut command)
}

/// The compiler flags of the release page. Each counts its bytes with Brotli, of 390 kB without.
fn flags() -> Vec<String> {
    // Paths of this machine would be in the messages of panics.
    let mut flags = without_paths_of_this_machine();
    // One type for all views, rather than one for each: 43 kB less.
    flags.extend(["--cfg", "erase_components"].map(str::to_owned));
    // Called code is not copied into its callers, but for what is called once: 3 kB less.
    flags.push("-Cllvm-args=-inline-threshold=0".to_owned());
    flags
}

/// A call of Trunk, which finds the tools that we have on its PATH, and downloads nothing.
fn trunk_command(trunk: &Path, tools: &PageTools, action: &str) -> Result<Command> {
    let mut command = program(trunk);
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
        let features = crate::page::WASM_FEATURES.join(" ");
        assert_eq!(index.matches(&format!("data-wasm-opt-params=\"{features} ")).count(), 2);
        Ok(())
    }
}
