//! Which note belongs to which place in the text?
//!
//! A body keeps its notes in one form: where the text refers to one, `<sup class="fn"><a href="#fn-1" id="fnref-1"
//! rel="noopener">1</a></sup>`; at its end one list, `<ol class="footnotes"><li id="fn-1">…</li></ol>`, in the order in
//! which they are referred to, each with the words of a line. [`settle`] gives every body that form, whatever was
//! written; so a text that leaves this house has links that lead somewhere. [`shown`] makes of it what readers get: names
//! that are of this article alone, a heading, and ways back.

use std::collections::HashMap;
use std::fmt::Write as _;

use arabic::direction::{Direction, base_direction};

use super::ArticleId;
use super::html::{Html, plain_text};
use super::site::Digits;

/// How a reference begins in a body that is settled.
pub(super) const REFERENCE: &str = "<sup class=\"fn\">";
const LIST: &str = "<ol class=\"footnotes\">";
/// Letters of the longest number of a note: «[1234]», «note 12».
const LONGEST_NUMBER: usize = 12;
/// Elements that may stand within a note; every other ends a line.
const INLINE: [&str; 25] = [
    "a", "strong", "em", "b", "i", "u", "s", "sub", "sup", "small", "mark", "abbr", "code", "kbd", "bdi", "bdo",
    "span", "time", "del", "ins", "q", "cite", "ruby", "rt", "rp",
];

