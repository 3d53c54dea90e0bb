//! An article or standing page, with its discussion.

use std::sync::Arc;

use http::StatusCode;
use jiff::Timestamp;

use super::{cards, feeds, listing};
use crate::desk::comments::{closes_at, takes_comments};
use crate::error::Error;
use crate::feeds::json_ld;
use crate::media::avatar_svg;
use crate::news::article::{Article, Form, Kind, Summary};
use crate::news::comment::Comment;
use crate::news::media;
use crate::news::people::BylineRole;
use crate::news::permalink::Wanted;
use crate::news::published::Published;
use crate::news::{ArticleId, CommentId};
use crate::store::articles::{Address, Owner};
use crate::store::listings::List;
use crate::store::{Db, articles, comments};
use crate::web::Web;
use crate::web::dates;
use crate::web::error::{Said, WebError, message};
use crate::web::frame::{Frame, Head};
use crate::web::interface::Interface;
use crate::web::making::Making;
use crate::web::reply::{CachePolicy, HTML, Reply};
use crate::web::templates::Page;
use crate::web::urls::{ListName, Part, encode};
use crate::web::views::{
    Alternate, ArticlePage, ArticleView, CommentForm, CommentView, CorrectionView, Discussion, FeedLink, Link, Markup,
    MessageKind, OpenGraph, PageLink, Thread, Translation,
};

/// How many related stories stand under an article.
const RELATED: usize = 4;
/// How deep the eye follows a thread.
const DEPTH: u8 = 4;
/// A change within this time of publication is not worth telling, in seconds.
const SILENT: i64 = 15 * 60;

/// The published articles before and after one in time, for a reader who goes on.
#[derive(Default)]
struct PlaceInTime {
    older: Option<Published<Summary>>,
    newer: Option<Published<Summary>>,
}

/// Everything that the page of an article shows, as it was at one moment.
pub(super) struct Scene {
    pub(super) frame: Arc<Frame>,
    pub(super) article: Published<Article>,
    comments: Vec<Comment>,
    comment_page: i64,
    comment_pages: i64,
    related: Vec<Published<Summary>>,
    place: PlaceInTime,
    translations: Vec<Published<Summary>>,
    reply_to: Option<Comment>,
}

/// The page of an article: found, checked against its canonical address, shown.
pub(super) async fn show(
    web: &Making<'_>,
    wanted: Wanted,
    part: Part,
    decoded: &str,
    reply_to: Option<i64>,
) -> Result<Reply, WebError> {
    if web.is_status_enough() && matches!(part, Part::Whole | Part::Feed(_)) {
        return stands(web, wanted, part, decoded).await;
    }
    if let Part::Feed(format) = part {
        return feeds::article(web, resolve(web, wanted).await?, format, decoded).await;
    }
    let page = match part {
        Part::CommentPage(page) => page,
        _ => 1,
    };
    let scene = Scene::load(web, wanted, page, reply_to).await?;
    let path = cards::path(&scene.frame, &scene.article.summary);
    let canonical = match part {
        Part::Whole | Part::CommentPage(1) => path,
        part => format!("{}{}", with_slash(&path), part.suffix()),
    };
    if canonical != decoded {
        return Err(WebError::Moved(encode(&canonical)));
    }
    if part == Part::Waiting {
        let back = Some(cards::href(&scene.frame, &scene.article.summary));
        return Ok(
            message(web, MessageKind::CommentHeld, StatusCode::OK, Said { back, ..Said::default() }, false).await
        );
    }
    if page > scene.comment_pages {
        return Err(WebError::NotFound);
    }
    let form = scene.empty_form();
    let mut reply = Reply::page(scene.render(web, form, false)?);
    if scene.reply_to.is_some() {
        reply.policy = CachePolicy::Never;
    }
    Ok(reply)
}

/// An empty answer where [`show`] would give a page, and the same error where it would not.
async fn stands(web: &Making<'_>, wanted: Wanted, part: Part, decoded: &str) -> Result<Reply, WebError> {
    let path = path_of(web, wanted).await?;
    let canonical = if part == Part::Whole { path } else { format!("{}{}", with_slash(&path), part.suffix()) };
    if canonical == decoded { Ok(Reply::nothing()) } else { Err(WebError::Moved(encode(&canonical))) }
}

