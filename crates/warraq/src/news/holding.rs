//! What do we have, whole? An article with everything that belongs to it, in whatever state, for those who take it away.
//!
//! This is not for readers: [`super::published::Published`] is.

use jiff::Timestamp;

use super::article::{Correction, Form, Kind, Preview, Source, Status};
use super::html::Html;
use super::language::Language;
use super::media::Media;
use super::people::Byline;
use super::section::Tag;
use super::{ArticleId, CommentId, comment};

/// An article, whole.
#[derive(Debug, Clone)]
pub struct Holding {
    /// Its number.
    pub id: ArticleId,
    /// What other systems know it by.
    pub guid: String,
    /// Story or page.
    pub form: Form,
    /// Where in its life it is.
    pub status: Status,
    /// What it carries of the stages of drafts.
    pub stage: String,
    /// What kind of story.
    pub kind: Kind,
    /// Its language.
    pub language: Language,
    /// Its slug now.
    pub slug: String,
    /// Slugs that it had before.
    pub old_slugs: Vec<String>,
    /// The short line over the headline.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The paragraph under it.
    pub standfirst: String,
    /// The text, sanitised.
    pub body: Html,
    /// Where it came from.
    pub source: Source,
    /// Paths of its sections, the main one first.
    pub sections: Vec<String>,
    /// In the order shown.
    pub tags: Vec<Tag>,
    /// In the order shown.
    pub bylines: Vec<Byline>,
    /// The picture on top, with the words of this article about it.
    pub lead: Option<(Media, LeadWords)>,
    /// When it went out, or did before it was withdrawn.
    pub published_at: Option<Timestamp>,
    /// When it will go out.
    pub scheduled_at: Option<Timestamp>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// May readers answer?
    pub comments_open: bool,
    /// Why it was withdrawn, or empty.
    pub withdrawn_reason: String,
    /// What search engines and shared links are told.
    pub preview: Preview,
    /// Its place on the front, when it was put there by hand.
    pub slot: Option<i64>,
    /// Articles with one number are translations of each other.
    pub translation_group: Option<i64>,
    /// Oldest first.
    pub corrections: Vec<Correction>,
    /// In the order of their numbers, in every state.
    pub comments: Vec<HeldComment>,
}

/// What an article says about its picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeadWords {
    /// What it shows.
    pub alt: String,
    /// What to say under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// A comment, whole but for addresses, which stay sealed where they are.
#[derive(Debug, Clone)]
pub struct HeldComment {
    /// Its number.
    pub id: CommentId,
    /// The comment that it answers.
    pub parent: Option<CommentId>,
    /// What was decided.
    pub status: comment::Status,
    /// The name shown.
    pub author: String,
    /// Website or empty.
    pub url: String,
    /// As typed.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
}
