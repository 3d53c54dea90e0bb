//! Whose comments are no longer heard? Said of a comment, without showing who wrote it.

use crate::desk::Desk;
use crate::error::Error;
use crate::news::article::{Flaw, tidy};
use crate::news::comment::{BanKind, MAX_REASON};
use crate::news::staff::Right;
use crate::news::{BanId, CommentId, UserId};
use crate::store::bans::{self, NewBan};
use crate::store::comments;

/// Hear no more of whoever wrote a comment, recognised by address or network. `None`: what it would be recognised by has
/// been forgotten, because its time was over.
///
/// # Errors
/// No such comment, a reason that is too long, the database.
pub async fn ban(
    desk: &Desk,
    comment: CommentId,
    kind: BanKind,
    reason: &str,
    by: Option<UserId>,
) -> Result<Option<BanId>, Error> {
    let reason = tidy(reason);
    if reason.chars().count() > MAX_REASON {
        return Err(Error::Invalid(vec![Flaw { field: "reason", reason: "too-long" }]));
    }
    let (who, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        who.must(tx, Right::Moderate)?;
        let standing =
            comments::to_decide(tx, comment)?.ok_or_else(|| Error::NotFound(format!("comment {comment}")))?;
        let key = match kind {
            BanKind::Address => standing.address_index,
            BanKind::Network => standing.network_index,
        };
        let Some(key_index) = key else { return Ok(None) };
        let new = NewBan { kind, key_index: &key_index, reason: &reason, comment, user: by };
        Ok(Some(bans::add(tx, &new, now)?))
    })
    .await
}

/// Hear somebody again. Says whether they were banned.
///
/// # Errors
/// The database.
pub async fn lift(desk: &Desk, id: BanId, by: Option<UserId>) -> Result<bool, Error> {
    let (who, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        who.must(tx, Right::Moderate)?;
        Ok(bans::lift(tx, id, by, now)?)
    })
    .await
}
