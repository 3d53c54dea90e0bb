//! Who is at the door? Signing in, being recognised, signing out.

use jiff::{SignedDuration, Timestamp};

use crate::desk::{Desk, factors, users as accounts};
use crate::error::Error;
use crate::identity::{PrivateEmail, Token};
use crate::news::UserId;
use crate::news::article::tidy;
use crate::news::audit::{Act, Noun};
use crate::news::staff::Staff;
use crate::store::{StoreError, sessions, users};

/// A session that nobody used for this long is over.
const IDLE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A session is over after this long in any case.
const LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// That a session is in use is written down this often at most.
const NOTED: SignedDuration = SignedDuration::from_mins(10);
/// What is kept of a browser's name for itself, in scalar values.
const AGENT: usize = 200;

/// What came of address and password.
pub enum SignIn {
    /// They do not fit, or there is no such account.
    No,
    /// They fit, and nothing else is asked for.
    Yes(Token),
    /// They fit, and a code or a passkey is asked for: this token stands for the first half.
    Half(Token),
}

/// Let somebody in who knows address and password. The answer is no after the same time whether or not there is such an
/// account. Costs 19 MiB and some ten milliseconds of a core: whoever calls bounds how many run at once.
///
/// # Errors
/// The database.
pub async fn sign_in(desk: &Desk, email: &str, password: &str, agent: &str) -> Result<SignIn, Error> {
    let index = PrivateEmail::parse(email).ok().map(|email| desk.keys.address_index(&email));
    let known = match index {
        Some(index) => desk.store.read(move |db| Ok::<_, Error>(users::by_address(db, &index)?)).await?,
        None => None,
    };
    let password_hash = known.as_ref().filter(|known| !known.is_disabled).and_then(|known| known.password_hash.clone());
    let password = password.to_owned();
    let fits = tokio::task::spawn_blocking(move || accounts::fits(&password, password_hash.as_deref()));
    let fits = fits.await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let meant = known.as_ref().map(|known| known.staff.id);
    match known.filter(|_| fits) {
        Some(known) if known.has_factor => Ok(SignIn::Half(factors::begin_half(desk, known.staff.id).await?)),
        Some(known) => Ok(SignIn::Yes(open(desk, known.staff.id, agent).await?)),
        None => {
            // Written for an unknown address as for a known one, so that both take as long.
            let (by, now) = (desk.by.clone(), desk.clock.now());
            desk.write(move |tx| by.failed(tx, meant, "password", now)).await?;
            Ok(SignIn::No)
        }
    }
}

/// Begin a session for an account. Those of it that have ended by themselves are forgotten.
///
/// # Errors
/// The database.
pub async fn open(desk: &Desk, user: UserId, agent: &str) -> Result<Token, Error> {
    let token = Token::draw(desk.chance.bytes());
    let by = desk.by.known(user);
    let (hash, now) = (token.hash(), desk.clock.now());
    let agent: String = tidy(agent).chars().take(AGENT).collect();
    desk.write(move |tx| {
        let (seen_after, opened_after) = limits(now);
        sessions::sweep(tx, user, seen_after, opened_after)?;
        sessions::open(tx, &hash, user, &agent, now)?;
        by.did(tx, Act::SignedIn, (Noun::Account, user.0), "", now)
    })
    .await?;
    Ok(token)
}

/// Who carries this token?
///
/// # Errors
/// The database.
pub async fn holder(desk: &Desk, token: &Token) -> Result<Option<Staff>, Error> {
    let (hash, now) = (token.hash(), desk.clock.now());
    let (seen_after, opened_after) = limits(now);
    let found =
        desk.store.read(move |db| Ok::<_, Error>(sessions::holder(db, &hash, seen_after, opened_after)?)).await?;
    let Some((staff, seen_at)) = found else { return Ok(None) };
    if now.as_millisecond() - seen_at > NOTED.as_millis() as i64 {
        // Whoever is known stays known also when this cannot be written.
        if let Err(error) = desk.write(move |tx| Ok(sessions::seen(tx, &hash, now)?)).await {
            tracing::warn!(%error, "that a session is in use could not be noted");
        }
    }
    Ok(Some(staff))
}

/// End a session.
///
/// # Errors
/// The database.
pub async fn sign_out(desk: &Desk, token: &Token) -> Result<(), Error> {
    let (by, hash, now) = (desk.by.clone(), token.hash(), desk.clock.now());
    desk.write(move |tx| {
        sessions::close(tx, &hash)?;
        match by.user() {
            Some(user) => by.did(tx, Act::SignedOut, (Noun::Account, user.0), "", now),
            None => Ok(()),
        }
    })
    .await
}

/// A session must have been seen, and opened, after these moments.
fn limits(now: Timestamp) -> (Timestamp, Timestamp) {
    (now - IDLE, now - LIFE)
}
