//! Which stems and lemmas does the lexicon know?
//!
//! The reader of the tables that `generate::pack` wrote when the crate was built. They lie in the program as they are:
//! nothing is loaded, nothing is unpacked.

use super::classes::*;

static TABLES: &[u8] = BYTES;
const BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/stems.bin"));
const LAYOUT: Layout = Layout::of(BYTES);

/// A stem of the lexicon.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) cost: u8,
    pub(super) flags: u8,
    pub(super) groups: Groups,
    pub(super) lemma: u32,
    place: u32,
    len: u8,
}

impl Entry {
    /// The letters as they are spelled with care.
    pub(super) fn letters(&self) -> &'static [u8] {
        let start = LAYOUT.letters + self.place as usize;
        TABLES.get(start..start + usize::from(self.len)).unwrap_or_default()
    }
}

/// The hash of a growing beginning of letters.
#[derive(Clone, Copy)]
pub(super) struct Hash(u32);

impl Hash {
    pub(super) fn start() -> Hash {
        Hash(HASH_START)
    }

    pub(super) fn step(self, letter: u8) -> Hash {
        Hash(hash_step(self.0, letter))
    }
}

/// The stems whose folded letters are `letters`, of which `hash` is the hash.
pub(super) fn stems(letters: &[u8], hash: Hash) -> impl Iterator<Item = Entry> {
    let hash = hash_end(hash.0);
    let mut slot = hash as usize & (LAYOUT.slot_count - 1);
    let first = loop {
        let held = number_at(LAYOUT.slots + slot * 4);
        let number = (held & SLOT_NUMBER) as usize;
        if number == 0 {
            break usize::MAX;
        }
        if (held ^ hash) & !SLOT_NUMBER == 0 && is_spelled(&entry(number - 1), letters) {
            break number - 1;
        }
        slot = (slot + 1) & (LAYOUT.slot_count - 1);
    };
    (first..LAYOUT.entry_count).map(entry).take_while(move |entry| is_spelled(entry, letters))
}

/// The headword of a lemma and its part of speech.
pub(super) fn lemma(number: u32) -> (&'static str, Pos) {
    let at = LAYOUT.lemmas + number as usize * LEMMA;
    let (Some(&len), Some(&pos)) = (TABLES.get(at + 4), TABLES.get(at + 5)) else { return ("", Pos::Unknown) };
    let start = LAYOUT.headwords + number_at(at) as usize;
    let headword = TABLES.get(start..start + usize::from(len)).unwrap_or_default();
    (std::str::from_utf8(headword).unwrap_or_default(), Pos::from_number(pos))
}

/// How many stems and lemmas there are, and how many bytes they take.
pub(super) fn size() -> (usize, usize, usize) {
    (LAYOUT.entry_count, LAYOUT.lemma_count, TABLES.len())
}

fn is_spelled(entry: &Entry, letters: &[u8]) -> bool {
    let spelled = entry.letters();
    spelled.len() == letters.len() && spelled.iter().zip(letters).all(|(&code, &letter)| folded(code) == letter)
}

fn entry(number: usize) -> Entry {
    let at = HEADER + number * ENTRY;
    let mut bytes = [0; ENTRY];
    if let Some(held) = TABLES.get(at..at + ENTRY) {
        bytes.copy_from_slice(held);
    }
    let [p0, p1, p2, p3, len, kind, cost, flags, g0, g1, g2, g3, l0, l1, l2, l3] = bytes;
    Entry {
        place: u32::from_le_bytes([p0, p1, p2, p3]),
        len,
        kind: Kind::from_number(kind),
        cost,
        flags,
        groups: u32::from_le_bytes([g0, g1, g2, g3]),
        lemma: u32::from_le_bytes([l0, l1, l2, l3]),
    }
}

fn number_at(at: usize) -> u32 {
    match TABLES.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Where the parts begin.
struct Layout {
    entry_count: usize,
    slot_count: usize,
    lemma_count: usize,
    slots: usize,
    lemmas: usize,
    letters: usize,
    headwords: usize,
}

impl Layout {
    const fn of(bytes: &[u8]) -> Layout {
        let (entry_count, slot_count, lemma_count) = (header(bytes, 0), header(bytes, 4), header(bytes, 8));
        let slots = HEADER + entry_count * ENTRY;
        let lemmas = slots + slot_count * 4;
        let letters = lemmas + lemma_count * LEMMA;
        Layout { entry_count, slot_count, lemma_count, slots, lemmas, letters, headwords: letters + header(bytes, 12) }
    }
}

const fn header(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize
}
