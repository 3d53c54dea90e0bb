//! What stands between quotation marks?
//!
//! Writers and keyboards do not agree on the marks. “ opens in English and closes in German; Arabic copy has ”…“, “…”,
//! „…“ and "…" beside «…», sometimes in one article, and bidirectional editing turns « and » around. So a mark is read
//! by its name first, and by what stands around it where that contradicts what is open. Straight marks have no name
//! to go by: those of a paragraph are read together, as brackets if their places make them balance, else in pairs.
//!
//! A mark that nothing closes runs to the end of its paragraph and says so, unless the next paragraph opens with a
//! mark of the same family again: then the quotation goes on, and ends where one of its paragraphs closes it. Where
//! nothing is re-opened, a closing mark alone in one of the next few paragraphs still ends it.
//!
//! A closing mark of the wrong family (“…») ends what has no mark of its own left in the paragraph.
//!
//! Not marks: apostrophes and ʿayn signs in and at the edges of words (Qur’an, ‘Abd, the workers’ union), signs of
//! inches and minutes after digits, a mark alone between spaces. A single mark without its partner is never a
//! quotation.

use std::collections::HashMap;
use std::ops::Range;

use crate::marks::{self, Family, Mark, Side, meaning, trim};
use crate::offsets::Offsets;
use crate::passages::paragraphs;

/// How deep quotations stand in one another before marks are no longer followed. Nobody reads deeper; a text made of
/// opening marks would otherwise quote itself a thousand times.
pub const MAX_DEPTH: usize = 4;

/// How many paragraphs a quotation that is not re-opened waits for its closing mark.
const MAX_PARAGRAPHS_WITHOUT_MARK: usize = 8;

/// The two characters that a quotation stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Marks {
    /// The one before.
    pub open: char,
    /// The one after, if there is one.
    pub close: Option<char>,
}

/// What stands between two quotation marks, or between one and the end of its paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quoted {
    /// How many scalar values stand before the first of the words.
    pub start: usize,
    /// How many stand before what follows the last of them.
    pub end: usize,
    /// The words without marks and without white space around them. A quotation of several paragraphs contains the
    /// line breaks and the marks that re-open it.
    pub bytes: Range<usize>,
    /// The same with the marks.
    pub outer: Range<usize>,
    /// In how many other quotations it stands.
    pub depth: usize,
    /// The marks.
    pub marks: Marks,
}

impl Quoted {
    /// The words, out of the text in which they were found.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.bytes.clone()).unwrap_or_default()
    }

    /// The words by paragraph, without the marks that re-open each.
    ///
    /// ```
    /// use dossier::quoted::quoted;
    /// let text = "قال: «وصلنا.\n«وسنعود».";
    /// assert_eq!(quoted(text)[0].pieces(text).collect::<Vec<_>>(), ["وصلنا.", "وسنعود"]);
    /// ```
    pub fn pieces<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let words = self.text(text);
        let family = meaning(self.marks.open).map(|(family, _)| family);
        paragraphs(words).enumerate().map(move |(number, paragraph)| {
            let piece = &words[paragraph];
            let bare = piece.trim_start_matches(marks::is_invisible);
            let reopens = number > 0 && bare.chars().next().and_then(meaning).map(|(family, _)| family) == family;
            if reopens { bare.trim_start_matches(|c| meaning(c).is_some()).trim_start() } else { piece }
        })
    }

    /// Whether a mark ends it, rather than its paragraph.
    pub fn is_closed(&self) -> bool {
        self.marks.close.is_some()
    }
}

/// All that stands between quotation marks in `text`, outer and inner, in the order in which they begin. Of any two,
/// one stands inside the other or after it.
///
/// ```
/// use dossier::quoted::quoted;
/// let text = "قال: «سألني: “متى تعود؟” فسكتّ».";
/// let found: Vec<_> = quoted(text).iter().map(|found| (found.start, found.depth, found.text(text))).collect();
/// assert_eq!(found, [(6, 0, "سألني: “متى تعود؟” فسكتّ"), (14, 1, "متى تعود؟")]);
/// ```
pub fn quoted(text: &str) -> Vec<Quoted> {
    let mut finder = Finder {
        text,
        found: Vec::new(),
        open: Vec::new(),
        carried: None,
        extensible: None,
        too_deep: 0,
        last: HashMap::new(),
    };
    for paragraph in paragraphs(text) {
        finder.read(paragraph);
    }
    finder.abandon();
    finish(text, finder.found)
}

