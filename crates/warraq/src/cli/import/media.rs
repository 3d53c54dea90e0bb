//! `warraq import media`: files of a site that moved in, fetched from where they were.

use std::collections::{HashMap, HashSet, VecDeque};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::files::{self, Placed};
use crate::desk::imports::{Fate, Receipt};
use crate::desk::{Desk, media};
use crate::error::Error;
use crate::fetch::{FetchError, Fetcher, Told};
use crate::media::MediaError;
use crate::news::media::Media;
use crate::store::old_files::{self, OldFile};
use crate::worker::{Worker, name_here};

/// How many files are under way at once; of one host two.
const AT_ONCE: usize = 6;
/// How many missing files are looked up at once.
const BATCH: i64 = 500;

/// A file and whether it is new here, or why it did not come.
type Brought = Result<(Media, bool), String>;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct MediaArgs {
    /// Fetch what did not come in with its site.
    #[arg(long, required = true)]
    missing: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, office: &Office) -> Result<Receipt, Failure> {
    let publication = super::expect_site(desk).await?;
    let fetcher = office.fetcher(&publication)?;
    let mut receipt = Receipt::new("missing files");
    let placed = bring_missing(desk, &fetcher, false, &mut receipt).await?;
    placed.changed.iter().chain(&placed.held).for_each(|_| receipt.add("post", Fate::Changed));
    Worker::new(desk.clone(), &name_here("import")).run_due().await?;
    Ok(receipt)
}

/// Fetch what is missing, or of that what nobody tried yet, and put it where it belongs.
pub(super) async fn bring_missing(
    desk: &Desk,
    fetcher: &Fetcher,
    untried: bool,
    receipt: &mut Receipt,
) -> Result<Placed, Failure> {
    let mut after = String::new();
    loop {
        let from = after.clone();
        let missing = desk.store.read(move |db| Ok::<_, Error>(old_files::missing(db, &from, untried, BATCH)?)).await?;
        let Some(last) = missing.last() else { break };
        after = last.url.clone();
        let urls: Vec<String> = missing.iter().map(|file| file.url.clone()).collect();
        for (url, brought) in urls.iter().zip(bring_all(desk, fetcher, missing).await?) {
            match brought {
                Ok((_, is_new)) => receipt.add("attachment", if is_new { Fate::Imported } else { Fate::Unchanged }),
                Err(reason) => {
                    receipt.add("attachment", Fate::Refused);
                    receipt.warn(0, &Told::from(url.as_str()).to_string(), "media", reason);
                }
            }
        }
    }
    let placed = files::place(desk).await?;
    for id in &placed.held {
        receipt.warn(
            0,
            &format!("/a/{id}"),
            "held",
            "somebody has changes there that are not published; its files are seen when they are",
        );
    }
    Ok(placed)
}

/// Fetch several files at once, each address once. Each is remembered as soon as it is here, so that a run that is cut off
/// lost nothing. The answers come in the order of the files. The disk being full is the end of it.
pub(super) async fn bring_all(desk: &Desk, fetcher: &Fetcher, files: Vec<OldFile>) -> Result<Vec<Brought>, Failure> {
    let _claim = desk.media.claim().map_err(Error::from)?;
    let addresses: Vec<String> = files.iter().map(|file| file.url.clone()).collect();
    let mut once = HashSet::new();
    let mut waiting = files.into_iter().filter(|file| once.insert(file.url.clone())).collect::<VecDeque<_>>();
    let bar = ProgressBar::new(waiting.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files {elapsed} left {eta}") {
        bar.set_style(style);
    }
    let mut under_way = tokio::task::JoinSet::new();
    let mut brought: HashMap<String, Brought> = HashMap::new();
    loop {
        while under_way.len() < AT_ONCE
            && let Some(file) = waiting.pop_front()
        {
            let (desk, fetcher) = (desk.clone(), fetcher.clone());
            under_way.spawn(async move { (file.url.clone(), bring(&desk, &fetcher, file).await) });
        }
        let Some(done) = under_way.join_next().await else { break };
        let (url, result) = done?;
        brought.insert(url, result?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let answer = |url: &String| {
        let found = brought.get_mut(url)?;
        let answer = found.clone();
        // What two ask for is new to the first.
        if let Ok((_, is_new)) = found {
            *is_new = false;
        }
        Some(answer)
    };
    Ok(addresses.iter().filter_map(answer).collect())
}

/// One file. Why it did not come is the old site's; what is wrong with our disk or database ends the import.
async fn bring(desk: &Desk, fetcher: &Fetcher, file: OldFile) -> Result<Brought, Error> {
    let part = desk.media.partial(&file.url);
    let taken = match fetcher.file(&file.url, &part).await {
        Err(FetchError::Disk { source, .. }) => return Err(MediaError::from(source).into()),
        Err(error) => Err(error.to_string()),
        Ok(()) => {
            let name = file.url.split(['?', '#']).next().unwrap_or_default();
            let taken = media::take_in_file(desk, part.clone(), name, &file.alt, &file.credit).await;
            // Taken in or refused: it is not needed any more. What is left over is written over by the next try.
            let _ = std::fs::remove_file(&part);
            match taken {
                Err(error) if error.is_ours() => return Err(error),
                taken => taken.map_err(|error| error.to_string()),
            }
        }
    };
    match &taken {
        Ok((media, _)) => files::came(desk, file.url, media.id).await?,
        Err(reason) => files::did_not_come(desk, file.url, reason.clone()).await?,
    }
    Ok(taken)
}
