//! Feeds: of the publication, of each list, of comments.

use jiff::Timestamp;

use super::listing::{Subject, lives_at};
use super::{article, cards};
use crate::error::Error;
use crate::feeds::{
    self as write, Author, Category, Channel, CommentItem, Direction, Enclosure, InReplyTo, Item, SourceFeed,
};
use crate::interface::Digits;
use crate::news::ArticleId;
use crate::news::article::Summary;
use crate::news::comment::Comment;
use crate::news::html::Html;
use crate::news::language::Language;
use crate::news::media;
use crate::news::published::Published;
use crate::news::section::Tag;
use crate::store::listings::List;
use crate::store::{Db, articles, comments as store, tags};
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::interface::Arg;
use crate::web::making::Making;
use crate::web::reply::Reply;
use crate::web::urls::{Format, ListName, encode};

/// How many articles or comments a feed carries.
const ITEMS: i64 = 20;
const GENERATOR: &str = concat!("Warraq ", env!("CARGO_PKG_VERSION"));

/// A story with what a feed needs beside its summary.
struct Story {
    summary: Published<Summary>,
    body: Html,
    tags: Vec<Tag>,
}

/// `/feed/`
pub(super) async fn site(web: &Making<'_>, format: Format) -> Result<Reply, WebError> {
    let (frame, stories) = web.view(|db, frame| Ok::<_, Error>((frame, stories(db, List::All)?))).await?;
    let channel = channel(
        web,
        &frame,
        frame.site.title.clone(),
        frame.site.tagline.clone(),
        "/",
        &format!("/{}", format.suffix()),
        &stories,
    );
    Ok(document(&channel, format))
}

/// `/tag/x/feed/`
pub(super) async fn list(web: &Making<'_>, name: ListName, format: Format) -> Result<Reply, WebError> {
    let wanted = name.clone();
    if web.is_status_enough() {
        let subject = web.view(move |db, _| Subject::find(db, &wanted)).await?.ok_or(WebError::NotFound)?;
        return match subject.moved(&name) {
            Some(now) => Err(lives_at(&(now.path() + format.suffix()))),
            None => Ok(Reply::nothing()),
        };
    }
    let (frame, found) = web
        .view(move |db, frame| {
            let subject = Subject::find(db, &wanted)?;
            let stories = match &subject {
                Some(subject) => stories(db, subject.list())?,
                None => Vec::new(),
            };
            Ok::<_, Error>((frame, subject.map(|subject| (subject, stories))))
        })
        .await?;
    let (subject, stories) = found.ok_or(WebError::NotFound)?;
    if let Some(now) = subject.moved(&name) {
        return Err(lives_at(&(now.path() + format.suffix())));
    }
    let texts = web.texts(frame.site.language.primary(), frame.digits());
    let title = format!("{} - {}", subject.name(&frame, texts), frame.site.title);
    let path = name.path();
    let channel = channel(
        web,
        &frame,
        title,
        subject.description().to_owned(),
        &path,
        &format!("{path}{}", format.suffix()),
        &stories,
    );
    Ok(document(&channel, format))
}

/// The feed of a search: articles by number, the newest first. `home` and `own` are encoded addresses within the site.
pub(super) async fn found(
    web: &Making<'_>,
    words: &str,
    ids: Vec<ArticleId>,
    home: &str,
    own: &str,
    format: Format,
) -> Result<Reply, WebError> {
    let (frame, stories) = web.view(move |db, frame| Ok::<_, Error>((frame, stories_of(db, &ids)?))).await?;
    let texts = web.texts(frame.site.language.primary(), frame.digits());
    let title = format!("{}: {words} - {}", texts.text("search", &[]), frame.site.title);
    let mut channel = channel(web, &frame, title, String::new(), "/", "/", &stories);
    channel.home_url = frame.site.base_url.join(home);
    channel.self_url = frame.site.base_url.join(own);
    channel.id.clone_from(&channel.home_url);
    Ok(document(&channel, format))
}

