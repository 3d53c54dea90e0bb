//! Would a strict reader accept this document?
//!
//! The rules of RFC 4287, RFC 4685, the RSS Advisory Board's best practices, sitemaps.org and Google's news sitemap,
//! as far as they can be said without asking anybody. The program never calls this; its tests do, the stories of
//! `tests/it` among them.

use std::collections::HashSet;

use jiff::fmt::{rfc2822, temporal};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;
use url::Url;

use super::sitemap::{MAX_BYTES, MAX_NEWS, MAX_URLS};
use super::xml::is_legal;

/// An element with what is in it. Names are as written, prefix included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Such as `dc:creator`.
    pub name: String,
    /// In order.
    pub attributes: Vec<(String, String)>,
    /// All text directly inside, references resolved.
    pub text: String,
    /// In order.
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a whole document.
    ///
    /// # Errors
    /// Says in a sentence why the document is not well-formed XML without a document type.
    pub fn parse(xml: &str) -> Result<Self, String> {
        if let Some(illegal) = xml.chars().find(|c| !is_legal(*c)) {
            return Err(format!("the character {illegal:?} cannot stand in XML 1.0"));
        }
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_comments = true;
        let mut document = Self::default();
        let mut open: Vec<Self> = Vec::new();
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let inside = open.last_mut().unwrap_or(&mut document);
            match event {
                Event::Start(tag) => open.push(Self::from_tag(&tag)?),
                Event::Empty(tag) => inside.children.push(Self::from_tag(&tag)?),
                Event::End(_) => {
                    if let Some(element) = open.pop() {
                        open.last_mut().unwrap_or(&mut document).children.push(element);
                    }
                }
                Event::Text(text) => inside.text.push_str(&text.xml10_content()),
                Event::CData(text) => inside.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => inside.text.push_str(&resolve(&reference)?),
                Event::DocType(_) => return Err("a document type".into()),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        if !open.is_empty() {
            return Err("an element is not closed".into());
        }
        if document.children.len() != 1 || !document.text.trim().is_empty() {
            return Err("not exactly one element around everything".into());
        }
        Ok(document.children.remove(0))
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of that name.
    pub fn children_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn from_tag(tag: &BytesStart<'_>) -> Result<Self, String> {
        let mut element = Self { name: tag.name().into_inner().to_owned(), ..Self::default() };
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            element.attributes.push((attribute.key.into_inner().to_owned(), value.into_owned()));
        }
        Ok(element)
    }
}

/// What is wrong with an RSS, Atom or sitemap document; empty when nothing is.
#[must_use]
pub fn problems(xml: &str) -> Vec<String> {
    let root = match Element::parse(xml) {
        Ok(root) => root,
        Err(error) => return vec![format!("not well-formed: {error}")],
    };
    let mut found = Problems(Vec::new());
    found.undeclared_prefixes(&root, &mut HashSet::from(["xml"]));
    match root.name.as_str() {
        "rss" => rss(&root, &mut found),
        "feed" => atom(&root, &mut found),
        "urlset" => url_set(&root, xml.len(), &mut found),
        "sitemapindex" => sitemap_index(&root, xml.len(), &mut found),
        other => found.say(format!("<{other}> is no feed and no sitemap")),
    }
    found.0
}

struct Problems(Vec<String>);

impl Problems {
    fn say(&mut self, problem: impl Into<String>) {
        self.0.push(problem.into());
    }

    fn require(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.say(problem());
        }
    }

    /// The text of the one child that must be there.
    fn exactly_one<'a>(&mut self, parent: &'a Element, name: &'a str) -> Option<&'a Element> {
        let count = parent.children_named(name).count();
        self.require(count == 1, || format!("<{}> has {count} <{name}>, must have 1", parent.name));
        parent.child(name)
    }

    fn at_most_one(&mut self, parent: &Element, name: &str) {
        let count = parent.children_named(name).count();
        self.require(count <= 1, || format!("<{}> has {count} <{name}>, may have 1", parent.name));
    }

    fn not_empty(&mut self, element: &Element) {
        self.require(!element.text.trim().is_empty(), || format!("<{}> is empty", element.name));
    }

    fn is_address(&mut self, what: &str, address: &str) {
        let good = address.is_ascii()
            && !address.contains(char::is_whitespace)
            && Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        self.require(good, || format!("{what}: {address:?} is no absolute ASCII address"));
    }

    fn is_rfc822(&mut self, element: &Element) {
        static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new();
        let good = PARSER.parse_timestamp(&element.text).is_ok();
        self.require(good, || format!("<{}>: {:?} is no RFC 822 date", element.name, element.text));
    }

    fn is_rfc3339(&mut self, element: &Element) {
        static PARSER: temporal::DateTimeParser = temporal::DateTimeParser::new();
        let good = element.text.contains('T') && PARSER.parse_timestamp(&element.text).is_ok();
        self.require(good, || format!("<{}>: {:?} is no RFC 3339 date", element.name, element.text));
    }

    fn is_number(&mut self, what: &str, number: Option<&str>) {
        let good = number.is_some_and(|number| number.parse::<u64>().is_ok());
        self.require(good, || format!("{what}: {number:?} is no number"));
    }

    fn undeclared_prefixes<'a>(&mut self, element: &'a Element, declared: &mut HashSet<&'a str>) {
        declared.extend(element.attributes.iter().filter_map(|(name, _)| name.strip_prefix("xmlns:")));
        let names = element.attributes.iter().map(|(name, _)| name).chain([&element.name]);
        for (prefix, _) in names.filter_map(|name| name.split_once(':')) {
            self.require(prefix == "xmlns" || declared.contains(prefix), || {
                format!("the prefix {prefix}: is not declared")
            });
        }
        for child in &element.children {
            self.undeclared_prefixes(child, declared);
        }
    }
}

