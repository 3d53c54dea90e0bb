//! Which clean blocks does this element hold?
//!
//! Themes wrap paragraphs in dozens of elements and put share bars between them. [`pieces_of`] walks an element and
//! gives the blocks in order, each as HTML of a small fixed vocabulary and as plain text; the words stay exactly as
//! they were, only runs of white space become one blank, as on the screen.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};

use super::encoding::is_invisible;
use super::furniture;
use super::{Picture, Warning};

/// One block of the body.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub(super) html: String,
    /// The plain text: one entry, except for lists and quotations.
    pub(super) texts: Vec<String>,
    pub(super) role: Role,
    /// The picture, when the block is one.
    pub(super) picture: Option<Picture>,
    /// How many letters the block has, and how many of them stand in links.
    pub(super) letters: usize,
    pub(super) linked: usize,
}

/// What a block is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph.
    #[default]
    Text,
    /// A sub-heading.
    Heading,
    /// A list.
    List,
    /// A picture, table, quotation, rule, embedded medium.
    Other,
}

impl Piece {
    pub(super) fn paragraph(text: &str) -> Self {
        Self::plain("p", text, Role::Text)
    }

    pub(super) fn heading(text: &str) -> Self {
        Self::plain("h2", text, Role::Heading)
    }

    pub(super) fn list<'a>(items: impl Iterator<Item = &'a str>, ordered: bool) -> Self {
        let tag = if ordered { "ol" } else { "ul" };
        let texts: Vec<String> = items.map(str::to_owned).collect();
        let mut html = format!("<{tag}>");
        for item in &texts {
            html.push_str("<li>");
            escape_into(&mut html, item);
            html.push_str("</li>");
        }
        html.push_str(&format!("</{tag}>"));
        Self { html, texts, role: Role::List, ..Self::default() }
    }

    fn plain(tag: &str, text: &str, role: Role) -> Self {
        let mut html = format!("<{tag}>");
        escape_into(&mut html, text);
        html.push_str(&format!("</{tag}>"));
        Self { html, texts: vec![text.to_owned()], role, ..Self::default() }
    }

    /// Whether all its words are links.
    pub(super) fn only_links(&self) -> bool {
        self.linked > 0 && self.linked >= self.letters
    }

    /// The words of the block, for comparing with furniture.
    pub(super) fn text(&self) -> &str {
        self.texts.first().map_or("", String::as_str)
    }
}

/// The body as one text of HTML and as its plain blocks.
pub(super) fn finish(pieces: Vec<Piece>) -> (String, Vec<String>) {
    let mut html = String::new();
    let mut texts = Vec::new();
    for piece in pieces {
        html.push_str(&piece.html);
        html.push('\n');
        texts.extend(piece.texts.into_iter().filter(|text| !text.is_empty()));
    }
    (html, texts)
}

/// Escapes text for content and for attribute values alike.
pub(super) fn escape_into(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}

/// The blocks inside an element, furniture elements left out.
pub(super) fn pieces_of(root: &NodeRef<'_>, warnings: &mut Vec<Warning>) -> Vec<Piece> {
    let mut writer = Writer {
        blocks: holders_of_blocks(root),
        size: text_length(root),
        warnings,
        pieces: Vec::new(),
        line: Line::default(),
    };
    writer.children(root);
    writer.flush();
    writer.pieces
}

/// Every visible line inside an element, furniture included.
pub(super) fn lines_of(root: &NodeRef<'_>) -> Vec<String> {
    let mut ignored = Vec::new();
    // Where nothing is small beside the whole, nothing is left out.
    let mut writer = Writer {
        blocks: holders_of_blocks(root),
        size: 0,
        warnings: &mut ignored,
        pieces: Vec::new(),
        line: Line::default(),
    };
    writer.children(root);
    writer.flush();
    let texts = writer.pieces.into_iter().flat_map(|piece| piece.texts);
    texts.flat_map(|text| text.split('\n').map(|line| line.trim().to_owned()).collect::<Vec<_>>()).collect()
}

