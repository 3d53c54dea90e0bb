//! Files of a site that moved in: remembered while they are missing, put where they belong when they come.

use wordpress::addresses::normal;
use wordpress::uploads::{self, Moved};

use crate::desk::articles::{self as verbs, Prepared};
use crate::desk::{Desk, imports};
use crate::error::Error;
use crate::news::article::{Draft, Lead, Status};
use crate::news::incoming::FILE_FOLDERS;
use crate::news::{ArticleId, MediaId, media::address_of};
use crate::store::old_addresses::{self, LeadsTo, Place};
use crate::store::old_files::{self, Arrived, OldFile};
use crate::store::{Tx, articles, media};

/// How many articles get their files in one transaction.
const BATCH: usize = 50;
/// The note on a revision in which nothing but addresses of files changed.
const NOTE: &str = "files";

/// What became of the articles that waited.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Readers see the files there now, or will when it is published.
    pub changed: Vec<ArticleId>,
    /// Readers do not see the files there: an editor has changes that are not out yet, or it would grow too long.
    pub held: Vec<ArticleId>,
}

/// Files that the old site had. What came in already stays.
///
/// # Errors
/// The database.
pub async fn remember(desk: &Desk, files: Vec<OldFile>) -> Result<(), Error> {
    desk.write(move |tx| Ok(files.iter().try_for_each(|file| old_files::remember(tx, file))?)).await
}

/// A file did not come, and why.
///
/// # Errors
/// The database.
pub async fn did_not_come(desk: &Desk, url: String, reason: String) -> Result<(), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| Ok(old_files::set_reason(tx, &url, &reason, now)?)).await
}

/// A file came; its old address leads to it from now on.
///
/// # Errors
/// No such picture or file, the database.
pub async fn came(desk: &Desk, url: String, id: MediaId) -> Result<(), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| {
        let file = media::by_id(tx, id)?.ok_or_else(|| Error::NotFound(format!("file {id}")))?;
        old_files::set_here(tx, &url, id, now)?;
        let here = Place::parse(&file.address()).ok_or_else(|| Error::NotFound(format!("an address of file {id}")))?;
        Ok(old_addresses::keep(tx, &normal(&url), &LeadsTo::Place(here))?)
    })
    .await
}

/// Put files that have come into the articles that wait for them: addresses in the text, the picture on top. Nothing else
/// of an article changes, whoever wrote it.
///
/// # Errors
/// The database.
pub async fn place(desk: &Desk) -> Result<Placed, Error> {
    let mut placed = Placed::default();
    loop {
        let waiting = desk.store.read(|db| Ok::<_, Error>(old_files::waiting(db, BATCH as i64)?)).await?;
        if waiting.is_empty() {
            return Ok(placed);
        }
        let now = desk.clock.now();
        let some = desk
            .write(move |tx| {
                let mut placed = Placed::default();
                for id in waiting {
                    let arrived = old_files::arrived(tx, id)?;
                    match tx.attempt(|tx| put_in(tx, id, &arrived, now)) {
                        Ok(Some(Seen::Now)) => placed.changed.push(id),
                        Ok(Some(Seen::Later)) => placed.held.push(id),
                        Ok(None) => {}
                        // It has grown too long, or is gone: one article is not the end of it.
                        Err(Error::Invalid(_) | Error::Conflict(_) | Error::NotFound(_)) => placed.held.push(id),
                        Err(error) => return Err(error),
                    }
                    arrived.iter().try_for_each(|file| old_files::settle(tx, id, &file.url))?;
                }
                Ok(placed)
            })
            .await?;
        placed.changed.extend(some.changed);
        placed.held.extend(some.held);
    }
}

/// When readers see the files of an article.
enum Seen {
    /// Now, or when an article is published that was never public.
    Now,
    /// When somebody publishes the work that is on top of what they see.
    Later,
}

/// `None` when nothing of the article changes.
fn put_in(tx: &mut Tx<'_>, id: ArticleId, arrived: &[Arrived], now: jiff::Timestamp) -> Result<Option<Seen>, Error> {
    let read = |text: Option<String>| text.and_then(|text| serde_json::from_str::<Draft>(&text).ok());
    let Some(latest) = read(articles::latest_revision(tx, id)?) else { return Ok(None) };
    let Some(record) = articles::record(tx, id)? else { return Ok(None) };
    let shows_latest = articles::shows_latest_revision(tx, id)?;
    let imported = read(articles::latest_noted(tx, id, imports::NOTE)?);
    let is_ours = imported.as_ref() == Some(&latest);
    let prepared = |draft: Option<Draft>| draft.map(Prepared::new).transpose();
    // The import must find what it left, or it would take the files for the work of an editor.
    let left = prepared(imported.filter(|_| !is_ours).and_then(|imported| with_files(&imported, arrived)))?;
    // The last revision is what counts: it is kept again on top of what the import finds.
    let on_top = with_files(&latest, arrived).or_else(|| left.as_ref().map(|_| latest));
    let Some(on_top) = prepared(on_top)? else { return Ok(None) };
    if let Some(left) = left {
        articles::add_revision(tx, id, &left.draft, None, imports::NOTE, now)?;
    }
    verbs::revise_in(tx, id, &on_top, None, if is_ours { imports::NOTE } else { NOTE }, now)?;
    if record.status != Status::Published {
        return Ok(Some(Seen::Now));
    }
    if !shows_latest {
        return Ok(Some(Seen::Later));
    }
    let site = verbs::expect_site(tx)?;
    let updated = articles::by_id(tx, id)?.map(|shown| shown.updated_at);
    verbs::publish_in(tx, &site, id, None, now)?;
    // That a file came is no news.
    if let Some(at) = updated {
        articles::set_updated(tx, id, at)?;
    }
    Ok(Some(Seen::Now))
}

/// The draft with the new addresses; `None` when nothing of it changes.
fn with_files(draft: &Draft, arrived: &[Arrived]) -> Option<Draft> {
    let mut moved = Moved::default();
    for file in arrived {
        moved.add(&file.url, &address_of(&file.media.file));
    }
    let host = arrived.first().and_then(|file| uploads::host(&file.url)).unwrap_or_default();
    let mut new = draft.clone();
    new.body = uploads::replace_in(&draft.body, &FILE_FOLDERS, host, |url| moved.find(url).map(str::to_owned));
    if new.lead.is_none() {
        new.lead = arrived.iter().find_map(|file| {
            let words = file.lead.clone().filter(|_| file.media.is_picture())?;
            Some(Lead { media: file.media.id, alt: words.alt, caption: words.caption, credit: words.credit })
        });
    }
    (new != *draft).then_some(new)
}
