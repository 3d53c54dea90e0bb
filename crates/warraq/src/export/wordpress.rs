//! How would WordPress say it? The publication as an export that WordPress imports, and that we take back without loss.
//!
//! What WordPress has no words for goes into a custom field ([`crate::intake::wordpress::own`]).

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use wordpress::slugs::percent_encode;
use wordpress::wxr::{Author, Category, Channel, Comment, Date, Entry, Filed, Item, Meta, Tag, Term};

use crate::intake::wordpress::own::{self, Own, untouched};
use crate::news::ArticleId;
use crate::news::article::{Form, Status};
use crate::news::comment;
use crate::news::holding::{HeldComment, Holding};
use crate::news::media::Media;
use crate::news::people::Person;
use crate::news::permalink::Facts;
use crate::news::section::{self, Section};
use crate::news::site::Site;

/// What stands around the articles.
#[derive(Debug, Default)]
pub struct Around {
    /// In the order of the navigation.
    pub sections: Vec<Section>,
    /// In order of number.
    pub tags: Vec<section::Tag>,
    /// In order of number.
    pub people: Vec<Person>,
    /// Languages and numbers of articles that are translations of each other.
    pub translations: HashMap<i64, Vec<(String, ArticleId)>>,
    /// The highest number of an article: pictures are numbered after it.
    pub last_article: i64,
}

/// Writes entries for one publication.
pub struct Exporter {
    site: Site,
    around: Around,
    /// The slugs of sections by their paths. WordPress knows a category by its slug alone.
    nicenames: HashMap<String, String>,
}

impl Exporter {
    /// For a publication.
    #[must_use]
    pub fn new(site: Site, around: Around) -> Self {
        let mut times: HashMap<&str, usize> = HashMap::new();
        for section in &around.sections {
            *times.entry(section.slug.as_str()).or_default() += 1;
        }
        let nicename = |section: &Section| match times.get(section.slug.as_str()) {
            Some(1) => section.slug.clone(),
            _ => section.path.replace('/', "-"),
        };
        let nicenames = around.sections.iter().map(|section| (section.path.clone(), nicename(section))).collect();
        Self { site, around, nicenames }
    }

    /// The publication, its people, sections and tags, in the order of WordPress.
    #[must_use]
    pub fn head(&self) -> Vec<Entry> {
        let base = self.site.base_url.as_str().to_owned();
        let mut entries = vec![Entry::Channel(Box::new(Channel {
            title: self.site.title.clone(),
            link: base.clone(),
            description: self.site.tagline.clone(),
            language: self.site.language.as_str().to_owned(),
            version: "1.2".into(),
            base_site_url: base.clone(),
            base_blog_url: base,
            ..Channel::default()
        }))];
        let mut number = 0..;
        let mut next = || number.next();
        let mut people = self.around.people.iter().zip(1..);
        entries.extend(people.by_ref().map(|(person, id)| {
            let (login, display_name) = (person.slug.clone(), person.name.clone());
            Entry::Author(Author { id: Some(id), login, display_name, ..Author::default() })
        }));
        next();
        entries.extend(self.around.sections.iter().map(|section| {
            let parent = section.path.rsplit_once('/').and_then(|(parent, _)| self.nicenames.get(parent));
            Entry::Category(Category {
                id: next(),
                nicename: encoded(&self.nicenames[&section.path]),
                parent: parent.map(|parent| encoded(parent)).unwrap_or_default(),
                name: section.name.clone(),
                description: section.description.clone(),
                ..Category::default()
            })
        }));
        entries.extend(self.around.tags.iter().map(|tag| {
            Entry::Tag(Tag {
                id: next(),
                slug: encoded(&tag.slug),
                name: tag.name.clone(),
                description: tag.description.clone(),
                ..Tag::default()
            })
        }));
        let term = |taxonomy: &str, slug: String, name: &str, description: String, id| {
            let (taxonomy, name) = (taxonomy.to_owned(), name.to_owned());
            Entry::Term(Term { id, taxonomy, slug, name, description, ..Term::default() })
        };
        let told = self.around.people.iter().filter(|person| !person.bio.is_empty());
        entries.extend(
            told.map(|person| term(own::BIOGRAPHY, person.slug.clone(), &person.name, person.bio.clone(), next())),
        );
        let mut groups: Vec<&Vec<(String, ArticleId)>> = self.around.translations.values().collect();
        groups.sort_by_key(|group| group.first().map(|(_, id)| *id));
        entries.extend(groups.into_iter().filter_map(|group| {
            let name = group_name(group)?;
            let map: String =
                group.iter().map(|(language, id)| format!("s:{}:\"{language}\";i:{};", language.len(), id.0)).collect();
            let map = format!("a:{}:{{{map}}}", group.len());
            Some(term("post_translations", name.clone(), &name, map, next()))
        }));
        entries
    }

