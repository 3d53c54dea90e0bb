//! `warraq search`, `warraq reindex`, `warraq text`: the index, asked and made again, and the words as it sees them.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::{Desk, searches};
use crate::error::Error;
use crate::news::ArticleId;
use crate::search::analysis::{Class, Of, Reader};
use crate::search::highlight::Marker;
use crate::search::{Query, Wanted};
use crate::store::{articles, site};

#[derive(Debug, clap::Args)]
pub(super) struct SearchArgs {
    /// Words; a phrase in quotation marks; a word after a minus sign must not occur.
    #[arg(required_unless_present_any = ["queries", "without_results"])]
    query: Option<String>,
    /// A file with one query a line; answers with one JSON document a line, in order.
    #[arg(long, value_name = "FILE", conflicts_with = "query", requires = "json")]
    queries: Option<PathBuf>,
    /// How many at most.
    #[arg(long, default_value_t = 10, value_name = "N")]
    limit: usize,
    /// What readers looked for in vain, those asked for most often first.
    #[arg(long, conflicts_with_all = ["query", "queries"])]
    without_results: bool,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct ReindexArgs {
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct TextArgs {
    /// A text, to be shown word by word as the index sees it.
    #[arg(required_unless_present = "lines")]
    text: Option<String>,
    /// Read lines on standard input, print one folded and stemmed line each.
    #[arg(long, conflicts_with = "text")]
    lines: bool,
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

/// What a search answers.
#[derive(Debug, Serialize)]
struct Answer {
    query: String,
    total: usize,
    took_ms: f64,
    hits: Vec<HitLine>,
}

/// One article found.
#[derive(Debug, Serialize)]
struct HitLine {
    id: i64,
    guid: String,
    url: String,
    title: String,
    published: String,
    score: f32,
    snippet: String,
}

pub(super) fn search(args: &SearchArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    if args.without_results {
        return without_results(&desk, args);
    }
    block_on(wait_for_index(&desk))??;
    if let Some(file) = &args.queries {
        let lines = std::fs::read_to_string(file)
            .map_err(|error| Failure::bad_input(format!("{}: {error}", file.display())))?;
        for line in lines.lines() {
            print_json(&block_on(answer(&desk, line, args.limit))??)?;
        }
        return Ok(());
    }
    let answer = block_on(answer(&desk, args.query.as_deref().unwrap_or_default(), args.limit))??;
    if args.json {
        return print_json(&answer);
    }
    for hit in &answer.hits {
        println!("{}\t{}\t{}", hit.id, hit.title, hit.url);
    }
    println!("{} found", answer.total);
    Ok(())
}

pub(super) fn reindex(args: &ReindexArgs, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} articles {elapsed} left {eta}") {
        bar.set_style(style);
    }
    block_on(searches::rebuild(&desk, |progress| {
        bar.set_length(progress.all);
        bar.set_position(progress.done);
    }))??;
    bar.finish_and_clear();
    let index = desk.search.index().map_err(Error::from)?;
    index.rest().map_err(Error::from)?;
    if args.json {
        return print_json(&serde_json::json!({"articles": index.len()}));
    }
    println!("{} articles are in the search index", index.len());
    Ok(())
}

pub(super) fn text(args: &TextArgs) -> Result<(), Failure> {
    let mut reader = Reader::default();
    if args.lines {
        let mut out = std::io::stdout().lock();
        for line in std::io::stdin().lock().lines() {
            writeln!(out, "{}", folded(&line?, &mut reader))?;
        }
        return Ok(());
    }
    let text = args.text.as_deref().unwrap_or_default();
    let mut tokens = Vec::new();
    // Offsets are printed in Unicode scalar values, as every language counts characters.
    let (mut bytes, mut scalars) = (0, 0);
    reader.read(text, Of::Query, |reading| {
        let mut terms: Vec<String> = reading.keys.into_iter().map(|key| key.text).collect();
        terms.push(reading.exact);
        terms.dedup();
        let token = reading.token;
        let start = scalars + text[bytes..token.start].chars().count();
        let end = start + token.text.chars().count();
        (bytes, scalars) = (token.end, end);
        tokens.push(serde_json::json!({"text": token.text, "start": start, "end": end, "terms": terms}));
    });
    if args.json {
        return print_json(&serde_json::json!({ "tokens": tokens }));
    }
    for token in &tokens {
        println!("{token}");
    }
    Ok(())
}

/// A line as its words' likeliest lemmas.
fn folded(line: &str, reader: &mut Reader) -> String {
    let mut words: Vec<String> = Vec::new();
    reader.read(line, Of::Query, |reading| {
        let key = reading.keys.into_iter().next().map(|key| key.text);
        words.push(key.filter(|_| reading.class != Class::Common).unwrap_or(reading.exact));
    });
    words.join(" ")
}

/// Take in what changed, or wait a moment for the server that does.
async fn wait_for_index(desk: &Desk) -> Result<(), Error> {
    // What is there is better than nothing.
    let patience = std::time::Duration::from_secs(2);
    match searches::catch_up(desk, |_| {}).await {
        Ok(_) => tokio::time::timeout(patience, searches::await_another(desk, |_| {})).await.unwrap_or(Ok(())),
        Err(error) => Err(error),
    }
}

async fn answer(desk: &Desk, typed: &str, limit: usize) -> Result<Answer, Failure> {
    let before = desk.clock.now();
    let query = desk.search.reading(|reader| Query::parse(typed, reader));
    let wanted = Wanted { query, now: before.as_second(), ..Wanted::default() };
    let index = desk.search.index().map_err(Error::from)?;
    let found = index.search(&wanted, limit, 0).map_err(Error::from)?;
    let total = if found.more { index.count(&wanted).map_err(Error::from)? } else { found.total };
    let took = desk.clock.now().duration_since(before);
    let ids: Vec<ArticleId> = found.hits.iter().map(|hit| ArticleId(hit.id)).collect();
    let (publication, stories) = desk
        .store
        .read(move |db| {
            let stories = articles::by_ids(db, &ids)?;
            Ok::<_, Error>((site::load(db)?, articles::with_bodies(db, stories)?))
        })
        .await?;
    let publication = publication
        .ok_or_else(|| Failure::bad_input("there is no publication in this database yet; run warraq init"))?;
    let (mut hits, marker) = (Vec::new(), Marker::new(&wanted.query));
    for (story, body) in &stories {
        let score = found.hits.iter().find(|hit| hit.id == story.id.0).map_or(0.0, |hit| hit.score);
        let language = story.language.primary();
        hits.push(HitLine {
            id: story.id.0,
            guid: story.guid.clone(),
            url: publication.base_url.join(&format!("/a/{}", story.id)),
            title: story.headline.clone(),
            published: story.published_at.to_string(),
            score,
            snippet: desk.search.reading(|reader| marker.excerpt(&body.text(), language, reader)),
        });
    }
    Ok(Answer { query: typed.to_owned(), total, took_ms: took.as_secs_f64() * 1000.0, hits })
}

fn without_results(desk: &Desk, args: &SearchArgs) -> Result<(), Failure> {
    let limit = i64::try_from(args.limit).unwrap_or(i64::MAX);
    let found = block_on(desk.store.read(move |db| crate::store::searches::empty(db, limit).map_err(Error::from)))??;
    if args.json {
        return print_json(&found);
    }
    for search in &found {
        println!("{}\t{}", search.asked, search.words);
    }
    Ok(())
}
