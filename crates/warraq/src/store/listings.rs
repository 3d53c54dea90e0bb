//! Which published article stands in which list?
//!
//! Every list of the site (everything, a section, a tag, an author, a year, month, day) is the same two tables:
//! `listings` has a row for each article in each list, `listing_counts` how many there are. So a page of a list costs the
//! same in an archive of any size. All of it can be made again from the articles.

use jiff::civil::Date;

use crate::news::{ArticleId, PersonId, SectionId, TagId};
use crate::store::pulse::Shown;
use crate::store::{Arg, Db, StoreError, Sum, Tx};

/// One list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// Every article.
    All,
    /// A section with everything under it.
    Section(SectionId),
    /// A tag.
    Tag(TagId),
    /// Whoever has a byline.
    Author(PersonId),
    /// A year.
    Year(i16),
    /// A month.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// Opinion pieces, for the strip on the front.
    Opinion,
}

impl List {
    /// The two numbers that stand for it in the tables.
    #[must_use]
    pub fn key(self) -> (i64, i64) {
        match self {
            Self::All => (1, 0),
            Self::Section(id) => (2, id.0),
            Self::Tag(id) => (3, id.0),
            Self::Author(id) => (4, id.0),
            Self::Year(year) => (5, i64::from(year)),
            Self::Month(year, month) => (6, i64::from(year) * 100 + i64::from(month)),
            Self::Day(day) => (7, i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())),
            Self::Opinion => (8, 0),
        }
    }
}

/// How many articles a list has.
///
/// # Errors
/// The database.
pub fn count(db: &mut Db<'_>, list: List) -> Result<i64, StoreError> {
    db.saw(Shown::List(list));
    let (list, key) = list.key();
    Ok(db.value("SELECT n FROM listing_counts WHERE list = $1 AND key = $2", &[list.into(), key.into()])?.unwrap_or(0))
}

/// Months of a year (`1..=12`) or days of a month that have articles, ascending.
///
/// # Errors
/// The database.
pub fn filled(db: &mut Db<'_>, within: List) -> Result<Vec<i64>, StoreError> {
    db.saw(Shown::List(within));
    let (list, low, high) = match within {
        List::Year(year) => (6_i64, i64::from(year) * 100, i64::from(year) * 100 + 99),
        List::Month(year, month) => {
            let month = (i64::from(year) * 100 + i64::from(month)) * 100;
            (7, month, month + 99)
        }
        _ => return Ok(Vec::new()),
    };
    db.all(
        "SELECT key FROM listing_counts WHERE list = $1 AND key BETWEEN $2 AND $3 AND n > 0 ORDER BY key",
        &[list.into(), low.into(), high.into()],
        |row| Ok(row.get::<i64>(0)? % 100),
    )
}

/// Every month that has articles, newest first, as `year * 100 + month`.
///
/// # Errors
/// The database.
pub fn months(db: &mut Db<'_>) -> Result<Vec<i64>, StoreError> {
    db.saw(Shown::Lists);
    db.all("SELECT key FROM listing_counts WHERE list = 6 AND n > 0 ORDER BY key DESC", &[], |row| row.get(0))
}

/// Tell those who follow the log of changes about the next articles of a list, the oldest first, after one of them (the
/// time of its publication, its number). Says which was the last; nothing: there was none left.
///
/// # Errors
/// The database.
pub fn note(
    tx: &mut Tx<'_>,
    list: List,
    (at, id): (i64, ArticleId),
    limit: i64,
) -> Result<Option<(i64, ArticleId)>, StoreError> {
    let (list, key) = list.key();
    let next = tx.all(
        "SELECT published_at, article_id FROM listings
         WHERE list = $1 AND key = $2 AND published_at >= $3 AND (published_at > $3 OR article_id > $4)
         ORDER BY published_at, article_id LIMIT $5",
        &[list.into(), key.into(), at.into(), id.0.into(), limit.into()],
        |row| Ok((row.get(0)?, ArticleId(row.get(1)?))),
    )?;
    for (_, article) in &next {
        super::changes::note(tx, *article)?;
    }
    Ok(next.last().copied())
}

