//! What does the page say about itself to machines?
//!
//! Search engines taught publishers to repeat the headline, date, writer and picture in forms that are easy to read.
//! The most explicit form wins: JSON-LD, then microdata, then the meta tags of Open Graph, then the classes that
//! themes agree on.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

use super::calendar;
use super::furniture;
use super::prose;
use super::{Picture, Published};

/// What one page claims; any of it may be missing.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) headline: Option<String>,
    pub(super) kicker: Option<String>,
    pub(super) standfirst: Option<String>,
    pub(super) byline: Vec<String>,
    pub(super) published: Option<Published>,
    pub(super) language: Option<String>,
    pub(super) site_name: Option<String>,
    pub(super) source_url: Option<String>,
    pub(super) lead_picture: Option<Picture>,
    pub(super) section: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) comment_count: Option<u32>,
    /// The text as JSON-LD repeats it, for pages whose own text is beyond finding.
    pub(super) body: Option<String>,
}

/// Reads the claims of a page.
pub(super) fn read(page: &Document) -> Claims {
    let mut claims = Claims::default();
    from_json_ld(page, &mut claims);
    from_microdata(page, &mut claims);
    from_meta(page, &mut claims);
    from_classes(page, &mut claims);
    claims
}

/// The text of the first element that matches a selector and has any.
pub(super) fn first_text(page: &Document, selector: &str) -> Option<String> {
    page.select(selector).nodes().iter().take(20).find_map(|node| clean(&node.text()))
}

/// White space collapsed; `None` for what is blank.
fn clean(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(super::encoding::is_invisible).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn from_json_ld(page: &Document, claims: &mut Claims) {
    let scripts = page.select("script[type='application/ld+json']");
    let documents: Vec<Value> = scripts
        .nodes()
        .iter()
        .take(50)
        .filter_map(|script| {
            let text = script.text();
            // Line breaks inside strings are a frequent error of templates; they carry no meaning anywhere in JSON.
            let text = text.replace(['\n', '\r', '\t'], " ");
            let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
            serde_json::from_str(text).ok()
        })
        .collect();
    let mut things = Vec::new();
    for document in &documents {
        collect(document, 0, &mut things);
    }
    let by_id = |reference: &Value| -> Option<&Map<String, Value>> {
        let id = reference.get("@id")?.as_str()?;
        let same = |thing: &&&Map<String, Value>| thing.get("@id").and_then(Value::as_str) == Some(id);
        things.iter().filter(|thing| thing.len() > 1).find(same).copied()
    };
    let named = |value: &Value| name_of(value).or_else(|| by_id(value).and_then(name_of_map));
    if let Some(article) = things.iter().find(|thing| is_kind(thing, is_article)) {
        let text = |key: &str| article.get(key).and_then(Value::as_str).and_then(unescape);
        claims.headline = text("headline").or_else(|| text("name"));
        claims.kicker = text("alternativeHeadline").filter(|kicker| Some(kicker) != claims.headline.as_ref());
        claims.published = text("datePublished").or_else(|| text("dateCreated")).and_then(|d| read_moment(&d));
        claims.language = text("inLanguage");
        claims.section = article.get("articleSection").and_then(first_string);
        claims.tags = article.get("keywords").map(strings).unwrap_or_default();
        claims.byline = people(article.get("author").or_else(|| article.get("creator")), &named);
        claims.site_name = article.get("publisher").and_then(named);
        claims.source_url = text("url").or_else(|| article.get("mainEntityOfPage").and_then(address_of));
        claims.lead_picture = article.get("image").and_then(|image| {
            let thing = image.as_array().and_then(|images| images.first()).unwrap_or(image);
            picture_of(thing).or_else(|| by_id(thing).and_then(|thing| picture_of(&Value::Object(thing.clone()))))
        });
        claims.comment_count = article.get("commentCount").and_then(number);
        claims.body = text("articleBody");
    }
    if let Some(page) = things.iter().find(|thing| is_kind(thing, |kind| kind == "WebPage" || kind == "ItemPage")) {
        let text = |key: &str| page.get(key).and_then(Value::as_str).and_then(unescape);
        claims.published = claims.published.or_else(|| text("datePublished").and_then(|d| read_moment(&d)));
        claims.language = claims.language.take().or_else(|| text("inLanguage"));
        claims.source_url = claims.source_url.take().or_else(|| text("url"));
    }
    if let Some(site) = things.iter().find(|thing| is_kind(thing, |kind| kind == "WebSite")) {
        claims.site_name = claims.site_name.take().or_else(|| name_of_map(site));
    }
}

/// Every object with a type, from lists and graphs; a few levels deep, as nobody nests them further.
fn collect<'v>(value: &'v Value, depth: usize, things: &mut Vec<&'v Map<String, Value>>) {
    if depth > 6 || things.len() > 2_000 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth + 1, things)),
        Value::Object(object) => {
            things.push(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "author", "publisher", "isPartOf"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, depth + 1, things);
                }
            }
        }
        _ => {}
    }
}

