//! How well does the morphology do on data that other people have marked up?
//!
//! `score pud FILE` reads lines `surface TAB segments TAB classes TAB lemmas`, the last three joined by `+` (UD Arabic);
//! `score snowball FILE` lines `word TAB stem`; `score lucene FILE` lines `kind TAB input TAB expected`;
//! `score news FILE` a JSON object a line with `title` and `text`. Files may be packed with gzip. Several pairs may
//! follow one another. `score … -v` also shows what went wrong; `score … --tsv` prints nothing but the figures, one a
//! line, `exam TAB measure TAB figure`, for `bin/score`.
//!
//! # What is counted
//! - Clitics: a word is right when its division is the one of the file. Precision and recall are those of the words
//!   that are divided.
//! - Conflation: the types are the spellings without vowel marks that have a content segment (NOUN, ADJ, VERB, PROPN,
//!   ADV, NUM, AUX), the lemmas of a type those of its first such segment, vowel marks included. A pair of types
//!   belongs together when they share a lemma, and is found when their best keys are equal.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Instant;

use arabic::fold::{Fold, fold};
use arabic::morphology::stemmers::{light10, light10_normalised, snowball};
use arabic::morphology::{Analyser, analyse, is_known, keys, lexicon_size, segments, segments_in};
use arabic::words::tokens;

fn main() -> Result<(), Box<dyn Error>> {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| matches!(argument.as_str(), "-v" | "--tsv"));
    let has = |name: &str| options.iter().any(|option| option == name);
    let paper = Paper { figures_only: has("--tsv"), verbose: has("-v") && !has("--tsv") };
    let (stems, lemmas, bytes) = lexicon_size();
    paper.note(|| format!("lexicon: {lemmas} lemmas, {stems} stems, {bytes} bytes"));
    for pair in arguments.chunks(2) {
        let [kind, path] = pair else { return Err("give a kind and a file".into()) };
        match kind.as_str() {
            "pud" => pud(&lines(path)?, paper),
            "snowball" => pairs(&lines(path)?, paper),
            "lucene" => lucene(&lines(path)?, paper),
            "news" => news(&lines(path)?)?,
            "word" => analyse(path).iter().for_each(|reading| println!("{reading:?}")),
            _ => return Err(format!("{kind} is no kind of file").into()),
        }
    }
    Ok(())
}

/// What the figures are written on.
#[derive(Clone, Copy)]
struct Paper {
    figures_only: bool,
    verbose: bool,
}

impl Paper {
    /// A line for people.
    fn note(self, line: impl FnOnce() -> String) {
        if !self.figures_only {
            println!("{}", line());
        }
    }

    /// A line for programs.
    fn figure(self, exam: &str, measure: &str, figure: f64) {
        if self.figures_only {
            println!("{exam}\t{measure}\t{figure:.6}");
        }
    }
}

fn lines(path: &str) -> Result<Vec<String>, Box<dyn Error>> {
    if !Path::new(path).exists() {
        return Ok(vec![path.to_owned()]);
    }
    let file = std::fs::File::open(path)?;
    let reader: Box<dyn Read> =
        if path.ends_with(".gz") { Box::new(flate2::read::GzDecoder::new(file)) } else { Box::new(file) };
    Ok(BufReader::new(reader).lines().collect::<Result<_, _>>()?)
}

/// A word as the file divides it.
struct Marked<'l> {
    surface: &'l str,
    segments: Vec<&'l str>,
    classes: Vec<&'l str>,
    lemmas: Vec<&'l str>,
}

fn pud(lines: &[String], paper: Paper) {
    let words: Vec<Marked<'_>> = lines.iter().skip(1).filter_map(|line| marked(line)).collect();
    clitics(&words, paper);
    conflation(&words, paper);
}

fn marked(line: &str) -> Option<Marked<'_>> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [surface, segments, classes, lemmas] = columns[..] else { return None };
    Some(Marked {
        surface,
        segments: if segments == "+" { vec![segments] } else { segments.split('+').collect() },
        classes: classes.split('+').collect(),
        lemmas: lemmas.split('+').collect(),
    })
}