/// The picture that an `img` stands for, its lazy address resolved. Emoji, avatars, counters and spacers are none.
pub(super) fn picture(img: &NodeRef<'_>) -> Option<Picture> {
    const LAZY: [&str; 6] =
        ["data-lazy-src", "data-src", "data-original", "data-orig-file", "data-lazy", "data-full-url"];
    let is_small =
        |name: &str| img.attr(name).and_then(|v| v.trim_end_matches("px").parse::<u32>().ok()).is_some_and(|n| n <= 2);
    let classes = img.attr("class").unwrap_or_default().to_ascii_lowercase();
    if is_small("width") || is_small("height") || ["avatar", "emoji", "smiley"].iter().any(|c| classes.contains(c)) {
        return None;
    }
    let usable = |src: &str| {
        let src = src.trim();
        let name = src.rsplit('/').next().unwrap_or(src).to_ascii_lowercase();
        let spacer =
            ["blank.gif", "spacer", "placeholder", "1x1", "pixel.gif", "lazy.", "loader.", "loading.gif", "trans.gif"]
                .iter()
                .any(|spacer| name.contains(spacer));
        (!src.is_empty() && !src.starts_with("data:") && !src.starts_with("about:") && !spacer).then(|| src.to_owned())
    };
    let attr = |name: &str| img.attr(name).and_then(|value| usable(&value));
    let largest = |name: &str| img.attr(name).and_then(|set| largest_of(&set)).and_then(|src| usable(&src));
    let src = LAZY
        .iter()
        .find_map(|name| attr(name))
        .or_else(|| attr("src"))
        .or_else(|| largest("data-lazy-srcset"))
        .or_else(|| largest("data-srcset"))
        .or_else(|| largest("srcset"))?;
    let alt = img.attr("alt").unwrap_or_default().trim().to_owned();
    Some(Picture { src, alt, caption: None })
}

/// The caption of the figure that a picture stands in.
pub(super) fn caption_near(img: &NodeRef<'_>) -> Option<String> {
    let figure = img.ancestors_it(Some(4)).find(|n| n.has_name("figure") || has_class(n, "wp-caption"))?;
    let text = caption_of(&figure)?.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// The widest address of a `srcset`.
fn largest_of(set: &str) -> Option<String> {
    let candidates = set.split(", ").filter_map(|candidate| {
        let mut words = candidate.trim().trim_end_matches(',').split_whitespace();
        let src = words.next()?;
        let size: f64 = words.next().map_or(1.0, |size| size.trim_end_matches(['w', 'x']).parse().unwrap_or(0.0));
        Some((size, src.to_owned()))
    });
    candidates.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, src)| src)
}

/// Whether classes, id or element name say that this part of a page is furniture.
pub(super) fn is_furniture(node: &NodeRef<'_>) -> bool {
    #[rustfmt::skip]
    const EXACT: [&str; 34] = [
        "comments", "comment-list", "commentlist", "respond", "related", "sharing", "share", "social", "sidebar",
        "widget",
        "breadcrumb", "breadcrumbs", "navigation", "pagination", "pager", "menu", "toc", "meta", "advertisement",
        "ads", "ad",
        "banner", "newsletter", "sr-only", "screen-reader-text", "visually-hidden", "byline", "author", "tags",
        "noprint",
        "print-hide", "blog-pager", "post-footer", "post-footer-line",
    ];
    #[rustfmt::skip]
    const PREFIXES: [&str; 83] = [
        "sharedaddy", "sd-sharing", "sd-block", "sd-like", "jp-relatedposts", "jp-post-flair", "addtoany", "a2a_",
        "addthis",
        "heateor", "sassy-social", "ssba", "mashsb", "essb", "swp_", "social-", "social_", "share-", "share_",
        "sharing-",
        "post-share", "post-sharing", "entry-share", "td-post-sharing", "td-post-next-prev", "td-post-views",
        "td-author",
        "td-a-rec", "td-g-rec", "td_block_related", "td-post-source", "td-post-featured-video-ad", "author-box",
        "author-info", "author-bio", "about-author", "post-author", "related-", "related_", "relatedposts", "yarpp",
        "crp_",
        "also-read", "read-also", "read-more-", "inline-related", "post-related", "comment-respond", "comments-",
        "comment-form",
        "disqus", "fb-comments", "breadcrumb-", "post-navigation", "nav-links", "post-nav", "prev-next", "page-links",
        "ad-", "ads-", "ad_", "adsbygoogle", "advert", "google-auto", "stream-item", "ez-toc", "lwptoc",
        "toc_container",
        "newsletter-", "subscribe", "mc4wp", "cookie", "popup", "entry-meta", "post-meta", "entry-footer",
        "post-bottom-meta",
        "post-tags", "tags-links", "cat-links", "post-views", "print-", "printfriendly",
    ];
    const ELEMENTS: [&str; 8] = ["nav", "form", "button", "dialog", "fieldset", "label", "input", "menu"];
    if ELEMENTS.iter().any(|name| node.has_name(name)) || node.has_attr("hidden") {
        return true;
    }
    let style = node.attr("style").unwrap_or_default().to_ascii_lowercase();
    if style.contains("display:none") || style.contains("display: none") {
        return true;
    }
    let names = [node.attr("class"), node.attr("id")].into_iter().flatten();
    names
        .flat_map(|names| names.split_whitespace().map(str::to_ascii_lowercase).collect::<Vec<_>>())
        .any(|name| EXACT.contains(&name.as_str()) || PREFIXES.iter().any(|prefix| name.starts_with(prefix)))
}

