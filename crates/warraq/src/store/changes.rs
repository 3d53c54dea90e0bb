//! What changed for readers since?
//!
//! Every article that was published, changed in public or withdrawn has one row with the number of its last change.
//! Numbers count up in the order of commits, because there is one writer. Who follows the log remembers the last number
//! it has seen and asks for what came after; seeing a number twice does no harm. Every database has a history of its
//! own, and so has a copy that was restored: the name of the history is a number drawn by chance.

use crate::news::ArticleId;
use crate::store::{Db, StoreError, Tx};

/// Write down that readers see an article differently now.
///
/// # Errors
/// The database.
pub(in crate::store) fn note(tx: &mut Tx<'_>, article: ArticleId) -> Result<(), StoreError> {
    let number = tx.next_id("change")?;
    tx.later(
        "INSERT INTO changes (article_id, number) VALUES ($1, $2)
         ON CONFLICT (article_id) DO UPDATE SET number = excluded.number",
        &[article.0.into(), number.into()],
    )
}

/// Begin another history: `log` names it. Who followed the one before begins anew.
///
/// # Errors
/// The database.
pub fn begin(tx: &mut Tx<'_>, log: i64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO counters (name, value) VALUES ('log', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[log.into()],
    )?;
    Ok(())
}

/// Which history this is; 0 for a database that was made before histories had names.
///
/// # Errors
/// The database.
pub fn log(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value("SELECT value FROM counters WHERE name = 'log'", &[])?.unwrap_or(0))
}

/// The number of the newest change; 0 before the first.
///
/// # Errors
/// The database.
pub fn newest(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value("SELECT value FROM counters WHERE name = 'change'", &[])?.unwrap_or(0))
}

/// How many articles have changed after number `after`.
///
/// # Errors
/// The database.
pub fn count_after(db: &mut Db<'_>, after: i64) -> Result<i64, StoreError> {
    Ok(db.value("SELECT COUNT(*) FROM changes WHERE number > $1", &[after.into()])?.unwrap_or(0))
}

/// Articles that changed after number `after`, with the number of their last change, in its order.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, after: i64, limit: i64) -> Result<Vec<(ArticleId, i64)>, StoreError> {
    db.all(
        "SELECT article_id, number FROM changes WHERE number > $1 ORDER BY number LIMIT $2",
        &[after.into(), limit.into()],
        |row| Ok((ArticleId(row.get(0)?), row.get(1)?)),
    )
}
