//! PostgreSQL: when one machine is not enough.
//!
//! A [`Session`] is one connection on one thread of ours, and that thread drives it: verbs stay synchronous on both
//! engines, and how many run at once is the number of threads. A statement whose answer nobody waits for is only sent
//! ([`Session::send`]); its answer is read with that of a later one, which costs an import a tenth of the way there and
//! back for each of its statements.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::BytesMut;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::tls::NoTlsStream;
use tokio_postgres::types::{IsNull, ToSql, Type};
use tokio_postgres::{AsyncMessage, Client, Connection, Error, NoTls, Socket, Statement};

use super::{Arg, Cell, Row, Sql};
use crate::store::StoreError;

/// Held by the writer for the length of a transaction: one writer at a time in the whole publication, as with SQLite.
pub(in crate::store) const WRITER_LOCK: &str = "SELECT pg_advisory_xact_lock(7305808869231650155)";

/// How many statements may be on their way, and how many bytes of them.
const MOST_STATEMENTS: usize = 512;
const MOST_BYTES: usize = 1 << 20;
/// After how many the socket is looked after, so that the server has something to do meanwhile.
const AT_A_TIME: usize = 32;

/// One connection with its prepared statements.
pub(in crate::store) struct Session {
    runtime: Runtime,
    line: Line,
    client: Arc<Client>,
    /// By place and length of the statement's text, which is part of the program and never moves.
    prepared: HashMap<(usize, usize), Statement>,
    sent: Sent,
}

/// The socket. `None` when the server has hung up: whoever waits for an answer then hears that the line is closed.
struct Line(Option<Connection<Socket, NoTlsStream>>);

/// Statements on their way, oldest first.
#[derive(Default)]
struct Sent {
    waiting: VecDeque<(Sql, usize, Answer)>,
    bytes: usize,
}

type Answer = Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>>;

/// Open a connection whose commits are durable when they are acknowledged.
pub(in crate::store) fn connect(url: &str) -> Result<Session, StoreError> {
    let away = |error: &dyn std::fmt::Display| StoreError::Unavailable(error.to_string());
    let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| away(&error))?;
    // Whatever the server says at the door (starting, full, closed, no such database): it cannot be reached now.
    let (client, connection) =
        runtime.block_on(tokio_postgres::connect(url, NoTls)).map_err(|error| away(&StoreError::from(error)))?;
    let mut session = Session {
        runtime,
        line: Line(Some(connection)),
        client: Arc::new(client),
        prepared: HashMap::new(),
        sent: Sent::default(),
    };
    session.batch("SET synchronous_commit = on; SET client_min_messages = warning; SET TIME ZONE 'UTC'")?;
    let mut is_durable = false;
    session.each("SHOW fsync", &[], |row| {
        is_durable = row.get::<String>(0)? == "on";
        Ok(())
    })?;
    if !is_durable {
        tracing::warn!("PostgreSQL runs with fsync off: acknowledged writes can be lost in a power cut");
    }
    Ok(session)
}

