//! How well does the search find what is meant? The examination that `bin/score search` sits.
//!
//! `score FOLDER --morphology FIGURES --floors FILE [--raise]` asks the questions of `FOLDER` and counts at which rank
//! the one right answer stands; adds the figures that the library `arabic` was given (lines `exam TAB measure TAB
//! figure`, from its own example `score --tsv`); prints all of them in one table beside what others reached; and fails
//! when one is below its floor. `--raise` writes what is better than its floor into the file of floors.
//!
//! # What is counted
//! Every question has one right answer among all texts. R@1 and R@10 are the shares of questions whose answer comes
//! first, and among the first ten; MRR@10 is the mean of one divided by its rank, 0 beyond ten. Only texts are indexed:
//! no headlines, names or dates, which a real site has beside them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use flate2::read::GzDecoder;
use serde_json::Value;
use warraq::search::analysis::Reader;
use warraq::search::{Change, Index, Position, Query, Story, Wanted};

#[derive(Parser)]
struct Arguments {
    /// The folder with `ir/` and `news/`.
    folder: PathBuf,
    /// Figures of the morphology.
    #[arg(long)]
    morphology: PathBuf,
    /// What no figure may fall below.
    #[arg(long)]
    floors: PathBuf,
    /// Write better figures into the file of floors.
    #[arg(long)]
    raise: bool,
}

/// Figures by exam and measure.
type Figures = BTreeMap<String, BTreeMap<String, f64>>;

