//! Does the one who comes hold the key that was registered? Passkeys: added, named, taken away, shown at the door.
//!
//! A passkey stands for both factors: it is something that one has, and opens itself only to a finger, a face or a number
//! that its owner knows. Therefore an account that has one is asked for more than the password, and has recovery codes.

use jiff::SignedDuration;

use crate::desk::{Desk, accounts, factors, passwords};
use crate::error::Error;
use crate::identity::Token;
use crate::identity::passkey::{self, Algorithm, Assertion, CHALLENGE_BYTES, HANDLE_BYTES, Known, Mismatch, Site};
use crate::mail::About;
use crate::news::UserId;
use crate::news::audit::{Act, Noun};
use crate::news::staff::Right;
use crate::store::passkeys::NewPasskey;
use crate::store::{StoreError, Tx, factors as codes, jobs, passkeys};

/// How long one may take to answer.
pub const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_mins(5);
/// Passkeys of one account.
const MOST: usize = 20;

/// What an authenticator has to know to make a passkey.
pub struct Wanted {
    /// What it has to sign.
    pub challenge: [u8; CHALLENGE_BYTES],
    /// By which it knows the account.
    pub handle: Vec<u8>,
    /// Those that the account has: it shall not make a second one beside one of them.
    pub there: Vec<Vec<u8>>,
}

/// What came of a registration.
#[derive(Debug, PartialEq, Eq)]
pub enum Added {
    /// It is kept.
    Kept,
    /// It is kept, and is the first thing beside the password: recovery codes, shown this once.
    First(Vec<String>),
    /// It is not what was asked for.
    Refused,
    /// An account has it already.
    There,
}

/// Somebody at the door with a passkey, as the browser sends it.
pub struct Shown {
    /// The authenticator's number for it.
    pub credential: Vec<u8>,
    /// By which the authenticator knows the account.
    pub handle: Vec<u8>,
    /// The browser's text.
    pub client: Vec<u8>,
    /// The authenticator's bytes.
    pub data: Vec<u8>,
    /// Its signature.
    pub signature: Vec<u8>,
}

/// Begin to add a passkey under this name.
///
/// # Errors
/// The password is another, the name cannot be one, there are too many; the database.
pub async fn ask(desk: &Desk, id: UserId, password: &str, name: &str, session: [u8; 32]) -> Result<Wanted, Error> {
    accounts::name_of(name)?;
    passwords::check(desk, id, password).await?;
    let (challenge, drawn): ([u8; CHALLENGE_BYTES], [u8; HANDLE_BYTES]) = (desk.chance.bytes(), desk.chance.bytes());
    let (by, now) = (desk.by.clone(), desk.clock.now());
    let ends = (now + ANSWERED_WITHIN).as_millisecond();
    desk.write(move |tx| {
        by.must(tx, Right::Enter)?;
        let there = passkeys::credentials(tx, id)?;
        if there.len() >= MOST {
            return Err(Error::conflict("passkeys-many", "there are too many passkeys"));
        }
        passkeys::ask(tx, &session, Some(id), &challenge, now.as_millisecond(), ends)?;
        Ok(Wanted { challenge, handle: passkeys::handle(tx, id, &drawn)?, there })
    })
    .await
}

/// Keep the passkey that an authenticator made. All other sessions end.
///
/// # Errors
/// The name cannot be one, the database.
pub async fn add(
    desk: &Desk,
    id: UserId,
    session: [u8; 32],
    site: Site,
    name: &str,
    (client, attestation): (Vec<u8>, Vec<u8>),
) -> Result<Added, Error> {
    let name = accounts::name_of(name)?;
    let notice = passwords::notice(desk, id, About::PasskeyAdded).await?;
    let (shown, hashes) = factors::new_codes(desk);
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Enter)?;
        let at = now.as_millisecond();
        // Whatever comes of it, it was asked once: what is refused is no error that would undo this.
        let Some(challenge) = passkeys::take_challenge(tx, &session, Some(id), at)? else {
            return Ok(Added::Refused);
        };
        let new = match passkey::register(&client, &attestation, &challenge, &site) {
            Ok(new) => new,
            Err(mismatch) => {
                tracing::warn!(account = id.0, %mismatch, "a passkey was not taken");
                return Ok(Added::Refused);
            }
        };
        let is_first = !factors::is_there(tx, id)?;
        let kept = NewPasskey {
            user: id,
            credential: &new.credential,
            algorithm: new.algorithm.number(),
            public_key: &new.public_key,
            counter: new.counter.into(),
            backup_eligible: new.backup_eligible,
            backed_up: new.backed_up,
            name: &name,
        };
        if passkeys::add(tx, &kept, at)?.is_none() {
            return Ok(Added::There);
        }
        if is_first {
            codes::keep_codes(tx, id, &hashes)?;
        }
        accounts::end_others(tx, id, Some(&session))?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::PasskeyAdded, (Noun::Account, id.0), &name, now)?;
        Ok(if is_first { Added::First(shown) } else { Added::Kept })
    })
    .await
}

