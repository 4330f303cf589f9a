//! The page, built twice: whoever builds it from the same sources gets the same bytes, and learns
//! nothing of the machine that it was built on.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{bytes_of, emptied, workshop};
use crate::page::{FOLDER, cargo_home};
use crate::run::{cargo, output_of, program, root, run as start, say, show};

/// The two folders. One is longer than the other: where a path is part of the page, so is its
/// length.
const COPIES: [&str; 2] = ["one", "the-other-of-two"];

/// Builds the page from two copies of the sources and compares the files; returns whether all is
/// well.
pub(super) fn run() -> Result<bool> {
    let sources = sources()?;
    let mut built = Vec::new();
    for (number, name) in (1..).zip(COPIES) {
        let copy = workshop(name);
        say(format!(
            "Building the page from a copy of {} sources, {number} of {}; all crates anew",
            sources.len(),
            COPIES.len()
        ));
        emptied(&copy)?;
        for source in &sources {
            let to = copy.join(source);
            fs::create_dir_all(to.parent().context("a source is in a folder")?)?;
            fs::copy(root().join(source), &to)
                .with_context(|| format!("cannot copy {}", source.display()))?;
        }
        // Where cargo builds is part of what must not matter.
        start(
            cargo()
                .current_dir(&copy)
                .env("CARGO_TARGET_DIR", copy.join("target"))
                .args(["xtask", "dist"]),
        )?;
        built.push(files(&copy.join(FOLDER))?);
    }
    let [one, other] = built.as_slice() else { bail!("two are built") };

    let mut well = true;
    let mut complain = |complaint: String| {
        show(complaint);
        well = false;
    };
    for name in one.keys().chain(other.keys().filter(|name| !one.contains_key(*name))) {
        match (one.get(name), other.get(name)) {
            (Some(bytes), Some(others)) if bytes == others => {}
            (Some(bytes), Some(others)) => {
                complain(format!("{name} differs: {}", difference(bytes, others)))
            }
            _ => complain(format!("{name} is in one folder only")),
        }
    }
    for (name, bytes) in one.iter().chain(other.iter().filter(|(name, _)| !one.contains_key(*name)))
    {
        for folder in folders() {
            if let Some(at) = find(bytes, folder.as_bytes()) {
                complain(format!("{name} names the folder {folder}: {}", around(bytes, at)));
            }
        }
    }
    for name in COPIES {
        // 2 GB each.
        fs::remove_dir_all(workshop(name).join("target")).ok();
    }
    if well {
        say(format!(
            "{} files are the same in both, byte by byte, and name no folder of this machine",
            one.len()
        ));
    }
    Ok(well)
}

/// What git has or would take, as it is now.
fn sources() -> Result<Vec<PathBuf>> {
    let listed = output_of(program("git").args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))
    .context("the sources are what git says")?;
    // One that is about to be deleted is listed still.
    let sources = listed
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from)
        .filter(|name| root().join(name).is_file());
    Ok(sources.collect())
}

/// All files below a folder, by their names in it.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(
                self::files(&path)?
                    .into_iter()
                    .map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            files.insert(name, bytes_of(&path)?);
        }
    }
    Ok(files)
}

/// The folders that no file may name, each with what ends its name: a home folder can be as short
/// as any word.
fn folders() -> Vec<String> {
    let copies = COPIES.map(workshop);
    let folders = copies.into_iter().chain([root()]).chain(cargo_home()).chain(env::home_dir());
    let folders =
        folders.map(|folder| folder.display().to_string()).filter(|folder| folder.len() > 1);
    folders.flat_map(|folder| [format!("{folder}/"), format!("{folder}\\")]).collect()
}

/// Where some bytes stand in others.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The text around a place, for people.
fn around(bytes: &[u8], at: usize) -> String {
    let text = bytes.get(at.saturating_sub(40)..bytes.len().min(at + 80)).unwrap_or_default();
    format!("\u{2026}{}\u{2026}", String::from_utf8_lossy(text).escape_debug())
}

/// How two files differ, in words.
fn difference(bytes: &[u8], others: &[u8]) -> String {
    let at = bytes.iter().zip(others).take_while(|(byte, other)| byte == other).count();
    let count = bytes.iter().zip(others).filter(|(byte, other)| byte != other).count();
    let lengths = if bytes.len() == others.len() {
        format!("{count} of {} bytes", bytes.len())
    } else {
        format!("{} and {} bytes", bytes.len(), others.len())
    };
    format!("{lengths}, the first at {at}: {} and {}", around(bytes, at), around(others, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_folders_are_found() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("assets"))?;
        fs::write(folder.path().join("index.html"), "a")?;
        fs::write(folder.path().join("assets").join("b.js"), "b")?;
        let files = files(folder.path())?;
        assert_eq!(
            files.keys().map(String::as_str).collect::<Vec<_>>(),
            ["assets/b.js", "index.html"]
        );
        Ok(())
    }

    #[test]
    fn what_differs_is_told() {
        assert_eq!(
            difference(b"abc", b"aXc"),
            "1 of 3 bytes, the first at 1: \u{2026}abc\u{2026} and \u{2026}aXc\u{2026}"
        );
        assert!(difference(b"abc", b"abcd").starts_with("3 and 4 bytes, the first at 3: "));
        assert_eq!(find(b"in /home/somebody/src", b"/home/somebody/"), Some(3));
        assert_eq!(find(b"in /home", b"/home/somebody/"), None);
    }
}
