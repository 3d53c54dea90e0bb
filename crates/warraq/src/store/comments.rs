//! Comments. What readers are shown never includes an address; what is kept of one is sealed, and expires.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::news::comment::{Answered, Comment, CommentCase, Found, Queue, Status};
use crate::news::html::Html;
use crate::news::moderation::Reason;
use crate::news::{ArticleId, CommentId, UserId, wording};
use crate::store::pulse::Shown;
use crate::store::{Arg, Db, Row, StoreError, Sum, Tx, many, millis, timestamp};

macro_rules! comments {
    ($rest:literal) => {
        concat!("SELECT c.id, c.article_id, c.parent_id, c.thread_id, c.author, c.author_url, c.avatar, c.user_id, c.html, c.created_at ", $rest)
    };
}

/// The published comments of an article whose threads begin within a range of numbers, thread by thread in order.
///
/// # Errors
/// The database.
pub fn of_article(
    db: &mut Db<'_>,
    article: ArticleId,
    first: CommentId,
    last: CommentId,
) -> Result<Vec<Comment>, StoreError> {
    db.saw(Shown::Article(article));
    db.all(
        comments!("FROM comments c WHERE c.article_id = $1 AND c.status = 'published' AND c.thread_id BETWEEN $2 AND $3 ORDER BY c.thread_id, c.id"),
        &[article.0.into(), first.0.into(), last.0.into()],
        read,
    )
}

/// The numbers of an article's threads that have something published, in order.
///
/// # Errors
/// The database.
pub fn threads(db: &mut Db<'_>, article: ArticleId) -> Result<Vec<CommentId>, StoreError> {
    db.saw(Shown::Article(article));
    db.all(
        "SELECT DISTINCT thread_id FROM comments WHERE article_id = $1 AND status = 'published' ORDER BY thread_id",
        &[article.0.into()],
        |row| Ok(CommentId(row.get(0)?)),
    )
}

/// The newest published comments on published articles, with headline and number of the article, for the feed of all.
///
/// # Errors
/// The database.
pub fn newest(db: &mut Db<'_>, limit: i64) -> Result<Vec<Comment>, StoreError> {
    db.saw(Shown::Comments);
    db.all(
        comments!("FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.status = 'published' AND a.status = 'published' ORDER BY c.id DESC LIMIT $1"),
        &[limit.into()],
        read,
    )
}

/// The newest published comments of one article.
///
/// # Errors
/// The database.
pub fn newest_of(db: &mut Db<'_>, article: ArticleId, limit: i64) -> Result<Vec<Comment>, StoreError> {
    db.saw(Shown::Article(article));
    // The plus keeps SQLite from going through the comments of all articles, newest first, until enough are found: 15 ms
    // among 20,000, measured.
    db.all(
        comments!("FROM comments c WHERE c.article_id = $1 AND c.status = 'published' ORDER BY +c.id DESC LIMIT $2"),
        &[article.0.into(), limit.into()],
        read,
    )
}

/// One published comment.
///
/// # Errors
/// The database.
pub fn published(db: &mut Db<'_>, id: CommentId) -> Result<Option<Comment>, StoreError> {
    db.first(comments!("FROM comments c WHERE c.id = $1 AND c.status = 'published'"), &[id.0.into()], read)
}

/// How many comments are looked through for words, at most, before a page ends.
const WINDOW: i64 = 1_000;
/// How many of them are read at once: as soon as a page is full, no more are.
const STEP: i64 = 200;

macro_rules! cases {
    ($rest:literal) => {
        concat!(
            comments!(
                ", c.text, c.status, c.reason, c.findings, a.headline, a.status, p.id, p.status, p.author, SUBSTR(p.text, 1, 400),
                   CAST(CASE WHEN c.address_index IS NULL THEN 0 ELSE 1 END AS BIGINT),
                   CAST(CASE WHEN c.network_index IS NULL THEN 0 ELSE 1 END AS BIGINT)
                 FROM comments c JOIN articles a ON a.id = c.article_id LEFT JOIN comments p ON p.id = c.parent_id "
            ),
            $rest
        )
    };
}

