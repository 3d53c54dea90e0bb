//! SQLite: the default. One file, one writer, readers beside it (WAL), nothing acknowledged before it is on the disk.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};

use super::{Arg, Row, Sql};
use crate::store::StoreError;

/// Open a connection and prove that the settings on which our promises rest are in force.
pub(in crate::store) fn open(path: &Path, may_write: bool) -> Result<Connection, StoreError> {
    let flags = if may_write {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(256);
    // Plans do not depend on the values that are bound. Without this, SQLite looks at the value of every `LIMIT $n` and
    // prepares the statement anew each time it is bound: a quarter of the time of a page, measured.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "trusted_schema", "OFF")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", if may_write { -16_384 } else { -4_096 })?;
    if !may_write {
        connection.pragma_update(None, "query_only", "ON")?;
    }
    check(&connection)?;
    Ok(connection)
}

/// With `synchronous=NORMAL` one acknowledged commit in seven was lost in simulated power cuts, with `FULL` none. A
/// build or a system that answers otherwise must not serve.
fn check(connection: &Connection) -> Result<(), StoreError> {
    let journal: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    let synchronous: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
    let foreign_keys: i64 = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    if journal != "wal" || synchronous != 2 || foreign_keys != 1 {
        return Err(StoreError::Unsafe(format!(
            "SQLite refused its settings: journal_mode={journal} (wal needed), synchronous={synchronous} (2 needed), \
             foreign_keys={foreign_keys} (1 needed); the site folder may lie on a network file system"
        )));
    }
    Ok(())
}

/// The migrations' text as SQLite wants it.
pub(in crate::store) fn dialect(sql: &str) -> String {
    sql.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY").replace("/* WITHOUT ROWID */", "WITHOUT ROWID")
}

pub(super) fn each(
    connection: &Connection,
    sql: Sql,
    args: &[Arg<'_>],
    mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(|error| StoreError::statement(sql, &error))?;
    bind(&mut statement, args)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next().map_err(|error| StoreError::statement(sql, &error))? {
        visit(&Row::Sqlite(row))?;
    }
    Ok(())
}

pub(super) fn execute(connection: &Connection, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
    let mut statement = connection.prepare_cached(sql).map_err(|error| StoreError::statement(sql, &error))?;
    bind(&mut statement, args)?;
    let changed = statement.raw_execute().map_err(|error| StoreError::statement(sql, &error))?;
    Ok(changed as u64)
}

/// SQLite numbers `$n` by first appearance; PostgreSQL goes by the number itself, and so do we.
fn bind(statement: &mut rusqlite::Statement<'_>, args: &[Arg<'_>]) -> Result<(), StoreError> {
    for index in 1..=statement.parameter_count() {
        let number = statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let arg = number.and_then(|number| args.get(number.wrapping_sub(1)));
        let Some(arg) = arg else {
            return Err(StoreError::Broken(format!("placeholder {index} has no argument")));
        };
        statement.raw_bind_parameter(index, arg)?;
    }
    Ok(())
}

impl ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Arg::Null => ValueRef::Null,
            Arg::Int(value) => ValueRef::Integer(*value),
            Arg::Text(value) => ValueRef::Text(value.as_bytes()),
            Arg::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::statement("", &error)
    }
}
