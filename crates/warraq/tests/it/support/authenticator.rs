//! What does an authenticator do? Makes passkeys and signs with them, as a telephone would; and wrongly, if it is told to.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use warraq::identity::passkey::Algorithm;

/// Present, recognised, may be copied, was copied.
pub(crate) const FLAGS: u8 = 0x1d;

enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// One passkey, and the device that holds it. What is public can be made wrong by a story.
pub(crate) struct Authenticator {
    key: Key,
    pub(crate) credential: Vec<u8>,
    pub(crate) handle: Vec<u8>,
    pub(crate) counter: u32,
    pub(crate) flags: u8,
    pub(crate) origin: String,
    pub(crate) host: String,
    /// Further members of the browser's text, with the comma before them.
    pub(crate) further: String,
}

/// What it answers to a sign-in.
pub(crate) struct Signed {
    pub(crate) client: Vec<u8>,
    pub(crate) data: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Authenticator {
    pub(crate) fn new(algorithm: Algorithm, number: u8) -> Self {
        let random = SystemRandom::new();
        let key = match algorithm {
            Algorithm::Es256 => {
                let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
                let pair = EcdsaKeyPair::generate_pkcs8(kind, &random).expect("a key");
                Key::Es256(EcdsaKeyPair::from_pkcs8(kind, pair.as_ref(), &random).expect("a key"))
            }
            Algorithm::EdDsa => {
                let pair = Ed25519KeyPair::generate_pkcs8(&random).expect("a key");
                Key::EdDsa(Ed25519KeyPair::from_pkcs8(pair.as_ref()).expect("a key"))
            }
        };
        Self {
            key,
            credential: vec![number; 32],
            handle: vec![],
            counter: 0,
            flags: FLAGS,
            origin: super::BASE.into(),
            host: "news.example".into(),
            further: String::new(),
        }
    }

    /// The browser's text.
    pub(crate) fn client(&self, ceremony: &str, challenge: &[u8]) -> Vec<u8> {
        let challenge = URL_SAFE_NO_PAD.encode(challenge);
        let (origin, further) = (&self.origin, &self.further);
        format!(r#"{{"type":"{ceremony}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false{further}}}"#)
            .into_bytes()
    }

    /// The key as COSE writes it.
    pub(crate) fn cose(&self) -> Vec<u8> {
        match &self.key {
            Key::Es256(pair) => {
                let point = pair.public_key().as_ref();
                [
                    &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20],
                    &point[1..33],
                    &[0x22, 0x58, 0x20],
                    &point[33..],
                ]
                .concat()
            }
            Key::EdDsa(pair) => {
                [&[0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20], pair.public_key().as_ref()].concat()
            }
        }
    }

    /// The authenticator's own bytes, without what follows the counter.
    pub(crate) fn head(&self, flags: u8) -> Vec<u8> {
        let host = digest(&SHA256, self.host.as_bytes());
        [host.as_ref(), &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// With a new credential whose key is `cose`.
    pub(crate) fn attested(&self, cose: &[u8]) -> Vec<u8> {
        let length = u16::try_from(self.credential.len()).expect("short").to_be_bytes();
        [&self.head(self.flags | 0x40)[..], &[7; 16], &length, &self.credential, cose].concat()
    }

    /// An answer to a registration: the browser's text, and the attestation.
    pub(crate) fn registers(&self, challenge: &[u8]) -> (Vec<u8>, Vec<u8>) {
        (self.client("webauthn.create", challenge), attestation(&self.attested(&self.cose())))
    }

    /// An answer to a sign-in.
    pub(crate) fn signs(&self, challenge: &[u8]) -> Signed {
        self.signs_over(self.client("webauthn.get", challenge), self.head(self.flags))
    }

    pub(crate) fn signs_over(&self, client: Vec<u8>, data: Vec<u8>) -> Signed {
        let signed = [&data[..], digest(&SHA256, &client).as_ref()].concat();
        let signature = match &self.key {
            Key::Es256(pair) => pair.sign(&SystemRandom::new(), &signed).expect("signed").as_ref().to_vec(),
            Key::EdDsa(pair) => pair.sign(&signed).as_ref().to_vec(),
        };
        Signed { client, data, signature }
    }
}

/// `{"fmt": "none", "attStmt": {}, "authData": …}`
pub(crate) fn attestation(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    let head = if length < 256 { vec![0x58, data.len() as u8] } else { [&[0x59][..], &length.to_be_bytes()].concat() };
    [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"[..], &head, data].concat()
}
