//! Which words stand here, and what stands between them?
//!
//! The rules of this crate look at words and at the signs between them, over and over. So a text is cut up once: each
//! word is folded ([`Fold::KEY`]), letters and digits are parted («و2021» is two words), and the signs before a word
//! are kept as a set. Words are looked up by their folded letters, places are those of the text as given.

use std::ops::Range;

use arabic::fold::{Fold, fold};

use crate::marks::{is_invisible, meaning};
use crate::passages::{is_line_break, sentences};

/// The signs between two words, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Gap(u16);

impl Gap {
    pub(crate) const SPACE: Gap = Gap(1);
    pub(crate) const COMMA: Gap = Gap(2);
    pub(crate) const COLON: Gap = Gap(4);
    pub(crate) const STOP: Gap = Gap(8);
    pub(crate) const QUOTE: Gap = Gap(16);
    pub(crate) const OPEN: Gap = Gap(32);
    pub(crate) const CLOSE: Gap = Gap(64);
    pub(crate) const DASH: Gap = Gap(128);
    pub(crate) const SLASH: Gap = Gap(256);
    pub(crate) const LINE: Gap = Gap(512);
    pub(crate) const SEMICOLON: Gap = Gap(1024);
    pub(crate) const OTHER: Gap = Gap(2048);

    /// Whether any sign of `other` is among these.
    pub(crate) const fn has(self, other: Gap) -> bool {
        self.0 & other.0 != 0
    }

    /// The signs of both.
    pub(crate) const fn and(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }

    /// Whether nothing but the signs of `other` stands here.
    pub(crate) const fn only(self, other: Gap) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether only white space stands here.
    pub(crate) const fn is_space(self) -> bool {
        self.0 == Gap::SPACE.0
    }

    /// Whether nothing at all does.
    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    fn of(c: char) -> Gap {
        match c {
            ' ' | '\t' | '\u{A0}' => Gap::SPACE,
            ',' | '،' => Gap::COMMA,
            ':' | '：' => Gap::COLON,
            '.' | '!' | '?' | '؟' | '…' | '۔' => Gap::STOP,
            '(' | '[' | '{' => Gap::OPEN,
            ')' | ']' | '}' => Gap::CLOSE,
            '-' | '–' | '—' | '‑' => Gap::DASH,
            '/' => Gap::SLASH,
            ';' | '؛' => Gap::SEMICOLON,
            c if is_line_break(c) => Gap(Gap::LINE.0 | Gap::SPACE.0),
            c if c.is_whitespace() => Gap::SPACE,
            c if meaning(c).is_some() => Gap::QUOTE,
            _ => Gap::OTHER,
        }
    }
}

/// A word in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// The byte at which it begins.
    pub(crate) start: usize,
    /// The byte past its end.
    pub(crate) end: usize,
    /// What stands before it, since the word before or the beginning of the text.
    pub(crate) gap: Gap,
    /// Which sentence it stands in, counted from 0.
    pub(crate) sentence: usize,
    /// Whether it is made of digits.
    pub(crate) digits: bool,
    key: (usize, usize),
}

/// The words of a text.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    /// The text.
    pub(crate) text: &'t str,
    keys: String,
    list: Vec<Word>,
    /// The sentences, in bytes.
    pub(crate) sentences: Vec<Range<usize>>,
}

impl<'t> Words<'t> {
    /// Cuts `text` up, in time that grows with its length.
    pub(crate) fn new(text: &'t str) -> Words<'t> {
        let mut words =
            Words { text, keys: String::with_capacity(text.len()), list: Vec::new(), sentences: Vec::new() };
        let mut open: Option<(usize, bool)> = None;
        let mut gap = Gap::default();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match (class(c), open) {
                (Class::Part, _) => {}
                (Class::Letter, Some((_, false))) | (Class::Digit, Some((_, true))) => {}
                (class @ (Class::Letter | Class::Digit), _) => {
                    if let Some((start, digits)) = open {
                        words.push(start, at, std::mem::take(&mut gap), digits);
                    }
                    open = Some((at, class == Class::Digit));
                }
                (Class::Other, Some((start, digits))) => {
                    let inside = matches!(c, '\'' | '’')
                        && text[..at].ends_with(|c: char| c.is_ascii_alphabetic())
                        && chars.peek().is_some_and(|(_, c)| c.is_ascii_alphabetic());
                    if !inside {
                        words.push(start, at, std::mem::take(&mut gap), digits);
                        open = None;
                        gap = Gap::of(c);
                    }
                }
                (Class::Other, None) => gap = gap.and(Gap::of(c)),
            }
        }
        if let Some((start, digits)) = open {
            words.push(start, text.len(), gap, digits);
        }
        words.number_sentences();
        words
    }

