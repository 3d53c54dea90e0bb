//! Which element is this, and what may stand in it?

/// A namespace, as far as exports know some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Space {
    /// RSS itself, which has none.
    Plain,
    /// WordPress's own.
    Wp,
    Content,
    Excerpt,
    DublinCore,
    /// One of somebody else.
    Other,
}

impl Space {
    /// The namespace of this address, if it is one of an export.
    pub(super) fn of_address(address: &[u8]) -> Option<Space> {
        let address = address.strip_prefix(b"https://").or_else(|| address.strip_prefix(b"http://")).unwrap_or(address);
        match address {
            b"" => Some(Space::Plain),
            b"purl.org/rss/1.0/modules/content/" => Some(Space::Content),
            b"purl.org/dc/elements/1.1/" => Some(Space::DublinCore),
            _ => {
                let version = address.strip_prefix(b"wordpress.org/export/")?;
                Some(if version.ends_with(b"/excerpt/") { Space::Excerpt } else { Space::Wp })
            }
        }
    }

    /// What this prefix means where nobody declares it.
    pub(super) fn of_prefix(prefix: &[u8]) -> Option<Space> {
        match prefix {
            b"" => Some(Space::Plain),
            b"wp" => Some(Space::Wp),
            b"content" => Some(Space::Content),
            b"excerpt" => Some(Space::Excerpt),
            b"dc" => Some(Space::DublinCore),
            _ => None,
        }
    }
}

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Channel,
    Author,
    Category,
    Tag,
    Term,
    Item,
    Comment,
    Meta,
}

/// What an element with text says. One word may serve several contexts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Link,
    Description,
    PubDate,
    Language,
    Generator,
    Version,
    BaseSite,
    BaseBlog,
    Id,
    Login,
    Email,
    DisplayName,
    FirstName,
    LastName,
    Slug,
    Parent,
    Name,
    Taxonomy,
    Creator,
    Guid,
    Content,
    Excerpt,
    Date,
    DateGmt,
    Modified,
    ModifiedGmt,
    CommentStatus,
    PingStatus,
    Status,
    ParentId,
    MenuOrder,
    PostType,
    Password,
    Sticky,
    AttachmentUrl,
    Filed,
    Key,
    MetaValue,
    Ip,
    User,
}

/// How the text of a field is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    Filed,
    Guid,
}

impl Field {
    pub(super) fn kind(self) -> Kind {
        match self {
            Field::Id | Field::ParentId | Field::MenuOrder | Field::Sticky | Field::User => Kind::Number,
            Field::Date | Field::DateGmt | Field::Modified | Field::ModifiedGmt => Kind::Date,
            Field::Filed => Kind::Filed,
            Field::Guid => Kind::Guid,
            _ => Kind::Text,
        }
    }

    /// Whether white space at the ends means nothing, where it is not in CDATA.
    pub(super) fn is_trimmed(self) -> bool {
        !matches!(self, Field::Content | Field::Excerpt | Field::MetaValue)
    }
}

/// What the element says in this context, if it is known.
pub(super) fn field_of(context: Context, space: Space, local: &[u8]) -> Option<Field> {
    let fields = fields_in(context);
    fields.iter().find(|(known, name, _)| *known == space && name.as_bytes() == local).map(|(_, _, field)| *field)
}

/// Whether this name, met within a text, shows that the text was never ended: it is one of the export, and no HTML.
pub(super) fn is_boundary(context: Context, space: Space, local: &[u8]) -> bool {
    match space {
        Space::Plain => {
            matches!(local, b"item" | b"channel" | b"rss")
                || (matches!(context, Context::Item | Context::Channel) && field_of(context, space, local).is_some())
        }
        Space::Wp => OF_WP.iter().any(|name| name.as_bytes() == local) || is_wp_field(local),
        Space::Content | Space::Excerpt => local == b"encoded",
        Space::DublinCore => local == b"creator",
        Space::Other => false,
    }
}

/// The length of the longest name that is known, with its prefix and room for a longer prefix.
pub(super) const LONGEST: usize = 48;

fn is_wp_field(local: &[u8]) -> bool {
    [CHANNEL, AUTHOR, CATEGORY, TAG, TERM, ITEM, COMMENT, META]
        .iter()
        .any(|fields| fields.iter().any(|(space, name, _)| *space == Space::Wp && name.as_bytes() == local))
}

fn fields_in(context: Context) -> &'static [(Space, &'static str, Field)] {
    match context {
        Context::Channel => CHANNEL,
        Context::Author => AUTHOR,
        Context::Category => CATEGORY,
        Context::Tag => TAG,
        Context::Term => TERM,
        Context::Item => ITEM,
        Context::Comment => COMMENT,
        Context::Meta => META,
    }
}

/// Whether this element of RSS, or of the feeds of WordPress, is known to say nothing that is needed.
pub(super) fn is_of_rss(local: &[u8]) -> bool {
    OF_RSS.iter().any(|name| name.as_bytes() == local)
}

