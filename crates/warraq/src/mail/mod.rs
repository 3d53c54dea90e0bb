//! How do letters leave? By SMTP where the settings name a server, else into a folder.
//!
//! A letter is a job of the queue: its order (to whom, what about, which link) is sealed when the verb that causes it
//! commits, and opened again here when the worker sends it. No address and no link stands in the database or in the log.

mod config;
mod letter;
mod order;

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message, MultiPart, MultiPartKind, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

pub use config::{MailConfig, Security};
pub use letter::{Letter, Letterhead};
pub use order::{About, Order};

use crate::durable;
use crate::identity::without_addresses;
use crate::interface::{Digits, Interface, InterfaceError, languages};

/// How long a server may take for one step of the conversation.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a letter did not leave, or the mail room cannot open.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// `[mail]` in `warraq.toml` says something that cannot be used.
    #[error("[mail] in warraq.toml: {0}")]
    Settings(String),
    /// The file with the password, or the outbox.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// The system's words.
        source: std::io::Error,
    },
    /// The mail server does not take it now; later it may. Its words, without addresses.
    #[error("the mail server does not take the letter now: {0}")]
    Later(String),
    /// The mail server will never take it. Its words, without addresses.
    #[error("the mail server refuses the letter: {0}")]
    Refused(String),
    /// What the queue holds is no letter of ours.
    #[error("a letter in the queue cannot be read: {0}")]
    Unreadable(String),
    /// The texts of letters.
    #[error(transparent)]
    Texts(#[from] InterfaceError),
}

impl MailError {
    /// Will it fail again however often it is tried?
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::Settings(_) | Self::Refused(_) | Self::Unreadable(_) | Self::Texts(_) => true,
            Self::Io { .. } | Self::Later(_) => false,
        }
    }
}

/// Where letters are written and sent.
pub struct Mailroom {
    way: Way,
    /// The address that letters come from; `None`: `noreply@` and the host of the publication.
    from: Option<Address>,
    texts: Vec<(String, Interface)>,
}

enum Way {
    /// A folder: one file for each letter.
    Outbox(PathBuf),
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

impl Mailroom {
    /// Open it. `site` is the site folder: the outbox lies in it, and a relative path to the password begins there.
    /// Nothing is connected to yet.
    ///
    /// # Errors
    /// Settings that cannot be used, a password file that cannot be read or that others can read, a text of the theme
    /// that does not parse.
    pub fn open(config: &MailConfig, site: &Path, theme: Option<&Path>) -> Result<Self, MailError> {
        let from = match config.from.as_str() {
            "" => None,
            text => Some(text.parse::<Address>().map_err(|_| {
                MailError::Settings("from is no e-mail address; write for example newsroom@example.org".into())
            })?),
        };
        let way = if config.host.is_empty() {
            Way::Outbox(site.join("outbox"))
        } else {
            if from.is_none() {
                return Err(MailError::Settings("a server needs an address that letters come from: set from".into()));
            }
            Way::Smtp(Box::new(server(config, site)?))
        };
        let mut texts = Vec::new();
        for language in languages(theme)? {
            texts.push((language.clone(), Interface::load(&language, Digits::Latn, theme)?));
        }
        Ok(Self { way, from, texts })
    }

    /// Into a folder of files, and not to anybody?
    #[must_use]
    pub fn outbox(&self) -> Option<&Path> {
        match &self.way {
            Way::Outbox(folder) => Some(folder),
            Way::Smtp(_) => None,
        }
    }

    /// The texts of a language; English where there are none.
    #[must_use]
    pub fn texts(&self, language: &str) -> &Interface {
        let find = |language: &str| self.texts.iter().find(|(of, _)| of == language).map(|(_, texts)| texts);
        #[expect(clippy::expect_used, reason = "English is compiled in, and a test loads it")]
        find(language).or_else(|| find("en")).expect("English texts")
    }

