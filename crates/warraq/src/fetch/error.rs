//! Why did nothing come?

use std::net::IpAddr;

/// Why something was not fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It is no address that we ask.
    #[error("{url} is not fetched: {reason}")]
    Address {
        /// As it was written.
        url: String,
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
        url: String,
        /// The system's words.
        detail: String,
    },
    /// It took too long.
    #[error("{url} did not come in time; try again later")]
    TooSlow {
        /// What was asked.
        url: String,
    },
    /// The answer was none.
    #[error("{url} answers {status}")]
    Status {
        /// What was asked.
        url: String,
        /// What was said.
        status: u16,
    },
    /// It is larger than we take.
    #[error("{url} is larger than {most} bytes, which is the most that is taken")]
    TooLarge {
        /// What was asked.
        url: String,
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
    /// Would it be worth to ask again at once?
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Broken { .. } | Self::TooSlow { .. } => true,
            Self::Status { status, .. } => matches!(status, 429 | 500 | 502 | 503 | 504),
            Self::Address { .. }
            | Self::Unknown { .. }
            | Self::Forbidden { .. }
            | Self::TooLarge { .. }
            | Self::Disk { .. } => false,
        }
    }
}
