//! What remains when the markup is taken away, and other small questions about text?
//!
//! Excerpts, character references, addresses of mail. Each function names what it is documented as.

use std::fmt::Write;

use crate::entities::code_point;
use crate::html::{Piece, attribute, past, pieces, tag_name};

/// `text` without tags, comments and processing instructions, as PHP's `strip_tags` takes them out: a `<` before white space
/// is a letter, quotation marks within tags are respected, and what never ends lasts to the end.
///
/// ```
/// assert_eq!(wordpress::text::strip_tags("5 < 6 <b title='>'>نعم</b>"), "5 < 6 نعم");
/// ```
pub fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let next = rest[1..].chars().next();
        if next.is_some_and(|c| c.is_ascii_whitespace() || c == '\u{B}') {
            out.push('<');
            rest = &rest[1..];
        } else if rest.starts_with("<!--") {
            rest = &rest[past(rest, 2, "-->")..];
        } else if rest.starts_with("<!") {
            rest = &rest[past(rest, 2, ">")..];
        } else if rest.starts_with("<?") {
            rest = &rest[past(rest, 1, "?>")..];
        } else {
            rest = &rest[tag_end(rest)..];
        }
    }
    out.push_str(rest);
    out
}

/// The end of the tag that begins `text`: its `>`, quotation marks and tags within it respected.
fn tag_end(text: &str) -> usize {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, b) in text.bytes().enumerate() {
        match (quote, b) {
            (Some(mark), b) if b == mark => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(b),
            (None, b'<') => depth += 1,
            (None, b'>') => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// `text` without markup and without the content of scripts and styles; with `one_line`, white space becomes one space.
/// Documented as `wp_strip_all_tags`.
pub fn strip_all_tags(text: &str, one_line: bool) -> String {
    let lower = text.to_ascii_lowercase();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    let last = |needle: &str| lower.rfind(needle).unwrap_or(0);
    let (last_script, last_style) = (last("</script>"), last("</style>"));
    while let Some(found) = lower[at..].find("<s").map(|n| at + n) {
        kept.push_str(&text[at..found]);
        let closing = match () {
            () if lower[found..].starts_with("<script") && found < last_script => Some("</script>"),
            () if lower[found..].starts_with("<style") && found < last_style => Some("</style>"),
            () => None,
        };
        let end = closing.and_then(|closing| {
            let open = lower[found..].find('>')? + found;
            Some(lower[open..].find(closing)? + open + closing.len())
        });
        match end {
            Some(end) => at = end,
            None => {
                kept.push_str(&text[found..found + 2]);
                at = found + 2;
            }
        }
    }
    kept.push_str(&text[at..]);
    let mut out = strip_tags(&kept);
    if one_line {
        let mut line = String::with_capacity(out.len());
        let mut in_space = false;
        for c in out.chars() {
            let space = matches!(c, '\r' | '\n' | '\t' | ' ');
            if !space {
                line.push(c);
            } else if !in_space {
                line.push(' ');
            }
            in_space = space;
        }
        out = line;
    }
    out.trim_matches(|c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\0' | '\u{B}')).to_owned()
}

/// The first `count` words, with `more` behind them when there were others. Documented as `wp_trim_words`.
///
/// ```
/// assert_eq!(wordpress::text::trim_words("<p>كلمة كلمة كلمة</p>", 2, "…"), "كلمة كلمة…");
/// ```
pub fn trim_words(text: &str, count: usize, more: &str) -> String {
    let stripped = strip_all_tags(text, false);
    let mut words = stripped.split(['\n', '\r', '\t', ' ']).filter(|word| !word.is_empty());
    let first: Vec<&str> = words.by_ref().take(count).collect();
    let mut out = first.join(" ");
    if words.next().is_some() {
        out.push_str(more);
    }
    out
}

/// Whether this may be an address of mail. Documented as `is_email`; stricter than the standard, and ASCII only.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = domain.split('.').collect();
    text.len() >= 6
        && !local.is_empty()
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b))
        && labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// Named character references as numbers: `&eacute;` is `&#233;`. Those for `"`, `&`, `<` and `>` too. Documented as
/// `ent2ncr`.
pub fn numeric_references(text: &str) -> String {
    references(text, |name, out| {
        let Some(code) = code_point(name) else { return false };
        let _ = write!(out, "&#{code};");
        true
    })
}

/// Numbers that mean something in Windows-1252 only (`&#147;`) as what was meant (`&#8220;`). Documented as
/// `convert_invalid_entities`.
pub fn repair_references(text: &str) -> String {
    references(text, |name, out| {
        let Some(number) = name.strip_prefix('#').and_then(|n| n.parse::<usize>().ok()) else { return false };
        match number.checked_sub(128).and_then(|at| WINDOWS.get(at)) {
            Some(0) => true,
            Some(meant) => {
                let _ = write!(out, "&#{meant};");
                true
            }
            None => false,
        }
    })
}

/// What the bytes 0x80 to 0x9F mean in Windows-1252; 0 where they mean nothing.
const WINDOWS: [u32; 32] = [
    8364, 0, 8218, 402, 8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 0, 381, 0, 0, 8216, 8217, 8220, 8221, 8226,
    8211, 8212, 732, 8482, 353, 8250, 339, 0, 382, 376,
];

/// `text` with its character references replaced, where `write` takes them.
fn references(text: &str, write: impl Fn(&str, &mut String) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = crate::html::reference_length(rest);
        match length {
            Some(length) if write(&rest[1..length - 1], &mut out) => rest = &rest[length..],
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A lone `&` as `&#038;`, after [`repair_references`]. Documented as `convert_chars`.
pub fn escape_ampersands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('&').enumerate() {
        if at > 0 {
            out.push('&');
            let begins_reference =
                crate::html::reference_length(&format!("&{}", part.chars().take(40).collect::<String>()));
            if begins_reference.is_none() {
                out.push_str("#038;");
            }
        }
        out.push_str(part);
    }
    repair_references(&out)
}

/// Where the first link of a text leads, as it stands there. Documented as `get_url_in_content`.
pub fn first_link(html: &str) -> Option<String> {
    pieces(html).find_map(|piece| match piece {
        Piece::Tag(tag) if tag_name(tag).eq_ignore_ascii_case("a") => {
            let href = attribute(tag, "href").filter(|href| !href.is_empty())?;
            Some(crate::links::clean_address(href).replace("&#038;", "&").replace("&#039;", "'"))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_taken_away() {
        for (text, expected) in [
            ("a<b>c</b>", "ac"),
            ("5 < 6", "5 < 6"),
            ("a<!-- > -->b", "ab"),
            ("a<b title=\">\">c", "ac"),
            ("a<b", "a"),
            ("a<<b>>c", "ac"),
        ] {
            assert_eq!(strip_tags(text), expected, "{text}");
        }
        assert_eq!(strip_all_tags("س<SCRIPT>x</script><style>y</style>\n ع ", true), "س ع");
        assert_eq!(strip_all_tags("a<script>b", false), "ab");
    }

    #[test]
    fn words_are_counted() {
        assert_eq!(trim_words("one two", 2, "…"), "one two");
        assert_eq!(trim_words("one two three", 0, "…"), "…");
    }

    #[test]
    fn addresses_of_mail() {
        for good in ["bob@example.com", "phil@example.info", "a.b+c@x-y.co.uk"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a@b.c", "com.exampleNOSPAMbob", "bob@your mom", "a@b..com", "a@-b.com", "بريد@example.com"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn references_are_numbers() {
        assert_eq!(numeric_references("&eacute;&nope;&amp;&"), "&#233;&nope;&#38;&");
        assert_eq!(repair_references("&#147;x&#148;&#129;"), "&#8220;x&#8221;");
        assert_eq!(escape_ampersands("a & b &amp;"), "a &#038; b &amp;");
    }

    #[test]
    fn the_first_link() {
        assert_eq!(first_link("<a>x</a><a href='/y?a=1&b=2'>").as_deref(), Some("/y?a=1&b=2"));
        assert_eq!(first_link("<div>"), None);
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in ["<", "<script>", "<style", "&", "&#1", "<!--", "<a href='", "'<", "<s"] {
            let text = hostile.repeat(100_000);
            let sizes = strip_tags(&text).len() + strip_all_tags(&text, true).len() + escape_ampersands(&text).len();
            assert!(sizes < text.len() * 10, "{hostile:?}");
        }
    }
}
