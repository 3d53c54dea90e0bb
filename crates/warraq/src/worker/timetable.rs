//! What recurs? Work that no change asks for, only the time of day.

use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::error::Error;
use crate::news::consequences::Job;
use crate::store::{Tx, jobs};

/// How often recurring work is entered.
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// When recurring work was last put into the queue by this worker. Two workers that enter it do no harm: the queue keeps
/// one of each.
#[derive(Debug, Default)]
pub(super) struct Timetable {
    entered: Option<Timestamp>,
}

impl Timetable {
    /// Put recurring work whose time has come into the queue.
    pub(super) async fn enter(&mut self, desk: &Desk) -> Result<(), Error> {
        let now = desk.clock.now();
        if self.entered.is_some_and(|entered| now.duration_since(entered) < EVERY) {
            return Ok(());
        }
        let daily = [Job::ForgetPrivateData, Job::ForgetWires];
        let enter = move |tx: &mut Tx<'_>| daily.iter().try_for_each(|job| jobs::push(tx, job, now));
        desk.store.write(move |tx| enter(tx).map_err(Error::from)).await?;
        self.entered = Some(now);
        Ok(())
    }
}
