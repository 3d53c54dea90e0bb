//! Where does a block begin and end?
//!
//! One walk over the comments of the text, with a list of the blocks that are open. What WordPress does with broken texts
//! is done too: a closing comment closes whatever is open, its name is not looked at; one that closes nothing turns all
//! that follows into plain text; and blocks that are never closed end with the text, each of them standing for itself from
//! the innermost outwards, whereby the outer ones hold the rest of the text once more. Beyond [`MOST_UNCLOSED`] they hold
//! only what nobody else holds, so that a text of opening comments does not grow by its square.

use super::{Block, BlockId, Cow, Document, Inner, Json, full_name};

/// How many unclosed blocks hold the rest of the text.
pub const MOST_UNCLOSED: usize = 16;

/// Reads the blocks of a text. Any text has a reading.
///
/// ```
/// let document = wordpress::blocks::parse("<!-- wp:heading {\"level\":3} --><h3>عنوان</h3><!-- /wp:heading -->");
/// let heading = document.block(document.roots()[0]);
/// assert_eq!(heading.name.as_deref(), Some("core/heading"));
/// assert_eq!(heading.html(), "<h3>عنوان</h3>");
/// ```
pub fn parse(text: &str) -> Document<'_> {
    let mut builder = Builder { text, document: Document::new(), open: Vec::new(), at: 0 };
    for delimiter in delimiters(text) {
        if !builder.take(delimiter) {
            break;
        }
    }
    builder.finish()
}

/// A comment that opens or closes a block.
struct Delimiter<'a> {
    start: usize,
    raw: &'a str,
    name: Cow<'a, str>,
    attributes: Option<Json>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Opening,
    Void,
    Closing,
}

/// The comments of blocks in `text`, in order.
fn delimiters(text: &str) -> impl Iterator<Item = Delimiter<'_>> {
    let mut at = 0;
    // Where the last search for the end of attributes ended: an end that was not found is not looked for again.
    let mut no_attributes_end = text.len();
    std::iter::from_fn(move || {
        while let Some(start) = text[at..].find("<!--").map(|n| at + n) {
            at = start + 4;
            if let Some(delimiter) = delimiter(text, start, &mut no_attributes_end) {
                at = start + delimiter.raw.len();
                return Some(delimiter);
            }
        }
        None
    })
}

fn delimiter<'a>(text: &'a str, start: usize, no_attributes_end: &mut usize) -> Option<Delimiter<'a>> {
    let bytes = text.as_bytes();
    let spaces = |at: usize| bytes[at.min(bytes.len())..].iter().take_while(|&&b| is_space(b)).count();
    let mut at = start + 4;
    at += Some(spaces(at)).filter(|n| *n > 0)?;
    let closing = bytes.get(at) == Some(&b'/');
    at += usize::from(closing);
    at += text[at..].starts_with("wp:").then_some(3)?;
    let name_start = at;
    at += name_length(&text[at..])?;
    if bytes.get(at) == Some(&b'/')
        && let Some(length) = text.get(at + 1..).and_then(name_length)
    {
        at += 1 + length;
    }
    let name = full_name(&text[name_start..at]);
    at += Some(spaces(at)).filter(|n| *n > 0)?;
    let mut attributes = Some(Json::Object(Vec::new()));
    if bytes.get(at) == Some(&b'{') {
        if at >= *no_attributes_end {
            return None;
        }
        let Some((end, next)) = attributes_end(text, at) else {
            *no_attributes_end = at;
            return None;
        };
        attributes = Json::read(&text[at..end]);
        at = next;
    }
    let void = bytes.get(at) == Some(&b'/');
    at += usize::from(void);
    at += text[at..].starts_with("-->").then_some(3)?;
    let kind = match (void, closing) {
        (true, _) => Kind::Void,
        (false, true) => Kind::Closing,
        (false, false) => Kind::Opening,
    };
    Some(Delimiter { start, raw: &text[start..at], name, attributes, kind })
}

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace() || b == 0x0B
}

fn name_length(text: &str) -> Option<usize> {
    let length =
        text.bytes().take_while(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-')).count();
    text.starts_with(|c: char| c.is_ascii_lowercase()).then_some(length)
}

/// The end of the attributes that begin at `from`: the first `}` after which nothing but space stands before the end of
/// the comment. And where that end (`/-->` or `-->`) begins.
fn attributes_end(text: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += text[at..].find('}')? + 1;
        let next = at + bytes[at..].iter().take_while(|&&b| is_space(b)).count();
        let rest = &text[next..];
        if next > at && (rest.starts_with("-->") || rest.starts_with("/-->")) {
            return Some((at, next));
        }
    }
}

struct Open<'a> {
    block: Block<'a>,
    /// Text since the comment before; it stands alone when the block turns out to be on the outermost level.
    before: &'a str,
    /// Where its opening comment begins.
    start: usize,
    /// Up to where its content has been taken.
    taken: usize,
}

struct Builder<'a> {
    text: &'a str,
    document: Document<'a>,
    open: Vec<Open<'a>>,
    /// Up to where the text has been read.
    at: usize,
}

