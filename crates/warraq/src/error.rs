//! What can be wrong, told apart by what the one who asked can do about it.

use crate::news::article::Flaw;
use crate::store::StoreError;

/// What does not fit what is there now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{says}")]
pub struct Conflict {
    /// Names the interface text `conflict-…`, for editors.
    pub word: &'static str,
    /// A sentence with its details, for the command line and the log.
    pub says: String,
}

/// The errors of the verbs.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing.
    #[error("there is no {0}")]
    NotFound(String),
    /// What was sent cannot be kept as it is.
    #[error("{}", flaws(.0))]
    Invalid(Vec<Flaw>),
    /// The account that acts has not the right to.
    #[error("this account may not do that")]
    NotAllowed,
    /// It does not fit what is there now.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// Something outside of us cannot be reached or is full.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// A picture could not be taken in.
    #[error(transparent)]
    Media(#[from] crate::media::MediaError),
    /// The search index.
    #[error(transparent)]
    Search(#[from] crate::search::SearchError),
    /// A letter could not leave.
    #[error(transparent)]
    Mail(#[from] crate::mail::MailError),
    /// Keys are missing or wrong.
    #[error(transparent)]
    Key(#[from] crate::identity::KeyError),
}

impl Error {
    /// It does not fit what is there now: `word` names the interface text `conflict-…`.
    #[must_use]
    pub fn conflict(word: &'static str, says: impl Into<String>) -> Self {
        Self::Conflict(Conflict { word, says: says.into() })
    }

    /// Is it about this machine and not about one of many things that were sent? Then it is no use to go on with the next.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        match self {
            Self::Store(_) | Self::Search(_) | Self::Key(_) => true,
            Self::Media(error) => error.is_ours(),
            Self::File { source, .. } => {
                matches!(source.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
            }
            Self::NotFound(_) | Self::Invalid(_) | Self::NotAllowed | Self::Conflict(_) | Self::Mail(_) => false,
        }
    }
}

fn flaws(flaws: &[Flaw]) -> String {
    flaws.iter().map(|flaw| format!("{}: {}", flaw.field, flaw.reason)).collect::<Vec<_>>().join(", ")
}
