//! How long a keystroke takes: from choices to everything that is shown of them. The page does this for each.

#![allow(missing_docs, reason = "the macros of criterion write functions without")]

#[path = "../tests/support/mod.rs"]
mod support;

use connected_registry::{Outcome, link};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use support::{COMPLETE, EVERYTHING, SCENARIOS};

/// The named scenario with the longest script.
fn longest() -> &'static str {
    SCENARIOS.iter().map(|(_, link)| *link).max_by_key(|link| support::outcome(link).document.script.text().len()).unwrap_or_default()
}

fn street(criterion: &mut Criterion) {
    for (name, link) in [("complete", COMPLETE), ("everything", EVERYTHING), ("longest", longest())] {
        let choices = link::parse(link).choices;
        criterion.bench_function(&format!("choices to document, {name}"), |bencher| bencher.iter(|| Outcome::of(black_box(&choices))));
        criterion.bench_function(&format!("link to choices, {name}"), |bencher| bencher.iter(|| link::parse(black_box(link))));
        criterion.bench_function(&format!("choices to link, {name}"), |bencher| bencher.iter(|| link::fragment(black_box(&choices))));
    }
}

criterion_group!(benches, street);
criterion_main!(benches);
