//! A page that says one thing: not found, gone, not understood, broken, away for a moment, «your comment waits».

use serde::Serialize;

use super::{Card, Layout};

/// `message.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MessagePage {
    /// The frame; it may lack navigation where the database is away.
    pub layout: Layout,
    /// What is said.
    pub kind: MessageKind,
    /// The HTTP status.
    pub status: u16,
    /// Further words of the case itself: why an article was withdrawn, what a form lacked.
    pub detail: Option<String>,
    /// Stories that may help.
    pub cards: Vec<Card>,
    /// A way back, site-relative.
    pub back: Option<String>,
    /// What the reader had written and we did not take: shown, so that it can be copied.
    pub typed: Option<String>,
}

/// Chooses the interface strings `message-…-title` and `message-…-text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageKind {
    /// 404
    NotFound,
    /// 410
    Gone,
    /// 403: a form sent from another site.
    Forbidden,
    /// 405
    MethodNotAllowed,
    /// 413
    TooLarge,
    /// 422 where no form can be shown again
    Invalid,
    /// 422: a comment on a discussion that is closed.
    DiscussionClosed,
    /// 429
    TooMany,
    /// 500
    Broken,
    /// 503
    Unavailable,
    /// 200: a comment that waits for the editor.
    CommentHeld,
    /// 200: a letter is on its way to those of whom something is kept.
    OwnAsked,
    /// 200: it is forgotten.
    OwnForgotten,
    /// 410: the link of that letter is over.
    OwnOver,
}
