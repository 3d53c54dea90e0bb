//! Which characters of this text can nobody see, and which of them have a reason to be there?
//!
//! Zero-width characters, direction controls, tag characters and fillers let a writer make two texts that look the
//! same and are not, or turn a line around (CVE-2021-42574, «Trojan Source»). A few of them are part of good spelling:
//! the joiners between Arabic letters (Persian «می‌خواهم») and after the virama of Indic scripts, as RFC 5892,
//! appendix A, allows them in names; the joiner and the variation selectors inside emoji; the tags of flags such as
//! that of Scotland; the selectors of Han and Mongolian letters. [`visible`] keeps these and drops the rest.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

pub(crate) const ZWNJ: char = '\u{200C}';
pub(crate) const ZWJ: char = '\u{200D}';
const BLACK_FLAG: char = '\u{1F3F4}';
const CANCEL_TAG: char = '\u{E007F}';
const VIRAMA_CLASS: u8 = 9;
/// The longest tag sequence in use (`gbsct` and the cancel tag) is six characters long.
const LONGEST_TAG_SEQUENCE: usize = 8;

/// Whether `c` has no picture of its own: controls (except tab and line ends), direction controls, zero-width
/// characters, blank fillers, variation selectors, tags.
pub(crate) fn is_invisible(c: char) -> bool {
    match c {
        '\t'..='\r' | ' '..='~' => false,
        '\u{0621}'..='\u{06FF}' => false,
        '\u{0085}' => false,
        _ => c.is_control() || within(c, INVISIBLE),
    }
}

/// Ranges without a picture (beside the C0 and C1 controls), after `Default_Ignorable_Code_Point` of Unicode 16.
const INVISIBLE: &[(char, char)] = &[
    ('\u{00AD}', '\u{00AD}'), // soft hyphen
    ('\u{034F}', '\u{034F}'), // combining grapheme joiner
    ('\u{061C}', '\u{061C}'), // Arabic letter mark
    ('\u{115F}', '\u{1160}'), // Hangul fillers
    ('\u{17B4}', '\u{17B5}'), // Khmer inherent vowels
    ('\u{180B}', '\u{180F}'), // Mongolian selectors and vowel separator
    ('\u{200B}', '\u{200F}'), // zero-width space, joiners, direction marks
    ('\u{202A}', '\u{202E}'), // embeddings and overrides
    ('\u{2060}', '\u{206F}'), // word joiner, invisible operators, isolates, deprecated shapers
    ('\u{3164}', '\u{3164}'), // Hangul filler
    ('\u{FE00}', '\u{FE0F}'), // variation selectors
    ('\u{FEFF}', '\u{FEFF}'), // byte order mark
    ('\u{FFA0}', '\u{FFA0}'), // half-width Hangul filler
    ('\u{FFF0}', '\u{FFFB}'), // annotation controls
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{E0000}', '\u{E0FFF}'), // tags and supplementary selectors
];

/// The characters of `text` with their byte offsets, without the invisible ones that stand out of context.
pub(crate) fn visible(text: &str) -> Visible<'_> {
    let plain = !text.chars().any(is_invisible);
    Visible { text, plain, at: 0, previous: None, after_arabic_letter: false, tags_left: 0, run: None }
}

pub(crate) struct Visible<'t> {
    text: &'t str,
    /// Nothing in the text is invisible, as in nearly every text.
    plain: bool,
    at: usize,
    /// The last character that was kept.
    previous: Option<char>,
    /// Whether the last character kept is an Arabic letter, harakat on it not counted.
    after_arabic_letter: bool,
    tags_left: usize,
    /// The end of the present run of invisible characters and the character that follows it.
    run: Option<(usize, Option<char>)>,
}

impl Iterator for Visible<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let at = self.at;
            let c = self.text[at..].chars().next()?;
            self.at += c.len_utf8();
            if self.plain {
                return Some((at, c));
            }
            if is_invisible(c) && !self.belongs(at, c) {
                continue;
            }
            if !is_arabic_mark(c) {
                self.after_arabic_letter = is_arabic_letter(c);
            }
            self.previous = Some(c);
            return Some((at, c));
        }
    }
}

impl Visible<'_> {
    fn belongs(&mut self, at: usize, c: char) -> bool {
        if self.tags_left > 0 {
            self.tags_left -= 1;
            return true;
        }
        let Some(previous) = self.previous else { return false };
        match c {
            ZWNJ | ZWJ => {
                let Some(next) = self.after_run(at) else { return false };
                self.after_arabic_letter && is_arabic_letter(next)
                    || canonical_combining_class(previous) == VIRAMA_CLASS && next.is_alphabetic()
                    || c == ZWJ && continues_emoji(previous) && is_pictograph(next)
            }
            '\u{FE0E}' | '\u{FE0F}' => is_pictograph(previous) || matches!(previous, '0'..='9' | '#' | '*'),
            '\u{FE00}'..='\u{FE02}' | '\u{E0100}'..='\u{E01EF}' => is_han(previous),
            '\u{180B}'..='\u{180F}' => ('\u{1820}'..='\u{18AA}').contains(&previous),
            '\u{E0020}'..='\u{E007E}' if previous == BLACK_FLAG => {
                self.tags_left = tag_sequence(&self.text[at..]).saturating_sub(1);
                self.tags_left > 0
            }
            _ => false,
        }
    }

    /// The first visible character after the run of invisible ones that `at` stands in. Asked once a run, so that a
    /// long run costs no more than its length.
    fn after_run(&mut self, at: usize) -> Option<char> {
        if let Some((end, next)) = self.run
            && at < end
        {
            return next;
        }
        let found = self.text[at..].char_indices().find(|&(_, c)| !is_invisible(c));
        self.run = Some(match found {
            Some((length, next)) => (at + length, Some(next)),
            None => (self.text.len(), None),
        });
        found.map(|(_, next)| next)
    }
}

