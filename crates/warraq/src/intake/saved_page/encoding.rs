//! Which letters do these bytes stand for?

use std::fmt;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use super::{ReadError, SIZE_LIMIT, Warning};

/// A format that packs a page and its pictures into one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archive {
    /// `.mhtml`, as Chromium and Outlook write it.
    Mhtml,
    /// `.webarchive`, as Safari writes it.
    WebArchive,
}

impl fmt::Display for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mhtml => "a packed page (MHTML)",
            Self::WebArchive => "a Safari web archive",
        })
    }
}

/// Bytes as text without a byte-order mark. A mark decides; then valid UTF-8; then what the page declares; then
/// whether the bytes read as Arabic in windows-1256 or as a Western language in windows-1252.
pub(super) fn decode(bytes: &[u8], file: &str, warnings: &mut Vec<Warning>) -> Result<String, ReadError> {
    let file = || if file.is_empty() { "the file".to_owned() } else { file.to_owned() };
    if bytes.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge { file: file(), bytes: bytes.len() });
    }
    if let Some(what) = magic(bytes) {
        return Err(match what {
            Magic::Packed(kind) => ReadError::PackedPage { file: file(), kind },
            Magic::Binary(what) => ReadError::Binary { file: file(), what, at: 0 },
        });
    }
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        decode_lossy(encoding, &bytes[mark..], warnings)
    } else if let Some(encoding) = unmarked_utf16(bytes) {
        decode_lossy(encoding, bytes, warnings)
    } else {
        if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
            return Err(ReadError::Binary { file: file(), what: "a binary file", at });
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) => decode_other(bytes, error.valid_up_to(), warnings)
                .map_err(|declared| ReadError::Encoding { file: file(), at: error.valid_up_to(), declared })?,
        }
    };
    // A text full of control characters is a program or a word processor's file that happens to decode.
    let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if controls * 20 > text.chars().count() {
        let at = text.find(|c: char| c.is_control() && !c.is_whitespace()).unwrap_or(0);
        return Err(ReadError::Binary { file: file(), what: "a binary file", at });
    }
    if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
        return Err(ReadError::Empty { file: file() });
    }
    Ok(text)
}

/// Characters that take no room on the screen and that browsers leave at the edges of copied lines.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

enum Magic {
    Packed(Archive),
    Binary(&'static str),
}

/// Formats that people hand in by mistake, known by their first bytes.
fn magic(bytes: &[u8]) -> Option<Magic> {
    const SIGNATURES: [(&[u8], &str); 11] = [
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a zip file or an office document"),
        (b"\xD0\xCF\x11\xE0", "an old office document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"RIFF", "a picture or a recording"),
        (b"\x1F\x8B", "a compressed file"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3", "a database"),
    ];
    if bytes.starts_with(b"bplist00") {
        return Some(Magic::Packed(Archive::WebArchive));
    }
    let head = &bytes[..bytes.len().min(2048)];
    let holds = |needle: &[u8]| head.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle));
    if holds(b"\nContent-Type: multipart/related") && holds(b"\nMIME-Version:") {
        return Some(Magic::Packed(Archive::Mhtml));
    }
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, what)| Magic::Binary(what))
}

/// UTF-16 without a mark shows itself by its line ends, blanks and digits: a zero byte beside an ASCII byte, always
/// on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |side: usize| head.chunks_exact(2).filter(|pair| pair[side] == 0 && pair[1 - side] != 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // Every tenth character of any text is a blank, so a twentieth is a safe floor.
    match (first, second) {
        (0, n) if n * 20 >= pairs => Some(UTF_16LE),
        (n, 0) if n * 20 >= pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_lossy(encoding: &'static Encoding, bytes: &[u8], warnings: &mut Vec<Warning>) -> String {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors {
        warnings.push(Warning {
            code: "bad-bytes",
            message: format!("some bytes are not {}; they became «\u{FFFD}»", encoding.name()),
            line: text.lines().position(|line| line.contains('\u{FFFD}')).map(|line| line + 1),
        });
    }
    text.into_owned()
}

/// Bytes that are not valid UTF-8. The error is the text to add to [`ReadError::Encoding`].
fn decode_other(bytes: &[u8], valid_up_to: usize, warnings: &mut Vec<Warning>) -> Result<String, String> {
    let declared = declared_encoding(bytes);
    // A page cut in the middle of a letter, or with one bad byte in it, is still UTF-8.
    let lossy = String::from_utf8_lossy(bytes);
    let bad = lossy.matches('\u{FFFD}').count();
    let good = lossy.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').count();
    if good > bad * 20 {
        return Ok(decode_lossy(UTF_8, bytes, warnings));
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        return Ok(decode_lossy(encoding, bytes, warnings));
    }
    for encoding in [WINDOWS_1256, WINDOWS_1252] {
        let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
        if !had_errors && reads_well(encoding, &text) {
            warnings.push(Warning {
                code: "encoding-guessed",
                message: format!("the file is not UTF-8 and names no encoding; it was read as {}", encoding.name()),
                line: Some(bytes[..valid_up_to].iter().filter(|&&byte| byte == b'\n').count() + 1),
            });
            return Ok(text.into_owned());
        }
    }
    Err(declared.map(|encoding| format!(" (the page says {})", encoding.name())).unwrap_or_default())
}

