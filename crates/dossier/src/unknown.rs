//! Which words of this text are names, and of what kind, though nobody told us?
//!
//! A small statistical model reads the words in their order: a linear-chain conditional random field (Lafferty and
//! others, 2001) over the word, its affixes without clitics, its neighbours, and what the gazetteer and the lists of
//! name words say of it. Its weights are a table of bytes in `data/names.model`, made by [`train`](learn::train) and the
//! example `train_names`; see `data/README.md` for the texts it learnt from and their licence.
//!
//! Reading costs the same for every word, whatever the text.

mod features;
pub mod learn;
mod model;

pub(crate) use features::{is_thing, names as name_words};
pub use model::Model;

use std::collections::HashMap;

use crate::gazetteer::{Gazetteer, Kind, Quick};
use crate::mentions::known::Hits;
use crate::reading::Reading;

/// Words that are taken for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: usize,
    /// Past the last word.
    pub(crate) end: usize,
    /// What it is; a state is a place here. None for names of other things.
    pub(crate) kind: Option<Kind>,
}

/// The names in `reading`, in order.
pub(crate) fn spans(model: &Model, reading: &Reading, gazetteer: &Gazetteer, hits: &Hits) -> Vec<Span> {
    let rows = features::rows(reading, gazetteer, hits);
    let sentences = features::sentences(reading);
    let mut scores = model.all_scores(&rows);
    let mut labels = vec![0; reading.words.len()];
    for sentence in &sentences {
        model.label(&scores, sentence.clone(), &mut labels);
    }
    remember(&rows, &labels, &mut scores);
    for sentence in &sentences {
        model.label(&scores, sentence.clone(), &mut labels);
    }
    let mut spans = Vec::new();
    for sentence in sentences {
        model::add_spans(&labels[sentence.clone()], sentence.start, &mut spans);
    }
    spans
}

/// What a word was in one place of a text speaks for what it is in another: «العلي» after «محمد العلي».
fn remember(rows: &features::Rows, labels: &[usize], scores: &mut [[f32; model::LABELS]]) {
    let mut seen: HashMap<u64, [u16; model::LABELS], Quick> = HashMap::default();
    for (at, &label) in labels.iter().enumerate().filter(|(_, label)| **label > 0) {
        let counts = seen.entry(rows.stem(at)).or_default();
        counts[label] = counts[label].saturating_add(1);
    }
    for (at, scores) in scores.iter_mut().enumerate() {
        let Some(counts) = seen.get(&rows.stem(at)) else { continue };
        for kind in 0..4 {
            let (begin, inside) = (2 * kind + 1, 2 * kind + 2);
            let own = u16::from(labels[at] == begin) + u16::from(labels[at] == inside);
            let elsewhere = counts[begin] + counts[inside] - own;
            if elsewhere > 0 {
                let bonus = MEMORY * f32::from(elsewhere.min(3)) / 3.0;
                // A person's family name stands alone where it came second before.
                let alone = if kind == 0 && counts[inside] > 0 { 1.0 } else { f32::from(u8::from(counts[begin] > 0)) };
                scores[begin] += bonus * alone;
                scores[inside] += bonus * f32::from(u8::from(counts[inside] > 0));
            }
        }
    }
}

/// How much the same word elsewhere weighs.
const MEMORY: f32 = 1.6;
