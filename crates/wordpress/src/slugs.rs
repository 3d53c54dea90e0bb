//! What address does WordPress make of a title?
//!
//! Documented as `sanitize_title`: small letters, a hyphen between words, and everything beyond ASCII percent-encoded in
//! lower case, so that an Arabic slug is a row of `%d8%a7`. It stops at [`LONGEST`] bytes of that, which are 33 Arabic
//! letters. The database may then cut once more, in the middle of a letter.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::strip_tags;

/// The longest slug, in bytes as it is stored.
pub const LONGEST: usize = 200;

/// The slug of a title as WordPress makes it when an article is saved; `fallback` when nothing is left.
///
/// ```
/// use wordpress::slugs::slug;
/// assert_eq!(slug("Café & More: 6×7", "", ""), "cafe-more-6x7");
/// assert_eq!(slug("لا", "", ""), "%d9%84%d8%a7");
/// ```
pub fn slug(title: &str, fallback: &str, locale: &str) -> String {
    let slug = with_dashes(&without_accents(title, locale), true);
    if slug.is_empty() { fallback.to_owned() } else { slug }
}

/// A title with hyphens between its words. With `saving`, spaces and dashes of all scripts become hyphens too, quotation
/// marks and the like go, and `×` becomes `x`.
pub fn with_dashes(title: &str, saving: bool) -> String {
    let encoded = percent_encode(&lower(&keep_escapes(&strip_tags(title))), LONGEST);
    let mut encoded = encoded.to_ascii_lowercase();
    if saving {
        for dash in ["&nbsp;", "&#160;", "&ndash;", "&#8211;", "&mdash;", "&#8212;"] {
            encoded = encoded.replace(dash, "-");
        }
    }
    let mut text = String::with_capacity(encoded.len());
    let mut rest = encoded.as_str();
    while let Some(c) = rest.chars().next() {
        let escapes = rest.as_bytes().chunks(3).take_while(|chunk| is_escape(chunk)).count();
        if escapes > 0 {
            if saving {
                without_marks(&rest[..escapes * 3], &mut text);
            } else {
                text.push_str(&rest[..escapes * 3]);
            }
            rest = &rest[escapes * 3..];
            continue;
        }
        if c == '&'
            && let Some(end) = rest.find(';').filter(|end| *end > 1 && !rest[..*end].contains('\n'))
        {
            rest = &rest[end + 1..];
            continue;
        }
        match c {
            '/' if saving => text.push('-'),
            '.' => text.push('-'),
            '%' | 'a'..='z' | '0'..='9' | ' ' | '_' | '-' => text.push(c),
            c if c.is_ascii_whitespace() => {}
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c == ' ' { '-' } else { c }) {
        if c != '-' || !slug.ends_with('-') {
            slug.push(c);
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Percent signs that begin no escape go.
fn keep_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        if rest.as_bytes().get(at..at + 3).is_some_and(is_escape) {
            out.push('%');
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', a, b] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// Letter by letter, since WordPress knows no final sigma.
fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Everything beyond ASCII percent-encoded in lower case, as many whole characters as `longest` bytes hold (0: all).
///
/// ```
/// assert_eq!(wordpress::slugs::percent_encode("اa", 7), "%d8%a7a");
/// assert_eq!(wordpress::slugs::percent_encode("اا", 7), "%d8%a7");
/// ```
pub fn percent_encode(text: &str, longest: usize) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let length = if c.is_ascii() { 1 } else { c.len_utf8() * 3 };
        if longest > 0 && out.len() + length > longest {
            break;
        }
        if c.is_ascii() {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02x}");
            }
        }
    }
    out
}

/// A row of escapes without the marks that no slug keeps.
fn without_marks(escapes: &str, out: &mut String) {
    let bytes: Vec<u8> = escapes
        .as_bytes()
        .chunks(3)
        .filter_map(|chunk| u8::from_str_radix(std::str::from_utf8(&chunk[1..]).ok()?, 16).ok())
        .collect();
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{2013}' | '\u{2014}' | '\u{2028}' | '\u{2029}' | '\u{202F}' => {
                    out.push('-')
                }
                '×' => out.push('x'),
                // Invisible: soft hyphen, joiners, directions, byte order mark.
                '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' | '\u{FFFC}' => {}
                // Quotation marks, bullets, signs, and accents that stand alone.
                '¡' | '¿' | '«' | '»' | '‹' | '›' | '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '•' | '…' | '©'
                | '®' | '°' | '™' | '´' | 'ˊ' | '\u{301}' | '\u{341}' | '\u{300}' | '\u{304}' | '\u{30C}' => {}
                c => {
                    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                        let _ = write!(out, "%{byte:02x}");
                    }
                }
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "%{byte:02x}");
        }
    }
}

