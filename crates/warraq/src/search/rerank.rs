//! Of what fits, what is meant?
//!
//! The index ranks by how often words occur. Who reads the best of those more closely sees two things more: words that
//! stand together in the query and in the story belong together there, and what a story is about stands at its
//! beginning (newspapers have told the news first since the telegraph, encyclopaedias define first).

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

use super::analysis::Class;
use super::fields::Fields;
use super::query::{Query, Word};
use super::scoring::Weights;

/// Words between two that still count as together.
const NEAR: u32 = 8;
/// How far the beginning of a story reaches, in words: there the worth of standing early is half.
const BEGINNING: f32 = 40.0;

/// Where each word of the query stands in one story, in order.
type Places = Vec<Vec<u32>>;

/// Adds to the scores what a closer look at the stories is worth, and puts them in order.
pub(super) fn rerank(
    searcher: &Searcher,
    fields: &Fields,
    weights: &Weights,
    query: &Query,
    found: &mut [(f32, DocAddress)],
) -> tantivy::Result<()> {
    let words: Vec<&Word> =
        query.words.iter().filter(|word| word.class != Class::Common && !word.keys.is_empty()).collect();
    if words.is_empty() || found.len() < 2 {
        return Ok(());
    }
    let rarity = rarities(searcher, fields, &words)?;
    let mut places: Vec<Places> = vec![vec![Vec::new(); words.len()]; found.len()];
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|place| found[*place].1);
    for (place, word) in words.iter().enumerate() {
        for (key, _) in &word.keys {
            let term = Term::from_field_text(fields.key, key);
            let mut postings: Option<(u32, Option<_>)> = None;
            for &story in &order {
                let DocAddress { segment_ord, doc_id } = found[story].1;
                if postings.as_ref().is_none_or(|(segment, _)| *segment != segment_ord) {
                    let index = searcher.segment_reader(segment_ord).inverted_index(fields.key)?;
                    let read = index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?;
                    postings = Some((segment_ord, read));
                }
                let Some((_, Some(read))) = &mut postings else { continue };
                let doc = if read.doc() < doc_id { read.seek(doc_id) } else { read.doc() };
                if doc == doc_id {
                    let mut at = Vec::new();
                    read.positions(&mut at);
                    places[story][place].extend(at);
                } else if doc == TERMINATED {
                    continue;
                }
            }
        }
    }
    for (story, places) in places.iter_mut().enumerate() {
        places.iter_mut().for_each(|at| at.sort_unstable());
        found[story].0 += weights.early * early(places, &rarity) + weights.near * together(places, &rarity);
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Ok(())
}

/// How rare each word is (the idf of BM25).
fn rarities(searcher: &Searcher, fields: &Fields, words: &[&Word]) -> tantivy::Result<Vec<f32>> {
    let all = searcher.num_docs() as f32;
    words
        .iter()
        .map(|word| {
            let mut docs = 0;
            for (key, _) in &word.keys {
                docs = docs.max(searcher.doc_freq(&Term::from_field_text(fields.key, key))?);
            }
            Ok((1.0 + (all - docs as f32 + 0.5).max(0.0) / (docs as f32 + 0.5)).ln())
        })
        .collect()
}

/// Rare words near the beginning.
fn early(places: &Places, rarity: &[f32]) -> f32 {
    let worth = |(at, rarity): (&Vec<u32>, &f32)| {
        at.first().map_or(0.0, |first| rarity * BEGINNING / (BEGINNING + *first as f32))
    };
    places.iter().zip(rarity).map(worth).sum()
}

/// Words that follow one another in the query and stand near one another in the story.
fn together(places: &Places, rarity: &[f32]) -> f32 {
    let pairs = places.windows(2).zip(rarity.windows(2));
    pairs.map(|(at, rarity)| closeness(&at[0], &at[1]) * rarity[0].min(rarity[1])).sum()
}

/// From 1 for neighbours to 0 for words that are never near, by their nearest places.
fn closeness(one: &[u32], other: &[u32]) -> f32 {
    let (mut i, mut j, mut nearest) = (0, 0, u32::MAX);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        if a != b {
            nearest = nearest.min(a.abs_diff(*b));
        }
        if a <= b { i += 1 } else { j += 1 }
    }
    if nearest > NEAR { 0.0 } else { 1.0 / nearest as f32 }
}
