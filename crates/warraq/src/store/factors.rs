//! Second factors, what stands in for them, and who still has to give one.

use crate::news::UserId;
use crate::store::{Db, StoreError, Tx};

/// The second factor of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Sealed.
    pub secret: Vec<u8>,
    /// It is asked for; before that it is being set up.
    pub is_confirmed: bool,
    /// The last step of the clock whose code was taken.
    pub last_step: i64,
}

/// The second factor of an account, confirmed or not.
///
/// # Errors
/// The database.
pub fn of(db: &mut Db<'_>, user: UserId) -> Result<Option<Factor>, StoreError> {
    db.first("SELECT secret, confirmed_at, last_step FROM factors WHERE user_id = $1", &[user.0.into()], |row| {
        Ok(Factor { secret: row.get(0)?, is_confirmed: row.get::<Option<i64>>(1)?.is_some(), last_step: row.get(2)? })
    })
}

/// Begin to set one up, in the place of one that was begun and not confirmed.
///
/// # Errors
/// The database.
pub fn begin(tx: &mut Tx<'_>, user: UserId, sealed: &[u8], now: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO factors (user_id, secret, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, created_at = excluded.created_at
         WHERE factors.confirmed_at IS NULL",
        &[user.0.into(), sealed.into(), now.into()],
    )?;
    Ok(())
}

/// A code was taken: this step and those before it are over. The first one confirms the factor.
///
/// # Errors
/// The database.
pub fn take(tx: &mut Tx<'_>, user: UserId, step: i64, now: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE factors SET last_step = $2, confirmed_at = COALESCE(confirmed_at, $3) WHERE user_id = $1",
        &[user.0.into(), step.into(), now.into()],
    )?;
    Ok(())
}

/// Take the factor away; says whether a confirmed one was there.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, user: UserId) -> Result<bool, StoreError> {
    let confirmed = of(tx, user)?.is_some_and(|factor| factor.is_confirmed);
    tx.execute("DELETE FROM factors WHERE user_id = $1", &[user.0.into()])?;
    Ok(confirmed)
}

/// Keep new recovery codes in the place of the old ones; none: there is nothing left that they would stand in for.
///
/// # Errors
/// The database.
pub fn keep_codes(tx: &mut Tx<'_>, user: UserId, hashes: &[[u8; 32]]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM recovery_codes WHERE user_id = $1", &[user.0.into()])?;
    for hash in hashes {
        tx.execute("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)", &[user.0.into(), hash.into()])?;
    }
    Ok(())
}

/// Use a recovery code; says whether it was good.
///
/// # Errors
/// The database.
pub fn use_code(tx: &mut Tx<'_>, user: UserId, hash: &[u8; 32], now: i64) -> Result<bool, StoreError> {
    let used = tx.execute(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL",
        &[user.0.into(), hash.into(), now.into()],
    )?;
    Ok(used == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// The database.
pub fn codes_left(db: &mut Db<'_>, user: UserId) -> Result<i64, StoreError> {
    let left = db
        .value::<i64>("SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL", &[user.0.into()])?;
    Ok(left.unwrap_or(0))
}

/// Somebody knew the password; those of the account that waited too long are forgotten.
///
/// # Errors
/// The database.
pub fn begin_half(tx: &mut Tx<'_>, hash: &[u8; 32], user: UserId, now: i64, ends_at: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM half_sessions WHERE user_id = $1 AND ends_at <= $2", &[user.0.into(), now.into()])?;
    tx.execute(
        "INSERT INTO half_sessions (token_hash, user_id, ends_at) VALUES ($1, $2, $3)",
        &[hash.into(), user.0.into(), ends_at.into()],
    )?;
    Ok(())
}

/// Who it was, and how often a code was tried, while it lasts.
///
/// # Errors
/// The database.
pub fn half(db: &mut Db<'_>, hash: &[u8; 32], now: i64) -> Result<Option<(UserId, i64)>, StoreError> {
    db.first(
        "SELECT h.user_id, h.tries FROM half_sessions h JOIN users u ON u.id = h.user_id
         WHERE h.token_hash = $1 AND h.ends_at > $2 AND u.disabled_at IS NULL",
        &[hash.into(), now.into()],
        |row| Ok((UserId(row.get(0)?), row.get(1)?)),
    )
}

/// Another code was tried.
///
/// # Errors
/// The database.
pub fn tried(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), StoreError> {
    tx.execute("UPDATE half_sessions SET tries = tries + 1 WHERE token_hash = $1", &[hash.into()])?;
    Ok(())
}

/// All that wait for a code of this account: it was given, or the password was changed.
///
/// # Errors
/// The database.
pub fn end_halves(tx: &mut Tx<'_>, user: UserId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM half_sessions WHERE user_id = $1", &[user.0.into()])?;
    Ok(())
}
