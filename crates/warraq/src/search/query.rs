//! What does somebody who searches mean?
//!
//! Words, phrases in quotation marks of any kind, words that must not occur after a minus sign. Nothing that is typed is
//! an error: what has no meaning here is a word or nothing.

use super::analysis::{Class, Of, Reader, Reading, Script};

/// A query, understood.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// As it was typed, tidied.
    pub text: String,
    /// Words to be found in any of their forms.
    pub words: Vec<Word>,
    /// Runs of words that must stand just so.
    pub phrases: Vec<Vec<String>>,
    /// Words that must not occur, folded.
    pub without: Vec<String>,
    /// Names that mean the same, each as a run of folded words.
    pub names: Vec<Vec<String>>,
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Folded.
    pub exact: String,
    /// By lemma, with how likely each is.
    pub keys: Vec<(String, f32)>,
    /// What its likeliest lemma shares with those derived from it.
    pub family: String,
    /// What it is written in.
    pub script: Script,
    /// What kind of word it is.
    pub class: Class,
}

/// Bytes of a query that are read; the rest is a text, not a query.
const MAX_BYTES: usize = 1_000;
/// Words of a query that are looked for.
const MAX_WORDS: usize = 48;
/// With more words than this beside a quotation, a query is a sentence.
const SENTENCE: usize = 3;

impl Query {
    /// Understands what was typed.
    #[must_use]
    pub fn parse(typed: &str, reader: &mut Reader) -> Self {
        let typed = arabic::fold::fold(head(typed.trim()), arabic::fold::Fold::INTAKE);
        let mut query = Self { text: typed.to_string(), ..Self::default() };
        let pieces = pieces(&typed);
        let mut beside = 0;
        for piece in &pieces {
            if let Piece::Words(text) = piece {
                reader.read(text, Of::Query, |_| beside += 1);
            }
        }
        for piece in pieces {
            match piece {
                // In a whole headline the marks quote somebody; they demand nothing.
                Piece::Phrase(text) if beside > SENTENCE => {
                    reader.read(text, Of::Query, |reading| query.words.push(word(reading)));
                }
                Piece::Phrase(text) => {
                    let mut words = Vec::new();
                    reader.read(text, Of::Query, |reading| words.push(reading.exact));
                    if !words.is_empty() {
                        query.phrases.push(words);
                    }
                }
                Piece::Without(text) => reader.read(text, Of::Query, |reading| query.without.push(reading.exact)),
                Piece::Words(text) => reader.read(text, Of::Query, |reading| query.words.push(word(reading))),
            }
        }
        query.words.truncate(MAX_WORDS);
        query.names = names(&query, reader);
        query
    }

    /// Is nothing asked?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}

/// Other spellings of names in the query: Latin and Chinese ones in Arabic, Arabic ones as others write them.
fn names(query: &Query, reader: &mut Reader) -> Vec<Vec<String>> {
    const LONGEST: usize = 4;
    let mut found: Vec<Vec<String>> = Vec::new();
    let words = &query.words;
    for first in 0..words.len() {
        for last in first + 1..=words.len().min(first + LONGEST) {
            let span = &words[first..last];
            let is_han = span.iter().all(|word| word.script == Script::Han);
            let name: Vec<&str> = span.iter().map(|word| word.exact.as_str()).collect();
            for other in arabic::names::equivalents(&name.join(if is_han { "" } else { " " })) {
                let mut spelling = Vec::new();
                reader.read(&other, Of::Query, |reading| spelling.push(reading.exact));
                if spelling != name && !spelling.is_empty() && !found.contains(&spelling) {
                    found.push(spelling);
                }
            }
        }
    }
    found
}

fn word(reading: Reading<'_>) -> Word {
    Word {
        class: reading.class,
        family: reading.keys.first().map(|lemma| lemma.family.clone()).unwrap_or_default(),
        exact: reading.exact,
        keys: reading.keys.into_iter().map(|lemma| (lemma.text, lemma.weight)).collect(),
        script: reading.script,
    }
}

enum Piece<'t> {
    Words(&'t str),
    Phrase(&'t str),
    Without(&'t str),
}

/// Quotation marks that open, with what closes them.
const QUOTES: [(char, char); 5] = [('"', '"'), ('«', '»'), ('“', '”'), ('„', '“'), ('”', '“')];

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((at, quote)) = rest.char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c)) {
        let inside = &rest[at + quote.len_utf8()..];
        let closes = QUOTES.iter().find(|(open, _)| *open == quote).map_or(quote, |(_, close)| *close);
        words(&rest[..at], &mut found);
        // A quotation mark that nobody closed means nothing.
        let Some(end) = inside.find(closes) else {
            rest = inside;
            continue;
        };
        found.push(Piece::Phrase(&inside[..end]));
        rest = &inside[end + closes.len_utf8()..];
    }
    words(rest, &mut found);
    found
}

fn words<'t>(text: &'t str, found: &mut Vec<Piece<'t>>) {
    for word in text.split_whitespace() {
        match word.strip_prefix('-').filter(|word| word.starts_with(char::is_alphabetic)) {
            Some(word) => found.push(Piece::Without(word)),
            None => found.push(Piece::Words(word)),
        }
    }
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
