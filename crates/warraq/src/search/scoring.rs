//! What fits best?
//!
//! Every word of a query is looked for in all layers at once, and the weights of the layers decide (BM25 in each); the
//! best are then looked at closely ([`super::rerank`]). What counts as fitting is decided apart from that: a story must
//! have all words of a short query and any of a long one, in some form. When nothing has all, whatever has any is shown.

use std::ops::Bound;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query as Clause, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Order, Term};

use super::analysis::{Class, Script, Sounds, base_of_nisba, grams};
use super::index::{Index, SearchError};
use super::query::{Query, Word};
use super::rerank::rerank;
use super::{Found, Hit, Sort, Wanted};

/// What a layer is worth, the lemma anywhere in the story being 1.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// The word as written, anywhere.
    pub exact: f32,
    /// Its lemma, anywhere.
    pub key: f32,
    /// Its lemma in the headline.
    pub head_key: f32,
    /// As written in the headline.
    pub head_exact: f32,
    /// In the names of people, tags and sections.
    pub about: f32,
    /// All pieces of its lemma together.
    pub gram: f32,
    /// Its sound, when it is a name.
    pub sound: f32,
    /// What a word of the closed classes is worth beside others.
    pub common: f32,
    /// A name in another spelling or script.
    pub name: f32,
    /// Standing at the beginning of a story.
    pub early: f32,
    /// Standing near one another.
    pub near: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            exact: 0.5,
            key: 1.0,
            head_key: 0.6,
            head_exact: 0.2,
            about: 0.5,
            gram: 1.2,
            sound: 0.5,
            common: 0.25,
            name: 1.5,
            early: 2.0,
            near: 1.5,
        }
    }
}

/// Up to so many words, a story must have all of them; of a longer query, any.
const ALL_OF: usize = 3;
/// When fewer stories than this have all words, those that have any are shown after them.
const FEW: usize = 10;
/// How many of the best stories are looked at closely.
const CLOSELY: usize = 100;

type Clauses = Vec<(Occur, Box<dyn Clause>)>;

impl Index {
    /// Looks for what is wanted: `limit` stories after the first `offset`.
    ///
    /// # Errors
    /// A damaged index.
    pub fn search(&self, wanted: &Wanted, limit: usize, offset: usize) -> Result<Found, SearchError> {
        self.search_by(&Weights::default(), wanted, limit, offset)
    }

