//! What is this word made of, and which word of the dictionary is it a form of?
//!
//! Arabic writes conjunctions, prepositions, the article and pronouns together with their word, and bends the word
//! itself: «وسيكتبونها» is five. [`analyse`] gives every reading that the lexicon allows, the likeliest first;
//! [`segments`] the division into words of its own right; [`keys`] what to look the word up by in an index: one key for
//! all forms of a lemma, broken plurals and conjugated verbs included.
//!
//! ```
//! use arabic::morphology::{keys, segments};
//!
//! let parts: Vec<&str> = segments("وبمدارسهم").into_iter().map(|range| &"وبمدارسهم"[range]).collect();
//! assert_eq!(parts, ["و", "ب", "مدارس", "هم"]);
//! assert_eq!(keys("المدارس")[0].text, keys("مدرسة")[0].text);
//! ```
//!
//! # How it works
//! A lexicon of our own gives headwords; rules make their stems when the crate is built. A stem is looked up under its
//! folded letters, so that «احمد» finds «أحمد», but the careful spelling decides between readings. Words that the
//! lexicon does not know are taken apart only where a clitic shows itself. Vowel marks are passed over, except that
//! tanwin excludes pronouns.
//!
//! # Units
//! Ranges are in bytes of the word as given and stand on character boundaries. Costs are in points; ten points make a
//! reading about three times less likely. Words of more than 24 letters are not taken apart.

mod affixes;
mod analyser;
mod classes;
#[cfg(test)]
mod generate;
mod guess;
mod parse;
pub mod stemmers;
mod table;
#[cfg(test)]
mod tests;
mod word;

use std::ops::Range;

pub use self::analyser::Analyser;
pub use self::classes::Pos;
use self::classes::{Kind, folded, letter};
use self::parse::Parse;
use self::word::Word;
use crate::fold::{Fold, fold};

/// A part of a word as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Segment {
    /// What the part is.
    pub part: Part,
    /// The bytes it stands in; none when the ligature before it, such as ﷲ, has its letters too.
    pub range: Range<usize>,
}

/// What a part of a word is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// أ before a question.
    Question,
    /// و or ف.
    Conjunction,
    /// ب ك ل.
    Preposition,
    /// س of the future.
    Future,
    /// The article, of which only ل remains in للبيت.
    Article,
    /// The letter of the person before a present stem.
    Person,
    /// The stem.
    Stem,
    /// The ending of the inflection.
    Ending,
    /// A pronoun.
    Pronoun,
}

/// One way to read a word.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The parts, in order; together they are the word.
    pub segments: Vec<Segment>,
    /// The headword of the dictionary, or the stem of an unknown word.
    pub lemma: String,
    /// The key that all forms of the lemma share.
    pub key: String,
    /// The part of speech.
    pub pos: Pos,
    /// How unlikely the reading is, in points.
    pub cost: u16,
}

/// The readings of a word, the likeliest first; there is always one.
pub type Analyses = Vec<Reading>;

/// A key to look a word up by.
#[derive(Clone, PartialEq, Debug)]
pub struct Key {
    /// The folded headword. The key of a verb ends with `+` and writes a letter with shadda twice, so that كتب «he
    /// wrote» and كُتب «books», علم and علّم stay apart; a word that may be either has both keys.
    pub text: String,
    /// How likely it is beside the others, the sum being one.
    pub weight: f32,
    /// The part of speech of the lemma; [`Pos::Unknown`] when the lexicon does not have it.
    pub pos: Pos,
}

/// All readings of `word`, the likeliest first.
pub fn analyse(word: &str) -> Analyses {
    let Some(letters) = Word::new(word) else { return vec![opaque(word)] };
    let mut readings: Analyses = Vec::new();
    for parse in all_parses(&letters) {
        let reading = reading(&letters, &parse);
        if !readings
            .iter()
            .any(|other| other.segments == reading.segments && other.lemma == reading.lemma && other.pos == reading.pos)
        {
            readings.push(reading);
        }
    }
    readings
}

/// The likeliest division of `word` into words of their own right: the article stays with its noun, the ending with
/// its stem, and «للسلطة» is ل and لسلطة. The ranges follow one another and cover the word.
pub fn segments(word: &str) -> Vec<Range<usize>> {
    let whole = || std::iter::once(0..word.len()).filter(|range| !range.is_empty()).collect();
    let Some(letters) = Word::new(word) else {
        let (mut parts, rest) = before_foreign(word);
        parts.extend((rest < word.len()).then_some(rest..word.len()));
        return parts;
    };
    best(&letters).map_or_else(whole, |parse| divide(&letters, &parse))
}