fn is_kind(thing: &Map<String, Value>, test: impl Fn(&str) -> bool) -> bool {
    match thing.get("@type") {
        Some(Value::String(kind)) => test(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(test),
        _ => false,
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "Report" | "LiveBlogPosting" | "SocialMediaPosting")
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => unescape(name).filter(|name| !name.starts_with("http")),
        Value::Object(thing) => name_of_map(thing),
        _ => None,
    }
}

fn name_of_map(thing: &Map<String, Value>) -> Option<String> {
    first_string(thing.get("name")?)
}

fn people(value: Option<&Value>, named: &dyn Fn(&Value) -> Option<String>) -> Vec<String> {
    let names: Vec<String> = match value {
        Some(Value::Array(people)) => people.iter().filter_map(named).collect(),
        Some(Value::String(names)) => furniture::split_names(names),
        Some(person) => named(person).into_iter().collect(),
        None => Vec::new(),
    };
    unique(names)
}

fn first_string(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => values.iter().find_map(|value| value.as_str().and_then(unescape)),
        value => value.as_str().and_then(unescape),
    }
}

fn strings(value: &Value) -> Vec<String> {
    let all: Vec<String> = match value {
        Value::Array(values) => values.iter().filter_map(Value::as_str).filter_map(unescape).collect(),
        Value::String(list) => list.split([',', '،']).filter_map(unescape).collect(),
        _ => Vec::new(),
    };
    unique(all)
}

fn unique(values: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) && seen.len() < 100 {
            seen.push(value);
        }
    }
    seen
}

fn address_of(value: &Value) -> Option<String> {
    let address = value.as_str().or_else(|| value.get("@id").and_then(Value::as_str))?;
    address.starts_with("http").then(|| address.to_owned())
}

fn picture_of(value: &Value) -> Option<Picture> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).and_then(unescape);
    let src = value.as_str().map(str::to_owned).or_else(|| text("url")).or_else(|| text("contentUrl"))?;
    let caption = text("caption");
    Some(Picture { src, alt: String::new(), caption })
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|n| u32::try_from(n).ok()).or_else(|| value.as_str()?.trim().parse().ok())
}

/// Plugins write HTML into JSON: tags and entities are read as a browser would, in a fragment of its own.
fn unescape(text: &str) -> Option<String> {
    if !text.contains(['&', '<']) {
        return clean_lines(text);
    }
    let fragment = Document::fragment(super::tags::tame(text).0);
    clean_lines(&fragment.root().text())
}

fn clean_lines(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn read_moment(text: &str) -> Option<Published> {
    calendar::read_machine(text).or_else(|| calendar::read_line(text))
}

fn from_microdata(page: &Document, claims: &mut Claims) {
    let scope = "[itemtype*='Article'], [itemtype*='BlogPosting']";
    let Some(article) = page.select(scope).nodes().first().copied() else { return };
    // Several articles on one page, such as related ones, each have their own scope: only what belongs to the first.
    let own = |name: &str| -> Option<NodeRef<'_>> {
        article
            .descendants_it()
            .find(|node| node.attr("itemprop").is_some_and(|props| props.split_whitespace().any(|prop| prop == name)))
    };
    let value = |node: &NodeRef<'_>| -> Option<String> {
        // Blogger keeps the moment in the title of an `abbr`.
        ["content", "datetime", "title", "href", "src"]
            .iter()
            .find_map(|name| node.attr(name))
            .and_then(|value| clean(&value))
            .or_else(|| clean(&node.text()))
    };
    let text = |name: &str| own(name).and_then(|node| clean(&node.attr("content").unwrap_or_else(|| node.text())));
    fill(&mut claims.headline, || text("headline"));
    fill(&mut claims.kicker, || text("alternativeHeadline"));
    fill(&mut claims.published, || own("datePublished").and_then(|node| read_moment(&value(&node)?)));
    fill(&mut claims.section, || text("articleSection"));
    fill(&mut claims.comment_count, || text("commentCount").and_then(|count| count.parse().ok()));
    if claims.byline.is_empty()
        && let Some(author) = own("author")
    {
        let name = author
            .descendants_it()
            .find(|node| node.attr("itemprop").is_some_and(|prop| &*prop == "name"))
            .and_then(|node| clean(&node.attr("content").unwrap_or_else(|| node.text())))
            .or_else(|| clean(&author.attr("content").unwrap_or_else(|| author.text())));
        claims.byline = name.map(|name| author_names(&name)).unwrap_or_default();
    }
}

