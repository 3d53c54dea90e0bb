//! What happens to the pictures of the library? Brought, described, replaced, taken away.

use crate::desk::Desk;
use crate::desk::media::{self as files, Label};
use crate::error::Error;
use crate::identity::without_addresses;
use crate::media::{StoredName, inscription};
use crate::news::MediaId;
use crate::news::article::tidy;
use crate::news::consequences::Change;
use crate::news::media::{Kept, MAX_WORDS, PictureWords};
use crate::news::staff::{Right, Staff};
use crate::store::library::{self, NewFile};
use crate::store::{Tx, jobs, media, site};

/// May somebody change what the library says of this picture, replace it, take it away? Their own, or by right.
#[must_use]
pub fn may_change(kept: &Kept, by: &Staff) -> bool {
    by.role.may(Right::KeepLibrary) || kept.user == Some(by.id)
}

/// Take a picture in as somebody brings it. What the file says of itself stands where nobody says otherwise. The same file
/// twice is one picture, described as it was. Says whether it is new here.
///
/// # Errors
/// Not a picture that we can make safe, texts that are too long, the disk, the database.
pub async fn take_in(
    desk: &Desk,
    bytes: Vec<u8>,
    name: &str,
    words: PictureWords,
    by: &Staff,
) -> Result<(Kept, bool), Error> {
    let mut words = words.tidied().map_err(Error::Invalid)?;
    let (bytes, said) = files::blocking(move || {
        let said = inscription(&bytes);
        Ok((bytes, said))
    })
    .await?;
    for (field, said) in [(&mut words.credit, said.credit), (&mut words.caption, said.caption)] {
        // Cameras and agencies write addresses there, which readers must not see.
        let said = tidy(&without_addresses(&said));
        if field.is_empty() && said.chars().count() <= MAX_WORDS {
            *field = said;
        }
    }
    let label = Label { name: files::called(name), words, user: Some(by.id) };
    let (id, is_new) = files::take_in_as(desk, bytes, label).await?;
    Ok((find(desk, id).await?, is_new))
}

/// Say something else of a picture, and what of it must stay visible (in percent from the left and from the top). `false`:
/// it is not theirs to change.
///
/// # Errors
/// No such picture, texts that are too long, the database.
pub async fn describe(
    desk: &Desk,
    id: MediaId,
    words: PictureWords,
    focal: (u8, u8),
    by: &Staff,
) -> Result<bool, Error> {
    let words = words.tidied().map_err(Error::Invalid)?;
    let focal = (focal.0.min(100), focal.1.min(100));
    let by = by.clone();
    desk.write(move |tx| {
        let kept = expect(tx, id)?;
        if !may_change(&kept, &by) {
            return Ok(false);
        }
        library::describe(tx, id, &words, focal)?;
        files::index(tx, id, &kept.name, &words)?;
        Ok(true)
    })
    .await
}

/// Put another file in the place of a picture, under the same number: every page that shows it shows the new one, and the
/// old file is gone. `false`: it is not theirs to change.
///
/// # Errors
/// No such picture, not a picture that we can make safe, the same picture under another number, the disk, the database.
pub async fn replace(desk: &Desk, id: MediaId, bytes: Vec<u8>, name: &str, by: &Staff) -> Result<bool, Error> {
    let before = find(desk, id).await?;
    if !may_change(&before, by) {
        return Ok(false);
    }
    let (origin, name, by) = (files::origin_of(&bytes), files::called(name), by.clone());
    let (original, file) = files::made_safe(desk, bytes).await?;
    let now = desk.clock.now();
    let old = desk
        .write(move |tx| {
            let kept = expect(tx, id)?;
            // Whoever brought the logo may not be one who says what stands at the head of every page.
            if !may_change(&kept, &by) || site::is_logo(tx, id)? && !by.role.may(Right::Settle) {
                return Ok(None);
            }
            match media::by_origin(tx, &origin)? {
                Some(same) if same == id => return Ok(Some(Vec::new())),
                Some(other) => {
                    return Err(Error::conflict(
                        "picture-twice",
                        format!("this picture is in the library already, as number {other}"),
                    ));
                }
                None => {}
            }
            let new = NewFile {
                origin_hash: &origin,
                file: file.as_str(),
                mime: file.kind().mime(),
                size: (original.width, original.height),
                bytes: original.bytes.len() as u64,
                name: &name,
            };
            library::replace(tx, id, &kept.media.file, &new)?;
            files::index(tx, id, &name, &words_of(&kept))?;
            jobs::follow(tx, &Change::MediaStored(id), now)?;
            let gone = kept.media.files().filter(|old| *old != file.as_str()).cloned();
            Ok(Some(gone.collect()))
        })
        .await?;
    let Some(old) = old else { return Ok(false) };
    forget(desk, id, old).await?;
    Ok(true)
}

/// What became of a picture that somebody wants gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is gone, its file too.
    Done,
    /// Articles show it, or showed it in an older version.
    InUse,
    /// It stands at the head of every page.
    Logo,
    /// It is not theirs to take away.
    NotTheirs,
}

/// Take a picture away that no article shows.
///
/// # Errors
/// No such picture, the disk, the database.
pub async fn remove(desk: &Desk, id: MediaId, by: &Staff) -> Result<Removal, Error> {
    let by = by.clone();
    let (removal, files) = desk
        .write(move |tx| {
            let kept = expect(tx, id)?;
            if !may_change(&kept, &by) {
                return Ok((Removal::NotTheirs, Vec::new()));
            }
            if site::is_logo(tx, id)? {
                return Ok((Removal::Logo, Vec::new()));
            }
            if !library::uses(tx, id, 1)?.is_empty() || library::stands_in_a_text(tx, &kept.media.file)? {
                return Ok((Removal::InUse, Vec::new()));
            }
            library::delete(tx, id)?;
            Ok((Removal::Done, kept.media.files().cloned().collect()))
        })
        .await?;
    forget(desk, id, files).await?;
    Ok(removal)
}

/// Take files from the disk that no other picture lies in and no text shows: texts of a site from before this version are
/// not written down among the uses of a picture. What is left behind by a crash harms nobody.
async fn forget(desk: &Desk, of: MediaId, names: Vec<String>) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let lonely = desk
        .store
        .read(move |db| {
            let mut lonely = Vec::new();
            for name in names {
                if !library::shares_file(db, &name, of)? && !library::stands_in_a_text(db, &name)? {
                    lonely.push(name);
                }
            }
            Ok::<_, Error>(lonely)
        })
        .await?;
    let folder = desk.media.clone();
    files::blocking(move || {
        for name in lonely {
            folder.remove(&StoredName::parse(&name)?)?;
        }
        Ok(())
    })
    .await
}

async fn find(desk: &Desk, id: MediaId) -> Result<Kept, Error> {
    let found = desk.store.read(move |db| library::by_id(db, id).map_err(Error::from)).await?;
    found.ok_or_else(|| missing(id))
}

fn expect(tx: &mut Tx<'_>, id: MediaId) -> Result<Kept, Error> {
    library::by_id(tx, id)?.ok_or_else(|| missing(id))
}

fn missing(id: MediaId) -> Error {
    Error::NotFound(format!("picture {id}"))
}

fn words_of(kept: &Kept) -> PictureWords {
    PictureWords {
        alt: kept.media.alt.clone(),
        credit: kept.media.credit.clone(),
        caption: kept.caption.clone(),
        licence: kept.licence.clone(),
    }
}
