//! Which labels fit a row of words best?

use std::ops::Range;
use std::sync::LazyLock;

use super::Span;
use super::features::{PER_WORD, Rows};
use crate::gazetteer::Kind;

/// Outside, then the beginning and inside of persons, places, bodies and other names.
pub(super) const LABELS: usize = 9;

/// Rows of weights, as a power of two.
pub(super) const BITS: u32 = 18;
/// What a weight of one is in the table.
const MAGIC: &[u8; 8] = b"names 1\n";

/// The weights.
#[derive(Clone)]
pub struct Model {
    /// For each row a byte that says whose it is, 0 for nobody's.
    marks: Vec<u8>,
    /// For each row the weights of the labels but the first, whose weight is nothing.
    weights: Vec<[i8; LABELS - 1]>,
    /// The weight of label `b` after label `a`.
    pub(super) steps: [[f32; LABELS]; LABELS],
    /// What one step of a weight is worth.
    unit: f32,
}

static BUILT_IN: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("../../data/names.model")));

impl Model {
    /// The model that ships; none when its file is damaged.
    pub fn built_in() -> Option<&'static Model> {
        BUILT_IN.as_ref()
    }

    /// Reads what [`write`](Model::write) wrote; none when it is something else.
    pub fn read(bytes: &[u8]) -> Option<Model> {
        let bytes = bytes.strip_prefix(MAGIC)?;
        let mut floats = bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap_or_default()));
        let unit = floats.next()?;
        let mut steps = [[0.0; LABELS]; LABELS];
        for step in steps.as_flattened_mut() {
            *step = floats.next()?;
        }
        let rest = bytes.get(4 * (1 + LABELS * LABELS)..)?;
        let rows = 1 << BITS;
        let (marks, weights) = rest.split_at_checked(rows)?;
        let weights: Vec<[i8; LABELS - 1]> = weights
            .chunks_exact(LABELS - 1)
            .map(|row| std::array::from_fn(|at| i8::from_le_bytes([row[at]])))
            .collect();
        (weights.len() == rows).then(|| Model { marks: marks.to_vec(), weights, steps, unit })
    }

    /// The bytes of the model file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.unit.to_le_bytes());
        bytes.extend(self.steps.as_flattened().iter().flat_map(|step| step.to_le_bytes()));
        bytes.extend(&self.marks);
        bytes.extend(self.weights.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        bytes
    }

    /// Packs weights by the hashes of their features, the most telling first, into the table; those that find no place
    /// are left out. Returns the model and how many were.
    pub(super) fn pack(mut features: Vec<(u64, [f32; LABELS])>, steps: [[f32; LABELS]; LABELS]) -> (Model, usize) {
        let strength =
            |weights: &[f32; LABELS]| weights.iter().map(|weight| (weight - weights[0]).abs()).fold(0.0, f32::max);
        features.sort_by(|a, b| strength(&b.1).total_cmp(&strength(&a.1)).then(a.0.cmp(&b.0)));
        let most = features.first().map_or(1.0, |(_, weights)| strength(weights)).max(0.001);
        let unit = most / 127.0;
        let rows = 1 << BITS;
        let mut model = Model { marks: vec![0; rows], weights: vec![[0; LABELS - 1]; rows], steps, unit };
        let mut lost = 0;
        for (hash, weights) in features {
            if strength(&weights) < unit / 2.0 {
                continue;
            }
            let places = places(hash);
            let Some(place) = places.into_iter().find(|&place| model.marks[place] == 0) else {
                lost += 1;
                continue;
            };
            model.marks[place] = mark(hash);
            for (label, weight) in model.weights[place].iter_mut().enumerate() {
                #[expect(clippy::cast_possible_truncation, reason = "brought within the range before")]
                let rounded = ((weights[label + 1] - weights[0]) / unit).round().clamp(-127.0, 127.0) as i8;
                *weight = rounded;
            }
        }
        (model, lost)
    }

    /// How well each label fits each word by itself.
    pub(super) fn all_scores(&self, rows: &Rows) -> Vec<[f32; LABELS]> {
        rows.all().map(|row| self.scores(&row)).collect()
    }

    /// The labels of the words of `sentence`, the best row of all (Viterbi, 1967).
    #[expect(clippy::needless_range_loop, reason = "labels index several tables at once")]
    pub(super) fn label(&self, scores: &[[f32; LABELS]], sentence: Range<usize>, labels: &mut [usize]) {
        let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(sentence.len());
        let mut best = [f32::NEG_INFINITY; LABELS];
        for at in sentence.clone() {
            let own = &scores[at];
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut back = [0u8; LABELS];
            for label in 0..LABELS {
                if at == sentence.start {
                    if may_follow(0, label) {
                        next[label] = own[label];
                    }
                    continue;
                }
                for before in 0..LABELS {
                    let score = best[before] + self.steps[before][label] + own[label];
                    if may_follow(before, label) && score > next[label] {
                        next[label] = score;
                        back[label] = u8::try_from(before).unwrap_or_default();
                    }
                }
            }
            best = next;
            from.push(back);
        }
        let mut label = (0..LABELS).max_by(|&a, &b| best[a].total_cmp(&best[b])).unwrap_or_default();
        for (at, back) in sentence.zip(from).rev() {
            labels[at] = label;
            label = usize::from(back[label]);
        }
    }

    fn scores(&self, features: &[u64; PER_WORD]) -> [f32; LABELS] {
        let mut sums = [0i32; LABELS - 1];
        for &hash in features.iter().filter(|&&hash| hash != 0) {
            let mark = mark(hash);
            let places = places(hash);
            // Most features have no weights: one look at all four marks tells.
            let Some(group) = self.marks[places[0] & !3..].first_chunk() else { continue };
            if !has_byte(u32::from_le_bytes(*group), mark) {
                continue;
            }
            for place in places {
                let there = self.marks[place];
                if there == mark {
                    for (sum, weight) in sums.iter_mut().zip(&self.weights[place]) {
                        *sum += i32::from(*weight);
                    }
                    break;
                }
                if there == 0 {
                    break;
                }
            }
        }
        let mut scores = [0.0; LABELS];
        for (score, sum) in scores[1..].iter_mut().zip(sums) {
            #[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
            let sum = sum as f32;
            *score = sum * self.unit;
        }
        scores
    }
}

