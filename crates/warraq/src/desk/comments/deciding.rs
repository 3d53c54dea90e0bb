//! What becomes of a comment? Many at once, each written down, the last decision taken back.

use jiff::Timestamp;

use super::place_in_thread;
use crate::desk::Desk;
use crate::desk::audit::By;
use crate::error::Error;
use crate::identity::without_addresses;
use crate::news::article::{Flaw, Status as ArticleStatus, tidy};
use crate::news::audit::{Act as Logged, Noun};
use crate::news::comment::{Act, MAX_REASON, Status, clean_text};
use crate::news::consequences::Change;
use crate::news::html::sanitise_guest;
use crate::news::staff::{Right, Staff};
use crate::news::{ArticleId, CommentId, UserId, comment_text};
use crate::store::comment_acts::{self, ActRow};
use crate::store::comments::{self, NewRow, Standing};
use crate::store::{Tx, articles, jobs};

/// More comments than this are not decided about in one go: the writer serves others, too.
pub const MAX_AT_ONCE: usize = 200;

/// What an editor wants of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Readers see it.
    Approve,
    /// It waits again.
    Hold,
    /// Readers do not see it.
    Hide,
    /// It lies among the advertising.
    Spam,
    /// It is gone for good. This cannot be undone.
    Delete,
}

impl Decision {
    /// The state that it leads to; `None`: the comment is gone.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        match self {
            Self::Approve => Some(Status::Published),
            Self::Hold => Some(Status::Held),
            Self::Hide => Some(Status::Hidden),
            Self::Spam => Some(Status::Spam),
            Self::Delete => None,
        }
    }

    /// What the history calls it.
    #[must_use]
    pub fn act(self) -> Act {
        self.status().map_or(Act::Deleted, Status::act)
    }
}

/// What became of several comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// By which the decision is taken back.
    pub batch: i64,
    /// How many of them there are.
    pub found: usize,
    /// How many are in another state now.
    pub changed: usize,
}

/// Decide about comments, up to [`MAX_AT_ONCE`]. Those that are gone meanwhile, or are already as they should be, are
/// passed over. `by` is `None` for the command line.
///
/// # Errors
/// Too many at once, a reason that is too long, the database.
pub async fn decide(
    desk: &Desk,
    ids: Vec<CommentId>,
    decision: Decision,
    reason: &str,
    by: Option<UserId>,
) -> Result<Done, Error> {
    let reason = tidy(reason);
    if reason.chars().count() > MAX_REASON {
        return Err(Error::Invalid(vec![Flaw { field: "reason", reason: "too-long" }]));
    }
    if ids.len() > MAX_AT_ONCE {
        return Err(Error::Invalid(vec![Flaw { field: "comments", reason: "too-many" }]));
    }
    let (who, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        who.must(tx, Right::Moderate)?;
        let batch = tx.next_id("comment batch")?;
        let mut done = Done { batch, found: 0, changed: 0 };
        for id in ids {
            let Some(standing) = comments::to_decide(tx, id)? else { continue };
            done.found += 1;
            let changed = match decision.status() {
                Some(status) => {
                    let why = if reason.is_empty() { status.act().as_str() } else { &reason };
                    turn(tx, id, &standing, (status, why), (status.act(), by, batch), now)?
                }
                None => {
                    let after = (standing.status, reason.as_str());
                    write_down(tx, id, &standing, after, (Act::Deleted, by, batch), now)?;
                    comments::delete(tx, id, &standing)?;
                    jobs::follow(tx, &Change::CommentRemoved(standing.article, id), now)?;
                    true
                }
            };
            if changed {
                done.changed += 1;
                note(tx, &who, id, decision.status(), &reason, now)?;
            }
        }
        Ok(done)
    })
    .await
}

/// Take back what was decided in one go, where nobody has decided otherwise since. Says how many comments are again what
/// they were. What was deleted is gone. Taking back what was taken back brings the decision back.
///
/// # Errors
/// The database.
pub async fn undo(desk: &Desk, batch: i64, by: Option<UserId>) -> Result<Done, Error> {
    let (who, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        who.must(tx, Right::Moderate)?;
        let mut done = Done { batch: tx.next_id("comment batch")?, found: 0, changed: 0 };
        for act in comment_acts::undoable(tx, batch)? {
            let Some(standing) = comments::to_decide(tx, act.comment)? else { continue };
            done.found += 1;
            if standing.status == act.after.0 {
                let back = (act.before.0, act.before.1.as_str());
                if turn(tx, act.comment, &standing, back, (Act::Undone, by, done.batch), now)? {
                    done.changed += 1;
                    note(tx, &who, act.comment, Some(act.before.0), Act::Undone.as_str(), now)?;
                }
            }
        }
        Ok(done)
    })
    .await
}