/// Whether this may be the name of a note or of a place that refers to one: nothing else in a body has a name.
#[must_use]
pub fn is_name(id: &str) -> bool {
    let number = id.strip_prefix("fn-").or_else(|| id.strip_prefix("fnref-"));
    number.is_some_and(|number| (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Numbers the notes of sanitised markup in the order in which the text refers to them, and puts them at the end. A
/// reference without a note keeps what it shows; a note that nothing refers to becomes a paragraph; names that lead
/// nowhere go. Doing it twice changes nothing.
#[must_use]
pub fn settle(markup: String) -> String {
    if !["class=\"fn\"", "class=\"footnotes\"", "id=\"fn"].iter().any(|sign| markup.contains(sign)) {
        return markup;
    }
    let tokens = tokens(&markup);
    let (mut notes, rest) = lists(&tokens);
    let mut out = String::with_capacity(markup.len());
    let mut ordered: Vec<String> = Vec::new();
    // A note that is referred to again is written again. A hostile text may not grow by that.
    let mut spare = markup.len();
    let mut at = 0;
    while let Some(token) = rest.get(at) {
        at += 1;
        match token {
            Token::Cut => {
                if out.ends_with('\n') {
                    out.pop();
                }
            }
            Token::Text(text) => out.push_str(text),
            Token::Tag(tag) if tag.opens("sup") && tag.attribute("class") == Some("fn") => {
                let inside = &rest[at..at + until(&rest[at..], "sup")];
                at = (at + inside.len() + 1).min(rest.len());
                // What is longer than a number is words, and they stay.
                let is_number = inside.iter().map(Token::letters).sum::<usize>() <= LONGEST_NUMBER;
                let key = inside.iter().filter(|_| is_number).find_map(|token| match token {
                    Token::Tag(tag) if tag.opens("a") => tag.attribute("href")?.strip_prefix("#fn-"),
                    _ => None,
                });
                let note = key.and_then(|key| notes.get_mut(key)).filter(|note| {
                    !note.used
                        || note.inner.len() <= spare && {
                            spare -= note.inner.len();
                            true
                        }
                });
                if let Some(note) = note {
                    note.used = true;
                    ordered.push(note.inner.clone());
                    refer(&mut out, ordered.len());
                } else {
                    out.push_str("<sup>");
                    for token in inside {
                        token.write_nameless(&mut out);
                    }
                    out.push_str("</sup>");
                }
            }
            Token::Tag(_) => token.write_nameless(&mut out),
        }
    }
    let mut left: Vec<_> = notes.into_values().filter(|note| !note.used && !note.inner.is_empty()).collect();
    left.sort_by_key(|note| note.place);
    for note in left {
        let _ = write!(out, "{}<p>{}</p>", if out.is_empty() { "" } else { "\n" }, note.inner);
    }
    if !ordered.is_empty() {
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(LIST);
        for (number, inner) in (1..).zip(&ordered) {
            let _ = write!(out, "<li id=\"fn-{number}\">{inner}</li>");
        }
        out.push_str("</ol>");
    }
    out
}

/// What a page says around notes, in the language of the article.
pub struct Words<'a> {
    /// The heading of the notes.
    pub title: &'a str,
    /// The name of the reference to the note of this number.
    pub reference: &'a dyn Fn(i64) -> String,
    /// The name of the way back from the note of this number.
    pub back: &'a dyn Fn(i64) -> String,
    /// The digits of the site.
    pub digits: Digits,
}

/// The body as readers get it: the names of its notes are of this article alone, so that several may stand on a page; the
/// notes have a heading and ways back. `around` is the way in which the language of the article runs.
#[must_use]
pub fn shown(body: &Html, article: ArticleId, around: Direction, words: &Words<'_>) -> String {
    let markup = body.as_str();
    let Some((text, notes)) = markup.rsplit_once(LIST) else { return markup.to_owned() };
    let Some(notes) = notes.strip_suffix("</li></ol>") else { return markup.to_owned() };
    let mut out = String::with_capacity(markup.len() * 2);
    for (number, piece) in (0..).zip(text.split(REFERENCE)) {
        let Some((_, after)) = piece.split_once("</sup>").filter(|_| number > 0) else {
            out.push_str(piece);
            continue;
        };
        let (face, name) = (words.digits.write(number), escaped(&(words.reference)(number)));
        let _ = write!(
            out,
            "{REFERENCE}<a href=\"#fn-{article}-{number}\" id=\"fnref-{article}-{number}\" role=\"doc-noteref\" \
             aria-label=\"{name}\">{face}</a></sup>{after}",
        );
    }
    let digits = match words.digits {
        Digits::Latn => "",
        Digits::Arab => " footnotes--arab",
    };
    let _ = write!(
        out,
        "<section class=\"footnotes{digits}\" role=\"doc-endnotes\" aria-labelledby=\"footnotes-{article}\"><h2 \
         id=\"footnotes-{article}\">{}</h2>\n<ol>",
        escaped(words.title),
    );
    for (number, note) in (0..).zip(notes.split("<li id=\"fn-")).skip(1) {
        let inner = note.split_once('>').map_or("", |(_, inner)| inner);
        let inner = inner.strip_suffix("</li>").unwrap_or(inner);
        // The number of a note stays on the side of the article; its words run their own way.
        let dir = match base_direction(&plain_text(inner)) {
            Some(own) if own != around => {
                if own == Direction::Rtl {
                    " dir=\"rtl\""
                } else {
                    " dir=\"ltr\""
                }
            }
            _ => "",
        };
        let _ = write!(
            out,
            "<li id=\"fn-{article}-{number}\"><p{dir}>{inner} <a href=\"#fnref-{article}-{number}\" \
             class=\"footnotes__back\" role=\"doc-backlink\" aria-label=\"{}\">\u{2191}</a></p></li>",
            escaped(&(words.back)(number)),
        );
    }
    out.push_str("</ol></section>");
    out
}

/// WordPress keeps the notes of a post beside it, as `[{"content": "…", "id": "…"}]`, and their places in the text as
/// `<sup data-fn="…" class="fn">`. Gives the text with its notes, for [`settle`]; `None` where it refers to none of them.
#[must_use]
pub fn of_wordpress(body: &str, kept: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Kept {
        content: String,
        id: String,
    }
    let kept: Vec<Kept> = serde_json::from_str(kept).ok()?;
    let mut out = String::with_capacity(body.len() * 2);
    let mut list = String::new();
    let mut numbers = HashMap::new();
    let mut rest = body;
    while let Some((before, reference)) = rest.split_once("<sup data-fn=\"") {
        out.push_str(before);
        let (id, face) = reference.split_once('"')?;
        let (_, after) = face.split_once("</sup>")?;
        rest = after;
        let Some(note) = kept.iter().find(|note| note.id == id) else { continue };
        let next = numbers.len() + 1;
        let number = *numbers.entry(id).or_insert(next);
        refer(&mut out, number);
        if number == next {
            let _ = write!(list, "<li id=\"fn-{number}\">{}</li>", note.content);
        }
    }
    (!list.is_empty()).then(|| format!("{out}{rest}\n{LIST}{list}</ol>"))
}

fn refer(out: &mut String, number: usize) {
    let _ =
        write!(out, "{REFERENCE}<a href=\"#fn-{number}\" id=\"fnref-{number}\" rel=\"noopener\">{number}</a></sup>");
}

struct Note {
    place: usize,
    inner: String,
    used: bool,
}

/// The notes of all lists by their names, and what is left without them.
fn lists<'m>(tokens: &[Token<'m>]) -> (HashMap<String, Note>, Vec<Token<'m>>) {
    let mut notes = HashMap::new();
    let mut rest = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let Token::Tag(tag) = token else {
            rest.push(*token);
            continue;
        };
        if !(tag.opens("ol") && tag.attribute("class") == Some("footnotes")) {
            rest.push(*token);
            continue;
        }
        rest.push(Token::Cut);
        let list = &tokens[at..at + until(&tokens[at..], "ol")];
        at = (at + list.len() + 1).min(tokens.len());
        let mut within = 0;
        let mut number = 0;
        while let Some(token) = list.get(within) {
            within += 1;
            let Token::Tag(tag) = token else { continue };
            if !tag.opens("li") {
                continue;
            }
            number += 1;
            let item = &list[within..within + until(&list[within..], "li")];
            within = (within + item.len() + 1).min(list.len());
            let name = tag.attribute("id").and_then(|id| id.strip_prefix("fn-")).map(str::to_owned);
            let place = notes.len();
            let note = Note { place, inner: line(item), used: false };
            let name = name.filter(|name| !notes.contains_key(name)).unwrap_or_else(|| number.to_string());
            // Two of one name: the second keeps its words under a name that nothing refers to.
            let name = if notes.contains_key(&name) { format!("?{place}") } else { name };
            notes.insert(name, note);
        }
    }
    (notes, rest)
}

