//! Where is it kept? All SQL of the program, one file per noun.
//!
//! [`Store::read`] runs a closure against a consistent view of the database, [`Store::write`] runs one inside the write
//! transaction. A write is answered after its commit is on the disk. Functions of the nouns take `&mut Db` when they
//! read and `&mut Tx` when they change something.

/// The places of [`many`] in a statement: `concat!("… WHERE guid IN ", among!())`.
macro_rules! among {
    () => {
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, \
         $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, \
         $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, \
         $60, $61, $62, $63, $64)"
    };
}

pub mod accounts;
pub mod articles;
pub mod audit;
pub mod bans;
pub mod changes;
pub mod comment_acts;
pub mod comments;
pub mod engine;
pub mod factors;
pub mod fronts;
pub mod health;
pub mod holdings;
pub mod invitations;
pub mod jobs;
pub mod library;
pub mod links;
pub mod listings;
pub mod media;
pub mod old_addresses;
pub mod old_files;
pub mod originals;
pub mod own_links;
pub mod passkeys;
pub mod people;
pub mod plans;
pub mod pulse;
pub mod searches;
pub mod sections;
pub mod sessions;
pub mod site;
pub mod stories;
pub mod tags;
pub mod users;
pub mod wire_sources;
pub mod wire_stories;
pub mod wires;

mod backup;
mod error;
mod migrations;
mod readers;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;

pub use backup::{Backup, BackupError, restore};
pub use engine::{Arg, Db, Row, Sql, Sum, Tx};
pub use error::StoreError;

use readers::{Readers, View};
use writer::Writer;

/// Which database a site lives in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file.
    Sqlite(PathBuf),
    /// A connection string, `postgres://…`.
    Postgres(String),
}

impl Location {
    /// Understand `sqlite:PATH` and `postgres://…`.
    ///
    /// # Errors
    /// Says which forms there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            Ok(Self::Sqlite(PathBuf::from(path)))
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(text.to_owned()))
        } else {
            Err(format!("«{text}» names no database: write sqlite:PATH or postgres://USER@HOST/NAME"))
        }
    }
}

/// The open database of a publication. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    location: Location,
    readers: Arc<Readers>,
    writer: Arc<Writer>,
    pulse: Arc<pulse::Pulse>,
}

impl Store {
    /// Open the database, bring its tables up to date, check the settings on which durability rests.
    ///
    /// # Errors
    /// The database cannot be reached, is newer than this program, or refuses its settings.
    pub fn open(location: &Location, readers: usize) -> Result<Self, StoreError> {
        let pulse = Arc::new(pulse::Pulse::default());
        let writer = Writer::open(location, Arc::clone(&pulse))?;
        let readers = Readers::open(location, readers)?;
        Ok(Self { location: location.clone(), readers: Arc::new(readers), writer: Arc::new(writer), pulse })
    }

    /// Where this store lives.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Run `work` against one consistent view of the database.
    ///
    /// On SQLite it runs here, on the calling thread: handing a read of some microseconds to another thread costs more
    /// than the read (measured). On PostgreSQL it runs on one of the reader threads.
    ///
    /// # Errors
    /// What `work` returns, or that the database cannot be reached.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.readers.read(work, View::One).await
    }

    /// As [`Store::read`], for a look at a thing or two: each statement sees the database as it is then.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn glance<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.readers.read(work, View::EachItsOwn).await
    }

    /// Run `work` in the write transaction: all of it happens, or nothing. The answer comes after the durable commit.
    ///
    /// # Errors
    /// What `work` returns (then nothing was changed), or that the commit failed.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.writer.write(work).await
    }
}

/// Milliseconds since 1970, as the tables keep time.
pub(crate) fn millis(time: jiff::Timestamp) -> i64 {
    time.as_millisecond()
}

/// Back from milliseconds; a number out of range is a damaged row.
pub(crate) fn timestamp(millis: i64) -> Result<jiff::Timestamp, StoreError> {
    jiff::Timestamp::from_millisecond(millis).map_err(|_| StoreError::Broken(format!("{millis} is no time")))
}

/// How many articles one statement looks up: `IN ($1, …, $8)`. Statements are texts of the source code, so that their
/// length is too; a list is asked for in pieces of this many.
pub(crate) const AT_ONCE: usize = 8;

/// The arguments of such a statement; the places left over match nothing.
pub(crate) fn at_once(ids: &[crate::news::ArticleId]) -> [Arg<'static>; AT_ONCE] {
    std::array::from_fn(|place| ids.get(place).map(|id| id.0).into())
}

/// How many names or numbers one statement looks for when a whole batch is looked for: see `among!`.
const MANY: usize = 64;

/// The arguments of statements that look for a whole batch, each with up to [`MANY`] of them. The places left over match
/// nothing.
fn many<'a, T: Copy + Into<Arg<'a>>>(wanted: &[T]) -> impl Iterator<Item = [Arg<'a>; MANY]> {
    wanted.chunks(MANY).map(|some| std::array::from_fn(|place| some.get(place).copied().into()))
}
