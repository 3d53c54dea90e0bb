//! What does an RSS reader get?
//!
//! RSS 2.0 with the extensions that WordPress feeds have carried for twenty years, so that a reader, an aggregator
//! or an importer notices no difference after a move; checked against the RSS Advisory Board's best practices.

use jiff::Timestamp;

use super::xml::{Xml, uri};
use super::{
    Channel, CommentItem, Enclosure, Item, SourceFeed, capacity, capacity_of_comments, html, isolate_for, portable_html,
};

const NAMESPACES: [(&str, &str); 8] = [
    ("version", "2.0"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:wfw", "http://wellformedweb.org/CommentAPI/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:sy", "http://purl.org/rss/1.0/modules/syndication/"),
    ("xmlns:slash", "http://purl.org/rss/1.0/modules/slash/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// The feed of a channel's articles.
#[must_use]
pub fn feed(channel: &Channel) -> String {
    let mut xml = Xml::new(capacity(channel));
    open_channel(&mut xml, channel);
    for item in &channel.items {
        write_item(&mut xml, channel, item);
    }
    xml.finish()
}

/// The feed of comments: of one article or of the whole site. The channel's items are not used.
#[must_use]
pub fn comments(channel: &Channel, comments: &[CommentItem]) -> String {
    let mut xml = Xml::new(capacity_of_comments(comments));
    open_channel(&mut xml, channel);
    for comment in comments {
        write_comment(&mut xml, channel, comment);
    }
    xml.finish()
}

fn open_channel(xml: &mut Xml, channel: &Channel) {
    xml.open("rss", &NAMESPACES);
    xml.open("channel", &[]);
    xml.text("title", &[], &channel.title);
    write_link(xml, "self", &channel.self_url);
    if let Some(next) = &channel.next_url {
        write_link(xml, "next", next);
    }
    if let Some(previous) = &channel.previous_url {
        write_link(xml, "previous", previous);
    }
    xml.address("link", &channel.home_url);
    xml.text("description", &[], &channel.description);
    xml.text("lastBuildDate", &[], &rfc822(channel.updated));
    xml.text_if("language", Some(&channel.language));
    xml.text_if("copyright", channel.rights.as_deref());
    xml.text("sy:updatePeriod", &[], "hourly");
    xml.text("sy:updateFrequency", &[], "1");
    xml.text_if("generator", Some(&channel.generator));
    if let Some(image) = &channel.image {
        xml.open("image", &[]);
        xml.address("url", &image.url);
        xml.text("title", &[], &channel.title);
        xml.address("link", &channel.home_url);
        // RSS allows no larger figures, and they are only a hint: a larger emblem goes without.
        if (1..=144).contains(&image.width) && (1..=400).contains(&image.height) {
            xml.text("width", &[], &image.width.to_string());
            xml.text("height", &[], &image.height.to_string());
        }
        xml.close();
    }
}

fn write_link(xml: &mut Xml, rel: &str, href: &str) {
    xml.empty("atom:link", &[("href", &uri(href)), ("rel", rel), ("type", "application/rss+xml")]);
}

fn write_item(xml: &mut Xml, channel: &Channel, item: &Item) {
    xml.open("item", &[]);
    xml.text("title", &[], &isolate_for(channel.direction, &item.title));
    xml.address("link", &item.url);
    if let Some(comments) = &item.comments_url {
        xml.address("comments", comments);
    }
    for author in &item.authors {
        xml.text("dc:creator", &[], &isolate_for(channel.direction, &author.name));
    }
    xml.text("pubDate", &[], &rfc822(item.published));
    if !item.language.is_empty() && item.language != channel.language {
        xml.text("dc:language", &[], &item.language);
    }
    for category in &item.categories {
        match &category.scheme {
            Some(scheme) => xml.text("category", &[("domain", &uri(scheme))], &category.name),
            None => xml.text("category", &[], &category.name),
        }
    }
    write_guid(xml, &item.guid, item.guid_is_permalink);
    write_description(xml, channel, item);
    let content = portable_html(&item.content_html, &item.url, &item.language, item.direction, channel.direction);
    if !content.is_empty() {
        xml.html("content:encoded", &[], &content);
    }
    if let Some(feed) = &item.comments_feed_url {
        xml.address("wfw:commentRss", feed);
    }
    if item.comments_url.is_some() {
        xml.text("slash:comments", &[], &item.comment_count.to_string());
    }
    if let Some(picture) = &item.picture {
        write_picture(xml, picture);
    }
    match &item.source {
        Some(SourceFeed { name, url: Some(url) }) => xml.text("source", &[("url", &uri(url))], name),
        Some(SourceFeed { name, url: None }) => xml.text("dc:source", &[], name),
        None => {}
    }
    xml.text_if("dc:rights", item.rights.as_deref());
    xml.close();
}

fn write_guid(xml: &mut Xml, guid: &str, is_permalink: bool) {
    xml.text("guid", &[("isPermaLink", if is_permalink { "true" } else { "false" })], guid);
}

/// A description is HTML, so plain text is escaped once for HTML before it is escaped for XML.
fn write_description(xml: &mut Xml, channel: &Channel, item: &Item) {
    let Some(summary) = item.summary.as_deref().filter(|summary| !summary.is_empty()) else {
        return;
    };
    let mut description = String::with_capacity(summary.len() + 16);
    html::escape_into(&mut description, &isolate_for(channel.direction, summary));
    xml.html("description", &[], &description);
}

/// Both forms, because half of the readers know only one of them.
fn write_picture(xml: &mut Xml, picture: &Enclosure) {
    let url = uri(&picture.url);
    let length = picture.length.to_string();
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    xml.empty("enclosure", &[("url", &url), ("length", &length), ("type", &picture.mime)]);
    let all = [
        ("url", url.as_ref()),
        ("type", &picture.mime),
        ("medium", "image"),
        ("fileSize", &length),
        ("width", &width),
        ("height", &height),
    ];
    let has_size = picture.width > 0 && picture.height > 0;
    xml.open("media:content", if has_size { &all } else { &all[..4] });
    if !picture.alt.is_empty() {
        xml.text("media:description", &[("type", "plain")], &picture.alt);
    }
    if let Some(credit) = &picture.credit {
        xml.text("media:credit", &[], credit);
    }
    xml.close();
}

fn write_comment(xml: &mut Xml, channel: &Channel, comment: &CommentItem) {
    xml.open("item", &[]);
    xml.text("title", &[], &isolate_for(channel.direction, &comment.title));
    xml.address("link", &comment.url);
    xml.text("dc:creator", &[], &isolate_for(channel.direction, &comment.author));
    xml.text("pubDate", &[], &rfc822(comment.published));
    write_guid(xml, &comment.guid, false);
    let content = portable_html(&comment.html, &comment.url, &comment.language, comment.direction, channel.direction);
    xml.html("description", &[], &content);
    xml.close();
}

/// RFC 822 with a year of four digits, as RSS asks.
fn rfc822(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{any_text, comment, everywhere, legal, site};
    use super::super::validate::{Element, problems};
    use super::super::{Direction, isolate_for};
    use super::*;

    #[test]
    fn a_full_channel_has_no_problems() {
        assert_eq!(problems(&feed(&site())), Vec::<String>::new());
        assert_eq!(problems(&comments(&site(), &[comment(1), comment(2)])), Vec::<String>::new());
    }

    #[test]
    fn an_empty_channel_has_no_problems() {
        let channel = Channel { items: Vec::new(), image: None, ..site() };
        assert_eq!(problems(&feed(&channel)), Vec::<String>::new());
    }

    #[test]
    fn an_item_says_what_a_wordpress_reader_looks_for() {
        let root = Element::parse(&feed(&site())).unwrap();
        let channel = root.child("channel").unwrap();
        let item = channel.child("item").unwrap();
        let text = |name: &str| item.child(name).unwrap().text.clone();
        assert_eq!(channel.child("language").unwrap().text, "ar");
        assert_eq!(channel.child("lastBuildDate").unwrap().text, "Sat, 24 Oct 2020 08:00:00 +0000");
        assert_eq!(text("pubDate"), "Fri, 23 Oct 2020 06:30:00 +0000");
        assert_eq!(text("dc:creator"), "ليلى حسن");
        assert_eq!(text("slash:comments"), "3");
        assert_eq!(text("wfw:commentRss"), "https://w.example/2020/10/23/a/feed/");
        assert_eq!(text("description"), "ملخص &lt;قصير&gt; &amp; واضح");
        assert_eq!(
            text("content:encoded"),
            r#"<div dir="rtl" lang="ar"><p>نص <a href="https://w.example/about/">رابط</a></p></div>"#
        );
        assert_eq!(item.child("guid").unwrap().attribute("isPermaLink"), Some("false"));
        assert_eq!(item.child("enclosure").unwrap().attribute("length"), Some("48213"));
        assert_eq!(item.child("media:content").unwrap().attribute("width"), Some("1200"));
        assert_eq!(item.child("category").unwrap().attribute("domain"), Some("https://w.example/category/"));
    }

    #[test]
    fn a_headline_in_the_other_direction_is_isolated_and_says_its_language() {
        let root = Element::parse(&feed(&site())).unwrap();
        let second = root.child("channel").unwrap().children_named("item").nth(1).unwrap();
        assert_eq!(second.child("title").unwrap().text, "\u{2068}China and Egypt\u{2069}");
        assert_eq!(second.child("dc:language").unwrap().text, "en");
    }

    #[test]
    fn a_source_without_an_address_is_still_named() {
        let mut channel = site();
        channel.items[0].source = Some(SourceFeed { name: "وكالة".into(), url: None });
        let root = Element::parse(&feed(&channel)).unwrap();
        let item = root.child("channel").unwrap().child("item").unwrap();
        assert_eq!(item.child("dc:source").unwrap().text, "وكالة");
        assert!(item.child("source").is_none());
    }

    #[test]
    fn the_document_is_allocated_once() {
        let mut channel = site();
        channel.items[0].content_html = "<p>نص طويل عن الصين.</p>".repeat(4_000);
        assert!(feed(&channel).len() <= capacity(&channel));
    }

    proptest! {
        #[test]
        fn any_text_anywhere_is_well_formed_and_comes_back(text in any_text()) {
            let channel = everywhere(&text);
            let root = Element::parse(&feed(&channel)).unwrap();
            let found = root.child("channel").unwrap();
            let item = found.child("item").unwrap();
            prop_assert_eq!(&found.child("title").unwrap().text, &legal(&text));
            prop_assert_eq!(&found.child("description").unwrap().text, &legal(&text));
            prop_assert_eq!(&item.child("title").unwrap().text, &legal(&isolate_for(Direction::Rtl, &text)));
            prop_assert_eq!(&item.child("guid").unwrap().text, &legal(&text));
            let body = item.child("content:encoded").map_or("", |content| &content.text);
            let lines = text.replace("\r\n", "\n").replace('\r', "\n");
            prop_assert!(body.contains(&legal(&lines)), "{body:?}");
            prop_assert_eq!(&item.child("category").unwrap().text, &legal(&text));
            let alt = item.child("media:content").unwrap().child("media:description");
            prop_assert_eq!(alt.map_or("", |alt| &alt.text), legal(&text));
        }

        #[test]
        fn any_comment_is_well_formed(text in any_text()) {
            let mut said = comment(1);
            said.title.clone_from(&text);
            said.author.clone_from(&text);
            said.html.clone_from(&text);
            said.url.clone_from(&text);
            let root = Element::parse(&comments(&site(), &[said])).unwrap();
            let item = root.child("channel").unwrap().child("item").unwrap();
            prop_assert_eq!(&item.child("dc:creator").unwrap().text, &legal(&isolate_for(Direction::Rtl, &text)));
        }
    }
}
