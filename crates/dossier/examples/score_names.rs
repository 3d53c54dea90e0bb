//! How well and how fast are names found?
//!
//!     cargo run --release -p dossier --example score_names -- FOLDER
//!
//! FOLDER may hold `ner/*.conll` (a word and its label a line), and `news/*.jsonl.gz` (articles with a field `text`) for
//! the speed. Beside them the spellings of `tests/spellings.txt` are asked for. A file that the model learnt from says
//! nothing of its skill: for that see the example `train_names`, which holds blocks back.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use dossier::gazetteer::{Day, Gazetteer, Kind};
use dossier::mentions::{How, Who, find};

type Named = (Range<usize>, &'static str);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let begin = Instant::now();
    let known = Gazetteer::built_in();
    println!("gazetteer: {} entities, read in {:.0?}", known.len(), begin.elapsed());
    let begin = Instant::now();
    known.find("nobody at all");
    println!("sounds: {:.0?}; memory {:.1} MB", begin.elapsed(), known.bytes() as f64 / 1e6);
    spellings(known);
    for entry in files(&Path::new(&folder).join("ner"), "conll")? {
        println!("{}", entry.display());
        marked(known, &std::fs::read_to_string(&entry)?);
    }
    for entry in files(&Path::new(&folder).join("news"), "gz")? {
        speed(known, &entry)?;
    }
    Ok(())
}

fn files(folder: &Path, end: &str) -> Result<Vec<std::path::PathBuf>, std::io::Error> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut found: Vec<_> = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    found.retain(|path| path.extension().is_some_and(|extension| extension == end));
    found.sort();
    Ok(found)
}

fn spellings(known: &Gazetteer) {
    let lines = include_str!("../tests/spellings.txt").lines().filter(|line| !line.starts_with('#'));
    let (mut right, mut all) = (0, 0);
    for (spelling, id) in lines.filter_map(|line| line.split_once(" | ")) {
        all += 1;
        right += usize::from(known.find(spelling).first().copied() == known.by_id(id));
    }
    println!("spellings: {right} of {all} find their entity, {:.4}", f64::from(right as u32) / f64::from(all));
}

/// Counts against marked words, strictly: span and kind.
fn marked(known: &Gazetteer, text: &str) {
    let sentences: Vec<&str> = text.split("\n\n").filter(|sentence| !sentence.trim().is_empty()).collect();
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let (mut linked, mut all) = (0, 0);
    for sentences in sentences.chunks(20) {
        let (text, wanted) = joined(sentences);
        let mentions = find(&text, known, Day::new(2005, 6, 1));
        let named = mentions.all().iter().filter(|mention| matches!(mention.how, How::Name | How::Alias));
        let found: Vec<Named> = named
            .map(|mention| {
                all += 1;
                linked += usize::from(matches!(mention.who, Some(Who::Known(_))));
                let start = text[..mention.bytes.start].rfind([' ', '\n']).map_or(0, |space| space + 1);
                (start..mention.bytes.end, if mention.kind == Kind::State { "place" } else { mention.kind.name() })
            })
            .collect();
        for (list, at) in [(&found, 1), (&wanted, 2)] {
            for (_, kind) in list {
                counts.entry(kind).or_default()[at] += 1;
                counts.entry("total").or_default()[at] += 1;
            }
        }
        for one in found.iter().filter(|one| wanted.contains(one)) {
            counts.entry(one.1).or_default()[0] += 1;
            counts.entry("total").or_default()[0] += 1;
        }
    }
    for (kind, [right, found, wanted]) in counts {
        let (p, r) = (right as f64 / found as f64, right as f64 / wanted as f64);
        println!("  {kind:14} P {p:.4} R {r:.4} F1 {:.4}  ({found} found, {wanted} wanted)", 2.0 * p * r / (p + r));
    }
    println!("  {linked} of {all} names are linked to the gazetteer, the others are candidates");
}

/// The text of sentences, one a line, and its names.
fn joined(sentences: &[&str]) -> (String, Vec<Named>) {
    let mut text = String::new();
    let mut names: Vec<Named> = Vec::new();
    for sentence in sentences {
        let mut open = false;
        for (word, label) in sentence.lines().filter_map(|line| line.trim().rsplit_once(' ')) {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(word);
            let kind = match label.split_once('-') {
                Some((_, "PERS" | "PER")) => "person",
                Some((_, "LOC")) => "place",
                Some((_, "ORG")) => "organisation",
                _ => {
                    open = false;
                    continue;
                }
            };
            match names.last_mut() {
                Some(last) if label.starts_with('I') && open => last.0.end = text.len(),
                _ => names.push((start..text.len(), kind)),
            }
            open = true;
        }
        text.push('\n');
    }
    (text, names)
}

/// Reads the articles of a packed file and finds what they mention, on one core.
fn speed(known: &Gazetteer, path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let reader = BufReader::new(flate2::read::GzDecoder::new(std::fs::File::open(path)?));
    let mut texts: Vec<String> = Vec::new();
    for line in reader.lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        texts.extend(article["text"].as_str().map(str::to_owned));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let begin = Instant::now();
    let (mut linked, mut candidates) = (0, 0);
    for text in &texts {
        for mention in find(text, known, Day::new(2015, 7, 25)).all() {
            match mention.who {
                Some(Who::Known(_)) => linked += 1,
                _ => candidates += 1,
            }
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "{}: {} texts, {:.1} MB in {seconds:.1} s, {:.2} MB/s; {linked} mentions linked, {candidates} not",
        path.display(),
        texts.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / seconds,
    );
    Ok(())
}
