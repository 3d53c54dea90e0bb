//! How many feeds of others can we read, and do we read in them what others read?
//!
//! `score_feeds FOLDER [--names]`, where each folder within `FOLDER` is a collection of feeds. A file `_expected.json` in a collection
//! says what another reader found: a list of `{file, feedparser: {entries: [{title, link, author, …}]}}`. Files that this
//! reader found no entry in have nothing to be read, and are counted apart. With `--names` the files are named in which the numbers of entries differ.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;
use warraq::intake::feed::{self, Wire};

/// How many of how many.
#[derive(Default)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).context("score_feeds FOLDER")?;
    println!("{:<32} {:>8} {:>8}", "collection", "files", "read");
    for collection in fs::read_dir(&folder).with_context(|| folder.clone())?.flatten() {
        let mut files = Vec::new();
        collect(&collection.path(), &mut files)?;
        let mut read = Share::default();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for file in &files {
            let found = feed::read(&fs::read(file)?, None);
            read.count(found.is_ok());
            if let Err(error) = found {
                let reason = error.to_string();
                let reason = reason.split(" at position").next().unwrap_or_default().chars().take(90).collect();
                *reasons.entry(reason).or_default() += 1;
            }
        }
        println!("{:<32} {:>8} {:>8}", collection.file_name().to_string_lossy(), read.of, read.right);
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (reason, count) in reasons.into_iter().take(5) {
            println!("    {count:>6} {reason}");
        }
        let expected = collection.path().join("_expected.json");
        if expected.exists() {
            compare(&collection.path(), &serde_json::from_slice(&fs::read(expected)?)?)?;
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, files)?;
        } else if (name.ends_with(".xml") || name.ends_with(".json"))
            && !name.ends_with(".serde.json")
            && name != "_expected.json"
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// Entry by entry with what another reader found.
fn compare(folder: &Path, expected: &Value) -> Result<()> {
    let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
    for record in expected.as_array().into_iter().flatten() {
        let entries = record["feedparser"]["entries"].as_array().cloned().unwrap_or_default();
        let has_words = |entry: &&Value| ["title", "summary"].iter().any(|name| !text(&entry[*name]).is_empty());
        if entries.iter().filter(has_words).count() == 0 {
            continue;
        }
        let bytes = fs::read(folder.join(record["file"].as_str().unwrap_or_default()))?;
        let wire = feed::read(&bytes, None);
        shares.entry("files with entries that have words, read").or_default().count(wire.is_ok());
        let Ok(wire) = wire else { continue };
        let same = entries_of(&wire) == entries.len();
        shares.entry("of these: as many entries").or_default().count(same);
        if !same && std::env::args().nth(2).is_some() {
            println!("    {}: {} for {}", record["file"], entries_of(&wire), entries.len());
        }
        for story in &wire.stories {
            let Some(entry) = entries.get(story.line - 1) else { continue };
            let mut check = |name: &'static str, expected: String, found: &str| {
                if !expected.is_empty() {
                    shares.entry(name).or_default().count(expected == found);
                }
            };
            check("titles equal", text(&entry["title"]), &story.draft.headline);
            check("links equal", text(&entry["link"]), &story.draft.source.url);
            let author = text(&entry["author"]);
            let name = author.split(" (").next().unwrap_or_default().to_owned();
            let found = story.bylines.first().map(|(term, _)| term.name.clone()).unwrap_or_default();
            check("names of authors equal", if name.contains('@') { String::new() } else { name }, &found);
            let at = ["published", "updated"].iter().find_map(|name| entry[*name].as_str()).unwrap_or_default();
            if !at.is_empty() {
                shares
                    .entry("has a date where the other has one")
                    .or_default()
                    .count(story.visibility.published().is_some());
            }
        }
    }
    for (name, share) in shares {
        println!("    {name:<44} {:>6} of {:>6}", share.right, share.of);
    }
    Ok(())
}

fn entries_of(wire: &Wire) -> usize {
    wire.stories.len() + wire.refused.len()
}

/// Without markup, in one line.
fn text(value: &Value) -> String {
    let markup = value.as_str().unwrap_or_default();
    wordpress::wxr::resolve_entities(&wordpress::text::strip_all_tags(markup, true)).trim().to_owned()
}
