//! Where do the paragraphs of a typed text begin and end?
//!
//! Documented as `wpautop`: a blank line parts paragraphs, a single line break becomes `<br />`, and elements of block
//! level stand outside of paragraphs. The text is first laid out (block-level tags get lines of their own), then cut at
//! blank lines, then each piece becomes marks (opening, closing, tag, space, text), and small rules tidy neighbouring marks
//! until no `<p>` surrounds a block-level tag. Every rule is one walk, so the cost is linear.
//!
//! Two habits of WordPress are kept because texts rely on them: what stands between `<` and `>` is never broken, even when
//! it is «5 < 6»; and a `<div>` that holds several paragraphs keeps its first and its last unwrapped on the outer side.

use std::borrow::Cow;

use crate::html::{Piece, past, pieces};

/// The paragraphs of `text` as HTML. With `line_breaks` a single line break becomes `<br />`.
///
/// ```
/// use wordpress::classic::paragraphs::paragraphs;
/// assert_eq!(paragraphs("سطر أول\nسطر ثان\n\nفقرة", true), "<p>سطر أول<br />\nسطر ثان</p>\n<p>فقرة</p>\n");
/// ```
pub fn paragraphs(text: &str, line_breaks: bool) -> String {
    if text.bytes().all(is_space) {
        return String::new();
    }
    let kept = set_preformatted_aside(text);
    let laid_out = lay_out(&kept.text);
    let tight = tighten(&laid_out);
    let mut marks = wrap(&tight);
    for rule in RULES {
        marks = rule(&marks);
    }
    if line_breaks {
        marks = break_lines(&marks);
    }
    for rule in RULES_OF_BREAKS {
        marks = rule(&marks);
    }
    print(&marks, &kept.preformatted)
}

/// Elements of block level: no paragraph surrounds them.
const BLOCK_LEVEL: &[&str] = &[
    "address",
    "area",
    "article",
    "aside",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "map",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace() || b == 0x0B
}

/// The text with its preformatted elements replaced by empty ones, and those elements.
struct Aside<'a> {
    text: String,
    preformatted: Vec<&'a str>,
}

/// The name of an element that stands for a preformatted one. A control character keeps authors from writing it.
const STAND_IN: &str = "<pre \u{1}></pre>";

fn set_preformatted_aside(text: &str) -> Aside<'_> {
    let mut aside = Aside { text: String::with_capacity(text.len() + 1), preformatted: Vec::new() };
    let some = text.contains("<pre");
    let mut rest = text;
    while let Some(end) = rest.find("</pre>") {
        let end = end + "</pre>".len();
        if let Some(start) = rest[..end].find("<pre") {
            aside.text.push_str(&rest[..start].replace('\u{1}', ""));
            aside.text.push_str(STAND_IN);
            aside.preformatted.push(&rest[start..end]);
        } else {
            // Where there are preformatted elements, a closing tag that closes nothing goes.
            let kept = if some { end - "</pre>".len() } else { end };
            aside.text.push_str(&rest[..kept].replace('\u{1}', ""));
        }
        rest = &rest[end..];
    }
    aside.text.push_str(&rest.replace('\u{1}', ""));
    aside.text.push('\n');
    aside
}

