//! Which sizes does a browser choose from?

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, MulDiv, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, RgbImage, RgbaImage};
use ravif::Img;
use rgb::FromSlice as _;

use super::MediaError;
use super::original::pixels_of;

const WEBP_QUALITY: f32 = 80.0;
/// Looks like [`WEBP_QUALITY`]: for photographs structural similarity is the same within 0.007, in 60 to 78 % of the bytes.
const AVIF_QUALITY: f32 = 70.0;
/// From 1, most thorough, to 10. Two steps on, the files are a sixth larger and made in a third of the time.
const AVIF_SPEED: u8 = 8;

/// One size of a picture.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The sizes of an original that [`super::reencode`] wrote, as lossy WebP, narrowest first. Nothing is made larger than it
/// is: widths that the original does not reach are left out, and its own width stands in for them, so that there is always
/// one.
///
/// # Errors
/// `Damaged` when the original cannot be read, `NotEncoded`.
pub fn renditions(original: &[u8], widths: &[u32]) -> Result<Vec<Rendition>, MediaError> {
    sizes(original, widths, webp_of)
}

/// The same as AVIF (AV1 Image File Format, AOMedia): smaller files, for which the encoder takes thirty times as long.
///
/// # Errors
/// As [`renditions`].
pub fn avif_renditions(original: &[u8], widths: &[u32]) -> Result<Vec<Rendition>, MediaError> {
    sizes(original, widths, avif_of)
}

fn sizes(
    original: &[u8],
    widths: &[u32],
    encode: fn(&DynamicImage) -> Result<Vec<u8>, MediaError>,
) -> Result<Vec<Rendition>, MediaError> {
    let mut pixels = pixels_of(original)?;
    let (full_width, full_height) = (pixels.width(), pixels.height());
    let mut made = Vec::with_capacity(widths.len());
    // From wide to narrow, each out of the last: a quarter of the work, and Lanczos over Lanczos shows no loss.
    for width in wanted(full_width, widths).into_iter().rev() {
        let height = u64::from(full_height) * u64::from(width) + u64::from(full_width) / 2;
        let height = u32::try_from(height / u64::from(full_width)).unwrap_or(full_height).max(1);
        pixels = resized(pixels, width, height)?;
        made.push(Rendition { width, height, bytes: encode(&pixels)? });
    }
    made.reverse();
    Ok(made)
}

