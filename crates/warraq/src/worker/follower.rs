//! Who keeps a server abreast of the database?
//!
//! Every server has its own search index and its own finished pages. It follows the log of changes and the pulse by itself,
//! also where another process or another server wrote. Looking whether something changed is one look-up, so it looks
//! often.

use std::time::Duration;

use tokio::sync::watch;

use crate::desk::{Desk, searches};
use crate::store::Location;

/// How often it looks whether others changed what readers see: in a file, and over a connection.
const BEATS: [Duration; 2] = [Duration::from_millis(10), Duration::from_millis(20)];
/// How often it looks for the index: a new article is found well within a second.
const STEP: Duration = Duration::from_millis(200);
/// How long it waits after a failure.
const PAUSE: Duration = Duration::from_secs(10);

/// Notice what others commit, until `stop` says so.
pub async fn listen(desk: Desk, mut stop: watch::Receiver<bool>) {
    let beat = BEATS[usize::from(matches!(desk.store.location(), Location::Postgres(_)))];
    let mut deaf = false;
    while !*stop.borrow() {
        let heard = desk.store.listen().await;
        match &heard {
            Err(error) if !deaf => tracing::warn!(%error, "what others change is not noticed now; trying again"),
            Ok(()) if deaf => tracing::info!("what others change is noticed again"),
            _ => {}
        }
        deaf = heard.is_err();
        tokio::select! {
            () = tokio::time::sleep(if deaf { Duration::from_secs(1) } else { beat }) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Keep the index abreast, until `stop` says so.
pub async fn follow(desk: Desk, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let pause = match searches::catch_up(&desk, |progress| {
            if progress.all > 2_000 {
                tracing::info!(done = progress.done, all = progress.all, "the search index takes articles in");
            }
        })
        .await
        {
            Ok(_) => STEP,
            Err(error) => {
                tracing::warn!(%error, "the search index cannot follow; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.changed() => {}
        }
    }
}
