//! What does this text say? Reads it on standard input, prints the dossier as JSON.
//!
//! `cargo run --release -p dossier --example extract -- --published 2020-10-23 < article.txt`; with `--brief` one finding
//! a line.

use std::process::ExitCode;

use dossier::dates::Day;
use dossier::extract::{Dossier, extract};
use dossier::gazetteer::Gazetteer;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let brief = arguments.iter().any(|argument| argument == "--brief");
    let day = arguments.iter().position(|argument| argument == "--published").and_then(|at| arguments.get(at + 1));
    let Some(published) = day.and_then(|day| Day::parse(day)) else {
        eprintln!("extract --published YYYY-MM-DD [--brief] < TEXT");
        return ExitCode::from(2);
    };
    let text = match std::io::read_to_string(std::io::stdin()) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("standard input: {error}");
            return ExitCode::FAILURE;
        }
    };
    let dossier = extract(&text, published, Gazetteer::built_in());
    if brief {
        print_brief(&dossier);
    } else {
        match serde_json::to_string_pretty(&dossier) {
            Ok(json) => println!("{json}"),
            Err(error) => eprintln!("{error}"),
        }
    }
    ExitCode::SUCCESS
}

fn print_brief(dossier: &Dossier) {
    for one in &dossier.entities {
        println!("{} {} ({} mentions)", one.kind, one.id, one.mentions.len());
    }
    for one in &dossier.dates {
        println!("date {} {} [{}] {}", one.value, one.until.as_deref().unwrap_or(""), one.text, one.rule);
    }
    for one in &dossier.quotations {
        println!(
            "{} {} «{}» {} {} {}: {}",
            one.kind,
            one.speaker.as_deref().unwrap_or("?"),
            one.speaker_text.as_deref().unwrap_or("-"),
            one.cue.as_deref().unwrap_or("-"),
            one.date.as_deref().unwrap_or(""),
            one.rule,
            one.text
        );
    }
    for one in &dossier.events {
        println!(
            "{} {} {:?} {:?} from {:?} to {:?} in {:?} on {:?} {} {} «{}»",
            one.kind,
            one.status,
            one.actors,
            one.actor_texts,
            one.from,
            one.to,
            one.place,
            one.date,
            one.certainty,
            one.rule,
            one.text
        );
    }
}
