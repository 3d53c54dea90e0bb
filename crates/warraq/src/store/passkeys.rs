//! Passkeys, by what authenticators know their owners, and what they were asked to sign.

use crate::news::UserId;
use crate::store::{Arg, Db, StoreError, Tx};

/// A passkey as its owner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its number.
    pub id: i64,
    /// As its owner calls it.
    pub name: String,
    /// It was copied to other devices.
    pub backed_up: bool,
    /// Since when, in milliseconds.
    pub created_at: i64,
    /// When somebody last came in with it, in milliseconds.
    pub used_at: Option<i64>,
}

/// A passkey that somebody shows at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub user: UserId,
    /// By which authenticators know the account.
    pub handle: Vec<u8>,
    /// The account was closed.
    pub is_disabled: bool,
    /// How it signs, by the number of COSE.
    pub algorithm: i64,
    /// The key.
    pub public_key: Vec<u8>,
    /// How often it had signed.
    pub counter: i64,
    /// It may be copied to other devices.
    pub backup_eligible: bool,
}

/// A passkey to be kept.
#[derive(Debug)]
pub struct NewPasskey<'a> {
    /// Whose it is.
    pub user: UserId,
    /// The authenticator's number for it.
    pub credential: &'a [u8],
    /// How it signs, by the number of COSE.
    pub algorithm: i64,
    /// The key.
    pub public_key: &'a [u8],
    /// How often it has signed.
    pub counter: i64,
    /// It may be copied to other devices.
    pub backup_eligible: bool,
    /// It was.
    pub backed_up: bool,
    /// As its owner calls it.
    pub name: &'a str,
}

/// The passkeys of an account, the oldest first.
///
/// # Errors
/// The database.
pub fn of_user(db: &mut Db<'_>, user: UserId) -> Result<Vec<Passkey>, StoreError> {
    db.all(
        "SELECT id, name, backed_up, created_at, used_at FROM passkeys WHERE user_id = $1 ORDER BY id",
        &[user.0.into()],
        |row| {
            Ok(Passkey {
                id: row.get(0)?,
                name: row.get(1)?,
                backed_up: row.get(2)?,
                created_at: row.get(3)?,
                used_at: row.get(4)?,
            })
        },
    )
}

/// Has an account any?
///
/// # Errors
/// The database.
pub fn any(db: &mut Db<'_>, user: UserId) -> Result<bool, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM passkeys WHERE user_id = $1 LIMIT 1", &[user.0.into()])?.is_some())
}

/// The numbers that authenticators gave to those of an account.
///
/// # Errors
/// The database.
pub fn credentials(db: &mut Db<'_>, user: UserId) -> Result<Vec<Vec<u8>>, StoreError> {
    db.all("SELECT credential FROM passkeys WHERE user_id = $1 ORDER BY id", &[user.0.into()], |row| row.get(0))
}

/// The one with this number of an authenticator, whosever it is.
///
/// # Errors
/// The database.
pub fn shown(db: &mut Db<'_>, credential: &[u8]) -> Result<Option<Shown>, StoreError> {
    db.first(
        "SELECT p.id, p.user_id, u.handle, u.disabled_at, p.algorithm, p.public_key, p.counter, p.backup_eligible
         FROM passkeys p JOIN users u ON u.id = p.user_id WHERE p.credential = $1",
        &[credential.into()],
        |row| {
            Ok(Shown {
                id: row.get(0)?,
                user: UserId(row.get(1)?),
                handle: row.get::<Option<Vec<u8>>>(2)?.unwrap_or_default(),
                is_disabled: row.get::<Option<i64>>(3)?.is_some(),
                algorithm: row.get(4)?,
                public_key: row.get(5)?,
                counter: row.get(6)?,
                backup_eligible: row.get(7)?,
            })
        },
    )
}

