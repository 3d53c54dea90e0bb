//! Articles as those see them who write them: drafts, who has them open, what was kept when.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::news::article::{Draft, Form, Kind, Status};
use crate::news::staff::Staff;
use crate::news::{ArticleId, SectionId, UserId};
use crate::store::{Arg, Db, Row, Sql, StoreError, Tx, library, millis, plans, timestamp};

/// Whoever has an article open says so this often; after twice the time the lock is nobody's. In milliseconds.
const LOCK_LASTS: i64 = 60_000;

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The article.
    pub id: ArticleId,
    /// Where it is in its life.
    pub status: Status,
    /// Where a draft is on its way.
    pub stage: String,
    /// What kind of story.
    pub kind: Kind,
    /// Story or page.
    pub form: Form,
    /// Its headline; of a published one, as readers see it.
    pub headline: String,
    /// Its language.
    pub language: String,
    /// Its main section.
    pub section: Option<String>,
    /// The sections that it stands in.
    pub sections: Vec<SectionId>,
    /// Who began it: account and name.
    pub owner: Option<(UserId, String)>,
    /// Whose turn it is: account and name.
    pub assignee: Option<(UserId, String)>,
    /// By which a list goes on: publication of what is public, last change of the rest.
    pub at: Timestamp,
    /// When it went out.
    pub published_at: Option<Timestamp>,
    /// When it will go out.
    pub scheduled_at: Option<Timestamp>,
    /// It must not go out before.
    pub embargo_at: Option<Timestamp>,
    /// Words of its body.
    pub words: i64,
    /// Published comments.
    pub comments: i64,
    /// There is work on it that readers do not see.
    pub has_changes: bool,
}

impl Line {
    /// May this account see it? What is public is everybody's; the rest is for those who may edit it.
    #[must_use]
    pub fn is_open_to(&self, staff: &Staff) -> bool {
        let is_own = [&self.owner, &self.assignee].into_iter().flatten().any(|(id, _)| *id == staff.id);
        self.status == Status::Published || staff.may_edit(is_own, self.status, &self.sections)
    }
}

/// Which articles a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which<'a> {
    /// Public stories, the newest first.
    Public,
    /// Standing pages that are public.
    Pages,
    /// In one state.
    In(Status),
    /// Drafts that carry one of these stages.
    At(&'a [String]),
    /// Begun by one account.
    Of(UserId),
    /// Begun by one account, and not before readers as they stand.
    Unfinished(UserId),
    /// Waiting for one account.
    For(UserId),
}

/// Where a list goes on: the last change and number of the line before.
pub type Before = (Timestamp, ArticleId);

/// A line for each row of `$from`, which has the article as `a`; `$rest` says which rows, and in which order.
macro_rules! line {
    ($at:literal, $from:literal, $rest:expr) => {
        concat!(
            "SELECT a.id, a.status, a.stage, a.kind, a.form, a.headline, a.language, s.name, u.name, w.name, ", $at, ", a.published_at, a.scheduled_at,
                    a.word_count, a.comment_count,
                    CAST(CASE WHEN a.status = 'published' AND a.published_revision < (SELECT MAX(r.number) FROM revisions r WHERE r.article_id = a.id) THEN 1 ELSE 0 END AS BIGINT),
                    (SELECT string_agg(CAST(x.section_id AS TEXT), ' ') FROM article_sections x WHERE x.article_id = a.id), u.id, w.id,
                    (SELECT p.embargo_at FROM plans p WHERE p.article_id = a.id)
             FROM ", $from, "
             LEFT JOIN sections s ON s.id = a.section_id LEFT JOIN users u ON u.id = a.user_id LEFT JOIN users w ON w.id = a.assignee_id
             ", $rest
        )
    };
}

macro_rules! lines {
    ($where:literal) => {
        line!(
            "a.updated_at",
            "articles a",
            concat!(
                "WHERE ",
                $where,
                " AND (a.updated_at < $2 OR (a.updated_at = $2 AND a.id < $3)) AND a.updated_at <= $2
             ORDER BY a.updated_at DESC, a.id DESC LIMIT $4"
            )
        )
    };
}

/// The list of everything public gives the order, so that a page costs the same in an archive of any size.
const PUBLIC: Sql = line!(
    "l.published_at",
    "(SELECT article_id, published_at FROM listings WHERE list = 1 AND key = $1 AND (published_at, article_id) < ($2, $3)
      ORDER BY published_at DESC, article_id DESC LIMIT $4) l JOIN articles a ON a.id = l.article_id",
    "ORDER BY l.published_at DESC, l.article_id DESC"
);

