//! What does a reader of JSON Feed get?
//!
//! Version 1.1 (<https://www.jsonfeed.org/version/1.1/>). Serialised from borrowed values into one buffer.

use std::borrow::Cow;

use serde::Serialize;

use super::xml::uri;
use super::{Author, Channel, CommentItem, Item, capacity, capacity_of_comments, isolate_for, portable_html, rfc3339};

/// The feed of a channel's articles.
#[must_use]
pub fn feed(channel: &Channel) -> String {
    let items = channel.items.iter().map(|item| entry_of_item(channel, item)).collect();
    serialise(&document(channel, items), capacity(channel))
}

/// The feed of comments: of one article or of the whole site. The channel's items are not used.
#[must_use]
pub fn comments(channel: &Channel, comments: &[CommentItem]) -> String {
    let items = comments.iter().map(|comment| entry_of_comment(channel, comment)).collect();
    serialise(&document(channel, items), capacity_of_comments(comments))
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: Cow<'a, str>,
    feed_url: Cow<'a, str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    items: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    url: Cow<'a, str>,
    title: Cow<'a, str>,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Cow<'a, str>>,
    date_published: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
}

#[derive(Serialize)]
struct Name<'a> {
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: Cow<'a, str>,
    mime_type: &'a str,
    size_in_bytes: u64,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
}

fn document<'a>(channel: &'a Channel, items: Vec<Entry<'a>>) -> Document<'a> {
    Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: uri(&channel.home_url),
        feed_url: uri(&channel.self_url),
        description: &channel.description,
        next_url: channel.next_url.as_deref().map(uri),
        icon: channel.image.as_ref().map(|image| uri(&image.url)),
        authors: channel.author.iter().map(|author| name(channel, author)).collect(),
        language: &channel.language,
        items,
    }
}

fn entry_of_item<'a>(channel: &'a Channel, item: &'a Item) -> Entry<'a> {
    Entry {
        id: &item.guid,
        url: uri(&item.url),
        title: isolate_for(channel.direction, &item.title),
        content_html: portable_html(&item.content_html, &item.url, &item.language, item.direction, channel.direction),
        summary: item.summary.as_deref().map(|summary| isolate_for(channel.direction, summary)),
        image: item.picture.as_ref().map(|picture| uri(&picture.url)),
        date_published: rfc3339(item.published),
        date_modified: item.updated.map(rfc3339),
        authors: item.authors.iter().map(|author| name(channel, author)).collect(),
        tags: item.categories.iter().map(|category| category.name.as_str()).collect(),
        language: &item.language,
        attachments: item
            .picture
            .iter()
            .map(|picture| Attachment {
                url: uri(&picture.url),
                mime_type: &picture.mime,
                size_in_bytes: picture.length,
                title: &picture.alt,
            })
            .collect(),
    }
}

fn entry_of_comment<'a>(channel: &'a Channel, comment: &'a CommentItem) -> Entry<'a> {
    Entry {
        id: &comment.guid,
        url: uri(&comment.url),
        title: isolate_for(channel.direction, &comment.title),
        content_html: portable_html(
            &comment.html,
            &comment.url,
            &comment.language,
            comment.direction,
            channel.direction,
        ),
        summary: None,
        image: None,
        date_published: rfc3339(comment.published),
        date_modified: None,
        authors: vec![Name {
            name: isolate_for(channel.direction, &comment.author),
            url: comment.author_url.as_deref().map(uri),
        }],
        tags: Vec::new(),
        language: &comment.language,
        attachments: Vec::new(),
    }
}

fn name<'a>(channel: &Channel, author: &'a Author) -> Name<'a> {
    Name { name: isolate_for(channel.direction, &author.name), url: author.url.as_deref().map(uri) }
}

/// Strings and numbers only, so that writing cannot fail; an impossible failure gives an empty document, no panic.
fn serialise(document: &Document<'_>, capacity: usize) -> String {
    let mut out = Vec::with_capacity(capacity);
    match serde_json::to_writer(&mut out, document) {
        Ok(()) => String::from_utf8(out).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::Direction;
    use super::super::samples::{any_text, comment, everywhere, site};
    use super::*;

    fn parse(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_required_members_are_there() {
        let found = parse(&feed(&site()));
        assert_eq!(found["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(found["feed_url"], "https://w.example/feed/");
        assert_eq!(found["items"].as_array().unwrap().len(), 2);
        let item = &found["items"][0];
        assert_eq!(item["id"], "https://w.example/?p=1");
        assert_eq!(item["language"], "ar");
        assert_eq!(item["date_published"], "2020-10-23T06:30:00Z");
        assert_eq!(item["date_modified"], "2020-10-24T08:00:00Z");
        assert_eq!(item["tags"], serde_json::json!(["الصين"]));
        assert_eq!(item["attachments"][0]["size_in_bytes"], 48_213);
        assert_eq!(item["authors"][0]["name"], "ليلى حسن");
        assert_eq!(found["items"][1]["language"], "en");
        assert_eq!(found["items"][1]["title"], "\u{2068}China and Egypt\u{2069}");
        assert!(found["items"][1].get("date_modified").is_none());
    }

    #[test]
    fn a_comment_has_an_author_and_an_anchor() {
        let found = parse(&comments(&site(), &[comment(7)]));
        assert_eq!(found["items"][0]["url"], "https://w.example/2020/10/23/a/#comment-7");
        assert_eq!(found["items"][0]["authors"][0]["name"], "قارئ");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any_text()) {
            let found = parse(&feed(&everywhere(&text)));
            let title = isolate_for(Direction::Rtl, &text);
            prop_assert_eq!(found["title"].as_str(), Some(text.as_str()));
            prop_assert_eq!(found["items"][0]["title"].as_str(), Some(&*title));
            prop_assert_eq!(found["items"][0]["id"].as_str(), Some(text.as_str()));
        }
    }
}
