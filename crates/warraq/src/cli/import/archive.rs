//! `warraq import archive`: what `warraq export archive` wrote.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use wordpress::addresses::normal;
use wordpress::wxr::{self, Entry, Found};

use super::batches::Batches;
use super::folder::Folder;
use super::{expect_site, pin};
use crate::cli::Failure;
use crate::desk::imports::{self, Fate, Receipt};
use crate::desk::{Desk, media, sites};
use crate::error::Error;
use crate::export::archive::{self, Catalogue, PictureFile, RedirectFile, SiteFile, TermFile};
use crate::intake::wordpress::{Keepsakes, keepsake};
use crate::news::MediaId;
use crate::news::permalink::Permalink;
use crate::news::section::NewTerm;
use crate::news::site::Site;
use crate::store;
use crate::store::old_addresses::{LeadsTo, Place};
use crate::worker::{Worker, name_here};

/// What the lists of an archive may measure, in bytes: a million old addresses fit.
const MAX_LIST: u64 = 512 * 1024 * 1024;
/// What an article may measure, in bytes.
const MAX_ARTICLE: u64 = 32 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ArchiveArgs {
    /// The folder.
    folder: PathBuf,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

/// What the files of the archive refer to.
#[derive(Default)]
struct Known {
    sections: HashMap<String, NewTerm>,
    tags: HashMap<String, NewTerm>,
    people: HashMap<String, NewTerm>,
    pictures: HashMap<String, (MediaId, String)>,
}

impl Catalogue for Known {
    fn section(&self, path: &str) -> Option<NewTerm> {
        self.sections.get(path).cloned()
    }

    fn tag(&self, slug: &str) -> Option<NewTerm> {
        self.tags.get(slug).cloned()
    }

    fn person(&self, slug: &str) -> Option<NewTerm> {
        self.people.get(slug).cloned()
    }

    fn picture(&self, file: &str) -> Option<(MediaId, &str)> {
        self.pictures.get(file).map(|(id, address)| (*id, address.as_str()))
    }
}

pub(super) async fn import(desk: &Desk, args: &ArchiveArgs) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let folder = &Folder::at(&args.folder).map_err(Failure::bad_input)?;
    let mut receipt = Receipt::new(&args.folder.display().to_string());
    let site: SiteFile = json(folder, "site.json")?;
    let publication = take_over_permalink(desk, publication, &site.permalink).await?;
    for (what, there, here) in [
        ("permalink", site.permalink.as_str(), publication.permalink.as_str()),
        ("base-url", site.base_url.as_str(), publication.base_url.as_str()),
        ("title", site.title.as_str(), publication.title.as_str()),
    ] {
        if there != here {
            receipt.warn(
                0,
                what,
                "setting",
                format!("the archive has «{there}», here it is «{here}»; see warraq site change"),
            );
        }
    }
    let mut known = Known::default();
    let terms = |name: &str| -> Result<Vec<TermFile>, Failure> { json(folder, name) };
    let (sections, tags, people) = (terms("sections.json")?, terms("tags.json")?, terms("people.json")?);
    let by_slug = |terms: &[TermFile]| terms.iter().map(|term| (term.slug.clone(), term.clone().into())).collect();
    (known.sections, known.tags, known.people) = (by_slug(&sections), by_slug(&tags), by_slug(&people));
    let new = |terms: Vec<TermFile>| terms.into_iter().map(NewTerm::from).collect();
    receipt = imports::take_terms(desk, new(sections), new(tags), new(people), receipt).await?;
    take_pictures(desk, folder, &mut known, &mut receipt).await?;
    let redirects: Vec<RedirectFile> = json(folder, "redirects.json")?;
    let mut led_to: HashMap<i64, String> =
        redirects.iter().filter_map(|redirect| Some((redirect.article?, String::new()))).collect();
    receipt = take_articles(desk, folder, &known, &mut led_to, receipt).await?;
    take_redirects(desk, redirects, &led_to, &mut receipt).await?;
    receipt = take_kept(desk, folder, receipt).await?;
    pin(desk, &mut receipt).await?;
    Worker::new(desk.clone(), &name_here("import")).run_due().await?;
    Ok(receipt)
}

/// A publication without articles takes the form of addresses over.
async fn take_over_permalink(desk: &Desk, mut publication: Site, pattern: &str) -> Result<Site, Failure> {
    let is_empty = desk.store.read(|db| Ok::<_, Error>(store::holdings::last(db)? == 0)).await?;
    if is_empty && publication.permalink.as_str() != pattern {
        publication.permalink = Permalink::parse(pattern)
            .map_err(|error| Failure::bad_input(format!("site.json: permalink {pattern}: {error}")))?;
        sites::change(desk, publication.clone()).await?;
    }
    Ok(publication)
}

async fn take_pictures(desk: &Desk, folder: &Folder, known: &mut Known, receipt: &mut Receipt) -> Result<(), Failure> {
    let pictures: Vec<PictureFile> = json(folder, "media.json")?;
    for picture in pictures {
        match take_picture(desk, folder, &picture).await {
            Ok((id, address, fate)) => {
                receipt.add("attachment", fate);
                known.pictures.insert(picture.file, (id, address));
            }
            Err(error) if error.is_ours() => return Err(error.into()),
            Err(error) => {
                receipt.add("attachment", Fate::Refused);
                receipt.warn(0, &picture.file, "media", error.to_string());
            }
        }
    }
    Ok(())
}

