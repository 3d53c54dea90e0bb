//! What does the archive look like? Folders of files that people and programs read without us.
//!
//! An article is a Markdown file whose front matter is JSON (as Hugo reads it) and whose text is the HTML that readers see,
//! which Markdown allows. Comments stand beside it. Everything is written from [`Holding`] and read back as
//! [`Incoming`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::news::MediaId;
use crate::news::article::{Correction, CorrectionKind, Draft, Form, Kind, Lead, Preview, Source, Status};
use crate::news::comment;
use crate::news::holding::{HeldComment, Holding, LeadWords};
use crate::news::incoming::{Incoming, IncomingComment, Visibility};
use crate::news::language::Language;
use crate::news::media::address_of;
use crate::news::people::{BylineRole, Person};
use crate::news::section::{NewTerm, Section, Tag};
use crate::news::stage::Stages;

/// The publication.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SiteFile {
    /// Its name.
    pub title: String,
    /// The line under the name.
    pub tagline: String,
    /// A language tag.
    pub language: String,
    /// `Asia/Riyadh`
    pub time_zone: String,
    /// The address of the front page.
    pub base_url: String,
    /// The form of article addresses.
    pub permalink: String,
    /// Everything that has a default.
    pub settings: serde_json::Value,
}

/// A section, tag or person.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermFile {
    /// Its part of the address; of a section the slugs from the outermost down, joined by `/`.
    pub slug: String,
    /// As readers see it.
    pub name: String,
    /// Plain text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
}

/// A picture in the folder `media`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PictureFile {
    /// The name of the file.
    pub file: String,
    /// What it shows.
    #[serde(default)]
    pub alt: String,
    /// Who made it.
    #[serde(default)]
    pub credit: String,
}

/// Where an old address leads.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedirectFile {
    /// Path and query, encoded.
    pub from: String,
    /// The number of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<i64>,
    /// Another path, encoded.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

