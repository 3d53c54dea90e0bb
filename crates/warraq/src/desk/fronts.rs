//! The front page, arranged by hand.

use std::collections::HashSet;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::Status;
use crate::news::audit::{Act, Noun};
use crate::news::consequences::Change;
use crate::news::staff::Right;
use crate::store::{articles, fronts, jobs};

/// Pin these stories: the first one leads. What is not pinned fills itself with the newest.
///
/// # Errors
/// A story that is not public, or named twice; the database.
pub async fn arrange(desk: &Desk, slots: Vec<(i64, ArticleId)>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        let (mut seen, mut places) = (HashSet::new(), HashSet::new());
        for (place, id) in &slots {
            let record = articles::record(tx, *id)?.ok_or_else(|| Error::NotFound(format!("article {id}")))?;
            if record.status != Status::Published {
                return Err(Error::conflict(
                    "front-not-public",
                    format!("article {id} is not public and cannot stand on the front"),
                ));
            }
            if !seen.insert(id) || !places.insert(place) || *place < 1 {
                return Err(Error::conflict(
                    "front-place",
                    format!("article {id} or place {place} is named twice, or there is no such place"),
                ));
            }
        }
        fronts::set_slots(tx, &slots)?;
        jobs::follow(tx, &Change::FrontArranged, now)?;
        by.did(tx, Act::FrontArranged, (Noun::Site, 1), "", now)
    })
    .await
}
