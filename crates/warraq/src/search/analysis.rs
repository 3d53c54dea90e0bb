//! How is a word looked up? As it is written, by its lemma, by its family.
//!
//! The same function reads stories and queries, so that they cannot disagree. What script a word is written in decides
//! how it is read: Arabic by the lexicon of [`arabic::morphology`], Latin and Cyrillic by Snowball stemmers, Chinese by
//! pairs of characters, because it does not part its words.

use std::collections::HashMap;

use arabic::fold::{Fold, fold};
use arabic::morphology::{Analyser, Key, Pos};
use arabic::words::Token;
use frostem::{Algorithm, Stemmer};

use super::fields::BETWEEN;

/// A word in its layers.
#[derive(Debug)]
pub struct Reading<'a> {
    /// As it is written in the text.
    pub token: Token<'a>,
    /// Folded.
    pub exact: String,
    /// By lemma, the likeliest first.
    pub keys: Vec<Lemma>,
    /// What kind of sign it is made of.
    pub script: Script,
    /// What kind of word it is, by its likeliest lemma.
    pub class: Class,
}

/// What kind of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A word of the language.
    Plain,
    /// A word of the closed classes («في», «هذا»), which says little about what a text is about.
    Common,
    /// A name, or a word that the lexicon does not know: others may spell it in other ways.
    Name,
}

/// What a word may be a form of.
#[derive(Debug, Clone, PartialEq)]
pub struct Lemma {
    /// The key in the index.
    pub text: String,
    /// How likely, beside the others.
    pub weight: f32,
    /// What it shares with the words it is derived from and those derived from it; empty when nothing is known.
    pub family: String,
}

/// What a word is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Arabic letters.
    Arabic,
    /// Latin letters.
    Latin,
    /// Cyrillic letters.
    Cyrillic,
    /// Chinese characters.
    Han,
    /// Digits and everything else.
    Other,
}

/// Which text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'a> {
    /// A story in this language: a Latin word is of that language.
    Story(&'a str),
    /// A query, whose language nobody knows: a Latin word may be of any.
    Query,
}

/// Reads texts. Remembers words it has seen.
pub struct Reader {
    arabic: Analyser,
    stemmers: Stemmers,
    known: HashMap<Box<str>, Known>,
}

struct Stemmers {
    english: Stemmer,
    french: Stemmer,
    russian: Stemmer,
}

/// Words that a reader remembers: those of a large archive that come often.
const REMEMBERED: usize = 1 << 16;
/// Words of other classes that say as little: words that ask, and forms of «to be». Folded.
const EMPTY: [&str; 22] = [
    "متي",
    "اين",
    "كيف",
    "كم",
    "ماهو",
    "ماهي",
    "لماذا",
    "ماذا",
    "بماذا",
    "بكم",
    "كان",
    "كانت",
    "كانوا",
    "يكون",
    "تكون",
    "وكان",
    "وكانت",
    "سيكون",
    "ستكون",
    "هناك",
    "حيث",
    "تم",
];
/// Bytes of the longest word that is remembered.
const LONG: usize = 48;
/// A reading of a word that is less likely than this does not go into the index.
const UNLIKELY: f32 = 0.2;

impl Default for Reader {
    fn default() -> Self {
        Self::remembering(REMEMBERED)
    }
}

impl Reader {
    /// A reader that remembers so many words.
    #[must_use]
    pub fn remembering(words: usize) -> Self {
        Self {
            arabic: Analyser::new(words),
            stemmers: Stemmers {
                english: Stemmer::new(Algorithm::English),
                french: Stemmer::new(Algorithm::French),
                russian: Stemmer::new(Algorithm::Russian),
            },
            known: HashMap::new(),
        }
    }

