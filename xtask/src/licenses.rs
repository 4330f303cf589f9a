//! What ships to the browser beside our own code, and under which licenses.
//!
//! That is every crate that the linker is given for the modules of the page, the standard library,
//! and the JavaScript that wasm-bindgen writes. Macros stay here: what they write is in the page,
//! they are not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use spdx::{Expression, Licensee};

use crate::files;
use crate::run::{cargo, output_of, program};
use crate::tools::WASM_TARGET;

/// The package of the page, and the features of all its modules together.
const PAGE: (&str, &str) = ("connected-registry", "csr,worker");

/// How the names of our own packages below the page begin.
const CRATES: &str = "configurator-";

/// The licenses that we take software under: names as in SPDX, the one that we like best first,
/// each with words that are in its text and in no other's.
///
/// To ship what is under none of them is a decision to be made here, and in `deny.toml`.
const LICENSES: [(&str, &str); 6] = [
    ("MIT", "any person obtaining a copy of this software and associated documentation files"),
    ("Apache-2.0", "terms and conditions for use, reproduction, and distribution"),
    ("Unicode-3.0", "any person obtaining a copy of data files and any associated documentation"),
    ("Zlib", "this software is provided 'as-is', without any express or implied warranty"),
    // Its text need not ship with programs; it does all the same.
    ("BSL-1.0", "boost software license - version 1.0"),
    ("Unlicense", "this is free and unencumbered software released into the public domain"),
];

/// How the names of files begin that belong with a license, in capital letters. A folder of that
/// name holds such files.
const FILES: [&str; 6] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// Our own license.
const OWN: &str = include_str!("../../LICENSE");

/// The MIT license, from behind the line that says whose copyright it is.
const MIT: &str = include_str!("licenses/MIT.txt");

/// The license of the tables of Unicode in the standard library.
const UNICODE: &str = include_str!("licenses/Unicode-3.0.txt");

/// Software that ships to the browser.
#[derive(Clone, Serialize)]
pub(crate) struct Shipped {
    /// A crate's name, or what people call it.
    name: String,
    /// Its version.
    version: String,
    /// What licenses it comes under, as an SPDX expression.
    #[serde(rename = "license")]
    expression: String,
    /// The texts that go with it: of the licenses that it is taken under, and notices.
    #[serde(skip)]
    texts: Vec<String>,
}

/// What ships, in the order of the names.
///
/// Asks cargo, which fetches what Cargo.lock lists and this machine does not have yet. Fails where
/// something comes under none of the known licenses, or without a text that we could give.
pub(crate) fn collect() -> Result<Vec<Shipped>> {
    let linked = linked()?;
    let metadata = output_of(cargo().args([
        "metadata",
        "--format-version",
        "1",
        "--locked",
        "--all-features",
        "--filter-platform",
        WASM_TARGET,
    ]))?;
    let metadata: Metadata =
        serde_json::from_str(&metadata).context("cannot read what cargo metadata says")?;
    let packages = metadata
        .packages
        .iter()
        .filter(|package| linked.contains(&(package.name.clone(), package.version.clone())));
    let mut shipped = packages
        .map(|package| {
            Shipped::from_package(package).with_context(|| {
                format!("cannot tell the license of {} {}", package.name, package.version)
            })
        })
        .collect::<Result<Vec<_>>>()?;
    ensure!(shipped.len() == linked.len(), "cargo tree and cargo metadata know different crates");

    let bindgen = shipped
        .iter()
        .find(|software| software.name == "wasm-bindgen")
        .context("the page is linked with wasm-bindgen")?;
    shipped.push(Shipped { name: "JavaScript of wasm-bindgen".to_owned(), ..bindgen.clone() });
    shipped.push(standard_library()?);
    shipped.sort_by_cached_key(|software| (software.name.to_lowercase(), software.version.clone()));
    Ok(shipped)
}

