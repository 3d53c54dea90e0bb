//! How well are dates, quotations, speakers and events found?
//!
//! `cargo run --release -p dossier --example score_dossier -- TASK PATH`, where TASK is `dates` (a folder with specs of
//! Recognizers-Text and `duckling_ar.tsv`), `quotes` (a file of JSON lines), `seed` (a text), or `gold` (a folder of
//! annotated documents). `--misses` before the task shows what went wrong. Nothing of these files is part of the crate.

use std::path::Path;
use std::process::ExitCode;

use dossier::dates::{self, Day};
use dossier::extract::{Happening, Said, extract};
use dossier::gazetteer::Gazetteer;
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
        eprintln!("score_dossier [--misses] dates|quotes|speakers|seed|gold PATH");
        return ExitCode::from(2);
    };
    let done = match task.as_str() {
        "dates" => score_dates(Path::new(path), misses),
        "quotes" => score_quotes(Path::new(path), misses),
        "speakers" => score_speakers(Path::new(path), misses),
        "seed" => score_seed(Path::new(path)),
        "gold" => score_gold(Path::new(path), misses),
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

/// The same lines: is the speaker of each quotation the one who is named, and nobody where none is?
fn score_speakers(file: &Path, misses: bool) -> Result<(), String> {
    let (mut named, mut none) = (Count::default(), Count::default());
    let published = Day::new(2017, 1, 1).ok_or("a day")?;
    for line in read(file)?.lines() {
        let case: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = case["text"].as_str().unwrap_or_default();
        let dossier = extract(text, published, Gazetteer::built_in());
        for wanted in case["quotes"].as_array().into_iter().flatten() {
            let words = plain(wanted["quote"].as_str().unwrap_or_default());
            let found = dossier.quotations.iter().find(|q| {
                let own = plain(&q.text);
                q.kind == "verbatim" && (own == words || own.contains(&words) || words.contains(&own) && own.len() > 12)
            });
            let said = found.and_then(|found| found.speaker_text.as_deref());
            match wanted["speaker"].as_str() {
                Some(speaker) => {
                    let right = said.is_some_and(|said| {
                        plain(said).contains(&plain(speaker)) || plain(speaker).contains(&plain(said))
                    });
                    named.right += usize::from(right);
                    named.missed += usize::from(!right);
                    named.invented += usize::from(!right && said.is_some());
                    if !right && misses {
                        println!("- wanted {speaker}, found {said:?} {:?} | {text}", found.map(|f| f.rule));
                    }
                }
                None => {
                    none.right += usize::from(said.is_none());
                    none.missed += usize::from(said.is_some());
                    if said.is_some() && misses {
                        println!("- wanted nobody, found {said:?} | {text}");
                    }
                }
            }
        }
    }
    named.print("speaker named in the sentence");
    none.print("nobody named in the sentence");
    Ok(())
}

/// The article of the seed, by what it must give.
fn score_seed(file: &Path) -> Result<(), String> {
    let published = Day::new(2020, 10, 23).ok_or("a day")?;
    let dossier = extract(&read(file)?, published, Gazetteer::built_in());
    let (putin, xi) = (Some("vladimir-putin"), Some("xi-jinping"));
    let mut right = 0;
    let mut all = 0;
    let mut check = |what: &str, is: bool| {
        all += 1;
        right += usize::from(is);
        if !is {
            println!("- missing: {what}");
        }
    };
    // The nine reported ones: a clause after a verb of saying, of one speaker.
    for (kind, speaker, begins) in [
        ("verbatim", putin, "لدينا ثقة"),
        ("verbatim", putin, "اتحدث أنا"),
        ("verbatim", putin, "تعاوننا على"),
        ("reported", putin, "روسيا مستعدة لمواصلة التعاون"),
        ("reported", xi, "إنه مستعد للعمل"),
        ("reported", putin, "روسيا مستعدة لمواصلة بذل"),
        ("reported", xi, "الممارسة الناجحة"),
        ("reported", putin, "الابتكار العلمي"),
        ("reported", xi, "أنه يتعين"),
        ("reported", putin, "روسيا والصين تقدران"),
        ("reported", putin, "روسيا مستعدة للعمل"),
        ("reported", putin, "العلاقات الروسية"),
    ] {
        let is = |q: &Said| q.kind == kind && q.speaker.as_deref() == speaker && q.text.starts_with(begins);
        check(begins, dossier.quotations.iter().any(is));
    }
    check("three verbatim, no more", dossier.quotations.iter().filter(|q| q.kind == "verbatim").count() == 3);
    for value in ["2020-10-22", "2020-09", "2020-08", "2019-06", "2020-07"] {
        check(value, dossier.dates.iter().any(|date| date.value == value));
    }
    let both = |event: &Happening| {
        ["xi-jinping", "vladimir-putin"].iter().all(|one| event.actors.iter().any(|actor| actor == one))
    };
    for (kind, date) in [("letter", "2020-09"), ("congratulation", "2020-08"), ("call", "2020-07")] {
        let is = |event: &Happening| event.kind == kind && event.date.as_deref() == Some(date) && both(event);
        check(kind, dossier.events.iter().any(is));
    }
    let visit = |event: &Happening| {
        event.kind == "visit"
            && event.date.as_deref() == Some("2019-06")
            && event.from.as_deref() == xi
            && event.to.as_deref() == Some("russia")
    };
    check("visit", dossier.events.iter().any(visit));
    for id in [
        "vladimir-putin",
        "xi-jinping",
        "russia",
        "china",
        "united-nations",
        "shanghai-cooperation-organisation",
        "valdai-discussion-club",
    ] {
        check(id, dossier.entities.iter().any(|entity| entity.id == id || entity.id.replace("zation", "sation") == id));
    }
    println!("{:34} {right} of {all}", "seed");
    println!(
        "   events {}, reported {}, dates {}",
        dossier.events.len(),
        dossier.quotations.len() - 3,
        dossier.dates.len()
    );
    Ok(())
}

/// An annotated document: see docs/annotating.md.
struct Document<'t> {
    name: &'t str,
    published: Day,
    text: String,
    notes: Vec<(&'t str, &'t str)>,
}