async fn take_picture(desk: &Desk, folder: &Folder, picture: &PictureFile) -> Result<(MediaId, String, Fate), Error> {
    let file = folder.file(Path::new("media").join(&picture.file))?;
    let (file, is_new) = media::take_in_file(desk, file, &picture.file, &picture.alt, &picture.credit).await?;
    Ok((file.id, file.address(), if is_new { Fate::Imported } else { Fate::Unchanged }))
}

/// In the order of their numbers, so that what is translated comes before its translation. Those that a redirect leads to
/// say their names: the numbers that they get here may be others.
async fn take_articles(
    desk: &Desk,
    folder: &Folder,
    known: &Known,
    led_to: &mut HashMap<i64, String>,
    receipt: Receipt,
) -> Result<Receipt, Failure> {
    let mut found = Vec::new();
    for group in ["articles", "pages", "drafts"] {
        if let Some(whole) = folder.folder(group).map_err(Failure::bad_input)? {
            find(&whole, Path::new(group), &mut found)?;
        }
    }
    found.sort();
    let mut batches = Batches::new(desk, true, receipt);
    for (number, own) in found {
        let read = || {
            let page = folder.text(own.join("index.md"), MAX_ARTICLE).map_err(|error| error.to_string())?;
            let comments = folder.text_if_there(own.join("comments.json"), MAX_LIST);
            archive::read(&page, comments.map_err(|error| error.to_string())?.as_deref(), known)
        };
        match read() {
            Ok(incoming) => {
                if let Some(name) = led_to.get_mut(&number) {
                    name.clone_from(&incoming.guid);
                }
                batches.push(incoming).await?;
            }
            Err(reason) => {
                batches.receipt.add("post", Fate::Refused);
                batches.receipt.warn(0, &own.display().to_string(), "refused", reason);
            }
        }
    }
    batches.finish().await
}

/// Folders of articles with their numbers; `named` is the way to `folder` within the archive. Links are not followed.
fn find(folder: &Path, named: &Path, found: &mut Vec<(i64, PathBuf)>) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::bad_input(format!("{}: {error}", folder.display())))?;
    for entry in entries {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let named = named.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        match name.split_once('-').and_then(|(number, _)| number.parse().ok()) {
            Some(number) => found.push((number, named)),
            None => find(&entry.path(), &named, found)?,
        }
    }
    Ok(())
}

async fn take_redirects(
    desk: &Desk,
    redirects: Vec<RedirectFile>,
    led_to: &HashMap<i64, String>,
    receipt: &mut Receipt,
) -> Result<(), Failure> {
    let names: Vec<String> = led_to.values().cloned().collect();
    let look = move |db: &mut store::Db<'_>| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        store::articles::by_old_names(db, &names)
    };
    let here = desk.store.read(move |db| look(db).map_err(Error::from)).await?;
    for RedirectFile { from, article, place } in redirects {
        let leads_to = match article {
            Some(number) => match led_to.get(&number).and_then(|name| here.get(name)) {
                Some(id) => LeadsTo::Article(*id),
                None => {
                    receipt.warn(0, &from, "address", format!("it leads to article {number}, which is not here"));
                    continue;
                }
            },
            // One that leads to itself leads round in a circle.
            None => match Place::parse(&place).filter(|place| normal(place.as_str()) != normal(&from)) {
                Some(place) => LeadsTo::Place(place),
                None => {
                    let reason = format!("it was to lead to «{place}», which is no place of this publication");
                    receipt.warn(0, &from, "address", reason);
                    continue;
                }
            },
        };
        match imports::add_address(desk, &from, leads_to).await {
            Ok(None) => {}
            Ok(Some(_)) => receipt.warn(0, &from, "address", "it leads to another place here already, and still does"),
            Err(Error::NotFound(what)) => {
                receipt.warn(0, &from, "address", format!("it leads to {what}, which is not here"));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn take_kept(desk: &Desk, folder: &Folder, receipt: Receipt) -> Result<Receipt, Failure> {
    let file = match folder.file("kept.xml") {
        Ok(file) => fs::File::open(file)?,
        Err(Error::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => return Ok(receipt),
        Err(error) => return Err(Failure::bad_input(error)),
    };
    let (mut batches, mut names) = (Batches::new(desk, true, receipt), Keepsakes::default());
    for found in wxr::Reader::new(std::io::BufReader::new(file)) {
        let found = found.map_err(|error| Failure::bad_input(format!("kept.xml: {error}")))?;
        if let Found::Entry { line, entry: Entry::Item(item) } = found {
            batches.keep(names.told_apart(keepsake(line as usize, &item.post_type, &item))).await?;
        }
    }
    batches.finish().await
}

fn json<T: DeserializeOwned>(folder: &Folder, name: &str) -> Result<T, Failure> {
    let text = folder
        .text(name, MAX_LIST)
        .map_err(|error| Failure::bad_input(format!("{error}; is this a folder that warraq export archive wrote?")))?;
    serde_json::from_str(&text).map_err(|error| Failure::bad_input(format!("{name}: {error}")))
}