/// `/a/12` and `/?p=12`: on to the article's own address.
pub(super) async fn short(web: &Making<'_>, id: i64) -> Result<Reply, WebError> {
    let path = path_of(web, Wanted::Id(id)).await?;
    Ok(Reply::redirect(StatusCode::MOVED_PERMANENTLY, &encode(&path)))
}

/// `…/comments` takes a form; whoever only opens it wants the discussion.
pub(super) async fn discussion_address(web: &Making<'_>, wanted: Wanted) -> Result<Reply, WebError> {
    let path = path_of(web, wanted).await?;
    Ok(Reply::redirect(StatusCode::SEE_OTHER, &format!("{}#comments", encode(&path))))
}

/// The same page with the form as the reader filled it and what was wrong with it.
pub(super) async fn with_form(
    web: &Making<'_>,
    id: ArticleId,
    with: impl FnOnce(CommentForm) -> CommentForm,
) -> Result<Reply, WebError> {
    let scene = Scene::load(web, Wanted::Id(id.0), 1, None).await?;
    let form = scene.empty_form().filter(|_| scene.takes_comments(web)).ok_or(WebError::DiscussionClosed)?;
    Ok(Reply::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        HTML,
        scene.render(web, Some(with(form)), true)?.into(),
        CachePolicy::Never,
    ))
}

/// The published article that an address wants.
pub(super) async fn resolve(web: &Making<'_>, wanted: Wanted) -> Result<ArticleId, WebError> {
    web.view(move |db, _| Ok(find(db, &wanted)?.id)).await
}

fn find(db: &mut Db<'_>, wanted: &Wanted) -> Result<Address, WebError> {
    let owner = match wanted {
        Wanted::Slug(slug) => match articles::owner_of_slug(db, slug)? {
            Some(owner) => Some(owner),
            // An address typed with other letter case, or with signs that a slug does not have.
            None => articles::owner_of_slug(db, &arabic::slug::slug(slug))?,
        },
        Wanted::Id(id) => articles::owner_of_id(db, ArticleId(*id))?,
    };
    match owner {
        Some(Owner::Published(address)) => Ok(address),
        Some(Owner::Withdrawn(reason)) => Err(WebError::Gone(reason)),
        Some(Owner::Hidden) | None => Err(WebError::NotFound),
    }
}

/// The decoded canonical path of the published article that an address wants.
pub(super) async fn path_of(web: &Making<'_>, wanted: Wanted) -> Result<String, WebError> {
    web.view(move |db, frame| Ok(cards::path_at(&frame, &find(db, &wanted)?))).await
}

impl Scene {
    pub(super) async fn load(
        web: &Making<'_>,
        wanted: Wanted,
        comment_page: i64,
        reply_to: Option<i64>,
    ) -> Result<Self, WebError> {
        web.view(move |db, frame| {
            let id = find(db, &wanted)?.id;
            let article = articles::published(db, id, &frame.sections)?.ok_or(WebError::NotFound)?;
            let (comments, comment_pages) = discussion(db, &frame, &article.summary, comment_page)?;
            let (related, place) = around(db, &article)?;
            let translations = match article.summary.translation_group {
                Some(group) => articles::of_translation_group(db, group)?,
                None => Vec::new(),
            };
            let reply_to = match reply_to {
                Some(parent) => comments::published(db, CommentId(parent))?.filter(|comment| comment.article == id),
                None => None,
            };
            Ok(Self { frame, article, comments, comment_page, comment_pages, related, place, translations, reply_to })
        })
        .await
    }

    /// The reply form before anybody typed; `None` when the discussion is closed. Whether it closed by time is decided
    /// when a comment is sent too.
    fn empty_form(&self) -> Option<CommentForm> {
        if !self.is_open() {
            return None;
        }
        let base = with_slash(&cards::path(&self.frame, &self.article.summary));
        Some(CommentForm {
            action: encode(&format!("{base}comments")),
            reply_to: self
                .reply_to
                .as_ref()
                .map(|comment| Link { name: comment.author.clone(), href: format!("#comment-{}", comment.id) }),
            parent: self.reply_to.as_ref().map(|comment| comment.id.0),
            ..CommentForm::default()
        })
    }

