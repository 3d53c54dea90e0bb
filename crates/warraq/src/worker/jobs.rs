//! Each kind of job: the data is in the queue, the work is one verb of the desk.

use jiff::Timestamp;

use crate::desk::{Desk, articles, comments, letters, media, passwords, terms, wires};
use crate::error::Error;
use crate::news::consequences::Job;
use crate::store::StoreError;

/// Do it. Idempotent: the worker may have died after the work and before it could say so.
pub(super) async fn run(desk: &Desk, job: &Job) -> Result<(), Error> {
    match job {
        Job::PublishDue { article, at } => articles::publish_due(desk, *article, moment(*at)?).await.map(drop),
        Job::WithdrawDue { article, at } => articles::withdraw_due(desk, *article, moment(*at)?).await.map(drop),
        Job::MakeRenditions { media } => media::make_renditions(desk, *media).await,
        Job::RebuildListings => articles::rebuild_listings(desk).await.map(drop),
        Job::RereadNamed { named } => terms::reread(desk, *named).await,
        Job::CarryOver { pair } => terms::carry_over(desk, *pair).await,
        Job::ForgetPrivateData => comments::forget_private_data(desk).await.map(drop),
        Job::ForgetWires => wires::forget(desk).await,
        Job::SendLetter { sealed, .. } => letters::send(desk, sealed).await,
        Job::OfferOwn { sealed, .. } => comments::offer_own(desk, sealed).await,
        Job::OfferPassword { sealed, .. } => passwords::offer(desk, sealed).await,
    }
}

fn moment(at: i64) -> Result<Timestamp, Error> {
    Timestamp::from_millisecond(at).map_err(|error| StoreError::Broken(format!("a job names no time: {error}")).into())
}
