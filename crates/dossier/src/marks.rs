//! Which characters are quotation marks, and which way does each seem to look?

use crate::passages::is_line_break;

/// Marks that can close what the others of the family opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    /// « »
    Guillemets,
    /// ‹ ›
    SingleGuillemets,
    /// “ ” „ ‟ and the straight ones; ″ too, into which WordPress turns a straight mark after a digit
    Double,
    /// ‘ ’ ‚ ‛ ′ and the apostrophe
    Single,
    /// 「 」
    Corner,
    /// 『 』
    WhiteCorner,
}

/// Which way a mark looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Open,
    Close,
    /// Either: the shape or the place does not tell.
    Either,
}

/// A quotation mark in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) at: usize,
    pub(crate) sign: char,
    pub(crate) family: Family,
    /// What the mark is for by its name in Unicode.
    pub(crate) shape: Side,
    /// What it seems to be for by what stands around it.
    pub(crate) place: Side,
    /// The character before, invisible ones left out.
    pub(crate) before: Option<char>,
    /// The character after, invisible ones left out.
    pub(crate) after: Option<char>,
}

impl Mark {
    pub(crate) fn end(&self) -> usize {
        self.at + self.sign.len_utf8()
    }

    /// Whether it is a straight double mark, of which nothing but the place tells what it is for.
    pub(crate) fn is_straight(&self) -> bool {
        self.family == Family::Double && self.shape == Side::Either
    }

    /// Whether it may stand for inches, feet, minutes or seconds.
    pub(crate) fn is_measure(&self) -> bool {
        self.before.is_some_and(char::is_numeric) && self.place != Side::Open && self.shape == Side::Either
    }
}

/// What kind of mark `c` is, and what for by its name.
pub(crate) fn meaning(c: char) -> Option<(Family, Side)> {
    use Family::{Corner, Double, Guillemets, Single, SingleGuillemets, WhiteCorner};
    use Side::{Close, Either, Open};
    Some(match c {
        '«' => (Guillemets, Open),
        '»' => (Guillemets, Close),
        '‹' => (SingleGuillemets, Open),
        '›' => (SingleGuillemets, Close),
        '“' | '„' | '‟' => (Double, Open),
        '”' => (Double, Close),
        '"' | '＂' | '″' => (Double, Either),
        '‘' | '‚' | '‛' => (Single, Open),
        '’' => (Single, Close),
        '\'' | '＇' | '′' => (Single, Either),
        '「' => (Corner, Open),
        '」' => (Corner, Close),
        '『' => (WhiteCorner, Open),
        '』' => (WhiteCorner, Close),
        _ => return None,
    })
}

/// The quotation marks of a paragraph that begins at byte `start` of `text` and ends at `end`.
pub(crate) fn marks(text: &str, start: usize, end: usize) -> impl Iterator<Item = Mark> {
    let paragraph = &text[start..end];
    paragraph.char_indices().filter_map(move |(at, sign)| {
        let (family, shape) = meaning(sign)?;
        let (left, right) = (&paragraph[..at], &paragraph[at + sign.len_utf8()..]);
        let before = nearest(left.chars().rev());
        let after = nearest(right.chars());
        let place = place(left, before, after);
        Some(Mark { at: start + at, sign, family, shape, place, before, after })
    })
}

/// Whether `c` is one of those that direct or part what is seen, and are not seen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}')
}

/// How many characters are looked at beside a mark, so that no text makes the search long.
const REACH: usize = 8;

fn nearest(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.by_ref().take(REACH).find(|&c| !is_invisible(c))
}

fn place(left: &str, before: Option<char>, after: Option<char>) -> Side {
    let begins = before.is_none_or(|c| c.is_whitespace() || OPENERS.contains(&c) || INTRODUCERS.contains(&c))
        || before.is_some_and(|c| meaning(c).is_some())
        || ends_with_proclitic(left);
    let opens = begins && after.is_some_and(|c| !c.is_whitespace());
    let closes = before.is_some_and(|c| !c.is_whitespace() && !OPENERS.contains(&c))
        && after.is_none_or(|c| !c.is_alphanumeric());
    match (opens, closes) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    }
}

const OPENERS: &[char] = &['(', '[', '{', '﴾'];
const INTRODUCERS: &[char] = &[':', ',', '،', ';', '؛', '/', '-', '–', '—', '='];

/// What is written as one word with the next: «و"ابن"», «لـ"بحر"», «ال"سي آي إيه"».
pub(crate) const PROCLITICS: &[&str] =
    &["و", "ف", "ب", "ل", "ك", "ال", "وب", "ول", "وك", "فب", "فل", "وال", "بال", "لل", "كال", "وبال", "ولل"];

fn ends_with_proclitic(left: &str) -> bool {
    let mut letters = ['\0'; 4];
    let mut length = 0;
    for c in left.chars().rev().take(REACH) {
        if c == 'ـ' || is_haraka(c) || is_invisible(c) {
            continue;
        }
        if !c.is_alphanumeric() {
            break;
        }
        if length == letters.len() {
            return false;
        }
        letters[length] = c;
        length += 1;
    }
    PROCLITICS.iter().any(|proclitic| proclitic.chars().rev().eq(letters[..length].iter().copied()))
}

fn is_haraka(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')
}

/// Where the white space and the invisible characters at both ends of a range end.
pub(crate) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let blank = |c: char| c.is_whitespace() || is_invisible(c) || is_line_break(c);
    let part = &text[start..end];
    let from = end - part.trim_start_matches(blank).len();
    let to = start + part.trim_end_matches(blank).len();
    (from.min(to), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` has `(` for a mark that seems to open, `)` for one that seems to close, `?` where one cannot tell.
    fn check_places(text: &str, expected: &str) {
        let found: String = marks(text, 0, text.len())
            .map(|mark| match mark.place {
                Side::Open => '(',
                Side::Close => ')',
                Side::Either => '?',
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn places_tell_which_way_a_mark_looks() {
        check_places(r#"قال "نعم"."#, "()");
        check_places(r#"قال:"نعم" وغادر"#, "()");
        check_places(r#"("نعم")"#, "()");
        check_places(r#"و"نعم" ولـ"لا" وبِـ"ربما""#, "()()()");
        check_places(r#"هو"نعم""#, "?)");
        check_places("قال \u{200F}\"\u{200F}نعم\u{200F}\"\u{200F} ثم", "()");
        check_places(r#"قال " نعم ""#, "??");
        check_places("\"'نعم'\"", "(())");
        check_places("شاشة 13\" جديدة", ")");
        check_places("Qur’an", "?");
        check_places("", "");
    }
}
