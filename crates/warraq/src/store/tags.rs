//! Tags.

use std::collections::HashSet;

use crate::news::section::Tag;
use crate::news::{ArticleId, TagId};
use crate::store::pulse::Shown;
use crate::store::{Db, Row, StoreError, Tx};

/// The tag at a slug, or the one that it was joined to.
///
/// # Errors
/// The database.
pub fn by_slug(db: &mut Db<'_>, slug: &str) -> Result<Option<Tag>, StoreError> {
    db.saw(Shown::Name("tag", slug));
    db.first(
        "SELECT t.id, t.slug, t.name, t.description FROM tags s JOIN tags t ON t.id = COALESCE(s.joined_to, s.id)
         WHERE s.slug = $1",
        &[slug.into()],
        read,
    )
}

/// The tags of an article in its order, each once; those that were joined to another are that one.
///
/// # Errors
/// The database.
pub fn of_article(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<Tag>, StoreError> {
    let mut tags: Vec<Tag> = db.all(
        "SELECT t.id, t.slug, t.name, t.description FROM article_tags x JOIN tags s ON s.id = x.tag_id
         JOIN tags t ON t.id = COALESCE(s.joined_to, s.id)
         WHERE x.article_id = $1 ORDER BY x.position",
        &[article.0.into()],
        read,
    )?;
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(tag.id));
    Ok(tags)
}

/// Was any tag, or anybody with a byline, ever joined to another?
///
/// # Errors
/// The database.
pub fn any_joined(db: &mut Db<'_>) -> Result<bool, StoreError> {
    let found = db.value::<i64>(
        "SELECT joined_to FROM tags WHERE joined_to IS NOT NULL
         UNION ALL SELECT joined_to FROM people WHERE joined_to IS NOT NULL LIMIT 1",
        &[],
    )?;
    Ok(found.is_some())
}

/// The names of tags by number, in the order asked for, each once; numbers that are no tag are left out.
///
/// # Errors
/// The database.
pub fn names(db: &mut Db<'_>, ids: &[TagId]) -> Result<Vec<String>, StoreError> {
    let (mut names, mut seen) = (Vec::with_capacity(ids.len()), HashSet::new());
    for id in ids {
        names.extend(by_id(db, *id)?.filter(|tag| seen.insert(tag.id)).map(|tag| tag.name));
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
        "SELECT id, slug, name, description FROM tags WHERE folded >= $1 AND folded < $2 AND joined_to IS NULL
         ORDER BY folded LIMIT $3",
        &[begins.into(), (&end).into(), limit.into()],
        read,
    )
}

/// The tag with a number, or the one that it was joined to.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: TagId) -> Result<Option<Tag>, StoreError> {
    db.first(
        "SELECT t.id, t.slug, t.name, t.description FROM tags s JOIN tags t ON t.id = COALESCE(s.joined_to, s.id)
         WHERE s.id = $1",
        &[id.0.into()],
        read,
    )
}

/// From now on a tag is another one, for its articles one by one ([`carry`]). Those that were joined to it go along.
///
/// # Errors
/// The database.
pub fn join(tx: &mut Tx<'_>, id: TagId, into: TagId) -> Result<(), StoreError> {
    tx.touch(Shown::Everything);
    tx.execute("UPDATE tags SET joined_to = $2 WHERE id = $1 OR joined_to = $1", &[id.0.into(), into.0.into()])?;
    Ok(())
}

/// Articles and drafts that bear a tag, in order of number after one of them. Walks over the tags of all articles.
///
/// # Errors
/// The database.
pub fn bearing(db: &mut Db<'_>, id: TagId, after: ArticleId, limit: i64) -> Result<Vec<ArticleId>, StoreError> {
    db.all(
        "SELECT article_id FROM article_tags WHERE article_id > $2 AND tag_id = $1 ORDER BY article_id LIMIT $3",
        &[id.0.into(), after.0.into(), limit.into()],
        |row| Ok(ArticleId(row.get(0)?)),
    )
}

/// An article bears another tag in the place of one of its own; only once, if it has it already.
///
/// # Errors
/// The database.
pub fn carry(tx: &mut Tx<'_>, article: ArticleId, from: TagId, into: TagId) -> Result<(), StoreError> {
    tx.touch(Shown::Article(article));
    tx.execute(
        "INSERT INTO article_tags (article_id, tag_id, position)
         SELECT article_id, CAST($3 AS BIGINT), position FROM article_tags WHERE article_id = $1 AND tag_id = $2
         ON CONFLICT (article_id, tag_id) DO NOTHING",
        &[article.0.into(), from.0.into(), into.0.into()],
    )?;
    tx.execute("DELETE FROM article_tags WHERE article_id = $1 AND tag_id = $2", &[article.0.into(), from.0.into()])?;
    Ok(())
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
         WHERE t.slug >= $1 AND t.slug < $2 AND t.slug > $3 AND t.joined_to IS NULL ORDER BY t.slug LIMIT $4",
        &[begins.into(), (&end).into(), after.into(), limit.into()],
        |row| Ok((read(row)?, row.get(4)?)),
    )
}

/// Say something else about a tag: every page that names it changes. `false`: there is none, or it is another one now. `folded` as in [`insert`].
///
/// # Errors
/// The database.
pub fn set_words(tx: &mut Tx<'_>, id: TagId, name: &str, folded: &str, description: &str) -> Result<bool, StoreError> {
    tx.touch(Shown::Everything);
    let args = [id.0.into(), name.into(), folded.into(), description.into()];
    Ok(tx.execute(
        "UPDATE tags SET name = $2, folded = $3, description = $4 WHERE id = $1 AND joined_to IS NULL",
        &args,
    )? > 0)
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
