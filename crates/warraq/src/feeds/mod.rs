//! How do machines read us? Articles in, bytes out.
//!
//! Everything here is a pure function: no clock, no disk, no network, no database. The caller hands over plain
//! values that are already public, and gets one finished document back. Three rules hold in every format:
//!
//! - whatever text comes in, the document is well formed; a character that XML 1.0 cannot carry is dropped;
//! - an address is absolute and ASCII, also inside the text of an article, because a feed is read far from home;
//! - no field can hold an e-mail address: authors and commenters are a name and at most a public page.

pub mod atom;
mod html;
pub mod json_feed;
pub mod json_ld;
pub mod rss;
pub mod sitemap;
#[doc(hidden)]
pub mod validate;
mod xml;

#[cfg(test)]
mod samples;

use std::borrow::Cow;

use jiff::Timestamp;

pub use html::absolutize;

/// `Content-Type` of [`rss`].
pub const RSS_MIME: &str = "application/rss+xml; charset=utf-8";
/// `Content-Type` of [`atom`].
pub const ATOM_MIME: &str = "application/atom+xml; charset=utf-8";
/// `Content-Type` of [`json_feed`].
pub const JSON_FEED_MIME: &str = "application/feed+json; charset=utf-8";
/// `Content-Type` of [`sitemap`].
pub const SITEMAP_MIME: &str = "application/xml; charset=utf-8";

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One feed: the site's, a section's, a tag's, an author's, a search's, or that of comments.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    /// Never changes, also when the feed is paged: usually the first page's `self_url`.
    pub id: String,
    /// Plain text.
    pub title: String,
    /// The tagline or the section's description; plain text.
    pub description: String,
    /// BCP 47, such as `ar` or `ar-EG`.
    pub language: String,
    /// The direction of `title` and `description`.
    pub direction: Direction,
    /// The page for people that this feed follows; absolute.
    pub home_url: String,
    /// The address of this very document; absolute.
    pub self_url: String,
    /// When anything in the feed last changed.
    pub updated: Timestamp,
    /// Name and version of the program, such as `Warraq 0.1.0`.
    pub generator: String,
    /// Newest first.
    pub items: Vec<Item>,
    /// The publication's emblem.
    pub image: Option<Image>,
    /// Who answers for the feed as a whole; items without an author fall back on it, then on `title`.
    pub author: Option<Author>,
    /// Older items (RFC 5005).
    pub next_url: Option<String>,
    /// Newer items (RFC 5005).
    pub previous_url: Option<String>,
    /// The publication's rights line.
    pub rights: Option<String>,
}

/// The emblem of a channel.
#[derive(Debug, Clone, Default)]
pub struct Image {
    /// Absolute.
    pub url: String,
    /// In pixels; 0 when unknown.
    pub width: u32,
    /// In pixels; 0 when unknown.
    pub height: u32,
}

/// One published article.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// The article's number.
    pub id: i64,
    /// Kept for ever, exactly as first given out.
    pub guid: String,
    /// Whether `guid` is an address that opens the article.
    pub guid_is_permalink: bool,
    /// The article's address; absolute.
    pub url: String,
    /// Plain text.
    pub title: String,
    /// Plain text: the standfirst or an excerpt. Each format escapes it as it must.
    pub summary: Option<String>,
    /// Sanitised HTML. Relative addresses in it are resolved against `url`.
    pub content_html: String,
    /// BCP 47.
    pub language: String,
    /// The direction of the body.
    pub direction: Direction,
    /// First publication.
    pub published: Timestamp,
    /// Last change worth telling, if there was one.
    pub updated: Option<Timestamp>,
    /// In the order of the byline.
    pub authors: Vec<Author>,
    /// Sections, then tags.
    pub categories: Vec<Category>,
    /// Where the discussion stands on the page; `None` when there is none.
    pub comments_url: Option<String>,
    /// The feed of this article's comments.
    pub comments_feed_url: Option<String>,
    /// Published comments.
    pub comment_count: u32,
    /// The lead picture.
    pub picture: Option<Enclosure>,
    /// Where wire copy comes from.
    pub source: Option<SourceFeed>,
    /// Rights or licence, as a sentence.
    pub rights: Option<String>,
}

/// One published comment. It has no field for an address, so no feed can give one away.
#[derive(Debug, Clone, Default)]
pub struct CommentItem {
    /// The comment's number.
    pub id: i64,
    /// Kept for ever.
    pub guid: String,
    /// `…#comment-ID`; absolute.
    pub url: String,
    /// What stands above it, such as «اسم: عنوان», made by the caller in the site's language.
    pub title: String,
    /// The name that the commenter chose.
    pub author: String,
    /// The website that the commenter gave.
    pub author_url: Option<String>,
    /// When it was written.
    pub published: Timestamp,
    /// Sanitised HTML.
    pub html: String,
    /// BCP 47; empty when unknown.
    pub language: String,
    /// Of the text.
    pub direction: Direction,
    /// The article, or the comment that is answered.
    pub in_reply_to: Option<InReplyTo>,
}

/// What a comment answers (RFC 4685).
#[derive(Debug, Clone, Default)]
pub struct InReplyTo {
    /// The guid of the article or comment.
    pub guid: String,
    /// Its address; absolute.
    pub url: String,
}

/// Somebody in a byline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// As printed.
    pub name: String,
    /// Their public page.
    pub url: Option<String>,
}

/// A section or a tag.
#[derive(Debug, Clone, Default)]
pub struct Category {
    /// As printed.
    pub name: String,
    /// The part of the address that stands for it.
    pub slug: Option<String>,
    /// The address of the scheme it belongs to, such as `https://example.org/category/`.
    pub scheme: Option<String>,
}

