//! What fits best?
//!
//! What counts as fitting is decided first: a story must have all words of a short query and any of a long one, in some
//! form; when nothing has all, whatever has any is shown. Which of these come first is decided in two steps. The index
//! proposes some by the lemmas of the rarest words, a union of plain terms, which it can search without looking at every
//! story; the best are then looked at closely ([`super::rerank`]).

use std::cmp::Ordering;
use std::ops::Bound;

use tantivy::collector::TopDocs;
use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, EnableScoring, Occur, PhraseQuery, Query as Clause, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, Order, Searcher, TERMINATED, Term};

use super::analysis::{Class, Script, Sounds};
use super::index::{Index, SearchError};
use super::query::{Query, Word};
use super::rerank::{Candidate, Rarity, rerank};
use super::{Found, Hit, Sort, Wanted};

/// What a layer is worth, the lemma anywhere in the story being 1.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// The lemma, anywhere.
    pub key: f32,
    /// The word as written, beside its lemma.
    pub exact: f32,
    /// Its lemma at the very beginning, beside anywhere.
    pub early: f32,
    /// A lemma of its family.
    pub family: f32,
    /// Its sound, when it is a name.
    pub sound: f32,
    /// A word of the closed classes, as written.
    pub common: f32,
    /// A name in another spelling or script.
    pub name: f32,
    /// What the score of the first step counts for in the second: names by sound and in other scripts show only there.
    pub found: f32,
    /// What comes first is newer by a month: a part of the score.
    pub fresh: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            key: 1.0,
            exact: 0.25,
            early: 1.0,
            family: 0.5,
            sound: 0.5,
            common: 0.25,
            name: 1.5,
            found: 0.1,
            fresh: 0.1,
        }
    }
}

/// Up to so many words, a story must have all of them; of a longer query, any.
const ALL_OF: usize = 3;
/// When fewer stories than this have all words, those that have any are shown after them.
const FEW: usize = 10;
/// How many of the best stories are looked at closely.
const CLOSELY: usize = 64;
/// By how many of its rarest words the index proposes stories for a long query.
const TELLING: usize = 8;
/// Readers are told how many stories fit up to this number: nobody turns so many pages.
pub const COUNTED: usize = 1_000;
/// When a word is in no more stories than this, those that have all words are looked up one by one.
const RARE: u64 = 2_000;
/// After how many seconds half of the worth of being new is gone.
const HALF_LIFE: f32 = 30.0 * 86_400.0;

/// What standing at the beginning is worth in the first step.
const EARLY_AT_FIRST: f32 = 0.5;

type Clauses = Vec<(Occur, Box<dyn Clause>)>;

/// What counts as fitting.
enum Fit {
    /// Any of the forms of any word: what the words propose fits.
    Any(Box<dyn Clause>),
    /// A form of every word; in the rarest of them so many stories.
    All(Box<dyn Clause>, u64),
}

impl Fit {
    fn clause(&self) -> &dyn Clause {
        match self {
            Self::Any(clause) | Self::All(clause, _) => clause.as_ref(),
        }
    }
}