/// The divisions of the words of a sentence, each as [`segments`] gives it unless the word before decides otherwise:
/// no verb and no و follows a preposition, a verb follows لم and قد.
pub fn segments_in(words: &[&str]) -> Vec<Vec<Range<usize>>> {
    let mut before = Demand::Nothing;
    let divide_next = |word: &&str| {
        let Some(letters) = Word::new(word) else {
            before = Demand::Nothing;
            return segments(word);
        };
        let parses = all_parses(&letters);
        let Some(parse) = parses.iter().min_by_key(|parse| parse.cost + before.cost(parse)) else {
            return segments(word);
        };
        before = Demand::of(&letters, parse);
        divide(&letters, parse)
    };
    words.iter().map(divide_next).collect()
}

/// The keys of `word`, the likeliest first; none for an empty word, at most four.
pub fn keys(word: &str) -> Vec<Key> {
    let Some(letters) = Word::new(word) else {
        let text = foreign_key(word);
        return if text.is_empty() { Vec::new() } else { vec![Key { text, weight: 1.0, pos: Pos::Unknown }] };
    };
    let mut costs: Vec<(String, u16, Pos)> = Vec::new();
    let parses = all_parses(&letters);
    let least = parses.first().map_or(0, |parse| parse.cost);
    let mut lemmas: Vec<u32> = Vec::new();
    for parse in &parses {
        if parse.cost > least + KEY_RANGE || costs.len() == MOST_KEYS {
            break;
        }
        if let Some(entry) = parse.entry {
            if lemmas.contains(&entry.lemma) {
                continue;
            }
            lemmas.push(entry.lemma);
        }
        let key = key_of(&letters, parse);
        if !costs.iter().any(|(known, ..)| *known == key) {
            costs.push((key, parse.cost, parse.entry.map_or(Pos::Unknown, |entry| table::lemma(entry.lemma).1)));
        }
    }
    let weight = |cost: u16| (-f32::from(cost - least) / COST_OF_E).exp();
    let sum: f32 = costs.iter().map(|(_, cost, _)| weight(*cost)).sum();
    costs.into_iter().map(|(text, cost, pos)| Key { text, weight: weight(cost) / sum, pos }).collect()
}

impl Pos {
    /// Whether words of this kind are a closed class, which says little of what a text is about: «في», «هذا», «قد».
    pub fn is_closed_class(self) -> bool {
        match self {
            Pos::Noun | Pos::Adjective | Pos::Verb | Pos::Name | Pos::Number | Pos::Adverb | Pos::Unknown => false,
            Pos::Preposition
            | Pos::Conjunction
            | Pos::Pronoun
            | Pos::Demonstrative
            | Pos::Relative
            | Pos::Determiner
            | Pos::Auxiliary
            | Pos::Particle
            | Pos::Interjection => true,
        }
    }
}

/// How many stems and lemmas the lexicon has, and the bytes of its tables.
pub fn lexicon_size() -> (usize, usize, usize) {
    table::size()
}

/// Whether the lexicon has a reading for `word`.
pub fn is_known(word: &str) -> bool {
    Word::new(word).is_some_and(|letters| best(&letters).is_some_and(|parse| parse.entry.is_some()))
}

/// Keys that are this much less likely than the best are left out.
const KEY_RANGE: u16 = 22;
const MOST_KEYS: usize = 4;
/// Ends the keys of verbs, which would else look like those of nouns: كتب «he wrote» and كُتب «books».
const VERB_MARK: char = '+';
/// Points that make a reading e times less likely.
const COST_OF_E: f32 = 9.0;

/// What a word demands of the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    Nothing,
    /// After a preposition.
    Noun,
    /// After لم، لن، قد، سوف.
    Verb,
}

impl Demand {
    fn of(word: &Word, parse: &Parse) -> Demand {
        let Some(entry) = parse.entry else { return Demand::Nothing };
        match entry.kind {
            Kind::Preposition if parse.pronoun == word.len && entry.letters().len() > 1 => Demand::Noun,
            Kind::Particle => match table::lemma(entry.lemma).0 {
                "لم" | "لن" | "قد" | "لقد" | "سوف" => Demand::Verb,
                _ => Demand::Nothing,
            },
            _ => Demand::Nothing,
        }
    }

    fn cost(self, parse: &Parse) -> u16 {
        let is_verb =
            parse.entry.is_some_and(|entry| matches!(entry.kind, Kind::Past | Kind::Present | Kind::PresentWhole));
        let begins_anew = parse.prefix.conjunction != 0 || parse.prefix.preposition != 0;
        match self {
            Demand::Nothing => 0,
            Demand::Noun => 15 * u16::from(is_verb) + 15 * u16::from(begins_anew),
            Demand::Verb => 10 * u16::from(!is_verb) + 15 * u16::from(begins_anew),
        }
    }
}

/// The readings by the lexicon and, where these are none or far-fetched, those without it.
fn all_parses(word: &Word) -> Vec<Parse> {
    let mut parses = parse::parses(word);
    if parses.first().is_none_or(|parse| parse.cost > FAR_FETCHED) {
        parses.extend(guess::guesses(word));
        parses.sort_by_key(|parse| parse.cost);
    }
    parses
}

/// From this cost on a word is rather unknown.
const FAR_FETCHED: u16 = 50;

