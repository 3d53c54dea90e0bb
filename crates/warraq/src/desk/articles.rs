//! Articles: written, published, scheduled, corrected, withdrawn.

use jiff::Timestamp;

use crate::desk::{Desk, terms};
use crate::error::Error;
use crate::identity::without_addresses;
use crate::news::article::{CorrectionKind, Draft, Form, Status};
use crate::news::audit::{Act, Noun};
use crate::news::consequences::Change;
use crate::news::html::{Html, sanitise};
use crate::news::language::Language;
use crate::news::plan::Misfit;
use crate::news::site::Site;
use crate::news::{ArticleId, UserId};
use crate::store::articles::{self, NewArticle, Record};
use crate::store::sections::Tree;
use crate::store::{Tx, jobs, plans, site, stories};

/// A draft made ready for the store: tidied, sanitised, counted.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// With the sanitised body.
    pub draft: Draft,
    html: Html,
    word_count: i64,
    /// What the draft asks for, or its headline; empty when neither has a letter.
    slug: String,
}

impl Prepared {
    /// Do with a draft what needs no database.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that is wrong.
    pub fn new(draft: Draft) -> Result<Self, Error> {
        let mut draft = draft.tidied();
        let flaws = draft.flaws();
        if !flaws.is_empty() {
            return Err(Error::Invalid(flaws));
        }
        let body = arabic::fold::fold(&draft.body, arabic::fold::Fold::INTAKE);
        let html = sanitise(&body);
        let word_count = arabic::words::word_count(&html.text()) as i64;
        html.as_str().clone_into(&mut draft.body);
        let slug = arabic::slug::slug(if draft.slug.is_empty() { &draft.headline } else { &draft.slug });
        Ok(Self { draft, html, word_count, slug })
    }

    /// The slug that it asks for by name or headline.
    #[must_use]
    pub fn asked_slug(&self) -> Option<&str> {
        Some(self.slug.as_str()).filter(|slug| !slug.is_empty())
    }

    /// That slug, else one from its number.
    #[must_use]
    pub fn wished_slug(&self, id: ArticleId) -> String {
        let name = match self.draft.form {
            Form::Article => "article",
            Form::Page => "page",
        };
        self.asked_slug().map_or_else(|| format!("{name}-{id}"), str::to_owned)
    }

    /// How many words the body has.
    #[must_use]
    pub fn word_count(&self) -> i64 {
        self.word_count
    }

    /// The words of the body.
    #[must_use]
    pub fn text(&self) -> String {
        self.html.text()
    }
}

/// Keep a new article as a draft, or a new revision of one. A published article stays as readers know it until it is
/// published again.
///
/// # Errors
/// What is wrong with the draft, no such article, the database.
pub async fn save(
    desk: &Desk,
    id: Option<ArticleId>,
    draft: Draft,
    by: Option<UserId>,
    note: &str,
) -> Result<ArticleId, Error> {
    let prepared = Prepared::new(draft)?;
    let (now, note, tag) = (desk.clock.now(), note.to_owned(), desk.chance.bytes());
    desk.write(move |tx| match id {
        None => {
            let site = expect_site(tx)?;
            let id = ArticleId(tx.next_id("article")?);
            let slug = articles::free_slug(tx, &prepared.wished_slug(id), None)?;
            create_in(
                tx,
                &site,
                &prepared,
                &New { id, slug, guid: urn(tag), shown: None, updated: None },
                by,
                &note,
                now,
            )?;
            Ok(id)
        }
        Some(id) => revise_in(tx, id, &prepared, by, &note, now),
    })
    .await
}

/// What a new article has beside its draft.
pub struct New<'a> {
    /// A number that is free.
    pub id: ArticleId,
    /// A slug that is free.
    pub slug: String,
    /// What other systems know it by.
    pub guid: String,
    /// Since when readers see it, if they do, and the tree of sections; not in the future.
    pub shown: Option<(Timestamp, &'a Tree)>,
    /// When it was last changed elsewhere.
    pub updated: Option<Timestamp>,
}

