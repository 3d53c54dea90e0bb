//! What does the header say, before anybody believes the rest?
//!
//! Read by hand and without allocating, because this runs on whatever a stranger sends: a decoder begins its work
//! (and takes its memory) only for a file whose measures are known and allowed. The frames inside a WebP carry measures
//! of their own; they are read too, or a small canvas could hide a huge frame.

use super::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, MediaError};

/// A format that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Joint Photographic Experts Group.
    Jpeg,
    /// Portable Network Graphics, also animated.
    Png,
    /// Graphics Interchange Format.
    Gif,
    /// WebP, also animated.
    Webp,
}

/// What the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The format of the file, whatever its name.
    pub format: Format,
    /// In pixels, before it is turned upright.
    pub width: u32,
    /// In pixels, before it is turned upright.
    pub height: u32,
    /// At least 1.
    pub frames: u32,
    /// Whether there is more than one frame. Only the first is kept.
    pub animated: bool,
}

/// Reads the header and checks it against the limits. Nothing is decoded.
///
/// # Errors
/// `TooManyBytes`, `UnknownFormat`, `RefusedFormat`, `TooManyPixels` or `Damaged`.
pub fn inspect(bytes: &[u8]) -> Result<Facts, MediaError> {
    if bytes.len() > MAX_BYTES {
        return Err(MediaError::TooManyBytes { bytes: bytes.len() });
    }
    let (format, measured) = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => (Format::Jpeg, jpeg(bytes)),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => (Format::Png, png(bytes)),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => (Format::Gif, gif(bytes)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => (Format::Webp, webp(bytes)),
        _ => return Err(refused(bytes)),
    };
    let Measured { width, height, frames } = measured.ok_or_else(|| MediaError::damaged("the header is cut short"))?;
    if width == 0 || height == 0 || frames == 0 {
        return Err(MediaError::damaged("the header promises no picture"));
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(MediaError::TooManyPixels { width, height });
    }
    Ok(Facts { format, width, height, frames, animated: frames > 1 })
}

struct Measured {
    width: u32,
    height: u32,
    frames: u32,
}

/// The formats that people do send get an answer that helps.
fn refused(bytes: &[u8]) -> MediaError {
    let format = match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4) {
            Some(b"avif" | b"avis") => "AVIF",
            Some(b"heic" | b"heix" | b"hevc" | b"mif1" | b"msf1") => "HEIC",
            _ => return MediaError::UnknownFormat,
        },
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "TIFF",
        [b'B', b'M', ..] => "BMP",
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', ..] => "JPEG XL",
        _ if looks_like_svg(bytes) => "SVG",
        _ => return MediaError::UnknownFormat,
    };
    MediaError::RefusedFormat { format }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_ascii_lowercase();
    start.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).starts_with('<') && start.contains("<svg")
}

/// The first frame header, and the marker of the end somewhere after the first scan: a download that broke off has
/// none, and the decoder would fill the rest with grey without a word.
fn jpeg(bytes: &[u8]) -> Option<Measured> {
    let mut at = 2;
    let mut measures = None;
    loop {
        while *bytes.get(at)? != 0xFF {
            at += 1;
        }
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            // These stand alone.
            0x00 | 0x01 | 0xD0..=0xD8 => continue,
            0xD9 => return None,
            0xDA => break,
            _ => {}
        }
        let length = usize::from(u16_be(bytes, at)?);
        // SOF0 to SOF15 without the tables that share the range.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let found = (u32::from(u16_be(bytes, at + 5)?), u32::from(u16_be(bytes, at + 3)?));
            if measures.is_some_and(|earlier| earlier != found) {
                return None;
            }
            measures = Some(found);
        }
        at = at.checked_add(length.max(2))?;
    }
    let (width, height) = measures?;
    bytes.get(at..)?.windows(2).any(|pair| pair == [0xFF, 0xD9]).then_some(Measured { width, height, frames: 1 })
}

