//! What do we keep of a picture?

use std::collections::HashSet;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::renditions::resized;
use super::{Format, KEPT_SIDE, Kind, MAX_PIXELS, MAX_SIDE, MediaError, inspect};

const JPEG_QUALITY: u8 = 85;
/// A drawing or a diagram has few colours and sharp edges, which JPEG would blur.
const FEW_COLOURS: usize = 256;
/// What the pixels of a decoded picture may take: [`MAX_PIXELS`] of 8-bit RGBA, or half as many of 16-bit.
const MAX_DECODED: u64 = 4 * MAX_PIXELS;
/// The same with what the decoder needs beside.
const MAX_MEMORY: u64 = MAX_DECODED + 64 * 1024 * 1024;

/// The picture as we keep it: upright, sRGB, 8 bits a channel, at most [`KEPT_SIDE`] pixels a side, nothing but pixels.
#[derive(Debug, Clone)]
pub struct Original {
    /// The file.
    pub bytes: Vec<u8>,
    /// JPEG, or PNG for what is transparent or has few colours.
    pub kind: Kind,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// BLAKE3 of `bytes`, 64 hexadecimal digits.
    pub hash: String,
    /// Only the first frame of an animation is kept; the editor should be told.
    pub stilled: bool,
}

/// Reads whatever was uploaded and writes the picture anew.
///
/// # Errors
/// Those of [`inspect`]; `Damaged` when the pixels cannot be read; `NotEncoded`.
pub fn reencode(bytes: &[u8]) -> Result<Original, MediaError> {
    let Decoded { pixels, profile, orientation, stilled } = decode(bytes)?;
    // The colours are converted after the size, because there is less to convert, and the picture is turned last,
    // when it is smallest.
    let mut pixels = fitted(pixels)?;
    if let Some(profile) = profile {
        pixels = in_srgb(pixels, &profile);
    }
    pixels.apply_orientation(orientation);
    let (kind, bytes) = encode(&pixels)?;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    Ok(Original { kind, width: pixels.width(), height: pixels.height(), hash, stilled, bytes })
}

/// The pixels of a picture as they stand in the file, as RGB or RGBA.
pub(super) fn pixels_of(bytes: &[u8]) -> Result<DynamicImage, MediaError> {
    Ok(decode(bytes)?.pixels)
}

struct Decoded {
    pixels: DynamicImage,
    profile: Option<Vec<u8>>,
    orientation: Orientation,
    stilled: bool,
}

/// Decodes a picture whose header was found good, within limits that hold whatever the decoder thinks of the header.
fn decode(bytes: &[u8]) -> Result<Decoded, MediaError> {
    let facts = inspect(bytes)?;
    let format = match facts.format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(MediaError::damaged)?;
    if decoder.dimensions() != (facts.width, facts.height) {
        return Err(MediaError::damaged("the header contradicts itself"));
    }
    if decoder.total_bytes() > MAX_DECODED {
        return Err(MediaError::TooManyPixels { width: facts.width, height: facts.height });
    }
    // A profile or an orientation that cannot be read is no reason to refuse a picture.
    let profile = decoder.icc_profile().unwrap_or_default();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let pixels = DynamicImage::from_decoder(decoder).map_err(MediaError::damaged)?;
    Ok(Decoded { pixels: eight_bits(pixels), profile, orientation, stilled: facts.animated })
}

/// RGB, or RGBA when any pixel is transparent.
fn eight_bits(pixels: DynamicImage) -> DynamicImage {
    if !pixels.color().has_alpha() {
        return DynamicImage::ImageRgb8(pixels.into_rgb8());
    }
    let rgba = pixels.into_rgba8();
    if rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(rgba).into_rgb8())
    } else {
        DynamicImage::ImageRgba8(rgba)
    }
}

fn fitted(pixels: DynamicImage) -> Result<DynamicImage, MediaError> {
    let (width, height) = (pixels.width(), pixels.height());
    let longest = width.max(height);
    if longest <= KEPT_SIDE {
        return Ok(pixels);
    }
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(KEPT_SIDE) + u64::from(longest) / 2;
        u32::try_from(exact / u64::from(longest)).unwrap_or(KEPT_SIDE).max(1)
    };
    resized(pixels, scaled(width), scaled(height))
}

