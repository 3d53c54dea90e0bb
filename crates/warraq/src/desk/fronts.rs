//! The front page, arranged by hand.

use std::collections::HashSet;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::Status;
use crate::news::consequences::Change;
use crate::store::{articles, fronts, jobs};

/// Pin these stories: the first one leads. What is not pinned fills itself with the newest.
///
/// # Errors
/// A story that is not public, or named twice; the database.
pub async fn arrange(desk: &Desk, slots: Vec<(i64, ArticleId)>) -> Result<(), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| {
        let (mut seen, mut places) = (HashSet::new(), HashSet::new());
        for (place, id) in &slots {
            let record = articles::record(tx, *id)?.ok_or_else(|| Error::NotFound(format!("article {id}")))?;
            if record.status != Status::Published {
                return Err(Error::Conflict(format!("article {id} is not public and cannot stand on the front")));
            }
            if !seen.insert(id) || !places.insert(place) || *place < 1 {
                return Err(Error::Conflict(format!(
                    "article {id} or place {place} is named twice, or there is no such place"
                )));
            }
        }
        fronts::set_slots(tx, &slots)?;
        jobs::follow(tx, &Change::FrontArranged, now)?;
        Ok(())
    })
    .await
}
