//! How can any markup at all be parsed in bounded time?
//!
//! An HTML parser must accept everything, and some of what it accepts costs the square of its length: a hundred
//! thousand unclosed elements, a tag with as many attributes, misnested bold. [`tame`] rewrites the page in one pass
//! so that none of that reaches the parser: elements nest properly and at most [`DEPTH`] deep, tags keep only the
//! attributes that the reader looks at, and scripts, styles and drawings are gone. Well-formed pages lose nothing.

/// Deeper elements lose their tags and keep their text. Page builders reach sixty.
const DEPTH: usize = 160;

/// Elements beyond this lose their tags as well. A long page with hundreds of comments has a tenth of it.
const ELEMENTS: usize = 50_000;

/// The longest attribute value that is kept, in bytes; embedded pictures are longer, addresses are not.
const VALUE: usize = 4096;

#[rustfmt::skip]
const ATTRIBUTES: [&str; 46] = [
    "alt", "charset", "cite", "class", "colspan", "content", "data-lazy", "data-lazy-src", "data-lazy-srcset",
    "data-original", "data-orig-file", "data-src", "data-srcset", "datetime", "dir", "headers", "height", "hidden",
    "href",
    "hreflang", "http-equiv", "id", "itemid", "itemprop", "itemscope", "itemtype", "lang", "name", "property", "rel",
    "role", "rowspan", "scope", "sizes", "src", "srcset", "start", "style", "title", "type", "value", "width",
    "xml:lang",
    "data-bg", "data-full-url", "data-medium-file",
];

#[rustfmt::skip]
const INLINE: [&str; 41] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "meter", "noscript", "output", "picture", "progress", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
];

#[rustfmt::skip]
const BLOCK: [&str; 50] = [
    "address", "article", "aside", "audio", "blockquote", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul", "video", "canvas", "map", "dir", "amp-img",
];

const VOID: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose content is not part of the page's text.
const SILENT: [&str; 13] = [
    "script", "style", "textarea", "xmp", "noembed", "noframes", "iframe", "title", "svg", "math", "template",
    "select", "object",
];

/// The page again, safe to parse, and whether it had more than [`ELEMENTS`] elements.
pub(super) fn tame(page: &str) -> (String, bool) {
    let mut tamer = Tamer {
        page,
        out: String::with_capacity(page.len()),
        open: Vec::new(),
        ghosts: Vec::new(),
        unclosed: Vec::new(),
        elements: 0,
    };
    let mut at = 0;
    while let Some(offset) = page[at..].find('<') {
        tamer.out.push_str(&page[at..at + offset]);
        at = tamer.markup(at + offset);
    }
    tamer.out.push_str(&page[at..]);
    while tamer.open.pop().is_some_and(|name| tamer.close_tag(name)) {}
    (tamer.out, tamer.elements >= ELEMENTS)
}

struct Tamer<'a> {
    page: &'a str,
    out: String,
    open: Vec<&'static str>,
    /// Elements beyond [`DEPTH`], whose end tags must vanish as well.
    ghosts: Vec<&'static str>,
    elements: usize,
    /// Silent elements that have no end tag in the rest of the page.
    unclosed: Vec<&'static str>,
}

