//! What does a block become when it is shown?
//!
//! Most blocks are shown as they were saved. To some the server adds class names; others it makes anew from the site each
//! time. What depends on the site is asked from the [`Library`]; where it gives nothing, what was saved is kept and a
//! warning says so.

use std::fmt::Write;

use super::layout::layout_classes;
use super::{Block, BlockId, Document, Inner, Json, parse};
use crate::body::{Counters, Options, Uses, Warning};
use crate::classic::paragraphs::paragraphs;
use crate::html::{attribute, change_first, escape, tag_name, with_attribute, with_classes};
use crate::library::{Entry, Library, Listing};

/// Blocks deeper than this are shown as they were saved: their content is copied once per level.
pub const DEEPEST_SHOWN: usize = 100;

/// How many reusable blocks may stand within each other.
const DEEPEST_REUSE: usize = 5;

/// The HTML of a document.
pub(crate) fn render(
    document: &Document<'_>,
    library: &dyn Library,
    options: &Options,
    counters: &mut Counters,
    uses: &mut Uses,
    warnings: &mut Vec<Warning>,
) -> String {
    let mut renderer = Renderer { library, options, counters, uses, warnings, reuse: 0 };
    renderer.document(document)
}

struct Renderer<'r> {
    library: &'r dyn Library,
    options: &'r Options,
    counters: &'r mut Counters,
    uses: &'r mut Uses,
    warnings: &'r mut Vec<Warning>,
    reuse: usize,
}

