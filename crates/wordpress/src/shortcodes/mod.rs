//! Which shortcodes stand in this text?
//!
//! `[name attribute="value"]`, `[name /]`, `[name]content[/name]`, documented at
//! <https://codex.wordpress.org/Shortcode_API>. Only registered names count: «[sic]» is text. `[[name]]` is written for
//! somebody who wants to read `[name]`. An enclosing shortcode ends at the first closing tag of its name, so one cannot
//! stand within itself. What a shortcode becomes is said by the caller; [`core`] knows those of WordPress itself.

pub mod core;

use std::collections::HashMap;

use crate::html::{Piece, attribute_spans, escape, pieces};

/// The attributes of a shortcode, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attributes(pub Vec<(Option<String>, String)>);

impl Attributes {
    /// The last value with this name. Names are in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(own, _)| own.as_deref() == Some(name)).map(|(_, value)| value.as_str())
    }

    /// The values without a name.
    pub fn positional(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(name, _)| name.is_none()).map(|(_, value)| value.as_str())
    }
}

/// A shortcode as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcode<'a> {
    /// Between the bracket and the attributes.
    pub name: &'a str,
    /// What stands after the name.
    pub attributes: Attributes,
    /// What it encloses.
    pub content: Option<&'a str>,
    /// All of it.
    pub raw: &'a str,
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span<'a> {
    /// No shortcode.
    Text(&'a str),
    /// A shortcode.
    Shortcode(Shortcode<'a>),
    /// `[[name]]`, here without the outer brackets: to be shown as it is.
    Escaped(&'a str),
}

/// Parts `text` at its shortcodes. Tags of HTML are not looked at; see [`expand`].
///
/// ```
/// use wordpress::shortcodes::{Span, spans};
/// let spans = spans("قبل [صور أ=1]", |name| name == "صور");
/// assert!(matches!(&spans[1], Span::Shortcode(found) if found.attributes.get("أ").is_none()));
/// ```
pub fn spans<'a>(text: &'a str, is_shortcode: impl Fn(&str) -> bool) -> Vec<Span<'a>> {
    let mut spans = Vec::new();
    let last_bracket = text.rfind(']').unwrap_or(0);
    let mut closings: Option<Closings<'_>> = None;
    let (mut at, mut plain) = (0, 0);
    while let Some(found) = text[at..].find('[').map(|n| at + n).filter(|found| *found < last_bracket) {
        at = found + 1;
        let doubled = text[at..].starts_with('[');
        let name_at = at + usize::from(doubled);
        let name = name_of(&text[name_at..]);
        if name.is_empty() || !is_shortcode(name) {
            continue;
        }
        let attributes_at = name_at + name.len();
        let Some(bracket) = text[attributes_at..].find(']').map(|n| attributes_at + n) else { break };
        let alone = text[attributes_at..bracket].ends_with('/');
        let attributes = &text[attributes_at..bracket - usize::from(alone)];
        let mut end = bracket + 1;
        let mut content = None;
        if !alone && let Some(close) = closings.get_or_insert_with(|| Closings::of(text)).next(name, end) {
            content = Some(&text[end..close]);
            end = close + name.len() + 3;
        }
        let doubled_end = text[end..].starts_with(']');
        let raw = &text[found + usize::from(doubled)..end];
        let mut start = found;
        if doubled && doubled_end {
            push_text(&mut spans, &text[plain..start]);
            spans.push(Span::Escaped(raw));
            end += 1;
        } else {
            start += usize::from(doubled);
            push_text(&mut spans, &text[plain..start]);
            spans.push(Span::Shortcode(Shortcode { name, attributes: parse_attributes(attributes), content, raw }));
        }
        plain = end;
        // WordPress takes a second closing bracket along, so that none is looked at twice.
        at = end + usize::from(doubled_end && !doubled);
    }
    push_text(&mut spans, &text[plain..]);
    spans
}

fn push_text<'a>(spans: &mut Vec<Span<'a>>, text: &'a str) {
    if !text.is_empty() {
        spans.push(Span::Text(text));
    }
}

