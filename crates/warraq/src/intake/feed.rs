//! What does a feed of somebody else say? RSS 1 and 2, Atom and JSON Feed, as wire copy.
//!
//! The formats are read by `feed-rs`. Who writes a feed can write anything into it: an item is known by the name that it
//! gives itself *within the host that the feed came from*, so that no feed can claim an article that is not its own.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use feed_rs::model::{Content, Entry, Feed, Link, Person, Text};
use feed_rs::parser::{Builder, generate_id};
use jiff::Timestamp;
use wordpress::{text, wxr};

use crate::feeds::absolutize;
use crate::news::article::{Draft, Kind, Source, limits};
use crate::news::comment::is_web;
use crate::news::incoming::{Incoming, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;

/// How many stories of one feed are taken at a time. Feeds of agencies have some dozens.
pub const MOST: usize = 1_000;
/// Longer names of items are known by a hash.
const LONGEST_NAME: usize = 500;
/// Of a summary that stands above the text.
const STANDFIRST: usize = 400;
/// Names over one story: more are no bylines.
const BYLINES: usize = 20;
/// Words of the text that stand in for a headline that is missing.
const HEADLINE: usize = 90;

/// The name space of Atom 0.3.
const ATOM_0_3: &str = "http://purl.org/atom/ns#";

/// What a feed says.
#[derive(Debug)]
pub struct Wire {
    /// Its name.
    pub title: String,
    /// Its stories, oldest first.
    pub stories: Vec<Incoming>,
    /// What is none, and why: the item, a sentence.
    pub refused: Vec<(String, String)>,
    /// How many more there are than [`MOST`]; those that stand last in the feed.
    pub left_out: usize,
}

/// The file is no feed.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// It begins with a document type, which may declare things that make a small file large.
    #[error(
        "it begins with a document type (<!DOCTYPE), which may be a trap; nothing of it was read. A feed needs none"
    )]
    DocumentType,
    /// It is none of the formats, or broken.
    #[error("it is no feed that can be read ({0}); RSS 1 and 2, Atom and JSON Feed are")]
    Unreadable(String),
}

/// Read a feed. `address` is where it was fetched; without one the feed's own word for its site counts.
///
/// # Errors
/// It is no feed.
pub fn read(bytes: &[u8], address: Option<&str>) -> Result<Wire, FeedError> {
    let text = mended(&decoded(bytes));
    if has_document_type(&text) {
        return Err(FeedError::DocumentType);
    }
    let feed = parse(&text, address)?;
    let title = feed.title.as_ref().map(plain).unwrap_or_default();
    let home = feed.links.iter().map(|link| link.href.as_str()).find(|link| is_web(link)).unwrap_or_default();
    let host = host(address.unwrap_or(home)).unwrap_or_else(|| "unknown".to_owned());
    let left_out = feed.entries.len().saturating_sub(MOST);
    let mut wire = Wire { title: title.clone(), stories: Vec::new(), refused: Vec::new(), left_out };
    for (place, entry) in feed.entries.iter().enumerate().take(MOST) {
        match story(&feed, entry, &title, &host, home) {
            Ok(story) => wire.stories.push(Incoming { line: place + 1, ..story }),
            Err(reason) => wire.refused.push((entry.id.clone(), reason)),
        }
    }
    // The first of two that are the same story is the one that is shown.
    wire.stories.sort_by_key(|story| story.visibility.published());
    // Of one name the last is what the feed says now.
    let mut last: HashMap<String, usize> = HashMap::new();
    last.extend(wire.stories.iter().enumerate().map(|(place, story)| (story.guid.clone(), place)));
    let mut place = 0..;
    wire.stories.retain(|story| {
        let is_last = last.get(&story.guid).copied() == place.next();
        if !is_last {
            wire.refused.push((story.guid.clone(), "a newer one of the same name stands in the feed".into()));
        }
        is_last
    });
    Ok(wire)
}

