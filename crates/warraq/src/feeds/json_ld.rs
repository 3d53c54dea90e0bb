//! What does the page say about itself to machines?
//!
//! schema.org as JSON-LD, ready to stand between `<script type="application/ld+json">` and `</script>`: nothing in
//! the result can end the element, whatever the headline is. What is unknown is left out, never written as null.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::rfc3339;
use super::xml::uri;

const CONTEXT: &str = "https://schema.org";

/// What kind of story it is; decides the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoryKind {
    /// The newsroom's own report.
    #[default]
    Own,
    /// Agency copy.
    Wire,
    /// Translated from another language.
    Translation,
    /// A view.
    Opinion,
    /// Paid for.
    Sponsored,
}

/// Everything that is said about an article.
#[derive(Debug, Clone, Default)]
pub struct ArticleFacts {
    /// Decides between `NewsArticle`, `OpinionNewsArticle` and `AdvertiserContentArticle`.
    pub kind: StoryKind,
    /// Canonical; absolute.
    pub url: String,
    /// Plain text.
    pub headline: String,
    /// The kicker or the short headline.
    pub alternative_headline: Option<String>,
    /// The standfirst or an excerpt.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// First publication.
    pub published: Timestamp,
    /// Last change worth telling.
    pub modified: Option<Timestamp>,
    /// In the order of the byline.
    pub people: Vec<Contributor>,
    /// Who publishes.
    pub publisher: Publisher,
    /// The lead picture first.
    pub images: Vec<ImageFacts>,
    /// From the outermost section inwards.
    pub sections: Vec<String>,
    /// Tags.
    pub keywords: Vec<String>,
    /// Words of the body; 0 when unknown.
    pub word_count: u32,
    /// Published comments; `None` when it takes none.
    pub comment_count: Option<u32>,
    /// Where wire copy or a translation comes from.
    pub source: Option<SourceFacts>,
    /// What was corrected, oldest first.
    pub corrections: Vec<CorrectionFacts>,
    /// The original of a translation.
    pub translation_of: Option<WorkLink>,
    /// The other language versions.
    pub translations: Vec<WorkLink>,
    /// Whether it is behind a paywall.
    pub paid: bool,
}

/// Somebody in the byline.
#[derive(Debug, Clone, Default)]
pub struct Contributor {
    /// As printed.
    pub name: String,
    /// Their public page; absolute.
    pub url: Option<String>,
    /// What they did.
    pub role: Role,
}

/// What somebody in the byline did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    /// Wrote it.
    #[default]
    Author,
    /// Translated it.
    Translator,
    /// Edited it.
    Editor,
}

/// The publication.
#[derive(Debug, Clone, Default)]
pub struct Publisher {
    /// Its title.
    pub name: String,
    /// Its home page; absolute.
    pub url: String,
    /// Its emblem.
    pub logo: Option<ImageFacts>,
}

/// A picture.
#[derive(Debug, Clone, Default)]
pub struct ImageFacts {
    /// Absolute.
    pub url: String,
    /// In pixels; 0 when unknown.
    pub width: u32,
    /// In pixels; 0 when unknown.
    pub height: u32,
    /// Caption or alternative text.
    pub caption: Option<String>,
    /// Photographer or agency.
    pub credit: Option<String>,
}

/// Where copy comes from.
#[derive(Debug, Clone, Default)]
pub struct SourceFacts {
    /// The agency or publication.
    pub name: String,
    /// The original; absolute.
    pub url: Option<String>,
    /// The address of the licence, or its name.
    pub license: Option<String>,
}

/// One correction.
#[derive(Debug, Clone, Default)]
pub struct CorrectionFacts {
    /// What the readers are told.
    pub text: String,
    /// When.
    pub date: Timestamp,
}

/// The same story in another language.
#[derive(Debug, Clone, Default)]
pub struct WorkLink {
    /// Absolute.
    pub url: String,
    /// BCP 47.
    pub language: String,
    /// Its headline, if known.
    pub headline: Option<String>,
}

