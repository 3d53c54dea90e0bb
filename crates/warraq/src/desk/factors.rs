//! Does the one who knows the password also hold the telephone? Second factors and what stands in for them.

use jiff::SignedDuration;

use crate::desk::{Desk, accounts, passwords};
use crate::error::Error;
use crate::identity::{RecoveryCode, Token, totp};
use crate::mail::About;
use crate::news::UserId;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::staff::Right;
use crate::store::{Tx, accounts as store, audit, factors, jobs, passkeys, site};

/// How many recovery codes there are.
pub const CODES: usize = 10;
/// How long one may take between password and code.
const HALF: SignedDuration = SignedDuration::from_mins(5);
/// How often a code may be tried before the password is asked for again.
const TRIES: i64 = 5;
/// How often an account may get a code wrong within an hour, from wherever: whoever tries this knows the password.
const TRIES_PER_HOUR: i64 = 30;

/// A second factor that is being set up, as its owner needs it.
pub struct Pending {
    /// The secret as it is typed.
    pub letters: String,
    /// The same for a camera: SVG.
    pub picture: Option<String>,
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It fits; this account may come in.
    Fits(UserId),
    /// It does not fit; one may try again.
    Wrong,
    /// Too late, or tried too often: the password is asked for again.
    Over,
}

/// Begin to set up a second factor. Nothing is asked for at the door before it is confirmed.
///
/// # Errors
/// The password is another, there is a factor already, the database.
pub async fn begin(desk: &Desk, id: UserId, password: &str) -> Result<(), Error> {
    passwords::check(desk, id, password).await?;
    let secret: [u8; totp::SECRET_BYTES] = desk.chance.bytes();
    let sealed = desk.keys.seal_factor(&secret, desk.chance.bytes());
    let now = desk.clock.now().as_millisecond();
    desk.write(move |tx| {
        if factors::of(tx, id)?.is_some_and(|factor| factor.is_confirmed) {
            return Err(Error::conflict("factor-there", "there is a second factor already"));
        }
        Ok(factors::begin(tx, id, &sealed, now)?)
    })
    .await
}

/// The factor that was begun and is not confirmed.
///
/// # Errors
/// The database, or another key.
pub async fn pending(desk: &Desk, id: UserId) -> Result<Option<Pending>, Error> {
    let found = desk
        .store
        .read(move |db| Ok::<_, Error>((factors::of(db, id)?, store::by_id(db, id)?, site::load(db)?)))
        .await?;
    let (Some(factor), Some(account), Some(site)) = found else { return Ok(None) };
    if factor.is_confirmed {
        return Ok(None);
    }
    let secret = desk.keys.open_factor(&factor.secret)?;
    let address = totp::address(&secret, &site.title, &account.name);
    Ok(Some(Pending { letters: totp::letters(&secret), picture: totp::picture(&address) }))
}

/// Confirm it by a first code. The answer are the recovery codes: shown this once. All other sessions end.
///
/// # Errors
/// The code does not fit, nothing was begun, the database.
pub async fn confirm(desk: &Desk, id: UserId, typed: &str, session: [u8; 32]) -> Result<Vec<String>, Error> {
    let (shown, hashes) = new_codes(desk);
    let notice = passwords::notice(desk, id, About::FactorAdded).await?;
    let (by, now, keys) = (desk.by.clone(), desk.clock.now(), desk.keys.clone());
    let typed = typed.to_owned();
    desk.write(move |tx| {
        let Some(factor) = factors::of(tx, id)?.filter(|factor| !factor.is_confirmed) else {
            return Err(Error::conflict("factor-not-begun", "no second factor is being set up"));
        };
        let secret = keys.open_factor(&factor.secret)?;
        let step = totp::fits(&secret, &typed, now, factor.last_step);
        let step = step.ok_or_else(|| Error::Invalid(vec![Flaw { field: "code", reason: "wrong" }]))?;
        factors::take(tx, id, step, now.as_millisecond())?;
        factors::keep_codes(tx, id, &hashes)?;
        accounts::end_others(tx, id, Some(&session))?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::FactorAdded, (Noun::Account, id.0), "", now)
    })
    .await?;
    Ok(shown)
}

/// Make new recovery codes; the old ones are worth nothing any more.
///
/// # Errors
/// The password is another, there is no second factor, the database.
pub async fn renew_codes(desk: &Desk, id: UserId, password: &str) -> Result<Vec<String>, Error> {
    passwords::check(desk, id, password).await?;
    let (shown, hashes) = new_codes(desk);
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        if !is_there(tx, id)? {
            return Err(Error::conflict("factor-none", "there is no second factor"));
        }
        factors::keep_codes(tx, id, &hashes)?;
        by.did(tx, Act::CodesRenewed, (Noun::Account, id.0), "", now)
    })
    .await?;
    Ok(shown)
}

