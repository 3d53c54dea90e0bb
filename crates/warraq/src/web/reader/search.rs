//! A search: the page, its feed, and what to propose while somebody types.

use jiff::civil::Date;

use super::{cards, feeds, listing};
use crate::desk::searches;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::{Kind, Summary};
use crate::news::html::Html;
use crate::news::published::Published;
use crate::news::site::Site;
use crate::search::analysis::Reader;
use crate::search::highlight::Marker;
use crate::search::{Found, Query, Sort, Wanted};
use crate::store::{Db, articles};
use crate::web::error::WebError;
use crate::web::frame::{Frame, Head};
use crate::web::interface::Interface;
use crate::web::making::Making;
use crate::web::reply::{CachePolicy, Reply};
use crate::web::urls::Format;
use crate::web::views::{Choice, FeedLink, Link, Markup, SearchForm, SearchPage, SearchResult};

/// How far a search can be paged: nobody reads the thousandth result, and each page costs more than the one before.
const LAST_PAGE: i64 = 50;
/// How many articles the feed of a search carries.
const FEED: usize = 20;
/// How many headlines are proposed while somebody types.
const PROPOSED: usize = 6;

/// What was asked for: the parameters of the query that a search knows. All others change nothing.
#[derive(Debug, Clone, Default)]
struct Asked {
    q: String,
    section: String,
    tag: String,
    author: String,
    kind: String,
    from: Option<Date>,
    until: Option<Date>,
    newest: bool,
    page: i64,
}

impl Asked {
    fn read(query: Option<&str>) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = value.trim();
            match &*name {
                "q" => value.clone_into(&mut asked.q),
                "section" => value.clone_into(&mut asked.section),
                "tag" => value.clone_into(&mut asked.tag),
                "author" => value.clone_into(&mut asked.author),
                "kind" => value.clone_into(&mut asked.kind),
                "from" => asked.from = value.parse().ok(),
                "until" => asked.until = value.parse().ok(),
                "sort" => asked.newest = value == "date",
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        asked
    }

    /// The address of page `page` of `place`, encoded; parameters that say nothing are left out.
    fn href(&self, place: &str, page: i64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let said = [
            ("q", self.q.clone()),
            ("section", self.section.clone()),
            ("tag", self.tag.clone()),
            ("author", self.author.clone()),
            ("kind", self.kind.clone()),
            ("from", day(self.from)),
            ("until", day(self.until)),
            ("sort", if self.newest { "date".into() } else { String::new() }),
            ("page", if page > 1 { page.to_string() } else { String::new() }),
        ];
        for (name, value) in said.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        match query.finish() {
            query if query.is_empty() => place.to_owned(),
            query => format!("{place}?{query}"),
        }
    }

    fn wanted(&self, web: &Making<'_>, site: &Site) -> Wanted {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let beginning =
            |day: Date| day.to_zoned(site.time_zone.clone()).ok().map(|midnight| midnight.timestamp().as_second());
        Wanted {
            query: web.desk.search.reading(|reader| Query::parse(&self.q, reader)),
            section: some(&self.section),
            tag: some(&self.tag),
            author: some(&self.author),
            kind: some(&self.kind),
            language: None,
            from: self.from.and_then(beginning),
            until: self.until.and_then(|day| day.tomorrow().ok()).and_then(beginning),
            sort: if self.newest { Sort::Date } else { Sort::Relevance },
            now: web.desk.clock.now().as_second(),
        }
    }

    fn is_narrowed(&self) -> bool {
        let labels = [&self.section, &self.tag, &self.author, &self.kind];
        labels.iter().any(|label| !label.is_empty()) || self.from.is_some() || self.until.is_some() || self.newest
    }
}

/// `/search?q=…`
pub(in crate::web) async fn show(web: &Making<'_>, query: Option<&str>) -> Result<Reply, WebError> {
    let asked = Asked::read(query);
    let frame = web.frame().await?;
    let wanted = asked.wanted(web, &frame.site);
    let per_page = frame.site.settings.per_page.max(1);
    let from = (asked.page - 1) * per_page;
    let found = look(web, &wanted, per_page as usize, from as usize).await?;
    if found.hits.is_empty() && asked.page > 1 {
        return Err(WebError::NotFound);
    }
    let stories = published(web, &found).await?;
    let total = (!wanted.is_empty()).then_some(found.total as i64);
    let suggestion = match total {
        Some(0) => suggestion(web, &asked, &wanted).await?,
        _ => None,
    };
    if total == Some(0) && web.may_note(wanted.now) {
        searches::note_empty(&web.desk, &asked.q).await?;
    }
    let language = frame.site.language.clone();
    let texts = web.texts(language.primary(), frame.digits());
    let shown = found.total.min((LAST_PAGE * per_page) as usize) as i64;
    let pagination = listing::pagination_by(&frame, asked.page, shown, &|page| asked.href("/search", page));
    let feed = (!asked.q.is_empty()).then(|| Asked { newest: false, ..asked.clone() }.href("/search/feed/", 1));
    let view = SearchPage {
        layout: frame.layout(&language, head(&frame, texts, &asked, feed.as_deref())),
        form: form(&frame, texts, &asked),
        total,
        more: found.more,
        results: results(web, &frame, texts, &wanted.query, &stories),
        suggestion,
        pagination,
        feed,
    };
    let page = Reply::page(web.templates.render("search.html", language.as_str(), frame.digits(), &view)?);
    Ok(discreetly(page, &asked))
}

