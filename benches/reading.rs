//! How long pasted text takes to read, from 1 KiB to 1 MiB: the time for each KiB must not grow
//! with the text.

#![allow(missing_docs, reason = "the macros of criterion write functions without")]

use configurator_core::choices::Shell;
use configurator_core::link;
use configurator_lint::read::{self, Form, LIMIT};
use configurator_render::Outcome;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// A block as people paste it, with what is usually wrong with it.
const BROKEN: &str = "Deploy it every day at midnight:\n\n```azurecli\naz k8s-extension create --cluster-name arc1 \\ \n--cluster-type connectedClusters\n\
    --name edge01 --config service.clusterIP==10.0.0.200 \\ trustDistribution.skipNodeSelector=true \\\n--config-protected-file <JSON file path>\n\
    cat << EOF > protected-settings-extension.json\n{ \"connectionString\": \"$(az acr connected-registry get-settings --name edge01)\" }\nEOF\n```\n\n";

fn reading(criterion: &mut Criterion) {
    let script = Outcome::of_link(&link::parse(
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api",
    ))
    .document
    .script
    .text();
    let bash = Form::Commands(Shell::Bash);
    let texts = [
        ("script", script, bash),
        ("page", BROKEN.to_owned(), Form::Markdown),
        // Made to take long.
        ("one command", "az a.b=c\nd.e=f\n".to_owned(), bash),
        ("open quotes", "\"$(".to_owned(), Form::Commands(Shell::PowerShell)),
        ("nested settings", "\"a\": {".to_owned(), Form::Settings),
    ];
    for (name, text, form) in texts {
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        for size in [1024, 16 * 1024, 256 * 1024, LIMIT] {
            let mut long = text.repeat(size / text.len() + 1);
            long.truncate(size);
            group.throughput(Throughput::Bytes(size as u64));
            group.bench_with_input(
                BenchmarkId::from_parameter(size / 1024),
                &long,
                |bencher, long| bencher.iter(|| read::read(black_box(long), Some(form))),
            );
        }
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
