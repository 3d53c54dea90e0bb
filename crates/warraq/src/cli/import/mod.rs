//! `warraq import`: articles from elsewhere.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

mod archive;
mod feed;
mod media;
mod wordpress;

pub(super) use wordpress::rehearsal::sweep as sweep_rehearsals;

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::imports::{self, Fate, Receipt};
use crate::desk::{Desk, fronts, media as pictures};
use crate::error::Error;
use crate::intake::json_lines::{self, Picture};
use crate::intake::saved_page::{self, Hints, Published, SavedPage};
use crate::news::article::{Draft, Lead};
use crate::news::incoming::{Incoming, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;
use crate::news::site::Site;
use crate::store::site;
use crate::worker::Worker;

/// How many articles are taken in by one transaction.
const BATCH: usize = 250;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Saved pages: HTML, or the plain text of one. Headline, byline, date and paragraphs are kept, furniture is dropped.
    Page(PageArgs),
    /// Articles as JSON, one a line: the bulk way in.
    Articles(ArticlesArgs),
    /// A folder that `warraq export archive` wrote.
    Archive(archive::ArchiveArgs),
    /// A site that WordPress exported: posts, pages, categories, tags, authors, comments.
    Wordpress(wordpress::WordpressArgs),
    /// Wire copy from a feed: RSS, Atom or JSON Feed. A story that is here from another source already is kept as a draft.
    Feed(feed::FeedArgs),
    /// Files that did not come in with their site: fetched from where they were, and put where they belong.
    Media(media::MediaArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct PageArgs {
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD; stands above what the page says.
    #[arg(long, value_name = "DATE")]
    published: Option<String>,
    /// Section to put them in; made when there is none of this name.
    #[arg(long)]
    section: Option<String>,
    /// Publish them; otherwise they are kept as drafts.
    #[arg(long)]
    publish: bool,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ArticlesArgs {
    /// The file.
    file: PathBuf,
    /// Publish them with their dates; otherwise they are kept as drafts.
    #[arg(long)]
    publish: bool,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let (receipt, json) = match command {
        Command::Page(args) => (block_on(import_pages(&desk, args))??, args.json),
        Command::Articles(args) => {
            // Sanitising and writing go on side by side.
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            (runtime.block_on(import_articles(&desk, args))?, args.json)
        }
        Command::Archive(args) => (block_on(archive::import(&desk, args))??, args.json),
        Command::Wordpress(args) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            (runtime.block_on(wordpress::import(&desk, args, office))?, args.json)
        }
        Command::Feed(args) => (block_on(feed::import(&desk, args, office))??, args.json),
        Command::Media(args) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            (runtime.block_on(media::import(&desk, office))?, args.json)
        }
    };
    if json { print_json(&receipt) } else { print_receipt(&receipt) }
}

async fn import_pages(desk: &Desk, args: &PageArgs) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let day = match &args.published {
        None => None,
        Some(text) => Some(
            text.parse::<Date>()
                .map_err(|_| Failure::bad_input(format!("--published {text} is no date; write YYYY-MM-DD")))?,
        ),
    };
    let mut receipt =
        Receipt::new(&args.files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", "));
    let mut unread = Vec::new();
    for file in &args.files {
        let name = file.display().to_string();
        let bytes = std::fs::read(file).map_err(|error| Failure::bad_input(format!("{name}: {error}")))?;
        let language = publication.language.as_str();
        let hints = Hints {
            file_name: &name,
            language: Some(language),
            site_title: Some(&publication.title),
            tagline: Some(&publication.tagline),
        };
        match saved_page::read(&bytes, &hints) {
            Err(error) => {
                receipt.add("post", Fate::Refused);
                receipt.warn(0, &name, error.code(), error.to_string());
                unread.push(error.to_string());
            }
            Ok((page, warnings)) => {
                for warning in warnings.iter().filter(|warning| day.is_none() || warning.code != "no-date") {
                    receipt.warn(warning.line.unwrap_or(0), &name, warning.code, warning.message.clone());
                }
                if let Some(picture) = &page.lead_picture {
                    receipt.warn(0, &name, "picture", format!("the picture {} was not fetched", picture.src));
                }
                let incoming = from_page(page, &bytes, day, args.section.as_deref(), &publication);
                let batch = imports::prepare(desk, vec![incoming]);
                receipt = imports::apply(desk, batch, args.publish, receipt).await?;
            }
        }
    }
    if unread.len() < args.files.len() {
        return Ok(receipt);
    }
    if args.json {
        print_json(&receipt)?;
    }
    Err(Failure::bad_input(unread.join("\n")))
}

/// A saved page as an article of ours. The same page again is known by the address it gives itself, else by its bytes.
fn from_page(page: SavedPage, bytes: &[u8], day: Option<Date>, section: Option<&str>, publication: &Site) -> Incoming {
    let guid = page.source_url.clone().unwrap_or_else(|| format!("urn:warraq:page:{}", blake3::hash(bytes).to_hex()));
    let published = match (day, page.published) {
        (Some(day), _) | (None, Some(Published::Day(day))) => json_lines::at_noon(day, &publication.time_zone),
        (None, Some(Published::Instant(at))) => Some(at),
        (None, Some(Published::Local(local))) => {
            local.to_zoned(publication.time_zone.clone()).ok().map(|local| local.timestamp())
        }
        (None, None) => None,
    };
    let term = |name: &str| NewTerm { name: name.to_owned(), ..NewTerm::default() };
    Incoming {
        line: 0,
        guid,
        number: None,
        draft: Draft {
            kicker: page.kicker.unwrap_or_default(),
            headline: page.headline,
            standfirst: page.standfirst.unwrap_or_default(),
            body: page.body_html,
            language: page.language.as_deref().and_then(|tag| Language::parse(tag).ok()),
            ..Draft::default()
        },
        visibility: Visibility::Public(published),
        updated: None,
        old_slugs: Vec::new(),
        sections: section.map(term).or_else(|| page.section.as_deref().map(term)).into_iter().collect(),
        tags: page.tags.iter().map(|tag| term(tag)).collect(),
        bylines: page.byline.iter().map(|name| (term(name), BylineRole::Writer)).collect(),
        translation_of: None,
        corrections: Vec::new(),
        slot: None,
        comments: Vec::new(),
        missing: Vec::new(),
        original: None,
        may_have_twins: false,
    }
}