fn clitics(words: &[Marked<'_>], paper: Paper) {
    for in_context in [false, true] {
        let surfaces: Vec<&str> = words.iter().map(|word| word.surface).collect();
        let found: Vec<Vec<std::ops::Range<usize>>> =
            if in_context { segments_in(&surfaces) } else { surfaces.iter().map(|word| segments(word)).collect() };
        let mut wrong: BTreeMap<(String, String), usize> = BTreeMap::new();
        let (mut right, mut divided, mut divides, mut both) = (0, 0, 0, 0);
        for (word, ranges) in words.iter().zip(&found) {
            let parts: Vec<&str> = ranges.iter().map(|range| &word.surface[range.clone()]).collect();
            let is_right = parts == word.segments;
            right += usize::from(is_right);
            divided += usize::from(word.segments.len() > 1);
            divides += usize::from(parts.len() > 1);
            both += usize::from(is_right && parts.len() > 1);
            if !is_right {
                *wrong.entry((word.segments.join("+"), parts.join("+"))).or_default() += 1;
            }
        }
        let name = if in_context { "clitics-in-context" } else { "clitics" };
        let (right, precision, recall) = (share(right, words.len()), share(both, divides), share(both, divided));
        for (measure, figure) in [("right", right), ("precision", precision), ("recall", recall)] {
            paper.figure(name, measure, figure);
        }
        paper.note(|| {
            let words = words.len();
            format!(
                "{name:24} words {words} right {right:.4}; divided {divided} precision {precision:.4} recall {recall:.4}"
            )
        });
        if paper.verbose && !in_context {
            let mut wrong: Vec<_> = wrong.into_iter().collect();
            wrong.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            for ((expected, found), count) in wrong {
                println!("    {count} {expected}  not  {found}");
            }
        }
    }
}

fn conflation(words: &[Marked<'_>], paper: Paper) {
    const CONTENT: [&str; 7] = ["NOUN", "ADJ", "VERB", "PROPN", "ADV", "NUM", "AUX"];
    let mut lemmas: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for word in words {
        if word.classes.len() != word.lemmas.len() {
            continue;
        }
        let content = word.classes.iter().position(|class| CONTENT.contains(class));
        if let Some(lemma) = content.and_then(|at| word.lemmas.get(at)) {
            lemmas.entry(fold(word.surface, Fold::HARAKAT | Fold::TATWEEL).into_owned()).or_default().insert(lemma);
        }
    }
    let types: Vec<&str> = lemmas.keys().map(String::as_str).collect();
    let gold = pairs_of(
        types
            .iter()
            .enumerate()
            .flat_map(|(at, word)| lemmas[*word].iter().map(move |lemma| ((*lemma).to_owned(), at))),
    );
    paper.note(|| format!("{:24} types {} pairs {}", "conflation", types.len(), gold.len()));
    let report = |exam: Option<&str>, name: &str, key: &dyn Fn(&str) -> Vec<String>| {
        let found =
            pairs_of(types.iter().enumerate().flat_map(|(at, word)| key(word).into_iter().map(move |key| (key, at))));
        let both = gold.intersection(&found).count();
        let (precision, recall) = (share(both, found.len()), share(both, gold.len()));
        let f1 = 2.0 * precision * recall / (precision + recall);
        for (measure, figure) in [("precision", precision), ("recall", recall), ("f1", f1)] {
            exam.iter().for_each(|exam| paper.figure(exam, measure, figure));
        }
        paper.note(|| format!("    {name:20} P {precision:.3} R {recall:.3} F1 {f1:.3}"));
        found
    };
    let best = |word: &str| keys(word).into_iter().take(1).map(|key| key.text).collect();
    report(None, "light10", &|word| vec![light10(word)]);
    report(None, "snowball", &|word| vec![snowball(word)]);
    let found = report(Some("conflation"), "best key", &best);
    report(None, "any key", &|word| keys(word).into_iter().map(|key| key.text).collect());
    if paper.verbose {
        let show = |(a, b): &(usize, usize)| {
            let side = |at: usize| {
                let word = types[at];
                format!(
                    "{word} ({:?} | {})",
                    lemmas[word],
                    keys(word)
                        .iter()
                        .map(|key| format!("{} {:.2}", key.text, key.weight))
                        .collect::<Vec<_>>()
                        .join(", ")
                )
            };
            format!("{}   {}", side(*a), side(*b))
        };
        let mut sample: Vec<_> = gold.difference(&found).collect();
        sample.sort();
        println!("missed {}", sample.len());
        sample.iter().step_by(1 + sample.len() / 250).for_each(|pair| println!("    - {}", show(pair)));
        let mut sample: Vec<_> = found.difference(&gold).collect();
        sample.sort();
        println!("too much {}", sample.len());
        sample.iter().step_by(1 + sample.len() / 250).for_each(|pair| println!("    + {}", show(pair)));
    }
}

/// The pairs of places that share a label.
fn pairs_of(labelled: impl Iterator<Item = (String, usize)>) -> HashSet<(usize, usize)> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
    for (label, at) in labelled {
        groups.entry(label).or_default().push(at);
    }
    let mut pairs = HashSet::new();
    for group in groups.values() {
        for (index, a) in group.iter().enumerate() {
            pairs.extend(group[index + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
        }
    }
    pairs
}

fn pairs(lines: &[String], paper: Paper) {
    let pairs: Vec<(&str, &str)> = lines.iter().filter_map(|line| line.split_once('\t')).collect();
    let wrong: Vec<_> = pairs.iter().filter(|(word, stem)| snowball(word) != *stem).collect();
    let right = share(pairs.len() - wrong.len(), pairs.len());
    paper.figure("snowball", "right", right);
    paper.note(|| format!("{:24} words {} right {right:.5}", "snowball", pairs.len()));
    if paper.verbose {
        wrong.iter().take(40).for_each(|(word, stem)| println!("    {word}: {} not {stem}", snowball(word)));
    }
}

fn lucene(lines: &[String], paper: Paper) {
    let mut right = BTreeMap::<&str, (usize, usize)>::new();
    for line in lines.iter().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [kind, input, expected] = columns[..] else { continue };
        let found = if kind == "norm" { light10_normalised(input).into_owned() } else { light10(input) };
        let counts = right.entry(kind).or_default();
        counts.1 += 1;
        counts.0 += usize::from(found == expected);
        if found != expected {
            paper.note(|| format!("    {kind} {input}: {found} not {expected}"));
        }
    }
    let (all_right, all) = right.values().fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    paper.figure("lucene", "right", share(all_right, all));
    paper.note(|| format!("{:24} {right:?}", "lucene"));
}

fn news(lines: &[String]) -> Result<(), Box<dyn Error>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut texts = Vec::new();
    for line in lines {
        let article: serde_json::Value = serde_json::from_str(line)?;
        for field in ["title", "text"] {
            texts.push(article[field].as_str().unwrap_or_default().to_owned());
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let start = Instant::now();
    let words: usize = texts.iter().map(|text| tokens(text).count()).sum();
    println!(
        "{:24} {bytes} bytes, {words} words, {:.1} MB/s tokens alone",
        "news",
        bytes as f64 / start.elapsed().as_secs_f64() / 1e6
    );
    let start = Instant::now();
    let mut analyser = Analyser::new(200_000);
    let mut keys = 0;
    for text in &texts {
        analyser.read(text, |_, found| keys += found.len());
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{:24} {bytes} bytes, {keys} keys, {:.1} MB/s", "news", bytes as f64 / seconds / 1e6);
    for text in &texts {
        for token in tokens(text).filter(|token| token.text.chars().all(|c| ('\u{0621}'..='\u{0652}').contains(&c))) {
            *counts.entry(token.text.to_owned()).or_default() += 1;
        }
    }
    let start = Instant::now();
    let found: usize = counts.keys().map(|word| arabic::morphology::keys(word).len()).sum();
    let each = start.elapsed().as_secs_f64() / counts.len() as f64 * 1e6;
    println!("    types {}, {found} keys, {each:.2} µs for each when first seen", counts.len());
    let total: usize = counts.values().sum();
    let mut unknown: Vec<(String, usize)> = counts.into_iter().filter(|(word, _)| !is_known(word)).collect();
    unknown.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    let missed: usize = unknown.iter().map(|(_, count)| count).sum();
    println!("    tokens {total}, known {:.4}; most frequent unknown:", 1.0 - share(missed, total));
    for chunk in unknown[..unknown.len().min(300)].chunks(12) {
        println!("    {}", chunk.iter().map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join("  "));
    }
    Ok(())
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
