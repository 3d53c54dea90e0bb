//! What happens when…? The verbs: every change of the publication, from wherever it is asked for.
//!
//! A reader's form, the command line, an import and the timetable come here. Each verb prepares what needs no database
//! (sanitising, sealing), then runs one write transaction: load, check, change, queue what follows.

pub mod accounts;
pub mod articles;
pub mod audit;
pub mod comments;
pub mod factors;
pub mod files;
pub mod fronts;
pub mod imports;
pub mod invitations;
pub mod letters;
pub mod library;
pub mod media;
pub mod passkeys;
pub mod passwords;
pub mod queue;
pub mod redirects;
pub mod searches;
pub mod sessions;
pub mod sites;
pub mod stages;
pub mod stories;
pub mod terms;
pub mod users;
pub mod wire_sources;
pub mod wires;

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::Notify;

pub use audit::By;

use crate::chance::Chance;
use crate::clock::Clock;
use crate::error::Error;
use crate::identity::Keyring;
use crate::mail::Mailroom;
use crate::media::MediaFolder;
use crate::news::UserId;
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
    /// Where letters are written and sent.
    pub mail: Arc<Mailroom>,
    /// Rung after every write: there may be something to do.
    pub bell: Arc<Notify>,
    /// Who acts through this desk.
    pub by: By,
}

impl Desk {
    /// The same desk, with somebody of the newsroom at it, who comes from this address.
    #[must_use]
    pub fn acting(&self, user: Option<UserId>, from: IpAddr) -> Self {
        let network = self.keys.seal_network(crate::identity::network_of(from), self.chance.bytes());
        Self { by: By::newsroom(user, network), ..self.clone() }
    }

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