/// A page of comments for those who decide, newest first. When words are asked for, so many comments are looked through
/// and no more; the page may then be short although there are further ones.
///
/// # Errors
/// The database.
pub fn queue(db: &mut Db<'_>, queue: &Queue, limit: usize) -> Result<Found, StoreError> {
    let by_words = !queue.words.is_empty();
    // Of article and reason together, one is found by an index and the other by looking.
    let looks = by_words || (queue.article.is_some() && queue.reason.is_some());
    let (window, step) = if looks { (WINDOW, STEP) } else { (limit as i64 + 1, limit as i64 + 1) };
    let (mut cases, mut last, mut all, mut is_end) = (Vec::new(), queue.before, 0, false);
    while cases.len() <= limit && all < window && !is_end {
        let (seen, reached) = look(db, queue, (last, step), limit, &mut cases)?;
        (all, last, is_end) = (all + seen, reached, seen < step);
    }
    let next = if cases.len() > limit {
        cases.truncate(limit);
        cases.last().map(|case| case.comment.id)
    } else {
        (looks && !is_end).then_some(last)
    };
    Ok(Found { cases, next })
}

/// Look through a step of a queue before a comment, and add what fits, up to one more than `limit`. Says how many there were,
/// and which was looked at last.
fn look(
    db: &mut Db<'_>,
    queue: &Queue,
    (before, step): (CommentId, i64),
    limit: usize,
    cases: &mut Vec<CommentCase>,
) -> Result<(i64, CommentId), StoreError> {
    let by_words = !queue.words.is_empty();
    let status = queue.status.as_str().into();
    let (mut seen, mut last) = (0, before);
    let before = before.0.into();
    let mut visit = |row: &Row<'_>| {
        seen += 1;
        if cases.len() > limit {
            return Ok(());
        }
        last = CommentId(row.get(0)?);
        let fits_reason = || {
            Ok::<_, StoreError>(
                queue.reason.is_none_or(|reason| row.get::<String>(12).is_ok_and(|kept| kept == reason.as_str())),
            )
        };
        let fits_words = || {
            Ok::<_, StoreError>(
                !by_words
                    || wording::stand_in(
                        &queue.words,
                        &format!("{} {}", row.get::<String>(4)?, row.get::<String>(10)?),
                    ),
            )
        };
        if fits_reason()? && fits_words()? {
            cases.push(read_case(row)?);
        }
        Ok(())
    };
    match (queue.article, queue.reason) {
        (Some(article), _) => db.each_row(
            cases!("WHERE c.article_id = $4 AND c.status = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"),
            &[status, before, step.into(), article.0.into()],
            &mut visit,
        )?,
        (None, Some(reason)) => db.each_row(
            cases!(
                "WHERE c.status = $1 AND c.reason = $4 AND c.reason <> '' AND c.id < $2 ORDER BY c.id DESC LIMIT $3"
            ),
            &[status, before, step.into(), reason.as_str().into()],
            &mut visit,
        )?,
        (None, None) => db.each_row(
            cases!("WHERE c.status = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"),
            &[status, before, step.into()],
            &mut visit,
        )?,
    }
    Ok((seen, last))
}

/// Comments in one state, newest first, before number `before`, for those who decide.
///
/// # Errors
/// The database.
pub fn cases(db: &mut Db<'_>, status: Status, before: CommentId, limit: i64) -> Result<Vec<CommentCase>, StoreError> {
    let wanted = Queue { status, article: None, reason: None, words: Vec::new(), before };
    Ok(queue(db, &wanted, limit.max(0) as usize)?.cases)
}

/// One comment, for those who decide.
///
/// # Errors
/// The database.
pub fn case(db: &mut Db<'_>, id: CommentId) -> Result<Option<CommentCase>, StoreError> {
    db.first(cases!("WHERE c.id = $1"), &[id.0.into()], read_case)
}