impl<'a> Tamer<'a> {
    /// Handles what begins at the `<` at `at`; gives the place after it.
    fn markup(&mut self, at: usize) -> usize {
        let rest = &self.page[at..];
        let until = |mark: &str| rest.find(mark).map_or(self.page.len(), |offset| at + offset + mark.len());
        if let Some(comment) = rest.strip_prefix("<!--") {
            // «<!-->» and «<!--->» are whole comments.
            return if comment.starts_with('>') || comment.starts_with("->") { until(">") } else { until("-->") };
        }
        let is_end = rest.starts_with("</");
        let name_at = at + 1 + usize::from(is_end);
        let name_length = self.page[name_at..]
            .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
            .unwrap_or(self.page.len() - name_at);
        let name = &self.page[name_at..name_at + name_length];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if rest.starts_with("<!") || rest.starts_with("<?") || is_end {
                return until(">");
            }
            self.out.push_str("&lt;");
            return at + 1;
        }
        let (attributes, end, self_closing) = attributes(self.page, name_at + name_length);
        let name = name.to_ascii_lowercase();
        if is_end {
            if let Some(name) = known(&name) {
                self.end(name);
            }
            return end;
        }
        if let Some(silent) = SILENT.iter().find(|silent| **silent == name) {
            return self.silent(silent, &attributes, end, self_closing);
        }
        match name.as_str() {
            "html" | "head" | "body" if self.elements < ELEMENTS => self.start_tag(&name, &attributes),
            name if VOID.contains(&name) => {
                if self.elements < ELEMENTS {
                    self.start_tag(name, &attributes);
                }
            }
            name => {
                if let Some(name) = known(name) {
                    self.start(name, &attributes);
                }
            }
        }
        end
    }

    /// A silent element: its content is skipped, unless the reader needs it.
    fn silent(&mut self, name: &'static str, attributes: &[(&str, &str)], end: usize, self_closing: bool) -> usize {
        let is_drawing = name == "svg" || name == "math";
        if is_drawing && self_closing {
            return end;
        }
        let close = if self.unclosed.contains(&name) { None } else { find_close(self.page, name, end) };
        let Some((content_end, after)) = close else {
            if !self.unclosed.contains(&name) {
                self.unclosed.push(name);
            }
            // Whatever a script or a style is, its letters are no text; an unclosed drawing is only a broken tag.
            return if matches!(name, "script" | "style" | "textarea" | "xmp") { self.page.len() } else { end };
        };
        let content = &self.page[end..content_end];
        if self.elements >= ELEMENTS {
            return after;
        }
        let is_claim =
            attributes.iter().any(|(n, value)| *n == "type" && value.eq_ignore_ascii_case("application/ld+json"));
        match name {
            "script" if is_claim => {
                self.elements += 1;
                self.out.push_str("<script type=\"application/ld+json\">");
                self.out.push_str(content);
                self.out.push_str("</script>");
            }
            "title" => {
                self.elements += 1;
                self.out.push_str("<title>");
                self.out.push_str(content);
                self.out.push_str("</title>");
            }
            "iframe" => {
                self.start_tag(name, attributes);
                self.close_tag(name);
            }
            _ => {}
        }
        after
    }

    fn start(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.close_implied(name);
        if self.open.len() >= DEPTH || self.elements >= ELEMENTS {
            self.ghosts.push(name);
            return;
        }
        // A link or a form inside another is an error whose repair costs the parser dear.
        if (name == "a" || name == "form") && self.open.contains(&name) {
            return;
        }
        self.start_tag(name, attributes);
        self.open.push(name);
    }

    /// Ends the elements that HTML lets a writer leave open: paragraphs, list items, rows, cells, links.
    fn close_implied(&mut self, name: &str) {
        let (closes, stop): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &["table"]),
            "a" => (&["a"], &BLOCK),
            _ if BLOCK.contains(&name) => (&["p"], &BLOCK),
            _ => return,
        };
        for i in (0..self.open.len()).rev() {
            if closes.contains(&self.open[i]) {
                return self.close_from(i);
            }
            if stop.contains(&self.open[i]) {
                return;
            }
        }
    }

    fn end(&mut self, name: &'static str) {
        if let Some(ghost) = self.ghosts.last() {
            if *ghost == name {
                self.ghosts.pop();
            }
            return;
        }
        let is_inline = INLINE.contains(&name);
        let is_cell = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        for i in (0..self.open.len()).rev() {
            let open = self.open[i];
            if open == name || (is_heading(name) && is_heading(open)) {
                return self.close_from(i);
            }
            // The end of an inline element does not reach beyond its block, nor any other end beyond its table cell.
            if (is_inline && BLOCK.contains(&open)) || (!is_cell && matches!(open, "table" | "td" | "th" | "caption")) {
                return;
            }
        }
    }

    fn close_from(&mut self, i: usize) {
        while self.open.len() > i {
            if let Some(name) = self.open.pop() {
                self.close_tag(name);
            }
        }
    }

    fn start_tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.elements += 1;
        self.out.push('<');
        self.out.push_str(name);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&value.replace('"', "&quot;"));
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close_tag(&mut self, name: &str) -> bool {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        true
    }
}

fn known(name: &str) -> Option<&'static str> {
    INLINE.iter().chain(&BLOCK).find(|known| **known == name).copied()
}

/// The end tag of a silent element: where it begins, and where it is over.
fn find_close(page: &str, name: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &page[from..];
    rest.match_indices("</").find_map(|(offset, _)| {
        let found = rest.get(offset + 2..offset + 2 + name.len())?;
        let follows = rest.as_bytes().get(offset + 2 + name.len()).copied().unwrap_or(b'>');
        if !found.eq_ignore_ascii_case(name) || !(follows.is_ascii_whitespace() || follows == b'/' || follows == b'>') {
            return None;
        }
        let end = rest[offset..].find('>').map_or(page.len(), |at| from + offset + at + 1);
        Some((from + offset, end))
    })
}