/// The words of a note on one line: without ways back, without references to other notes; blocks become lines.
fn line(item: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(token) = item.get(at) {
        at += 1;
        match token {
            Token::Cut => {}
            Token::Text(text) => out.push_str(text),
            Token::Tag(tag) => {
                let goes_back = tag.opens("a") && tag.attribute("href").is_some_and(|href| href.starts_with("#fnref-"));
                let refers = tag.opens("sup") && tag.attribute("class") == Some("fn");
                if goes_back || refers {
                    at = (at + until(&item[at..], tag.name) + 1).min(item.len());
                } else if INLINE.contains(&tag.name) || tag.name == "img" {
                    token.write_nameless(&mut out);
                } else {
                    let end = out.trim_end().len();
                    out.truncate(end);
                    if !out.is_empty() && !out.ends_with("<br>") {
                        out.push_str("<br>");
                    }
                }
            }
        }
    }
    let mut words = out.trim();
    while let Some(shorter) = words.strip_suffix("<br>") {
        words = shorter.trim_end();
    }
    words.to_owned()
}

/// How many tokens stand before the end of the element that was just opened.
fn until(tokens: &[Token<'_>], name: &str) -> usize {
    let mut depth = 0_usize;
    for (place, token) in tokens.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        if tag.name != name {
            continue;
        }
        if !tag.closes {
            depth += 1;
        } else if depth == 0 {
            return place;
        } else {
            depth -= 1;
        }
    }
    tokens.len()
}

