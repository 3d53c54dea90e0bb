//! Which posts, terms, authors and files are there, and where was each of them?

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::DateTime;

use super::pattern::{Facts, Pattern, Tag, detect};
use super::{encoded, normal};
use crate::fields::{self, AttachmentMetadata};
use crate::wxr::{Channel, Entry, Filed, Item};

/// How many terms may lie above a term, and pages above a page; more is a circle.
const MAX_ABOVE: usize = 32;

/// The longest slug of an author, in characters.
const MAX_AUTHOR_SLUG: usize = 50;

/// What is needed of an export to know its addresses. Memory grows with the number of posts, not with their length.
#[derive(Debug, Clone)]
pub struct Site {
    /// The path of the front page without its last `/`: empty, or such as `/blog`.
    pub base: String,
    /// The word before the slug of a category, a setting of the old site that the export does not hold.
    pub category_base: String,
    /// The word before the slug of a tag.
    pub tag_base: String,
    posts: Vec<Post>,
    by_id: HashMap<u64, usize>,
    terms: Vec<Term>,
    by_slug: HashMap<(String, String), usize>,
    authors: Vec<Author>,
    by_login: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Post {
    id: u64,
    kind: String,
    is_public: bool,
    /// Percent-encoded in lower case, as all slugs here.
    slug: String,
    link: Option<String>,
    date: Option<DateTime>,
    author: usize,
    parent: u64,
    categories: Vec<usize>,
    old_slugs: Vec<String>,
    uploads: Vec<Upload>,
    uploads_at: String,
}

#[derive(Debug, Clone)]
struct Term {
    taxonomy: String,
    slug: String,
    parent: String,
    id: Option<u64>,
}

#[derive(Debug, Clone)]
struct Author {
    login: String,
    slug: String,
    id: Option<u64>,
}

/// The pattern of a site, and how sure that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detected {
    /// The pattern, with the path of the site before it.
    pub pattern: Pattern,
    /// How many published posts have an address of this pattern.
    pub fits: usize,
    /// Of how many.
    pub of: usize,
}

/// An address of the old site.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OldAddress {
    /// Path and query, in the form of [`normal`].
    pub path: String,
    /// What stood there.
    pub points_to: Target,
}

/// What stood at an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The item of this number: a post, a page, an attachment, or something of a plugin.
    Post(u64),
    /// The list of what is filed under a term.
    Term {
        /// `category`, `post_tag`, or another taxonomy.
        taxonomy: String,
        /// The slug, percent-encoded in lower case.
        slug: String,
    },
    /// The list of what somebody wrote.
    Author {
        /// The login; the slug, where the export knows the author only as one of several.
        login: String,
    },
    /// The list of a year, a month or a day.
    Date {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: Option<i8>,
        /// 1 to 31.
        day: Option<i8>,
    },
    /// A feed.
    Feed(FeedOf),
    /// A file.
    Upload(Upload),
}

/// Of what a feed is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FeedOf {
    /// All posts.
    Site,
    /// All comments.
    Comments,
    /// The comments of a post.
    Post(u64),
    /// The posts under a term.
    Term {
        /// The taxonomy.
        taxonomy: String,
        /// The slug, percent-encoded in lower case.
        slug: String,
    },
    /// The posts of an author.
    Author {
        /// The login.
        login: String,
    },
}

/// A file of an attachment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Upload {
    /// The number of the attachment.
    pub attachment: u64,
    /// The name of the file, as it was stored.
    pub file: String,
    /// Width and height in pixels, where it is a smaller picture made of the file.
    pub size: Option<(u32, u32)>,
}

impl Default for Site {
    fn default() -> Self {
        Site {
            base: String::new(),
            category_base: "category".into(),
            tag_base: "tag".into(),
            posts: Vec::new(),
            by_id: HashMap::new(),
            terms: Vec::new(),
            by_slug: HashMap::new(),
            authors: Vec::new(),
            by_login: HashMap::new(),
        }
    }
}

impl Site {
    /// Takes what is needed from an entry. The order of the entries does not matter.
    pub fn add(&mut self, entry: &Entry) {
        match entry {
            Entry::Channel(channel) => self.base = base_of(channel),
            Entry::Author(author) => {
                let at = self.author(&author.login);
                self.authors[at].id = author.id;
            }
            Entry::Category(term) => self.term("category", &term.nicename, &term.parent, term.id),
            Entry::Tag(term) => self.term("post_tag", &term.slug, "", term.id),
            Entry::Term(term) => self.term(&term.taxonomy, &term.slug, &term.parent, term.id),
            Entry::Item(item) => self.item(item),
        }
    }