/// Lanczos3, transparency weighed in. RGB8 and RGBA8 only; anything else comes back as RGBA8.
pub(super) fn resized(pixels: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, MediaError> {
    let (from_width, from_height) = (pixels.width(), pixels.height());
    if (from_width, from_height) == (width, height) {
        return Ok(pixels);
    }
    let (raw, pixel_type) = match pixels {
        DynamicImage::ImageRgb8(rgb) => (rgb.into_raw(), PixelType::U8x3),
        other => (other.into_rgba8().into_raw(), PixelType::U8x4),
    };
    let mut from = Image::from_vec_u8(from_width, from_height, raw, pixel_type).map_err(MediaError::not_encoded)?;
    let mut to = Image::new(width, height, pixel_type);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
    // Transparency is weighed in by hand and in place: the resizer would do it on a copy of the whole picture.
    let has_alpha = pixel_type == PixelType::U8x4;
    if has_alpha {
        MulDiv::new().multiply_alpha_inplace(&mut from).map_err(MediaError::not_encoded)?;
    }
    Resizer::new().resize(&from, &mut to, &options).map_err(MediaError::not_encoded)?;
    if has_alpha {
        MulDiv::new().divide_alpha_inplace(&mut to).map_err(MediaError::not_encoded)?;
    }
    let raw = to.into_vec();
    match pixel_type {
        PixelType::U8x3 => RgbImage::from_raw(width, height, raw).map(DynamicImage::ImageRgb8),
        _ => RgbaImage::from_raw(width, height, raw).map(DynamicImage::ImageRgba8),
    }
    .ok_or_else(|| MediaError::not_encoded("a buffer of the wrong size"))
}

fn wanted(full_width: u32, widths: &[u32]) -> Vec<u32> {
    let mut wanted: Vec<u32> = widths.iter().map(|width| (*width).clamp(1, full_width)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

fn webp_of(pixels: &DynamicImage) -> Result<Vec<u8>, MediaError> {
    let (width, height) = (pixels.width(), pixels.height());
    let encoder = match pixels {
        DynamicImage::ImageRgba8(rgba) => webp::Encoder::from_rgba(rgba, width, height),
        DynamicImage::ImageRgb8(rgb) => webp::Encoder::from_rgb(rgb, width, height),
        _ => return Err(MediaError::not_encoded("pixels that are neither RGB nor RGBA")),
    };
    let memory = encoder.encode_simple(false, WEBP_QUALITY);
    memory.map(|bytes| bytes.to_vec()).map_err(|error| MediaError::not_encoded(format!("{error:?}")))
}

fn avif_of(pixels: &DynamicImage) -> Result<Vec<u8>, MediaError> {
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    // One thread: whoever asks for a page meanwhile has the others.
    let encoder = ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_alpha_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_bit_depth(ravif::BitDepth::Eight)
        .with_num_threads(Some(1));
    let encoded = match pixels {
        DynamicImage::ImageRgba8(rgba) => encoder.encode_rgba(Img::new(rgba.as_raw().as_rgba(), width, height)),
        DynamicImage::ImageRgb8(rgb) => encoder.encode_rgb(Img::new(rgb.as_raw().as_rgb(), width, height)),
        _ => return Err(MediaError::not_encoded("pixels that are neither RGB nor RGBA")),
    };
    encoded.map(|encoded| encoded.avif_file).map_err(MediaError::not_encoded)
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba};

    use super::super::samples::{encoded, photo};
    use super::super::{Format, inspect};
    use super::*;

    fn check_widths(full: u32, widths: &[u32], expected: &[u32]) {
        assert_eq!(wanted(full, widths), expected, "{full}");
    }

    #[test]
    fn nothing_is_made_larger() {
        check_widths(2_560, &[480, 800, 1200, 1600], &[480, 800, 1200, 1600]);
        check_widths(1_000, &[480, 800, 1200, 1600], &[480, 800, 1000]);
        check_widths(480, &[480, 800], &[480]);
        check_widths(90, &[480, 800], &[90]);
        check_widths(90, &[0, 60, 30], &[1, 30, 60]);
        check_widths(90, &[], &[]);
    }

    #[test]
    fn each_is_a_webp_of_the_promised_size() {
        let made = renditions(&encoded(&photo(100, 67), ImageFormat::Jpeg), &[30, 60, 200]).unwrap();
        let sizes: Vec<_> = made.iter().map(|rendition| (rendition.width, rendition.height)).collect();
        assert_eq!(sizes, [(30, 20), (60, 40), (100, 67)]);
        for rendition in &made {
            let facts = inspect(&rendition.bytes).unwrap();
            assert_eq!((facts.format, facts.width, facts.height), (Format::Webp, rendition.width, rendition.height));
        }
    }

    #[test]
    fn the_same_sizes_come_as_avif() {
        let glass = DynamicImage::from(RgbaImage::from_fn(100, 67, |x, y| Rgba([200, 30, (y * 3) as u8, x as u8])));
        let mut png = Vec::new();
        glass.write_to(&mut std::io::Cursor::new(&mut png), ImageFormat::Png).unwrap();
        for (bytes, sign) in [(encoded(&photo(100, 67), ImageFormat::Jpeg), "without"), (png, "with transparency")] {
            let made = avif_renditions(&bytes, &[30, 200]).unwrap();
            let sizes: Vec<_> = made.iter().map(|rendition| (rendition.width, rendition.height)).collect();
            assert_eq!(sizes, [(30, 20), (100, 67)], "{sign}");
            for rendition in &made {
                assert!(rendition.bytes[4..12] == *b"ftypavif", "{sign}");
                // The image spatial extents property (ISO/IEC 23008-12): length, name, version and flags, width, height.
                let at = rendition.bytes.windows(4).position(|name| name == b"ispe").unwrap();
                let side = |from: usize| u32::from_be_bytes(rendition.bytes[from..from + 4].try_into().unwrap());
                assert_eq!((side(at + 8), side(at + 12)), (rendition.width, rendition.height), "{sign}");
            }
        }
    }

    #[test]
    fn a_sliver_keeps_one_pixel_of_height() {
        let made = renditions(&encoded(&photo(300, 1), ImageFormat::Png), &[30]).unwrap();
        assert_eq!((made[0].width, made[0].height), (30, 1));
    }

    #[test]
    fn transparency_survives() {
        let glass = RgbaImage::from_fn(60, 40, |x, _| Rgba([200, 30, 30, if x < 30 { 0 } else { 255 }]));
        let mut bytes = Vec::new();
        glass.write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        let made = renditions(&bytes, &[30]).unwrap();
        let seen = pixels_of(&made[0].bytes).unwrap().into_rgba8();
        assert_eq!((seen.get_pixel(2, 10).0[3], seen.get_pixel(27, 10).0[3]), (0, 255));
    }

    #[test]
    fn colours_stay_where_they_were() {
        let made = renditions(&encoded(&photo(200, 100), ImageFormat::Png), &[50]).unwrap();
        let seen = pixels_of(&made[0].bytes).unwrap().into_rgb8();
        assert!(seen.get_pixel(45, 12).0[0] > seen.get_pixel(5, 12).0[0] + 100);
    }
}