fn tag_sequence(text: &str) -> usize {
    let tags = text.chars().take(LONGEST_TAG_SEQUENCE).take_while(|c| ('\u{E0020}'..=CANCEL_TAG).contains(c));
    tags.zip(1..).find(|&(tag, _)| tag == CANCEL_TAG).map_or(0, |(_, count)| count)
}

/// Letters of the Arabic script, the presentation forms included; not its marks, digits, punctuation or tatweel.
pub(crate) fn is_arabic_letter(c: char) -> bool {
    match c {
        '\0'..'\u{0620}' => false,
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' => true,
        _ => within(c, ARABIC_LETTERS) && !is_arabic_mark(c),
    }
}

/// Harakat and Quranic marks, and the presentation forms of harakat.
pub(crate) fn is_arabic_mark(c: char) -> bool {
    match c {
        '\0'..'\u{0610}' | '\u{0621}'..='\u{064A}' => false,
        '\u{064B}'..='\u{065F}' => true,
        _ => within(c, ARABIC_MARKS),
    }
}

pub(crate) fn within(c: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Beside those of the first Arabic block that [`is_arabic_letter`] names.
const ARABIC_LETTERS: &[(char, char)] = &[
    ('\u{066E}', '\u{06D3}'),
    ('\u{06D5}', '\u{06D5}'),
    ('\u{06EE}', '\u{06EF}'),
    ('\u{06FA}', '\u{06FC}'),
    ('\u{06FF}', '\u{06FF}'),
    ('\u{0750}', '\u{077F}'),
    ('\u{0870}', '\u{0887}'),
    ('\u{0889}', '\u{088E}'),
    ('\u{08A0}', '\u{08C9}'),
    ('\u{FB50}', '\u{FBB1}'),
    ('\u{FBD3}', '\u{FD3D}'),
    ('\u{FD50}', '\u{FD8F}'),
    ('\u{FD92}', '\u{FDC7}'),
    ('\u{FDF0}', '\u{FDFC}'),
    ('\u{FE80}', '\u{FEFC}'),
];

/// Beside the usual harakat, U+064B–065F.
const ARABIC_MARKS: &[(char, char)] = &[
    ('\u{0610}', '\u{061A}'),
    ('\u{0670}', '\u{0670}'),
    ('\u{06D6}', '\u{06DC}'),
    ('\u{06DF}', '\u{06E4}'),
    ('\u{06E7}', '\u{06E8}'),
    ('\u{06EA}', '\u{06ED}'),
    ('\u{0897}', '\u{089F}'),
    ('\u{08CA}', '\u{08E1}'),
    ('\u{08E3}', '\u{08FF}'),
    ('\u{FC5E}', '\u{FC63}'), // shadda with another mark, alone
    ('\u{FCF2}', '\u{FCF4}'),
    ('\u{FE70}', '\u{FE7F}'), // harakat, alone
    ('\u{10EFC}', '\u{10EFF}'),
];

fn continues_emoji(c: char) -> bool {
    is_pictograph(c) || c == '\u{FE0F}'
}

fn is_pictograph(c: char) -> bool {
    within(c, PICTOGRAPHS)
}

/// Blocks and single characters that emoji are made of (`Extended_Pictographic`, the modifiers, and their neighbours).
const PICTOGRAPHS: &[(char, char)] = &[
    ('\u{00A9}', '\u{00A9}'),
    ('\u{00AE}', '\u{00AE}'),
    ('\u{203C}', '\u{203C}'),
    ('\u{2049}', '\u{2049}'),
    ('\u{2122}', '\u{2122}'),
    ('\u{2139}', '\u{2139}'),
    ('\u{2194}', '\u{21AA}'),
    ('\u{231A}', '\u{23FF}'),
    ('\u{24C2}', '\u{24C2}'),
    ('\u{25AA}', '\u{25FE}'),
    ('\u{2600}', '\u{27BF}'),
    ('\u{2934}', '\u{2935}'),
    ('\u{2B05}', '\u{2B55}'),
    ('\u{3030}', '\u{3030}'),
    ('\u{303D}', '\u{303D}'),
    ('\u{3297}', '\u{3297}'),
    ('\u{3299}', '\u{3299}'),
    ('\u{1F000}', '\u{1FAFF}'),
];

pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
        && !is_combining_mark(c)
}