    /// The pattern of the addresses of published posts. Without any, that of a site that has none.
    pub fn pattern(&self) -> Detected {
        let paths: Vec<Vec<String>> = self.posts.iter().map(|post| self.category_paths(post)).collect();
        let posts = self.posts.iter().zip(&paths).filter(|(post, _)| post.is_public && post.kind == "post");
        let posts =
            posts.filter_map(|(post, paths)| Some((post.link.as_deref()?, self.facts(post, &post.slug, paths))));
        let of = posts.clone().count();
        match detect(&posts) {
            Some((pattern, fits)) => Detected { pattern, fits, of },
            None => Detected { pattern: Pattern::plain(), fits: 0, of },
        }
    }

    /// Every address at which the old site answered, as far as the export tells. They are made while you go through
    /// them; the number is a small multiple of the posts, terms, authors, days and files.
    ///
    /// Not among them are pages of lists (`/page/2/`), searches, and what plugins answer.
    pub fn old_addresses(&self) -> impl Iterator<Item = OldAddress> + '_ {
        let shape = Shape::of(self);
        let (for_terms, for_authors, for_feeds) = (shape.clone(), shape.clone(), shape.clone());
        let days: Vec<OldAddress> = self.days(&shape);
        self.posts
            .iter()
            .filter(|post| post.is_public)
            .flat_map(move |post| self.addresses_of_post(post, &shape))
            .chain(self.terms.iter().flat_map(move |term| self.addresses_of_term(term, &for_terms)))
            .chain(self.authors.iter().flat_map(move |author| self.addresses_of_author(author, &for_authors)))
            .chain(days)
            .chain(self.feeds(&for_feeds))
    }

    fn item(&mut self, item: &Item) {
        let Some(id) = item.post_id else { return };
        let author = self.author(&item.creator);
        let terms = item.distinct_terms();
        let mut categories = Vec::new();
        for Filed { domain, nicename, .. } in &terms {
            if nicename.is_empty() {
                continue;
            }
            if domain == "author" {
                self.co_author(nicename);
                continue;
            }
            self.term(domain, nicename, "", None);
            if domain == "category" {
                categories.extend(self.by_slug.get(&(domain.clone(), encoded(nicename))));
            }
        }
        let (uploads_at, uploads) = uploads(item);
        let is_public = match item.post_type.as_str() {
            "nav_menu_item"
            | "revision"
            | "custom_css"
            | "customize_changeset"
            | "oembed_cache"
            | "user_request"
            | "wp_block"
            | "wp_template"
            | "wp_template_part"
            | "wp_global_styles"
            | "wp_navigation"
            | "wp_font_family"
            | "wp_font_face" => false,
            "attachment" => matches!(item.status.as_str(), "inherit" | "publish"),
            _ => item.status == "publish",
        };
        self.by_id.insert(id, self.posts.len());
        self.posts.push(Post {
            id,
            kind: item.post_type.clone(),
            is_public,
            slug: encoded(&item.post_name),
            link: Some(item.link.trim()).filter(|link| !link.is_empty()).map(normal),
            date: item.post_date.civil(),
            author,
            parent: item.post_parent,
            categories,
            old_slugs: fields::old_slugs(&item.meta).map(encoded).collect(),
            uploads,
            uploads_at,
        });
    }

    /// Notes a term, or what is new about it.
    fn term(&mut self, taxonomy: &str, slug: &str, parent: &str, id: Option<u64>) {
        let key = (taxonomy.to_owned(), encoded(slug));
        let at = *self.by_slug.entry(key.clone()).or_insert(self.terms.len());
        if at == self.terms.len() {
            let (taxonomy, slug) = key;
            self.terms.push(Term { taxonomy, slug, parent: String::new(), id: None });
        }
        let term = &mut self.terms[at];
        term.id = term.id.or(id);
        if !parent.is_empty() {
            term.parent = encoded(parent);
        }
    }

    fn author(&mut self, login: &str) -> usize {
        let at = *self.by_login.entry(login.to_owned()).or_insert(self.authors.len());
        if at == self.authors.len() {
            self.authors.push(Author { login: login.to_owned(), slug: author_slug(login), id: None });
        }
        at
    }

    /// Somebody who is known by slug only, unless it is that of an author.
    fn co_author(&mut self, nicename: &str) {
        let slug = encoded(nicename.strip_prefix("cap-").unwrap_or(nicename));
        let is_known = self.by_login.contains_key(&slug) || self.by_login.contains_key(&format!("\0{slug}"));
        if !is_known {
            self.by_login.insert(format!("\0{slug}"), self.authors.len());
            self.authors.push(Author { login: slug.clone(), slug, id: None });
        }
    }

    fn facts<'a>(&'a self, post: &'a Post, slug: &'a str, categories: &'a [String]) -> Facts<'a> {
        Facts { id: post.id, slug, date: post.date, categories, author: &self.authors[post.author].slug }
    }

    fn category_paths(&self, post: &Post) -> Vec<String> {
        post.categories.iter().map(|&at| self.path_of_term(&self.terms[at])).collect()
    }

    /// `above/slug`.
    fn path_of_term(&self, term: &Term) -> String {
        let mut path = vec![term.slug.as_str()];
        let mut above = term;
        while !above.parent.is_empty() && path.len() < MAX_ABOVE {
            let key = (above.taxonomy.clone(), above.parent.clone());
            let Some(&at) = self.by_slug.get(&key) else { break };
            above = &self.terms[at];
            if path.contains(&above.slug.as_str()) {
                break;
            }
            path.push(&above.slug);
        }
        path.reverse();
        path.join("/")
    }

    fn addresses_of_post(&self, post: &Post, shape: &Shape) -> Vec<OldAddress> {
        let mut addresses = Vec::new();
        let target = Target::Post(post.id);
        let link = self.address_of(post, shape);
        if let Some(link) = &link {
            add(&mut addresses, link.clone(), target.clone());
            if post.kind != "attachment" {
                add(&mut addresses, below(link, "feed", shape.has_slash), Target::Feed(FeedOf::Post(post.id)));
            }
        }
        let names: &[&str] = match post.kind.as_str() {
            "page" => &["page_id", "p"],
            "attachment" => &["attachment_id", "p"],
            _ => &["p"],
        };
        for name in names {
            add(&mut addresses, format!("{}/?{name}={}", self.base, post.id), target.clone());
        }
        for slug in &post.old_slugs {
            let paths = self.category_paths(post);
            let old = match post.kind.as_str() {
                "post" if !shape.pattern.is_plain() => shape.pattern.address(self.facts(post, slug, &paths)),
                _ => link.as_deref().and_then(|link| with_last(link, slug)),
            };
            if let Some(old) = old.filter(|old| Some(old) != link.as_ref()) {
                add(&mut addresses, old, target.clone());
            }
        }
        for upload in &post.uploads {
            let path = format!("{}{}", post.uploads_at, encoded(&upload.file));
            add(&mut addresses, path, Target::Upload(upload.clone()));
        }
        addresses
    }

    /// The path that the export gives; where it gives none, one made by the pattern, for a page of those above it.
    fn address_of(&self, post: &Post, shape: &Shape) -> Option<String> {
        match (&post.link, post.kind.as_str()) {
            (Some(link), _) => Some(link.clone()).filter(|link| !link.contains('?')),
            (None, _) if shape.pattern.is_plain() || post.slug.is_empty() => None,
            (None, "post") => shape.pattern.address(self.facts(post, &post.slug, &self.category_paths(post))),
            (None, "page") => Some(shape.ended(format!("{}{}", shape.root, self.path_of_page(post)))),
            (None, _) => None,
        }
    }

    /// `above/slug`.
    fn path_of_page(&self, page: &Post) -> String {
        let mut path = vec![page.slug.as_str()];
        let mut above = page;
        while above.parent != 0 && path.len() < MAX_ABOVE {
            let Some(&at) = self.by_id.get(&above.parent) else { break };
            above = &self.posts[at];
            path.push(&above.slug);
        }
        path.reverse();
        path.join("/")
    }

    fn addresses_of_term(&self, term: &Term, shape: &Shape) -> Vec<OldAddress> {
        let mut addresses = Vec::new();
        if is_inner_taxonomy(&term.taxonomy) || term.slug.is_empty() {
            return addresses;
        }
        let Term { taxonomy, slug, .. } = term;
        let target = Target::Term { taxonomy: taxonomy.clone(), slug: slug.clone() };
        let path = match taxonomy.as_str() {
            "category" => format!("{}/{}", self.category_base, self.path_of_term(term)),
            "post_tag" => format!("{}/{slug}", self.tag_base),
            "post_format" => format!("type/{}", slug.strip_prefix("post-format-").unwrap_or(slug)),
            _ => format!("{taxonomy}/{}", self.path_of_term(term)),
        };
        if !shape.pattern.is_plain() {
            let path = shape.ended(format!("{}{path}", shape.front));
            let feed = FeedOf::Term { taxonomy: taxonomy.clone(), slug: slug.clone() };
            add(&mut addresses, below(&path, "feed", shape.has_slash), Target::Feed(feed));
            add(&mut addresses, path, target.clone());
        }
        let query = match (taxonomy.as_str(), term.id) {
            ("category", Some(id)) => Some(format!("cat={id}")),
            ("category", None) => None,
            ("post_tag", _) => Some(format!("tag={slug}")),
            // Where addresses have a form, nothing writes these: they are those of a site without one.
            _ => shape.pattern.is_plain().then(|| format!("{taxonomy}={slug}")),
        };
        if let Some(query) = query {
            add(&mut addresses, format!("{}/?{query}", self.base), target);
        }
        addresses
    }

    fn addresses_of_author(&self, author: &Author, shape: &Shape) -> Vec<OldAddress> {
        let mut addresses = Vec::new();
        let login = || author.login.clone();
        if !shape.pattern.is_plain() && !author.slug.is_empty() {
            let path = shape.ended(format!("{}author/{}", shape.front, author.slug));
            add(&mut addresses, below(&path, "feed", shape.has_slash), Target::Feed(FeedOf::Author { login: login() }));
            add(&mut addresses, path, Target::Author { login: login() });
        }
        if let Some(id) = author.id {
            add(&mut addresses, format!("{}/?author={id}", self.base), Target::Author { login: login() });
        }
        addresses
    }

    /// Years, months and days on which something was published.
    fn days(&self, shape: &Shape) -> Vec<OldAddress> {
        let dates = self.posts.iter().filter(|post| post.is_public && post.kind == "post").filter_map(|post| post.date);
        let mut parts: BTreeSet<(i16, Option<i8>, Option<i8>)> = BTreeSet::new();
        for date in dates {
            let (year, month, day) = (date.year(), date.month(), date.day());
            parts.extend([(year, None, None), (year, Some(month), None), (year, Some(month), Some(day))]);
        }
        let mut addresses = Vec::new();
        for (year, month, day) in parts {
            let parts = [Some(format!("{year:04}")), month.map(|n| format!("{n:02}")), day.map(|n| format!("{n:02}"))];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            let target = Target::Date { year, month, day };
            if !shape.pattern.is_plain() {
                let path = shape.ended(format!("{}{}{}", shape.front, shape.before_dates, parts.join("/")));
                add(&mut addresses, path, target.clone());
            }
            add(&mut addresses, format!("{}/?m={}", self.base, parts.concat()), target);
        }
        addresses
    }

    fn feeds(&self, shape: &Shape) -> Vec<OldAddress> {
        let mut addresses = Vec::new();
        for kind in ["", "rss2", "rss", "rdf", "atom"] {
            if !shape.pattern.is_plain() {
                let end = if kind.is_empty() { String::new() } else { format!("/{kind}") };
                let path = |of: &str| shape.ended(format!("{}{of}{end}", shape.root));
                add(&mut addresses, path("feed"), Target::Feed(FeedOf::Site));
                add(&mut addresses, path("comments/feed"), Target::Feed(FeedOf::Comments));
            }
            if !kind.is_empty() {
                add(&mut addresses, format!("{}/?feed={kind}", self.base), Target::Feed(FeedOf::Site));
                add(&mut addresses, format!("{}/?feed=comments-{kind}", self.base), Target::Feed(FeedOf::Comments));
            }
        }
        addresses
    }
}

