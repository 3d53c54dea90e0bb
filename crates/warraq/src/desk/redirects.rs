//! Where are readers sent who come to an address that has no page?

use wordpress::addresses::normal;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::audit::{Act, Noun};
use crate::news::staff::Right;
use crate::store::Tx;
use crate::store::old_addresses::{self, LeadsTo, Place};

/// How far one address may lead to the next before we take it for a circle.
const MAX_STEPS: usize = 16;

/// Send readers of `from` (a path, or a whole address of which the path counts) on. Where it led before is forgotten.
///
/// # Errors
/// It would lead back to itself, the one who acts may not, the database.
pub async fn keep(desk: &Desk, from: &str, to: Place) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    let path = normal(from);
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        if leads_back(tx, &path, &to)? {
            return Err(Error::conflict("address-circle", format!("«{path}» would lead back to itself")));
        }
        let details = format!("{path} → {}", to.as_str());
        old_addresses::keep(tx, &path, &LeadsTo::Place(to))?;
        by.did(tx, Act::AddressKept, (Noun::Nothing, 0), &details, now)
    })
    .await
}

/// Send readers of an address nowhere any more.
///
/// # Errors
/// They were not sent anywhere, the one who acts may not, the database.
pub async fn forget(desk: &Desk, path: &str) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    let path = path.to_owned();
    desk.write(move |tx| {
        by.must(tx, Right::Arrange)?;
        if !old_addresses::forget(tx, &path)? {
            return Err(Error::NotFound(format!("address «{path}»")));
        }
        by.did(tx, Act::AddressForgotten, (Noun::Nothing, 0), &path, now)
    })
    .await
}

/// Does one come back to `path` from where it is to lead?
fn leads_back(tx: &mut Tx<'_>, path: &str, to: &Place) -> Result<bool, Error> {
    let mut next = normal(to.as_str());
    for _ in 0..MAX_STEPS {
        if next == path {
            return Ok(true);
        }
        match old_addresses::find(tx, &next)? {
            Some(LeadsTo::Place(place)) => next = normal(place.as_str()),
            Some(LeadsTo::Article(_)) | None => return Ok(false),
        }
    }
    Ok(true)
}
