//! What is to be seen of a word that may tell whether it is a name?

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

use crate::gazetteer::{Gazetteer, Kind, Quick, QuickHasher, Use};
use crate::mentions::known::Hits;
use crate::reading::{Gap, Reading, Script};

/// Features of a word; unused places are 0.
pub(super) const PER_WORD: usize = 56;

/// The features of all words of a text, as hashes. They are made when they are asked for: kept, they would take some
/// forty times the room of the text.
pub(super) struct Rows {
    seen: Vec<Seen>,
}

impl Rows {
    pub(super) fn of(&self, at: usize) -> [u64; PER_WORD] {
        row(&self.seen, at)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = [u64; PER_WORD]> {
        (0..self.seen.len()).map(|at| self.of(at))
    }

    /// The stem of word `at`.
    pub(super) fn stem(&self, at: usize) -> u64 {
        self.seen[at].stem
    }
}

/// The longest row of words that is labelled at once.
const LONGEST: usize = 400;

/// The sentences of a text, as ranges of words.
pub(super) fn sentences(reading: &Reading) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=reading.words.len() {
        let ends = reading.words.get(at).is_none_or(|word| word.gap >= Gap::Sentence) || at - start == LONGEST;
        if ends {
            found.push(start..at);
            start = at;
        }
    }
    found
}

/// What is seen of a word by itself.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The folded word.
    word: u64,
    /// Without proclitics and article.
    stem: u64,
    /// The first letters of the stem.
    starts: [u64; 3],
    /// The last letters.
    ends: [u64; 3],
    /// Which proclitics were cut off, and whether there is an article.
    clitics: u64,
    /// Which lists of name words have it.
    lists: u64,
    /// Its part of speech.
    sort: u64,
    /// Its script and length.
    shape: u64,
    /// Where it stands in names of the gazetteer.
    known: u64,
    /// What parts it from the word before.
    gap: u64,
}

pub(super) fn rows(reading: &Reading, gazetteer: &Gazetteer, hits: &Hits) -> Rows {
    let mut seen: Vec<Seen> = Vec::with_capacity(reading.words.len());
    MEMORY.with_borrow_mut(|memory| {
        for at in 0..reading.words.len() {
            let mut one = memory.look_at(reading.folded(at), reading.words[at].script);
            one.gap = reading.words[at].gap as u64;
            seen.push(one);
        }
    });
    mark_known(&mut seen, gazetteer, hits);
    Rows { seen }
}

thread_local! {
    /// What was seen of the words that this thread read last; it changes how long reading takes, never what is found.
    static MEMORY: RefCell<Memory> = const { RefCell::new(Memory { places: Vec::new() }) };
}

/// Remembers what was seen of words, in a table of bounded size where words that share a place drive one another out:
/// nothing that a text may contain makes it slower than without.
struct Memory {
    places: Vec<Remembered>,
}

#[derive(Clone, Copy, Default)]
struct Remembered {
    letters: [u8; Memory::LONGEST],
    /// Bytes of the word, 0 where there is none.
    len: u8,
    /// The script as a number.
    script: u8,
    seen: Seen,
}

impl Memory {
    /// Bytes of the longest word that is remembered.
    const LONGEST: usize = 30;
    /// How many words there are at most, a power of two; each takes some 130 bytes.
    const PLACES: usize = 1 << 14;

    /// What [`look_at`] sees of `word`.
    fn look_at(&mut self, word: &str, script: Script) -> Seen {
        let Some(len) = u8::try_from(word.len()).ok().filter(|&len| usize::from(len) <= Memory::LONGEST) else {
            return look_at(word, script);
        };
        if self.places.is_empty() {
            self.places = vec![Remembered::default(); Memory::PLACES];
        }
        let mut hasher = QuickHasher::default();
        hasher.write(word.as_bytes());
        let place = &mut self.places[(hasher.finish() >> 20) as usize & (Memory::PLACES - 1)];
        if place.len != len || place.script != script as u8 || place.letters[..word.len()] != *word.as_bytes() {
            let mut letters = [0; Memory::LONGEST];
            letters[..word.len()].copy_from_slice(word.as_bytes());
            *place = Remembered { letters, len, script: script as u8, seen: look_at(word, script) };
        }
        place.seen
    }
}

