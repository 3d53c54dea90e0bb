//! `warraq import wordpress`: a whole site from the file that WordPress exports.

use std::fs::File;
use std::io::{BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::{Request, StatusCode};
use http_body_util::Full;
use indicatif::ProgressBar;
use wordpress::addresses::{FeedOf, Target};
use wordpress::wxr::{self, Found};

use super::{BATCH, expect_site, progress};
use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::imports::{self, Addresses, Fate, Receipt};
use crate::desk::{Desk, media, sites};
use crate::error::Error;
use crate::intake::wordpress::{OldSite, Taken, Upload, slug as wordpress_slug};
use crate::media::MediaFolder;
use crate::news::MediaId;
use crate::news::incoming::Incoming;
use crate::news::permalink::Permalink;
use crate::news::site::Site;
use crate::search::Shelf;
use crate::store::old_addresses::LeadsTo;
use crate::store::{self, Location, Store, articles};
use crate::web::urls::{ListName, encode};
use crate::web::{Web, routes};
use crate::worker::Worker;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct WordpressArgs {
    /// The file: .xml, or .xml.gz. In WordPress: Tools, Export, All content.
    file: PathBuf,
    /// The folder wp-content/uploads of the old site: its pictures come in too.
    #[arg(long, value_name = "DIR")]
    uploads: Option<PathBuf>,
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

/// A desk at a copy of everything, for an import that is only tried.
struct Rehearsal {
    desk: Desk,
    folder: PathBuf,
}

impl Rehearsal {
    async fn of(desk: &Desk, office: &Office) -> Result<Self, Failure> {
        let name = format!("dry-run-{:016x}", u64::from_le_bytes(desk.chance.bytes()));
        let folder = office.folder.path().join(name);
        std::fs::create_dir(&folder)?;
        let copy = folder.join("warraq.db");
        let opened = async {
            desk.store.copy_to(&copy).await?;
            Ok::<_, Failure>(Desk {
                store: Store::open(&Location::Sqlite(copy.clone()), 2)?,
                media: Arc::new(MediaFolder::open(folder.join("media"))?),
                search: Arc::new(Shelf::at(folder.join("index"))),
                bell: Arc::default(),
                ..desk.clone()
            })
        };
        match opened.await {
            Ok(desk) => Ok(Self { desk, folder }),
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                Err(error)
            }
        }
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(%error, folder = %self.folder.display(), "the copy of the dry run could not be removed");
        }
    }
}

async fn move_in(desk: &Desk, args: &WordpressArgs, office: &Office) -> Result<Receipt, Failure> {
    let mut receipt = Receipt::new(&args.file.display().to_string());
    let mut old = learn(&args.file, &mut receipt)?;
    if let Some(folder) = &args.uploads {
        take_files(desk, &mut old, folder, &mut receipt).await?;
    }
    let publication = take_over_permalink(desk, &old, &mut receipt).await?;
    let terms = old.terms();
    receipt = imports::take_terms(desk, terms.sections, terms.tags, terms.people, receipt).await?;
    receipt = take_items(desk, args, &old, &publication, receipt).await?;
    Worker::new(desk.clone(), "import").run_due().await?;
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
                let item = warning.item.unwrap_or_default();
                receipt.warn(warning.line as usize, &item, warning.code, warning.message);
            }
            // Counted at the second reading.
            Found::Refused(_) => {}
        }
    }
    Ok(old)
}

/// Pictures from the folder of uploads. What is missing or no picture is counted as refused, and named.
async fn take_files(desk: &Desk, old: &mut OldSite, folder: &Path, receipt: &mut Receipt) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Err(Failure::bad_input(format!("--uploads {}: there is no such folder", folder.display())));
    }
    for upload in old.uploads().to_vec() {
        match take_file(desk, folder, &upload).await {
            Ok((media, address, fate)) => {
                receipt.add("attachment", fate);
                old.has_come(&upload, media, address);
            }
            Err(error) => {
                receipt.add("attachment", Fate::Refused);
                receipt.warn(upload.line, &upload.url, "media", error.to_string());
            }
        }
    }
    Ok(())
}