/// The site, for [`web_site`].
#[derive(Debug, Clone, Default)]
pub struct SiteFacts {
    /// Title, home page, emblem.
    pub publisher: Publisher,
    /// The tagline.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// The address of a search with `{search_term_string}` in the place of the words.
    pub search_template: Option<String>,
}

/// Somebody's page, for [`profile_page`].
#[derive(Debug, Clone, Default)]
pub struct PersonFacts {
    /// As printed.
    pub name: String,
    /// The page; absolute.
    pub url: String,
    /// The short biography.
    pub description: Option<String>,
    /// Such as «مراسلة».
    pub job_title: Option<String>,
    /// A portrait.
    pub image: Option<ImageFacts>,
    /// Public pages elsewhere.
    pub same_as: Vec<String>,
}

/// A section, a tag, a day: for [`collection_page`].
#[derive(Debug, Clone, Default)]
pub struct CollectionFacts {
    /// What stands above the list.
    pub name: String,
    /// This page; absolute.
    pub url: String,
    /// The section's description.
    pub description: Option<String>,
    /// BCP 47.
    pub language: String,
    /// What is listed, in order.
    pub items: Vec<Crumb>,
}

/// A name that leads somewhere.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// As printed.
    pub name: String,
    /// Absolute.
    pub url: String,
}

/// An article.
#[must_use]
pub fn news_article(facts: &ArticleFacts) -> String {
    let mut node = root(match facts.kind {
        StoryKind::Opinion => "OpinionNewsArticle",
        StoryKind::Sponsored => "AdvertiserContentArticle",
        StoryKind::Own | StoryKind::Wire | StoryKind::Translation => "NewsArticle",
    });
    node.put("@id", address(&facts.url));
    node.put("url", address(&facts.url));
    node.put("mainEntityOfPage", json!({ "@type": "WebPage", "@id": uri(&facts.url) }));
    node.text("headline", Some(&facts.headline));
    node.text("alternativeHeadline", facts.alternative_headline.as_deref());
    node.text("description", facts.description.as_deref());
    node.text("inLanguage", Some(&facts.language));
    node.put("datePublished", date(facts.published));
    node.put("dateModified", date(facts.modified.unwrap_or(facts.published)));
    node.list("author", authors(facts));
    node.list("translator", people(facts, Role::Translator));
    node.list("editor", people(facts, Role::Editor));
    node.put("publisher", publisher(&facts.publisher));
    node.list("image", facts.images.iter().map(image));
    node.list("articleSection", facts.sections.iter().map(|section| json!(section)));
    node.list("keywords", facts.keywords.iter().map(|keyword| json!(keyword)));
    if facts.word_count > 0 {
        node.put("wordCount", json!(facts.word_count));
    }
    if let Some(count) = facts.comment_count {
        node.put("commentCount", json!(count));
    }
    if let Some(source) = &facts.source {
        node.text("creditText", Some(&source.name));
        node.address("isBasedOn", source.url.as_deref());
        node.text("license", source.license.as_deref());
    }
    node.list("correction", facts.corrections.iter().map(|correction| {
        json!({ "@type": "CorrectionComment", "text": correction.text, "datePublished": date(correction.date) })
    }));
    if let Some(original) = &facts.translation_of {
        node.put("translationOfWork", work(original));
    }
    node.list("workTranslation", facts.translations.iter().map(work));
    node.put("isAccessibleForFree", json!(!facts.paid));
    node.into_script()
}

/// The way from the home page to here.
#[must_use]
pub fn breadcrumbs(trail: &[Crumb]) -> String {
    let mut node = root("BreadcrumbList");
    node.list("itemListElement", numbered(trail));
    node.into_script()
}

