//! The front page.

use std::collections::HashMap;

use super::cards;
use crate::error::Error;
use crate::feeds::json_ld;
use crate::news::ArticleId;
use crate::news::article::Summary;
use crate::news::front::{LATEST, PER_BLOCK, SECONDS, arrange};
use crate::news::published::Published;
use crate::news::{SectionId, front::Arrangement};
use crate::store::listings::{self, List};
use crate::store::{articles, fronts};
use crate::web::error::WebError;
use crate::web::frame::{Frame, Head};
use crate::web::making::Making;
use crate::web::reader::listing;
use crate::web::reply::Reply;
use crate::web::urls::{ListName, encode};
use crate::web::views::{Card, FrontPage, Link, OpenGraph, SectionBlock};

pub(super) async fn show(web: &Making<'_>) -> Result<Reply, WebError> {
    let (frame, front, stories, total) = web
        .view(|db, frame| {
            let outermost: Vec<SectionId> =
                frame.sections.iter().filter(|section| section.parent.is_none()).map(|section| section.id).collect();
            let newest = (1 + SECONDS + LATEST + PER_BLOCK) as i64 * 2;
            let front = arrange(&fronts::candidates(db, &outermost, newest)?, &outermost);
            let stories = articles::by_ids(db, &shown(&front))?;
            Ok::<_, Error>((frame, front, stories, listings::count(db, List::All)?))
        })
        .await?;
    let stories: HashMap<ArticleId, Published<Summary>> = stories.into_iter().map(|story| (story.id, story)).collect();
    let language = frame.site.language.clone();
    let texts = web.texts(language.primary(), frame.digits());
    let card = |id: &ArticleId| stories.get(id).map(|story| cards::card(&frame, texts, story));
    let all = |ids: &[ArticleId]| -> Vec<Card> { ids.iter().filter_map(card).collect() };
    let mut layout = frame.layout(&language, head(&frame));
    let newest = stories.values().map(|story| story.published_at).max();
    layout.site.today = newest.map(|at| crate::web::dates::moment(&frame.site, texts, at).date);
    let page = FrontPage {
        layout,
        lead: front.lead.as_ref().and_then(card),
        seconds: all(&front.seconds),
        latest: all(&front.latest),
        opinion: all(&front.opinion),
        blocks: front.blocks.iter().filter_map(|(section, ids)| block(&frame, *section, all(ids))).collect(),
        pagination: listing::pagination(&frame, 1, total, &|page| listing::front_path(page)),
    };
    Ok(Reply::page(web.templates.render("front.html", language.as_str(), frame.digits(), &page)?))
}

fn shown(front: &Arrangement) -> Vec<ArticleId> {
    let blocks = front.blocks.iter().flat_map(|(_, ids)| ids);
    front.lead.iter().chain(&front.seconds).chain(&front.latest).chain(&front.opinion).chain(blocks).copied().collect()
}

fn block(frame: &Frame, id: SectionId, cards: Vec<Card>) -> Option<SectionBlock> {
    let section = frame.sections.iter().find(|section| section.id == id)?;
    let href = encode(&ListName::Section(section.path.clone()).path());
    Some(SectionBlock { section: Link { name: section.name.clone(), href }, cards })
}

fn head(frame: &Frame) -> Head {
    let site = &frame.site;
    let url = frame.absolute("/");
    let description = cards::some(&site.tagline);
    let facts = json_ld::SiteFacts {
        publisher: frame.publisher(),
        description: description.clone(),
        language: site.language.as_str().to_owned(),
        search_template: Some(site.base_url.join("/search?q={search_term_string}")),
    };
    let open_graph = OpenGraph {
        kind: "website",
        title: site.title.clone(),
        description: description.clone(),
        url,
        image: None,
        image_alt: None,
        image_width: None,
        image_height: None,
        locale: site.language.open_graph_locale(),
        published: None,
        modified: None,
    };
    Head {
        description,
        path: Some("/".into()),
        open_graph: Some(open_graph),
        json_ld: Some(json_ld::web_site(&facts)),
        ..Head::default()
    }
}
