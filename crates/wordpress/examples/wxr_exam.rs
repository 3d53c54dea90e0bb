//! How much of these exports is read?
//!
//! `cargo run --release -p wordpress --example wxr_exam -- FOLDER…` reads every `.xml` below the folders and prints a
//! line for each: its entries, items by type and status, comments, warnings by kind, what was refused, and the error.
//! With `--verbose` it prints each warning; with `--speed FILE` it reads one file five times and says how fast; with
//! `--addresses FILE` it says how the site makes its addresses and how many there are, and with `--links FILE LIST` which
//! addresses of a list, one a line, it does not know; with `--cut FILE` it cuts the file off at a thousand places and
//! counts the cuts at which an item is neither read nor refused; with `--rewrite FILE OUT` it writes what it read.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use wordpress::addresses::{Site, normal};
use wordpress::fields::{self, AttachmentMetadata};
use wordpress::php;
use wordpress::wxr::{Channel, Entry, Found, Offsets, Reader, Writer};

fn main() -> Result<(), Box<dyn Error>> {
    let mut is_verbose = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--verbose" => is_verbose = true,
            "--speed" => speed(Path::new(&arguments.next().ok_or("--speed needs a file")?))?,
            "--addresses" => addresses(Path::new(&arguments.next().ok_or("--addresses needs a file")?))?,
            "--rewrite" => {
                let file = arguments.next().ok_or("--rewrite needs a file")?;
                let out = arguments.next().ok_or("--rewrite needs a name for the new file")?;
                rewrite(Path::new(&file), Path::new(&out))?;
            }
            "--cut" => cut(Path::new(&arguments.next().ok_or("--cut needs a file")?))?,
            "--links" => {
                let file = arguments.next().ok_or("--links needs an export")?;
                let list = arguments.next().ok_or("--links needs a list")?;
                links(Path::new(&file), &std::fs::read_to_string(list)?)?;
            }
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

fn site_of(file: &Path) -> Result<Site, Box<dyn Error>> {
    let mut site = Site::default();
    for found in Reader::new(File::open(file)?) {
        if let Found::Entry { entry, .. } = found? {
            site.add(&entry);
        }
    }
    Ok(site)
}

fn addresses(file: &Path) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let site = site_of(file)?;
    let gathered = begun.elapsed();
    let detected = site.pattern();
    let count = site.old_addresses().count();
    let all = begun.elapsed() - gathered;
    println!("{}: {} fits {} of {}; {count} addresses", file.display(), detected.pattern, detected.fits, detected.of);
    println!("gathered in {:.3} s, pattern and list in {:.3} s", gathered.as_secs_f64(), all.as_secs_f64());
    let (mut offsets, mut serialised, mut mended, mut wrong, mut pictures) = (Offsets::default(), 0, 0, 0, 0);
    for found in Reader::new(File::open(file)?) {
        let Found::Entry { entry: Entry::Item(item), .. } = found? else { continue };
        offsets.add(&item.post_date, &item.post_date_gmt);
        pictures += u64::from(matches!(AttachmentMetadata::of(&item.meta), Some(Ok(_))));
        for meta in item.meta.iter().filter(|meta| php::looks_serialised(&meta.value)) {
            match php::parse(&meta.value) {
                Ok(parsed) => (serialised, mended) = (serialised + 1, mended + parsed.mended),
                Err(error) => {
                    println!("    {}: {error}", meta.key);
                    wrong += 1;
                }
            }
        }
        if let Some(title) = fields::seo(&item.meta).title.filter(|title| title.text.contains('%')) {
            println!("    a variable was left in «{}»", title.text);
        }
    }
    println!("serialised {serialised}, mended {mended}, wrong {wrong}; pictures described {pictures}");
    println!("offsets {:?}", offsets.counts());
    Ok(())
}

fn links(file: &Path, list: &str) -> Result<(), Box<dyn Error>> {
    let known: HashSet<String> = site_of(file)?.old_addresses().map(|old| old.path).collect();
    let asked: HashSet<String> = list.lines().filter(|line| !line.trim().is_empty()).map(normal).collect();
    let mut unknown: Vec<&String> = asked.iter().filter(|path| !known.contains(*path)).collect();
    unknown.sort();
    println!("{} of {} addresses are known", asked.len() - unknown.len(), asked.len());
    for path in unknown {
        println!("    {path}");
    }
    Ok(())
}

fn cut(file: &Path) -> Result<(), Box<dyn Error>> {
    let whole = std::fs::read(file)?;
    let begins: Vec<usize> = memchr::memmem::find_iter(&whole, b"<item>").collect();
    let (mut cuts, mut lost, mut refused_in_all) = (0, 0, 0);
    for step in 1..=1000 {
        let end = whole.len() * step / 1000;
        let begun = begins.iter().filter(|&&at| at + b"<item>".len() <= end).count();
        let (mut read, mut refused) = (0, 0);
        for found in Reader::new(&whole[..end]) {
            match found {
                Ok(Found::Entry { entry: Entry::Item(_), .. }) => read += 1,
                Ok(Found::Refused(one)) => refused += usize::from(one.kind == "item"),
                Ok(Found::Entry { .. } | Found::Warning(_)) | Err(_) => {}
            }
        }
        cuts += 1;
        lost += usize::from(read + refused != begun);
        refused_in_all += refused;
    }
    println!("{cuts} cuts, {lost} with an item that was neither read nor refused; {refused_in_all} refused in all");
    Ok(())
}

fn rewrite(file: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut writer = Writer::new(std::io::BufWriter::new(File::create(out)?));
    for found in Reader::new(File::open(file)?) {
        if let Found::Entry { entry, .. } = found? {
            writer.write(&entry)?;
        }
    }
    let left_out = writer.left_out();
    writer.finish()?;
    println!("{}: written in {:.3} s, {left_out} characters left out", out.display(), begun.elapsed().as_secs_f64());
    Ok(())
}