impl<'a> Builder<'a> {
    /// `false` when the rest is plain text.
    fn take(&mut self, delimiter: Delimiter<'a>) -> bool {
        let Delimiter { start, raw, name, attributes, kind } = delimiter;
        let end = start + raw.len();
        let mut block = Block { name: Some(name), attributes, inner: Vec::new(), delimiters: Some((raw, "")) };
        match kind {
            Kind::Opening => {
                self.open.push(Open { block, before: &self.text[self.at..start], start, taken: end });
            }
            Kind::Void if self.open.is_empty() => {
                self.add_text(&self.text[self.at..start]);
                self.document.push_root(block);
            }
            Kind::Void => {
                let id = self.document.push(block);
                self.add_inner(id, start, end);
            }
            Kind::Closing => {
                let Some(open) = self.open.pop() else { return false };
                let html = &self.text[open.taken..start];
                block = open.block;
                block.delimiters = block.delimiters.map(|(opening, _)| (opening, raw));
                // Within another block WordPress notes the last stretch even when it is empty.
                if !html.is_empty() || !self.open.is_empty() {
                    block.inner.push(Inner::Html(Cow::Borrowed(html)));
                }
                if self.open.is_empty() {
                    self.add_text(open.before);
                    self.document.push_root(block);
                } else {
                    let id = self.document.push(block);
                    self.add_inner(id, open.start, end);
                }
            }
        }
        self.at = end;
        true
    }

    fn add_text(&mut self, html: &'a str) {
        if !html.is_empty() {
            self.document.push_root(Block::text(html));
        }
    }

    /// Adds a finished block, which stood from `start` to `end`, to the one that is open.
    fn add_inner(&mut self, id: BlockId, start: usize, end: usize) {
        if let Some(open) = self.open.last_mut() {
            let html = &self.text[open.taken..start];
            if !html.is_empty() {
                open.block.inner.push(Inner::Html(Cow::Borrowed(html)));
            }
            open.block.inner.push(Inner::Block(id));
            open.taken = end;
        }
    }

    fn finish(mut self) -> Document<'a> {
        let unclosed = (!self.open.is_empty()).then_some(self.text);
        if self.open.is_empty() {
            self.add_text(&self.text[self.at..]);
        }
        let mut end = self.text.len();
        for n in 0.. {
            let Some(mut open) = self.open.pop() else { break };
            let html = &self.text[open.taken..end];
            if !html.is_empty() {
                open.block.inner.push(Inner::Html(Cow::Borrowed(html)));
            }
            if n + 1 >= MOST_UNCLOSED {
                end = open.start;
            }
            self.add_text(open.before);
            self.document.push_root(open.block);
        }
        self.document.unclosed = unclosed;
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks as `name(content)`, text as it stands, unread attributes as `!`.
    fn outline(document: &Document<'_>, ids: &[BlockId]) -> String {
        let mut out = String::new();
        for &id in ids {
            let block = document.block(id);
            out.push_str(block.name.as_deref().unwrap_or(""));
            match &block.attributes {
                None => out.push('!'),
                Some(Json::Object(members)) if members.is_empty() => {}
                Some(attributes) => attributes.write(&mut out),
            }
            out.push('(');
            for inner in &block.inner {
                match inner {
                    Inner::Html(html) => out.push_str(html),
                    Inner::Block(id) => out.push_str(&outline(document, &[*id])),
                }
            }
            out.push(')');
        }
        out
    }

    fn check(text: &str, expected: &str) {
        let document = parse(text);
        assert_eq!(outline(&document, document.roots()), expected, "{text:?}");
    }

    #[test]
    fn blocks_are_read() {
        check("", "");
        check("نص", "(نص)");
        check("<!-- wp:more /-->", "core/more()");
        check("أ<!-- wp:x/y {\"أ\":[1]} -->ب<!-- /wp:x/y -->ج", "(أ)x/y{\"أ\":[1]}(ب)(ج)");
        check(
            "<!-- wp:a -->1<!-- wp:b -->2<!-- /wp:b -->3<!-- wp:c /-->4<!-- /wp:a -->",
            "core/a(1core/b(2)3core/c()4)",
        );
        check("<!--   wp:a\n{\"x\":{\"y\":1}}\n-->", "core/a{\"x\":{\"y\":1}}()");
        check("<!-- wp:a {\"x\":\"} -- >\"} /-->", "core/a{\"x\":\"} -- >\"}()");
    }

    #[test]
    fn broken_texts_have_a_reading() {
        check("<!-- wp:a {x} -->1<!-- /wp:a -->", "core/a!(1)");
        check(
            "<!-- wp:A /--><!--wp:a /--><!-- wp:a/--><!-- wp:a {} x -->",
            "(<!-- wp:A /--><!--wp:a /--><!-- wp:a/--><!-- wp:a {} x -->)",
        );
        check("1<!-- /wp:a -->2<!-- wp:b /-->", "(1<!-- /wp:a -->2<!-- wp:b /-->)");
        check("<!-- wp:a -->1<!-- /wp:b -->2", "core/a(1)(2)");
        check("0<!-- wp:a -->1", "(0)core/a(1)");
        check("0<!-- wp:a -->1<!-- wp:b -->2", "(1)core/b(2)(0)core/a(1<!-- wp:b -->2)");
    }

    #[test]
    fn hostile_texts_end() {
        for hostile in
            ["<!-- wp:a -->", "<!-- wp:a {", "<!-- /wp:a -->", "<!-- ", "<!-- wp:a {} ", "<!-- wp:a {}} -->x", "}"]
        {
            let html = |count: usize| {
                let text = hostile.repeat(count);
                let document = parse(&text);
                document.blocks().iter().map(|block| block.html().len() + 1).sum::<usize>()
            };
            assert!(html(100_000) <= html(10_000) * 11, "{hostile:?}");
        }
        let deep = format!("{}{}", "<!-- wp:a -->".repeat(100_000), "<!-- /wp:a -->".repeat(100_000));
        assert_eq!(parse(&deep).write(), deep);
    }
}