/// Keep a new article within a transaction.
///
/// # Errors
/// The database.
pub fn create_in(
    tx: &mut Tx<'_>,
    site: &Site,
    prepared: &Prepared,
    new: &New<'_>,
    by: Option<UserId>,
    note: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let New { id, slug, guid, shown, updated } = new;
    let prepared = &*terms::as_joined(tx, prepared)?;
    let shown_since = shown.map(|(at, _)| at);
    let stage = &site.settings.stages.first_for_new().key;
    let row =
        NewArticle { shown: shown_since, updated: *updated, stage, ..row(*id, guid, slug, prepared, &site.language) };
    articles::insert(tx, &row, now)?;
    articles::claim_slug(tx, *id, slug, now)?;
    articles::add_links(tx, *id, &prepared.draft)?;
    join_translations(tx, *id, &prepared.draft)?;
    articles::add_revision(tx, *id, &prepared.draft, by, note, now)?;
    jobs::follow(tx, &Change::DraftSaved(*id), now)?;
    if let Some((at, tree)) = *shown {
        articles::list_new(tx, *id, &prepared.draft, tree, at, site.day_of(at))?;
        jobs::follow(tx, &Change::ArticlePublished(*id), now)?;
    }
    Ok(())
}

/// Keep a revision within a transaction.
///
/// # Errors
/// No such article, the database.
pub fn revise_in(
    tx: &mut Tx<'_>,
    id: ArticleId,
    prepared: &Prepared,
    by: Option<UserId>,
    note: &str,
    now: Timestamp,
) -> Result<ArticleId, Error> {
    keep_in(tx, id, prepared, by, note, None, now)?;
    stories::count_save(tx, id)?;
    Ok(id)
}

/// Keep a revision within a transaction; with `over`, in the place of the newest one, which has that number.
///
/// # Errors
/// As [`revise_in`].
pub(super) fn keep_in(
    tx: &mut Tx<'_>,
    id: ArticleId,
    prepared: &Prepared,
    by: Option<UserId>,
    note: &str,
    over: Option<i64>,
    now: Timestamp,
) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    let prepared = &*terms::as_joined(tx, prepared)?;
    if record.status != Status::Published {
        let site = expect_site(tx)?;
        write_content(tx, &site, &record, prepared, now)?;
        articles::set_links(tx, id, &prepared.draft)?;
        join_translations(tx, id, &prepared.draft)?;
    }
    match over {
        Some(number) => stories::write_over(tx, id, number, &prepared.draft)?,
        None => articles::add_revision(tx, id, &prepared.draft, by, note, now)?,
    }
    Ok(jobs::follow(tx, &Change::DraftSaved(id), now)?)
}

/// Publish an article now, or publish what was changed since. `at` sets another date (for what is taken over from
/// elsewhere); it must not lie in the future.
///
/// # Errors
/// No such article, a date in the future, an embargo, the database.
pub async fn publish(desk: &Desk, id: ArticleId, at: Option<Timestamp>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        let site = expect_site(tx)?;
        if expect_article(tx, id)?.status != Status::Published {
            check_plan(tx, id, now)?;
        }
        publish_in(tx, &site, id, at, now)?;
        by.did(tx, Act::Published, (Noun::Article, id.0), "", now)
    })
    .await
}

/// Publish within a transaction.
///
/// # Errors
/// As [`publish`].
pub fn publish_in(
    tx: &mut Tx<'_>,
    site: &Site,
    id: ArticleId,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    if at.is_some_and(|at| at > now) {
        return Err(Error::conflict(
            "date-in-future",
            format!("article {id} cannot be published with a date in the future; schedule it instead"),
        ));
    }
    if record.status == Status::Published {
        let draft = expect_draft(tx, id)?;
        write_content(tx, site, &record, &Prepared::new(draft.clone())?, now)?;
        articles::set_links(tx, id, &draft)?;
        join_translations(tx, id, &draft)?;
    }
    // What was public once keeps its date: its address may hold it.
    let at = at.or(record.published_at).unwrap_or(now);
    articles::set_published(tx, id, at, now)?;
    articles::list(tx, id, at, site.day_of(at))?;
    jobs::follow(tx, &Change::ArticlePublished(id), now)?;
    Ok(())
}

/// Let an article go out by itself at a time.
///
/// # Errors
/// No such article, it is public already, a time that is over or within an embargo, the database.
pub async fn schedule(desk: &Desk, id: ArticleId, at: Timestamp) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        schedule_in(tx, id, at, now)?;
        by.did(tx, Act::Scheduled, (Noun::Article, id.0), &at.to_string(), now)
    })
    .await
}

