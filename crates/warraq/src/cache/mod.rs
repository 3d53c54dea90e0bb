//! What have we already said? Answers, kept until something that they show has changed.
//!
//! Nobody tells the cache what to forget. An answer is kept with the [`Trace`] of what was read for it, and before it is
//! given again the [`Pulse`](crate::store::pulse::Pulse) of the database says whether any of that has changed since. As
//! long as nothing at all was committed that is one comparison of two numbers; afterwards it is one look-up for each
//! thing that the page shows, once. So a change forgets exactly the answers that showed what it changed, in no time, and
//! forgetting costs nothing where nobody asks again.
//!
//! However many ask for an answer that is not there, it is made once. Bytes are bounded; what is asked for again and again
//! stays, and somebody who walks through all addresses once does not drive it out (S3-FIFO, Yang et al., SOSP 2023, in
//! [quick_cache](https://docs.rs/quick_cache)).

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use quick_cache::Weighter;
use quick_cache::sync::Cache as Table;

use crate::store::Store;
use crate::store::pulse::Trace;

/// About how large an answer is, compressed; says how many places the table needs.
const USUAL_BYTES: u64 = 16 << 10;
/// How long an answer that could not be made anew is given as it was before another attempt, in milliseconds.
const PATIENCE: i64 = 1_000;

/// An answer with what is known about it.
#[derive(Debug)]
pub struct Made<V> {
    /// The answer.
    pub value: V,
    /// Bytes that it takes.
    pub bytes: usize,
    /// What was read for it.
    pub trace: Trace,
    /// When it is no longer right, whatever happens.
    pub until: Option<Timestamp>,
}

/// What came of an attempt to make an answer.
#[derive(Debug)]
pub enum Attempt<V> {
    /// It may be given again.
    Keep(Made<V>),
    /// It is for this once.
    Once(V),
    /// It could not be made now; an older one is better than this.
    Failed(V),
}

/// Answers by name.
pub struct Cache<V> {
    store: Store,
    kept: Table<String, Arc<Entry<V>>, ByBytes>,
    made: AtomicU64,
}

/// How full it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Answers.
    pub answers: usize,
    /// Bytes that they take.
    pub bytes: u64,
    /// How many were made since the start.
    pub made: u64,
}

#[derive(Debug)]
struct Entry<V> {
    value: Arc<V>,
    bytes: u64,
    trace: Trace,
    until: Option<Timestamp>,
    /// Known to be right at this pulse.
    right_at: AtomicI64,
    /// Given although it is old, until this time in milliseconds.
    excused_until: AtomicI64,
}

#[derive(Debug, Clone)]
struct ByBytes;

impl<V> Weighter<String, Arc<Entry<V>>> for ByBytes {
    fn weight(&self, name: &String, entry: &Arc<Entry<V>>) -> u64 {
        // Two entries of tables and two counts beside what is in it.
        entry.bytes + name.len() as u64 + 128
    }
}

impl<V: Send + Sync + 'static> Cache<V> {
    /// Room for `bytes` of answers about what is in `store`.
    #[must_use]
    pub fn new(store: Store, bytes: u64) -> Self {
        let places = usize::try_from(bytes / USUAL_BYTES).unwrap_or(usize::MAX).max(64);
        Self { store, kept: Table::with_weighter(places, bytes, ByBytes), made: AtomicU64::new(0) }
    }

    /// The answer with this name: the one that is kept if it is still right, else what `make` gives. While it is being
    /// made, others who ask for it wait for it. When it cannot be made, the one that was right last is given.
    pub async fn find<F>(&self, name: &str, now: Timestamp, make: impl FnOnce() -> F) -> Arc<V>
    where
        F: Future<Output = Attempt<V>>,
    {
        let old = match self.kept.get(name) {
            Some(entry) if self.is_right(&entry, now) => return Arc::clone(&entry.value),
            old => old,
        };
        if let Some(old) = &old {
            self.kept.remove_if(name, |entry| Arc::ptr_eq(entry, old));
        }
        // Whoever comes first makes it; the guard lets go of the place if it is not kept.
        let place = match self.kept.get_value_or_guard_async(name).await {
            Ok(entry) if self.is_right(&entry, now) => return Arc::clone(&entry.value),
            Ok(_) => None,
            Err(place) => Some(place),
        };
        self.made.fetch_add(1, Ordering::Relaxed);
        match make().await {
            Attempt::Keep(made) => {
                let entry = Arc::new(Entry::from(made));
                if let Some(place) = place {
                    let _ = place.insert(Arc::clone(&entry));
                }
                Arc::clone(&entry.value)
            }
            Attempt::Once(value) => Arc::new(value),
            Attempt::Failed(value) => match (old, place) {
                (Some(old), Some(place)) => {
                    old.excused_until.store(now.as_millisecond() + PATIENCE, Ordering::Relaxed);
                    let _ = place.insert(Arc::clone(&old));
                    Arc::clone(&old.value)
                }
                (Some(old), None) => Arc::clone(&old.value),
                (None, _) => Arc::new(value),
            },
        }
    }

    /// How full it is.
    #[must_use]
    pub fn size(&self) -> Kept {
        Kept { answers: self.kept.len(), bytes: self.kept.weight(), made: self.made.load(Ordering::Relaxed) }
    }

    fn is_right(&self, entry: &Entry<V>, now: Timestamp) -> bool {
        let is_excused = || entry.excused_until.load(Ordering::Relaxed) > now.as_millisecond();
        if entry.until.is_some_and(|until| until <= now) {
            return is_excused();
        }
        let pulse = self.store.pulse();
        let newest = pulse.newest();
        let right_at = entry.right_at.load(Ordering::Relaxed);
        if right_at >= newest {
            return true;
        }
        let fresh = pulse.is_fresh(&entry.trace, right_at);
        if fresh {
            entry.right_at.fetch_max(newest, Ordering::Relaxed);
        }
        fresh || is_excused()
    }
}

impl<V> From<Made<V>> for Entry<V> {
    fn from(made: Made<V>) -> Self {
        Self {
            bytes: (made.bytes + made.trace.bytes()) as u64,
            right_at: AtomicI64::new(made.trace.as_of()),
            excused_until: AtomicI64::new(0),
            value: Arc::new(made.value),
            trace: made.trace,
            until: made.until,
        }
    }
}