/// IHDR must come first; an animation announces its frames before the pixels.
fn png(bytes: &[u8]) -> Option<Measured> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (u32_be(bytes, 16)?, u32_be(bytes, 20)?);
    let mut frames = 1;
    let mut at = 8usize;
    loop {
        let length = usize::try_from(u32_be(bytes, at)?).ok()?;
        match bytes.get(at + 4..at + 8)? {
            b"IDAT" => return Some(Measured { width, height, frames }),
            b"acTL" => frames = u32_be(bytes, at + 8)?.max(1),
            _ => {}
        }
        at = at.checked_add(length)?.checked_add(12)?;
    }
}

/// Walks from block to block and counts the pictures.
fn gif(bytes: &[u8]) -> Option<Measured> {
    let (width, height) = (u32::from(u16_le(bytes, 6)?), u32::from(u16_le(bytes, 8)?));
    let table = |flags: u8| {
        if flags & 0x80 == 0 { 0 } else { 3usize << ((flags & 7) + 1) }
    };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut frames = 0u32;
    loop {
        match bytes.get(at) {
            Some(0x21) => at = after_blocks(bytes, at + 2)?,
            Some(0x2C) => {
                let flags = *bytes.get(at + 9)?;
                at = after_blocks(bytes, at + 11 + table(flags))?;
                frames = frames.saturating_add(1);
            }
            // The trailer; browsers do not insist on it, and neither does this.
            Some(0x3B) | None => return Some(Measured { width, height, frames }),
            Some(_) if frames > 0 => return Some(Measured { width, height, frames }),
            Some(_) => return None,
        }
    }
}

/// Blocks are a length and as many bytes; the length 0 ends them.
fn after_blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Measured> {
    let size = usize::try_from(u32_le(bytes, 4)?).ok()?;
    let body = bytes.get(12..size.checked_add(8)?)?;
    let mut chunks = Chunks { rest: body };
    let (name, data) = chunks.next()?;
    if name != b"VP8X" {
        let (width, height) = webp_bitstream(name, data)?;
        return Some(Measured { width, height, frames: 1 });
    }
    let (width, height) = (u24_le(data, 4)? + 1, u24_le(data, 7)? + 1);
    let mut frames = 0u32;
    for (name, data) in chunks {
        let fits = match name {
            b"VP8 " | b"VP8L" => {
                frames = frames.saturating_add(1);
                webp_bitstream(name, data)? == (width, height)
            }
            b"ANMF" => {
                frames = frames.saturating_add(1);
                let said = (u24_le(data, 6)? + 1, u24_le(data, 9)? + 1);
                let mut inner = Chunks { rest: data.get(16..)? };
                let inner = inner.find_map(|(name, data)| webp_bitstream(name, data));
                said.0 <= width && said.1 <= height && inner == Some(said)
            }
            _ => true,
        };
        if !fits {
            return None;
        }
    }
    Some(Measured { width, height, frames })
}

/// The measures of a lossy or lossless bitstream; `None` for another chunk.
fn webp_bitstream(name: &[u8; 4], data: &[u8]) -> Option<(u32, u32)> {
    match name {
        b"VP8 " if data.get(3..6)? == [0x9D, 0x01, 0x2A] => {
            Some((u32::from(u16_le(data, 6)? & 0x3FFF), u32::from(u16_le(data, 8)? & 0x3FFF)))
        }
        b"VP8L" if *data.first()? == 0x2F => {
            let bits = u32_le(data, 1)?;
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        _ => None,
    }
}

/// The chunks of a RIFF body. One that is longer than the body ends the walk.
struct Chunks<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Chunks<'a> {
    type Item = (&'a [u8; 4], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.rest.first_chunk::<4>()?;
        let size = usize::try_from(u32_le(self.rest, 4)?).ok()?;
        let data = self.rest.get(8..size.checked_add(8)?)?;
        let next = (8 + size + size % 2).min(self.rest.len());
        self.rest = &self.rest[next..];
        Some((name, data))
    }
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_be_bytes(*chunk))
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_le_bytes(*chunk))
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_be_bytes(*chunk))
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_le_bytes(*chunk))
}

fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = *bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;
    use proptest::prelude::*;

    use super::super::samples::{animated_gif, encoded, photo};
    use super::*;

    fn check_code(bytes: &[u8], code: &str) {
        assert_eq!(inspect(bytes).map_err(|error| error.code()), Err(code));
    }

    fn check_still(format: Format, bytes: &[u8]) {
        assert_eq!(inspect(bytes).unwrap(), Facts { format, width: 60, height: 40, frames: 1, animated: false });
    }

    fn lossy() -> Vec<u8> {
        webp::Encoder::from_rgb(&photo(60, 40), 60, 40).encode(80.0).to_vec()
    }

    /// A PNG header that is right but for what it claims.
    fn claiming(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encoded(&photo(8, 8), ImageFormat::Png);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        bytes
    }

    /// A still WebP whose canvas says something else than its bitstream.
    fn canvas(width: u32, height: u32) -> Vec<u8> {
        let mut body = b"WEBPVP8X\x0A\0\0\0\0\0\0\0".to_vec();
        body.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
        body.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
        body.extend_from_slice(&lossy()[12..]);
        let mut bytes = b"RIFF".to_vec();
        bytes.extend_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&body);
        bytes
    }

    #[test]
    fn every_format_is_measured() {
        check_still(Format::Jpeg, &encoded(&photo(60, 40), ImageFormat::Jpeg));
        check_still(Format::Png, &encoded(&photo(60, 40), ImageFormat::Png));
        check_still(Format::Gif, &encoded(&photo(60, 40), ImageFormat::Gif));
        check_still(Format::Webp, &encoded(&photo(60, 40), ImageFormat::WebP));
        check_still(Format::Webp, &lossy());
        check_still(Format::Webp, &canvas(60, 40));
    }

    #[test]
    fn frames_are_counted() {
        let facts = inspect(&animated_gif(3)).unwrap();
        assert_eq!((facts.frames, facts.animated), (3, true));
    }

    #[test]
    fn what_is_no_picture_or_refused_is_said() {
        check_code(b"", "media-unknown-format");
        check_code(b"<html>", "media-unknown-format");
        check_code(b"<?xml version='1.0'?>\n<svg onload='x'>", "media-refused-format");
        check_code(b"\0\0\0\x20ftypavif", "media-refused-format");
        check_code(b"\0\0\0\x20ftypheic", "media-refused-format");
        check_code(b"\0\0\0\x20ftypmp42", "media-unknown-format");
    }

    #[test]
    fn limits_are_checked_on_the_header_alone() {
        check_code(&claiming(100_000, 100_000), "media-too-many-pixels");
        check_code(&claiming(MAX_SIDE + 1, 1), "media-too-many-pixels");
        check_code(&claiming(8_000, 7_000), "media-too-many-pixels");
        check_code(&claiming(0, 7), "media-damaged");
        check_code(&vec![0xFF; MAX_BYTES + 1], "media-too-many-bytes");
        assert!(inspect(&claiming(8_000, 6_000)).is_ok());
    }

    #[test]
    fn a_small_canvas_cannot_hide_a_large_frame() {
        check_code(&canvas(10, 10), "media-damaged");
    }

    #[test]
    fn files_that_broke_off_are_damaged() {
        for format in [ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = encoded(&photo(60, 40), format);
            check_code(&bytes[..bytes.len() - 8], "media-damaged");
        }
        check_code(&encoded(&photo(60, 40), ImageFormat::Png)[..30], "media-damaged");
        check_code(b"GIF89a", "media-damaged");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            start in prop::sample::select(vec![
                &b"\xFF\xD8\xFF"[..], b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8X",
            ]),
            rest in prop::collection::vec(any::<u8>(), 0..64),
        ) {
            if let Ok(facts) = inspect(&[start, rest.as_slice()].concat()) {
                prop_assert!(facts.width <= MAX_SIDE && facts.height <= MAX_SIDE && facts.frames > 0);
            }
        }
    }
}