    /// Open, and not closed by time either.
    fn takes_comments(&self, web: &Web) -> bool {
        let (summary, rules) = (&self.article.summary, &self.frame.site.settings.comments);
        let now = web.desk.clock.now();
        takes_comments(summary.comments_open, Some(summary.published_at), rules.close_after_days, now)
    }

    fn is_open(&self) -> bool {
        self.article.summary.comments_open
    }

    /// The page. `answered`: somebody sent a comment and must be told, also where there is no discussion to be seen.
    fn render(&self, web: &Making<'_>, form: Option<CommentForm>, answered: bool) -> Result<Page, WebError> {
        let summary = &self.article.summary;
        let frame = &self.frame;
        let rules = &frame.site.settings.comments;
        let form = form.filter(|_| self.takes_comments(web));
        if form.is_some()
            && let Some(closes) = closes_at(Some(summary.published_at), rules.close_after_days)
        {
            web.holds_until(closes);
        }
        let language = frame.interface_language(web, &summary.language).clone();
        let texts = web.texts(language.primary(), frame.digits());
        let open = form.is_some();
        let layout = frame.layout(&language, self.head(texts));
        let page = ArticlePage {
            layout,
            article: self.article_view(texts),
            discussion: (open || answered || summary.comment_count > 0).then(|| Discussion {
                count: summary.comment_count,
                comments: self.threads(texts, open),
                pages: self.discussion_pages(),
                form,
            }),
            related: self.related.iter().map(|story| cards::card(frame, texts, story)).collect(),
            older: self.place.older.as_ref().map(|story| link(frame, story)),
            newer: self.place.newer.as_ref().map(|story| link(frame, story)),
        };
        let template = match summary.form {
            Form::Article => "article.html",
            Form::Page => "page.html",
        };
        Ok(web.templates.render(template, language.as_str(), frame.digits(), &page)?)
    }

    fn article_view(&self, texts: &Interface) -> ArticleView {
        let (frame, article, summary) = (&self.frame, &self.article, &self.article.summary);
        ArticleView {
            id: summary.id.0,
            href: cards::href(frame, summary),
            lang: summary.language.as_str().to_owned(),
            dir: summary.language.dir(),
            kind: summary.kind.as_str(),
            kicker: cards::some(&summary.kicker),
            headline: summary.headline.clone(),
            standfirst: cards::some(&summary.standfirst),
            body: cards::body(texts, frame.digits(), summary.id, &summary.language, &article.body, &article.pictures),
            bylines: summary.bylines.iter().map(cards::byline).collect(),
            source: cards::source(&summary.source),
            trail: article
                .trail
                .iter()
                .map(|section| Link {
                    name: section.name.clone(),
                    href: encode(&ListName::Section(section.path.clone()).path()),
                })
                .collect(),
            tags: article
                .tags
                .iter()
                .map(|tag| Link { name: tag.name.clone(), href: encode(&ListName::Tag(tag.slug.clone()).path()) })
                .collect(),
            published: dates::moment(&frame.site, texts, summary.published_at),
            updated: self.updated().map(|at| dates::moment(&frame.site, texts, at)),
            picture: summary.picture.as_ref().map(cards::picture),
            corrections: article
                .corrections
                .iter()
                .map(|correction| CorrectionView {
                    kind: correction.kind.as_str(),
                    note: correction.note.clone(),
                    date: dates::moment(&frame.site, texts, correction.at),
                })
                .collect(),
            translations: self
                .translations
                .iter()
                .filter(|other| other.id != summary.id)
                .map(|other| Translation {
                    lang: other.language.as_str().to_owned(),
                    language_name: other.language.own_name().to_owned(),
                    href: cards::href(frame, other),
                    headline: other.headline.clone(),
                    dir: other.language.dir(),
                })
                .collect(),
            reading_minutes: i64::from(arabic::words::reading_minutes(article.word_count.unsigned_abs() as usize)),
            short_url: frame.absolute(&format!("/a/{}", summary.id)),
        }
    }

