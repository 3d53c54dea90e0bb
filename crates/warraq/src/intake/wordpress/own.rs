//! What does an export that Warraq wrote say beyond what WordPress has words for?
//!
//! It stands in a custom field of the item, which WordPress keeps and does not show.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use wordpress::fields;
use wordpress::wxr::Item;

use crate::news::article::{Correction, CorrectionKind, Kind, Preview, Source};
use crate::news::people::BylineRole;

/// The custom field.
pub const FIELD: &str = "_warraq";

/// The taxonomy whose terms are the people who write: their descriptions are their biographies.
pub const BIOGRAPHY: &str = "warraq_person";

/// What WordPress has no words for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// What kind of story.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// The short line over the headline.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kicker: String,
    /// Where it came from.
    #[serde(skip_serializing_if = "is_default")]
    pub source: Source,
    /// Roles of the bylines in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<BylineRole>,
    /// Public notes about changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Note>,
    /// What the article says about its picture: alternative text, caption, credit.
    #[serde(skip_serializing_if = "is_default")]
    pub lead: [String; 3],
    /// Why it was withdrawn; absent while it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<String>,
    /// What search engines and shared links are told.
    #[serde(skip_serializing_if = "is_default")]
    pub preview: Preview,
    /// Its place on the front.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<i64>,
    /// The paths of its sections, the main one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<String>,
}

/// A public note about a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    kind: CorrectionKind,
    note: String,
    at: Timestamp,
}

impl From<&Correction> for Note {
    fn from(correction: &Correction) -> Self {
        Self { kind: correction.kind, note: correction.note.clone(), at: correction.at }
    }
}

impl From<Note> for (CorrectionKind, String, Timestamp) {
    fn from(note: Note) -> Self {
        (note.kind, note.note, note.at)
    }
}

impl Own {
    /// What an item says, when Warraq wrote it.
    #[must_use]
    pub fn of(item: &Item) -> Option<Self> {
        serde_json::from_str(fields::value(&item.meta, FIELD)?).ok()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Text of HTML as WordPress shows it without changing quotation marks, dashes and dots: those are written by number.
#[must_use]
pub fn untouched(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    // In a tag, and within which quotation marks of it.
    let (mut is_tag, mut quoted) = (false, None);
    for c in html.chars() {
        match (is_tag, quoted, c) {
            (false, _, '<') => is_tag = true,
            (true, None, '>') => is_tag = false,
            (true, None, '"' | '\'') => quoted = Some(c),
            (true, Some(mark), _) if mark == c => quoted = None,
            _ => {}
        }
        match c {
            '"' if !is_tag => out.push_str("&#34;"),
            '\'' if !is_tag => out.push_str("&#39;"),
            '-' if !is_tag => out.push_str("&#45;"),
            '.' if !is_tag && out.ends_with('.') => out.push_str("&#46;"),
            // Shortcodes of plugins there are text here.
            '[' => out.push_str("&#91;"),
            c => out.push(c),
        }
    }
    out
}

/// What [`untouched`] was made of.
#[must_use]
pub fn touched(html: &str) -> String {
    let mut html = html.to_owned();
    for (number, c) in [("&#34;", "\""), ("&#39;", "'"), ("&#45;", "-"), ("&#46;", "."), ("&#91;", "[")] {
        html = html.replace(number, c);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was() {
        for html in ["<p class=\"a-b\">قال: \"نعم\" - 'لا'... [x]</p>", "", "<a href=\"/a--b\">--</a>"] {
            assert_eq!(touched(&untouched(html)), html);
        }
        assert_eq!(untouched("<i title=\"a > b - c\">-</i>"), "<i title=\"a > b - c\">&#45;</i>");
        assert_eq!(untouched("<i title=\"a-b\">\"</i>"), "<i title=\"a-b\">&#34;</i>");
    }
}
