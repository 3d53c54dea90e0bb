//! What do readers see differently, and since when?
//!
//! Whoever reads for a page is written down beside it: every function of this room that finds something for readers says
//! so with [`Db::saw`], every function that changes something says so with [`Tx::touch`]. A commit that changed anything
//! gets a number, the *pulse*, and leaves one row with the names of what it changed. A page that was made at one pulse
//! is as good as new as long as nothing that it shows was changed by a later one.
//!
//! The server that commits knows at once. Others (a second server, an import on the command line) are noticed by
//! [`Store::listen`], which asks for the newest number and reads what came since.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{PoisonError, RwLock};

use crate::news::{ArticleId, MediaId};
use crate::store::listings::List;
use crate::store::{Db, Store, StoreError, Tx};

/// More things than this in one commit are «everything».
const MANY: usize = 1_000;
/// How many things are remembered with their last pulse before all older pages are given up.
const REMEMBERED: usize = 1_000_000;
/// Rows that the log keeps for those who were away.
const KEPT_ROWS: i64 = 1_000;

/// Something that a page may show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// Anything at all.
    Everything,
    /// What stands around every page: the publication's settings, its sections, its standing pages.
    Frame,
    /// What readers see of an article: its text, its card, its discussion, whether it is published.
    Article(ArticleId),
    /// The neighbours in time of an article.
    Neighbours(ArticleId),
    /// Which articles stand in a list.
    List(List),
    /// The same, by the two numbers of the list.
    ListOf((i64, i64)),
    /// Which articles stand in any list.
    Lists,
    /// The newest comments of all articles.
    Comments,
    /// The places on the front.
    Front,
    /// The copies of a picture.
    Media(MediaId),
    /// What a name in an address leads to: a kind of name, and the name.
    Name(&'static str, &'a str),
}

impl Shown<'_> {
    /// The number that stands for it: eight bits say what it is, the others which one.
    fn key(self) -> Key {
        const WHICH: u64 = (1 << 56) - 1;
        let of = |kind: u64, which: u64| Key(kind << 56 | which & WHICH);
        match self {
            Self::Everything => of(0, 0),
            Self::Frame => of(1, 0),
            Self::Lists => of(2, 0),
            Self::Comments => of(3, 0),
            Self::Front => of(4, 0),
            Self::Article(id) => of(5, id.0.cast_unsigned()),
            Self::Neighbours(id) => of(6, id.0.cast_unsigned()),
            Self::Media(id) => of(7, id.0.cast_unsigned()),
            Self::Name(kind, name) => {
                let mut hasher = blake3::Hasher::new();
                hasher.update(kind.as_bytes()).update(b":").update(name.as_bytes());
                let [a, b, c, d, e, f, g, ..] = *hasher.finalize().as_bytes();
                of(8, u64::from_le_bytes([a, b, c, d, e, f, g, 0]))
            }
            Self::List(list) => Self::ListOf(list.key()).key(),
            Self::ListOf((list, key)) => of(16 + list.cast_unsigned(), key.cast_unsigned()),
        }
    }
}

/// A [`Shown`], as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

/// What was looked at for a page, and at which pulse.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// The oldest pulse of the views that were read; `None` before the first.
    as_of: Option<i64>,
    keys: Vec<Key>,
}

impl Trace {
    /// That of what stands around every page, as it was at a pulse.
    #[must_use]
    pub fn of_frame(as_of: i64) -> Self {
        Self { as_of: Some(as_of), keys: vec![Shown::Frame.key()] }
    }

    /// Take in what one view of the database saw.
    pub fn add(&mut self, view: Self) {
        self.as_of = match (self.as_of, view.as_of) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.keys.extend(view.keys);
        self.keys.sort_unstable();
        self.keys.dedup();
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&self.keys[..])
    }

    /// The pulse at which the page was made; 0 for one that looked at nothing.
    #[must_use]
    pub fn as_of(&self) -> i64 {
        self.as_of.unwrap_or(0)
    }

    pub(super) fn see(&mut self, shown: Shown<'_>) {
        self.keys.push(shown.key());
    }

    pub(super) fn begin(&mut self, pulse: i64) {
        self.as_of = Some(pulse);
    }
}

/// What a write changed of what readers see.
#[derive(Debug, Default)]
pub(super) struct Touched(Vec<Key>);

impl Touched {
    pub(super) fn add(&mut self, shown: Shown<'_>) {
        let key = shown.key();
        if key == Shown::Everything.key() || self.0.len() >= MANY {
            self.0 = vec![Shown::Everything.key()];
        } else if !self.is_everything() && self.0.last() != Some(&key) {
            self.0.push(key);
        }
    }

