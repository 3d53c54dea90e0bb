//! What do the pages show on which the publication is arranged: its front, its sections, its settings?

use std::collections::BTreeMap;

use serde::Serialize;

use super::Layout;
use crate::web::views::Logo;

/// `newsroom/front.html`.
#[derive(Debug, Clone, Serialize)]
pub struct FrontRoomPage {
    /// What stands around.
    pub layout: Layout,
    /// The places that can be filled by hand, the lead first.
    pub slots: Vec<SlotField>,
    /// What can be chosen.
    pub stories: Vec<StoryChoice>,
    /// It was kept.
    pub done: bool,
}

/// A place on the front.
#[derive(Debug, Clone, Serialize)]
pub struct SlotField {
    /// 1 for the lead.
    pub place: i64,
    /// What stands there; nothing: it fills itself.
    pub story: Option<i64>,
}

/// A story to choose.
#[derive(Debug, Clone, Serialize)]
pub struct StoryChoice {
    /// Its number.
    pub id: i64,
    /// Its headline.
    pub headline: String,
}

/// `newsroom/sections.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SectionsPage {
    /// What stands around.
    pub layout: Layout,
    /// Each after the one that it is part of.
    pub sections: Vec<SectionField>,
    /// It was kept.
    pub done: bool,
}

/// A section as a form.
#[derive(Debug, Clone, Serialize)]
pub struct SectionField {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Order in the navigation.
    pub position: i64,
    /// Where readers find it.
    pub href: String,
    /// How deep it lies, 0 for the outermost.
    pub depth: usize,
}

/// `newsroom/settings.html`.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsPage {
    /// What stands around.
    pub layout: Layout,
    /// As it is, or was typed.
    pub form: SettingsForm,
    /// To choose from.
    pub calendars: Vec<&'static str>,
    /// To choose from.
    pub digits: Vec<&'static str>,
    /// Regions to choose from.
    pub months: Vec<&'static str>,
    /// Usual forms of addresses.
    pub permalinks: Vec<&'static str>,
    /// The picture that is chosen as the logo.
    pub logo: Option<Logo>,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
    /// It was kept.
    pub done: bool,
}

/// The publication as a form.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "named as the settings are, docs/settings.md says what they do")]
pub struct SettingsForm {
    pub title: String,
    pub tagline: String,
    pub language: String,
    pub time_zone: String,
    pub permalink: String,
    pub calendar: String,
    pub digits: String,
    pub month_names: String,
    pub per_page: String,
    pub licence: String,
    pub hold_all: bool,
    pub hold_first: bool,
    pub max_links: String,
    pub close_after_days: String,
    pub accent: String,
    pub logo: String,
    pub refuse_training: bool,
    pub refused_crawlers: String,
    pub ads_txt: String,
}
