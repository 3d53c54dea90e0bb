//! Which stems do the classic light stemmers give?
//!
//! For comparison, and for those who have an index made with them. [`light10`] follows Larkey, Ballesteros and Connell,
//! «Light Stemming for Arabic Information Retrieval» (2007), with the normalisation and the lengths of Apache Lucene;
//! [`snowball`] follows the description of the Arabic stemmer of Snowball 3 by Assem Chelli and Abdelkrim Aries.
//! [`keys`](super::keys) knows more than either.

use std::borrow::Cow;

use unicode_normalization::char::decompose_compatible;

use crate::fold::{Fold, fold};

/// `word` as the Arabic normalisation of Lucene leaves it: alefs, ya and ta marbuta as one, without harakat and
/// tatweel.
pub fn light10_normalised(word: &str) -> Cow<'_, str> {
    const LUCENE: Fold = Fold::HARAKAT
        .with(Fold::TATWEEL)
        .with(Fold::HAMZA_ON_ALEF)
        .with(Fold::ALEF_MAKSURA)
        .with(Fold::TA_MARBUTA)
        .with(Fold::DIGITS);
    fold(word, LUCENE)
}

/// The stem of `word` by light10: one prefix off, then each suffix once.
///
/// ```
/// assert_eq!(arabic::morphology::stemmers::light10("والكتابات"), "كتاب");
/// ```
pub fn light10(word: &str) -> String {
    const PREFIXES: [&str; 7] = ["ال", "وال", "بال", "كال", "فال", "لل", "و"];
    const SUFFIXES: [&str; 10] = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];
    let normalised = light10_normalised(word);
    let mut stem: &str = &normalised;
    let count = stem.chars().count();
    for prefix in PREFIXES {
        // A single letter comes off only if three remain, the longer ones if two do.
        let least = if prefix == "و" { 4 } else { prefix.chars().count() + 2 };
        if count >= least
            && let Some(rest) = stem.strip_prefix(prefix)
        {
            stem = rest;
            break;
        }
    }
    for suffix in SUFFIXES {
        if let Some(rest) = stem.strip_suffix(suffix)
            && rest.chars().nth(1).is_some()
        {
            stem = rest;
        }
    }
    stem.to_owned()
}

/// The stem of `word` by the Arabic stemmer of Snowball.
///
/// ```
/// assert_eq!(arabic::morphology::stemmers::snowball("المدرسون"), "مدرس");
/// ```
pub fn snowball(word: &str) -> String {
    let mut stemmer = Snowball::new(word);
    stemmer.suffixes();
    stemmer.prefixes();
    stemmer.settle_hamza();
    stemmer.letters.into_iter().collect()
}

/// A word on its way through Snowball.
struct Snowball {
    letters: Vec<char>,
    /// Whether it may be a noun, a verb; whether it has the article.
    noun: bool,
    verb: bool,
    defined: bool,
    /// How many letters at the end the steps have passed over.
    passed: usize,
}

