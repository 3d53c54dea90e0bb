//! What did a WordPress site hold, and what becomes of each thing here?
//!
//! An export is read twice: first to learn what things refer to (authors, categories, pictures by number, the pattern of
//! the addresses), then item by item. Nothing is dropped in silence: what has no place here is [`Taken::Refused`] with
//! the reason, and what was not public there does not become public here.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wordpress::addresses;
use wordpress::body::{self, Options};
use wordpress::library::{Attachment, Library};
use wordpress::wxr::{self, Category, Channel, Comment, Date, Entry, Item, Offsets};
use wordpress::{fields, text};

use crate::identity::PrivateEmail;
use crate::news::MediaId;
use crate::news::article::{Draft, Form, Lead};
use crate::news::comment::{Status as CommentStatus, is_website};
use crate::news::incoming::{Incoming, IncomingComment};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;

/// Categories are nested no deeper than this.
const DEPTH: usize = 50;
/// Words of the text that stand in for a headline that is missing.
const HEADLINE_WORDS: usize = 12;

/// What is known of the old site before its items are read.
#[derive(Default)]
pub struct OldSite {
    /// Its title, language, address.
    pub channel: Channel,
    /// Where it answered.
    pub addresses: addresses::Site,
    authors: Vec<(String, String)>,
    categories: BTreeMap<String, Category>,
    /// In the order of the file.
    category_order: Vec<String>,
    tags: Vec<(String, String)>,
    pictures: HashMap<u64, Attachment>,
    uploaded_for: HashMap<u64, Vec<u64>>,
    reusable: HashMap<u64, String>,
    offsets: Offsets,
    /// To whom a name that is meant to be unique belongs: the first item that has it.
    guids: HashMap<String, Option<u64>>,
    /// By what the items are known here, by their numbers there.
    names: HashMap<u64, String>,
    uploads: Vec<Upload>,
    /// Places in `uploads` by the numbers of their attachments.
    upload_places: HashMap<u64, usize>,
    /// Where files are now, by the numbers of their attachments.
    files: HashMap<u64, File>,
    /// The same by their old addresses.
    moved: HashMap<String, u64>,
    host: String,
}

/// A file that was uploaded there.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Where it stands in the export.
    pub line: usize,
    /// The number of its attachment.
    pub id: u64,
    /// Where it lies in the folder of uploads, `2019/03/ship.jpg`.
    pub path: String,
    /// Its address.
    pub url: String,
    /// For those who do not see it.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    parent: u64,
}

/// A file that came in.
#[derive(Debug, Clone)]
struct File {
    media: MediaId,
    address: String,
}

/// What an item becomes.
#[derive(Debug)]
pub enum Taken {
    /// An article or page.
    Article {
        /// As it comes in.
        incoming: Box<Incoming>,
        /// What was odd about it.
        oddities: Vec<Oddity>,
        /// How many of its comments have no place here; each has an oddity.
        refused_comments: usize,
    },
    /// It has no place here.
    Refused {
        /// As the receipt counts it: `attachment`, `menu-item`, `revision`, `other`.
        kind: &'static str,
        /// What it is, for people.
        name: String,
        /// Why.
        oddity: Oddity,
    },
}