    /// Every word of `text` in its layers.
    pub fn read<'t>(&mut self, text: &'t str, of: Of<'_>, mut sink: impl FnMut(Reading<'t>)) {
        let Self { arabic, stemmers, .. } = self;
        let mut before = None;
        arabic.read(text, |token, keys| {
            if let Some(reading) = stemmers.reading(token, keys, of, &mut before) {
                sink(reading);
            }
        });
    }

    /// One word of a text in its layers, for who goes through the words by themselves. `before` belongs to the text and is
    /// empty at its beginning.
    pub(super) fn word<'t>(
        &mut self,
        token: Token<'t>,
        of: Of<'_>,
        before: &mut Option<(usize, String)>,
    ) -> Option<Reading<'t>> {
        let Self { arabic, stemmers, .. } = self;
        stemmers.reading(token, arabic.keys(token.text), of, before)
    }

    /// The keys that an Arabic word may have, the unlikely ones too: quick, for who looks for few of them.
    pub(super) fn keys(&mut self, word: &str) -> &[Key] {
        self.arabic.keys(word)
    }

    /// As [`Reader::read`] for a story that is indexed, where most words were seen before.
    pub(super) fn visit(&mut self, text: &str, language: &str, mut sink: impl FnMut(&Known)) {
        let Self { arabic, stemmers, known } = self;
        let mut before = None;
        arabic.read(text, |token, keys| {
            if let Some(word) = known.get(token.text) {
                before = None;
                return sink(word);
            }
            let written = token.text;
            let Some(reading) = stemmers.reading(token, keys, Of::Story(language), &mut before) else { return };
            let word = Known::new(&reading);
            sink(&word);
            // How words of other scripts are read depends on the language or on the word before.
            if word.script == Script::Arabic && written.len() <= LONG {
                if known.len() >= REMEMBERED {
                    known.clear();
                }
                known.insert(written.into(), word);
            }
        });
    }
}

impl Stemmers {
    /// The layers of a word; `before` is the Chinese character before, with where it ended.
    fn reading<'t>(
        &self,
        token: Token<'t>,
        keys: &[Key],
        of: Of<'_>,
        before: &mut Option<(usize, String)>,
    ) -> Option<Reading<'t>> {
        let exact = fold(token.text, Fold::KEY).into_owned();
        let script = script_of(&exact)?;
        let last = before.take();
        if script == Script::Han {
            *before = Some((token.end, exact.clone()));
        }
        let (class, keys) = match script {
            Script::Arabic => {
                let class = class_of(&exact, keys);
                (class, likely(keys, class))
            }
            Script::Latin => match of {
                Of::Story("fr") => (Class::Plain, certain(self.french.stem(&exact))),
                Of::Story(_) => (Class::Plain, certain(self.english.stem(&exact))),
                Of::Query => (Class::Plain, either(self.english.stem(&exact), self.french.stem(&exact))),
            },
            Script::Cyrillic => (Class::Plain, certain(self.russian.stem(&exact))),
            Script::Han => match last {
                Some((end, last)) if end == token.start => (Class::Plain, certain(last + &exact)),
                _ => (Class::Plain, Vec::new()),
            },
            Script::Other => (Class::Plain, certain(exact.as_str())),
        };
        Some(Reading { token, exact, keys, script, class })
    }
}

/// A word in its layers as the index takes them, wherever it stands. One piece of memory, because an index is made at the
/// speed of memory: every word of every story is looked up.
#[derive(Debug)]
pub(super) struct Known {
    /// The layers one after the other; [`BETWEEN`] follows every word.
    text: Box<str>,
    /// Where each of the first three layers ends.
    ends: [usize; 3],
    pub(super) script: Script,
    pub(super) class: Class,
}

