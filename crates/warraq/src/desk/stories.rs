//! What happens while somebody writes? Stories begun, kept, held, handed on, brought back, sent out.
//!
//! Each verb takes who asks, and decides within its transaction whether they may: between a page and the form that comes
//! back from it an article may have gone out, or somebody else may have saved.

use jiff::{SignedDuration, Timestamp};

use crate::desk::articles::{self as verbs, Prepared};
use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::identity;
use crate::news::article::{CorrectionKind, Draft, Flaw, Status};
use crate::news::audit::{self, Noun};
use crate::news::consequences::Change;
use crate::news::people::BylineRole;
use crate::news::plan::Plan;
use crate::news::section::NewTerm;
use crate::news::staff::Staff;
use crate::news::stage::Stages;
use crate::news::{ArticleId, SectionId, UserId};
use crate::store::stories::{self, Lock, Standing};
use crate::store::{StoreError, Tx, articles, jobs, media, people, plans, sections, tags, users};

/// Whoever goes on writing within this time writes over their own last revision: a story of an afternoon has some twenty
/// states to go back to, not a thousand.
const ONE_SITTING: SignedDuration = SignedDuration::from_mins(15);

/// Why something is not done to a story.
#[derive(Debug)]
pub enum Refused {
    /// The account may not.
    NotAllowed,
    /// Somebody saved in between.
    Changed {
        /// Who, by name.
        by: String,
        /// The version that stands now.
        version: i64,
    },
    /// Somebody has it open.
    Locked {
        /// Who, by name.
        by: String,
    },
    /// It lacks what readers need.
    Incomplete(Vec<Flaw>),
    /// Anything else.
    Other(Error),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// What somebody wrote: a draft, and names that become tags and people when it is kept.
#[derive(Debug, Clone, Default)]
pub struct Written {
    /// Everything but tags and bylines.
    pub draft: Draft,
    /// Tags by name, in the order shown.
    pub tags: Vec<String>,
    /// People by name, in the order shown.
    pub bylines: Vec<(String, BylineRole)>,
}

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The version that stands now.
    pub version: i64,
    /// When it was kept.
    pub at: Timestamp,
    /// Words of the body.
    pub words: i64,
}

/// What is done to a story as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Readers see it, or what was changed in it.
    Publish,
    /// It goes out by itself.
    Schedule(Timestamp),
    /// It does not go out by itself any more.
    Unschedule,
    /// It goes away; readers are told why.
    Withdraw(String),
    /// Readers are told what was put right.
    Correct(CorrectionKind, String),
    /// What is intended with it. `seen` is the plan that whoever changes it had before them, if they said.
    Plan {
        /// As it will be.
        plan: Plan,
        /// As it was.
        seen: Option<Plan>,
    },
    /// It is somebody's turn.
    HandOn {
        /// Where it stands.
        stage: String,
        /// Whose turn.
        to: Option<UserId>,
    },
}

/// Begin a story.
///
/// # Errors
/// What is wrong with it, the database.
pub async fn begin(desk: &Desk, staff: &Staff, written: Written) -> Result<ArticleId, Refused> {
    let (staff, now, tag) = (staff.clone(), desk.clock.now(), desk.chance.bytes());
    let by = staff.id;
    let prepared = Prepared::new(written.draft.clone())?;
    write(desk, move |tx| {
        let site = verbs::expect_site(tx)?;
        let prepared = resolved(tx, &staff, &written, prepared, None)?;
        let id = ArticleId(tx.next_id("article")?);
        let slug = articles::free_slug(tx, &prepared.wished_slug(id), None)?;
        let new = verbs::New { id, slug, guid: verbs::urn(tag), shown: None, updated: None };
        verbs::create_in(tx, &site, &prepared, &new, Some(by), "", now)?;
        stories::set_owner(tx, id, by)?;
        Ok(id)
    })
    .await
}

