//! What opens a door once? Drawn by lot, told to one person, kept as a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

/// Random bytes of a token: 192 bits, 32 letters without a remainder.
const TOKEN_BYTES: usize = 24;

/// The secret part of a link in a letter, and what the cookie of a session carries. It can be revealed to the one it is
/// for, and hashed for the database; it has no `Display`, so that it does not end in a log by accident.
pub struct Token(Zeroizing<String>);

impl Token {
    /// From random bytes.
    #[must_use]
    pub fn draw(random: [u8; TOKEN_BYTES]) -> Self {
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(random)))
    }

    /// What stands in an address that somebody opened, or in a cookie; `None` when it cannot be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == TOKEN_BYTES).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// What is kept. With 192 bits of chance there is nothing to guess, so the hash needs neither key nor salt.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(self.0.as_bytes()).as_bytes()
    }

    /// For the letter or the cookie, and nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Token(…)")
    }
}

/// Letters that are told apart when they are written by hand: without I, L, O and U (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// One of the codes that stand in for a lost second factor: 80 bits in four groups of four letters.
pub struct RecoveryCode(Zeroizing<String>);

impl RecoveryCode {
    /// From random bytes; five bits of each are used.
    #[must_use]
    pub fn draw(random: [u8; 16]) -> Self {
        Self(Zeroizing::new(random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()))
    }

    /// As somebody copies it: with or without dashes and spaces, in either case, O for 0 and I or L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters: Zeroizing<String> = Zeroizing::new(
            text.chars()
                .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '‐' | '–'))
                .map(|letter| match letter.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                })
                .collect(),
        );
        let is_code = letters.len() == 16 && letters.bytes().all(|letter| LETTERS.contains(&letter));
        is_code.then_some(Self(letters))
    }

    /// As it is shown, once: `ABCD-EFGH-JKMN-PQRS`.
    #[must_use]
    pub fn reveal(&self) -> String {
        let groups: Vec<&str> =
            self.0.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join("-")
    }

    /// Without dashes, for the keyring.
    pub(super) fn letters(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_understood_and_nothing_else_is() {
        let token = Token::draw([255; TOKEN_BYTES]);
        let again = Token::parse(token.reveal()).expect("one of ours");
        assert_eq!(again.hash(), token.hash());
        assert_ne!(Token::draw([0; TOKEN_BYTES]).hash(), token.hash());
        assert!(!format!("{token:?}").contains(token.reveal()));
        for other in ["", "x", "../../../../../../../../../../..", &"A".repeat(31), &"A".repeat(33), &"=".repeat(32)] {
            assert!(Token::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_recovery_code_forgives_how_it_is_copied() {
        let code = RecoveryCode::draw([0, 1, 31, 32, 33, 10, 20, 24, 17, 18, 19, 2, 3, 4, 5, 6]);
        assert_eq!(code.reveal(), "01Z0-1AMR-HJK2-3456");
        let check = |text: &str, good: bool| {
            assert_eq!(
                RecoveryCode::parse(text).is_some_and(|other| other.letters() == code.letters()),
                good,
                "{text}"
            );
        };
        check("01Z0-1AMR-HJK2-3456", true);
        check(" o1z0 1amr hjk2 3456 ", true);
        check("0Iz0lamrhjk23456", true);
        check("01Z0-1AMR-HJK2-345", false);
        check("01Z0-1AMR-HJK2-345U", false);
    }
}
