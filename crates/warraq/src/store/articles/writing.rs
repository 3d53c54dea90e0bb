//! Keeping articles.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::news::article::{CorrectionKind, Draft, Form, Kind, Status};
use crate::news::html::Html;
use crate::news::language::Language;
use crate::news::{ArticleId, PersonId, SectionId, TagId, UserId};
use crate::store::listings::{self, List};
use crate::store::pulse::Shown;
use crate::store::sections::Tree;
use crate::store::{Arg, Db, Sql, StoreError, Tx, changes, library, millis, site};

/// A statement that links an article with up to [`LINKS`] others of one kind; `$into` names table and columns.
macro_rules! link {
    ($into:literal) => {
        concat!(
            "INSERT INTO ",
            $into,
            " SELECT CAST($1 AS BIGINT), v.column1, CAST($2 AS BIGINT) + v.column2
             FROM (VALUES (CAST($3 AS BIGINT), 0), ($4, 1), ($5, 2), ($6, 3), ($7, 4), ($8, 5), ($9, 6), ($10, 7)) AS v
             WHERE v.column1 IS NOT NULL ON CONFLICT DO NOTHING"
        )
    };
}

/// A row to begin with.
#[derive(Debug)]
pub struct NewArticle<'a> {
    /// Its number.
    pub id: ArticleId,
    /// What other systems will know it by, for ever.
    pub guid: &'a str,
    /// Its slug, claimed already.
    pub slug: &'a str,
    /// What it says.
    pub draft: &'a Draft,
    /// The body, sanitised.
    pub body: &'a Html,
    /// Words of the body.
    pub word_count: i64,
    /// The draft's language or the site's.
    pub language: &'a Language,
    /// Readers see it from the beginning, as of this time.
    pub shown: Option<Timestamp>,
    /// When it was last changed, for what was changed elsewhere.
    pub updated: Option<Timestamp>,
    /// Where a new one begins its way to publication.
    pub stage: &'a str,
}

/// Keep a new article.
///
/// # Errors
/// The database.
pub fn insert(tx: &mut Tx<'_>, new: &NewArticle<'_>, now: Timestamp) -> Result<(), StoreError> {
    let lead = new.draft.lead.as_ref();
    let args: [Arg<'_>; 28] = [
        new.id.0.into(),
        new.draft.form.as_str().into(),
        new.draft.kind.as_str().into(),
        new.language.as_str().into(),
        new.slug.into(),
        new.guid.into(),
        new.draft.sections.first().map(|section| section.0).into(),
        millis(new.updated.unwrap_or(now)).into(),
        new.draft.comments_open.into(),
        new.word_count.into(),
        lead.map(|lead| lead.media.0).into(),
        lead.map_or("", |lead| &lead.alt).into(),
        lead.map_or("", |lead| &lead.caption).into(),
        lead.map_or("", |lead| &lead.credit).into(),
        (&new.draft.source.name).into(),
        (&new.draft.source.url).into(),
        (&new.draft.source.licence).into(),
        (&new.draft.kicker).into(),
        (&new.draft.headline).into(),
        (&new.draft.standfirst).into(),
        if new.shown.is_some() { Status::Published } else { Status::Draft }.as_str().into(),
        (&new.draft.preview.title).into(),
        (&new.draft.preview.description).into(),
        new.draft.preview.is_hidden.into(),
        new.shown.map(millis).into(),
        millis(now).into(),
        // Its first revision is the one that readers see.
        i64::from(new.shown.is_some()).into(),
        new.stage.into(),
    ];
    tx.later(
        "INSERT INTO articles (id, form, kind, language, slug, guid, section_id, updated_at, created_at, comments_open, word_count, lead_media_id,
           lead_alt, lead_caption, lead_credit, source_name, source_url, licence, kicker, headline, standfirst, status, preview_title, preview_description, preview_hidden, published_at, version, published_revision, stage)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $26, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 1, $27, $28)",
        &args,
    )?;
    tx.later("INSERT INTO bodies (article_id, html) VALUES ($1, $2)", &[new.id.0.into(), new.body.as_str().into()])?;
    if new.shown.is_some() && new.draft.form == Form::Page { site::touch(tx) } else { Ok(()) }
}

