//! At which addresses did the old site answer, and with what?
//!
//! Readers, other sites and search engines know the old addresses, so the new site has to answer there. The export holds
//! the address of each post; the rest follows from the pattern of these addresses ([`Pattern`]), the terms, the authors
//! and the files. [`Site`] gathers what is needed from the entries of an export and lists every address.
//!
//! ```
//! use wordpress::addresses::{Site, Target};
//! use wordpress::wxr::{Date, Entry, Item};
//!
//! let mut site = Site::default();
//! site.add(&Entry::Item(Box::new(Item {
//!     link: "https://example.org/2020/05/ahlan/".into(),
//!     post_id: Some(7),
//!     post_name: "ahlan".into(),
//!     post_date: Date::parse("2020-05-10 10:00:00"),
//!     post_type: "post".into(),
//!     status: "publish".into(),
//!     ..Item::default()
//! })));
//! let detected = site.pattern();
//! assert_eq!((detected.pattern.to_string().as_str(), detected.fits, detected.of), ("/%year%/%monthnum%/%postname%/", 1, 1));
//! assert!(site.old_addresses().any(|old| old.path == "/?p=7" && old.points_to == Target::Post(7)));
//! ```
//!
//! # The form of an address
//! Path and query, from the first `/`. Bytes that are not ASCII are percent-encoded in lower case, as WordPress writes
//! them; [`normal`] brings the address of a request into this form.

mod pattern;
mod site;

pub use pattern::{Pattern, Tag};
pub use site::{Detected, FeedOf, OldAddress, Site, Target, Upload, author_slug, is_inner_taxonomy, without_size};

/// An address in the form of [`OldAddress::path`]: without scheme, host and fragment, percent-encoded in lower case.
///
/// ```
/// assert_eq!(wordpress::addresses::normal("https://example.org/%D8%A3/ب?p=1#x"), "/%d8%a3/%d8%a8?p=1");
/// ```
pub fn normal(address: &str) -> String {
    let address = address.trim();
    let path = match address.find("://").or_else(|| address.starts_with("//").then_some(0)) {
        Some(at) if !address[..at].contains(['/', '?', '#']) => {
            let after = address[at..].trim_start_matches(':').trim_start_matches('/');
            &after[after.find(['/', '?', '#']).unwrap_or(after.len())..]
        }
        _ => address,
    };
    let path = path.split('#').next().unwrap_or_default();
    let mut normal = encoded(path);
    if !normal.starts_with('/') {
        normal.insert(0, '/');
    }
    normal
}

/// `text` with what is not ASCII percent-encoded, and every `%xx` in lower case.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut in_escape = 0u8;
    for byte in text.bytes() {
        match byte {
            b'%' => in_escape = 3,
            _ if !byte.is_ascii_hexdigit() => in_escape = 0,
            _ => {}
        }
        if byte < 0x80 {
            encoded.push(char::from(if in_escape > 0 { byte.to_ascii_lowercase() } else { byte }));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 15].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
        }
        in_escape = in_escape.saturating_sub(1);
    }
    encoded
}

#[cfg(test)]
mod tests;
