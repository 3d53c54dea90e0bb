//! Who must not be named? E-mail addresses and network addresses of readers and staff.
//!
//! A [`PrivateEmail`] can be parsed, sealed and forgotten. It cannot be printed, compared, hashed, ordered or written as
//! JSON: those traits are missing on purpose, and a test proves that they are. At rest an address is encrypted with a
//! key that lives outside the database; the only thing that can be found by is a keyed hash that never leaves the store.

mod keyring;
pub mod passkey;
mod token;
pub mod totp;

use zeroize::Zeroizing;

pub use keyring::{KeyError, Keyring};
pub use token::{RecoveryCode, Token};

/// The longest address of RFC 5321, in bytes.
const MAX_ADDRESS: usize = 254;

/// An e-mail address that must not leave the server.
///
/// It can be made, and named in a struct that is `Debug`:
/// ```
/// use warraq::identity::PrivateEmail;
/// let address = PrivateEmail::parse("name@example.org").expect("an address");
/// assert_eq!(format!("{address:?}"), "PrivateEmail(…)");
/// ```
/// None of these compiles:
/// ```compile_fail,E0277
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// serde_json::to_string(&address); // Serialize
/// ```
/// ```compile_fail,E0277
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// format!("{address}"); // Display
/// ```
/// ```compile_fail,E0599
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// use std::hash::Hash as _;
/// address.hash(&mut std::collections::hash_map::DefaultHasher::new()); // Hash
/// ```
/// ```compile_fail,E0277
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// std::collections::BTreeSet::from([address]); // Ord
/// ```
/// ```compile_fail,E0369
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// # let other = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// address == other; // PartialEq
/// ```
/// ```compile_fail,E0599
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// address.clone(); // Clone: one address, one place
/// ```
/// ```compile_fail,E0624
/// # let address = warraq::identity::PrivateEmail::parse("name@example.org").unwrap();
/// address.expose(); // its letters
/// ```
pub struct PrivateEmail(Zeroizing<String>);

/// The text is no e-mail address. It is not repeated here: an error message may end in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl PrivateEmail {
    /// Understand an address: one `@`, something before it, a domain with a dot after it, no spaces or controls.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"".contains(letter);
        let labels_fit =
            domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        if text.len() > MAX_ADDRESS
            || local.is_empty()
            || local.contains('@')
            || text.contains(odd)
            || !domain.contains('.')
            || !labels_fit
        {
            return Err(NotAnAddress);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// The address in clear, for the keyring and for the mail room. Nobody else asks (a test of the walls looks).
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

/// Does an address stand in a text that readers are to see, such as a name?
#[must_use]
pub fn names_address(text: &str) -> bool {
    text.contains('@') && text.split(between).any(|word| PrivateEmail::parse(word).is_ok())
}

/// A text with `…@…` in the place of every address.
#[must_use]
pub fn without_addresses(text: &str) -> String {
    if !names_address(text) {
        return text.to_owned();
    }
    let covered = |piece: &str| {
        let word = piece.trim_end_matches(between);
        let is_address = PrivateEmail::parse(word).is_ok();
        if is_address { format!("…@…{}", &piece[word.len()..]) } else { piece.to_owned() }
    };
    text.split_inclusive(between).map(covered).collect()
}

/// What stands between words, where one of them may be an address.
fn between(letter: char) -> bool {
    letter.is_whitespace() || "<>()[],;:\\\"'«»=?&/|".contains(letter)
}

/// So that a struct with an address in it can be `Debug` without telling.
impl std::fmt::Debug for PrivateEmail {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PrivateEmail(…)")
    }
}

/// The part of a network address that stands for one household or office: /24 of IPv4, /56 of IPv6.
#[must_use]
pub fn network_block(address: std::net::IpAddr) -> [u8; 8] {
    let mut block = [0; 8];
    match address.to_canonical() {
        std::net::IpAddr::V4(v4) => {
            block[0] = 4;
            block[1..4].copy_from_slice(&v4.octets()[..3]);
        }
        std::net::IpAddr::V6(v6) => {
            block[0] = 6;
            block[1..8].copy_from_slice(&v6.octets()[..7]);
        }
    }
    block
}

/// The first address of that block.
#[must_use]
pub fn network_of(address: std::net::IpAddr) -> std::net::IpAddr {
    match address.to_canonical() {
        std::net::IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            std::net::Ipv4Addr::new(a, b, c, 0).into()
        }
        std::net::IpAddr::V6(v6) => {
            let mut octets = v6.octets();
            octets[7..].fill(0);
            std::net::Ipv6Addr::from(octets).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_covered() {
        let check = |text: &str, covered: &str| assert_eq!(without_addresses(text), covered, "{text}");
        check("قارئ reader@example.org، نعم", "قارئ …@… نعم");
        check("<reader@example.org>", "<…@…>");
        check("a@b.example,c@d.example;", "…@…,…@…;");
        check("https://old.example/?mail=reader@example.org&x=1", "https://old.example/?mail=…@…&x=1");
        check("https://name:secret@old.example/x", "https://name:…@…/x");
        check("https://social.example/@ship", "https://social.example/@ship");
        check("no address @ all", "no address @ all");
    }

    #[test]
    fn understands_addresses() {
        let check = |text: &str, good: bool| assert_eq!(PrivateEmail::parse(text).is_ok(), good, "{text}");
        check("a@example.org", true);
        check("  قارئ@مثال.السعودية ", true);
        check("first.last+tag@sub.example.co", true);
        check("", false);
        check("a@b", false);
        check("a@@example.org", false);
        check("a b@example.org", false);
        check("a@-example.org", false);
        check("a@example..org", false);
        check("<a@example.org>", false);
        check(&format!("{}@example.org", "a".repeat(250)), false);
    }

    #[test]
    fn debug_does_not_tell() {
        let email = PrivateEmail::parse("canary@example.org").expect("an address");
        assert!(!format!("{email:?}").contains("canary"));
    }

    #[test]
    fn neighbours_share_a_block() {
        let block = |text: &str| network_block(text.parse().expect("an IP address"));
        assert_eq!(block("192.0.2.1"), block("192.0.2.200"));
        assert_ne!(block("192.0.2.1"), block("192.0.3.1"));
        assert_eq!(block("2001:db8:1:2::1"), block("2001:db8:1:2:ffff::9"));
        assert_eq!(block("::ffff:192.0.2.1"), block("192.0.2.77"));
        let first = |text: &str| network_of(text.parse().expect("an IP address")).to_string();
        assert_eq!(first("::ffff:192.0.2.77"), "192.0.2.0");
        assert_eq!(first("2001:db8:1:2:ffff::9"), "2001:db8:1::");
    }
}
