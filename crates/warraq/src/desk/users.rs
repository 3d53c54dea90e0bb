//! Staff accounts: opened.

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};

use crate::desk::Desk;
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::news::UserId;
use crate::news::article::{Flaw, tidy};
use crate::news::staff::Role;
use crate::store::users::{self, NewUser};

/// The shortest password, in scalar values (NIST SP 800-63B asks for 8, with nothing else demanded).
pub const MIN_PASSWORD: usize = 10;

/// Open an account.
///
/// # Errors
/// The address has one already, a password that is too short, no name, the database.
pub async fn add(
    desk: &Desk,
    email: PrivateEmail,
    name: &str,
    role: Role,
    password: Option<&str>,
) -> Result<UserId, Error> {
    let name = tidy(name);
    let mut flaws = Vec::new();
    if name.is_empty() {
        flaws.push(Flaw { field: "name", reason: "required" });
    }
    if password.is_some_and(|password| password.chars().count() < MIN_PASSWORD) {
        flaws.push(Flaw { field: "password", reason: "too-short" });
    }
    if !flaws.is_empty() {
        return Err(Error::Invalid(flaws));
    }
    let password_hash = password.map(|password| hash(password, desk.chance.bytes())).transpose()?;
    let sealed = desk.keys.seal(&email, desk.chance.bytes());
    let index = desk.keys.address_index(&email);
    let now = desk.clock.now().as_millisecond();
    desk.write(move |tx| {
        if users::exists(tx, &index)? {
            return Err(Error::Conflict("this address has an account already".into()));
        }
        let id = UserId(tx.next_id("user")?);
        let user = NewUser {
            id,
            name: &name,
            role,
            address: &sealed,
            address_index: &index,
            password_hash: password_hash.as_deref(),
            created_at: now,
        };
        users::insert(tx, &user)?;
        Ok(id)
    })
    .await
}

/// Argon2id with 19 MiB, two passes, one lane (OWASP), in PHC format.
fn hash(password: &str, salt: [u8; 16]) -> Result<String, Error> {
    let broken = |error: &dyn std::fmt::Display| Error::Conflict(format!("the password could not be hashed: {error}"));
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| broken(&error))?;
    let hash =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_with_salt(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| broken(&error))?.to_string())
}
