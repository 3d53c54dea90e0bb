//! Pictures: what we know of them. The files lie in the media folder.

use crate::news::MediaId;
use crate::news::media::{Media, Rendition};
use crate::store::pulse::Shown;
use crate::store::{AT_ONCE, Arg, Db, Row, StoreError, Tx, site};

/// A picture by number.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: MediaId) -> Result<Option<Media>, StoreError> {
    db.first(
        "SELECT id, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, renditions FROM media WHERE id = $1",
        &[id.0.into()],
        |row| read(row, 0),
    )
}

/// The picture that was made from bytes with this hash.
///
/// # Errors
/// The database.
pub fn by_origin(db: &mut Db<'_>, origin_hash: &str) -> Result<Option<MediaId>, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM media WHERE origin_hash = $1", &[origin_hash.into()])?.map(MediaId))
}

/// The picture that is stored under one of these names.
///
/// # Errors
/// The database.
pub fn by_names(db: &mut Db<'_>, [one, two, three]: [&str; 3]) -> Result<Option<MediaId>, StoreError> {
    let args = [one.into(), two.into(), three.into()];
    Ok(db.value("SELECT id FROM media WHERE file IN ($1, $2, $3) ORDER BY id LIMIT 1", &args)?.map(MediaId))
}

/// Keep a new picture. Its file must be on the disk already.
///
/// # Errors
/// The database.
pub fn insert(tx: &mut Tx<'_>, media: &Media, origin_hash: &str, now: i64) -> Result<(), StoreError> {
    let args: [Arg<'_>; 12] = [
        media.id.0.into(),
        origin_hash.into(),
        (&media.file).into(),
        (&media.mime).into(),
        i64::from(media.width).into(),
        i64::from(media.height).into(),
        (media.bytes as i64).into(),
        i64::from(media.focal.0).into(),
        i64::from(media.focal.1).into(),
        (&media.alt).into(),
        (&media.credit).into(),
        now.into(),
    ];
    tx.execute(
        "INSERT INTO media (id, origin_hash, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &args,
    )?;
    Ok(())
}

/// Say which smaller copies there are; they are made as AVIF later.
///
/// # Errors
/// The database.
pub fn set_renditions(tx: &mut Tx<'_>, id: MediaId, renditions: &[Rendition]) -> Result<(), StoreError> {
    tx.touch(Shown::Media(id));
    site::touch_if_logo(tx, id)?;
    let list = as_json(renditions)?;
    tx.execute("UPDATE media SET renditions = $1, avif_tried = 0 WHERE id = $2", &[(&list).into(), id.0.into()])?;
    Ok(())
}

/// The newest picture whose smaller copies were not tried as AVIF.
///
/// # Errors
/// The database.
pub fn without_avif(db: &mut Db<'_>) -> Result<Option<Media>, StoreError> {
    db.first(
        "SELECT id, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, renditions FROM media
         WHERE avif_tried = 0 AND width > 0 AND renditions <> '[]' ORDER BY id DESC LIMIT 1",
        &[],
        |row| read(row, 0),
    )
}

/// Say which copies of a picture there are now that AVIF was tried. `of`: the picture that was worked on; one that was
/// replaced meanwhile stays as it is.
///
/// # Errors
/// The database.
pub fn set_avif(tx: &mut Tx<'_>, of: &Media, copies: &[Rendition]) -> Result<(), StoreError> {
    tx.touch(Shown::Media(of.id));
    site::touch_if_logo(tx, of.id)?;
    let (before, after) = (as_json(&of.renditions)?, as_json(copies)?);
    tx.execute(
        "UPDATE media SET renditions = $1, avif_tried = 1 WHERE id = $2 AND file = $3 AND renditions = $4",
        &[(&after).into(), of.id.0.into(), (&of.file).into(), (&before).into()],
    )?;
    Ok(())
}

/// The pictures that lie in these files, in any order.
///
/// # Errors
/// The database.
pub fn in_files(db: &mut Db<'_>, files: &[&str]) -> Result<Vec<Media>, StoreError> {
    let mut found = Vec::new();
    for some in files.chunks(AT_ONCE) {
        let args: [Arg<'_>; AT_ONCE] = std::array::from_fn(|place| some.get(place).copied().unwrap_or_default().into());
        found.extend(db.all(
            "SELECT id, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, renditions FROM media
             WHERE file IN ($1, $2, $3, $4, $5, $6, $7, $8) AND width > 0",
            &args,
            |row| read(row, 0),
        )?);
    }
    for media in &found {
        db.saw(Shown::Media(media.id));
    }
    Ok(found)
}

fn as_json(renditions: &[Rendition]) -> Result<String, StoreError> {
    serde_json::to_string(renditions).map_err(|error| StoreError::Broken(error.to_string()))
}

/// A picture from eleven columns beginning at `from`.
pub(super) fn read(row: &Row<'_>, from: usize) -> Result<Media, StoreError> {
    let number = |column: usize| -> Result<i64, StoreError> { row.get(from + column) };
    let renditions: Vec<Rendition> = serde_json::from_str(&row.get::<String>(from + 10)?)
        .map_err(|error| StoreError::Broken(format!("renditions: {error}")))?;
    Ok(Media {
        id: MediaId(number(0)?),
        file: row.get(from + 1)?,
        mime: row.get(from + 2)?,
        width: number(3)? as u32,
        height: number(4)? as u32,
        bytes: number(5)? as u64,
        focal: (number(6)? as u8, number(7)? as u8),
        alt: row.get(from + 8)?,
        credit: row.get(from + 9)?,
        renditions,
    })
}
