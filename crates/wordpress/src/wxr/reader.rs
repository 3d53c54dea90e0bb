//! Which entries does this file hold, whatever state it is in?
//!
//! The file is taken tag by tag. An element with text is read to its end in one piece (`leaf`), because what is wrong
//! with real files is wrong there: what began as CDATA and does not end as such. Around these pieces there are only
//! four levels (channel, entry, comment, custom field), so nothing here needs a tree or calls itself.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::io::{self, Read};

use super::dates::Date;
use super::entries::{Author, Category, Channel, Comment, Entry, Filed, Item, Meta, Tag, Term};
use super::names::{Context, Field, Space, field_of, is_boundary, is_html, is_of_rss};
use super::source::{Ahead, Memory, Source, Surprise};
use super::text::{Oddities, unescape};

/// The longest tag, processing instruction or document type, in bytes.
const MAX_TAG_BYTES: usize = 64 * 1024;

/// The longest comment, in bytes. `<!--` without an end before that is taken as text.
const MAX_COMMENT_BYTES: usize = 1024 * 1024;

/// How many attributes of an element are looked at.
const MAX_ATTRIBUTES: usize = 64;

/// How many namespaces may be declared at one time.
const MAX_BINDINGS: usize = 256;

/// How many complaints are made about one entry before the rest is only counted.
const MAX_WARNINGS: usize = 50;

/// How many names of unknown elements are remembered, so as to complain only once about each.
const MAX_UNKNOWN_NAMES: usize = 200;

/// How much text is quoted in a complaint, in characters.
const QUOTED_CHARS: usize = 80;

/// How far after CDATA its element may end, in bytes of white space.
const MAX_GAP: usize = 256;

/// How much is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest entry, in bytes of its values. A larger one is refused, and the rest of the file is read.
    pub entry_bytes: usize,
}

impl Default for Limits {
    /// 64 MiB for one entry.
    fn default() -> Self {
        Limits { entry_bytes: 64 * 1024 * 1024 }
    }
}

/// What the reader came upon.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// An entry, which begins in this line. The complaints about it come before it.
    Entry {
        /// The line in which it begins, from 1.
        line: u64,
        /// The entry.
        entry: Entry,
    },
    /// Something that was not as it should be, and how it was taken.
    Warning(Warning),
    /// An entry that could not be taken.
    Refused(Refused),
}

/// Something that was not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The line, from 1.
    pub line: u64,
    /// The number of the item, or its title as long as there is none; `None` outside of items.
    pub item: Option<String>,
    /// A word for the kind, such as `bare-ampersand`; it stays the same between versions.
    pub code: &'static str,
    /// What is wrong there and how it was taken.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(item) = &self.item {
            write!(f, ", item {item}")?;
        }
        write!(f, ": {} ({})", self.message, self.code)
    }
}

/// An entry that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line in which it begins, from 1.
    pub line: u64,
    /// The number or title, as far as it was read.
    pub item: Option<String>,
    /// Why.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(item) = &self.item {
            write!(f, ", item {item}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why the reading stopped. What was found before has been given.
#[derive(Debug)]
pub enum ReadError {
    /// The input itself failed.
    Io {
        /// The line, from 1.
        line: u64,
        /// What the input said.
        error: io::Error,
    },
    /// A document type that declares something. No exporter writes one; it could make a small file large.
    DocumentType {
        /// The line, from 1.
        line: u64,
    },
    /// Neither `rss` nor `channel` nor anything of an export was in the file.
    NotAnExport,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io { line, error } => write!(f, "reading stopped in line {line}: {error}"),
            ReadError::DocumentType { line } => {
                write!(
                    f,
                    "the document type in line {line} declares entities; take it out of the file, WordPress writes none"
                )
            }
            ReadError::NotAnExport => {
                write!(f, "this is no export of WordPress: it has no <rss>; make one under Tools → Export")
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ReadError::Io { error, .. } => Some(error),
            ReadError::DocumentType { .. } | ReadError::NotAnExport => None,
        }
    }
}

/// The entries of an export, one after the other.
///
/// The input is what the file holds, unpacked by the caller; it is read in pieces, so it needs no buffer of its own.
/// After an error there is nothing more.
pub struct Reader<R> {
    source: Source<R>,
    limits: Limits,
    ready: VecDeque<Found>,
    has_begun: bool,
    is_done: bool,
    error: Option<ReadError>,

    channel: Channel,
    channel_seen: u64,
    channel_line: u64,
    has_given_channel: bool,
    has_rss: bool,
    has_channel: bool,
    has_closed: bool,
    generator_is_from_comment: bool,

    open: Option<Open>,
    skipping: Option<Skipping>,
    bindings: Vec<(Vec<u8>, Space)>,
    tag: Vec<u8>,
    cdata_ends: Memory,
    comment_ends: Memory,
    instruction_ends: Memory,

    warned: usize,
    pending: Vec<Warning>,
    unknown: HashSet<Vec<u8>>,
    undeclared: HashSet<Space>,
}

/// An entry that was begun.
struct Open {
    record: Record,
    name: Vec<u8>,
    line: u64,
    bindings: usize,
    seen: u64,
    bytes: usize,
    comment: Option<Part<Comment>>,
    meta: Option<Part<Meta>>,
}

enum Record {
    Author(Author),
    Category(Category),
    Tag(Tag),
    Term(Term),
    Item(Box<Item>),
}

/// A comment or custom field that was begun.
struct Part<T> {
    value: T,
    name: Vec<u8>,
    bindings: usize,
    seen: u64,
}

/// An element whose content is passed over.
struct Skipping {
    name: Vec<u8>,
    depth: usize,
    bindings: usize,
    /// Whether it is the rest of an entry that was refused, and so may be too large for the window.
    is_refused: bool,
}

impl<R: Read> Reader<R> {
    /// The entries of `input`, with the usual limits.
    pub fn new(input: R) -> Self {
        Reader::with_limits(input, Limits::default())
    }

    /// The entries of `input`, with limits of your own.
    pub fn with_limits(input: R, limits: Limits) -> Self {
        Reader {
            source: Source::new(input),
            limits,
            ready: VecDeque::new(),
            has_begun: false,
            is_done: false,
            error: None,
            channel: Channel::default(),
            channel_seen: 0,
            channel_line: 1,
            has_given_channel: false,
            has_rss: false,
            has_channel: false,
            has_closed: false,
            generator_is_from_comment: false,
            open: None,
            skipping: None,
            bindings: Vec::new(),
            tag: Vec::new(),
            cdata_ends: Memory::default(),
            comment_ends: Memory::default(),
            instruction_ends: Memory::default(),
            warned: 0,
            pending: Vec::new(),
            unknown: HashSet::new(),
            undeclared: HashSet::new(),
        }
    }

