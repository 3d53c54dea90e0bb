//! How fast are sentences, numbers and names found?
//!
//! `cargo bench -p arabic --bench names`. The text is made up of a few sentences over and over; rates are in bytes of
//! UTF-8.

use std::hint::black_box;

use arabic::{names, numbers, sentences};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const PARAGRAPH: &str = "التقى الرئيس الصيني شي جين بينغ نظيره الروسي فلاديمير بوتين في موسكو يوم 22 أكتوبر 2020. وقال د. أحمد سالم: \
    «نحن نعمل معا. وسوف نستمر»، مضيفا أن حجم التجارة بلغ خمسة ملايين و300 ألف طن، بزيادة 3.5 في المئة. هل تكفي هذه الخطوة؟ \
    أجاب المتحدث أن الجولة الحادية والعشرين ستعقد في هونغ كونغ...\n";

const NAMES: &[&str] = &[
    "شي جين بينغ",
    "عبد الفتاح السيسي",
    "هونج كونج",
    "محمد بن سلمان",
    "أنطونيو غوتيريش",
    "Xi Jinping",
    "Mohammed bin Salman",
    "Volodymyr Zelenskyy",
    "习近平",
];

fn texts(criterion: &mut Criterion) {
    let text = PARAGRAPH.repeat(200);
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("sentences", |bencher| bencher.iter(|| sentences::sentences(black_box(&text)).count()));
    group.bench_function("numbers", |bencher| bencher.iter(|| numbers::numbers(black_box(&text)).len()));
    group.bench_function("romanise", |bencher| bencher.iter(|| names::romanise(black_box(&text)).len()));
    group.finish();
}

fn spellings(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("name");
    for name in NAMES {
        group.bench_function(format!("keys of {name}"), |bencher| bencher.iter(|| names::name_keys(black_box(name))));
    }
    group.bench_function("equivalents", |bencher| bencher.iter(|| names::equivalents(black_box("Xi Jinping"))));
    group.bench_function("similar", |bencher| {
        bencher.iter(|| names::similar(black_box("زيلنسكي"), black_box("Volodymyr Zelenskyy")));
    });
    group.finish();
}

criterion_group!(benches, texts, spellings);
criterion_main!(benches);
