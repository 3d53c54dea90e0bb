//! Which files of the old site come in?

use std::collections::HashMap;

use super::Failure;
use crate::cli::import::folder::Folder;
use crate::cli::import::media::bring_all;
use crate::desk::imports::{Fate, Receipt};
use crate::desk::{Desk, files, media};
use crate::error::Error;
use crate::fetch::{Fetcher, Told};
use crate::intake::wordpress::{OldSite, Upload};
use crate::news::MediaId;
use crate::news::media::{Media, address_of, is_picture};
use crate::store::old_files::{self, OldFile};

/// Where files come from.
pub(super) enum Source<'a> {
    /// The folder of uploads.
    Folder(Folder),
    /// The old site, which still answers.
    Network(&'a Fetcher),
    /// Nowhere, this time.
    Nowhere,
}

/// The files of the old site. What does not come is counted as refused, named, and remembered: it may come later.
pub(super) async fn take_files(
    desk: &Desk,
    old: &mut OldSite,
    source: &Source<'_>,
    receipt: &mut Receipt,
) -> Result<(), Failure> {
    let uploads = old.files.uploads().to_vec();
    let has_address = |upload: &&Upload| upload.url.starts_with("http");
    let known: Vec<OldFile> = uploads.iter().filter(has_address).map(old_file).collect();
    files::remember(desk, known).await?;
    let mut here: HashMap<String, (MediaId, String, String)> = HashMap::new();
    for (url, id, file, mime) in desk.store.read(|db| Ok::<_, Error>(old_files::here(db)?)).await? {
        old.files.has_moved(&url, &address_of(&file));
        here.insert(url, (id, file, mime));
    }
    let mut wanted = Vec::new();
    for upload in uploads {
        let taken = match source {
            Source::Folder(folder) => match take_file(desk, folder, &upload).await {
                Ok((file, is_new)) => {
                    let is_known = here.get(&upload.url).is_some_and(|(id, ..)| *id == file.id);
                    if has_address(&&upload) && !is_known {
                        files::came(desk, upload.url.clone(), file.id).await?;
                    }
                    Ok((file.is_picture().then_some(file.id), file.address(), is_new))
                }
                Err(error) if error.is_ours() => return Err(error.into()),
                Err(error) => Err(error.to_string()),
            },
            Source::Network(_) if has_address(&&upload) && !here.contains_key(&upload.url) => {
                wanted.push(upload);
                continue;
            }
            Source::Network(_) => Err("the export says no address for it".into()),
            Source::Nowhere => Err("name the folder of uploads with --uploads, let it be fetched with --fetch-media, \
                                    or fetch it later with warraq import media --missing"
                .into()),
        };
        // What came earlier is here, wherever it does not come from this time.
        let earlier = || {
            let (id, file, mime) = here.get(&upload.url)?;
            Some((is_picture(mime).then_some(*id), address_of(file), false))
        };
        settle(old, &upload, taken.or_else(|reason| earlier().ok_or(reason)), receipt);
    }
    if let Source::Network(fetcher) = source {
        let files = wanted.iter().map(old_file).collect();
        for (upload, brought) in wanted.iter().zip(bring_all(desk, fetcher, files).await?) {
            let taken = brought.map(|(file, is_new)| (file.is_picture().then_some(file.id), file.address(), is_new));
            settle(old, upload, taken, receipt);
        }
    }
    Ok(())
}

fn old_file(upload: &Upload) -> OldFile {
    OldFile { url: upload.url.clone(), alt: upload.alt.clone(), credit: upload.credit.clone() }
}

/// Count it, and let the old site know where it is now.
fn settle(
    old: &mut OldSite,
    upload: &Upload,
    taken: Result<(Option<MediaId>, String, bool), String>,
    receipt: &mut Receipt,
) {
    match taken {
        Ok((picture, address, is_new)) => {
            receipt.add("attachment", if is_new { Fate::Imported } else { Fate::Unchanged });
            old.files.has_come(upload, picture, address);
        }
        Err(reason) => {
            receipt.add("attachment", Fate::Refused);
            receipt.warn(upload.line, &Told::from(upload.url.as_str()).to_string(), "media", reason);
        }
    }
}

/// From the folder; says whether it is new here.
async fn take_file(desk: &Desk, folder: &Folder, upload: &Upload) -> Result<(Media, bool), Error> {
    media::take_in_file(desk, folder.file(&upload.path)?, &upload.path, &upload.alt, &upload.credit).await
}
