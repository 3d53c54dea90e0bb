//! Which way does this text run, and does anything in it turn it around?
//!
//! The base direction is that of the Unicode bidirectional algorithm (UAX #9, rules P2 and P3). Only letters count as
//! strong here; the few left-to-right signs that are no letters decide nothing.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

use crate::invisible::{visible, within};

/// The direction of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`: `ltr` or `rtl`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }
}

/// The direction of the first strong character of `text` that is not inside an isolate; `None` when there is none.
pub fn base_direction(text: &str) -> Option<Direction> {
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                if let Some(direction) = strong(c) {
                    return Some(direction);
                }
            }
            _ => {}
        }
    }
    None
}

/// The direction that `language` is written in: a BCP 47 tag such as `ar`, `fa-IR` or `ku-Arab`. A script subtag
/// decides before the language does.
pub fn language_direction(language: &str) -> Direction {
    let tag = language.to_ascii_lowercase();
    let mut subtags = tag.split(['-', '_']);
    let primary = subtags.next().unwrap_or_default();
    let script = subtags.take_while(|subtag| subtag.len() > 1).find(|subtag| is_script(subtag));
    let is_rtl = match script {
        Some(script) => RTL_SCRIPTS.contains(&script),
        None => RTL_LANGUAGES.contains(&primary),
    };
    if is_rtl { Direction::Rtl } else { Direction::Ltr }
}

/// `text` between FSI and PDI, so that its direction is found from itself and does not touch what stands around it. For
/// places without mark-up, such as `<title>` and feeds; in HTML use `<bdi>`. Direction controls inside are dropped, so
/// that none of them ends the isolate.
pub fn isolate(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", strip_controls(text))
}

/// `text` without direction controls, zero-width and tag characters, control codes, and blank fillers that stand out
/// of context. A joiner between Arabic letters stays, as do those inside emoji and after an Indic virama.
///
/// ```
/// assert_eq!(arabic::direction::strip_controls("محمد\u{202E}gpj.exe"), "محمدgpj.exe");
/// ```
pub fn strip_controls(text: &str) -> Cow<'_, str> {
    if has_unsafe_controls(text) { Cow::Owned(visible(text).map(|(_, c)| c).collect()) } else { Cow::Borrowed(text) }
}

/// Whether [`strip_controls`] would change `text`.
pub fn has_unsafe_controls(text: &str) -> bool {
    let mut kept = visible(text).map(|(at, _)| at);
    text.char_indices().any(|(at, _)| kept.next() != Some(at))
}

fn strong(c: char) -> Option<Direction> {
    match c {
        '\u{200E}' => return Some(Direction::Ltr),
        '\u{200F}' | '\u{061C}' => return Some(Direction::Rtl),
        '\u{061B}'..='\u{061F}' | '\u{06D4}' | '\u{FDFC}' => return Some(Direction::Rtl),
        _ if !c.is_alphabetic() || is_combining_mark(c) => return None,
        _ => {}
    }
    if within(c, RTL_BLOCKS) {
        Some(Direction::Rtl)
    } else if within(c, NEUTRAL_LETTERS) {
        None
    } else {
        Some(Direction::Ltr)
    }
}

