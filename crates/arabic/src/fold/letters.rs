//! Which letter stands for which? The tables behind the folds.
//!
//! The tables speak of decomposed text, where أ may also be ا with a hamza above it. A mapped letter is never mapped
//! again, which keeps folding idempotent; a test says so for nearly every character of Unicode.

use unicode_normalization::char::decompose_compatible;

use super::Fold;
use crate::invisible::{is_arabic_mark, within};

pub(super) const TATWEEL: char = '\u{0640}';

/// What becomes of `c`, case aside: `None` when it goes.
pub(super) fn letter(c: char, fold: Fold) -> Option<char> {
    match c {
        '\0'..='~' => Some(c),
        TATWEEL => (!fold.contains(Fold::TATWEEL)).then_some(c),
        'آ' | 'أ' | 'إ' if fold.contains(Fold::HAMZA_ON_ALEF) => Some('ا'),
        'ؤ' if fold.contains(Fold::HAMZA_ON_CARRIER) => Some('و'),
        'ئ' if fold.contains(Fold::HAMZA_ON_CARRIER) => Some('ي'),
        'ى' if fold.contains(Fold::ALEF_MAKSURA) => Some('ي'),
        'ة' => Some(ta_marbuta(fold)),
        '\u{0621}'..='\u{064A}' => Some(c),
        '\u{0660}'..='\u{0669}' => Some(digit(c, '\u{0660}', fold)),
        '\u{06F0}'..='\u{06F9}' => Some(digit(c, '\u{06F0}', fold)),
        _ if is_haraka(c) => (!fold.contains(Fold::HARAKAT)).then_some(c),
        '\u{066E}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C9}' => Some(rarer_letter(c, fold)),
        _ => Some(c),
    }
}

/// Whether a hamza or madda above or below goes, by the letter that carries it.
pub(super) fn drops_hamza(base: Option<char>, fold: Fold) -> bool {
    fold.contains(match base {
        Some('ا' | 'آ' | 'أ' | 'إ') => Fold::HAMZA_ON_ALEF,
        Some('و' | 'ؤ' | 'ي' | 'ئ' | 'ى' | 'ی') => Fold::HAMZA_ON_CARRIER,
        _ => Fold::HARAKAT,
    })
}

/// What becomes of a letter already in lower case: `None` when it is an accent that look-alikes ignore.
pub(super) fn after_case(c: char, fold: Fold) -> Option<char> {
    if c == 'ς' && !fold.contains(Fold::LOOK_ALIKES) {
        return Some('σ');
    }
    if !fold.contains(Fold::LOOK_ALIKES) {
        return Some(c);
    }
    match c {
        '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' => None,
        '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' => None,
        _ => Some(found(LIKE_LATIN, c).unwrap_or(c)),
    }
}

/// Harakat and the signs of the Quran, without hamza and madda, which [`drops_hamza`] decides.
fn is_haraka(c: char) -> bool {
    is_arabic_mark(c) && !matches!(c, '\u{0653}'..='\u{0655}') || matches!(c, '\u{06E5}' | '\u{06E6}')
}

fn ta_marbuta(fold: Fold) -> char {
    if fold.contains(Fold::TA_MARBUTA) { 'ه' } else { 'ة' }
}