fn documents(file: &str) -> Result<Vec<Document<'_>>, String> {
    let mut found = Vec::new();
    for part in file.split("\n=== ").skip(1) {
        let (head, body) = part.split_once('\n').ok_or("a document without text")?;
        let mut words = head.split_whitespace();
        let name = words.next().unwrap_or_default();
        let published = words.last().and_then(Day::parse).ok_or_else(|| format!("{name}: no day of publication"))?;
        let mut text = Vec::new();
        let mut notes = Vec::new();
        for line in body.lines() {
            match line.strip_prefix('@').and_then(|note| note.split_once(' ')) {
                Some(note) => notes.push(note),
                None => text.push(line),
            }
        }
        found.push(Document { name, published, text: text.join("\n").trim().to_owned(), notes });
    }
    Ok(found)
}

#[derive(Default)]
struct Scores {
    dates: Count,
    quoted: Count,
    verbatim: Count,
    reported: Count,
    same: Count,
    dropped: Count,
    events: Count,
    directions: Count,
    event_dates: Count,
    status: Count,
    trap_documents: usize,
    traps_fired: usize,
}

fn score_gold(folder: &Path, misses: bool) -> Result<(), String> {
    for half in ["test", "dev"] {
        let path = folder.join(format!("{half}.txt"));
        if !path.exists() {
            continue;
        }
        let file = read(&path)?;
        let mut scores = Scores::default();
        let documents = documents(&file)?;
        for document in &documents {
            score_document(
                document,
                &mut scores,
                misses && (half == "dev" || std::env::args().any(|a| a == "--test-misses")),
            );
        }
        println!("== {half}: {} documents", documents.len());
        scores.dates.print("dates: span and value");
        scores.quoted.print("between marks: speech or not");
        scores.verbatim.print("verbatim quotations");
        scores.reported.print("reported quotations");
        scores.same.print("speaker, named in the sentence");
        scores.dropped.print("speaker, dropped subject");
        scores.events.print("events: kind and actors");
        scores.directions.print("   direction of these");
        scores.event_dates.print("   date of these");
        scores.status.print("   status of these");
        println!("   {} documents without events, {} events fired there", scores.trap_documents, scores.traps_fired);
    }
    Ok(())
}

/// Whether `found` is one of the spellings `wanted`, parted by `/`.
fn is_one_of(found: &str, wanted: &str) -> bool {
    wanted.split('/').any(|one| {
        let (found, one) = (plain(found), plain(one));
        !found.is_empty() && (found.contains(&one) || one.contains(&found) && found.chars().count() > 2)
    })
}

