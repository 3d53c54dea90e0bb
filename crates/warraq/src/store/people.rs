//! People and their bylines.

use crate::news::people::{Byline, BylineRole, Person};
use crate::news::{ArticleId, PersonId};
use crate::store::{Db, StoreError, Tx};

/// The person at a slug.
///
/// # Errors
/// The database.
pub fn by_slug(db: &mut Db<'_>, slug: &str) -> Result<Option<Person>, StoreError> {
    db.first("SELECT id, slug, name, bio FROM people WHERE slug = $1", &[slug.into()], |row| {
        Ok(Person { id: PersonId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, bio: row.get(3)? })
    })
}

/// The bylines of an article in its order.
///
/// # Errors
/// The database.
pub fn bylines(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<Byline>, StoreError> {
    db.all(
        "SELECT p.id, p.slug, p.name, p.bio, b.role FROM bylines b JOIN people p ON p.id = b.person_id
         WHERE b.article_id = $1 ORDER BY b.position",
        &[article.0.into()],
        |row| {
            let person = Person { id: PersonId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, bio: row.get(3)? };
            let role = row.get::<String>(4)?;
            let role =
                BylineRole::parse(&role).ok_or_else(|| StoreError::Broken(format!("{role} is no role of a byline")))?;
            Ok(Byline { person, role })
        },
    )
}

/// Keep a new person.
///
/// # Errors
/// The database, or a slug that is taken.
pub fn insert(tx: &mut Tx<'_>, person: &Person) -> Result<(), StoreError> {
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
    db.all(
        "SELECT p.id, p.slug, p.name, p.bio FROM people p JOIN listing_counts c ON c.list = 4 AND c.key = p.id
         WHERE p.id > $1 AND c.n > 0 ORDER BY p.id LIMIT $2",
        &[after.0.into(), limit.into()],
        |row| Ok(Person { id: PersonId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, bio: row.get(3)? }),
    )
}