/// Blank lines before opening and after closing tags of block level; two `<br>` in a row are a blank line.
fn lay_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(found) = text[at..].find(['<', '\r']) {
        let found = at + found;
        out.push_str(&text[at..found]);
        at = found + 1;
        if bytes[found] == b'\r' {
            if bytes.get(at) != Some(&b'\n') {
                out.push('\n');
            }
            continue;
        }
        let rest = &text[found..];
        if let Some(first) = br_length(rest) {
            let gap = rest[first..].bytes().take_while(|&b| is_space(b)).count();
            if let Some(second) = br_length(&rest[first + gap..]) {
                out.push_str("\n\n");
                at = found + first + gap + second;
                continue;
            }
        }
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let name = name_at(&rest[1 + usize::from(closing)..]);
        let after = bytes.get(found + 1 + usize::from(closing) + name.len()).copied();
        let known = is_block_level(name);
        if known && !closing && after.is_some_and(|b| is_space(b) || b == b'/' || b == b'>') {
            out.push_str("\n\n<");
            if name == "hr"
                && let Some(length) = hr_length(rest)
            {
                out.push_str(&rest[1..length]);
                out.push_str("\n\n");
                at = found + length;
            }
        } else if known && closing && after == Some(b'>') {
            at = found + name.len() + 3;
            out.push_str(&text[found..at]);
            out.push_str("\n\n");
        } else {
            out.push('<');
        }
    }
    out.push_str(&text[at..]);
    out
}

/// The letters and digits at the beginning.
fn name_at(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

fn is_block_level(name: &str) -> bool {
    BLOCK_LEVEL.binary_search(&name).is_ok()
}

/// How long the `<br>` is that begins `text`.
fn br_length(text: &str) -> Option<usize> {
    void_length(text, "<br")
}

fn hr_length(text: &str) -> Option<usize> {
    void_length(text, "<hr")
}

fn void_length(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix(name)?;
    let spaces = rest.bytes().take_while(|&b| is_space(b)).count();
    let slash = usize::from(rest.as_bytes().get(spaces) == Some(&b'/'));
    (rest.as_bytes().get(spaces + slash) == Some(&b'>')).then_some(name.len() + spaces + slash + 1)
}

/// Around these tags white space means nothing. Before and after the opening tag, before and after the closing one.
struct Tight {
    names: &'static [&'static str],
    opening: (bool, bool),
    closing: (bool, bool),
    /// Only when the text holds one of these.
    when: &'static [&'static str],
}

const TIGHT: &[Tight] = &[
    Tight { names: &["option"], opening: (true, false), closing: (false, true), when: &["<option"] },
    Tight { names: &["object"], opening: (false, true), closing: (true, false), when: &["</object>"] },
    Tight { names: &["param", "embed"], opening: (true, true), closing: (true, true), when: &["</object>"] },
    Tight { names: &["audio", "video"], opening: (false, true), closing: (true, false), when: &["<source", "<track"] },
    Tight { names: &["source", "track"], opening: (true, true), closing: (false, false), when: &["<source", "<track"] },
    Tight { names: &["figcaption"], opening: (true, false), closing: (false, true), when: &["<figcaption"] },
];