/// A line of the table.
struct Line {
    exam: &'static str,
    measure: &'static str,
    /// How exam and measure are called in the table.
    names: [&'static str; 2],
    /// What others reached: without stemming, with Lucene's light10, with Snowball, with light10 and runs of four
    /// letters. The two exams of retrieval were measured for them on larger sets, of which ours are parts.
    others: [&'static str; 4],
    /// Where we want to be.
    target: &'static str,
}

const fn line(
    exam: &'static str,
    measure: &'static str,
    names: [&'static str; 2],
    others: [&'static str; 4],
    target: &'static str,
) -> Line {
    Line { exam, measure, names, others, target }
}

const UNKNOWN: [&str; 4] = ["", "", "", ""];

const TABLE: [Line; 17] = [
    line("question-paragraph", "mrr10", ["question → paragraph", "MRR@10"], [".745", ".811", ".810", ".852"], "≥ .88"),
    line("question-paragraph", "r1", ["", "R@1"], UNKNOWN, ""),
    line("question-paragraph", "r10", ["", "R@10"], UNKNOWN, ""),
    line("headline-body", "mrr10", ["headline → body", "MRR@10"], [".572", ".623", ".646", ""], "≥ .72"),
    line("headline-body", "r1", ["", "R@1"], UNKNOWN, ""),
    line("headline-body", "r10", ["", "R@10"], UNKNOWN, ""),
    line("conflation", "precision", ["conflation (UD-PUD)", "precision"], UNKNOWN, "≥ .72"),
    line("conflation", "recall", ["", "recall"], UNKNOWN, ""),
    line("conflation", "f1", ["", "F1"], ["", ".44", ".49", ""], "≥ .68"),
    line("clitics", "right", ["clitics (UD-PUD)", "right"], UNKNOWN, "≥ .95"),
    line("clitics", "precision", ["", "precision"], UNKNOWN, ""),
    line("clitics", "recall", ["", "recall"], UNKNOWN, ""),
    line("clitics-in-context", "right", ["the same, in context", "right"], UNKNOWN, "≥ .95"),
    line("clitics-in-context", "precision", ["", "precision"], UNKNOWN, ""),
    line("clitics-in-context", "recall", ["", "recall"], UNKNOWN, ""),
    line("snowball", "right", ["agrees with Snowball", "right"], UNKNOWN, ""),
    line("lucene", "right", ["agrees with Lucene", "right"], UNKNOWN, ""),
];

/// Stories that the index takes in at once.
const BATCH: usize = 2_000;
/// Ranks that count.
const RANKS: usize = 10;

const PREFACE: &str = "\
# What `bin/score search` must reach, by exam and measure; a figure below its floor fails. Floors only move up:
# `bin/score search --raise` writes what is better, rounded down. docs/search.md explains exams and measures.
";

fn main() -> Result<ExitCode> {
    let arguments = Arguments::parse();
    let mut figures = morphology(&arguments.morphology)?;
    for exam in [questions(&arguments.folder)?, headlines(&arguments.folder)?] {
        let figures = figures.entry(exam.name.to_owned()).or_default();
        figures.extend(exam.sit()?.map(|(measure, figure)| (measure.to_owned(), figure)));
    }
    let mut floors = floors(&arguments.floors)?;
    if arguments.raise {
        raise(&mut floors, &figures);
        fs::write(&arguments.floors, written(&floors)).with_context(|| arguments.floors.display().to_string())?;
    }
    print!("{}", table(&figures, &floors)?);
    let low = too_low(&figures, &floors);
    low.iter().for_each(|complaint| eprintln!("✗ {complaint}"));
    Ok(if low.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

// ── Exams of retrieval ─────────────────────────────────────────────────────────────────────────────────────────────

/// Texts, and questions with the place of the text that answers them.
struct Exam {
    name: &'static str,
    texts: Vec<String>,
    questions: Vec<(String, usize)>,
}

/// Questions about an encyclopaedia, each to find the paragraph that it was asked about (the shape of SQuAD).
fn questions(folder: &Path) -> Result<Exam> {
    let path = folder.join("ir/arcd-train.json");
    let all: Value = serde_json::from_reader(open(&path)?).with_context(|| path.display().to_string())?;
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let (mut texts, mut questions) = (Vec::new(), Vec::new());
    for paragraph in list(&all, "data").iter().flat_map(|article| list(article, "paragraphs")) {
        for question in list(&paragraph, "qas") {
            questions.push((text(&question, "question")?, texts.len()));
        }
        texts.push(text(&paragraph, "context")?);
    }
    Ok(Exam { name: "question-paragraph", texts, questions })
}

/// Headlines of newspapers, each to find its own article among all the others, of which only the bodies are indexed.
fn headlines(folder: &Path) -> Result<Exam> {
    let (mut texts, mut places) = (Vec::new(), BTreeMap::new());
    for path in packed(&folder.join("news"))? {
        for line in BufReader::new(GzDecoder::new(open(&path)?)).lines() {
            let article: Value = serde_json::from_str(&line?).with_context(|| path.display().to_string())?;
            places.insert(text(&article, "id")?, texts.len());
            texts.push(text(&article, "text")?);
        }
    }
    let path = folder.join("ir/title_known_item_saudi.tsv");
    let mut questions = Vec::new();
    for line in open(&path)?.lines().skip(1) {
        let line = line?;
        let (id, headline) = line.split_once('\t').with_context(|| format!("{}: «{line}»", path.display()))?;
        let place = places.get(id).with_context(|| format!("{}: no article {id}", path.display()))?;
        questions.push((headline.to_owned(), *place));
    }
    Ok(Exam { name: "headline-body", texts, questions })
}

fn packed(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut paths: Vec<_> = paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "gz")).collect();
    paths.sort();
    Ok(paths)
}

fn open(path: &Path) -> Result<BufReader<File>> {
    Ok(BufReader::new(File::open(path).with_context(|| path.display().to_string())?))
}

fn text(value: &Value, key: &str) -> Result<String> {
    Ok(value[key].as_str().with_context(|| format!("«{key}» is missing in {value}"))?.to_owned())
}

impl Exam {
    fn sit(self) -> Result<[(&'static str, f64); 3]> {
        let asked = self.questions.len();
        if asked == 0 {
            bail!("{}: there are no questions", self.name);
        }
        eprintln!("  {}: {asked} questions, {} texts", self.name, self.texts.len());
        let folder = tempfile::tempdir()?;
        let index = index(folder.path(), self.texts)?;
        let mut reader = Reader::default();
        let (mut ranks, mut first, mut ten) = (0.0, 0, 0);
        for (question, answer) in &self.questions {
            let wanted = Wanted { query: Query::parse(question, &mut reader), ..Wanted::default() };
            let answer = i64::try_from(*answer)?;
            let hits = index.search(&wanted, RANKS, 0)?.hits;
            if let Some(place) = hits.iter().position(|hit| hit.id == answer) {
                ranks += 1.0 / (place + 1) as f64;
                first += usize::from(place == 0);
                ten += 1;
            }
        }
        let share = |part: usize| part as f64 / asked as f64;
        Ok([("mrr10", ranks / asked as f64), ("r1", share(first)), ("r10", share(ten))])
    }
}

fn index(folder: &Path, texts: Vec<String>) -> Result<Index> {
    let index = Index::open(folder)?;
    let mut changes = Vec::new();
    for (id, text) in texts.into_iter().enumerate() {
        let id = i64::try_from(id)?;
        changes.push(Change::Put(Box::new(Story { id, language: "ar".to_owned(), text, ..Story::default() })));
        if changes.len() == BATCH {
            index.apply(std::mem::take(&mut changes), Position { log: 1, number: id })?;
        }
    }
    index.apply(changes, Position { log: 1, number: i64::MAX })?;
    index.rest()?;
    Ok(index)
}

// ── Figures and floors ─────────────────────────────────────────────────────────────────────────────────────────────

fn morphology(path: &Path) -> Result<Figures> {
    let mut figures = Figures::new();
    for line in open(path)?.lines() {
        let line = line?;
        let [exam, measure, figure] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{}: «{line}» is no figure", path.display());
        };
        let figure = figure.parse().with_context(|| format!("{}: «{line}»", path.display()))?;
        figures.entry(exam.to_owned()).or_default().insert(measure.to_owned(), figure);
    }
    Ok(figures)
}

fn floors(path: &Path) -> Result<Figures> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| format!("{}: a floor is written as «measure = 0.5»", path.display()))
}

fn raise(floors: &mut Figures, figures: &Figures) {
    for (exam, measures) in figures {
        for (measure, figure) in measures {
            let floor = floors.entry(exam.clone()).or_default().entry(measure.clone()).or_default();
            *floor = floor.max(rounded_down(*figure));
        }
    }
}

/// To three digits. A hair is added, because 0.88 in binary may be a little less than 0.88.
fn rounded_down(figure: f64) -> f64 {
    (figure * 1e3 + 1e-6).floor() / 1e3
}

fn written(floors: &Figures) -> String {
    let mut text = PREFACE.to_owned();
    for (exam, measures) in floors {
        let _ = writeln!(text, "\n[{exam}]");
        for (measure, floor) in measures {
            let _ = writeln!(text, "{measure} = {floor:.3}");
        }
    }
    text
}

/// What is below its floor, has none, or was not measured although it has one.
fn too_low(figures: &Figures, floors: &Figures) -> Vec<String> {
    let mut low = Vec::new();
    for Line { exam, measure, .. } in &TABLE {
        match (look_up(figures, exam, measure), look_up(floors, exam, measure)) {
            (Some(figure), Some(floor)) if rounded_down(figure) < floor => {
                low.push(format!("{exam} {measure}: {figure:.4} is below the floor {floor:.3}"));
            }
            (Some(_), None) => low.push(format!("{exam} {measure} has no floor: run bin/score search --raise")),
            (None, _) => low.push(format!("{exam} {measure} was not measured")),
            (Some(_), Some(_)) => {}
        }
    }
    low
}

fn look_up(figures: &Figures, exam: &str, measure: &str) -> Option<f64> {
    figures.get(exam)?.get(measure).copied()
}

fn table(figures: &Figures, floors: &Figures) -> Result<String> {
    let heading = ["exam", "measure", "no stemming", "light10", "Snowball", "+ 4-grams", "target", "ours", "floor"];
    let widths = [21, 9, 11, 7, 8, 9, 6, 6, 6];
    let mut text = String::new();
    let mut row = |cells: [String; 9]| -> Result<()> {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        Ok(())
    };
    row(heading.map(str::to_owned))?;
    for Line { exam, measure, names: [name, called], others, target } in &TABLE {
        let shown = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.4}"));
        let floor = look_up(floors, exam, measure).map_or_else(|| "–".to_owned(), |floor| format!("{floor:.3}"));
        let [none, light10, snowball, grams] = others.map(str::to_owned);
        let ours = shown(look_up(figures, exam, measure));
        let (name, called, target) = ((*name).to_owned(), (*called).to_owned(), (*target).to_owned());
        row([name, called, none, light10, snowball, grams, target, ours, floor])?;
    }
    Ok(text)
}