/// What strangers write may find a mistake in the reader: that ends the feed, not the program.
fn parse(text: &str, address: Option<&str>) -> Result<Feed, FeedError> {
    let address = address.filter(|address| is_web(address)).map(str::to_owned);
    let text = text.to_owned();
    let parsed = std::panic::catch_unwind(move || {
        // What has neither a name nor a link gets its name from what it says.
        let named = |links: &[Link], title: &Option<Text>, address: Option<&str>| {
            if links.is_empty() { String::new() } else { generate_id(links, title, address) }
        };
        let builder = Builder::new().base_uri(address).sanitize_content(false).id_generator(named);
        builder.build().parse(text.as_bytes())
    });
    match parsed {
        Ok(parsed) => parsed.map_err(|error| FeedError::Unreadable(error.to_string())),
        Err(_) => Err(FeedError::Unreadable("it is damaged in a way that nobody had thought of".into())),
    }
}

/// Does a document type stand before the root? What stands in comments and instructions there is none.
fn has_document_type(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => return rest.starts_with("<!"),
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
}

/// A mark decides, then what the declaration says; what says nothing is UTF-8.
fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => declared(bytes).unwrap_or(UTF_8),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = &bytes[..bytes.len().min(256)];
    let declaration = String::from_utf8_lossy(beginning);
    let declaration = declaration.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Encoding::for_label(value[1..].split(quote).next()?.as_bytes())
}

/// Without the declaration, which speaks of the bytes; without characters that XML forbids; with a version that the reader
/// knows, because many feeds forget it or name an old one.
fn mended(text: &str) -> String {
    let allowed =
        |c: &char| matches!(c, '\t' | '\n' | '\r') || !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let text: String = text.trim_start_matches(['\u{FEFF}', '\u{0}']).trim_start().chars().filter(allowed).collect();
    let text = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.to_owned(),
        None => text,
    };
    if text.contains(ATOM_0_3) {
        return as_atom_1(&text);
    }
    let root = text.find("<rss").filter(|at| text[at + 4..].starts_with(|c: char| c == '>' || c.is_whitespace()));
    let Some((at, end)) = root.and_then(|at| Some((at + 4, at + text[at..].find('>')?))) else { return text };
    let known = ["2.0", "0.91", "0.92"].iter().any(|version| {
        ['"', '\''].iter().any(|quote| text[at..end].contains(&format!("version={quote}{version}{quote}")))
    });
    if known {
        return text;
    }
    let attributes = text[at..end].replace("version", "said-version");
    format!("{} version=\"2.0\"{attributes}{}", &text[..at], &text[end..])
}

/// Atom 0.3, which some systems still write, as Atom 1.0 where it matters: other words for the kinds of text.
fn as_atom_1(text: &str) -> String {
    let text = text.replace(ATOM_0_3, "http://www.w3.org/2005/Atom");
    [("application/xhtml+xml", "xhtml"), ("text/html", "html"), ("text/plain", "text")].iter().fold(
        text,
        |text, (old, new)| {
            ['"', '\''].iter().fold(text, |text, quote| {
                text.replace(&format!("type={quote}{old}{quote}"), &format!("type={quote}{new}{quote}"))
            })
        },
    )
}