    /// The site as far as it was read: complete when the first item has come.
    pub fn channel(&self) -> &Channel {
        &self.channel
    }

    /// How many bytes of the (decoded) file were taken.
    pub fn bytes_read(&self) -> u64 {
        self.source.offset()
    }

    /// How many bytes searches have looked through.
    #[cfg(test)]
    pub(super) fn searched(&self) -> u64 {
        self.source.searched
    }

    /// Takes one tag, comment or text.
    fn step(&mut self) -> Result<(), ReadError> {
        if !self.has_begun {
            self.has_begun = true;
            let surprise = self.source.begin();
            self.tell_encoding(surprise);
        }
        let next = self.source.find_byte(b'<', 0, MAX_TAG_BYTES);
        let (length, has_ended) = match self.io(next)? {
            Ahead::At(length) => (length, false),
            Ahead::TooFar => {
                self.pass_text(MAX_TAG_BYTES);
                return Ok(());
            }
            Ahead::Ended => (self.source.window().len(), true),
        };
        self.pass_text(length);
        if has_ended {
            return self.end();
        }
        let second = self.source.byte(1);
        match self.io(second)? {
            Some(b'!') => self.declaration(),
            Some(b'?') => self.instruction(),
            Some(b'/') => self.end_tag(),
            Some(byte) if is_name_byte(byte) => self.start_tag(),
            Some(_) | None => {
                self.pass_text(1);
                Ok(())
            }
        }
    }

    fn tell_encoding(&mut self, surprise: Option<Surprise>) {
        match surprise {
            None => {}
            Some(Surprise::Decoded(name)) => {
                self.warn("encoding-decoded", || format!("the file is in {name} and was turned into UTF-8"));
            }
            Some(Surprise::ReallyUtf8(name)) => {
                self.warn("encoding-wrong", || format!("the file says that it is in {name}, but it is UTF-8"));
            }
            Some(Surprise::Unknown(name)) => {
                self.warn("encoding-unknown", || {
                    format!("nobody knows the encoding «{name}»; the file is read as UTF-8")
                });
            }
        }
    }

    /// Goes past text that belongs to no element.
    fn pass_text(&mut self, length: usize) {
        let text = &self.source.window()[..length];
        if self.skipping.is_none() && !text.trim_ascii().is_empty() {
            let quoted = quote(text);
            let before = text.len() - text.trim_ascii_start().len();
            let line = self.source.line_at(before);
            if self.has_rss || self.has_channel {
                self.warn_at(line, "stray-text", || format!("text between elements was passed over: «{quoted}»"));
            } else {
                self.warn_at(line, "text-before", || format!("text before the export was passed over: «{quoted}»"));
            }
        }
        self.source.consume(length);
    }

    /// `<!--`, `<![CDATA[` or `<!DOCTYPE` between elements.
    fn declaration(&mut self) -> Result<(), ReadError> {
        if self.stands(b"<!--")? {
            let end = self.source.find(b"-->", &mut self.comment_ends, 4, MAX_COMMENT_BYTES);
            match self.io(end)? {
                Ahead::At(end) => {
                    self.read_comment(end);
                    self.source.consume(end + 3);
                }
                Ahead::Ended | Ahead::TooFar => {
                    self.warn("unclosed-comment", || "a comment that never ends was taken as text".into());
                    self.source.consume(4);
                }
            }
            return Ok(());
        }
        if self.stands(b"<![CDATA[")? {
            return self.stray_cdata();
        }
        let is_document_type = {
            let ahead = self.source.byte(8);
            self.io(ahead)?;
            self.source.window().get(2..9).is_some_and(|word| word.eq_ignore_ascii_case(b"DOCTYPE"))
        };
        if !is_document_type {
            self.pass_text(2);
            return Ok(());
        }
        let end = self.source.find_byte(b'>', 0, MAX_TAG_BYTES);
        let length = match self.io(end)? {
            Ahead::At(end) => end + 1,
            Ahead::Ended | Ahead::TooFar => self.source.window().len().min(MAX_TAG_BYTES),
        };
        if self.source.window()[..length].contains(&b'[') {
            return Err(ReadError::DocumentType { line: self.source.line() });
        }
        self.warn("document-type", || "a document type was passed over".into());
        self.source.consume(length);
        Ok(())
    }

    fn stray_cdata(&mut self) -> Result<(), ReadError> {
        if self.skipping.as_ref().is_some_and(|skipping| skipping.is_refused) {
            let found = self.source.skip_to(b"]]>");
            if self.io(found)? {
                self.source.consume(3);
            }
            return Ok(());
        }
        let end = self.source.find(b"]]>", &mut self.cdata_ends, 9, self.limits.entry_bytes);
        let length = match self.io(end)? {
            Ahead::At(end) => end + 3,
            Ahead::Ended | Ahead::TooFar => 9,
        };
        if self.skipping.is_none() {
            let quoted = quote(&self.source.window()[..length]);
            self.warn("stray-text", || format!("text between elements was passed over: «{quoted}»"));
        }
        self.source.consume(length);
        Ok(())
    }

    /// The comment of `length` bytes at the position may name the program that wrote the file.
    fn read_comment(&mut self, length: usize) {
        if self.has_given_channel || self.channel.generator.is_some() {
            return;
        }
        let comment = &self.source.window()[4..length];
        let Some(value) = comment.trim_ascii().strip_prefix(b"generator=\"") else { return };
        let Some(end) = memchr::memchr(b'"', value) else { return };
        let mut generator = Vec::new();
        unescape(&value[..end], &mut generator, &mut Oddities::default());
        let generator = String::from_utf8_lossy(&generator).into_owned();
        self.channel.generator = Some(match generator.strip_prefix("WordPress/") {
            Some(version) => format!("https://wordpress.org/?v={version}"),
            None => generator,
        });
        self.generator_is_from_comment = true;
    }

    fn instruction(&mut self) -> Result<(), ReadError> {
        let end = self.source.find(b"?>", &mut self.instruction_ends, 2, MAX_TAG_BYTES);
        match self.io(end)? {
            Ahead::At(end) => self.source.consume(end + 2),
            Ahead::Ended | Ahead::TooFar => self.pass_text(2),
        }
        Ok(())
    }

