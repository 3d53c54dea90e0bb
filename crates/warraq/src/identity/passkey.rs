//! Did a key that we know sign this? Passkeys by WebAuthn (level 3), for one site, without asking who made them.
//!
//! What an authenticator sends is a text of the browser (which site it saw, what it was asked) and bytes of its own (for
//! which site it signed, whether its owner was there and was recognised). Both are under one signature.

mod cbor;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::signature::{ECDSA_P256_SHA256_ASN1, ED25519, UnparsedPublicKey};
use serde::Deserialize;

use cbor::Reader;

/// Random bytes of a challenge.
pub const CHALLENGE_BYTES: usize = 32;
/// Random bytes by which authenticators know an account (at most 64 by the standard).
pub const HANDLE_BYTES: usize = 32;
/// The longest number of a credential, in bytes.
pub const MAX_CREDENTIAL: usize = 1023;
/// The longest of what browsers send, each, in bytes.
const MAX_SENT: usize = 16 * 1024;

/// The authenticator's owner was there.
const PRESENT: u8 = 0x01;
/// And was recognised: by a finger, a face, a number.
const VERIFIED: u8 = 0x04;
/// The key may be copied to other devices.
const BACKUP_ELIGIBLE: u8 = 0x08;
/// It was.
const BACKED_UP: u8 = 0x10;
/// A new credential follows.
const ATTESTED: u8 = 0x40;
/// A map of extensions follows.
const EXTENDED: u8 = 0x80;

/// The site that a passkey is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// `https://example.org`, as browsers write it.
    pub origin: String,
    /// `example.org`: the «relying party».
    pub host: String,
}

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// Those that are asked for, the most usual one first.
    pub const ALL: [Self; 2] = [Self::Es256, Self::EdDsa];

    /// Its number (IANA, «COSE Algorithms»).
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
        }
    }

    /// The one with this number.
    #[must_use]
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }
}

/// A passkey that was made for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its number.
    pub credential: Vec<u8>,
    /// How it signs.
    pub algorithm: Algorithm,
    /// A point (65 bytes, beginning with 4) for ES256, 32 bytes for EdDSA. That it is one shows when it is used.
    pub public_key: Vec<u8>,
    /// How often it has signed.
    pub counter: u32,
    /// It may be copied to other devices.
    pub backup_eligible: bool,
    /// It was.
    pub backed_up: bool,
}

/// What is kept of a passkey and needed to recognise it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How it signs.
    pub algorithm: Algorithm,
    /// As it was registered.
    pub public_key: Vec<u8>,
    /// How often it had signed when it was seen last.
    pub counter: u32,
    /// It may be copied to other devices.
    pub backup_eligible: bool,
}

/// What a browser sends of somebody who signs in.
#[derive(Debug, Clone, Copy)]
pub struct Assertion<'a> {
    /// The browser's text.
    pub client: &'a [u8],
    /// The authenticator's bytes.
    pub data: &'a [u8],
    /// Its signature over both.
    pub signature: &'a [u8],
}

/// What there is to keep when a passkey was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// How often it has signed.
    pub counter: u32,
    /// It was copied to other devices.
    pub backed_up: bool,
}

/// Why a passkey is not taken. The one who sends it is not told; a test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The browser's text cannot be read.
    #[error("the client data cannot be read")]
    Client,
    /// It was made for something else: registering, signing in.
    #[error("made for another ceremony")]
    Ceremony,
    /// It answers another question.
    #[error("another challenge")]
    Challenge,
    /// Another site asked, or it was asked within a page of another site.
    #[error("another origin")]
    Origin,
    /// The authenticator's bytes cannot be read, or there are too many.
    #[error("the authenticator data cannot be read")]
    Data,
    /// It is for another site.
    #[error("another relying party")]
    Host,
    /// Nobody was there.
    #[error("the user was not present")]
    Absent,
    /// Who was there is not known.
    #[error("the user was not verified")]
    Unverified,
    /// What it says about copies cannot be, or is not what it said when it was registered.
    #[error("the backup flags cannot be")]
    Backup,
    /// The number of the credential is empty or too long.
    #[error("the credential id is empty or too long")]
    Credential,
    /// It is no key of a kind that we asked for.
    #[error("not a key of an algorithm that was asked for")]
    Key,
    /// The signature is not of this key.
    #[error("the signature does not fit")]
    Signature,
    /// It has signed more often before: there may be two of it.
    #[error("the counter went back")]
    Counter,
}

