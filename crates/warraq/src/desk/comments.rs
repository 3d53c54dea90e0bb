//! Comments: sent by readers, decided by editors and by rules.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::error::Error;
use crate::news::article::Status as ArticleStatus;
use crate::news::comment::{NewComment, Status};
use crate::news::consequences::Change;
use crate::news::html::sanitise_guest;
use crate::news::moderation::{self, Reason, Submission, Verdict};
use crate::news::{ArticleId, CommentId, comment_text};
use crate::store::comments::{self, NewRow};
use crate::store::{Tx, articles, jobs, users};

/// The span in which a repeated text counts as a repetition.
const REPETITION: SignedDuration = SignedDuration::from_hours(24);
/// The span over which the comments of one network block are counted.
const BURST: SignedDuration = SignedDuration::from_mins(10);

/// What became of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Everybody sees it.
    Published(CommentId),
    /// It waits for an editor.
    Held(CommentId),
    /// It was not taken.
    Refused(Reason),
}

/// What the rules and the store need to know of a comment, made ready before the transaction.
struct Sealed {
    address: Vec<u8>,
    address_index: [u8; 32],
    network: Vec<u8>,
    network_index: [u8; 32],
    text_index: [u8; 32],
    avatar: i64,
}

/// Take a comment: judged by the rules, kept, counted. Sent twice (a reader pressed again, an answer got lost), it is
/// kept once and the first outcome is given again.
///
/// # Errors
/// No such article, the database.
pub async fn submit(desk: &Desk, new: NewComment, from: IpAddr) -> Result<Outcome, Error> {
    let html = sanitise_guest(&comment_text::to_html(&new.text));
    let folded = arabic::fold::fold(&new.text, arabic::fold::Fold::DISGUISE).into_owned();
    let sealed = Sealed {
        address: desk.keys.seal(&new.email, desk.chance.bytes()),
        address_index: desk.keys.address_index(&new.email),
        network: desk.keys.seal_network(from, desk.chance.bytes()),
        network_index: desk.keys.network_index(from),
        text_index: desk.keys.text_index(&folded),
        avatar: i64::from_le_bytes(desk.chance.bytes()),
    };
    let now = desk.clock.now();
    desk.write(move |tx| {
        let same = comments::same_text(tx, &sealed.text_index, now - REPETITION)?;
        let own = same.iter().find(|(_, article, _, address)| {
            *article == new.article && address.as_deref() == Some(&sealed.address_index[..])
        });
        if let Some((id, _, status, _)) = own {
            return Ok(if *status == Status::Published { Outcome::Published(*id) } else { Outcome::Held(*id) });
        }
        let (status, reason) = match judge(tx, &new, &sealed, !same.is_empty(), now)? {
            Verdict::Publish => (Status::Published, None),
            Verdict::Hold(reason) => (Status::Held, Some(reason)),
            Verdict::Refuse(reason) => return Ok(Outcome::Refused(reason)),
        };
        let id = CommentId(tx.next_id("comment")?);
        let (parent, thread) = place_in_thread(tx, new.article, new.parent, id)?;
        let row = NewRow {
            id,
            article: new.article,
            parent,
            thread,
            status,
            reason: reason.map_or("", Reason::as_str),
            user: None,
            author: &new.author,
            url: &new.url,
            address: Some(&sealed.address),
            address_index: Some(&sealed.address_index),
            network: Some(&sealed.network),
            network_index: Some(&sealed.network_index),
            text_index: &sealed.text_index,
            avatar: sealed.avatar,
            guid: None,
            text: &new.text,
            html: &html,
            at: now,
        };
        comments::insert(tx, &row)?;
        if status == Status::Published {
            jobs::follow(tx, &Change::CommentPublished(new.article, id), now)?;
            Ok(Outcome::Published(id))
        } else {
            jobs::follow(tx, &Change::CommentKeptBack(id), now)?;
            Ok(Outcome::Held(id))
        }
    })
    .await
}

/// Show a comment.
///
/// # Errors
/// No such comment, the database.
pub async fn approve(desk: &Desk, id: CommentId) -> Result<(), Error> {
    decide(desk, id, Status::Published, "approved").await
}

/// Take a comment away, or keep it from being shown.
///
/// # Errors
/// No such comment, the database.
pub async fn hide(desk: &Desk, id: CommentId, reason: &str) -> Result<(), Error> {
    decide(desk, id, Status::Hidden, reason).await
}

