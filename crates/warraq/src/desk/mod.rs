//! What happens when…? The verbs: every change of the publication, from wherever it is asked for.
//!
//! A reader's form, the command line, an import and the timetable come here. Each verb prepares what needs no database
//! (sanitising, sealing), then runs one write transaction: load, check, change, queue what follows.

pub mod articles;
pub mod comments;
pub mod files;
pub mod fronts;
pub mod imports;
pub mod media;
pub mod queue;
pub mod searches;
pub mod sites;
pub mod terms;
pub mod users;

use std::sync::Arc;

use tokio::sync::Notify;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::error::Error;
use crate::identity::Keyring;
use crate::media::MediaFolder;
use crate::search::Shelf;
use crate::store::{Store, Tx};

/// What a verb needs: the database, the keys, time and chance, the media folder, the bell that wakes the worker.
#[derive(Clone)]
pub struct Desk {
    /// The database.
    pub store: Store,
    /// What keeps addresses closed.
    pub keys: Arc<Keyring>,
    /// What time it is.
    pub clock: Clock,
    /// Where random bytes come from.
    pub chance: Chance,
    /// Where pictures lie.
    pub media: Arc<MediaFolder>,
    /// Where the search index lies.
    pub search: Arc<Shelf>,
    /// Rung after every write: there may be something to do.
    pub bell: Arc<Notify>,
}

impl Desk {
    /// One write transaction; then the worker looks whether something is left to do.
    ///
    /// # Errors
    /// What `work` returns, or that the commit failed.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
        T: Send + 'static,
    {
        let result = self.store.write(work).await;
        if result.is_ok() {
            self.bell.notify_one();
        }
        result
    }
}