/// As [`schedule`], in a transaction that is open.
pub(super) fn schedule_in(tx: &mut Tx<'_>, id: ArticleId, at: Timestamp, now: Timestamp) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    if record.status == Status::Published {
        return Err(Error::conflict("already-public", format!("article {id} is public already")));
    }
    if at <= now {
        return Err(Error::conflict("time-is-over", format!("{at} is over; publish article {id} instead")));
    }
    check_plan(tx, id, at)?;
    articles::set_scheduled(tx, id, at, now)?;
    jobs::follow(tx, &Change::ArticleScheduled(id, at), now)?;
    Ok(())
}

/// A scheduled article becomes a draft again, in a transaction that is open.
pub(super) fn unschedule_in(tx: &mut Tx<'_>, id: ArticleId, now: Timestamp) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    if record.status != Status::Scheduled {
        return Err(Error::conflict("not-scheduled", format!("article {id} is not scheduled")));
    }
    Ok(articles::set_draft(tx, id, now)?)
}

/// The time of a scheduled article has come. Does nothing when it was published, withdrawn or moved to another time
/// meanwhile, so that it may be called any number of times.
///
/// # Errors
/// The database.
pub async fn publish_due(desk: &Desk, id: ArticleId, at: Timestamp) -> Result<bool, Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        let record = articles::record(tx, id)?;
        let due = record
            .is_some_and(|record| record.status == Status::Scheduled && record.scheduled_at == Some(at) && at <= now);
        if due {
            let site = expect_site(tx)?;
            publish_in(tx, &site, id, Some(at), now)?;
            by.did(tx, Act::Published, (Noun::Article, id.0), "", now)?;
        }
        Ok(due)
    })
    .await
}

/// The end of an article has come: it is withdrawn. Does nothing when it is not public, or its end was moved meanwhile.
///
/// # Errors
/// The database.
pub async fn withdraw_due(desk: &Desk, id: ArticleId, at: Timestamp) -> Result<bool, Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        let is_public = articles::record(tx, id)?.is_some_and(|record| record.status == Status::Published);
        let due = is_public && at <= now && plans::of(tx, id)?.expires_at == Some(at);
        if due {
            withdraw_in(tx, id, "", now)?;
            by.did(tx, Act::Withdrawn, (Noun::Article, id.0), "expired", now)?;
        }
        Ok(due)
    })
    .await
}

/// May an article go out at `at`, as its plan says?
pub(super) fn check_plan(tx: &mut Tx<'_>, id: ArticleId, at: Timestamp) -> Result<(), Error> {
    match plans::of(tx, id)?.allows(at) {
        Ok(()) => Ok(()),
        Err(Misfit::Embargo) => Err(Error::conflict("under-embargo", format!("article {id} is under embargo at {at}"))),
        Err(Misfit::Expired) => Err(Error::conflict("past-its-end", format!("article {id} goes away before {at}"))),
    }
}

/// Take an article away from readers; its address says that it is gone, and why.
///
/// # Errors
/// No such article, it was not public, the database.
pub async fn withdraw(desk: &Desk, id: ArticleId, reason: &str) -> Result<(), Error> {
    let (by, now, reason) = (desk.by.clone(), desk.clock.now(), reason.to_owned());
    desk.write(move |tx| {
        withdraw_in(tx, id, &reason, now)?;
        by.did(tx, Act::Withdrawn, (Noun::Article, id.0), &without_addresses(&reason), now)
    })
    .await
}

/// As [`withdraw`], in a transaction that is open.
pub(super) fn withdraw_in(tx: &mut Tx<'_>, id: ArticleId, reason: &str, now: Timestamp) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    if !matches!(record.status, Status::Published | Status::Scheduled) {
        return Err(Error::conflict("not-public", format!("article {id} is not public")));
    }
    articles::unlist(tx, id)?;
    articles::set_withdrawn(tx, id, &crate::news::article::tidy(reason), now)?;
    jobs::follow(tx, &Change::ArticleWithdrawn(id), now)?;
    Ok(())
}

/// Tell readers that a published article was changed, and how.
///
/// # Errors
/// No such article, it is not public, no words, the database.
pub async fn correct(desk: &Desk, id: ArticleId, kind: CorrectionKind, note: &str) -> Result<(), Error> {
    let (by, now, note) = (desk.by.clone(), desk.clock.now(), note.to_owned());
    desk.write(move |tx| {
        correct_in(tx, id, kind, &note, now)?;
        let details = format!("{}: {}", kind.as_str(), without_addresses(&note));
        by.did(tx, Act::Corrected, (Noun::Article, id.0), &details, now)
    })
    .await
}

