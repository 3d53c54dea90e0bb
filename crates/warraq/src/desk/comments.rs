//! Comments: sent by readers, decided by editors and by rules.
//!
//! What editors do with them stands in `deciding`, whom they no longer hear in `banning`, what a person may ask for about
//! their own in `person`, and how they ask for it themselves in `own`.

mod banning;
mod deciding;
mod own;
mod person;

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::error::Error;
use crate::news::article::Status as ArticleStatus;
use crate::news::comment::{NewComment, Status};
use crate::news::consequences::Change;
use crate::news::html::sanitise_guest;
use crate::news::moderation::{self, Judgement, Reason, Submission, Verdict};
use crate::news::{ArticleId, CommentId, comment_text};
use crate::store::comments::{self, NewRow};
use crate::store::{Tx, articles, audit, bans, invitations, jobs, links, own_links, users};

pub use banning::{ban, lift};
pub use deciding::{Decision, Done, MAX_AT_ONCE, answer, decide, undo};
pub use own::{LINK_VALID, ask_for_own, erase_by_link, of_link, offer_own};
pub use person::{Forgotten, erase, of_person, reveal};

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
        let Judgement { verdict, findings } = judge(tx, &new, &sealed, !same.is_empty(), now)?;
        let (status, reason) = match verdict {
            Verdict::Publish => (Status::Published, None),
            Verdict::Hold(Reason::Banned) => (Status::Spam, Some(Reason::Banned)),
            Verdict::Hold(reason) => (Status::Held, Some(reason)),
            Verdict::Refuse(reason) => return Ok(Outcome::Refused(reason)),
        };
        let findings = serde_json::to_string(&findings).unwrap_or_default();
        let id = CommentId(tx.next_id("comment")?);
        let (parent, thread) = place_in_thread(tx, new.article, new.parent, id)?;
        let row = NewRow {
            id,
            article: new.article,
            parent,
            thread,
            status,
            reason: reason.map_or("", Reason::as_str),
            findings: &findings,
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
    one(desk, id, Decision::Approve, "").await
}

/// Take a comment away, or keep it from being shown.
///
/// # Errors
/// No such comment, the database.
pub async fn hide(desk: &Desk, id: CommentId, reason: &str) -> Result<(), Error> {
    one(desk, id, Decision::Hide, reason).await
}

/// Put a comment among the advertising.
///
/// # Errors
/// No such comment, the database.
pub async fn mark_as_spam(desk: &Desk, id: CommentId) -> Result<(), Error> {
    one(desk, id, Decision::Spam, "").await
}

async fn one(desk: &Desk, id: CommentId, decision: Decision, reason: &str) -> Result<(), Error> {
    let done = decide(desk, vec![id], decision, reason, None).await?;
    if done.found == 0 { Err(Error::NotFound(format!("comment {id}"))) } else { Ok(()) }
}

/// Erase what is kept of addresses longer than the site's settings allow; says how many of each.
///
/// # Errors
/// The database.
pub async fn forget_private_data(desk: &Desk) -> Result<(u64, u64), Error> {
    let now = desk.clock.now();
    desk.write(move |tx| {
        let settings = super::articles::expect_site(tx)?.settings;
        let addresses = comments::forget_addresses(tx, settings.addresses_since(now))?;
        let networks = comments::forget_networks(tx, settings.networks_since(now))?;
        audit::forget_networks(tx, settings.networks_since(now))?;
        invitations::sweep(tx, now.as_millisecond())?;
        links::sweep(tx, now.as_millisecond())?;
        own_links::sweep(tx, now.as_millisecond())?;
        Ok((addresses, networks))
    })
    .await
}

/// Gather what the rules ask for, and ask them.
fn judge(
    tx: &mut Tx<'_>,
    new: &NewComment,
    sealed: &Sealed,
    repeated: bool,
    now: Timestamp,
) -> Result<Judgement, Error> {
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
        banned: bans::knows(tx, &sealed.address_index, &sealed.network_index)?,
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
