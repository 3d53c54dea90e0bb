//! What did readers look for in vain? Words and days, nobody's name.

use jiff::civil::Date;

use crate::store::{Db, StoreError, Tx};

/// So many different searches are remembered; of more, those asked for least and longest ago are forgotten.
const KEPT: i64 = 5_000;

/// A search that found nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EmptySearch {
    /// The words, folded.
    pub words: String,
    /// How often.
    pub asked: i64,
}

/// Count a search that found nothing.
///
/// # Errors
/// The database.
pub fn note_empty(tx: &mut Tx<'_>, words: &str, day: Date) -> Result<(), StoreError> {
    let day = i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day());
    let known = tx.execute(
        "UPDATE empty_searches SET asked = asked + 1, last_day = $2 WHERE words = $1",
        &[words.into(), day.into()],
    )?;
    if known > 0 {
        return Ok(());
    }
    if tx.value::<i64>("SELECT COUNT(*) FROM empty_searches", &[])?.unwrap_or(0) >= KEPT {
        tx.execute(
            "DELETE FROM empty_searches WHERE words IN (SELECT words FROM empty_searches ORDER BY asked, last_day, words LIMIT $1)",
            &[(KEPT / 10).into()],
        )?;
    }
    tx.execute("INSERT INTO empty_searches (words, asked, last_day) VALUES ($1, 1, $2)", &[words.into(), day.into()])?;
    Ok(())
}

/// The searches that found nothing, those asked for most often first.
///
/// # Errors
/// The database.
pub fn empty(db: &mut Db<'_>, limit: i64) -> Result<Vec<EmptySearch>, StoreError> {
    db.all(
        "SELECT words, asked FROM empty_searches ORDER BY asked DESC, last_day DESC, words LIMIT $1",
        &[limit.into()],
        |row| Ok(EmptySearch { words: row.get(0)?, asked: row.get(1)? }),
    )
}
