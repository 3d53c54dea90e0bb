//! What came over the wire, and who takes it in? The list, one story.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, json, see};
use crate::desk::wires as verbs;
use crate::news::html::sanitise;
use crate::news::language::Language;
use crate::news::staff::{Right, Staff};
use crate::news::wire::{Line, MAX_SOURCES, State};
use crate::news::{WireSourceId, WireStoryId};
use crate::store::wire_stories::{Another, Wanted};
use crate::store::{wire_sources, wire_stories};
use crate::web::dates;
use crate::web::interface::Arg;
use crate::web::reply::Reply;
use crate::web::views::newsroom::comments::{NoticeView, TabView};
use crate::web::views::newsroom::wire::{AlsoView, SourceChoice, WirePage, WireRow, WireStoryPage};

/// Stories on a page.
const PAGE: usize = 50;
/// Stories that wait are counted up to here.
const COUNTED: i64 = 1_000;
/// States that have a list.
const SHOWN: [State; 3] = [State::New, State::Taken, State::Dismissed];

/// `GET /newsroom/wire/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let filter = Filter::read(query);
    let wanted = filter.wanted();
    let look = move |db: &mut crate::store::Db<'_>| {
        let lines = wire_stories::lines(db, &wanted, PAGE as i64 + 1)?;
        let groups: Vec<WireStoryId> = lines.iter().map(|line| line.group).collect();
        let sources = wire_sources::after(db, WireSourceId(0), MAX_SOURCES)?;
        Ok((lines, wire_stories::others(db, &groups)?, sources, wire_stories::count_waiting(db, COUNTED + 1)?))
    };
    let (mut lines, others, sources, waiting) = visit.view(look).await?;
    let goes_on = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| goes_on).map(|last| (last.at, last.id));
    let staff = visit.staff()?;
    let digits = visit.digits();
    let count = match waiting {
        many if many > COUNTED => format!("{}+", digits.write(COUNTED)),
        few => digits.write(few),
    };
    let tab = |state: State| TabView {
        key: state.as_str(),
        href: Filter { state, source: filter.source, before: None }.address(),
        current: state == filter.state,
        count: (state == State::New).then(|| count.clone()),
    };
    let view = WirePage {
        layout: visit.layout(&visit.says("nav-wire"), "wire"),
        tabs: SHOWN.map(tab).to_vec(),
        state: filter.state.as_str(),
        sources: sources
            .into_iter()
            .map(|source| SourceChoice {
                id: source.id.0,
                name: source.fields.name,
                current: filter.source == Some(source.id),
            })
            .collect(),
        is_filtered: filter.source.is_some(),
        rows: lines.iter().map(|line| row(visit, staff, line, &others)).collect(),
        next: next.map(|next| Filter { before: Some(next), ..filter }.address()),
        back: filter.query(),
        notice: notice(visit, query),
        may_keep: staff.role.may(Right::KeepWires),
    };
    visit.page("newsroom/wire.html", &view)
}

/// `POST /newsroom/wire/`: take in or dismiss several, or one by its own button.
pub(super) async fn decide(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let (act, ids) = match fields.one("one").split_once(':') {
        Some((act, id)) => (act, id.parse().map(WireStoryId).into_iter().collect()),
        None => (fields.one("act"), numbers(fields.all("id"))),
    };
    let back = Filter::read(&Fields::parse(fields.one("back").as_bytes()));
    match act {
        "take" => take(visit, ids, &back).await,
        "dismiss" => {
            let done = verbs::dismiss(visit.desk(), visit.staff()?, ids).await?;
            Ok(answered(visit, &back, "dismissed", done.changed, Some(done.batch)))
        }
        _ => Err(Refusal::NotFound),
    }
}

/// `POST /newsroom/wire/undo`
pub(super) async fn undo(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let batch = fields.number("batch").ok_or(Refusal::NotFound)?;
    let back = Filter::read(&Fields::parse(fields.one("back").as_bytes()));
    let done = verbs::undo(visit.desk(), visit.staff()?, batch).await?;
    Ok(answered(visit, &back, "undone", done.changed, None))
}

/// `GET /newsroom/wire/12/`
pub(super) async fn show_one(visit: &Visit<'_>, id: WireStoryId, query: &Fields) -> Result<Reply, Refusal> {
    let look = move |db: &mut crate::store::Db<'_>| {
        let Some(whole) = wire_stories::whole(db, id)? else { return Ok(None) };
        let others = wire_stories::others(db, &[whole.line.group])?;
        Ok(Some((whole, others)))
    };
    let (whole, others) = visit.view(look).await?.ok_or(Refusal::NotFound)?;
    let view = WireStoryPage {
        layout: visit.layout(&whole.line.headline, "wire"),
        row: row(visit, visit.staff()?, &whole.line, &others),
        standfirst: whole.standfirst,
        // What strangers wrote is cleaned once more before somebody of the newsroom sees it.
        body: sanitise(&whole.body).as_str().to_owned(),
        licence: whole.licence,
        notice: notice(visit, query),
    };
    visit.page("newsroom/wire_story.html", &view)
}

