//! Which stretch of this text is a tag, and what stands in it?
//!
//! WordPress does not parse HTML, it splits it: whatever begins with `<` lasts to the next `>`, a comment to its `-->`,
//! a CDATA section to its `]]>`; what never ends lasts to the end of the text. Its filters depend on that, «5 < 6 > 3»
//! included, so this module does the same. Ranges are found in one walk.

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// What is no markup.
    Text(&'a str),
    /// From `<` to `>`, both included, or to the end of the text.
    Tag(&'a str),
    /// `<!-- … -->`.
    Comment(&'a str),
    /// `<![CDATA[ … ]]>`.
    CData(&'a str),
}

/// The pieces of `text`, in order; together they are the text.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let markup = rest.starts_with('<');
        let length = if markup { markup_length(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(length);
        rest = after;
        Some(match () {
            () if !markup => Piece::Text(piece),
            () if piece.starts_with("<!--") => Piece::Comment(piece),
            () if piece.starts_with("<![CDATA[") => Piece::CData(piece),
            () => Piece::Tag(piece),
        })
    })
}

/// How long the markup is that begins `text`.
fn markup_length(text: &str) -> usize {
    if text.starts_with("<!--") {
        past(text, 2, "-->")
    } else if text.starts_with("<![CDATA[") {
        past(text, 9, "]]>")
    } else {
        past(text, 1, ">")
    }
}

/// The end of the first `needle` from byte `from` on, or of the text.
pub(crate) fn past(text: &str, from: usize, needle: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(needle)).map_or(text.len(), |at| from + at + needle.len())
}

/// An attribute as it stands in a tag. Ranges are bytes of the tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a str,
    /// What stands between the quotation marks, entities undecoded; `None` without `=`.
    pub(crate) value: Option<&'a str>,
    /// From the name to the end of the value with its quotation marks.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The name of a tag as it is written (`/div` for a closing one), empty for `< b`.
pub(crate) fn tag_name(tag: &str) -> &str {
    let inner = tag.strip_prefix('<').unwrap_or(tag);
    let slash = usize::from(inner.starts_with('/'));
    let end = inner[slash..]
        .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
        .map_or(inner.len(), |at| at + slash);
    let name = &inner[..end];
    if name[slash..].starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { "" }
}

/// The attributes of a tag, read as browsers read them; a name that comes twice counts once.
pub(crate) fn attributes(tag: &str) -> Vec<Attribute<'_>> {
    let mut found: Vec<Attribute<'_>> = Vec::new();
    let name = tag_name(tag);
    if name.is_empty() {
        return found;
    }
    let bytes = tag.as_bytes();
    let end_of_tag = if tag.ends_with('>') { tag.len() - 1 } else { tag.len() };
    let mut at = 1 + name.len();
    let skip = |mut at: usize, what: fn(u8) -> bool| {
        while at < end_of_tag && what(bytes[at]) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, |b| b.is_ascii_whitespace() || b == b'/');
        if at >= end_of_tag {
            return found;
        }
        let start = at;
        at = skip(at + 1, |b| !b.is_ascii_whitespace() && b != b'/' && b != b'=');
        let name = &tag[start..at];
        let mut value = None;
        let mut end = at;
        let equals = skip(at, |b| b.is_ascii_whitespace());
        if equals < end_of_tag && bytes[equals] == b'=' {
            let from = skip(equals + 1, |b| b.is_ascii_whitespace());
            (value, at) = match bytes.get(from).filter(|_| from < end_of_tag) {
                Some(&mark @ (b'"' | b'\'')) => {
                    let close = bytes[from + 1..end_of_tag].iter().position(|&b| b == mark);
                    let close = close.map_or(end_of_tag, |n| from + 1 + n);
                    (Some(&tag[from + 1..close]), (close + 1).min(end_of_tag))
                }
                Some(_) => {
                    let close = skip(from, |b| !b.is_ascii_whitespace());
                    (Some(&tag[from..close]), close)
                }
                None => (Some(""), end_of_tag),
            };
            end = at;
        }
        if found.len() < MOST_ATTRIBUTES && !found.iter().any(|other| other.name.eq_ignore_ascii_case(name)) {
            found.push(Attribute { name, value, start, end });
        }
    }
}

/// More attributes than this in one tag are passed over: nobody writes them, and looking for doubles would cost a square.
const MOST_ATTRIBUTES: usize = 64;

/// Where the attributes of a tag stand, a shortcode in square brackets counting as one.
pub(crate) fn attribute_spans(tag: &str) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    let bytes = tag.as_bytes();
    let end_of_tag = if tag.ends_with('>') { tag.len() - 1 } else { tag.len() };
    let mut at = 1 + tag_name(tag).len();
    while at < end_of_tag {
        if bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
            at += 1;
            continue;
        }
        let start = at;
        let (mut quote, mut in_brackets) = (None, false);
        while at < end_of_tag {
            match (quote, bytes[at]) {
                (Some(mark), b) if b == mark => quote = None,
                (Some(_), _) => {}
                (None, mark @ (b'"' | b'\'')) => quote = Some(mark),
                (None, b'[') => in_brackets = true,
                (None, b']') => in_brackets = false,
                (None, b) if b.is_ascii_whitespace() && !in_brackets => break,
                _ => {}
            }
            at += 1;
        }
        spans.push(start..at);
    }
    spans
}

/// The value of an attribute, entities undecoded; an attribute without a value has an empty one.
pub(crate) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let found = attributes(tag).into_iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
    Some(found.value.unwrap_or(""))
}

