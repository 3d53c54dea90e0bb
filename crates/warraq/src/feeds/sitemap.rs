//! What may a search engine know of us?
//!
//! Sitemaps after <https://www.sitemaps.org/protocol.html> with Google's extensions for pictures, languages and
//! news, and the robots.txt that points at them.

use jiff::{SignedDuration, Timestamp};

use super::rfc3339;
use super::xml::{Xml, uri};

/// How many addresses one sitemap may hold.
pub const MAX_URLS: usize = 50_000;
/// How large one sitemap may be, uncompressed.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
/// How many articles a news sitemap may hold.
pub const MAX_NEWS: usize = 1_000;
/// How old an article in a news sitemap may be.
pub const NEWS_AGE: SignedDuration = SignedDuration::from_hours(48);

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const END: &str = "</urlset>\n";

/// One page of the site.
#[derive(Debug, Clone, Default)]
pub struct SitemapUrl {
    /// Absolute.
    pub loc: String,
    /// When what stands there last changed.
    pub lastmod: Option<Timestamp>,
    /// All language versions, this one included; empty when there is only one.
    pub alternates: Vec<Alternate>,
    /// Absolute addresses of the pictures on the page.
    pub images: Vec<String>,
}

/// The same page in a language.
#[derive(Debug, Clone, Default)]
pub struct Alternate {
    /// BCP 47, or `x-default`.
    pub language: String,
    /// Absolute.
    pub url: String,
}

/// An article for the news sitemap.
#[derive(Debug, Clone, Default)]
pub struct NewsItem {
    /// Absolute.
    pub loc: String,
    /// Plain text.
    pub title: String,
    /// BCP 47.
    pub language: String,
    /// First publication.
    pub published: Timestamp,
}

/// As many sitemaps as the addresses need. At least one, so that the address of the first always answers.
#[must_use]
pub fn pages(urls: &[SitemapUrl]) -> Vec<String> {
    let mut pages = Vec::with_capacity(urls.len() / MAX_URLS + 1);
    let mut rest = urls;
    loop {
        let (page, written) = page(rest);
        pages.push(page);
        rest = &rest[written..];
        if rest.is_empty() {
            return pages;
        }
    }
}

/// One sitemap of the first addresses, and how many of them it holds: all, or as many as the limits allow.
#[must_use]
pub fn page(urls: &[SitemapUrl]) -> (String, usize) {
    page_within(urls, MAX_URLS, MAX_BYTES)
}

/// The list of sitemaps: absolute address and the last change of anything in it.
#[must_use]
pub fn index(sitemaps: &[(String, Option<Timestamp>)]) -> String {
    let mut xml = Xml::new(256 + sitemaps.len() * 160);
    xml.open("sitemapindex", &[NAMESPACE]);
    for (loc, lastmod) in sitemaps {
        xml.open("sitemap", &[]);
        xml.address("loc", loc);
        if let Some(lastmod) = lastmod {
            xml.text("lastmod", &[], &rfc3339(*lastmod));
        }
        xml.close();
    }
    xml.finish()
}

