//! `warraq export`: everything, for other systems.

mod archive;
mod wordpress;

use std::io::{self, Read as _, Write};
use std::path::Path;

use ::wordpress::wxr::{self, Entry, Found};
use flate2::read::DeflateDecoder;

use super::Failure;
use super::office::Office;
use crate::desk::Desk;
use crate::durable;
use crate::error::Error;
use crate::store::originals;

/// How many articles are read at once.
const BATCH: i64 = 250;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// A file that WordPress imports (WXR): articles in every state, pages, sections, tags, people, pictures, comments.
    /// The e-mail and network addresses of commenters stay here.
    Wordpress(wordpress::WordpressArgs),
    /// A folder of Markdown and JSON files, one folder an article, with pictures, comments and old addresses.
    Archive(archive::ArchiveArgs),
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    match command {
        Command::Wordpress(args) => wordpress::run(args, office),
        Command::Archive(args) => archive::run(args, office),
    }
}

/// What came from another site and has no place on this one.
#[derive(Debug, Default, serde::Serialize)]
struct Kept {
    /// How many things go along as they were.
    kept: u64,
    /// How many stay here, sealed.
    kept_here: u64,
}

impl std::fmt::Display for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kept_here {
            0 => write!(out, "{} things kept from elsewhere", self.kept),
            here => write!(out, "{here} things kept from elsewhere stay here (--with-kept takes them along)"),
        }
    }
}

/// Make something that has its name when it is whole and on the disk: written beside it, flushed by `write`, renamed.
/// What was begun is removed when it does not come to its end.
fn whole<H, T>(
    target: &Path,
    begin: impl FnOnce(&Path) -> io::Result<H>,
    write: impl FnOnce(H, &Path) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if target.symlink_metadata().is_ok() {
        return Err(Failure::bad_input(format!("{} is there already; nothing was written", target.display())));
    }
    let part = durable::with_ending(target, "part");
    let begun = begin(&part).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::bad_input(format!(
            "{} is there: another export is writing it, or one was cut off. Wait for it, or remove it; nothing was written",
            part.display()
        )),
        _ => Failure::bad_input(format!("{}: {error}", part.display())),
    })?;
    let done = write(begun, &part).and_then(|written| {
        durable::rename(&part, target)?;
        Ok(written)
    });
    done.inspect_err(|_| {
        // The first error is the one to tell.
        let _ = if part.is_dir() { std::fs::remove_dir_all(&part) } else { std::fs::remove_file(&part) };
    })
}

/// Write what is kept as it was, or only count it: entries of forms are among it, with whatever somebody wrote into them.
async fn write_kept(desk: &Desk, writer: &mut wxr::Writer<impl Write>, with_kept: bool) -> Result<Kept, Failure> {
    if !with_kept {
        let kept_here = desk.store.read(|db| Ok::<_, Error>(originals::count_without_place(db)?)).await?;
        return Ok(Kept { kept: 0, kept_here });
    }
    let (mut last, mut kept) = (String::new(), 0);
    loop {
        let after = last.clone();
        let some = desk.store.read(move |db| originals::without_place(db, &after, BATCH).map_err(Error::from)).await?;
        let Some((newest, _)) = some.last() else { return Ok(Kept { kept, kept_here: 0 }) };
        last.clone_from(newest);
        for (guid, sealed) in &some {
            let packed = desk.keys.open_original(sealed).map_err(|error| anyhow::anyhow!("{guid}: {error}"))?;
            let mut text = String::new();
            DeflateDecoder::new(&packed[..]).read_to_string(&mut text)?;
            for found in wxr::Reader::new(text.as_bytes()).filter_map(Result::ok) {
                if let Found::Entry { entry: entry @ Entry::Item(_), .. } = found {
                    writer.write(&entry)?;
                    kept += 1;
                }
            }
        }
    }
}
