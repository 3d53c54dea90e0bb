//! Each kind of job: the data is in the queue, the work is one verb of the desk.

use jiff::Timestamp;

use crate::desk::{Desk, articles, comments, media};
use crate::error::Error;
use crate::news::consequences::Job;

/// Do it. Idempotent: the worker may have died after the work and before it could say so.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<(), Error> {
    match job {
        Job::PublishDue { article, at } => {
            let at = Timestamp::from_millisecond(*at).map_err(|error| Error::Conflict(error.to_string()))?;
            articles::publish_due(desk, *article, at).await.map(drop)
        }
        Job::MakeRenditions { media } => media::make_renditions(desk, *media).await,
        Job::RebuildListings => articles::rebuild_listings(desk).await.map(drop),
        Job::ForgetPrivateData => comments::forget_private_data(desk).await.map(drop),
    }
}
