//! Which pictures lack their smallest copies? One after the other gets them, while nobody waits.

use std::time::Duration;

use tokio::sync::watch;

use crate::desk::{By, Desk, media};

/// Between two pictures: whoever asks for pages comes first.
const REST: Duration = Duration::from_secs(1);
/// How long it waits when no picture lacks them, or after something failed.
const PAUSE: Duration = Duration::from_secs(30);

/// Somebody who makes pictures as AVIF: seconds of work each, which no story that goes out may wait for; so it is no job
/// of the queue. What it was at when the server stopped is begun anew.
pub struct Engraver {
    desk: Desk,
}

impl Engraver {
    /// At a desk.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk: Desk { by: By::timetable(), ..desk } }
    }

    /// Make one after the other until `stop` says so.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let pause = match media::make_avif(&self.desk).await {
                Ok(true) => REST,
                Ok(false) => PAUSE,
                Err(error) => {
                    tracing::warn!(%error, "pictures cannot be made as AVIF; trying again");
                    PAUSE
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }
}