/// `&#x26;` or `&amp;`; any other entity would need a document type.
fn resolve(reference: &BytesRef<'_>) -> Result<String, String> {
    match reference.resolve_char_ref().map_err(|error| error.to_string())? {
        Some(c) if is_legal(c) => Ok(c.to_string()),
        Some(c) => Err(format!("a reference to {c:?}")),
        None => {
            let name = reference.xml10_content();
            resolve_predefined_entity(&name).map(str::to_owned).ok_or_else(|| format!("the entity &{name};"))
        }
    }
}

fn rss(root: &Element, found: &mut Problems) {
    found.require(root.attribute("version") == Some("2.0"), || "<rss> is not version 2.0".into());
    let Some(channel) = found.exactly_one(root, "channel") else {
        return;
    };
    for name in ["title", "link", "description"] {
        found.exactly_one(channel, name);
    }
    for name in ["language", "lastBuildDate", "generator", "image", "copyright"] {
        found.at_most_one(channel, name);
    }
    if let Some(link) = channel.child("link") {
        found.is_address("<link>", &link.text);
    }
    if let Some(date) = channel.child("lastBuildDate") {
        found.is_rfc822(date);
    }
    let to_self = channel.children_named("atom:link").filter(|link| link.attribute("rel") == Some("self"));
    found.require(to_self.count() == 1, || "<channel> has no single atom:link rel=self".into());
    for link in channel.children_named("atom:link") {
        found.is_address("atom:link", link.attribute("href").unwrap_or_default());
    }
    if let Some(image) = channel.child("image") {
        for name in ["url", "link"] {
            if let Some(element) = found.exactly_one(image, name) {
                found.is_address("<image>", &element.text);
            }
        }
        let titles = [image.child("title"), channel.child("title")].map(|title| title.map(|title| &title.text));
        found.require(titles[0] == titles[1], || "<image> and <channel> have different titles".into());
    }
    let mut guids = HashSet::new();
    for item in channel.children_named("item") {
        rss_item(item, found);
        let guid = item.child("guid").map(|guid| guid.text.as_str());
        found.require(guid.is_none_or(|guid| guids.insert(guid)), || format!("the guid {guid:?} occurs twice"));
    }
}

fn rss_item(item: &Element, found: &mut Problems) {
    let named = item.child("title").is_some() || item.child("description").is_some();
    found.require(named, || "an <item> has neither title nor description".into());
    for name in [
        "title",
        "link",
        "description",
        "author",
        "comments",
        "enclosure",
        "pubDate",
        "source",
        "content:encoded",
        "slash:comments",
        "wfw:commentRss",
    ] {
        found.at_most_one(item, name);
    }
    if let Some(guid) = found.exactly_one(item, "guid") {
        found.not_empty(guid);
        if guid.attribute("isPermaLink") != Some("false") {
            found.is_address("<guid> that is a permalink", &guid.text);
        }
    }
    // RSS wants an e-mail address in <author>, and no such address ever leaves the server.
    found.require(item.child("author").is_none(), || "an <item> has an <author>".into());
    for name in ["link", "comments", "wfw:commentRss"] {
        if let Some(element) = item.child(name) {
            found.is_address(name, &element.text);
        }
    }
    for (name, attribute) in [("enclosure", "url"), ("media:content", "url"), ("source", "url"), ("category", "domain")]
    {
        for address in item.children_named(name).filter_map(|element| element.attribute(attribute)) {
            found.is_address(name, address);
        }
    }
    if let Some(date) = found.exactly_one(item, "pubDate") {
        found.is_rfc822(date);
    }
    if let Some(enclosure) = item.child("enclosure") {
        found.is_number("the length of <enclosure>", enclosure.attribute("length"));
        let mime = enclosure.attribute("type").unwrap_or_default();
        found.require(mime.contains('/'), || format!("<enclosure>: {mime:?} is no type"));
    }
    if let Some(count) = item.child("slash:comments") {
        found.is_number("slash:comments", Some(&count.text));
    }
}

