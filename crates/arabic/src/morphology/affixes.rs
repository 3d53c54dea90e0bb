//! What can stand before and after a stem?
//!
//! Prefixes are the proclitics (و ف أ ب ك ل س and the article) and the letter of the person before a present stem;
//! suffixes are an ending of the inflection and a pronoun.

use super::classes::*;
use super::word::Word;

/// What stands before a stem. Letters are codes, 0 for none.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Prefix {
    pub(super) question: bool,
    pub(super) conjunction: u8,
    /// ب ك ل before a noun, ل before a verb.
    pub(super) preposition: u8,
    pub(super) article: bool,
    pub(super) future: bool,
    pub(super) person: u8,
    /// How many letters it takes.
    pub(super) len: usize,
    pub(super) cost: u16,
}

impl Prefix {
    /// How many letters of it are clitics that are written apart: without the article and the person.
    pub(super) fn clitics(&self) -> usize {
        usize::from(self.question)
            + usize::from(self.conjunction != 0)
            + usize::from(self.preposition != 0)
            + usize::from(self.future)
    }
}

/// The codes of the letters that prefixes are made of.
pub(super) mod letter {
    pub(crate) const ALEF_HAMZA: u8 = 3;
    pub(crate) const ALEF: u8 = 7;
    pub(crate) const BA: u8 = 8;
    pub(crate) const TA: u8 = 10;
    pub(crate) const SIN: u8 = 19;
    pub(crate) const FA: u8 = 33;
    pub(crate) const KAF: u8 = 35;
    pub(crate) const LAM: u8 = 36;
    pub(crate) const NUN: u8 = 38;
    pub(crate) const WAW: u8 = 40;
    pub(crate) const YA: u8 = 42;
}
use letter::*;

/// The prefixes that `word` may begin with, the empty one first.
pub(super) fn prefixes(word: &Word) -> Vec<Prefix> {
    let mut found = Vec::with_capacity(16);
    let at = |index: usize| if index < word.len { word.folded[index] } else { 0 };
    let none = Prefix::default();
    after_conjunction(word, none, &mut found);
    let questions = if word.written[0] == ALEF_HAMZA && word.len > 2 {
        let question = Prefix { question: true, len: 1, cost: 12, ..none };
        after_conjunction(word, question, &mut found);
        [none, question]
    } else {
        [none, none]
    };
    for start in &questions[..1 + usize::from(questions[1].question)] {
        let conjunction = at(start.len);
        if word.len > start.len + 1 && matches!(conjunction, WAW | FA) && !matches!(word.written[start.len], 4) {
            let cost = start.cost + if conjunction == WAW { 8 } else { 11 };
            after_conjunction(word, Prefix { conjunction, len: start.len + 1, cost, ..*start }, &mut found);
        }
    }
    found
}

fn after_conjunction(word: &Word, start: Prefix, found: &mut Vec<Prefix>) {
    let at = |index: usize| if index < word.len { word.folded[index] } else { 0 };
    let is_article = |index: usize| word.len > index + 2 && word.written[index] == ALEF && at(index + 1) == LAM;
    let first = start.len;
    let mut put = |prefix: Prefix| {
        if prefix.len < word.len {
            found.push(prefix);
        }
    };
    put(start);
    let with_person = |start: Prefix, found: &mut dyn FnMut(Prefix)| {
        let person = at(start.len);
        if matches!(person, YA | TA | NUN | ALEF) && !matches!(word.written[start.len], 2 | 5 | 6 | 41) {
            let cost = start.cost
                + if word.written[start.len] == ALEF {
                    8
                } else if person == ALEF {
                    3
                } else {
                    0
                };
            found(Prefix { person, len: start.len + 1, cost, ..start });
        }
    };
    with_person(start, &mut put);
    if is_article(first) {
        put(Prefix { article: true, len: first + 2, ..start });
    }
    match at(first) {
        SIN => {
            let future = Prefix { future: true, len: first + 1, cost: start.cost + 5, ..start };
            with_person(future, &mut put);
        }
        preposition @ (BA | KAF | LAM) => {
            let cost = start.cost + if preposition == KAF { 15 } else { 9 };
            let alone = Prefix { preposition, len: first + 1, cost, ..start };
            put(alone);
            if preposition == LAM {
                with_person(alone, &mut put);
                if at(first + 1) == LAM {
                    put(Prefix { article: true, len: first + 2, ..alone });
                }
            } else if is_article(first + 1) {
                put(Prefix { article: true, len: first + 3, ..alone });
            }
        }
        _ => {}
    }
}

