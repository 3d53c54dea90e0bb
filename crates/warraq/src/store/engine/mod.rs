//! How do we speak to a database? Two engines, one way of asking.
//!
//! Every statement is a `&'static str` with `$1`-style placeholders and runs on both engines. Reads get a [`Db`], writes
//! a [`Tx`]; both are ordinary synchronous values, so that a verb of `desk` reads like a story. What differs (opening,
//! pragmas, locking, batches) stays in `sqlite.rs` and `postgres.rs`.

pub(super) mod postgres;
pub(super) mod sqlite;

mod later;
mod row;

pub use later::Sum;
pub use row::{Arg, Cell, FromColumn, Row};

use crate::store::StoreError;
use crate::store::pulse::{Shown, Touched, Trace};
use later::Later;

/// The highest number that an import may bring along. A million articles a second would not use up the rest in a lifetime.
const HIGHEST_BROUGHT: i64 = 1 << 40;

/// Statements may come from the source code only.
pub type Sql = &'static str;

/// A connection during one read or one write, and what was seen through it.
pub struct Db<'a> {
    connection: Connection<'a>,
    trace: Trace,
    later: Later,
    /// A statement failed: what it belongs to must not be kept.
    is_spoilt: bool,
}

enum Connection<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut postgres::Session),
}

impl<'a> Db<'a> {
    pub(super) fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self::on(Connection::Sqlite(connection))
    }

    pub(super) fn postgres(session: &'a mut postgres::Session) -> Self {
        Self::on(Connection::Postgres(session))
    }

    fn on(connection: Connection<'a>) -> Self {
        Self { connection, trace: Trace::default(), later: Later::default(), is_spoilt: false }
    }

    /// Is this SQLite? For the few questions that only one engine answers.
    #[must_use]
    pub(super) fn is_sqlite(&self) -> bool {
        matches!(self.connection, Connection::Sqlite(_))
    }

    /// Write down that a page is being made of this.
    pub(in crate::store) fn saw(&mut self, shown: Shown<'_>) {
        self.trace.see(shown);
    }

    /// What was seen up to now in this view, which is the one of pulse `as_of`.
    #[must_use]
    pub fn take_trace(&mut self, as_of: i64) -> Trace {
        self.trace.begin(as_of);
        std::mem::take(&mut self.trace)
    }

    /// All rows, each turned into a value by `read`.
    ///
    /// # Errors
    /// The engine's error, with the statement in the text.
    pub fn all<T>(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.each(sql, args, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub fn first<T>(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.each(sql, args, |row| {
            if found.is_none() {
                found = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The first column of the first row; `NULL` and no row are both `None`.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub fn value<T>(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<Option<T>, StoreError>
    where
        Option<T>: FromColumn,
    {
        Ok(self.first(sql, args, |row| row.get::<Option<T>>(0))?.flatten())
    }

    /// Look at each row without keeping it.
    ///
    /// # Errors
    /// As [`Db::all`].
    pub fn each_row(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.each(sql, args, visit)
    }

    fn each(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.write_sums()?;
        let found = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::each(connection, sql, args, visit),
            Connection::Postgres(session) => session.each(sql, args, visit),
        };
        self.watch(found)
    }

    fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        self.write_sums()?;
        let done = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, args),
            Connection::Postgres(session) => session.execute(sql, args),
        };
        self.watch(done)
    }

    fn send(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<(), StoreError> {
        let sent = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, args).map(drop),
            Connection::Postgres(session) => session.send(sql, args),
        };
        self.watch(sent)
    }

    /// Whoever reads sees everything that was written before.
    fn write_sums(&mut self) -> Result<(), StoreError> {
        while let Some((sql, args)) = self.later.next() {
            self.send(sql, &args)?;
        }
        while let Some((noun, value)) = self.later.next_number() {
            self.send(
                "INSERT INTO counters (name, value) VALUES ($1, $2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                &[noun.into(), value.into()],
            )?;
        }
        Ok(())
    }

    /// Forget what was not written yet, and what was written and is rolled back now.
    fn give_up(&mut self) {
        self.later = Later::default();
        self.is_spoilt = false;
        if let Connection::Postgres(session) = &mut self.connection {
            session.give_up();
        }
    }

    fn watch<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        self.is_spoilt |= matches!(&done, Err(error) if !matches!(error, StoreError::Broken(_)));
        done
    }
}

/// A write transaction: a [`Db`] that may also change things. Only the writer makes one, and there is one writer at a
/// time in the whole publication, so that a verb may load, decide and write without fear of another in between.
pub struct Tx<'a> {
    db: Db<'a>,
    touched: Touched,
}

