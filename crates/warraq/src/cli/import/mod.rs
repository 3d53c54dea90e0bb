//! `warraq import`: articles from elsewhere.

use std::collections::BTreeMap;

use indicatif::{ProgressBar, ProgressStyle};

mod archive;
mod articles;
mod batches;
mod feed;
mod folder;
mod ghost;
mod media;
mod old_addresses;
mod page;
mod rehearsal;
mod wordpress;

pub(super) use rehearsal::sweep as sweep_rehearsals;

use super::Failure;
use super::office::{Office, print_json};
use crate::desk::imports::Receipt;
use crate::desk::{Desk, fronts};
use crate::error::Error;
use crate::news::site::Site;
use crate::store::{fronts as fronts_of, site};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Saved pages: HTML, or the plain text of one. Headline, byline, date and paragraphs are kept, furniture is dropped.
    Page(page::PageArgs),
    /// Articles as JSON, one a line: the bulk way in.
    Articles(articles::ArticlesArgs),
    /// A folder that `warraq export archive` wrote.
    Archive(archive::ArchiveArgs),
    /// A site that WordPress exported: posts, pages, categories, tags, authors, comments.
    Wordpress(wordpress::WordpressArgs),
    /// A site that Ghost exported: posts, pages, tags, authors.
    Ghost(ghost::GhostArgs),
    /// Wire copy from a feed: RSS, Atom or JSON Feed. A story that is here from another source already is kept as a draft.
    Feed(feed::FeedArgs),
    /// Files that did not come in with their site: fetched from where they were, and put where they belong.
    Media(media::MediaArgs),
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    // Sanitising and writing go on side by side.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let (receipt, json) = match command {
        Command::Page(args) => (runtime.block_on(page::import(&desk, args))?, args.json),
        Command::Articles(args) => (runtime.block_on(articles::import(&desk, args))?, args.json),
        Command::Archive(args) => (runtime.block_on(archive::import(&desk, args))?, args.json),
        Command::Wordpress(args) => (runtime.block_on(wordpress::import(&desk, args, office))?, args.json),
        Command::Ghost(args) => (runtime.block_on(ghost::import(&desk, args, office))?, args.json),
        Command::Feed(args) => (runtime.block_on(feed::import(&desk, args, office))?, args.json),
        Command::Media(args) => (runtime.block_on(media::import(&desk, office))?, args.json),
    };
    if json { print_json(&receipt) } else { print_receipt(&receipt) }
}

/// What stood on top elsewhere stands on the front here, unless somebody has arranged it already.
async fn pin(desk: &Desk, receipt: &mut Receipt) -> Result<(), Failure> {
    let is_free = desk.store.read(|db| Ok::<_, Error>(fronts_of::slots(db)?.is_empty())).await?;
    if !is_free || receipt.slots().is_empty() {
        return Ok(());
    }
    match fronts::arrange(desk, receipt.slots().to_vec()).await {
        Err(error @ (Error::Conflict(_) | Error::NotFound(_))) => {
            receipt.warn(0, "", "front", format!("the front was not arranged: {error}"));
            Ok(())
        }
        done => Ok(done?),
    }
}

async fn expect_site(desk: &Desk) -> Result<Site, Failure> {
    let found = desk.store.read(|db| Ok::<_, Error>(site::load(db)?)).await?;
    found.ok_or_else(|| Failure::bad_input("there is no publication in this database yet; run warraq init"))
}

fn progress(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    // Drawn on standard error, and only when that is a terminal.
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {elapsed} left {eta}") {
        bar.set_style(style);
    }
    bar
}

/// Warnings of one kind that a person is told one by one.
const TOLD: usize = 20;

fn print_receipt(receipt: &Receipt) -> Result<(), Failure> {
    println!("{:<10} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "items", "imported", "changed", "unchanged", "refused");
    for (kind, tally) in receipt.by_type.iter().map(|(kind, tally)| (*kind, tally)).chain([("all", &receipt.total)]) {
        println!(
            "{kind:<10} {:>9} {:>9} {:>9} {:>9} {:>9}",
            tally.items, tally.imported, tally.changed, tally.unchanged, tally.refused
        );
    }
    let asked = &receipt.addresses;
    if asked.old > 0 {
        println!("{} of {} old addresses answer here", asked.answer, asked.old);
    }
    let mut told = BTreeMap::<&str, usize>::new();
    for warning in &receipt.warnings {
        let told = told.entry(warning.code).or_default();
        *told += 1;
        if *told <= TOLD {
            let place = if warning.line > 0 { format!("line {}: ", warning.line) } else { String::new() };
            println!("{place}{} ({}) {}", warning.message, warning.code, warning.item);
        }
    }
    for (code, all) in told.into_iter().filter(|(_, all)| *all > TOLD) {
        println!("and {} more of the kind «{code}»; --json names every one", all - TOLD);
    }
    Ok(())
}
