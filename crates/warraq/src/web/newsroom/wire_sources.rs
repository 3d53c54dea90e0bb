//! Which feeds are asked, and how are they? Added, changed, paused, asked at once, removed.

use std::collections::BTreeMap;

use http::StatusCode;
use jiff::Timestamp;

use super::places::Room;
use super::refusal::{Refusal, flaw_key};
use super::story::{languages, tree};
use super::visit::{Fields, Visit, see};
use crate::desk::wire_sources::{self as verbs, Turn};
use crate::error::Error;
use crate::news::article::Flaw;
use crate::news::language::Language;
use crate::news::wire::{Rule, Source, SourceFields};
use crate::news::{SectionId, WireSourceId};
use crate::store::wire_sources;
use crate::web::dates;
use crate::web::interface::Arg;
use crate::web::reply::Reply;
use crate::web::views::newsroom::comments::NoticeView;
use crate::web::views::newsroom::wire::{SourceForm, SourceRow, WireSourcePage, WireSourcesPage};

/// Sources on a page.
const PAGE: usize = 50;
/// How often a new source is asked, in minutes, unless somebody says otherwise.
const MINUTES: i64 = 15;

/// `GET /newsroom/wire/sources/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    list(visit, query, form(visit, &Typed::default(), &[])).await
}

/// `POST /newsroom/wire/sources/`: a new one.
pub(super) async fn add(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let typed = Typed::read(fields);
    match verbs::add(visit.desk(), visit.staff()?, typed.fields()).await {
        Ok(_) => Ok(see(&format!("{}?done=added", Room::WireSources.path()))),
        Err(Error::Invalid(flaws)) => {
            let mut reply = list(visit, &Fields::default(), form(visit, &typed, &flaws)).await?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /newsroom/wire/sources/3/`
pub(super) async fn show_one(visit: &Visit<'_>, id: WireSourceId, query: &Fields) -> Result<Reply, Refusal> {
    let source = find(visit, id).await?;
    // An address may hold a secret: it is for those who have a say about the source.
    if !visit.staff()?.may_take(source.fields.section) {
        return Err(Refusal::NotAllowed);
    }
    let form = form(visit, &Typed::of(&source.fields), &[]);
    one(visit, &source, query, form)
}

/// `POST /newsroom/wire/sources/3/`: what is said about it.
pub(super) async fn change(visit: &Visit<'_>, id: WireSourceId, fields: &Fields) -> Result<Reply, Refusal> {
    let typed = Typed::read(fields);
    match verbs::change(visit.desk(), visit.staff()?, id, typed.fields()).await {
        Ok(()) => Ok(see(&format!("{}?done=changed", Room::WireSource(id).path()))),
        Err(Error::Invalid(flaws)) => {
            let source = find(visit, id).await?;
            let mut reply = one(visit, &source, &Fields::default(), form(visit, &typed, &flaws))?;
            reply.status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(reply)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/wire/sources/3/state`
pub(super) async fn turn(visit: &Visit<'_>, id: WireSourceId, fields: &Fields) -> Result<Reply, Refusal> {
    let (turn, done) = match fields.one("do") {
        "pause" => (Turn::Pause, "paused"),
        "resume" => (Turn::Resume, "resumed"),
        "ask" => (Turn::Ask, "asked"),
        "remove" => (Turn::Remove, "removed"),
        _ => return Err(Refusal::NotFound),
    };
    verbs::turn(visit.desk(), visit.staff()?, id, turn).await?;
    Ok(see(&format!("{}?done={done}", Room::WireSources.path())))
}

/// A form as it was typed.
struct Typed {
    name: String,
    address: String,
    licence: String,
    section: Option<i64>,
    language: String,
    rule: String,
    minutes: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            name: String::new(),
            address: String::new(),
            licence: String::new(),
            section: None,
            language: String::new(),
            rule: Rule::Hold.as_str().to_owned(),
            minutes: MINUTES.to_string(),
        }
    }
}

impl Typed {
    fn read(fields: &Fields) -> Self {
        let text = |name| fields.one(name).trim().to_owned();
        Self {
            name: text("name"),
            address: text("address"),
            licence: text("licence"),
            section: fields.number("section"),
            language: text("language"),
            rule: text("rule"),
            minutes: text("minutes"),
        }
    }

    fn of(fields: &SourceFields) -> Self {
        Self {
            name: fields.name.clone(),
            address: fields.address.clone(),
            licence: fields.licence.clone(),
            section: fields.section.map(|section| section.0),
            language: fields.language.as_ref().map(|language| language.as_str().to_owned()).unwrap_or_default(),
            rule: fields.rule.as_str().to_owned(),
            minutes: fields.minutes.to_string(),
        }
    }

    fn fields(&self) -> SourceFields {
        SourceFields {
            name: self.name.clone(),
            address: self.address.clone(),
            licence: self.licence.clone(),
            section: self.section.map(SectionId),
            language: Language::parse(&self.language).ok(),
            rule: Rule::parse(&self.rule).unwrap_or(Rule::Hold),
            // Out of range, and told so, where it is no number.
            minutes: arabic::digits::to_latn(&self.minutes).parse().unwrap_or(0),
        }
    }
}

fn form(visit: &Visit<'_>, typed: &Typed, flaws: &[Flaw]) -> SourceForm {
    // A form lies under its own keys: `wire-name` of a flaw is the field `name`.
    let field = |flaw: &Flaw| flaw.field.strip_prefix("wire-").unwrap_or(flaw.field);
    SourceForm {
        name: typed.name.clone(),
        address: typed.address.clone(),
        licence: typed.licence.clone(),
        minutes: typed.minutes.clone(),
        section: typed.section,
        sections: tree(&visit.frame.sections),
        language: typed.language.clone(),
        languages: languages(visit),
        rule: typed.rule.clone(),
        errors: flaws.iter().map(|flaw| (field(flaw), visit.says(&flaw_key(flaw)))).collect::<BTreeMap<_, _>>(),
    }
}

async fn find(visit: &Visit<'_>, id: WireSourceId) -> Result<Source, Refusal> {
    visit.view(move |db| wire_sources::by_id(db, id)).await?.ok_or(Refusal::NotFound)
}

async fn list(visit: &Visit<'_>, query: &Fields, form: SourceForm) -> Result<Reply, Refusal> {
    let after = WireSourceId(query.number("after").unwrap_or(0));
    let mut found = visit.view(move |db| wire_sources::after(db, after, PAGE as i64 + 1)).await?;
    let goes_on = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| goes_on).map(|last| format!("{}?after={}", Room::WireSources.path(), last.id));
    let view = WireSourcesPage {
        layout: visit.layout(&visit.says("wire-sources"), "wire"),
        sources: found.iter().map(|source| row(visit, source)).collect::<Result<_, _>>()?,
        next,
        form,
        notice: notice(visit, query),
    };
    visit.page("newsroom/wire_sources.html", &view)
}

