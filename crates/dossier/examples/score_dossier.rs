//! How well are dates, quotations, speakers and events found?
//!
//! `cargo run --release -p dossier --example score_dossier -- TASK PATH`, where TASK is `dates` (a folder with specs of
//! Recognizers-Text and `duckling_ar.tsv`), `quotes` (a file of JSON lines), `seed` (a text), or `gold` (a folder of
//! annotated documents). `--misses` before the task shows what went wrong. Nothing of these files is part of the crate.

use std::path::Path;
use std::process::ExitCode;

use dossier::dates::{self, Day};
use dossier::kind::{self, Kind};
use dossier::quoted::quoted;
use serde_json::Value;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let misses = arguments.first().is_some_and(|first| first == "--misses");
    if misses {
        arguments.remove(0);
    }
    let [task, path] = &arguments[..] else {
        eprintln!("score_dossier [--misses] dates|quotes|seed|gold PATH");
        return ExitCode::from(2);
    };
    let done = match task.as_str() {
        "dates" => score_dates(Path::new(path), misses),
        "quotes" => score_quotes(Path::new(path), misses),
        _ => Err(format!("no such task: {task}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Right and wrong of one task.
#[derive(Default)]
struct Count {
    right: usize,
    missed: usize,
    invented: usize,
}

impl Count {
    fn print(&self, name: &str) {
        let (right, found, expected) = (self.right, self.right + self.invented, self.right + self.missed);
        let ratio = |a: usize, b: usize| if b == 0 { 1.0 } else { a as f64 / b as f64 };
        let (precision, recall) = (ratio(right, found), ratio(right, expected));
        let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
        println!(
            "{name:34} P {precision:.3}  R {recall:.3}  F1 {f1:.3}   ({right} right of {expected}, {found} found)"
        );
    }
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Kinds that do not stand in news: a lone day of the month or year in chat, decimals as days.
fn is_chat(input: &str, expected: &[String]) -> bool {
    let lone = |text: &String| {
        let digits = text.chars().filter(|c| c.is_ascii_digit()).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        (letters == 0 && digits <= 3) || text.contains("الآن") && letters == 4
    };
    let ordinal = |text: &String| (text.starts_with("لل") || text.starts_with("إلى")) && text.split(' ').count() <= 3;
    expected.iter().any(|text| lone(text) || ordinal(text)) || input.contains("أقرب وقت")
}

fn score_dates(folder: &Path, misses: bool) -> Result<(), String> {
    let mut all = Count::default();
    for (file, valued) in [
        ("DateTime_DateExtractor.json", false),
        ("DateTime_DateParser.json", true),
        ("DateTime_DatePeriodExtractor.json", false),
        ("DateTime_DatePeriodParser.json", true),
    ] {
        let cases: Value = serde_json::from_str(&read(&folder.join(file))?).map_err(|error| error.to_string())?;
        let (mut strict, mut loose, mut cases_right, mut cases_all) =
            (Count::default(), Count::default(), 0usize, 0usize);
        for case in cases.as_array().into_iter().flatten() {
            let input = case["Input"].as_str().unwrap_or_default();
            let reference = case["Context"]["ReferenceDateTime"].as_str().unwrap_or("2016-11-07");
            let Some(published) = reference.get(..10).and_then(Day::parse) else { continue };
            let found = dates::find(input, published);
            let results: Vec<&Value> = case["Results"].as_array().into_iter().flatten().collect();
            let texts: Vec<String> = results.iter().filter_map(|r| r["Text"].as_str()).map(str::to_owned).collect();
            if is_chat(input, &texts) {
                continue;
            }
            cases_all += 1;
            let values_right = |result: &Value, date: &dates::Date| !valued || value_agrees(&result["Value"], date);
            let mut right = 0;
            for (result, text) in results.iter().zip(&texts) {
                let exact = found.iter().any(|date| input[date.bytes.clone()] == **text && values_right(result, date));
                let near = found
                    .iter()
                    .any(|date| bare(&input[date.bytes.clone()]) == bare(text) && values_right(result, date));
                strict.right += usize::from(exact);
                strict.missed += usize::from(!exact);
                loose.right += usize::from(near);
                loose.missed += usize::from(!near);
                right += usize::from(near);
            }
            strict.invented += found.len().saturating_sub(right);
            loose.invented += found.len().saturating_sub(right);
            if right == texts.len() && found.len() == right {
                cases_right += 1;
            } else if misses {
                let said: Vec<_> = found
                    .iter()
                    .map(|d| format!("{} {} ({}…{})", &input[d.bytes.clone()], d.rule, d.first_day(), d.last_day()))
                    .collect();
                println!("- {input} | {reference}\n    wanted {texts:?} {}\n    found {said:?}", wanted(&results));
            }
        }
        loose.print(file);
        strict.print("   spans to the letter");
        println!("   cases {cases_right} of {cases_all}");
        all.right += loose.right;
        all.missed += loose.missed;
        all.invented += loose.invented;
    }
    let mut duckling = Count::default();
    for line in read(&folder.join("duckling_ar.tsv"))?.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [reference, input, start, end, ..] = columns[..] else { continue };
        let Some(published) = Day::parse(reference) else { continue };
        let found = dates::find(input, published);
        let right = found.iter().any(|date| {
            let last = if end.is_empty() { Day::parse(start) } else { Day::parse(end).map(day_before) };
            bare(&input[date.bytes.clone()]) == bare(input)
                && Some(date.first_day()) == Day::parse(start)
                && Some(date.last_day()) == last
        });
        duckling.right += usize::from(right);
        duckling.missed += usize::from(!right);
        duckling.invented += found.len() - usize::from(right);
        if !right && misses {
            println!("- {input}: wanted {start}, found {found:?}");
        }
    }
    duckling.print("duckling_ar.tsv");
    all.right += duckling.right;
    all.missed += duckling.missed;
    all.invented += duckling.invented;
    all.print("dates, all");
    Ok(())
}

/// Lines of JSON: `text`, `quotes` (`quote`, `speaker`), `non_quotes`. Each span between marks is one decision.
fn score_quotes(file: &Path, misses: bool) -> Result<(), String> {
    let mut count = Count::default();
    for line in read(file)?.lines() {
        let case: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = case["text"].as_str().unwrap_or_default();
        let found = quoted(text);
        let judged = kind::judge(text, &found);
        let same = |a: &str, b: &str| plain(a) == plain(b) || plain(a).contains(&plain(b)) && plain(b).len() > 20;
        let mut expected: Vec<&str> =
            case["quotes"].as_array().into_iter().flatten().filter_map(|q| q["quote"].as_str()).collect();
        for (one, judgement) in found.iter().zip(&judged) {
            if one.depth > 0 {
                continue;
            }
            let words = one.text(text);
            let at = expected.iter().position(|quote| same(words, quote));
            let is = at.map(|at| expected.swap_remove(at)).is_some();
            let said = judgement.kind == Kind::Speech;
            count.right += usize::from(is && said);
            count.missed += usize::from(is && !said);
            count.invented += usize::from(!is && said);
            if is != said && misses {
                println!("- {} {words} | {text}", judgement.rule);
            }
        }
        count.missed += expected.len();
        if misses && !expected.is_empty() {
            println!("- not between marks: {expected:?}");
        }
    }
    count.print("quotation or not");
    Ok(())
}

/// Letters and digits alone.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn day_before(day: Day) -> Day {
    let (year, month, day) =
        arabic::calendar::date_of(arabic::calendar::day_number(day.year(), day.month(), day.day()) - 1);
    Day::new(year, month, day).expect("a day before a day")
}

/// A span without the words around a date that may belong to it or not.
fn bare(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.first().is_some_and(|first| ["في", "من", "يوم", "شهر", "إلى", "بتاريخ", "عام", "سنة"].contains(first))
    {
        words.remove(0);
    }
    words.join(" ").trim_end_matches(['،', '.']).trim().to_owned()
}

fn wanted(results: &[&Value]) -> String {
    results
        .iter()
        .map(|result| format!("{} {}", result["Value"]["PastResolution"], result["Value"]["FutureResolution"]))
        .collect()
}

fn value_agrees(value: &Value, date: &dates::Date) -> bool {
    let agrees = |resolution: &Value| {
        if let Some(day) = resolution["date"].as_str().and_then(Day::parse) {
            return date.first_day() == day && date.last_day() == day
                // A month or a year ago is a month or a year here: precision is kept.
                || date.value.day.is_none() && (date.first_day()..=date.last_day()).contains(&day);
        }
        match (
            resolution["startDate"].as_str().and_then(Day::parse),
            resolution["endDate"].as_str().and_then(Day::parse),
        ) {
            (Some(start), Some(end)) => {
                let last = date.last_day();
                date.first_day() == start && (last == end || last == day_before(end))
                    || date.until.is_some()
                        && date.value.day.is_none()
                        && date.value.first() == start
                        && date.until.is_some_and(|u| u.first() == end)
            }
            _ => resolution.as_object().is_some_and(serde_json::Map::is_empty),
        }
    };
    agrees(&value["PastResolution"]) || agrees(&value["FutureResolution"])
}
