//! Who keeps the search index abreast of the database?
//!
//! Every server has its own index and follows the log of changes by itself, also those that another process or another
//! server made. Looking whether something changed is one lookup, so it looks often.

use std::time::Duration;

use tokio::sync::watch;

use crate::desk::{Desk, searches};

/// How often it looks: a new article is found well within a second.
const STEP: Duration = Duration::from_millis(200);
/// How long it waits after a failure.
const PAUSE: Duration = Duration::from_secs(10);

/// Follow until `stop` says so.
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
