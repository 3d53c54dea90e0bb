//! What does an Atom reader get?
//!
//! RFC 4287, with threading (RFC 4685) for comments and paging (RFC 5005). Of the three formats this one says the
//! most: each entry carries its own language, its last change, and the number of answers.

use super::xml::{Xml, uri};
use super::{Author, Channel, CommentItem, Item, capacity, capacity_of_comments, isolate_for, portable_html, rfc3339};

/// The feed of a channel's articles.
#[must_use]
pub fn feed(channel: &Channel) -> String {
    let mut xml = Xml::new(capacity(channel));
    open_feed(&mut xml, channel);
    for item in &channel.items {
        write_entry(&mut xml, channel, item);
    }
    xml.finish()
}

/// The feed of comments: of one article or of the whole site. The channel's items are not used.
#[must_use]
pub fn comments(channel: &Channel, comments: &[CommentItem]) -> String {
    let mut xml = Xml::new(capacity_of_comments(comments));
    open_feed(&mut xml, channel);
    for comment in comments {
        write_comment(&mut xml, channel, comment);
    }
    xml.finish()
}

fn open_feed(xml: &mut Xml, channel: &Channel) {
    let namespaces = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:thr", "http://purl.org/syndication/thread/1.0"),
        ("xml:lang", &channel.language),
    ];
    xml.open("feed", &namespaces);
    xml.address("id", &channel.id);
    xml.text("title", &[("type", "text")], &channel.title);
    if !channel.description.is_empty() {
        xml.text("subtitle", &[("type", "text")], &channel.description);
    }
    xml.text("updated", &[], &rfc3339(channel.updated));
    write_link(xml, "alternate", "text/html", &channel.home_url);
    write_link(xml, "self", "application/atom+xml", &channel.self_url);
    if let Some(next) = &channel.next_url {
        write_link(xml, "next", "application/atom+xml", next);
    }
    if let Some(previous) = &channel.previous_url {
        write_link(xml, "previous", "application/atom+xml", previous);
    }
    // An entry without an author would make the feed invalid, so the feed always names one.
    match &channel.author {
        Some(author) => write_author(xml, channel, author),
        None => write_author(xml, channel, &Author { name: channel.title.clone(), url: None }),
    }
    xml.text_if("generator", Some(&channel.generator));
    if let Some(image) = &channel.image {
        xml.address("logo", &image.url);
    }
    xml.text_if("rights", channel.rights.as_deref());
}

fn write_link(xml: &mut Xml, rel: &str, mime: &str, href: &str) {
    xml.empty("link", &[("rel", rel), ("type", mime), ("href", &uri(href))]);
}

fn write_author(xml: &mut Xml, channel: &Channel, author: &Author) {
    xml.open("author", &[]);
    xml.text("name", &[], &isolate_for(channel.direction, &author.name));
    if let Some(url) = &author.url {
        xml.address("uri", url);
    }
    xml.close();
}

fn write_entry(xml: &mut Xml, channel: &Channel, item: &Item) {
    open_entry(xml, channel, &item.language);
    xml.text("id", &[], &item.guid);
    xml.text("title", &[("type", "text")], &isolate_for(channel.direction, &item.title));
    write_link(xml, "alternate", "text/html", &item.url);
    xml.text("published", &[], &rfc3339(item.published));
    xml.text("updated", &[], &rfc3339(item.updated.unwrap_or(item.published)));
    for author in &item.authors {
        write_author(xml, channel, author);
    }
    for category in &item.categories {
        let scheme = category.scheme.as_deref().map(uri).unwrap_or_default();
        let term = category.slug.as_deref().unwrap_or(&category.name);
        let all = [("term", term), ("label", &category.name), ("scheme", scheme.as_ref())];
        xml.empty("category", if scheme.is_empty() { &all[..2] } else { &all });
    }
    if let Some(summary) = item.summary.as_deref().filter(|summary| !summary.is_empty()) {
        xml.text("summary", &[("type", "text")], &isolate_for(channel.direction, summary));
    }
    let content = portable_html(&item.content_html, &item.url, &item.language, item.direction, channel.direction);
    xml.html("content", &[("type", "html")], &content);
    write_replies(xml, item);
    if let Some(picture) = &item.picture {
        let length = picture.length.to_string();
        let attributes = [
            ("rel", "enclosure"),
            ("type", picture.mime.as_str()),
            ("length", &length),
            ("title", &picture.alt),
            ("href", &uri(&picture.url)),
        ];
        xml.empty("link", &attributes);
    }
    if let Some(source) = &item.source {
        xml.open("source", &[]);
        if let Some(url) = &source.url {
            xml.address("id", url);
        }
        xml.text("title", &[("type", "text")], &source.name);
        if let Some(url) = &source.url {
            xml.empty("link", &[("rel", "alternate"), ("href", &uri(url))]);
        }
        xml.close();
    }
    xml.text_if("rights", item.rights.as_deref());
    xml.close();
}

