//! How long a keystroke takes: from choices to everything that is shown of them. The page does this for each.

#![allow(missing_docs, reason = "the macros of criterion write functions without")]

use connected_registry::{Outcome, link};
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

const COMPLETE: &str = "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";
const EVERYTHING: &str = "#registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.96.0.200&repos=hello-world,app/api&cidr=10.96.0.0/16\
    &cluster-rg=rg-clusters&subscription=Edge%20Production&cluster-subscription=Edge%20Clusters&extension=edge-registry&context=edge-admin\
    &mode=read-write&slot=2";

fn street(criterion: &mut Criterion) {
    for (name, link) in [("complete", COMPLETE), ("everything", EVERYTHING)] {
        let choices = link::parse(link).choices;
        criterion.bench_function(&format!("choices to document, {name}"), |bencher| bencher.iter(|| Outcome::of(black_box(&choices))));
        criterion.bench_function(&format!("link to choices, {name}"), |bencher| bencher.iter(|| link::parse(black_box(link))));
        criterion.bench_function(&format!("choices to link, {name}"), |bencher| bencher.iter(|| link::fragment(black_box(&choices))));
    }
}

criterion_group!(benches, street);
criterion_main!(benches);
