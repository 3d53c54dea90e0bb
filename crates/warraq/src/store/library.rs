//! Which pictures are there for those who work with them, by which words are they found, and which articles show them?

use crate::news::article::Draft;
use crate::news::media::{Kept, PictureWords, files_in};
use crate::news::{ArticleId, MediaId, UserId};
use crate::store::pulse::Shown;
use crate::store::{Arg, Db, Row, StoreError, Tx, media, site, timestamp};

/// How many pictures that have the first word are looked through for the others, at most, before a page ends.
const WINDOW: i64 = 2_000;
/// So many words are looked for; further ones are passed over.
pub const MAX_WANTED: usize = 4;

macro_rules! kept {
    ($rest:literal) => {
        concat!(
            "SELECT m.id, m.file, m.mime, m.width, m.height, m.bytes, m.focal_x, m.focal_y, m.alt, m.credit, m.renditions,
                    m.name, m.caption, m.licence, m.user_id, u.name, m.created_at
             FROM media m LEFT JOIN users u ON u.id = m.user_id ",
            $rest
        )
    };
}

/// The pictures with a smaller number than `before`, newest first.
///
/// # Errors
/// The database.
pub fn page(db: &mut Db<'_>, before: MediaId, limit: i64) -> Result<Vec<Kept>, StoreError> {
    db.all(kept!("WHERE m.width > 0 AND m.id < $1 ORDER BY m.id DESC LIMIT $2"), &[before.0.into(), limit.into()], read)
}

/// The pictures about which all of these words are said, newest first, and where to go on. So many that have the first
/// word are looked through and no more.
///
/// # Errors
/// The database.
pub fn search(
    db: &mut Db<'_>,
    words: &[String],
    before: MediaId,
    limit: usize,
) -> Result<(Vec<Kept>, Option<MediaId>), StoreError> {
    let word = |place: usize| words.get(place).map_or("", String::as_str);
    let args: [Arg<'_>; 6] =
        [before.0.into(), WINDOW.into(), word(0).into(), word(1).into(), word(2).into(), word(3).into()];
    let mut found = Vec::new();
    let (mut seen, mut last) = (0, before);
    db.each_row(
        "SELECT w.media_id,
                CAST(CASE WHEN (CAST($4 AS TEXT) = '' OR EXISTS (SELECT 1 FROM media_words x WHERE x.word = $4 AND x.media_id = w.media_id))
                      AND (CAST($5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM media_words x WHERE x.word = $5 AND x.media_id = w.media_id))
                      AND (CAST($6 AS TEXT) = '' OR EXISTS (SELECT 1 FROM media_words x WHERE x.word = $6 AND x.media_id = w.media_id))
                     THEN 1 ELSE 0 END AS BIGINT)
         FROM media_words w WHERE w.word = $3 AND w.media_id < $1 ORDER BY w.media_id DESC LIMIT $2",
        &args,
        |row| {
            seen += 1;
            if found.len() <= limit {
                last = MediaId(row.get(0)?);
                if row.get::<i64>(1)? == 1 {
                    found.push(last);
                }
            }
            Ok(())
        },
    )?;
    let next = if found.len() > limit {
        found.truncate(limit);
        found.last().copied()
    } else {
        (seen == WINDOW).then_some(last)
    };
    let mut kept = Vec::with_capacity(found.len());
    for id in found {
        kept.extend(by_id(db, id)?.filter(|kept| kept.media.is_picture()));
    }
    Ok((kept, next))
}

/// One of them, picture or not.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: MediaId) -> Result<Option<Kept>, StoreError> {
    db.first(kept!("WHERE m.id = $1"), &[id.0.into()], read)
}

/// Write down by which words something is found.
///
/// # Errors
/// The database.
pub fn set_words(tx: &mut Tx<'_>, id: MediaId, words: &[String]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM media_words WHERE media_id = $1", &[id.0.into()])?;
    for word in words {
        tx.later(
            "INSERT INTO media_words (word, media_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[word.into(), id.0.into()],
        )?;
    }
    Ok(())
}

/// What a file was called, and who brought it.
///
/// # Errors
/// The database.
pub fn set_origin(tx: &mut Tx<'_>, id: MediaId, name: &str, user: Option<UserId>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE media SET name = $2, user_id = $3 WHERE id = $1",
        &[id.0.into(), name.into(), user.map(|user| user.0).into()],
    )?;
    Ok(())
}

/// Say something else of a picture.
///
/// # Errors
/// The database.
pub fn describe(tx: &mut Tx<'_>, id: MediaId, words: &PictureWords, focal: (u8, u8)) -> Result<(), StoreError> {
    tx.touch(Shown::Media(id));
    let args: [Arg<'_>; 7] = [
        id.0.into(),
        (&words.alt).into(),
        (&words.credit).into(),
        (&words.caption).into(),
        (&words.licence).into(),
        i64::from(focal.0).into(),
        i64::from(focal.1).into(),
    ];
    tx.execute(
        "UPDATE media SET alt = $2, credit = $3, caption = $4, licence = $5, focal_x = $6, focal_y = $7 WHERE id = $1",
        &args,
    )?;
    Ok(())
}

