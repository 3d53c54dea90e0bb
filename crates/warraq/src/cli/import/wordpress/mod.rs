//! `warraq import wordpress`: a whole site from the file that WordPress exports.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use wordpress::wxr::{self, Found};

mod addresses;
mod files;
mod packed;

use super::batches::Batches;
use super::folder::Folder;
use super::media::bring_missing;
use super::rehearsal::Rehearsal;
use super::{expect_site, old_addresses, pin, progress};
use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::imports::{self, Fate, Receipt};
use crate::desk::{Desk, files as files_here};
use crate::intake::wordpress::{Keepsakes, OldSite, Taken};
use crate::news::site::Site;
use crate::worker::{Worker, name_here};

use addresses::ask_addresses;
use files::{Source, take_files};
use packed::Unpacked;

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
        Some(folder) => {
            Source::Folder(Folder::at(folder).map_err(|error| Failure::bad_input(format!("--uploads {error}")))?)
        }
        None if args.fetch_media => Source::Network(&fetcher),
        None => Source::Nowhere,
    };
    take_files(desk, &mut old, &source, &mut receipt).await?;
    // Articles that came earlier, without them.
    files_here::place(desk).await?;
    let publication = take_over_permalink(desk, &old, &mut receipt).await?;
    for (taxonomy, terms) in old.plugin_taxonomies() {
        let says = format!("the taxonomy «{taxonomy}» of a plugin or theme has {terms} terms; they are tags here");
        receipt.warn(0, "", "taxonomy", says);
    }
    let terms = old.terms();
    receipt = imports::take_terms(desk, terms.sections, terms.tags, terms.people, receipt).await?;
    receipt = take_items(desk, args, &old, &publication, receipt).await?;
    if args.fetch_media {
        // Files that texts name and that are no attachments.
        bring_missing(desk, &fetcher, true, &mut receipt).await?;
    }
    pin(desk, &mut receipt).await?;
    Worker::new(desk.clone(), &name_here("import")).run_due().await?;
    if !args.skip_addresses {
        receipt.addresses = ask_addresses(desk, &old, office, &mut receipt).await?;
    }
    Ok(receipt)
}

/// The first reading: what things refer to.
fn learn(file: &Path, receipt: &mut Receipt) -> Result<OldSite, Failure> {
    let mut old = OldSite::default();
    let bar = ProgressBar::hidden();
    for found in open(file, &bar)? {
        match found.map_err(|error| unreadable(file, &error))? {
            Found::Entry { line, entry } => old.learn(line as usize, &entry),
            Found::Warning(warning) => {
                let item = number(warning.item);
                receipt.warn(warning.line as usize, &item, warning.code, warning.message);
            }
            // Counted at the second reading.
            Found::Refused(_) => {}
        }
    }
    Ok(old)
}

/// The form of the old site's addresses, if its articles have one.
async fn take_over_permalink(desk: &Desk, old: &OldSite, receipt: &mut Receipt) -> Result<Site, Failure> {
    let detected = old.addresses.pattern();
    if detected.of == 0 {
        return expect_site(desk).await;
    }
    let pattern = detected.pattern.to_string();
    let says = format!("{} of {} addresses of the old site have the form {pattern}", detected.fits, detected.of);
    old_addresses::take_over_permalink(desk, &pattern, &says, receipt).await
}

/// The second reading: item by item.
async fn take_items(
    desk: &Desk,
    args: &WordpressArgs,
    old: &OldSite,
    publication: &Site,
    receipt: Receipt,
) -> Result<Receipt, Failure> {
    let bar = progress(std::fs::metadata(&args.file).map_err(|error| unreadable(&args.file, &error))?.len());
    let mut batches = Batches::new(desk, true, receipt);
    let mut names = Keepsakes::default();
    for found in open(&args.file, &bar)? {
        match found.map_err(|error| unreadable(&args.file, &error))? {
            // Counted already, with its file.
            Found::Entry { entry: wxr::Entry::Item(item), .. }
                if item.post_type == "attachment" && item.post_id.is_some() => {}
            Found::Entry { line, entry: wxr::Entry::Item(item) } => {
                let line = line as usize;
                match old.take(line, &item, &publication.time_zone) {
                    Taken::Article { incoming, oddities, refused_comments } => {
                        for (code, sentence) in oddities {
                            batches.receipt.warn(line, &incoming.guid, code, sentence);
                        }
                        (0..refused_comments).for_each(|_| batches.receipt.add("comment", Fate::Refused));
                        batches.push(*incoming).await?;
                    }
                    Taken::Kept(thing) => batches.keep(names.told_apart(thing)).await?,
                    Taken::Attachment { name } => {
                        let reason = "it has no number in the export, so that nothing can refer to it";
                        batches.receipt.add("attachment", Fate::Refused);
                        batches.receipt.warn(line, &name, "media", reason);
                    }
                }
            }
            Found::Refused(refused) => {
                let item = number(refused.item);
                batches.receipt.add("other", Fate::Refused);
                batches.receipt.warn(refused.line as usize, &item, "refused", refused.reason);
            }
            // Terms are taken already, warnings told at the first reading.
            Found::Entry { .. } | Found::Warning(_) => {}
        }
    }
    let receipt = batches.finish().await?;
    bar.finish_and_clear();
    Ok(receipt)
}

/// The number of an item. A title may say what stays sealed: an entry of a form is called after who sent it.
fn number(item: Option<String>) -> String {
    item.filter(|item| item.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or_default()
}

type Entries = wxr::Reader<Box<dyn Read>>;

fn open(file: &Path, bar: &ProgressBar) -> Result<Entries, Failure> {
    let source = File::open(file).map_err(|error| unreadable(file, &error))?;
    let source = BufReader::with_capacity(1 << 20, bar.wrap_read(source));
    let is_packed = file.extension().is_some_and(|ending| ending == "gz");
    let source: Box<dyn Read> = if is_packed { Box::new(Unpacked::new(source)) } else { Box::new(source) };
    Ok(wxr::Reader::new(source))
}

fn unreadable(file: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::bad_input(format!("{}: {error}", file.display()))
}
