//! The publication's own row.

use crate::news::MediaId;
use crate::news::language::Language;
use crate::news::permalink::Permalink;
use crate::news::site::{BaseUrl, Site};
use crate::store::pulse::Shown;
use crate::store::{Db, Row, StoreError, Tx};

/// The publication, if `init` has been here.
///
/// # Errors
/// The database, or a row that does not hold together.
pub fn load(db: &mut Db<'_>) -> Result<Option<Site>, StoreError> {
    db.saw(Shown::Frame);
    db.first(
        "SELECT title, tagline, language, time_zone, base_url, permalink, settings FROM site WHERE id = 1",
        &[],
        read,
    )
}

/// Two numbers of this view of the database: one that moves whenever anything changes that stands around every page (the
/// publication's row, its sections, its standing pages), and the pulse.
///
/// # Errors
/// The database.
pub fn version(db: &mut Db<'_>) -> Result<(i64, i64), StoreError> {
    db.saw(Shown::Frame);
    let (mut frame, mut pulse) = (0, 0);
    db.each_row("SELECT name, value FROM counters WHERE name IN ('frame', 'pulse')", &[], |row| {
        *(if row.get::<String>(0)? == "frame" { &mut frame } else { &mut pulse }) = row.get(1)?;
        Ok(())
    })?;
    Ok((frame, pulse))
}

/// Move the first number of [`version`].
///
/// # Errors
/// The database.
pub(in crate::store) fn touch(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.touch(Shown::Frame);
    tx.next_id("frame").map(|_| ())
}

/// Something about a picture is different: if it is the logo, so is every page.
///
/// # Errors
/// The database.
pub(in crate::store) fn touch_if_logo(tx: &mut Tx<'_>, picture: MediaId) -> Result<(), StoreError> {
    if is_logo(tx, picture)? { touch(tx) } else { Ok(()) }
}

/// Does a picture stand at the head of every page?
///
/// # Errors
/// The database.
pub fn is_logo(db: &mut Db<'_>, picture: MediaId) -> Result<bool, StoreError> {
    Ok(load(db)?.is_some_and(|site| site.settings.logo == Some(picture)))
}

/// Keep the publication's row.
///
/// # Errors
/// The database.
pub fn save(tx: &mut Tx<'_>, site: &Site, now: i64) -> Result<(), StoreError> {
    let settings = serde_json::to_string(&site.settings).map_err(|error| StoreError::Broken(error.to_string()))?;
    tx.execute(
        "INSERT INTO site (id, title, tagline, language, time_zone, base_url, permalink, settings, changed_at)
         VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, tagline = excluded.tagline, language = excluded.language,
           time_zone = excluded.time_zone, base_url = excluded.base_url, permalink = excluded.permalink,
           settings = excluded.settings, changed_at = excluded.changed_at",
        &[
            (&site.title).into(),
            (&site.tagline).into(),
            site.language.as_str().into(),
            site.time_zone_name().into(),
            site.base_url.as_str().into(),
            site.permalink.as_str().into(),
            (&settings).into(),
            now.into(),
        ],
    )?;
    touch(tx)
}

fn read(row: &Row<'_>) -> Result<Site, StoreError> {
    Ok(Site {
        title: row.get(0)?,
        tagline: row.get(1)?,
        language: Language::parse(&row.get::<String>(2)?).map_err(StoreError::Broken)?,
        time_zone: Site::parse_time_zone(&row.get::<String>(3)?).map_err(StoreError::Broken)?,
        base_url: BaseUrl::parse(&row.get::<String>(4)?).map_err(StoreError::Broken)?,
        permalink: Permalink::parse(&row.get::<String>(5)?).map_err(StoreError::Broken)?,
        settings: serde_json::from_str(&row.get::<String>(6)?)
            .map_err(|error| StoreError::Broken(format!("settings: {error}")))?,
    })
}
