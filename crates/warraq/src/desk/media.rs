//! Pictures: taken in, made smaller.

use crate::desk::Desk;
use crate::error::Error;
use crate::media::{self as pictures, Kind, StoredName};
use crate::news::MediaId;
use crate::news::consequences::Change;
use crate::news::media::{Media, Rendition};
use crate::store::{jobs, media};

/// The widths that browsers choose from, in pixels.
pub const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];

/// Take a picture in: checked, re-encoded, kept. The same bytes twice give the same picture.
///
/// # Errors
/// Not a picture that we can make safe, the disk, the database.
pub async fn take_in(desk: &Desk, bytes: Vec<u8>, alt: &str, credit: &str) -> Result<MediaId, Error> {
    let origin = blake3::hash(&bytes).to_hex().to_string();
    let (known, alt, credit) = (origin.clone(), crate::news::article::tidy(alt), crate::news::article::tidy(credit));
    if let Some(id) = desk.store.read(move |db| media::by_origin(db, &known).map_err(Error::from)).await? {
        return Ok(id);
    }
    let folder = desk.media.clone();
    let (original, file) = blocking(move || {
        let original = pictures::reencode(&bytes)?;
        let file = folder.put(&original.bytes, original.kind)?;
        Ok((original, file))
    })
    .await?;
    let now = desk.clock.now();
    desk.write(move |tx| {
        if let Some(id) = media::by_origin(tx, &origin)? {
            return Ok(id);
        }
        let id = MediaId(tx.next_id("media")?);
        let new = Media {
            id,
            file: file.as_str().to_owned(),
            mime: original.kind.mime().to_owned(),
            width: original.width,
            height: original.height,
            bytes: original.bytes.len() as u64,
            focal: (50, 50),
            alt,
            credit,
            renditions: Vec::new(),
        };
        media::insert(tx, &new, &origin, now.as_millisecond())?;
        jobs::follow(tx, &Change::MediaStored(id), now)?;
        Ok(id)
    })
    .await
}

/// Make the smaller copies of a picture. A picture that is gone needs none.
///
/// # Errors
/// The disk, the database, a file that can no longer be read.
pub async fn make_renditions(desk: &Desk, id: MediaId) -> Result<(), Error> {
    let Some(picture) = desk.store.read(move |db| media::by_id(db, id).map_err(Error::from)).await? else {
        return Ok(());
    };
    let folder = desk.media.clone();
    let made = blocking(move || {
        let original = folder.read(&StoredName::parse(&picture.file)?)?;
        let mut made = Vec::new();
        for rendition in pictures::renditions(&original, &WIDTHS)? {
            let file = folder.put(&rendition.bytes, Kind::Webp)?.as_str().to_owned();
            made.push(Rendition { width: rendition.width, height: rendition.height, file });
        }
        Ok(made)
    })
    .await?;
    desk.write(move |tx| Ok(media::set_renditions(tx, id, &made)?)).await
}

/// Work on pixels takes long and belongs on a thread of its own.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(Error::Conflict(format!("work on a picture was abandoned: {error}"))))
}