fn tighten(text: &str) -> Cow<'_, str> {
    let active: Vec<&Tight> = TIGHT.iter().filter(|tight| tight.when.iter().any(|when| text.contains(when))).collect();
    if active.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    // From here on no tag, no bracket closes any more. Looking once for each keeps the cost linear.
    let last_tag = text.rfind('>').unwrap_or(0);
    let last_bracket = text.rfind(']').unwrap_or(0);
    while let Some(found) = text[at..].find(['<', '[']) {
        let found = at + found;
        out.push_str(&text[at..found]);
        let rest = &text[found..];
        if rest.starts_with("<!--") {
            let end = past(rest, 2, "-->");
            out.push_str(&rest[..end]);
            at = found + end;
            continue;
        }
        let bracket = rest.starts_with('[');
        let closing = rest.as_bytes().get(1) == Some(&b'/');
        let name = name_at(&rest[1 + usize::from(closing)..]);
        let tight = active.iter().find(|tight| {
            let fits = tight.names.iter().any(|one| name.starts_with(one) && (!closing || *one == name));
            fits && (!bracket || tight.names.contains(&"audio"))
        });
        let Some(tight) = tight.filter(|_| found < if bracket { last_bracket } else { last_tag }) else {
            out.push_str(&rest[..1]);
            at = found + 1;
            continue;
        };
        let end = past(rest, 1, if bracket { "]" } else { ">" });
        let (before, after) = if closing { tight.closing } else { tight.opening };
        if before {
            out.truncate(out.trim_end_matches(|c: char| c.is_ascii() && is_space(c as u8)).len());
        }
        out.push_str(&rest[..end]);
        at = found + end;
        if after {
            at += text[at..].bytes().take_while(|&b| is_space(b)).count();
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// What a laid-out text consists of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark<'a> {
    /// `<p>`, ours or the author's.
    Open,
    /// `</p>`.
    Close,
    /// A tag of block level.
    Block(&'a str),
    /// White space.
    Space(&'a str),
    /// `<br />`.
    Break,
    /// Anything else, inline tags included. `true` when there is no tag in it.
    Text(&'a str, bool),
}

impl Mark<'_> {
    fn is_block(self) -> bool {
        matches!(self, Mark::Block(_) | Mark::Open | Mark::Close)
    }

    fn is_block_named(self, wanted: &[&str], closing: bool) -> bool {
        let Mark::Block(tag) = self else { return false };
        let rest = &tag[1..];
        rest.starts_with('/') == closing && wanted.contains(&name_at(rest.trim_start_matches('/')))
    }
}

/// Each stretch between blank lines within `<p>` and `</p>`.
fn wrap(text: &str) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    let mut paragraph = Vec::new();
    let mut in_stand_in = false;
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => {
                let mut rest = text;
                while !rest.is_empty() {
                    let spaces = rest.bytes().take_while(|&b| is_space(b)).count();
                    let (space, after) = rest.split_at(spaces);
                    if let (Some(first), Some(last)) = (space.find('\n'), space.rfind('\n'))
                        && first < last
                    {
                        push_space(&mut paragraph, &space[..first]);
                        flush(&mut marks, &mut paragraph);
                        push_space(&mut paragraph, &space[last + 1..]);
                    } else {
                        push_space(&mut paragraph, space);
                    }
                    // Spaces within a line are of no interest to any rule.
                    let line = &after[..after.find('\n').unwrap_or(after.len())];
                    let words = line.trim_end_matches(|c: char| c.is_ascii() && is_space(c as u8)).len();
                    if words > 0 {
                        paragraph.push(Mark::Text(&after[..words], true));
                    }
                    rest = &after[words..];
                }
            }
            Piece::Tag("</pre>") if std::mem::take(&mut in_stand_in) => {}
            Piece::Tag("<pre \u{1}>") => {
                in_stand_in = true;
                paragraph.push(Mark::Block(STAND_IN));
            }
            Piece::Tag("<p>") => paragraph.push(Mark::Open),
            Piece::Tag("</p>") => paragraph.push(Mark::Close),
            Piece::Tag(tag) if begins_block(tag) && tag.ends_with('>') => paragraph.push(Mark::Block(tag)),
            Piece::Tag(tag) if br_length(tag) == Some(tag.len()) => {
                paragraph.push(if tag == "<br />" { Mark::Break } else { Mark::Text(tag, false) });
            }
            Piece::Tag(tag) | Piece::Comment(tag) | Piece::CData(tag) => paragraph.push(Mark::Text(tag, false)),
        }
    }
    flush(&mut marks, &mut paragraph);
    marks
}

/// The paragraph that was gathered, without the line breaks at its ends.
fn flush<'a>(marks: &mut Vec<Mark<'a>>, paragraph: &mut Vec<Mark<'a>>) {
    if let Some(Mark::Space(space)) = paragraph.first_mut() {
        *space = space.trim_start_matches('\n');
    }
    if let Some(Mark::Space(space)) = paragraph.last_mut() {
        *space = space.trim_end_matches('\n');
    }
    paragraph.retain(|mark| *mark != Mark::Space(""));
    if !paragraph.is_empty() {
        marks.push(Mark::Open);
        marks.append(paragraph);
        marks.extend([Mark::Close, Mark::Space("\n")]);
    }
}

fn push_space<'a>(paragraph: &mut Vec<Mark<'a>>, space: &'a str) {
    if !space.is_empty() {
        paragraph.push(Mark::Space(space));
    }
}

