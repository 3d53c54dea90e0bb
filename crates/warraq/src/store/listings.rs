//! Which published article stands in which list?
//!
//! Every list of the site (everything, a section, a tag, an author, a year, month, day) is the same two tables:
//! `listings` has a row for each article in each list, `listing_counts` how many there are. So a page of a list costs the
//! same in an archive of any size. All of it can be made again from the articles.

use jiff::civil::Date;

use crate::news::{ArticleId, PersonId, SectionId, TagId};
use crate::store::pulse::Shown;
use crate::store::{Db, StoreError, Tx};

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
    for list in lists {
        if !rows.contains(&(list.key(), published_at)) {
            put(tx, list.key(), published_at, article)?;
        }
    }
    Ok(())
}

fn put(tx: &mut Tx<'_>, list: (i64, i64), published_at: i64, article: ArticleId) -> Result<(), StoreError> {
    let added = tx.execute(
        "INSERT INTO listings (list, key, published_at, article_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (list, key, published_at, article_id) DO NOTHING",
        &[list.0.into(), list.1.into(), published_at.into(), article.0.into()],
    )?;
    if added > 0 {
        tx.execute(
            "INSERT INTO listing_counts (list, key, n) VALUES ($1, $2, 1)
             ON CONFLICT (list, key) DO UPDATE SET n = listing_counts.n + 1",
            &[list.0.into(), list.1.into()],
        )?;
    }
    touch(tx, list, published_at, article)
}

fn remove(tx: &mut Tx<'_>, list: (i64, i64), published_at: i64, article: ArticleId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM listings WHERE list = $1 AND key = $2 AND published_at = $3 AND article_id = $4",
        &[list.0.into(), list.1.into(), published_at.into(), article.0.into()],
    )?;
    tx.execute("UPDATE listing_counts SET n = n - 1 WHERE list = $1 AND key = $2", &[list.0.into(), list.1.into()])?;
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
