//! How fast are the mentions of a text found? In bytes of text a second.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dossier::gazetteer::{Day, Gazetteer};
use dossier::mentions::find;
use std::hint::black_box;

/// A paragraph of the kind that a newspaper prints.
const TEXT: &str = "استقبل الرئيس الصيني شي جين بينغ أمس في بكين نظيره الفرنسي إيمانويل ماكرون، وبحث الزعيمان التعاون بين \
    البلدين في الطاقة والنقل. وقال شي إن العلاقات الصينية الفرنسية تمر بأفضل مراحلها، فيما أكد ماكرون أن باريس تعارض الحرب \
    التجارية. وحضر اللقاء وزير الخارجية وانغ يي والسفير لوران بيلي، ووقعت شركة إيرباص اتفاقا مع مسؤولين من مقاطعة سيتشوان. \
    ومن المقرر أن يزور الوفد مدينة تشنغدو غدا قبل عودته، حيث تعقد جامعة المدينة ندوة عن تاريخ الترجمة بين اللغتين.\n";

fn mentions(c: &mut Criterion) {
    let text = TEXT.repeat(8);
    let known = Gazetteer::built_in();
    let mut group = c.benchmark_group("mentions");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("of an article", |b| {
        b.iter(|| find(black_box(&text), known, Day::new(2023, 4, 7)).all().len())
    });
    group.finish();
}

criterion_group!(benches, mentions);
criterion_main!(benches);
