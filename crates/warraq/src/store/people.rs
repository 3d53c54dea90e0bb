//! People and their bylines.

use std::collections::HashMap;

use crate::news::people::{Byline, BylineRole, Person};
use crate::news::{ArticleId, PersonId};
use crate::store::pulse::Shown;
use crate::store::{AT_ONCE, Db, Row, StoreError, Tx, at_once};

/// The person at a slug, or whom they were joined to.
///
/// # Errors
/// The database.
pub fn by_slug(db: &mut Db<'_>, slug: &str) -> Result<Option<Person>, StoreError> {
    db.saw(Shown::Name("person", slug));
    db.first(
        "SELECT p.id, p.slug, p.name, p.bio FROM people s JOIN people p ON p.id = COALESCE(s.joined_to, s.id)
         WHERE s.slug = $1",
        &[slug.into()],
        read,
    )
}

/// The person with a number, or whom they were joined to.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: PersonId) -> Result<Option<Person>, StoreError> {
    db.first(
        "SELECT p.id, p.slug, p.name, p.bio FROM people s JOIN people p ON p.id = COALESCE(s.joined_to, s.id)
         WHERE s.id = $1",
        &[id.0.into()],
        read,
    )
}

/// From now on somebody is somebody else: for their articles one by one ([`carry`]), for their account at once. Those that
/// were joined to them go along.
///
/// # Errors
/// The database.
pub fn join(tx: &mut Tx<'_>, id: PersonId, into: PersonId) -> Result<(), StoreError> {
    tx.touch(Shown::Everything);
    let args = [id.0.into(), into.0.into()];
    tx.execute("UPDATE people SET joined_to = $2 WHERE id = $1 OR joined_to = $1", &args)?;
    tx.execute("UPDATE users SET person_id = $2 WHERE person_id = $1", &args)?;
    Ok(())
}

/// Articles and drafts with a byline of somebody, in order of number after one of them. Walks over all bylines.
///
/// # Errors
/// The database.
pub fn bearing(db: &mut Db<'_>, id: PersonId, after: ArticleId, limit: i64) -> Result<Vec<ArticleId>, StoreError> {
    db.all(
        "SELECT DISTINCT article_id FROM bylines WHERE article_id > $2 AND person_id = $1 ORDER BY article_id LIMIT $3",
        &[id.0.into(), after.0.into(), limit.into()],
        |row| Ok(ArticleId(row.get(0)?)),
    )
}

/// An article has a byline of somebody else in the place of one; only once, if they have it in that role already.
///
/// # Errors
/// The database.
pub fn carry(tx: &mut Tx<'_>, article: ArticleId, from: PersonId, into: PersonId) -> Result<(), StoreError> {
    tx.touch(Shown::Article(article));
    let args = [article.0.into(), from.0.into(), into.0.into()];
    tx.execute(
        "DELETE FROM bylines WHERE article_id = $1 AND person_id = $2
         AND role IN (SELECT role FROM bylines WHERE article_id = $1 AND person_id = $3)",
        &args,
    )?;
    tx.execute("UPDATE bylines SET person_id = $3 WHERE article_id = $1 AND person_id = $2", &args)?;
    Ok(())
}

/// The bylines of articles, each in its order and each once; an article without any is left out. Who was joined to somebody
/// is that one.
///
/// # Errors
/// The database.
pub fn bylines_of(db: &mut Db<'_>, articles: &[ArticleId]) -> Result<HashMap<ArticleId, Vec<Byline>>, StoreError> {
    let mut found: HashMap<ArticleId, Vec<Byline>> = HashMap::with_capacity(articles.len());
    for some in articles.chunks(AT_ONCE) {
        db.each_row(
            "SELECT p.id, p.slug, p.name, p.bio, b.role, b.article_id FROM bylines b JOIN people s ON s.id = b.person_id
             JOIN people p ON p.id = COALESCE(s.joined_to, s.id)
             WHERE b.article_id IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY b.article_id, b.position",
            &at_once(some),
            |row| {
                let person = read(row)?;
                let role = row.get::<String>(4)?;
                let role = BylineRole::parse(&role)
                    .ok_or_else(|| StoreError::Broken(format!("{role} is no role of a byline")))?;
                let bylines = found.entry(ArticleId(row.get(5)?)).or_default();
                if !bylines.iter().any(|known| known.person.id == person.id && known.role == role) {
                    bylines.push(Byline { person, role });
                }
                Ok(())
            },
        )?;
    }
    Ok(found)
}

/// People whose slugs begin like this, in the order of their slugs after one of them, each with the number of articles
/// that readers see.
///
/// # Errors
/// The database.
pub fn listed(db: &mut Db<'_>, begins: &str, after: &str, limit: i64) -> Result<Vec<(Person, i64)>, StoreError> {
    let end = format!("{begins}\u{10ffff}");
    db.all(
        "SELECT p.id, p.slug, p.name, p.bio, COALESCE(c.n, 0) FROM people p
         LEFT JOIN listing_counts c ON c.list = 4 AND c.key = p.id
         WHERE p.slug >= $1 AND p.slug < $2 AND p.slug > $3 AND p.joined_to IS NULL ORDER BY p.slug LIMIT $4",
        &[begins.into(), (&end).into(), after.into(), limit.into()],
        |row| Ok((read(row)?, row.get(4)?)),
    )
}

/// Who has which role in a draft, in its order and each once; numbers that are nobody's are left out.
///
/// # Errors
/// The database.
pub fn bylines(db: &mut Db<'_>, written: &[(PersonId, BylineRole)]) -> Result<Vec<Byline>, StoreError> {
    let mut found: Vec<Byline> = Vec::with_capacity(written.len());
    for (id, role) in written {
        let Some(person) = by_id(db, *id)? else { continue };
        if !found.iter().any(|known| known.person.id == person.id && known.role == *role) {
            found.push(Byline { person, role: *role });
        }
    }
    Ok(found)
}

/// Say something else about somebody: every page that names them changes. `false`: there is no such person, or it
/// is somebody else now.
///
/// # Errors
/// The database.
pub fn set_words(tx: &mut Tx<'_>, id: PersonId, name: &str, bio: &str) -> Result<bool, StoreError> {
    tx.touch(Shown::Everything);
    let args = [id.0.into(), name.into(), bio.into()];
    Ok(tx.execute("UPDATE people SET name = $2, bio = $3 WHERE id = $1 AND joined_to IS NULL", &args)? > 0)
}

/// Keep a new person.
///
/// # Errors
/// The database, or a slug that is taken.
pub fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<(), StoreError> {
    tx.touch(Shown::Name("person", &person.slug));
    tx.execute(
        "INSERT INTO people (id, slug, name, bio) VALUES ($1, $2, $3, $4)",
        &[person.id.0.into(), (&person.slug).into(), (&person.name).into(), (&person.bio).into()],
    )?;
    Ok(())
}

/// People with at least one published article, in order of number, after person `after`.
///
/// # Errors
/// The database.
pub fn in_print(db: &mut Db<'_>, after: PersonId, limit: i64) -> Result<Vec<Person>, StoreError> {
    db.saw(Shown::Lists);
    db.all(
        "SELECT p.id, p.slug, p.name, p.bio FROM people p JOIN listing_counts c ON c.list = 4 AND c.key = p.id
         WHERE p.id > $1 AND c.n > 0 ORDER BY p.id LIMIT $2",
        &[after.0.into(), limit.into()],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Person, StoreError> {
    Ok(Person { id: PersonId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, bio: row.get(3)? })
}