/// Another file in the place of one, under the same number.
#[derive(Debug)]
pub struct NewFile<'a> {
    /// Hash of the bytes as they came.
    pub origin_hash: &'a str,
    /// Its name in the media folder.
    pub file: &'a str,
    /// Its type.
    pub mime: &'a str,
    /// Pixels.
    pub size: (u32, u32),
    /// Its length.
    pub bytes: u64,
    /// What it was called.
    pub name: &'a str,
}

/// Put another file in the place of one: every text of every article that shows it, old versions too, shows the new one.
///
/// # Errors
/// The database; [`StoreError::Duplicate`] when the same picture is here under another number.
pub fn replace(tx: &mut Tx<'_>, id: MediaId, old: &str, new: &NewFile<'_>) -> Result<(), StoreError> {
    tx.touch(Shown::Media(id));
    site::touch_if_logo(tx, id)?;
    let args: [Arg<'_>; 8] = [
        id.0.into(),
        new.origin_hash.into(),
        new.file.into(),
        new.mime.into(),
        i64::from(new.size.0).into(),
        i64::from(new.size.1).into(),
        (new.bytes as i64).into(),
        new.name.into(),
    ];
    tx.execute(
        "UPDATE media SET origin_hash = $2, file = $3, mime = $4, width = $5, height = $6, bytes = $7, name = $8, renditions = '[]', avif_tried = 0 WHERE id = $1",
        &args,
    )?;
    for article in uses(tx, id, i64::MAX)? {
        tx.touch(Shown::Article(article));
        let args: [Arg<'_>; 3] = [article.0.into(), old.into(), new.file.into()];
        // Forty digits of a hash stand nowhere by accident.
        tx.execute("UPDATE bodies SET html = REPLACE(html, $2, $3) WHERE article_id = $1", &args)?;
        tx.execute("UPDATE revisions SET draft = REPLACE(draft, $2, $3) WHERE article_id = $1", &args)?;
    }
    Ok(())
}

/// Take a picture out of the library.
///
/// # Errors
/// The database.
pub fn delete(tx: &mut Tx<'_>, id: MediaId) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM media_words WHERE media_id = $1",
        "DELETE FROM media_uses WHERE media_id = $1",
        "UPDATE old_files SET media_id = NULL, reason = 'deleted' WHERE media_id = $1",
        "DELETE FROM media WHERE id = $1",
    ] {
        tx.execute(statement, &[id.0.into()])?;
    }
    Ok(())
}

/// Does something else of the library lie in the same file?
///
/// # Errors
/// The database.
pub fn shares_file(db: &mut Db<'_>, file: &str, with: MediaId) -> Result<bool, StoreError> {
    let args: [Arg<'_>; 2] = [file.into(), with.0.into()];
    let original = db.value::<i64>("SELECT id FROM media WHERE file = $1 AND id <> $2 LIMIT 1", &args)?;
    if original.is_some() {
        return Ok(true);
    }
    // Smaller copies of two plain drawings may be the same. This goes through the whole library, which a picture that is
    // taken away is worth.
    let copy = "SELECT id FROM media WHERE id <> $2 AND renditions LIKE '%' || $1 || '%' LIMIT 1";
    Ok(db.value::<i64>(copy, &args)?.is_some())
}

/// The articles that show something, in any of their versions, newest first.
///
/// # Errors
/// The database.
pub fn uses(db: &mut Db<'_>, id: MediaId, limit: i64) -> Result<Vec<ArticleId>, StoreError> {
    db.all(
        "SELECT article_id FROM media_uses WHERE media_id = $1 ORDER BY article_id DESC LIMIT $2",
        &[id.0.into(), limit.into()],
        |row| Ok(ArticleId(row.get(0)?)),
    )
}

/// Does a file stand in the text of any article? Goes through all texts: what was kept before uses were written down is
/// known in no other way. Only for what is done rarely and cannot be undone.
///
/// # Errors
/// The database.
pub fn stands_in_a_text(db: &mut Db<'_>, file: &str) -> Result<bool, StoreError> {
    let anywhere = format!("%{file}%");
    Ok(db.value::<i64>("SELECT article_id FROM bodies WHERE html LIKE $1 LIMIT 1", &[(&anywhere).into()])?.is_some())
}

/// Write down what a version of an article shows. What an older version showed stays written down.
///
/// # Errors
/// The database.
pub(in crate::store) fn note_uses(tx: &mut Tx<'_>, article: ArticleId, draft: &Draft) -> Result<(), StoreError> {
    if let Some(lead) = &draft.lead {
        tx.later(
            "INSERT INTO media_uses (media_id, article_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[lead.media.0.into(), article.0.into()],
        )?;
    }
    for file in files_in(&draft.body) {
        tx.later(
            "INSERT INTO media_uses (media_id, article_id)
             SELECT m.id, CAST($2 AS BIGINT) FROM media m WHERE m.file = $1 ON CONFLICT DO NOTHING",
            &[file.into(), article.0.into()],
        )?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept {
        media: media::read(row, 0)?,
        name: row.get(11)?,
        caption: row.get(12)?,
        licence: row.get(13)?,
        user: row.get::<Option<i64>>(14)?.map(UserId),
        by: row.get(15)?,
        at: timestamp(row.get(16)?)?,
    })
}
