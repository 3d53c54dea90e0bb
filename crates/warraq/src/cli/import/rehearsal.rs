//! What would come in? An import on a copy of everything, which is thrown away.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::{Desk, queue};
use crate::media::MediaFolder;
use crate::search::Shelf;
use crate::store::{Location, Store};

/// How the folders of copies are called.
const PREFIX: &str = "dry-run-";
/// A file in the folder that is locked as long as the copy is in use.
const LOCK: &str = "in-use.lock";

/// A desk at a copy of everything, for an import that is only tried.
pub(super) struct Rehearsal {
    pub(super) desk: Desk,
    folder: PathBuf,
    _lock: File,
}

impl Rehearsal {
    pub(super) async fn of(desk: &Desk, office: &Office) -> Result<Self, Failure> {
        sweep(office.folder.path());
        let name = format!("{PREFIX}{:016x}", u64::from_le_bytes(desk.chance.bytes()));
        let folder = office.folder.path().join(name);
        std::fs::create_dir(&folder)?;
        match Self::in_folder(desk, &folder).await {
            Ok(rehearsal) => Ok(rehearsal),
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                Err(error)
            }
        }
    }

    async fn in_folder(desk: &Desk, folder: &Path) -> Result<Self, Failure> {
        let lock = File::create_new(folder.join(LOCK))?;
        lock.lock()?;
        let copy = folder.join("warraq.db");
        desk.store.copy_to(&copy).await?;
        let desk = Desk {
            store: Store::open(&Location::Sqlite(copy), 2)?,
            media: Arc::new(MediaFolder::open(folder.join("media"))?),
            search: Arc::new(Shelf::at(folder.join("index"))),
            bell: Arc::default(),
            ..desk.clone()
        };
        // What waits in the queue of the publication is its own: a letter is not sent from a rehearsal.
        queue::leave(&desk).await?;
        Ok(Self { desk, folder: folder.to_owned(), _lock: lock })
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

/// Removes copies whose process ended before it could: they hold everything that the database holds.
pub(in crate::cli) fn sweep(site: &Path) {
    let folders = std::fs::read_dir(site).into_iter().flatten().flatten().filter(|entry| {
        entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX)) && entry.path().is_dir()
    });
    for folder in folders {
        let is_in_use = File::open(folder.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_err());
        if !is_in_use {
            remove(&folder.path());
        }
    }
}

fn remove(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder) {
        tracing::warn!(%error, folder = %folder.display(), "the copy of a dry run could not be removed");
    }
}