/// A mark that has opened something.
#[derive(Clone, Copy)]
struct Open {
    mark: Mark,
    /// Whether it is a mark that closes by its name: then its like and its opposite have changed places.
    reversed: bool,
}

/// A quotation that was open when its paragraph ended.
struct Carried {
    open: Open,
    /// Where it ends if nothing closes it.
    end: usize,
    paragraphs: usize,
}

/// What was found, before it is known to have words and a depth.
struct Span {
    outer: Range<usize>,
    inner: Range<usize>,
    open: Mark,
    close: Option<char>,
    /// The closing mark may be the apostrophe of a plural: workers’.
    doubtful: bool,
}

struct Finder<'t> {
    text: &'t str,
    found: Vec<Span>,
    open: Vec<Open>,
    carried: Option<Carried>,
    /// The last span that a doubtful apostrophe closed, and how many were open around it.
    extensible: Option<(usize, usize)>,
    too_deep: usize,
    /// Where each family has its last mark in the paragraph.
    last: HashMap<Family, usize>,
}

/// What a straight double mark is for, by all of its paragraph.
#[derive(Clone, Copy)]
enum Straight {
    Opens,
    Closes,
    Measures,
    Unsaid,
}

/// What a mark does.
enum Act {
    Opens { reversed: bool },
    Closes,
    Nothing,
}