/// How many comments are in a state, counted up to `limit`.
///
/// # Errors
/// The database.
pub fn count_up_to(db: &mut Db<'_>, status: Status, limit: i64) -> Result<i64, StoreError> {
    let found = db.value(
        "SELECT COUNT(*) FROM (SELECT id FROM comments WHERE status = $1 ORDER BY id DESC LIMIT $2) AS newest",
        &[status.as_str().into(), limit.into()],
    )?;
    Ok(found.unwrap_or(0))
}

/// What the desk has to know of a comment to change it.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Where it stands.
    pub status: Status,
    /// Why.
    pub reason: String,
    /// The article that it answers.
    pub article: ArticleId,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// Sealed address, while it is kept.
    pub address: Option<Vec<u8>>,
    /// Keyed hash of the address, while it is kept.
    pub address_index: Option<Vec<u8>>,
    /// Keyed hash of the network's block, while it is kept.
    pub network_index: Option<Vec<u8>>,
}

/// What the desk has to know of a comment to change it.
///
/// # Errors
/// The database.
pub fn to_decide(db: &mut Db<'_>, id: CommentId) -> Result<Option<Standing>, StoreError> {
    db.first(
        "SELECT c.status, c.reason, c.article_id, c.parent_id, c.address, c.address_index, c.network_index FROM comments c WHERE c.id = $1",
        &[id.0.into()],
        |row| {
            Ok(Standing {
                status: status_of(row, 0)?,
                reason: row.get(1)?,
                article: ArticleId(row.get(2)?),
                parent: row.get::<Option<i64>>(3)?.map(CommentId),
                address: row.get(4)?,
                address_index: row.get(5)?,
                network_index: row.get(6)?,
            })
        },
    )
}

/// Take a comment out of the database for good. Answers to it stand where it stood.
///
/// # Errors
/// The database.
pub fn delete(tx: &mut Tx<'_>, id: CommentId, of: &Standing) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE comments SET parent_id = $2 WHERE parent_id = $1",
        &[id.0.into(), of.parent.map(|parent| parent.0).into()],
    )?;
    // What came from elsewhere must not come again with the next import.
    tx.execute(
        "INSERT INTO gone_comments (guid) SELECT guid FROM comments WHERE id = $1 AND guid IS NOT NULL ON CONFLICT DO NOTHING",
        &[id.0.into()],
    )?;
    tx.execute("DELETE FROM comments WHERE id = $1", &[id.0.into()])?;
    if of.status == Status::Published {
        count(tx, of.article, -1);
    } else {
        tx.touch(Shown::Article(of.article));
    }
    Ok(())
}

/// A comment as its writer gets it back.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its number.
    pub id: CommentId,
    /// The article that it answers, and its headline.
    pub article: (ArticleId, String),
    /// Where it stands.
    pub status: Status,
    /// The name.
    pub author: String,
    /// The website.
    pub url: String,
    /// As it was typed.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether a network address is kept beside it.
    pub has_network: bool,
}

/// The comments that were written with one address, oldest first.
///
/// # Errors
/// The database.
pub fn of_address(db: &mut Db<'_>, address_index: &[u8]) -> Result<Vec<Own>, StoreError> {
    db.all(
        "SELECT c.id, c.article_id, a.headline, c.status, c.author, c.author_url, c.text, c.created_at, c.network
         FROM comments c JOIN articles a ON a.id = c.article_id WHERE c.address_index = $1 ORDER BY c.id",
        &[address_index.into()],
        |row| {
            Ok(Own {
                id: CommentId(row.get(0)?),
                article: (ArticleId(row.get(1)?), row.get(2)?),
                status: status_of(row, 3)?,
                author: row.get(4)?,
                url: row.get(5)?,
                text: row.get(6)?,
                at: timestamp(row.get(7)?)?,
                has_network: row.get::<Option<Vec<u8>>>(8)?.is_some(),
            })
        },
    )
}