#[derive(Clone, Copy)]
enum Token<'m> {
    Text(&'m str),
    Tag(Tag<'m>),
    /// Where a list of notes stood.
    Cut,
}

impl Token<'_> {
    fn letters(&self) -> usize {
        match self {
            Self::Text(text) => text.trim().chars().count(),
            Self::Tag(_) | Self::Cut => 0,
        }
    }

    /// As it stands, without what would make it a note, a list of notes, or a place that refers to one.
    fn write_nameless(&self, out: &mut String) {
        match self {
            Self::Cut => {}
            Self::Text(text) => out.push_str(text),
            Self::Tag(tag) if tag.closes || ![" id=\"", " class=\""].iter().any(|sign| tag.raw.contains(sign)) => {
                out.push_str(tag.raw);
            }
            Self::Tag(tag) => {
                let _ = write!(out, "<{}", tag.name);
                let is_ours = |name: &str| name == "id" || name == "class" && ["sup", "ol"].contains(&tag.name);
                for (name, value) in tag.attributes().filter(|(name, _)| !is_ours(name)) {
                    let _ = write!(out, " {name}=\"{value}\"");
                }
                out.push('>');
            }
        }
    }
}

/// A tag as the sanitiser writes it: small letters, every value in double quotes, none of those within.
#[derive(Clone, Copy)]
struct Tag<'m> {
    raw: &'m str,
    name: &'m str,
    closes: bool,
}

impl<'m> Tag<'m> {
    fn opens(&self, name: &str) -> bool {
        self.name == name && !self.closes
    }

    fn attribute(&self, wanted: &str) -> Option<&'m str> {
        self.attributes().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }

    fn attributes(&self) -> impl Iterator<Item = (&'m str, &'m str)> {
        let mut rest = self.raw.trim_start_matches('<').trim_start_matches(self.name);
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once("=\"")?;
            let (value, after) = after.split_once('"')?;
            rest = after;
            Some((name.trim(), value))
        })
    }
}

