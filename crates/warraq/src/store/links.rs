//! Links that open something once: another password, or the first account of all.

use crate::news::UserId;
use crate::store::{Db, StoreError, Tx};

/// Keep the link of an account in the place of an earlier one.
///
/// # Errors
/// The database.
pub fn keep(tx: &mut Tx<'_>, token_hash: &[u8; 32], user: UserId, now: i64, ends_at: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM links WHERE user_id = $1", &[user.0.into()])?;
    tx.execute(
        "INSERT INTO links (token_hash, user_id, created_at, ends_at) VALUES ($1, $2, $3, $4)",
        &[token_hash.into(), user.0.into(), now.into(), ends_at.into()],
    )?;
    Ok(())
}

/// When the link of an account was made, if it is still valid.
///
/// # Errors
/// The database.
pub fn made_at(db: &mut Db<'_>, user: UserId, now: i64) -> Result<Option<i64>, StoreError> {
    db.value("SELECT created_at FROM links WHERE user_id = $1 AND ends_at > $2", &[user.0.into(), now.into()])
}

/// The account that a link gives a new password, while it is valid and the account is open.
///
/// # Errors
/// The database.
pub fn account(db: &mut Db<'_>, token_hash: &[u8; 32], now: i64) -> Result<Option<UserId>, StoreError> {
    let found = db.value::<i64>(
        "SELECT l.user_id FROM links l JOIN users u ON u.id = l.user_id
         WHERE l.token_hash = $1 AND l.ends_at > $2 AND u.disabled_at IS NULL",
        &[token_hash.into(), now.into()],
    )?;
    Ok(found.map(UserId))
}

/// Take the link of an account away: it was used, or the password was changed without it.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, user: UserId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM links WHERE user_id = $1", &[user.0.into()])?;
    Ok(())
}

/// Keep the link to the first account; those of earlier starts are worth nothing any more.
///
/// # Errors
/// The database.
pub fn keep_first(tx: &mut Tx<'_>, token_hash: &[u8; 32], now: i64) -> Result<(), StoreError> {
    remove_first(tx)?;
    tx.execute(
        "INSERT INTO links (token_hash, user_id, created_at, ends_at) VALUES ($1, NULL, $2, $3)",
        &[token_hash.into(), now.into(), i64::MAX.into()],
    )?;
    Ok(())
}

/// Is this the link to the first account?
///
/// # Errors
/// The database.
pub fn is_first(db: &mut Db<'_>, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
    let found = db
        .value::<i64>("SELECT created_at FROM links WHERE token_hash = $1 AND user_id IS NULL", &[token_hash.into()])?;
    Ok(found.is_some())
}

/// The first account is made.
///
/// # Errors
/// The database.
pub fn remove_first(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM links WHERE user_id IS NULL", &[])?;
    Ok(())
}

/// Forget links whose time is over.
///
/// # Errors
/// The database.
pub fn sweep(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM links WHERE ends_at <= $1", &[now.into()])
}