    fn push(&mut self, start: usize, end: usize, gap: Gap, digits: bool) {
        let from = self.keys.len();
        self.keys.push_str(&fold(&self.text[start..end], Fold::KEY));
        self.list.push(Word { start, end, gap, sentence: 0, digits, key: (from, self.keys.len()) });
    }

    fn number_sentences(&mut self) {
        let mut at = 0;
        for (number, sentence) in sentences(self.text).enumerate() {
            while let Some(word) = self.list.get_mut(at).filter(|word| word.start < sentence.end) {
                word.sentence = number;
                at += 1;
            }
            self.sentences.push(sentence);
        }
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Word number `at`.
    pub(crate) fn get(&self, at: usize) -> Option<&Word> {
        self.list.get(at)
    }

    /// The folded letters of word number `at`; none past the end.
    pub(crate) fn key(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| &self.keys[word.key.0..word.key.1])
    }

    /// What stands before word number `at`; everything past the end.
    pub(crate) fn gap(&self, at: usize) -> Gap {
        self.list.get(at).map_or(Gap(u16::MAX), |word| word.gap)
    }

    /// Whether word number `at` is there and stands in the same sentence as word number `other`.
    pub(crate) fn together(&self, at: usize, other: usize) -> bool {
        match (self.list.get(at), self.list.get(other)) {
            (Some(a), Some(b)) => a.sentence == b.sentence,
            _ => false,
        }
    }

    /// The first word that begins at byte `byte` or after it.
    pub(crate) fn at_byte(&self, byte: usize) -> usize {
        self.list.partition_point(|word| word.start < byte)
    }

    /// The words of sentence number `sentence`.
    pub(crate) fn of_sentence(&self, sentence: usize) -> Range<usize> {
        let from = self.list.partition_point(|word| word.sentence < sentence);
        let to = self.list.partition_point(|word| word.sentence <= sentence);
        from..to
    }

    /// The bytes from word `from` to word `to`, which is not among them.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.list.get(from).map_or(self.text.len(), |word| word.start);
        let end = to.checked_sub(1).and_then(|last| self.list.get(last)).map_or(start, |word| word.end);
        start..end.max(start)
    }

    /// Word number `at` as written.
    pub(crate) fn written(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |word| &self.text[word.start..word.end])
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Belongs to the word that is open, if one is: harakat, tatweel, what is not seen.
    Part,
    Other,
}

fn class(c: char) -> Class {
    match c {
        'ـ' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{300}'..='\u{36F}' => Class::Part,
        c if is_invisible(c) => Class::Part,
        '\u{620}'..='\u{64A}' | 'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Class::Digit,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words = Words::new(text);
        let found: Vec<_> = (0..words.len()).map(|at| words.key(at)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_are_cut_and_folded() {
        check("", &[]);
        check("قالت الوزيرةُ: «نعم»", &["قالت", "الوزيره", "نعم"]);
        check("عامي 2020 و2021", &["عامي", "2020", "و", "2021"]);
        check("كوفيد-19 ٣/٥", &["كوفيد", "19", "3", "5"]);
        check("Xi's visit", &["xi's", "visit"]);
        check("الـ17", &["ال", "17"]);
    }

    #[test]
    fn signs_between_words_are_kept() {
        let words = Words::new("قال: «نعم، لا». ثم\nذهب");
        assert!(words.gap(0).is_none());
        assert!(words.gap(1).has(Gap::COLON) && words.gap(1).has(Gap::QUOTE));
        assert!(words.gap(2).has(Gap::COMMA));
        assert!(words.gap(3).has(Gap::STOP));
        assert!(words.gap(4).has(Gap::LINE));
        let sentences: Vec<_> = (0..words.len()).filter_map(|at| words.get(at)).map(|word| word.sentence).collect();
        assert_eq!(sentences, [0, 0, 0, 1, 2]);
        assert_eq!((words.of_sentence(0), words.of_sentence(2)), (0..3, 4..5));
    }

    proptest! {
        #[test]
        fn words_lie_in_order_on_character_boundaries(text in "(?s)[\\n .ء-يa-z0-9٠-٩«»\u{200F}\u{64B}']{0,80}") {
            let words = Words::new(&text);
            let mut last = 0;
            for at in 0..words.len() {
                let range = words.bytes(at, at + 1);
                prop_assert!(range.start >= last && range.start < range.end);
                prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
