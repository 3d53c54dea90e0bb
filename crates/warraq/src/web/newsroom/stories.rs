//! Which stories are there? Lists of the newsroom.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::json;

use super::places::Room;
use super::refusal::Refusal;
use super::stages;
use super::visit::{self, Fields, Visit};
use crate::news::ArticleId;
use crate::news::article::Status;
use crate::news::language::Language;
use crate::news::staff::{Role, Staff};
use crate::store::stories::{self, Before, Line, Which};
use crate::store::{Db, StoreError, tags};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::views::newsroom::{ListTab, StoriesPage, StoryLine};

/// Stories on one page of a list.
const PER_PAGE: i64 = 50;
/// Names that are proposed while somebody types.
const PROPOSED: i64 = 10;
/// How many unpublished stories are looked through: for words in their headlines, for those that an account may see.
const LOOKED_THROUGH: i64 = 1_000;

/// A list of the newsroom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Mine,
    Waiting,
    Draft,
    Scheduled,
    Published,
    Pages,
    Withdrawn,
}

impl List {
    const ALL: [Self; 7] =
        [Self::Mine, Self::Waiting, Self::Draft, Self::Scheduled, Self::Published, Self::Pages, Self::Withdrawn];

    fn key(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Waiting => "waiting",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Pages => "pages",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Who sees it: unpublished copy of others is for those who may edit it.
    fn is_for(self, role: Role) -> bool {
        matches!(self, Self::Mine | Self::Waiting | Self::Published | Self::Pages)
            || matches!(role, Role::Owner | Role::Editor)
    }

    /// Whether drafts stand in it.
    fn has_drafts(self) -> bool {
        matches!(self, Self::Mine | Self::Waiting | Self::Draft)
    }

    fn which(self, staff: &Staff) -> Which<'static> {
        match self {
            Self::Mine => Which::Of(staff.id),
            Self::Waiting => Which::For(staff.id),
            Self::Draft => Which::In(Status::Draft),
            Self::Scheduled => Which::In(Status::Scheduled),
            Self::Published => Which::Public,
            Self::Pages => Which::Pages,
            Self::Withdrawn => Which::In(Status::Withdrawn),
        }
    }
}

/// `GET /newsroom/articles/?list=…&q=…&before=…`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    let standard = if matches!(staff.role, Role::Owner | Role::Editor) { List::Draft } else { List::Mine };
    let wanted = List::ALL.into_iter().find(|list| list.key() == query.one("list")).unwrap_or(standard);
    if !wanted.is_for(staff.role) {
        return Err(Refusal::NotAllowed);
    }
    let words = query.one("q").trim().to_owned();
    let publication = &visit.frame.site.settings.stages;
    let stage = Some(query.one("stage")).filter(|key| wanted.has_drafts() && publication.knows(key));
    let stage = stage.map(|key| publication.of(key));
    let keys = stage.map(|stage| publication.keys_of(stage));
    let (lines, next) = if words.is_empty() {
        page(visit, wanted, keys, before(query.one("before"))).await?
    } else {
        (found(visit, wanted, keys, &words).await?, None)
    };
    let stage = stage.map_or("", |stage| &stage.key);
    let at_stage = if stage.is_empty() { String::new() } else { format!("&stage={stage}") };
    let here = Room::Stories.path();
    let lists = List::ALL.into_iter().filter(|list| list.is_for(staff.role));
    let view = StoriesPage {
        layout: visit.layout(&visit.says("nav-stories"), "stories"),
        list: wanted.key(),
        lists: lists
            .map(|list| ListTab {
                key: list.key(),
                href: format!("{here}?list={}", list.key()),
                current: list == wanted,
            })
            .collect(),
        words,
        stages: if wanted.has_drafts() { stages::choices(visit) } else { Vec::new() },
        stage: stage.to_owned(),
        lines: lines.iter().map(|line| self::line(visit, line)).collect(),
        next: next
            .map(|(at, id)| format!("{here}?list={}{at_stage}&before={}.{id}", wanted.key(), at.as_millisecond())),
    };
    visit.page("newsroom/stories.html", &view)
}

async fn page(
    visit: &Visit<'_>,
    list: List,
    stage: Option<Vec<String>>,
    before: Option<Before>,
) -> Result<(Vec<Line>, Option<Before>), Refusal> {
    let staff = visit.staff()?.clone();
    let which = list.which(&staff);
    visit
        .view(move |db| match stage {
            None => seen_by(db, which, before, |line| line.is_open_to(&staff)),
            Some(keys) => {
                seen_by(db, at(which, &keys), before, |line| line.is_open_to(&staff) && stands_at(line, &keys))
            }
        })
        .await
}

/// All drafts at a stage have a list of their own; the others are looked through.
fn at<'a>(which: Which<'static>, keys: &'a [String]) -> Which<'a> {
    if which == Which::In(Status::Draft) { Which::At(keys) } else { which }
}

fn stands_at(line: &Line, keys: &[String]) -> bool {
    line.status == Status::Draft && keys.contains(&line.stage)
}

