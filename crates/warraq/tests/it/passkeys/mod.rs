//! Which passkeys are taken? Each check of the standard with an answer that breaks it and nothing else.

pub mod laws;

use proptest::prelude::*;
use warraq::identity::passkey::{Algorithm, Assertion, Known, Mismatch, Registered, Site, Used, recognise, register};

use crate::support::authenticator::{Authenticator, Signed, attestation};

const CHALLENGE: [u8; 32] = [42; 32];

fn site() -> Site {
    Site { origin: "https://news.example".into(), host: "news.example".into() }
}

fn registered(device: &Authenticator) -> Result<Registered, Mismatch> {
    let (client, attestation) = device.registers(&CHALLENGE);
    register(&client, &attestation, &CHALLENGE, &site())
}

fn known(device: &Authenticator) -> Known {
    let new = registered(device).expect("registered");
    Known {
        algorithm: new.algorithm,
        public_key: new.public_key,
        counter: new.counter,
        backup_eligible: new.backup_eligible,
    }
}

fn told(known: &Known, sent: &Signed) -> Result<Used, Mismatch> {
    let sent = Assertion { client: &sent.client, data: &sent.data, signature: &sent.signature };
    recognise(&sent, &CHALLENGE, known, &site())
}

#[test]
fn a_passkey_is_registered_and_recognised() {
    for algorithm in Algorithm::ALL {
        let mut device = Authenticator::new(algorithm, 1);
        let new = registered(&device).expect("registered");
        assert_eq!((new.credential.as_slice(), new.algorithm, new.counter), (&[1; 32][..], algorithm, 0));
        assert!(new.backup_eligible && new.backed_up);
        let known = known(&device);
        assert_eq!(told(&known, &device.signs(&CHALLENGE)), Ok(Used { counter: 0, backed_up: true }));
        device.flags = 0x0d;
        assert_eq!(told(&known, &device.signs(&CHALLENGE)), Ok(Used { counter: 0, backed_up: false }));
        // Another of the same kind is another.
        let other = Authenticator::new(algorithm, 1);
        assert_eq!(told(&known, &other.signs(&CHALLENGE)), Err(Mismatch::Signature));
    }
}

