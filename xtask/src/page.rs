//! Building the page with Trunk.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::{cargo, program, root, run, say, target};
use crate::tools::{self, PageTools, WASM_TARGET};

/// The folder that the page is built into, as Trunk.toml has it.
pub(crate) const FOLDER: &str = "dist";

/// Folders at the root that are no part of the page.
const OTHER_FOLDERS: [&str; 7] = [".git", ".ci", FOLDER, "docs", "target", "tests", "xtask"];

/// Builds the release page, unless the one in `dist/` was built from the very same files, and returns its folder.
pub(crate) fn build() -> Result<PathBuf> {
    build_with(&tools::for_page()?)
}

/// [`build`], for those who want to tell a missing tool from a page that does not compile.
pub(crate) fn build_with(tools: &PageTools) -> Result<PathBuf> {
    let folder = root().join(FOLDER);
    let note = target().join("xtask").join("page-was-built-from");
    if folder.join("index.html").is_file() && fs::read_to_string(&note).is_ok_and(|text| fingerprint(tools).is_ok_and(|now| now == text)) {
        say(format!("The page in {FOLDER}/ is up to date"));
        return Ok(folder);
    }
    // Should the build fail, the old note must not vouch for what it leaves behind.
    fs::remove_file(&note).ok();

    say("Fetching the crates that Cargo.lock lists and this machine does not have yet");
    run(cargo().args(["fetch", "--quiet", "--target", WASM_TARGET]))?;

    say("Building the page for release: rustc optimises all crates as one, then wasm-opt goes over the result; a minute or two at first, later seconds");
    let mut path = tools.folders.clone();
    path.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    run(program(&tools.trunk)
        // Offline: a missing tool is then an error, and not a download of a version that nobody pinned.
        .args(["build", "--release", "--offline", "true", "--skip-version-check"])
        // Trunk cannot minify the glue of wasm-bindgen, and says so each time.
        .args(["--log", "error,trunk=info,trunk::processing::minify=error"])
        .args(["--color", if env::var_os("NO_COLOR").is_some() { "never" } else { "auto" }])
        // Trunk 0.21 takes `NO_COLOR=1` for a wrong argument.
        .env_remove("NO_COLOR")
        .env("PATH", env::join_paths(path).context("a folder on PATH has a strange name")?))?;

    if let Some(parent) = note.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(&note, fingerprint(tools)?).with_context(|| format!("cannot write {}", note.display()))?;
    Ok(folder)
}

/// A number for what the page is made from and for what was made, so that a change on either side shows.
///
/// cargo knows whether the code changed, but Trunk runs wasm-opt all the same, which takes longer than the rest.
fn fingerprint(tools: &PageTools) -> Result<String> {
    let mut files = Vec::new();
    for entry in read(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !OTHER_FOLDERS.contains(&name.as_str()) {
            collect(&entry, &mut files)?;
        }
    }
    collect(&root().join(FOLDER), &mut files)?;
    let mut hasher = DefaultHasher::new();
    // Their folders are called after their versions.
    for path in tools.folders.iter().chain([&tools.trunk]) {
        hasher.write(path.to_string_lossy().as_bytes());
    }
    for file in files {
        hasher.write(file.to_string_lossy().as_bytes());
        hasher.write(&fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Adds all files below, in the order of their names. Folders that cargo builds into carry a mark, and are left out.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
    } else if !path.join("CACHEDIR.TAG").exists() {
        for entry in read(path)? {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

/// What is in a folder, in the order of the names.
fn read(folder: &Path) -> Result<Vec<PathBuf>> {
    let cannot = || format!("cannot read {}", folder.display());
    let mut entries =
        fs::read_dir(folder).with_context(cannot)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().with_context(cannot)?;
    entries.sort();
    Ok(entries)
}
