//! `warraq import wordpress`: a whole site from the file that WordPress exports.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;
use wordpress::wxr::{self, Found};

mod addresses;
mod files;
pub(in crate::cli) mod rehearsal;

use super::media::bring_missing;
use super::{BATCH, expect_site, progress};
use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::imports::{self, Fate, Receipt};
use crate::desk::{Desk, files as files_here, fronts, sites};
use crate::error::Error;
use crate::intake::wordpress::{Keepsakes, OldSite, Taken};
use crate::news::incoming::{Incoming, Keepsake};
use crate::news::permalink::Permalink;
use crate::news::site::Site;
use crate::store::{self, articles};
use crate::worker::Worker;

use addresses::ask_addresses;
use files::{Source, take_files};
use rehearsal::Rehearsal;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WordpressArgs {
    /// The file: .xml, or .xml.gz. In WordPress: Tools, Export, All content.
    file: PathBuf,
    /// The folder wp-content/uploads of the old site: its pictures and files come in too.
    #[arg(long, value_name = "DIR", conflicts_with = "fetch_media")]
    uploads: Option<PathBuf>,
    /// Fetch pictures and files from the old site, which must still answer; what came once is not fetched again.
    #[arg(long)]
    fetch_media: bool,
    /// Only say what would come in: the import runs on a copy of the database, which is thrown away.
    #[arg(long)]
    dry_run: bool,
    /// Do not ask for every old address whether it answers here, and do not make those that need it lead on.
    #[arg(long)]
    skip_addresses: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, args: &WordpressArgs, office: &Office) -> Result<Receipt, Failure> {
    if !args.dry_run {
        return move_in(desk, args, office).await;
    }
    let rehearsal = Rehearsal::of(desk, office).await?;
    move_in(&rehearsal.desk, args, office).await
}

async fn move_in(desk: &Desk, args: &WordpressArgs, office: &Office) -> Result<Receipt, Failure> {
    let mut receipt = Receipt::new(&args.file.display().to_string());
    let mut old = learn(&args.file, &mut receipt)?;
    let fetcher = office.fetcher(&expect_site(desk).await?)?;
    let source = match &args.uploads {
        Some(folder) => Source::Folder(folder),
        None if args.fetch_media => Source::Network(&fetcher),
        None => Source::Nowhere,
    };
    take_files(desk, &mut old, &source, &mut receipt).await?;
    // Articles that came earlier, without them.
    files_here::place(desk).await?;
    let publication = take_over_permalink(desk, &old, &mut receipt).await?;
    let terms = old.terms();
    receipt = imports::take_terms(desk, terms.sections, terms.tags, terms.people, receipt).await?;
    receipt = take_items(desk, args, &old, &publication, receipt).await?;
    if args.fetch_media {
        // Files that texts name and that are no attachments.
        bring_missing(desk, &fetcher, true, &mut receipt).await?;
    }
    pin_sticky(desk, &receipt).await?;
    Worker::new(desk.clone(), "import").run_due().await?;
    if !args.skip_addresses {
        receipt.addresses = ask_addresses(desk, &old, office, &mut receipt).await?;
    }
    Ok(receipt)
}

/// What stayed on top there stands on the front here, unless somebody has arranged it already.
async fn pin_sticky(desk: &Desk, receipt: &Receipt) -> Result<(), Failure> {
    let slots = receipt.slots().to_vec();
    let is_free = desk.store.read(|db| Ok::<_, Error>(store::fronts::slots(db)?.is_empty())).await?;
    if is_free && !slots.is_empty() {
        fronts::arrange(desk, slots).await?;
    }
    Ok(())
}

/// The first reading: what things refer to.
fn learn(file: &Path, receipt: &mut Receipt) -> Result<OldSite, Failure> {
    let mut old = OldSite::default();
    let bar = ProgressBar::hidden();
    for found in open(file, &bar)? {
        match found.map_err(|error| unreadable(file, &error))? {
            Found::Entry { line, entry } => old.learn(line as usize, &entry),
            Found::Warning(warning) => {
                let item = warning.item.unwrap_or_default();
                receipt.warn(warning.line as usize, &item, warning.code, warning.message);
            }
            // Counted at the second reading.
            Found::Refused(_) => {}
        }
    }
    Ok(old)
}

