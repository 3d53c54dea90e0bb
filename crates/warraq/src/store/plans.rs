//! What the newsroom intends with its stories.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::news::ArticleId;
use crate::news::plan::Plan;
use crate::store::{Db, StoreError, Tx, millis, timestamp};

/// The plan of an article; an empty one where there is none.
///
/// # Errors
/// The database.
pub fn of(db: &mut Db<'_>, id: ArticleId) -> Result<Plan, StoreError> {
    let plan = db.first(
        "SELECT planned_on, embargo_at, expires_at FROM plans WHERE article_id = $1",
        &[id.0.into()],
        |row| {
            let moment = |column: usize| row.get::<Option<i64>>(column)?.map(timestamp).transpose();
            Ok(Plan {
                planned_on: row.get::<Option<i64>>(0)?.map(day).transpose()?,
                embargo_at: moment(1)?,
                expires_at: moment(2)?,
            })
        },
    )?;
    Ok(plan.unwrap_or_default())
}

/// Write the plan of an article over the one that it has.
///
/// # Errors
/// The database, or a day that no calendar has.
pub fn keep(tx: &mut Tx<'_>, id: ArticleId, plan: &Plan) -> Result<(), StoreError> {
    let planned_on = plan.planned_on.map(midnight).transpose()?;
    tx.execute(
        "INSERT INTO plans (article_id, planned_on, embargo_at, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (article_id) DO UPDATE SET
           planned_on = excluded.planned_on, embargo_at = excluded.embargo_at, expires_at = excluded.expires_at",
        &[id.0.into(), planned_on.into(), plan.embargo_at.map(millis).into(), plan.expires_at.map(millis).into()],
    )?;
    Ok(())
}

/// A civil day as the database has it: its midnight in UTC, in milliseconds.
pub(in crate::store) fn midnight(day: Date) -> Result<i64, StoreError> {
    let midnight = day.to_zoned(TimeZone::UTC).map_err(|error| StoreError::Broken(format!("day {day}: {error}")))?;
    Ok(midnight.timestamp().as_millisecond())
}

fn day(midnight: i64) -> Result<Date, StoreError> {
    Ok(timestamp(midnight)?.to_zoned(TimeZone::UTC).date())
}