/// What the addresses of a site have in common.
#[derive(Debug, Clone)]
struct Shape {
    pattern: Pattern,
    front: String,
    /// What stands before the path of a page.
    root: String,
    /// `date/`, where a number alone would be taken for that of a post.
    before_dates: &'static str,
    has_slash: bool,
}

impl Shape {
    fn of(site: &Site) -> Shape {
        let pattern = site.pattern().pattern;
        // A pattern of numbers alone makes `/2020/` a post.
        let before_dates = if pattern.tags().next() == Some(Tag::PostId) { "date/" } else { "" };
        let front = if pattern.is_plain() { format!("{}/", site.base) } else { pattern.front().to_owned() };
        let has_index = front.starts_with(&format!("{}/index.php/", site.base));
        let root = format!("{}/{}", site.base, if has_index { "index.php/" } else { "" });
        Shape { front, root, before_dates, has_slash: pattern.has_slash(), pattern }
    }

    fn ended(&self, mut path: String) -> String {
        if self.has_slash {
            path.push('/');
        }
        path
    }
}

/// Is this a taxonomy of the machinery, of WordPress itself or of a plugin that many sites have? Readers never saw its terms.
#[must_use]
pub fn is_inner_taxonomy(taxonomy: &str) -> bool {
    INNER_TAXONOMIES.contains(&taxonomy)
}

