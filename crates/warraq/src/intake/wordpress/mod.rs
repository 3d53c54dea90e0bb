//! What did a WordPress site hold, and what becomes of each thing here?
//!
//! An export is read twice: first to learn what things refer to (authors, categories, pictures by number, the pattern of
//! the addresses), then item by item. Nothing is dropped in silence: what has no place here is [`Taken::Refused`] with
//! the reason, and what was not public there does not become public here.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wordpress::library::{Attachment, Library};
use wordpress::wxr::{self, Category, Channel, Date, Entry, Item, Offsets};
use wordpress::{addresses, fields, text};

mod comments;
mod files;
mod item;
pub mod own;
mod people;
mod plugin_terms;
mod relations;
#[cfg(test)]
mod tests;

pub use files::{Files, Upload};
pub use item::{Keepsakes, Oddity, Taken, keepsake};
pub use people::People;

use crate::news::section::NewTerm;
use plugin_terms::PluginTerms;
use relations::{Sticky, Translations};

/// The taxonomy of the form of a post: a video, a picture, an aside.
const FORMATS: &str = "post_format";
/// Categories are nested no deeper than this.
const DEPTH: usize = 50;
/// What is known of the old site before its items are read.
#[derive(Default)]
pub struct OldSite {
    /// Its title, language, address.
    pub channel: Channel,
    /// Where it answered.
    pub addresses: addresses::Site,
    /// What was uploaded.
    pub files: Files,
    /// Who wrote.
    pub people: People,
    categories: BTreeMap<String, Category>,
    /// In the order of the file.
    category_order: Vec<String>,
    tags: Vec<NewTerm>,
    plugin_terms: PluginTerms,
    sticky: Sticky,
    translations: Translations,
    pictures: HashMap<u64, Attachment>,
    uploaded_for: HashMap<u64, Vec<u64>>,
    reusable: HashMap<u64, String>,
    offsets: Offsets,
    /// To whom a name that is meant to be unique belongs: the first item that has it.
    guids: HashMap<String, Option<u64>>,
    /// By what the items are known here, by their numbers there.
    names: HashMap<u64, String>,
    /// Slugs that posts and pages have now.
    slugs: HashSet<String>,
}