    fn start_tag(&mut self) -> Result<(), ReadError> {
        let line = self.source.line();
        if !self.take_tag()? {
            self.warn("broken-tag", || "a tag that never ends was taken as text".into());
            self.source.consume(1);
            return Ok(());
        }
        let tag = std::mem::take(&mut self.tag);
        let done = self.start(&tag, line);
        self.tag = tag;
        done
    }

    /// Moves the tag at the position into `self.tag`. Returns whether it is one: it ends before the next `<`.
    fn take_tag(&mut self) -> Result<bool, ReadError> {
        let mut quote = None;
        let mut end_in_quotes = None;
        let mut at = 1;
        let end = loop {
            let byte = self.source.byte(at);
            let Some(byte) = self.io(byte)?.filter(|_| at < MAX_TAG_BYTES) else { break None };
            match (byte, quote) {
                (b'<', _) => break None,
                (b'>', None) => break Some(at),
                (b'>', Some(_)) => end_in_quotes = end_in_quotes.or(Some(at)),
                (b'"' | b'\'', None) => quote = Some(byte),
                (_, Some(mark)) if byte == mark => quote = None,
                _ => {}
            }
            at += 1;
        };
        let Some(end) = end.or(end_in_quotes) else { return Ok(false) };
        self.tag.clear();
        self.tag.extend_from_slice(&self.source.window()[..=end]);
        self.source.consume(end + 1);
        Ok(true)
    }

    /// What follows from a start tag.
    fn start(&mut self, tag: &[u8], line: u64) -> Result<(), ReadError> {
        let name = name_in(&tag[1..]);
        let is_empty = tag.ends_with(b"/>");
        if let Some(skipping) = &mut self.skipping {
            if name != b"item" {
                skipping.depth += usize::from(skipping.name == name && !is_empty);
                return Ok(());
            }
            self.stop_skipping();
        }
        let bindings = self.bindings.len();
        if memchr::memmem::find(tag, b"xmlns").is_some() {
            self.bind(tag, name == b"rss" || name == b"channel");
        }
        let (space, local) = self.resolve(name);
        match (space, local) {
            (Space::Plain, b"rss") => self.has_rss = true,
            (Space::Plain, b"channel") if self.open.is_none() => {
                self.has_channel = true;
                self.channel_line = line;
            }
            (Space::Plain, b"item") => {
                let item = Item { guid_is_permalink: true, ..Item::default() };
                self.begin_record(Record::Item(Box::new(item)), name, line, bindings);
            }
            (Space::Wp, b"author" | b"category" | b"tag" | b"term") if !self.is_in_item() => {
                let record = match local {
                    b"author" => Record::Author(Author::default()),
                    b"category" => Record::Category(Category::default()),
                    b"tag" => Record::Tag(Tag::default()),
                    _ => Record::Term(Term::default()),
                };
                self.begin_record(record, name, line, bindings);
            }
            _ => return self.start_inside(tag, name, (space, local), line, bindings),
        }
        if is_empty && self.open.as_ref().is_some_and(|open| open.name == name) {
            self.finish_record();
        }
        Ok(())
    }

    /// What follows from the start tag of something inside of the channel, an entry, a comment or a custom field.
    fn start_inside(
        &mut self,
        tag: &[u8],
        name: &[u8],
        (space, local): (Space, &[u8]),
        line: u64,
        bindings: usize,
    ) -> Result<(), ReadError> {
        let is_empty = tag.ends_with(b"/>");
        if space == Space::Wp && self.begin_part(local, name, bindings) {
            if is_empty {
                self.finish_parts(name);
            }
            return Ok(());
        }
        let context = self.context();
        let is_outside = context == Context::Channel && !self.has_rss && !self.has_channel;
        let Some(field) = field_of(context, space, local).filter(|_| !is_outside) else {
            self.unknown_element(name, local, is_empty, line, bindings);
            return Ok(());
        };
        let text = if is_empty { Some(String::new()) } else { self.leaf(name, field)? };
        match text {
            Some(text) => self.store(field, text, tag, line),
            None => self.refuse(format!("it is larger than {} bytes", self.limits.entry_bytes)),
        }
        self.bindings.truncate(bindings);
        Ok(())
    }

    fn unknown_element(&mut self, name: &[u8], local: &[u8], is_empty: bool, line: u64, bindings: usize) {
        if is_html(name) {
            let quoted = quote(name);
            self.warn_at(line, "stray-markup", || format!("a tag <{quoted}> between elements was passed over"));
            self.bindings.truncate(bindings);
            return;
        }
        if !is_of_rss(local) && self.unknown.len() < MAX_UNKNOWN_NAMES && self.unknown.insert(name.to_vec()) {
            let quoted = quote(name);
            self.warn_at(line, "unknown-element", || {
                format!("nothing is known of <{quoted}>; it was passed over, here and later")
            });
        }
        let is_inside = self.has_channel || self.open.is_some();
        if is_empty || !is_inside {
            self.bindings.truncate(bindings);
        } else {
            self.skipping = Some(Skipping { name: name.to_vec(), depth: 1, bindings, is_refused: false });
        }
    }

    fn end_tag(&mut self) -> Result<(), ReadError> {
        let line = self.source.line();
        if !self.take_tag()? {
            self.pass_text(2);
            return Ok(());
        }
        let tag = std::mem::take(&mut self.tag);
        self.end_of(name_in(&tag[2..]), line);
        self.tag = tag;
        Ok(())
    }

    fn end_of(&mut self, name: &[u8], line: u64) {
        let is_frame = matches!(name, b"channel" | b"rss") || self.open.as_ref().is_some_and(|open| open.holds(name));
        if let Some(skipping) = &mut self.skipping {
            if skipping.name == name {
                skipping.depth -= 1;
                if skipping.depth > 0 {
                    return;
                }
                return self.stop_skipping();
            }
            if !is_frame {
                return;
            }
            self.stop_skipping();
        }
        if self.open.as_ref().is_some_and(|open| open.name == name) {
            self.finish_record();
        } else if is_frame && matches!(name, b"channel" | b"rss") {
            self.close_record_unclosed(line);
            self.has_closed = true;
        } else if is_frame {
            self.finish_parts(name);
        } else if !is_html(name) {
            let quoted = quote(name);
            self.warn_at(line, "unexpected-end", || format!("</{quoted}> ends nothing and was passed over"));
        }
    }

