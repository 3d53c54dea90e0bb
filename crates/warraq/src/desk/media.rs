//! Pictures, recordings, documents: taken in; pictures made smaller.

use std::path::PathBuf;

use crate::desk::Desk;
use crate::error::Error;
use crate::media::{self as pictures, Found, Kind, MediaError, MediaFolder, Sample, StoredName};
use crate::news::consequences::Change;
use crate::news::media::{Media, PictureWords, Rendition};
use crate::news::{MediaId, UserId, wording};
use crate::store::{StoreError, Tx, jobs, library, media};

/// The widths that browsers choose from, in pixels.
pub const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];

/// What comes with a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Label {
    /// What it is called where it comes from.
    pub(super) name: String,
    /// What is said of it.
    pub(super) words: PictureWords,
    /// Who brings it.
    pub(super) user: Option<UserId>,
}

/// Take a picture in: checked, re-encoded, kept. The same bytes twice give the same picture.
///
/// # Errors
/// Not a picture that we can make safe, the disk, the database.
pub async fn take_in(desk: &Desk, bytes: Vec<u8>, alt: &str, credit: &str) -> Result<MediaId, Error> {
    Ok(take_in_as(desk, bytes, label("", alt, credit)).await?.0)
}

/// As [`take_in`], and says whether it is new here. What is known already stays as it is described.
pub(super) async fn take_in_as(desk: &Desk, bytes: Vec<u8>, label: Label) -> Result<(MediaId, bool), Error> {
    let origin = origin_of(&bytes);
    let known = origin.clone();
    if let Some(id) = desk.store.read(move |db| media::by_origin(db, &known).map_err(Error::from)).await? {
        return Ok((id, false));
    }
    let (original, file) = made_safe(desk, bytes).await?;
    let size = (original.width, original.height);
    keep(desk, &file, size, original.bytes.len() as u64, label, origin).await
}

/// By what the same file is recognised that came twice.
pub(super) fn origin_of(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Write a picture anew and put it on the disk.
pub(super) async fn made_safe(desk: &Desk, bytes: Vec<u8>) -> Result<(pictures::Original, StoredName), Error> {
    let folder = desk.media.clone();
    blocking(move || {
        let original = pictures::reencode(&bytes)?;
        let file = folder.put(&original.bytes, original.kind)?;
        Ok((original, file))
    })
    .await
}

/// Write down by which words a picture is found.
pub(super) fn index(tx: &mut Tx<'_>, id: MediaId, name: &str, words: &PictureWords) -> Result<(), StoreError> {
    let name = name.replace(['_', '-', '.'], " ");
    let said = [&words.alt, &words.credit, &words.caption, &words.licence, &name].map(String::as_str).join(" ");
    library::set_words(tx, id, &wording::forms(&said))
}

fn label(name: &str, alt: &str, credit: &str) -> Label {
    let [alt, credit] = [alt, credit].map(crate::news::article::tidy);
    Label { name: called(name), words: PictureWords { alt, credit, ..PictureWords::default() }, user: None }
}

/// What a file was called, to be shown and searched: the last part of whatever path was sent, never used as one.
pub(super) fn called(name: &str) -> String {
    let last = name.rsplit(['/', '\\', ':']).next().unwrap_or_default();
    crate::news::article::tidy(last).chars().take(200).collect()
}

/// Take in a file that lies on the disk: a picture, a recording, a document. `name` is what it was called. Says whether it
/// is new here.
///
/// # Errors
/// Nothing that we keep, the disk, the database.
pub async fn take_in_file(
    desk: &Desk,
    path: PathBuf,
    name: &str,
    alt: &str,
    credit: &str,
) -> Result<(Media, bool), Error> {
    let called = name.to_owned();
    let look = blocking(move || {
        let unread = |source| Error::File { path: path.display().to_string(), source };
        let sample = Sample::of(&path).map_err(unread)?;
        let found = pictures::recognise(&sample, &called)?;
        if found == Found::Picture && sample.bytes() > pictures::MAX_BYTES as u64 {
            return Err(MediaError::TooManyBytes { bytes: sample.bytes() as usize }.into());
        }
        let mut hasher = blake3::Hasher::new();
        let mut file = std::fs::File::open(&path).map_err(unread)?;
        std::io::copy(&mut file, &mut hasher).map_err(unread)?;
        Ok((path, found, sample.bytes(), hasher.finalize()))
    });
    let (path, found, bytes, hash) = look.await?;
    let origin = hash.to_hex().to_string();
    let (known, names) = (origin.clone(), StoredName::of_picture(&hash));
    // One that went out from here with an archive comes back as it is: nothing is encoded twice.
    let known = desk.store.read(move |db| match media::by_origin(db, &known)? {
        None => Ok::<_, Error>(media::by_names(db, names.each_ref().map(StoredName::as_str))?),
        known => Ok(known),
    });
    let known = known.await?;
    let id = match (known, found) {
        (Some(id), _) => id,
        (None, Found::Picture) => {
            let read =
                move || std::fs::read(&path).map_err(|source| Error::File { path: path.display().to_string(), source });
            take_in_as(desk, blocking(read).await?, label(name, alt, credit)).await?.0
        }
        (None, Found::Document(kind)) => {
            let folder = desk.media.clone();
            let file = blocking(move || Ok(folder.put_file(&path, kind)?)).await?;
            keep(desk, &file, (0, 0), bytes, label(name, alt, credit), origin).await?.0
        }
    };
    let found = desk.store.read(move |db| media::by_id(db, id).map_err(Error::from)).await?;
    Ok((found.ok_or_else(|| Error::NotFound(format!("file {id}")))?, known.is_none()))
}

/// Give a number to what lies in the folder of media already, unless the same came in meanwhile. What is no picture has no
/// size in pixels.
async fn keep(
    desk: &Desk,
    file: &StoredName,
    (width, height): (u32, u32),
    bytes: u64,
    label: Label,
    origin: String,
) -> Result<(MediaId, bool), Error> {
    let (kind, file, now) = (file.kind(), file.as_str().to_owned(), desk.clock.now());
    desk.write(move |tx| {
        if let Some(id) = media::by_origin(tx, &origin)? {
            return Ok((id, false));
        }
        let id = MediaId(tx.next_id("media")?);
        let mime = kind.mime().to_owned();
        let Label { name, words, user } = label;
        let (alt, credit) = (words.alt.clone(), words.credit.clone());
        let new = Media { id, file, mime, width, height, bytes, focal: (50, 50), alt, credit, renditions: Vec::new() };
        let focal = new.focal;
        media::insert(tx, &new, &origin, now.as_millisecond())?;
        library::set_origin(tx, id, &name, user)?;
        library::describe(tx, id, &words, focal)?;
        index(tx, id, &name, &words)?;
        if kind.is_picture() {
            jobs::follow(tx, &Change::MediaStored(id), now)?;
        }
        Ok((id, true))
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
            made.push(Rendition { width: rendition.width, height: rendition.height, file, avif: None });
        }
        Ok(made)
    })
    .await?;
    desk.write(move |tx| Ok(media::set_renditions(tx, id, &made)?)).await
}