/// All that must be said, as a text file: our own license, then those of what ships, each text
/// once.
pub(crate) fn texts(shipped: &[Shipped]) -> String {
    let mut file = format!(
        "Connected Registry Configurator\n\n{}\n\nThe software below is part of it. Where OR stands between licenses, it is used under the one whose text follows.\n",
        tidy(OWN)
    );
    let mut parts: Vec<(&str, Vec<&Shipped>)> = Vec::new();
    for software in shipped {
        for text in &software.texts {
            // Where lines are broken makes no other text.
            match parts
                .iter_mut()
                .find(|(known, _)| known.split_whitespace().eq(text.split_whitespace()))
            {
                Some((_, whose)) => whose.push(software),
                None => parts.push((text, vec![software])),
            }
        }
    }
    for (text, whose) in parts {
        file.push_str(&format!("\n{}\n", "-".repeat(80)));
        for Shipped { name, version, expression, .. } in whose {
            file.push_str(&format!("{name} {version}, {expression}\n"));
        }
        file.push_str(&format!("\n{text}\n"));
    }
    file
}

/// The crates that the linker is given for the modules of the page, as names and versions.
///
/// `cargo metadata` cannot tell: in its answer, crates have all features that any package of the
/// workspace asks for.
fn linked() -> Result<BTreeSet<(String, String)>> {
    let (name, features) = PAGE;
    let mut tree = cargo();
    tree.args([
        "tree",
        "--locked",
        "--color",
        "never",
        "--prefix",
        "none",
        "--edges",
        "normal,no-proc-macro",
    ]);
    tree.args([
        "--package",
        name,
        "--target",
        WASM_TARGET,
        "--no-default-features",
        "--features",
        features,
    ]);
    let tree = output_of(&mut tree)?;
    let mut linked = BTreeSet::new();
    for line in tree.lines() {
        // "serde v1.0.229", and more behind that where there is more to say.
        let mut words = line.split_whitespace();
        let krate = words.next();
        let version = words.next().and_then(|word| word.strip_prefix('v'));
        let (krate, version) =
            krate.zip(version).with_context(|| format!("cargo tree says {line:?}"))?;
        if krate != name && !krate.starts_with(CRATES) {
            linked.insert((krate.to_owned(), version.to_owned()));
        }
    }
    Ok(linked)
}

/// What `cargo metadata` says, as far as it is wanted.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<CargoPackage>,
}

/// What it says of a crate.
#[derive(Deserialize)]
struct CargoPackage {
    name: String,
    version: String,
    authors: Vec<String>,
    license: Option<String>,
    license_file: Option<PathBuf>,
    manifest_path: PathBuf,
}

impl CargoPackage {
    /// Who has the copyright, for a crate that brings no text that would say so.
    fn holders(&self) -> String {
        let names: Vec<&str> = self
            .authors
            .iter()
            .map(|author| author.split('<').next().unwrap_or_default().trim())
            .filter(|name| !name.is_empty())
            .collect();
        if names.is_empty() { format!("the authors of {}", self.name) } else { names.join(", ") }
    }

    /// The files that belong with its license, in the order of their names.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let folder = self.manifest_path.parent().unwrap_or(Path::new(""));
        let mut files: BTreeSet<PathBuf> =
            self.license_file.iter().map(|file| folder.join(file)).collect();
        for path in entries_of(folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
            if !FILES.iter().any(|start| name.starts_with(start)) {
                continue;
            }
            if path.is_dir() {
                files.extend(entries_of(&path)?);
            } else {
                files.insert(path);
            }
        }
        Ok(files.into_iter().filter(|file| file.is_file()).collect())
    }
}

/// What is in a folder.
fn entries_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    Ok(entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?)
}

