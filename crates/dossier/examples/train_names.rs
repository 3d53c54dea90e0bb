//! Learns the finder of unknown names from a file of marked words, and measures it.
//!
//!     cargo run --release -p dossier --example train_names -- FILE            cross-validation in five blocks
//!     cargo run --release -p dossier --example train_names -- FILE MODEL     learns from all and writes MODEL
//!
//! `whole=1` measures all mentions, known and unknown, instead of the finder of unknown names alone; `show=1` prints the
//! errors; `rounds=`, `step=`, `penalty=`, `least=`, `push=` set the learner.
//!
//! FILE has a word and its label a line (`B-PERS`, `I-LOC`, `O`), a blank line after each sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use dossier::gazetteer::{Day, Gazetteer, Kind};
use dossier::mentions::{How, find_with};
use dossier::unknown::Model;
use dossier::unknown::learn::{Example, Settings, names, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = std::fs::read_to_string(arguments.first().ok_or("which file?")?)?;
    let examples = read(&text);
    let gazetteer = Gazetteer::built_in();
    let mut settings = Settings::default();
    for argument in &arguments[1..] {
        match argument.split_once('=') {
            Some(("rounds", value)) => settings.rounds = value.parse()?,
            Some(("step", value)) => settings.step = value.parse()?,
            Some(("penalty", value)) => settings.penalty = value.parse()?,
            Some(("least", value)) => settings.least = value.parse()?,
            Some(("push", value)) => settings.push = value.parse()?,
            _ => {}
        }
    }
    if let Some(file) = arguments.get(1).filter(|argument| !argument.contains('=')) {
        let model = train(&examples, gazetteer, settings);
        std::fs::write(file, model.write())?;
        return Ok(());
    }
    let folds = if arguments.iter().any(|argument| argument == "fold=1") { 1 } else { 5 };
    let whole = arguments.iter().any(|argument| argument == "whole=1");
    let mut total: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let results: Vec<_> = std::thread::scope(|scope| {
        let examples = &examples;
        let run = move |fold: usize| {
            let block = examples.len().div_ceil(5);
            let held = fold * block..((fold + 1) * block).min(examples.len());
            let rest: Vec<Example> = examples
                .iter()
                .enumerate()
                .filter(|(at, _)| !held.contains(at))
                .map(|(_, example)| example.clone())
                .collect();
            let model = train(&rest, gazetteer, settings);
            let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
            for example in &examples[held] {
                let found =
                    if whole { mentioned(&model, example, gazetteer) } else { names(&model, &example.text, gazetteer) };
                count(&example.names, &found, &mut counts);
                if std::env::args().any(|argument| argument == "show=1") {
                    for (bytes, kind) in &found {
                        if !example.names.contains(&(bytes.clone(), *kind)) {
                            println!("+ {kind:?} {} | {}", &example.text[bytes.clone()], around(&example.text, bytes));
                        }
                    }
                    for (bytes, kind) in &example.names {
                        if !found.contains(&(bytes.clone(), *kind)) {
                            println!("- {kind:?} {} | {}", &example.text[bytes.clone()], around(&example.text, bytes));
                        }
                    }
                }
            }
            counts
        };
        let half: Vec<_> = [0, 1]
            .map(|part| scope.spawn(move || (0..folds).filter(|f| f % 2 == part).map(run).collect::<Vec<_>>()))
            .into();
        half.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    for counts in results {
        for (kind, [right, found, wanted]) in counts {
            let sum = total.entry(kind).or_default();
            *sum = [sum[0] + right, sum[1] + found, sum[2] + wanted];
        }
    }
    for (kind, [right, found, wanted]) in total {
        let (p, r) = (right as f64 / found as f64, right as f64 / wanted as f64);
        println!(
            "{kind:14} P {p:.4} R {r:.4} F1 {:.4}  ({right} of {found} found, {wanted} wanted)",
            2.0 * p * r / (p + r)
        );
    }
    Ok(())
}

/// What the whole finder of mentions names, as the marked words have it: whole words, states as places, no titles.
fn mentioned(model: &Model, example: &Example, gazetteer: &Gazetteer) -> Vec<(Range<usize>, Option<Kind>)> {
    let mentions = find_with(&example.text, gazetteer, Day::new(2005, 6, 1), Some(model));
    let named = mentions.all().iter().filter(|mention| matches!(mention.how, How::Name | How::Alias));
    named
        .map(|mention| {
            let kind = if mention.kind == Kind::State { Kind::Place } else { mention.kind };
            let start = example.text[..mention.bytes.start].rfind([' ', '\n']).map_or(0, |space| space + 1);
            (start..mention.bytes.end, Some(kind))
        })
        .collect()
}

fn around<'t>(text: &'t str, bytes: &Range<usize>) -> &'t str {
    let mut start = bytes.start.saturating_sub(60);
    let mut end = (bytes.end + 40).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    text[start..end].trim_matches('\n').split('\n').next().unwrap_or_default()
}

fn count(
    wanted: &[(Range<usize>, Option<Kind>)],
    found: &[(Range<usize>, Option<Kind>)],
    counts: &mut BTreeMap<&str, [usize; 3]>,
) {
    let name = |kind: Option<Kind>| kind.map_or("other", Kind::name);
    for (list, place) in [(found, 1), (wanted, 2)] {
        for (_, kind) in list {
            counts.entry(name(*kind)).or_default()[place] += 1;
            if kind.is_some() {
                counts.entry("total").or_default()[place] += 1;
            }
        }
    }
    for one in found.iter().filter(|one| wanted.contains(one)) {
        counts.entry(name(one.1)).or_default()[0] += 1;
        if one.1.is_some() {
            counts.entry("total").or_default()[0] += 1;
        }
    }
}

/// Sentences in texts of twenty, one a line, so that a text has about the length of an article.
fn read(text: &str) -> Vec<Example> {
    let sentences: Vec<&str> = text.split("\n\n").filter(|sentence| !sentence.trim().is_empty()).collect();
    sentences
        .chunks(20)
        .map(|sentences| {
            let mut example = Example { text: String::new(), names: Vec::new() };
            for sentence in sentences {
                let mut open: Option<(Range<usize>, Option<Kind>)> = None;
                for (word, label) in sentence.lines().filter_map(|line| line.trim().rsplit_once(' ')) {
                    if !example.text.is_empty() && !example.text.ends_with('\n') {
                        example.text.push(' ');
                    }
                    let start = example.text.len();
                    example.text.push_str(word);
                    let end = example.text.len();
                    match (label.split_once('-'), &mut open) {
                        (Some(("I", _)), Some(open)) => open.0.end = end,
                        (Some((_, kind)), _) => {
                            example.names.extend(open.take());
                            let kind = match kind {
                                "PERS" | "PER" => Some(Kind::Person),
                                "LOC" => Some(Kind::Place),
                                "ORG" => Some(Kind::Organisation),
                                _ => None,
                            };
                            open = Some((start..end, kind));
                        }
                        (None, _) => example.names.extend(open.take()),
                    }
                }
                example.names.extend(open.take());
                example.text.push('\n');
            }
            example
        })
        .collect()
}