/// The letters of an element, without the blanks between them.
pub(super) fn text_length(node: &NodeRef<'_>) -> usize {
    let texts = node.descendants_it().filter(NodeRef::is_text);
    texts.map(|text| text.text().chars().filter(|c| !c.is_whitespace()).count()).sum()
}

const BLOCKS: [&str; 42] = [
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "embed",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "img",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
    "video",
    "fieldset",
];

/// The elements that hold a block somewhere inside; an inline element among them cannot stay inline.
fn holders_of_blocks(root: &NodeRef<'_>) -> HashSet<NodeId> {
    let mut holders = HashSet::new();
    for node in root.descendants_it().filter(|node| BLOCKS.iter().any(|name| node.has_name(name))) {
        for ancestor in node.ancestors_it(None) {
            if !holders.insert(ancestor.id) {
                break;
            }
        }
    }
    holders
}

/// The paragraph being written.
#[derive(Default)]
struct Line {
    html: String,
    text: String,
    /// Letters that are inside links.
    linked: usize,
    links: usize,
    breaks: usize,
    /// The inline elements that are open, with the tags that open and close them.
    marks: Vec<(String, &'static str)>,
}

struct Writer<'w> {
    blocks: HashSet<NodeId>,
    size: usize,
    warnings: &'w mut Vec<Warning>,
    pieces: Vec<Piece>,
    line: Line,
}

