//! How long it takes from choices to everything that follows from them. The page does this for each
//! letter that is typed.

#![allow(missing_docs, reason = "the macros of criterion write functions without")]

#[path = "../tests/support/mod.rs"]
mod support;

use configurator_core::link;
use configurator_render::Outcome;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use support::{COMPLETE, EVERYTHING, SCENARIOS};

/// That of the native command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The named scenario with the longest script.
fn longest() -> &'static str {
    SCENARIOS
        .iter()
        .map(|(_, link)| *link)
        .max_by_key(|link| support::outcome(link).document.script.text().len())
        .unwrap_or_default()
}

/// The longest one with everything in it that may be given.
fn worst() -> String {
    format!(
        "{}&cluster-rg=rg-clusters&extension=edge-registry&context=edge-admin\
         &cidr=10.0.0.0/8&notify=hello-world:tag:*,app/api:tag:*&storage-class=fast&storage=20Gi&mode=read-write&gc=on&gc-schedule=0%203%20*%20*%20*\
         &log-level=debug&upgrade=pin&version=0.11.0&train=stable&sync=scheduled&schedule=0%200%20*%20*%20*&window=PT4H&ttl=P2D&import=mcr.microsoft.com/hello-world:latest",
        longest()
    )
}

fn planning(criterion: &mut Criterion) {
    let worst = worst();
    for (name, link) in [
        ("complete", COMPLETE),
        ("everything", EVERYTHING),
        ("longest", longest()),
        ("worst", &worst),
    ] {
        let choices = link::parse(link).choices;
        criterion.bench_function(&format!("choices to document, {name}"), |bencher| {
            bencher.iter(|| Outcome::of(black_box(&choices)))
        });
        criterion.bench_function(&format!("link to choices, {name}"), |bencher| {
            bencher.iter(|| link::parse(black_box(link)))
        });
        criterion.bench_function(&format!("choices to link, {name}"), |bencher| {
            bencher.iter(|| link::fragment(black_box(&choices)))
        });
    }
}

criterion_group!(benches, planning);
criterion_main!(benches);
