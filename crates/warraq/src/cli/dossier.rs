//! `warraq dossier`: who said or did what, when?

use std::io::Read as _;
use std::path::{Path, PathBuf};

use ::dossier::dates::Day;
use ::dossier::extract::{self, Dossier};
use ::dossier::gazetteer::Gazetteer;

use super::Failure;
use super::office::print_json;

/// The longest text that is read, in bytes: a book.
const LONGEST: u64 = 16 << 20;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Find people, states and bodies, dates, quotations with their speakers, and events in a text.
    Extract(ExtractArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ExtractArgs {
    /// The text, UTF-8; - reads standard input.
    file: PathBuf,
    /// The day on which it appeared, YYYY-MM-DD: «Thursday» and «the Chinese president» depend on it.
    #[arg(long, value_name = "DATE")]
    published: String,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    let Command::Extract(args) = command;
    let published = Day::parse(&args.published)
        .ok_or_else(|| Failure::bad_input(format!("--published {} is no date; write YYYY-MM-DD", args.published)))?;
    let text = read(&args.file)?;
    let found = extract::extract(&text, published, Gazetteer::built_in());
    if args.json { print_json(&found) } else { print_lines(&found) }
}

fn read(file: &Path) -> Result<String, Failure> {
    let bad = |error: &dyn std::fmt::Display| Failure::bad_input(format!("{}: {error}", file.display()));
    let mut bytes = Vec::new();
    let limit = LONGEST + 1;
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| bad(&error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(bad(&format!("longer than {} MiB; give one article at a time", LONGEST >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| bad(&format!("not UTF-8 from byte {}", error.utf8_error().valid_up_to())))
}

/// One finding a line, for people.
fn print_lines(found: &Dossier) -> Result<(), Failure> {
    for entity in &found.entities {
        println!("{:<13} {} ({}), {} times", entity.kind, entity.name, entity.id, entity.mentions.len());
    }
    for date in &found.dates {
        println!("{:<13} {} «{}»", "date", date.value, date.text);
    }
    for said in &found.quotations {
        let speaker = said.speaker.as_deref().or(said.speaker_text.as_deref()).unwrap_or("?");
        println!("{:<13} {speaker}: {}", said.kind, said.text);
    }
    for event in &found.events {
        let date = event.date.as_deref().unwrap_or("?");
        println!("{:<13} {date} {} ({}): {}", event.kind, event.actors.join(", "), event.status, event.text);
    }
    Ok(())
}
