//! Finding articles.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::news::article::{
    Article, Correction, CorrectionKind, Form, Kind, LeadPicture, Preview, SectionRef, Source, Status, Summary,
};
use crate::news::html::Html;
use crate::news::language::Language;
use crate::news::media::files_in;
use crate::news::published::Published;
use crate::news::section::Section;
use crate::news::{ArticleId, SectionId};
use crate::store::listings::List;
use crate::store::pulse::Shown;
use crate::store::{AT_ONCE, Db, Row, StoreError, at_once, many, media, people, tags, timestamp};

/// A statement that reads summaries: the columns of [`read_summary`], then `$rest`.
macro_rules! summaries {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.form, a.kind, a.language, a.slug, a.guid, a.kicker, a.headline, a.standfirst, a.source_name, a.source_url, a.licence,
                    a.section_id, s.path, s.name, a.published_at, a.updated_at, a.comment_count, a.comments_open, a.translation_group,
                    a.lead_alt, a.lead_caption, a.lead_credit,
                    m.id, m.file, m.mime, m.width, m.height, m.bytes, m.focal_x, m.focal_y, m.alt, m.credit, m.renditions, a.word_count ",
            $rest
        )
    };
}

const MEDIA_COLUMN: usize = 23;
const WORDS_COLUMN: usize = 34;
const BODY_COLUMN: usize = 35;
const PREVIEW_COLUMN: usize = 36;

/// A statement that finds an owner: the columns of [`read_owner`], then `$rest`.
macro_rules! owners {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, a.form, a.status, a.withdrawn_reason, a.slug, a.published_at, s.path,
                    (SELECT p.slug FROM bylines b JOIN people p ON p.id = b.person_id WHERE b.article_id = a.id ORDER BY b.position LIMIT 1) ",
            $rest
        )
    };
}

/// Who owns an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// An article that readers see, at this address.
    Published(Address),
    /// One that was taken away, and why, or empty.
    Withdrawn(String),
    /// One that nobody sees yet.
    Hidden,
}

/// What the address of a published article is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Its number.
    pub id: ArticleId,
    /// Story or page.
    pub form: Form,
    /// Its slug now.
    pub slug: String,
    /// When it went out.
    pub published_at: Timestamp,
    /// Path of its main section.
    pub section: Option<String>,
    /// Slug of its first byline.
    pub author: Option<String>,
}

/// The article that has or had a slug.
///
/// # Errors
/// The database.
pub fn owner_of_slug(db: &mut Db<'_>, slug: &str) -> Result<Option<Owner>, StoreError> {
    db.saw(Shown::Name("slug", slug));
    let found = db.first(
        owners!("FROM slugs g JOIN articles a ON a.id = g.article_id LEFT JOIN sections s ON s.id = a.section_id WHERE g.slug = $1"),
        &[slug.into()],
        read_owner,
    )?;
    let Some((id, owner)) = found else { return Ok(None) };
    db.saw(Shown::Article(id));
    Ok(Some(owner))
}