/// What is wrong with the browser's text or the authenticator's first bytes is found in both ceremonies.
#[test]
fn each_check_turns_away_what_it_is_for() {
    let check = |break_it: fn(&mut Authenticator), why: Mismatch| {
        for algorithm in Algorithm::ALL {
            let mut device = Authenticator::new(algorithm, 1);
            let known = known(&device);
            break_it(&mut device);
            assert_eq!(registered(&device), Err(why), "registering");
            assert_eq!(told(&known, &device.signs(&CHALLENGE)), Err(why), "signing in");
        }
    };
    check(|device| device.origin = "https://evil.example".into(), Mismatch::Origin);
    check(|device| device.origin = "http://news.example".into(), Mismatch::Origin);
    check(|device| device.origin = "https://news.example:8443".into(), Mismatch::Origin);
    check(|device| device.origin = "https://www.news.example".into(), Mismatch::Origin);
    check(|device| device.further = r#","topOrigin":"https://evil.example""#.into(), Mismatch::Origin);
    check(|device| device.further = r#","type":"webauthn.get""#.into(), Mismatch::Client);
    check(|device| device.further = "x".into(), Mismatch::Client);
    check(|device| device.further = format!(r#","x":"{}""#, "x".repeat(17_000)), Mismatch::Client);
    check(|device| device.host = "evil.example".into(), Mismatch::Host);
    check(|device| device.flags = 0x1c, Mismatch::Absent);
    check(|device| device.flags = 0x19, Mismatch::Unverified);
    check(|device| device.flags = 0x15, Mismatch::Backup);
    // Extensions are announced and do not follow.
    check(|device| device.flags |= 0x80, Mismatch::Data);
}

#[test]
fn an_answer_to_another_question_is_none() {
    let device = Authenticator::new(Algorithm::Es256, 1);
    let (known, (client, object)) = (known(&device), device.registers(&[41; 32]));
    assert_eq!(register(&client, &object, &CHALLENGE, &site()), Err(Mismatch::Challenge));
    assert_eq!(told(&known, &device.signs(&[41; 32])), Err(Mismatch::Challenge));
    assert_eq!(told(&known, &device.signs(&CHALLENGE[..31])), Err(Mismatch::Challenge));
    assert_eq!(told(&known, &device.signs(&[])), Err(Mismatch::Challenge));
    // The other ceremony.
    let swapped = device.client("webauthn.get", &CHALLENGE);
    assert_eq!(register(&swapped, &object, &CHALLENGE, &site()), Err(Mismatch::Ceremony));
    let swapped = device.signs_over(device.client("webauthn.create", &CHALLENGE), device.head(device.flags));
    assert_eq!(told(&known, &swapped), Err(Mismatch::Ceremony));
    // Within a page of another site.
    let framed = String::from_utf8(device.client("webauthn.get", &CHALLENGE)).expect("a text");
    let framed = framed.replace("\"crossOrigin\":false", "\"crossOrigin\":true").into_bytes();
    assert_eq!(told(&known, &device.signs_over(framed, device.head(device.flags))), Err(Mismatch::Origin));
}

#[test]
fn what_was_signed_is_what_is_read() {
    for algorithm in Algorithm::ALL {
        let device = Authenticator::new(algorithm, 1);
        let known = known(&device);
        let mut sent = device.signs(&CHALLENGE);
        *sent.signature.last_mut().expect("bytes") ^= 1;
        assert_eq!(told(&known, &sent), Err(Mismatch::Signature));
        sent.signature.clear();
        assert_eq!(told(&known, &sent), Err(Mismatch::Signature));
        // The counter is under the signature, too; so is every blank of the text.
        let mut sent = device.signs(&CHALLENGE);
        sent.data[36] = 9;
        assert_eq!(told(&known, &sent), Err(Mismatch::Signature));
        let mut sent = device.signs(&CHALLENGE);
        sent.client.push(b' ');
        assert_eq!(told(&known, &sent), Err(Mismatch::Signature));
        // A key that is none recognises nobody.
        let broken = Known { public_key: vec![4; known.public_key.len()], ..known.clone() };
        assert_eq!(told(&broken, &device.signs(&CHALLENGE)), Err(Mismatch::Signature));
        // A new credential is not shown at the door.
        let attested = device.signs_over(device.client("webauthn.get", &CHALLENGE), device.attested(&device.cose()));
        assert_eq!(told(&known, &attested), Err(Mismatch::Data));
        // One that could be copied can be copied for ever, and the other way round.
        let fixed = Known { backup_eligible: false, ..known.clone() };
        assert_eq!(told(&fixed, &device.signs(&CHALLENGE)), Err(Mismatch::Backup));
        // Extensions that nobody asked for are passed over.
        let data = [&device.head(device.flags | 0x80)[..], b"\xa1\x61x\xf5"].concat();
        assert!(told(&known, &device.signs_over(device.client("webauthn.get", &CHALLENGE), data)).is_ok());
        for further in [&b"\x61x"[..], b"\xa1\x61x", b"\xa0\x00"] {
            let data = [&device.head(device.flags | 0x80)[..], further].concat();
            let sent = device.signs_over(device.client("webauthn.get", &CHALLENGE), data);
            assert_eq!(told(&known, &sent), Err(Mismatch::Data), "{further:02x?}");
        }
        for length in 0..37 {
            let data = device.head(device.flags)[..length].to_vec();
            let sent = device.signs_over(device.client("webauthn.get", &CHALLENGE), data);
            assert_eq!(told(&known, &sent), Err(Mismatch::Data), "{length} bytes");
        }
    }
}

#[test]
fn a_counter_does_not_go_back() {
    let check = |before: u32, after: u32, taken: bool| {
        let mut device = Authenticator::new(Algorithm::EdDsa, 1);
        let known = Known { counter: before, ..known(&device) };
        device.counter = after;
        let told = told(&known, &device.signs(&CHALLENGE));
        assert_eq!(told.map(|used| used.counter), if taken { Ok(after) } else { Err(Mismatch::Counter) });
    };
    check(0, 0, true);
    check(0, 1, true);
    check(1, 2, true);
    check(7, u32::MAX, true);
    check(1, 1, false);
    check(2, 1, false);
    check(1, 0, false);
    check(u32::MAX, u32::MAX, false);
}

#[test]
fn a_new_key_is_of_a_kind_that_was_asked_for() {
    let device = Authenticator::new(Algorithm::Es256, 1);
    let client = device.client("webauthn.create", &CHALLENGE);
    let check = |cose: &[u8], why: Mismatch| {
        let told = register(&client, &attestation(&device.attested(cose)), &CHALLENGE, &site());
        assert_eq!(told, Err(why), "{cose:02x?}");
    };
    let good = device.cose();
    let with = |place: usize, byte: u8| {
        let mut cose = good.clone();
        cose[place] = byte;
        cose
    };
    // RS256 is -257; kind, algorithm and curve that do not belong together.
    check(&with(2, 0x01), Mismatch::Key);
    check(&with(4, 0x27), Mismatch::Key);
    check(&with(4, 0x28), Mismatch::Key);
    check(&with(6, 0x02), Mismatch::Key);
    check(
        &[&[0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x41, 1, 0x21, 0x43, 1, 0, 1][..]].concat(),
        Mismatch::Key,
    );
    // Said twice, something further, something missing, too short.
    check(&with(3, 0x01), Mismatch::Key);
    check(&[&[0xa6][..], &good[1..], &[0x04, 0x00]].concat(), Mismatch::Key);
    check(&[&[0xa4][..], &good[1..42]].concat(), Mismatch::Key);
    check(&with(9, 0x1f), Mismatch::Key);
    check(&good[..good.len() - 1], Mismatch::Key);
    check(&[], Mismatch::Key);
    // Bytes that belong to nothing.
    check(&[&good[..], &[0]].concat(), Mismatch::Data);
    // An Ed25519 key has no y.
    let other = Authenticator::new(Algorithm::EdDsa, 1).cose();
    check(&[&[0xa5][..], &other[1..], &[0x22, 0x58, 0x20], &[7; 32]].concat(), Mismatch::Key);
}

#[test]
fn an_attestation_is_read_whole() {
    let mut device = Authenticator::new(Algorithm::Es256, 1);
    let client = device.client("webauthn.create", &CHALLENGE);
    let check = |object: &[u8], why: Result<(), Mismatch>| {
        assert_eq!(register(&client, object, &CHALLENGE, &site()).map(drop), why, "{object:02x?}");
    };
    let data = device.attested(&device.cose());
    let good = attestation(&data);
    check(&good, Ok(()));
    // Who made it is not asked: a statement is passed over, whatever it says.
    let tail = &good[19..];
    let stated = [&b"\xa3\x63fmt\x66packed\x67attStmt\xa2\x63alg\x26\x63sig\x42\x01\x02"[..], tail].concat();
    check(&stated, Ok(()));
    for length in 0..good.len() {
        check(&good[..length], Err(Mismatch::Data));
    }
    check(&[&good[..], &[0]].concat(), Err(Mismatch::Data));
    check(&[&b"\xa2\x63fmt\x64none"[..], tail].concat(), Err(Mismatch::Data));
    check(&[&b"\xa4\x63fmt\x64none\x63fmt\x64none\x67attStmt\xa0"[..], tail].concat(), Err(Mismatch::Data));
    check(&[&b"\xa4\x63fmt\x64none\x61x\x00\x67attStmt\xa0"[..], tail].concat(), Err(Mismatch::Data));
    check(&vec![0xa3; 17_000], Err(Mismatch::Data));
    // Without a credential there is nothing to keep.
    check(&attestation(&device.head(device.flags)), Err(Mismatch::Data));
    // Numbers of credentials have a length.
    for (length, why) in
        [(0, Err(Mismatch::Credential)), (1, Ok(())), (1023, Ok(())), (1024, Err(Mismatch::Credential))]
    {
        device.credential = vec![9; length];
        check(&attestation(&device.attested(&device.cose())), why);
    }
}

proptest! {
    #[test]
    fn whatever_is_sent_does_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        laws::anything(&bytes);
    }

    /// Near what is right: one place of a good answer is another.
    #[test]
    fn one_wrong_byte_does_no_harm(place in 0_usize..400, byte in any::<u8>()) {
        let device = Authenticator::new(Algorithm::EdDsa, 1);
        let (client, mut object) = device.registers(&CHALLENGE);
        let place = place % object.len();
        object[place] = byte;
        let _ = register(&client, &object, &CHALLENGE, &site());
        let known = known(&device);
        let mut sent = device.signs(&CHALLENGE);
        let place = place % sent.data.len();
        let same = sent.data[place] == byte;
        sent.data[place] = byte;
        prop_assert_eq!(told(&known, &sent).is_ok(), same);
    }
}
