//! Which routes are there, and who may call them? All of them, on one screen.
//!
//! A path becomes a [`Place`]; a place and a method have a [`Policy`]. Both functions are exhaustive matches, so that a
//! new place does not compile until somebody has said who may call it. What readers can type (articles, lists, feeds)
//! depends on the publication's permalink form and is read further in `urls.rs`.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Body;

use super::encoding::Encoding;
use super::error::WebError;
use super::guard::{Policy, client_address, is_cross_site};
use super::making::Making;
use super::newsroom::{self, Room};
use super::reply::{self, CachePolicy, Ready, Reply};
use super::urls::Format;
use super::{Web, gallery, machine, reader};
use crate::cache::{Attempt, Made};

/// The longest form of a guest, in bytes. The text itself has a limit of its own.
const MAX_FORM: usize = 128 * 1024;

/// The longest path whose page is kept, in bytes.
const MAX_KEPT_PATH: usize = 1024;

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    // Machines
    /// `/healthz`
    Health,
    /// `/readyz`
    Ready,
    /// `/robots.txt`
    Robots,
    /// `/ads.txt`
    Ads,
    /// `/sitemap.xml` (empty), `/sitemap-2020-10.xml`
    Sitemap(String),
    /// `/news-sitemap.xml`
    NewsSitemap,
    // Files
    /// `/colours/….css`
    Colours(String),
    /// `/assets/…`
    Asset(String),
    /// `/media/…`
    Media(String),
    /// `/theme/…`
    Theme(String),
    // Those who work on a theme
    /// `/dev/gallery`, `/dev/gallery/3`
    Gallery(Option<usize>),
    // Readers
    /// `/search`
    Search,
    /// `/search/feed/`, `/search/feed/atom/`
    SearchFeed(Format),
    /// `/search/suggestions`
    SearchProposals,
    // Readers who look after what is kept of them
    /// `/your-comments`
    OwnComments,
    /// `/your-comments/…`: by the link of a letter
    OwnLink(String),
    /// `/your-comments/…/comments.json`
    OwnFile(String),
    // Those who work here
    /// `/newsroom/…`
    Newsroom(Room),
    // Readers who write
    /// `/wp-comments-post.php`: a comment as WordPress themes and clients send it
    WordPressComment,
    /// Everything else
    Reader,
}

impl Place {
    /// What a path (still encoded) leads to.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let under = |folder: &str| path.strip_prefix(folder).map(str::to_owned);
        match path {
            "/healthz" => Self::Health,
            "/readyz" => Self::Ready,
            "/robots.txt" => Self::Robots,
            "/ads.txt" => Self::Ads,
            "/sitemap.xml" => Self::Sitemap(String::new()),
            "/news-sitemap.xml" => Self::NewsSitemap,
            "/search" | "/search/" => Self::Search,
            "/search/feed/" | "/search/feed" => Self::SearchFeed(Format::Rss),
            "/search/feed/atom/" => Self::SearchFeed(Format::Atom),
            "/search/feed/json/" => Self::SearchFeed(Format::Json),
            "/search/suggestions" => Self::SearchProposals,
            "/wp-comments-post.php" => Self::WordPressComment,
            "/your-comments" | "/your-comments/" => Self::OwnComments,
            "/dev/gallery" | "/dev/gallery/" => Self::Gallery(None),
            _ => None
                .or_else(|| Room::of(path).map(Self::Newsroom))
                .or_else(|| Some(Self::Sitemap(under("/sitemap-")?.strip_suffix(".xml")?.to_owned())))
                .or_else(|| Some(Self::Colours(under("/colours/")?.strip_suffix(".css")?.to_owned())))
                .or_else(|| Some(Self::OwnFile(under("/your-comments/")?.strip_suffix("/comments.json")?.to_owned())))
                .or_else(|| under("/your-comments/").map(Self::OwnLink))
                .or_else(|| under("/assets/").map(Self::Asset))
                .or_else(|| under("/media/").map(Self::Media))
                .or_else(|| under("/theme/").map(Self::Theme))
                .or_else(|| Some(Self::Gallery(Some(under("/dev/gallery/")?.parse().ok()?))))
                .unwrap_or(Self::Reader),
        }
    }

    /// Who may call it with this method; `None`: nobody.
    #[must_use]
    pub fn policy(&self, method: &Method) -> Option<Policy> {
        let reads = *method == Method::GET || *method == Method::HEAD;
        let posts = *method == Method::POST;
        match self {
            Self::Health | Self::Ready => reads.then_some(Policy::Health),
            Self::Robots
            | Self::Ads
            | Self::Colours(_)
            | Self::Sitemap(_)
            | Self::NewsSitemap
            | Self::Asset(_)
            | Self::Media(_)
            | Self::Theme(_)
            | Self::Gallery(_)
            | Self::Search
            | Self::SearchFeed(_)
            | Self::SearchProposals
            | Self::OwnFile(_) => reads.then_some(Policy::Public),
            Self::Newsroom(room) => room.access(method).map(Policy::Newsroom),
            Self::WordPressComment => posts.then_some(Policy::GuestWrite),
            Self::Reader | Self::OwnComments | Self::OwnLink(_) if reads => Some(Policy::Public),
            Self::Reader | Self::OwnComments | Self::OwnLink(_) => posts.then_some(Policy::GuestWrite),
        }
    }

    /// What it can be asked for, as `Allow` says it. A reader's address that takes a form says so itself.
    fn methods(&self) -> &'static str {
        match self {
            Self::Newsroom(room) => room.methods(),
            Self::OwnComments | Self::OwnLink(_) => "GET, HEAD, POST",
            _ if self.policy(&Method::GET).is_some() => "GET, HEAD",
            _ => "POST",
        }
    }
}

