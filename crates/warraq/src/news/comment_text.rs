//! What does a reader's plain text look like on the page?
//!
//! A comment is text, never mark-up: what is typed is escaped, blank lines part paragraphs, and addresses of the web
//! become links that lend their target no weight.

use std::ops::Range;

use arabic::direction::strip_controls;
use url::Url;

/// The longest comment, in Unicode scalar values. Whoever takes a comment in refuses a longer one; nothing cuts it.
pub const MAX_CHARS: usize = 10_000;

/// `text` as HTML: `<p dir="auto">`, `<br>` and links, everything else escaped. Empty when the text is blank.
pub fn to_html(text: &str) -> String {
    let text = strip_controls(text).replace("\r\n", "\n");
    let mut html = String::with_capacity(text.len() + 64);
    let mut is_open = false;
    for line in text.split(LINE_ENDS).map(str::trim) {
        match (is_open, line.is_empty()) {
            (false, true) => {}
            (false, false) => html.push_str("<p dir=\"auto\">"),
            (true, true) => html.push_str("</p>"),
            (true, false) => html.push_str("<br>"),
        }
        is_open = !line.is_empty();
        push_line(&mut html, line);
    }
    if is_open {
        html.push_str("</p>");
    }
    html
}

/// How many addresses of the web `text` names, those that do not become links («www.…») included.
pub fn link_count(text: &str) -> usize {
    let text = text.to_ascii_lowercase();
    let bare = text.match_indices("www.").filter(|&(at, _)| !text[..at].ends_with("//"));
    text.matches("http://").count() + text.matches("https://").count() + bare.count()
}

const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
const SCHEMES: [&str; 2] = ["https", "http"];

/// What an address never contains, though it may touch it.
const AROUND_ADDRESSES: &[char] = &['<', '>', '"', '«', '»', '“', '”', '،', '؛', '؟', '\\', '^', '`', '{', '|', '}'];
/// What ends the sentence rather than the address.
const AFTER_ADDRESSES: &[char] = &['.', ',', ';', ':', '!', '?', '\'', '’', '…', '*', '_', '~', '۔', '。'];

fn push_line(html: &mut String, line: &str) {
    let mut done = 0;
    while let Some(address) = next_address(line, done) {
        push_escaped(html, &line[done..address.start]);
        done = address.end;
        html.push_str("<a href=\"");
        push_escaped(html, &line[address.clone()]);
        html.push_str("\" rel=\"nofollow ugc noopener\">");
        push_escaped(html, &line[address]);
        html.push_str("</a>");
    }
    push_escaped(html, &line[done..]);
}

fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{A0}' => html.push_str("&nbsp;"),
            _ => html.push(c),
        }
    }
}

/// Where the next address at or after `from` stands.
fn next_address(line: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let colon = from + line[from..].find("://")?;
        let after = colon + "://".len();
        let end = match scheme_before(&line[from..colon]) {
            None => after,
            Some(length) => {
                let start = colon - length;
                let end = start + address_length(&line[start..]);
                let is_word = !line[..start].ends_with(char::is_alphanumeric);
                if is_word && is_address(&line[start..end]) {
                    return Some(start..end);
                }
                // What was read as one address and is none is not read again: the text may have many.
                end.max(after)
            }
        };
        from = end;
    }
}

/// The length of the scheme of the web that `text` ends with.
fn scheme_before(text: &str) -> Option<usize> {
    SCHEMES.iter().map(|scheme| scheme.len()).zip(SCHEMES).find_map(|(length, scheme)| {
        let start = text.len().checked_sub(length)?;
        text.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(scheme)).then_some(length)
    })
}

