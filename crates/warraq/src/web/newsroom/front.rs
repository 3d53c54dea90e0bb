//! What stands on the front page, and in which order?

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::fronts as verbs;
use crate::news::ArticleId;
use crate::news::front::SECONDS;
use crate::store::fronts;
use crate::store::stories::{self, Line, Which};
use crate::web::reply::Reply;
use crate::web::views::newsroom::{FrontRoomPage, SlotField, StoryChoice};

/// Stories that can be chosen: the newest, and those that are pinned already.
const CHOICES: i64 = 100;
/// The places that can be filled by hand: the lead, and those beside it.
const PLACES: i64 = 1 + SECONDS as i64;

/// `GET /newsroom/front/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let (pinned, mut lines) = visit
        .view(|db| {
            let pinned = fronts::slots(db)?;
            let mut lines = stories::lines(db, Which::Public, None, CHOICES)?;
            let missing: Vec<ArticleId> =
                pinned.iter().map(|(_, id)| *id).filter(|id| lines.iter().all(|line| line.id != *id)).collect();
            lines.extend(stories::by_ids(db, &missing)?);
            Ok((pinned, lines))
        })
        .await?;
    lines.dedup_by_key(|line| line.id);
    let last = pinned.iter().map(|(place, _)| *place).max().unwrap_or(0).max(PLACES);
    let at = |place: i64| pinned.iter().find(|(at, _)| *at == place).map(|(_, id)| id.0);
    let choice = |line: &Line| StoryChoice { id: line.id.0, headline: line.headline.clone() };
    let view = FrontRoomPage {
        layout: visit.layout(&visit.says("nav-front"), "front"),
        slots: (1..=last).map(|place| SlotField { place, story: at(place) }).collect(),
        stories: lines.iter().map(choice).collect(),
        done: query.one("done") == "1",
    };
    visit.page("newsroom/front.html", &view)
}

/// `POST /newsroom/front/`: a number for each place, or nothing.
pub(super) async fn arrange(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let places = (1_i64..).zip(fields.all("slot"));
    let slots: Vec<(i64, ArticleId)> =
        places.filter_map(|(place, id)| Some((place, ArticleId(id.trim().parse().ok()?)))).collect();
    let mut seen = std::collections::HashSet::new();
    if !slots.iter().all(|(_, id)| seen.insert(*id)) {
        return Err(Refusal::Conflict(visit.says("front-twice")));
    }
    verbs::arrange(visit.desk(), slots).await?;
    Ok(see(&format!("{}?done=1", Room::Front.path())))
}
