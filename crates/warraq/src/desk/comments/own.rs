//! How does a reader see what is kept of them, and have it forgotten, without asking anybody?
//!
//! By a letter to the address in question: whoever opens its link has that address. The page where it is asked for says the
//! same whatever is kept, and takes as long; the worker looks.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use jiff::SignedDuration;

use super::person::{Forgotten, forget};
use crate::desk::{Desk, letters};
use crate::error::Error;
use crate::identity::{PrivateEmail, Token};
use crate::mail::{About, MailError};
use crate::news::consequences::Job;
use crate::store::comments::{self, Own};
use crate::store::{jobs, own_links, site};

/// How long a link is valid.
pub const LINK_VALID: SignedDuration = SignedDuration::from_hours(1);
/// An address gets a letter this often at most, however often it is asked for.
const PAUSE: SignedDuration = SignedDuration::from_mins(30);

/// Where a link leads.
fn path(token: &Token) -> String {
    format!("/your-comments/{}", token.reveal())
}

/// Somebody wants to see what is kept of an address. The same is done for every address: a sealed job.
///
/// # Errors
/// The database.
pub async fn ask_for_own(desk: &Desk, email: &PrivateEmail) -> Result<(), Error> {
    let token = Token::draw(desk.chance.bytes());
    let id: [u8; 16] = desk.chance.bytes();
    let sealed = desk.keys.seal_link(email, &token, desk.chance.bytes());
    let job = Job::OfferOwn {
        id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
        sealed: STANDARD_NO_PAD.encode(sealed),
    };
    let now = desk.clock.now();
    desk.write(move |tx| Ok(jobs::push(tx, &job, now)?)).await
}

/// What the worker does about it: a link and a letter, where comments were sent with the address. Done twice it is done
/// once: the second time the link is there.
///
/// # Errors
/// The job is damaged, the database.
pub async fn offer_own(desk: &Desk, sealed: &str) -> Result<(), Error> {
    let unreadable = |error: &dyn std::fmt::Display| MailError::Unreadable(error.to_string());
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|error| unreadable(&error))?;
    let (email, token) = desk.keys.open_link(&sealed)?;
    let index = desk.keys.address_index(&email);
    let read = move |db: &mut crate::store::Db<'_>| {
        Ok::<_, Error>((!comments::of_address(db, &index)?.is_empty(), site::load(db)?))
    };
    let (true, Some(site)) = desk.store.read(read).await? else { return Ok(()) };
    let letter = letters::job(desk, email, site.language.as_str(), About::OwnComments { path: path(&token) })?;
    let (now, hash) = (desk.clock.now(), token.hash());
    desk.write(move |tx| {
        let at = now.as_millisecond();
        let is_recent = own_links::made_at(tx, &index, at)?.is_some_and(|made| at - made < PAUSE.as_millis() as i64);
        if is_recent {
            return Ok(());
        }
        own_links::keep(tx, &hash, &index, at, (now + LINK_VALID).as_millisecond())?;
        Ok(jobs::push(tx, &letter, now)?)
    })
    .await
}

/// What is kept of the address that a link was sent to, oldest first. `None`: the link is over.
///
/// # Errors
/// The database.
pub async fn of_link(desk: &Desk, token: &Token) -> Result<Option<Vec<Own>>, Error> {
    let (hash, now) = (token.hash(), desk.clock.now().as_millisecond());
    let read = move |db: &mut crate::store::Db<'_>| {
        let Some(index) = own_links::address(db, &hash, now)? else { return Ok(None) };
        Ok::<_, Error>(Some(comments::of_address(db, &index)?))
    };
    desk.store.read(read).await
}

/// As [`super::erase`], for the address that a link was sent to. `None`: the link is over.
///
/// # Errors
/// The database.
pub async fn erase_by_link(desk: &Desk, token: &Token, texts: bool) -> Result<Option<Forgotten>, Error> {
    let (hash, now) = (token.hash(), desk.clock.now());
    let (chance, keys) = (desk.chance.clone(), desk.keys.clone());
    desk.write(move |tx| {
        let Some(index) = own_links::address(tx, &hash, now.as_millisecond())? else { return Ok(None) };
        forget(tx, &index, texts, &chance, &keys, now).map(Some)
    })
    .await
}