/// One request, from the policy to the finished answer. Cannot fail: what goes wrong becomes a page.
pub async fn serve<B>(web: &Arc<Web>, peer: SocketAddr, request: Request<B>) -> Response<reply::Body>
where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let (parts, body) = request.into_parts();
    let place = Place::of(parts.uri.path());
    let form = Encoding::accepted(&parts.headers);
    if let Place::Newsroom(room) = &place {
        let from = client_address(peer, &parts.headers, &web.config.trusted_proxies);
        return newsroom::serve(web, room, &parts, body, from).await.ready(form).answer(&parts.method, &parts.headers);
    }
    let answer = match place.policy(&parts.method) {
        Some(Policy::Public | Policy::Health) => answer(web, &place, parts.uri.path(), parts.uri.query(), form).await,
        Some(Policy::GuestWrite) => {
            let from = client_address(peer, &parts.headers, &web.config.trusted_proxies);
            let making = Making::new(web);
            let result = write(&making, &place, parts.uri.path(), &parts.headers, body, from).await;
            Arc::new(or_page(&making, result).await.ready(form))
        }
        Some(Policy::Newsroom(_)) | None => {
            let refused = WebError::MethodNotAllowed(place.methods());
            Arc::new(refused.into_reply(&Making::new(web)).await.ready(form))
        }
    };
    answer.answer(&parts.method, &parts.headers)
}

/// What a reader would be told who opens this address (a path, encoded, perhaps with a query). The page of an article is
/// not made for it: an import asks some ten thousand addresses.
pub async fn status(web: &Web, address: &str) -> StatusCode {
    told(web, address).await.0
}

/// As [`status`], and where the reader is sent on to (encoded), if so.
pub async fn told(web: &Web, address: &str) -> (StatusCode, Option<String>) {
    let Ok(uri) = address.parse::<Uri>() else { return (StatusCode::BAD_REQUEST, None) };
    let place = Place::of(uri.path());
    let making = Making::of_status(web);
    match place.policy(&Method::GET) {
        Some(Policy::Newsroom(_)) => (StatusCode::SEE_OTHER, None),
        Some(_) => match read(&making, &place, uri.path(), uri.query()).await {
            Ok(reply) => (reply.status, reply.location().map(str::to_owned)),
            Err(WebError::Moved(to)) => (StatusCode::MOVED_PERMANENTLY, Some(to)),
            Err(error) => (error.status(), None),
        },
        None => (StatusCode::METHOD_NOT_ALLOWED, None),
    }
}

/// The answer for everybody who asks this, kept or made.
async fn answer(web: &Web, place: &Place, path: &str, query: Option<&str>, form: Encoding) -> Arc<Ready> {
    if !is_kept(web, place, path, query) {
        let making = Making::new(web);
        let result = read(&making, place, path, query).await;
        return Arc::new(or_page(&making, result).await.ready(form));
    }
    let name = format!("{}{path}", form.letter());
    let make = || async {
        let making = Making::new(web);
        let result = read(&making, place, path, query).await;
        let reply = or_page(&making, result).await;
        let (trace, until) = making.seen();
        let is_for_all = reply.policy != CachePolicy::Never || is_missing(reply.status);
        let failed = reply.status.is_server_error();
        let value = reply.ready(form);
        match (failed, is_for_all) {
            (true, _) => Attempt::Failed(value),
            (false, true) => Attempt::Keep(Made { bytes: value.bytes(), value, trace, until }),
            (false, false) => Attempt::Once(value),
        }
    };
    web.kept.find(&name, web.desk.clock.now(), make).await
}