fn fill<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

/// A visible byline may repeat its label.
fn author_names(text: &str) -> Vec<String> {
    unique(furniture::byline(text).unwrap_or_else(|| furniture::split_names(text)))
}

fn from_meta(page: &Document, claims: &mut Claims) {
    let all = |name: &str| -> Vec<String> {
        let selector = format!("meta[property='{name}'], meta[name='{name}']");
        let nodes = page.select(&selector);
        nodes.nodes().iter().take(100).filter_map(|node| clean(&node.attr("content")?)).collect()
    };
    let meta = |names: &[&str]| names.iter().find_map(|name| all(name).into_iter().next());
    let site_name = meta(&["og:site_name", "application-name"]);
    if site_name.is_some() {
        // The publisher of JSON-LD is often a person or a company; the page's own name for the site is better.
        claims.site_name = site_name;
    }
    fill(&mut claims.headline, || {
        let title = meta(&["og:title", "twitter:title"])?;
        Some(without_site(&title, claims.site_name.as_deref()))
    });
    fill(&mut claims.published, || {
        let names = [
            "article:published_time",
            "og:published_time",
            "datePublished",
            "date",
            "pubdate",
            "DC.date.issued",
            "dc.date",
        ];
        names.iter().find_map(|name| read_moment(&meta(&[name])?))
    });
    fill(&mut claims.section, || meta(&["article:section"]));
    if claims.tags.is_empty() {
        claims.tags = unique(all("article:tag"));
    }
    if claims.byline.is_empty() {
        let names = ["author", "article:author", "twitter:data1", "DC.creator"].iter().find_map(|name| {
            let names = all(name).into_iter().filter(|name| !name.starts_with("http")).collect::<Vec<_>>();
            (!names.is_empty()).then_some(names)
        });
        claims.byline = unique(names.unwrap_or_default().iter().flat_map(|names| author_names(names)).collect());
    }
    let canonical = page.select("link[rel='canonical']").attr("href").and_then(|href| clean(&href));
    claims.source_url = canonical
        .or_else(|| meta(&["og:url"]))
        .or_else(|| claims.source_url.take())
        .filter(|address| address.starts_with("http://") || address.starts_with("https://"));
    fill(&mut claims.lead_picture, || {
        let src = meta(&["og:image:secure_url", "og:image", "twitter:image"])?;
        Some(Picture { src, alt: meta(&["og:image:alt"]).unwrap_or_default(), caption: None })
    });
    let root = page.select("html");
    let root_language = root.attr("lang").or_else(|| root.attr("xml:lang")).and_then(|lang| clean(&lang));
    // The root element is what the browser obeyed, so it is what the editors saw.
    claims.language =
        root_language.or_else(|| claims.language.take()).or_else(|| meta(&["og:locale"])).and_then(|tag| {
            let tag = tag.replace('_', "-");
            let plausible =
                tag.len() <= 35 && tag.split('-').all(|part| part.chars().all(|c| c.is_ascii_alphanumeric()));
            (plausible && tag.len() >= 2).then_some(tag)
        });
}

/// «headline - site» without the site.
pub(super) fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(site) = site.map(furniture::fold).filter(|site| !site.is_empty()) else { return title.to_owned() };
    for separator in [" - ", " | ", " – ", " — ", " • ", " » ", " « ", ": "] {
        if let Some((headline, rest)) = title.rsplit_once(separator)
            && furniture::fold(rest) == site
        {
            return headline.trim().to_owned();
        }
        if let Some((rest, headline)) = title.split_once(separator)
            && furniture::fold(rest) == site
        {
            return headline.trim().to_owned();
        }
    }
    title.to_owned()
}

