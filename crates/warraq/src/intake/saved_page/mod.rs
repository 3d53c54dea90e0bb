//! What does this saved page say, and which of its words are only furniture?
//!
//! A page reaches us in two ways: as the HTML that a browser saved, or as the plain text that somebody copied out of
//! the window. [`read`] tells them apart by their bytes and gives one [`SavedPage`] with a list of complaints; it is
//! a pure function, so the same bytes always give the same article.
//!
//! - `encoding` turns bytes into text.
//! - `furniture` is the table of phrases that belong to a site and not to an article.
//! - `calendar` reads visible dates.
//! - `plain` finds the article in lines of text.
//! - `tags` tames the markup, `claims` reads what the page says about itself, `prose` turns elements into clean
//!   blocks, and `html` puts the three together.

mod calendar;
mod claims;
mod encoding;
mod furniture;
mod html;
mod plain;
mod prose;
mod tags;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use thiserror::Error;

pub use encoding::Archive;

/// The largest page that is read, in bytes. Real articles with their whole theme around them stay below 2 MB.
pub const SIZE_LIMIT: usize = 10 * 1024 * 1024;

/// What the caller already knows about the page. Every field may be left empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The name of the file, shown in errors; never trusted to say what is inside.
    pub file_name: &'a str,
    /// The language to assume when the page names none (a BCP 47 tag).
    pub language: Option<&'a str>,
    /// The title of our own site, so that a page of the same site does not pass it off as a headline.
    pub site_title: Option<&'a str>,
    /// The tagline of our own site, for the same reason.
    pub tagline: Option<&'a str>,
}

/// One article as it stood on the page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SavedPage {
    /// The headline, as plain text.
    pub headline: String,
    /// The short line above the headline, when the page marks one.
    pub kicker: Option<String>,
    /// The line that introduces the article, when the page marks one or sets one apart.
    pub standfirst: Option<String>,
    /// The names of the writers, in the order of the page.
    pub byline: Vec<String>,
    /// When it was published, as exactly as the page says.
    pub published: Option<Published>,
    /// The text as semantic HTML (`p`, `h2`–`h4`, `blockquote`, lists, `figure`, `table`, inline marks). It is built
    /// from escaped text and a fixed set of elements, but addresses are kept as they stand: sanitise before use.
    pub body_html: String,
    /// The text blocks of the body as plain text, in order: paragraphs, sub-headings, quotations and list items.
    pub paragraphs: Vec<String>,
    /// The language the page claims, else the one its letters suggest, else that of the hints.
    pub language: Option<String>,
    /// The name of the publication.
    pub site_name: Option<String>,
    /// The address that the page gives for itself.
    pub source_url: Option<String>,
    /// The main picture, when it is not already part of the body.
    pub lead_picture: Option<Picture>,
    /// The section under which it appeared.
    pub section: Option<String>,
    /// Its tags, without duplicates.
    pub tags: Vec<String>,
    /// How many comments the page counted.
    pub comment_count: Option<u32>,
}

/// A picture as the page refers to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The address as it stands in the page: absolute, or relative to the saved file.
    pub src: String,
    /// The alternative text; empty when there is none.
    pub alt: String,
    /// The caption under it.
    pub caption: Option<String>,
}

/// A moment of publication with the precision that the page gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// A moment with an offset from UTC.
    Instant(Timestamp),
    /// A date and a time of day in the (unknown) time zone of the publication.
    Local(DateTime),
    /// Only a day.
    Day(Date),
}

/// Something the reader of the receipt should look at; the page was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A stable name, for translations and tests.
    pub code: &'static str,
    /// What happened, in English.
    pub message: String,
    /// The line of the file (from 1) it is about, for plain text.
    pub line: Option<usize>,
}

/// Why a file gave no article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("{file}: the file is empty. Save the page again and check that the text is in it.")]
    Empty {
        /// The name of the file.
        file: String,
    },
    /// More than [`SIZE_LIMIT`].
    #[error(
        "{file}: the file has {bytes} bytes, more than the {SIZE_LIMIT} that a saved page may have. \
         Save the page as «HTML only», or copy its text into a .txt file."
    )]
    TooLarge {
        /// The name of the file.
        file: String,
        /// Its size.
        bytes: usize,
    },
    /// A picture, a PDF, an office document, a program.
    #[error(
        "{file}: this is {what}, not a page or its text (seen at byte {at}). Open it, and save it as HTML or as text."
    )]
    Binary {
        /// The name of the file.
        file: String,
        /// What it seems to be.
        what: &'static str,
        /// The offset of the byte that gave it away.
        at: usize,
    },
    /// A page packed together with its pictures in one file.
    #[error("{file}: this is {kind}. Save the page again, choosing «Web page, HTML only».")]
    PackedPage {
        /// The name of the file.
        file: String,
        /// Which kind of package.
        kind: Archive,
    },
    /// Bytes that fit no encoding we read.
    #[error(
        "{file}: the letters cannot be read: byte {at} is neither UTF-8 nor UTF-16 nor windows-1256{declared}. \
         Open the file in an editor and save it as UTF-8."
    )]
    Encoding {
        /// The name of the file.
        file: String,
        /// The offset of the first byte that is not UTF-8.
        at: usize,
        /// « (the page says …)», or nothing.
        declared: String,
    },
    /// Text, but no article in it.
    #[error("{file}: {reason}. Check that it is the page of one article, with its headline and its text.")]
    NoArticle {
        /// The name of the file.
        file: String,
        /// What was missing.
        reason: &'static str,
    },
}

