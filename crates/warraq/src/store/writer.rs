//! Who writes? One thread, which gathers what waits into one durable commit.
//!
//! A commit costs an fsync, whoever asks for it. So the writer opens a transaction, runs every piece of work that is
//! waiting (each in its own savepoint, so that one that fails takes nothing else with it), commits once, and only then
//! answers all of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use tokio::sync::oneshot;

use super::engine::postgres::{Session, WRITER_LOCK};
use super::engine::{Db, Tx, postgres, sqlite};
use super::pulse::{self, Beat, Pulse, Touched};
use super::{Location, StoreError, migrations};

/// What a commit changed of what readers see, if anything, or why it failed.
type Committed = Result<Option<Beat>, StoreError>;

/// How many pieces of work one commit may carry.
const BATCH: usize = 512;

/// The way to the writer's thread.
pub(super) struct Writer {
    counter: Sender<Box<dyn Errand>>,
}

impl Writer {
    pub(super) fn open(location: &Location, pulse: Arc<Pulse>) -> Result<Self, StoreError> {
        let mut hand = Hand::open(location)?;
        migrations::run(&mut hand)?;
        hand.with(|tx| pulse.catch_up(tx))??;
        let (counter, errands) = channel();
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || serve(hand, &errands, &pulse))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { counter })
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let gone = || E::from(StoreError::Unavailable("the writer has stopped".into()));
        self.counter.send(Box::new(Piece { work: Some(work), result: None, reply })).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

/// One piece of work on its way through the writer.
trait Errand: Send {
    /// Do it; `true` asks for its changes to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Tell the one who waits, after the commit or its failure.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Piece<T, E, F> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Errand for Piece<T, E, F>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let Some(work) = self.work.take() else { return false };
        // A bug in one verb must not take the writer down with it.
        let result = catch_unwind(AssertUnwindSafe(|| {
            let value = work(tx)?;
            tx.settle()?;
            Ok(value)
        }))
        .unwrap_or_else(|_| {
            Err(E::from(StoreError::Broken("a write was abandoned by a bug; the log says where".into())))
        });
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let result = match (self.result, committed) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(error)) => Err(E::from(error)),
            (Some(result), Ok(())) => result,
            (None, Ok(())) => Err(E::from(StoreError::Unavailable("the writer did not reach this work".into()))),
        };
        // Whoever asked may have left.
        let _ = self.reply.send(result);
    }
}

/// The writer's own connection.
pub(super) enum Hand {
    Sqlite(rusqlite::Connection),
    Postgres { url: String, session: Option<Box<Session>> },
}

impl Hand {
    pub(super) fn open(location: &Location) -> Result<Self, StoreError> {
        Ok(match location {
            Location::Sqlite(path) => Self::Sqlite(sqlite::open(path, true)?),
            Location::Postgres(url) => {
                Self::Postgres { url: url.clone(), session: Some(Box::new(postgres::connect_to_write(url)?)) }
            }
        })
    }

    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Statements without arguments: transaction control and migrations.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres { session: Some(session), .. } => session.batch(sql),
            Self::Postgres { session: None, .. } => Err(StoreError::Unavailable("not connected".into())),
        }
    }

    pub(super) fn begin(&mut self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch("BEGIN IMMEDIATE")?),
            Self::Postgres { url, session } => {
                // A connection at rest may have been hung up on since: nothing was asked of it yet, so ask a new one.
                let open =
                    session.as_mut().is_some_and(|session| !session.is_closed() && session.batch("BEGIN").is_ok());
                if !open {
                    *session = None;
                    let mut fresh = postgres::connect_to_write(url)?;
                    fresh.batch("BEGIN")?;
                    *session = Some(Box::new(fresh));
                }
                self.batch(WRITER_LOCK)
            }
        }
    }

    pub(super) fn with<T>(&mut self, work: impl FnOnce(&mut Tx<'_>) -> T) -> Result<T, StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(work(&mut Tx::new(Db::sqlite(connection)))),
            Self::Postgres { session: Some(session), .. } => Ok(work(&mut Tx::new(Db::postgres(session)))),
            Self::Postgres { session: None, .. } => Err(StoreError::Unavailable("not connected".into())),
        }
    }
}

