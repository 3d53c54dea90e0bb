//! Of what does an export consist?
//!
//! The fields are named as the elements are. Text is as the old site held it; an element that is missing reads as the
//! empty text, except where a field is an `Option`.

use std::collections::HashSet;

use super::dates::Date;

/// One thing of an export.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// The site itself: once, before everything else.
    Channel(Box<Channel>),
    /// Somebody who writes.
    Author(Author),
    /// A category.
    Category(Category),
    /// A tag.
    Tag(Tag),
    /// A term of any taxonomy; newer versions repeat categories and tags in this form.
    Term(Term),
    /// A post, page, attachment, menu item or anything else that WordPress calls a post.
    Item(Box<Item>),
}

/// The site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Channel {
    /// `title`.
    pub title: String,
    /// `link`: the address of the front page.
    pub link: String,
    /// `description`: the line under the title.
    pub description: String,
    /// `pubDate`: when the file was written, as in RFC 2822.
    pub pub_date: String,
    /// `language`: a tag such as `ar` or `en-US`.
    pub language: String,
    /// `wp:wxr_version`: `1.0`, `1.1` or `1.2`, and empty when the file does not say.
    pub version: String,
    /// `wp:base_site_url`: the root of the network, or of the site where there is no network.
    pub base_site_url: String,
    /// `wp:base_blog_url`: the root of this site; its path stands before every address.
    pub base_blog_url: String,
    /// `generator`: what wrote the file, such as `https://wordpress.org/?v=6.7`.
    ///
    /// WordPress writes the element after the authors and terms. The channel is given before these, so this comes from
    /// the comment at the head of the file; [`super::Reader::channel`] has the element as soon as it was read.
    pub generator: Option<String>,
}

/// Somebody who writes (`wp:author`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Author {
    /// `wp:author_id`.
    pub id: Option<u64>,
    /// `wp:author_login`: what [`Item::creator`] names.
    pub login: String,
    /// `wp:author_email`: private.
    pub email: String,
    /// `wp:author_display_name`.
    pub display_name: String,
    /// `wp:author_first_name`.
    pub first_name: String,
    /// `wp:author_last_name`.
    pub last_name: String,
}

/// A category (`wp:category`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Category {
    /// `wp:term_id`; versions before 1.1 have none.
    pub id: Option<u64>,
    /// `wp:category_nicename`: the slug, percent-encoded ([`super::read_slug`]).
    pub nicename: String,
    /// `wp:category_parent`: the slug of the category above, or empty.
    pub parent: String,
    /// `wp:cat_name`.
    pub name: String,
    /// `wp:category_description`.
    pub description: String,
    /// `wp:termmeta`.
    pub meta: Vec<Meta>,
}

/// A tag (`wp:tag`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    /// `wp:term_id`.
    pub id: Option<u64>,
    /// `wp:tag_slug`, percent-encoded.
    pub slug: String,
    /// `wp:tag_name`.
    pub name: String,
    /// `wp:tag_description`.
    pub description: String,
    /// `wp:termmeta`.
    pub meta: Vec<Meta>,
}

/// A term of any taxonomy (`wp:term`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    /// `wp:term_id`.
    pub id: Option<u64>,
    /// `wp:term_taxonomy`: `category`, `post_tag`, `nav_menu`, or a name of a plugin.
    pub taxonomy: String,
    /// `wp:term_slug`, percent-encoded.
    pub slug: String,
    /// `wp:term_parent`: the slug of the term above, or empty.
    pub parent: String,
    /// `wp:term_name`.
    pub name: String,
    /// `wp:term_description`.
    pub description: String,
    /// `wp:termmeta`.
    pub meta: Vec<Meta>,
}

