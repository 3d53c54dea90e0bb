//! Which pieces of the text can be part of a number, and which stand side by side?

use std::borrow::Cow;

use super::Ratio;
use crate::digits::to_latn;
use crate::fold::{Fold, fold};
use crate::invisible::{is_arabic_letter, is_arabic_mark, is_invisible};
use crate::sentences::is_address;

/// A word, a number in digits or a sign.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: What<'t>,
    /// Whether nothing but white space within the line stands between the piece before and this one.
    pub(super) follows: bool,
}

#[derive(Debug, PartialEq)]
pub(super) enum What<'t> {
    /// Folded by [`Fold::KEY`].
    Word(Cow<'t, str>),
    /// A number in digits; whether it was written as a fraction (3/4).
    Numeral(Ratio, bool),
    /// % or ٪.
    PercentSign,
}

pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut scanner = Scanner { text, pieces: Vec::new(), follows: false };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at = scanner.take(at, c);
    }
    scanner.pieces
}

struct Scanner<'t> {
    text: &'t str,
    pieces: Vec<Piece<'t>>,
    follows: bool,
}

impl<'t> Scanner<'t> {
    /// Takes what begins with `c` at `at`, and says where the next begins.
    fn take(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        if digit(c).is_some() || c == '.' && self.starts_decimal(at) {
            return self.take_digits(at);
        }
        if is_word_char(c) {
            return self.take_word(at);
        }
        match c {
            '%' | '٪' | '﹪' | '％' => self.push(at, after, What::PercentSign),
            // A minus sign belongs to the digits after it, which look back for it.
            '-' | '−' if self.starts_negative(at, after) => {}
            _ if c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') || is_invisible(c) => {}
            _ => self.follows = false,
        }
        after
    }

    fn push(&mut self, start: usize, end: usize, what: What<'t>) {
        self.pieces.push(Piece { start, end, what, follows: self.follows });
        self.follows = true;
    }

    fn take_word(&mut self, at: usize) -> usize {
        let length = self.text[at..].find(|c: char| !is_word_char(c)).unwrap_or(self.text.len() - at);
        let word = &self.text[at..at + length];
        let end = at + length;
        let next = self.text[end..].chars().next();
        let is_arabic = word.chars().next().is_some_and(is_arabic_letter);
        if !is_arabic {
            // An address or «COVID-19», «G20»: the digits within are names.
            let rest = &self.text[at..];
            let chunk = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
            self.follows = false;
            return match next {
                Some(':' | '.' | '@' | '/') if is_address(chunk) => at + chunk.len(),
                Some('-' | '–' | '_' | '#') => end + digits_after(&self.text[end..]),
                Some(c) if digit(c).is_some() => end + alphanumerics(&self.text[end..]),
                _ => end,
            };
        }
        self.push(at, end, What::Word(folded(word)));
        end
    }

    fn take_digits(&mut self, at: usize) -> usize {
        let end = numeral_end(self.text, at);
        if self.text[end..].starts_with(|c: char| c.is_alphabetic() && !is_arabic_letter(c))
            && !is_exponent(self.text, end)
        {
            self.follows = false;
            return end + alphanumerics(&self.text[end..]);
        }
        let negative = self.text[..at].ends_with(['-', '−']) && {
            let sign = self.text[..at].char_indices().next_back().map_or(at, |(sign, _)| sign);
            self.starts_negative(sign, at)
        };
        let sign = if negative { -1 } else { 1 };
        let start = if negative { at - self.text[..at].chars().next_back().map_or(0, char::len_utf8) } else { at };
        let written = &self.text[at..end];
        if let Some((value, end)) = self.fraction(at, end).or_else(|| Some((numeral(written)?, end))) {
            let (value, end) = self.exponent(value, end);
            let is_fraction = self.text[at..end].contains(['/', '⁄']);
            if let Some(value) = value.checked_mul(Ratio::from(sign)) {
                self.push(start, end, What::Numeral(value, is_fraction));
            } else {
                self.follows = false;
            }
            return end;
        }
        // «192.168.1.2» is four numbers.
        let mut group = at;
        while group < end {
            let length = self.text[group..end].find(|c| digit(c).is_none()).unwrap_or(end - group);
            if length > 0 {
                match numeral(&self.text[group..group + length]) {
                    Some(value) => self.push(group, group + length, What::Numeral(value, false)),
                    None => self.follows = false,
                }
                self.follows = false;
            }
            group += length + self.text[group + length..].chars().next().map_or(1, char::len_utf8);
        }
        end
    }