/// An ending of the inflection.
pub(super) struct Ending {
    /// As it is spelled, in codes.
    pub(super) letters: &'static [u8],
    pub(super) group: Groups,
    pub(super) place: Place,
    pub(super) cost: u16,
    /// What it says of the word, where that excludes neighbours.
    pub(super) nature: Nature,
}

/// Where an ending stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Last,
    BeforePronoun,
    Both,
}

/// What an ending excludes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Nature {
    Plain,
    /// Without nun: no article before.
    Construct,
    /// The nominative: no preposition before.
    Nominative,
    /// The alef of tanwin: neither.
    Indefinite,
    /// Of the second person feminine: only after ت.
    You,
    /// Present endings of two and of many: not after أ and ن.
    Many,
}

const A: u8 = ALEF;
const T: u8 = TA;
const N: u8 = NUN;
const W: u8 = WAW;
const Y: u8 = YA;
const M: u8 = 37;
const TA_MARBUTA: u8 = 9;

const fn ending(letters: &'static [u8], group: Groups, place: Place, cost: u16, nature: Nature) -> Ending {
    Ending { letters, group, place, cost, nature }
}

use Nature::{Construct, Indefinite, Many, Nominative, Plain, You};
use Place::{BeforePronoun, Both, Last};

/// Every ending.
pub(super) static ENDINGS: &[Ending] = &[
    ending(&[], BARE, Last, 0, Plain),
    ending(&[], BEFORE_PRONOUN, BeforePronoun, 0, Plain),
    ending(&[A], TANWIN, Last, 1, Indefinite),
    ending(&[A, N], DUAL, Last, 9, Nominative),
    ending(&[Y, N], DUAL, Last, 8, Plain),
    ending(&[A], DUAL, BeforePronoun, 12, Construct),
    ending(&[Y], DUAL, BeforePronoun, 12, Construct),
    ending(&[A], DUAL, Last, 20, Construct),
    ending(&[Y], DUAL, Last, 20, Construct),
    ending(&[TA_MARBUTA], FEMININE, Last, 0, Plain),
    ending(&[T], FEMININE, BeforePronoun, 0, Plain),
    ending(&[T, A, N], FEMININE, Last, 5, Nominative),
    ending(&[T, Y, N], FEMININE, Last, 5, Plain),
    ending(&[T, A], FEMININE, Both, 14, Construct),
    ending(&[T, Y], FEMININE, Both, 18, Construct),
    ending(&[A, T], FEMININE_PLURAL, Both, 0, Plain),
    ending(&[W, N], MASCULINE_PLURAL, Last, 0, Nominative),
    ending(&[Y, N], MASCULINE_PLURAL, Last, 0, Plain),
    ending(&[W], MASCULINE_PLURAL, BeforePronoun, 5, Construct),
    ending(&[Y], MASCULINE_PLURAL, BeforePronoun, 5, Construct),
    ending(&[W], MASCULINE_PLURAL, Last, 12, Construct),
    ending(&[Y], MASCULINE_PLURAL, Last, 8, Construct),
    ending(&[T], PAST_SHE, Both, 0, Plain),
    ending(&[T, A], PAST_SHE, Both, 9, Plain),
    ending(&[A], PAST_TWO, Both, 9, Plain),
    ending(&[W, A], PAST_THEY, Last, 0, Plain),
    ending(&[W], PAST_THEY, BeforePronoun, 1, Plain),
    ending(&[T], PAST_CONSONANT, Both, 6, Plain),
    ending(&[N, A], PAST_CONSONANT, Both, 7, Plain),
    ending(&[T, M], PAST_CONSONANT, Last, 12, Plain),
    ending(&[T, M, W], PAST_CONSONANT, BeforePronoun, 14, Plain),
    ending(&[T, M, A], PAST_CONSONANT, Both, 16, Plain),
    ending(&[T, N], PAST_CONSONANT, Both, 18, Plain),
    ending(&[N], PAST_CONSONANT, Both, 12, Plain),
    ending(&[W, N], PRESENT_THEY, Both, 0, Many),
    ending(&[W, A], PRESENT_THEY, Last, 1, Many),
    ending(&[W], PRESENT_THEY, BeforePronoun, 3, Many),
    ending(&[Y, N], PRESENT_THEY, Both, 16, You),
    ending(&[Y], PRESENT_THEY, Both, 18, You),
    ending(&[A, N], PRESENT_TWO, Both, 6, Many),
    ending(&[A], PRESENT_TWO, Both, 9, Many),
    ending(&[N], PRESENT_WOMEN, Both, 10, Many),
    ending(&[W, A], IMPERATIVE, Last, 0, Plain),
    ending(&[W], IMPERATIVE, BeforePronoun, 3, Plain),
    ending(&[Y], IMPERATIVE, Both, 6, Plain),
    ending(&[A], IMPERATIVE, Both, 10, Plain),
];

