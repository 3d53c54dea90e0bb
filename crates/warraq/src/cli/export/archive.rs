//! `warraq export archive`: a folder that people and programs read without us.

use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use wordpress::addresses::normal;
use wordpress::wxr;

use super::{BATCH, Kept, whole, write_kept};
use crate::cli::Failure;
use crate::cli::office::{Office, block_on, print_json};
use crate::desk::Desk;
use crate::durable;
use crate::error::Error;
use crate::export::archive::{self, PictureFile, RedirectFile, SiteFile, TermFile};
use crate::media::StoredName;
use crate::news::ArticleId;
use crate::news::site::Site;
use crate::store::old_addresses::LeadsTo;
use crate::store::{self, holdings, old_addresses, sections, site};
use crate::web::urls::{ListName, encode};

/// What stands in the folder, for whoever finds it.
const README: &str = include_str!("archive.md");

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ArchiveArgs {
    /// The folder to make.
    folder: PathBuf,
    /// Also what came from another site, has no place here and was kept sealed: menus, revisions, and entries of forms with
    /// the names and addresses of those who sent them. Readable in kept.xml for whoever has the folder.
    #[arg(long)]
    with_kept: bool,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

/// What was written.
#[derive(Debug, Default, Serialize)]
struct Written {
    articles: u64,
    comments: u64,
    pictures: u64,
    redirects: u64,
    #[serde(flatten)]
    kept: Kept,
}

pub(super) fn run(args: &ArchiveArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    // Drafts are in it: nobody else may look.
    let begin = |part: &Path| {
        fs::create_dir_all(part.parent().unwrap_or(Path::new("")))?;
        fs::DirBuilder::new().mode(0o700).create(part)
    };
    let written = whole(&args.folder, begin, |(), part| {
        let written = block_on(write(&desk, part, args.with_kept))??;
        durable::sync_tree(part)?;
        Ok(written)
    })?;
    if args.json {
        return print_json(&written);
    }
    let Written { articles, comments, pictures, redirects, kept } = written;
    println!(
        "{}: {articles} articles and pages, {comments} comments, {pictures} pictures, {redirects} old addresses, {kept}",
        args.folder.display()
    );
    Ok(())
}

async fn write(desk: &Desk, folder: &Path, with_kept: bool) -> Result<Written, Failure> {
    let around = desk.store.read(|db| {
        let terms = (sections::all(db)?, holdings::tags(db)?, holdings::people(db)?);
        Ok::<_, Error>((site::load(db)?, terms, holdings::translations(db)?, holdings::pictures(db)?))
    });
    let (publication, (sections, tags, people), translations, pictures) = around.await?;
    let publication = publication
        .ok_or_else(|| Failure::bad_input("there is no publication in this database yet; run warraq init"))?;
    fs::write(folder.join("README.md"), README)?;
    write_json(&folder.join("site.json"), &site_file(&publication))?;
    write_json(&folder.join("sections.json"), &sections.iter().map(TermFile::section).collect::<Vec<_>>())?;
    write_json(&folder.join("tags.json"), &tags.iter().map(TermFile::tag).collect::<Vec<_>>())?;
    write_json(&folder.join("people.json"), &people.iter().map(TermFile::person).collect::<Vec<_>>())?;
    let mut written = Written { pictures: pictures.len() as u64, ..Written::default() };
    fs::create_dir(folder.join("media"))?;
    let mut listed = Vec::with_capacity(pictures.len());
    for picture in pictures {
        let name = StoredName::parse(&picture.file)?;
        let copy = folder.join("media").join(&picture.file);
        fs::create_dir_all(copy.parent().unwrap_or(folder))?;
        fs::copy(desk.media.path(&name), copy)?;
        listed.push(PictureFile { file: picture.file, alt: picture.alt, credit: picture.credit });
    }
    write_json(&folder.join("media.json"), &listed)?;
    let originals: HashMap<i64, ArticleId> =
        translations.iter().filter_map(|(group, all)| Some((*group, all.first()?.1))).collect();
    let mut names: HashMap<ArticleId, String> = HashMap::new();
    let mut last = ArticleId(0);
    loop {
        let some = desk.store.read(move |db| holdings::after(db, last, BATCH).map_err(Error::from)).await?;
        let Some(newest) = some.last() else { break };
        last = newest.id;
        for holding in &some {
            let original = holding.translation_group.and_then(|group| originals.get(&group));
            if original == Some(&holding.id) {
                names.insert(holding.id, holding.guid.clone());
            }
            let original =
                original.filter(|original| **original != holding.id).and_then(|original| names.get(original));
            let own = folder.join(archive::folder(holding));
            fs::create_dir_all(&own)?;
            fs::write(own.join("index.md"), archive::page(holding, original.cloned(), &publication.settings.stages))?;
            if let Some(comments) = archive::comments(holding) {
                fs::write(own.join("comments.json"), comments)?;
            }
            written.articles += 1;
            written.comments += holding.comments.len() as u64;
        }
    }
    written.redirects = write_redirects(desk, &folder.join("redirects.json")).await?;
    let mut kept = wxr::Writer::new(Vec::new());
    written.kept = write_kept(desk, &mut kept, with_kept).await?;
    if written.kept.kept > 0 {
        fs::write(folder.join("kept.xml"), kept.finish()?)?;
    }
    Ok(written)
}

fn site_file(site: &Site) -> SiteFile {
    SiteFile {
        title: site.title.clone(),
        tagline: site.tagline.clone(),
        language: site.language.as_str().to_owned(),
        time_zone: site.time_zone.iana_name().unwrap_or("UTC").to_owned(),
        base_url: site.base_url.as_str().to_owned(),
        permalink: site.permalink.as_str().to_owned(),
        settings: serde_json::to_value(&site.settings).unwrap_or_default(),
    }
}

async fn write_redirects(desk: &Desk, file: &Path) -> Result<u64, Failure> {
    let (mut all, mut last) = (Vec::new(), String::new());
    loop {
        let after = last.clone();
        let some = desk.store.read(move |db| old_addresses::after(db, &after, BATCH).map_err(Error::from)).await?;
        let Some((newest, _)) = some.last() else { break };
        last.clone_from(newest);
        all.extend(some.into_iter().map(|(from, leads_to)| match leads_to {
            LeadsTo::Article(id) => RedirectFile { from, article: Some(id.0), place: String::new() },
            LeadsTo::Place(place) => RedirectFile { from, article: None, place: place.as_str().to_owned() },
        }));
    }
    let joined = |db: &mut store::Db<'_>| Ok::<_, Error>((holdings::joined_tags(db)?, holdings::joined_people(db)?));
    let (tags, people) = desk.store.read(joined).await?;
    let tags = tags.into_iter().map(|(from, to)| (ListName::Tag(from), ListName::Tag(to)));
    let people = people.into_iter().map(|(from, to)| (ListName::Author(from), ListName::Author(to)));
    all.extend(tags.chain(people).map(|(from, to)| {
        let from = normal(&from.path());
        RedirectFile { from, article: None, place: encode(&to.path()) }
    }));
    write_json(file, &all)?;
    Ok(all.len() as u64)
}

fn write_json(file: &Path, value: &impl Serialize) -> Result<(), Failure> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(fs::write(file, text)?)
}
