//! Who made it? People and their bylines.

use super::PersonId;

/// Somebody whose name stands over articles. Having a byline does not mean having an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// Their part of the address, decoded.
    pub slug: String,
    /// The name as it stands in the byline.
    pub name: String,
    /// Plain text.
    pub bio: String,
}

/// One name over one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: BylineRole,
}

super::words! {
    /// What a person did for an article.
    BylineRole {
        /// Wrote it.
        Writer = "writer",
        /// Translated it.
        Translator = "translator",
        /// Edited it.
        Editor = "editor",
        /// Took the pictures.
        Photographer = "photographer",
        /// Reported from the place.
        Correspondent = "correspondent",
    }
}
