//! How many numbers of a labelled set are found? Reads `Number_NumberModel.json`, `Number_OrdinalModel.json` and
//! `Number_PercentModel.json` of Microsoft's Recognizers-Text from a folder and prints precision and recall:
//!
//! `cargo run -p arabic --example score_numbers -- FOLDER [--verbose]`
//!
//! A number counts as found when its text and its value are those of the set. Ranges are compared as text, because the
//! offsets of the set count UTF-16 units. «The last» and «the next», which the set calls relative ordinals, are not asked
//! for: they are no numbers.

use std::{env, error, fs, path};

use arabic::numbers::{Kind, Number, numbers};
use serde_json::Value;

fn main() -> Result<(), Box<dyn error::Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("which folder holds the sets?")?;
    let verbose = arguments.any(|argument| argument == "--verbose");
    let sets: [(&str, Counts); 3] = [
        ("Number_NumberModel.json", |kind| matches!(kind, Kind::Cardinal | Kind::Fraction)),
        ("Number_OrdinalModel.json", |kind| kind == Kind::Ordinal),
        ("Number_PercentModel.json", |kind| kind == Kind::Percent),
    ];
    for (name, counts) in sets {
        let text = fs::read_to_string(path::Path::new(&folder).join(name))?;
        let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{FEFF}'))?;
        let mut score = Score::default();
        for case in &cases {
            score.add(case, counts, verbose);
        }
        println!("{name}: {score}");
    }
    Ok(())
}

/// Which kinds a set asks for.
type Counts = fn(Kind) -> bool;

#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn add(&mut self, case: &Value, counts: Counts, verbose: bool) {
        let input = case["Input"].as_str().unwrap_or_default();
        let found: Vec<_> = numbers(input).into_iter().filter(|number| counts(number.kind)).collect();
        let results = case["Results"].as_array().into_iter().flatten();
        let numbers_only = results.filter(|result| result["TypeName"] != "ordinal.relative");
        let wanted: Vec<(&str, &str)> = numbers_only.map(wanted).collect();
        let mut left = wanted.clone();
        let mut right = 0;
        for number in &found {
            let text = input[number.range()].trim();
            if let Some(at) = left.iter().position(|&(other, value)| other.trim() == text && same(number, value)) {
                left.remove(at);
                right += 1;
            }
        }
        if verbose && (right < found.len() || !left.is_empty()) {
            let found: Vec<_> = found.iter().map(|n| format!("{} = {}", &input[n.range()], n.value)).collect();
            println!("{input}\n    found  {found:?}\n    wanted {wanted:?}");
        }
        self.right += right;
        self.found += found.len();
        self.wanted += wanted.len();
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |of: usize| if of == 0 { 0.0 } else { self.right as f64 / of as f64 };
        write!(
            f,
            "precision {:.3} ({} of {}), recall {:.3} ({} of {})",
            share(self.found),
            self.right,
            self.found,
            share(self.wanted),
            self.right,
            self.wanted
        )
    }
}

fn wanted(result: &Value) -> (&str, &str) {
    (result["Text"].as_str().unwrap_or_default(), result["Resolution"]["value"].as_str().unwrap_or_default())
}

/// The set gives values as decimals of fifteen digits.
fn same(number: &Number, value: &str) -> bool {
    let found = number.value.numerator() as f64 / number.value.denominator() as f64;
    value.trim_end_matches('%').parse::<f64>().is_ok_and(|value| (found - value).abs() <= value.abs() * 1e-9)
}
