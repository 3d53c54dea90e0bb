//! What can go wrong between us and a database.

/// A failure of the database, told apart by what the caller can do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached; later it may.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The disk is full: nothing was written, reading goes on.
    #[error("the disk is full; nothing was written. Free some space, then try again")]
    Full,
    /// A commit could not be made durable. After a failed fsync nobody knows what is on the disk, so writing stops
    /// until the program is started again and the database has checked itself.
    #[error("writing has stopped because a commit failed: {0}. Check the disk, then start the server again")]
    Stopped(String),
    /// Another row has this value already.
    #[error("already there: {0}")]
    Duplicate(String),
    /// The settings that durability rests on are not in force.
    #[error("{0}")]
    Unsafe(String),
    /// The database was made by a newer program.
    #[error(
        "the database has migration {found}, this program knows {known}: use a newer warraq, or restore a backup that this one can read"
    )]
    TooNew {
        /// The newest migration in the database.
        found: i64,
        /// The newest that this program has.
        known: i64,
    },
    /// A statement failed: a mistake in the program or a damaged file.
    #[error("{message} in «{statement}»")]
    Statement {
        /// The statement.
        statement: &'static str,
        /// The engine's words.
        message: String,
    },
    /// A row does not say what it should.
    #[error("damaged data: {0}")]
    Broken(String),
}

impl StoreError {
    pub(super) fn statement(statement: &'static str, error: &rusqlite::Error) -> Self {
        use rusqlite::{ErrorCode, ffi};
        let rusqlite::Error::SqliteFailure(failure, ref words) = *error else {
            return Self::Statement { statement, message: error.to_string() };
        };
        let message = words.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DiskFull => Self::Full,
            // The file beside the log could not grow: on a full disk this comes before anything is written.
            ErrorCode::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE => Self::Full,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::CannotOpen => Self::Unavailable(message),
            ErrorCode::SystemIoFailure => Self::Stopped(message),
            ErrorCode::ConstraintViolation if failure.extended_code == 2067 || failure.extended_code == 1555 => {
                Self::Duplicate(message)
            }
            _ => Self::Statement { statement, message },
        }
    }

    pub(super) fn postgres(statement: &'static str, error: &tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(told) = error.as_db_error() else {
            return if error.is_closed()
                || statement.is_empty()
                || std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
            {
                Self::Unavailable(error.to_string())
            } else {
                let message = std::error::Error::source(error)
                    .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
                Self::Statement { statement, message }
            };
        };
        let message = told.message().to_owned();
        match *told.code() {
            SqlState::UNIQUE_VIOLATION => Self::Duplicate(message),
            SqlState::DISK_FULL => Self::Full,
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS => Self::Unavailable(message),
            _ => Self::Statement { statement, message },
        }
    }
}