/// A page of a list, last changed first.
///
/// # Errors
/// The database.
pub fn lines(db: &mut Db<'_>, which: Which<'_>, before: Option<Before>, limit: i64) -> Result<Vec<Line>, StoreError> {
    let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (millis(at), id.0));
    let (sql, of): (_, Arg<'_>) = match which {
        Which::At(stages) => {
            // One stage after the other, so that each is read in the order of its index.
            let mut found = Vec::new();
            for stage in stages {
                let args = [stage.into(), at.into(), id.into(), limit.into()];
                found.extend(db.all(lines!("a.stage = $1 AND a.status = 'draft'"), &args, read_line)?);
            }
            found.sort_by_key(|line| std::cmp::Reverse((line.at, line.id)));
            found.truncate(limit.max(0) as usize);
            return Ok(found);
        }
        Which::Public => (PUBLIC, 0_i64.into()),
        // Written so that no index of states is taken: there is one of the pages, and they are few.
        Which::Pages => (
            lines!("a.form = 'page' AND CAST(a.status AS TEXT) = 'published' AND CAST($1 AS BIGINT) = 0"),
            0_i64.into(),
        ),
        Which::In(status) => (lines!("a.status = $1"), status.as_str().into()),
        Which::Of(user) => (lines!("a.user_id = $1"), user.0.into()),
        Which::Unfinished(user) => (
            lines!(
                "a.user_id = $1 AND (a.status = 'draft' OR (a.status = 'published' AND
                   a.published_revision < (SELECT MAX(r.number) FROM revisions r WHERE r.article_id = a.id)))"
            ),
            user.0.into(),
        ),
        Which::For(user) => (lines!("a.assignee_id = $1"), user.0.into()),
    };
    db.all(sql, &[of, at.into(), id.into(), limit.into()], read_line)
}

/// How many drafts carry each stage.
///
/// # Errors
/// The database.
pub fn drafts_by_stage(db: &mut Db<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    db.all("SELECT stage, COUNT(*) FROM articles WHERE status = 'draft' GROUP BY stage ORDER BY stage", &[], row)
}

/// Articles by number, in the order asked for.
///
/// # Errors
/// The database.
pub fn by_ids(db: &mut Db<'_>, ids: &[ArticleId]) -> Result<Vec<Line>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(db.first(
            lines!("a.id = $1"),
            &[id.0.into(), i64::MAX.into(), i64::MAX.into(), 1_i64.into()],
            read_line,
        )?);
    }
    Ok(found)
}

/// What goes out next, the soonest first.
///
/// # Errors
/// The database.
pub fn scheduled(db: &mut Db<'_>, limit: i64) -> Result<Vec<Line>, StoreError> {
    db.all(
        line!("a.updated_at", "articles a", "WHERE a.scheduled_at IS NOT NULL ORDER BY a.scheduled_at, a.id LIMIT $1"),
        &[limit.into()],
        read_line,
    )
}

/// Unpublished stories that are planned for days from `from` to before `until`, by day; the day is in `at`, as its midnight
/// in UTC.
///
/// # Errors
/// The database, or a day that no calendar has.
pub fn planned(db: &mut Db<'_>, from: Date, until: Date, limit: i64) -> Result<Vec<Line>, StoreError> {
    db.all(
        line!("p.planned_on", "plans p JOIN articles a ON a.id = p.article_id",
         "WHERE p.planned_on >= $1 AND p.planned_on < $2 AND a.status = 'draft' ORDER BY p.planned_on, p.article_id LIMIT $3"),
        &[plans::midnight(from)?.into(), plans::midnight(until)?.into(), limit.into()],
        read_line,
    )
}

/// Stories that go out by themselves between two moments, the soonest first.
///
/// # Errors
/// The database.
pub fn going_out(db: &mut Db<'_>, from: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Line>, StoreError> {
    db.all(
        line!(
            "a.scheduled_at",
            "articles a",
            "WHERE a.scheduled_at >= $1 AND a.scheduled_at < $2 ORDER BY a.scheduled_at, a.id LIMIT $3"
        ),
        &[millis(from).into(), millis(until).into(), limit.into()],
        read_line,
    )
}

/// Public stories that go away by themselves between two moments, the soonest first; the moment is in `at`.
///
/// # Errors
/// The database.
pub fn going_away(db: &mut Db<'_>, from: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Line>, StoreError> {
    db.all(
        line!("p.expires_at", "plans p JOIN articles a ON a.id = p.article_id",
         "WHERE p.expires_at >= $1 AND p.expires_at < $2 AND a.status = 'published' ORDER BY p.expires_at, p.article_id LIMIT $3"),
        &[millis(from).into(), millis(until).into(), limit.into()],
        read_line,
    )
}

/// When public stories went out between two moments.
///
/// # Errors
/// The database.
pub fn went_out(db: &mut Db<'_>, from: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Timestamp>, StoreError> {
    db.all(
        "SELECT published_at FROM listings WHERE list = 1 AND key = 0 AND published_at >= $1 AND published_at < $2
         ORDER BY published_at LIMIT $3",
        &[millis(from).into(), millis(until).into(), limit.into()],
        |row| timestamp(row.get(0)?),
    )
}