    fn stop_skipping(&mut self) {
        if let Some(skipping) = self.skipping.take() {
            self.bindings.truncate(skipping.bindings);
        }
    }

    /// The input has ended.
    fn end(&mut self) -> Result<(), ReadError> {
        if !(self.has_rss || self.has_channel || self.has_given_channel) {
            return Err(ReadError::NotAnExport);
        }
        self.is_done = true;
        let line = self.source.line();
        match &self.open {
            Some(open) if open.is_nothing() => {
                self.refuse("the file ends before it says which one it is".into());
            }
            Some(_) => {
                self.warn_at(line, "truncated", || {
                    "the file ends here, in the midst of this entry; what there is was taken".into()
                });
                self.finish_record();
            }
            None if !self.has_closed => {
                self.warn_at(line, "truncated", || "the file ends here, before the end of the export".into());
            }
            None => {}
        }
        self.give_channel();
        self.tell_more();
        Ok(())
    }

    /// The text up to the end of the element `name`, of which the start tag was taken. `None` when it is too large.
    fn leaf(&mut self, name: &[u8], field: Field) -> Result<Option<String>, ReadError> {
        let limit = self.limits.entry_bytes;
        let line = self.source.line();
        let mut value = Vec::new();
        let mut oddities = Oddities::default();
        let mut first_cdata = None;
        let mut is_text_before_cdata = false;
        let (mut has_stray_end, mut has_markup, mut is_unclosed) = (false, false, false);
        let mut at = 0;
        let (text_end, length) = loop {
            let next = self.source.find_byte(b'<', at, limit);
            let (next, ended) = match self.io(next)? {
                Ahead::At(next) => (next, false),
                Ahead::Ended => (self.source.window().len(), true),
                Ahead::TooFar => return Ok(None),
            };
            let what = if ended { Inner::Ended } else { self.inner(next, name)? };
            let mut text = &self.source.window()[at..next];
            if field.is_trimmed() {
                text = if at == 0 { text.trim_ascii_start() } else { text };
                text = if what == Inner::Literal { text } else { text.trim_ascii_end() };
            }
            let is_blank = text.trim_ascii().is_empty();
            if first_cdata.is_none() || !is_blank {
                has_stray_end |= memchr::memmem::find(text, b"]]>").is_some();
                unescape(text, &mut value, &mut oddities);
            }
            match what {
                Inner::Ended => break (next, next),
                Inner::End(length) => break (next, next + length),
                Inner::Boundary => {
                    is_unclosed = true;
                    break (next, next);
                }
                Inner::Literal => {
                    has_markup = true;
                    value.push(b'<');
                    at = next + 1;
                }
                Inner::Cdata => {
                    if first_cdata.is_none() {
                        is_text_before_cdata = !value.trim_ascii().is_empty();
                        if !is_text_before_cdata {
                            value.clear();
                        }
                        first_cdata = Some(next);
                    }
                    let end = self.source.find(b"]]>", &mut self.cdata_ends, next + 9, limit);
                    let (end, is_closed) = match self.io(end)? {
                        Ahead::At(end) => (end, true),
                        Ahead::Ended => (self.source.window().len(), false),
                        Ahead::TooFar => (limit.max(next + 9), false),
                    };
                    let is_doubtful = !is_closed || self.is_followed_by_other(end + 3, name)?;
                    let inner = &self.source.window()[next + 9..end];
                    let own_end = if is_doubtful { find_end(inner, name) } else { None };
                    if let Some(own_end) = own_end {
                        let line = self.source.line_at(next);
                        value.extend_from_slice(&inner[..own_end]);
                        at = next + 9 + own_end;
                        self.warn_at(line, "unclosed-cdata", || {
                            "CDATA has no end; it was taken as far as its element".into()
                        });
                    } else if is_closed {
                        value.extend_from_slice(inner);
                        at = end + 3;
                    } else if end >= limit {
                        return Ok(None);
                    } else {
                        value.extend_from_slice(inner);
                        break (end, end);
                    }
                }
            }
        };
        if has_stray_end {
            let whole = self.source.window()[..text_end].trim_ascii_end();
            let inner = first_cdata.and_then(|start| whole.strip_suffix(b"]]>")?.get(start + 9..));
            if let Some(inner) = inner.filter(|_| !is_text_before_cdata) {
                value = inner.to_vec();
                oddities = Oddities::default();
            }
            self.warn_at(line, "cdata-in-cdata", || {
                "CDATA within CDATA; all up to the end of the element was taken as text".into()
            });
        } else if has_markup {
            self.warn_at(line, "markup-in-text", || {
                "mark-up that is neither escaped nor CDATA was taken as text".into()
            });
        }
        if is_unclosed {
            let quoted = quote(name);
            self.warn_at(line, "unclosed-element", || {
                format!("<{quoted}> has no end; it was taken as far as the next element")
            });
        }
        self.source.consume(length);
        self.tell_oddities(line, oddities);
        Ok(Some(self.text_of(value, line)))
    }

    /// What the `<` that is `at` bytes ahead begins, inside of the element `name`.
    fn inner(&mut self, at: usize, name: &[u8]) -> Result<Inner, ReadError> {
        let second = self.source.byte(at + 1);
        match self.io(second)? {
            Some(b'!') => {
                let is_cdata = self.source.starts_with(at, b"<![CDATA[");
                Ok(if self.io(is_cdata)? { Inner::Cdata } else { Inner::Literal })
            }
            Some(b'/') => {
                let is_own = self.source.starts_with(at + 2, name);
                if self.io(is_own)? {
                    let mut end = at + 2 + name.len();
                    loop {
                        let byte = self.source.byte(end);
                        match self.io(byte)? {
                            Some(b'>') => return Ok(Inner::End(end + 1 - at)),
                            Some(byte) if byte.is_ascii_whitespace() && end - at < MAX_GAP => end += 1,
                            _ => break,
                        }
                    }
                }
                self.boundary_at(at + 2)
            }
            Some(byte) if is_name_byte(byte) => self.boundary_at(at + 1),
            _ => Ok(Inner::Literal),
        }
    }

    /// Whether the name that is `at` bytes ahead is one of an export.
    fn boundary_at(&mut self, at: usize) -> Result<Inner, ReadError> {
        let far = self.source.byte(at + super::names::LONGEST);
        self.io(far)?;
        let window = self.source.window();
        let name = name_in(&window[at..window.len().min(at + super::names::LONGEST + 1)]);
        let (space, local) = self.space_of(name);
        Ok(if is_boundary(self.context(), space, local) { Inner::Boundary } else { Inner::Literal })
    }