/// Keep what somebody wrote over the version that they had before them. A published story stays as readers know it.
///
/// # Errors
/// As [`Refused`] says.
pub async fn keep(
    desk: &Desk,
    staff: &Staff,
    id: ArticleId,
    version: i64,
    written: Written,
    note: &str,
) -> Result<Kept, Refused> {
    let (staff, now, note) = (staff.clone(), desk.clock.now(), note.to_owned());
    let prepared = Prepared::new(written.draft.clone())?;
    write(desk, move |tx| {
        let standing = expect(tx, id)?;
        check(&staff, &standing)?;
        nobody_else_has_it(tx, id, &staff, now)?;
        if standing.version != version {
            return Err(changed(tx, &standing)?);
        }
        let newest = stories::revisions(tx, id, i64::MAX, 1)?.pop();
        let before = verbs::expect_draft(tx, id)?;
        let prepared = resolved(tx, &staff, &written, prepared, Some(&before))?;
        check_scheduled(&staff, &standing, &prepared.draft.sections)?;
        let goes_on = newest.filter(|newest| {
            let own = newest.by == Some(staff.id) && newest.note.is_empty() && note.is_empty();
            own && newest.number > standing.published_revision && now.duration_since(newest.at) < ONE_SITTING
        });
        verbs::keep_in(tx, id, &prepared, Some(staff.id), &note, goes_on.map(|newest| newest.number), now)?;
        stories::hold(tx, id, staff.id, now)?;
        let version = stories::count_save(tx, id)?;
        Ok(Kept { version, at: now, words: prepared.word_count() })
    })
    .await
}

/// Say that somebody has a story open; `take` takes it from whoever had it.
///
/// # Errors
/// As [`Refused`] says.
pub async fn hold(desk: &Desk, staff: &Staff, id: ArticleId, take: bool) -> Result<(), Refused> {
    let (staff, now) = (staff.clone(), desk.clock.now());
    write(desk, move |tx| {
        check(&staff, &expect(tx, id)?)?;
        if !take {
            nobody_else_has_it(tx, id, &staff, now)?;
        }
        Ok(stories::hold(tx, id, staff.id, now)?)
    })
    .await
}

/// Give a story back.
///
/// # Errors
/// The database.
pub async fn release(desk: &Desk, staff: &Staff, id: ArticleId) -> Result<(), Refused> {
    let by = staff.id;
    write(desk, move |tx| Ok(stories::release(tx, id, by)?)).await
}

/// Bring an older revision back, as the newest one.
///
/// # Errors
/// As [`Refused`] says.
pub async fn restore(desk: &Desk, staff: &Staff, id: ArticleId, number: i64) -> Result<(), Refused> {
    let (staff, now) = (staff.clone(), desk.clock.now());
    write(desk, move |tx| {
        let standing = expect(tx, id)?;
        check(&staff, &standing)?;
        nobody_else_has_it(tx, id, &staff, now)?;
        let draft = stories::draft(tx, id, number)?;
        let draft = draft.ok_or_else(|| Error::NotFound(format!("revision {number} of article {id}")))?;
        check_scheduled(&staff, &standing, &draft.sections)?;
        let note = format!("restored {number}");
        verbs::keep_in(tx, id, &Prepared::new(draft)?, Some(staff.id), &note, None, now)?;
        stories::count_save(tx, id)?;
        Ok(())
    })
    .await
}

