//! `warraq import feed`: wire copy from RSS, Atom and JSON Feed.

use std::io::Read as _;

use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::Desk;
use crate::desk::imports::{Fate, Receipt};
use crate::fetch::{Known, MAX_PAGE, Page};
use crate::intake::feed;

use super::batches::Batches;
use super::expect_site;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct FeedArgs {
    /// A file, or an address that begins with http:// or https://.
    feed: String,
    /// Publish the stories with their dates; otherwise they are kept as drafts.
    #[arg(long)]
    publish: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, args: &FeedArgs, office: &Office) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let is_address = args.feed.starts_with("http://") || args.feed.starts_with("https://");
    let bytes = if is_address {
        match office.fetcher(&publication)?.page(&args.feed, &Known::default()).await? {
            Page::Says { bytes, .. } => bytes,
            Page::Unchanged => Vec::new(),
        }
    } else {
        read(&args.feed)?
    };
    let wire = feed::read(&bytes, is_address.then_some(args.feed.as_str()))
        .map_err(|error| Failure::bad_input(format!("{}: {error}", args.feed)))?;
    let mut batches = Batches::new(desk, args.publish, Receipt::new(&args.feed));
    for (item, reason) in wire.refused {
        batches.receipt.add("post", Fate::Refused);
        batches.receipt.warn(0, &item, "refused", reason);
    }
    if wire.left_out > 0 {
        (0..wire.left_out).for_each(|_| batches.receipt.add("post", Fate::Refused));
        let message =
            format!("it has {} stories more; {} are taken at a time, from its beginning", wire.left_out, feed::MOST);
        batches.receipt.warn(0, "", "too-many", message);
    }
    for story in wire.stories {
        batches.push(story).await?;
    }
    batches.finish().await
}

fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: std::io::Error| Failure::bad_input(format!("{path}: {error}"));
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(unreadable)?.take(MAX_PAGE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_PAGE {
        return Err(Failure::bad_input(format!("{path}: a feed has at most {MAX_PAGE} bytes")));
    }
    Ok(bytes)
}
