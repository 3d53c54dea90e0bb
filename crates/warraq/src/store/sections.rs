//! Sections, a tree.

use crate::news::section::Section;
use crate::news::{ArticleId, SectionId};
use crate::store::pulse::Shown;
use crate::store::{Arg, Db, Row, StoreError, Tx};

/// All sections in the order of the navigation. There are tens of them, not thousands.
///
/// # Errors
/// The database.
pub fn all(db: &mut Db<'_>) -> Result<Vec<Section>, StoreError> {
    db.saw(Shown::Frame);
    db.all(
        "SELECT id, parent_id, slug, path, name, description, position FROM sections ORDER BY position, id",
        &[],
        read,
    )
}

/// The section at a path (`economy/trade`).
///
/// # Errors
/// The database.
pub fn by_path(db: &mut Db<'_>, path: &str) -> Result<Option<Section>, StoreError> {
    db.saw(Shown::Frame);
    db.first(
        "SELECT id, parent_id, slug, path, name, description, position FROM sections WHERE path = $1",
        &[path.into()],
        read,
    )
}

/// The section and everything above it, itself first.
///
/// # Errors
/// The database.
pub fn with_ancestors(db: &mut Db<'_>, id: SectionId) -> Result<Vec<SectionId>, StoreError> {
    db.all(
        "WITH RECURSIVE up (id, parent_id, depth) AS (
             SELECT id, parent_id, 0 FROM sections WHERE id = $1
             UNION ALL
             SELECT s.id, s.parent_id, up.depth + 1 FROM sections s JOIN up ON s.id = up.parent_id WHERE up.depth < 32)
         SELECT CAST(id AS BIGINT) FROM up ORDER BY depth",
        &[id.0.into()],
        |row| Ok(SectionId(row.get(0)?)),
    )
}

/// The paths of the sections that an article stands in.
///
/// # Errors
/// The database.
pub fn paths_of(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<(String, String)>, StoreError> {
    db.all(
        "SELECT s.path, s.name FROM article_sections x JOIN sections s ON s.id = x.section_id
         WHERE x.article_id = $1 ORDER BY x.position",
        &[article.0.into()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Keep a new section.
///
/// # Errors
/// The database, or a path that is taken.
pub fn insert(tx: &mut Tx<'_>, section: &Section) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        section.id.0.into(),
        section.parent.map(|parent| parent.0).into(),
        (&section.slug).into(),
        (&section.path).into(),
        (&section.name).into(),
        (&section.description).into(),
        section.position.into(),
    ];
    tx.execute("INSERT INTO sections (id, parent_id, slug, path, name, description, position) VALUES ($1, $2, $3, $4, $5, $6, $7)", &args)?;
    crate::store::site::touch(tx)
}

fn read(row: &Row<'_>) -> Result<Section, StoreError> {
    Ok(Section {
        id: SectionId(row.get(0)?),
        parent: row.get::<Option<i64>>(1)?.map(SectionId),
        slug: row.get(2)?,
        path: row.get(3)?,
        name: row.get(4)?,
        description: row.get(5)?,
        position: row.get(6)?,
    })
}