/// Put a comment among the advertising.
///
/// # Errors
/// No such comment, the database.
pub async fn mark_as_spam(desk: &Desk, id: CommentId) -> Result<(), Error> {
    decide(desk, id, Status::Spam, "spam").await
}

async fn decide(desk: &Desk, id: CommentId, status: Status, reason: &str) -> Result<(), Error> {
    let (now, reason) = (desk.clock.now(), reason.to_owned());
    desk.write(move |tx| {
        let (_, article, _) = comments::standing(tx, id)?.ok_or_else(|| Error::NotFound(format!("comment {id}")))?;
        if comments::set_status(tx, id, status, &reason, now)? {
            let change = if status == Status::Published {
                Change::CommentPublished(article, id)
            } else {
                Change::CommentRemoved(article, id)
            };
            jobs::follow(tx, &change, now)?;
        }
        Ok(())
    })
    .await
}

/// Erase what is kept of addresses longer than the site's settings allow; says how many of each.
///
/// # Errors
/// The database.
pub async fn forget_private_data(desk: &Desk) -> Result<(u64, u64), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| {
        let settings = super::articles::expect_site(tx)?.settings;
        let before = |days: u32| now - SignedDuration::from_hours(24 * i64::from(days));
        let addresses = comments::forget_addresses(tx, before(settings.keep_address_days))?;
        let networks = comments::forget_networks(tx, before(settings.keep_network_days))?;
        Ok((addresses, networks))
    })
    .await
}

/// Gather what the rules ask for, and ask them.
fn judge(tx: &mut Tx<'_>, new: &NewComment, sealed: &Sealed, repeated: bool, now: Timestamp) -> Result<Verdict, Error> {
    let site = super::articles::expect_site(tx)?;
    let rules = &site.settings.comments;
    let article = articles::record(tx, new.article)?
        .filter(|article| article.status == ArticleStatus::Published)
        .ok_or_else(|| Error::NotFound(format!("article {}", new.article)))?;
    let submission = Submission {
        author: &new.author,
        url: &new.url,
        text: &new.text,
        links: comment_text::link_count(&new.text),
        honeypot_filled: new.honeypot_filled,
        seconds_since_form: new.seconds_since_form,
        known_author: comments::knows_address(tx, &sealed.address_index)?,
        duplicate: repeated,
        recent_from_block: comments::recent_from(tx, &sealed.network_index, now - BURST)? as u32,
        looks_like_staff: looks_like_staff(tx, &new.author)?,
        discussion_open: takes_comments(article.comments_open, article.published_at, rules.close_after_days, now),
    };
    Ok(moderation::judge(&submission, rules))
}

/// May readers answer an article now?
#[must_use]
pub fn takes_comments(
    open: bool,
    published_at: Option<Timestamp>,
    close_after_days: Option<u32>,
    now: Timestamp,
) -> bool {
    open && closes_at(published_at, close_after_days).is_none_or(|closes| now < closes)
}

/// When the discussion of an article closes by itself.
#[must_use]
pub fn closes_at(published_at: Option<Timestamp>, close_after_days: Option<u32>) -> Option<Timestamp> {
    let days = SignedDuration::from_hours(24 * i64::from(close_after_days?));
    published_at?.checked_add(days).ok()
}

/// A name that reads like one of the newsroom's, whatever letters it is disguised with.
fn looks_like_staff(tx: &mut Tx<'_>, author: &str) -> Result<bool, Error> {
    let disguised = |name: &str| arabic::fold::fold(name, arabic::fold::Fold::DISGUISE).replace(' ', "");
    let author = disguised(author);
    Ok(users::names(tx)?.iter().any(|name| disguised(name) == author))
}

/// Where a comment stands: under its parent if that is there, else by itself.
pub(super) fn place_in_thread(
    tx: &mut Tx<'_>,
    article: ArticleId,
    parent: Option<CommentId>,
    id: CommentId,
) -> Result<(Option<CommentId>, CommentId), Error> {
    let Some(parent) = parent else { return Ok((None, id)) };
    let standing = comments::standing(tx, parent)?;
    Ok(match standing {
        Some((_, of, thread)) if of == article => (Some(parent), thread),
        _ => (None, id),
    })
}
