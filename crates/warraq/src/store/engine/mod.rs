//! How do we speak to a database? Two engines, one way of asking.
//!
//! Every statement is a `&'static str` with `$1`-style placeholders and runs on both engines. Reads get a [`Db`], writes
//! a [`Tx`]; both are ordinary synchronous values, so that a verb of `desk` reads like a story. What differs (opening,
//! pragmas, locking, batches) stays in `sqlite.rs` and `postgres.rs`.

pub(super) mod postgres;
pub(super) mod sqlite;

mod row;

pub use row::{Arg, FromColumn, Row};

use crate::store::StoreError;
use crate::store::pulse::{Shown, Touched, Trace};

/// The highest number that an import may bring along. A million articles a second would not use up the rest in a lifetime.
const HIGHEST_BROUGHT: i64 = 1 << 40;

/// Statements may come from the source code only.
pub type Sql = &'static str;

/// A connection during one read or one write, and what was seen through it.
pub struct Db<'a> {
    connection: Connection<'a>,
    trace: Trace,
}

enum Connection<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut postgres::Session),
}

impl<'a> Db<'a> {
    pub(super) fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { connection: Connection::Sqlite(connection), trace: Trace::default() }
    }

    pub(super) fn postgres(session: &'a mut postgres::Session) -> Self {
        Self { connection: Connection::Postgres(session), trace: Trace::default() }
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
        match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::each(connection, sql, args, visit),
            Connection::Postgres(session) => session.each(sql, args, visit),
        }
    }

    fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, args),
            Connection::Postgres(session) => session.execute(sql, args),
        }
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
        self.execute("SAVEPOINT attempt", &[])?;
        let done = work(self);
        if done.is_err() {
            self.execute("ROLLBACK TO SAVEPOINT attempt", &[])?;
        }
        self.execute("RELEASE SAVEPOINT attempt", &[])?;
        done
    }

    /// The next number of a noun (`article`, `comment`…), never given twice.
    ///
    /// # Errors
    /// The engine's error.
    pub fn next_id(&mut self, noun: &'static str) -> Result<i64, StoreError> {
        let next = self.value(
            "INSERT INTO counters (name, value) VALUES ($1, 1)
             ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
            &[noun.into()],
        )?;
        next.ok_or_else(|| StoreError::Broken(format!("no next number for {noun}")))
    }

    /// The last number given to a noun; 0 before the first.
    ///
    /// # Errors
    /// The engine's error.
    pub fn last_id(&mut self, noun: &'static str) -> Result<i64, StoreError> {
        Ok(self.value("SELECT value FROM counters WHERE name = $1", &[noun.into()])?.unwrap_or(0))
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
        self.execute(
            "INSERT INTO counters (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counters.value < excluded.value",
            &[noun.into(), id.into()],
        )?;
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
