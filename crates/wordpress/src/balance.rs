//! Which tags were never closed?
//!
//! Documented as `force_balance_tags`: closes what is open, takes away closing tags that close nothing, and ends a `<p>` or
//! `<li>` where the next one begins. It is no parser of HTML and knows no implied ends; an excerpt that was cut in the middle
//! is what it is for.

/// Elements that have no end.
const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input", "isindex", "link",
    "meta", "param", "source", "track", "wbr",
];

/// Elements that may stand directly within themselves.
const NESTING: &[&str] =
    &["article", "aside", "blockquote", "details", "div", "figure", "object", "q", "section", "span"];

/// `html` with every element closed.
///
/// ```
/// use wordpress::balance::balance;
/// assert_eq!(balance("<p>نص <b>غليظ<p>نص</i>"), "<p>نص <b>غليظ<p>نص</p></b></p>");
/// ```
pub fn balance(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut open: Vec<String> = Vec::new();
    // How often each name is open: a closing tag that closes nothing must not be looked for in all of them.
    let mut counts: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    // Behind the last `>` no tag ends; looking for it once keeps the cost linear.
    let last_end = html.rfind('>').unwrap_or(0);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, markup) = rest.split_at(at);
        out.push_str(before);
        let Some(tag) = read(markup, html.len() - markup.len() < last_end) else {
            // «<3» is a heart.
            let heart = markup[1..].starts_with(|c: char| c.is_ascii_digit());
            out.push_str(if heart { "&lt;" } else { "<" });
            rest = &markup[1..];
            continue;
        };
        rest = &markup[tag.length..];
        if tag.closing {
            if counts.get(&tag.name).copied().unwrap_or(0) == 0 {
                continue;
            }
            while let Some(name) = open.pop() {
                close(&name, &mut counts, &mut out);
                if name == tag.name {
                    break;
                }
            }
            continue;
        }
        let void = VOID.contains(&tag.name.as_str());
        let trimmed = tag.attributes.trim_end();
        let alone = trimmed.ends_with('/');
        let attributes = match (alone, void) {
            (true, true) => &trimmed[..trimmed.len() - 1],
            (true, false) => trimmed[..trimmed.len() - 1].trim_end(),
            (false, _) => trimmed,
        };
        if !void && !alone {
            if open.last() == Some(&tag.name) && !NESTING.contains(&tag.name.as_str()) {
                open.pop();
                close(&tag.name, &mut counts, &mut out);
            }
            open.push(tag.name.clone());
            *counts.entry(tag.name.clone()).or_default() += 1;
        }
        out.push('<');
        out.push_str(&tag.name);
        if void && attributes.trim().is_empty() {
            out.push_str(" />");
            continue;
        }
        out.push_str(attributes);
        out.push_str(if void { "/>" } else { ">" });
        if alone && !void {
            out.push_str("</");
            out.push_str(&tag.name);
            out.push('>');
        }
    }
    out.push_str(rest);
    while let Some(name) = open.pop() {
        close(&name, &mut counts, &mut out);
    }
    out
}

fn close(name: &str, counts: &mut std::collections::HashMap<String, usize>, out: &mut String) {
    if let Some(count) = counts.get_mut(name) {
        *count -= 1;
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

struct Tag<'a> {
    name: String,
    closing: bool,
    attributes: &'a str,
    length: usize,
}

/// The tag that begins `text`: the name of an element of HTML in any case, or that of a custom one in small letters. The
/// standard allows more names than WordPress knows, which are those in ASCII.
fn read(text: &str, has_end: bool) -> Option<Tag<'_>> {
    let closing = text[1..].starts_with('/');
    let from = 1 + usize::from(closing);
    let name_length = text[from..].bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_:.-".contains(b)).count();
    let name = &text[from..from + name_length];
    let is_word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':');
    let plain =
        name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':')) && name.bytes().all(is_word);
    let custom = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split_once('-').is_some_and(|(_, rest)| !rest.is_empty())
        && !name.bytes().any(|b| b.is_ascii_uppercase() || b == b':');
    let name = match () {
        () if plain => name.to_ascii_lowercase(),
        () if custom => name.to_owned(),
        () => return None,
    };
    let rest = &text[from + name_length..];
    if !(rest.starts_with(|c: char| c.is_ascii_whitespace()) || rest.starts_with('>') || rest.starts_with("/>")) {
        return None;
    }
    let end = rest.find('>').filter(|_| has_end)?;
    Some(Tag { name, closing, attributes: &rest[..end], length: from + name_length + end + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(balance(html), expected, "{html}");
    }

    #[test]
    fn tags_are_closed() {
        check("<b>x", "<b>x</b>");
        check("<ul><li>أ<li>ب</ul>", "<ul><li>أ</li><li>ب</li></ul>");
        check("x</b>y", "xy");
        check("<div><div>x</div>", "<div><div>x</div></div>");
        check("<br><img src=a>", "<br /><img src=a/>");
        check("a < b <3 <!-- x -->", "a < b &lt;3 <!-- x -->");
        check("<my-Box>x<my-box>y", "<my-Box>x<my-box>y</my-box>");
        check("<b/>", "<b></b>");
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in ["<b>", "</b>", "<b><i></b>", "<", "<b", "<div>", "<!--", "<b></i>"] {
            let size = |count| balance(&hostile.repeat(count)).len();
            assert!(size(100_000) <= size(10_000) * 11 + 1_000, "{hostile:?}");
        }
    }
}
