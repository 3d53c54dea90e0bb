//! Everything that we have, article by article, for those who take it away.

use std::collections::HashMap;

use crate::news::article::{Form, Kind, Preview, Source, Status};
use crate::news::holding::{HeldComment, Holding, LeadWords};
use crate::news::html::Html;
use crate::news::language::Language;
use crate::news::media::Media;
use crate::news::people::Person;
use crate::news::section::Tag;
use crate::news::{ArticleId, CommentId, PersonId, TagId, comment};
use crate::store::{Db, Row, StoreError, articles, media, people, sections, tags, timestamp};

/// Articles after a number, in order of number, in every state.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, id: ArticleId, limit: i64) -> Result<Vec<Holding>, StoreError> {
    let mut holdings = db.all(
        "SELECT a.id, a.guid, a.form, a.status, a.kind, a.language, a.slug, a.kicker, a.headline, a.standfirst, t.html,
                a.source_name, a.source_url, a.licence, a.published_at, a.scheduled_at, a.updated_at, a.comments_open,
                a.withdrawn_reason, a.preview_title, a.preview_description, a.preview_hidden, a.translation_group,
                f.position, a.lead_alt, a.lead_caption, a.lead_credit,
                m.id, m.file, m.mime, m.width, m.height, m.bytes, m.focal_x, m.focal_y, m.alt, m.credit, m.renditions,
                a.stage
         FROM articles a JOIN bodies t ON t.article_id = a.id LEFT JOIN front_slots f ON f.article_id = a.id
              LEFT JOIN media m ON m.id = a.lead_media_id
         WHERE a.id > $1 ORDER BY a.id LIMIT $2",
        &[id.0.into(), limit.into()],
        read,
    )?;
    let ids: Vec<ArticleId> = holdings.iter().map(|holding| holding.id).collect();
    let mut bylines = people::bylines_of(db, &ids)?;
    for holding in &mut holdings {
        holding.bylines = bylines.remove(&holding.id).unwrap_or_default();
        holding.sections = sections::paths_of(db, holding.id)?.into_iter().map(|(path, _)| path).collect();
        holding.tags = tags::of_article(db, holding.id)?;
        holding.corrections = articles::corrections(db, holding.id)?;
        holding.comments = comments(db, holding.id)?;
        holding.old_slugs = db.all(
            "SELECT slug FROM slugs WHERE article_id = $1 AND slug <> $2 ORDER BY since, slug",
            &[holding.id.0.into(), (&holding.slug).into()],
            |row| row.get(0),
        )?;
    }
    Ok(holdings)
}

/// The highest number of an article; 0 when there is none.
///
/// # Errors
/// The database.
pub fn last(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value::<i64>("SELECT MAX(id) FROM articles", &[])?.unwrap_or(0))
}

/// Which articles are translations of each other: their languages and numbers, by the number of the group.
///
/// # Errors
/// The database.
pub fn translations(db: &mut Db<'_>) -> Result<HashMap<i64, Vec<(String, ArticleId)>>, StoreError> {
    let mut groups: HashMap<i64, Vec<(String, ArticleId)>> = HashMap::new();
    db.each_row(
        "SELECT translation_group, language, id FROM articles WHERE translation_group IS NOT NULL ORDER BY id",
        &[],
        |row| {
            groups.entry(row.get(0)?).or_default().push((row.get(1)?, ArticleId(row.get(2)?)));
            Ok(())
        },
    )?;
    Ok(groups)
}

/// All tags in order of number, borne by an article or not.
///
/// # Errors
/// The database.
pub fn tags(db: &mut Db<'_>) -> Result<Vec<Tag>, StoreError> {
    db.all("SELECT id, slug, name, description FROM tags WHERE joined_to IS NULL ORDER BY id", &[], |row| {
        Ok(Tag { id: TagId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, description: row.get(3)? })
    })
}

