//! What follows from a change? One function, on one screen.
//!
//! It stands in the place of callbacks: every verb of `desk` says what it changed, and the jobs that follow are put
//! into the queue in the same transaction.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, CommentId, MediaId, PersonId, SectionId, TagId};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A draft was made or changed; no reader sees a difference.
    DraftSaved(ArticleId),
    /// An article will go out by itself.
    ArticleScheduled(ArticleId, Timestamp),
    /// A moment was set at which an article goes away by itself.
    ArticleExpires(ArticleId, Timestamp),
    /// An article is public, or its public form changed.
    ArticlePublished(ArticleId),
    /// An article is no longer public.
    ArticleWithdrawn(ArticleId),
    /// A comment can be seen.
    CommentPublished(ArticleId, CommentId),
    /// A comment can no longer be seen.
    CommentRemoved(ArticleId, CommentId),
    /// A comment waits, or was refused for good; readers see nothing.
    CommentKeptBack(CommentId),
    /// A picture was taken in.
    MediaStored(MediaId),
    /// Name, language, time zone, address pattern…; with a new time zone days begin at another hour.
    SiteChanged {
        /// The lists by day, month and year must be made again.
        days_moved: bool,
    },
    /// A section stands elsewhere in the tree: articles belong to other outer sections now.
    SectionMoved,
    /// A section, tag or person is called something else.
    Renamed(Named),
    /// A tag or person became another one.
    Joined(Pair),
    /// The front page was arranged.
    FrontArranged,
}

/// Something whose name stands over articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// A section.
    Section(SectionId),
    /// A tag.
    Tag(TagId),
    /// Somebody with a byline.
    Person(PersonId),
}

/// What is another one from now on, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pair {
    /// Tags.
    Tags(TagId, TagId),
    /// People with bylines.
    People(PersonId, PersonId),
}

/// Work that is left to do. Each is idempotent: done twice it gives what it gives done once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Publish an article whose time has come.
    PublishDue {
        /// Which.
        article: ArticleId,
        /// The time it was scheduled for, in milliseconds: another time means another job.
        at: i64,
    },
    /// Withdraw an article whose end has come.
    WithdrawDue {
        /// Which.
        article: ArticleId,
        /// The end that was set, in milliseconds: another end means another job.
        at: i64,
    },
    /// Make the smaller copies of a picture.
    MakeRenditions {
        /// Which.
        media: MediaId,
    },
    /// Put every published article into its lists anew.
    RebuildListings,
    /// Let the search read the articles of something that was renamed once more.
    RereadNamed {
        /// What was renamed.
        named: Named,
    },
    /// Let the articles of a tag or person that became another one bear that one.
    CarryOver {
        /// From which, to which.
        pair: Pair,
    },
    /// Erase addresses whose time is over.
    ForgetPrivateData,
    /// Forget wire stories that nobody took.
    ForgetWires,
    /// Send a letter.
    SendLetter {
        /// Its number.
        id: String,
        /// To whom and what about, sealed, in base 64.
        sealed: String,
    },
    /// Somebody forgot a password: if the address has an account, a letter follows. Looked up here and not when it is
    /// asked for, so that asking takes as long for every address.
    OfferPassword {
        /// Drawn by lot.
        id: String,
        /// The address and what the link is made from, sealed, in base 64.
        sealed: String,
    },
    /// Somebody wants to see what is kept of an address: if comments were sent with it, a letter follows. Looked up here
    /// for the same reason.
    OfferOwn {
        /// Drawn by lot.
        id: String,
        /// The address and what the link is made from, sealed, in base 64.
        sealed: String,
    },
}

impl Job {
    /// Name of the kind, as the queue shows it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PublishDue { .. } => "publish_due",
            Self::WithdrawDue { .. } => "withdraw_due",
            Self::MakeRenditions { .. } => "make_renditions",
            Self::RebuildListings => "rebuild_listings",
            Self::RereadNamed { .. } => "reread_named",
            Self::CarryOver { .. } => "carry_over",
            Self::ForgetPrivateData => "forget_private_data",
            Self::ForgetWires => "forget_wires",
            Self::SendLetter { .. } => "send_letter",
            Self::OfferPassword { .. } => "offer_password",
            Self::OfferOwn { .. } => "offer_own",
        }
    }

    /// Two waiting jobs with one key are one job.
    #[must_use]
    pub fn unique_key(&self) -> String {
        match self {
            Self::PublishDue { article, at } | Self::WithdrawDue { article, at } => {
                format!("{} {article} {at}", self.kind())
            }
            Self::MakeRenditions { media } => format!("make_renditions {media}"),
            Self::SendLetter { id, .. } | Self::OfferPassword { id, .. } | Self::OfferOwn { id, .. } => {
                format!("{} {id}", self.kind())
            }
            Self::RereadNamed { named } => match named {
                Named::Section(id) => format!("reread_named section {id}"),
                Named::Tag(id) => format!("reread_named tag {id}"),
                Named::Person(id) => format!("reread_named person {id}"),
            },
            Self::CarryOver { pair: Pair::Tags(from, _) } => format!("carry_over tag {from}"),
            Self::CarryOver { pair: Pair::People(from, _) } => format!("carry_over person {from}"),
            Self::RebuildListings | Self::ForgetPrivateData | Self::ForgetWires => self.kind().to_owned(),
        }
    }

    /// When it may run: at once unless it says otherwise.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        match self {
            Self::PublishDue { at, .. } | Self::WithdrawDue { at, .. } => Timestamp::from_millisecond(*at).ok(),
            _ => None,
        }
    }
}

/// What follows from each change.
#[must_use]
pub fn consequences(change: &Change) -> Vec<Job> {
    match change {
        Change::ArticleScheduled(article, at) => vec![Job::PublishDue { article: *article, at: at.as_millisecond() }],
        Change::ArticleExpires(article, at) => vec![Job::WithdrawDue { article: *article, at: at.as_millisecond() }],
        Change::MediaStored(media) => vec![Job::MakeRenditions { media: *media }],
        Change::SiteChanged { days_moved: true } | Change::SectionMoved => vec![Job::RebuildListings],
        Change::Joined(pair) => vec![Job::CarryOver { pair: *pair }],
        Change::Renamed(named) => vec![Job::RereadNamed { named: *named }],
        Change::DraftSaved(_)
        | Change::ArticlePublished(_)
        | Change::ArticleWithdrawn(_)
        | Change::CommentPublished(..)
        | Change::CommentRemoved(..)
        | Change::CommentKeptBack(_)
        | Change::SiteChanged { days_moved: false }
        | Change::FrontArranged => Vec::new(),
    }
}