    /// So much was touched already that everything counts as touched.
    pub(super) fn is_everything(&self) -> bool {
        self.0.first() == Some(&Shown::Everything.key())
    }

    pub(super) fn append(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn tidied(mut self) -> Vec<Key> {
        self.0.sort_unstable();
        self.0.dedup();
        if self.0.len() > MANY || self.0.contains(&Shown::Everything.key()) {
            self.0 = vec![Shown::Everything.key()];
        }
        self.0
    }
}

/// The newest pulse that this server knows of, and when each thing changed last.
#[derive(Debug, Default)]
pub struct Pulse {
    newest: AtomicI64,
    changed: RwLock<Changed>,
}

#[derive(Debug, Default)]
struct Changed {
    /// Nothing is known of what changed up to this pulse.
    floor: i64,
    last: HashMap<Key, i64, BuildHasherDefault<Spread>>,
}

impl Pulse {
    /// The newest pulse known here.
    #[must_use]
    pub fn newest(&self) -> i64 {
        self.newest.load(Ordering::Acquire)
    }

    /// Does a page with this trace, known to be good at pulse `since`, show nothing that changed after it?
    #[must_use]
    pub fn is_fresh(&self, trace: &Trace, since: i64) -> bool {
        if self.newest() <= since {
            return true;
        }
        let changed = self.changed.read().unwrap_or_else(PoisonError::into_inner);
        let is_later = |key: &Key| changed.last.get(key).is_some_and(|pulse| *pulse > since);
        since >= changed.floor && !trace.keys.iter().any(is_later)
    }

    /// Whether the frame of pulse `since` is that of today.
    #[must_use]
    pub fn has_frame_of(&self, since: i64) -> bool {
        self.is_fresh(&Trace::of_frame(since), since)
    }

    /// Take a commit in. One that is known already says nothing: whoever comes late with it must not write over what came
    /// after.
    fn take(&self, number: i64, keys: &[Key]) {
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        if number <= self.newest() {
            return;
        }
        if keys == [Shown::Everything.key()] || changed.last.len() + keys.len() > REMEMBERED {
            changed.last.clear();
            changed.floor = number;
        } else {
            changed.last.extend(keys.iter().map(|key| (*key, number)));
        }
        self.newest.fetch_max(number, Ordering::Release);
    }

    /// Nothing is known any more of what changed up to `number`. With `elsewhere` the database is another one than it was,
    /// whose numbers may be smaller.
    fn forget(&self, number: i64, elsewhere: bool) {
        let mut changed = self.changed.write().unwrap_or_else(PoisonError::into_inner);
        changed.last.clear();
        changed.floor = if elsewhere { number } else { number.max(self.newest()) };
        self.newest.fetch_max(number, Ordering::Release);
    }

    /// Read what was committed since the newest pulse that is known, and take it in.
    pub(super) fn catch_up(&self, db: &mut Db<'_>) -> Result<(), StoreError> {
        let known = self.newest();
        let newest = number(db)?;
        if newest == known {
            return Ok(());
        }
        let rows =
            db.all("SELECT number, changed FROM pulses WHERE number > $1 ORDER BY number", &[known.into()], |row| {
                Ok((row.get::<i64>(0)?, row.get::<String>(1)?))
            })?;
        // Rows before the first are gone, or the database is another one than it was.
        let complete = newest > known && rows.first().is_some_and(|(number, _)| *number == known + 1);
        if !complete {
            self.forget(newest, newest < known);
            return Ok(());
        }
        for (number, keys) in rows {
            match read(&keys) {
                Some(keys) => self.take(number, &keys),
                None => self.take(number, &[Shown::Everything.key()]),
            }
        }
        Ok(())
    }
}

impl Store {
    /// What this server knows of changes.
    #[must_use]
    pub fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    /// Take in what others committed.
    ///
    /// # Errors
    /// The database.
    pub async fn listen(&self) -> Result<(), StoreError> {
        let pulse = std::sync::Arc::clone(&self.pulse);
        self.read(move |db| pulse.catch_up(db)).await
    }
}

/// The pulse of this view of the database; 0 before the first.
pub(super) fn number(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value("SELECT value FROM counters WHERE name = 'pulse'", &[])?.unwrap_or(0))
}

/// So much is about to change that readers are to be shown everything anew: spares looking for what stands beside it.
pub fn touch_everything(tx: &mut Tx<'_>) {
    tx.touch(Shown::Everything);
}