    /// The last public note, or a change long enough after publication.
    fn updated(&self) -> Option<Timestamp> {
        let summary = &self.article.summary;
        self.article
            .corrections
            .last()
            .map(|correction| correction.at)
            .filter(|at| at.as_second() - summary.published_at.as_second() > SILENT)
    }

    fn discussion_pages(&self) -> Vec<PageLink> {
        if self.comment_pages < 2 {
            return Vec::new();
        }
        let path = cards::path(&self.frame, &self.article.summary);
        let base = with_slash(&path);
        listing::page_links(&self.frame, self.comment_page, self.comment_pages, &|page| {
            encode(&if page == 1 { path.clone() } else { format!("{base}comment-page-{page}/") })
        })
    }

    fn threads(&self, texts: &Interface, open: bool) -> Thread {
        let base = cards::href(&self.frame, &self.article.summary);
        let shown: Vec<(&Comment, u8)> = in_reading_order(&self.comments);
        shown
            .into_iter()
            .map(|(comment, depth)| CommentView {
                id: comment.id.0,
                parent: comment.parent.map(|parent| parent.0),
                depth: depth.min(DEPTH),
                author: comment.author.clone(),
                author_href: cards::some(&comment.url),
                avatar: Markup(avatar_svg(comment.avatar, comment.author.chars().next())),
                published: dates::moment(&self.frame.site, texts, comment.at),
                body: Markup(comment.html.as_str().to_owned()),
                reply_href: open.then(|| format!("{base}?replytocom={}#respond", comment.id)),
                staff: comment.staff,
            })
            .collect::<Vec<_>>()
            .into()
    }

    fn head(&self, texts: &Interface) -> Head {
        let (frame, summary) = (&self.frame, &self.article.summary);
        let path = cards::path(frame, summary);
        let url = frame.absolute(&path);
        let description = self.description();
        let preview = &self.article.preview;
        let title = cards::some(&preview.title).unwrap_or_else(|| summary.headline.clone());
        let picture = summary.picture.as_ref();
        let base = with_slash(&path);
        let mut feeds = frame.site_feeds();
        if summary.comments_open || summary.comment_count > 0 {
            let title = texts.text("comments-heading", &[]);
            feeds.push(FeedLink {
                title: format!("{title}: {}", summary.headline),
                href: encode(&format!("{base}feed/")),
                mime: "application/rss+xml",
            });
        }
        let comment_page = |page: i64| {
            let path = if page == 1 { path.clone() } else { format!("{base}comment-page-{page}/") };
            frame.absolute(&path)
        };
        let is_wire = summary.kind == Kind::Wire;
        Head {
            title: title.clone(),
            description: description.clone(),
            path: Some(if self.comment_page == 1 {
                path.clone()
            } else {
                format!("{base}comment-page-{}/", self.comment_page)
            }),
            shortlink: Some(frame.absolute(&format!("/a/{}", summary.id))),
            prev: (self.comment_page > 1).then(|| comment_page(self.comment_page - 1)),
            next: (self.comment_page < self.comment_pages).then(|| comment_page(self.comment_page + 1)),
            robots: (self.reply_to.is_some() || preview.is_hidden).then_some("noindex"),
            googlebot_news: is_wire.then_some("noindex"),
            open_graph: Some(OpenGraph {
                kind: if summary.form == Form::Article { "article" } else { "website" },
                title,
                description: description.clone(),
                url: url.clone(),
                image: picture.map(|picture| frame.absolute(&media::address_of(&picture.media.file))),
                image_alt: picture.map(|picture| picture.alt.clone()),
                image_width: picture.map(|picture| picture.media.width),
                image_height: picture.map(|picture| picture.media.height),
                locale: summary.language.open_graph_locale(),
                published: Some(summary.published_at.to_string()),
                modified: self.updated().map(|at| at.to_string()),
            }),
            json_ld: (summary.form == Form::Article).then(|| json_ld::news_article(&self.facts(url, description))),
            feeds,
            alternates: self
                .translations
                .iter()
                .map(|other| Alternate {
                    lang: other.language.as_str().to_owned(),
                    href: frame.absolute(&cards::path(frame, other)),
                })
                .collect(),
            section: self.article.trail.first().map(|section| section.path.clone()),
        }
    }

