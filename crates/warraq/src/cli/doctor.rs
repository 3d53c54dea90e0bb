//! `warraq doctor`: is everything well?

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::Desk;
use crate::error::Error;
use crate::media::StoredName;
use crate::news::wire::{MAX_SOURCES, Source};
use crate::news::{ArticleId, WireSourceId};
use crate::store::{articles, comments, health, jobs, site, wire_sources};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One JSON document.
    #[arg(long)]
    json: bool,
}

/// How much of a parked job is shown: what follows in a letter is sealed and long.
const JOB: usize = 120;

/// One thing that was looked at.
#[derive(Debug, serde::Serialize)]
struct Finding {
    check: &'static str,
    well: bool,
    words: String,
}

pub(super) fn run(args: &Args, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let findings = block_on(examine(&desk))??;
    let well = findings.iter().all(|finding| finding.well);
    if args.json {
        print_json(&serde_json::json!({ "well": well, "checks": findings }))?;
    } else {
        for finding in &findings {
            println!("{} {}: {}", if finding.well { "✓" } else { "✗" }, finding.check, finding.words);
        }
    }
    if well { Ok(()) } else { Err(anyhow::anyhow!("something is not well; see the lines marked ✗").into()) }
}

async fn examine(desk: &Desk) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    let mut note = |check, well, words: String| findings.push(Finding { check, well, words });
    let publication = desk.store.read(|db| Ok::<_, Error>(site::load(db)?)).await?;
    note(
        "publication",
        publication.is_some(),
        publication.map_or("none yet; run warraq init".into(), |site| format!("«{}»", site.title)),
    );
    let damage = desk.store.read(|db| Ok::<_, Error>(health::damage(db)?)).await?;
    note("database", damage.is_empty(), if damage.is_empty() { "holds together".into() } else { damage.join("; ") });
    let wrong = desk.store.read(|db| Ok::<_, Error>(health::wrong_counts(db)?)).await?;
    note(
        "counters",
        wrong == 0,
        if wrong == 0 {
            "agree with what they count".into()
        } else {
            format!("{wrong} do not agree with what they count")
        },
    );
    let sealed = desk.store.read(|db| Ok::<_, Error>(comments::sealed_samples(db, 20)?)).await?;
    let closed = sealed.iter().filter(|sealed| desk.keys.open_address(sealed).is_err()).count();
    note(
        "keys",
        closed == 0,
        if sealed.is_empty() {
            "no address is kept yet".into()
        } else if closed == 0 {
            format!("open all {} addresses tried", sealed.len())
        } else {
            format!("{closed} of {} addresses tried were sealed with another key", sealed.len())
        },
    );
    let missing = missing_media(desk).await?;
    note(
        "media",
        missing.is_empty(),
        if missing.is_empty() { "every picture is there".into() } else { format!("missing: {}", missing.join(", ")) },
    );
    let census = desk.store.read(|db| Ok::<_, Error>(jobs::census(db)?)).await?;
    let parked = desk.store.read(|db| Ok::<_, Error>(jobs::parked(db, 5)?)).await?;
    let words = if parked.is_empty() {
        census.iter().map(|(state, count)| format!("{count} {state}")).collect::<Vec<_>>().join(", ")
    } else {
        parked
            .iter()
            .map(|(id, job, error)| {
                let job: String = job.chars().take(JOB).collect();
                format!("job {id} {job} failed too often and waits for a person: {error}")
            })
            .collect::<Vec<_>>()
            .join("; ")
    };
    let letters = match desk.mail.outbox() {
        None => "leave by the server of [mail]".to_owned(),
        Some(folder) => format!(
            "are written into {} and leave by nobody: invitations and new passwords reach people only when [mail] in \
             warraq.toml names a server",
            folder.display()
        ),
    };
    note("letters", true, letters);
    let sources = desk.store.read(|db| Ok::<_, Error>(wire_sources::after(db, WireSourceId(0), MAX_SOURCES)?)).await?;
    // A feed of somebody else that is broken is told of; it makes nothing here unwell.
    note("wire", true, wire(&sources));
    note("queue", parked.is_empty(), if words.is_empty() { "nothing left to do".into() } else { words });
    Ok(findings)
}

/// How the sources of wire copy are.
fn wire(sources: &[Source]) -> String {
    let troubled: Vec<String> = sources
        .iter()
        .filter(|source| source.active)
        .filter_map(|source| {
            let (trouble, _) = source.trouble.as_ref()?;
            Some(format!("{} ({}, {} times in a row)", source.fields.name, trouble.as_str(), source.failures))
        })
        .collect();
    match (sources.len(), troubled.len()) {
        (0, _) => "no source is asked".into(),
        (all, 0) => format!("{all} sources, none of them in trouble"),
        (all, some) => format!("{some} of {all} sources gave nothing when last asked: {}", troubled.join(", ")),
    }
}

/// Pictures of published articles whose file is not in the media folder.
async fn missing_media(desk: &Desk) -> Result<Vec<String>, Error> {
    let mut missing = Vec::new();
    let mut last = ArticleId(0);
    loop {
        let step = desk.store.read(move |db| Ok::<_, Error>(articles::after(db, last, 500)?)).await?;
        let Some(newest) = step.last() else { return Ok(missing) };
        last = newest.id;
        for picture in step.iter().filter_map(|summary| summary.picture.as_ref()) {
            for file in picture.media.files() {
                if !StoredName::parse(file).is_ok_and(|name| desk.media.path(&name).is_file()) {
                    missing.push(file.clone());
                }
            }
        }
    }
}