/// The article with a number.
///
/// # Errors
/// The database.
pub fn owner_of_id(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Owner>, StoreError> {
    db.saw(Shown::Article(id));
    let found = db.first(
        owners!("FROM articles a LEFT JOIN sections s ON s.id = a.section_id WHERE a.id = $1"),
        &[id.0.into()],
        read_owner,
    )?;
    Ok(found.map(|(_, owner)| owner))
}

/// A published article, whole. `sections` is the tree, for the way down to it.
///
/// # Errors
/// The database.
pub fn published(
    db: &mut Db<'_>,
    id: ArticleId,
    sections: &[Section],
) -> Result<Option<Published<Article>>, StoreError> {
    db.saw(Shown::Article(id));
    let found = db.first(
        summaries!(", t.html, a.preview_title, a.preview_description, a.preview_hidden FROM articles a JOIN bodies t ON t.article_id = a.id LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id
                    WHERE a.id = $1 AND a.status = 'published'"),
        &[id.0.into()],
        |row| {
            let preview = Preview {
                title: row.get(PREVIEW_COLUMN)?,
                description: row.get(PREVIEW_COLUMN + 1)?,
                is_hidden: row.get(PREVIEW_COLUMN + 2)?,
            };
            Ok((read_summary(row)?, row.get::<i64>(WORDS_COLUMN)?, row.get::<String>(BODY_COLUMN)?, preview))
        },
    )?;
    let Some((mut summary, word_count, body, preview)) = found else { return Ok(None) };
    saw_picture(db, &summary);
    summary.bylines = people::bylines_of(db, &[id])?.remove(&id).unwrap_or_default();
    let trail = summary.section.as_ref().map(|section| trail(sections, section.id)).unwrap_or_default();
    let tags = tags::of_article(db, id)?;
    let corrections = corrections(db, id)?;
    let pictures = media::in_files(db, &files_in(&body))?;
    Ok(Some(Published::vouched(Article {
        summary,
        body: Html::from_store(body),
        pictures,
        word_count,
        trail,
        tags,
        corrections,
        preview,
    })))
}

/// A published article as lists show it.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Published<Summary>>, StoreError> {
    db.saw(Shown::Article(id));
    let found = db.first(
        summaries!(
            "FROM articles a LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id
                    WHERE a.id = $1 AND a.status = 'published'"
        ),
        &[id.0.into()],
        read_summary,
    )?;
    Ok(with_bylines(db, found.into_iter().collect())?.pop())
}

/// Those of the articles that are published now, in the order asked for.
///
/// # Errors
/// The database.
pub fn by_ids(db: &mut Db<'_>, ids: &[ArticleId]) -> Result<Vec<Published<Summary>>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        db.saw(Shown::Article(*id));
    }
    for some in ids.chunks(AT_ONCE) {
        // The state in a form that no index has: SQLite would walk over all published articles to find these few.
        found.extend(db.all(
            summaries!(
                "FROM articles a LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id
                        WHERE a.id IN ($1, $2, $3, $4, $5, $6, $7, $8) AND a.status || '' = 'published'"
            ),
            &at_once(some),
            read_summary,
        )?);
    }
    let mut stories: HashMap<ArticleId, Published<Summary>> =
        with_bylines(db, found)?.into_iter().map(|story| (story.id, story)).collect();
    Ok(ids.iter().filter_map(|id| stories.remove(id)).collect())
}

/// A page of a list, newest first.
///
/// # Errors
/// The database.
pub fn listed(db: &mut Db<'_>, list: List, limit: i64, offset: i64) -> Result<Vec<Published<Summary>>, StoreError> {
    db.saw(Shown::List(list));
    let (list, key) = list.key();
    // The page is found in the list alone; only its articles are then looked at.
    let found = db.all(
        summaries!("FROM (SELECT article_id, published_at FROM listings WHERE list = $1 AND key = $2
                          ORDER BY published_at DESC, article_id DESC LIMIT $3 OFFSET $4) l
                    JOIN articles a ON a.id = l.article_id LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id
                    WHERE a.status = 'published' ORDER BY l.published_at DESC, l.article_id DESC"),
        &[list.into(), key.into(), limit.into(), offset.into()],
        read_summary,
    )?;
    with_bylines(db, found)
}

