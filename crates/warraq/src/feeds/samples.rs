//! What do the tests of this room talk about?

use jiff::Timestamp;
use proptest::prelude::*;

use super::xml::is_legal;
use super::{Author, Category, Channel, CommentItem, Direction, Enclosure, Image, InReplyTo, Item, SourceFeed};

/// An Arabic publication with one Arabic and one English article.
pub(super) fn site() -> Channel {
    Channel {
        id: "https://w.example/feed/".into(),
        title: "ورّاق".into(),
        description: "شؤون الصين & العالم".into(),
        language: "ar".into(),
        direction: Direction::Rtl,
        home_url: "https://w.example/".into(),
        self_url: "https://w.example/feed/".into(),
        updated: at("2020-10-24T08:00:00Z"),
        generator: "Warraq 0.1.0".into(),
        items: vec![arabic(), english()],
        image: Some(Image { url: "https://w.example/logo.png".into(), width: 96, height: 96 }),
        author: Some(Author { name: "هيئة التحرير".into(), url: None }),
        next_url: Some("https://w.example/feed/?paged=2".into()),
        previous_url: None,
        rights: Some("© 2020".into()),
    }
}

/// A published comment on the first article.
pub(super) fn comment(id: i64) -> CommentItem {
    CommentItem {
        id,
        guid: format!("https://w.example/?p=1#comment-{id}"),
        url: format!("https://w.example/2020/10/23/a/#comment-{id}"),
        title: "قارئ: عنوان".into(),
        author: "قارئ".into(),
        author_url: Some("https://r.example/".into()),
        published: at("2020-10-23T07:00:00Z"),
        html: "<p>شكرًا</p>".into(),
        language: "ar".into(),
        direction: Direction::Rtl,
        in_reply_to: Some(InReplyTo {
            guid: "https://w.example/?p=1".into(),
            url: "https://w.example/2020/10/23/a/".into(),
        }),
    }
}

/// A channel in which every text and every address is `text`.
pub(super) fn everywhere(text: &str) -> Channel {
    let t = || text.to_owned();
    Channel {
        id: t(),
        title: t(),
        description: t(),
        language: t(),
        home_url: t(),
        self_url: t(),
        generator: t(),
        image: Some(Image { url: t(), width: 0, height: 0 }),
        author: Some(Author { name: t(), url: Some(t()) }),
        next_url: Some(t()),
        previous_url: Some(t()),
        rights: Some(t()),
        items: vec![Item {
            guid: t(),
            url: t(),
            title: t(),
            summary: Some(t()),
            content_html: t(),
            language: format!("{text}-x"),
            authors: vec![Author { name: t(), url: Some(t()) }],
            categories: vec![Category { name: t(), slug: Some(t()), scheme: Some(t()) }],
            comments_url: Some(t()),
            comments_feed_url: Some(t()),
            picture: Some(Enclosure { url: t(), mime: t(), alt: t(), credit: Some(t()), ..Enclosure::default() }),
            source: Some(SourceFeed { name: t(), url: Some(t()) }),
            rights: Some(t()),
            ..arabic()
        }],
        ..site()
    }
}

/// Texts of all kinds, those above all that have broken feeds before.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let pieces = "(]]>|]]|>|<|<!--|<a href=\"|&|&amp;|&#0;|\"|'|\t|\n|\r|\r\n|\u{0}|\u{B}|\u{FFFE}|\u{FFFF}\
                  |\u{2028}|\u{202E}|\u{1F600}|الصين|China| ){0,12}";
    prop_oneof![any::<String>(), pieces]
}

/// What must come back of a text: all of it but the characters that XML cannot carry.
pub(super) fn legal(text: &str) -> String {
    text.chars().filter(|c| is_legal(*c)).collect()
}

pub(super) fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn arabic() -> Item {
    Item {
        id: 1,
        guid: "https://w.example/?p=1".into(),
        guid_is_permalink: false,
        url: "https://w.example/2020/10/23/a/".into(),
        title: "الصين وروسيا".into(),
        summary: Some("ملخص <قصير> & واضح".into()),
        content_html: r#"<p>نص <a href="/about/">رابط</a></p>"#.into(),
        language: "ar".into(),
        direction: Direction::Rtl,
        published: at("2020-10-23T06:30:00Z"),
        updated: Some(at("2020-10-24T08:00:00Z")),
        authors: vec![Author { name: "ليلى حسن".into(), url: Some("https://w.example/author/layla/".into()) }],
        categories: vec![Category {
            name: "الصين".into(),
            slug: Some("china".into()),
            scheme: Some("https://w.example/category/".into()),
        }],
        comments_url: Some("https://w.example/2020/10/23/a/#comments".into()),
        comments_feed_url: Some("https://w.example/2020/10/23/a/feed/".into()),
        comment_count: 3,
        picture: Some(Enclosure {
            url: "https://w.example/media/ab/ab12.jpg".into(),
            mime: "image/jpeg".into(),
            length: 48_213,
            alt: "سور".into(),
            width: 1_200,
            height: 800,
            credit: Some("ل. حسن".into()),
        }),
        source: Some(SourceFeed { name: "وكالة".into(), url: Some("https://agency.example/feed/".into()) }),
        rights: Some("CC BY 4.0".into()),
    }
}

fn english() -> Item {
    Item {
        id: 2,
        guid: "https://w.example/2020/10/22/b/".into(),
        guid_is_permalink: true,
        url: "https://w.example/2020/10/22/b/".into(),
        title: "China and Egypt".into(),
        content_html: "<p>Text.</p>".into(),
        language: "en".into(),
        direction: Direction::Ltr,
        published: at("2020-10-22T06:30:00Z"),
        authors: vec![Author { name: "Sara Naguib".into(), url: None }],
        ..Item::default()
    }
}