/// The same colours in sRGB. Telephones write Display P3: shown as sRGB, every face would be pale. A profile that
/// makes no sense, or that is not about RGB, is passed over: the decoder has brought the picture to RGB already.
fn in_srgb(pixels: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return pixels;
    };
    if profile.color_space != DataColorSpace::Rgb {
        return pixels;
    }
    let srgb = ColorProfile::new_srgb();
    let converted = |raw: &[u8], layout: Layout| {
        let transform = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()).ok()?;
        let mut out = vec![0; raw.len()];
        transform.transform(raw, &mut out).ok()?;
        Some(out)
    };
    let (width, height) = (pixels.width(), pixels.height());
    let done = match &pixels {
        DynamicImage::ImageRgb8(rgb) => converted(rgb.as_raw(), Layout::Rgb)
            .and_then(|raw| image::RgbImage::from_raw(width, height, raw))
            .map(DynamicImage::ImageRgb8),
        DynamicImage::ImageRgba8(rgba) => converted(rgba.as_raw(), Layout::Rgba)
            .and_then(|raw| image::RgbaImage::from_raw(width, height, raw))
            .map(DynamicImage::ImageRgba8),
        _ => None,
    };
    done.unwrap_or(pixels)
}

fn encode(pixels: &DynamicImage) -> Result<(Kind, Vec<u8>), MediaError> {
    let mut bytes = Vec::with_capacity(256 * 1024);
    if pixels.color().has_alpha() || has_few_colours(pixels) {
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
        pixels.write_with_encoder(encoder).map_err(MediaError::not_encoded)?;
        Ok((Kind::Png, bytes))
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        pixels.write_with_encoder(encoder).map_err(MediaError::not_encoded)?;
        Ok((Kind::Jpeg, bytes))
    }
}