/// Whether this is a tag of HTML: then an error message stands in the file.
pub(super) fn is_html(name: &[u8]) -> bool {
    OF_HTML.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

const OF_WP: &[&str] = &["author", "category", "tag", "term", "postmeta", "comment", "commentmeta", "termmeta"];

const OF_RSS: &[&str] = &[
    "image",
    "cloud",
    "docs",
    "ttl",
    "textInput",
    "skipHours",
    "skipDays",
    "managingEditor",
    "webMaster",
    "copyright",
    "lastBuildDate",
    "rating",
    "updatePeriod",
    "updateFrequency",
    "updateBase",
    "site",
    "comments",
    "commentRss",
    "enclosure",
    "source",
];

const OF_HTML: &[&str] = &[
    "a", "b", "br", "hr", "i", "p", "em", "strong", "div", "span", "table", "tr", "td", "th", "tbody", "pre", "code",
    "font", "html", "head", "body", "meta", "style", "script", "h1", "h2", "h3", "ul", "ol", "li", "img", "small",
];

const CHANNEL: &[(Space, &str, Field)] = &[
    (Space::Plain, "title", Field::Title),
    (Space::Plain, "link", Field::Link),
    (Space::Plain, "description", Field::Description),
    (Space::Plain, "pubDate", Field::PubDate),
    (Space::Plain, "language", Field::Language),
    (Space::Plain, "generator", Field::Generator),
    (Space::DublinCore, "language", Field::Language),
    (Space::Wp, "wxr_version", Field::Version),
    (Space::Wp, "base_site_url", Field::BaseSite),
    (Space::Wp, "base_blog_url", Field::BaseBlog),
];

const AUTHOR: &[(Space, &str, Field)] = &[
    (Space::Wp, "author_id", Field::Id),
    (Space::Wp, "author_login", Field::Login),
    (Space::Wp, "author_email", Field::Email),
    (Space::Wp, "author_display_name", Field::DisplayName),
    (Space::Wp, "author_first_name", Field::FirstName),
    (Space::Wp, "author_last_name", Field::LastName),
];

const CATEGORY: &[(Space, &str, Field)] = &[
    (Space::Wp, "term_id", Field::Id),
    (Space::Wp, "category_nicename", Field::Slug),
    (Space::Wp, "category_parent", Field::Parent),
    (Space::Wp, "cat_name", Field::Name),
    (Space::Wp, "category_description", Field::Description),
];

const TAG: &[(Space, &str, Field)] = &[
    (Space::Wp, "term_id", Field::Id),
    (Space::Wp, "tag_slug", Field::Slug),
    (Space::Wp, "tag_name", Field::Name),
    (Space::Wp, "tag_description", Field::Description),
];

const TERM: &[(Space, &str, Field)] = &[
    (Space::Wp, "term_id", Field::Id),
    (Space::Wp, "term_taxonomy", Field::Taxonomy),
    (Space::Wp, "term_slug", Field::Slug),
    (Space::Wp, "term_parent", Field::Parent),
    (Space::Wp, "term_name", Field::Name),
    (Space::Wp, "term_description", Field::Description),
];

const ITEM: &[(Space, &str, Field)] = &[
    (Space::Plain, "title", Field::Title),
    (Space::Plain, "link", Field::Link),
    (Space::Plain, "pubDate", Field::PubDate),
    (Space::DublinCore, "creator", Field::Creator),
    (Space::Plain, "guid", Field::Guid),
    (Space::Plain, "description", Field::Description),
    (Space::Content, "encoded", Field::Content),
    (Space::Excerpt, "encoded", Field::Excerpt),
    (Space::Wp, "post_id", Field::Id),
    (Space::Wp, "post_date", Field::Date),
    (Space::Wp, "post_date_gmt", Field::DateGmt),
    (Space::Wp, "post_modified", Field::Modified),
    (Space::Wp, "post_modified_gmt", Field::ModifiedGmt),
    (Space::Wp, "comment_status", Field::CommentStatus),
    (Space::Wp, "ping_status", Field::PingStatus),
    (Space::Wp, "post_name", Field::Slug),
    (Space::Wp, "status", Field::Status),
    (Space::Wp, "post_parent", Field::ParentId),
    (Space::Wp, "menu_order", Field::MenuOrder),
    (Space::Wp, "post_type", Field::PostType),
    (Space::Wp, "post_password", Field::Password),
    (Space::Wp, "is_sticky", Field::Sticky),
    (Space::Wp, "attachment_url", Field::AttachmentUrl),
    (Space::Plain, "category", Field::Filed),
];

const COMMENT: &[(Space, &str, Field)] = &[
    (Space::Wp, "comment_id", Field::Id),
    (Space::Wp, "comment_author", Field::Creator),
    (Space::Wp, "comment_author_email", Field::Email),
    (Space::Wp, "comment_author_url", Field::Link),
    (Space::Wp, "comment_author_IP", Field::Ip),
    (Space::Wp, "comment_date", Field::Date),
    (Space::Wp, "comment_date_gmt", Field::DateGmt),
    (Space::Wp, "comment_content", Field::Content),
    (Space::Wp, "comment_approved", Field::Status),
    (Space::Wp, "comment_type", Field::PostType),
    (Space::Wp, "comment_parent", Field::ParentId),
    (Space::Wp, "comment_user_id", Field::User),
];

const META: &[(Space, &str, Field)] =
    &[(Space::Wp, "meta_key", Field::Key), (Space::Wp, "meta_value", Field::MetaValue)];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_short_enough_to_be_recognised() {
        for fields in [CHANNEL, AUTHOR, CATEGORY, TAG, TERM, ITEM, COMMENT, META] {
            for (_, name, field) in fields {
                assert!("content:".len() + name.len() < LONGEST, "{name}");
                assert!((*field as u8) < 64, "{field:?} has a bit of its own");
            }
        }
    }

    #[test]
    fn namespaces_are_known_by_their_address() {
        assert_eq!(Space::of_address(b"http://wordpress.org/export/1.0/"), Some(Space::Wp));
        assert_eq!(Space::of_address(b"https://wordpress.org/export/1.2/"), Some(Space::Wp));
        assert_eq!(Space::of_address(b"http://wordpress.org/export/1.2/excerpt/"), Some(Space::Excerpt));
        assert_eq!(Space::of_address(b"http://example.com/fake/"), None);
    }
}