/// Whether the tag's name begins with that of an element of block level.
fn begins_block(tag: &str) -> bool {
    let name = name_at(tag[1..].trim_start_matches('/'));
    BLOCK_LEVEL.iter().any(|block| name.starts_with(block))
}

type Marks<'a> = Vec<Mark<'a>>;

type Rule = for<'a> fn(&[Mark<'a>]) -> Marks<'a>;

/// In this order: each one sees what the one before has left.
const RULES: &[Rule] = &[
    |marks| {
        rewrite(marks, |at, out| {
            let close = after_spaces(at, 1);
            let empty = at[0] == Mark::Open && at.get(close) == Some(&Mark::Close);
            if empty { step(out, [], close + 1) } else { 0 }
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            if at[0] != Mark::Open {
                return 0;
            }
            let inner = at[1..].iter().take_while(|mark| matches!(mark, Mark::Space(_) | Mark::Text(_, true))).count();
            match at.get(1 + inner) {
                Some(end) if inner > 0 && end.is_block_named(&["div", "address", "form"], true) => {
                    out.extend_from_slice(&at[..=inner]);
                    step(out, [Mark::Close, *end], inner + 2)
                }
                _ => 0,
            }
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            let block = after_spaces(at, 1);
            let close = after_spaces(at, block + 1);
            match (at[0], at.get(block), at.get(close)) {
                (Mark::Open, Some(&mark), Some(Mark::Close)) if mark.is_block() && mark != Mark::Block(STAND_IN) => {
                    step(out, [mark], close + 1)
                }
                _ => 0,
            }
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            if at[0] != Mark::Open || !matches!(at.get(1), Some(Mark::Block(tag)) if tag.starts_with("<li")) {
                return 0;
            }
            let end = at.iter().position(|mark| match mark {
                Mark::Close => true,
                Mark::Space(space) => space.contains('\n'),
                _ => false,
            });
            match end {
                Some(close) if at[close] == Mark::Close => {
                    out.extend_from_slice(&at[1..close]);
                    close + 1
                }
                _ => 0,
            }
        })
    },
    |marks| {
        rewrite(marks, |at, out| match at {
            [Mark::Open, quote @ Mark::Block(tag), ..] if tag.starts_with("<blockquote") => {
                step(out, [*quote, Mark::Open], 2)
            }
            _ => 0,
        })
    },
    |marks| {
        rewrite(marks, |at, out| match at {
            [quote @ Mark::Block("</blockquote>"), Mark::Close, ..] => step(out, [Mark::Close, *quote], 2),
            _ => 0,
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            let block = after_spaces(at, 1);
            match at.get(block) {
                Some(&mark) if at[0] == Mark::Open && mark.is_block() => step(out, [mark], block + 1),
                _ => 0,
            }
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            let close = after_spaces(at, 1);
            let closed = at[0].is_block() && at.get(close) == Some(&Mark::Close);
            if closed { step(out, [at[0]], close + 1) } else { 0 }
        })
    },
];

/// What is tidied when the line breaks are in.
const RULES_OF_BREAKS: &[Rule] = &[
    |marks| {
        rewrite(marks, |at, out| {
            let end = after_spaces(at, 1);
            let followed = at[0].is_block() && at.get(end) == Some(&Mark::Break);
            if followed { step(out, [at[0]], end + 1) } else { 0 }
        })
    },
    |marks| {
        rewrite(marks, |at, out| {
            let end = after_spaces(at, 1);
            let parted = match at.get(end) {
                Some(Mark::Open | Mark::Close) => true,
                Some(Mark::Block(tag)) => {
                    let name = name_at(tag[1..].trim_start_matches('/'));
                    ["p", "li", "div", "dl", "dd", "dt", "th", "td", "ul", "ol"].iter().any(|one| name.starts_with(one))
                }
                _ => false,
            };
            if at[0] == Mark::Break && parted {
                out.extend_from_slice(&at[1..=end]);
                end + 1
            } else {
                0
            }
        })
    },
];

