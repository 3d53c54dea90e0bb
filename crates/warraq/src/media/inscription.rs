//! What does a picture say of itself? Who made it and what it shows, as cameras and agencies write it into the file.
//!
//! Read from the file as it came, proposed to whoever brings it, and never carried into the file that readers get. EXIF is
//! read by its first directory alone, IPTC by the few datasets of its second record: where it was taken and with what is
//! not even looked at. Whatever is cut short or contradicts itself says nothing.

use std::io::Cursor;

use image::{ImageDecoder, ImageFormat, ImageReader};

use super::{Format, inspect};

/// The longest text that is believed, in scalar values.
const LONGEST: usize = 1_000;

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inscription {
    /// Who made it, or whose it is.
    pub credit: String,
    /// What it shows.
    pub caption: String,
}

/// Reads what a picture says of itself; nothing where it says nothing.
#[must_use]
pub fn inscription(bytes: &[u8]) -> Inscription {
    let Ok(facts) = inspect(bytes) else { return Inscription::default() };
    let of_exif = exif_of(bytes, facts.format).and_then(|exif| from_exif(&exif)).unwrap_or_default();
    let of_iptc =
        if facts.format == Format::Jpeg { from_iptc(bytes).unwrap_or_default() } else { Inscription::default() };
    // Agencies write IPTC with care; what cameras write into EXIF is often their own name.
    let first = |one: String, other: String| if one.is_empty() { other } else { one };
    Inscription { credit: first(of_iptc.credit, of_exif.credit), caption: first(of_iptc.caption, of_exif.caption) }
}

fn exif_of(bytes: &[u8], format: Format) -> Option<Vec<u8>> {
    let format = match format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Gif => return None,
    };
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().ok()?;
    decoder.exif_metadata().ok()?
}

/// The first directory of a TIFF block: ImageDescription, Artist, Copyright.
fn from_exif(exif: &[u8]) -> Option<Inscription> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(usize::from(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }))
    };
    let long = |at: usize| {
        let four: [u8; 4] = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }).ok()
    };
    let directory = long(4)?;
    let (mut description, mut artist, mut copyright) = (String::new(), String::new(), String::new());
    for entry in 0..short(directory)? {
        let at = directory.checked_add(2 + 12 * entry)?;
        let (Some(tag), Some(kind), Some(length)) = (short(at), short(at + 2), long(at + 4)) else { break };
        let wanted = match tag {
            0x010E => &mut description,
            0x013B => &mut artist,
            0x8298 => &mut copyright,
            _ => continue,
        };
        // 2: text that ends with a zero byte; up to four bytes stand in the place of the offset.
        let start = if length <= 4 { Some(at + 8) } else { long(at + 8) };
        let bytes = start.and_then(|start| exif.get(start..start.checked_add(length)?));
        if let (2, Some(bytes)) = (kind, bytes) {
            *wanted = readable(bytes, false);
        }
    }
    let credit = if artist.is_empty() { copyright } else { artist };
    Some(Inscription { credit, caption: description })
}

/// The second record of IPTC-IIM within the Photoshop block of a JPEG: By-line, Credit, Copyright, Caption.
fn from_iptc(jpeg: &[u8]) -> Option<Inscription> {
    let mut resources = photoshop_block(jpeg)?;
    while let Some(rest) = resources.strip_prefix(b"8BIM") {
        let kind = rest.get(..2)?;
        // A name with its length before it, padded to an even count, then the length of the resource.
        let name = usize::from(*rest.get(2)?) + 1;
        let at = 2 + name + name % 2;
        let length = u32::from_be_bytes(rest.get(at..at + 4)?.try_into().ok()?) as usize;
        let end = (at + 4).checked_add(length)?;
        let content = rest.get(at + 4..end)?;
        if kind == [0x04, 0x04] {
            return Some(from_datasets(content));
        }
        resources = rest.get(end + length % 2..)?;
    }
    None
}

/// The content of the APP13 segment that Photoshop and agencies write.
fn photoshop_block(jpeg: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let [0xFF, marker] = *jpeg.get(at..at + 2)? else { return None };
        if matches!(marker, 0xD9 | 0xDA) {
            return None;
        }
        let length = usize::from(u16::from_be_bytes(jpeg.get(at + 2..at + 4)?.try_into().ok()?));
        let content = jpeg.get(at + 4..at + 2 + length.max(2))?;
        if let (0xED, Some(block)) = (marker, content.strip_prefix(b"Photoshop 3.0\0")) {
            return Some(block);
        }
        at += 2 + length.max(2);
    }
}