/// Read a passkey that was made for us. What the authenticator says about its maker is passed over.
///
/// # Errors
/// It was not made for this site and this challenge by somebody who was recognised.
pub fn register(
    client: &[u8],
    attestation: &[u8],
    challenge: &[u8; CHALLENGE_BYTES],
    site: &Site,
) -> Result<Registered, Mismatch> {
    check_client(client, "webauthn.create", challenge, site)?;
    let data = authenticator_data(attestation).ok_or(Mismatch::Data)?;
    let read = Data::read(data, site)?;
    let Some((credential, algorithm, public_key)) = read.attested else { return Err(Mismatch::Data) };
    Ok(Registered {
        credential: credential.to_owned(),
        algorithm,
        public_key,
        counter: read.counter,
        backup_eligible: read.flags & BACKUP_ELIGIBLE != 0,
        backed_up: read.flags & BACKED_UP != 0,
    })
}

/// Recognise a passkey that somebody signs in with.
///
/// # Errors
/// It did not sign this challenge for this site, or nobody was recognised, or it counts backwards.
pub fn recognise(
    sent: &Assertion<'_>,
    challenge: &[u8; CHALLENGE_BYTES],
    known: &Known,
    site: &Site,
) -> Result<Used, Mismatch> {
    check_client(sent.client, "webauthn.get", challenge, site)?;
    let read = Data::read(sent.data, site)?;
    if read.attested.is_some() {
        return Err(Mismatch::Data);
    }
    if (read.flags & BACKUP_ELIGIBLE != 0) != known.backup_eligible {
        return Err(Mismatch::Backup);
    }
    let signed = [sent.data, digest(&SHA256, sent.client).as_ref()].concat();
    let fits = match known.algorithm {
        Algorithm::Es256 => {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &known.public_key).verify(&signed, sent.signature)
        }
        Algorithm::EdDsa => UnparsedPublicKey::new(&ED25519, &known.public_key).verify(&signed, sent.signature),
    };
    fits.map_err(|_| Mismatch::Signature)?;
    // Those that do not count say 0 for ever.
    if (known.counter != 0 || read.counter != 0) && read.counter <= known.counter {
        return Err(Mismatch::Counter);
    }
    Ok(Used { counter: read.counter, backed_up: read.flags & BACKED_UP != 0 })
}

/// The browser's text; what else stands in it is not asked for (the standard adds to it).
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    #[serde(rename = "type")]
    ceremony: String,
    challenge: String,
    origin: String,
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Option<String>,
}

fn check_client(client: &[u8], ceremony: &str, challenge: &[u8; CHALLENGE_BYTES], site: &Site) -> Result<(), Mismatch> {
    if client.len() > MAX_SENT {
        return Err(Mismatch::Client);
    }
    let client: Client = serde_json::from_slice(client).map_err(|_| Mismatch::Client)?;
    if client.ceremony != ceremony {
        return Err(Mismatch::Ceremony);
    }
    if !URL_SAFE_NO_PAD.decode(&client.challenge).is_ok_and(|sent| sent == challenge) {
        return Err(Mismatch::Challenge);
    }
    if client.origin != site.origin || client.cross_origin || client.top_origin.is_some() {
        return Err(Mismatch::Origin);
    }
    Ok(())
}

/// The authenticator's bytes out of an attestation object: `{"fmt": …, "attStmt": …, "authData": …}`.
fn authenticator_data(attestation: &[u8]) -> Option<&[u8]> {
    if attestation.len() > MAX_SENT {
        return None;
    }
    let mut reader = Reader::new(attestation);
    let (mut format, mut statement, mut data) = (None, None, None);
    for _ in 0..reader.map()? {
        let is_new = match reader.text()? {
            "fmt" => format.replace(reader.text()?).is_none(),
            "attStmt" => statement.replace(reader.skip()?).is_none(),
            "authData" => data.replace(reader.bytes()?).is_none(),
            _ => false,
        };
        if !is_new {
            return None;
        }
    }
    (format.is_some() && statement.is_some() && reader.rest().is_empty()).then_some(data?)
}