fn atom(root: &Element, found: &mut Problems) {
    let namespace = root.attribute("xmlns") == Some("http://www.w3.org/2005/Atom");
    found.require(namespace, || "<feed> is not in the namespace of Atom".into());
    atom_parts(root, found);
    let to_self = root.children_named("link").filter(|link| link.attribute("rel") == Some("self"));
    found.require(to_self.count() == 1, || "<feed> has no single link rel=self".into());
    for name in ["generator", "icon", "logo", "subtitle"] {
        found.at_most_one(root, name);
    }
    let mut ids = HashSet::new();
    for entry in root.children_named("entry") {
        atom_parts(entry, found);
        let authors = root.children_named("author").chain(entry.children_named("author"));
        found.require(authors.count() > 0, || "an <entry> has no author, and neither has its feed".into());
        for name in ["content", "published", "summary", "source"] {
            found.at_most_one(entry, name);
        }
        let says = entry.child("content").is_some()
            || entry.children_named("link").any(|link| link.attribute("rel") == Some("alternate"));
        found.require(says, || "an <entry> has neither content nor an alternate link".into());
        if let Some(date) = entry.child("published") {
            found.is_rfc3339(date);
        }
        if let Some(content) = entry.child("content") {
            found.require(content.children.is_empty(), || "content of type html has elements".into());
        }
        for category in entry.children_named("category") {
            found.require(category.attribute("term").is_some(), || "a <category> has no term".into());
        }
        for answered in entry.children_named("thr:in-reply-to") {
            found.require(answered.attribute("ref").is_some(), || "thr:in-reply-to has no ref".into());
        }
        let id = entry.child("id").map(|id| id.text.as_str());
        found.require(id.is_none_or(|id| ids.insert(id)), || format!("the id {id:?} occurs twice"));
    }
}

/// What `feed` and `entry` have in common.
fn atom_parts(element: &Element, found: &mut Problems) {
    if let Some(id) = found.exactly_one(element, "id") {
        let is_iri = Url::parse(&id.text).is_ok();
        found.require(is_iri, || format!("the id {:?} is no absolute address", id.text));
    }
    found.exactly_one(element, "title");
    if let Some(updated) = found.exactly_one(element, "updated") {
        found.is_rfc3339(updated);
    }
    found.at_most_one(element, "rights");
    let mut alternates = HashSet::new();
    for link in element.children_named("link") {
        found.is_address("<link>", link.attribute("href").unwrap_or_default());
        if link.attribute("rel").unwrap_or("alternate") == "alternate" {
            let key = (link.attribute("type"), link.attribute("hreflang"));
            found.require(alternates.insert(key), || "two alternate links of one type and language".into());
        }
    }
    for author in element.children_named("author") {
        if let Some(name) = found.exactly_one(author, "name") {
            found.not_empty(name);
        }
        found.require(author.child("email").is_none(), || "an <author> has an <email>".into());
        if let Some(page) = author.child("uri") {
            found.is_address("<uri>", &page.text);
        }
    }
}

fn url_set(root: &Element, bytes: usize, found: &mut Problems) {
    sitemap_limits(root, "url", bytes, found);
    let news = root.children.iter().filter(|url| url.child("news:news").is_some()).count();
    found.require(news <= MAX_NEWS, || format!("{news} articles in a news sitemap"));
    for url in root.children_named("url") {
        for link in url.children_named("xhtml:link") {
            found.is_address("xhtml:link", link.attribute("href").unwrap_or_default());
            let said = link.attribute("rel") == Some("alternate") && link.attribute("hreflang").is_some();
            found.require(said, || "xhtml:link is no alternate with a language".into());
        }
        for image in url.children_named("image:image") {
            if let Some(loc) = found.exactly_one(image, "image:loc") {
                found.is_address("image:loc", &loc.text);
            }
        }
        let Some(news) = url.child("news:news") else { continue };
        if let Some(publication) = found.exactly_one(news, "news:publication") {
            for name in ["news:name", "news:language"] {
                if let Some(element) = found.exactly_one(publication, name) {
                    found.not_empty(element);
                }
            }
        }
        if let Some(date) = found.exactly_one(news, "news:publication_date") {
            found.is_rfc3339(date);
        }
        if let Some(title) = found.exactly_one(news, "news:title") {
            found.not_empty(title);
        }
    }
}

