//! Which pictures, recordings and documents are there?

use serde::{Deserialize, Serialize};

use super::MediaId;

/// A picture that was made safe and kept; a recording or document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its number.
    pub id: MediaId,
    /// File name in the media folder, made by us from the content.
    pub file: String,
    /// `image/jpeg`, `image/png`; `application/pdf`, `audio/mpeg`, …
    pub mime: String,
    /// Pixels; 0 for what is no picture.
    pub width: u32,
    /// Pixels; 0 for what is no picture.
    pub height: u32,
    /// Size of the file.
    pub bytes: u64,
    /// What must stay visible when it is cropped, in percent from the left and from the top.
    pub focal: (u8, u8),
    /// What it shows, in words.
    pub alt: String,
    /// Who made it.
    pub credit: String,
    /// Smaller copies, narrowest first.
    pub renditions: Vec<Rendition>,
}

impl Media {
    /// Where it is served, within the site.
    #[must_use]
    pub fn address(&self) -> String {
        address_of(&self.file)
    }

    /// Can it be shown as a picture? Recordings and documents cannot.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        is_picture(&self.mime)
    }
}

/// Is this the type of a picture?
#[must_use]
pub fn is_picture(mime: &str) -> bool {
    mime.starts_with("image/")
}

/// Where a file of the media folder, original or smaller copy, is served.
#[must_use]
pub fn address_of(file: &str) -> String {
    format!("/media/{file}")
}

/// A smaller copy in a modern format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// File name in the media folder.
    pub file: String,
}
