//! Accounts, as those see them who look after them.

use jiff::Timestamp;

use crate::news::staff::Role;
use crate::news::{PersonId, SectionId, UserId};
use crate::store::{Arg, Db, Row, StoreError, Tx, millis};

/// An account with everything that its owner and the owner of the publication may see. The address is not among it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: UserId,
    /// Name as colleagues see it.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Language of the interface; empty: the publication's.
    pub language: String,
    /// The person whose byline it is.
    pub person: Option<PersonId>,
    /// Whether a password was chosen.
    pub has_password: bool,
    /// Whether codes of a telephone are a second factor of it.
    pub has_factor: bool,
    /// Whether it has a passkey, which stands for both factors.
    pub has_passkey: bool,
    /// Since when it is closed, in milliseconds.
    pub disabled_at: Option<i64>,
    /// Since when it is there, in milliseconds.
    pub created_at: i64,
    /// When a session of it was last used, about, in milliseconds.
    pub seen_at: Option<i64>,
    /// Where it may work; empty: everywhere.
    pub sections: Vec<SectionId>,
}

macro_rules! account {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.role, u.language, u.person_id, CAST(CASE WHEN u.password_hash IS NULL THEN 0 ELSE 1 END AS BIGINT),
                    f.confirmed_at, u.disabled_at, u.created_at,
                    (SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id),
                    (SELECT string_agg(CAST(x.section_id AS TEXT), ',') FROM user_sections x WHERE x.user_id = u.id),
                    (SELECT MIN(p.id) FROM passkeys p WHERE p.user_id = u.id)
             FROM users u LEFT JOIN factors f ON f.user_id = u.id ",
            $rest
        )
    };
}

/// One account.
///
/// # Errors
/// The database.
pub fn by_id(db: &mut Db<'_>, id: UserId) -> Result<Option<Account>, StoreError> {
    db.first(account!("WHERE u.id = $1"), &[id.0.into()], read)
}

/// Accounts in order of number, after account `after`; closed ones too.
///
/// # Errors
/// The database.
pub fn list(db: &mut Db<'_>, after: UserId, limit: i64) -> Result<Vec<Account>, StoreError> {
    db.all(account!("WHERE u.id > $1 ORDER BY u.id LIMIT $2"), &[after.0.into(), limit.into()], read)
}

/// Is there no account at all? Then the first one may be made by whoever sees the console.
///
/// # Errors
/// The database.
pub fn none(db: &mut Db<'_>) -> Result<bool, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM users LIMIT 1", &[])?.is_none())
}

/// How many owners can sign in, apart from one account.
///
/// # Errors
/// The database.
pub fn owners_but(db: &mut Db<'_>, id: UserId) -> Result<i64, StoreError> {
    let owners = db.value::<i64>(
        "SELECT COUNT(*) FROM users WHERE role = 'owner' AND disabled_at IS NULL AND password_hash IS NOT NULL AND id <> $1",
        &[id.0.into()],
    )?;
    Ok(owners.unwrap_or(0))
}

/// The sealed address of an account, for a letter.
///
/// # Errors
/// The database.
pub fn address(db: &mut Db<'_>, id: UserId) -> Result<Option<Vec<u8>>, StoreError> {
    db.value("SELECT address FROM users WHERE id = $1", &[id.0.into()])
}

/// The hash of the password of an account.
///
/// # Errors
/// The database.
pub fn password(db: &mut Db<'_>, id: UserId) -> Result<Option<String>, StoreError> {
    db.value("SELECT password_hash FROM users WHERE id = $1 AND disabled_at IS NULL", &[id.0.into()])
}

/// Keep another password.
///
/// # Errors
/// The database.
pub fn set_password(tx: &mut Tx<'_>, id: UserId, hash: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE users SET password_hash = $2 WHERE id = $1", &[id.0.into(), hash.into()])?;
    Ok(())
}

/// Keep another role.
///
/// # Errors
/// The database.
pub fn set_role(tx: &mut Tx<'_>, id: UserId, role: Role) -> Result<(), StoreError> {
    tx.execute("UPDATE users SET role = $2 WHERE id = $1", &[id.0.into(), role.as_str().into()])?;
    Ok(())
}

/// Keep another name and language.
///
/// # Errors
/// The database.
pub fn set_name(tx: &mut Tx<'_>, id: UserId, name: &str, language: &str) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE users SET name = $2, language = $3 WHERE id = $1",
        &[id.0.into(), name.into(), language.into()],
    )?;
    Ok(())
}

/// Name the person whose byline it is.
///
/// # Errors
/// The database; there is no such person.
pub fn set_person(tx: &mut Tx<'_>, id: UserId, person: Option<PersonId>) -> Result<(), StoreError> {
    let person: Arg<'_> = person.map(|person| person.0).into();
    tx.execute("UPDATE users SET person_id = $2 WHERE id = $1", &[id.0.into(), person])?;
    Ok(())
}

/// Close an account, or open it again.
///
/// # Errors
/// The database.
pub fn set_disabled(tx: &mut Tx<'_>, id: UserId, since: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute("UPDATE users SET disabled_at = $2 WHERE id = $1", &[id.0.into(), since.map(millis).into()])?;
    Ok(())
}

/// Say where an account may work; nowhere named: everywhere.
///
/// # Errors
/// The database; there is no such section.
pub fn set_sections(tx: &mut Tx<'_>, id: UserId, sections: &[SectionId]) -> Result<(), StoreError> {
    tx.execute("DELETE FROM user_sections WHERE user_id = $1", &[id.0.into()])?;
    for section in sections {
        tx.execute(
            "INSERT INTO user_sections (user_id, section_id) VALUES ($1, $2) ON CONFLICT (user_id, section_id) DO NOTHING",
            &[id.0.into(), section.0.into()],
        )?;
    }
    Ok(())
}

/// Numbers of sections as one text holds them: `3,14`.
pub(in crate::store) fn read_sections(text: Option<&str>) -> Result<Vec<SectionId>, StoreError> {
    let numbers = text.unwrap_or_default().split(',').filter(|number| !number.is_empty());
    let mut sections = numbers
        .map(|number| number.parse().map(SectionId).map_err(|_| StoreError::Broken(format!("section {number}"))))
        .collect::<Result<Vec<_>, _>>()?;
    sections.sort_unstable();
    Ok(sections)
}

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    let role = row.get::<String>(2)?;
    Ok(Account {
        id: UserId(row.get(0)?),
        name: row.get(1)?,
        role: Role::parse(&role).ok_or_else(|| StoreError::Broken(format!("role {role}")))?,
        language: row.get(3)?,
        person: row.get::<Option<i64>>(4)?.map(PersonId),
        has_password: row.get(5)?,
        has_factor: row.get::<Option<i64>>(6)?.is_some(),
        disabled_at: row.get(7)?,
        created_at: row.get(8)?,
        seen_at: row.get(9)?,
        sections: read_sections(row.get::<Option<String>>(10)?.as_deref())?,
        has_passkey: row.get::<Option<i64>>(11)?.is_some(),
    })
}
