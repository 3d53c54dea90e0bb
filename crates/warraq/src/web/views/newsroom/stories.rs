//! What do the pages show on which stories are listed and written?

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Layout, StageChoice, StageCount};
use crate::web::views::DateView;

/// `newsroom/home.html`.
#[derive(Debug, Clone, Serialize)]
pub struct HomePage {
    /// What stands around.
    pub layout: Layout,
    /// Drafts of one's own, last changed first.
    pub mine: Vec<StoryLine>,
    /// What waits for one.
    pub waiting: Vec<StoryLine>,
    /// What goes out next.
    pub scheduled: Vec<StoryLine>,
    /// What went out last.
    pub published: Vec<StoryLine>,
    /// Comments that wait for a decision.
    pub held: i64,
    /// Where all drafts stand, for those who see all.
    pub stages: Vec<StageCount>,
}

/// `newsroom/stories.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StoriesPage {
    /// What stands around.
    pub layout: Layout,
    /// The list that is shown: its interface text is `list-…`.
    pub list: &'static str,
    /// The lists that there are.
    pub lists: Vec<ListTab>,
    /// What is looked for, or empty.
    pub words: String,
    /// Stages to choose from, where the list has drafts.
    pub stages: Vec<StageChoice>,
    /// The one that is chosen, or empty.
    pub stage: String,
    /// The stories.
    pub lines: Vec<StoryLine>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// A way to another list.
#[derive(Debug, Clone, Serialize)]
pub struct ListTab {
    /// Its interface text is `list-…`.
    pub key: &'static str,
    /// Where it is.
    pub href: String,
    /// It is the one that is shown.
    pub current: bool,
}

/// A story in a list.
#[derive(Debug, Clone, Serialize)]
pub struct StoryLine {
    /// Its number.
    pub id: i64,
    /// Where it is written.
    pub href: String,
    /// Its headline.
    pub headline: String,
    /// Direction of its language.
    pub dir: &'static str,
    /// Its language.
    pub lang: String,
    /// `draft`, `scheduled`, `published`, `withdrawn`.
    pub status: &'static str,
    /// Where a draft is on its way.
    pub stage: String,
    /// What that is called.
    pub stage_name: String,
    /// Its interface text is `kind-…`.
    pub kind: &'static str,
    /// Its main section.
    pub section: Option<String>,
    /// Who began it.
    pub owner: Option<String>,
    /// Whose turn it is.
    pub assignee: Option<String>,
    /// When it was last changed, or goes out.
    pub at: DateView,
    /// Words of its body.
    pub words: i64,
    /// Published comments.
    pub comments: i64,
    /// There is work on it that readers do not see.
    pub has_changes: bool,
    /// It must not go out yet.
    pub is_embargoed: bool,
}

/// `newsroom/new_story.html`.
#[derive(Debug, Clone, Serialize)]
pub struct NewStoryPage {
    /// What stands around.
    pub layout: Layout,
    /// As it was typed.
    pub headline: String,
    /// The day that it is planned for, `2026-11-23`.
    pub planned_on: Option<String>,
    /// What to choose from.
    pub choices: Choices,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
}

/// `newsroom/story.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StoryPage {
    /// What stands around.
    pub layout: Layout,
    /// The story as it stands.
    pub story: StoryForm,
    /// What to choose from.
    pub choices: Choices,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
    /// Something was done: its interface text is `done-…`.
    pub done: Option<&'static str>,
    /// Somebody else has it open.
    pub locked_by: Option<String>,
    /// May this account publish it?
    pub may_publish: bool,
    /// It goes out from this stage alone, and has not come there.
    pub waits_for_stage: Option<String>,
    /// Interface texts for the editor, as JSON.
    pub editor_texts: String,
}

/// A story as a form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StoryForm {
    /// Its number; 0 in a sample, which cannot be saved.
    pub id: i64,
    /// The version that this form goes out from.
    pub version: i64,
    /// `draft`, `scheduled`, `published`, `withdrawn`.
    pub status: &'static str,
    /// There is work on it that readers do not see.
    pub has_changes: bool,
    /// It must not go out yet.
    pub is_embargoed: bool,
    /// Where readers see it.
    pub public_href: Option<String>,
    /// When it went out, or goes out.
    pub at: Option<DateView>,
    /// `article` or `page`.
    pub form: &'static str,
    /// `own`, `wire`, …
    pub kind: &'static str,
    /// Language tag, or empty for the publication's.
    pub language: String,
    /// The language that it has, and its direction.
    pub lang: String,
    /// See `lang`.
    pub dir: &'static str,
    /// The line over the headline.
    pub kicker: String,
    /// The headline.
    pub headline: String,
    /// The paragraph under it.
    pub standfirst: String,
    /// HTML.
    pub body: String,
    /// The slug that was asked for.
    pub slug: String,
    /// The slug that it has.
    pub slug_now: String,
    /// Sections by number, the main one first.
    pub sections: Vec<i64>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// Bylines.
    pub bylines: Vec<BylineField>,
    /// Name of the source.
    pub source_name: String,
    /// Address of the source.
    pub source_url: String,
    /// Licence of the source.
    pub source_licence: String,
    /// The picture on top.
    pub lead: Option<LeadField>,
    /// May readers answer?
    pub comments_open: bool,
    /// The number of the story that this one translates.
    pub translation_of: Option<i64>,
    /// For search engines.
    pub preview_title: String,
    /// For search engines.
    pub preview_description: String,
    /// Search engines are asked to leave it out.
    pub preview_hidden: bool,
    /// What is intended with it.
    pub plan: PlanField,
    /// Where it is on its way.
    pub stage: String,
    /// What that is called.
    pub stage_name: String,
    /// Whose turn it is, by number.
    pub assignee: Option<i64>,
    /// Why it was withdrawn.
    pub withdrawn_reason: String,
    /// Words of the body.
    pub words: i64,
}