/// Everybody with a byline, or who could have one, in order of number.
///
/// # Errors
/// The database.
pub fn people(db: &mut Db<'_>) -> Result<Vec<Person>, StoreError> {
    db.all("SELECT id, slug, name, bio FROM people WHERE joined_to IS NULL ORDER BY id", &[], |row| {
        Ok(Person { id: PersonId(row.get(0)?), slug: row.get(1)?, name: row.get(2)?, bio: row.get(3)? })
    })
}

/// The slugs of tags that became another one, each with the slug of that one, in order of number.
///
/// # Errors
/// The database.
pub fn joined_tags(db: &mut Db<'_>) -> Result<Vec<(String, String)>, StoreError> {
    db.all("SELECT s.slug, t.slug FROM tags s JOIN tags t ON t.id = s.joined_to ORDER BY s.id", &[], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// The same of people with bylines.
///
/// # Errors
/// The database.
pub fn joined_people(db: &mut Db<'_>) -> Result<Vec<(String, String)>, StoreError> {
    db.all("SELECT s.slug, p.slug FROM people s JOIN people p ON p.id = s.joined_to ORDER BY s.id", &[], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// All pictures in order of number.
///
/// # Errors
/// The database.
pub fn pictures(db: &mut Db<'_>) -> Result<Vec<Media>, StoreError> {
    db.all(
        "SELECT id, file, mime, width, height, bytes, focal_x, focal_y, alt, credit, renditions FROM media ORDER BY id",
        &[],
        |row| media::read(row, 0),
    )
}

fn comments(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<HeldComment>, StoreError> {
    db.all(
        "SELECT id, parent_id, status, author, author_url, text, created_at FROM comments WHERE article_id = $1 ORDER BY id",
        &[article.0.into()],
        |row| {
            Ok(HeldComment {
                id: CommentId(row.get(0)?),
                parent: row.get::<Option<i64>>(1)?.map(CommentId),
                status: word(&row.get::<String>(2)?, comment::Status::parse)?,
                author: row.get(3)?,
                url: row.get(4)?,
                text: row.get(5)?,
                at: timestamp(row.get(6)?)?,
            })
        },
    )
}

fn read(row: &Row<'_>) -> Result<Holding, StoreError> {
    const MEDIA: usize = 27;
    const STAGE: usize = 38;
    let words = LeadWords { alt: row.get(24)?, caption: row.get(25)?, credit: row.get(26)? };
    let lead = match row.get::<Option<i64>>(MEDIA)? {
        Some(_) => Some((media::read(row, MEDIA)?, words)),
        None => None,
    };
    Ok(Holding {
        id: ArticleId(row.get(0)?),
        guid: row.get(1)?,
        form: word(&row.get::<String>(2)?, Form::parse)?,
        status: word(&row.get::<String>(3)?, Status::parse)?,
        stage: row.get(STAGE)?,
        kind: word(&row.get::<String>(4)?, Kind::parse)?,
        language: Language::parse(&row.get::<String>(5)?).map_err(StoreError::Broken)?,
        slug: row.get(6)?,
        kicker: row.get(7)?,
        headline: row.get(8)?,
        standfirst: row.get(9)?,
        body: Html::from_store(row.get(10)?),
        source: Source { name: row.get(11)?, url: row.get(12)?, licence: row.get(13)? },
        published_at: row.get::<Option<i64>>(14)?.map(timestamp).transpose()?,
        scheduled_at: row.get::<Option<i64>>(15)?.map(timestamp).transpose()?,
        updated_at: timestamp(row.get(16)?)?,
        comments_open: row.get(17)?,
        withdrawn_reason: row.get(18)?,
        preview: Preview { title: row.get(19)?, description: row.get(20)?, is_hidden: row.get(21)? },
        translation_group: row.get(22)?,
        slot: row.get(23)?,
        lead,
        old_slugs: Vec::new(),
        sections: Vec::new(),
        tags: Vec::new(),
        bylines: Vec::new(),
        corrections: Vec::new(),
        comments: Vec::new(),
    })
}

fn word<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| StoreError::Broken(format!("the word «{text}» is not known here")))
}
