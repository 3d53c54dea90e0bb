//! `warraq comments`: what waits, and what becomes of it. Addresses are not shown.

use super::Failure;
use super::office::{Office, block_on, print_json};
use crate::desk::comments as verbs;
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::news::CommentId;
use crate::news::comment::{CommentCase, Status};
use crate::store::comments::{self, Own};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Comments in one state, newest first.
    List {
        /// held, published, hidden or spam.
        #[arg(long, default_value = "held")]
        status: String,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: i64,
        /// Only comments with a smaller number: the next page of a long list.
        #[arg(long)]
        before: Option<i64>,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Show comments to readers.
    Approve {
        /// Their numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// Take comments away from readers.
    Hide {
        /// Their numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
        /// Why, for the newsroom.
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Mark comments as spam.
    Spam {
        /// Their numbers.
        #[arg(required = true)]
        ids: Vec<i64>,
    },
    /// What is kept of one person who commented; with --erase it is forgotten.
    Person {
        /// Their e-mail address; it is not written down.
        email: String,
        /// Forget who wrote their comments: name, website, address and network.
        #[arg(long)]
        erase: bool,
        /// What they wrote is taken away, too.
        #[arg(long, requires = "erase")]
        with_texts: bool,
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    if let Command::List { status, limit, before, json } = command {
        let status = Status::parse(status).ok_or_else(|| {
            Failure::bad_input(format!("there is no state «{status}»; write held, published, hidden or spam"))
        })?;
        return list(office, status, *limit, before.unwrap_or(i64::MAX), *json);
    }
    if let Command::Person { email, erase, with_texts, json } = command {
        let email = PrivateEmail::parse(email).map_err(|error| Failure::bad_input(error.to_string()))?;
        return if *erase { forget(office, &email, *with_texts, *json) } else { person(office, &email, *json) };
    }
    let (desk, _) = office.open()?;
    block_on(async {
        match command {
            Command::List { .. } | Command::Person { .. } => {}
            Command::Approve { ids } => {
                for id in ids {
                    verbs::approve(&desk, CommentId(*id)).await?;
                    println!("comment {id}: published");
                }
            }
            Command::Hide { ids, reason } => {
                for id in ids {
                    verbs::hide(&desk, CommentId(*id), reason).await?;
                    println!("comment {id}: hidden");
                }
            }
            Command::Spam { ids } => {
                for id in ids {
                    verbs::mark_as_spam(&desk, CommentId(*id)).await?;
                    println!("comment {id}: spam");
                }
            }
        }
        Ok::<(), Error>(())
    })??;
    Ok(())
}

fn list(office: &Office, status: Status, limit: i64, before: i64, json: bool) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let cases = block_on(
        desk.store.read(move |db| comments::cases(db, status, CommentId(before), limit).map_err(Error::from)),
    )??;
    if json {
        return print_json(&cases.iter().map(as_json).collect::<Vec<_>>());
    }
    if cases.is_empty() {
        println!("no {} comments", status.as_str());
    }
    for case in &cases {
        println!(
            "{}\t{}\t{}\t«{}»",
            case.comment.id,
            case.comment.at,
            case.reason.map_or("", |reason| reason.as_str()),
            case.headline
        );
        println!("\t{}: {}", case.comment.author, case.text.replace('\n', "\n\t"));
    }
    Ok(())
}

fn person(office: &Office, email: &PrivateEmail, json: bool) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let own = block_on(verbs::of_person(&desk, email))??;
    if json {
        return print_json(&own.iter().map(own_as_json).collect::<Vec<_>>());
    }
    for comment in &own {
        println!("{}\t{}\t{}\t«{}»", comment.id, comment.at, comment.status.as_str(), comment.article.1);
        println!("\t{}: {}", comment.author, comment.text.replace('\n', "\n\t"));
    }
    println!("{} comments are known by this address. Where addresses have expired, nobody can tell.", own.len());
    Ok(())
}

fn forget(office: &Office, email: &PrivateEmail, with_texts: bool, json: bool) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let done = block_on(verbs::erase(&desk, email, with_texts))??;
    if json {
        return print_json(&serde_json::json!({ "comments": done.comments, "texts": done.texts }));
    }
    println!("{} comments no longer say who wrote them; the texts of {} are gone.", done.comments, done.texts);
    Ok(())
}

fn own_as_json(own: &Own) -> serde_json::Value {
    serde_json::json!({
        "id": own.id.0,
        "article": own.article.0.0,
        "headline": own.article.1,
        "status": own.status.as_str(),
        "author": own.author,
        "url": own.url,
        "text": own.text,
        "date": own.at.to_string(),
        "has_network": own.has_network,
    })
}

fn as_json(case: &CommentCase) -> serde_json::Value {
    serde_json::json!({
        "id": case.comment.id.0,
        "article": case.comment.article.0,
        "parent": case.comment.parent.map(|parent| parent.0),
        "status": case.status.as_str(),
        "reason": case.reason.map(|reason| reason.as_str()),
        "author": case.comment.author,
        "url": case.comment.url,
        "text": case.text,
        "date": case.comment.at.to_string(),
        "headline": case.headline,
    })
}