/// The home page.
#[must_use]
pub fn web_site(facts: &SiteFacts) -> String {
    let mut node = root("WebSite");
    node.put("@id", address(&facts.publisher.url));
    node.put("url", address(&facts.publisher.url));
    node.text("name", Some(&facts.publisher.name));
    node.text("description", facts.description.as_deref());
    node.text("inLanguage", Some(&facts.language));
    node.put("publisher", publisher(&facts.publisher));
    if let Some(template) = &facts.search_template {
        let target = json!({ "@type": "EntryPoint", "urlTemplate": template });
        let input = "required name=search_term_string";
        node.put("potentialAction", json!({ "@type": "SearchAction", "target": target, "query-input": input }));
    }
    node.into_script()
}

/// Somebody's page.
#[must_use]
pub fn profile_page(facts: &PersonFacts) -> String {
    let mut person = Node::of("Person");
    person.put("@id", address(&facts.url));
    person.put("url", address(&facts.url));
    person.text("name", Some(&facts.name));
    person.text("description", facts.description.as_deref());
    person.text("jobTitle", facts.job_title.as_deref());
    if let Some(portrait) = &facts.image {
        person.put("image", image(portrait));
    }
    person.list("sameAs", facts.same_as.iter().map(|url| address(url)));
    let mut node = root("ProfilePage");
    node.put("url", address(&facts.url));
    node.put("mainEntity", person.into_value());
    node.into_script()
}

/// A list of articles.
#[must_use]
pub fn collection_page(facts: &CollectionFacts) -> String {
    let mut list = Node::of("ItemList");
    list.put("numberOfItems", json!(facts.items.len()));
    list.list("itemListElement", numbered(&facts.items));
    let mut node = root("CollectionPage");
    node.put("@id", address(&facts.url));
    node.put("url", address(&facts.url));
    node.text("name", Some(&facts.name));
    node.text("description", facts.description.as_deref());
    node.text("inLanguage", Some(&facts.language));
    node.put("mainEntity", list.into_value());
    node.into_script()
}

/// A JSON-LD object that is being filled.
struct Node(Map<String, Value>);

impl Node {
    fn of(kind: &str) -> Self {
        let mut map = Map::new();
        map.insert("@type".into(), json!(kind));
        Self(map)
    }

    fn put(&mut self, key: &str, value: Value) {
        self.0.insert(key.into(), value);
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.put(key, json!(text));
        }
    }

    fn address(&mut self, key: &str, url: Option<&str>) {
        if let Some(url) = url.filter(|url| !url.is_empty()) {
            self.put(key, address(url));
        }
    }

    fn list(&mut self, key: &str, values: impl IntoIterator<Item = Value>) {
        let values: Vec<_> = values.into_iter().collect();
        if !values.is_empty() {
            self.put(key, Value::Array(values));
        }
    }

    fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    fn into_script(self) -> String {
        safe_in_script(&self.into_value())
    }
}

fn root(kind: &str) -> Node {
    let mut node = Node::of(kind);
    node.put("@context", json!(CONTEXT));
    node
}

/// A search engine wants an author. Without a byline it is the agency, and failing that the publication.
fn authors(facts: &ArticleFacts) -> Vec<Value> {
    let authors = people(facts, Role::Author);
    if !authors.is_empty() {
        return authors;
    }
    match &facts.source {
        Some(source) => vec![json!({ "@type": "Organization", "name": source.name })],
        None => vec![json!({
            "@type": "NewsMediaOrganization",
            "name": facts.publisher.name,
            "url": uri(&facts.publisher.url),
        })],
    }
}

fn people(facts: &ArticleFacts, role: Role) -> Vec<Value> {
    let of_role = facts.people.iter().filter(|person| person.role == role);
    of_role
        .map(|person| {
            let mut node = Node::of("Person");
            node.text("name", Some(&person.name));
            node.address("url", person.url.as_deref());
            node.into_value()
        })
        .collect()
}