/// A photograph shows its 257th colour within the first rows, so that this seldom reads the whole picture.
fn has_few_colours(pixels: &DynamicImage) -> bool {
    let mut seen = HashSet::with_capacity(FEW_COLOURS + 1);
    let mut last = None;
    pixels.as_bytes().chunks_exact(3).all(|pixel| {
        if last != Some(pixel) {
            last = Some(pixel);
            seen.insert(pixel);
        }
        seen.len() <= FEW_COLOURS
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use image::{ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

    use super::super::samples::{animated_gif, encoded, photo, with_exif};
    use super::*;

    fn check_code(bytes: &[u8], code: &str) {
        assert_eq!(reencode(bytes).map(|original| original.kind).map_err(|error| error.code()), Err(code));
    }

    fn check_kept(bytes: &[u8], kind: Kind, width: u32, height: u32) -> Original {
        let original = reencode(bytes).unwrap();
        assert_eq!((original.kind, original.width, original.height), (kind, width, height));
        let again = inspect(&original.bytes).unwrap();
        assert_eq!((again.width, again.height, again.frames), (width, height, 1));
        original
    }

    fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
        bytes.windows(wanted.len()).any(|window| window == wanted)
    }

    #[test]
    fn photographs_become_jpeg_whatever_they_were() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            check_kept(&encoded(&photo(60, 40), format), Kind::Jpeg, 60, 40);
        }
    }

    #[test]
    fn drawings_and_transparent_pictures_become_png() {
        let drawing = RgbImage::from_fn(60, 40, |x, _| Rgb([if x % 9 < 4 { 200 } else { 20 }, 0, 0]));
        check_kept(&encoded(&drawing, ImageFormat::Png), Kind::Png, 60, 40);
        let glass = RgbaImage::from_fn(60, 40, |x, y| Rgba([x as u8 * 4, y as u8 * 6, (x * y) as u8, 128]));
        let mut bytes = Vec::new();
        glass.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        check_kept(&bytes, Kind::Png, 60, 40);
    }

    #[test]
    fn an_alpha_channel_that_hides_nothing_is_dropped() {
        let opaque = DynamicImage::ImageRgb8(photo(60, 40)).into_rgba8();
        let mut bytes = Vec::new();
        opaque.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        check_kept(&bytes, Kind::Jpeg, 60, 40);
    }

    #[test]
    fn large_pictures_are_made_smaller_and_small_ones_are_left() {
        check_kept(&encoded(&photo(3_000, 100), ImageFormat::Jpeg), Kind::Jpeg, 2_560, 85);
        check_kept(&encoded(&photo(3, 2_700), ImageFormat::Jpeg), Kind::Jpeg, 3, 2_560);
        check_kept(&encoded(&photo(2_560, 4), ImageFormat::Jpeg), Kind::Jpeg, 2_560, 4);
    }

    #[test]
    fn the_picture_is_turned_upright_and_the_place_is_forgotten() {
        let bytes = with_exif(&encoded(&photo(60, 40), ImageFormat::Jpeg), 6, b"GPS 31.2304N 121.4737E");
        assert!(contains(&bytes, b"31.2304N"));
        let original = check_kept(&bytes, Kind::Jpeg, 40, 60);
        for forgotten in [&b"31.2304N"[..], b"Exif", b"GPS"] {
            assert!(!contains(&original.bytes, forgotten));
        }
        // The sample grows red to the right; turned clockwise it grows red downwards.
        let turned = pixels_of(&original.bytes).unwrap().into_rgb8();
        assert!(turned.get_pixel(20, 55).0[0] > turned.get_pixel(20, 4).0[0] + 100);
    }

    #[test]
    fn what_hides_behind_a_picture_does_not_survive() {
        let script = b"<script>alert(1)</script>";
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif] {
            let bytes = [encoded(&photo(60, 40), format).as_slice(), script].concat();
            let original = reencode(&bytes).unwrap();
            assert!(!contains(&original.bytes, b"<script"), "{format:?}");
        }
    }

    #[test]
    fn colours_of_a_wide_profile_are_converted() {
        let p3 = ColorProfile::new_display_p3().encode().unwrap();
        let grey_green = RgbImage::from_pixel(16, 16, Rgb([100, 200, 100]));
        let mut bytes = Vec::new();
        let mut encoder = PngEncoder::new(&mut bytes);
        encoder.set_icc_profile(p3).unwrap();
        encoder.write_image(grey_green.as_raw(), 16, 16, image::ExtendedColorType::Rgb8).unwrap();
        let original = reencode(&bytes).unwrap();
        let found = pixels_of(&original.bytes).unwrap().into_rgb8().get_pixel(8, 8).0;
        // The same green needs less red and more green in the smaller gamut of sRGB.
        assert!(found[0] < 80 && found[1] > 200, "{found:?}");
        assert!(!contains(&original.bytes, b"iCCP"));
    }

    #[test]
    fn only_the_first_frame_of_an_animation_is_kept() {
        let original = reencode(&animated_gif(3)).unwrap();
        assert!(original.stilled);
        assert_eq!(pixels_of(&original.bytes).unwrap().into_rgb8().get_pixel(1, 1).0, [250, 0, 0]);
        assert!(!reencode(&animated_gif(1)).unwrap().stilled);
    }

    #[test]
    fn damaged_files_are_refused_with_a_reason() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = encoded(&photo(60, 40), format);
            check_code(&bytes[..bytes.len() / 2], "media-damaged");
        }
        let mut wrong = encoded(&photo(60, 40), ImageFormat::Png);
        wrong[16..24].copy_from_slice(&[0, 0, 0x20, 0, 0, 0, 0x10, 0]);
        check_code(&wrong, "media-damaged");
    }

    #[test]
    fn deep_pixels_count_double() {
        let mut deep = encoded(&photo(8, 8), ImageFormat::Png);
        // 6,000 × 5,000 pixels of 16-bit RGBA, the checksum of IHDR made right again.
        deep[16..26].copy_from_slice(&[0, 0, 0x17, 0x70, 0, 0, 0x13, 0x88, 16, 6]);
        let crc = checksum(&deep[12..29]);
        deep[29..33].copy_from_slice(&crc.to_be_bytes());
        check_code(&deep, "media-too-many-pixels");
        deep[24] = 8;
        let crc = checksum(&deep[12..29]);
        deep[29..33].copy_from_slice(&crc.to_be_bytes());
        check_code(&deep, "media-damaged");
    }

    /// CRC-32 as PNG has it.
    fn checksum(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 })
        })
    }

    #[test]
    fn the_same_picture_has_the_same_hash() {
        let one = encoded(&photo(60, 40), ImageFormat::Png);
        let (first, second) = (reencode(&one).unwrap(), reencode(&one).unwrap());
        assert_eq!(first.hash, second.hash);
        assert_ne!(first.hash, reencode(&encoded(&photo(61, 40), ImageFormat::Png)).unwrap().hash);
        assert_eq!(first.hash.len(), 64);
    }

    proptest! {
        #[test]
        fn a_file_with_wrong_bytes_is_a_picture_or_an_error(
            format in prop::sample::select(&[ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP]),
            wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = encoded(&photo(24, 16), format);
            for (at, byte) in wrong {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(original) = reencode(&bytes) {
                prop_assert!(original.width <= KEPT_SIDE && original.height <= KEPT_SIDE);
                prop_assert!(inspect(&original.bytes).is_ok());
            }
        }
    }
}
