//! Which files of the old site come in?

use std::path::Path;

use super::Failure;
use crate::desk::imports::{Fate, Receipt};
use crate::desk::{Desk, media};
use crate::error::Error;
use crate::intake::wordpress::{OldSite, Upload};
use crate::news::MediaId;
use crate::store;

/// Pictures from the folder of uploads. What is missing or no picture is counted as refused, and named.
pub(super) async fn take_files(
    desk: &Desk,
    old: &mut OldSite,
    folder: &Path,
    receipt: &mut Receipt,
) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::bad_input(format!("--uploads {}: there is no such folder", folder.display())));
    }
    for upload in old.files.uploads().to_vec() {
        match take_file(desk, folder, &upload).await {
            Ok((media, address, fate)) => {
                receipt.add("attachment", fate);
                old.files.has_come(&upload, media, address);
            }
            Err(error) => {
                receipt.add("attachment", Fate::Refused);
                receipt.warn(upload.line, &upload.url, "media", error.to_string());
            }
        }
    }
    Ok(())
}

/// Its number, its address, and whether it was here before.
async fn take_file(desk: &Desk, folder: &Path, upload: &Upload) -> Result<(MediaId, String, Fate), Error> {
    let path = Path::new(&upload.path);
    if !path.components().all(|part| matches!(part, std::path::Component::Normal(_))) {
        return Err(Error::Conflict(format!("{} does not lie in the folder of uploads", upload.path)));
    }
    let whole = folder.join(path);
    let bytes = std::fs::read(&whole).map_err(|source| Error::File { path: whole.display().to_string(), source })?;
    let origin = blake3::hash(&bytes).to_hex().to_string();
    let known = desk.store.read(move |db| Ok::<_, Error>(store::media::by_origin(db, &origin)?)).await?;
    let id = media::take_in(desk, bytes, &upload.alt, &upload.credit).await?;
    let found = desk.store.read(move |db| Ok::<_, Error>(store::media::by_id(db, id)?)).await?;
    let picture = found.ok_or_else(|| Error::NotFound(format!("picture {id}")))?;
    let fate = if known.is_some() { Fate::Unchanged } else { Fate::Imported };
    Ok((id, picture.address(), fate))
}
