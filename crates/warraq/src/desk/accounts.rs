//! What happens to an account? Its role, its sections, its name, its sessions, its end.

use crate::desk::Desk;
use crate::error::Error;
use crate::news::article::{Flaw, tidy};
use crate::news::audit::{Act, Noun};
use crate::news::language::Language;
use crate::news::staff::{Right, Role};
use crate::news::{PersonId, SectionId, UserId};
use crate::store::accounts::{self, Account};
use crate::store::{StoreError, Tx, factors, links, people, sessions};

/// The longest name, in scalar values.
const MAX_NAME: usize = 80;

/// Give an account another role, or other sections (none: everywhere). Its sessions end, so that no page is open with
/// rights that are gone.
///
/// # Errors
/// The one who acts may not, it is the last owner, the database.
pub async fn change_role(desk: &Desk, id: UserId, role: Role, sections: Vec<SectionId>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        let account = load(tx, id)?;
        if account.role == Role::Owner && role != Role::Owner {
            keep_an_owner(tx, id)?;
        }
        accounts::set_role(tx, id, role)?;
        accounts::set_sections(tx, id, &sections).map_err(|error| unknown("section", error))?;
        end_others(tx, id, None)?;
        let places: Vec<String> = sections.iter().map(|section| section.0.to_string()).collect();
        let details = format!("{} → {} [{}]", account.role.as_str(), role.as_str(), places.join(","));
        by.did(tx, Act::RoleChanged, (Noun::Account, id.0), &details, now)
    })
    .await
}

/// Close an account: its sessions end, and nobody signs in with it. What it wrote stays.
///
/// # Errors
/// The one who acts may not, it is the last owner or one's own, the database.
pub async fn disable(desk: &Desk, id: UserId) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        let account = load(tx, id)?;
        if account.disabled_at.is_some() {
            return Ok(());
        }
        if account.role == Role::Owner {
            keep_an_owner(tx, id)?;
        }
        accounts::set_disabled(tx, id, Some(now))?;
        links::remove(tx, id)?;
        end_others(tx, id, None)?;
        by.did(tx, Act::AccountDisabled, (Noun::Account, id.0), "", now)
    })
    .await
}

/// Open a closed account again, with the password that it had.
///
/// # Errors
/// The one who acts may not, the database.
pub async fn enable(desk: &Desk, id: UserId) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        if load(tx, id)?.disabled_at.is_none() {
            return Ok(());
        }
        accounts::set_disabled(tx, id, None)?;
        by.did(tx, Act::AccountEnabled, (Noun::Account, id.0), "", now)
    })
    .await
}

/// Name the person whose byline an account is, or none.
///
/// # Errors
/// The one who acts may not, there is no such person, the database.
pub async fn link_person(desk: &Desk, id: UserId, person: Option<PersonId>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        // Who was joined to somebody is that one.
        let person = match person {
            Some(person) => Some(people::by_id(tx, person)?.map_or(person, |known| known.id)),
            None => None,
        };
        if load(tx, id)?.person == person {
            return Ok(());
        }
        accounts::set_person(tx, id, person).map_err(|error| unknown("person", error))?;
        let details = person.map_or_else(String::new, |person| person.0.to_string());
        by.did(tx, Act::PersonLinked, (Noun::Account, id.0), &details, now)
    })
    .await
}

/// Change name and language of one's own account. An empty language is the publication's.
///
/// # Errors
/// No name, a name that is taken or cannot be one, a language that is none; the database.
pub async fn change_own(desk: &Desk, id: UserId, name: &str, language: &str) -> Result<(), Error> {
    let name = name_of(name)?;
    let language = language.trim().to_owned();
    if !language.is_empty() && Language::parse(&language).is_err() {
        return Err(Error::Invalid(vec![Flaw { field: "language", reason: "unknown" }]));
    }
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        let account = load(tx, id)?;
        accounts::set_name(tx, id, &name, &language)?;
        let details = if account.name == name { String::new() } else { format!("{} → {name}", account.name) };
        by.did(tx, Act::AccountChanged, (Noun::Account, id.0), &details, now)
    })
    .await
}

/// End one session of an account.
///
/// # Errors
/// There is no such session of this account; the database.
pub async fn end_session(desk: &Desk, id: UserId, token_hash: [u8; 32]) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        if by.user() != Some(id) {
            by.must(tx, Right::KeepAccounts)?;
        }
        let is_theirs = sessions::of_user(tx, id)?.iter().any(|session| session.token_hash == token_hash);
        if !is_theirs {
            return Err(Error::NotFound("session".into()));
        }
        sessions::close(tx, &token_hash)?;
        by.did(tx, Act::SessionsEnded, (Noun::Account, id.0), "1", now)
    })
    .await
}

/// End all sessions of an account, but the one that asks.
///
/// # Errors
/// It is another's account and the one who acts may not; the database.
pub async fn end_sessions(desk: &Desk, id: UserId, but: Option<[u8; 32]>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        if by.user() != Some(id) {
            by.must(tx, Right::KeepAccounts)?;
        }
        let ended = sessions::of_user(tx, id)?.len() - usize::from(but.is_some());
        end_others(tx, id, but.as_ref())?;
        by.did(tx, Act::SessionsEnded, (Noun::Account, id.0), &ended.to_string(), now)
    })
    .await
}

/// End the sessions of an account but one, and everything that would become one.
pub(super) fn end_others(tx: &mut Tx<'_>, id: UserId, but: Option<&[u8; 32]>) -> Result<(), Error> {
    sessions::close_all(tx, id, but)?;
    factors::end_halves(tx, id)?;
    Ok(())
}

/// A name that colleagues can read: tidied, not too long, without an address in it.
pub(super) fn name_of(name: &str) -> Result<String, Error> {
    let name = tidy(name);
    let reason = match name.chars().count() {
        0 => "required",
        1..=MAX_NAME if crate::identity::names_address(&name) => "address",
        1..=MAX_NAME => return Ok(name),
        _ => "too-long",
    };
    Err(Error::Invalid(vec![Flaw { field: "name", reason }]))
}

fn load(tx: &mut Tx<'_>, id: UserId) -> Result<Account, Error> {
    accounts::by_id(tx, id)?.ok_or_else(|| Error::NotFound(format!("account {id}")))
}

/// A publication without an owner could never have one again but by the console.
fn keep_an_owner(tx: &mut Tx<'_>, id: UserId) -> Result<(), Error> {
    if accounts::owners_but(tx, id)? == 0 {
        return Err(Error::Invalid(vec![Flaw { field: "role", reason: "last-owner" }]));
    }
    Ok(())
}

/// A number that stands for nothing.
fn unknown(what: &str, error: StoreError) -> Error {
    match error {
        StoreError::Statement { .. } => Error::NotFound(what.to_owned()),
        other => other.into(),
    }
}
