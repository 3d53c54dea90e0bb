//! Which readings of a word does the lexicon allow, and which is the likeliest?
//!
//! Every prefix is tried with every suffix; what remains must be a stem that suffers both. Costs add up: ten points
//! make a reading about three times less likely.

use super::affixes::letter::{ALEF, BA, KAF, LAM, NUN, TA, YA};
use super::affixes::{Nature, Prefix, Suffix, prefixes, suffixes};
use super::classes::*;
use super::table::{self, Entry, Hash};
use super::word::{MOST_LETTERS, Word};

/// A reading, in places of the word.
#[derive(Clone, Copy)]
pub(super) struct Parse {
    pub(super) prefix: Prefix,
    /// Where the stem ends.
    pub(super) end: usize,
    /// Where the pronoun begins, or the end of the word.
    pub(super) pronoun: usize,
    /// The stem of the lexicon, or none for a guess.
    pub(super) entry: Option<Entry>,
    pub(super) cost: u16,
}

/// The readings of `word` by the lexicon, the likeliest first.
pub(super) fn parses(word: &Word) -> Vec<Parse> {
    let suffixes = suffixes(word);
    let mut prefixes = prefixes(word);
    prefixes.sort_by_key(|prefix| prefix.len);
    let mut found = Vec::new();
    for prefixes in prefixes.chunk_by(|a, b| a.len == b.len) {
        let start = prefixes[0].len;
        let hashes = hashes(&word.letters()[start..]);
        for suffixes in suffixes.chunk_by(|a, b| a.start == b.start) {
            let end = suffixes[0].start;
            if end <= start {
                break;
            }
            for entry in table::stems(&word.letters()[start..end], hashes[end - start]) {
                for suffix in suffixes.iter().filter(|suffix| entry.groups & suffix.ending.group != 0) {
                    for prefix in prefixes {
                        if let Some(cost) = cost(word, prefix, &entry, suffix) {
                            let pronoun = word.len - suffix.pronoun.map_or(0, |pronoun| pronoun.letters.len());
                            found.push(Parse { prefix: *prefix, end, pronoun, entry: Some(entry), cost });
                        }
                    }
                }
            }
        }
    }
    found.sort_by_key(|parse| parse.cost);
    found
}

/// The hashes of every beginning of `letters`, the empty one first.
fn hashes(letters: &[u8]) -> [Hash; MOST_LETTERS + 1] {
    let mut found = [Hash::start(); MOST_LETTERS + 1];
    for (at, &letter) in letters.iter().enumerate() {
        found[at + 1] = found[at].step(letter);
    }
    found
}

/// What the reading costs, or `None` when its parts do not go together.
fn cost(word: &Word, prefix: &Prefix, entry: &Entry, suffix: &Suffix) -> Option<u16> {
    if word.has_tanwin && (suffix.pronoun.is_some() || prefix.article) {
        return None;
    }
    // أ asks before small words and verbs; before others, and before و, it is a letter of the word.
    let is_small = matches!(entry.kind, Kind::Particle | Kind::Governor | Kind::Pronoun);
    let may_be_asked = is_small || prefix.conjunction == 0 && matches!(entry.kind, Kind::Past | Kind::Present);
    if prefix.question && !may_be_asked {
        return None;
    }
    let own = match entry.kind {
        Kind::Nominal | Kind::Name => nominal(word, prefix, entry, suffix)?,
        Kind::Past => alone(prefix).then_some(0)?,
        Kind::Imperative => alone(prefix).then_some(0)?,
        Kind::Present => present(prefix, suffix)?,
        Kind::PresentWhole => (prefix.person == 0 && !prefix.article && prefix.preposition == 0).then_some(0)?,
        Kind::Preposition | Kind::Governor | Kind::Pronoun => small(prefix, entry)?,
        Kind::Particle => alone(prefix).then_some(0)?,
    };
    let own = own
        + if word.has_tanwin && !matches!(entry.kind, Kind::Nominal | Kind::Name | Kind::Particle) { 30 } else { 0 };
    let pronoun = match suffix.pronoun {
        None => 0,
        Some(pronoun) => {
            let fits = match entry.kind {
                Kind::Nominal | Kind::Preposition => pronoun.after_noun,
                Kind::Governor => true,
                _ => pronoun.after_verb,
            };
            // Small words carry pronouns as a matter of course.
            let small = matches!(entry.kind, Kind::Preposition | Kind::Governor);
            let own = match (small, pronoun.letters) {
                // «بي» is rather the letter B of a name than «with me».
                (true, [YA]) if entry.letters() == [BA] => pronoun.cost + 10,
                // داخلي and خارجي are adjectives.
                (true, [YA]) if entry.letters().len() > 3 => pronoun.cost + 6,
                (true, [KAF, ..]) => pronoun.cost / 2,
                (true, [first, ..]) if *first != YA => pronoun.cost / 3,
                _ if entry.flags & ADJECTIVE != 0 => pronoun.cost + 5,
                // Nouns bear pronouns four times as often as verbs.
                _ if entry.kind != Kind::Nominal => pronoun.cost + 2,
                _ => pronoun.cost,
            };
            fits.then_some(own)?
        }
    };
    let spelling = spelling_cost(&word.written[prefix.len..], entry.letters(), suffix.ending.letters);
    Some(u16::from(entry.cost) + prefix.cost + suffix.ending.cost + own + pronoun + spelling)
}

