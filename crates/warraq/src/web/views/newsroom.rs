//! What do the pages of the newsroom show?

pub mod accounts;
mod arranging;
pub mod calendar;
pub mod comments;
mod naming;
pub mod pictures;
mod stages;
mod stories;
pub mod wire;

use serde::Serialize;

pub use arranging::{FrontRoomPage, SectionField, SectionsPage, SettingsForm, SettingsPage, SlotField, StoryChoice};
pub use naming::{JoinView, MenuField, MenuRow, MenusPage, RedirectLine, RedirectsPage, TermLine, TermPage, TermsPage};
pub use stages::{StageChoice, StageCount, StageRow, StagesPage};
pub use stories::{
    BylineField, Choices, FieldChange, HomePage, LanguageChoice, LeadField, LineChange, ListTab, NewStoryPage, Piece,
    PlanField, RevisionLine, RevisionPage, RevisionsPage, SectionChoice, StaffChoice, StoriesPage, StoryForm,
    StoryLine, StoryPage,
};

/// What stands around every page of the newsroom.
#[derive(Debug, Clone, Serialize)]
pub struct Layout {
    /// Language of the interface.
    pub lang: String,
    /// `rtl` or `ltr`.
    pub dir: &'static str,
    /// `latn` or `arab`.
    pub digits: &'static str,
    /// For `<title>`.
    pub title: String,
    /// The name of the publication.
    pub site: String,
    /// Who is signed in.
    pub staff: Option<StaffView>,
    /// Interface texts for the script of the pages, as JSON.
    pub texts: String,
    /// Where one can go; empty at the door.
    pub nav: Vec<NavItem>,
}

/// Somebody who works here.
#[derive(Debug, Clone, Serialize)]
pub struct StaffView {
    /// Name.
    pub name: String,
    /// `owner`, `editor`, `author`, `contributor`.
    pub role: &'static str,
}

/// A place in the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Its interface text is `nav-…`.
    pub key: &'static str,
    /// Where it is.
    pub href: String,
    /// The page is there.
    pub current: bool,
}

/// `newsroom/sign_in.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SignInPage {
    /// What stands around.
    pub layout: Layout,
    /// As it was typed.
    pub email: String,
    /// Where to go afterwards.
    pub next: String,
    /// What did not fit, as the interface text that says so.
    pub failed: Option<&'static str>,
    /// Browsers make passkeys for this site.
    pub passkeys: bool,
    /// The site's address begins with http: a browser will not keep the session.
    pub in_the_clear: bool,
}

/// `newsroom/refused.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RefusalPage {
    /// What stands around.
    pub layout: Layout,
    /// Its interface texts are `refused-…-title` and `refused-…-text`.
    pub word: &'static str,
    /// Somebody who stands in the way.
    pub by: Option<String>,
    /// Further words.
    pub detail: Option<String>,
    /// What is wrong with what was sent.
    pub flaws: Vec<String>,
}
