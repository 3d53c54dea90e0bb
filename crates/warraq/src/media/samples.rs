//! Which pictures do the tests of this room look at? All are drawn here.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// Many colours: red grows to the right, green downwards, and no two neighbours are alike in blue.
pub(super) fn photo(width: u32, height: u32) -> RgbImage {
    let part = |at: u32, of: u32| u8::try_from(at * 255 / of).unwrap_or(u8::MAX);
    RgbImage::from_fn(width, height, |x, y| Rgb([part(x, width), part(y, height), ((x * 7 + y * 13) % 64) as u8]))
}

pub(super) fn encoded(pixels: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(pixels.clone()).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// The first frame is red.
pub(super) fn animated_gif(frames: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for frame in 0..frames {
        let red = 250 - frame * 50;
        encoder.encode_frame(Frame::new(RgbaImage::from_pixel(8, 8, Rgba([red, 0, 0, 255])))).unwrap();
    }
    drop(encoder);
    bytes
}

/// A JPEG with an orientation and a note in its EXIF block.
pub(super) fn with_exif(jpeg: &[u8], orientation: u16, note: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
    exif.extend_from_slice(&u32::from(orientation).to_le_bytes());
    exif.extend_from_slice(b"\x0E\x01\x02\0");
    exif.extend_from_slice(&u32::try_from(note.len()).unwrap().to_le_bytes());
    exif.extend_from_slice(&38u32.to_le_bytes());
    exif.extend_from_slice(&[0; 4]);
    exif.extend_from_slice(note);
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE1];
    bytes.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend_from_slice(&exif);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}
