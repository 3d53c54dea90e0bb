//! What does this slug say?
//!
//! WordPress keeps the slug of an Arabic title percent-encoded, in lower case, and cuts it at 200 bytes: after 33 Arabic
//! letters, and where the bytes end in the middle of a letter, with half of one.

/// The longest slug that WordPress keeps, in bytes of the encoded form.
pub const MAX_SLUG_BYTES: usize = 200;

/// A slug as text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadSlug {
    /// The letters, without the half of one at the end.
    pub text: String,
    /// Whether the end was cut in the middle of a letter.
    pub is_cut: bool,
}

/// The text of a slug in the form of the database (`%d8%a7…`). What is not percent-encoded UTF-8 stays as it is.
///
/// ```
/// let slug = wordpress::wxr::read_slug("%d8%a3%d9%88%d9%84-%d9");
/// assert_eq!((slug.text.as_str(), slug.is_cut), ("أول-", true));
/// ```
pub fn read_slug(raw: &str) -> ReadSlug {
    let mut text = String::with_capacity(raw.len() / 2);
    let mut rest = raw;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (bytes, length) = encoded_run(rest);
        let ends_here = length == rest.len() || is_cut_escape(&rest[length..]);
        match std::str::from_utf8(&bytes) {
            Ok(run) if length > 0 => text.push_str(run),
            Ok(_) if ends_here => return ReadSlug { text, is_cut: true },
            Ok(_) => {
                text.push('%');
                rest = &rest[1..];
                continue;
            }
            Err(error) if error.error_len().is_none() && ends_here => {
                text.push_str(&String::from_utf8_lossy(&bytes[..error.valid_up_to()]));
                return ReadSlug { text, is_cut: true };
            }
            Err(_) => text.push_str(&rest[..length]),
        }
        rest = &rest[length..];
        if is_cut_escape(rest) {
            return ReadSlug { text, is_cut: true };
        }
    }
    text.push_str(rest);
    ReadSlug { text, is_cut: false }
}

/// The bytes of the `%xx` at the beginning of `text`, and the length of what says them.
fn encoded_run(text: &str) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    for escape in text.as_bytes().chunks_exact(3) {
        let [b'%', high, low] = *escape else { break };
        match (hex(high), hex(low)) {
            (Some(high), Some(low)) => bytes.push(high * 16 + low),
            _ => break,
        }
    }
    let length = bytes.len() * 3;
    (bytes, length)
}

/// `%` or `%d` at the very end.
fn is_cut_escape(text: &str) -> bool {
    match text.as_bytes() {
        [b'%'] => true,
        [b'%', high] => hex(*high).is_some(),
        _ => false,
    }
}

pub(crate) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check_slug(raw: &str, text: &str, is_cut: bool) {
        assert_eq!(read_slug(raw), ReadSlug { text: text.into(), is_cut }, "{raw:?}");
    }

    #[test]
    fn slugs_become_text() {
        check_slug("hello-world", "hello-world", false);
        check_slug("%d8%a3%d9%88%d9%84", "أول", false);
        check_slug("%D8%A3-x", "أ-x", false);
        check_slug("أول", "أول", false);
        check_slug("a-%d8%a3%d8%a8-2", "a-أب-2", false);
        check_slug("", "", false);
    }

    #[test]
    fn half_a_letter_at_the_end_is_left_out() {
        check_slug("%d8%a3%d9", "أ", true);
        check_slug("%d8%a3%d9%", "أ", true);
        check_slug("%d8%a3%d", "أ", true);
        check_slug("%d8%a3-%", "أ-", true);
        check_slug("%e4%b9", "", true);
        check_slug("%", "", true);
    }

    #[test]
    fn what_is_no_encoding_stays() {
        check_slug("100%25", "100%", false);
        check_slug("%zz-%d8%a3", "%zz-أ", false);
        check_slug("%ff-a", "%ff-a", false);
        check_slug("%d9-a", "%d9-a", false);
        check_slug("5%-a", "5%-a", false);
        check_slug("%é", "%é", false);
    }

    proptest! {
        #[test]
        fn cut_slugs_are_the_beginning_of_whole_ones(title in "[ا-ي一-三a-c-]{0,90}", cut in 0usize..400) {
            let raw: String = title.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("%{b:02x}") }).collect();
            let cut = cut.min(raw.len());
            prop_assert!(title.starts_with(&read_slug(&raw[..cut]).text));
            prop_assert_eq!(read_slug(&raw).text, title);
        }

        #[test]
        fn no_text_is_too_odd(raw in "[%a-f0-9é]{0,40}") {
            read_slug(&raw);
        }
    }
}
