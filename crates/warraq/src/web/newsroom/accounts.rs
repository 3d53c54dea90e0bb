//! Who works here? The accounts, for those who look after them.

use http::StatusCode;

use super::own::{done, languages, session_views};
use super::places::{Room, StaffRoom};
use super::refusal::{Refusal, flaw_key};
use super::visit::{Fields, Visit, see};
use crate::desk::{accounts as verbs, factors, invitations as guests, sites};
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::news::article::Flaw;
use crate::news::staff::Role;
use crate::news::{SectionId, UserId};
use crate::store::accounts::{self, Account};
use crate::store::invitations::{self, Invitation};
use crate::store::{people, sessions, timestamp};
use crate::web::dates;
use crate::web::reply::Reply;
use crate::web::views::newsroom::accounts::{AccountLine, AccountPage, AccountsPage, InvitationLine, Pick};

/// Accounts on one page.
const PER_PAGE: i64 = 50;
/// Invitations that are shown.
const INVITATIONS: i64 = 100;

/// `GET /newsroom/accounts/`
pub(super) async fn list(visit: &Visit<'_>, query: &Fields) -> Result<Reply, Refusal> {
    list_page(visit, query.number("after").unwrap_or(0), done(query), &Fields::default(), &[]).await
}

/// `POST /newsroom/accounts/invitations`
pub(super) async fn invite(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let guest = match (PrivateEmail::parse(fields.one("email")), Role::parse(fields.one("role"))) {
        (Ok(email), Some(role)) => guests::Guest {
            email,
            name: fields.one("name").to_owned(),
            role,
            sections: chosen_sections(visit, fields)?,
            language: Some(fields.one("language")).filter(|tag| visit.web.speaks(tag)).unwrap_or_default().to_owned(),
        },
        (Err(_), _) => {
            let flaw = Flaw { field: "email", reason: "not-an-address" };
            return list_page(visit, 0, None, fields, &[flaw]).await;
        }
        (_, None) => return list_page(visit, 0, None, fields, &[Flaw { field: "role", reason: "required" }]).await,
    };
    match guests::invite(visit.desk(), guest).await {
        Ok(_) => Ok(see(&format!("{}?done=invited", Room::Staff(StaffRoom::Accounts).path()))),
        Err(Error::Invalid(flaws)) => list_page(visit, 0, None, fields, &flaws).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/accounts/invitations/3/withdrawal`
pub(super) async fn withdraw_invitation(visit: &Visit<'_>, id: i64) -> Result<Reply, Refusal> {
    guests::withdraw(visit.desk(), id).await?;
    Ok(see(&format!("{}?done=withdrawn", Room::Staff(StaffRoom::Accounts).path())))
}

/// `POST /newsroom/accounts/factor-rule`
pub(super) async fn set_factor_rule(visit: &Visit<'_>, fields: &Fields) -> Result<Reply, Refusal> {
    let roles = fields.all("role").iter().filter_map(|role| Role::parse(role)).collect();
    sites::require_factor(visit.desk(), roles).await?;
    Ok(see(&format!("{}?done=factor-rule", Room::Staff(StaffRoom::Accounts).path())))
}

/// `GET /newsroom/accounts/3/`
pub(super) async fn show(visit: &Visit<'_>, id: UserId, query: &Fields) -> Result<Reply, Refusal> {
    account_page(visit, id, done(query), &[]).await
}

/// `POST /newsroom/accounts/3/`: role, sections and person.
pub(super) async fn change(visit: &Visit<'_>, id: UserId, fields: &Fields) -> Result<Reply, Refusal> {
    let role = Role::parse(fields.one("role"));
    let Some(role) = role else { return again(visit, id, &[Flaw { field: "role", reason: "required" }]).await };
    let slug = fields.one("person").trim().to_owned();
    let person = match slug.as_str() {
        "" => None,
        _ => match visit.view(move |db| people::by_slug(db, &slug)).await? {
            Some(person) => Some(person.id),
            None => return again(visit, id, &[Flaw { field: "person", reason: "unknown" }]).await,
        },
    };
    let sections = chosen_sections(visit, fields)?;
    let account = visit.view(move |db| accounts::by_id(db, id)).await?.ok_or(Refusal::NotFound)?;
    // Sessions end with a change of role, not because somebody saved what was there already.
    let changed = if account.role == role && account.sections == sections {
        Ok(())
    } else {
        verbs::change_role(visit.desk(), id, role, sections).await
    };
    // One's own rights may be gone by now.
    let linked = match &changed {
        Ok(()) if account.person != person => verbs::link_person(visit.desk(), id, person).await,
        _ => Ok(()),
    };
    match changed.and(linked) {
        Ok(()) => Ok(see(&format!("{}?done=changed", Room::Staff(StaffRoom::Account(id)).path()))),
        Err(Error::Invalid(flaws)) => again(visit, id, &flaws).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/accounts/3/state`
pub(super) async fn change_state(visit: &Visit<'_>, id: UserId, fields: &Fields) -> Result<Reply, Refusal> {
    let done = match fields.one("state") {
        "disabled" => verbs::disable(visit.desk(), id).await,
        "enabled" => verbs::enable(visit.desk(), id).await,
        _ => return Err(Refusal::NotFound),
    };
    match done {
        Ok(()) => Ok(see(&format!("{}?done=state", Room::Staff(StaffRoom::Account(id)).path()))),
        Err(Error::Invalid(flaws)) => again(visit, id, &flaws).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /newsroom/accounts/3/sessions`
pub(super) async fn end_sessions(visit: &Visit<'_>, id: UserId) -> Result<Reply, Refusal> {
    let own = visit.session.filter(|_| visit.staff.as_ref().is_some_and(|staff| staff.id == id));
    visit.view(move |db| accounts::by_id(db, id)).await?.ok_or(Refusal::NotFound)?;
    verbs::end_sessions(visit.desk(), id, own).await?;
    Ok(see(&format!("{}?done=sessions", Room::Staff(StaffRoom::Account(id)).path())))
}

/// `POST /newsroom/accounts/3/factor`
pub(super) async fn remove_factor(visit: &Visit<'_>, id: UserId) -> Result<Reply, Refusal> {
    // One's own is taken away on one's own page, with the password.
    if visit.staff()?.id == id {
        return Ok(see(&Room::Staff(StaffRoom::Own).path()));
    }
    visit.view(move |db| accounts::by_id(db, id)).await?.ok_or(Refusal::NotFound)?;
    factors::remove_for(visit.desk(), id).await?;
    Ok(see(&format!("{}?done=factor-removed", Room::Staff(StaffRoom::Account(id)).path())))
}

/// The sections that were ticked; a number that is none is refused, because none at all means everywhere.
fn chosen_sections(visit: &Visit<'_>, fields: &Fields) -> Result<Vec<SectionId>, Refusal> {
    let known = |id: &SectionId| visit.frame.sections.iter().any(|section| section.id == *id);
    let section = |text: &String| text.parse().map(SectionId).ok().filter(known);
    let mut sections = fields
        .all("section")
        .iter()
        .map(|text| section(text).ok_or(Refusal::Invalid(vec![Flaw { field: "section", reason: "unknown" }])))
        .collect::<Result<Vec<_>, _>>()?;
    sections.sort_unstable();
    sections.dedup();
    Ok(sections)
}

async fn list_page(
    visit: &Visit<'_>,
    after: i64,
    done: Option<&'static str>,
    typed: &Fields,
    flaws: &[Flaw],
) -> Result<Reply, Refusal> {
    let (found, waiting) = visit
        .view(move |db| Ok((accounts::list(db, UserId(after), PER_PAGE + 1)?, invitations::all(db, INVITATIONS)?)))
        .await?;
    let shown = found.get(..PER_PAGE as usize).unwrap_or(&found);
    let next = (shown.len() < found.len()).then(|| shown.last()).flatten();
    let now = visit.desk().clock.now().as_millisecond();
    let chosen = typed.all("section");
    let role = if typed.one("role").is_empty() { Role::Author.as_str() } else { typed.one("role") };
    let rule = &visit.frame.site.settings.second_factor;
    let view = AccountsPage {
        layout: visit.layout(&visit.says("accounts"), "accounts"),
        accounts: shown.iter().map(|account| line(visit, account)).collect::<Result<_, _>>()?,
        next: next.map(|last| format!("{}?after={}", Room::Staff(StaffRoom::Accounts).path(), last.id.0)),
        invitations: waiting.iter().map(|found| invitation_line(visit, found, now)).collect::<Result<_, _>>()?,
        name: typed.one("name").to_owned(),
        email: typed.one("email").to_owned(),
        roles: roles(visit, |other| other.as_str() == role),
        sections: sections(visit, |id| chosen.iter().any(|text| *text == id.0.to_string())),
        languages: languages(visit, typed.one("language")),
        factor_rule: roles(visit, |role| rule.contains(&role)),
        letters_stay: visit.desk().mail.outbox().is_some(),
        done,
        flaws: flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
    };
    let mut reply = visit.page("newsroom/accounts.html", &view)?;
    if !flaws.is_empty() {
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(reply)
}

async fn again(visit: &Visit<'_>, id: UserId, flaws: &[Flaw]) -> Result<Reply, Refusal> {
    let mut reply = account_page(visit, id, None, flaws).await?;
    reply.status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(reply)
}

async fn account_page(
    visit: &Visit<'_>,
    id: UserId,
    done: Option<&'static str>,
    flaws: &[Flaw],
) -> Result<Reply, Refusal> {
    let (account, person, open) = visit
        .view(move |db| {
            let account = accounts::by_id(db, id)?;
            let person = match account.as_ref().and_then(|account| account.person) {
                Some(person) => people::by_id(db, person)?.map(|person| person.slug),
                None => None,
            };
            Ok((account, person, sessions::of_user(db, id)?))
        })
        .await?;
    let account = account.ok_or(Refusal::NotFound)?;
    let view = AccountPage {
        layout: visit.layout(&account.name, "accounts"),
        href: Room::Staff(StaffRoom::Account(id)).path(),
        is_own: visit.staff()?.id == id,
        is_disabled: account.disabled_at.is_some(),
        has_factor: account.has_factor || account.has_passkey,
        roles: roles(visit, |role| role == account.role),
        sections: sections(visit, |section| account.sections.contains(&section)),
        person: person.unwrap_or_default(),
        sessions: session_views(visit, &open)?,
        audit: format!("{}?person={}", Room::Staff(StaffRoom::Audit).path(), id.0),
        name: account.name,
        done,
        flaws: flaws.iter().map(|flaw| visit.says(&flaw_key(flaw))).collect(),
    };
    visit.page("newsroom/account.html", &view)
}

fn line(visit: &Visit<'_>, account: &Account) -> Result<AccountLine, Refusal> {
    let name = |id: &SectionId| visit.frame.sections.iter().find(|section| section.id == *id);
    let seen = account.seen_at.map(timestamp).transpose()?;
    Ok(AccountLine {
        href: Room::Staff(StaffRoom::Account(account.id)).path(),
        name: account.name.clone(),
        role: account.role.as_str(),
        sections: account.sections.iter().filter_map(name).map(|section| section.name.clone()).collect(),
        has_factor: account.has_factor || account.has_passkey,
        is_disabled: account.disabled_at.is_some(),
        seen: seen.map(|at| dates::moment(&visit.frame.site, visit.texts(), at)),
    })
}

fn invitation_line(visit: &Visit<'_>, invitation: &Invitation, now: i64) -> Result<InvitationLine, Refusal> {
    Ok(InvitationLine {
        action: Room::Staff(StaffRoom::InvitationEnd(invitation.id)).path(),
        name: invitation.name.clone(),
        role: invitation.role.as_str(),
        until: dates::moment(&visit.frame.site, visit.texts(), timestamp(invitation.ends_at)?),
        is_over: invitation.ends_at <= now,
    })
}

fn roles(visit: &Visit<'_>, chosen: impl Fn(Role) -> bool) -> Vec<Pick> {
    let pick = |role: &Role| Pick {
        value: role.as_str().to_owned(),
        name: visit.says(&format!("account-role-{}", role.as_str())),
        chosen: chosen(*role),
    };
    Role::ALL.iter().map(pick).collect()
}

fn sections(visit: &Visit<'_>, chosen: impl Fn(SectionId) -> bool) -> Vec<Pick> {
    let pick = |section: &crate::news::section::Section| Pick {
        value: section.id.0.to_string(),
        name: section.name.clone(),
        chosen: chosen(section.id),
    };
    visit.frame.sections.iter().map(pick).collect()
}