fn open_entry(xml: &mut Xml, channel: &Channel, language: &str) {
    if language.is_empty() || language == channel.language {
        xml.open("entry", &[]);
    } else {
        xml.open("entry", &[("xml:lang", language)]);
    }
}

fn write_replies(xml: &mut Xml, item: &Item) {
    let count = item.comment_count.to_string();
    let both = [(&item.comments_url, "text/html"), (&item.comments_feed_url, "application/atom+xml")];
    for (url, mime) in both {
        if let Some(url) = url {
            xml.empty("link", &[("rel", "replies"), ("type", mime), ("href", &uri(url)), ("thr:count", &count)]);
        }
    }
    if item.comments_url.is_some() {
        xml.text("thr:total", &[], &count);
    }
}

fn write_comment(xml: &mut Xml, channel: &Channel, comment: &CommentItem) {
    open_entry(xml, channel, &comment.language);
    xml.text("id", &[], &comment.guid);
    xml.text("title", &[("type", "text")], &isolate_for(channel.direction, &comment.title));
    write_link(xml, "alternate", "text/html", &comment.url);
    xml.text("published", &[], &rfc3339(comment.published));
    xml.text("updated", &[], &rfc3339(comment.published));
    write_author(xml, channel, &Author { name: comment.author.clone(), url: comment.author_url.clone() });
    let content = portable_html(&comment.html, &comment.url, &comment.language, comment.direction, channel.direction);
    xml.html("content", &[("type", "html")], &content);
    if let Some(answered) = &comment.in_reply_to {
        let attributes = [("ref", answered.guid.as_str()), ("href", &uri(&answered.url)), ("type", "text/html")];
        xml.empty("thr:in-reply-to", &attributes);
    }
    xml.close();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Direction;
    use super::super::samples::{any_text, comment, everywhere, legal, site};
    use super::super::validate::{Element, problems};
    use super::*;

    #[test]
    fn a_full_feed_has_no_problems() {
        assert_eq!(problems(&feed(&site())), Vec::<String>::new());
        assert_eq!(problems(&comments(&site(), &[comment(1), comment(2)])), Vec::<String>::new());
    }

    #[test]
    fn a_feed_without_any_author_is_still_valid() {
        let mut channel = site();
        channel.author = None;
        channel.items[0].authors.clear();
        let written = feed(&channel);
        assert_eq!(problems(&written), Vec::<String>::new());
        let root = Element::parse(&written).unwrap();
        assert_eq!(root.child("author").unwrap().child("name").unwrap().text, channel.title);
    }

    #[test]
    fn an_entry_carries_its_language_change_and_answers() {
        let root = Element::parse(&feed(&site())).unwrap();
        let entries: Vec<_> = root.children_named("entry").collect();
        assert_eq!(root.attribute("xml:lang"), Some("ar"));
        assert_eq!(entries[0].attribute("xml:lang"), None);
        assert_eq!(entries[1].attribute("xml:lang"), Some("en"));
        assert_eq!(entries[0].child("published").unwrap().text, "2020-10-23T06:30:00Z");
        assert_eq!(entries[0].child("updated").unwrap().text, "2020-10-24T08:00:00Z");
        assert_eq!(entries[1].child("updated").unwrap().text, entries[1].child("published").unwrap().text);
        assert_eq!(entries[0].child("thr:total").unwrap().text, "3");
        let category = entries[0].child("category").unwrap();
        assert_eq!((category.attribute("term"), category.attribute("label")), (Some("china"), Some("الصين")));
    }

    #[test]
    fn a_comment_says_what_it_answers() {
        let root = Element::parse(&comments(&site(), &[comment(7)])).unwrap();
        let answered = root.child("entry").unwrap().child("thr:in-reply-to").unwrap();
        assert_eq!(answered.attribute("ref"), Some("https://w.example/?p=1"));
    }

    proptest! {
        #[test]
        fn any_text_anywhere_is_well_formed_and_comes_back(text in any_text()) {
            let root = Element::parse(&feed(&everywhere(&text))).unwrap();
            let entry = root.child("entry").unwrap();
            prop_assert_eq!(&root.child("title").unwrap().text, &legal(&text));
            prop_assert_eq!(&entry.child("title").unwrap().text, &legal(&isolate_for(Direction::Rtl, &text)));
            prop_assert_eq!(&entry.child("id").unwrap().text, &legal(&text));
            prop_assert_eq!(entry.child("category").unwrap().attribute("label").map(str::to_owned), Some(legal(&text)));
            let content = entry.child("content").unwrap();
            prop_assert!(content.children.is_empty(), "HTML stays text, it never becomes elements");
        }
    }
}
