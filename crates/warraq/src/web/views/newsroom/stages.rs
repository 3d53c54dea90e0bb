//! What does the page show on which the stages of drafts are named?

use std::collections::BTreeMap;

use serde::Serialize;

use super::Layout;

/// `newsroom/stages.html`.
#[derive(Debug, Clone, Serialize)]
pub struct StagesPage {
    /// What stands around.
    pub layout: Layout,
    /// In order, as they are or as they were typed.
    pub rows: Vec<StageRow>,
    /// As they are, to choose from.
    pub choices: Vec<StageChoice>,
    /// Roles, the lowest first: interface texts `taken-on-by-…`.
    pub roles: Vec<&'static str>,
    /// Does a story go out from the last one alone?
    pub only_last_goes_out: bool,
    /// The mark of the stages that the page was made from.
    pub seen: String,
    /// There are as many as there may be.
    pub is_full: bool,
    /// So many there may be.
    pub most: usize,
    /// The name of a new one as it was typed.
    pub name: String,
    /// What is wrong: with the new `name`, with what one wanted to `remove`.
    pub errors: BTreeMap<&'static str, String>,
    /// Others changed the stages meanwhile: the names that were typed.
    pub changed: Option<Vec<String>>,
    /// Something was changed.
    pub done: bool,
}

/// A stage as a part of the form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StageRow {
    /// Its place, from 1.
    pub number: usize,
    /// What stories carry.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The lowest role that may take a story on from there.
    pub taken_on_by: &'static str,
    /// New stories begin there.
    pub begins: bool,
    /// So many drafts stand there.
    pub drafts: i64,
    /// Where they are listed.
    pub href: String,
    /// What is wrong with its name.
    pub error: Option<String>,
}

/// A stage to choose.
#[derive(Debug, Clone, Serialize)]
pub struct StageChoice {
    /// What stories carry.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A stage with the number of its drafts, on the first page of the newsroom.
#[derive(Debug, Clone, Serialize)]
pub struct StageCount {
    /// Its name.
    pub name: String,
    /// So many drafts stand there, in the digits of the site.
    pub drafts: String,
    /// Where they are listed.
    pub href: String,
}
