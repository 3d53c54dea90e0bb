//! `warraq jobs`: what is left to do, and what waits for a person.

use super::Failure;
use super::office::{Office, block_on};
use crate::desk::queue;
use crate::error::Error;
use crate::store::jobs;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// How many jobs there are, and which failed too often.
    List,
    /// Give jobs that failed too often another chance.
    Retry,
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    match command {
        Command::List => {
            let (census, parked) =
                block_on(desk.store.read(|db| Ok::<_, Error>((jobs::census(db)?, jobs::parked(db, 100)?))))??;
            for (state, count) in &census {
                println!("{count}\t{state}");
            }
            for (id, job, error) in &parked {
                println!("job {id} {job}: {error}");
            }
            if census.is_empty() {
                println!("nothing left to do");
            }
        }
        Command::Retry => {
            let count = block_on(queue::retry_parked(&desk))??;
            println!("{count} jobs will be tried again while the server runs");
        }
    }
    Ok(())
}
