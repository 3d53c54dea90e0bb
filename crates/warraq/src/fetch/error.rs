//! Why did nothing come?

use std::fmt;
use std::net::IpAddr;

use url::Url;

/// An address as it may be told: without name, password and parameters, which may be secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told(String);

impl From<&Url> for Told {
    fn from(url: &Url) -> Self {
        let mut bare = url.clone();
        // What has no place for a name has none to be taken away.
        let _ = bare.set_username("").and_then(|()| bare.set_password(None));
        bare.set_fragment(None);
        bare.set_query(None);
        Self(if url.query().is_some() { format!("{bare}?…") } else { bare.into() })
    }
}

impl From<&str> for Told {
    fn from(written: &str) -> Self {
        if let Ok(url) = Url::parse(written) {
            return Self::from(&url);
        }
        let (place, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let bare = place.rsplit_once('@').map_or(place, |(_, after)| after);
        Self(if rest.is_empty() { bare.to_owned() } else { format!("{bare}?…") })
    }
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Why something was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It is no address that we ask.
    #[error("{url} is not fetched: {reason}")]
    Address {
        /// What was written.
        url: Told,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The name leads to no machine.
    #[error("nobody knows where {host} is; try again later, or look at the spelling")]
    Unknown {
        /// The name.
        host: String,
    },
    /// It leads where we must not go.
    #[error(
        "{host} leads to {address}, port {port}, which is not on the open web; if it is meant, allow the address in warraq.toml: [fetch] allow = [\"{address}\"]"
    )]
    Forbidden {
        /// The name.
        host: String,
        /// Where it led.
        address: IpAddr,
        /// The port.
        port: u16,
    },
    /// Nobody answered, or the line broke.
    #[error("{url} could not be fetched ({detail}); try again later")]
    Broken {
        /// What was asked.
        url: Told,
        /// The system's words.
        detail: String,
    },
    /// Others of ours kept the host busy.
    #[error("{host} was busy answering other requests of ours for half an hour; try again later")]
    NoTurn {
        /// The name.
        host: String,
    },
    /// It took too long.
    #[error("{url} did not come in time; try again later")]
    TooSlow {
        /// What was asked.
        url: Told,
    },
    /// The answer was none.
    #[error("{url} answers {status}")]
    Status {
        /// What was asked.
        url: Told,
        /// What was said.
        status: u16,
        /// How many seconds we are to wait before we ask again, if it said so.
        wait: Option<u32>,
    },
    /// It is larger than we take.
    #[error("{url} is larger than {most} bytes, which is the most that is taken")]
    TooLarge {
        /// What was asked.
        url: Told,
        /// The most.
        most: u64,
    },
    /// The disk.
    #[error("{path}: {source}")]
    Disk {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
}

impl FetchError {
    /// How many seconds the host would like us to wait.
    pub(super) fn wait(&self) -> Option<u32> {
        match self {
            Self::Status { wait, .. } => *wait,
            _ => None,
        }
    }

    /// Would it be worth to ask again at once?
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Broken { .. } | Self::TooSlow { .. } => true,
            Self::Status { status, .. } => matches!(status, 429 | 500 | 502 | 503 | 504),
            Self::Address { .. }
            | Self::NoTurn { .. }
            | Self::Unknown { .. }
            | Self::Forbidden { .. }
            | Self::TooLarge { .. }
            | Self::Disk { .. } => false,
        }
    }
}
