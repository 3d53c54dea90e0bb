//! Which bytes come next, in UTF-8, and in which line?
//!
//! A window over the input: it grows only as far as somebody looks ahead, and what was consumed is let go.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

/// How much is read at once, in bytes.
const CHUNK: usize = 64 * 1024;

/// How much is looked at before a declared encoding is believed, in bytes.
const SNIFFED: usize = 1024 * 1024;

/// How far into the file an XML declaration may begin and end, in bytes.
const DECLARATION_WITHIN: usize = 1024;

/// Where something was found, counted from the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ahead {
    At(usize),
    /// The input ends before.
    Ended,
    /// Not within the bytes that may be looked at.
    TooFar,
}

/// What the beginning of the file said about its encoding, where that was not simply right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Surprise {
    Decoded(&'static str),
    ReallyUtf8(String),
    Unknown(String),
}

pub(super) struct Source<R> {
    input: R,
    decoder: Option<Decoder>,
    undecoded: Vec<u8>,
    buffer: Vec<u8>,
    start: usize,
    offset: u64,
    line: u64,
    has_ended: bool,
    /// A failure that was met while reading ahead, to be told when what came before it was taken.
    failure: Option<io::Error>,
    /// Bytes looked through by searches, so that a test can count the work.
    #[cfg(test)]
    pub(super) searched: std::cell::Cell<u64>,
}

/// A needle, and what searches for it have found out, so that no byte is searched for it twice.
#[derive(Debug, Clone)]
pub(super) struct Needle {
    finder: memmem::Finder<'static>,
    next: Option<u64>,
    clear_until: u64,
}

impl Needle {
    pub(super) fn new(needle: &'static [u8]) -> Needle {
        Needle { finder: memmem::Finder::new(needle), next: None, clear_until: 0 }
    }
}

impl<R: Read> Source<R> {
    /// A window over `input`, of which nothing was read yet.
    pub(super) fn new(input: R) -> Source<R> {
        Source {
            input,
            decoder: None,
            undecoded: Vec::new(),
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            line: 1,
            has_ended: false,
            failure: None,
            #[cfg(test)]
            searched: std::cell::Cell::new(0),
        }
    }

    /// Finds out the encoding; the position is then after the byte order mark.
    pub(super) fn begin(&mut self) -> Option<Surprise> {
        self.look_ahead(DECLARATION_WITHIN, |_| true);
        self.choose_encoding()
    }