/// Make the smaller copies of one picture, the newest that lacks them, as AVIF too. They are kept if they are smaller than
/// the others in all. `false`: no picture lacks them.
///
/// # Errors
/// The disk, the database.
pub async fn make_avif(desk: &Desk) -> Result<bool, Error> {
    let next = desk.store.read(|db| media::without_avif(db).map_err(Error::from)).await?;
    let Some(picture) = next else { return Ok(false) };
    let (folder, of) = (desk.media.clone(), picture.clone());
    let copies = match blocking(move || avif_of(&folder, &of)).await {
        Ok(copies) => copies,
        Err(Error::Media(error)) if !error.is_ours() => {
            tracing::warn!(picture = picture.id.0, %error, "a picture is not made as AVIF");
            picture.renditions.clone()
        }
        Err(error) => return Err(error),
    };
    desk.write(move |tx| Ok(media::set_avif(tx, &picture, &copies)?)).await?;
    Ok(true)
}

fn avif_of(folder: &MediaFolder, picture: &Media) -> Result<Vec<Rendition>, Error> {
    let mut copies = picture.renditions.clone();
    let widths: Vec<u32> = copies.iter().map(|copy| copy.width).collect();
    let original = folder.read(&StoredName::parse(&picture.file)?)?;
    let made = pictures::avif_renditions(&original, &widths)?;
    let mut before = 0;
    for copy in &copies {
        before += folder.open_file(&StoredName::parse(&copy.file)?)?.1;
    }
    let after: usize = made.iter().map(|rendition| rendition.bytes.len()).sum();
    if after as u64 >= before || made.len() != copies.len() {
        return Ok(copies);
    }
    for (copy, rendition) in copies.iter_mut().zip(made) {
        copy.avif = Some(folder.put(&rendition.bytes, Kind::Avif)?.as_str().to_owned());
    }
    Ok(copies)
}

/// Work on pixels takes long and belongs on a thread of its own.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(Error::conflict("picture-abandoned", format!("work on a picture was abandoned: {error}")))
    })
}
