//! The queue, as those see it who look after it.

use crate::desk::Desk;
use crate::error::Error;
use crate::store::jobs;

/// Give the jobs that failed too often another chance; says how many.
///
/// # Errors
/// The database.
pub async fn retry_parked(desk: &Desk) -> Result<u64, Error> {
    let now = desk.clock.now().as_millisecond();
    desk.write(move |tx| Ok(jobs::unpark(tx, now)?)).await
}

/// Leave all work to somebody else: a copy of a database has that of the original in its queue.
///
/// # Errors
/// The database.
pub async fn leave(desk: &Desk) -> Result<(), Error> {
    desk.write(|tx| Ok(jobs::clear(tx)?)).await
}