/// Take one's own second factor away. All other sessions end.
///
/// # Errors
/// The password is another, the database.
pub async fn remove_own(desk: &Desk, id: UserId, password: &str, session: [u8; 32]) -> Result<(), Error> {
    passwords::check(desk, id, password).await?;
    remove(desk, id, Some(session)).await
}

/// Take second factor and passkeys of a colleague away who lost them and the recovery codes. All sessions of the account
/// end.
///
/// # Errors
/// The one who acts may not; the database.
pub async fn remove_for(desk: &Desk, id: UserId) -> Result<(), Error> {
    remove(desk, id, None).await
}

async fn remove(desk: &Desk, id: UserId, own_session: Option<[u8; 32]>) -> Result<(), Error> {
    let notice = passwords::notice(desk, id, About::FactorRemoved).await?;
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        if own_session.is_none() {
            by.must(tx, Right::KeepAccounts)?;
        }
        let mut removed = factors::remove(tx, id)?;
        if own_session.is_none() {
            removed |= passkeys::remove_all(tx, id)? > 0;
        }
        if !removed {
            return Ok(());
        }
        end_codes(tx, id)?;
        accounts::end_others(tx, id, own_session.as_ref())?;
        if let Some(notice) = notice {
            jobs::push(tx, &notice, now)?;
        }
        by.did(tx, Act::FactorRemoved, (Noun::Account, id.0), "", now)
    })
    .await
}

/// Is there anything beside the password: codes of a telephone, or a passkey?
pub(super) fn is_there(tx: &mut Tx<'_>, id: UserId) -> Result<bool, Error> {
    Ok(factors::of(tx, id)?.is_some_and(|factor| factor.is_confirmed) || passkeys::any(tx, id)?)
}

/// Recovery codes end with the last thing that they stand in for.
pub(super) fn end_codes(tx: &mut Tx<'_>, id: UserId) -> Result<(), Error> {
    if !is_there(tx, id)? {
        factors::keep_codes(tx, id, &[])?;
    }
    Ok(())
}

/// Somebody knew the password of an account that asks for more.
pub(super) async fn begin_half(desk: &Desk, id: UserId) -> Result<Token, Error> {
    let token = Token::draw(desk.chance.bytes());
    let (hash, now) = (token.hash(), desk.clock.now());
    let ends = (now + HALF).as_millisecond();
    desk.write(move |tx| Ok(factors::begin_half(tx, &hash, id, now.as_millisecond(), ends)?)).await?;
    Ok(token)
}

/// The code of somebody who knew the password: of the telephone, or a recovery code.
///
/// # Errors
/// The database, or another key.
pub async fn answer(desk: &Desk, half: &Token, typed: &str) -> Result<Outcome, Error> {
    let (by, now, keys) = (desk.by.clone(), desk.clock.now(), desk.keys.clone());
    let recovery = RecoveryCode::parse(typed).map(|code| keys.recovery_index(&code));
    let (hash, typed) = (half.hash(), typed.to_owned());
    desk.write(move |tx| {
        let at = now.as_millisecond();
        let Some((user, tries)) = factors::half(tx, &hash, at)? else { return Ok(Outcome::Over) };
        let lately = audit::counted(tx, user, Act::SignInFailed, "code", now - SignedDuration::from_hours(1))?;
        if tries >= TRIES || lately >= TRIES_PER_HOUR {
            return Ok(Outcome::Over);
        }
        factors::tried(tx, &hash)?;
        let by_recovery = match recovery {
            Some(recovery) => factors::use_code(tx, user, &recovery, at)?,
            None => false,
        };
        if by_recovery {
            by.known(user).did(tx, Act::CodeUsed, (Noun::Account, user.0), "", now)?;
        } else if !by_clock(tx, user, &keys, &typed, now)? {
            by.failed(tx, Some(user), "code", now)?;
            return Ok(if tries + 1 >= TRIES { Outcome::Over } else { Outcome::Wrong });
        }
        factors::end_halves(tx, user)?;
        Ok(Outcome::Fits(user))
    })
    .await
}

/// Does the code fit the clock? Then it is used up.
fn by_clock(
    tx: &mut Tx<'_>,
    user: UserId,
    keys: &crate::identity::Keyring,
    typed: &str,
    now: jiff::Timestamp,
) -> Result<bool, Error> {
    let Some(factor) = factors::of(tx, user)?.filter(|factor| factor.is_confirmed) else { return Ok(false) };
    let secret = keys.open_factor(&factor.secret)?;
    let Some(step) = totp::fits(&secret, typed, now, factor.last_step) else { return Ok(false) };
    factors::take(tx, user, step, now.as_millisecond())?;
    Ok(true)
}

/// As they are shown, and as they are kept.
pub(super) fn new_codes(desk: &Desk) -> (Vec<String>, Vec<[u8; 32]>) {
    let codes: Vec<RecoveryCode> = (0..CODES).map(|_| RecoveryCode::draw(desk.chance.bytes())).collect();
    let shown = codes.iter().map(RecoveryCode::reveal).collect();
    (shown, codes.iter().map(|code| desk.keys.recovery_index(code)).collect())
}
