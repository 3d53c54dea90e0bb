//! Which way do drafts go to publication? Stages: named, put in order, added, removed.

use std::collections::BTreeMap;

use http::StatusCode;

use super::places::Room;
use super::refusal::Refusal;
use super::visit::{Fields, Visit, see};
use crate::desk::stages::{self as verbs, Change};
use crate::error::Error;
use crate::news::staff::Role;
use crate::news::stage::{BUILT_IN, MOST, Stage, Stages, Wrong, folded, name};
use crate::store::stories;
use crate::web::reply::Reply;
use crate::web::views::newsroom::{StageChoice, StageRow, StagesPage};

/// What came back from the form, or what there is.
struct Shown {
    rows: Vec<StageRow>,
    only_last_goes_out: bool,
    /// The name of a new one as it was typed.
    name: String,
    errors: BTreeMap<&'static str, String>,
}

/// `GET /newsroom/stages/`
pub(super) async fn show(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    page(visit, there(visit), None, query.one("done") == "1").await
}

fn there(visit: &Visit<'_>) -> Shown {
    let stages = &visit.frame.site.settings.stages;
    let begins = &stages.first_for_new().key;
    let row = |stage: &Stage| StageRow {
        key: stage.key.clone(),
        name: shown(visit, stage),
        taken_on_by: stage.taken_on_by.as_str(),
        begins: stage.key == *begins,
        ..StageRow::default()
    };
    Shown {
        rows: stages.all().iter().map(row).collect(),
        only_last_goes_out: stages.only_last_goes_out(),
        name: String::new(),
        errors: BTreeMap::new(),
    }
}

/// `changed`: others changed the stages meanwhile; the names that were typed.
async fn page(visit: &Visit<'_>, shown: Shown, changed: Option<Vec<String>>, done: bool) -> Result<Reply, Refusal> {
    let stages = &visit.frame.site.settings.stages;
    let drafts = visit.view(stories::drafts_by_stage).await?;
    let mut rows = shown.rows;
    for (number, row) in (1..).zip(&mut rows) {
        row.number = number;
        let here = drafts.iter().filter(|(key, _)| stages.of(key).key == row.key);
        row.drafts = here.map(|(_, drafts)| drafts).sum();
        row.href = format!("{}?list=draft&stage={}", Room::Stories.path(), row.key);
    }
    let view = StagesPage {
        layout: visit.layout(&visit.says("nav-stages"), "stages"),
        choices: choices(visit),
        roles: Role::ALL.iter().rev().map(|role| role.as_str()).collect(),
        only_last_goes_out: shown.only_last_goes_out,
        seen: stages.mark(),
        is_full: rows.len() >= MOST,
        rows,
        name: shown.name,
        most: MOST,
        errors: shown.errors,
        changed,
        done,
    };
    visit.page("newsroom/stages.html", &view)
}

