//! What do the pages of the comments desk show?

use serde::Serialize;

use super::Layout;
use crate::web::views::DateView;

/// `newsroom/comments.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CommentsPage {
    /// What stands around.
    pub layout: Layout,
    /// One for each state.
    pub tabs: Vec<TabView>,
    /// The state that is shown.
    pub state: &'static str,
    /// Number of the article, if only its comments are shown.
    pub article: Option<i64>,
    /// Words that were asked for.
    pub words: String,
    /// Reasons to choose from.
    pub reasons: Vec<ChoiceView>,
    /// Whether anything but the state was asked for.
    pub is_filtered: bool,
    /// The comments.
    pub rows: Vec<CommentRow>,
    /// Where the next page is.
    pub next: Option<String>,
    /// What was asked for, to come back to.
    pub back: String,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// A tab over a list.
#[derive(Debug, Clone, Serialize)]
pub struct TabView {
    /// Its interface text is `comments-state-…`.
    pub key: &'static str,
    /// Where it leads.
    pub href: String,
    /// It is shown.
    pub current: bool,
    /// How many there are; `None` where nobody counts.
    pub count: Option<String>,
}

/// Something to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// As it is sent.
    pub value: &'static str,
    /// As it is shown.
    pub label: String,
    /// It is chosen.
    pub current: bool,
}

/// What was done.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// A sentence.
    pub text: String,
    /// By which it is taken back.
    pub undo: Option<i64>,
}

/// A comment as those see it who decide.
#[derive(Debug, Clone, Serialize)]
pub struct CommentRow {
    /// Its number.
    pub id: i64,
    /// Its own page.
    pub href: String,
    /// The name.
    pub author: String,
    /// The website, as text; it is no link, because nobody has looked at it yet.
    pub url: String,
    /// Somebody of the newsroom wrote it.
    pub staff: bool,
    /// As it was typed: text, never mark-up.
    pub text: String,
    /// When.
    pub at: DateView,
    /// `held`, `published`, `hidden`, `spam`.
    pub state: &'static str,
    /// Why it is there, in the editor's words or a rule's.
    pub why: Vec<String>,
    /// Number of the article.
    pub article: i64,
    /// Its headline.
    pub headline: String,
    /// The article on the site, at this comment, where readers see it.
    pub public_href: Option<String>,
    /// The queue of this article.
    pub only_href: String,
    /// What it answers.
    pub answers: Option<AnsweredView>,
    /// What can be done: `approve`, `hold`, `hide`, `spam`, `delete`.
    pub acts: Vec<&'static str>,
}

/// The comment before it.
#[derive(Debug, Clone, Serialize)]
pub struct AnsweredView {
    /// Its own page.
    pub href: String,
    /// The name.
    pub author: String,
    /// How it begins.
    pub text: String,
    /// Its state.
    pub state: &'static str,
}

/// `newsroom/comment.html`.
#[derive(Debug, Clone, Serialize)]
pub struct CommentPage {
    /// What stands around.
    pub layout: Layout,
    /// The comment.
    pub row: CommentRow,
    /// What was done with it.
    pub history: Vec<HistoryView>,
    /// Who looked at the address.
    pub views: Vec<SeenView>,
    /// The address, for whoever has just asked for it.
    pub address: Option<String>,
    /// Whether an address is kept.
    pub has_address: bool,
    /// Whether a network is kept.
    pub has_network: bool,
    /// Whether it can be answered: readers see the article.
    pub can_answer: bool,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// A line of a history.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryView {
    /// What was done.
    pub act: String,
    /// Who did it; `None`: the command line.
    pub by: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateView,
}

/// That somebody looked at an address.
#[derive(Debug, Clone, Serialize)]
pub struct SeenView {
    /// Who.
    pub by: String,
    /// When.
    pub at: DateView,
}

/// `newsroom/comments_sure.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SurePage {
    /// What stands around.
    pub layout: Layout,
    /// What would be gone.
    pub rows: Vec<CommentRow>,
    /// Why.
    pub reason: String,
    /// Where to go back to.
    pub back: String,
}

/// `newsroom/bans.html`.
#[derive(Debug, Clone, Serialize)]
pub struct BansPage {
    /// What stands around.
    pub layout: Layout,
    /// Those in force.
    pub bans: Vec<BanView>,
    /// Where the next page is.
    pub next: Option<String>,
    /// What was done a moment ago.
    pub notice: Option<NoticeView>,
}

/// A ban.
#[derive(Debug, Clone, Serialize)]
pub struct BanView {
    /// Its number.
    pub id: i64,
    /// `address` or `network`.
    pub kind: &'static str,
    /// Why.
    pub reason: String,
    /// The comment that it began with.
    pub comment_href: String,
    /// Its number.
    pub comment: i64,
    /// Who said so.
    pub by: Option<String>,
    /// Since when.
    pub at: DateView,
}
