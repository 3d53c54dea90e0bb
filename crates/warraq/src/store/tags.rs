//! Tags.

use crate::news::section::Tag;
use crate::news::{ArticleId, TagId};
use crate::store::pulse::Shown;
use crate::store::{Db, Row, StoreError, Tx};

/// The tag at a slug.
///
/// # Errors
/// The database.
pub fn by_slug(db: &mut Db<'_>, slug: &str) -> Result<Option<Tag>, StoreError> {
    db.saw(Shown::Name("tag", slug));
    db.first("SELECT id, slug, name, description FROM tags WHERE slug = $1", &[slug.into()], read)
}

/// The tags of an article in its order.
///
/// # Errors
/// The database.
pub fn of_article(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<Tag>, StoreError> {
    db.all(
        "SELECT t.id, t.slug, t.name, t.description FROM article_tags x JOIN tags t ON t.id = x.tag_id
         WHERE x.article_id = $1 ORDER BY x.position",
        &[article.0.into()],
        read,
    )
}

/// The names of tags by number, in the order asked for; numbers that are no tag are left out.
///
/// # Errors
/// The database.
pub fn names(db: &mut Db<'_>, ids: &[TagId]) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::with_capacity(ids.len());
    for id in ids {
        names.extend(db.value::<String>("SELECT name FROM tags WHERE id = $1", &[id.0.into()])?);
    }
    Ok(names)
}

/// Tags whose folded names begin like this, in the order of those names.
///
/// # Errors
/// The database.
pub fn beginning_with(db: &mut Db<'_>, begins: &str, limit: i64) -> Result<Vec<Tag>, StoreError> {
    let end = format!("{begins}\u{10ffff}");
    db.all(
        "SELECT id, slug, name, description FROM tags WHERE folded >= $1 AND folded < $2 ORDER BY folded LIMIT $3",
        &[begins.into(), (&end).into(), limit.into()],
        read,
    )
}

/// The tag with a number.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: TagId) -> Result<Option<Tag>, StoreError> {
    db.first("SELECT id, slug, name, description FROM tags WHERE id = $1", &[id.0.into()], read)
}

/// Tags whose slugs begin like this, in the order of their slugs after one of them, each with the number of articles that
/// readers see.
///
/// # Errors
/// The database.
pub fn listed(db: &mut Db<'_>, begins: &str, after: &str, limit: i64) -> Result<Vec<(Tag, i64)>, StoreError> {
    let end = format!("{begins}\u{10ffff}");
    db.all(
        "SELECT t.id, t.slug, t.name, t.description, COALESCE(c.n, 0) FROM tags t
         LEFT JOIN listing_counts c ON c.list = 3 AND c.key = t.id
         WHERE t.slug >= $1 AND t.slug < $2 AND t.slug > $3 ORDER BY t.slug LIMIT $4",
        &[begins.into(), (&end).into(), after.into(), limit.into()],
        |row| Ok((read(row)?, row.get(4)?)),
    )
}

/// Say something else about a tag: every page that names it changes. `false`: there is none. `folded` as in [`insert`].
///
/// # Errors
/// The database.
pub fn set_words(tx: &mut Tx<'_>, id: TagId, name: &str, folded: &str, description: &str) -> Result<bool, StoreError> {
    tx.touch(Shown::Everything);
    let args = [id.0.into(), name.into(), folded.into(), description.into()];
    Ok(tx.execute("UPDATE tags SET name = $2, folded = $3, description = $4 WHERE id = $1", &args)? > 0)
}

/// Keep a new tag. `folded` is the name as search and completion compare it.
///
/// # Errors
/// The database, or a slug that is taken.
pub fn insert(tx: &mut Tx<'_>, tag: &Tag, folded: &str) -> Result<(), StoreError> {
    tx.touch(Shown::Name("tag", &tag.slug));
    tx.execute(
        "INSERT INTO tags (id, slug, name, folded, description) VALUES ($1, $2, $3, $4, $5)",
        &[tag.id.0.into(), (&tag.slug).into(), (&tag.name).into(), folded.into(), (&tag.description).into()],
    )?;
    Ok(())
}

/// Slugs of the tags that published articles bear, a page at a time in order of number, after tag `after`.
///
/// # Errors
/// The database.
pub fn in_use(db: &mut Db<'_>, after: TagId, limit: i64) -> Result<Vec<Tag>, StoreError> {
    db.saw(Shown::Lists);
    db.all(
        "SELECT t.id, t.slug, t.name, t.description FROM tags t JOIN listing_counts c ON c.list = 3 AND c.key = t.id
         WHERE t.id > $1 AND c.n > 0 ORDER BY t.id LIMIT $2",
        &[after.0.into(), limit.into()],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Tag, StoreError> {
    Ok(Tag { id: TagId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, description: row.get(3)? })
}
