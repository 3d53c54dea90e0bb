//! How fast are the keys of running text found? In bytes of text a second, with and without memory.

use arabic::morphology::{Analyser, keys, segments};
use arabic::words::tokens;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// A paragraph of the kind that a newspaper prints.
const TEXT: &str = "أعلن وزير الخارجية أمس أن بلاده ستوقّع اتفاقية للتعاون الاقتصادي مع جيرانها قبل نهاية العام، \
    وقال للصحفيين إن المفاوضات التي بدأت في الربيع تقدمت تقدمًا كبيرًا، وإن الخبراء سيجتمعون في العاصمة لبحث ما تبقى من \
    الخلافات. وأضاف أن الحكومة تعتزم تخفيض الضرائب على الصادرات الزراعية، وأنها طلبت من البنوك تمويل مشاريع الطاقة \
    المتجددة وبناء المدارس والمستشفيات في المناطق البعيدة عن المدن الكبرى، مشيرًا إلى أن النتائج ستظهر خلال أعوام قليلة.";

fn morphology(c: &mut Criterion) {
    let mut group = c.benchmark_group("morphology");
    group.throughput(Throughput::Bytes(TEXT.len() as u64));
    group.bench_function("keys, seen before", |b| {
        let mut analyser = Analyser::new(100_000);
        b.iter(|| {
            let mut count = 0;
            analyser.read(black_box(TEXT), |_, keys| count += keys.len());
            count
        });
    });
    group.bench_function("keys, never seen", |b| {
        b.iter(|| tokens(TEXT).map(|token| keys(black_box(token.text)).len()).sum::<usize>());
    });
    group.bench_function("segments", |b| {
        b.iter(|| tokens(TEXT).map(|token| segments(black_box(token.text)).len()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(benches, morphology);
criterion_main!(benches);
