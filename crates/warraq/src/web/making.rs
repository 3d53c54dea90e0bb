//! What is being looked at for this answer?
//!
//! Pages for readers are made through a [`Making`]: whatever they read of the database is written down, and stands beside
//! the page in the cache. There is no other way for them to read it.

use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::Web;
use super::frame::Frame;
use crate::error::Error;
use crate::store::pulse::Trace;
use crate::store::{Db, StoreError};

/// An answer in the making.
pub(super) struct Making<'a> {
    web: &'a Web,
    seen: Mutex<Seen>,
    is_status_enough: bool,
}

#[derive(Debug, Default)]
struct Seen {
    trace: Trace,
    until: Option<Timestamp>,
}

impl Deref for Making<'_> {
    type Target = Web;

    fn deref(&self) -> &Web {
        self.web
    }
}

impl<'a> Making<'a> {
    /// Nothing has been read yet.
    pub(super) fn new(web: &'a Web) -> Self {
        Self { web, seen: Mutex::default(), is_status_enough: false }
    }

    /// Nobody will read the page: whether there is one is all that is asked.
    pub(super) fn of_status(web: &'a Web) -> Self {
        Self { is_status_enough: true, ..Self::new(web) }
    }

    /// May whoever makes a page stop when it is certain that there is one?
    pub(super) fn is_status_enough(&self) -> bool {
        self.is_status_enough
    }

    /// Read from one view of the database, with what stands around every page in that same view.
    ///
    /// # Errors
    /// What `work` returns, or that the database cannot be reached.
    pub(super) async fn view<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Db<'_>, Arc<Frame>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + From<Error> + Send + 'static,
    {
        if self.is_status_enough
            && let Some((frame, _)) = self.web.frames.known(self.web.desk.store.pulse())
        {
            return self.web.desk.store.glance(move |db| work(db, frame)).await;
        }
        let frames = self.web.frames.clone();
        let (result, trace) = self
            .web
            .desk
            .store
            .read(move |db| {
                let (frame, pulse) = frames.now(db)?;
                let result = work(db, frame);
                Ok::<_, E>((result, db.take_trace(pulse)))
            })
            .await?;
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).trace.add(trace);
        result
    }

    /// What stands around every page. The database is asked only when it has changed.
    pub(super) async fn frame(&self) -> Result<Arc<Frame>, Error> {
        if let Some((frame, trace)) = self.web.frames.known(self.web.desk.store.pulse()) {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).trace.add(trace);
            return Ok(frame);
        }
        self.view(|_, frame| Ok(frame)).await
    }

    /// The page says something that is no longer true at a certain time.
    pub(super) fn holds_until(&self, time: Timestamp) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.until = Some(seen.until.map_or(time, |until| until.min(time)));
    }

    /// What was read, and until when the answer holds at most.
    pub(super) fn seen(self) -> (Trace, Option<Timestamp>) {
        let seen = self.seen.into_inner().unwrap_or_else(PoisonError::into_inner);
        (seen.trace, seen.until)
    }
}