async fn import_articles(desk: &Desk, args: &ArticlesArgs) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let unreadable = |error: std::io::Error| Failure::bad_input(format!("{}: {error}", args.file.display()));
    let mut file = File::open(&args.file).map_err(unreadable)?;
    let bar = progress(file.metadata().map_err(unreadable)?.len());
    let source = source_name(&mut file).map_err(unreadable)?;
    let folder = args.file.parent().map(Path::to_owned).unwrap_or_default();
    let mut receipt = Receipt::new(&args.file.display().to_string());
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut line, mut number) = (Vec::new(), 0);
    let mut batch: Vec<(Incoming, Option<Picture>)> = Vec::new();
    // While one batch is written, the next one is read and sanitised.
    let mut writing: Option<tokio::task::JoinHandle<Result<Receipt, Error>>> = None;
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(unreadable)?;
        number += 1;
        bar.inc(read as u64);
        if !line.trim_ascii().is_empty() {
            let text = std::str::from_utf8(&line)
                .map_err(|error| format!("not UTF-8 from byte {} of the line", error.valid_up_to()));
            match text.and_then(|text| json_lines::read(text, number, &source, &publication.time_zone)) {
                Ok(understood) => {
                    for (code, sentence) in understood.oddities {
                        receipt.warn(number, &understood.incoming.guid, code, sentence);
                    }
                    batch.push((understood.incoming, understood.picture));
                }
                Err(complaint) => {
                    receipt.add("post", Fate::Refused);
                    receipt.warn(number, "", "line", complaint);
                }
            }
        }
        if batch.len() >= BATCH || (read == 0 && !batch.is_empty()) {
            let mut items = std::mem::take(&mut batch);
            take_pictures(desk, &mut items, &folder, &mut receipt).await;
            let ready = imports::prepare(desk, items.into_iter().map(|(incoming, _)| incoming).collect());
            if let Some(before) = writing.take() {
                receipt.merge(before.await??);
            }
            let (desk, publish, carried) = (desk.clone(), args.publish, receipt.continued());
            writing = Some(tokio::spawn(async move { imports::apply(&desk, ready, publish, carried).await }));
        }
        if read == 0 {
            break;
        }
    }
    if let Some(last) = writing.take() {
        receipt.merge(last.await??);
    }
    bar.finish_and_clear();
    if args.publish && !receipt.slots().is_empty() {
        fronts::arrange(desk, receipt.slots().to_vec()).await?;
    }
    // Smaller copies of the pictures are made now, so that the site is whole when the command ends.
    Worker::new(desk.clone(), "import").run_due().await?;
    Ok(receipt)
}

/// Pictures beside the file go into the media folder; one that is missing or no picture is reported, not the end.
async fn take_pictures(desk: &Desk, items: &mut [(Incoming, Option<Picture>)], folder: &Path, receipt: &mut Receipt) {
    for (incoming, picture) in items {
        let Some(picture) = picture else { continue };
        let path = Path::new(&picture.file);
        let inside = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let taken = if inside {
            match std::fs::read(folder.join(path)) {
                Ok(bytes) => pictures::take_in(desk, bytes, &picture.alt, &picture.credit).await,
                Err(source) => Err(Error::File { path: picture.file.clone(), source }),
            }
        } else {
            Err(Error::Conflict(format!("{} does not lie beside the imported file", picture.file)))
        };
        match taken {
            Ok(media) => {
                let (alt, caption, credit) = (picture.alt.clone(), picture.caption.clone(), picture.credit.clone());
                incoming.draft.lead = Some(Lead { media, alt, caption, credit });
            }
            Err(error) => receipt.warn(incoming.line, &incoming.guid, "picture", error.to_string()),
        }
    }
}

/// By what the articles of a file are known. Its name would change with a copy, and its first article may be corrected:
/// so a hash of what of the first line stays.
fn source_name(file: &mut File) -> std::io::Result<String> {
    let mut first = Vec::new();
    BufReader::new(&mut *file).take(1 << 20).read_until(b'\n', &mut first)?;
    file.rewind()?;
    let record: serde_json::Value = serde_json::from_slice(&first).unwrap_or_default();
    let lasting: Vec<String> =
        ["id", "guid", "slug", "date"].iter().filter_map(|key| record.get(key)).map(ToString::to_string).collect();
    let name = if lasting.is_empty() { blake3::hash(&first) } else { blake3::hash(lasting.join("\n").as_bytes()) };
    Ok(format!("urn:warraq:import:{}", &name.to_hex()[..16]))
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

fn print_receipt(receipt: &Receipt) -> Result<(), Failure> {
    println!("{:<10} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "items", "imported", "changed", "unchanged", "refused");
    for (kind, tally) in receipt.by_type.iter().map(|(kind, tally)| (*kind, tally)).chain([("all", &receipt.total)]) {
        println!(
            "{kind:<10} {:>9} {:>9} {:>9} {:>9} {:>9}",
            tally.items, tally.imported, tally.changed, tally.unchanged, tally.refused
        );
    }
    for warning in &receipt.warnings {
        println!("line {}: {} ({}) {}", warning.line, warning.message, warning.code, warning.item);
    }
    Ok(())
}