fn publisher(publisher: &Publisher) -> Value {
    let mut node = Node::of("NewsMediaOrganization");
    node.text("name", Some(&publisher.name));
    node.address("url", Some(&publisher.url));
    if let Some(logo) = &publisher.logo {
        node.put("logo", image(logo));
    }
    node.into_value()
}

fn image(image: &ImageFacts) -> Value {
    let mut node = Node::of("ImageObject");
    node.address("url", Some(&image.url));
    if image.width > 0 && image.height > 0 {
        node.put("width", json!(image.width));
        node.put("height", json!(image.height));
    }
    node.text("caption", image.caption.as_deref());
    node.text("creditText", image.credit.as_deref());
    node.into_value()
}

fn work(link: &WorkLink) -> Value {
    let mut node = Node::of("NewsArticle");
    node.address("@id", Some(&link.url));
    node.text("inLanguage", Some(&link.language));
    node.text("headline", link.headline.as_deref());
    node.into_value()
}

fn numbered(crumbs: &[Crumb]) -> impl Iterator<Item = Value> + '_ {
    crumbs.iter().zip(1..).map(|(crumb, position)| {
        json!({ "@type": "ListItem", "position": position, "name": crumb.name, "item": uri(&crumb.url) })
    })
}

fn address(url: &str) -> Value {
    json!(uri(url))
}

fn date(time: Timestamp) -> Value {
    json!(rfc3339(time))
}

