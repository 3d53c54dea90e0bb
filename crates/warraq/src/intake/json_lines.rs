//! One article a line, as JSON: the bulk way in.
//!
//! Only `title` and some text (`paragraphs` or `body`) must be there. What is not known is refused with its name, so
//! that a spelling mistake does not lose a field.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::identity::PrivateEmail;
use crate::news::article::{CorrectionKind, Draft, Form, Kind, Source};
use crate::news::comment::Status;
use crate::news::incoming::{Incoming, IncomingComment, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;

/// A line, understood.
#[derive(Debug)]
pub struct Line {
    /// The article.
    pub incoming: Incoming,
    /// Its picture, a file beside the one that is read.
    pub picture: Option<Picture>,
    /// What was odd: code and sentence.
    pub oddities: Vec<(&'static str, String)>,
}

/// A picture on top of an article.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Path relative to the file that is read.
    pub file: String,
    /// What it shows.
    #[serde(default)]
    pub alt: String,
    /// What to say under it.
    #[serde(default)]
    pub caption: String,
    /// Who made it.
    #[serde(default)]
    pub credit: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: Option<i64>,
    guid: Option<String>,
    #[serde(rename = "type")]
    form: Option<String>,
    kind: Option<String>,
    language: Option<String>,
    title: String,
    #[serde(default)]
    kicker: String,
    #[serde(default, alias = "excerpt")]
    standfirst: String,
    #[serde(default)]
    slug: String,
    date: Option<String>,
    author: Option<Author>,
    #[serde(default)]
    bylines: Vec<BylineRecord>,
    #[serde(default)]
    categories: Vec<Term>,
    #[serde(default)]
    tags: Vec<Term>,
    #[serde(default)]
    paragraphs: Vec<String>,
    body: Option<String>,
    #[serde(default)]
    source: SourceRecord,
    translation_of: Option<i64>,
    lead_picture: Option<Picture>,
    #[serde(default)]
    corrections: Vec<CorrectionRecord>,
    comments_open: Option<bool>,
    #[serde(default)]
    comments: Vec<CommentRecord>,
    slot: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Author {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BylineRecord {
    #[serde(default)]
    slug: String,
    #[serde(default)]
    name: String,
    role: Option<String>,
    #[serde(default)]
    bio: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    #[serde(default)]
    name: String,
    #[serde(default)]
    slug: String,
    parent: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SourceRecord {
    name: String,
    url: String,
    licence: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionRecord {
    kind: String,
    date: String,
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentRecord {
    id: i64,
    #[serde(default)]
    parent: i64,
    #[serde(default)]
    author: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    ip: String,
    date: Option<String>,
    text: String,
}

/// Understand one line. `source` is the name under which its articles are known from now on, `zone` where days without
/// a time begin and end.
///
/// # Errors
/// What is wrong with the line, in a sentence.
pub fn read(text: &str, line: usize, source: &str, zone: &TimeZone) -> Result<Line, String> {
    let record: Record = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut oddities = Vec::new();
    let guid = match (&record.guid, record.id) {
        (Some(guid), _) => guid.clone(),
        (None, Some(id)) => name_of(source, id),
        (None, None) => format!("{source}#{}", blake3::hash(record.title.as_bytes()).to_hex()),
    };
    let body = match record.body {
        Some(body) => body,
        None => super::saved_page::paragraphs_to_html(&record.paragraphs),
    };
    if body.trim().is_empty() {
        return Err("there is no text: write paragraphs or body".into());
    }
    let word = |what: &str, word: &str| format!("«{word}» is no {what}");
    let published = record.date.as_deref().map(|date| read_time(date, zone)).transpose()?;
    let mut bylines: Vec<(NewTerm, BylineRole)> = Vec::new();
    for byline in record.bylines {
        let role = byline.role.as_deref().unwrap_or("writer");
        let role = BylineRole::parse(role).ok_or_else(|| word("role of a byline", role))?;
        let person = NewTerm { slug: byline.slug, name: byline.name, description: byline.bio, parent: None };
        bylines.push((person, role));
    }
    if let Some(author) = record.author.filter(|_| bylines.is_empty()) {
        bylines.push((NewTerm { slug: author.login, name: author.name, ..NewTerm::default() }, BylineRole::Writer));
    }
    let draft = Draft {
        form: record
            .form
            .as_deref()
            .map_or(Ok(Form::Article), |form| Form::parse(form).ok_or_else(|| word("type", form)))?,
        kind: record
            .kind
            .as_deref()
            .map_or(Ok(Kind::Own), |kind| Kind::parse(kind).ok_or_else(|| word("kind", kind)))?,
        language: record.language.as_deref().map(Language::parse).transpose()?,
        slug: record.slug,
        kicker: record.kicker,
        headline: record.title,
        standfirst: record.standfirst,
        body,
        source: Source { name: record.source.name, url: record.source.url, licence: record.source.licence },
        comments_open: record.comments_open.unwrap_or(true),
        ..Draft::default()
    };
    let mut comments = Vec::with_capacity(record.comments.len());
    for comment in record.comments {
        comments.push(read_comment(comment, &guid, published, zone, &mut oddities)?);
    }
    let mut corrections = Vec::new();
    for correction in record.corrections {
        let kind =
            CorrectionKind::parse(&correction.kind).ok_or_else(|| word("kind of correction", &correction.kind))?;
        corrections.push((kind, correction.note, read_time(&correction.date, zone)?));
    }
    let term = |term: Term| NewTerm { slug: term.slug, name: term.name, parent: term.parent, ..NewTerm::default() };
    let incoming = Incoming {
        line,
        number: record.id,
        visibility: Visibility::Public(published),
        sections: record.categories.into_iter().map(term).collect(),
        tags: record.tags.into_iter().map(term).collect(),
        bylines,
        translation_of: record.translation_of.map(|id| name_of(source, id)),
        corrections,
        slot: record.slot,
        comments,
        ..Incoming::of(guid, draft)
    };
    Ok(Line { incoming, picture: record.lead_picture, oddities })
}

fn read_comment(
    record: CommentRecord,
    article: &str,
    published: Option<Timestamp>,
    zone: &TimeZone,
    oddities: &mut Vec<(&'static str, String)>,
) -> Result<IncomingComment, String> {
    let email = PrivateEmail::parse(&record.email);
    if email.is_err() && !record.email.is_empty() {
        oddities.push((
            "comment-address",
            format!("comment {}: its e-mail address is none; the comment was taken without", record.id),
        ));
    }
    let at = match &record.date {
        Some(date) => read_time(date, zone)?,
        None => published.ok_or_else(|| format!("comment {} has no date, and neither has the article", record.id))?,
    };
    Ok(IncomingComment {
        number: None,
        guid: format!("{article}#comment-{}", record.id),
        parent: (record.parent > 0).then(|| format!("{article}#comment-{}", record.parent)),
        status: Status::Published,
        author: record.author,
        email: email.ok(),
        url: record.url,
        network: record.ip.parse().ok(),
        at,
        text: record.text,
    })
}

/// The name of an article that its source only numbers.
fn name_of(source: &str, id: i64) -> String {
    format!("{source}#{id}")
}

/// Of a day without a time we say noon: so it stays the same day whatever the zone's clocks do.
pub fn at_noon(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    day.at(12, 0, 0, 0).to_zoned(zone.clone()).ok().map(|noon| noon.timestamp())
}

/// RFC 3339, or a day.
fn read_time(text: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let day = || at_noon(text.parse::<Date>().ok()?, zone);
    text.parse::<Timestamp>()
        .ok()
        .or_else(day)
        .ok_or_else(|| format!("«{text}» is no date; write 2020-10-22 or 2020-10-22T18:00:00Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, complaint: Option<&str>) {
        match (read(text, 1, "test", &TimeZone::UTC), complaint) {
            (Ok(_), None) => {}
            (Err(error), Some(part)) => assert!(error.contains(part), "{error}"),
            (found, _) => panic!("{text}: {found:?}"),
        }
    }

    #[test]
    fn reads_a_line_or_says_what_is_wrong() {
        check(r#"{"title":"خبر","paragraphs":["نص"]}"#, None);
        check(r#"{"title":"خبر","body":"<p>نص</p>","date":"2020-10-22"}"#, None);
        check(r#"{"title":"خبر"}"#, Some("no text"));
        check(r#"{"paragraphs":["نص"]}"#, Some("title"));
        check(r#"{"title":"x","paragraphs":["y"],"titel":"z"}"#, Some("titel"));
        check(r#"{"title":"x","paragraphs":["y"],"kind":"rumour"}"#, Some("rumour"));
        check(r#"{"title":"x","paragraphs":["y"],"date":"yesterday"}"#, Some("yesterday"));
        check("{", Some("EOF"));
    }

    #[test]
    fn paragraphs_become_html() {
        let line = read(r#"{"title":"x","paragraphs":["a & b","c"]}"#, 1, "test", &TimeZone::UTC).expect("a line");
        assert_eq!(line.incoming.draft.body.replace('\n', ""), "<p>a &amp; b</p><p>c</p>");
    }
}