    /// An article or page.
    #[must_use]
    pub fn item(&self, holding: &Holding) -> Entry {
        let at = match holding.status {
            Status::Scheduled => holding.scheduled_at,
            _ => holding.published_at,
        };
        let date = at.unwrap_or(holding.updated_at);
        let is_out = matches!(holding.status, Status::Published | Status::Withdrawn);
        let link = if is_out { self.path(holding, date) } else { format!("/?p={}", holding.id) };
        let image =
            holding.lead.as_ref().map(|(media, _)| field("_thumbnail_id", &self.picture_number(media).to_string()));
        let old_slugs = holding.old_slugs.iter().map(|slug| field("_wp_old_slug", &encoded(slug)));
        let own = serde_json::to_string(&self.own(holding)).unwrap_or_default();
        Entry::Item(Box::new(Item {
            title: holding.headline.clone(),
            link: self.site.base_url.join(&link),
            pub_date: rfc_2822(date),
            creator: holding.bylines.first().map(|byline| byline.person.slug.clone()).unwrap_or_default(),
            guid: holding.guid.clone(),
            content: self.content(holding),
            excerpt: escaped(&holding.standfirst),
            post_id: u64::try_from(holding.id.0).ok(),
            post_date: local(date, &self.site.time_zone),
            post_date_gmt: at.map_or_else(no_date, utc),
            post_modified: local(holding.updated_at, &self.site.time_zone),
            post_modified_gmt: utc(holding.updated_at),
            comment_status: if holding.comments_open { "open" } else { "closed" }.into(),
            ping_status: "closed".into(),
            post_name: encoded(&holding.slug),
            status: match holding.status {
                Status::Published => "publish",
                Status::Scheduled => "future",
                Status::Draft => "draft",
                Status::Withdrawn => "trash",
            }
            .into(),
            post_type: if holding.form == Form::Page { "page" } else { "post" }.into(),
            is_sticky: holding.slot.is_some(),
            terms: self.terms(holding),
            meta: [field(own::FIELD, &own)]
                .into_iter()
                .chain(self.seo(holding))
                .chain(image)
                .chain(old_slugs)
                .collect(),
            comments: holding.comments.iter().map(|comment| self.comment(comment)).collect(),
            ..Item::default()
        }))
    }

    /// A picture of the media folder.
    #[must_use]
    pub fn picture(&self, media: &Media) -> Entry {
        let url = self.site.base_url.join(&media.address());
        let credit = format!("a:1:{{s:6:\"credit\";s:{}:\"{}\";}}", media.credit.len(), media.credit);
        let metadata = format!(
            "a:4:{{s:5:\"width\";i:{};s:6:\"height\";i:{};s:4:\"file\";s:{}:\"{}\";s:10:\"image_meta\";{credit}}}",
            media.width,
            media.height,
            media.file.len(),
            media.file
        );
        Entry::Item(Box::new(Item {
            title: media.file.clone(),
            link: url.clone(),
            guid: url.clone(),
            post_id: u64::try_from(self.picture_number(media)).ok(),
            post_date_gmt: no_date(),
            comment_status: "closed".into(),
            ping_status: "closed".into(),
            post_name: format!("media-{}", media.id),
            status: "inherit".into(),
            post_type: "attachment".into(),
            attachment_url: Some(url),
            meta: vec![
                field("_wp_attached_file", &media.file),
                field("_wp_attachment_image_alt", &media.alt),
                field("_wp_attachment_metadata", &metadata),
            ],
            ..Item::default()
        }))
    }

    fn picture_number(&self, media: &Media) -> i64 {
        self.around.last_article + media.id.0
    }

    fn path(&self, holding: &Holding, date: Timestamp) -> String {
        if holding.form == Form::Page {
            return format!("/{}/", encoded(&holding.slug));
        }
        let path = self.site.permalink.path(&Facts {
            id: holding.id.0,
            slug: &holding.slug,
            day: self.site.day_of(date),
            section: holding.sections.first().map(String::as_str),
            author: holding.bylines.first().map(|byline| byline.person.slug.as_str()),
        });
        path.split('/').map(encoded).collect::<Vec<_>>().join("/")
    }