fn digit(c: char, zero: char, fold: Fold) -> char {
    if !fold.contains(Fold::DIGITS) {
        return c;
    }
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

fn rarer_letter(c: char, fold: Fold) -> char {
    match c {
        'ۃ' if fold.contains(Fold::PERSIAN_URDU) => return ta_marbuta(fold),
        'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' if fold.contains(Fold::HAMZA_ON_ALEF) => return 'ا',
        'ٶ' | 'ٷ' if fold.contains(Fold::HAMZA_ON_CARRIER) => return 'و',
        'ٸ' if fold.contains(Fold::HAMZA_ON_CARRIER) => return 'ي',
        _ => {}
    }
    let same = fold.contains(Fold::PERSIAN_URDU).then(|| found(PERSIAN_URDU, c)).flatten();
    let alike = || fold.contains(Fold::LOOK_ALIKES).then(|| found(LIKE_ARABIC, c)).flatten();
    same.or_else(alike).unwrap_or(c)
}

fn found(table: &[(&str, char)], c: char) -> Option<char> {
    table.iter().find(|(letters, _)| letters.contains(c)).map(|&(_, letter)| letter)
}

/// The same letter under another code point, as keyboards of other languages write it.
const PERSIAN_URDU: &[(&str, char)] = &[("کگڪ", 'ك'), ("یےېۍ", 'ي'), ("ہھەۂ", 'ه'), ("ں", 'ن')];

/// Other letters that a quick eye takes for these.
const LIKE_ARABIC: &[(&str, char)] = &[
    ("پٮٻݐݒ", 'ب'),
    ("ٹٺټ", 'ت'),
    ("ٽٿ", 'ث'),
    ("چڄڃڇ", 'ج'),
    ("ځڂ", 'ح'),
    ("څ", 'خ'),
    ("ڈډڊڋڍ", 'د'),
    ("ڌڎڏڐ", 'ذ'),
    ("ڑڒړڔڕږ", 'ر'),
    ("ژڗڙ", 'ز'),
    ("ڛښ", 'س'),
    ("ڜۺ", 'ش'),
    ("ڡڢڣڤڥڦ", 'ف'),
    ("ٯڧڨ", 'ق'),
    ("گکڪڭݣڬڮڰڱ", 'ك'),
    ("ڵڶڷ", 'ل'),
    ("ںڻڼڽ", 'ن'),
    ("ۄۅۆۇۈۉۊۋ", 'و'),
    ("ۑێې", 'ي'),
];

/// Letters of other alphabets, in lower case and without accents, that look like Latin ones in either case.
const LIKE_LATIN: &[(&str, char)] = &[
    ("аαɑ", 'a'),
    ("вβ", 'b'),
    ("сϲ", 'c'),
    ("ԁđɗ", 'd'),
    ("еεє", 'e'),
    ("ɡ", 'g'),
    ("нһ", 'h'),
    ("іιıɪ", 'i'),
    ("јϳ", 'j'),
    ("кκ", 'k'),
    ("łӏ", 'l'),
    ("мμ", 'm'),
    ("ηռ", 'n'),
    ("оοøօ", 'o'),
    ("рρ", 'p'),
    ("ԛ", 'q'),
    ("ѕ", 's'),
    ("тτ", 't'),
    ("υս", 'u'),
    ("νѵ", 'v'),
    ("ԝω", 'w'),
    ("хχ", 'x'),
    ("уγ", 'y'),
    ("σς", 's'),
];

/// Whether `c` is a letter or digit in costume: wide, bold, circled, superscript.
pub(super) fn is_styled(c: char) -> bool {
    c == 'ª' || c == 'º' || within(c, STYLED)
}

/// The plain characters of a styled one, by its compatibility decomposition where Unicode has one.
pub(super) fn unstyled(c: char, sink: impl FnMut(char)) {
    let plain = |first: u32| char::from_u32(u32::from('a') + (u32::from(c) - first)).unwrap_or(c);
    let c = match c {
        '\u{1F150}'..='\u{1F169}' => plain(0x1F150),
        '\u{1F170}'..='\u{1F189}' => plain(0x1F170),
        '\u{1F1E6}'..='\u{1F1FF}' => plain(0x1F1E6),
        _ => c,
    };
    decompose_compatible(c, sink);
}

const STYLED: &[(char, char)] = &[
    ('\u{02B0}', '\u{02B8}'),   // modifier letters
    ('\u{1D2C}', '\u{1D6A}'),   // phonetic superscripts
    ('\u{2070}', '\u{209C}'),   // superscripts and subscripts
    ('\u{2100}', '\u{214F}'),   // letter-like symbols
    ('\u{2460}', '\u{24E9}'),   // circled and bracketed
    ('\u{FF01}', '\u{FF5E}'),   // wide
    ('\u{1D400}', '\u{1D7FF}'), // mathematical
    ('\u{1EE00}', '\u{1EEFF}'), // Arabic mathematical
    ('\u{1F110}', '\u{1F149}'), // bracketed and squared
    ('\u{1F150}', '\u{1F169}'), // white on black, circled
    ('\u{1F170}', '\u{1F189}'), // white on black, squared
    ('\u{1F1E6}', '\u{1F1FF}'), // regional indicators
];