/// Write what a draft says over the article.
///
/// # Errors
/// The database.
pub fn set_content(tx: &mut Tx<'_>, new: &NewArticle<'_>, now: Timestamp) -> Result<(), StoreError> {
    let draft = new.draft;
    let was_page = super::record(tx, new.id)?.is_some_and(|record| record.form == Form::Page);
    let lead = draft.lead.as_ref();
    let args: [Arg<'_>; 22] = [
        new.id.0.into(),
        draft.kind.as_str().into(),
        new.language.as_str().into(),
        new.slug.into(),
        draft.sections.first().map(|section| section.0).into(),
        millis(now).into(),
        draft.comments_open.into(),
        new.word_count.into(),
        lead.map(|lead| lead.media.0).into(),
        lead.map_or("", |lead| &lead.alt).into(),
        lead.map_or("", |lead| &lead.caption).into(),
        lead.map_or("", |lead| &lead.credit).into(),
        (&draft.source.name).into(),
        (&draft.source.url).into(),
        (&draft.source.licence).into(),
        (&draft.kicker).into(),
        (&draft.headline).into(),
        (&draft.standfirst).into(),
        draft.form.as_str().into(),
        (&draft.preview.title).into(),
        (&draft.preview.description).into(),
        draft.preview.is_hidden.into(),
    ];
    tx.execute(
        "UPDATE articles SET kind = $2, language = $3, slug = $4, section_id = $5, updated_at = $6, comments_open = $7, word_count = $8,
           lead_media_id = $9, lead_alt = $10, lead_caption = $11, lead_credit = $12, source_name = $13, source_url = $14, licence = $15,
           kicker = $16, headline = $17, standfirst = $18, form = $19, preview_title = $20, preview_description = $21, preview_hidden = $22, version = version + 1
         WHERE id = $1",
        &args,
    )?;
    tx.touch(Shown::Article(new.id));
    tx.execute("UPDATE bodies SET html = $2 WHERE article_id = $1", &[new.id.0.into(), new.body.as_str().into()])?;
    if draft.form == Form::Page || was_page { site::touch(tx) } else { Ok(()) }
}

/// Sections, tags and bylines of an article, all of them.
///
/// # Errors
/// The database.
pub fn set_links(tx: &mut Tx<'_>, id: ArticleId, draft: &Draft) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM article_sections WHERE article_id = $1",
        "DELETE FROM article_tags WHERE article_id = $1",
        "DELETE FROM bylines WHERE article_id = $1",
    ] {
        tx.execute(statement, &[id.0.into()])?;
    }
    add_links(tx, id, draft)
}

/// Sections, tags and bylines of a new article.
///
/// # Errors
/// The database.
pub fn add_links(tx: &mut Tx<'_>, id: ArticleId, draft: &Draft) -> Result<(), StoreError> {
    for (first, some) in (0_i64..).step_by(LINKS).zip(draft.sections.chunks(LINKS)) {
        tx.later(
            link!("article_sections (article_id, section_id, position)"),
            &link_args(id, first, some.iter().map(|id| id.0)),
        )?;
    }
    for (first, some) in (0_i64..).step_by(LINKS).zip(draft.tags.chunks(LINKS)) {
        tx.later(
            link!("article_tags (article_id, tag_id, position)"),
            &link_args(id, first, some.iter().map(|id| id.0)),
        )?;
    }
    for (position, (person, role)) in (0_i64..).zip(&draft.bylines) {
        tx.later(
            "INSERT INTO bylines (article_id, position, person_id, role) VALUES ($1, $2, $3, $4)",
            &[id.0.into(), position.into(), person.0.into(), role.as_str().into()],
        )?;
    }
    Ok(())
}

/// How many sections or tags one statement links: few articles have more.
const LINKS: usize = 8;

/// The article, the position of the first, and the numbers of what is linked; the places left over name nothing.
fn link_args(id: ArticleId, first: i64, linked: impl Iterator<Item = i64>) -> [Arg<'static>; 2 + LINKS] {
    let mut args = [Arg::Null; 2 + LINKS];
    args[0] = id.0.into();
    args[1] = first.into();
    args[2..].iter_mut().zip(linked).for_each(|(place, linked)| *place = linked.into());
    args
}

/// A slug that nobody else has or had: the wished one, or the first of `wish-2`, `wish-3`… that is free.
///
/// # Errors
/// The database.
pub fn free_slug(db: &mut Db<'_>, wish: &str, owner: Option<ArticleId>) -> Result<String, StoreError> {
    let mut slug = wish.to_owned();
    let mut number = 1;
    loop {
        let taken = db.value::<i64>("SELECT article_id FROM slugs WHERE slug = $1", &[(&slug).into()])?;
        if taken.is_none() || taken == owner.map(|owner| owner.0) {
            return Ok(slug);
        }
        number += 1;
        slug = format!("{wish}-{number}");
    }
}

/// Write down that an article has this slug; older ones stay with it.
///
/// # Errors
/// The database.
pub fn claim_slug(tx: &mut Tx<'_>, id: ArticleId, slug: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.touch(Shown::Name("slug", slug));
    tx.later(
        "INSERT INTO slugs (slug, article_id, since) VALUES ($1, $2, $3) ON CONFLICT (slug) DO NOTHING",
        &[slug.into(), id.0.into(), millis(now).into()],
    )
}

