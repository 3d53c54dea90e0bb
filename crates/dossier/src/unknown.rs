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

pub(crate) use features::names as name_words;
pub use model::Model;

use crate::gazetteer::{Gazetteer, Kind};
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
    let mut spans = Vec::new();
    for sentence in features::sentences(reading) {
        model.label(&rows, sentence, &mut spans);
    }
    spans
}
