//! The keys: made once, kept in files that only the owner may read, never in the database.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use super::PrivateEmail;

const KEY_FILE: &str = "identity.key";
const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 24;

/// What keeps identities closed.
pub struct Keyring {
    cipher: XChaCha20Poly1305,
    /// For keyed hashes (BLAKE3); a key of its own, derived from the same secret.
    index_key: Zeroizing<[u8; KEY_LENGTH]>,
}

/// The keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file system said no.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// Its words.
        source: std::io::Error,
    },
    /// Others could read the key.
    #[error("{0} can be read by others: run chmod 600 on it (700 on the folder)")]
    TooOpen(String),
    /// The file holds something else.
    #[error(
        "{0} is damaged: it must hold exactly 32 bytes. Restore it from a backup; without it sealed addresses cannot be read"
    )]
    Damaged(String),
    /// A sealed address was made with another key, or was changed.
    #[error("a sealed address does not fit the key in keys/: the key or the database comes from another site")]
    WrongKey,
}

impl Keyring {
    /// Open the keys of a site; make them when there are none yet.
    ///
    /// # Errors
    /// The folder cannot be written, or a key file is damaged or readable by others.
    pub fn open(folder: &Path, random: &mut dyn FnMut(&mut [u8])) -> Result<Self, KeyError> {
        let path = folder.join(KEY_FILE);
        let io = |source| KeyError::Io { path: path.display().to_string(), source };
        if !path.exists() {
            create(folder, &path, random)?;
        }
        let mode = fs::metadata(&path).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyError::TooOpen(path.display().to_string()));
        }
        let bytes = Zeroizing::new(fs::read(&path).map_err(io)?);
        let secret: [u8; KEY_LENGTH] =
            bytes.as_slice().try_into().map_err(|_| KeyError::Damaged(path.display().to_string()))?;
        Ok(Self::from_secret(&Zeroizing::new(secret)))
    }

    /// The keys that follow from one secret.
    #[must_use]
    pub fn from_secret(secret: &[u8; KEY_LENGTH]) -> Self {
        let sealing = Zeroizing::new(blake3::derive_key("warraq 2026 identity sealing", secret));
        let index = blake3::derive_key("warraq 2026 identity index", secret);
        Self { cipher: XChaCha20Poly1305::new((&*sealing).into()), index_key: Zeroizing::new(index) }
    }

    /// Encrypt an address for the database. `nonce` must be fresh random bytes.
    #[must_use]
    pub fn seal(&self, address: &PrivateEmail, nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        self.seal_bytes(address.expose().as_bytes(), nonce, b"address")
    }

    /// Encrypt a network address for the database.
    #[must_use]
    pub fn seal_network(&self, address: std::net::IpAddr, nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        self.seal_bytes(address.to_string().as_bytes(), nonce, b"network")
    }

    /// Encrypt something of another system, in which anything may stand.
    #[must_use]
    pub fn seal_original(&self, content: &[u8], nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        self.seal_bytes(content, nonce, b"original")
    }

    /// Decrypt what [`Keyring::seal_original`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_original(&self, sealed: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.open_bytes(sealed, b"original")
    }

    /// Encrypt a letter that waits to be sent.
    #[must_use]
    pub fn seal_letter(&self, content: &[u8], nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        self.seal_bytes(content, nonce, b"letter")
    }

    /// Decrypt what [`Keyring::seal_letter`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_letter(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open_bytes(sealed, b"letter").map(Zeroizing::new)
    }

    /// Encrypt an address with the token of the link that it may be sent.
    #[must_use]
    pub fn seal_link(&self, address: &PrivateEmail, token: &super::Token, nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        let clear = Zeroizing::new(format!("{}\n{}", token.reveal(), address.expose()));
        self.seal_bytes(clear.as_bytes(), nonce, b"link")
    }

    /// Decrypt what [`Keyring::seal_link`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_link(&self, sealed: &[u8]) -> Result<(PrivateEmail, super::Token), KeyError> {
        let clear = Zeroizing::new(self.open_bytes(sealed, b"link")?);
        let clear = std::str::from_utf8(&clear).map_err(|_| KeyError::WrongKey)?;
        let (token, address) = clear.split_once('\n').ok_or(KeyError::WrongKey)?;
        let address = PrivateEmail::parse(address).map_err(|_| KeyError::WrongKey)?;
        Ok((address, super::Token::parse(token).ok_or(KeyError::WrongKey)?))
    }

    /// Encrypt the secret of a second factor.
    #[must_use]
    pub fn seal_factor(&self, secret: &[u8], nonce: [u8; NONCE_LENGTH]) -> Vec<u8> {
        self.seal_bytes(secret, nonce, b"factor")
    }

    /// Decrypt what [`Keyring::seal_factor`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_factor(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.open_bytes(sealed, b"factor").map(Zeroizing::new)
    }

    /// By which a recovery code is known again. Keyed, so that the database alone does not help to guess one.
    #[must_use]
    pub fn recovery_index(&self, code: &super::RecoveryCode) -> [u8; 32] {
        self.keyed(b"recovery", code.letters().as_bytes())
    }

    /// Decrypt what [`Keyring::seal_network`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_network(&self, sealed: &[u8]) -> Result<String, KeyError> {
        String::from_utf8(self.open_bytes(sealed, b"network")?).map_err(|_| KeyError::WrongKey)
    }

    /// Decrypt what [`Keyring::seal`] made.
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn open_address(&self, sealed: &[u8]) -> Result<PrivateEmail, KeyError> {
        let clear = self.open_bytes(sealed, b"address")?;
        let clear = Zeroizing::new(String::from_utf8(clear).map_err(|_| KeyError::WrongKey)?);
        PrivateEmail::parse(&clear).map_err(|_| KeyError::WrongKey)
    }

    /// The letters of a sealed address, for somebody of the newsroom who asked for them and was written down for it. Only
    /// the verb that writes that down calls this (a test of the walls looks).
    ///
    /// # Errors
    /// Another key, or changed bytes.
    pub fn reveal_address(&self, sealed: &[u8]) -> Result<String, KeyError> {
        Ok(self.open_address(sealed)?.expose().to_owned())
    }

    /// By which a known address is recognised: a keyed hash of its lower-case form. Worthless without the key, and it
    /// never leaves the store.
    #[must_use]
    pub fn address_index(&self, address: &PrivateEmail) -> [u8; 32] {
        let lower = Zeroizing::new(address.expose().to_lowercase());
        self.keyed(b"address", lower.as_bytes())
    }

    /// By which the comments of one network block are counted.
    #[must_use]
    pub fn network_index(&self, address: std::net::IpAddr) -> [u8; 32] {
        self.keyed(b"network", &super::network_block(address))
    }

    /// By which a repeated text is recognised.
    #[must_use]
    pub fn text_index(&self, folded: &str) -> [u8; 32] {
        self.keyed(b"text", folded.as_bytes())
    }

    /// By which the same original is recognised.
    #[must_use]
    pub fn original_index(&self, content: &[u8]) -> [u8; 32] {
        self.keyed(b"original", content)
    }

    fn open_bytes(&self, sealed: &[u8], what: &[u8]) -> Result<Vec<u8>, KeyError> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LENGTH).ok_or(KeyError::WrongKey)?;
        let nonce: [u8; NONCE_LENGTH] = nonce.try_into().map_err(|_| KeyError::WrongKey)?;
        self.cipher.decrypt(&XNonce::from(nonce), Payload { msg: rest, aad: what }).map_err(|_| KeyError::WrongKey)
    }

    fn keyed(&self, what: &[u8], value: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.index_key);
        hasher.update(what).update(&[0]).update(value);
        *hasher.finalize().as_bytes()
    }

    fn seal_bytes(&self, clear: &[u8], nonce: [u8; NONCE_LENGTH], what: &[u8]) -> Vec<u8> {
        let mut sealed = nonce.to_vec();
        // Encrypting in memory fails for texts of many gigabytes only; what is then kept cannot be opened, and says so.
        let hidden = self.cipher.encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: what });
        sealed.extend(hidden.unwrap_or_default());
        sealed
    }
}

