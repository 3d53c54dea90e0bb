//! What came of the feeds: stories that wait, were taken in, or were dismissed.
//!
//! A list is one step down an index, however many stories there are. Which story says the same as another is found by its
//! bands, as among articles ([`super::wires`]); of a story that is too short for that, by all of its words.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::news::likeness::{self, Likeness};
use crate::news::wire::{Line, State};
use crate::news::{ArticleId, SectionId, UserId, WireSourceId, WireStoryId};
use crate::store::{Arg, Db, Row, Sql, StoreError, Tx, many, millis, timestamp};

/// How far apart the same story may come.
const AROUND: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How many stories of one band are looked at.
const MOST: i64 = 20;
/// How many others that say the same are named for a page of the list.
const NAMED: i64 = 500;

/// What a feed says of a story, ready to be kept.
#[derive(Debug)]
pub struct Content<'a> {
    /// Of all that it says.
    pub hash: &'a [u8],
    /// Where it stands there.
    pub address: &'a str,
    /// The headline.
    pub headline: &'a str,
    /// The paragraph under it.
    pub standfirst: &'a str,
    /// How it begins.
    pub excerpt: &'a str,
    /// Sanitised HTML.
    pub body: &'a str,
    /// A name a line.
    pub bylines: &'a str,
    /// Under which terms we may show it.
    pub licence: &'a str,
    /// Its language; empty: nobody said.
    pub language: &'a str,
    /// Its date there.
    pub at: Timestamp,
    /// What it is like, where it is long enough.
    pub likeness: Option<&'a Likeness>,
    /// By which a story that is too short is compared; `None` when it says nothing.
    pub words: Option<i64>,
}

/// A story as it comes.
#[derive(Debug)]
pub struct NewStory<'a> {
    /// Of which source.
    pub source: WireSourceId,
    /// What it is known by there.
    pub guid: &'a str,
    /// What it says.
    pub content: Content<'a>,
    /// The story that it repeats.
    pub repeats: Option<Lead>,
    /// Where it is.
    pub state: State,
    /// What it became.
    pub article: Option<ArticleId>,
    /// The rule of its source published that.
    pub let_out: bool,
    /// An article that says the same.
    pub same_as: Option<ArticleId>,
}

/// The first of several stories that say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// Its number.
    pub id: WireStoryId,
    /// Where it is.
    pub state: State,
    /// What it became.
    pub article: Option<ArticleId>,
}

/// What is known of a story that a feed names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// Its number.
    pub id: WireStoryId,
    /// Of all that it said.
    pub hash: Vec<u8>,
    /// Where it is.
    pub state: State,
    /// What it became.
    pub article: Option<ArticleId>,
    /// The rule of its source published the article.
    pub let_out: bool,
}

/// A story, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// As the list shows it.
    pub line: Line,
    /// What it is known by there.
    pub guid: String,
    /// The paragraph under the headline.
    pub standfirst: String,
    /// Sanitised HTML.
    pub body: String,
    /// Under which terms we may show it.
    pub licence: String,
    /// What it is like.
    pub likeness: Option<Likeness>,
}

/// Somebody else who tells the same story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Another {
    /// The first of them.
    pub group: WireStoryId,
    /// This one.
    pub id: WireStoryId,
    /// The name of its source.
    pub source: String,
}

/// What is wanted of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// In this state.
    pub state: State,
    /// Of this source alone.
    pub source: Option<WireSourceId>,
    /// Older than this line: its date and number.
    pub before: Option<(Timestamp, WireStoryId)>,
}