impl Writer<'_> {
    fn children(&mut self, node: &NodeRef<'_>) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef<'_>) {
        if node.is_text() {
            return self.words(&node.text());
        }
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return };
        // A class may lie: what holds half of the words is the text itself.
        if is_furniture(node) && text_length(node) * 2 <= self.size {
            return;
        }
        match &*name {
            "br" => self.line_break(),
            "img" => self.image(node),
            "h1" | "h2" => self.wrapped(node, "h2", Role::Heading),
            "h3" => self.wrapped(node, "h3", Role::Heading),
            "h4" | "h5" | "h6" => self.wrapped(node, "h4", Role::Heading),
            "p" | "dt" | "dd" | "summary" | "figcaption" | "caption" => self.wrapped(node, "p", Role::Text),
            "blockquote" => self.quotation(node),
            "ul" | "ol" => self.list(node, &name),
            "figure" => self.figure(node),
            "table" => self.table(node),
            "pre" => self.preformatted(node),
            "hr" => {
                self.flush();
                self.pieces.push(Piece { html: "<hr>".to_owned(), role: Role::Other, ..Piece::default() });
            }
            "iframe" | "video" | "audio" | "embed" => self.embed(node),
            "aside" => self.aside(node),
            "script" | "style" | "noscript" if &*name != "noscript" => {}
            _ if has_class(node, "wp-caption") => self.figure(node),
            _ if self.blocks.contains(&node.id) || BLOCKS.contains(&&*name) => {
                // Anything that holds blocks is only a wrapper, and so is an unknown block.
                self.flush();
                self.children(node);
                self.flush();
            }
            _ => self.inline(node, &name),
        }
    }

    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii_whitespace() {
                if !self.line.text.is_empty() && !self.line.text.ends_with([' ', '\n']) {
                    self.line.text.push(' ');
                    self.line.html.push(' ');
                }
                continue;
            }
            self.line.breaks = 0;
            self.line.linked += usize::from(self.line.links > 0);
            self.line.text.push(c);
            match c {
                '&' => self.line.html.push_str("&amp;"),
                '<' => self.line.html.push_str("&lt;"),
                '>' => self.line.html.push_str("&gt;"),
                '"' => self.line.html.push_str("&quot;"),
                c => self.line.html.push(c),
            }
        }
    }

    /// One break is a line of verse or an address; two in a row end a paragraph.
    fn line_break(&mut self) {
        if self.line.text.trim().is_empty() {
            return;
        }
        self.line.breaks += 1;
        if self.line.breaks >= 2 {
            for (_, close) in self.line.marks.iter().rev() {
                self.line.html.push_str(close);
            }
            return self.flush();
        }
        self.line.html.push_str("<br>");
        self.line.text.push('\n');
    }

    fn inline(&mut self, node: &NodeRef<'_>, name: &str) {
        let (open, close) = match name {
            "a" => match node.attr("href").filter(|href| is_link(href)) {
                Some(href) => {
                    let mut open = "<a href=\"".to_owned();
                    escape_into(&mut open, href.trim());
                    open.push_str("\">");
                    (open, "</a>")
                }
                None => return self.children(node),
            },
            "b" | "strong" => ("<strong>".to_owned(), "</strong>"),
            "i" | "em" => ("<em>".to_owned(), "</em>"),
            "sub" => ("<sub>".to_owned(), "</sub>"),
            "sup" => ("<sup>".to_owned(), "</sup>"),
            "code" | "kbd" | "samp" => ("<code>".to_owned(), "</code>"),
            "del" | "s" | "strike" => ("<del>".to_owned(), "</del>"),
            "ins" => ("<ins>".to_owned(), "</ins>"),
            "q" => ("<q>".to_owned(), "</q>"),
            "cite" => ("<cite>".to_owned(), "</cite>"),
            "mark" => ("<mark>".to_owned(), "</mark>"),
            "bdi" => ("<bdi>".to_owned(), "</bdi>"),
            _ => return self.children(node),
        };
        self.line.links += usize::from(name == "a");
        self.line.html.push_str(&open);
        self.line.marks.push((open, close));
        self.children(node);
        self.line.links -= usize::from(name == "a");
        let Some((open, close)) = self.line.marks.pop() else { return };
        if self.line.html.ends_with(&open) {
            self.line.html.truncate(self.line.html.len() - open.len());
        } else {
            self.line.html.push_str(close);
        }
    }

    fn image(&mut self, img: &NodeRef<'_>) {
        let classes = img.attr("class").unwrap_or_default();
        if classes.contains("emoji") || classes.contains("smiley") {
            return self.words(&img.attr("alt").unwrap_or_default());
        }
        if let Some(picture) = picture(img) {
            self.flush();
            self.push_picture(&picture, "");
        }
    }

    fn push_picture(&mut self, picture: &Picture, caption: &str) {
        let mut html = "<figure><img src=\"".to_owned();
        escape_into(&mut html, &picture.src);
        html.push_str("\" alt=\"");
        escape_into(&mut html, &picture.alt);
        html.push_str("\">");
        let head = html.clone();
        if !caption.is_empty() {
            html.push_str(&format!("<figcaption>{caption}</figcaption>"));
        }
        html.push_str("</figure>");
        // A lazy picture is followed by its copy for browsers without scripts.
        if !self.pieces.iter().rev().take(2).any(|piece| piece.html.starts_with(&head)) {
            let text = Document::fragment(caption).root().text().split_whitespace().collect::<Vec<_>>().join(" ");
            let caption = (!text.is_empty()).then_some(text);
            let picture = Some(Picture { caption, ..picture.clone() });
            self.pieces.push(Piece { html, role: Role::Other, picture, ..Piece::default() });
        }
    }

    fn wrapped(&mut self, node: &NodeRef<'_>, tag: &str, role: Role) {
        self.flush();
        let first = self.pieces.len();
        self.children(node);
        self.flush();
        for piece in self.pieces[first..].iter_mut().filter(|piece| piece.role == Role::Text && tag != "p") {
            if let Some(inner) = piece.html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
                piece.html = format!("<{tag}>{inner}</{tag}>");
                piece.role = role;
            }
        }
    }

    /// The pieces of a node, apart from those already written.
    fn inside(&mut self, node: &NodeRef<'_>) -> Vec<Piece> {
        self.flush();
        let outer = std::mem::take(&mut self.pieces);
        self.children(node);
        self.flush();
        std::mem::replace(&mut self.pieces, outer)
    }

    fn quotation(&mut self, node: &NodeRef<'_>) {
        let inside = self.inside(node);
        if inside.is_empty() {
            return;
        }
        let html: String = inside.iter().map(|piece| piece.html.as_str()).collect();
        self.pieces.push(Piece {
            html: format!("<blockquote>{html}</blockquote>"),
            letters: inside.iter().map(|piece| piece.letters).sum(),
            linked: inside.iter().map(|piece| piece.linked).sum(),
            texts: inside.into_iter().flat_map(|piece| piece.texts).collect(),
            role: Role::Other,
            picture: None,
        });
    }

    fn list(&mut self, node: &NodeRef<'_>, tag: &str) {
        self.flush();
        let mut html = format!("<{tag}>");
        let mut texts = Vec::new();
        let (mut letters, mut linked) = (0, 0);
        for item in node.children_it(false) {
            if item.is_text() || (is_furniture(&item) && text_length(&item) * 2 <= self.size) {
                continue;
            }
            let inside = self.inside(&item);
            if inside.is_empty() {
                continue;
            }
            letters += inside.iter().map(|piece| piece.letters).sum::<usize>();
            linked += inside.iter().map(|piece| piece.linked).sum::<usize>();
            html.push_str(&format!("<li>{}</li>", unwrap_single(&inside)));
            texts.extend(inside.into_iter().flat_map(|piece| piece.texts));
        }
        if html.len() > tag.len() + 2 {
            html.push_str(&format!("</{tag}>"));
            self.pieces.push(Piece { html, texts, role: Role::List, picture: None, letters, linked });
        }
    }

    /// Pictures with their captions; a figure around something else is only a wrapper.
    fn figure(&mut self, node: &NodeRef<'_>) {
        let figures =
            node.descendants_it().filter(|n| n.has_name("figure") || n.has_name("table") || n.has_name("iframe"));
        let images: Vec<Picture> =
            node.descendants_it().filter(|n| n.has_name("img")).filter_map(|n| picture(&n)).take(2).collect();
        let [only] = images.as_slice() else { return self.figure_of_many(node, images.first()) };
        if figures.count() > usize::from(node.has_name("table")) {
            return self.figure_of_many(node, None);
        }
        let caption = caption_of(node).map(|caption| unwrap_single(&self.inside(&caption))).unwrap_or_default();
        self.flush();
        self.push_picture(only, &caption);
    }

    fn figure_of_many(&mut self, node: &NodeRef<'_>, repeated: Option<&Picture>) {
        self.flush();
        let images = node.descendants_it().filter(|n| n.has_name("img")).filter_map(|n| picture(&n));
        // The picture and its copy in `noscript`.
        if let Some(first) = repeated
            && images.into_iter().all(|image| image.src == first.src)
        {
            let caption = caption_of(node).map(|caption| unwrap_single(&self.inside(&caption))).unwrap_or_default();
            return self.push_picture(first, &caption);
        }
        self.children(node);
        self.flush();
    }

    fn table(&mut self, node: &NodeRef<'_>) {
        if has_class(node, "tr-caption-container") {
            return self.figure(node);
        }
        let cells = || node.descendants_it().filter(|n| n.has_name("td") || n.has_name("th"));
        let nested = node.descendants_it().any(|n| n.has_name("table"));
        // One cell, or tables in tables: a layout of the last century, not figures.
        if nested || cells().count() < 2 {
            self.flush();
            self.children(node);
            return self.flush();
        }
        self.flush();
        let mut html = "<table>".to_owned();
        let mut texts = Vec::new();
        for row in node.descendants_it().filter(|n| n.has_name("tr")) {
            html.push_str("<tr>");
            for cell in row.children_it(false).filter(|n| n.has_name("td") || n.has_name("th")) {
                let tag = if cell.has_name("th") { "th" } else { "td" };
                html.push_str(&format!("<{tag}"));
                for span in ["colspan", "rowspan"] {
                    if let Some(n) = cell.attr(span).and_then(|n| n.parse::<u16>().ok()).filter(|n| *n > 1) {
                        html.push_str(&format!(" {span}=\"{n}\""));
                    }
                }
                let inside = self.inside(&cell);
                html.push_str(&format!(">{}</{tag}>", unwrap_single(&inside)));
                texts.extend(inside.into_iter().flat_map(|piece| piece.texts));
            }
            html.push_str("</tr>");
        }
        html.push_str("</table>");
        if !texts.is_empty() {
            self.pieces.push(Piece { html, texts, role: Role::Other, ..Piece::default() });
        }
    }

    fn preformatted(&mut self, node: &NodeRef<'_>) {
        self.flush();
        let text = node.text().trim_matches('\n').to_owned();
        if !text.trim().is_empty() {
            let mut html = "<pre>".to_owned();
            escape_into(&mut html, &text);
            html.push_str("</pre>");
            self.pieces.push(Piece { html, texts: vec![text], role: Role::Other, ..Piece::default() });
        }
    }

    /// Players cannot be kept, but the reader can be sent where they play.
    fn embed(&mut self, node: &NodeRef<'_>) {
        let source = node.descendants_it().find(|n| n.has_name("source")).and_then(|n| n.attr("src"));
        let lazy = node.attr("data-src").or_else(|| node.attr("data-lazy-src"));
        let Some(src) = lazy.or_else(|| node.attr("src")).or(source) else { return };
        if !is_link(&src) || src.starts_with("about:") {
            return;
        }
        self.flush();
        let mut address = String::new();
        escape_into(&mut address, src.trim());
        self.pieces.push(Piece {
            html: format!("<p><a href=\"{address}\">{address}</a></p>"),
            role: Role::Other,
            ..Piece::default()
        });
        self.warnings.push(Warning {
            code: "embed-as-link",
            message: format!("an embedded player or page became a link: {}", src.trim()),
            line: None,
        });
    }

    fn aside(&mut self, node: &NodeRef<'_>) {
        self.flush();
        if text_length(node) >= 80 {
            let text: String = node.text().split_whitespace().take(8).collect::<Vec<_>>().join(" ");
            self.warnings.push(Warning {
                code: "aside-dropped",
                message: format!("a box beside the text was left out: «{text} …»"),
                line: None,
            });
        }
    }

    fn flush(&mut self) {
        // Inline elements that are still open go on in the next paragraph.
        let marks = self.line.marks.clone();
        let html = marks.iter().map(|(open, _)| open.as_str()).collect();
        let line = Line { links: self.line.links, html, marks, ..Line::default() };
        let mut line = std::mem::replace(&mut self.line, line);
        loop {
            let trimmed = line.html.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
            let trimmed = trimmed.strip_suffix("<br>").unwrap_or(trimmed);
            if trimmed.len() == line.html.len() {
                break;
            }
            line.html.truncate(trimmed.len());
        }
        let html = line.html.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
        let text = line.text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
        if text.is_empty() {
            return;
        }
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.pieces.push(Piece {
            html: format!("<p>{html}</p>"),
            texts: vec![text.to_owned()],
            role: Role::Text,
            picture: None,
            letters,
            linked: line.linked,
        });
    }
}