/// A publication without articles takes the old site's form of addresses over; another one is told of the difference.
async fn take_over_permalink(desk: &Desk, old: &OldSite, receipt: &mut Receipt) -> Result<Site, Failure> {
    let mut publication = expect_site(desk).await?;
    let detected = old.addresses.pattern();
    let pattern = detected.pattern.to_string();
    if detected.of == 0 || publication.permalink.as_str() == pattern {
        return Ok(publication);
    }
    let says = format!("{} of {} addresses of the old site have the form {pattern}", detected.fits, detected.of);
    let is_empty =
        desk.store.read(|db| Ok::<_, Error>(articles::after(db, crate::news::ArticleId(0), 1)?.is_empty())).await?;
    match Permalink::parse(&pattern) {
        Ok(permalink) if is_empty => {
            publication.permalink = permalink;
            sites::change(desk, publication.clone()).await?;
            receipt.warn(0, "", "permalink", format!("{says}; the publication has it now"));
        }
        Ok(_) => receipt.warn(
            0,
            "",
            "permalink",
            format!("{says}; here it is {}. See warraq site change", publication.permalink.as_str()),
        ),
        Err(error) => receipt.warn(0, "", "permalink", format!("{says}: {error}")),
    }
    Ok(publication)
}

/// The second reading: article by article, one batch written while the next is read.
async fn take_items(
    desk: &Desk,
    args: &WordpressArgs,
    old: &OldSite,
    publication: &Site,
    mut receipt: Receipt,
) -> Result<Receipt, Failure> {
    let bar = progress(std::fs::metadata(&args.file).map_err(|error| unreadable(&args.file, &error))?.len());
    let mut entries = open(&args.file, &bar)?;
    let (mut batch, mut kept): (Vec<Incoming>, Vec<Keepsake>) = (Vec::new(), Vec::new());
    let mut names = Keepsakes::default();
    let mut writing: Option<tokio::task::JoinHandle<Result<Receipt, Error>>> = None;
    loop {
        let found = entries.next().transpose().map_err(|error| unreadable(&args.file, &error))?;
        let is_over = found.is_none();
        match found {
            // Counted already, with its file.
            Some(Found::Entry { entry: wxr::Entry::Item(item), .. })
                if item.post_type == "attachment" && item.post_id.is_some() => {}
            Some(Found::Entry { line, entry: wxr::Entry::Item(item) }) => {
                let line = line as usize;
                match old.take(line, &item, &publication.time_zone) {
                    Taken::Article { incoming, oddities, refused_comments } => {
                        for (code, sentence) in oddities {
                            receipt.warn(line, &incoming.guid, code, sentence);
                        }
                        (0..refused_comments).for_each(|_| receipt.add("comment", Fate::Refused));
                        batch.push(*incoming);
                    }
                    Taken::Kept(thing) => kept.push(names.told_apart(thing)),
                    Taken::Attachment { name } => {
                        receipt.add("attachment", Fate::Refused);
                        receipt.warn(
                            line,
                            &name,
                            "media",
                            "it has no number in the export, so that nothing can refer to it",
                        );
                    }
                }
            }
            Some(Found::Refused(refused)) => {
                receipt.add("other", Fate::Refused);
                receipt.warn(refused.line as usize, &refused.item.unwrap_or_default(), "refused", refused.reason);
            }
            // Terms are taken already, warnings told at the first reading.
            Some(_) | None => {}
        }
        if batch.len() >= BATCH || (is_over && !batch.is_empty()) {
            let ready = imports::prepare(desk, std::mem::take(&mut batch));
            if let Some(before) = writing.take() {
                receipt.merge(before.await??);
            }
            let (desk, carried) = (desk.clone(), receipt.continued());
            writing = Some(tokio::spawn(async move { imports::apply(&desk, ready, true, carried).await }));
        }
        if kept.len() >= BATCH || (is_over && !kept.is_empty()) {
            receipt = imports::keep_originals(desk, std::mem::take(&mut kept), receipt).await?;
        }
        if is_over {
            break;
        }
    }
    if let Some(last) = writing.take() {
        receipt.merge(last.await??);
    }
    bar.finish_and_clear();
    Ok(receipt)
}

type Entries = wxr::Reader<Box<dyn Read>>;

fn open(file: &Path, bar: &ProgressBar) -> Result<Entries, Failure> {
    let source = File::open(file).map_err(|error| unreadable(file, &error))?;
    let source = BufReader::with_capacity(1 << 20, bar.wrap_read(source));
    let is_packed = file.extension().is_some_and(|ending| ending == "gz");
    let source: Box<dyn Read> = if is_packed { Box::new(MultiGzDecoder::new(source)) } else { Box::new(source) };
    Ok(wxr::Reader::new(source))
}

fn unreadable(file: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::bad_input(format!("{}: {error}", file.display()))
}