/// The name at the beginning: up to a space, a slash, a bracket, a mark of HTML or `=`.
fn name_of(text: &str) -> &str {
    let end = text.find(|c: char| c <= ' ' || matches!(c, '<' | '>' | '&' | '/' | '[' | ']' | '='));
    &text[..end.unwrap_or(text.len())]
}

/// Whether a name might be that of a shortcode of a plugin: Latin letters, digits, `_` and `-`, at least two of them.
pub(crate) fn looks_like_name(name: &str) -> bool {
    name.len() > 1
        && name.starts_with(|c: char| c.is_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// The places of closing tags in a text, by name, to be asked for from left to right. All are found in one walk.
struct Closings<'a> {
    places: HashMap<&'a str, (Vec<usize>, usize)>,
}

impl<'a> Closings<'a> {
    fn of(text: &'a str) -> Closings<'a> {
        let mut places: HashMap<&str, (Vec<usize>, usize)> = HashMap::new();
        for (at, _) in text.match_indices("[/") {
            let name = name_of(&text[at + 2..]);
            if text[at + 2 + name.len()..].starts_with(']') {
                places.entry(name).or_default().0.push(at);
            }
        }
        Closings { places }
    }

    fn next(&mut self, name: &str, from: usize) -> Option<usize> {
        let (places, passed) = self.places.get_mut(name)?;
        while places.get(*passed).is_some_and(|&place| place < from) {
            *passed += 1;
        }
        places.get(*passed).copied()
    }
}

/// Reads attributes: `name="value"`, `name='value'`, `name=value`, `"value"`, `value`. Backslashes are resolved as in C; a
/// value in which a tag of HTML is left open is emptied.
///
/// ```
/// let attributes = wordpress::shortcodes::parse_attributes("ids=\"1,2\" Size='full' وسط");
/// assert_eq!((attributes.get("ids"), attributes.get("size")), (Some("1,2"), Some("full")));
/// assert_eq!(attributes.positional().collect::<Vec<_>>(), ["وسط"]);
/// ```
pub fn parse_attributes(text: &str) -> Attributes {
    let text = text.replace(['\u{A0}', '\u{200B}'], " ");
    let mut rest = text.trim_start_matches(is_space);
    let mut attributes = Attributes::default();
    while !rest.is_empty() {
        let (name, value, length) = quoted_or_named(rest).unwrap_or_else(|| {
            let end = rest.find(is_space).unwrap_or(rest.len());
            (None, &rest[..end], end)
        });
        let value = unslash(value);
        let empty = value.is_empty() && name.is_none();
        let value = if leaves_tag_open(&value) { String::new() } else { value };
        if !empty {
            attributes.0.push((name.map(str::to_ascii_lowercase), value));
        }
        rest = rest[length..].trim_start_matches(is_space);
    }
    attributes
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\u{B}'
}

/// An attribute with a name or with quotation marks, which must end at a space.
fn quoted_or_named(text: &str) -> Option<(Option<&str>, &str, usize)> {
    let name_length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    let (name, value_at) = match text[name_length..].trim_start_matches(is_space).strip_prefix('=') {
        Some(rest) if name_length > 0 => {
            (Some(&text[..name_length]), text.len() - rest.trim_start_matches(is_space).len())
        }
        _ => (None, 0),
    };
    let value = &text[value_at..];
    let mark = value.chars().next()?;
    let ends = |at: usize| text[at..].chars().next().is_none_or(is_space);
    if matches!(mark, '"' | '\'') {
        let end = value[1..].find(mark).map(|n| n + 1)?;
        return ends(value_at + end + 1).then(|| (name, &value[1..end], value_at + end + 1));
    }
    let end = value.find(|c: char| is_space(c) || matches!(c, '"' | '\'')).unwrap_or(value.len());
    (name.is_some() && end > 0 && ends(value_at + end)).then(|| (name, &value[..end], value_at + end))
}

/// `\n`, `\x41`, `\101` and the like as in C; a backslash before anything else goes.
fn unslash(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits =
            |rest: &str, radix: u32, most: usize| rest.chars().take(most).take_while(|c| c.is_digit(radix)).count();
        let Some(c) = rest.chars().next() else {
            out.push('\\');
            break;
        };
        let (written, length) = match c {
            'n' => ('\n', 1),
            't' => ('\t', 1),
            'r' => ('\r', 1),
            'a' => ('\u{7}', 1),
            'v' => ('\u{B}', 1),
            'b' => ('\u{8}', 1),
            'f' => ('\u{C}', 1),
            'x' if digits(&rest[1..], 16, 2) > 0 => {
                let length = digits(&rest[1..], 16, 2);
                (u8::from_str_radix(&rest[1..=length], 16).map_or('?', char::from), length + 1)
            }
            '0'..='7' => {
                let length = digits(rest, 8, 3);
                (u32::from_str_radix(&rest[..length], 8).ok().and_then(char::from_u32).unwrap_or('?'), length)
            }
            c => (c, c.len_utf8()),
        };
        out.push(written);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Whether a tag of HTML in the value has no end.
fn leaves_tag_open(value: &str) -> bool {
    let mut rest = value;
    while let Some(at) = rest.find('<') {
        match rest[at..].find('>') {
            Some(end) => rest = &rest[at + end + 1..],
            None => return true,
        }
    }
    false
}

/// `text` with its shortcodes replaced by what `print` says, also within the attributes of HTML tags; `None` leaves one
/// as it stands. Brackets within tags that belong to no shortcode stay.
///
/// ```
/// use wordpress::shortcodes::expand;
/// let html = expand("<a href=\"[بيت]/x\">[[بيت]]</a>", |name| name == "بيت", |_| Some("https://example.org".into()));
/// assert_eq!(html, "<a href=\"https://example.org/x\">[بيت]</a>");
/// ```
pub fn expand(
    text: &str,
    is_shortcode: impl Fn(&str) -> bool,
    mut print: impl FnMut(&Shortcode<'_>) -> Option<String>,
) -> String {
    if !text.contains('[') || !text.match_indices('[').any(|(at, _)| is_shortcode(name_of(&text[at + 1..]))) {
        return text.to_owned();
    }
    let hidden = hide_in_tags(text, |tag| Some(expand_in_tag(tag, &is_shortcode, &mut print)));
    let mut out = String::with_capacity(hidden.len());
    replace(&hidden, &is_shortcode, &mut print, &mut out);
    out.replace("&#91;", "[").replace("&#93;", "]")
}

fn replace(
    text: &str,
    is_shortcode: &impl Fn(&str) -> bool,
    print: &mut impl FnMut(&Shortcode<'_>) -> Option<String>,
    out: &mut String,
) -> usize {
    let mut count = 0;
    for span in spans(text, is_shortcode) {
        match span {
            Span::Text(text) | Span::Escaped(text) => out.push_str(text),
            Span::Shortcode(shortcode) => {
                out.push_str(print(&shortcode).as_deref().unwrap_or(shortcode.raw));
                count += 1;
            }
        }
    }
    count
}

/// The text with the brackets that stand in tags as character references, after `change` had a look at those tags that
/// may hold a shortcode.
fn hide_in_tags(text: &str, mut change: impl FnMut(&str) -> Option<String>) -> String {
    let hide = |text: &str| text.replace('[', "&#91;").replace(']', "&#93;");
    // References that the author has written must survive.
    let kept = text.replace("&#91;", "&#091;").replace("&#93;", "&#093;");
    let mut out = String::with_capacity(kept.len());
    for piece in pieces(&kept) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Comment(text) | Piece::CData(text) => out.push_str(&hide(text)),
            Piece::Tag(tag) if !tag.contains('[') || !tag.contains(']') || is_cut(tag) => out.push_str(&hide(tag)),
            Piece::Tag(tag) => out.push_str(&hide(change(tag).as_deref().unwrap_or(tag))),
        }
    }
    out
}

/// Whether this is the beginning of a tag at the end of a text.
fn is_cut(tag: &str) -> bool {
    !tag.ends_with('>') && !tag[1..].trim_start().starts_with('[')
}

/// A tag with its shortcodes replaced.
fn expand_in_tag(
    tag: &str,
    is_shortcode: &impl Fn(&str) -> bool,
    print: &mut impl FnMut(&Shortcode<'_>) -> Option<String>,
) -> String {
    let mut changed = String::with_capacity(tag.len());
    if tag[1..].trim_start().starts_with('[') {
        // Some people write «<[mail]>».
        replace(tag, is_shortcode, print, &mut changed);
        return changed;
    }
    let mut at = 0;
    for span in attribute_spans(tag) {
        let attribute = &tag[span.clone()];
        let Some(open) = attribute.find('[').filter(|_| attribute.contains(']')) else { continue };
        changed.push_str(&tag[at..span.start]);
        at = span.end;
        let quoted = attribute.find(['"', '\'']).is_some_and(|mark| mark < open);
        let mut new = String::new();
        let count = replace(attribute, is_shortcode, print, &mut new);
        changed.push_str(&if quoted && count > 0 { requoted(attribute, &new) } else { new });
    }
    changed.push_str(&tag[at..]);
    changed
}

/// An attribute whose value came in part from a shortcode: nothing in it may end the value or the tag.
fn requoted(old: &str, new: &str) -> String {
    let (Some(at), Some(mark)) = (old.find(['"', '\'']), old.find(['"', '\'']).map(|at| &old[at..=at])) else {
        return new.to_owned();
    };
    let value = new[at + 1..].strip_suffix(mark).unwrap_or(&new[at + 1..]);
    if !value.contains(['<', '>', '"', '\'']) {
        return new.to_owned();
    }
    format!("{}{}{mark}", &new[..=at], escape(value))
}

/// `text` without its shortcodes and what they enclose; those within tags stay. `[[name]]` becomes `[name]`.
pub fn strip(text: &str, is_shortcode: impl Fn(&str) -> bool) -> String {
    if !text.match_indices('[').any(|(at, _)| is_shortcode(name_of(&text[at + 1..]))) {
        return text.to_owned();
    }
    let hidden = hide_in_tags(text, |_| None);
    let mut out = String::with_capacity(hidden.len());
    replace(&hidden, &is_shortcode, &mut |_| Some(String::new()), &mut out);
    out.replace("&#91;", "[").replace("&#93;", "]")
}

/// Whether a shortcode of this name stands in `text`, be it within another one.
pub fn contains(text: &str, name: &str, is_shortcode: impl Fn(&str) -> bool) -> bool {
    let mut texts = vec![text];
    while let Some(text) = texts.pop() {
        for span in spans(text, &is_shortcode) {
            if let Span::Shortcode(found) = span {
                if found.name == name {
                    return true;
                }
                texts.extend(found.content);
            }
        }
    }
    false
}

/// `<p>[name]</p>` without the paragraph, where a shortcode with its content is all that stands in it. Documented as
/// `shortcode_unautop`.
pub fn unwrap_paragraphs(text: &str, is_shortcode: impl Fn(&str) -> bool) -> String {
    if !text.contains("<p>") || !text.contains('[') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut closings = Closings::of(text);
    while let Some(at) = rest.find("<p>") {
        out.push_str(&rest[..at]);
        let from = text.len() - rest.len() + at;
        match alone(text, from, &is_shortcode, &mut closings) {
            Some((shortcode, end)) => {
                out.push_str(shortcode);
                rest = &text[end..];
            }
            None => {
                out.push_str("<p>");
                rest = &rest[at + 3..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The shortcode that is all there is in the paragraph at `from`, and the end of the paragraph.
fn alone<'a>(
    text: &'a str,
    from: usize,
    is_shortcode: &impl Fn(&str) -> bool,
    closings: &mut Closings<'_>,
) -> Option<(&'a str, usize)> {
    let start = text.len() - skip_blank(&text[from + 3..]).len();
    let rest = text[start..].strip_prefix('[')?;
    let name = name_of(rest);
    let ended = |end: usize| {
        let after = skip_blank(&text[end..]);
        after.starts_with("</p>").then(|| (&text[start..end], text.len() - after.len() + 4))
    };
    if name.is_empty() || !is_shortcode(name) {
        return None;
    }
    let bracket = start + past_bracket(&text[start..])?;
    if text[..bracket - 1].ends_with('/') {
        return ended(bracket);
    }
    let close = closings.next(name, bracket);
    close.and_then(|close| ended(close + name.len() + 3)).or_else(|| ended(bracket))
}

fn past_bracket(text: &str) -> Option<usize> {
    text.find(']').map(|at| at + 1)
}

/// Past spaces and `&nbsp;`.
fn skip_blank(text: &str) -> &str {
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(|c| is_space(c) || c == '\u{A0}');
        let next = next.strip_prefix("&nbsp;").unwrap_or(next);
        if next.len() == rest.len() {
            return rest;
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_known(name: &str) -> bool {
        matches!(name, "a" | "b" | "صور" | "a-b")
    }

    fn check(text: &str, expected: &str) {
        let shown = expand(text, is_known, |found| {
            let attributes: Vec<String> = found
                .attributes
                .0
                .iter()
                .map(|(name, value)| format!("{}:{value}", name.as_deref().unwrap_or("")))
                .collect();
            Some(format!("({} {} {})", found.name, attributes.join(","), found.content.unwrap_or("-")))
        });
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn shortcodes_are_found() {
        check("نص [sic]", "نص [sic]");
        check("[a]", "(a  -)");
        check("[a /] [a]نص[/a] [a/]", "(a  -) (a  نص) (a  -)");
        check("[صور x=\"1 2\" Y='3' z=4 \"5\" 6]", "(صور x:1 2,y:3,z:4,:5,:6 -)");
        check("[a-b][a-bc]", "(a-b  -)[a-bc]");
        check("[a][b][/a][/b]", "(a  [b])[/b]");
        check("[[a]] [[a] x]", "[a] [(a  -) x]");
        check("[[a]x[/a]]", "[a]x[/a]");
        check("[a x=\"<b\" y=\"<b>\"]", "(a x:,y:<b> -)");
        check("[a x='\\n\\x41\\101\\q']", "(a x:\nAAq -)");
        check("[a", "[a");
        check("[a href=http://x.org/y/]", "(a href:http://x.org/y -)");
    }

    #[test]
    fn tags_are_respected() {
        check("<p class=\"[a]\" [b]>[a]", "<p class=\"(a  -)\" (b  -)>(a  -)");
        check("<!-- [a] -->[a]", "<!-- [a] -->(a  -)");
        check("<p class=\"[x]\">[a]", "<p class=\"[x]\">(a  -)");
        assert_eq!(expand("<p title='[a]'>", is_known, |_| Some("'\">".into())), "<p title='&#039;&quot;&gt;'>");
    }

    #[test]
    fn shortcodes_are_stripped_and_unwrapped() {
        assert_eq!(strip("x[a]y[/a]z[c][[b]]", is_known), "xz[c][b]");
        assert!(contains("[a][b][/a]", "b", is_known) && !contains("[b]", "a", is_known));
        let unwrapped = |text: &str| unwrap_paragraphs(text, is_known);
        assert_eq!(unwrapped("<p> [a]x</p><p>[a]</p><p>[c]</p>"), "<p> [a]x</p>[a]<p>[c]</p>");
        assert_eq!(unwrapped("<p>[a]y</p>\n<p>z[/a]&nbsp;</p>"), "[a]y</p>\n<p>z[/a]");
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in [
            "[a", "[a]", "[", "]", "[a][b]", "[[a]", "<p>[a]", "<[a]", "[a x=", "[a \"", "\\", "[/a]", "<p [a]>",
            "[a][/b]",
        ] {
            let size = |count: usize| {
                let text = hostile.repeat(count);
                unwrap_paragraphs(&text, is_known).len() + expand(&text, is_known, |_| Some("-".into())).len()
            };
            assert!(size(100_000) <= size(10_000) * 11 + 100, "{hostile:?}");
        }
        // Many names: the closing tags are looked for once, not once for each.
        let names: String = (0..100_000).map(|n| format!("[n{n}]")).collect();
        assert_eq!(spans(&names, |_| true).len(), 100_000);
    }
}