/// What stands in the place of somebody who asked to be forgotten.
#[derive(Debug, Clone, Copy)]
pub struct Erased<'a> {
    /// The name.
    pub author: &'a str,
    /// A new picture beside it.
    pub avatar: i64,
    /// Another text in the place of theirs, with its HTML and keyed hash; `None`: theirs stays.
    pub text: Option<(&'a str, &'a Html, &'a [u8])>,
}

/// Forget who wrote a comment.
///
/// # Errors
/// The database.
pub fn erase(tx: &mut Tx<'_>, id: CommentId, article: ArticleId, by: Erased<'_>) -> Result<(), StoreError> {
    tx.touch(Shown::Article(article));
    tx.touch(Shown::Comments);
    tx.execute(
        "UPDATE comments SET author = $2, author_url = '', avatar = $3, address = NULL, address_index = NULL, network = NULL, network_index = NULL
         WHERE id = $1",
        &[id.0.into(), by.author.into(), by.avatar.into()],
    )?;
    if let Some((text, html, text_index)) = by.text {
        tx.execute(
            "UPDATE comments SET text = $2, html = $3, text_index = $4 WHERE id = $1",
            &[id.0.into(), text.into(), html.as_str().into(), text_index.into()],
        )?;
    }
    Ok(())
}

/// How many comments wait for a decision, counted to a thousand.
///
/// # Errors
/// The database.
pub fn held(db: &mut Db<'_>) -> Result<i64, StoreError> {
    count_up_to(db, Status::Held, 1_000)
}

/// State, article and thread of a comment.
///
/// # Errors
/// The database.
pub fn standing(db: &mut Db<'_>, id: CommentId) -> Result<Option<(Status, ArticleId, CommentId)>, StoreError> {
    db.first("SELECT c.status, c.article_id, c.thread_id FROM comments c WHERE c.id = $1", &[id.0.into()], |row| {
        Ok((status_of(row, 0)?, ArticleId(row.get(1)?), CommentId(row.get(2)?)))
    })
}

/// A comment to be kept.
#[derive(Debug)]
pub struct NewRow<'a> {
    /// Its number.
    pub id: CommentId,
    /// The article that it answers.
    pub article: ArticleId,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// The comment that began the thread.
    pub thread: CommentId,
    /// What was decided.
    pub status: Status,
    /// Why, or empty.
    pub reason: &'a str,
    /// Every rule that applied, as JSON, or empty.
    pub findings: &'a str,
    /// Somebody of the newsroom.
    pub user: Option<UserId>,
    /// The name to show.
    pub author: &'a str,
    /// Website or empty.
    pub url: &'a str,
    /// Sealed address.
    pub address: Option<&'a [u8]>,
    /// Keyed hash of the address.
    pub address_index: Option<&'a [u8]>,
    /// Sealed network address.
    pub network: Option<&'a [u8]>,
    /// Keyed hash of its block.
    pub network_index: Option<&'a [u8]>,
    /// Keyed hash of the folded text.
    pub text_index: &'a [u8],
    /// Random seed of the picture.
    pub avatar: i64,
    /// What an import knows it by.
    pub guid: Option<&'a str>,
    /// As typed.
    pub text: &'a str,
    /// Sanitised.
    pub html: &'a Html,
    /// When it was written.
    pub at: Timestamp,
}

/// Keep a comment; a published one is counted.
///
/// # Errors
/// The database.
pub fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<(), StoreError> {
    let args: [Arg<'_>; 20] = [
        new.id.0.into(),
        new.article.0.into(),
        new.parent.map(|parent| parent.0).into(),
        new.thread.0.into(),
        new.status.as_str().into(),
        new.reason.into(),
        new.user.map(|user| user.0).into(),
        new.author.into(),
        new.url.into(),
        new.address.into(),
        new.address_index.into(),
        new.network.into(),
        new.network_index.into(),
        new.text_index.into(),
        new.avatar.into(),
        new.guid.into(),
        new.text.into(),
        new.html.as_str().into(),
        millis(new.at).into(),
        new.findings.into(),
    ];
    tx.later(
        "INSERT INTO comments (id, article_id, parent_id, thread_id, status, reason, user_id, author, author_url, address, address_index,
                               network, network_index, text_index, avatar, guid, text, html, created_at, findings)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
        &args,
    )?;
    if new.status == Status::Published {
        count(tx, new.article, 1);
    }
    Ok(())
}

