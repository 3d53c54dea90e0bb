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

/// What is kept under names after `after`, in their order: name, kind, content as it was sealed.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, after: &str, limit: i64) -> Result<Vec<(String, String, Vec<u8>)>, StoreError> {
    db.all(
        "SELECT guid, kind, content FROM originals WHERE guid > $1 ORDER BY guid LIMIT $2",
        &[after.into(), limit.into()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
