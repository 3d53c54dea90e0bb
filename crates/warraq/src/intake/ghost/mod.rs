//! What did a Ghost site hold, and what becomes of each thing here?
//!
//! Ghost exports a site as one JSON file: its tables with their rows, since version 1 in the same shape, with more columns
//! later. Rows are read field by field, because old versions write numbers where new ones write texts, and what a row
//! lacks is empty. Nothing is dropped in silence, and what not everybody could read there is public nowhere here.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use wordpress::{text, uploads, wxr};

mod cards;
#[cfg(test)]
mod tests;

use crate::identity::names_address;
use crate::intake::wordpress::{Oddity, Terms};
use crate::news::MediaId;
use crate::news::article::{Draft, Form, Lead, Preview};
use crate::news::incoming::{FILE_FOLDERS, Incoming, MissingFile, MissingLead, Original, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;

/// What stands for the address of the site in newer exports.
const SITE: &str = "__GHOST_URL__";
/// Places on the front that are filled by hand.
const PLACES: usize = 5;
/// Words of the text that stand in for a headline that is missing.
const HEADLINE_WORDS: usize = 12;

/// Tables that hold something of the editors or readers and that are not taken.
const LEFT_OUT: &[&str] = &[
    "comments",
    "members",
    "newsletters",
    "offers",
    "post_revisions",
    "mobiledoc_revisions",
    "snippets",
    "collections",
    "recommendations",
];

/// The file is no export of Ghost.
#[derive(Debug, thiserror::Error)]
pub enum GhostError {
    /// It is no JSON.
    #[error("it is no JSON ({0}); in Ghost: Settings, Import/Export (or Labs), Export content")]
    Json(String),
    /// It has no articles in the place where Ghost writes them.
    #[error("it holds no table «posts»; in Ghost: Settings, Import/Export (or Labs), Export content")]
    NoPosts,
}

/// A row of the table of articles that is none: where it stands, its name, why.
pub type Refused = (usize, String, String);

/// Where something of the old site is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The article of this name.
    Article(String),
    /// A tag there, by its slug here.
    Tag(String),
    /// A tag there that is a section here, by its slug.
    Section(String),
    /// Somebody.
    Author(NewTerm),
    /// The feed of everything.
    Feed,
    /// The feed of a list.
    FeedOf(Box<Target>),
    /// A file, by its address here.
    File(String),
}

/// A file that articles show or name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldFile {
    /// Its address: whole, unless nobody knows that of the site.
    pub url: String,
    /// What it shows, where it stands on top of an article.
    pub alt: String,
}

/// A whole site as Ghost exported it.
#[derive(Debug, Default)]
pub struct OldSite {
    /// Scheme and host, with the folder that it may lie in; empty where nobody knows.
    origin: String,
    /// The form of its addresses in WordPress's words.
    pub permalink: String,
    posts: Vec<Post>,
    /// What is none.
    pub refused: Vec<Refused>,
    /// Tags for editors alone, which do not come in.
    pub internal_tags: Vec<String>,
    /// What was odd about the site.
    pub oddities: Vec<Oddity>,
    tags: HashMap<String, Named>,
    tag_order: Vec<String>,
    people: HashMap<String, Named>,
    people_order: Vec<String>,
    tags_of: HashMap<String, Vec<String>>,
    authors_of: HashMap<String, Vec<String>>,
    /// The names of articles that stood on top, newest first.
    featured: Vec<String>,
    /// Where files are now: number, if it is a picture, and address.
    here: HashMap<String, (Option<MediaId>, String)>,
}

/// An article or page of the old site.
#[derive(Debug)]
pub struct Post {
    line: usize,
    id: String,
    guid: String,
    row: Value,
}

/// A tag or a person.
#[derive(Debug)]
struct Named {
    term: NewTerm,
    /// The slug that it had there.
    slug: String,
    /// A tag to which the menu of the site leads.
    is_section: bool,
}

impl Named {
    fn new(row: &Value, term: NewTerm, is_section: bool) -> Self {
        Self { term, slug: field(row, "slug"), is_section }
    }

