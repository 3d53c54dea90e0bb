//! How small can an answer be made for whoever asks? (RFC 9110, 12.5.3)

use std::io::Write as _;

use bytes::Bytes;
use http::{HeaderMap, header};

/// Answers below this size are not worth it.
const WORTH: usize = 512;
/// How hard Brotli tries, of 11. 5 makes a page an eighth smaller than gzip in about the time that gzip takes.
const BROTLI_QUALITY: i32 = 5;
/// How far back Brotli looks: 2¹⁸ bytes, more than a page has.
const BROTLI_WINDOW: i32 = 18;
/// How hard gzip tries, of 9.
const GZIP_LEVEL: u32 = 6;

/// In which form an answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

impl Encoding {
    /// The best that the asker takes.
    #[must_use]
    pub fn accepted(asked: &HeaderMap) -> Self {
        let values = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        let accepted = values.flat_map(|value| value.split(',')).filter_map(|part| {
            let (name, rest) = part.split_once(';').unwrap_or((part, ""));
            let refused = rest.trim().strip_prefix("q=").is_some_and(|q| q.trim().trim_matches(['0', '.']).is_empty());
            (!refused).then_some(name.trim())
        });
        accepted.fold(Self::Identity, |best, name| match (best, name) {
            (_, name) if name.eq_ignore_ascii_case("br") => Self::Brotli,
            (Self::Identity, name) if name.eq_ignore_ascii_case("gzip") || name == "*" => Self::Gzip,
            (best, _) => best,
        })
    }

    /// As `Content-Encoding` says it; nothing for a body as it is.
    #[must_use]
    pub fn token(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// One letter for names in a cache.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Identity => 'i',
            Self::Gzip => 'g',
            Self::Brotli => 'b',
        }
    }

    /// The body in this form, and in which form it is: what is small, or of a type that is compressed already, stays as it
    /// is.
    #[must_use]
    pub fn apply(self, mime: &str, body: Bytes) -> (Self, Bytes) {
        if body.len() < WORTH || !is_text(mime) {
            return (Self::Identity, body);
        }
        let smaller = match self {
            Self::Identity => None,
            Self::Gzip => gzip(&body),
            Self::Brotli => brotli(&body),
        };
        match smaller {
            Some(smaller) if smaller.len() < body.len() => (self, smaller.into()),
            _ => (Self::Identity, body),
        }
    }
}

/// Does compressing it make it smaller?
#[must_use]
pub(super) fn is_text(mime: &str) -> bool {
    let kind = mime.split(';').next().unwrap_or(mime).trim();
    kind.starts_with("text/")
        || kind.ends_with("+xml")
        || kind.ends_with("+json")
        || matches!(
            kind,
            "application/json" | "application/xml" | "application/javascript" | "application/manifest+json"
        )
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = flate2::write::GzEncoder::new(room(body), flate2::Compression::new(GZIP_LEVEL));
    out.write_all(body).ok()?;
    out.finish().ok().map(tight)
}

fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = room(body);
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: body.len(),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &body[..], &mut out, &params).ok()?;
    Some(tight(out))
}

fn room(body: &[u8]) -> Vec<u8> {
    Vec::with_capacity(body.len() / 3)
}

/// It may be kept for long.
fn tight(mut out: Vec<u8>) -> Vec<u8> {
    out.shrink_to_fit();
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_best_that_is_taken() {
        let check = |value: &str, expected: Encoding| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().expect("a value"));
            assert_eq!(Encoding::accepted(&headers), expected, "{value}");
        };
        check("gzip, deflate, br, zstd", Encoding::Brotli);
        check("gzip", Encoding::Gzip);
        check("GZIP;q=0.5", Encoding::Gzip);
        check("br;q=0, gzip", Encoding::Gzip);
        check("br;q=0.000, gzip;q=0", Encoding::Identity);
        check("*", Encoding::Gzip);
        check("identity", Encoding::Identity);
        check("", Encoding::Identity);
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn what_goes_out_comes_back() {
        let text = "قال الباحث إن التعاون بين المدينتين يتسع. ".repeat(100);
        let (form, small) = Encoding::Gzip.apply("text/html; charset=utf-8", Bytes::from(text.clone()));
        assert_eq!(form, Encoding::Gzip);
        assert!(small.len() * 10 < text.len());
        let mut back = String::new();
        flate2::read::GzDecoder::new(&small[..]).read_to_string(&mut back).expect("gzip");
        assert_eq!(back, text);
        let (form, small) = Encoding::Brotli.apply("application/feed+json", Bytes::from(text.clone()));
        assert_eq!(form, Encoding::Brotli);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &small[..], &mut back).expect("Brotli");
        assert_eq!(back, text.as_bytes());
    }

    #[test]
    fn what_would_not_shrink_stays() {
        let check = |mime: &str, body: &'static [u8]| {
            assert_eq!(Encoding::Brotli.apply(mime, Bytes::from_static(body)).0, Encoding::Identity, "{mime}");
        };
        check("text/html", b"short");
        check("image/webp", &[0; 4096]);
        check("font/woff2", &[0; 4096]);
    }
}
