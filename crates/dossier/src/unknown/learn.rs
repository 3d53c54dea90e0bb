//! How does the finder learn from texts in which people marked the names?
//!
//! Maximum conditional likelihood by stochastic steps of adaptive size (Duchi and others, 2011) with a penalty on large
//! weights. The order of the sentences is drawn from a fixed seed: the same texts give the same bytes.

use std::collections::HashMap;

use super::features::{Rows, rows, sentences};
use super::model::{LABELS, Model, add_spans, may_follow};
use crate::gazetteer::{Gazetteer, Kind};
use crate::mentions::known::hits;
use crate::reading::Reading;

/// A text and the names in it, as bytes and kind; none for names of other things.
#[derive(Clone, Debug)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The names, in order, not overlapping.
    pub names: Vec<(std::ops::Range<usize>, Option<Kind>)>,
}

/// How long and how carefully to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many times each text is read.
    pub rounds: usize,
    /// The size of the first step.
    pub step: f32,
    /// The penalty on weights, per example.
    pub penalty: f32,
    /// Features seen less often are left out.
    pub least: u32,
    /// How much the finder is pushed towards names: the likeliest labels leave out more names than they invent.
    pub push: f32,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { rounds: 8, step: 0.03, penalty: 2e-3, least: 2, push: 0.3 }
    }
}

/// A sentence with its features as numbers and its labels.
struct Sentence {
    features: Vec<Vec<u32>>,
    labels: Vec<usize>,
}

/// Learns from `examples`, given what `gazetteer` knows.
pub fn train(examples: &[Example], gazetteer: &Gazetteer, settings: Settings) -> Model {
    let mut counts: HashMap<u64, u32> = HashMap::new();
    let mut texts: Vec<(Rows, Vec<std::ops::Range<usize>>, Vec<usize>)> = Vec::new();
    for example in examples {
        let reading = Reading::new(&example.text);
        let rows = rows(&reading, gazetteer, &hits(&reading, gazetteer));
        for at in 0..reading.words.len() {
            for &hash in rows.of(at).iter().filter(|&&hash| hash != 0) {
                *counts.entry(hash).or_default() += 1;
            }
        }
        let labels = labels(&reading, &example.names);
        texts.push((rows, sentences(&reading), labels));
    }
    let mut hashes: Vec<u64> =
        counts.iter().filter(|(_, count)| **count >= settings.least).map(|(hash, _)| *hash).collect();
    hashes.sort_unstable();
    let numbers: HashMap<u64, u32> = hashes.iter().copied().zip(0..).collect();
    let mut learnt: Vec<Sentence> = Vec::new();
    for (rows, sentences, labels) in &texts {
        for sentence in sentences {
            let features =
                sentence.clone().map(|at| rows.of(at).iter().filter_map(|hash| numbers.get(hash).copied()).collect());
            learnt.push(Sentence { features: features.collect(), labels: labels[sentence.clone()].to_vec() });
        }
    }
    let mut learner = Learner::new(hashes.len());
    let mut order: Vec<usize> = (0..learnt.len()).collect();
    let mut chance = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..settings.rounds {
        for at in (1..order.len()).rev() {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let other = usize::try_from((chance >> 33) % (at as u64 + 1)).unwrap_or(0);
            order.swap(at, other);
        }
        for &at in &order {
            learner.learn(&learnt[at], settings);
        }
    }
    let weights = hashes
        .into_iter()
        .zip(learner.weights.chunks_exact(LABELS))
        .map(|(hash, weights)| (hash, std::array::from_fn(|label| weights[label])));
    for step in &mut learner.steps {
        step[0] -= settings.push;
    }
    Model::pack(weights.collect(), learner.steps).0
}

/// The names that `model` finds in `text`, as bytes and kind.
pub fn names(model: &Model, text: &str, gazetteer: &Gazetteer) -> Vec<(std::ops::Range<usize>, Option<Kind>)> {
    let reading = Reading::new(text);
    let spans = super::spans(model, &reading, gazetteer, &hits(&reading, gazetteer));
    spans.iter().map(|span| (reading.words[span.first].start..reading.words[span.end - 1].end, span.kind)).collect()
}

