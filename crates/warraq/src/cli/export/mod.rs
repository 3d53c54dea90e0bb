//! `warraq export`: everything, for other systems.

mod archive;
mod wordpress;

use super::Failure;
use super::office::Office;

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