/// `/comments/feed/`
pub(super) async fn comments(web: &Making<'_>, format: Format) -> Result<Reply, WebError> {
    let (frame, newest) = web
        .view(|db, frame| {
            let mut newest = Vec::new();
            for comment in store::newest(db, ITEMS)? {
                if let Some(summary) = articles::by_id(db, comment.article)? {
                    newest.push((comment, summary));
                }
            }
            Ok::<_, Error>((frame, newest))
        })
        .await?;
    let texts = web.texts(frame.site.language.primary(), frame.digits());
    let title = format!("{} - {}", texts.text("comments-heading", &[]), frame.site.title);
    let items: Vec<CommentItem> =
        newest.iter().map(|(comment, summary)| comment_item(web, &frame, comment, summary)).collect();
    let mut channel = channel(web, &frame, title, String::new(), "/", &format!("/comments/{}", format.suffix()), &[]);
    channel.updated = newest_of(items.iter().map(|item| item.published));
    Ok(comment_document(&channel, &items, format))
}

/// `<article>feed/`
pub(super) async fn article(web: &Making<'_>, id: ArticleId, format: Format, decoded: &str) -> Result<Reply, WebError> {
    let found = web
        .view(move |db, frame| {
            let Some(summary) = articles::by_id(db, id)? else { return Ok(None) };
            Ok::<_, Error>(Some((frame, summary, store::newest_of(db, id, ITEMS)?)))
        })
        .await?;
    let (frame, summary, newest) = found.ok_or(WebError::NotFound)?;
    let home = cards::path(&frame, &summary);
    let path = format!("{}{}", article::with_slash(&home), format.suffix());
    if path != decoded {
        return Err(WebError::Moved(encode(&path)));
    }
    let texts = web.texts(frame.site.language.primary(), frame.digits());
    let title = format!("{}: {}", texts.text("comments-heading", &[]), summary.headline);
    let items: Vec<CommentItem> = newest.iter().map(|comment| comment_item(web, &frame, comment, &summary)).collect();
    let mut channel = channel(web, &frame, title, String::new(), &home, &path, &[]);
    channel.updated = newest_of(items.iter().map(|item| item.published).chain([summary.published_at]));
    Ok(comment_document(&channel, &items, format))
}

fn stories(db: &mut Db<'_>, list: List) -> Result<Vec<Story>, Error> {
    let summaries = articles::listed(db, list, ITEMS, 0)?;
    with_text(db, summaries)
}

fn stories_of(db: &mut Db<'_>, ids: &[ArticleId]) -> Result<Vec<Story>, Error> {
    let summaries = articles::by_ids(db, ids)?;
    with_text(db, summaries)
}

fn with_text(db: &mut Db<'_>, summaries: Vec<Published<Summary>>) -> Result<Vec<Story>, Error> {
    let mut stories = Vec::new();
    for (summary, body) in articles::with_bodies(db, summaries)? {
        let tags = tags::of_article(db, summary.id)?;
        stories.push(Story { summary, body, tags });
    }
    Ok(stories)
}

fn channel(
    web: &Making<'_>,
    frame: &Frame,
    title: String,
    description: String,
    home: &str,
    own: &str,
    stories: &[Story],
) -> Channel {
    let first_format = own.trim_end_matches("atom/").trim_end_matches("json/");
    Channel {
        id: frame.absolute(first_format),
        title,
        description,
        language: frame.site.language.as_str().to_owned(),
        direction: direction(&frame.site.language),
        home_url: frame.absolute(home),
        self_url: frame.absolute(own),
        updated: newest_of(stories.iter().map(|story| story.summary.updated_at)),
        generator: GENERATOR.into(),
        items: stories.iter().map(|story| item(web, frame, story)).collect(),
        image: frame.emblem(),
        author: Some(Author { name: frame.site.title.clone(), url: Some(frame.absolute("/")) }),
        next_url: None,
        previous_url: None,
        rights: cards::some(&frame.site.settings.licence),
    }
}

/// The newest of the moments; an empty feed says the beginning of time, not now: nothing in it changed.
fn newest_of(moments: impl Iterator<Item = Timestamp>) -> Timestamp {
    moments.max().unwrap_or(Timestamp::UNIX_EPOCH)
}