/// Decide about a comment; the counter of its article follows. Says whether anything changed.
///
/// # Errors
/// The database.
pub fn set_status(
    tx: &mut Tx<'_>,
    id: CommentId,
    status: Status,
    reason: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some((before, article, _)) = standing(tx, id)? else { return Ok(false) };
    if before == status {
        return Ok(false);
    }
    tx.execute(
        "UPDATE comments SET status = $2, reason = $3, decided_at = $4 WHERE id = $1",
        &[id.0.into(), status.as_str().into(), reason.into(), millis(now).into()],
    )?;
    match (before, status) {
        (_, Status::Published) => count(tx, article, 1),
        (Status::Published, _) => count(tx, article, -1),
        _ => {}
    }
    Ok(true)
}

/// Was a comment from this address published before?
///
/// # Errors
/// The database.
pub fn knows_address(db: &mut Db<'_>, address_index: &[u8]) -> Result<bool, StoreError> {
    Ok(db
        .value::<i64>(
            "SELECT id FROM comments WHERE address_index = $1 AND status = 'published' LIMIT 1",
            &[address_index.into()],
        )?
        .is_some())
}

/// How many comments came from a network block since a moment.
///
/// # Errors
/// The database.
pub fn recent_from(db: &mut Db<'_>, network_index: &[u8], since: Timestamp) -> Result<i64, StoreError> {
    let found = db.value(
        "SELECT COUNT(*) FROM comments WHERE network_index = $1 AND created_at >= $2",
        &[network_index.into(), millis(since).into()],
    )?;
    Ok(found.unwrap_or(0))
}

/// The comment with the same words, if one was sent since a moment: number, article, state and keyed hash of its address.
///
/// # Errors
/// The database.
#[expect(
    clippy::type_complexity,
    reason = "four columns of one row, named in the sentence above and taken apart at once by the one caller"
)]
pub fn same_text(
    db: &mut Db<'_>,
    text_index: &[u8],
    since: Timestamp,
) -> Result<Vec<(CommentId, ArticleId, Status, Option<Vec<u8>>)>, StoreError> {
    db.all(
        "SELECT c.id, c.article_id, c.status, c.address_index FROM comments c WHERE c.text_index = $1 AND c.created_at >= $2 ORDER BY c.id LIMIT 20",
        &[text_index.into(), millis(since).into()],
        |row| Ok((CommentId(row.get(0)?), ArticleId(row.get(1)?), status_of(row, 2)?, row.get(3)?)),
    )
}

/// The comments that an import knows by these names; names that are not here are left out.
///
/// # Errors
/// The database.
pub fn by_old_names(db: &mut Db<'_>, guids: &[&str]) -> Result<HashMap<String, CommentId>, StoreError> {
    let mut found = HashMap::new();
    for some in many(guids) {
        db.each_row(concat!("SELECT guid, id FROM comments WHERE guid IN ", among!()), &some, |row| {
            found.insert(row.get(0)?, CommentId(row.get(1)?));
            Ok(())
        })?;
    }
    Ok(found)
}

/// Those of the names whose comments were taken out for good.
///
/// # Errors
/// The database.
pub fn gone(db: &mut Db<'_>, guids: &[&str]) -> Result<HashSet<String>, StoreError> {
    let mut gone = HashSet::new();
    for some in many(guids) {
        db.each_row(concat!("SELECT guid FROM gone_comments WHERE guid IN ", among!()), &some, |row| {
            gone.insert(row.get(0)?);
            Ok(())
        })?;
    }
    Ok(gone)
}