    fn description(&self) -> Option<String> {
        if let Some(told) = cards::some(&self.article.preview.description) {
            return Some(told);
        }
        let standfirst = &self.article.summary.standfirst;
        let text = if standfirst.is_empty() { self.article.body.text() } else { standfirst.clone() };
        cards::some(&arabic::words::excerpt(&text, 160))
    }

    fn facts(&self, url: String, description: Option<String>) -> json_ld::ArticleFacts {
        let (frame, article, summary) = (&self.frame, &self.article, &self.article.summary);
        let work = |other: &Published<Summary>| json_ld::WorkLink {
            url: frame.absolute(&cards::path(frame, other)),
            language: other.language.as_str().to_owned(),
            headline: Some(other.headline.clone()),
        };
        json_ld::ArticleFacts {
            kind: match summary.kind {
                Kind::Own => json_ld::StoryKind::Own,
                Kind::Wire => json_ld::StoryKind::Wire,
                Kind::Translation => json_ld::StoryKind::Translation,
                Kind::Opinion => json_ld::StoryKind::Opinion,
                Kind::Sponsored => json_ld::StoryKind::Sponsored,
            },
            url,
            headline: summary.headline.clone(),
            alternative_headline: cards::some(&summary.kicker),
            description,
            language: summary.language.as_str().to_owned(),
            published: summary.published_at,
            modified: self.updated(),
            people: summary
                .bylines
                .iter()
                .map(|byline| json_ld::Contributor {
                    name: byline.person.name.clone(),
                    url: Some(frame.absolute(&ListName::Author(byline.person.slug.clone()).path())),
                    role: match byline.role {
                        BylineRole::Translator => json_ld::Role::Translator,
                        BylineRole::Editor => json_ld::Role::Editor,
                        _ => json_ld::Role::Author,
                    },
                })
                .collect(),
            publisher: frame.publisher(),
            images: summary
                .picture
                .iter()
                .map(|picture| json_ld::ImageFacts {
                    url: frame.absolute(&media::address_of(&picture.media.file)),
                    width: picture.media.width,
                    height: picture.media.height,
                    caption: cards::some(&picture.caption),
                    credit: cards::some(&picture.credit),
                })
                .collect(),
            sections: article.trail.iter().map(|section| section.name.clone()).collect(),
            keywords: article.tags.iter().map(|tag| tag.name.clone()).collect(),
            word_count: article.word_count as u32,
            comment_count: Some(summary.comment_count as u32),
            source: cards::some(&summary.source.name).map(|name| json_ld::SourceFacts {
                name,
                url: cards::some(&summary.source.url),
                license: cards::some(&summary.source.licence),
            }),
            corrections: article
                .corrections
                .iter()
                .map(|note| json_ld::CorrectionFacts { text: note.note.clone(), date: note.at })
                .collect(),
            translation_of: None,
            translations: self.translations.iter().filter(|other| other.id != summary.id).map(work).collect(),
            paid: false,
        }
    }
}

/// The comments of one page of the discussion, and how many pages there are.
fn discussion(db: &mut Db<'_>, frame: &Frame, article: &Summary, page: i64) -> Result<(Vec<Comment>, i64), Error> {
    let per_page = frame.site.settings.threads_per_page.max(1);
    // Fewer comments than threads fit on a page: no need to count threads.
    if article.comment_count <= per_page {
        return Ok((comments::of_article(db, article.id, CommentId(0), CommentId(i64::MAX))?, 1));
    }
    let threads = comments::threads(db, article.id)?;
    let pages: Vec<&[CommentId]> = threads.chunks(per_page as usize).collect();
    let shown = pages.get((page - 1).max(0) as usize).copied().unwrap_or_default();
    let comments = match (shown.first(), shown.last()) {
        (Some(first), Some(last)) => comments::of_article(db, article.id, *first, *last)?,
        _ => Vec::new(),
    };
    Ok((comments, pages.len().max(1) as i64))
}

/// Which page of the discussion a comment stands on.
pub(super) fn page_of_thread(
    db: &mut Db<'_>,
    threads_per_page: i64,
    article: ArticleId,
    thread: CommentId,
) -> Result<i64, Error> {
    let before = comments::threads(db, article)?.iter().take_while(|other| **other < thread).count() as i64;
    Ok(before / threads_per_page.max(1) + 1)
}