/// All features of word `at`.
fn row(seen: &[Seen], at: usize) -> [u64; PER_WORD] {
    let mut row = [0; PER_WORD];
    let mut next = 0;
    let mut add = |template: u64, value: u64| {
        if value != 0 {
            row[next] = mix(template, value);
        }
        next += 1;
    };
    let none = Seen { word: 1, stem: 1, sort: 99, ..Seen::default() };
    let near = |by: isize| at.checked_add_signed(by).and_then(|at| seen.get(at)).unwrap_or(&none);
    let (before, own, after) = (near(-1), near(0), near(1));
    let (before2, after2) = (near(-2), near(2));
    add(1, 1);
    add(2, own.word);
    add(3, own.stem);
    for at in 0..3 {
        add(4 + at as u64, own.starts[at]);
        add(8 + at as u64, own.ends[at]);
    }
    add(12, own.clitics + 1);
    add(13, own.lists);
    add(14, own.sort + 1);
    add(15, own.shape + 1);
    add(16, own.known);
    add(17, own.gap + 1);
    add(18, before.word);
    add(19, after.word);
    add(20, before2.word);
    add(21, after2.word);
    add(22, before.stem);
    add(23, after.stem);
    add(24, pair(before.stem, own.stem));
    add(25, pair(own.stem, after.stem));
    add(26, pair(before.sort, own.sort) + 1);
    add(27, pair(own.sort, after.sort) + 1);
    add(28, pair(before.known + 1, own.known + 1));
    add(29, pair(own.known + 1, after.known + 1));
    add(30, pair(before.lists + 1, own.lists + 1));
    add(31, pair(own.lists + 1, after.lists + 1));
    add(32, pair(own.lists + 1, own.sort + 1));
    add(33, pair(own.known + 1, own.sort + 1));
    add(34, before.ends[1]);
    add(35, after.ends[1]);
    add(36, before.lists);
    add(37, after.lists);
    add(38, before.known);
    add(39, after.known);
    add(40, pair(pair(before.lists + 1, own.lists + 1), after.lists + 1));
    add(41, pair(before.word, own.lists + 1));
    add(42, pair(before.word, own.sort + 1));
    add(43, pair(before2.word, before.word));
    add(44, pair(after.clitics + 1, after.sort + 1));
    add(45, pair(own.clitics + 1, own.sort + 1));
    add(46, pair(before.clitics + 1, before.sort + 1));
    add(47, pair(own.gap + 1, before.lists + 1));
    add(48, pair(after.gap + 1, own.lists + 1));
    add(49, pair(pair(before.sort + 1, own.sort + 1), after.sort + 1));
    add(50, pair(before.stem, own.lists + own.sort * 64 + 1));
    add(51, pair(before2.stem, own.lists + 1));
    add(52, pair(own.ends[2], own.clitics + 1));
    row
}

fn pair(a: u64, b: u64) -> u64 {
    mix(a.wrapping_add(0x9e37), b)
}

fn mix(template: u64, value: u64) -> u64 {
    let mut hash = value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash = (hash ^ hash >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash ^ hash >> 32).max(1)
}

fn hash(text: &str) -> u64 {
    let mut hasher = QuickHasher::default();
    text.hash(&mut hasher);
    mix(7, hasher.finish())
}

fn look_at(word: &str, script: Script) -> Seen {
    let (stem, clitics) = stem(word);
    let head = |letters: usize| stem.char_indices().nth(letters).map_or(0, |(end, _)| hash(&stem[..end]));
    let tail = |letters: usize| {
        let start = stem.char_indices().rev().nth(letters - 1).map(|(start, _)| start);
        start.filter(|&start| start > 0).map_or(0, |start| hash(&stem[start..]))
    };
    let letters = stem.chars().count().min(9) as u64;
    Seen {
        word: hash(word),
        stem: hash(stem),
        starts: [head(1), head(2), head(3)],
        ends: [tail(1), tail(2), tail(3)],
        clitics,
        lists: lists(word, stem),
        sort: sort(word),
        shape: script as u64 * 16 + letters,
        known: 0,
        gap: 0,
    }
}

