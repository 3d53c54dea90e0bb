//! Which story of an agency is here already, told by somebody else?
//!
//! The cost of asking does not grow with the archive: what is alike has a band in common, and only stories of the days
//! around are looked at.

use jiff::Timestamp;

use crate::news::ArticleId;
use crate::news::article::Status;
use crate::news::likeness::Likeness;
use crate::store::{Db, StoreError, Tx, millis};

/// How far apart the dates of the same story may lie, in milliseconds: a week.
const AROUND: i64 = 7 * 24 * 60 * 60 * 1000;
/// How many stories of one band are looked at.
const MOST: i64 = 20;

/// The other story that a text is most like, among those of the days around, and how much of both is the same. With
/// `public` only those that readers see.
///
/// # Errors
/// The database.
pub fn most_like(
    db: &mut Db<'_>,
    likeness: &Likeness,
    at: Timestamp,
    but: ArticleId,
    public: bool,
) -> Result<Option<(ArticleId, f64)>, StoreError> {
    let mut best: Option<(ArticleId, f64)> = None;
    let mut seen = vec![but];
    for band in likeness.bands() {
        let found = db.all(
            "SELECT w.article_id, w.likeness FROM wire_bands b
             JOIN wires w ON w.article_id = b.article_id JOIN articles a ON a.id = b.article_id
             WHERE b.band = $1 AND b.at >= $2 AND b.at <= $3 AND ($4 = '' OR a.status = $4)
             ORDER BY b.at, b.article_id LIMIT $5",
            &[
                band.into(),
                (millis(at) - AROUND).into(),
                (millis(at) + AROUND).into(),
                if public { Status::Published.as_str() } else { "" }.into(),
                MOST.into(),
            ],
            |row| Ok((ArticleId(row.get(0)?), row.get::<Vec<u8>>(1)?)),
        )?;
        for (id, bytes) in found {
            if seen.contains(&id) {
                continue;
            }
            seen.push(id);
            let share = Likeness::from_bytes(&bytes).map_or(0.0, |other| likeness.share(&other));
            if best.is_none_or(|(_, most)| share > most) {
                best = Some((id, share));
            }
        }
    }
    Ok(best)
}

/// The story that this one repeats, if it was found to repeat one.
///
/// # Errors
/// The database.
pub fn same_as(db: &mut Db<'_>, id: ArticleId) -> Result<Option<ArticleId>, StoreError> {
    Ok(db.value::<i64>("SELECT same_as FROM wires WHERE article_id = $1", &[id.0.into()])?.map(ArticleId))
}

/// Remember what a story is like. One that repeats another is not looked up itself.
///
/// # Errors
/// The database.
pub fn keep(
    tx: &mut Tx<'_>,
    id: ArticleId,
    likeness: &Likeness,
    at: Timestamp,
    same_as: Option<ArticleId>,
) -> Result<(), StoreError> {
    forget(tx, id)?;
    tx.execute(
        "INSERT INTO wires (article_id, same_as, at, likeness) VALUES ($1, $2, $3, $4)",
        &[id.0.into(), same_as.map(|id| id.0).into(), millis(at).into(), (&likeness.to_bytes()[..]).into()],
    )?;
    if same_as.is_none() {
        for band in likeness.bands() {
            tx.execute(
                "INSERT INTO wire_bands (band, at, article_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[band.into(), millis(at).into(), id.0.into()],
            )?;
        }
    }
    Ok(())
}

/// Its bands follow from what is kept: they need no index of their own.
fn forget(tx: &mut Tx<'_>, id: ArticleId) -> Result<(), StoreError> {
    let kept = tx.first("SELECT at, likeness FROM wires WHERE article_id = $1", &[id.0.into()], |row| {
        Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?))
    })?;
    let Some((at, bytes)) = kept else { return Ok(()) };
    for band in Likeness::from_bytes(&bytes).map(|likeness| likeness.bands()).unwrap_or_default() {
        tx.execute(
            "DELETE FROM wire_bands WHERE band = $1 AND at = $2 AND article_id = $3",
            &[band.into(), at.into(), id.0.into()],
        )?;
    }
    tx.execute("DELETE FROM wires WHERE article_id = $1", &[id.0.into()])?;
    Ok(())
}
