//! Where did things live before they came here? Addresses of a site that moved in.

use crate::news::ArticleId;
use crate::store::pulse::Shown;
use crate::store::{Db, Row, StoreError, Tx};

/// Where an old address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadsTo {
    /// An article or page.
    Article(ArticleId),
    /// Another place of the publication.
    Place(Place),
}

/// A place of the publication: a path with query, encoded. Never one of another site, whatever a browser makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place(String);

impl Place {
    /// Begins with one slash; holds neither a backslash, which browsers read as a slash, nor anything that they pass over.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let is_within = path.starts_with('/') && !path.starts_with("//");
        let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        (is_within && is_plain).then(|| Self(path.to_owned()))
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
    let found =
        db.first("SELECT article_id, place FROM old_addresses WHERE path = $1", &[path.into()], |row| read(row, 0))?;
    Ok(found.flatten())
}

/// An old address leads nowhere any more. `false`: it did not before.
///
/// # Errors
/// The database.
pub fn forget(tx: &mut Tx<'_>, path: &str) -> Result<bool, StoreError> {
    tx.touch(Shown::Name("old address", path));
    Ok(tx.execute("DELETE FROM old_addresses WHERE path = $1", &[path.into()])? > 0)
}

/// Those that begin like this, in order of path, after one of them.
///
/// # Errors
/// The database.
pub fn beginning_with(
    db: &mut Db<'_>,
    begins: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<(String, LeadsTo)>, StoreError> {
    let end = format!("{begins}\u{7f}");
    let found = db.all(
        "SELECT path, article_id, place FROM old_addresses WHERE path >= $1 AND path < $2 AND path > $3 ORDER BY path LIMIT $4",
        &[begins.into(), (&end).into(), after.into(), limit.into()],
        |row| Ok((row.get(0)?, read(row, 1)?)),
    )?;
    Ok(found.into_iter().filter_map(|(path, leads_to): (String, _)| Some((path, leads_to?))).collect())
}

/// All of them after a path, in order of path.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, path: &str, limit: i64) -> Result<Vec<(String, LeadsTo)>, StoreError> {
    let found = db.all(
        "SELECT path, article_id, place FROM old_addresses WHERE path > $1 ORDER BY path LIMIT $2",
        &[path.into(), limit.into()],
        |row| Ok((row.get(0)?, read(row, 1)?)),
    )?;
    Ok(found.into_iter().filter_map(|(path, leads_to): (String, _)| Some((path, leads_to?))).collect())
}

/// From a column on; a place that is none leads nowhere.
fn read(row: &Row<'_>, from: usize) -> Result<Option<LeadsTo>, StoreError> {
    Ok(match row.get::<Option<i64>>(from)? {
        Some(id) => Some(LeadsTo::Article(ArticleId(id))),
        None => Place::parse(&row.get::<String>(from + 1)?).map(LeadsTo::Place),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_place_of_ours() {
        let check = |path: &str, is_ours: bool| assert_eq!(Place::parse(path).is_some(), is_ours, "{path:?}");
        check("/", true);
        check("/category/%d8%a3/?x=1", true);
        check("/media/ab/cd.jpg", true);
        for path in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "/\t/evil.example",
        ] {
            check(path, false);
        }
        for path in ["/ /", "/\r\nlocation: x", "/أ/", "javascript:alert(1)", " /x"] {
            check(path, false);
        }
    }
}