/// Keep a revision under the next number.
///
/// # Errors
/// The database.
pub fn add_revision(
    tx: &mut Tx<'_>,
    id: ArticleId,
    draft: &Draft,
    by: Option<UserId>,
    note: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(draft).map_err(|error| StoreError::Broken(error.to_string()))?;
    library::note_uses(tx, id, draft)?;
    tx.later(
        "INSERT INTO revisions (article_id, number, user_id, draft, note, created_at)
         SELECT CAST($1 AS BIGINT), COALESCE(MAX(number), 0) + 1, CAST($2 AS BIGINT), CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
         FROM revisions WHERE article_id = $1",
        &[id.0.into(), by.map(|user| user.0).into(), (&text).into(), note.into(), millis(now).into()],
    )
}

/// Change the state of an article by a statement that returns its form: standing pages are named around every page.
fn change(tx: &mut Tx<'_>, id: ArticleId, sql: Sql, args: &[Arg<'_>]) -> Result<(), StoreError> {
    tx.touch(Shown::Article(id));
    tx.touch(Shown::Comments);
    match tx.value::<String>(sql, args)?.as_deref().and_then(Form::parse) {
        Some(Form::Page) => site::touch(tx),
        _ => Ok(()),
    }
}

/// Make an article public as of `at`: its newest revision is what readers see.
///
/// # Errors
/// The database.
pub fn set_published(tx: &mut Tx<'_>, id: ArticleId, at: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    change(
        tx,
        id,
        "UPDATE articles SET status = $2, published_at = $3, scheduled_at = NULL, withdrawn_reason = '', updated_at = $4, version = version + 1,
           published_revision = COALESCE((SELECT MAX(number) FROM revisions WHERE article_id = $1), 0) WHERE id = $1 RETURNING form",
        &[id.0.into(), Status::Published.as_str().into(), millis(at).into(), millis(now).into()],
    )
}

/// Say when an article was last changed, for what was changed elsewhere.
///
/// # Errors
/// The database.
pub fn set_updated(tx: &mut Tx<'_>, id: ArticleId, at: Timestamp) -> Result<(), StoreError> {
    tx.touch(Shown::Article(id));
    tx.later("UPDATE articles SET updated_at = $2 WHERE id = $1", &[id.0.into(), millis(at).into()])
}

/// Say when an article goes out by itself.
///
/// # Errors
/// The database.
pub fn set_scheduled(tx: &mut Tx<'_>, id: ArticleId, at: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    change(
        tx,
        id,
        "UPDATE articles SET status = $2, scheduled_at = $3, updated_at = $4, version = version + 1 WHERE id = $1 RETURNING form",
        &[id.0.into(), Status::Scheduled.as_str().into(), millis(at).into(), millis(now).into()],
    )
}

/// Make a scheduled article a draft again.
///
/// # Errors
/// The database.
pub fn set_draft(tx: &mut Tx<'_>, id: ArticleId, now: Timestamp) -> Result<(), StoreError> {
    change(
        tx,
        id,
        "UPDATE articles SET status = $2, scheduled_at = NULL, updated_at = $3, version = version + 1 WHERE id = $1 RETURNING form",
        &[id.0.into(), Status::Draft.as_str().into(), millis(now).into()],
    )
}

/// Take an article away from readers, with the reason they are told.
///
/// # Errors
/// The database.
pub fn set_withdrawn(tx: &mut Tx<'_>, id: ArticleId, reason: &str, now: Timestamp) -> Result<(), StoreError> {
    change(
        tx,
        id,
        "UPDATE articles SET status = $2, withdrawn_reason = $3, scheduled_at = NULL, updated_at = $4, version = version + 1 WHERE id = $1 RETURNING form",
        &[id.0.into(), Status::Withdrawn.as_str().into(), reason.into(), millis(now).into()],
    )
}

/// Make two articles translations of each other, together with what either was a translation of before.
///
/// # Errors
/// The database.
pub fn set_translation_group(tx: &mut Tx<'_>, one: ArticleId, other: ArticleId) -> Result<(), StoreError> {
    let group =
        tx.value::<i64>("SELECT translation_group FROM articles WHERE id = $1", &[other.0.into()])?.unwrap_or(other.0);
    // Two statements, each of which finds its rows by one index.
    tx.later(
        "UPDATE articles SET translation_group = $1
         WHERE translation_group = (SELECT b.translation_group FROM articles b WHERE b.id = $2)",
        &[group.into(), one.0.into()],
    )?;
    tx.later(
        "UPDATE articles SET translation_group = $1 WHERE id IN ($2, $3)",
        &[group.into(), one.0.into(), other.0.into()],
    )?;
    let all =
        tx.all("SELECT id FROM articles WHERE translation_group = $1", &[group.into()], |row| row.get::<i64>(0))?;
    for id in all {
        tx.touch(Shown::Article(ArticleId(id)));
    }
    Ok(())
}