/// `tag` with the attribute: replaced where it stands, else as the first one. `value` is escaped here.
pub(crate) fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let written = format!("{name}=\"{}\"", escape(value));
    let old = attributes(tag).into_iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name));
    if let Some(old) = old {
        return format!("{}{written}{}", &tag[..old.start], &tag[old.end..]);
    }
    let after_name = 1 + tag_name(tag).len();
    format!("{} {written}{}", &tag[..after_name.min(tag.len())], &tag[after_name.min(tag.len())..])
}

/// `tag` with each of `classes` that it lacks, at the end of its class attribute.
pub(crate) fn with_classes(tag: &str, classes: &[impl AsRef<str>]) -> String {
    let old = attributes(tag).into_iter().find(|attribute| attribute.name.eq_ignore_ascii_case("class"));
    let value = old.as_ref().and_then(|old| old.value).unwrap_or("");
    let mut all = value.to_owned();
    for class in classes.iter().map(AsRef::as_ref).filter(|class| !class.is_empty()) {
        if !all.split_ascii_whitespace().any(|one| one == class) {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(class);
        }
    }
    if all == value {
        return tag.to_owned();
    }
    match old {
        Some(old) => format!("{}class=\"{all}\"{}", &tag[..old.start], &tag[old.end..]),
        None => with_attribute(tag, "class", &all),
    }
}

/// `html` with its first tag that `wanted` accepts changed by `change`.
pub(crate) fn change_first(html: &str, wanted: impl Fn(&str) -> bool, change: impl FnOnce(&str) -> String) -> String {
    let mut at = 0;
    for piece in pieces(html) {
        let (Piece::Text(text) | Piece::Tag(text) | Piece::Comment(text) | Piece::CData(text)) = piece;
        let name = tag_name(text);
        if matches!(piece, Piece::Tag(_)) && !name.is_empty() && !name.starts_with('/') && wanted(text) {
            return format!("{}{}{}", &html[..at], change(text), &html[at + text.len()..]);
        }
        at += text.len();
    }
    html.to_owned()
}

/// `text` for a place between quotation marks: `&` (unless it begins a character reference), `<`, `>`, `"`, `'`.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' if reference_length(&text[at..]).is_none() => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#039;"),
            c => out.push(c),
        }
    }
    out
}

/// How long the character reference is that begins `text`: `&amp;`, `&#1234;`, `&#x1f;`.
pub(crate) fn reference_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (from, longest, belongs): (usize, usize, fn(&u8) -> bool) = match bytes {
        [b'&', b'#', b'x' | b'X', ..] => (3, 8, u8::is_ascii_hexdigit),
        [b'&', b'#', ..] => (2, 8, u8::is_ascii_digit),
        [b'&', ..] => (1, 31, u8::is_ascii_alphanumeric),
        _ => return None,
    };
    let length = bytes[from..].iter().take(longest + 1).take_while(|b| belongs(b)).count();
    (1..=longest).contains(&length).then_some(())?;
    (bytes.get(from + length) == Some(&b';')).then_some(from + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_pieces(text: &str, expected: &[Piece<'_>]) {
        assert_eq!(pieces(text).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn a_text_is_split() {
        check_pieces("", &[]);
        check_pieces("a<b>c", &[Piece::Text("a"), Piece::Tag("<b>"), Piece::Text("c")]);
        check_pieces("5 < 6 > 3", &[Piece::Text("5 "), Piece::Tag("< 6 >"), Piece::Text(" 3")]);
        check_pieces("<!-- > -->و", &[Piece::Comment("<!-- > -->"), Piece::Text("و")]);
        check_pieces("<!-->و", &[Piece::Comment("<!-->"), Piece::Text("و")]);
        check_pieces("<![CDATA[ > ]]>", &[Piece::CData("<![CDATA[ > ]]>")]);
        check_pieces("<!-- غير مغلق", &[Piece::Comment("<!-- غير مغلق")]);
        check_pieces("<a href", &[Piece::Tag("<a href")]);
    }

    fn check_attribute(tag: &str, name: &str, expected: Option<&str>) {
        assert_eq!(attribute(tag, name), expected, "{name} of {tag}");
    }

    #[test]
    fn attributes_are_found() {
        check_attribute(r#"<img src="a b" alt='ن"ص' width=3 hidden/>"#, "alt", Some("ن\"ص"));
        check_attribute("<img src=\"a b\" width=3 hidden/>", "width", Some("3"));
        check_attribute("<img width=3 hidden/>", "hidden", Some(""));
        check_attribute("<img SRC = x>", "src", Some("x"));
        check_attribute("<img src=\"غير مغلق>", "src", Some("غير مغلق"));
        check_attribute("<img class=a class=b>", "class", Some("a"));
        check_attribute("< img class=a>", "class", None);
        check_attribute("<img =a>", "=a", Some(""));
    }

    #[test]
    fn tags_are_changed() {
        assert_eq!(with_attribute("<p>", "dir", "rtl"), "<p dir=\"rtl\">");
        assert_eq!(with_attribute("<p dir=ltr id=a>", "dir", "\"<"), "<p dir=\"&quot;&lt;\" id=a>");
        assert_eq!(with_classes("<p class='a  b'>", &["b", "ج"]), "<p class=\"a  b ج\">");
        assert_eq!(with_classes("<p class='a'>", &["a"]), "<p class='a'>");
        assert_eq!(change_first("<!-- <i> --><b><i>", |t| tag_name(t) == "i", |_| "<u>".into()), "<!-- <i> --><b><u>");
    }

    #[test]
    fn references_are_recognised() {
        for (text, expected) in
            [("&amp;x", Some(5)), ("&#8217;", Some(7)), ("&#xA0;", Some(6)), ("& a", None), ("&;", None)]
        {
            assert_eq!(reference_length(text), expected, "{text}");
        }
        assert_eq!(escape("a & b &amp; \"<'>"), "a &amp; b &amp; &quot;&lt;&#039;&gt;");
    }
}
