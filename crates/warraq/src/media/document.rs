//! Which recordings and documents do we keep, and as what do we give them out?
//!
//! They cannot be written anew as pictures can, so they are kept as they came, and it is the way they are served that
//! makes them harmless: under a type that we chose from their bytes, never to be guessed again by a browser, in a
//! sandbox, and all but sound and film only to be saved. What a browser would run as a page is not kept at all.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::{Kind, MediaError};

/// How much of the beginning is looked at.
const HEAD: usize = 4 * 1024;
/// How much of the end: a zip's directory ends there, with a remark of up to 64 KiB.
const TAIL: u64 = 66 * 1024;

/// What a file is, by its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// To be written anew.
    Picture,
    /// To be kept as it is.
    Document(Kind),
}

/// The beginning and the end of a file.
#[derive(Debug, Default)]
pub struct Sample {
    head: Vec<u8>,
    tail: Vec<u8>,
    bytes: u64,
}

impl Sample {
    /// Look at a file.
    ///
    /// # Errors
    /// The disk.
    pub fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let bytes = file.metadata()?.len();
        let mut head = Vec::new();
        (&mut file).take(HEAD as u64).read_to_end(&mut head)?;
        file.seek(SeekFrom::Start(bytes.saturating_sub(TAIL)))?;
        let mut tail = Vec::new();
        file.take(TAIL).read_to_end(&mut tail)?;
        Ok(Self { head, tail, bytes })
    }

    /// How many bytes the whole file has.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// What is it? The bytes decide; the name only tells apart what has the same bytes at its beginning (a spreadsheet and a
/// letter of the same office program).
///
/// # Errors
/// `RefusedFile` for what is not kept, `Damaged` for what is cut short.
pub fn recognise(sample: &Sample, name: &str) -> Result<Found, MediaError> {
    let (head, tail) = (&sample.head[..], &sample.tail[..]);
    let cut = |whole: bool, kind: Kind| {
        if whole { Ok(Found::Document(kind)) } else { Err(MediaError::damaged("it is cut short")) }
    };
    match head {
        [] => Err(MediaError::damaged("it is empty")),
        [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] | [b'G', b'I', b'F', b'8', ..] => Ok(Found::Picture),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Found::Picture),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Ok(Found::Document(Kind::Wav)),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v' | b'i', ..] => Ok(Found::Picture),
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', b'e' | b'i', ..] => Ok(Found::Picture),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => cut(
            boxes_fit(head, sample.bytes),
            match brand.get(..3) {
                Some(b"M4A" | b"M4B") => Kind::M4a,
                Some(b"qt ") => Kind::Mov,
                _ => Kind::Mp4,
            },
        ),
        [b'%', b'P', b'D', b'F', b'-', ..] => cut(holds(tail, b"%%EOF"), Kind::Pdf),
        [b'P', b'K', 3, 4, ..] => cut(holds(tail, b"PK\x05\x06"), zip_kind(head, name)),
        [b'I', b'D', b'3', ..] | [0xFF, 0xE2..=0xE7 | 0xF2..=0xF7 | 0xFA..=0xFD, ..] => Ok(Found::Document(Kind::Mp3)),
        [b'O', b'g', b'g', b'S', ..] => Ok(Found::Document(Kind::Ogg)),
        [b'f', b'L', b'a', b'C', ..] => Ok(Found::Document(Kind::Flac)),
        [0x1A, 0x45, 0xDF, 0xA3, ..] if holds(head, b"webm") => Ok(Found::Document(Kind::Webm)),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Ok(Found::Document(match extension(name).as_str() {
            "xls" => Kind::Xls,
            "ppt" | "pps" => Kind::Ppt,
            _ => Kind::Doc,
        })),
        [b'{', b'\\', b'r', b't', b'f', ..] => Ok(Found::Document(Kind::Rtf)),
        [0x1F, 0x8B, 8, ..] => Ok(Found::Document(Kind::Gz)),
        _ if is_markup(head) => {
            Err(MediaError::RefusedFile { reason: "it is a page (HTML, SVG or XML), which a browser would run" })
        }
        _ if matches!(extension(name).as_str(), "txt" | "csv" | "srt") && is_plain(head) => {
            Ok(Found::Document(Kind::Txt))
        }
        _ => Err(MediaError::RefusedFile {
            reason: "it is no picture, recording, document or archive that we know; put it into a zip file",
        }),
    }
}

/// Whatever a browser could take for a page, also behind a mark of the encoding, in two bytes a letter, or after spaces.
fn is_markup(head: &[u8]) -> bool {
    let letters = head.iter().copied().filter(|byte| *byte != 0);
    let mut visible =
        letters.skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    visible.next() == Some(b'<')
}

fn is_plain(head: &[u8]) -> bool {
    !head.contains(&0) && !holds(&head.to_ascii_lowercase(), b"<script") && !holds(&head.to_ascii_lowercase(), b"<html")
}