fn labels(reading: &Reading, names: &[(std::ops::Range<usize>, Option<Kind>)]) -> Vec<usize> {
    let mut labels = vec![0; reading.words.len()];
    for (bytes, kind) in names {
        let from = reading.words.partition_point(|word| word.end <= bytes.start);
        let to = reading.words.partition_point(|word| word.start < bytes.end);
        let first = match kind {
            Some(Kind::Person) => 1,
            Some(Kind::Place | Kind::State) => 3,
            Some(Kind::Organisation) => 5,
            None => 7,
        };
        for (place, label) in labels[from..to].iter_mut().enumerate() {
            *label = if place == 0 { first } else { first + 1 };
        }
    }
    debug_assert!({
        add_spans(&labels, 0, &mut Vec::new());
        true
    });
    labels
}

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    steps: [[f32; LABELS]; LABELS],
    step_squares: [[f32; LABELS]; LABELS],
}

impl Learner {
    fn new(features: usize) -> Learner {
        Learner {
            weights: vec![0.0; features * LABELS],
            squares: vec![1e-4; features * LABELS],
            steps: [[0.0; LABELS]; LABELS],
            step_squares: [[1e-4; LABELS]; LABELS],
        }
    }

    /// One step towards the labels of `sentence`.
    #[expect(clippy::needless_range_loop, reason = "labels index several tables at once")]
    fn learn(&mut self, sentence: &Sentence, settings: Settings) {
        let len = sentence.labels.len();
        let own: Vec<[f32; LABELS]> = sentence.features.iter().map(|features| self.scores(features)).collect();
        // Sums over all paths up to and from each word, in logarithms.
        let mut up = vec![[f32::NEG_INFINITY; LABELS]; len];
        let mut down = vec![[0.0; LABELS]; len];
        for at in 0..len {
            for label in 0..LABELS {
                up[at][label] = own[at][label]
                    + match at {
                        0 if may_follow(0, label) => 0.0,
                        0 => f32::NEG_INFINITY,
                        _ => log_sum(|before| match may_follow(before, label) {
                            true => up[at - 1][before] + self.steps[before][label],
                            false => f32::NEG_INFINITY,
                        }),
                    };
            }
        }
        for at in (0..len.saturating_sub(1)).rev() {
            for label in 0..LABELS {
                down[at][label] = log_sum(|next| match may_follow(label, next) {
                    true => down[at + 1][next] + self.steps[label][next] + own[at + 1][next],
                    false => f32::NEG_INFINITY,
                });
            }
        }
        let all = log_sum(|label| up[len - 1][label]);
        for at in 0..len {
            let mut slope = [0.0; LABELS];
            for label in 0..LABELS {
                slope[label] = (up[at][label] + down[at][label] - all).exp();
            }
            slope[sentence.labels[at]] -= 1.0;
            for &feature in &sentence.features[at] {
                let row = feature as usize * LABELS;
                for label in 0..LABELS {
                    let weight = &mut self.weights[row + label];
                    let slope = slope[label] + settings.penalty * *weight;
                    let square = &mut self.squares[row + label];
                    *square += slope * slope;
                    *weight -= settings.step * slope / square.sqrt();
                }
            }
            if at > 0 {
                for before in 0..LABELS {
                    for label in 0..LABELS {
                        if !may_follow(before, label) {
                            continue;
                        }
                        let path =
                            up[at - 1][before] + self.steps[before][label] + own[at][label] + down[at][label] - all;
                        let seen = sentence.labels[at - 1] == before && sentence.labels[at] == label;
                        let slope = path.exp() - if seen { 1.0 } else { 0.0 };
                        let square = &mut self.step_squares[before][label];
                        *square += slope * slope;
                        self.steps[before][label] -= settings.step * slope / square.sqrt();
                    }
                }
            }
        }
    }

    fn scores(&self, features: &[u32]) -> [f32; LABELS] {
        let mut scores = [0.0; LABELS];
        for &feature in features {
            let row = feature as usize * LABELS;
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + LABELS]) {
                *score += weight;
            }
        }
        scores
    }
}

fn log_sum(of: impl Fn(usize) -> f32) -> f32 {
    let values: [f32; LABELS] = std::array::from_fn(of);
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + values.iter().map(|value| (value - most).exp()).sum::<f32>().ln()
}
