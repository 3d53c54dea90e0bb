//! Who did what? The log, for those who may read it.

use http::{StatusCode, header};
use jiff::civil::Date;

use super::places::{Room, StaffRoom};
use super::refusal::Refusal;
use super::visit::{Fields, Visit};
use crate::desk::audit as verbs;
use crate::news::UserId;
use crate::news::audit::{Act, Entry, Noun, csv_cell};
use crate::store::audit::{self, Filter};
use crate::store::{accounts, timestamp};
use crate::web::dates;
use crate::web::reply::{CachePolicy, Reply};
use crate::web::views::newsroom::accounts::{AuditLine, AuditPage, Pick};

/// Rows on one page.
const PER_PAGE: i64 = 50;
/// Rows of one file at most.
const PER_FILE: i64 = 50_000;
/// Accounts that can be chosen in the filter.
const PEOPLE: i64 = 200;

/// `GET /newsroom/audit/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let (filter, below) = (filter(visit, query), cursor(query));
    let (found, people) = visit
        .view(move |db| Ok((audit::page(db, &filter, below, PER_PAGE + 1)?, accounts::list(db, UserId(0), PEOPLE)?)))
        .await?;
    let shown = found.get(..PER_PAGE as usize).unwrap_or(&found);
    let last = (shown.len() < found.len()).then(|| shown.last()).flatten();
    let asked = asked(query);
    let view = AuditPage {
        layout: visit.layout(&visit.says("audit"), "audit"),
        rows: shown.iter().map(|entry| line(visit, entry)).collect::<Result<_, _>>()?,
        people: people
            .iter()
            .map(|account| Pick {
                value: account.id.0.to_string(),
                name: account.name.clone(),
                chosen: filter.user == Some(account.id),
            })
            .collect(),
        acts: Act::ALL
            .iter()
            .map(|act| Pick {
                value: act.as_str().to_owned(),
                name: visit.says(&format!("act-{}", act.as_str())),
                chosen: filter.act == Some(*act),
            })
            .collect(),
        day: query.one("day").to_owned(),
        older: last
            .map(|last| format!("{}?{asked}&below={}.{}", Room::Staff(StaffRoom::Audit).path(), last.at, last.id)),
    };
    visit.page("newsroom/audit.html", &view)
}

/// `POST /newsroom/audit/file`: what the filters of the page show, as CSV.
pub(super) async fn export(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let filter = filter(visit, fields);
    verbs::export(visit.desk(), &asked(fields)).await?;
    let rows = visit.view(move |db| audit::page(db, &filter, None, PER_FILE)).await?;
    // Spreadsheets take a file without this mark for one in the letters of their own country.
    let mut file = String::from("\u{feff}at,account,name,origin,act,noun,number,details,times\r\n");
    for entry in &rows {
        let cells = [
            timestamp(entry.at)?.to_string(),
            entry.user.map_or_else(String::new, |user| user.0.to_string()),
            entry.name.clone().unwrap_or_default(),
            entry.origin.as_str().to_owned(),
            entry.act.as_str().to_owned(),
            entry.noun.as_str().to_owned(),
            entry.noun_id.map_or_else(String::new, |id| id.to_string()),
            entry.details.clone(),
            entry.times.to_string(),
        ];
        file.push_str(&cells.map(|cell| csv_cell(&cell)).join(","));
        file.push_str("\r\n");
    }
    let reply = Reply::new(StatusCode::OK, "text/csv; charset=utf-8", file.into(), CachePolicy::Never);
    Ok(reply.with(header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""))
}

/// Which rows are asked for. What cannot be understood does not narrow anything down.
fn filter(visit: &Visit<'_>, query: &Fields) -> Filter {
    let day = query.one("day").parse::<Date>().ok();
    let zone = &visit.frame.site.time_zone;
    let midnight = |day: Date| day.to_zoned(zone.clone()).ok().map(|at| at.timestamp().as_millisecond());
    let from = day.and_then(midnight);
    let until = day.and_then(|day| day.tomorrow().ok()).and_then(midnight);
    Filter {
        user: query.number("person").map(UserId),
        act: Act::parse(query.one("act")),
        from: from.unwrap_or(i64::MIN),
        until: until.unwrap_or(i64::MAX),
    }
}

/// The filters as they stand in an address.
fn asked(query: &Fields) -> String {
    let mut words = url::form_urlencoded::Serializer::new(String::new());
    for name in ["person", "act", "day"] {
        words.append_pair(name, query.one(name));
    }
    words.finish()
}

/// Time and number of the row that the page before ended with.
fn cursor(query: &Fields) -> Option<(i64, i64)> {
    let (at, id) = query.one("below").split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

fn line(visit: &Visit<'_>, entry: &Entry) -> Result<AuditLine, Refusal> {
    let href = match (entry.noun, entry.noun_id) {
        (Noun::Account, Some(id)) => Some(Room::Staff(StaffRoom::Account(UserId(id))).path()),
        (Noun::Article, Some(id)) => Some(Room::Story(crate::news::ArticleId(id)).path()),
        (Noun::WireSource, Some(id)) => Some(Room::WireSource(crate::news::WireSourceId(id)).path()),
        _ => None,
    };
    Ok(AuditLine {
        at: dates::moment(&visit.frame.site, visit.texts(), timestamp(entry.at)?),
        who: entry.name.clone(),
        origin: entry.origin.as_str(),
        act: entry.act.as_str(),
        noun: entry.noun.as_str(),
        noun_id: entry.noun_id,
        href,
        details: entry.details.clone(),
        times: entry.times,
    })
}