/// `POST /newsroom/stages/`: all of them as they stand in the form, one more, or one less. What is wrong comes back on the
/// same page, with everything that was typed.
pub(super) async fn change(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let seen = fields.has("seen").then(|| fields.one("seen").to_owned());
    let (change, typed) = match fields.one("do") {
        "add" => {
            let (name, after) = (fields.one("name").to_owned(), fields.one("after").to_owned());
            let mut typed = Shown { name: name.clone(), ..there(visit) };
            if let Err(wrong) = new_name(visit, &name) {
                typed.errors.insert("name", visit.says(&format!("flaw-stage-{}", wrong.word())));
                return wrong_page(visit, typed).await;
            }
            (Change::Add { name, after }, typed)
        }
        "remove" => {
            let into = Some(fields.one("into").to_owned()).filter(|into| !into.is_empty());
            (Change::Remove { key: fields.one("stage").to_owned(), into }, there(visit))
        }
        _ => match arranged(visit, fields) {
            Ok(order) => {
                let begins = fields.one("begins").to_owned();
                let change = Change::Arrange { order, begins, only_last_goes_out: fields.has("only_last_goes_out") };
                (change, Shown { rows: rows(fields), ..there(visit) })
            }
            Err(typed) => return wrong_page(visit, typed).await,
        },
    };
    match verbs::change(visit.desk(), change, seen).await {
        Ok(()) => Ok(see(&format!("{}?done=1", Room::Stages.path()))),
        Err(error) if visit.wants_json => Err(error.into()),
        Err(Error::Conflict(conflict)) if conflict.word == "stages-changed" => {
            let mut names: Vec<String> = typed.rows.iter().map(|row| row.name.clone()).collect();
            names.extend(Some(typed.name.clone()).filter(|name| !name.is_empty()));
            let shown = Shown { name: typed.name, ..there(visit) };
            let mut reply = page(visit, shown, Some(names), false).await?;
            reply.status = StatusCode::CONFLICT;
            Ok(reply)
        }
        Err(Error::Conflict(conflict)) => {
            let errors = BTreeMap::from([("remove", visit.says(&format!("conflict-{}", conflict.word)))]);
            let mut reply = page(visit, Shown { errors, ..typed }, None, false).await?;
            reply.status = StatusCode::CONFLICT;
            Ok(reply)
        }
        Err(Error::Invalid(flaws)) => {
            let field = if fields.one("do") == "remove" { "remove" } else { "name" };
            let says = |reason: &str| visit.says(&format!("flaw-stage-{reason}"));
            let errors = flaws.iter().map(|flaw| (field, says(flaw.reason))).collect();
            wrong_page(visit, Shown { errors, ..typed }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn wrong_page(visit: &Visit<'_>, typed: Shown) -> Result<Reply, Refusal> {
    let mut reply = page(visit, typed, None, false).await?;
    reply.status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(reply)
}

/// The rows of the form in the order in which they were sent, or as a button moves them.
fn rows(fields: &Fields) -> Vec<StageRow> {
    let (names, roles) = (fields.all("stage-name"), fields.all("taken_on_by"));
    let row = |((key, name), role): ((&String, &String), &String)| StageRow {
        key: key.clone(),
        name: name.clone(),
        taken_on_by: Role::parse(role).unwrap_or(Role::Contributor).as_str(),
        begins: key == fields.one("begins"),
        ..StageRow::default()
    };
    let mut rows: Vec<StageRow> = fields.all("key").iter().zip(names).zip(roles).map(row).take(MOST).collect();
    if let Some((way, key)) = fields.one("move").split_once(':')
        && let Some(place) = rows.iter().position(|row| row.key == key)
    {
        let other = if way == "up" { place.saturating_sub(1) } else { (place + 1).min(rows.len() - 1) };
        rows.swap(place, other);
    }
    rows
}

/// The stages that the form describes, or the form with what is wrong beside each.
fn arranged(visit: &Visit<'_>, fields: &Fields) -> Result<Vec<Stage>, Shown> {
    let stages = &visit.frame.site.settings.stages;
    let mut rows = rows(fields);
    let mut order = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    for row in &mut rows {
        let kept = kept_name(visit, &row.key, &row.name).and_then(|name| {
            let all_names = names(visit, &row.key, &name);
            if all_names.iter().any(|name| taken.contains(name)) {
                return Err(Wrong::Twice);
            }
            taken.extend(all_names);
            Ok(name)
        });
        match kept {
            Ok(name) => {
                let taken_on_by = Role::parse(row.taken_on_by).unwrap_or(Role::Contributor);
                order.push(Stage { key: row.key.clone(), name, taken_on_by });
            }
            Err(wrong) => row.error = Some(visit.says(&format!("flaw-stage-{}", wrong.word()))),
        }
    }
    if order.len() == rows.len() {
        return Ok(order);
    }
    let only_last_goes_out = fields.has("only_last_goes_out");
    debug_assert!(stages.all().len() <= MOST, "a list that is kept fits the form");
    Err(Shown { rows, only_last_goes_out, name: String::new(), errors: BTreeMap::new() })
}

/// A name as it is kept: nothing, where it is the one that the stage has without anybody naming it.
fn kept_name(visit: &Visit<'_>, key: &str, typed: &str) -> Result<String, Wrong> {
    let name = name(typed)?;
    let is_its_own = built_in(visit, key).iter().any(|own| folded(own) == folded(&name));
    Ok(if is_its_own { String::new() } else { name })
}

/// What a stage that is built in is called in each language; nothing for others.
fn built_in(visit: &Visit<'_>, key: &str) -> Vec<String> {
    if !BUILT_IN.contains(&key) {
        return Vec::new();
    }
    let says = |language: &str| visit.web.texts(language, visit.digits()).text(&format!("stage-{key}"), &[]);
    visit.web.languages().into_iter().map(says).collect()
}

/// Every name that colleagues see for a stage, folded.
fn names(visit: &Visit<'_>, key: &str, name: &str) -> Vec<String> {
    let own = if name.is_empty() { built_in(visit, key) } else { vec![name.to_owned()] };
    let mut names: Vec<String> = own.iter().map(|name| folded(name)).collect();
    names.sort();
    names.dedup();
    names
}

/// Is there no stage that colleagues know by this name?
fn new_name(visit: &Visit<'_>, typed: &str) -> Result<(), Wrong> {
    let new = folded(&name(typed)?);
    let is_taken = |stage: &Stage| names(visit, &stage.key, &stage.name).contains(&new);
    if visit.frame.site.settings.stages.all().iter().any(is_taken) { Err(Wrong::Twice) } else { Ok(()) }
}

/// What this colleague sees for a stage.
fn shown(visit: &Visit<'_>, stage: &Stage) -> String {
    if stage.name.is_empty() { visit.says(&format!("stage-{}", stage.key)) } else { stage.name.clone() }
}

/// The name of the stage where a story stands that carries this key.
pub(super) fn name_of(visit: &Visit<'_>, key: &str) -> String {
    shown(visit, visit.frame.site.settings.stages.of(key))
}

/// All stages, to choose from.
pub(super) fn choices(visit: &Visit<'_>) -> Vec<StageChoice> {
    let choice = |stage: &Stage| StageChoice { key: stage.key.clone(), name: shown(visit, stage) };
    visit.frame.site.settings.stages.all().iter().map(choice).collect()
}

/// Those to which this role may take a story that carries this key.
pub(super) fn open_to(visit: &Visit<'_>, role: Role, from: &str) -> Vec<StageChoice> {
    let stages: &Stages = &visit.frame.site.settings.stages;
    choices(visit).into_iter().filter(|choice| stages.may_take(role, from, &choice.key)).collect()
}
