//! What is too heavy for the tests, and needs no judgment to repeat.
//!
//! Each part has a file of its own: [`reproducible`], [`lighthouse`], [`weight`],
//! [`beside_leptos`], [`powershell`]. What they find is written down in docs/figures.md.

mod beside_leptos;
mod chromium;
mod lighthouse;
pub(crate) mod powershell;
mod reproducible;
mod weight;

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, iter, thread};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::dist;
use crate::run::{say, show, target};

/// What `cargo xtask audit` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only these parts.
    #[arg(long, value_delimiter = ',', value_name = "PART")]
    only: Vec<Part>,
}

/// The parts, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The page, built twice in two folders: every byte is the same, and no file names a folder of
    /// this machine.
    Reproducible,
    /// Lighthouse, as a phone, the median of three runs: fails below 95 for performance, and below
    /// 100 for the rest.
    Lighthouse,
    /// Where the bytes of each wasm module go: by crate, by folder of src, by function.
    Weight,
    /// The first load and the time from input to DOM, beside those of a page that is nothing but
    /// Leptos.
    BesideLeptos,
    /// What of the tests of the PowerShell scripts takes too long for every day: a hundred links by
    /// chance, every question, and every call failing once. Only where there is a PowerShell.
    Powershell,
}

/// Runs the parts, and returns whether all is well; what could not run is an error once the others
/// have run.
pub(crate) fn run(options: &Options) -> Result<bool> {
    let mut is_well = true;
    let mut broken = None;
    for part in Part::value_variants()
        .iter()
        .filter(|part| options.only.is_empty() || options.only.contains(part))
    {
        let outcome = match part {
            Part::Reproducible => reproducible::run(),
            Part::Lighthouse => lighthouse::run(),
            Part::Weight => weight::run().map(|()| true),
            Part::BesideLeptos => beside_leptos::run().map(|()| true),
            Part::Powershell => powershell::run(),
        };
        match outcome {
            Ok(well) => is_well &= well,
            Err(error) => {
                say(format!("Cannot go on: {error:#}"));
                broken = broken.or(Some(error));
            }
        }
    }
    broken.map_or(Ok(is_well), Err)
}

/// A folder of ours below cargo's, which may be removed at any time.
fn workshop(name: &str) -> PathBuf {
    target().join("xtask").join("audit").join(name)
}

/// How many bytes `brotli -q 11` leaves.
fn brotli(bytes: &[u8]) -> Result<usize> {
    Ok(dist::brotli(bytes)?.len())
}

/// Waits for what is measured next until the machine has nothing else to do, and says so where it
/// does not come to that.
fn settle() {
    let processors = thread::available_parallelism().map_or(1.0, |count| count.get() as f64);
    // Of the last minute; only Linux tells it in a file.
    let load =
        || fs::read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse::<f64>().ok();
    let mut waits = iter::repeat_n(Duration::from_secs(5), 36);
    while let Some(load) = load().filter(|load| *load > processors / 2.0) {
        let Some(wait) = waits.next() else {
            return say(format!(
                "This machine is busy: {load} programs want to run, on {processors} processors. Times will be too long"
            ));
        };
        thread::sleep(wait);
    }
}

/// The middle one of some numbers; of an even count, the upper of the two.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

/// Prints rows as columns that stand below each other, the first to the left, the others to the
/// right.
fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .map(
                |(at, (cell, &width))| {
                    if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        show(cells.join("  "));
    }
}

/// Thousands of bytes.
fn kilo(bytes: usize) -> String {
    format!("{}.{}", (bytes + 50) / 1000, (bytes + 50) % 1000 / 100)
}

/// The bytes of a file.
fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A folder that is there and empty.
fn emptied(folder: &Path) -> Result<()> {
    fs::remove_dir_all(folder).ok();
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_found() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![2.0, 1.0]), Some(2.0));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn thousands_are_rounded() {
        assert_eq!(
            [0, 49, 50, 1_949, 1_950, 147_999].map(kilo),
            ["0.0", "0.0", "0.1", "1.9", "2.0", "148.0"]
        );
    }
}