/// How long the address is that `text` begins with, without the punctuation of the sentence around it. A closing
/// bracket belongs to the sentence, unless the address opened it.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || AROUND_ADDRESSES.contains(&c)).unwrap_or(text.len());
    let mut address = &text[..end];
    let count = |bracket: char| address.matches(bracket).count();
    let (round, square) = (count('('), count('['));
    let (mut closed_round, mut closed_square) = (count(')'), count(']'));
    while let Some(last) = address.chars().next_back() {
        match last {
            ')' if closed_round > round => closed_round -= 1,
            ']' if closed_square > square => closed_square -= 1,
            _ if AFTER_ADDRESSES.contains(&last) => {}
            _ => break,
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

/// Whether a browser would go there. An address with a user name is none: it hides where it leads.
fn is_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.host_str().is_some_and(|host| !host.is_empty()) && !has_user(&url))
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use proptest::prelude::*;

    use super::*;

    fn check_html(text: &str, expected: &str) {
        assert_eq!(to_html(text), expected, "{text:?}");
        assert_eq!(sanitised(expected), expected);
    }

    fn sanitised(html: &str) -> String {
        ammonia::Builder::empty()
            .tags(HashSet::from(["p", "br", "a"]))
            .tag_attributes(HashMap::from([("p", HashSet::from(["dir"])), ("a", HashSet::from(["href", "rel"]))]))
            .url_schemes(HashSet::from(["http", "https"]))
            .link_rel(None)
            .clean(html)
            .to_string()
    }

    #[test]
    fn lines_become_paragraphs() {
        check_html("شكرًا", r#"<p dir="auto">شكرًا</p>"#);
        check_html("سطر\nآخر", r#"<p dir="auto">سطر<br>آخر</p>"#);
        check_html("أول\r\n\r\n \t\r\nsecond", r#"<p dir="auto">أول</p><p dir="auto">second</p>"#);
        check_html("\n\nأول\u{2028}ثان\r", r#"<p dir="auto">أول<br>ثان</p>"#);
        check_html(" \n ", "");
    }

    #[test]
    fn mark_up_is_text() {
        check_html("<b>a</b> & \"c\" 'd'", r#"<p dir="auto">&lt;b&gt;a&lt;/b&gt; &amp; "c" 'd'</p>"#);
        check_html("<script>alert(1)</script>", r#"<p dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</p>"#);
        check_html("&lt;b&gt;", r#"<p dir="auto">&amp;lt;b&amp;gt;</p>"#);
        check_html("a\0b\u{202E}c", r#"<p dir="auto">abc</p>"#);
    }

    fn check_link(text: &str, address: &str, rest: &str) {
        let escaped = address.replace('&', "&amp;");
        let link = format!(r#"<a href="{escaped}" rel="nofollow ugc noopener">{escaped}</a>"#);
        check_html(text, &format!(r#"<p dir="auto">{}</p>"#, rest.replace("{}", &link)));
    }

    #[test]
    fn addresses_become_links() {
        check_link("http://a.example", "http://a.example", "{}");
        check_link("انظر https://a.example/b?c=d&e=f هنا", "https://a.example/b?c=d&e=f", "انظر {} هنا");
        check_link("(https://a.example/b).", "https://a.example/b", "({}).");
        check_link("https://a.example/b_(c)!", "https://a.example/b_(c)", "{}!");
        check_link("«https://a.example/الصين»، نعم", "https://a.example/الصين", "«{}»، نعم");
        check_link("“https://a.example/b”", "https://a.example/b", "“{}”");
        check_link("[https://a.example/b]؟", "https://a.example/b", "[{}]؟");
        check_link("https://a.example/b؛ ثم", "https://a.example/b", "{}؛ ثم");
        check_link("https://b@c.example x://y http://a.example", "http://a.example", "https://b@c.example x://y {}");
        check_link("HTTPS://a.example...", "HTTPS://a.example", "{}...");
        check_link("<https://a.example>", "https://a.example", "&lt;{}&gt;");
    }

    fn check_no_link(text: &str) {
        assert!(!to_html(text).contains("<a"), "{text:?} became {}", to_html(text));
    }

    #[test]
    fn nothing_else_becomes_a_link() {
        check_no_link("javascript://a.example/%0Aalert(1)");
        check_no_link("ftp://a.example data:text/html,x mailto:a@b.example");
        check_no_link("http:// https://. http://? http:///");
        check_no_link("xhttp://a.example");
        check_no_link("https://bank.example@evil.example/");
        check_no_link("www.a.example");
        check_no_link("http://[");
    }

    fn check_count(text: &str, expected: usize) {
        assert_eq!(link_count(text), expected, "{text:?}");
    }

    #[test]
    fn links_are_counted() {
        check_count("لا رابط", 0);
        check_count("http://a.example و HTTPS://b.example", 2);
        check_count("www.a.example https://www.b.example", 2);
        check_count("[url=http://a.example]<a href=\"http://b.example\">", 2);
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(vec![
                "http://",
                "https://",
                "a.example",
                "/",
                "?",
                "&",
                "<",
                ">",
                "\"",
                "'",
                "(",
                ")",
                "\n",
                "\r\n",
                " ",
                "\u{A0}",
                "»",
                "،",
                "@",
                "#",
                "[",
                "]",
                ":",
                "%",
                "الصين",
                "<a href=",
                "&amp;",
                "<!--",
                "\u{200F}",
                ".",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn the_sanitiser_finds_nothing_to_do(text in text()) {
            let html = to_html(&text);
            prop_assert_eq!(sanitised(&html), html);
        }
    }
}