fn story(feed: &Feed, entry: &Entry, title: &str, host: &str, home: &str) -> Result<Incoming, String> {
    let link = link(entry).unwrap_or_default();
    let base = [entry.base.as_deref().unwrap_or_default(), link, home].into_iter().find(|base| is_web(base));
    let content = entry.content.as_ref().and_then(body);
    let summary = entry.summary.as_ref().map(markup).filter(|summary| !summary.trim().is_empty());
    let (body, standfirst) = match (content, summary) {
        (Some(content), summary) => (content, summary.map(|summary| short(&in_one_line(&summary), STANDFIRST))),
        (None, Some(summary)) => (summary, None),
        (None, None) => (String::new(), None),
    };
    let body = base.map_or_else(|| body.clone(), |base| absolutize(&body, base));
    let words = in_one_line(&body);
    let headline = entry.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let Some(headline) = headline.or_else(|| (!words.is_empty()).then(|| short(&words, HEADLINE))) else {
        return Err("it has neither a title nor a text".into());
    };
    let rights = entry.rights.as_ref().or(feed.rights.as_ref()).map(plain).filter(|rights| !rights.contains('@'));
    let rights = rights.unwrap_or_default();
    let language = entry.language.as_deref().or(feed.language.as_deref());
    let id = match entry.id.trim() {
        "" => own_name(&headline, &body, entry),
        id => id.chars().filter(|letter| !letter.is_control()).collect(),
    };
    let at = entry.published.or(entry.updated).and_then(|at| Timestamp::from_millisecond(at.timestamp_millis()).ok());
    let draft = Draft {
        kind: Kind::Wire,
        headline: short(&headline, limits::HEADLINE),
        // A summary that only repeats how the text begins says nothing.
        standfirst: standfirst.filter(|text| !is_beginning(text, &words)).unwrap_or_default(),
        body,
        language: language.and_then(|tag| Language::parse(tag).ok()),
        source: Source {
            // No address of anybody stands before readers, whoever wrote it where.
            name: short(if title.is_empty() || title.contains('@') { host } else { title }, limits::NAME),
            url: link.to_owned(),
            licence: short(&rights, limits::NAME),
        },
        ..Draft::default()
    };
    Ok(Incoming {
        visibility: Visibility::Public(at),
        bylines: entry
            .authors
            .iter()
            .filter_map(author)
            .take(BYLINES)
            .map(|name| (NewTerm { name, ..NewTerm::default() }, BylineRole::Writer))
            .collect(),
        may_have_twins: true,
        ..Incoming::of(name(host, &id), draft)
    })
}

/// The name of a story that has none: what it says and when.
fn own_name(headline: &str, body: &str, entry: &Entry) -> String {
    let at = entry.published.or(entry.updated).map_or(0, |at| at.timestamp_millis());
    // Each with its length, so that no two stories run into one text.
    let whole = format!("{}:{headline}{}:{body}{at}", headline.len(), body.len());
    format!("says:{}", blake3::hash(whole.as_bytes()).to_hex())
}

/// By what a story is known here; feeds of ours say it, too, so there is no address in it.
fn name(host: &str, id: &str) -> String {
    if id.len() > LONGEST_NAME || id.contains('@') {
        return format!("urn:warraq:feed:{host}:{}", blake3::hash(id.as_bytes()).to_hex());
    }
    format!("urn:warraq:feed:{host}:{id}")
}

/// Where the story stands.
fn link(entry: &Entry) -> Option<&str> {
    let is_page = |rel: &Option<String>| rel.as_deref().is_none_or(|rel| rel == "alternate");
    let links = || entry.links.iter().filter(|link| is_web(&link.href));
    links().find(|link| is_page(&link.rel)).or_else(|| links().next()).map(|link| link.href.as_str())
}

fn host(address: &str) -> Option<String> {
    Some(url::Url::parse(address).ok()?.host_str()?.trim_start_matches("www.").to_owned())
}

/// The text as HTML; what is fetched from elsewhere or is no text is none.
fn body(content: &Content) -> Option<String> {
    let body = content.body.as_deref().filter(|body| !body.trim().is_empty())?;
    match content.content_type.essence().to_string().as_str() {
        "text/plain" => Some(paragraphs(body)),
        "text/html" | "application/xhtml+xml" => Some(body.to_owned()),
        _ => None,
    }
}

fn markup(text: &Text) -> String {
    // Many feeds say «plain» and write markup.
    if text.content_type.essence().to_string() == "text/plain" && !text.content.contains("</") {
        return paragraphs(&text.content);
    }
    text.content.clone()
}