/// Those of the numbers that comments have.
///
/// # Errors
/// The database.
pub fn taken_ids(db: &mut Db<'_>, ids: &[i64]) -> Result<HashSet<CommentId>, StoreError> {
    let mut taken = HashSet::new();
    for some in many(ids) {
        db.each_row(concat!("SELECT id FROM comments WHERE id IN ", among!()), &some, |row| {
            taken.insert(CommentId(row.get(0)?));
            Ok(())
        })?;
    }
    Ok(taken)
}

/// Erase sealed addresses older than a moment; says how many.
///
/// # Errors
/// The database.
pub fn forget_addresses(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE comments SET address = NULL, address_index = NULL WHERE created_at < $1 AND address IS NOT NULL",
        &[millis(before).into()],
    )
}

/// Erase sealed network addresses older than a moment; says how many.
///
/// # Errors
/// The database.
pub fn forget_networks(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(
        "UPDATE comments SET network = NULL, network_index = NULL WHERE created_at < $1 AND network IS NOT NULL",
        &[millis(before).into()],
    )
}

/// How many comments are in each state.
///
/// # Errors
/// The database.
pub fn census(db: &mut Db<'_>) -> Result<Vec<(String, i64)>, StoreError> {
    db.all("SELECT status, COUNT(*) FROM comments GROUP BY status ORDER BY status", &[], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

/// A few sealed addresses, for `doctor` to try the key on.
///
/// # Errors
/// The database.
pub fn sealed_samples(db: &mut Db<'_>, limit: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    db.all("SELECT address FROM comments WHERE address IS NOT NULL ORDER BY id DESC LIMIT $1", &[limit.into()], |row| {
        row.get(0)
    })
}

fn count(tx: &mut Tx<'_>, article: ArticleId, by: i64) {
    tx.touch(Shown::Article(article));
    tx.touch(Shown::Comments);
    tx.add(Sum::one("UPDATE articles SET comment_count = comment_count + $1 WHERE id = $2"), &[article.0], by);
}

fn read(row: &Row<'_>) -> Result<Comment, StoreError> {
    Ok(Comment {
        id: CommentId(row.get(0)?),
        article: ArticleId(row.get(1)?),
        parent: row.get::<Option<i64>>(2)?.map(CommentId),
        thread: CommentId(row.get(3)?),
        author: row.get(4)?,
        url: row.get(5)?,
        avatar: row.get::<i64>(6)?.cast_unsigned(),
        staff: row.get::<Option<i64>>(7)?.is_some(),
        html: Html::from_store(row.get(8)?),
        at: timestamp(row.get(9)?)?,
    })
}

fn read_case(row: &Row<'_>) -> Result<CommentCase, StoreError> {
    let why: String = row.get(12)?;
    let findings: String = row.get(13)?;
    let answers = match row.get::<Option<i64>>(16)? {
        None => None,
        Some(id) => {
            Some(Answered { id: CommentId(id), status: status_of(row, 17)?, author: row.get(18)?, text: row.get(19)? })
        }
    };
    Ok(CommentCase {
        comment: read(row)?,
        text: row.get(10)?,
        status: status_of(row, 11)?,
        reason: Reason::parse(&why),
        why,
        // A rule that an older or newer program had is no reason to show nothing.
        findings: serde_json::from_str(&findings).unwrap_or_default(),
        headline: row.get(14)?,
        is_article_public: row.get::<String>(15)? == "published",
        answers,
        known: (row.get::<i64>(20)? == 1, row.get::<i64>(21)? == 1),
    })
}

fn status_of(row: &Row<'_>, column: usize) -> Result<Status, StoreError> {
    let status = row.get::<String>(column)?;
    Status::parse(&status).ok_or_else(|| StoreError::Broken(format!("{status} is no state of a comment")))
}
