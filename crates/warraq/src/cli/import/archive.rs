//! `warraq import archive`: what `warraq export archive` wrote.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use wordpress::wxr::{self, Entry, Found};

use super::batches::Batches;
use super::{expect_site, pin};
use crate::cli::Failure;
use crate::desk::imports::{self, Fate, Receipt};
use crate::desk::{Desk, media, sites};
use crate::error::Error;
use crate::export::archive::{self, Catalogue, PictureFile, RedirectFile, SiteFile, TermFile};
use crate::intake::wordpress::{Keepsakes, keepsake};
use crate::news::permalink::Permalink;
use crate::news::section::NewTerm;
use crate::news::site::Site;
use crate::news::{ArticleId, MediaId};
use crate::store::old_addresses::LeadsTo;
use crate::store::{self, articles};
use crate::worker::Worker;

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
    let folder = &args.folder;
    let mut receipt = Receipt::new(&folder.display().to_string());
    let site: SiteFile = json(&folder.join("site.json"))?;
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
    let terms = |name: &str| -> Result<Vec<TermFile>, Failure> { json(&folder.join(name)) };
    let (sections, tags, people) = (terms("sections.json")?, terms("tags.json")?, terms("people.json")?);
    let by_slug = |terms: &[TermFile]| terms.iter().map(|term| (term.slug.clone(), term.clone().into())).collect();
    (known.sections, known.tags, known.people) = (by_slug(&sections), by_slug(&tags), by_slug(&people));
    let new = |terms: Vec<TermFile>| terms.into_iter().map(NewTerm::from).collect();
    receipt = imports::take_terms(desk, new(sections), new(tags), new(people), receipt).await?;
    take_pictures(desk, folder, &mut known, &mut receipt).await?;
    receipt = take_articles(desk, folder, &known, receipt).await?;
    take_redirects(desk, folder, &mut receipt).await?;
    receipt = take_kept(desk, folder, receipt).await?;
    pin(desk, &mut receipt).await?;
    Worker::new(desk.clone(), "import").run_due().await?;
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

async fn take_pictures(desk: &Desk, folder: &Path, known: &mut Known, receipt: &mut Receipt) -> Result<(), Failure> {
    let pictures: Vec<PictureFile> = json(&folder.join("media.json"))?;
    for picture in pictures {
        match take_picture(desk, folder, &picture).await {
            Ok((id, address, fate)) => {
                receipt.add("attachment", fate);
                known.pictures.insert(picture.file, (id, address));
            }
            Err(error) => {
                receipt.add("attachment", Fate::Refused);
                receipt.warn(0, &picture.file, "media", error.to_string());
            }
        }
    }
    Ok(())
}

async fn take_picture(desk: &Desk, folder: &Path, picture: &PictureFile) -> Result<(MediaId, String, Fate), Error> {
    let path = Path::new(&picture.file);
    if !path.components().all(|part| matches!(part, std::path::Component::Normal(_))) {
        return Err(Error::Conflict(format!("{} is no name of a file", picture.file)));
    }
    let whole = folder.join("media").join(path);
    let (file, is_new) = media::take_in_file(desk, whole, &picture.file, &picture.alt, &picture.credit).await?;
    Ok((file.id, file.address(), if is_new { Fate::Imported } else { Fate::Unchanged }))
}

/// In the order of their numbers, so that what is translated comes before its translation.
async fn take_articles(desk: &Desk, folder: &Path, known: &Known, receipt: Receipt) -> Result<Receipt, Failure> {
    let mut found = Vec::new();
    for group in ["articles", "pages", "drafts"] {
        find(&folder.join(group), &mut found)?;
    }
    found.sort();
    let mut batches = Batches::new(desk, true, receipt);
    for (_, own) in found {
        let text = |name: &str| match fs::read_to_string(own.join(name)) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        };
        let read = text("index.md").and_then(|page| {
            let page = page.ok_or("index.md is missing")?;
            archive::read(&page, text("comments.json")?.as_deref(), known)
        });
        match read {
            Ok(incoming) => batches.push(incoming).await?,
            Err(reason) => {
                batches.receipt.add("post", Fate::Refused);
                batches.receipt.warn(0, &own.display().to_string(), "refused", reason);
            }
        }
    }
    batches.finish().await
}

/// Folders of articles with their numbers.
fn find(folder: &Path, found: &mut Vec<(i64, PathBuf)>) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::bad_input(format!("{}: {error}", folder.display()))),
    };
    for entry in entries {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        match name.split_once('-').and_then(|(number, _)| number.parse().ok()) {
            Some(number) => found.push((number, entry.path())),
            None => find(&entry.path(), found)?,
        }
    }
    Ok(())
}

async fn take_redirects(desk: &Desk, folder: &Path, receipt: &mut Receipt) -> Result<(), Failure> {
    let redirects: Vec<RedirectFile> = json(&folder.join("redirects.json"))?;
    let numbers: Vec<i64> = redirects.iter().filter_map(|redirect| redirect.article).collect();
    let here = desk.store.read(move |db| Ok::<_, Error>(articles::taken_ids(db, &numbers)?)).await?;
    let mut leads = Vec::with_capacity(redirects.len());
    for redirect in redirects {
        let leads_to = match redirect.article.map(ArticleId) {
            None => LeadsTo::Place(redirect.place),
            Some(id) if here.contains(&id) => LeadsTo::Article(id),
            Some(id) => {
                receipt.warn(0, &redirect.from, "address", format!("it leads to article {id}, which is not here"));
                continue;
            }
        };
        leads.push((redirect.from, leads_to));
    }
    Ok(imports::keep_addresses(desk, leads).await?)
}

async fn take_kept(desk: &Desk, folder: &Path, receipt: Receipt) -> Result<Receipt, Failure> {
    let Ok(file) = fs::File::open(folder.join("kept.xml")) else { return Ok(receipt) };
    let (mut batches, mut names) = (Batches::new(desk, true, receipt), Keepsakes::default());
    for found in wxr::Reader::new(std::io::BufReader::new(file)) {
        let found = found.map_err(|error| Failure::bad_input(format!("kept.xml: {error}")))?;
        if let Found::Entry { line, entry: Entry::Item(item) } = found {
            batches.keep(names.told_apart(keepsake(line as usize, &item.post_type, &item))).await?;
        }
    }
    batches.finish().await
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T, Failure> {
    let text = fs::read_to_string(file).map_err(|error| {
        Failure::bad_input(format!("{}: {error}; is this a folder that warraq export archive wrote?", file.display()))
    })?;
    serde_json::from_str(&text).map_err(|error| Failure::bad_input(format!("{}: {error}", file.display())))
}
