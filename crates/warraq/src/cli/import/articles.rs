//! `warraq import articles`: one article a line, the bulk way in.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use super::batches::Batches;
use super::folder::Folder;
use super::{expect_site, pin, progress};
use crate::cli::Failure;
use crate::desk::imports::{Fate, Receipt};
use crate::desk::{Desk, media};
use crate::error::Error;
use crate::intake::json_lines::{self, Picture};
use crate::media::MAX_BYTES;
use crate::news::article::Lead;
use crate::worker::{Worker, name_here};

/// The longest line, in bytes.
const MAX_LINE: u64 = 64 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ArticlesArgs {
    /// The file.
    file: PathBuf,
    /// Publish them with their dates; otherwise they are kept as drafts.
    #[arg(long)]
    publish: bool,
    /// One JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

pub(super) async fn import(desk: &Desk, args: &ArticlesArgs) -> Result<Receipt, Failure> {
    let publication = expect_site(desk).await?;
    let unreadable = |error: std::io::Error| Failure::bad_input(format!("{}: {error}", args.file.display()));
    let mut file = File::open(&args.file).map_err(unreadable)?;
    let bar = progress(file.metadata().map_err(unreadable)?.len());
    let source = source_name(&mut file).map_err(unreadable)?;
    let folder = Folder::at(args.file.parent().unwrap_or(Path::new("")))?;
    let mut batches = Batches::new(desk, args.publish, Receipt::new(&args.file.display().to_string()));
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut line, mut number) = (Vec::new(), 0);
    while let Some(bytes) = read_line(&mut reader, &mut line).map_err(unreadable)? {
        number += 1;
        bar.inc(bytes);
        if bytes > MAX_LINE || !line.trim_ascii().is_empty() {
            let text = if bytes > MAX_LINE {
                Err(format!("it has {bytes} bytes, and {MAX_LINE} are the most; is there one article in each line?"))
            } else {
                std::str::from_utf8(&line)
                    .map_err(|error| format!("byte {} of the line is not UTF-8", error.valid_up_to() + 1))
            };
            match text.and_then(|text| json_lines::read(text, number, &source, &publication.time_zone)) {
                Ok(json_lines::Line { mut incoming, picture, oddities }) => {
                    for (code, sentence) in oddities {
                        batches.receipt.warn(number, &incoming.guid, code, sentence);
                    }
                    if let Some(picture) = picture {
                        match take_picture(desk, &folder, picture).await {
                            Ok(lead) => incoming.draft.lead = Some(lead),
                            Err(error) if error.is_ours() => return Err(error.into()),
                            // It costs the article nothing else.
                            Err(error) => batches.receipt.warn(number, &incoming.guid, "picture", error.to_string()),
                        }
                    }
                    batches.push(incoming).await?;
                }
                Err(complaint) => {
                    batches.receipt.add("post", Fate::Refused);
                    batches.receipt.warn(number, "", "line", complaint);
                }
            }
        }
    }
    let mut receipt = batches.finish().await?;
    bar.finish_and_clear();
    if args.publish {
        pin(desk, &mut receipt).await?;
    }
    // Smaller copies of the pictures are made now, so that the site is whole when the command ends.
    Worker::new(desk.clone(), &name_here("import")).run_due().await?;
    Ok(receipt)
}

/// The next line and how many bytes it has; of one that is too long only the beginning is kept.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<Option<u64>> {
    line.clear();
    let mut bytes = reader.take(MAX_LINE + 1).read_until(b'\n', line)? as u64;
    while bytes > MAX_LINE && !line.ends_with(b"\n") {
        line.clear();
        let more = reader.take(MAX_LINE).read_until(b'\n', line)? as u64;
        if more == 0 {
            break;
        }
        bytes += more;
    }
    Ok((bytes > 0).then_some(bytes))
}

/// A picture beside the file that is read.
async fn take_picture(desk: &Desk, folder: &Folder, picture: Picture) -> Result<Lead, Error> {
    let bytes = folder.bytes(&picture.file, MAX_BYTES as u64)?;
    let Picture { alt, caption, credit, .. } = picture;
    Ok(Lead { media: media::take_in(desk, bytes, &alt, &credit).await?, alt, caption, credit })
}

/// By what the articles of a file are known. Its name would change with a copy, and its first article may be corrected:
/// so a hash of what of the first line stays.
fn source_name(file: &mut File) -> std::io::Result<String> {
    let mut first = Vec::new();
    BufReader::new(&mut *file).take(1 << 20).read_until(b'\n', &mut first)?;
    file.rewind()?;
    let record: serde_json::Value = serde_json::from_slice(&first).unwrap_or_default();
    let lasting: Vec<String> =
        ["id", "guid", "slug", "date"].iter().filter_map(|key| record.get(key)).map(ToString::to_string).collect();
    let name = if lasting.is_empty() { blake3::hash(&first) } else { blake3::hash(lasting.join("\n").as_bytes()) };
    Ok(format!("urn:warraq:import:{}", &name.to_hex()[..16]))
}
