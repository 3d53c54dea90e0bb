//! Letters: sent when their turn comes.

use crate::desk::Desk;
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::mail::{About, Letterhead, Order};
use crate::news::consequences::Job;
use crate::store::site;

/// The job of a letter, sealed: pushed into the queue in the transaction that causes it.
///
/// # Errors
/// None that can happen.
pub(super) fn job(desk: &Desk, to: PrivateEmail, language: &str, about: About) -> Result<Job, Error> {
    let order = Order::new(to, language, desk.chance.bytes(), about);
    Ok(order.job(&desk.keys, desk.chance.bytes())?)
}

/// Send a letter that was sealed into the queue.
///
/// # Errors
/// The mail server or the outbox, or an order that cannot be opened.
pub async fn send(desk: &Desk, sealed: &str) -> Result<(), Error> {
    let order = Order::open(&desk.keys, sealed)?;
    let site = desk.store.read(|db| Ok::<_, Error>(site::load(db)?)).await?;
    let site = site.ok_or_else(|| Error::NotFound("publication to write letters for".into()))?;
    let head = Letterhead { title: site.title, base: site.base_url.as_str().to_owned(), at: desk.clock.now() };
    Ok(desk.mail.send(&order, &head).await?)
}