/// A page of what of a list is to be shown, and where it goes on. A page of somebody who is confined to sections may hold
/// less than it could and go on nevertheless: no more than [`LOOKED_THROUGH`] stories are looked at for it.
fn seen_by(
    db: &mut Db<'_>,
    which: Which<'_>,
    before: Option<Before>,
    is_shown: impl Fn(&Line) -> bool,
) -> Result<(Vec<Line>, Option<Before>), StoreError> {
    let (mut shown, mut before, mut looked) = (Vec::new(), before, 0);
    loop {
        let mut lines = stories::lines(db, which, before, PER_PAGE + 1)?;
        let goes_on = lines.len() as i64 > PER_PAGE;
        lines.truncate(PER_PAGE as usize);
        for line in lines {
            before = Some((line.at, line.id));
            looked += 1;
            if is_shown(&line) {
                shown.push(line);
            }
            if shown.len() as i64 == PER_PAGE || looked == LOOKED_THROUGH {
                let more = stories::lines(db, which, before, 1)?;
                return Ok((shown, before.filter(|_| !more.is_empty())));
            }
        }
        if !goes_on {
            return Ok((shown, None));
        }
    }
}

/// Published stories by the index; others by the words of their headlines.
async fn found(visit: &Visit<'_>, list: List, stage: Option<Vec<String>>, words: &str) -> Result<Vec<Line>, Refusal> {
    let staff = visit.staff()?;
    let which = list.which(staff);
    if which == Which::Public {
        let ids = visit.search(words, PER_PAGE as usize).await?;
        return visit.view(move |db| stories::by_ids(db, &ids)).await;
    }
    let folded = fold(words);
    let keys = stage.clone();
    let lines = visit
        .view(move |db| {
            let which = keys.as_ref().map_or(which, |keys| at(which, keys));
            stories::lines(db, which, None, LOOKED_THROUGH)
        })
        .await?;
    let fits = |line: &Line| {
        let headline = fold(&line.headline);
        let is_there = stage.as_ref().is_none_or(|keys| stands_at(line, keys));
        is_there && line.is_open_to(staff) && folded.split_whitespace().all(|word| headline.contains(word))
    };
    Ok(lines.into_iter().filter(fits).collect())
}

fn fold(text: &str) -> String {
    arabic::fold::fold(text, arabic::fold::Fold::KEY).to_lowercase()
}

/// `GET /newsroom/tags/names?q=…`: tags whose folded names begin with the folded words, as JSON. A form names them, so the name
/// is what `id` says.
pub(super) async fn propose_tags(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    let begins = arabic::fold::fold(query.one("q").trim(), arabic::fold::Fold::KEY).into_owned();
    let found = if begins.is_empty() {
        Vec::new()
    } else {
        visit.view(move |db| tags::beginning_with(db, &begins, PROPOSED)).await?
    };
    let found: Vec<_> = found.iter().map(|tag| json!({ "id": tag.name, "name": tag.name })).collect();
    Ok(visit::json(StatusCode::OK, &found.into()))
}

/// `1700000000000.12`: where a list goes on.
fn before(text: &str) -> Option<Before> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_millisecond(at.parse().ok()?).ok()?, ArticleId(id.parse().ok()?)))
}

/// A line as a page shows it.
pub(super) fn line(visit: &Visit<'_>, line: &Line) -> StoryLine {
    let language = Language::parse(&line.language).unwrap_or_else(|_| visit.frame.site.language.clone());
    let at = match line.status {
        Status::Scheduled => line.scheduled_at,
        Status::Published => line.published_at,
        Status::Draft | Status::Withdrawn => None,
    };
    StoryLine {
        id: line.id.0,
        href: Room::Story(line.id).path(),
        headline: line.headline.clone(),
        dir: language.dir(),
        lang: line.language.clone(),
        status: line.status.as_str(),
        stage: visit.frame.site.settings.stages.of(&line.stage).key.clone(),
        stage_name: stages::name_of(visit, &line.stage),
        kind: line.kind.as_str(),
        section: line.section.clone(),
        owner: line.owner.as_ref().map(|(_, name)| name.clone()),
        assignee: line.assignee.as_ref().map(|(_, name)| name.clone()),
        at: dates::moment(&visit.frame.site, visit.texts(), at.unwrap_or(line.at)),
        words: line.words,
        comments: line.comments,
        has_changes: line.has_changes,
        is_embargoed: line.embargo_at.is_some_and(|until| until > visit.desk().clock.now()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_goes_on_where_it_stopped() {
        assert_eq!(before("1700000000000.12").map(|(at, id)| (at.as_second(), id.0)), Some((1_700_000_000, 12)));
        for odd in ["", "x.1", "1", "1.x", "99999999999999999999.1"] {
            assert_eq!(before(odd), None, "{odd}");
        }
    }

    #[test]
    fn drafts_of_others_are_for_those_who_may_edit_them() {
        for role in Role::ALL {
            let sees_all = matches!(role, Role::Owner | Role::Editor);
            for list in [List::Draft, List::Scheduled, List::Withdrawn] {
                assert_eq!(list.is_for(*role), sees_all, "{role:?} {list:?}");
            }
        }
    }
}
