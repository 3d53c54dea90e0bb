//! What becomes of one item of the export?

use std::collections::HashMap;

use jiff::tz::TimeZone;
use wordpress::body::{self, Options};
use wordpress::wxr::{self, Entry, Item};
use wordpress::{fields, text};

use super::comments::{is_comment, parents_first};
use super::own::{Own, touched};
use super::people::unnamed;
use super::{OldSite, guid, plain, slug};
use crate::news::article::{Draft, Form, Lead, Preview};
use crate::news::footnotes;
use crate::news::incoming::{Incoming, IncomingComment, Keepsake, MissingFile, MissingLead, Original, Visibility};
use crate::news::language::Language;
use crate::news::people::BylineRole;
use crate::news::section::NewTerm;

/// Words of the text that stand in for a headline that is missing.
const HEADLINE_WORDS: usize = 12;

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
    /// It has no place on the site, and is kept as it was.
    Kept(Keepsake),
    /// A file, which comes in by itself or not at all.
    Attachment {
        /// What it is, for people.
        name: String,
    },
}

/// Something that the one who imports should know: a word for machines, a sentence for people.
pub type Oddity = (&'static str, String);

impl OldSite {
    /// What an item becomes. `zone` is that of the publication here, for times that the export gives without UTC.
    #[must_use]
    pub fn take(&self, line: usize, item: &Item, zone: &TimeZone) -> Taken {
        let form = match item.post_type.as_str() {
            "post" => Form::Article,
            "page" => Form::Page,
            "attachment" => return Taken::Attachment { name: name(item) },
            other => return Taken::Kept(keepsake(line, other, item)),
        };
        let mut oddities = Vec::new();
        let own = Own::of(item);
        let headline = headline(item, &mut oddities);
        let visibility = match own.as_ref().and_then(|own| own.withdrawn.clone()) {
            Some(reason) => self.withdrawn(item, zone, reason),
            None => self.visibility(item, zone, &mut oddities),
        };
        let body = match own {
            Some(_) => self.own_body(&item.content),
            None => self.rendered_body(item, &mut oddities),
        };
        let (sections, tags) = self.filed(item);
        let bylines = self.bylines(item, &mut oddities);
        let sections = with_letters(sections, |term| term, &mut oddities);
        let tags = with_letters(tags, |term| term, &mut oddities);
        let bylines = with_letters(bylines, |(term, _)| term, &mut oddities);
        let mut missing = Vec::new();
        let lead = self.lead(item, &mut missing, &mut oddities);
        let draft = Draft {
            form,
            lead,
            language: fields::language(&item.terms).and_then(|tag| Language::parse(tag).ok()),
            slug: slug(&item.post_name),
            headline,
            standfirst: in_one_line(&item.excerpt),
            body: self.files.put_into(&body, &mut missing, &mut oddities),
            comments_open: item.comment_status == "open",
            preview: preview(item, &mut oddities),
            ..Draft::default()
        };
        let guid = self.own_guid(item, &mut oddities);
        let mut comments: Vec<IncomingComment> = Vec::new();
        for comment in &item.comments {
            match self.comment(comment, &guid, visibility.published(), zone) {
                Ok(comment) => comments.push(comment),
                Err(reason) => oddities.push(("comment", reason)),
            }
        }
        let comments = parents_first(comments);
        let kept = item.comments.iter().filter(|comment| !is_comment(comment)).cloned().collect();
        let mut incoming = Incoming {
            line,
            number: item.post_id.and_then(|id| i64::try_from(id).ok()).filter(|id| *id > 0),
            visibility,
            updated: self.moment(&item.post_modified, &item.post_modified_gmt, zone),
            sections,
            tags,
            bylines,
            translation_of: self.translation_of(item),
            slot: item.post_id.and_then(|id| self.sticky.place(id)),
            comments,
            missing,
            original: Some(original(item, kept)),
            old_slugs: self.old_slugs(item),
            ..Incoming::of(guid, draft)
        };
        if let Some(own) = own {
            add_own(&mut incoming, own);
        }
        let refused_comments = item.comments.len() - incoming.comments.len();
        Taken::Article { incoming: Box::new(incoming), oddities, refused_comments }
    }

    /// Slugs that it had before, but for those that another has now.
    fn old_slugs(&self, item: &Item) -> Vec<String> {
        fields::old_slugs(&item.meta).map(slug).filter(|slug| !slug.is_empty() && !self.slugs.contains(slug)).collect()
    }

    /// The text as WordPress shows it.
    fn rendered_body(&self, item: &Item, oddities: &mut Vec<Oddity>) -> String {
        let options = Options { post: item.post_id.unwrap_or_default(), smilies: true, ..Options::default() };
        let (rendered, warnings) = body::render(&item.content, self, &options);
        let text = rendered.pages.join("\n");
        let with_notes = fields::value(&item.meta, "footnotes").and_then(|kept| footnotes::of_wordpress(&text, kept));
        // The block that shows the notes is not missed when they are there.
        let is_missed = |warning: &&body::Warning| with_notes.is_none() || !warning.code.ends_with("footnotes");
        for warning in warnings.iter().filter(is_missed) {
            oddities.push(("body", format!("{}: {}", warning.code, warning.message)));
        }
        with_notes.unwrap_or(text)
    }

    /// The text of an export that Warraq wrote.
    fn own_body(&self, content: &str) -> String {
        let inside = content.strip_prefix("<!-- wp:html -->\n").unwrap_or(content);
        let inside = inside.strip_suffix("\n<!-- /wp:html -->").unwrap_or(inside);
        let here = format!("=\"{}/media/", self.channel.base_blog_url.trim_end_matches('/'));
        touched(inside).replace(&here, "=\"/media/")
    }

    fn withdrawn(&self, item: &Item, zone: &TimeZone, reason: String) -> Visibility {
        match self.moment(&item.post_date, &item.post_date_gmt, zone) {
            Some(at) => Visibility::Withdrawn(at, reason),
            None => Visibility::Hidden,
        }
    }

    /// What readers could see of it there.
    fn visibility(&self, item: &Item, zone: &TimeZone, oddities: &mut Vec<Oddity>) -> Visibility {
        let at = self.moment(&item.post_date, &item.post_date_gmt, zone);
        let oddity = match (item.status.as_str(), at) {
            _ if !item.post_password.is_empty() => {
                ("password", "readers were asked for a password there; it was kept as a draft".into())
            }
            ("publish", Some(at)) => return Visibility::Public(Some(at)),
            ("future", Some(at)) => return Visibility::Scheduled(at),
            ("publish" | "future", None) => {
                ("no-date", format!("its date «{}» is none; it was kept as a draft", item.post_date.text()))
            }
            ("draft" | "auto-draft" | "pending", _) => return Visibility::Hidden,
            (other, _) => ("not-public", format!("its status was «{other}», not public; it was kept as a draft")),
        };
        oddities.push(oddity);
        Visibility::Hidden
    }

    /// The picture on top.
    fn lead(&self, item: &Item, missing: &mut Vec<MissingFile>, oddities: &mut Vec<Oddity>) -> Option<Lead> {
        let id = fields::thumbnail_id(&item.meta)?;
        let picture = self.pictures.get(&id);
        let credit = self.files.upload(id).map(|upload| upload.credit.clone());
        let alt = picture.map(|picture| picture.alt.clone()).unwrap_or_default();
        let caption = picture.map(|picture| plain(&picture.caption)).unwrap_or_default();
        let credit = credit.unwrap_or_default();
        let Some(media) = self.files.media(id) else {
            let url = picture.map_or("", |picture| picture.url.as_str());
            oddities.push(("picture", format!("its picture, number {id} {url}, did not come in")));
            if !url.is_empty() {
                missing.push(MissingFile { url: url.to_owned(), lead: Some(MissingLead { alt, caption, credit }) });
            }
            return None;
        };
        Some(Lead { media, alt, caption, credit })
    }

    fn bylines(&self, item: &Item, oddities: &mut Vec<Oddity>) -> Vec<(NewTerm, BylineRole)> {
        let several = fields::co_authors(&item.terms);
        let names: Vec<Option<NewTerm>> = match item.creator.as_str() {
            _ if !several.is_empty() => several.iter().map(|author| self.people.co_author(author)).collect(),
            "" => Vec::new(),
            login => vec![self.people.by_login(login)],
        };
        if names.contains(&None) {
            oddities.push(unnamed());
        }
        names.into_iter().flatten().map(|name| (name, BylineRole::Writer)).collect()
    }

    /// Categories and tags; terms of plugins are tags.
    fn filed(&self, item: &Item) -> (Vec<NewTerm>, Vec<NewTerm>) {
        let (mut sections, mut tags) = (Vec::new(), Vec::<NewTerm>::new());
        for term in item.distinct_terms() {
            match term.domain.as_str() {
                "category" => sections.push(self.section(&slug(&term.nicename), &plain(&term.name))),
                "post_tag" => {
                    tags.push(NewTerm { slug: slug(&term.nicename), name: plain(&term.name), ..NewTerm::default() });
                }
                // What is said otherwise (byline, language, kind of post) is none.
                other => tags.extend(
                    self.plugin_terms
                        .tag(other, &term.nicename)
                        .filter(|tag| tags.iter().all(|known| known.slug != tag.slug)),
                ),
            }
        }
        (sections, tags)
    }
}

fn headline(item: &Item, oddities: &mut Vec<Oddity>) -> String {
    let title = plain(&item.title);
    if !title.is_empty() {
        return title;
    }
    let beginning = in_one_line(&item.content);
    let words: Vec<&str> = beginning.split_whitespace().take(HEADLINE_WORDS).collect();
    let made = if words.is_empty() { format!("#{}", item.post_id.unwrap_or_default()) } else { words.join(" ") };
    oddities.push(("no-title", format!("it has no title; «{made}» stands in its place")));
    made
}

fn name(item: &Item) -> String {
    if item.title.is_empty() { guid(item) } else { plain(&item.title) }
}

/// An item that has no place on the site.
#[must_use]
pub fn keepsake(line: usize, post_type: &str, item: &Item) -> Keepsake {
    let counted_as = match post_type {
        "nav_menu_item" => "menu-item",
        "revision" => "revision",
        _ => "other",
    };
    // Menus and templates of themes may share what should be unique.
    let guid = format!("{}#{post_type}-{}", guid(item), item.post_id.unwrap_or_default());
    let name = format!("{post_type} {}", item.post_id.unwrap_or_default());
    Keepsake { line, guid, name, counted_as, original: original(item, item.comments.clone()) }
}

/// Tells things apart that an export gives one name and number: menus repeat their items.
#[derive(Debug, Default)]
pub struct Keepsakes {
    seen: HashMap<String, u32>,
}

impl Keepsakes {
    /// The same thing under a name that no other has: the second of a name is `name-2`.
    #[must_use]
    pub fn told_apart(&mut self, mut thing: Keepsake) -> Keepsake {
        let times = self.seen.entry(thing.guid.clone()).or_default();
        *times += 1;
        if *times > 1 {
            thing.guid = format!("{}-{times}", thing.guid);
        }
        thing
    }
}

/// The item as an export of its own, with those of its comments that have no place here. Addresses of those who wrote
/// them are not kept: what is kept does not expire.
fn original(item: &Item, comments: Vec<wxr::Comment>) -> Original {
    let without_addresses = |comment| wxr::Comment { email: String::new(), ip: String::new(), ..comment };
    let comments = comments.into_iter().map(without_addresses).collect();
    let alone = Entry::Item(Box::new(Item { comments, ..item.clone() }));
    let mut writer = wxr::Writer::new(Vec::new());
    // Writing into memory cannot fail.
    let written = writer.write(&alone).and_then(|()| writer.finish()).unwrap_or_default();
    Original { kind: format!("wordpress-{}", item.post_type), content: String::from_utf8_lossy(&written).into_owned() }
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

/// What WordPress has no words for.
fn add_own(incoming: &mut Incoming, own: Own) {
    let draft = &mut incoming.draft;
    draft.kind = own.kind.unwrap_or(draft.kind);
    (draft.kicker, draft.source, draft.preview) = (own.kicker, own.source, own.preview);
    for ((_, role), own) in incoming.bylines.iter_mut().zip(own.roles) {
        *role = own;
    }
    let [alt, caption, credit] = own.lead;
    if let Some(lead) = &mut draft.lead {
        (lead.alt, lead.caption, lead.credit) = (alt, caption, credit);
    }
    let place = |path: &str| own.sections.iter().position(|known| known == path).unwrap_or(usize::MAX);
    incoming.sections.sort_by_key(|section| match &section.parent {
        Some(parent) => place(&format!("{parent}/{}", section.slug)),
        None => place(&section.slug),
    });
    incoming.corrections = own.corrections.into_iter().map(Into::into).collect();
    incoming.slot = own.slot;
}

/// What a plugin told search engines. Its variables (the name of the site, the page) are not needed here.
fn preview(item: &Item, oddities: &mut Vec<Oddity>) -> Preview {
    let seo = fields::seo(&item.meta);
    let text = |template: Option<fields::Template>| template.map(|told| plain(&told.text)).unwrap_or_default();
    if let Some(canonical) = seo.canonical.filter(|canonical| *canonical != item.link) {
        oddities.push((
            "canonical",
            format!("search engines were told that {canonical} counts; here each article counts itself"),
        ));
    }
    Preview { title: text(seo.title), description: text(seo.description), is_hidden: seo.is_hidden }
}

/// Text without markup and entities, white space as one space.
fn in_one_line(html: &str) -> String {
    wxr::resolve_entities(&text::strip_all_tags(html, true)).trim().to_owned()
}