/// Office documents are zip files whose first entries say so.
fn zip_kind(head: &[u8], name: &str) -> Kind {
    let says = |mime: &[u8]| head.get(30..).is_some_and(|rest| rest.starts_with(mime));
    let office = holds(head, b"[Content_Types].xml") || holds(head, b"_rels/.rels");
    match extension(name).as_str() {
        "docx" if office => Kind::Docx,
        "xlsx" if office => Kind::Xlsx,
        "pptx" | "ppsx" if office => Kind::Pptx,
        _ if says(b"mimetypeapplication/vnd.oasis.opendocument.text") => Kind::Odt,
        _ if says(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") => Kind::Ods,
        _ if says(b"mimetypeapplication/vnd.oasis.opendocument.presentation") => Kind::Odp,
        _ if says(b"mimetypeapplication/epub+zip") => Kind::Epub,
        _ => Kind::Zip,
    }
}

/// Do the boxes of a film, as far as they are seen, end within the file?
fn boxes_fit(head: &[u8], bytes: u64) -> bool {
    let mut at = 0_u64;
    loop {
        let Some(size) = usize::try_from(at).ok().and_then(|at| head.get(at..at.checked_add(16)?)) else { return true };
        let short = u32::from_be_bytes([size[0], size[1], size[2], size[3]]);
        let length = match short {
            0 => return true,
            1 => u64::from_be_bytes([size[8], size[9], size[10], size[11], size[12], size[13], size[14], size[15]]),
            short => u64::from(short),
        };
        match at.checked_add(length) {
            Some(end) if length >= 8 && end <= bytes => at = end,
            _ => return false,
        }
    }
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8], name: &str) -> Result<Found, MediaError> {
        let tail = bytes[bytes.len().saturating_sub(TAIL as usize)..].to_vec();
        let head = bytes[..bytes.len().min(HEAD)].to_vec();
        recognise(&Sample { head, tail, bytes: bytes.len() as u64 }, name)
    }

    #[track_caller]
    fn check(bytes: &[u8], name: &str, kind: Kind) {
        match found(bytes, name) {
            Ok(Found::Document(is)) => {
                assert_eq!(is, kind, "{name}");
                assert_eq!(Kind::from_extension(kind.extension()), Some(kind), "{kind:?} has no row of its own");
            }
            other => panic!("{name}: {other:?}"),
        }
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], name: &str, code: &str) {
        match found(bytes, name) {
            Err(error) => assert_eq!(error.code(), code, "{name}: {error}"),
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn bytes_decide() {
        check(b"%PDF-1.7 .... %%EOF\n", "a.html", Kind::Pdf);
        check(b"ID3\x04rest", "a.mp3", Kind::Mp3);
        check(&[0xFF, 0xFB, 0x90, 0], "a.mp3", Kind::Mp3);
        check(b"OggS rest", "a.oga", Kind::Ogg);
        check(b"fLaC rest", "a.flac", Kind::Flac);
        check(b"RIFF....WAVEfmt ", "a.wav", Kind::Wav);
        check(b"\0\0\0\x14ftypisom\0\0\0\0mp42", "a.mp4", Kind::Mp4);
        check(b"\0\0\0\x10ftypM4A \0\0\0\0", "a.m4a", Kind::M4a);
        check(b"\0\0\0\x10ftypqt  \0\0\0\0", "a.mov", Kind::Mov);
        check(b"\x1A\x45\xDF\xA3....webm", "a.webm", Kind::Webm);
        check(b"PK\x03\x04 a PK\x05\x06", "a.zip", Kind::Zip);
        check(b"PK\x03\x04 [Content_Types].xml PK\x05\x06", "a.DOCX", Kind::Docx);
        check(b"PK\x03\x04 [Content_Types].xml PK\x05\x06", "a.xlsx", Kind::Xlsx);
        check(b"PK\x03\x04 page.html PK\x05\x06", "a.docx", Kind::Zip);
        check(b"PK\x03\x0401234567890123456789012345mimetypeapplication/epub+zip PK\x05\x06", "a", Kind::Epub);
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls", Kind::Xls);
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a", Kind::Doc);
        check(b"{\\rtf1 x}", "a.rtf", Kind::Rtf);
        check("سطر\nسطر".as_bytes(), "a.txt", Kind::Txt);
        assert_eq!(found(b"\xFF\xD8\xFF\xE0", "a.pdf").ok(), Some(Found::Picture));
        assert_eq!(found(b"RIFF....WEBPVP8 ", "a").ok(), Some(Found::Picture));
    }

    #[test]
    fn what_a_browser_would_run_is_refused() {
        for markup in [
            "<html>",
            "  \r\n<!DOCTYPE html>",
            "\u{feff}<svg xmlns='http://www.w3.org/2000/svg'>",
            "<?xml version='1.0'?>",
            "<script>",
            "<",
        ] {
            check_refused(markup.as_bytes(), "a.txt", "media-refused-file");
            let wide: Vec<u8> = markup.encode_utf16().flat_map(u16::to_le_bytes).collect();
            check_refused(&wide, "a.txt", "media-refused-file");
        }
        check_refused(b"x <script>alert(1)</script>", "a.txt", "media-refused-file");
        check_refused(b"alert(1)", "a.js", "media-refused-file");
        check_refused(b"MZ\x90\0", "a.exe", "media-refused-file");
        check_refused(b"plain", "a.html", "media-refused-file");
        check_refused(b"CWS\x0A", "a.swf", "media-refused-file");
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        check_refused(b"", "a.pdf", "media-damaged");
        check_refused(b"%PDF-1.7 ....", "a.pdf", "media-damaged");
        check_refused(b"PK\x03\x04 a", "a.zip", "media-damaged");
        check_refused(b"\0\0\0\x14ftypisom\0\0\0\0mp42\0\0\xFF\xFFmdat12345678", "a.mp4", "media-damaged");
        check_refused(b"\0\0\0\x01ftypisom\0\0\0\0mp42", "a.mp4", "media-damaged");
    }
}
