//! What follows from a change? One function, on one screen.
//!
//! It stands in the place of callbacks: every verb of `desk` says what it changed, and the jobs that follow are put
//! into the queue in the same transaction.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, CommentId, MediaId};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A draft was made or changed; no reader sees a difference.
    DraftSaved(ArticleId),
    /// An article will go out by itself.
    ArticleScheduled(ArticleId, Timestamp),
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
    /// The front page was arranged.
    FrontArranged,
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
    /// Make the smaller copies of a picture.
    MakeRenditions {
        /// Which.
        media: MediaId,
    },
    /// Put every published article into its lists anew.
    RebuildListings,
    /// Erase addresses whose time is over.
    ForgetPrivateData,
}

impl Job {
    /// Name of the kind, as the queue shows it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::PublishDue { .. } => "publish_due",
            Self::MakeRenditions { .. } => "make_renditions",
            Self::RebuildListings => "rebuild_listings",
            Self::ForgetPrivateData => "forget_private_data",
        }
    }

    /// Two waiting jobs with one key are one job.
    #[must_use]
    pub fn unique_key(&self) -> String {
        match self {
            Self::PublishDue { article, at } => format!("publish_due {article} {at}"),
            Self::MakeRenditions { media } => format!("make_renditions {media}"),
            Self::RebuildListings | Self::ForgetPrivateData => self.kind().to_owned(),
        }
    }

    /// When it may run: at once unless it says otherwise.
    #[must_use]
    pub fn not_before(&self) -> Option<Timestamp> {
        match self {
            Self::PublishDue { at, .. } => Timestamp::from_millisecond(*at).ok(),
            _ => None,
        }
    }
}

/// What follows from each change.
#[must_use]
pub fn consequences(change: &Change) -> Vec<Job> {
    match change {
        Change::ArticleScheduled(article, at) => vec![Job::PublishDue { article: *article, at: at.as_millisecond() }],
        Change::MediaStored(media) => vec![Job::MakeRenditions { media: *media }],
        Change::SiteChanged { days_moved: true } | Change::SectionMoved => vec![Job::RebuildListings],
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
