//! Which feeds does the publication ask by itself, and who says so?

use jiff::SignedDuration;

use crate::desk::Desk;
use crate::error::Error;
use crate::news::WireSourceId;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::staff::{Right, Staff};
use crate::news::wire::{Claimed, MAX_SOURCES, Source, SourceFields};
use crate::store::{Tx, sections, wire_sources, wire_stories};

/// For how long a source is in the hands of whoever asks it. One who dies gives it back after this.
const LEASE: SignedDuration = SignedDuration::from_mins(4);

/// What is done to a source as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It rests.
    Pause,
    /// It is asked again, at once.
    Resume,
    /// It is asked at once, for everything that it has.
    Ask,
    /// It is asked no more. What came of it stays for its thirty days.
    Remove,
}

/// Add a source. It is asked at once.
///
/// # Errors
/// What is wrong with it, the account may not, the database.
pub async fn add(desk: &Desk, staff: &Staff, fields: SourceFields) -> Result<WireSourceId, Error> {
    let fields = checked(fields)?;
    let (by, now, staff) = (desk.by.clone(), desk.clock.now(), staff.clone());
    desk.write(move |tx| {
        by.must(tx, Right::KeepWires)?;
        may_say(tx, &staff, &fields)?;
        if wire_sources::by_address(tx, &fields.address)?.is_some() {
            return Err(flaw("wire-address", "already-there"));
        }
        if wire_sources::count(tx)? >= MAX_SOURCES {
            return Err(flaw("wire-sources", "too-many"));
        }
        let id = wire_sources::add(tx, &fields, now)?;
        by.did(tx, Act::WireSourceAdded, (Noun::WireSource, id.0), &details(&fields), now)?;
        Ok(id)
    })
    .await
}

/// Say something else about a source. With another address it is asked at once, as if it were new.
///
/// # Errors
/// As [`add`]; no such source.
pub async fn change(desk: &Desk, staff: &Staff, id: WireSourceId, fields: SourceFields) -> Result<(), Error> {
    let fields = checked(fields)?;
    let (by, now, staff) = (desk.by.clone(), desk.clock.now(), staff.clone());
    desk.write(move |tx| {
        by.must(tx, Right::KeepWires)?;
        let source = expect(tx, id)?;
        may_say(tx, &staff, &source.fields)?;
        may_say(tx, &staff, &fields)?;
        if wire_sources::by_address(tx, &fields.address)?.is_some_and(|other| other != id) {
            return Err(flaw("wire-address", "already-there"));
        }
        wire_sources::change(tx, id, &fields)?;
        if source.fields.address != fields.address {
            wire_sources::ask_anew(tx, id, now)?;
        }
        by.did(tx, Act::WireSourceChanged, (Noun::WireSource, id.0), &details(&fields), now)
    })
    .await
}

/// Pause, resume, ask or remove a source.
///
/// # Errors
/// No such source, the account may not, the database.
pub async fn turn(desk: &Desk, staff: &Staff, id: WireSourceId, turn: Turn) -> Result<(), Error> {
    let (by, now, staff) = (desk.by.clone(), desk.clock.now(), staff.clone());
    desk.write(move |tx| {
        by.must(tx, Right::KeepWires)?;
        let source = expect(tx, id)?;
        may_say(tx, &staff, &source.fields)?;
        let (act, word) = match turn {
            Turn::Pause => (Act::WireSourceChanged, "pause"),
            Turn::Resume => (Act::WireSourceChanged, "resume"),
            Turn::Ask => (Act::WireSourceChanged, "ask"),
            Turn::Remove => (Act::WireSourceRemoved, ""),
        };
        match turn {
            Turn::Pause => wire_sources::set_active(tx, id, false, now)?,
            Turn::Resume => wire_sources::set_active(tx, id, true, now)?,
            Turn::Ask => wire_sources::ask_anew(tx, id, now)?,
            Turn::Remove => {
                wire_sources::remove(tx, id, now)?;
                wire_stories::orphan(tx, id, now)?;
            }
        }
        let details = format!("{} {word}", source.fields.name);
        by.did(tx, act, (Noun::WireSource, id.0), details.trim_end(), now)
    })
    .await
}

/// Take up to `limit` sources that are due, so that nobody else asks them meanwhile.
///
/// # Errors
/// The database.
pub async fn claim(desk: &Desk, limit: usize) -> Result<Vec<Claimed>, Error> {
    let now = desk.clock.now();
    // Looking first spares an idle server a write transaction.
    let due = desk.store.read(|db| Ok::<_, Error>(wire_sources::next_due(db)?)).await?;
    if due.is_none_or(|due| due > now) {
        return Ok(Vec::new());
    }
    desk.write(move |tx| Ok(wire_sources::claim(tx, now, now + LEASE, limit as i64)?)).await
}

fn checked(fields: SourceFields) -> Result<SourceFields, Error> {
    let fields = fields.tidied();
    let flaws = fields.flaws();
    if flaws.is_empty() { Ok(fields) } else { Err(Error::Invalid(flaws)) }
}

fn flaw(field: &'static str, reason: &'static str) -> Error {
    Error::Invalid(vec![Flaw { field, reason }])
}

fn expect(tx: &mut Tx<'_>, id: WireSourceId) -> Result<Source, Error> {
    wire_sources::by_id(tx, id)?.ok_or_else(|| Error::NotFound(format!("wire source {id}")))
}

/// Whoever is confined to sections says what stands in them, and nothing of other sources.
fn may_say(tx: &mut Tx<'_>, staff: &Staff, fields: &SourceFields) -> Result<(), Error> {
    if let Some(section) = fields.section
        && !sections::all(tx)?.iter().any(|known| known.id == section)
    {
        return Err(flaw("wire-section", "required"));
    }
    if staff.may_take(fields.section) { Ok(()) } else { Err(Error::NotAllowed) }
}

/// For the log: an address may hold a secret in its parameters.
fn details(fields: &SourceFields) -> String {
    format!("{} ({}, {})", fields.name, crate::fetch::Told::from(fields.address.as_str()), fields.rule.as_str())
}