/// Whatever WordPress keeps in its table of posts (`item`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// `title`.
    pub title: String,
    /// `link`: the address at which the old site answered; a draft has `?p=ID`.
    pub link: String,
    /// `pubDate`, as in RFC 2822.
    pub pub_date: String,
    /// `dc:creator`: the login of the author.
    pub creator: String,
    /// `guid`.
    pub guid: String,
    /// `isPermaLink` of the `guid`: whether it says to be an address.
    pub guid_is_permalink: bool,
    /// `description`: always empty in what WordPress writes.
    pub description: String,
    /// `content:encoded`: the body as it stands in the database, before any filter.
    pub content: String,
    /// `excerpt:encoded`.
    pub excerpt: String,
    /// `wp:post_id`.
    pub post_id: Option<u64>,
    /// `wp:post_date`: the time on the clock of the site.
    pub post_date: Date,
    /// `wp:post_date_gmt`: the same in UTC; zero for a draft.
    pub post_date_gmt: Date,
    /// `wp:post_modified`; since WordPress 5.7.
    pub post_modified: Date,
    /// `wp:post_modified_gmt`.
    pub post_modified_gmt: Date,
    /// `wp:comment_status`: `open` or `closed`.
    pub comment_status: String,
    /// `wp:ping_status`: `open` or `closed`.
    pub ping_status: String,
    /// `wp:post_name`: the slug, percent-encoded and possibly cut ([`super::read_slug`]).
    pub post_name: String,
    /// `wp:status`: `publish`, `draft`, `pending`, `private`, `future`, `inherit`, `trash`, or a word of a plugin.
    pub status: String,
    /// `wp:post_parent`: the number of the item above, 0 for none.
    pub post_parent: u64,
    /// `wp:menu_order`.
    pub menu_order: i64,
    /// `wp:post_type`: `post`, `page`, `attachment`, `nav_menu_item`, or a word of a theme or plugin.
    pub post_type: String,
    /// `wp:post_password`: not empty when readers are asked for it.
    pub post_password: String,
    /// `wp:is_sticky`: whether it stays on top.
    pub is_sticky: bool,
    /// `wp:attachment_url`: the file of an attachment.
    pub attachment_url: Option<String>,
    /// `category`: the terms under which it is filed, in every taxonomy.
    pub terms: Vec<Filed>,
    /// `wp:postmeta`: the custom fields ([`crate::fields`] knows some).
    pub meta: Vec<Meta>,
    /// `wp:comment`.
    pub comments: Vec<Comment>,
}

impl Item {
    /// The terms without the repetitions of version 1.0, which writes each one twice, once without its slug, and calls
    /// tags `tag` instead of `post_tag`.
    pub fn distinct_terms(&self) -> Vec<Filed> {
        let named: HashSet<&str> =
            self.terms.iter().filter(|term| !term.nicename.is_empty()).map(|term| term.name.as_str()).collect();
        let mut seen = HashSet::new();
        self.terms
            .iter()
            .filter(|term| !(term.nicename.is_empty() && named.contains(term.name.as_str())))
            .map(|term| match term.domain.as_str() {
                "tag" => Filed { domain: "post_tag".into(), ..term.clone() },
                "" => Filed { domain: "category".into(), ..term.clone() },
                _ => term.clone(),
            })
            .filter(|term| seen.insert(term.clone()))
            .collect()
    }
}

/// Under which term an item is filed (`category` of an item).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filed {
    /// `domain`: the taxonomy.
    pub domain: String,
    /// `nicename`: the slug, percent-encoded.
    pub nicename: String,
    /// The name.
    pub name: String,
}

/// A custom field: of an item, a comment or a term.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// `wp:meta_key`; what begins with `_` is hidden from editors.
    pub key: String,
    /// `wp:meta_value`: plain text, or serialised ([`crate::php`]).
    pub value: String,
}

/// A comment (`wp:comment`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comment {
    /// `wp:comment_id`.
    pub id: Option<u64>,
    /// `wp:comment_author`: the name that was given.
    pub author: String,
    /// `wp:comment_author_email`: private.
    pub email: String,
    /// `wp:comment_author_url`.
    pub url: String,
    /// `wp:comment_author_IP`: private.
    pub ip: String,
    /// `wp:comment_date`: the time on the clock of the site.
    pub date: Date,
    /// `wp:comment_date_gmt`.
    pub date_gmt: Date,
    /// `wp:comment_content`.
    pub content: String,
    /// `wp:comment_approved`: `1`, `0`, `spam`, `trash` or `post-trashed`.
    pub approved: String,
    /// `wp:comment_type`: `comment` or empty, `pingback`, `trackback`, or a word of a plugin.
    pub kind: String,
    /// `wp:comment_parent`: the comment that it answers, 0 for none.
    pub parent: u64,
    /// `wp:comment_user_id`: the author who was logged in, 0 for a visitor.
    pub user_id: u64,
    /// `wp:commentmeta`.
    pub meta: Vec<Meta>,
}