impl Shipped {
    /// A crate, with the texts beside its manifest.
    ///
    /// Only texts of licenses that it is not taken under are left out. Where there is none, the
    /// license's own text takes its place.
    fn from_package(package: &CargoPackage) -> Result<Self> {
        let expression = in_spdx(package.license.as_deref().context("its manifest names none")?)?;
        let taken = taken(&expression)?;
        let mut missing = taken.clone();
        let mut texts = Vec::new();
        for file in package.files()? {
            let text = tidy(&files::text_of(&file)?);
            let found = licenses_in(&text);
            if found.is_empty() || found.iter().any(|license| taken.contains(license)) {
                texts.push(text);
                missing.retain(|license| !found.contains(license));
            }
        }
        for license in missing {
            match license {
                "MIT" => texts.push(mit(&package.holders())),
                _ => bail!("it brings no text of {license}"),
            }
        }
        Ok(Self { name: package.name.clone(), version: package.version.clone(), expression, texts })
    }
}

/// Rust's own library, with what is inside it: the notices that come with a toolchain name some
/// files, and crates, of others.
///
/// Of those crates the page has hashbrown only; what else there is, is for other systems, or for
/// what is not called here.
fn standard_library() -> Result<Shipped> {
    let rustc = output_of(program("rustc").arg("--version"))?;
    let version = rustc
        .split_whitespace()
        .nth(1)
        .with_context(|| format!("rustc says {rustc:?}"))?
        .to_owned();
    let hashbrown = format!(
        "The hash tables in it are those of the crate hashbrown:\n\n{}",
        mit("2016 Amanieu d'Antras")
    );
    Ok(Shipped {
        name: "Rust standard library".to_owned(),
        version,
        expression: "(MIT OR Apache-2.0) AND Unicode-3.0".to_owned(),
        texts: vec![mit("The Rust Project Developers"), hashbrown, tidy(UNICODE)],
    })
}

/// An expression as SPDX has it today: old manifests write a slash for OR.
fn in_spdx(expression: &str) -> Result<String> {
    Ok(Expression::canonicalize(expression)?.unwrap_or_else(|| expression.to_owned()))
}

/// The fewest licenses that an expression is met with, those that we like best.
fn taken(expression: &str) -> Result<Vec<&'static str>> {
    let known =
        LICENSES.iter().map(|(id, _)| Licensee::parse(id)).collect::<Result<Vec<_>, _>>()?;
    let taken =
        Expression::parse(expression)?.minimized_requirements(&known).with_context(|| {
            format!("{expression} is not met with the licenses that xtask/src/licenses.rs knows")
        })?;
    let is_taken = |id: &str| {
        taken
            .iter()
            .any(|requirement| requirement.license.id().is_some_and(|license| license.name == id))
    };
    Ok(LICENSES.iter().map(|(id, _)| *id).filter(|id| is_taken(id)).collect())
}

/// The licenses whose text a text is, or holds.
fn licenses_in(text: &str) -> Vec<&'static str> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    LICENSES.iter().filter(|(_, words)| text.contains(words)).map(|(id, _)| *id).collect()
}

/// The MIT license of somebody.
fn mit(holders: &str) -> String {
    format!("MIT License\n\nCopyright (c) {holders}\n\n{}", tidy(MIT))
}

