//! What is left to do? The runner claims jobs from the queue and runs them; the timetable puts recurring work into it.

mod avif;
mod follower;
mod jobs;
mod name;
mod timetable;
mod wires;

use std::time::Duration;

use tokio::sync::watch;

use crate::desk::{By, Desk};
use crate::error::Error;
use crate::store::jobs as queue;
use crate::store::jobs::Claimed;

pub use avif::Engraver;
pub use follower::{follow, listen};
pub use name::name_here;
use timetable::Timetable;
pub use wires::Wires;

/// How many jobs are claimed at once.
const HANDFUL: i64 = 16;
/// How long the worker sleeps at most: jobs of other nodes and clocks that were set are noticed after this.
const NAP: Duration = Duration::from_secs(5);

/// Somebody who does what is left to do.
pub struct Worker {
    desk: Desk,
    name: String,
    timetable: Timetable,
    has_looked_around: bool,
}

impl Worker {
    /// A worker at a desk; the name stands in the queue beside the jobs that it took. [`name_here`] gives one by which
    /// others know whether it is still at work. Of a process only one worker has such a name.
    #[must_use]
    pub fn new(desk: Desk, name: &str) -> Self {
        let desk = Desk { by: By::timetable(), ..desk };
        Self { desk, name: name.to_owned(), timetable: Timetable::default(), has_looked_around: false }
    }

    /// Run jobs until `stop` says so. A job at work is finished first.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let did = match self.run_handful().await {
                Ok(did) => did,
                Err(error) => {
                    tracing::warn!(%error, "the queue cannot be read; trying again");
                    0
                }
            };
            if did == 0 {
                let nap = nap(&self.desk).await;
                tokio::select! {
                    () = tokio::time::sleep(nap) => {}
                    () = self.desk.bell.notified() => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Run everything that is due now, follow-ups included; says how many jobs ran. A test and the command line say
    /// this where a server waits.
    ///
    /// # Errors
    /// The database; what a job met stands in the queue.
    pub async fn run_due(&mut self) -> Result<usize, Error> {
        let mut all = 0;
        loop {
            match self.run_handful().await? {
                0 => return Ok(all),
                did => all += did,
            }
        }
    }

    async fn run_handful(&mut self) -> Result<usize, Error> {
        let desk = &self.desk;
        if !self.has_looked_around {
            take_over_from_the_dead(desk).await?;
            self.has_looked_around = true;
        }
        self.timetable.enter(desk).await?;
        let (now, worker) = (desk.clock.now().as_millisecond(), self.name.clone());
        // Looking first spares an idle server a write transaction.
        let due = desk.store.read(|db| queue::next_due(db).map_err(Error::from)).await?;
        if due.is_none_or(|due| due > now) {
            return Ok(0);
        }
        let claimed = desk.store.write(move |tx| queue::claim(tx, &worker, now, HANDFUL).map_err(Error::from)).await?;
        let count = claimed.len();
        for job in claimed {
            if let Err(error) = run_job(desk, job).await {
                // What became of it could not be written down. The rest is taken up again at the next look round, not when
                // its lease ends.
                self.has_looked_around = false;
                return Err(error);
            }
        }
        Ok(count)
    }
}

/// What a process of this machine had taken when it was killed waits again, at once.
async fn take_over_from_the_dead(desk: &Desk) -> Result<(), Error> {
    let mut workers = desk.store.read(|db| queue::workers(db).map_err(Error::from)).await?;
    workers.retain(|worker| name::is_dead(worker));
    for worker in workers {
        let jobs = {
            let worker = worker.clone();
            desk.store.write(move |tx| queue::give_back(tx, &worker).map_err(Error::from)).await?
        };
        tracing::info!(worker, jobs, "took over from a process that is gone");
    }
    Ok(())
}

async fn run_job(desk: &Desk, claimed: Claimed) -> Result<(), Error> {
    let outcome = jobs::run(desk, &claimed.job).await;
    let now = desk.clock.now().as_millisecond();
    match outcome {
        Ok(()) => desk.store.write(move |tx| queue::finish(tx, claimed.id).map_err(Error::from)).await,
        Err(error) => {
            tracing::warn!(job = claimed.job.kind(), %error, attempts = claimed.attempts + 1, "a job failed");
            let (give_up, words) = (is_final(&error), error.to_string());
            desk.store
                .write(move |tx| {
                    if give_up {
                        queue::park(tx, claimed.id, &words)?
                    } else {
                        queue::retry(tx, &claimed, now, &words)?
                    }
                    Ok(())
                })
                .await
        }
    }
}

/// Will it fail again however often it is tried?
fn is_final(error: &Error) -> bool {
    match error {
        Error::NotFound(_) | Error::Invalid(_) | Error::NotAllowed | Error::Conflict(_) | Error::Media(_) => true,
        Error::Mail(error) => error.is_final(),
        Error::Store(_) | Error::File { .. } | Error::Key(_) | Error::Search(_) => false,
    }
}

/// Until the next job is due, a few seconds at most.
async fn nap(desk: &Desk) -> Duration {
    let due = desk.store.read(|db| queue::next_due(db).map_err(Error::from)).await;
    let now = desk.clock.now().as_millisecond();
    match due {
        Ok(Some(due)) => Duration::from_millis((due - now).clamp(0, NAP.as_millis() as i64).cast_unsigned()),
        Ok(None) | Err(_) => NAP,
    }
}