/// The articles of the two days before `now`, newest first, at most [`MAX_NEWS`]. Articles of the future stay out.
#[must_use]
pub fn news_sitemap(publication: &str, items: &[NewsItem], now: Timestamp) -> String {
    let mut recent: Vec<&NewsItem> = items
        .iter()
        .filter(|item| {
            let age = now.duration_since(item.published);
            !age.is_negative() && age <= NEWS_AGE
        })
        .collect();
    recent.sort_by_key(|item| std::cmp::Reverse(item.published));
    recent.truncate(MAX_NEWS);

    let mut xml = Xml::new(512 + recent.len() * 768);
    xml.open("urlset", &[NAMESPACE, ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9")]);
    for item in recent {
        xml.open("url", &[]);
        xml.address("loc", &item.loc);
        xml.open("news:news", &[]);
        xml.open("news:publication", &[]);
        xml.text("news:name", &[], publication);
        xml.text("news:language", &[], &news_language(&item.language));
        xml.close();
        xml.text("news:publication_date", &[], &rfc3339(item.published));
        xml.text("news:title", &[], &item.title);
        xml.close();
        xml.close();
    }
    xml.finish()
}

/// The robots.txt: what no search engine needs, who may not come at all, and where the sitemaps are.
///
/// `refused_agents` are the product tokens of crawlers that the publication turns away.
#[must_use]
pub fn robots_txt(sitemaps: &[String], refused_agents: &[String]) -> String {
    let mut out = String::with_capacity(512);
    for agent in refused_agents {
        line(&mut out, "User-agent", agent);
    }
    if !refused_agents.is_empty() {
        out.push_str("Disallow: /\n\n");
    }
    out.push_str(
        "User-agent: *\n\
         Disallow: /newsroom/\n\
         Disallow: /search$\n\
         Disallow: /search?\n\
         Disallow: /search/\n\
         Disallow: /*?s=\n\
         Disallow: /*&s=\n\
         Disallow: /*?replytocom=\n\
         Disallow: /*&replytocom=\n\
         Disallow: /wp-comments-post.php\n",
    );
    if !sitemaps.is_empty() {
        out.push('\n');
    }
    for sitemap in sitemaps {
        line(&mut out, "Sitemap", &uri(sitemap));
    }
    out
}

fn page_within(urls: &[SitemapUrl], max_urls: usize, max_bytes: usize) -> (String, usize) {
    let wanted = urls.len().min(max_urls);
    let mut xml = Xml::new((512 + wanted * 256).min(max_bytes));
    let namespaces = [
        NAMESPACE,
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
        ("xmlns:image", "http://www.google.com/schemas/sitemap-image/1.1"),
    ];
    xml.open("urlset", &namespaces);
    let mut written = 0;
    for url in &urls[..wanted] {
        let before = xml.len();
        write_url(&mut xml, url);
        // A single address that is too large by itself is let through: stopping here would never end.
        if xml.len() + END.len() > max_bytes && written > 0 {
            xml.truncate(before);
            break;
        }
        written += 1;
    }
    (xml.finish(), written)
}

fn write_url(xml: &mut Xml, url: &SitemapUrl) {
    xml.open("url", &[]);
    xml.address("loc", &url.loc);
    if let Some(lastmod) = url.lastmod {
        xml.text("lastmod", &[], &rfc3339(lastmod));
    }
    for alternate in &url.alternates {
        let attributes =
            [("rel", "alternate"), ("hreflang", alternate.language.as_str()), ("href", &uri(&alternate.url))];
        xml.empty("xhtml:link", &attributes);
    }
    // Google reads a thousand pictures of a page and no more.
    for image in url.images.iter().take(1_000) {
        xml.open("image:image", &[]);
        xml.address("image:loc", image);
        xml.close();
    }
    xml.close();
}

/// Google News wants the bare language, except for the two Chinese scripts.
fn news_language(language: &str) -> String {
    let language = language.to_ascii_lowercase();
    let mut parts = language.split('-');
    let base = parts.next().unwrap_or_default();
    if base != "zh" {
        return base.to_owned();
    }
    if parts.any(|part| matches!(part, "tw" | "hk" | "mo" | "hant")) { "zh-tw".into() } else { "zh-cn".into() }
}

/// One line of robots.txt; a value cannot begin another.
fn line(out: &mut String, field: &str, value: &str) {
    out.push_str(field);
    out.push_str(": ");
    out.extend(value.chars().filter(|c| !c.is_control()));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{any_text, at, legal};
    use super::super::validate::{Element, problems};
    use super::*;

    fn url(n: usize) -> SitemapUrl {
        SitemapUrl {
            loc: format!("https://w.example/{n}/"),
            lastmod: Some(at("2020-10-23T06:30:00Z")),
            alternates: vec![Alternate { language: "en".into(), url: format!("https://w.example/en/{n}/") }],
            images: vec![format!("https://w.example/media/{n}.jpg")],
        }
    }

    fn news(published: &str) -> NewsItem {
        NewsItem {
            loc: format!("https://w.example/{published}/"),
            title: format!("خبر & {published}"),
            language: "ar-EG".into(),
            published: at(published),
        }
    }

    fn check_language(language: &str, expected: &str) {
        assert_eq!(news_language(language), expected);
    }

    #[test]
    fn pages_are_split_at_the_number_of_addresses() {
        let urls: Vec<_> = (0..7).map(url).collect();
        let (first, written) = page_within(&urls, 3, MAX_BYTES);
        assert_eq!(written, 3);
        assert_eq!(Element::parse(&first).unwrap().children.len(), 3);
        assert_eq!(problems(&first), Vec::<String>::new());
    }

    #[test]
    fn pages_are_split_at_the_number_of_bytes() {
        let urls: Vec<_> = (0..7).map(url).collect();
        let whole = page(&urls).0.len();
        let (part, written) = page_within(&urls, MAX_URLS, whole - 1);
        assert_eq!(written, 6);
        assert!(part.len() < whole);
        assert_eq!(problems(&part), Vec::<String>::new());
        assert_eq!(page_within(&urls, MAX_URLS, whole).1, 7);
        assert_eq!(page_within(&urls, MAX_URLS, 1).1, 1, "an address too large by itself must not stop the rest");
    }

    #[test]
    fn all_addresses_come_out_once_and_in_order() {
        let urls: Vec<_> = (0..MAX_URLS + 3).map(|n| SitemapUrl { loc: url(n).loc, ..SitemapUrl::default() }).collect();
        let pages = pages(&urls);
        assert_eq!(pages.len(), 2);
        assert_eq!(pages[0].matches("<loc>").count(), MAX_URLS);
        assert_eq!(pages[1].matches("<loc>").count(), 3);
        assert!(pages[1].contains(&format!("<loc>https://w.example/{}/</loc>", MAX_URLS + 2)));
    }

    #[test]
    fn an_empty_site_has_one_empty_sitemap() {
        assert_eq!(pages(&[]).len(), 1);
        assert_eq!(problems(&pages(&[])[0]), Vec::<String>::new());
    }

    #[test]
    fn the_index_lists_the_pages() {
        let written = index(&[
            ("https://w.example/sitemap-1.xml".into(), Some(at("2020-10-23T06:30:00Z"))),
            ("https://w.example/sitemap-2.xml".into(), None),
        ]);
        assert_eq!(problems(&written), Vec::<String>::new());
        assert_eq!(written.matches("<sitemap>").count(), 2);
    }

    #[test]
    fn news_are_those_of_two_days() {
        let now = at("2020-10-23T12:00:00Z");
        let items = [
            news("2020-10-21T11:59:59Z"),
            news("2020-10-21T12:00:00Z"),
            news("2020-10-23T12:00:00Z"),
            news("2020-10-23T12:00:01Z"),
        ];
        let written = news_sitemap("ورّاق", &items, now);
        assert_eq!(problems(&written), Vec::<String>::new());
        let root = Element::parse(&written).unwrap();
        let titles: Vec<_> = root
            .children
            .iter()
            .map(|url| url.child("news:news").unwrap().child("news:title").unwrap().text.clone())
            .collect();
        assert_eq!(titles, ["خبر & 2020-10-23T12:00:00Z", "خبر & 2020-10-21T12:00:00Z"]);
    }

    #[test]
    fn news_are_at_most_a_thousand() {
        let items = vec![news("2020-10-23T12:00:00Z"); MAX_NEWS + 5];
        let written = news_sitemap("ورّاق", &items, at("2020-10-23T12:00:00Z"));
        assert_eq!(written.matches("<url>").count(), MAX_NEWS);
    }

    #[test]
    fn news_languages_are_those_that_google_knows() {
        check_language("ar", "ar");
        check_language("ar-EG", "ar");
        check_language("zh-Hant", "zh-tw");
        check_language("zh-CN", "zh-cn");
        check_language("zh", "zh-cn");
    }

    #[test]
    fn robots_are_told_what_to_leave_alone() {
        let robots =
            robots_txt(&["https://w.example/sitemap.xml".into()], &["BadBot".into(), "A\nDisallow: /x".into()]);
        for line in [
            "User-agent: BadBot",
            "User-agent: ADisallow: /x",
            "Disallow: /newsroom/",
            "Disallow: /search?",
            "Disallow: /*?replytocom=",
            "Sitemap: https://w.example/sitemap.xml",
        ] {
            assert!(robots.lines().any(|found| found == line), "{line}\n{robots}");
        }
        assert!(!robots_txt(&[], &[]).lines().any(|line| line == "Disallow: /"), "nobody is turned away by default");
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed_and_comes_back(text in any_text()) {
            let now = at("2020-10-23T12:00:00Z");
            let item = NewsItem { loc: text.clone(), title: text.clone(), language: text.clone(), published: now };
            let root = Element::parse(&news_sitemap(&text, &[item], now)).unwrap();
            let found = root.children[0].child("news:news").unwrap();
            prop_assert_eq!(&found.child("news:title").unwrap().text, &legal(&text));
            let all = SitemapUrl {
                loc: text.clone(),
                lastmod: None,
                alternates: vec![Alternate { language: text.clone(), url: text.clone() }],
                images: vec![text.clone()],
            };
            prop_assert_eq!(Element::parse(&page(&[all]).0).unwrap().children.len(), 1);
            prop_assert!(Element::parse(&index(&[(text, None)])).is_ok());
        }
    }
}