/// Do something to a story as a whole. What goes out is the version that was `seen`, if whoever lets it out said which.
///
/// # Errors
/// As [`Refused`] says.
pub async fn act(desk: &Desk, staff: &Staff, id: ArticleId, act: Act, seen: Option<i64>) -> Result<(), Refused> {
    let (by, staff, now) = (desk.by.clone(), staff.clone(), desk.clock.now());
    write(desk, move |tx| {
        let standing = expect(tx, id)?;
        let is_own = standing.owner == Some(staff.id);
        let goes_public = match &act {
            Act::HandOn { .. } => false,
            Act::Plan { plan, .. } => plan.lets_out_more_than(&plans::of(tx, id)?, now),
            _ => true,
        };
        let may = if goes_public {
            // Where it stands, and where it would.
            let wished = verbs::expect_draft(tx, id)?.sections;
            staff.may_publish(is_own, &wished)
                && (standing.published_at.is_none() || staff.may_publish(is_own, &standing.sections))
        } else {
            staff.may_edit(standing.is_with(staff.id), standing.status, &standing.sections)
        };
        if !may {
            return Err(Refused::NotAllowed);
        }
        if seen.is_some_and(|seen| seen != standing.version) {
            return Err(changed(tx, &standing)?);
        }
        let site = verbs::expect_site(tx)?;
        let stages = &site.settings.stages;
        by.did(tx, written_as(&act), (Noun::Article, id.0), &details_of(&act, stages), now)?;
        match act {
            Act::Publish => {
                check_complete(tx, id)?;
                if standing.status != Status::Published {
                    verbs::check_plan(tx, id, now)?;
                    check_stage(stages, &standing.stage)?;
                }
                verbs::publish_in(tx, &site, id, None, now)?;
                stories::hand_on(tx, id, &stages.last().key, None, now)?;
            }
            Act::Schedule(at) => {
                check_complete(tx, id)?;
                check_stage(stages, &standing.stage)?;
                verbs::schedule_in(tx, id, at, now)?;
            }
            Act::Unschedule => verbs::unschedule_in(tx, id, now)?,
            Act::Withdraw(reason) => verbs::withdraw_in(tx, id, &reason, now)?,
            Act::Plan { plan, seen } => {
                if seen.is_some_and(|seen| plans::of(tx, id).is_ok_and(|now| now != seen)) {
                    return Err(Error::conflict("plan-changed", "somebody changed the plan meanwhile").into());
                }
                keep_plan(tx, &standing, &plan, now)?;
            }
            Act::Correct(kind, words) => verbs::correct_in(tx, id, kind, &words, now)?,
            Act::HandOn { stage, to } => {
                let stage = taken_on(stages, &staff, &standing, &stage)?;
                if let Some(to) = to
                    && !users::all(tx)?.iter().any(|colleague| colleague.id == to)
                {
                    return Err(Error::NotFound(format!("account {to}")).into());
                }
                stories::hand_on(tx, id, stage, to, now)?;
            }
        }
        Ok(())
    })
    .await
}

/// Where a publication lets stories out from the last stage alone, this one must have come there.
fn check_stage(stages: &Stages, stage: &str) -> Result<(), Error> {
    if stages.lets_out(stage) {
        return Ok(());
    }
    let last = stages.word_for(&stages.last().key);
    Err(Error::conflict("stage-not-last", format!("stories go out from the last stage alone, which is «{last}»")))
}

/// The key of the stage that a story is handed on to, where this colleague may take it there.
fn taken_on<'a>(stages: &'a Stages, staff: &Staff, standing: &Standing, to: &str) -> Result<&'a str, Error> {
    if !stages.knows(to) {
        return Err(Error::conflict("no-such-stage", format!("there is no stage «{to}»")));
    }
    if !stages.may_take(staff.role, &standing.stage, to) {
        let says =
            format!("others take a story on from «{}», or from a stage on the way", stages.word_for(&standing.stage));
        return Err(Error::conflict("stage-of-others", says));
    }
    // It goes out by itself with nobody asked again: what lets it out is asked now.
    if standing.status == Status::Scheduled && stages.lets_out(&standing.stage) && !stages.lets_out(to) {
        return Err(Error::conflict(
            "stage-is-scheduled",
            "the article is to go out by itself; take the time back first",
        ));
    }
    Ok(&stages.of(to).key)
}