/// Answer a comment in the name of the newsroom: readers see the answer at once, and what it answers, too.
///
/// # Errors
/// No such comment, an empty or too long text, an article that readers do not see, the database.
pub async fn answer(desk: &Desk, parent: CommentId, text: &str, by: &Staff) -> Result<CommentId, Error> {
    let text = clean_text(text);
    let flaw = |reason| Err(Error::Invalid(vec![Flaw { field: "comment", reason }]));
    match text.chars().count() {
        0 => return flaw("required"),
        length if length > comment_text::MAX_CHARS => return flaw("too-long"),
        _ => {}
    }
    let html = sanitise_guest(&comment_text::to_html(&text));
    let folded = arabic::fold::fold(&text, arabic::fold::Fold::DISGUISE);
    let text_index = desk.keys.text_index(&folded);
    let avatar = i64::from_le_bytes(desk.chance.bytes());
    let (who, now, user, name) = (desk.by.clone(), desk.clock.now(), by.id, by.name.clone());
    desk.write(move |tx| {
        who.must(tx, Right::Moderate)?;
        let standing = comments::to_decide(tx, parent)?.ok_or_else(|| gone(parent))?;
        let article = standing.article;
        if !is_public(tx, article)? {
            return Err(Error::conflict(
                "comment-not-public",
                format!("readers do not see article {article}: nobody can be answered there"),
            ));
        }
        let batch = tx.next_id("comment batch")?;
        let id = CommentId(tx.next_id("comment")?);
        let (above, thread) = place_in_thread(tx, article, Some(parent), id)?;
        let shown = (Status::Published, Act::Approved.as_str());
        if turn(tx, parent, &standing, shown, (Act::Approved, Some(user), batch), now)? {
            note(tx, &who, parent, Some(Status::Published), "", now)?;
        }
        let row = NewRow {
            id,
            article,
            parent: above,
            thread,
            status: Status::Published,
            reason: "",
            findings: "",
            user: Some(user),
            author: &name,
            url: "",
            address: None,
            address_index: None,
            network: None,
            network_index: None,
            text_index: &text_index,
            avatar,
            guid: None,
            text: &text,
            html: &html,
            at: now,
        };
        comments::insert(tx, &row)?;
        let now_stands = (Status::Published, "");
        let standing = Standing { status: Status::Published, ..standing };
        write_down(tx, parent, &standing, now_stands, (Act::Answered, Some(user), batch), now)?;
        jobs::follow(tx, &Change::CommentPublished(article, id), now)?;
        Ok(id)
    })
    .await
}

/// Write a decision into the log of the whole newsroom, too.
fn note(
    tx: &mut Tx<'_>,
    who: &By,
    id: CommentId,
    status: Option<Status>,
    reason: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let act = if status == Some(Status::Published) { Logged::CommentApproved } else { Logged::CommentRemoved };
    who.did(tx, act, (Noun::Comment, id.0), &without_addresses(reason), now)
}

fn is_public(tx: &mut Tx<'_>, article: ArticleId) -> Result<bool, Error> {
    Ok(articles::record(tx, article)?.is_some_and(|article| article.status == ArticleStatus::Published))
}

fn gone(id: CommentId) -> Error {
    Error::NotFound(format!("comment {id}"))
}

/// Put a comment into a state, write that down, and say whether it was in another.
fn turn(
    tx: &mut Tx<'_>,
    id: CommentId,
    standing: &Standing,
    (status, reason): (Status, &str),
    done: (Act, Option<UserId>, i64),
    now: Timestamp,
) -> Result<bool, Error> {
    if !comments::set_status(tx, id, status, reason, now)? {
        return Ok(false);
    }
    write_down(tx, id, standing, (status, reason), done, now)?;
    let change = match (standing.status, status) {
        (_, Status::Published) => Change::CommentPublished(standing.article, id),
        (Status::Published, _) => Change::CommentRemoved(standing.article, id),
        _ => Change::CommentKeptBack(id),
    };
    jobs::follow(tx, &change, now)?;
    Ok(true)
}

fn write_down(
    tx: &mut Tx<'_>,
    comment: CommentId,
    standing: &Standing,
    (status, reason): (Status, &str),
    (act, user, batch): (Act, Option<UserId>, i64),
    at: Timestamp,
) -> Result<(), Error> {
    let before = (standing.status, standing.reason.clone());
    let row = ActRow { comment, batch, user, act, before, after: (status, reason.to_owned()), at };
    Ok(comment_acts::add(tx, &row)?)
}
