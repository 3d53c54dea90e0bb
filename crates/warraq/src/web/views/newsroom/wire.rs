//! What do the pages of the wire desk show?

use std::collections::BTreeMap;

use serde::Serialize;

use super::comments::{NoticeView, TabView};
use super::{LanguageChoice, Layout, SectionChoice};
use crate::web::views::DateView;

/// `newsroom/wire.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WirePage {
    /// What stands around.
    pub layout: Layout,
    /// One for each state; interface texts `wire-state-…`.
    pub tabs: Vec<TabView>,
    /// The state that is shown.
    pub state: &'static str,
    /// Sources to choose from.
    pub sources: Vec<SourceChoice>,
    /// Only one source is shown.
    pub is_filtered: bool,
    /// The stories.
    pub rows: Vec<WireRow>,
    /// Where the next page is.
    pub next: Option<String>,
    /// What was asked for, to come back to.
    pub back: String,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
    /// Whether the one who looks keeps the sources, and dismisses what came of them.
    pub may_keep: bool,
}

/// A source to choose.
#[derive(Debug, Clone, Serialize)]
pub struct SourceChoice {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// It is chosen.
    pub current: bool,
}

/// A story as the list shows it.
#[derive(Debug, Clone, Serialize)]
pub struct WireRow {
    /// Its number.
    pub id: i64,
    /// Its own page.
    pub href: String,
    /// The headline.
    pub headline: String,
    /// Language of headline and text.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// How it begins.
    pub excerpt: String,
    /// The name of its source.
    pub source: String,
    /// Where it would stand.
    pub section: Option<String>,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// Where it stands there.
    pub address: Option<String>,
    /// Its date.
    pub at: DateView,
    /// `new`, `taken`, `dismissed`.
    pub state: &'static str,
    /// Who took or dismissed it; `None`: a rule, or nobody yet.
    pub by: Option<String>,
    /// What it became.
    pub article_href: Option<String>,
    /// An article that says the same.
    pub same_href: Option<String>,
    /// Who else tells it.
    pub also: Vec<AlsoView>,
    /// Whether the one who looks may take it in.
    pub may_take: bool,
    /// Whether they may dismiss it.
    pub may_dismiss: bool,
}

/// Somebody else who tells the same story.
#[derive(Debug, Clone, Serialize)]
pub struct AlsoView {
    /// The name of the source.
    pub name: String,
    /// The story as it tells it.
    pub href: String,
}

/// `newsroom/wire_story.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WireStoryPage {
    /// What stands around.
    pub layout: Layout,
    /// The story.
    pub row: WireRow,
    /// The paragraph under the headline.
    pub standfirst: String,
    /// Sanitised HTML.
    pub body: String,
    /// Under which terms it may be shown.
    pub licence: String,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// `newsroom/wire_sources.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WireSourcesPage {
    /// What stands around.
    pub layout: Layout,
    /// The sources.
    pub sources: Vec<SourceRow>,
    /// Where the next page is.
    pub next: Option<String>,
    /// A new one.
    pub form: SourceForm,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// `newsroom/wire_source.html`.
#[derive(Debug, Clone, Serialize)]
pub struct WireSourcePage {
    /// What stands around.
    pub layout: Layout,
    /// The source as it is kept.
    pub source: SourceRow,
    /// What is said about it.
    pub form: SourceForm,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// A source in the list.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow {
    /// Its number.
    pub id: i64,
    /// Its own page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Where the feed is.
    pub address: String,
    /// Where its stories stand.
    pub section: Option<String>,
    /// `hold`, `publish`.
    pub rule: &'static str,
    /// `first`, `well`, `trouble`, `paused`.
    pub state: &'static str,
    /// How it is, in sentences.
    pub words: Vec<String>,
    /// It is asked; otherwise it rests.
    pub active: bool,
    /// Whether the one who looks may change it.
    pub may_change: bool,
}

/// A source as a form.
#[derive(Debug, Clone, Serialize)]
pub struct SourceForm {
    /// As it was typed.
    pub name: String,
    /// As it was typed.
    pub address: String,
    /// As it was typed.
    pub licence: String,
    /// As it was typed.
    pub minutes: String,
    /// The section that is chosen.
    pub section: Option<i64>,
    /// Sections to choose from.
    pub sections: Vec<SectionChoice>,
    /// The language that is chosen; empty: as the feed says.
    pub language: String,
    /// Languages to choose from.
    pub languages: Vec<LanguageChoice>,
    /// `hold`, `publish`.
    pub rule: String,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
}
