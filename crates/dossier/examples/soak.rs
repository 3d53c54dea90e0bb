//! How fast are real articles read, and is every finding still the same?
//!
//! `cargo run --release -p dossier --example soak -- NEWS.jsonl.gz [COUNT [FINDINGS.jsonl]]`: one JSON object a line with
//! the fields `title`, `text` and `date`. Prints what loading takes and the megabytes of text read a second
//! by one core; writes what was found in each article as one line of JSON, so that two versions of the program can be
//! compared. Nothing of the texts stays in this project.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::time::Instant;

use dossier::dates::Day;
use dossier::extract::extract;
use dossier::gazetteer::Gazetteer;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("soak NEWS.jsonl.gz [COUNT [FINDINGS.jsonl]]");
        return ExitCode::from(2);
    };
    let count = arguments.get(1).and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
    match run(path, count, arguments.get(2)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &str, count: usize, findings: Option<&String>) -> Result<(), Box<dyn std::error::Error>> {
    let mut texts: Vec<(String, Day)> = Vec::new();
    for line in BufReader::new(flate2::read::MultiGzDecoder::new(File::open(path)?)).lines().take(count) {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| article[name].as_str().unwrap_or_default();
        let date = field("date").get(..10).and_then(Day::parse);
        texts.extend(date.map(|date| (format!("{}\n\n{}", field("title"), field("text")), date)));
    }
    let start = Instant::now();
    let gazetteer = Gazetteer::built_in();
    println!("gazetteer loaded in {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let Some((_, first)) = texts.first() else { return Err("no article has a date".into()) };
    extract("قال الوزير.", *first, gazetteer);
    println!("first call in {:.3} s", start.elapsed().as_secs_f64());
    let start = Instant::now();
    let dossiers: Vec<_> = texts.iter().map(|(text, published)| extract(text, *published, gazetteer)).collect();
    let seconds = start.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
    let megabytes = texts.iter().map(|(text, _)| text.len()).sum::<usize>() as f64 / 1e6;
    println!("{} texts, {megabytes:.1} MB in {seconds:.2} s: {:.2} MB/s", texts.len(), megabytes / seconds);
    if let Some(path) = findings {
        let mut file = BufWriter::new(File::create(path)?);
        for dossier in &dossiers {
            serde_json::to_writer(&mut file, dossier)?;
            file.write_all(b"\n")?;
        }
        file.flush()?;
    }
    Ok(())
}