/// Something that the one who imports should know: a word for machines, a sentence for people.
pub type Oddity = (&'static str, String);

impl OldSite {
    /// Learns what later items refer to. To be called with every entry, before [`OldSite::take`].
    pub fn learn(&mut self, line: usize, entry: &Entry) {
        self.addresses.add(entry);
        match entry {
            Entry::Channel(channel) => {
                self.channel = (**channel).clone();
                self.host = host(&channel.base_blog_url).or_else(|| host(&channel.link)).unwrap_or_default().to_owned();
            }
            Entry::Author(author) => {
                let name = if author.display_name.is_empty() { &author.login } else { &author.display_name };
                self.authors.push((author.login.clone(), name.clone()));
            }
            Entry::Category(category) => self.learn_category(category.clone()),
            Entry::Tag(tag) => self.tags.push((slug(&tag.slug), plain(&tag.name))),
            Entry::Term(term) if term.taxonomy == "category" => self.learn_category(Category {
                id: term.id,
                nicename: term.slug.clone(),
                parent: term.parent.clone(),
                name: term.name.clone(),
                description: term.description.clone(),
                meta: Vec::new(),
            }),
            Entry::Term(term) if term.taxonomy == "post_tag" => self.tags.push((slug(&term.slug), plain(&term.name))),
            Entry::Term(_) => {}
            Entry::Item(item) => self.learn_item(line, item),
        }
    }

    fn learn_category(&mut self, category: Category) {
        let slug = slug(&category.nicename);
        if !self.categories.contains_key(&slug) {
            self.category_order.push(slug.clone());
            self.categories.insert(slug, category);
        }
    }

    fn learn_item(&mut self, line: usize, item: &Item) {
        self.offsets.add(&item.post_date, &item.post_date_gmt);
        if matches!(item.post_type.as_str(), "post" | "page") {
            self.guids.entry(guid(item)).or_insert(item.post_id);
            if let Some(id) = item.post_id {
                let name = self.own_guid(item, &mut Vec::new());
                self.names.insert(id, name);
            }
        }
        let Some(id) = item.post_id else { return };
        match item.post_type.as_str() {
            "attachment" => {
                let metadata = fields::AttachmentMetadata::of(&item.meta).and_then(Result::ok).unwrap_or_default();
                let picture = Attachment {
                    id,
                    url: item.attachment_url.clone().unwrap_or_default(),
                    page: item.link.clone(),
                    title: plain(&item.title),
                    caption: item.excerpt.clone(),
                    alt: fields::image_alt(&item.meta).map(plain).unwrap_or_default(),
                    width: metadata.width.unwrap_or_default(),
                    height: metadata.height.unwrap_or_default(),
                    ..Attachment::default()
                };
                self.upload_places.insert(id, self.uploads.len());
                self.uploads.push(Upload {
                    line,
                    id,
                    path: upload_path(item),
                    url: picture.url.clone(),
                    alt: picture.alt.clone(),
                    credit: metadata.image.credit.unwrap_or_default(),
                    parent: item.post_parent,
                });
                self.pictures.insert(id, picture);
                if item.post_parent > 0 {
                    self.uploaded_for.entry(item.post_parent).or_default().push(id);
                }
            }
            "wp_block" => {
                self.reusable.insert(id, item.content.clone());
            }
            _ => {}
        }
    }

    /// Files that were uploaded, in the order of the export.
    #[must_use]
    pub fn uploads(&self) -> &[Upload] {
        &self.uploads
    }

    fn upload(&self, id: u64) -> Option<&Upload> {
        self.uploads.get(*self.upload_places.get(&id)?)
    }

    /// A file came in: it is this picture now, at this address.
    pub fn has_come(&mut self, upload: &Upload, media: MediaId, address: String) {
        let old = addresses::normal(&upload.url);
        if let Some((original, _)) = addresses::without_size(&old) {
            self.moved.entry(original).or_insert(upload.id);
        }
        self.moved.insert(old, upload.id);
        self.files.insert(upload.id, File { media, address });
    }

    /// By what an item is known here; for an attachment that did not come in, the item that it belongs to.
    #[must_use]
    pub fn name_of(&self, id: u64) -> Option<&str> {
        let owner = || self.upload(id).map(|upload| upload.parent);
        self.names.get(&id).or_else(|| self.names.get(&owner()?)).map(String::as_str)
    }

    /// The address of a file that came in.
    #[must_use]
    pub fn file_of(&self, attachment: u64) -> Option<&str> {
        self.files.get(&attachment).map(|file| file.address.as_str())
    }

    /// The path of a category here.
    #[must_use]
    pub fn section_path(&self, nicename: &str) -> Option<String> {
        let slug = slug(nicename);
        self.categories.contains_key(&slug).then(|| match self.section(&slug, "").parent {
            Some(parent) => format!("{parent}/{slug}"),
            None => slug,
        })
    }

    /// The same text with the addresses of files that came in; those that did not are told of.
    fn with_files(&self, html: &str, oddities: &mut Vec<Oddity>) -> String {
        const FOLDER: &str = "/wp-content/uploads/";
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | ',');
        let (mut out, mut rest) = (String::with_capacity(html.len()), html);
        let mut missing = HashSet::new();
        while let Some(at) = rest.find(FOLDER) {
            let begin = rest[..at]
                .rfind(ends)
                .map_or(0, |before| before + rest[before..].chars().next().map_or(1, char::len_utf8));
            let end = rest[at..].find(ends).map_or(rest.len(), |end| at + end);
            let url = &rest[begin..end];
            out.push_str(&rest[..begin]);
            let is_ours = url.starts_with('/') || host(url).is_some_and(|host| host == self.host);
            match self.moved_to(url).filter(|_| is_ours) {
                Some(address) => out.push_str(address),
                None => {
                    if is_ours && missing.insert(url) {
                        oddities.push(("picture", format!("the file {url} in its text did not come in")));
                    }
                    out.push_str(url);
                }
            }
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// Where a file is now, by its old address or by that of a smaller copy.
    fn moved_to(&self, url: &str) -> Option<&str> {
        let path = addresses::normal(url);
        let original = || self.moved.get(&addresses::without_size(&path)?.0);
        self.file_of(*self.moved.get(&path).or_else(original)?)
    }

    /// Categories with their parents before them, tags, authors: as they are made here.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let mut sections: Vec<(usize, NewTerm)> = Vec::new();
        for slug in &self.category_order {
            let term = self.section(slug, "");
            sections.push((term.parent.as_deref().map_or(0, |path| 1 + path.matches('/').count()), term));
        }
        sections.sort_by_key(|(depth, _)| *depth);
        let mut seen = HashSet::new();
        Terms {
            sections: sections.into_iter().map(|(_, term)| term).collect(),
            tags: (self.tags.iter().filter(|(slug, _)| seen.insert(slug.clone())))
                .map(|(slug, name)| NewTerm { slug: slug.clone(), name: name.clone(), parent: None })
                .collect(),
            people: self.authors.iter().map(|(login, name)| person(login, name)).collect(),
        }
    }

    /// What an item becomes. `zone` is that of the publication here, for times that the export gives without UTC.
    #[must_use]
    pub fn take(&self, line: usize, item: &Item, zone: &TimeZone) -> Taken {
        let form = match item.post_type.as_str() {
            "post" => Form::Article,
            "page" => Form::Page,
            other => return refused(other, item),
        };
        let mut oddities = Vec::new();
        let headline = headline(item, &mut oddities);
        let published = self.published(item, zone, &mut oddities);
        let options = Options { post: item.post_id.unwrap_or_default(), ..Options::default() };
        let (rendered, warnings) = body::render(&item.content, self, &options);
        for warning in warnings {
            oddities.push(("body", format!("{}: {}", warning.code, warning.message)));
        }
        let (sections, tags) = self.filed(item, &mut oddities);
        let bylines = self.bylines(item);
        let sections = with_letters(sections, |term| term, &mut oddities);
        let tags = with_letters(tags, |term| term, &mut oddities);
        let bylines = with_letters(bylines, |(term, ..)| term, &mut oddities);
        let lead = self.lead(item, &mut oddities);
        let draft = Draft {
            form,
            lead,
            language: fields::language(&item.terms).and_then(|tag| Language::parse(tag).ok()),
            slug: slug(&item.post_name),
            headline,
            standfirst: text::strip_all_tags(&item.excerpt, true).trim().to_owned(),
            body: self.with_files(&rendered.pages.join("\n"), &mut oddities),
            comments_open: item.comment_status == "open",
            ..Draft::default()
        };
        let guid = self.own_guid(item, &mut oddities);
        let mut comments: Vec<IncomingComment> = Vec::new();
        for comment in &item.comments {
            match self.comment(comment, &guid, published, zone) {
                Ok(comment) => comments.push(comment),
                Err(reason) => oddities.push(("comment", reason)),
            }
        }
        let comments = parents_first(comments);
        let incoming = Incoming {
            line,
            number: item.post_id.and_then(|id| i64::try_from(id).ok()).filter(|id| *id > 0),
            is_public: published.is_some(),
            draft,
            published,
            scheduled: self.scheduled(item, zone),
            sections,
            tags,
            bylines,
            translation_of: None,
            corrections: Vec::new(),
            slot: None,
            comments,
            guid,
        };
        let refused_comments = item.comments.len() - incoming.comments.len();
        Taken::Article { incoming: Box::new(incoming), oddities, refused_comments }
    }

    /// Its `guid`, unless another item has the same: that happens where posts were copied in the database.
    fn own_guid(&self, item: &Item, oddities: &mut Vec<Oddity>) -> String {
        let guid = guid(item);
        if self.guids.get(&guid).is_none_or(|owner| *owner == item.post_id) {
            return guid;
        }
        let own = format!("{guid}#post-{}", item.post_id.unwrap_or_default());
        oddities.push(("guid-twice", format!("another item has the name {guid}; this one is known as {own}")));
        own
    }

    /// The picture on top.
    fn lead(&self, item: &Item, oddities: &mut Vec<Oddity>) -> Option<Lead> {
        let id = fields::thumbnail_id(&item.meta)?;
        let Some(file) = self.files.get(&id) else {
            let url = self.pictures.get(&id).map_or("", |picture| picture.url.as_str());
            oddities.push(("picture", format!("its picture, number {id} {url}, did not come in")));
            return None;
        };
        let picture = self.pictures.get(&id);
        let credit = self.upload(id).map(|upload| upload.credit.clone());
        Some(Lead {
            media: file.media,
            alt: picture.map(|picture| picture.alt.clone()).unwrap_or_default(),
            caption: picture.map(|picture| plain(&picture.caption)).unwrap_or_default(),
            credit: credit.unwrap_or_default(),
        })
    }

    /// When it went out, if readers could see it.
    fn published(&self, item: &Item, zone: &TimeZone, oddities: &mut Vec<Oddity>) -> Option<Timestamp> {
        if !item.post_password.is_empty() {
            oddities.push(("password", "readers were asked for a password there; it was kept as a draft".into()));
            return None;
        }
        match item.status.as_str() {
            "publish" => {
                let at = self.moment(&item.post_date, &item.post_date_gmt, zone);
                if at.is_none() {
                    oddities.push((
                        "no-date",
                        format!("its date «{}» is none; it was kept as a draft", item.post_date.text()),
                    ));
                }
                at
            }
            "draft" | "auto-draft" | "pending" | "future" => None,
            other => {
                oddities.push(("not-public", format!("its status was «{other}», not public; it was kept as a draft")));
                None
            }
        }
    }

    /// When it is to go out by itself.
    fn scheduled(&self, item: &Item, zone: &TimeZone) -> Option<Timestamp> {
        let waits = item.status == "future" && item.post_password.is_empty();
        self.moment(&item.post_date, &item.post_date_gmt, zone).filter(|_| waits)
    }

    /// UTC when the export has it; otherwise the clock of the old site, and failing that the one here.
    fn moment(&self, local: &Date, utc: &Date, zone: &TimeZone) -> Option<Timestamp> {
        if let Some(utc) = utc.civil() {
            return utc.to_zoned(TimeZone::UTC).ok().map(|utc| utc.timestamp());
        }
        let zone = self.offsets.usual().map_or_else(|| zone.clone(), TimeZone::fixed);
        local.civil()?.to_zoned(zone).ok().map(|local| local.timestamp())
    }

    fn bylines(&self, item: &Item) -> Vec<(NewTerm, BylineRole, String)> {
        let several = fields::co_authors(&item.terms);
        let names: Vec<NewTerm> = if several.is_empty() {
            let known = self.authors.iter().find(|(login, _)| *login == item.creator);
            let name = known.map_or(item.creator.as_str(), |(_, name)| name);
            if item.creator.is_empty() { Vec::new() } else { vec![person(&item.creator, name)] }
        } else {
            several.iter().map(|author| person(&author.nicename, &author.name)).collect()
        };
        names.into_iter().map(|name| (name, BylineRole::Writer, String::new())).collect()
    }

    /// Categories and tags; terms of plugins are told of.
    fn filed(&self, item: &Item, oddities: &mut Vec<Oddity>) -> (Vec<NewTerm>, Vec<NewTerm>) {
        let (mut sections, mut tags) = (Vec::new(), Vec::new());
        for term in item.distinct_terms() {
            match term.domain.as_str() {
                "category" => sections.push(self.section(&slug(&term.nicename), &plain(&term.name))),
                "post_tag" => {
                    tags.push(NewTerm { slug: slug(&term.nicename), name: plain(&term.name), parent: None });
                }
                // Said otherwise: by the byline, the language, the kind of post.
                "author" | "language" | "post_translations" | "post_format" => {}
                other => oddities.push(("taxonomy", format!("«{}» of the taxonomy «{other}» was left out", term.name))),
            }
        }
        (sections, tags)
    }

    /// A category by its slug, with the way to it.
    fn section(&self, slug: &str, name: &str) -> NewTerm {
        let parent_of = |slug: &str| {
            let parent = self.categories.get(slug).map(|category| self::slug(&category.parent))?;
            (!parent.is_empty() && parent != slug && self.categories.contains_key(&parent)).then_some(parent)
        };
        let mut way: Vec<String> = Vec::new();
        let mut above = parent_of(slug);
        while let Some(parent) = above {
            // Parents that go round in a circle are no way at all.
            if way.len() == DEPTH || parent == slug || way.contains(&parent) {
                way.clear();
                break;
            }
            above = parent_of(&parent);
            way.push(parent);
        }
        way.reverse();
        let known = self.categories.get(slug).map(|category| plain(&category.name));
        NewTerm {
            slug: slug.to_owned(),
            name: known.unwrap_or_else(|| name.to_owned()),
            parent: (!way.is_empty()).then(|| way.join("/")),
        }
    }

    fn comment(
        &self,
        comment: &Comment,
        article: &str,
        published: Option<Timestamp>,
        zone: &TimeZone,
    ) -> Result<IncomingComment, String> {
        let id = comment.id.unwrap_or_default();
        if !matches!(comment.kind.as_str(), "" | "comment") {
            return Err(format!("{id} is a {}, which has no place here", comment.kind));
        }
        let status = match comment.approved.as_str() {
            "1" => CommentStatus::Published,
            "0" => CommentStatus::Held,
            "spam" => CommentStatus::Spam,
            _ => CommentStatus::Hidden,
        };
        let at = self.moment(&comment.date, &comment.date_gmt, zone).or(published);
        let author = crate::news::article::tidy(&plain(&comment.author));
        Ok(IncomingComment {
            guid: format!("{article}#comment-{id}"),
            parent: (comment.parent > 0).then(|| format!("{article}#comment-{}", comment.parent)),
            status,
            author: if author.is_empty() { "—".into() } else { author },
            email: PrivateEmail::parse(&comment.email).ok(),
            url: Some(comment.url.trim()).filter(|url| is_website(url)).unwrap_or_default().to_owned(),
            network: comment.ip.trim().parse().ok(),
            at: at.ok_or_else(|| format!("{id} has no date, and neither has the article"))?,
            text: text::strip_tags(&comment.content),
        })
    }
}

/// Sections, tags and people that an export names, whether anything is filed under them or not.
#[derive(Debug, Default)]
pub struct Terms {
    /// Parents first.
    pub sections: Vec<NewTerm>,
    /// In the order of the file.
    pub tags: Vec<NewTerm>,
    /// In the order of the file.
    pub people: Vec<NewTerm>,
}

impl Library for OldSite {
    fn attachment(&self, id: u64) -> Option<Attachment> {
        self.pictures.get(&id).cloned()
    }

    fn pictures_of(&self, post: u64) -> Vec<u64> {
        self.uploaded_for.get(&post).cloned().unwrap_or_default()
    }

    fn reusable(&self, id: u64) -> Option<String> {
        self.reusable.get(&id).cloned()
    }
}

/// A name without a letter or digit has no address here: it is left out and told of.
fn with_letters<T>(names: Vec<T>, term: impl Fn(&T) -> &NewTerm, oddities: &mut Vec<Oddity>) -> Vec<T> {
    let has_letters = |term: &NewTerm| {
        let name = if term.slug.is_empty() { &term.name } else { &term.slug };
        !arabic::slug::slug(name).is_empty()
    };
    let (with, without): (Vec<T>, Vec<T>) = names.into_iter().partition(|name| has_letters(term(name)));
    for name in &without {
        oddities.push(("name", format!("the name «{}» has no letter or digit and was left out", term(name).name)));
    }
    with
}

/// In order of time, but what is answered stands before its answers, whatever the clocks said.
fn parents_first(mut comments: Vec<IncomingComment>) -> Vec<IncomingComment> {
    comments.sort_by_key(|comment| comment.at);
    let mut waiting: HashMap<String, Vec<IncomingComment>> = HashMap::new();
    let (mut ordered, mut placed) = (Vec::with_capacity(comments.len()), HashSet::new());
    let known: HashSet<String> = comments.iter().map(|comment| comment.guid.clone()).collect();
    for comment in comments {
        let parent = comment.parent.clone().filter(|parent| known.contains(parent) && !placed.contains(parent));
        if let Some(parent) = parent.filter(|parent| *parent != comment.guid) {
            waiting.entry(parent).or_default().push(comment);
            continue;
        }
        let mut next = vec![comment];
        while let Some(comment) = next.pop() {
            placed.insert(comment.guid.clone());
            next.extend(waiting.remove(&comment.guid).into_iter().flatten().rev());
            ordered.push(comment);
        }
    }
    // Comments that answer each other in a circle.
    let mut left: Vec<IncomingComment> = waiting.into_values().flatten().collect();
    left.sort_by_key(|comment| comment.at);
    ordered.extend(left);
    ordered
}

/// By what an item is known for ever.
fn guid(item: &Item) -> String {
    match item.guid.trim() {
        "" if item.link.is_empty() => format!("urn:wordpress:post:{}", item.post_id.unwrap_or_default()),
        "" => item.link.clone(),
        guid => guid.to_owned(),
    }
}

fn headline(item: &Item, oddities: &mut Vec<Oddity>) -> String {
    let title = plain(&item.title);
    if !title.is_empty() {
        return title;
    }
    let beginning = text::strip_all_tags(&item.content, true);
    let words: Vec<&str> = beginning.split_whitespace().take(HEADLINE_WORDS).collect();
    let made = if words.is_empty() { format!("#{}", item.post_id.unwrap_or_default()) } else { words.join(" ") };
    oddities.push(("no-title", format!("it has no title; «{made}» stands in its place")));
    made
}

fn refused(post_type: &str, item: &Item) -> Taken {
    let (kind, code, reason) = match post_type {
        "attachment" => {
            ("attachment", "media", "name the folder of uploads with --uploads, and it comes in".to_owned())
        }
        "nav_menu_item" => ("menu-item", "menu", "menus are made of sections and pages here".to_owned()),
        "revision" => ("revision", "revision", "earlier versions do not come in yet".to_owned()),
        other => ("other", "post-type", format!("there is no place here for things of the type «{other}»")),
    };
    let name = if item.title.is_empty() { guid(item) } else { plain(&item.title) };
    Taken::Refused { kind, name, oddity: (code, reason) }
}

/// The name and port of the host of an address.
fn host(url: &str) -> Option<&str> {
    let after = url.split_once("//")?.1;
    after.split(['/', '?', '#']).next()
}

/// Where a file lies in the folder of uploads: WordPress says so, or its address does.
fn upload_path(item: &Item) -> String {
    if let Some(path) = fields::attached_file(&item.meta).filter(|path| !path.is_empty()) {
        return path.to_owned();
    }
    let url = item.attachment_url.as_deref().unwrap_or_default();
    let path = url.split_once("/uploads/").map_or(url, |(_, path)| path);
    percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn person(slug: &str, name: &str) -> NewTerm {
    NewTerm { slug: wxr::read_slug(slug).text, name: plain(name), parent: None }
}

/// A slug of WordPress as our own addresses have it.
#[must_use]
pub fn slug(raw: &str) -> String {
    arabic::slug::slug(&wxr::read_slug(raw).text)
}

/// A title or name without markup and entities.
fn plain(html: &str) -> String {
    wxr::resolve_entities(&text::strip_tags(html)).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(entries: &[Entry]) -> OldSite {
        let mut site = OldSite::default();
        entries.iter().for_each(|entry| site.learn(1, entry));
        site
    }

    fn post(id: u64, change: impl FnOnce(&mut Item)) -> Item {
        let mut item = Item {
            title: "ميناء &amp; سفينة".into(),
            link: format!("https://old.example/2020/05/{id}/"),
            guid: format!("https://old.example/?p={id}"),
            content: "نص أول\n\nنص ثان".into(),
            post_id: Some(id),
            post_date: Date::parse("2020-05-10 12:00:00"),
            post_date_gmt: Date::parse("2020-05-10 09:00:00"),
            post_name: "%d9%85%d9%8a%d9%86%d8%a7%d8%a1".into(),
            status: "publish".into(),
            post_type: "post".into(),
            comment_status: "open".into(),
            creator: "layla".into(),
            ..Item::default()
        };
        change(&mut item);
        item
    }

    #[track_caller]
    fn taken(site: &OldSite, item: &Item) -> (Incoming, Vec<&'static str>) {
        match site.take(1, item, &TimeZone::UTC) {
            Taken::Article { incoming, oddities, .. } => {
                (*incoming, oddities.into_iter().map(|(code, _)| code).collect())
            }
            Taken::Refused { kind, oddity, .. } => panic!("{kind}: {oddity:?}"),
        }
    }

    #[test]
    fn a_post_keeps_what_readers_knew() {
        let author = Entry::Author(wxr::Author {
            login: "layla".into(),
            display_name: "ليلى حسن".into(),
            ..wxr::Author::default()
        });
        let (incoming, oddities) = taken(&site(&[author]), &post(7, |_| {}));
        assert_eq!(oddities, [""; 0]);
        assert_eq!(incoming.draft.headline, "ميناء & سفينة");
        assert_eq!(incoming.draft.slug, "ميناء");
        assert_eq!(incoming.draft.body.trim(), "<p>نص أول</p>\n<p>نص ثان</p>");
        assert_eq!(incoming.published.map(|at| at.to_string()).as_deref(), Some("2020-05-10T09:00:00Z"));
        assert_eq!(incoming.bylines[0].0.name, "ليلى حسن");
        assert_eq!((incoming.number, incoming.is_public), (Some(7), true));
    }

    #[track_caller]
    fn check_private(change: impl FnOnce(&mut Item), code: &str) {
        let (incoming, oddities) = taken(&OldSite::default(), &post(7, change));
        assert!(!incoming.is_public && incoming.published.is_none());
        assert_eq!(oddities.into_iter().collect::<Vec<_>>().join(" "), code);
    }

    #[test]
    fn what_was_not_public_stays_so() {
        check_private(|item| item.status = "private".into(), "not-public");
        check_private(|item| item.status = "trash".into(), "not-public");
        check_private(|item| item.status = "draft".into(), "");
        check_private(|item| item.status = "future".into(), "");
        check_private(|item| item.post_password = "x".into(), "password");
        let no_date =
            |item: &mut Item| (item.post_date, item.post_date_gmt) = (Date::parse("0000-00-00"), Date::parse(""));
        check_private(no_date, "no-date");
    }

    #[test]
    fn a_name_without_letters_costs_nobody_the_article() {
        let (incoming, oddities) = taken(&OldSite::default(), &post(7, |item| item.creator = "«»".into()));
        assert!(incoming.bylines.is_empty());
        assert_eq!(oddities, ["name"]);
    }

    #[test]
    fn what_was_to_go_out_later_still_is() {
        let (incoming, _) = taken(&OldSite::default(), &post(7, |item| item.status = "future".into()));
        assert_eq!(incoming.scheduled.map(|at| at.to_string()).as_deref(), Some("2020-05-10T09:00:00Z"));
        let (incoming, _) = taken(&OldSite::default(), &post(7, |item| item.status = "draft".into()));
        assert_eq!(incoming.scheduled, None);
    }

    #[test]
    fn two_items_of_one_name_are_two() {
        let (one, mut other) = (post(7, |_| {}), post(8, |_| {}));
        other.guid.clone_from(&one.guid);
        let entries = [&one, &other].map(|item| Entry::Item(Box::new(item.clone())));
        let site = site(&entries);
        let (first, second) = (taken(&site, &one), taken(&site, &other));
        assert_ne!(first.0.guid, second.0.guid);
        assert_eq!(second.1, ["guid-twice"]);
    }

    #[test]
    fn sections_come_after_those_above_and_circles_end() {
        let category = |slug: &str, parent: &str| {
            Entry::Category(Category {
                nicename: slug.into(),
                parent: parent.into(),
                name: format!("{slug} name"),
                ..Category::default()
            })
        };
        let site =
            site(&[category("c", "b"), category("b", "a"), category("a", ""), category("x", "y"), category("y", "x")]);
        let paths: Vec<String> = (site.terms().sections.iter())
            .map(|term| format!("{}/{}", term.parent.as_deref().unwrap_or_default(), term.slug))
            .collect();
        assert_eq!(paths, ["/a", "/x", "/y", "a/b", "a/b/c"].map(String::from));
    }

    #[test]
    fn comments_keep_their_state_and_answers_come_last() {
        let comment = |id: u64, parent: u64, approved: &str, hour: u8| Comment {
            id: Some(id),
            parent,
            approved: approved.into(),
            author: "قارئ".into(),
            content: "رأي".into(),
            date_gmt: Date::parse(format!("2020-05-11 {hour:02}:00:00")),
            ..Comment::default()
        };
        let item = post(7, |item| {
            item.comments = vec![
                comment(3, 2, "1", 8),
                comment(2, 0, "spam", 9),
                comment(4, 0, "0", 7),
                Comment { kind: "pingback".into(), ..comment(5, 0, "1", 6) },
            ];
        });
        let (incoming, oddities) = taken(&OldSite::default(), &item);
        let found: Vec<(&str, CommentStatus)> = (incoming.comments.iter())
            .map(|comment| (comment.guid.rsplit('-').next().unwrap_or_default(), comment.status))
            .collect();
        assert_eq!(found, [("4", CommentStatus::Held), ("2", CommentStatus::Spam), ("3", CommentStatus::Published)]);
        assert_eq!(oddities, ["comment"]);
    }

    #[test]
    fn addresses_of_files_are_changed_wherever_they_stand() {
        let attachment = post(14, |item| {
            item.post_type = "attachment".into();
            item.attachment_url = Some("https://old.example/wp-content/uploads/2019/%D8%B3.jpg".into());
        });
        let channel = Channel { base_blog_url: "https://old.example".into(), ..Channel::default() };
        let mut site = site(&[Entry::Channel(Box::new(channel)), Entry::Item(Box::new(attachment))]);
        let upload = site.uploads()[0].clone();
        assert_eq!(upload.path, "2019/س.jpg");
        site.has_come(&upload, MediaId(1), "/media/x.jpg".into());
        let mut oddities = Vec::new();
        let mut check = |html: &str, expected: &str| assert_eq!(site.with_files(html, &mut oddities), expected);
        check("<img src=\"https://old.example/wp-content/uploads/2019/س-300x200.jpg\">", "<img src=\"/media/x.jpg\">");
        check("<a href='/wp-content/uploads/2019/%d8%b3.jpg'>س</a>", "<a href='/media/x.jpg'>س</a>");
        check(
            "<img src=\"http://other.example/wp-content/uploads/2019/س.jpg\">",
            "<img src=\"http://other.example/wp-content/uploads/2019/س.jpg\">",
        );
        check("لا شيء", "لا شيء");
        assert!(oddities.is_empty());
        site.with_files("/wp-content/uploads/a.pdf /wp-content/uploads/a.pdf", &mut oddities);
        assert_eq!(oddities.len(), 1);
    }

    #[test]
    fn what_has_no_place_says_why() {
        let refusal = |post_type: &str| match OldSite::default().take(
            1,
            &post(7, |item| item.post_type = post_type.into()),
            &TimeZone::UTC,
        ) {
            Taken::Refused { kind, oddity, .. } => (kind, oddity.0),
            Taken::Article { .. } => ("taken", ""),
        };
        assert_eq!(refusal("attachment"), ("attachment", "media"));
        assert_eq!(refusal("nav_menu_item"), ("menu-item", "menu"));
        assert_eq!(refusal("product"), ("other", "post-type"));
        assert_eq!(refusal("page"), ("taken", ""));
    }
}