/// How the log calls it.
fn written_as(act: &Act) -> audit::Act {
    match act {
        Act::Publish => audit::Act::Published,
        Act::Schedule(_) => audit::Act::Scheduled,
        Act::Unschedule => audit::Act::Unscheduled,
        Act::Withdraw(_) => audit::Act::Withdrawn,
        Act::Correct(..) => audit::Act::Corrected,
        Act::HandOn { .. } => audit::Act::HandedOn,
        Act::Plan { .. } => audit::Act::Planned,
    }
}

/// What the log says beside that. An address that somebody typed stays out of it.
fn details_of(act: &Act, stages: &Stages) -> String {
    let words = match act {
        Act::Publish | Act::Unschedule => String::new(),
        Act::Schedule(at) => at.to_string(),
        Act::Withdraw(reason) => reason.clone(),
        Act::Correct(kind, words) => format!("{}: {words}", kind.as_str()),
        Act::Plan { plan, .. } => {
            let moment = |at: Option<Timestamp>| at.map_or_else(|| "–".to_owned(), |at| at.to_string());
            let day = plan.planned_on.map_or_else(|| "–".to_owned(), |day| day.to_string());
            format!("{day}; {} → {}", moment(plan.embargo_at), moment(plan.expires_at))
        }
        Act::HandOn { stage, to } => {
            let stage = stages.word_for(stage);
            to.map_or_else(|| stage.to_owned(), |to| format!("{stage} → {to}"))
        }
    };
    identity::without_addresses(&words)
}

/// Write a plan down that fits what is there, and see to its end.
fn keep_plan(tx: &mut Tx<'_>, standing: &Standing, plan: &Plan, now: Timestamp) -> Result<(), Error> {
    let before = plans::of(tx, standing.id)?;
    let is_new = |new: Option<Timestamp>, old: Option<Timestamp>| new.filter(|_| new != old);
    let (embargo, end) = (is_new(plan.embargo_at, before.embargo_at), is_new(plan.expires_at, before.expires_at));
    if end.is_some_and(|end| end <= now) {
        return Err(Error::conflict("end-is-over", "the end lies in the past; withdraw the article instead"));
    }
    if embargo.is_some_and(|until| until > now) && standing.status == Status::Published {
        return Err(Error::conflict("embargo-too-late", "the article is public: an embargo comes too late"));
    }
    if plan.embargo_at.zip(plan.expires_at).is_some_and(|(until, end)| end <= until) {
        return Err(Error::conflict("end-before-embargo", "the article would go away before its embargo is over"));
    }
    if let Some(at) = standing.scheduled_at
        && plan.allows(at).is_err()
    {
        return Err(Error::conflict("plan-against-schedule", format!("the article is to go out at {at}")));
    }
    plans::keep(tx, standing.id, plan)?;
    match end {
        Some(end) => Ok(jobs::follow(tx, &Change::ArticleExpires(standing.id, end), now)?),
        None => Ok(()),
    }
}

/// Who has it open, where that is somebody else.
///
/// # Errors
/// The database.
pub fn held_by_another(lock: Option<Lock>, staff: &Staff) -> Option<Lock> {
    lock.filter(|lock| lock.by != staff.id)
}

async fn write<T, F>(desk: &Desk, work: F) -> Result<T, Refused>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, Refused> + Send + 'static,
    T: Send + 'static,
{
    let done = desk.store.write(work).await;
    if done.is_ok() {
        desk.bell.notify_one();
    }
    done
}

fn expect(tx: &mut Tx<'_>, id: ArticleId) -> Result<Standing, Refused> {
    Ok(stories::standing(tx, id)?.ok_or_else(|| Error::NotFound(format!("article {id}")))?)
}

fn check(staff: &Staff, standing: &Standing) -> Result<(), Refused> {
    if staff.may_edit(standing.is_with(staff.id), standing.status, &standing.sections) {
        Ok(())
    } else {
        Err(Refused::NotAllowed)
    }
}

/// Somebody saved in between.
fn changed(tx: &mut Tx<'_>, standing: &Standing) -> Result<Refused, Error> {
    let newest = stories::revisions(tx, standing.id, i64::MAX, 1)?.pop();
    let by = newest.and_then(|newest| newest.by_name).unwrap_or_default();
    Ok(Refused::Changed { by, version: standing.version })
}