/// Put an article into exactly these lists. Where it stands already as it should, nothing is written.
///
/// # Errors
/// The database.
pub fn place(tx: &mut Tx<'_>, article: ArticleId, published_at: i64, lists: &[List]) -> Result<(), StoreError> {
    let rows =
        tx.all("SELECT list, key, published_at FROM listings WHERE article_id = $1", &[article.0.into()], |row| {
            Ok(((row.get::<i64>(0)?, row.get::<i64>(1)?), row.get::<i64>(2)?))
        })?;
    for (list, at) in &rows {
        if *at != published_at || !lists.iter().any(|wanted| wanted.key() == *list) {
            remove(tx, *list, *at, article)?;
        }
    }
    let missing: Vec<List> = lists.iter().copied().filter(|list| !rows.contains(&(list.key(), published_at))).collect();
    put(tx, article, published_at, &missing)
}

/// How many lists one statement puts an article into: few have more.
const LISTS: usize = 16;

/// Put an article into lists where it does not stand, each named once.
///
/// # Errors
/// The database.
pub fn put(tx: &mut Tx<'_>, article: ArticleId, published_at: i64, lists: &[List]) -> Result<(), StoreError> {
    for some in lists.chunks(LISTS) {
        let mut args: [Arg<'_>; 2 + 2 * LISTS] = [Arg::Null; 2 + 2 * LISTS];
        args[0] = published_at.into();
        args[1] = article.0.into();
        for (place, (list, key)) in args[2..].chunks_exact_mut(2).zip(some.iter().map(|list| list.key())) {
            place.copy_from_slice(&[list.into(), key.into()]);
        }
        // The places left over name no list.
        tx.later(
            "INSERT INTO listings (list, key, published_at, article_id)
             SELECT v.column1, v.column2, CAST($1 AS BIGINT), CAST($2 AS BIGINT)
             FROM (VALUES (CAST($3 AS BIGINT), CAST($4 AS BIGINT)), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14),
                          ($15, $16), ($17, $18), ($19, $20), ($21, $22), ($23, $24), ($25, $26), ($27, $28), ($29, $30),
                          ($31, $32), ($33, $34)) AS v
             WHERE v.column1 IS NOT NULL",
            &args,
        )?;
    }
    lists.iter().try_for_each(|list| {
        count_in(tx, list.key(), 1);
        touch(tx, list.key(), published_at, article)
    })
}

fn remove(tx: &mut Tx<'_>, list: (i64, i64), published_at: i64, article: ArticleId) -> Result<(), StoreError> {
    tx.later(
        "DELETE FROM listings WHERE list = $1 AND key = $2 AND published_at = $3 AND article_id = $4",
        &[list.0.into(), list.1.into(), published_at.into(), article.0.into()],
    )?;
    count_in(tx, list, -1);
    touch(tx, list, published_at, article)
}

/// Readers see the list differently, and those who stand beside the article in time have another neighbour.
fn touch(tx: &mut Tx<'_>, list: (i64, i64), published_at: i64, article: ArticleId) -> Result<(), StoreError> {
    tx.touch(Shown::Lists);
    tx.touch(Shown::ListOf(list));
    if list == List::All.key() && !tx.touches_everything() {
        let (older, newer) = super::articles::beside(tx, article, published_at)?;
        for neighbour in older.into_iter().chain(newer) {
            tx.touch(Shown::Neighbours(neighbour));
        }
    }
    Ok(())
}

/// A list has grown or shrunk.
fn count_in(tx: &mut Tx<'_>, (list, key): (i64, i64), by: i64) {
    const COUNT: Sum = Sum::many(
        "INSERT INTO listing_counts (n, list, key) SELECT v.column1, v.column2, v.column3
         FROM (VALUES (CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT)), ($4, $5, $6), ($7, $8, $9), ($10, $11, $12),
                      ($13, $14, $15), ($16, $17, $18), ($19, $20, $21), ($22, $23, $24), ($25, $26, $27), ($28, $29, $30),
                      ($31, $32, $33), ($34, $35, $36), ($37, $38, $39), ($40, $41, $42), ($43, $44, $45), ($46, $47, $48)) AS v
         WHERE v.column1 IS NOT NULL
         ON CONFLICT (list, key) DO UPDATE SET n = listing_counts.n + excluded.n",
        16,
    );
    tx.add(COUNT, &[list, key], by);
}
