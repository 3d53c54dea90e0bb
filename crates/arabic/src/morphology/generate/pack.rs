//! How do the tables lie in memory?
//!
//! Little-endian numbers, in this order: a header of four (stems, slots, lemmas, bytes of letters), the stems sorted
//! by their folded letters, the slots of an open hash over these, the lemmas, the letters of all stems (a code each),
//! the headwords in UTF-8.

use std::collections::HashMap;

use super::super::classes::*;
use super::Sink;

/// Writes the tables.
pub(super) fn pack(sink: &Sink) -> Vec<u8> {
    let mut stems: Vec<_> = sink
        .stems
        .iter()
        .map(|((text, kind, flags, cost, lemma), groups)| {
            let codes: Vec<u8> = text.chars().filter_map(code).collect();
            let key: Vec<u8> = codes.iter().map(|&code| folded(code)).collect();
            (key, codes, *kind, *flags, *cost, *lemma, *groups)
        })
        .filter(|stem| !stem.0.is_empty() && stem.6 != 0)
        .collect();
    stems.sort();

    let slots = (stems.len() * 2).next_power_of_two();
    let mut table = vec![0u32; slots];
    let mut letters = Pool::default();
    let mut entries = Vec::new();
    let mut previous: &[u8] = &[];
    for (at, (key, codes, kind, flags, cost, lemma, groups)) in stems.iter().enumerate() {
        if key != previous {
            let hash = hash_end(key.iter().fold(HASH_START, |hash, &letter| hash_step(hash, letter)));
            let mut slot = hash as usize & (slots - 1);
            while table[slot] != 0 {
                slot = (slot + 1) & (slots - 1);
            }
            table[slot] = number(at + 1) & SLOT_NUMBER | hash & !SLOT_NUMBER;
            previous = key;
        }
        entries.extend(letters.place(codes).to_le_bytes());
        entries.extend([codes.len().min(255) as u8, *kind, *cost, *flags]);
        entries.extend(groups.to_le_bytes());
        entries.extend(lemma.to_le_bytes());
    }
    let mut headwords = Pool::default();
    let mut lemmas = Vec::new();
    for (headword, pos) in &sink.lemmas {
        lemmas.extend(headwords.place(headword.as_bytes()).to_le_bytes());
        lemmas.extend([headword.len().min(255) as u8, *pos as u8, 0, 0]);
    }
    let mut out = Vec::new();
    for count in [stems.len(), slots, sink.lemmas.len(), letters.bytes.len()] {
        out.extend(number(count).to_le_bytes());
    }
    out.extend(entries);
    out.extend(table.iter().flat_map(|slot| slot.to_le_bytes()));
    out.extend(lemmas);
    out.extend(letters.bytes);
    out.extend(headwords.bytes);
    out
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Byte strings one after another, each once.
#[derive(Default)]
struct Pool {
    bytes: Vec<u8>,
    places: HashMap<Vec<u8>, u32>,
}

impl Pool {
    fn place(&mut self, text: &[u8]) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let place = number(self.bytes.len());
        self.bytes.extend(text);
        self.places.insert(text.to_vec(), place);
        place
    }
}
