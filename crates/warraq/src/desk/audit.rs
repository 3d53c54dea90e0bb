//! Who did it? Written down in the transaction of the act.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::error::Error;
use crate::news::UserId;
use crate::news::audit::{Act, Noun, Origin};
use crate::news::staff::{Right, Role};
use crate::store::audit::{self, NewEntry};
use crate::store::{Tx, accounts};

/// Failed attempts of one account within this time are one row of the log.
const COUNTED_TOGETHER: SignedDuration = SignedDuration::from_hours(1);

/// Who acts.
#[derive(Debug, Clone)]
pub struct By {
    user: Option<UserId>,
    origin: Origin,
    /// Sealed block of the network address.
    network: Option<Arc<[u8]>>,
}

impl By {
    /// Whoever has a shell on the machine.
    #[must_use]
    pub fn console() -> Self {
        Self { user: None, origin: Origin::Console, network: None }
    }

    /// Nobody: its time has come.
    #[must_use]
    pub fn timetable() -> Self {
        Self { user: None, origin: Origin::Timetable, network: None }
    }

    /// Somebody in the newsroom, or at its door.
    pub(super) fn newsroom(user: Option<UserId>, network: Vec<u8>) -> Self {
        Self { user, origin: Origin::Newsroom, network: Some(network.into()) }
    }

    /// The account.
    #[must_use]
    pub fn user(&self) -> Option<UserId> {
        self.user
    }

    /// The same, once it is known who it is.
    #[must_use]
    pub(super) fn known(&self, user: UserId) -> Self {
        Self { user: Some(user), ..self.clone() }
    }

    /// May they? Asked within the transaction, because a role may have changed since the request came in. The console
    /// and the timetable may.
    pub(super) fn must(&self, tx: &mut Tx<'_>, right: Right) -> Result<(), Error> {
        if self.origin != Origin::Newsroom {
            return Ok(());
        }
        let role = self.role(tx)?;
        if role.is_some_and(|role| role.may(right)) { Ok(()) } else { Err(Error::NotAllowed) }
    }

    /// What the account may do today; `None` for one that is closed, or nobody's.
    fn role(&self, tx: &mut Tx<'_>) -> Result<Option<Role>, Error> {
        let Some(user) = self.user else { return Ok(None) };
        let account = accounts::by_id(tx, user)?.filter(|account| account.disabled_at.is_none());
        Ok(account.map(|account| account.role))
    }

    /// Write down what was done.
    pub(super) fn did(
        &self,
        tx: &mut Tx<'_>,
        act: Act,
        on: (Noun, i64),
        details: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        Ok(audit::write(tx, &self.entry(act, on, details, now))?)
    }

    /// Count an attempt that failed. `on` is the account that was meant, 0 when there is none.
    pub(super) fn failed(
        &self,
        tx: &mut Tx<'_>,
        on: Option<UserId>,
        details: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let noun = on.map_or((Noun::Nothing, 0), |user| (Noun::Account, user.0));
        let by = Self { user: on, ..self.clone() };
        Ok(audit::count(tx, &by.entry(Act::SignInFailed, noun, details, now), now - COUNTED_TOGETHER)?)
    }

    fn entry<'a>(&'a self, act: Act, (noun, id): (Noun, i64), details: &'a str, now: Timestamp) -> NewEntry<'a> {
        NewEntry {
            at: now,
            user: self.user,
            origin: self.origin,
            act,
            noun,
            noun_id: (noun != Noun::Nothing).then_some(id),
            details,
            network: self.network.as_deref(),
        }
    }
}

/// Write down that the log was taken away as a file. `filter` says which part of it.
///
/// # Errors
/// The one who acts may not; the database.
pub async fn export(desk: &Desk, filter: &str) -> Result<(), Error> {
    let (by, now, filter) = (desk.by.clone(), desk.clock.now(), filter.to_owned());
    desk.write(move |tx| {
        by.must(tx, Right::Audit)?;
        by.did(tx, Act::AuditExported, (Noun::Nothing, 0), &filter, now)
    })
    .await
}
