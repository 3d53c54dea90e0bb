//! Which spellings of this text count as one?
//!
//! A [`Fold`] is a set of named folds. Folds compose: `Fold::HARAKAT | Fold::TATWEEL` does both in one pass. Every fold
//! includes the canonical form NFC (UAX #15), so that two texts which are canonically the same stay the same, and
//! every fold is idempotent: folding what is folded changes nothing.
//!
//! [`fold`] gives the folded text, borrowed when nothing had to change. [`Folded`] also remembers where each piece came
//! from, for marking a match in the original spelling, harakat included.
//!
//! ```
//! use arabic::fold::{fold, Fold, Folded};
//!
//! assert_eq!(fold("المُحرِّر", Fold::HARAKAT), "المحرر");
//! assert_eq!(fold("إسرائيل ٢٠٢٠", Fold::KEY), "اسراييل 2020");
//!
//! let text = "قال الرَّئيس";
//! let folded = Folded::new(text, Fold::HARAKAT);
//! let found = folded.text().find("الرئيس").unwrap();
//! assert_eq!(&text[folded.origin(found..found + "الرئيس".len())], "الرَّئيس");
//! ```

mod engine;
mod letters;

use std::borrow::Cow;
use std::fmt;
use std::ops::{BitOr, Range};

/// A set of folds. NFC is in every one of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Fold(u16);

impl Fold {
    /// The canonical form alone.
    pub const NFC: Fold = Fold(0);
    /// The shapes of U+FB50–FDFF and U+FE70–FEFF become the letters they are made of: ﻻ → لا, ﷲ → الله. The
    /// compatibility mapping of Unicode, except that harakat standing alone (ﹶ) do not bring a space or tatweel along.
    pub const PRESENTATION_FORMS: Fold = Fold(1);
    /// Invisible characters go where they have no business; a joiner between Arabic letters or inside an emoji stays.
    /// The same rule as [`strip_controls`](crate::direction::strip_controls).
    pub const STRAY_CONTROLS: Fold = Fold(1 << 1);
    /// All invisible characters go: zero-width, direction controls, fillers, selectors, tags.
    pub const INVISIBLES: Fold = Fold(1 << 2);
    /// ـ goes.
    pub const TATWEEL: Fold = Fold(1 << 3);
    /// Harakat, tanwin, shadda, sukun, superscript alef and Quranic marks go. Hamza and madda above an alef are letters
    /// and stay.
    pub const HARAKAT: Fold = Fold(1 << 4);
    /// أ إ آ ٱ → ا
    pub const HAMZA_ON_ALEF: Fold = Fold(1 << 5);
    /// ؤ → و and ئ → ي
    pub const HAMZA_ON_CARRIER: Fold = Fold(1 << 6);
    /// ى → ي
    pub const ALEF_MAKSURA: Fold = Fold(1 << 7);
    /// ة → ه
    pub const TA_MARBUTA: Fold = Fold(1 << 8);
    /// Letters that Persian and Urdu keyboards write for the same letter: ک گ → ك, ی ے → ي, ہ ھ ە → ه, ں → ن.
    pub const PERSIAN_URDU: Fold = Fold(1 << 9);
    /// The Arabic-Indic digits ٠–٩ and ۰–۹ become 0–9.
    pub const DIGITS: Fold = Fold(1 << 10);
    /// Lower case, letter by letter, in every script that has it; ς is σ.
    pub const CASE: Fold = Fold(1 << 11);
    /// Letters that only look like others: پ → ب, چ → ج, Cyrillic а → a, ｗｉｄｅ and 𝐛𝐨𝐥𝐝 and ⓒⓘⓡⓒⓛⓔⓓ letters, accents.
    /// Brings [`CASE`](Fold::CASE) and [`INVISIBLES`](Fold::INVISIBLES) along, because looks are all that is compared.
    pub const LOOK_ALIKES: Fold = Fold(1 << 12 | Fold::CASE.0 | Fold::INVISIBLES.0);

    /// What is stored: the letters as written, in one form, without stray controls. Harakat and tatweel stay.
    pub const INTAKE: Fold = Fold(Fold::PRESENTATION_FORMS.0 | Fold::STRAY_CONTROLS.0);
    /// What is compared: names, tags, words. Everything but look-alikes.
    pub const KEY: Fold = Fold(
        Fold::PRESENTATION_FORMS.0
            | Fold::INVISIBLES.0
            | Fold::TATWEEL.0
            | Fold::HARAKAT.0
            | Fold::HAMZA_ON_ALEF.0
            | Fold::HAMZA_ON_CARRIER.0
            | Fold::ALEF_MAKSURA.0
            | Fold::TA_MARBUTA.0
            | Fold::PERSIAN_URDU.0
            | Fold::DIGITS.0
            | Fold::CASE.0,
    );
    /// What is compared when the writer does not want to be understood by machines: [`KEY`](Fold::KEY) and look-alikes.
    /// What stands between the letters («ر.ب.ح») is left to the reader of words, who knows where words begin.
    pub const DISGUISE: Fold = Fold(Fold::KEY.0 | Fold::LOOK_ALIKES.0);

