//! Who did what.

use jiff::Timestamp;

use crate::news::UserId;
use crate::news::audit::{Act, Entry, Noun, Origin};
use crate::store::{Arg, Db, Row, StoreError, Tx, millis};

/// A row to be written.
#[derive(Debug)]
pub struct NewEntry<'a> {
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the command line and the timetable.
    pub user: Option<UserId>,
    /// From where.
    pub origin: Origin,
    /// What.
    pub act: Act,
    /// On what.
    pub noun: Noun,
    /// Its number.
    pub noun_id: Option<i64>,
    /// Further words, without addresses.
    pub details: &'a str,
    /// Sealed block of the network address.
    pub network: Option<&'a [u8]>,
}

/// Write a row.
///
/// # Errors
/// The database.
pub fn write(tx: &mut Tx<'_>, entry: &NewEntry<'_>) -> Result<(), StoreError> {
    let id = tx.next_id("audit")?;
    tx.execute(
        "INSERT INTO audit (id, at, user_id, origin, act, noun, noun_id, details, network)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            id.into(),
            millis(entry.at).into(),
            entry.user.map(|user| user.0).into(),
            entry.origin.as_str().into(),
            entry.act.as_str().into(),
            entry.noun.as_str().into(),
            entry.noun_id.into(),
            entry.details.into(),
            entry.network.into(),
        ],
    )?;
    Ok(())
}

/// Count an attempt: in the newest row of this account and act since `since`, else in a row of its own. Somebody who
/// tries a thousand times fills one row, not a thousand.
///
/// # Errors
/// The database.
pub fn count(tx: &mut Tx<'_>, entry: &NewEntry<'_>, since: Timestamp) -> Result<(), StoreError> {
    let counted = tx.execute(
        "UPDATE audit SET times = times + 1 WHERE id = (
           SELECT id FROM audit WHERE act = $1 AND at > $2 AND user_id IS NOT DISTINCT FROM $3 AND details = $4
           ORDER BY at DESC, id DESC LIMIT 1)",
        &[entry.act.as_str().into(), millis(since).into(), entry.user.map(|user| user.0).into(), entry.details.into()],
    )?;
    if counted == 0 { write(tx, entry) } else { Ok(()) }
}

/// How often an account has tried something since a moment.
///
/// # Errors
/// The database.
pub fn counted(db: &mut Db<'_>, user: UserId, act: Act, details: &str, since: Timestamp) -> Result<i64, StoreError> {
    let times = db.all(
        "SELECT times FROM audit WHERE user_id = $1 AND act = $2 AND at > $3 AND details = $4",
        &[user.0.into(), act.as_str().into(), millis(since).into(), details.into()],
        |row| row.get::<i64>(0),
    )?;
    Ok(times.into_iter().sum())
}

/// Which rows are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filter {
    /// Of this account alone.
    pub user: Option<UserId>,
    /// Of this act alone.
    pub act: Option<Act>,
    /// From this moment on, in milliseconds.
    pub from: i64,
    /// Before this moment, in milliseconds.
    pub until: i64,
}

impl Filter {
    /// Everything.
    pub const ALL: Self = Self { user: None, act: None, from: i64::MIN, until: i64::MAX };
}

macro_rules! entries {
    ($where:literal) => {
        concat!(
            "SELECT a.id, a.at, a.user_id, u.name, a.origin, a.act, a.noun, a.noun_id, a.details, a.times
             FROM audit a LEFT JOIN users u ON u.id = a.user_id
             WHERE ",
            $where,
            "a.at >= $1 AND a.at < $2 AND (a.at, a.id) < ($3, $4) ORDER BY a.at DESC, a.id DESC LIMIT $5"
        )
    };
}

/// Rows, the newest first: those that come after the row at `below` (its time and number), which the page before ended
/// with. Every form of the question has an index of its own, so that a page costs the same in a log of any length.
///
/// # Errors
/// The database.
pub fn page(db: &mut Db<'_>, filter: &Filter, below: Option<(i64, i64)>, limit: i64) -> Result<Vec<Entry>, StoreError> {
    let (at, id) = below.unwrap_or((i64::MAX, i64::MAX));
    let range: [Arg<'_>; 5] = [filter.from.into(), filter.until.into(), at.into(), id.into(), limit.into()];
    let with = |further: &[Arg<'static>]| range.iter().chain(further).copied().collect::<Vec<_>>();
    let user = filter.user.map(|user| Arg::Int(user.0));
    let act = filter.act.map(|act| Arg::Text(act.as_str()));
    match (user, act) {
        (None, None) => db.all(entries!(""), &range, read),
        (Some(user), None) => db.all(entries!("a.user_id = $6 AND "), &with(&[user]), read),
        (None, Some(act)) => db.all(entries!("a.act = $6 AND "), &with(&[act]), read),
        (Some(user), Some(act)) => db.all(entries!("a.user_id = $6 AND a.act = $7 AND "), &with(&[user, act]), read),
    }
}

/// Forget from where something was done, of rows before a moment.
///
/// # Errors
/// The database.
pub fn forget_networks(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute("UPDATE audit SET network = NULL WHERE network IS NOT NULL AND at < $1", &[millis(before).into()])
}

fn read(row: &Row<'_>) -> Result<Entry, StoreError> {
    let broken = |what: &str| StoreError::Broken(format!("audit: {what}"));
    let (origin, act, noun) = (row.get::<String>(4)?, row.get::<String>(5)?, row.get::<String>(6)?);
    Ok(Entry {
        id: row.get(0)?,
        at: row.get(1)?,
        user: row.get::<Option<i64>>(2)?.map(UserId),
        name: row.get(3)?,
        origin: Origin::parse(&origin).ok_or_else(|| broken(&origin))?,
        act: Act::parse(&act).ok_or_else(|| broken(&act))?,
        noun: Noun::parse(&noun).ok_or_else(|| broken(&noun))?,
        noun_id: row.get(7)?,
        details: row.get(8)?,
        times: row.get(9)?,
    })
}
