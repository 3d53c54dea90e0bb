//! Which files did a site that moved in have, what is each here, and who waits for those that have not come?

use jiff::Timestamp;

use crate::news::incoming::{MissingFile, MissingLead};
use crate::news::media::Media;
use crate::news::{ArticleId, MediaId};
use crate::store::{Db, StoreError, Tx, media, millis};

/// A file of the old site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OldFile {
    /// Its whole address there.
    pub url: String,
    /// For those who do not see it.
    pub alt: String,
    /// Who made it.
    pub credit: String,
}

/// A file that an article waited for and that has come.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Its address there.
    pub url: String,
    /// What it is here.
    pub media: Media,
    /// It is to stand on top of the article, with these words.
    pub lead: Option<MissingLead>,
}

/// Remember a file, unless it is remembered already.
///
/// # Errors
/// The database.
pub fn remember(tx: &mut Tx<'_>, file: &OldFile) -> Result<(), StoreError> {
    tx.later(
        "INSERT INTO old_files (url, alt, credit) VALUES ($1, $2, $3) ON CONFLICT (url) DO UPDATE
           SET alt = excluded.alt, credit = excluded.credit WHERE excluded.alt <> '' OR excluded.credit <> ''",
        &[(&file.url).into(), (&file.alt).into(), (&file.credit).into()],
    )
}

/// A file came: it is this here.
///
/// # Errors
/// The database.
pub fn set_here(tx: &mut Tx<'_>, url: &str, media: MediaId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO old_files (url, media_id, tried_at) VALUES ($1, $2, $3)
         ON CONFLICT (url) DO UPDATE SET media_id = excluded.media_id, tried_at = excluded.tried_at, reason = ''",
        &[url.into(), media.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// A file did not come. One that came earlier stays what it is.
///
/// # Errors
/// The database.
pub fn set_reason(tx: &mut Tx<'_>, url: &str, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO old_files (url, reason, tried_at) VALUES ($1, $2, $3)
         ON CONFLICT (url) DO UPDATE SET reason = excluded.reason, tried_at = excluded.tried_at",
        &[url.into(), reason.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Every file that came: its address there, its number, the name of the file here, its type.
///
/// # Errors
/// The database.
pub fn here(db: &mut Db<'_>) -> Result<Vec<(String, MediaId, String, String)>, StoreError> {
    db.all(
        "SELECT f.url, m.id, m.file, m.mime FROM old_files f JOIN media m ON m.id = f.media_id ORDER BY f.url",
        &[],
        |row| Ok((row.get(0)?, MediaId(row.get(1)?), row.get(2)?, row.get(3)?)),
    )
}

/// Files that have not come, those alone that were never tried if asked for, in the order of their addresses, after one
/// of them.
///
/// # Errors
/// The database.
pub fn missing(db: &mut Db<'_>, after: &str, untried: bool, limit: i64) -> Result<Vec<OldFile>, StoreError> {
    db.all(
        "SELECT url, alt, credit FROM old_files
         WHERE media_id IS NULL AND url > $1 AND COALESCE(tried_at, 0) <= $2 ORDER BY url LIMIT $3",
        &[after.into(), if untried { 0 } else { i64::MAX }.into(), limit.into()],
        |row| Ok(OldFile { url: row.get(0)?, alt: row.get(1)?, credit: row.get(2)? }),
    )
}

/// How many files have not come.
///
/// # Errors
/// The database.
pub fn count_missing(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value("SELECT COUNT(*) FROM old_files WHERE media_id IS NULL", &[])?.unwrap_or(0))
}

/// Say which files an article waits for: these and no others.
///
/// # Errors
/// The database.
pub fn set_missing(tx: &mut Tx<'_>, article: ArticleId, files: &[MissingFile]) -> Result<(), StoreError> {
    tx.later("DELETE FROM missing_files WHERE article_id = $1", &[article.0.into()])?;
    for file in files {
        let lead = match &file.lead {
            Some(lead) => serde_json::to_string(lead).map_err(|error| StoreError::Broken(error.to_string()))?,
            None => String::new(),
        };
        tx.later("INSERT INTO old_files (url) VALUES ($1) ON CONFLICT (url) DO NOTHING", &[(&file.url).into()])?;
        tx.later(
            "INSERT INTO missing_files (article_id, url, lead) VALUES ($1, $2, $3) ON CONFLICT (article_id, url) DO NOTHING",
            &[article.0.into(), (&file.url).into(), (&lead).into()],
        )?;
    }
    Ok(())
}

/// Articles with a file that has come and was not put there yet.
///
/// # Errors
/// The database.
pub fn waiting(db: &mut Db<'_>, limit: i64) -> Result<Vec<ArticleId>, StoreError> {
    db.all(
        "SELECT DISTINCT w.article_id FROM missing_files w JOIN old_files f ON f.url = w.url
         WHERE f.media_id IS NOT NULL ORDER BY w.article_id LIMIT $1",
        &[limit.into()],
        |row| Ok(ArticleId(row.get(0)?)),
    )
}

/// What came of that for which an article waits.
///
/// # Errors
/// The database.
pub fn arrived(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<Arrived>, StoreError> {
    db.all(
        "SELECT w.url, w.lead, m.id, m.file, m.mime, m.width, m.height, m.bytes, m.focal_x, m.focal_y, m.alt, m.credit, m.renditions
         FROM missing_files w JOIN old_files f ON f.url = w.url JOIN media m ON m.id = f.media_id
         WHERE w.article_id = $1 ORDER BY w.url",
        &[article.0.into()],
        |row| {
            let lead: String = row.get(1)?;
            Ok(Arrived {
                url: row.get(0)?,
                lead: (!lead.is_empty()).then(|| serde_json::from_str(&lead).unwrap_or_default()),
                media: media::read(row, 2)?,
            })
        },
    )
}

/// An article waits for a file no more.
///
/// # Errors
/// The database.
pub fn settle(tx: &mut Tx<'_>, article: ArticleId, url: &str) -> Result<(), StoreError> {
    tx.execute("DELETE FROM missing_files WHERE article_id = $1 AND url = $2", &[article.0.into(), url.into()])?;
    Ok(())
}