/// Write down what a transaction changed, as its last act; gives the number and the things.
pub(super) fn beat(tx: &mut Tx<'_>, touched: Touched) -> Result<Beat, StoreError> {
    let keys = touched.tidied();
    let number = tx.next_id("pulse")?;
    tx.execute("INSERT INTO pulses (number, changed) VALUES ($1, $2)", &[number.into(), (&write(&keys)).into()])?;
    if number % 64 == 0 {
        tx.execute("DELETE FROM pulses WHERE number <= $1", &[(number - KEPT_ROWS).into()])?;
    }
    Ok(Beat { number, keys })
}

/// A commit, as the log has it.
#[derive(Debug)]
pub(super) struct Beat {
    number: i64,
    keys: Vec<Key>,
}

impl Beat {
    /// Tell everybody on this server; `false` when others committed in between, who must be read first.
    pub(super) fn tell(&self, pulse: &Pulse) -> bool {
        let follows = pulse.newest() == self.number - 1;
        if follows {
            pulse.take(self.number, &self.keys);
        }
        follows
    }
}

fn write(keys: &[Key]) -> String {
    let words: Vec<String> = keys.iter().map(|key| format!("{:x}", key.0)).collect();
    words.join(" ")
}

fn read(words: &str) -> Option<Vec<Key>> {
    words.split(' ').map(|word| u64::from_str_radix(word, 16).ok().map(Key)).collect()
}

/// Keys are numbers whose lower bits differ already; one multiplication spreads them.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(shown: &[Shown<'_>], as_of: i64) -> Trace {
        let mut trace = Trace::default();
        trace.begin(as_of);
        for one in shown {
            trace.see(*one);
        }
        trace
    }

    fn touched(shown: &[Shown<'_>]) -> Vec<Key> {
        let mut touched = Touched::default();
        for one in shown {
            touched.add(*one);
        }
        touched.tidied()
    }

    #[test]
    fn different_things_have_different_numbers() {
        let all = [
            Shown::Everything,
            Shown::Frame,
            Shown::Lists,
            Shown::Comments,
            Shown::Front,
            Shown::Article(ArticleId(1)),
            Shown::Article(ArticleId(1 << 40)),
            Shown::Neighbours(ArticleId(1)),
            Shown::Media(MediaId(1)),
            Shown::List(List::All),
            Shown::List(List::Year(2020)),
            Shown::List(List::Month(2020, 10)),
            Shown::List(List::Opinion),
            Shown::Name("slug", "x"),
            Shown::Name("tag", "x"),
        ];
        let keys: std::collections::HashSet<Key> = all.iter().map(|one| one.key()).collect();
        assert_eq!(keys.len(), all.len());
    }

    #[test]
    fn what_shows_nothing_that_changed_is_fresh() {
        let pulse = Pulse::default();
        let page = trace(&[Shown::Frame, Shown::Article(ArticleId(7))], 3);
        pulse.take(4, &touched(&[Shown::Article(ArticleId(8))]));
        assert!(pulse.is_fresh(&page, 3));
        pulse.take(5, &touched(&[Shown::Article(ArticleId(7))]));
        assert!(!pulse.is_fresh(&page, 3), "made before the change");
        assert!(pulse.is_fresh(&page, 5), "made after it");
        pulse.take(6, &touched(&[Shown::Everything]));
        assert!(!pulse.is_fresh(&page, 5));
        assert!(pulse.is_fresh(&page, 6));
    }

    #[test]
    fn whoever_comes_late_writes_over_nothing() {
        let pulse = Pulse::default();
        let page = trace(&[Shown::Article(ArticleId(7))], 7);
        pulse.take(8, &touched(&[Shown::Article(ArticleId(7))]));
        // A listener that was held up brings what was committed before.
        pulse.take(6, &touched(&[Shown::Article(ArticleId(7))]));
        assert!(!pulse.is_fresh(&page, 7));
        pulse.take(7, &touched(&[Shown::Everything]));
        assert!(!pulse.is_fresh(&page, 7));
        // So does one that found that rows it needs are gone.
        pulse.forget(7, false);
        assert!(!pulse.is_fresh(&page, 7));
        assert_eq!(pulse.newest(), 8);
    }

    #[test]
    fn very_many_things_are_everything() {
        let mut touched = Touched::default();
        for id in 0..10_000 {
            touched.add(Shown::Article(ArticleId(id)));
        }
        assert_eq!(touched.tidied(), [Shown::Everything.key()]);
    }

    #[test]
    fn the_log_is_read_as_it_was_written() {
        let keys = touched(&[Shown::Frame, Shown::List(List::Year(2024)), Shown::Name("slug", "الصين")]);
        assert_eq!(read(&write(&keys)), Some(keys));
        assert_eq!(read("5 x"), None);
    }
}