/// The inner HTML of a single paragraph; several blocks stay blocks.
fn unwrap_single(pieces: &[Piece]) -> String {
    if let [only] = pieces
        && let Some(inner) = only.html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"))
    {
        return inner.to_owned();
    }
    pieces.iter().map(|piece| piece.html.as_str()).collect()
}

fn caption_of<'a>(figure: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    figure
        .descendants_it()
        .find(|n| n.has_name("figcaption") || has_class(n, "wp-caption-text") || has_class(n, "tr-caption"))
}

fn has_class(node: &NodeRef<'_>, class: &str) -> bool {
    node.attr("class").is_some_and(|classes| classes.split_whitespace().any(|c| c == class))
}

/// A link that leads somewhere; scripts and bare marks do not.
fn is_link(href: &str) -> bool {
    let href = href.trim().to_ascii_lowercase();
    !href.is_empty()
        && !href.starts_with('#')
        && !["javascript:", "data:", "vbscript:"].iter().any(|s| href.starts_with(s))
}

/// Drops blocks of text that the furniture table knows, and everything from the reply form on.
pub(super) fn without_furniture(pieces: Vec<Piece>) -> Vec<Piece> {
    use furniture::Kind;
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut related = false;
    for piece in pieces {
        let text = piece.text();
        let is_number = !text.is_empty() && text.chars().all(|c| c.is_numeric() || c.is_whitespace() || c == '.');
        let kind = if piece.texts.len() == 1 && !is_number { furniture::kind(text) } else { None };
        let has_text = kept.iter().any(|piece| piece.role == Role::Text);
        match kind {
            Some(Kind::Reply) if has_text => break,
            Some(Kind::Related | Kind::After) => related = !text.contains(':') || text.trim_end().ends_with(':'),
            Some(_) => {}
            None if related && piece.only_links() && !piece.texts.is_empty() => {}
            None if piece.role == Role::List && piece.texts.iter().all(|t| furniture::kind(t).is_some()) => {}
            None => {
                related &= piece.texts.is_empty();
                kept.push(piece);
            }
        }
    }
    // A sub-heading or a rule with nothing under it belonged to what was dropped.
    while kept.last().is_some_and(|piece| piece.role == Role::Heading || piece.html == "<hr>") {
        kept.pop();
    }
    kept
}
