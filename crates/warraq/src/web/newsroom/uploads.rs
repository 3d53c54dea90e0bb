//! What is sent as a file? Forms with files, taken piece by piece onto the disk.
//!
//! The name that comes with a file is words about it, never a path. A file is as large as its bytes that came, and one that
//! is too large is given up when that is seen.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use http::header;
use http::request::Parts;
use http_body_util::BodyDataStream;
use hyper::body::Body;
use multer::{Constraints, Field, Multipart, SizeLimit};
use tokio::sync::mpsc;

use super::refusal::Refusal;
use super::visit::{Fields, Visit};
use crate::error::Error;
use crate::media::{MediaError, MediaFolder};
use crate::news::article::Flaw;

/// The largest file, in bytes.
const MAX_FILE: u64 = 50 * 1024 * 1024;
/// All that is sent at once, in bytes.
const MAX_ALL: u64 = 1024 * 1024 * 1024;
/// Files in one form.
const MAX_FILES: usize = 50;
/// The other fields of a form, in bytes, all together.
const MAX_TEXT: usize = 64 * 1024;
/// Pieces that wait for the disk.
const WAITING: usize = 16;

/// What a form with files brought.
pub(super) struct Sent {
    pub(super) files: Vec<SentFile>,
    pub(super) fields: Fields,
}

/// A file that lies on the disk for as long as this lives.
pub(super) struct SentFile {
    path: PathBuf,
    /// What it is called where it comes from.
    pub(super) name: String,
}

impl SentFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for SentFile {
    fn drop(&mut self) {
        // Left behind it would only take room.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Take a form with files.
pub(super) async fn receive<B>(visit: &Visit<'_>, request: &Parts, body: B) -> Result<Sent, Refusal>
where
    B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let kind = request.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(|_| no_file())?;
    let limit = SizeLimit::new().whole_stream(MAX_ALL).per_field(MAX_FILE);
    let constraints = Constraints::new().size_limit(limit);
    let mut form = Multipart::with_constraints(BodyDataStream::new(body), boundary, constraints);
    let (mut files, mut texts, mut text_bytes) = (Vec::new(), Vec::new(), 0);
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        match (field.file_name().map(str::to_owned), field.name().unwrap_or_default().to_owned()) {
            // A form without a choice sends one file without a name and without a byte.
            (Some(name), _) => match save(visit, &mut field, name).await? {
                Some(_) if files.len() == MAX_FILES => return Err(Refusal::TooLarge),
                file => files.extend(file),
            },
            (None, name) => {
                let mut value = Vec::new();
                while let Some(piece) = field.chunk().await.map_err(broken)? {
                    text_bytes += piece.len();
                    if text_bytes > MAX_TEXT {
                        return Err(Refusal::TooLarge);
                    }
                    value.extend_from_slice(&piece);
                }
                texts.push((name, String::from_utf8_lossy(&value).into_owned()));
            }
        }
    }
    if files.is_empty() {
        return Err(no_file());
    }
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(texts).finish();
    Ok(Sent { files, fields: Fields::parse(form.as_bytes()) })
}

/// Write a file down as it comes; `None` for one without a byte.
async fn save(visit: &Visit<'_>, field: &mut Field<'static>, name: String) -> Result<Option<SentFile>, Refusal> {
    let folder = visit.desk().media.clone();
    let (to_disk, pieces) = mpsc::channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || write(&folder, name, pieces));
    let mut problem = None;
    loop {
        match field.chunk().await {
            Ok(Some(piece)) => {
                // The disk has given up, and says why below.
                if to_disk.send(piece).await.is_err() {
                    break;
                }
            }
            Ok(None) => break,
            Err(error) => {
                problem = Some(broken(error));
                break;
            }
        }
    }
    drop(to_disk);
    let written = writing.await.map_err(|error| Refusal::Broken(error.to_string()))?;
    let (file, bytes) = written.map_err(|error| Refusal::from(Error::from(error)))?;
    match problem {
        Some(problem) => Err(problem),
        None => Ok((bytes > 0).then_some(file)),
    }
}

fn write(folder: &MediaFolder, name: String, mut pieces: mpsc::Receiver<Bytes>) -> Result<(SentFile, u64), MediaError> {
    let (path, mut file): (PathBuf, File) = folder.arriving()?;
    let sent = SentFile { path, name };
    let mut bytes = 0;
    while let Some(piece) = pieces.blocking_recv() {
        file.write_all(&piece)?;
        bytes += piece.len() as u64;
    }
    Ok((sent, bytes))
}

fn no_file() -> Refusal {
    Refusal::Invalid(vec![Flaw { field: "file", reason: "required" }])
}

fn broken(error: multer::Error) -> Refusal {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Refusal::TooLarge,
        other => {
            tracing::debug!(%other, "a form with files broke off");
            Refusal::Misfit("form-broke-off")
        }
    }
}