/// May the answer be given to the next who asks? Only where it depends on nothing but the path. Parameters that no page
/// knows do not count; those that one knows lead elsewhere or are somebody's own.
fn is_kept(web: &Web, place: &Place, path: &str, query: Option<&str>) -> bool {
    let by_path_alone = match place {
        Place::Robots | Place::Ads | Place::Sitemap(_) | Place::NewsSitemap | Place::Asset(_) => true,
        Place::Reader => !reader::knows_parameter(query),
        _ => false,
    };
    by_path_alone && path.len() <= MAX_KEPT_PATH && web.config.cache_megabytes > 0 && !web.development
}

fn is_missing(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE)
}

/// What went wrong becomes a page.
async fn or_page(making: &Making<'_>, result: Result<Reply, WebError>) -> Reply {
    match result {
        Ok(reply) => reply,
        Err(error) => error.into_reply(making).await,
    }
}

/// Path and query are all that a page for everybody gets to know.
async fn read(web: &Making<'_>, place: &Place, path: &str, query: Option<&str>) -> Result<Reply, WebError> {
    match place {
        Place::Health => Ok(machine::health()),
        Place::Ready => Ok(machine::ready(web).await),
        Place::Robots => reader::robots(web).await,
        Place::Ads => reader::ads(web).await,
        Place::Colours(name) => reader::colours(name),
        Place::Sitemap(part) => reader::sitemap(web, part).await,
        Place::NewsSitemap => reader::news_sitemap(web).await,
        Place::Asset(path) => reader::asset(path),
        Place::Media(path) => reader::media(web, path).await,
        Place::Theme(path) => reader::theme(web, path),
        Place::Gallery(number) => gallery::show(web, *number),
        Place::Search => reader::search(web, query).await,
        Place::SearchFeed(format) => reader::search_feed(web, *format, query).await,
        Place::SearchProposals => reader::search_proposals(web, query).await,
        Place::OwnComments => reader::own_comments(web).await,
        Place::OwnLink(token) => reader::own_link(web, token).await,
        Place::OwnFile(token) => reader::own_file(web, token).await,
        Place::Reader => reader::page(web, path, query).await,
        Place::Newsroom(_) | Place::WordPressComment => Err(WebError::MethodNotAllowed(place.methods())),
    }
}

/// A guest writes: from a page of ours, and not too much.
async fn write<B>(
    web: &Making<'_>,
    place: &Place,
    path: &str,
    headers: &HeaderMap,
    body: B,
    from: IpAddr,
) -> Result<Reply, WebError>
where
    B: Body<Error: Into<Box<dyn std::error::Error + Send + Sync>>>,
{
    let frame = web.frame().await?;
    if is_cross_site(headers, &frame.site.base_url) {
        return Err(WebError::Forbidden);
    }
    let body = match Limited::new(body, MAX_FORM).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(WebError::TooLarge),
        Err(_) => return Err(WebError::Invalid("the form broke off".into())),
    };
    match place {
        Place::WordPressComment => reader::post_wordpress(web, &body, from).await,
        Place::OwnComments => reader::ask_for_own_comments(web, &body, from).await,
        Place::OwnLink(token) => reader::erase_own_comments(web, token, &body).await,
        _ => reader::post_to_article(web, path, &body, from).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_paths() {
        let check = |path: &str, place: &Place| assert_eq!(Place::of(path), *place, "{path}");
        check("/", &Place::Reader);
        check("/healthz", &Place::Health);
        check("/sitemap-2020-10.xml", &Place::Sitemap("2020-10".into()));
        check("/ads.txt", &Place::Ads);
        check("/your-comments", &Place::OwnComments);
        check("/your-comments/x", &Place::OwnLink("x".into()));
        check("/your-comments/x/comments.json", &Place::OwnFile("x".into()));
        check("/colours/a3271d.css", &Place::Colours("a3271d".into()));
        check("/colours/", &Place::Reader);
        check("/assets/reader.css", &Place::Asset("reader.css".into()));
        check("/dev/gallery/7", &Place::Gallery(Some(7)));
        check("/dev/gallery/x", &Place::Reader);
        check("/2020/10/22/x/", &Place::Reader);
        check("/search", &Place::Search);
        check("/search/feed/atom/", &Place::SearchFeed(Format::Atom));
    }

    #[test]
    fn nothing_is_written_by_get_and_nobody_deletes() {
        for path in
            ["/", "/healthz", "/robots.txt", "/assets/x", "/media/x", "/wp-comments-post.php", "/2020/10/22/x/comments"]
        {
            let place = Place::of(path);
            assert_ne!(place.policy(&Method::GET), Some(Policy::GuestWrite), "{path}");
            for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE] {
                assert_eq!(place.policy(&method), None, "{method} {path}");
            }
        }
    }
}
