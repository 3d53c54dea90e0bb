//! Staff accounts.

use crate::news::UserId;
use crate::news::staff::Role;
use crate::store::{Arg, Db, StoreError, Tx};

/// An account to be kept.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// Its number.
    pub id: UserId,
    /// Name as colleagues see it.
    pub name: &'a str,
    /// What the account may do.
    pub role: Role,
    /// Sealed address.
    pub address: &'a [u8],
    /// Keyed hash of the address.
    pub address_index: &'a [u8; 32],
    /// Argon2id, PHC format; `None` until a password is chosen.
    pub password_hash: Option<&'a str>,
    /// Milliseconds.
    pub created_at: i64,
}

/// Keep a new account.
///
/// # Errors
/// The database; [`StoreError::Duplicate`] when the address has an account.
pub fn insert(tx: &mut Tx<'_>, user: &NewUser<'_>) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        user.id.0.into(),
        user.name.into(),
        user.role.as_str().into(),
        user.address.into(),
        user.address_index.into(),
        user.password_hash.into(),
        user.created_at.into(),
    ];
    tx.execute("INSERT INTO users (id, name, role, address, address_index, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)", &args)?;
    Ok(())
}

/// Is there an account with this address already?
///
/// # Errors
/// The database.
pub fn exists(db: &mut Db<'_>, address_index: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM users WHERE address_index = $1", &[address_index.into()])?.is_some())
}

/// The names of the newsroom, so that a comment under one of them can be held.
///
/// # Errors
/// The database.
pub fn names(db: &mut Db<'_>) -> Result<Vec<String>, StoreError> {
    db.all("SELECT name FROM users", &[], |row| row.get(0))
}