    /// Whether after white space the end tag of another element of an export comes: then the CDATA before it swallowed
    /// the end of its own.
    fn is_followed_by_other(&mut self, at: usize, name: &[u8]) -> Result<bool, ReadError> {
        let mut at = at;
        let limit = at + MAX_GAP;
        loop {
            let byte = self.source.byte(at);
            match self.io(byte)? {
                Some(byte) if byte.is_ascii_whitespace() && at < limit => at += 1,
                Some(b'<') => break,
                _ => return Ok(false),
            }
        }
        let is_end = self.source.byte(at + 1);
        if self.io(is_end)? != Some(b'/') {
            return Ok(false);
        }
        Ok(self.inner(at, name)? == Inner::Boundary)
    }

    fn tell_oddities(&mut self, line: u64, oddities: Oddities) {
        if oddities == Oddities::default() {
            return;
        }
        let Oddities { bare_ampersands, unknown_entities, html_entities, impossible_numbers } = oddities;
        if bare_ampersands > 0 {
            self.warn_at(line, "bare-ampersand", || {
                format!("{bare_ampersands} × & that is not escaped; taken as itself")
            });
        }
        if unknown_entities > 0 {
            self.warn_at(line, "unknown-entity", || {
                format!("{unknown_entities} × an entity that nobody knows; left as it stands")
            });
        }
        if html_entities > 0 {
            self.warn_at(line, "html-entity", || {
                format!("{html_entities} × an entity of HTML, which XML does not know; resolved")
            });
        }
        if impossible_numbers > 0 {
            self.warn_at(line, "impossible-number", || {
                format!("{impossible_numbers} × a number of no letter; taken as U+FFFD")
            });
        }
    }

