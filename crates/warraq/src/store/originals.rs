//! How was it written where it came from? Things of other systems as they were there, sealed.

use std::collections::HashMap;

use crate::news::ArticleId;
use crate::store::{Db, StoreError, Tx, many};

/// One thing to keep.
#[derive(Debug)]
pub struct Original<'a> {
    /// What it was known by there.
    pub guid: &'a str,
    /// What it was.
    pub kind: &'a str,
    /// What became of it.
    pub article: Option<ArticleId>,
    /// By which the same content is recognised.
    pub index: &'a [u8],
    /// Packed and sealed.
    pub content: &'a [u8],
}

/// Keeps it, instead of what was known under its name before.
///
/// # Errors
/// The database.
pub fn keep(tx: &mut Tx<'_>, original: &Original<'_>) -> Result<(), StoreError> {
    tx.later(
        "INSERT INTO originals (guid, kind, article_id, content_index, content) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (guid) DO UPDATE SET kind = excluded.kind, article_id = excluded.article_id,
           content_index = excluded.content_index, content = excluded.content",
        &[
            original.guid.into(),
            original.kind.into(),
            original.article.map(|id| id.0).into(),
            original.index.into(),
            original.content.into(),
        ],
    )
}

/// By which the contents kept under these names are recognised; names that are not here are left out.
///
/// # Errors
/// The database.
pub fn indexes(db: &mut Db<'_>, guids: &[&str]) -> Result<HashMap<String, Vec<u8>>, StoreError> {
    let mut found = HashMap::new();
    for some in many(guids) {
        db.each_row(concat!("SELECT guid, content_index FROM originals WHERE guid IN ", among!()), &some, |row| {
            found.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
    }
    Ok(found)
}

/// What became neither an article nor a page, under names after `after`, in their order: name, content as it was sealed.
///
/// # Errors
/// The database.
pub fn without_place(db: &mut Db<'_>, after: &str, limit: i64) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    db.all(
        "SELECT guid, content FROM originals
         WHERE guid > $1 AND kind LIKE 'wordpress-%' AND kind NOT IN ('wordpress-post', 'wordpress-page') ORDER BY guid LIMIT $2",
        &[after.into(), limit.into()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How many things became neither an article nor a page.
///
/// # Errors
/// The database.
pub fn count_without_place(db: &mut Db<'_>) -> Result<u64, StoreError> {
    let count: Option<i64> = db.value(
        "SELECT COUNT(*) FROM originals WHERE kind LIKE 'wordpress-%' AND kind NOT IN ('wordpress-post', 'wordpress-page')",
        &[],
    )?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}
