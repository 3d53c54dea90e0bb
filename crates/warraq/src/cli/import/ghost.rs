//! `warraq import ghost`: a whole site from the file that Ghost exports.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::batches::Batches;
use super::media::{bring_all, bring_missing};
use super::old_addresses::{self, Router, answers};
use super::rehearsal::Rehearsal;
use super::{expect_site, pin};
use crate::cli::Failure;
use crate::cli::office::Office;
use crate::desk::imports::{self, Addresses, Fate, Receipt};
use crate::desk::{Desk, files, media, terms};
use crate::error::Error;
use crate::fetch::Fetcher;
use crate::intake::ghost::{OldSite, Target};
use crate::news::media::{Media, address_of, is_picture};
use crate::store::old_addresses::{LeadsTo, Place};
use crate::store::old_files::{self, OldFile};
use crate::web::urls::{ListName, encode};
use crate::worker::{Worker, name_here};

/// The biggest export that is read, in bytes: it is held in memory.
const MAX_EXPORT: u64 = 1 << 30;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct GhostArgs {
    /// The file: .json. In Ghost: Settings, Import/Export (or Labs), Export content.
    file: PathBuf,
    /// Publish what was public there, with its dates; otherwise everything is kept as drafts.
    #[arg(long)]
    publish: bool,
    /// The folder content of the old site (with images, media, files in it): its pictures and files come in too.
    #[arg(long, value_name = "DIR", conflicts_with = "fetch_media")]
    content: Option<PathBuf>,
    /// Fetch pictures and files from the old site, which must still answer; what came once is not fetched again.
    #[arg(long)]
    fetch_media: bool,
    /// The address of the old site, https://old.example. Needed to fetch, where the export does not say it.
    #[arg(long, value_name = "ADDRESS")]
    old_site: Option<String>,
    /// Only say what would come in: the import runs on a copy of the database, which is thrown away.
    #[arg(long)]
    dry_run: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, args: &GhostArgs, office: &Office) -> Result<Receipt, Failure> {
    if !args.dry_run {
        return move_in(desk, args, office).await;
    }
    let rehearsal = Rehearsal::of(desk, office).await?;
    move_in(&rehearsal.desk, args, office).await
}

async fn move_in(desk: &Desk, args: &GhostArgs, office: &Office) -> Result<Receipt, Failure> {
    let fetcher = office.fetcher(&expect_site(desk).await?)?;
    let mut old = read(args)?;
    let mut receipt = Receipt::new(&args.file.display().to_string());
    for (line, name, reason) in std::mem::take(&mut old.refused) {
        receipt.add("post", Fate::Refused);
        receipt.warn(line, &name, "refused", reason);
    }
    for tag in std::mem::take(&mut old.internal_tags) {
        receipt.add("tag", Fate::Refused);
        receipt.warn(0, &tag, "internal-tag", "a tag for editors alone");
    }
    for (code, sentence) in std::mem::take(&mut old.oddities) {
        receipt.warn(0, "", code, sentence);
    }
    take_files(desk, &mut old, args, &fetcher, &mut receipt).await?;
    // Articles that came earlier, without them.
    files::place(desk).await?;
    let says = format!("articles of the old site have addresses of the form {}", old.permalink);
    old_addresses::take_over_permalink(desk, &old.permalink, &says, &mut receipt).await?;
    let names = old.terms();
    receipt = imports::take_terms(desk, names.sections, names.tags, names.people, receipt).await?;
    let mut batches = Batches::new(desk, args.publish, receipt);
    for post in old.posts() {
        let (incoming, oddities) = old.take(post);
        for (code, sentence) in oddities {
            batches.receipt.warn(post.line(), &post.name(), code, sentence);
        }
        batches.push(incoming).await?;
    }
    receipt = batches.finish().await?;
    if args.fetch_media {
        bring_missing(desk, &fetcher, true, &mut receipt).await?;
    }
    if args.publish {
        pin(desk, &mut receipt).await?;
    }
    Worker::new(desk.clone(), &name_here("import")).run_due().await?;
    if args.publish {
        receipt.addresses = ask_addresses(desk, &old, office, &mut receipt).await?;
    }
    Ok(receipt)
}

fn read(args: &GhostArgs) -> Result<OldSite, Failure> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::bad_input(format!("{}: {error}", args.file.display()));
    if let Some(site) =
        args.old_site.as_deref().filter(|site| !site.starts_with("http://") && !site.starts_with("https://"))
    {
        return Err(Failure::bad_input(format!("--old-site {site}: write the whole address, https://old.example")));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&args.file).map_err(|error| unreadable(&error))?;
    file.take(MAX_EXPORT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_EXPORT {
        return Err(unreadable(&format!("an export has at most {MAX_EXPORT} bytes")));
    }
    OldSite::read(&bytes, args.old_site.as_deref()).map_err(|error| unreadable(&error))
}