fn from_datasets(mut datasets: &[u8]) -> Inscription {
    let (mut byline, mut credit, mut copyright, mut caption) = Default::default();
    let mut is_utf8 = false;
    while let [0x1C, record, dataset, high, low, rest @ ..] = datasets {
        // Longer ones have a length of their own; no name or caption does.
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(value) = rest.get(..length) else { break };
        let wanted: Option<&mut String> = match (*record, *dataset) {
            (1, 90) => {
                is_utf8 = value == b"\x1b%G";
                None
            }
            (2, 80) => Some(&mut byline),
            (2, 110) => Some(&mut credit),
            (2, 116) => Some(&mut copyright),
            (2, 120) => Some(&mut caption),
            _ => None,
        };
        if let Some(wanted) = wanted.filter(|wanted| wanted.is_empty()) {
            *wanted = readable(value, is_utf8);
        }
        datasets = &rest[length..];
    }
    let credit = match (byline.is_empty(), credit.is_empty()) {
        (false, false) if byline != credit => format!("{byline} / {credit}"),
        (false, _) => byline,
        (true, false) => credit,
        (true, true) => copyright,
    };
    Inscription { credit, caption }
}

/// UTF-8, or what Western cameras wrote before it. `is_said`: the file says that it is UTF-8.
fn readable(bytes: &[u8], is_said: bool) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let text = match std::str::from_utf8(&bytes[..end]) {
        Ok(text) => text.to_owned(),
        Err(_) if is_said => String::new(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(&bytes[..end]).0.into_owned(),
    };
    if text.chars().count() > LONGEST { String::new() } else { text.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use image::ImageFormat;
    use proptest::prelude::*;

    use super::super::reencode;
    use super::super::samples::{encoded, photo, with_exif};
    use super::*;

    /// A JPEG with these datasets of IPTC.
    fn with_iptc(datasets: &[(u8, u8, &[u8])]) -> Vec<u8> {
        let mut content = Vec::new();
        for (record, dataset, value) in datasets {
            content.extend([0x1C, *record, *dataset]);
            content.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
            content.extend(*value);
        }
        let mut block = b"Photoshop 3.0\x008BIM\x04\x25\0\0\0\0\0\x03abc\x008BIM\x04\x04\0\0".to_vec();
        block.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        block.extend(&content);
        let jpeg = encoded(&photo(24, 16), ImageFormat::Jpeg);
        let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xED];
        bytes.extend(u16::try_from(block.len() + 2).unwrap().to_be_bytes());
        bytes.extend(block);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    fn check(bytes: &[u8], credit: &str, caption: &str) {
        assert_eq!(inscription(bytes), Inscription { credit: credit.into(), caption: caption.into() });
    }

    #[test]
    fn agencies_say_who_and_what() {
        let said = with_iptc(&[
            (1, 90, b"\x1b%G"),
            (2, 120, "ميناء شنغهاي".as_bytes()),
            (2, 80, "ليلى حسن".as_bytes()),
            (2, 110, b"Xinhua"),
            (2, 90, b"Shanghai"),
        ]);
        check(&said, "ليلى حسن / Xinhua", "ميناء شنغهاي");
        check(&with_iptc(&[(2, 116, b"\xA9 Andr\xE9")]), "© André", "");
        check(&with_iptc(&[(1, 90, b"\x1b%G"), (2, 80, b"\xFF\xFE")]), "", "");
        check(&with_iptc(&[]), "", "");
    }

    #[test]
    fn cameras_say_what() {
        check(&with_exif(&encoded(&photo(24, 16), ImageFormat::Jpeg), 1, "قارب\0".as_bytes()), "", "قارب");
        check(&encoded(&photo(24, 16), ImageFormat::Png), "", "");
        check(b"no picture", "", "");
    }

    #[test]
    fn nothing_of_it_is_in_the_file_that_readers_get() {
        let said = with_iptc(&[(2, 120, b"a secret place"), (2, 80, b"a secret name")]);
        let kept = reencode(&said).unwrap().bytes;
        for secret in [&b"secret"[..], b"Photoshop", b"8BIM"] {
            assert!(!kept.windows(secret.len()).any(|window| window == secret));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_there_is_read_or_passed_over(
            wrong in prop::collection::vec((0_usize..400, any::<u8>()), 1..12),
            exif in any::<bool>(),
        ) {
            let jpeg = encoded(&photo(24, 16), ImageFormat::Jpeg);
            let mut bytes = if exif { with_exif(&jpeg, 1, b"note") } else { with_iptc(&[(2, 120, b"caption")]) };
            for (at, byte) in wrong {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            let said = inscription(&bytes);
            prop_assert!(said.credit.chars().count() <= 2 * LONGEST + 3 && said.caption.chars().count() <= LONGEST);
            let _ = from_exif(&bytes);
        }
    }
}