fn read_line(row: &Row<'_>) -> Result<Line, StoreError> {
    let word = |column: usize| row.get::<String>(column);
    let broken = |what: &str, word: &str| StoreError::Broken(format!("{what} {word}"));
    let (status, kind, form) = (word(1)?, word(3)?, word(4)?);
    let sections = row.get::<Option<String>>(16)?.unwrap_or_default();
    let sections = sections.split(' ').filter_map(|id| id.parse().ok()).map(SectionId).collect();
    let account = |id: usize, name: usize| -> Result<_, StoreError> {
        Ok(row.get::<Option<i64>>(id)?.map(UserId).zip(row.get::<Option<String>>(name)?))
    };
    Ok(Line {
        sections,
        id: ArticleId(row.get(0)?),
        status: Status::parse(&status).ok_or_else(|| broken("status", &status))?,
        stage: row.get(2)?,
        kind: Kind::parse(&kind).ok_or_else(|| broken("kind", &kind))?,
        form: Form::parse(&form).ok_or_else(|| broken("form", &form))?,
        headline: row.get(5)?,
        language: row.get(6)?,
        section: row.get(7)?,
        owner: account(17, 8)?,
        assignee: account(18, 9)?,
        at: timestamp(row.get(10)?)?,
        published_at: row.get::<Option<i64>>(11)?.map(timestamp).transpose()?,
        scheduled_at: row.get::<Option<i64>>(12)?.map(timestamp).transpose()?,
        embargo_at: row.get::<Option<i64>>(19)?.map(timestamp).transpose()?,
        words: row.get(13)?,
        comments: row.get(14)?,
        has_changes: row.get(15)?,
    })
}

/// What a verb of the newsroom needs to know of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The article.
    pub id: ArticleId,
    /// Where it is in its life.
    pub status: Status,
    /// Where a draft is on its way.
    pub stage: String,
    /// Who began it.
    pub owner: Option<UserId>,
    /// Whose turn it is.
    pub assignee: Option<UserId>,
    /// Counts every save.
    pub version: i64,
    /// Its slug.
    pub slug: String,
    /// When it went out.
    pub published_at: Option<Timestamp>,
    /// When it will go out.
    pub scheduled_at: Option<Timestamp>,
    /// Why it was withdrawn, or empty.
    pub withdrawn_reason: String,
    /// The revision that readers see; 0: none.
    pub published_revision: i64,
    /// The sections that it stands in.
    pub sections: Vec<SectionId>,
}

impl Standing {
    /// Did they begin it, or is it their turn?
    #[must_use]
    pub fn is_with(&self, user: UserId) -> bool {
        self.owner == Some(user) || self.assignee == Some(user)
    }
}

/// The standing of an article in any state.
///
/// # Errors
/// The database.
pub fn standing(db: &mut Db<'_>, id: ArticleId) -> Result<Option<Standing>, StoreError> {
    let sections = db.all(
        "SELECT section_id FROM article_sections WHERE article_id = $1 ORDER BY position",
        &[id.0.into()],
        |row| Ok(SectionId(row.get(0)?)),
    )?;
    db.first(
        "SELECT id, status, stage, user_id, assignee_id, draft_version, slug, published_at, scheduled_at, withdrawn_reason, published_revision
         FROM articles WHERE id = $1",
        &[id.0.into()],
        |row| {
            let status = row.get::<String>(1)?;
            Ok(Standing {
                id: ArticleId(row.get(0)?),
                status: Status::parse(&status).ok_or_else(|| StoreError::Broken(format!("status {status}")))?,
                stage: row.get(2)?,
                owner: row.get::<Option<i64>>(3)?.map(UserId),
                assignee: row.get::<Option<i64>>(4)?.map(UserId),
                version: row.get(5)?,
                slug: row.get(6)?,
                published_at: row.get::<Option<i64>>(7)?.map(timestamp).transpose()?,
                scheduled_at: row.get::<Option<i64>>(8)?.map(timestamp).transpose()?,
                withdrawn_reason: row.get(9)?,
                published_revision: row.get(10)?,
                sections: sections.clone(),
            })
        },
    )
}

/// Count a save; says the new version.
///
/// # Errors
/// The database.
pub fn count_save(tx: &mut Tx<'_>, id: ArticleId) -> Result<i64, StoreError> {
    let version = tx.value::<i64>(
        "UPDATE articles SET draft_version = draft_version + 1 WHERE id = $1 RETURNING draft_version",
        &[id.0.into()],
    )?;
    version.ok_or_else(|| StoreError::Broken(format!("article {id} is gone")))
}