/// Keep a public note about a change.
///
/// # Errors
/// The database.
pub fn add_correction(
    tx: &mut Tx<'_>,
    id: ArticleId,
    kind: CorrectionKind,
    note: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.touch(Shown::Article(id));
    let number = tx.next_id("correction")?;
    tx.later(
        "INSERT INTO corrections (id, article_id, kind, note, created_at) VALUES ($1, $2, $3, $4, $5)",
        &[number.into(), id.0.into(), kind.as_str().into(), note.into(), millis(at).into()],
    )
}

/// What decides in which lists an article stands.
#[derive(Debug)]
struct Filing {
    is_story: bool,
    is_opinion: bool,
    sections: Vec<SectionId>,
    tags: Vec<TagId>,
    people: Vec<PersonId>,
}

impl Filing {
    fn of(draft: &Draft) -> Self {
        Self {
            is_story: draft.form == Form::Article,
            is_opinion: draft.kind == Kind::Opinion,
            sections: draft.sections.clone(),
            tags: draft.tags.clone(),
            people: draft.bylines.iter().map(|(person, _)| *person).collect(),
        }
    }

    fn load(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Self>, StoreError> {
        let facts = db.first("SELECT form, kind FROM articles WHERE id = $1", &[id.0.into()], |row| {
            Ok((row.get::<String>(0)?, row.get::<String>(1)?))
        })?;
        let Some((form, kind)) = facts else { return Ok(None) };
        let mut linked = |sql| db.all(sql, &[id.0.into()], |row| row.get::<i64>(0));
        Ok(Some(Self {
            is_story: form == Form::Article.as_str(),
            is_opinion: kind == Kind::Opinion.as_str(),
            sections: linked("SELECT section_id FROM article_sections WHERE article_id = $1")?
                .into_iter()
                .map(SectionId)
                .collect(),
            tags: linked("SELECT tag_id FROM article_tags WHERE article_id = $1")?.into_iter().map(TagId).collect(),
            people: linked("SELECT person_id FROM bylines WHERE article_id = $1")?.into_iter().map(PersonId).collect(),
        }))
    }

    /// Each list once.
    fn lists(&self, tree: &Tree, day: jiff::civil::Date) -> Vec<List> {
        if !self.is_story {
            return Vec::new();
        }
        let mut lists = vec![List::All, List::Year(day.year()), List::Month(day.year(), day.month()), List::Day(day)];
        lists.extend(self.is_opinion.then_some(List::Opinion));
        lists.extend(self.sections.iter().flat_map(|section| tree.with_ancestors(*section)).map(List::Section));
        lists.extend(self.tags.iter().copied().map(List::Tag));
        lists.extend(self.people.iter().copied().map(List::Author));
        let mut seen = HashSet::new();
        lists.retain(|list| seen.insert(*list));
        lists
    }
}

/// Put a published article into exactly the lists where it belongs now, and say that readers see it so from now on.
/// `day` is the site-local day of publication.
///
/// # Errors
/// The database.
pub fn list(tx: &mut Tx<'_>, id: ArticleId, published_at: Timestamp, day: jiff::civil::Date) -> Result<(), StoreError> {
    changes::note(tx, id)?;
    tx.touch(Shown::Article(id));
    let Some(filing) = Filing::load(tx, id)? else { return Ok(()) };
    let tree = Tree::load(tx)?;
    listings::place(tx, id, millis(published_at), &filing.lists(&tree, day))
}

/// As [`list`], for an article that was just made of a draft and stands in no list yet.
///
/// # Errors
/// The database.
pub fn list_new(
    tx: &mut Tx<'_>,
    id: ArticleId,
    draft: &Draft,
    tree: &Tree,
    published_at: Timestamp,
    day: jiff::civil::Date,
) -> Result<(), StoreError> {
    changes::note(tx, id)?;
    tx.touch(Shown::Article(id));
    listings::put(tx, id, millis(published_at), &Filing::of(draft).lists(tree, day))
}

/// Take an article out of every list and off the front.
///
/// # Errors
/// The database.
pub fn unlist(tx: &mut Tx<'_>, id: ArticleId) -> Result<(), StoreError> {
    changes::note(tx, id)?;
    tx.touch(Shown::Article(id));
    if tx.execute("DELETE FROM front_slots WHERE article_id = $1", &[id.0.into()])? > 0 {
        tx.touch(Shown::Front);
    }
    listings::place(tx, id, 0, &[])
}