/// A new credential: its number, how it signs, its key.
type Attested<'a> = (&'a [u8], Algorithm, Vec<u8>);

/// The authenticator's bytes, read.
struct Data<'a> {
    flags: u8,
    counter: u32,
    attested: Option<Attested<'a>>,
}

impl<'a> Data<'a> {
    /// Reads them, and checks what holds for registering and signing in alike.
    fn read(bytes: &'a [u8], site: &Site) -> Result<Self, Mismatch> {
        if bytes.len() > MAX_SENT {
            return Err(Mismatch::Data);
        }
        let (host, rest) = bytes.split_first_chunk::<32>().ok_or(Mismatch::Data)?;
        let ([flags], rest) = rest.split_first_chunk::<1>().ok_or(Mismatch::Data)?;
        let (counter, mut rest) = rest.split_first_chunk::<4>().ok_or(Mismatch::Data)?;
        let has = |flag: u8| flags & flag != 0;
        if host != digest(&SHA256, site.host.as_bytes()).as_ref() {
            return Err(Mismatch::Host);
        }
        if !has(PRESENT) {
            return Err(Mismatch::Absent);
        }
        if !has(VERIFIED) {
            return Err(Mismatch::Unverified);
        }
        if has(BACKED_UP) && !has(BACKUP_ELIGIBLE) {
            return Err(Mismatch::Backup);
        }
        let mut attested = None;
        if has(ATTESTED) {
            let (found, after) = credential(rest)?;
            (attested, rest) = (Some(found), after);
        }
        if has(EXTENDED) {
            let mut reader = Reader::new(rest);
            // A map, of which nothing was asked for.
            if rest.first().is_none_or(|first| first >> 5 != 5) {
                return Err(Mismatch::Data);
            }
            reader.skip().ok_or(Mismatch::Data)?;
            rest = reader.rest();
        }
        if !rest.is_empty() {
            return Err(Mismatch::Data);
        }
        Ok(Self { flags: *flags, counter: u32::from_be_bytes(*counter), attested })
    }
}

/// A new credential from the front: 16 bytes of its maker, two of length, its number, its key.
fn credential(bytes: &[u8]) -> Result<(Attested<'_>, &[u8]), Mismatch> {
    let (_maker, rest) = bytes.split_first_chunk::<16>().ok_or(Mismatch::Data)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(Mismatch::Data)?;
    let length = usize::from(u16::from_be_bytes(*length));
    if length == 0 || length > MAX_CREDENTIAL {
        return Err(Mismatch::Credential);
    }
    let (id, rest) = rest.split_at_checked(length).ok_or(Mismatch::Data)?;
    let mut reader = Reader::new(rest);
    let (algorithm, key) = public_key(&mut reader).ok_or(Mismatch::Key)?;
    Ok(((id, algorithm, key), reader.rest()))
}

/// A key as COSE writes it (RFC 9053): `{1: kind, 3: algorithm, -1: curve, -2: x, -3: y}`, and nothing else.
fn public_key(reader: &mut Reader<'_>) -> Option<(Algorithm, Vec<u8>)> {
    let (mut kind, mut number, mut curve, mut x, mut y) = (None, None, None, None, None);
    for _ in 0..reader.map()? {
        let is_new = match reader.int()? {
            1 => kind.replace(reader.int()?).is_none(),
            3 => number.replace(reader.int()?).is_none(),
            -1 => curve.replace(reader.int()?).is_none(),
            -2 => x.replace(<&[u8; 32]>::try_from(reader.bytes()?).ok()?).is_none(),
            -3 => y.replace(<&[u8; 32]>::try_from(reader.bytes()?).ok()?).is_none(),
            _ => false,
        };
        if !is_new {
            return None;
        }
    }
    let algorithm = Algorithm::of(number?)?;
    match (algorithm, kind?, curve?, x?, y) {
        (Algorithm::Es256, 2, 1, x, Some(y)) => Some((algorithm, [&[4][..], x, y].concat())),
        (Algorithm::EdDsa, 1, 6, x, None) => Some((algorithm, x.to_vec())),
        _ => None,
    }
}