/// A text without space at the ends of its lines, and without empty lines around it.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn software(name: &str, texts: &[&str]) -> Shipped {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        Shipped {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            expression: "MIT".to_owned(),
            texts,
        }
    }

    #[test]
    fn what_ships_is_there_and_has_its_licenses() -> Result<()> {
        let shipped = collect()?;
        let names: Vec<&str> = shipped.iter().map(|software| software.name.as_str()).collect();
        // The worker checks Markdown, too.
        let wanted =
            ["leptos", "serde", "postcard", "wasm-bindgen", "similar", "rlsf", "pulldown-cmark"];
        let added = ["JavaScript of wasm-bindgen", "Rust standard library"];
        for name in wanted.iter().chain(&added) {
            assert!(names.contains(name), "{name} ships");
        }
        // Of the native command, of tests, of macros, of xtask.
        let others = [
            PAGE.0,
            "configurator-core",
            "clap",
            "mimalloc",
            "tree-sitter",
            "leptos_macro",
            "serde_derive",
            "brotli",
        ];
        for name in others {
            assert!(!names.contains(&name), "{name} does not ship");
        }
        for Shipped { name, expression, texts, .. } in &shipped {
            let found: Vec<&str> = texts.iter().flat_map(|text| licenses_in(text)).collect();
            let taken = taken(expression)?;
            assert!(
                !taken.is_empty() && taken.iter().all(|license| found.contains(license)),
                "{name} is under {expression}, and has texts of {found:?}"
            );
        }
        assert!(names.is_sorted_by_key(|name| name.to_lowercase()));
        Ok(())
    }

    #[test]
    fn nothing_tells_of_this_machine() -> Result<()> {
        let shipped = collect()?;
        let all = serde_json::to_string(&shipped)? + &texts(&shipped);
        for folder in [Some(crate::run::root()), std::env::home_dir()].into_iter().flatten() {
            assert!(!all.contains(&*folder.to_string_lossy()), "{}", folder.display());
        }
        assert!(!all.contains("Cargo.toml"));
        Ok(())
    }

    #[test]
    fn a_text_stands_once_with_all_who_have_it() {
        let file = texts(&[
            software("one", &["the same\ntext"]),
            software("two", &["another text", "the same text"]),
        ]);
        assert!(file.starts_with("Connected Registry Configurator\n\nMIT License\n"));
        let (_, parts) = file.split_once("text follows.\n").unwrap_or_default();
        let line = "-".repeat(80);
        assert_eq!(
            parts,
            format!(
                "\n{line}\none 1.0.0, MIT\ntwo 1.0.0, MIT\n\nthe same\ntext\n\n{line}\ntwo 1.0.0, MIT\n\nanother text\n"
            )
        );
    }

    #[test]
    fn of_several_licenses_the_first_known_is_taken() -> Result<()> {
        assert_eq!(taken("Apache-2.0 OR MIT")?, ["MIT"]);
        assert_eq!(taken(&in_spdx("Unlicense/MIT")?)?, ["MIT"]);
        assert_eq!(taken("(MIT OR Apache-2.0) AND Unicode-3.0")?, ["MIT", "Unicode-3.0"]);
        assert_eq!(taken("Apache-2.0")?, ["Apache-2.0"]);
        assert!(taken("GPL-3.0-only").is_err());
        assert!(taken("MIT AND BSD-3-Clause").is_err());
        Ok(())
    }

    #[test]
    fn texts_are_told_apart() {
        assert_eq!(licenses_in(OWN), ["MIT"]);
        assert_eq!(licenses_in(&mit("somebody")), ["MIT"]);
        assert_eq!(licenses_in(UNICODE), ["Unicode-3.0"]);
        assert!(licenses_in("Licensed under MIT or Apache-2.0, see the other files.").is_empty());
    }

    #[test]
    fn texts_are_found_or_replaced() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let write = |name: &str, text: &str| -> Result<()> {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
            Ok(fs::write(path, text)?)
        };
        let package = |license: &str| CargoPackage {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            authors: vec!["Some One <one@example.com>".to_owned(), "Another".to_owned()],
            license: Some(license.to_owned()),
            license_file: None,
            manifest_path: folder.path().join("Cargo.toml"),
        };
        let found =
            |license: &str| Shipped::from_package(&package(license)).map(|software| software.texts);

        write("README.md", "read me")?;
        assert_eq!(found("MIT")?, [mit("Some One, Another")]);
        assert!(found("Apache-2.0").is_err());

        write("LICENSES/MIT.txt", &format!("  Mine\r\n{}\r\n\r\n", mit("me")))?;
        write(
            "license-apache",
            "Terms and Conditions for use,\n   reproduction, and distribution",
        )?;
        write("NOTICE", "thanks\n")?;
        assert_eq!(
            found("MIT/Apache-2.0")?,
            [format!("  Mine\n{}", mit("me")), "thanks".to_owned()]
        );
        assert_eq!(found("Apache-2.0")?.len(), 2);
        Ok(())
    }
}
