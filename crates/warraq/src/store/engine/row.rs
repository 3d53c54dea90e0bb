//! What goes into a statement and what comes out of a row, the same for both engines.

use rusqlite::types::ValueRef;

use crate::store::StoreError;

/// One argument of a statement.
#[derive(Debug, Clone, Copy)]
pub enum Arg<'a> {
    /// `NULL`
    Null,
    /// `BIGINT`
    Int(i64),
    /// `TEXT`
    Text(&'a str),
    /// `BYTEA`
    Bytes(&'a [u8]),
}

/// Any value of any column, kept apart from its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// `NULL`
    Null,
    /// `BIGINT`
    Int(i64),
    /// `TEXT`
    Text(String),
    /// `BYTEA`
    Bytes(Vec<u8>),
}

impl Cell {
    /// How much it takes on its way, roughly.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Int(_) => 8,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

impl From<&Arg<'_>> for Cell {
    fn from(arg: &Arg<'_>) -> Self {
        match *arg {
            Arg::Null => Self::Null,
            Arg::Int(value) => Self::Int(value),
            Arg::Text(text) => Self::Text(text.to_owned()),
            Arg::Bytes(bytes) => Self::Bytes(bytes.to_owned()),
        }
    }
}

impl<'a> From<&'a Cell> for Arg<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Int(value) => Self::Int(*value),
            Cell::Text(text) => Self::Text(text),
            Cell::Bytes(bytes) => Self::Bytes(bytes),
        }
    }
}

impl From<i64> for Arg<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Arg<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Arg<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Arg<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, T: Into<Arg<'a>>> From<Option<T>> for Arg<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row while it is being read.
pub enum Row<'a> {
    /// From SQLite.
    Sqlite(&'a rusqlite::Row<'a>),
    /// From PostgreSQL.
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0.
    ///
    /// # Errors
    /// The column is not of that type, which is a mistake in `store`.
    pub fn get<T: FromColumn>(&self, column: usize) -> Result<T, StoreError> {
        T::read(self, column)
    }
}

/// A type that a column can be read as.
pub trait FromColumn: Sized {
    /// Read column number `column` of `row`.
    ///
    /// # Errors
    /// The column is of another type.
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError>;
}

macro_rules! from_column {
    ($($type:ty),*) => {$(
        impl FromColumn for $type {
            fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => Ok(row.get(column)?),
                    Row::Postgres(row) => Ok(row.try_get(column)?),
                }
            }
        }
        impl FromColumn for Option<$type> {
            fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
                match row {
                    Row::Sqlite(row) => Ok(row.get(column)?),
                    Row::Postgres(row) => Ok(row.try_get(column)?),
                }
            }
        }
    )*};
}

from_column!(i64, Vec<u8>);

/// SQLite hands out bytes and leaves it to us to see that they are text; a page is tens of kilobytes of it.
impl FromColumn for Option<String> {
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
        let row = match row {
            Row::Sqlite(row) => row,
            Row::Postgres(row) => return Ok(row.try_get(column)?),
        };
        match row.get_ref(column)? {
            ValueRef::Null => Ok(None),
            ValueRef::Text(bytes) => match simdutf8::basic::from_utf8(bytes) {
                Ok(text) => Ok(Some(text.to_owned())),
                Err(_) => Err(StoreError::Broken(format!("column {column} holds bytes that are no UTF-8"))),
            },
            other => Err(StoreError::Broken(format!("column {column} is {:?}, not text", other.data_type()))),
        }
    }
}

impl FromColumn for String {
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
        Option::<Self>::read(row, column)?.ok_or_else(|| StoreError::Broken(format!("column {column} is empty")))
    }
}

impl FromColumn for bool {
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
        Ok(i64::read(row, column)? != 0)
    }
}

impl FromColumn for Cell {
    fn read(row: &Row<'_>, column: usize) -> Result<Self, StoreError> {
        Ok(if let Ok(value) = row.get::<Option<i64>>(column) {
            value.map_or(Self::Null, Self::Int)
        } else if let Ok(value) = row.get::<Option<String>>(column) {
            value.map_or(Self::Null, Self::Text)
        } else {
            row.get::<Option<Vec<u8>>>(column)?.map_or(Self::Null, Self::Bytes)
        })
    }
}
