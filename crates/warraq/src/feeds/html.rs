//! Where does a link lead once the page is left?
//!
//! The body of an article may say `/about/` or `../picture.jpg`. In a feed that means nothing, so the addresses are
//! resolved here. The HTML comes out of our sanitiser; still nothing is assumed: whatever the text is, everything but
//! the addresses comes out byte for byte as it went in.

use std::borrow::Cow;

use url::Url;

/// Resolves relative addresses in `href`, `src`, `srcset`, `poster` and `cite` against `base`.
/// Absolute addresses, and everything if `base` is no address, are left untouched.
#[must_use]
pub fn absolutize(html: &str, base: &str) -> String {
    let Ok(base) = Url::parse(base) else {
        return html.to_owned();
    };
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            out.push_str(&rest[..end]);
            end
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            copy_tag(&mut out, rest, &base)
        } else {
            out.push('<');
            1
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Escapes text for an HTML element or a quoted attribute.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// Copies one opening tag, `tag` beginning with it, and says how long it was. Attributes are found as a browser
/// finds them; a tag without an end is copied to the end of the text.
fn copy_tag(out: &mut String, tag: &str, base: &Url) -> usize {
    let bytes = tag.as_bytes();
    let skip = |mut at: usize, is: fn(u8) -> bool| {
        while bytes.get(at).copied().is_some_and(is) {
            at += 1;
        }
        at
    };
    let mut copied = 0;
    let mut at = skip(1, |b| !b.is_ascii_whitespace() && b != b'/' && b != b'>');
    loop {
        at = skip(at, |b| b.is_ascii_whitespace() || b == b'/');
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                at += 1;
                break;
            }
            Some(_) => {}
        }
        let name_from = at;
        // A name may begin with `=`, odd as it is; without the `+ 1` such a tag would never end.
        at = skip(at + 1, |b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        let name = &bytes[name_from..at];
        let equals = skip(at, |b| b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            continue;
        }
        let value_from = skip(equals + 1, |b| b.is_ascii_whitespace());
        let (value, end) = match bytes.get(value_from) {
            Some(&quote @ (b'"' | b'\'')) => {
                let Some(length) = tag[value_from + 1..].find(char::from(quote)) else {
                    at = bytes.len();
                    break;
                };
                (&tag[value_from + 1..value_from + 1 + length], value_from + length + 2)
            }
            _ => {
                let end = skip(value_from, |b| !b.is_ascii_whitespace() && b != b'>');
                (&tag[value_from..end], end)
            }
        };
        if let Some(absolute) = resolved(name, value, base) {
            out.push_str(&tag[copied..value_from]);
            out.push('"');
            escape_into(out, &absolute);
            out.push('"');
            copied = end;
        }
        at = end;
    }
    out.push_str(&tag[copied..at]);
    at
}

/// The new value of an attribute, or `None` to leave it alone.
fn resolved(name: &[u8], value: &str, base: &Url) -> Option<String> {
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
    if is("srcset") {
        resolved_candidates(&unescape(value), base)
    } else if ["href", "src", "poster", "cite"].into_iter().any(is) {
        resolved_address(&unescape(value), base)
    } else {
        None
    }
}

fn resolved_address(address: &str, base: &Url) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || Url::parse(address).is_ok() {
        return None;
    }
    base.join(address).ok().map(String::from)
}

/// `a.jpg 480w, b.jpg 800w`: an address, perhaps a descriptor, a comma. An address may itself contain commas.
fn resolved_candidates(candidates: &str, base: &Url) -> Option<String> {
    let mut out = String::with_capacity(candidates.len() * 2);
    let mut changed = false;
    let mut rest = candidates;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return changed.then_some(out);
        }
        let (word, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let address = word.trim_end_matches(',');
        let (descriptor, after) = if address.len() < word.len() {
            ("", after)
        } else {
            after.split_at(after.find(',').unwrap_or(after.len()))
        };
        if !out.is_empty() {
            out.push_str(", ");
        }
        match resolved_address(address, base) {
            Some(absolute) => {
                out.push_str(&absolute);
                changed = true;
            }
            None => out.push_str(address),
        }
        if !descriptor.trim().is_empty() {
            out.push(' ');
            out.push_str(descriptor.trim());
        }
        rest = after;
    }
}