impl Renderer<'_> {
    fn document(&mut self, document: &Document<'_>) -> String {
        document.roots().iter().map(|&id| self.block(document, id, None, 0)).collect()
    }

    fn block(&mut self, document: &Document<'_>, id: BlockId, parent: Option<&str>, depth: usize) -> String {
        let block = document.block(id);
        let name = block.name.as_deref();
        let mut html = String::new();
        if depth == DEEPEST_SHOWN {
            self.warn(name.unwrap_or(""), "stands too deep within other blocks and is shown as it was saved");
            flatten(document, id, &mut html);
            return html;
        }
        for inner in &block.inner {
            match inner {
                Inner::Html(own) => html.push_str(own),
                Inner::Block(id) => html.push_str(&self.block(document, *id, name, depth + 1)),
            }
        }
        let Some(name) = name else { return html };
        let shown = self.shown(name, block, parent, html);
        if self.options.layout_classes { self.laid_out(name, block, shown) } else { shown }
    }

    /// What the server makes of a block whose content is `html`.
    fn shown(&mut self, name: &str, block: &Block<'_>, parent: Option<&str>, html: String) -> String {
        let Some(own) = name.strip_prefix("core/") else {
            return self.library.block(name, block.attributes.as_ref(), &html).unwrap_or(html);
        };
        match own {
            "shortcode" => paragraphs(&html, true),
            "heading" => with_class_on(&html, &["h1", "h2", "h3", "h4", "h5", "h6"], "wp-block-heading"),
            "list" => with_class_on(&html, &["ul", "ol"], "wp-block-list"),
            "image" => self.image(block, parent, html),
            "gallery" => self.gallery(html),
            "block" => self.reusable(block, html),
            "latest-posts" => self.latest_posts(block, html),
            "archives" => {
                let counted = block.attribute("showPostCounts").and_then(Json::boolean) == Some(true);
                self.listing(own, block, Listing::Archives, html, if counted { counted_archives } else { archives })
            }
            "categories" => self.listing(own, block, Listing::Categories, html, categories),
            "tag-cloud" => self.listing(own, block, Listing::Tags, html, tags),
            "page-list" => self.listing(own, block, Listing::Pages, html, pages),
            "footnotes" if html.trim().is_empty() => self.made_from_site(name, block, html),
            _ if DYNAMIC.contains(&own) => self.made_from_site(name, block, html),
            _ => self.library.block(name, block.attributes.as_ref(), &html).unwrap_or(html),
        }
    }

    fn warn(&mut self, name: &str, message: &str) {
        self.warnings.push(Warning::new(name, format!("{name}: {message}")));
    }

    /// A block that WordPress makes from the site: what the library says, else what was saved.
    fn made_from_site(&mut self, name: &str, block: &Block<'_>, html: String) -> String {
        if let Some(made) = self.library.block(name, block.attributes.as_ref(), &html) {
            return made;
        }
        self.warn(name, "is made from the site; only what was saved is shown");
        html
    }

    fn image(&mut self, block: &Block<'_>, parent: Option<&str>, html: String) -> String {
        let id = block.attribute("id").and_then(Json::integer).and_then(|id| u64::try_from(id).ok());
        self.uses.attachments.extend(id);
        if !html.contains("<img") {
            return String::new();
        }
        match id {
            Some(id) if parent == Some("core/gallery") && self.options.layout_classes => {
                change_first(&html, |tag| tag_name(tag) == "img", |tag| with_attribute(tag, "data-id", &id.to_string()))
            }
            _ => html,
        }
    }

    fn gallery(&mut self, html: String) -> String {
        if !self.options.layout_classes {
            return html;
        }
        self.counters.galleries += 1;
        let class = format!("wp-block-gallery-{}", self.counters.galleries);
        change_first(&html, |_| true, |tag| with_classes(tag, &[class]))
    }

    fn reusable(&mut self, block: &Block<'_>, html: String) -> String {
        let id = block.attribute("ref").and_then(Json::integer).and_then(|id| u64::try_from(id).ok());
        let text = id.filter(|_| self.reuse < DEEPEST_REUSE).and_then(|id| self.library.reusable(id));
        let Some(text) = text else {
            self.warn("core/block", "the reusable block is not known");
            return html;
        };
        self.reuse += 1;
        let shown = self.document(&parse(&text));
        self.reuse -= 1;
        shown
    }

    fn listing(&mut self, name: &str, block: &Block<'_>, wanted: Listing, html: String, print: Print) -> String {
        match self.library.listing(wanted) {
            Some(entries) => print(&chosen_classes(block), &entries),
            None => {
                self.warn(&format!("core/{name}"), "is made from the site; only what was saved is shown");
                html
            }
        }
    }

    fn latest_posts(&mut self, block: &Block<'_>, html: String) -> String {
        let count = block.attribute("postsToShow").and_then(Json::integer).and_then(|n| usize::try_from(n).ok());
        let Some(entries) = self.library.listing(Listing::LatestPosts(count.unwrap_or(5).min(100))) else {
            self.warn("core/latest-posts", "is made from the site; only what was saved is shown");
            return html;
        };
        let with_date = block.attribute("displayPostDate").and_then(Json::boolean) == Some(true);
        let mut class = String::from("wp-block-latest-posts__list");
        if block.attribute("postLayout").and_then(Json::text) == Some("grid") {
            let columns = block.attribute("columns").and_then(Json::integer).unwrap_or(3);
            let _ = write!(class, " is-grid columns-{columns}");
        }
        if with_date {
            class.push_str(" has-dates");
        }
        let mut out = format!("<ul class=\"{}{} wp-block-latest-posts\">", escape(&class), chosen_classes(block));
        for entry in entries {
            let _ = write!(
                out,
                "<li><a class=\"wp-block-latest-posts__post-title\" href=\"{}\">{}</a>",
                escape(&entry.url),
                entry.title
            );
            if let (true, Some((date, machine))) = (with_date, &entry.date) {
                let _ = write!(
                    out,
                    "<time datetime=\"{}\" class=\"wp-block-latest-posts__post-date\">{}</time>",
                    escape(machine),
                    escape(date)
                );
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>");
        out
    }

    fn laid_out(&mut self, name: &str, block: &Block<'_>, html: String) -> String {
        let mut html = html;
        let has_link_colour = ["link", "heading", "button"].iter().any(|element| {
            let colour = ["style", "elements", element, "color", "text"];
            block.attributes.as_ref().is_some_and(|attributes| attributes.path(&colour).is_some())
        });
        let may_colour_links =
            name.strip_prefix("core/").is_some_and(|own| !["button", "separator", "table"].contains(&own));
        if has_link_colour && may_colour_links {
            let class = format!("wp-elements-{:032x}", digest(block));
            html = change_first(&html, |_| true, |tag| with_classes(tag, &[class]));
        }
        if name == "core/cover" && block.attribute("minHeight").is_some() {
            html = change_first(
                &html,
                |_| true,
                |tag| {
                    let style = attribute(tag, "style").unwrap_or("").trim_end_matches(';').to_owned();
                    let gap = if style.is_empty() { "" } else { ";" };
                    with_attribute(tag, "style", &format!("{style}{gap}aspect-ratio:unset;"))
                },
            );
        }
        let classes = layout_classes(name, block, self.options.global_padding, &mut self.counters.containers);
        if classes.is_empty() {
            return html;
        }
        // The classes belong to the element that holds the inner blocks: the last one with a class before the first of them.
        let holder = match block.inner.first() {
            Some(Inner::Html(first)) if block.inner.len() > 1 => last_class(first),
            _ => None,
        };
        let wanted = |tag: &str| {
            let class = attribute(tag, "class").unwrap_or("");
            holder.as_deref().is_none_or(|holder| class.contains(holder))
        };
        change_first(&html, wanted, |tag| with_classes(tag, &classes))
    }
}

/// Blocks that the server makes from the site or from the article that they stand in.
const DYNAMIC: &[&str] = &[
    "avatar",
    "calendar",
    "comment-author-name",
    "comment-content",
    "comment-date",
    "comment-edit-link",
    "comment-reply-link",
    "comment-template",
    "comments",
    "comments-pagination",
    "comments-title",
    "home-link",
    "latest-comments",
    "loginout",
    "navigation",
    "navigation-link",
    "navigation-submenu",
    "pattern",
    "post-author",
    "post-author-biography",
    "post-author-name",
    "post-comments-form",
    "post-content",
    "post-date",
    "post-excerpt",
    "post-featured-image",
    "post-navigation-link",
    "post-template",
    "post-terms",
    "post-title",
    "query",
    "query-no-results",
    "query-pagination",
    "query-title",
    "read-more",
    "rss",
    "search",
    "site-logo",
    "site-tagline",
    "site-title",
    "social-link",
    "template-part",
    "term-description",
];

/// The content of a block and those within it, without their comments, however deep.
fn flatten(document: &Document<'_>, id: BlockId, out: &mut String) {
    let mut tasks = vec![&document.block(id).inner[..]];
    while let Some(inner) = tasks.pop() {
        let Some((first, rest)) = inner.split_first() else { continue };
        tasks.push(rest);
        match first {
            Inner::Html(html) => out.push_str(html),
            Inner::Block(id) => tasks.push(&document.block(*id).inner),
        }
    }
}

fn with_class_on(html: &str, names: &[&str], class: &str) -> String {
    change_first(
        html,
        |_| true,
        |tag| {
            let fits = names.iter().any(|name| name.eq_ignore_ascii_case(tag_name(tag)));
            if fits { with_classes(tag, &[class]) } else { tag.to_owned() }
        },
    )
}

/// The class attribute of the last tag that has one.
fn last_class(html: &str) -> Option<String> {
    let mut last = None;
    for piece in crate::html::pieces(html) {
        if let crate::html::Piece::Tag(tag) = piece
            && let Some(class) = attribute(tag, "class").filter(|class| !class.is_empty())
        {
            last = Some(class.to_owned());
        }
    }
    last
}

/// Writes a list: the classes that the author chose, each after a space, and the entries.
type Print = fn(&str, &[Entry]) -> String;

/// What the author chose for a block that the server writes, each after a space: its alignment and classes of his own.
fn chosen_classes(block: &Block<'_>) -> String {
    let text = |name: &str| block.attribute(name).and_then(Json::text).filter(|text| !text.is_empty());
    let align = text("align").map(|align| format!(" align{align}")).unwrap_or_default();
    let own = text("className").map(|class| format!(" {class}")).unwrap_or_default();
    escape(&format!("{align}{own}"))
}

fn archives(classes: &str, entries: &[Entry]) -> String {
    months(classes, entries, false)
}

fn counted_archives(classes: &str, entries: &[Entry]) -> String {
    months(classes, entries, true)
}

fn months(classes: &str, entries: &[Entry], counted: bool) -> String {
    let items: Vec<String> = entries
        .iter()
        .map(|entry| {
            let count = if counted { format!("&nbsp;({})", entry.count) } else { String::new() };
            format!("\t<li><a href='{}'>{}</a>{count}</li>", escape(&entry.url), entry.title)
        })
        .collect();
    format!("<ul class=\"wp-block-archives-list{classes} wp-block-archives\">{}\n</ul>", items.join("\n"))
}

fn categories(classes: &str, entries: &[Entry]) -> String {
    let items: String = entries
        .iter()
        .map(|entry| {
            let (id, url, title) = (entry.id, escape(&entry.url), &entry.title);
            format!("\t<li class=\"cat-item cat-item-{id}\"><a href=\"{url}\">{title}</a>\n</li>\n")
        })
        .collect();
    format!("<ul class=\"wp-block-categories-list{classes} wp-block-categories\">{items}</ul>")
}

fn tags(classes: &str, entries: &[Entry]) -> String {
    let items: Vec<String> = entries
        .iter()
        .map(|entry| format!("<a href=\"{}\" class=\"tag-cloud-link\">{}</a>", escape(&entry.url), entry.title))
        .collect();
    format!("<p class=\"{}\">{}</p>", format!("{classes} wp-block-tag-cloud").trim_start(), items.join("\n"))
}

fn pages(classes: &str, entries: &[Entry]) -> String {
    let items: String = entries
        .iter()
        .map(|entry| {
            let (url, title) = (escape(&entry.url), &entry.title);
            format!(
                "<li class=\"wp-block-pages-list__item\"><a class=\"wp-block-pages-list__item__link\" href=\"{url}\">{title}</a></li>"
            )
        })
        .collect();
    format!("<ul class=\"{}\">{items}</ul>", format!("{classes} wp-block-page-list").trim_start())
}

/// A number that is the same for the same attributes (FNV-1a, 128 bits). WordPress takes another one.
fn digest(block: &Block<'_>) -> u128 {
    let mut text = String::new();
    if let Some(attributes) = &block.attributes {
        attributes.write(&mut text);
    }
    let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    text.bytes().fold(start, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b))
}
