//! Which letters does this word consist of?
//!
//! The morphology works on letter codes, a byte each, and keeps for each the place in the text it came from; vowel
//! marks, tatweel and invisible characters belong to the letter before them.

use std::ops::Range;

use super::classes::{code, folded};
use crate::fold::{Fold, Folded};

/// Words of more letters are not taken apart: no Arabic word is so long.
pub(super) const MOST_LETTERS: usize = 24;

/// The letters of a word.
#[derive(Debug)]
pub(super) struct Word {
    /// The letters as written.
    pub(super) written: [u8; MOST_LETTERS],
    /// The letters as stems are looked up.
    pub(super) folded: [u8; MOST_LETTERS],
    /// Where each letter begins in the text.
    starts: [u32; MOST_LETTERS],
    /// How many letters there are.
    pub(super) len: usize,
    /// The bytes of the text.
    bytes: usize,
    /// Whether it bears tanwin, which no word with the article or a pronoun does.
    pub(super) has_tanwin: bool,
}

impl Word {
    /// The letters of `text`, unless it has others than Arabic ones or too many.
    pub(super) fn new(text: &str) -> Option<Word> {
        let mut word = Word::empty(text.len());
        if word.fill_quickly(text) {
            return (word.len > 0).then_some(word);
        }
        // Composed hamza, presentation forms, letters of Persian keyboards.
        let folded = Folded::new(text, WRITTEN);
        let mut word = Word::empty(text.len());
        for (at, c) in folded.text().char_indices() {
            let origin = folded.origin(at..at + c.len_utf8());
            if !word.push(code(c)?, origin.start) {
                return None;
            }
        }
        (word.len > 0).then_some(word)
    }

    fn empty(bytes: usize) -> Word {
        let none = [0; MOST_LETTERS];
        Word { written: none, folded: none, starts: [0; MOST_LETTERS], len: 0, bytes, has_tanwin: false }
    }

    fn fill_quickly(&mut self, text: &str) -> bool {
        for (at, c) in text.char_indices() {
            match c {
                '\u{064B}'..='\u{064D}' if self.len > 0 => self.has_tanwin = true,
                '\u{064E}'..='\u{0652}' | '\u{0640}' if self.len > 0 => {}
                _ => match code(c) {
                    Some(code) if self.push(code, at) => {}
                    _ => return false,
                },
            }
        }
        true
    }

    fn push(&mut self, code: u8, start: usize) -> bool {
        let (Some(written), Ok(start)) = (self.written.get_mut(self.len), u32::try_from(start)) else { return false };
        *written = code;
        self.folded[self.len] = folded(code);
        self.starts[self.len] = start;
        self.len += 1;
        true
    }

    /// The folded letters.
    pub(super) fn letters(&self) -> &[u8] {
        &self.folded[..self.len]
    }

    /// The bytes of the letters `from..to`; the first letter takes what stands before it along.
    pub(super) fn range(&self, from: usize, to: usize) -> Range<usize> {
        let place = |letter: usize| match letter {
            0 => 0,
            _ if letter >= self.len => self.bytes,
            _ => self.starts[letter] as usize,
        };
        place(from)..place(to)
    }
}

/// What is one letter for the morphology, hamza and ة apart.
const WRITTEN: Fold = Fold::KEY
    .without(Fold::HAMZA_ON_ALEF)
    .without(Fold::HAMZA_ON_CARRIER)
    .without(Fold::ALEF_MAKSURA)
    .without(Fold::TA_MARBUTA);