/// One walk over the marks. `rule` sees them from the present one on; it writes what they become and says how many it
/// took, or takes none.
fn rewrite<'a>(marks: &[Mark<'a>], rule: impl Fn(&[Mark<'a>], &mut Marks<'a>) -> usize) -> Marks<'a> {
    let mut out = Vec::with_capacity(marks.len());
    let mut at = 0;
    while at < marks.len() {
        let taken = rule(&marks[at..], &mut out);
        if taken == 0 {
            out.push(marks[at]);
        }
        at += taken.max(1);
    }
    out
}

fn step<'a, const N: usize>(out: &mut Marks<'a>, new: [Mark<'a>; N], taken: usize) -> usize {
    out.extend(new);
    taken
}

fn after_spaces(marks: &[Mark<'_>], from: usize) -> usize {
    let spaces = marks.iter().skip(from).take_while(|mark| matches!(mark, Mark::Space(_))).count();
    from + spaces
}

/// Elements whose line breaks are their own.
const OWN_LINES: &[&str] = &["script", "style", "svg", "math"];

/// `<br />` at every line break that has none yet.
fn break_lines<'a>(marks: &[Mark<'a>]) -> Marks<'a> {
    let closes = |mark: &Mark<'_>, name: &str| match mark {
        Mark::Text(tag, false) | Mark::Block(tag) => {
            tag.strip_prefix("</").and_then(|tag| tag.strip_prefix(name)).is_some_and(|rest| rest.starts_with('>'))
        }
        _ => false,
    };
    let last_closing: Vec<usize> =
        OWN_LINES.iter().map(|name| marks.iter().rposition(|mark| closes(mark, name)).unwrap_or(0)).collect();
    let mut out: Marks<'a> = Vec::with_capacity(marks.len() + marks.len() / 4);
    let mut at = 0;
    while at < marks.len() {
        match marks[at] {
            Mark::Text("<br>" | "<br/>", false) => out.push(Mark::Break),
            Mark::Text(tag, false) | Mark::Block(tag) => {
                out.push(marks[at]);
                let opened = OWN_LINES.iter().position(|name| tag[1..].starts_with(name));
                if let Some(which) = opened.filter(|&which| last_closing[which] > at) {
                    let inner = marks[at + 1..].iter().take_while(|mark| !closes(mark, OWN_LINES[which])).count();
                    out.extend(marks[at + 1..=at + 1 + inner].iter().map(|mark| match mark {
                        Mark::Text("<br>" | "<br/>", false) => Mark::Break,
                        mark => *mark,
                    }));
                    at += 1 + inner;
                }
            }
            Mark::Space(space) => {
                let end = after_spaces(marks, at);
                let last = (at..end).rev().find(|&n| matches!(marks[n], Mark::Space(s) if s.contains('\n')));
                // The character after a `<br />` stays; a line break behind it is one more.
                let spared = usize::from(out.last() == Some(&Mark::Break));
                match last {
                    Some(last) if last > at || space[spared..].contains('\n') => {
                        out.extend((spared > 0).then(|| Mark::Space(&space[..1])));
                        out.extend([Mark::Break, Mark::Space("\n")]);
                        if let Mark::Space(s) = marks[last]
                            && let Some(n) = s.rfind('\n')
                            && n + 1 < s.len()
                        {
                            out.push(Mark::Space(&s[n + 1..]));
                        }
                        out.extend_from_slice(&marks[last + 1..end]);
                    }
                    _ => out.extend_from_slice(&marks[at..end]),
                }
                at = end - 1;
            }
            mark => out.push(mark),
        }
        at += 1;
    }
    out
}

