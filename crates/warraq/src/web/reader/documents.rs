//! What machines ask for: sitemaps, robots.txt, ads.txt, the stylesheet of a chosen colour.

use jiff::{SignedDuration, Timestamp};

use super::cards;
use crate::error::Error;
use crate::feeds::{SITEMAP_MIME, sitemap as write};
use crate::news::article::Summary;
use crate::news::colour::Colour;
use crate::news::media;
use crate::news::published::Published;
use crate::news::{PersonId, TagId};
use crate::store::listings::{self, List};
use crate::store::{Db, articles, people, tags, timestamp};
use crate::web::error::WebError;
use crate::web::frame::Frame;
use crate::web::making::Making;
use crate::web::reply::{CachePolicy, Reply};
use crate::web::urls::{ListName, encode};

const TEXT: &str = "text/plain; charset=utf-8";
/// How many terms are read at a time.
const STEP: i64 = 1_000;
/// How long what is news now counts as news before we look again.
const NEWS_HOLDS: SignedDuration = SignedDuration::from_mins(5);
/// The sitemap protocol's limit for one file.
const MAX_URLS: i64 = 50_000;

/// `/sitemap.xml` is the index, `/sitemap-2020-10.xml` one month of articles, `/sitemap-site.xml` everything else.
pub(in crate::web) async fn sitemap(web: &Making<'_>, name: &str) -> Result<Reply, WebError> {
    let part = name.trim_start_matches('-').to_owned();
    let xml = web
        .view(move |db, frame| match part.as_str() {
            "" => index(db, &frame).map(Some),
            "site" => terms(db, &frame).map(Some),
            month => {
                match month.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?))) {
                    Some((year, number)) if format!("{year:04}-{number:02}") == month => {
                        articles_of(db, &frame, List::Month(year, number))
                    }
                    _ => Ok(None),
                }
            }
        })
        .await?;
    xml.map(|xml| Reply::document(SITEMAP_MIME, xml)).ok_or(WebError::NotFound)
}

/// `/news-sitemap.xml`: the last two days.
pub(in crate::web) async fn news_sitemap(web: &Making<'_>) -> Result<Reply, WebError> {
    let now = web.desk.clock.now();
    web.holds_until(now.saturating_add(NEWS_HOLDS).unwrap_or(now));
    let xml = web
        .view(move |db, frame| {
            let newest = articles::listed(db, List::All, 1_000, 0)?;
            let recent = newest
                .iter()
                .take_while(|story| now.duration_since(story.published_at) <= SignedDuration::from_hours(48));
            let items: Vec<write::NewsItem> = recent
                .map(|story| write::NewsItem {
                    loc: frame.absolute(&cards::path(&frame, story)),
                    title: story.headline.clone(),
                    language: story.language.as_str().to_owned(),
                    published: story.published_at,
                })
                .collect();
            Ok::<_, Error>(write::news_sitemap(&frame.site.title, &items, now))
        })
        .await?;
    Ok(Reply::document(SITEMAP_MIME, xml))
}

/// `/robots.txt`
pub(in crate::web) async fn robots(web: &Making<'_>) -> Result<Reply, WebError> {
    let frame = web.frame().await?;
    let sitemaps = [frame.absolute("/sitemap.xml"), frame.absolute("/news-sitemap.xml")];
    let turned_away = frame.site.settings.crawlers_turned_away();
    Ok(Reply::document(TEXT, write::robots_txt(&sitemaps, &turned_away)))
}

/// `/ads.txt`
pub(in crate::web) async fn ads(web: &Making<'_>) -> Result<Reply, WebError> {
    let frame = web.frame().await?;
    match frame.site.settings.ads_txt.as_str() {
        "" => Err(WebError::NotFound),
        text => Ok(Reply::document(TEXT, format!("{text}\n"))),
    }
}

/// `/colours/a3271d.css`: the reading site in this colour.
pub(in crate::web) fn colours(name: &str) -> Result<Reply, WebError> {
    let colour = Colour::parse(name).filter(|colour| colour.to_string()[1..] == *name).ok_or(WebError::NotFound)?;
    let mut reply = Reply::document("text/css; charset=utf-8", colour.stylesheet());
    reply.policy = CachePolicy::Immutable;
    Ok(reply)
}

fn index(db: &mut Db<'_>, frame: &Frame) -> Result<String, Error> {
    let mut maps = vec![(frame.absolute("/sitemap-site.xml"), None)];
    for month in listings::months(db)? {
        maps.push((frame.absolute(&format!("/sitemap-{:04}-{:02}.xml", month / 100, month % 100)), None));
    }
    Ok(write::index(&maps))
}

fn articles_of(db: &mut Db<'_>, frame: &Frame, list: List) -> Result<Option<String>, Error> {
    let stories = articles::listed(db, list, MAX_URLS, 0)?;
    let urls: Vec<write::SitemapUrl> =
        stories.iter().map(|story| url(db, frame, story)).collect::<Result<_, Error>>()?;
    Ok((!urls.is_empty()).then(|| write::page(&urls).0))
}

fn url(db: &mut Db<'_>, frame: &Frame, story: &Published<Summary>) -> Result<write::SitemapUrl, Error> {
    let versions = match story.translation_group {
        Some(group) => articles::of_translation_group(db, group)?,
        None => Vec::new(),
    };
    let alternate = |other: &Published<Summary>| write::Alternate {
        language: other.language.as_str().to_owned(),
        url: frame.absolute(&cards::path(frame, other)),
    };
    Ok(write::SitemapUrl {
        loc: frame.absolute(&cards::path(frame, story)),
        lastmod: Some(story.updated_at),
        alternates: versions.iter().map(alternate).collect(),
        images: story.picture.iter().map(|picture| frame.absolute(&media::address_of(&picture.media.file))).collect(),
    })
}

/// The front, standing pages, sections, tags and people.
fn terms(db: &mut Db<'_>, frame: &Frame) -> Result<String, Error> {
    let mut urls = vec![place(frame, "/", None)];
    for (slug, _, updated_at) in articles::pages(db)? {
        urls.push(place(frame, &format!("/{slug}/"), Some(timestamp(updated_at)?)));
    }
    urls.extend(
        frame.sections.iter().map(|section| place(frame, &ListName::Section(section.path.clone()).path(), None)),
    );
    let mut last = TagId(0);
    loop {
        let step = tags::in_use(db, last, STEP)?;
        let Some(newest) = step.last() else { break };
        last = newest.id;
        urls.extend(step.iter().map(|tag| place(frame, &ListName::Tag(tag.slug.clone()).path(), None)));
    }
    let mut last = PersonId(0);
    loop {
        let step = people::in_print(db, last, STEP)?;
        let Some(newest) = step.last() else { break };
        last = newest.id;
        urls.extend(step.iter().map(|person| place(frame, &ListName::Author(person.slug.clone()).path(), None)));
    }
    Ok(write::page(&urls).0)
}

fn place(frame: &Frame, path: &str, lastmod: Option<Timestamp>) -> write::SitemapUrl {
    write::SitemapUrl { loc: frame.site.base_url.join(&encode(path)), lastmod, ..write::SitemapUrl::default() }
}
