//! `warraq front`: the places of the front page that are filled by hand.

use super::Failure;
use super::office::{Office, block_on};
use crate::desk::fronts as verbs;
use crate::error::Error;
use crate::news::ArticleId;
use crate::news::front::SECONDS;
use crate::store::{articles, fronts};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// What is pinned.
    Show,
    /// Pin these articles, the first as the lead; all other places fill themselves.
    Set {
        /// Numbers of articles; none frees every place.
        ids: Vec<i64>,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    match command {
        Command::Show => {
            let slots = block_on(desk.store.read(|db| {
                let mut lines = Vec::new();
                for (place, id) in fronts::slots(db)? {
                    lines.push((
                        place,
                        id,
                        articles::record(db, id)?.map(|record| record.headline).unwrap_or_default(),
                    ));
                }
                Ok::<_, Error>(lines)
            }))??;
            for (place, id, headline) in &slots {
                println!("{place}\t{id}\t{headline}");
            }
            if slots.is_empty() {
                println!("nothing is pinned; the newest stories fill the front");
            }
        }
        Command::Set { ids } => {
            if ids.len() > SECONDS + 1 {
                return Err(Failure::bad_input(format!("the front has {} places to fill by hand", SECONDS + 1)));
            }
            let slots = (1..).zip(ids.iter().map(|id| ArticleId(*id))).collect();
            block_on(verbs::arrange(&desk, slots))??;
        }
    }
    Ok(())
}
