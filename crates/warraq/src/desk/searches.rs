//! The search index follows the log of changes; readers search it.

use std::sync::Arc;
use std::time::Duration;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::Article;
use crate::news::published::Published;
use crate::search::{Change, Index, Position, SearchError, Story};
use crate::store::{Db, articles, changes, searches, sections};

/// Articles that go into the index at once: a commit costs some tens of milliseconds, a thousand stories some megabytes.
const STEP: i64 = 1_000;
/// How often somebody who waits for another process looks.
const GLANCE: Duration = Duration::from_millis(100);

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Articles taken in now.
    pub done: u64,
    /// Articles that were still to be taken in before.
    pub all: u64,
}

/// Take in what changed since; says how many articles. `seen` hears how far it is after every step. When another process
/// is at it, there is nothing to do here.
///
/// # Errors
/// The database, the disk. A damaged index is no error: it is made anew.
pub async fn catch_up(desk: &Desk, seen: impl Fn(Progress)) -> Result<u64, Error> {
    let mut progress = Progress { done: 0, all: 0 };
    if let Some(reason) = desk.search.must_be_made_anew()
        && !make_anew(desk, &reason)
    {
        return Ok(progress.done);
    }
    let mut has_restarted = false;
    loop {
        let index = desk.search.index()?;
        let (log, newest) = desk.store.read(|db| Ok::<_, Error>((changes::log(db)?, changes::newest(db)?))).await?;
        let cursor = match index.position() {
            // It follows another database, or knows more than this one, which was restored from an older backup.
            Some(reached) if reached.log != log || reached.number > newest => {
                if has_restarted {
                    return Err(
                        SearchError::Foreign("it belongs to another database and cannot be removed".into()).into()
                    );
                }
                has_restarted = true;
                if !make_anew(desk, "it belongs to another database") {
                    return Ok(progress.done);
                }
                continue;
            }
            reached => reached.map_or(0, |reached| reached.number),
        };
        if newest == cursor {
            return Ok(progress.done);
        }
        if progress.all == 0 {
            let all = desk.store.read(move |db| changes::count_after(db, cursor).map_err(Error::from)).await?;
            progress.all = all.unsigned_abs();
        }
        let (step, last) = desk.store.read(move |db| step(db, cursor)).await?;
        let count = step.len() as u64;
        match apply(Arc::clone(&index), step, Position { log, number: last.unwrap_or(newest) }).await {
            Ok(()) => {}
            Err(SearchError::Moved) => {
                desk.search.let_go();
                continue;
            }
            Err(error) if error.is_busy() => {
                // Whoever writes it may just be clearing it away.
                if index.refresh().is_err() {
                    desk.search.let_go();
                }
                return Ok(progress.done);
            }
            Err(error) if !has_restarted => {
                has_restarted = true;
                if !make_anew(desk, &error.to_string()) {
                    return Ok(progress.done);
                }
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        progress.done += count;
        progress.all = progress.all.max(progress.done);
        seen(progress);
    }
}

/// Make the index anew from the database. While a server is at it, the server does that, and this waits for it.
///
/// # Errors
/// As [`catch_up`].
pub async fn rebuild(desk: &Desk, seen: impl Fn(Progress)) -> Result<(), Error> {
    if !make_anew(desk, "somebody asked for it") {
        desk.search.request_anew()?;
    }
    await_another(desk, seen).await
}

/// Wait until the index has taken in what the database has, whoever writes it.
///
/// # Errors
/// As [`catch_up`].
pub async fn await_another(desk: &Desk, seen: impl Fn(Progress)) -> Result<(), Error> {
    loop {
        let all = desk.store.read(|db| changes::count_after(db, 0).map_err(Error::from)).await?.unsigned_abs();
        catch_up(desk, &seen).await?;
        if desk.search.is_requested() {
            // Another process has the index and will throw it away.
            desk.search.let_go();
            seen(Progress { done: 0, all });
        } else {
            let left = match desk.search.index()?.position() {
                None => all,
                Some(Position { number, .. }) => {
                    let left = desk.store.read(move |db| changes::count_after(db, number).map_err(Error::from)).await?;
                    left.unsigned_abs()
                }
            };
            seen(Progress { done: all.saturating_sub(left), all });
            if left == 0 {
                return Ok(());
            }
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// Says whether it was thrown away; otherwise another process writes it, and does so itself.
fn make_anew(desk: &Desk, reason: &str) -> bool {
    let is_gone = desk.search.discard();
    if is_gone {
        tracing::warn!(reason, "the search index is made anew");
    }
    is_gone
}

/// Remember words that were looked for in vain, for the editors. What looks like an address or a number of a person is
/// not remembered.
///
/// # Errors
/// The database.
pub async fn note_empty(desk: &Desk, typed: &str) -> Result<(), Error> {
    let words = arabic::fold::fold(typed, arabic::fold::Fold::KEY).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().count() > 80 || is_personal(typed) || is_personal(&words) {
        return Ok(());
    }
    let now = desk.clock.now();
    desk.write(move |tx| {
        let day = super::articles::expect_site(tx)?.day_of(now);
        Ok(searches::note_empty(tx, &words, day)?)
    })
    .await
}

/// Does it look like an address, or like the number of a telephone or of a person?
#[must_use]
pub fn is_personal(typed: &str) -> bool {
    typed.contains(['@', '＠', '﹫']) || typed.chars().filter(|letter| letter.is_numeric()).count() > 5
}

async fn apply(index: Arc<Index>, changes: Vec<Change>, reached: Position) -> Result<(), SearchError> {
    let work = tokio::task::spawn_blocking(move || index.apply(changes, reached));
    work.await.unwrap_or_else(|panic| Err(SearchError::Broken(panic.to_string())))
}

/// The next changes, and the number of the last of them.
fn step(db: &mut Db<'_>, cursor: i64) -> Result<(Vec<Change>, Option<i64>), Error> {
    let tree = sections::all(db)?;
    let mut step = Vec::new();
    let found = changes::after(db, cursor, STEP)?;
    for (id, _) in &found {
        step.push(match articles::published(db, *id, &tree)? {
            Some(article) => Change::Put(Box::new(story(db, *id, &article)?)),
            None => Change::Remove(id.0),
        });
    }
    Ok((step, found.last().map(|(_, number)| *number)))
}

/// An article as the index takes it in.
fn story(db: &mut Db<'_>, id: ArticleId, article: &Published<Article>) -> Result<Story, Error> {
    let summary = &article.summary;
    let sections = sections::paths_of(db, id)?;
    let people = summary.bylines.iter().map(|byline| byline.person.name.clone());
    let tags = article.tags.iter().map(|tag| tag.name.clone());
    let names = sections.iter().map(|(_, name)| name.clone());
    Ok(Story {
        id: id.0,
        published: summary.published_at.as_second(),
        language: summary.language.primary().to_owned(),
        kind: summary.kind.as_str().to_owned(),
        sections: sections.iter().flat_map(|(path, _)| with_outer(path)).collect(),
        tags: article.tags.iter().map(|tag| tag.slug.clone()).collect(),
        authors: summary.bylines.iter().map(|byline| byline.person.slug.clone()).collect(),
        about: people.chain(tags).chain(names).chain(Some(summary.source.name.clone())).collect(),
        headline: if summary.kicker.is_empty() {
            summary.headline.clone()
        } else {
            format!("{}: {}", summary.kicker, summary.headline)
        },
        standfirst: summary.standfirst.clone(),
        text: article.body.text(),
    })
}

/// `a/b/c` stands in `a`, `a/b` and `a/b/c`.
fn with_outer(path: &str) -> Vec<String> {
    let ends = path.char_indices().filter(|(_, letter)| *letter == '/').map(|(at, _)| at);
    ends.chain([path.len()]).map(|end| path[..end].to_owned()).collect()
}
