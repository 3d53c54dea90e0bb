//! `warraq site`: what the publication is called, how it looks at dates, what it does with comments.

use std::fs;
use std::path::PathBuf;

use super::Failure;
use super::init::Plan;
use super::office::{Office, block_on};
use crate::desk::sites;
use crate::error::Error;
use crate::store::site;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print the publication's settings as TOML: change the text and give it back with `site change`.
    Show,
    /// Change the publication to what a TOML file says; what the file leaves out stays as it is.
    Change {
        /// The file.
        file: PathBuf,
    },
}

pub(super) fn run(command: &Command, office: &Office) -> Result<(), Failure> {
    let (desk, _) = office.open()?;
    let found = block_on(desk.store.read(|db| site::load(db).map_err(Error::from)))??;
    let site =
        found.ok_or_else(|| Failure::bad_input("there is no publication in this database yet; run warraq init"))?;
    match command {
        Command::Show => print!("{}", toml::to_string(&Plan::of(&site))?),
        Command::Change { file } => {
            let wrong = |error: &dyn std::fmt::Display| Failure::bad_input(format!("{}: {error}", file.display()));
            let text = fs::read_to_string(file).map_err(|error| wrong(&error))?;
            let mut wanted = toml::Table::try_from(Plan::of(&site))?;
            lay_over(&mut wanted, text.parse::<toml::Table>().map_err(|error| wrong(&error))?);
            let plan: Plan = wanted.try_into().map_err(|error| wrong(&error))?;
            let site = plan.into_site().map_err(|error| wrong(&error))?;
            let title = site.title.clone();
            block_on(sites::change(&desk, site))??;
            println!("«{title}» is as {} says; a running server shows it with the next page", file.display());
        }
    }
    Ok(())
}

/// What `over` names replaces what `table` has, table within table.
fn lay_over(table: &mut toml::Table, over: toml::Table) {
    for (name, value) in over {
        match (table.get_mut(&name), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(value)) => lay_over(below, value),
            (_, value) => {
                table.insert(name, value);
            }
        }
    }
}
