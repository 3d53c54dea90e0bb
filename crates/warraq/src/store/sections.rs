//! Sections, a tree.

use std::collections::HashMap;

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

/// Which section stands under which.
#[derive(Debug, Default)]
pub struct Tree(HashMap<SectionId, Option<SectionId>>);

impl Tree {
    /// The tree as it is now.
    ///
    /// # Errors
    /// The database.
    pub fn load(db: &mut Db<'_>) -> Result<Self, StoreError> {
        let sections = db.all("SELECT id, parent_id FROM sections", &[], |row| {
            Ok((SectionId(row.get(0)?), row.get::<Option<i64>>(1)?.map(SectionId)))
        })?;
        Ok(Self(sections.into_iter().collect()))
    }

    /// Was the section there when the tree was loaded?
    #[must_use]
    pub fn has(&self, id: SectionId) -> bool {
        self.0.contains_key(&id)
    }

    /// The section and everything above it, itself first.
    #[must_use]
    pub fn with_ancestors(&self, id: SectionId) -> Vec<SectionId> {
        // A tree that goes in circles is damaged; nobody shall wait for its end.
        std::iter::successors(Some(id), |id| self.0.get(id).copied().flatten()).take(self.0.len().max(1)).collect()
    }
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

/// Say something else about a section: every page that names it changes. `false`: there is none.
///
/// # Errors
/// The database.
pub fn set_names(
    tx: &mut Tx<'_>,
    id: SectionId,
    name: &str,
    description: &str,
    position: i64,
) -> Result<bool, StoreError> {
    tx.touch(Shown::Everything);
    let changed = tx.execute(
        "UPDATE sections SET name = $2, description = $3, position = $4 WHERE id = $1",
        &[id.0.into(), name.into(), description.into(), position.into()],
    )?;
    crate::store::site::touch(tx)?;
    Ok(changed > 0)
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