impl<'a> Tx<'a> {
    pub(super) fn new(db: Db<'a>) -> Self {
        Self { db, touched: Touched::default() }
    }

    /// Write down that readers see this differently as of the commit.
    pub(in crate::store) fn touch(&mut self, shown: Shown<'_>) {
        self.touched.add(shown);
    }

    /// Whether so much was touched that single things no longer matter.
    pub(in crate::store) fn touches_everything(&self) -> bool {
        self.touched.is_everything()
    }

    /// What was touched up to now.
    pub(in crate::store) fn take_touched(&mut self) -> Touched {
        std::mem::take(&mut self.touched)
    }

    /// Run a statement and say how many rows it touched.
    ///
    /// # Errors
    /// The engine's error, with the statement in the text.
    pub fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        self.db.execute(sql, args)
    }

    /// Do something that leaves nothing behind when it fails, within what is being written.
    ///
    /// # Errors
    /// What `work` returns, or the engine's error.
    pub fn attempt<T, E: From<StoreError>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.settle()?;
        self.execute("SAVEPOINT attempt", &[])?;
        let done = work(self).and_then(|done| {
            self.settle()?;
            Ok(done)
        });
        if done.is_err() {
            self.db.give_up();
            self.execute("ROLLBACK TO SAVEPOINT attempt", &[])?;
        }
        self.execute("RELEASE SAVEPOINT attempt", &[])?;
        done
    }

    /// Run a statement whose answer nobody needs. It may be under way while the next ones are made; when it fails, one
    /// of them says so, or [`Tx::settle`], and nothing of this transaction is kept.
    ///
    /// # Errors
    /// The engine's error, with the statement in the text: of this statement or of one before.
    pub fn later(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<(), StoreError> {
        self.db.send(sql, args)
    }

    /// Add to a number that is kept. What is added under the same keys is summed up and written once, before anything is
    /// read.
    pub fn add(&mut self, sum: Sum, keys: &[i64], amount: i64) {
        self.db.later.add(sum, keys, amount);
    }

    /// Wait until everything is written.
    ///
    /// # Errors
    /// What went wrong with a statement that nobody waited for; or that one failed before, whoever was told.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        self.db.write_sums()?;
        if let Connection::Postgres(session) = &mut self.db.connection {
            let settled = session.settle();
            self.db.watch(settled)?;
        }
        if self.db.is_spoilt {
            return Err(StoreError::Broken("a statement failed, and what it belongs to was not given up".into()));
        }
        Ok(())
    }

    /// The next number of a noun (`article`, `comment`…), never given twice.
    ///
    /// # Errors
    /// The engine's error.
    pub fn next_id(&mut self, noun: &'static str) -> Result<i64, StoreError> {
        if let Some(last) = self.db.later.number(noun) {
            self.db.later.set_number(noun, last + 1);
            return Ok(last + 1);
        }
        let next = self.value(
            "INSERT INTO counters (name, value) VALUES ($1, 1)
             ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
            &[noun.into()],
        )?;
        let next = next.ok_or_else(|| StoreError::Broken(format!("no next number for {noun}")))?;
        self.db.later.know_number(noun, next);
        Ok(next)
    }

    /// The last number given to a noun; 0 before the first.
    ///
    /// # Errors
    /// The engine's error.
    pub fn last_id(&mut self, noun: &'static str) -> Result<i64, StoreError> {
        if let Some(last) = self.db.later.number(noun) {
            return Ok(last);
        }
        let last = self.value("SELECT value FROM counters WHERE name = $1", &[noun.into()])?.unwrap_or(0);
        self.db.later.know_number(noun, last);
        Ok(last)
    }

    /// Take a number that an import brought along: numbers up to and including it are not given again. Says whether it
    /// was taken; one above [`HIGHEST_BROUGHT`] would soon leave no numbers for what comes after it.
    ///
    /// # Errors
    /// The engine's error.
    pub fn reserve_id(&mut self, noun: &'static str, id: i64) -> Result<bool, StoreError> {
        if !(1..=HIGHEST_BROUGHT).contains(&id) {
            return Ok(false);
        }
        if self.last_id(noun)? < id {
            self.db.later.set_number(noun, id);
        }
        Ok(true)
    }
}

impl<'a> std::ops::Deref for Tx<'a> {
    type Target = Db<'a>;

    fn deref(&self) -> &Db<'a> {
        &self.db
    }
}

impl<'a> std::ops::DerefMut for Tx<'a> {
    fn deref_mut(&mut self) -> &mut Db<'a> {
        &mut self.db
    }
}
