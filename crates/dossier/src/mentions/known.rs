//! Which rows of words may be names, titles or adjectives that we know?

use crate::gazetteer::{Form, Gazetteer, WordId};
use crate::reading::{Gap, Reading, Script};

/// A known row of words, one of perhaps several readings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// The first word.
    pub(crate) first: usize,
    /// Past the last word.
    pub(crate) end: usize,
    /// Bytes of clitics before the name in the first word.
    pub(crate) cut: usize,
    /// The clitics.
    pub(crate) clitics: Clitics,
    /// What it may be.
    pub(crate) form: Form,
}

/// What stands before a name in its first word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clitics {
    /// و or ف.
    pub(crate) conjunction: bool,
    /// ب, ك or ل.
    pub(crate) preposition: Option<char>,
}

/// The longest name in words.
const LONGEST: usize = 12;

/// The readings of words, in the order of their first words, the longer before the shorter.
pub(crate) struct Hits {
    pub(crate) all: Vec<Hit>,
    /// Where the hits of each word begin in `all`, and one more.
    starts: Vec<usize>,
}

impl Hits {
    /// The readings that begin at word `at`.
    pub(crate) fn at(&self, at: usize) -> &[Hit] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&from), Some(&to)) => &self.all[from..to],
            _ => &[],
        }
    }
}

pub(crate) fn hits(reading: &Reading, gazetteer: &Gazetteer) -> Hits {
    let tree = gazetteer.tree();
    let whole: Vec<Option<WordId>> = (0..reading.words.len()).map(|at| tree.word(reading.folded(at))).collect();
    let mut found = Hits { all: Vec::new(), starts: Vec::with_capacity(whole.len() + 1) };
    for at in 0..whole.len() {
        let begin = found.all.len();
        found.starts.push(begin);
        let mut follow = |id: WordId, cut: usize, clitics: Clitics| {
            let Some(mut node) = tree.step(0, id) else { return };
            let mut end = at + 1;
            loop {
                for form in tree.ends(node) {
                    let from = reading.words[at].start + cut;
                    if form.is_written(&reading.text[from..reading.words[end - 1].end]) {
                        found.all.push(Hit { first: at, end, cut, clitics, form: *form });
                    }
                }
                if end == whole.len() || end - at == LONGEST || reading.words[end].gap > Gap::Space {
                    break;
                }
                match whole[end].and_then(|word| tree.step(node, word)) {
                    Some(next) => node = next,
                    None => break,
                }
                end += 1;
            }
        };
        if let Some(id) = whole[at] {
            follow(id, 0, Clitics::default());
        }
        if reading.words[at].script == Script::Arabic {
            without_clitics(reading.folded(at), |rest, cut, clitics| {
                let id = match rest {
                    Rest::Plain(rest) => tree.word(rest),
                    // للصين is ل and الصين.
                    Rest::Article(rest) => tree.word(&format!("ال{rest}")),
                };
                if let Some(id) = id {
                    follow(id, written_cut(reading.written(at), cut), clitics);
                }
            });
        }
        found.all[begin..].sort_by_key(|hit| (std::cmp::Reverse(hit.end), hit.cut));
    }
    found.starts.push(found.all.len());
    found
}

/// A word without its clitics.
pub(crate) enum Rest<'w> {
    Plain(&'w str),
    /// The article lost its alef after ل.
    Article(&'w str),
}

/// Hands on the ways to read `word` (folded) with clitics: what remains, how many letters were cut, which they were.
pub(crate) fn without_clitics<'w>(word: &'w str, mut sink: impl FnMut(Rest<'w>, usize, Clitics)) {
    let long_enough = |rest: &str| rest.len() >= 4;
    let mut one = |word: &'w str, cut: usize, conjunction: bool| {
        if let Some(rest) = word.strip_prefix("لل").filter(|rest| long_enough(rest)) {
            sink(Rest::Article(rest), cut + 1, Clitics { conjunction, preposition: Some('ل') });
        }
        for preposition in ['ب', 'ل', 'ك'] {
            if let Some(rest) = word.strip_prefix(preposition).filter(|rest| long_enough(rest)) {
                sink(Rest::Plain(rest), cut + 1, Clitics { conjunction, preposition: Some(preposition) });
            }
        }
    };
    one(word, 0, false);
    let rest = word.strip_prefix('و').or_else(|| word.strip_prefix('ف')).filter(|rest| long_enough(rest));
    if let Some(rest) = rest {
        one(rest, 1, true);
        sink(Rest::Plain(rest), 1, Clitics { conjunction: true, preposition: None });
    }
}

/// How many bytes of `written` the first `letters` letters of its folded form take, with their marks.
pub(crate) fn written_cut(written: &str, letters: usize) -> usize {
    let is_mark = |c: char| matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}' | '\u{200B}'..='\u{200F}');
    let mut left = letters;
    for (at, c) in written.char_indices() {
        if is_mark(c) {
            continue;
        }
        if left == 0 {
            return at;
        }
        left -= 1;
    }
    written.len()
}
