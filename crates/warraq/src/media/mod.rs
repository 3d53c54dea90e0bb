//! Which pictures and files do we show, and what is in them? Pictures in, safe pictures out.
//!
//! No picture is ever served as it was uploaded; for recordings and documents see `document.rs`. The header is read and judged before anything is decoded; then the
//! picture is decoded within limits, turned upright, brought to sRGB and written anew. What travels beside the pixels
//! (where it was taken, with which camera, a script behind the last byte) does not survive, because only pixels are
//! carried over. Everything but [`MediaFolder`] is a pure function of bytes.

mod avatar;
mod document;
mod folder;
mod header;
mod inscription;
mod original;
mod renditions;

#[cfg(test)]
mod samples;

use std::io;

pub use avatar::avatar_svg;
pub use document::{Found, Sample, recognise};
pub use folder::{INCOMING, MediaFolder, StoredName};
pub use header::{Facts, Format, inspect};
pub use inscription::{Inscription, inscription};
pub use original::{Original, reencode};
pub use renditions::{Rendition, avif_renditions, renditions};

/// The largest upload that is looked at.
pub const MAX_BYTES: usize = 40 * 1024 * 1024;
/// The most pixels that are decoded.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The longest side that is decoded.
pub const MAX_SIDE: u32 = 16_384;
/// The longest side that is kept.
pub const KEPT_SIDE: u32 = 2_560;
/// The widths that a page offers to browsers.
pub const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];

/// What we keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Photographs.
    Jpeg,
    /// Drawings, and whatever is transparent.
    Png,
    /// The sizes made for browsers.
    Webp,
    /// The same for browsers that take the smallest files.
    Avif,
    /// Sound.
    Mp3,
    /// Sound.
    M4a,
    /// Sound.
    Ogg,
    /// Sound.
    Flac,
    /// Sound.
    Wav,
    /// Film.
    Mp4,
    /// Film.
    Webm,
    /// Film.
    Mov,
    /// Documents.
    Pdf,
    /// Letters.
    Doc,
    /// Tables.
    Xls,
    /// Slides.
    Ppt,
    /// Letters.
    Docx,
    /// Tables.
    Xlsx,
    /// Slides.
    Pptx,
    /// Letters.
    Odt,
    /// Tables.
    Ods,
    /// Slides.
    Odp,
    /// Letters.
    Rtf,
    /// Books.
    Epub,
    /// Plain text.
    Txt,
    /// Archives.
    Zip,
    /// Archives.
    Gz,
}