    /// `bytes` as text, with a complaint where they are none.
    fn text_of(&mut self, bytes: Vec<u8>, line: u64) -> String {
        let text = String::from_utf8(bytes).unwrap_or_else(|error| {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            self.warn_at(line, "invalid-utf8", || "bytes that are no UTF-8 became U+FFFD".into());
            text
        });
        let controls = text.bytes().filter(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')).count();
        if controls > 0 {
            self.warn_at(line, "control-character", || format!("{controls} × a control code, which XML forbids; kept"));
        }
        text
    }

    /// Puts the text of an element where it belongs.
    fn store(&mut self, field: Field, value: String, tag: &[u8], line: u64) {
        let bit = 1u64 << field as u8;
        let seen = match &mut self.open {
            None => &mut self.channel_seen,
            Some(Open { meta: Some(meta), .. }) => &mut meta.seen,
            Some(Open { comment: Some(comment), .. }) => &mut comment.seen,
            Some(open) => &mut open.seen,
        };
        let is_again = *seen & bit != 0 && field != Field::Filed;
        *seen |= bit;
        let overrides_comment = field == Field::Generator && std::mem::take(&mut self.generator_is_from_comment);
        if is_again && !overrides_comment {
            if field != Field::Generator {
                let name = quote(name_in(&tag[1..]));
                self.warn_at(line, "repeated-element", || {
                    format!("<{name}> comes a second time; the first one counts")
                });
            }
            return;
        }
        if let Some(open) = &mut self.open {
            let cost = value.len() + if field == Field::Filed { tag.len() + size_of::<Filed>() } else { 0 };
            open.bytes = open.bytes.saturating_add(cost);
            if open.bytes > self.limits.entry_bytes {
                return self.refuse(format!("it is larger than {} bytes", self.limits.entry_bytes));
            }
        }
        let value = match field.kind() {
            Kind::Text => Value::Text(value),
            Kind::Number => Value::Number(self.number(&value, line)),
            Kind::Date => Value::Date(self.date(value, line)),
            Kind::Filed => Value::Filed(self.filed(value, tag, line)),
            Kind::Guid => {
                let attribute = self.attribute(tag, b"isPermaLink", line);
                Value::Guid(value, !attribute.is_some_and(|value| value.eq_ignore_ascii_case("false")))
            }
        };
        match &mut self.open {
            None => set_channel(&mut self.channel, field, value),
            Some(Open { meta: Some(meta), .. }) => set_meta(&mut meta.value, field, value),
            Some(Open { comment: Some(comment), .. }) => set_comment(&mut comment.value, field, value),
            Some(open) => match &mut open.record {
                Record::Author(author) => set_author(author, field, value),
                Record::Category(category) => set_category(category, field, value),
                Record::Tag(tag) => set_tag(tag, field, value),
                Record::Term(term) => set_term(term, field, value),
                Record::Item(item) => set_item(item, field, value),
            },
        }
    }

    fn number(&mut self, text: &str, line: u64) -> Option<i64> {
        let text = text.trim();
        let number = text.parse().ok();
        if number.is_none() && !text.is_empty() {
            let quoted = quote(text.as_bytes());
            self.warn_at(line, "bad-number", || format!("«{quoted}» is no number; left out"));
        }
        number
    }

    fn date(&mut self, text: String, line: u64) -> Date {
        let date = Date::parse(text);
        if date.civil().is_none() && !date.is_none() {
            let quoted = quote(date.text().as_bytes());
            self.warn_at(line, "bad-date", || format!("«{quoted}» is no date; kept as text"));
        }
        date
    }

    fn filed(&mut self, name: String, tag: &[u8], line: u64) -> Filed {
        Filed {
            domain: self.attribute(tag, b"domain", line).unwrap_or_default(),
            nicename: self.attribute(tag, b"nicename", line).unwrap_or_default(),
            name,
        }
    }

    fn attribute(&mut self, tag: &[u8], name: &[u8], line: u64) -> Option<String> {
        let raw = attributes(tag).find(|(known, _)| *known == name)?.1;
        let (mut value, mut oddities) = (Vec::new(), Oddities::default());
        unescape(raw, &mut value, &mut oddities);
        self.tell_oddities(line, oddities);
        Some(self.text_of(value, line))
    }

    fn begin_record(&mut self, record: Record, name: &[u8], line: u64, bindings: usize) {
        let bindings = self.open.as_ref().map_or(bindings, |open| open.bindings.min(bindings));
        self.close_record_unclosed(line);
        self.give_channel();
        self.tell_more();
        self.give_pending(None);
        self.open =
            Some(Open { record, name: name.to_vec(), line, bindings, seen: 0, bytes: 0, comment: None, meta: None });
    }

    fn close_record_unclosed(&mut self, line: u64) {
        if let Some(open) = &self.open {
            let name = quote(&open.name);
            self.warn_at(line, "unclosed-element", || format!("<{name}> has no end; it was taken as far as here"));
            self.finish_record();
        }
    }

    /// Begins a comment or custom field, if that is what `local` is and it may stand here.
    fn begin_part(&mut self, local: &[u8], name: &[u8], bindings: usize) -> bool {
        let Some(open) = &mut self.open else { return false };
        let is_item = matches!(open.record, Record::Item(_));
        let is_term = matches!(open.record, Record::Category(_) | Record::Tag(_) | Record::Term(_));
        let is_comment = local == b"comment" && is_item;
        let is_meta = match local {
            b"postmeta" => is_item,
            b"commentmeta" => open.comment.is_some(),
            b"termmeta" => is_term,
            _ => false,
        };
        if !is_comment && !is_meta {
            return false;
        }
        let is_unclosed = open.meta.is_some() || (open.comment.is_some() && local != b"commentmeta");
        if is_unclosed {
            open.close_meta();
            if local != b"commentmeta" {
                open.close_comment();
            }
            let quoted = quote(name);
            self.warn("unclosed-element", || {
                format!("what came before <{quoted}> has no end; it was taken as far as here")
            });
        }
        let Some(open) = &mut self.open else { return false };
        let part_bindings = bindings;
        if is_comment {
            open.bytes += size_of::<Comment>();
            open.comment =
                Some(Part { value: Comment::default(), name: name.to_vec(), bindings: part_bindings, seen: 0 });
        } else {
            open.bytes += size_of::<Meta>();
            open.meta = Some(Part { value: Meta::default(), name: name.to_vec(), bindings: part_bindings, seen: 0 });
        }
        if open.bytes > self.limits.entry_bytes {
            self.refuse(format!("it is larger than {} bytes", self.limits.entry_bytes));
        }
        true
    }

    /// Ends the comment or custom field `name`, and what was left open in it.
    fn finish_parts(&mut self, name: &[u8]) {
        let Some(open) = &mut self.open else { return };
        let is_meta = open.meta.as_ref().is_some_and(|meta| meta.name == name);
        let bindings = if is_meta {
            open.close_meta()
        } else if open.meta.is_some() {
            open.close_meta();
            let bindings = open.close_comment();
            self.warn("unclosed-element", || "a custom field of a comment has no end".into());
            bindings
        } else {
            open.close_comment()
        };
        if let Some(bindings) = bindings {
            self.bindings.truncate(bindings);
        }
    }

    /// Gives the entry that was begun.
    fn finish_record(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        if open.meta.is_some() || open.comment.is_some() {
            open.close_meta();
            open.close_comment();
        }
        self.bindings.truncate(open.bindings);
        self.tell_more();
        self.give_pending(open.label().as_deref());
        let entry = match open.record {
            Record::Author(author) => Entry::Author(author),
            Record::Category(category) => Entry::Category(category),
            Record::Tag(tag) => Entry::Tag(tag),
            Record::Term(term) => Entry::Term(term),
            Record::Item(item) => Entry::Item(item),
        };
        self.ready.push_back(Found::Entry { line: open.line, entry });
    }

    /// Gives up the entry that was begun, and passes over the rest of it. Outside of entries, over the element.
    fn refuse(&mut self, reason: String) {
        match self.open.take() {
            Some(open) => {
                self.tell_more();
                self.give_pending(open.label().as_deref());
                self.ready.push_back(Found::Refused(Refused { line: open.line, item: open.label(), reason }));
                self.skipping = Some(Skipping { name: open.name, depth: 1, bindings: open.bindings, is_refused: true });
            }
            None => {
                self.warn("too-large", || format!("a value of the site was passed over: {reason}"));
                let name = name_in(self.tag.get(1..).unwrap_or_default()).to_vec();
                self.skipping = Some(Skipping { name, depth: 1, bindings: self.bindings.len(), is_refused: true });
            }
        }
    }

    /// Gives the site, before the first entry.
    fn give_channel(&mut self) {
        if std::mem::replace(&mut self.has_given_channel, true) {
            return;
        }
        let line = self.channel_line;
        if !self.has_channel {
            self.warn_at(line, "missing-channel", || {
                "there is no <channel>; what there is was taken nevertheless".into()
            });
        }
        match self.channel.version.as_str() {
            "1.0" | "1.1" | "1.2" => {}
            "" => self.warn_at(line, "missing-version", || "there is no wp:wxr_version; read as 1.2".into()),
            other => {
                let quoted = quote(other.as_bytes());
                self.warn_at(line, "unknown-version", || {
                    format!("nothing is known of version «{quoted}»; read as 1.2")
                });
            }
        }
        self.give_pending(None);
        let channel = Box::new(self.channel.clone());
        self.ready.push_back(Found::Entry { line, entry: Entry::Channel(channel) });
    }

    fn give_pending(&mut self, item: Option<&str>) {
        let label = |mut warning: Warning| {
            warning.item = item.map(str::to_owned);
            Found::Warning(warning)
        };
        self.ready.extend(self.pending.drain(..).map(label));
    }

    /// Says how many complaints were only counted, and begins a new count.
    fn tell_more(&mut self) {
        let more = std::mem::take(&mut self.warned).saturating_sub(MAX_WARNINGS);
        if more > 0 {
            let message = format!("{more} more complaints are not listed");
            self.pending.push(Warning { line: self.source.line(), item: None, code: "more-warnings", message });
        }
    }

    fn warn(&mut self, code: &'static str, message: impl FnOnce() -> String) {
        let line = self.source.line();
        self.warn_at(line, code, message);
    }

    fn warn_at(&mut self, line: u64, code: &'static str, message: impl FnOnce() -> String) {
        self.warned += 1;
        if self.warned <= MAX_WARNINGS {
            self.pending.push(Warning { line, item: None, code, message: message() });
        }
    }

    fn context(&self) -> Context {
        match &self.open {
            None => Context::Channel,
            Some(Open { meta: Some(_), .. }) => Context::Meta,
            Some(Open { comment: Some(_), .. }) => Context::Comment,
            Some(open) => match &open.record {
                Record::Author(_) => Context::Author,
                Record::Category(_) => Context::Category,
                Record::Tag(_) => Context::Tag,
                Record::Term(_) => Context::Term,
                Record::Item(_) => Context::Item,
            },
        }
    }

    fn is_in_item(&self) -> bool {
        matches!(&self.open, Some(Open { record: Record::Item(_), .. }))
    }

    /// Declares the namespaces of a start tag. On `rss` an unusual address of a usual prefix is believed.
    fn bind(&mut self, tag: &[u8], is_root: bool) {
        for (name, uri) in attributes(tag) {
            let prefix = match name.strip_prefix(b"xmlns") {
                Some(b"") => b"".as_slice(),
                Some(rest) if rest.starts_with(b":") => &rest[1..],
                _ => continue,
            };
            let space = match Space::of_address(uri) {
                Some(space) => space,
                None if is_root => Space::of_prefix(prefix).unwrap_or(Space::Other),
                None => Space::Other,
            };
            if self.bindings.len() < MAX_BINDINGS {
                self.bindings.push((prefix.to_vec(), space));
            }
        }
    }

    /// The namespace of a name, with a complaint where it was not declared.
    fn resolve<'a>(&mut self, name: &'a [u8]) -> (Space, &'a [u8]) {
        let (space, local) = self.space_of(name);
        let prefix = &name[..name.len() - local.len()];
        let is_declared =
            prefix.is_empty() || self.bindings.iter().any(|(known, _)| known == &prefix[..prefix.len() - 1]);
        if !is_declared && space != Space::Other && self.undeclared.insert(space) {
            let quoted = quote(prefix);
            self.warn("undeclared-namespace", || {
                format!("the prefix {quoted} is not declared; taken in its usual meaning")
            });
        }
        (space, local)
    }

