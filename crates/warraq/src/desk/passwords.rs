//! What if a password is to be another, or was forgotten?

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::SignedDuration;

use crate::desk::{Desk, accounts, letters, users as people};
use crate::error::Error;
use crate::identity::{PrivateEmail, Token};
use crate::mail::{About, MailError};
use crate::news::UserId;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::consequences::Job;
use crate::store::{StoreError, accounts as store, jobs, links, site, users};

/// How long a link to a new password is valid.
pub const VALID: SignedDuration = SignedDuration::from_hours(1);
/// An account gets a letter this often at most, however often it is asked for.
const PAUSE: SignedDuration = SignedDuration::from_mins(2);

/// Where a link leads.
#[must_use]
pub fn path(token: &Token) -> String {
    format!("/newsroom/password/{}", token.reveal())
}

/// Change the password of an account whose present one is known. All other sessions of it end.
///
/// # Errors
/// The present password is another, the new one is too short; the database.
pub async fn change(desk: &Desk, id: UserId, present: &str, new: &str, session: [u8; 32]) -> Result<(), Error> {
    check(desk, id, present).await?;
    let password_hash = people::hashed(desk, new).await?;
    let notice = notice(desk, id, About::PasswordChanged).await?;
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        store::set_password(tx, id, &password_hash)?;
        links::remove(tx, id)?;
        accounts::end_others(tx, id, Some(&session))?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::PasswordChanged, (Noun::Account, id.0), "", now)
    })
    .await
}

/// Is this the password of the account? Asked before what a stolen session must not do.
///
/// # Errors
/// It is not; the database.
pub(super) async fn check(desk: &Desk, id: UserId, password: &str) -> Result<(), Error> {
    let known = desk.store.read(move |db| Ok::<_, Error>(store::password(db, id)?)).await?;
    let password = password.to_owned();
    let fits = tokio::task::spawn_blocking(move || people::fits(&password, known.as_deref()));
    if fits.await.map_err(|error| StoreError::Unavailable(error.to_string()))? {
        return Ok(());
    }
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| by.failed(tx, Some(id), "password", now)).await?;
    Err(Error::Invalid(vec![Flaw { field: "present-password", reason: "wrong" }]))
}

/// Somebody forgot a password. The same is done for every address, known or not: a sealed job, and the worker looks.
///
/// # Errors
/// The database.
pub async fn ask(desk: &Desk, email: &PrivateEmail) -> Result<(), Error> {
    let token = Token::draw(desk.chance.bytes());
    let id: [u8; 16] = desk.chance.bytes();
    let sealed = desk.keys.seal_link(email, &token, desk.chance.bytes());
    let job = Job::OfferPassword {
        id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
        sealed: STANDARD_NO_PAD.encode(sealed),
    };
    let now = desk.clock.now();
    desk.write(move |tx| Ok(jobs::push(tx, &job, now)?)).await
}

/// What the worker does about it: a link and a letter, where the address has an account. Done twice it is done once: the
/// link is the same.
///
/// # Errors
/// The job is damaged, the database.
pub async fn offer(desk: &Desk, sealed: &str) -> Result<(), Error> {
    let unreadable = |error: &dyn std::fmt::Display| MailError::Unreadable(error.to_string());
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|error| unreadable(&error))?;
    let (email, token) = desk.keys.open_link(&sealed)?;
    let index = desk.keys.address_index(&email);
    let found = desk.store.read(move |db| Ok::<_, Error>((users::by_address(db, &index)?, site::load(db)?))).await?;
    let (Some(known), Some(site)) = found else { return Ok(()) };
    if known.is_disabled {
        return Ok(());
    }
    let user = known.staff.id;
    let language = if known.staff.language.is_empty() { site.language.as_str() } else { &known.staff.language };
    let letter = letters::job(desk, email, language, About::NewPassword { path: path(&token) })?;
    let (by, now, hash) = (desk.by.clone(), desk.clock.now(), token.hash());
    desk.write(move |tx| {
        let at = now.as_millisecond();
        let is_recent = links::made_at(tx, user, at)?.is_some_and(|made| at - made < PAUSE.as_millis() as i64);
        if is_recent {
            return Ok(());
        }
        links::keep(tx, &hash, user, at, (now + VALID).as_millisecond())?;
        jobs::push(tx, &letter, now)?;
        by.did(tx, Act::PasswordOffered, (Noun::Account, user.0), "", now)
    })
    .await
}

/// Does this link give a new password?
///
/// # Errors
/// The database.
pub async fn is_open(desk: &Desk, token: &Token) -> Result<bool, Error> {
    let (hash, now) = (token.hash(), desk.clock.now().as_millisecond());
    desk.store.read(move |db| Ok(links::account(db, &hash, now)?.is_some())).await
}

/// Choose a new password by a link. Every session of the account ends. A second factor stays: the letter alone does not
/// open an account that has one.
///
/// # Errors
/// The link is used up or too old, the password is too short; the database.
pub async fn choose(desk: &Desk, token: &Token, new: &str) -> Result<UserId, Error> {
    let (hash, now) = (token.hash(), desk.clock.now());
    let gone = || Error::NotFound("link to a new password".into());
    let at = now.as_millisecond();
    let found = desk.store.read(move |db| Ok::<_, Error>(links::account(db, &hash, at)?)).await?;
    let user = found.ok_or_else(gone)?;
    let password_hash = people::hashed(desk, new).await?;
    let notice = notice(desk, user, About::PasswordChanged).await?;
    let by = desk.by.known(user);
    desk.write(move |tx| {
        if links::account(tx, &hash, at)? != Some(user) {
            return Err(gone());
        }
        store::set_password(tx, user, &password_hash)?;
        links::remove(tx, user)?;
        accounts::end_others(tx, user, None)?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::PasswordChanged, (Noun::Account, user.0), "link", now)?;
        Ok(user)
    })
    .await
}

/// A letter to the owner of an account about what happened to it.
pub(super) async fn notice(desk: &Desk, id: UserId, about: About) -> Result<Option<Job>, Error> {
    let found = desk
        .store
        .read(move |db| Ok::<_, Error>((store::address(db, id)?, store::by_id(db, id)?, site::load(db)?)))
        .await?;
    let (Some(sealed), Some(account), Some(site)) = found else { return Ok(None) };
    let language = if account.language.is_empty() { site.language.as_str() } else { &account.language };
    letters::job(desk, desk.keys.open_address(&sealed)?, language, about).map(Some)
}