impl Finder<'_> {
    fn read(&mut self, paragraph: Range<usize>) {
        let marks: Vec<Mark> = marks::marks(self.text, paragraph.start, paragraph.end).collect();
        let mut straight = straight_marks(&marks).into_iter();
        let begins = trim(self.text, paragraph.start, paragraph.end).0;
        self.last = marks.iter().map(|mark| (mark.family, mark.at)).collect();
        for mark in &marks {
            let act = match mark.family {
                Family::Double if mark.is_straight() => self.straight(mark, straight.next()),
                Family::Single => self.single(mark),
                _ => self.shaped(mark),
            };
            match act {
                Act::Opens { reversed } => self.open(Open { mark: *mark, reversed }, mark.at == begins),
                Act::Closes => self.close(mark),
                Act::Nothing => {}
            }
        }
        self.end_paragraph(paragraph.end);
    }

    /// What a straight double mark does here, of which its paragraph says `said`.
    fn straight(&self, mark: &Mark, said: Option<Straight>) -> Act {
        let opens = Act::Opens { reversed: false };
        let is_open = self.open_of(mark.family).is_some();
        let waits = self.carried.as_ref().is_some_and(|carried| carried.open.mark.family == mark.family);
        match (said, mark.place) {
            (Some(Straight::Opens), _) => opens,
            (Some(Straight::Closes), _) => Act::Closes,
            (Some(Straight::Measures), _) => Act::Nothing,
            (_, Side::Open) => opens,
            _ if is_open => Act::Closes,
            _ if mark.is_measure() => Act::Nothing,
            (_, Side::Close) if waits => Act::Closes,
            (_, Side::Close) => Act::Nothing,
            // Between two spaces a mark may close, but opens nothing.
            (_, Side::Either) if mark.before.is_some_and(char::is_whitespace) => Act::Nothing,
            (_, Side::Either) => opens,
        }
    }

    /// What a mark that opens or closes by its name does here.
    fn shaped(&self, mark: &Mark) -> Act {
        match (mark.shape, mark.place, self.open_of(mark.family)) {
            // Where the first mark was the wrong way around, the others are too: only their places tell.
            (_, Side::Open, Some(open)) if open.reversed => Act::Opens { reversed: true },
            (_, _, Some(open)) if open.reversed => Act::Closes,
            (Side::Open, Side::Close, Some(_)) => Act::Closes,
            (Side::Open, ..) => Act::Opens { reversed: false },
            (_, _, Some(_)) => Act::Closes,
            (_, Side::Open, None) => Act::Opens { reversed: true },
            (_, _, None) => Act::Closes,
        }
    }

    fn open_of(&self, family: Family) -> Option<&Open> {
        self.open.iter().rev().find(|open| open.mark.family == family)
    }

    fn single(&self, mark: &Mark) -> Act {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && !is_arabic(c));
        let is_open = self.open_of(Family::Single).is_some();
        match mark.place {
            // ’tis, ’90s and '90s have lost their beginning.
            Side::Open if mark.shape == Side::Close && latin(mark.after) => Act::Nothing,
            Side::Open if mark.shape != Side::Open && mark.after.is_some_and(char::is_numeric) => Act::Nothing,
            Side::Open => Act::Opens { reversed: mark.shape == Side::Close },
            // Shafi‘ ends with an ʿayn.
            Side::Close if mark.shape == Side::Open && latin(mark.before) => Act::Nothing,
            Side::Close if mark.is_measure() && !is_open => Act::Nothing,
            Side::Close => Act::Closes,
            Side::Either => Act::Nothing,
        }
    }

    fn open(&mut self, open: Open, begins_paragraph: bool) {
        let family = open.mark.family;
        if family == Family::Single {
            self.extensible = None;
        }
        if let Some(carried) = self.carried.take_if(|carried| carried.open.mark.family == family) {
            if begins_paragraph && self.open.is_empty() {
                self.open.push(carried.open);
                return;
            }
            self.leave(carried.open, carried.end);
        }
        // One that waits for its end in a later paragraph may stand around all of these.
        if self.open.len() + usize::from(self.carried.is_some()) < MAX_DEPTH {
            self.open.push(open);
        } else {
            self.too_deep += 1;
        }
    }

    fn close(&mut self, mark: &Mark) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let family = mark.family;
        let Some(at) = self.open.iter().rposition(|open| open.mark.family == family) else {
            self.close_earlier(mark);
            return;
        };
        while self.open.len() > at + 1 {
            self.leave_last(mark.at);
        }
        let Some(open) = self.open.pop() else { return };
        let doubtful = is_possessive(mark);
        self.push(open.mark, mark.at, Some(mark), doubtful);
        self.extensible = match self.extensible {
            _ if doubtful => Some((self.found.len() - 1, self.open.len())),
            Some((_, depth)) if depth > self.open.len() => None,
            other => other,
        };
    }

    /// A closing mark where nothing of its family is open in the paragraph.
    fn close_earlier(&mut self, mark: &Mark) {
        if mark.family == Family::Single {
            if let Some((found, depth)) = self.extensible
                && depth == self.open.len()
                && let Some(span) = self.found.get_mut(found)
            {
                span.inner.end = mark.at;
                span.outer.end = mark.end();
                span.close = Some(mark.sign);
                span.doubtful = is_possessive(mark);
            }
        } else if let Some(carried) = self.carried.take_if(|carried| carried.open.mark.family == mark.family) {
            while !self.open.is_empty() {
                self.leave_last(mark.at);
            }
            self.push(carried.open.mark, mark.at, Some(mark), false);
        } else {
            self.close_another(mark);
        }
    }

    /// A closing mark that has nothing to close, where the only open quotation has no mark of its own family left: it
    /// is taken for a slip, “…».
    fn close_another(&mut self, mark: &Mark) {
        let last = |family: Family| self.last.get(&family).copied().unwrap_or_default();
        let slips = |open: &Open| open.mark.family != Family::Single && last(open.mark.family) < mark.at;
        if mark.place == Side::Close
            && mark.shape == Side::Close
            && let Some(open) = self.open.pop_if(|open| slips(open))
        {
            if self.open.is_empty() {
                self.push(open.mark, mark.at, Some(mark), false);
            } else {
                self.open.push(open);
            }
        }
    }

    fn end_paragraph(&mut self, end: usize) {
        self.extensible = None;
        self.too_deep = 0;
        if let Some(carried) = &mut self.carried {
            carried.paragraphs += 1;
            if carried.paragraphs >= MAX_PARAGRAPHS_WITHOUT_MARK
                || self.open.iter().any(|open| open.mark.family != Family::Single)
            {
                self.abandon();
            }
        }
        while self.open.len() > 1 {
            self.leave_last(end);
        }
        if let Some(open) = self.open.pop() {
            if open.mark.family == Family::Single {
                self.leave(open, end);
            } else {
                self.carried = Some(Carried { open, end, paragraphs: 0 });
            }
        }
    }

    /// Nothing will close what was carried.
    fn abandon(&mut self) {
        if let Some(carried) = self.carried.take() {
            self.leave(carried.open, carried.end);
        }
    }

    fn leave_last(&mut self, end: usize) {
        if let Some(open) = self.open.pop() {
            if self.extensible.is_some_and(|(_, depth)| depth > self.open.len()) {
                self.extensible = None;
            }
            self.leave(open, end);
        }
    }

    /// Nothing closes `open` before `end`.
    fn leave(&mut self, open: Open, end: usize) {
        let is_mark = open.mark.place == Side::Open || matches!(open.mark.family, Family::Corner | Family::WhiteCorner);
        if open.mark.family != Family::Single && is_mark {
            self.push(open.mark, end, None, false);
        }
    }

    fn push(&mut self, open: Mark, end: usize, close: Option<&Mark>, doubtful: bool) {
        self.found.push(Span {
            outer: open.at..close.map_or(end, Mark::end),
            inner: open.end()..end,
            open,
            close: close.map(|mark| mark.sign),
            doubtful,
        });
    }
}

