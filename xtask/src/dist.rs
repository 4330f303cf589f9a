//! The weight of the page, as a browser's user pays for it.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::pack::{EMBED, base_url};
use crate::page;
use crate::run::{say, show};

/// A file of the page, and its bytes: as it is, and as servers send it.
pub(crate) struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Weight {
    /// Whether it is a file of this module.
    fn is_of(&self, module: &str) -> bool {
        self.name
            .strip_prefix("assets/")
            .and_then(|name| name.strip_prefix(module))
            .is_some_and(|rest| rest.starts_with('-'))
    }
}

/// What a build can be told.
#[derive(Args, Clone, Default)]
pub(crate) struct Options {
    /// The address that the folder will have, such as `https://example.com/configurator/`: for
    /// canonical links and a sitemap.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
}

/// Builds the page and prints what it weighs; an error when that is over the budget.
pub(crate) fn run(options: &Options) -> Result<()> {
    let folder = page::build(options)?;
    say(format!("Weighing {}/, raw and compressed as far as it goes", page::FOLDER));
    let weights = weigh(&folder)?;
    print(&weights);
    say(verdict(&weights)?);
    say(format!("{}/ can be copied to any web server, under any address", page::FOLDER));
    Ok(())
}

/// The most that the parts of the page may weigh with Brotli: what is needed to read it, until the
/// first change reaches the output, and what the worker adds.
const BUDGETS: [(&str, usize); 4] = [
    ("the page before the application, index.html", 40 * 1024),
    ("everything until the first change reaches the output", 340 * 1024),
    ("the worker, which is fetched when it is needed", 400 * 1024),
    ("the script for other people's pages", 2 * 1024),
];

/// The weights of the page against [`BUDGETS`], in words; an error when one is over.
pub(crate) fn verdict(weights: &[Weight]) -> Result<String> {
    let sum = |counts: &dyn Fn(&Weight) -> bool| -> usize {
        weights.iter().filter(|weight| counts(weight)).map(|weight| weight.brotli).sum()
    };
    let page = sum(&|weight| weight.name == "index.html");
    let app = sum(&|weight| weight.is_of("app"));
    let worker = sum(&|weight| weight.is_of("worker"));
    let embed = sum(&|weight| weight.name == EMBED);
    let parts = [page, page + app, worker, embed];
    ensure!(!parts.contains(&0) && app > 0, "a part of the page is missing");
    let mut words = Vec::new();
    for ((name, budget), bytes) in BUDGETS.into_iter().zip(parts) {
        words.push(format!("{name}: {}", share(bytes, budget)));
    }
    let words = words.join("; ");
    let is_over = BUDGETS.iter().zip(parts).any(|((_, budget), bytes)| bytes > *budget);
    if is_over { Err(anyhow!(words)) } else { Ok(words) }
}

/// Weighs all files of a folder, and of the folders in it.
pub(crate) fn weigh(folder: &Path) -> Result<Vec<Weight>> {
    let mut weights = Vec::new();
    weigh_into(folder, "", &mut weights)?;
    // The heaviest first.
    weights.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(weights)
}

fn weigh_into(folder: &Path, prefix: &str, weights: &mut Vec<Weight>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{file_name}");
        if path.is_dir() {
            weigh_into(&path, &format!("{name}/"), weights)?;
            continue;
        }
        // The same as others, compressed.
        if [".br", ".gz"].iter().any(|ending| name.ends_with(ending)) {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        // The build has them beside it.
        let beside = |ending: &str| {
            fs::metadata(folder.join(format!("{file_name}{ending}")))
                .ok()
                .and_then(|metadata| usize::try_from(metadata.len()).ok())
        };
        let gzip = beside(".gz").map_or_else(|| gzip(&bytes).map(|bytes| bytes.len()), Ok)?;
        let brotli = beside(".br").map_or_else(|| brotli(&bytes).map(|bytes| bytes.len()), Ok)?;
        weights.push(Weight { raw: bytes.len(), gzip, brotli, name });
    }
    Ok(())
}

/// Bytes after `gzip -9`.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Bytes after `brotli -q 11`, with that program's usual window.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22);
        writer.write_all(bytes)?;
    }
    Ok(compressed)
}

/// Bytes against a budget, in words.
fn share(bytes: usize, budget: usize) -> String {
    format!(
        "{} bytes with Brotli, {} % of the budget of {}",
        grouped(bytes),
        bytes * 100 / budget,
        grouped(budget)
    )
}

/// Prints a line per file.
pub(crate) fn print(weights: &[Weight]) {
    let width = weights.iter().map(|weight| weight.name.len()).max().unwrap_or_default();
    let line = |name: &str, raw: &str, gzip: &str, brotli: &str| {
        show(format!("{name:<width$} {raw:>10} {gzip:>10} {brotli:>12}"))
    };
    line("bytes of", "raw", "gzip -9", "brotli -q 11");
    for weight in weights {
        line(&weight.name, &grouped(weight.raw), &grouped(weight.gzip), &grouped(weight.brotli));
    }
}

/// A number with a blank between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::SINGLE;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1 000"),
            (112_640, "112 640"),
            (1_234_567, "1 234 567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn files_are_weighed_with_their_folders() -> Result<()> {
        let folder = tempfile::tempdir()?;
        fs::create_dir(folder.path().join("assets"))?;
        fs::write(folder.path().join("index.html"), "a".repeat(10_000))?;
        fs::write(folder.path().join("assets/app-1.js"), "b")?;
        fs::write(folder.path().join("assets/app-1.js.br"), "the build's")?;
        let weights = weigh(folder.path())?;
        let names = weights.iter().map(|weight| (weight.name.as_str(), weight.raw));
        assert_eq!(names.collect::<Vec<_>>(), [("index.html", 10_000), ("assets/app-1.js", 1)]);
        assert!(weights.iter().all(|weight| weight.brotli < 20));
        assert_eq!(weights[1].brotli, "the build's".len());
        Ok(())
    }

    #[test]
    fn page_is_held_to_each_of_its_budgets() {
        let at = |scale: usize| -> Vec<Weight> {
            let [page, first, worker, embed] = BUDGETS.map(|(_, budget)| budget);
            [
                ("index.html", page),
                ("assets/app-1.js", 1_000),
                ("assets/app-1.wasm", first - page - 1_000),
                ("assets/worker-1.wasm", worker),
                (EMBED, embed),
                // Neither of these is fetched with the page.
                (SINGLE, first * scale),
                ("scenarios/byoc/index.html", page),
            ]
            .map(|(name, bytes)| Weight { name: name.to_owned(), raw: 0, gzip: 0, brotli: bytes })
            .into()
        };
        assert!(verdict(&at(2)).is_ok());
        for over in 0..5 {
            let mut weights = at(1);
            weights[over].brotli += 1;
            assert!(verdict(&weights).is_err(), "{}", weights[over].name);
            weights.remove(over);
            // The application has two files; one of them can be missing from this sum.
            assert_eq!(verdict(&weights).is_ok(), over == 1 || over == 2);
        }
    }
}