fn print(marks: &[Mark<'_>], preformatted: &[&str]) -> String {
    let mut out = String::new();
    for mark in marks {
        out.push_str(match mark {
            Mark::Open => "<p>",
            Mark::Close => "</p>",
            Mark::Break => "<br />",
            Mark::Block(text) | Mark::Space(text) | Mark::Text(text, _) => text,
        });
    }
    let end = if out.ends_with('\n') { out.len() - 1 } else { out.len() };
    // A line break that stands behind a `<` which nothing closes is none of ours.
    let is_within_tag =
        matches!(marks, [.., Mark::Text(_, false), Mark::Close] | [.., Mark::Text(_, false), Mark::Close, _]);
    if !is_within_tag && let Some(before) = out[..end].strip_suffix("\n</p>") {
        let newline = before.len();
        out.remove(newline);
    }
    if preformatted.is_empty() {
        return out;
    }
    let mut parts = out.split(STAND_IN);
    let mut whole = parts.next().unwrap_or("").to_owned();
    for (n, part) in parts.enumerate() {
        whole.push_str(preformatted.get(n).unwrap_or(&""));
        whole.push_str(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(paragraphs(text, true), expected, "{text:?}");
    }

    #[test]
    fn names_are_sorted() {
        assert!(BLOCK_LEVEL.is_sorted());
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("", "");
        check(" \n\n ", "");
        check("فقرة", "<p>فقرة</p>\n");
        check("أولى\n\nثانية", "<p>أولى</p>\n<p>ثانية</p>\n");
        check("one\r\n \t\r\ntwo", "<p>one</p>\n<p>two</p>\n");
        check("سطر\nسطر", "<p>سطر<br />\nسطر</p>\n");
        check("a<br><br/>b", "<p>a</p>\n<p>b</p>\n");
        check("a<br>\nb", "<p>a<br />\nb</p>\n");
        assert_eq!(paragraphs("a\nb", false), "<p>a\nb</p>\n");
    }

    #[test]
    fn blocks_stand_outside() {
        check("<div>نص</div>", "<div>نص</div>\n");
        check("قبل<div>نص</div>بعد", "<p>قبل</p>\n<div>نص</div>\n<p>بعد</p>\n");
        check("<div>\n\nنص\n\n</div>", "<div>\n<p>نص</p>\n</div>\n");
        check("<blockquote>قول</blockquote>", "<blockquote><p>قول</p></blockquote>\n");
        check("<ul>\n<li>أ</li>\n<li>ب</li>\n</ul>", "<ul>\n<li>أ</li>\n<li>ب</li>\n</ul>\n");
        check("<p>جاهزة</p>", "<p>جاهزة</p>\n");
        check("<h2>عنوان</h2>\nنص", "<h2>عنوان</h2>\n<p>نص</p>\n");
        check("نص<hr />نص", "<p>نص</p>\n<hr />\n<p>نص</p>\n");
        check("<picture><img></picture>", "<picture><img></picture>\n");
    }

    #[test]
    fn some_things_are_left_alone() {
        check("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>\n");
        check("أ\n<pre>x\n y</pre>\nب", "<p>أ</p>\n<pre>x\n y</pre>\n<p>ب</p>\n");
        check("<em\nclass=x>a</em>", "<p><em\nclass=x>a</em></p>\n");
        check("a <!-- x\n\ny -->", "<p>a <!-- x\n\ny --></p>\n");
        check("x <script>\na\nb</script>", "<p>x <script>\na\nb</script></p>\n");
        check("5 < 6\n\n7 > 3", "<p>5 < 6\n\n7 > 3</p>\n");
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in [
            "<p>",
            "</p>",
            "<li>",
            "<pre>",
            "</pre>",
            "<div>",
            "\n",
            "<script>",
            "<br>",
            "<br />\n",
            "<",
            "[",
            "<pre \u{1}>",
        ] {
            let small = paragraphs(&hostile.repeat(10_000), true).len();
            let large = paragraphs(&hostile.repeat(100_000), true).len();
            assert!(large <= small * 11 + 100, "{hostile:?}: {small} {large}");
        }
    }
}
