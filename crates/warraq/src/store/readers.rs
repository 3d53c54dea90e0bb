//! Who reads? A pool of connections that never write.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::engine::postgres::Session;
use super::engine::{Db, postgres, sqlite};
use super::{Location, StoreError};

/// The readers of one store.
pub(super) enum Readers {
    /// Connections at rest. One is taken for a read and put back; a burst opens more and closes them again.
    Sqlite { path: PathBuf, idle: Mutex<Vec<rusqlite::Connection>>, keep: usize },
    /// Threads with a connection each, waiting at one counter.
    Postgres { counter: Sender<Errand> },
}

/// What do the statements of a read see?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// One state of the database, whatever is written meanwhile.
    One,
    /// What is there when each of them runs. On PostgreSQL it spares a statement two others.
    EachItsOwn,
}

/// What is to be read; it is handed a connection that is in a transaction, or in none.
pub(super) struct Errand {
    view: View,
    run: Run,
}

type Run = Box<dyn FnOnce(Result<&mut Session, StoreError>) + Send>;

impl Readers {
    pub(super) fn open(location: &Location, count: usize) -> Result<Self, StoreError> {
        match location {
            Location::Sqlite(path) => {
                let first = sqlite::open(path, false)?;
                Ok(Self::Sqlite { path: path.clone(), idle: Mutex::new(vec![first]), keep: count.max(1) })
            }
            Location::Postgres(url) => {
                let (counter, errands) = channel::<Errand>();
                let errands = Arc::new(Mutex::new(errands));
                for number in 0..count.max(1) {
                    let (url, errands) = (url.clone(), Arc::clone(&errands));
                    std::thread::Builder::new()
                        .name(format!("reader-{number}"))
                        .spawn(move || serve(&url, &errands))
                        .map_err(|error| StoreError::Unavailable(error.to_string()))?;
                }
                Ok(Self::Postgres { counter })
            }
        }
    }

    pub(super) async fn read<T, E, F>(&self, work: F, view: View) -> Result<T, E>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match self {
            Self::Sqlite { path, idle, keep } => {
                let resting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let connection = match resting {
                    Some(connection) => connection,
                    None => sqlite::open(path, false)?,
                };
                let result = match view {
                    View::One => read_sqlite(&connection, work),
                    View::EachItsOwn => work(&mut Db::sqlite(&connection)),
                };
                let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
                if idle.len() < *keep {
                    idle.push(connection);
                }
                result
            }
            Self::Postgres { counter } => {
                let (reply, answer) = oneshot::channel();
                let run: Run = Box::new(move |session| {
                    // A reader who left no longer wants the answer.
                    let _ = reply.send(session.map_err(E::from).and_then(|session| read_postgres(session, work, view)));
                });
                let closed = || E::from(StoreError::Unavailable("the readers have stopped".into()));
                counter.send(Errand { view, run }).map_err(|_| closed())?;
                answer.await.map_err(|_| closed())?
            }
        }
    }
}

/// `BEGIN` makes several statements see one state of the database.
fn read_sqlite<T, E: From<StoreError>>(
    connection: &rusqlite::Connection,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
) -> Result<T, E> {
    connection.prepare_cached("BEGIN").and_then(|mut begin| begin.execute([])).map_err(StoreError::from)?;
    let result = work(&mut Db::sqlite(connection));
    connection.prepare_cached("COMMIT").and_then(|mut end| end.execute([])).map_err(StoreError::from)?;
    result
}

/// [`begin`] has been called.
fn read_postgres<T, E: From<StoreError>>(
    session: &mut Session,
    work: impl FnOnce(&mut Db<'_>) -> Result<T, E>,
    view: View,
) -> Result<T, E> {
    let result = work(&mut Db::postgres(session));
    if view == View::One {
        // Nothing was changed: whether it ends well matters to the next who reads here, and to nobody else.
        session.end()?;
    }
    result
}

/// The life of one reader thread: a connection that is made again when it was lost.
fn serve(url: &str, errands: &Mutex<Receiver<Errand>>) {
    let mut session: Option<Session> = None;
    loop {
        let errand = errands.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(errand) = errand else { return };
        match begin(session.take(), url, errand.view) {
            Err(error) => (errand.run)(Err(error)),
            Ok(mut live) => {
                // A bug in one page must not take the reader down with it. Its connection stands in the middle of a
                // transaction then, and is not used again.
                if catch_unwind(AssertUnwindSafe(|| (errand.run)(Ok(&mut live)))).is_ok() {
                    session = Some(live);
                }
            }
        }
    }
}

/// A connection with such a view: the one at rest, or a new one when that was hung up on.
fn begin(rested: Option<Session>, url: &str, view: View) -> Result<Session, StoreError> {
    let begins = |session: &mut Session| match view {
        View::One => session.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        View::EachItsOwn if session.is_hung_up() => Err(StoreError::Unavailable("the server has hung up".into())),
        View::EachItsOwn => Ok(()),
    };
    if let Some(mut session) = rested.filter(|session| !session.is_closed())
        && begins(&mut session).is_ok()
    {
        return Ok(session);
    }
    let mut fresh = postgres::connect(url)?;
    begins(&mut fresh)?;
    Ok(fresh)
}
