//! What does a page show? Typed views, one file per page, each with samples.
//!
//! A view holds plain text (escaped by the template), [`Markup`] (already sanitised), or further views. Handlers fill
//! views from the store; templates read nothing else. [`samples`] feeds the gallery and the test that renders every
//! template strictly.

mod article;
mod front;
mod layout;
mod listing;
mod message;
pub mod newsroom;
mod own;
mod parts;
pub mod samples;
mod search;

pub use article::{
    ArticlePage, ArticleView, CommentForm, CommentView, CorrectionView, Discussion, FieldErrors, Thread, Translation,
};
pub use front::{FrontPage, SectionBlock};
pub use layout::{Alternate, FeedLink, Layout, Logo, Nav, NavItem, OpenGraph, SiteView};
pub use listing::{Listing, ListingHead, ListingPage, PageLink, Pagination};
pub use message::{MessageKind, MessagePage};
pub use own::{OwnComment, OwnPage};
pub use parts::{BylineView, Card, DateView, Link, Markup, Picture, Source};
pub use search::{Choice, SearchForm, SearchPage, SearchResult};
