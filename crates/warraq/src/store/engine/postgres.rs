//! PostgreSQL: when one machine is not enough.
//!
//! A [`Session`] is one connection on one thread of ours. The synchronous client keeps verbs synchronous on both
//! engines; how many run at once is the number of threads.

use std::collections::HashMap;

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type};
use postgres::{Client, NoTls, Statement};

use super::{Arg, Row, Sql};
use crate::store::StoreError;

/// Held by the writer for the length of a transaction: one writer at a time in the whole publication, as with SQLite.
pub(in crate::store) const WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(7305808869231650155)";

/// One connection with its prepared statements.
pub(in crate::store) struct Session {
    client: Client,
    /// By place and length of the statement's text, which is part of the program and never moves.
    prepared: HashMap<(usize, usize), Statement>,
}

/// Open a connection whose commits are durable when they are acknowledged.
pub(in crate::store) fn connect(url: &str) -> Result<Session, StoreError> {
    // Whatever the server says at the door (starting, full, closed, no such database): it cannot be reached now.
    let mut client =
        Client::connect(url, NoTls).map_err(|error| StoreError::Unavailable(StoreError::from(error).to_string()))?;
    client.batch_execute("SET synchronous_commit = on; SET client_min_messages = warning; SET TIME ZONE 'UTC'")?;
    let durable: String = client.query_one("SHOW fsync", &[])?.get(0);
    if durable != "on" {
        tracing::warn!("PostgreSQL runs with fsync off: acknowledged writes can be lost in a power cut");
    }
    Ok(Session { client, prepared: HashMap::new() })
}

impl Session {
    pub(in crate::store) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(sql)?)
    }

    pub(in crate::store) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    fn prepare(&mut self, sql: Sql) -> Result<Statement, StoreError> {
        let place = (sql.as_ptr() as usize, sql.len());
        if let Some(statement) = self.prepared.get(&place) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(|error| StoreError::postgres(sql, &error))?;
        self.prepared.insert(place, statement.clone());
        Ok(statement)
    }

    pub(super) fn each(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.prepare(sql)?;
        let rows = self.client.query(&statement, &borrowed(args)).map_err(|error| StoreError::postgres(sql, &error))?;
        for row in &rows {
            visit(&Row::Postgres(row))?;
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        self.client.execute(&statement, &borrowed(args)).map_err(|error| StoreError::postgres(sql, &error))
    }
}

fn borrowed<'a>(args: &'a [Arg<'a>]) -> Vec<&'a (dyn ToSql + Sync)> {
    args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Arg<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Int(value) => value.to_sql(ty, out),
            Arg::Text(value) => value.to_sql(ty, out),
            Arg::Bytes(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::TEXT, Type::BYTEA, Type::VARCHAR].contains(ty)
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let fits = match self {
            Arg::Null => true,
            Arg::Int(_) => *ty == Type::INT8,
            Arg::Text(_) => *ty == Type::TEXT || *ty == Type::VARCHAR,
            Arg::Bytes(_) => *ty == Type::BYTEA,
        };
        if !fits {
            return Err(format!("an argument {self:?} where the statement wants {ty}").into());
        }
        self.to_sql(ty, out)
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        Self::postgres("", &error)
    }
}
