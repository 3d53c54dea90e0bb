//! What holds whatever somebody sends as a passkey? Nothing of it stops the program, and chance signs nothing.

use warraq::identity::passkey::{Algorithm, Assertion, Known, Mismatch, Site, recognise, register};

fn site() -> Site {
    Site { origin: "https://news.example".into(), host: "news.example".into() }
}

/// The browser's text of an answer that would be right.
fn client(ceremony: &str) -> String {
    let challenge = "A".repeat(43);
    format!(r#"{{"type":"webauthn.{ceremony}","challenge":"{challenge}","origin":"https://news.example"}}"#)
}

/// SHA-256 of `news.example`, present and recognised, new credential.
fn headed(bytes: &[u8]) -> Vec<u8> {
    const HOST: [u8; 32] = [
        0x28, 0x18, 0x08, 0xbf, 0x26, 0x4b, 0x34, 0x0e, 0xa9, 0xec, 0xa2, 0x8d, 0xfe, 0x11, 0xf7, 0xc4, 0x57, 0x5b,
        0x62, 0x0b, 0x7e, 0x5c, 0xab, 0x47, 0x4a, 0x29, 0x61, 0x08, 0x4e, 0x1e, 0xa4, 0xb8,
    ];
    [&HOST[..], bytes].concat()
}

/// Any bytes, in every place where bytes are read.
pub fn anything(bytes: &[u8]) {
    let (challenge, site) = ([0; 32], site());
    assert!(register(bytes, bytes, &challenge, &site).is_err());
    let created = client("create");
    if let Ok(new) = register(created.as_bytes(), bytes, &challenge, &site) {
        assert!(!new.credential.is_empty() && new.credential.len() <= 1023);
        assert!(matches!((new.algorithm, new.public_key.len()), (Algorithm::Es256, 65) | (Algorithm::EdDsa, 32)));
    }
    let long = headed(bytes);
    let length = u16::try_from(long.len()).unwrap_or(u16::MAX).to_be_bytes();
    let object = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59"[..], &length, &long].concat();
    let _ = register(created.as_bytes(), &object, &challenge, &site);
    let shown = client("get");
    for algorithm in Algorithm::ALL {
        let known = Known { algorithm, public_key: bytes.to_vec(), counter: 0, backup_eligible: false };
        for (data, signature) in [(bytes, bytes), (&long, bytes)] {
            let sent = Assertion { client: shown.as_bytes(), data, signature };
            let told = recognise(&sent, &challenge, &known, &site);
            assert!(told.is_err_and(|told| told != Mismatch::Counter), "chance has signed: {bytes:02x?}");
        }
    }
}