/// Undoes the references that a serialiser writes in an attribute. Others are rare in addresses and stay.
fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // Only a few bytes are looked at, or a value of nothing but `&` would take its length squared.
        let end = rest.bytes().take(11).position(|b| b == b';');
        let reference = end.map(|end| &rest[1..end]);
        match reference.and_then(referred) {
            Some(c) => {
                out.push(c);
                rest = &rest[reference.map_or(0, str::len) + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn referred(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BASE: &str = "https://w.example/2020/10/23/x/";

    /// Tags and what is like tags, put together by chance.
    const PIECES: &str = r#"(<|>|a|"|'|=| |/|&amp;|&|href|src(set)?|#|,|الص|<a href="|<img srcset="){0,24}"#;

    fn check_absolute(html: &str, expected: &str) {
        assert_eq!(absolutize(html, BASE), expected);
    }

    #[test]
    fn relative_addresses_are_resolved() {
        check_absolute(r#"<a href="/about/">x</a>"#, r#"<a href="https://w.example/about/">x</a>"#);
        check_absolute(r#"<a href="../y/">x</a>"#, r#"<a href="https://w.example/2020/10/23/y/">x</a>"#);
        check_absolute(r##"<a href="#n1">x</a>"##, r#"<a href="https://w.example/2020/10/23/x/#n1">x</a>"#);
        check_absolute("<img src='//c.example/a.png'>", r#"<img src="https://c.example/a.png">"#);
        check_absolute("<img src=/a.png alt=x>", r#"<img src="https://w.example/a.png" alt=x>"#);
        check_absolute("<IMG SRC = \"a.png\" />", "<IMG SRC = \"https://w.example/2020/10/23/x/a.png\" />");
        check_absolute(r#"<a href="/?a=1&amp;b=2">"#, r#"<a href="https://w.example/?a=1&amp;b=2">"#);
        check_absolute(r#"<a href="/&#39;&#x22;">"#, r#"<a href="https://w.example/'%22">"#);
        check_absolute(r#"<blockquote cite="/q/">"#, r#"<blockquote cite="https://w.example/q/">"#);
        check_absolute(r#"<a href="/الص/">"#, r#"<a href="https://w.example/%D8%A7%D9%84%D8%B5/">"#);
    }

    #[test]
    fn every_candidate_of_a_srcset_is_resolved() {
        check_absolute(
            r#"<img srcset="/a.webp 480w, b.webp 800w">"#,
            r#"<img srcset="https://w.example/a.webp 480w, https://w.example/2020/10/23/x/b.webp 800w">"#,
        );
        check_absolute(
            r#"<img srcset="/a,b.webp 2x,https://c.example/c.webp, /d.webp">"#,
            r#"<img srcset="https://w.example/a,b.webp 2x, https://c.example/c.webp, https://w.example/d.webp">"#,
        );
    }

    #[test]
    fn everything_else_is_left_byte_for_byte() {
        for same in [
            r#"<a href='https://c.example/?a=1&b=2'>x</a>"#,
            r#"<a href="mailto:x">x</a>"#,
            r#"<a href="">x</a>"#,
            r#"<p title="/a/" data-href="/b/">/c/ a < b href="/d/"</p>"#,
            r#"<!-- <a href="/x/"> --> y"#,
            r#"<!-- <a href="/x/">"#,
            r#"<a href="/never/ended"#,
            "<a href=\"/never/ended",
            "<a",
            "a < b",
            "</p><br/>",
            "<p =x =>",
        ] {
            check_absolute(same, same);
        }
    }

    #[test]
    fn without_a_base_nothing_is_touched() {
        assert_eq!(absolutize(r#"<a href="/x/">"#, "not an address"), r#"<a href="/x/">"#);
    }

    #[test]
    fn hostile_lengths_take_no_longer_than_honest_ones() {
        for piece in ["&", "<a href=&", "<!--", "<a =", "<a b=\"", "<img srcset=\",,"] {
            let html = format!("<a href=\"{}\">", piece.repeat(200_000));
            assert!(absolutize(&html, BASE).len() >= html.len() / 2);
        }
    }

    proptest! {
        #[test]
        fn doing_it_twice_changes_nothing(html in PIECES) {
            let once = absolutize(&html, BASE);
            prop_assert_eq!(absolutize(&once, BASE), once);
        }

        #[test]
        fn plain_text_is_never_touched(text in "[^<]{0,40}") {
            prop_assert_eq!(absolutize(&text, BASE), text);
        }
    }
}