/// Taxonomies whose terms never had an address.
const INNER_TAXONOMIES: &[&str] = &[
    "nav_menu",
    "link_category",
    "wp_theme",
    "wp_template_part_area",
    "wp_pattern_category",
    "language",
    "term_language",
    "post_translations",
    "term_translations",
    "author",
    "translation_priority",
    "yst_prominent_words",
    "following_users",
    "ef_usergroup",
    "post_status",
    "elementor_library_type",
    "elementor_library_category",
    "product_type",
    "product_visibility",
    "product_shipping_class",
];

/// The slug of an author, which the export does not hold: made of the login, in lower case, with `-` for what is neither
/// letter nor digit nor `_`, without `@`.
///
/// ```
/// assert_eq!(wordpress::addresses::author_slug("Omar.Said"), "omar-said");
/// ```
pub fn author_slug(login: &str) -> String {
    let mut slug = String::new();
    for c in login.to_lowercase().chars().take(MAX_AUTHOR_SLUG) {
        match c {
            _ if c.is_alphanumeric() || c == '_' => slug.push(c),
            ' ' | '.' | '-' | '/' if !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    encoded(slug.trim_matches('-'))
}

/// The name of the file of which this one was made, and the size that its name tells: `photo-300x200.png` is a smaller
/// `photo.png`; `photo-scaled.jpg` and `photo-rotated.jpg` are `photo.jpg` as it is shown. `None` for any other name.
///
/// An old body may ask for a size that the attachment no longer lists, so look here when a file is not found.
///
/// ```
/// use wordpress::addresses::without_size;
///
/// assert_eq!(without_size("صورة-300x200.png"), Some(("صورة.png".to_owned(), Some((300, 200)))));
/// assert_eq!(without_size("photo-scaled.jpg"), Some(("photo.jpg".to_owned(), None)));
/// assert_eq!(without_size("photo.jpg"), None);
/// ```
pub fn without_size(file: &str) -> Option<(String, Option<(u32, u32)>)> {
    let (stem, extension) = file.rsplit_once('.')?;
    let (name, mark) = stem.rsplit_once('-')?;
    if name.is_empty() || name.ends_with('/') {
        return None;
    }
    let size = match mark {
        "scaled" | "rotated" => None,
        _ => {
            let (width, height) = mark.split_once('x')?;
            let number = |digits: &str| {
                let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
                if is_number { digits.parse().ok() } else { None }
            };
            Some((number(width)?, number(height)?))
        }
    };
    Some((format!("{name}.{extension}"), size))
}

fn base_of(channel: &Channel) -> String {
    let address = if channel.base_blog_url.is_empty() { &channel.link } else { &channel.base_blog_url };
    if address.is_empty() {
        return String::new();
    }
    normal(address).trim_end_matches('/').to_owned()
}

/// The folder of an attachment, and the files in it.
fn uploads(item: &Item) -> (String, Vec<Upload>) {
    let Some(url) = item.attachment_url.as_deref().filter(|url| !url.is_empty()) else {
        return (String::new(), Vec::new());
    };
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let (folder, name) = url.rsplit_once('/').unwrap_or(("", url));
    let attachment = item.post_id.unwrap_or(0);
    let mut seen = HashSet::from([name.to_owned()]);
    let mut uploads = vec![Upload { attachment, file: name.to_owned(), size: None }];
    let Some(Ok(metadata)) = AttachmentMetadata::of(&item.meta) else {
        return (format!("{}/", normal(folder)), uploads);
    };
    if let Some(file) = metadata.original_image.filter(|file| seen.insert(file.clone())) {
        uploads.push(Upload { attachment, file, size: None });
    }
    for size in metadata.sizes {
        if seen.insert(size.file.clone()) {
            uploads.push(Upload { attachment, file: size.file, size: size.width.zip(size.height) });
        }
    }
    (format!("{}/", normal(folder).trim_end_matches('/')), uploads)
}

fn add(addresses: &mut Vec<OldAddress>, path: String, points_to: Target) {
    addresses.push(OldAddress { path, points_to });
}

fn below(path: &str, name: &str, has_slash: bool) -> String {
    let end = if has_slash { "/" } else { "" };
    format!("{}/{name}{end}", path.trim_end_matches('/'))
}

/// `path` with `slug` as its last segment.
fn with_last(path: &str, slug: &str) -> Option<String> {
    let end = if path.ends_with('/') { "/" } else { "" };
    let (before, _) = path.trim_end_matches('/').rsplit_once('/')?;
    Some(format!("{before}/{slug}{end}"))
}
