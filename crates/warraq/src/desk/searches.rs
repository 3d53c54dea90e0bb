//! The search index follows the log of changes; readers search it.

use std::sync::Arc;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::Article;
use crate::news::published::Published;
use crate::search::{Change, Index, SearchError, Story};
use crate::store::{Db, articles, changes, searches, sections};

/// Articles that go into the index at once: a commit costs some tens of milliseconds, a thousand stories some megabytes.
const STEP: i64 = 1_000;

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
    if desk.search.is_lost() {
        desk.search.discard();
    }
    let mut progress = Progress { done: 0, all: 0 };
    let mut has_restarted = false;
    loop {
        let index = desk.search.index()?;
        let cursor = index.cursor();
        let newest = desk.store.read(|db| changes::newest(db).map_err(Error::from)).await?;
        if newest == cursor {
            return Ok(progress.done);
        }
        if newest < cursor {
            // It knows more than the database: the database was restored from an older backup.
            desk.search.discard();
            continue;
        }
        if progress.all == 0 {
            let all = desk.store.read(move |db| changes::count_after(db, cursor).map_err(Error::from)).await?;
            progress.all = all.unsigned_abs();
        }
        let (step, last) = desk.store.read(move |db| step(db, cursor)).await?;
        let count = step.len() as u64;
        match apply(index, step, last.unwrap_or(newest)).await {
            Ok(()) => {}
            Err(error) if error.is_busy() => return Ok(progress.done),
            Err(error) if !has_restarted => {
                tracing::warn!(%error, "the search index is made anew");
                has_restarted = true;
                desk.search.discard();
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        progress.done += count;
        progress.all = progress.all.max(progress.done);
        seen(progress);
    }
}

/// Make the index anew from the database.
///
/// # Errors
/// As [`catch_up`]; that another process writes to the index.
pub async fn rebuild(desk: &Desk, seen: impl Fn(Progress)) -> Result<u64, Error> {
    desk.search.discard();
    catch_up(desk, seen).await
}

/// Remember words that were looked for in vain, for the editors. What looks like an address or a number of a person is
/// not remembered.
///
/// # Errors
/// The database.
pub async fn note_empty(desk: &Desk, typed: &str) -> Result<(), Error> {
    let words = arabic::fold::fold(typed, arabic::fold::Fold::KEY).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() || words.chars().count() > 80 || is_personal(&words) {
        return Ok(());
    }
    let now = desk.clock.now();
    desk.write(move |tx| {
        let day = super::articles::expect_site(tx)?.day_of(now);
        Ok(searches::note_empty(tx, &words, day)?)
    })
    .await
}

/// An address, or as many digits as a telephone number has.
fn is_personal(words: &str) -> bool {
    words.contains('@') || words.chars().filter(char::is_ascii_digit).count() > 5
}

async fn apply(index: Arc<Index>, changes: Vec<Change>, cursor: i64) -> Result<(), SearchError> {
    let work = tokio::task::spawn_blocking(move || index.apply(changes, cursor));
    work.await.unwrap_or_else(|error| Err(SearchError::Foreign(error.to_string())))
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
