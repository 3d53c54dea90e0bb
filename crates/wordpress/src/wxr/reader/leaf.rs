//! Where does the text of this element end?
//!
//! WordPress puts texts into CDATA, and what stands in CDATA may be anything, also what looks like its end. So a text is
//! first read by the rules of XML, and when it does not end as they say, by what must have been meant: CDATA ends where
//! the end tag of its element follows.

use std::io::Read;

use super::{ReadError, Reader, is_name_byte, name_in, quote};
use crate::wxr::names::{Field, LONGEST, is_boundary};
use crate::wxr::source::Ahead;
use crate::wxr::text::{Oddities, unescape};

/// How far after CDATA its element may end, in bytes of white space.
const MAX_GAP: usize = 256;

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

impl<R: Read> Reader<R> {
    /// The text up to the end of the element `name`, of which the start tag was taken. `None` when it is too large.
    pub(super) fn leaf(&mut self, name: &[u8], field: Field) -> Result<Option<String>, ReadError> {
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
                    let end = self.source.find(&mut self.cdata_ends, next + 9, limit);
                    let (end, is_closed) = match self.io(end)? {
                        Ahead::At(end) => (end, true),
                        Ahead::Ended => (self.source.window().len(), false),
                        Ahead::TooFar => (limit.max(next + 9), false),
                    };
                    let is_doubtful = !is_closed || self.is_followed_by_other(end + 3, name)?;
                    let inner = &self.source.window()[next + 9..end];
                    let own_end = if is_doubtful { find_end(inner, name) } else { None };
                    if is_doubtful {
                        self.source.note(own_end.unwrap_or(inner.len()));
                    }
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
        Ok(Some(self.text_of(&value, line)))
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
        let far = self.source.byte(at + LONGEST);
        self.io(far)?;
        let window = self.source.window();
        let name = name_in(&window[at..window.len().min(at + LONGEST + 1)]);
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

    pub(super) fn tell_oddities(&mut self, line: u64, oddities: Oddities) {
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
    pub(super) fn text_of(&mut self, bytes: &[u8], line: u64) -> String {
        let text = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => {
                self.warn_at(line, "invalid-utf8", || "bytes that are no UTF-8 became U+FFFD".into());
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        if has_control(text.as_bytes()) {
            let controls = text.bytes().filter(|byte| is_control(*byte)).count();
            self.warn_at(line, "control-character", || format!("{controls} × a control code, which XML forbids; kept"));
        }
        text
    }
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

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Looks at whole chunks without leaving them early, which a compiler can do for many bytes at a time.
fn has_control(bytes: &[u8]) -> bool {
    bytes.chunks(64).any(|chunk| chunk.iter().fold(false, |found, &byte| found | is_control(byte)))
}
