//! Staff accounts.

use crate::news::staff::{Role, Staff};
use crate::news::{PersonId, UserId};
use crate::store::accounts::read_sections;
use crate::store::{Arg, Db, Row, StoreError, Tx};

/// The columns that [`read_staff`] reads, from a table of users `u`. A section stands for those below it, too.
macro_rules! staff {
    ($rest:literal) => {
        concat!(
            "SELECT u.id, u.name, u.role, u.language,
               (SELECT string_agg(CAST(s.id AS TEXT), ',') FROM user_sections x
                JOIN sections o ON o.id = x.section_id
                JOIN sections s ON s.path = o.path OR substr(s.path, 1, length(o.path) + 1) = o.path || '/'
                WHERE x.user_id = u.id)",
            $rest
        )
    };
}
pub(in crate::store) use staff;

/// An account to be kept.
#[derive(Debug)]
pub struct NewUser<'a> {
    /// Its number.
    pub id: UserId,
    /// Name as colleagues see it.
    pub name: &'a str,
    /// What the account may do.
    pub role: Role,
    /// Sealed address.
    pub address: &'a [u8],
    /// Keyed hash of the address.
    pub address_index: &'a [u8; 32],
    /// Argon2id, PHC format; `None` until a password is chosen.
    pub password_hash: Option<&'a str>,
    /// Milliseconds.
    pub created_at: i64,
}

/// Does somebody who works here write under this byline?
///
/// # Errors
/// The database.
pub fn has_byline(db: &mut Db<'_>, person: PersonId) -> Result<bool, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM users WHERE person_id = $1 LIMIT 1", &[person.0.into()])?.is_some())
}

/// Keep a new account.
///
/// # Errors
/// The database; [`StoreError::Duplicate`] when the address has an account.
pub fn insert(tx: &mut Tx<'_>, user: &NewUser<'_>) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        user.id.0.into(),
        user.name.into(),
        user.role.as_str().into(),
        user.address.into(),
        user.address_index.into(),
        user.password_hash.into(),
        user.created_at.into(),
    ];
    tx.execute("INSERT INTO users (id, name, role, address, address_index, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)", &args)?;
    Ok(())
}

/// Is there an account with this address already?
///
/// # Errors
/// The database.
pub fn exists(db: &mut Db<'_>, address_index: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(db.value::<i64>("SELECT id FROM users WHERE address_index = $1", &[address_index.into()])?.is_some())
}

/// What it takes to let somebody in.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Who it is.
    pub staff: Staff,
    /// Argon2id, PHC format; `None` until a password is chosen.
    pub password_hash: Option<String>,
    /// The account was closed.
    pub is_disabled: bool,
    /// The password alone is not enough: there is a second factor, or a passkey.
    pub has_factor: bool,
}

/// The account with this address.
///
/// # Errors
/// The database.
pub fn by_address(db: &mut Db<'_>, address_index: &[u8; 32]) -> Result<Option<Credentials>, StoreError> {
    db.first(
        staff!(
            ", u.password_hash, u.disabled_at,
               COALESCE(f.confirmed_at, (SELECT MIN(p.created_at) FROM passkeys p WHERE p.user_id = u.id))
             FROM users u LEFT JOIN factors f ON f.user_id = u.id WHERE u.address_index = $1"
        ),
        &[address_index.into()],
        |row| {
            Ok(Credentials {
                staff: read_staff(row)?,
                password_hash: row.get(5)?,
                is_disabled: row.get::<Option<i64>>(6)?.is_some(),
                has_factor: row.get::<Option<i64>>(7)?.is_some(),
            })
        },
    )
}

/// Everybody who can sign in, by name.
///
/// # Errors
/// The database.
pub fn all(db: &mut Db<'_>) -> Result<Vec<Staff>, StoreError> {
    db.all(staff!(" FROM users u WHERE u.disabled_at IS NULL ORDER BY u.name, u.id"), &[], read_staff)
}

/// The columns of `staff!`.
pub(in crate::store) fn read_staff(row: &Row<'_>) -> Result<Staff, StoreError> {
    let role = row.get::<String>(2)?;
    let role = Role::parse(&role).ok_or_else(|| StoreError::Broken(format!("role {role}")))?;
    Ok(Staff {
        id: UserId(row.get(0)?),
        name: row.get(1)?,
        role,
        language: row.get(3)?,
        sections: read_sections(row.get::<Option<String>>(4)?.as_deref())?,
    })
}

/// The names of the newsroom, so that a comment under one of them can be held.
///
/// # Errors
/// The database.
pub fn names(db: &mut Db<'_>) -> Result<Vec<String>, StoreError> {
    db.all("SELECT name FROM users", &[], |row| row.get(0))
}