impl OldSite {
    /// Learns what later items refer to. To be called with every entry, before [`OldSite::take`].
    pub fn learn(&mut self, line: usize, entry: &Entry) {
        self.addresses.add(entry);
        match entry {
            Entry::Channel(channel) => {
                self.channel = (**channel).clone();
                self.files.learn_host([&channel.base_blog_url, &channel.link]);
            }
            Entry::Author(author) => self.people.learn(author),
            Entry::Category(category) => self.learn_category(category.clone()),
            Entry::Tag(tag) => self.learn_tag(&tag.slug, &tag.name, &tag.description),
            Entry::Term(term) if term.taxonomy == "category" => self.learn_category(Category {
                id: term.id,
                nicename: term.slug.clone(),
                parent: term.parent.clone(),
                name: term.name.clone(),
                description: term.description.clone(),
                meta: Vec::new(),
            }),
            Entry::Term(term) if term.taxonomy == "post_tag" => {
                self.learn_tag(&term.slug, &term.name, &term.description);
            }
            Entry::Term(term) if term.taxonomy == "post_translations" => {
                let ids: Vec<u64> = fields::translations(&term.description).into_iter().map(|(_, id)| id).collect();
                self.translations.add_group(&ids);
            }
            Entry::Term(term) if term.taxonomy == own::BIOGRAPHY => {
                self.people.learn_biography(&term.slug, &term.description);
            }
            Entry::Term(term) if term.taxonomy == FORMATS => {}
            Entry::Term(term) => {
                self.plugin_terms.learn(&term.taxonomy, &term.slug, &term.name, &term.description);
            }
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

    fn learn_tag(&mut self, slug: &str, name: &str, description: &str) {
        let (slug, name, description) = (self::slug(slug), plain(name), plain(description));
        self.plugin_terms.learn_tag(&slug, &name);
        self.tags.push(NewTerm { slug, name, description, parent: None });
    }

    /// Terms that stand at an item alone: older exports say nothing else of those of plugins.
    fn learn_filed(&mut self, item: &Item) {
        for term in item.distinct_terms() {
            match term.domain.as_str() {
                "category" | FORMATS => {}
                "post_tag" => self.plugin_terms.learn_tag(&slug(&term.nicename), &plain(&term.name)),
                other => self.plugin_terms.learn(other, &term.nicename, &term.name, ""),
            }
        }
    }

    fn learn_item(&mut self, line: usize, item: &Item) {
        self.offsets.add(&item.post_date, &item.post_date_gmt);
        if matches!(item.post_type.as_str(), "post" | "page") {
            self.learn_filed(item);
            self.guids.entry(guid(item)).or_insert(item.post_id);
            self.slugs.insert(slug(&item.post_name));
            if let Some(id) = item.post_id {
                let name = self.own_guid(item, &mut Vec::new());
                self.names.insert(id, name);
                self.translations.comes(id);
                if item.is_sticky && item.status == "publish" {
                    self.sticky.add(id, item.post_date.text());
                }
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
                self.files.learn(Upload {
                    line,
                    id,
                    path: files::upload_path(item),
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

    /// The slug of the tag that a term of a plugin's taxonomy is here.
    #[must_use]
    pub fn tag_of(&self, taxonomy: &str, nicename: &str) -> Option<String> {
        self.plugin_terms.tag(taxonomy, nicename).map(|tag| tag.slug)
    }

    /// How many terms of each taxonomy of a plugin are tags here.
    #[must_use]
    pub fn plugin_taxonomies(&self) -> BTreeMap<&str, usize> {
        self.plugin_terms.census()
    }

    /// By what an item is known here; for an attachment that did not come in, the item that it belongs to.
    #[must_use]
    pub fn name_of(&self, id: u64) -> Option<&str> {
        let owner = || self.files.upload(id).map(|upload| upload.parent);
        self.names.get(&id).or_else(|| self.names.get(&owner()?)).map(String::as_str)
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

    /// Categories with their parents before them, tags, authors: as they are made here.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let (mut sections, mut made) = (Vec::new(), HashSet::new());
        for slug in &self.category_order {
            let term = self.section(slug, "");
            let above: Vec<&str> = term.parent.iter().flat_map(|path| path.split('/')).collect();
            for slug in above.into_iter().chain([slug.as_str()]) {
                if made.insert(slug.to_owned()) {
                    sections.push(self.section(slug, ""));
                }
            }
        }
        let mut seen = HashSet::new();
        Terms {
            sections,
            tags: self
                .tags
                .iter()
                .cloned()
                .chain(self.plugin_terms.tags())
                .filter(|tag| seen.insert(tag.slug.clone()))
                .collect(),
            people: self.people.terms(),
        }
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

    /// The name of the article that an item translates: the first of its group in the export.
    fn translation_of(&self, item: &Item) -> Option<String> {
        let id = item.post_id?;
        let first = self.translations.first_beside(id)?;
        self.names.get(&first).cloned()
    }

    /// UTC when the export has it; otherwise the clock of the old site, and failing that the one here.
    fn moment(&self, local: &Date, utc: &Date, zone: &TimeZone) -> Option<Timestamp> {
        if let Some(utc) = utc.civil() {
            return utc.to_zoned(TimeZone::UTC).ok().map(|utc| utc.timestamp());
        }
        let zone = self.offsets.usual().map_or_else(|| zone.clone(), TimeZone::fixed);
        local.civil()?.to_zoned(zone).ok().map(|local| local.timestamp())
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
        let known = self.categories.get(slug);
        NewTerm {
            slug: slug.to_owned(),
            name: known.map_or_else(|| name.to_owned(), |category| plain(&category.name)),
            description: known.map(|category| plain(&category.description)).unwrap_or_default(),
            parent: (!way.is_empty()).then(|| way.join("/")),
        }
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

/// By what an item is known for ever.
fn guid(item: &Item) -> String {
    match item.guid.trim() {
        "" if item.link.is_empty() => format!("urn:wordpress:post:{}", item.post_id.unwrap_or_default()),
        "" => item.link.clone(),
        guid => guid.to_owned(),
    }
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