/// Where a reader may go on: newest stories under the same tags, then of the same section; and the neighbours in time.
fn around(db: &mut Db<'_>, article: &Article) -> Result<(Vec<Published<Summary>>, PlaceInTime), Error> {
    let summary = &article.summary;
    if summary.form == Form::Page {
        return Ok((Vec::new(), PlaceInTime::default()));
    }
    let mut alike = vec![summary.id];
    let tags = article.tags.iter().take(2).map(|tag| List::Tag(tag.id));
    let section = summary.section.as_ref().map(|section| List::Section(section.id));
    for list in tags.chain(section) {
        if alike.len() <= RELATED {
            let fresh = articles::siblings(db, list, &alike, RELATED + 1 - alike.len())?;
            alike.extend(fresh);
        }
    }
    let (older, newer) = articles::neighbours(db, summary.id, summary.published_at)?;
    let wanted: Vec<ArticleId> = alike[1..].iter().copied().chain(older).chain(newer).collect();
    let stories = articles::by_ids(db, &wanted)?;
    let find = |id: ArticleId| stories.iter().find(|story| story.id == id).cloned();
    let related = alike[1..].iter().filter_map(|id| find(*id)).collect();
    Ok((related, PlaceInTime { older: older.and_then(find), newer: newer.and_then(find) }))
}

/// Every comment after the one that it answers, with its depth. Comments come ordered by number; an answer to one that
/// is not shown stands where its thread stands.
fn in_reading_order(comments: &[Comment]) -> Vec<(&Comment, u8)> {
    let shown: std::collections::HashSet<CommentId> = comments.iter().map(|comment| comment.id).collect();
    let mut answers: std::collections::HashMap<Option<CommentId>, Vec<&Comment>> = std::collections::HashMap::new();
    for comment in comments {
        answers.entry(comment.parent.filter(|parent| shown.contains(parent))).or_default().push(comment);
    }
    let mut ordered = Vec::with_capacity(comments.len());
    // A stack instead of recursion: a thread may be as deep as readers like.
    let mut waiting: Vec<(&Comment, u8)> =
        answers.get(&None).into_iter().flatten().rev().map(|comment| (*comment, 0)).collect();
    while let Some((comment, depth)) = waiting.pop() {
        ordered.push((comment, depth));
        let below = answers.get(&Some(comment.id)).into_iter().flatten().rev();
        waiting.extend(below.map(|answer| (*answer, depth.saturating_add(1))));
    }
    ordered
}

fn link(frame: &Frame, story: &Summary) -> Link {
    Link { name: story.headline.clone(), href: cards::href(frame, story) }
}

/// What is added to an article's address begins after a slash, also where its own form has none at the end.
pub(super) fn with_slash(path: &str) -> String {
    if path.ends_with('/') { path.to_owned() } else { format!("{path}/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: i64, parent: Option<i64>, thread: i64) -> Comment {
        Comment {
            id: CommentId(id),
            article: ArticleId(1),
            parent: parent.map(CommentId),
            thread: CommentId(thread),
            author: String::new(),
            url: String::new(),
            avatar: 0,
            staff: false,
            html: crate::news::html::Html::default(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_answer_stands_under_what_it_answers() {
        let comments = [
            comment(1, None, 1),
            comment(3, Some(1), 1),
            comment(5, Some(3), 1),
            comment(6, Some(1), 1),
            comment(2, None, 2),
            comment(9, Some(7), 7),
        ];
        let order: Vec<(i64, u8)> =
            in_reading_order(&comments).into_iter().map(|(comment, depth)| (comment.id.0, depth)).collect();
        assert_eq!(order, [(1, 0), (3, 1), (5, 2), (6, 1), (2, 0), (9, 0)]);
    }

    #[test]
    fn a_thread_of_ten_thousand_answers_is_no_problem() {
        let comments: Vec<Comment> = (1..=10_000).map(|id| comment(id, (id > 1).then_some(id - 1), 1)).collect();
        assert_eq!(in_reading_order(&comments).len(), 10_000);
    }
}