/// A suffix and the least length of a word that loses it.
type Rule = (&'static str, usize);

const VERB_PRONOUNS: &[Rule] = &[
    ("هما", 6),
    ("كما", 6),
    ("كمو", 6),
    ("ني", 5),
    ("نا", 5),
    ("ها", 5),
    ("هم", 5),
    ("هن", 5),
    ("كم", 5),
    ("كن", 5),
    ("ه", 4),
    ("ك", 4),
];
const VERB_ENDINGS: &[Rule] = &[
    ("تما", 6),
    ("نا", 5),
    ("تا", 5),
    ("تن", 5),
    ("ان", 6),
    ("ون", 6),
    ("ين", 6),
    ("ت", 4),
    ("ا", 4),
    ("ن", 4),
    ("ي", 4),
];
const VERB_PLURALS: &[Rule] = &[("وا", 5), ("تم", 5)];
const VERB_BEFORE_PRONOUN: &[Rule] = &[("تمو", 6), ("و", 4)];
const NOUN_PRONOUNS: &[Rule] =
    &[("كما", 6), ("هما", 6), ("نا", 5), ("كم", 5), ("ها", 5), ("هن", 5), ("هم", 5), ("ي", 4), ("ك", 4), ("ه", 4)];
const NUN: &[Rule] = &[("ن", 6)];
const LONG_VOWEL: &[Rule] = &[("ا", 5), ("ي", 5), ("و", 5)];
const FEMININES: &[Rule] = &[("ات", 5)];
const TA: &[Rule] = &[("ت", 4)];
const TA_MARBUTA: &[Rule] = &[("ة", 4)];
const NISBA: &[Rule] = &[("ي", 3)];

impl Snowball {
    fn new(word: &str) -> Snowball {
        let written: Vec<char> = word.chars().collect();
        let starts = |prefix: &str| starts_with(&written, prefix);
        let defined = if starts("بال") || starts("كال") {
            written.len() > 4
        } else {
            (starts("لل") || starts("ال")) && written.len() > 3
        };
        let mut letters = Vec::with_capacity(written.len());
        for c in written {
            match c {
                '\u{064B}'..='\u{0652}' | '\u{0640}' => {}
                '\u{0660}'..='\u{0669}' => letters.extend(char::from_digit(u32::from(c) - 0x0660, 10)),
                '\u{FE80}'..='\u{FEFC}' => decompose_compatible(c, |part| letters.push(part)),
                _ => letters.push(c),
            }
        }
        Snowball { letters, noun: true, verb: !defined, defined, passed: 0 }
    }

    fn suffixes(&mut self) {
        if self.verb && self.verb_suffixes() {
            return;
        }
        self.passed = 0;
        if self.noun && self.noun_suffixes() {
            return;
        }
        if let Some(last @ 'ى') = self.letters.last_mut() {
            *last = 'ي';
        }
    }

    fn verb_suffixes(&mut self) -> bool {
        if self.cut(VERB_PRONOUNS) {
            while self.cut(VERB_PRONOUNS) {}
            if self.cut(VERB_ENDINGS) || self.cut(VERB_BEFORE_PRONOUN) || !self.letters.is_empty() {
                return true;
            }
        }
        self.cut(VERB_PLURALS) || self.cut(VERB_ENDINGS)
    }

    fn noun_suffixes(&mut self) -> bool {
        if self.cut(TA_MARBUTA) {
        } else if !self.defined && self.cut(NOUN_PRONOUNS) {
            if !(self.cut(LONG_VOWEL) || self.cut(FEMININES) || self.cut(TA)) {
                // The last letter is passed over, and the nisba is looked for before it.
                self.passed = 1;
            }
        } else if self.cut(NUN) && (self.cut(LONG_VOWEL) || self.cut(FEMININES) || self.cut(TA)) {
        } else {
            // A nun that came off in vain stays off.
            let _found = !self.defined && self.cut(LONG_VOWEL) || self.cut(FEMININES);
        }
        self.cut(NISBA)
    }

    /// Cuts the longest suffix of `rules` off, if the word is long enough for it.
    fn cut(&mut self, rules: &[Rule]) -> bool {
        let end = self.letters.len().saturating_sub(self.passed);
        let Some(&(suffix, least)) = rules.iter().find(|(suffix, _)| ends_with(&self.letters[..end], suffix)) else {
            return false;
        };
        if self.letters.len() < least {
            return false;
        }
        self.letters.drain(end - suffix.chars().count()..end);
        true
    }

    fn prefixes(&mut self) {
        let long = self.letters.len() > 3;
        let mut at = 0;
        if long && self.letters[0] == 'أ' {
            // Two hamzas at the beginning are one.
            match self.letters[1] {
                'أ' | 'آ' | 'ا' | 'إ' => {
                    self.letters.remove(0);
                    at = 1;
                }
                'ؤ' => {
                    self.letters.remove(1);
                    at = 1;
                }
                _ => {}
            }
        }
        if let ['ف' | 'و', rest @ ..] = &self.letters[at.min(self.letters.len())..]
            && rest.first() != Some(&'ا')
            && self.letters.len() > 3
        {
            self.letters.remove(at);
        }
        let _done = self.article(at) || self.noun && self.doubled(at) || self.verb && self.future(at);
    }

    fn article(&mut self, at: usize) -> bool {
        let rest = &self.letters[at.min(self.letters.len())..];
        let (len, least) = if starts_with(rest, "بال") || starts_with(rest, "كال") {
            (3, 6)
        } else if starts_with(rest, "لل") || starts_with(rest, "ال") {
            (2, 5)
        } else {
            return false;
        };
        if self.letters.len() < least {
            return false;
        }
        self.letters.drain(at..at + len);
        true
    }

    fn doubled(&mut self, at: usize) -> bool {
        let rest = &self.letters[at.min(self.letters.len())..];
        let comes_off = match rest {
            ['ب', 'ا', ..] => false,
            ['ب', ..] | ['ك', 'ك', ..] => self.letters.len() > 3,
            _ => false,
        };
        if comes_off {
            self.letters.remove(at);
        }
        comes_off
    }

    fn future(&mut self, mut at: usize) -> bool {
        if self.letters.len() > 4
            && let ['س', 'ي' | 'ت' | 'ن' | 'أ', ..] = self.letters[at.min(self.letters.len())..]
        {
            self.letters.remove(at);
            at += 1;
        }
        if self.letters.len() > 4
            && let ['ي' | 'ن' | 'ت', 'س', 'ت', ..] = self.letters[at.min(self.letters.len())..]
        {
            self.letters[at] = 'ا';
            return true;
        }
        false
    }

    fn settle_hamza(&mut self) {
        if let Some(last @ ('أ' | 'إ' | 'آ' | 'ؤ' | 'ئ')) = self.letters.last_mut() {
            *last = 'ء';
        }
        for letter in &mut self.letters {
            *letter = match *letter {
                'أ' | 'إ' | 'آ' => 'ا',
                'ؤ' => 'و',
                'ئ' => 'ي',
                other => other,
            };
        }
    }
}

fn starts_with(letters: &[char], prefix: &str) -> bool {
    letters.len() >= prefix.chars().count() && letters.iter().zip(prefix.chars()).all(|(&letter, c)| letter == c)
}

fn ends_with(letters: &[char], suffix: &str) -> bool {
    letters.len() >= suffix.chars().count()
        && letters.iter().rev().zip(suffix.chars().rev()).all(|(&letter, c)| letter == c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_light10(word: &str, expected: &str) {
        assert_eq!(light10(word), expected, "{word}");
    }

    fn check_snowball(word: &str, expected: &str) {
        assert_eq!(snowball(word), expected, "{word}");
    }

    #[test]
    fn light10_takes_one_prefix_and_every_suffix() {
        check_light10("والمعلمين", "معلم");
        check_light10("للسلطة", "سلط");
        check_light10("وزير", "زير");
        check_light10("ولد", "ولد");
        check_light10("مدرساتها", "مدرس");
        check_light10("الآن", "ان");
        check_light10("Xi", "Xi");
        check_light10("", "");
    }

    #[test]
    fn snowball_guesses_verbs_and_nouns() {
        check_snowball("كتبوا", "كتب");
        check_snowball("يستخدمون", "استخدم");
        check_snowball("بالسلطة", "سلط");
        check_snowball("سيكتب", "يكتب");
        check_snowball("أآتي", "اات");
        check_snowball("باب", "باب");
        check_snowball("", "");
    }

    proptest! {
        #[test]
        fn nothing_is_too_strange(text in crate::fold::tests::text()) {
            light10(&text);
            snowball(&text);
        }
    }
}