fn from_classes(page: &Document, claims: &mut Claims) {
    fill(&mut claims.published, || {
        let times = "time.entry-date.published[datetime], time.published[datetime], article time[datetime], \
                     .entry-date[datetime], time[datetime]";
        page.select(times).nodes().iter().find_map(|time| read_moment(&time.attr("datetime")?))
    });
    fill(&mut claims.published, || {
        let visible = ".entry-date, .post-date, .posted-on, .published, .date-header, .tie-date, .td-post-date, \
                       .elementor-post-info__item--type-date, .date, time, abbr.published";
        page.select(visible).nodes().iter().take(30).find_map(|node| {
            let title = node.attr("title").and_then(|title| read_moment(&title));
            title.or_else(|| read_moment(&clean(&node.text())?))
        })
    });
    if claims.byline.is_empty() {
        let writers = "[rel='author'], .author .fn, .vcard .fn, .byline .author, .entry-author-name, \
                       .td-post-author-name a, \
                       .author-name, .meta-author, .post-author-name, .elementor-post-info__item--type-author, .byline";
        let nodes = page.select(writers);
        let name = nodes.nodes().iter().take(10).filter(|n| !in_comments(n)).find_map(|node| clean(&node.text()));
        claims.byline = name.filter(|name| name.len() <= 160).map(|name| author_names(&name)).unwrap_or_default();
    }
    fill(&mut claims.section, || {
        first_text(
            page,
            "[rel='category tag'], .entry-category a, .post-cat, .cat-links a, .td-post-category, .post-cat-wrap a",
        )
    });
    if claims.tags.is_empty() {
        let nodes = page
            .select(".tags-links a, .post-tags a, .tagcloud a[rel='tag'], a[rel='tag'], .td-tags a, .post-labels a");
        let section = claims.section.as_deref();
        let tags =
            nodes.nodes().iter().take(60).filter(|node| node.attr("rel").is_none_or(|rel| !rel.contains("category")));
        claims.tags =
            unique(tags.filter_map(|node| clean(&node.text())).filter(|tag| Some(tag.as_str()) != section).collect());
    }
    fill(&mut claims.standfirst, || {
        let marks = ".entry-sub-title, .td-post-sub-title, .entry-subtitle, .post-subtitle, .standfirst, \
                     .entry-excerpt, \
                     .post-excerpt, .wp-block-post-excerpt, .article-standfirst, .article-lead, \
                     [itemprop='description']:not(meta)";
        let nodes = page.select(marks);
        nodes.nodes().iter().take(10).filter(|n| !in_list(n)).find_map(|node| clean(&node.text()))
    });
    fill(&mut claims.site_name, || first_text(page, ".site-title, .wp-block-site-title, .site-name"));
    fill(&mut claims.kicker, || first_text(page, ".kicker, .entry-kicker, .article-kicker, .post-kicker, .overline"));
    fill(&mut claims.comment_count, || {
        let counts = ".comments-title, .comments-link, .post-comments, .meta-comment, .td-post-comments, \
                      .comment-count, \
                      .comments-count, #comments-title, .comment-comments";
        let nodes = page.select(counts);
        nodes.nodes().iter().take(10).find_map(|node| furniture::comment_count(&clean(&node.text())?))
    });
    if let Some(picture) = &mut claims.lead_picture {
        let same = page.select("figure img, .wp-caption img, .post-thumbnail img");
        let shown = same.nodes().iter().take(50).find(|img| prose::picture(img).is_some_and(|p| p.src == picture.src));
        if let Some(img) = shown {
            if picture.alt.is_empty() {
                picture.alt = img.attr("alt").unwrap_or_default().trim().to_owned();
            }
            picture.caption = picture.caption.take().or_else(|| prose::caption_near(img));
        }
    } else {
        let featured = ".post-thumbnail img, .td-post-featured-image img, .featured-image img, \
                        .single-featured-image img, .wp-block-post-featured-image img, .featured-area img";
        let shown = page.select(featured);
        claims.lead_picture = shown
            .nodes()
            .iter()
            .take(5)
            .find_map(|img| Some(Picture { caption: prose::caption_near(img), ..prose::picture(img)? }));
    }
}

fn in_comments(node: &NodeRef<'_>) -> bool {
    has_ancestor(node, &["comments", "respond", "comment-list", "commentlist", "comment"])
}

fn in_list(node: &NodeRef<'_>) -> bool {
    has_ancestor(node, &["related", "related-posts", "sidebar", "widget", "wp-block-query", "jp-relatedposts"])
}

fn has_ancestor(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.ancestors_it(None).any(|ancestor| {
        let own = [ancestor.attr("class"), ancestor.attr("id")];
        own.iter().flatten().any(|value| value.split_whitespace().any(|name| names.contains(&name)))
    })
}
