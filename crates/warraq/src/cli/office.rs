//! The site folder with everything opened that a command needs.

use std::cell::OnceCell;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::Failure;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{Config, SiteFolder};
use crate::desk::{By, Desk};
use crate::fetch::Fetcher;
use crate::identity::Keyring;
use crate::mail::Mailroom;
use crate::media::MediaFolder;
use crate::news::site::Site;
use crate::search::Shelf;
use crate::store::Store;

/// Where the commands work.
pub(super) struct Office {
    pub(super) folder: SiteFolder,
    pub(super) database: Option<String>,
    /// The database that was opened, and its pulse then.
    opened: OnceCell<(Store, i64)>,
}

/// How long servers take at most to notice what a command has changed: several of their beats.
const HEARD_WITHIN: Duration = Duration::from_millis(60);

impl Office {
    pub(super) fn new(site: &Path, database: Option<String>) -> Self {
        Self { folder: SiteFolder::new(site), database, opened: OnceCell::new() }
    }

    /// Open keys, database and media folder as `warraq.toml` says.
    pub(super) fn open(&self) -> Result<(Desk, Config), Failure> {
        let config = self.folder.config()?;
        let desk = self.open_with(&config)?;
        Ok((desk, config))
    }

    /// The way out to the network, in the name of the publication.
    pub(super) fn fetcher(&self, publication: &Site) -> Result<Fetcher, Failure> {
        Ok(Fetcher::new(&self.folder.config()?.fetch, publication.base_url.as_str()))
    }

    pub(super) fn open_with(&self, config: &Config) -> Result<Desk, Failure> {
        let location = self.folder.database(self.database.as_deref(), config)?;
        let chance = Chance::system();
        let keys = Keyring::open(&self.folder.keys(), &mut |bytes| chance.fill(bytes))?;
        let store = Store::open(&location, config.readers)?;
        let _ = self.opened.set((store.clone(), store.pulse().newest()));
        let media = MediaFolder::open(self.folder.media())?;
        let mail = Mailroom::open(&config.mail, self.folder.path(), self.folder.theme().as_deref())?;
        Ok(Desk {
            store,
            keys: Arc::new(keys),
            clock: Clock::system(),
            chance,
            media: Arc::new(media),
            search: Arc::new(Shelf::at(self.folder.index())),
            mail: Arc::new(mail),
            bell: Arc::new(Notify::new()),
            by: By::console(),
        })
    }
}

impl Office {
    /// When a command has changed what readers see, a server that runs beside it shows that when the command ends.
    pub(super) fn wait_until_heard(&self) {
        if self.opened.get().is_some_and(|(store, before)| store.pulse().newest() > *before) {
            std::thread::sleep(HEARD_WITHIN);
        }
    }
}

/// A small runtime for a command that does one thing and ends.
pub(super) fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(work))
}

/// Print a value as one JSON document.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    println!("{}", serde_json::to_string(value)?);
    Ok(())
}