impl Index {
    /// Looks for what is wanted: `limit` stories after the first `offset`. Beyond [`COUNTED`] stories and what was asked
    /// for, no more are counted.
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
        let bound = COUNTED.max(offset.saturating_add(limit));
        let (fit, counted) = self.what_fits(&searcher, wanted, &filters, bound)?;
        let (total, more) = (counted.min(bound), counted > bound);
        if total == 0 || limit == 0 {
            return Ok(Found { total, more, hits: Vec::new() });
        }
        let last = offset.saturating_add(limit).min(total);
        let found = match wanted.sort {
            Sort::Date => {
                let newest = TopDocs::with_limit(last).order_by_fast_field::<i64>("published", Order::Desc);
                let all = searcher.search(&conjunction(fit.as_ref(), &filters), &newest)?;
                all.into_iter().map(|(_, at)| (0.0, at)).collect()
            }
            Sort::Relevance => self.best(&searcher, weights, wanted, fit.as_ref(), &filters, last)?,
        };
        let mut hits = Vec::with_capacity(limit.min(found.len()));
        for (score, address) in found.into_iter().take(last).skip(offset) {
            let ids = searcher.segment_reader(address.segment_ord).fast_fields().u64("id")?;
            if let Some(id) = ids.first(address.doc_id) {
                hits.push(Hit { id: id.cast_signed(), score });
            }
        }
        Ok(Found { total, more, hits })
    }

    /// How many stories fit, all of them counted: the cost grows with their number.
    ///
    /// # Errors
    /// A damaged index.
    pub fn count(&self, wanted: &Wanted) -> Result<usize, SearchError> {
        if wanted.is_empty() {
            return Ok(0);
        }
        let searcher = self.reader.searcher();
        Ok(self.what_fits(&searcher, wanted, &self.filters(wanted), usize::MAX)?.1)
    }

    /// What counts as fitting, and how many stories do; of more than `bound`, more than that.
    fn what_fits(
        &self,
        searcher: &Searcher,
        wanted: &Wanted,
        filters: &Clauses,
        bound: usize,
    ) -> Result<(Option<Fit>, usize), SearchError> {
        let fit = self.fit(searcher, &wanted.query)?;
        let total = counted_up(searcher, &conjunction(fit.as_ref(), filters), bound)?;
        if total >= FEW || fit.is_none() {
            return Ok((fit, total));
        }
        let fit = self.anything(&wanted.query).map(Fit::Any);
        let total = counted_up(searcher, &conjunction(fit.as_ref(), filters), bound)?;
        Ok((fit, total))
    }

    /// The `last` stories that fit best, in order.
    fn best(
        &self,
        searcher: &Searcher,
        weights: &Weights,
        wanted: &Wanted,
        fit: Option<&Fit>,
        filters: &Clauses,
        last: usize,
    ) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let query = &wanted.query;
        let rarity = Rarity::of(searcher, &self.fields, query)?;
        let plain = TopDocs::with_limit(last.max(CLOSELY)).order_by_score();
        let propose = |scores: Vec<Box<dyn Clause>>, must: bool| {
            let scores = scores.into_iter().map(|clause| (Occur::Should, clause));
            let clauses: Clauses = match (must, fit) {
                (true, Some(fit)) => {
                    let fit = (Occur::Must, silent(fit.clause().box_clone()));
                    copied(filters).into_iter().chain([fit]).chain(scores).collect()
                }
                _ => copied(filters).into_iter().chain(scores).collect(),
            };
            searcher.search(&BooleanQuery::new(clauses), &plain)
        };
        let slow = !filters.is_empty()
            || matches!(fit, Some(Fit::All(_, rarest)) if *rarest <= RARE || last > CLOSELY || !query.names.is_empty());
        let mut proposed = propose(self.scores(weights, query, &rarity), slow)?;
        let mut found = self.closely(searcher, weights, wanted, &rarity, &mut proposed)?;
        if !slow {
            let needs_all = matches!(fit, Some(Fit::All(..)));
            found.retain(|candidate| candidate.has_all || !needs_all);
            // Whatever the lemmas of the rarest words did not find, other forms and words may.
            if found.len() < last {
                proposed = propose(self.scores(weights, query, &rarity), true)?;
                found = self.closely(searcher, weights, wanted, &rarity, &mut proposed)?;
            }
        }
        Ok(found.into_iter().map(|candidate| (candidate.score, candidate.at)).collect())
    }

    /// Puts those that were proposed in order; the first of them after a closer look.
    fn closely(
        &self,
        searcher: &Searcher,
        weights: &Weights,
        wanted: &Wanted,
        rarity: &Rarity,
        proposed: &mut [(f32, DocAddress)],
    ) -> Result<Vec<Candidate>, SearchError> {
        let mut found: Vec<Candidate> =
            proposed.iter().map(|&(score, at)| Candidate { score, at, has_all: true }).collect();
        let closely = found.len().min(CLOSELY);
        let (first, rest) = found.split_at_mut(closely);
        rerank(searcher, &self.fields, weights, &wanted.query, rarity, first)?;
        // In the order of the index, so that the column of dates is opened once for each segment.
        first.sort_unstable_by_key(|candidate| candidate.at);
        let mut dates = Vec::with_capacity(closely);
        for segment in first.chunk_by_mut(|one, other| one.at.segment_ord == other.at.segment_ord) {
            let column = searcher.segment_reader(segment[0].at.segment_ord).fast_fields().i64("published")?;
            for candidate in segment {
                let published = column.first(candidate.at.doc_id).unwrap_or(0);
                dates.push((candidate.at, published));
                if wanted.now > 0 {
                    let age = wanted.now.saturating_sub(published).max(0) as f32;
                    candidate.score *= 1.0 + weights.fresh * (-age / HALF_LIFE).exp2();
                }
            }
        }
        let date = |at: &DocAddress| dates.binary_search_by_key(at, |(at, _)| *at).map_or(0, |place| dates[place].1);
        let is_short = wanted.query.words.len() <= ALL_OF;
        first.sort_by(|a, b| {
            let whole = if is_short { b.has_all.cmp(&a.has_all) } else { Ordering::Equal };
            let newer = || date(&b.at).cmp(&date(&a.at));
            whole.then(b.score.total_cmp(&a.score)).then_with(newer).then(a.at.cmp(&b.at))
        });
        let least = first.last().map_or(0.0, |candidate| candidate.score);
        rest.iter_mut().for_each(|candidate| candidate.score = candidate.score.min(least));
        Ok(found)
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
    fn fit(&self, searcher: &Searcher, query: &Query) -> Result<Option<Fit>, SearchError> {
        let words = telling(query);
        if query.words.len() > ALL_OF || words.len() < 2 {
            return Ok(self.anything(query).map(Fit::Any));
        }
        let mut rarest = u64::MAX;
        for word in &words {
            let mut stories = 0;
            for (key, _) in &word.keys {
                stories += searcher.doc_freq(&Term::from_field_text(self.fields.key, key))?;
            }
            rarest = rarest.min(stories);
        }
        let all: Box<dyn Clause> =
            Box::new(BooleanQuery::intersection(words.iter().map(|word| self.any_form(word)).collect()));
        let names = query.names.iter().map(|name| self.phrase(name));
        Ok(Some(Fit::All(Box::new(BooleanQuery::union(std::iter::once(all).chain(names).collect())), rarest)))
    }

    /// Any telling word of the query in any form.
    fn anything(&self, query: &Query) -> Option<Box<dyn Clause>> {
        let mut any: Vec<Box<dyn Clause>> = telling(query).into_iter().map(|word| self.any_form(word)).collect();
        any.extend(query.names.iter().map(|name| self.phrase(name)));
        any.extend(self.sounds(&query.words).iter().map(|sound| has(self.fields.sound, sound)));
        (!any.is_empty()).then(|| Box::new(BooleanQuery::union(any)) as Box<dyn Clause>)
    }

    /// A word in any of its forms, anywhere, by name or by sound.
    fn any_form(&self, word: &Word) -> Box<dyn Clause> {
        let fields = &self.fields;
        if word.class == Class::Common || word.keys.is_empty() {
            return has(fields.exact, &word.exact);
        }
        let mut forms: Vec<Box<dyn Clause>> = word.keys.iter().map(|(key, _)| has(fields.key, key)).collect();
        if !word.family.is_empty() {
            forms.push(has(fields.family, &word.family));
        }
        if word.class == Class::Name {
            forms.extend(self.sounds(std::slice::from_ref(word)).iter().map(|sound| has(fields.sound, sound)));
        }
        Box::new(BooleanQuery::union(forms))
    }

    /// By what the index proposes stories: the lemmas of the rarest words, their sounds, names in other scripts.
    fn scores(&self, weights: &Weights, query: &Query, rarity: &Rarity) -> Vec<Box<dyn Clause>> {
        let fields = &self.fields;
        let mut words: Vec<(&Word, f32)> = query.words.iter().zip(rarity.lemma.iter().copied()).collect();
        if words.iter().any(|(word, _)| word.class != Class::Common) {
            words.retain(|(word, _)| word.class != Class::Common);
        }
        words.sort_by(|one, other| other.1.total_cmp(&one.1));
        words.truncate(TELLING);
        let mut clauses: Vec<Box<dyn Clause>> = Vec::new();
        let mut add = |field: Field, text: &str, weight: f32| {
            clauses.push(Box::new(BoostQuery::new(counted(field, text), weight)));
        };
        for (word, _) in words {
            if word.class == Class::Common || word.keys.is_empty() {
                add(fields.exact, &word.exact, weights.key);
                continue;
            }
            for (key, likely) in &word.keys {
                add(fields.key, key, weights.key * likely);
                add(fields.lead, key, EARLY_AT_FIRST * likely);
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

/// The words that say what is looked for; all of them when none does.
fn telling(query: &Query) -> Vec<&Word> {
    let telling: Vec<&Word> = query.words.iter().filter(|word| word.class != Class::Common).collect();
    if telling.is_empty() { query.words.iter().collect() } else { telling }
}

/// How many stories fit; of more than `bound`, one more than that.
fn counted_up(searcher: &Searcher, clause: &dyn Clause, bound: usize) -> Result<usize, SearchError> {
    let weight = clause.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut total = 0;
    for segment in searcher.segment_readers() {
        let alive = segment.alive_bitset();
        let mut fitting = weight.scorer(segment, 1.0)?;
        while fitting.doc() != TERMINATED && total <= bound {
            total += usize::from(alive.is_none_or(|alive| alive.is_alive(fitting.doc())));
            fitting.advance();
        }
    }
    Ok(total)
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

fn conjunction(fit: Option<&Fit>, filters: &Clauses) -> BooleanQuery {
    let fit = fit.map(|fit| (Occur::Must, fit.clause().box_clone()));
    BooleanQuery::new(fit.into_iter().chain(copied(filters)).collect())
}

fn copied(clauses: &Clauses) -> Clauses {
    clauses.iter().map(|(occur, clause)| (*occur, clause.box_clone())).collect()
}
