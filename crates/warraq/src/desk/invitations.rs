//! Who is asked to join? And the very first account.

use jiff::SignedDuration;

use crate::desk::{Desk, accounts, letters, users as people};
use crate::error::Error;
use crate::identity::{PrivateEmail, Token};
use crate::mail::About;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::staff::{Right, Role};
use crate::news::{SectionId, UserId};
use crate::store::invitations::{self, Invitation};
use crate::store::users::{self, NewUser};
use crate::store::{accounts as store, jobs, links, site};

/// How long an invitation can be accepted.
pub const VALID: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Somebody who is to join.
#[derive(Debug)]
pub struct Guest {
    /// Where the letter goes, and what they will sign in with.
    pub email: PrivateEmail,
    /// Who it is.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// Where; empty: everywhere.
    pub sections: Vec<SectionId>,
    /// Of the letter; empty: the publication's.
    pub language: String,
}

/// Where an invitation leads.
#[must_use]
pub fn path(token: &Token) -> String {
    format!("/newsroom/invitation/{}", token.reveal())
}

/// Where the first account is made.
#[must_use]
pub fn first_path(token: &Token) -> String {
    format!("/newsroom/setup/{}", token.reveal())
}

/// Ask somebody to join: a letter goes out. Asked again, the earlier invitation is worth nothing any more.
///
/// # Errors
/// The one who asks may not, the address has an account, no name, the database.
pub async fn invite(desk: &Desk, guest: Guest) -> Result<i64, Error> {
    let name = accounts::name_of(&guest.name)?;
    let token = Token::draw(desk.chance.bytes());
    let (index, sealed) = (desk.keys.address_index(&guest.email), desk.keys.seal(&guest.email, desk.chance.bytes()));
    let publication = desk.store.read(|db| Ok::<_, Error>(site::load(db)?)).await?;
    let home = publication.map(|site| (site.title, site.language.as_str().to_owned())).unwrap_or_default();
    let language = if guest.language.is_empty() { home.1 } else { guest.language };
    let asker = desk.by.user();
    let asker_name = match asker {
        Some(user) => {
            desk.store.read(move |db| Ok::<_, Error>(store::by_id(db, user)?)).await?.map(|account| account.name)
        }
        None => None,
    };
    let about = About::Invitation { by: asker_name.unwrap_or(home.0), role: guest.role, path: path(&token) };
    let letter = letters::job(desk, guest.email, &language, about)?;
    let (by, now, hash) = (desk.by.clone(), desk.clock.now(), token.hash());
    let (role, sections) = (guest.role, guest.sections);
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        if users::exists(tx, &index)? {
            return Err(Error::Invalid(vec![Flaw { field: "email", reason: "taken" }]));
        }
        let id = tx.next_id("invitation")?;
        let invitation = Invitation {
            id,
            name,
            role,
            sections,
            language,
            by: asker,
            created_at: now.as_millisecond(),
            ends_at: (now + VALID).as_millisecond(),
            address: sealed,
            address_index: index.to_vec(),
        };
        invitations::keep(tx, &invitation, &hash)?;
        jobs::push(tx, &letter, now)?;
        by.did(tx, Act::Invited, (Noun::Invitation, id), role.as_str(), now)?;
        Ok(id)
    })
    .await
}

/// Take an invitation back.
///
/// # Errors
/// The one who acts may not, there is no such invitation, the database.
pub async fn withdraw(desk: &Desk, id: i64) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        if !invitations::remove(tx, id)? {
            return Err(Error::NotFound(format!("invitation {id}")));
        }
        by.did(tx, Act::InvitationWithdrawn, (Noun::Invitation, id), "", now)
    })
    .await
}

/// The invitation that a link leads to.
///
/// # Errors
/// There is none (any more), the database.
pub async fn find(desk: &Desk, token: &Token) -> Result<Invitation, Error> {
    let (hash, now) = (token.hash(), desk.clock.now().as_millisecond());
    let found = desk.store.read(move |db| Ok::<_, Error>(invitations::by_token(db, &hash, now)?)).await?;
    found.ok_or_else(|| Error::NotFound("invitation".into()))
}

