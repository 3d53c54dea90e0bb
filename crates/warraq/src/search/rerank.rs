//! Of what fits, what is meant?
//!
//! The index finds candidates by the lemmas of the rarest words. The best of those are looked at closely: a word counts
//! once, by whichever of its lemmas stands there and however often, more when it stands at the beginning (newspapers have
//! told the news first since the telegraph, encyclopaedias define first), a little more when it is written as in the
//! query, and a little when only its family is there.

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::analysis::{Class, Sounds};
use super::fields::Fields;
use super::query::Query;
use super::scoring::Weights;

/// How fast a word that is repeated stops to count for more, and how much longer stories must say it more often: the
/// usual values of BM25.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// As often a word of the very beginning stands in the field of the beginning.
const FIRST: f32 = 3.0;

/// A story under a closer look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) score: f32,
    pub(super) at: DocAddress,
    /// Whether every telling word of the query is there, in some form.
    pub(super) has_all: bool,
}

/// How rare each word of a query is: the idf of BM25.
pub(super) struct Rarity {
    /// By the commonest of its lemmas; of a word of the closed classes as written.
    pub(super) lemma: Vec<f32>,
    /// As written.
    exact: Vec<f32>,
    family: Vec<f32>,
}

impl Rarity {
    pub(super) fn of(searcher: &Searcher, fields: &Fields, query: &Query) -> tantivy::Result<Self> {
        let all = searcher.num_docs() as f32;
        let idf = |docs: u64| (1.0 + (all - docs as f32 + 0.5).max(0.0) / (docs as f32 + 0.5)).ln();
        let docs = |field: Field, text: &str| searcher.doc_freq(&Term::from_field_text(field, text));
        let mut rarity = Self { lemma: Vec::new(), exact: Vec::new(), family: Vec::new() };
        for word in &query.words {
            let exact = idf(docs(fields.exact, &word.exact)?);
            rarity.exact.push(exact);
            let mut most = 0;
            for (key, _) in &word.keys {
                most = most.max(docs(fields.key, key)?);
            }
            rarity.lemma.push(if word.class == Class::Common || word.keys.is_empty() { exact } else { idf(most) });
            rarity.family.push(if word.family.is_empty() { 0.0 } else { idf(docs(fields.family, &word.family)?) });
        }
        Ok(rarity)
    }
}

/// Gives the stories new scores and puts them in order.
pub(super) fn rerank(
    searcher: &Searcher,
    fields: &Fields,
    weights: &Weights,
    query: &Query,
    rarity: &Rarity,
    found: &mut [Candidate],
) -> tantivy::Result<()> {
    if query.words.is_empty() {
        return Ok(());
    }
    found.sort_unstable_by_key(|candidate| candidate.at);
    let norms = norms(searcher, fields, found)?;
    let mut look = Look { searcher, found };
    let saturated = |often: f32, norm: f32| often * (K1 + 1.0) / (often + norm);
    let mut scores = vec![0.0_f32; norms.len()];
    let mut sounds = Sounds::default();
    let mut sounding = vec![false; norms.len()];
    let mut missing = vec![0_usize; norms.len()];
    let (mut often, mut early, mut related) = (scores.clone(), scores.clone(), scores.clone());
    for (place, word) in query.words.iter().enumerate() {
        often.fill(0.0);
        look.count(fields.exact, &word.exact, |story, times| often[story] = times)?;
        let as_written = if word.class == Class::Common { weights.common } else { weights.exact };
        for (story, score) in scores.iter_mut().enumerate() {
            *score += as_written * rarity.exact[place] * saturated(often[story], norms[story]);
        }
        if word.class == Class::Common || word.keys.is_empty() {
            continue;
        }
        often.fill(0.0);
        early.fill(0.0);
        related.fill(0.0);
        let likeliest = word.keys[0].1;
        for (key, weight) in &word.keys {
            look.count(fields.key, key, |story, times| often[story] += times * weight / likeliest)?;
            look.count(fields.lead, key, |story, times| early[story] = early[story].max(times / FIRST))?;
        }
        if !word.family.is_empty() {
            look.count(fields.family, &word.family, |story, times| related[story] = times)?;
        }
        sounding.fill(false);
        if word.class == Class::Name {
            for sound in sounds.of(&word.exact) {
                look.count(fields.sound, sound, |story, _| sounding[story] = true)?;
            }
        }
        for (story, score) in scores.iter_mut().enumerate() {
            *score += weights.key * rarity.lemma[place] * saturated(often[story], norms[story])
                + weights.early * rarity.lemma[place] * early[story]
                + weights.family * rarity.family[place] * saturated(related[story], norms[story]);
            missing[story] += usize::from(often[story] + early[story] + related[story] == 0.0 && !sounding[story]);
        }
    }
    for ((candidate, score), missing) in look.found.iter_mut().zip(scores).zip(missing) {
        candidate.has_all = missing == 0;
        candidate.score = score + weights.found * candidate.score;
    }
    Ok(())
}

/// How the length of each story damps how often it says a word.
fn norms(searcher: &Searcher, fields: &Fields, found: &[Candidate]) -> tantivy::Result<Vec<f32>> {
    let mut words = 0;
    for segment in searcher.segment_readers() {
        words += segment.inverted_index(fields.key)?.total_num_tokens();
    }
    let usual = words as f32 / searcher.num_docs().max(1) as f32;
    let norm = |candidate: &Candidate| {
        let lengths = searcher.segment_reader(candidate.at.segment_ord).get_fieldnorms_reader(fields.key)?;
        let length = lengths.fieldnorm(candidate.at.doc_id) as f32;
        Ok(K1 * (1.0 - B + B * length / usual.max(1.0)))
    };
    found.iter().map(norm).collect()
}

struct Look<'s> {
    searcher: &'s Searcher,
    /// In the order of the index, so that each list of postings is gone through once.
    found: &'s mut [Candidate],
}

impl Look<'_> {
    /// Calls back for every story that has the word, with how often.
    fn count(&mut self, field: Field, text: &str, mut sink: impl FnMut(usize, f32)) -> tantivy::Result<()> {
        let term = Term::from_field_text(field, text);
        let mut first = 0;
        for segment in self.found.chunk_by(|one, other| one.at.segment_ord == other.at.segment_ord) {
            let index = self.searcher.segment_reader(segment[0].at.segment_ord).inverted_index(field)?;
            if let Some(mut postings) = index.read_postings(&term, IndexRecordOption::WithFreqs)? {
                for (story, candidate) in segment.iter().enumerate() {
                    let wanted = candidate.at.doc_id;
                    let doc = if postings.doc() < wanted { postings.seek(wanted) } else { postings.doc() };
                    if doc == wanted {
                        sink(first + story, postings.term_freq() as f32);
                    }
                }
            }
            first += segment.len();
        }
        Ok(())
    }
}