fn paragraphs(text: &str) -> String {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.split('\n')
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{}</p>", escape(line)))
        .collect()
}

fn plain(text: &Text) -> String {
    in_one_line(&text.content)
}

fn in_one_line(html: &str) -> String {
    wxr::resolve_entities(&text::strip_all_tags(html, true)).trim().to_owned()
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { arabic::words::excerpt(text, most) }
}

fn is_beginning(text: &str, of: &str) -> bool {
    of.starts_with(text.trim_end_matches(['…', '.', ' ']).trim_end_matches("[&hellip;]"))
}

/// The name of an author. RSS has an address there, often with the name behind it: the address stays outside.
fn author(person: &Person) -> Option<String> {
    let written = person.name.as_deref().unwrap_or_default().trim();
    let name = match written.split_once('(') {
        Some((before, name)) if before.is_empty() || before.contains('@') => name.trim_end_matches(')').trim(),
        _ => written,
    };
    let is_name = !name.is_empty() && !name.contains('@') && name.chars().any(char::is_alphabetic);
    is_name.then(|| short(name, limits::NAME))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rss(item: &str) -> Vec<u8> {
        format!(
            "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>وكالة البحر</title><link>https://www.sea.example/</link>\
             <description>x</description><language>ar</language><copyright>CC BY 4.0</copyright><item>{item}</item>\
             </channel></rss>"
        )
        .into_bytes()
    }

    fn one(item: &str) -> Incoming {
        read(&rss(item), Some("https://sea.example/feed/")).expect("a feed").stories.pop().expect("a story")
    }

    #[test]
    fn a_story_says_where_it_is_from() {
        let story = one(
            "<title>سفينة &amp;amp; مرفأ</title><link>https://sea.example/1</link><guid isPermaLink='false'>1</guid>\
             <pubDate>Thu, 22 Oct 2020 18:00:00 +0300</pubDate><dc:creator>ليلى حسن</dc:creator>\
             <description>ملخص</description><content:encoded><![CDATA[<p>وصلت <a href='/x'>السفينة</a>.</p>]]></content:encoded>",
        );
        assert_eq!(story.guid, "urn:warraq:feed:sea.example:1");
        assert_eq!((story.draft.headline.as_str(), story.draft.standfirst.as_str()), ("سفينة & مرفأ", "ملخص"));
        assert_eq!(story.draft.kind, Kind::Wire);
        assert_eq!(
            (story.draft.source.name.as_str(), story.draft.source.url.as_str(), story.draft.source.licence.as_str()),
            ("وكالة البحر", "https://sea.example/1", "CC BY 4.0")
        );
        assert!(story.draft.body.contains("https://sea.example/x"), "{}", story.draft.body);
        assert_eq!(story.visibility.published().map(|at| at.to_string()).as_deref(), Some("2020-10-22T15:00:00Z"));
        assert_eq!(story.bylines[0].0.name, "ليلى حسن");
        assert_eq!(story.draft.language.map(|language| language.as_str().to_owned()).as_deref(), Some("ar"));
    }

    #[test]
    fn no_feed_claims_what_is_not_its_own() {
        let item = "<title>x</title><guid>https://victim.example/?p=11</guid>";
        assert_eq!(one(item).guid, "urn:warraq:feed:sea.example:https://victim.example/?p=11");
        let from_file = read(&rss(item), None).expect("a feed").stories.pop().expect("a story");
        assert_eq!(from_file.guid, one(item).guid, "the same from a file of the same feed");
        let long = format!("<title>x</title><guid>{}</guid>", "x".repeat(10_000));
        assert!(one(&long).guid.len() < 200);
    }

    #[test]
    fn no_other_field_of_a_feed_brings_an_address_in() {
        let item = "<title>x</title><guid isPermaLink='false'>tag:layla@sea.example,2026:1</guid><dc:rights>© layla@sea.example</dc:rights>";
        let feed = String::from_utf8(rss(item)).expect("text");
        let feed = feed.replace("<title>وكالة البحر</title>", "<title>layla@sea.example</title>");
        assert!(feed.contains("<title>layla@"), "{feed}");
        let story =
            read(feed.as_bytes(), Some("https://sea.example/feed/")).expect("a feed").stories.pop().expect("a story");
        let (source, guid) = (&story.draft.source, &story.guid);
        assert!(![&source.name, &source.licence, guid].iter().any(|text| text.contains('@')), "{source:?} {guid}");
        assert_eq!(source.name, "sea.example");
        let many: String = (0..500).map(|number| format!("<dc:creator>كاتب {number}</dc:creator>")).collect();
        assert!(one(&format!("<title>x</title>{many}")).bylines.len() <= BYLINES);
    }

    #[test]
    fn addresses_of_people_stay_outside() {
        let name = |author: &str| {
            one(&format!("<title>x</title><author>{author}</author>")).bylines.pop().map(|(term, _)| term.name)
        };
        assert_eq!(name("layla@sea.example (ليلى حسن)").as_deref(), Some("ليلى حسن"));
        assert_eq!(name("layla@sea.example"), None);
        assert_eq!(name("ليلى حسن").as_deref(), Some("ليلى حسن"));
    }

    #[test]
    fn what_has_no_name_is_known_by_what_it_says() {
        let name = |item: &str| one(item).guid;
        let item = "<title>خبر</title><description>نص</description><pubDate>Thu, 22 Oct 2020 18:00:00 +0300</pubDate>";
        assert_eq!(name(item), name(item));
        for other in [item.replace("خبر", "آخر"), item.replace("نص", "آخر"), item.replace("18:00", "19:00")]
        {
            assert_ne!(name(item), name(&other), "{other}");
        }
        assert!(name(item).starts_with("urn:warraq:feed:sea.example:says:"), "{}", name(item));
        let linked = "<title>خبر</title><link>https://sea.example/1</link>";
        assert_eq!(name(linked), name(linked));
    }

    #[test]
    fn of_one_name_the_newest_counts() {
        let item = |day: u32, text: &str| {
            format!(
                "<item><title>{text}</title><guid>1</guid><pubDate>Thu, {day} Oct 2020 18:00:00 +0300</pubDate></item>"
            )
        };
        let feed = format!(
            "<rss version='2.0'><channel><title>x</title>{}{}</channel></rss>",
            item(22, "new"),
            item(15, "old")
        );
        let wire = read(feed.as_bytes(), None).expect("a feed");
        assert_eq!((wire.stories.len(), wire.refused.len()), (1, 1));
        assert_eq!(wire.stories[0].draft.headline, "new");
    }

    #[test]
    fn a_feed_has_an_end() {
        let items: String =
            (0..MOST + 7).map(|n| format!("<item><title>خبر {n}</title><guid>{n}</guid></item>")).collect();
        let feed = format!("<rss version='2.0'><channel><title>x</title>{items}</channel></rss>");
        let wire = read(feed.as_bytes(), None).expect("a feed");
        assert_eq!((wire.stories.len(), wire.left_out), (MOST, 7));
    }

    #[test]
    fn what_has_no_words_is_refused() {
        let wire = read(&rss("<guid>1</guid>"), None).expect("a feed");
        assert_eq!((wire.stories.len(), wire.refused.len()), (0, 1));
        assert_eq!(one("<description>خبر بلا عنوان</description>").draft.headline, "خبر بلا عنوان");
    }

    #[test]
    fn links_that_run_are_no_links() {
        for link in ["javascript:alert(1)", "https://name:secret@sea.example/", "https://reader@sea.example/"] {
            let story = one(&format!("<title>x</title><link>{link}</link>"));
            assert_eq!(story.draft.source.url, "", "{link}");
        }
    }

    #[test]
    fn other_formats_say_the_same() {
        let check = |text: &str| {
            let wire = read(text.as_bytes(), Some("https://a.example/feed")).expect("a feed");
            let story = &wire.stories[0];
            assert_eq!(
                (story.draft.headline.as_str(), story.guid.as_str()),
                ("خبر", "urn:warraq:feed:a.example:urn:1")
            );
            assert!(story.draft.body.contains("نص"), "{}", story.draft.body);
            assert_eq!(story.draft.source.url, "https://a.example/1");
        };
        check(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><id>urn:1</id><title>خبر</title>\
             <link href='https://a.example/1'/><content type='html'>&lt;p&gt;نص&lt;/p&gt;</content></entry></feed>",
        );
        check(
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>A</title><entry><id>urn:1</id><title>خبر</title>\
             <link href='https://a.example/1'/><content type='text/html' mode='escaped'>&lt;p&gt;نص&lt;/p&gt;</content></entry></feed>",
        );
        check(
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"A\",\"items\":[{\"id\":\"urn:1\",\"title\":\"خبر\",\
             \"url\":\"https://a.example/1\",\"content_html\":\"<p>نص</p>\"}]}",
        );
    }

    #[test]
    fn letters_are_read_as_they_were_written() {
        let check = |bytes: &[u8]| {
            let wire = read(bytes, None).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)));
            assert_eq!(wire.stories[0].draft.headline, "خبر");
        };
        let feed = |declaration: &str, rss: &str| {
            format!("{declaration}<{rss}><channel><title>A</title><item><title>خبر</title></item></channel></rss>")
        };
        check(feed("", "rss version='2.0'").as_bytes());
        check(feed("\u{feff}\n<?xml version='1.0'?>", "rss version='2.0'").as_bytes());
        check(feed("<?xml version='1.0' encoding='nonsense'?>", "rss version='0.93'").as_bytes());
        check(feed("", "rss").as_bytes());
        check(feed("", "rss xmlns:x='y'").as_bytes());
        let arabic = feed("<?xml version=\"1.0\" encoding=\"windows-1256\"?>", "rss version='2.0'");
        check(&encoding_rs::WINDOWS_1256.encode(&arabic).0);
        let wide: Vec<u8> = feed("", "rss version='2.0'").encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&wide);
        check(
            feed(&format!("<?xml version='1.0' encoding='utf-8'?><!-- {} -->", "x".repeat(10_000)), "rss").as_bytes(),
        );
    }

    #[test]
    fn traps_are_not_read() {
        let bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><rss version='2.0'><channel><title>&a;</title></channel></rss>";
        assert!(matches!(read(bomb.as_bytes(), None), Err(FeedError::DocumentType)));
        for before in [
            "<!DOCTYPE rss SYSTEM 'http://127.0.0.1/x.dtd'>",
            "<?x y?><!-- <rss> --> <!doctype rss>",
            "<!-- a --><!-- b --><!DOCTYPE x>",
        ] {
            let feed = [before.as_bytes(), &rss("<title>x</title>")["<?xml version='1.0'?>".len()..]].concat();
            assert!(matches!(read(&feed, None), Err(FeedError::DocumentType)), "{before}");
        }
        // What an article says about document types is its own affair.
        let story = "<title>x</title><description><![CDATA[<p>&lt;!DOCTYPE&gt; <!DOCTYPE x [<!ENTITY a 'b'>]></p>]]></description>";
        assert_eq!(one(story).draft.headline, "x");
        assert!(
            read(
                &[b"<!-- <!DOCTYPE x> -->".as_slice(), &rss("<title>x</title>")["<?xml version='1.0'?>".len()..]]
                    .concat(),
                None
            )
            .is_ok()
        );
        for no_feed in ["", "x", "<html></html>", "{}", "<rss version='2.0'><channel>"] {
            let _ = read(no_feed.as_bytes(), None);
        }
        assert!(matches!(read(b"<html></html>", None), Err(FeedError::Unreadable(_))));
    }
}
