//! How much of these exports is read?
//!
//! `cargo run --release -p wordpress --example wxr_exam -- FOLDER…` reads every `.xml` below the folders and prints a
//! line for each: its entries, items by type and status, comments, warnings by kind, what was refused, and the error.
//! With `--verbose` it prints each warning; with `--speed FILE` it reads one file five times and says how fast.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wordpress::wxr::{Channel, Entry, Found, Reader, Writer};

fn main() -> Result<(), Box<dyn Error>> {
    let mut is_verbose = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--verbose" => is_verbose = true,
            "--speed" => speed(Path::new(&arguments.next().ok_or("--speed needs a file")?))?,
            folder => {
                let mut files = Vec::new();
                collect(Path::new(folder), &mut files)?;
                files.sort();
                for file in files {
                    println!("{}", line_of(&file, is_verbose)?);
                }
            }
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if folder.is_file() {
        files.push(folder.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "xml") {
            files.push(path);
        }
    }
    Ok(())
}

#[derive(Default)]
struct Counts {
    entries: BTreeMap<&'static str, u64>,
    items: BTreeMap<String, u64>,
    warnings: BTreeMap<&'static str, u64>,
    comments: u64,
    metas: u64,
    refused: Vec<String>,
    error: Option<String>,
    again: Option<String>,
}

fn line_of(file: &Path, is_verbose: bool) -> Result<String, Box<dyn Error>> {
    let mut counts = Counts::default();
    let mut entries = Vec::new();
    for found in Reader::new(File::open(file)?) {
        match found {
            Ok(Found::Entry { entry, .. }) => {
                counts.add(&entry);
                entries.push(entry);
            }
            Ok(Found::Warning(warning)) => {
                if is_verbose {
                    println!("    {warning}");
                }
                *counts.warnings.entry(warning.code).or_default() += 1;
            }
            Ok(Found::Refused(refused)) => counts.refused.push(refused.to_string()),
            Err(error) => counts.error = Some(error.to_string()),
        }
    }
    counts.again = round_trip(&mut entries)?;
    Ok(format!("{}: {}", file.file_name().unwrap_or_default().to_string_lossy(), counts.line()))
}

impl Counts {
    fn add(&mut self, entry: &Entry) {
        let name = match entry {
            Entry::Channel(_) => "channel",
            Entry::Author(_) => "authors",
            Entry::Category(_) => "categories",
            Entry::Tag(_) => "tags",
            Entry::Term(_) => "terms",
            Entry::Item(item) => {
                *self.items.entry(format!("{}/{}", item.post_type, item.status)).or_default() += 1;
                self.comments += item.comments.len() as u64;
                self.metas += item.meta.len() as u64;
                "items"
            }
        };
        *self.entries.entry(name).or_default() += 1;
    }

    fn line(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let items: Vec<String> = self.items.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let warnings: Vec<String> = self.warnings.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let mut line = format!(
            "{} [{}] comments {} fields {} warnings [{}] refused {}",
            entries.join(", "),
            items.join(", "),
            self.comments,
            self.metas,
            warnings.join(", "),
            self.refused.len()
        );
        for refused in &self.refused {
            line.push_str(&format!("; refused {refused}"));
        }
        if let Some(error) = &self.error {
            line.push_str(&format!("; error {error}"));
        }
        if let Some(again) = &self.again {
            line.push_str(&format!("; {again}"));
        }
        line
    }
}

/// Writes what was read and reads it again. `None` when it is the same, otherwise what is not.
fn round_trip(entries: &mut [Entry]) -> Result<Option<String>, Box<dyn Error>> {
    if let Some(Entry::Channel(channel)) = entries.first_mut() {
        **channel = Channel { version: "1.2".into(), ..(**channel).clone() };
    }
    let mut writer = Writer::new(Vec::new());
    for entry in entries.iter() {
        writer.write(entry)?;
    }
    let left_out = writer.left_out();
    let written = writer.finish()?;
    let mut again = Vec::new();
    for found in Reader::new(written.as_slice()) {
        match found? {
            Found::Entry { entry, .. } => again.push(entry),
            Found::Warning(warning) if warning.code != "control-character" => {
                return Ok(Some(format!("warned when read again: {warning}")));
            }
            Found::Warning(_) => {}
            Found::Refused(refused) => return Ok(Some(format!("refused when read again: {refused}"))),
        }
    }
    let is_same = entries.is_empty() || again == entries;
    Ok((!is_same).then(|| format!("differs when written and read again ({left_out} characters left out)")))
}

fn speed(file: &Path) -> Result<(), Box<dyn Error>> {
    let size = std::fs::metadata(file)?.len();
    for _ in 0..5 {
        let (mut items, mut comments, mut warnings) = (0u64, 0, 0u64);
        let begun = Instant::now();
        for found in Reader::new(File::open(file)?) {
            match found? {
                Found::Entry { entry: Entry::Item(item), .. } => {
                    items += 1;
                    comments += item.comments.len();
                }
                Found::Entry { .. } => {}
                Found::Warning(_) | Found::Refused(_) => warnings += 1,
            }
        }
        let seconds = begun.elapsed().as_secs_f64();
        let rate = size as f64 / 1e6 / seconds;
        println!("{items} items, {comments} comments, {warnings} complaints: {seconds:.3} s, {rate:.0} MB/s");
    }
    Ok(())
}
