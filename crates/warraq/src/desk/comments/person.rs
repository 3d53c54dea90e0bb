//! What is kept of one person, and how is it forgotten?

use crate::chance::Chance;
use crate::desk::Desk;
use crate::error::Error;
use crate::identity::{Keyring, PrivateEmail};
use crate::news::comment::{Act, Status};
use crate::news::html::sanitise_guest;
use crate::news::staff::Right;
use crate::news::{CommentId, UserId, comment_text};
use crate::store::comment_acts::{self, ActRow};
use crate::store::comments::{self, Erased, Own};
use crate::store::{Tx, own_links};

/// What was forgotten of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Comments that no longer say who wrote them.
    pub comments: usize,
    /// Those of them whose text is gone, too.
    pub texts: usize,
}

/// The address that a comment was sent with, for somebody of the newsroom. That they looked is on the disk before they see
/// it. `None`: it has been forgotten, because its time was over, or there never was one.
///
/// # Errors
/// No such comment, another key, the database.
pub async fn reveal(desk: &Desk, comment: CommentId, by: UserId) -> Result<Option<String>, Error> {
    let (who, now) = (desk.by.clone(), desk.clock.now());
    let sealed = desk
        .write(move |tx| {
            who.must(tx, Right::Moderate)?;
            let standing =
                comments::to_decide(tx, comment)?.ok_or_else(|| Error::NotFound(format!("comment {comment}")))?;
            if standing.address.is_some() {
                comment_acts::note_view(tx, comment, by, now)?;
            }
            Ok(standing.address)
        })
        .await?;
    Ok(sealed.map(|sealed| desk.keys.reveal_address(&sealed)).transpose()?)
}

/// Every comment that was sent with this address, as long as the address is kept.
///
/// # Errors
/// The database.
pub async fn of_person(desk: &Desk, email: &PrivateEmail) -> Result<Vec<Own>, Error> {
    let index = desk.keys.address_index(email);
    desk.store.read(move |db| Ok::<_, Error>(comments::of_address(db, &index)?)).await
}

/// Forget who wrote the comments that were sent with this address: name, website, address and network are gone; with
/// `texts` what they wrote is gone, too, and a line stands in its place so that the answers to it stay where they are.
///
/// # Errors
/// The database.
pub async fn erase(desk: &Desk, email: &PrivateEmail, texts: bool) -> Result<Forgotten, Error> {
    let (index, now) = (desk.keys.address_index(email), desk.clock.now());
    let (chance, keys) = (desk.chance.clone(), desk.keys.clone());
    desk.write(move |tx| forget(tx, &index, texts, &chance, &keys, now)).await
}

/// As [`erase`], for the address whose keyed hash this is. A link that was sent to it opens nothing any more.
pub(super) fn forget(
    tx: &mut Tx<'_>,
    index: &[u8],
    texts: bool,
    chance: &Chance,
    keys: &Keyring,
    now: jiff::Timestamp,
) -> Result<Forgotten, Error> {
    let is_arabic = crate::desk::articles::expect_site(tx)?.language.primary() == "ar";
    let (author, removed) = if is_arabic {
        ("قارئ", "حُذف هذا التعليق بطلب من كاتبه.")
    } else {
        ("A reader", "This comment was removed at its writer's request.")
    };
    let html = sanitise_guest(&comment_text::to_html(removed));
    let own = comments::of_address(tx, index)?;
    let batch = tx.next_id("comment batch")?;
    for comment in &own {
        // Lines that are the same everywhere are no repetition of one text.
        let text_index = keys.text_index(&format!("erased {}", comment.id));
        let text = texts.then_some((removed, &html, &text_index[..]));
        let by = Erased { author, avatar: i64::from_le_bytes(chance.bytes()), text };
        comments::erase(tx, comment.id, comment.article.0, by)?;
        comment_acts::add(tx, &done(comment.id, comment.status, batch, now))?;
    }
    own_links::remove(tx, index)?;
    Ok(Forgotten { comments: own.len(), texts: if texts { own.len() } else { 0 } })
}

fn done(comment: CommentId, status: Status, batch: i64, at: jiff::Timestamp) -> ActRow {
    let stands = (status, String::new());
    ActRow { comment, batch, user: None::<UserId>, act: Act::Erased, before: stands.clone(), after: stands, at }
}