fn one(visit: &Visit<'_>, source: &Source, query: &Fields, form: SourceForm) -> Result<Reply, Refusal> {
    let view = WireSourcePage {
        layout: visit.layout(&source.fields.name, "wire"),
        source: row(visit, source)?,
        form,
        notice: notice(visit, query),
    };
    visit.page("newsroom/wire_source.html", &view)
}

fn row(visit: &Visit<'_>, source: &Source) -> Result<SourceRow, Refusal> {
    let fields = &source.fields;
    let section = fields.section.and_then(|id| visit.frame.sections.iter().find(|section| section.id == id));
    let state = match (source.active, &source.trouble, source.tried_at) {
        (false, ..) => "paused",
        (true, Some(_), _) => "trouble",
        (true, None, None) => "first",
        (true, None, Some(_)) => "well",
    };
    Ok(SourceRow {
        id: source.id.0,
        href: Room::WireSource(source.id).path(),
        name: fields.name.clone(),
        address: fields.address.clone(),
        section: section.map(|section| section.name.clone()),
        rule: fields.rule.as_str(),
        state,
        words: words(visit, source),
        active: source.active,
        may_change: visit.staff()?.may_take(fields.section),
    })
}

/// How a source is, in sentences.
fn words(visit: &Visit<'_>, source: &Source) -> Vec<String> {
    let say = |key: &str, args: &[(&str, Arg<'_>)]| visit.texts().text(key, args);
    let at = |at: Timestamp| {
        let moment = dates::moment(&visit.frame.site, visit.texts(), at);
        format!("{} {}", moment.date, moment.time)
    };
    let mut words = vec![say("wire-every", &[("n", Arg::Number(source.fields.minutes))])];
    if let Some((trouble, detail)) = &source.trouble {
        words.push(say(&format!("wire-trouble-{}", trouble.as_str()), &[("what", Arg::from(detail.as_str()))]));
        words.push(say("wire-failures", &[("n", Arg::Number(source.failures))]));
    }
    if let Some(succeeded) = source.succeeded_at {
        let when = at(succeeded);
        words.push(say("wire-heard", &[("at", Arg::from(when.as_str())), ("n", Arg::Number(source.stories))]));
    }
    if source.active && source.tried_at.is_some() {
        let when = at(source.due_at);
        words.push(say("wire-next", &[("at", Arg::from(when.as_str()))]));
    }
    words
}

fn notice(visit: &Visit<'_>, query: &Fields) -> Option<NoticeView> {
    let known = ["added", "changed", "paused", "resumed", "asked", "removed"];
    let done = known.into_iter().find(|done| *done == query.one("done"))?;
    Some(NoticeView { text: visit.says(&format!("wire-source-done-{done}")), undo: None })
}
