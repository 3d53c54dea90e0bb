//! What is it? The nouns of a publication and the rules about them. Nothing here touches disk, network, clock or chance.

pub mod article;
pub mod audit;
pub mod colour;
pub mod comment;
pub mod comment_text;
pub mod consequences;
pub mod footnotes;
pub mod front;
pub mod holding;
pub mod html;
pub mod illustrations;
pub mod incoming;
pub mod language;
pub mod likeness;
pub mod media;
pub mod menu;
pub mod moderation;
pub mod people;
pub mod permalink;
pub mod plan;
pub mod published;
pub mod section;
pub mod site;
pub mod staff;
pub mod stage;
pub mod wire;
pub mod wording;

/// A number of a noun: given once, never again. In the database a `BIGINT`.
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }
    )*};
}

id! {
    /// An article or a standing page; the ID of `/a/ID`.
    ArticleId;
    /// A section.
    SectionId;
    /// A tag.
    TagId;
    /// Somebody with a byline.
    PersonId;
    /// A picture.
    MediaId;
    /// A comment; the ID of `#comment-ID`.
    CommentId;
    /// Somebody who can sign in.
    UserId;
    /// Somebody whose comments are no longer heard.
    BanId;
    /// A feed that is asked by itself.
    WireSourceId;
    /// A story of such a feed, on the wire desk.
    WireStoryId;
}

/// A value written as a fixed word in the database and in files: `as_str` and `parse` are each other's inverse.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word for it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Which one is meant by a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;