    fn space_of<'a>(&self, name: &'a [u8]) -> (Space, &'a [u8]) {
        let (prefix, local) = match memchr::memchr(b':', name) {
            Some(at) => (&name[..at], &name[at + 1..]),
            None => (&name[..0], name),
        };
        let declared = self.bindings.iter().rev().find(|(known, _)| known == prefix);
        (declared.map_or_else(|| Space::of_prefix(prefix).unwrap_or(Space::Other), |(_, space)| *space), local)
    }

    fn stands(&mut self, text: &[u8]) -> Result<bool, ReadError> {
        let stands = self.source.starts_with(0, text);
        self.io(stands)
    }

    fn io<T>(&self, result: io::Result<T>) -> Result<T, ReadError> {
        result.map_err(|error| ReadError::Io { line: self.source.line(), error })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Found, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(Ok(found));
            }
            if self.is_done && self.pending.is_empty() {
                return self.error.take().map(Err);
            }
            if self.is_done || (self.open.is_none() && self.has_given_channel && !self.pending.is_empty()) {
                self.give_pending(None);
                continue;
            }
            if let Err(error) = self.step() {
                self.is_done = true;
                if self.open.is_some() {
                    self.refuse("the reading stopped in the midst of it".into());
                }
                self.tell_more();
                self.error = Some(error);
            }
        }
    }
}

impl<R: Read> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("line", &self.source.line()).field("offset", &self.source.offset()).finish()
    }
}

impl Open {
    /// Whether `name` is this entry or something open in it.
    fn holds(&self, name: &[u8]) -> bool {
        self.name == name
            || self.comment.as_ref().is_some_and(|comment| comment.name == name)
            || self.meta.as_ref().is_some_and(|meta| meta.name == name)
    }

    fn label(&self) -> Option<String> {
        match &self.record {
            Record::Item(item) => match item.post_id {
                Some(id) => Some(id.to_string()),
                None => Some(quote(item.title.as_bytes())).filter(|title| !title.is_empty()),
            },
            Record::Author(_) | Record::Category(_) | Record::Tag(_) | Record::Term(_) => None,
        }
    }

    /// Whether nothing was read by which it could be told from others.
    fn is_nothing(&self) -> bool {
        match &self.record {
            Record::Author(author) => author.login.is_empty(),
            Record::Category(category) => category.name.is_empty() && category.nicename.is_empty(),
            Record::Tag(tag) => tag.name.is_empty() && tag.slug.is_empty(),
            Record::Term(term) => term.name.is_empty() && term.slug.is_empty(),
            Record::Item(item) => item.post_id.is_none(),
        }
    }

    fn close_meta(&mut self) -> Option<usize> {
        let Part { value, bindings, .. } = self.meta.take()?;
        match (&mut self.comment, &mut self.record) {
            (Some(comment), _) => comment.value.meta.push(value),
            (None, Record::Item(item)) => item.meta.push(value),
            (None, Record::Category(category)) => category.meta.push(value),
            (None, Record::Tag(tag)) => tag.meta.push(value),
            (None, Record::Term(term)) => term.meta.push(value),
            (None, Record::Author(_)) => {}
        }
        Some(bindings)
    }

    fn close_comment(&mut self) -> Option<usize> {
        let Part { value, bindings, .. } = self.comment.take()?;
        if let Record::Item(item) = &mut self.record {
            item.comments.push(value);
        }
        Some(bindings)
    }
}

/// What a `<` inside of a text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inner {
    /// The end tag of the element, of this length.
    End(usize),
    /// Another element of an export: the end tag is missing.
    Boundary,
    Cdata,
    /// Something that is only text.
    Literal,
    Ended,
}

/// How the text of a field is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    Filed,
    Guid,
}

enum Value {
    Text(String),
    Number(Option<i64>),
    Date(Date),
    Filed(Filed),
    Guid(String, bool),
}

impl Value {
    fn text(self) -> String {
        match self {
            Value::Text(text) | Value::Guid(text, _) => text,
            Value::Number(_) | Value::Date(_) | Value::Filed(_) => String::new(),
        }
    }

    fn id(self) -> Option<u64> {
        match self {
            Value::Number(number) => number.and_then(|number| u64::try_from(number).ok()),
            Value::Text(_) | Value::Date(_) | Value::Filed(_) | Value::Guid(..) => None,
        }
    }

    fn date(self) -> Date {
        match self {
            Value::Date(date) => date,
            Value::Text(_) | Value::Number(_) | Value::Filed(_) | Value::Guid(..) => Date::default(),
        }
    }
}

// A field that does not belong to the entry never comes here: `field_of` asks for the context.

