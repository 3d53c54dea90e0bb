//! Who was asked to join and has not answered.

use crate::news::staff::Role;
use crate::news::{SectionId, UserId};
use crate::store::accounts::read_sections;
use crate::store::{Db, Row, StoreError, Tx};

/// An invitation. The address in it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its number.
    pub id: i64,
    /// Who it is, as the one who asks calls them.
    pub name: String,
    /// What the account will be allowed to do.
    pub role: Role,
    /// Where; empty: everywhere.
    pub sections: Vec<SectionId>,
    /// Language of the letter and of the interface.
    pub language: String,
    /// Who asks.
    pub by: Option<UserId>,
    /// In milliseconds.
    pub created_at: i64,
    /// In milliseconds.
    pub ends_at: i64,
    /// Sealed.
    pub address: Vec<u8>,
    /// Keyed hash of the address.
    pub address_index: Vec<u8>,
}

/// Keep an invitation in the place of an earlier one to the same address.
///
/// # Errors
/// The database.
pub fn keep(tx: &mut Tx<'_>, invitation: &Invitation, token_hash: &[u8; 32]) -> Result<(), StoreError> {
    let sections = invitation.sections.iter().map(|section| section.0.to_string()).collect::<Vec<_>>().join(",");
    tx.execute("DELETE FROM invitations WHERE address_index = $1", &[invitation.address_index.as_slice().into()])?;
    tx.execute(
        "INSERT INTO invitations
           (id, token_hash, address, address_index, name, role, sections, language, user_id, created_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            invitation.id.into(),
            token_hash.into(),
            invitation.address.as_slice().into(),
            invitation.address_index.as_slice().into(),
            (&invitation.name).into(),
            invitation.role.as_str().into(),
            (&sections).into(),
            (&invitation.language).into(),
            invitation.by.map(|by| by.0).into(),
            invitation.created_at.into(),
            invitation.ends_at.into(),
        ],
    )?;
    Ok(())
}

/// The invitation that a link leads to, while it is valid.
///
/// # Errors
/// The database.
pub fn by_token(db: &mut Db<'_>, token_hash: &[u8; 32], now: i64) -> Result<Option<Invitation>, StoreError> {
    db.first(
        "SELECT id, name, role, sections, language, user_id, created_at, ends_at, address, address_index
         FROM invitations WHERE token_hash = $1 AND ends_at > $2",
        &[token_hash.into(), now.into()],
        read,
    )
}

/// All of them, the newest first.
///
/// # Errors
/// The database.
pub fn all(db: &mut Db<'_>, limit: i64) -> Result<Vec<Invitation>, StoreError> {
    db.all(
        "SELECT id, name, role, sections, language, user_id, created_at, ends_at, address, address_index
         FROM invitations ORDER BY id DESC LIMIT $1",
        &[limit.into()],
        read,
    )
}

/// Take one away; says whether it was there.
///
/// # Errors
/// The database.
pub fn remove(tx: &mut Tx<'_>, id: i64) -> Result<bool, StoreError> {
    Ok(tx.execute("DELETE FROM invitations WHERE id = $1", &[id.into()])? > 0)
}

/// Forget those that nobody answered, with their addresses.
///
/// # Errors
/// The database.
pub fn sweep(tx: &mut Tx<'_>, ended_before: i64) -> Result<u64, StoreError> {
    tx.execute("DELETE FROM invitations WHERE ends_at <= $1", &[ended_before.into()])
}

fn read(row: &Row<'_>) -> Result<Invitation, StoreError> {
    let role = row.get::<String>(2)?;
    Ok(Invitation {
        id: row.get(0)?,
        name: row.get(1)?,
        role: Role::parse(&role).ok_or_else(|| StoreError::Broken(format!("role {role}")))?,
        sections: read_sections(Some(&row.get::<String>(3)?))?,
        language: row.get(4)?,
        by: row.get::<Option<i64>>(5)?.map(UserId),
        created_at: row.get(6)?,
        ends_at: row.get(7)?,
        address: row.get(8)?,
        address_index: row.get(9)?,
    })
}