/// Its number, its address, and whether it was here before.
async fn take_file(desk: &Desk, folder: &Path, upload: &Upload) -> Result<(MediaId, String, Fate), Error> {
    let path = Path::new(&upload.path);
    if !path.components().all(|part| matches!(part, std::path::Component::Normal(_))) {
        return Err(Error::Conflict(format!("{} does not lie in the folder of uploads", upload.path)));
    }
    let whole = folder.join(path);
    let bytes = std::fs::read(&whole).map_err(|source| Error::File { path: whole.display().to_string(), source })?;
    let origin = blake3::hash(&bytes).to_hex().to_string();
    let known = desk.store.read(move |db| Ok::<_, Error>(store::media::by_origin(db, &origin)?)).await?;
    let id = media::take_in(desk, bytes, &upload.alt, &upload.credit).await?;
    let found = desk.store.read(move |db| Ok::<_, Error>(store::media::by_id(db, id)?)).await?;
    let picture = found.ok_or_else(|| Error::NotFound(format!("picture {id}")))?;
    let fate = if known.is_some() { Fate::Unchanged } else { Fate::Imported };
    Ok((id, picture.address(), fate))
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
    let mut batch: Vec<Incoming> = Vec::new();
    let mut writing: Option<tokio::task::JoinHandle<Result<Receipt, Error>>> = None;
    loop {
        let found = entries.next().transpose().map_err(|error| unreadable(&args.file, &error))?;
        let is_over = found.is_none();
        match found {
            // Counted already, with its file.
            Some(Found::Entry { entry: wxr::Entry::Item(item), .. })
                if args.uploads.is_some() && item.post_type == "attachment" => {}
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
                    Taken::Refused { kind, name, oddity: (code, reason) } => {
                        receipt.add(kind, Fate::Refused);
                        receipt.warn(line, &name, code, reason);
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

/// Every old address, asked of the real router. One that says nothing here is made to lead to what stood there, as far
/// as that is here; an answer is what is shown or leads on.
async fn ask_addresses(
    desk: &Desk,
    old: &OldSite,
    office: &Office,
    receipt: &mut Receipt,
) -> Result<Addresses, Failure> {
    let web = Web::open(desk.clone(), office.folder.config()?, office.folder.clone(), false)?;
    let mut asked = Addresses::default();
    for address in old.addresses.old_addresses() {
        asked.old += 1;
        let mut status = ask(&web, &address.path).await;
        // A list that is asked for by number looks like the front page with a parameter that means nothing.
        let is_by_number = address.path.starts_with("/?") && !address.path.starts_with("/?p=");
        if (!answers(status) || is_by_number)
            && let Some(leads_to) = now_at(desk, old, &address.points_to).await?
        {
            imports::keep_address(desk, address.path.clone(), leads_to).await?;
            status = ask(&web, &address.path).await;
        }
        if answers(status) {
            asked.answer += 1;
        } else {
            receipt.warn(0, &address.path, "address", format!("the old address answers {status}"));
        }
    }
    Ok(asked)
}

async fn ask(web: &Arc<Web>, path: &str) -> StatusCode {
    let peer = SocketAddr::from(([127, 0, 0, 1], 0));
    match Request::get(path).body(Full::<Bytes>::default()) {
        Ok(request) => routes::serve(web, peer, request).await.status(),
        Err(_) => StatusCode::BAD_REQUEST,
    }
}

fn answers(status: StatusCode) -> bool {
    status.is_success() || status.is_redirection()
}

/// Where something of the old site is now.
async fn now_at(desk: &Desk, old: &OldSite, target: &Target) -> Result<Option<LeadsTo>, Error> {
    let list = |name: ListName| Some(encode(&name.path()));
    let list_of = |taxonomy: &str, slug: &str| match taxonomy {
        "category" => list(ListName::Section(old.section_path(slug)?)),
        "post_tag" => list(ListName::Tag(wordpress_slug(slug))),
        _ => None,
    };
    let by_author = |login: &str| list(ListName::Author(wordpress_slug(login)));
    let with_feed = |place: Option<String>| place.map(|place| format!("{place}feed/"));
    let place = match target {
        Target::Post(id) => match old.file_of(*id) {
            Some(file) => Some(file.to_owned()),
            None => return article_of(desk, old, *id).await,
        },
        Target::Feed(FeedOf::Post(id)) => return article_of(desk, old, *id).await,
        Target::Upload(upload) => old.file_of(upload.attachment).map(str::to_owned),
        Target::Term { taxonomy, slug } => list_of(taxonomy, slug),
        Target::Author { login } => by_author(login),
        Target::Date { year, month, day } => list(match (*month, *day) {
            (Some(month), Some(day)) => match jiff::civil::Date::new(*year, month, day) {
                Ok(date) => ListName::Day(date),
                Err(_) => return Ok(None),
            },
            (Some(month), None) => ListName::Month(*year, month),
            _ => ListName::Year(*year),
        }),
        Target::Feed(FeedOf::Site) => Some("/feed/".into()),
        Target::Feed(FeedOf::Comments) => Some("/comments/feed/".into()),
        Target::Feed(FeedOf::Term { taxonomy, slug }) => with_feed(list_of(taxonomy, slug)),
        Target::Feed(FeedOf::Author { login }) => with_feed(by_author(login)),
    };
    Ok(place.map(LeadsTo::Place))
}

async fn article_of(desk: &Desk, old: &OldSite, id: u64) -> Result<Option<LeadsTo>, Error> {
    let Some(name) = old.name_of(id).map(str::to_owned) else { return Ok(None) };
    let found = desk.store.read(move |db| Ok::<_, Error>(articles::by_old_name(db, &name)?)).await?;
    Ok(found.map(LeadsTo::Article))
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