fn set_channel(channel: &mut Channel, field: Field, value: Value) {
    match field {
        Field::Title => channel.title = value.text(),
        Field::Link => channel.link = value.text(),
        Field::Description => channel.description = value.text(),
        Field::PubDate => channel.pub_date = value.text(),
        Field::Language => channel.language = value.text(),
        Field::Version => channel.version = value.text(),
        Field::BaseSite => channel.base_site_url = value.text(),
        Field::BaseBlog => channel.base_blog_url = value.text(),
        Field::Generator => channel.generator = Some(value.text()).filter(|text| !text.is_empty()),
        _ => {}
    }
}

fn set_author(author: &mut Author, field: Field, value: Value) {
    match field {
        Field::Id => author.id = value.id(),
        Field::Login => author.login = value.text(),
        Field::Email => author.email = value.text(),
        Field::DisplayName => author.display_name = value.text(),
        Field::FirstName => author.first_name = value.text(),
        Field::LastName => author.last_name = value.text(),
        _ => {}
    }
}

fn set_category(category: &mut Category, field: Field, value: Value) {
    match field {
        Field::Id => category.id = value.id(),
        Field::Slug => category.nicename = value.text(),
        Field::Parent => category.parent = value.text(),
        Field::Name => category.name = value.text(),
        Field::Description => category.description = value.text(),
        _ => {}
    }
}

fn set_tag(tag: &mut Tag, field: Field, value: Value) {
    match field {
        Field::Id => tag.id = value.id(),
        Field::Slug => tag.slug = value.text(),
        Field::Name => tag.name = value.text(),
        Field::Description => tag.description = value.text(),
        _ => {}
    }
}

fn set_term(term: &mut Term, field: Field, value: Value) {
    match field {
        Field::Id => term.id = value.id(),
        Field::Taxonomy => term.taxonomy = value.text(),
        Field::Slug => term.slug = value.text(),
        Field::Parent => term.parent = value.text(),
        Field::Name => term.name = value.text(),
        Field::Description => term.description = value.text(),
        _ => {}
    }
}

fn set_meta(meta: &mut Meta, field: Field, value: Value) {
    match field {
        Field::Key => meta.key = value.text(),
        Field::MetaValue => meta.value = value.text(),
        _ => {}
    }
}

fn set_comment(comment: &mut Comment, field: Field, value: Value) {
    match field {
        Field::Id => comment.id = value.id(),
        Field::Creator => comment.author = value.text(),
        Field::Email => comment.email = value.text(),
        Field::Link => comment.url = value.text(),
        Field::Ip => comment.ip = value.text(),
        Field::Date => comment.date = value.date(),
        Field::DateGmt => comment.date_gmt = value.date(),
        Field::Content => comment.content = value.text(),
        Field::Status => comment.approved = value.text(),
        Field::PostType => comment.kind = value.text(),
        Field::ParentId => comment.parent = value.id().unwrap_or(0),
        Field::User => comment.user_id = value.id().unwrap_or(0),
        _ => {}
    }
}

fn set_item(item: &mut Item, field: Field, value: Value) {
    match field {
        Field::Title => item.title = value.text(),
        Field::Link => item.link = value.text(),
        Field::PubDate => item.pub_date = value.text(),
        Field::Creator => item.creator = value.text(),
        Field::Guid => {
            if let Value::Guid(guid, is_permalink) = value {
                item.guid = guid;
                item.guid_is_permalink = is_permalink;
            }
        }
        Field::Description => item.description = value.text(),
        Field::Content => item.content = value.text(),
        Field::Excerpt => item.excerpt = value.text(),
        Field::Id => item.post_id = value.id(),
        Field::Date => item.post_date = value.date(),
        Field::DateGmt => item.post_date_gmt = value.date(),
        Field::Modified => item.post_modified = value.date(),
        Field::ModifiedGmt => item.post_modified_gmt = value.date(),
        Field::CommentStatus => item.comment_status = value.text(),
        Field::PingStatus => item.ping_status = value.text(),
        Field::Slug => item.post_name = value.text(),
        Field::Status => item.status = value.text(),
        Field::ParentId => item.post_parent = value.id().unwrap_or(0),
        Field::MenuOrder => {
            if let Value::Number(number) = value {
                item.menu_order = number.unwrap_or(0);
            }
        }
        Field::PostType => item.post_type = value.text(),
        Field::Password => item.post_password = value.text(),
        Field::Sticky => item.is_sticky = value.id().is_some_and(|number| number != 0),
        Field::AttachmentUrl => item.attachment_url = Some(value.text()),
        Field::Filed => {
            if let Value::Filed(filed) = value {
                item.terms.push(filed);
            }
        }
        _ => {}
    }
}

/// The attributes of a start tag, at most [`MAX_ATTRIBUTES`], values as they stand.
fn attributes(tag: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = &tag[1 + name_in(&tag[1..]).len()..];
    std::iter::from_fn(move || {
        let name_at = rest.iter().position(|&byte| is_name_byte(byte))?;
        let name = name_in(&rest[name_at..]);
        rest = rest[name_at + name.len()..].trim_ascii_start();
        let Some(after) = rest.strip_prefix(b"=") else { return Some((name, &rest[..0])) };
        rest = after.trim_ascii_start();
        let (value, length) = match rest.first() {
            Some(&quote @ (b'"' | b'\'')) => match memchr::memchr(quote, &rest[1..]) {
                Some(end) => (&rest[1..=end], end + 2),
                None => (&rest[..0], rest.len()),
            },
            _ => {
                let end =
                    rest.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>').unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        rest = &rest[length..];
        Some((name, value))
    })
    .take(MAX_ATTRIBUTES)
}

/// The name at the beginning of `bytes`.
fn name_in(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().position(|&byte| !is_name_byte(byte)).unwrap_or(bytes.len())]
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-' | b'.') || byte >= 0x80
}

/// Where in `text` the end tag of `name` begins.
fn find_end(text: &[u8], name: &[u8]) -> Option<usize> {
    let needle = [b"</", name].concat();
    let finder = memchr::memmem::Finder::new(&needle);
    finder.find_iter(text).find(|&at| {
        let after = &text[at + needle.len()..];
        after.first().is_none_or(|byte| *byte == b'>' || byte.is_ascii_whitespace())
    })
}

/// The beginning of `bytes`, for a complaint.
fn quote(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(QUOTED_CHARS * 4)]);
    let quoted: String = text.chars().take(QUOTED_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if quoted.len() < bytes.len() { format!("{quoted}…") } else { quoted }
}