fn score_document(document: &Document, scores: &mut Scores, misses: bool) {
    let text = &document.text;
    let dossier = extract(text, document.published, Gazetteer::built_in());
    let tell = |what: String| {
        if misses {
            println!("- {}: {what}", document.name);
        }
    };
    let columns = |note: &str| note.split('|').map(|column| column.trim().to_owned()).collect::<Vec<_>>();
    // Dates.
    let mut dates: Vec<_> = dossier.dates.iter().collect();
    for (_, note) in document.notes.iter().filter(|(kind, _)| *kind == "date") {
        let Some((words, value)) = note.split_once(" = ") else { continue };
        let at = dates.iter().position(|date| (bare(&date.text) == bare(words)) && date.value == value.trim());
        match at {
            Some(at) => {
                dates.remove(at);
                scores.dates.right += 1;
            }
            None => {
                scores.dates.missed += 1;
                tell(format!("date {words} = {value} not found"));
            }
        }
    }
    scores.dates.invented += dates.len();
    dates.iter().for_each(|date| tell(format!("date invented: {} {} {}", date.text, date.value, date.rule)));
    // Quotations.
    let mut found: Vec<&Said> = dossier.quotations.iter().collect();
    let mut marked = 0;
    for (kind, note) in document.notes.iter().filter(|(kind, _)| *kind == "say") {
        let _ = kind;
        let Some((manner, rest)) = note.split_once(':') else { continue };
        let columns = columns(rest);
        let [speaker, cue, first, last] = &columns[..] else { continue };
        let at = found.iter().position(|q| {
            let begins = plain(&q.text);
            let near = begins.find(&plain(first)).is_some_and(|at| at <= 16);
            q.kind == manner && near && begins.ends_with(&plain(last))
                || q.kind == manner
                    && near
                    && cue != "-"
                    && q.cue.as_deref().is_some_and(|c| plain(c).contains(&plain(cue)))
        });
        let count = if manner == "verbatim" { &mut scores.verbatim } else { &mut scores.reported };
        marked += usize::from(manner == "verbatim");
        let Some(at) = at else {
            count.missed += 1;
            tell(format!("not found: {note}"));
            continue;
        };
        let q = found.remove(at);
        count.right += 1;
        scores.quoted.right += usize::from(manner == "verbatim");
        let (dropped, speaker) = match speaker.strip_prefix('~') {
            Some(speaker) => (true, speaker),
            None => (false, speaker.as_str()),
        };
        let count = if dropped { &mut scores.dropped } else { &mut scores.same };
        let right = q.speaker_text.as_deref().is_some_and(|said| is_one_of(said, speaker));
        count.right += usize::from(right);
        count.missed += usize::from(!right);
        count.invented += usize::from(!right && q.speaker_text.is_some());
        if !right {
            tell(format!("speaker of {note}: found {:?} {}", q.speaker_text, q.rule));
        }
    }
    for q in found {
        tell(format!("{} invented: {:?} {:?} {}: {}", q.kind, q.speaker_text, q.cue, q.rule, q.text));
        if q.kind == "verbatim" {
            scores.verbatim.invented += 1;
            scores.quoted.invented += 1;
        } else {
            scores.reported.invented += 1;
        }
    }
    scores.quoted.missed += marked
        - marked.min(
            document
                .notes
                .iter()
                .filter(|(kind, note)| *kind == "say" && note.starts_with("verbatim"))
                .filter(|(_, note)| {
                    let columns = columns(note.split_once(':').map_or("", |(_, rest)| rest));
                    dossier.quotations.iter().any(|q| {
                        q.kind == "verbatim"
                            && columns.get(2).is_some_and(|first| plain(&q.text).starts_with(&plain(first)))
                    })
                })
                .count(),
        );
    // Events.
    let mut events: Vec<&Happening> = dossier.events.iter().collect();
    let wanted: Vec<_> = document.notes.iter().filter(|(kind, _)| *kind == "event").collect();
    if wanted.is_empty() {
        scores.trap_documents += 1;
        scores.traps_fired += events.len();
    }
    for (_, note) in wanted {
        let Some((kind, rest)) = note.split_once(':') else { continue };
        let columns = columns(rest);
        let [actors, place, date, status] = &columns[..] else { continue };
        let _ = place;
        let directed = actors.contains('>');
        let parties: Vec<&str> = actors.split(['>', '+']).map(str::trim).collect();
        let at = events.iter().position(|event| {
            event.kind == kind
                && parties.iter().all(|party| {
                    event.actor_texts.iter().any(|actor| is_one_of(actor, party))
                        || event.place.is_some()
                            && parties.len() == 2
                            && kind == "visit"
                            && *party == parties[1]
                            && event.to.is_some()
                        || kind == "summit"
                })
        });
        match at {
            Some(at) => {
                let event = events.remove(at);
                scores.events.right += 1;
                if directed {
                    let from = event.actor_texts.first().is_some_and(|actor| is_one_of(actor, parties[0]));
                    let right = from || event.from.is_none() && event.to.is_none();
                    scores.directions.right += usize::from(right);
                    scores.directions.missed += usize::from(!right);
                }
                let right = event.date.as_deref().unwrap_or("-") == date;
                scores.event_dates.right += usize::from(right);
                scores.event_dates.missed += usize::from(!right);
                let right = event.status == status;
                scores.status.right += usize::from(right);
                scores.status.missed += usize::from(!right);
                if !right || event.date.as_deref().unwrap_or("-") != date {
                    tell(format!("event {note}: date {:?}, {}", event.date, event.status));
                }
            }
            None => {
                scores.events.missed += 1;
                tell(format!("event not found: {note}"));
            }
        }
    }
    scores.events.invented += events.len();
    events.iter().for_each(|e| {
        tell(format!("event invented: {} {:?} {} {:?} | {}", e.kind, e.actor_texts, e.rule, e.date, e.text))
    });
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