/// The part of speech of the likeliest reading, and of the next where that is about as likely.
fn sort(word: &str) -> u64 {
    let keys = arabic::morphology::keys(word);
    let mut sorts = keys.iter().filter(|key| key.weight > 0.2).map(|key| key.pos as u64 + 1);
    sorts.next().unwrap_or(0) * 32 + sorts.next().unwrap_or(0)
}

/// The word without proclitics and article where its letters allow it, and what was cut.
fn stem(word: &str) -> (&str, u64) {
    let enough = |rest: &str| rest.len() >= 6;
    let mut rest = word;
    let mut cut = 0;
    if let Some(without) = rest.strip_prefix('و').or_else(|| rest.strip_prefix('ف')).filter(|rest| enough(rest))
        && (without.starts_with("ال")
            || without.starts_with("لل")
            || without.starts_with("بال")
            || names().contains_key(without))
    {
        (rest, cut) = (without, 1);
    }
    if let Some(without) = rest.strip_prefix("لل").filter(|rest| enough(rest)) {
        return (without, cut + 2 * 3 + 8);
    }
    for (number, letter) in (1..).zip(['ب', 'ل', 'ك']) {
        if let Some(without) = rest.strip_prefix(letter).filter(|rest| enough(rest))
            && (without.starts_with("ال") || names().contains_key(without))
            && !names().contains_key(rest)
        {
            (rest, cut) = (without, cut + 2 * number);
            break;
        }
    }
    match rest.strip_prefix("ال").filter(|rest| enough(rest)) {
        Some(without) => (without, cut + 8),
        None => (rest, cut),
    }
}

/// The classes of the lists, one bit each.
const CLASSES: &[&str] =
    &["given", "family", "foreign", "place", "body", "club", "first", "last", "town", "title", "head", "thing"];

const WORDS: &str = include_str!("../../data/words.txt");
const HINTS: &str = include_str!("../../data/hints.txt");

/// The words of the lists, folded, and the classes they are in.
pub(crate) fn names() -> &'static HashMap<&'static str, u64, Quick> {
    static NAMES: LazyLock<HashMap<&str, u64, Quick>> = LazyLock::new(|| {
        let mut names: HashMap<&str, u64, Quick> = HashMap::default();
        for (class, words) in WORDS.lines().chain(HINTS.lines()).filter_map(|line| line.split_once(':')) {
            let Some(bit) = CLASSES.iter().position(|known| *known == class) else { continue };
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                *names.entry(word).or_default() |= 1 << bit;
            }
        }
        names
    });
    &NAMES
}

/// Whether a folded word names things, so that no person's name begins with it.
pub(crate) fn is_thing(word: &str) -> bool {
    names().get(word).is_some_and(|lists| lists & 1 << (CLASSES.len() - 1) != 0)
}

/// In which lists the word stands, with or without its clitics and article.
fn lists(word: &str, stem: &str) -> u64 {
    let names = names();
    let own = names.get(word).copied().unwrap_or(0);
    if own != 0 || word == stem {
        return own;
    }
    let with_article = word.find("ال").map_or(0, |at| names.get(&word[at..]).copied().unwrap_or(0));
    if with_article != 0 { with_article } else { names.get(stem).copied().unwrap_or(0) }
}

/// Marks the words that stand in names of the gazetteer: four bits for each kind of the longest, its beginning or its
/// inside, one word or more.
fn mark_known(seen: &mut [Seen], gazetteer: &Gazetteer, hits: &Hits) {
    let mut covered = [0usize; 7];
    for at in 0..seen.len() {
        for hit in hits.at(at) {
            let sort = match hit.form.uses {
                Use::Name(entity) | Use::Variant(entity) | Use::Famous(entity) => match gazetteer.entity(entity).kind {
                    Kind::Person => 0,
                    Kind::State => 1,
                    Kind::Place => 2,
                    Kind::Organisation => 3,
                },
                Use::Short(_) => 4,
                Use::Nisba { .. } => 5,
                Use::Office { .. } => 6,
            };
            if covered[sort] > at {
                continue;
            }
            covered[sort] = hit.end;
            for (place, one) in seen[at..hit.end].iter_mut().enumerate() {
                let role = match (place, hit.end - at) {
                    (0, 1) => 1,
                    (0, _) => 2,
                    _ => 3,
                };
                one.known |= role << (2 * sort);
            }
        }
    }
}
