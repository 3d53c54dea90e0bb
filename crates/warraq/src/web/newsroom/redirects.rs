//! Which addresses without a page lead on, and where?

use std::collections::BTreeMap;

use http::StatusCode;
use wordpress::addresses::normal;

use super::menus::readable;
use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::redirects as verbs;
use crate::news::menu::destination;
use crate::store::old_addresses::{self, LeadsTo, Place};
use crate::web::reply::Reply;
use crate::web::routes;
use crate::web::views::newsroom::{RedirectLine, RedirectsPage};

/// Lines on a page.
const LINES: usize = 100;

/// `GET /newsroom/redirects/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let done = ["kept", "forgotten"].into_iter().find(|done| *done == query.one("done"));
    let typed = (query.one("from").to_owned(), String::new());
    page(visit, query, typed, BTreeMap::new(), done).await
}

async fn page(
    visit: &Visit<'_>,
    query: &Fields,
    (from, to): (String, String),
    errors: BTreeMap<&'static str, String>,
    done: Option<&'static str>,
) -> Result<Reply, Refusal> {
    let words = query.one("q").trim().to_owned();
    let begins = if words.is_empty() { "/".to_owned() } else { normal(&words) };
    let after = query.one("after").to_owned();
    let limit = LINES as i64 + 1;
    let mut found = visit.view(move |db| old_addresses::beginning_with(db, &begins, &after, limit)).await?;
    let has_more = found.len() > LINES;
    found.truncate(LINES);
    let next = found.last().filter(|_| has_more).map(|(path, _)| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &words).append_pair("after", path);
        format!("{}?{}", Room::Redirects.path(), query.finish())
    });
    let view = RedirectsPage {
        layout: visit.layout(&visit.says("nav-redirects"), "redirects"),
        words,
        lines: found.into_iter().map(line).collect(),
        next,
        from,
        to,
        errors,
        done,
    };
    visit.page("newsroom/redirects.html", &view)
}

fn line((path, leads_to): (String, LeadsTo)) -> RedirectLine {
    let href = match leads_to {
        LeadsTo::Article(id) => format!("/a/{id}"),
        LeadsTo::Place(place) => place.as_str().to_owned(),
    };
    RedirectLine { from: readable(&path), path, to: readable(&href), href }
}

/// `POST /newsroom/redirects/`: one more, or one less.
pub(super) async fn change(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    if fields.one("do") == "forget" {
        verbs::forget(visit.desk(), fields.one("path")).await?;
        return Ok(see(&format!("{}?done=forgotten", Room::Redirects.path())));
    }
    let (from, to) = (fields.one("from").trim(), fields.one("to").trim());
    let mut errors = BTreeMap::new();
    let path = normal(from);
    if from.is_empty() || path == "/" {
        errors.insert("from", visit.says("redirect-no-from"));
    } else if routes::status(visit.web, &path).await == StatusCode::OK {
        errors.insert("from", visit.says("redirect-is-a-page"));
    }
    let place = destination(to, &visit.frame.site.base_url).as_deref().and_then(Place::parse);
    match place {
        Some(place) if errors.is_empty() => {
            verbs::keep(visit.desk(), from, place).await?;
            Ok(see(&format!("{}?done=kept", Room::Redirects.path())))
        }
        place => {
            if place.is_none() {
                errors.insert("to", visit.says("redirect-no-to"));
            }
            let typed = (from.to_owned(), to.to_owned());
            let mut reply = page(visit, &Fields::default(), typed, errors, None).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
    }
}