/// The attributes of a tag that are worth keeping (each once, names in lower case, values still escaped), the place
/// after its `>`, and whether it closes itself.
fn attributes(page: &str, from: usize) -> (Vec<(&'static str, &str)>, usize, bool) {
    let bytes = page.as_bytes();
    let mut kept: Vec<(&'static str, &str)> = Vec::new();
    let mut at = from;
    let skip_blanks = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let mut self_closing = false;
    loop {
        at = skip_blanks(at);
        match bytes.get(at) {
            None => return (kept, page.len(), self_closing),
            Some(b'>') => return (kept, at + 1, self_closing),
            Some(b'/') => {
                self_closing = bytes.get(at + 1) == Some(&b'>');
                at += 1;
                continue;
            }
            _ => {}
        }
        let name_at = at;
        // A name may begin with «=»; that first sign is part of it.
        at += 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !b"/>=".contains(b)) {
            at += 1;
        }
        let name = &bytes[name_at..at];
        let mut value = (at, at);
        let equals = skip_blanks(at);
        if bytes.get(equals) == Some(&b'=') {
            at = skip_blanks(equals + 1);
            value = match bytes.get(at) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let start = at + 1;
                    let length = bytes[start..].iter().position(|&b| b == quote);
                    let end = length.map_or(bytes.len(), |length| start + length);
                    at = (end + 1).min(bytes.len());
                    (start, end)
                }
                _ => {
                    let start = at;
                    while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
                        at += 1;
                    }
                    (start, at)
                }
            };
        }
        let known = ATTRIBUTES.iter().find(|known| name.eq_ignore_ascii_case(known.as_bytes()));
        if let (Some(known), Some(value)) = (known, page.get(value.0..value.1))
            && value.len() <= VALUE
            && !kept.iter().any(|(name, _)| name == known)
        {
            kept.push((known, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_tame(page: &str, expected: &str) {
        assert_eq!(tame(page), (expected.to_owned(), false));
    }

    #[test]
    fn good_markup_stays() {
        check_tame("<p class=\"a\">x <b>y</b></p>", "<p class=\"a\">x <b>y</b></p>");
        check_tame("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>");
        check_tame("<p>a<p>b", "<p>a</p><p>b</p>");
        check_tame(
            "<table><tr><td>a<td>b<tr><td>c</table>",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
        );
        check_tame("<IMG SRC='a\"b' onload=x>", "<img src=\"a&quot;b\">");
        check_tame("a < b, 3<4", "a &lt; b, 3&lt;4");
    }

    #[test]
    fn misnesting_is_repaired() {
        check_tame("<p><b>x</p>y", "<p><b>x</b></p>y");
        check_tame("<div><span><div>x</span>y</div>z</div>", "<div><span><div>xy</div>z</span></div>");
        check_tame("</div>x</p>", "x");
        check_tame("<h2>x</h3>y", "<h2>x</h2>y");
        check_tame("<a href=1>x<a href=2>y</a>", "<a href=\"1\">x</a><a href=\"2\">y</a>");
    }

    #[test]
    fn silence() {
        check_tame("a<script>if (1<2) {\"</p>\"}</script>b", "ab");
        check_tame("a<style>p{}</style>b<!-- <p> -->c", "abc");
        check_tame("a<svg><title>Facebook</title><path d=x /></svg>b<svg/>c", "abc");
        check_tame("a<svg>b", "ab");
        check_tame("a<script>b", "a");
        check_tame(
            "<script type=\"application/ld+json\">{}</script>",
            "<script type=\"application/ld+json\">{}</script>",
        );
        check_tame("<iframe src=u>old</iframe>", "<iframe src=\"u\"></iframe>");
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let deep = format!("{}x{}", "<div>".repeat(5_000), "</div>".repeat(5_000));
        let (tamed, _) = tame(&deep);
        assert_eq!(tamed.matches("<div>").count(), DEPTH);
        assert_eq!(tamed.matches("</div>").count(), DEPTH);
        check_tame("<p id=1 id=2 a b c d>x</p>", "<p id=\"1\">x</p>");
        check_tame("<p title", "<p title=\"\"></p>");
        let (many, cut) = tame(&"<p>x</p><br>".repeat(ELEMENTS));
        assert!(cut);
        assert_eq!(many.matches("<p>").count() + many.matches("<br>").count(), ELEMENTS);
    }
}