/// A pronoun written with the word before it.
pub(super) struct Pronoun {
    pub(super) letters: &'static [u8],
    pub(super) cost: u16,
    pub(super) after_noun: bool,
    pub(super) after_verb: bool,
}

const fn pronoun(letters: &'static [u8], cost: u16, after_noun: bool, after_verb: bool) -> Pronoun {
    Pronoun { letters, cost, after_noun, after_verb }
}

/// Every such pronoun. Prepositions take those of nouns.
pub(super) static PRONOUNS: &[Pronoun] = &[
    pronoun(&[39], 7, true, true),         // ه
    pronoun(&[39, A], 6, true, true),      // ها
    pronoun(&[39, M], 6, true, true),      // هم
    pronoun(&[39, M, A], 8, true, true),   // هما
    pronoun(&[39, N], 11, true, true),     // هن
    pronoun(&[N, A], 8, true, true),       // نا
    pronoun(&[Y], 12, true, false),        // ي
    pronoun(&[N, Y], 9, false, true),      // ني
    pronoun(&[KAF], 16, true, true),       // ك
    pronoun(&[KAF, M], 13, true, true),    // كم
    pronoun(&[KAF, M, A], 18, true, true), // كما
    pronoun(&[KAF, N], 20, true, true),    // كن
];

/// An ending and perhaps a pronoun that a word may end with.
#[derive(Clone, Copy)]
pub(super) struct Suffix {
    /// How many letters stand before it.
    pub(super) start: usize,
    pub(super) ending: &'static Ending,
    pub(super) pronoun: Option<&'static Pronoun>,
}

/// The suffixes that `word` may end with, by where they start, the shortest first.
pub(super) fn suffixes(word: &Word) -> Vec<Suffix> {
    let mut found = Vec::with_capacity(24);
    let letters = word.letters();
    let last = |letters: &[u8]| letters.last().copied().unwrap_or_default();
    let pronouns = PRONOUNS.iter().filter(|pronoun| {
        // A dotted ة is no pronoun.
        letters.ends_with(pronoun.letters) && word.written[word.len - 1] != TA_MARBUTA
    });
    for pronoun in std::iter::once(None).chain(pronouns.map(Some)) {
        let rest = &letters[..letters.len() - pronoun.map_or(0, |pronoun| pronoun.letters.len())];
        for ending in ENDINGS {
            let fits = match ending.place {
                Last => pronoun.is_none(),
                BeforePronoun => pronoun.is_some(),
                Both => true,
            };
            if fits
                && rest.len() > ending.letters.len()
                && ending.letters.last().is_none_or(|&end| folded(end) == last(rest))
                && ends_with(rest, ending.letters)
            {
                found.push(Suffix { start: rest.len() - ending.letters.len(), ending, pronoun });
            }
        }
    }
    found.sort_by_key(|suffix| std::cmp::Reverse(suffix.start));
    found
}

fn ends_with(letters: &[u8], ending: &[u8]) -> bool {
    letters.iter().rev().zip(ending.iter().rev()).all(|(&letter, &code)| letter == folded(code))
}
