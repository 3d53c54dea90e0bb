//! How fast is a text read, with everything on?
//!
//! `cargo bench -p dossier --bench extract`. The texts are those of the gold set, joined to about 128 KB.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dossier::dates::{self, Day};
use dossier::extract::extract;
use dossier::gazetteer::Gazetteer;

fn text() -> String {
    let gold = include_str!("../gold/dev.txt");
    let lines: Vec<&str> = gold.lines().filter(|line| !line.starts_with(['@', '#', '='])).collect();
    let one = lines.join("\n");
    one.repeat(128 * 1024 / one.len() + 1)
}

fn bench(c: &mut Criterion) {
    let text = text();
    let published = Day::new(2020, 10, 23).expect("a day");
    let gazetteer = Gazetteer::built_in();
    let mut group = c.benchmark_group("extract");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("all", |b| b.iter(|| extract(black_box(&text), published, gazetteer)));
    group.bench_function("dates", |b| b.iter(|| dates::find(black_box(&text), published)));
    let day = dossier::gazetteer::Day::new(2020, 10, 23);
    group.bench_function("mentions", |b| b.iter(|| dossier::mentions::find(black_box(&text), gazetteer, day)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