impl Known {
    fn new(reading: &Reading<'_>) -> Self {
        let mut text = String::new();
        let mut ends = [0; 3];
        let mut push = |layer: usize, word: &str| {
            if !word.is_empty() {
                text.push_str(word);
                text.push(BETWEEN);
            }
            ends[layer..].fill(text.len());
        };
        push(0, &reading.exact);
        // Words of the closed classes are a third of every text and tell nothing of it; in phrases they stand as written.
        if reading.class != Class::Common {
            for key in &reading.keys {
                push(1, &key.text);
            }
            push(2, reading.keys.first().map_or("", |best| &best.family));
        }
        if reading.script == Script::Arabic && reading.class == Class::Name {
            for sound in arabic::names::name_key(&reading.exact) {
                text.push_str(&sound);
                text.push(BETWEEN);
            }
        }
        Self { text: text.into(), ends, script: reading.script, class: reading.class }
    }

    /// As written.
    pub(super) fn exact(&self) -> &str {
        &self.text[..self.ends[0]]
    }

    /// Its lemmas.
    pub(super) fn keys(&self) -> &str {
        &self.text[self.ends[0]..self.ends[1]]
    }

    /// The family of the likeliest.
    pub(super) fn family(&self) -> &str {
        &self.text[self.ends[1]..self.ends[2]]
    }

    /// Its sounds, when it is a name.
    pub(super) fn sounds(&self) -> &str {
        &self.text[self.ends[2]..]
    }
}

/// How a name sounds, in a few ways: spellings of one name share one of them.
#[derive(Default)]
pub struct Sounds {
    known: HashMap<String, Vec<String>>,
}

/// Names whose sound is remembered.
const NAMES: usize = 1 << 14;

impl Sounds {
    /// The sounds of a folded Arabic word or run of words.
    pub fn of(&mut self, name: &str) -> &[String] {
        if !self.known.contains_key(name) {
            if self.known.len() >= NAMES {
                self.known.clear();
            }
            self.known.insert(name.to_owned(), arabic::names::name_key(name));
        }
        self.known.get(name).map_or(&[], Vec::as_slice)
    }
}

fn script_of(exact: &str) -> Option<Script> {
    let letter = exact.chars().find(|c| c.is_alphanumeric())?;
    Some(match letter {
        '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08FF}' => Script::Arabic,
        'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => Script::Latin,
        '\u{0400}'..='\u{052F}' => Script::Cyrillic,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Script::Han
        }
        _ => Script::Other,
    })
}

/// «فقد» may be «and indeed» or «he lost»: it is of a closed class only when nothing else is likely.
fn class_of(exact: &str, keys: &[Key]) -> Class {
    let Some(best) = keys.first() else { return Class::Plain };
    let open = |key: &Key| !key.pos.is_closed_class() && key.weight >= UNLIKELY;
    match best.pos {
        _ if EMPTY.contains(&exact) => Class::Common,
        pos if pos.is_closed_class() && !keys.iter().any(open) => Class::Common,
        // «و200» is a number after all.
        Pos::Name | Pos::Unknown if !best.text.starts_with(|c: char| c.is_ascii_digit()) => Class::Name,
        _ => Class::Plain,
    }
}

fn likely(keys: &[Key], class: Class) -> Vec<Lemma> {
    let telling = |key: &&Key| class == Class::Common || !key.pos.is_closed_class();
    let worth = |(place, key): &(usize, &Key)| *place == 0 || key.weight >= UNLIKELY;
    let lemma = |(_, key): (usize, &Key)| Lemma {
        text: key.text.clone(),
        weight: key.weight,
        family: super::family::family(&key.text, key.pos),
    };
    keys.iter().filter(telling).enumerate().filter(worth).map(lemma).collect()
}

fn certain(text: impl Into<String>) -> Vec<Lemma> {
    vec![Lemma { text: text.into(), weight: 1.0, family: String::new() }]
}

fn either(one: impl Into<String>, other: impl Into<String>) -> Vec<Lemma> {
    let (one, other) = (one.into(), other.into());
    if one == other {
        return certain(one);
    }
    vec![
        Lemma { text: one, weight: 0.6, family: String::new() },
        Lemma { text: other, weight: 0.4, family: String::new() },
    ]
}
