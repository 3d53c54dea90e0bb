//! What do the pages show on which names are looked after: people, tags, menus, addresses that lead on?

use std::collections::BTreeMap;

use serde::Serialize;

use super::Layout;
use crate::web::views::Link;

/// `newsroom/terms.html`: people, or tags.
#[derive(Debug, Clone, Serialize)]
pub struct TermsPage {
    /// What stands around.
    pub layout: Layout,
    /// `people` or `tags`; interface texts begin with it.
    pub kind: &'static str,
    /// Where the form goes.
    pub action: String,
    /// How the names begin that were asked for.
    pub words: String,
    /// Those of this page.
    pub lines: Vec<TermLine>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// The new name as it was typed.
    pub name: String,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
}

/// A person or tag in its list.
#[derive(Debug, Clone, Serialize)]
pub struct TermLine {
    /// Its name.
    pub name: String,
    /// Where it is changed.
    pub href: String,
    /// Where readers find it; `None`: no article that they see has it.
    pub public: Option<String>,
    /// How many articles readers see with it, in the digits of the site.
    pub stories: String,
}

/// `newsroom/term.html`: one of them.
#[derive(Debug, Clone, Serialize)]
pub struct TermPage {
    /// What stands around.
    pub layout: Layout,
    /// `people` or `tags`.
    pub kind: &'static str,
    /// Where the form goes.
    pub action: String,
    /// Where the list is.
    pub list: String,
    /// Its name, or what was typed.
    pub name: String,
    /// Biography or description, plain text.
    pub text: String,
    /// Its address, decoded.
    pub public: String,
    /// The name of another one that it is to be joined with, as it was typed.
    pub into: String,
    /// What follows if they are joined.
    pub join: Option<JoinView>,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
    /// It was kept.
    pub done: bool,
}

/// What one is asked before two names become one for good.
#[derive(Debug, Clone, Serialize)]
pub struct JoinView {
    /// The slug of the one that stays.
    pub slug: String,
    /// What will happen, a sentence each.
    pub says: Vec<String>,
}

/// `newsroom/menus.html`.
#[derive(Debug, Clone, Serialize)]
pub struct MenusPage {
    /// What stands around.
    pub layout: Layout,
    /// Head and foot.
    pub menus: Vec<MenuField>,
    /// Places that a link may lead to, to choose from.
    pub places: Vec<Link>,
    /// Something is wrong with one of the links.
    pub is_wrong: bool,
    /// It was kept.
    pub done: bool,
}

/// A list of links.
#[derive(Debug, Clone, Serialize)]
pub struct MenuField {
    /// `menu` or `footer`.
    pub key: &'static str,
    /// The links, with some empty ones at the end.
    pub links: Vec<MenuRow>,
}

/// A link that can be changed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MenuRow {
    /// 1 for the first.
    pub number: usize,
    /// Its name.
    pub name: String,
    /// Its address, as people read it.
    pub address: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// `newsroom/redirects.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectsPage {
    /// What stands around.
    pub layout: Layout,
    /// How the addresses begin that were asked for.
    pub words: String,
    /// Those of this page.
    pub lines: Vec<RedirectLine>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// As it was typed.
    pub from: String,
    /// As it was typed.
    pub to: String,
    /// What is wrong, by field.
    pub errors: BTreeMap<&'static str, String>,
    /// `kept` or `forgotten`.
    pub done: Option<&'static str>,
}

/// An address that leads on.
#[derive(Debug, Clone, Serialize)]
pub struct RedirectLine {
    /// As people read it.
    pub from: String,
    /// As it is kept.
    pub path: String,
    /// As people read it.
    pub to: String,
    /// Encoded.
    pub href: String,
}