    /// «.5» at the start of a text or after a space.
    fn starts_decimal(&self, at: usize) -> bool {
        self.text[at + 1..].starts_with(|c| digit(c).is_some())
            && self.text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '-')
    }

    fn starts_negative(&self, at: usize, after: usize) -> bool {
        self.text[after..].starts_with(|c| digit(c).is_some())
            && self.text[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '«'))
    }

    /// «3/4»: a proper fraction with small parts, neither a date nor the name of a season.
    fn fraction(&self, at: usize, end: usize) -> Option<(Ratio, usize)> {
        let above = whole(&self.text[at..end])?;
        let line = self.text[end..].chars().next().filter(|c| matches!(c, '/' | '⁄'))?;
        let start = end + line.len_utf8();
        let length = self.text[start..].find(|c| digit(c).is_none()).unwrap_or(self.text.len() - start);
        let below = whole(&self.text[start..start + length])?;
        let alone = !self.text[..at].ends_with('/') && !self.text[start + length..].starts_with(['/', '.', '-']);
        (alone && 0 < above && above < below && below <= 100)
            .then(|| Ratio::new(above, below))?
            .map(|value| (value, start + length))
    }

    /// «1e10».
    fn exponent(&self, value: Ratio, end: usize) -> (Ratio, usize) {
        let found = || {
            let rest = self.text[end..].strip_prefix(['e', 'E'])?;
            let (sign, rest) = match rest.strip_prefix('-') {
                Some(rest) => (-1, rest),
                None => (1, rest.strip_prefix('+').unwrap_or(rest)),
            };
            let length = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
            let power = 10i128.checked_pow(u32::try_from(whole(&rest[..length])?).ok()?)?;
            let factor = if sign < 0 { Ratio::new(1, power) } else { Ratio::new(power, 1) }?;
            Some((value.checked_mul(factor)?, self.text.len() - rest.len() + length))
        };
        found().unwrap_or((value, end))
    }
}

/// `word` folded by [`Fold::KEY`], the short way for the letters of nearly all words.
fn folded(word: &str) -> Cow<'_, str> {
    if !word.chars().all(|c| matches!(c, '\u{621}'..='\u{63A}' | '\u{640}'..='\u{652}')) {
        return fold(word, Fold::KEY);
    }
    if !word.contains(|c| matches!(c, 'آ' | 'أ' | 'ؤ' | 'إ' | 'ئ' | 'ة' | 'ى' | '\u{640}' | '\u{64B}'..)) {
        return Cow::Borrowed(word);
    }
    let letters = word.chars().filter_map(|c| match c {
        'آ' | 'أ' | 'إ' => Some('ا'),
        'ؤ' => Some('و'),
        'ئ' | 'ى' => Some('ي'),
        'ة' => Some('ه'),
        '\u{640}' | '\u{64B}'.. => None,
        _ => Some(c),
    });
    Cow::Owned(letters.collect())
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(u32::from(c) - u32::from('0')),
        '\u{0660}'..='\u{0669}' => Some(u32::from(c) - 0x660),
        '\u{06F0}'..='\u{06F9}' => Some(u32::from(c) - 0x6F0),
        _ => None,
    }
}

fn is_word_char(c: char) -> bool {
    // The letters of nearly all texts first: asking Unicode for each took half of the time.
    match c {
        '\u{620}'..='\u{65F}' => true,
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{660}'..='\u{669}' | '\u{60C}' | '\u{61B}' | '\u{61F}' | '«' | '»' => false,
        _ => c.is_alphabetic() || is_arabic_mark(c) || matches!(c, '\u{200C}' | '\u{200D}'),
    }
}