/// As [`correct`], in a transaction that is open.
pub(super) fn correct_in(
    tx: &mut Tx<'_>,
    id: ArticleId,
    kind: CorrectionKind,
    note: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let record = expect_article(tx, id)?;
    let note = crate::news::article::tidy(note);
    if record.status != Status::Published || note.is_empty() {
        return Err(Error::conflict(
            "correction-needs",
            format!("a correction needs a public article and some words; article {id} is {}", record.status.as_str()),
        ));
    }
    articles::add_correction(tx, id, kind, &note, now)?;
    Ok(jobs::follow(tx, &Change::ArticlePublished(id), now)?)
}

/// Put every published article into its lists anew (new time zone, sections moved). In steps, so that nobody waits.
///
/// # Errors
/// The database.
pub async fn rebuild_listings(desk: &Desk) -> Result<u64, Error> {
    const STEP: i64 = 500;
    let mut last = ArticleId(0);
    let mut done = 0;
    loop {
        let step = desk
            .write(move |tx| {
                let site = expect_site(tx)?;
                let step = articles::after(tx, last, STEP)?;
                for summary in &step {
                    articles::list(tx, summary.id, summary.published_at, site.day_of(summary.published_at))?;
                }
                Ok(step.iter().map(|summary| summary.id).collect::<Vec<_>>())
            })
            .await?;
        let Some(newest) = step.last() else { return Ok(done) };
        last = *newest;
        done += step.len() as u64;
    }
}

/// The publication, which `init` must have made.
pub(super) fn expect_site(tx: &mut Tx<'_>) -> Result<Site, Error> {
    site::load(tx)?.ok_or_else(|| {
        Error::conflict("no-publication", "there is no publication in this database yet; run warraq init")
    })
}

fn expect_article(tx: &mut Tx<'_>, id: ArticleId) -> Result<Record, Error> {
    articles::record(tx, id)?.ok_or_else(|| Error::NotFound(format!("article {id}")))
}

pub(super) fn expect_draft(tx: &mut Tx<'_>, id: ArticleId) -> Result<Draft, Error> {
    let text =
        articles::latest_revision(tx, id)?.ok_or_else(|| Error::NotFound(format!("revision of article {id}")))?;
    let mut draft = serde_json::from_str(&text)
        .map_err(|error| crate::store::StoreError::Broken(format!("revision of article {id}: {error}")))?;
    terms::follow_joined(tx, &mut draft)?;
    Ok(draft)
}

/// Write a draft over the row; a new slug is claimed, the old one stays with the article.
fn write_content(
    tx: &mut Tx<'_>,
    site: &Site,
    record: &Record,
    prepared: &Prepared,
    now: Timestamp,
) -> Result<(), Error> {
    let wish = if prepared.draft.slug.is_empty() { record.slug.clone() } else { prepared.wished_slug(record.id) };
    let slug = articles::free_slug(tx, &wish, Some(record.id))?;
    articles::claim_slug(tx, record.id, &slug, now)?;
    Ok(articles::set_content(tx, &row(record.id, "", &slug, prepared, &site.language), now)?)
}

fn join_translations(tx: &mut Tx<'_>, id: ArticleId, draft: &Draft) -> Result<(), Error> {
    if let Some(other) = draft.translation_of.filter(|other| *other != id) {
        expect_article(tx, other)?;
        articles::set_translation_group(tx, id, other)?;
    }
    Ok(())
}

fn row<'a>(
    id: ArticleId,
    guid: &'a str,
    slug: &'a str,
    prepared: &'a Prepared,
    site_language: &'a Language,
) -> NewArticle<'a> {
    NewArticle {
        id,
        guid,
        slug,
        draft: &prepared.draft,
        body: &prepared.html,
        word_count: prepared.word_count,
        language: prepared.draft.language.as_ref().unwrap_or(site_language),
        shown: None,
        updated: None,
        stage: "",
    }
}

/// A name of our own for a new article (RFC 9562, version 4).
pub(super) fn urn(mut tag: [u8; 16]) -> String {
    tag[6] = (tag[6] & 0x0f) | 0x40;
    tag[8] = (tag[8] & 0x3f) | 0x80;
    let hex: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}
