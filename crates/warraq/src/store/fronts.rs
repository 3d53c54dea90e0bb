//! The front page: what an editor pinned, and what may fill the rest.

use crate::news::ArticleId;
use crate::news::front::Candidate;
use crate::news::{SectionId, article::Kind};
use crate::store::listings::List;
use crate::store::pulse::Shown;
use crate::store::{Db, Row, StoreError, Tx};

/// Published stories for the front: the pinned ones, the newest, and the newest of each outermost section and of
/// opinion, newest first and each once. The number of rows depends on how many sections there are, not on the archive.
///
/// # Errors
/// The database.
pub fn candidates(db: &mut Db<'_>, sections: &[SectionId], newest: i64) -> Result<Vec<Candidate>, StoreError> {
    let mut found: Vec<(i64, Candidate)> = Vec::new();
    db.saw(Shown::Front);
    for list in [List::All, List::Opinion].into_iter().chain(sections.iter().map(|id| List::Section(*id))) {
        db.saw(Shown::List(list));
    }
    found.extend(db.all(
        "SELECT a.published_at, a.id, f.position, a.kind FROM front_slots f JOIN articles a ON a.id = f.article_id
         WHERE a.status = 'published' ORDER BY f.position",
        &[],
        |row| candidate(row, None),
    )?);
    let outermost: Vec<(i64, Option<SectionId>, i64)> = std::iter::once((1, None, 0))
        .chain([(8, None, 0)])
        .chain(sections.iter().map(|id| (2, Some(*id), id.0)))
        .collect();
    for (list, section, key) in outermost {
        let limit = if list == 1 { newest } else { crate::news::front::PER_BLOCK as i64 * 3 };
        found.extend(db.all(
            "SELECT l.published_at, a.id, f.position, a.kind FROM listings l JOIN articles a ON a.id = l.article_id
             LEFT JOIN front_slots f ON f.article_id = a.id
             WHERE l.list = $1 AND l.key = $2 ORDER BY l.published_at DESC, l.article_id DESC LIMIT $3",
            &[list.into(), key.into(), limit.into()],
            |row| candidate(row, section),
        )?);
    }
    // The same story came under several headings: keep it once, with its section where one of them knew it.
    found.sort_by(|(at, a), (bt, b)| (bt, b.id, b.section.is_some()).cmp(&(at, a.id, a.section.is_some())));
    found.dedup_by_key(|(_, story)| story.id);
    Ok(found.into_iter().map(|(_, story)| story).collect())
}

/// What an editor pinned: place and article.
///
/// # Errors
/// The database.
pub fn slots(db: &mut Db<'_>) -> Result<Vec<(i64, ArticleId)>, StoreError> {
    db.all("SELECT position, article_id FROM front_slots ORDER BY position", &[], |row| {
        Ok((row.get(0)?, ArticleId(row.get(1)?)))
    })
}

/// Pin exactly these, in order of place.
///
/// # Errors
/// The database.
pub fn set_slots(tx: &mut Tx<'_>, slots: &[(i64, ArticleId)]) -> Result<(), StoreError> {
    tx.touch(Shown::Front);
    tx.execute("DELETE FROM front_slots", &[])?;
    for (position, article) in slots {
        tx.execute(
            "INSERT INTO front_slots (position, article_id) VALUES ($1, $2)",
            &[(*position).into(), article.0.into()],
        )?;
    }
    Ok(())
}

fn candidate(row: &Row<'_>, section: Option<SectionId>) -> Result<(i64, Candidate), StoreError> {
    let candidate = Candidate {
        id: ArticleId(row.get(1)?),
        slot: row.get(2)?,
        section,
        opinion: row.get::<String>(3)? == Kind::Opinion.as_str(),
    };
    Ok((row.get(0)?, candidate))
}
