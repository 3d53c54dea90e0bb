//! Which pictures are there?

use serde::{Deserialize, Serialize};

use super::MediaId;

/// A picture that was made safe and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Its number.
    pub id: MediaId,
    /// File name in the media folder, made by us from the content.
    pub file: String,
    /// `image/jpeg` or `image/png`.
    pub mime: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
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
