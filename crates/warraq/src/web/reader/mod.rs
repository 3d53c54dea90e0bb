//! What does a reader ask for? One file per kind of page.

mod article;
pub(super) mod cards;
mod comments;
mod documents;
mod feeds;
mod files;
mod front;
mod listing;
mod own;
mod search;

pub(super) use comments::{post_to_article, post_wordpress};
pub(super) use documents::{ads, colours, news_sitemap, robots, sitemap};
pub(super) use files::{asset, media, theme};
pub(super) use own::{
    ask as ask_for_own_comments, erase as erase_own_comments, file as own_file, form as own_comments, show as own_link,
};
pub(super) use search::{feed as search_feed, propose as search_proposals, show as search};

use http::StatusCode;

use crate::desk::searches;
use crate::error::Error;
use crate::store::Db;
use crate::store::old_addresses::{self, LeadsTo};

use super::error::WebError;
use super::making::Making;
use super::reply::{CachePolicy, Reply};
use super::urls::{Address, FeedOf, Format, Part, decode, encode};

/// The page at an address. `path` and `query` are as they were sent; of the query only the parameters that a page
/// knows are looked at.
pub(super) async fn page(web: &Making<'_>, path: &str, query: Option<&str>) -> Result<Reply, WebError> {
    match at_address(web, path, query).await {
        // What somebody said of the address counts for more than what its last piece lets us guess.
        Err(missing @ (WebError::NotFound | WebError::Gone(_) | WebError::Moved(_))) => {
            by_old_address(web, path, query).await?.ok_or(missing)
        }
        found => found,
    }
}

/// What has no page (or no longer one) may have had one at the site that moved in, or an editor sends its readers on. A
/// smaller copy of a picture leads to the picture.
async fn by_old_address(web: &Making<'_>, path: &str, query: Option<&str>) -> Result<Option<Reply>, WebError> {
    let whole = query.filter(|_| path == "/").map_or_else(|| path.to_owned(), |query| format!("/?{query}"));
    let path = wordpress::addresses::normal(&whole);
    let original = wordpress::addresses::without_size(&path).map(|(path, _)| path);
    old_address(web, std::iter::once(path).chain(original).collect()).await
}

/// Where the first of these paths leads that leads anywhere.
async fn old_address(web: &Making<'_>, paths: Vec<String>) -> Result<Option<Reply>, WebError> {
    let find = move |db: &mut Db<'_>| {
        for path in &paths {
            if let Some(leads_to) = old_addresses::find(db, path)? {
                return Ok::<_, Error>(Some(leads_to));
            }
        }
        Ok(None)
    };
    match web.view(move |db, _| find(db)).await? {
        None => Ok(None),
        Some(LeadsTo::Article(id)) => article::short(web, id.0).await.map(Some),
        Some(LeadsTo::Place(place)) => Err(WebError::Moved(place.as_str().to_owned())),
    }
}

async fn at_address(web: &Making<'_>, path: &str, query: Option<&str>) -> Result<Reply, WebError> {
    let decoded = decode(path).ok_or(WebError::NotFound)?;
    let frame = web.frame().await?;
    if decoded == "/"
        && let Some(reply) = by_parameter(web, query).await?
    {
        return Ok(reply);
    }
    let address = Address::read(&decoded, &frame.site.permalink).ok_or(WebError::NotFound)?;
    if let Some(canonical) = address.path().filter(|canonical| *canonical != decoded) {
        return Err(WebError::Moved(encode(&canonical)));
    }
    match address {
        Address::Front(1) => front::show(web).await,
        Address::Front(page) => listing::latest(web, page).await,
        Address::List(list, page) => listing::show(web, list, page).await,
        Address::Feed(FeedOf::Site, format) => feeds::site(web, format).await,
        Address::Feed(FeedOf::Comments, format) => feeds::comments(web, format).await,
        Address::Feed(FeedOf::List(list), format) => feeds::list(web, list, format).await,
        Address::Short(id) => article::short(web, id).await,
        Address::Article(wanted, Part::Comments) => article::discussion_address(web, wanted).await,
        Address::Article(wanted, part) => {
            article::show(web, wanted, part, &decoded, parameter(query, "replytocom")).await
        }
    }
}

/// `/?p=12`, `/?page_id=12`, `/?s=words`, `/?feed=rss2`: the addresses that WordPress gives before it has better ones.
async fn by_parameter(web: &Making<'_>, query: Option<&str>) -> Result<Option<Reply>, WebError> {
    let words = query.and_then(|query| {
        url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "s").map(|(_, words)| words.into_owned())
    });
    if let Some(words) = words {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &words).finish();
        let mut reply = Reply::redirect(StatusCode::MOVED_PERMANENTLY, &format!("/search?{query}"));
        if searches::is_personal(&words) {
            reply.policy = CachePolicy::Never;
        }
        return Ok(Some(reply));
    }
    if let Some(feed) = old_feed(query) {
        return Ok(Some(Reply::redirect(StatusCode::MOVED_PERMANENTLY, &feed)));
    }
    let id = ["p", "page_id"].iter().find_map(|name| parameter(query, name));
    match id {
        Some(id) => article::short(web, id).await.map(Some),
        None => old_address(web, old_queries(query)).await,
    }
}

/// Where the feed is that a query asks for: `feed=atom`, `feed=comments-rss2`.
fn old_feed(query: Option<&str>) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query?.as_bytes());
    let (_, kind) = pairs.find(|(name, _)| name == "feed")?;
    let (of, kind) = match kind.strip_prefix("comments-") {
        Some(kind) => (FeedOf::Comments, kind),
        None => (FeedOf::Site, &*kind),
    };
    Address::Feed(of, Format::read(&[kind])?).path()
}

/// Does a query have a parameter that any page of a reader looks at?
pub(super) fn knows_parameter(query: Option<&str>) -> bool {
    const OWN: [&str; 5] = ["s", "p", "page_id", "feed", "replytocom"];
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.any(|(name, _)| OWN.contains(&&*name) || OLD_NAMES.contains(&&*name))
}

/// The parameters by which WordPress finds lists and files.
const OLD_NAMES: [&str; 9] =
    ["attachment_id", "cat", "tag", "author", "m", "name", "pagename", "category_name", "author_name"];

/// Those of a query, each as the address that consists of it alone.
fn old_queries(query: Option<&str>) -> Vec<String> {
    let pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let known = pairs.filter(|(name, _)| OLD_NAMES.contains(&&**name)).take(OLD_NAMES.len());
    known.map(|(name, value)| wordpress::addresses::normal(&format!("/?{name}={value}"))).collect()
}

/// The number behind a parameter of the query.
fn parameter(query: Option<&str>, name: &str) -> Option<i64> {
    let pairs = url::form_urlencoded::parse(query?.as_bytes());
    pairs.filter(|(key, _)| key == name).find_map(|(_, value)| value.parse().ok())
}
