//! Lists of articles: a section, a tag, an author, a year, month or day, the later pages of the front.

use serde::Serialize;

use super::{Card, Layout, Link, Markup, Picture};

/// `listing.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ListingPage {
    /// The frame.
    pub layout: Layout,
    /// What is listed.
    pub head: ListingHead,
    /// The articles of this page.
    pub cards: Vec<Card>,
    /// The other pages.
    pub pagination: Pagination,
}

/// What stands above a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListingHead {
    /// What holds the list together.
    pub kind: Listing,
    /// «الاقتصاد», «22 أكتوبر 2020»; empty for the later pages of the front.
    pub name: String,
    /// How many articles in all.
    pub total: i64,
    /// Of a section or tag; a person's biography.
    pub description: Option<Markup>,
    /// Of a person.
    pub picture: Option<Picture>,
    /// From the outermost: section within section, year of a month…
    pub trail: Vec<Link>,
    /// Sub-sections; months of a year; days of a month.
    pub children: Vec<Link>,
    /// Site-relative address of its feed.
    pub feed: Option<String>,
}

/// What holds a list together.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Listing {
    /// Everything, newest first: the later pages of the front.
    Latest,
    /// A section with its sub-sections.
    Section,
    /// A tag.
    Tag,
    /// A person.
    Author,
    /// A year.
    Year,
    /// A month.
    Month,
    /// A day.
    Day,
}

/// Where this page stands among its fellows. `total` 1 shows no navigation.
#[derive(Debug, Clone, Serialize)]
pub struct Pagination {
    /// Counted from 1.
    pub current: i64,
    /// How many pages.
    pub total: i64,
    /// The newer page.
    pub prev: Option<String>,
    /// The older page.
    pub next: Option<String>,
    /// A short window of pages; a gap is a link without address.
    pub pages: Vec<PageLink>,
}

/// One page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// In the site's digits, or «…».
    pub label: String,
    /// `None` for a gap.
    pub href: Option<String>,
    /// Is it this page?
    pub current: bool,
}
