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
use crate::news::article::{Draft, Form};
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
    pub fn learn(&mut self, entry: &Entry) {
        self.addresses.add(entry);
        match entry {
            Entry::Channel(channel) => self.channel = (**channel).clone(),
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
            Entry::Item(item) => self.learn_item(item),
        }
    }

    fn learn_category(&mut self, category: Category) {
        let slug = slug(&category.nicename);
        if !self.categories.contains_key(&slug) {
            self.category_order.push(slug.clone());
            self.categories.insert(slug, category);
        }
    }

    fn learn_item(&mut self, item: &Item) {
        self.offsets.add(&item.post_date, &item.post_date_gmt);
        if matches!(item.post_type.as_str(), "post" | "page") {
            self.guids.entry(guid(item)).or_insert(item.post_id);
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
        let draft = Draft {
            form,
            language: fields::language(&item.terms).and_then(|tag| Language::parse(tag).ok()),
            slug: slug(&item.post_name),
            headline,
            standfirst: text::strip_all_tags(&item.excerpt, true).trim().to_owned(),
            body: rendered.pages.join("\n"),
            comments_open: item.comment_status == "open",
            ..Draft::default()
        };
        if let Some(picture) = fields::thumbnail_id(&item.meta).and_then(|id| self.pictures.get(&id)) {
            oddities
                .push(("picture", format!("its picture {} was not taken: pictures do not come in yet", picture.url)));
        }
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
            sections,
            tags,
            bylines: self.bylines(item),
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
            "draft" | "auto-draft" | "pending" => None,
            "future" => {
                oddities.push((
                    "scheduled",
                    format!("it was to go out on {} there; it was kept as a draft", item.post_date.text()),
                ));
                None
            }
            other => {
                oddities.push(("not-public", format!("its status was «{other}», not public; it was kept as a draft")));
                None
            }
        }
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
        "attachment" => ("attachment", "media", "pictures and files do not come in yet".to_owned()),
        "nav_menu_item" => ("menu-item", "menu", "menus are made of sections and pages here".to_owned()),
        "revision" => ("revision", "revision", "earlier versions do not come in yet".to_owned()),
        other => ("other", "post-type", format!("there is no place here for things of the type «{other}»")),
    };
    let name = if item.title.is_empty() { guid(item) } else { plain(&item.title) };
    Taken::Refused { kind, name, oddity: (code, reason) }
}

fn person(slug: &str, name: &str) -> NewTerm {
    NewTerm { slug: wxr::read_slug(slug).text, name: plain(name), parent: None }
}

/// As our own addresses have it, so that paths of parents fit.
fn slug(raw: &str) -> String {
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
        entries.iter().for_each(|entry| site.learn(entry));
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
        check_private(|item| item.status = "future".into(), "scheduled");
        check_private(|item| item.post_password = "x".into(), "password");
        let no_date =
            |item: &mut Item| (item.post_date, item.post_date_gmt) = (Date::parse("0000-00-00"), Date::parse(""));
        check_private(no_date, "no-date");
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