    /// Readers of WordPress see the text as it is here: no filter finds anything to change in it.
    fn content(&self, holding: &Holding) -> String {
        let here = format!("=\"{}/media/", self.site.base_url.as_str());
        let html = holding.body.as_str().replace("=\"/media/", &here);
        format!("<!-- wp:html -->\n{}\n<!-- /wp:html -->", untouched(&html))
    }

    fn own(&self, holding: &Holding) -> Own {
        let lead = holding.lead.as_ref().map(|(_, words)| words.clone()).unwrap_or_default();
        Own {
            kind: Some(holding.kind),
            kicker: holding.kicker.clone(),
            source: holding.source.clone(),
            roles: holding.bylines.iter().map(|byline| byline.role).collect(),
            corrections: holding.corrections.iter().map(Into::into).collect(),
            lead: [lead.alt, lead.caption, lead.credit],
            withdrawn: (holding.status == Status::Withdrawn).then(|| holding.withdrawn_reason.clone()),
            preview: holding.preview.clone(),
            slot: holding.slot,
            sections: holding.sections.clone(),
        }
    }

    /// What Yoast SEO reads.
    fn seo(&self, holding: &Holding) -> impl Iterator<Item = Meta> {
        let preview = &holding.preview;
        let hidden = if preview.is_hidden { "1" } else { "" };
        [
            field("_yoast_wpseo_title", &preview.title),
            field("_yoast_wpseo_metadesc", &preview.description),
            field("_yoast_wpseo_meta-robots-noindex", hidden),
        ]
        .into_iter()
        .filter(|field| !field.value.is_empty())
    }

    fn terms(&self, holding: &Holding) -> Vec<Filed> {
        let filed = |domain: &str, nicename: String, name: &str| Filed {
            domain: domain.into(),
            nicename,
            name: name.to_owned(),
        };
        let names: HashMap<&str, &str> =
            self.around.sections.iter().map(|section| (section.path.as_str(), section.name.as_str())).collect();
        let section = |path: &String| {
            let nicename = self.nicenames.get(path).map(|nicename| encoded(nicename)).unwrap_or_default();
            filed("category", nicename, names.get(path.as_str()).copied().unwrap_or_default())
        };
        let mut terms: Vec<Filed> = holding.sections.iter().map(section).collect();
        terms.extend(holding.tags.iter().map(|tag| filed("post_tag", encoded(&tag.slug), &tag.name)));
        if holding.bylines.len() > 1 {
            let people = holding.bylines.iter().map(|byline| &byline.person);
            terms.extend(people.map(|person| filed("author", format!("cap-{}", encoded(&person.slug)), &person.name)));
        }
        let language = holding.language.as_str();
        if language != self.site.language.as_str() || holding.translation_group.is_some() {
            terms.push(filed("language", language.to_owned(), language));
        }
        let group = holding.translation_group.and_then(|group| self.around.translations.get(&group));
        if let Some(name) = group.and_then(|group| group_name(group)) {
            terms.push(filed("post_translations", name.clone(), &name));
        }
        terms
    }

    fn comment(&self, comment: &HeldComment) -> Comment {
        Comment {
            id: u64::try_from(comment.id.0).ok(),
            author: escaped(&comment.author),
            url: comment.url.clone(),
            date: local(comment.at, &self.site.time_zone),
            date_gmt: utc(comment.at),
            content: escaped(&comment.text),
            approved: match comment.status {
                comment::Status::Published => "1",
                comment::Status::Held => "0",
                comment::Status::Spam => "spam",
                comment::Status::Hidden => "trash",
            }
            .into(),
            kind: "comment".into(),
            parent: comment.parent.and_then(|parent| u64::try_from(parent.0).ok()).unwrap_or_default(),
            ..Comment::default()
        }
    }
}

/// A group of translations is named after its first article.
fn group_name(group: &[(String, ArticleId)]) -> Option<String> {
    group.first().filter(|_| group.len() > 1).map(|(_, id)| format!("pll_{id}"))
}

fn field(key: &str, value: &str) -> Meta {
    Meta { key: key.to_owned(), value: value.to_owned() }
}

fn encoded(slug: &str) -> String {
    percent_encode(slug, usize::MAX)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn rfc_2822(at: Timestamp) -> String {
    jiff::fmt::rfc2822::to_string(&at.to_zoned(TimeZone::UTC)).unwrap_or_default()
}

fn local(at: Timestamp, zone: &TimeZone) -> Date {
    Date::parse(at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

fn utc(at: Timestamp) -> Date {
    local(at, &TimeZone::UTC)
}

/// How WordPress writes that there is no date.
fn no_date() -> Date {
    Date::parse("0000-00-00 00:00:00")
}
