//! Timing, against what it must hold.

use std::fs;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run::{self as start, cargo, root, say, show, target};
use crate::{dist, page};

/// How the names of the benchmarks begin that have a budget.
const STREET: &str = "choices to document, ";

/// The most that choices to document may take, natively, in nanoseconds: a hundredth of what
/// anybody notices. Half of it is aimed at.
const BUDGET: f64 = 100_000.0;

/// What criterion keeps of a benchmark.
#[derive(Deserialize)]
struct Estimates {
    median: Estimate,
}

/// A figure, in nanoseconds.
#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

/// Times the code, then weighs the page if it was built. Fails where something is over its budget:
/// on a machine that does something else meanwhile, the times may be.
pub(crate) fn run() -> Result<()> {
    say("Timing the code with cargo bench (release build first)");
    start::run(cargo().args(["bench", "--package", "connected-registry"]))?;
    let mut over: Vec<String> = Vec::new();
    say("Choices to document, native, medians");
    for (name, nanoseconds) in medians()? {
        show(format!(
            "{name:<12} {:>8.1} µs, {:>3.0} % of {:.0} µs",
            nanoseconds / 1000.0,
            nanoseconds * 100.0 / BUDGET,
            BUDGET / 1000.0
        ));
        if nanoseconds > BUDGET {
            over.push(format!("{STREET}{name}, takes {:.1} µs", nanoseconds / 1000.0));
        }
    }
    let folder = root().join(page::FOLDER);
    if folder.is_dir() {
        say(format!("Weighing {}/ as it was last built", page::FOLDER));
        let weights = dist::weigh(&folder)?;
        dist::print(&weights);
        match dist::verdict(&weights) {
            Ok(words) => say(words),
            Err(error) => over.push(error.to_string()),
        }
    }
    if over.is_empty() { Ok(()) } else { bail!("over the budget: {}", over.join("; ")) }
}

/// The benchmarks that have a budget, and what they took.
fn medians() -> Result<Vec<(String, f64)>> {
    let folder = target().join("criterion");
    let mut medians = Vec::new();
    for entry in
        fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(name) = name.strip_prefix(STREET) {
            let text = fs::read_to_string(path.join("new").join("estimates.json"))
                .with_context(|| format!("no figures of {name}"))?;
            let estimates: Estimates = serde_json::from_str(&text)
                .with_context(|| format!("the figures of {name} are not what they should be"))?;
            medians.push((name.to_owned(), estimates.median.point_estimate));
        }
    }
    if medians.is_empty() {
        bail!("criterion has left no figures in {}", folder.display());
    }
    medians.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(medians)
}
