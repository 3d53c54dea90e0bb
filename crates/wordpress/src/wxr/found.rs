//! What did the reader come upon, and why did it stop?

use std::fmt;
use std::io;

use super::entries::Entry;

/// How much is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest entry, in bytes of its values. A larger one is refused, and the rest of the file is read.
    pub entry_bytes: usize,
}

impl Default for Limits {
    /// 64 MiB for one entry.
    fn default() -> Self {
        Limits { entry_bytes: 64 * 1024 * 1024 }
    }
}

/// What the reader came upon.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An entry, which begins in this line. The complaints about it come before it.
    Entry {
        /// The line in which it begins, from 1.
        line: u64,
        /// The entry.
        entry: Entry,
    },
    /// Something that was not as it should be, and how it was taken.
    Warning(Warning),
    /// An entry that could not be taken.
    Refused(Refused),
}

/// Something that was not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The line, from 1.
    pub line: u64,
    /// The number of the item, or its title as long as there is none; `None` outside of items.
    pub item: Option<String>,
    /// A word for the kind, such as `bare-ampersand`; it stays the same between versions.
    pub code: &'static str,
    /// What is wrong there and how it was taken.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(item) = &self.item {
            write!(f, ", item {item}")?;
        }
        write!(f, ": {} ({})", self.message, self.code)
    }
}

/// An entry that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// What it was to be: `item`, `author`, `category`, `tag` or `term`.
    pub kind: &'static str,
    /// The number or title of an item, as far as it was read.
    pub item: Option<String>,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}", self.line, self.kind)?;
        if let Some(item) = &self.item {
            write!(f, " {item}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why the reading stopped. What was found before has been given.
#[derive(Debug)]
pub enum ReadError {
    /// The input itself failed.
    Io {
        /// The line, from 1.
        line: u64,
        /// What the input said.
        error: io::Error,
    },
    /// A document type that declares something. No exporter writes one; it could make a small file large.
    DocumentType {
        /// The line, from 1.
        line: u64,
    },
    /// Neither `rss` nor `channel` nor anything of an export was in the file.
    NotAnExport,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io { line, error } => write!(f, "reading stopped in line {line}: {error}"),
            ReadError::DocumentType { line } => {
                write!(
                    f,
                    "the document type in line {line} declares entities; take it out of the file, WordPress writes none"
                )
            }
            ReadError::NotAnExport => {
                write!(f, "this is no export of WordPress: it has no <rss>; make one under Tools → Export")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Io { error, .. } => Some(error),
            ReadError::DocumentType { .. } | ReadError::NotAnExport => None,
        }
    }
}