fn create(folder: &Path, path: &Path, random: &mut dyn FnMut(&mut [u8])) -> Result<(), KeyError> {
    let io = |source| KeyError::Io { path: path.display().to_string(), source };
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(io)?;
    let mut secret = Zeroizing::new([0; KEY_LENGTH]);
    random(secret.as_mut_slice());
    let temporary = path.with_extension("new");
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary).map_err(io)?;
    file.write_all(secret.as_slice()).and_then(|()| file.sync_all()).map_err(io)?;
    fs::rename(&temporary, path).map_err(io)?;
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(io)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> PrivateEmail {
        PrivateEmail::parse(text).expect(text)
    }

    #[test]
    fn what_is_sealed_can_be_opened_with_the_same_key_only() {
        let keys = Keyring::from_secret(&[7; 32]);
        let sealed = keys.seal(&email("reader@example.org"), [1; 24]);
        assert!(!sealed.windows(6).any(|bytes| bytes == b"reader"));
        assert_eq!(keys.open_address(&sealed).expect("opened").expose(), "reader@example.org");
        assert!(Keyring::from_secret(&[8; 32]).open_address(&sealed).is_err());
        let mut changed = sealed;
        changed[30] ^= 1;
        assert!(keys.open_address(&changed).is_err());
        assert!(keys.open_address(b"short").is_err());
    }

    #[test]
    fn an_address_is_recognised_whatever_its_case() {
        let keys = Keyring::from_secret(&[7; 32]);
        assert_eq!(keys.address_index(&email("A@Example.org")), keys.address_index(&email("a@example.org")));
        assert_ne!(keys.address_index(&email("a@example.org")), keys.address_index(&email("b@example.org")));
        assert_ne!(
            keys.address_index(&email("a@example.org")),
            Keyring::from_secret(&[8; 32]).address_index(&email("a@example.org"))
        );
    }

    #[test]
    fn the_file_is_made_once_and_for_the_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = folder.path().join("keys");
        let mut fill = |bytes: &mut [u8]| bytes.fill(9);
        let first = Keyring::open(&keys, &mut fill).expect("made");
        let mut other = |bytes: &mut [u8]| bytes.fill(1);
        let second = Keyring::open(&keys, &mut other).expect("opened");
        assert_eq!(first.text_index("x"), second.text_index("x"));
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&keys), mode(&keys.join(KEY_FILE))), (0o700, 0o600));
        fs::set_permissions(keys.join(KEY_FILE), fs::Permissions::from_mode(0o644)).expect("changed");
        assert!(matches!(Keyring::open(&keys, &mut fill), Err(KeyError::TooOpen(_))));
    }
}