/// The text of a published article.
///
/// # Errors
/// The database.
pub fn body(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Html>, StoreError> {
    db.saw(Shown::Article(id));
    Ok(db.value::<String>("SELECT t.html FROM bodies t JOIN articles a ON a.id = t.article_id WHERE t.article_id = $1 AND a.status = 'published'", &[id.0.into()])?.map(Html::from_store))
}

/// Stories with their texts; what was withdrawn in between is left out.
///
/// # Errors
/// The database.
pub fn with_bodies(
    db: &mut Db<'_>,
    stories: Vec<Published<Summary>>,
) -> Result<Vec<(Published<Summary>, Html)>, StoreError> {
    let mut whole = Vec::with_capacity(stories.len());
    for story in stories {
        if let Some(body) = body(db, story.id)? {
            whole.push((story, body));
        }
    }
    Ok(whole)
}

/// The articles published before and after one, by number.
///
/// # Errors
/// The database.
pub fn neighbours(
    db: &mut Db<'_>,
    id: ArticleId,
    published_at: Timestamp,
) -> Result<(Option<ArticleId>, Option<ArticleId>), StoreError> {
    db.saw(Shown::Neighbours(id));
    beside(db, id, published_at.as_millisecond())
}

/// The articles on both sides of a place in time, whether or not `id` stands there.
pub(in crate::store) fn beside(
    db: &mut Db<'_>,
    id: ArticleId,
    at: i64,
) -> Result<(Option<ArticleId>, Option<ArticleId>), StoreError> {
    let older = db.value::<i64>(
        "SELECT article_id FROM listings WHERE list = 1 AND key = 0 AND (published_at, article_id) < ($1, $2)
         ORDER BY published_at DESC, article_id DESC LIMIT 1",
        &[at.into(), id.0.into()],
    )?;
    let newer = db.value::<i64>(
        "SELECT article_id FROM listings WHERE list = 1 AND key = 0 AND (published_at, article_id) > ($1, $2)
         ORDER BY published_at, article_id LIMIT 1",
        &[at.into(), id.0.into()],
    )?;
    Ok((older.map(ArticleId), newer.map(ArticleId)))
}

/// Other articles of a list by number, newest first, without `but`.
///
/// # Errors
/// The database.
pub fn siblings(db: &mut Db<'_>, list: List, but: &[ArticleId], limit: usize) -> Result<Vec<ArticleId>, StoreError> {
    db.saw(Shown::List(list));
    let (list, key) = list.key();
    let ids = db.all(
        "SELECT article_id FROM listings WHERE list = $1 AND key = $2 ORDER BY published_at DESC, article_id DESC LIMIT $3",
        &[list.into(), key.into(), ((limit + but.len()) as i64).into()],
        |row| Ok(ArticleId(row.get(0)?)),
    )?;
    Ok(ids.into_iter().filter(|id| !but.contains(id)).take(limit).collect())
}

/// The published translations of each other. Those that are not published are looked at too: one day they will be.
///
/// # Errors
/// The database.
pub fn of_translation_group(db: &mut Db<'_>, group: i64) -> Result<Vec<Published<Summary>>, StoreError> {
    let ids = db.all("SELECT id FROM articles WHERE translation_group = $1 ORDER BY id", &[group.into()], |row| {
        Ok(ArticleId(row.get(0)?))
    })?;
    by_ids(db, &ids)
}

/// Published standing pages by headline, for the footer and the sitemap.
///
/// # Errors
/// The database.
pub fn pages(db: &mut Db<'_>) -> Result<Vec<(String, String, i64)>, StoreError> {
    db.saw(Shown::Frame);
    db.all(
        "SELECT slug, headline, updated_at FROM articles WHERE form = 'page' AND status = 'published' ORDER BY id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Published articles after a number, in order of number, for whoever walks over all of them.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, id: ArticleId, limit: i64) -> Result<Vec<Published<Summary>>, StoreError> {
    let found = db.all(
        summaries!(
            "FROM articles a LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN media m ON m.id = a.lead_media_id
                    WHERE a.id > $1 AND a.status = 'published' ORDER BY a.id LIMIT $2"
        ),
        &[id.0.into(), limit.into()],
        read_summary,
    )?;
    with_bylines(db, found)
}

/// What a verb needs to know of an article before it changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub id: ArticleId,
    /// Story or page.
    pub form: Form,
    /// Where it is in its life.
    pub status: Status,
    /// Its slug now.
    pub slug: String,
    /// Counts every change.
    pub version: i64,
    /// When it went out.
    pub published_at: Option<Timestamp>,
    /// When it will go out.
    pub scheduled_at: Option<Timestamp>,
    /// Its headline now.
    pub headline: String,
    /// Its kind.
    pub kind: Kind,
    /// May readers answer?
    pub comments_open: bool,
}

/// Articles in one state, last changed first.
///
/// # Errors
/// The database.
pub fn in_state(db: &mut Db<'_>, status: Status, limit: i64) -> Result<Vec<Record>, StoreError> {
    db.all(
        "SELECT id, form, status, slug, version, published_at, scheduled_at, headline, kind, comments_open FROM articles
         WHERE status = $1 ORDER BY updated_at DESC, id DESC LIMIT $2",
        &[status.as_str().into(), limit.into()],
        read_record,
    )
}

/// The record of an article in any state.
///
/// # Errors
/// The database.
pub fn record(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Record>, StoreError> {
    db.first(
        "SELECT id, form, status, slug, version, published_at, scheduled_at, headline, kind, comments_open FROM articles WHERE id = $1",
        &[id.0.into()],
        read_record,
    )
}

/// The article that an import knows by this name.
///
/// # Errors
/// The database.
pub fn by_old_name(db: &mut Db<'_>, guid: &str) -> Result<Option<ArticleId>, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM articles WHERE guid = $1", &[guid.into()])?.map(ArticleId))
}

/// The articles that an import knows by these names; names that are not here are left out.
///
/// # Errors
/// The database.
pub fn by_old_names(db: &mut Db<'_>, guids: &[&str]) -> Result<HashMap<String, ArticleId>, StoreError> {
    let mut found = HashMap::new();
    for some in many(guids) {
        db.each_row(concat!("SELECT guid, id FROM articles WHERE guid IN ", among!()), &some, |row| {
            found.insert(row.get(0)?, ArticleId(row.get(1)?));
            Ok(())
        })?;
    }
    Ok(found)
}

/// Those of the numbers that articles have.
///
/// # Errors
/// The database.
pub fn taken_ids(db: &mut Db<'_>, ids: &[i64]) -> Result<HashSet<ArticleId>, StoreError> {
    let mut taken = HashSet::new();
    for some in many(ids) {
        db.each_row(concat!("SELECT id FROM articles WHERE id IN ", among!()), &some, |row| {
            taken.insert(ArticleId(row.get(0)?));
            Ok(())
        })?;
    }
    Ok(taken)
}

/// Those of the slugs that articles have or had.
///
/// # Errors
/// The database.
pub fn taken_slugs(db: &mut Db<'_>, slugs: &[&str]) -> Result<HashSet<String>, StoreError> {
    let mut taken = HashSet::new();
    for some in many(slugs) {
        db.each_row(concat!("SELECT slug FROM slugs WHERE slug IN ", among!()), &some, |row| {
            taken.insert(row.get(0)?);
            Ok(())
        })?;
    }
    Ok(taken)
}

/// How many revisions an article has.
///
/// # Errors
/// The database.
pub fn revisions(db: &mut Db<'_>, id: ArticleId) -> Result<i64, StoreError> {
    Ok(db.value("SELECT MAX(number) FROM revisions WHERE article_id = $1", &[id.0.into()])?.unwrap_or(0))
}

/// Do readers see the newest revision of an article, or is there work on it that nobody has published?
///
/// # Errors
/// The database.
pub fn shows_latest_revision(db: &mut Db<'_>, id: ArticleId) -> Result<bool, StoreError> {
    let shown = db.value::<i64>(
        "SELECT published_revision FROM articles WHERE id = $1 AND status = $2",
        &[id.0.into(), Status::Published.as_str().into()],
    )?;
    Ok(shown == Some(revisions(db, id)?))
}

/// The newest revision's draft as JSON.
///
/// # Errors
/// The database.
pub fn latest_revision(db: &mut Db<'_>, id: ArticleId) -> Result<Option<String>, StoreError> {
    db.value("SELECT draft FROM revisions WHERE article_id = $1 ORDER BY number DESC LIMIT 1", &[id.0.into()])
}

/// The draft of the newest revision with this note, as JSON.
///
/// # Errors
/// The database.
pub fn latest_noted(db: &mut Db<'_>, id: ArticleId, note: &str) -> Result<Option<String>, StoreError> {
    db.value(
        "SELECT draft FROM revisions WHERE article_id = $1 AND note = $2 ORDER BY number DESC LIMIT 1",
        &[id.0.into(), note.into()],
    )
}

fn read_record(row: &Row<'_>) -> Result<Record, StoreError> {
    Ok(Record {
        id: ArticleId(row.get(0)?),
        form: word(&row.get::<String>(1)?, Form::parse)?,
        status: word(&row.get::<String>(2)?, Status::parse)?,
        slug: row.get(3)?,
        version: row.get(4)?,
        published_at: row.get::<Option<i64>>(5)?.map(timestamp).transpose()?,
        scheduled_at: row.get::<Option<i64>>(6)?.map(timestamp).transpose()?,
        headline: row.get(7)?,
        kind: word(&row.get::<String>(8)?, Kind::parse)?,
        comments_open: row.get(9)?,
    })
}

fn read_owner(row: &Row<'_>) -> Result<(ArticleId, Owner), StoreError> {
    let id = ArticleId(row.get(0)?);
    let owner = match word(&row.get::<String>(2)?, Status::parse)? {
        Status::Published => Owner::Published(Address {
            id,
            form: word(&row.get::<String>(1)?, Form::parse)?,
            slug: row.get(4)?,
            published_at: published_at(row, 5)?,
            section: row.get(6)?,
            author: row.get(7)?,
        }),
        // What readers never saw is not told of.
        Status::Withdrawn if row.get::<Option<i64>>(5)?.is_none() => Owner::Hidden,
        Status::Withdrawn => Owner::Withdrawn(row.get(3)?),
        Status::Draft | Status::Scheduled => Owner::Hidden,
    };
    Ok((id, owner))
}

fn read_summary(row: &Row<'_>) -> Result<Summary, StoreError> {
    let section = match row.get::<Option<i64>>(12)? {
        Some(id) => Some(SectionRef { id: SectionId(id), path: row.get(13)?, name: row.get(14)? }),
        None => None,
    };
    let picture = match row.get::<Option<i64>>(MEDIA_COLUMN)? {
        Some(_) => Some(LeadPicture {
            media: media::read(row, MEDIA_COLUMN)?,
            alt: row.get(20)?,
            caption: row.get(21)?,
            credit: row.get(22)?,
        }),
        None => None,
    };
    Ok(Summary {
        id: ArticleId(row.get(0)?),
        form: word(&row.get::<String>(1)?, Form::parse)?,
        kind: word(&row.get::<String>(2)?, Kind::parse)?,
        language: Language::parse(&row.get::<String>(3)?).map_err(StoreError::Broken)?,
        slug: row.get(4)?,
        guid: row.get(5)?,
        kicker: row.get(6)?,
        headline: row.get(7)?,
        standfirst: row.get(8)?,
        source: Source { name: row.get(9)?, url: row.get(10)?, licence: row.get(11)? },
        section,
        bylines: Vec::new(),
        picture,
        published_at: published_at(row, 15)?,
        updated_at: timestamp(row.get(16)?)?,
        comment_count: row.get(17)?,
        comments_open: row.get(18)?,
        translation_group: row.get(19)?,
    })
}

fn published_at(row: &Row<'_>, column: usize) -> Result<Timestamp, StoreError> {
    timestamp(row.get::<Option<i64>>(column)?.ok_or_else(|| StoreError::Broken("published without a time".into()))?)
}

/// Only statements that ask for published articles come here.
fn with_bylines(db: &mut Db<'_>, summaries: Vec<Summary>) -> Result<Vec<Published<Summary>>, StoreError> {
    let ids: Vec<ArticleId> = summaries.iter().map(|summary| summary.id).collect();
    for summary in &summaries {
        db.saw(Shown::Article(summary.id));
        saw_picture(db, summary);
    }
    let mut bylines = people::bylines_of(db, &ids)?;
    let named = |mut summary: Summary| {
        summary.bylines = bylines.remove(&summary.id).unwrap_or_default();
        Published::vouched(summary)
    };
    Ok(summaries.into_iter().map(named).collect())
}

fn saw_picture(db: &mut Db<'_>, summary: &Summary) {
    if let Some(picture) = &summary.picture {
        db.saw(Shown::Media(picture.media.id));
    }
}

/// Public notes about changes, oldest first.
///
/// # Errors
/// The database.
pub fn corrections(db: &mut Db<'_>, id: ArticleId) -> Result<Vec<Correction>, StoreError> {
    db.saw(Shown::Article(id));
    db.all(
        "SELECT kind, note, created_at FROM corrections WHERE article_id = $1 ORDER BY created_at, id",
        &[id.0.into()],
        |row| {
            Ok(Correction {
                kind: word(&row.get::<String>(0)?, CorrectionKind::parse)?,
                note: row.get(1)?,
                at: timestamp(row.get(2)?)?,
            })
        },
    )
}

/// From the outermost section down to `id`.
fn trail(sections: &[Section], id: SectionId) -> Vec<Section> {
    let mut trail = Vec::new();
    let mut next = Some(id);
    while let Some(section) = next.and_then(|id| sections.iter().find(|section| section.id == id)) {
        trail.push(section.clone());
        next = section.parent.filter(|_| trail.len() < sections.len());
    }
    trail.reverse();
    trail
}

fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Broken(format!("the word «{text}» is not known here")))
}
