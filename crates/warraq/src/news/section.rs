//! Under which headings do articles stand? Sections (nested) and tags.

use super::{SectionId, TagId};

/// A section of the publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub id: SectionId,
    /// The section that it is part of.
    pub parent: Option<SectionId>,
    /// Its own part of the address, decoded.
    pub slug: String,
    /// Slugs from the outermost section down, joined by `/`.
    pub path: String,
    /// «الاقتصاد»
    pub name: String,
    /// Plain text.
    pub description: String,
    /// Order in the navigation.
    pub position: i64,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its number.
    pub id: TagId,
    /// Its part of the address, decoded.
    pub slug: String,
    /// «طريق الحرير»
    pub name: String,
    /// Plain text.
    pub description: String,
}

/// A section or tag that an import or form names; made when it does not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewTerm {
    /// Derived from the name when empty.
    pub slug: String,
    /// Falls back to the slug when empty.
    pub name: String,
    /// Slug path of the parent section.
    pub parent: Option<String>,
    /// What it is about, plain text: of a person, the biography. Kept when it is made.
    pub description: String,
}
