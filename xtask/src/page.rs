//! Building the page with Trunk.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
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
    say("Building the page for release: rustc optimises all crates as one, then wasm-opt goes over the result; a minute or two at first, later seconds");
    let mut path = tools.folders.clone();
    path.extend(env::var_os("PATH").iter().flat_map(env::split_paths));
    run(program(&tools.trunk)
        // Offline: a missing tool is then an error, and not a download of a version that nobody pinned.
        .args(["build", "--release", "--offline", "true", "--skip-version-check"])
        // Trunk cannot minify the glue of wasm-bindgen, and says so each time.
        .args(["--log", "error,trunk=info,trunk::processing::minify=error"])
        .args(["--color", if env::var_os("NO_COLOR").is_some() { "never" } else { "auto" }])
        .env("CARGO_ENCODED_RUSTFLAGS", without_paths_of_this_machine())
        // Trunk 0.21 takes `NO_COLOR=1` for a wrong argument.
        .env_remove("NO_COLOR")
        .env("PATH", env::join_paths(path).context("a folder on PATH has a strange name")?))?;

    if let Some(parent) = note.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    }
    fs::write(&note, format!("{made_from} {}", hash_of(&[], &files_below(&folder)?)?)).with_context(|| format!("cannot write {}", note.display()))?;
    Ok(folder)
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
/// cargo knows whether the code changed, but Trunk runs wasm-opt all the same, which takes longer than the rest.
fn made_from(tools: &PageTools) -> Result<String> {
    let mut files = Vec::new();
    for entry in read(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !OTHER_FOLDERS.contains(&name.as_str()) {
            files.extend(files_below(&entry)?);
        }
    }
    // The tools' folders are called after their versions.
    let tools: Vec<&Path> = tools.folders.iter().chain([&tools.trunk]).map(PathBuf::as_path).collect();
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
