//! `warraq article`: what an editor does with an article, until the newsroom has pages for it.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::articles as verbs;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::article::{CorrectionKind, Status};
use crate::store::{articles, site};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Articles in one state, last changed first.
    List {
        /// draft, scheduled, published or withdrawn.
        #[arg(long, default_value = "draft")]
        status: String,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: i64,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Publish articles now.
    Publish {
        /// Their numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Let an article go out by itself.
    Schedule {
        /// Its number.
        id: i64,
        /// When: 2026-11-23T08:00 (in the site's time zone) or 2026-11-23T05:00:00Z.
        #[arg(long, value_name = "TIME")]
        at: String,
    },
    /// Take an article away from readers; its address says that it is gone.
    Withdraw {
        /// Its number.
        id: i64,
        /// What readers are told.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Tell readers how a published article was changed.
    Correct {
        /// Its number.
        id: i64,
        /// update, correction or clarification.
        #[arg(long, default_value = "correction")]
        kind: String,
        /// What changed, for the reader.
        #[arg(long)]
        note: String,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    match command {
        Command::List { status, limit, json } => {
            let status = Status::parse(status).ok_or_else(|| {
                Failure::bad_input(format!(
                    "there is no state «{status}»; write draft, scheduled, published or withdrawn"
                ))
            })?;
            let limit = *limit;
            let found =
                block_on(desk.store.read(move |db| articles::in_state(db, status, limit).map_err(Error::from)))??;
            if *json {
                let list = found.iter().map(|article| {
                    serde_json::json!({
                        "id": article.id.0,
                        "status": article.status.as_str(),
                        "headline": article.headline,
                        "published": article.published_at.map(|at| at.to_string()),
                        "scheduled": article.scheduled_at.map(|at| at.to_string()),
                    })
                });
                return print_json(&list.collect::<Vec<_>>());
            }
            for article in &found {
                let at = article.scheduled_at.or(article.published_at).map(|at| at.to_string()).unwrap_or_default();
                println!("{}\t{at}\t{}", article.id, article.headline);
            }
            if found.is_empty() {
                println!("no {} articles", status.as_str());
            }
        }
        Command::Publish { ids } => {
            for id in ids {
                block_on(verbs::publish(&desk, ArticleId(*id), None))??;
                println!("article {id}: published");
            }
        }
        Command::Schedule { id, at } => {
            let zone = block_on(desk.store.read(|db| site::load(db).map_err(Error::from)))??;
            let zone = zone
                .map(|site| site.time_zone)
                .ok_or_else(|| Failure::bad_input("there is no publication yet; run warraq init"))?;
            let local = || Some(at.parse::<DateTime>().ok()?.to_zoned(zone).ok()?.timestamp());
            let time = at.parse::<Timestamp>().ok().or_else(local);
            let time = time.ok_or_else(|| Failure::bad_input(format!("«{at}» is no time; write 2026-11-23T08:00")))?;
            block_on(verbs::schedule(&desk, ArticleId(*id), time))??;
            println!("article {id}: goes out at {time}, while the server runs or when it starts again");
        }
        Command::Withdraw { id, reason } => {
            block_on(verbs::withdraw(&desk, ArticleId(*id), reason))??;
            println!("article {id}: withdrawn");
        }
        Command::Correct { id, kind, note } => {
            let kind = CorrectionKind::parse(kind).ok_or_else(|| {
                Failure::bad_input(format!("there is no kind «{kind}»; write update, correction or clarification"))
            })?;
            block_on(verbs::correct(&desk, ArticleId(*id), kind, note))??;
            println!("article {id}: the note is public");
        }
    }
    Ok(())
}