/// The files of the old site. What does not come is counted as refused, named, and waited for.
async fn take_files(
    desk: &Desk,
    old: &mut OldSite,
    args: &GhostArgs,
    fetcher: &Fetcher,
    receipt: &mut Receipt,
) -> Result<(), Failure> {
    if let Some(folder) = args.content.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Failure::bad_input(format!("--content {}: there is no such folder", folder.display())));
    }
    let here = desk.store.read(|db| Ok::<_, Error>(old_files::here(db)?)).await?;
    let mut here: HashMap<String, _> = here.into_iter().map(|(url, id, file, mime)| (url, (id, file, mime))).collect();
    let mut wanted = Vec::new();
    for file in old.files() {
        if let Some((id, name, mime)) = here.remove(&file.url) {
            receipt.add("attachment", Fate::Unchanged);
            old.has_come(&file.url, is_picture(&mime).then_some(id), address_of(&name));
            continue;
        }
        let is_whole = file.url.starts_with("http");
        let file = OldFile { url: file.url, alt: file.alt, credit: String::new() };
        let taken = match &args.content {
            Some(folder) => take_file(desk, folder, &file).await,
            None if args.fetch_media && is_whole => {
                wanted.push(file);
                continue;
            }
            None if args.fetch_media => {
                Err("the export does not say where the old site is: name it with --old-site".into())
            }
            None => {
                Err("name the folder content of the old site with --content, let it be fetched with --fetch-media, \
                         or fetch it later with warraq import media --missing"
                    .into())
            }
        };
        settle(old, &file.url, taken, receipt);
    }
    let urls: Vec<String> = wanted.iter().map(|file| file.url.clone()).collect();
    files::remember(desk, wanted.clone()).await?;
    for (url, brought) in urls.iter().zip(bring_all(desk, fetcher, wanted).await?) {
        settle(old, url, brought, receipt);
    }
    Ok(())
}

/// Count it, and let the old site know where it is now.
fn settle(old: &mut OldSite, url: &str, taken: Result<(Media, bool), String>, receipt: &mut Receipt) {
    match taken {
        Ok((file, is_new)) => {
            receipt.add("attachment", if is_new { Fate::Imported } else { Fate::Unchanged });
            old.has_come(url, file.is_picture().then_some(file.id), file.address());
        }
        Err(reason) => {
            receipt.add("attachment", Fate::Refused);
            receipt.warn(0, url, "media", reason);
        }
    }
}

/// From the folder; says whether it is new here.
async fn take_file(desk: &Desk, folder: &Path, file: &OldFile) -> Result<(Media, bool), String> {
    let path = wordpress::addresses::normal(&file.url);
    let path = percent_encoding::percent_decode_str(&path).decode_utf8_lossy();
    let Some((_, path)) = path.split_once("/content/") else {
        return Err("it does not lie in the folder content of the old site".into());
    };
    let path = path.split('?').next().unwrap_or_default();
    if !Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_))) {
        return Err(format!("{path} does not lie in the folder content of the old site"));
    }
    let taken = media::take_in_file(desk, folder.join(path), path, &file.alt, "").await;
    let (media, is_new) = taken.map_err(|error| error.to_string())?;
    files::came(desk, file.url.clone(), media.id).await.map_err(|error| error.to_string())?;
    Ok((media, is_new))
}

/// Every address of what was public there, asked of the real router. One that says nothing here is made to lead to what
/// stood there.
async fn ask_addresses(
    desk: &Desk,
    old: &OldSite,
    office: &Office,
    receipt: &mut Receipt,
) -> Result<Addresses, Failure> {
    let router = Router::of(desk, office)?;
    let mut asked = Addresses::default();
    for (path, target) in old.old_addresses() {
        asked.old += 1;
        let mut status = router.ask(&path).await;
        if !answers(status)
            && let Some(leads_to) = now_at(desk, &target).await?
        {
            imports::keep_address(desk, &path, leads_to).await?;
            status = router.ask(&path).await;
        }
        if answers(status) {
            asked.answer += 1;
        } else {
            receipt.warn(0, &path, "address", format!("the old address answers {status}"));
        }
    }
    Ok(asked)
}

/// Where something of the old site is now.
async fn now_at(desk: &Desk, target: &Target) -> Result<Option<LeadsTo>, Error> {
    let place = match target {
        Target::Article(name) => return old_addresses::article_of(desk, name.clone()).await,
        Target::FeedOf(list) => list_of(list).map(|place| format!("{place}feed/")),
        Target::Feed => Some("/feed/".to_owned()),
        Target::File(address) => Some(address.clone()),
        list => list_of(list),
    };
    Ok(place.and_then(|place| Place::parse(&place)).map(LeadsTo::Place))
}

fn list_of(target: &Target) -> Option<String> {
    let list = match target {
        Target::Section(slug) => ListName::Section(slug.clone()),
        Target::Tag(slug) => ListName::Tag(slug.clone()),
        Target::Author(person) => ListName::Author(terms::slug_of(person, "person").ok()?),
        Target::Article(_) | Target::Feed | Target::FeedOf(_) | Target::File(_) => return None,
    };
    Some(encode(&list.path()))
}
