//! Whose comments are no longer heard? Recognised by keyed hashes: nothing here says who somebody is.

use jiff::Timestamp;

use crate::news::comment::BanKind;
use crate::news::{BanId, CommentId, UserId};
use crate::store::{Arg, Db, StoreError, Tx, millis, timestamp};

/// A ban as the newsroom sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// Its number.
    pub id: BanId,
    /// By what somebody is recognised.
    pub kind: BanKind,
    /// Why, in the words of the editor; may be empty.
    pub reason: String,
    /// The comment that it began with, which may be gone.
    pub comment: CommentId,
    /// The name of who said so.
    pub by: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

/// A ban to be kept.
#[derive(Debug)]
pub struct NewBan<'a> {
    /// By what somebody is recognised.
    pub kind: BanKind,
    /// Keyed hash of that.
    pub key_index: &'a [u8],
    /// Why.
    pub reason: &'a str,
    /// The comment that it begins with.
    pub comment: CommentId,
    /// Who says so; `None`: the command line.
    pub user: Option<UserId>,
}

/// Keep a ban. Whoever is banned already stays so under the old number.
///
/// # Errors
/// The database.
pub fn add(tx: &mut Tx<'_>, new: &NewBan<'_>, now: Timestamp) -> Result<BanId, StoreError> {
    let known =
        tx.value::<i64>("SELECT id FROM bans WHERE key_index = $1 AND lifted_at IS NULL", &[new.key_index.into()])?;
    if let Some(id) = known {
        return Ok(BanId(id));
    }
    let id = BanId(tx.next_id("ban")?);
    let args: [Arg<'_>; 7] = [
        id.0.into(),
        new.kind.as_str().into(),
        new.key_index.into(),
        new.reason.into(),
        new.comment.0.into(),
        new.user.map(|user| user.0).into(),
        millis(now).into(),
    ];
    tx.execute(
        "INSERT INTO bans (id, kind, key_index, reason, comment_id, user_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args,
    )?;
    Ok(id)
}

/// End a ban. Says whether it was in force.
///
/// # Errors
/// The database.
pub fn lift(tx: &mut Tx<'_>, id: BanId, by: Option<UserId>, now: Timestamp) -> Result<bool, StoreError> {
    let lifted = tx.execute(
        "UPDATE bans SET lifted_at = $2, lifted_by = $3 WHERE id = $1 AND lifted_at IS NULL",
        &[id.0.into(), millis(now).into(), by.map(|user| user.0).into()],
    )?;
    Ok(lifted > 0)
}

/// Is one of these two banned?
///
/// # Errors
/// The database.
pub fn knows(db: &mut Db<'_>, address_index: &[u8], network_index: &[u8]) -> Result<bool, StoreError> {
    let found = db.value::<i64>(
        "SELECT id FROM bans WHERE key_index IN ($1, $2) AND lifted_at IS NULL LIMIT 1",
        &[address_index.into(), network_index.into()],
    )?;
    Ok(found.is_some())
}

/// The bans in force with a smaller number than `before`, newest first.
///
/// # Errors
/// The database.
pub fn in_force(db: &mut Db<'_>, before: BanId, limit: i64) -> Result<Vec<Ban>, StoreError> {
    db.all(
        "SELECT b.id, b.kind, b.reason, b.comment_id, u.name, b.created_at FROM bans b LEFT JOIN users u ON u.id = b.user_id
         WHERE b.lifted_at IS NULL AND b.id < $1 ORDER BY b.id DESC LIMIT $2",
        &[before.0.into(), limit.into()],
        |row| {
            let kind: String = row.get(1)?;
            Ok(Ban {
                id: BanId(row.get(0)?),
                kind: BanKind::parse(&kind).ok_or_else(|| StoreError::Broken(format!("{kind} is no kind of a ban")))?,
                reason: row.get(2)?,
                comment: CommentId(row.get(3)?),
                by: row.get(4)?,
                at: timestamp(row.get(5)?)?,
            })
        },
    )
}
