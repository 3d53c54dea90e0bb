//! Who decided what about a comment, and who looked at an address?

use jiff::Timestamp;

use crate::news::comment::{Act, Status};
use crate::news::{CommentId, UserId};
use crate::store::{Arg, Db, Row, StoreError, Tx, millis, timestamp};

/// Something that somebody did with a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRow {
    /// The comment, which may be gone.
    pub comment: CommentId,
    /// What was decided in one go has one number.
    pub batch: i64,
    /// Who; `None`: the command line, or the writer.
    pub user: Option<UserId>,
    /// What.
    pub act: Act,
    /// State and reason before.
    pub before: (Status, String),
    /// State and reason afterwards.
    pub after: (Status, String),
    /// When.
    pub at: Timestamp,
}

/// A line of a comment's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The name of who did it; `None`: the command line, or the writer.
    pub by: Option<String>,
    /// What.
    pub act: Act,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Write down what was done.
///
/// # Errors
/// The database.
pub fn add(tx: &mut Tx<'_>, act: &ActRow) -> Result<(), StoreError> {
    let id = tx.next_id("comment act")?;
    let args: [Arg<'_>; 10] = [
        id.into(),
        act.comment.0.into(),
        act.batch.into(),
        act.user.map(|user| user.0).into(),
        act.act.as_str().into(),
        act.before.0.as_str().into(),
        (&act.before.1).into(),
        act.after.0.as_str().into(),
        (&act.after.1).into(),
        millis(act.at).into(),
    ];
    tx.later(
        "INSERT INTO comment_acts (id, comment_id, batch, user_id, act, status_before, reason_before, status_after, reason_after, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &args,
    )
}

/// What was done in one go, of which nothing was done to the same comment later.
///
/// # Errors
/// The database.
pub fn undoable(db: &mut Db<'_>, batch: i64) -> Result<Vec<ActRow>, StoreError> {
    db.all(
        "SELECT t.comment_id, t.batch, t.user_id, t.act, t.status_before, t.reason_before, t.status_after, t.reason_after, t.created_at
         FROM comment_acts t WHERE t.batch = $1
           AND NOT EXISTS (SELECT 1 FROM comment_acts later WHERE later.comment_id = t.comment_id AND later.id > t.id)
         ORDER BY t.id",
        &[batch.into()],
        read,
    )
}

/// What was done with a comment, oldest first, the last hundred.
///
/// # Errors
/// The database.
pub fn history(db: &mut Db<'_>, comment: CommentId) -> Result<Vec<HistoryLine>, StoreError> {
    let mut lines = db.all(
        "SELECT u.name, t.act, t.reason_after, t.created_at FROM comment_acts t LEFT JOIN users u ON u.id = t.user_id
         WHERE t.comment_id = $1 ORDER BY t.id DESC LIMIT 100",
        &[comment.0.into()],
        |row| {
            Ok(HistoryLine {
                by: row.get(0)?,
                act: act_of(&row.get::<String>(1)?)?,
                reason: row.get(2)?,
                at: timestamp(row.get(3)?)?,
            })
        },
    )?;
    lines.reverse();
    Ok(lines)
}

/// Write down that somebody looks at the address of a comment.
///
/// # Errors
/// The database.
pub fn note_view(tx: &mut Tx<'_>, comment: CommentId, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    let id = tx.next_id("address view")?;
    tx.execute(
        "INSERT INTO address_views (id, comment_id, user_id, created_at) VALUES ($1, $2, $3, $4)",
        &[id.into(), comment.0.into(), user.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Who looked at the address of a comment, and when, oldest first, the last hundred.
///
/// # Errors
/// The database.
pub fn views(db: &mut Db<'_>, comment: CommentId) -> Result<Vec<(String, Timestamp)>, StoreError> {
    let mut views = db.all(
        "SELECT u.name, v.created_at FROM address_views v JOIN users u ON u.id = v.user_id
         WHERE v.comment_id = $1 ORDER BY v.id DESC LIMIT 100",
        &[comment.0.into()],
        |row| Ok((row.get(0)?, timestamp(row.get(1)?)?)),
    )?;
    views.reverse();
    Ok(views)
}

fn read(row: &Row<'_>) -> Result<ActRow, StoreError> {
    let status = |column: usize| {
        let status: String = row.get(column)?;
        Status::parse(&status).ok_or_else(|| StoreError::Broken(format!("{status} is no state of a comment")))
    };
    Ok(ActRow {
        comment: CommentId(row.get(0)?),
        batch: row.get(1)?,
        user: row.get::<Option<i64>>(2)?.map(UserId),
        act: act_of(&row.get::<String>(3)?)?,
        before: (status(4)?, row.get(5)?),
        after: (status(6)?, row.get(7)?),
        at: timestamp(row.get(8)?)?,
    })
}

fn act_of(word: &str) -> Result<Act, StoreError> {
    Act::parse(word).ok_or_else(|| StoreError::Broken(format!("nothing is called {word} that is done with comments")))
}