/// The front matter of an article.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontMatter {
    title: String,
    slug: String,
    id: i64,
    guid: String,
    #[serde(rename = "type")]
    form: Form,
    status: Status,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    stage: String,
    kind: Kind,
    language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scheduled: Option<Timestamp>,
    updated: Timestamp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    kicker: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    standfirst: String,
    #[serde(default, skip_serializing_if = "is_default")]
    source: Source,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sections: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bylines: Vec<BylineFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<LeadFile>,
    comments_open: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    old_slugs: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    preview: Preview,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<CorrectionFile>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    withdrawn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slot: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    translation_of: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BylineFile {
    person: String,
    role: BylineRole,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeadFile {
    file: String,
    alt: String,
    caption: String,
    credit: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionFile {
    kind: CorrectionKind,
    note: String,
    at: Timestamp,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentFile {
    id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent: Option<i64>,
    status: comment::Status,
    author: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    url: String,
    at: Timestamp,
    text: String,
}

impl TermFile {
    /// A section.
    #[must_use]
    pub fn section(section: &Section) -> Self {
        Self { slug: section.path.clone(), name: section.name.clone(), description: section.description.clone() }
    }

    /// A tag.
    #[must_use]
    pub fn tag(tag: &Tag) -> Self {
        Self { slug: tag.slug.clone(), name: tag.name.clone(), description: tag.description.clone() }
    }

    /// Somebody with a byline.
    #[must_use]
    pub fn person(person: &Person) -> Self {
        Self { slug: person.slug.clone(), name: person.name.clone(), description: person.bio.clone() }
    }
}

impl From<TermFile> for NewTerm {
    fn from(term: TermFile) -> Self {
        let (parent, slug) = match term.slug.rsplit_once('/') {
            Some((parent, slug)) => (Some(parent.to_owned()), slug.to_owned()),
            None => (None, term.slug),
        };
        Self { slug, name: term.name, parent, description: term.description }
    }
}

/// The folder of an article within the archive: by year for what has a date.
#[must_use]
pub fn folder(holding: &Holding) -> String {
    let group = match (holding.form, holding.published_at) {
        (Form::Page, _) => "pages".to_owned(),
        (Form::Article, Some(at)) => format!("articles/{}", at.strftime("%Y/%m")),
        (Form::Article, None) => "drafts".to_owned(),
    };
    // The number makes it unique; the slug is for people, and a file name holds 255 bytes.
    let mut slug = holding.slug.as_str();
    while slug.len() > 180 {
        slug = &slug[..slug.char_indices().next_back().map_or(0, |(at, _)| at)];
    }
    format!("{group}/{}-{slug}", holding.id)
}

/// `index.md`: front matter and text. `original` is the name of the article that this one translates; `stages` are those of
/// the publication.
#[must_use]
pub fn page(holding: &Holding, original: Option<String>, stages: &Stages) -> String {
    let is_on_its_way = matches!(holding.status, Status::Draft | Status::Scheduled);
    let matter = FrontMatter {
        title: holding.headline.clone(),
        slug: holding.slug.clone(),
        id: holding.id.0,
        guid: holding.guid.clone(),
        form: holding.form,
        status: holding.status,
        stage: if is_on_its_way { stages.word_for(&holding.stage).to_owned() } else { String::new() },
        kind: holding.kind,
        language: holding.language.as_str().to_owned(),
        date: holding.published_at,
        scheduled: holding.scheduled_at,
        updated: holding.updated_at,
        kicker: holding.kicker.clone(),
        standfirst: holding.standfirst.clone(),
        source: holding.source.clone(),
        sections: holding.sections.clone(),
        tags: holding.tags.iter().map(|tag| tag.slug.clone()).collect(),
        bylines: (holding.bylines.iter())
            .map(|byline| BylineFile { person: byline.person.slug.clone(), role: byline.role })
            .collect(),
        picture: holding.lead.as_ref().map(|(media, words)| {
            let LeadWords { alt, caption, credit } = words.clone();
            LeadFile { file: media.file.clone(), alt, caption, credit }
        }),
        comments_open: holding.comments_open,
        old_slugs: holding.old_slugs.clone(),
        preview: holding.preview.clone(),
        corrections: (holding.corrections.iter())
            .map(|Correction { kind, note, at }| CorrectionFile { kind: *kind, note: note.clone(), at: *at })
            .collect(),
        withdrawn: holding.withdrawn_reason.clone(),
        slot: holding.slot,
        translation_of: original,
    };
    let matter = serde_json::to_string_pretty(&matter).unwrap_or_default();
    format!("{matter}\n\n{}\n", holding.body.as_str())
}

/// `comments.json`; nothing for an article without comments.
#[must_use]
pub fn comments(holding: &Holding) -> Option<String> {
    let file = |comment: &HeldComment| CommentFile {
        id: comment.id.0,
        parent: comment.parent.map(|parent| parent.0),
        status: comment.status,
        author: comment.author.clone(),
        url: comment.url.clone(),
        at: comment.at,
        text: comment.text.clone(),
    };
    let files: Vec<CommentFile> = holding.comments.iter().map(file).collect();
    if files.is_empty() { None } else { serde_json::to_string_pretty(&files).ok() }
}

/// What an article of an archive may refer to.
pub trait Catalogue {
    /// The section at a path.
    fn section(&self, path: &str) -> Option<NewTerm>;
    /// The tag at a slug.
    fn tag(&self, slug: &str) -> Option<NewTerm>;
    /// The person at a slug.
    fn person(&self, slug: &str) -> Option<NewTerm>;
    /// The picture that was made of a file of the archive, and where it is served.
    fn picture(&self, file: &str) -> Option<(MediaId, &str)>;
}

/// An article of an archive on its way in.
///
/// # Errors
/// What is wrong with the file, in a sentence.
pub fn read(page: &str, comments: Option<&str>, catalogue: &dyn Catalogue) -> Result<Incoming, String> {
    let mut stream = serde_json::Deserializer::from_str(page).into_iter::<FrontMatter>();
    let matter = stream.next().ok_or("it is empty")?.map_err(|error| error.to_string())?;
    let body = &page[stream.byte_offset()..];
    let body = body.strip_prefix("\n\n").unwrap_or(body);
    let body = body.strip_suffix('\n').unwrap_or(body);
    let comments: Vec<CommentFile> = match comments {
        Some(text) => serde_json::from_str(text).map_err(|error| format!("comments.json: {error}"))?,
        None => Vec::new(),
    };
    let term = |kind: &str, slug: &str, found: Option<NewTerm>| {
        found.ok_or_else(|| format!("the {kind} «{slug}» is not in the list of the archive"))
    };
    let body = with_pictures(body, catalogue);
    let lead = match &matter.picture {
        None => None,
        Some(lead) => {
            let (media, _) = catalogue
                .picture(&lead.file)
                .ok_or_else(|| format!("its picture {} is not in the folder media", lead.file))?;
            let LeadFile { alt, caption, credit, .. } = lead.clone();
            Some(Lead { media, alt, caption, credit })
        }
    };
    let visibility = match (matter.status, matter.date, matter.scheduled) {
        (Status::Published, at, _) => Visibility::Public(at),
        (Status::Scheduled, _, Some(at)) => Visibility::Scheduled(at),
        (Status::Withdrawn, Some(at), _) => Visibility::Withdrawn(at, matter.withdrawn.clone()),
        _ => Visibility::Hidden,
    };
    let name = |id: i64| format!("{}#comment-{id}", matter.guid);
    let draft = Draft {
        form: matter.form,
        kind: matter.kind,
        language: Some(Language::parse(&matter.language)?),
        slug: matter.slug,
        kicker: matter.kicker,
        headline: matter.title,
        standfirst: matter.standfirst,
        body,
        source: matter.source,
        lead,
        comments_open: matter.comments_open,
        preview: matter.preview,
        ..Draft::default()
    };
    Ok(Incoming {
        number: Some(matter.id),
        old_slugs: matter.old_slugs,
        visibility,
        stage: Some(matter.stage).filter(|stage| !stage.is_empty()),
        updated: Some(matter.updated),
        sections: (matter.sections.iter())
            .map(|path| term("section", path, catalogue.section(path)))
            .collect::<Result<_, _>>()?,
        tags: matter.tags.iter().map(|slug| term("tag", slug, catalogue.tag(slug))).collect::<Result<_, _>>()?,
        bylines: (matter.bylines.iter())
            .map(|byline| Ok((term("person", &byline.person, catalogue.person(&byline.person))?, byline.role)))
            .collect::<Result<_, String>>()?,
        translation_of: matter.translation_of,
        corrections: matter.corrections.into_iter().map(|note| (note.kind, note.note, note.at)).collect(),
        slot: matter.slot,
        comments: (comments.into_iter())
            .map(|comment| IncomingComment {
                guid: name(comment.id),
                number: Some(comment.id),
                parent: comment.parent.map(name),
                status: comment.status,
                author: comment.author,
                email: None,
                url: comment.url,
                network: None,
                at: comment.at,
                text: comment.text,
            })
            .collect(),
        ..Incoming::of(matter.guid.clone(), draft)
    })
}

/// The text with the addresses that its files have here: encoded anew, they have other names.
fn with_pictures(body: &str, catalogue: &dyn Catalogue) -> String {
    let folder = address_of("");
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find(&folder) {
        let after = &rest[at + folder.len()..];
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | ',');
        let file = &after[..after.find(ends).unwrap_or(after.len())];
        out.push_str(&rest[..at]);
        match catalogue.picture(file) {
            Some((_, address)) => out.push_str(address),
            None => out.push_str(&rest[at..at + folder.len() + file.len()]),
        }
        rest = &after[file.len()..];
    }
    out.push_str(rest);
    out
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