/// The characters that could end a script element or a line of old JavaScript stand only inside strings, where JSON
/// allows them to be written as escapes.
fn safe_in_script(value: &Value) -> String {
    let json = value.to_string();
    // The two separators of lines begin with a byte that few letters begin with.
    let special = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    if !json.bytes().any(special) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::at;
    use super::*;

    fn facts() -> ArticleFacts {
        ArticleFacts {
            url: "https://w.example/2020/10/23/الصين/".into(),
            headline: "الصين وروسيا".into(),
            language: "ar".into(),
            published: at("2020-10-23T06:30:00Z"),
            people: vec![
                Contributor {
                    name: "ليلى حسن".into(),
                    url: Some("https://w.example/author/l/".into()),
                    role: Role::Author,
                },
                Contributor { name: "سامي".into(), url: None, role: Role::Translator },
                Contributor { name: "نور".into(), url: None, role: Role::Editor },
            ],
            publisher: Publisher { name: "ورّاق".into(), url: "https://w.example/".into(), logo: None },
            sections: vec!["الصين".into()],
            word_count: 420,
            comment_count: Some(0),
            ..ArticleFacts::default()
        }
    }

    fn said(facts: &ArticleFacts) -> Value {
        serde_json::from_str(&news_article(facts)).unwrap()
    }

    fn check_type(kind: StoryKind, expected: &str) {
        assert_eq!(said(&ArticleFacts { kind, ..facts() })["@type"], expected);
    }

    #[test]
    fn the_kind_decides_the_type() {
        check_type(StoryKind::Own, "NewsArticle");
        check_type(StoryKind::Wire, "NewsArticle");
        check_type(StoryKind::Translation, "NewsArticle");
        check_type(StoryKind::Opinion, "OpinionNewsArticle");
        check_type(StoryKind::Sponsored, "AdvertiserContentArticle");
    }

    #[test]
    fn everybody_stands_under_what_they_did() {
        let found = said(&facts());
        assert_eq!(
            found["author"],
            json!([{ "@type": "Person", "name": "ليلى حسن", "url": "https://w.example/author/l/" }])
        );
        assert_eq!(found["translator"][0]["name"], "سامي");
        assert_eq!(found["editor"][0]["name"], "نور");
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let found = said(&ArticleFacts { word_count: 0, comment_count: None, ..facts() });
        for absent in
            ["description", "image", "keywords", "correction", "wordCount", "commentCount", "isBasedOn", "comment"]
        {
            assert!(found.get(absent).is_none(), "{absent}");
        }
        assert_eq!(found["dateModified"], found["datePublished"]);
        assert_eq!(found["isAccessibleForFree"], true);
        assert_eq!(found["url"], "https://w.example/2020/10/23/%D8%A7%D9%84%D8%B5%D9%8A%D9%86/");
    }

    #[test]
    fn wire_copy_names_its_source() {
        let source = SourceFacts {
            name: "وكالة".into(),
            url: Some("https://agency.example/1".into()),
            license: Some("https://agency.example/terms".into()),
        };
        let found = said(&ArticleFacts { people: Vec::new(), source: Some(source), kind: StoryKind::Wire, ..facts() });
        assert_eq!(found["author"], json!([{ "@type": "Organization", "name": "وكالة" }]));
        assert_eq!(found["isBasedOn"], "https://agency.example/1");
        assert_eq!(found["creditText"], "وكالة");
        assert_eq!(found["license"], "https://agency.example/terms");
    }

    #[test]
    fn without_byline_and_source_the_publication_is_the_author() {
        let found = said(&ArticleFacts { people: Vec::new(), ..facts() });
        assert_eq!(found["author"][0]["@type"], "NewsMediaOrganization");
    }

    #[test]
    fn corrections_and_translations_are_told() {
        let link = |language: &str| WorkLink {
            url: format!("https://w.example/{language}/"),
            language: language.into(),
            headline: None,
        };
        let found = said(&ArticleFacts {
            corrections: vec![CorrectionFacts {
                text: "صُحّح الاسم".into(), date: at("2020-10-24T00:00:00Z")
            }],
            translation_of: Some(link("zh")),
            translations: vec![link("en")],
            ..facts()
        });
        assert_eq!(found["correction"][0]["@type"], "CorrectionComment");
        assert_eq!(found["correction"][0]["datePublished"], "2020-10-24T00:00:00Z");
        assert_eq!(found["translationOfWork"]["inLanguage"], "zh");
        assert_eq!(found["workTranslation"][0]["@id"], "https://w.example/en/");
    }

    #[test]
    fn the_other_pages_say_what_they_are() {
        let crumb = || Crumb { name: "الصين".into(), url: "https://w.example/category/china/".into() };
        let parse = |json: String| serde_json::from_str::<Value>(&json).unwrap();
        let trail = parse(breadcrumbs(&[crumb(), crumb()]));
        assert_eq!((&trail["@type"], &trail["itemListElement"][1]["position"]), (&json!("BreadcrumbList"), &json!(2)));
        let site = parse(web_site(&SiteFacts {
            publisher: facts().publisher,
            search_template: Some("https://w.example/search?q={search_term_string}".into()),
            ..SiteFacts::default()
        }));
        assert_eq!(site["potentialAction"]["target"]["urlTemplate"], "https://w.example/search?q={search_term_string}");
        let page = parse(profile_page(&PersonFacts { name: "ليلى".into(), ..PersonFacts::default() }));
        assert_eq!((&page["@type"], &page["mainEntity"]["name"]), (&json!("ProfilePage"), &json!("ليلى")));
        let list = parse(collection_page(&CollectionFacts { items: vec![crumb()], ..CollectionFacts::default() }));
        assert_eq!((&list["@type"], &list["mainEntity"]["numberOfItems"]), (&json!("CollectionPage"), &json!(1)));
    }

    proptest! {
        #[test]
        fn nothing_leaves_the_script_element(text in r#"(</script>|<!--|-->|&lt;|\u{2028}|\u{2029}|"|\\|\PC){0,12}"#) {
            let facts = ArticleFacts { headline: text.clone(), url: text.clone(), ..facts() };
            let written = news_article(&facts);
            let dangerous = ['<', '>', '&', '\u{2028}', '\u{2029}'];
            prop_assert!(!written.contains(dangerous));
            let found: Value = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(found["headline"].as_str().unwrap_or_default(), text);
        }
    }
}