    /// Without a name there is nothing to show, without a letter no address.
    fn can_be_shown(&self) -> bool {
        let name = if self.term.slug.is_empty() { &self.term.name } else { &self.term.slug };
        !self.term.name.is_empty() && !arabic::slug::slug(name).is_empty()
    }
}

impl OldSite {
    /// Reads an export. `origin` is the address of the old site, where somebody says it.
    ///
    /// # Errors
    /// It is no export of Ghost.
    pub fn read(bytes: &[u8], origin: Option<&str>) -> Result<OldSite, GhostError> {
        let file: Value = serde_json::from_slice(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
            .map_err(|error| GhostError::Json(error.to_string()))?;
        let data = [&file["db"][0]["data"], &file["data"], &file].into_iter().find(|data| data["posts"].is_array());
        let data = data.ok_or(GhostError::NoPosts)?;
        let mut site = OldSite { permalink: permalink(data), ..OldSite::default() };
        site.origin = match origin {
            Some(origin) => origin.trim_end_matches('/').to_owned(),
            None => usual_origin(data),
        };
        site.learn_tags(data);
        site.learn_people(data);
        site.tags_of = pairs(data, "posts_tags", "tag_id");
        site.authors_of = pairs(data, "posts_authors", "author_id");
        site.learn_posts(data);
        site.tell_what_is_left_out(data);
        Ok(site)
    }

    fn learn_tags(&mut self, data: &Value) {
        let menu = menu(data);
        for row in rows(data, "tags") {
            let (id, name) = (field(row, "id"), plain(&field(row, "name")));
            let slug = arabic::slug::slug(&field(row, "slug"));
            if field(row, "visibility") == "internal" || name.starts_with('#') {
                self.internal_tags.push(name);
                continue;
            }
            let is_section = menu.contains(&slug);
            let term = NewTerm { slug, name, description: plain(&field(row, "description")), parent: None };
            self.tag_order.push(id.clone());
            self.tags.insert(id, Named::new(row, term, is_section));
        }
    }

    fn learn_people(&mut self, data: &Value) {
        for row in rows(data, "users") {
            let id = field(row, "id");
            let (name, slug) = (plain(&field(row, "name")), field(row, "slug"));
            let name = [name, slug.clone()].into_iter().find(|name| !name.is_empty() && !names_address(name));
            let slug = if names_address(&slug) { String::new() } else { arabic::slug::slug(&slug) };
            let description = plain(&field(row, "bio"));
            let term = NewTerm { slug, name: name.unwrap_or_default(), description, parent: None };
            self.people_order.push(id.clone());
            self.people.insert(id, Named::new(row, term, false));
        }
    }

    fn learn_posts(&mut self, data: &Value) {
        // What search engines and readers of links are told stood in the article itself before version 3.
        let meta: HashMap<String, &Value> = rows(data, "posts_meta").map(|row| (field(row, "post_id"), row)).collect();
        let mut seen = HashSet::new();
        let mut featured = Vec::new();
        for (place, row) in rows(data, "posts").enumerate() {
            let (line, id) = (place + 1, field(row, "id"));
            let name = || if field(row, "title").is_empty() { id.clone() } else { plain(&field(row, "title")) };
            if !row.is_object() || id.is_empty() && field(row, "uuid").is_empty() {
                self.refused.push((line, name(), "it has no number, so that it could not be known again".into()));
                continue;
            }
            let mut row = row.clone();
            if let (Some(more), Some(row)) = (meta.get(&id).and_then(|more| more.as_object()), row.as_object_mut()) {
                for (key, value) in
                    more.iter().filter(|(key, value)| *key != "id" && *key != "post_id" && !value.is_null())
                {
                    row.insert(key.clone(), value.clone());
                }
            }
            let post = Post { line, guid: guid(&row), id, row };
            if !seen.insert(post.guid.clone()) {
                self.refused.push((line, post.name(), "another article of the file has the same number".into()));
                continue;
            }
            if is_true(&post.row["featured"])
                && post.form() == Form::Article
                && let Visibility::Public(Some(at)) = post.visibility(&mut Vec::new())
            {
                featured.push((at, post.guid.clone()));
            }
            self.posts.push(post);
        }
        featured.sort_by(|a, b| b.cmp(a));
        self.featured = featured.into_iter().take(PLACES).map(|(_, guid)| guid).collect();
    }

    fn tell_what_is_left_out(&mut self, data: &Value) {
        let tables: Vec<String> = LEFT_OUT
            .iter()
            .map(|table| (table, rows(data, table).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(table, count)| format!("{table} ({count})"))
            .collect();
        if !tables.is_empty() {
            self.oddities
                .push(("left-out", format!("the export also holds {}; none of it comes in", tables.join(", "))));
        }
        let has_code = |row: &&Value| {
            let name = field(row, "key");
            ["ghost_head", "ghost_foot", "codeinjection_head", "codeinjection_foot"].contains(&name.as_str())
                && !field(row, "value").trim().is_empty()
        };
        if rows(data, "settings").any(|row| has_code(&row)) {
            self.oddities.push(("code", "code that was added to all pages of the old site was left out".into()));
        }
    }

    /// Sections, tags and people, also those under which nothing stands.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let tags = || self.tag_order.iter().filter_map(|id| self.tags.get(id)).filter(|tag| tag.can_be_shown());
        let people = self.people_order.iter().filter_map(|id| self.people.get(id));
        Terms {
            sections: tags().filter(|tag| tag.is_section).map(|tag| tag.term.clone()).collect(),
            tags: tags().filter(|tag| !tag.is_section).map(|tag| tag.term.clone()).collect(),
            people: people.filter(|person| person.can_be_shown()).map(|person| person.term.clone()).collect(),
        }
    }

    /// Articles and pages, in the order of the file.
    #[must_use]
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// Files of the old site that articles show or name, and the pictures on top of them; each once.
    #[must_use]
    pub fn files(&self) -> Vec<OldFile> {
        let (mut files, mut seen) = (Vec::new(), HashSet::new());
        for post in &self.posts {
            let picture = self.whole(&field(&post.row, "feature_image"));
            if !picture.is_empty() && seen.insert(picture.clone()) {
                files.push(OldFile { url: picture, alt: plain(&field(&post.row, "feature_image_alt")) });
            }
            uploads::replace_in(&self.body(post, &mut Vec::new()), &FILE_FOLDERS, self.host(), |url| {
                let url = self.whole(url);
                if seen.insert(url.clone()) {
                    files.push(OldFile { url, alt: String::new() });
                }
                None
            });
        }
        files
    }

    /// A file came in: it is at this address now; `picture` is its number, if it is one.
    pub fn has_come(&mut self, url: &str, picture: Option<MediaId>, address: String) {
        self.here.insert(url.to_owned(), (picture, address));
    }

    /// What an article becomes, and what was odd about it.
    #[must_use]
    pub fn take(&self, post: &Post) -> (Incoming, Vec<Oddity>) {
        let mut oddities = Vec::new();
        let row = &post.row;
        let visibility = post.visibility(&mut oddities);
        let mut missing = Vec::new();
        let body = self.body(post, &mut oddities);
        let headline = headline(row, &body, &mut oddities);
        let lead = self.lead(row, &mut missing, &mut oddities);
        let (sections, tags) = self.filed(post);
        let draft = Draft {
            form: post.form(),
            lead,
            language: Language::parse(&field(row, "locale")).ok(),
            slug: arabic::slug::slug(&field(row, "slug")),
            headline,
            standfirst: in_one_line(&field(row, "custom_excerpt")),
            body: self.with_files(&body, &mut missing, &mut oddities),
            preview: self.preview(row, &mut oddities),
            ..Draft::default()
        };
        if ["codeinjection_head", "codeinjection_foot"].iter().any(|key| !field(row, key).trim().is_empty()) {
            oddities.push(("code", "code that was added to its page was left out".into()));
        }
        let kind = if draft.form == Form::Page { "ghost-page" } else { "ghost-post" };
        let slot = self.featured.iter().position(|guid| *guid == post.guid);
        let incoming = Incoming {
            line: post.line,
            visibility,
            updated: moment(&row["updated_at"]),
            sections,
            tags,
            bylines: self.bylines(post, &mut oddities),
            slot: slot.and_then(|place| i64::try_from(place + 1).ok()),
            missing,
            original: Some(Original { kind: kind.into(), content: row.to_string() }),
            ..Incoming::of(post.guid.clone(), draft)
        };
        (incoming, oddities)
    }

    /// Tags in the order of the article; those to which the menu of the site leads are sections.
    fn filed(&self, post: &Post) -> (Vec<NewTerm>, Vec<NewTerm>) {
        let tags = self.tags_of.get(&post.id).into_iter().flatten().filter_map(|id| self.tags.get(id));
        let (sections, tags): (Vec<&Named>, Vec<&Named>) =
            tags.filter(|tag| tag.can_be_shown()).partition(|tag| tag.is_section);
        let terms = |tags: Vec<&Named>| tags.into_iter().map(|tag| tag.term.clone()).collect();
        (terms(sections), terms(tags))
    }

    fn bylines(&self, post: &Post, oddities: &mut Vec<Oddity>) -> Vec<(NewTerm, BylineRole)> {
        let single = vec![field(&post.row, "author_id")];
        let authors = self.authors_of.get(&post.id).unwrap_or(&single);
        let known: Vec<&Named> = authors.iter().filter_map(|id| self.people.get(id)).collect();
        if known.iter().any(|person| !person.can_be_shown()) {
            let says = "its author is known by an e-mail address only, which readers do not see: no byline";
            oddities.push(("name-is-address", says.into()));
        }
        let named = known.into_iter().filter(|person| person.can_be_shown());
        named.map(|person| (person.term.clone(), BylineRole::Writer)).collect()
    }

    /// The text as HTML, with whole addresses.
    fn body(&self, post: &Post, oddities: &mut Vec<Oddity>) -> String {
        let row = &post.row;
        let html = field(row, "html");
        if !html.trim().is_empty() {
            return self.at_home(&without_frames(&html, oddities));
        }
        let read = |key: &str, read: fn(&str) -> Option<cards::Made>| read(&field(row, key));
        let made = read("lexical", cards::from_lexical).map(|made| ("Lexical", made));
        let made = made.or_else(|| Some(("Mobiledoc", read("mobiledoc", cards::from_mobiledoc)?)));
        if let Some((key, made)) = made.filter(|(_, made)| !made.html.is_empty()) {
            oddities.push(("body", format!("the export has no HTML of it; its text was made from the editor's {key}")));
            if !made.left_out.is_empty() {
                let names: Vec<String> = made.left_out.into_iter().collect();
                oddities.push(("body", format!("left out, because only Ghost can show it: {}", names.join(", "))));
            }
            return self.at_home(&without_frames(&made.html, oddities));
        }
        let plain = field(row, "plaintext");
        let paragraphs: String = plain
            .split('\n')
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(|line| format!("<p>{}</p>", cards::escaped(line)))
            .collect();
        let says = if paragraphs.is_empty() { "it has no text" } else { "the export has its plain text only" };
        oddities.push(("body", says.into()));
        paragraphs
    }

    /// The same text with the address of the site in the place of what stands for it, and without its sizes of pictures.
    fn at_home(&self, html: &str) -> String {
        let html = html.replace(SITE, &self.origin);
        uploads::replace_in(&html, &FILE_FOLDERS, self.host(), |url| Some(without_size(url)))
    }

    fn with_files(&self, body: &str, missing: &mut Vec<MissingFile>, oddities: &mut Vec<Oddity>) -> String {
        let mut seen = HashSet::new();
        uploads::replace_in(body, &FILE_FOLDERS, self.host(), |url| {
            let whole = self.whole(url);
            if let Some((_, address)) = self.here.get(&whole) {
                return Some(address.clone());
            }
            if seen.insert(whole.clone()) {
                oddities.push(("picture", format!("the file {whole} in its text did not come in")));
                if is_whole(&whole) && missing.iter().all(|file| file.url != whole) {
                    missing.push(MissingFile { url: whole.clone(), lead: None });
                }
            }
            // Readers see the same place until it comes.
            Some(whole)
        })
    }

    /// The picture on top.
    fn lead(&self, row: &Value, missing: &mut Vec<MissingFile>, oddities: &mut Vec<Oddity>) -> Option<Lead> {
        let url = self.whole(&field(row, "feature_image"));
        if url.is_empty() {
            return None;
        }
        let (alt, caption) =
            (plain(&field(row, "feature_image_alt")), in_one_line(&field(row, "feature_image_caption")));
        match self.here.get(&url) {
            Some((Some(media), _)) => Some(Lead { media: *media, alt, caption, credit: String::new() }),
            _ => {
                oddities.push(("picture", format!("its picture {url} did not come in")));
                if is_whole(&url) {
                    missing
                        .push(MissingFile { url, lead: Some(MissingLead { alt, caption, ..MissingLead::default() }) });
                }
                None
            }
        }
    }

    fn preview(&self, row: &Value, oddities: &mut Vec<Oddity>) -> Preview {
        let canonical = field(row, "canonical_url").replace(SITE, &self.origin);
        let own = format!("{}/{}/", self.origin, field(row, "slug"));
        if !canonical.is_empty() && canonical.trim_end_matches('/') != own.trim_end_matches('/') {
            let says = format!("search engines were told that {canonical} counts; here each article counts itself");
            oddities.push(("canonical", says));
        }
        let first = |keys: [&str; 3]| {
            keys.iter().map(|key| plain(&field(row, key))).find(|text| !text.is_empty()).unwrap_or_default()
        };
        Preview {
            title: first(["meta_title", "og_title", "twitter_title"]),
            description: first(["meta_description", "og_description", "twitter_description"]),
            is_hidden: false,
        }
    }

    /// Where readers found what was public there: articles, pages, tags, authors, feeds, files that came in.
    #[must_use]
    pub fn old_addresses(&self) -> Vec<(String, Target)> {
        let mut addresses = vec![("/rss/".to_owned(), Target::Feed)];
        let (mut tags, mut people) = (BTreeSet::new(), BTreeSet::new());
        for post in &self.posts {
            // Those that only members could read answered them, too.
            if !matches!(field(&post.row, "status").as_str(), "published") {
                continue;
            }
            addresses.push((self.path_of(post), Target::Article(post.guid.clone())));
            tags.extend(self.tags_of.get(&post.id).into_iter().flatten());
            people.extend(self.authors_of.get(&post.id).into_iter().flatten());
        }
        let mut list = |path: String, target: Target| {
            addresses.push((format!("{path}rss/"), Target::FeedOf(Box::new(target.clone()))));
            addresses.push((path, target));
        };
        for tag in tags.into_iter().filter_map(|id| self.tags.get(id)).filter(|tag| tag.can_be_shown()) {
            let slug = tag.term.slug.clone();
            let target = if tag.is_section { Target::Section(slug) } else { Target::Tag(slug) };
            list(format!("/tag/{}/", tag.slug), target);
        }
        for person in people.into_iter().filter_map(|id| self.people.get(id)).filter(|person| person.can_be_shown()) {
            list(format!("/author/{}/", person.slug), Target::Author(person.term.clone()));
        }
        let files = self.files().into_iter().filter(|file| FILE_FOLDERS.iter().any(|folder| file.url.contains(folder)));
        addresses.extend(files.filter_map(|file| {
            let (_, address) = self.here.get(&file.url)?;
            Some((wordpress::addresses::normal(&file.url), Target::File(address.clone())))
        }));
        addresses.into_iter().map(|(path, target)| (wordpress::addresses::normal(&path), target)).collect()
    }

    fn path_of(&self, post: &Post) -> String {
        let slug = field(&post.row, "slug");
        let date = moment(&post.row["published_at"]).map(|at| at.to_zoned(TimeZone::UTC).datetime().date());
        match date.filter(|_| post.form() == Form::Article && self.permalink.contains("%year%")) {
            Some(date) => self
                .permalink
                .replace("%year%", &format!("{:04}", date.year()))
                .replace("%monthnum%", &format!("{:02}", date.month()))
                .replace("%day%", &format!("{:02}", date.day()))
                .replace("%postname%", &slug),
            None => format!("/{slug}/"),
        }
    }

    /// The whole address of a file, without the size that its name asks for.
    fn whole(&self, url: &str) -> String {
        let url = without_size(&url.trim().replace(SITE, &self.origin));
        if url.starts_with('/') && !url.starts_with("//") { format!("{}{url}", self.origin) } else { url }
    }

    fn host(&self) -> &str {
        uploads::host(&self.origin).unwrap_or_default()
    }
}

impl Post {
    /// Its place in the file.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> String {
        let title = plain(&field(&self.row, "title"));
        if title.is_empty() { self.guid.clone() } else { title }
    }