/// What is scheduled goes out as it stands, with nobody asked again: only who may publish it, where it stands and where
/// it would stand, changes it.
fn check_scheduled(staff: &Staff, standing: &Standing, wished: &[SectionId]) -> Result<(), Refused> {
    let is_own = standing.owner == Some(staff.id);
    let may = || staff.may_publish(is_own, &standing.sections) && staff.may_publish(is_own, wished);
    if standing.status == Status::Scheduled && !may() { Err(Refused::NotAllowed) } else { Ok(()) }
}

fn nobody_else_has_it(tx: &mut Tx<'_>, id: ArticleId, staff: &Staff, now: Timestamp) -> Result<(), Refused> {
    match held_by_another(stories::lock(tx, id, now)?, staff) {
        Some(lock) => Err(Refused::Locked { by: lock.by_name }),
        None => Ok(()),
    }
}

/// What goes out must be whole: a text, and words for those who do not see the picture.
fn check_complete(tx: &mut Tx<'_>, id: ArticleId) -> Result<(), Refused> {
    let flaws = verbs::expect_draft(tx, id)?.gaps();
    if flaws.is_empty() { Ok(()) } else { Err(Refused::Incomplete(flaws)) }
}

/// A draft that can be kept: what its form names by number is there, and names have become tags and people; those that
/// there are not yet are made. `before` is the draft that it takes the place of.
fn resolved(
    tx: &mut Tx<'_>,
    staff: &Staff,
    written: &Written,
    prepared: Prepared,
    before: Option<&Draft>,
) -> Result<Prepared, Refused> {
    let mut flaws = Vec::new();
    let mut flaw = |field, reason| flaws.push(Flaw { field, reason });
    let known = sections::all(tx)?;
    if !prepared.draft.sections.iter().all(|id| known.iter().any(|section| section.id == *id)) {
        flaw("section", "unknown");
    }
    if let Some(lead) = &prepared.draft.lead
        && !media::by_id(tx, lead.media)?.is_some_and(|media| media.is_picture())
    {
        flaw("lead", "unknown");
    }
    // Who joins a story to another changes what readers of the other see.
    let joined = before.and_then(|before| before.translation_of);
    if let Some(other) = prepared.draft.translation_of.filter(|other| joined != Some(*other)) {
        match stories::standing(tx, other)? {
            None => flaw("translation-of", "unknown"),
            Some(standing) if check(staff, &standing).is_err() => flaw("translation-of", "not-allowed"),
            Some(_) => {}
        }
    }
    for name in &written.tags {
        let slug = arabic::slug::slug(name);
        if tags::by_slug(tx, &slug)?.is_none()
            && let Some(reason) = terms::wrong_with(name, &slug)
        {
            flaw("tags", reason);
        }
    }
    for (name, _) in &written.bylines {
        let slug = arabic::slug::slug(name);
        if people::by_slug(tx, &slug)?.is_none()
            && let Some(reason) = terms::wrong_with(name, &slug)
        {
            flaw("bylines", reason);
        }
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws).into());
    }
    with_names(tx, written, prepared)
}

fn with_names(tx: &mut Tx<'_>, written: &Written, prepared: Prepared) -> Result<Prepared, Refused> {
    let term = |name: &String| NewTerm { name: name.clone(), ..NewTerm::default() };
    let mut prepared = prepared;
    let mut tags = Vec::new();
    for name in &written.tags {
        let tag = terms::tag_in(tx, &term(name))?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    prepared.draft.tags = tags;
    let mut bylines = Vec::new();
    for (name, role) in &written.bylines {
        let byline = (terms::person_in(tx, &term(name))?, *role);
        if !bylines.contains(&byline) {
            bylines.push(byline);
        }
    }
    prepared.draft.bylines = bylines;
    Ok(prepared)
}
