//! Who is signed in.

use jiff::Timestamp;

use crate::news::UserId;
use crate::news::staff::Staff;
use crate::store::{Db, StoreError, Tx, millis, users};

/// A session as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Hash of its token.
    pub token_hash: Vec<u8>,
    /// What the browser says it is.
    pub agent: String,
    /// Since when, in milliseconds.
    pub created_at: i64,
    /// When it was last used, about, in milliseconds.
    pub seen_at: i64,
}

/// Keep a new session.
///
/// # Errors
/// The database.
pub fn open(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    user: UserId,
    agent: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO sessions (token_hash, user_id, agent, created_at, seen_at) VALUES ($1, $2, $3, $4, $4)",
        &[token_hash.into(), user.0.into(), agent.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Whose session this is, and when it was last seen; only while it lasts and the account is not closed.
///
/// # Errors
/// The database.
pub fn holder(
    db: &mut Db<'_>,
    token_hash: &[u8; 32],
    seen_after: Timestamp,
    opened_after: Timestamp,
) -> Result<Option<(Staff, i64)>, StoreError> {
    db.first(
        users::staff!(
            ", s.seen_at FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE s.token_hash = $1 AND s.seen_at > $2 AND s.created_at > $3 AND u.disabled_at IS NULL"
        ),
        &[token_hash.into(), millis(seen_after).into(), millis(opened_after).into()],
        |row| Ok((users::read_staff(row)?, row.get(5)?)),
    )
}

/// Write down that a session is in use.
///
/// # Errors
/// The database.
pub fn seen(tx: &mut Tx<'_>, token_hash: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET seen_at = $2 WHERE token_hash = $1", &[token_hash.into(), millis(now).into()])?;
    Ok(())
}

/// End one session.
///
/// # Errors
/// The database.
pub fn close(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM sessions WHERE token_hash = $1", &[token_hash.into()])?;
    Ok(())
}

/// End the sessions of an account, but one.
///
/// # Errors
/// The database.
pub fn close_all(tx: &mut Tx<'_>, user: UserId, but: Option<&[u8; 32]>) -> Result<(), StoreError> {
    let kept: &[u8] = but.map_or(&[], |hash| hash);
    tx.execute("DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2", &[user.0.into(), kept.into()])?;
    Ok(())
}

/// The sessions of an account, the newest first.
///
/// # Errors
/// The database.
pub fn of_user(db: &mut Db<'_>, user: UserId) -> Result<Vec<Session>, StoreError> {
    db.all(
        "SELECT token_hash, agent, created_at, seen_at FROM sessions WHERE user_id = $1 ORDER BY created_at DESC",
        &[user.0.into()],
        |row| {
            Ok(Session { token_hash: row.get(0)?, agent: row.get(1)?, created_at: row.get(2)?, seen_at: row.get(3)? })
        },
    )
}

/// Forget sessions that have ended by themselves.
///
/// # Errors
/// The database.
pub fn sweep(
    tx: &mut Tx<'_>,
    user: UserId,
    seen_before: Timestamp,
    opened_before: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM sessions WHERE user_id = $1 AND (seen_at <= $2 OR created_at <= $3)",
        &[user.0.into(), millis(seen_before).into(), millis(opened_before).into()],
    )?;
    Ok(())
}