    /// This set and `other`.
    pub const fn with(self, other: Fold) -> Fold {
        Fold(self.0 | other.0)
    }

    /// This set without the folds of `other`.
    pub const fn without(self, other: Fold) -> Fold {
        Fold(self.0 & !other.0)
    }

    /// Whether every fold of `other` is in this set.
    pub const fn contains(self, other: Fold) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Fold {
    type Output = Fold;

    fn bitor(self, other: Fold) -> Fold {
        self.with(other)
    }
}

impl fmt::Debug for Fold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NFC")?;
        NAMES.iter().filter(|(fold, _)| self.contains(*fold)).try_for_each(|(_, name)| write!(f, " | {name}"))
    }
}

const NAMES: &[(Fold, &str)] = &[
    (Fold::PRESENTATION_FORMS, "PRESENTATION_FORMS"),
    (Fold::STRAY_CONTROLS, "STRAY_CONTROLS"),
    (Fold::INVISIBLES, "INVISIBLES"),
    (Fold::TATWEEL, "TATWEEL"),
    (Fold::HARAKAT, "HARAKAT"),
    (Fold::HAMZA_ON_ALEF, "HAMZA_ON_ALEF"),
    (Fold::HAMZA_ON_CARRIER, "HAMZA_ON_CARRIER"),
    (Fold::ALEF_MAKSURA, "ALEF_MAKSURA"),
    (Fold::TA_MARBUTA, "TA_MARBUTA"),
    (Fold::PERSIAN_URDU, "PERSIAN_URDU"),
    (Fold::DIGITS, "DIGITS"),
    (Fold::CASE, "CASE"),
    (Fold::LOOK_ALIKES, "LOOK_ALIKES"),
];

/// `text` folded; borrowed when it already was.
pub fn fold(text: &str, fold: Fold) -> Cow<'_, str> {
    if text.chars().all(|c| engine::is_inert(c, fold)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    engine::run(text, fold, |c, _| out.push(c));
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// A folded text that knows where each of its pieces stood in the original.
#[derive(Clone, Debug)]
pub struct Folded {
    text: String,
    original_len: usize,
    pieces: Vec<Piece>,
}

/// A stretch of the folded text, from `at` to the next piece, and where it came from. In an exact piece the characters
/// have the same lengths on both sides; any other stands for its whole source.
#[derive(Clone, Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    exact: bool,
}

impl Folded {
    /// Folds `text` and keeps the way back.
    pub fn new(text: &str, fold: Fold) -> Folded {
        let mut folded =
            Folded { text: String::with_capacity(text.len()), original_len: text.len(), pieces: Vec::new() };
        engine::run(text, fold, |c, source| folded.push(c, source));
        folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that the bytes `range` of the folded text came from. Always on character boundaries
    /// of the original, whatever is asked: a range inside a character grows to the whole of it, one past the end is cut
    /// at the end. Marks that the fold removed belong to their letter.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin_of_char_at(range.start);
        if range.end <= range.start {
            return start.start..start.start;
        }
        let mut last = range.end.min(self.text.len()).saturating_sub(1);
        while !self.text.is_char_boundary(last) {
            last -= 1;
        }
        start.start..self.origin_of_char_at(last).end.max(start.start)
    }

    fn origin_of_char_at(&self, at: usize) -> Range<usize> {
        let mut at = at;
        if at >= self.text.len() {
            return self.original_len..self.original_len;
        }
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let Some(piece) = self.pieces[..self.pieces.partition_point(|piece| piece.at <= at)].last() else {
            return self.original_len..self.original_len;
        };
        if !piece.exact {
            return piece.source.clone();
        }
        let start = piece.source.start + (at - piece.at);
        start..start + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        let at = self.text.len();
        let exact = c.len_utf8() == source.len();
        self.text.push(c);
        match self.pieces.last_mut() {
            Some(last) if exact && last.exact && last.source.end == source.start => last.source.end = source.end,
            Some(last) if !exact && !last.exact && last.source == source => {}
            _ => self.pieces.push(Piece { at, source, exact }),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
