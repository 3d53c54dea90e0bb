//! Where does it appear? The full-text index of everything that is published.
//!
//! The index is derived: it can be thrown away and made again from the database. It follows the log of changes
//! ([`crate::store::changes`]) and knows how far it came, so that it may die at any moment and go on. What it finds are
//! numbers of articles; whoever shows them asks the store, which drops what is no longer published.
//!
//! A word is indexed in several layers ([`analysis`]): as it is written, by its lemma, by the family of its lemma. A
//! query proposes stories by lemmas ([`scoring`]) and puts them in order by all layers ([`rerank`]).

pub mod analysis;
pub mod fields;
pub mod highlight;
pub mod query;

mod family;
mod index;
mod rerank;
mod scoring;
mod shelf;
mod suggest;
#[cfg(test)]
mod tests;

pub use index::{Change, Index, Position, SearchError, Story};
pub use query::Query;
pub use scoring::{COUNTED, Weights};
pub use shelf::Shelf;

/// What is looked for: words, and where they should stand.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The words.
    pub query: Query,
    /// Only in this section and those below it: its path, `economy/trade`.
    pub section: Option<String>,
    /// Only with this tag: its slug.
    pub tag: Option<String>,
    /// Only by this author: their slug.
    pub author: Option<String>,
    /// Only of this kind: `own`, `wire`, `translation`, `opinion`, `sponsored`.
    pub kind: Option<String>,
    /// Only in this language, `ar`.
    pub language: Option<String>,
    /// Not before this moment, in seconds since 1970.
    pub from: Option<i64>,
    /// Before this moment, in seconds since 1970.
    pub until: Option<i64>,
    /// What comes first.
    pub sort: Sort,
    /// The present moment in seconds since 1970, for freshness.
    pub now: i64,
}

impl Wanted {
    /// Has anything been asked at all?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.query.is_empty()
            && self.section.is_none()
            && self.tag.is_none()
            && self.author.is_none()
            && self.kind.is_none()
            && self.from.is_none()
            && self.until.is_none()
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What fits best; of two that fit alike the newer.
    #[default]
    Relevance,
    /// What is newest.
    Date,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many articles fit, as far as they were counted: see [`Index::search`].
    pub total: usize,
    /// Whether more than `total` fit.
    pub more: bool,
    /// A page of them.
    pub hits: Vec<Hit>,
}

/// An article that fits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Its number.
    pub id: i64,
    /// How well it fits; comparable within one search.
    pub score: f32,
}