/// Among the letters beyond ASCII, nine tenths must be what the encoding is for: Arabic letters standing in words,
/// or accented Latin letters in lower case (capitals with accents are rare in real text, frequent in misread bytes).
fn reads_well(encoding: &'static Encoding, text: &str) -> bool {
    let foreign = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
    if encoding == WINDOWS_1256 {
        let arabic = text.chars().filter(|c| super::furniture::is_arabic_letter(*c)).count();
        let alef_or_lam = text.chars().filter(|c| matches!(c, 'ا' | 'ل' | 'ي' | 'و' | 'م')).count();
        arabic >= 8 && arabic * 10 >= foreign * 9 && alef_or_lam * 5 >= arabic
    } else {
        let latin = text.chars().filter(|c| !c.is_ascii() && c.is_lowercase()).count();
        let ascii = text.chars().filter(char::is_ascii_alphabetic).count();
        latin * 10 >= foreign * 9 && ascii > foreign * 3
    }
}

/// `charset=` in the first bytes, with or without quotation marks.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let at = head.windows(7).position(|window| window.eq_ignore_ascii_case(b"charset"))? + 7;
    let rest = &head[at..];
    let label: Vec<u8> = rest
        .iter()
        .copied()
        .skip_while(|byte| byte.is_ascii_whitespace() || b"='\"".contains(byte))
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))
        .collect();
    Encoding::for_label(&label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_decode(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes, "f", &mut Vec::new()).as_deref(), Ok(expected));
    }

    fn check_refused(bytes: &[u8], code: &str) {
        assert_eq!(decode(bytes, "f", &mut Vec::new()).map_err(|e| e.code()), Err(code));
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn marks_and_plain_utf8() {
        check_decode("سلام".as_bytes(), "سلام");
        check_decode("\u{FEFF}سلام".as_bytes(), "سلام");
        check_decode(&[&[0xFF, 0xFE][..], &utf16("سلام", true)].concat(), "سلام");
        check_decode(&[&[0xFE, 0xFF][..], &utf16("سلام", false)].concat(), "سلام");
    }

    #[test]
    fn utf16_without_a_mark() {
        let text = "في الصباح فتح السوق أبوابه\nوجاء الناس";
        check_decode(&utf16(text, true), text);
        check_decode(&utf16(text, false), text);
    }

    #[test]
    fn windows_1256() {
        let text = "في الصباح فتح السوق أبوابه للناس، وجاء التجار من كل مكان.";
        let (bytes, _, _) = WINDOWS_1256.encode(text);
        check_decode(&bytes, text);
        let page = format!("<meta charset=windows-1256><p>{text}");
        let (bytes, _, _) = WINDOWS_1256.encode(&page);
        check_decode(&bytes, &page);
    }

    #[test]
    fn windows_1252() {
        let (bytes, _, _) = WINDOWS_1252.encode("Le marché a ouvert tôt et les marchands sont déjà là.");
        check_decode(&bytes, "Le marché a ouvert tôt et les marchands sont déjà là.");
    }

    #[test]
    fn a_page_cut_in_the_middle_of_a_letter_stays_utf8() {
        let mut warnings = Vec::new();
        let bytes = "في الصباح فتح السوق أبوابه للناس".as_bytes();
        let text = decode(&bytes[..bytes.len() - 1], "f", &mut warnings).unwrap_or_default();
        assert!(text.starts_with("في الصباح"));
        assert_eq!(warnings[0].code, "bad-bytes");
        assert_eq!(warnings[0].line, Some(1));
    }

    #[test]
    fn what_is_no_text() {
        check_refused(b"", "page-empty");
        check_refused(b" \n\t\xE2\x80\x8F ", "page-empty");
        check_refused(b"%PDF-1.7\n...", "page-binary");
        check_refused(b"PK\x03\x04....", "page-binary");
        check_refused(b"abc\0\0\0def", "page-binary");
        check_refused(b"bplist00\xd1", "page-packed");
        check_refused(b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", "page-packed");
        check_refused(&[0xC0, 0x81, 0xFF, 0x90, 0xC0, 0xFE, 0xD0, 0xC1], "page-encoding");
        check_refused(&vec![b'a'; SIZE_LIMIT + 1], "page-too-large");
    }
}