    /// Reads on until there are `length` bytes, as long as they are `wanted`.
    fn look_ahead(&mut self, length: usize, wanted: impl Fn(&[u8]) -> bool) {
        while self.buffer.len() < length && wanted(&self.buffer) {
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    self.failure = Some(error);
                    return;
                }
            }
        }
    }

    /// The line of the position, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The line of the byte that is `ahead` bytes on.
    pub(super) fn line_at(&self, ahead: usize) -> u64 {
        self.line + newlines(&self.window()[..ahead])
    }

    /// How many bytes were consumed.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// What was read and not consumed.
    pub(super) fn window(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// The byte that is `ahead` bytes on.
    pub(super) fn byte(&mut self, ahead: usize) -> io::Result<Option<u8>> {
        while self.window().len() <= ahead {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(Some(self.window()[ahead]))
    }

    /// Whether `text` stands `ahead` bytes on.
    pub(super) fn starts_with(&mut self, ahead: usize, text: &[u8]) -> io::Result<bool> {
        if let Some(there) = self.window().get(ahead..ahead + text.len()) {
            return Ok(there == text);
        }
        for (n, &expected) in text.iter().enumerate() {
            if self.byte(ahead + n)? != Some(expected) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The next `byte`, from `from` bytes ahead on, at most `limit` bytes ahead.
    pub(super) fn find_byte(&mut self, byte: u8, from: usize, limit: usize) -> io::Result<Ahead> {
        let mut searched = from;
        loop {
            let end = self.window().len().min(limit);
            if searched < end {
                let found = memchr::memchr(byte, &self.window()[searched..end]);
                self.note(found.unwrap_or(end - searched));
                if let Some(at) = found {
                    return Ok(Ahead::At(searched + at));
                }
                searched = end;
            }
            if self.window().len() >= limit {
                return Ok(Ahead::TooFar);
            }
            if !self.fill()? {
                return Ok(Ahead::Ended);
            }
        }
    }

    /// The next `needle`, from `from` bytes ahead on, at most `limit` bytes ahead.
    pub(super) fn find(&mut self, needle: &mut Needle, from: usize, limit: usize) -> io::Result<Ahead> {
        let length = needle.finder.needle().len();
        let from_offset = self.offset + from as u64;
        if let Some(next) = needle.next
            && next >= from_offset
        {
            let ahead = usize::try_from(next - self.offset).unwrap_or(usize::MAX);
            return Ok(if ahead < limit { Ahead::At(ahead) } else { Ahead::TooFar });
        }
        let mut searched = usize::try_from(needle.clear_until.max(from_offset) - self.offset).unwrap_or(usize::MAX);
        loop {
            let end = self.window().len().min(limit.saturating_add(length));
            if searched < end {
                let found = needle.finder.find(&self.window()[searched..end]);
                self.note(found.unwrap_or(end - searched));
                if let Some(at) = found {
                    needle.next = Some(self.offset + (searched + at) as u64);
                    return Ok(Ahead::At(searched + at));
                }
                searched = (end + 1).saturating_sub(length).max(searched);
                needle.clear_until = needle.clear_until.max(self.offset + searched as u64);
            }
            if self.window().len() >= limit.saturating_add(length) {
                return Ok(Ahead::TooFar);
            }
            if !self.fill()? {
                return Ok(Ahead::Ended);
            }
        }
    }

    /// Notes how many bytes were looked through, so that a test can see that the work does not multiply.
    pub(super) fn note(&self, bytes: usize) {
        #[cfg(test)]
        self.searched.set(self.searched.get() + bytes as u64);
        #[cfg(not(test))]
        let _ = bytes;
    }

    /// Goes on by `length` bytes, which were read.
    pub(super) fn consume(&mut self, length: usize) {
        let length = length.min(self.window().len());
        self.line += newlines(&self.window()[..length]);
        self.start += length;
        self.offset += length as u64;
    }

    /// Goes on to `needle`, or to the end, without keeping what lies between. Returns whether it was found.
    pub(super) fn skip_to(&mut self, needle: &[u8]) -> io::Result<bool> {
        loop {
            if let Some(at) = memmem::find(self.window(), needle) {
                self.consume(at);
                return Ok(true);
            }
            self.consume((self.window().len() + 1).saturating_sub(needle.len()));
            if !self.fill()? {
                self.consume(self.window().len());
                return Ok(false);
            }
        }
    }

    /// Reads on. Returns whether there was more.
    pub(super) fn fill(&mut self) -> io::Result<bool> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        if self.has_ended {
            return Ok(false);
        }
        if self.start > 0 && self.start >= self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        loop {
            let before = self.buffer.len();
            if let Some(mut decoder) = self.decoder.take() {
                self.undecoded.resize(CHUNK, 0);
                let read = read_full(&mut self.input, &mut self.undecoded, &mut self.failure);
                self.has_ended = read < CHUNK && self.failure.is_none();
                decode(&mut decoder, &self.undecoded[..read], self.has_ended, &mut self.buffer);
                self.decoder = Some(decoder);
            } else {
                self.buffer.resize(before + CHUNK, 0);
                let read = read_full(&mut self.input, &mut self.buffer[before..], &mut self.failure);
                self.has_ended = read < CHUNK && self.failure.is_none();
                self.buffer.truncate(before + read);
            }
            if self.buffer.len() > before || self.has_ended {
                return Ok(self.buffer.len() > before);
            }
            if let Some(error) = self.failure.take() {
                return Err(error);
            }
        }
    }

    /// A mark decides; then the declaration, unless the bytes are plainly UTF-8.
    fn choose_encoding(&mut self) -> Option<Surprise> {
        if let Some((encoding, mark)) = Encoding::for_bom(&self.buffer) {
            self.start = mark;
            return if encoding == UTF_8 { None } else { self.decode_as(encoding) };
        }
        let label = declared_encoding(&self.buffer)?;
        let name = String::from_utf8_lossy(&label).into_owned();
        match Encoding::for_label(&label) {
            Some(encoding) if encoding == UTF_8 => None,
            // The declaration could be read as ASCII, so the file is in neither of these.
            Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Some(Surprise::ReallyUtf8(name)),
            Some(encoding) => {
                self.look_ahead(SNIFFED, <[u8]>::is_ascii);
                let is_utf8 = match std::str::from_utf8(&self.buffer) {
                    Ok(_) => true,
                    Err(error) => error.error_len().is_none() && !self.has_ended,
                };
                if is_utf8 && !self.buffer.is_ascii() {
                    return Some(Surprise::ReallyUtf8(name));
                }
                self.decode_as(encoding)
            }
            None => Some(Surprise::Unknown(name)),
        }
    }

    fn decode_as(&mut self, encoding: &'static Encoding) -> Option<Surprise> {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let raw = std::mem::take(&mut self.buffer);
        decode(&mut decoder, &raw[self.start..], self.has_ended, &mut self.buffer);
        self.start = 0;
        self.decoder = Some(decoder);
        Some(Surprise::Decoded(encoding.name()))
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// Fills `into`, unless the input ends or fails before. Returns how much was read; a failure is told with the next bytes.
fn read_full(input: &mut impl Read, into: &mut [u8], failure: &mut Option<io::Error>) -> usize {
    let mut filled = 0;
    while filled < into.len() {
        match input.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                *failure = Some(error);
                break;
            }
        }
    }
    filled
}

/// Puts the text of `bytes` after what is in `into`.
fn decode(decoder: &mut Decoder, bytes: &[u8], is_last: bool, into: &mut Vec<u8>) {
    let mut rest = bytes;
    loop {
        let before = into.len();
        let room = decoder.max_utf8_buffer_length(rest.len()).unwrap_or(rest.len()).max(16);
        into.resize(before + room, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(rest, &mut into[before..], is_last);
        into.truncate(before + written);
        rest = &rest[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// The `encoding` of the XML declaration, which may have white space or a warning before it.
fn declared_encoding(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let declaration = &head[memmem::find(head, b"<?xml")?..];
    let declaration = &declaration[..memmem::find(declaration, b"?>")?];
    let value = &declaration[memmem::find(declaration, b"encoding")? + b"encoding".len()..];
    let quote_at = value.iter().position(|&byte| byte == b'"' || byte == b'\'')?;
    let value = &value[quote_at..];
    let length = value[1..].iter().position(|&byte| byte == value[0])?;
    Some(value[1..1 + length].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, Option<Surprise>) {
        let mut source = Source::new(bytes);
        let surprise = source.begin();
        while source.fill().unwrap() {}
        (String::from_utf8_lossy(source.window()).into_owned(), surprise)
    }

    fn check_encoding(declared: &str, body: &[u8], expected: &str, surprise: Option<Surprise>) {
        let head = format!("<?xml version=\"1.0\" encoding=\"{declared}\"?>");
        assert_eq!(text_of(&[head.as_bytes(), body].concat()), (format!("{head}{expected}"), surprise), "{declared}");
    }

    #[test]
    fn a_declared_encoding_is_decoded_unless_the_bytes_deny_it() {
        let name = |name: &str| name.to_owned();
        check_encoding("UTF-8", "ورق".as_bytes(), "ورق", None);
        check_encoding("windows-1256", b"\xe6\xd1\xde", "ورق", Some(Surprise::Decoded("windows-1256")));
        check_encoding("windows-1256", "ورق".as_bytes(), "ورق", Some(Surprise::ReallyUtf8(name("windows-1256"))));
        check_encoding("iso-8859-1", b"caf\xe9", "café", Some(Surprise::Decoded("windows-1252")));
        check_encoding("UTF-16", "ورق".as_bytes(), "ورق", Some(Surprise::ReallyUtf8(name("UTF-16"))));
        check_encoding("martian", "ورق".as_bytes(), "ورق", Some(Surprise::Unknown(name("martian"))));
        let late = [vec![b'a'; 3 * CHUNK], "ورق".as_bytes().to_vec()].concat();
        check_encoding(
            "windows-1256",
            &late,
            std::str::from_utf8(&late).unwrap(),
            Some(Surprise::ReallyUtf8(name("windows-1256"))),
        );
    }

    #[test]
    fn byte_order_marks_decide() {
        assert_eq!(text_of("\u{FEFF}ورق".as_bytes()), ("ورق".into(), None));
        let utf16: Vec<u8> = "\u{FEFF}ورق 🙂".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text_of(&utf16), ("ورق 🙂".into(), Some(Surprise::Decoded("UTF-16LE"))));
    }

    #[test]
    fn an_input_may_give_little_at_a_time() {
        struct Drop<'a>(&'a [u8]);
        impl Read for Drop<'_> {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let length = into.len().min(1);
                self.0.read(&mut into[..length])
            }
        }
        for declared in ["UTF-8", "windows-1256"] {
            let file = format!("<?xml encoding=\"{declared}\"?>{}", "a".repeat(3 * CHUNK));
            let mut source = Source::new(Drop(file.as_bytes()));
            source.begin();
            while source.fill().unwrap() {}
            assert_eq!(source.window(), file.as_bytes());
        }
    }

    #[test]
    fn searches_do_not_look_twice() {
        let text = ["<".repeat(5000), "]]>".into(), "<".repeat(5000)].concat();
        let mut source = Source::new(text.as_bytes());
        let mut needle = Needle::new(b"]]>");
        for from in 0..5000 {
            assert_eq!(source.find(&mut needle, from, usize::MAX).unwrap(), Ahead::At(5000));
        }
        assert_eq!(source.find(&mut needle, 0, 100).unwrap(), Ahead::TooFar);
        for from in 5001..10_000 {
            assert_eq!(source.find(&mut needle, from, usize::MAX).unwrap(), Ahead::Ended);
        }
        assert!(source.searched.get() < 4 * text.len() as u64, "{}", source.searched.get());
    }
}
