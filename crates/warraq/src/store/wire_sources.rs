//! Which feeds are asked by themselves, and which of them is to be asked now?

use jiff::Timestamp;

use crate::news::language::Language;
use crate::news::wire::{Claimed, Rule, Source, SourceFields, Trouble};
use crate::news::{SectionId, WireSourceId};
use crate::store::{Arg, Db, Row, Sql, StoreError, Tx, millis, timestamp};

macro_rules! columns {
    () => {
        "id, name, address, licence, section_id, language, rule, minutes, active, tried_at, succeeded_at, stories, \
         trouble, trouble_detail, failures, due_at, tag, modified, leased_until"
    };
}

/// What came of asking a source.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// `ETag` and `Last-Modified` of a new answer; `None` leaves what is known.
    pub known: Option<(&'a str, &'a str)>,
    /// How many stories a new answer had.
    pub stories: Option<i64>,
    /// What is wrong with it, if something is.
    pub trouble: Option<(Trouble, &'a str)>,
    /// How often it failed in a row.
    pub failures: i64,
    /// When it was asked.
    pub at: Timestamp,
    /// When it is asked again.
    pub due: Timestamp,
}

/// Keep a new source; it is due at once.
///
/// # Errors
/// The database.
pub fn add(tx: &mut Tx<'_>, fields: &SourceFields, now: Timestamp) -> Result<WireSourceId, StoreError> {
    let id = WireSourceId(tx.next_id("wire source")?);
    let [name, address, licence, section, language, rule, minutes] = values(fields);
    tx.execute(
        "INSERT INTO wire_sources (id, name, address, licence, section_id, language, rule, minutes, active, tag, modified, stories,
                                   trouble, trouble_detail, failures, due_at, leased_until, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, '', '', 0, '', '', 0, $9, 0, $9)",
        &[id.0.into(), name, address, licence, section, language, rule, minutes, millis(now).into()],
    )?;
    Ok(id)
}

/// Say something else about a source.
///
/// # Errors
/// The database.
pub fn change(tx: &mut Tx<'_>, id: WireSourceId, fields: &SourceFields) -> Result<(), StoreError> {
    let [name, address, licence, section, language, rule, minutes] = values(fields);
    tx.execute(
        "UPDATE wire_sources SET name = $2, address = $3, licence = $4, section_id = $5, language = $6, rule = $7, minutes = $8
         WHERE id = $1",
        &[id.0.into(), name, address, licence, section, language, rule, minutes],
    )?;
    Ok(())
}

fn values(fields: &SourceFields) -> [Arg<'_>; 7] {
    [
        (&fields.name).into(),
        (&fields.address).into(),
        (&fields.licence).into(),
        fields.section.map(|section| section.0).into(),
        fields.language.as_ref().map_or("", Language::as_str).into(),
        fields.rule.as_str().into(),
        fields.minutes.into(),
    ]
}

/// Ask it for everything at the next opportunity, as if it were new: what it told before is forgotten.
///
/// # Errors
/// The database.
pub fn ask_anew(tx: &mut Tx<'_>, id: WireSourceId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_sources SET tag = '', modified = '', failures = 0, due_at = $2 WHERE id = $1",
        &[id.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Let it rest, or go on, from now.
///
/// # Errors
/// The database.
pub fn set_active(tx: &mut Tx<'_>, id: WireSourceId, active: bool, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_sources SET active = $2, due_at = $3 WHERE id = $1",
        &[id.0.into(), active.into(), millis(now).into()],
    )?;
    Ok(())
}

/// Ask it no more. What came of it still names it.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, id: WireSourceId, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE wire_sources SET active = 0, removed_at = $2 WHERE id = $1",
        &[id.0.into(), millis(now).into()],
    )?;
    Ok(())
}

/// A source that is kept.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: WireSourceId) -> Result<Option<Source>, StoreError> {
    const ONE: Sql = concat!("SELECT ", columns!(), " FROM wire_sources WHERE id = $1 AND removed_at IS NULL");
    db.first(ONE, &[id.0.into()], read)
}

/// The source with this address, if there is one.
///
/// # Errors
/// The database.
pub fn by_address(db: &mut Db<'_>, address: &str) -> Result<Option<WireSourceId>, StoreError> {
    let sql = "SELECT id FROM wire_sources WHERE address = $1 AND removed_at IS NULL";
    Ok(db.value::<i64>(sql, &[address.into()])?.map(WireSourceId))
}

/// The sources that are kept, with a larger number than `after`, in the order in which they were added.
///
/// # Errors
/// The database.
pub fn after(db: &mut Db<'_>, after: WireSourceId, limit: i64) -> Result<Vec<Source>, StoreError> {
    const PAGE: Sql =
        concat!("SELECT ", columns!(), " FROM wire_sources WHERE id > $1 AND removed_at IS NULL ORDER BY id LIMIT $2");
    db.all(PAGE, &[after.0.into(), limit.into()], read)
}

/// How many sources are kept.
///
/// # Errors
/// The database.
pub fn count(db: &mut Db<'_>) -> Result<i64, StoreError> {
    Ok(db.value::<i64>("SELECT COUNT(*) FROM wire_sources WHERE removed_at IS NULL", &[])?.unwrap_or(0))
}