/// Each kind with the end of a file's name and the value of `Content-Type`. Pictures are those that we write ourselves.
const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::Jpeg, "jpg", "image/jpeg"),
    (Kind::Png, "png", "image/png"),
    (Kind::Webp, "webp", "image/webp"),
    (Kind::Avif, "avif", "image/avif"),
    (Kind::Mp3, "mp3", "audio/mpeg"),
    (Kind::M4a, "m4a", "audio/mp4"),
    (Kind::Ogg, "ogg", "audio/ogg"),
    (Kind::Flac, "flac", "audio/flac"),
    (Kind::Wav, "wav", "audio/wav"),
    (Kind::Mp4, "mp4", "video/mp4"),
    (Kind::Webm, "webm", "video/webm"),
    (Kind::Mov, "mov", "video/quicktime"),
    (Kind::Pdf, "pdf", "application/pdf"),
    (Kind::Doc, "doc", "application/msword"),
    (Kind::Xls, "xls", "application/vnd.ms-excel"),
    (Kind::Ppt, "ppt", "application/vnd.ms-powerpoint"),
    (Kind::Docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (Kind::Xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (Kind::Pptx, "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (Kind::Odt, "odt", "application/vnd.oasis.opendocument.text"),
    (Kind::Ods, "ods", "application/vnd.oasis.opendocument.spreadsheet"),
    (Kind::Odp, "odp", "application/vnd.oasis.opendocument.presentation"),
    (Kind::Rtf, "rtf", "application/rtf"),
    (Kind::Epub, "epub", "application/epub+zip"),
    (Kind::Txt, "txt", "text/plain; charset=utf-8"),
    (Kind::Zip, "zip", "application/zip"),
    (Kind::Gz, "gz", "application/gzip"),
];

impl Kind {
    /// The end of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.row().1
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub fn mime(self) -> &'static str {
        self.row().2
    }

    /// Was it written by us, pixel by pixel?
    #[must_use]
    pub fn is_picture(self) -> bool {
        self.mime().starts_with("image/")
    }

    /// Sound or film, which a page may play; everything else that is no picture is only given out to be saved.
    #[must_use]
    pub fn is_recording(self) -> bool {
        self.mime().starts_with("audio/") || self.mime().starts_with("video/")
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        // Every kind has a row: a test looks.
        KINDS.iter().copied().find(|(kind, ..)| *kind == self).unwrap_or((self, "bin", "application/octet-stream"))
    }

    fn from_extension(extension: &str) -> Option<Self> {
        KINDS.iter().find(|(_, known, _)| *known == extension).map(|(kind, ..)| *kind)
    }
}

/// Why a picture was not taken. [`MediaError::code`] is stable and is what an interface translates; the sentences
/// here are for the command line and the log.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// More than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than {MAX_BYTES}; save the picture smaller")]
    TooManyBytes {
        /// Its size.
        bytes: usize,
    },
    /// None of the formats that we know.
    #[error("this is not a picture that we know; send JPEG, PNG, GIF or WebP")]
    UnknownFormat,
    /// A picture, but of a format that is refused.
    #[error("{format} pictures are not taken; save it as JPEG, PNG or WebP")]
    RefusedFormat {
        /// `AVIF`, `HEIC`, `SVG`, ….
        format: &'static str,
    },
    /// No picture, and none of the files that are kept.
    #[error("the file is not taken: {reason}")]
    RefusedFile {
        /// Why.
        reason: &'static str,
    },
    /// More than [`MAX_PIXELS`] or [`MAX_SIDE`].
    #[error("the picture is {width} × {height} pixels; at most {MAX_SIDE} a side and {MAX_PIXELS} in all are taken")]
    TooManyPixels {
        /// As the header says.
        width: u32,
        /// As the header says.
        height: u32,
    },
    /// Cut short, contradictory, or not decodable.
    #[error("the file is damaged ({detail}); export or download it again")]
    Damaged {
        /// For the log.
        detail: String,
    },
    /// The encoder refused.
    #[error("the picture could not be written anew ({detail})")]
    NotEncoded {
        /// For the log.
        detail: String,
    },
    /// Not a name that [`MediaFolder::put`] gave.
    #[error("{name:?} is not the name of a stored picture")]
    BadName {
        /// What was asked for, cut at 100 characters.
        name: String,
    },
    /// Nothing is stored under the name.
    #[error("no picture is stored as {name}")]
    NotFound {
        /// What was asked for.
        name: String,
    },
    /// No room left.
    #[error("the disk is full; the file was not stored. Make room, then run the command again: what is here stays")]
    DiskFull,
    /// Another process is fetching into the folder.
    #[error("another import is fetching files just now; wait until it has ended")]
    InUse,
    /// Reading or writing failed otherwise. After a failed `fsync` nothing is known about what reached the disk.
    #[error("the media folder cannot be used: {0}")]
    Disk(io::Error),
}

impl MediaError {
    /// A name for the reason that never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooManyBytes { .. } => "media-too-many-bytes",
            Self::UnknownFormat => "media-unknown-format",
            Self::RefusedFormat { .. } => "media-refused-format",
            Self::RefusedFile { .. } => "media-refused-file",
            Self::TooManyPixels { .. } => "media-too-many-pixels",
            Self::Damaged { .. } => "media-damaged",
            Self::NotEncoded { .. } => "media-not-encoded",
            Self::BadName { .. } => "media-bad-name",
            Self::NotFound { .. } => "media-not-found",
            Self::DiskFull => "media-disk-full",
            Self::InUse => "media-in-use",
            Self::Disk(_) => "media-disk",
        }
    }

    /// Is it about our disk and not about the file that was sent?
    #[must_use]
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::DiskFull | Self::Disk(_) | Self::InUse)
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err, which gives the error away")]
    fn damaged(detail: impl ToString) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err, which gives the error away")]
    fn not_encoded(detail: impl ToString) -> Self {
        Self::NotEncoded { detail: detail.to_string() }
    }
}

impl From<io::Error> for MediaError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Disk(error),
        }
    }
}