/// Keep a new one. Its number is the answer; `None` when an account, this one or another, has it already.
///
/// # Errors
/// The database.
pub fn add(tx: &mut Tx<'_>, new: &NewPasskey<'_>, now: i64) -> Result<Option<i64>, StoreError> {
    if shown(tx, new.credential)?.is_some() {
        return Ok(None);
    }
    let id = tx.next_id("passkeys")?;
    let args: [Arg<'_>; 10] = [
        id.into(),
        new.user.0.into(),
        new.credential.into(),
        new.algorithm.into(),
        new.public_key.into(),
        new.counter.into(),
        new.backup_eligible.into(),
        new.backed_up.into(),
        new.name.into(),
        now.into(),
    ];
    tx.execute(
        "INSERT INTO passkeys (id, user_id, credential, algorithm, public_key, counter, backup_eligible, backed_up, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &args,
    )?;
    Ok(Some(id))
}

/// Somebody came in with it.
///
/// # Errors
/// The database.
pub fn used(tx: &mut Tx<'_>, id: i64, counter: i64, backed_up: bool, now: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE passkeys SET counter = $2, backed_up = $3, used_at = $4 WHERE id = $1",
        &[id.into(), counter.into(), backed_up.into(), now.into()],
    )?;
    Ok(())
}

/// Call one of an account something else; says whether it was there.
///
/// # Errors
/// The database.
pub fn rename(tx: &mut Tx<'_>, user: UserId, id: i64, name: &str) -> Result<bool, StoreError> {
    let renamed = tx.execute(
        "UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2",
        &[id.into(), user.0.into(), name.into()],
    )?;
    Ok(renamed == 1)
}

/// Take one of an account away; its name, if it was there.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, user: UserId, id: i64) -> Result<Option<String>, StoreError> {
    let args: [Arg<'_>; 2] = [id.into(), user.0.into()];
    let name = tx.value::<String>("SELECT name FROM passkeys WHERE id = $1 AND user_id = $2", &args)?;
    tx.execute("DELETE FROM passkeys WHERE id = $1 AND user_id = $2", &args)?;
    Ok(name)
}

/// Take all of an account away; how many there were.
///
/// # Errors
/// The database.
pub fn remove_all(tx: &mut Tx<'_>, user: UserId) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM passkeys WHERE user_id = $1", &[user.0.into()])
}

/// By which authenticators know the account: what was drawn first stays.
///
/// # Errors
/// The database.
pub fn handle(tx: &mut Tx<'_>, user: UserId, drawn: &[u8]) -> Result<Vec<u8>, StoreError> {
    tx.execute("UPDATE users SET handle = $2 WHERE id = $1 AND handle IS NULL", &[user.0.into(), drawn.into()])?;
    let handle = tx.value::<Vec<u8>>("SELECT handle FROM users WHERE id = $1", &[user.0.into()])?;
    handle.ok_or_else(|| StoreError::Broken(format!("account {user} without a handle")))
}

/// Something is asked, in the place of what was asked before under this hash. What nobody answered in time is forgotten.
///
/// # Errors
/// The database.
pub fn ask(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    user: Option<UserId>,
    challenge: &[u8; 32],
    now: i64,
    ends_at: i64,
) -> Result<(), StoreError> {
    tx.execute("DELETE FROM passkey_challenges WHERE ends_at <= $1 OR token_hash = $2", &[now.into(), hash.into()])?;
    tx.execute(
        "INSERT INTO passkey_challenges (token_hash, user_id, challenge, ends_at) VALUES ($1, $2, $3, $4)",
        &[hash.into(), user.map(|user| user.0).into(), challenge.into(), ends_at.into()],
    )?;
    Ok(())
}

/// What was asked of whom, once and in time.
///
/// # Errors
/// The database.
pub fn take_challenge(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    user: Option<UserId>,
    now: i64,
) -> Result<Option<[u8; 32]>, StoreError> {
    let args: [Arg<'_>; 3] = [hash.into(), user.map(|user| user.0).into(), now.into()];
    let challenge = tx.value::<Vec<u8>>(
        "SELECT challenge FROM passkey_challenges
         WHERE token_hash = $1 AND user_id IS NOT DISTINCT FROM $2 AND ends_at > $3",
        &args,
    )?;
    tx.execute("DELETE FROM passkey_challenges WHERE token_hash = $1", &[hash.into()])?;
    Ok(challenge.and_then(|challenge| challenge.try_into().ok()))
}