/// Whether nothing but a conjunction and أ stands before.
fn alone(prefix: &Prefix) -> bool {
    prefix.person == 0 && !prefix.article && prefix.preposition == 0 && !prefix.future
}

fn nominal(word: &Word, prefix: &Prefix, entry: &Entry, suffix: &Suffix) -> Option<u16> {
    if prefix.person != 0 || prefix.future {
        return None;
    }
    let nature = suffix.ending.nature;
    let mut cost = 0;
    if prefix.article {
        if entry.flags & NO_ARTICLE != 0
            || suffix.pronoun.is_some()
            || matches!(nature, Nature::Construct | Nature::Indefinite)
        {
            return None;
        }
        if entry.kind == Kind::Name && entry.flags & OWN_ARTICLE == 0 {
            cost += 10;
        }
    } else if entry.flags & OWN_ARTICLE != 0 {
        // لله has lost the alef of الله.
        let hidden = prefix.preposition == LAM && word.folded.get(prefix.len) == Some(&LAM);
        if !hidden {
            if entry.flags & ARTICLE_NEEDED != 0 {
                return None;
            }
            cost += 8;
        }
    }
    if prefix.preposition != 0 {
        if prefix.preposition == KAF && entry.kind == Kind::Name && !prefix.article {
            cost += 12;
        }
        match nature {
            Nature::Indefinite => return None,
            Nature::Nominative => cost += 15,
            _ => {}
        }
    }
    if entry.kind == Kind::Name && suffix.pronoun.is_some() {
        return None;
    }
    Some(cost)
}

fn present(prefix: &Prefix, suffix: &Suffix) -> Option<u16> {
    if prefix.person == 0 || prefix.article || !matches!(prefix.preposition, 0 | LAM) {
        return None;
    }
    match (prefix.person, suffix.ending.nature) {
        (ALEF | NUN, Nature::Many) | (ALEF | NUN | YA, Nature::You) => None,
        (TA, Nature::Many) => Some(8),
        (NUN, _) => Some(4),
        _ => Some(0),
    }
}

fn small(prefix: &Prefix, entry: &Entry) -> Option<u16> {
    if prefix.person != 0 || prefix.article || prefix.future {
        return None;
    }
    match entry.kind {
        _ if prefix.preposition == 0 => Some(0),
        // «ب» and «ل» do not stand before each other.
        Kind::Preposition if entry.letters().len() < 2 => None,
        Kind::Preposition => Some(8),
        _ if prefix.preposition == KAF => Some(4),
        _ => Some(0),
    }
}

/// How far the writing is from the careful spelling of the same letters.
fn spelling_cost(written: &[u8], stem: &[u8], ending: &[u8]) -> u16 {
    let careful = stem.iter().chain(ending);
    written
        .iter()
        .zip(careful)
        .enumerate()
        .map(|(at, (&written, &careful))| letter_cost(written, careful, at == 0))
        .sum()
}

fn letter_cost(written: u8, careful: u8, is_first: bool) -> u16 {
    match (written, careful) {
        _ if written == careful => 0,
        // A bare alef for أ إ آ is everywhere at the beginning, and so is a hamza too many.
        (ALEF, _) if is_first => 3,
        (ALEF, _) => 12,
        (_, ALEF) if is_first => 6,
        (_, ALEF) => 16,
        // ة without its dots.
        (39, 9) => 16,
        (9, 39) => 30,
        // ي without its dots, and dots too many.
        (41, 42) => 8,
        (42, 41) => 12,
        _ => 14,
    }
}
