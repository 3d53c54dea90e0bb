//! Where did things live before they came here? Addresses of a site that moved in.

use crate::news::ArticleId;
use crate::store::pulse::Shown;
use crate::store::{Db, StoreError, Tx};

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadsTo {
    /// An article or page.
    Article(ArticleId),
    /// Another place of the publication: a path, encoded.
    Place(String),
}

/// Remember where an old address leads from now on. `path` has the form of [`wordpress::addresses::normal`].
///
/// # Errors
/// The database.
pub fn keep(tx: &mut Tx<'_>, path: &str, to: &LeadsTo) -> Result<(), StoreError> {
    tx.touch(Shown::Name("old address", path));
    let (article, place) = match to {
        LeadsTo::Article(id) => (Some(id.0), ""),
        LeadsTo::Place(place) => (None, place.as_str()),
    };
    tx.later(
        "INSERT INTO old_addresses (path, article_id, place) VALUES ($1, $2, $3)
         ON CONFLICT (path) DO UPDATE SET article_id = excluded.article_id, place = excluded.place",
        &[path.into(), article.into(), place.into()],
    )
}

/// Where an old address leads.
///
/// # Errors
/// The database.
pub fn find(db: &mut Db<'_>, path: &str) -> Result<Option<LeadsTo>, StoreError> {
    db.saw(Shown::Name("old address", path));
    db.first("SELECT article_id, place FROM old_addresses WHERE path = $1", &[path.into()], |row| {
        Ok(match row.get::<Option<i64>>(0)? {
            Some(id) => LeadsTo::Article(ArticleId(id)),
            None => LeadsTo::Place(row.get(1)?),
        })
    })
}

/// All of them after a path, in order of path.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, path: &str, limit: i64) -> Result<Vec<(String, LeadsTo)>, StoreError> {
    db.all(
        "SELECT path, article_id, place FROM old_addresses WHERE path > $1 ORDER BY path LIMIT $2",
        &[path.into(), limit.into()],
        |row| {
            let leads_to = match row.get::<Option<i64>>(1)? {
                Some(id) => LeadsTo::Article(ArticleId(id)),
                None => LeadsTo::Place(row.get(2)?),
            };
            Ok((row.get(0)?, leads_to))
        },
    )
}