/// Whether the closing `mark` may belong to the plural before it: the workers’ union.
fn is_possessive(mark: &Mark) -> bool {
    mark.family == Family::Single
        && mark.shape != Side::Open
        && matches!(mark.before, Some('s' | 'S'))
        && mark.after.is_some_and(char::is_whitespace)
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// What the straight double marks of a paragraph say together, one by one; nothing if they contradict one another.
fn straight_marks(marks: &[Mark]) -> Vec<Straight> {
    let straight: Vec<&Mark> = marks.iter().filter(|mark| mark.is_straight()).collect();
    // Where one of the others has no partner, a mark after a digit may be that: “برج 7″.
    let lonely = marks.iter().filter(|mark| mark.family == Family::Double).count() - straight.len();
    balanced(&straight, false)
        .or_else(|| balanced(&straight, true).filter(|_| lonely.is_multiple_of(2)))
        .or_else(|| in_pairs(straight.len()))
        .unwrap_or_else(|| vec![Straight::Unsaid; straight.len()])
}

/// What the places say, if every mark has its partner. With `measures` those that may be signs of inches are such.
fn balanced(marks: &[&Mark], measures: bool) -> Option<Vec<Straight>> {
    let mut open = 0usize;
    let mut said = Vec::with_capacity(marks.len());
    for mark in marks {
        if measures && mark.is_measure() {
            said.push(Straight::Measures);
        } else if mark.place == Side::Open || (mark.place == Side::Either && open == 0) {
            open += 1;
            said.push(Straight::Opens);
        } else {
            open = open.checked_sub(1)?;
            said.push(Straight::Closes);
        }
    }
    (open == 0).then_some(said)
}

/// One opens, the next closes: how misplaced spaces («"نعم "وغادر "لا"») are read, if the number is even.
fn in_pairs(count: usize) -> Option<Vec<Straight>> {
    let pair = [Straight::Opens, Straight::Closes];
    count.is_multiple_of(2).then(|| pair.into_iter().cycle().take(count).collect())
}

/// Measures, drops what has no words, counts depths.
fn finish(text: &str, mut spans: Vec<Span>) -> Vec<Quoted> {
    spans.sort_by_key(|span| (span.outer.start, usize::MAX - span.outer.end));
    let offsets = Offsets::new(text);
    let mut around: Vec<Range<usize>> = Vec::new();
    let mut found: Vec<Quoted> = Vec::with_capacity(spans.len());
    for span in spans {
        let (start, end) = trim(text, span.inner.start, span.inner.end);
        if !has_words(&span, &text[start..end]) {
            continue;
        }
        let outer = span.outer.start..if span.close.is_some() { span.outer.end } else { end };
        around.retain(|other| other.end > outer.start);
        let family = span.open.family;
        if let Some(last) = found.last_mut()
            && last.bytes == outer
            && meaning(last.marks.open).is_some_and(|(last, _)| last == family)
        {
            // ""doubled"" marks are one pair.
            (last.bytes, last.start, last.end) = (start..end, offsets.scalar(start), offsets.scalar(end));
            continue;
        }
        found.push(Quoted {
            start: offsets.scalar(start),
            end: offsets.scalar(end),
            bytes: start..end,
            outer: outer.clone(),
            depth: around.len(),
            marks: Marks { open: span.open.sign, close: span.close },
        });
        around.push(outer);
    }
    found
}

fn has_words(span: &Span, words: &str) -> bool {
    let mut letters = words.chars().filter(|c| c.is_alphanumeric());
    if span.open.family != Family::Single {
        return letters.next().is_some();
    }
    // ‘Abd … workers’: an ʿayn before a vowel, and a plural.
    let is_ayn = words.starts_with(|c: char| "AEIOUaeiouĀĪŪāīū".contains(c));
    letters.nth(1).is_some() && !(span.doubtful && is_ayn)
}

#[cfg(test)]
mod tests;