    /// As [`Index::search`], with other weights.
    ///
    /// # Errors
    /// A damaged index.
    pub fn search_by(
        &self,
        weights: &Weights,
        wanted: &Wanted,
        limit: usize,
        offset: usize,
    ) -> Result<Found, SearchError> {
        if wanted.is_empty() {
            return Ok(Found::default());
        }
        let searcher = self.reader.searcher();
        let filters = self.filters(wanted);
        let count = |fitting: &Option<Box<dyn Clause>>| {
            searcher.search(&conjunction(fitting.as_deref(), &filters), &Count).map_err(SearchError::from)
        };
        let mut fitting = self.matching(&wanted.query);
        let mut total = count(&fitting)?;
        let mut all_needed = wanted.query.words.len() <= ALL_OF;
        if total < FEW && fitting.is_some() {
            all_needed = false;
            fitting = self.anything(&wanted.query);
            total = count(&fitting)?;
        }
        if total == 0 || limit == 0 {
            return Ok(Found { total, hits: Vec::new() });
        }
        let last = offset.saturating_add(limit).min(total);
        let mut found: Vec<(f32, DocAddress)> = match wanted.sort {
            Sort::Date => {
                let newest = TopDocs::with_limit(last).order_by_fast_field::<i64>("published", Order::Desc);
                let all = conjunction(fitting.as_deref(), &filters);
                searcher.search(&all, &newest)?.into_iter().map(|(_, at)| (0.0, at)).collect()
            }
            Sort::Relevance => {
                let mut clauses: Clauses = copied(&filters);
                if all_needed || !filters.is_empty() {
                    clauses.extend(fitting.map(|clause| (Occur::Must, silent(clause))));
                }
                clauses.extend(self.scores(weights, &wanted.query).into_iter().map(|clause| (Occur::Should, clause)));
                let best = TopDocs::with_limit(last.max(CLOSELY)).order_by_score();
                let mut found = searcher.search(&BooleanQuery::new(clauses), &best)?;
                let closely = found.len().min(CLOSELY);
                rerank(&searcher, &self.fields, weights, &wanted.query, &mut found[..closely])?;
                found
            }
        };
        found.truncate(last);
        found.drain(..offset.min(found.len()));
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let ids = searcher.segment_reader(address.segment_ord).fast_fields().u64("id")?;
            if let Some(id) = ids.first(address.doc_id) {
                hits.push(Hit { id: id.cast_signed(), score });
            }
        }
        Ok(Found { total, hits })
    }

    /// What narrows the search beside words.
    fn filters(&self, wanted: &Wanted) -> Clauses {
        let fields = &self.fields;
        let labels = [
            (fields.section, &wanted.section),
            (fields.tag, &wanted.tag),
            (fields.author, &wanted.author),
            (fields.kind, &wanted.kind),
            (fields.language, &wanted.language),
        ];
        let mut clauses: Clauses = labels
            .into_iter()
            .filter_map(|(field, label)| label.as_ref().map(|label| (Occur::Must, silent(has(field, label)))))
            .collect();
        if wanted.from.is_some() || wanted.until.is_some() {
            let bound = |moment: i64| Term::from_field_i64(fields.published, moment);
            let from = wanted.from.map_or(Bound::Unbounded, |moment| Bound::Included(bound(moment)));
            let until = wanted.until.map_or(Bound::Unbounded, |moment| Bound::Excluded(bound(moment)));
            clauses.push((Occur::Must, silent(Box::new(RangeQuery::new(from, until)))));
        }
        for word in &wanted.query.without {
            clauses.push((Occur::MustNot, has(fields.exact, word)));
        }
        for phrase in &wanted.query.phrases {
            clauses.push((Occur::Must, self.phrase(phrase)));
        }
        clauses
    }

    /// All words of a short query, any of a long one.
    fn matching(&self, query: &Query) -> Option<Box<dyn Clause>> {
        let telling: Vec<&Word> = query.words.iter().filter(|word| word.class != Class::Common).collect();
        let words: Vec<&Word> = if telling.is_empty() { query.words.iter().collect() } else { telling };
        if words.is_empty() {
            return None;
        }
        if query.words.len() > ALL_OF {
            return self.anything(query);
        }
        let all: Box<dyn Clause> =
            Box::new(BooleanQuery::intersection(words.iter().map(|word| self.any_form(word)).collect()));
        let names = query.names.iter().map(|name| self.phrase(name));
        Some(Box::new(BooleanQuery::union(std::iter::once(all).chain(names).collect())))
    }

    /// Any word of the query in any form.
    fn anything(&self, query: &Query) -> Option<Box<dyn Clause>> {
        let mut any: Vec<Box<dyn Clause>> = query.words.iter().map(|word| self.any_form(word)).collect();
        any.extend(query.names.iter().map(|name| self.phrase(name)));
        for sound in self.sounds(&query.words) {
            any.push(has(self.fields.sound, &sound));
        }
        (!any.is_empty()).then(|| Box::new(BooleanQuery::union(any)) as Box<dyn Clause>)
    }

    /// A word in any of its forms, anywhere, by name or by sound.
    fn any_form(&self, word: &Word) -> Box<dyn Clause> {
        let fields = &self.fields;
        if word.class == Class::Common {
            return has(fields.exact, &word.exact);
        }
        let mut forms: Vec<Box<dyn Clause>> = Vec::new();
        for (key, _) in &word.keys {
            forms.push(has(fields.key, key));
            forms.push(has(fields.about, key));
        }
        if word.script == Script::Arabic && base_form(word) {
            forms.push(has(fields.gram, &word.keys[0].0));
        }
        if word.script == Script::Han || word.keys.is_empty() {
            forms.push(has(fields.exact, &word.exact));
        }
        if word.class == Class::Name {
            forms.extend(self.sounds(std::slice::from_ref(word)).iter().map(|sound| has(fields.sound, sound)));
        }
        Box::new(BooleanQuery::union(forms))
    }

    /// What each word adds to the score, layer by layer.
    fn scores(&self, weights: &Weights, query: &Query) -> Vec<Box<dyn Clause>> {
        let fields = &self.fields;
        let mut clauses: Vec<Box<dyn Clause>> = Vec::new();
        let mut add = |field: Field, text: &str, weight: f32| {
            if weight > 0.0 {
                clauses.push(Box::new(BoostQuery::new(counted(field, text), weight)));
            }
        };
        for word in &query.words {
            let worth = if word.class == Class::Common { weights.common } else { 1.0 };
            add(fields.exact, &word.exact, weights.exact * worth);
            add(fields.head_exact, &word.exact, weights.head_exact * worth);
            for (key, likely) in &word.keys {
                add(fields.key, key, weights.key * worth * likely);
                add(fields.head_key, key, weights.head_key * worth * likely);
                add(fields.about, key, weights.about * worth * likely);
            }
            if let (Script::Arabic, Some((best, _))) = (word.script, word.keys.first())
                && word.class != Class::Common
            {
                let pieces: Vec<&str> = grams(best).chain(base_of_nisba(best)).collect();
                for piece in &pieces {
                    add(fields.gram, piece, weights.gram * worth / pieces.len() as f32);
                }
            }
        }
        for sound in self.sounds(&query.words) {
            clauses.push(Box::new(BoostQuery::new(has(fields.sound, &sound), weights.sound)));
        }
        for name in &query.names {
            clauses.push(Box::new(BoostQuery::new(self.phrase(name), weights.name)));
        }
        clauses
    }

    /// The sounds of names among the words, and of neighbours as if they were one.
    fn sounds(&self, words: &[Word]) -> Vec<String> {
        let mut sounds = Sounds::default();
        let mut found: Vec<String> = Vec::new();
        let arabic = |word: &Word| word.script == Script::Arabic && word.class != Class::Common;
        for (place, word) in words.iter().enumerate().filter(|(_, word)| arabic(word)) {
            if word.class == Class::Name {
                found.extend_from_slice(sounds.of(&word.exact));
            }
            if let Some(next) = words.get(place + 1).filter(|next| arabic(next) && next.class == Class::Name) {
                found.extend_from_slice(sounds.of(&format!("{}{}", word.exact, next.exact)));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Words as they are written, one after the other.
    fn phrase(&self, words: &[String]) -> Box<dyn Clause> {
        let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(self.fields.exact, word)).collect();
        match &terms[..] {
            [] => Box::new(EmptyQuery),
            [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    }
}

/// A word of three letters is a piece of its own: صين is found in what صيني is made of.
fn base_form(word: &Word) -> bool {
    word.keys.first().is_some_and(|(key, _)| key.chars().count() == 3)
}

fn has(field: Field, text: &str) -> Box<dyn Clause> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
}

fn counted(field: Field, text: &str) -> Box<dyn Clause> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// A condition that adds nothing to the score.
fn silent(clause: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(BoostQuery::new(clause, 0.0))
}

fn conjunction(fitting: Option<&dyn Clause>, filters: &Clauses) -> BooleanQuery {
    let fitting = fitting.map(|clause| (Occur::Must, clause.box_clone()));
    BooleanQuery::new(fitting.into_iter().chain(copied(filters)).collect())
}

fn copied(clauses: &Clauses) -> Clauses {
    clauses.iter().map(|(occur, clause)| (*occur, clause.box_clone())).collect()
}