    fn form(&self) -> Form {
        // Before version 3 a page was an article with a mark.
        if field(&self.row, "type") == "page" || is_true(&self.row["page"]) { Form::Page } else { Form::Article }
    }

    /// What everybody could see of it there.
    fn visibility(&self, oddities: &mut Vec<Oddity>) -> Visibility {
        let (status, access) = (field(&self.row, "status"), field(&self.row, "visibility"));
        let at = moment(&self.row["published_at"]).or_else(|| moment(&self.row["created_at"]));
        let oddity = match (status.as_str(), at) {
            ("draft", _) => return Visibility::Hidden,
            ("published" | "scheduled", _) if !matches!(access.as_str(), "" | "public") => (
                "members",
                format!("only readers who signed in or paid («{access}») could read it; it was kept as a draft"),
            ),
            (status, _) if status == "sent" || is_true(&self.row["email_only"]) => {
                ("not-public", "it went out as a newsletter and stood on no page; it was kept as a draft".into())
            }
            ("published", Some(at)) => return Visibility::Public(Some(at)),
            ("scheduled", Some(at)) => return Visibility::Scheduled(at),
            ("published" | "scheduled", None) => ("no-date", "it has no date; it was kept as a draft".into()),
            (other, _) => ("not-public", format!("its status was «{other}», not public; it was kept as a draft")),
        };
        oddities.push(oddity);
        Visibility::Hidden
    }
}

