//! Who works here? Staff accounts, opened; and passwords.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::desk::{Desk, accounts};
use crate::error::Error;
use crate::identity::PrivateEmail;
use crate::news::UserId;
use crate::news::article::Flaw;
use crate::news::audit::{Act, Noun};
use crate::news::staff::{Right, Role};
use crate::store::StoreError;
use crate::store::users::{self, NewUser};

/// The shortest password, in scalar values (NIST SP 800-63B asks for 8, with nothing else demanded).
pub const MIN_PASSWORD: usize = 10;

/// The longest, so that nobody sends a book to be hashed.
pub const MAX_PASSWORD: usize = 1_000;

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
    let name = accounts::name_of(name)?;
    let password_hash = match password {
        Some(password) => Some(hashed(desk, password).await?),
        None => None,
    };
    let sealed = desk.keys.seal(&email, desk.chance.bytes());
    let index = desk.keys.address_index(&email);
    let (by, now) = (desk.by.clone(), desk.clock.now());
    desk.write(move |tx| {
        by.must(tx, Right::KeepAccounts)?;
        if users::exists(tx, &index)? {
            return Err(Error::conflict("address-taken", "this address has an account already"));
        }
        let id = UserId(tx.next_id("user")?);
        let user = NewUser {
            id,
            name: &name,
            role,
            address: &sealed,
            address_index: &index,
            password_hash: password_hash.as_deref(),
            created_at: now.as_millisecond(),
        };
        users::insert(tx, &user)?;
        by.did(tx, Act::AccountOpened, (Noun::Account, id.0), role.as_str(), now)?;
        Ok(id)
    })
    .await
}

/// The hash of a password that somebody chose. Costs 19 MiB and some ten milliseconds of a core: whoever calls bounds
/// how many run at once.
///
/// # Errors
/// It is too short or too long.
pub(super) async fn hashed(desk: &Desk, password: &str) -> Result<String, Error> {
    let reason = match password.chars().count() {
        0..MIN_PASSWORD => "too-short",
        MIN_PASSWORD..=MAX_PASSWORD => {
            let (password, salt) = (password.to_owned(), desk.chance.bytes());
            let hashed = tokio::task::spawn_blocking(move || hash(&password, salt));
            return hashed.await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        }
        _ => "too-long",
    };
    Err(Error::Invalid(vec![Flaw { field: "password", reason }]))
}

/// Does a password fit a hash of ours? Without a hash it takes as long and the answer is no.
pub(super) fn fits(password: &str, password_hash: Option<&str>) -> bool {
    let Some(known) = password_hash.and_then(|hash| PasswordHash::new(hash).ok()) else {
        let _ = hash(password, [0; 16]);
        return false;
    };
    Argon2::default().verify_password(password.as_bytes(), &known).is_ok()
}

/// Argon2id with 19 MiB, two passes, one lane (OWASP), in PHC format.
pub(super) fn hash(password: &str, salt: [u8; 16]) -> Result<String, Error> {
    let broken = |error: &dyn std::fmt::Display| {
        Error::conflict("password-not-kept", format!("the password could not be hashed: {error}"))
    };
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| broken(&error))?;
    let hash =
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_with_salt(password.as_bytes(), &salt);
    Ok(hash.map_err(|error| broken(&error))?.to_string())
}
