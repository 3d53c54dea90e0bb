//! One story, while it is being written: the form, what comes back from it, what is done with the story.

use std::collections::BTreeMap;

use http::StatusCode;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::json;

use super::places::Room;
use super::refusal::{Refusal, flaw_key};
use super::stages;
use super::visit::{self, Fields, Visit, see};
use crate::desk::stories::{self as verbs, Act, Refused, Written};
use crate::error::Error;
use crate::news::article::{CorrectionKind, Draft, Flaw, Form, Kind, Lead, Preview, Source, Status};
use crate::news::language::Language;
use crate::news::media::Media;
use crate::news::people::BylineRole;
use crate::news::plan::Plan;
use crate::news::section::Section;
use crate::news::site::Site;
use crate::news::staff::{Right, Staff};
use crate::news::{ArticleId, MediaId, SectionId, UserId};
use crate::store::stories::{self, Lock, Standing};
use crate::store::{StoreError, media, people, plans, tags, users};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::urls::encode;
use crate::web::views::newsroom::{
    BylineField, Choices, LanguageChoice, LeadField, NewStoryPage, PlanField, SectionChoice, StaffChoice, StoryForm,
    StoryPage,
};

/// Lines for bylines that are shown empty.
const SPARE_BYLINES: usize = 2;

/// Everything about a story that its page shows.
struct Working {
    standing: Standing,
    plan: Plan,
    draft: Draft,
    newest: i64,
    tags: Vec<String>,
    bylines: Vec<(String, BylineRole)>,
    lead: Option<Media>,
    lock: Option<Lock>,
}

/// `GET /newsroom/articles/new`
pub(super) async fn show_new(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    new_page(visit, query, BTreeMap::new()).await
}