fn alphanumerics(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

/// The length of «-19» at the start of `text`, nought without digits.
fn digits_after(text: &str) -> usize {
    let sign = text.chars().next().map_or(0, char::len_utf8);
    match text[sign..].find(|c| digit(c).is_none()).unwrap_or(text.len() - sign) {
        0 => 0,
        length => sign + length,
    }
}

fn is_exponent(text: &str, at: usize) -> bool {
    let rest = text[at..].strip_prefix(['e', 'E']).unwrap_or("");
    rest.strip_prefix(['+', '-']).unwrap_or(rest).starts_with(|c| digit(c).is_some())
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '،' | '٫' | '٬' | '’' | '\'')
}

fn is_narrow_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2009}' | '\u{202F}')
}

/// The end of the digits that begin at `at`, with separators between digits and spaces between groups of three.
fn numeral_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    let mut pending = false;
    while let Some(&(offset, c)) = chars.peek() {
        if digit(c).is_some() {
            end = at + offset + c.len_utf8();
            pending = false;
        } else if is_separator(c) && !pending {
            pending = true;
        } else if !is_invisible(c) {
            break;
        }
        chars.next();
    }
    let first = &text[at..end];
    if first.chars().any(|c| digit(c).is_none()) || first.chars().count() > 3 {
        return end;
    }
    let groups_from = |mut end: usize, is_space: fn(char) -> bool| {
        let mut groups = 0;
        while let Some(rest) = text[end..].strip_prefix(is_space)
            && rest.chars().take_while(|&c| digit(c).is_some()).count() == 3
        {
            let length: usize = rest.chars().take(3).map(char::len_utf8).sum();
            end = text.len() - rest.len() + length;
            groups += 1;
        }
        (groups, end)
    };
    let (narrow, narrow_end) = groups_from(end, is_narrow_space);
    let (wide, wide_end) = groups_from(end, |c| c == ' ');
    // With one common space two numbers could stand side by side.
    match (narrow, wide) {
        (1.., _) => narrow_end,
        (_, 2..) => wide_end,
        _ => end,
    }
}

/// The value of digits with separators, when they stand where separators of one number stand. A single point is one of
/// decimals; a single comma parts thousands when three digits follow and at most three stand before.
fn numeral(written: &str) -> Option<Ratio> {
    let mut groups = vec![String::new()];
    let mut separators = Vec::new();
    for c in to_latn(written).chars().filter(|&c| !is_invisible(c)) {
        if c.is_ascii_digit() {
            groups.last_mut()?.push(c);
        } else {
            separators.push(if is_narrow_space(c) { ' ' } else { c });
            groups.push(String::new());
        }
    }
    if groups[0].is_empty() && separators == ['.'] {
        groups[0].push('0');
    }
    let in_threes = |groups: &[String]| {
        groups[0].len() <= 3 && groups[0] != "0" && groups[1..].iter().all(|group| group.len() == 3)
    };
    let decimals = match separators.as_slice() {
        [] => 0,
        [one] => usize::from(matches!(one, '.' | '٫') || !in_threes(&groups)),
        [first, rest @ ..] if rest.iter().all(|c| c == first) => (in_threes(&groups) && *first != '٫').then_some(0)?,
        [before @ .., last] => {
            let same = before.iter().all(|c| c == &before[0]) && last != &before[0];
            (same && *last != ' ' && in_threes(&groups[..groups.len() - 1])).then_some(1)?
        }
    };
    let places = if decimals == 1 { groups.last()?.len() } else { 0 };
    let scale = 10i128.checked_pow(u32::try_from(places).ok()?)?;
    Ratio::new(groups.concat().parse().ok()?, scale)
}

fn whole(written: &str) -> Option<i128> {
    let plain = !written.is_empty() && written.chars().all(|c| digit(c).is_some());
    plain.then(|| to_latn(written).parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_short_way_folds_as_the_long_one(word in "[ء-غـ-ْ]{1,12}|[ا-ي\u{653}\u{654}کی]{1,8}") {
            prop_assert_eq!(folded(&word), fold(&word, Fold::KEY));
        }
    }
}