fn tokens(markup: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = markup;
    while let Some(start) = rest.find('<') {
        if start > 0 {
            found.push(Token::Text(&rest[..start]));
        }
        let mut quoted = false;
        let end = rest[start..].find(|letter| {
            quoted ^= letter == '"';
            letter == '>' && !quoted
        });
        let Some(end) = end else { return found };
        let raw = &rest[start..=start + end];
        let inside = raw[1..raw.len() - 1].trim_start_matches('/');
        let name = inside.split([' ', '/']).next().unwrap_or("");
        found.push(Token::Tag(Tag { raw, name, closes: raw.starts_with("</") }));
        rest = &rest[start + end + 1..];
    }
    if !rest.is_empty() {
        found.push(Token::Text(rest));
    }
    found
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::html::{sanitise, sanitise_guest};
    use super::*;
    use proptest::prelude::*;

    const ONE: &str = "<sup class=\"fn\"><a href=\"#fn-1\" id=\"fnref-1\" rel=\"noopener\">1</a></sup>";
    const TWO: &str = "<sup class=\"fn\"><a href=\"#fn-2\" id=\"fnref-2\" rel=\"noopener\">2</a></sup>";

    fn check(markup: &str, settled: &str) {
        assert_eq!(sanitise(markup).as_str(), settled, "{markup}");
        assert_eq!(sanitise(settled).as_str(), settled, "again");
    }

    fn words<'a>() -> Words<'a> {
        Words {
            title: "حواشٍ",
            reference: &|n| format!("حاشية {n}"),
            back: &|n| format!("عد {n}"),
            digits: Digits::Arab,
        }
    }

    fn show(markup: &str) -> String {
        shown(&sanitise(markup), ArticleId(12), Direction::Rtl, &words())
    }

    #[test]
    fn what_the_editor_writes_stays_letter_by_letter() {
        for body in [
            format!(
                "<p>نص{ONE} وآخر{TWO}.</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">أول <strong>مهم</strong></li><li id=\"fn-2\">سطر<br>آخر</li></ol>"
            ),
            format!("<p>نص{ONE}</p>\n<ol class=\"footnotes\"><li id=\"fn-1\"></li></ol>"),
            "<p>لا حواشي</p>".to_owned(),
        ] {
            check(&body, &body);
        }
    }

    #[test]
    fn notes_are_numbered_as_the_text_refers_to_them() {
        check(
            "<p>أ<sup class=fn><a href='#fn-7'>7</a></sup> ب<sup class=fn><a href='#fn-3'>*</a></sup></p><ol class=footnotes><li id=fn-3>ثالثة</li><li id=fn-7>سابعة</li></ol><p>ختام</p>",
            &format!(
                "<p>أ{ONE} ب{TWO}</p><p>ختام</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">سابعة</li><li id=\"fn-2\">ثالثة</li></ol>"
            ),
        );
        // Items without names go by their places.
        check(
            "<p>أ<sup class=fn><a href='#fn-1'>1</a></sup></p><ol class=footnotes><li>واحدة</li></ol>",
            &format!("<p>أ{ONE}</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">واحدة</li></ol>"),
        );
        // One note in two places is two notes.
        check(
            "<p>أ<sup class=fn><a href='#fn-1'>1</a></sup>ب<sup class=fn><a href='#fn-1'>1</a></sup></p><ol class=footnotes><li>واحدة</li></ol>",
            &format!(
                "<p>أ{ONE}ب{TWO}</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">واحدة</li><li id=\"fn-2\">واحدة</li></ol>"
            ),
        );
    }

    #[test]
    fn nothing_leads_nowhere_and_no_words_are_lost() {
        check(
            "<p>أ<sup class=fn><a href='#fn-1' id='fnref-1'>1</a></sup></p>",
            "<p>أ<sup><a href=\"#fn-1\" rel=\"noopener\">1</a></sup></p>",
        );
        check("<ol class=footnotes><li>بلا موضع</li><li></li></ol>", "<p>بلا موضع</p>");
        check("<p>x</p><ol><li id=fn-1>بند</li></ol>", "<p>x</p><ol><li>بند</li></ol>");
        check(
            "<p>أ<sup data-fn=u class=fn><a href='#u' id='u-link'>1</a></sup></p>",
            "<p>أ<sup><a href=\"#u\" rel=\"noopener\">1</a></sup></p>",
        );
        check(
            "<p>أ<sup class=fn><a href='#fn-1'>1</a> وكلمات كثيرة</sup></p>",
            "<p>أ<sup><a href=\"#fn-1\" rel=\"noopener\">1</a> وكلمات كثيرة</sup></p>",
        );
        check(
            "<a id=fnref-1 href=/x title='y id='>z</a><p class=fn>class=\"fn\"</p>",
            "<a href=\"/x\" title=\"y id=\" rel=\"noopener\">z</a><p>class=\"fn\"</p>",
        );
    }

    #[test]
    fn a_note_is_a_line() {
        check(
            "<p>أ<sup class=fn><a href='#fn-1'>1</a></sup></p><ol class=footnotes><li id=fn-1><p>سطر <em>مائل</em></p><p>ثانٍ<sup class=fn><a href='#fn-1'>1</a></sup> <a href='#fnref-1'>↩</a></p><ul><li>بند</li></ul></li></ol>",
            &format!(
                "<p>أ{ONE}</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">سطر <em>مائل</em><br>ثانٍ<br>بند</li></ol>"
            ),
        );
    }

    #[test]
    fn guests_write_no_notes() {
        let guest = sanitise_guest(
            "<p>أ<sup class=fn id=fnref-1><a href='#fn-1' id=fnref-1>1</a></sup></p><ol class=footnotes><li id=fn-1>x</li></ol>",
        );
        assert!(!guest.as_str().contains("id=") && !guest.as_str().contains("class="), "{}", guest.as_str());
    }

    #[test]
    fn only_notes_have_names() {
        for (id, fits) in [
            ("fn-1", true),
            ("fnref-9999", true),
            ("fn-", false),
            ("fn-10000", false),
            ("fn-1x", false),
            ("comments", false),
            ("fn-١", false),
        ] {
            assert_eq!(is_name(id), fits, "{id}");
        }
        check("<p id=main>أ</p><a id=comments>ب</a>", "<p>أ</p><a rel=\"noopener\">ب</a>");
    }

    #[test]
    fn a_hostile_text_does_not_grow() {
        let note = "ن".repeat(10_000);
        let markup = format!(
            "<p>{}</p><ol class=footnotes><li>{note}</li></ol>",
            "<sup class=fn><a href='#fn-1'>1</a></sup>".repeat(2_000)
        );
        assert!(sanitise(&markup).as_str().len() < markup.len() * 4);
        let nested = format!("{}{}", "<ol class=footnotes><li>".repeat(300), "<sup class=fn>".repeat(300));
        assert!(sanitise(&nested).as_str().len() < nested.len() * 2);
    }

    #[test]
    fn readers_get_names_of_this_article_and_ways_back() {
        assert_eq!(
            show(&format!("<p>نص{ONE}.</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">China &amp; co</li></ol>")),
            "<p>نص<sup class=\"fn\"><a href=\"#fn-12-1\" id=\"fnref-12-1\" role=\"doc-noteref\" aria-label=\"حاشية 1\">١</a></sup>.</p>\n\
             <section class=\"footnotes footnotes--arab\" role=\"doc-endnotes\" aria-labelledby=\"footnotes-12\"><h2 id=\"footnotes-12\">حواشٍ</h2>\n\
             <ol><li id=\"fn-12-1\"><p dir=\"ltr\">China &amp; co <a href=\"#fnref-12-1\" class=\"footnotes__back\" role=\"doc-backlink\" aria-label=\"عد 1\">\u{2191}</a></p></li></ol></section>",
        );
        assert_eq!(show("<p>نص</p>"), "<p>نص</p>");
    }

    #[test]
    fn the_words_of_a_text_have_no_numbers_of_notes_in_them() {
        let html = sanitise(&format!("<p>الصين{ONE}، وبعدها</p><ol class=footnotes><li id=fn-1>حاشية</li></ol>"));
        assert_eq!(html.text().split_whitespace().collect::<Vec<_>>(), ["الصين،", "وبعدها", "حاشية"]);
    }

    #[test]
    fn notes_that_wordpress_keeps_beside_a_post() {
        let kept = r#"[{"content":"أ <em>x</em>","id":"u1"},{"content":"ب","id":"u2"}]"#;
        let body = r##"<p>نص<sup data-fn="u2" class="fn"><a href="#u2" id="u2-link">1</a></sup> و<sup data-fn="u1" class="fn"><a href="#u1" id="u1-link">2</a></sup><sup data-fn="gone" class="fn">3</sup></p>"##;
        assert_eq!(
            sanitise(&of_wordpress(body, kept).unwrap()).as_str(),
            format!(
                "<p>نص{ONE} و{TWO}</p>\n<ol class=\"footnotes\"><li id=\"fn-1\">ب</li><li id=\"fn-2\">أ <em>x</em></li></ol>"
            ),
        );
        assert_eq!(of_wordpress("<p>x</p>", kept), None);
        assert_eq!(of_wordpress(body, "no json"), None);
    }

    proptest! {
        #[test]
        fn doing_it_twice_changes_nothing(markup in r##"(<p>|</p>|أ|<sup class=fn>|</sup>|<a href="#fn-1">|<a href="#fn-2" id="fnref-2">|</a>|<ol class=footnotes>|</ol>|<li id=fn-1>|<li id=fn-2>|<li>|</li>|<br>|\n|<em>|<div>){0,24}"##) {
            let once = sanitise(&markup);
            let twice = sanitise(once.as_str());
            prop_assert_eq!(once.as_str(), twice.as_str());
            let page = shown(&once, ArticleId(3), Direction::Rtl, &words());
            let names: Vec<&str> = page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap()).collect();
            let mut one_each = names.clone();
            one_each.sort_unstable();
            one_each.dedup();
            prop_assert_eq!(names.len(), one_each.len());
            for (at, _) in page.match_indices("href=\"#fn-3-") {
                let target = page[at + 7..].split('"').next().unwrap();
                prop_assert!(names.contains(&target));
            }
        }
    }
}