/// Open a connection to write with. Its statements look for single rows. A plan is kept as long as the connection, and
/// one that was made while a table was small would read all of it for each row when it has grown, in one large import.
/// What has to be read whole all the same seems dear to the planner then, and is not to be compiled for that. Bitmaps
/// and answers from an index alone are not to be thought of for the same reason: of an index that does not begin with what
/// is looked for they read everything.
///
/// Long texts are packed with LZ4 where the server knows it: its own way to pack them takes a fifth of a large import.
pub(in crate::store) fn connect_to_write(url: &str) -> Result<Session, StoreError> {
    let mut session = connect(url)?;
    session.batch(
        "SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off; SET jit = off;
         SELECT set_config(name, 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
    )?;
    Ok(session)
}

impl Session {
    /// Transaction control and migrations. What was sent before and is rolled back now interests nobody any more.
    pub(in crate::store) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        if sql.starts_with("ROLLBACK") {
            self.give_up();
        }
        let client = Arc::clone(&self.client);
        self.answer("", client.batch_execute(sql))
    }

    /// Nobody wants the answers to what was sent any more.
    pub(super) fn give_up(&mut self) {
        self.sent = Sent::default();
    }

    /// End a transaction that changed nothing, without waiting for the answer.
    pub(in crate::store) fn end(&mut self) -> Result<(), StoreError> {
        let client = Arc::clone(&self.client);
        self.hand_over("", 0, Box::pin(async move { client.batch_execute("COMMIT").await.map(|()| 0) }))?;
        self.look_after()
    }

    pub(in crate::store) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    pub(super) fn each(
        &mut self,
        sql: Sql,
        args: &[Arg<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.prepare(sql)?);
        for row in &self.answer(sql, client.query(&statement, &borrowed(args)))? {
            visit(&Row::Postgres(row))?;
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.prepare(sql)?);
        self.answer(sql, client.execute(&statement, &borrowed(args)))
    }

    /// Run a statement without waiting for its answer. An error comes with one of the next calls, at the latest with
    /// [`Session::settle`]; the server does nothing more in this transaction after it.
    pub(super) fn send(&mut self, sql: Sql, args: &[Arg<'_>]) -> Result<(), StoreError> {
        let (client, statement) = (Arc::clone(&self.client), self.prepare(sql)?);
        let args: Vec<Cell> = args.iter().map(Cell::from).collect();
        let bytes = args.iter().map(Cell::bytes).sum();
        self.hand_over(sql, bytes, Box::pin(async move { client.execute_raw(&statement, args).await }))?;
        if self.sent.waiting.len() >= MOST_STATEMENTS || self.sent.bytes >= MOST_BYTES {
            // The server has the other half to do while we go on.
            self.wait(MOST_STATEMENTS / 2, MOST_BYTES / 2, "", ready(Ok(())))
        } else if self.sent.waiting.len().is_multiple_of(AT_A_TIME) {
            self.look_after()
        } else {
            Ok(())
        }
    }

    /// Hand a statement to the line. An answer at once can only be that it does not fit, or cannot be sent.
    fn hand_over(&mut self, sql: Sql, bytes: usize, mut answer: Answer) -> Result<(), StoreError> {
        if let Poll::Ready(answer) = answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return answer.map(drop).map_err(|error| StoreError::postgres(sql, &error));
        }
        self.sent.waiting.push_back((sql, bytes, answer));
        self.sent.bytes += bytes;
        Ok(())
    }

    /// Has the server hung up on a connection at rest? The runtime must look at the socket for that, once, without waiting.
    pub(in crate::store) fn is_hung_up(&mut self) -> bool {
        self.runtime.block_on(tokio::task::yield_now());
        self.look_after().is_err() || self.is_closed()
    }

    /// Write and read what can be without waiting.
    fn look_after(&mut self) -> Result<(), StoreError> {
        self.wait(usize::MAX, usize::MAX, "", ready(Ok(())))
    }

    /// Wait for the answers to everything that was sent.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        if self.sent.waiting.is_empty() { Ok(()) } else { self.answer("", ready(Ok(()))) }
    }

    fn prepare(&mut self, sql: Sql) -> Result<Statement, StoreError> {
        let place = (sql.as_ptr() as usize, sql.len());
        if let Some(statement) = self.prepared.get(&place) {
            return Ok(statement.clone());
        }
        let client = Arc::clone(&self.client);
        let statement = self.answer(sql, client.prepare(sql))?;
        self.prepared.insert(place, statement.clone());
        Ok(statement)
    }

    /// The answer to a question, and to everything that was sent before it.
    fn answer<T>(&mut self, sql: Sql, asked: impl Future<Output = Result<T, Error>>) -> Result<T, StoreError> {
        self.wait(0, 0, sql, asked)
    }

    /// Wait for an answer, and until no more than so many statements and bytes are on their way. The first error counts:
    /// after it the server refuses what else is sent in the transaction.
    fn wait<T>(
        &mut self,
        statements: usize,
        bytes: usize,
        sql: Sql,
        asked: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, StoreError> {
        let Self { runtime, line, sent, .. } = self;
        let mut asked = pin!(asked);
        let (mut answer, mut failed) = (None, None);
        runtime.block_on(poll_fn(|context| {
            // Once to send it, once more for what the line has brought.
            for _ in 0..2 {
                if answer.is_none()
                    && let Poll::Ready(given) = asked.as_mut().poll(context)
                {
                    answer = Some(given);
                }
                if let Err(error) = line.drive(context) {
                    failed.get_or_insert_with(|| StoreError::postgres("", &error));
                    return Poll::Ready(());
                }
                sent.read_answers(context, &mut failed);
            }
            let is_enough = sent.waiting.len() <= statements && sent.bytes <= bytes;
            if answer.is_some() && is_enough { Poll::Ready(()) } else { Poll::Pending }
        }));
        match (failed, answer) {
            (Some(error), _) => Err(error),
            (None, Some(answer)) => answer.map_err(|error| StoreError::postgres(sql, &error)),
            (None, None) => Err(StoreError::Unavailable("the server did not answer".into())),
        }
    }
}

impl Line {
    /// Write what waits to be written, read what has come.
    fn drive(&mut self, context: &mut Context<'_>) -> Result<(), Error> {
        while let Some(connection) = &mut self.0 {
            match connection.poll_message(context) {
                Poll::Pending => break,
                Poll::Ready(Some(Ok(AsyncMessage::Notice(notice)))) => tracing::info!("PostgreSQL says: {notice}"),
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Ready(Some(Err(error))) => {
                    self.0 = None;
                    return Err(error);
                }
                Poll::Ready(None) => self.0 = None,
            }
        }
        Ok(())
    }
}

impl Sent {
    /// Take off what is answered. Answers come in the order of the statements.
    fn read_answers(&mut self, context: &mut Context<'_>, failed: &mut Option<StoreError>) {
        while let Some((sql, bytes, answer)) = self.waiting.front_mut()
            && let Poll::Ready(answer) = answer.as_mut().poll(context)
        {
            if let Err(error) = answer {
                failed.get_or_insert_with(|| StoreError::postgres(sql, &error));
            }
            self.bytes -= *bytes;
            self.waiting.pop_front();
        }
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

impl ToSql for Cell {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Arg::from(self).to_sql(ty, out)
    }

    fn accepts(ty: &Type) -> bool {
        Arg::accepts(ty)
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        Arg::from(self).to_sql_checked(ty, out)
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::postgres("", &error)
    }
}