fn rows<'a>(data: &'a Value, table: &str) -> impl Iterator<Item = &'a Value> {
    data[table].as_array().into_iter().flatten()
}

/// A field as text, whatever the version wrote it as.
fn field(row: &Value, key: &str) -> String {
    match &row[key] {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn is_true(value: &Value) -> bool {
    value.as_bool().unwrap_or(false) || value.as_i64() == Some(1)
}

/// A time: text with or without a zone (then UTC), or milliseconds.
fn moment(value: &Value) -> Option<Timestamp> {
    match value {
        Value::Number(number) => Timestamp::from_millisecond(number.as_i64()?).ok(),
        Value::String(text) => text.parse::<Timestamp>().ok().or_else(|| {
            let civil: DateTime = text.trim().parse().ok()?;
            Some(civil.to_zoned(TimeZone::UTC).ok()?.timestamp())
        }),
        _ => None,
    }
}

/// What each article has of a table that says so by pairs, in order.
fn pairs(data: &Value, table: &str, other: &str) -> HashMap<String, Vec<String>> {
    let mut pairs: Vec<(String, i64, String)> = rows(data, table)
        .map(|row| (field(row, "post_id"), row["sort_order"].as_i64().unwrap_or(0), field(row, other)))
        .collect();
    pairs.sort_by_key(|(_, order, _)| *order);
    let mut of: HashMap<String, Vec<String>> = HashMap::new();
    for (post, _, id) in pairs {
        let list = of.entry(post).or_default();
        if !list.contains(&id) {
            list.push(id);
        }
    }
    of
}

fn setting(data: &Value, key: &str) -> String {
    rows(data, "settings").find(|row| field(row, "key") == key).map(|row| field(row, "value")).unwrap_or_default()
}

/// The slugs of the tags to which the menu of the site leads.
fn menu(data: &Value) -> HashSet<String> {
    let menu: Value = serde_json::from_str(&setting(data, "navigation")).unwrap_or_default();
    let entries = menu.as_array().cloned().unwrap_or_default();
    let slugs = entries.iter().filter_map(|entry| {
        let address = field(entry, "url");
        let path = wordpress::addresses::normal(&address.replace(SITE, ""));
        let slug = path.strip_prefix("/tag/")?.trim_end_matches('/').to_owned();
        Some(arabic::slug::slug(&percent_encoding::percent_decode_str(&slug).decode_utf8_lossy()))
    });
    slugs.filter(|slug| !slug.is_empty()).collect()
}

/// Version 1 says the form of its addresses; later ones have `/slug/` unless a file outside of the export says otherwise.
fn permalink(data: &Value) -> String {
    let form = setting(data, "permalinks");
    if form.contains(":year") && form.contains(":slug") {
        return form
            .replace(":year", "%year%")
            .replace(":month", "%monthnum%")
            .replace(":day", "%day%")
            .replace(":slug", "%postname%");
    }
    "/%postname%/".into()
}

/// The site in whose folder of files most whole addresses of pictures lie.
fn usual_origin(data: &Value) -> String {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in rows(data, "posts") {
        let (picture, html) = (field(row, "feature_image"), field(row, "html"));
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ',');
        for text in [&picture, &html] {
            for (at, _) in text.match_indices("/content/images/") {
                let begin = text[..at].char_indices().rfind(|(_, c)| ends(*c)).map_or(0, |(n, c)| n + c.len_utf8());
                let origin = &text[begin..at];
                if is_whole(origin) {
                    *seen.entry(origin.to_owned()).or_default() += 1;
                }
            }
        }
    }
    seen.into_iter()
        .max_by_key(|(origin, count)| (*count, std::cmp::Reverse(origin.clone())))
        .map_or(String::new(), |(origin, _)| origin)
}

fn is_whole(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// `/content/images/size/w600/format/webp/2020/a.jpg` is a smaller copy of `/content/images/2020/a.jpg`.
fn without_size(url: &str) -> String {
    let Some((before, sized)) = url.split_once("/content/images/size/") else { return url.to_owned() };
    let Some((_, rest)) = sized.split_once('/') else { return url.to_owned() };
    let rest = rest.strip_prefix("format/").and_then(|rest| rest.split_once('/')).map_or(rest, |(_, rest)| rest);
    format!("{before}/content/images/{rest}")
}

/// By what an article is known for ever. Feeds of Ghost name it by its number, which is unique over all sites since
/// version 1.
fn guid(row: &Value) -> String {
    let (id, uuid) = (field(row, "id"), field(row, "uuid"));
    match () {
        () if id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit()) => id,
        () if !uuid.is_empty() => format!("urn:uuid:{uuid}"),
        () => format!("urn:ghost:post:{id}"),
    }
}

fn headline(row: &Value, body: &str, oddities: &mut Vec<Oddity>) -> String {
    let title = plain(&field(row, "title"));
    if !title.is_empty() {
        return title;
    }
    let beginning = in_one_line(body);
    let words: Vec<&str> = beginning.split_whitespace().take(HEADLINE_WORDS).collect();
    let made = if words.is_empty() { format!("#{}", field(row, "id")) } else { words.join(" ") };
    oddities.push(("no-title", format!("it has no title; «{made}» stands in its place")));
    made
}

/// Frames of other sites are not shown here: each becomes a link to what it shows.
fn without_frames(html: &str, oddities: &mut Vec<Oddity>) -> String {
    const END: &str = "</iframe>";
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some(at) = rest.find("<iframe") {
        let Some(tag) = rest[at..].find('>').map(|end| at + end + 1) else { break };
        out.push_str(&rest[..at]);
        if let Some(address) = source_of(&rest[at..tag]) {
            out.push_str(&format!("<p><a href=\"{address}\">{address}</a></p>"));
            oddities.push(("body", format!("a frame that shows {address} became a link")));
        }
        rest = rest[tag..].find(END).map_or(&rest[tag..], |end| &rest[tag + end + END.len()..]);
    }
    out.push_str(rest);
    out
}

/// `src` of a tag, as it stands there.
fn source_of(tag: &str) -> Option<&str> {
    ['"', '\''].into_iter().find_map(|quote| {
        let (_, after) = tag.split_once(&format!(" src={quote}"))?;
        after.split(quote).next().filter(|address| !address.is_empty() && !address.contains(['<', '>', '"']))
    })
}

fn plain(html: &str) -> String {
    wxr::resolve_entities(&text::strip_tags(html)).trim().to_owned()
}

/// Text without markup and entities, white space as one space.
fn in_one_line(html: &str) -> String {
    wxr::resolve_entities(&text::strip_all_tags(html, true)).trim().to_owned()
}
