//! Does this code fit the clock? Second factors by RFC 6238: HMAC-SHA-1, six digits, a new one every 30 seconds.
//!
//! SHA-1 is what the programs on people's telephones speak; for a keyed hash of a moment its known weaknesses do not
//! matter (RFC 6238, section 1.2; RFC 4226, appendix B).

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use sha1::Sha1;

/// Bytes of a secret: as long as the hash (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;

/// Seconds for which a code is shown.
const STEP: i64 = 30;

/// The number of the step that a moment lies in.
#[must_use]
pub fn step_of(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP)
}

/// The six digits of a step.
#[must_use]
pub fn code(secret: &[u8], step: i64) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0x0f);
    let four = u32::from_be_bytes([hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
    format!("{:06}", (four & 0x7fff_ffff) % 1_000_000)
}

/// Which step a typed code belongs to: this one, or one of its neighbours, because clocks differ a little. Steps up to
/// `used` are over: a code is taken once. Arabic digits and spaces are understood.
#[must_use]
pub fn fits(secret: &[u8], typed: &str, now: Timestamp, used: i64) -> Option<i64> {
    let typed: String = arabic::digits::to_latn(typed).chars().filter(|letter| !letter.is_whitespace()).collect();
    let this = step_of(now);
    let mut found = None;
    // All three are looked at, whichever fits.
    for step in [this - 1, this, this + 1] {
        let same = is_same(code(secret, step).as_bytes(), typed.as_bytes());
        if same && step > used && found.is_none() {
            found = Some(step);
        }
    }
    found
}

/// The secret as people type it: base 32 (RFC 4648) in groups of four.
#[must_use]
pub fn letters(secret: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut out = String::new();
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[((held >> bits) & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(LETTERS[((held << (5 - bits)) & 31) as usize]));
    }
    out.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect::<Vec<_>>().join(" ")
}

/// What a telephone reads: `otpauth://totp/…`. `account` is a name, never an address: it stands on the telephone's
/// screen, and in its backup.
#[must_use]
pub fn address(secret: &[u8], publication: &str, account: &str) -> String {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    let encoded = |text: &str| utf8_percent_encode(&text.replace(':', " "), NON_ALPHANUMERIC).to_string();
    format!(
        "otpauth://totp/{0}:{1}?secret={2}&issuer={0}",
        encoded(publication),
        encoded(account),
        letters(secret).replace(' ', "")
    )
}

/// The same as a picture: an SVG without colours or styles of its own, dark on light, with its quiet zone. `None` when
/// the text is too long for a code.
#[must_use]
pub fn picture(address: &str) -> Option<String> {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" aria-hidden=\"true\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// Compared without telling by the time where the first difference is.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    /// The test values of RFC 6238, appendix B, by their last six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let check = |second: i64, digits: &str| {
            let at = Timestamp::from_second(second).expect("a time");
            assert_eq!(code(SECRET, step_of(at)), digits, "{second}");
        };
        check(59, "287082");
        check(1_111_111_109, "081804");
        check(1_111_111_111, "050471");
        check(1_234_567_890, "005924");
        check(2_000_000_000, "279037");
        check(20_000_000_000, "353130");
    }

    #[test]
    fn a_code_fits_once_and_one_step_off() {
        let now = Timestamp::from_second(1_111_111_111).expect("a time");
        let this = step_of(now);
        let check = |typed: &str, used: i64, fits_step: Option<i64>| {
            assert_eq!(fits(SECRET, typed, now, used), fits_step, "{typed} after {used}");
        };
        check("050471", 0, Some(this));
        check("٠٥٠ ٤٧١", 0, Some(this));
        check("050471", this, None);
        check(&code(SECRET, this - 1), 0, Some(this - 1));
        check(&code(SECRET, this + 1), this, Some(this + 1));
        check(&code(SECRET, this - 2), 0, None);
        check(&code(SECRET, this + 2), 0, None);
        check("", 0, None);
        check("05047", 0, None);
        check("0504711", 0, None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn secrets_are_written_in_base_32() {
        let check = |bytes: &[u8], text: &str| assert_eq!(letters(bytes), text);
        check(b"", "");
        check(b"f", "MY");
        check(b"foobar", "MZXW 6YTB OI");
        check(SECRET, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    #[test]
    fn a_telephone_gets_names_and_no_markup() {
        let address = address(SECRET, "أخبار: <الصين>", "سلمى & co");
        assert!(address.starts_with("otpauth://totp/%D8%A3"), "{address}");
        assert!(!address.contains(['<', ' ']) && address.matches('&').count() == 1, "{address}");
        let svg = picture(&address).expect("a picture");
        assert!(svg.starts_with("<svg ") && !svg.contains("style") && !svg.contains("script"), "{svg}");
    }
}