/// `POST /newsroom/articles/new`
pub(super) async fn begin(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    match verbs::begin(visit.desk(), staff, read(fields)).await {
        Ok(id) => {
            if let Ok(day) = fields.one("planned_on").parse::<Date>() {
                let plan = Plan { planned_on: Some(day), ..Plan::default() };
                verbs::act(visit.desk(), staff, id, Act::Plan { plan, seen: None }, None).await?;
            }
            Ok(see(&Room::Story(id).path()))
        }
        Err(Refused::Other(Error::Invalid(flaws))) => {
            let mut reply = new_page(visit, fields, errors(visit, &flaws)).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn new_page(visit: &Visit<'_>, typed: &Fields, errors: BTreeMap<&'static str, String>) -> Result<Reply, Refusal> {
    let view = NewStoryPage {
        layout: visit.layout(&visit.says("new-story"), "stories"),
        headline: typed.one("headline").to_owned(),
        planned_on: typed.one("planned_on").parse::<Date>().ok().map(|day| day.to_string()),
        choices: choices(visit).await?,
        errors,
    };
    visit.page("newsroom/new_story.html", &view)
}

/// `GET /newsroom/articles/12/`
pub(super) async fn show(visit: &Visit<'_>, id: ArticleId, query: &Fields) -> Result<Reply, Refusal> {
    let desk = load(visit, id).await?;
    let done = DONE.into_iter().find(|done| *done == query.one("done"));
    page(visit, &desk, form(visit, &desk), done, BTreeMap::new()).await
}

/// What a page may say was done.
const DONE: [&str; 9] =
    ["saved", "published", "scheduled", "unscheduled", "planned", "withdrawn", "corrected", "handed-on", "restored"];

/// `POST /newsroom/articles/12/`: keep what was written, and perhaps send it out.
pub(super) async fn keep(visit: &Visit<'_>, id: ArticleId, fields: &Fields) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    let version = fields.number("version").unwrap_or(-1);
    let kept = verbs::keep(visit.desk(), staff, id, version, read(fields), fields.one("note")).await;
    let refused = match kept {
        Ok(kept) if fields.one("do") == "publish" => {
            match verbs::act(visit.desk(), staff, id, Act::Publish, Some(kept.version)).await {
                Ok(()) => return Ok(done(id, "published")),
                Err(refused) => refused,
            }
        }
        Ok(_) => return Ok(done(id, "saved")),
        Err(refused) => refused,
    };
    again(visit, id, fields, refused).await
}

/// The same page with everything that was typed, and what is wrong with it.
async fn again(visit: &Visit<'_>, id: ArticleId, fields: &Fields, refused: Refused) -> Result<Reply, Refusal> {
    let (status, errors) = match &refused {
        Refused::Incomplete(flaws) | Refused::Other(Error::Invalid(flaws)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, errors(visit, flaws))
        }
        Refused::Changed { by, .. } => (StatusCode::CONFLICT, sentence(visit, "story-changed-by", by)),
        Refused::Locked { by } => (StatusCode::LOCKED, sentence(visit, "story-locked-by", by)),
        // Nothing can be written now, but what was typed can be shown, to be sent again.
        Refused::Other(Error::Store(StoreError::Full)) => {
            (StatusCode::INSUFFICIENT_STORAGE, said(visit, "story-unsaved-full"))
        }
        Refused::Other(Error::Store(StoreError::Stopped(_) | StoreError::Unavailable(_))) => {
            (StatusCode::SERVICE_UNAVAILABLE, said(visit, "story-unsaved-away"))
        }
        Refused::NotAllowed | Refused::Other(_) => return Err(refused.into()),
    };
    let desk = load(visit, id).await?;
    let typed = read(fields);
    // Saved before it was refused: then the form goes on from what was saved.
    let version = if matches!(refused, Refused::Incomplete(_)) {
        desk.standing.version
    } else {
        fields.number("version").unwrap_or(-1)
    };
    let lead = match typed.draft.lead.as_ref().map(|lead| lead.media) {
        Some(id) => visit.view(move |db| media::by_id(db, id)).await?,
        None => None,
    };
    let as_typed = Working { draft: typed.draft, tags: typed.tags, bylines: typed.bylines, lead, ..desk };
    let form = StoryForm { version, ..form(visit, &as_typed) };
    let mut reply = page(visit, &as_typed, form, None, errors).await?;
    reply.status = status;
    Ok(reply)
}

fn said(visit: &Visit<'_>, key: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("story", visit.says(key))])
}

fn sentence(visit: &Visit<'_>, key: &str, name: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("story", visit.texts().text(key, &[("name", name.into())]))])
}

/// `POST /newsroom/articles/12/draft`: kept while it is being written.
pub(super) async fn autosave(visit: &Visit<'_>, id: ArticleId, fields: &Fields) -> Result<Reply, Refusal> {
    let version = fields.number("version").unwrap_or(-1);
    let kept = verbs::keep(visit.desk(), visit.staff()?, id, version, read(fields), "").await?;
    let said = json!({ "version": kept.version, "saved_at": kept.at.to_string(), "words": kept.words });
    Ok(visit::json(StatusCode::OK, &said))
}

/// `POST /newsroom/articles/12/lock`
pub(super) async fn lock(visit: &Visit<'_>, id: ArticleId, fields: &Fields) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    if fields.one("release") == "1" {
        verbs::release(visit.desk(), staff, id).await?;
    } else {
        verbs::hold(visit.desk(), staff, id, fields.one("take") == "1").await?;
    }
    if visit.wants_json {
        Ok(visit::json(StatusCode::OK, &json!({ "holder": "me" })))
    } else {
        Ok(see(&Room::Story(id).path()))
    }
}

/// `POST /newsroom/articles/12/state`
pub(super) async fn act(visit: &Visit<'_>, id: ArticleId, fields: &Fields) -> Result<Reply, Refusal> {
    let conflict = |key: &str| Refusal::Conflict(visit.says(key));
    let (act, word) = match fields.one("do") {
        "publish" => (Act::Publish, "published"),
        "schedule" => {
            let at = moment(visit, fields.one("at"))?.ok_or_else(|| conflict("story-no-time"))?;
            (Act::Schedule(at), "scheduled")
        }
        "unschedule" => (Act::Unschedule, "unscheduled"),
        "plan" => {
            let seen = if fields.has("seen_embargo_at") { Some(plan(visit, fields, "seen_")?) } else { None };
            (Act::Plan { plan: plan(visit, fields, "")?, seen }, "planned")
        }
        "withdraw" => match fields.one("reason").trim() {
            "" => return Err(conflict("story-no-reason")),
            reason => (Act::Withdraw(reason.to_owned()), "withdrawn"),
        },
        "correct" => {
            let kind = CorrectionKind::parse(fields.one("kind")).ok_or_else(|| conflict("story-no-correction"))?;
            match fields.one("note").trim() {
                "" => return Err(conflict("story-no-correction")),
                note => (Act::Correct(kind, note.to_owned()), "corrected"),
            }
        }
        "hand-on" => {
            let stage = fields.one("stage").to_owned();
            (Act::HandOn { stage, to: fields.number("to").map(UserId) }, "handed-on")
        }
        _ => return Err(Refusal::NotFound),
    };
    verbs::act(visit.desk(), visit.staff()?, id, act, fields.number("seen")).await?;
    Ok(done(id, word))
}

/// The plan in the fields whose names begin like this.
fn plan(visit: &Visit<'_>, fields: &Fields, begin: &str) -> Result<Plan, Refusal> {
    let field = |name: &str| fields.one(&format!("{begin}{name}")).trim();
    let planned_on = match field("planned_on") {
        "" => None,
        day => Some(day.parse::<Date>().map_err(|_| Refusal::Conflict(visit.says("story-no-time")))?),
    };
    let (embargo_at, expires_at) = (moment(visit, field("embargo_at"))?, moment(visit, field("expires_at"))?);
    Ok(Plan { planned_on, embargo_at, expires_at })
}

/// What a field for a moment says, in the publication's time zone; `None` when it is empty.
fn moment(visit: &Visit<'_>, typed: &str) -> Result<Option<Timestamp>, Refusal> {
    let nonsense = |_| Refusal::Conflict(visit.says("story-no-time"));
    match typed.trim() {
        "" => Ok(None),
        typed => {
            let local = typed.parse::<DateTime>().map_err(nonsense)?;
            Ok(Some(local.to_zoned(visit.frame.site.time_zone.clone()).map_err(nonsense)?.timestamp()))
        }
    }
}

/// A moment as such a field shows it.
fn typed(site: &Site, at: Option<Timestamp>) -> String {
    let local = at.map(|at| at.to_zoned(site.time_zone.clone()));
    local.map_or_else(String::new, |local| local.strftime("%Y-%m-%dT%H:%M").to_string())
}

fn done(id: ArticleId, word: &str) -> Reply {
    see(&format!("{}?done={word}", Room::Story(id).path()))
}

/// The story, if this account may work on it.
pub(super) async fn standing(visit: &Visit<'_>, id: ArticleId) -> Result<Standing, Refusal> {
    let found = visit.view(move |db| stories::standing(db, id)).await?.ok_or(Refusal::NotFound)?;
    let staff = visit.staff()?;
    if staff.may_edit(found.is_with(staff.id), found.status, &found.sections) {
        Ok(found)
    } else {
        Err(Refusal::NotAllowed)
    }
}

async fn load(visit: &Visit<'_>, id: ArticleId) -> Result<Working, Refusal> {
    let standing = standing(visit, id).await?;
    let now = visit.desk().clock.now();
    visit
        .view(move |db| {
            let newest = stories::revisions(db, id, i64::MAX, 1)?.first().map_or(0, |newest| newest.number);
            let draft = stories::draft(db, id, newest)?.unwrap_or_default();
            let tags = tags::names(db, &draft.tags)?;
            let bylines = people::bylines(db, &draft.bylines)?;
            let bylines = bylines.into_iter().map(|byline| (byline.person.name, byline.role)).collect();
            let lead = match &draft.lead {
                Some(lead) => media::by_id(db, lead.media)?,
                None => None,
            };
            let lock = stories::lock(db, id, now)?;
            let plan = plans::of(db, id)?;
            Ok(Working { standing, plan, draft, newest, tags, bylines, lead, lock })
        })
        .await
}

async fn page(
    visit: &Visit<'_>,
    desk: &Working,
    story: StoryForm,
    done: Option<&'static str>,
    errors: BTreeMap<&'static str, String>,
) -> Result<Reply, Refusal> {
    let staff = visit.staff()?;
    let title = if story.headline.is_empty() { visit.says("new-story") } else { story.headline.clone() };
    let view = StoryPage {
        layout: visit.layout(&title, "stories"),
        choices: Choices { stages: stages::open_to(visit, staff.role, &desk.standing.stage), ..choices(visit).await? },
        errors,
        done,
        locked_by: verbs::held_by_another(desk.lock.clone(), staff).map(|lock| lock.by_name),
        may_publish: staff.may_publish(desk.standing.owner == Some(staff.id), &desk.draft.sections),
        waits_for_stage: waits_for_stage(visit, &desk.standing),
        editor_texts: visit.texts_for_scripts("editor-"),
        story,
    };
    visit.page("newsroom/story.html", &view)
}

/// The stage from which alone it goes out, where it has not come there.
fn waits_for_stage(visit: &Visit<'_>, standing: &Standing) -> Option<String> {
    let publication = &visit.frame.site.settings.stages;
    let waits = standing.status != Status::Published && !publication.lets_out(&standing.stage);
    waits.then(|| stages::name_of(visit, &publication.last().key))
}

fn form(visit: &Visit<'_>, desk: &Working) -> StoryForm {
    let (standing, draft) = (&desk.standing, &desk.draft);
    let site = &visit.frame.site;
    let language = draft.language.as_ref().unwrap_or(&site.language);
    let (at, now) = (standing.scheduled_at.or(standing.published_at), visit.desk().clock.now());
    let mut bylines: Vec<BylineField> =
        desk.bylines.iter().map(|(name, role)| BylineField { name: name.clone(), role: role.as_str() }).collect();
    let spare = || BylineField { name: String::new(), role: BylineRole::Writer.as_str() };
    bylines.extend(std::iter::repeat_with(spare).take(SPARE_BYLINES));
    StoryForm {
        id: standing.id.0,
        version: standing.version,
        status: standing.status.as_str(),
        has_changes: standing.status == Status::Published && desk.newest > standing.published_revision,
        is_embargoed: desk.plan.embargo_at.is_some_and(|until| until > now),
        public_href: (standing.status == Status::Published).then(|| encode(&format!("/a/{}", standing.id))),
        at: at.map(|at| dates::moment(site, visit.texts(), at)),
        form: draft.form.as_str(),
        kind: draft.kind.as_str(),
        language: draft.language.as_ref().map_or_else(String::new, |language| language.as_str().to_owned()),
        lang: language.as_str().to_owned(),
        dir: language.dir(),
        kicker: draft.kicker.clone(),
        headline: draft.headline.clone(),
        standfirst: draft.standfirst.clone(),
        body: draft.body.clone(),
        slug: draft.slug.clone(),
        slug_now: standing.slug.clone(),
        sections: draft.sections.iter().map(|section| section.0).collect(),
        tags: desk.tags.clone(),
        bylines,
        source_name: draft.source.name.clone(),
        source_url: draft.source.url.clone(),
        source_licence: draft.source.licence.clone(),
        lead: desk.lead.as_ref().zip(draft.lead.as_ref()).map(|(picture, lead)| LeadField {
            id: picture.id.0,
            src: picture.address(),
            width: i64::from(picture.width),
            height: i64::from(picture.height),
            alt: if lead.alt.is_empty() { picture.alt.clone() } else { lead.alt.clone() },
            caption: lead.caption.clone(),
            credit: if lead.credit.is_empty() { picture.credit.clone() } else { lead.credit.clone() },
        }),
        comments_open: draft.comments_open,
        translation_of: draft.translation_of.map(|other| other.0),
        preview_title: draft.preview.title.clone(),
        preview_description: draft.preview.description.clone(),
        preview_hidden: draft.preview.is_hidden,
        plan: PlanField {
            planned_on: desk.plan.planned_on.map(|day| day.to_string()).unwrap_or_default(),
            embargo_at: typed(site, desk.plan.embargo_at),
            expires_at: typed(site, desk.plan.expires_at),
            embargo: desk.plan.embargo_at.filter(|until| *until > now).map(|at| dates::moment(site, visit.texts(), at)),
            end: desk.plan.expires_at.filter(|end| *end > now).map(|at| dates::moment(site, visit.texts(), at)),
        },
        stage: site.settings.stages.of(&standing.stage).key.clone(),
        stage_name: stages::name_of(visit, &standing.stage),
        assignee: standing.assignee.map(|user| user.0),
        withdrawn_reason: standing.withdrawn_reason.clone(),
        words: arabic::words::word_count(&crate::news::html::sanitise(&draft.body).text()) as i64,
    }
}

/// What a form says.
fn read(fields: &Fields) -> Written {
    let text = |name: &str| fields.one(name).to_owned();
    let mut sections: Vec<SectionId> = Vec::new();
    for number in std::iter::once(fields.one("section")).chain(fields.all("sections").iter().map(String::as_str)) {
        if let Ok(number) = number.parse::<i64>()
            && !sections.contains(&SectionId(number))
        {
            sections.push(SectionId(number));
        }
    }
    let names = fields.all("byline").iter().zip(fields.all("byline_role"));
    let lead = fields.number("lead").filter(|id| *id > 0).map(|id| Lead {
        media: MediaId(id),
        alt: text("lead_alt"),
        caption: text("lead_caption"),
        credit: text("lead_credit"),
    });
    Written {
        draft: Draft {
            form: Form::parse(fields.one("form")).unwrap_or(Form::Article),
            kind: Kind::parse(fields.one("kind")).unwrap_or(Kind::Own),
            language: Language::parse(fields.one("language")).ok(),
            slug: text("slug"),
            kicker: text("kicker"),
            headline: text("headline"),
            standfirst: text("standfirst"),
            body: text("body"),
            source: Source {
                name: text("source_name"),
                url: text("source_url").trim().to_owned(),
                licence: text("source_licence"),
            },
            sections,
            tags: Vec::new(),
            bylines: Vec::new(),
            lead,
            comments_open: fields.has("comments_open"),
            translation_of: fields.number("translation_of").filter(|id| *id > 0).map(ArticleId),
            preview: Preview {
                title: text("preview_title"),
                description: text("preview_description"),
                is_hidden: fields.has("preview_hidden"),
            },
        },
        tags: fields
            .all("tags")
            .iter()
            .flat_map(|names| names.split(['،', ',', '\n']))
            .map(|name| name.trim().to_owned())
            .chain(fields.all("tag").iter().map(|name| name.trim().to_owned()))
            .filter(|name| !name.is_empty())
            .collect(),
        bylines: names
            .filter(|(name, _)| !name.trim().is_empty())
            .map(|(name, role)| (name.trim().to_owned(), BylineRole::parse(role).unwrap_or(BylineRole::Writer)))
            .collect(),
    }
}

async fn choices(visit: &Visit<'_>) -> Result<Choices, Refusal> {
    let staff = visit.view(users::all).await?;
    let hands_on = |colleague: &Staff| colleague.role.may(Right::Enter);
    Ok(Choices {
        sections: tree(&visit.frame.sections),
        kinds: Kind::ALL.iter().map(|kind| kind.as_str()).collect(),
        roles: BylineRole::ALL.iter().map(|role| role.as_str()).collect(),
        stages: stages::choices(visit),
        staff: staff
            .into_iter()
            .filter(hands_on)
            .map(|colleague| StaffChoice { id: colleague.id.0, name: colleague.name })
            .collect(),
        languages: languages(visit),
    })
}

/// Languages to choose from.
pub(super) fn languages(visit: &Visit<'_>) -> Vec<LanguageChoice> {
    let known = visit.web.languages().into_iter().filter_map(|tag| Language::parse(tag).ok());
    known
        .map(|language| LanguageChoice { tag: language.as_str().to_owned(), name: language.own_name().to_owned() })
        .collect()
}

/// Sections, each after the one that it is part of.
pub(super) fn tree(sections: &[Section]) -> Vec<SectionChoice> {
    fn below(sections: &[Section], parent: Option<SectionId>, depth: usize, found: &mut Vec<SectionChoice>) {
        for section in sections.iter().filter(|section| section.parent == parent) {
            found.push(SectionChoice { id: section.id.0, name: section.name.clone(), depth });
            if depth < 16 {
                below(sections, Some(section.id), depth + 1, found);
            }
        }
    }
    let mut found = Vec::new();
    below(sections, None, 0, &mut found);
    found
}

fn errors(visit: &Visit<'_>, flaws: &[Flaw]) -> BTreeMap<&'static str, String> {
    flaws.iter().map(|flaw| (flaw.field, visit.says(&flaw_key(flaw)))).collect()
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotAllowed => Self::NotAllowed,
            Refused::Changed { by, version } => Self::Changed { by, version },
            Refused::Locked { by } => Self::Locked { by },
            Refused::Incomplete(flaws) => Self::Invalid(flaws),
            Refused::Other(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_what_was_written() {
        let fields = Fields::parse(
            "headline=x&section=3&sections=5&sections=3&tags=%D8%A7%D9%84%D8%B5%D9%8A%D9%86%D8%8C+tea&tags=third&byline=%D9%84%D9%8A%D9%84%D9%89&byline=&byline_role=translator&byline_role=writer&comments_open=1&lead=7&lead_alt=a"
                .as_bytes(),
        );
        let written = read(&fields);
        assert_eq!(written.draft.sections, [SectionId(3), SectionId(5)]);
        assert_eq!(written.tags, ["الصين", "tea", "third"]);
        assert_eq!(written.bylines, [("ليلى".to_owned(), BylineRole::Translator)]);
        assert!(written.draft.comments_open);
        assert_eq!(written.draft.lead.map(|lead| (lead.media.0, lead.alt)), Some((7, "a".to_owned())));
        let bare = read(&Fields::parse(b"headline=x&lead="));
        assert!(!bare.draft.comments_open && bare.draft.lead.is_none() && bare.draft.language.is_none());
    }
}
