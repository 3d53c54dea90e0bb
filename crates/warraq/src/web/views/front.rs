//! The front page.

use serde::Serialize;

use super::{Card, Layout, Link, Pagination};

/// `front.html`. No article stands on it twice.
#[derive(Debug, Clone, Serialize)]
pub struct FrontPage {
    /// The frame.
    pub layout: Layout,
    /// The story of the day; `None` only when nothing is published yet.
    pub lead: Option<Card>,
    /// Up to four stories beside it.
    pub seconds: Vec<Card>,
    /// The newest of everything else, plain list with times.
    pub latest: Vec<Card>,
    /// One block per section that has stories left.
    pub blocks: Vec<SectionBlock>,
    /// Opinion pieces of today, apart from the news.
    pub opinion: Vec<Card>,
    /// Towards `/page/2/`.
    pub pagination: Pagination,
}

/// A section on the front.
#[derive(Debug, Clone, Serialize)]
pub struct SectionBlock {
    /// Name and address of the section.
    pub section: Link,
    /// Its newest stories, up to four.
    pub cards: Vec<Card>,
}
