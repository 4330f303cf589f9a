//! Files and folders, and whether a folder must be built again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::{root, say, target};

/// Folders at the root that are not part of the page.
const OTHER_FOLDERS: [&str; 6] = [".git", ".ci", "dist", "docs", "target", "tests"];

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

/// Builds a folder, unless it was built from the same inputs before, and nothing changed it since.
///
/// The inputs are the result of `made_from`; a file with the name of `note` below cargo's folder
/// keeps them.
pub(crate) fn unless_up_to_date(
    folder: &Path,
    note: &str,
    made_from: impl Fn() -> Result<String>,
    build: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let note = target().join("xtask").join(note);
    let contents = || hash_of(&[], &files_below(folder)?);
    let state = || -> Result<String> { Ok(format!("{} {}", made_from()?, contents()?)) };
    if fs::read_to_string(&note).is_ok_and(|text| state().is_ok_and(|now| now == text)) {
        say(format!("The page in {name}/ is up to date"));
        return Ok(());
    }
    // If the build fails, the old note must not vouch for what it leaves behind.
    fs::remove_file(&note).ok();
    // Before the build, so that a file that is edited meanwhile causes another build.
    let made_from = made_from()?;
    build()?;
    write(&note, format!("{made_from} {}", contents()?))
}

/// A number for all that the page is made from: these names, and the files of the project.
///
/// cargo knows whether the code changed, but the tools after it would run again.
pub(crate) fn made_from(names: &[&Path]) -> Result<String> {
    let mut files = Vec::new();
    for entry in read(&root())? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !OTHER_FOLDERS.contains(&name.as_str()) {
            files.extend(files_below(&entry)?);
        }
    }
    hash_of(names, &files)
}

/// A number for names, and for the names and texts of files.
pub(crate) fn hash_of(names: &[&Path], files: &[PathBuf]) -> Result<String> {
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
pub(crate) fn read(folder: &Path) -> Result<Vec<PathBuf>> {
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
    fn a_folder_is_built_again_when_it_or_its_inputs_change() -> Result<()> {
        let around = tempfile::tempdir()?;
        let folder = around.path().join("built");
        let note = format!("test-{}", std::process::id());
        let builds = std::cell::Cell::new(0);
        let build = |inputs: &str| {
            let inputs = inputs.to_owned();
            unless_up_to_date(
                &folder,
                &note,
                || Ok(inputs.clone()),
                || {
                    builds.set(builds.get() + 1);
                    write(&folder.join("x"), "built")
                },
            )
        };
        build("a")?;
        build("a")?;
        assert_eq!(builds.get(), 1);
        build("b")?;
        assert_eq!(builds.get(), 2);
        write(&folder.join("x"), "edited")?;
        build("b")?;
        assert_eq!(builds.get(), 3);
        fs::remove_file(target().join("xtask").join(&note)).ok();
        Ok(())
    }

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
