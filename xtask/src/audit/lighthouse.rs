//! Lighthouse, on the page as servers send it: what a phone would make of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::chromium::ARGUMENTS;
use super::{emptied, median, settle, table, workshop};
use crate::run::{program, run as start, say, show};
use crate::serve::{self, Server};
use crate::tools;
use crate::{dist, files, page};

/// How often a page is measured. Only the performance is not the same each time.
const RUNS: usize = 3;

/// What is judged, and what it must reach.
const CATEGORIES: [(&str, f64); 4] =
    [("performance", 0.95), ("accessibility", 1.0), ("best-practices", 1.0), ("seo", 1.0)];

/// The pages, where they are part of what was built.
const PAGES: [&str; 2] = ["", "scenarios/byoc/"];

/// What Lighthouse writes, as far as we read it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    runtime_error: Option<RuntimeError>,
    categories: BTreeMap<String, Category>,
    audits: BTreeMap<String, Audit>,
    environment: Environment,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Environment {
    benchmark_index: f64,
}

#[derive(Deserialize)]
struct RuntimeError {
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Category {
    score: Option<f64>,
    audit_refs: Vec<AuditRef>,
}

#[derive(Deserialize)]
struct AuditRef {
    id: String,
    weight: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    title: String,
    score: Option<f64>,
    display_value: Option<String>,
}

/// Builds the page, measures it, and returns whether it is good enough.
pub(super) fn run() -> Result<bool> {
    let lighthouse = tools::lighthouse()?;
    let browser = tools::chromium()?;
    let site = page::build(&dist::Options::default())?;
    let folder = workshop("lighthouse");
    emptied(&folder)?;
    let server = Server::start(serve::listen(0)?, &site)?;

    settle();
    let mut well = true;
    for name in PAGES {
        if !site.join(name).join("index.html").is_file() {
            say(format!("There is no page /{name}"));
            continue;
        }
        let mut reports = Vec::new();
        for number in 1..=RUNS {
            say(format!("Lighthouse on /{name}, as a phone, {number} of {RUNS}; half a minute"));
            let file = folder.join(format!("{}{number}.json", name.replace('/', "-")));
            start(
                program(&lighthouse)
                    .arg(format!("{}{name}", server.address()))
                    .args(["--quiet", "--output=json", "--no-enable-error-reporting"])
                    .arg(format!("--output-path={}", file.display()))
                    .arg(format!("--chrome-flags={}", ARGUMENTS.join(" ")))
                    .env("CHROME_PATH", &browser.program),
            )?;
            let report: Report = serde_json::from_str(&files::text_of(&file)?)
                .with_context(|| format!("{} is no report", file.display()))?;
            if let Some(error) = &report.runtime_error {
                bail!("Lighthouse could not judge /{name}: {}", error.message);
            }
            reports.push(report);
        }
        well &= judge(name, &reports)?;
    }
    say(format!("The reports are in {}", folder.display()));
    Ok(well)
}

/// Prints the scores of a page and what is less than perfect, and returns whether the scores are
/// high enough.
fn judge(name: &str, reports: &[Report]) -> Result<bool> {
    let mut well = true;
    let speed = median(reports.iter().map(|report| report.environment.benchmark_index).collect())
        .unwrap_or_default();
    say(format!(
        "Lighthouse gives this machine the number {speed:.0}. One that is slow, or has something else to do, lowers the performance"
    ));
    let mut rows = vec![vec![format!("/{name}"), "score".to_owned(), "must".to_owned()]];
    // What is less than perfect, and the values that were found.
    let mut less: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (category, must) in CATEGORIES {
        let found: Vec<&Category> =
            reports.iter().filter_map(|report| report.categories.get(category)).collect();
        let score = median(found.iter().filter_map(|category| category.score).collect())
            .with_context(|| format!("there is no score for {category}"))?;
        well &= score >= must;
        let hundred = |score: f64| format!("{:.0}", score * 100.0);
        rows.push(vec![category.to_owned(), hundred(score), hundred(must)]);
        for (report, refs) in reports.iter().zip(found) {
            for of in &refs.audit_refs {
                let Some(audit) = report.audits.get(&of.id) else { continue };
                if audit.score.is_some_and(|score| score < 1.0) {
                    let counts = if of.weight > 0.0 { "" } else { ", which counts for nothing" };
                    let values = less
                        .entry(format!("{category}: {} ({}){counts}", of.id, audit.title))
                        .or_default();
                    values.extend(
                        audit.display_value.as_ref().map(|value| value.replace('\u{a0}', " ")),
                    );
                }
            }
        }
    }
    table(&rows);
    for (audit, values) in less {
        let values: Vec<String> = values.into_iter().collect();
        show(if values.is_empty() { audit } else { format!("{audit}: {}", values.join(", ")) });
    }
    Ok(well)
}