/// Call one of one's own passkeys something else.
///
/// # Errors
/// The name cannot be one, there is no such passkey of this account, the database.
pub async fn rename(desk: &Desk, id: UserId, one: i64, name: &str) -> Result<(), Error> {
    let name = accounts::name_of(name)?;
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Enter)?;
        if !passkeys::rename(tx, id, one, &name)? {
            return Err(gone(one));
        }
        by.did(tx, Act::PasskeyNamed, (Noun::Account, id.0), &name, now)
    })
    .await
}

/// Take one of one's own passkeys away. All other sessions end.
///
/// # Errors
/// The password is another, there is no such passkey of this account, the database.
pub async fn remove(desk: &Desk, id: UserId, one: i64, password: &str, session: [u8; 32]) -> Result<(), Error> {
    passwords::check(desk, id, password).await?;
    let notice = passwords::notice(desk, id, About::PasskeyRemoved).await?;
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Enter)?;
        let name = passkeys::remove(tx, id, one)?.ok_or_else(|| gone(one))?;
        factors::end_codes(tx, id)?;
        accounts::end_others(tx, id, Some(&session))?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::PasskeyRemoved, (Noun::Account, id.0), &name, now)
    })
    .await
}

/// Somebody at the door wants to show a passkey: what it has to sign, and the token of the one who was asked.
///
/// # Errors
/// The database.
pub async fn ask_at_the_door(desk: &Desk) -> Result<(Token, [u8; CHALLENGE_BYTES]), Error> {
    let (token, challenge) = (Token::draw(desk.chance.bytes()), desk.chance.bytes());
    let (hash, now) = (token.hash(), desk.clock.now());
    let ends = (now + ANSWERED_WITHIN).as_millisecond();
    desk.write(move |tx| Ok(passkeys::ask(tx, &hash, None, &challenge, now.as_millisecond(), ends)?)).await?;
    Ok((token, challenge))
}

/// Whose passkey is it? `None`, whatever the reason: it is not known, not asked for, of a closed account.
///
/// # Errors
/// The database.
pub async fn recognise(desk: &Desk, asked: &Token, site: Site, sent: Shown) -> Result<Option<UserId>, Error> {
    let (by, now, hash) = (desk.by.clone(), desk.clock.now(), asked.hash());
    desk.write(move |tx| {
        let at = now.as_millisecond();
        let challenge = passkeys::take_challenge(tx, &hash, None, at)?;
        let found = passkeys::shown(tx, &sent.credential)?;
        let meant = found.as_ref().map(|found| found.user);
        let fits = challenge
            .zip(found)
            .filter(|(_, found)| !found.is_disabled && !found.handle.is_empty() && found.handle == sent.handle);
        let Some((challenge, found)) = fits else {
            by.failed(tx, meant, "passkey", now)?;
            return Ok(None);
        };
        let assertion = Assertion { client: &sent.client, data: &sent.data, signature: &sent.signature };
        match passkey::recognise(&assertion, &challenge, &known(&found)?, &site) {
            Ok(used) => {
                passkeys::used(tx, found.id, used.counter.into(), used.backed_up, at)?;
                codes::end_halves(tx, found.user)?;
                Ok(Some(found.user))
            }
            Err(Mismatch::Counter) => {
                let name = name_of(tx, found.user, found.id)?;
                by.known(found.user).did(tx, Act::PasskeyCopied, (Noun::Account, found.user.0), &name, now)?;
                Ok(None)
            }
            Err(mismatch) => {
                tracing::warn!(account = found.user.0, %mismatch, "a passkey did not open the door");
                by.failed(tx, meant, "passkey", now)?;
                Ok(None)
            }
        }
    })
    .await
}

/// What is kept of it, as the one who recognises it reads it.
fn known(found: &passkeys::Shown) -> Result<Known, Error> {
    let broken = |what: &str| StoreError::Broken(format!("{what} of passkey {}", found.id));
    Ok(Known {
        algorithm: Algorithm::of(found.algorithm).ok_or_else(|| broken("algorithm"))?,
        public_key: found.public_key.clone(),
        counter: u32::try_from(found.counter).map_err(|_| broken("counter"))?,
        backup_eligible: found.backup_eligible,
    })
}

fn name_of(tx: &mut Tx<'_>, user: UserId, id: i64) -> Result<String, Error> {
    let all = passkeys::of_user(tx, user)?;
    Ok(all.into_iter().find(|one| one.id == id).map(|one| one.name).unwrap_or_default())
}

fn gone(id: i64) -> Error {
    Error::NotFound(format!("passkey {id}"))
}