impl ReadError {
    /// A stable name for translations.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "page-empty",
            Self::TooLarge { .. } => "page-too-large",
            Self::Binary { .. } => "page-binary",
            Self::PackedPage { .. } => "page-packed",
            Self::Encoding { .. } => "page-encoding",
            Self::NoArticle { .. } => "page-no-article",
        }
    }
}

/// Reads one saved page, HTML or plain text, of at most [`SIZE_LIMIT`] bytes.
///
/// # Errors
/// A [`ReadError`] when the bytes are no text, or the text holds no article.
pub fn read(bytes: &[u8], hints: &Hints<'_>) -> Result<(SavedPage, Vec<Warning>), ReadError> {
    let mut warnings = Vec::new();
    let text = encoding::decode(bytes, hints.file_name, &mut warnings)?;
    let mut page = if looks_like_markup(&text) {
        html::read(&text, hints, &mut warnings)?
    } else {
        plain::read(&text, hints, &mut warnings)?
    };
    if page.language.is_none() {
        page.language = guess_language(&page, hints.language);
    }
    if page.published.is_none() {
        warnings.push(Warning {
            code: "no-date",
            message: "the page shows no date of publication; give one with --published".to_owned(),
            line: None,
        });
    }
    Ok((page, warnings))
}

/// Plain paragraphs as HTML: one `p` for each that is not blank, with everything escaped.
#[must_use]
pub fn paragraphs_to_html(paragraphs: &[String]) -> String {
    let mut html = String::new();
    for paragraph in paragraphs.iter().map(|p| p.trim()).filter(|p| !p.is_empty()) {
        html.push_str("<p>");
        prose::escape_into(&mut html, paragraph);
        html.push_str("</p>\n");
    }
    html
}

/// A file is markup when it opens with a tag, or when tags that only a page has appear early on. A plain text that
/// merely mentions `<b>` stays plain.
fn looks_like_markup(text: &str) -> bool {
    let start = text.trim_start();
    let mut end = start.len().min(65_536);
    while !start.is_char_boundary(end) {
        end -= 1;
    }
    let early = start[..end].to_ascii_lowercase();
    let opens_with_tag = early.starts_with("<!doctype")
        || early.starts_with("<!--")
        || early.starts_with("<?xml")
        || (early.starts_with('<') && early[1..].starts_with(|c: char| c.is_ascii_alphabetic()));
    opens_with_tag || ["<html", "<body", "</p>", "</div>", "<br"].iter().any(|tag| early.contains(tag))
}

/// The language by its letters, and for Latin letters by the smallest words; the hint where that does not decide and
/// the script does not contradict it.
fn guess_language(page: &SavedPage, hint: Option<&str>) -> Option<String> {
    const SMALL_WORDS: [(&str, [&str; 8]); 3] = [
        ("en", ["the", "and", "of", "that", "is", "was", "with", "for"]),
        ("fr", ["le", "la", "les", "des", "et", "une", "du", "est"]),
        ("es", ["el", "los", "las", "y", "una", "del", "que", "por"]),
    ];
    let (mut arabic, mut latin, mut persian, mut all) = (0_usize, 0_usize, 0_usize, 0_usize);
    for letter in page.paragraphs.iter().flat_map(|p| p.chars()).filter(|c| c.is_alphabetic()) {
        all += 1;
        arabic += usize::from(furniture::is_arabic_letter(letter));
        latin += usize::from(letter.is_ascii_alphabetic());
        // Persian and Urdu share the script; these letters are frequent there and absent from Arabic.
        persian += usize::from(matches!(letter, 'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' | 'ے' | 'ٹ' | 'ڈ' | 'ں' | 'ہ'));
    }
    if arabic * 2 > all {
        return if persian * 20 < arabic { Some("ar".to_owned()) } else { None };
    }
    let hint_is_rtl =
        hint.is_some_and(|tag| ["ar", "fa", "ur", "he", "ckb", "ps"].contains(&tag.split('-').next().unwrap_or(tag)));
    if latin * 2 > all {
        let words: Vec<&str> = page.paragraphs.iter().flat_map(|p| p.split_whitespace()).take(2_000).collect();
        let count = |small: &[&str; 8]| words.iter().filter(|word| small.contains(word)).count();
        let (language, best) =
            SMALL_WORDS.map(|(tag, small)| (tag, count(&small))).into_iter().max_by_key(|(_, n)| *n)?;
        if best * 12 >= words.len() && hint.is_none_or(|hint| hint_is_rtl || hint.starts_with(language)) {
            return Some(language.to_owned());
        }
    }
    hint.filter(|_| !hint_is_rtl).map(str::to_owned)
}