/// Take up to `limit` sources that are due and that nobody asks; nobody else gets them before `until`.
///
/// # Errors
/// The database.
pub fn claim(tx: &mut Tx<'_>, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Claimed>, StoreError> {
    const CLAIM: Sql = concat!(
        "UPDATE wire_sources SET leased_until = $2
         WHERE id IN (SELECT id FROM wire_sources WHERE active = 1 AND removed_at IS NULL AND due_at <= $1 AND leased_until <= $1
                      ORDER BY due_at, id LIMIT $3)
         RETURNING ",
        columns!()
    );
    tx.all(CLAIM, &[millis(now).into(), millis(until).into(), limit.into()], |row| {
        Ok(Claimed { source: read(row)?, known: (row.get(16)?, row.get(17)?), until: timestamp(row.get(18)?)? })
    })
}

/// Is it still in these hands?
///
/// # Errors
/// The database.
pub fn holds(db: &mut Db<'_>, claimed: &Claimed) -> Result<bool, StoreError> {
    let sql = "SELECT id FROM wire_sources WHERE id = $1 AND leased_until = $2 AND removed_at IS NULL";
    Ok(db.value::<i64>(sql, &[claimed.source.id.0.into(), millis(claimed.until).into()])?.is_some())
}

/// Is it still in these hands, and nobody has said anything else about it since: neither that it rests, nor another
/// address, rule or section?
///
/// # Errors
/// The database.
pub fn is_as_claimed(db: &mut Db<'_>, claimed: &Claimed) -> Result<bool, StoreError> {
    let fields = &claimed.source.fields;
    let sql = "SELECT id FROM wire_sources WHERE id = $1 AND leased_until = $2 AND removed_at IS NULL AND active = 1
               AND address = $3 AND rule = $4 AND COALESCE(section_id, 0) = $5";
    let args = [
        claimed.source.id.0.into(),
        millis(claimed.until).into(),
        (&fields.address).into(),
        fields.rule.as_str().into(),
        fields.section.map_or(0, |id| id.0).into(),
    ];
    Ok(db.value::<i64>(sql, &args)?.is_some())
}

/// Write down what came of asking, and give the source back. Where its address was changed while it was being asked, it
/// stays due, and nothing of the old one is remembered.
///
/// # Errors
/// The database.
pub fn close(tx: &mut Tx<'_>, claimed: &Claimed, outcome: &Outcome<'_>) -> Result<(), StoreError> {
    let id = claimed.source.id;
    let same = "SELECT id FROM wire_sources WHERE id = $1 AND address = $2";
    if tx.value::<i64>(same, &[id.0.into(), (&claimed.source.fields.address).into()])?.is_none() {
        tx.execute("UPDATE wire_sources SET leased_until = 0 WHERE id = $1", &[id.0.into()])?;
        return Ok(());
    }
    let (trouble, detail) = outcome.trouble.map_or(("", ""), |(trouble, detail)| (trouble.as_str(), detail));
    tx.execute(
        "UPDATE wire_sources SET leased_until = 0, tried_at = $2, due_at = $3, failures = $4, trouble = $5, trouble_detail = $6,
                succeeded_at = CASE WHEN $5 = '' THEN $2 ELSE succeeded_at END, tag = COALESCE($7, tag),
                modified = COALESCE($8, modified), stories = COALESCE($9, stories)
         WHERE id = $1",
        &[
            id.0.into(),
            millis(outcome.at).into(),
            millis(outcome.due).into(),
            outcome.failures.into(),
            trouble.into(),
            detail.into(),
            outcome.known.map(|(tag, _)| tag).into(),
            outcome.known.map(|(_, modified)| modified).into(),
            outcome.stories.into(),
        ],
    )?;
    Ok(())
}

/// When the next source is to be asked.
///
/// # Errors
/// The database.
pub fn next_due(db: &mut Db<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT MIN(CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END) FROM wire_sources
               WHERE active = 1 AND removed_at IS NULL";
    db.value::<i64>(sql, &[])?.map(timestamp).transpose()
}

fn read(row: &Row<'_>) -> Result<Source, StoreError> {
    let time = |column: usize| row.get::<Option<i64>>(column)?.map(timestamp).transpose();
    let (language, rule, trouble): (String, String, String) = (row.get(5)?, row.get(6)?, row.get(12)?);
    let broken = |what: &str, word: &str| StoreError::Broken(format!("{what} of a wire source: {word}"));
    Ok(Source {
        id: WireSourceId(row.get(0)?),
        fields: SourceFields {
            name: row.get(1)?,
            address: row.get(2)?,
            licence: row.get(3)?,
            section: row.get::<Option<i64>>(4)?.map(SectionId),
            language: Language::parse(&language).ok(),
            rule: Rule::parse(&rule).ok_or_else(|| broken("rule", &rule))?,
            minutes: row.get(7)?,
        },
        active: row.get::<i64>(8)? == 1,
        tried_at: time(9)?,
        succeeded_at: time(10)?,
        stories: row.get(11)?,
        trouble: Trouble::parse(&trouble).map(|trouble| Ok::<_, StoreError>((trouble, row.get(13)?))).transpose()?,
        failures: row.get(14)?,
        due_at: timestamp(row.get(15)?)?,
    })
}