fn sitemap_index(root: &Element, bytes: usize, found: &mut Problems) {
    sitemap_limits(root, "sitemap", bytes, found);
}

/// What holds for a sitemap and for the index of sitemaps.
fn sitemap_limits(root: &Element, name: &str, bytes: usize, found: &mut Problems) {
    let namespace = root.attribute("xmlns") == Some("http://www.sitemaps.org/schemas/sitemap/0.9");
    found.require(namespace, || format!("<{}> is not in the namespace of sitemaps", root.name));
    found.require(bytes <= MAX_BYTES, || format!("{bytes} bytes are too many"));
    let count = root.children.len();
    found.require(count <= MAX_URLS, || format!("{count} addresses are too many"));
    let mut places = HashSet::new();
    for entry in &root.children {
        found.require(entry.name == name, || format!("<{}> in <{}>", entry.name, root.name));
        if let Some(loc) = found.exactly_one(entry, "loc") {
            found.is_address("<loc>", &loc.text);
            found.require(loc.text.len() < 2_048, || format!("<loc> has {} characters", loc.text.len()));
            found.require(places.insert(&loc.text), || format!("{} occurs twice", loc.text));
        }
        if let Some(date) = entry.child("lastmod") {
            found.is_rfc3339(date);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::site;
    use super::super::{atom, rss};
    use super::*;

    /// Breaks a good document in one place and wants to hear about it.
    fn check_noticed(xml: &str, good: &str, bad: &str, complaint: &str) {
        assert!(xml.contains(good), "{good} is not in the document:\n{xml}");
        let found = problems(&xml.replacen(good, bad, 1));
        assert!(found.iter().any(|problem| problem.contains(complaint)), "{complaint} is not among {found:#?}");
    }

    #[test]
    fn what_is_not_well_formed_is_noticed() {
        for bad in [
            "",
            "<a>",
            "<a></b>",
            "<a/><b/>",
            "<a>&nbsp;</a>",
            "<a>&#0;</a>",
            "<a>\u{1}</a>",
            "<!DOCTYPE a><a/>",
            "x<a/>",
            "<a b=c/>",
        ] {
            assert!(Element::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(Element::parse("<a>&#x26;&lt;<![CDATA[>]]></a>").unwrap().text, "&<>");
    }

    #[test]
    fn faults_of_rss_are_noticed() {
        let good = rss::feed(&site());
        check_noticed(&good, "<title>ورّاق</title>", "", "<title>");
        check_noticed(&good, "<pubDate>Fri, 23 Oct", "<pubDate>2020-10-23", "no RFC 822 date");
        check_noticed(&good, "<link>https://w.example/2020/10/23/a/", "<link>/2020/10/23/a/", "no absolute");
        check_noticed(&good, "https://w.example/2020/10/22/b/</guid>", "https://w.example/?p=1</guid>", "occurs twice");
        check_noticed(&good, "length=\"48213\"", "length=\"\"", "no number");
        check_noticed(&good, "rel=\"self\"", "rel=\"next\"", "rel=self");
        check_noticed(&good, "<dc:creator>", "<author>a@w.example</author><dc:creator>", "<author>");
        check_noticed(&good, " xmlns:dc=", " xmlns:dcc=", "dc: is not declared");
    }

    #[test]
    fn faults_of_atom_are_noticed() {
        let good = atom::feed(&site());
        check_noticed(&good, "<updated>2020-10-24T08:00:00Z", "<updated>2020-10-24", "no RFC 3339 date");
        check_noticed(&good, "<id>https://w.example/?p=1</id>", "", "<id>");
        check_noticed(&good, "<id>https://w.example/?p=1</id>", "<id>1</id>", "no absolute address");
        check_noticed(&good, "<name>هيئة التحرير</name>", "", "<name>");
        check_noticed(&good, "href=\"https://w.example/2020", "href=\"/2020", "no absolute ASCII address");
    }

    #[test]
    fn faults_of_sitemaps_are_noticed() {
        let good =
            super::super::sitemap::index(&[("https://w.example/a".into(), None), ("https://w.example/b".into(), None)]);
        check_noticed(&good, "w.example/b", "w.example/a", "occurs twice");
        check_noticed(&good, "https://w.example/b", "b", "no absolute");
        check_noticed(&good, "schemas/sitemap/0.9", "schemas/sitemap/0.8", "namespace");
        assert_eq!(problems("<html/>"), ["<html> is no feed and no sitemap"]);
    }
}
