//! The page on which readers see what is kept of them.

use serde::Serialize;

use super::{DateView, Layout};

/// `own.html`: the form that asks for a letter, or (with `file`) what its link shows.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// The frame.
    pub layout: Layout,
    /// Where the form goes.
    pub action: String,
    /// The address as it was typed.
    pub email: String,
    /// What is wrong with it: `comment-error-…`.
    pub error: Option<&'static str>,
    /// Where all of it is for machines; `None`: the page asks for an address.
    pub file: Option<String>,
    /// How many comments there are.
    pub total: i64,
    /// The newest of them.
    pub comments: Vec<OwnComment>,
}

/// A comment as its writer gets it back.
#[derive(Debug, Clone, Serialize)]
pub struct OwnComment {
    /// Of the article.
    pub headline: String,
    /// Where readers see it; `None`: they do not.
    pub href: Option<String>,
    /// When it was written.
    pub date: DateView,
    /// The name.
    pub author: String,
    /// As it was typed.
    pub text: String,
}