/// Say who began an article.
///
/// # Errors
/// The database.
pub fn set_owner(tx: &mut Tx<'_>, id: ArticleId, owner: UserId) -> Result<(), StoreError> {
    tx.execute("UPDATE articles SET user_id = $2 WHERE id = $1", &[id.0.into(), owner.0.into()])?;
    Ok(())
}

/// Say where a draft stands, without any other change of it.
///
/// # Errors
/// The database.
pub fn set_stage(tx: &mut Tx<'_>, id: ArticleId, stage: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE articles SET stage = $2 WHERE id = $1", &[id.0.into(), stage.into()])?;
    Ok(())
}

/// Hand an article on: where it stands now, and whose turn it is.
///
/// # Errors
/// The database.
pub fn hand_on(
    tx: &mut Tx<'_>,
    id: ArticleId,
    stage: &str,
    assignee: Option<UserId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE articles SET stage = $2, assignee_id = $3, updated_at = CASE WHEN status = 'published' THEN updated_at ELSE $4 END WHERE id = $1",
        &[id.0.into(), stage.into(), assignee.map(|user| user.0).into(), millis(now).into()],
    )?;
    Ok(())
}

/// A state that an article was kept in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Counts up from 1 within the article.
    pub number: i64,
    /// Who kept it.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: Option<String>,
    /// Why, in a few words; empty for what was kept while writing.
    pub note: String,
    /// When it was begun.
    pub at: Timestamp,
}

/// Revisions before a number, the newest first.
///
/// # Errors
/// The database.
pub fn revisions(db: &mut Db<'_>, id: ArticleId, before: i64, limit: i64) -> Result<Vec<Revision>, StoreError> {
    db.all(
        "SELECT r.number, r.user_id, u.name, r.note, r.created_at FROM revisions r LEFT JOIN users u ON u.id = r.user_id
         WHERE r.article_id = $1 AND r.number < $2 ORDER BY r.number DESC LIMIT $3",
        &[id.0.into(), before.into(), limit.into()],
        |row| {
            Ok(Revision {
                number: row.get(0)?,
                by: row.get::<Option<i64>>(1)?.map(UserId),
                by_name: row.get(2)?,
                note: row.get(3)?,
                at: timestamp(row.get(4)?)?,
            })
        },
    )
}

/// What a revision says.
///
/// # Errors
/// The database, or a revision that is no draft.
pub fn draft(db: &mut Db<'_>, id: ArticleId, number: i64) -> Result<Option<Draft>, StoreError> {
    let text = db.value::<String>(
        "SELECT draft FROM revisions WHERE article_id = $1 AND number = $2",
        &[id.0.into(), number.into()],
    )?;
    let read = |text: String| {
        serde_json::from_str(&text)
            .map_err(|error| StoreError::Broken(format!("revision {number} of article {id}: {error}")))
    };
    text.map(read).transpose()
}

/// Write over the newest revision: the same person goes on writing.
///
/// # Errors
/// The database.
pub fn write_over(tx: &mut Tx<'_>, id: ArticleId, number: i64, draft: &Draft) -> Result<(), StoreError> {
    let text = serde_json::to_string(draft).map_err(|error| StoreError::Broken(error.to_string()))?;
    library::note_uses(tx, id, draft)?;
    tx.execute(
        "UPDATE revisions SET draft = $3 WHERE article_id = $1 AND number = $2",
        &[id.0.into(), number.into(), (&text).into()],
    )?;
    Ok(())
}

/// Who has an article open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Who.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// Since when.
    pub since: Timestamp,
}

/// Who has an article open now.
///
/// # Errors
/// The database.
pub fn lock(db: &mut Db<'_>, id: ArticleId, now: Timestamp) -> Result<Option<Lock>, StoreError> {
    db.first(
        "SELECT l.user_id, u.name, l.since FROM edit_locks l JOIN users u ON u.id = l.user_id WHERE l.article_id = $1 AND l.seen_at > $2",
        &[id.0.into(), (millis(now) - LOCK_LASTS).into()],
        |row| Ok(Lock { by: UserId(row.get(0)?), by_name: row.get(1)?, since: timestamp(row.get(2)?)? }),
    )
}

/// Give an article to somebody who writes, or note that they still do.
///
/// # Errors
/// The database.
pub fn hold(tx: &mut Tx<'_>, id: ArticleId, user: UserId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO edit_locks (article_id, user_id, since, seen_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (article_id) DO UPDATE SET
           since = CASE WHEN edit_locks.user_id = excluded.user_id THEN edit_locks.since ELSE excluded.since END,
           user_id = excluded.user_id, seen_at = excluded.seen_at",
        &[id.0.into(), user.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Give an article back.
///
/// # Errors
/// The database.
pub fn release(tx: &mut Tx<'_>, id: ArticleId, user: UserId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM edit_locks WHERE article_id = $1 AND user_id = $2", &[id.0.into(), user.0.into()])?;
    Ok(())
}
