//! Which letter does this entity mean, and which letters must be written as one?

use std::borrow::Cow;

use crate::entities::code_point;

/// What was met while entities were resolved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Oddities {
    /// `&` that begins no entity; taken as itself.
    pub(super) bare_ampersands: usize,
    /// `&word;` that neither XML nor HTML knows; taken as it stands.
    pub(super) unknown_entities: usize,
    /// Entities of HTML, which XML does not know; resolved.
    pub(super) html_entities: usize,
    /// `&#0;`, `&#xD800;`: numbers of no letter; taken as U+FFFD.
    pub(super) impossible_numbers: usize,
}

/// The longest entity, in bytes between `&` and `;`.
const MAX_ENTITY_BYTES: usize = 32;

/// `text` with its entities resolved, those of XML and the usual ones of HTML; what is none stays.
///
/// WordPress keeps the names of terms and authors with `&amp;` for `&`, and puts them into CDATA as they are, so a
/// [`super::Reader`] gives them so. This makes them readable.
///
/// ```
/// assert_eq!(wordpress::wxr::resolve_entities("تقنية &amp; علوم"), "تقنية & علوم");
/// ```
pub fn resolve_entities(text: &str) -> String {
    let mut resolved = Vec::with_capacity(text.len());
    unescape(text.as_bytes(), &mut resolved, &mut Oddities::default());
    // Whole characters were put in and nothing was cut, so this is text; otherwise it would show.
    String::from_utf8_lossy(&resolved).into_owned()
}

/// `text` with entities resolved, put at the end of `into`.
pub(super) fn unescape(text: &[u8], into: &mut Vec<u8>, oddities: &mut Oddities) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest) {
        into.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let window = &rest[..rest.len().min(MAX_ENTITY_BYTES + 1)];
        let name_length = window.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
        let name = &rest[..name_length];
        if name_length == 0 || window.get(name_length) != Some(&b';') {
            oddities.bare_ampersands += 1;
            into.push(b'&');
            continue;
        }
        match letter(name) {
            Some((letter, kind)) => {
                oddities.html_entities += usize::from(kind == Kind::Html);
                oddities.impossible_numbers += usize::from(kind == Kind::Impossible);
                into.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            None => {
                oddities.unknown_entities += 1;
                into.push(b'&');
                continue;
            }
        }
        rest = &rest[name_length + 1..];
    }
    into.extend_from_slice(rest);
}

/// `text` for a place outside of CDATA: mark-up escaped, and white space at its ends written as numbers, because readers
/// trim it.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains(['&', '<', '>', '"']) && text.trim() == text;
    if is_plain {
        return Cow::Borrowed(text);
    }
    let body_start = text.len() - text.trim_start().len();
    let body_end = body_start + text.trim().len();
    let mut escaped = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ if !(body_start..body_end).contains(&at) => escaped.push_str(&format!("&#{};", u32::from(c))),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Whether XML 1.0 lets `c` stand in a document.
pub(super) fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

#[derive(PartialEq, Eq)]
enum Kind {
    Xml,
    Html,
    Impossible,
}

fn letter(name: &[u8]) -> Option<(char, Kind)> {
    if let Some(number) = name.strip_prefix(b"#") {
        let code = match number.strip_prefix(b"x").or_else(|| number.strip_prefix(b"X")) {
            Some(digits) => number_in(digits, 16)?,
            None => number_in(number, 10)?,
        };
        return Some(match char::from_u32(code) {
            Some(c) if is_xml(c) => (c, Kind::Xml),
            _ => (char::REPLACEMENT_CHARACTER, Kind::Impossible),
        });
    }
    let name = std::str::from_utf8(name).ok()?;
    if let Some((_, c)) = OF_XML.iter().find(|(known, _)| *known == name) {
        return Some((*c, Kind::Xml));
    }
    Some((char::from_u32(code_point(name)?)?, Kind::Html))
}

/// A number, which is too large for a letter when it is too large at all.
fn number_in(digits: &[u8], radix: u32) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.iter().all(|&digit| char::from(digit).is_digit(radix));
    is_number.then(|| u32::from_str_radix(std::str::from_utf8(digits).unwrap_or_default(), radix).unwrap_or(u32::MAX))
}

const OF_XML: &[(&str, char)] = &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_unescape(text: &str, expected: &str, oddities: [usize; 4]) {
        let (mut into, mut met) = (Vec::new(), Oddities::default());
        unescape(text.as_bytes(), &mut into, &mut met);
        let met = [met.bare_ampersands, met.unknown_entities, met.html_entities, met.impossible_numbers];
        assert_eq!((String::from_utf8_lossy(&into).as_ref(), met), (expected, oddities), "{text:?}");
    }

    #[test]
    fn entities_are_resolved_or_kept() {
        check_unescape("أ &amp; ب &lt;b&gt; &quot;&apos;", "أ & ب <b> \"'", [0, 0, 0, 0]);
        check_unescape("&#1571;&#x627;&#X627;", "أاا", [0, 0, 0, 0]);
        check_unescape("&amp;amp;", "&amp;", [0, 0, 0, 0]);
        check_unescape("https://example.org/?a=1&b=2&amp;c", "https://example.org/?a=1&b=2&c", [1, 0, 0, 0]);
        check_unescape("a & b &", "a & b &", [2, 0, 0, 0]);
        check_unescape("&copy=1", "&copy=1", [1, 0, 0, 0]);
        check_unescape("&nbsp;&laquo;&yuml;&hellip;", "\u{A0}«ÿ…", [0, 0, 4, 0]);
        check_unescape("&lol1;", "&lol1;", [0, 1, 0, 0]);
        check_unescape("&#0;&#xD800;&#8;&#99999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", [0, 0, 0, 4]);
        check_unescape("&#;&#x;&#12a;", "&#;&#x;&#12a;", [0, 3, 0, 0]);
        check_unescape(&format!("&{};", "a".repeat(99)), &format!("&{};", "a".repeat(99)), [1, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn what_is_escaped_comes_back(text in "[ \t&<>\"';a-c#أ]{0,20}") {
            let (mut into, mut met) = (Vec::new(), Oddities::default());
            let escaped = escape(&text);
            unescape(escaped.trim().as_bytes(), &mut into, &mut met);
            prop_assert_eq!(String::from_utf8(into).unwrap(), text);
            prop_assert_eq!(met, Oddities::default());
        }
    }
}