/// Latin letters without their accents: «é» is «e», «ß» is «s». `locale` (`de_DE`, `da_DK`, …) decides about some of them.
/// Other scripts stay.
///
/// ```
/// assert_eq!(wordpress::slugs::without_accents("Ærø é ό آ", ""), "AEro e ό آ");
/// assert_eq!(wordpress::slugs::without_accents("Äß", "de_DE"), "Aess");
/// ```
pub fn without_accents(text: &str, locale: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let language = locale.split('_').next().unwrap_or("");
    let mut out = String::with_capacity(text.len());
    let composed: String = text.nfc().collect();
    let composed = if language == "ca" { composed.replace("l·l", "ll") } else { composed };
    for c in composed.chars() {
        let local = LOCAL.iter().find(|(languages, from, _)| *from == c && languages.contains(&language));
        if let Some((_, _, to)) = local.or_else(|| LETTERS.iter().find(|(_, from, _)| *from == c)) {
            out.push_str(to);
        } else if matches!(c, '\u{C0}'..='\u{17F}' | '\u{1A0}'..='\u{1B0}' | '\u{1CD}'..='\u{1DC}' | '\u{218}'..='\u{21B}' | '\u{1EA0}'..='\u{1EF9}')
            && c.is_alphabetic()
        {
            out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// Letters that are no letter with an accent.
const LETTERS: &[(&[&str], char, &str)] = &[
    (&[], '£', ""),
    (&[], '€', "E"),
    (&[], 'ª', "a"),
    (&[], 'º', "o"),
    (&[], 'Æ', "AE"),
    (&[], 'æ', "ae"),
    (&[], 'Ð', "D"),
    (&[], 'ð', "d"),
    (&[], 'Ø', "O"),
    (&[], 'ø', "o"),
    (&[], 'Þ', "TH"),
    (&[], 'þ', "th"),
    (&[], 'ß', "s"),
    (&[], 'Đ', "D"),
    (&[], 'đ', "d"),
    (&[], 'Ħ', "H"),
    (&[], 'ħ', "h"),
    (&[], 'ı', "i"),
    (&[], 'Ĳ', "IJ"),
    (&[], 'ĳ', "ij"),
    (&[], 'ĸ', "k"),
    (&[], 'Ŀ', "L"),
    (&[], 'ŀ', "l"),
    (&[], 'Ł', "L"),
    (&[], 'ł', "l"),
    (&[], 'ŉ', "n"),
    (&[], 'Ŋ', "N"),
    (&[], 'ŋ', "n"),
    (&[], 'Œ', "OE"),
    (&[], 'œ', "oe"),
    (&[], 'Ŧ', "T"),
    (&[], 'ŧ', "t"),
    (&[], 'ſ', "s"),
];

/// What some languages do otherwise.
const LOCAL: &[(&[&str], char, &str)] = &[
    (&["de"], 'Ä', "Ae"),
    (&["de"], 'ä', "ae"),
    (&["de"], 'Ö', "Oe"),
    (&["de"], 'ö', "oe"),
    (&["de"], 'Ü', "Ue"),
    (&["de"], 'ü', "ue"),
    (&["de"], 'ß', "ss"),
    (&["da", "nb", "nn"], 'Æ', "Ae"),
    (&["da", "nb", "nn"], 'æ', "ae"),
    (&["da", "nb", "nn"], 'Ø', "Oe"),
    (&["da", "nb", "nn"], 'ø', "oe"),
    (&["da", "nb", "nn"], 'Å', "Aa"),
    (&["da", "nb", "nn"], 'å', "aa"),
    (&["sr", "bs"], 'Đ', "DJ"),
    (&["sr", "bs"], 'đ', "dj"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &str) {
        assert_eq!(slug(title, "", ""), expected, "{title:?}");
    }

    #[test]
    fn titles_become_slugs() {
        check("Hello,  World!", "hello-world");
        check("“Quoted” – text…", "quoted-text");
        check("a/b.c_d", "a-b-c_d");
        check("100%25 %zz", "100%25-zz");
        check("<b>Tom</b> &amp; Jerry", "tom-jerry");
        check("A&nbsp;B", "a-b");
        check("قمّة", "%d9%82%d9%85%d9%91%d8%a9");
        check("كلمة\u{200F}،", "%d9%83%d9%84%d9%85%d8%a9%d8%8c");
        check("---", "");
        assert_eq!(slug("؟", "untitled", ""), "%d8%9f");
        assert_eq!(with_dashes("a – b", false), "a-%e2%80%93-b");
        assert_eq!(with_dashes(&"م".repeat(50), true).len(), 198);
    }
}