fn is_script(subtag: &str) -> bool {
    subtag.len() == 4 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Blocks whose letters are of class R or AL (`DerivedBidiClass.txt` of Unicode 16).
const RTL_BLOCKS: &[(char, char)] = &[
    ('\u{0590}', '\u{08FF}'),
    ('\u{FB1D}', '\u{FDFF}'),
    ('\u{FE70}', '\u{FEFE}'),
    ('\u{10800}', '\u{10FFF}'),
    ('\u{1E800}', '\u{1EFFF}'),
];

/// Letters by category that are neutral by direction.
const NEUTRAL_LETTERS: &[(char, char)] = &[
    ('\u{02B9}', '\u{02BA}'),
    ('\u{02C2}', '\u{02CF}'),
    ('\u{02EC}', '\u{02EC}'),
    ('\u{0374}', '\u{0374}'),
    ('\u{2E2F}', '\u{2E2F}'),
    ('\u{A67F}', '\u{A67F}'),
    ('\u{A717}', '\u{A71F}'),
    ('\u{A788}', '\u{A788}'),
    ('\u{10140}', '\u{10174}'),
];

/// Languages written from right to left when no script is named (CLDR 48, likely subtags).
const RTL_LANGUAGES: &[&str] = &[
    "ar", "arc", "arz", "ary", "arq", "apc", "ars", "acm", "aeb", "apd", "ajp", "afb", "azb", "bal", "bej", "bgn",
    "bqi", "ckb", "dv", "fa", "glk", "haz", "he", "iw", "ji", "khw", "ks", "lrc", "luz", "mzn", "nqo", "ota", "pnb",
    "prs", "ps", "rhg", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
];

/// ISO 15924 codes of scripts written from right to left.
const RTL_SCRIPTS: &[&str] = &[
    "adlm", "arab", "aran", "armi", "avst", "hebr", "mand", "mani", "mend", "nbat", "nkoo", "orkh", "palm", "phnx",
    "rohg", "samr", "sarb", "sogd", "syrc", "syre", "syrj", "syrn", "thaa", "yezi",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LTR: Option<Direction> = Some(Direction::Ltr);
    const RTL: Option<Direction> = Some(Direction::Rtl);

    fn check_base(text: &str, expected: Option<Direction>) {
        assert_eq!(base_direction(text), expected, "{text:?}");
    }

    #[test]
    fn the_first_strong_character_decides() {
        check_base("الصين China", RTL);
        check_base("China الصين", LTR);
        check_base("2020 – «الصين»", RTL);
        check_base("«٢٠٢٠» 2020 !", None);
        check_base("", None);
        check_base("שלום", RTL);
        check_base("习近平", LTR);
        check_base("\u{200F}China", RTL);
        check_base("\u{2068}China\u{2069} الصين", RTL);
        check_base("\u{2067}الصين", None);
        check_base("\u{2069}Xi", LTR);
        check_base("\u{064E}a", LTR);
        check_base("ﷲ", RTL);
    }

    fn check_language(language: &str, expected: Direction) {
        assert_eq!(language_direction(language), expected, "{language:?}");
    }

    #[test]
    fn languages_have_directions() {
        check_language("ar", Direction::Rtl);
        check_language("ar-EG", Direction::Rtl);
        check_language("AR_eg", Direction::Rtl);
        check_language("fa", Direction::Rtl);
        check_language("ur", Direction::Rtl);
        check_language("he", Direction::Rtl);
        check_language("ckb", Direction::Rtl);
        check_language("zh", Direction::Ltr);
        check_language("en", Direction::Ltr);
        check_language("ku", Direction::Ltr);
        check_language("ku-Arab", Direction::Rtl);
        check_language("uz-arab-AF", Direction::Rtl);
        check_language("ar-Latn", Direction::Ltr);
        check_language("en-x-arab", Direction::Ltr);
        check_language("", Direction::Ltr);
    }

    fn check_strip(text: &str, expected: &str) {
        assert_eq!(strip_controls(text), expected, "{text:?}");
        assert_eq!(has_unsafe_controls(text), text != expected, "{text:?}");
    }

    #[test]
    fn controls_out_of_context_go() {
        check_strip("الصين", "الصين");
        check_strip("a\tb\r\nc", "a\tb\r\nc");
        check_strip("a\u{202E}b\u{2066}c\u{2069}\u{200F}", "abc");
        check_strip("a\u{200B}b\u{FEFF}\u{00AD}\u{2060}", "ab");
        check_strip("a\0b\u{1B}[c\u{7F}", "ab[c");
        check_strip("ad\u{E0041}min", "admin");
        check_strip("ㅤ\u{3164}", "");
        check_strip("ad\u{200D}min", "admin");
        check_strip("\u{200C}الصين\u{200D}", "الصين");
    }

    #[test]
    fn controls_in_context_stay() {
        check_strip("می\u{200C}خواهم", "می\u{200C}خواهم");
        check_strip("مِ\u{200C}خ", "مِ\u{200C}خ");
        check_strip("م\u{200C}\u{200C}\u{200B}خ", "م\u{200C}خ");
        check_strip("क्\u{200D}ष", "क्\u{200D}ष");
        check_strip("👩🏽\u{200D}🚀", "👩🏽\u{200D}🚀");
        check_strip("❤\u{FE0F}\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥");
        check_strip("1\u{FE0F}\u{20E3}", "1\u{FE0F}\u{20E3}");
        check_strip(
            "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
            "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}",
        );
        check_strip("🏴\u{E0067}\u{E0062}", "🏴");
        check_strip("葛\u{E0100}", "葛\u{E0100}");
    }

    #[test]
    fn isolates_are_closed_once() {
        assert_eq!(isolate("Xi"), "\u{2068}Xi\u{2069}");
        assert_eq!(isolate("a\u{2069}b\u{202E}"), "\u{2068}ab\u{2069}");
    }

    proptest! {
        #[test]
        fn stripping_is_idempotent(text in crate::fold::tests::text()) {
            let once = strip_controls(&text).into_owned();
            prop_assert!(!has_unsafe_controls(&once), "{:?}", once);
            prop_assert_eq!(isolate(&text).matches(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']).count(), 2);
        }
    }
}