/// A picture that travels with an article.
#[derive(Debug, Clone, Default)]
pub struct Enclosure {
    /// Absolute.
    pub url: String,
    /// Such as `image/jpeg`.
    pub mime: String,
    /// The true size in bytes.
    pub length: u64,
    /// Alternative text.
    pub alt: String,
    /// In pixels; 0 when unknown.
    pub width: u32,
    /// In pixels; 0 when unknown.
    pub height: u32,
    /// Photographer or agency.
    pub credit: Option<String>,
}

/// Where a republished story was first.
#[derive(Debug, Clone, Default)]
pub struct SourceFeed {
    /// The agency's name.
    pub name: String,
    /// The address of its feed or story, if known.
    pub url: Option<String>,
}

/// Wraps a short text in FSI … PDI when it mostly runs against the direction of its surroundings.
///
/// A reader's program sets headline after headline in one list; without the isolate a Latin name drags the
/// punctuation around it to the wrong side. Text that runs with the channel is left alone: an isolate there would
/// only cost bytes, and FSI would turn an Arabic headline that begins with a Latin word the wrong way round.
#[must_use]
pub fn isolate_for(around: Direction, text: &str) -> Cow<'_, str> {
    match direction_of(text) {
        Some(direction) if direction != around => Cow::Owned(format!("\u{2068}{text}\u{2069}")),
        _ => Cow::Borrowed(text),
    }
}

/// The direction of most letters of a text; the first letter decides a tie, no letters at all is `None`.
#[must_use]
pub fn direction_of(text: &str) -> Option<Direction> {
    let (mut rtl, mut ltr, mut first) = (0usize, 0usize, None);
    for letter in text.chars().filter(|c| c.is_alphabetic()) {
        let direction = if runs_right_to_left(letter) { Direction::Rtl } else { Direction::Ltr };
        match direction {
            Direction::Rtl => rtl += 1,
            Direction::Ltr => ltr += 1,
        }
        first.get_or_insert(direction);
    }
    match rtl.cmp(&ltr) {
        std::cmp::Ordering::Greater => Some(Direction::Rtl),
        std::cmp::Ordering::Less => Some(Direction::Ltr),
        std::cmp::Ordering::Equal => first,
    }
}

/// The blocks that Unicode reserves for right-to-left scripts.
fn runs_right_to_left(letter: char) -> bool {
    matches!(letter,
        '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// A moment as RFC 3339 writes it, in UTC and without fractions of a second.
fn rfc3339(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The body of an item or comment as every format carries it: addresses absolute, language and direction said in
/// the HTML itself wherever a reader's program would otherwise guess left to right.
fn portable_html(html: &str, base: &str, language: &str, direction: Direction, around: Direction) -> String {
    let html = absolutize(html, base);
    if html.is_empty() || (direction == Direction::Ltr && around == Direction::Ltr) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 48);
    out.push_str("<div dir=\"");
    out.push_str(direction.as_str());
    if !language.is_empty() {
        out.push_str("\" lang=\"");
        html::escape_into(&mut out, language);
    }
    out.push_str("\">");
    out.push_str(&html);
    out.push_str("</div>");
    out
}

/// How large the finished document will be, roughly: enough that it is allocated once.
fn capacity(channel: &Channel) -> usize {
    channel.items.iter().fold(2_048, |sum, item| {
        let content = item.content_html.len() + item.content_html.len() / 8;
        sum + 2_048 + content + 2 * item.title.len() + item.summary.as_ref().map_or(0, String::len)
    })
}

/// The same for a feed of comments.
fn capacity_of_comments(comments: &[CommentItem]) -> usize {
    comments.iter().fold(2_048, |sum, comment| sum + 1_024 + comment.html.len() + comment.html.len() / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_isolated(around: Direction, text: &str, isolated: bool) {
        let expected = if isolated { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() };
        assert_eq!(isolate_for(around, text), expected, "{text:?} in {around:?}");
    }

    #[test]
    fn only_text_that_runs_the_other_way_is_isolated() {
        use Direction::{Ltr, Rtl};
        check_isolated(Rtl, "الصين وروسيا", false);
        check_isolated(Rtl, "China and Egypt", true);
        check_isolated(Rtl, "CNN تنقل عن مسؤول صيني", false);
        check_isolated(Rtl, "中国外交部", true);
        check_isolated(Rtl, "2020", false);
        check_isolated(Rtl, "", false);
        check_isolated(Ltr, "الصين", true);
        check_isolated(Ltr, "סין", true);
        check_isolated(Ltr, "China and «الصين»", false);
        check_isolated(Ltr, "«…»", false);
    }

    #[test]
    fn the_body_says_its_direction_where_a_reader_would_guess_wrong() {
        use Direction::{Ltr, Rtl};
        let body = |direction, around| portable_html("<p>x</p>", "https://w.example/", "ar", direction, around);
        assert_eq!(body(Rtl, Rtl), r#"<div dir="rtl" lang="ar"><p>x</p></div>"#);
        assert_eq!(body(Rtl, Ltr), r#"<div dir="rtl" lang="ar"><p>x</p></div>"#);
        assert_eq!(body(Ltr, Rtl), r#"<div dir="ltr" lang="ar"><p>x</p></div>"#);
        assert_eq!(body(Ltr, Ltr), "<p>x</p>");
        assert_eq!(portable_html("", "https://w.example/", "ar", Rtl, Rtl), "");
    }
}