/// One story is opened in the editor; of several, the list says how many there are.
async fn take(visit: &Visit<'_>, ids: Vec<WireStoryId>, back: &Filter) -> Result<Reply, Refusal> {
    let one = (ids.len() == 1).then(|| ids.first().copied()).flatten();
    if ids.is_empty() {
        return Ok(answered(visit, back, "taken", 0, None));
    }
    let taken = verbs::take(visit.desk(), visit.staff()?, ids).await?;
    let article = taken.articles.first().copied();
    if visit.wants_json {
        return Ok(json(StatusCode::OK, &json!({ "done": taken.new, "article": article.map(|id| id.0) })));
    }
    match (one, article) {
        (Some(_), Some(article)) if taken.new == 1 => Ok(see(&Room::Story(article).path())),
        // A colleague was faster: their draft may not be for everybody's eyes.
        (Some(id), Some(_)) => Ok(see(&format!("{}?done=was-taken", Room::WireStory(id).path()))),
        _ => Ok(answered(visit, back, "taken", taken.new, None)),
    }
}

fn answered(visit: &Visit<'_>, back: &Filter, done: &str, n: usize, undo: Option<i64>) -> Reply {
    if visit.wants_json {
        return json(StatusCode::OK, &json!({ "done": n, "undo": undo }));
    }
    let undo = undo.map(|batch| format!("&undo={batch}")).unwrap_or_default();
    see(&format!("{}&done={done}&n={n}{undo}", back.address()))
}

/// What somebody wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Filter {
    state: State,
    source: Option<WireSourceId>,
    before: Option<(Timestamp, WireStoryId)>,
}

impl Filter {
    fn read(query: &Fields) -> Self {
        let before = query.one("before").split_once('.').and_then(|(at, id)| {
            let at = Timestamp::from_millisecond(at.parse().ok()?).ok()?;
            Some((at, WireStoryId(id.parse().ok()?)))
        });
        let state = State::parse(query.one("state")).filter(|state| SHOWN.contains(state));
        Self { state: state.unwrap_or(State::New), source: query.number("source").map(WireSourceId), before }
    }

    fn wanted(self) -> Wanted {
        Wanted { state: self.state, source: self.source, before: self.before }
    }

    fn query(self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("state", self.state.as_str());
        if let Some(source) = self.source {
            query.append_pair("source", &source.to_string());
        }
        if let Some((at, id)) = self.before {
            query.append_pair("before", &format!("{}.{id}", at.as_millisecond()));
        }
        query.finish()
    }

    fn address(self) -> String {
        format!("{}?{}", Room::Wire.path(), self.query())
    }
}

fn numbers(values: &[String]) -> Vec<WireStoryId> {
    let mut ids: Vec<WireStoryId> = values.iter().filter_map(|id| id.parse().ok().map(WireStoryId)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn row(visit: &Visit<'_>, staff: &Staff, line: &Line, others: &[Another]) -> WireRow {
    let language = Language::parse(&line.language).unwrap_or_else(|_| visit.frame.site.language.clone());
    let section = line.section.and_then(|id| visit.frame.sections.iter().find(|section| section.id == id));
    let may_take = staff.may_take(line.section);
    let waits = matches!(line.state, State::New | State::Dismissed);
    WireRow {
        id: line.id.0,
        href: Room::WireStory(line.id).path(),
        headline: line.headline.clone(),
        lang: language.as_str().to_owned(),
        dir: language.dir(),
        excerpt: line.excerpt.clone(),
        source: line.source_name.clone(),
        section: section.map(|section| section.name.clone()),
        bylines: line.bylines.lines().map(str::to_owned).collect(),
        address: Some(line.address.clone()).filter(|address| !address.is_empty()),
        at: dates::moment(&visit.frame.site, visit.texts(), line.at),
        state: line.state.as_str(),
        by: line.by.clone(),
        article_href: line.article.map(|id| Room::Story(id).path()),
        same_href: line.same_as.filter(|same| line.article != Some(*same)).map(|id| Room::Story(id).path()),
        also: others
            .iter()
            .filter(|other| other.group == line.group && other.id != line.id)
            .map(|other| AlsoView { name: other.source.clone(), href: Room::WireStory(other.id).path() })
            .collect(),
        may_take: waits && may_take,
        may_dismiss: line.state == State::New && may_take && staff.role.may(Right::KeepWires),
    }
}

fn notice(visit: &Visit<'_>, query: &Fields) -> Option<NoticeView> {
    let done = ["taken", "dismissed", "undone", "was-taken"].into_iter().find(|done| *done == query.one("done"))?;
    let count = query.number("n").unwrap_or(0);
    let text = visit.texts().text(&format!("wire-done-{done}"), &[("n", Arg::Number(count))]);
    Some(NoticeView { text, undo: query.number("undo").filter(|_| count > 0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_survives_a_form() {
        let at = Timestamp::from_millisecond(1_700_000_000_123).expect("a time");
        let filter =
            Filter { state: State::Dismissed, source: Some(WireSourceId(3)), before: Some((at, WireStoryId(40))) };
        assert_eq!(Filter::read(&Fields::parse(filter.query().as_bytes())), filter);
        let odd = Fields::parse(b"state=expired&source=x&before=9.y");
        assert_eq!(Filter::read(&odd), Filter { state: State::New, source: None, before: None });
    }
}