/// Accept an invitation: the account is open as of now.
///
/// # Errors
/// The link is used up or too old, no name, a password that is too short; the database.
pub async fn accept(desk: &Desk, token: &Token, name: &str, password: &str) -> Result<UserId, Error> {
    // Before anything is hashed: that costs, and whoever has no invitation shall not cause it.
    find(desk, token).await?;
    let name = accounts::name_of(name)?;
    let password_hash = people::hashed(desk, password).await?;
    let (by, now, hash) = (desk.by.clone(), desk.clock.now(), token.hash());
    desk.write(move |tx| {
        let invitation = invitations::by_token(tx, &hash, now.as_millisecond())?;
        let invitation = invitation.ok_or_else(|| Error::NotFound("invitation".into()))?;
        let index: [u8; 32] = invitation
            .address_index
            .as_slice()
            .try_into()
            .map_err(|_| crate::store::StoreError::Broken("address index of an invitation".into()))?;
        if users::exists(tx, &index)? {
            return Err(Error::NotFound("invitation".into()));
        }
        let id = UserId(tx.next_id("user")?);
        let user = NewUser {
            id,
            name: &name,
            role: invitation.role,
            address: &invitation.address,
            address_index: &index,
            password_hash: Some(&password_hash),
            created_at: now.as_millisecond(),
        };
        users::insert(tx, &user)?;
        store::set_name(tx, id, &name, &invitation.language)?;
        store::set_sections(tx, id, &invitation.sections)?;
        invitations::remove(tx, invitation.id)?;
        by.known(id).did(
            tx,
            Act::InvitationAccepted,
            (Noun::Invitation, invitation.id),
            invitation.role.as_str(),
            now,
        )?;
        Ok(id)
    })
    .await
}

/// While there is no account at all, a link with which the first owner is made. It is valid until it is used or another
/// one is made.
///
/// # Errors
/// The database.
pub async fn first_link(desk: &Desk) -> Result<Option<Token>, Error> {
    let token = Token::draw(desk.chance.bytes());
    let (hash, now) = (token.hash(), desk.clock.now().as_millisecond());
    // Looking first spares a server that has accounts a write at every start.
    if !desk.store.read(|db| Ok::<_, Error>(store::none(db)?)).await? {
        return Ok(None);
    }
    desk.write(move |tx| {
        if !store::none(tx)? {
            return Ok(None);
        }
        links::keep_first(tx, &hash, now)?;
        Ok(Some(token))
    })
    .await
}

/// Does this link lead to the first account?
///
/// # Errors
/// The database.
pub async fn is_first(desk: &Desk, token: &Token) -> Result<bool, Error> {
    let hash = token.hash();
    desk.store.read(move |db| Ok(links::is_first(db, &hash)? && store::none(db)?)).await
}

/// Make the first owner.
///
/// # Errors
/// The link was used, or somebody else was first; no name, a password that is too short; the database.
pub async fn set_up(
    desk: &Desk,
    token: &Token,
    email: PrivateEmail,
    name: &str,
    password: &str,
) -> Result<UserId, Error> {
    let gone = || Error::NotFound("link to the first account".into());
    if !is_first(desk, token).await? {
        return Err(gone());
    }
    let name = accounts::name_of(name)?;
    let password_hash = people::hashed(desk, password).await?;
    let (index, sealed) = (desk.keys.address_index(&email), desk.keys.seal(&email, desk.chance.bytes()));
    let (by, now, hash) = (desk.by.clone(), desk.clock.now(), token.hash());
    desk.write(move |tx| {
        if !links::is_first(tx, &hash)? || !store::none(tx)? {
            return Err(gone());
        }
        let id = UserId(tx.next_id("user")?);
        let user = NewUser {
            id,
            name: &name,
            role: Role::Owner,
            address: &sealed,
            address_index: &index,
            password_hash: Some(&password_hash),
            created_at: now.as_millisecond(),
        };
        users::insert(tx, &user)?;
        links::remove_first(tx)?;
        by.known(id).did(tx, Act::SetUp, (Noun::Account, id.0), "", now)?;
        Ok(id)
    })
    .await
}