fn best(word: &Word) -> Option<Parse> {
    all_parses(word).first().copied()
}

fn divide(word: &Word, parse: &Parse) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let clitics = parse.prefix.clitics();
    for at in 0..clitics {
        found.push(word.range(at, at + 1));
    }
    found.push(word.range(clitics, parse.pronoun));
    if parse.pronoun < word.len {
        found.push(word.range(parse.pronoun, word.len));
    }
    // Letters of one ligature share its place: the first part has it.
    found.retain(|part| !part.is_empty());
    found
}

fn reading(word: &Word, parse: &Parse) -> Reading {
    let key = key_of(word, parse);
    let (lemma, pos) = match parse.entry {
        Some(entry) => {
            let (headword, pos) = table::lemma(entry.lemma);
            (headword.to_owned(), pos)
        }
        None => (key.clone(), Pos::Unknown),
    };
    Reading { segments: parts(word, parse), lemma, key, pos, cost: parse.cost }
}

fn parts(word: &Word, parse: &Parse) -> Vec<Segment> {
    let prefix = &parse.prefix;
    let mut found = Vec::new();
    let mut at = 0;
    let mut put = |part: Part, len: usize| {
        if len > 0 {
            found.push(Segment { part, range: word.range(at, at + len) });
            at += len;
        }
    };
    put(Part::Question, usize::from(prefix.question));
    put(Part::Conjunction, usize::from(prefix.conjunction != 0));
    put(Part::Preposition, usize::from(prefix.preposition != 0));
    put(Part::Future, usize::from(prefix.future));
    put(Part::Person, usize::from(prefix.person != 0));
    put(Part::Article, prefix.len - prefix.clitics() - usize::from(prefix.person != 0));
    put(Part::Stem, parse.end - prefix.len);
    put(Part::Ending, parse.pronoun - parse.end);
    put(Part::Pronoun, word.len - parse.pronoun);
    found
}

fn key_of(word: &Word, parse: &Parse) -> String {
    match parse.entry {
        Some(entry) => {
            let (headword, pos) = table::lemma(entry.lemma);
            lemma_key(headword, pos)
        }
        None => {
            let stem = guess::light_stem(&word.folded[parse.prefix.len..parse.end]);
            stem.iter().map(|&code| letter(code)).collect()
        }
    }
}

/// The key of a lemma: its folded headword; of a verb with the doubled letter twice, which keeps علّم apart from علم.
fn lemma_key(headword: &str, pos: Pos) -> String {
    let bare = match pos {
        Pos::Name => headword.strip_prefix("ال").filter(|rest| rest.chars().count() >= 2).unwrap_or(headword),
        _ => headword,
    };
    let mut key = String::with_capacity(bare.len() + 2);
    for c in bare.chars() {
        match classes::code(c) {
            Some(code) => key.push(letter(folded(code))),
            // The shadda, which only verbs keep.
            None => key.extend(key.chars().next_back()),
        }
    }
    if pos == Pos::Verb {
        key.push(VERB_MARK);
    }
    key
}

/// What is no Arabic word, perhaps after proclitics: و2006، بـWhatsApp.
fn opaque(word: &str) -> Reading {
    let (before, rest) = before_foreign(word);
    let part_of = |range: &Range<usize>| match &word[range.clone()] {
        part if part.starts_with(['و', 'ف']) => Part::Conjunction,
        part if part.starts_with('ا') => Part::Article,
        _ => Part::Preposition,
    };
    let mut segments: Vec<Segment> = before.into_iter().map(|range| Segment { part: part_of(&range), range }).collect();
    if rest < word.len() {
        segments.push(Segment { part: Part::Stem, range: rest..word.len() });
    }
    Reading { segments, lemma: word[rest..].to_owned(), key: foreign_key(word), pos: Pos::Unknown, cost: guess::WHOLE }
}

/// The key of what is no Arabic word, without proclitics.
fn foreign_key(word: &str) -> String {
    let text = fold(word, Fold::KEY);
    let start = before_foreign(&text).1;
    text[start..].to_owned()
}

/// The proclitics before a number or a word of another script, and where that begins.
fn before_foreign(word: &str) -> (Vec<Range<usize>>, usize) {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for clitics in [&["و", "ف"][..], &["ب", "ل", "ك"], &["ال"]] {
        let Some(clitic) = clitics.iter().find(|clitic| word[at..].starts_with(**clitic)) else { continue };
        let end = at + clitic.len();
        // Its mark and the tatweel that is often put between belong to the clitic.
        let marks = |c: char| matches!(c, '\u{064B}'..='\u{0652}' | '\u{0640}');
        let end = word.len() - word[end..].trim_start_matches(marks).len();
        parts.push(at..end);
        at = end;
    }
    match word[at..].chars().next() {
        Some(c) if c.is_ascii_alphanumeric() || matches!(c, '\u{0660}'..='\u{0669}') => (parts, at),
        _ => (Vec::new(), 0),
    }
}
