//! A search and what it found.

use serde::Serialize;

use super::{Card, Layout, Link, Markup, Pagination};

/// `search.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SearchPage {
    /// The frame.
    pub layout: Layout,
    /// What was asked for, as it was asked.
    pub form: SearchForm,
    /// `None` before anything was asked.
    pub total: Option<i64>,
    /// Whether more than `total` fit: so many are not counted.
    pub more: bool,
    /// A page of what was found, the best or the newest first.
    pub results: Vec<SearchResult>,
    /// What may have been meant, when nothing was found.
    pub suggestion: Option<Link>,
    /// The other pages.
    pub pagination: Pagination,
    /// Site-relative address of this search as a feed.
    pub feed: Option<String>,
}

/// The form, filled as it was sent.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchForm {
    /// The words.
    pub q: String,
    /// Sections, with the one that was chosen.
    pub sections: Vec<Choice>,
    /// Keys of the interface strings `kind-…`, with the one that was chosen.
    pub kinds: Vec<Choice>,
    /// First day, `2020-10-22` or empty.
    pub from: String,
    /// Last day, `2020-10-22` or empty.
    pub until: String,
    /// The newest first.
    pub newest: bool,
    /// Slug of a tag that the search is kept to, or empty.
    pub tag: String,
    /// Slug of an author that the search is kept to, or empty.
    pub author: String,
    /// Is anything but words asked for?
    pub narrowed: bool,
}

/// One of several things to choose.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub name: String,
    /// Was it chosen?
    pub chosen: bool,
}

/// An article that was found.
#[derive(Debug, Clone, Serialize)]
pub struct SearchResult {
    /// The article.
    pub card: Card,
    /// Its headline with found words in `<mark>`.
    pub headline: Markup,
    /// The place in its text that fits best, found words in `<mark>`.
    pub snippet: Markup,
}
