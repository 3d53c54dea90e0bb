//! How would readers see it? A draft in the reader's own templates, for those who write it alone.

use super::refusal::Refusal;
use super::story;
use super::visit::{Fields, Visit};
use crate::news::ArticleId;
use crate::news::article::{Form, LeadPicture};
use crate::news::html::sanitise;
use crate::news::media::files_in;
use crate::store::{media, people, sections, stories, tags};
use crate::web::dates;
use crate::web::frame::Head;
use crate::web::reader::cards;
use crate::web::reply::{CachePolicy, HTML, Reply};
use crate::web::urls::{ListName, encode};
use crate::web::views::{ArticlePage, ArticleView, Link};

/// `GET /newsroom/articles/12/preview?revision=3`
pub(super) async fn show(visit: &Visit<'_>, id: ArticleId, query: &Fields) -> Result<Reply, Refusal> {
    let standing = story::standing(visit, id).await?;
    let wanted = query.number("revision");
    let found = visit
        .view(move |db| {
            let newest = stories::revisions(db, id, i64::MAX, 1)?.first().map_or(0, |newest| newest.number);
            let Some(draft) = stories::draft(db, id, wanted.unwrap_or(newest))? else { return Ok(None) };
            let bylines = people::bylines(db, &draft.bylines)?;
            let picture = match &draft.lead {
                Some(lead) => media::by_id(db, lead.media)?.map(|media| LeadPicture {
                    alt: if lead.alt.is_empty() { media.alt.clone() } else { lead.alt.clone() },
                    caption: lead.caption.clone(),
                    credit: if lead.credit.is_empty() { media.credit.clone() } else { lead.credit.clone() },
                    media,
                }),
                None => None,
            };
            let body = sanitise(&draft.body);
            let pictures = media::in_files(db, &files_in(body.as_str()))?;
            let (tags, tree) = (tags::names(db, &draft.tags)?, sections::Tree::load(db)?);
            Ok(Some((draft, body, bylines, picture, pictures, tags, tree)))
        })
        .await?;
    let (draft, body, bylines, picture, pictures, tags, tree) = found.ok_or(Refusal::NotFound)?;
    let (frame, web) = (&visit.frame, visit.web);
    let language = draft.language.clone().unwrap_or_else(|| frame.site.language.clone());
    let interface = frame.interface_language(web, &language).clone();
    let texts = web.texts(interface.primary(), frame.digits());
    let words = arabic::words::word_count(&body.text());
    let now = standing.published_at.or(standing.scheduled_at).unwrap_or_else(|| visit.desk().clock.now());
    let trail = draft.sections.first().map(|section| tree.with_ancestors(*section)).unwrap_or_default();
    let section = |id| frame.sections.iter().find(|section| section.id == id);
    let head = Head { title: draft.headline.clone(), robots: Some("noindex"), ..Head::default() };
    let view = ArticlePage {
        layout: frame.layout(&interface, head),
        article: ArticleView {
            id: id.0,
            href: super::Room::Preview(id).path(),
            lang: language.as_str().to_owned(),
            dir: language.dir(),
            kind: draft.kind.as_str(),
            kicker: cards::some(&draft.kicker),
            headline: draft.headline.clone(),
            standfirst: cards::some(&draft.standfirst),
            body: cards::body(texts, frame.digits(), id, &language, &body, &pictures),
            bylines: bylines.iter().map(cards::byline).collect(),
            source: cards::source(&draft.source),
            trail: trail
                .into_iter()
                .rev()
                .filter_map(section)
                .map(|section| Link {
                    name: section.name.clone(),
                    href: encode(&ListName::Section(section.path.clone()).path()),
                })
                .collect(),
            tags: tags.into_iter().map(|name| Link { name, href: "#".into() }).collect(),
            published: dates::moment(&frame.site, texts, now),
            updated: None,
            picture: picture.as_ref().map(cards::picture),
            corrections: Vec::new(),
            translations: Vec::new(),
            reading_minutes: i64::from(arabic::words::reading_minutes(words)),
            short_url: frame.absolute(&format!("/a/{id}")),
        },
        discussion: None,
        related: Vec::new(),
        older: None,
        newer: None,
    };
    let template = match draft.form {
        Form::Article => "article.html",
        Form::Page => "page.html",
    };
    let page = web.templates.render(template, interface.as_str(), frame.digits(), &view)?;
    Ok(Reply::new(http::StatusCode::OK, HTML, page.into(), CachePolicy::Never))
}