    /// Write the letter that was ordered, and send it. Sent twice (the worker died in between), it is one letter with
    /// one number for the reader's program, and one file in the outbox.
    ///
    /// # Errors
    /// The server, the outbox, or an order that is damaged.
    pub async fn send(&self, order: &Order, head: &Letterhead) -> Result<(), MailError> {
        let letter = Letter::write(order, head, self.texts(order.language()));
        let message = self.message(order, head, &letter)?;
        match &self.way {
            Way::Outbox(folder) => keep(folder, order.id(), &message.formatted()),
            Way::Smtp(server) => server.send(message).await.map(drop).map_err(|error| {
                let words = without_addresses(&with_causes(&error));
                if error.is_permanent() { MailError::Refused(words) } else { MailError::Later(words) }
            }),
        }
    }

    fn message(&self, order: &Order, head: &Letterhead, letter: &Letter) -> Result<Message, MailError> {
        let broken = |what: &str| MailError::Unreadable(what.to_owned());
        let host = head.host();
        let from = match &self.from {
            Some(address) => address.clone(),
            None => Address::new("noreply", host)
                .or_else(|_| Address::new("noreply", "localhost.localdomain"))
                .map_err(|_| broken("from"))?,
        };
        // What the address is stands here and in the keyring alone.
        let to: Address = order.to().expose().parse().map_err(|_| broken("to"))?;
        let body = MultiPart::builder()
            .kind(MultiPartKind::Alternative)
            .boundary(format!("=_{}", order.id()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(letter.text.clone()))
            .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(letter.html.clone()));
        Message::builder()
            .from(Mailbox::new(Some(head.title.clone()), from))
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .date(head.at.into())
            .message_id(Some(format!("<{}@{host}>", order.id())))
            .multipart(body)
            .map_err(|error| broken(&without_addresses(&error.to_string())))
    }
}

/// The server of the settings.
fn server(config: &MailConfig, site: &Path) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
    type Smtp = AsyncSmtpTransport<Tokio1Executor>;
    let unusable =
        |error: lettre::transport::smtp::Error| MailError::Settings(format!("host: {}", with_causes(&error)));
    let is_here = matches!(config.host.as_str(), "localhost" | "127.0.0.1" | "::1");
    let builder = match config.security {
        Security::Tls => Smtp::relay(&config.host).map_err(unusable)?,
        Security::Starttls => Smtp::starttls_relay(&config.host).map_err(unusable)?,
        Security::None if is_here => Smtp::builder_dangerous(&config.host),
        Security::None => {
            return Err(MailError::Settings(
                "security = \"none\" is for a server on this machine: letters hold links that open accounts. \
                 Write starttls or tls"
                    .into(),
            ));
        }
    };
    let host = config.from.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let mut builder = builder.port(config.port()).timeout(Some(PATIENCE)).hello_name(ClientId::Domain(host.to_owned()));
    if !config.user.is_empty() {
        builder = builder.credentials(Credentials::new(config.user.clone(), password(config, site)?));
    }
    Ok(builder.build())
}

/// The password stands in a file of its own, so that settings can be shown to somebody.
fn password(config: &MailConfig, site: &Path) -> Result<String, MailError> {
    if config.password_file.as_os_str().is_empty() {
        return Err(MailError::Settings("user needs a password: set password_file to a file that holds it".into()));
    }
    let path = site.join(&config.password_file);
    let io = |source| MailError::Io { path: path.display().to_string(), source };
    if fs::metadata(&path).map_err(io)?.permissions().mode() & 0o077 != 0 {
        return Err(MailError::Settings(format!("{} can be read by others: run chmod 600 on it", path.display())));
    }
    Ok(fs::read_to_string(&path).map_err(io)?.trim_end_matches(['\r', '\n']).to_owned())
}

/// One letter, one file. Its name follows from the order, so that a letter that is sent again is the same file.
fn keep(folder: &Path, id: &str, bytes: &[u8]) -> Result<(), MailError> {
    use std::io::Write as _;
    let io = |source| MailError::Io { path: folder.display().to_string(), source };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
    let temporary = folder.join(format!("{id}.new"));
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary).map_err(io)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io)?;
    durable::rename(&temporary, &folder.join(format!("{id}.eml"))).map_err(io)
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let more = inner.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = inner.source();
    }
    words
}