/// What is intended with a story.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PlanField {
    /// `2026-11-23`, or empty.
    pub planned_on: String,
    /// `2026-11-23T18:00` in the publication's time zone, or empty.
    pub embargo_at: String,
    /// The same of the moment at which it goes away.
    pub expires_at: String,
    /// The embargo, while it holds.
    pub embargo: Option<DateView>,
    /// The end, while it lies ahead.
    pub end: Option<DateView>,
}

/// One name over a story.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BylineField {
    /// Who.
    pub name: String,
    /// As what: `role-byline-…`.
    pub role: &'static str,
}

/// The picture on top.
#[derive(Debug, Clone, Default, Serialize)]
pub struct LeadField {
    /// Its number in the library.
    pub id: i64,
    /// Its address.
    pub src: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// What it shows.
    pub alt: String,
    /// What to say under it.
    pub caption: String,
    /// Who made it.
    pub credit: String,
}

/// What a form lets one choose from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Choices {
    /// Sections, each after the one that it is part of.
    pub sections: Vec<SectionChoice>,
    /// Kinds of stories.
    pub kinds: Vec<&'static str>,
    /// What people do for a story.
    pub roles: Vec<&'static str>,
    /// Stages of a draft.
    pub stages: Vec<StageChoice>,
    /// Colleagues.
    pub staff: Vec<StaffChoice>,
    /// Languages of the interface, which are those that a story most likely has.
    pub languages: Vec<LanguageChoice>,
}

/// A section to choose.
#[derive(Debug, Clone, Serialize)]
pub struct SectionChoice {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// How deep it lies, 0 for the outermost.
    pub depth: usize,
}

/// A colleague to choose.
#[derive(Debug, Clone, Serialize)]
pub struct StaffChoice {
    /// The account.
    pub id: i64,
    /// Their name.
    pub name: String,
}

/// A language to choose.
#[derive(Debug, Clone, Serialize)]
pub struct LanguageChoice {
    /// Its tag.
    pub tag: String,
    /// Its own name.
    pub name: String,
}

/// `newsroom/revisions.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionsPage {
    /// What stands around.
    pub layout: Layout,
    /// The story.
    pub id: i64,
    /// Its headline.
    pub headline: String,
    /// The newest first.
    pub revisions: Vec<RevisionLine>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// A state that a story was kept in.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionLine {
    /// Its number.
    pub number: i64,
    /// What changed with it.
    pub href: String,
    /// Who kept it.
    pub by: Option<String>,
    /// Why.
    pub note: String,
    /// When.
    pub at: DateView,
    /// Readers see it.
    pub is_public: bool,
    /// It is the newest.
    pub is_newest: bool,
}

/// `newsroom/revision.html`: what changed between two states.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionPage {
    /// What stands around.
    pub layout: Layout,
    /// The story.
    pub id: i64,
    /// Its headline.
    pub headline: String,
    /// The state that is looked at.
    pub revision: RevisionLine,
    /// The number of the state that it is compared with; 0: nothing.
    pub against: i64,
    /// Direction of the story.
    pub dir: &'static str,
    /// Its language.
    pub lang: String,
    /// Field by field; only those that differ.
    pub changes: Vec<FieldChange>,
    /// May this account bring it back?
    pub may_restore: bool,
}

/// How one field changed: its interface text is `field-…`.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// The field.
    pub field: &'static str,
    /// Paragraph by paragraph.
    pub lines: Vec<LineChange>,
}

/// A paragraph before and after.
#[derive(Debug, Clone, Serialize)]
pub struct LineChange {
    /// Pieces of the old one; empty when the paragraph is new.
    pub before: Vec<Piece>,
    /// Pieces of the new one; empty when the paragraph is gone.
    pub after: Vec<Piece>,
}

/// Words that stayed or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// They stand on this side alone.
    pub changed: bool,
}
