//! The publication itself: founded, changed.

use crate::desk::Desk;
use crate::error::Error;
use crate::news::consequences::Change;
use crate::news::site::Site;
use crate::store::{changes, jobs, site};

/// Found a publication in an empty database.
///
/// # Errors
/// There is one already, the database.
pub async fn found(desk: &Desk, new: Site) -> Result<(), Error> {
    let now = desk.clock.now();
    let log = i64::from_le_bytes(desk.chance.bytes());
    desk.write(move |tx| {
        if let Some(there) = site::load(tx)? {
            return Err(Error::Conflict(format!("this database has a publication already: «{}»", there.title)));
        }
        site::save(tx, &new, now.as_millisecond())?;
        changes::begin(tx, log)?;
        Ok(())
    })
    .await
}

/// Change the publication.
///
/// # Errors
/// There is none yet, the database.
pub async fn change(desk: &Desk, new: Site) -> Result<(), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| {
        let before = super::articles::expect_site(tx)?;
        let days_moved = before.time_zone_name() != new.time_zone_name();
        site::save(tx, &new, now.as_millisecond())?;
        jobs::follow(tx, &Change::SiteChanged { days_moved }, now)?;
        Ok(())
    })
    .await
}
