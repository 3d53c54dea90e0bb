//! What did another system know? Articles and comments on their way in, before anybody here has seen them.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::{CorrectionKind, Draft};
use super::comment::Status;
use super::people::BylineRole;
use super::section::NewTerm;
use crate::identity::PrivateEmail;

/// Folders in which systems that sites move from keep their files, as they stand in addresses: WordPress, Ghost.
pub const FILE_FOLDERS: [&str; 4] = ["/wp-content/uploads/", "/content/images/", "/content/media/", "/content/files/"];

/// An article as another system knew it.
#[derive(Debug)]
pub struct Incoming {
    /// Where it stands in the source: a line number.
    pub line: usize,
    /// What it was known by there, for ever.
    pub guid: String,
    /// The number it had there.
    pub number: Option<i64>,
    /// Slugs that it had before: they lead to it.
    pub old_slugs: Vec<String>,
    /// What it says; sections, tags and bylines are filled in from the names below.
    pub draft: Draft,
    /// What readers could see of it there.
    pub visibility: Visibility,
    /// Where it stood there on its way to publication, by name.
    pub stage: Option<String>,
    /// When it was last changed there.
    pub updated: Option<Timestamp>,
    /// Main section first.
    pub sections: Vec<NewTerm>,
    /// In the order shown.
    pub tags: Vec<NewTerm>,
    /// In the order shown.
    pub bylines: Vec<(NewTerm, BylineRole)>,
    /// The article of the same source that it translates.
    pub translation_of: Option<String>,
    /// Public notes about changes.
    pub corrections: Vec<(CorrectionKind, String, Timestamp)>,
    /// A place on the front.
    pub slot: Option<i64>,
    /// Oldest first; a parent before its answers.
    pub comments: Vec<IncomingComment>,
    /// Files that it shows or names and that have not come yet.
    pub missing: Vec<MissingFile>,
    /// As it was written there.
    pub original: Option<Original>,
    /// It is a story that others tell, too: look whether it is here already.
    pub may_have_twins: bool,
}

/// A file that an article shows or names, at its old address as long as it has not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingFile {
    /// Its whole address there.
    pub url: String,
    /// It is to stand on top of the article, with these words.
    pub lead: Option<MissingLead>,
}

/// What to say about a picture on top of an article, once it has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingLead {
    /// What it shows.
    pub alt: String,
    /// What to say under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

impl Incoming {
    /// An article of which nothing is known but its name there and what it says; readers saw it.
    #[must_use]
    pub fn of(guid: String, draft: Draft) -> Self {
        Self {
            line: 0,
            guid,
            number: None,
            old_slugs: Vec::new(),
            draft,
            visibility: Visibility::Public(None),
            stage: None,
            updated: None,
            sections: Vec::new(),
            tags: Vec::new(),
            bylines: Vec::new(),
            translation_of: None,
            corrections: Vec::new(),
            slot: None,
            comments: Vec::new(),
            missing: Vec::new(),
            original: None,
            may_have_twins: false,
        }
    }
}

/// How another system wrote something, whole: kept sealed beside what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// What it was there, `wordpress-post`.
    pub kind: String,
    /// In the format of that system.
    pub content: String,
}

/// Something of another system that has no place here, and is kept as it was.
#[derive(Debug)]
pub struct Keepsake {
    /// Where it stands in the source: a line number.
    pub line: usize,
    /// What it was known by there, for ever.
    pub guid: String,
    /// What it is, for people: type and number, because its title may be an address (an entry of a form).
    pub name: String,
    /// As the receipt counts it: `menu-item`, `revision`, `other`.
    pub counted_as: &'static str,
    /// As it was.
    pub original: Original,
}

/// What readers of the source could see of an article. What they did not see does not become public here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// Nothing: it is kept as a draft, whatever is asked for.
    Hidden,
    /// It was to go out by itself; it does so here, if that is still to come.
    Scheduled(Timestamp),
    /// They could read it, since then if the source says so.
    Public(Option<Timestamp>),
    /// They could read it since then, until it was taken away; its address says why.
    Withdrawn(Timestamp, String),
}

impl Visibility {
    /// When it went out there.
    #[must_use]
    pub fn published(&self) -> Option<Timestamp> {
        match self {
            Self::Public(at) => *at,
            Self::Withdrawn(at, _) => Some(*at),
            Self::Hidden | Self::Scheduled(_) => None,
        }
    }
}

/// A comment as another system knew it.
#[derive(Debug)]
pub struct IncomingComment {
    /// What it was known by there.
    pub guid: String,
    /// The number it had there, which stands in addresses (`#comment-12`).
    pub number: Option<i64>,
    /// The comment that it answers.
    pub parent: Option<String>,
    /// What the editors there decided.
    pub status: Status,
    /// The name to show, as it was there; the desk looks whether it may be.
    pub author: String,
    /// The address, if there was one.
    pub email: Option<PrivateEmail>,
    /// Website or empty, as it was there; the desk looks whether it is one.
    pub url: String,
    /// The network address, if it was kept.
    pub network: Option<IpAddr>,
    /// When it was written.
    pub at: Timestamp,
    /// As typed.
    pub text: String,
}
