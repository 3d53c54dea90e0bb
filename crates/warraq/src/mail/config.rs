//! Which mail server, and who are we to it?

use std::path::PathBuf;

use serde::Deserialize;

/// `[mail]` in `warraq.toml`. Without a host letters are written into `outbox/` of the site folder and leave by nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// Name of the server.
    pub host: String,
    /// Its port; 0: 465 for TLS, 587 for STARTTLS, 25 without either.
    pub port: u16,
    /// How the conversation is kept secret.
    pub security: Security,
    /// The name to sign in with; without one nobody signs in.
    pub user: String,
    /// A file that holds the password and nothing else, for the owner's eyes only (mode 0600).
    pub password_file: PathBuf,
    /// The address that letters come from.
    pub from: String,
}

/// How a conversation with the mail server is kept secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// Secret from the first byte (RFC 8314).
    #[default]
    Tls,
    /// Begun in clear and made secret before anything is told; never left in clear.
    Starttls,
    /// Not at all: a server on this machine.
    None,
}

impl MailConfig {
    /// The port, the usual one unless another is set.
    #[must_use]
    pub fn port(&self) -> u16 {
        match (self.port, self.security) {
            (0, Security::Tls) => 465,
            (0, Security::Starttls) => 587,
            (0, Security::None) => 25,
            (port, _) => port,
        }
    }
}
