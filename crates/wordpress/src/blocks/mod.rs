//! Which blocks does an article of the block editor consist of?
//!
//! The editor stores HTML in which comments mark the blocks: `<!-- wp:quote {"align":"left"} -->…<!-- /wp:quote -->`, or
//! `<!-- wp:more /-->` for one without content. Between them and around them may stand anything. The grammar is documented
//! at <https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/>.
//!
//! A parsed [`Document`] borrows from its text and keeps every byte: [`Document::write`] gives it back, and
//! [`Document::write_canonical`] writes it as the editor would. Blocks lie in one list and name each other by number, so
//! that a hundred thousand blocks within each other are no danger to the stack.

mod json;
mod layout;
mod parse;
mod render;
mod write;

pub use json::{DEEPEST as DEEPEST_JSON, Json};
pub use parse::{MOST_UNCLOSED, parse};
pub use render::DEEPEST_SHOWN;
pub(crate) use render::render;
pub use write::delimiters;

use std::borrow::Cow;

/// A text with its blocks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document<'a> {
    /// All blocks; an inner one comes before the one that it stands in.
    blocks: Vec<Block<'a>>,
    /// The blocks of the outermost level, in order.
    roots: Vec<BlockId>,
    /// The text, when blocks in it were never closed: their reading holds parts of it twice.
    unclosed: Option<&'a str>,
}

/// The number of a block in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlockId(usize);

/// A block, or a stretch of text between blocks.
#[derive(Debug, Clone, PartialEq)]
pub struct Block<'a> {
    /// With its namespace: `core/paragraph`. `None` for text that stands in no block.
    pub name: Option<Cow<'a, str>>,
    /// The attributes, an empty object without any; `None` when what stands there is not JSON.
    pub attributes: Option<Json>,
    /// What stands in it, in order.
    pub inner: Vec<Inner<'a>>,
    /// The comments around it as they were read: the opening one, and the closing one unless there was none.
    delimiters: Option<(&'a str, &'a str)>,
}

/// A part of a block's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Inner<'a> {
    /// HTML of the block itself.
    Html(Cow<'a, str>),
    /// A block within it.
    Block(BlockId),
}

impl<'a> Block<'a> {
    /// A block that was not read from a text.
    pub fn new(name: Option<String>, attributes: Option<Json>, inner: Vec<Inner<'a>>) -> Block<'a> {
        Block { name: name.map(Cow::Owned), attributes, inner, delimiters: None }
    }

    /// Text that stands in no block.
    fn text(html: &'a str) -> Block<'a> {
        Block {
            name: None,
            attributes: Some(Json::Object(Vec::new())),
            inner: vec![Inner::Html(Cow::Borrowed(html))],
            delimiters: None,
        }
    }

    /// Its own HTML, without that of the blocks within it.
    pub fn html(&self) -> String {
        let own = self.inner.iter().filter_map(|inner| match inner {
            Inner::Html(html) => Some(&**html),
            Inner::Block(_) => None,
        });
        own.collect()
    }

    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&Json> {
        self.attributes.as_ref()?.get(name)
    }
}

impl<'a> Document<'a> {
    /// An empty document, to be filled with [`push`](Document::push) and [`push_root`](Document::push_root).
    pub fn new() -> Document<'a> {
        Document::default()
    }

    /// Adds a block that [`Inner::Block`] can name; blocks within it have been added before.
    pub fn push(&mut self, block: Block<'a>) -> BlockId {
        self.unclosed = None;
        self.blocks.push(block);
        BlockId(self.blocks.len() - 1)
    }

    /// Adds a block to the outermost level.
    pub fn push_root(&mut self, block: Block<'a>) {
        let id = self.push(block);
        self.roots.push(id);
    }

    /// The blocks of the outermost level, in order.
    pub fn roots(&self) -> &[BlockId] {
        &self.roots
    }

    /// Whether every block that was opened was closed.
    pub fn is_closed(&self) -> bool {
        self.unclosed.is_none()
    }

    /// A block by its number.
    pub fn block(&self, id: BlockId) -> &Block<'a> {
        &self.blocks[id.0]
    }

    /// The number of the block that stands at `place` in [`blocks`](Document::blocks).
    pub fn id(&self, place: usize) -> BlockId {
        BlockId(place)
    }

    /// All blocks, inner ones before those that they stand in.
    pub fn blocks(&self) -> &[Block<'a>] {
        &self.blocks
    }
}

/// Whether the text was written with the block editor.
pub fn has_blocks(text: &str) -> bool {
    text.contains("<!-- wp:")
}

/// The full name of a block: those without a namespace are WordPress's own.
pub fn full_name(name: &str) -> Cow<'_, str> {
    if name.contains('/') { Cow::Borrowed(name) } else { Cow::Owned(format!("core/{name}")) }
}

/// The name as it stands in a comment: `core/` is left out.
pub fn short_name(name: &str) -> &str {
    name.strip_prefix("core/").unwrap_or(name)
}