/// What somebody typed about a person is kept by nobody on the way.
fn discreetly(mut reply: Reply, asked: &Asked) -> Reply {
    if [&asked.q, &asked.section, &asked.tag, &asked.author].into_iter().any(|typed| searches::is_personal(typed)) {
        reply.policy = CachePolicy::Never;
    }
    reply
}

/// `/search/feed/?q=…`: the newest articles that fit.
pub(in crate::web) async fn feed(web: &Making<'_>, format: Format, query: Option<&str>) -> Result<Reply, WebError> {
    let asked = Asked { newest: true, page: 1, ..Asked::read(query) };
    let frame = web.frame().await?;
    let found = look(web, &asked.wanted(web, &frame.site), FEED, 0).await?;
    let ids = found.hits.iter().map(|hit| ArticleId(hit.id)).collect();
    let own = Asked { newest: false, ..asked.clone() }.href(&format!("/search/{}", format.suffix()), 1);
    let home = Asked { newest: false, ..asked.clone() }.href("/search", 1);
    Ok(discreetly(feeds::found(web, &asked.q, ids, &home, &own, format).await?, &asked))
}

/// `/search/suggestions?q=…`: headlines, as JSON.
pub(in crate::web) async fn propose(web: &Making<'_>, query: Option<&str>) -> Result<Reply, WebError> {
    let asked = Asked::read(query);
    let frame = web.frame().await?;
    let found = match asked.q.chars().count() {
        0 | 1 => Found::default(),
        _ => look(web, &asked.wanted(web, &frame.site), PROPOSED, 0).await?,
    };
    let stories = published(web, &found).await?;
    let headlines: Vec<&str> = stories.iter().map(|(story, _)| story.headline.as_str()).collect();
    let json = serde_json::to_string(&headlines).map_err(|error| WebError::Broken(error.to_string()))?;
    Ok(discreetly(Reply::document("application/json; charset=utf-8", json), &asked))
}

async fn look(web: &Making<'_>, wanted: &Wanted, limit: usize, offset: usize) -> Result<Found, WebError> {
    let wanted = wanted.clone();
    Ok(web.desk.search.ask(move |index| index.search(&wanted, limit, offset)).await.map_err(Error::from)?)
}

/// What the index found and is still published, with its text.
async fn published(web: &Making<'_>, found: &Found) -> Result<Vec<(Published<Summary>, Html)>, WebError> {
    let ids: Vec<ArticleId> = found.hits.iter().map(|hit| ArticleId(hit.id)).collect();
    let read = move |db: &mut Db<'_>| {
        let stories = articles::by_ids(db, &ids)?;
        Ok::<_, Error>(articles::with_bodies(db, stories)?)
    };
    Ok(web.desk.store.read(read).await?)
}

fn results(
    web: &Making<'_>,
    frame: &Frame,
    texts: &Interface,
    query: &Query,
    stories: &[(Published<Summary>, Html)],
) -> Vec<SearchResult> {
    let marker = Marker::new(query);
    let result = |reader: &mut Reader, (story, body): &(Published<Summary>, Html)| {
        let language = story.language.primary();
        SearchResult {
            card: cards::card(frame, texts, story),
            headline: Markup(marker.marked(&story.headline, language, reader)),
            snippet: Markup(marker.excerpt(&body.text(), language, reader)),
        }
    };
    web.desk.search.reading(|reader| stories.iter().map(|story| result(reader, story)).collect())
}

async fn suggestion(web: &Making<'_>, asked: &Asked, wanted: &Wanted) -> Result<Option<Link>, WebError> {
    let query = wanted.query.clone();
    let better = web.desk.search.ask(move |index| index.suggest(&query)).await.map_err(Error::from)?;
    Ok(better.map(|name| {
        let href = Asked { q: name.clone(), page: 1, ..asked.clone() }.href("/search", 1);
        Link { name, href }
    }))
}

fn form(frame: &Frame, texts: &Interface, asked: &Asked) -> SearchForm {
    let choice =
        |value: &str, name: String, chosen: &str| Choice { value: value.to_owned(), name, chosen: value == chosen };
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let deep = |path: &str| "– ".repeat(path.matches('/').count());
    SearchForm {
        q: asked.q.clone(),
        sections: frame
            .sections
            .iter()
            .map(|section| choice(&section.path, format!("{}{}", deep(&section.path), section.name), &asked.section))
            .collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| choice(kind.as_str(), texts.text(&format!("kind-{}", kind.as_str()), &[]), &asked.kind))
            .collect(),
        from: day(asked.from),
        until: day(asked.until),
        newest: asked.newest,
        tag: asked.tag.clone(),
        author: asked.author.clone(),
        narrowed: asked.is_narrowed(),
    }
}

fn head(frame: &Frame, texts: &Interface, asked: &Asked, feed: Option<&str>) -> Head {
    let title = texts.text("search", &[]);
    let mut feeds = frame.site_feeds();
    if let Some(feed) = feed {
        let title = format!("{title}: {} - {}", asked.q, frame.site.title);
        feeds.insert(0, FeedLink { title, href: feed.to_owned(), mime: "application/rss+xml" });
    }
    Head {
        title: if asked.q.is_empty() { title } else { format!("{title}: {}", asked.q) },
        robots: Some("noindex, follow"),
        feeds,
        ..Head::default()
    }
}
