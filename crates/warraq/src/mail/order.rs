//! Who is to be told what? Sealed while it waits.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::MailError;
use crate::identity::{Keyring, PrivateEmail};
use crate::news::consequences::Job;
use crate::news::staff::Role;

/// A letter that is to be written.
#[derive(Debug)]
pub struct Order {
    to: PrivateEmail,
    paper: Paper,
}

/// The part of an order that has nothing against being JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Paper {
    id: String,
    language: String,
    about: About,
}

/// What a letter is about. Paths are site-relative: the address of the publication is put before them when the letter
/// is written, and comes from its settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum About {
    /// Somebody is asked to join the newsroom.
    Invitation {
        /// Who asks.
        by: String,
        /// As what.
        role: Role,
        /// Where to accept.
        path: String,
    },
    /// Somebody forgot the password.
    NewPassword {
        /// Where to choose another.
        path: String,
    },
    /// A reader wants to see what is kept of them.
    OwnComments {
        /// Where it is.
        path: String,
    },
    /// Another password was chosen.
    PasswordChanged,
    /// A second factor was set up.
    FactorAdded,
    /// A second factor was taken away.
    FactorRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was taken away.
    PasskeyRemoved,
}

impl Order {
    /// A letter in this language. `id` is drawn by lot: the letter's number for mail programs.
    #[must_use]
    pub fn new(to: PrivateEmail, language: &str, id: [u8; 16], about: About) -> Self {
        let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { to, paper: Paper { id, language: language.to_owned(), about } }
    }

    /// The job that sends it.
    ///
    /// # Errors
    /// None that can happen; JSON of texts.
    pub fn job(&self, keys: &Keyring, nonce: [u8; 24]) -> Result<Job, MailError> {
        let unreadable = |error: &dyn std::fmt::Display| MailError::Unreadable(error.to_string());
        let paper = serde_json::to_string(&self.paper).map_err(|error| unreadable(&error))?;
        let clear = Zeroizing::new(format!("{}\n{paper}", self.to.expose()));
        let sealed = STANDARD_NO_PAD.encode(keys.seal_letter(clear.as_bytes(), nonce));
        Ok(Job::SendLetter { id: self.paper.id.clone(), sealed })
    }

    /// Read what [`Order::job`] sealed.
    ///
    /// # Errors
    /// It was sealed with another key, or is damaged.
    pub fn open(keys: &Keyring, sealed: &str) -> Result<Self, MailError> {
        let unreadable = |error: &dyn std::fmt::Display| MailError::Unreadable(error.to_string());
        let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|error| unreadable(&error))?;
        let clear = keys.open_letter(&sealed).map_err(|error| unreadable(&error))?;
        let clear = std::str::from_utf8(&clear).map_err(|error| unreadable(&error))?;
        let (to, paper) = clear.split_once('\n').ok_or_else(|| unreadable(&"half a letter"))?;
        let to = PrivateEmail::parse(to).map_err(|error| unreadable(&error))?;
        Ok(Self { to, paper: serde_json::from_str(paper).map_err(|error| unreadable(&error))? })
    }

    /// Who gets it.
    pub(super) fn to(&self) -> &PrivateEmail {
        &self.to
    }

    /// What it is about.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.paper.about
    }

    /// In which language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.paper.language
    }

    /// Its number: 32 hexadecimal digits.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.paper.id
    }
}
