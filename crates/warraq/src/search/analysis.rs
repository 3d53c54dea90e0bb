//! How is a word looked up? As it is written, by its lemma, by pieces of its lemma.
//!
//! The same function reads stories and queries, so that they cannot disagree. What script a word is written in decides
//! how it is read: Arabic by the lexicon of [`arabic::morphology`], Latin and Cyrillic by Snowball stemmers, Chinese by
//! pairs of characters, because it does not part its words.

use std::collections::HashMap;

use arabic::fold::{Fold, fold};
use arabic::morphology::{Analyser, Key, Pos};
use arabic::words::Token;
use frostem::{Algorithm, Stemmer};

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
/// Letters of a piece of a lemma: as many as most roots have.
const GRAM: usize = 3;
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
            english: Stemmer::new(Algorithm::English),
            french: Stemmer::new(Algorithm::French),
            russian: Stemmer::new(Algorithm::Russian),
        }
    }

    /// Every word of `text` in its layers.
    pub fn read<'t>(&mut self, text: &'t str, of: Of<'_>, mut sink: impl FnMut(Reading<'t>)) {
        let Self { arabic, english, french, russian } = self;
        let mut before: Option<(usize, String)> = None;
        arabic.read(text, |token, keys| {
            let exact = fold(token.text, Fold::KEY).into_owned();
            let Some(script) = script_of(&exact) else { return };
            let class = match (script, keys.first().map(|key| key.pos)) {
                (Script::Arabic, Some(Pos::Name | Pos::Unknown)) => Class::Name,
                (Script::Arabic, Some(pos)) if pos.is_closed_class() || EMPTY.contains(&exact.as_str()) => {
                    Class::Common
                }
                _ => Class::Plain,
            };
            let keys = match script {
                Script::Arabic => likely(keys),
                Script::Latin => match of {
                    Of::Story("fr") => certain(french.stem(&exact)),
                    Of::Story(_) => certain(english.stem(&exact)),
                    Of::Query => either(english.stem(&exact), french.stem(&exact)),
                },
                Script::Cyrillic => certain(russian.stem(&exact)),
                Script::Han => match &before {
                    Some((end, last)) if *end == token.start => certain(format!("{last}{exact}")),
                    _ => Vec::new(),
                },
                Script::Other => certain(exact.as_str()),
            };
            before = (script == Script::Han).then(|| (token.end, exact.clone()));
            sink(Reading { token, exact, keys, script, class });
        });
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
        if self.known.len() >= NAMES && !self.known.contains_key(name) {
            self.known.clear();
        }
        self.known.entry(name.to_owned()).or_insert_with(|| arabic::names::name_key(name))
    }
}

/// The pieces of a lemma: all its runs of three letters, itself if it is shorter.
pub fn grams(lemma: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = lemma.char_indices().map(|(at, _)| at).chain([lemma.len()]).collect();
    let count = starts.len().saturating_sub(GRAM).max(1);
    (0..count).map(move |first| {
        let last = (first + GRAM).min(starts.len() - 1);
        &lemma[starts[first]..starts[last]]
    })
}

/// What an adjective in ي may be made of: صيني from صين. Too short for a piece of its own otherwise.
pub fn base_of_nisba(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('ي').filter(|base| base.chars().count() == GRAM - 1)
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

fn likely(keys: &[Key]) -> Vec<Lemma> {
    let worth = |(place, key): &(usize, &Key)| *place == 0 || key.weight >= UNLIKELY;
    let kept = keys.iter().enumerate().filter(worth);
    kept.map(|(_, key)| Lemma { text: key.text.clone(), weight: key.weight }).collect()
}

fn certain(text: impl Into<String>) -> Vec<Lemma> {
    vec![Lemma { text: text.into(), weight: 1.0 }]
}

fn either(one: impl Into<String>, other: impl Into<String>) -> Vec<Lemma> {
    let (one, other) = (one.into(), other.into());
    if one == other {
        return certain(one);
    }
    vec![Lemma { text: one, weight: 0.6 }, Lemma { text: other, weight: 0.4 }]
}