/// Where a feature may stand.
fn places(hash: u64) -> [usize; 4] {
    let mask = (1usize << BITS) - 1;
    #[expect(clippy::cast_possible_truncation, reason = "only the low bits count")]
    let first = hash as usize & mask;
    [first, first ^ 1, first ^ 2, first ^ 3]
}

/// Whether `byte` is one of the four of `group`: where it is, the difference has a zero, which borrows.
fn has_byte(group: u32, byte: u8) -> bool {
    let difference = group ^ (u32::from(byte) * 0x0101_0101);
    difference.wrapping_sub(0x0101_0101) & !difference & 0x8080_8080 != 0
}

fn mark(hash: u64) -> u8 {
    (hash >> 56) as u8 | 1
}

/// Whether label `b` may come after label `a`: the inside of a name only after its beginning or inside.
pub(super) fn may_follow(a: usize, b: usize) -> bool {
    b == 0 || b % 2 == 1 || a == b || a + 1 == b
}

pub(super) fn add_spans(labels: &[usize], start: usize, spans: &mut Vec<Span>) {
    let mut open: Option<Span> = None;
    for (at, &label) in labels.iter().enumerate() {
        let inside = label > 0 && label % 2 == 0;
        if let (true, Some(span)) = (inside, open.as_mut()) {
            span.end = start + at + 1;
            continue;
        }
        spans.extend(open.take());
        if label > 0 {
            let kind = match label.div_ceil(2) {
                1 => Some(Kind::Person),
                2 => Some(Kind::Place),
                3 => Some(Kind::Organisation),
                _ => None,
            };
            open = Some(Span { first: start + at, end: start + at + 1, kind });
        }
    }
    spans.extend(open);
}