fn serve(mut hand: Hand, errands: &Receiver<Box<dyn Errand>>, pulse: &Pulse) {
    let mut stopped: Option<String> = None;
    while let Ok(first) = errands.recv() {
        if let Some(reason) = &stopped {
            first.answer(Err(StoreError::Stopped(reason.clone())));
            continue;
        }
        let (done, outcome) = run_batch(&mut hand, first, errands);
        let outcome = outcome.map(|beat| tell(&mut hand, beat, pulse));
        if let Err(StoreError::Stopped(reason)) = &outcome {
            tracing::error!(reason, "a commit failed; writing stops, reading goes on");
            stopped = Some(reason.clone());
        }
        for errand in done {
            errand.answer(match &outcome {
                Ok(()) => Ok(()),
                Err(StoreError::Full) => Err(StoreError::Full),
                Err(StoreError::Stopped(reason)) => Err(StoreError::Stopped(reason.clone())),
                Err(other) => Err(StoreError::Unavailable(other.to_string())),
            });
        }
    }
}

/// Before anybody who waits is answered, pages that show what changed are known to be old.
fn tell(hand: &mut Hand, beat: Option<Beat>, pulse: &Pulse) {
    let Some(beat) = beat else { return };
    if beat.tell(pulse) {
        return;
    }
    // Somebody else committed in between. If that cannot be read now, it will be when the server listens next.
    let caught_up = hand.with(|tx| pulse.catch_up(tx)).and_then(std::convert::identity);
    if let Err(error) = caught_up {
        tracing::warn!(%error, "what others changed could not be read");
    }
}

/// Run `first` and whatever else waits in one transaction. The outcome is that of the commit, with what it changed.
fn run_batch(
    hand: &mut Hand,
    first: Box<dyn Errand>,
    errands: &Receiver<Box<dyn Errand>>,
) -> (Vec<Box<dyn Errand>>, Committed) {
    let mut batch = vec![first];
    batch.extend(errands.try_iter().take(BATCH - 1));
    let outcome = match &mut batch[..] {
        [alone] => run_alone(hand, alone.as_mut()),
        several => run_together(hand, several),
    };
    if outcome.is_err() {
        // Whatever went wrong, nothing of this batch may count.
        let _ = hand.batch("ROLLBACK");
    }
    (batch, outcome)
}

/// Without a savepoint: SQLite keeps what a savepoint changes beside the transaction, and walks over that after each
/// statement, which took a third of the time of a large import (measured).
fn run_alone(hand: &mut Hand, errand: &mut dyn Errand) -> Committed {
    hand.begin()?;
    match hand.with(|tx| errand.run(tx).then(|| tx.take_touched()))? {
        Some(touched) => commit(hand, touched),
        None => hand.batch("ROLLBACK").map(|()| None),
    }
}

/// Each in a savepoint, so that one that fails takes only itself back.
fn run_together(hand: &mut Hand, errands: &mut [Box<dyn Errand>]) -> Committed {
    hand.begin()?;
    let mut all = Touched::default();
    for errand in errands {
        hand.batch("SAVEPOINT piece")?;
        let kept = hand.with(|tx| errand.run(tx).then(|| tx.take_touched()))?;
        hand.batch(if kept.is_some() {
            "RELEASE SAVEPOINT piece"
        } else {
            "ROLLBACK TO SAVEPOINT piece; RELEASE SAVEPOINT piece"
        })?;
        all.append(kept.unwrap_or_default());
    }
    commit(hand, all)
}

/// Write down what changed for readers, if anything did, and make all of it durable.
fn commit(hand: &mut Hand, touched: Touched) -> Committed {
    let beat = if touched.is_empty() { None } else { Some(hand.with(|tx| pulse::beat(tx, touched))??) };
    hand.batch("COMMIT")?;
    Ok(beat)
}