fn item(web: &Making<'_>, frame: &Frame, story: &Story) -> Item {
    let summary = &story.summary;
    let texts = web.texts(frame.interface_language(web, &summary.language).primary(), frame.digits());
    let path = cards::path(frame, summary);
    let base = article::with_slash(&path);
    let sections = summary.section.iter().map(|section| Category {
        name: section.name.clone(),
        slug: Some(section.path.clone()),
        scheme: Some(frame.absolute("/category/")),
    });
    let tags = story.tags.iter().map(|tag| Category {
        name: tag.name.clone(),
        slug: Some(tag.slug.clone()),
        scheme: Some(frame.absolute("/tag/")),
    });
    let discussed = summary.comments_open || summary.comment_count > 0;
    Item {
        id: summary.id.0,
        guid: summary.guid.clone(),
        guid_is_permalink: false,
        url: frame.absolute(&path),
        title: summary.headline.clone(),
        summary: cards::some(&summary.standfirst)
            .or_else(|| cards::some(&arabic::words::excerpt(&story.body.text(), 280))),
        // The digits of a list are those of the feed reader.
        content_html: cards::body(texts, Digits::Latn, summary.id, &summary.language, &story.body, &[]).0,
        language: summary.language.as_str().to_owned(),
        direction: direction(&summary.language),
        published: summary.published_at,
        updated: (summary.updated_at > summary.published_at).then_some(summary.updated_at),
        authors: summary
            .bylines
            .iter()
            .map(|byline| Author {
                name: byline.person.name.clone(),
                url: Some(frame.absolute(&ListName::Author(byline.person.slug.clone()).path())),
            })
            .collect(),
        categories: sections.chain(tags).collect(),
        comments_url: discussed.then(|| frame.absolute(&path) + "#comments"),
        comments_feed_url: discussed.then(|| frame.absolute(&format!("{base}feed/"))),
        comment_count: summary.comment_count as u32,
        picture: summary.picture.as_ref().map(|picture| Enclosure {
            url: frame.absolute(&media::address_of(&picture.media.file)),
            mime: picture.media.mime.clone(),
            length: picture.media.bytes,
            alt: cards::picture(picture).alt,
            width: picture.media.width,
            height: picture.media.height,
            credit: cards::some(&picture.credit),
        }),
        source: cards::some(&summary.source.name)
            .map(|name| SourceFeed { name, url: cards::some(&summary.source.url) }),
        rights: cards::some(&summary.source.licence).or_else(|| cards::some(&frame.site.settings.licence)),
    }
}

fn comment_item(web: &Making<'_>, frame: &Frame, comment: &Comment, article: &Summary) -> CommentItem {
    let texts = web.texts(frame.site.language.primary(), frame.digits());
    let url = format!("{}#comment-{}", frame.absolute(&cards::path(frame, article)), comment.id);
    let title = texts.text(
        "comment-by",
        &[("name", Arg::from(comment.author.as_str())), ("headline", Arg::from(article.headline.as_str()))],
    );
    CommentItem {
        id: comment.id.0,
        guid: url.clone(),
        url,
        title,
        author: comment.author.clone(),
        author_url: cards::some(&comment.url),
        published: comment.at,
        html: comment.html.as_str().to_owned(),
        language: String::new(),
        direction: write::direction_of(&comment.html.text()).unwrap_or_default(),
        in_reply_to: Some(InReplyTo { guid: article.guid.clone(), url: frame.absolute(&cards::path(frame, article)) }),
    }
}

fn document(channel: &Channel, format: Format) -> Reply {
    match format {
        Format::Rss => Reply::document(write::RSS_MIME, write::rss::feed(channel)),
        Format::Atom => Reply::document(write::ATOM_MIME, write::atom::feed(channel)),
        Format::Json => Reply::document(write::JSON_FEED_MIME, write::json_feed::feed(channel)),
    }
}

fn comment_document(channel: &Channel, items: &[CommentItem], format: Format) -> Reply {
    match format {
        Format::Rss => Reply::document(write::RSS_MIME, write::rss::comments(channel, items)),
        Format::Atom => Reply::document(write::ATOM_MIME, write::atom::comments(channel, items)),
        Format::Json => Reply::document(write::JSON_FEED_MIME, write::json_feed::comments(channel, items)),
    }
}

fn direction(language: &Language) -> Direction {
    match language.direction() {
        arabic::direction::Direction::Rtl => Direction::Rtl,
        arabic::direction::Direction::Ltr => Direction::Ltr,
    }
}
