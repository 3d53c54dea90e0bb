//! What happens when an owner names the stages of drafts?
//!
//! A stage that is removed stays as a way to the one that takes its stories, so that no story has to be written to: those
//! that carry it stand there at once, however many they are, and so do those that come back to it later.

use jiff::Timestamp;

use crate::desk::{By, Desk};
use crate::error::Error;
use crate::identity;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::consequences::Change as Happened;
use crate::news::staff::{Right, Role};
use crate::news::stage::{Stage, Stages, Wrong};
use crate::store::{Tx, jobs, site, stories};

/// What is done to the stages.
#[derive(Debug, Clone)]
pub enum Change {
    /// Those that there are, named and ordered like this.
    Arrange {
        /// In order.
        order: Vec<Stage>,
        /// The key of the one where new stories begin.
        begins: String,
        /// Does a story go out from the last one alone?
        only_last_goes_out: bool,
    },
    /// One more.
    Add {
        /// What it is called.
        name: String,
        /// The key of the one before it; another one: it becomes the first.
        after: String,
    },
    /// One less.
    Remove {
        /// Its key.
        key: String,
        /// The key of the one where its stories go; needed where there are drafts.
        into: Option<String>,
    },
}

/// Change the stages. `seen` is the mark of those that whoever changes them had before them, if they said.
///
/// # Errors
/// The one who acts may not, others changed them meanwhile, what is wrong with a name, the database.
pub async fn change(desk: &Desk, change: Change, seen: Option<String>) -> Result<(), Error> {
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::Settle)?;
        let before = super::articles::expect_site(tx)?.settings.stages;
        if seen.is_some_and(|seen| seen != before.mark()) {
            return Err(Error::conflict("stages-changed", "somebody changed the stages meanwhile"));
        }
        let (stages, details) = changed(tx, &before, change)?;
        if stages == before { Ok(()) } else { keep(tx, &by, stages, &details, now) }
    })
    .await
}

/// The stages as they will be, and what the log says.
fn changed(tx: &mut Tx<'_>, before: &Stages, change: Change) -> Result<(Stages, String), Error> {
    let word = |stage: &Stage| before.word_for(&stage.key).to_owned();
    match change {
        Change::Arrange { order, begins, only_last_goes_out } => {
            let keys = |stages: &[Stage]| {
                let mut keys: Vec<String> = stages.iter().map(|stage| stage.key.clone()).collect();
                keys.sort();
                keys
            };
            if keys(&order) != keys(before.all()) {
                return Err(Error::conflict("stages-changed", "these are not the stages that there are"));
            }
            let stages = before.arranged(order, &begins, only_last_goes_out).map_err(flaw)?;
            let details = described(before, &stages);
            Ok((stages, details))
        }
        Change::Add { name, after } => {
            let stages = before.with(&name, &after).map_err(flaw)?;
            let new = stages.all().iter().find(|stage| !before.knows(&stage.key));
            let details = new.map_or_else(String::new, |stage| format!("+ {}", stage.name));
            Ok((stages, details))
        }
        Change::Remove { key, into } => {
            let stage = before.all().iter().find(|stage| stage.key == key);
            let stage = stage.ok_or_else(|| Error::conflict("no-such-stage", format!("there is no stage «{key}»")))?;
            let into = into.filter(|into| *into != key && before.knows(into));
            let drafts = stories::drafts_by_stage(tx)?;
            if into.is_none() && drafts.iter().any(|(key, _)| before.of(key).key == stage.key) {
                let says = format!("stories stand at «{}»; say where they go", word(stage));
                return Err(Error::conflict("stage-in-use", says));
            }
            let into = into.unwrap_or_default();
            let stages = before.without(&key, &into).map_err(flaw)?;
            let details = format!("− {} → {}", word(stage), stages.word_for(&key));
            Ok((stages, details))
        }
    }
}

/// All stages in order, with whoever alone takes stories on from there; then what else is another.
fn described(before: &Stages, after: &Stages) -> String {
    let stage = |stage: &Stage| match stage.taken_on_by {
        Role::Contributor => after.word_for(&stage.key).to_owned(),
        role => format!("{} ({})", after.word_for(&stage.key), role.as_str()),
    };
    let mut details = after.all().iter().map(stage).collect::<Vec<_>>().join(" · ");
    let begins = after.first_for_new();
    if before.first_for_new().key != begins.key {
        details.push_str(&format!("; begins = {}", after.word_for(&begins.key)));
    }
    if before.only_last_goes_out() != after.only_last_goes_out() {
        details.push_str(&format!("; only_last_goes_out = {}", after.only_last_goes_out()));
    }
    details
}

fn keep(tx: &mut Tx<'_>, by: &By, stages: Stages, details: &str, now: Timestamp) -> Result<(), Error> {
    let mut publication = super::articles::expect_site(tx)?;
    publication.settings.stages = stages;
    site::save(tx, &publication, now.as_millisecond())?;
    jobs::follow(tx, &Happened::SiteChanged { days_moved: false }, now)?;
    by.did(tx, Act::StagesChanged, (Noun::Site, 1), &identity::without_addresses(details), now)
}

fn flaw(wrong: Wrong) -> Error {
    Error::Invalid(vec![Flaw { field: "stage", reason: wrong.word() }])
}
