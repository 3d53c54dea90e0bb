//! How is a block written down?
//!
//! What was read is written back byte by byte. What was made here is written as the editor writes it: `core/` left out, no
//! attributes when there are none, and in the attributes `--`, `<`, `>`, `&` and `\"` as `\u002d\u002d` and so on, lest they
//! end the comment.

use super::{Block, BlockId, Document, Inner, Json, short_name};

impl Document<'_> {
    /// The text of the document. Blocks that were read keep the spelling of their comments.
    pub fn write(&self) -> String {
        self.unclosed.map_or_else(|| self.written(false), str::to_owned)
    }

    /// The text of the document as the editor would write it.
    pub fn write_canonical(&self) -> String {
        self.written(true)
    }

    fn written(&self, canonical: bool) -> String {
        let mut out = String::new();
        // What is still to be written, the next on top.
        let mut tasks: Vec<Task<'_>> = self.roots().iter().rev().map(|&id| Task::Block(id)).collect();
        while let Some(task) = tasks.pop() {
            match task {
                Task::Html(html) => out.push_str(html),
                Task::Comment(comment) => out.push_str(&comment),
                Task::Block(id) => {
                    let block = self.block(id);
                    let (opening, closing) = comments(block, canonical);
                    out.push_str(&opening);
                    tasks.push(Task::Comment(closing));
                    tasks.extend(block.inner.iter().rev().map(|inner| match inner {
                        Inner::Html(html) => Task::Html(html),
                        Inner::Block(id) => Task::Block(*id),
                    }));
                }
            }
        }
        out
    }
}

enum Task<'a> {
    Html(&'a str),
    Comment(String),
    Block(BlockId),
}

fn comments(block: &Block<'_>, canonical: bool) -> (String, String) {
    match (&block.name, block.delimiters) {
        (None, _) => Default::default(),
        (Some(_), Some((opening, closing))) if !canonical => (opening.to_owned(), closing.to_owned()),
        (Some(name), _) => {
            let empty = block.inner.iter().all(|inner| matches!(inner, Inner::Html(html) if html.is_empty()));
            delimiters(name, block.attributes.as_ref(), empty)
        }
    }
}

/// The comments before and after a block. An empty block has only one.
///
/// ```
/// let (opening, closing) = wordpress::blocks::delimiters("core/more", None, true);
/// assert_eq!((opening.as_str(), closing.as_str()), ("<!-- wp:more /-->", ""));
/// ```
pub fn delimiters(name: &str, attributes: Option<&Json>, empty: bool) -> (String, String) {
    let name = short_name(name);
    let attributes = match attributes {
        Some(Json::Object(members)) if !members.is_empty() => format!("{} ", escaped(&Json::Object(members.clone()))),
        _ => String::new(),
    };
    if empty {
        (format!("<!-- wp:{name} {attributes}/-->"), String::new())
    } else {
        (format!("<!-- wp:{name} {attributes}-->"), format!("<!-- /wp:{name} -->"))
    }
}

/// Attributes as they may stand in a comment.
fn escaped(attributes: &Json) -> String {
    let mut json = String::new();
    attributes.write(&mut json);
    let mut out = String::with_capacity(json.len());
    let mut rest = json.as_str();
    while let Some(c) = rest.chars().next() {
        let (written, length) = match c {
            '-' if rest.starts_with("--") => ("\\u002d\\u002d", 2),
            '<' => ("\\u003c", 1),
            '>' => ("\\u003e", 1),
            '&' => ("\\u0026", 1),
            '\\' if rest.starts_with("\\\"") => ("\\u0022", 2),
            '\\' => (&rest[..2], 2),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        out.push_str(written);
        rest = &rest[length..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn check(text: &str, canonical: &str) {
        assert_eq!(parse(text).write(), text);
        assert_eq!(parse(text).write_canonical(), canonical, "{text:?}");
        assert_eq!(parse(canonical).write_canonical(), canonical, "{text:?}");
    }

    #[test]
    fn documents_are_written() {
        check("نص<!-- wp:core/a   {\"ب\" : 1}   -->x<!--  /wp:core/a -->", "نص<!-- wp:a {\"ب\":1} -->x<!-- /wp:a -->");
        check("<!-- wp:a --><!-- wp:b/c /-->y<!-- /wp:a -->", "<!-- wp:a --><!-- wp:b/c /-->y<!-- /wp:a -->");
        check("<!-- wp:a --><!-- /wp:a -->", "<!-- wp:a /-->");
        check(
            r#"<!-- wp:a {"x":"\"--<&>\\"} /-->"#,
            r#"<!-- wp:a {"x":"\u0022\u002d\u002d\u003c\u0026\u003e\\"} /-->"#,
        );
        check(r#"<!-- wp:a {} /-->"#, "<!-- wp:a /-->");
        check(r#"<!-- wp:a {no} /-->"#, "<!-- wp:a /-->");
    }

    #[test]
    fn what_was_made_is_written() {
        let mut document = Document::new();
        let inner =
            document.push(Block::new(Some("core/paragraph".into()), None, vec![Inner::Html("<p>س</p>".into())]));
        document.push_root(Block::new(Some("core/group".into()), None, vec![Inner::Block(inner)]));
        let expected = "<!-- wp:group --><!-- wp:paragraph --><p>س</p><!-- /wp:paragraph --><!-- /wp:group -->";
        assert_eq!(document.write(), expected);
    }
}
