//! Links by which readers see what is kept of them.

use crate::store::{Db, StoreError, Tx};

/// Keep the link of an address (by its keyed hash) in the place of an earlier one.
///
/// # Errors
/// The database.
pub fn keep(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    address_index: &[u8],
    now: i64,
    ends_at: i64,
) -> Result<(), StoreError> {
    remove(tx, address_index)?;
    tx.execute(
        "INSERT INTO own_links (token_hash, address_index, created_at, ends_at) VALUES ($1, $2, $3, $4)",
        &[token_hash.into(), address_index.into(), now.into(), ends_at.into()],
    )?;
    Ok(())
}

/// When the link of an address was made, if it is still valid.
///
/// # Errors
/// The database.
pub fn made_at(db: &mut Db<'_>, address_index: &[u8], now: i64) -> Result<Option<i64>, StoreError> {
    db.value(
        "SELECT created_at FROM own_links WHERE address_index = $1 AND ends_at > $2",
        &[address_index.into(), now.into()],
    )
}

/// The address (its keyed hash) that a link was sent to, while it is valid.
///
/// # Errors
/// The database.
pub fn address(db: &mut Db<'_>, token_hash: &[u8; 32], now: i64) -> Result<Option<Vec<u8>>, StoreError> {
    db.value(
        "SELECT address_index FROM own_links WHERE token_hash = $1 AND ends_at > $2",
        &[token_hash.into(), now.into()],
    )
}

/// Take the link of an address away: nothing is kept of it any more.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, address_index: &[u8]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM own_links WHERE address_index = $1", &[address_index.into()])?;
    Ok(())
}

/// Forget links whose time is over.
///
/// # Errors
/// The database.
pub fn sweep(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM own_links WHERE ends_at <= $1", &[now.into()])
}
