//! Which entries does this file hold, whatever state it is in?
//!
//! The file is taken tag by tag. An element with text is read to its end in one piece (`leaf`), because what is wrong
//! with real files is wrong there: what began as CDATA and does not end as such. Around these pieces there are only
//! four levels (channel, entry, comment, custom field), so nothing here needs a tree or calls itself.

mod leaf;
mod values;

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::io::{self, Read};

use self::values::{Value, set_author, set_category, set_channel, set_comment, set_item, set_meta, set_tag, set_term};
use super::dates::Date;
use super::entries::{Author, Category, Channel, Comment, Entry, Filed, Item, Meta, Tag, Term};
use super::found::{Found, Limits, ReadError, Refused, Warning};
use super::names::{Context, Field, Kind, Space, field_of, is_html, is_of_rss};
use super::source::{Ahead, Needle, Source, Surprise};
use super::text::{Oddities, unescape};

/// The longest tag, processing instruction or document type, in bytes.
const MAX_TAG_BYTES: usize = 64 * 1024;

/// The length within which nearly every tag ends, in bytes.
const USUAL_TAG_BYTES: usize = 128;

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
    cdata_ends: Needle,
    comment_ends: Needle,
    instruction_ends: Needle,

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
            cdata_ends: Needle::new(b"]]>"),
            comment_ends: Needle::new(b"-->"),
            instruction_ends: Needle::new(b"?>"),
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
        self.source.searched.get()
    }

    /// How many bytes are held.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.source.window().len()
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
            let end = self.source.find(&mut self.comment_ends, 4, MAX_COMMENT_BYTES);
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
        let end = self.source.find(&mut self.cdata_ends, 9, self.limits.entry_bytes);
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
        let end = self.source.find(&mut self.instruction_ends, 2, MAX_TAG_BYTES);
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
        // Most tags are a name and nothing else, and lie within the window.
        let window = self.source.window();
        if let Some(end) = memchr::memchr(b'>', &window[..window.len().min(USUAL_TAG_BYTES)])
            && memchr::memchr3(b'<', b'"', b'\'', &window[1..end]).is_none()
        {
            self.tag.clear();
            self.tag.extend_from_slice(&window[..=end]);
            self.source.consume(end + 1);
            return Ok(true);
        }
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
        self.source.note(at);
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
        if tag.len() > name.len() + b"< xmlns=''>".len() && memchr::memmem::find(tag, b"xmlns").is_some() {
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
        Some(self.text_of(&value, line))
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
                self.ready.push_back(Found::Refused(Refused {
                    line: open.line,
                    kind: open.kind(),
                    item: open.label(),
                    reason,
                }));
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

    fn kind(&self) -> &'static str {
        match self.record {
            Record::Author(_) => "author",
            Record::Category(_) => "category",
            Record::Tag(_) => "tag",
            Record::Term(_) => "term",
            Record::Item(_) => "item",
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

/// The beginning of `bytes`, for a complaint.
fn quote(bytes: &[u8]) -> String {
    let bytes = bytes.trim_ascii();
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(QUOTED_CHARS * 4)]);
    let quoted: String = text.chars().take(QUOTED_CHARS).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if quoted.len() < bytes.len() { format!("{quoted}…") } else { quoted }
}