/// Those of the names that the source has told of.
///
/// # Errors
/// The database.
pub fn here(db: &mut Db<'_>, source: WireSourceId, guids: &[&str]) -> Result<HashMap<String, Here>, StoreError> {
    // Every place of the statement is a name's: the source is compared afterwards.
    const SOME: Sql = concat!(
        "SELECT guid, source_id, id, content_hash, state, article_id, let_out FROM wire_stories WHERE guid IN ",
        among!()
    );
    let mut found = HashMap::new();
    for some in many(guids) {
        db.each_row(SOME, &some, |row| {
            if row.get::<i64>(1)? == source.0 {
                let here = Here {
                    id: WireStoryId(row.get(2)?),
                    hash: row.get(3)?,
                    state: state(&row.get::<String>(4)?)?,
                    article: row.get::<Option<i64>>(5)?.map(ArticleId),
                    let_out: row.get(6)?,
                };
                found.insert(row.get(0)?, here);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// The story that another source, or another name, told already: by its name, or by what it says.
///
/// # Errors
/// The database.
pub fn told_already(
    db: &mut Db<'_>,
    guid: &str,
    content: &Content<'_>,
    now: Timestamp,
) -> Result<Option<Lead>, StoreError> {
    let same_name = "SELECT group_id FROM wire_stories WHERE guid = $1 ORDER BY id LIMIT 1";
    if let Some(lead) = db.value::<i64>(same_name, &[guid.into()])? {
        return lead_of(db, WireStoryId(lead));
    }
    let mut best: Option<(WireStoryId, f64)> = None;
    let mut seen = Vec::new();
    for band in bands(content.likeness, content.words) {
        let found = db.all(
            "SELECT b.story_id, s.likeness FROM wire_story_bands b JOIN wire_stories s ON s.id = b.story_id
             WHERE b.band = $1 AND b.at >= $2 ORDER BY b.at, b.story_id LIMIT $3",
            &[band.into(), millis(now - AROUND).into(), MOST.into()],
            |row| Ok((WireStoryId(row.get(0)?), row.get::<Vec<u8>>(1)?)),
        )?;
        for (id, bytes) in found {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let share = match (content.likeness, Likeness::from_bytes(&bytes)) {
                (Some(one), Some(other)) => one.share(&other),
                // Short ones meet only where all of their words are the same.
                (None, None) => 1.0,
                _ => 0.0,
            };
            if share >= likeness::SAME && best.is_none_or(|(_, most)| share > most) {
                best = Some((id, share));
            }
        }
    }
    best.map_or(Ok(None), |(id, _)| lead_of(db, id))
}

fn lead_of(db: &mut Db<'_>, id: WireStoryId) -> Result<Option<Lead>, StoreError> {
    // What waited too long says nothing about what comes now.
    let sql = "SELECT id, state, article_id FROM wire_stories WHERE id = $1 AND state <> 'expired'";
    db.first(sql, &[id.0.into()], |row| {
        Ok(Lead {
            id: WireStoryId(row.get(0)?),
            state: state(&row.get::<String>(1)?)?,
            article: row.get::<Option<i64>>(2)?.map(ArticleId),
        })
    })
}

fn bands(likeness: Option<&Likeness>, words: Option<i64>) -> Vec<i64> {
    likeness.map_or_else(|| words.into_iter().collect(), Likeness::bands)
}

/// Keep a story.
///
/// # Errors
/// The database.
pub fn add(tx: &mut Tx<'_>, new: &NewStory<'_>, now: Timestamp) -> Result<WireStoryId, StoreError> {
    let id = WireStoryId(tx.next_id("wire story")?);
    let group = new.repeats.map_or(id, |lead| lead.id);
    let also = "SELECT id FROM wire_stories WHERE group_id = $1 AND source_id = $2 LIMIT 1";
    let leads = group == id || tx.value::<i64>(also, &[group.0.into(), new.source.0.into()])?.is_none();
    let content = &new.content;
    let likeness = content.likeness.map(Likeness::to_bytes).unwrap_or_default();
    let args: [Arg<'_>; 22] = [
        id.0.into(),
        new.source.0.into(),
        new.guid.into(),
        content.hash.into(),
        content.address.into(),
        content.headline.into(),
        content.standfirst.into(),
        content.excerpt.into(),
        content.body.into(),
        content.bylines.into(),
        content.licence.into(),
        content.language.into(),
        millis(content.at).into(),
        millis(now).into(),
        group.0.into(),
        leads.into(),
        (&likeness[..]).into(),
        new.state.as_str().into(),
        new.article.map(|id| id.0).into(),
        new.same_as.map(|id| id.0).into(),
        (new.state != State::New).then_some(millis(now)).into(),
        new.let_out.into(),
    ];
    tx.execute(
        "INSERT INTO wire_stories (id, source_id, guid, content_hash, address, headline, standfirst, excerpt, body, bylines, licence,
                                   language, at, fetched_at, group_id, leads, likeness, state, article_id, same_as, decided_at,
                                   let_out)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)",
        &args,
    )?;
    if group == id {
        for band in bands(content.likeness, content.words) {
            tx.execute(
                "INSERT INTO wire_story_bands (band, at, story_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[band.into(), millis(now).into(), id.0.into()],
            )?;
        }
    }
    Ok(id)
}

/// The source says something else now. Date and group stay.
///
/// # Errors
/// The database.
pub fn renew(tx: &mut Tx<'_>, id: WireStoryId, content: &Content<'_>) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_stories SET content_hash = $2, address = $3, headline = $4, standfirst = $5, excerpt = $6, body = $7, bylines = $8,
                licence = $9, language = $10
         WHERE id = $1",
        &[
            id.0.into(),
            content.hash.into(),
            content.address.into(),
            content.headline.into(),
            content.standfirst.into(),
            content.excerpt.into(),
            content.body.into(),
            content.bylines.into(),
            content.licence.into(),
            content.language.into(),
        ],
    )?;
    Ok(())
}

/// Remember which stories a feed still has: those of the source that it did not name are gone from now, those that it names
/// again are not. One that is gone and only repeated another of its own source is not kept at all: some feeds name everything
/// anew whenever they are asked.
///
/// # Errors
/// The database.
pub fn note_gone(
    tx: &mut Tx<'_>,
    source: WireSourceId,
    named: &HashMap<String, Here>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let there =
        tx.all("SELECT id FROM wire_stories WHERE source_id = $1 AND gone_at IS NULL", &[source.0.into()], |row| {
            row.get::<i64>(0)
        })?;
    let named: std::collections::HashSet<i64> = named.values().map(|here| here.id.0).collect();
    for id in there.iter().filter(|id| !named.contains(id)) {
        if tx.execute("DELETE FROM wire_stories WHERE id = $1 AND leads = 0", &[(*id).into()])? > 0 {
            continue;
        }
        tx.execute("UPDATE wire_stories SET gone_at = $2 WHERE id = $1", &[(*id).into(), millis(now).into()])?;
    }
    let there: std::collections::HashSet<i64> = there.into_iter().collect();
    for id in named.difference(&there) {
        tx.execute("UPDATE wire_stories SET gone_at = NULL WHERE id = $1", &[(*id).into()])?;
    }
    Ok(())
}

macro_rules! line {
    () => {
        "SELECT s.id, s.group_id, s.source_id, o.name, o.section_id, s.address, s.headline, s.excerpt, s.bylines, s.language, s.at, \
         s.fetched_at, s.state, s.article_id, s.same_as, u.name "
    };
}

macro_rules! list {
    ($where:literal) => {
        concat!(
            line!(),
            " FROM wire_stories s JOIN wire_sources o ON o.id = s.source_id LEFT JOIN users u ON u.id = s.user_id WHERE ",
            $where,
            " AND s.state = $1 AND (s.at < $2 OR (s.at = $2 AND s.id < $3)) AND s.at <= $2 ORDER BY s.at DESC, s.id DESC LIMIT $4"
        )
    };
}

/// A page of the list, newest first. Of several stories that say the same there is the first; of one source, the first of
/// that source.
///
/// # Errors
/// The database.
pub fn lines(db: &mut Db<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<Line>, StoreError> {
    let (at, id) = wanted.before.map_or((i64::MAX, i64::MAX), |(at, id)| (millis(at), id.0));
    let args: [Arg<'_>; 4] = [wanted.state.as_str().into(), at.into(), id.into(), limit.into()];
    match wanted.source {
        None => db.all(list!("s.group_id = s.id"), &args, read_line),
        Some(source) => {
            let [state, at, id, limit] = args;
            db.all(list!("s.source_id = $5 AND s.leads = 1"), &[state, at, id, limit, source.0.into()], read_line)
        }
    }
}

/// Who else tells these stories.
///
/// # Errors
/// The database.
pub fn others(db: &mut Db<'_>, groups: &[WireStoryId]) -> Result<Vec<Another>, StoreError> {
    let numbers: Vec<i64> = groups.iter().map(|id| id.0).collect();
    let mut found = Vec::new();
    for some in many(&numbers) {
        const SOME: Sql = concat!(
            "SELECT s.group_id, s.id, o.name FROM wire_stories s JOIN wire_sources o ON o.id = s.source_id WHERE s.leads = 1 AND s.group_id IN ",
            among!(),
            " ORDER BY s.group_id, s.id LIMIT $65"
        );
        let args: Vec<Arg<'_>> = some.into_iter().chain([NAMED.into()]).collect();
        found.extend(db.all(SOME, &args, |row| {
            Ok(Another { group: WireStoryId(row.get(0)?), id: WireStoryId(row.get(1)?), source: row.get(2)? })
        })?);
    }
    Ok(found)
}

/// A story, whole. One that waited too long is none.
///
/// # Errors
/// The database.
pub fn whole(db: &mut Db<'_>, id: WireStoryId) -> Result<Option<Whole>, StoreError> {
    const ONE: Sql = concat!(
        line!(),
        ", s.guid, s.standfirst, s.body, s.licence, s.likeness FROM wire_stories s JOIN wire_sources o ON o.id = s.source_id
         LEFT JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.state <> 'expired'"
    );
    db.first(ONE, &[id.0.into()], |row| {
        Ok(Whole {
            line: read_line(row)?,
            guid: row.get(16)?,
            standfirst: row.get(17)?,
            body: row.get(18)?,
            licence: row.get(19)?,
            likeness: Likeness::from_bytes(&row.get::<Vec<u8>>(20)?),
        })
    })
}

/// The first of those that say the same as a story, and the section of the source of the first: what is decided about one
/// is decided about all, by those who have a say there.
///
/// # Errors
/// The database.
pub fn group_of(db: &mut Db<'_>, id: WireStoryId) -> Result<Option<(WireStoryId, Option<SectionId>)>, StoreError> {
    let sql = "SELECT s.group_id, o.section_id FROM wire_stories s LEFT JOIN wire_stories f ON f.id = s.group_id
         JOIN wire_sources o ON o.id = COALESCE(f.source_id, s.source_id) WHERE s.id = $1";
    db.first(sql, &[id.0.into()], |row| Ok((WireStoryId(row.get(0)?), row.get::<Option<i64>>(1)?.map(SectionId))))
}

/// How many stories wait, up to `limit`.
///
/// # Errors
/// The database.
pub fn count_waiting(db: &mut Db<'_>, limit: i64) -> Result<i64, StoreError> {
    let sql = "SELECT COUNT(*) FROM (SELECT 1 FROM wire_stories s WHERE s.group_id = s.id AND s.state = 'new' LIMIT $1) AS waiting";
    Ok(db.value::<i64>(sql, &[limit.into()])?.unwrap_or(0))
}

/// A story became an article, and with it all that say the same.
///
/// # Errors
/// The database.
pub fn set_taken(
    tx: &mut Tx<'_>,
    group: WireStoryId,
    article: ArticleId,
    by: UserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_stories SET state = 'taken', article_id = $2, user_id = $3, decided_at = $4, batch = NULL
         WHERE group_id = $1 AND state IN ('new', 'dismissed')",
        &[group.0.into(), article.0.into(), by.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Nobody wants it, nor what says the same. Says whether it waited.
///
/// # Errors
/// The database.
pub fn dismiss(
    tx: &mut Tx<'_>,
    group: WireStoryId,
    by: Option<UserId>,
    batch: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE wire_stories SET state = 'dismissed', user_id = $2, decided_at = $3, batch = $4 WHERE group_id = $1 AND state = 'new'",
        &[group.0.into(), by.map(|user| user.0).into(), millis(now).into(), batch.into()],
    )?;
    Ok(changed > 0)
}

/// What was dismissed in one go: the first of each group, perhaps several times, with the section of its source.
///
/// # Errors
/// The database.
pub fn dismissed(db: &mut Db<'_>, batch: i64) -> Result<Vec<(WireStoryId, Option<SectionId>)>, StoreError> {
    let sql = "SELECT s.group_id, o.section_id FROM wire_stories s LEFT JOIN wire_stories f ON f.id = s.group_id
               JOIN wire_sources o ON o.id = COALESCE(f.source_id, s.source_id)
               WHERE s.batch = $1 AND s.state = 'dismissed' AND s.leads = 1 ORDER BY s.group_id";
    db.all(sql, &[batch.into()], |row| Ok((WireStoryId(row.get(0)?), row.get::<Option<i64>>(1)?.map(SectionId))))
}

/// What was dismissed in this go waits again, with what says the same.
///
/// # Errors
/// The database.
pub fn bring_back(tx: &mut Tx<'_>, group: WireStoryId, batch: i64) -> Result<bool, StoreError> {
    let changed = tx.execute(
        "UPDATE wire_stories SET state = 'new', user_id = NULL, decided_at = NULL, batch = NULL
         WHERE group_id = $1 AND state = 'dismissed' AND (batch = $2 OR batch IS NULL)",
        &[group.0.into(), batch.into()],
    )?;
    Ok(changed > 0)
}

/// No feed has its stories any more: the source was removed.
///
/// # Errors
/// The database.
pub fn orphan(tx: &mut Tx<'_>, source: WireSourceId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_stories SET gone_at = $2 WHERE source_id = $1 AND gone_at IS NULL",
        &[source.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Forget up to `limit` things of what came before `before`: what nobody took loses its words; what its feed has not had
/// since then goes altogether. Says how many there were.
///
/// # Errors
/// The database.
pub fn forget(tx: &mut Tx<'_>, now: Timestamp, before: Timestamp, limit: i64) -> Result<u64, StoreError> {
    let bands = tx.execute(
        "DELETE FROM wire_story_bands WHERE (band, at, story_id) IN
           (SELECT band, at, story_id FROM wire_story_bands WHERE at < $1 ORDER BY at LIMIT $2)",
        &[millis(now - AROUND).into(), limit.into()],
    )?;
    let old = tx.all(
        "SELECT group_id FROM wire_stories WHERE state IN ('new', 'dismissed') AND fetched_at < $1 ORDER BY fetched_at LIMIT $2",
        &[millis(before).into(), limit.into()],
        |row| row.get::<i64>(0),
    )?;
    let mut expired = 0;
    for group in old {
        expired += tx.execute(
            "UPDATE wire_stories SET state = 'expired', headline = '', standfirst = '', excerpt = '', body = '', bylines = '', batch = NULL
             WHERE group_id = $1 AND state IN ('new', 'dismissed')",
            &[group.into()],
        )?;
    }
    let gone = tx.execute(
        "DELETE FROM wire_stories WHERE id IN (SELECT id FROM wire_stories WHERE gone_at < $1 ORDER BY gone_at LIMIT $2)",
        &[millis(before).into(), limit.into()],
    )?;
    Ok(bands + expired + gone)
}

fn state(word: &str) -> Result<State, StoreError> {
    State::parse(word).ok_or_else(|| StoreError::Broken(format!("{word} is no state of a wire story")))
}

fn read_line(row: &Row<'_>) -> Result<Line, StoreError> {
    Ok(Line {
        id: WireStoryId(row.get(0)?),
        group: WireStoryId(row.get(1)?),
        source: WireSourceId(row.get(2)?),
        source_name: row.get(3)?,
        section: row.get::<Option<i64>>(4)?.map(SectionId),
        address: row.get(5)?,
        headline: row.get(6)?,
        excerpt: row.get(7)?,
        bylines: row.get(8)?,
        language: row.get(9)?,
        at: timestamp(row.get(10)?)?,
        fetched_at: timestamp(row.get(11)?)?,
        state: state(&row.get::<String>(12)?)?,
        article: row.get::<Option<i64>>(13)?.map(ArticleId),
        same_as: row.get::<Option<i64>>(14)?.map(ArticleId),
        by: row.get(15)?,
    })
}
