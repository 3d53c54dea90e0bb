//! The queue: what is left to do.
//!
//! A job is pushed in the transaction of the change that made it necessary, so that neither exists without the other. A
//! worker claims jobs under a lease; one that dies gives them back when the lease ends. A job that keeps failing is
//! parked for a person to look at, never thrown away.

use crate::news::consequences::{Change, Job, consequences};
use crate::store::{Db, StoreError, Tx, millis};

/// After how many failures a job is parked.
pub const MAX_ATTEMPTS: i64 = 10;
/// How long a worker may keep a job, in milliseconds.
pub const LEASE: i64 = 5 * 60 * 1000;

/// A job in the hands of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its number.
    pub id: i64,
    /// What to do.
    pub job: Job,
    /// How often it failed before.
    pub attempts: i64,
}

/// Queue what follows from a change.
///
/// # Errors
/// The database.
pub fn follow(tx: &mut Tx<'_>, change: &Change, now: jiff::Timestamp) -> Result<(), StoreError> {
    consequences(change).iter().try_for_each(|job| push(tx, job, now))
}

/// Queue one job. A job with the same key that still waits stands for both.
///
/// # Errors
/// The database.
pub fn push(tx: &mut Tx<'_>, job: &Job, now: jiff::Timestamp) -> Result<(), StoreError> {
    let payload = serde_json::to_string(job).map_err(|error| StoreError::Broken(error.to_string()))?;
    let id = tx.next_id("job")?;
    let run_at = job.not_before().map_or(millis(now), millis);
    tx.execute(
        "INSERT INTO jobs (id, kind, payload, unique_key, state, run_at, created_at) VALUES ($1, $2, $3, $4, 'queued', $5, $6)
         ON CONFLICT (unique_key) DO NOTHING",
        &[id.into(), job.kind().into(), (&payload).into(), (&job.unique_key()).into(), run_at.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Take up to `limit` jobs that are due, or whose worker died. Pictures, of which an import brings thousands, wait until
/// nothing else is due, and are taken one at a time: a story goes out at its minute.
///
/// A running job gives up its key, so that the same work can be queued again while it runs: what changed in the
/// meantime is not missed.
///
/// # Errors
/// The database.
pub fn claim(tx: &mut Tx<'_>, worker: &str, now: i64, limit: i64) -> Result<Vec<Claimed>, StoreError> {
    let mut found = claim_some(tx, worker, now, false, limit)?;
    if found.is_empty() {
        found = claim_some(tx, worker, now, true, limit.min(1))?;
    }
    let mut claimed = Vec::with_capacity(found.len());
    for (id, payload, attempts) in found {
        match serde_json::from_str(&payload) {
            Ok(job) => claimed.push(Claimed { id, job, attempts }),
            // Written by a newer program, or damaged: a person must see it.
            Err(error) => park(tx, id, &format!("not understood: {error}"))?,
        }
    }
    claimed.sort_by_key(|job| job.id);
    Ok(claimed)
}

fn claim_some(
    tx: &mut Tx<'_>,
    worker: &str,
    now: i64,
    pictures: bool,
    limit: i64,
) -> Result<Vec<(i64, String, i64)>, StoreError> {
    tx.all(
        "UPDATE jobs SET state = 'running', worker = $1, lease_ends = $2, unique_key = NULL
         WHERE id IN (SELECT id FROM jobs
                      WHERE ((state = 'queued' AND run_at <= $3) OR (state = 'running' AND lease_ends <= $3))
                        AND CAST(CASE WHEN kind = 'make_renditions' THEN 1 ELSE 0 END AS BIGINT) = $5
                      ORDER BY run_at, id LIMIT $4)
         RETURNING id, payload, attempts",
        &[worker.into(), (now + LEASE).into(), now.into(), limit.into(), i64::from(pictures).into()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Nothing is left to do: in a copy, whose work is that of the database that was copied.
///
/// # Errors
/// The database.
pub fn clear(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM jobs", &[]).map(drop)
}

/// Who has jobs.
///
/// # Errors
/// The database.
pub fn workers(db: &mut Db<'_>) -> Result<Vec<String>, StoreError> {
    db.all("SELECT DISTINCT worker FROM jobs WHERE state = 'running'", &[], |row| row.get(0))
}

/// What a worker had taken waits again, at once; says how many jobs that were.
///
/// # Errors
/// The database.
pub fn give_back(tx: &mut Tx<'_>, worker: &str) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE jobs SET state = 'queued', worker = '', lease_ends = NULL WHERE state = 'running' AND worker = $1",
        &[worker.into()],
    )
}

/// A job is done.
///
/// # Errors
/// The database.
pub fn finish(tx: &mut Tx<'_>, id: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM jobs WHERE id = $1", &[id.into()])?;
    Ok(())
}

/// A job failed: again later, twice as late each time, and parked after [`MAX_ATTEMPTS`].
///
/// # Errors
/// The database.
pub fn retry(tx: &mut Tx<'_>, claimed: &Claimed, now: i64, error: &str) -> Result<(), StoreError> {
    if claimed.attempts + 1 >= MAX_ATTEMPTS {
        return park(tx, claimed.id, error);
    }
    tx.execute(
        "UPDATE jobs SET state = 'queued', attempts = attempts + 1, run_at = $1, lease_ends = NULL, last_error = $2 WHERE id = $3",
        &[(now + back_off(claimed.attempts)).into(), error.into(), claimed.id.into()],
    )?;
    Ok(())
}

/// A job cannot be done without a person.
///
/// # Errors
/// The database.
pub fn park(tx: &mut Tx<'_>, id: i64, error: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE jobs SET state = 'parked', attempts = attempts + 1, lease_ends = NULL, last_error = $1 WHERE id = $2",
        &[error.into(), id.into()],
    )?;
    Ok(())
}

/// Give parked jobs another chance; says how many.
///
/// # Errors
/// The database.
pub fn unpark(tx: &mut Tx<'_>, now: i64) -> Result<u64, StoreError> {
    tx.execute("UPDATE jobs SET state = 'queued', attempts = 0, run_at = $1 WHERE state = 'parked'", &[now.into()])
}

/// When the next job is due, in milliseconds.
///
/// # Errors
/// The database.
pub fn next_due(db: &mut Db<'_>) -> Result<Option<i64>, StoreError> {
    let queued = db.value::<i64>("SELECT MIN(run_at) FROM jobs WHERE state = 'queued'", &[])?;
    let leased = db.value::<i64>("SELECT MIN(lease_ends) FROM jobs WHERE state = 'running'", &[])?;
    Ok(queued.into_iter().chain(leased).min())
}

/// How many jobs are in each state.
///
/// # Errors
/// The database.
pub fn census(db: &mut Db<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    db.all("SELECT state, COUNT(*) FROM jobs GROUP BY state ORDER BY state", &[], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Parked jobs with the reason, oldest first.
///
/// # Errors
/// The database.
pub fn parked(db: &mut Db<'_>, limit: i64) -> Result<Vec<(i64, String, String)>, StoreError> {
    db.all(
        "SELECT id, payload, last_error FROM jobs WHERE state = 'parked' ORDER BY id LIMIT $1",
        &[limit.into()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// 2, 4, 8… seconds, at most an hour.
fn back_off(attempts: i64) -> i64 {
    2_000_i64.saturating_mul(1 << attempts.clamp(0, 12)).min(60 * 60 * 1000)
}
