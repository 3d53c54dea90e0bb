//! How are the keys of a long text found quickly?
//!
//! Most words of a text come again, so that their keys are remembered, in a table of bounded size where words that
//! share a place drive one another out. Nothing that a text may contain makes it slower than without memory.

use std::ops::ControlFlow;

use super::{Key, keys};
use crate::words::{Token, each_word};

/// Remembers the keys of the words it has seen.
pub struct Analyser {
    /// Sets of [`WAYS`] neighbours, which share a place by their hash.
    seen: Box<[Seen]>,
    /// Which neighbour goes next where all are taken.
    turn: usize,
    /// The keys of a word that is not remembered.
    passing: Vec<Key>,
}

/// A word and its keys.
#[derive(Clone, Default)]
struct Seen {
    keys: Box<[Key]>,
    letters: [u8; LONGEST],
    /// Bytes of the word, 0 where there is none.
    len: u8,
}

/// Bytes of the longest word that is remembered.
const LONGEST: usize = 31;
/// How many words share a place.
const WAYS: usize = 4;

impl Analyser {
    /// One that remembers about as many words as `capacity`, at some 150 bytes each.
    pub fn new(capacity: usize) -> Analyser {
        let places = (capacity.clamp(WAYS, 1 << 24) / WAYS).next_power_of_two();
        Analyser { seen: vec![Seen::default(); places * WAYS].into(), turn: 0, passing: Vec::new() }
    }

    /// The keys of `word`, as [`keys`] gives them.
    pub fn keys(&mut self, word: &str) -> &[Key] {
        if word.is_empty() || word.len() > LONGEST {
            self.passing = keys(word);
            return &self.passing;
        }
        let first = (hash(word.as_bytes()) & (self.seen.len() / WAYS - 1)) * WAYS;
        let neighbours = &mut self.seen[first..first + WAYS];
        let at = match neighbours.iter().position(|seen| seen.is(word.as_bytes())) {
            Some(at) => at,
            None => {
                let at = neighbours.iter().position(|seen| seen.len == 0).unwrap_or(self.turn % WAYS);
                self.turn = self.turn.wrapping_add(1);
                neighbours[at] = Seen::new(word);
                at
            }
        };
        &neighbours[at].keys
    }

    /// Hands on every word of `text`, as [`crate::words::tokens`] finds them, with its keys.
    pub fn read<'t>(&mut self, text: &'t str, mut sink: impl FnMut(Token<'t>, &[Key])) {
        let _ = each_word(text, |token| {
            sink(token, self.keys(token.text));
            ControlFlow::Continue(())
        });
    }
}

impl Seen {
    /// A word of at most [`LONGEST`] bytes.
    fn new(word: &str) -> Seen {
        let mut letters = [0; LONGEST];
        letters[..word.len()].copy_from_slice(word.as_bytes());
        Seen { keys: keys(word).into(), letters, len: word.len() as u8 }
    }

    fn is(&self, word: &[u8]) -> bool {
        usize::from(self.len) == word.len() && self.letters[..word.len()] == *word
    }
}

/// A quick hash, eight bytes at a time.
fn hash(word: &[u8]) -> usize {
    let mut hash = word.len() as u64;
    for chunk in word.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (hash >> 32) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::tokens;

    #[test]
    fn a_mark_after_two_spaces_belongs_to_both() {
        for text in ["ء  \u{64e}", "كتب \u{64e}", "كتب\n \u{64e}", "كتب  ثم\u{64e} قرأ"] {
            let mut found = Vec::new();
            Analyser::new(4).read(text, |token, _| found.push(token));
            assert_eq!(found, tokens(text).collect::<Vec<_>>(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn texts_are_read_word_by_word(words in prop::collection::vec(crate::fold::tests::text(), 1..20), gap in "[ \u{202F}\n.،»(]{1,2}") {
            let text = words.join(&gap);
            let mut found = Vec::new();
            Analyser::new(64).read(&text, |token, found_keys| {
                assert_eq!(found_keys, keys(token.text));
                found.push(token);
            });
            prop_assert_eq!(found, tokens(&text).collect::<Vec<_>>());
        }

        #[test]
        fn memory_changes_nothing(words in prop::collection::vec(crate::fold::tests::text(), 1..60)) {
            let mut analyser = Analyser::new(8);
            for word in words.iter().chain(&words) {
                prop_assert_eq!(analyser.keys(word), keys(word));
            }
        }
    }
}
