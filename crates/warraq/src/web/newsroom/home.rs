//! What is going on? The first page of the newsroom.

use super::places::Room;
use super::refusal::Refusal;
use super::stages;
use super::stories::line;
use super::visit::Visit;
use crate::news::staff::Right;
use crate::store::comments;
use crate::store::stories::{self, Line, Which};
use crate::web::reply::Reply;
use crate::web::views::newsroom::{HomePage, StageCount, StoryLine};

/// How many stories each list shows.
const FEW: i64 = 6;
/// Among how many of those that go out next are the ones that an account may see.
const SOON: i64 = 60;

/// `GET /newsroom/`
pub(super) async fn show(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    let staff = visit.staff()?.clone();
    let (id, sees_all) = (staff.id, staff.role.may(Right::Arrange));
    // How many there are says something about those that one may not see.
    let sees_stages = sees_all && staff.sections.is_empty();
    let (mine, waiting, scheduled, published, held, drafts) = visit
        .view(move |db| {
            let mine = stories::lines(db, Which::Unfinished(id), None, FEW)?;
            let waiting = stories::lines(db, Which::For(id), None, FEW)?;
            let mut scheduled = if sees_all { stories::scheduled(db, SOON)? } else { Vec::new() };
            scheduled.retain(|line| line.is_open_to(&staff));
            scheduled.truncate(FEW as usize);
            let published = stories::lines(db, Which::Public, None, FEW)?;
            let held = if sees_all { comments::held(db)? } else { 0 };
            let drafts = if sees_stages { stories::drafts_by_stage(db)? } else { Vec::new() };
            Ok((mine, waiting, scheduled, published, held, drafts))
        })
        .await?;
    let show = |lines: &[Line]| -> Vec<StoryLine> { lines.iter().map(|found| line(visit, found)).collect() };
    let publication = &visit.frame.site.settings.stages;
    let view = HomePage {
        layout: visit.layout(&visit.says("newsroom"), "home"),
        mine: show(&mine),
        waiting: show(&waiting),
        scheduled: show(&scheduled),
        published: show(&published),
        held,
        stages: stages::choices(visit)
            .into_iter()
            .filter_map(|choice| {
                let here = drafts.iter().filter(|(key, _)| publication.of(key).key == choice.key);
                let drafts = here.map(|(_, drafts)| drafts).sum::<i64>();
                let href = format!("{}?list=draft&stage={}", Room::Stories.path(), choice.key);
                (drafts > 0).then(|| StageCount { drafts: visit.digits().write(drafts), href, name: choice.name })
            })
            .collect(),
    };
    visit.page("newsroom/home.html", &view)
}
