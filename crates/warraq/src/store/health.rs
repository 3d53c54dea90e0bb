//! Does what we keep hold together?

use crate::store::{Db, StoreError};

/// What the database itself finds wrong; empty when nothing is.
///
/// # Errors
/// The database.
pub fn damage(db: &mut Db<'_>) -> Result<Vec<String>, StoreError> {
    if !db.is_sqlite() {
        // PostgreSQL checks pages as it reads them; a full scan of every table reads them all.
        db.value::<i64>("SELECT COUNT(*) FROM bodies WHERE length(html) < 0", &[])?;
        return Ok(Vec::new());
    }
    let lines = db.all("PRAGMA integrity_check", &[], |row| row.get::<String>(0))?;
    let orphans = db.value::<i64>("SELECT COUNT(*) FROM pragma_foreign_key_check", &[])?.unwrap_or(0);
    let mut damage: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
    if orphans > 0 {
        damage.push(format!("{orphans} rows point to rows that are not there"));
    }
    Ok(damage)
}

/// How many kept counters differ from what they count.
///
/// # Errors
/// The database.
pub fn wrong_counts(db: &mut Db<'_>) -> Result<i64, StoreError> {
    let comments = db.value::<i64>(
        "SELECT COUNT(*) FROM articles a WHERE a.comment_count <>
           (SELECT COUNT(*) FROM comments c WHERE c.article_id = a.id AND c.status = 'published')",
        &[],
    )?;
    let lists = db.value::<i64>(
        "SELECT COUNT(*) FROM listing_counts n WHERE n.n <>
           (SELECT COUNT(*) FROM listings l WHERE l.list = n.list AND l.key = n.key)",
        &[],
    )?;
    Ok(comments.unwrap_or(0) + lists.unwrap_or(0))
}
